//! Quotations: what stands between quotation marks.

use crate::pair::{Marks, pairs};
use entente_base::{Sentence, Span};

/// A passage between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// The passage with its marks.
    pub outer: Span,
    /// The words between the marks.
    pub inner: Span,
    /// How many quotations it stands within; 0 for one that stands free.
    pub depth: usize,
}

/// The quotations of a document, by where they open: 「」, 『』, “”, ‘’, 〝〟 and the ASCII pair `"…"`.
///
/// A mark without its partner in the sentence makes no quotation.
pub fn quotes(chars: &[char], sentences: &[Sentence]) -> Vec<Quote> {
    let mut found = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    for sentence in sentences {
        ends.clear();
        for (open, close) in pairs(chars, sentence.span.start, sentence.span.end, Marks::Quotes) {
            while ends.last().is_some_and(|&end| end < open) {
                ends.pop();
            }
            found.push(Quote {
                outer: Span::new(open, close + 1),
                inner: Span::new(open + 1, close),
                depth: ends.len(),
            });
            ends.push(close);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences;

    fn of(text: &str) -> Vec<(String, usize)> {
        let chars: Vec<char> = text.chars().collect();
        quotes(&chars, &sentences(&chars)).iter().map(|q| (q.inner.text(&chars), q.depth)).collect()
    }

    #[test]
    fn table() {
        let cases: [(&str, &[(&str, usize)]); 8] = [
            ("首相は「支持する」と述べた。", &[("支持する", 0)]),
            ("彼は「『旧友』だ」と述べた。", &[("『旧友』だ", 0), ("旧友", 1)]),
            ("「甲」と「乙」を挙げた。", &[("甲", 0), ("乙", 0)]),
            ("「支持する。歓迎する。」と述べた。", &[("支持する。歓迎する。", 0)]),
            ("「支持すると述べた。", &[]),
            ("彼は「支持「する」と述べた。", &[("する", 0)]),
            ("He said \"yes\" and “no”.", &[("yes", 0), ("no", 0)]),
            ("首相は“改革\"を掲げた。", &[("改革", 0)]),
        ];
        for (text, wanted) in cases {
            let wanted: Vec<_> = wanted.iter().map(|(t, d)| ((*t).to_owned(), *d)).collect();
            assert_eq!(of(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_million_open_marks_are_quick() {
        let chars = vec!['「'; 1_000_000];
        assert!(quotes(&chars, &sentences(&chars)).is_empty());
        let mut chars = vec!['「'; 500_000];
        chars.extend(vec!['」'; 500_000]);
        let whole = Sentence {
            span: Span::new(0, chars.len()),
            kind: entente_base::SentenceKind::Body,
            paragraph: 0,
        };
        assert_eq!(quotes(&chars, &[whole]).len(), 500_000);
    }
}
