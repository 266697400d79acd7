//! A set of words that can be looked up at a place of the text, forwards or backwards.

use rustc_hash::FxHashMap as HashMap;

/// Words, each with a value, found by their first or last character; the longest match comes first.
#[derive(Debug, Clone)]
pub(crate) struct Words<T> {
    by_first: HashMap<char, Vec<(Vec<char>, T)>>,
    by_last: HashMap<char, Vec<(Vec<char>, T)>>,
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Self { by_first: HashMap::default(), by_last: HashMap::default() }
    }
}

impl<T: Clone> Words<T> {
    pub(crate) fn add(&mut self, word: &str, value: T) {
        let word: Vec<char> = word.chars().collect();
        if let (Some(&first), Some(&last)) = (word.first(), word.last()) {
            for (map, key) in [(&mut self.by_first, first), (&mut self.by_last, last)] {
                let list = map.entry(key).or_default();
                let at = list.partition_point(|(other, _)| other.len() >= word.len());
                list.insert(at, (word.clone(), value.clone()));
            }
        }
    }

    /// All words that begin at `at` and end by `end`, longest first, with their lengths.
    pub(crate) fn all_at<'a>(
        &'a self,
        chars: &'a [char],
        at: usize,
        end: usize,
    ) -> impl Iterator<Item = (usize, &'a T)> {
        let rest = chars.get(at..end.min(chars.len())).unwrap_or_default();
        let list = rest.first().and_then(|first| self.by_first.get(first));
        list.into_iter()
            .flatten()
            .filter(move |(word, _)| rest.starts_with(word))
            .map(|(word, value)| (word.len(), value))
    }

    /// The longest word that begins at `at`.
    pub(crate) fn at<'a>(&'a self, chars: &'a [char], at: usize, end: usize) -> Option<(usize, &'a T)> {
        self.all_at(chars, at, end).next()
    }

    /// All words that end just before `at` and begin at `start` or later, longest first.
    pub(crate) fn all_before<'a>(
        &'a self,
        chars: &'a [char],
        start: usize,
        at: usize,
    ) -> impl Iterator<Item = (usize, &'a T)> {
        let head = chars.get(start..at.min(chars.len())).unwrap_or_default();
        let list = head.last().and_then(|last| self.by_last.get(last));
        list.into_iter()
            .flatten()
            .filter(move |(word, _)| head.ends_with(word))
            .map(|(word, value)| (word.len(), value))
    }

    /// The longest word that ends just before `at`.
    pub(crate) fn before<'a>(&'a self, chars: &'a [char], start: usize, at: usize) -> Option<(usize, &'a T)> {
        self.all_before(chars, start, at).next()
    }

    /// The words found from left to right in `start..end`, without overlaps: place, length, value.
    pub(crate) fn find<'a>(
        &'a self,
        chars: &'a [char],
        start: usize,
        end: usize,
    ) -> Vec<(usize, usize, &'a T)> {
        let mut found = Vec::new();
        let mut at = start;
        while at < end {
            match self.at(chars, at, end) {
                Some((len, value)) => {
                    found.push((at, len, value));
                    at += len;
                }
                None => at += 1,
            }
        }
        found
    }

    /// Whether any word begins within `start..end`.
    pub(crate) fn any_in(&self, chars: &[char], start: usize, end: usize) -> bool {
        (start..end.min(chars.len())).any(|at| self.at(chars, at, end).is_some())
    }
}

/// Whether the text at `at` begins with any of these.
pub(crate) fn begins_with_any(chars: &[char], at: usize, words: &[Vec<char>]) -> bool {
    let rest = chars.get(at..).unwrap_or_default();
    words.iter().any(|word| rest.starts_with(word))
}

/// Whether the text up to `at` ends with any of these.
pub(crate) fn ends_with_any(chars: &[char], at: usize, words: &[Vec<char>]) -> bool {
    let head = chars.get(..at).unwrap_or_default();
    words.iter().any(|word| head.ends_with(word))
}

/// The characters of each part of a list cell.
pub(crate) fn split(parts: &[&str]) -> Vec<Vec<char>> {
    parts.iter().map(|part| part.chars().collect()).collect()
}
