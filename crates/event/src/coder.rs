//! The whole way of one document: text in, record out.

use crate::act::ActReader;
use crate::reading::Reading;
use crate::stance::StanceReader;
use crate::{record, statement::StatementReader};
use entente_base::record::Record;
use entente_base::{Lexicon, LexiconError};
use entente_clause::{Analysis, ClauseReader, Label, Labelled, QuoteSpan};
use entente_figure::{ActorSpan, FigureReader, Period};
use entente_mention::{Input, MentionReader};
use entente_text::{Reader, Source};
use entente_time::TimeReader;
use entente_token::{DictionaryError, Token, Tokenizer, Worker};

/// Why the coder cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CoderError {
    /// A lexicon file is wrong.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// The embedded dictionary is damaged.
    #[error(transparent)]
    Dictionary(#[from] DictionaryError),
}

/// Codes documents. Immutable; shared by all threads.
pub struct Coder {
    text: Reader,
    times: TimeReader,
    figures: FigureReader,
    mentions: MentionReader,
    clauses: ClauseReader,
    pub(crate) acts: ActReader,
    pub(crate) statements: StatementReader,
    pub(crate) stances: StanceReader,
    tokenizer: Tokenizer,
}

impl Coder {
    /// A coder by a lexicon.
    ///
    /// # Errors
    /// When a lexicon file is wrong, or the embedded dictionary is damaged.
    pub fn new(lexicon: &Lexicon) -> Result<Self, CoderError> {
        // The patterns of times and the names take longest to compile: each on a thread of its own.
        std::thread::scope(|scope| {
            let names = scope.spawn(|| Self::names_of(lexicon));
            let times = TimeReader::new(lexicon)?;
            let text = Reader::new(lexicon)?;
            let figures = FigureReader::new(lexicon)?;
            let clauses = ClauseReader::new(lexicon)?;
            let acts = ActReader::new(lexicon)?;
            let statements = StatementReader::new(lexicon)?;
            let stances = StanceReader::new(lexicon)?;
            let (mentions, tokenizer) = names.join().unwrap_or_else(|_| Self::names_of(lexicon))?;
            Ok(Self { text, times, figures, mentions, clauses, acts, statements, stances, tokenizer })
        })
    }

    /// The reader of names, and the tokenizer that keeps them whole.
    fn names_of(lexicon: &Lexicon) -> Result<(MentionReader, Tokenizer), CoderError> {
        let mentions = MentionReader::new(lexicon)?;
        let tokenizer = Tokenizer::new(mentions.words())?;
        Ok((mentions, tokenizer))
    }

    /// Scratch memory for one thread.
    pub fn worker(&self) -> Worker<'_> {
        self.tokenizer.worker()
    }

    /// The names that the coder knows.
    pub fn names(&self) -> &entente_mention::Gazetteer {
        self.mentions.gazetteer()
    }

    /// What every room makes of a document, short of its events.
    pub fn read(&self, worker: &mut Worker<'_>, source: &Source) -> Reading {
        let text = entente_text::Reading::new(&source.text);
        let chars = &text.chars;
        let sentences = self.text.sentences(chars);
        let quotes = entente_text::quotes(chars, &sentences);
        let tokens: Vec<Vec<Token>> =
            sentences.iter().map(|sentence| worker.tokenize(chars, sentence)).collect();
        let published = source
            .published
            .clone()
            .or_else(|| self.times.publication(chars, &sentences).map(|(_, date)| date));
        let times = self.times.read(chars, &sentences, published.as_deref());
        let named = self.mentions.read(&Input {
            chars,
            sentences: &sentences,
            tokens: &tokens,
            published: published.as_deref(),
        });
        // A name never lies inside a date, nor a date inside a name.
        let times: Vec<_> = times
            .into_iter()
            .filter(|time| {
                // Names stand in order and apart.
                let next = named.mentions.partition_point(|mention| mention.span.start <= time.span.start);
                let before = next.checked_sub(1).and_then(|last| named.mentions.get(last));
                before.is_none_or(|mention| !mention.span.contains(time.span))
            })
            .collect();
        let periods: Vec<Period> =
            times.iter().map(|time| Period { span: time.span, value: time.value.clone() }).collect();
        let spans = |places: bool| -> Vec<ActorSpan> {
            named
                .mentions
                .iter()
                .filter(|mention| (mention.kind == entente_base::record::Kind::Place) == places)
                // Whoever reports a number has no part in it.
                .filter(|mention| named.entities.get(mention.entity).is_none_or(|entity| !entity.media))
                .map(|mention| {
                    // A body stands beside states by its acronym.
                    let code = || {
                        let code = named.entities.get(mention.entity)?.code.as_ref()?;
                        Some(code.split('-').next().unwrap_or(code).to_owned())
                    };
                    let is_one = mention.kind == entente_base::record::Kind::Organization;
                    let body = is_one.then(code).flatten().filter(|_| mention.states.is_empty());
                    let is_body = body.is_some();
                    let states = body.map_or_else(|| mention.states.clone(), |code| vec![code]);
                    ActorSpan { span: mention.span, states, is_body }
                })
                .collect()
        };
        let figures = self.figures.read_with_places(chars, &sentences, &periods, &spans(false), &spans(true));
        let mut labels: Vec<Labelled> = named
            .mentions
            .iter()
            .map(|mention| Labelled {
                span: mention.span,
                label: match mention.kind {
                    entente_base::record::Kind::State => Label::State,
                    entente_base::record::Kind::Person => Label::Person,
                    entente_base::record::Kind::Organization => Label::Organization,
                    entente_base::record::Kind::Place => Label::Place,
                },
            })
            .chain(times.iter().map(|time| Labelled { span: time.span, label: Label::Time }))
            .chain(figures.iter().map(|figure| Labelled { span: figure.span, label: Label::Figure }))
            .collect();
        labels.sort_by_key(|labelled| (labelled.span.start, labelled.span.end));
        let analyses: Vec<Analysis> = sentences
            .iter()
            .zip(tokens)
            .enumerate()
            .map(|(index, (sentence, tokens))| {
                let within = |span: entente_base::Span| sentence.span.contains(span);
                let first = quotes.partition_point(|quote| quote.outer.start < sentence.span.start);
                let quoted: Vec<QuoteSpan> = quotes[first..]
                    .iter()
                    .take_while(|quote| within(quote.outer))
                    .map(|quote| QuoteSpan { outer: quote.outer, inner: quote.inner })
                    .collect();
                let first = labels.partition_point(|labelled| labelled.span.start < sentence.span.start);
                let last = labels.partition_point(|labelled| labelled.span.start < sentence.span.end);
                self.clauses.read(chars, index, sentence, tokens, &quoted, &labels[first..last.max(first)])
            })
            .collect();
        let title = entente_text::title(chars, &sentences);
        let origins = self.text.origins(chars, &sentences).into_iter().map(|(_, origin)| origin).collect();
        Reading { text, sentences, analyses, times, figures, named, published, title, origins }
    }

    /// The record of a document.
    pub fn code(&self, worker: &mut Worker<'_>, source: &Source) -> Record {
        let reading = self.read(worker, source);
        record::record(self, source, &reading)
    }
}
