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
