//! Each room of the coder by itself, on a text whose earlier rooms are done: what `benches/rooms.rs` times and
//! the binary `rooms` lets instructions be counted of.
//!
//! The functions are never inlined, so that a profile names them.

use entente_base::{Lexicon, Sentence};
use entente_clause::{ClauseReader, Label, Labelled, QuoteSpan};
use entente_event::{Coder, CoderError};
use entente_figure::{ActorSpan, FigureReader, Period};
use entente_mention::{Input, MentionReader};
use entente_text::{Reader, Source};
use entente_time::TimeReader;
use entente_token::{Token, Tokenizer, Worker};

/// The rooms, each to be used alone.
pub struct Rooms {
    text: Reader,
    tokenizer: Tokenizer,
    times: TimeReader,
    mentions: MentionReader,
    figures: FigureReader,
    clauses: ClauseReader,
    coder: Coder,
}

/// A document with what every room is given by those before it.
pub struct Prepared {
    source: Source,
    chars: Vec<char>,
    sentences: Vec<Sentence>,
    quotes: Vec<Vec<QuoteSpan>>,
    tokens: Vec<Vec<Token>>,
    labels: Vec<Vec<Labelled>>,
    periods: Vec<Period>,
    actors: Vec<ActorSpan>,
}

impl Rooms {
    /// All rooms by the lexicon that is built in.
    ///
    /// # Errors
    /// When the lexicon or the dictionary is damaged.
    pub fn new() -> Result<Self, CoderError> {
        let lexicon = Lexicon::built_in();
        let mentions = MentionReader::new(&lexicon)?;
        Ok(Self {
            text: Reader::new(&lexicon)?,
            tokenizer: Tokenizer::new(mentions.words())?,
            times: TimeReader::new(&lexicon)?,
            mentions,
            figures: FigureReader::new(&lexicon)?,
            clauses: ClauseReader::new(&lexicon)?,
            coder: Coder::new(&lexicon)?,
        })
    }

    /// Scratch memory for one thread.
    pub fn worker(&self) -> Worker<'_> {
        self.tokenizer.worker()
    }

    /// Does for a document what each room needs of the others.
    pub fn prepare(&self, worker: &mut Worker<'_>, source: Source) -> Prepared {
        let reading = self.coder.read(worker, &source);
        let chars = reading.text.chars;
        let tokens = reading.sentences.iter().map(|sentence| worker.tokenize(&chars, sentence)).collect();
        let mut labels: Vec<Labelled> = reading
            .named
            .mentions
            .iter()
            .map(|mention| Labelled { span: mention.span, label: Label::Organization })
            .chain(reading.times.iter().map(|time| Labelled { span: time.span, label: Label::Time }))
            .chain(reading.figures.iter().map(|figure| Labelled { span: figure.span, label: Label::Figure }))
            .collect();
        labels.sort_by_key(|labelled| (labelled.span.start, labelled.span.end));
        let labels = reading
            .sentences
            .iter()
            .map(|sentence| {
                let first = labels.partition_point(|labelled| labelled.span.start < sentence.span.start);
                let last = labels.partition_point(|labelled| labelled.span.start < sentence.span.end);
                labels.get(first..last).unwrap_or_default().to_vec()
            })
            .collect();
        Prepared {
            source,
            quotes: reading.analyses.iter().map(|analysis| analysis.quotes.clone()).collect(),
            tokens,
            labels,
            periods: reading
                .times
                .iter()
                .map(|time| Period { span: time.span, value: time.value.clone() })
                .collect(),
            actors: reading
                .named
                .mentions
                .iter()
                .map(|mention| ActorSpan {
                    span: mention.span,
                    states: mention.states.clone(),
                    is_body: false,
                })
                .collect(),
            sentences: reading.sentences,
            chars,
        }
    }

    /// Normalizes, and cuts sentences and quotations.
    #[inline(never)]
    pub fn text(&self, document: &Prepared) -> usize {
        let reading = entente_text::Reading::new(&document.source.text);
        let sentences = self.text.sentences(&reading.chars);
        sentences.len() + entente_text::quotes(&reading.chars, &sentences).len()
    }

    /// Cuts words.
    #[inline(never)]
    pub fn token(&self, worker: &mut Worker<'_>, document: &Prepared) -> usize {
        let words = |sentence| worker.tokenize(&document.chars, sentence).len();
        document.sentences.iter().map(words).sum()
    }

    /// Reads times.
    #[inline(never)]
    pub fn time(&self, document: &Prepared) -> usize {
        self.times.read(&document.chars, &document.sentences, document.source.published.as_deref()).len()
    }

    /// Finds actors and places.
    #[inline(never)]
    pub fn mention(&self, document: &Prepared) -> usize {
        let input = Input {
            chars: &document.chars,
            sentences: &document.sentences,
            tokens: &document.tokens,
            published: document.source.published.as_deref(),
        };
        self.mentions.read(&input).mentions.len()
    }

    /// Reads figures.
    #[inline(never)]
    pub fn figure(&self, document: &Prepared) -> usize {
        self.figures.read(&document.chars, &document.sentences, &document.periods, &document.actors).len()
    }

    /// Reads clauses.
    #[inline(never)]
    pub fn clause(&self, document: &Prepared) -> usize {
        let parts = document.tokens.iter().zip(&document.quotes).zip(&document.labels);
        let all = document.sentences.iter().zip(parts).enumerate();
        all.map(|(index, (sentence, ((tokens, quotes), labels)))| {
            let tokens = tokens.clone();
            self.clauses.read(&document.chars, index, sentence, tokens, quotes, labels).clauses.len()
        })
        .sum()
    }

    /// The whole coder: all rooms and the record.
    #[inline(never)]
    pub fn whole(&self, worker: &mut Worker<'_>, document: &Prepared) -> usize {
        self.coder.code(worker, &document.source).events.len()
    }
}
