//! What is searched for and found: the characters of Japanese and the words of other scripts, each at a position.
//!
//! A position stands for one unit, or for any run of spaces and marks between two units. So a phrase is found
//! where its units follow each other, whichever mark parts them.

use entente_base::Span;
use entente_text::Reading;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest word that is told apart, in characters.
const LONGEST_WORD: usize = 64;

/// Longest abbreviation that is told by its capitals: `US` from `us`.
const LONGEST_CAPITALS: usize = 3;

/// Spellings of one word.
const SPELLINGS: &[(&str, &str)] = &[
    ("defence", "defense"),
    ("centre", "center"),
    ("labour", "labor"),
    ("organisation", "organization"),
    ("programme", "program"),
];

/// A character of Japanese, Chinese or Korean, or a word of another script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    Char(char),
    /// Without capitals and accents.
    Word(String),
    /// A short word in capitals, where only that is meant.
    Capitals(String),
}

/// A form and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) form: Form,
    pub(crate) position: usize,
    /// Code points of the text as given.
    pub(crate) span: Span,
    /// The word as written, where it is a short one in capitals.
    capitals: Option<String>,
}

impl Unit {
    /// Whether this unit of a text is what a unit of a query asks for.
    fn answers(&self, asked: &Form) -> bool {
        match asked {
            Form::Capitals(word) => self.capitals.as_ref() == Some(word),
            form => self.form == *form,
        }
    }
}

/// Whether a character is one of a script that parts no words by spaces.
fn is_script(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}'
        | '\u{30FC}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// ヴ with a small vowel, as the press writes it otherwise.
fn without_vu(vowel: Option<char>) -> (char, usize) {
    match vowel {
        Some('ァ') => ('バ', 2),
        Some('ィ') => ('ビ', 2),
        Some('ェ') => ('ベ', 2),
        Some('ォ') => ('ボ', 2),
        _ => ('ブ', 1),
    }
}

/// The units of a text.
pub(crate) fn units(text: &str) -> Vec<Unit> {
    let reading = Reading::new(text);
    let chars = &reading.chars;
    let mut units = Vec::with_capacity(chars.len());
    let (mut at, mut position, mut parted) = (0, 0, true);
    while let Some(&c) = chars.get(at) {
        let (form, length, capitals) = if c == 'ヴ' {
            let (c, length) = without_vu(chars.get(at + 1).copied());
            (Form::Char(c), length, None)
        } else if is_script(c) {
            (Form::Char(c), 1, None)
        } else if c.is_alphanumeric() {
            let rest = chars.get(at..).unwrap_or_default();
            let length = rest
                .iter()
                .take_while(|c| c.is_alphanumeric() && !is_script(**c) || is_combining_mark(**c))
                .take(LONGEST_WORD)
                .count();
            let word = rest.get(..length).unwrap_or_default();
            let capitals = word.len() <= LONGEST_CAPITALS && word.iter().all(char::is_ascii_uppercase);
            (Form::Word(folded(word)), length, capitals.then(|| word.iter().collect()))
        } else {
            if !parted {
                position += 1;
                parted = true;
            }
            at += 1;
            continue;
        };
        units.push(Unit { form, position, span: reading.to_original(Span::new(at, at + length)), capitals });
        position += 1;
        parted = false;
        at += length;
    }
    units
}

/// A word without capitals and accents, in one spelling.
fn folded(word: &[char]) -> String {
    let word: String =
        word.iter().flat_map(|c| c.to_lowercase()).nfd().filter(|c| !is_combining_mark(*c)).collect();
    SPELLINGS.iter().find(|(other, _)| *other == word).map_or(word, |(_, one)| (*one).to_owned())
}

/// What the index holds of units: `(position, token)`, in order of position.
///
/// Of characters side by side each pair is a token; the first and the last of a run, which may meet a word or stand
/// alone, are tokens by themselves too.
fn tokens(units: &[Unit]) -> Vec<(usize, String)> {
    let mut tokens = Vec::with_capacity(units.len() + units.len() / 4);
    let character = |index: usize, position: usize| match units.get(index) {
        Some(Unit { form: Form::Char(c), position: at, .. }) if *at == position => Some(*c),
        _ => None,
    };
    for (index, unit) in units.iter().enumerate() {
        let at = unit.position;
        match &unit.form {
            Form::Char(c) => {
                let before = index > 0 && at > 0 && character(index - 1, at - 1).is_some();
                let after = character(index + 1, at + 1);
                if !before || after.is_none() {
                    tokens.push((at, c.to_string()));
                }
                if let Some(next) = after {
                    tokens.push((at, [*c, next].iter().collect()));
                }
            }
            Form::Word(word) | Form::Capitals(word) => {
                tokens.push((at, word.clone()));
                if let Some(capitals) = &unit.capitals {
                    tokens.push((at, capitals.clone()));
                }
            }
        }
    }
    tokens
}

/// A row of units that is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase(Vec<(usize, Form)>);

impl Phrase {
    /// The phrase of some words; `None` where they have no unit.
    pub(crate) fn new(words: &str) -> Option<Self> {
        Self::of(words, false)
    }

    /// The phrase of a name of the lexicon: a short one in capitals is meant as written.
    pub(crate) fn name(words: &str) -> Option<Self> {
        Self::of(words, true)
    }

    fn of(words: &str, by_capitals: bool) -> Option<Self> {
        let units = units(words);
        let alone = units.len() == 1;
        let first = units.first()?.position;
        let form = |unit: Unit| match unit.capitals {
            Some(word) if by_capitals && alone => Form::Capitals(word),
            _ => unit.form,
        };
        Some(Self(units.into_iter().map(|unit| (unit.position - first, form(unit))).collect()))
    }

    /// The character that it is, where it is but one.
    pub(crate) fn character(&self) -> Option<char> {
        match self.0.as_slice() {
            [(_, Form::Char(c))] => Some(*c),
            _ => None,
        }
    }

    /// The tokens that together say it, each with its distance from the first: as few as cover every unit.
    pub(crate) fn tokens(&self) -> Vec<(usize, String)> {
        let mut tokens = Vec::new();
        let mut index = 0;
        while let Some((at, form)) = self.0.get(index) {
            let pair = |index: usize| match (self.0.get(index), self.0.get(index + 1)) {
                (Some((at, Form::Char(a))), Some((next, Form::Char(b)))) if *next == at + 1 => {
                    Some((*at, [*a, *b].iter().collect::<String>()))
                }
                _ => None,
            };
            // The last character of a run of odd length is covered by the pair that it ends.
            let back = || index.checked_sub(1).and_then(pair);
            if let Some(token) = pair(index) {
                tokens.push(token);
                index += 2;
                continue;
            }
            match form {
                Form::Char(c) => tokens.push(back().unwrap_or_else(|| (*at, c.to_string()))),
                Form::Word(word) | Form::Capitals(word) => tokens.push((*at, word.clone())),
            }
            index += 1;
        }
        tokens
    }

    /// Whether whatever holds the other holds this.
    pub(crate) fn is_within(&self, other: &Phrase) -> bool {
        let Some((_, head)) = self.0.first() else { return true };
        (0..other.0.len()).any(|start| {
            other.0.get(start..start + self.0.len()).is_some_and(|part| {
                let base = part.first().map_or(0, |(at, _)| *at);
                part.first().is_some_and(|(_, form)| form == head)
                    && part
                        .iter()
                        .zip(&self.0)
                        .all(|((at, form), (wanted, asked))| at - base == *wanted && form == asked)
            })
        })
    }

    /// Where it stands in the units of a text, as spans of the text as given.
    pub(crate) fn find<'a>(&'a self, units: &'a [Unit]) -> impl Iterator<Item = Span> + 'a {
        units.windows(self.0.len()).filter_map(|part| {
            let (first, last) = (part.first()?, part.last()?);
            let same = part.iter().zip(&self.0).all(|(unit, (distance, form))| {
                unit.answers(form) && unit.position - first.position == *distance
            });
            same.then(|| Span::new(first.span.start, last.span.end))
        })
    }
}

/// Which tokens an index field holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Units {
    /// Pairs of characters, and words.
    Pairs,
    /// Each character once.
    Characters,
}

/// The tokens of one text, handed out one by one.
pub(crate) struct Stream {
    tokens: std::vec::IntoIter<(usize, String)>,
    token: Token,
}

impl Tokenizer for Units {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        let units = units(text);
        let tokens = match self {
            Units::Pairs => tokens(&units),
            Units::Characters => {
                let mut chars: Vec<char> = units
                    .iter()
                    .filter_map(|unit| match unit.form {
                        Form::Char(c) => Some(c),
                        _ => None,
                    })
                    .collect();
                chars.sort_unstable();
                chars.dedup();
                chars.into_iter().enumerate().map(|(at, c)| (at, c.to_string())).collect()
            }
        };
        Stream { tokens: tokens.into_iter(), token: Token::default() }
    }
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let Some((position, text)) = self.tokens.next() else { return false };
        self.token = Token { offset_from: 0, offset_to: 0, position, text, position_length: 1 };
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(phrase: &str, text: &str) -> Vec<(usize, usize)> {
        let units = units(text);
        let phrase = Phrase::new(phrase).unwrap();
        phrase.find(&units).map(|span| (span.start, span.end)).collect()
    }

    #[test]
    fn phrases_are_found_where_they_stand() {
        for (phrase, text, wanted) in [
            ("訪中", "大統領の訪中は3回目", &[(4, 6)][..]),
            ("中露", "中 露", &[]),
            ("米国、中国", "米国・中国", &[(0, 5)]),
            ("ロシア", "ﾛｼｱとロシア", &[(0, 3), (4, 7)]),
            ("ヴィクトル", "ビクトルとヴィクトル", &[(0, 4), (5, 10)]),
            ("5月", "2015月、5月", &[(6, 8)]),
            ("第2回会合", "第２回会合", &[(0, 5)]),
            ("erdogan", "Erdoğan said", &[(0, 7)]),
            ("Ministry of Defense", "the Ministry of Defence", &[(4, 23)]),
            ("G7首脳", "Ｇ７首脳会議", &[(0, 4)]),
        ] {
            assert_eq!(found(phrase, text), wanted, "{phrase} in {text}");
        }
    }

    #[test]
    fn capitals_tell_a_name() {
        let name = Phrase::name("US").unwrap();
        assert_eq!(name.find(&units("tell us")).count(), 0);
        assert_eq!(name.find(&units("the US")).count(), 1);
        assert_eq!(Phrase::new("US").unwrap().find(&units("tell us")).count(), 1);
    }

    #[test]
    fn a_phrase_is_said_by_few_tokens() {
        let said = |words: &str| {
            Phrase::new(words)
                .unwrap()
                .tokens()
                .into_iter()
                .map(|(at, t)| format!("{at}{t}"))
                .collect::<Vec<_>>()
        };
        assert_eq!(said("中露首脳"), ["0中露", "2首脳"]);
        assert_eq!(said("プーチンは"), ["0プー", "2チン", "3ンは"]);
        assert_eq!(said("2回"), ["02", "1回"]);
        assert_eq!(said("China-Russia ties"), ["0china", "2russia", "4ties"]);
    }

    proptest! {
        // The index finds what is there: every token that says a piece of a text is one of the text.
        #[test]
        fn the_tokens_of_a_piece_are_in_the_text(text in "[中露訪プーチン5aB、 ]{2,30}", start in 0..30_usize, length in 1..8_usize) {
            let all = units(&text);
            prop_assume!(start + length <= all.len());
            let piece = &all[start..start + length];
            let words: String = text.chars().skip(piece[0].span.start)
                .take(piece[length - 1].span.end - piece[0].span.start).collect();
            let phrase = Phrase::new(&words).unwrap();
            let base = piece[0].position;
            let held = tokens(&all);
            prop_assert!(phrase.find(&all).any(|span| span.start == piece[0].span.start));
            if phrase.character().is_none() {
                for (distance, token) in phrase.tokens() {
                    // A single character that is cut out of a run is found by its pair only.
                    let inner = token.chars().count() == 1 && !held.contains(&(base + distance, token.clone()));
                    prop_assert!(!inner, "{token} at {distance} of {words}");
                }
            }
        }
    }
}
