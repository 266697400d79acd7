//! Corrections in the store: made, listed, taken back, and read with the records that they are applied over.

use crate::correct::{
    Action, Applied, By, Correction, CorrectionError, Quoted, Target, apply, occurrences, resolved, spans,
};
use crate::derive::Derive;
use crate::diff::ItemKind;
use crate::error::StoreError;
use crate::patch::{Codes, patch};
use crate::sql::{Connection, Row, Table, Transaction, Type, Value};
use crate::store::{Store, greatest, record};
use entente_base::Span;
use entente_base::record::Record;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Map;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::str::FromStr;

const CORRECTION: Table = Table {
    name: "correction",
    columns: &[
        ("number", Type::Int),
        ("document", Type::Text),
        ("other", Type::Text),
        ("kind", Type::Text),
        ("action", Type::Text),
        ("target", Type::Text),
        ("other_target", Type::Text),
        ("patch", Type::Text),
        ("who", Type::Text),
        ("made", Type::Text),
        ("why", Type::Text),
        ("reverted_who", Type::Text),
        ("reverted_at", Type::Text),
        ("reverted_why", Type::Text),
    ],
};

const SELECT: &str = "SELECT number, document, other, kind, action, target, other_target, patch, who, made, why, \
     reverted_who, reverted_at, reverted_why FROM correction";

/// An item as people name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemName {
    /// An event by its lasting identifier.
    Event(String),
    /// What stands at a place of a document.
    At {
        /// Identifier of the document.
        document: String,
        /// Kind of item.
        kind: ItemKind,
        /// The place, in code points: that of the item, of its content or of one of its passages.
        span: Span,
    },
}

impl FromStr for ItemName {
    type Err = CorrectionError;

    fn from_str(given: &str) -> Result<Self, CorrectionError> {
        let fail = || CorrectionError::Name { given: given.to_owned() };
        let Some((document, rest)) = given.rsplit_once('#') else {
            return if given.is_empty() { Err(fail()) } else { Ok(ItemName::Event(given.to_owned())) };
        };
        let (kind, place) = rest.split_once(':').ok_or_else(fail)?;
        let (start, end) = place.split_once('-').ok_or_else(fail)?;
        let kind = ItemKind::ALL.into_iter().find(|known| known.name() == kind).ok_or_else(fail)?;
        let span = match (start.parse(), end.parse()) {
            (Ok(start), Ok(end)) if start < end => Span::new(start, end),
            _ => return Err(fail()),
        };
        Ok(ItemName::At { document: document.to_owned(), kind, span })
    }
}

/// What is to be corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Gives fields of an item other values.
    Set {
        /// The item.
        item: ItemName,
        /// Fields with their values, as people write them.
        fields: Vec<(String, String)>,
    },
    /// Adds an item.
    Add {
        /// Identifier of the document.
        document: String,
        /// Kind of item.
        kind: ItemKind,
        /// The words that it stands on; an event may have several passages.
        words: Vec<String>,
        /// First code point of the first words, where they stand more than once.
        at: Option<usize>,
        /// Fields with their values, as people write them.
        fields: Vec<(String, String)>,
    },
    /// Takes an item away.
    Reject(ItemName),
    /// Makes two events one.
    Join(ItemName, ItemName),
    /// Makes two reports two events.
    Split(ItemName, ItemName),
}

/// A correction, and whether it finds what it means.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed {
    /// The correction.
    #[serde(flatten)]
    pub correction: Correction,
    /// Whether the item that it means is not found any more; then it has no effect.
    pub stale: bool,
}

/// A document as it stands in a transaction.
pub(crate) struct Current {
    doc: i64,
    pub(crate) record: Record,
}

impl Store {
    /// Makes a correction, and tells its number. What is derived follows in the same transaction.
    ///
    /// # Errors
    /// When it names no item or gives a field what it does not take, or the database or what is derived fails; then
    /// nothing is written.
    pub fn correct(
        &mut self,
        change: &Change,
        by: &By,
        codes: &Codes,
        derive: &mut dyn Derive,
    ) -> Result<i64, StoreError> {
        check_by(by)?;
        self.connection().write(|transaction| {
            let mut made = make(transaction, change, by, codes)?;
            made.number = next_number(transaction)?;
            let number = made.number;
            rewrite(transaction, &documents_of(&made), derive, |transaction| insert(transaction, &made))?;
            Ok(number)
        })
    }

    /// Takes a correction back. It stays, with who took it back and why, and has no effect any more.
    ///
    /// # Errors
    /// When there is none of the number or it was taken back before, or the database or what is derived fails.
    pub fn revert(
        &mut self,
        number: i64,
        by: &By,
        derive: &mut dyn Derive,
    ) -> Result<Correction, StoreError> {
        check_by(by)?;
        self.connection().write(|transaction| {
            let found = select(transaction, "WHERE number = ?1", &[number.into()])?.into_iter().next();
            let mut correction = found.ok_or(CorrectionError::Number { number })?;
            if correction.reverted.is_some() {
                return Err(CorrectionError::Reverted { number }.into());
            }
            rewrite(transaction, &documents_of(&correction), derive, |transaction| {
                set_reverted(transaction, number, by)
            })?;
            correction.reverted = Some(by.clone());
            Ok(correction)
        })
    }

    /// The corrections in the order of their numbers: those of a document, or all.
    ///
    /// # Errors
    /// When the database fails.
    pub fn corrections(&mut self, document: Option<&str>) -> Result<Vec<Listed>, StoreError> {
        self.connection().read(|transaction| {
            let all = match document {
                Some(id) => {
                    select(transaction, "WHERE document = ?1 OR other = ?1 ORDER BY number", &[id.into()])?
                }
                None => select(transaction, "ORDER BY number", &[])?,
            };
            let documents: BTreeSet<String> = all.iter().flat_map(documents_of).collect();
            let mut stale: BTreeSet<i64> = BTreeSet::new();
            for id in &documents {
                let of = of_documents(transaction, std::slice::from_ref(id))?.remove(id).unwrap_or_default();
                match current(transaction, id)? {
                    Some(current) => stale.extend(apply(&current.record, &of).stale),
                    None => stale.extend(of.iter().map(|correction| correction.number)),
                }
            }
            let listed = |correction: Correction| {
                let stale = correction.reverted.is_none() && stale.contains(&correction.number);
                Listed { correction, stale }
            };
            Ok(all.into_iter().map(listed).collect())
        })
    }

    /// Identifiers of the documents that have corrections which hold, sorted.
    ///
    /// # Errors
    /// When the database fails.
    pub fn corrected_documents(&mut self) -> Result<Vec<String>, StoreError> {
        let rows = self.connection().query(
            "SELECT document FROM correction WHERE reverted_who IS NULL \
             UNION SELECT other FROM correction WHERE reverted_who IS NULL AND other IS NOT NULL ORDER BY 1",
            &[],
        )?;
        rows.into_iter().map(|mut row| row.take(0)).collect()
    }
}

/// Who and why are no empty words.
fn check_by(by: &By) -> Result<(), StoreError> {
    for (field, text) in [("who", &by.who), ("when", &by.when), ("why", &by.why)] {
        if text.trim().is_empty() {
            return Err(CorrectionError::Missing { field }.into());
        }
    }
    Ok(())
}

/// The documents that a correction touches.
pub(crate) fn documents_of(correction: &Correction) -> Vec<String> {
    let other = correction.other.iter().map(|(id, _)| id);
    std::iter::once(&correction.document).chain(other).cloned().collect()
}

/// The number of the next correction.
pub(crate) fn next_number(transaction: &mut Transaction<'_>) -> Result<i64, StoreError> {
    let row = transaction.first("SELECT coalesce(max(number), 0) + 1 FROM correction", &[])?;
    row.map_or(Ok(1), |mut row| row.take(0))
}

fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Derive(error.into()))
}

pub(crate) fn insert(transaction: &mut Transaction<'_>, correction: &Correction) -> Result<(), StoreError> {
    let (other, other_target) = match &correction.other {
        Some((id, target)) => (Some(id.clone()), Some(json(target)?)),
        None => (None, None),
    };
    let By { who, when, why } = &correction.by;
    let reverted = correction.reverted.as_ref();
    let values = vec![
        correction.number.into(),
        correction.document.as_str().into(),
        other.into(),
        correction.kind.name().into(),
        correction.action.name().into(),
        json(&correction.target)?.into(),
        other_target.into(),
        json(&correction.patch)?.into(),
        who.as_str().into(),
        when.as_str().into(),
        why.as_str().into(),
        reverted.map(|by| by.who.clone()).into(),
        reverted.map(|by| by.when.clone()).into(),
        reverted.map(|by| by.why.clone()).into(),
    ];
    transaction.insert(&CORRECTION, "", &[values])
}

pub(crate) fn set_reverted(
    transaction: &mut Transaction<'_>,
    number: i64,
    by: &By,
) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE correction SET reverted_who = ?2, reverted_at = ?3, reverted_why = ?4 WHERE number = ?1",
        &[number.into(), by.who.as_str().into(), by.when.as_str().into(), by.why.as_str().into()],
    )?;
    Ok(())
}

fn read_row(mut row: Row, place: &str) -> Result<Correction, StoreError> {
    fn read<T: DeserializeOwned>(text: &str, number: i64, place: &str) -> Result<T, StoreError> {
        serde_json::from_str(text).map_err(|error| StoreError::Damaged {
            place: place.to_owned(),
            what: format!("correction {number}"),
            why: error.to_string(),
        })
    }
    let number: i64 = row.take(0)?;
    let word = |text: String| serde_json::Value::from(text).to_string();
    let (kind, action) = (word(row.take(3)?), word(row.take(4)?));
    let other_target: Option<String> = row.take(6)?;
    let other = match (row.take::<Option<String>>(2)?, other_target) {
        (Some(id), Some(target)) => Some((id, read(&target, number, place)?)),
        _ => None,
    };
    let reverted = match (row.take(11)?, row.take(12)?, row.take(13)?) {
        (Some(who), Some(when), Some(why)) => Some(By { who, when, why }),
        _ => None,
    };
    Ok(Correction {
        number,
        document: row.take(1)?,
        kind: read(&kind, number, place)?,
        action: read(&action, number, place)?,
        target: read(&row.take::<String>(5)?, number, place)?,
        other,
        patch: read(&row.take::<String>(7)?, number, place)?,
        by: By { who: row.take(8)?, when: row.take(9)?, why: row.take(10)? },
        reverted,
    })
}

/// Corrections by a condition.
pub(crate) fn select(
    connection: &mut Connection,
    condition: &str,
    values: &[Value],
) -> Result<Vec<Correction>, StoreError> {
    let place = connection.place().to_owned();
    let rows = connection.query(&format!("{SELECT} {condition}"), values)?;
    rows.into_iter().map(|row| read_row(row, &place)).collect()
}

/// The corrections of documents, by document, in the order of their numbers.
pub(crate) fn of_documents(
    connection: &mut Connection,
    ids: &[String],
) -> Result<HashMap<String, Vec<Correction>>, StoreError> {
    let mut found: HashMap<String, Vec<Correction>> = HashMap::new();
    let condition = "WHERE document IN {texts ?1} OR other IN {texts ?1} ORDER BY number";
    for correction in select(connection, condition, &[Value::Texts(ids.to_vec())])? {
        let touched: BTreeSet<String> = documents_of(&correction).into_iter().collect();
        for id in touched.into_iter().filter(|id| ids.contains(id)) {
            found.entry(id).or_default().push(correction.clone());
        }
    }
    Ok(found)
}

/// The record that holds of a document; the coder's where nobody corrected it.
pub(crate) fn effective(record: Record, corrections: Option<&Vec<Correction>>) -> Record {
    match corrections {
        Some(corrections) => apply(&record, corrections).record,
        None => record,
    }
}

/// The current version of a document, as the coder made its record.
pub(crate) fn current(transaction: &mut Transaction<'_>, id: &str) -> Result<Option<Current>, StoreError> {
    let place = transaction.place().to_owned();
    let sql = "SELECT d.doc, v.text, v.record FROM document d \
         JOIN version v ON v.doc = d.doc AND v.version = d.version WHERE d.id = ?1 AND d.removed = 0";
    let row = transaction.first(sql, &[id.into()])?;
    row.map(|mut row| {
        Ok(Current { doc: row.take(0)?, record: record(row.take(1)?, &row.take::<String>(2)?, &place)? })
    })
    .transpose()
}

/// Changes corrections of documents, and derives anew what hangs on their records.
pub(crate) fn rewrite(
    transaction: &mut Transaction<'_>,
    ids: &[String],
    derive: &mut dyn Derive,
    change: impl FnOnce(&mut Transaction<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let ids: BTreeSet<String> = ids.iter().cloned().collect();
    let list: Vec<String> = ids.iter().cloned().collect();
    let before = of_documents(transaction, &list)?;
    let mut documents = Vec::new();
    for id in ids {
        if let Some(Current { doc, record }) = current(transaction, &id)? {
            let old = effective(record.clone(), before.get(&id));
            documents.push((doc, id, record, old));
        }
    }
    change(transaction)?;
    let after = of_documents(transaction, &list)?;
    let mut sequence = greatest(transaction, "sequence")?;
    derive.begin(transaction)?;
    for (doc, id, record, old) in documents {
        sequence += 1;
        transaction
            .execute("UPDATE document SET sequence = ?2 WHERE doc = ?1", &[doc.into(), sequence.into()])?;
        derive.corrected(transaction, doc, &old, &effective(record, after.get(&id)))?;
    }
    derive.finish(transaction)
}

/// The item of a name: its document, its kind and how it is found again.
fn locate(
    transaction: &mut Transaction<'_>,
    name: &ItemName,
) -> Result<(String, ItemKind, Target), StoreError> {
    let (id, kind, place, uid) = match name {
        ItemName::Event(uid) => {
            let sql = "SELECT d.id, e.place FROM event e JOIN document d ON d.doc = e.doc WHERE e.uid = ?1";
            let row = transaction.first(sql, &[uid.as_str().into()])?;
            let mut row = row.ok_or_else(|| CorrectionError::Item { given: uid.clone() })?;
            let place: i64 = row.take(1)?;
            (row.take::<String>(0)?, ItemKind::Event, Some(place as usize), Some(uid.clone()))
        }
        ItemName::At { document, kind, .. } => (document.clone(), *kind, None, None),
    };
    let (applied, doc) = state(transaction, &id)?;
    let place = match (place, name) {
        (Some(place), _) => place,
        (None, ItemName::At { span, .. }) => at(&applied, &id, kind, *span)?,
        (None, ItemName::Event(given)) => return Err(CorrectionError::Item { given: given.clone() }.into()),
    };
    let given = || CorrectionError::Item { given: uid.clone().unwrap_or_else(|| id.clone()) };
    let item = applied.at(kind, place).ok_or_else(given)?;
    let uid = match uid {
        None if kind == ItemKind::Event => {
            let values = [doc.into(), (place as i64).into()];
            let row = transaction.first("SELECT uid FROM event WHERE doc = ?1 AND place = ?2", &values)?;
            row.map(|mut row| row.take(0)).transpose()?
        }
        uid => uid,
    };
    let chars: Vec<char> = applied.record.document.text.chars().collect();
    let target = Target::new(kind, &item.base, uid, &chars);
    Ok((id, kind, target))
}

/// A document with its corrections, and its key.
fn state(transaction: &mut Transaction<'_>, id: &str) -> Result<(Applied, i64), StoreError> {
    let current = current(transaction, id)?.ok_or_else(|| CorrectionError::Document { id: id.to_owned() })?;
    let corrections = of_documents(transaction, &[id.to_owned()])?.remove(id).unwrap_or_default();
    Ok((apply(&current.record, &corrections), current.doc))
}

/// The place, in the record that holds, of what stands at a span.
fn at(applied: &Applied, id: &str, kind: ItemKind, span: Span) -> Result<usize, CorrectionError> {
    let given = || format!("{id}#{}:{}-{}", kind.name(), span.start, span.end);
    let items: Vec<&serde_json::Value> =
        applied.items.get(&kind).into_iter().flatten().filter_map(|item| item.now.as_ref()).collect();
    let stands = |item: &serde_json::Value, hit: &dyn Fn(Span) -> bool| {
        let whole = serde_json::from_value::<Span>(item.clone()).ok();
        spans(kind, item).into_iter().chain(whole).any(hit)
    };
    let places = |hit: &dyn Fn(Span) -> bool| -> Vec<usize> {
        items.iter().enumerate().filter(|(_, item)| stands(item, hit)).map(|(place, _)| place).collect()
    };
    let exact = places(&|known| known == span);
    let near = if exact.is_empty() { places(&|known| known.contains(span)) } else { exact };
    match near.as_slice() {
        [] => Err(CorrectionError::Item { given: given() }),
        [place] => Ok(*place),
        several => Err(CorrectionError::Several { given: given(), count: several.len() }),
    }
}

/// The correction that a change is.
fn make(
    transaction: &mut Transaction<'_>,
    change: &Change,
    by: &By,
    codes: &Codes,
) -> Result<Correction, StoreError> {
    let made = |action, (document, kind, target): (String, ItemKind, Target), patch| Correction {
        number: 0,
        document,
        kind,
        action,
        target,
        other: None,
        patch,
        by: by.clone(),
        reverted: None,
    };
    match change {
        Change::Set { item, fields } => {
            let found = locate(transaction, item)?;
            let patch = patch(found.1, fields, false, codes)?;
            check_names(transaction, &found.0, found.1, &patch)?;
            Ok(made(Action::Set, found, patch))
        }
        Change::Reject(item) => Ok(made(Action::Reject, locate(transaction, item)?, Map::new())),
        Change::Add { document, kind, words, at, fields } => {
            let patch = patch(*kind, fields, true, codes)?;
            check_names(transaction, document, *kind, &patch)?;
            let (applied, _) = state(transaction, document)?;
            let chars: Vec<char> = applied.record.document.text.chars().collect();
            let mut quoted = Vec::new();
            for (index, words) in words.iter().enumerate() {
                let found: Vec<char> = words.chars().collect();
                let places = occurrences(&found, &chars);
                let wanted = at.filter(|at| index == 0 && places.contains(at));
                let start = match (wanted, places.as_slice()) {
                    (Some(at), _) => at,
                    (None, [one]) if at.is_none() || index > 0 => *one,
                    _ => {
                        return Err(
                            CorrectionError::Words { words: words.clone(), count: places.len() }.into()
                        );
                    }
                };
                quoted.push(Quoted::new(Span::new(start, start + found.len()), &chars));
            }
            if quoted.is_empty() || quoted.len() > 1 && *kind != ItemKind::Event {
                return Err(CorrectionError::Words { words: words.join("」「"), count: 0 }.into());
            }
            let target = Target { uid: None, words: quoted, item: serde_json::Value::Null };
            Ok(made(Action::Add, (document.clone(), *kind, target), patch))
        }
        Change::Join(a, b) | Change::Split(a, b) => {
            let (one, other) = (locate(transaction, a)?, locate(transaction, b)?);
            let shown = |name: &ItemName| match name {
                ItemName::Event(uid) => uid.clone(),
                ItemName::At { document, kind, span } => {
                    format!("{document}#{}:{}-{}", kind.name(), span.start, span.end)
                }
            };
            for (name, found) in [(a, &one), (b, &other)] {
                if found.1 != ItemKind::Event {
                    return Err(CorrectionError::Pair { given: shown(name) }.into());
                }
            }
            if one == other {
                return Err(CorrectionError::Pair { given: shown(b) }.into());
            }
            let action = if matches!(change, Change::Join(..)) { Action::Join } else { Action::Split };
            let mut correction = made(action, one, Map::new());
            correction.other = Some((other.0, other.2));
            Ok(correction)
        }
    }
}

/// Whether the entities that a patch names are there.
fn check_names(
    transaction: &mut Transaction<'_>,
    id: &str,
    kind: ItemKind,
    patch: &Map<String, serde_json::Value>,
) -> Result<(), StoreError> {
    let (applied, _) = state(transaction, id)?;
    resolved(kind, patch, &applied.record).map_err(|name| {
        let known: BTreeMap<&str, ()> =
            applied.record.entities.iter().map(|entity| (entity.name.as_str(), ())).collect();
        CorrectionError::Entity { name, known: known.into_keys().collect::<Vec<_>>().join(", ") }
    })?;
    Ok(())
}
