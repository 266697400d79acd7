//! What a figure measures, whom it is about, when it holds, and what change or rank goes with it.

use crate::scan::{Candidate, Scope};
use crate::table::{Side, Tables};
use crate::{ActorSpan, FigureMention, Period};
use entente_base::record::{Bound, Change};
use entente_base::{Sentence, SentenceKind, Span};
use rustc_hash::FxHashMap as HashMap;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// How far to look for a measure, before and after the number.
const REACH_BEFORE: usize = 60;
const REACH_AFTER: usize = 40;
/// What a comma, or another figure, between word and number adds to their distance.
const COMMA: i64 = 8;
const CROSSING: i64 = 12;
/// How far from a figure a state may stand that it is about.
const COMPANY: usize = 160;
/// How far a change may stand behind its level.
const CHANGE: usize = 60;
/// From how many per cent on a comparison without a direction is a ratio.
const RATIO: f64 = 50.0;
/// From how many points on they can be those of an index alone.
const INDEX: f64 = 100.0;
/// How many sentences a topic is carried on.
const CARRY: usize = 2;

/// What a figure became, before it is written out.
#[derive(Debug, Clone)]
struct Reading {
    candidate: Candidate,
    sentence: usize,
    measure: &'static str,
    /// Distance of the word that named the measure.
    cost: Option<i64>,
    /// Sign of the change that it states by itself.
    change_sign: Option<f64>,
    /// Index of the figure that this one converts.
    converts: Option<usize>,
    /// Index of the level that this change belongs to.
    level: Option<usize>,
    change: Option<Change>,
    rank: Option<String>,
    of: Vec<String>,
    /// Whether it is of one partner among several that are told of in turn: 対日輸出は….
    toward: bool,
    period: Option<String>,
    keep: bool,
}

/// Bits of the value, unit, measure.
type Key = (u64, String, &'static str);

/// All mentions near each other, sorted by place.
struct Company<'a> {
    spans: Vec<(&'a ActorSpan, bool)>,
    dominant: Vec<String>,
    /// The state that is named most, where one is named more than once.
    first: Option<String>,
}

impl<'a> Company<'a> {
    fn new(actors: &'a [ActorSpan], places: &'a [ActorSpan]) -> Self {
        let mut spans: Vec<(&ActorSpan, bool)> = actors
            .iter()
            .map(|actor| (actor, false))
            .chain(places.iter().map(|place| (place, true)))
            .filter(|(actor, _)| !actor.states.is_empty())
            .collect();
        spans.sort_by_key(|(actor, _)| (actor.span.start, actor.span.end));
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (actor, place) in &spans {
            if !place && !actor.is_body {
                for state in &actor.states {
                    *counts.entry(state).or_default() += 1;
                }
            }
        }
        let mut ranked: Vec<(&str, usize)> = counts.into_iter().collect();
        ranked.sort_by_key(|(state, count)| (std::cmp::Reverse(*count), *state));
        let most = ranked.first().map_or(0, |(_, count)| *count);
        let first = ranked.first().filter(|(_, count)| *count > 1).map(|(state, _)| (*state).to_owned());
        let mut dominant: Vec<String> = ranked
            .iter()
            .take(2)
            .filter(|(_, count)| count * 4 >= most)
            .map(|(state, _)| (*state).to_owned())
            .collect();
        dominant.sort();
        Self { spans, dominant, first }
    }

    /// The mentions that lie within a range.
    fn within(&self, start: usize, end: usize) -> &[(&'a ActorSpan, bool)] {
        let from = self.spans.partition_point(|(actor, _)| actor.span.start < start);
        let to = self.spans.partition_point(|(actor, _)| actor.span.start < end);
        self.spans.get(from..to.max(from)).unwrap_or_default()
    }
}

fn sorted(states: impl IntoIterator<Item = String>) -> Vec<String> {
    states.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}

/// Whether a level is of the kind that flows between states.
fn flows(measure: &str) -> bool {
    matches!(
        measure,
        "trade" | "export" | "import" | "settlement_share" | "energy_volume" | "energy_capacity" | "growth"
    )
}

/// Whether it is a matter of two or more states together.
fn joint(measure: &str) -> bool {
    flows(measure)
        || matches!(measure, "investment" | "aid" | "tariff" | "meetings" | "exercises" | "documents")
}

/// Whether a value names a day.
fn is_day(value: &str) -> bool {
    value.len() >= 10 && !value.contains('/')
}

/// Whether a value names a year or a stretch of years or months.
fn is_year(value: &str) -> bool {
    let first = value.split('/').next().unwrap_or_default();
    value.len() == 4 || (value.contains('/') && value.len() <= 15 && first.len() <= 7)
}

pub(crate) fn read(
    tables: &Tables,
    chars: &[char],
    sentences: &[Sentence],
    times: &[Period],
    actors: &[ActorSpan],
    places: &[ActorSpan],
) -> Vec<FigureMention> {
    let mut times: Vec<&Period> = times.iter().collect();
    times.sort_by_key(|time| (time.span.start, time.span.end));
    // 我が国は: whose words the text is in.
    let mentioned = actors;
    let actors: Vec<ActorSpan> =
        mentioned
            .iter()
            .filter(|actor| !observes(tables, actor))
            .cloned()
            .chain(tables.cues.own.find(chars, 0, chars.len()).into_iter().map(|(at, len, state)| {
                ActorSpan { span: Span::new(at, at + len), states: vec![state.clone()], is_body: false }
            }))
            .collect();
    let observers = mentioned.iter().filter(|actor| observes(tables, actor)).cloned().collect();
    let company = Company::new(&actors, places);
    let document = Document { tables, chars, sentences, times, company, observers, aided: OnceCell::new() };
    let mut readings: Vec<Reading> = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        if sentence.kind != SentenceKind::Reference {
            document.sentence(index, sentence.span, &mut readings);
        }
    }
    document.carry_back(&mut readings);
    readings.into_iter().filter(|reading| reading.keep).map(written).collect()
}

/// Whether an actor is a body that counts and helps but is no party: IMF, WHO.
fn observes(tables: &Tables, actor: &ActorSpan) -> bool {
    actor.is_body
        && actor.states.iter().all(|code| {
            let code: Vec<char> = code.chars().collect();
            tables.cues.observer.at(&code, 0, code.len()).is_some_and(|(len, ())| len == code.len())
        })
}

fn written(reading: Reading) -> FigureMention {
    let Reading { candidate, measure, change, rank, of, period, change_sign, .. } = reading;
    // A minus is told by the change where it is one.
    let minus = if change_sign.is_some() { 0 } else { candidate.minus };
    let sign = match (minus, measure) {
        (0, "growth") => change_sign.unwrap_or(1.0),
        (0, _) => 1.0,
        _ => -1.0,
    };
    FigureMention {
        span: Span::new(candidate.span.start - minus, candidate.span.end),
        value: candidate.value * sign,
        value_to: candidate.value_to.map(|value| value * sign),
        rule: format!("figure/{}/{}", candidate.class, candidate.form),
        unit: candidate.unit,
        bound: candidate.bound,
        measure: measure.to_owned(),
        of,
        period,
        rank,
        change,
    }
}

struct Document<'a> {
    tables: &'a Tables,
    chars: &'a [char],
    sentences: &'a [Sentence],
    times: Vec<&'a Period>,
    company: Company<'a>,
    /// Bodies that are no party, though what they give is nobody else's.
    observers: Vec<ActorSpan>,
    /// Whom the text says most often to be helped.
    aided: OnceCell<Option<String>>,
}

/// Running totals over a sentence, to count what lies between two places.
struct Between {
    start: usize,
    commas: Vec<i64>,
    figures: Vec<i64>,
}

impl Between {
    fn new(chars: &[char], span: Span, candidates: &[Candidate]) -> Self {
        let mut commas = Vec::with_capacity(span.len() + 1);
        let mut total = 0;
        commas.push(0);
        for letter in span.slice(chars) {
            total += i64::from(matches!(letter, '、' | '。' | '「' | '」' | '(' | ')'));
            commas.push(total);
        }
        let mut figures = vec![0; span.len() + 1];
        for candidate in candidates {
            if let Some(slot) = candidate.core.end.checked_sub(span.start).and_then(|at| figures.get_mut(at))
            {
                *slot += 1;
            }
        }
        for at in 1..figures.len() {
            figures[at] += figures[at - 1];
        }
        Self { start: span.start, commas, figures }
    }

    fn count(list: &[i64], from: usize, to: usize) -> i64 {
        let at = |index: usize| list.get(index).or(list.last()).copied().unwrap_or(0);
        (at(to) - at(from)).max(0)
    }

    fn commas(&self, from: usize, to: usize) -> i64 {
        Self::count(&self.commas, from.saturating_sub(self.start), to.saturating_sub(self.start))
    }

    /// Figures that end after `from` and by `to`.
    fn figures(&self, from: usize, to: usize) -> i64 {
        Self::count(&self.figures, from.saturating_sub(self.start), to.saturating_sub(self.start))
    }
}

impl Document<'_> {
    fn times_within(&self, start: usize, end: usize) -> &[&Period] {
        let from = self.times.partition_point(|time| time.span.start < start);
        let to = self.times.partition_point(|time| time.span.start < end);
        self.times.get(from..to.max(from)).unwrap_or_default()
    }

    fn sentence(&self, index: usize, span: Span, readings: &mut Vec<Reading>) {
        let span = Span::new(span.start.min(self.chars.len()), span.end.min(self.chars.len()));
        let taken = |core: Span| {
            self.times_within(core.start.saturating_sub(40), core.end)
                .iter()
                .any(|time| time.span.overlaps(core))
        };
        let company = |state: &str, at: usize| {
            self.company
                .within(at.saturating_sub(COMPANY), at + COMPANY)
                .iter()
                .any(|(actor, _)| actor.states.iter().any(|known| known == state))
                || self.company.dominant.iter().any(|known| known == state)
        };
        let scope = Scope { chars: self.chars, start: span.start, end: span.end };
        let candidates = self.tables.candidates(scope, &taken, &company);
        if candidates.is_empty() {
            return;
        }
        let between = Between::new(self.chars, span, &candidates);
        let triggers = self.tables.triggers.find(self.chars, span.start, span.end);
        let first = readings.len();
        for candidate in candidates {
            let reading = self.reading(index, candidate, &triggers, &between, readings);
            readings.extend(reading);
        }
        self.includes(first, span.end, readings);
        self.changes(span, first, readings);
        self.ranks(span, first, readings);
        let launches = self.tables.cues.launch.any_in(self.chars, span.start, span.end);
        for at in first..readings.len() {
            if !readings[at].keep {
                continue;
            }
            if let Some(origin) = readings[at].converts {
                let (measure, of, period) =
                    (readings[origin].measure, readings[origin].of.clone(), readings[origin].period.clone());
                let reading = &mut readings[at];
                (reading.measure, reading.of, reading.period) = (measure, of, period);
                continue;
            }
            readings[at].of = self.of(span, at, readings);
            let period = self.period(span, at, launches, readings);
            let toward =
                flows(readings[at].measure) && self.toward(span, readings[at].candidate.core, readings);
            let reading = &mut readings[at];
            (reading.period, reading.toward) = (period, toward);
        }
    }

    /// The measure of a candidate, or nothing where it is too slight to be a figure.
    fn reading(
        &self,
        sentence: usize,
        candidate: Candidate,
        triggers: &[(usize, usize, &Vec<crate::table::Trigger>)],
        between: &Between,
        earlier: &[Reading],
    ) -> Option<Reading> {
        let (start, end) = (candidate.span.start, candidate.core.end);
        let class: &str = &candidate.class;
        let from = triggers.partition_point(|(at, _, _)| *at < start.saturating_sub(REACH_BEFORE));
        let to = triggers.partition_point(|(at, _, _)| *at < end + REACH_AFTER);
        let reach = if matches!(class, "person" | "country" | "item" | "occasion") { 36 } else { 45 };
        let mut best: Option<(i64, &'static str)> = None;
        for (at, len, rows) in triggers.get(from..to.max(from)).unwrap_or_default() {
            let (side, gap_start, gap_end) = if at + len <= start {
                (Side::Before, at + len, start)
            } else if *at >= end {
                (Side::After, end, *at)
            } else {
                continue;
            };
            // 輸入は120億ドルで、黒字は…: the next clause's.
            let next = side == Side::After
                && between.commas(gap_start, gap_end) > 0
                && matches!(self.chars.get(at + len), Some('は' | 'が' | 'も'));
            if next {
                continue;
            }
            let mut distance = i64::try_from(gap_end - gap_start).unwrap_or(i64::MAX / 4);
            distance += COMMA * between.commas(gap_start, gap_end);
            distance += CROSSING * between.figures(gap_start, gap_end);
            for row in *rows {
                let fits = row.side == Side::Either || row.side == side;
                if fits && row.classes.iter().any(|known| known == class) {
                    let cost = distance + row.weight;
                    if cost < reach && best.is_none_or(|(least, _)| cost < least) {
                        best = Some((cost, row.measure));
                    }
                }
            }
        }
        let inherited = || {
            // Sums go on about the sum before, rates of tariff and flows of energy about their like.
            let like = |reading: &&Reading| match class {
                "money" => &*reading.candidate.class == "money",
                "percent" => &*reading.candidate.class == "percent" && reading.measure == "tariff",
                // 死者は8796人に上り、うち3648人が子どもだ.
                "person" => {
                    &*reading.candidate.class == "person"
                        && reading.sentence == sentence
                        && matches!(reading.measure, "casualties" | "troops" | "participants")
                        && self.tables.cues.carry.any_in(
                            self.chars,
                            start.saturating_sub(3).max(between.start),
                            start,
                        )
                }
                "volume" | "energy" | "rate" => {
                    reading.candidate.unit == candidate.unit && reading.measure == "energy_volume"
                }
                _ => false,
            };
            let last = earlier.iter().rev().take(4).find(like)?;
            let near = last.sentence == sentence
                || (last.sentence + 1 == sentence
                    && (class != "money"
                        || self.tables.cues.carry.any_in(
                            self.chars,
                            start.saturating_sub(15).max(between.start),
                            start,
                        )
                        // 1500億ドルに増やす目標: where the trade just told of is to go.
                        || flows(last.measure) && self.tables.cues.aim.any_in(self.chars, end, end + 12)));
            (near && last.measure != "growth").then_some((0, last.measure))
        };
        // 同154億円: the same as the one before.
        let same = start.checked_sub(1).and_then(|at| self.chars.get(at)) == Some(&'同');
        let part = class == "person" && best.is_some_and(|(_, measure)| measure == "other");
        let best = if same || part { inherited().or(best) } else { best };
        // インドの黒字は300億ドル: of the trade just told of.
        let balance = class == "money"
            && best.is_some_and(|(_, measure)| measure == "other")
            && self.tables.cues.balance.any_in(
                self.chars,
                start.saturating_sub(8).max(between.start),
                end + 3,
            )
            && earlier.iter().rev().find(|last| last.keep).is_some_and(|last| {
                last.sentence + 1 >= sentence && matches!(last.measure, "trade" | "export" | "import")
            });
        let best = if balance { Some((0, "trade")) } else { best };
        // What is cast for or against takes part in nothing.
        let best = if self.tables.cues.vote.before(self.chars, between.start, start).is_some() {
            Some((0, "other"))
        } else {
            best
        };
        // Soldiers held or handed over are no troops.
        let best = best.map(|(cost, measure)| {
            let captive = measure == "troops" && class == "person" && self.captive(sentence);
            (cost, if captive { "other" } else { measure })
        });
        // A sum named again is of the same kind.
        let again = || {
            let like = |other: &&Reading| {
                other.keep
                    && class == "money"
                    && other.measure != "growth"
                    && other.candidate.value == candidate.value
                    && other.candidate.unit == candidate.unit
            };
            earlier.iter().rev().take(8).find(like).map(|other| (0, other.measure))
        };
        // Barrels a day are those of oil.
        let oil = || (candidate.unit == "bbl/d").then_some((0, "energy_volume"));
        let named = best
            .or_else(inherited)
            .or_else(again)
            .or(candidate.usual.map(|measure| (0, measure)))
            .or_else(oil);
        // 男性2人 counts, 2人 alone only goes on about those just named.
        let counted = class == "person" && self.names_the_counted(between.start, start);
        // Nor do a range or a part of one go on about anything.
        let counted = counted || candidate.value_to.is_some() || candidate.value.fract() != 0.0;
        let min = if counted { candidate.min.min(1.0) } else { candidate.min };
        if named.is_none() && candidate.value_to.unwrap_or(candidate.value) < min
            || candidate.weak && best.is_none_or(|(cost, measure)| cost > 12 || measure == "other")
        {
            return None;
        }
        let actor_before = || {
            self.company
                .within(start.saturating_sub(12), start)
                .iter()
                .any(|(actor, _)| actor.span.end == start)
        };
        if class == "country" && candidate.bound == Bound::Exact && actor_before() {
            return None;
        }
        let anaphor = self.tables.cues.anaphor.at(self.chars, end, self.chars.len()).is_some();
        if class == "person"
            && candidate.value <= 3.0
            && anaphor
            && best.is_some_and(|(cost, measure)| cost > 8 && measure != "casualties")
        {
            return None;
        }
        // (約1億円), (日本円で1億円).
        let head = self
            .tables
            .cues
            .converted
            .before(self.chars, between.start, start)
            .map_or(start, |(len, ())| start - len);
        let opens = head.checked_sub(1).and_then(|at| self.chars.get(at)) == Some(&'(');
        let converts =
            (opens && class == "money").then(|| earlier.len().checked_sub(1)).flatten().filter(|at| {
                let last = &earlier[*at].candidate;
                &*last.class == "money" && last.unit != candidate.unit && last.span.end + 1 == head
            });
        Some(Reading {
            sentence,
            measure: named.map_or("other", |(_, measure)| measure),
            cost: best.map(|(cost, _)| cost),
            change_sign: None,
            converts,
            level: None,
            change: None,
            rank: None,
            of: Vec::new(),
            toward: false,
            period: None,
            keep: true,
            candidate,
        })
    }

    /// Whether a noun for those who are counted stands right before a number.
    fn names_the_counted(&self, start: usize, at: usize) -> bool {
        let before = |back: usize| {
            at.checked_sub(back).filter(|at| *at >= start).and_then(|at| self.chars.get(at)).copied()
        };
        let noun = |letter: char| ('一'..='龥').contains(&letter) || ('ァ'..='ー').contains(&letter);
        match (before(1), before(2)) {
            (Some('ら'), Some(letter)) => noun(letter),
            (Some('ち'), Some('た')) => before(3).is_some_and(noun),
            (Some('計' | '約' | '各' | '全' | '他' | '中' | '内' | '後' | '前' | '上' | '外' | '別'), _) => {
                false
            }
            (Some(letter), _) => noun(letter),
            _ => false,
        }
    }

    /// A part measures what its whole does: 子ども12人を含む35人が死亡.
    fn includes(&self, first: usize, end: usize, readings: &mut [Reading]) {
        for at in (first + 1..readings.len()).rev() {
            let (part, whole) = (&readings[at - 1], &readings[at]);
            let joined = self.tables.cues.include.at(self.chars, part.candidate.span.end, end).is_some_and(
                |(len, ())| whole.candidate.span.start.saturating_sub(part.candidate.span.end + len) <= 4,
            );
            // 兵士1300人、民間人93人が死亡した.
            let gap =
                Span::new(part.candidate.span.end, whole.candidate.span.start.max(part.candidate.span.end));
            let gap = gap.slice(self.chars);
            let side_by_side = whole.measure == "casualties"
                && matches!(part.measure, "troops" | "other")
                && &*part.candidate.class == "person"
                && matches!(gap, ['、' | 'と', ..] | ['な', 'ど', ..])
                && !gap.iter().any(|c| matches!(c, 'は' | 'が' | 'を' | 'に' | 'で' | 'し' | 'た' | '。'))
                && gap.len() <= CHANGE / 2;
            let joined = joined || side_by_side;
            if joined && part.candidate.unit == whole.candidate.unit {
                readings[at - 1].measure = readings[at].measure;
            }
        }
    }

    /// Finds the figures that state changes and gives each to its level; one without a level is growth.
    fn changes(&self, span: Span, first: usize, readings: &mut [Reading]) {
        let changes = &self.tables.changes;
        for at in first..readings.len() {
            let candidate = &readings[at].candidate;
            let previous_end = if at > first { readings[at - 1].candidate.span.end } else { span.start };
            let head = candidate.span.start.saturating_sub(25).max(previous_end);
            let basis = changes.basis.find(self.chars, head, candidate.span.start);
            let basis = basis.last().map(|(_, _, basis)| (*basis).clone());
            let rate = changes.rate.any_in(self.chars, head, candidate.span.start);
            let after = changes.after.at(self.chars, candidate.span.end, span.end);
            let before =
                changes.before.before(self.chars, span.start, candidate.span.start).filter(|(len, _)| {
                    // A stroke that joins it to a word is no minus.
                    let at = candidate.span.start - len;
                    let mark = self.chars.get(at).is_some_and(|letter| !letter.is_alphanumeric());
                    let joined = at.checked_sub(1).and_then(|at| self.chars.get(at));
                    !(mark && joined.is_some_and(|l| l.is_alphanumeric() && !('ぁ'..='ん').contains(l)))
                });
            let relative = matches!(&*candidate.class, "percent" | "point" | "times");
            let sign = before.map(|(_, sign)| *sign).or(after.map(|(_, sign)| *sign));
            let stated = match &*candidate.class {
                "percent" | "point" => sign.is_some() || (basis.is_some() && rate),
                "times" => sign.is_some() || basis.is_some(),
                _ => after.is_some(),
            };
            if !stated {
                continue;
            }
            let change_end = candidate.span.end + after.map_or(0, |(len, _)| len);
            // 前年比123% is a ratio, not a change.
            let ratio = sign.is_none() && candidate.unit == "%" && candidate.value >= RATIO;
            let sign = sign.unwrap_or(1.0);
            let size = if ratio { candidate.value - 100.0 } else { candidate.value * sign };
            let level = self.level(span, first, at, change_end, basis.is_some(), rate, readings);
            if let Some(level) = level {
                let unit = readings[at].candidate.unit.clone();
                let value = size;
                let basis = basis.unwrap_or_else(|| "unknown".to_owned());
                readings[level].change.get_or_insert(Change { basis, value, unit });
                readings[at].level = Some(level);
                readings[at].keep = false;
            } else if relative {
                let reading = &mut readings[at];
                if reading.candidate.unit == "pp" && basis.is_none() && !rate && reading.cost.is_none() {
                    reading.keep = false;
                    continue;
                }
                reading.change_sign = Some(sign);
                if ratio {
                    reading.candidate.value = size;
                }
                if reading.measure != "tariff" {
                    reading.measure = "growth";
                }
            }
        }
        // Points that are no change are those of an index: many are counted, few measure no one.
        for reading in readings.iter_mut().skip(first) {
            if reading.candidate.unit == "pp" && reading.change_sign.is_none() && reading.level.is_none() {
                if reading.candidate.value >= INDEX {
                    reading.candidate.unit = "count".to_owned();
                } else {
                    reading.keep = false;
                }
            }
        }
    }

    /// The level that the change at `at` belongs to.
    #[allow(clippy::too_many_arguments)]
    fn level(
        &self,
        span: Span,
        first: usize,
        at: usize,
        change_end: usize,
        compared: bool,
        rate: bool,
        readings: &[Reading],
    ) -> Option<usize> {
        let change = &readings[at].candidate;
        let direct = self.chars.get(change_end) == Some(&'の');
        let fits = |level: &Reading| {
            let class: &str = &level.candidate.class;
            let same = level.candidate.unit == change.unit;
            level.keep
                && level.change_sign.is_none()
                && level.converts.is_none()
                && match &*change.class {
                    "percent" | "times" => {
                        !matches!(class, "point" | "times") && (class != "percent" || compared && rate)
                    }
                    "point" => class == "percent",
                    _ => same && (compared || direct) && change.value < level.candidate.value,
                }
        };
        if let Some(next) = readings.get(at + 1).filter(|next| fits(next)) {
            let gap = self.chars.get(change_end..next.candidate.span.start).unwrap_or_default();
            let close = gap.len() <= 6 && gap.first() == Some(&'の');
            let near =
                gap.len() <= 12 && !gap.iter().any(|letter| matches!(letter, 'は' | 'が' | 'を' | '。'));
            let joined =
                gap.len() <= 4 || gap.first().is_some_and(|letter| matches!(letter, 'の' | 'と' | '、'));
            if close || compared && near && joined {
                return Some(at + 1);
            }
        }
        let back = (first..at).rev().take(8).find(|index| {
            let level = &readings[*index];
            level.converts.is_none() && level.level.is_none()
        })?;
        let level = &readings[back];
        let gap = self.chars.get(level.candidate.span.end..change.span.start).unwrap_or_default();
        let new_topic = gap.contains(&'は') && !rate || gap.contains(&'。');
        (fits(level) && !new_topic && gap.len() <= CHANGE && change.span.start >= span.start).then_some(back)
    }

    /// Gives each rank of the sentence to the level nearest it, those before it first.
    fn ranks(&self, span: Span, first: usize, readings: &mut [Reading]) {
        let ranks = self.tables.cues.rank.find(self.chars, span.start, span.end);
        for (start, len, value) in ranks {
            let fits = |reading: &&mut Reading| {
                reading.keep && reading.change_sign.is_none() && reading.rank.is_none()
            };
            let split =
                first + readings[first..].partition_point(|reading| reading.candidate.span.end <= start);
            let (head, tail) = readings.split_at_mut(split);
            let before = head[first..].iter_mut().rev().take(4).find(fits);
            let after = tail.iter_mut().take(2).find(fits);
            let gap_before = before.as_ref().map_or(usize::MAX, |reading| start - reading.candidate.span.end);
            let gap_after = after
                .as_ref()
                .map_or(usize::MAX, |reading| reading.candidate.span.start.saturating_sub(start + len));
            let chosen = if gap_before <= 30 && gap_before <= gap_after.saturating_mul(2).saturating_add(2) {
                before
            } else if gap_after <= 20 {
                after
            } else {
                None
            };
            if let Some(reading) = chosen {
                reading.rank = Some(value.clone());
            }
        }
    }

    /// Whether a mention is only the source of what is said.
    fn is_source(&self, span: Span, actor: &ActorSpan) -> bool {
        let at = self.after_title(actor.span.end, span.end);
        self.tables.cues.source.at(self.chars, at, span.end).is_some()
            || (actor.span.end..=at).any(|at| self.tables.cues.source.at(self.chars, at, span.end).is_some())
    }

    /// The place after a mention's title: 経産相 in 西村経産相は.
    fn after_title(&self, at: usize, end: usize) -> usize {
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

    fn is_subject(&self, span: Span, actor: &ActorSpan) -> bool {
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

    /// The mention that the figure's own noun belongs to: ウクライナ軍の無人機50機.
    fn owner(&self, span: Span, number: Span) -> Option<Vec<String>> {
        let (start, end) = (number.start, number.end);
        if let Some((_, state)) = self.tables.cues.nationals.before(self.chars, span.start, start) {
            return Some(vec![state.clone()]);
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
    fn respective(&self, span: Span, at: usize, readings: &[Reading]) -> Option<Vec<String>> {
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
    fn subject(&self, span: Span, start: usize) -> Option<Vec<String>> {
        let tail = span.end.saturating_sub(16).max(span.start);
        let reports = self.tables.cues.report.any_in(self.chars, tail, span.end);
        let near = self.company.within(start.saturating_sub(COMPANY).max(span.start), start);
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
            (Some((actor, _)), false) => Some(sorted(actor.states.iter().cloned())),
            // Where the sentence reports, its first subject speaks; an inner one acts.
            (Some((actor, _)), true) => subjects.next().map(|_| sorted(actor.states.iter().cloned())),
            _ => None,
        }
    }

    /// Whether a sentence, or what stands just before it, tells of people taken or given back.
    fn captive(&self, sentence: usize) -> bool {
        self.sentences.get(sentence).is_some_and(|sentence| {
            let from = sentence.span.start.saturating_sub(REACH_BEFORE);
            self.tables.cues.captive.any_in(self.chars, from, sentence.span.end)
        })
    }

    /// The speaker of the sentence before, whose words this one goes on with.
    fn speaker_before(&self, at: usize, readings: &[Reading]) -> Option<Vec<String>> {
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

    /// The last figure within reach that passes the test.
    fn carried<'r>(
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

    fn of(&self, span: Span, at: usize, readings: &[Reading]) -> Vec<String> {
        let reading = &readings[at];
        let measure = reading.measure;
        if joint(measure) {
            let each = (measure == "growth").then(|| self.respective(span, at, readings)).flatten();
            return each.unwrap_or_else(|| self.pair(span, at, readings));
        }
        let start = reading.candidate.span.start;
        let near = self.company.within(start.saturating_sub(COMPANY).max(span.start), start);
        // パキスタン軍から砲撃され、民間人2人が死亡した: not of whoever struck, nor of whom only the border is with.
        let struck = |actor: &ActorSpan| {
            let border = self.tables.cues.border.at(self.chars, actor.span.end, span.end).is_some();
            border && matches!(measure, "casualties" | "troops" | "weapons")
                || measure == "casualties"
                    && self.tables.cues.striker.at(self.chars, actor.span.end, span.end).is_some()
        };
        let nearest = |places: bool| {
            near.iter()
                .rev()
                .filter(|(actor, _)| measure != "casualties" || !actor.is_body)
                .filter(|(actor, _)| !struck(actor))
                .find(|(actor, place)| (places || !place) && !self.is_source(span, actor))
                .map(|(actor, _)| sorted(actor.states.iter().cloned()))
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
        // 300発を迎撃した: of those who fired them.
        let end = reading.candidate.span.end;
        let downed =
            measure == "weapons" && self.tables.cues.downed.any_in(self.chars, end, (end + 6).min(span.end));
        if downed {
            let fired = self
                .owner(span, reading.candidate.span)
                .or_else(|| carried(&|other| other.measure == measure));
            if let Some(fired) = fired {
                return fired;
            }
        }
        let found = match measure {
            "casualties" => self
                .both(span, start)
                .or_else(|| self.owner(span, reading.candidate.span))
                .or_else(|| nearest(true))
                .or_else(|| carried(&|other| other.measure == measure))
                // ウクライナ側によると、乗組員6人が負傷し: where nobody else is named, its own.
                .or_else(|| {
                    // 260人を殺害した: those are others'.
                    let killed = self.chars.get(reading.candidate.span.end) == Some(&'を');
                    let mut own = near.iter().rev().filter(|(actor, place)| !place && !actor.is_body);
                    let (actor, _) = own.next().filter(|_| !killed)?;
                    Some(sorted(actor.states.iter().cloned()))
                })
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

    /// The actors listed right before a number as some of those that it counts: AやBなど10カ国.
    fn listed(&self, span: Span, start: usize) -> Option<Vec<String>> {
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
    fn both(&self, span: Span, start: usize) -> Option<Vec<String>> {
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

    /// The two that were last named together: AとB.
    fn pair_before(&self, at: usize) -> Option<Vec<String>> {
        let named = self.company.within(at.saturating_sub(COMPANY * 2), at);
        let together = |first: &ActorSpan, second: &ActorSpan| {
            let gap = self.chars.get(first.span.end..second.span.start).unwrap_or_default();
            matches!(gap, ['と' | '・' | '、'] | ['政', '府', 'と'])
        };
        named.iter().enumerate().rev().find_map(|(index, (actor, place))| {
            // カナダとメキシコに: those to whom something is done are no pair.
            let receives = matches!(self.chars.get(actor.span.end), Some('に' | 'へ' | 'を' | 'で'));
            if *place || actor.is_body || receives {
                return None;
            }
            if actor.states.len() == 2 {
                return Some(sorted(actor.states.iter().cloned()));
            }
            let (before, _) = named.get(index.checked_sub(1)?).filter(|(before, place)| {
                !place && !before.is_body && together(before, actor) && before.states.len() == 1
            })?;
            let pair = sorted(before.states.iter().chain(&actor.states).cloned());
            (pair.len() == 2).then_some(pair)
        })
    }

    /// Who does, in the sentence before, what the figure counts: ミサイルを発射した, then 14発だった.
    fn told_before(&self, at: usize, readings: &[Reading]) -> Option<Vec<String>> {
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

    /// Whether a figure stands in a heading.
    fn in_heading(&self, reading: &Reading) -> bool {
        let sentence = self.sentences.get(reading.sentence);
        sentence.is_some_and(|sentence| sentence.kind == SentenceKind::Heading)
    }

    /// An earlier figure of the same number of the same things.
    fn repeated<'r>(&self, at: usize, readings: &'r [Reading]) -> Option<&'r Reading> {
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

    /// The part of a sentence that tells of a figure: from the clause's beginning to its end, as commas after verbs
    /// and after other figures show them.
    fn part(&self, span: Span, core: Span, readings: &[Reading]) -> Span {
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
                        .any(|letter| *letter != 'で' && ('ぁ'..='ん').contains(letter))
            });
            copula
                || listed
                || cues.breaks.before(self.chars, span.start, comma).is_some()
                    && cues.joins.before(self.chars, span.start, comma).is_none()
        };
        let start = (span.start + 1..core.start).rev().find(ends).map_or(span.start, |comma| comma + 1);
        let end = (core.end.max(span.start + 1)..span.end).find(ends).unwrap_or(span.end);
        Span::new(start, end)
    }

    /// Whether a mention is the other side of what a figure measures: 対日, 日本への, 日本からの.
    fn is_toward(&self, span: Span, actor: &ActorSpan) -> bool {
        let cues = &self.tables.cues;
        let after = self.after_title(actor.span.end, span.end);
        cues.toward_before.before(self.chars, span.start, actor.span.start).is_some()
            || cues.toward_after.at(self.chars, after, span.end).is_some()
            || cues.toward_after.at(self.chars, actor.span.end, span.end).is_some()
    }

    /// Whether a figure's part of the sentence names one partner alone.
    fn toward(&self, span: Span, core: Span, readings: &[Reading]) -> bool {
        let part = self.part(span, core, readings);
        let mut near = self.company.within(part.start, part.end).iter().filter(|(_, place)| !place);
        match (near.next(), near.next()) {
            (Some((actor, _)), None) => actor.states.len() == 1 && self.is_toward(span, actor),
            _ => false,
        }
    }

    /// Whether words within a span are about an actor: 欧州委員会の報道官は, インドの輸出は.
    fn is_topic(&self, span: Span, actor: &ActorSpan) -> bool {
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

    /// Who is told of before a part of a sentence: インドは….
    fn topic(&self, span: Span, part: Span) -> Option<&ActorSpan> {
        let near = self.company.within(span.start, part.start);
        let before = Span::new(span.start, part.start);
        let mut topics = near.iter().rev().filter(|(actor, place)| {
            let toward =
                self.tables.cues.toward_before.before(self.chars, span.start, actor.span.start).is_some();
            !place && !toward && self.is_topic(before, actor) && !self.is_source(span, actor)
        });
        topics.next().map(|(actor, _)| *actor)
    }

    /// The state whose trade with others is told in turn.
    fn home(&self, at: usize, readings: &[Reading], partner: &str) -> Option<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for other in readings
            .get(..at)?
            .iter()
            .rev()
            .filter(|it| it.keep && joint(it.measure) && it.measure != "growth")
            .take(8)
        {
            for state in other.of.iter().filter(|state| *state != partner) {
                *counts.entry(state).or_default() += 1;
            }
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(state, _)| state.to_owned())
    }

    /// The states that a matter between states is about.
    fn pair(&self, span: Span, at: usize, readings: &[Reading]) -> Vec<String> {
        let (core, measure) = (readings[at].candidate.core, readings[at].measure);
        let cues = &self.tables.cues;
        let part = self.part(span, core, readings);
        let around: Vec<&ActorSpan> = self
            .company
            .within(core.start.saturating_sub(COMPANY).max(span.start), (core.end + COMPANY).min(span.end))
            .iter()
            .filter(|(actor, place)| !place && !self.is_source(span, actor))
            .map(|(actor, _)| *actor)
            .collect();
        // Whoever the figure's own clause names; else whoever the sentence does, or is of, before it.
        let mut near: Vec<&ActorSpan> =
            around.iter().filter(|actor| part.contains(actor.span)).copied().collect();
        let topic = self.topic(span, part);
        let named =
            |near: &[&ActorSpan]| near.iter().flat_map(|actor| &actor.states).collect::<BTreeSet<_>>().len();
        let both = cues.both.any_in(self.chars, part.start, core.start);
        match (named(&near), topic) {
            (0, Some(topic)) if !flows(measure) => {
                // 大統領はA氏と会談し、5億ドルの支援を表明した: to whom it was said.
                near = around
                    .iter()
                    .filter(|actor| actor.span.end <= part.start && actor.span.start > topic.span.start)
                    .filter(|actor| self.is_toward(span, actor))
                    .copied()
                    .collect();
                near.insert(0, topic);
            }
            (0, _) => {
                near = around.iter().filter(|actor| actor.span.end <= core.start).copied().collect();
                if near.is_empty() && !both {
                    near.clone_from(&around);
                }
            }
            (1, Some(topic)) => {
                let own = near.iter().any(|actor| self.is_subject(span, actor));
                let toward = near.iter().any(|actor| self.is_toward(span, actor));
                if toward || !own && !flows(measure) {
                    near.insert(0, topic);
                }
            }
            _ => {}
        }
        let group = near.iter().rev().find(|actor| {
            actor.span.end <= core.start && core.start - actor.span.end <= 40 && actor.states.len() > 1
        });
        if let Some(group) = group {
            return sorted(group.states.iter().cloned());
        }
        if let Some(sides) = self.sides(span, core, &near) {
            return sides;
        }
        let union = sorted(near.iter().flat_map(|actor| actor.states.iter().cloned()));
        let start = readings[at].candidate.span.start;
        // うち100億ドルは: of whom the whole is.
        if named(&near) == 0 || near.iter().all(|actor| !part.contains(actor.span)) {
            let of_whole = cues.carry.any_in(self.chars, start.saturating_sub(6).max(span.start), start);
            let whole = self
                .carried(at, readings, 1, |other| other.measure == measure && !other.of.is_empty())
                .filter(|_| of_whole);
            if let Some(whole) = whole {
                return whole.of.clone();
            }
        }
        // アフリカへの投資残高は: to others than those that are named.
        let elsewhere = union.len() == 1
            && self.chars.get(part.start..start).unwrap_or_default().windows(2).enumerate().any(
                |(back, words)| {
                    let at = part.start + back;
                    matches!(words, ['へ' | 'と', 'の'] | ['向', 'け'])
                        && near.iter().all(|actor| {
                            actor.span.end != at && self.after_title(actor.span.end, span.end) != at
                        })
                },
            );
        if elsewhere && measure != "documents" {
            return union;
        }
        // 米国は両国に36%の関税を課す.
        if both && let Some(two) = self.pair_before(core.start) {
            return match union.len() {
                1 if !two.contains(&union[0]) => sorted(union.into_iter().chain(two)),
                _ => two,
            };
        }
        // What one state alone has, and grows, is of no other.
        let domestic =
            matches!(measure, "growth" | "other") && cues.domestic.any_in(self.chars, part.start, core.start);
        if domestic && union.len() == 1 {
            return union;
        }
        // ペルー中央銀行によると、成長率は…: the state's own.
        if domestic
            && union.is_empty()
            && let Some((actor, _)) = self
                .company
                .within(span.start, core.start)
                .iter()
                .find(|(actor, place)| !place && !actor.is_body && actor.states.len() == 1)
        {
            return actor.states.clone();
        }
        let toward = near.iter().any(|actor| self.is_toward(span, actor))
            || cues.partner.any_in(self.chars, part.start, part.end);
        let carried = |state: Option<&String>| {
            self.carried(at, readings, CARRY + 1, |other| {
                joint(other.measure)
                    && (flows(other.measure) || other.measure == "tariff" || !flows(measure))
                    && (other.measure != "growth" || measure == "growth")
                    && other.of.len() > 1
                    && (toward || both || !other.toward && (state.is_none() || !self.in_heading(other)))
                    && state.is_none_or(|state| other.of.contains(state))
            })
            .map(|other| other.of.clone())
        };
        match union.len() {
            0 => {
                // 輸入は…: goes on about whose exports were told of.
                let same = || {
                    let last = self.carried(at, readings, CARRY + 1, |other| {
                        flows(other.measure)
                            && (other.measure != "growth" || measure == "growth")
                            && !other.of.is_empty()
                            && !other.toward
                    })?;
                    (flows(measure) && !both && !self.in_heading(last)).then(|| last.of.clone())
                };
                // ペルー統計庁によると、輸出は…: the state's own.
                let source = || {
                    let named = self.company.within(span.start, core.start);
                    let own = named.iter().find(|(actor, place)| !place && actor.states.len() == 1)?;
                    (flows(measure) && !both && !own.0.is_body).then(|| own.0.states.clone())
                };
                // OPECは減産に合意した。日量120万バレルを減らし…: of whom the sentence before is.
                let told = || {
                    let here = readings[at].sentence;
                    let near =
                        self.carried(at, readings, 1, |other| joint(other.measure) && !other.of.is_empty());
                    let whole = matches!(measure, "trade" | "export" | "import" | "settlement_share");
                    let last = self.sentences.get(here.checked_sub(1)?)?.span;
                    let before = self.topic(last, Span::new(last.end, last.end))?;
                    let aside = before.states.iter().all(|state| !self.company.dominant.contains(state));
                    // ペルーの貿易は減少した。輸出は…: where nobody else is named.
                    let alone = self
                        .company
                        .within(last.start, last.end)
                        .iter()
                        .all(|(actor, _)| actor.states == before.states);
                    ((aside && !whole || alone && flows(measure)) && !both && near.is_none())
                        .then(|| sorted(before.states.iter().cloned()))
                };
                same()
                    .or_else(told)
                    .or_else(|| self.carried_in_text(at, readings))
                    .or_else(source)
                    .or_else(|| carried(None))
                    .unwrap_or_else(|| self.company.dominant.clone())
            }
            1 => {
                let state = union.first();
                let dominant = || {
                    let holds = state.is_some_and(|state| self.company.dominant.contains(state));
                    // What is signed is signed by two.
                    let signed = measure == "documents"
                        && cues.mutual.any_in(
                            self.chars,
                            core.start.saturating_sub(CHANGE).max(span.start),
                            (core.end + CHANGE).min(span.end),
                        );
                    // トルコに対しては50%に引き上げた: by the other of the two that the text is about.
                    let levied = matches!(measure, "tariff" | "aid");
                    // IMFは…への融資を見送った: no one else gives it.
                    let given = self
                        .observers
                        .iter()
                        .any(|observer| span.contains(observer.span) && self.is_topic(span, observer));
                    if given && measure == "aid" {
                        return None;
                    }
                    // ウクライナが購入するガス, behind ロシアとウクライナの首相は….
                    let flow = measure == "energy_volume"
                        && self.pair_before(core.start).as_ref() == Some(&self.company.dominant);
                    ((toward || both || signed || levied || flow) && holds)
                        .then(|| self.company.dominant.clone())
                };
                // 日本は…した。また、Aに対し1億円を供与する: the giver is the speaker before.
                let giver = || {
                    let goes = measure == "aid"
                        && near.iter().any(|actor| {
                            actor.span.end <= core.start
                                && cues
                                    .receiver
                                    .at(self.chars, self.after_title(actor.span.end, span.end), span.end)
                                    .is_some()
                        });
                    let speaker = goes.then(|| self.speaker_before(at, readings)).flatten()?;
                    (speaker.len() == 1).then(|| sorted(speaker.into_iter().chain(union.iter().cloned())))
                };
                let again = || {
                    let same = self.repeated(at, readings).filter(|_| measure == "aid")?;
                    let holds = state.is_some_and(|state| same.of.contains(state));
                    (!holds).then(|| same.of.clone())
                };
                // 対米輸出は…, after 対中輸出は…: of the state whose exports they are.
                let home = |told: bool| {
                    let state = state.filter(|_| toward && (flows(measure) || measure == "investment"))?;
                    let home = if told {
                        self.home(at, readings, state)
                    } else {
                        self.company.first.clone().filter(|home| home != state)
                    }?;
                    Some(sorted([home, state.clone()]))
                };
                // ギリシャ中央銀行によると、トルコとの貿易額は…: of whose office it is.
                let office = || {
                    let state = state.filter(|_| toward && flows(measure))?;
                    let named = self.company.within(span.start, core.start);
                    let (actor, _) = named.iter().find(|(actor, place)| {
                        !place && self.is_source(span, actor) && actor.states.len() == 1 && !actor.is_body
                    })?;
                    (actor.states[0] != *state).then(|| sorted([actor.states[0].clone(), state.clone()]))
                };
                // 米国は1億ドルの支援を表明した, where the text tells of help to one state.
                let aided = || {
                    let state = state.filter(|_| measure == "aid" && !toward)?;
                    let aided = self.aided().filter(|aided| *aided != state)?;
                    let gives =
                        near.iter().any(|actor| self.is_subject(span, actor) || self.is_topic(span, actor));
                    gives.then(|| sorted([aided.clone(), state.clone()]))
                };
                carried(state)
                    .or_else(giver)
                    .or_else(again)
                    .or_else(office)
                    .or_else(|| home(true))
                    .or_else(dominant)
                    .or_else(|| home(false))
                    .or_else(aided)
                    .unwrap_or_else(|| union.clone())
            }
            2 | 3 => union,
            _ => {
                let mut nearest: Vec<&&ActorSpan> = near.iter().collect();
                nearest.sort_by_key(|actor| {
                    if actor.span.end <= core.start {
                        core.start - actor.span.end
                    } else {
                        (actor.span.start.max(core.end) - core.end) + 10
                    }
                });
                let mut chosen = BTreeSet::new();
                for actor in nearest {
                    if chosen.len() >= 2 {
                        break;
                    }
                    chosen.extend(actor.states.iter().cloned());
                }
                chosen.into_iter().collect()
            }
        }
    }

    /// Whom the text says most often to be helped: ウクライナへの支援, ウクライナに兵器を供与.
    fn aided(&self) -> Option<&String> {
        let find = || {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for (actor, place) in &self.company.spans {
                let end = actor.span.end;
                let to = matches!(self.chars.get(end), Some('に' | 'へ' | '向')) && !place && !actor.is_body;
                let window = self.chars.len().min(end + CHANGE / 2);
                let helps = || {
                    let triggers = self.tables.triggers.find(self.chars, end, window);
                    triggers.iter().any(|(_, _, rows)| rows.iter().any(|row| row.measure == "aid"))
                };
                if let ([state], true) = (actor.states.as_slice(), to)
                    && helps()
                {
                    *counts.entry(state).or_default() += 1;
                }
            }
            counts.into_iter().max_by_key(|(_, count)| *count).map(|(state, _)| state.to_owned())
        };
        self.aided.get_or_init(find).as_ref()
    }

    /// The pair that the last joint figure of the text, not of its heading, is about.
    fn carried_in_text(&self, at: usize, readings: &[Reading]) -> Option<Vec<String>> {
        let last = self.carried(at, readings, CARRY + 1, |other| {
            joint(other.measure) && other.of.len() > 1 && !self.in_heading(other)
        })?;
        Some(last.of.clone())
    }

    /// Where three or more are named: who does it, and to whom it goes.
    fn sides(&self, span: Span, core: Span, near: &[&ActorSpan]) -> Option<Vec<String>> {
        let all: BTreeSet<&String> = near.iter().flat_map(|actor| &actor.states).collect();
        if all.len() < 3 {
            return None;
        }
        let cues = &self.tables.cues;
        let giver = near
            .iter()
            .rev()
            .find(|actor| actor.span.end <= core.start && self.is_subject(span, actor))
            .map(|actor| &actor.states)?;
        let taker = near.iter().min_by_key(|actor| {
            let at = self.after_title(actor.span.end, span.end);
            let receives = cues.receiver.at(self.chars, at, span.end).is_some()
                || cues.toward_before.before(self.chars, span.start, actor.span.start).is_some();
            let gap = core.start.abs_diff(actor.span.end);
            (!receives || actor.states.iter().any(|state| giver.contains(state)), gap)
        })?;
        let at = self.after_title(taker.span.end, span.end);
        let receives = cues.receiver.at(self.chars, at, span.end).is_some()
            || cues.toward_before.before(self.chars, span.start, taker.span.start).is_some();
        let other = receives && !taker.states.iter().any(|state| giver.contains(state));
        // カナダとメキシコに: those beside the one to whom it goes.
        let mut takers = taker.states.clone();
        let mut first = taker.span.start;
        for actor in near.iter().rev().filter(|actor| actor.span.end < taker.span.start) {
            let gap = self.chars.get(actor.span.end..first).unwrap_or_default();
            if !matches!(
                gap,
                ['と' | 'や' | '・' | '、'] | ['及', 'び'] | ['お' | '並', 'よ' | 'び', 'び' | 'に']
            ) {
                break;
            }
            takers.extend(actor.states.iter().cloned());
            first = actor.span.start;
        }
        other.then(|| sorted(giver.iter().chain(&takers).cloned()))
    }

    /// The time that governs the figure.
    fn period(&self, span: Span, at: usize, launches: bool, readings: &[Reading]) -> Option<String> {
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
            .filter(|time| !self.dateline(time.span))
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
            if let Some((time, value)) = last(&|value| !is_day(value)) {
                return clear(time.end).then_some(value);
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
            return carried(CARRY, &|other| flows(other.measure)).or_else(|| self.year_before(at, readings));
        }
        let length = &*reading.candidate.class == "length";
        match measure {
            "weapons" | "casualties" => {
                if measure == "weapons"
                    && !launches
                    && self.repeated(at, readings).is_none()
                    && carried(CARRY, &|other| other.measure == measure).is_none()
                {
                    return None;
                }
                // 24日、死者が610人に上ると発表した: the day is that of the report on a toll.
                let toll = measure == "casualties"
                    && cues.toll.at(self.chars, reading.candidate.span.end, span.end).is_some()
                    && cues.report.any_in(self.chars, span.end.saturating_sub(16).max(span.start), span.end);
                if toll
                    && near.len() <= 1
                    && near.iter().all(|time| self.chars.get(time.span.end) == Some(&'、'))
                {
                    return None;
                }
                // 12日に始まった戦闘では50人が死亡した: the day is that of the beginning.
                let begun = measure == "casualties"
                    && near.last().is_some_and(|time| cues.begun.any_in(self.chars, time.span.end, start));
                if begun {
                    return None;
                }
                // 爆撃機6機は11月30日、….
                let end = reading.candidate.span.end;
                let topic = self.chars.get(end) == Some(&'は');
                let behind = || {
                    let time = self.times_within(end + 1, end + 2).first().filter(|_| topic)?;
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
                here.or_else(|| carried(CARRY, &same)).or_else(|| self.day_before(at, readings))
            }
            "other" if length => carried(CARRY, &|other| other.measure == "weapons"),
            // 17日、約2000人が集まった.
            "participants" if &*reading.candidate.class == "person" => {
                last(&|_| true).map(|(_, value)| value)
            }
            // 10日に署名した文書.
            "documents" => {
                let (time, value) = last(&is_day)?;
                (self.chars.get(time.end) == Some(&'に')).then_some(value)
            }
            // 兵士1000人を8日から13日にかけて送った.
            "troops" => {
                let end = reading.candidate.span.end;
                let next = self.times_within(end, end + 2).first()?;
                (self.chars.get(end) == Some(&'を')).then(|| next.value.clone())
            }
            _ => {
                let month =
                    |value: &str| value.len() == 7 && matches!(measure, "aid" | "tariff" | "investment");
                // このうち150億ドルを充てる: a part is of the whole's period.
                let part = measure == "aid"
                    && cues.carry.any_in(self.chars, start.saturating_sub(6).max(span.start), start);
                if part && let Some(value) = carried(0, &|other| other.measure == measure) {
                    return Some(value);
                }
                let (time, value) = last(&|value| is_year(value) || month(value))?;
                // 昨年11月、6億円の供与を決めた: the month is that of the decision.
                let decided = measure == "aid" && month(&value) && self.chars.get(time.end) != Some(&'の');
                let topic = !decided
                    && self.chars.get(time.end).is_some_and(|letter| {
                        matches!(letter, 'の' | 'に' | 'は' | '、' | '度' | 'で' | '時')
                    });
                // 4月に設けた10%に40%を上乗せした: the month is the first one's.
                let first = value.len() != 7
                    || readings
                        .get(..at)
                        .unwrap_or_default()
                        .iter()
                        .rev()
                        .take(4)
                        .all(|other| !other.keep || other.candidate.span.end <= time.end);
                (topic && first && clear(time.end)).then_some(value)
            }
        }
    }

    /// Whether a time stands in a dateline: 【東京=3日】, or in the agency's own brackets.
    fn dateline(&self, time: Span) -> bool {
        let rest = self.chars.get(time.end..(time.end + 12).min(self.chars.len())).unwrap_or_default();
        let bracket = rest.iter().find(|letter| matches!(letter, '【' | '】' | '［' | '］' | '。' | '、'));
        matches!(bracket, Some('】' | '］'))
    }

    /// The one year or stretch of time that the sentence before tells of: 2015年の貿易は減った。輸出は….
    fn year_before(&self, at: usize, readings: &[Reading]) -> Option<String> {
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
            (Some(time), None) if is_year(&time.value) => Some(time.value.clone()),
            _ => None,
        }
    }

    /// The last day named in the sentence before, of the same paragraph.
    fn day_before(&self, at: usize, readings: &[Reading]) -> Option<String> {
        let index = readings.get(at)?.sentence;
        let (here, before) = (self.sentences.get(index)?, self.sentences.get(index.checked_sub(1)?)?);
        if here.paragraph != before.paragraph || before.kind == SentenceKind::Heading {
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

    /// Headings learn states and period from the same figure in the text below.
    fn carry_back(&self, readings: &mut [Reading]) {
        let mut known: HashMap<Key, (Vec<String>, Option<String>)> = HashMap::default();
        for reading in readings.iter_mut().rev().filter(|reading| reading.keep) {
            let key = (reading.candidate.value.to_bits(), reading.candidate.unit.clone(), reading.measure);
            let heading = self
                .sentences
                .get(reading.sentence)
                .is_some_and(|sentence| sentence.kind == SentenceKind::Heading);
            if heading && let Some((of, period)) = known.get(&key) {
                if reading.period.is_none() {
                    reading.period.clone_from(period);
                }
                if reading.of.is_empty() {
                    reading.of.clone_from(of);
                }
            }
            known.insert(key, (reading.of.clone(), reading.period.clone()));
        }
    }
}
