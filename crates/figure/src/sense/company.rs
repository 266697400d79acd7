//! All mentions of a document, near each other.

use crate::ActorSpan;
use std::collections::BTreeMap;

/// All mentions near each other, sorted by place.
pub(super) struct Company<'a> {
    pub(super) spans: Vec<(&'a ActorSpan, bool)>,
    pub(super) dominant: Vec<String>,
    /// The state that is named most, where one is named more than once.
    pub(super) first: Option<String>,
}

impl<'a> Company<'a> {
    pub(super) fn new(actors: &'a [ActorSpan], places: &'a [ActorSpan]) -> Self {
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
    pub(super) fn within(&self, start: usize, end: usize) -> &[(&'a ActorSpan, bool)] {
        let from = self.spans.partition_point(|(actor, _)| actor.span.start < start);
        let to = self.spans.partition_point(|(actor, _)| actor.span.start < end);
        self.spans.get(from..to.max(from)).unwrap_or_default()
    }
}
