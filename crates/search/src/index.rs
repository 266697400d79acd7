//! The folder of the index: opened, written, made anew.

use crate::names::Names;
use crate::query::Days;
use crate::unit::Units;
use entente_base::Edtf;
use entente_base::record::EventType;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use tantivy::directory::error::{OpenDirectoryError, OpenReadError};
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term};

/// Form of the folder; grows whenever documents are indexed in another way.
const FORMAT: u32 = 1;

/// Memory of the writer, in bytes.
const WRITER_BYTES: usize = 60_000_000;

/// Blocks of stored fields that a reader keeps unpacked.
const BLOCKS: usize = 16;

const PAIRS: &str = "pairs";
const CHARACTERS: &str = "characters";

/// A document as it is searched for. Its text is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Identifier; a document of the same one is replaced.
    pub id: String,
    /// Title.
    pub title: Option<String>,
    /// Text as read.
    pub text: String,
    /// Date of publication.
    pub published: Option<Edtf>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Language of the text, as BCP 47 writes it: `ja`.
    pub lang: Option<String>,
    /// ISO 3166-1 alpha-3 codes of the states it is about.
    pub states: Vec<String>,
    /// Whom it names.
    pub entities: Vec<Entity>,
    /// Types of its events.
    pub types: Vec<EventType>,
    /// Domains of its events.
    pub domains: Vec<String>,
    /// Names of those who speak in it.
    pub speakers: Vec<String>,
}

/// Someone or something that a document names; it is found by each of its names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entity {
    /// Usual name.
    pub name: String,
    /// Usual name in English.
    pub name_en: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
}

/// Something wrong with the folder of the index; says which, and what would help.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no folder, or nothing in it.
    #[error("{}: there is no search index\n  help: run `entente db reindex`", dir.display())]
    Missing {
        /// The folder.
        dir: PathBuf,
    },
    /// The folder holds something else.
    #[error("{}: this is not a search index of Entente\n  help: run `entente db reindex`; where the folder holds files of your own, move them away first", dir.display())]
    Foreign {
        /// The folder.
        dir: PathBuf,
    },
    /// The index was written by another version.
    #[error("{}: the search index has another form than this version reads\n  help: run `entente db reindex`", dir.display())]
    Format {
        /// The folder.
        dir: PathBuf,
    },
    /// Files of the index are damaged or missing.
    #[error("{}: the search index is damaged: {message}\n  help: run `entente db reindex`", dir.display())]
    Damaged {
        /// The folder.
        dir: PathBuf,
        /// What was found.
        message: String,
    },
    /// Another process writes to it.
    #[error("{}: another process is writing to the search index\n  help: wait for it to end, then try again", dir.display())]
    Locked {
        /// The folder.
        dir: PathBuf,
    },
    /// The system refused.
    #[error("{}: {message}\n  help: see whether the folder may be read and written and the disk has room", dir.display())]
    Io {
        /// The folder.
        dir: PathBuf,
        /// What the system says.
        message: String,
    },
}

impl IndexError {
    fn new(dir: &Path, error: TantivyError) -> Self {
        let dir = dir.to_owned();
        let message = error.to_string();
        match error {
            TantivyError::OpenDirectoryError(OpenDirectoryError::DoesNotExist(_)) => Self::Missing { dir },
            TantivyError::IncompatibleIndex(_)
            | TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_)) => Self::Format { dir },
            TantivyError::LockFailure(..) => Self::Locked { dir },
            TantivyError::IoError(cause)
            | TantivyError::OpenReadError(OpenReadError::IoError { io_error: cause, .. })
                if !matches!(cause.kind(), ErrorKind::UnexpectedEof | ErrorKind::InvalidData) =>
            {
                Self::Io { dir, message }
            }
            TantivyError::OpenDirectoryError(_)
            | TantivyError::OpenWriteError(_)
            | TantivyError::SystemError(_) => Self::Io { dir, message },
            _ => Self::Damaged { dir, message },
        }
    }

    fn io(dir: &Path, error: &std::io::Error) -> Self {
        Self::Io { dir: dir.to_owned(), message: error.to_string() }
    }
}

/// What a commit says of itself.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Payload {
    /// [`FORMAT`] of the folder.
    entente_search: u32,
    generation: u64,
}

/// The fields of the index.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    pub(crate) id: Field,
    pub(crate) title: Field,
    pub(crate) text: Field,
    /// Names of entities.
    pub(crate) entity: Field,
    pub(crate) speaker: Field,
    /// Each character of title and text.
    pub(crate) character: Field,
    pub(crate) state: Field,
    pub(crate) kind: Field,
    pub(crate) domain: Field,
    pub(crate) lang: Field,
    pub(crate) publisher: Field,
    pub(crate) published: Field,
    /// First and last day of publication.
    pub(crate) first: Field,
    pub(crate) last: Field,
    schema: Schema,
}

/// Names of the fields whose values are counted or ordered by.
pub(crate) mod column {
    pub(crate) const ID: &str = "id";
    pub(crate) const STATE: &str = "state";
    pub(crate) const TYPE: &str = "type";
    pub(crate) const PUBLISHER: &str = "publisher";
    pub(crate) const FIRST: &str = "first";
}

impl Fields {
    fn new() -> Self {
        let indexing = |tokenizer: &str, option, norms| {
            let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
            TextOptions::default().set_indexing_options(indexing.set_fieldnorms(norms))
        };
        let words = || indexing(PAIRS, IndexRecordOption::WithFreqsAndPositions, true);
        let code = || indexing("raw", IndexRecordOption::Basic, false);
        let day = || NumericOptions::default().set_fast();
        let mut schema = Schema::builder();
        Self {
            id: schema.add_text_field(column::ID, code().set_fast("raw").set_stored()),
            title: schema.add_text_field("title", words().set_stored()),
            text: schema.add_text_field("text", words()),
            entity: schema.add_text_field("entity", words()),
            speaker: schema.add_text_field("speaker", words()),
            character: schema
                .add_text_field("character", indexing(CHARACTERS, IndexRecordOption::Basic, false)),
            state: schema.add_text_field(column::STATE, code().set_fast("raw")),
            kind: schema.add_text_field(column::TYPE, code().set_fast("raw")),
            domain: schema.add_text_field("domain", code()),
            lang: schema.add_text_field("lang", code()),
            publisher: schema.add_text_field(column::PUBLISHER, words().set_fast("raw").set_stored()),
            published: schema.add_text_field("published", STORED),
            first: schema.add_i64_field(column::FIRST, day()),
            last: schema.add_i64_field("last", day()),
            schema: schema.build(),
        }
    }

    fn document(&self, given: &Document) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        let mut add = |field: Field, values: &[&str]| {
            for value in values {
                document.add_text(field, value);
            }
        };
        add(self.id, &[&given.id]);
        add(self.text, &[&given.text]);
        add(self.character, &[&given.text]);
        if let Some(title) = &given.title {
            add(self.title, &[title]);
            add(self.character, &[title]);
        }
        if let Some(publisher) = &given.publisher {
            add(self.publisher, &[publisher]);
        }
        if let Some(lang) = &given.lang {
            add(self.lang, &[&lang.to_lowercase()]);
        }
        for entity in &given.entities {
            let aliases = entity.aliases.iter().map(String::as_str);
            let names: Vec<&str> =
                [entity.name.as_str()].into_iter().chain(entity.name_en.as_deref()).chain(aliases).collect();
            add(self.entity, &names);
        }
        for speaker in &given.speakers {
            add(self.speaker, &[speaker]);
        }
        add(self.state, &once(given.states.iter().map(String::as_str).collect()));
        add(self.kind, &once(given.types.iter().map(|kind| kind.name()).collect()));
        add(self.domain, &once(given.domains.iter().map(String::as_str).collect()));
        if let Some(published) = &given.published {
            add(self.published, &[&published.to_string()]);
            let days = Days::of(published);
            if !days.is_open() {
                document.add_i64(self.first, days.first.unwrap_or(i64::MIN));
                document.add_i64(self.last, days.last.unwrap_or(i64::MAX));
            }
        }
        document
    }
}

/// The codes in order, each once.
fn once(mut codes: Vec<&str>) -> Vec<&str> {
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// A search index: a folder beside the database, which can be made anew from it at any time.
///
/// Any number of threads and processes may search it while one writes.
pub struct Index {
    dir: PathBuf,
    inner: tantivy::Index,
    pub(crate) reader: IndexReader,
    pub(crate) fields: Fields,
    names: Names,
}

impl Index {
    /// Makes an empty index, in place of the one that is there.
    ///
    /// # Errors
    /// When the folder holds other files, is being written to, or cannot be written.
    pub fn create(dir: &Path, names: Names) -> Result<Self, IndexError> {
        fs::create_dir_all(dir).map_err(|error| IndexError::io(dir, &error))?;
        let lock = MmapDirectory::open(dir)
            .map_err(TantivyError::from)
            .and_then(|folder| folder.acquire_lock(&INDEX_WRITER_LOCK).map_err(TantivyError::from))
            .map_err(|error| IndexError::new(dir, error))?;
        clear(dir)?;
        drop(lock);
        let fields = Fields::new();
        let inner = tantivy::Index::create_in_dir(dir, fields.schema.clone())
            .map_err(|error| IndexError::new(dir, error))?;
        register(&inner);
        let mut writer = writer(dir, &inner)?;
        commit(dir, &mut writer, 0)?;
        drop(writer);
        Self::with(dir, inner, fields, names)
    }

    /// Opens an index.
    ///
    /// # Errors
    /// When there is none, or the folder is another's, of another version or damaged. Damage within a file may
    /// show only in [`Index::verify`].
    pub fn open(dir: &Path, names: Names) -> Result<Self, IndexError> {
        if !dir.join("meta.json").is_file() {
            let lock = |entry: std::io::Result<fs::DirEntry>| {
                entry.is_ok_and(|entry| is_lock(&entry.file_name().to_string_lossy()))
            };
            let empty = fs::read_dir(dir).map_or(true, |mut entries| entries.all(lock));
            let dir = dir.to_owned();
            return Err(if empty { IndexError::Missing { dir } } else { IndexError::Foreign { dir } });
        }
        let inner = tantivy::Index::open_in_dir(dir).map_err(|error| IndexError::new(dir, error))?;
        let payload = payload(dir, &inner)?;
        let fields = Fields::new();
        if payload.entente_search != FORMAT || inner.schema() != fields.schema {
            return Err(IndexError::Format { dir: dir.to_owned() });
        }
        register(&inner);
        Self::with(dir, inner, fields, names)
    }

    fn with(dir: &Path, inner: tantivy::Index, fields: Fields, names: Names) -> Result<Self, IndexError> {
        let reader = inner
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(BLOCKS)
            .try_into()
            .map_err(|error| IndexError::new(dir, error))?;
        Ok(Self { dir: dir.to_owned(), inner, reader, fields, names })
    }

    /// The number that the caller gave with the last commit; 0 for a new index. Where it is not that of the
    /// database, the index is behind.
    ///
    /// # Errors
    /// When the folder can no longer be read.
    pub fn generation(&self) -> Result<u64, IndexError> {
        Ok(payload(&self.dir, &self.inner)?.generation)
    }

    /// Number of documents that a search sees.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether a search sees no document.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The names by which words are searched for.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Lets searches see what another process, or another [`Index`] of the same folder, has committed.
    ///
    /// # Errors
    /// When the folder can no longer be read.
    pub fn refresh(&self) -> Result<(), IndexError> {
        self.reader.reload().map_err(|error| self.error(error))
    }

    /// Reads every file and checks its sum.
    ///
    /// # Errors
    /// When a file is damaged or missing.
    pub fn verify(&self) -> Result<(), IndexError> {
        let damaged = self.inner.validate_checksum().map_err(|error| self.error(error))?;
        match damaged.iter().min() {
            None => Ok(()),
            Some(file) => Err(IndexError::Damaged {
                dir: self.dir.clone(),
                message: format!("the sum of {} is wrong", file.display()),
            }),
        }
    }

    /// Opens it for writing. One process writes at a time.
    ///
    /// # Errors
    /// When another writer is open, or the folder cannot be written.
    pub fn writer(&self) -> Result<Writer<'_>, IndexError> {
        Ok(Writer { inner: writer(&self.dir, &self.inner)?, index: self })
    }

    pub(crate) fn error(&self, error: TantivyError) -> IndexError {
        IndexError::new(&self.dir, error)
    }
}

/// Puts documents in and takes them out. What is not committed when it goes, or the program dies, is lost; what was
/// committed stays.
pub struct Writer<'a> {
    inner: IndexWriter,
    index: &'a Index,
}

impl Writer<'_> {
    /// Puts a document in, in place of one of the same id.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn put(&mut self, document: &Document) -> Result<(), IndexError> {
        self.remove(&document.id);
        let fields = &self.index.fields;
        self.inner.add_document(fields.document(document)).map_err(|error| self.index.error(error))?;
        Ok(())
    }

    /// Takes a document out, if it is there.
    pub fn remove(&mut self, id: &str) {
        self.inner.delete_term(Term::from_field_text(self.index.fields.id, id));
    }

    /// Takes all documents out.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn clear(&mut self) -> Result<(), IndexError> {
        self.inner.delete_all_documents().map(|_| ()).map_err(|error| self.index.error(error))
    }

    /// Makes all since the last commit last, and seen by searches of this [`Index`]. `generation` is the caller's
    /// number for this state of the database: see [`Index::generation`].
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn commit(&mut self, generation: u64) -> Result<(), IndexError> {
        commit(&self.index.dir, &mut self.inner, generation)?;
        self.index.refresh()
    }

    /// Waits until segments that are being merged are done, which makes searches quicker after many commits.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn finish(self) -> Result<(), IndexError> {
        let index = self.index;
        self.inner.wait_merging_threads().map_err(|error| index.error(error))?;
        index.refresh()
    }
}

fn register(index: &tantivy::Index) {
    index.tokenizers().register(PAIRS, Units::Pairs);
    index.tokenizers().register(CHARACTERS, Units::Characters);
}

/// One thread: where a document stands depends on nothing but the order of adding.
fn writer(dir: &Path, index: &tantivy::Index) -> Result<IndexWriter, IndexError> {
    index.writer_with_num_threads(1, WRITER_BYTES).map_err(|error| IndexError::new(dir, error))
}

fn commit(dir: &Path, writer: &mut IndexWriter, generation: u64) -> Result<(), IndexError> {
    let payload = Payload { entente_search: FORMAT, generation };
    let payload = serde_json::to_string(&payload)
        .map_err(|error| IndexError::Io { dir: dir.to_owned(), message: error.to_string() })?;
    let mut prepared = writer.prepare_commit().map_err(|error| IndexError::new(dir, error))?;
    prepared.set_payload(&payload);
    prepared.commit().map_err(|error| IndexError::new(dir, error))?;
    Ok(())
}

fn payload(dir: &Path, index: &tantivy::Index) -> Result<Payload, IndexError> {
    let metas = index.load_metas().map_err(|error| IndexError::new(dir, error))?;
    let payload = metas.payload.as_deref().and_then(|payload| serde_json::from_str(payload).ok());
    payload.ok_or_else(|| IndexError::Foreign { dir: dir.to_owned() })
}

fn is_lock(name: &str) -> bool {
    name.starts_with(".tantivy-")
}

/// Whether a file is one that an index is made of: a list, one half written, or a part named by 32 digits.
fn is_of_index(name: &str) -> bool {
    let part = || {
        let (stem, _) = name.split_once('.').unwrap_or_default();
        stem.len() == 32 && stem.chars().all(|c| c.is_ascii_hexdigit())
    };
    matches!(name, "meta.json" | ".managed.json") || name.starts_with(".tmp") || part()
}

/// Removes the files of an index; the list of segments first, so that no half of one is ever opened.
fn clear(dir: &Path) -> Result<(), IndexError> {
    let io = |error: std::io::Error| IndexError::io(dir, &error);
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).map_err(io)? {
        let entry = entry.map_err(io)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_lock(&name) {
            continue;
        }
        if !is_of_index(&name) || entry.path().is_dir() {
            return Err(IndexError::Foreign { dir: dir.to_owned() });
        }
        files.push((name != "meta.json", entry.path()));
    }
    files.sort();
    for (_, path) in files {
        fs::remove_file(path).map_err(io)?;
    }
    Ok(())
}
