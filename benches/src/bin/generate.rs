//! Writes a corpus and what is known of it.

use anyhow::Context;
use clap::Parser;
use entente_base::Lexicon;
use entente_bench::world::{Request, generate};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

/// Invented news of any size: DIR/articles.jsonl, which `entente code` reads, and DIR/truth.json, what is known of it.
#[derive(Parser)]
struct Arguments {
    /// Number of documents.
    #[arg(long, default_value_t = 2_000)]
    documents: usize,
    /// The same seed and number give the same bytes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder of the result; made where there is none.
    #[arg(long)]
    out: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    std::fs::create_dir_all(&arguments.out).with_context(|| arguments.out.display().to_string())?;
    let file = |name: &str| -> anyhow::Result<BufWriter<File>> {
        let path = arguments.out.join(name);
        Ok(BufWriter::new(File::create(&path).with_context(|| path.display().to_string())?))
    };
    let (articles, truth) = (file("articles.jsonl")?, file("truth.json")?);
    let request = Request { documents: arguments.documents, seed: arguments.seed };
    let made = generate(request, &Lexicon::built_in(), articles, truth)?;
    writeln!(
        std::io::stderr(),
        "{} documents, {} events, {} mentions, {} conflicts, {} pledges",
        made.documents,
        made.events,
        made.mentions,
        made.conflicts,
        made.pledges
    )?;
    Ok(())
}
