//! What a mention is in a sentence: its source, its subject, its topic, the other side; and what earlier figures tell.

use super::{CHANGE, Document, Reading};
use crate::ActorSpan;
use entente_base::{SentenceKind, Span};

impl Document<'_> {
    /// Whether a mention is only the source of what is said.
    pub(super) fn is_source(&self, span: Span, actor: &ActorSpan) -> bool {
        let at = self.after_title(actor.span.end, span.end);
        self.tables.cues.source.at(self.chars, at, span.end).is_some()
            || (actor.span.end..=at).any(|at| self.tables.cues.source.at(self.chars, at, span.end).is_some())
    }

    /// The place after a mention's title: 経産相 in 西村経産相は.
    pub(super) fn after_title(&self, at: usize, end: usize) -> usize {
        // 欧州連合(EU)は: the name in brackets, and the one before them.
        let at = match self.chars.get(at) {
            Some(')') => (at + 1).min(end),
            Some('(') => {
                let close = (at..end.min(at + 20)).find(|at| self.chars.get(*at) == Some(&')'));
                close.map_or(at, |close| (close + 1).min(end))
            }
            _ => at,
        };
        let stop = (at + 12).min(end);
        (at..stop)
            .find(|at| {
                self.chars.get(*at).is_none_or(|letter| {
                    ('ぁ'..='ん').contains(letter) || !(letter.is_alphanumeric() || *letter == '・')
                })
            })
            .unwrap_or(stop)
    }

    pub(super) fn is_subject(&self, span: Span, actor: &ActorSpan) -> bool {
        let at = self.after_title(actor.span.end, span.end);
        // 中国軍、演習を開始: a headline's subject.
        let headline = || {
            let index = self.sentences.partition_point(|sentence| sentence.span.start <= actor.span.start);
            let sentence = index.checked_sub(1).and_then(|index| self.sentences.get(index));
            self.chars.get(at) == Some(&'、')
                && sentence
                    .is_some_and(|it| it.kind == SentenceKind::Heading && it.span.start == actor.span.start)
        };
        self.tables.cues.subject.at(self.chars, at, span.end).is_some() || headline()
    }

    /// Whether a mention is the other side of what a figure measures: 対日, 日本への, 日本からの.
    pub(super) fn is_toward(&self, span: Span, actor: &ActorSpan) -> bool {
        let cues = &self.tables.cues;
        let after = self.after_title(actor.span.end, span.end);
        cues.toward_before.before(self.chars, span.start, actor.span.start).is_some()
            || cues.toward_after.at(self.chars, after, span.end).is_some()
            || cues.toward_after.at(self.chars, actor.span.end, span.end).is_some()
    }

    /// Whether a figure's part of the sentence tells that what it counts changes hands.
    pub(super) fn deal(&self, span: Span, core: Span, readings: &[Reading]) -> bool {
        let mut end = self.part(span, core, readings).end;
        // 自走砲は672門、攻撃機は48機を供給する: the verb of a list is behind its last.
        if end <= core.end + 2
            && let Some(next) =
                readings.get(readings.partition_point(|other| other.candidate.span.start < end))
        {
            end = self.part(span, next.candidate.core, readings).end;
        }
        self.tables.cues.deal.any_in(self.chars, core.end, end.min(core.end + CHANGE))
    }

    /// Whether words within a span are about an actor: 欧州委員会の報道官は, インドの輸出は.
    pub(super) fn is_topic(&self, span: Span, actor: &ActorSpan) -> bool {
        let mut at = self.after_title(actor.span.end, span.end);
        // ペルーの2015年の貿易は.
        for _ in 0..3 {
            if self.chars.get(at) != Some(&'の') {
                break;
            }
            at = self.after_title(at + 1, span.end);
        }
        // 空母「遼寧」は.
        if self.chars.get(at) == Some(&'「') {
            let close = (at..span.end.min(at + 16)).find(|at| self.chars.get(*at) == Some(&'」'));
            at = close.map_or(at, |close| close + 1);
        }
        at < span.end && matches!(self.chars.get(at), Some('は' | 'も'))
    }

    /// Whether a figure's part of the sentence names one partner alone.
    pub(super) fn toward(&self, span: Span, core: Span, readings: &[Reading]) -> bool {
        let part = self.part(span, core, readings);
        let mut near = self.company.within(part.start, part.end).iter().filter(|(_, place)| !place);
        match (near.next(), near.next()) {
            (Some((actor, _)), None) => {
                actor.states.len() == 1
                    && (self.is_toward(span, actor)
                        || self.tables.cues.partner.any_in(self.chars, part.start, part.end))
            }
            _ => false,
        }
    }

    /// Who is told of before a part of a sentence: インドは….
    pub(super) fn topic(&self, span: Span, part: Span) -> Option<&ActorSpan> {
        let near = self.company.within(span.start, part.start);
        let before = Span::new(span.start, part.start);
        let mut topics = near.iter().rev().filter(|(actor, place)| {
            let toward =
                self.tables.cues.toward_before.before(self.chars, span.start, actor.span.start).is_some();
            !place && !toward && self.is_topic(before, actor) && !self.is_source(span, actor)
        });
        topics.next().map(|(actor, _)| *actor)
    }

    /// The part of a sentence that tells of a figure: from the clause's beginning to its end, as commas after verbs
    /// and after other figures show them.
    pub(super) fn part(&self, span: Span, core: Span, readings: &[Reading]) -> Span {
        let cues = &self.tables.cues;
        let ends = |comma: &usize| {
            let comma = *comma;
            if self.chars.get(comma) != Some(&'、') {
                return false;
            }
            // 輸出は100億ドルで、輸入は….
            let copula = self.chars.get(comma - 1) == Some(&'で')
                && readings.iter().rev().take(6).any(|other| other.candidate.span.end + 1 == comma);
            // 日本に20%、韓国に25%.
            let listed = readings.iter().rev().take(6).any(|other| {
                let end = other.candidate.span.end;
                end <= comma
                    && comma - end <= 4
                    && !self.chars[end..comma]
                        .iter()
                        .any(|letter| !matches!(letter, 'で' | 'と') && ('ぁ'..='ん').contains(letter))
            });
            // …はサウジアラビア産で、….
            let origin = self.chars.get(comma - 1) == Some(&'で')
                && matches!(self.chars.get(comma.wrapping_sub(2)), Some('産' | '製'));
            copula
                || listed
                || origin
                || cues.breaks.before(self.chars, span.start, comma).is_some()
                    && cues.joins.before(self.chars, span.start, comma).is_none()
        };
        let start = (span.start + 1..core.start).rev().find(ends).map_or(span.start, |comma| comma + 1);
        let end = (core.end.max(span.start + 1)..span.end).find(ends).unwrap_or(span.end);
        Span::new(start, end)
    }

    /// Whether a figure stands in a heading.
    pub(super) fn in_heading(&self, reading: &Reading) -> bool {
        let sentence = self.sentences.get(reading.sentence);
        sentence.is_some_and(|sentence| sentence.kind == SentenceKind::Heading)
    }

    /// The last figure within reach that passes the test.
    pub(super) fn carried<'r>(
        &self,
        at: usize,
        readings: &'r [Reading],
        sentences: usize,
        test: impl Fn(&Reading) -> bool,
    ) -> Option<&'r Reading> {
        let here = readings.get(at)?.sentence;
        readings
            .get(..at)?
            .iter()
            .rev()
            .take(12)
            .take_while(|reading| reading.sentence + sentences >= here)
            .find(|reading| reading.keep && test(reading))
    }

    /// An earlier figure of the same number of the same things.
    pub(super) fn repeated<'r>(&self, at: usize, readings: &'r [Reading]) -> Option<&'r Reading> {
        let here = &readings[at];
        readings.get(..at)?.iter().rev().take(24).find(|other| {
            other.keep
                && other.sentence < here.sentence
                && other.measure == here.measure
                && other.candidate.value == here.candidate.value
                && other.candidate.unit == here.candidate.unit
                && !other.of.is_empty()
        })
    }
}
