//! Normalized characters of a text, and the way back to the characters as read.
//!
//! Full-width ASCII becomes half-width, half-width katakana full-width, decomposed sequences are composed,
//! squared units are spelled out, invisible characters are dropped. Every normalized character knows the
//! original characters that it stands for.

use entente_base::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// A text as the rooms read it: normalized characters with a map to the original code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The normalized characters.
    pub chars: Vec<char>,
    /// For each normalized character the original code points it stands for; `None` where nothing changed
    /// place.
    map: Option<Vec<(u32, u32)>>,
    original_len: usize,
}

impl Reading {
    /// Normalizes a text.
    ///
    /// ```
    /// let reading = entente_text::Reading::new("ﾛｼｱ（５％）");
    /// assert_eq!(reading.text(), "ロシア(5%)");
    /// ```
    pub fn new(original: &str) -> Self {
        let source: Vec<char> = original.chars().collect();
        let original_len = source.len();
        if source.iter().all(|&c| is_normal(c)) {
            return Self { chars: source, map: None, original_len };
        }
        Writer::new(&source).run()
    }

    /// Number of code points of the text as read.
    pub fn original_len(&self) -> usize {
        self.original_len
    }

    /// Number of normalized characters.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether nothing is left to read.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The normalized text.
    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// The original code points that a span of normalized characters stands for.
    ///
    /// A span out of range is cut to what there is; an empty span gives an empty one.
    pub fn to_original(&self, span: Span) -> Span {
        let end = span.end.min(self.chars.len());
        let start = span.start.min(end);
        let Some(map) = &self.map else { return Span::new(start, end) };
        let first = map.get(start).map_or(self.original_len, |range| range.0 as usize);
        if start == end {
            return Span::new(first, first);
        }
        let last = map.get(end - 1).map_or(self.original_len, |range| range.1 as usize);
        Span::new(first, last.max(first))
    }

    /// The normalized characters that an original span touches; the inverse of [`Reading::to_original`].
    pub fn from_original(&self, span: Span) -> Span {
        let Some(map) = &self.map else {
            let end = span.end.min(self.chars.len());
            return Span::new(span.start.min(end), end);
        };
        let start = map.partition_point(|range| range.1 as usize <= span.start);
        let end = map.partition_point(|range| (range.0 as usize) < span.end);
        Span::new(start.min(end), end)
    }
}

/// Whether a character stays as it is wherever it stands.
fn is_normal(c: char) -> bool {
    match c {
        '\n' | ' '..='~' => true,
        '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' => true,
        // Greek and Cyrillic without the combining marks.
        '\u{391}'..='\u{3A1}' | '\u{3A3}'..='\u{3C9}' | '\u{400}'..='\u{482}' | '\u{48A}'..='\u{52F}' => true,
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' => true,
        '\u{2100}'..='\u{2125}' | '\u{2150}'..='\u{2211}' | '\u{2213}'..='\u{2328}' => true,
        '\u{2460}'..='\u{24FF}' | '\u{2500}'..='\u{27BF}' => true,
        '\u{3001}'..='\u{3029}' | '\u{3030}'..='\u{3098}' | '\u{309B}'..='\u{30FF}' => true,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => true,
        _ => false,
    }
}

/// Whether a character leaves no trace in the normalized text.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
        || is_selector(c)
}

/// Whether a character picks a variant of the one before it.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether a character may melt into the one before it.
fn joins(c: char) -> bool {
    match c {
        '\0'..='\u{2FF}' | '\u{3001}'..='\u{3029}' | '\u{309B}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => {
            false
        }
        '\u{3099}' | '\u{309A}' | '\u{1161}'..='\u{11FF}' => true,
        _ => canonical_combining_class(c) != 0 || is_combining_mark(c),
    }
}

/// Whether a character is written Japanese: kana, kanji, or a bracket that closes such words.
fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '」' | '』' | '）' | '】' | '》'
        | '\u{FF66}'..='\u{FF9F}' | '\u{F900}'..='\u{FAFF}')
}

/// Whether a character is a letter or digit of ASCII, half- or full-width.
fn is_latin_or_digit(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// What a single character becomes.
enum Folded {
    One(char),
    Many,
}

fn fold(c: char, before: Option<char>, after: Option<char>) -> Folded {
    let one = match c {
        // The comma and stop of texts that write ，． for 、。 count as 、。; in numbers they do not.
        '，' if !(before.is_some_and(is_latin_or_digit) && after.is_some_and(is_latin_or_digit)) => '、',
        '．' if before.is_some_and(is_japanese) && !after.is_some_and(is_latin_or_digit) => '。',
        '\u{FF5E}' => '〜',
        '\u{FF01}'..='\u{FF5D}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{FF9E}' => '\u{3099}',
        '\u{FF9F}' => '\u{309A}',
        '\u{FF61}'..='\u{FF9D}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{2F00}'..='\u{2FD5}'
        | '\u{2E9F}'
        | '\u{2EF3}' => {
            if c == '\u{FFE3}' {
                c
            } else {
                std::iter::once(c).nfkc().next().unwrap_or(c)
            }
        }
        '\u{2212}' => '-',
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\n' => '\n',
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => ' ',
        '\u{3220}'..='\u{3243}'
        | '\u{32C0}'..='\u{32CF}'
        | '\u{32FF}'
        | '\u{3300}'..='\u{33FF}'
        | '\u{FB00}'..='\u{FB06}'
        | '\u{2120}'..='\u{2122}' => return Folded::Many,
        _ => c,
    };
    Folded::One(one)
}

/// Writes the normalized characters of a text that needs more than a copy.
struct Writer<'a> {
    source: &'a [char],
    chars: Vec<char>,
    map: Vec<(u32, u32)>,
}

impl<'a> Writer<'a> {
    fn new(source: &'a [char]) -> Self {
        Self { source, chars: Vec::with_capacity(source.len()), map: Vec::with_capacity(source.len()) }
    }

    fn push(&mut self, c: char, from: usize, to: usize) {
        self.chars.push(c);
        self.map.push((from as u32, to as u32));
    }

    fn run(mut self) -> Reading {
        let source = self.source;
        let mut at = 0;
        while at < source.len() {
            let c = source[at];
            if is_dropped(c) {
                at += 1;
                continue;
            }
            if c == '\r' && source.get(at + 1) == Some(&'\n') {
                self.push('\n', at, at + 2);
                at += 2;
                continue;
            }
            let before = at.checked_sub(1).and_then(|i| source.get(i)).copied();
            let folded = fold(c, before, source.get(at + 1).copied());
            let end = self.cluster_end(at);
            let Folded::One(one) = folded else {
                let tail = source[at + 1..end].iter().copied().filter(|c| !is_dropped(*c));
                for part in std::iter::once(c).nfkc().chain(tail) {
                    self.push(part, at, end);
                }
                at = end;
                continue;
            };
            if end == at + 1 {
                // A single character may still have a canonical form of its own.
                if is_normal(one) {
                    self.push(one, at, end);
                } else if matches!(one, '\u{3099}' | '\u{309A}') {
                    self.push(spacing(one), at, end);
                } else {
                    for part in std::iter::once(one).nfc() {
                        self.push(part, at, end);
                    }
                }
            } else {
                let tail = source[at + 1..end].iter().filter(|c| !is_dropped(**c)).map(|&c| match c {
                    '\u{FF9E}' => '\u{3099}',
                    '\u{FF9F}' => '\u{309A}',
                    _ => c,
                });
                for part in std::iter::once(one).chain(tail).nfc() {
                    let part = if matches!(part, '\u{3099}' | '\u{309A}') { spacing(part) } else { part };
                    self.push(part, at, end);
                }
            }
            at = end;
        }
        Reading { chars: self.chars, map: Some(self.map), original_len: source.len() }
    }

    /// Where the marks that belong to the character at `at` end.
    fn cluster_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        let mut ahead = end;
        while let Some(&c) = self.source.get(ahead) {
            ahead += 1;
            if is_selector(c) || matches!(c, '\u{FF9E}' | '\u{FF9F}') || (!is_dropped(c) && joins(c)) {
                end = ahead;
            } else if !is_dropped(c) || ahead - end > 4 {
                break;
            }
        }
        end
    }
}

/// The sound mark that stands for itself, where it could not be joined.
fn spacing(mark: char) -> char {
    if mark == '\u{3099}' { '゛' } else { '゜' }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn table() {
        for (given, wanted) in [
            ("（２０２４年）", "(2024年)"),
            ("ｶﾞｽ･ﾊﾟｲﾌﾟ｡", "ガス・パイプ。"),
            ("か\u{3099}き", "がき"),
            ("ﾞ", "゛"),
            ("あﾞ", "あ゛"),
            ("80㌔、5㎞、3㌫", "80キロ、5km、3パーセント"),
            ("①㈱", "①(株)"),
            ("㋿7年", "令和7年"),
            ("a\u{200B}b\u{FEFF}c", "abc"),
            ("葛\u{E0100}城", "葛城"),
            ("神\u{FA19}社", "神神社"),
            ("a\r\nb\rc", "a\nb\nc"),
            ("安倍総理は，東京で．", "安倍総理は、東京で。"),
            ("１，２３４．５ドル", "1,234.5ドル"),
            ("5～6、5〜6、－5、−5", "5〜6、5〜6、-5、-5"),
            ("A―B—C‐D–E", "A―B—C‐D–E"),
            ("“あ”‘い’", "“あ”‘い’"),
            ("e\u{301}", "é"),
            ("\u{1112}\u{1161}\u{11AB}", "한"),
            ("⽇⽶", "日米"),
            ("￥100", "¥100"),
            ("", ""),
        ] {
            assert_eq!(Reading::new(given).text(), wanted, "{given:?}");
        }
    }

    #[test]
    fn spans_go_back() {
        let reading = Reading::new("※か\u{3099}\u{200B}㎞葛\u{E0100}\r\nＡ");
        assert_eq!(reading.text(), "※がkm葛\nA");
        let back: Vec<_> = (0..reading.len())
            .map(|i| reading.to_original(Span::new(i, i + 1)))
            .map(|span| (span.start, span.end))
            .collect();
        assert_eq!(back, [(0, 1), (1, 3), (4, 5), (4, 5), (5, 7), (7, 9), (9, 10)]);
        assert_eq!(reading.to_original(Span::new(1, 5)), Span::new(1, 7));
        assert_eq!(reading.from_original(Span::new(1, 7)), Span::new(1, 5));
        assert_eq!(reading.to_original(Span::new(7, 7)), Span::new(10, 10));
        assert_eq!(reading.original_len(), 10);
    }

    #[test]
    fn marks_without_end_stay_quick() {
        let text: String = std::iter::repeat_n('\u{200B}', 300_000).collect();
        assert!(Reading::new(&text).is_empty());
        let text: String = std::iter::repeat_n("か\u{200B}", 300_000).collect();
        assert_eq!(Reading::new(&text).len(), 300_000);
    }

    fn odd_text() -> impl Strategy<Value = String> {
        let odd = prop::sample::select(vec![
            "か",
            "\u{3099}",
            "ｶ",
            "ﾞ",
            "ﾟ",
            "\u{200B}",
            "㎞",
            "葛",
            "\u{E0100}",
            "\r",
            "\n",
            "，",
            "．",
            "１",
            "A",
            "\u{301}",
            "\u{1112}",
            "\u{1161}",
            "\u{FA19}",
            "～",
            "。",
            " ",
            "\u{3000}",
        ]);
        prop_oneof![prop::collection::vec(odd, 0..40).prop_map(|v| v.concat()), any::<String>()]
    }

    proptest! {
        #[test]
        fn the_map_is_monotone_and_within_bounds(text in odd_text()) {
            let reading = Reading::new(&text);
            let total = text.chars().count();
            prop_assert_eq!(reading.original_len(), total);
            let mut last = Span::new(0, 0);
            for i in 0..reading.len() {
                let span = reading.to_original(Span::new(i, i + 1));
                prop_assert!(span.start < span.end && span.end <= total);
                prop_assert!(last.start <= span.start && last.end <= span.end);
                prop_assert!(span.start >= last.end || span == last);
                last = span;
            }
            if !reading.is_empty() {
                prop_assert_eq!(reading.to_original(Span::new(0, reading.len())).end, last.end);
            }
        }

        #[test]
        fn normalizing_twice_changes_nothing_more(text in odd_text()) {
            let once = Reading::new(&text).text();
            let twice = Reading::new(&once).text();
            prop_assert_eq!(&twice, &Reading::new(&twice).text());
        }

        #[test]
        fn a_piece_normalizes_to_its_own_chars(text in "[ぁ-んァ-ヶ一-龠Ａ-Ｚ０-９a-z。、㎞ｶﾞ]{0,30}") {
            let reading = Reading::new(&text);
            let source: Vec<char> = text.chars().collect();
            for i in 0..reading.len() {
                let span = reading.to_original(Span::new(i, i + 1));
                let piece: String = source[span.start..span.end].iter().collect();
                prop_assert!(Reading::new(&piece).chars.contains(&reading.chars[i]));
            }
        }
    }
}
