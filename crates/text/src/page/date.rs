//! Dates as pages write them.

/// Eras, with the year before their first.
const ERAS: [(&str, u32); 4] = [("令和", 2018), ("平成", 1988), ("昭和", 1925), ("大正", 1911)];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The first full date in some words, as `YYYY-MM-DD`: `2024-05-16T09:00:00+09:00`, `2024/5/16`, `20240516`,
/// `2024年5月16日`, `令和6年5月16日`, `Thu, 16 May 2024 09:00:00 GMT`, `May 16, 2024`.
///
/// It is the day of the zone in which the page wrote it; no hour is moved into another zone.
pub(crate) fn date(words: &str) -> Option<String> {
    let chars: Vec<char> = words.chars().take(200).map(half_width).collect();
    let pieces = pieces(&chars);
    (0..pieces.len())
        .find_map(|at| date_at(&pieces[at..]))
        .map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}"))
}

/// A number, a word of letters, or a single other character.
#[derive(Debug, PartialEq)]
enum Piece {
    Number(u32, usize),
    Word(String),
    Mark(char),
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + u8::try_from(u32::from(c) - u32::from('０')).unwrap_or(0)),
        '／' => '/',
        '．' => '.',
        '　' | '\u{A0}' => ' ',
        c => c,
    }
}

fn pieces(chars: &[char]) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let run = |fits: fn(&char) -> bool| chars[at..].iter().take_while(|c| fits(c)).count();
        if c.is_ascii_digit() {
            let len = run(char::is_ascii_digit);
            let digits: String = chars[at..at + len].iter().collect();
            found.push(Piece::Number(digits.parse().unwrap_or(0), len));
            at += len;
        } else if c.is_ascii_alphabetic() {
            let len = run(char::is_ascii_alphabetic);
            found.push(Piece::Word(chars[at..at + len].iter().map(char::to_ascii_lowercase).collect()));
            at += len;
        } else {
            at += 1;
            // Spaces part only what would otherwise be one.
            if c != ' ' {
                found.push(Piece::Mark(c));
            }
        }
    }
    found
}

/// The date that pieces begin with.
fn date_at(pieces: &[Piece]) -> Option<(u32, u32, u32)> {
    use Piece::{Mark, Number, Word};
    let found = match pieces {
        [Number(all, 8), ..] => (all / 10_000, all / 100 % 100, all % 100),
        [Number(year, 4), Mark('-'), Number(month, 1..=2), Mark('-'), Number(day, 1..=2), ..]
        | [Number(year, 4), Mark('/'), Number(month, 1..=2), Mark('/'), Number(day, 1..=2), ..]
        | [Number(year, 4), Mark('.'), Number(month, 1..=2), Mark('.'), Number(day, 1..=2), ..]
        | [
            Number(year, 4),
            Mark('年'),
            Number(month, 1..=2),
            Mark('月'),
            Number(day, 1..=2),
            Mark('日'),
            ..,
        ] => (*year, *month, *day),
        [Mark(first), Mark(second), rest @ ..] => {
            let name: String = [*first, *second].iter().collect();
            let before = ERAS.iter().find(|(era, _)| *era == name)?.1;
            let (year, rest) = match rest {
                [Number(year, 1..=2), rest @ ..] => (*year, rest),
                [Mark('元'), rest @ ..] => (1, rest),
                _ => return None,
            };
            let [Mark('年'), Number(month, 1..=2), Mark('月'), Number(day, 1..=2), Mark('日'), ..] = rest
            else {
                return None;
            };
            (before + year, *month, *day)
        }
        [Number(day, 1..=2), Word(month), Number(year, 4), ..] => (*year, month_of(month)?, *day),
        [Word(month), Number(day, 1..=2), Mark(','), Number(year, 4), ..]
        | [Word(month), Mark('.'), Number(day, 1..=2), Mark(','), Number(year, 4), ..] => {
            (*year, month_of(month)?, *day)
        }
        _ => return None,
    };
    let (year, month, day) = found;
    let fits = (1900..=2199).contains(&year)
        && (1..=12).contains(&month)
        && (1..=crate::source::days(year, month)).contains(&day);
    fits.then_some(found)
}

fn month_of(word: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|month| word.starts_with(month))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_pages() {
        for (words, wanted) in [
            ("2024-05-16", Some("2024-05-16")),
            ("2024-05-16T23:30:00-08:00", Some("2024-05-16")),
            ("2024-05-15T22:00:00Z", Some("2024-05-15")),
            ("2024/5/6 10:00", Some("2024-05-06")),
            ("2024.05.06(月)", Some("2024-05-06")),
            ("20240516", Some("2024-05-16")),
            ("20240516T090000", Some("2024-05-16")),
            ("公開日：２０２４年５月１６日 10時", Some("2024-05-16")),
            ("令和6年5月16日", Some("2024-05-16")),
            ("令和元年5月1日", Some("2019-05-01")),
            ("平成 23年 3月 11日", Some("2011-03-11")),
            ("Thu, 16 May 2024 09:00:00 GMT", Some("2024-05-16")),
            ("May 16, 2024", Some("2024-05-16")),
            ("Sept. 6, 2024", Some("2024-09-06")),
            ("2024-02-30", None),
            ("5月16日", None),
            ("1715821200", None),
            ("3時間前", None),
            ("", None),
        ] {
            assert_eq!(date(words).as_deref(), wanted, "{words}");
        }
    }
}
