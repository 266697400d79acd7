//! Noun phrases: compounds, what they stand for, their particles, and nouns that stand for a predicate.

use super::chunk::{Chunker, Class, Particles, Pred, SURU};
use super::lexicon::{NounClass, PATTERN_WORDS};
use super::word::{Role, Word};
use crate::types::{Aspect, Case, ChunkKind, Label, Link, Modality, Predicate, Tense, Voice};
use entente_base::{SentenceKind, Span};
use entente_token::Tag;
use std::ops::Range;

impl<'a> Chunker<'a> {
    /// The end of the compound noun that begins at `at`; and whether ・ coordinates it with what follows.
    pub(super) fn compound(&self, at: usize) -> (usize, bool) {
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
    pub(super) fn parts(&self, start: usize, at: usize, before: &Word<'_>, word: &Word<'_>) -> bool {
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
    pub(super) fn class(&self, range: Range<usize>) -> Class {
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
        // 国境での衝突以来: since when.
        if words.len() > 1 && matches!(last.span.slice(self.chars), ['以', '来' | '降' | '後'] | ['直', '後'])
        {
            return Class::Time;
        }
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

    /// Whether the word before another names one actor, not a pair by its short form (日米).
    fn is_one_actor(&self, at: usize) -> bool {
        let Some(word) = at.checked_sub(1).and_then(|at| self.words.get(at)) else { return false };
        let words = word.span.slice(self.chars);
        match word.label {
            Some(Label::Person | Label::Organization) => true,
            Some(Label::State) => {
                words.last() == Some(&'国') || words.iter().any(|c| matches!(c, '\u{3041}'..='\u{30ff}'))
            }
            _ => false,
        }
    }

    pub(super) fn has_noun_class(&self, range: Range<usize>, class: NounClass) -> bool {
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

    pub(super) fn last_plain(&self, range: Range<usize>) -> Option<&'a Word<'a>> {
        self.words[range].iter().rev().find(|word| word.role == Role::Plain && word.tag.is_nominal())
    }

    pub(super) fn nominal(&mut self, at: usize) -> usize {
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
        if let Some(past) = self.under_way(at..end) {
            return past;
        }
        let (mut particles, past) = self.particles(end);
        if and {
            particles.surely_and = true;
        }
        // 上級代表: who is named by a title is no act.
        let class = self.class(at..end);
        // 海上共同訓練「マラバール」を行った: the name behind the act is no act of its own.
        let quoted = last.span.len() > 2 && matches!(last.span.slice(self.chars).first(), Some('「' | '『'));
        let before = if quoted && end - at > 1 { self.last_plain(at..end - 1) } else { None };
        let act = before.map_or_else(|| self.is_act(at..end, last), |word| self.is_act(at..end - 1, word))
            && class != Class::Person;
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

    pub(super) fn is_act(&self, range: Range<usize>, last: &Word<'_>) -> bool {
        last.label.is_none() && (last.tag == Tag::VerbalNoun || self.has_noun_class(range, NounClass::Act))
    }

    /// Whether a copula follows the noun in `range`.
    pub(super) fn is_copula(&self, at: usize, range: Range<usize>, adjectival: bool) -> bool {
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
    pub(super) fn bare_predicate(&mut self, range: Range<usize>, last: &Word<'_>) -> Option<usize> {
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
            // 対応を強く非難、…: past how it is done.
            let previous = self
                .protos
                .iter()
                .rev()
                .find(|it| it.kind != ChunkKind::Adverbial || it.comma)
                .filter(|it| it.outer_segment == self.scope().1 && self.previous().is_some())
                .filter(|previous| !previous.topic && !previous.surely_and)?;
            // 国交を断絶すると表明、「…だ」と批判、…: with its words.
            let said = previous
                .pred
                .as_ref()
                .is_some_and(|pred| pred.link == Link::Content && !pred.adnominal || pred.to_condition)
                && self.tables.speech.contains_key(&format!("{}する", last.base));
            let is_argument = match previous.case {
                _ if said => true,
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

    /// 日本を訪問中の, 東京に滞在中の: an act under way that modifies whom the next noun names.
    fn under_way(&mut self, range: Range<usize>) -> Option<usize> {
        let object = self.previous().is_some_and(|last| {
            matches!(last.case, Some(Case::Wo | Case::Ni | Case::He)) && !last.topic && !last.comma
        });
        let words = self.words;
        let [.., act, during] = &words[range.clone()] else { return None };
        let fits = object
            && during.span.slice(self.chars) == ['中']
            && act.tag == Tag::VerbalNoun
            && act.label.is_none()
            && self.is(range.end, "の");
        if !fits {
            return None;
        }

        let past = self.push_bare(range.clone(), range.end + 1, act, None, true, Link::Adnominal, None);
        if let Some(pred) = self.protos.last_mut().and_then(|proto| proto.pred.as_mut()) {
            pred.adnominal = true;
            pred.predicate.tense = Tense::NonPast;
            pred.predicate.aspect = Aspect::Ongoing;
        }
        Some(past)
    }

    /// Whether another noun with a case particle stands at `at`: the list goes on.
    pub(super) fn lists_on(&self, at: usize) -> bool {
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
    pub(super) fn push_bare(
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
    pub(super) fn particles(&self, mut at: usize) -> (Particles, usize) {
        let mut found = Particles::default();
        while let Some(word) = self.words.get(at) {
            if word.role == Role::Insertion {
                at += 1;
                continue;
            }
            if word.role != Role::Plain || word.label.is_some() {
                break;
            }
            // 攻撃を始め、: of an act を始め is the verb, of other nouns the particle (日本を始め).
            let begins = at > 0
                && self.words[at - 1].tag == Tag::VerbalNoun
                && self.words[at - 1].label.is_none()
                && self.is(at, "を")
                && self.words.get(at + 1).is_some_and(|next| next.base == "始める");
            if let Some((case, adnominal, length)) = self.phrase(at).filter(|_| !begins) {
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
                // 韓国とも交渉している: with one more; 日米とも is both.
                Tag::AdverbialParticle | Tag::Particle
                    if surface == ['と', 'も'] && self.is_one_actor(at) =>
                {
                    found.case = found.case.or(Some(Case::To));
                    found.also = true;
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
    pub(super) fn phrase(&self, at: usize) -> Option<(Case, bool, usize)> {
        let first = self.words.get(at)?;
        if !(first.tag.is_particle()
            || first.tag == Tag::BoundNoun
            || first.tag == Tag::Verb
            || first.tag == Tag::Auxiliary)
        {
            return None;
        }
        if !self.tables.particle.begins(first.span.slice(self.chars).first().copied()) {
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
