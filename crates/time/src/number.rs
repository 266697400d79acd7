//! Numbers as dates write them: `2024`, `二〇二四`, `二十三`, `元`.

/// The value of a numeral in ASCII digits, positional kanji or 十百千; `None` where it is none.
pub(crate) fn parse(text: &str) -> Option<i32> {
    if text == "元" {
        return Some(1);
    }
    let (mut total, mut digits, mut seen) = (0i32, 0i32, false);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                digits = digits.checked_mul(10)?.checked_add(digit(c)?)?;
                seen = true;
                continue;
            }
        };
        total = total.checked_add(if seen { digits } else { 1 }.checked_mul(unit)?)?;
        (digits, seen) = (0, false);
    }
    (!text.is_empty()).then(|| total.checked_add(digits)).flatten()
}

fn digit(c: char) -> Option<i32> {
    match c {
        '0'..='9' => i32::try_from(c.to_digit(10)?).ok(),
        '〇' | '零' => Some(0),
        '一' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn all_ways_of_writing() {
        for (text, value) in [
            ("2024", Some(2024)),
            ("07", Some(7)),
            ("二〇二四", Some(2024)),
            ("二千二十四", Some(2024)),
            ("千九百四十五", Some(1945)),
            ("二十三", Some(23)),
            ("十", Some(10)),
            ("三十", Some(30)),
            ("元", Some(1)),
            ("", None),
            ("年", None),
            ("99999999999", None),
        ] {
            assert_eq!(parse(text), value, "{text}");
        }
    }
}
