//! Cuts texts into words and does nothing else, for `benches/speed.py`.

use anyhow::Context;
use clap::Parser;
use entente_base::Lexicon;
use entente_bench::ipadic;
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
    /// With vibrato and the same dictionary, which stands in this file; it is made where there is none.
    #[arg(long)]
    vibrato: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let lexicon = Lexicon::built_in();
    let reader = entente_text::Reader::new(&lexicon)?;
    let mentions = MentionReader::new(&lexicon)?;
    let tokenizer = Tokenizer::new(mentions.words()).context("the dictionary cannot be opened")?;
    let mut worker = tokenizer.worker();
    let mut words = 0;
    let beside = arguments.vibrato.as_deref().map(ipadic::vibrato).transpose()?.map(vibrato::Tokenizer::new);
    let mut beside = beside.as_ref().map(vibrato::Tokenizer::new_worker);
    for source in arguments.paths.iter().flat_map(|path| entente_text::open(path)) {
        let chars = entente_text::Reading::new(&source?.text).chars;
        for sentence in reader.sentences(&chars) {
            if let Some(worker) = &mut beside {
                worker.reset_sentence(sentence.span.text(&chars));
                worker.tokenize();
                words += worker.num_tokens();
                continue;
            }
            words += worker.tokenize(&chars, &sentence).len();
        }
    }
    writeln!(std::io::stdout(), "{words}")?;
    Ok(())
}
