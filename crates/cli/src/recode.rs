//! `entente recode`: the documents of a store coded again, and what changed by it.

use crate::args::RecodeArgs;
use crate::context::Context;
use crate::stop::Stop;
use crate::{Outcome, code, db, search};
use entente_account::Lang;
use entente_base::record::Record;
use entente_event::Source;
use entente_store::diff::{Diff, ItemKind};
use entente_store::{Entry, Store, StoreError, stamp};
use entente_text::SourceError;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{BufWriter, Write};

/// Documents written in one transaction.
const BATCH: usize = 128;

/// Codes the documents of a store again.
pub(crate) fn run(context: &Context, request: &RecodeArgs) -> Result<Outcome, Stop> {
    let lexicon = context.lexicon()?;
    let stamp = stamp(&lexicon);
    let mut store = db::open_existing(context, &request.store.db)?;
    let others = (!request.all).then(|| stamp.clone());
    let count = store.count_by_others(others.as_deref())?;
    let store = RefCell::new(store);
    let coder = context.coder(&lexicon)?;
    context.begin(|| Some(count));
    let broken = RefCell::new(None);
    let passed = RefCell::new(0);
    let kept =
        Kept { store: &store, waiting: VecDeque::new(), after: 0, others, passed: &passed, broken: &broken };
    let out = BufWriter::new(std::io::stdout().lock());
    let mut report = Report::new(out, request.format == "json", context.lang)?;
    let words = context.words(&lexicon)?;
    let mut derived = db::derived(&words);
    let mut put = |batch: &mut Vec<Entry>| -> Result<(), Stop> {
        for recoded in store.borrow_mut().recode(batch, &stamp, &mut derived)? {
            if let Some(entry) = batch.get(recoded.index) {
                report.add(&recoded.diff, &recoded.old, entry.record())?;
            }
        }
        context.advance(batch.len());
        batch.clear();
        Ok(())
    };
    let mut batch: Vec<Entry> = Vec::new();
    let mut coded = 0;
    let make = |source: &Source, record| Entry::new(source, record).map(|entry| entry.digested(&words));
    code::each(context, coder, kept, request.jobs, make, |entry| {
        batch.push(entry?);
        coded += 1;
        if batch.len() < BATCH { Ok(()) } else { put(&mut batch) }
    })?;
    put(&mut batch)?;
    if let Some(error) = broken.into_inner() {
        return Err(Stop::Store(error));
    }
    search::catch_up(context, &lexicon, &mut store.borrow_mut(), &request.store)?;
    context.finish();
    let failed = passed.into_inner() - coded;
    report.finish(coded, failed)?;
    Ok(if failed == 0 { Outcome::Done } else { Outcome::Partial })
}

/// The documents of a store that another coder coded.
struct Kept<'a> {
    store: &'a RefCell<Store>,
    waiting: VecDeque<Source>,
    after: i64,
    others: Option<String>,
    /// How many were given.
    passed: &'a RefCell<usize>,
    /// Why the store could not be asked; the documents end there.
    broken: &'a RefCell<Option<StoreError>>,
}

impl Iterator for Kept<'_> {
    type Item = Result<Source, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.waiting.is_empty() {
            match self.store.borrow_mut().originals(self.after, self.others.as_deref()) {
                Ok(originals) => {
                    self.after = originals.last()?.doc;
                    self.waiting.extend(originals.into_iter().map(|original| original.source));
                }
                Err(error) => {
                    *self.broken.borrow_mut() = Some(error);
                    return None;
                }
            }
        }
        *self.passed.borrow_mut() += 1;
        self.waiting.pop_front().map(Ok)
    }
}

/// How many items of a kind stayed, changed, went and came.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    same: usize,
    altered: usize,
    gone: usize,
    added: usize,
}

impl Counts {
    fn of(diff: &Diff, kind: ItemKind) -> Self {
        let items = diff.of(kind);
        Self {
            same: items.same.len(),
            altered: items.altered.len(),
            gone: items.gone.len(),
            added: items.added.len(),
        }
    }

    fn add(&mut self, other: Self) {
        self.same += other.same;
        self.altered += other.altered;
        self.gone += other.gone;
        self.added += other.added;
    }

    fn is_same(self) -> bool {
        self.altered + self.gone + self.added == 0
    }

    fn told(self, lang: Lang) -> String {
        let Self { altered, gone, added, .. } = self;
        match lang {
            Lang::Ja => format!("変更 {altered}、消滅 {gone}、追加 {added}"),
            Lang::En => format!("{altered} altered, {gone} gone, {added} added"),
        }
    }
}

/// The report, written as documents are done, so that any number of them passes through little memory.
struct Report<W: Write> {
    out: W,
    json: bool,
    lang: Lang,
    changed: usize,
    totals: [Counts; ItemKind::ALL.len()],
}

impl<W: Write> Report<W> {
    fn new(mut out: W, json: bool, lang: Lang) -> Result<Self, Stop> {
        if json {
            out.write_all(b"{\"documents\":[")?;
        }
        Ok(Self { out, json, lang, changed: 0, totals: Default::default() })
    }

    fn add(&mut self, diff: &Diff, old: &Record, new: &Record) -> Result<(), Stop> {
        let mut told = Vec::new();
        for (total, kind) in self.totals.iter_mut().zip(ItemKind::ALL) {
            let counts = Counts::of(diff, kind);
            total.add(counts);
            if !counts.is_same() {
                told.push(format!("{} {}", kind.field(), counts.told(self.lang)));
            }
        }
        if self.json {
            let before = if self.changed == 0 { "\n" } else { ",\n" };
            let document = json!({"document": new.document.id, "changes": changes(diff, old, new)});
            write!(self.out, "{before}{document}")?;
        } else {
            let same = match self.lang {
                Lang::Ja => "規則か確かさだけの変更",
                Lang::En => "other rules or confidence only",
            };
            let told = if told.is_empty() { same.to_owned() } else { told.join("; ") };
            writeln!(self.out, "{}: {told}", new.document.id)?;
        }
        self.changed += 1;
        Ok(())
    }

    fn finish(mut self, coded: usize, failed: usize) -> Result<(), Stop> {
        let changed = self.changed;
        if self.json {
            let kinds: serde_json::Map<String, Value> = ItemKind::ALL
                .iter()
                .zip(self.totals)
                .map(|(kind, Counts { same, altered, gone, added })| {
                    let counts = json!({"same": same, "altered": altered, "gone": gone, "added": added});
                    (kind.field().to_owned(), counts)
                })
                .collect();
            let kinds = Value::Object(kinds);
            writeln!(
                self.out,
                "\n],\"recoded\":{coded},\"changed\":{changed},\"failed\":{failed},\"kinds\":{kinds}}}"
            )?;
        } else {
            match self.lang {
                Lang::Ja => {
                    writeln!(
                        self.out,
                        "符号化しなおした文書 {coded} 件、変わった文書 {changed} 件、失敗 {failed} 件"
                    )
                }
                Lang::En => {
                    writeln!(self.out, "{coded} documents coded again, {changed} changed, {failed} failed")
                }
            }?;
            for (kind, counts) in ItemKind::ALL.iter().zip(self.totals) {
                if !counts.is_same() {
                    writeln!(self.out, "  {}: {}", kind.field(), counts.told(self.lang))?;
                }
            }
        }
        Ok(self.out.flush()?)
    }
}

/// What changed in a document, item by item.
fn changes(diff: &Diff, old: &Record, new: &Record) -> Vec<Value> {
    let lists = |record| serde_json::to_value(record).unwrap_or_default();
    let (old, new) = (lists(old), lists(new));
    let mut changes = Vec::new();
    for kind in ItemKind::ALL {
        let field = kind.field();
        let item = |record: &Value, index: usize| record[field][index].clone();
        let items = diff.of(kind);
        for &(a, b) in &items.altered {
            changes.push(
                json!({"kind": field, "change": "altered", "old": item(&old, a), "new": item(&new, b)}),
            );
        }
        for &a in &items.gone {
            changes.push(json!({"kind": field, "change": "gone", "old": item(&old, a)}));
        }
        for &b in &items.added {
            changes.push(json!({"kind": field, "change": "added", "new": item(&new, b)}));
        }
    }
    changes
}
