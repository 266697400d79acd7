//! What lies between two places of a sentence.

use crate::scan::Candidate;
use entente_base::Span;

/// Running totals over a sentence, to count what lies between two places.
pub(super) struct Between {
    pub(super) start: usize,
    commas: Vec<i64>,
    figures: Vec<i64>,
}

impl Between {
    pub(super) fn new(chars: &[char], span: Span, candidates: &[Candidate]) -> Self {
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

    pub(super) fn commas(&self, from: usize, to: usize) -> i64 {
        Self::count(&self.commas, from.saturating_sub(self.start), to.saturating_sub(self.start))
    }

    /// Figures that end after `from` and by `to`.
    pub(super) fn figures(&self, from: usize, to: usize) -> i64 {
        Self::count(&self.figures, from.saturating_sub(self.start), to.saturating_sub(self.start))
    }
}
