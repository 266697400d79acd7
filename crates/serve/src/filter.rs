//! Which events a page is about: parameters named as the options of the command, and the form that sets them.

use crate::fault::Fault;
use crate::page::View;
use crate::request::Asked;
use crate::room::Room;
use entente_base::Edtf;
use entente_base::record::{DOMAINS, EventType, Status};
use entente_store::Filter;
use maud::{Markup, html};
use serde::Serialize;

/// Most events that a page shows.
const MOST: usize = 500;
/// Events that a page shows unless more are asked for.
const USUAL: usize = 100;
/// Most states asked about at once.
const MOST_STATES: usize = 12;

/// Which events a page is about.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Choice {
    pub(crate) states: Vec<String>,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) domain: Option<String>,
    #[serde(rename = "type")]
    pub(crate) kind: Option<EventType>,
    pub(crate) status: Option<Status>,
    pub(crate) min_origins: usize,
    pub(crate) limit: usize,
}

impl Choice {
    /// Reads the parameters; states from `states`.
    pub(crate) fn read(asked: &Asked, room: &Room) -> Result<Self, Fault> {
        let states = asked.get("states").map_or(Ok(Vec::new()), |given| states("states", given, room))?;
        Self::about(states, asked)
    }

    /// Reads the parameters of a page about some states.
    pub(crate) fn about(states: Vec<String>, asked: &Asked) -> Result<Self, Fault> {
        let known = |names: &[&str]| names.join(", ");
        let of = |name, given: &str, names: &[&str]| {
            Fault::bad(
                name,
                given,
                format!("次のいずれかを指定してください: {}", known(names)),
                format!("give one of {}", known(names)),
            )
        };
        let domain = match asked.get("domain") {
            Some(given) if !DOMAINS.contains(&given) => return Err(of("domain", given, &DOMAINS)),
            given => given.map(str::to_owned),
        };
        let kind = match asked.get("type") {
            None => None,
            Some(given) => Some(
                EventType::ALL
                    .into_iter()
                    .find(|kind| kind.name().eq_ignore_ascii_case(given))
                    .ok_or_else(|| of("type", given, &EventType::NAMES))?,
            ),
        };
        let status = match asked.get("status") {
            None => None,
            Some(given) => Some(Status::parse(given).ok_or_else(|| of("status", given, &Status::NAMES))?),
        };
        let (from, to) = (date(asked, "from")?, date(asked, "to")?);
        let days = |date: &Option<String>| date.as_deref()?.parse::<Edtf>().ok()?.day_numbers();
        if let (Some((first, _)), Some((_, last))) = (days(&from), days(&to))
            && first > last
        {
            return Err(Fault::bad(
                "to",
                to.as_deref().unwrap_or_default(),
                "始まり（from）より後の日付を指定してください",
                "give a date after `from`",
            ));
        }
        Ok(Self {
            states,
            from,
            to,
            domain,
            kind,
            status,
            min_origins: asked.number("min_origins", 0, 1000)?.unwrap_or(0),
            limit: asked.number("limit", 1, MOST)?.unwrap_or(USUAL),
        })
    }

    /// The same for the store.
    pub(crate) fn filter(&self) -> Filter {
        let date = |date: &Option<String>| date.as_deref().and_then(|date| date.parse().ok());
        Filter {
            states: self.states.clone(),
            from: date(&self.from),
            to: date(&self.to),
            domain: self.domain.clone(),
            kind: self.kind,
            status: self.status,
            min_origins: self.min_origins,
            limit: Some(self.limit),
            documents: None,
        }
    }

    /// What is chosen beside the states, in words, each with the parameter that chooses it.
    fn chosen(&self, view: &View<'_>) -> Vec<(&'static str, String)> {
        let mut chosen = Vec::new();
        let mut add = |name, words: Option<String>| chosen.extend(words.map(|words| (name, words)));
        let from = self.from.as_deref().map(|date| view.date(Some(date)));
        let to = self.to.as_deref().map(|date| view.date(Some(date)));
        add("from", from.map(|date| view.room.words.fill("range.from", view.lang(), "from", &date)));
        add("to", to.map(|date| view.room.words.fill("range.to", view.lang(), "to", &date)));
        add("domain", self.domain.as_deref().map(|domain| view.domain(domain)));
        add("type", self.kind.map(|kind| view.kind(kind, None)));
        add("status", self.status.map(|status| view.status(status)));
        let origins = (self.min_origins > 0).then(|| {
            view.count(
                self.min_origins,
                "独立の出所 # 以上",
                "# independent origin or more",
                "# independent origins or more",
            )
        });
        add("min_origins", origins);
        chosen
    }

    /// The form. `with_states`: also the states; a page about some states has them in its address.
    pub(crate) fn form(&self, view: &View<'_>, with_states: bool) -> Markup {
        let chosen = self.chosen(view);
        let kept = |name: &str| {
            ["states", "from", "to", "domain", "type", "status", "min_origins", "limit", "lang"]
                .contains(&name)
        };
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        html! {
            @if !chosen.is_empty() {
                ul.chips aria-label=(view.say("いまの条件", "What is asked for")) {
                    @for (name, words) in &chosen { li {
                        a.chip href=(view.asked.address_with(&[(name, ""), ("lang", "")])) title=(view.say("この条件を外す", "Take this away")) {
                            (words) span aria-hidden="true" { " ×" }
                        }
                    } }
                }
            }
            details.filters open[!chosen.is_empty()] {
                summary { (view.say("絞り込み", "Filter")) }
                form method="get" action=(view.asked.path) {
                    @for (name, value) in view.asked.query.iter().filter(|(name, _)| !kept(name)) {
                        input type="hidden" name=(name) value=(value);
                    }
                    @if with_states {
                        label { span { (view.say("国・機関", "States")) }
                            input type="text" name="states" value=(self.states.join("-")) placeholder=(view.say("中露、CHN-RUS", "CHN-RUS")) autocomplete="off"; }
                    }
                    label { span { (view.say("いつから", "From")) }
                        input type="text" name="from" value=(text(&self.from)) inputmode="numeric" placeholder="2024-05" pattern="[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?" autocomplete="off"; }
                    label { span { (view.say("いつまで", "To")) }
                        input type="text" name="to" value=(text(&self.to)) inputmode="numeric" placeholder="2025" pattern="[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?" autocomplete="off"; }
                    label { span { (view.say("分野", "Domain")) }
                        select name="domain" {
                            option value="" { (view.say("すべて", "any")) }
                            @for domain in DOMAINS {
                                option value=(domain) selected[self.domain.as_deref() == Some(domain)] { (view.domain(domain)) }
                            }
                        } }
                    label { span { (view.say("種類", "Type")) }
                        select name="type" {
                            option value="" { (view.say("すべて", "any")) }
                            @for kind in EventType::ALL {
                                option value=(kind.name()) selected[self.kind == Some(kind)] { (view.kind(kind, None)) }
                            }
                        } }
                    label { span { (view.say("状態", "Status")) }
                        select name="status" {
                            option value="" { (view.say("すべて", "any")) }
                            @for status in Status::ALL {
                                option value=(status.name()) selected[self.status == Some(status)] { (view.status(status)) }
                            }
                        } }
                    label { span { (view.say("独立の出所（最少）", "Fewest origins")) }
                        input type="number" name="min_origins" min="0" max="1000" value=(self.min_origins); }
                    label { span { (view.say("件数（最多）", "Most events")) }
                        input type="number" name="limit" min="1" max=(MOST) value=(self.limit); }
                    button type="submit" { (view.say("絞り込む", "Apply")) }
                }
            }
        }
    }
}

/// A date as parameters have it: 2025, 2025-05 or 2025-05-06.
pub(crate) fn date(asked: &Asked, name: &'static str) -> Result<Option<String>, Fault> {
    let Some(given) = asked.get(name) else { return Ok(None) };
    let shape = matches!(given.len(), 4 | 7 | 10)
        && given.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if shape && given.parse::<Edtf>().is_ok() {
        return Ok(Some(given.to_owned()));
    }
    Err(Fault::bad(
        name,
        given,
        "2025、2025-05、2025-05-06 の形で指定してください",
        "write the date as 2025, 2025-05 or 2025-05-06",
    ))
}

/// Codes of the states that a text names: codes joined by `-`, names, pairs such as 中露.
pub(crate) fn states(name: &'static str, given: &str, room: &Room) -> Result<Vec<String>, Fault> {
    // The whole may be a name with a hyphen or a space in it.
    let mut codes = room.codes(given);
    if codes.is_empty() {
        let parts = given.split(['-', ',', ' ', '、', '・', '　']).filter(|part| !part.is_empty());
        for part in parts.take(MOST_STATES + 1) {
            let found = room.codes(part);
            if found.is_empty() {
                return Err(unknown(name, part));
            }
            codes.extend(found);
        }
    }
    codes.sort();
    codes.dedup();
    if codes.is_empty() || codes.len() > MOST_STATES {
        return Err(unknown(name, given));
    }
    Ok(codes)
}

fn unknown(name: &'static str, given: &str) -> Fault {
    Fault::bad(
        name,
        given,
        format!(
            "国や機関を、コード（CHN）、名前（中国、China）、組（中露、CHN-RUS）で、{MOST_STATES} まで指定してください"
        ),
        format!(
            "name up to {MOST_STATES} states or bodies by code (CHN), name (China, 中国) or pair (CHN-RUS, 中露)"
        ),
    )
}
