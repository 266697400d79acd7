//! What the account needs of one document: made once from its record, and kept beside it.
//!
//! A digest holds no text but the passages worth quoting, so that an account of some states can be put together from
//! the items that concern them, without the articles.

use crate::passage::{Line, Passage, Sentence, Text};
use crate::traits::{Traits, hash, mix};
use crate::words::Words;
use entente_base::Span;
use entente_base::record::{Commitment, Entity, Event, Figure, Kind, Mention, Position, Record, Statement};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Sentences of an article that count as its own assessment.
const ASSESSMENTS: usize = 3;
/// Weight from which a sentence counts as one.
const ASSESSING: f64 = 3.0;
/// Shortest sentence that assesses anything, in characters.
const ASSESSING_CHARS: usize = 15;
/// Share of the mentions that a state must have for a document to be about it: one in twelve.
const ABOUT_SHARE: usize = 12;

/// Longest evidence that is a noun alone, in characters.
const BARE_NOUN: usize = 4;

/// Words of a document fit to be quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Where they stand in its text.
    pub span: Span,
    /// The words, on one line; `…` where the sentence goes on.
    pub text: String,
}

impl Quote {
    pub(crate) fn of(self, document: usize) -> Passage {
        Passage { document, span: self.span, text: self.text }
    }

    pub(crate) fn passage(&self, document: usize) -> Passage {
        self.clone().of(document)
    }
}

/// What is known of the document itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Identifier.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Date of publication, ISO 8601.
    pub published: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Hosts or agencies that the story says it comes from.
    pub origins: Vec<String>,
    /// Codes of the states that it names twice and more than in passing, sorted.
    pub about: Vec<String>,
    /// Terms of the glossary that occur in it.
    pub glossary: Vec<String>,
}

/// An event of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventDigest {
    /// Identifier that lasts as long as the document reports it: see [`lasting_ids`].
    pub uid: String,
    /// The event.
    pub event: Event,
    /// Whether it is told as a habit rather than as one occasion.
    pub repeated: bool,
    /// Whether its words put it off to another time.
    pub put_off: bool,
    /// Whether it is told as of some earlier time, without its day.
    pub earlier: bool,
    /// Whether it is only named in words against it.
    pub blamed: bool,
    /// Names of places below a state in its words.
    pub cities: BTreeSet<String>,
    /// Words that report it, best first.
    pub quotes: Vec<Quote>,
    /// The whole sentence of the first of them, where that breaks off and the sentence can be read alone.
    pub whole: Option<Quote>,
    /// The record's figures that stand in those words or in the details that follow, with their place in the record.
    pub figures: Vec<(usize, Figure)>,
}

/// A figure of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureDigest {
    /// Its place in the record.
    pub index: usize,
    /// The figure.
    pub figure: Figure,
    /// The words around it.
    pub quote: Quote,
    /// The whole sentence, where those break off and it can be read alone.
    pub whole: Option<Quote>,
}

/// A statement of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatementDigest {
    /// The statement.
    pub statement: Statement,
    /// The words attributed.
    pub text: String,
    /// The words around them.
    pub quote: Quote,
    /// Codes of the states named in it, sorted.
    pub named: Vec<String>,
}

/// A commitment of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommitmentDigest {
    /// The commitment.
    pub commitment: Commitment,
    /// Codes of the states named in it, sorted.
    pub named: Vec<String>,
    /// Its words without names and times: what it is about.
    pub matter: String,
    /// The words.
    pub quote: Quote,
}

/// A position of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PositionDigest {
    /// The position.
    pub position: Position,
    /// The words.
    pub quote: Quote,
}

/// A term that a document explains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermDigest {
    /// The term.
    pub term: String,
    /// The explanation.
    pub explained: String,
    /// The sentence.
    pub quote: Quote,
}

/// What the account needs of one document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// The document itself.
    pub document: Facts,
    /// Whom its items name.
    pub entities: Vec<Entity>,
    /// Its events.
    pub events: Vec<EventDigest>,
    /// What each of its events is compared by; only joining needs it.
    #[serde(skip)]
    pub traits: Vec<Traits>,
    /// Its figures.
    pub figures: Vec<FigureDigest>,
    /// Its statements.
    pub statements: Vec<StatementDigest>,
    /// Its commitments.
    pub commitments: Vec<CommitmentDigest>,
    /// Its positions.
    pub positions: Vec<PositionDigest>,
    /// Terms it explains.
    pub terms: Vec<TermDigest>,
    /// Sentences that weigh things in its own voice, in order of the text.
    pub assessments: Vec<Quote>,
}

impl Digest {
    /// The digest of a record.
    pub fn new(record: &Record, words: &Words) -> Self {
        let text = Text::new(&record.document.text);
        let reader = Reader { record, text: &text, words, shared: shared_sentences(record, &text) };
        let masked = reader.masked();
        let traits: Vec<Traits> =
            record.events.iter().map(|event| Traits::new(record, &text, &masked, event, words)).collect();
        Self {
            document: reader.facts(),
            entities: record.entities.clone(),
            events: reader.events(&traits),
            traits,
            figures: reader.figures(),
            statements: record.statements.iter().map(|statement| reader.statement(statement)).collect(),
            commitments: record
                .commitments
                .iter()
                .map(|commitment| CommitmentDigest {
                    commitment: commitment.clone(),
                    named: reader.named(commitment.what),
                    matter: matter(&text, commitment.what, &masked),
                    quote: text.quote(commitment.what, true, words),
                })
                .collect(),
            positions: record
                .positions
                .iter()
                .map(|position| PositionDigest {
                    position: position.clone(),
                    quote: text.quote(position.evidence, true, words),
                })
                .collect(),
            terms: record
                .terms
                .iter()
                .map(|term| TermDigest {
                    term: term.term.clone(),
                    explained: text.words(term.definition),
                    quote: text.quote(term.evidence, false, words),
                })
                .collect(),
            assessments: reader.assessments(),
        }
    }

    /// The entity of an identifier.
    pub fn entity(&self, id: &str) -> Option<&Entity> {
        self.entities.iter().find(|entity| entity.id == id)
    }
}

/// Identifiers for the events of a record, the same whenever and wherever it is coded: made of the identifier of the
/// document, the type, the parties and the words that report the event first.
pub fn lasting_ids(record: &Record) -> Vec<String> {
    let chars: Vec<char> = record.document.text.chars().collect();
    let mut seen: HashMap<u64, u64> = HashMap::new();
    record
        .events
        .iter()
        .map(|event| {
            let words = event.evidence.first().map(|span| span.text(&chars)).unwrap_or_default();
            let mode = event.mode.as_deref().unwrap_or_default();
            let parts = [&record.document.id, event.kind.name(), mode, &words].map(hash);
            let parties = event.source.iter().chain(&event.target).map(|code| hash(code));
            let key = parts.into_iter().chain(parties).fold(0, |all, part| mix(all ^ part));
            // Two that are told by the same words are told apart by their order.
            let count = seen.entry(key).or_default();
            *count += 1;
            lasting_id(mix(key ^ *count))
        })
        .collect()
}

/// Twelve letters and digits for a number: `e` and 55 bits in Crockford's base 32.
fn lasting_id(number: u64) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let digit = |at: u32| char::from(DIGITS[(number >> (5 * at)) as usize & 31]);
    std::iter::once('e').chain((0..11).map(digit)).collect()
}

/// Words with blanks for names and times.
fn matter(text: &Text, span: Span, masked: &[bool]) -> String {
    let blank = |at: usize| masked.get(at).copied().unwrap_or(false);
    (span.start..span.end)
        .filter_map(|at| if blank(at) { Some(' ') } else { text.chars.get(at).copied() })
        .collect()
}

/// Starts of sentences that report more than one event.
fn shared_sentences(record: &Record, text: &Text) -> BTreeSet<usize> {
    let mut reporting: HashMap<usize, BTreeSet<usize>> = HashMap::new();
    for (index, event) in record.events.iter().enumerate() {
        for &span in &event.evidence {
            for sentence in text.touched(span) {
                reporting.entry(sentence.span.start).or_default().insert(index);
            }
        }
    }
    reporting.into_iter().filter(|(_, events)| events.len() > 1).map(|(start, _)| start).collect()
}

struct Reader<'a> {
    record: &'a Record,
    text: &'a Text,
    words: &'a Words,
    shared: BTreeSet<usize>,
}

impl Reader<'_> {
    fn facts(&self) -> Facts {
        let document = &self.record.document;
        let terms = self.words.glossary().iter().filter(|entry| {
            let mut forms = std::iter::once(&entry.term).chain(&entry.aliases);
            forms.any(|form| occurs(form, &document.text))
        });
        Facts {
            id: document.id.clone(),
            title: document.title.clone(),
            published: document.published.clone(),
            publisher: document.publisher.clone(),
            url: document.url.clone(),
            origins: document.origins.clone(),
            about: self.about(),
            glossary: terms.map(|entry| entry.term.clone()).collect(),
        }
    }

    fn about(&self) -> Vec<String> {
        let mentions = &self.record.mentions;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for mention in mentions.iter().filter(|mention| mention.kind != Kind::Place) {
            for state in &mention.states {
                *counts.entry(state).or_default() += 1;
            }
        }
        let least = 2.max(mentions.len() / ABOUT_SHARE);
        counts.into_iter().filter(|&(_, count)| count >= least).map(|(code, _)| code.to_owned()).collect()
    }

    fn events(&self, traits: &[Traits]) -> Vec<EventDigest> {
        let uids = lasting_ids(self.record);
        let events = self.record.events.iter().zip(traits).zip(uids);
        events
            .map(|((event, traits), uid)| {
                let quotes = self.quotes(event);
                let beside = self.beside(event);
                let figures: Vec<(usize, Figure)> = self
                    .record
                    .figures
                    .iter()
                    .enumerate()
                    .filter(|(_, figure)| {
                        let span = Span::new(figure.start, figure.end);
                        let tells = |event: &Event| event.evidence.iter().any(|it| it.contains(span));
                        // 拘束していた10人を解放した: how many were freed, not how many were seized.
                        let near = || {
                            quotes.iter().map(|quote| quote.span).chain(beside).any(|it| it.contains(span))
                                && !self.record.events.iter().any(tells)
                        };
                        tells(event) || near()
                    })
                    .map(|(index, figure)| (index, figure.clone()))
                    .collect();
                EventDigest {
                    uid,
                    repeated: traits.repeated,
                    put_off: traits.put_off,
                    earlier: traits.earlier,
                    blamed: traits.blamed,
                    cities: traits.cities.clone(),
                    whole: quotes.first().and_then(|quote| self.whole(quote)),
                    event: event.clone(),
                    quotes,
                    figures,
                }
            })
            .collect()
    }

    /// The sentence that follows the report of an event in its paragraph, where it tells of nothing else: it gives the
    /// details.
    fn beside(&self, event: &Event) -> Option<Span> {
        let is_body = |sentence: &&Sentence| sentence.line == Line::Body;
        let told = event.evidence.iter().find_map(|&span| self.text.touched(span).iter().find(is_body))?;
        let at = self.text.sentences.partition_point(|sentence| sentence.span.end <= told.span.end);
        let next = self.text.sentences.get(at).filter(is_body)?.span;
        let between = self.text.chars.get(told.span.end..next.start)?;
        let statements = self.record.statements.iter().map(|it| Span::new(it.start, it.end));
        let others = self.record.events.iter().flat_map(|it| it.evidence.iter().copied()).chain(statements);
        let free = !between.contains(&'\n') && !others.into_iter().any(|span| span.overlaps(next));
        free.then_some(next)
    }

    /// Which characters are names or times.
    fn masked(&self) -> Vec<bool> {
        let mut masked = vec![false; self.text.chars.len()];
        let names = self.record.mentions.iter().map(|mention| (mention.start, mention.end));
        for (start, end) in names.chain(self.record.times.iter().map(|time| (time.start, time.end))) {
            for slot in masked.get_mut(start..end.min(self.text.chars.len())).unwrap_or_default() {
                *slot = true;
            }
        }
        masked
    }

    fn quotes(&self, event: &Event) -> Vec<Quote> {
        let mut quotes: Vec<(f64, Quote)> = Vec::new();
        for &span in &event.evidence {
            let mut touched = self.text.touched(span).iter();
            let is_shared = touched.any(|sentence| self.shared.contains(&sentence.span.start));
            let quote = self.text.quote(span, is_shared, self.words);
            // What a text tells first it tells fullest.
            let first = if event.evidence.first() == Some(&span) { 0.6 } else { 0.0 };
            let quality = first + self.quality(span, &quote);
            if !quote.text.is_empty() && quotes.iter().all(|(_, known)| known.text != quote.text) {
                quotes.push((quality, quote));
            }
        }
        quotes.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.span.cmp(&b.1.span)));
        quotes.into_iter().map(|(_, quote)| quote).collect()
    }

    /// How well a passage tells a reader what happened.
    fn quality(&self, evidence: Span, quote: &Quote) -> f64 {
        let line = self.text.touched(evidence).first().map_or(Line::Reference, |sentence| sentence.line);
        let mut quality = match line {
            Line::Body => 3.0,
            Line::Item => 1.5,
            Line::Heading => 0.5,
            Line::Reference => -4.0,
        };
        if self.words.hints("anaphor").iter().any(|(word, _)| quote.text.starts_with(word.as_str())) {
            quality -= 2.0;
        }
        let record = self.record;
        let inside = |start: usize, end: usize| quote.span.contains(Span::new(start, end));
        let named = |mention: &&Mention| mention.start == quote.span.start;
        if quote.text.starts_with('…') && !record.mentions.iter().any(|mention| named(&mention)) {
            quality -= 0.8;
        }
        if quote.text.ends_with('…') {
            quality -= 0.6;
        } else if quote.text.ends_with('。') {
            quality += 0.3;
        }
        let persons = record
            .mentions
            .iter()
            .filter(|mention| mention.kind == Kind::Person && inside(mention.start, mention.end));
        quality += 0.3 * persons.count().min(2) as f64;
        let states: BTreeSet<&String> = record
            .mentions
            .iter()
            .filter(|mention| mention.kind != Kind::Place && inside(mention.start, mention.end))
            .flat_map(|mention| &mention.states)
            .collect();
        quality += 0.3 * states.len().min(2) as f64;
        if record.times.iter().any(|time| inside(time.start, time.end)) {
            quality += 0.6;
        }
        // A bare noun names it in passing, in a sentence that tells of something else: 会談は成功だったと語った.
        if evidence.len() <= BARE_NOUN {
            quality -= 1.5;
        }
        quality + 0.01 * evidence.len().min(80) as f64
    }

    /// The whole sentence of a quote that breaks off, where it can be read alone.
    fn whole(&self, quote: &Quote) -> Option<Quote> {
        if !quote.text.starts_with('…') && !quote.text.ends_with('…') {
            return None;
        }
        let whole = self.text.quote(quote.span, false, self.words);
        (whole.text.ends_with('。') && !whole.text.starts_with('…')).then_some(whole)
    }

    fn figures(&self) -> Vec<FigureDigest> {
        let figures = &self.record.figures;
        let digest = |(index, figure): (usize, &Figure)| {
            let span = Span::new(figure.start, figure.end);
            let others = self.text.touched(span).first().is_some_and(|sentence| {
                let inside = |figure: &&Figure| sentence.span.contains(Span::new(figure.start, figure.end));
                figures.iter().filter(inside).count() > 1
            });
            let quote = self.text.quote(span, others, self.words);
            FigureDigest { index, figure: figure.clone(), whole: self.whole(&quote), quote }
        };
        figures.iter().enumerate().map(digest).collect()
    }

    /// Codes of the states named in some words, sorted.
    fn named(&self, span: Span) -> Vec<String> {
        let inside = self.record.mentions.iter().filter(|mention| span.covers(mention.start));
        let codes: BTreeSet<&String> = inside.flat_map(|mention| &mention.states).collect();
        codes.into_iter().cloned().collect()
    }

    fn statement(&self, statement: &Statement) -> StatementDigest {
        let span = Span::new(statement.start, statement.end);
        StatementDigest {
            statement: statement.clone(),
            text: self.text.words(statement.content),
            quote: self.text.quote(span.join(statement.content), false, self.words),
            named: self.named(span),
        }
    }

    /// What the article says in its own voice: weighing sentences that no statement and no event covers.
    fn assessments(&self) -> Vec<Quote> {
        let record = self.record;
        let mut taken: Vec<Span> = record
            .statements
            .iter()
            .map(|statement| Span::new(statement.start, statement.end).join(statement.content))
            .chain(record.events.iter().flat_map(|event| event.evidence.iter().copied()))
            .collect();
        taken.sort();
        let mut options: Vec<(f64, Span)> = Vec::new();
        let mut at = 0;
        for sentence in &self.text.sentences {
            while taken.get(at).is_some_and(|span| span.end <= sentence.span.start) {
                at += 1;
            }
            let covered = taken.get(at).is_some_and(|span| span.overlaps(sentence.span));
            let body = matches!(sentence.line, Line::Body | Line::Item);
            if covered || !body || sentence.span.len() < ASSESSING_CHARS {
                continue;
            }
            let weight = self.words.weigh("weigh", &self.text.words(sentence.span));
            if weight >= ASSESSING {
                options.push((weight, sentence.span));
            }
        }
        options.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        options.truncate(ASSESSMENTS);
        options.sort_by_key(|(_, span)| *span);
        options.into_iter().map(|(_, span)| self.text.quote(span, false, self.words)).collect()
    }
}

/// Whether a term stands in a text; one of Latin letters only where no letter or digit adjoins.
fn occurs(term: &str, text: &str) -> bool {
    if !term.is_ascii() {
        return text.contains(term);
    }
    text.match_indices(term).any(|(at, _)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + term.len()..).and_then(|tail| tail.chars().next());
        let adjoins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        !adjoins(before) && !adjoins(after)
    })
}
