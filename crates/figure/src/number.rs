//! Numbers alone: Arabic, Chinese and mixed digits, shares said in tenths and fractions, ranges.

use crate::words::{Words, begins_with_any, ends_with_any, split};
use entente_base::{Lexicon, LexiconError, Span};
use rustc_hash::FxHashMap as HashMap;

/// A number as the text writes it, without its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Its characters, with 万, 億, 割 and the other end of a range, without unit and bound.
    pub span: Span,
    /// Its value; the lower end of a range. A share (9割, 3分の2, 半分) is in per cent.
    pub value: f64,
    /// The upper end of a range.
    pub value_to: Option<f64>,
    /// Whether it is a share, and its value per cent.
    pub percent: bool,
    /// Whether it only names a size (数百).
    pub approximate: bool,
}

#[derive(Debug, Clone, Copy)]
enum Part {
    Digit(f64),
    Small(f64),
    Big(f64),
    Several,
}

#[derive(Debug, Clone)]
struct Ending {
    scale: f64,
    not_next: Vec<Vec<char>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    To,
    From,
    List,
}

/// The characters and words that make up numbers, from `figure/numeral.tsv`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Numerals {
    parts: HashMap<char, Part>,
    tenth: Words<Ending>,
    hundredth: Words<Ending>,
    thousandth: Words<f64>,
    scales: Words<f64>,
    fraction: Words<()>,
    shares: Words<(f64, Vec<Vec<char>>)>,
    between: Words<Between>,
}

/// One numeral, before shares and ranges are seen.
#[derive(Debug, Clone, Copy)]
struct Plain {
    end: usize,
    value: f64,
    /// The product of the 万, 億 that close it; 1 without.
    scale: f64,
    approximate: bool,
    single: bool,
}

/// Rounded so that 1.1億 is the whole number that it says.
fn tidy(value: f64) -> f64 {
    if value.abs() >= 1e6 { value.round() } else { (value * 1e6).round() / 1e6 }
}

impl Numerals {
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut numerals = Self::default();
        for row in lexicon.rows("figure/numeral")? {
            let form = row.need("form")?;
            let value = || -> Result<f64, LexiconError> {
                row.need("value")?
                    .parse()
                    .map_err(|_| row.error("`value` is not a number", "write it in Arabic digits"))
            };
            let ending = |scale| Ending { scale, not_next: split(&row.list("not_next")) };
            let part = match row.need("kind")? {
                "digit" => Some(Part::Digit(value()?)),
                "small" => Some(Part::Small(value()?)),
                "big" => Some(Part::Big(value()?)),
                "several" => Some(Part::Several),
                "tenth" => {
                    numerals.tenth.add(form, ending(value()?));
                    None
                }
                "hundredth" => {
                    numerals.hundredth.add(form, ending(value()?));
                    None
                }
                "thousandth" => {
                    numerals.thousandth.add(form, value()?);
                    None
                }
                "scale" => {
                    numerals.scales.add(form, value()?);
                    None
                }
                "fraction" => {
                    numerals.fraction.add(form, ());
                    None
                }
                "part" => {
                    numerals.shares.add(form, (value()?, split(&row.list("not_prev"))));
                    None
                }
                "to" => {
                    numerals.between.add(form, Between::To);
                    None
                }
                "from" => {
                    numerals.between.add(form, Between::From);
                    None
                }
                "list" => {
                    numerals.between.add(form, Between::List);
                    None
                }
                other => {
                    return Err(row.error(
                        format!("unknown kind `{other}`"),
                        "one of digit, small, big, several, tenth, hundredth, thousandth, scale, fraction, part, to, from, list",
                    ));
                }
            };
            if let Some(part) = part {
                let mut letters = form.chars();
                match (letters.next(), letters.next()) {
                    (Some(letter), None) => {
                        numerals.parts.insert(letter, part);
                    }
                    _ => return Err(row.error("more than one character", "digits are single characters")),
                }
            }
        }
        Ok(numerals)
    }

    /// Whether a number can begin with this character.
    pub(crate) fn starts(&self, letter: char) -> bool {
        letter.is_ascii_digit() || self.parts.contains_key(&letter)
    }

    /// Arabic digits with thousands separators and decimals.
    fn arabic(&self, chars: &[char], at: usize, end: usize) -> Option<(usize, f64)> {
        let digit = |index: usize| index < end && chars.get(index).is_some_and(char::is_ascii_digit);
        let mark = |index: usize, letter: char| index < end && chars.get(index) == Some(&letter);
        let mut to = at;
        let mut digits = String::new();
        while digit(to) {
            digits.push(chars[to]);
            to += 1;
        }
        if digits.is_empty() {
            return None;
        }
        if digits.len() <= 3 {
            while mark(to, ',') && digit(to + 1) && digit(to + 2) && digit(to + 3) && !digit(to + 4) {
                digits.extend(&chars[to + 1..to + 4]);
                to += 4;
            }
        }
        if mark(to, '.') && digit(to + 1) {
            digits.push('.');
            to += 1;
            while digit(to) {
                digits.push(chars[to]);
                to += 1;
            }
        }
        // 3・5%, as vertical print has it; without a unit right after, it is a date or a list.
        if mark(to, '・') && digits.len() <= 3 {
            let mut stop = to + 1;
            while digit(stop) {
                stop += 1;
            }
            let sized = stop < end
                && chars.get(stop).is_some_and(|letter| {
                    *letter == '%' || matches!(self.parts.get(letter), Some(Part::Big(_)))
                });
            if stop > to + 1 && stop <= to + 3 && sized {
                digits.push('.');
                digits.extend(&chars[to + 1..stop]);
                to = stop;
            }
        }
        digits.parse().ok().map(|value| (to, value))
    }

    fn plain(&self, chars: &[char], at: usize, end: usize) -> Option<Plain> {
        let (mut total, mut section, mut current) = (0.0, 0.0, None::<f64>);
        let (mut last_small, mut last_big) = (f64::INFINITY, f64::INFINITY);
        let (mut approximate, mut arabic, mut digits) = (false, false, 0.0_f64);
        let mut scale = 1.0;
        let mut to = at;
        while to < end {
            let letter = chars[to];
            if letter.is_ascii_digit() {
                if current.is_some() || approximate {
                    break;
                }
                let Some((next, value)) = self.arabic(chars, to, end) else { break };
                (current, arabic, scale) = (Some(value), true, 1.0);
                digits = if value < 10.0 { 1.0 } else { 9.0 };
                to = next;
                continue;
            }
            match self.parts.get(&letter) {
                Some(Part::Digit(value)) => {
                    current = match current {
                        None => {
                            (arabic, digits) = (false, 1.0);
                            Some(*value)
                        }
                        Some(known) if !arabic => {
                            digits += 1.0;
                            Some(known * 10.0 + value)
                        }
                        Some(_) => break,
                    };
                    scale = 1.0;
                }
                Some(Part::Several) => {
                    let sized = || {
                        matches!(
                            chars.get(to + 1).and_then(|next| self.parts.get(next)),
                            Some(Part::Small(_) | Part::Big(_))
                        )
                    };
                    let after_ten = current.is_none() && section > 0.0
                        || current.is_some_and(|value| arabic && value >= 10.0 && value % 10.0 == 0.0);
                    if current.is_none() && section == 0.0 && to + 1 < end && sized() {
                        current = Some(1.0);
                    } else if !after_ten {
                        break;
                    }
                    (approximate, arabic) = (true, false);
                }
                Some(Part::Small(value)) => {
                    if *value >= last_small || (digits > 1.0 && *value < 100.0 && current.is_some()) {
                        break;
                    }
                    section += current.take().unwrap_or(1.0) * value;
                    (last_small, arabic, scale) = (*value, false, 1.0);
                }
                Some(Part::Big(value)) => {
                    let count = section + current.unwrap_or(0.0);
                    if *value >= last_big || count == 0.0 {
                        break;
                    }
                    total += count * value;
                    (section, current, last_small, last_big) = (0.0, None, f64::INFINITY, *value);
                    (arabic, scale) = (false, *value);
                }
                None => {
                    let decimal = current
                        .filter(|_| letter == '・' && !arabic && digits <= 2.0)
                        .and_then(|whole| Some((whole, self.decimal(chars, to + 1, end)?)));
                    let Some((whole, (next, part))) = decimal else { break };
                    (current, arabic, digits, to) = (Some(whole + part), true, 9.0, next);
                    continue;
                }
            }
            to += 1;
        }
        let value = total + section + current.unwrap_or(0.0);
        (to > at).then(|| Plain { end: to, value: tidy(value), scale, approximate, single: to == at + 1 })
    }

    /// The decimals of 四・五%, as vertical print has it; they must have a unit, or they are a list.
    fn decimal(&self, chars: &[char], at: usize, end: usize) -> Option<(usize, f64)> {
        let (mut to, mut value, mut place) = (at, 0.0, 0.1);
        while to < end.min(at + 3)
            && let Some(Part::Digit(digit)) = chars.get(to).and_then(|letter| self.parts.get(letter))
        {
            value += digit * place;
            (place, to) = (place / 10.0, to + 1);
        }
        let sized = to < end
            && chars.get(to).is_some_and(|letter| {
                matches!(letter, '%' | 'パ' | '倍' | 'ポ')
                    || matches!(self.parts.get(letter), Some(Part::Big(_)))
            });
        (to > at && sized).then_some((to, value))
    }

    /// The length and value of a word of size after digits: 5 billion.
    fn scale(&self, chars: &[char], at: usize, end: usize) -> Option<(usize, f64)> {
        let space = usize::from(chars.get(at) == Some(&' '));
        let (len, scale) = self.scales.at(chars, at + space, end)?;
        let goes_on = chars.get(at + space + len).is_some_and(char::is_ascii_alphabetic);
        (!goes_on).then_some((space + len, *scale))
    }

    fn ending(list: &Words<Ending>, chars: &[char], at: usize, end: usize) -> Option<(usize, f64)> {
        let (len, ending) = list.at(chars, at, end)?;
        (!begins_with_any(chars, at + len, &ending.not_next)).then_some((len, ending.scale))
    }

    /// The number that begins at `at`.
    pub(crate) fn at(&self, chars: &[char], at: usize, end: usize) -> Option<Number> {
        let end = end.min(chars.len());
        if let Some((len, (value, not_prev))) = self.shares.at(chars, at, end)
            && !ends_with_any(chars, at, not_prev)
        {
            return Some(Number {
                span: Span::new(at, at + len),
                value: *value,
                value_to: None,
                percent: true,
                approximate: false,
            });
        }
        let first = self.plain(chars, at, end)?;
        let mut number = Number {
            span: Span::new(at, first.end),
            value: first.value,
            value_to: None,
            percent: false,
            approximate: first.approximate,
        };
        if let Some((len, scale)) = self.scale(chars, first.end, end) {
            number.span.end += len;
            number.value = tidy(number.value * scale);
            return Some(number);
        }
        if let Some((len, ())) = self.fraction.at(chars, first.end, end)
            && let Some(over) = self.plain(chars, first.end + len, end)
            && !over.approximate
            && first.value > 1.0
            && over.value > 0.0
        {
            number.span.end = over.end;
            number.value = (over.value / first.value * 1e4).round() / 1e2;
            number.percent = true;
            return Some(number);
        }
        if let Some(second) = self.range(chars, first, end) {
            number.span.end = second.end;
            number.value_to = Some(second.value);
            if first.scale == 1.0 && second.scale > 1.0 && first.value < second.value / second.scale {
                number.value = tidy(first.value * second.scale);
            }
        }
        if let Some((len, tenth)) = Self::ending(&self.tenth, chars, number.span.end, end) {
            number.span.end += len;
            number.percent = true;
            number.value = tidy(number.value * tenth);
            number.value_to = number.value_to.map(|value| tidy(value * tenth));
            if number.value_to.is_none()
                && let Some(more) = self.plain(chars, number.span.end, end)
                && more.value < 10.0
                && let Some((len, _)) = Self::ending(&self.hundredth, chars, more.end, end)
            {
                number.span.end = more.end + len;
                number.value = tidy(number.value + more.value);
                if let Some(last) = self.plain(chars, number.span.end, end)
                    && last.value < 10.0
                    && let Some((len, scale)) = self.thousandth.at(chars, last.end, end)
                {
                    number.span.end = last.end + len;
                    number.value = tidy(number.value + last.value * scale);
                }
            }
        }
        Some(number)
    }

    /// The other end of a range whose first end is `first`: 3〜5, 20から30, 2、3.
    fn range(&self, chars: &[char], first: Plain, end: usize) -> Option<Plain> {
        let (len, between) = self.between.at(chars, first.end, end)?;
        let second = self.plain(chars, first.end + len, end)?;
        let scaled = if first.scale == 1.0 { first.value * second.scale } else { first.value };
        let rising = second.value > first.value && (second.value > scaled || second.scale == 1.0);
        let fits = match between {
            Between::To | Between::From => rising,
            Between::List => {
                first.single && first.value >= 1.0 && second.value == (first.value + 1.0) * second.scale
            }
        };
        fits.then_some(second)
    }

    /// What may join two numbers with units into a range: 3%〜5%.
    pub(crate) fn joins(&self, chars: &[char], at: usize, end: usize) -> Option<usize> {
        self.between.at(chars, at, end).filter(|(_, between)| **between == Between::To).map(|(len, _)| len)
    }

    /// All numbers of the text, from left to right.
    pub(crate) fn all(&self, chars: &[char], start: usize, end: usize) -> Vec<Number> {
        let end = end.min(chars.len());
        let mut numbers = Vec::new();
        let mut at = start;
        while at < end {
            let candidate = self.starts(chars[at]) || self.shares.at(chars, at, end).is_some();
            match candidate.then(|| self.at(chars, at, end)).flatten() {
                Some(number) => {
                    at = number.span.end;
                    numbers.push(number);
                }
                None => at += 1,
            }
        }
        numbers
    }
}
