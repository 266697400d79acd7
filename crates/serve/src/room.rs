//! What all requests share.

use crate::cache::Cache;
use crate::desk::Desk;
use crate::readers::Readers;
use entente_account::Words;
use entente_base::Lexicon;
use entente_event::Coder;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// How the room is opened.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The store: the path of an SQLite file, or the address of a PostgreSQL database.
    pub db: String,
    /// Folder of the search index.
    pub index: Option<PathBuf>,
    /// Connections to the store at a time; without a number, two for each processor.
    pub readers: Option<NonZeroUsize>,
    /// Whether only requests to this machine's own names are answered.
    pub loopback: bool,
    /// What whoever edits must show; without one, nothing can be edited.
    pub token: Option<String>,
    /// What names in searches and codes in corrections are read by; without one, the lexicon compiled in.
    pub lexicon: Option<Lexicon>,
}

/// What all requests share.
pub struct Room {
    pub(crate) words: Words,
    pub(crate) coder: &'static Coder,
    pub(crate) readers: Readers,
    pub(crate) cache: Cache,
    pub(crate) desk: Desk,
    pub(crate) options: Options,
}

impl Room {
    /// A room over a store. Names and labels are those of `words`; names of states are read by `coder`.
    pub fn new(options: Options, words: Words, coder: &'static Coder) -> Self {
        let processors = std::thread::available_parallelism().map_or(2, NonZeroUsize::get);
        let readers = options.readers.map_or(processors * 2, NonZeroUsize::get);
        Self {
            words,
            coder,
            readers: Readers::new(options.db.clone(), readers),
            cache: Cache::default(),
            desk: Desk::new(options.lexicon.clone().unwrap_or_else(Lexicon::built_in)),
            options,
        }
    }

    /// The codes that a name stands for: of states, of a pair such as 中露, or of a body.
    pub(crate) fn codes(&self, name: &str) -> Vec<String> {
        let names = self.coder.names();
        let codes = names.codes(name);
        if codes.is_empty() { names.body(name).map(str::to_owned).into_iter().collect() } else { codes }
    }
}

impl Room {
    /// The store as the command takes it, without what nobody else should see.
    pub(crate) fn shown_db(&self) -> String {
        match self.options.db.split_once("://") {
            Some((scheme, _)) => format!("{scheme}://…"),
            None => self.options.db.clone(),
        }
    }
}
