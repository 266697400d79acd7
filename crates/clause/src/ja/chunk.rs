//! Words to chunks, and the predicates in them.

use super::lexicon::{Effect, NounClass, PATTERN_WORDS, Tables};
use super::word::{Role, Word};
use crate::types::{Aspect, Case, ChunkKind, Label, Link, Modality, Predicate, Tense, Voice};
use entente_base::{SentenceKind, Span};
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
    protos: Vec<Proto>,
    scopes: Vec<(Option<usize>, usize)>,
    next_segment: usize,
    pending: usize,
    quote_last: Vec<Option<usize>>,
}

/// Particles read after a noun.
#[derive(Default)]
struct Particles {
    case: Option<Case>,
    inner: Option<Case>,
    topic: bool,
    also: bool,
    maybe_and: bool,
    surely_and: bool,
}

const SURU: &[&str] = &["する", "できる", "出来る", "なさる", "いたす", "致す", "される"];

impl<'a> Chunker<'a> {
    pub fn new(
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

    pub fn run(mut self) -> Chunks {
        let mut at = 0;
        while at < self.words.len() {
            at = self.step(at);
        }
        Chunks { protos: self.protos, quote_last: self.quote_last }
    }

    fn new_segment(&mut self) -> usize {
        self.next_segment += 1;
        self.next_segment - 1
    }

    fn scope(&self) -> (Option<usize>, usize) {
        self.scopes.last().copied().unwrap_or((None, 0))
    }

    fn end_segment(&mut self) {
        let segment = self.new_segment();
        if let Some(scope) = self.scopes.last_mut() {
            scope.1 = segment;
        }
    }

    /// The previous chunk, if it stands in the present segment.
    fn previous(&self) -> Option<&Proto> {
        self.protos.last().filter(|proto| proto.outer_segment == self.scope().1)
    }

    /// Punctuation belongs to the chunk before it.
    fn extend(&mut self, to: usize) {
        if let Some(last) = self.protos.last_mut() {
            last.words.end = to;
            self.pending = to;
        }
    }

    fn surface(&self, at: usize) -> &'a [char] {
        self.words.get(at).map_or(&[][..], |word| word.span.slice(self.chars))
    }

    fn is(&self, at: usize, text: &str) -> bool {
        self.words.get(at).is_some_and(|word| {
            word.role == Role::Plain
                && word.label.is_none()
                && word.span.len() <= 8
                && word.span.slice(self.chars).iter().copied().eq(text.chars())
        })
    }

    fn tag(&self, at: usize) -> Option<Tag> {
        self.words.get(at).map(|word| word.tag)
    }

    fn is_tag(&self, at: usize, tag: Tag) -> bool {
        self.tag(at) == Some(tag)
    }

    fn is_nominal(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.role == Role::Plain && word.tag.is_nominal())
    }

    fn is_heading(&self) -> bool {
        self.kind == SentenceKind::Heading
    }

    /// Whether nothing of the sentence, quotation or heading's part stands at `at`.
    fn ends(&self, at: usize) -> bool {
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

    fn step(&mut self, at: usize) -> usize {
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
                self.push(at..at + 1, at..at + 1, ChunkKind::Adverbial);
                at + 1
            }
            Tag::Adnominal => {
                self.push(at..at + 1, at..at + 1, ChunkKind::Adnominal);
                at + 1
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

    /// Past は, も, さえ and the like.
    fn skip_focus(&self, mut at: usize) -> usize {
        while matches!(self.tag(at), Some(Tag::TopicParticle | Tag::AdverbialParticle)) {
            at += 1;
        }
        at
    }

    fn push(&mut self, words: Range<usize>, content: Range<usize>, kind: ChunkKind) {
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

    fn adverb(&mut self, at: usize) -> usize {
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

    fn close_quote(&mut self, at: usize, quote: usize) -> usize {
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
    fn after_quote(&mut self, mut at: usize) -> usize {
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
            if self.is(end, "の") {
                adnominal = true;
                end += 1;
            } else if self.is(end, "いう") && self.is_nominal(end + 1) {
                adnominal = true;
                end += 1;
            }
        } else if self.is(at, "との") || self.is(at, "という") || self.is(at, "といった") || self.is(at, "の")
        {
            (link, adnominal, end) = (Some(Link::Content), true, at + 1);
        } else if self.is(at, "として") || self.is(at, "とし") {
            (link, end) = (Some(Link::Content), at + 1);
        } else if self
            .words
            .get(at)
            .is_some_and(|word| word.role == Role::CloseQuote(0) || word.tag == Tag::Close)
            || self.ends(at)
        {
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

    /// The end of the compound noun that begins at `at`; and whether ・ coordinates it with what follows.
    fn compound(&self, at: usize) -> (usize, bool) {
        let mut end = at + 1;
        while end < self.words.len() {
            let word = &self.words[end];
            let before = &self.words[end - 1];
            match word.role {
                Role::Insertion => {
                    end += 1;
                    continue;
                }
                Role::OpenQuote(_) | Role::CloseQuote(_) => break,
                Role::Plain => {}
            }
            if word.tag.is_nominal() {
                let before =
                    if before.role == Role::Insertion { &self.words[end.saturating_sub(2)] } else { before };
                if self.parts(at, end, before, word) {
                    break;
                }
                end += 1;
                continue;
            }
            let next_nominal = self.is_nominal(end + 1);
            let joins = match (word.tag, self.surface(end)) {
                (_, ['・'] | ['･']) if next_nominal => {
                    let class = self.class(at..end);
                    let next = self.class(end + 1..end + 2);
                    if class != Class::None && class == next && self.words[end + 1].label.is_some() {
                        return (end, true);
                    }
                    true
                }
                (
                    Tag::Symbol | Tag::Comma,
                    ['=' | '-' | '‐' | '―' | '/' | '–' | '.' | ',' | '~' | '〜' | '&' | '%' | ':'],
                ) => next_nominal || matches!(self.surface(end), ['%']),
                (Tag::Space, ['\n']) if !self.is_heading() => next_nominal,
                (Tag::Space, _) if !self.is_heading() => {
                    let ascii = |at: usize| self.surface(at).last().is_some_and(char::is_ascii_alphanumeric);
                    next_nominal && ascii(end - 1) && ascii(end + 1)
                }
                _ => false,
            };
            if !joins {
                break;
            }
            end += 1;
        }
        while end > at + 1 && self.words[end - 1].role == Role::Insertion {
            end -= 1;
        }
        (end, false)
    }

    /// Whether a compound is parted between two nouns.
    fn parts(&self, start: usize, at: usize, before: &Word<'_>, word: &Word<'_>) -> bool {
        if word.label == Some(Label::Time) {
            let is_clock = before.span.slice(self.chars).ends_with(&['時', '間']);
            return before.tag != Tag::Prefix && !is_clock;
        }
        if word.tag == Tag::NounSuffix {
            return false;
        }
        if before.label == Some(Label::Time) {
            return !matches!(word.tag, Tag::BoundNoun | Tag::AdverbialNoun | Tag::NounSuffix);
        }
        let is_first = at == start + 1;
        if matches!(before.span.slice(self.chars), ['ご', 'ろ'] | ['頃'] | ['こ', 'ろ']) {
            return true;
        }
        if word.tag == Tag::Number {
            return false;
        }
        if is_first && before.label.is_none() && before.tag == Tag::AdverbialNoun && before.span.len() > 1 {
            return !matches!(word.tag, Tag::BoundNoun | Tag::AdverbialNoun);
        }
        is_first && before.tag == Tag::Pronoun && before.label.is_none() && word.label.is_some()
    }

    /// What the head of a compound stands for.
    pub fn class(&self, range: Range<usize>) -> Class {
        let words = &self.words[range.clone()];
        let solid =
            |word: &&Word<'_>| word.role == Role::Plain && !matches!(word.tag, Tag::Symbol | Tag::Space);
        let mut tail = words.iter().rev().filter(solid);
        let Some(mut last) = tail.next() else { return Class::None };
        if matches!(last.span.slice(self.chars), ['ら'] | ['た', 'ち'] | ['達']) {
            match tail.next() {
                Some(before) => last = before,
                None => return Class::None,
            }
        }
        if let Some(label) = last.label {
            return match label {
                Label::Person => Class::Person,
                Label::State | Label::Organization => Class::Body,
                Label::Place => Class::Place,
                Label::Time => Class::Time,
                Label::Figure => Class::Figure,
            };
        }
        let clock = matches!(
            last.span.slice(self.chars),
            ['時'] | ['分'] | ['秒'] | ['年'] | ['月'] | ['日'] | ['時', '半'] | ['頃'] | ['ご', 'ろ']
        );
        let counted = words.iter().any(|word| word.tag == Tag::Number && word.label.is_none());
        if counted && matches!(last.tag, Tag::NounSuffix | Tag::Number) && words.len() <= 8 {
            let dated = words[0].label == Some(Label::Time);
            return if clock || dated { Class::Time } else { Class::Figure };
        }
        let span =
            Span::new(self.words[range.start].span.start.max(last.span.end.saturating_sub(8)), last.span.end);
        let alone = last.span.len() == 1 && (last.tag == Tag::NounSuffix || words.len() == 1);
        for class in self.tables.noun_classes(span.slice(self.chars), alone) {
            match class {
                NounClass::Person => return Class::Person,
                NounClass::Body => return Class::Body,
                NounClass::Quantity => return Class::Figure,
                NounClass::Thing => return Class::None,
                _ => {}
            }
        }
        if last.tag == Tag::AdverbialNoun && last.span.len() > 1 && words.len() == 1 {
            return Class::Time;
        }
        match last.tag {
            Tag::PersonName => Class::Person,
            Tag::OrganizationName | Tag::PlaceName => Class::Body,
            _ => Class::None,
        }
    }

    fn has_noun_class(&self, range: Range<usize>, class: NounClass) -> bool {
        let Some(last) = self.words[range.clone()].iter().rev().find(|word| word.role == Role::Plain) else {
            return false;
        };
        if last.label.is_some() {
            return false;
        }
        let span =
            Span::new(self.words[range.start].span.start.max(last.span.end.saturating_sub(8)), last.span.end);
        self.tables.noun_classes(span.slice(self.chars), true).contains(&class)
    }

    fn last_plain(&self, range: Range<usize>) -> Option<&'a Word<'a>> {
        self.words[range].iter().rev().find(|word| word.role == Role::Plain && word.tag.is_nominal())
    }

    fn nominal(&mut self, at: usize) -> usize {
        let (end, and) = self.compound(at);
        let Some(last) = self.last_plain(at..end) else { return end };
        let adjectival = matches!(last.tag, Tag::AdjectivalNoun)
            || last.tag == Tag::NounSuffix && matches!(last.span.slice(self.chars), ['的']);
        let countable = matches!(last.label, Some(Label::Time | Label::Figure));
        if let Some(next) = self.words.get(end).filter(|next| next.role == Role::Plain) {
            if next.tag == Tag::Verb && SURU.contains(&next.base) && !countable {
                return self.predicate(at..end, end);
            }
            if self.is_copula(end, at..end, adjectival) {
                return self.predicate(at..end, end);
            }
            if adjectival && next.tag == Tag::Particle && self.is(end, "に") {
                let past = self.skip_focus(end + 1);
                self.push(at..past, at..end, ChunkKind::Adverbial);
                return past;
            }
        }
        if let Some(past) = self.bare_predicate(at..end, last) {
            return past;
        }
        let (mut particles, past) = self.particles(end);
        if and {
            particles.surely_and = true;
        }
        let (class, act) = (self.class(at..end), self.is_act(at..end, last));
        let content_noun = self.has_noun_class(at..end, NounClass::Content);
        let occasion = self.has_noun_class(at..end, NounClass::Occasion)
            || act && self.tables.speech.get(&format!("{}する", last.base)).is_some_and(|it| it.occasion);
        let past = if and { past.max(end + 1) } else { past };
        self.push(at..past, at..end, ChunkKind::Nominal);
        if let Some(proto) = self.protos.last_mut() {
            proto.apply(&particles);
            // 2隻も, いずれも: how many, no topic.
            if class == Class::Figure && proto.case.is_none() {
                proto.also = false;
            }
            proto.class = class;
            proto.act = act;
            proto.content_noun = content_noun;
            proto.bound = last.tag == Tag::BoundNoun;
            proto.occasion = occasion;
        }
        past
    }

    fn is_act(&self, range: Range<usize>, last: &Word<'_>) -> bool {
        last.label.is_none() && (last.tag == Tag::VerbalNoun || self.has_noun_class(range, NounClass::Act))
    }

    /// Whether a copula follows the noun in `range`.
    fn is_copula(&self, at: usize, range: Range<usize>, adjectival: bool) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        let negated = |at: usize| {
            let at = self.skip_focus(at);
            self.words.get(at).is_some_and(|word| {
                word.role == Role::Plain
                    && matches!(word.base, "ない" | "ある" | "ござる")
                    && matches!(word.tag, Tag::Auxiliary | Tag::Adjective | Tag::BoundAdjective | Tag::Verb)
            })
        };
        if self.is(at, "で") {
            if negated(at + 1)
                && (word.tag == Tag::Auxiliary || !self.is_tag(self.skip_focus(at + 1), Tag::Verb))
            {
                return true;
            }
            if word.tag != Tag::Auxiliary {
                return false;
            }
            return adjectival
                || self.is_tag(at + 1, Tag::Comma)
                    && matches!(self.class(range.clone()), Class::None | Class::Figure)
                    && !self.is_tag(range.end.saturating_sub(1), Tag::BoundNoun);
        }
        word.tag == Tag::Auxiliary && matches!(word.base, "だ" | "です" | "らしい" | "である" | "だ。")
    }

    /// A noun that stands for a predicate without する: at the end, or before a comma after its arguments.
    fn bare_predicate(&mut self, range: Range<usize>, last: &Word<'_>) -> Option<usize> {
        let end = range.end;
        let verbal = last.label.is_none() && last.tag == Tag::VerbalNoun;
        let is_content = self.tables.noun_modality.contains_key(&last.span.text(self.chars));
        let stem = if last.label.is_none() && !is_content { stem_verb(last, self.chars) } else { None };
        // 水産物を禁輸: a headline needs no verb after を.
        let has_object =
            self.previous().is_some_and(|last| last.case == Some(Case::Wo)) && last.label.is_none();
        let acts = verbal || stem.is_some() || has_object && self.ends(end);
        let after_no = self.previous().is_some_and(|last| last.case == Some(Case::No));
        let has_previous = self.previous().is_some();
        if self.ends(end) {
            let in_quote = self.scope().0.is_some();
            let whole = match self.kind {
                SentenceKind::Heading | SentenceKind::Item => {
                    acts && !(in_quote && (after_no || !has_previous))
                }
                _ if in_quote => acts && !after_no && has_previous,
                _ => has_previous && last.label.is_none() || acts,
            };
            return whole.then(|| self.push_bare(range.clone(), end, last, stem, acts, Link::Final, None));
        }
        if self.is(end, "へ")
            && self.ends(end + 1)
            && self.class(range.clone()) == Class::None
            && last.label.is_none()
        {
            let scheduled = Some(Modality::Scheduled);
            return Some(self.push_bare(range, end + 1, last, stem, true, Link::Final, scheduled));
        }
        if self.is(end, "か") && self.ends(end + 1) && acts {
            return Some(self.push_bare(
                range,
                end + 1,
                last,
                stem,
                true,
                Link::Final,
                Some(Modality::Inferred),
            ));
        }
        if acts && self.is_tag(end, Tag::Comma) {
            let previous = self.previous().filter(|previous| !previous.topic && !previous.surely_and)?;
            let is_argument = match previous.case {
                Some(Case::Wo) => true,
                Some(
                    Case::Ni
                    | Case::De
                    | Case::To
                    | Case::Kara
                    | Case::He
                    | Case::Made
                    | Case::Against
                    | Case::About,
                ) => !self.lists_on(end + 1),
                None => {
                    self.is_heading() && previous.comma && previous.class.acts() && !self.lists_on(end + 1)
                }
                _ => false,
            };
            if is_argument && !(previous.maybe_and && self.lists_on(end + 1)) {
                return Some(self.push_bare(range, end, last, stem, true, Link::And, None));
            }
        }
        None
    }

    /// Whether another noun with a case particle stands at `at`: the list goes on.
    fn lists_on(&self, at: usize) -> bool {
        if !self.is_nominal(at) {
            return false;
        }
        let (end, _) = self.compound(at);
        let is_act = self.last_plain(at..end).is_some_and(|last| last.tag == Tag::VerbalNoun);
        is_act
            && (["を", "が", "の", "と", "や", "など", "は"].iter().any(|it| self.is(end, it))
                || self.is_tag(end, Tag::Comma))
    }

    #[allow(clippy::too_many_arguments)]
    fn push_bare(
        &mut self,
        range: Range<usize>,
        past: usize,
        last: &Word<'_>,
        stem: Option<String>,
        verbal: bool,
        link: Link,
        modality: Option<Modality>,
    ) -> usize {
        let text = last.span.text(self.chars);
        let from = self.words[range.start].span.start;
        let noun = Span::new(from, last.span.end);
        let suffixed = last.tag == Tag::NounSuffix && range.len() > 1;
        let lemma = match stem {
            Some(stem) => stem,
            None if verbal => format!("{text}する"),
            None if suffixed => format!("{}だ", noun.text(self.chars)),
            None => format!("{text}だ"),
        };
        self.push(range.start..past, range.clone(), ChunkKind::Predicate);
        let (class, act) = (self.class(range.clone()), self.is_act(range.clone(), last));
        if let Some(proto) = self.protos.last_mut() {
            proto.class = class;
            proto.act = act;
            proto.pred = Some(Pred {
                predicate: Predicate {
                    lemma,
                    span: noun,
                    noun: verbal.then_some(noun),
                    negated: false,
                    tense: Tense::None,
                    voice: Voice::Active,
                    aspect: Aspect::Simple,
                    modality: modality.into_iter().collect(),
                },
                link,
                adnominal: false,
                weak: false,
                verbal,
                relation: false,
                you: false,
                loose: false,
                to_condition: false,
            });
        }
        past
    }

    /// Reads the particles after a noun.
    fn particles(&self, mut at: usize) -> (Particles, usize) {
        let mut found = Particles::default();
        while let Some(word) = self.words.get(at) {
            if word.role == Role::Insertion {
                at += 1;
                continue;
            }
            if word.role != Role::Plain || word.label.is_some() {
                break;
            }
            if let Some((case, adnominal, length)) = self.phrase(at) {
                at += length;
                if adnominal {
                    found.inner = Some(case);
                    found.case = Some(Case::No);
                    return (found, at);
                }
                found.case = Some(case);
                found.maybe_and = false;
                continue;
            }
            let surface = self.surface(at);
            let case = match surface {
                ['が'] => Some(Case::Ga),
                ['を'] => Some(Case::Wo),
                ['に'] => Some(Case::Ni),
                ['で'] => Some(Case::De),
                ['と'] => Some(Case::To),
                ['へ'] => Some(Case::He),
                ['か', 'ら'] => Some(Case::Kara),
                ['ま', 'で'] => Some(Case::Made),
                ['よ', 'り'] => Some(Case::Yori),
                _ => None,
            };
            match word.tag {
                Tag::CaseParticle
                | Tag::CoordinatingParticle
                | Tag::ConjunctiveParticle
                | Tag::AdverbialParticle
                | Tag::Particle
                | Tag::Auxiliary
                    if case.is_some() =>
                {
                    // までに, へと and the like keep the first.
                    if found.case.is_none() {
                        found.case = case;
                        found.maybe_and = case == Some(Case::To);
                    }
                    at += 1;
                }
                Tag::CoordinatingParticle => {
                    found.surely_and = true;
                    at += 1;
                }
                Tag::AdverbialParticle | Tag::Particle => {
                    found.surely_and |= surface == ['か'] && self.is_nominal(at + 1);
                    at += 1;
                    // 東京都など10都県: the list stands for the noun after it.
                    if found.case.is_none() && surface == ['な', 'ど'] && self.is_nominal(at) {
                        found.case = Some(Case::No);
                        return (found, at);
                    }
                }
                Tag::TopicParticle => {
                    match surface {
                        ['は'] => found.topic = true,
                        ['も'] => found.also = true,
                        _ => {}
                    }
                    found.maybe_and = false;
                    at += 1;
                }
                Tag::AdnominalParticle => {
                    found.inner = found.case.take();
                    found.case = Some(Case::No);
                    found.maybe_and = false;
                    return (found, at + 1);
                }
                Tag::Conjunction | Tag::Noun | Tag::CompoundCase
                    if matches!(
                        surface,
                        ['お', 'よ', 'び']
                            | ['及', 'び']
                            | ['並', 'び', 'に']
                            | ['な', 'ら', 'び', 'に']
                            | ['ま', 'た', 'は']
                            | ['又', 'は']
                            | ['あ', 'る', 'い', 'は']
                            | ['か', 'つ']
                    ) =>
                {
                    found.surely_and = true;
                    return (found, at + 1);
                }
                _ => break,
            }
        }
        (found, at)
    }

    /// The longest particle of several words at `at`.
    fn phrase(&self, at: usize) -> Option<(Case, bool, usize)> {
        let first = self.words.get(at)?;
        if !(first.tag.is_particle()
            || first.tag == Tag::BoundNoun
            || first.tag == Tag::Verb
            || first.tag == Tag::Auxiliary)
        {
            return None;
        }
        let mut key = String::new();
        let mut best = None;
        for length in 1..=PATTERN_WORDS {
            let Some(word) = self.words.get(at + length - 1) else { break };
            if word.role != Role::Plain || word.label.is_some() || word.span.len() > 6 {
                break;
            }
            key.extend(word.span.slice(self.chars));
            if let Some(&(case, adnominal)) = self.tables.particle.get(&key) {
                // に備えた。 and を始めた are verbs.
                let next = at + length;
                let on = self.tag(next).is_some_and(|tag| {
                    matches!(
                        tag,
                        Tag::Auxiliary | Tag::ConjunctiveParticle | Tag::VerbSuffix | Tag::BoundVerb
                    )
                });
                let conjugates = word.tag.conjugates();
                let stranded = adnominal && (self.ends(next) || self.tag(next).is_some_and(Tag::is_particle));
                if conjugates && on || stranded && length > 1 {
                    continue;
                }
                best = Some((case, adnominal, length));
            }
        }
        best
    }

    /// The longest pattern of dictionary forms at `at`, with its length in words.
    fn pattern<T: Copy>(
        &self,
        table: &std::collections::HashMap<String, T>,
        at: usize,
        accept: impl Fn(&T, usize) -> bool,
    ) -> Option<(T, usize)> {
        let mut key = String::new();
        let mut best = None;
        for length in 1..=PATTERN_WORDS {
            let Some(word) = self.words.get(at + length - 1) else { break };
            if word.role != Role::Plain || word.label.is_some() || word.base.is_empty() {
                break;
            }
            key.push_str(word.base);
            if let Some(value) = table.get(&key)
                && accept(value, length)
            {
                best = Some((*value, length));
            }
        }
        best
    }

    fn after_pattern(&self, at: usize) -> Option<(Effect, usize)> {
        let first = self.words.get(at)?;
        if !first.base.chars().next().is_some_and(|c| self.tables.after_first.contains(&c)) {
            return None;
        }
        self.pattern(&self.tables.after, at, |effect, length| {
            let past = at + length;
            if effect.at_end && !self.ends(past) {
                return false;
            }
            let last = &self.words[past - 1];
            if last.base == "だ" && length > 1 {
                // A mere の or よう before で or な is no copula here; 予定で goes on only at a comma.
                if last.form == Form::Adnominal {
                    return false;
                }
                if self.is(past - 1, "で") {
                    let bound = self.words[at].tag == Tag::BoundNoun;
                    let goes_on = self.words.get(self.skip_focus(past)).is_some_and(|word| {
                        matches!(word.base, "ある" | "ない") || (word.tag == Tag::Comma && !bound)
                    });
                    return goes_on;
                }
            }
            true
        })
    }

    /// A predicate: the noun in `noun` (empty for a verb or adjective) with the word at `at` and what hangs on it.
    fn predicate(&mut self, noun: Range<usize>, at: usize) -> usize {
        let start = if noun.is_empty() { at } else { noun.start };
        let stem = &self.words[at];
        let noun_last = if noun.is_empty() { None } else { self.last_plain(noun.clone()) };
        let noun_span = noun_last.map(|last| Span::new(self.words[noun.start].span.start, last.span.end));
        let (mut verbal, mut weak) = (true, false);
        let lemma = match noun_last {
            Some(last) if SURU.contains(&stem.base) && stem.tag == Tag::Verb => {
                format!("{}する", last.span.text(self.chars))
            }
            Some(last) => {
                verbal = false;
                weak = true;
                let long = last.tag == Tag::NounSuffix || last.label.is_some();
                let text = match noun_span {
                    Some(span) if long && span.len() <= 12 => span.text(self.chars),
                    _ => last.span.text(self.chars),
                };
                format!("{text}だ")
            }
            None => {
                if matches!(stem.tag, Tag::Adjective | Tag::BoundAdjective) {
                    verbal = false;
                    weak = true;
                }
                match self.fixed_phrase(at) {
                    Some(phrase) => format!("{phrase}{}", stem.base),
                    None => stem.base.to_owned(),
                }
            }
        };
        let relation = weak && self.is_relation(&lemma);
        let mut predicate = Predicate {
            lemma,
            span: Span::new(self.words[start].span.start, stem.span.end),
            noun: noun_span.filter(|_| verbal),
            negated: stem.base == "ない" || stem.base == "無い",
            tense: Tense::None,
            voice: Voice::Active,
            aspect: Aspect::Simple,
            modality: Vec::new(),
        };
        // 無い is a predicate of its own lemma: its negation is in the lemma.
        if predicate.lemma == "ない" || predicate.lemma == "無い" {
            predicate.negated = false;
        }
        let mut tail = Tail { at, form: stem.form, te: false, frozen: false };
        if noun.is_empty() || stem.tag == Tag::Verb {
            tail.at = at + 1;
            tail.note(stem, &mut predicate);
        }
        self.tail(&mut tail, &mut predicate);
        if predicate.tense == Tense::None && tail.form == Form::Plain {
            predicate.tense = Tense::NonPast;
        }
        let end_of_pred = tail.at;
        if end_of_pred > start {
            predicate.span.end = self.words[end_of_pred - 1].span.end;
        }
        let mut pred = Pred {
            predicate,
            link: Link::Final,
            adnominal: false,
            weak,
            verbal,
            relation,
            you: false,
            loose: false,
            to_condition: false,
        };
        let mut particles = Particles::default();
        let past = self.link(&tail, &mut pred, &mut particles);
        let past = past.max(at + 1);
        if pred.link == Link::If {
            pred.predicate.modality.push(Modality::Conditional);
        }
        pred.predicate.modality.sort_unstable();
        pred.predicate.modality.dedup();
        let content = start..end_of_pred.max(start + 1);
        let (class, act) = match noun_last {
            Some(last) => (self.class(noun.clone()), self.is_act(noun.clone(), last)),
            None => (Class::None, false),
        };
        self.push(start..past, content, ChunkKind::Predicate);
        if let Some(proto) = self.protos.last_mut() {
            proto.apply(&particles);
            proto.class = class;
            proto.act = act;
            proto.pred = Some(pred);
        }
        past
    }

    fn is_relation(&self, lemma: &str) -> bool {
        let stem = lemma.strip_suffix('だ').unwrap_or(lemma);
        self.tables.noun.get(stem).is_some_and(|classes| classes.contains(&NounClass::Relation))
    }

    /// 明らかに of 明らかにする, 共に of 共にする: part of the verb, no argument of it.
    fn fixed_phrase(&mut self, at: usize) -> Option<String> {
        if at == 0 || !matches!(self.words[at].base, "する" | "なる") {
            return None;
        }
        let chars = self.chars;
        let words = self.words;
        let segment = self.scope().1;
        let last = self
            .protos
            .last_mut()
            .filter(|last| last.segment == segment && last.words.end == at && !last.comma)?;
        let noun = &words[last.content.end - 1];
        let adjectival = noun.tag == Tag::AdjectivalNoun && last.case == Some(Case::Ni);
        let ends = chars.get(words[at - 1].span.end - 1) == Some(&'に');
        if !ends || last.topic || last.also || !(adjectival || last.kind == ChunkKind::Adverbial) {
            return None;
        }
        last.kind = ChunkKind::Adverbial;
        last.case = None;
        Some(Span::new(last.start, words[at - 1].span.end).text(chars))
    }

    /// Auxiliaries, bound verbs and patterns after a predicate's stem.
    fn tail(&self, tail: &mut Tail, predicate: &mut Predicate) {
        loop {
            if let Some((effect, length)) = self.after_pattern(tail.at) {
                apply(&effect, predicate, false);
                for word in &self.words[tail.at..tail.at + length] {
                    tail.form = word.form;
                }
                tail.at += length;
                tail.te = false;
                tail.frozen = true;
                if effect.at_end {
                    return;
                }
                continue;
            }
            let Some(word) = self.words.get(tail.at) else { return };
            if word.role != Role::Plain || word.label.is_some() {
                return;
            }
            match word.tag {
                Tag::VerbSuffix | Tag::BoundVerb | Tag::BoundAdjective | Tag::Auxiliary => {
                    // 拒んだ: た, though it is written like the copula.
                    let voiced =
                        word.base == "だ" && word.form == Form::Plain && tail.form == Form::Continuative;
                    let of_verb =
                        tail.at > 0 && matches!(self.tag(tail.at - 1), Some(Tag::Verb | Tag::BoundVerb));
                    if voiced && of_verb && !tail.frozen {
                        predicate.tense = Tense::Past;
                    }
                    self.hang(tail, word, predicate);
                }
                Tag::ConjunctiveParticle
                    if self.is(tail.at, "て") || self.is(tail.at, "で") || self.is(tail.at, "ちゃ") =>
                {
                    let next = self.skip_focus(tail.at + 1);
                    let goes_on = self.words.get(next).is_some_and(|next| {
                        next.role == Role::Plain
                            && (matches!(next.tag, Tag::BoundVerb | Tag::BoundAdjective | Tag::Auxiliary)
                                || matches!(next.base, "ほしい" | "欲しい" | "おる" | "いる" | "ない")
                                    && matches!(next.tag, Tag::Verb | Tag::Adjective))
                    }) && !self.is_tag(tail.at + 1, Tag::Comma);
                    tail.te = true;
                    tail.form = Form::Continuative;
                    if !goes_on {
                        tail.at += 1;
                        return;
                    }
                    tail.at = next;
                    let bound = &self.words[next];
                    if !matches!(bound.tag, Tag::BoundVerb | Tag::BoundAdjective | Tag::Auxiliary) {
                        self.hang(tail, bound, predicate);
                    }
                }
                // ではない, にはしない: particles inside the predicate.
                Tag::TopicParticle | Tag::AdverbialParticle | Tag::CaseParticle => {
                    let inner = self.is(tail.at, "は") || self.is(tail.at, "も") || self.is(tail.at, "で");
                    let next = self.skip_focus(tail.at + 1);
                    let negates = self.words.get(next).is_some_and(|next| {
                        next.role == Role::Plain
                            && (matches!(next.base, "ない" | "ある")
                                && matches!(next.tag, Tag::Auxiliary | Tag::BoundAdjective | Tag::Adjective))
                    });
                    if !(inner && negates && tail.form != Form::Plain) {
                        return;
                    }
                    tail.at = next;
                    let bound = &self.words[next];
                    self.hang(tail, bound, predicate);
                }
                Tag::Adjective if matches!(word.base, "ない" | "無い") && tail.form == Form::Continuative =>
                {
                    self.hang(tail, word, predicate);
                }
                _ => return,
            }
        }
    }

    fn hang(&self, tail: &mut Tail, word: &Word<'_>, predicate: &mut Predicate) {
        if let Some(effect) = self.tables.auxiliary.get(word.base) {
            let mut effect = *effect;
            if word.base == "ある" && !(tail.te && word.tag == Tag::BoundVerb) {
                effect = Effect::default();
            }
            if tail.frozen {
                effect.tense = None;
            }
            apply(&effect, predicate, true);
        }
        tail.te = false;
        tail.at += 1;
        tail.note(word, predicate);
    }

    /// How the predicate goes on.
    fn link(&self, tail: &Tail, pred: &mut Pred, particles: &mut Particles) -> usize {
        let at = tail.at;
        let plain = matches!(tail.form, Form::Plain | Form::Adnominal);
        if self.ends(at) && !matches!(self.words.get(at), Some(word) if word.role == Role::Insertion) {
            return at;
        }
        let connective = self.pattern(&self.tables.connective, at, |_, length| {
            let past = at + length;
            let last = &self.words[past - 1];
            let first = &self.words[at];
            if self.is(at, "が") || self.is(at, "から") || self.is(at, "し") {
                return if self.is(at, "し") { first.tag == Tag::ConjunctiveParticle } else { plain };
            }
            // 後の, 際を: still a noun.
            !(last.tag.is_nominal()
                && ["の", "を", "が", "と", "から", "まで", "だ", "だっ", "で", "である", "こそ", "へ", "や"]
                    .iter()
                    .any(|it| self.is(past, it))
                || last.tag.is_nominal() && self.is_nominal(past) && last.span.len() == 1)
        });
        if let Some((link, length)) = connective {
            pred.link = link;
            pred.loose = link == Link::And;
            if link == Link::Purpose {
                pred.you = self.words[at].base == "よう";
                let settled = pred.predicate.tense == Tense::Past
                    || pred.predicate.aspect == Aspect::Ongoing
                    || pred.predicate.negated
                    || !pred.verbal;
                if !pred.you && settled && self.words[at].base == "ため" {
                    pred.link = Link::Because;
                }
            }
            return self.skip_focus(at + length);
        }
        if tail.te {
            pred.link = if self.is(at, "から") { Link::When } else { Link::And };
            return if self.is(at, "から") { self.skip_focus(at + 1) } else { self.skip_focus(at) };
        }
        if tail.form == Form::Conditional {
            pred.link = Link::If;
            return self.skip_focus(at);
        }
        if self.is(at, "と") {
            let mut past = at + 1;
            pred.link = Link::Content;
            if self.is(past, "の") {
                pred.adnominal = true;
                past += 1;
            } else if self.is(past, "いう") && self.is_nominal(past + 1) {
                pred.adnominal = true;
                past += 1;
            } else {
                pred.to_condition = self.is_tag(at, Tag::ConjunctiveParticle);
                past = self.skip_focus(past);
            }
            return past;
        }
        for (text, adnominal) in [("との", true), ("という", true), ("といった", true), ("として", false)]
        {
            if self.is(at, text) {
                pred.link = Link::Content;
                pred.adnominal = adnominal;
                return self.skip_focus(at + 1);
            }
        }
        let Some(word) = self.words.get(at) else { return at };
        if self.is(at, "か") || self.is(at, "かどうか") {
            let (found, past) = self.particles(at + 1);
            pred.link = if self.ends(past) { Link::Final } else { Link::Content };
            *particles = found;
            particles.surely_and = false;
            return past;
        }
        if tail.form == Form::Continuative || tail.form == Form::Irrealis {
            pred.link = Link::And;
            // せずに, ように.
            if self.is(at, "に") || self.is(at, "は") || self.is(at, "も") {
                return self.skip_focus(at + 1);
            }
            return at;
        }
        if word.role == Role::Plain && word.tag.is_particle() {
            let (found, past) = self.particles(at);
            if found.case == Some(Case::No) {
                (pred.link, pred.adnominal) = (Link::Adnominal, true);
            } else if found.case.is_some() {
                pred.link = Link::Nominal;
            } else {
                pred.link = if self.ends(past) { Link::Final } else { Link::And };
            }
            *particles = found;
            return past;
        }
        let next = if word.tag == Tag::Comma { at + 1 } else { at };
        if plain && self.words.get(next).is_some_and(|word| word.role != Role::Insertion || !self.ends(next))
        {
            pred.link = Link::Adnominal;
            pred.adnominal = true;
            if self.words[next].tag == Tag::BoundNoun
                && (self.is(next, "こと")
                    || self.is(next, "の")
                    || self.is(next, "もの")
                    || self.is(next, "事"))
            {
                pred.link = Link::Nominal;
            }
            return at;
        }
        pred.link = Link::And;
        at
    }
}

/// Where a predicate's auxiliaries are being read.
struct Tail {
    at: usize,
    form: Form,
    te: bool,
    /// Past a pattern: what follows tells of the pattern, not of the act.
    frozen: bool,
}

impl Tail {
    fn note(&mut self, word: &Word<'_>, predicate: &mut Predicate) {
        self.form = word.form;
        if self.frozen {
            return;
        }
        match word.form {
            Form::Plain | Form::Adnominal if predicate.tense != Tense::Past => {
                predicate.tense = Tense::NonPast
            }
            Form::Imperative => predicate.modality.push(Modality::Requested),
            Form::Continuative | Form::Irrealis if predicate.tense == Tense::NonPast => {
                predicate.tense = Tense::None;
            }
            _ => {}
        }
    }
}

fn apply(effect: &Effect, predicate: &mut Predicate, bound: bool) {
    if effect.negates {
        predicate.negated = !predicate.negated || !bound && predicate.negated;
    }
    predicate.modality.extend(effect.modality);
    if let Some(aspect) = effect.aspect {
        predicate.aspect = aspect;
    }
    if let Some(voice) = effect.voice {
        predicate.voice = voice;
    }
    if let Some(tense) = effect.tense {
        predicate.tense = tense;
    }
}

/// The verb of a noun that is a verb's continuative: 見送り → 見送る, 引き上げ → 引き上げる.
fn stem_verb(word: &Word<'_>, chars: &[char]) -> Option<String> {
    if !matches!(word.tag, Tag::Noun | Tag::VerbalNoun) || word.span.len() < 2 {
        return None;
    }
    let text = word.span.slice(chars);
    let (&last, stem) = text.split_last()?;
    if !stem.iter().any(|c| ('\u{4e00}'..='\u{9fff}').contains(c)) {
        return None;
    }
    const I: &str = "いきぎしちにびみり";
    const U: &str = "うくぐすつぬぶむる";
    const E: &str = "えけげせぜてでねべめれ";
    let stem: String = stem.iter().collect();
    if let Some(at) = I.chars().position(|c| c == last) {
        return U.chars().nth(at).map(|u| format!("{stem}{u}"));
    }
    E.contains(last).then(|| format!("{stem}{last}る"))
}

impl Proto {
    fn apply(&mut self, particles: &Particles) {
        self.case = particles.case;
        self.inner = particles.inner;
        self.topic = particles.topic;
        self.also = particles.also;
        self.maybe_and = particles.maybe_and;
        self.surely_and = particles.surely_and;
    }
}
