//! Places in a text, counted in Unicode code points.

use serde::{Deserialize, Serialize};

/// A half-open range `[start, end)` of Unicode code points (`char` indices, never bytes).
///
/// Within the rooms a span points into the *normalized* characters of a reading; in a
/// [`Record`](crate::record::Record) it points into `document.text`, the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Number of code points.
    pub const fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers nothing.
    pub const fn is_empty(&self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(&self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the code point at `index` lies inside.
    pub const fn covers(&self, index: usize) -> bool {
        self.start <= index && index < self.end
    }

    /// Whether the two share at least one code point.
    pub const fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn join(&self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The words it covers.
    pub fn text(&self, chars: &[char]) -> String {
        chars.get(self.start..self.end).unwrap_or_default().iter().collect()
    }

    /// The characters it covers; empty when out of range.
    pub fn slice<'a>(&self, chars: &'a [char]) -> &'a [char] {
        chars.get(self.start..self.end).unwrap_or_default()
    }
}

/// What kind of line or sentence it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SentenceKind {
    /// A headline or sub-heading: a line of its own without 。, or the first line of the document.
    Heading,
    /// An item of a list (`- …`, `・…`, `1 …`), which may break off without 。.
    Item,
    /// An ordinary sentence.
    Body,
    /// A line that only names a source: `Reference(s):`, a bare host name, a foreign-language title after it.
    Reference,
}

/// A sentence or heading of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Its characters, without surrounding white space and without a list marker, with its closing 。.
    pub span: Span,
    /// What kind of line it is.
    pub kind: SentenceKind,
    /// Number of the paragraph (block between line breaks) that it stands in, from 0.
    pub paragraph: usize,
}
