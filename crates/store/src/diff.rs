//! What two records of one document have in common: which item of the one is which of the other.
//!
//! A record is made anew when its document changes or the coder does. An item is still the same when it stands on the
//! same words, even where it says something else of them: then it is *altered*. What has no counterpart is *gone* or
//! *added*. An event needs the same type, words that overlap and a party in common, so that whatever hangs on an event
//! can follow it.

use crate::align::Alignment;
use entente_base::Span;
use entente_base::record::{Entity, Record};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Width, in code points, of the cells in which items that may overlap are looked up.
const CELL: usize = 64;

/// Weight of the words that two items share, beside that of their parties and of their details.
const WEIGHT_WORDS: f64 = 2.0;

/// A kind of items of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ItemKind {
    Mention,
    Entity,
    Time,
    Figure,
    Event,
    Statement,
    Commitment,
    Position,
    Term,
}

impl ItemKind {
    /// All kinds, in the order of a record.
    pub const ALL: [ItemKind; 9] = [
        ItemKind::Mention,
        ItemKind::Entity,
        ItemKind::Time,
        ItemKind::Figure,
        ItemKind::Event,
        ItemKind::Statement,
        ItemKind::Commitment,
        ItemKind::Position,
        ItemKind::Term,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            ItemKind::Mention => "mention",
            ItemKind::Entity => "entity",
            ItemKind::Time => "time",
            ItemKind::Figure => "figure",
            ItemKind::Event => "event",
            ItemKind::Statement => "statement",
            ItemKind::Commitment => "commitment",
            ItemKind::Position => "position",
            ItemKind::Term => "term",
        }
    }

    /// Its field in a record.
    pub const fn field(self) -> &'static str {
        match self {
            ItemKind::Mention => "mentions",
            ItemKind::Entity => "entities",
            ItemKind::Time => "times",
            ItemKind::Figure => "figures",
            ItemKind::Event => "events",
            ItemKind::Statement => "statements",
            ItemKind::Commitment => "commitments",
            ItemKind::Position => "positions",
            ItemKind::Term => "terms",
        }
    }
}

/// Which items of one kind are which. Indices point into the old and the new record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matching {
    /// Old and new index of what says the same. The rule that made it and how sure it is do not count.
    pub same: Vec<(usize, usize)>,
    /// Old and new index of what says something else of the same.
    pub altered: Vec<(usize, usize)>,
    /// Old index of what is no longer there.
    pub gone: Vec<usize>,
    /// New index of what was not there.
    pub added: Vec<usize>,
}

impl Matching {
    /// The new index of an old item that is still there.
    pub fn new_of(&self, old: usize) -> Option<usize> {
        self.same.iter().chain(&self.altered).find(|(known, _)| *known == old).map(|(_, new)| *new)
    }

    /// Whether every item says the same.
    pub fn is_same(&self) -> bool {
        self.altered.is_empty() && self.gone.is_empty() && self.added.is_empty()
    }
}

/// What two records of one document have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diff {
    kinds: BTreeMap<ItemKind, Matching>,
}

impl Diff {
    /// The items of a kind.
    pub fn of(&self, kind: ItemKind) -> &Matching {
        static NONE: Matching =
            Matching { same: Vec::new(), altered: Vec::new(), gone: Vec::new(), added: Vec::new() };
        self.kinds.get(&kind).unwrap_or(&NONE)
    }

    /// Whether every item says the same.
    pub fn is_same(&self) -> bool {
        self.kinds.values().all(Matching::is_same)
    }
}

/// An item as it is compared.
struct Item {
    /// Items of different keys are never the same.
    key: String,
    /// Name by which items without words in common may still be the same; empty for none.
    name: String,
    /// Places in the new text.
    spans: Vec<Span>,
    parties: BTreeSet<String>,
    /// Whether a party in common is needed, where both have any.
    party_needed: bool,
    /// What speaks for one of several that would do.
    details: Vec<String>,
    /// What it says.
    says: Value,
}

/// A record as it is compared: entities by name, places in the new text.
struct View<'a> {
    record: &'a Record,
    names: HashMap<&'a str, String>,
    alignment: Option<&'a Alignment>,
}

fn entity_name(entity: &Entity) -> String {
    format!("{:?} {}", entity.kind, entity.name)
}

impl<'a> View<'a> {
    fn new(record: &'a Record, alignment: Option<&'a Alignment>) -> Self {
        let names = record.entities.iter().map(|entity| (entity.id.as_str(), entity_name(entity))).collect();
        Self { record, names, alignment }
    }

    fn span(&self, span: Span) -> Option<Span> {
        self.alignment.map_or(Some(span), |alignment| alignment.span(span))
    }

    fn spans(&self, spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
        spans.into_iter().filter_map(|span| self.span(span)).collect()
    }

    fn name(&self, id: &str) -> String {
        self.names.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// What an item says, comparable with what an item of another record of the document says.
    fn says(&self, item: &impl Serialize) -> Value {
        let mut value = serde_json::to_value(item).unwrap_or_default();
        if let Value::Object(fields) = &mut value {
            for field in ["id", "rule", "confidence"] {
                fields.remove(field);
            }
            for field in ["entity", "participants", "attributed_to", "speaker", "via"] {
                match fields.get_mut(field) {
                    Some(Value::String(id)) => *id = self.name(id),
                    Some(Value::Array(ids)) => {
                        for id in ids {
                            if let Value::String(id) = id {
                                *id = self.name(id);
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        self.place(&mut value);
        value
    }

    /// Turns offsets into those of the new text.
    fn place(&self, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.place(item)),
            Value::Object(fields) => {
                if let (Some(start), Some(end)) = (offset(fields, "start"), offset(fields, "end")) {
                    let span = self.span(Span::new(start, end));
                    fields.insert("start".to_owned(), span.map(|span| span.start).into());
                    fields.insert("end".to_owned(), span.map(|span| span.end).into());
                }
                fields.values_mut().for_each(|field| self.place(field));
            }
            _ => {}
        }
    }

    fn items(&self, kind: ItemKind) -> Vec<Item> {
        let record = self.record;
        let texts = |list: &[String]| list.iter().cloned().collect::<BTreeSet<String>>();
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let plain = |spans: Vec<Span>, says: Value| Item {
            key: String::new(),
            name: String::new(),
            spans,
            parties: BTreeSet::new(),
            party_needed: false,
            details: Vec::new(),
            says,
        };
        match kind {
            ItemKind::Mention => (record.mentions.iter())
                .map(|item| Item {
                    key: format!("{:?}", item.kind),
                    parties: texts(&item.states),
                    details: vec![self.name(&item.entity)],
                    ..plain(self.spans([Span::new(item.start, item.end)]), self.says(item))
                })
                .collect(),
            ItemKind::Entity => {
                let mut spans: HashMap<&str, Vec<Span>> = HashMap::new();
                for mention in &record.mentions {
                    let span = Span::new(mention.start, mention.end);
                    spans.entry(mention.entity.as_str()).or_default().extend(self.span(span));
                }
                (record.entities.iter())
                    .map(|item| Item {
                        key: format!("{:?}", item.kind),
                        name: item.name.clone(),
                        parties: texts(&item.states),
                        details: vec![item.name.clone(), text(&item.code), text(&item.role)],
                        ..plain(spans.remove(item.id.as_str()).unwrap_or_default(), self.says(item))
                    })
                    .collect()
            }
            ItemKind::Time => (record.times.iter())
                .map(|item| Item {
                    details: vec![item.value.clone()],
                    ..plain(self.spans([Span::new(item.start, item.end)]), self.says(item))
                })
                .collect(),
            ItemKind::Figure => (record.figures.iter())
                .map(|item| Item {
                    parties: texts(&item.of),
                    details: vec![item.value.to_string(), item.unit.clone(), item.measure.clone()],
                    ..plain(self.spans([Span::new(item.start, item.end)]), self.says(item))
                })
                .collect(),
            ItemKind::Event => (record.events.iter())
                .map(|item| Item {
                    key: item.kind.name().to_owned(),
                    parties: item.source.iter().chain(&item.target).cloned().collect(),
                    party_needed: true,
                    details: vec![
                        text(&item.mode),
                        text(&item.date),
                        text(&item.place),
                        format!("{:?}", item.status),
                        item.source.join(" "),
                    ],
                    ..plain(self.spans(item.evidence.iter().copied()), self.says(item))
                })
                .collect(),
            ItemKind::Statement => (record.statements.iter())
                .map(|item| Item {
                    parties: item.speaker.ids().iter().map(|id| self.name(id)).collect(),
                    details: vec![item.act.clone()],
                    ..plain(self.spans([item.content]), self.says(item))
                })
                .collect(),
            ItemKind::Commitment => (record.commitments.iter())
                .map(|item| Item {
                    parties: texts(&item.by),
                    details: vec![text(&item.due)],
                    ..plain(self.spans([item.what]), self.says(item))
                })
                .collect(),
            ItemKind::Position => (record.positions.iter())
                .map(|item| Item {
                    key: item.holder.clone(),
                    details: vec![item.issue.clone(), item.stance.clone(), text(&item.toward)],
                    ..plain(self.spans([item.evidence]), self.says(item))
                })
                .collect(),
            ItemKind::Term => (record.terms.iter())
                .map(|item| Item {
                    key: item.term.clone(),
                    name: item.term.clone(),
                    ..plain(self.spans([item.evidence]), self.says(item))
                })
                .collect(),
        }
    }
}

fn offset(fields: &Map<String, Value>, name: &str) -> Option<usize> {
    fields.get(name)?.as_u64().and_then(|offset| usize::try_from(offset).ok())
}

/// Code points that two lists of spans share, by those that either has; spans of one list that overlap count twice.
fn shared(a: &[Span], b: &[Span]) -> f64 {
    let length = |spans: &[Span]| spans.iter().map(|span| span.end.saturating_sub(span.start)).sum::<usize>();
    let common: usize = a
        .iter()
        .flat_map(|x| b.iter().map(move |y| x.end.min(y.end).saturating_sub(x.start.max(y.start))))
        .sum();
    let all = (length(a) + length(b)).saturating_sub(common);
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

/// How well two items would do as one; `None` where they cannot be one.
fn score(old: &Item, new: &Item) -> Option<f64> {
    let words = shared(&old.spans, &new.spans);
    let named = !old.name.is_empty() && old.name == new.name;
    if old.key != new.key || words == 0.0 && !named {
        return None;
    }
    let common = old.parties.intersection(&new.parties).count();
    if old.party_needed && common == 0 && !old.parties.is_empty() && !new.parties.is_empty() {
        return None;
    }
    let parties = common as f64 / old.parties.union(&new.parties).count().max(1) as f64;
    let agreed = old.details.iter().zip(&new.details).filter(|(a, b)| a == b).count();
    let details = agreed as f64 / old.details.len().max(1) as f64;
    let same = if old.says == new.says { 1.0 } else { 0.0 };
    Some(WEIGHT_WORDS * words + parties + details + same)
}

fn matching(old: &[Item], new: &[Item]) -> Matching {
    let mut cells: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut names: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, item) in new.iter().enumerate() {
        for cell in cells_of(item) {
            cells.entry(cell).or_default().push(index);
        }
        if !item.name.is_empty() {
            names.entry(&item.name).or_default().push(index);
        }
    }
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (index, item) in old.iter().enumerate() {
        let near = cells_of(item).into_iter().filter_map(|cell| cells.get(&cell)).flatten();
        let named = names.get(item.name.as_str()).into_iter().flatten();
        for other in near.chain(named).copied().collect::<BTreeSet<usize>>() {
            if let Some(score) = score(item, &new[other]) {
                pairs.push((score, index, other));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let (mut of_old, mut of_new) = (vec![None; old.len()], vec![None; new.len()]);
    for (_, a, b) in pairs {
        if of_old[a].is_none() && of_new[b].is_none() {
            (of_old[a], of_new[b]) = (Some(b), Some(a));
        }
    }
    let mut found = Matching::default();
    for (index, other) in of_old.into_iter().enumerate() {
        match other {
            None => found.gone.push(index),
            Some(other) if old[index].says == new[other].says => found.same.push((index, other)),
            Some(other) => found.altered.push((index, other)),
        }
    }
    let is_new = |(index, other): (usize, &Option<usize>)| other.is_none().then_some(index);
    found.added = of_new.iter().enumerate().filter_map(is_new).collect();
    found
}

fn cells_of(item: &Item) -> BTreeSet<usize> {
    item.spans
        .iter()
        .filter(|span| span.start < span.end)
        .flat_map(|span| span.start / CELL..=(span.end - 1) / CELL)
        .collect()
}

/// What two records of one document have in common. The document may have changed as well: its sentences are found
/// again where they stand now.
pub fn diff(old: &Record, new: &Record) -> Diff {
    let (before, after) = (&old.document.text, &new.document.text);
    let alignment = (before != after).then(|| Alignment::new(before, after));
    let (old, new) = (View::new(old, alignment.as_ref()), View::new(new, None));
    let kinds = ItemKind::ALL.map(|kind| (kind, matching(&old.items(kind), &new.items(kind))));
    Diff { kinds: kinds.into_iter().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_base::record::{Bound, Event, EventType, Figure, Kind, Mention, Speaker, Statement, Status};

    const TEXT: &str = "題。\n中国とロシアが会談した。\n中国は米国を批判した。\n日本は述べた。";

    fn at(text: &str, words: &str) -> Span {
        let start = text[..text.find(words).unwrap()].chars().count();
        Span::new(start, start + words.chars().count())
    }

    fn event(text: &str, kind: EventType, source: &[&str], target: &[&str], words: &str) -> Event {
        let codes = |list: &[&str]| list.iter().map(|code| (*code).to_owned()).collect::<Vec<String>>();
        Event {
            id: "v1".to_owned(),
            kind,
            mode: None,
            cameo: "040".to_owned(),
            goldstein: 1.0,
            source: codes(source),
            target: codes(target),
            participants: Vec::new(),
            status: Status::Occurred,
            date: None,
            place: None,
            domains: Vec::new(),
            evidence: vec![at(text, words)],
            attributed_to: None,
            confidence: 0.8,
            rule: "event/a".to_owned(),
        }
    }

    fn record(text: &str, events: Vec<Event>) -> Record {
        let mut record = Record::default();
        record.document.text = text.to_owned();
        record.events = events;
        record
    }

    fn shown(matching: &Matching) -> String {
        let pairs = |list: &[(usize, usize)]| list.iter().map(|(a, b)| format!("{a}{b}")).collect::<String>();
        let single = |list: &[usize]| list.iter().map(ToString::to_string).collect::<String>();
        format!(
            "={} ~{} -{} +{}",
            pairs(&matching.same),
            pairs(&matching.altered),
            single(&matching.gone),
            single(&matching.added)
        )
    }

    #[test]
    fn an_event_is_the_same_by_type_words_and_parties() {
        use EventType::{Accuse, Consult};
        let both = &["CHN", "RUS"][..];
        let meeting = || event(TEXT, Consult, both, both, "中国とロシアが会談した");
        let blame = || event(TEXT, Accuse, &["CHN"], &["USA"], "中国は米国を批判した");
        let with = |mut event: Event, change: fn(&mut Event)| {
            change(&mut event);
            event
        };
        let cases: Vec<(&str, Vec<Event>, Vec<Event>, &str)> = vec![
            ("nothing", vec![], vec![], "= ~ - +"),
            ("as it was", vec![meeting(), blame()], vec![meeting(), blame()], "=0011 ~ - +"),
            ("another order", vec![meeting(), blame()], vec![blame(), meeting()], "=0110 ~ - +"),
            (
                "another number, rule and confidence",
                vec![meeting()],
                vec![with(meeting(), |event| {
                    event.id = "v7".to_owned();
                    event.rule = "event/b".to_owned();
                    event.confidence = 0.5;
                })],
                "=00 ~ - +",
            ),
            (
                "a date",
                vec![meeting()],
                vec![with(meeting(), |event| event.date = Some("2024".to_owned()))],
                "= ~00 - +",
            ),
            ("fewer words", vec![meeting()], vec![event(TEXT, Consult, both, both, "会談")], "= ~00 - +"),
            (
                "another type",
                vec![meeting()],
                vec![with(meeting(), |event| event.kind = Accuse)],
                "= ~ -0 +0",
            ),
            ("other words", vec![meeting()], vec![event(TEXT, Consult, both, both, "述べた")], "= ~ -0 +0"),
            (
                "other parties",
                vec![blame()],
                vec![event(TEXT, Accuse, &["JPN"], &["KOR"], "中国は米国を批判した")],
                "= ~ -0 +0",
            ),
            (
                "one party more",
                vec![event(TEXT, Accuse, &["CHN"], &[], "中国は米国を批判した")],
                vec![blame()],
                "= ~00 - +",
            ),
            (
                "parties that were not known",
                vec![event(TEXT, Accuse, &[], &[], "中国は米国を批判した")],
                vec![blame()],
                "= ~00 - +",
            ),
            (
                "one of two in a sentence goes, the better one stays",
                vec![blame(), with(blame(), |event| event.status = Status::Denied)],
                vec![with(blame(), |event| event.status = Status::Denied)],
                "=10 ~ -0 +",
            ),
            ("a new one", vec![meeting()], vec![meeting(), blame()], "=00 ~ - +1"),
        ];
        for (name, old, new, expected) in cases {
            let found = diff(&record(TEXT, old), &record(TEXT, new));
            assert_eq!(shown(found.of(ItemKind::Event)), expected, "{name}");
            assert_eq!(found.is_same(), expected.ends_with(" ~ - +"), "{name}");
        }
    }

    #[test]
    fn an_event_keeps_its_identity_when_the_document_changes_around_it() {
        use EventType::Accuse;
        let words = "中国は米国を批判した";
        for (text, expected) in [
            ("速報。\n題。\n中国とロシアが会談した。\n中国は米国を批判した。\n日本は述べた。", "=00 ~ - +"),
            ("中国は米国を批判した。\n題。\n中国とロシアが会談した。", "=00 ~ - +"),
            ("題。\n中国とロシアが会談した。\nきのう中国は米国を批判した。\n日本は述べた。", "=00 ~ - +"),
        ] {
            let old = record(TEXT, vec![event(TEXT, Accuse, &["CHN"], &["USA"], words)]);
            let new = record(text, vec![event(text, Accuse, &["CHN"], &["USA"], words)]);
            assert_eq!(shown(diff(&old, &new).of(ItemKind::Event)), expected, "{text}");
        }
        let text = "題。\n日本は述べた。";
        let old = record(TEXT, vec![event(TEXT, Accuse, &["CHN"], &["USA"], words)]);
        let new = record(text, vec![event(text, Accuse, &["CHN"], &["USA"], "述べた")]);
        assert_eq!(shown(diff(&old, &new).of(ItemKind::Event)), "= ~ -0 +0");
    }

    #[test]
    fn entities_are_compared_by_name_and_not_by_number() {
        let mention = |entity: &str, words: &str| {
            let span = at(TEXT, words);
            Mention {
                start: span.start,
                end: span.end,
                text: words.to_owned(),
                kind: Kind::State,
                entity: entity.to_owned(),
                states: Vec::new(),
                confidence: 1.0,
                rule: String::new(),
            }
        };
        let entity = |id: &str, name: &str| Entity {
            id: id.to_owned(),
            kind: Kind::State,
            name: name.to_owned(),
            name_en: None,
            code: None,
            states: Vec::new(),
            role: None,
            sector: None,
        };
        let statement = |speaker: &str| Statement {
            speaker: Speaker::One(speaker.to_owned()),
            start: 0,
            end: 3,
            content: at(TEXT, "日本は"),
            act: "assert".to_owned(),
            via: None,
            date: None,
            confidence: 1.0,
            rule: String::new(),
        };
        let mut old = record(TEXT, Vec::new());
        old.mentions = vec![mention("e1", "日本")];
        old.entities = vec![entity("e1", "日本")];
        old.statements = vec![statement("e1")];
        let mut new = record(TEXT, Vec::new());
        new.mentions = vec![mention("e1", "中国"), mention("e2", "日本")];
        new.entities = vec![entity("e1", "中国"), entity("e2", "日本")];
        new.statements = vec![statement("e2")];
        let found = diff(&old, &new);
        assert_eq!(shown(found.of(ItemKind::Mention)), "=01 ~ - +0");
        assert_eq!(shown(found.of(ItemKind::Entity)), "=01 ~ - +0");
        assert_eq!(shown(found.of(ItemKind::Statement)), "=00 ~ - +");
        assert_eq!(found.of(ItemKind::Entity).new_of(0), Some(1));
        new.statements = vec![statement("e1")];
        assert_eq!(shown(diff(&old, &new).of(ItemKind::Statement)), "= ~00 - +");
    }

    #[test]
    fn a_figure_that_is_read_otherwise_is_altered() {
        let figure = |value: f64| Figure {
            start: 0,
            end: 2,
            text: "題。".to_owned(),
            value,
            value_to: None,
            unit: "USD".to_owned(),
            bound: Bound::Exact,
            measure: "trade".to_owned(),
            of: Vec::new(),
            period: None,
            rank: None,
            change: None,
            rule: String::new(),
        };
        let with = |value| Record { figures: vec![figure(value)], ..record(TEXT, Vec::new()) };
        assert_eq!(shown(diff(&with(1.0), &with(2.0)).of(ItemKind::Figure)), "= ~00 - +");
        assert!(diff(&with(1.0), &with(1.0)).is_same());
    }
}
