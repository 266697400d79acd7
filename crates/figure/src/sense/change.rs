//! Changes and ranks, and the levels that they belong to.

use super::{CHANGE, Document, Reading};
use entente_base::Span;
use entente_base::record::Change;

/// From how many per cent on a comparison without a direction is a ratio.
const RATIO: f64 = 50.0;
/// From how many points on they can be those of an index alone.
const INDEX: f64 = 100.0;

impl Document<'_> {
    /// Finds the figures that state changes and gives each to its level; one without a level is growth.
    pub(super) fn changes(&self, span: Span, first: usize, readings: &mut [Reading]) {
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
            // 2019年の2倍に膨らんだ: the time is what it is compared with.
            let link = candidate.span.start.checked_sub(1);
            let of_time = &*candidate.class == "times"
                && link.is_some_and(|link| {
                    self.chars.get(link) == Some(&'の')
                        && self
                            .times_within(link.saturating_sub(12), link)
                            .iter()
                            .any(|time| time.span.end == link)
                });
            let basis = basis.or_else(|| of_time.then(|| "unknown".to_owned()));
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
                // Tariffs are raised and lowered; what grows and shrinks is something else.
                let grows = after.is_some()
                    && self.chars.get(reading.candidate.span.end).is_some_and(|letter| {
                        matches!(letter, '増' | '減' | '伸')
                            && self.chars.get(reading.candidate.span.end + 1) != Some(&'ら')
                    });
                if reading.measure != "tariff" || grows {
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
    pub(super) fn level(
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
    pub(super) fn ranks(&self, span: Span, first: usize, readings: &mut [Reading]) {
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
}
