//! How texts tell a day.

use crate::cast::Style;
use crate::random::Random;
use jiff::ToSpan;
use jiff::civil::Date;

/// How precisely a day is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// Not at all.
    Untold,
}

/// Words for a day, and what they say as EDTF.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct When {
    /// The words; empty where it is not told.
    pub words: String,
    /// The value.
    pub value: Option<String>,
}

impl When {
    /// A day that is not told, of what lies back.
    pub fn once() -> Self {
        Self { words: "以前".to_owned(), value: None }
    }

    /// A day told as 同日.
    pub fn same(day: Date) -> Self {
        Self { words: "同日".to_owned(), value: Some(day.to_string()) }
    }
}

/// Days after a day (or before, where negative); the day itself at the end of the calendar.
pub fn later(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}

/// Months between the months of two days: 1 where the second lies in the next month.
fn months(from: Date, to: Date) -> i32 {
    (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month()) - i32::from(from.month())
}

/// The digits in full width.
pub fn wide(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { wide_digit(c) } else { c }).collect()
}

/// A digit in full width; any other character as it is.
pub fn wide_digit(c: char) -> char {
    match c {
        '0'..='9' => char::from_u32(u32::from(c) - u32::from('0') + u32::from('０')).unwrap_or(c),
        other => other,
    }
}

/// A year by its era; 2019, which had two, as it is.
fn era(year: i16) -> String {
    match year {
        2020.. => format!("令和{}年", year - 2018),
        2019 => format!("{year}年"),
        _ => format!("平成{}年", year - 1988),
    }
}

fn weekday(day: Date) -> &'static str {
    match day.weekday() {
        jiff::civil::Weekday::Monday => "月曜日",
        jiff::civil::Weekday::Tuesday => "火曜日",
        jiff::civil::Weekday::Wednesday => "水曜日",
        jiff::civil::Weekday::Thursday => "木曜日",
        jiff::civil::Weekday::Friday => "金曜日",
        jiff::civil::Weekday::Saturday => "土曜日",
        jiff::civil::Weekday::Sunday => "日曜日",
    }
}

/// Tells a day in an article of another day. Words that count from the day of the article are left out where `fixed`:
/// the article may be printed again on another.
pub fn tell(
    random: &mut Random,
    day: Date,
    published: Date,
    style: Style,
    precision: Precision,
    fixed: bool,
) -> When {
    let (year, month, date) = (day.year(), day.month(), day.day());
    let apart = months(published, day);
    let same_year = year == published.year();
    let year_words = match i32::from(year) - i32::from(published.year()) {
        0 if apart < -5 && random.chance(0.6) => "今年".to_owned(),
        0 => String::new(),
        -1 if style != Style::Blog && random.chance(0.6) => "昨年".to_owned(),
        1 if random.chance(0.6) => "来年".to_owned(),
        _ => format!("{year}年"),
    };
    match precision {
        Precision::Untold => When::default(),
        Precision::Month => {
            let value = Some(format!("{year:04}-{month:02}"));
            let words = match (style, apart) {
                (Style::Ministry, _) => wide(&format!("{}{month}月", era(year))),
                (Style::Blog, _) => format!("{year}年{month}月"),
                (_, 0) => "今月".to_owned(),
                (_, -1) if !fixed && random.chance(0.4) => "先月".to_owned(),
                (_, 1) if !fixed && random.chance(0.4) => "来月".to_owned(),
                _ if same_year && random.chance(0.3) => format!("今年{month}月"),
                _ => format!("{year_words}{month}月"),
            };
            When { words, value }
        }
        Precision::Day => {
            let value = Some(day.to_string());
            let gap = i64::from(day.since(published).map(|span| span.get_days()).unwrap_or(99));
            let words = match (style, apart) {
                (Style::Ministry, _) => wide(&format!("{}{month}月{date}日", era(year))),
                (Style::Blog, _) => format!("{year}年{month}月{date}日"),
                (Style::Broadcaster, _) if !fixed && gap == 0 && random.chance(0.3) => "きょう".to_owned(),
                (Style::Broadcaster, _) if !fixed && gap == -1 && random.chance(0.3) => "きのう".to_owned(),
                _ if !fixed && (-5..0).contains(&gap) && random.chance(0.06) => weekday(day).to_owned(),
                (_, 0) => match random.index(6) {
                    0 => format!("{month}月{date}日"),
                    1 if gap > 0 => format!("今月{date}日"),
                    _ if gap.abs() <= 8 => format!("{date}日"),
                    _ => format!("今月{date}日"),
                },
                (_, -1) if !fixed && random.chance(0.3) => format!("先月{date}日"),
                (_, 1) if !fixed && random.chance(0.3) => format!("来月{date}日"),
                _ => format!("{year_words}{month}月{date}日"),
            };
            When { words, value }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_words_say_is_the_day() {
        let (day, published) = (date(2023, 12, 31), date(2024, 1, 2));
        for seed in 0..50 {
            for style in [Style::Newspaper, Style::Ministry, Style::Blog] {
                let told = tell(&mut Random::new(seed), day, published, style, Precision::Day, true);
                assert_eq!(told.value.as_deref(), Some("2023-12-31"));
                assert!(wide(&told.words).contains("１２月３１日"), "{}", told.words);
                assert_ne!(told.words, "12月31日");
            }
        }
    }
}
