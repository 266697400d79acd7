//! The period that a figure holds for.

use super::{CARRY, CHANGE, COMPANY, Document, Reading, flows, in_dateline};
use crate::Period;
use entente_base::{SentenceKind, Span};

/// How many sentences the day of a story is carried on.
const STORY: usize = 6;

/// Whether a value names a day.
fn is_day(value: &str) -> bool {
    value.len() >= 10 && !value.contains('/')
}

/// Whether a value names a year or a stretch of years or months.
fn is_year(value: &str) -> bool {
    let first = value.split('/').next().unwrap_or_default();
    value.len() == 4 || (value.contains('/') && value.len() <= 15 && first.len() <= 7)
}

impl Document<'_> {
    /// The time that governs the figure.
    pub(super) fn period(
        &self,
        span: Span,
        at: usize,
        launches: bool,
        readings: &[Reading],
    ) -> Option<String> {
        let reading = &readings[at];
        let start = reading.candidate.span.start;
        let measure = reading.measure;
        let cues = &self.tables.cues;
        let near: Vec<&&Period> = self
            .times_within(start.saturating_sub(COMPANY).max(span.start), start)
            .iter()
            .filter(|time| time.span.end <= start)
            .filter(|time| {
                // 前年の5.3%から: the level of that year, not a comparison.
                time.span.end + 1 == start && self.chars.get(time.span.end) == Some(&'の')
                    || self.tables.changes.basis.at(self.chars, time.span.start, span.end).is_none()
            })
            .filter(|time| !in_dateline(self.chars, time.span))
            .collect();
        let last = |test: &dyn Fn(&str) -> bool| {
            near.iter().rev().find(|time| test(&time.value)).map(|time| (time.span, time.value.clone()))
        };
        let clear = |from: usize| !cues.duration.any_in(self.chars, from, start);
        let carried = |sentences: usize, test: &dyn Fn(&Reading) -> bool| {
            self.carried(at, readings, sentences, |other| test(other)).and_then(|other| other.period.clone())
        };
        if flows(measure) {
            // 2009年の交渉が決裂し、1日、供給を止めた: the day took the year's place for a daily rate.
            let daily = reading.candidate.unit.ends_with("/d")
                && near.last().is_some_and(|time| {
                    is_day(&time.value) && matches!(self.chars.get(time.span.end), Some('、' | 'に'))
                });
            if daily {
                return None;
            }
            // 2013年の割合は、2012年の5%から7%に増えた: what it became is of the time told first.
            let was = at.checked_sub(1).and_then(|before| readings.get(before)).filter(|other| {
                other.sentence == reading.sentence
                    && self.is_from(other.candidate.span.end)
                    && start.saturating_sub(other.candidate.span.end) <= 12
                    && self.times_within(other.candidate.span.end, start).is_empty()
            });
            let before = was.map_or(start, |other| other.candidate.span.start);
            let then = |time: &&&&Period| {
                time.span.end + 1 == before && self.chars.get(time.span.end) == Some(&'の')
            };
            if was.is_some()
                && let Some(at) = near.iter().rposition(|time| then(&time))
            {
                let now = near[..at].iter().rev().find(|time| !is_day(&time.value));
                return now.map(|time| time.value.clone());
            }
            let part = self.part(span, reading.candidate.core, readings);
            if let Some((time, value)) = last(&|value| !is_day(value)) {
                // 昨年輸入し、基地に30万バレルを預けている: what goes on now is of no clause before.
                let core = reading.candidate.core;
                let goes_on = time.end <= part.start
                    && self.chars.get(part.start..core.start).unwrap_or_default().contains(&'は')
                    && cues.ongoing.any_in(self.chars, core.end, part.end)
                    && !cues.report.any_in(self.chars, core.end, part.end)
                    && self.chars.get(time.end) != Some(&'は');
                return (clear(time.end) && !goes_on).then_some(value);
            }
            // 3年以内に90億ドルに達するとの見通し: what is to come is of no time told before.
            let core = reading.candidate.core;
            let ahead = cues.ahead.any_in(self.chars, part.start, core.start)
                || cues.ahead.any_in(self.chars, core.end, (core.end + CHANGE / 2).min(span.end));
            if ahead {
                return None;
            }
            // What goes on now is of no earlier period.
            let standing = cues.standing.any_in(self.chars, start.saturating_sub(20).max(span.start), start)
                || cues.ongoing.any_in(
                    self.chars,
                    reading.candidate.core.end,
                    (start + CHANGE).min(span.end),
                );
            if standing {
                return None;
            }
            // 12万バレルから落ち込んだ: what it was before is of a time before.
            let now = |other: &Reading| {
                flows(other.measure)
                    && (other.sentence == reading.sentence || !self.is_from(other.candidate.span.end))
            };
            return carried(CARRY, &now).or_else(|| self.year_before(at, readings));
        }
        let length = &*reading.candidate.class == "length";
        match measure {
            "weapons" | "casualties" => {
                if measure == "weapons"
                    && (!launches || self.deal(span, reading.candidate.core, readings))
                    && self.repeated(at, readings).is_none_or(|other| other.period.is_none())
                    && carried(CARRY, &|other| other.measure == measure).is_none()
                {
                    return None;
                }
                // 24日、死者が610人に上ると発表した: the day is that of the report on a toll.
                // 死者が420人、負傷者が3700人になったと発表した: both are sums so far.
                let end = reading.candidate.span.end;
                let listed = self.chars.get(end) == Some(&'、');
                let toll = measure == "casualties"
                    && (cues.toll.at(self.chars, end, span.end).is_some()
                        || listed && cues.toll.any_in(self.chars, end, (end + CHANGE / 2).min(span.end)))
                    && cues.report.any_in(self.chars, span.end.saturating_sub(16).max(span.start), span.end);
                if toll
                    && near.len() <= 1
                    && near.iter().all(|time| self.chars.get(time.span.end) == Some(&'、'))
                {
                    return None;
                }
                // 12日に始まった戦闘では50人が死亡した: the day is that of the beginning.
                let begun = near.last().filter(|time| {
                    measure == "casualties" && cues.begun.any_in(self.chars, time.span.end, start)
                });
                if let Some(time) = begun {
                    let open = !time.value.contains('/') && !time.value.contains('X');
                    return open.then(|| format!("{}/..", time.value));
                }
                // 爆撃機6機は11月30日、….
                let end = reading.candidate.span.end;
                let topic = matches!(self.chars.get(end), Some('は'))
                    || measure == "weapons" && matches!(self.chars.get(end..end + 2), Some(['か', 'ら']));
                let behind = || {
                    let time = self.times_within(end + 1, end + 3).first().filter(|_| topic)?;
                    Some(time.value.clone())
                };
                let here = last(&|_| true).map(|(_, value)| value).or_else(behind);
                // これまでに32人, 双方の死者は30人に上る: a sum so far is of no day before.
                let so_far = measure == "casualties"
                    && (cues.toll.at(self.chars, reading.candidate.span.end, span.end).is_some()
                        || cues.standing.any_in(
                            self.chars,
                            start.saturating_sub(CHANGE / 2).max(span.start),
                            start,
                        ));
                if so_far && near.is_empty() {
                    return None;
                }
                // 11日間の戦闘で232人が死亡した: of no day; 米軍はこれまでに120発を発射した.
                let stretch = self.tables.cues.span.any_in(
                    self.chars,
                    start.saturating_sub(CHANGE).max(span.start),
                    start,
                ) || measure == "weapons"
                    && cues.standing.any_in(
                        self.chars,
                        start.saturating_sub(CHANGE / 2).max(span.start),
                        start,
                    );
                if stretch && near.is_empty() {
                    return None;
                }
                let same = |other: &Reading| other.measure == measure && other.of == reading.of;
                here.or_else(|| carried(CARRY, &same))
                    .or_else(|| self.day_before(at, readings))
                    .or_else(|| self.day_of_story(at, readings))
            }
            "other" if length => carried(CARRY, &|other| other.measure == "weapons"),
            // 17日、約2000人が集まった.
            "participants" if matches!(&*reading.candidate.class, "person" | "country") => {
                last(&|_| true).map(|(_, value)| value)
            }
            // 10日に署名した文書.
            "documents" => {
                let (time, value) = last(&is_day)?;
                (self.chars.get(time.end) == Some(&'に')).then_some(value)
            }
            // 兵士1000人を8日から13日にかけて送った; 昨年12月に1000人が引き揚げた.
            "troops" => {
                let end = reading.candidate.span.end;
                let part = self.part(span, reading.candidate.core, readings);
                let moves = cues.movement.any_in(self.chars, end, part.end.min(end + CHANGE / 2));
                let particle = self.chars.get(end);
                let by =
                    |time: &Period| time.span.slice(self.chars).windows(2).any(|pair| pair == ['ま', 'で']);
                let next = self.times_within(end, end + 2).first().filter(|time| !by(time));
                if let Some(next) =
                    next.filter(|_| particle == Some(&'を') || moves && particle == Some(&'が'))
                {
                    return Some(next.value.clone());
                }
                let (time, value) = last(&|_| true).filter(|_| moves)?;
                // 28日、兵士1万人が派遣されたと発表した: the day is that of the report.
                let reports =
                    cues.report.any_in(self.chars, span.end.saturating_sub(16).max(span.start), span.end);
                let told = match self.chars.get(time.end) {
                    // 2日から9日までの日程で、3万人を動員する.
                    Some('の') => value.contains('/'),
                    Some('に') => true,
                    Some('は' | '、') => !reports,
                    _ => cues.within.at(self.chars, time.end, span.end).is_some(),
                };
                (told && time.start >= part.start).then_some(value)
            }
            _ => {
                let month = |value: &str| {
                    value.len() == 7
                        && !value.contains('/')
                        && matches!(measure, "aid" | "tariff" | "investment")
                };
                // このうち150億ドルを充てる: a part is of the whole's period.
                let part = measure == "aid"
                    && cues.carry.any_in(self.chars, start.saturating_sub(6).max(span.start), start);
                if part && let Some(value) = carried(1, &|other| other.measure == measure) {
                    return Some(value);
                }
                let (time, value) = last(&|value| is_year(value) || month(value))?;
                // 昨年11月、6億円の供与を決めた: the month is that of the decision.
                let decided = matches!(measure, "aid" | "investment")
                    && value.len() == 7
                    && month(&value)
                    && self.chars.get(time.end) != Some(&'の')
                    && !cues.stock.any_in(self.chars, time.start, (time.end + 3).min(span.end));
                // 両国は2030年の大会を共催し、…が3億ユーロを融資した: of another clause's matter.
                let part = self.part(span, reading.candidate.core, readings);
                let told = readings.get(..at).unwrap_or_default().iter().rev().take(8).any(|other| {
                    other.sentence == reading.sentence && other.candidate.span.start >= time.end
                });
                let aside = !told && time.end <= part.start && self.chars.get(time.end) == Some(&'の');
                let topic = !decided
                    && (time.end == start
                        || self.chars.get(time.end).is_some_and(|letter| {
                            matches!(letter, 'の' | 'に' | 'は' | '、' | '度' | 'で' | '時')
                        }));
                // 4月に設けた10%に40%を上乗せした: the month is the first one's.
                let first = value.len() != 7
                    || value.contains('/')
                    || readings
                        .get(..at)
                        .unwrap_or_default()
                        .iter()
                        .rev()
                        .take(4)
                        .all(|other| !other.keep || other.candidate.span.end <= time.end);
                // 2013年に21億ドルで、累計投資額は50億ドルに上る: a sum so far.
                let sum = matches!(measure, "investment" | "aid")
                    && cues.standing.any_in(self.chars, time.end, start);
                (topic && first && !aside && !sum && clear(time.end)).then_some(value)
            }
        }
    }

    /// Whether から stands behind a number: what follows is what it became.
    fn is_from(&self, end: usize) -> bool {
        matches!(self.chars.get(end..end + 2), Some(['か', 'ら']))
    }

    /// The day that most of the text's blows and dead before are of.
    fn day_of_story(&self, at: usize, readings: &[Reading]) -> Option<String> {
        let here = &readings[at];
        let mut days: Vec<(&String, usize)> = Vec::new();
        let before = readings.get(..at)?.iter().rev().take(24).filter(|other| {
            other.keep && matches!(other.measure, "casualties" | "weapons") && !self.in_heading(other)
        });
        for other in before.take(8) {
            let Some(day) = other.period.as_ref().filter(|day| is_day(day)) else { continue };
            match days.iter_mut().find(|(known, _)| *known == day) {
                Some((_, count)) => *count += 1,
                None => days.push((day, 1)),
            }
        }
        let sentence = self.sentences.get(here.sentence)?.span;
        let cues = &self.tables.cues;
        let start = here.candidate.span.start;
        let apart = [&cues.begun, &cues.span, &cues.standing]
            .iter()
            .any(|cue| cue.any_in(self.chars, sentence.start, start));
        if apart {
            return None;
        }
        let (day, _) = days.into_iter().max_by_key(|(_, count)| *count)?;
        let near = readings.get(..at)?.iter().rev().find(|other| other.period.as_ref() == Some(day))?;
        (near.sentence + STORY >= here.sentence && !self.in_heading(here)).then(|| day.clone())
    }

    /// The one year or stretch of time that the sentence before tells of: 2015年の貿易は減った。輸出は….
    pub(super) fn year_before(&self, at: usize, readings: &[Reading]) -> Option<String> {
        let index = readings.get(at)?.sentence;
        let (here, before) = (self.sentences.get(index)?, self.sentences.get(index.checked_sub(1)?)?);
        if here.paragraph != before.paragraph || before.kind == SentenceKind::Heading {
            return None;
        }
        let basis = |time: &&&Period| {
            self.tables.changes.basis.at(self.chars, time.span.start, before.span.end).is_none()
        };
        let mut times = self.times_within(before.span.start, before.span.end).iter().filter(basis);
        match (times.next(), times.next()) {
            // 2012年の10万バレルから落ち込んだ: the year of what was before.
            (Some(time), None) if is_year(&time.value) => {
                let was = readings.get(..at)?.iter().rev().take(8).any(|other| {
                    other.sentence + 1 == index
                        && other.period.as_ref() == Some(&time.value)
                        && self.is_from(other.candidate.span.end)
                });
                (!was).then(|| time.value.clone())
            }
            _ => None,
        }
    }

    /// The last day named in the sentence before, of the same paragraph.
    pub(super) fn day_before(&self, at: usize, readings: &[Reading]) -> Option<String> {
        let index = readings.get(at)?.sentence;
        let (here, before) = (self.sentences.get(index)?, self.sentences.get(index.checked_sub(1)?)?);
        if here.paragraph != before.paragraph || before.kind == SentenceKind::Heading {
            return None;
        }
        // 12日、作戦を終えたと発表した: the day is that of the word, not of what the next sentence counts.
        let cues = &self.tables.cues;
        let tail = before.span.end.saturating_sub(16).max(before.span.start);
        let mut days = self.times_within(before.span.start, before.span.end).iter();
        let word = days.next().is_some_and(|day| {
            let next = self.chars.get(day.span.end);
            let at = day.span.start;
            let topic = at.checked_sub(1).and_then(|at| self.chars.get(at)) == Some(&'は');
            next == Some(&'、') && (topic || at == before.span.start) || next == Some(&'の')
        });
        if word
            && days.next().is_none()
            && cues.report.any_in(self.chars, tail, before.span.end)
            && !cues.launch.any_in(self.chars, before.span.start, before.span.end)
        {
            return None;
        }
        // 7日に攻撃した。4日の…への報復だ: of the days just told the latest.
        let earlier = self
            .sentences
            .get(index.saturating_sub(2))
            .filter(|it| it.paragraph == here.paragraph && it.kind != SentenceKind::Heading);
        let first = earlier.map_or(before.span.start, |it| it.span.start);
        let times = self.times_within(before.span.start, before.span.end);
        times.iter().find(|time| is_day(&time.value))?;
        let times = self.times_within(first, before.span.end);
        let day = times.iter().filter(|time| is_day(&time.value)).max_by(|a, b| a.value.cmp(&b.value))?;
        // 24日に侵攻を始めた: what it cost since is of no day.
        let begun = self.chars.get(day.span.end) == Some(&'に')
            && self.tables.cues.begun.any_in(self.chars, day.span.end, before.span.end);
        (!begun).then(|| day.value.clone())
    }
}
