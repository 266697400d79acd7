//! Where the characters of a text stand in a later version of it.

use entente_base::Span;
use std::collections::HashMap;

/// Where the characters of an old text stand in a new one.
#[derive(Debug)]
pub(crate) struct Alignment {
    places: Vec<Option<usize>>,
}

/// A sentence or a line, with what ends it.
fn pieces(chars: &[char]) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (index, c) in chars.iter().enumerate() {
        if matches!(c, '。' | '\n') {
            pieces.push(Span::new(start, index + 1));
            start = index + 1;
        }
    }
    if start < chars.len() {
        pieces.push(Span::new(start, chars.len()));
    }
    pieces
}

impl Alignment {
    pub(crate) fn new(old: &str, new: &str) -> Self {
        let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        let (before, after) = (pieces(&old), pieces(&new));
        let mut by_words: HashMap<&[char], Vec<usize>> = HashMap::new();
        for (index, piece) in after.iter().enumerate().rev() {
            by_words.entry(piece.slice(&new)).or_default().push(index);
        }
        // Pieces of the same words, the first with the first.
        let mut found: Vec<Option<usize>> =
            before.iter().map(|piece| by_words.get_mut(piece.slice(&old)).and_then(Vec::pop)).collect();
        mend(&mut found, after.len());
        let mut places = vec![None; old.len()];
        for (piece, other) in before.iter().zip(&found) {
            let Some(other) = other.and_then(|index| after.get(index)) else { continue };
            join(&old, *piece, &new, *other, &mut places);
        }
        Self { places }
    }

    /// Where a passage stands in the new text, as far as its words are still there.
    pub(crate) fn span(&self, span: Span) -> Option<Span> {
        let places = self.places.get(span.start..span.end.min(self.places.len()))?;
        let first = places.iter().flatten().min()?;
        let last = places.iter().flatten().max()?;
        Some(Span::new(*first, last + 1))
    }
}

/// Pieces that changed between two that did not are one by one what stands there now, where they are as many.
fn mend(found: &mut [Option<usize>], count: usize) {
    let mut from = 0;
    while from < found.len() {
        if found[from].is_some() {
            from += 1;
            continue;
        }
        let to = (from..found.len()).find(|&index| found[index].is_some()).unwrap_or(found.len());
        let first = if from == 0 { Some(0) } else { found[from - 1].map(|index| index + 1) };
        let end = found.get(to).copied().flatten().unwrap_or(count);
        if let Some(first) = first.filter(|first| end.checked_sub(*first) == Some(to - from)) {
            for (offset, slot) in found[from..to].iter_mut().enumerate() {
                *slot = Some(first + offset);
            }
        }
        from = to;
    }
}

/// Joins what two pieces begin and end with.
fn join(old: &[char], a: Span, new: &[char], b: Span, places: &mut [Option<usize>]) {
    let (x, y) = (a.slice(old), b.slice(new));
    let head = x.iter().zip(y).take_while(|(a, b)| a == b).count();
    let rest = x.len().min(y.len()) - head;
    let tail = x.iter().rev().zip(y.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    for offset in 0..head {
        places[a.start + offset] = Some(b.start + offset);
    }
    for offset in 1..=tail {
        places[a.end - offset] = Some(b.end - offset);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand_now() {
        let old = "題\n甲が乙を訪れた。丙が述べた。終わり。";
        for (new, words, expected) in [
            ("題\n甲が乙を訪れた。丙が述べた。終わり。", "乙を", Some("乙を")),
            ("新しい題\n前置き。甲が乙を訪れた。丙が述べた。", "丙が", Some("丙が")),
            ("題\n丙が述べた。甲が乙を訪れた。終わり。", "甲が", Some("甲が")),
            ("題\n甲が丁を訪れた。丙が述べた。終わり。", "甲が", Some("甲が")),
            ("題\n甲が丁を訪れた。丙が述べた。終わり。", "乙", None),
            ("題\n丙が述べた。終わり。", "甲が", None),
            ("", "甲が", None),
        ] {
            let at = old[..old.find(words).unwrap()].chars().count();
            let span = Alignment::new(old, new).span(Span::new(at, at + words.chars().count()));
            let chars: Vec<char> = new.chars().collect();
            assert_eq!(span.map(|span| span.text(&chars)).as_deref(), expected, "{new}");
        }
    }
}
