//! Who has to do with whom: states and bodies by the events between them, or people by those that they took part in.

use crate::fault::Fault;
use crate::filter::{self, Choice};
use crate::page::{Page, Reader, View};
use crate::{layout, links, parts};
use entente_account::{EventLine, QuadClass};
use entente_base::record::EventType;
use entente_render::Listing;
use entente_store::{Filter, Tie};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Most pairs drawn and listed.
const PAIRS: usize = 60;
/// Events of a pair shown beside.
const BESIDE: usize = 30;
/// Most people of one event that are tied to each other: more met in a hall, not with each other.
const COMPANY: usize = 8;

/// What passes between two.
#[derive(Debug, Clone, Default, Serialize)]
struct Edge {
    /// Codes of states and bodies, or names of people.
    between: [String; 2],
    events: u64,
    cooperation: u64,
    conflict: u64,
    goldstein: f64,
    /// Events by type, the most first.
    types: Vec<(EventType, u64)>,
}

/// The network.
#[derive(Serialize)]
pub(crate) struct Network {
    filter: Choice,
    /// `states` or `people`.
    who: &'static str,
    /// Pairs that there are.
    total: usize,
    edges: Vec<Edge>,
    /// The pair whose events stand beside.
    pair: Option<Vec<String>>,
    events: Vec<EventLine>,
    /// Names of people in the reader's language.
    #[serde(skip)]
    names: BTreeMap<String, String>,
    #[serde(skip)]
    empty: bool,
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Network, Fault> {
    let filter = Choice::read(reader.asked, reader.room)?;
    let who = match reader.asked.get("who") {
        None | Some("states") => "states",
        Some("people") => "people",
        Some(other) => {
            return Err(Fault::bad(
                "who",
                other,
                "states か people を指定してください",
                "give states or people",
            ));
        }
    };
    let mut names = BTreeMap::new();
    let mut edges = if who == "states" {
        of_ties(reader.store.ties(&filter.filter())?)
    } else {
        // People stand in the lines of events: those that matter most are read.
        let (lines, _) = reader.store.event_lines(&Filter { limit: Some(500), ..filter.filter() })?;
        of_people(reader, &lines, &mut names)
    };
    edges.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.between.cmp(&b.between)));
    let total = edges.len();
    edges.truncate(PAIRS);
    let pair = match reader.asked.get("pair") {
        Some(given) if who == "states" => Some(filter::states("pair", given, reader.room)?),
        _ => None,
    };
    let meant = Filter {
        states: pair.clone().unwrap_or_else(|| filter.states.clone()),
        limit: Some(BESIDE),
        ..filter.filter()
    };
    let (events, _) = reader.store.event_lines(&meant)?;
    let empty = total == 0 && reader.documents()? == 0;
    Ok(Network { filter, who, total, edges, pair, events, names, empty })
}

fn of_ties(ties: Vec<Tie>) -> Vec<Edge> {
    let mut edges: BTreeMap<String, Edge> = BTreeMap::new();
    for tie in ties {
        let Some((a, b)) = tie.pair.split_once('-') else { continue };
        let edge = edges.entry(tie.pair.clone()).or_default();
        edge.between = [a.to_owned(), b.to_owned()];
        edge.add(tie.kind, tie.events, tie.goldstein);
    }
    edges.into_values().collect()
}

fn of_people(reader: &Reader<'_>, lines: &[EventLine], names: &mut BTreeMap<String, String>) -> Vec<Edge> {
    let mut edges: BTreeMap<[String; 2], Edge> = BTreeMap::new();
    let view = reader.view();
    for line in lines {
        let company: BTreeSet<&String> = line.participants.iter().map(|name| &name.name).collect();
        if company.len() > COMPANY {
            continue;
        }
        for name in &line.participants {
            names.entry(name.name.clone()).or_insert_with(|| view.name(name).to_owned());
        }
        for (at, a) in company.iter().enumerate() {
            for b in company.iter().skip(at + 1) {
                let between = [(*a).clone(), (*b).clone()];
                let edge = edges.entry(between.clone()).or_default();
                edge.between = between;
                edge.add(line.kind, 1, line.goldstein);
            }
        }
    }
    edges.into_values().collect()
}

impl Edge {
    fn add(&mut self, kind: EventType, events: u64, goldstein: f64) {
        self.events += events;
        self.goldstein += goldstein;
        match QuadClass::of("", kind) {
            QuadClass::VerbalCooperation | QuadClass::MaterialCooperation => self.cooperation += events,
            QuadClass::VerbalConflict | QuadClass::MaterialConflict => self.conflict += events,
        }
        match self.types.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += events,
            None => self.types.push((kind, events)),
        }
        self.types.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    }
}

impl Network {
    fn named(&self, view: &View<'_>, code: &str) -> String {
        if self.who == "states" {
            view.state(code)
        } else {
            self.names.get(code).cloned().unwrap_or_else(|| code.to_owned())
        }
    }

    /// The address at which the events of a pair stand beside.
    fn opened(&self, view: &View<'_>, edge: &Edge) -> String {
        let pair = edge.between.join("-");
        view.asked.address_with(&[("pair", &pair), ("lang", "")])
    }

    fn types(&self, view: &View<'_>, edge: &Edge) -> String {
        let few = edge.types.iter().take(3);
        let few: Vec<String> = few.map(|(kind, n)| format!("{} {n}", view.kind(*kind, None))).collect();
        few.join(view.say("、", ", "))
    }

    fn data(&self, view: &View<'_>) -> Value {
        let nodes: BTreeSet<&String> = self.edges.iter().flat_map(|edge| &edge.between).collect();
        let weight = |code: &String| -> u64 {
            self.edges.iter().filter(|edge| edge.between.contains(code)).map(|edge| edge.events).sum()
        };
        let node = |code: &&String| {
            json!({
                "id": code, "name": self.named(view, code), "events": weight(code),
                "open": if self.who == "states" {
                    view.asked.address_with(&[("states", code), ("pair", ""), ("lang", "")])
                } else {
                    links::actor(code)
                },
            })
        };
        let edge = |edge: &Edge| {
            json!({
                "a": edge.between[0], "b": edge.between[1], "events": edge.events, "cooperation": edge.cooperation,
                "conflict": edge.conflict, "types": self.types(view, edge),
                "open": if self.who == "states" { Some(self.opened(view, edge)) } else { None },
            })
        };
        json!({
            "nodes": nodes.iter().map(node).collect::<Vec<_>>(),
            "edges": self.edges.iter().map(edge).collect::<Vec<_>>(),
            "words": {"cooperation": view.say("協力", "cooperation"), "conflict": view.say("対立", "conflict"),
                "events": view.say("出来事", "events")},
        })
    }

    fn list(&self, view: &View<'_>) -> Markup {
        html! {
            div.scroll tabindex="0" role="region" aria-label=(view.say("間柄の表", "Pairs as a table")) {
                table.narrow {
                    thead { tr {
                        th scope="col" { (view.say("間柄", "Between")) }
                        th.number scope="col" { (view.say("出来事", "Events")) }
                        th.number scope="col" { (view.say("協力", "Cooperation")) }
                        th.number scope="col" { (view.say("対立", "Conflict")) }
                        th scope="col" { (view.say("主な種類", "Main types")) }
                    } }
                    tbody { @for edge in &self.edges {
                        @let chosen = self.pair.as_ref().is_some_and(|pair| pair[..] == edge.between);
                        tr.chosen[chosen] {
                            th scope="row" {
                                @let name = format!("{}{}{}", self.named(view, &edge.between[0]), view.say("・", ", "), self.named(view, &edge.between[1]));
                                @if self.who == "states" {
                                    a href=(self.opened(view, edge)) data-beside="" aria-current=[chosen.then_some("true")] { (crate::text::words(&name)) }
                                } @else { (crate::text::words(&name)) }
                            }
                            td.number { (edge.events) }
                            td.number { (edge.cooperation) }
                            td.number { (edge.conflict) }
                            td { (self.types(view, edge)) }
                        }
                    } }
                }
            }
        }
    }
}

impl Page for Network {
    fn title(&self, view: &View<'_>) -> String {
        view.say("関係網", "Network").to_owned()
    }

    fn body(&self, view: &View<'_>) -> Markup {
        if self.empty {
            return layout::empty(view);
        }
        let tab = |who: &str, name: &str| {
            html! { a href=(view.asked.address_with(&[("who", who), ("pair", ""), ("lang", "")])) aria-current=[(self.who == who).then_some("page")] { (name) } }
        };
        html! {
            p.tabs {
                (tab("states", view.say("国・機関", "States and bodies"))) (tab("people", view.say("人物・組織", "People and organizations")))
            }
            (self.filter.form(view, true))
            @if self.total > self.edges.len() {
                p.note { (view.count(self.total, "全 # 組のうち、出来事の多い 60 組。", "The 60 pairs of # with most events.", "The 60 pairs of # with most events.")) }
            }
            div.two {
                div {
                    @if self.edges.len() > 1 {
                        (parts::chart("network", view.say("だれとだれの間に出来事があったか。下の表と同じものです", "Who has to do with whom; the table below says the same"),
                            if self.who == "states" {
                                view.say("太い線ほど出来事が多い。青は協力の多い間柄、赤い破線は対立の多い間柄。線を押すと横にその出来事が、国を押すとその国だけが出ます。",
                                    "Thicker with more events; blue where cooperation prevails, dashed red where conflict does. A line shows its events beside, a state those of its own.")
                            } else {
                                view.say("同じ出来事に加わったものどうし。太い線ほど出来事が多く、青は協力、赤い破線は対立の多い間柄。重要な出来事 500 件までから数えました。",
                                    "Who took part in the same event; thicker with more events, blue where cooperation prevails, dashed red where conflict does. Counted in the 500 events that matter most.")
                            },
                            &self.data(view)))
                    }
                    @if self.edges.is_empty() { p.none { (view.say("この条件に合うものはありません。", "Nothing fits.")) } } @else { (self.list(view)) }
                }
                section #beside aria-live="polite" {
                    h2 {
                        @match &self.pair {
                            Some(pair) => { (view.names(pair)) small { a href=(links::relation(pair)) { (view.say("調書", "dossier")) } } },
                            None => (view.say("主な出来事", "Main events")),
                        }
                    }
                    (parts::events(view, &self.events))
                    @if let Some(pair) = &self.pair {
                        p { a href=(links::timeline(&[("states", &pair.join("-")), ("from", self.filter.from.as_deref().unwrap_or_default()), ("to", self.filter.to.as_deref().unwrap_or_default())])) { (view.say("この間柄の年表へ", "The timeline of this pair")) } }
                    }
                }
            }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        let heads = vec![
            view.head("a", "一方", "one"),
            view.head("b", "他方", "other"),
            view.head("events", "出来事", "events"),
            view.head("cooperation", "協力", "cooperation"),
            view.head("conflict", "対立", "conflict"),
            view.head("goldstein", "ゴールドスタイン値の合計", "Goldstein sum"),
            view.head("types", "種類", "types"),
        ];
        let row = |edge: &Edge| {
            let types: Vec<String> =
                edge.types.iter().map(|(kind, n)| format!("{} {n}", kind.name())).collect();
            vec![
                edge.between[0].clone(),
                edge.between[1].clone(),
                edge.events.to_string(),
                edge.cooperation.to_string(),
                edge.conflict.to_string(),
                format!("{:.1}", edge.goldstein),
                types.join(" "),
            ]
        };
        Listing { heads, rows: self.edges.iter().map(row).collect(), ..Listing::default() }
    }

    fn charts(&self) -> bool {
        true
    }
}
