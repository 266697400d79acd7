//! Sets of characters that are asked of every character of a text.

/// Whether a character is of a kind that Japanese text is mostly made of, of which it is known that all are letters.
fn is_kana_or_kanji(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}')
}

/// What [`char::is_alphanumeric`] says, quick for kana and kanji: they lie far back in its tables.
pub fn is_alphanumeric(c: char) -> bool {
    is_kana_or_kanji(c) || c.is_alphanumeric()
}

/// What [`char::is_numeric`] says, quick for kana and kanji.
pub fn is_numeric(c: char) -> bool {
    !is_kana_or_kanji(c) && c.is_numeric()
}

/// A set of characters: a bit for each of the Basic Multilingual Plane, and one for all beyond it.
#[derive(Debug, Clone)]
pub struct CharSet {
    bits: Box<[u64; 1024]>,
    beyond: bool,
}

impl Default for CharSet {
    fn default() -> Self {
        Self { bits: Box::new([0; 1024]), beyond: false }
    }
}

impl CharSet {
    /// Adds all characters from `first` to `last`; if one of them lies beyond the Basic Multilingual Plane, all that lie
    /// there are in the set.
    pub fn insert_range(&mut self, first: char, last: char) {
        self.beyond |= last > '\u{ffff}';
        for code in u32::from(first)..=u32::from(last).min(0xffff) {
            let code = code as usize;
            self.bits[code >> 6] |= 1 << (code & 63);
        }
    }

    /// Adds a character.
    pub fn insert(&mut self, c: char) {
        self.insert_range(c, c);
    }

    /// Whether a character is in the set; of those beyond the Basic Multilingual Plane, whether one of them was added.
    pub fn contains(&self, c: char) -> bool {
        let code = c as usize;
        self.bits.get(code >> 6).map_or(self.beyond, |word| word >> (code & 63) & 1 == 1)
    }
}

impl Extend<char> for CharSet {
    fn extend<I: IntoIterator<Item = char>>(&mut self, chars: I) {
        chars.into_iter().for_each(|c| self.insert(c));
    }
}

impl FromIterator<char> for CharSet {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Self {
        let mut set = Self::default();
        set.extend(chars);
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_numbers_are_those_of_the_standard_library() {
        for c in '\0'..=char::MAX {
            assert_eq!((is_alphanumeric(c), is_numeric(c)), (c.is_alphanumeric(), c.is_numeric()), "{c:?}");
        }
    }

    #[test]
    fn holds_what_was_added() {
        let mut set: CharSet = ['日', 'a'].into_iter().collect();
        set.insert_range('ァ', 'ヺ');
        for c in ['日', 'a', 'ァ', 'ロ', 'ヺ'] {
            assert!(set.contains(c), "{c}");
        }
        for c in ['本', 'b', 'ン', '\u{30fb}', '😀', '\0'] {
            assert_eq!(set.contains(c), c == 'ン', "{c}");
        }
        set.insert('𠮷');
        assert!(set.contains('😀'), "beyond the plane it does not tell one from another");
    }
}
