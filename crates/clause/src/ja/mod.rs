//! Japanese.

mod argument;
mod chunk;
mod head;
mod lexicon;
mod noun;
mod predicate;
mod word;

#[cfg(test)]
mod tests;

use crate::types::{Analysis, Labelled, QuoteSpan};
use entente_base::{Lexicon, LexiconError, Sentence, SentenceKind};
use entente_token::Token;

/// Reads clauses: immutable, shared by all threads.
#[derive(Debug)]
pub struct ClauseReader {
    tables: lexicon::Tables,
}

impl ClauseReader {
    /// Reads `clause/*.tsv` of the lexicon.
    ///
    /// # Errors
    /// When a row does not have the form that its file asks for; the error names file and line.
    pub fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        Ok(Self { tables: lexicon::Tables::read(lexicon)? })
    }

    /// Reads one sentence.
    ///
    /// `tokens` tile the sentence. `quotes` are its quotations in order of their beginning, `labels` what is
    /// known of it already, in order and without overlap: each is a unit that nothing parts. The tokens come
    /// back in the analysis with runs of symbols parted.
    pub fn read(
        &self,
        chars: &[char],
        index: usize,
        sentence: &Sentence,
        tokens: Vec<Token>,
        quotes: &[QuoteSpan],
        labels: &[Labelled],
    ) -> Analysis {
        let tokens = word::part_symbols(chars, tokens);
        let words = word::read(chars, &tokens, quotes, labels);
        let mut chunks = chunk::Chunker::new(chars, &words, &self.tables, sentence.kind, quotes.len()).run();
        let heads = head::solve(&mut chunks, &self.tables, sentence.kind == SentenceKind::Heading);
        let (chunks, clauses) = argument::build(chars, &words, chunks.protos, heads, &self.tables);
        drop(words);
        Analysis { sentence: index, tokens, quotes: quotes.to_vec(), chunks, clauses }
    }
}
