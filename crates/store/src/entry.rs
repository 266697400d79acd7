//! A document and its record as they are written into a store.

use crate::error::StoreError;
use entente_account::{Digest, Signature, Words};
use entente_base::Lexicon;
use entente_base::record::Record;
use entente_text::Source;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// Longest identifier, in bytes: what an index of PostgreSQL bears.
const LONGEST_ID: usize = 2000;

/// Bytes of the hash of a lexicon that a coder's stamp shows.
const STAMP_BYTES: usize = 8;

/// What came beside the text of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Metadata {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) published: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) publisher: Option<String>,
    #[serde(default)]
    pub(crate) encoding: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) lang: Option<String>,
}

impl Metadata {
    fn of(source: &Source) -> Self {
        Self {
            title: source.title.clone(),
            published: source.published.clone(),
            url: source.url.clone(),
            publisher: source.publisher.clone(),
            encoding: source.encoding.clone(),
            lang: source.lang.clone(),
        }
    }

    /// The document as it was given, but for the page that its text was taken from.
    pub(crate) fn source(self, id: String, text: String) -> Source {
        Source {
            id,
            text,
            title: self.title,
            published: self.published,
            url: self.url,
            publisher: self.publisher,
            encoding: self.encoding,
            lang: self.lang,
            page: None,
        }
    }

    /// Hash of a document: the same text with the same metadata from the same page has the same, whatever its
    /// identifier. Fields that are not there leave no trace, so that new kinds of metadata change no older hash.
    pub(crate) fn hash(&self, text: &str, page: Option<&[u8]>) -> String {
        let mut hash = Sha256::new();
        let fields = [
            ("text", Some(text.as_bytes())),
            ("title", self.title.as_deref().map(str::as_bytes)),
            ("published", self.published.as_deref().map(str::as_bytes)),
            ("url", self.url.as_deref().map(str::as_bytes)),
            ("publisher", self.publisher.as_deref().map(str::as_bytes)),
            ("encoding", Some(self.encoding.as_bytes())),
            ("lang", self.lang.as_deref().map(str::as_bytes)),
            ("page", page),
        ];
        for (name, value) in fields {
            let Some(value) = value else { continue };
            hash.update(name.as_bytes());
            hash.update((value.len() as u64).to_le_bytes());
            hash.update(value);
        }
        hex(&hash.finalize())
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing into a string does not fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Hash of a document as given: text, metadata and page.
pub fn hash(source: &Source) -> String {
    Metadata::of(source).hash(&source.text, source.page.as_deref())
}

/// What a coder is known by: the version of the program, and a hash of its lexicon. Records of the same stamp come
/// from the same rules.
pub fn stamp(lexicon: &Lexicon) -> String {
    let mut hash = Sha256::new();
    for file in lexicon.files() {
        for part in [&file.path, &file.text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
    }
    let hash = hash.finalize();
    format!("{} {}", env!("CARGO_PKG_VERSION"), hex(hash.get(..STAMP_BYTES).unwrap_or(&hash)))
}

/// A document and its record, ready to be written. Making one is work that may be done in many threads.
#[derive(Debug, Clone)]
pub struct Entry {
    pub(crate) hash: String,
    pub(crate) page: Option<Arc<[u8]>>,
    pub(crate) metadata: String,
    /// The record with its text.
    pub(crate) record: Record,
    /// The record without its text.
    pub(crate) json: String,
    /// What the account needs of the record.
    pub(crate) made: Option<Arc<Made>>,
}

/// What the account needs of a record, made ahead.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) digest: Digest,
    pub(crate) signature: Option<Signature>,
}

impl Made {
    pub(crate) fn of(record: &Record, words: &Words) -> Self {
        Self { digest: Digest::new(record, words), signature: Signature::new(&record.document.text) }
    }
}

impl Entry {
    /// A document as given, with the record that a coder made of it.
    ///
    /// # Errors
    /// When the document cannot be kept: see [`acceptable`].
    pub fn new(source: &Source, mut record: Record) -> Result<Self, StoreError> {
        acceptable(source)?;
        let fail =
            |error: serde_json::Error| StoreError::Document { id: source.id.clone(), why: error.to_string() };
        let text = std::mem::take(&mut record.document.text);
        let json = serde_json::to_string(&record).map_err(fail)?;
        let metadata = serde_json::to_string(&Metadata::of(source)).map_err(fail)?;
        record.document.text = text;
        Ok(Self { hash: hash(source), page: source.page.clone(), metadata, record, json, made: None })
    }

    /// With what the account needs of the record, so that many threads may make it rather than the one that writes.
    pub fn digested(mut self, words: &Words) -> Self {
        self.made = Some(Arc::new(Made::of(&self.record, words)));
        self
    }

    /// Identifier of the document.
    pub fn id(&self) -> &str {
        &self.record.document.id
    }

    /// The record.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// About how many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.record.document.text.len() + self.json.len() + self.page.as_ref().map_or(0, |page| page.len())
    }
}

/// Whether a document can be kept: no identifier of more than 2,000 bytes, no NUL character anywhere, because not
/// every database has a place for them.
///
/// # Errors
/// Says which it is.
pub fn acceptable(source: &Source) -> Result<(), StoreError> {
    let fail =
        |why: &str| Err(StoreError::Document { id: source.id.replace('\0', "␀"), why: why.to_owned() });
    if source.id.len() > LONGEST_ID {
        return fail("its identifier is longer than 2,000 bytes");
    }
    let texts = [
        Some(&source.id),
        Some(&source.text),
        source.title.as_ref(),
        source.url.as_ref(),
        source.publisher.as_ref(),
    ];
    if texts.into_iter().flatten().any(|text| text.contains('\0')) {
        return fail("it holds a NUL character, which cannot be kept");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_part_of_a_document_changes_its_hash_and_the_identifier_does_not() {
        let source = Source {
            id: "a".to_owned(),
            text: "甲".to_owned(),
            title: None,
            published: None,
            url: None,
            publisher: None,
            encoding: "UTF-8".to_owned(),
            ..Source::default()
        };
        let changed: [fn(&mut Source); 8] = [
            |source| source.text = "乙".to_owned(),
            |source| source.title = Some(String::new()),
            |source| source.published = Some("2024".to_owned()),
            |source| source.url = Some("2024".to_owned()),
            |source| source.publisher = Some("2024".to_owned()),
            |source| source.encoding = "EUC-JP".to_owned(),
            |source| source.lang = Some("ja".to_owned()),
            |source| source.page = Some(Arc::from(&b"<p>"[..])),
        ];
        let mut hashes = std::collections::BTreeSet::from([hash(&source)]);
        for change in changed {
            let mut other = source.clone();
            change(&mut other);
            assert!(hashes.insert(hash(&other)), "{other:?}");
        }
        assert_eq!(hash(&Source { id: "b".to_owned(), ..source.clone() }), hash(&source));
    }
}
