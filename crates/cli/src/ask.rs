//! Questions to the account of a store: `timeline`, `positions`, `pledges`, `conflicts`, `figures`, `relation`,
//! `framing`, `why` and `stats`.

use crate::args::{AskArgs, FiguresArgs, FilterArgs, FramingArgs, PledgesArgs, RelationArgs};
use crate::args::{StatsArgs, StoreArgs, WhyArgs};
use crate::context::Context;
use crate::locale::pick;
use crate::stop::Stop;
use crate::{Outcome, db, dossier};
use entente_account::{
    Account, Dossier, EventLine, FigureSeries, Framing, FramingItem, Grain, Lang, Names as _, Relation,
    RelationEvent, RelationRequest, Request, TrendCheck, TrendPoint, Verdict, Words, check_trend,
};
use entente_base::record::{EventType, Status};
use entente_render::Listing;
use entente_store::{Filter, Found, Scope, Store};
use serde_json::{Value, json};
use std::io::Write as _;

/// Pairs of states that `stats` names.
const BUSIEST: usize = 10;

/// A store, and what a question to it needs.
struct Asked<'a> {
    context: &'a Context,
    words: Words,
    store: Store,
}

/// The filter that options mean.
pub(crate) fn filter(states: Vec<String>, options: &FilterArgs) -> Filter {
    let date = |date: &Option<String>| date.as_deref().and_then(|date| date.parse().ok());
    Filter {
        states,
        from: date(&options.from),
        to: date(&options.to),
        domain: options.domain.clone(),
        kind: options.kind.as_ref().and_then(|kind| {
            EventType::ALL.into_iter().find(|known| known.name().eq_ignore_ascii_case(kind))
        }),
        status: options.status.as_deref().and_then(Status::parse),
        min_origins: options.min_origins,
        limit: options.limit,
        documents: None,
    }
}

impl<'a> Asked<'a> {
    fn open(context: &'a Context, store: &StoreArgs) -> Result<Self, Stop> {
        let lexicon = context.lexicon()?;
        Ok(Self { context, words: context.words(&lexicon)?, store: db::open_existing(context, &store.db)? })
    }

    fn lang(&self) -> Lang {
        self.context.lang
    }

    fn say(&self, ja: &str, en: &str) -> String {
        pick(self.lang(), ja, en).to_owned()
    }

    /// Codes of the states named; at least so many.
    fn states(&self, names: &[String], least: usize) -> Result<Vec<String>, Stop> {
        let lexicon = self.context.lexicon()?;
        dossier::states(self.context.coder(&lexicon)?, names, least, self.lang())
    }

    fn account(&mut self, filter: &Filter, scope: Scope) -> Result<Found, Stop> {
        Ok(self.store.account(filter, scope, &self.words)?)
    }

    fn names(&self, codes: &[String]) -> String {
        let names: Vec<String> = codes.iter().map(|code| self.words.state(code, self.lang())).collect();
        names.join(pick(self.lang(), "・", ", "))
    }

    fn date(&self, date: Option<&str>) -> String {
        date.map(str::to_owned).unwrap_or_default()
    }

    fn label(&self, key: &str) -> String {
        self.words.label(key, self.lang())
    }

    fn kind(&self, kind: EventType, mode: Option<&str>) -> String {
        self.words.type_label(kind, mode, self.lang())
    }

    fn status(&self, status: Status) -> String {
        self.label(&format!("status.{}", status.name()))
    }

    fn head(&self, name: &'static str, ja: &str, en: &str) -> (&'static str, String) {
        (name, self.say(ja, en))
    }

    /// That a limit hid something.
    fn note(&self, shown: usize, all: usize) -> Option<String> {
        (shown < all).then(|| match self.lang() {
            Lang::Ja => format!("全 {all} 件のうち、重要な {shown} 件"),
            Lang::En => format!("the {shown} that matter most of {all}"),
        })
    }

    fn write(&self, format: &str, listing: &Listing) -> Result<Outcome, Stop> {
        write(&entente_render::listing(format, listing)?)
    }
}

fn write(text: &str) -> Result<Outcome, Stop> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// Who toward whom.
fn parties(asked: &Asked<'_>, source: &[String], target: &[String]) -> String {
    match (source, target) {
        (source, target) if source == target || target.is_empty() => asked.names(source),
        ([], target) => format!("→{}", asked.names(target)),
        (source, target) => format!("{}→{}", asked.names(source), asked.names(target)),
    }
}

/// Events in the order of time.
pub(crate) fn timeline(context: &Context, request: &AskArgs) -> Result<Outcome, Stop> {
    let mut asked = Asked::open(context, &request.store)?;
    let states = asked.states(&request.states, 0)?;
    let (lines, all) = asked.store.event_lines(&filter(states, &request.filter))?;
    let rows = lines.iter().map(|line| row(&asked, line)).collect();
    let listing = Listing {
        title: asked.say("出来事", "Events"),
        heads: vec![
            asked.head("date", "日付", "date"),
            asked.head("status", "状態", "status"),
            asked.head("type", "種類", "type"),
            asked.head("parties", "当事者", "parties"),
            asked.head("participants", "参加者", "participants"),
            asked.head("place", "場所", "place"),
            asked.head("origins", "独立の出所", "origins"),
            asked.head("documents", "文書", "documents"),
            asked.head("text", "語句", "words"),
            asked.head("id", "番号", "id"),
        ],
        rows,
        note: asked.note(lines.len(), all),
        data: json!(lines),
    };
    asked.write(&request.format, &listing)
}

fn row(asked: &Asked<'_>, line: &EventLine) -> Vec<String> {
    let name = |name: &entente_account::Name| match (&name.name_en, asked.lang()) {
        (Some(name), Lang::En) => name.clone(),
        _ => name.name.clone(),
    };
    let persons: Vec<String> = line.participants.iter().map(name).collect();
    vec![
        asked.date(line.date.as_deref()),
        asked.status(line.status),
        asked.kind(line.kind, line.mode.as_deref()),
        parties(asked, &line.source, &line.target),
        persons.join(pick(asked.lang(), "、", ", ")),
        line.place.as_deref().map(|place| asked.words.state(place, asked.lang())).unwrap_or_default(),
        line.origins.to_string(),
        line.documents.to_string(),
        line.text.clone(),
        line.id.clone(),
    ]
}

/// The dossier on some states, whose parts are lists as well.
fn dossier_of(
    asked: &mut Asked<'_>,
    request: &AskArgs,
    as_of: Option<&String>,
) -> Result<(Account, Dossier), Stop> {
    let states = asked.states(&request.states, 1)?;
    let found = asked.account(&filter(states.clone(), &request.filter), Scope::Whole)?;
    let wanted = Request {
        states,
        from: request.filter.from.clone(),
        to: request.filter.to.clone(),
        lang: asked.lang(),
        as_of: as_of.cloned(),
    };
    let dossier = Dossier::build(&found.account, &wanted, &asked.words);
    Ok((found.account, dossier))
}

/// Identifiers of the documents that citations point to.
fn documents(dossier: &Dossier, cites: &[usize]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for citation in cites.iter().filter_map(|cite| dossier.citations.get(cite.checked_sub(1)?)) {
        if !ids.contains(&citation.document) {
            ids.push(citation.document.clone());
        }
    }
    ids
}

/// Quoted passages, each with its place.
fn quotes(dossier: &Dossier, cites: &[usize]) -> Value {
    let citations = cites.iter().filter_map(|cite| dossier.citations.get(cite.checked_sub(1)?));
    json!(citations.collect::<Vec<_>>())
}

/// Who stands where.
pub(crate) fn positions(context: &Context, request: &AskArgs) -> Result<Outcome, Stop> {
    let mut asked = Asked::open(context, &request.store)?;
    let (_, dossier) = dossier_of(&mut asked, request, None)?;
    let (mut rows, mut data) = (Vec::new(), Vec::new());
    for issue in &dossier.positions {
        for (actor, cells) in dossier.position_actors.iter().zip(&issue.cells) {
            for cell in cells {
                let documents = documents(&dossier, &cell.cites);
                rows.push(vec![
                    issue.issue.clone(),
                    actor.clone(),
                    cell.stance.clone(),
                    cell.text.clone(),
                    documents.join(" "),
                ]);
                data.push(json!({
                    "issue": issue.issue, "holder": actor, "stance": cell.stance,
                    "quotes": quotes(&dossier, &cell.cites),
                }));
            }
        }
    }
    let listing = Listing {
        title: asked.say("立場", "Positions"),
        heads: vec![
            asked.head("issue", "争点", "issue"),
            asked.head("holder", "主体", "holder"),
            asked.head("stance", "立場", "stance"),
            asked.head("text", "語句", "words"),
            asked.head("documents", "文書", "documents"),
        ],
        rows,
        data: Value::Array(data),
        note: None,
    };
    asked.write(&request.format, &listing)
}

/// Promises and plans.
pub(crate) fn pledges(context: &Context, request: &PledgesArgs) -> Result<Outcome, Stop> {
    let mut asked = Asked::open(context, &request.ask.store)?;
    let (_, dossier) = dossier_of(&mut asked, &request.ask, request.as_of.as_ref())?;
    let row = |pledge: &entente_account::PledgeLine| {
        vec![
            pledge.status_label.clone(),
            pledge.due.clone().unwrap_or_default(),
            pledge.kind.clone(),
            pledge.by.clone(),
            pledge.text.clone(),
            documents(&dossier, &pledge.cites).join(" "),
            documents(&dossier, &pledge.followed).join(" "),
        ]
    };
    let data = |pledge: &entente_account::PledgeLine| {
        json!({
            "status": pledge.status, "due": pledge.due, "kind": pledge.kind, "by": pledge.by, "text": pledge.text,
            "quotes": quotes(&dossier, &pledge.cites), "followed": quotes(&dossier, &pledge.followed),
        })
    };
    let listing = Listing {
        title: asked.say("約束と予定", "Pledges and plans"),
        heads: vec![
            asked.head("status", "その後", "outcome"),
            asked.head("due", "期日", "due"),
            asked.head("kind", "種類", "kind"),
            asked.head("by", "主体", "by"),
            asked.head("text", "語句", "words"),
            asked.head("documents", "文書", "documents"),
            asked.head("followed", "その後の文書", "later documents"),
        ],
        rows: dossier.pledges.iter().map(row).collect(),
        data: dossier.pledges.iter().map(data).collect(),
        note: dossier.as_of.as_ref().map(|day| match asked.lang() {
            Lang::Ja => format!("{day}の時点"),
            Lang::En => format!("as of {day}"),
        }),
    };
    asked.write(&request.ask.format, &listing)
}

/// Where sources disagree.
pub(crate) fn conflicts(context: &Context, request: &AskArgs) -> Result<Outcome, Stop> {
    let mut asked = Asked::open(context, &request.store)?;
    let (_, dossier) = dossier_of(&mut asked, request, None)?;
    let (mut rows, mut data) = (Vec::new(), Vec::new());
    for conflict in &dossier.conflicts {
        let possible = if conflict.possible { asked.label("conflict.possible") } else { String::new() };
        for (number, side) in conflict.sides.iter().enumerate() {
            let first = |text: &String| if number == 0 { text.clone() } else { String::new() };
            rows.push(vec![
                first(&conflict.label),
                first(&conflict.about),
                side.value.clone(),
                side.origins.to_string(),
                documents(&dossier, &side.cites).join(" "),
                first(&possible),
            ]);
        }
        let sides: Vec<Value> = conflict
            .sides
            .iter()
            .map(|side| {
                json!({
                    "value": side.value, "origins": side.origins, "told_by": side.told_by,
                    "documents": documents(&dossier, &side.cites), "quotes": quotes(&dossier, &side.cites),
                })
            })
            .collect();
        data.push(json!({
            "kind": conflict.kind, "about": conflict.about, "possible": conflict.possible, "sides": sides,
        }));
    }
    let listing = Listing {
        title: asked.say("食い違い", "Disagreements"),
        heads: vec![
            asked.head("kind", "何について", "kind"),
            asked.head("about", "対象", "about"),
            asked.head("value", "言い分", "side"),
            asked.head("origins", "独立の出所", "origins"),
            asked.head("documents", "文書", "documents"),
            asked.head("note", "注", "note"),
        ],
        rows,
        data: Value::Array(data),
        note: None,
    };
    asked.write(&request.format, &listing)
}

/// Figures in series.
pub(crate) fn figures(context: &Context, request: &FiguresArgs) -> Result<Outcome, Stop> {
    let mut asked = Asked::open(context, &request.ask.store)?;
    let states = asked.states(&request.ask.states, 1)?;
    let filter = filter(states, &request.ask.filter);
    let found = asked.account(&filter, Scope::Figures)?;
    let wanted =
        |series: &&FigureSeries| request.measure.as_ref().is_none_or(|measure| *measure == series.measure);
    let (mut rows, mut data) = (Vec::new(), Vec::new());
    for series in found.account.figures().iter().filter(wanted) {
        let checks = check_trend(&TrendPoint::of(series));
        let mut number = 0;
        let mut points = Vec::new();
        for point in &series.points {
            for value in &point.values {
                let check = checks.iter().find(|check| check.point == number);
                number += 1;
                if !lies_within(&filter, point.period.as_deref()) {
                    continue;
                }
                let of = value.sources.iter().filter_map(|source| found.account.document(source.document));
                let documents: Vec<&str> = of.map(|facts| facts.id.as_str()).collect();
                let change = value.change.as_ref();
                let change =
                    change.map(|change| format!("{:+}{} ({})", change.value, change.unit, change.basis));
                rows.push(vec![
                    asked.words.measure(&series.measure, asked.lang()),
                    asked.names(&series.of),
                    point.period.clone().unwrap_or_default(),
                    value.text.clone(),
                    format!("{}", value.value),
                    series.unit.clone(),
                    change.unwrap_or_default(),
                    check.map(|check| checked(&asked, check)).unwrap_or_default(),
                    value.origins.to_string(),
                    documents.join(" "),
                ]);
                points.push(json!({
                    "period": point.period, "value": value.value, "text": value.text, "bound": value.bound,
                    "rank": value.rank, "change": value.change, "check": check, "origins": value.origins,
                    "sources": value.sources.iter().map(|source| json!({
                        "document": found.account.document(source.document).map(|facts| &facts.id),
                        "start": source.passage.span.start, "end": source.passage.span.end,
                        "text": source.passage.text,
                    })).collect::<Vec<_>>(),
                }));
            }
        }
        if !points.is_empty() {
            data.push(json!({
                "measure": series.measure, "of": series.of, "unit": series.unit, "points": points,
            }));
        }
    }
    let listing = Listing {
        title: asked.say("数値", "Figures"),
        heads: vec![
            asked.head("measure", "指標", "measure"),
            asked.head("of", "国", "of"),
            asked.head("period", "期間", "period"),
            asked.head("text", "語句", "words"),
            asked.head("value", "値", "value"),
            asked.head("unit", "単位", "unit"),
            asked.head("change", "増減", "change"),
            asked.head("check", "水準との照合", "against levels"),
            asked.head("origins", "独立の出所", "origins"),
            asked.head("documents", "文書", "documents"),
        ],
        rows,
        data: Value::Array(data),
        note: None,
    };
    asked.write(&request.ask.format, &listing)
}

fn checked(asked: &Asked<'_>, check: &TrendCheck) -> String {
    match check.verdict {
        Verdict::Agrees { .. } => asked.say("一致", "agrees"),
        Verdict::Disagrees { computed } => match asked.lang() {
            Lang::Ja => format!("不一致（水準からは {computed:+.1}）"),
            Lang::En => format!("disagrees (levels give {computed:+.1})"),
        },
        Verdict::CannotTell { .. } => String::new(),
    }
}

/// Whether a period may lie in the time asked about; the unknown may.
fn lies_within(filter: &Filter, period: Option<&str>) -> bool {
    let days = |date: Option<entente_base::Edtf>| date.and_then(|date| date.day_numbers());
    let Some((first, last)) = days(period.and_then(|period| period.parse().ok())) else { return true };
    days(filter.from).is_none_or(|(from, _)| last >= from)
        && days(filter.to).is_none_or(|(_, to)| first <= to)
}

/// The relation of two states in time.
pub(crate) fn relation(context: &Context, request: &RelationArgs) -> Result<Outcome, Stop> {
    let mut asked = Asked::open(context, &request.store)?;
    let states = asked.states(&request.states, 2)?;
    let [a, b] = states.as_slice() else {
        return Err(Stop::Usage {
            message: asked.say("国が三つ以上あります", "more than two states"),
            help: asked.say(
                "二つの国か、一つの組（中露）を書いてください",
                "name two states, or a pair such as 中露",
            ),
        });
    };
    let grain = match request.grain.as_str() {
        "year" => Grain::Year,
        "quarter" => Grain::Quarter,
        _ => Grain::Month,
    };
    let wanted = RelationRequest::new(a.as_str(), b.as_str(), grain);
    let (lines, _) = asked.store.event_lines(&filter(states.clone(), &request.filter))?;
    let events: Vec<RelationEvent> = lines.iter().map(RelationEvent::from).collect();
    let relation = Relation::new(&events, &wanted);
    write(&entente_render::relation(&request.format, &relation, &asked.words, asked.lang())?)
}

/// How groups of sources speak of a relation.
pub(crate) fn framing(context: &Context, request: &FramingArgs) -> Result<Outcome, Stop> {
    let mut asked = Asked::open(context, &request.store)?;
    let states = asked.states(&request.states, 1)?;
    let found = asked.account(&filter(states.clone(), &request.filter), Scope::Whole)?;
    let items = FramingItem::of(&found.account, &states, &asked.words, asked.lang());
    let framing = Framing::new(&items, &asked.words);
    write(&entente_render::framing(&request.format, &framing, &asked.words, asked.lang())?)
}

/// An event, its sources, and why they were taken for one.
pub(crate) fn why(context: &Context, request: &WhyArgs) -> Result<Outcome, Stop> {
    let mut asked = Asked::open(context, &request.store)?;
    let account = asked.store.event(&request.event, &asked.words)?;
    let Some((account, event)) =
        account.as_ref().and_then(|account| Some((account, account.events().first()?)))
    else {
        return Err(Stop::Usage {
            message: match asked.lang() {
                Lang::Ja => format!("`{}` という出来事はありません", request.event),
                Lang::En => format!("there is no event `{}`", request.event),
            },
            help: asked
                .say("番号は `entente timeline` が示します", "`entente timeline` shows the identifiers"),
        });
    };
    let why: Vec<String> = event.why.iter().map(|why| asked.words.why_label(why, asked.lang())).collect();
    let rows = event
        .reports
        .iter()
        .map(|report| {
            let facts = account.document(report.document);
            let known = |text: Option<String>| text.unwrap_or_default();
            vec![
                known(facts.and_then(|facts| facts.published.clone())),
                known(facts.map(|facts| facts.id.clone())),
                known(facts.and_then(|facts| facts.origins.iter().chain(&facts.publisher).next().cloned())),
                asked.status(report.status),
                known(report.date.clone()),
                known(report.attributed_to.clone()),
                known(report.passages.first().map(|passage| passage.text.clone())),
                report.uid.clone(),
            ]
        })
        .collect();
    let documents: Vec<Value> =
        event.reports.iter().map(|report| json!(account.document(report.document))).collect();
    let listing = Listing {
        title: format!(
            "{} {} {} — {}",
            asked.date(event.date.as_deref()),
            parties(&asked, &event.source, &event.target),
            asked.kind(event.kind, event.mode.as_deref()),
            event.id
        ),
        heads: vec![
            asked.head("published", "発行", "published"),
            asked.head("document", "文書", "document"),
            asked.head("source", "出所", "source"),
            asked.head("status", "状態", "status"),
            asked.head("date", "日付", "date"),
            asked.head("attributed_to", "誰の言か", "on whose word"),
            asked.head("text", "語句", "words"),
            asked.head("id", "番号", "id"),
        ],
        rows,
        data: json!({"event": event, "documents": documents, "conflicts": account.conflicts()}),
        note: Some(match (asked.lang(), why.is_empty()) {
            (Lang::Ja, true) => format!("独立の出所 {}", event.origins),
            (Lang::En, true) => format!("{} independent origins", event.origins),
            (Lang::Ja, false) => {
                format!("独立の出所 {}。一つの出来事とみた理由: {}", event.origins, why.join("、"))
            }
            (Lang::En, false) => {
                format!("{} independent origins. Taken for one event by: {}", event.origins, why.join(", "))
            }
        }),
    };
    asked.write(&request.format, &listing)
}

/// How much a store holds.
pub(crate) fn stats(context: &Context, request: &StatsArgs) -> Result<Outcome, Stop> {
    let mut asked = Asked::open(context, &request.store)?;
    let tally = asked.store.tally(BUSIEST)?;
    let mut rows = Vec::new();
    let mut add = |name: &str, ja: &str, en: &str, value: String| {
        rows.push(vec![name.to_owned(), pick(asked.lang(), ja, en).to_owned(), value]);
    };
    add("documents", "文書", "documents", tally.documents.to_string());
    add("copies", "ほぼ同文の文書", "documents with a near copy", tally.copies.to_string());
    add("reports", "出来事の報道", "reports of events", tally.reports.to_string());
    add("events", "出来事", "events", tally.events.to_string());
    add(
        "corroborated",
        "独立の出所が二つ以上ある出来事",
        "events of two origins or more",
        tally.corroborated.to_string(),
    );
    add("figures", "数値", "figures", tally.figures.to_string());
    if let Some((first, last)) = &tally.published {
        add("published", "発行日", "published", format!("{first} – {last}"));
    }
    for (kind, count) in &tally.types {
        let label = EventType::ALL.into_iter().find(|known| known.name() == kind);
        let label = label.map(|kind| asked.kind(kind, None)).unwrap_or_default();
        rows.push(vec![format!("type.{kind}"), label, count.to_string()]);
    }
    for (pair, count) in &tally.pairs {
        let codes: Vec<String> = pair.split('-').map(str::to_owned).collect();
        rows.push(vec![format!("pair.{pair}"), asked.names(&codes), count.to_string()]);
    }
    let listing = Listing {
        title: asked.store.place().to_owned(),
        heads: vec![
            asked.head("name", "名", "name"),
            asked.head("label", "内容", "what"),
            asked.head("count", "数", "count"),
        ],
        rows,
        data: json!(tally),
        note: None,
    };
    asked.write(&request.format, &listing)
}
