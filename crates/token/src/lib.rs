//! The embedded Japanese dictionary and the tokenizer.
//!
//! Tokens tile the text: joined, they are the characters that went in.

mod dictionary;
mod lattice;
mod layout;
mod tag;
mod user;

pub use dictionary::DictionaryError;
pub use tag::{Form, NamePart, Tag};

use compact_str::CompactString;
use dictionary::Dictionary;
use entente_base::{Sentence, Span};
use lattice::{Lattice, Origin};
use user::UserWords;

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

/// The tokenizer: immutable, shared by all threads.
pub struct Tokenizer {
    dictionary: Dictionary,
    user: UserWords,
}

/// Scratch memory of one thread.
pub struct Worker<'t> {
    tokenizer: &'t Tokenizer,
    lattice: Lattice,
}

impl Tokenizer {
    /// The embedded dictionary, with words of the caller's added.
    ///
    /// # Errors
    /// When the embedded dictionary is damaged.
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a str, WordClass)>) -> Result<Self, DictionaryError> {
        let dictionary = Dictionary::open()?;
        Ok(Self { user: UserWords::new(&dictionary, words), dictionary })
    }

    /// Scratch memory for one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker { tokenizer: self, lattice: Lattice::default() }
    }
}

impl Worker<'_> {
    /// The tokens of one sentence; together they cover exactly its span.
    pub fn tokenize(&mut self, chars: &[char], sentence: &Sentence) -> Vec<Token> {
        let Tokenizer { dictionary, user } = self.tokenizer;
        let mut tokens = Vec::with_capacity(sentence.span.len() / 2 + 1);
        let mut at = sentence.span.start;
        while at < sentence.span.end {
            let end = piece_end(chars, at, sentence.span.end);
            let piece = Span::new(at, end).slice(chars);
            let first = tokens.len();
            self.lattice.read(dictionary, user, piece, |start, end, origin| {
                let word = || piece.get(start..end).unwrap_or_default().iter().collect();
                let span = Span::new(at + start, at + end);
                let token = match origin {
                    Origin::User(place) => Token {
                        span,
                        tag: user.tag(place),
                        form: Form::None,
                        base: word(),
                        unknown: false,
                        name_part: None,
                    },
                    Origin::Known(row) | Origin::Unknown(row) => {
                        let row = dictionary.row(row);
                        Token {
                            span,
                            tag: row.tag,
                            form: row.form,
                            base: if row.base.is_empty() { word() } else { row.base.into() },
                            unknown: matches!(origin, Origin::Unknown(_)),
                            name_part: row.name_part,
                        }
                    }
                };
                tokens.push(token);
            });
            if let Some(piece) = tokens.get_mut(first..) {
                piece.reverse();
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
