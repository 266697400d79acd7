//! `entente code`: documents in, records out, in the order of the documents whatever the number of threads.

use crate::Outcome;
use crate::args::CodeArgs;
use crate::context::Context;
use crate::input::{self, Documents};
use crate::locale::pick;
use crate::stop::Stop;
use entente_base::record::Record;
use entente_event::{Coder, Source};
use entente_render::{FORMATS, Format, Render};
use entente_text::SourceError;
use rayon::prelude::*;
use std::io::{BufWriter, Write};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

/// Documents that a thread has before it at most, so that memory stays bounded.
const DOCUMENTS_PER_THREAD: usize = 64;

/// Bytes of text and of pages that are held at a time; one document may be longer.
const BATCH_BYTES: usize = 4 << 20;

/// Codes the documents and writes their records.
pub(crate) fn run(context: &Context, request: &CodeArgs) -> Result<Outcome, Stop> {
    let lexicon = context.lexicon()?;
    let words = context.words(&lexicon)?;
    let coder = context.coder(&lexicon)?;
    let format = FORMATS
        .iter()
        .find(|format| format.name == request.format && matches!(format.render, Render::Records(_)));
    let mut out = Output::new(BufWriter::with_capacity(1 << 16, std::io::stdout().lock()), format);
    let render = |_: &Source, record: Record| {
        entente_render::records(&request.format, &[record], &words, context.lang).map_err(Stop::from)
    };
    let documents = Documents::new(request.paths.iter().cloned(), request.published.clone());
    let outcome = each(context, coder, documents, request.jobs, render, |text| Ok(out.add(&text?)?));
    if !matches!(outcome, Err(Stop::Pipe)) {
        out.finish()?;
    }
    outcome
}

/// Codes documents in batches, each batch on all threads, and hands on what `map` makes of each document and its record,
/// in order.
///
/// What cannot be read is said on standard error; the rest goes on.
pub(crate) fn each<T: Send>(
    context: &Context,
    coder: &Coder,
    mut documents: impl Iterator<Item = Result<Source, SourceError>>,
    jobs: Option<NonZeroUsize>,
    map: impl Fn(&Source, Record) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), Stop>,
) -> Result<Outcome, Stop> {
    let jobs = jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build()?;
    let workers: Vec<_> = (0..jobs).map(|_| Mutex::new(coder.worker())).collect();
    let one = |document: &Result<Source, SourceError>| -> Result<T, String> {
        let source = document.as_ref().map_err(|error| input::explain(error, context.lang))?;
        let worker = rayon::current_thread_index().and_then(|index| workers.get(index));
        let coded = catch_unwind(AssertUnwindSafe(|| match worker {
            Some(worker) => coder.code(&mut worker.lock().unwrap_or_else(PoisonError::into_inner), source),
            None => coder.code(&mut coder.worker(), source),
        }));
        coded.map(|record| map(source, record)).map_err(|_| {
            // What the thread was in the middle of is lost; it begins afresh.
            if let Some(worker) = worker {
                *worker.lock().unwrap_or_else(PoisonError::into_inner) = coder.worker();
            }
            format!(
                "{}: {}",
                source.id,
                pick(
                    context.lang,
                    "プログラムの誤りで符号化できません\n  help: この文書を添えて報告してください",
                    "cannot be coded, by a fault of this program\n  help: please report it, with this document"
                )
            )
        })
    };
    let mut outcome = Outcome::Done;
    let mut done = 0;
    // The first batch is small, so that whoever waits sees something soon.
    let mut size = jobs;
    let mut documents_now = batch(&mut documents, size);
    let mut coded: Vec<Result<T, String>> = Vec::new();
    while !documents_now.is_empty() || !coded.is_empty() {
        let ready = std::mem::take(&mut coded);
        let mut documents_next = Vec::new();
        let mut taken = Ok(());
        // While the threads are busy with one batch, this one hands on the batch before and reads the next.
        pool.in_place_scope(|scope| {
            let (now, coded) = (&documents_now, &mut coded);
            scope.spawn(|_| *coded = now.par_iter().with_max_len(1).map(&one).collect());
            for result in ready {
                done += 1;
                match result {
                    Ok(value) => taken = take(value),
                    Err(text) => {
                        outcome = Outcome::Partial;
                        context.report(&text);
                    }
                }
                if taken.is_err() {
                    return;
                }
            }
            context.progress(done);
            size = (size * 2).min(jobs * DOCUMENTS_PER_THREAD);
            if !now.is_empty() {
                documents_next = batch(&mut documents, size);
            }
        });
        taken?;
        documents_now = documents_next;
    }
    context.clear_progress();
    Ok(outcome)
}

/// The next documents.
fn batch(
    documents: &mut impl Iterator<Item = Result<Source, SourceError>>,
    size: usize,
) -> Vec<Result<Source, SourceError>> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < size && bytes < BATCH_BYTES {
        let Some(document) = documents.next() else { break };
        bytes += document
            .as_ref()
            .map_or(0, |source| source.text.len() + source.page.as_ref().map_or(0, |page| page.len()));
        batch.push(document);
    }
    batch
}

/// Puts the renderings of single records together into what all of them would give at once.
struct Output<W: Write> {
    inner: W,
    /// A JSON array, whose items stand between brackets.
    array: bool,
    empty: bool,
}

impl<W: Write> Output<W> {
    fn new(inner: W, format: Option<&Format>) -> Self {
        Self { inner, array: format.is_some_and(|format| !format.streams), empty: true }
    }

    fn add(&mut self, text: &str) -> std::io::Result<()> {
        if self.array {
            let items = text.trim_end().strip_prefix('[').and_then(|text| text.strip_suffix(']'));
            let items = items.unwrap_or(text).trim_end();
            let before = if self.empty { "[" } else { "," };
            self.inner.write_all(before.as_bytes())?;
            self.inner.write_all(items.as_bytes())?;
        } else {
            self.inner.write_all(text.as_bytes())?;
        }
        self.empty = false;
        Ok(())
    }

    fn finish(&mut self) -> std::io::Result<()> {
        if self.array {
            self.inner.write_all(if self.empty { b"[]\n" } else { b"\n]\n" })?;
        }
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_account::{Lang, Words};

    #[test]
    fn an_array_put_together_is_the_array_of_all() {
        let mut records = [Record::default(), Record::default()];
        records[1].document.id = "b".to_owned();
        for count in 0..=2 {
            let mut bytes = Vec::new();
            let format = FORMATS.iter().find(|format| format.name == "json");
            let mut out = Output::new(&mut bytes, format);
            for record in &records[..count] {
                let text = entente_render::records(
                    "json",
                    std::slice::from_ref(record),
                    &Words::default(),
                    Lang::En,
                );
                out.add(&text.unwrap()).unwrap();
            }
            out.finish().unwrap();
            let whole =
                entente_render::records("json", &records[..count], &Words::default(), Lang::En).unwrap();
            assert_eq!(String::from_utf8(bytes).unwrap(), whole);
        }
    }
}
