//! What an expression says, before anything is known of the day it was written.

use crate::engine::Fields;
use crate::grammar::{Relative, Words};
use crate::number;

/// A part of a date: not said, said outright, or counted from somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Part<T> {
    #[default]
    Unsaid,
    Said(T),
    Counted(Relative),
}

/// How an expression opens or closes a span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    From,
    To,
    Before,
}

/// What one end of an expression says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frame {
    pub(crate) year: Part<i16>,
    /// A year of two digits.
    pub(crate) short_year: Option<i16>,
    pub(crate) month: Part<i8>,
    pub(crate) day: Part<i8>,
    /// First and last month, 13 being the next January.
    pub(crate) year_part: Option<(i8, i8)>,
    /// Whether that part stands without its year.
    pub(crate) is_bare_part: bool,
    pub(crate) month_part: Option<(i8, i8)>,
    pub(crate) is_bare_month_part: bool,
    /// First year of a decade, and the first and last year of a part of it.
    pub(crate) decade: Option<(i16, (i8, i8))>,
    /// First and last year of a century or of a part of it.
    pub(crate) century: Option<(i16, i16)>,
    /// A century counted from this one, and the first and last year of a part of it.
    pub(crate) counted_century: Option<(i32, (i8, i8))>,
    /// Month that a business year ends in.
    pub(crate) end_month: Option<i8>,
    pub(crate) is_fiscal: bool,
    pub(crate) has_clock: bool,
    /// 同じ6月, 同5日.
    pub(crate) is_same: bool,
    pub(crate) weekday: Option<i8>,
    pub(crate) edge: Option<Edge>,
}

impl Frame {
    /// Reads the fields of the earlier (`""`) or later (`"2"`) end.
    pub(crate) fn read(fields: &Fields, words: &Words, end: &str) -> Option<Self> {
        let get = |name: &str| fields.at(name, end);
        let small = |text: &str| number::parse(text).and_then(|number| i8::try_from(number).ok());
        let year_of = |text: &str| number::parse(text).and_then(|number| i16::try_from(number).ok());
        let mut frame = Self::default();

        for era in ["era", "eraletter", "oldera"] {
            if let (Some(name), Some(count)) = (get(era), get("ey")) {
                let year = words.number(era, name)? + number::parse(count)?;
                frame.year = Part::Said(i16::try_from(year).ok()?);
            }
        }
        if let Some(year) = get("y") {
            frame.year = Part::Said(year_of(year)?);
        } else if let Some(short) = get("yy") {
            let year = year_of(short)?;
            // 08年 is a year of this century; an era's years have no zero before them.
            if short.starts_with('0') {
                frame.year = Part::Said(2000 + year);
            } else {
                frame.short_year = Some(year);
            }
        }
        if let Some(before) = get("bcy") {
            // The year before the year 1 is the year 0.
            frame.year = Part::Said(1 - year_of(before)?);
        }
        for table in ["yearref", "yearprefix"] {
            // 昨年2023年 says it twice.
            if frame.year == Part::Unsaid
                && let Some(relative) = get(table).and_then(|word| words.relative(table, word))
            {
                frame.year = Part::Counted(relative);
            }
        }
        if let Some(word) = get("yr") {
            // 今年度, 本年度: the year word without 年.
            let with_year = format!("{word}年");
            frame.year = Part::Counted(words.relative("yearref", &with_year)?);
        }

        if let Some(month) = get("m") {
            frame.month = Part::Said(small(month)?);
        } else if let Some(month) = get("enmonth") {
            frame.month = Part::Said(i8::try_from(words.number("enmonth", month)?).ok()?);
        } else if let Some(relative) = get("monthref").and_then(|word| words.relative("monthref", word)) {
            frame.month = Part::Counted(relative);
        }
        if let Some(day) = get("d") {
            frame.day = Part::Said(small(day)?);
        } else {
            for table in ["dayref", "todayref"] {
                if let Some(relative) = get(table).and_then(|word| words.relative(table, word)) {
                    frame.day = Part::Counted(relative);
                }
            }
        }

        if let Some((month, day)) = get("feast").and_then(|word| words.pair("feast", word)) {
            (frame.month, frame.day) = (Part::Said(month), Part::Said(day));
        }

        for (table, is_bare) in [
            ("yearpart", false),
            ("season", false),
            ("quarter", frame.year == Part::Unsaid),
            ("bareyearpart", true),
            ("barefiscalpart", true),
        ] {
            if let Some(word) = get(table) {
                frame.year_part = words.pair(table, word);
                frame.is_bare_part = is_bare;
                frame.is_fiscal = table == "barefiscalpart";
            }
        }
        for (table, is_bare) in [("monthpart", false), ("baremonthpart", true)] {
            if let Some(word) = get(table) {
                frame.month_part = words.pair(table, word);
                frame.is_bare_month_part = is_bare;
            }
        }
        if let Some(decade) = get("decade") {
            let part = get("decadepart").and_then(|word| words.pair("decadepart", word)).unwrap_or((0, 9));
            let decade = match year_of(decade)? {
                short @ 0..30 => 2000 + short,
                short @ 30..100 => 1900 + short,
                decade => decade,
            };
            frame.decade = Some((decade, part));
        }
        let part = get("centurypart").and_then(|word| words.pair("centurypart", word)).unwrap_or((1, 100));
        if let Some(number) = get("century") {
            let number = year_of(number)?;
            let before = if get("bc").is_some() { -number * 100 } else { (number - 1) * 100 };
            frame.century = Some((before + i16::from(part.0), before + i16::from(part.1)));
        } else if let Some(word) = get("centuryref") {
            frame.counted_century = Some((words.number("centuryref", word)?, part));
        }
        frame.end_month = get("endmonth").and_then(small);
        frame.is_fiscal |= fields.get("fiscal").is_some();
        frame.has_clock = get("clock").is_some();
        frame.is_same = get("same").is_some();
        frame.weekday = ["w", "wb"]
            .iter()
            .find_map(|name| get(name))
            .and_then(|word| words.number("weekday", word))
            .and_then(|number| i8::try_from(number).ok());
        frame.edge = get("edge").and_then(|word| words.value("edge", word)).and_then(|name| match name {
            "from" => Some(Edge::From),
            "to" => Some(Edge::To),
            "before" => Some(Edge::Before),
            _ => None,
        });
        Some(frame)
    }

    /// Whether its year is written out, as digits or in an era.
    pub(crate) fn says_year(&self) -> bool {
        matches!(self.year, Part::Said(_)) || self.short_year.is_some()
    }
}
