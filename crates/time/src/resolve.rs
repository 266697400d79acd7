//! From what an expression says to the date it means, by what the text said before.
//!
//! Nothing is invented: what neither the expression, nor the day of publication, nor the text before it
//! tells stays unknown.

use crate::engine::Fields;
use crate::frame::{Edge, Frame, Part};
use crate::grammar::{Relative, Resolver, Tense, Words};
use crate::number;
use entente_base::edtf::{Edtf, Partial};
use jiff::ToSpan;
use jiff::civil::Date;

/// An expression in its place.
#[derive(Debug)]
pub(crate) struct Found<'a> {
    pub(crate) resolver: Resolver,
    pub(crate) fields: &'a Fields,
    /// First character in the document.
    pub(crate) start: usize,
    /// One past its last.
    pub(crate) end: usize,
    pub(crate) sentence: usize,
    pub(crate) paragraph: usize,
    pub(crate) tense: Tense,
    /// Whether には follows, which goes on with a story.
    pub(crate) goes_on: bool,
    /// Whether にも follows, which tells of it besides the story.
    pub(crate) also: bool,
    /// Whether に follows.
    pub(crate) adverbial: bool,
    /// Whether a comma follows.
    pub(crate) comma: bool,
    /// Whether から before it compares (昨年から10%増).
    pub(crate) compares: bool,
}

impl Found<'_> {
    /// Whether it ends with から or the like.
    pub(crate) fn is_from(&self, words: &Words) -> bool {
        self.fields.get("edge").and_then(|word| words.value("edge", word)) == Some("from")
    }
}

/// A time that the text gave, for those after it to count from.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    value: Edtf,
    year: Option<i16>,
    month: Option<i8>,
    /// Whether the year was written out.
    says_year: bool,
    /// Whether its month was named.
    says_month: bool,
    /// Whether it stood for itself, not with a noun.
    adverbial: bool,
    end: usize,
    sentence: usize,
    paragraph: usize,
}

impl Anchor {
    /// The year of a month in a period that runs over New Year.
    fn within(&self, month: i8) -> Option<i16> {
        let (Some(start), Some(end)) = self.value.ends() else { return None };
        let ((start_year, Some(start_month), None), (end_year, Some(end_month), None)) =
            (start.parts(), end.parts())
        else {
            return None;
        };
        match (start_year == end_year, month >= start_month, month <= end_month) {
            (true, ..) => None,
            (_, true, _) => start_year,
            (_, _, true) => end_year,
            _ => None,
        }
    }
}

/// What is known while a text is read from its beginning.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// Day of publication.
    published: Option<Date>,
    /// Year that the text calls the present.
    present: Option<i16>,
    /// Year that is likely to be the present, where nothing better is known.
    likely: Option<i16>,
    last: Option<Anchor>,
    last_month: Option<(Option<i16>, i8)>,
    last_day: Option<Partial>,
    /// The sentence of that day.
    last_day_sentence: usize,
    /// Latest full day so far that is not after the day of publication.
    story_day: Option<Date>,
    /// Latest full date so far.
    latest: Option<Date>,
    /// Years that stand with each month, for 同じ6月.
    months: [Option<i16>; 12],
}

/// So near, in characters, that one time goes on from another.
const NEAR: usize = 12;

/// What lies before this year is no part of a story told today.
const LONG_AGO: i16 = 1600;

/// A stand-in for a year that is not known, so that days can be counted; it has a 29 February.
const ANY_LEAP_YEAR: i16 = 2000;

fn add_days(date: Date, days: i32) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

fn days_between(first: Date, last: Date) -> i32 {
    first.until(last).map_or(i32::MAX, |span| span.get_days())
}

/// Months since the year 0.
fn month_index(year: i16, month: i8) -> i32 {
    i32::from(year) * 12 + i32::from(month) - 1
}

fn from_month_index(index: i32) -> Option<(i16, i8)> {
    Some((i16::try_from(index.div_euclid(12)).ok()?, i8::try_from(index.rem_euclid(12) + 1).ok()?))
}

fn add_years(year: Option<i16>, count: i32) -> Option<i16> {
    i16::try_from(i32::from(year?) + count).ok().filter(|year| (1..=9999).contains(year))
}

/// The days with this number in the months around a date.
fn days_around(day: i8, around: Date) -> impl Iterator<Item = Date> {
    let index = month_index(around.year(), around.month());
    (-2..=2).filter_map(move |step| {
        let (year, month) = from_month_index(index + step)?;
        Date::new(year, month, day).ok()
    })
}

fn nearest_day(day: i8, around: Date) -> Option<Date> {
    days_around(day, around).min_by_key(|date| days_between(around, *date).abs())
}

impl Context {
    /// What is known before the first word.
    pub(crate) fn new(published: Option<Date>, present: Option<i16>, likely: Option<i16>) -> Self {
        Self { published, present, likely, ..Self::default() }
    }

    /// The year in which the text was written.
    fn now_year(&self) -> Option<i16> {
        self.published
            .map(|date| date.year())
            .or(self.present)
            .or(self.latest.map(|date| date.year()))
            .or(self.likely)
    }

    /// The day on which the text was written.
    fn now_day(&self) -> Option<Date> {
        self.published.or(self.latest)
    }

    /// Whether something in the same sentence, or just before, is what an expression goes on from.
    fn chained_year(&self, found: &Found<'_>, month: i8) -> Option<i16> {
        let last = self.last?;
        let year = last.year?;
        let after = |year: i16, last_month: i8| if last_month - month > 6 { year + 1 } else { year };
        if last.sentence == found.sentence {
            if let Some(years) = last.within(month) {
                return Some(years);
            }
            if let Some(last_month) = last.month {
                return Some(after(year, last_month));
            }
            let Some(published) = self.published else { return Some(year) };
            // 「昨年は5月に…」 goes on from the year, 「昨年の会談を受け、5月に…」 does not.
            let is_near = found.start.saturating_sub(last.end) <= NEAR;
            return (year >= published.year() || is_near && found.tense != Tense::Future).then_some(year);
        }
        if last.paragraph != found.paragraph {
            return None;
        }
        match (self.published, last.month) {
            (Some(published), Some(last_month)) => (last.says_year
                && last.sentence + 1 == found.sentence
                && year < published.year()
                && month > last_month
                && (i32::from(month) - i32::from(published.month())).rem_euclid(12).abs_diff(6) < 4
                && found.tense != Tense::Future)
                .then_some(year),
            (Some(_), None) => None,
            (None, Some(last_month)) => last
                .within(month)
                .or_else(|| (month >= last_month || last_month - month > 6).then(|| after(year, last_month))),
            (None, None) => None,
        }
    }

    /// Whether a month has been told as one of a year.
    fn told_with(&self, month: i8, year: i16) -> bool {
        let slot = usize::from(month.unsigned_abs()).saturating_sub(1);
        self.months.get(slot).copied().flatten() == Some(year)
    }

    /// The year of a month or day that stands without one.
    fn year_of(&self, found: &Found<'_>, month: i8, day: Option<i8>, weekday: Option<i8>) -> Option<i16> {
        if let Some(year) = self.chained_year(found, month) {
            return Some(year);
        }
        if let Some(published) = self.published {
            let this = published.year();
            if let (Some(weekday), Some(day)) = (weekday, day) {
                let fits = |year: &i16| {
                    Date::new(*year, month, day)
                        .is_ok_and(|date| date.weekday().to_monday_zero_offset() == weekday)
                };
                if let Some(year) = [this, this - 1, this + 1].into_iter().find(fits) {
                    return Some(year);
                }
            }
            let now = (published.month(), day.map(|_| published.day()));
            let is_now = (month, day) == now;
            let (past, next) = if (month, day) < now { (this, this + 1) } else { (this - 1, this) };
            if is_now {
                return Some(this);
            }
            let now = month_index(this, published.month());
            let (back, ahead) = (now - month_index(past, month), month_index(next, month) - now);
            // What is far ahead is told with its year (来年3月), and so is what is long gone.
            return Some(match found.tense {
                Tense::Future if back <= 2 && ahead >= 9 && next > this => past,
                Tense::Future => next,
                Tense::Unsaid if back >= 8 => next,
                // 今年1月に…。1月8日に…: a month just told with its year is that one.
                Tense::Past if self.told_with(month, past) => past,
                Tense::Past if day.is_some() && back >= 10 && ahead <= 2 => next,
                Tense::Past | Tense::Unsaid => past,
            });
        }
        if let Some(latest) = self.last_full().or(self.latest) {
            let at = month_index(latest.year(), latest.month());
            return [0, -1, 1]
                .into_iter()
                .filter_map(|step| add_years(Some(latest.year()), step))
                .min_by_key(|year| (month_index(*year, month) - at).abs());
        }
        self.present
    }

    /// The last day that the text gave, where all of it is known.
    fn last_full(&self) -> Option<Date> {
        match self.last_day?.parts() {
            (Some(year), Some(month), Some(day)) => Date::new(year, month, day).ok(),
            _ => None,
        }
    }

    /// The date of a day that stands without month.
    fn day_alone(&self, found: &Found<'_>, day: i8, weekday: Option<i8>, is_same: bool) -> Option<Partial> {
        let some_day = Partial::day(None, None, day);
        // 今年6月に…を訪れ、18日に署名した: of the month named, unless it is the day of the report (は18日、).
        if let Some(last) = self.last
            && last.sentence == found.sentence
            && last.says_month
            && last.adverbial
            && (found.adverbial || found.resolver == Resolver::Range)
            && found.tense != Tense::Future
            && last.value.precision() == entente_base::edtf::Precision::Month
            && let (Some(year), Some(month)) = (last.year, last.month)
        {
            return Partial::day(Some(year), Some(month), day).or(some_day);
        }
        if let (Some(last), Some(full)) = (self.last, self.last_full()) {
            let is_day_last = last.value.precision() == entente_base::edtf::Precision::Day;
            // Beside a day of the last weeks a bare day counts from publication, as that day did; beside one
            // told with its month, or far off, it goes on from there.
            let is_recent =
                self.published.is_some_and(|published| (0..=31).contains(&days_between(full, published)));
            let same_sentence = last.sentence == found.sentence
                && is_day_last
                && (day > full.day() && (last.says_month || !is_recent)
                    || !is_recent && found.start.saturating_sub(last.end) <= NEAR);
            let story = found.goes_on
                && last.sentence + 1 == found.sentence
                && last.paragraph == found.paragraph
                && is_day_last
                && self.published.is_some_and(|published| days_between(full, published) > 31);
            if is_same || same_sentence || story || self.published.is_none() {
                return nearest_day(day, full).map(Partial::from);
            }
        }
        if is_same && let Some((year, month)) = self.last_month {
            return Partial::day(year, Some(month), day);
        }
        if let Some(published) = self.published {
            let fits =
                |date: &Date| weekday.is_none_or(|weekday| date.weekday().to_monday_zero_offset() == weekday);
            let candidates: Vec<Date> = days_around(day, published).collect();
            let exact: Vec<Date> = candidates.iter().copied().filter(fits).collect();
            let candidates = if exact.is_empty() { candidates } else { exact };
            let past = candidates.iter().copied().filter(|date| *date <= published).max();
            let next = candidates.iter().copied().filter(|date| *date >= published).min();
            let date = match (past, next) {
                (Some(past), Some(next)) => {
                    let (back, ahead) = (days_between(past, published), days_between(published, next));
                    // A bare day is one of this month; further ahead it would be 来月.
                    let is_this_month = next.month() == published.month() || ahead <= 12;
                    let is_next = match found.tense {
                        Tense::Future => is_this_month,
                        Tense::Unsaid => back > 20 && ahead < 10,
                        // Far to the west, today is already yesterday.
                        Tense::Past => back > 20 && ahead <= 1,
                    };
                    Some(if is_next { next } else { past })
                }
                (past, next) => past.or(next),
            };
            return date.map(Partial::from).or(some_day);
        }
        if let Some((None, Some(month), Some(last_day))) = self.last_day.map(|last| last.parts()) {
            let month = if day + 15 < last_day { month % 12 + 1 } else { month };
            return Partial::day(None, Some(month), day).or(some_day);
        }
        if let (Some(last), Some((year, month))) = (self.last, self.last_month)
            && last.month == Some(month)
            && (found.goes_on && last.paragraph == found.paragraph
                || last.sentence == found.sentence && found.start.saturating_sub(last.end) <= NEAR
                || self.is_story_month(last, found))
        {
            return Partial::day(year, Some(month), day).or(some_day);
        }
        some_day
    }

    /// Whether a month is the one that a text goes on to tell of: written out with the latest year, and just
    /// before.
    fn is_story_month(&self, last: Anchor, found: &Found<'_>) -> bool {
        let goes_on = last.paragraph == found.paragraph && found.sentence.saturating_sub(last.sentence) <= 1;
        goes_on
            && last.says_year
            && last.says_month
            && last.year == self.likely
            && found.tense != Tense::Future
    }

    /// The day that is counted from today or from the last day named.
    fn day_counted(&self, found: &Found<'_>, relative: Relative) -> Partial {
        // 7日に攻撃した。4日に…したことへの報復だ。…。首相は同日: sentences on, the day is the story's.
        // 30日、6月10日から課すと発表した。大統領は同日: nor is it a day to come.
        let story = self.story_day.filter(|story| {
            let back = |last: Date| found.sentence > self.last_day_sentence + 1 && last < *story;
            let ahead = |last: Date| {
                found.tense != Tense::Future
                    && found.sentence > self.last_day_sentence
                    && self.published.is_some_and(|now| last > now)
            };
            relative.from_last
                && relative.offset == 0
                && self.last_full().is_some_and(|last| back(last) || ahead(last))
        });
        let base = if story.is_some() {
            story
        } else if relative.from_last {
            match self.last_day.map(|day| day.parts()) {
                Some((None, Some(month), Some(day))) => {
                    let counted = Date::new(ANY_LEAP_YEAR, month, day)
                        .ok()
                        .and_then(|date| add_days(date, relative.offset))
                        .and_then(|date| Partial::day(None, Some(date.month()), date.day()));
                    return counted.unwrap_or(Partial::some_day(None, None));
                }
                Some((None, None, Some(day))) => {
                    let counted = i8::try_from(i32::from(day) + relative.offset)
                        .ok()
                        .filter(|day| (1..=28).contains(day) || relative.offset == 0);
                    return counted
                        .and_then(|day| Partial::day(None, None, day))
                        .unwrap_or(Partial::some_day(None, None));
                }
                Some(_) => self.last_full(),
                None => self.published,
            }
        } else {
            self.now_day()
        };
        base.and_then(|date| add_days(date, relative.offset)).map_or(
            Partial::some_day(self.published.map(|date| date.year()).or(self.present), None),
            Partial::from,
        )
    }

    /// Year and month counted from this month or from the last one named.
    fn month_counted(&self, relative: Relative) -> (Option<i16>, Option<i8>) {
        let base = if relative.from_last {
            self.last_month.or(self.published.map(|date| (Some(date.year()), date.month())))
        } else {
            self.now_day().map(|date| (Some(date.year()), date.month()))
        };
        match base {
            Some((year, month)) => {
                let index = month_index(year.unwrap_or(ANY_LEAP_YEAR), month) + relative.offset;
                match from_month_index(index) {
                    Some((counted, month)) => (year.and(Some(counted)), Some(month)),
                    None => (None, None),
                }
            }
            None => (None, None),
        }
    }

    fn year_counted(&self, relative: Relative, frame: &Frame) -> Option<i16> {
        if relative.from_last {
            return add_years(self.last.and_then(|last| last.year), relative.offset);
        }
        let mut offset = relative.offset;
        if let Some(published) = self.published {
            let month = published.month();
            // A fiscal year begins in April, and early in a year 今冬 is the winter that goes on.
            let is_winter = frame.year_part.is_some_and(|(first, last)| first == 12 && last > 12);
            if frame.is_fiscal && month < 4 || is_winter && month <= 3 {
                offset -= 1;
            }
        }
        add_years(self.now_year(), offset)
    }

    /// A year of two digits: of this century, of an era that puts it near, or of the last century.
    fn full_year(&self, short: i16, words: &Words) -> i16 {
        let (this, last) = (2000 + short, 1900 + short);
        if let Some(near) = self.last.and_then(|last| last.year)
            && let Some(year) = [this, last].into_iter().find(|year| (year - near).abs() <= 10)
        {
            return year;
        }
        let Some(now) = self.now_year() else { return if short <= 50 { this } else { last } };
        if (this - now).abs() <= 10 {
            return this;
        }
        let in_era = words
            .table("era")
            .filter_map(|era| words.number("era", era))
            // No era goes on much after the next has begun.
            .filter(|before| {
                let later = words.table("era").filter_map(|era| words.number("era", era));
                later
                    .filter(|other| other > before)
                    .min()
                    .is_none_or(|end| before + i32::from(short) <= end + 3)
            })
            .filter_map(|before| i16::try_from(before + i32::from(short)).ok())
            .find(|year| (year - now).abs() <= 5);
        in_era.unwrap_or(if this > now + 30 { last } else { this })
    }

    /// What an expression means, edge and all.
    fn point(&mut self, found: &Found<'_>, frame: &Frame, words: &Words) -> Option<Edtf> {
        if let Some((decade, (first, last))) = frame.decade {
            let year = |step: i8| Partial::year(decade + i16::from(step));
            return Some(Edtf::Interval(Some(year(first)), Some(year(last))));
        }
        if let Some((first, last)) = frame.century {
            return Some(Edtf::Interval(Some(Partial::year(first)), Some(Partial::year(last))));
        }
        if let Some((offset, (first, last))) = frame.counted_century {
            let now = i32::from(self.now_year()?);
            let before = (now - 1).div_euclid(100) + offset;
            let year = |of: i8| i16::try_from(before * 100 + i32::from(of)).ok().map(Partial::year);
            return Some(Edtf::Interval(Some(year(first)?), Some(year(last)?)));
        }
        let mut year = match frame.year {
            Part::Said(year) => Some(year),
            Part::Counted(relative) => self.year_counted(relative, frame),
            Part::Unsaid => frame.short_year.map(|short| self.full_year(short, words)),
        };
        let says_no_year = frame.year == Part::Unsaid && frame.short_year.is_none();

        if let Some(end) = frame.end_month {
            // A business year that ends in this month.
            let (first_year, first_month) =
                if end == 12 { (year, 1) } else { (add_years(year, -1), end + 1) };
            return Some(Edtf::Interval(
                Some(Partial::month(first_year, first_month)?),
                Some(Partial::month(year, end)?),
            ));
        }
        if let Some((first, last)) = frame.year_part {
            if frame.is_bare_part {
                year = self.year_of_part(found, frame.is_fiscal, (first, last));
            }
            let shift = if frame.is_fiscal { 3 } else { 0 };
            let month = |month: i8| {
                let month = month + shift;
                if month > 12 {
                    Partial::month(add_years(year, 1), month - 12)
                } else {
                    Partial::month(year, month)
                }
            };
            if (first, last, shift) == (1, 12, 0) {
                return Some(year.map_or(Partial::unknown(), Partial::year).into());
            }
            let (first, last) = (month(first)?, month(last)?);
            return Some(if first == last { first.into() } else { Edtf::Interval(Some(first), Some(last)) });
        }
        if frame.is_fiscal {
            return Some(Edtf::Interval(
                Some(Partial::month(year, 4)?),
                Some(Partial::month(add_years(year, 1), 3)?),
            ));
        }

        let mut month = None;
        match frame.month {
            Part::Said(said) => {
                month = Some(said);
                if says_no_year {
                    let day = match frame.day {
                        Part::Said(day) => Some(day),
                        _ => None,
                    };
                    let index = usize::from(said.unsigned_abs().saturating_sub(1));
                    year = if frame.is_same {
                        self.months
                            .get(index)
                            .copied()
                            .flatten()
                            .or_else(|| self.last.and_then(|last| last.year))
                    } else {
                        self.year_of(found, said, day, frame.weekday)
                    };
                }
            }
            Part::Counted(relative) => {
                let (counted_year, counted_month) = self.month_counted(relative);
                month = counted_month;
                if says_no_year {
                    year = counted_year;
                }
                if month.is_none() && frame.month_part.is_none() && frame.day == Part::Unsaid {
                    return Some(Partial::some_month(year.or(self.present)).into());
                }
            }
            Part::Unsaid if frame.is_bare_month_part => {
                let (counted_year, counted_month) =
                    self.month_counted(Relative { from_last: false, offset: 0 });
                (year, month) = (counted_year, counted_month);
            }
            Part::Unsaid => {}
        }
        if let Some((first, last)) = frame.month_part {
            let Some(month) = month else {
                return Some(Partial::some_day(year.or(self.present), None).into());
            };
            if (first, last) == (1, 31) {
                return Partial::month(year, month).map(Edtf::from);
            }
            // The last of a month is its last day, whichever that is.
            let last = (1..=last).rev().find_map(|day| Partial::day(year, Some(month), day))?;
            let first = Partial::day(year, Some(month), first).unwrap_or(last);
            return Some(if first == last { first.into() } else { Edtf::Interval(Some(first), Some(last)) });
        }
        match frame.day {
            Part::Said(day) if month.is_some() || !says_no_year => {
                Partial::day(year, month, day).map(Edtf::from)
            }
            Part::Said(day) => self.day_alone(found, day, frame.weekday, frame.is_same).map(Edtf::from),
            Part::Counted(relative) if frame.month == Part::Unsaid => {
                Some(self.day_counted(found, relative).into())
            }
            // 前年の同月同日: the day of the last date.
            Part::Counted(_) => {
                let day = self.last_day.and_then(|last| last.parts().2);
                match day {
                    Some(day) => Partial::day(year, month, day).map(Edtf::from),
                    None => Some(Partial::some_day(year, month).into()),
                }
            }
            Part::Unsaid => match month {
                Some(month) => Partial::month(year, month).map(Edtf::from),
                None => Some(year.map_or(Partial::unknown(), Partial::year).into()),
            },
        }
    }

    /// The year of 年末, 第1四半期, 年度末 that stand alone.
    fn year_of_part(&self, found: &Found<'_>, is_fiscal: bool, (first, last): (i8, i8)) -> Option<i16> {
        if let Some(last) = self.last
            && last.sentence == found.sentence
            && !is_fiscal
            && let Some(year) = last.year
        {
            let goes_back = self.published.is_some_and(|published| {
                found.tense == Tense::Future && year < published.year() && last.month.is_none()
            });
            if !goes_back {
                return Some(year);
            }
        }
        let Some(published) = self.published else {
            return self.latest.map(|date| date.year()).or(self.present);
        };
        let year = published.year();
        if is_fiscal {
            return Some(if published.month() < 4 { year - 1 } else { year });
        }
        // 年明け, told late in a year, is the next.
        let coming = published.month() > 6 && found.tense != Tense::Past
            || published.month() > 1 && found.tense == Tense::Future;
        if (first, last) == (1, 1) && coming {
            return Some(year + 1);
        }
        // A quarter or half that has not begun is last year's, unless the text looks ahead.
        let is_ahead = first > published.month() && first < 12;
        Some(if is_ahead && found.tense == Tense::Past { year - 1 } else { year })
    }

    fn range(&mut self, found: &Found<'_>, words: &Words) -> Option<Edtf> {
        let mut first_frame = Frame::read(found.fields, words, "")?;
        let mut second = Frame::read(found.fields, words, "2")?;
        if second.century.is_some() || second.decade.is_some() {
            let (first, last) = (self.point(found, &first_frame, words)?, self.point(found, &second, words)?);
            return Some(Edtf::Interval(first.ends().0, last.ends().1));
        }
        // 1〜9月, told in November: the months of this year that are over.
        if let (Part::Said(month), Part::Said(later), Some(published)) =
            (first_frame.month, second.month, self.published)
            && first_frame.year == Part::Unsaid
            && first_frame.short_year.is_none()
            && second.year == Part::Unsaid
            && second.short_year.is_none()
            && month <= later
            && later < published.month()
            && found.tense == Tense::Unsaid
            && self.chained_year(found, month).is_none()
        {
            first_frame.year = Part::Said(published.year());
        }
        // 今年1〜8月は…、1〜7月と: within what the sentence told just before.
        if let (Some(last), Part::Said(later)) = (self.last, second.month)
            && let (Some(year), Some(last_month)) = (last.year, last.month)
            && last.sentence == found.sentence
            && first_frame.year == Part::Unsaid
            && first_frame.short_year.is_none()
            && second.year == Part::Unsaid
            && second.short_year.is_none()
            && matches!(first_frame.month, Part::Said(month) if month <= later)
            && later <= last_month
        {
            first_frame.year = Part::Said(year);
        }
        // 2023〜2024年度: both are fiscal.
        second.is_fiscal = first_frame.is_fiscal;
        let first = self.point(found, &first_frame, words)?;
        let (Some(start), Some(_)) = first.ends() else { return Some(first) };
        if let Some(years) = found.fields.get("years").and_then(number::parse) {
            // 昨年5月からの2年間, 2027年から15年間.
            let (year, month, _) = start.parts();
            let span = i16::try_from(years).ok().filter(|years| *years > 0);
            let (Some(year), Some(span)) = (year, span) else { return Some(first) };
            let end = match month {
                Some(1) => Partial::month(Some(year + span - 1), 12),
                Some(month) => Partial::month(Some(year + span), month - 1),
                None => Some(Partial::year(year + span - 1)),
            };
            return Some(Edtf::Interval(Some(start), end));
        }
        if let Some(days) = found.fields.get("days").and_then(number::parse) {
            let last = first.earliest().and_then(|date| add_days(date, days - 1));
            return Some(last.map_or(Edtf::Interval(Some(start), None), |last| {
                Edtf::Interval(Some(start), Some(last.into()))
            }));
        }
        let (year, month, day) = start.parts();
        if let Some(short) = second.short_year {
            let century = year.unwrap_or(2000) / 100 * 100;
            second.year = Part::Said(century + short);
            second.short_year = None;
        }
        // What the later end does not say, it takes from the earlier.
        let before = (self.last, self.last_month, self.last_day);
        self.note(found, first, &first_frame);
        if second.year == Part::Unsaid {
            match (second.month, second.day) {
                (Part::Said(later), _) => {
                    let later_year =
                        if month.is_some_and(|month| later < month) { add_years(year, 1) } else { year };
                    second.year = later_year.map_or(Part::Unsaid, Part::Said);
                    if later_year.is_none() {
                        let to = match second.day {
                            Part::Said(day) => Partial::day(None, Some(later), day),
                            _ => Partial::month(None, later),
                        };
                        return Some(Edtf::Interval(Some(start), Some(to?)));
                    }
                }
                (Part::Unsaid, Part::Said(later)) => {
                    let (mut year, mut month) = (year, month);
                    if day.is_some_and(|day| later < day)
                        && let Some(first_month) = month
                    {
                        let wraps = first_month == 12;
                        month = Some(if wraps { 1 } else { first_month + 1 });
                        year = if wraps { add_years(year, 1) } else { year };
                    }
                    let end = Partial::day(year, month, later)?;
                    (self.last, self.last_month, self.last_day) = before;
                    return Some(Edtf::Interval(Some(start), Some(end)));
                }
                _ => {}
            }
        }
        let end = self.point(found, &second, words);
        (self.last, self.last_month, self.last_day) = before;
        let (_, Some(end)) = end?.ends() else { return Some(first) };
        // 12月から来年3月: the first month is of the year before the last.
        let start = match (start.parts(), end.parts()) {
            ((Some(_), Some(month), day), (Some(year), Some(last), _))
                if !first_frame.says_year()
                    && first_frame.year == Part::Unsaid
                    && second.year != Part::Unsaid =>
            {
                let year = if month > last { add_years(Some(year), -1) } else { Some(year) };
                day.map_or(Partial::month(year, month), |day| Partial::day(year, Some(month), day))
                    .unwrap_or(start)
            }
            _ => start,
        };
        let backwards = start.earliest().is_some_and(|first| end.latest().is_some_and(|last| last < first));
        Some(if backwards { first } else { Edtf::Interval(Some(start), Some(end)) })
    }

    fn week(&self, found: &Found<'_>, words: &Words) -> Option<Edtf> {
        let frame = Frame::read(found.fields, words, "")?;
        let get = |table: &str| found.fields.get(table).map(|word| (table.to_owned(), word));
        let unknown =
            Edtf::from(Partial::some_day(self.published.map(|date| date.year()).or(self.present), None));
        let week_word = get("weekref").and_then(|(table, word)| words.relative(&table, word));
        let base = match week_word {
            Some(Relative { from_last: true, .. }) => self.last_full().or(self.published),
            _ => self.now_day(),
        };
        let Some(base) = base else {
            return match frame.day {
                Part::Said(day) => Partial::day(None, None, day).map(Edtf::from),
                _ => Some(unknown),
            };
        };
        let monday = add_days(base, -i32::from(base.weekday().to_monday_zero_offset()))?;
        if let (Part::Said(day), Some(relative)) = (frame.day, week_word) {
            let thursday = add_days(monday, relative.offset * 7 + 3)?;
            return nearest_day(day, thursday).map(Edtf::from);
        }
        if let Some(weekday) = frame.weekday.map(i32::from) {
            let date = if let Some(relative) = week_word {
                add_days(monday, relative.offset * 7 + weekday)?
            } else {
                let named = found.fields.get("weekdayref").and_then(|word| words.number("weekdayref", word));
                let this = add_days(monday, weekday)?;
                let past = if this <= base { this } else { add_days(this, -7)? };
                let next = if this >= base { this } else { add_days(this, 7)? };
                match named {
                    Some(1) if next == base => add_days(next, 7)?,
                    Some(1) => next,
                    Some(_) if past == base => add_days(past, -7)?,
                    Some(_) => past,
                    None if found.tense == Tense::Future => next,
                    None => past,
                }
            };
            return Some(date.into());
        }
        let monday = add_days(monday, week_word.map_or(0, |relative| relative.offset * 7))?;
        let part =
            found.fields.get("weekpart").and_then(|word| words.pair("weekpart", word)).or_else(|| {
                found.fields.get("bareweekpart").and_then(|word| words.pair("bareweekpart", word))
            });
        let (mut first, mut last) = part.map_or((0, 6), |(first, last)| (i32::from(first), i32::from(last)));
        // 週末, 週明け of news told on a Sunday or Monday are those just gone.
        if found.fields.get("bareweekpart").is_some()
            && found.tense == Tense::Past
            && add_days(monday, first).is_some_and(|date| date > base)
        {
            (first, last) = (first - 7, last - 7);
        }
        Some(Edtf::between(add_days(monday, first)?, add_days(monday, last)?))
    }

    fn distance(&self, found: &Found<'_>, words: &Words) -> Option<Edtf> {
        let first = self.distance_of(found, words, "n")?;
        let Some(second) = found.fields.get("nlater").and_then(|_| self.distance_of(found, words, "nlater"))
        else {
            return Some(first);
        };
        // 4、5年前 begins with the later count, 4、5年後 with the earlier.
        let is_rising = first.order_key() <= second.order_key();
        let (start, end) = if is_rising { (first, second) } else { (second, first) };
        Some(Edtf::Interval(start.ends().0, end.ends().1))
    }

    /// The date so far away as the number in a field says.
    fn distance_of(&self, found: &Found<'_>, words: &Words, field: &str) -> Option<Edtf> {
        let direction = found.fields.get("direction").and_then(|word| words.number("direction", word))?;
        let (unit, count) = match found.fields.get("halfyear") {
            Some(word) => words.named("halfyear", word)?,
            None => {
                let (unit, factor) = found
                    .fields
                    .get("unit")
                    .and_then(|word| words.named("unit", word))
                    .unwrap_or(("year", 1));
                let count = number::parse(found.fields.get(field)?)?;
                let more = found.fields.get("nm").and_then(number::parse);
                match (unit, found.fields.get("half"), more) {
                    (_, _, Some(months)) => ("month", count * 12 + months),
                    ("year", Some(_), _) if factor == 1 => ("month", count * 12 + 6),
                    (unit, Some(_), _) => (unit, factor * count + factor / 2),
                    (unit, None, None) => (unit, factor * count),
                }
            }
        };
        let offset = direction * count;
        let is_story = self.last.is_some_and(|last| {
            last.paragraph == found.paragraph && found.sentence.saturating_sub(last.sentence) <= 1
        });
        let last = self.last.filter(|_| direction > 0 && (is_story || self.published.is_none()));
        match unit {
            "year" => {
                let base = last.and_then(|last| last.year).or_else(|| self.now_year());
                let Some(base) = base else { return Some(Partial::unknown().into()) };
                // So far back that it is no date of an event.
                add_years(Some(base), offset)
                    .filter(|year| *year >= 1000)
                    .map(|year| Partial::year(year).into())
            }
            "month" => {
                let base = last
                    .and_then(|last| Some((last.year?, last.month?)))
                    .or_else(|| self.now_day().map(|date| (date.year(), date.month())));
                let Some((year, month)) = base else { return Some(Partial::some_month(None).into()) };
                let (year, month) = from_month_index(month_index(year, month) + offset)?;
                Partial::month(Some(year), month).map(Edtf::from)
            }
            _ => {
                let base = last.and_then(|_| self.last_full()).or_else(|| self.now_day());
                let Some(base) = base else { return Some(Partial::some_day(self.present, None).into()) };
                add_days(base, offset).map(Edtf::from)
            }
        }
    }

    /// 前年同期: the last period, a year earlier.
    fn same_period(&self) -> Edtf {
        let back = |partial: Partial| -> Option<Partial> {
            let (year, month, day) = partial.parts();
            let year = add_years(year, -1);
            match (month, day) {
                (None, _) => Some(year.map_or(Partial::unknown(), Partial::year)),
                (Some(month), None) => Partial::month(year, month),
                (Some(month), Some(day)) => Partial::day(year, Some(month), day),
            }
        };
        let unknown = Edtf::from(Partial::unknown());
        match self.last.map(|last| last.value) {
            Some(Edtf::Point(point)) => back(point).map_or(unknown, Edtf::from),
            Some(Edtf::Interval(start, end)) => match (start.and_then(back), end.and_then(back)) {
                (Some(start), Some(end)) => Edtf::Interval(Some(start), Some(end)),
                _ => unknown,
            },
            None => add_years(self.now_year(), -1).map_or(unknown, |year| Partial::year(year).into()),
        }
    }

    /// Remembers a time for those after it.
    fn note(&mut self, found: &Found<'_>, value: Edtf, frame: &Frame) {
        let (start, end) = value.ends();
        // What is open tells of a background, and 前年 of a comparison; the story goes on from before.
        // A day that something began is the story's own.
        let end = end.or(start.filter(|start| frame.edge == Some(Edge::From) && start.parts().2.is_some()));
        let (Some(_), Some(end)) = (start, end) else { return };
        let is_comparison =
            matches!(frame.year, Part::Counted(Relative { from_last: true, offset }) if offset < 0);
        // Nor is a century, or a year of old, the story's own.
        if is_comparison || end.parts().0.is_some_and(|year| year < LONG_AGO) {
            return;
        }
        let (year, month, day) = end.parts();
        if year.is_some() || month.is_some() {
            self.last = Some(Anchor {
                value,
                year,
                month,
                says_year: frame.says_year(),
                says_month: frame.month != Part::Unsaid,
                adverbial: found.adverbial || found.comma,
                end: found.end,
                sentence: found.sentence,
                paragraph: found.paragraph,
            });
        }
        if let Some(month) = month {
            self.last_month = Some((year, month));
            if let Some(slot) = self.months.get_mut(usize::from(month.unsigned_abs()).saturating_sub(1)) {
                *slot = year.or(*slot);
            }
        }
        // 18日に…。17日にも…: 同日 stays the day of the story.
        let aside =
            found.also && matches!((end.latest(), self.last_full()), (Some(end), Some(last)) if end < last);
        if day.is_some() && !aside {
            self.last_day = Some(end);
            self.last_day_sentence = found.sentence;
            // A date with its year is one of a dateline or of long ago.
            let told = |date: &Date| !frame.says_year() && self.published.is_some_and(|now| *date <= now);
            if let Some(date) = end.latest().filter(told) {
                self.story_day = Some(self.story_day.map_or(date, |story| story.max(date)));
            }
            let is_said = matches!(frame.day, Part::Said(_));
            if let Some(date) = end.latest().filter(|_| is_said) {
                self.latest = Some(self.latest.map_or(date, |latest| latest.max(date)));
            }
        }
    }

    /// The value of an expression; `None` where it turns out to be no time.
    pub(crate) fn resolve(&mut self, found: &Found<'_>, words: &Words) -> Option<Edtf> {
        let mut frame = Frame::read(found.fields, words, "")?;
        if found.fields.get("sameperiod").is_some() || found.fields.get("sameperiodnow").is_some() {
            return Some(self.same_period());
        }
        let value = match found.resolver {
            Resolver::Point => self.point(found, &frame, words)?,
            Resolver::ShortYear if matches!(frame.year, Part::Said(_)) => self.point(found, &frame, words)?,
            Resolver::ShortYear => {
                let short = frame.short_year?;
                // A two-digit year is one only near a year of four digits; else it may be a duration.
                let told = self.last.and_then(|last| last.year).or(self.likely);
                let near = told.or(self.published.map(|date| date.year()))?;
                let year = near / 100 * 100 + short;
                // 23年の貿易額は, in 2024: where no year is told before, only those about now.
                if told.is_none() && !(-3..=1).contains(&(year - near)) {
                    return None;
                }
                let same_sentence = self.last.is_some_and(|last| last.sentence == found.sentence);
                let reach = if same_sentence && near < 2000 { 30 } else { 8 };
                if !(-8..=reach).contains(&(year - near))
                    || self.now_year().is_some_and(|now| year > now + 30)
                {
                    return None;
                }
                frame.year = Part::Said(year);
                Partial::year(year).into()
            }
            Resolver::Range => self.range(found, words)?,
            Resolver::Week => self.week(found, words)?,
            Resolver::Distance => self.distance(found, words)?,
            _ => return None,
        };
        let value = match (frame.edge, value.ends()) {
            (Some(Edge::From), (Some(start), _)) if !frame.has_clock && !found.compares => {
                Edtf::Interval(Some(start), None)
            }
            (Some(Edge::Before), (_, Some(end))) => Edtf::Interval(None, Some(end)),
            _ if found.fields.get("over").is_some() => match value.ends() {
                (start, _)
                    if found.fields.get("direction").and_then(|word| words.number("direction", word))
                        > Some(0) =>
                {
                    Edtf::Interval(start, None)
                }
                (_, end) => Edtf::Interval(None, end),
            },
            _ => value,
        };
        self.note(found, value, &frame);
        Some(value)
    }
}
