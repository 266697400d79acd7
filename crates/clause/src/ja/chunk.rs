//! Words to chunks, and the predicates in them.

use super::lexicon::Tables;
use super::word::{Role, Word};
use crate::types::{Case, ChunkKind, Link, Predicate};
use entente_base::SentenceKind;
use entente_token::{Form, Tag};
use std::ops::Range;

/// What a noun phrase's head stands for: only like is coordinated with like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Person,
    Body,
    Place,
    Time,
    Figure,
    None,
}

impl Class {
    /// Whether it may speak and act.
    pub fn acts(self) -> bool {
        matches!(self, Class::Person | Class::Body)
    }
}

/// The predicate of a chunk and how it goes on.
#[derive(Debug, Clone)]
pub(super) struct Pred {
    pub predicate: Predicate,
    pub link: Link,
    /// Modifies a noun, as content or otherwise.
    pub adnominal: bool,
    /// An adjective or a noun with な: no clause of its own unless something depends on it.
    pub weak: bool,
    /// A verb or a verbal noun, rather than a noun with a copula or an adjective.
    pub verbal: bool,
    /// An adjective that takes に: 必要, 近い.
    pub relation: bool,
    /// Joined by よう or ように.
    pub you: bool,
    /// Joined by words of its own (とともに, うえで) that reach past what is embedded.
    pub loose: bool,
    /// Joined by a conjunctive と, which may mean "when" or "that".
    pub to_condition: bool,
}

/// A chunk before its head is known.
#[derive(Debug, Clone)]
pub(super) struct Proto {
    pub words: Range<usize>,
    pub content: Range<usize>,
    pub kind: ChunkKind,
    pub case: Option<Case>,
    pub inner: Option<Case>,
    pub topic: bool,
    pub also: bool,
    pub comma: bool,
    pub quote: Option<usize>,
    /// The stretch without a full stop, at one depth of quotation, that it stands in.
    pub segment: usize,
    /// The same for what it depends on: the last chunk of a quotation looks outside.
    pub outer_segment: usize,
    pub pred: Option<Pred>,
    pub class: Class,
    /// Its last word names an act.
    pub act: bool,
    /// Its particle is と or the like, of which it is not yet known whether it coordinates.
    pub maybe_and: bool,
    /// Coordinates for certain: や, および, ・.
    pub surely_and: bool,
    /// What modifies it is its content: 考え, 方針, こと.
    pub content_noun: bool,
    /// Its noun names an occasion: 会談, 首脳会議.
    pub occasion: bool,
    /// Its noun means nothing by itself: こと, もの.
    pub bound: bool,
    /// First code point of its content.
    pub start: usize,
    /// Past the last code point of its content.
    pub end: usize,
}

/// The chunks, and which chunk is the last of each quotation.
pub(super) struct Chunks {
    pub protos: Vec<Proto>,
    pub quote_last: Vec<Option<usize>>,
}

pub(super) struct Chunker<'a> {
    pub chars: &'a [char],
    pub words: &'a [Word<'a>],
    pub tables: &'a Tables,
    pub kind: SentenceKind,
    pub protos: Vec<Proto>,
    pub scopes: Vec<(Option<usize>, usize)>,
    pub next_segment: usize,
    pub pending: usize,
    pub quote_last: Vec<Option<usize>>,
}

/// Particles read after a noun.
#[derive(Default)]
pub(super) struct Particles {
    pub case: Option<Case>,
    pub inner: Option<Case>,
    pub topic: bool,
    pub also: bool,
    pub maybe_and: bool,
    pub surely_and: bool,
}

/// Verbs that make a predicate of a noun.
pub(super) const SURU: &[&str] = &["する", "できる", "出来る", "なさる", "いたす", "致す", "される"];

impl<'a> Chunker<'a> {
    pub(super) fn new(
        chars: &'a [char],
        words: &'a [Word<'a>],
        tables: &'a Tables,
        kind: SentenceKind,
        quotes: usize,
    ) -> Self {
        Self {
            chars,
            words,
            tables,
            kind,
            protos: Vec::new(),
            scopes: vec![(None, 0)],
            next_segment: 1,
            pending: 0,
            quote_last: vec![None; quotes],
        }
    }

    pub(super) fn run(mut self) -> Chunks {
        let mut at = 0;
        while at < self.words.len() {
            at = self.step(at);
        }
        Chunks { protos: self.protos, quote_last: self.quote_last }
    }

    pub(super) fn new_segment(&mut self) -> usize {
        self.next_segment += 1;
        self.next_segment - 1
    }

    pub(super) fn scope(&self) -> (Option<usize>, usize) {
        self.scopes.last().copied().unwrap_or((None, 0))
    }

    pub(super) fn end_segment(&mut self) {
        let segment = self.new_segment();
        if let Some(scope) = self.scopes.last_mut() {
            scope.1 = segment;
        }
    }

    /// The previous chunk, if it stands in the present segment.
    pub(super) fn previous(&self) -> Option<&Proto> {
        self.protos.last().filter(|proto| proto.outer_segment == self.scope().1)
    }

    /// Punctuation belongs to the chunk before it.
    pub(super) fn extend(&mut self, to: usize) {
        if let Some(last) = self.protos.last_mut() {
            last.words.end = to;
            self.pending = to;
        }
    }

    pub(super) fn surface(&self, at: usize) -> &'a [char] {
        self.words.get(at).map_or(&[][..], |word| word.span.slice(self.chars))
    }

    pub(super) fn is(&self, at: usize, text: &str) -> bool {
        self.words.get(at).is_some_and(|word| {
            word.role == Role::Plain
                && word.label.is_none()
                && word.span.len() <= 8
                && word.span.slice(self.chars).iter().copied().eq(text.chars())
        })
    }

    pub(super) fn tag(&self, at: usize) -> Option<Tag> {
        self.words.get(at).map(|word| word.tag)
    }

    pub(super) fn is_tag(&self, at: usize, tag: Tag) -> bool {
        self.tag(at) == Some(tag)
    }

    pub(super) fn is_nominal(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.role == Role::Plain && word.tag.is_nominal())
    }

    pub(super) fn is_heading(&self) -> bool {
        self.kind == SentenceKind::Heading
    }

    /// Whether nothing of the sentence, quotation or heading's part stands at `at`.
    pub(super) fn ends(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return true };
        match word.role {
            Role::CloseQuote(_) => true,
            Role::Insertion => at + 1 == self.words.len() || self.is_tag(at + 1, Tag::Period),
            _ => match word.tag {
                Tag::Period => true,
                Tag::Space => self.is_heading() || at + 1 == self.words.len(),
                Tag::Close | Tag::Symbol => at + 1 == self.words.len(),
                _ => false,
            },
        }
    }

    pub(super) fn step(&mut self, at: usize) -> usize {
        let word = &self.words[at];
        match word.role {
            Role::OpenQuote(quote) => {
                let segment = self.new_segment();
                self.scopes.push((Some(quote), segment));
                return at + 1;
            }
            Role::CloseQuote(quote) => return self.close_quote(at, quote),
            Role::Insertion => {
                if self.previous().is_some() {
                    self.extend(at + 1);
                } else {
                    let end = at + 1;
                    self.push(at..end, at..end, ChunkKind::Adverbial);
                }
                return at + 1;
            }
            Role::Plain => {}
        }
        match word.tag {
            Tag::Comma => {
                self.extend(at + 1);
                if let Some(last) = self.protos.last_mut() {
                    last.comma = true;
                }
                at + 1
            }
            Tag::Period => {
                self.extend(at + 1);
                self.end_segment();
                at + 1
            }
            Tag::Space => {
                self.extend(at + 1);
                if self.is_heading() && !self.protos.is_empty() {
                    self.end_segment();
                }
                at + 1
            }
            Tag::Open | Tag::Close | Tag::Symbol => {
                self.extend(at + 1);
                at + 1
            }
            Tag::Adverb | Tag::Interjection => self.adverb(at),
            Tag::Conjunction => {
                if self.previous().is_some_and(|last| last.kind == ChunkKind::Nominal)
                    && matches!(
                        self.surface(at),
                        ['お', 'よ', 'び'] | ['及', 'び'] | ['並', 'び', 'に'] | ['な', 'ら', 'び', 'に']
                    )
                {
                    self.extend(at + 1);
                    if let Some(last) = self.protos.last_mut().filter(|last| last.case.is_none()) {
                        last.surely_and = true;
                    }
                    return at + 1;
                }
                // ペルー、それにボリビア: the list goes on, of those who act.
                let listed = matches!(
                    self.surface(at),
                    ['そ', 'れ', 'に']
                        | ['さ', 'ら', 'に']
                        | ['加', 'え', 'て']
                        | ['そ', 'し', 'て']
                        | ['ま', 'た']
                ) && self.is_nominal(at + 1)
                    && self.words.get(at + 1).is_some_and(|word| word.label.is_some());
                if let Some(last) = self.protos.last_mut().filter(|last| {
                    listed
                        && last.kind == ChunkKind::Nominal
                        && last.comma
                        && last.case.is_none()
                        && last.class.acts()
                }) {
                    last.surely_and = true;
                    self.extend(at + 1);
                    return at + 1;
                }
                self.push(at..at + 1, at..at + 1, ChunkKind::Adverbial);
                at + 1
            }
            Tag::Adnominal => {
                self.push(at..at + 1, at..at + 1, ChunkKind::Adnominal);
                at + 1
            }
            Tag::Verb if self.is_adverbial(at) => {
                let end = self.skip_focus(at + 2);
                self.push(at..end, at..at + 2, ChunkKind::Adverbial);
                end
            }
            Tag::Verb | Tag::BoundVerb => self.predicate(at..at, at),
            Tag::Adjective | Tag::BoundAdjective => {
                let adverbial = word.form == Form::Continuative
                    && !matches!(
                        self.tag(at + 1),
                        Some(Tag::Comma | Tag::ConjunctiveParticle | Tag::Auxiliary | Tag::BoundAdjective)
                    );
                if adverbial {
                    let end = self.skip_focus(at + 1);
                    self.push(at..end, at..at + 1, ChunkKind::Adverbial);
                    end
                } else {
                    self.predicate(at..at, at)
                }
            }
            tag if tag.is_nominal() => self.nominal(at),
            _ => {
                // A stray function word hangs on what stands before it.
                if self.protos.is_empty() {
                    self.push(at..at + 1, at..at + 1, ChunkKind::Adverbial);
                } else {
                    self.extend(at + 1);
                }
                at + 1
            }
        }
    }

    /// Whether a verb in its て form is an adverb: 相次いで, 続いて without a subject or an object of its own.
    fn is_adverbial(&self, at: usize) -> bool {
        let bare = self.previous().is_none_or(|last| {
            last.comma
                || !matches!(last.case, Some(Case::Ga | Case::Wo | Case::Ni | Case::And)) && !last.topic
        });
        bare && self.tables.adverb.contains(self.words[at].base)
            && self.is_tag(at + 1, Tag::ConjunctiveParticle)
            && !matches!(
                self.tag(at + 2),
                Some(Tag::BoundVerb | Tag::Auxiliary | Tag::BoundAdjective | Tag::ConjunctiveParticle)
            )
    }

    /// Past は, も, さえ and the like.
    pub(super) fn skip_focus(&self, mut at: usize) -> usize {
        while matches!(self.tag(at), Some(Tag::TopicParticle | Tag::AdverbialParticle)) {
            at += 1;
        }
        at
    }

    pub(super) fn push(&mut self, words: Range<usize>, content: Range<usize>, kind: ChunkKind) {
        let (quote, segment) = self.scope();
        let words = self.pending.min(words.start)..words.end;
        self.pending = words.end;
        let (start, end) = match (self.words.get(content.start), self.words[..content.end].last()) {
            (Some(first), Some(last)) => (first.span.start, last.span.end),
            _ => (0, 0),
        };
        self.protos.push(Proto {
            words,
            content,
            kind,
            case: None,
            inner: None,
            topic: false,
            also: false,
            comma: false,
            quote,
            segment,
            outer_segment: segment,
            pred: None,
            class: Class::None,
            act: false,
            maybe_and: false,
            surely_and: false,
            content_noun: false,
            bound: false,
            occasion: false,
            start,
            end,
        });
    }

    pub(super) fn adverb(&mut self, at: usize) -> usize {
        let mut end = at + 1;
        let mut kind = ChunkKind::Adverbial;
        while let Some(word) = self.words.get(end).filter(|word| word.role == Role::Plain) {
            match word.tag {
                Tag::AdnominalParticle => {
                    kind = ChunkKind::Adnominal;
                    end += 1;
                    break;
                }
                Tag::TopicParticle | Tag::AdverbialParticle | Tag::Particle => end += 1,
                Tag::CaseParticle if !self.is(end, "と") || !self.is_tag(at, Tag::Interjection) => end += 1,
                _ => break,
            }
        }
        self.push(at..end, at..at + 1, kind);
        end
    }

    pub(super) fn close_quote(&mut self, at: usize, quote: usize) -> usize {
        if !self.scopes.iter().any(|scope| scope.0 == Some(quote)) {
            self.extend(at + 1);
            return at + 1;
        }
        while let Some(scope) = self.scopes.pop() {
            if scope.0 == Some(quote) {
                break;
            }
        }
        let outer = self.scope().1;
        let last_index = self.protos.len().wrapping_sub(1);
        let Some(last) = self.protos.last_mut().filter(|last| last.quote.is_some()) else {
            self.extend(at + 1);
            return at + 1;
        };
        last.outer_segment = outer;
        self.quote_last[quote] = Some(last_index);
        self.extend(at + 1);
        self.after_quote(at + 1)
    }

    /// What follows a quotation says how its last chunk goes on.
    pub(super) fn after_quote(&mut self, mut at: usize) -> usize {
        let start = at;
        while self.is_tag(at, Tag::AdverbialParticle)
            || matches!(self.words.get(at), Some(word) if word.role == Role::Insertion)
        {
            at += 1;
        }
        let has_pred = self.protos.last().is_some_and(|last| last.pred.is_some());
        if !has_pred {
            let (particles, end) = self.particles(start);
            self.extend(end);
            if let Some(last) = self.protos.last_mut() {
                last.apply(&particles);
            }
            return end;
        }
        let (mut link, mut adnominal, mut end, mut case) = (None, false, at, None);
        if self.is(at, "と") {
            end = at + 1;
            link = Some(Link::Content);
            if self.is(end, "の") || self.is(end, "いう") && self.is_nominal(end + 1) {
                adnominal = true;
                end += 1;
            }
        } else if self.is(at, "との") || self.is(at, "という") || self.is(at, "といった") || self.is(at, "の")
        {
            (link, adnominal, end) = (Some(Link::Content), true, at + 1);
        } else if self.is(at, "として") || self.is(at, "とし") {
            (link, end) = (Some(Link::Content), at + 1);
        } else if self.is_tag(at, Tag::Close) || self.ends(at) {
            // The end of a larger one decides.
        } else if self.is_nominal(at) {
            (link, adnominal) = (Some(Link::Adnominal), true);
        } else {
            let (particles, past) = self.particles(at);
            if past > at {
                link = Some(Link::Nominal);
                case = Some(particles);
                end = past;
            } else {
                link = Some(Link::Content);
            }
        }
        end = self.skip_focus(end);
        self.extend(end);
        if let Some(last) = self.protos.last_mut() {
            if let Some(particles) = case {
                last.apply(&particles);
            }
            if let (Some(pred), Some(link)) = (&mut last.pred, link) {
                pred.link = link;
                pred.adnominal = adnominal;
            }
        }
        end
    }
}

impl Proto {
    pub(super) fn apply(&mut self, particles: &Particles) {
        self.case = particles.case;
        self.inner = particles.inner;
        self.topic = particles.topic;
        self.also = particles.also;
        self.maybe_and = particles.maybe_and;
        self.surely_and = particles.surely_and;
    }
}
