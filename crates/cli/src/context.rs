//! What all commands share: the language, the lexicon, and how to speak to the user.

use crate::locale::pick;
use crate::stop::Stop;
use entente_account::{Lang, Words};
use entente_base::{Lexicon, LexiconError};
use entente_event::Coder;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How often the progress line is rewritten.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(200);

/// What all commands share.
pub(crate) struct Context {
    /// Language of what is said.
    pub(crate) lang: Lang,
    overlay: Option<PathBuf>,
    progress: Mutex<Progress>,
}

/// The progress line on standard error.
struct Progress {
    shown: bool,
    last: Option<Instant>,
    /// A bar in place of the line.
    bar: Option<ProgressBar>,
}

impl Context {
    pub(crate) fn new(lang: Lang, overlay: Option<PathBuf>) -> Self {
        Self { lang, overlay, progress: Mutex::new(Progress { shown: false, last: None, bar: None }) }
    }

    /// The built-in lexicon with the user's files laid over it.
    pub(crate) fn lexicon(&self) -> Result<Lexicon, LexiconError> {
        match &self.overlay {
            None => Ok(Lexicon::built_in()),
            Some(dir) => Ok(Lexicon::built_in().overlaid(Lexicon::from_dir(dir)?)),
        }
    }

    /// The folder that `--lexicon` names.
    pub(crate) fn overlay(&self) -> Option<&PathBuf> {
        self.overlay.as_ref()
    }

    /// The coder by the lexicon. It lives as long as the program: taking it apart at the end would only cost time.
    pub(crate) fn coder(&self, lexicon: &Lexicon) -> Result<&'static Coder, Stop> {
        Ok(Box::leak(Box::new(Coder::new(lexicon)?)))
    }

    /// The words of the account by the lexicon.
    pub(crate) fn words(&self, lexicon: &Lexicon) -> Result<Words, Stop> {
        Ok(Words::load(lexicon)?)
    }

    /// Says an error, with its help on a line of its own.
    pub(crate) fn report(&self, text: &str) {
        let text = match self.lang {
            Lang::Ja => text.replace("\n  help: ", "\n  ヒント: "),
            Lang::En => text.to_owned(),
        };
        self.say(&format!("\x1b[1;31m{}\x1b[0m {text}", pick(self.lang, "エラー:", "error:")));
    }

    /// Says something that is no error on standard error.
    pub(crate) fn say(&self, text: &str) {
        self.clear_progress();
        // Where standard error is gone, nobody is left to be told.
        let say = || {
            let _ = writeln!(anstream::stderr().lock(), "{text}");
        };
        match self.bar() {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }

    fn bar(&self) -> Option<ProgressBar> {
        self.progress.lock().ok()?.bar.clone()
    }

    /// Shows a bar on a terminal, with rate and remaining time where `count` tells how many documents there are.
    pub(crate) fn begin(&self, count: impl FnOnce() -> Option<u64>) {
        if !std::io::stderr().is_terminal() {
            return;
        }
        let count = count();
        let template = match (count, self.lang) {
            (Some(_), Lang::Ja) => "{bar:32} {pos}/{len} 件  {per_sec}  残り {eta}",
            (Some(_), Lang::En) => "{bar:32} {pos}/{len} documents  {per_sec}  {eta} left",
            (None, Lang::Ja) => "{pos} 件  {per_sec}",
            (None, Lang::En) => "{pos} documents  {per_sec}",
        };
        let bar = count.map_or_else(ProgressBar::no_length, ProgressBar::new);
        if let (Ok(style), Ok(mut progress)) = (ProgressStyle::with_template(template), self.progress.lock())
        {
            progress.bar = Some(bar.with_style(style));
        }
    }

    /// Moves the bar on by some documents.
    pub(crate) fn advance(&self, documents: usize) {
        if let Some(bar) = self.bar() {
            bar.inc(documents as u64);
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Ok(mut progress) = self.progress.lock()
            && let Some(bar) = progress.bar.take()
        {
            bar.finish_and_clear();
        }
    }

    /// Shows how many documents are done, on a terminal that the output does not go to.
    pub(crate) fn progress(&self, documents: usize) {
        if !std::io::stderr().is_terminal() || std::io::stdout().is_terminal() {
            return;
        }
        let Ok(mut progress) = self.progress.lock() else { return };
        if progress.bar.is_some() {
            return;
        }
        let now = Instant::now();
        if progress.last.is_some_and(|last| now.duration_since(last) < PROGRESS_INTERVAL) {
            return;
        }
        let _ = match self.lang {
            Lang::Ja => write!(std::io::stderr(), "\r{documents} 件"),
            Lang::En => write!(std::io::stderr(), "\r{documents} documents"),
        };
        progress.last = Some(now);
        progress.shown = true;
    }

    /// Takes the progress line away.
    pub(crate) fn clear_progress(&self) {
        if let Ok(mut progress) = self.progress.lock()
            && progress.shown
        {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
            progress.shown = false;
            progress.last = None;
        }
    }
}
