//! Whether the change that a text states agrees with the levels of the two periods.
//!
//! Levels and changes are rounded, and some only bound the true value; so each stands for a range, and the change
//! between two levels is the range of all changes that they allow (interval arithmetic). A stated change agrees where
//! the two ranges meet: where all three numbers can be true together.

use crate::figure::{FigurePoint, FigureSeries, FigureValue};
use entente_base::edtf::Edtf;
use entente_base::record::{Bound, Change};
use serde::{Deserialize, Serialize};

/// Largest share of an exact value that its trailing zeros may hide, as in the series of figures.
const EXACT_SLACK: f64 = 0.005;
/// The same of an approximate value.
const ABOUT_SLACK: f64 = 0.05;
/// Least slack of an approximate value.
const ABOUT_LEAST: f64 = 0.01;
/// What binary fractions may add, as a share of the numbers compared.
const BINARY_SLACK: f64 = 1e-9;

/// A level of a series, with the change that its text states.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    /// EDTF period it holds for.
    pub period: Option<String>,
    /// Value in base units.
    pub value: f64,
    /// Unit: only points of the same are compared.
    pub unit: String,
    /// How the value bounds the true one.
    pub bound: Bound,
    /// The change stated beside it.
    pub change: Option<Change>,
    /// How the change bounds the true one; `Exact` where nothing is said.
    pub change_bound: Bound,
}

/// Whether two changes stated beside one level, of one basis and unit, cannot both be true.
pub(crate) fn changes_differ(one: &TrendPoint, other: &TrendPoint) -> bool {
    let (Some(a), Some(b)) = (&one.change, &other.change) else { return false };
    let range = |point: &TrendPoint, change: &Change| Range::change(change, point.change_bound, 0.0);
    a.basis == b.basis
        && a.basis != "unknown"
        && a.unit == b.unit
        && Range::level(one).meets(Range::level(other))
        && !range(one, a).meets(range(other, b))
}

impl TrendPoint {
    /// The points of a series, a point for each value of each period, in its order.
    pub fn of(series: &FigureSeries) -> Vec<Self> {
        let value = |point: &FigurePoint, value: &FigureValue| Self {
            period: point.period.clone(),
            value: value.value,
            unit: series.unit.clone(),
            bound: value.bound,
            change: value.change.clone(),
            // A record does not tell how a change is bounded: it is as rough as the level that it stands beside.
            change_bound: value.bound,
        };
        series.points.iter().flat_map(|point| point.values.iter().map(move |one| value(point, one))).collect()
    }
}

/// Why a stated change can be neither confirmed nor refuted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// The level's own period is missing, or its year is not known.
    NoPeriod,
    /// What the change counts from is not known, or is no period for this level (the month before a year).
    NoBasis,
    /// No level is given for the period that the change counts from.
    NoLevel,
    /// The change is in a unit that the levels do not have.
    Unit,
    /// A percentage of a level that is zero or may be below it means nothing.
    Sign,
}

/// What became of a stated change.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "verdict")]
pub enum Verdict {
    /// It and the levels can be true together.
    Agrees {
        /// The change between the levels as they are written, in the unit of the stated one.
        computed: f64,
    },
    /// They cannot.
    Disagrees {
        /// The change between the levels as they are written, in the unit of the stated one.
        computed: f64,
    },
    /// The points do not tell.
    CannotTell {
        /// Why not.
        doubt: Doubt,
    },
}

/// A stated change, checked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrendCheck {
    /// Index of the point that states the change.
    pub point: usize,
    /// Index of the level that it was held against: of several for one period the one that comes nearest.
    pub against: Option<usize>,
    /// The result.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// A range of numbers.
#[derive(Debug, Clone, Copy)]
struct Range {
    low: f64,
    high: f64,
}

impl Range {
    fn new(value: f64, slack: f64, bound: Bound, floor: f64) -> Self {
        let (low, high) = (value - slack, value + slack);
        match bound {
            Bound::Exact | Bound::About => Self { low, high },
            Bound::AtLeast => Self { low, high: f64::INFINITY },
            Bound::AtMost | Bound::LessThan => Self { low: floor, high },
        }
    }

    fn level(point: &TrendPoint) -> Self {
        let size = point.value.abs();
        let half = place(point.value) / 2.0;
        let slack = match point.bound {
            // A share of 90 % is one per cent coarse, not ten.
            _ if point.unit == "%" => half.min(if point.bound == Bound::About { 2.5 } else { 0.5 }),
            Bound::About => half.min(ABOUT_SLACK * size).max(ABOUT_LEAST * size),
            _ => half.min((EXACT_SLACK * size).max(unit(point.value) / 2.0)),
        };
        let floor = if point.value >= 0.0 && point.unit != "%" { 0.0 } else { f64::NEG_INFINITY };
        Self::new(point.value, slack, point.bound, floor)
    }

    /// The range of a stated change; `least` is half the last place of the levels, in its unit.
    fn change(change: &Change, bound: Bound, least: f64) -> Self {
        let size = change.value.abs();
        let half = place(change.value) / 2.0;
        let slack = match bound {
            // 約2割 is half a tenth coarse.
            Bound::About => half.max(ABOUT_SLACK * size),
            _ if matches!(change.unit.as_str(), "%" | "pp") => half.min(0.5),
            _ => half.min(EXACT_SLACK * size).max(least),
        };
        // 20 % 以上の減 bounds the size, so the lower end of a fall.
        let bound = match bound {
            Bound::AtLeast if change.value < 0.0 => Bound::AtMost,
            Bound::AtMost | Bound::LessThan if change.value < 0.0 => Bound::AtLeast,
            _ => bound,
        };
        Self::new(change.value, slack, bound, f64::NEG_INFINITY)
    }

    fn meets(self, other: Self) -> bool {
        let size = |range: Self| {
            [range.low, range.high]
                .into_iter()
                .filter(|end| end.is_finite())
                .fold(1.0, |a: f64, b| a.max(b.abs()))
        };
        let slack = BINARY_SLACK * size(self).max(size(other));
        self.low <= other.high + slack && other.low <= self.high + slack
    }
}

/// The last decimal place that a number is written to: 1e8 of 2448e8, 0.1 of 1.9.
fn place(value: f64) -> f64 {
    let value = value.abs();
    if value == 0.0 || !value.is_finite() {
        return 1.0;
    }
    let whole = |number: f64| (number - number.round()).abs() < 1e-6;
    let mut place = 1.0;
    if whole(value) {
        while place < 1e15 && whole(value.round() / (place * 10.0)) {
            place *= 10.0;
        }
        return place;
    }
    for decimals in 1..=6 {
        place = 10_f64.powi(-decimals);
        if whole(value * 10_f64.powi(decimals)) {
            break;
        }
    }
    place
}

/// The greatest unit in which a whole value is written without a fraction: 億 of 10億, which stands for what rounds to
/// it.
fn unit(value: f64) -> f64 {
    let units = [1e12, 1e8, 1e4].into_iter();
    units.into_iter().find(|unit| value != 0.0 && (value / unit).fract() == 0.0).unwrap_or(0.0)
}

/// A period as its first and last day: months counted from year 0, and the day, where 31 is the last of any month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Days {
    first: (i32, i8),
    last: (i32, i8),
}

impl Days {
    fn read(period: &str) -> Option<Self> {
        let period: Edtf = period.parse().ok()?;
        let (first, last) = (period.earliest()?, period.latest()?);
        let month = |year: i16, month: i8| i32::from(year) * 12 + i32::from(month) - 1;
        let end = if last.day() == last.days_in_month() { 31 } else { last.day() };
        Some(Self {
            first: (month(first.year(), first.month()), first.day()),
            last: (month(last.year(), last.month()), end),
        })
    }

    const fn earlier(self, months: i32) -> Self {
        Self { first: (self.first.0 - months, self.first.1), last: (self.last.0 - months, self.last.1) }
    }

    /// Number of months, where it is whole months.
    fn months(self) -> Option<i32> {
        (self.first.1 == 1 && self.last.1 == 31).then_some(self.last.0 - self.first.0 + 1)
    }

    /// The period that a change of this one counts from.
    fn basis(self, basis: &str) -> Option<Self> {
        match basis {
            "previous_year" | "same_period" => Some(self.earlier(12)),
            "previous_month" => (self.months() == Some(1)).then(|| self.earlier(1)),
            // 前期 is the term before: a quarter's, a half-year's, a business year's.
            "previous_quarter" => {
                self.months().filter(|months| matches!(months, 3 | 6 | 12)).map(|months| self.earlier(months))
            }
            date => Self::read(date),
        }
    }
}

/// What two levels say of a change: as they are written, and the range that they allow.
fn between(base: &TrendPoint, level: &TrendPoint, relative: bool) -> Option<(f64, Range)> {
    let (from, to) = (Range::level(base), Range::level(level));
    if !relative {
        return Some((level.value - base.value, Range { low: to.low - from.high, high: to.high - from.low }));
    }
    if base.value <= 0.0 || from.low < 0.0 || to.low < 0.0 {
        return None;
    }
    let percent = |to: f64, from: f64| {
        if from == 0.0 || to.is_infinite() { f64::INFINITY } else { (to / from - 1.0) * 100.0 }
    };
    let low = if from.high.is_infinite() { -100.0 } else { percent(to.low, from.high) };
    Some((percent(level.value, base.value), Range { low, high: percent(to.high, from.low) }))
}

/// The verdict on one level against one base, with how far the change is from what the levels say.
fn judge(base: &TrendPoint, level: &TrendPoint, change: &Change) -> (Verdict, f64) {
    let doubt = |doubt| (Verdict::CannotTell { doubt }, f64::INFINITY);
    let shares = level.unit == "%";
    // Of shares, the press writes % also for points.
    let readings: &[bool] = match change.unit.as_str() {
        "%" if shares => &[true, false],
        "%" => &[true],
        "pp" if shares => &[false],
        unit if unit == level.unit => &[false],
        _ => return doubt(Doubt::Unit),
    };
    let mut best = doubt(Doubt::Sign);
    for &relative in readings {
        let Some((computed, range)) = between(base, level, relative) else { continue };
        let least = if relative || shares { 0.0 } else { place(level.value).min(place(base.value)) / 2.0 };
        let least = least.min(EXACT_SLACK * level.value.abs().min(base.value.abs()));
        let stated = Range::change(change, level.change_bound, least);
        let gap = (computed - change.value).abs();
        let agrees = range.meets(stated);
        if agrees {
            return (Verdict::Agrees { computed }, gap);
        }
        if gap < best.1 {
            best = (Verdict::Disagrees { computed }, gap);
        }
    }
    best
}

/// Checks each change that points of one series state against the levels of the others. A check for each point that
/// states a change, in their order.
///
/// ```
/// use entente_account::{TrendPoint, Verdict, check_trend};
/// use entente_base::record::{Bound, Change};
/// let point = |period: &str, value, change| TrendPoint {
///     period: Some(period.to_owned()),
///     value,
///     unit: "USD".to_owned(),
///     bound: Bound::Exact,
///     change,
///     change_bound: Bound::Exact,
/// };
/// let change = Change { basis: "previous_year".to_owned(), value: 1.9, unit: "%".to_owned() };
/// let checks = check_trend(&[point("2023", 2401e8, None), point("2024", 2448e8, Some(change))]);
/// assert!(matches!(checks[0].verdict, Verdict::Agrees { .. }));
/// ```
pub fn check_trend(points: &[TrendPoint]) -> Vec<TrendCheck> {
    points
        .iter()
        .enumerate()
        .filter_map(|(at, point)| {
            let change = point.change.as_ref()?;
            let (against, verdict) = match check(points, point, change) {
                Ok((against, verdict)) => (Some(against), verdict),
                Err(doubt) => (None, Verdict::CannotTell { doubt }),
            };
            Some(TrendCheck { point: at, against, verdict })
        })
        .collect()
}

fn check(points: &[TrendPoint], point: &TrendPoint, change: &Change) -> Result<(usize, Verdict), Doubt> {
    let period = point.period.as_deref().and_then(Days::read).ok_or(Doubt::NoPeriod)?;
    let basis = period.basis(&change.basis).filter(|basis| *basis != period).ok_or(Doubt::NoBasis)?;
    let rank = |verdict: &Verdict| match verdict {
        Verdict::Agrees { .. } => 0,
        Verdict::Disagrees { .. } => 1,
        Verdict::CannotTell { .. } => 2,
    };
    points
        .iter()
        .enumerate()
        .filter(|(_, base)| base.unit == point.unit)
        .filter(|(_, base)| base.period.as_deref().and_then(Days::read) == Some(basis))
        .map(|(index, base)| (index, judge(base, point, change)))
        .min_by(|(_, a), (_, b)| rank(&a.0).cmp(&rank(&b.0)).then(a.1.total_cmp(&b.1)))
        .map(|(index, (verdict, _))| (index, verdict))
        .ok_or(Doubt::NoLevel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A point from `period value`, the value with a sign before it where it is a bound.
    fn point(text: &str, unit: &str) -> TrendPoint {
        let (period, value) = text.split_once(' ').unwrap();
        let (bound, value) = bound(value);
        TrendPoint {
            period: (period != "-").then(|| period.to_owned()),
            value,
            unit: unit.to_owned(),
            bound,
            change: None,
            change_bound: Bound::Exact,
        }
    }

    fn bound(text: &str) -> (Bound, f64) {
        let bound = match text.chars().next().unwrap() {
            '~' => Bound::About,
            '>' => Bound::AtLeast,
            '=' => Bound::AtMost,
            '<' => Bound::LessThan,
            _ => return (Bound::Exact, text.parse().unwrap()),
        };
        (bound, text[1..].parse().unwrap())
    }

    /// The verdict on the second level's change against the first level.
    fn verdict(unit: &str, base: &str, level: &str, basis: &str, change: &str) -> String {
        let (value, change_unit) = change.split_once(' ').unwrap();
        let mut level = point(level, unit);
        let (change_bound, value) = bound(value);
        level.change = Some(Change { basis: basis.to_owned(), value, unit: change_unit.to_owned() });
        level.change_bound = change_bound;
        let checks = check_trend(&[point(base, unit), level]);
        assert_eq!((checks.len(), checks[0].point), (1, 1));
        match checks[0].verdict {
            Verdict::Agrees { computed } => format!("agrees {computed:.2}"),
            Verdict::Disagrees { computed } => format!("disagrees {computed:.2}"),
            Verdict::CannotTell { doubt } => format!("{doubt:?}"),
        }
    }

    #[test]
    fn changes_against_levels() {
        let table = [
            // Rounding of the levels and of the change.
            ("USD", "2023 2401e8", "2024 2448e8", "previous_year", "1.9 %", "agrees 1.96"),
            ("USD", "2023 2401e8", "2024 2448e8", "previous_year", "2.0 %", "agrees 1.96"),
            ("USD", "2023 2401e8", "2024 2448e8", "previous_year", "2.1 %", "disagrees 1.96"),
            ("USD", "2023 2401e8", "2024 2448e8", "previous_year", "26.3 %", "disagrees 1.96"),
            ("USD", "2022 1902.71e8", "2023 2401e8", "previous_year", "26.3 %", "disagrees 26.19"),
            ("USD", "2022 1902.71e8", "2023 2401e8", "previous_year", "26.2 %", "agrees 26.19"),
            ("USD", "2024 2448e8", "2025 2281e8", "previous_year", "-6.9 %", "agrees -6.82"),
            ("USD", "2024 2448e8", "2025 2281e8", "previous_year", "6.9 %", "disagrees -6.82"),
            ("count", "2023 48", "2024 50", "previous_year", "4 %", "agrees 4.17"),
            ("count", "2023 48", "2024 50", "previous_year", "9 %", "disagrees 4.17"),
            // What the change counts from.
            ("USD", "2024-04 100", "2024-05 110", "previous_month", "10 %", "agrees 10.00"),
            ("USD", "2023-12 100", "2024-01 110", "previous_month", "10 %", "agrees 10.00"),
            ("USD", "2023-05 100", "2024-05 110", "previous_year", "10 %", "agrees 10.00"),
            ("USD", "2023-05 100", "2024-05 110", "same_period", "15 %", "disagrees 10.00"),
            (
                "USD",
                "2023-10/2023-12 100",
                "2024-01/2024-03 90",
                "previous_quarter",
                "-10 %",
                "agrees -10.00",
            ),
            (
                "USD",
                "2023-04/2023-09 100",
                "2023-10/2024-03 90",
                "previous_quarter",
                "-10 %",
                "agrees -10.00",
            ),
            ("USD", "2023-01/2023-06 100", "2024-01/2024-06 150", "same_period", "50 %", "agrees 50.00"),
            ("USD", "2022-04/2023-03 100", "2023-04/2024-03 150", "previous_year", "50 %", "agrees 50.00"),
            ("USD", "2023-01/2023-12 100", "2024 150", "previous_year", "50 %", "agrees 50.00"),
            ("USD", "2023-02-01/2023-02-28 100", "2024-02 150", "same_period", "50 %", "agrees 50.00"),
            ("USD", "2013 100", "2024 300", "2013", "200 %", "agrees 200.00"),
            ("USD", "2013 100", "2024 300", "2013", "300 %", "disagrees 200.00"),
            ("USD", "2022 100", "2024 150", "previous_year", "50 %", "NoLevel"),
            ("USD", "2023 100", "2024 150", "unknown", "50 %", "NoBasis"),
            ("USD", "2023 100", "2024 150", "previous_month", "50 %", "NoBasis"),
            ("USD", "2023 100", "2024-05 150", "previous_quarter", "50 %", "NoBasis"),
            ("USD", "2024 100", "2024 150", "2024", "50 %", "NoBasis"),
            ("USD", "2023 100", "- 150", "previous_year", "50 %", "NoPeriod"),
            ("USD", "2023 100", "XXXX-05 150", "previous_year", "50 %", "NoPeriod"),
            ("USD", "- 100", "2024 150", "previous_year", "50 %", "NoLevel"),
            // Points, and changes in the unit of the levels.
            ("%", "2023 90", "2024 92.5", "previous_year", "2.5 pp", "agrees 2.50"),
            ("%", "2023 90", "2024 92.5", "previous_year", "4 pp", "disagrees 2.50"),
            ("%", "2023 90", "2024 92", "previous_year", "2 %", "agrees 2.22"),
            ("%", "2023 40", "2024 50", "previous_year", "10 %", "agrees 10.00"),
            ("%", "2023 40", "2024 50", "previous_year", "25 %", "agrees 25.00"),
            ("%", "2023 40", "2024 50", "previous_year", "17 %", "disagrees 10.00"),
            ("%", "2023 -1.5", "2024 0.5", "previous_year", "2 pp", "agrees 2.00"),
            ("USD", "2023 2401e8", "2024 2448e8", "previous_year", "47e8 USD", "agrees 4700000000.00"),
            ("USD", "2023 2401e8", "2024 2448e8", "previous_year", "50e8 USD", "disagrees 4700000000.00"),
            ("USD", "2023 100", "2024 150", "previous_year", "50 pp", "Unit"),
            ("USD", "2023 100", "2024 150", "previous_year", "50 JPY", "Unit"),
            ("USD", "2023 0", "2024 150", "previous_year", "50 %", "Sign"),
            ("USD", "2023 -20", "2024 150", "previous_year", "50 %", "Sign"),
            // Bounds.
            ("USD", "2023 ~2400e8", "2024 2448e8", "previous_year", "3.0 %", "agrees 2.00"),
            ("USD", "2023 ~2400e8", "2024 2448e8", "previous_year", "9.0 %", "disagrees 2.00"),
            ("USD", "2023 2000e8", "2024 >2400e8", "previous_year", "30 %", "agrees 20.00"),
            ("USD", "2023 2000e8", "2024 >2400e8", "previous_year", "10 %", "disagrees 20.00"),
            ("USD", "2023 >2000e8", "2024 2400e8", "previous_year", "10 %", "agrees 20.00"),
            ("USD", "2023 >2000e8", "2024 2400e8", "previous_year", "30 %", "disagrees 20.00"),
            ("count", "2023 200", "2024 <240", "previous_year", "5 %", "agrees 20.00"),
            ("count", "2023 200", "2024 <240", "previous_year", "25 %", "disagrees 20.00"),
            ("count", "2023 =200", "2024 240", "previous_year", "90 %", "agrees 20.00"),
            ("count", "2023 =200", "2024 240", "previous_year", "10 %", "disagrees 20.00"),
            ("USD", "2023 2000e8", "2024 2350e8", "previous_year", "~20 %", "agrees 17.50"),
            ("USD", "2023 2000e8", "2024 2350e8", "previous_year", "20 %", "disagrees 17.50"),
            ("USD", "2023 2000e8", "2024 2350e8", "previous_year", ">10 %", "agrees 17.50"),
            ("USD", "2023 2000e8", "2024 2350e8", "previous_year", ">20 %", "disagrees 17.50"),
            ("USD", "2023 2000e8", "2024 1500e8", "previous_year", ">-20 %", "agrees -25.00"),
            ("USD", "2023 2000e8", "2024 1900e8", "previous_year", ">-20 %", "disagrees -5.00"),
        ];
        for (unit, base, level, basis, change, expected) in table {
            let found = verdict(unit, base, level, basis, change);
            assert_eq!(found, expected, "{base} → {level} {unit}, {change} on {basis}");
        }
    }

    #[test]
    fn of_several_levels_the_nearest_is_taken() {
        let mut last = point("2024 2448e8", "USD");
        last.change = Some(Change { basis: "previous_year".to_owned(), value: 1.9, unit: "%".to_owned() });
        let points = [
            point("2023 2000e8", "USD"),
            point("2023 2401e8", "USD"),
            point("2023 2400e8", "CNY"),
            point("2022 2401e8", "USD"),
            last,
        ];
        let check = &check_trend(&points)[0];
        assert_eq!((check.point, check.against), (4, Some(1)));
        assert!(matches!(check.verdict, Verdict::Agrees { .. }));
    }

    #[test]
    fn a_check_is_plain_data() {
        let check = TrendCheck { point: 1, against: Some(0), verdict: Verdict::Disagrees { computed: 2.5 } };
        let json = serde_json::to_string(&check).unwrap();
        assert_eq!(json, r#"{"point":1,"against":0,"verdict":"disagrees","computed":2.5}"#);
    }

    proptest! {
        /// Whatever the true levels are, a change that was rounded from them agrees with the rounded levels.
        #[test]
        fn what_was_rounded_from_one_truth_agrees(
            base in 1000.0..9999.0_f64,
            ratio in 0.3..3.0_f64,
            decimals in 0_i32..=1,
        ) {
            let level = base * ratio;
            let scale = 10_f64.powi(decimals);
            let percent = ((ratio - 1.0) * 100.0 * scale).round() / scale;
            // A last digit of 0 is not seen, and hides no more than the allowed share.
            prop_assume!(base.round() % 10.0 != 0.0 && level.round() % 10.0 != 0.0);
            prop_assume!((percent * scale).round() % 10.0 != 0.0);
            let found = verdict(
                "USD",
                &format!("2023 {}", base.round() * 1e8),
                &format!("2024 {}", level.round() * 1e8),
                "previous_year",
                &format!("{percent} %"),
            );
            prop_assert!(found.starts_with("agrees"), "{found}: {base} {level} {percent}");
        }
    }
}
