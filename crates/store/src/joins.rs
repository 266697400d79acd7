//! The account kept in step with the documents: digests, origins, and events joined.
//!
//! What is derived here is a function of the documents that the store holds, whatever the order in which they came:
//! two events are linked by what they are alone ([`entente_account::Traits::compare`]), and only what hangs together
//! by links is joined anew when a document comes or goes.

use crate::correct::{Correction, apply};
use crate::corrections::of_documents;
use crate::derive::Derive;
use crate::diff::{self, ItemKind};
use crate::entry::{Entry, Made};
use crate::error::StoreError;
use crate::gather::Gathering;
use crate::sql::{Row, Table, Transaction, Type, Value};
use crate::store::record;
use entente_account::{
    Cluster, ConflictKind, Digest, Dispute, EventDigest, EventLine, Facts, Forced, Known, LONGEST_BAND,
    Likeness, Lookup, Member, Pair, Signature, Traits, Why, Words, event_lines, join, lookup_key,
    stated_origins, unnamed_origin,
};
use entente_base::Edtf;
use entente_base::record::{Entity, Record, Status};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::collections::hash_map::Entry as Slot;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The day of what has none: before all others.
pub(crate) const NO_DAY: i64 = -10_000_000;

/// Lengths, in days, by which windows are kept apart: among short ones not many are looked at that begin long before.
const LENGTHS: [i64; 3] = [7, 31, Lookup::LONGEST as i64];

/// Most events of one bucket that an event without a time is compared with.
const LONGEST_LIST: i64 = 200;

/// Most parties of an event, or states of a document, of which all pairs are kept.
const MOST_PARTIES: usize = 16;

/// Most bands that wait in `fresh_band`: those of some 8,000 documents.
const MOST_FRESH: i64 = 1 << 18;

/// Rounds in which events are drawn in because documents give one occasion two dates.
const ROUNDS: usize = 4;

const DIGEST: Table = Table {
    name: "digest",
    columns: &[
        ("doc", Type::Int),
        ("id", Type::Text),
        ("day", Type::Int),
        ("facts", Type::Text),
        ("body", Type::Text),
        ("voices", Type::Text),
        ("copy", Type::Int),
    ],
};
const SIGNATURE: Table = Table { name: "signature", columns: &[("doc", Type::Int), ("bytes", Type::Blob)] };
const FRESH_BAND: Table = Table { name: "fresh_band", columns: &[("band", Type::Int), ("doc", Type::Int)] };
const COPY: Table = Table { name: "copy", columns: &[("doc", Type::Int), ("other", Type::Int)] };
const ABOUT: Table =
    Table { name: "about", columns: &[("code", Type::Text), ("day", Type::Int), ("doc", Type::Int)] };
const EVENT: Table = Table {
    name: "event",
    columns: &[
        ("event", Type::Int),
        ("doc", Type::Int),
        ("place", Type::Int),
        ("uid", Type::Text),
        ("joined", Type::Text),
        ("traits", Type::Blob),
    ],
};
const REPORT: Table = Table { name: "report", columns: &[("event", Type::Int), ("body", Type::Text)] };
const BUCKET: Table = Table {
    name: "bucket",
    columns: &[
        ("bucket", Type::Int),
        ("first_day", Type::Int),
        ("last_day", Type::Int),
        ("event", Type::Int),
    ],
};
const RARE: Table =
    Table { name: "rare", columns: &[("key", Type::Int), ("dated", Type::Int), ("event", Type::Int)] };
const LINK: Table = Table {
    name: "link",
    columns: &[("a", Type::Int), ("b", Type::Int), ("kind", Type::Text), ("score", Type::Real)],
};
const JOINED: Table = Table {
    name: "joined",
    columns: &[
        ("uid", Type::Text),
        ("type", Type::Text),
        ("status", Type::Text),
        ("first_day", Type::Int),
        ("last_day", Type::Int),
        ("day", Type::Int),
        ("domains", Type::Text),
        ("goldstein", Type::Real),
        ("origins", Type::Int),
        ("documents", Type::Int),
        ("weight", Type::Real),
        ("line", Type::Text),
    ],
};
const INVOLVED: Table = Table {
    name: "involved",
    columns: &[
        ("code", Type::Text),
        ("day", Type::Int),
        ("joined", Type::Text),
        ("type", Type::Text),
        ("goldstein", Type::Real),
    ],
};
const WHY: Table = Table { name: "why", columns: &[("uid", Type::Text), ("why", Type::Text)] };
const FIGURE: Table = Table {
    name: "figure",
    columns: &[("figure", Type::Int), ("doc", Type::Int), ("measure", Type::Text), ("body", Type::Text)],
};
const FORCED: Table =
    Table { name: "forced", columns: &[("number", Type::Int), ("side", Type::Int), ("event", Type::Int)] };
const FIGURE_OF: Table = Table {
    name: "figure_of",
    columns: &[("code", Type::Text), ("figure", Type::Int), ("measure", Type::Text)],
};

/// An event as it is kept: with the entities that it names.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct KeptEvent {
    pub(crate) digest: EventDigest,
    pub(crate) entities: Vec<Entity>,
}

/// Codes, and pairs of codes, under which something is found that concerns these.
pub(crate) fn codes_and_pairs<'a>(codes: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    let codes: BTreeSet<&String> = codes.into_iter().collect();
    let mut all: Vec<String> = codes.iter().map(|code| (*code).clone()).collect();
    let some: Vec<&String> = codes.into_iter().take(MOST_PARTIES).collect();
    for (at, a) in some.iter().enumerate() {
        all.extend(some.iter().skip(at + 1).map(|b| format!("{a}-{b}")));
    }
    all
}

fn key_of(number: u64) -> i64 {
    number as i64
}

fn key(number: u64) -> Value {
    Value::Int(key_of(number))
}

/// The events under some rare words: words with events, in this order. `dated`: those of narrow dates, or all others;
/// of a word at most [`LONGEST_LIST`].
fn under_rare(
    transaction: &mut Transaction<'_>,
    keys: Vec<i64>,
    dated: bool,
) -> Result<Vec<(i64, i64)>, StoreError> {
    let sql = "WITH asked(key) AS {ints ?1} SELECT r.key, r.event FROM asked CROSS JOIN rare r \
         WHERE r.key = asked.key AND r.dated = ?2 AND r.event < COALESCE((SELECT s.event FROM rare s \
         WHERE s.key = asked.key AND s.dated = ?2 ORDER BY s.event LIMIT 1 OFFSET ?3), ?4)";
    entries(transaction, sql, keys, &[dated.into(), LONGEST_LIST.into(), i64::MAX.into()])
}

/// The documents under some bands: bands with documents, in this order.
fn under_bands(
    transaction: &mut Transaction<'_>,
    table: &str,
    keys: Vec<i64>,
) -> Result<Vec<(i64, i64)>, StoreError> {
    entries(transaction, &format!("SELECT band, doc FROM {table} WHERE band IN {{ints ?1}}"), keys, &[])
}

/// The pairs that a request gives of some keys, in order.
fn entries(
    transaction: &mut Transaction<'_>,
    sql: &str,
    mut keys: Vec<i64>,
    more: &[Value],
) -> Result<Vec<(i64, i64)>, StoreError> {
    keys.sort_unstable();
    keys.dedup();
    let values: Vec<Value> = std::iter::once(Value::Ints(keys)).chain(more.iter().cloned()).collect();
    let mut found = Vec::new();
    transaction.each(sql, &values, |mut row| {
        found.push((row.take(0)?, row.take(1)?));
        Ok(())
    })?;
    found.sort_unstable();
    Ok(found)
}

/// The entries of one key, of entries in order.
fn at(entries: &[(i64, i64)], key: i64) -> &[(i64, i64)] {
    let from = entries.partition_point(|&(other, _)| other < key);
    let count = entries[from..].partition_point(|&(other, _)| other == key);
    &entries[from..from + count]
}

fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Document { id: "digest".to_owned(), why: error.to_string() })
}

fn damaged(place: &str, what: impl Into<String>, why: impl ToString) -> StoreError {
    StoreError::Damaged { place: place.to_owned(), what: what.into(), why: why.to_string() }
}

pub(crate) fn read<'a, T: Deserialize<'a>>(place: &str, what: &str, text: &'a str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| damaged(place, what, error))
}

/// The first day that a date of publication means; [`NO_DAY`] where unknown.
fn day_of(date: Option<&str>) -> i64 {
    let date: Option<Edtf> = date.and_then(|date| date.parse().ok());
    date.and_then(|date| date.day_numbers()).map_or(NO_DAY, |(first, _)| i64::from(first))
}

/// Events that hang together, and the links among them.
type Component = (FxHashSet<i64>, Vec<((i64, i64), Known)>);

/// The first and the last day on which something may have been.
type Window = (i64, i64);

/// An event that joining looks at.
struct Candidate {
    doc: i64,
    uid: String,
    joined: String,
    traits: Traits,
}

/// Keeps the account in step with the documents of a store.
pub struct Joiner<'w> {
    words: &'w Words,
    /// Rows to be written before joining.
    rows: Rows,
    /// Events of the documents of this transaction, in ascending order.
    fresh: Vec<i64>,
    /// Events that were linked to one that went.
    left: BTreeSet<i64>,
    /// Joined events that may look otherwise now.
    dirty: BTreeSet<String>,
    /// Documents of this transaction.
    taken: BTreeSet<i64>,
    /// Documents that lost a near copy.
    bereft: BTreeSet<i64>,
    known: FxHashMap<i64, Box<Candidate>>,
    next_event: i64,
    next_figure: i64,
    /// Whether anybody corrected anything.
    corrections: bool,
    most_fresh: i64,
}

#[derive(Default)]
struct Rows {
    digest: Vec<Vec<Value>>,
    signature: Vec<Vec<Value>>,
    band: Vec<Vec<Value>>,
    about: Vec<Vec<Value>>,
    event: Vec<Vec<Value>>,
    report: Vec<Vec<Value>>,
    bucket: Vec<Vec<Value>>,
    rare: Vec<Vec<Value>>,
    figure: Vec<Vec<Value>>,
    figure_of: Vec<Vec<Value>>,
    forced: Vec<Vec<Value>>,
}

impl<'w> Joiner<'w> {
    /// One that reads with these words.
    pub fn new(words: &'w Words) -> Self {
        Self {
            words,
            rows: Rows::default(),
            fresh: Vec::new(),
            left: BTreeSet::new(),
            dirty: BTreeSet::new(),
            taken: BTreeSet::new(),
            bereft: BTreeSet::new(),
            known: FxHashMap::default(),
            next_event: 0,
            next_figure: 0,
            corrections: false,
            most_fresh: MOST_FRESH,
        }
    }

    /// The same, but that so many bands of the last documents, 32 of each, stand apart from those of all others.
    pub fn with_fresh_bands(mut self, most: i64) -> Self {
        self.most_fresh = most;
        self
    }

    fn greatest(transaction: &mut Transaction<'_>, table: &str) -> Result<i64, StoreError> {
        let row = transaction.first(&format!("SELECT COALESCE(MAX({table}), 0) FROM {table}"), &[])?;
        row.map_or(Ok(0), |mut row| row.take(0))
    }

    /// Takes back all that a document gave; returns the identifiers of its events, by place.
    fn forget(
        &mut self,
        transaction: &mut Transaction<'_>,
        doc: i64,
    ) -> Result<HashMap<usize, String>, StoreError> {
        let mut uids = HashMap::new();
        let rows = transaction
            .query("SELECT event, place, uid, joined, traits FROM event WHERE doc = ?1", &[doc.into()])?;
        for mut row in rows {
            let event: i64 = row.take(0)?;
            uids.insert(row.take::<i64>(1)? as usize, row.take(2)?);
            self.dirty.insert(row.take(3)?);
            let traits = traits(transaction.place(), &mut row, 4)?;
            for values in bucket_rows(event, &traits.lookup(self.words)) {
                transaction.execute(
                    "DELETE FROM bucket WHERE bucket = ?1 AND first_day = ?2 AND last_day = ?3 AND event = ?4",
                    &values,
                )?;
            }
            for values in rare_rows(event, &traits.lookup(self.words)) {
                transaction
                    .execute("DELETE FROM rare WHERE key = ?1 AND dated = ?2 AND event = ?3", &values)?;
            }
            for mut row in transaction.query("SELECT b FROM link WHERE a = ?1", &[event.into()])? {
                let other: i64 = row.take(0)?;
                self.left.insert(other);
                transaction
                    .execute("DELETE FROM link WHERE a = ?1 AND b = ?2", &[other.into(), event.into()])?;
            }
            transaction.execute("DELETE FROM link WHERE a = ?1", &[event.into()])?;
            if self.corrections {
                let sql = "SELECT g.event FROM forced f JOIN forced g ON g.number = f.number AND g.side <> f.side \
                     WHERE f.event = ?1";
                for mut row in transaction.query(sql, &[event.into()])? {
                    self.left.insert(row.take(0)?);
                }
                transaction.execute("DELETE FROM forced WHERE event = ?1", &[event.into()])?;
            }
            self.left.remove(&event);
        }
        for mut row in transaction.query("SELECT other FROM copy WHERE doc = ?1", &[doc.into()])? {
            let other: i64 = row.take(0)?;
            self.bereft.insert(other);
            transaction
                .execute("DELETE FROM copy WHERE doc = ?1 AND other = ?2", &[other.into(), doc.into()])?;
        }
        if let Some(mut row) = transaction.first("SELECT facts FROM digest WHERE doc = ?1", &[doc.into()])? {
            let facts: Facts =
                read(transaction.place(), "the digest of a document", &row.take::<String>(0)?)?;
            for code in codes_and_pairs(&facts.about) {
                let day = day_of(facts.published.as_deref());
                transaction.execute(
                    "DELETE FROM about WHERE code = ?1 AND day = ?2 AND doc = ?3",
                    &[code.into(), day.into(), doc.into()],
                )?;
            }
        }
        let mut signatures = FxHashMap::default();
        signatures_of(transaction, &[doc], &mut signatures)?;
        for band in signatures.values().flat_map(Signature::bands) {
            for sql in [
                "DELETE FROM band WHERE band = ?1 AND doc = ?2",
                "DELETE FROM fresh_band WHERE band = ?1 AND doc = ?2",
            ] {
                transaction.execute(sql, &[key(band), doc.into()])?;
            }
        }
        for mut row in transaction.query("SELECT figure, body FROM figure WHERE doc = ?1", &[doc.into()])? {
            let figure: i64 = row.take(0)?;
            let text: String = row.take(1)?;
            let digest: entente_account::FigureDigest = read(transaction.place(), "a figure", &text)?;
            for code in codes_and_pairs(&digest.figure.of) {
                transaction.execute(
                    "DELETE FROM figure_of WHERE code = ?1 AND figure = ?2",
                    &[code.into(), figure.into()],
                )?;
            }
        }
        for sql in [
            "DELETE FROM copy WHERE doc = ?1",
            "DELETE FROM report WHERE event IN (SELECT event FROM event WHERE doc = ?1)",
            "DELETE FROM event WHERE doc = ?1",
            "DELETE FROM figure WHERE doc = ?1",
            "DELETE FROM digest WHERE doc = ?1",
            "DELETE FROM signature WHERE doc = ?1",
        ] {
            transaction.execute(sql, &[doc.into()])?;
        }
        Ok(uids)
    }

    /// Takes in what a document gives.
    fn take(
        &mut self,
        doc: i64,
        mut digest: Digest,
        signature: Option<&Signature>,
    ) -> Result<(), StoreError> {
        let day = day_of(digest.document.published.as_deref());
        for code in codes_and_pairs(&digest.document.about) {
            self.rows.about.push(vec![code.into(), day.into(), doc.into()]);
        }
        let events = std::mem::take(&mut digest.events);
        let all_traits = std::mem::take(&mut digest.traits);
        for (place, (event, traits)) in events.into_iter().zip(all_traits).enumerate() {
            self.next_event += 1;
            let number = self.next_event;
            let lookup = traits.lookup(self.words);
            self.rows.bucket.extend(bucket_rows(number, &lookup));
            self.rows.rare.extend(rare_rows(number, &lookup));
            let bytes = postcard::to_stdvec(&traits).map_err(|error| StoreError::Document {
                id: digest.document.id.clone(),
                why: error.to_string(),
            })?;
            let uid = event.uid.clone();
            let named: BTreeSet<&String> =
                event.event.participants.iter().chain(&event.event.attributed_to).collect();
            let entities = named.into_iter().filter_map(|id| digest.entity(id).cloned()).collect();
            let body = json(&KeptEvent { digest: event, entities })?;
            self.rows.event.push(vec![
                number.into(),
                doc.into(),
                (place as i64).into(),
                uid.as_str().into(),
                uid.as_str().into(),
                bytes.into(),
            ]);
            self.rows.report.push(vec![number.into(), body.into()]);
            let joined = String::new();
            self.known.insert(number, Box::new(Candidate { doc, joined, uid, traits }));
            self.fresh.push(number);
        }
        for figure in std::mem::take(&mut digest.figures) {
            self.next_figure += 1;
            let number = self.next_figure;
            let measure = figure.figure.measure.as_str();
            for code in codes_and_pairs(&figure.figure.of) {
                self.rows.figure_of.push(vec![code.into(), number.into(), measure.into()]);
            }
            let body = json(&figure)?.into();
            self.rows.figure.push(vec![number.into(), doc.into(), measure.into(), body]);
        }
        keep_named_entities(&mut digest);
        if let Some(signature) = signature {
            self.rows.band.extend(signature.bands().map(|band| vec![key(band), doc.into()]));
            self.rows.signature.push(vec![doc.into(), signature.to_bytes().into()]);
        }
        let mut voices = stated_origins(&digest.document, self.words);
        if voices.is_empty() {
            voices.insert(unnamed_origin(&digest.document.id));
        }
        self.taken.insert(doc);
        let facts = json(&digest.document)?;
        let id = digest.document.id.clone();
        digest.document = Facts::default();
        self.rows.digest.push(vec![
            doc.into(),
            id.into(),
            day.into(),
            facts.into(),
            json(&digest)?.into(),
            json(&voices)?.into(),
            false.into(),
        ]);
        Ok(())
    }

    fn flush(&mut self, transaction: &mut Transaction<'_>) -> Result<(), StoreError> {
        let rows = std::mem::take(&mut self.rows);
        for (table, mut rows) in [
            (&DIGEST, rows.digest),
            (&SIGNATURE, rows.signature),
            (&FRESH_BAND, rows.band),
            (&ABOUT, rows.about),
            (&EVENT, rows.event),
            (&REPORT, rows.report),
            (&BUCKET, rows.bucket),
            (&RARE, rows.rare),
            (&FIGURE, rows.figure),
            (&FIGURE_OF, rows.figure_of),
            (&FORCED, rows.forced),
        ] {
            let conflict =
                if matches!(table.name, "fresh_band" | "rare") { "ON CONFLICT DO NOTHING" } else { "" };
            // In the order of their keys, so that pages of the database are met once.
            if matches!(table.name, "fresh_band" | "about" | "bucket" | "rare" | "figure_of") {
                rows.sort_by(|a, b| order(a, b));
            }
            transaction.insert(table, conflict, &rows)?;
        }
        Ok(())
    }

    /// Moves the bands of the last documents to those of all others when they are many.
    fn settle(&self, transaction: &mut Transaction<'_>) -> Result<(), StoreError> {
        let count = transaction.first("SELECT COUNT(*) FROM fresh_band", &[])?;
        if count.map_or(Ok(0), |mut row| row.take::<i64>(0))? > self.most_fresh {
            let moved = "INSERT INTO band(band, doc) SELECT band, doc FROM fresh_band ORDER BY band, doc";
            transaction.execute(moved, &[])?;
            transaction.execute("DELETE FROM fresh_band", &[])?;
        }
        Ok(())
    }

    /// Reads events that are not known yet.
    fn fetch(
        &mut self,
        transaction: &mut Transaction<'_>,
        events: impl IntoIterator<Item = i64>,
    ) -> Result<(), StoreError> {
        let missing: BTreeSet<i64> =
            events.into_iter().filter(|event| !self.known.contains_key(event)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let place = transaction.place().to_owned();
        let known = &mut self.known;
        transaction.each(
            "SELECT event, doc, uid, joined, traits FROM event WHERE event IN {ints ?1}",
            &[Value::Ints(missing.into_iter().collect())],
            |mut row| {
                let event = row.take(0)?;
                let (doc, uid, joined) = (row.take(1)?, row.take(2)?, row.take(3)?);
                let traits = traits(&place, &mut row, 4)?;
                known.insert(event, Box::new(Candidate { doc, uid, joined, traits }));
                Ok(())
            },
        )
    }

    /// Links the new events with those that they are one with, or nearly.
    fn link(&mut self, transaction: &mut Transaction<'_>) -> Result<(), StoreError> {
        let lookups: Vec<(i64, Lookup)> = self
            .fresh
            .iter()
            .filter_map(|event| Some((*event, self.known.get(event)?.traits.lookup(self.words))))
            .collect();
        let rare = |dated: bool| {
            let some = lookups.iter().filter(|(_, lookup)| dated <= !lookup.dated);
            some.flat_map(|(_, lookup)| lookup.rare.iter().map(|&rare| key_of(rare))).collect::<Vec<i64>>()
        };
        let (all, of_wide) = (rare(false), rare(true));
        let wide = under_rare(transaction, all, false)?;
        let narrow = under_rare(transaction, of_wide, true)?;
        let mut pairs: Vec<(i64, i64)> = Vec::new();
        // Reports of one story are looked up alike.
        let mut near: FxHashMap<(u64, Window), Vec<i64>> = FxHashMap::default();
        for (event, lookup) in lookups {
            let mut others: Vec<i64> = Vec::new();
            for bucket in &lookup.buckets {
                let bucket = lookup_key(bucket);
                for window in windows(&lookup) {
                    let found = match near.entry((bucket, window)) {
                        Slot::Occupied(known) => known.into_mut(),
                        Slot::Vacant(slot) => slot.insert(in_bucket(transaction, bucket, window)?),
                    };
                    others.extend_from_slice(found);
                }
            }
            for &rare in &lookup.rare {
                // Events of narrow dates find one another by their dates.
                let (wide, narrow) = (at(&wide, key_of(rare)), at(&narrow, key_of(rare)));
                let narrow = if lookup.dated { &[] } else { narrow };
                others.extend(wide.iter().chain(narrow).take(LONGEST_LIST as usize).map(|&(_, event)| event));
            }
            pairs.extend(
                others
                    .into_iter()
                    .filter(|&other| other != event)
                    .map(|other| (event.min(other), event.max(other))),
            );
        }
        pairs.sort_unstable();
        pairs.dedup();
        self.fetch(transaction, pairs.iter().flat_map(|&(a, b)| [a, b]).collect::<Vec<_>>())?;
        let mut rows = Vec::new();
        for (a, b) in pairs {
            let (Some(x), Some(y)) = (self.known.get(&a), self.known.get(&b)) else { continue };
            if x.doc == y.doc {
                continue;
            }
            let (kind, score) = match x.traits.compare(&y.traits, self.words, false) {
                Likeness::Same(score, _) => ("", score),
                Likeness::Near(kind) => (kind.name(), 0.0),
                Likeness::Different => continue,
            };
            rows.push(vec![a.into(), b.into(), kind.into(), score.into()]);
            rows.push(vec![b.into(), a.into(), kind.into(), score.into()]);
        }
        rows.sort_by(|a, b| order(a, b));
        transaction.insert(&LINK, "", &rows)
    }

    /// All events that hang together with these by links, and the links among them.
    fn components(
        &mut self,
        transaction: &mut Transaction<'_>,
        seeds: impl IntoIterator<Item = i64>,
    ) -> Result<Component, StoreError> {
        let mut found: FxHashSet<i64> = seeds.into_iter().collect();
        let mut links: Vec<((i64, i64), Known)> = Vec::new();
        let mut border: Vec<i64> = found.iter().copied().collect();
        while !border.is_empty() {
            border.sort_unstable();
            let some = std::mem::take(&mut border);
            let next = &mut border;
            transaction.each(
                "SELECT a, b, kind, score FROM link WHERE a IN {ints ?1}",
                &[Value::Ints(some.clone())],
                |mut row| {
                    let (a, b): (i64, i64) = (row.take(0)?, row.take(1)?);
                    let kind: String = row.take(2)?;
                    // Each link has two rows.
                    if a < b {
                        let known = match ConflictKind::parse(&kind) {
                            None => Known::Same(row.take(3)?),
                            Some(kind) => Known::Near(kind),
                        };
                        links.push(((a, b), known));
                    }
                    if kind.is_empty() && found.insert(b) {
                        next.push(b);
                    }
                    Ok(())
                },
            )?;
            if self.corrections {
                let sql = "SELECT g.event FROM forced f JOIN forced g ON g.number = f.number AND g.side <> f.side \
                     JOIN correction c ON c.number = f.number WHERE c.action = 'join' AND f.event IN {ints ?1}";
                for mut row in transaction.query(sql, &[Value::Ints(some)])? {
                    let other: i64 = row.take(0)?;
                    if found.insert(other) {
                        next.push(other);
                    }
                }
            }
        }
        links.retain(|((_, b), _)| found.contains(b));
        Ok((found, links))
    }

    /// Joins anew all that the new events and those that lost one hang together with.
    fn join(&mut self, transaction: &mut Transaction<'_>) -> Result<(), StoreError> {
        let left: Vec<i64> = self.left.iter().copied().collect();
        let mut seeds: BTreeSet<i64> = self.fresh.iter().copied().chain(left).collect();
        // One that went with its document is no seed.
        self.fetch(transaction, seeds.iter().copied().collect::<Vec<_>>())?;
        seeds.retain(|seed| self.known.contains_key(seed));
        let mut extra: BTreeSet<(i64, i64)> = BTreeSet::new();
        for _ in 0..ROUNDS {
            let (events, links) = self.components(transaction, seeds.iter().copied())?;
            self.fetch(transaction, events.iter().copied().collect::<Vec<_>>())?;
            // In an order that does not depend on when they came.
            let mut order: Vec<i64> =
                events.into_iter().filter(|event| self.known.contains_key(event)).collect();
            order.sort_by(|a, b| self.uid(*a).cmp(self.uid(*b)));
            let place: FxHashMap<i64, usize> =
                order.iter().enumerate().map(|(place, &event)| (event, place)).collect();
            let members: Vec<Member<'_>> = order
                .iter()
                .filter_map(|event| self.known.get(event))
                .map(|known| Member { document: known.doc as usize, traits: &known.traits })
                .collect();
            let compared = links.into_iter().map(|(pair, known)| (pair, Some(known)));
            let mut pairs: Vec<Pair> = compared
                .chain(extra.iter().map(|&pair| (pair, None)))
                .filter_map(|((a, b), known)| {
                    let (a, b) = (*place.get(&a)?, *place.get(&b)?);
                    Some(Pair { a: a.min(b), b: a.max(b), known })
                })
                .collect();
            // Of two that are of one pair, the one that was compared comes first.
            pairs.sort_unstable_by_key(|pair| (pair.a, pair.b, pair.known.is_none()));
            pairs.dedup_by_key(|pair| (pair.a, pair.b));
            let forced = self.forced(transaction, &place)?;
            let joined = join(&members, &pairs, &forced, self.words);
            let clusters: Vec<(Vec<i64>, Vec<Why>)> = joined
                .clusters
                .into_iter()
                .map(|Cluster { members, why }| {
                    (members.iter().filter_map(|&at| order.get(at).copied()).collect(), why)
                })
                .collect();
            let before = extra.len();
            self.disputed(transaction, &joined.disputes, &mut extra)?;
            if extra.len() > before {
                seeds.extend(extra.iter().flat_map(|&(a, b)| [a, b]));
                continue;
            }
            return self.write(transaction, &clusters);
        }
        Ok(())
    }

    /// What people decided of events, of which the places are known.
    fn forced(
        &self,
        transaction: &mut Transaction<'_>,
        place: &FxHashMap<i64, usize>,
    ) -> Result<Forced, StoreError> {
        let mut forced = Forced::default();
        if !self.corrections {
            return Ok(forced);
        }
        let sql = "SELECT f.event, g.event, c.action FROM forced f \
             JOIN forced g ON g.number = f.number AND g.side = 1 JOIN correction c ON c.number = f.number \
             WHERE f.side = 0 AND f.event IN {ints ?1} ORDER BY f.number";
        // What was decided last of a pair holds.
        for mut row in transaction.query(sql, &[Value::Ints(place.keys().copied().collect())])? {
            let (Some(&a), Some(&b)) = (place.get(&row.take(0)?), place.get(&row.take(1)?)) else { continue };
            let pair = (a.min(b), a.max(b));
            forced.together.retain(|known| *known != pair);
            forced.apart.remove(&pair);
            if row.take::<String>(2)? == "join" {
                forced.together.push(pair);
            } else {
                forced.apart.insert(pair);
            }
        }
        Ok(forced)
    }

    /// Takes in a document in place of what it gave before. `by_id`: events of one identifier are the same.
    fn replace(
        &mut self,
        transaction: &mut Transaction<'_>,
        doc: i64,
        old: Option<&Record>,
        new: &Record,
        made: &Made,
        by_id: bool,
    ) -> Result<(), StoreError> {
        let mut digest = made.digest.clone();
        let corrections = if self.corrections { of(transaction, &new.document.id)? } else { Vec::new() };
        let mut named: Vec<Option<String>> = vec![None; digest.events.len()];
        let mut sides = Vec::new();
        if !corrections.is_empty() {
            let coded = coded(transaction, doc)?;
            sides = apply(&coded, &corrections).sides;
            named = names(&coded, &corrections);
        }
        if let Some(old) = old {
            let uids = self.forget(transaction, doc)?;
            let before: HashMap<usize, usize> = if by_id {
                let places: HashMap<&str, usize> =
                    old.events.iter().enumerate().map(|(at, event)| (event.id.as_str(), at)).collect();
                let now = new.events.iter().enumerate();
                now.filter_map(|(at, event)| Some((at, *places.get(event.id.as_str())?))).collect()
            } else {
                let matching = diff::diff(old, new);
                let events = matching.of(ItemKind::Event);
                events.same.iter().chain(&events.altered).map(|&(old, new)| (new, old)).collect()
            };
            for (at, slot) in named.iter_mut().enumerate() {
                if let Some(uid) = before.get(&at).and_then(|old| uids.get(old)) {
                    *slot = Some(uid.clone());
                }
            }
        }
        for (event, uid) in digest.events.iter_mut().zip(named) {
            if let Some(uid) = uid {
                event.uid = uid;
            }
        }
        // A new event may not take the name of one that is still there.
        let mut taken: HashSet<String> = HashSet::new();
        for (at, event) in digest.events.iter_mut().enumerate() {
            while !taken.insert(event.uid.clone()) {
                event.uid = format!("{}{at}", event.uid);
            }
        }
        let first = self.next_event + 1;
        for (number, side, place) in sides {
            self.rows.forced.push(vec![number.into(), side.into(), (first + place as i64).into()]);
        }
        self.take(doc, digest, made.signature.as_ref())
    }

    fn uid(&self, event: i64) -> &str {
        self.known.get(&event).map_or("", |known| known.uid.as_str())
    }

    /// Pairs of events of documents that give one occasion two dates, which are one when that is known.
    fn disputed(
        &mut self,
        transaction: &mut Transaction<'_>,
        disputes: &BTreeSet<Dispute>,
        extra: &mut BTreeSet<(i64, i64)>,
    ) -> Result<(), StoreError> {
        for ((one, first), (other, second)) in disputes {
            let mut sides: [Vec<i64>; 2] = [Vec::new(), Vec::new()];
            for (side, (doc, date)) in sides.iter_mut().zip([(one, first), (other, second)]) {
                let rows =
                    transaction.query("SELECT event FROM event WHERE doc = ?1", &[(*doc as i64).into()])?;
                let events: Vec<i64> =
                    rows.into_iter().map(|mut row| row.take(0)).collect::<Result<_, _>>()?;
                self.fetch(transaction, events.iter().copied())?;
                let dated = |event: &i64| {
                    self.known
                        .get(event)
                        .is_some_and(|known| known.traits.date.as_deref() == Some(date.as_str()))
                };
                side.extend(events.into_iter().filter(dated));
            }
            for &a in &sides[0] {
                for &b in &sides[1] {
                    let (Some(x), Some(y)) = (self.known.get(&a), self.known.get(&b)) else { continue };
                    if are_near(&x.traits.lookup(self.words), &y.traits.lookup(self.words))
                        && matches!(x.traits.compare(&y.traits, self.words, true), Likeness::Same(..))
                    {
                        extra.insert((a.min(b), a.max(b)));
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes which events are one.
    fn write(
        &mut self,
        transaction: &mut Transaction<'_>,
        clusters: &[(Vec<i64>, Vec<Why>)],
    ) -> Result<(), StoreError> {
        let mut reasons = Vec::new();
        for (members, why) in clusters {
            let Some(id) = members.iter().map(|&event| self.uid(event)).min().map(str::to_owned) else {
                continue;
            };
            for event in members {
                let Some(known) = self.known.get_mut(event) else { continue };
                if known.joined != id {
                    self.dirty.insert(id.clone());
                    if !known.joined.is_empty() {
                        self.dirty.insert(std::mem::take(&mut known.joined));
                    }
                    if known.uid != id || self.fresh.binary_search(event).is_err() {
                        transaction.execute(
                            "UPDATE event SET joined = ?2 WHERE event = ?1",
                            &[(*event).into(), id.as_str().into()],
                        )?;
                    }
                    known.joined.clone_from(&id);
                }
            }
            if !why.is_empty() {
                reasons.push(vec![id.into(), json(why)?.into()]);
            }
        }
        let gone: Vec<String> = self.dirty.iter().cloned().collect();
        transaction.execute("DELETE FROM why WHERE uid IN {texts ?1}", &[Value::Texts(gone)])?;
        transaction.insert(&WHY, "ON CONFLICT (uid) DO UPDATE SET why = excluded.why", &reasons)
    }

    /// Finds near copies of the new documents, and the voices of whatever hangs together with them.
    fn hear(&mut self, transaction: &mut Transaction<'_>) -> Result<(), StoreError> {
        let place = transaction.place().to_owned();
        let docs: Vec<i64> = self.taken.union(&self.bereft).copied().collect();
        let mut signatures = FxHashMap::default();
        signatures_of(transaction, &docs, &mut signatures)?;
        let bands: Vec<(i64, i64)> = docs
            .iter()
            .filter_map(|doc| Some((*doc, signatures.get(doc)?)))
            .flat_map(|(doc, signature)| signature.bands().map(move |band| (doc, key_of(band))))
            .collect();
        let keys: Vec<i64> = bands.iter().map(|&(_, band)| band).collect();
        let mut found = under_bands(transaction, "band", keys.clone())?;
        found.extend(under_bands(transaction, "fresh_band", keys)?);
        found.sort_unstable();
        let mut pairs: BTreeSet<(i64, i64)> = BTreeSet::new();
        for (doc, band) in bands {
            let others = at(&found, band).iter().take(LONGEST_BAND).map(|&(_, other)| other);
            pairs.extend(others.filter(|&other| other != doc).map(|other| (doc.min(other), doc.max(other))));
        }
        let others: Vec<i64> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
        signatures_of(transaction, &others, &mut signatures)?;
        let mut rows = Vec::new();
        for (a, b) in pairs {
            if let (Some(x), Some(y)) = (signatures.get(&a), signatures.get(&b))
                && x.is_near(y)
            {
                rows.push(vec![a.into(), b.into()]);
                rows.push(vec![b.into(), a.into()]);
            }
        }
        transaction.insert(&COPY, "ON CONFLICT DO NOTHING", &rows)?;

        let mut copies: FxHashMap<i64, Vec<i64>> = FxHashMap::default();
        let mut border = docs.clone();
        while !border.is_empty() {
            copies.extend(border.iter().map(|&doc| (doc, Vec::new())));
            transaction.each(
                "SELECT doc, other FROM copy WHERE doc IN {ints ?1}",
                &[Value::Ints(std::mem::take(&mut border))],
                |mut row| {
                    copies.entry(row.take(0)?).or_default().push(row.take(1)?);
                    Ok(())
                },
            )?;
            border.extend(copies.values().flatten().filter(|other| !copies.contains_key(other)));
            border.sort_unstable();
            border.dedup();
        }
        let mut seen: FxHashSet<i64> = FxHashSet::default();
        let mut sets: Vec<Vec<i64>> = Vec::new();
        for doc in docs {
            let mut set: Vec<i64> = Vec::new();
            let mut next = vec![doc];
            while let Some(doc) = next.pop() {
                if seen.insert(doc) {
                    set.push(doc);
                    next.extend(copies.get(&doc).into_iter().flatten());
                }
            }
            // A new one without copies speaks for itself, as it was written.
            if set.len() > 1 || set.iter().any(|doc| self.bereft.contains(doc)) {
                sets.push(set);
            }
        }
        let sql = "SELECT doc, facts, voices, copy FROM digest WHERE doc IN {ints ?1}";
        let mut known: FxHashMap<i64, (Facts, BTreeSet<String>, bool)> = FxHashMap::default();
        transaction.each(sql, &[Value::Ints(sets.concat())], |mut row| {
            let doc = row.take(0)?;
            let facts = read(&place, "the digest of a document", &row.take::<String>(1)?)?;
            let voices = read(&place, "the voices of a document", &row.take::<String>(2)?)?;
            known.insert(doc, (facts, voices, row.take(3)?));
            Ok(())
        })?;
        for set in sets {
            let copy = set.len() > 1;
            let members: Vec<(i64, Facts, BTreeSet<String>, bool)> = set
                .into_iter()
                .filter_map(|doc| known.remove(&doc).map(|(facts, voices, copy)| (doc, facts, voices, copy)))
                .collect();
            let mut voices: BTreeSet<String> =
                members.iter().flat_map(|(_, facts, _, _)| stated_origins(facts, self.words)).collect();
            if voices.is_empty() {
                voices.extend(
                    members.iter().map(|(_, facts, _, _)| &facts.id).min().map(|id| unnamed_origin(id)),
                );
            }
            for (doc, _, before, was) in members {
                if before != voices || was != copy {
                    transaction.execute(
                        "UPDATE digest SET voices = ?2, copy = ?3 WHERE doc = ?1",
                        &[doc.into(), json(&voices)?.into(), copy.into()],
                    )?;
                    for mut row in
                        transaction.query("SELECT joined FROM event WHERE doc = ?1", &[doc.into()])?
                    {
                        self.dirty.insert(row.take(0)?);
                    }
                }
            }
        }
        Ok(())
    }

    /// Makes the lines of joined events that changed.
    fn show(&mut self, transaction: &mut Transaction<'_>) -> Result<(), StoreError> {
        let dirty: Vec<String> =
            std::mem::take(&mut self.dirty).into_iter().filter(|id| !id.is_empty()).collect();
        for sql in
            ["DELETE FROM involved WHERE joined IN {texts ?1}", "DELETE FROM joined WHERE uid IN {texts ?1}"]
        {
            transaction.execute(sql, &[Value::Texts(dirty.clone())])?;
        }
        let (mut lines, mut involved) = (Vec::new(), Vec::new());
        for some in dirty.chunks(1000) {
            let given = Gathering::of_events(transaction, some)?.given(transaction, false)?;
            for line in event_lines(given, self.words) {
                let days = line.date.as_deref().and_then(|date| date.parse::<Edtf>().ok());
                let days = days.and_then(|date| date.day_numbers());
                let day =
                    days.map_or_else(|| day_of(line.published.as_deref()), |(first, _)| i64::from(first));
                involved.extend(codes_and_pairs(line.source.iter().chain(&line.target)).into_iter().map(
                    |code| {
                        let (id, kind) = (line.id.as_str().into(), line.kind.name().into());
                        vec![code.into(), day.into(), id, kind, line.goldstein.into()]
                    },
                ));
                lines.push(vec![
                    line.id.as_str().into(),
                    line.kind.name().into(),
                    line.status.name().into(),
                    days.map(|(first, _)| i64::from(first)).into(),
                    days.map(|(_, last)| i64::from(last)).into(),
                    day.into(),
                    line.domains.join(",").into(),
                    line.goldstein.into(),
                    (line.origins as i64).into(),
                    (line.documents as i64).into(),
                    weight(&line).into(),
                    json(&line)?.into(),
                ]);
            }
        }
        lines.sort_by(|a, b| order(a, b));
        involved.sort_by(|a, b| order(a, b));
        transaction.insert(&JOINED, "", &lines)?;
        transaction.insert(&INVOLVED, "", &involved)
    }
}

impl Derive for Joiner<'_> {
    fn begin(&mut self, transaction: &mut Transaction<'_>) -> Result<(), StoreError> {
        *self = Self::new(self.words).with_fresh_bands(self.most_fresh);
        self.next_event = Self::greatest(transaction, "event")?;
        self.corrections = transaction.first("SELECT 1 FROM correction LIMIT 1", &[])?.is_some();
        self.next_figure = Self::greatest(transaction, "figure")?;
        Ok(())
    }

    fn document(
        &mut self,
        transaction: &mut Transaction<'_>,
        doc: i64,
        old: Option<&Record>,
        new: &Record,
    ) -> Result<(), StoreError> {
        let made = Made::of(new, self.words);
        self.replace(transaction, doc, old, new, &made, false)
    }

    fn corrected(
        &mut self,
        transaction: &mut Transaction<'_>,
        doc: i64,
        old: &Record,
        new: &Record,
    ) -> Result<(), StoreError> {
        let made = Made::of(new, self.words);
        self.replace(transaction, doc, Some(old), new, &made, true)
    }

    fn entry(
        &mut self,
        transaction: &mut Transaction<'_>,
        doc: i64,
        old: Option<&Record>,
        new: &Entry,
    ) -> Result<(), StoreError> {
        match &new.made {
            Some(made) => self.replace(transaction, doc, old, new.record(), made, false),
            None => self.document(transaction, doc, old, new.record()),
        }
    }

    fn finish(&mut self, transaction: &mut Transaction<'_>) -> Result<(), StoreError> {
        self.flush(transaction)?;
        self.link(transaction)?;
        self.join(transaction)?;
        self.hear(transaction)?;
        self.settle(transaction)?;
        self.show(transaction)?;
        self.known.clear();
        Ok(())
    }
}

/// The corrections of a document.
fn of(transaction: &mut Transaction<'_>, id: &str) -> Result<Vec<Correction>, StoreError> {
    Ok(of_documents(transaction, &[id.to_owned()])?.remove(id).unwrap_or_default())
}

/// What the coder made of the current version of a document.
fn coded(transaction: &mut Transaction<'_>, doc: i64) -> Result<Record, StoreError> {
    let place = transaction.place().to_owned();
    let sql = "SELECT v.text, v.record FROM document d \
         JOIN version v ON v.doc = d.doc AND v.version = d.version WHERE d.doc = ?1";
    let row = transaction.first(sql, &[doc.into()])?;
    row.map_or(Ok(Record::default()), |mut row| record(row.take(0)?, &row.take::<String>(1)?, &place))
}

/// The names by which corrections know the events of the record that holds, also those that were taken back.
fn names(coded: &Record, corrections: &[Correction]) -> Vec<Option<String>> {
    let applied = apply(coded, corrections);
    let chars: Vec<char> = coded.document.text.chars().collect();
    let events = applied.items.get(&ItemKind::Event).map(Vec::as_slice).unwrap_or_default();
    let mut known: HashMap<usize, String> = HashMap::new();
    for correction in corrections.iter().filter(|correction| correction.kind == ItemKind::Event) {
        let sides = std::iter::once((&correction.document, &correction.target))
            .chain(correction.other.iter().map(|(id, target)| (id, target)));
        for (_, target) in sides.filter(|(id, _)| **id == coded.document.id) {
            if let (Some(uid), Some(at)) = (&target.uid, target.find(ItemKind::Event, events, &chars)) {
                known.entry(at).or_insert_with(|| uid.clone());
            }
        }
    }
    let held = events.iter().enumerate().filter(|(_, item)| item.now.is_some());
    held.map(|(at, _)| known.remove(&at)).collect()
}

/// How much a reader wants to know of an event, as far as it can be told without knowing who asks.
fn weight(line: &EventLine) -> f64 {
    let status = match line.status {
        Status::Occurred => 1.0,
        Status::Ongoing | Status::Scheduled => 0.5,
        Status::Denied => 0.0,
        Status::Proposed => -2.0,
        Status::Hypothetical => -4.0,
    };
    3.0 * line.origins.min(4) as f64
        + f64::from(line.level.saturating_sub(1))
        + status
        + 0.25 * line.documents.min(6) as f64
        + line.goldstein.abs() / 10.0
}

fn are_near(a: &Lookup, b: &Lookup) -> bool {
    let share_bucket = a.buckets.iter().any(|bucket| b.buckets.contains(bucket));
    let near = a.windows.is_empty()
        || b.windows.is_empty()
        || a.windows
            .iter()
            .any(|x| b.windows.iter().any(|y| x.0 <= y.1 + Lookup::NEAR && y.0 <= x.1 + Lookup::NEAR));
    share_bucket && near
}

/// Leaves a digest the entities that its statements and commitments name.
fn keep_named_entities(digest: &mut Digest) {
    let said = digest
        .statements
        .iter()
        .flat_map(|said| said.statement.speaker.ids().iter().chain(&said.statement.via));
    let promised = digest.commitments.iter().flat_map(|promise| &promise.commitment.speaker);
    let named: HashSet<String> = said.chain(promised).cloned().collect();
    digest.entities.retain(|entity| named.contains(&entity.id));
}

/// When an event may have been; [`NO_DAY`] where nothing is known.
fn windows(lookup: &Lookup) -> Vec<Window> {
    if lookup.windows.is_empty() {
        return vec![(NO_DAY, NO_DAY)];
    }
    lookup.windows.iter().map(|&(first, last)| (first.into(), last.into())).collect()
}

/// The key of a bucket for windows of a length: of the same or the next smaller number of [`LENGTHS`].
fn bucket_key(bucket: u64, length: usize) -> Value {
    key(bucket.wrapping_add(length as u64))
}

fn bucket_rows(event: i64, lookup: &Lookup) -> Vec<Vec<Value>> {
    let windows = windows(lookup);
    let row = |bucket: &String, (first, last): Window| {
        let length = LENGTHS.iter().position(|&most| last - first <= most).unwrap_or(LENGTHS.len() - 1);
        vec![bucket_key(lookup_key(bucket), length), first.into(), last.into(), event.into()]
    };
    lookup.buckets.iter().flat_map(|bucket| windows.iter().map(move |&window| row(bucket, window))).collect()
}

/// The events of a bucket that may have been at a time, and some of those without any.
fn in_bucket(
    transaction: &mut Transaction<'_>,
    bucket: u64,
    (first, last): Window,
) -> Result<Vec<i64>, StoreError> {
    let mut events = Vec::new();
    let mut take = |mut row: Row| {
        events.push(row.take(0)?);
        Ok(())
    };
    let keys = [0, 1, 2].map(|length| bucket_key(bucket, length));
    let most = LONGEST_LIST.into();
    if first == NO_DAY {
        let sql = "SELECT event, first_day, last_day FROM bucket WHERE bucket = ?1 \
             UNION ALL SELECT event, first_day, last_day FROM bucket WHERE bucket = ?2 \
             UNION ALL SELECT event, first_day, last_day FROM bucket WHERE bucket = ?3 \
             ORDER BY first_day, last_day, event LIMIT ?4";
        let [short, middle, long] = keys;
        transaction.each(sql, &[short, middle, long, most], &mut take)?;
    } else {
        let near = i64::from(Lookup::NEAR);
        let sql = "SELECT event FROM bucket \
             WHERE bucket = ?1 AND first_day >= ?2 AND first_day <= ?3 AND last_day >= ?4";
        for (key, length) in keys.iter().zip(LENGTHS) {
            let days = [first - near - length, last + near, first - near].map(Value::from);
            let [earliest, latest, end] = days;
            transaction.each(sql, &[key.clone(), earliest, latest, end], &mut take)?;
        }
        let [short, ..] = keys;
        let sql = "SELECT event FROM bucket WHERE bucket = ?1 AND first_day = ?2 LIMIT ?3";
        transaction.each(sql, &[short, NO_DAY.into(), most], &mut take)?;
    }
    Ok(events)
}

fn rare_rows(event: i64, lookup: &Lookup) -> Vec<Vec<Value>> {
    lookup.rare.iter().map(|&rare| vec![key(rare), lookup.dated.into(), event.into()]).collect()
}

fn traits(place: &str, row: &mut Row, column: usize) -> Result<Traits, StoreError> {
    let bytes: Vec<u8> = row.take(column)?;
    postcard::from_bytes(&bytes).map_err(|error| damaged(place, "an event", error))
}

/// Reads the signatures of documents that are not known yet.
fn signatures_of(
    transaction: &mut Transaction<'_>,
    docs: &[i64],
    signatures: &mut FxHashMap<i64, Signature>,
) -> Result<(), StoreError> {
    let mut missing: Vec<i64> = docs.iter().copied().filter(|doc| !signatures.contains_key(doc)).collect();
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() {
        return Ok(());
    }
    let sql = "SELECT doc, bytes FROM signature WHERE doc IN {ints ?1}";
    transaction.each(sql, &[Value::Ints(missing)], |mut row| {
        let bytes: Vec<u8> = row.take(1)?;
        if let Some(signature) = Signature::from_bytes(&bytes) {
            signatures.insert(row.take(0)?, signature);
        }
        Ok(())
    })
}

/// The order of rows by their integers and texts.
fn order(a: &[Value], b: &[Value]) -> std::cmp::Ordering {
    let compare = |(x, y): (&Value, &Value)| match (x, y) {
        (Value::Int(x), Value::Int(y)) => x.cmp(y),
        (Value::Text(x), Value::Text(y)) => x.cmp(y),
        _ => std::cmp::Ordering::Equal,
    };
    a.iter().zip(b).map(compare).find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
}
