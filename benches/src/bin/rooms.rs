//! Leads documents through each room by itself, for instructions to be counted of (`benches/count.py`).

use anyhow::Context;
use clap::Parser;
use entente_bench::rooms::Rooms;
use std::io::Write;
use std::path::PathBuf;

/// Reads each document once in every room alone and once in the whole coder; prints how much each found.
#[derive(Parser)]
struct Arguments {
    /// Texts, JSON Lines or folders, as `entente code` takes them.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let rooms = Rooms::new().context("the coder cannot be made")?;
    let mut worker = rooms.worker();
    let mut found = [0; 7];
    for source in arguments.paths.iter().flat_map(|path| entente_text::open(path)) {
        let document = rooms.prepare(&mut worker, source?);
        let counts = [
            rooms.text(&document),
            rooms.token(&mut worker, &document),
            rooms.time(&document),
            rooms.mention(&document),
            rooms.figure(&document),
            rooms.clause(&document),
            rooms.whole(&mut worker, &document),
        ];
        found.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    let names = ["text", "token", "time", "mention", "figure", "clause", "whole"];
    for (name, found) in names.iter().zip(found) {
        writeln!(std::io::stdout(), "{name}\t{found}")?;
    }
    Ok(())
}
