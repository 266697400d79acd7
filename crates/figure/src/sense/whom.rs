//! Whom a figure is about.

use super::{CARRY, CHANGE, COMPANY, Document, Reading, flows, joint, sorted};
use crate::ActorSpan;
use entente_base::{SentenceKind, Span};
use std::collections::BTreeSet;

impl Document<'_> {
    /// Whom a figure is about, and which of them is the other side where one is.
    pub(super) fn of_and_partner(
        &self,
        span: Span,
        at: usize,
        readings: &[Reading],
    ) -> (Vec<String>, Option<String>) {
        if let Some((of, partner)) = self.share_of(span, at, readings) {
            return (of, Some(partner));
        }
        let of = self.of(span, at, readings);
        let core = readings[at].candidate.core;
        let partner = (of.len() == 2 && joint(readings[at].measure)).then(|| {
            let part = self.part(span, core, readings);
            let near = self.company.within(part.start, core.end.max(part.start));
            let mut toward = near.iter().filter(|(actor, place)| !place && self.is_toward(span, actor));
            let (actor, _) = toward.next()?;
            actor.states.first().filter(|state| actor.states.len() == 1 && of.contains(state)).cloned()
        });
        (of, partner.flatten())
    }

    /// The partner that a part of a whole is of: 輸出は100億ドルで、うち米国が40億ドル、日本が10億ドル.
    fn share_of(&self, span: Span, at: usize, readings: &[Reading]) -> Option<(Vec<String>, String)> {
        let reading = &readings[at];
        let start = reading.candidate.span.start;
        if !(flows(reading.measure) && reading.measure != "growth" || reading.measure == "investment") {
            return None;
        }
        let link = start.checked_sub(1).filter(|link| matches!(self.chars.get(*link), Some('が' | 'は')))?;
        let named = self.company.within(link.saturating_sub(12).max(span.start), link);
        let (actor, _) = named.iter().rev().find(|(actor, place)| !place && actor.span.end == link)?;
        let [state] = actor.states.as_slice() else { return None };
        let whole = self.carried(at, readings, 1, |other| {
            (other.measure == reading.measure
                || &*reading.candidate.class == "percent"
                    && flows(other.measure)
                    && other.measure != "growth")
                && (1..=2).contains(&other.of.len())
                && other.change_sign.is_none()
                && !self.in_heading(other)
        })?;
        let from = whole.candidate.span.end.max(span.start);
        let cues = &self.tables.cues;
        let told = whole.partner.is_some() && whole.sentence == reading.sentence
            || cues.partner.any_in(self.chars, from, start)
            || cues.carry.any_in(self.chars, from, start);
        let home = match (&whole.partner, whole.of.as_slice()) {
            (None, [home]) => home,
            (Some(partner), [one, other]) => {
                if one == partner {
                    other
                } else {
                    one
                }
            }
            _ => return None,
        };
        (told && home != state).then(|| (sorted([home.clone(), state.clone()]), state.clone()))
    }

    pub(super) fn of(&self, span: Span, at: usize, readings: &[Reading]) -> Vec<String> {
        let reading = &readings[at];
        let measure = reading.measure;
        if joint(measure) {
            let each = (measure == "growth").then(|| self.respective(span, at, readings)).flatten();
            return each.unwrap_or_else(|| self.pair(span, at, readings));
        }
        // 戦車180両を購入する契約: of whoever gives and whoever takes.
        let goods = measure == "weapons" || measure == "other" && &*reading.candidate.class == "money";
        if goods && self.deal(span, reading.candidate.core, readings) {
            let sides = self.pair(span, at, readings);
            // What money is paid for is of two only where both are named.
            let named = |side: &String| {
                let near = self.company.within(span.start, span.end);
                measure == "weapons" || near.iter().any(|(actor, _)| actor.states.contains(side))
            };
            if sides.len() > 1 && sides.iter().all(named) {
                return sides;
            }
            let told = self.carried(at, readings, CARRY + 1, |other| {
                other.measure == measure
                    && other.of.len() > 1
                    && sides.iter().all(|side| other.of.contains(side))
            });
            if let Some(told) = told {
                return told.of.clone();
            }
            // A社から12隻を購入する, where whoever buys was told of before.
            let buyer = (measure == "weapons" && sides.len() == 1).then(|| {
                let last = self.carried(at, readings, CARRY, |other| other.measure == measure);
                let last = last.map(|other| other.of.clone()).or_else(|| self.speaker_before(at, readings));
                last.filter(|last| last.len() == 1 && *last != sides)
            });
            if let Some(buyer) = buyer.flatten() {
                return sorted(sides.into_iter().chain(buyer));
            }
        }
        let start = reading.candidate.span.start;
        let near = self.company.within(start.saturating_sub(COMPANY).max(span.start), start);
        // パキスタン軍から砲撃され、民間人2人が死亡した: not of whoever struck, nor of whom only the border is with.
        let struck = |actor: &ActorSpan| {
            let border = self.tables.cues.border.at(self.chars, actor.span.end, span.end).is_some();
            let person = &*reading.candidate.class == "person";
            border && (person || matches!(measure, "casualties" | "troops" | "weapons"))
                || measure == "casualties"
                    && (self.tables.cues.striker.at(self.chars, actor.span.end, span.end).is_some()
                        || self.strikes(span, actor)
                        || self.attacks(span, actor, start))
        };
        let nearest = |places: bool| {
            let found = near.iter().rposition(|(actor, place)| {
                (measure != "casualties" || !actor.is_body)
                    && !struck(actor)
                    && (places || !place)
                    && !self.is_source(span, actor)
            })?;
            // タイとカンボジアで: of both.
            let (actor, _) = near[found];
            let mut states = actor.states.clone();
            let mut first = actor.span.start;
            for (before, place) in near[..found].iter().rev() {
                let gap = self.chars.get(before.span.end..first).unwrap_or_default();
                if !matches!(gap, ['と' | '・']) || *place {
                    break;
                }
                states.extend(before.states.iter().cloned());
                first = before.span.start;
            }
            Some(sorted(states))
        };
        let carried = |test: &dyn Fn(&Reading) -> bool| {
            self.carried(at, readings, CARRY, |other| !other.of.is_empty() && test(other))
                .map(|other| other.of.clone())
        };
        let length = &*reading.candidate.class == "length";
        // トルコ軍によると、自軍の兵士3人が…: of the one who says it.
        let own =
            self.tables.cues.own_side.any_in(self.chars, start.saturating_sub(8).max(span.start), start);
        let sayer = near.iter().find(|(actor, place)| !place && actor.span.end <= start).filter(|_| own);
        if let Some((actor, _)) = sayer {
            return sorted(actor.states.iter().cloned());
        }
        if let Some(states) = self.respective(span, at, readings) {
            return states;
        }
        if let Some(states) = self.sum_of(span, at, readings) {
            return states;
        }
        // 300発を迎撃した: of those who fired them.
        let end = reading.candidate.span.end;
        let behind = (end..(end + 16).min(span.end))
            .find(|at| matches!(self.chars.get(*at), Some('、' | 'は' | 'が')))
            .unwrap_or((end + 16).min(span.end));
        // 爆弾2発を落とされた: of the other side.
        if measure == "weapons"
            && self.tables.cues.suffered.at(self.chars, end, span.end).is_some()
            && let Some(other) = self.other_side(near)
        {
            return other;
        }
        let downed = measure == "weapons"
            && self.tables.cues.downed.any_in(self.chars, end, behind.max((end + 6).min(span.end)));
        if downed {
            let fired = self
                .owner(span, reading.candidate.span)
                .or_else(|| carried(&|other| other.measure == measure));
            if let Some(fired) = fired.or_else(|| self.other_side(near)) {
                return fired;
            }
        }
        let found = match measure {
            "casualties" => self
                .both(span, start)
                .or_else(|| self.fought(span, start))
                .or_else(|| self.owner(span, reading.candidate.span))
                .or_else(|| self.aboard(span, reading.candidate.span))
                .or_else(|| self.clashed(span, start))
                .or_else(|| nearest(true))
                .or_else(|| carried(&|other| other.measure == measure))
                // ウクライナ側によると、乗組員6人が負傷し: where nobody else is named, its own.
                .or_else(|| {
                    // 260人を殺害した: those are others'.
                    let killed = self.chars.get(reading.candidate.span.end) == Some(&'を');
                    if killed && let Some(other) = self.other_side(near) {
                        return Some(other);
                    }
                    let mut own = near.iter().rev().filter(|(actor, place)| !place && !actor.is_body);
                    let (actor, _) = own.next().filter(|_| !killed)?;
                    Some(sorted(actor.states.iter().cloned()))
                })
                // ガザを空爆した。8人が死亡した: of what was struck.
                .or_else(|| self.struck_before(at, readings))
                // 比軍によれば、…。兵士1人が負傷した: of whoever counts them.
                .or_else(|| self.source_before(at, readings))
                .or_else(|| {
                    self.company
                        .first
                        .iter()
                        .chain(&self.company.dominant)
                        .next()
                        .map(|state| vec![state.clone()])
                }),
            // 47カ国が参加する: of none but those that are named with them, AやBなど10カ国.
            "participants" if &*reading.candidate.class == "country" => self.listed(span, start),
            "participants" if self.both(span, start).is_some() => self.both(span, start),
            "weapons" | "troops" => self
                .both(span, start)
                .or_else(|| self.owner(span, reading.candidate.span))
                .or_else(|| {
                    // Whose they are is told by the text rather than by its heading.
                    let same = self.repeated(at, readings).filter(|other| !self.in_heading(other))?;
                    Some(same.of.clone())
                })
                .or_else(|| self.subject(span, start))
                .or_else(|| carried(&|other| other.measure == measure))
                .or_else(|| self.counted_by_another(span, start))
                .or_else(|| nearest(false))
                .or_else(|| self.told_before(at, readings))
                .or_else(|| nearest(true))
                .or_else(|| self.speaker_before(at, readings)),
            "other" if length => carried(&|other| other.measure == "weapons")
                .or_else(|| self.owner(span, reading.candidate.span))
                .or_else(|| self.subject(span, start))
                .or_else(|| nearest(true)),
            _ => self
                .owner(span, reading.candidate.span)
                .or_else(|| self.subject(span, start))
                .or_else(|| nearest(false))
                .or_else(|| carried(&|_| true)),
        };
        found.unwrap_or_default()
    }

    /// The mention that the figure's own noun belongs to: ウクライナ軍の無人機50機.
    pub(super) fn owner(&self, span: Span, number: Span) -> Option<Vec<String>> {
        let (start, end) = (number.start, number.end);
        if let Some((_, state)) = self.tables.cues.nationals.before(self.chars, span.start, start) {
            return Some(vec![state.clone()]);
        }
        // このうち154人がオランダ人だった.
        if matches!(self.chars.get(end), Some('が' | 'は'))
            && let Some((actor, _)) =
                self.company.within(end + 1, (end + 2).min(span.end)).iter().find(|(_, place)| !place)
            && self.chars.get(actor.span.end) == Some(&'人')
        {
            return Some(sorted(actor.states.iter().cloned()));
        }
        // 約1万人のロシア兵.
        if self.chars.get(end) == Some(&'の')
            && let Some((actor, _)) =
                self.company.within(end + 1, (end + 2).min(span.end)).iter().find(|(_, place)| !place)
        {
            return Some(sorted(actor.states.iter().cloned()));
        }
        let near = self.company.within(start.saturating_sub(24).max(span.start), start);
        let last = near.iter().rposition(|(actor, _)| actor.span.end <= start)?;
        let (actor, _) = near[last];
        let gap = start - actor.span.end;
        let clear = gap <= 14 && !self.tables.cues.particle.any_in(self.chars, actor.span.end, start);
        // 中国とロシアの爆撃機6機: of all those listed.
        let mut states = actor.states.clone();
        let mut first = actor.span.start;
        for (before, _) in near[..last].iter().rev() {
            let gap = self.chars.get(before.span.end..first).unwrap_or_default();
            if !matches!(gap, ['と' | '・']) {
                break;
            }
            states.extend(before.states.iter().cloned());
            first = before.span.start;
        }
        clear.then(|| sorted(states))
    }

    /// The one of the actors named in turn that a figure is told of in turn: AとBはそれぞれ4%と5%.
    pub(super) fn respective(&self, span: Span, at: usize, readings: &[Reading]) -> Option<Vec<String>> {
        let cues = &self.tables.cues;
        let start = readings[at].candidate.span.start;
        let sentence = readings[at].sentence;
        let (place, len, ()) = cues
            .each
            .find(self.chars, start.saturating_sub(CHANGE).max(span.start), start)
            .into_iter()
            .next_back()?;
        let told: Vec<usize> = readings
            .iter()
            .enumerate()
            .filter(|(_, other)| other.sentence == sentence && other.candidate.span.start >= place + len)
            .map(|(index, _)| index)
            .collect();
        let named = self.company.within(span.start, place);
        let mut list: Vec<&ActorSpan> = Vec::new();
        for (actor, _) in named.iter().rev().filter(|(_, place)| !place) {
            let joined = list.last().is_none_or(|next: &&ActorSpan| {
                matches!(self.chars.get(actor.span.end..next.span.start), Some(['と' | 'や' | '・' | '、']))
            });
            if !joined {
                break;
            }
            list.push(actor);
        }
        list.reverse();
        let index = told.iter().position(|index| *index == at)?;
        (list.len() >= 2 && list.len() == told.len()).then(|| sorted(list[index].states.iter().cloned()))
    }

    /// The states of the mention that does what the figure counts.
    pub(super) fn subject(&self, span: Span, start: usize) -> Option<Vec<String>> {
        let tail = span.end.saturating_sub(16).max(span.start);
        let reports = self.tables.cues.report.any_in(self.chars, tail, span.end);
        let near = self.company.within(start.saturating_sub(COMPANY).max(span.start), start);
        // 北朝鮮は1発を発射し、韓国軍は…と分析した: the one told of later speaks.
        let later = || {
            let rest = self.company.within(start, span.end);
            rest.iter().any(|(actor, place)| !place && self.is_topic(span, actor))
        };
        let reports = reports && !later();
        let mut subjects = near.iter().rev().filter(|(actor, place)| {
            !place
                && (self.is_subject(span, actor) || self.is_topic(span, actor))
                && !self.is_source(span, actor)
        });
        let nearest = subjects.next();
        // Aは、Bが駐留する基地に2発を撃ち込んだ: of whom the clause is, not of whom a noun in it is.
        let modifies = |actor: &ActorSpan| {
            let noun = |letter: char| ('一'..='龥').contains(&letter) || ('ァ'..='ー').contains(&letter);
            let between = self.chars.get(actor.span.end..start).unwrap_or_default();
            between.windows(2).any(|pair| "るたうくすむぶぐつ".contains(pair[0]) && noun(pair[1]))
        };
        if !reports && nearest.is_some_and(|(actor, _)| !self.is_topic(span, actor) && modifies(actor)) {
            let part = self.part(span, Span::new(start, start), &[]);
            let topic = near.iter().rev().find(|(actor, place)| {
                !place
                    && actor.span.start >= part.start
                    && self.is_topic(span, actor)
                    && !self.is_source(span, actor)
            });
            if let Some((actor, _)) = topic {
                return Some(sorted(actor.states.iter().cloned()));
            }
        }
        match (nearest, reports) {
            (Some((actor, _)), false) => Some(self.together(span, actor)),
            // Where the sentence reports, its first subject speaks; an inner one acts. In シリア軍は…と言い、
            // ロシア国防省は…と説明した each speaks for a clause.
            (Some((actor, _)), true) => {
                let part = self.part(span, Span::new(start, start), &[]);
                let speaks = part.start > span.start
                    && actor.span.start < part.start + 2
                    && self.is_topic(span, actor);
                subjects.next().filter(|_| !speaks).map(|_| sorted(actor.states.iter().cloned()))
            }
            _ => None,
        }
    }

    /// The speaker of the sentence before, whose words this one goes on with.
    pub(super) fn speaker_before(&self, at: usize, readings: &[Reading]) -> Option<Vec<String>> {
        let index = readings.get(at)?.sentence;
        let (here, before) = (self.sentences.get(index)?, self.sentences.get(index.checked_sub(1)?)?);
        if here.paragraph != before.paragraph || before.kind == SentenceKind::Heading {
            return None;
        }
        let near = self.company.within(before.span.start, before.span.end);
        let whole = Span::new(before.span.start, before.span.end);
        let tells = |actor: &ActorSpan| {
            let end = self.after_title(actor.span.end, before.span.end);
            self.is_subject(before.span, actor)
                || self.is_topic(whole, actor)
                || self.tables.cues.tells.at(self.chars, end, before.span.end).is_some()
        };
        let (actor, _) = near.iter().find(|(actor, place)| !place && tells(actor))?;
        Some(sorted(actor.states.iter().cloned()))
    }

    /// On whose word the sentence before rests: 軍によると….
    fn source_before(&self, at: usize, readings: &[Reading]) -> Option<Vec<String>> {
        let index = readings.get(at)?.sentence;
        let (here, before) = (self.sentences.get(index)?, self.sentences.get(index.checked_sub(1)?)?);
        if here.paragraph != before.paragraph || before.kind == SentenceKind::Heading {
            return None;
        }
        let near = self.company.within(before.span.start, before.span.end);
        let (actor, _) = near.iter().find(|(actor, place)| {
            !place
                && !actor.is_body
                && self.is_source(before.span, actor)
                && actor.states.iter().all(|state| self.company.dominant.contains(state))
        })?;
        Some(sorted(actor.states.iter().cloned()))
    }

    /// Whom the text names most, where the one party of a sentence only says what it counts: 韓国軍は、発射台は200基に上ると説明した.
    fn counted_by_another(&self, span: Span, start: usize) -> Option<Vec<String>> {
        let tail = span.end.saturating_sub(16).max(span.start);
        let reports = self.tables.cues.report.any_in(self.chars, tail, span.end)
            && !self.company.within(start, span.end).iter().any(|(actor, _)| self.is_topic(span, actor));
        let mut named = self.company.within(span.start, start).iter().filter(|(_, place)| !place);
        let (speaker, _) = named.next().filter(|_| reports)?;
        let first = self.company.first.as_ref().filter(|first| !speaker.states.contains(first))?;
        let alone = named.all(|(actor, _)| actor.states == speaker.states);
        (alone && self.is_topic(span, speaker)).then(|| vec![first.clone()])
    }

    /// Whether an actor is the one whose attack is told: ウクライナ軍の越境攻撃で.
    fn strikes(&self, span: Span, actor: &ActorSpan) -> bool {
        let end = self.after_title(actor.span.end, span.end);
        if self.chars.get(end) != Some(&'の') {
            return false;
        }
        let stop = (end + 14).min(span.end);
        let clause = (end + 1..stop)
            .find(|at| matches!(self.chars.get(*at), Some('は' | 'が' | 'を' | '、' | '。')))
            .unwrap_or(stop);
        self.tables.cues.strike.any_in(self.chars, end, clause.max(end))
    }

    /// Whether an actor is the subject of an attack told before a number: 武装勢力が警察署を襲い、4人が死亡した.
    fn attacks(&self, span: Span, actor: &ActorSpan, start: usize) -> bool {
        let end = self.after_title(actor.span.end, span.end);
        let subject = self.tables.cues.subject.at(self.chars, end, span.end).is_some();
        // Its own blow, not one that it counts (…は、攻撃で5人が死亡したと発表した).
        let blow = self.tables.cues.attack.find(self.chars, end, start);
        let clause = |at: usize, len: usize| {
            matches!(self.chars.get(at + len), Some('い' | 'し' | 'っ' | 'ん'))
                || self.chars.get(at + len..at + len + 2) == Some(&['を', '行'])
        };
        subject && blow.iter().any(|(at, len, ())| clause(*at, *len))
    }

    /// What the sentence before tells to have been struck: ガザ地区を空爆し….
    fn struck_before(&self, at: usize, readings: &[Reading]) -> Option<Vec<String>> {
        let index = readings.get(at)?.sentence;
        let (here, before) = (self.sentences.get(index)?, self.sentences.get(index.checked_sub(1)?)?);
        if here.paragraph != before.paragraph || before.kind == SentenceKind::Heading {
            return None;
        }
        let near = self.company.within(before.span.start, before.span.end);
        let (actor, _) = near
            .iter()
            .find(|(actor, _)| {
                let end = actor.span.end;
                let object =
                    (end..(end + 8).min(before.span.end)).find(|at| self.chars.get(*at) == Some(&'を'));
                let apart = object.is_some_and(|object| {
                    !self.chars[end..object]
                        .iter()
                        .any(|c| matches!(c, 'は' | 'が' | 'に' | 'で' | 'へ' | '、'))
                });
                let stop = object.map_or(end, |object| (object + 8).min(before.span.end));
                apart && self.tables.cues.attack.any_in(self.chars, object.unwrap_or(end), stop)
            })
            .or_else(|| {
                // トルコ軍はシリア北部で作戦を始めた: of where it was, or else of the other side.
                let tail = before.span;
                let (topic, _) = near.iter().find(|(actor, place)| !place && self.is_topic(tail, actor))?;
                let blow = self.tables.cues.attack.any_in(self.chars, topic.span.end, before.span.end);
                near.iter().filter(|_| blow).find(|(actor, _)| {
                    let end = actor.span.end;
                    let scene =
                        (end..(end + 4).min(before.span.end)).any(|at| self.chars.get(at) == Some(&'で'));
                    scene && actor.span.start > topic.span.end && actor.states != topic.states
                })
            })?;
        Some(sorted(actor.states.iter().cloned()))
    }

    /// The two between whom it was fought: タイ・カンボジア衝突、死者43人.
    fn fought(&self, span: Span, start: usize) -> Option<Vec<String>> {
        let near = self.company.within(start.saturating_sub(CHANGE / 2).max(span.start), start);
        let [.., (first, false), (second, false)] = near else { return None };
        let gap = self.chars.get(first.span.end..second.span.start).unwrap_or_default();
        let fight = self.tables.cues.fight.at(self.chars, second.span.end, span.end).is_some();
        (fight && matches!(gap, ['・' | 'と' | '、']))
            .then(|| sorted(first.states.iter().chain(&second.states).cloned()))
    }

    /// Of whom those are that a sum is made of: A人2人とB人1人の計3人.
    fn sum_of(&self, span: Span, at: usize, readings: &[Reading]) -> Option<Vec<String>> {
        let reading = &readings[at];
        let mut start = reading.candidate.span.start;
        let total = ['計', '合'].iter().any(|c| self.chars.get(start.wrapping_sub(1)) == Some(c))
            || self.chars.get(start) == Some(&'計');
        while start > span.start
            && matches!(self.chars.get(start - 1), Some('計' | '合' | 'せ' | 'わ' | 'て' | 'の'))
        {
            start -= 1;
        }
        let mut states = BTreeSet::new();
        let mut parts = 0;
        for part in readings.get(..at)?.iter().rev() {
            let linked = part.sentence == reading.sentence
                && part.candidate.unit == reading.candidate.unit
                && start.saturating_sub(part.candidate.span.end) <= 14;
            if !total || !linked {
                break;
            }
            states.extend(part.of.iter().cloned());
            start = part.candidate.span.start;
            parts += 1;
        }
        (parts >= 2 && !states.is_empty()).then(|| sorted(states))
    }

    /// An actor with those who are named together with it: 韓国軍と米軍は.
    fn together(&self, span: Span, actor: &ActorSpan) -> Vec<String> {
        let mut states = actor.states.clone();
        let mut first = actor.span.start;
        for (before, place) in self.company.within(span.start, actor.span.start).iter().rev() {
            let gap = self.chars.get(before.span.end..first).unwrap_or_default();
            if *place || !matches!(gap, ['と' | '・']) {
                break;
            }
            states.extend(before.states.iter().cloned());
            first = before.span.start;
        }
        sorted(states)
    }

    /// Whose plane or ship those who are counted were aboard: A国の政府専用機が墜落し、搭乗していた96人が死亡した.
    fn aboard(&self, span: Span, number: Span) -> Option<Vec<String>> {
        let from = number.start.saturating_sub(12).max(span.start);
        if !self.tables.cues.aboard.any_in(self.chars, from, number.start) {
            return None;
        }
        let craft = (span.start..number.start)
            .rev()
            .find(|at| matches!(self.chars.get(*at), Some('機' | '船' | '便' | '艦' | '艇')))?;
        let named = self.company.within(craft.saturating_sub(COMPANY / 5).max(span.start), craft);
        let (actor, _) = named.iter().rev().find(|(actor, place)| !place && actor.span.end <= craft)?;
        Some(sorted(actor.states.iter().cloned()))
    }

    /// The two that the text is about, where only what they fought is named: 今回の衝突の死者は700人.
    fn clashed(&self, span: Span, start: usize) -> Option<Vec<String>> {
        let part = self.part(span, Span::new(start, start), &[]);
        let named = self.company.within(part.start, start).iter();
        let own = named
            .filter(|(actor, place)| !place && !self.is_toward(span, actor) && !self.is_source(span, actor))
            .count();
        let from = start.saturating_sub(CHANGE / 3).max(part.start);
        let clash = self.tables.cues.clash.any_in(self.chars, from, start);
        (clash && own == 0 && self.company.dominant.len() == 2).then(|| self.company.dominant.clone())
    }

    /// Of the two that the text is about the one that is not named here.
    fn other_side(&self, near: &[(&ActorSpan, bool)]) -> Option<Vec<String>> {
        let [first, second] = self.company.dominant.as_slice() else { return None };
        let named = |state: &String| near.iter().any(|(actor, place)| !place && actor.states.contains(state));
        match (named(first), named(second)) {
            (true, false) => Some(vec![second.clone()]),
            (false, true) => Some(vec![first.clone()]),
            _ => None,
        }
    }

    /// The actors listed right before a number as some of those that it counts: AやBなど10カ国.
    pub(super) fn listed(&self, span: Span, start: usize) -> Option<Vec<String>> {
        let mut states = BTreeSet::new();
        let mut at = start.checked_sub(2).filter(|at| self.chars.get(*at..start) == Some(&['な', 'ど']))?;
        for (actor, _) in self.company.within(span.start, at).iter().rev() {
            let gap = self.chars.get(actor.span.end..at).unwrap_or_default();
            if !matches!(gap, [] | ['や' | 'と' | '、' | '・']) {
                break;
            }
            states.extend(actor.states.iter().cloned());
            at = actor.span.start;
        }
        (!states.is_empty()).then(|| sorted(states))
    }

    /// The two sides together: 双方の死者は30人.
    pub(super) fn both(&self, span: Span, start: usize) -> Option<Vec<String>> {
        let from = start.saturating_sub(CHANGE).max(span.start);
        let (at, _, ()) = self.tables.cues.both.find(self.chars, from, start).into_iter().next_back()?;
        if self.company.within(at, start).iter().any(|(actor, _)| actor.span.end <= start) {
            return None;
        }
        self.pair_before(at).or_else(|| {
            let dominant = &self.company.dominant;
            (dominant.len() == 2).then(|| dominant.clone())
        })
    }

    /// Who does, in the sentence before, what the figure counts: ミサイルを発射した, then 14発だった.
    pub(super) fn told_before(&self, at: usize, readings: &[Reading]) -> Option<Vec<String>> {
        let reading = &readings[at];
        let before = self.sentences.get(reading.sentence.checked_sub(1)?)?;
        let here = self.sentences.get(reading.sentence)?;
        if before.paragraph != here.paragraph || before.kind == SentenceKind::Heading {
            return None;
        }
        let triggers = self.tables.triggers.find(self.chars, before.span.start, before.span.end);
        let told = |rows: &[crate::table::Trigger]| rows.iter().any(|row| row.measure == reading.measure);
        let (place, _, _) = triggers.iter().rev().find(|(_, _, rows)| told(rows))?;
        self.subject(Span::new(before.span.start, before.span.end), *place)
    }
}
