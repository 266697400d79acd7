//! The tables of `docs/quality.md`: kept between two marks, read for the difference, written anew on request.

use crate::gold::ratio;
use crate::score::{LAYERS, Score, Trial};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Kinds of items that carry a confidence.
const KINDS: [&str; 3] = ["mention", "event", "statement"];

/// Lower edges of the steps of confidence, the highest first.
const STEPS: [f32; 6] = [0.9, 0.8, 0.7, 0.6, 0.5, 0.0];

fn marks(set: &str) -> (String, String) {
    (format!("<!-- quality {set} -->"), format!("<!-- end quality {set} -->"))
}

/// F1 by layer of a set in the document, where it stands.
#[must_use]
pub fn kept(document: &str, set: &str) -> BTreeMap<String, f64> {
    let (begin, end) = marks(set);
    let Some(body) = document.split(&begin).nth(1).and_then(|rest| rest.split(&end).next()) else {
        return BTreeMap::new();
    };
    body.lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
            let f1 = cells.get(3)?.parse().ok()?;
            Some((cells.first()?.trim_matches('`').to_owned(), f1))
        })
        .collect()
}

/// The document with the tables of a set put in place of the old ones, or at its end.
#[must_use]
pub fn put(document: &str, set: &str, score: &Score) -> String {
    let (begin, end) = marks(set);
    let body = format!("{begin}\n{}\n{}{end}", layers(score), calibration(&score.trials));
    match (document.find(&begin), document.find(&end)) {
        (Some(from), Some(to)) if from < to => {
            format!("{}{body}{}", &document[..from], &document[to + end.len()..])
        }
        _ => format!("{}\n\n## {set}\n\n{body}\n", document.trim_end()),
    }
}

/// Scores by layer as a table.
#[must_use]
pub fn layers(score: &Score) -> String {
    let mut out = String::from("| layer | P | R | F1 | gold |\n|---|---|---|---|---|\n");
    for layer in LAYERS {
        if let Some(tally) = score.tallies.get(layer) {
            let _ = writeln!(
                out,
                "| `{layer}` | {:.3} | {:.3} | {:.3} | {} |",
                tally.precision(),
                tally.recall(),
                tally.f1(),
                tally.gold
            );
        }
    }
    out
}

/// How often items of a confidence are right, as a table.
#[must_use]
pub fn calibration(trials: &[Trial]) -> String {
    let mut out = String::from("| confidence |");
    for kind in KINDS {
        let _ = write!(out, " {kind}: items | right |");
    }
    out.push_str("\n|---|");
    out.push_str(&"---|".repeat(KINDS.len() * 2));
    out.push('\n');
    let mut above = f32::INFINITY;
    for low in STEPS {
        if low == 0.0 {
            let _ = write!(out, "| below {above:.1} |");
        } else if above.is_finite() {
            let _ = write!(out, "| {low:.1} to {above:.1} |");
        } else {
            let _ = write!(out, "| {low:.1} and more |");
        }
        for kind in KINDS {
            let of: Vec<&Trial> = trials
                .iter()
                .filter(|it| it.kind == kind && it.confidence >= low - 1e-6 && it.confidence < above - 1e-6)
                .collect();
            let right = of.iter().filter(|it| it.right).count();
            if of.is_empty() {
                out.push_str(" 0 | – |");
            } else {
                let _ = write!(out, " {} | {:.2} |", of.len(), ratio(right, of.len()));
            }
        }
        out.push('\n');
        above = low;
    }
    out
}

/// Causes with their counts, by layer, the costliest first.
#[must_use]
pub fn causes(score: &Score) -> String {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for fault in &score.faults {
        *counts.entry((fault.layer, fault.cause.as_str())).or_default() += 1;
    }
    let mut out = String::new();
    for layer in LAYERS {
        let mut list: Vec<(&str, usize)> = counts
            .iter()
            .filter(|((of, _), _)| *of == layer)
            .map(|((_, cause), count)| (*cause, *count))
            .collect();
        list.sort_by_key(|(cause, count)| (std::cmp::Reverse(*count), *cause));
        for (cause, count) in list {
            let _ = writeln!(out, "{layer:<22}{count:>5}  {cause}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{calibration, kept, put};
    use crate::score::{Score, Tally, Trial};

    #[test]
    fn what_is_put_is_kept() {
        let mut score = Score::default();
        score.tallies.insert("time", Tally { right: 1, made: 2, gold: 2 });
        let once = put("# Quality\n", "samples", &score);
        assert_eq!(kept(&once, "samples").get("time"), Some(&0.5));
        score.tallies.insert("time", Tally { right: 2, made: 2, gold: 2 });
        let twice = put(&once, "samples", &score);
        assert_eq!(kept(&twice, "samples").get("time"), Some(&1.0));
        assert_eq!(twice.matches("<!-- quality samples -->").count(), 1);
        assert!(twice.starts_with("# Quality\n"));
    }

    #[test]
    fn steps_hold_their_lower_edge() {
        let trial = |confidence, right| Trial { kind: "event", confidence, right };
        let table = calibration(&[trial(0.9, true), trial(0.95, false), trial(0.89, true)]);
        assert!(table.contains("| 0.9 and more | 0 | – | 2 | 0.50 |"));
        assert!(table.contains("| 0.8 to 0.9 | 0 | – | 1 | 1.00 |"));
    }
}
