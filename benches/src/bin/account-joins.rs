//! Joins records in memory and writes what was found, for `score-joins`.

use anyhow::Context;
use clap::Parser;
use entente_account::{Account, Digest, Signature, Traits, Words, near_copies};
use entente_base::edtf::Edtf;
use entente_base::record::Record;
use entente_bench::joins::Found;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;

/// The joined account of some records, made in memory, as lines that `score-joins` reads.
#[derive(Parser)]
struct Arguments {
    /// What was coded: the output of `entente code`.
    records: PathBuf,
    /// Day by which promises are judged: `as_of` of the truth.
    #[arg(long, default_value = "2025-07-31")]
    as_of: String,
    /// Only tells what two events are to each other, each given as its document and its identifier: d0000001:v2.
    #[arg(long, num_args = 2, value_names = ["EVENT", "EVENT"])]
    compare: Option<Vec<String>>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let as_of: Edtf = arguments.as_of.parse().ok().context("--as-of: not a date")?;
    let file = File::open(&arguments.records).with_context(|| arguments.records.display().to_string())?;
    let mut records: Vec<Record> = Vec::new();
    for (index, line) in BufReader::new(file).lines().enumerate() {
        records.push(serde_json::from_str(&line?).with_context(|| format!("line {}", index + 1))?);
    }
    if let Some(pair) = &arguments.compare {
        let words = Words::built_in();
        let traits = |name: &String| -> anyhow::Result<Traits> {
            let (document, event) = name.split_once(':').context("an event is DOCUMENT:EVENT")?;
            let record =
                records.iter().find(|record| record.document.id == document).context("no document")?;
            let at = record.events.iter().position(|it| it.id == event).context("no event")?;
            Digest::new(record, words).traits.into_iter().nth(at).context("no traits")
        };
        let (a, b) = (traits(&pair[0])?, traits(&pair[1])?);
        let mut out = std::io::stdout().lock();
        writeln!(out, "{a:#?}\n{b:#?}\n{:?}\n{:?}", a.lookup(words), b.lookup(words))?;
        writeln!(out, "{:?}", a.compare(&b, words, false))?;
        return Ok(());
    }
    let signatures: Vec<_> = records.iter().map(|record| Signature::new(&record.document.text)).collect();
    let ids = records.iter().map(|record| record.document.id.clone());
    let copies: Vec<(String, usize)> = ids.zip(near_copies(&signatures)).collect();
    let account = Account::new(records);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut write = |found: &Found| -> anyhow::Result<()> {
        serde_json::to_writer(&mut out, found)?;
        out.write_all(b"\n")?;
        Ok(())
    };
    let id = |document: usize| account.document(document).map_or("", |facts| facts.id.as_str());
    for (index, joined) in account.events().iter().enumerate() {
        for report in &joined.reports {
            let digest = account.digests().get(report.document);
            let event = digest.and_then(|digest| digest.events.iter().find(|event| event.uid == report.uid));
            let Some(span) = event.and_then(|digest| digest.event.evidence.first()) else { continue };
            write(&Found {
                document: Some(id(report.document).to_owned()),
                event: Some(report.event.clone()),
                kind: Some(joined.kind.name().to_owned()),
                start: Some(span.start),
                end: Some(span.end),
                joined: Some(format!("j{index}")),
                ..Found::default()
            })?;
        }
    }
    for (document, group) in &copies {
        let (document, origin) = (Some(document.clone()), Some(format!("o{group}")));
        write(&Found { document, origin, ..Found::default() })?;
    }
    for conflict in account.conflicts() {
        let sides = conflict.sides.iter().map(|side| side.documents());
        let sides: Vec<Vec<&str>> = sides.map(|documents| documents.into_iter().map(id).collect()).collect();
        let documents = Some(serde_json::to_value(sides)?);
        let first = conflict.sides.iter().filter_map(|side| side.passages.first());
        let words = first
            .map(|passage| (id(passage.document).to_owned(), passage.span.start, passage.span.end))
            .collect();
        write(&Found {
            conflict: Some(conflict.kind.name().to_owned()),
            documents,
            passages: Some(words),
            ..Found::default()
        })?;
    }
    for pledge in account.pledges() {
        let told: Vec<(String, usize, usize)> = std::iter::once(&pledge.what)
            .chain(&pledge.told)
            .map(|passage| (id(passage.document).to_owned(), passage.span.start, passage.span.end))
            .collect();
        let documents: Vec<&String> = told.iter().map(|(document, _, _)| document).collect();
        write(&Found {
            pledge: Some(pledge.status_on(Some(&as_of)).name().to_owned()),
            documents: Some(serde_json::to_value(documents)?),
            passages: Some(told),
            ..Found::default()
        })?;
    }
    out.flush()?;
    Ok(())
}
