//! Which events of many records are one.

use crate::actor::Sets;
use crate::conflict::ConflictKind;
use crate::traits::{Likeness, Lookup, Traits, Why};
use crate::words::Words;
use entente_base::edtf::{Edtf, Precision};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Most events of one bucket without a date with which another is compared.
const LONGEST_LIST: usize = 200;

/// An event, and the document that reports it.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// Number of the document.
    pub document: usize,
    /// What the event is compared by.
    pub traits: &'a Traits,
}

/// Events that are one.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Indices of the events, sorted.
    pub members: Vec<usize>,
    /// Why they were taken for one.
    pub why: Vec<Why>,
}

/// What joining finds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Joined {
    /// Every event stands in one of these; in order of their first members.
    pub clusters: Vec<Cluster>,
    /// Pairs of events that may be one after all, but for one thing.
    pub near: Vec<(ConflictKind, usize, usize)>,
    /// Documents and dates that speak of one occasion though the dates differ.
    pub disputes: BTreeSet<Dispute>,
}

/// Two documents that give one occasion two dates, the smaller number first.
pub type Dispute = ((usize, String), (usize, String));

/// Two events by their indices, the smaller first, and what they are to each other, where that is known already.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The first.
    pub a: usize,
    /// The second.
    pub b: usize,
    /// What comparing them found before: `None` where they have not been compared.
    pub known: Option<Known>,
}

/// What two events were found to be to each other: see [`Likeness`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Known {
    /// One event, with the score.
    Same(f64),
    /// Alike but for one thing.
    Near(ConflictKind),
}

/// Pairs of events worth comparing: they share a bucket, and a time or a rare word.
pub fn candidates(members: &[Member<'_>], lookups: &[Lookup]) -> Vec<Pair> {
    let mut buckets: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut rare: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, lookup) in lookups.iter().enumerate() {
        for bucket in &lookup.buckets {
            buckets.entry(bucket).or_default().push(index);
        }
        for &key in &lookup.rare {
            let list = rare.entry(key).or_default();
            if list.len() < LONGEST_LIST {
                list.push(index);
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for bucket in buckets.values().filter(|bucket| bucket.len() > 1) {
        let mut by_day: Vec<(i32, i32, usize)> = bucket
            .iter()
            .flat_map(|&index| {
                let windows = lookups.get(index).map_or(&[][..], |lookup| &lookup.windows);
                windows.iter().map(move |&(first, last)| (first, last, index))
            })
            .collect();
        by_day.sort_unstable();
        for (at, &(_, last, a)) in by_day.iter().enumerate() {
            let near = by_day.iter().skip(at + 1).take_while(|(first, _, _)| *first <= last + Lookup::NEAR);
            pairs.extend(near.map(|&(_, _, b)| (a, b)));
        }
        // What has no time at all is compared with whatever is there.
        let without =
            bucket.iter().filter(|&&index| lookups.get(index).is_some_and(|it| it.windows.is_empty()));
        for &index in without {
            pairs.extend(bucket.iter().take(LONGEST_LIST).map(|&other| (index, other)));
        }
    }
    let is_wide = |index: usize| lookups.get(index).is_some_and(|lookup| !lookup.dated);
    for list in rare.values() {
        for (at, &a) in list.iter().enumerate() {
            let others = list.iter().skip(at + 1).filter(|&&b| is_wide(a) || is_wide(b));
            pairs.extend(others.map(|&b| (a, b)));
        }
    }
    let document = |index: usize| members.get(index).map(|member| member.document);
    for pair in &mut pairs {
        *pair = (pair.0.min(pair.1), pair.0.max(pair.1));
    }
    pairs.retain(|&(a, b)| a != b && document(a) != document(b));
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().map(|(a, b)| Pair { a, b, known: None }).collect()
}

/// What people decided of events, over whatever joining finds. Pairs of indices, the smaller first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forced {
    /// Events that are one, in the order in which that was decided.
    pub together: Vec<(usize, usize)>,
    /// Events that are two; this outweighs what several pairs together would make one.
    pub apart: BTreeSet<(usize, usize)>,
}

/// Joins events, of which those pairs are worth comparing.
pub fn join(members: &[Member<'_>], pairs: &[Pair], forced: &Forced, words: &Words) -> Joined {
    let mut found: Vec<Found> = Vec::new();
    let mut near: Vec<(ConflictKind, usize, usize)> = Vec::new();
    for &Pair { a, b, known } in pairs {
        let (Some(x), Some(y)) = (members.get(a), members.get(b)) else { continue };
        match known {
            Some(Known::Same(score)) => found.push(Found { score, a, b, why: None }),
            Some(Known::Near(kind)) => near.push((kind, a, b)),
            None => match x.traits.compare(y.traits, words, false) {
                Likeness::Same(score, why) => found.push(Found { score, a, b, why: Some(why) }),
                Likeness::Near(kind) => near.push((kind, a, b)),
                Likeness::Different => {}
            },
        }
    }
    near.retain(|(_, a, b)| !forced.apart.contains(&(*a.min(b), *a.max(b))));
    drop_ambiguous(members, &mut found);
    let mut sets = Clusters::new(members.len(), forced);
    let mut disputes: HashSet<[(usize, Edtf); 2]> = HashSet::new();
    sets.unite(found, members, &disputes, words);

    // Two documents that give one event two dates do so for what else they tell of that occasion.
    let mut named: BTreeSet<Dispute> = BTreeSet::new();
    for set in sets.members.values() {
        for (at, &a) in set.iter().enumerate() {
            for &b in set.iter().skip(at + 1) {
                let (Some(x), Some(y)) = (members.get(a), members.get(b)) else { continue };
                let (Some(first), Some(second)) = (date(x), date(y)) else { continue };
                if !first.overlaps(&second) {
                    disputes.insert([(x.document, first), (y.document, second)]);
                    disputes.insert([(y.document, second), (x.document, first)]);
                    let name = |member: &Member<'_>| {
                        (member.document, member.traits.date.clone().unwrap_or_default())
                    };
                    let (one, other) = (name(x), name(y));
                    named.insert(if one <= other { (one, other) } else { (other, one) });
                }
            }
        }
    }
    if !disputes.is_empty() {
        let mut found = Vec::new();
        for &Pair { a, b, .. } in pairs {
            if let (Some(x), Some(y)) = (members.get(a), members.get(b))
                && is_disputed(x, y, &disputes)
                && let Likeness::Same(score, why) = x.traits.compare(y.traits, words, true)
            {
                found.push(Found { score, a, b, why: Some(why) });
            }
        }
        sets.unite(found, members, &disputes, words);
    }
    let mut clusters: Vec<Cluster> = sets
        .members
        .into_iter()
        .map(|(root, members)| {
            let mut why = sets.reasons.remove(&root).unwrap_or_default();
            why.sort();
            why.dedup();
            Cluster { members, why }
        })
        .collect();
    clusters.sort_by(|a, b| a.members.cmp(&b.members));
    Joined { clusters, near, disputes: named }
}

/// Two events that may be one.
struct Found {
    score: f64,
    a: usize,
    b: usize,
    /// Why; `None` where only the score is known.
    why: Option<Vec<Why>>,
}

fn date(member: &Member<'_>) -> Option<Edtf> {
    member.traits.edtf()
}

fn is_disputed(a: &Member<'_>, b: &Member<'_>, disputes: &HashSet<[(usize, Edtf); 2]>) -> bool {
    if disputes.is_empty() {
        return false;
    }
    match (date(a), date(b)) {
        (Some(x), Some(y)) => disputes.contains(&[(a.document, x), (b.document, y)]),
        _ => false,
    }
}

/// Reports without a date, or with less than a day, that fit two events of different dates equally well fit neither.
fn drop_ambiguous(members: &[Member<'_>], found: &mut Vec<Found>) {
    let dates: Vec<Option<Edtf>> =
        members.iter().map(|member| date(member).filter(|date| date.year().is_some())).collect();
    let known = |index: usize| dates.get(index).copied().flatten();
    let finer = |mine: usize, other: usize| match (known(mine), known(other)) {
        (None, Some(_)) => true,
        (Some(mine), Some(other)) => {
            other.precision() == Precision::Day && mine.precision() != Precision::Day
        }
        _ => false,
    };
    let mut options: BTreeMap<usize, Vec<(f64, usize)>> = BTreeMap::new();
    for &Found { score, a, b, .. } in found.iter() {
        for (mine, other) in [(a, b), (b, a)] {
            if finer(mine, other) {
                options.entry(mine).or_default().push((score, other));
            }
        }
    }
    let mut dropped: HashSet<(usize, usize)> = HashSet::new();
    for (mine, list) in &options {
        let best = list.iter().map(|&(score, _)| score).fold(f64::MIN, f64::max);
        let close: Vec<usize> =
            list.iter().filter(|(score, _)| best - score < 1.0).map(|&(_, other)| other).collect();
        let dates: Vec<Edtf> = close.iter().filter_map(|&other| known(other)).collect();
        let pair = |other: &usize| (*mine.min(other), *mine.max(other));
        let first = dates.first().copied();
        if first.is_some_and(|first| dates.iter().any(|date| !date.overlaps(&first))) {
            dropped.extend(list.iter().map(|(_, other)| pair(other)));
        } else {
            let worse = list.iter().filter(|(_, other)| !close.contains(other));
            dropped.extend(worse.map(|(_, other)| pair(other)));
        }
    }
    found.retain(|found| !dropped.contains(&(found.a, found.b)));
}

/// Sets of events that are one each.
struct Clusters<'a> {
    sets: Sets,
    /// Events that were forced together.
    together: Sets,
    apart: &'a BTreeSet<(usize, usize)>,
    members: HashMap<usize, Vec<usize>>,
    reasons: HashMap<usize, Vec<Why>>,
}

impl<'a> Clusters<'a> {
    fn new(count: usize, forced: &'a Forced) -> Self {
        let members = (0..count).map(|index| (index, vec![index])).collect();
        let (sets, together) = (Sets::new(count), Sets::new(count));
        let mut clusters = Self { sets, together, apart: &forced.apart, members, reasons: HashMap::new() };
        for &(a, b) in &forced.together {
            let (left, right) = (clusters.sets.find(a), clusters.sets.find(b));
            if left != right && !clusters.are_apart(left, right) {
                clusters.together.join(a, b);
                clusters.merge(left, right, vec![Why::Corrected]);
            }
        }
        clusters
    }

    /// Whether an event of one set was forced apart from one of the other.
    fn are_apart(&self, left: usize, right: usize) -> bool {
        let of = |root: usize| self.members.get(&root).into_iter().flatten().copied();
        !self.apart.is_empty()
            && of(left).any(|x| of(right).any(|y| self.apart.contains(&(x.min(y), x.max(y)))))
    }

    /// Makes two sets one.
    fn merge(&mut self, left: usize, right: usize, why: Vec<Why>) {
        let mut all = [left, right].map(|root| self.members.remove(&root).unwrap_or_default()).concat();
        all.sort_unstable();
        let mut reasons = [left, right].map(|root| self.reasons.remove(&root).unwrap_or_default()).concat();
        reasons.extend(why);
        self.sets.join(left, right);
        let root = self.sets.find(left);
        self.members.insert(root, all);
        self.reasons.insert(root, reasons);
    }

    /// Unites pairs, the surest first; a set holds one event of each document, and nothing in it contradicts. What
    /// was forced together may differ in itself: then the one of them that is alike speaks for the others.
    fn unite(
        &mut self,
        mut found: Vec<Found>,
        members: &[Member<'_>],
        disputes: &HashSet<[(usize, Edtf); 2]>,
        words: &Words,
    ) {
        found.sort_by(|x, y| y.score.total_cmp(&x.score).then((x.a, x.b).cmp(&(y.a, y.b))));
        for Found { a, b, why, .. } in found {
            let (left, right) = (self.sets.find(a), self.sets.find(b));
            if left == right || self.are_apart(left, right) {
                continue;
            }
            let (of_a, of_b) = (self.together.find(a), self.together.find(b));
            let mine = self.members.get(&left).cloned().unwrap_or_default();
            let theirs = self.members.get(&right).cloned().unwrap_or_default();
            let all = mine.iter().chain(&theirs).filter_map(|&index| members.get(index));
            let ends: Vec<&Traits> = all.map(|member| member.traits).filter(|it| it.ends_plan()).collect();
            let together = &mut self.together;
            let mut spoken_for =
                |x: usize, y: usize| x != a && together.find(x) == of_a || y != b && together.find(y) == of_b;
            let contradicts = mine.iter().any(|&x| {
                theirs.iter().any(|&y| match (members.get(x), members.get(y)) {
                    (Some(one), Some(other)) => {
                        (one.document == other.document
                            || one.traits.contradicts(other.traits, is_disputed(one, other, disputes), &ends))
                            && !spoken_for(x, y)
                    }
                    _ => true,
                })
            });
            if contradicts {
                continue;
            }
            let compared = || match (members.get(a), members.get(b)) {
                (Some(x), Some(y)) => match x.traits.compare(y.traits, words, false) {
                    Likeness::Same(_, why) => why,
                    _ => Vec::new(),
                },
                _ => Vec::new(),
            };
            self.merge(left, right, why.unwrap_or_else(compared));
        }
    }
}
