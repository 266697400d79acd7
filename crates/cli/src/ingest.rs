//! `entente ingest`: documents into a store. What the store has as it is is not even coded.

use crate::args::IngestArgs;
use crate::context::Context;
use crate::input::{self, Documents};
use crate::stop::Stop;
use crate::{Outcome, code, db, search};
use entente_account::Lang;
use entente_event::Source;
use entente_store::{Entry, State, Store, StoreError, acceptable, hash, stamp};
use entente_text::{EXTENSIONS, SourceError};
use std::cell::RefCell;
use std::collections::hash_map::Entry as Slot;
use std::collections::{HashMap, VecDeque};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{channel, sync_channel};

/// Documents looked up at once.
const BATCH: usize = 256;

/// Bytes read before a look-up; one document may be longer.
const BATCH_BYTES: usize = 8 << 20;

/// Documents written in one transaction: many, since each rewrites pages all over the database.
const WRITTEN: usize = 2048;

/// Bytes written in one transaction; one document may be longer.
const WRITTEN_BYTES: usize = 16 << 20;

/// What became of the documents.
#[derive(Debug, Default)]
struct Tally {
    new: usize,
    changed: usize,
    unchanged: usize,
    /// Unreadable, or not fit to be kept, or told otherwise before.
    failed: usize,
    /// Handed to the coder; less than that came back where it failed.
    passed: usize,
}

impl Tally {
    fn count(&mut self, state: State) {
        match state {
            State::New => self.new += 1,
            State::Changed => self.changed += 1,
            State::Unchanged => self.unchanged += 1,
        }
    }
}

/// Takes documents into a store.
pub(crate) fn run(context: &Context, request: &IngestArgs) -> Result<Outcome, Stop> {
    let lexicon = context.lexicon()?;
    let stamp = stamp(&lexicon);
    let mut store = db::open(context, &request.store.db)?;
    // What is written is indexed, and taken into the file, beside the writing.
    let mut indexed = db::open(context, &request.store.db)?;
    store.write_much()?;
    let coder = context.coder(&lexicon)?;
    context.begin(|| count(&request.paths));
    let tally = RefCell::new(Tally::default());
    let broken = RefCell::new(None);
    let fresh = Fresh {
        context,
        documents: Documents::new(request.paths.iter().cloned(), request.published.clone()),
        store: db::open(context, &request.store.db)?,
        waiting: VecDeque::new(),
        seen: HashMap::new(),
        tally: &tally,
        broken: &broken,
    };
    let words = context.words(&lexicon)?;
    let written = std::thread::scope(|scope| -> Result<Vec<State>, Stop> {
        let (send, receive) = sync_channel::<Vec<Entry>>(1);
        let (sign, signs) = channel::<()>();
        let (store, indexed, words, lexicon) = (&mut store, &mut indexed, &words, &lexicon);
        // Writes one batch while the next is coded, and puts the one before into the index.
        let writer = scope.spawn(move || -> Result<Vec<State>, StoreError> {
            let mut derived = db::derived(words);
            let mut written = Vec::new();
            for batch in receive {
                written.extend(store.put(&batch, &stamp, &mut derived)?);
                context.advance(batch.len());
                // The index is gone only where it failed, and then tells why.
                let _ = sign.send(());
            }
            Ok(written)
        });
        let indexer = scope.spawn(move || search::follow(context, lexicon, indexed, &request.store, signs));
        let mut batch: Vec<Entry> = Vec::new();
        let mut bytes = 0;
        let make = |source: &Source, record| Entry::new(source, record).map(|entry| entry.digested(words));
        let coded = code::each(context, coder, fresh, request.jobs, make, |entry| {
            let entry = entry?;
            bytes += entry.bytes();
            batch.push(entry);
            if batch.len() < WRITTEN && bytes < WRITTEN_BYTES {
                return Ok(());
            }
            bytes = 0;
            // The writer is gone only where it failed, and then tells why.
            send.send(std::mem::take(&mut batch)).map_err(|_| Stop::Pipe)
        });
        if coded.is_ok() {
            let _ = send.send(batch);
        }
        drop(send);
        let written = match writer.join() {
            Ok(written) => written.map_err(Stop::Store).and_then(|written| coded.map(|_| written)),
            Err(panic) => std::panic::resume_unwind(panic),
        };
        let indexed = indexer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        written.and_then(|written| indexed.map(|()| written))
    })?;
    let coded = written.len();
    for state in written {
        tally.borrow_mut().count(state);
    }
    if let Some(error) = broken.into_inner() {
        return Err(Stop::Store(error));
    }
    context.finish();
    let Tally { new, changed, unchanged, failed, passed } = tally.into_inner();
    let failed = failed + passed - coded;
    let place = store.place().to_owned();
    context.say(&match context.lang {
        Lang::Ja => {
            format!("{place}: 新規 {new} 件、変更 {changed} 件、変わらず {unchanged} 件、失敗 {failed} 件")
        }
        Lang::En => format!("{place}: {new} new, {changed} changed, {unchanged} unchanged, {failed} failed"),
    });
    Ok(if failed == 0 { Outcome::Done } else { Outcome::Partial })
}

/// The documents that are to be coded: those that the store does not have as they are.
///
/// One identifier stands for one document: where it comes again with another content in one run, the first counts and
/// the other is told. So a run gives the same store whatever it found there, and the same run again changes nothing.
struct Fresh<'a> {
    context: &'a Context,
    documents: Documents,
    /// To look up with, beside the one that is written to.
    store: Store,
    waiting: VecDeque<Result<Source, SourceError>>,
    /// Hash of the content by identifier.
    seen: HashMap<String, String>,
    tally: &'a RefCell<Tally>,
    /// Why the store could not be asked; the documents end there.
    broken: &'a RefCell<Option<StoreError>>,
}

impl Fresh<'_> {
    /// Reads on, and lets those wait that are to be coded; `false` at the end.
    fn read(&mut self) -> Result<bool, StoreError> {
        let mut sources = Vec::new();
        let (mut bytes, mut count) = (0, 0);
        while sources.len() < BATCH && bytes < BATCH_BYTES {
            let Some(document) = self.documents.next() else { break };
            count += 1;
            match document {
                Ok(source) => {
                    bytes += source.text.len() + source.page.as_ref().map_or(0, |page| page.len());
                    if self.admit(&source) {
                        sources.push(source);
                    }
                }
                Err(error) => self.refuse(&input::explain(&error, self.context.lang)),
            }
        }
        let states = self.store.states(&sources)?;
        let mut tally = self.tally.borrow_mut();
        for (source, state) in sources.into_iter().zip(states) {
            if state == State::Unchanged {
                tally.count(state);
            } else {
                tally.passed += 1;
                self.waiting.push_back(Ok(source));
            }
        }
        drop(tally);
        self.context.advance(count - self.waiting.len());
        Ok(count > 0)
    }

    /// Whether a document is to be looked up.
    fn admit(&mut self, source: &Source) -> bool {
        if let Err(error) = acceptable(source) {
            self.refuse(&db::explain(&error, self.context.lang));
            return false;
        }
        let hash = hash(source);
        match self.seen.entry(source.id.clone()) {
            Slot::Vacant(slot) => {
                slot.insert(hash);
                return true;
            }
            Slot::Occupied(slot) if *slot.get() == hash => self.tally.borrow_mut().unchanged += 1,
            Slot::Occupied(_) => self.refuse(&match self.context.lang {
                Lang::Ja => format!(
                    "{}: 同じ `id` の文書がすでにあり、内容が違います。先のものを収めました\n  help: 文書ごとに別の `id` をつけるか、別々に取り込んでください",
                    source.id
                ),
                Lang::En => format!(
                    "{}: a document of this `id` came before with another content; that one is kept\n  help: give each document an `id` of its own, or ingest them one after the other",
                    source.id
                ),
            }),
        }
        false
    }

    fn refuse(&self, text: &str) {
        self.tally.borrow_mut().failed += 1;
        self.context.report(text);
    }
}

impl Iterator for Fresh<'_> {
    type Item = Result<Source, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.waiting.is_empty() {
            match self.read() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    *self.broken.borrow_mut() = Some(error);
                    return None;
                }
            }
        }
        self.waiting.pop_front()
    }
}

/// About how many documents some paths hold, for the bar; `None` where standard input is among them.
fn count(paths: &[PathBuf]) -> Option<u64> {
    let mut count = 0;
    for path in paths {
        if path.as_os_str() == "-" {
            return None;
        }
        if path.is_dir() {
            for entry in walkdir::WalkDir::new(path).into_iter().flatten() {
                let name = entry.file_name().to_string_lossy().to_lowercase();
                if entry.file_type().is_file() && EXTENSIONS.iter().any(|ending| name.ends_with(ending)) {
                    count += documents_of(entry.path());
                }
            }
        } else {
            count += documents_of(path);
        }
    }
    Some(count)
}

/// Lines of JSON Lines, one of anything else.
fn documents_of(path: &Path) -> u64 {
    if path.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("jsonl")) {
        return 1;
    }
    let Ok(file) = std::fs::File::open(path) else { return 1 };
    BufReader::new(file).split(b'\n').filter(|line| line.as_ref().is_ok_and(|line| !line.is_empty())).count()
        as u64
}
