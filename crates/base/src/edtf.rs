//! Dates and intervals of ISO 8601 / EDTF level 1, as records carry them.
//!
//! What is not known stays unknown: `XXXX-05-07` is a 7 May of some year, `2025-XX-XX` some day of 2025.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The finest part of a date that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Nothing is known.
    Unknown,
    /// A year.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
}

/// A date of which parts may be unknown.
///
/// `shape` is how many parts are written: `2025-XX-XX` has the shape of a day, but only its year is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Partial {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    shape: Precision,
}

/// A date or an interval; either end of an interval may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Edtf {
    /// One date.
    Point(Partial),
    /// From the first to the second, both included; `None` is an open end.
    Interval(Option<Partial>, Option<Partial>),
}

/// A string that is not a date or interval of the form that records carry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a date\n  help: write 2024, 2024-05, 2024-05-16, XXXX-05-07, 2025-05-07/2025-05-10 or 2013/.."
)]
pub struct EdtfError(pub String);

/// Last day of a month; of February in a year that is not known, 29.
fn month_end(year: Option<i16>, month: i8) -> i8 {
    match (month, year) {
        (2, None) => 29,
        (2, Some(year)) => Date::new(year, 2, 1).map_or(29, |date| date.days_in_month()),
        (4 | 6 | 9 | 11, _) => 30,
        _ => 31,
    }
}

impl Partial {
    /// A year.
    pub const fn year(year: i16) -> Self {
        Self { year: Some(year), month: None, day: None, shape: Precision::Year }
    }

    /// A month, of a year that may be unknown; `None` where there is no such month.
    pub fn month(year: Option<i16>, month: i8) -> Option<Self> {
        Self { year, month: Some(month), day: None, shape: Precision::Month }.checked()
    }

    /// A day, of a year and month that may be unknown; `None` where there is no such day.
    pub fn day(year: Option<i16>, month: Option<i8>, day: i8) -> Option<Self> {
        Self { year, month, day: Some(day), shape: Precision::Day }.checked()
    }

    /// Some day of a year or of a month.
    pub const fn some_day(year: Option<i16>, month: Option<i8>) -> Self {
        Self { year, month, day: None, shape: Precision::Day }
    }

    /// Some month of a year.
    pub const fn some_month(year: Option<i16>) -> Self {
        Self { year, month: None, day: None, shape: Precision::Month }
    }

    /// A year that is not known.
    pub const fn unknown() -> Self {
        Self { year: None, month: None, day: None, shape: Precision::Year }
    }

    fn checked(self) -> Option<Self> {
        let year_ok = self.year.is_none_or(|year| (-9999..=9999).contains(&year));
        let month_ok = self.month.is_none_or(|month| (1..=12).contains(&month));
        let day_ok = self.day.is_none_or(|day| {
            (1..=self.month.map_or(31, |month| month_end(self.year, month))).contains(&day)
        });
        (year_ok && month_ok && day_ok).then_some(self)
    }

    /// Its year, month and day, as far as known.
    pub const fn parts(&self) -> (Option<i16>, Option<i8>, Option<i8>) {
        (self.year, self.month, self.day)
    }

    /// The finest part that is known.
    pub const fn precision(&self) -> Precision {
        match (self.year, self.month, self.day) {
            (_, _, Some(_)) => Precision::Day,
            (_, Some(_), _) => Precision::Month,
            (Some(_), _, _) => Precision::Year,
            _ => Precision::Unknown,
        }
    }

    /// The first day that it may mean; `None` where the year is unknown.
    pub fn earliest(&self) -> Option<Date> {
        let (month, day) = match (self.month, self.day) {
            (Some(month), day) => (month, day.unwrap_or(1)),
            (None, _) => (1, 1),
        };
        Date::new(self.year?, month, day).ok()
    }

    /// The last day that it may mean; `None` where the year is unknown.
    pub fn latest(&self) -> Option<Date> {
        let (month, day) = match (self.month, self.day) {
            (Some(month), Some(day)) => (month, day),
            (Some(month), None) => (month, month_end(self.year, month)),
            (None, _) => (12, 31),
        };
        Date::new(self.year?, month, day).ok()
    }

    /// First and last month and day of the year, as `month * 100 + day`.
    fn within_year(&self) -> (i16, i16) {
        let code = |month: i8, day: i8| i16::from(month) * 100 + i16::from(day);
        match (self.month, self.day) {
            (Some(month), Some(day)) => (code(month, day), code(month, day)),
            (Some(month), None) => (code(month, 1), code(month, 31)),
            (None, _) => (101, 1231),
        }
    }

    fn display_ja(&self) -> String {
        let mut out = String::new();
        match self.year {
            Some(year) if year < 1 => out.push_str(&format!("紀元前{}年", 1 - year)),
            Some(year) => out.push_str(&format!("{year}年")),
            None => {}
        }
        if let Some(month) = self.month {
            out.push_str(&format!("{month}月"));
        }
        if let Some(day) = self.day {
            out.push_str(&format!("{day}日"));
        }
        if out.is_empty() { "日付不明".to_owned() } else { out }
    }

    fn display_en(&self) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let mut parts = Vec::new();
        if let Some(day) = self.day {
            parts.push(match self.month {
                Some(_) => day.to_string(),
                None => format!("day {day}"),
            });
        }
        if let Some(name) = self.month.and_then(|month| MONTHS.get(usize::from(month.unsigned_abs()) - 1)) {
            parts.push((*name).to_owned());
        }
        match self.year {
            Some(year) if year < 1 => parts.push(format!("{} BC", 1 - year)),
            Some(year) => parts.push(year.to_string()),
            None => {}
        }
        if parts.is_empty() { "date unknown".to_owned() } else { parts.join(" ") }
    }
}

impl From<Date> for Partial {
    fn from(date: Date) -> Self {
        Self {
            year: Some(date.year()),
            month: Some(date.month()),
            day: Some(date.day()),
            shape: Precision::Day,
        }
    }
}

impl From<Date> for Edtf {
    fn from(date: Date) -> Self {
        Edtf::Point(date.into())
    }
}

impl From<Partial> for Edtf {
    fn from(partial: Partial) -> Self {
        Edtf::Point(partial)
    }
}

impl fmt::Display for Partial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            // ISO 8601 counts a year 0, and years before it with a minus.
            Some(year) if year < 0 => write!(f, "-{:04}", year.unsigned_abs())?,
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("XXXX")?,
        }
        for (part, shape) in [(self.month, Precision::Month), (self.day, Precision::Day)] {
            if self.shape < shape {
                break;
            }
            match part {
                Some(part) => write!(f, "-{part:02}")?,
                None => f.write_str("-XX")?,
            }
        }
        Ok(())
    }
}

impl FromStr for Partial {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Self, EdtfError> {
        let wrong = || EdtfError(text.to_owned());
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
        let mut parts = digits.split('-');
        let mut part = |width: usize| -> Result<Option<Option<i16>>, EdtfError> {
            let Some(part) = parts.next() else { return Ok(None) };
            if part.len() != width {
                return Err(wrong());
            }
            if part.bytes().all(|byte| byte == b'X') {
                return Ok(Some(None));
            }
            if !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(wrong());
            }
            part.parse().map(|number| Some(Some(number))).map_err(|_| wrong())
        };
        let year = part(4)?.ok_or_else(wrong)?;
        let month = part(2)?;
        let day = part(2)?;
        if parts.next().is_some() {
            return Err(wrong());
        }
        let shape = match (month, day) {
            (_, Some(_)) => Precision::Day,
            (Some(_), None) => Precision::Month,
            (None, None) => Precision::Year,
        };
        let small =
            |part: Option<Option<i16>>| part.flatten().map(|number| i8::try_from(number).unwrap_or(0));
        Self { year: year.map(|year| year * sign), month: small(month), day: small(day), shape }
            .checked()
            .ok_or_else(wrong)
    }
}

impl Edtf {
    /// The interval between two days, or the day where they are the same.
    pub fn between(first: Date, last: Date) -> Self {
        if first == last { first.into() } else { Edtf::Interval(Some(first.into()), Some(last.into())) }
    }

    /// The first day that it may cover; `None` where unknown or open.
    pub fn earliest(&self) -> Option<Date> {
        match self {
            Edtf::Point(point) => point.earliest(),
            Edtf::Interval(start, _) => start.as_ref().and_then(Partial::earliest),
        }
    }

    /// The last day that it may cover; `None` where unknown or open.
    pub fn latest(&self) -> Option<Date> {
        match self {
            Edtf::Point(point) => point.latest(),
            Edtf::Interval(_, end) => end.as_ref().and_then(Partial::latest),
        }
    }

    /// The ends: a point is both its own ends.
    pub const fn ends(&self) -> (Option<Partial>, Option<Partial>) {
        match self {
            Edtf::Point(point) => (Some(*point), Some(*point)),
            Edtf::Interval(start, end) => (*start, *end),
        }
    }

    /// The first and the last day that it may mean, counted from 1970-01-01; `None` where unknown or open.
    ///
    /// ```
    /// # use entente_base::edtf::Edtf;
    /// let days = |date: &str| date.parse::<Edtf>().unwrap().days_from_epoch();
    /// assert_eq!(days("1970-01"), (Some(0), Some(30)));
    /// assert_eq!(days("1969"), (Some(-365), Some(-1)));
    /// assert_eq!(days("2013/.."), (Some(15706), None));
    /// assert_eq!(days("XXXX-05-07"), (None, None));
    /// ```
    pub fn days_from_epoch(&self) -> (Option<i32>, Option<i32>) {
        let epoch = jiff::civil::date(1970, 1, 1);
        let count = |day: Date| epoch.until(day).ok().map(|span| span.get_days());
        (self.earliest().and_then(count), self.latest().and_then(count))
    }

    /// The same where both ends are known.
    pub fn day_numbers(&self) -> Option<(i32, i32)> {
        let (first, last) = self.days_from_epoch();
        first.zip(last)
    }

    /// Its year: that of the start, or of the end where the start is open; `None` where unknown.
    pub fn year(&self) -> Option<i16> {
        let (start, end) = self.ends();
        start.or(end).and_then(|partial| partial.year)
    }

    /// The finest part that is known of either end.
    pub fn precision(&self) -> Precision {
        let (start, end) = self.ends();
        let of = |end: Option<Partial>| end.map_or(Precision::Unknown, |partial| partial.precision());
        of(start).max(of(end))
    }

    fn has_unknown_year(&self) -> bool {
        let (start, end) = self.ends();
        [start, end].iter().flatten().any(|partial| partial.year.is_none())
    }

    /// Days of the year that it may cover, as `(first, last)`; the last may be the smaller, over New Year.
    fn within_year(&self) -> (i16, i16) {
        let whole = (101, 1231);
        match self {
            Edtf::Point(point) => point.within_year(),
            Edtf::Interval(Some(start), Some(end)) => {
                let years = match (start.year, end.year) {
                    (Some(first), Some(last)) => last - first,
                    _ => 0,
                };
                let (first, last) = (start.within_year().0, end.within_year().1);
                if years > 1 || years == 1 && last >= first { whole } else { (first, last) }
            }
            Edtf::Interval(..) => whole,
        }
    }

    /// Whether the two can mean a common day, as far as each is known.
    ///
    /// ```
    /// # use entente_base::edtf::Edtf;
    /// let known: Edtf = "2025-05-07".parse().unwrap();
    /// assert!(known.overlaps(&"XXXX-05-07".parse().unwrap()));
    /// assert!(!known.overlaps(&"2025-05-08/..".parse().unwrap()));
    /// ```
    pub fn overlaps(&self, other: &Edtf) -> bool {
        if self.has_unknown_year() || other.has_unknown_year() {
            let ((a, b), (c, d)) = (self.within_year(), other.within_year());
            // An interval over New Year is two.
            let pieces = |first: i16, last: i16| {
                if first <= last { vec![(first, last)] } else { vec![(first, 1231), (101, last)] }
            };
            let theirs = pieces(c, d);
            return pieces(a, b).iter().any(|&(a, b)| theirs.iter().any(|&(c, d)| a <= d && c <= b));
        }
        let before = |end: Option<Date>, start: Option<Date>| {
            end.is_some_and(|end| start.is_some_and(|start| end < start))
        };
        !before(self.latest(), other.earliest()) && !before(other.latest(), self.earliest())
    }

    /// Number of days it may cover; `None` where unknown or open.
    fn days(&self) -> Option<i32> {
        let (first, last) = (self.earliest()?, self.latest()?);
        first.until(last).ok().map(|span| span.get_days() + 1)
    }

    /// Whether it says more than the other: fewer days, or a finer part where one has no bounds.
    pub fn is_more_precise_than(&self, other: &Edtf) -> bool {
        match (self.days(), other.days()) {
            (Some(mine), Some(theirs)) => mine < theirs,
            (mine, theirs) => {
                let is_open = |edtf: &Edtf| matches!(edtf, Edtf::Interval(None, _) | Edtf::Interval(_, None));
                (!is_open(self), self.precision(), mine.is_some())
                    > (!is_open(other), other.precision(), theirs.is_some())
            }
        }
    }

    /// A key that puts values in the order of time: by first day, the shorter first; unknown years come last.
    pub fn order_key(&self) -> (i16, i16, i16, i16) {
        let (start, end) = self.ends();
        // What is open at its start is ordered by its end.
        let Some(first) = start.or(end) else { return (i16::MAX, 0, 0, 0) };
        let last = end.unwrap_or(first);
        let far = if end.is_none() { i16::MAX } else { last.year.unwrap_or(i16::MAX) };
        (first.year.unwrap_or(i16::MAX), first.within_year().0, far, last.within_year().1)
    }

    /// As Japanese prose writes it: `2024年5月16日`, `2025年5月7日〜10日`, `2013年〜`, `日付不明`.
    pub fn display_ja(&self) -> String {
        match self {
            Edtf::Point(point) => point.display_ja(),
            Edtf::Interval(Some(start), Some(end)) => {
                let mut short = *end;
                if start.year == end.year && end.precision() > Precision::Year {
                    short.year = None;
                    if start.month == end.month && end.day.is_some() && start.day.is_some() {
                        short.month = None;
                    }
                }
                format!("{}〜{}", start.display_ja(), short.display_ja())
            }
            Edtf::Interval(start, end) => {
                let show = |end: &Option<Partial>| end.map_or(String::new(), |end| end.display_ja());
                format!("{}〜{}", show(start), show(end))
            }
        }
    }

    /// As English prose writes it: `16 May 2024`, `7–10 May 2025`, `since 2013`, `date unknown`.
    pub fn display_en(&self) -> String {
        match self {
            Edtf::Point(point) => point.display_en(),
            Edtf::Interval(Some(start), Some(end)) => {
                let mut short = *start;
                if start.year == end.year && start.precision() > Precision::Year {
                    short.year = None;
                    if let (Some(day), Some(_)) = (start.day, end.day)
                        && start.month == end.month
                    {
                        return format!("{day}–{}", end.display_en());
                    }
                }
                let space = if short.precision() > Precision::Year { " – " } else { "–" };
                format!("{}{space}{}", short.display_en(), end.display_en())
            }
            Edtf::Interval(Some(start), None) => format!("since {}", start.display_en()),
            Edtf::Interval(None, Some(end)) => format!("until {}", end.display_en()),
            Edtf::Interval(None, None) => "date unknown".to_owned(),
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |end: &Option<Partial>| end.map_or_else(|| "..".to_owned(), |end| end.to_string());
        match self {
            Edtf::Point(point) => point.fmt(f),
            Edtf::Interval(start, end) => write!(f, "{}/{}", show(start), show(end)),
        }
    }
}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Self, EdtfError> {
        let Some((start, end)) = text.split_once('/') else { return text.parse().map(Edtf::Point) };
        let wrong = || EdtfError(text.to_owned());
        let end_of = |end: &str| -> Result<Option<Partial>, EdtfError> {
            if end == ".." { Ok(None) } else { end.parse().map(Some).map_err(|_| wrong()) }
        };
        let interval = Edtf::Interval(end_of(start)?, end_of(end)?);
        let backwards =
            interval.earliest().is_some_and(|first| interval.latest().is_some_and(|last| last < first));
        if backwards { Err(wrong()) } else { Ok(interval) }
    }
}

impl TryFrom<String> for Edtf {
    type Error = EdtfError;

    fn try_from(text: String) -> Result<Self, EdtfError> {
        text.parse()
    }
}

impl From<Edtf> for String {
    fn from(edtf: Edtf) -> String {
        edtf.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edtf(text: &str) -> Edtf {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_read_is_written_the_same() {
        for text in [
            "2024",
            "2024-05",
            "2024-05-16",
            "XXXX",
            "XXXX-05",
            "XXXX-05-07",
            "XXXX-XX-07",
            "2025-XX-XX",
            "2025-XX",
            "XXXX-XX-XX",
            "2025-05-07/2025-05-10",
            "XXXX-05-07/XXXX-05-10",
            "2013/..",
            "../2020",
            "2024-12/2025-02",
            "0794",
            "-0201",
            "-0299/-0200",
        ] {
            assert_eq!(edtf(text).to_string(), text);
        }
        for text in
            ["", "24", "2024-5", "2024-13", "2023-02-29", "2025/2024", "2024-05-16-01", "20X4", "-100"]
        {
            assert!(text.parse::<Edtf>().is_err(), "{text}");
        }
    }

    #[test]
    fn bounds_follow_what_is_known() {
        let bounds = |text: &str| {
            let show = |date: Option<Date>| date.map_or("-".to_owned(), |date| date.to_string());
            (show(edtf(text).earliest()), show(edtf(text).latest()))
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(bounds("2024-02"), pair("2024-02-01", "2024-02-29"));
        assert_eq!(bounds("2025-XX-XX"), pair("2025-01-01", "2025-12-31"));
        assert_eq!(bounds("2013/.."), pair("2013-01-01", "-"));
        assert_eq!(bounds("../2020-06"), pair("-", "2020-06-30"));
        assert_eq!(bounds("XXXX-05-07"), pair("-", "-"));
    }

    #[test]
    fn partial_dates_count_by_what_they_know() {
        for (a, b, expected) in [
            ("XXXX-05-07", "2025-05-07", true),
            ("XXXX-05-07", "2025-05-08", false),
            ("XXXX-05-07/XXXX-05-10", "2025-05-09", true),
            ("XXXX-05-07/XXXX-05-10", "2025", true),
            ("XXXX-XX-XX", "2025-05", true),
            ("2025-XX-XX", "2025-05", true),
            ("2025-XX-XX", "2024", false),
            ("XXXX-01", "2024-12/2025-02", true),
            ("XXXX-06", "2024-12/2025-02", false),
            ("2024", "2024-05-16", true),
            ("2013/..", "2024-05", true),
            ("2013/..", "2012", false),
            ("../2020", "2012", true),
            ("../2020", "2021", false),
        ] {
            assert_eq!(edtf(a).overlaps(&edtf(b)), expected, "{a} {b}");
            assert_eq!(edtf(b).overlaps(&edtf(a)), expected, "{b} {a}");
        }
    }

    #[test]
    fn the_shorter_is_the_more_precise() {
        for (fine, coarse) in [
            ("2024-05-16", "2024-05"),
            ("2024-05", "2024"),
            ("2025-05-07", "2025-05-07/2025-05-10"),
            ("2025-05-07/2025-05-10", "2025-05"),
            ("2024", "2013/.."),
            ("XXXX-05-07", "XXXX-05"),
            ("2025-XX-XX", "XXXX-XX-XX"),
        ] {
            assert!(edtf(fine).is_more_precise_than(&edtf(coarse)), "{fine} {coarse}");
            assert!(!edtf(coarse).is_more_precise_than(&edtf(fine)), "{coarse} {fine}");
        }
    }

    #[test]
    fn chronologies_are_in_order() {
        let mut values: Vec<Edtf> =
            ["XXXX-05-07", "2025-05", "2013/..", "2025-05-07", "2024", "2025-05-01", "2024-01-01"]
                .map(edtf)
                .to_vec();
        values.sort_by_key(Edtf::order_key);
        let shown: Vec<String> = values.iter().map(Edtf::to_string).collect();
        assert_eq!(
            shown,
            ["2013/..", "2024-01-01", "2024", "2025-05-01", "2025-05", "2025-05-07", "XXXX-05-07"]
        );
    }

    #[test]
    fn people_can_read_it() {
        for (text, ja, en) in [
            ("2024-05-16", "2024年5月16日", "16 May 2024"),
            ("2025-05-07/2025-05-10", "2025年5月7日〜10日", "7–10 May 2025"),
            ("2025-05-31/2025-06-02", "2025年5月31日〜6月2日", "31 May – 2 June 2025"),
            ("2024-04/2025-03", "2024年4月〜2025年3月", "April 2024 – March 2025"),
            ("2025-01/2025-03", "2025年1月〜3月", "January – March 2025"),
            ("2023/2024", "2023年〜2024年", "2023–2024"),
            ("XXXX-05-07", "5月7日", "7 May"),
            ("XXXX-XX-XX", "日付不明", "date unknown"),
            ("2025-XX-XX", "2025年", "2025"),
            ("2013/..", "2013年〜", "since 2013"),
            ("../2020", "〜2020年", "until 2020"),
        ] {
            assert_eq!(edtf(text).display_ja(), ja);
            assert_eq!(edtf(text).display_en(), en);
        }
    }

    #[test]
    fn records_carry_it_as_a_string() {
        let value: Edtf = serde_json::from_str("\"2013/..\"").unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), "\"2013/..\"");
        assert!(serde_json::from_str::<Edtf>("\"soon\"").is_err());
    }
}
