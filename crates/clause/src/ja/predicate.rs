//! Predicates: stem, auxiliaries, the words after them, and how the clause goes on.

use super::chunk::{Chunker, Class, Particles, Pred, SURU};
use super::lexicon::{Effect, NounClass, PATTERN_WORDS, Phrases};
use super::word::{Role, Word};
use crate::types::{Aspect, Case, ChunkKind, Link, Modality, Predicate, Tense, Voice};
use entente_base::Span;
use entente_token::{Form, Tag};
use std::ops::Range;

impl Chunker<'_> {
    /// The longest pattern of dictionary forms at `at`, with its length in words.
    pub(super) fn pattern<T: Copy>(
        &self,
        table: &Phrases<T>,
        at: usize,
        accept: impl Fn(&T, usize) -> bool,
    ) -> Option<(T, usize)> {
        if !table.begins(self.words.get(at)?.base.chars().next()) {
            return None;
        }
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

    pub(super) fn after_pattern(&self, at: usize) -> Option<(Effect, usize)> {
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
    pub(super) fn predicate(&mut self, noun: Range<usize>, at: usize) -> usize {
        let start = if noun.is_empty() { at } else { noun.start };
        let stem = &self.words[at];
        let noun_last = if noun.is_empty() { None } else { self.last_plain(noun.clone()) };
        let noun_span = noun_last.map(|last| Span::new(self.words[noun.start].span.start, last.span.end));
        let (mut verbal, mut weak) = (true, false);
        let lemma = match noun_last {
            Some(last) if SURU.contains(&stem.base) && stem.tag == Tag::Verb => {
                // 正常化する: a suffix takes the word before it along.
                let whole = noun_span.filter(|span| last.tag == Tag::NounSuffix && span.len() <= 12);
                format!("{}する", whole.unwrap_or(last.span).text(self.chars))
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

    pub(super) fn is_relation(&self, lemma: &str) -> bool {
        let stem = lemma.strip_suffix('だ').unwrap_or(lemma);
        self.tables.is_noun(stem, NounClass::Relation)
    }

    /// 明らかに of 明らかにする, 共に of 共にする: part of the verb, no argument of it.
    pub(super) fn fixed_phrase(&mut self, at: usize) -> Option<String> {
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
    pub(super) fn tail(&self, tail: &mut Tail, predicate: &mut Predicate) {
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

    pub(super) fn hang(&self, tail: &mut Tail, word: &Word<'_>, predicate: &mut Predicate) {
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
    pub(super) fn link(&self, tail: &Tail, pred: &mut Pred, particles: &mut Particles) -> usize {
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
        // …会談したところ、概要は以下のとおり: what follows was told of it.
        if connective.is_none() && self.is(at, "ところ") && self.is_tag(at + 1, Tag::Comma) {
            pred.link = Link::And;
            return at + 1;
        }
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
            if self.is(past, "の") || self.is(past, "いう") && self.is_nominal(past + 1) {
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
pub(super) struct Tail {
    at: usize,
    form: Form,
    te: bool,
    /// Past a pattern: what follows tells of the pattern, not of the act.
    frozen: bool,
}

impl Tail {
    pub(super) fn note(&mut self, word: &Word<'_>, predicate: &mut Predicate) {
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
        // A second ない undoes the first; a pattern says it of the whole.
        predicate.negated = !(predicate.negated && bound);
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
