//! The embedded Japanese dictionary and the tokenizer.
//!
//! Tokens tile the text: joined, they are the characters that went in.

mod tag;

pub use tag::{Form, NamePart, Tag};

use compact_str::CompactString;
use entente_base::{Sentence, Span};
use rustc_hash::FxHashMap;
use std::fmt::Write as _;

static DICTIONARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/ipadic.dic"));

/// Longest piece, in code points, that the tokenizer is given at once; longer sentences are cut at punctuation.
const PIECE_CHARS: usize = 2_000;

/// A word of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its code points in the reading.
    pub span: Span,
    /// Part of speech.
    pub tag: Tag,
    /// Form of a conjugating word.
    pub form: Form,
    /// Dictionary form.
    pub base: CompactString,
    /// Whether it stands in no dictionary.
    pub unknown: bool,
    /// Part of a person's name, where the dictionary tells.
    pub name_part: Option<NamePart>,
}

/// The dictionary form of a word of one character.
pub fn short(c: char) -> CompactString {
    CompactString::from(c.encode_utf8(&mut [0; 4]) as &str)
}

/// The embedded dictionary does not open.
#[derive(Debug, thiserror::Error)]
#[error("the embedded Japanese dictionary is damaged: {0}\n  help: run `make dictionary` and build again")]
pub struct DictionaryError(String);

/// Class of a word that the caller adds to the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordClass {
    /// A person's name.
    Person,
    /// An organization.
    Organization,
    /// A place.
    Place,
    /// A state.
    Country,
}

/// The embedded dictionary, opened.
pub struct Dictionary {
    inner: vibrato::Dictionary,
}

impl Dictionary {
    /// Opens the embedded dictionary.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn open() -> Result<Self, DictionaryError> {
        let inner =
            vibrato::Dictionary::read(DICTIONARY).map_err(|error| DictionaryError(error.to_string()))?;
        Ok(Self { inner })
    }
}

/// The tokenizer: immutable, shared by all threads.
pub struct Tokenizer {
    inner: vibrato::Tokenizer,
}

/// Scratch memory of one thread.
pub struct Worker<'t> {
    inner: vibrato::tokenizer::worker::Worker<'t>,
    piece: String,
    /// What was read of the feature rows met so far, by where they lie in the dictionary, which does not move.
    rows: FxHashMap<usize, Row>,
}

/// What a feature row of the dictionary tells.
#[derive(Debug, Clone)]
struct Row {
    tag: Tag,
    form: Form,
    base: CompactString,
    name_part: Option<NamePart>,
}

impl Row {
    fn read(feature: &str) -> Self {
        let (tag, form, base) = tag::read(feature);
        Self { tag, form, base: base.into(), name_part: tag::name_part(feature) }
    }
}

impl Tokenizer {
    /// Opens the embedded dictionary and adds words of the caller's.
    ///
    /// # Errors
    /// When the embedded dictionary is damaged.
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a str, WordClass)>) -> Result<Self, DictionaryError> {
        Self::with(Dictionary::open()?, words)
    }

    /// A tokenizer with a dictionary already open, and words of the caller's.
    ///
    /// # Errors
    /// When the words cannot be added.
    pub fn with<'a>(
        dictionary: Dictionary,
        words: impl IntoIterator<Item = (&'a str, WordClass)>,
    ) -> Result<Self, DictionaryError> {
        let damaged = |error: vibrato::errors::VibratoError| DictionaryError(error.to_string());
        let mut dictionary = dictionary.inner;
        let mut rows = String::new();
        for (word, class) in words {
            if word.is_empty() || word.contains([',', '"', '\n', ' ']) {
                continue;
            }
            // Connection ids of IPADIC's proper nouns.
            let (id, sub) = match class {
                WordClass::Person => (1289, "人名"),
                WordClass::Organization => (1292, "組織"),
                WordClass::Place => (1293, "地域"),
                WordClass::Country => (1294, "地域"),
            };
            let _ = writeln!(rows, "{word},{id},{id},1000,名詞,固有名詞,{sub},,");
        }
        if !rows.is_empty() {
            dictionary = dictionary.reset_user_lexicon_from_reader(Some(rows.as_bytes())).map_err(damaged)?;
        }
        Ok(Self { inner: vibrato::Tokenizer::new(dictionary) })
    }

    /// Scratch memory for one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker { inner: self.inner.new_worker(), piece: String::new(), rows: FxHashMap::default() }
    }
}

impl Worker<'_> {
    /// The tokens of one sentence; together they cover exactly its span.
    pub fn tokenize(&mut self, chars: &[char], sentence: &Sentence) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(sentence.span.len() / 2 + 1);
        let mut at = sentence.span.start;
        while at < sentence.span.end {
            let end = piece_end(chars, at, sentence.span.end);
            self.piece.clear();
            self.piece.extend(Span::new(at, end).slice(chars));
            self.inner.reset_sentence(&self.piece);
            self.inner.tokenize();
            for index in 0..self.inner.num_tokens() {
                let token = self.inner.token(index);
                let range = token.range_char();
                let feature = token.feature();
                let row = self.rows.entry(feature.as_ptr().addr()).or_insert_with(|| Row::read(feature));
                tokens.push(Token {
                    span: Span::new(at + range.start, at + range.end),
                    tag: row.tag,
                    form: row.form,
                    base: if row.base.is_empty() { token.surface().into() } else { row.base.clone() },
                    unknown: token.lex_type() == vibrato::dictionary::LexType::Unknown,
                    name_part: row.name_part,
                });
            }
            at = end;
        }
        tokens
    }
}

/// Where the piece that begins at `at` ends: the sentence's end, or the last punctuation within reach.
fn piece_end(chars: &[char], at: usize, end: usize) -> usize {
    if end - at <= PIECE_CHARS {
        return end;
    }
    let limit = at + PIECE_CHARS;
    (at + PIECE_CHARS / 2..limit)
        .rev()
        .find(|&index| matches!(chars[index], '、' | '。' | ' ' | '\n' | ','))
        .map_or(limit, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_base::SentenceKind;

    fn surfaces(text: &str, words: &[(&str, WordClass)]) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let tokenizer = Tokenizer::new(words.iter().copied()).unwrap();
        let sentence = Sentence { span: Span::new(0, chars.len()), kind: SentenceKind::Body, paragraph: 0 };
        let tokens = tokenizer.worker().tokenize(&chars, &sentence);
        tokens.iter().map(|token| token.span.text(&chars)).collect()
    }

    #[test]
    fn tokens_tile_the_text() {
        for text in ["両首脳は会談した。", "", " 空白 と\n改行", "😀ｱﾞ(注)", &"会".repeat(5_000)]
        {
            assert_eq!(surfaces(text, &[]).concat(), text);
        }
    }

    #[test]
    fn words_of_the_caller_stay_whole() {
        assert!(
            surfaces("趙立堅報道官は述べた。", &[("趙立堅", WordClass::Person)])
                .contains(&"趙立堅".to_owned())
        );
    }

    #[test]
    fn a_middle_dot_parts_words() {
        assert!(surfaces("ロシア・ベラルーシ", &[]).contains(&"・".to_owned()));
    }

    #[test]
    fn verbs_know_their_base_and_form() {
        let chars: Vec<char> = "求めた".chars().collect();
        let tokenizer = Tokenizer::new([]).unwrap();
        let sentence = Sentence { span: Span::new(0, 3), kind: SentenceKind::Body, paragraph: 0 };
        let tokens = tokenizer.worker().tokenize(&chars, &sentence);
        assert_eq!(
            (tokens[0].base.as_str(), tokens[0].tag, tokens[0].form),
            ("求める", Tag::Verb, Form::Continuative)
        );
        assert_eq!((tokens[1].base.as_str(), tokens[1].tag), ("た", Tag::Auxiliary));
    }
}
