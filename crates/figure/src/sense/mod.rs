//! What a figure measures, whom it is about, when it holds, and what change or rank goes with it.

mod between;
mod change;
mod company;
mod measure;
mod pair;
mod period;
mod role;
mod whom;

use crate::scan::{Candidate, Scope};
use crate::table::Tables;
use crate::{ActorSpan, FigureMention, Period};
use between::Between;
use company::Company;
use entente_base::record::Change;
use entente_base::{Sentence, SentenceKind, Span};
use rustc_hash::FxHashMap as HashMap;
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// How far from a figure a state may stand that it is about.
const COMPANY: usize = 160;
/// How far a change may stand behind its level.
const CHANGE: usize = 60;
/// By what share of itself a heading may round a number.
const ROUNDING: f64 = 0.06;
/// Among how many figures below a heading that one is sought.
const ROUNDED: usize = 24;
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
    /// The one that is the other side of what was told: 対日輸出は….
    partner: Option<String>,
    period: Option<String>,
    keep: bool,
}

/// Bits of the value, unit, measure.
type Key = (u64, String, &'static str);

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
            .filter(|actor| !observes(tables, actor) && !in_dateline(chars, actor.span))
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

/// Whether something stands in a dateline: 【東京=3日】, or in the agency's own brackets.
fn in_dateline(chars: &[char], span: Span) -> bool {
    let rest = chars.get(span.end..(span.end + 12).min(chars.len())).unwrap_or_default();
    let bracket = rest.iter().find(|letter| matches!(letter, '【' | '】' | '［' | '］' | '。' | '、'));
    matches!(bracket, Some('】' | '］'))
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
        // 1億ドル、日本円で124億円の支援: what is named for the one is so of the other.
        for at in first..readings.len() {
            if let Some(origin) = readings[at].converts
                && readings[origin].measure == "other"
            {
                readings[origin].measure = readings[at].measure;
            }
        }
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
            (readings[at].of, readings[at].partner) = self.of_and_partner(span, at, readings);
            let period = self.period(span, at, launches, readings);
            let toward = flows(readings[at].measure)
                && (self.toward(span, readings[at].candidate.core, readings)
                    || self.bracketed(readings[at].candidate.span).is_some());
            let reading = &mut readings[at];
            (reading.period, reading.toward) = (period, toward);
        }
    }

    /// Headings learn states and period from the same figure in the text below, or from the one that they round.
    fn carry_back(&self, readings: &mut [Reading]) {
        let mut known: HashMap<Key, usize> = HashMap::default();
        let mut named: HashMap<(u64, String), usize> = HashMap::default();
        for at in (0..readings.len()).rev().filter(|at| readings[*at].keep).collect::<Vec<_>>() {
            let reading = &readings[at];
            let mut key =
                (reading.candidate.value.to_bits(), reading.candidate.unit.clone(), reading.measure);
            let plain = (key.0, key.1.clone());
            if reading.measure != "other" {
                named.insert(plain, at);
            } else if self.in_heading(reading)
                && reading.candidate.unit != "count"
                && let Some(told) = named.get(&plain)
            {
                // インフラに5000億円: what the text names.
                let (measure, of) = (readings[*told].measure, readings[*told].of.clone());
                (readings[at].measure, readings[at].of, key.2) = (measure, of, measure);
            }
            let reading = &readings[at];
            if self.in_heading(reading) {
                let rounded = || {
                    let near = |told: &usize| {
                        let other = &readings[*told];
                        let (rough, full) = (reading.candidate.value, other.candidate.value);
                        other.keep
                            && other.candidate.unit == reading.candidate.unit
                            && other.measure == reading.measure
                            && !self.in_heading(other)
                            && (rough - full).abs() <= full.abs() * ROUNDING
                    };
                    (at + 1..readings.len()).take(ROUNDED).find(near)
                };
                // 4人死亡, of whom the text tells two and two: of whom and when the first are told.
                let summed = || {
                    let measure = reading.measure;
                    // 死者が310人に上る: a toll so far is of no day.
                    let end = reading.candidate.span.end;
                    if self.tables.cues.toll.at(self.chars, end, self.chars.len()).is_some() {
                        return None;
                    }
                    let counted = matches!(measure, "casualties" | "weapons");
                    (at + 1..readings.len()).take(ROUNDED).find(|told| {
                        let other = &readings[*told];
                        counted && other.keep && other.measure == measure && !self.in_heading(other)
                    })
                };
                let told = known.get(&key).copied().or_else(rounded);
                let sum = told.is_none();
                if let Some(told) = told.or_else(summed) {
                    let (of, period) = (readings[told].of.clone(), readings[told].period.clone());
                    let next = readings.iter().skip(told + 1).find(|other| other.keep);
                    let agree =
                        next.is_some_and(|next| next.measure == readings[told].measure && next.of == of);
                    let reading = &mut readings[at];
                    let counted = matches!(reading.measure, "casualties" | "weapons");
                    if counted && (!sum || agree && reading.measure == "casualties") && !of.is_empty() {
                        reading.of.clear();
                    }
                    if reading.period.is_none() {
                        reading.period = period;
                    }
                    if reading.of.is_empty() {
                        reading.of = of;
                    }
                }
            }
            known.insert(key, at);
        }
    }
}
