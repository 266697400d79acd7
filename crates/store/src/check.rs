//! Whether a store is whole.

use crate::corrections::select;
use crate::entry::Metadata;
use crate::error::StoreError;
use crate::sql::{Dialect, Row, Transaction, Value as Cell};
use crate::store::{DOCUMENT, Store, document_values, record};
use serde_json::Value;

/// What is wrong with a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Identifier of the document; empty where the whole store is meant.
    pub document: String,
    /// Number of the version; 0 where the whole document is meant.
    pub version: i64,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The database finds itself damaged.
    #[error("the database says: {0}")]
    Database(String),
    /// Keys of documents are not counted through.
    #[error("there are {documents} documents, but the last has the key {last}")]
    Keys {
        /// How many there are.
        documents: i64,
        /// Greatest key.
        last: i64,
    },
    /// Versions are missing.
    #[error("the current version is {current}, but {found} versions are there")]
    Versions {
        /// Number of the current version.
        current: i64,
        /// How many there are.
        found: i64,
    },
    /// Text, metadata or page are not those of the hash.
    #[error("text, metadata or page are not what was written")]
    Hash,
    /// A record or its metadata cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// A place lies outside the text, or has other words.
    #[error("`{0}` does not stand where the record says")]
    Place(String),
    /// A correction cannot be read, or belongs to no document.
    #[error("correction {number} cannot be read, or its document is missing: {why}")]
    Correction {
        /// Its number.
        number: i64,
        /// What is wrong with it.
        why: String,
    },
    /// A column does not say what the record says.
    #[error("column `{0}` does not say what the record says")]
    Column(&'static str),
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.document.as_str(), self.version) {
            ("", _) => self.fault.fmt(f),
            (id, 0) => write!(f, "{id}: {}", self.fault),
            (id, version) => write!(f, "{id} (version {version}): {}", self.fault),
        }
    }
}

/// What a check counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checked {
    /// Documents.
    pub documents: u64,
    /// Versions of documents.
    pub versions: u64,
    /// Corrections.
    pub corrections: u64,
    /// Problems.
    pub problems: u64,
}

impl Store {
    /// Reads everything and calls `tell` with each problem: whether the database is sound, every version is there and
    /// is what was written, every record can be read, and every place of it stands in the text.
    ///
    /// # Errors
    /// When the database is so damaged that it cannot be read, or fails.
    pub fn check(&mut self, mut tell: impl FnMut(&Problem)) -> Result<Checked, StoreError> {
        self.connection().read(|transaction| {
            let mut checked = Checked::default();
            let mut found = |document: &str, version: i64, fault: Fault| {
                checked.problems += 1;
                tell(&Problem { document: document.to_owned(), version, fault });
            };
            database(transaction, &mut found)?;
            checked.documents = documents(transaction, &mut found)?;
            checked.versions = versions(transaction, &mut found)?;
            checked.corrections = corrections(transaction, &mut found)?;
            Ok(checked)
        })
    }
}

type Tell<'a> = dyn FnMut(&str, i64, Fault) + 'a;

/// What the database says of itself.
fn database(transaction: &mut Transaction<'_>, tell: &mut Tell<'_>) -> Result<(), StoreError> {
    // PostgreSQL checks its pages as they are read, where the server has checksums; reading follows.
    if transaction.dialect() == Dialect::Postgres {
        return Ok(());
    }
    for mut row in transaction.query("PRAGMA integrity_check", &[])? {
        let said: String = row.take(0)?;
        if said != "ok" {
            tell("", 0, Fault::Database(said));
        }
    }
    for mut row in transaction.query("PRAGMA foreign_key_check", &[])? {
        let table: String = row.take(0)?;
        tell("", 0, Fault::Database(format!("a row of `{table}` belongs to nothing")));
    }
    Ok(())
}

/// Whether documents are counted through, and have all their versions.
fn documents(transaction: &mut Transaction<'_>, tell: &mut Tell<'_>) -> Result<u64, StoreError> {
    let count = transaction.first("SELECT count(*), coalesce(max(doc), 0) FROM document", &[])?;
    let (documents, last): (i64, i64) = match count {
        Some(mut row) => (row.take(0)?, row.take(1)?),
        None => (0, 0),
    };
    if documents != last {
        tell("", 0, Fault::Keys { documents, last });
    }
    let sql = "SELECT d.id, d.version, count(v.version) FROM document d LEFT JOIN version v ON v.doc = d.doc \
         GROUP BY d.doc, d.id, d.version \
         HAVING count(v.version) <> d.version OR coalesce(max(v.version), 0) <> d.version ORDER BY d.doc";
    for mut row in transaction.query(sql, &[])? {
        let fault = Fault::Versions { current: row.take(1)?, found: row.take(2)? };
        tell(&row.take::<String>(0)?, 0, fault);
    }
    Ok(u64::try_from(documents).unwrap_or(0))
}

/// Whether every correction can be read, and has its documents.
fn corrections(transaction: &mut Transaction<'_>, tell: &mut Tell<'_>) -> Result<u64, StoreError> {
    let mut numbers: Vec<(i64, String, Option<String>)> = Vec::new();
    for mut row in transaction.query("SELECT number, document, other FROM correction ORDER BY number", &[])? {
        numbers.push((row.take(0)?, row.take(1)?, row.take(2)?));
    }
    for (number, document, other) in &numbers {
        for id in std::iter::once(document).chain(other) {
            if transaction.first("SELECT 1 FROM document WHERE id = ?1", &[id.as_str().into()])?.is_none() {
                tell(id, 0, Fault::Correction { number: *number, why: format!("`{id}` is missing") });
            }
        }
        match select(transaction, "WHERE number = ?1", &[(*number).into()]) {
            Ok(_) => {}
            Err(StoreError::Damaged { why, .. }) => {
                tell(document, 0, Fault::Correction { number: *number, why });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(numbers.len() as u64)
}

/// Whether each version is what was written.
fn versions(transaction: &mut Transaction<'_>, tell: &mut Tell<'_>) -> Result<u64, StoreError> {
    let columns: Vec<String> = DOCUMENT.columns.iter().map(|(name, _)| format!("d.{name}")).collect();
    let sql = format!(
        "SELECT v.version, v.hash, v.text, v.page, v.metadata, v.record, {} \
         FROM version v JOIN document d ON d.doc = v.doc ORDER BY v.doc, v.version",
        columns.join(", ")
    );
    let mut versions = 0;
    transaction.each(&sql, &[], |row| {
        versions += 1;
        version(row, tell)
    })?;
    Ok(versions)
}

fn version(mut row: Row, tell: &mut Tell<'_>) -> Result<(), StoreError> {
    let number: i64 = row.take(0)?;
    let hash: String = row.take(1)?;
    let text: String = row.take(2)?;
    let page: Option<Vec<u8>> = row.take(3)?;
    let metadata: String = row.take(4)?;
    let json: String = row.take(5)?;
    let columns: Vec<Cell> = row.rest(6);
    let id = match columns.get(1) {
        Some(Cell::Text(id)) => id.clone(),
        _ => String::new(),
    };
    match serde_json::from_str::<Metadata>(&metadata) {
        Ok(metadata) if metadata.hash(&text, page.as_deref()) == hash => {}
        Ok(_) => tell(&id, number, Fault::Hash),
        Err(error) => tell(&id, number, Fault::Unreadable(error.to_string())),
    }
    let parsed = record(text, &json, "").and_then(|record| {
        let value = serde_json::from_str::<Value>(&json).map_err(|error| StoreError::Derive(error.into()))?;
        Ok((record, value))
    });
    let (record, value) = match parsed {
        Ok(parsed) => parsed,
        Err(StoreError::Damaged { why, .. }) => {
            tell(&id, number, Fault::Unreadable(why));
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let chars: Vec<char> = record.document.text.chars().collect();
    places(&value, &chars, &mut |words| tell(&id, number, Fault::Place(words)));
    if columns.get(2) == Some(&Cell::Int(number)) {
        let of = |index: usize| match columns.get(index) {
            Some(Cell::Int(value)) => *value,
            _ => 0,
        };
        let mut expected = document_values(of(0), number, of(12), &hash, &record);
        // Whether it is removed is no matter of the record.
        expected.truncate(DOCUMENT.columns.len() - 1);
        for (((name, _), said), is) in DOCUMENT.columns.iter().zip(&expected).zip(&columns) {
            if said != is {
                tell(&id, number, Fault::Column(name));
            }
        }
    }
    Ok(())
}

/// Calls `tell` with each passage of a record that does not stand in the text.
fn places(value: &Value, chars: &[char], tell: &mut dyn FnMut(String)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| places(item, chars, tell)),
        Value::Object(fields) => {
            let offset =
                |name| fields.get(name).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
            if let (Some(start), Some(end)) = (offset("start"), offset("end")) {
                let words = chars.get(start..end).map(|words| words.iter().collect::<String>());
                let said = fields.get("text").and_then(Value::as_str);
                match words {
                    None => tell(said.map_or_else(|| format!("{start}..{end}"), str::to_owned)),
                    Some(words) => {
                        if let Some(said) = said.filter(|said| *said != words) {
                            tell(said.to_owned());
                        }
                    }
                }
            }
            fields.values().for_each(|field| places(field, chars, tell));
        }
        _ => {}
    }
}
