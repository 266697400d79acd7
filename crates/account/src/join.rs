//! Which events of many records are one.

use crate::actor::Sets;
use crate::conflict::ConflictKind;
use crate::traits::{Likeness, Lookup, Traits, Why};
use crate::words::Words;
use entente_base::edtf::Edtf;
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

/// Pairs of events worth comparing: they share a bucket, and a time or a rare word.
pub fn candidates(members: &[Member<'_>], lookups: &[Lookup]) -> Vec<(usize, usize)> {
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
            .filter_map(|&index| {
                let (first, last) = lookups.get(index)?.window?;
                Some((first, last, index))
            })
            .collect();
        by_day.sort_unstable();
        for (at, &(_, last, a)) in by_day.iter().enumerate() {
            let near = by_day.iter().skip(at + 1).take_while(|(first, _, _)| *first <= last + Lookup::NEAR);
            pairs.extend(near.map(|&(_, _, b)| (a, b)));
        }
        // What has no time at all is compared with whatever is there.
        let without =
            bucket.iter().filter(|&&index| lookups.get(index).is_some_and(|it| it.window.is_none()));
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
    pairs.retain(|&(a, b)| document(a) != document(b));
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Joins events, of which those pairs are worth comparing.
pub fn join(members: &[Member<'_>], pairs: &[(usize, usize)], words: &Words) -> Joined {
    let mut found: Vec<Found> = Vec::new();
    let mut near: Vec<(ConflictKind, usize, usize)> = Vec::new();
    for &(a, b) in pairs {
        let (Some(x), Some(y)) = (members.get(a), members.get(b)) else { continue };
        match x.traits.compare(y.traits, words, false) {
            Likeness::Same(score, why) => found.push(Found { score, a, b, why }),
            Likeness::Near(kind) => near.push((kind, a, b)),
            Likeness::Different => {}
        }
    }
    drop_ambiguous(members, &mut found);
    let mut sets = Clusters::new(members.len());
    let mut disputes: HashSet<[(usize, Edtf); 2]> = HashSet::new();
    sets.unite(found, members, &disputes);

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
        for &(a, b) in pairs {
            if let (Some(x), Some(y)) = (members.get(a), members.get(b))
                && is_disputed(x, y, &disputes)
                && let Likeness::Same(score, why) = x.traits.compare(y.traits, words, true)
            {
                found.push(Found { score, a, b, why });
            }
        }
        sets.unite(found, members, &disputes);
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
    why: Vec<Why>,
}

fn date(member: &Member<'_>) -> Option<Edtf> {
    member.traits.date.as_deref().and_then(|date| date.parse().ok())
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

/// Reports without a date that fit two events of different dates equally well fit neither.
fn drop_ambiguous(members: &[Member<'_>], found: &mut Vec<Found>) {
    let dates: Vec<Option<Edtf>> =
        members.iter().map(|member| date(member).filter(|date| date.year().is_some())).collect();
    let known = |index: usize| dates.get(index).copied().flatten();
    let mut options: BTreeMap<usize, Vec<(f64, usize)>> = BTreeMap::new();
    for &Found { score, a, b, .. } in found.iter() {
        for (mine, other) in [(a, b), (b, a)] {
            if known(mine).is_none() && known(other).is_some() {
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
struct Clusters {
    sets: Sets,
    members: HashMap<usize, Vec<usize>>,
    reasons: HashMap<usize, Vec<Why>>,
}

impl Clusters {
    fn new(count: usize) -> Self {
        let members = (0..count).map(|index| (index, vec![index])).collect();
        Self { sets: Sets::new(count), members, reasons: HashMap::new() }
    }

    /// Unites pairs, the surest first; a set holds one event of each document, and nothing in it contradicts.
    fn unite(
        &mut self,
        mut found: Vec<Found>,
        members: &[Member<'_>],
        disputes: &HashSet<[(usize, Edtf); 2]>,
    ) {
        found.sort_by(|x, y| y.score.total_cmp(&x.score).then((x.a, x.b).cmp(&(y.a, y.b))));
        for Found { a, b, why, .. } in found {
            let (left, right) = (self.sets.find(a), self.sets.find(b));
            if left == right {
                continue;
            }
            let mine = self.members.get(&left).cloned().unwrap_or_default();
            let theirs = self.members.get(&right).cloned().unwrap_or_default();
            let contradicts = mine.iter().any(|&x| {
                theirs.iter().any(|&y| match (members.get(x), members.get(y)) {
                    (Some(x), Some(y)) => {
                        x.document == y.document
                            || x.traits.contradicts(y.traits, is_disputed(x, y, disputes))
                    }
                    _ => true,
                })
            });
            if contradicts {
                continue;
            }
            let mut reasons = self.reasons.remove(&left).unwrap_or_default();
            reasons.extend(self.reasons.remove(&right).unwrap_or_default());
            reasons.extend(why);
            self.sets.join(left, right);
            let root = self.sets.find(left);
            self.members.remove(&left);
            self.members.remove(&right);
            let mut all = [mine, theirs].concat();
            all.sort_unstable();
            self.members.insert(root, all);
            self.reasons.insert(root, reasons);
        }
    }
}
