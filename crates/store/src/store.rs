//! Documents and their records, kept.

use crate::corrections::{effective, of_documents};
use crate::derive::Derive;
use crate::diff::{self, Diff};
use crate::entry::{self, Entry, Metadata};
use crate::error::StoreError;
use crate::schema::{self, MIGRATIONS, Upgrade};
use crate::sql::{self, Connection, Row, Table, Transaction, Type, Value};
use entente_base::Edtf;
use entente_base::record::Record;
use entente_text::Source;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::Duration;

/// How long a request waits for another writer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Documents read at a time, so that memory stays bounded.
const PAGE: i64 = 64;

pub(crate) const DOCUMENT: Table = Table {
    name: "document",
    columns: &[
        ("doc", Type::Int),
        ("id", Type::Text),
        ("version", Type::Int),
        ("hash", Type::Text),
        ("published", Type::Text),
        ("first_day", Type::Int),
        ("last_day", Type::Int),
        ("publisher", Type::Text),
        ("url", Type::Text),
        ("title", Type::Text),
        ("lang", Type::Text),
        ("origins", Type::Text),
        ("sequence", Type::Int),
        ("removed", Type::Int),
    ],
};

pub(crate) const VERSION: Table = Table {
    name: "version",
    columns: &[
        ("doc", Type::Int),
        ("version", Type::Int),
        ("hash", Type::Text),
        ("text", Type::Text),
        ("page", Type::Blob),
        ("metadata", Type::Text),
        ("record", Type::Text),
        ("coder", Type::Text),
    ],
};

/// What `document_values` gives, set for a document that is there.
const UPDATE_DOCUMENT: &str = "UPDATE document SET version = ?3, hash = ?4, published = ?5, first_day = ?6, \
     last_day = ?7, publisher = ?8, url = ?9, title = ?10, lang = ?11, origins = ?12, sequence = ?13, removed = ?14 \
     WHERE doc = ?1 AND id = ?2";

/// A store of documents, in an SQLite file or a PostgreSQL database. Any number of programs may use one at a time.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    upgrade: Option<Upgrade>,
}

/// How a store is opened.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Whether it is made where there is none.
    pub create: bool,
    /// How long a request waits for another writer.
    pub patience: Duration,
    /// Steps to the newest format; all but tests leave them as they are.
    pub migrations: &'a [&'a str],
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { create: true, patience: PATIENCE, migrations: MIGRATIONS }
    }
}

/// How a document given stands to the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The store does not have it.
    New,
    /// The store has another version of it.
    Changed,
    /// The store has it as it is.
    Unchanged,
}

/// The current version of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Key within the store.
    pub doc: i64,
    /// Number of the version, from 1.
    pub version: i64,
    /// Grows with every document written.
    pub sequence: i64,
    /// Stamp of the coder that made the record.
    pub coder: String,
    /// The record that holds, with its text: what the coder made, with the corrections of the document applied. What
    /// the coder made alone is [`Store::version`].
    pub record: Record,
}

/// A document as it was given, to be coded again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Key within the store.
    pub doc: i64,
    /// What was given, but for the page that the text was taken from.
    pub source: Source,
}

/// Which documents are meant.
#[derive(Debug, Clone, Copy, Default)]
pub struct Selection {
    /// Those published on this day or later, counted from 1970-01-01; without one, any.
    pub first_day: Option<i64>,
    /// Those published on this day or before.
    pub last_day: Option<i64>,
    /// Those written after this [`Stored::sequence`], in the order of writing; without one, all, in the order in which
    /// they first came.
    pub after: Option<i64>,
}

/// What became of a document that was coded again.
#[derive(Debug, Clone, PartialEq)]
pub struct Recoded {
    /// Key within the store.
    pub doc: i64,
    /// Which of the documents given it is.
    pub index: usize,
    /// The record before, as the coder made it.
    pub old: Record,
    /// What the new record has otherwise.
    pub diff: Diff,
}

/// A document as a transaction finds it.
struct Known {
    doc: i64,
    version: i64,
    hash: String,
    removed: bool,
}

impl Store {
    /// Opens a store, and makes it where there is none: `postgres://…` is a database of a server, anything else a
    /// file. A store of an older format is upgraded, after a copy beside it.
    ///
    /// # Errors
    /// When it cannot be opened, or was written by a newer program.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_with(url, &Options::default())
    }

    /// Opens a store that is there.
    ///
    /// # Errors
    /// As [`Store::open`], and when there is none.
    pub fn open_existing(url: &str) -> Result<Self, StoreError> {
        Self::open_with(url, &Options { create: false, ..Options::default() })
    }

    /// Opens a store.
    ///
    /// # Errors
    /// When it cannot be opened, or was written by a newer program.
    pub fn open_with(url: &str, options: &Options<'_>) -> Result<Self, StoreError> {
        if !options.create && !sql::is_server(url) && !Path::new(url).exists() {
            return Err(StoreError::Missing { place: url.to_owned() });
        }
        let mut connection = Connection::open(url, options.patience)?;
        let upgrade = schema::prepare(&mut connection, options.migrations, options.create)?;
        Ok(Self { connection, upgrade })
    }

    /// That the store was brought to a newer format when it was opened.
    pub fn upgrade(&self) -> Option<&Upgrade> {
        self.upgrade.as_ref()
    }

    /// Its path, or its address without the password.
    pub fn place(&self) -> &str {
        self.connection.place()
    }

    /// Makes ready to write much, while another connection brings the file up to what was committed: see
    /// [`Self::checkpoint`].
    ///
    /// # Errors
    /// When the database fails.
    pub fn write_much(&mut self) -> Result<(), StoreError> {
        self.connection.write_much()
    }

    /// Brings the file up to what was committed, while others read and write.
    ///
    /// # Errors
    /// When the database fails.
    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        self.connection.checkpoint()
    }

    /// The connection, for what else is kept in the same database.
    pub fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// How documents given stand to the store.
    ///
    /// # Errors
    /// When the database fails.
    pub fn states(&mut self, sources: &[Source]) -> Result<Vec<State>, StoreError> {
        let ids = sources.iter().map(|source| source.id.clone()).collect();
        let known = known(&mut self.connection, ids)?;
        Ok(sources
            .iter()
            .map(|source| match known.get(&source.id) {
                None => State::New,
                Some(known) if known.hash == entry::hash(source) && !known.removed => State::Unchanged,
                Some(_) => State::Changed,
            })
            .collect())
    }

    /// Writes documents and their records, all or none, and tells of each what it was to the store. What the store
    /// has as it is stays as it is; what it has otherwise becomes a new version, and the old one is kept.
    ///
    /// # Errors
    /// When the database or what is derived fails, or one identifier comes twice; then nothing is written.
    pub fn put(
        &mut self,
        entries: &[Entry],
        coder: &str,
        derive: &mut dyn Derive,
    ) -> Result<Vec<State>, StoreError> {
        let mut ids = HashSet::new();
        if let Some(twice) = entries.iter().find(|entry| !ids.insert(entry.id())) {
            return Err(StoreError::Document {
                id: twice.id().to_owned(),
                why: "comes twice among documents written at once".to_owned(),
            });
        }
        self.connection.write(|transaction| put(transaction, entries, coder, derive))
    }

    /// The current version of a document.
    ///
    /// # Errors
    /// When the database fails.
    pub fn get(&mut self, id: &str) -> Result<Option<Stored>, StoreError> {
        let place = self.place().to_owned();
        let sql = format!("{STORED} WHERE d.id = ?1 AND d.removed = 0");
        let row = self.connection.first(&sql, &[id.into()])?;
        let found = row.map(|row| stored(row, &place)).transpose()?;
        Ok(corrected(&mut self.connection, found.into_iter().collect())?.pop())
    }

    /// The current version of the document of a key.
    ///
    /// # Errors
    /// When the database fails.
    pub fn document(&mut self, doc: i64) -> Result<Option<Stored>, StoreError> {
        let place = self.place().to_owned();
        let sql = format!("{STORED} WHERE d.doc = ?1 AND d.removed = 0");
        let row = self.connection.first(&sql, &[doc.into()])?;
        let found = row.map(|row| stored(row, &place)).transpose()?;
        Ok(corrected(&mut self.connection, found.into_iter().collect())?.pop())
    }

    /// The record that the coder made of any version of a document, with its text and without corrections.
    ///
    /// # Errors
    /// When the database fails.
    pub fn version(&mut self, id: &str, version: i64) -> Result<Option<Record>, StoreError> {
        let place = self.place().to_owned();
        let sql = "SELECT v.text, v.record FROM document d JOIN version v ON v.doc = d.doc \
             WHERE d.id = ?1 AND v.version = ?2";
        let row = self.connection.first(sql, &[id.into(), version.into()])?;
        row.map(|mut row| record(row.take(0)?, &row.take::<String>(1)?, &place)).transpose()
    }

    /// How many documents there are.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count(&mut self) -> Result<u64, StoreError> {
        count(&mut self.connection, "SELECT count(*) FROM document WHERE removed = 0", &[])
    }

    /// Calls `take` with each document and the record that holds. What is written meanwhile may come or not.
    ///
    /// # Errors
    /// When the database or `take` fails.
    pub fn each(
        &mut self,
        selection: &Selection,
        mut take: impl FnMut(Stored) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let place = self.place().to_owned();
        let by_sequence = selection.after.is_some();
        let column = if by_sequence { "sequence" } else { "doc" };
        // The sum keeps SQLite from an index of `removed`, for which it would sort the whole store for each page.
        // The same condition on the same columns in both databases; a date that is not known agrees with none.
        let sql = format!(
            "{STORED} WHERE d.{column} > ?1 AND d.removed + 0 = 0 \
             AND (CAST(?2 AS {{int}}) IS NULL OR d.last_day >= ?2) \
             AND (CAST(?3 AS {{int}}) IS NULL OR d.first_day <= ?3) ORDER BY d.{column} LIMIT ?4"
        );
        let mut after = selection.after.unwrap_or(0);
        loop {
            let values = [after.into(), selection.first_day.into(), selection.last_day.into(), PAGE.into()];
            let rows = self.connection.query(&sql, &values)?;
            let Some(last) = rows.len().checked_sub(1) else { return Ok(()) };
            let page = rows.into_par_iter().map(|row| stored(row, &place)).collect::<Result<Vec<_>, _>>()?;
            let key = |stored: &Stored| if by_sequence { stored.sequence } else { stored.doc };
            after = page.get(last).map_or(after, key);
            for stored in corrected(&mut self.connection, page)? {
                take(stored)?;
            }
        }
    }

    /// How many documents were coded by another coder than that of a stamp; without one, how many there are.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count_by_others(&mut self, coder: Option<&str>) -> Result<u64, StoreError> {
        let Some(coder) = coder else { return self.count() };
        let sql = "SELECT count(*) FROM document d JOIN version v ON v.doc = d.doc AND v.version = d.version \
             WHERE d.removed = 0 AND v.coder <> ?1";
        count(&mut self.connection, sql, &[coder.into()])
    }

    /// The greatest [`Stored::sequence`]; 0 for an empty store.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sequence(&mut self) -> Result<i64, StoreError> {
        self.connection.read(|transaction| greatest(transaction, "sequence"))
    }

    /// The text of the current version of a document; `None` where there is no such document.
    ///
    /// # Errors
    /// When the database fails.
    pub fn text(&mut self, id: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT v.text FROM document d JOIN version v ON v.doc = d.doc AND v.version = d.version \
             WHERE d.id = ?1 AND d.removed = 0";
        self.connection.first(sql, &[id.into()])?.map(|mut row| row.take(0)).transpose()
    }

    /// The next documents after a key, as they were given, that another coder than that of a stamp coded; without a
    /// stamp, all. Empty at the end.
    ///
    /// # Errors
    /// When the database fails.
    pub fn originals(&mut self, after: i64, coder: Option<&str>) -> Result<Vec<Original>, StoreError> {
        let place = self.place().to_owned();
        let sql = "SELECT d.doc, d.id, v.text, v.metadata FROM document d \
             JOIN version v ON v.doc = d.doc AND v.version = d.version \
             WHERE d.doc > ?1 AND d.removed + 0 = 0 AND v.coder <> ?2 ORDER BY d.doc LIMIT ?3";
        // No coder has an empty stamp.
        let rows = self.connection.query(sql, &[after.into(), coder.unwrap_or("").into(), PAGE.into()])?;
        rows.into_iter()
            .map(|mut row| {
                let (doc, id, text) = (row.take(0)?, row.take::<String>(1)?, row.take(2)?);
                let metadata: Metadata = parse(&row.take::<String>(3)?, &id, &place)?;
                Ok(Original { doc, source: metadata.source(id, text) })
            })
            .collect()
    }

    /// Replaces the records of documents by those that another coder made of the same text, all or none. A document
    /// that changed meanwhile is passed over: its new version was coded anew. The number of the version stays, the
    /// record before is not kept: it can be made again from the text by the coder that made it.
    ///
    /// # Errors
    /// When the database or what is derived fails; then nothing is written.
    pub fn recode(
        &mut self,
        entries: &[Entry],
        coder: &str,
        derive: &mut dyn Derive,
    ) -> Result<Vec<Recoded>, StoreError> {
        self.connection.write(|transaction| recode(transaction, entries, coder, derive))
    }
}

/// What [`stored`] reads.
const STORED: &str = "SELECT d.doc, d.version, d.sequence, v.coder, v.text, v.record FROM document d \
     JOIN version v ON v.doc = d.doc AND v.version = d.version";

fn stored(mut row: Row, place: &str) -> Result<Stored, StoreError> {
    Ok(Stored {
        doc: row.take(0)?,
        version: row.take(1)?,
        sequence: row.take(2)?,
        coder: row.take(3)?,
        record: record(row.take(4)?, &row.take::<String>(5)?, place)?,
    })
}

/// Documents with the corrections of each applied.
fn corrected(connection: &mut Connection, mut page: Vec<Stored>) -> Result<Vec<Stored>, StoreError> {
    let ids: Vec<String> = page.iter().map(|stored| stored.record.document.id.clone()).collect();
    let corrections = of_documents(connection, &ids)?;
    for stored in &mut page {
        if let Some(corrections) = corrections.get(&stored.record.document.id) {
            stored.record = effective(std::mem::take(&mut stored.record), Some(corrections));
        }
    }
    Ok(page)
}

/// A record put together from its text and the rest of it.
pub(crate) fn record(text: String, json: &str, place: &str) -> Result<Record, StoreError> {
    // The rest has an empty text, which `Document` does not do without.
    let mut record: Record = parse(json, "a record", place)?;
    record.document.text = text;
    Ok(record)
}

fn parse<T: serde::de::DeserializeOwned>(json: &str, what: &str, place: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Damaged {
        place: place.to_owned(),
        what: what.to_owned(),
        why: error.to_string(),
    })
}

fn count(connection: &mut Connection, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
    let count = connection.first(sql, values)?.map_or(Ok(0), |mut row| row.take::<i64>(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

fn known(connection: &mut Connection, ids: Vec<String>) -> Result<HashMap<String, Known>, StoreError> {
    let sql = "SELECT id, doc, version, hash, removed FROM document WHERE id IN {texts ?1}";
    let rows = connection.query(sql, &[ids.into()])?;
    rows.into_iter()
        .map(|mut row| {
            let known =
                Known { doc: row.take(1)?, version: row.take(2)?, hash: row.take(3)?, removed: row.take(4)? };
            Ok((row.take(0)?, known))
        })
        .collect()
}

/// The greatest value of a column of the documents.
pub(crate) fn greatest(transaction: &mut Transaction<'_>, column: &str) -> Result<i64, StoreError> {
    let sql = format!("SELECT coalesce(max({column}), 0) FROM document");
    transaction.first(&sql, &[])?.map_or(Ok(0), |mut row| row.take(0))
}

/// The values of a row of [`DOCUMENT`].
pub(crate) fn document_values(
    doc: i64,
    version: i64,
    sequence: i64,
    hash: &str,
    record: &Record,
) -> Vec<Value> {
    let document = &record.document;
    let (first_day, last_day) = document
        .published
        .as_deref()
        .and_then(|date| date.parse::<Edtf>().ok())
        .map_or((None, None), |date| date.days_from_epoch());
    let origins = serde_json::Value::from(document.origins.clone()).to_string();
    vec![
        doc.into(),
        document.id.as_str().into(),
        version.into(),
        hash.into(),
        document.published.as_deref().into(),
        first_day.into(),
        last_day.into(),
        document.publisher.as_deref().into(),
        document.url.as_deref().into(),
        document.title.as_deref().into(),
        document.lang.as_str().into(),
        origins.into(),
        sequence.into(),
        false.into(),
    ]
}

/// Writes document rows: new ones, and those that are there already.
pub(crate) fn write_documents(
    transaction: &mut Transaction<'_>,
    new: &[Vec<Value>],
    changed: &[Vec<Value>],
) -> Result<(), StoreError> {
    transaction.insert(&DOCUMENT, "", new)?;
    for values in changed {
        transaction.execute(UPDATE_DOCUMENT, values)?;
    }
    Ok(())
}

fn put(
    transaction: &mut Transaction<'_>,
    entries: &[Entry],
    coder: &str,
    derive: &mut dyn Derive,
) -> Result<Vec<State>, StoreError> {
    let known = known(transaction, entries.iter().map(|entry| entry.id().to_owned()).collect())?;
    let (mut doc, mut sequence) = (greatest(transaction, "doc")?, greatest(transaction, "sequence")?);
    let (mut new, mut changed, mut versions) = (Vec::new(), Vec::new(), Vec::new());
    let mut states = Vec::with_capacity(entries.len());
    let mut written = Vec::new();
    for entry in entries {
        let known = known.get(entry.id());
        let state = match known {
            None => State::New,
            Some(known) if known.hash == entry.hash && !known.removed => State::Unchanged,
            Some(_) => State::Changed,
        };
        states.push(state);
        if state == State::Unchanged {
            continue;
        }
        sequence += 1;
        let (key, version) = known.map_or_else(
            || {
                doc += 1;
                (doc, 1)
            },
            |known| (known.doc, known.version + 1),
        );
        let values = document_values(key, version, sequence, &entry.hash, &entry.record);
        if known.is_none() { &mut new } else { &mut changed }.push(values);
        versions.push(vec![
            key.into(),
            version.into(),
            entry.hash.as_str().into(),
            entry.record.document.text.as_str().into(),
            entry.page.as_deref().into(),
            entry.metadata.as_str().into(),
            entry.json.as_str().into(),
            coder.into(),
        ]);
        written.push((key, version, entry));
    }
    if written.is_empty() {
        return Ok(states);
    }
    write_documents(transaction, &new, &changed)?;
    transaction.insert(&VERSION, "", &versions)?;
    let ids: Vec<String> = written.iter().map(|(_, _, entry)| entry.id().to_owned()).collect();
    let corrections = of_documents(transaction, &ids)?;
    derive.begin(transaction)?;
    for (doc, version, new) in written {
        let old = if version > 1 { Some(old(transaction, doc, version - 1)?.record) } else { None };
        match corrections.get(new.id()) {
            None => derive.entry(transaction, doc, old.as_ref(), new)?,
            of => {
                let old = old.map(|old| effective(old, of));
                derive.document(transaction, doc, old.as_ref(), &effective(new.record.clone(), of))?;
            }
        }
    }
    derive.finish(transaction)?;
    Ok(states)
}

/// A version as it was given, and its record.
struct Old {
    metadata: String,
    record: Record,
}

fn old(transaction: &mut Transaction<'_>, doc: i64, version: i64) -> Result<Old, StoreError> {
    let place = transaction.place().to_owned();
    let sql = "SELECT text, record, metadata FROM version WHERE doc = ?1 AND version = ?2";
    match transaction.first(sql, &[doc.into(), version.into()])? {
        Some(mut row) => {
            let record = record(row.take(0)?, &row.take::<String>(1)?, &place)?;
            Ok(Old { record, metadata: row.take(2)? })
        }
        None => Err(StoreError::Damaged {
            place,
            what: format!("document {doc}"),
            why: format!("version {version} is missing"),
        }),
    }
}

fn recode(
    transaction: &mut Transaction<'_>,
    entries: &[Entry],
    coder: &str,
    derive: &mut dyn Derive,
) -> Result<Vec<Recoded>, StoreError> {
    let known = known(transaction, entries.iter().map(|entry| entry.id().to_owned()).collect())?;
    let ids: Vec<String> = entries.iter().map(|entry| entry.id().to_owned()).collect();
    let corrections = of_documents(transaction, &ids)?;
    let mut sequence = greatest(transaction, "sequence")?;
    let mut recoded = Vec::new();
    derive.begin(transaction)?;
    for (index, entry) in entries.iter().enumerate() {
        let Some(known) = known.get(entry.id()).filter(|known| !known.removed) else {
            continue;
        };
        let Old { metadata, record: old } = old(transaction, known.doc, known.version)?;
        // The page is not read for this: its text is what is coded.
        if old.document.text != entry.record.document.text || metadata != entry.metadata {
            continue;
        }
        transaction.execute(
            "UPDATE version SET record = ?3, coder = ?4 WHERE doc = ?1 AND version = ?2",
            &[known.doc.into(), known.version.into(), entry.json.as_str().into(), coder.into()],
        )?;
        if old == entry.record {
            continue;
        }
        sequence += 1;
        let values = document_values(known.doc, known.version, sequence, &known.hash, &entry.record);
        transaction.execute(UPDATE_DOCUMENT, &values)?;
        match corrections.get(entry.id()) {
            None => derive.entry(transaction, known.doc, Some(&old), entry)?,
            of => {
                let (old, new) = (effective(old.clone(), of), effective(entry.record.clone(), of));
                derive.document(transaction, known.doc, Some(&old), &new)?;
            }
        }
        let diff = diff::diff(&old, &entry.record);
        recoded.push(Recoded { doc: known.doc, index, old, diff });
    }
    derive.finish(transaction)?;
    Ok(recoded)
}
