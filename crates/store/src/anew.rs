//! What is derived of the records, made anew from them.

use crate::corrections::{effective, of_documents};
use crate::derive::Derive;
use crate::error::StoreError;
use crate::sql::Value;
use crate::store::{Store, record};

/// Documents of one transaction.
const BATCH: i64 = 1024;

/// The tables of what is derived.
const DERIVED: &[&str] = &[
    "digest",
    "signature",
    "band",
    "fresh_band",
    "copy",
    "about",
    "event",
    "report",
    "bucket",
    "rare",
    "link",
    "joined",
    "involved",
    "why",
    "figure",
    "figure_of",
    "forced",
];

impl Store {
    /// Whether what is derived of the records is of an older form: see [`Store::derive_anew`].
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_stale(&mut self) -> Result<bool, StoreError> {
        Ok(self.connection().first("SELECT 1 FROM meta WHERE key = 'stale'", &[])?.is_some())
    }

    /// Makes anew whatever is derived of the records, and tells after each batch how many documents were read. Where it
    /// is broken off, the store stays stale, and it begins again.
    ///
    /// # Errors
    /// When the database cannot be read or written, or a record in it is damaged.
    pub fn derive_anew(
        &mut self,
        derive: &mut impl Derive,
        mut progress: impl FnMut(usize),
    ) -> Result<(), StoreError> {
        let place = self.place().to_owned();
        self.connection().write(|transaction| {
            for table in DERIVED {
                transaction.execute(&format!("DELETE FROM {table}"), &[])?;
            }
            Ok(())
        })?;
        // What another writer adds meanwhile is derived by that one.
        let mut after: i64 = -1;
        loop {
            let (last, count) = self.connection().write(|transaction| {
                let sql = "SELECT d.doc, v.text, v.record FROM document d \
                     JOIN version v ON v.doc = d.doc AND v.version = d.version \
                     WHERE d.doc > ?1 AND d.removed + 0 = 0 \
                     AND NOT EXISTS (SELECT 1 FROM digest g WHERE g.doc = d.doc) ORDER BY d.doc LIMIT ?2";
                let mut records = Vec::new();
                for mut row in transaction.query(sql, &[after.into(), BATCH.into()])? {
                    let doc: i64 = row.take(0)?;
                    records.push((doc, record(row.take(1)?, &row.take::<String>(2)?, &place)?));
                }
                let ids: Vec<String> = records.iter().map(|(_, record)| record.document.id.clone()).collect();
                let corrections = of_documents(transaction, &ids)?;
                let (last, count) = (records.last().map(|(doc, _)| *doc), records.len());
                derive.begin(transaction)?;
                for (doc, record) in records {
                    let of = corrections.get(&record.document.id);
                    derive.document(transaction, doc, None, &effective(record, of))?;
                }
                derive.finish(transaction)?;
                Ok((last, count))
            })?;
            let Some(last) = last else { break };
            after = last;
            progress(count);
        }
        let none: &[Value] = &[];
        self.connection()
            .write(|transaction| transaction.execute("DELETE FROM meta WHERE key = 'stale'", none))?;
        Ok(())
    }
}
