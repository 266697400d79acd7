//! The document as this room looks at it: characters with their tokens beneath.

use crate::Input;
use entente_base::Sentence;
use entente_token::{Tag, Token};

pub(crate) struct Page<'a> {
    pub(crate) chars: &'a [char],
    pub(crate) sentences: &'a [Sentence],
    pub(crate) published: Option<&'a str>,
    pub(crate) tokens: Vec<&'a Token>,
    /// For each character the index of its token; `NONE` outside sentences.
    token_at: Vec<u32>,
}

const NONE: u32 = u32::MAX;
/// Characters over which a compound of nouns is followed.
const LONGEST_COMPOUND: usize = 120;

impl<'a> Page<'a> {
    pub(crate) fn new(input: &Input<'a>) -> Self {
        let tokens: Vec<&Token> = input.tokens.iter().flatten().collect();
        let mut token_at = vec![NONE; input.chars.len()];
        for (index, token) in tokens.iter().enumerate() {
            for slot in token_at.get_mut(token.span.start..token.span.end).unwrap_or_default() {
                *slot = u32::try_from(index).unwrap_or(NONE);
            }
        }
        Self { chars: input.chars, sentences: input.sentences, published: input.published, tokens, token_at }
    }

    /// Index of the token that covers a character.
    pub(crate) fn token_index(&self, at: usize) -> Option<usize> {
        self.token_at.get(at).copied().filter(|&index| index != NONE).map(|index| index as usize)
    }

    /// The token that covers a character.
    pub(crate) fn token(&self, at: usize) -> Option<&'a Token> {
        self.token_index(at).map(|index| self.tokens[index])
    }

    /// Whether a token begins at a character, or none covers it.
    pub(crate) fn begins(&self, at: usize) -> bool {
        self.token(at).is_none_or(|token| token.span.start == at)
    }

    /// Whether a token ends right before a character.
    pub(crate) fn ends(&self, at: usize) -> bool {
        at == 0 || self.token(at - 1).is_none_or(|token| token.span.end == at)
    }

    pub(crate) fn at(&self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or('\0')
    }

    pub(crate) fn before(&self, index: usize) -> char {
        if index == 0 { '\0' } else { self.at(index - 1) }
    }

    pub(crate) fn starts_with(&self, at: usize, words: &str) -> bool {
        words.chars().enumerate().all(|(offset, c)| self.at(at + offset) == c)
    }

    pub(crate) fn ends_with(&self, end: usize, words: &str) -> bool {
        let mut at = end;
        words.chars().rev().all(|c| {
            let fits = at > 0 && self.at(at - 1) == c;
            at = at.saturating_sub(1);
            fits
        })
    }

    /// Where the run of katakana around `at` begins, going left from it.
    pub(crate) fn katakana_start(&self, at: usize) -> usize {
        let mut start = at;
        while start > 0 && is_katakana(self.at(start - 1)) {
            start -= 1;
        }
        start
    }

    /// Where the run of katakana that begins at `at` ends.
    pub(crate) fn katakana_end(&self, at: usize) -> usize {
        let mut end = at;
        while is_katakana(self.at(end)) {
            end += 1;
        }
        end
    }

    /// Index of the sentence that holds a character.
    pub(crate) fn sentence_of(&self, at: usize) -> Option<usize> {
        let index = self.sentences.partition_point(|sentence| sentence.span.end <= at);
        self.sentences.get(index).filter(|sentence| sentence.span.covers(at)).map(|_| index)
    }

    /// Where the compound of nouns that goes on at `at` ends, as far as a name may reach.
    pub(crate) fn compound_end(&self, at: usize) -> usize {
        let mut end = at;
        while let Some(token) = self.token(end).filter(|_| end - at < LONGEST_COMPOUND) {
            let dot = token.tag == Tag::Symbol && self.at(end) == '・';
            if !(token.tag.is_nominal() || dot) || token.span.end <= end {
                break;
            }
            end = token.span.end;
        }
        if end > at && self.before(end) == '・' { end - 1 } else { end }
    }
}

pub(crate) fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ')
}

pub(crate) fn is_kanji(c: char) -> bool {
    matches!(c, '一'..='鿿' | '㐀'..='䶿' | '々' | '〆' | '𠀀'..='𯨟')
}

pub(crate) fn is_hiragana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ')
}
