//! Cuts texts into words and does nothing else, for `benches/speed.py`.

use anyhow::Context;
use clap::Parser;
use entente_base::Lexicon;
use entente_mention::MentionReader;
use entente_token::Tokenizer;
use std::io::Write;
use std::path::PathBuf;

/// Cuts the sentences of documents into words, and prints how many words there are.
#[derive(Parser)]
struct Arguments {
    /// Texts, JSON Lines or folders, as `entente code` takes them.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let lexicon = Lexicon::built_in();
    let reader = entente_text::Reader::new(&lexicon)?;
    let mentions = MentionReader::new(&lexicon)?;
    let tokenizer = Tokenizer::new(mentions.words()).context("the dictionary cannot be opened")?;
    let mut worker = tokenizer.worker();
    let mut words = 0;
    for source in arguments.paths.iter().flat_map(|path| entente_text::open(path)) {
        let chars = entente_text::Reading::new(&source?.text).chars;
        for sentence in reader.sentences(&chars) {
            words += worker.tokenize(&chars, &sentence).len();
        }
    }
    writeln!(std::io::stdout(), "{words}")?;
    Ok(())
}
