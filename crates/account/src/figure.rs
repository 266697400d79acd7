//! Figures of many documents: what measures the same, in series by period, with those that agree as one.

use crate::digest::{Digest, FigureDigest};
use crate::passage::Passage;
use crate::words::Words;
use entente_base::edtf::Edtf;
use entente_base::record::{Bound, Change, Figure};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Largest share of a value that its rounding may hide, where it is stated as exact.
const EXACT_SLACK: f64 = 0.005;
/// The same where it is stated as approximate.
const ABOUT_SLACK: f64 = 0.05;
/// Least slack of an approximate value.
const ABOUT_LEAST: f64 = 0.01;

/// A figure as the range of values that it may stand for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quantity<'a> {
    pub(crate) document: usize,
    pub(crate) index: usize,
    pub(crate) figure: &'a Figure,
    low: f64,
    high: f64,
}

/// The place of the last significant digit: 1e8 of 2448e8.
fn grain(value: f64) -> f64 {
    let mut grain = 1.0;
    let value = value.abs();
    if value == 0.0 || !value.is_finite() {
        return grain;
    }
    if value.fract() != 0.0 {
        for _ in 0..6 {
            grain /= 10.0;
            let steps = value / grain;
            if (steps - steps.round()).abs() < 1e-6 * steps.max(1.0) {
                return grain;
            }
        }
        return grain;
    }
    while grain < 1e15 && (value / (grain * 10.0)).fract() == 0.0 {
        grain *= 10.0;
    }
    grain
}

/// To what an approximate value was rounded: a last digit of 5 stands for halves, so 50e8 of 1050e8.
fn rounding(value: f64) -> f64 {
    let grain = grain(value);
    let last = (value.abs() / grain).round() % 10.0;
    if last == 5.0 { 5.0 * grain } else { grain }
}

impl<'a> Quantity<'a> {
    pub(crate) fn new(document: usize, index: usize, figure: &'a Figure) -> Self {
        let words = Words::built_in();
        let size = figure.value.abs();
        // 9割 and 半分 are coarse however they are bounded.
        let coarse = words.has_hint("bare", &figure.text);
        let slack = match figure.bound {
            Bound::About => (rounding(figure.value) / 2.0).min(ABOUT_SLACK * size).max(ABOUT_LEAST * size),
            _ if coarse => (grain(figure.value) / 2.0).min(ABOUT_SLACK * size),
            _ => (grain(figure.value) / 2.0).min(EXACT_SLACK * size),
        };
        let top = figure.value_to.unwrap_or(figure.value);
        let (mut low, mut high) = (figure.value.min(top) - slack, figure.value.max(top) + slack);
        match figure.bound {
            Bound::AtLeast => high = f64::INFINITY,
            Bound::AtMost | Bound::LessThan => low = f64::NEG_INFINITY,
            Bound::Exact | Bound::About => {}
        }
        Self { document, index, figure, low, high }
    }

    /// Whether both can be true.
    pub(crate) fn agrees(&self, other: &Quantity<'_>) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// Whether both count the same kind of thing: the same measure and unit, and of counted things the same counter.
    pub(crate) fn is_alike(&self, other: &Quantity<'_>, words: &Words) -> bool {
        let (a, b) = (self.figure, other.figure);
        a.measure == b.measure
            && a.unit == b.unit
            && (!words.is_tally(&a.measure) || counter(&a.text) == counter(&b.text))
    }
}

/// What follows the number: 品目 of 23品目.
fn counter(text: &str) -> String {
    let numeric = |c: char| {
        c.is_numeric() || matches!(c, ',' | '，' | '.' | '．' | '万' | '億' | '兆' | '千' | '百' | '十')
    };
    let after = text.char_indices().filter(|&(_, c)| numeric(c)).map(|(at, c)| at + c.len_utf8()).next_back();
    after.and_then(|at| text.get(at..)).unwrap_or(text).trim().to_owned()
}

/// One document's word for a value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureSource {
    /// Index of the document.
    pub document: usize,
    /// Index of the figure in its record.
    pub figure: usize,
    /// The words of the figure.
    pub text: String,
    /// The words around it.
    pub passage: Passage,
    /// The whole sentence, where those break off and it can be read alone.
    pub whole: Option<Passage>,
}

/// A value, with all documents whose figures agree on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureValue {
    /// The value as its most precise source states it.
    pub value: f64,
    /// The words of the same.
    pub text: String,
    /// How it bounds the true value.
    pub bound: Bound,
    /// Rank, e.g. `record_high`.
    pub rank: Option<String>,
    /// Change against an earlier period.
    pub change: Option<Change>,
    /// Who gives it.
    pub sources: Vec<FigureSource>,
    /// Number of sources that share no origin.
    pub origins: usize,
}

/// What is said of one period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigurePoint {
    /// EDTF period; `None` where no document gives one.
    pub period: Option<String>,
    /// Values; more than one where documents disagree, or one document gives several.
    pub values: Vec<FigureValue>,
}

/// Figures of one measure, about the same states, in one unit, by period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureSeries {
    /// What is measured.
    pub measure: String,
    /// The states it is about, sorted.
    pub of: Vec<String>,
    /// Unit.
    pub unit: String,
    /// Points in the order of time; the one without a period last.
    pub points: Vec<FigurePoint>,
}

/// Groups the figures of all records into series.
pub(crate) fn series(
    digests: &[Digest],
    words: &Words,
    independent: &dyn Fn(&[usize]) -> usize,
) -> Vec<FigureSeries> {
    type Key = (String, Vec<String>, String, String);
    let mut groups: BTreeMap<Key, BTreeMap<PeriodKey, Vec<Quantity<'_>>>> = BTreeMap::new();
    for (document, digest) in digests.iter().enumerate() {
        for FigureDigest { index, figure, .. } in &digest.figures {
            let counted = if words.is_tally(&figure.measure) { counter(&figure.text) } else { String::new() };
            let key = (figure.measure.clone(), figure.of.clone(), figure.unit.clone(), counted);
            let period = PeriodKey::new(figure.period.as_deref());
            let quantity = Quantity::new(document, *index, figure);
            groups.entry(key).or_default().entry(period).or_default().push(quantity);
        }
    }
    groups
        .into_iter()
        .map(|((measure, of, unit, _), points)| FigureSeries {
            measure,
            of,
            unit,
            points: points
                .into_iter()
                .map(|(period, quantities)| FigurePoint {
                    period: period.text,
                    values: values(&quantities, digests, independent),
                })
                .collect(),
        })
        .collect()
}

/// A period in the order of time, `None` last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct PeriodKey {
    order: (i16, i16, i16, i16),
    text: Option<String>,
}

impl PeriodKey {
    fn new(period: Option<&str>) -> Self {
        let read: Option<Edtf> = period.and_then(|period| period.parse().ok());
        let order = read.map_or((i16::MAX, i16::MAX, i16::MAX, i16::MAX), |period| period.order_key());
        Self { order, text: period.map(str::to_owned) }
    }
}

/// Puts together what agrees. The most precise come first, so that a rough figure joins the precise one it rounds.
fn values(
    quantities: &[Quantity<'_>],
    digests: &[Digest],
    independent: &dyn Fn(&[usize]) -> usize,
) -> Vec<FigureValue> {
    let mut sorted: Vec<Quantity<'_>> = quantities.to_vec();
    sorted.sort_by(|a, b| {
        let rough =
            |quantity: &Quantity<'_>| (quantity.figure.bound != Bound::Exact, quantity.high - quantity.low);
        let (x, y) = (rough(a), rough(b));
        x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)).then((a.document, a.index).cmp(&(b.document, b.index)))
    });
    let mut groups: Vec<Vec<Quantity<'_>>> = Vec::new();
    for quantity in sorted {
        match groups.iter_mut().find(|group| group.iter().all(|known| known.agrees(&quantity))) {
            Some(group) => group.push(quantity),
            None => groups.push(vec![quantity]),
        }
    }
    groups
        .into_iter()
        .filter_map(|group| {
            let best = group.first()?.figure;
            let mut sources: Vec<FigureSource> =
                group.iter().filter_map(|quantity| source(quantity, digests)).collect();
            sources.sort_by_key(|source| (source.document, source.figure));
            let documents: Vec<usize> = sources.iter().map(|source| source.document).collect();
            Some(FigureValue {
                value: best.value,
                text: best.text.clone(),
                bound: best.bound,
                rank: group.iter().find_map(|quantity| quantity.figure.rank.clone()),
                change: group.iter().find_map(|quantity| quantity.figure.change.clone()),
                origins: independent(&documents),
                sources,
            })
        })
        .collect()
}

fn source(quantity: &Quantity<'_>, digests: &[Digest]) -> Option<FigureSource> {
    let mut figures = digests.get(quantity.document)?.figures.iter();
    let digest = figures.find(|digest| digest.index == quantity.index)?;
    Some(FigureSource {
        document: quantity.document,
        figure: quantity.index,
        text: quantity.figure.text.clone(),
        passage: digest.quote.passage(quantity.document),
        whole: digest.whole.as_ref().map(|quote| quote.passage(quantity.document)),
    })
}

/// Whether two values of a point are a disagreement: given by different documents of which none gives both.
pub(crate) fn disagree(a: &FigureValue, b: &FigureValue) -> bool {
    let documents = |value: &FigureValue| -> BTreeSet<usize> {
        value.sources.iter().map(|source| source.document).collect()
    };
    documents(a).is_disjoint(&documents(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(text: &str, value: f64, bound: Bound) -> Figure {
        Figure {
            start: 0,
            end: 1,
            text: text.to_owned(),
            value,
            value_to: None,
            unit: "USD".to_owned(),
            bound,
            measure: "trade".to_owned(),
            of: vec!["CHN".to_owned()],
            period: Some("2024".to_owned()),
            rank: None,
            change: None,
            rule: String::new(),
        }
    }

    fn agree(a: (f64, Bound), b: (f64, Bound)) -> bool {
        let (x, y) = (figure("", a.0, a.1), figure("", b.0, b.1));
        let (x, y) = (Quantity::new(0, 0, &x), Quantity::new(1, 0, &y));
        assert_eq!(x.agrees(&y), y.agrees(&x));
        x.agrees(&y)
    }

    #[test]
    fn rounding_and_bounds_agree() {
        use Bound::*;
        assert!(agree((2448e8, Exact), (2450e8, About)));
        assert!(agree((2448e8, Exact), (2448e8, About)));
        assert!(agree((2448e8, Exact), (2400e8, AtLeast)));
        assert!(agree((40.0, AtLeast), (43.0, Exact)));
        assert!(agree((92.0, Exact), (90.0, About)));
    }

    #[test]
    fn beyond_rounding_they_do_not() {
        use Bound::*;
        assert!(!agree((2401e8, Exact), (2350e8, Exact)));
        assert!(!agree((2448e8, Exact), (2401e8, About)));
        assert!(!agree((40.0, AtLeast), (38.0, Exact)));
        assert!(!agree((2.0, Exact), (3.0, Exact)));
        assert!(!agree((100.0, LessThan), (120.0, Exact)));
    }

    #[test]
    fn a_counter_is_what_follows_the_number() {
        assert_eq!(counter("23品目"), "品目");
        assert_eq!(counter("約1万2000人"), "人");
    }

    #[test]
    fn the_grain_of_a_value() {
        assert_eq!(grain(2448e8), 1e8);
        assert_eq!(grain(40.0), 10.0);
        assert!((grain(1.9) - 0.1).abs() < 1e-9);
    }
}
