//! Why a command ends before its time.

use entente_account::Lang;
use entente_base::LexiconError;
use entente_event::CoderError;
use entente_render::RenderError;
use entente_search::IndexError;
use entente_store::StoreError;
use std::io;

/// Why a command ends before its time.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stop {
    /// The arguments make no sense together.
    #[error("{message}\n  help: {help}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What would mend it.
        help: String,
    },
    /// Whoever reads the output went away; nothing to say.
    #[error("the reader of the output went away")]
    Pipe,
    /// The output could not be written.
    #[error(
        "the output cannot be written: {0}\n  help: see whether there is room, and whether the place may be written to"
    )]
    Output(io::Error),
    /// The lexicon is wrong.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// The coder cannot be made.
    #[error(transparent)]
    Coder(#[from] CoderError),
    /// The records or the dossier cannot be written in this form.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The search index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The threads cannot be started.
    #[error("the threads cannot be started: {0}\n  help: ask for fewer with --jobs")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Stop::Pipe,
            _ => Stop::Output(error),
        }
    }
}

impl Stop {
    /// What to tell the user.
    pub(crate) fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Stop::Output(error), Lang::Ja) => {
                format!("出力を書き込めません: {error}\n  help: 空き容量と書き込み権限を確かめてください")
            }
            (Stop::Threads(error), Lang::Ja) => {
                format!("スレッドを起動できません: {error}\n  help: --jobs で数を減らしてください")
            }
            (Stop::Store(error), _) => crate::db::explain(error, lang),
            _ => self.to_string(),
        }
    }
}
