//! A whole store as JSON Lines, and back: a line that says what it is, a line a document with all its versions, a line
//! a correction, and a line that says that nothing is missing.

use crate::correct::Correction;
use crate::corrections::{
    self, documents_of, effective, insert, next_number, of_documents, rewrite, set_reverted,
};
use crate::derive::Derive;
use crate::entry::Metadata;
use crate::error::StoreError;
use crate::schema::MIGRATIONS;
use crate::sql::Transaction;
use crate::store::{Store, VERSION, document_values, greatest, record, write_documents};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::io::{BufRead, Write};

/// Documents written in one transaction.
const BATCH: usize = 256;

/// Bytes of lines written in one transaction; one document may be longer.
const BATCH_BYTES: usize = 16 << 20;

/// Documents read at a time.
const PAGE: i64 = 64;

/// A line of a dump.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Line {
    Store(Head),
    Document(Document),
    Correction(Box<Corrected>),
    End(Tail),
}

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    format: i64,
    program: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Tail {
    documents: u64,
}

/// A correction on a line: its own `kind` is that of its item.
#[derive(Debug, Serialize, Deserialize)]
struct Corrected {
    correction: Correction,
}

impl Line {
    /// Reads a line: first what it is, then the rest, because raw JSON cannot be read out of a tagged enum.
    fn read(text: &str) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct Tag {
            kind: String,
        }
        let Tag { kind } = serde_json::from_str(text)?;
        match kind.as_str() {
            "store" => serde_json::from_str(text).map(Line::Store),
            "document" => serde_json::from_str(text).map(Line::Document),
            "correction" => serde_json::from_str(text).map(Line::Correction),
            "end" => serde_json::from_str(text).map(Line::End),
            _ => Err(serde::de::Error::custom(format!("`{kind}` is no line of a dump"))),
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Document {
    id: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    removed: bool,
    /// From the first; the last is the current one.
    versions: Vec<Version>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Version {
    hash: String,
    coder: String,
    text: String,
    /// The page that the text was taken from, in Base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    metadata: Box<RawValue>,
    /// Without its text.
    record: Box<RawValue>,
}

/// What became of the documents of a dump.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Documents that the store did not have.
    pub new: u64,
    /// Documents of which the store had only the first versions.
    pub changed: u64,
    /// Documents of which the store had every version.
    pub unchanged: u64,
    /// Identifiers of documents that the store has with other versions; they stay as they are.
    pub conflicts: Vec<String>,
}

impl Store {
    /// Writes everything as JSON Lines, as it stands at one moment, and tells how many documents there are. The same
    /// documents with the same versions give the same bytes, whichever database holds them.
    ///
    /// # Errors
    /// When the database fails, or the lines cannot be written.
    pub fn dump(&mut self, out: &mut impl Write) -> Result<u64, StoreError> {
        write_line(
            out,
            &Line::Store(Head {
                format: MIGRATIONS.len() as i64,
                program: env!("CARGO_PKG_VERSION").to_owned(),
            }),
        )?;
        let documents = self.connection().read(|transaction| {
            let mut after = 0;
            let mut documents = 0;
            loop {
                let page = page(transaction, after)?;
                let Some((last, _)) = page.last() else { return Ok(documents) };
                after = *last;
                for (_, document) in page {
                    write_line(out, &Line::Document(document))?;
                    documents += 1;
                }
            }
        })?;
        for correction in corrections::select(self.connection(), "ORDER BY number", &[])? {
            write_line(out, &Line::Correction(Box::new(Corrected { correction })))?;
        }
        write_line(out, &Line::End(Tail { documents }))?;
        out.flush()?;
        Ok(documents)
    }

    /// Takes in what [`Store::dump`] wrote. Documents that the store has with the same versions, or with more, stay
    /// as they are; those of which it has the first versions get the others; those that it has with different ones
    /// are told as conflicts. Loading twice is loading once.
    ///
    /// # Errors
    /// When the dump is damaged or cut short, or the database or what is derived fails. What was committed before
    /// stays, and loading the whole dump goes on from there.
    pub fn load(&mut self, input: &mut impl BufRead, derive: &mut dyn Derive) -> Result<Loaded, StoreError> {
        let mut loaded = Loaded::default();
        let mut batch: Vec<(usize, Document)> = Vec::new();
        let (mut bytes, mut number, mut read) = (0, 0, 0);
        let mut begun = false;
        let mut corrections: Vec<Correction> = Vec::new();
        let mut text = String::new();
        loop {
            text.clear();
            number += 1;
            let fail = |why: String| StoreError::Dump { line: number, why };
            let line = match input.read_line(&mut text) {
                Ok(0) => return Err(fail("it ends before its end; what came before was loaded".to_owned())),
                Ok(_) => Line::read(&text).map_err(|error| fail(error.to_string()))?,
                Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                    return Err(fail(error.to_string()));
                }
                Err(error) => return Err(error.into()),
            };
            match line {
                Line::Store(Head { format, program }) => {
                    let known = MIGRATIONS.len() as i64;
                    if format > known {
                        return Err(StoreError::Newer {
                            place: "the dump".to_owned(),
                            found: format,
                            known,
                            program,
                        });
                    }
                    begun = true;
                }
                _ if !begun => return Err(fail("it is not the beginning of a dump".to_owned())),
                Line::Document(document) => {
                    read += 1;
                    bytes += text.len();
                    batch.push((number, document));
                    if batch.len() >= BATCH || bytes >= BATCH_BYTES {
                        self.load_batch(&batch, derive, &mut loaded)?;
                        batch.clear();
                        bytes = 0;
                    }
                }
                Line::Correction(correction) => corrections.push(correction.correction),
                Line::End(Tail { documents }) => {
                    self.load_batch(&batch, derive, &mut loaded)?;
                    self.connection()
                        .write(|transaction| load_corrections(transaction, &corrections, derive))?;
                    if documents != read {
                        return Err(fail(format!("it has {read} documents, and says {documents}")));
                    }
                    return Ok(loaded);
                }
            }
        }
    }

    fn load_batch(
        &mut self,
        batch: &[(usize, Document)],
        derive: &mut dyn Derive,
        loaded: &mut Loaded,
    ) -> Result<(), StoreError> {
        let mut seen = std::collections::HashSet::new();
        for (line, document) in batch {
            if !seen.insert(document.id.as_str()) {
                return Err(StoreError::Dump { line: *line, why: format!("`{}` comes twice", document.id) });
            }
        }
        let found = self.connection().write(|transaction| load(transaction, batch, derive))?;
        loaded.new += found.new;
        loaded.changed += found.changed;
        loaded.unchanged += found.unchanged;
        loaded.conflicts.extend(found.conflicts);
        Ok(())
    }
}

fn write_line(out: &mut impl Write, line: &Line) -> Result<(), StoreError> {
    serde_json::to_writer(&mut *out, line).map_err(std::io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}

/// The next documents after a key, with their keys.
fn page(transaction: &mut Transaction<'_>, after: i64) -> Result<Vec<(i64, Document)>, StoreError> {
    let place = transaction.place().to_owned();
    let sql = "SELECT d.doc, d.id, d.removed, v.hash, v.coder, v.text, v.page, v.metadata, v.record \
         FROM (SELECT doc, id, removed FROM document WHERE doc > ?1 ORDER BY doc LIMIT ?2) d \
         JOIN version v ON v.doc = d.doc ORDER BY d.doc, v.version";
    let mut documents: Vec<(i64, Document)> = Vec::new();
    for mut row in transaction.query(sql, &[after.into(), PAGE.into()])? {
        let (doc, id, removed) = (row.take(0)?, row.take::<String>(1)?, row.take(2)?);
        let raw = |json: String| {
            RawValue::from_string(json).map_err(|error| StoreError::Damaged {
                place: place.clone(),
                what: id.clone(),
                why: error.to_string(),
            })
        };
        let version = Version {
            hash: row.take(3)?,
            coder: row.take(4)?,
            text: row.take(5)?,
            page: row.take::<Option<Vec<u8>>>(6)?.map(|page| BASE64.encode(page)),
            metadata: raw(row.take(7)?)?,
            record: raw(row.take(8)?)?,
        };
        match documents.last_mut() {
            Some((last, document)) if *last == doc => document.versions.push(version),
            _ => documents.push((doc, Document { id, removed, versions: vec![version] })),
        }
    }
    Ok(documents)
}

/// Takes in corrections. One that is there already but for its number is not taken twice; that it was taken back is.
fn load_corrections(
    transaction: &mut Transaction<'_>,
    given: &[Correction],
    derive: &mut dyn Derive,
) -> Result<(), StoreError> {
    let ids: Vec<String> = given.iter().flat_map(documents_of).collect();
    let known = of_documents(transaction, &ids)?;
    let mut next = next_number(transaction)?;
    let (mut new, mut reverted) = (Vec::new(), Vec::new());
    for correction in given {
        let alike = |other: &&Correction| {
            let numbered = Correction {
                number: correction.number,
                reverted: correction.reverted.clone(),
                ..(*other).clone()
            };
            numbered == *correction
        };
        match known.get(&correction.document).into_iter().flatten().find(alike) {
            None => {
                new.push(Correction { number: next, ..correction.clone() });
                next += 1;
            }
            Some(known) => {
                if let (None, Some(by)) = (&known.reverted, &correction.reverted) {
                    reverted.push((known.number, by.clone(), documents_of(known)));
                }
            }
        }
    }
    let touched: Vec<String> = new
        .iter()
        .flat_map(documents_of)
        .chain(reverted.iter().flat_map(|(_, _, documents)| documents.iter().cloned()))
        .collect();
    if touched.is_empty() {
        return Ok(());
    }
    rewrite(transaction, &touched, derive, |transaction| {
        for (number, by, _) in &reverted {
            set_reverted(transaction, *number, by)?;
        }
        new.iter().try_for_each(|correction| insert(transaction, correction))
    })
}

fn load(
    transaction: &mut Transaction<'_>,
    batch: &[(usize, Document)],
    derive: &mut dyn Derive,
) -> Result<Loaded, StoreError> {
    let ids: Vec<String> = batch.iter().map(|(_, document)| document.id.clone()).collect();
    let sql = "SELECT d.id, d.doc, v.hash FROM document d JOIN version v ON v.doc = d.doc \
         WHERE d.id IN {texts ?1} ORDER BY d.doc, v.version";
    let mut known: HashMap<String, (i64, Vec<String>)> = HashMap::new();
    for mut row in transaction.query(sql, &[ids.clone().into()])? {
        let doc = row.take(1)?;
        known.entry(row.take(0)?).or_insert((doc, Vec::new())).1.push(row.take(2)?);
    }
    let (mut doc, mut sequence) = (greatest(transaction, "doc")?, greatest(transaction, "sequence")?);
    let mut loaded = Loaded::default();
    let (mut new, mut changed, mut versions) = (Vec::new(), Vec::new(), Vec::new());
    let mut written = Vec::new();
    for (line, document) in batch {
        let fail = |why: String| StoreError::Dump { line: *line, why };
        let Some(current) = document.versions.last() else {
            return Err(fail(format!("`{}` has no version", document.id)));
        };
        let have = known.get(&document.id).map_or(&[][..], |(_, hashes)| hashes.as_slice());
        let alike = have.iter().zip(&document.versions).all(|(hash, version)| *hash == version.hash);
        if !alike {
            loaded.conflicts.push(document.id.clone());
            continue;
        }
        if have.len() >= document.versions.len() {
            loaded.unchanged += 1;
            continue;
        }
        let key = known.get(&document.id).map_or_else(
            || {
                doc += 1;
                doc
            },
            |(doc, _)| *doc,
        );
        sequence += 1;
        for (index, version) in document.versions.iter().enumerate().skip(have.len()) {
            let page = version.page.as_ref().map(|page| BASE64.decode(page)).transpose();
            let page = page.map_err(|error| fail(format!("`{}`: its page: {error}", document.id)))?;
            let metadata: Metadata = serde_json::from_str(version.metadata.get())
                .map_err(|error| fail(format!("`{}`: its metadata: {error}", document.id)))?;
            if metadata.hash(&version.text, page.as_deref()) != version.hash {
                return Err(fail(format!("`{}` is not what was written", document.id)));
            }
            versions.push(vec![
                key.into(),
                (index as i64 + 1).into(),
                version.hash.as_str().into(),
                version.text.as_str().into(),
                page.into(),
                version.metadata.get().into(),
                version.record.get().into(),
                version.coder.as_str().into(),
            ]);
        }
        let parsed = |version: &Version| {
            record(version.text.clone(), version.record.get(), "the dump")
                .map_err(|error| fail(error.to_string()))
        };
        let now = parsed(current)?;
        if now.document.id != document.id {
            return Err(fail(format!("`{}` holds the record of `{}`", document.id, now.document.id)));
        }
        let old = have.len().checked_sub(1).and_then(|last| document.versions.get(last));
        let old = old.map(parsed).transpose()?;
        let mut values = document_values(key, document.versions.len() as i64, sequence, &current.hash, &now);
        if let Some(removed) = values.last_mut() {
            *removed = document.removed.into();
        }
        if have.is_empty() {
            loaded.new += 1;
            new.push(values);
        } else {
            loaded.changed += 1;
            changed.push(values);
        }
        if !document.removed {
            written.push((key, old, now));
        }
    }
    write_documents(transaction, &new, &changed)?;
    transaction.insert(&VERSION, "", &versions)?;
    let corrections = of_documents(transaction, &ids)?;
    derive.begin(transaction)?;
    for (doc, old, now) in written {
        let of = corrections.get(&now.document.id);
        let old = old.map(|old| effective(old, of));
        derive.document(transaction, doc, old.as_ref(), &effective(now, of))?;
    }
    derive.finish(transaction)?;
    Ok(loaded)
}
