//! Prints how much of what a corpus tells was coded rightly.

use anyhow::Context;
use clap::Parser;
use entente_base::record::Record;
use entente_bench::coding::{Tally, score};
use entente_bench::truth::Truth;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;

/// Of the sentences that tell an event, those that were coded rightly: with the right type, parties, date and status.
#[derive(Parser)]
struct Arguments {
    /// What is known: truth.json of `generate`.
    truth: PathBuf,
    /// What was coded: the output of `entente code`.
    records: PathBuf,
    /// Shows what is wrong, with its sentence.
    #[arg(long)]
    misses: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let open = |path: &PathBuf| -> anyhow::Result<BufReader<File>> {
        Ok(BufReader::new(File::open(path).with_context(|| path.display().to_string())?))
    };
    let truth: Truth = serde_json::from_reader(open(&arguments.truth)?).context("truth")?;
    let mut records: Vec<Record> = Vec::new();
    for (index, line) in open(&arguments.records)?.lines().enumerate() {
        records.push(serde_json::from_str(&line?).with_context(|| format!("records, line {}", index + 1))?);
    }
    let coding = score(&truth, &records);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:<18}{:>9}{:>9}{:>9}{:>9}{:>9}", "", "mentions", "type", "+parties", "+date", "+status")?;
    let mut row = |name: &str, tally: &Tally| {
        let share = |part: usize| part as f64 / tally.mentions.max(1) as f64;
        writeln!(
            out,
            "{name:<18}{:>9}{:>9.3}{:>9.3}{:>9.3}{:>9.3}",
            tally.mentions,
            share(tally.typed),
            share(tally.parties),
            share(tally.date),
            share(tally.status)
        )
    };
    row("all", &coding.all)?;
    for (name, tally) in &coding.by {
        row(name, tally)?;
    }
    if arguments.misses {
        for miss in &coding.misses {
            writeln!(
                out,
                "{} {} {}: {}\n    told  {}\n    coded {}",
                miss.document, miss.act, miss.wrong, miss.text, miss.told, miss.coded
            )?;
        }
    }
    Ok(())
}
