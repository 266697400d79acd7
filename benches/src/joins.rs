//! How well events of several documents were joined, reprints grouped, disagreements and outcomes found.
//!
//! What was found comes as JSON Lines of four kinds:
//!
//! ```json
//! {"document": "d0000001", "event": "v1", "type": "CONSULT", "start": 20, "end": 45, "joined": "j7"}
//! {"document": "d0000001", "origin": "o3"}
//! {"conflict": "date", "documents": [["d0000001"], ["d0000004", "d0000009"]], "passages": [["d0000001", 20, 45]]}
//! {"pledge": "done", "documents": ["d0000002"], "passages": [["d0000002", 20, 45]]}
//! ```
//!
//! `passages` may be left out; then a pledge is known by its documents alone, and of a conflict no words are shown.

use crate::coding::share;
use crate::truth::{Conflict, Mention, Pledge, Truth};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;
use std::io::BufRead;

/// A line of what was found; which fields are there tells its kind.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Found {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflict: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pledge: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<serde_json::Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passages: Option<Vec<(String, usize, usize)>>,
}

/// A line that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}\n  help: `score-joins --help` shows the form of the lines")]
pub struct FoundError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
}

/// Reads what was found.
///
/// # Errors
/// Where a line is not JSON of the form told above.
pub fn read(input: impl BufRead) -> Result<Vec<Found>, FoundError> {
    let mut found = Vec::new();
    for (index, line) in input.lines().enumerate() {
        let place = |problem: String| FoundError { line: index + 1, problem };
        let line = line.map_err(|error| place(error.to_string()))?;
        if !line.trim().is_empty() {
            found.push(serde_json::from_str(&line).map_err(|error| place(error.to_string()))?);
        }
    }
    Ok(found)
}

/// Pairs put together rightly, put together, and that belong together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pairs {
    /// Together in both.
    pub right: usize,
    /// Together as found.
    pub found: usize,
    /// Together in truth.
    pub truth: usize,
}

impl Pairs {
    /// Share of the found pairs that are right.
    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    /// Share of the true pairs that were found.
    pub fn recall(&self) -> f64 {
        share(self.right, self.truth)
    }

    /// Harmonic mean of both.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

fn couples<K: Eq + Hash>(keys: impl Iterator<Item = K>) -> usize {
    let mut sizes: HashMap<K, usize> = HashMap::new();
    for key in keys {
        *sizes.entry(key).or_default() += 1;
    }
    sizes.values().map(|size| size * (size - 1) / 2).sum()
}

/// Compares two groupings of the same things: for each thing its true group and its found one.
pub fn pairs<T: Eq + Hash + Copy, F: Eq + Hash + Copy>(things: &[(T, F)]) -> Pairs {
    Pairs {
        right: couples(things.iter().copied()),
        found: couples(things.iter().map(|(_, found)| *found)),
        truth: couples(things.iter().map(|(truth, _)| *truth)),
    }
}

/// Found out of those there are, and found though they are not there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hits {
    /// In truth.
    pub truth: usize,
    /// Of them found.
    pub hit: usize,
    /// Found.
    pub found: usize,
    /// Of them not in truth.
    pub wrong: usize,
}

/// The score.
#[derive(Debug, Default)]
pub struct Score {
    /// Coded events that are a true one.
    pub coded: usize,
    /// Of how many that documents tell.
    pub told: usize,
    /// Coded events given that overlap no true mention of their type.
    pub beside: usize,
    /// Joins of the coded ones.
    pub joins: Pairs,
    /// The same against all true mentions: what was not coded is not joined.
    pub all_joins: Pairs,
    /// Reprints: documents of one text.
    pub reprints: Pairs,
    /// Voices: documents of one author.
    pub voices: Pairs,
    /// Disagreements by kind; `all` together.
    pub conflicts: BTreeMap<String, Hits>,
    /// Figures that agree but were taken for a disagreement, of how many.
    pub roundings: (usize, usize),
    /// Pledges by true outcome: how many; found at all; with the right outcome.
    pub pledges: BTreeMap<String, (usize, usize, usize)>,
    /// Pledges found that are not in truth (many are told beside the planted ones).
    pub pledges_beside: usize,
    /// Pairs of documents whose reports of one event were not joined.
    pub split: Vec<(String, Spot, Spot)>,
    /// Pairs of documents whose reports of two events were joined.
    pub merged: Vec<(String, Spot, Spot)>,
    /// Disagreements that were not found.
    pub unfound: Vec<Conflict>,
    /// Disagreements that were found though not planted: the kind, and the words of its sides.
    pub unplanted: Vec<(String, Vec<Spot>)>,
    /// Pledges without the right outcome, and what was found.
    pub misjudged: Vec<(Pledge, Option<String>)>,
}

/// Where a document tells something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Document.
    pub document: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

struct Told<'a> {
    /// Index of the event; a number of its own where the words leave open which event it is.
    group: usize,
    kind: &'static str,
    mention: &'a Mention,
}

/// Scores what was found against what is known.
pub fn score(truth: &Truth, found: &[Found]) -> Score {
    let mut score = Score::default();
    let known: BTreeSet<&str> = truth.documents.iter().map(|document| document.id.as_str()).collect();
    joins(truth, found, &known, &mut score);
    origins(truth, found, &mut score);
    conflicts(truth, found, &mut score);
    pledges(truth, found, &mut score);
    score
}

fn joins(truth: &Truth, found: &[Found], known: &BTreeSet<&str>, score: &mut Score) {
    let mut told: HashMap<&str, Vec<Told<'_>>> = HashMap::new();
    let mut all: BTreeSet<(usize, &str)> = BTreeSet::new();
    // Told of by words that fit several events: no reader could join it, and whoever does is wrong.
    let mut open: Vec<usize> = Vec::new();
    // Reprints tell of whatever the text that they reprint tells of.
    let texts: HashMap<&str, u32> =
        truth.documents.iter().map(|document| (document.id.as_str(), document.group)).collect();
    let mut known_open: HashMap<(usize, Option<u32>), usize> = HashMap::new();
    for (event, of) in truth.events.iter().enumerate() {
        for mention in &of.mentions {
            let text = texts.get(mention.document.as_str()).copied();
            let group = match mention.vague {
                true => *known_open.entry((event, text)).or_insert_with(|| {
                    open.push(event);
                    truth.events.len() + open.len() - 1
                }),
                false => event,
            };
            let kind = of.kind.name();
            told.entry(&mention.document).or_default().push(Told { group, kind, mention });
            if known.contains(mention.document.as_str()) {
                all.insert((group, &mention.document));
            }
        }
    }
    let mut items: BTreeMap<(usize, &str, &str), Spot> = BTreeMap::new();
    for line in found {
        let (Some(document), Some(kind), Some(start), Some(end), Some(joined)) =
            (&line.document, &line.kind, line.start, line.end, &line.joined)
        else {
            continue;
        };
        let near = told.get(document.as_str()).into_iter().flatten().filter_map(|told| {
            let (from, to) = (start.max(told.mention.start), end.min(told.mention.end));
            (told.kind == kind && from < to).then(|| (to - from, std::cmp::Reverse(told.group)))
        });
        match near.max() {
            Some((_, std::cmp::Reverse(event))) => {
                let spot = Spot { document: document.clone(), start, end };
                items.entry((event, document.as_str(), joined.as_str())).or_insert(spot);
            }
            None => score.beside += 1,
        }
    }
    let things: Vec<(usize, &str)> = items.keys().map(|(event, _, joined)| (*event, *joined)).collect();
    let mut coded: BTreeMap<(usize, &str), BTreeSet<&str>> = BTreeMap::new();
    for (event, document, joined) in items.keys() {
        coded.entry((*event, document)).or_default().insert(joined);
    }
    score.coded = coded.len();
    score.told = all.len();
    // A report that its document codes twice counts once: it is joined with another where any of the two is.
    let reports: Vec<(usize, &BTreeSet<&str>)> =
        coded.iter().map(|((event, _), joined)| (*event, joined)).collect();
    let mut right = 0;
    for (index, (event, joined)) in reports.iter().enumerate() {
        let others = reports.iter().skip(index + 1).take_while(|(other, _)| other == event);
        right += others.filter(|(_, other)| !joined.is_disjoint(other)).count();
    }
    let items_found = pairs(&things);
    let found = right + items_found.found - items_found.right;
    score.joins = Pairs { right, found, truth: couples(reports.iter().map(|(event, _)| *event)) };
    score.all_joins = Pairs { truth: couples(all.iter().map(|(event, _)| *event)), ..score.joins };

    let mut by_event: BTreeMap<usize, BTreeMap<&str, &Spot>> = BTreeMap::new();
    let mut by_join: BTreeMap<&str, BTreeMap<usize, &Spot>> = BTreeMap::new();
    for ((event, _, joined), spot) in &items {
        by_event.entry(*event).or_default().entry(joined).or_insert(spot);
        by_join.entry(joined).or_default().entry(*event).or_insert(spot);
    }
    let name = |group: &usize| {
        let event = group.checked_sub(truth.events.len()).and_then(|at| open.get(at)).unwrap_or(group);
        truth.events.get(*event).map_or_else(String::new, |event| format!("{} {}", event.id, event.act))
    };
    for (event, groups) in &by_event {
        for (one, other) in groups.values().zip(groups.values().skip(1)) {
            score.split.push((name(event), (*one).clone(), (*other).clone()));
        }
    }
    for events in by_join.values() {
        for ((event, one), (second, other)) in events.iter().zip(events.iter().skip(1)) {
            score.merged.push((
                format!("{} / {}", name(event), name(second)),
                (*one).clone(),
                (*other).clone(),
            ));
        }
    }
}

fn origins(truth: &Truth, found: &[Found], score: &mut Score) {
    let of: HashMap<&str, &str> =
        found.iter().filter_map(|line| Some((line.document.as_deref()?, line.origin.as_deref()?))).collect();
    let mut reprints = Vec::new();
    let mut voices = Vec::new();
    for document in &truth.documents {
        // A document of which nothing was found stands alone.
        let group = of.get(document.id.as_str()).copied().unwrap_or(&document.id);
        reprints.push((document.group, group));
        voices.push((document.origin.as_str(), group));
    }
    score.reprints = pairs(&reprints);
    score.voices = pairs(&voices);
}

/// The documents of each side.
fn sides(line: &Found) -> Vec<BTreeSet<String>> {
    line.documents.as_ref().and_then(|value| serde_json::from_value(value.clone()).ok()).unwrap_or_default()
}

/// Whether the found sides part the documents as the true ones do: some of each true side on sides of their own.
fn parts(truth: &Conflict, found: &[BTreeSet<String>]) -> bool {
    let on = |documents: &[String]| -> BTreeSet<usize> {
        (0..found.len())
            .filter(|&side| {
                documents.iter().any(|document| found.get(side).is_some_and(|of| of.contains(document)))
            })
            .collect()
    };
    let (Some(a), Some(b)) = (truth.documents.first(), truth.documents.get(1)) else { return false };
    let (a, b) = (on(a), on(b));
    a.iter().any(|one| b.iter().any(|other| one != other))
}

fn conflicts(truth: &Truth, found: &[Found], score: &mut Score) {
    let mut lines = Vec::new();
    let mut words: Vec<&[(String, usize, usize)]> = Vec::new();
    let mut by_document: HashMap<String, Vec<usize>> = HashMap::new();
    for line in found {
        let Some(kind) = &line.conflict else { continue };
        let sides = sides(line);
        for document in sides.iter().flatten() {
            by_document.entry(document.clone()).or_default().push(lines.len());
        }
        lines.push((kind.as_str(), sides, false));
        words.push(line.passages.as_deref().unwrap_or_default());
    }
    let near = |conflict: &Conflict| -> BTreeSet<usize> {
        let documents = conflict.documents.iter().flatten();
        documents.filter_map(|document| by_document.get(document)).flatten().copied().collect()
    };
    for conflict in &truth.conflicts {
        let mut hit = false;
        for index in near(conflict) {
            let Some((kind, sides, used)) = lines.get_mut(index) else { continue };
            if *kind == conflict.kind && parts(conflict, sides) {
                *used = true;
                hit = true;
            }
        }
        for key in [conflict.kind.as_str(), "all"] {
            let hits = score.conflicts.entry(key.to_owned()).or_default();
            hits.truth += 1;
            hits.hit += usize::from(hit);
        }
        if !hit {
            score.unfound.push(conflict.clone());
        }
    }
    for agreement in &truth.agreements {
        score.roundings.1 += 1;
        let taken = near(agreement).into_iter().any(|index| {
            lines.get(index).is_some_and(|(kind, sides, used)| {
                !used && *kind == agreement.kind && parts(agreement, sides)
            })
        });
        score.roundings.0 += usize::from(taken);
    }
    for ((kind, _, used), words) in lines.iter().zip(words) {
        if !used {
            let spot = |(document, start, end): &(String, usize, usize)| Spot {
                document: document.clone(),
                start: *start,
                end: *end,
            };
            score.unplanted.push(((*kind).to_owned(), words.iter().map(spot).collect()));
        }
        for key in [*kind, "all"] {
            let hits = score.conflicts.entry(key.to_owned()).or_default();
            hits.found += 1;
            hits.wrong += usize::from(!used);
        }
    }
}

/// Whether a found outcome is the true one. What was put off and is past its new day may be called overdue.
fn outcome_fits(truth: &Pledge, found: &str, as_of: &str) -> bool {
    match (truth.outcome.as_str(), found) {
        ("cancelled", "dropped" | "cancelled") => true,
        ("changed", "overdue") => truth.due.as_str() < as_of,
        (truth, found) => truth == found,
    }
}

fn pledges(truth: &Truth, found: &[Found], score: &mut Score) {
    struct Line<'a> {
        status: &'a str,
        documents: BTreeSet<String>,
        passages: &'a [(String, usize, usize)],
        used: bool,
    }
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut by_document: HashMap<String, Vec<usize>> = HashMap::new();
    for line in found {
        let Some(status) = &line.pledge else { continue };
        let documents: BTreeSet<String> = line
            .documents
            .as_ref()
            .and_then(|value| serde_json::from_value(value.clone()).ok())
            .unwrap_or_default();
        for document in &documents {
            by_document.entry(document.clone()).or_default().push(lines.len());
        }
        let passages = line.passages.as_deref().unwrap_or_default();
        lines.push(Line { status, documents, passages, used: false });
    }
    for pledge in &truth.pledges {
        let documents: BTreeSet<&String> = pledge.mentions.iter().map(|mention| &mention.document).collect();
        let near: BTreeSet<usize> =
            documents.iter().filter_map(|document| by_document.get(*document)).flatten().copied().collect();
        // Several may be found for one pledge: that which shares most of its sentences speaks for it.
        let mut best: Option<(usize, &str)> = None;
        for index in near {
            let Some(line) = lines.get_mut(index) else { continue };
            let shared = if line.passages.is_empty() {
                line.documents.iter().filter(|document| documents.contains(document)).count()
            } else {
                line.passages
                    .iter()
                    .filter(|(document, start, end)| {
                        pledge.mentions.iter().any(|mention| {
                            mention.document == *document && *start < mention.end && mention.start < *end
                        })
                    })
                    .count()
            };
            line.used |= shared > 0;
            if shared > best.map_or(0, |(most, _)| most) {
                best = Some((shared, line.status));
            }
        }
        let right = best.is_some_and(|(_, status)| outcome_fits(pledge, status, &truth.as_of));
        let row = score.pledges.entry(pledge.outcome.clone()).or_default();
        row.0 += 1;
        row.1 += usize::from(best.is_some());
        row.2 += usize::from(right);
        if !right {
            score.misjudged.push((pledge.clone(), best.map(|(_, status)| status.to_owned())));
        }
    }
    score.pledges_beside = lines.iter().filter(|line| !line.used).count();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted() {
        let table = [
            (vec![(1, 'a'), (1, 'a'), (2, 'b')], (1, 1, 1)),
            (vec![(1, 'a'), (1, 'b'), (2, 'b')], (0, 1, 1)),
            (vec![(1, 'a'), (1, 'a'), (1, 'a'), (2, 'a')], (3, 6, 3)),
            (vec![], (0, 0, 0)),
        ];
        for (things, (right, found, truth)) in table {
            assert_eq!(pairs(&things), Pairs { right, found, truth });
        }
    }

    fn truth() -> Truth {
        serde_json::from_str(
            r#"{"seed":1,"as_of":"2025-07-31","events":[
                {"id":"w1","act":"meeting","type":"CONSULT","source":["CHN","JPN"],"target":["CHN","JPN"],"date":"2024-05-16",
                 "place":null,"persons":[],"status":"occurred","mentions":[
                  {"document":"d1","start":0,"end":10,"status":"occurred","date":null},
                  {"document":"d2","start":0,"end":10,"status":"occurred","date":null}]},
                {"id":"w2","act":"meeting","type":"CONSULT","source":["CHN","JPN"],"target":["CHN","JPN"],"date":"2024-05-20",
                 "place":null,"persons":[],"status":"occurred","mentions":[
                  {"document":"d2","start":10,"end":20,"status":"occurred","date":null}]}],
                "documents":[
                  {"id":"d1","group":1,"origin":"甲","kind":"original","credited":true},
                  {"id":"d2","group":1,"origin":"甲","kind":"verbatim","credited":false},
                  {"id":"d3","group":2,"origin":"乙","kind":"original","credited":false}],
                "conflicts":[{"kind":"date","values":["a","b"],"documents":[["d1"],["d2"]]}],
                "agreements":[{"kind":"figure","values":["a"],"documents":[["d1"],["d3"]]}],
                "pledges":[{"id":"p1","kind":"plan","by":["CHN"],"due":"2024-06","outcome":"cancelled",
                  "mentions":[{"document":"d3","start":0,"end":10,"status":"scheduled","date":null}],"followed":[]}],
                "series":[]}"#,
        )
        .unwrap()
    }

    const RIGHT: &str = r#"
        {"document":"d1","event":"v1","type":"CONSULT","start":2,"end":9,"joined":"x"}
        {"document":"d2","event":"v1","type":"CONSULT","start":2,"end":9,"joined":"x"}
        {"document":"d2","event":"v2","type":"CONSULT","start":12,"end":19,"joined":"y"}
        {"document":"d2","event":"v3","type":"AGREE","start":12,"end":19,"joined":"z"}
        {"document":"d1","origin":"o1"}
        {"document":"d2","origin":"o1"}
        {"conflict":"date","documents":[["d1"],["d2"]]}
        {"pledge":"dropped","documents":["d3"],"passages":[["d3",0,5]]}"#;

    #[test]
    fn what_is_right_has_full_marks() {
        let score = score(&truth(), &read(RIGHT.as_bytes()).unwrap());
        assert_eq!(score.joins, Pairs { right: 1, found: 1, truth: 1 });
        assert_eq!(score.reprints, Pairs { right: 1, found: 1, truth: 1 });
        assert_eq!(score.conflicts.get("all"), Some(&Hits { truth: 1, hit: 1, found: 1, wrong: 0 }));
        assert_eq!(score.pledges.get("cancelled"), Some(&(1, 1, 1)));
        assert_eq!((score.coded, score.told, score.beside, score.roundings), (3, 3, 1, (0, 1)));
        assert!(score.split.is_empty() && score.merged.is_empty());
    }

    #[test]
    fn what_is_wrong_is_told() {
        let wrong = r#"
            {"document":"d1","event":"v1","type":"CONSULT","start":2,"end":9,"joined":"x"}
            {"document":"d2","event":"v1","type":"CONSULT","start":2,"end":9,"joined":"y"}
            {"document":"d2","event":"v2","type":"CONSULT","start":12,"end":19,"joined":"y"}
            {"document":"d1","origin":"o1"}
            {"document":"d3","origin":"o1"}
            {"conflict":"figure","documents":[["d1"],["d3"]]}
            {"pledge":"open","documents":["d3"]}"#;
        let score = score(&truth(), &read(wrong.as_bytes()).unwrap());
        assert_eq!(score.joins, Pairs { right: 0, found: 1, truth: 1 });
        assert_eq!(score.reprints, Pairs { right: 0, found: 1, truth: 1 });
        assert_eq!(score.conflicts.get("all"), Some(&Hits { truth: 1, hit: 0, found: 1, wrong: 1 }));
        assert_eq!(score.pledges.get("cancelled"), Some(&(1, 1, 0)));
        assert_eq!(score.roundings, (1, 1));
        assert_eq!((score.split.len(), score.merged.len()), (1, 1));
    }

    #[test]
    fn a_line_of_another_form_is_an_error() {
        let error = read("{\"document\":\"d1\"}\n{\"documnet\":\"d1\"}\n".as_bytes()).unwrap_err();
        assert_eq!(error.line, 2);
    }
}
