//! Which numbers of a sentence are figures: unit, bound and words, before anything is said of their sense.

use crate::number::Number;
use crate::table::{BoundWord, Tables};
use crate::words::{Words, begins_with_any, ends_with_any};
use entente_base::Span;
use entente_base::record::Bound;
use std::sync::Arc;

/// How far from the number a word that its unit asks for may stand.
const NEAR_BEFORE: usize = 20;
const NEAR_AFTER: usize = 12;

/// A number with a unit.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    /// With bounds and signs.
    pub(crate) span: Span,
    /// Number and unit alone.
    pub(crate) core: Span,
    pub(crate) value: f64,
    pub(crate) value_to: Option<f64>,
    pub(crate) unit: String,
    pub(crate) class: Arc<str>,
    pub(crate) bound: Bound,
    pub(crate) form: String,
    pub(crate) usual: Option<&'static str>,
    /// Smallest value that counts where no measure is named.
    pub(crate) min: f64,
    /// Length of a minus before it.
    pub(crate) minus: usize,
    /// A lone 一 or 九, which is often part of a name, and counts only where a measure stands close by.
    pub(crate) weak: bool,
}

/// A stretch of text to search, and what else is known about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) chars: &'a [char],
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Unit, factor, class and the rest, found after a number.
struct Found {
    end: usize,
    unit: String,
    factor: f64,
    class: Arc<str>,
    form: String,
    usual: Option<&'static str>,
    min: f64,
}

struct Bounds {
    start: usize,
    end: usize,
    before: Option<Bound>,
    after: Option<Bound>,
}

impl Tables {
    /// The candidates of a scope; `taken` tells which places belong to expressions of time, `company` which
    /// states are named near a place.
    pub(crate) fn candidates(
        &self,
        scope: Scope<'_>,
        taken: &dyn Fn(Span) -> bool,
        company: &dyn Fn(&str, usize) -> bool,
    ) -> Vec<Candidate> {
        let mut found = Vec::new();
        for number in self.numerals.all(scope.chars, scope.start, scope.end) {
            if found.last().is_some_and(|last: &Candidate| last.span.overlaps(number.span)) {
                continue;
            }
            if let Some(candidate) = self.candidate(scope, &number, company)
                && !taken(candidate.core)
            {
                found.push(candidate);
            }
        }
        found
    }

    fn candidate(
        &self,
        scope: Scope<'_>,
        number: &Number,
        company: &dyn Fn(&str, usize) -> bool,
    ) -> Option<Candidate> {
        let chars = scope.chars;
        let mut sign = self.signs.before(chars, scope.start, number.span.start).filter(|(len, sign)| {
            // 5月1日10万トン: a day.
            let at = number.span.start - len;
            let day = sign.is_rate() && chars.get(at) == Some(&'1');
            let before = at.checked_sub(1).filter(|at| *at >= scope.start).and_then(|at| chars.get(at));
            !(day && before.is_some_and(|c| c.is_ascii_digit() || *c == '月'))
        });
        let mut start = number.span.start - sign.map_or(0, |(len, _)| len);
        // 時速約40キロ: a bound between a rate and its number.
        let mut between = None;
        if sign.is_none()
            && let Some((len, word)) = self.bounds_before.before(chars, scope.start, start)
            && let Some((before, rate)) = self.signs.before(chars, scope.start, start - len)
            && rate.is_rate()
        {
            sign = Some((before, rate));
            start -= len + before;
            between = Some(word.bound);
        }
        let (mut value, mut value_to) = (number.value, number.value_to);
        let (mut core_end, mut inner) = (number.span.end, None);
        let found = if number.percent {
            Some(self.share(number))
        } else {
            let (mut at, bound) = self.inner_bound(scope, number.span.end);
            inner = bound;
            if chars.get(at) == Some(&' ') && at < scope.end {
                at += 1;
            }
            match self.unit(scope, start, at, company) {
                None if at != number.span.end => {
                    inner = None;
                    self.unit(scope, start, number.span.end, company)
                }
                found => found,
            }
        };
        let mut found = match (found, sign) {
            (Some(found), None) => found,
            (Some(found), Some((_, sign))) if sign.is_rate() => {
                if sign.of.iter().any(|class| **class == *found.class) {
                    let class = if &*found.class == "length" { "speed" } else { "rate" };
                    Found { unit: found.unit.clone() + &sign.unit, class: class.into(), ..found }
                } else {
                    start = number.span.start;
                    found
                }
            }
            (Some(found), Some((_, sign))) if found.unit == sign.unit => found,
            (_, Some((_, sign))) if !sign.is_rate() => {
                Found { unit: sign.unit.clone(), class: sign.class.clone(), ..self.bare(number, "sign") }
            }
            _ => self.uncounted(scope, number, start)?,
        };
        if found.end > core_end {
            core_end = found.end;
        }
        if value_to.is_none() && self.is_half_more(chars, value, core_end) {
            (core_end, value) = (core_end + 1, value + 0.5);
        }
        if &*found.class == "money"
            && let Some((end, rest)) = self.small_change(scope, start, core_end, &found, company)
        {
            (core_end, value) = (end, value + rest / found.factor);
        }
        if self.skipped(scope, start, number, &found, core_end) {
            return None;
        }
        // 5人に1人: a share.
        if &*found.class == "person"
            && sign.is_none()
            && number.value >= 2.0
            && value_to.is_none()
            && chars.get(core_end) == Some(&'に')
            && let Some(one) = self.numerals.at(chars, core_end + 1, scope.end)
            && one.value == 1.0
            && chars.get(one.span.end) == Some(&'人')
            && chars.get(one.span.end + 1) != Some(&'あ')
        {
            core_end = one.span.end + 1;
            value = 100.0 / value;
            found = self.share(number);
            found.end = core_end;
        }
        if value_to.is_none()
            && let Some(len) = self.numerals.joins(chars, core_end, scope.end)
            && let Some(other) = self.numerals.at(chars, core_end + len, scope.end)
            && other.value_to.is_none()
            && other.value > value
        {
            let second = if other.percent {
                Some(self.share(&other))
            } else {
                self.unit(scope, start, other.span.end, company)
            };
            if let Some(second) = second.filter(|second| second.unit == found.unit) {
                core_end = second.end;
                value_to = Some(other.value * second.factor);
            }
        } else {
            value_to = value_to.map(|value| value * found.factor);
        }
        value *= found.factor;
        if !value.is_finite() || value_to.is_some_and(|value| !value.is_finite()) {
            return None;
        }
        let bounds = self.bounds(scope, start, core_end);
        let about = (number.approximate).then_some(Bound::About);
        let bound = strongest([bounds.after, inner.or(between), bounds.before, about]);
        let text = number.span.slice(chars);
        let single = text.len() == 1 && number.value < 10.0 && !text.iter().all(char::is_ascii_digit);
        found.min = if bound == Bound::Exact { found.min } else { found.min.min(2.0) };
        let minus = self.minus(scope, bounds.start);
        // Neither 一隻 nor 九つの文書 is part of a name.
        let weak = single && bound == Bound::Exact && &*found.class != "ship" && inner.is_none();
        Some(Candidate {
            span: Span::new(bounds.start, bounds.end),
            core: Span::new(start, core_end),
            value,
            value_to,
            unit: found.unit,
            class: found.class,
            bound,
            form: found.form,
            usual: found.usual,
            min: found.min,
            minus,
            weak,
        })
    }

    /// The cents after the dollars, as a part of the same unit.
    fn small_change(
        &self,
        scope: Scope<'_>,
        start: usize,
        at: usize,
        found: &Found,
        company: &dyn Fn(&str, usize) -> bool,
    ) -> Option<(usize, f64)> {
        let number = self.numerals.at(scope.chars, at, scope.end).filter(|number| !number.percent)?;
        let unit = self.unit(scope, start, number.span.end, company)?;
        (unit.unit == found.unit && unit.factor < found.factor)
            .then_some((unit.end, number.value * unit.factor))
    }

    /// Whether 半 adds a half to the unit before it: 1本半, but not 3年半ば or 二分半数.
    fn is_half_more(&self, chars: &[char], value: f64, at: usize) -> bool {
        const OTHER_WORDS: &str = "年月期島数端分径額減世日時面導壊身壁円生永球弦裁可独ば";
        let ends = chars.get(at + 1).is_none_or(|next| !OTHER_WORDS.contains(*next));
        value.fract() == 0.0 && value < 100.0 && chars.get(at) == Some(&'半') && ends
    }

    /// The length of a minus that stands before a number, and not between two words or in a list.
    fn minus(&self, scope: Scope<'_>, at: usize) -> usize {
        let Some((len, ())) = self.minus.before(scope.chars, scope.start, at) else { return 0 };
        let before = (at - len).checked_sub(1).filter(|before| *before >= scope.start);
        let before = before.and_then(|before| scope.chars.get(before));
        let is_word = scope.chars.get(at - len).is_some_and(|letter| letter.is_alphabetic());
        let opens = before.is_none_or(|letter| "はがをでもとのに(「『:=約、 ".contains(*letter));
        if is_word || opens { len } else { 0 }
    }

    fn bare(&self, number: &Number, form: &str) -> Found {
        Found {
            end: number.span.end,
            unit: "count".to_owned(),
            factor: 1.0,
            class: "bare".into(),
            form: form.to_owned(),
            usual: None,
            min: 0.0,
        }
    }

    fn share(&self, number: &Number) -> Found {
        Found { unit: "%".to_owned(), class: "percent".into(), ..self.bare(number, "share") }
    }

    fn inner_bound(&self, scope: Scope<'_>, at: usize) -> (usize, Option<Bound>) {
        match self.bounds_inner.at(scope.chars, at, scope.end) {
            Some((len, word)) => (at + len, Some(word.bound)),
            None => (at, None),
        }
    }

    fn unit(
        &self,
        scope: Scope<'_>,
        start: usize,
        at: usize,
        company: &dyn Fn(&str, usize) -> bool,
    ) -> Option<Found> {
        let chars = scope.chars;
        for (len, unit) in self.units.all_at(chars, at, scope.end) {
            let end = at + len;
            // 30人前後 bounds the number, though 人前 counts dishes.
            let barred = begins_with_any(chars, end, &unit.not_next)
                && !following(&self.bounds_after, scope, end)
                    .is_some_and(|(len, word)| len > 1 && word.spans && chars.get(end) != Some(&'ま'));
            if barred || ends_with_any(chars, start, &unit.not_prev) {
                continue;
            }
            // A Latin unit must not run on into a word.
            let latin = |index: usize| chars.get(index).is_some_and(char::is_ascii_alphabetic);
            if latin(end - 1) && latin(end) {
                continue;
            }
            if !unit.near.is_empty() {
                let from = start.saturating_sub(NEAR_BEFORE).max(scope.start);
                let to = (end + NEAR_AFTER).min(scope.end);
                let head = &chars[from..start];
                let tail = &chars[end.min(to)..to];
                let holds = |word: &Vec<char>| {
                    [head, tail].iter().any(|part| part.windows(word.len()).any(|window| window == &word[..]))
                };
                if !unit.near.iter().any(holds) {
                    continue;
                }
            }
            if !unit.states.is_empty() && !unit.states.iter().any(|state| company(state, at)) {
                continue;
            }
            return Some(Found {
                end,
                unit: unit.unit.clone(),
                factor: unit.factor,
                class: unit.class.clone(),
                form: unit.form.clone(),
                usual: unit.measure,
                min: unit.min,
            });
        }
        None
    }

    /// Numbers without a unit: votes (賛成141), and bounded ones that count a noun (20以上の分野).
    fn uncounted(&self, scope: Scope<'_>, number: &Number, start: usize) -> Option<Found> {
        let chars = scope.chars;
        let after = chars.get(number.span.end).copied().filter(|_| number.span.end < scope.end);
        if self.cues.vote.before(chars, scope.start, start).is_some()
            && after.is_none_or(|letter| !letter.is_alphanumeric() || ('ぁ'..='ん').contains(&letter))
        {
            return Some(self.bare(number, "vote"));
        }
        let (len, word) = self.bounds_after.at(chars, number.span.end, scope.end)?;
        let end = number.span.end + len;
        // 150を超える国: the verb before the noun that is counted.
        let noun = |at: usize| {
            at < scope.end
                && chars.get(at).is_some_and(|c| ('一'..='龥').contains(c) || ('ァ'..='ー').contains(c))
        };
        if matches!(word.bound, Bound::AtLeast)
            && !word.spans
            && chars.get(end) == Some(&'る')
            && noun(end + 1)
            && number.value.fract() == 0.0
            && number.value >= 10.0
        {
            let state = chars.get(end + 1) == Some(&'国')
                && chars.get(end + 2).is_none_or(|next| !"民会際営家有内".contains(*next))
                || chars.get(end + 1..end + 4) == Some(&['加', '盟', '国']);
            let class = if state { "country" } else { "bare" };
            return Some(Found { class: class.into(), ..self.bare(number, "bounded") });
        }
        let counts = word.spans
            && matches!(word.bound, Bound::AtLeast)
            && chars.get(end) == Some(&'の')
            && end + 1 < scope.end
            && chars.get(end + 1).is_some_and(|letter| letter.is_alphabetic());
        counts.then(|| self.bare(number, "bounded"))
    }

    /// Whether what stands around the number says that it is a name, an ordinal or another thing that is no figure.
    fn skipped(&self, scope: Scope<'_>, start: usize, number: &Number, found: &Found, end: usize) -> bool {
        let chars = scope.chars;
        let letter = |index: Option<usize>| {
            index.filter(|index| *index >= scope.start).and_then(|index| chars.get(index)).copied()
        };
        let before = letter(start.checked_sub(1));
        let signed = start < number.span.start;
        if !signed && let Some(previous) = before {
            let second = letter(start.checked_sub(2));
            let named = |letter: Option<char>| {
                letter.is_some_and(|letter| letter.is_ascii_alphanumeric() || ('ァ'..='ヿ').contains(&letter))
            };
            if matches!(previous, '-' | '‐' | '–' | '/' | ':' | '.' | '_' | '・') && named(second) {
                return true;
            }
            if previous.is_ascii_alphabetic() {
                let upper = previous.is_ascii_uppercase() && second.is_some_and(|c| c.is_ascii_uppercase());
                let thing = matches!(&*found.class, "arms" | "ship" | "item" | "vehicle" | "length" | "bare");
                if !upper || thing {
                    return true;
                }
            }
            if matches!(previous, '#' | '№') {
                return true;
            }
        }
        let bounds = self.bounds(scope, start, end);
        let mut head = bounds.start;
        if &*found.class == "length"
            && let Some((len, ())) = self.cues.subject.before(chars, scope.start, head)
        {
            head -= len;
        }
        let barred = |word: Option<(usize, &crate::table::Limited)>| {
            word.is_some_and(|(_, limited)| limited.applies(&found.class))
        };
        if barred(self.cues.skip_before.before(chars, scope.start, head))
            || barred(self.cues.skip_after.at(chars, end, scope.end))
            || barred(self.cues.skip_after.at(chars, bounds.end, scope.end))
        {
            return true;
        }
        let follows = self.cues.equals.at(chars, end, scope.end).is_some()
            || chars.get(end).is_some_and(char::is_ascii_digit);
        number.value == 1.0 && follows
    }

    /// The words that bound a core, on both sides.
    fn bounds(&self, scope: Scope<'_>, start: usize, end: usize) -> Bounds {
        let chars = scope.chars;
        let mut bounds = Bounds { start, end, before: None, after: None };
        for _ in 0..2 {
            let Some((len, word)) = self.bounds_before.before(chars, scope.start, bounds.start) else {
                break;
            };
            // 最大 within 過去最大 is a rank.
            let within = self
                .cues
                .rank
                .before(chars, scope.start, bounds.start)
                .is_some_and(|(longer, _)| longer > len);
            if within {
                break;
            }
            bounds.start -= len;
            bounds.before = Some(strongest([bounds.before, Some(word.bound), None, None]));
        }
        for _ in 0..2 {
            let Some((len, word)) = following(&self.bounds_after, scope, bounds.end) else { break };
            bounds.after = Some(strongest([bounds.after, Some(word.bound), None, None]));
            if !word.spans {
                break;
            }
            bounds.end += len;
        }
        bounds
    }
}

fn following<'a>(words: &'a Words<BoundWord>, scope: Scope<'a>, at: usize) -> Option<(usize, &'a BoundWord)> {
    words
        .all_at(scope.chars, at, scope.end)
        .find(|(len, word)| !begins_with_any(scope.chars, at + len, &word.not_next))
}

/// The bound that says most: 約9割以上 is at least.
fn strongest(bounds: [Option<Bound>; 4]) -> Bound {
    let mut best = Bound::Exact;
    for bound in bounds.into_iter().flatten() {
        if best == Bound::Exact || (best == Bound::About && bound != Bound::Exact) {
            best = bound;
        }
    }
    best
}
