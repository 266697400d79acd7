//! Corrections: what people decided of items of a record, kept apart from what the coder made and applied over it.
//!
//! A correction means an item of the coder, kept as it was then with the words that it stands on. After the document
//! was coded again or changed, it is found by these words; where it is not found beyond doubt, the correction is
//! *stale*: kept and told, and without effect.

use crate::diff::ItemKind;
use crate::patch;
use entente_base::Span;
use entente_base::record::{Entity, Kind, Record};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Code points kept on each side of the words of an item, to tell them from the same words elsewhere.
const CONTEXT: usize = 20;

/// Words of so many code points are found without what stood around them.
const LONG_WORDS: usize = 12;

/// Share of their words that an item and the item it was have in common.
const LEAST_WORDS: f64 = 0.5;

/// Share of their parties that two events have in common to be one.
const LEAST_PARTIES: f64 = 0.5;

/// What a correction does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Gives fields of an item other values.
    Set,
    /// Adds an item.
    Add,
    /// Takes an item away.
    Reject,
    /// Makes two events one.
    Join,
    /// Makes two reports two events.
    Split,
}

impl Action {
    /// Its name in the store.
    pub const fn name(self) -> &'static str {
        match self {
            Action::Set => "set",
            Action::Add => "add",
            Action::Reject => "reject",
            Action::Join => "join",
            Action::Split => "split",
        }
    }
}

/// Words of a document, as they stood when they were quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quoted {
    /// First code point.
    pub start: usize,
    /// The words.
    pub text: String,
    /// What stood before them.
    pub before: String,
    /// What stood after them.
    pub after: String,
}

/// The item that a correction means, as the coder made it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Lasting identifier of an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    /// The words that it stands on.
    pub words: Vec<Quoted>,
    /// What it said; of an item that is added, nothing.
    pub item: Value,
}

/// Who did something, when, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// Who.
    pub who: String,
    /// When, ISO 8601.
    pub when: String,
    /// Why.
    pub why: String,
}

/// A correction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Number within the store, from 1.
    pub number: i64,
    /// Identifier of the document.
    pub document: String,
    /// Kind of item.
    pub kind: ItemKind,
    /// What it does.
    pub action: Action,
    /// The item.
    pub target: Target,
    /// Document and event of the second side of a join or a split.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<(String, Target)>,
    /// Fields with their new values; entities stand by their names.
    pub patch: Map<String, Value>,
    /// Who made it, when and why.
    pub by: By,
    /// Who took it back, when and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reverted: Option<By>,
}

/// Why a correction cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionError {
    /// There is no such document.
    #[error("`{id}`: the store has no such document\n  help: name it by its `document.id`")]
    Document {
        /// Identifier.
        id: String,
    },
    /// An item is named in no known way.
    #[error(
        "`{given}` names no item\n  help: write the identifier of an event, or DOCUMENT#KIND:START-END, as a.txt#figure:40-49"
    )]
    Name {
        /// What was given.
        given: String,
    },
    /// There is no such item.
    #[error(
        "`{given}`: there is no such item\n  help: see the record for what stands where, offsets count code points"
    )]
    Item {
        /// What was given.
        given: String,
    },
    /// Several items stand there.
    #[error("`{given}`: {count} items stand there\n  help: name an event by its identifier")]
    Several {
        /// What was given.
        given: String,
        /// How many.
        count: usize,
    },
    /// A join or a split needs two events.
    #[error("`{given}` is no second event\n  help: name two different events")]
    Pair {
        /// What was given.
        given: String,
    },
    /// Items of this kind have no such field.
    #[error("a {kind} has no field `{field}` that can be set\n  help: there are: {known}")]
    Field {
        /// Kind of item.
        kind: &'static str,
        /// The field.
        field: String,
        /// Those that it has.
        known: String,
    },
    /// A value is not what the field takes.
    #[error("{field}={value}: not what `{field}` takes\n  help: write {expected}")]
    Value {
        /// The field.
        field: String,
        /// The value.
        value: String,
        /// What it takes.
        expected: String,
    },
    /// A field comes twice.
    #[error("`{field}` comes twice\n  help: give it once")]
    Twice {
        /// The field.
        field: String,
    },
    /// Something needed is missing.
    #[error("`{field}` is missing\n  help: give {field}=…")]
    Missing {
        /// The field.
        field: &'static str,
    },
    /// Nothing is to be set.
    #[error("nothing is to be set\n  help: give field=value")]
    Nothing,
    /// The words do not stand in the document, or more than once.
    #[error(
        "「{words}」 stands {count} times in the document\n  help: quote words that stand once, or name their first code point with --at"
    )]
    Words {
        /// The words.
        words: String,
        /// How often they stand there.
        count: usize,
    },
    /// No entity has the name.
    #[error("`{name}`: the document has no entity of this name\n  help: there are: {known}")]
    Entity {
        /// The name.
        name: String,
        /// Those that it has.
        known: String,
    },
    /// There is no correction of this number.
    #[error("{number}: there is no such correction\n  help: `entente correct list` shows them")]
    Number {
        /// The number.
        number: i64,
    },
    /// It was taken back before.
    #[error("{number}: was taken back before\n  help: `entente correct list` shows who did, and why")]
    Reverted {
        /// The number.
        number: i64,
    },
}

/// An item on the way from what the coder made to what holds.
#[derive(Debug, Clone)]
pub(crate) struct Working {
    /// What the coder made, or was added.
    pub(crate) base: Value,
    /// What holds; `None` where it was rejected.
    pub(crate) now: Option<Value>,
}

/// A record with the corrections of its document applied.
#[derive(Debug, Clone)]
pub(crate) struct Applied {
    pub(crate) record: Record,
    /// Numbers of corrections that find no item.
    pub(crate) stale: BTreeSet<i64>,
    /// Numbers of those that hold.
    pub(crate) applied: BTreeSet<i64>,
    /// Number, side and place in the record of the events of joins and splits.
    pub(crate) sides: Vec<(i64, i64, usize)>,
    pub(crate) items: BTreeMap<ItemKind, Vec<Working>>,
}

impl Applied {
    /// The item that stands at a place of the record that holds.
    pub(crate) fn at(&self, kind: ItemKind, place: usize) -> Option<&Working> {
        self.items.get(&kind)?.iter().filter(|item| item.now.is_some()).nth(place)
    }
}

/// The passages of an item.
pub(crate) fn spans(kind: ItemKind, item: &Value) -> Vec<Span> {
    let span = |value: &Value| serde_json::from_value::<Span>(value.clone()).ok();
    match kind {
        ItemKind::Event => item["evidence"].as_array().into_iter().flatten().filter_map(span).collect(),
        ItemKind::Statement => span(&item["content"]).into_iter().collect(),
        ItemKind::Commitment => span(&item["what"]).into_iter().collect(),
        ItemKind::Position | ItemKind::Term => span(&item["evidence"]).into_iter().collect(),
        ItemKind::Mention | ItemKind::Time | ItemKind::Figure => span(item).into_iter().collect(),
        ItemKind::Entity => Vec::new(),
    }
}

impl Quoted {
    /// Words of a text, with what stands around them.
    pub(crate) fn new(span: Span, chars: &[char]) -> Self {
        let before = Span::new(span.start.saturating_sub(CONTEXT), span.start);
        let after = Span::new(span.end, (span.end + CONTEXT).min(chars.len()));
        Self {
            start: span.start,
            text: span.text(chars),
            before: before.text(chars),
            after: after.text(chars),
        }
    }

    /// Where the words stand now; `None` where that is open to doubt.
    fn find(&self, chars: &[char]) -> Option<Span> {
        let words: Vec<char> = self.text.chars().collect();
        let (before, after): (Vec<char>, Vec<char>) =
            (self.before.chars().collect(), self.after.chars().collect());
        let agree = |start: usize| {
            let end = start + words.len();
            let head = chars.get(..start).unwrap_or_default().iter().rev().zip(before.iter().rev());
            let tail = chars.get(end..).unwrap_or_default().iter().zip(&after);
            head.take_while(|(a, b)| a == b).count() + tail.take_while(|(a, b)| a == b).count()
        };
        let places: Vec<(usize, usize)> =
            occurrences(&words, chars).into_iter().map(|start| (agree(start), start)).collect();
        let best = places.iter().map(|(agreed, _)| *agreed).max()?;
        if words.len() < LONG_WORDS && best * 2 < before.len() + after.len() {
            return None;
        }
        let close: Vec<usize> =
            places.iter().filter(|(agreed, _)| *agreed == best).map(|(_, start)| *start).collect();
        let start = match close.as_slice() {
            [one] => *one,
            several => *several.iter().find(|start| **start == self.start)?,
        };
        Some(Span::new(start, start + words.len()))
    }
}

/// Where words begin in a text.
pub(crate) fn occurrences(words: &[char], chars: &[char]) -> Vec<usize> {
    if words.is_empty() {
        return Vec::new();
    }
    chars.windows(words.len()).enumerate().filter(|(_, at)| *at == words).map(|(start, _)| start).collect()
}

impl Target {
    /// An item as it is to be found again.
    pub(crate) fn new(kind: ItemKind, item: &Value, uid: Option<String>, chars: &[char]) -> Self {
        let words = spans(kind, item).into_iter().map(|span| Quoted::new(span, chars)).collect();
        Self { uid, words, item: says(item) }
    }

    fn spans(&self, chars: &[char]) -> Vec<Span> {
        self.words.iter().filter_map(|words| words.find(chars)).collect()
    }

    /// The place of the item among those that the coder made; `None` where that is open to doubt.
    pub(crate) fn find(&self, kind: ItemKind, items: &[Working], chars: &[char]) -> Option<usize> {
        let spans = self.spans(chars);
        let scores = items.iter().enumerate();
        let mut scores: Vec<(f64, usize)> =
            scores.filter_map(|(place, item)| Some((self.fit(kind, &spans, &item.base)?, place))).collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        match scores.as_slice() {
            [] => None,
            [(_, place)] => Some(*place),
            [(best, place), (next, other), ..] => {
                let same = says(&items.get(*place)?.base) == says(&items.get(*other)?.base);
                (best > next || same).then_some(*place)
            }
        }
    }

    /// How well an item does for the one that was meant.
    fn fit(&self, kind: ItemKind, spans: &[Span], item: &Value) -> Option<f64> {
        let words = self::spans(kind, item);
        let likeness =
            spans.iter().flat_map(|a| words.iter().map(move |b| likeness(*a, *b))).fold(0.0, f64::max);
        if likeness < LEAST_WORDS {
            return None;
        }
        let key = match kind {
            ItemKind::Event => "type",
            ItemKind::Mention => "kind",
            ItemKind::Position => "holder",
            ItemKind::Term => "term",
            _ => "",
        };
        if !key.is_empty() && self.item[key] != item[key] {
            return None;
        }
        let mut score = 2.0 * likeness;
        if kind == ItemKind::Event {
            let parties = |item: &Value| -> BTreeSet<String> {
                let of = |field: &str| item[field].as_array().cloned().unwrap_or_default();
                of("source")
                    .into_iter()
                    .chain(of("target"))
                    .filter_map(|it| it.as_str().map(str::to_owned))
                    .collect()
            };
            let (a, b) = (parties(&self.item), parties(item));
            let shared = a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64;
            let (x, y) = (&self.item["mode"], &item["mode"]);
            if shared < LEAST_PARTIES && !(a.is_empty() && b.is_empty())
                || x != y && !x.is_null() && !y.is_null()
            {
                return None;
            }
            score += shared;
            let fields = ["source", "target", "mode", "date", "status", "place", "evidence"];
            score += fields.iter().filter(|field| self.item[**field] == item[**field]).count() as f64 / 8.0;
        }
        Some(if self.item == says(item) { score + 1.0 } else { score })
    }
}

/// Code points that two passages share, by those that either has.
fn likeness(a: Span, b: Span) -> f64 {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    shared as f64 / (a.len() + b.len()).saturating_sub(shared).max(1) as f64
}

/// What an item says, without what names it within its record and how it was found.
fn says(item: &Value) -> Value {
    let mut item = item.clone();
    if let Value::Object(fields) = &mut item {
        for field in ["id", "rule", "confidence", "entity", "participants", "attributed_to", "speaker", "via"]
        {
            fields.remove(field);
        }
    }
    item
}

/// The identifier of the entity of a name.
pub(crate) fn entity<'a>(record: &'a Record, name: &str) -> Option<&'a str> {
    let named = |entity: &&Entity| {
        entity.name == name || entity.name_en.as_deref() == Some(name) || entity.code.as_deref() == Some(name)
    };
    let mentioned =
        || record.mentions.iter().find(|mention| mention.text == name).map(|it| it.entity.as_str());
    record.entities.iter().find(named).map(|entity| entity.id.as_str()).or_else(mentioned)
}

/// A patch as the record holds it: entities by their identifiers; or a name that no entity has.
pub(crate) fn resolved(
    kind: ItemKind,
    patch: &Map<String, Value>,
    record: &Record,
) -> Result<Map<String, Value>, String> {
    let id = |name: &str| entity(record, name).map(|id| json!(id)).ok_or_else(|| name.to_owned());
    let mut out = patch.clone();
    for (field, value) in &mut out {
        match (kind, field.as_str()) {
            (ItemKind::Event, "participants") | (ItemKind::Statement, "speaker") => {
                let names = value.as_array().cloned().unwrap_or_default();
                let ids = names.iter().filter_map(Value::as_str).map(id).collect::<Result<Vec<_>, _>>()?;
                *value = match ids.as_slice() {
                    [one] if field == "speaker" => one.clone(),
                    _ => json!(ids),
                };
            }
            (ItemKind::Event, "attributed_to") => {
                // An agency that is named nowhere as an actor stands by its name.
                if let Some(name) = value.as_str() {
                    *value = id(name).unwrap_or_else(|name| json!(name));
                }
            }
            (ItemKind::Statement, "via") | (ItemKind::Commitment, "speaker") => {
                if let Some(name) = value.as_str() {
                    *value = id(name)?;
                }
            }
            _ => {}
        }
    }
    Ok(out)
}

/// The record that holds: what the coder made, with the corrections of the document applied in their order.
pub(crate) fn apply(record: &Record, corrections: &[Correction]) -> Applied {
    let value = serde_json::to_value(record).unwrap_or_default();
    let items = ItemKind::ALL.into_iter().map(|kind| {
        let list = value[kind.field()].as_array().cloned().unwrap_or_default();
        (kind, list.into_iter().map(|item| Working { now: Some(item.clone()), base: item }).collect())
    });
    let mut applied = Applied {
        record: record.clone(),
        stale: BTreeSet::new(),
        applied: BTreeSet::new(),
        sides: Vec::new(),
        items: items.collect(),
    };
    let chars: Vec<char> = record.document.text.chars().collect();
    let mut sides: Vec<(i64, i64, usize)> = Vec::new();
    for correction in corrections.iter().filter(|correction| correction.reverted.is_none()) {
        if applied.take(correction, &record.document.id, &chars, &mut sides).is_some() {
            applied.applied.insert(correction.number);
        } else {
            applied.stale.insert(correction.number);
        }
    }
    // Without a correction that holds, the record is the coder's, untouched.
    if !applied.applied.is_empty() {
        applied.finish(value);
    }
    let events = applied.items.get(&ItemKind::Event).map(Vec::as_slice).unwrap_or_default();
    for (number, side, place) in sides {
        if events.get(place).is_some_and(|item| item.now.is_some()) {
            let before = events.iter().take(place).filter(|item| item.now.is_some()).count();
            applied.sides.push((number, side, before));
        } else {
            applied.applied.remove(&number);
            applied.stale.insert(number);
        }
    }
    applied
}

impl Applied {
    /// Applies one correction; `None` where it finds no item.
    fn take(
        &mut self,
        correction: &Correction,
        document: &str,
        chars: &[char],
        sides: &mut Vec<(i64, i64, usize)>,
    ) -> Option<()> {
        let Correction { number, kind, target, .. } = correction;
        match correction.action {
            Action::Set => {
                let patch = resolved(*kind, &correction.patch, &self.record).ok()?;
                let items = self.items.get_mut(kind)?;
                let place = target.find(*kind, items, chars)?;
                let Value::Object(fields) = items.get_mut(place)?.now.as_mut()? else { return None };
                fields.extend(patch);
                if *kind == ItemKind::Mention
                    && let Some(name) = correction.patch.get("entity").and_then(Value::as_str)
                {
                    let (states, text) = (fields["states"].clone(), fields["text"].clone());
                    let of = fields["kind"].clone();
                    let id = self.entity(*number, name, &of, &states, &text);
                    let item = self.items.get_mut(kind)?.get_mut(place)?.now.as_mut()?;
                    item["entity"] = json!(id);
                }
            }
            Action::Reject => {
                let items = self.items.get_mut(kind)?;
                let place = target.find(*kind, items, chars)?;
                items.get_mut(place)?.now = None;
            }
            Action::Add => {
                let spans: Vec<Span> =
                    target.words.iter().map(|words| words.find(chars)).collect::<Option<Vec<_>>>()?;
                let mut item = patch::blank(*kind);
                item.extend(resolved(*kind, &correction.patch, &self.record).ok()?);
                place_item(*kind, &mut item, &spans, chars)?;
                if *kind == ItemKind::Mention {
                    let text = item["text"].clone();
                    let name = item.get("entity").and_then(Value::as_str).or(text.as_str())?.to_owned();
                    let id = self.entity(*number, &name, &item["kind"], &item["states"], &text);
                    item.insert("entity".to_owned(), json!(id));
                }
                if *kind == ItemKind::Event {
                    item.insert("id".to_owned(), json!(format!("c{number}")));
                }
                let item = Value::Object(item);
                let items = self.items.get_mut(kind)?;
                let start = |item: &Value| self::spans(*kind, item).first().map(|span| span.start);
                let at =
                    items.iter().position(|other| start(&other.base) > start(&item)).unwrap_or(items.len());
                for (_, _, place) in sides.iter_mut().filter(|_| *kind == ItemKind::Event) {
                    *place += usize::from(*place >= at);
                }
                items.insert(at, Working { base: item.clone(), now: Some(item) });
            }
            Action::Join | Action::Split => {
                let items = self.items.get(kind)?;
                let other = correction.other.as_ref();
                let all =
                    [(0, Some((&correction.document, target))), (1, other.map(|(id, target)| (id, target)))];
                for (side, meant) in all {
                    let Some((_, target)) = meant.filter(|(id, _)| *id == document) else { continue };
                    sides.push((*number, side, target.find(*kind, items, chars)?));
                }
            }
        }
        Some(())
    }

    /// The entity of a name; a new one where there is none.
    fn entity(&mut self, number: i64, name: &str, kind: &Value, states: &Value, text: &Value) -> String {
        if let Some(id) = entity(&self.record, name) {
            return id.to_owned();
        }
        let id = format!("c{number}");
        let kind: Kind = serde_json::from_value(kind.clone()).unwrap_or(Kind::Organization);
        let made = Entity {
            id: id.clone(),
            kind,
            name: if name.is_empty() {
                text.as_str().unwrap_or_default().to_owned()
            } else {
                name.to_owned()
            },
            name_en: None,
            code: None,
            states: serde_json::from_value(states.clone()).unwrap_or_default(),
            role: None,
            sector: None,
        };
        let item = serde_json::to_value(&made).unwrap_or_default();
        self.items.entry(ItemKind::Entity).or_default().push(Working { base: item.clone(), now: Some(item) });
        self.record.entities.push(made);
        id
    }

    /// Puts the record together.
    fn finish(&mut self, mut value: Value) {
        for (kind, items) in &self.items {
            value[kind.field()] = items.iter().filter_map(|item| item.now.clone()).collect();
        }
        match serde_json::from_value::<Record>(value) {
            Ok(record) => self.record = record,
            // A patch of a newer program that this one cannot read has no effect.
            Err(_) => self.stale.append(&mut self.applied),
        }
    }
}

/// Gives an item that is added its place in the text.
fn place_item(kind: ItemKind, item: &mut Map<String, Value>, spans: &[Span], chars: &[char]) -> Option<()> {
    let first = *spans.first()?;
    let field = match kind {
        ItemKind::Event => {
            item.insert("evidence".to_owned(), json!(spans));
            return Some(());
        }
        ItemKind::Commitment => "what",
        ItemKind::Position => "evidence",
        ItemKind::Statement => "content",
        _ => "",
    };
    if !field.is_empty() {
        item.insert(field.to_owned(), json!(first));
    }
    if matches!(kind, ItemKind::Mention | ItemKind::Time | ItemKind::Figure | ItemKind::Statement) {
        item.insert("start".to_owned(), json!(first.start));
        item.insert("end".to_owned(), json!(first.end));
    }
    if matches!(kind, ItemKind::Mention | ItemKind::Time | ItemKind::Figure) {
        item.insert("text".to_owned(), json!(first.text(chars)));
    }
    Some(())
}

/// A record as a gold record, which `make quality` reads: what a person would have to write to get just this one.
pub fn gold(record: &Record) -> Value {
    let sorted = |list: &[String]| {
        let mut list = list.to_vec();
        list.sort();
        list
    };
    // States stand by their codes; everyone else by what the record calls them.
    let key = |id: &str| match record.entities.iter().find(|entity| entity.id == id) {
        Some(entity) if entity.kind == Kind::State && !entity.states.is_empty() => {
            sorted(&entity.states).join(",")
        }
        _ => id.to_owned(),
    };
    let mentions = record.mentions.iter().map(|it| {
        json!({"start": it.start, "end": it.end, "text": it.text, "kind": it.kind, "states": sorted(&it.states),
               "entity": key(&it.entity)})
    });
    let times = record
        .times
        .iter()
        .map(|it| json!({"start": it.start, "end": it.end, "text": it.text, "value": it.value}));
    let figures = record.figures.iter().map(|it| {
        json!({"start": it.start, "end": it.end, "text": it.text, "value": it.value, "unit": it.unit,
               "bound": it.bound, "measure": it.measure, "of": sorted(&it.of), "period": it.period})
    });
    let events = record.events.iter().filter(|it| !it.evidence.is_empty()).map(|it| {
        json!({"type": it.kind, "source": sorted(&it.source), "target": sorted(&it.target), "status": it.status,
               "date": it.date, "evidence": it.evidence})
    });
    let statements = record.statements.iter().map(|it| {
        let speaker: Vec<String> = it.speaker.ids().iter().map(|id| key(id)).collect();
        json!({"speaker": speaker, "content": it.content, "act": it.act})
    });
    json!({
        "published": record.document.published,
        "text": record.document.text,
        "mentions": mentions.collect::<Vec<_>>(),
        "times": times.collect::<Vec<_>>(),
        "figures": figures.collect::<Vec<_>>(),
        "events": events.collect::<Vec<_>>(),
        "statements": statements.collect::<Vec<_>>(),
    })
}
