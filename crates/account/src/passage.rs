//! Passages worth quoting: sentences of a document, and the part of one that a reader needs.

use crate::digest::Quote;
use crate::words::Words;
use entente_base::Span;
use serde::Serialize;
use std::ops::Range;

/// Longest sentence quoted whole, in characters.
const WHOLE_CHARS: usize = 130;
/// Shortest clause that says enough by itself.
const CLAUSE_CHARS: usize = 12;

/// What kind of line a sentence stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    Heading,
    Item,
    Body,
    /// Names a source, or is in another language.
    Reference,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Sentence {
    pub(crate) span: Span,
    pub(crate) line: Line,
}

/// The text of a document, cut into sentences once.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pub(crate) chars: Vec<char>,
    pub(crate) sentences: Vec<Sentence>,
}

/// Words quoted from a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Index of the document in the account.
    pub document: usize,
    /// Where the words stand in its text.
    pub span: Span,
    /// The words, on one line; `…` where the sentence goes on.
    pub text: String,
}

fn is_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '．')
}

fn is_pause(c: char) -> bool {
    matches!(c, '、' | '，' | ',')
}

fn opens(c: char) -> bool {
    matches!(c, '「' | '『' | '（' | '(' | '〈' | '《' | '【' | '［' | '“')
}

fn closes(c: char) -> bool {
    matches!(c, '」' | '』' | '）' | ')' | '〉' | '》' | '】' | '］' | '”')
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '々')
}

fn is_mark(c: char) -> bool {
    matches!(c, '-' | '・' | '●' | '○' | '■' | '◆' | '*' | '•' | '‐' | '－')
}

impl Text {
    pub(crate) fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut sentences = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            let end =
                chars[at..].iter().position(|&c| c == '\n' || c == '\r').map_or(chars.len(), |n| at + n);
            cut_line(&chars, at..end, &mut sentences);
            at = end + 1;
        }
        Self { chars, sentences }
    }

    /// Index of the first sentence that ends after `at`.
    fn first_after(&self, at: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.span.end <= at)
    }

    /// The sentences that a span touches.
    pub(crate) fn touched(&self, span: Span) -> &[Sentence] {
        let first = self.first_after(span.start);
        let count =
            self.sentences[first..].iter().take_while(|sentence| sentence.span.start < span.end).count();
        &self.sentences[first..first + count]
    }

    /// The words of a span on one line.
    pub(crate) fn words(&self, span: Span) -> String {
        let mut out = String::new();
        for &c in span.slice(&self.chars) {
            if c.is_whitespace() {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            } else if !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}') {
                out.push(c);
            }
        }
        out.trim_end().to_owned()
    }

    /// Fit to be quoted, the passage around some evidence: its sentence, or where that is long or
    /// reports other things too (`shared`), the clause. Never cut inside a word or a bracket.
    pub(crate) fn quote(&self, evidence: Span, shared: bool, words: &Words) -> Quote {
        let touched = self.touched(evidence);
        let (Some(first), Some(last)) = (touched.first(), touched.last()) else {
            return Quote { span: evidence, text: self.words(evidence) };
        };
        let mut whole = Span::new(first.span.start, last.span.end);
        if first.line == Line::Item {
            whole.start = self.after_item_label(whole, evidence);
        }
        whole.start = self.after_lead(whole, words);
        let clause = self.clause(whole, evidence);
        let fits = whole.len() <= WHOLE_CHARS;
        let thin = clause.len() < CLAUSE_CHARS;
        let span =
            if fits && (!shared || thin) || thin && whole.len() <= 2 * WHOLE_CHARS { whole } else { clause };
        let span = self.shorten(span, evidence);
        Quote { span, text: self.marked(span, whole) }
    }

    /// The words of a span with `…` where it leaves out a part of the sentence.
    fn marked(&self, span: Span, whole: Span) -> String {
        let mut text = self.words(span);
        let trimmed = text.trim_end_matches(is_pause).len();
        text.truncate(trimmed);
        let tail = Span::new(span.end, whole.end);
        let goes_on = tail.slice(&self.chars).iter().any(|&c| c.is_alphanumeric());
        if goes_on {
            text.push('…');
        }
        if span.start > whole.start {
            text.insert(0, '…');
        }
        text
    }

    /// Where an item begins behind a label such as 「貿易:」 that the evidence does not need.
    fn after_item_label(&self, whole: Span, evidence: Span) -> usize {
        let label = whole.slice(&self.chars).iter().take(20).position(|c| matches!(c, ':' | '：'));
        match label.map(|at| whole.start + at + 1) {
            Some(after) if after < whole.end && after <= evidence.start => after,
            _ => whole.start,
        }
    }

    /// Where the sentence begins behind an opening such as 「また、」.
    fn after_lead(&self, whole: Span, words: &Words) -> usize {
        let mut start = whole.start;
        for (lead, _) in words.hints("lead").iter().filter(|(lead, _)| lead.ends_with('、')) {
            let lead: Vec<char> = lead.chars().collect();
            let after = whole.start + lead.len();
            if after < whole.end && whole.slice(&self.chars).starts_with(&lead) {
                start = start.max(after);
            }
        }
        start
    }

    /// The evidence widened to the pauses around it.
    fn clause(&self, whole: Span, evidence: Span) -> Span {
        let chars = &self.chars;
        let (mut start, mut end) = (evidence.start.max(whole.start), evidence.end.min(whole.end));
        let mut depth = 0i32;
        while start > whole.start {
            let before = chars[start - 1];
            if closes(before) {
                depth += 1;
            } else if opens(before) {
                depth -= 1;
            } else if depth <= 0 && (is_pause(before) || is_end(before)) {
                break;
            }
            start -= 1;
        }
        let open = |span: Span| {
            span.slice(chars).iter().map(|&c| i32::from(opens(c)) - i32::from(closes(c))).sum::<i32>()
        };
        let mut depth = open(Span::new(start, end));
        while end < whole.end {
            let last = chars[end - 1];
            if depth <= 0 && (is_pause(last) || is_end(last)) {
                break;
            }
            depth += i32::from(opens(chars[end])) - i32::from(closes(chars[end]));
            end += 1;
        }
        Span::new(start, end)
    }

    /// A span of readable length: pauses decide where a very long one breaks off, behind the evidence if possible.
    fn shorten(&self, span: Span, evidence: Span) -> Span {
        const LONGEST: usize = 2 * WHOLE_CHARS;
        if span.len() <= LONGEST {
            return span;
        }
        let from = if evidence.end.saturating_sub(span.start) > LONGEST {
            evidence.start.max(span.start)
        } else {
            span.start
        };
        let limit = span.end.min(from + LONGEST);
        let wanted = evidence.end.clamp(from + 1, limit);
        let pause = |range: Range<usize>| {
            range.rev().find(|&at| self.chars.get(at).is_some_and(|&c| is_pause(c) || is_end(c)))
        };
        let end = pause(wanted.saturating_sub(1)..limit)
            .or_else(|| pause(from + 1..limit))
            .map_or(limit, |at| at + 1);
        Span::new(from, end)
    }
}

/// Cuts one line into sentences, without its list mark and the space around.
fn cut_line(chars: &[char], range: Range<usize>, out: &mut Vec<Sentence>) {
    let Range { mut start, mut end } = range;
    while start < end && chars[start].is_whitespace() {
        start += 1;
    }
    while end > start && chars[end - 1].is_whitespace() {
        end -= 1;
    }
    if start == end {
        return;
    }
    let mut item = false;
    if is_mark(chars[start]) && end - start > 1 {
        item = true;
        start += 1;
        while start < end && (chars[start].is_whitespace() || is_mark(chars[start])) {
            start += 1;
        }
    } else {
        let digits = chars[start..end].iter().take_while(|c| c.is_numeric()).count();
        let spaces =
            chars[start + digits..end].iter().take_while(|c| c.is_whitespace() || **c == '.').count();
        if digits > 0 && digits <= 3 && spaces > 0 {
            item = true;
            start += digits + spaces;
        }
    }
    let japanese = chars[start..end].iter().any(|&c| is_japanese(c));
    let ends = chars[start..end].iter().any(|&c| is_end(c));
    let line = match (japanese, item, ends) {
        (false, _, _) => Line::Reference,
        (_, true, _) => Line::Item,
        (_, _, true) => Line::Body,
        _ => Line::Heading,
    };
    let (mut from, mut depth) = (start, 0i32);
    for at in start..end {
        let c = chars[at];
        depth += i32::from(opens(c)) - i32::from(closes(c));
        depth = depth.max(0);
        let next_closes =
            chars.get(at + 1).is_some_and(|&next| at + 1 < end && (closes(next) || is_end(next)));
        if is_end(c) && depth == 0 && !next_closes {
            out.push(Sentence { span: Span::new(from, at + 1), line });
            from = at + 1;
            while from < end && chars[from].is_whitespace() {
                from += 1;
            }
        }
    }
    if from < end {
        out.push(Sentence { span: Span::new(from, end), line });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &Text, part: &str) -> Span {
        let part: Vec<char> = part.chars().collect();
        let start = text.chars.windows(part.len()).position(|window| window == part).unwrap();
        Span::new(start, start + part.len())
    }

    fn quoted(source: &str, part: &str, shared: bool) -> String {
        let text = Text::new(source);
        text.quote(find(&text, part), shared, Words::built_in()).text
    }

    #[test]
    fn sentences_keep_brackets_whole() {
        let text = Text::new(
            "題名の行\n甲は「行く。すぐに行く。」と述べた。次の文。\n- 項目だけの行\nexample.org\n",
        );
        let shown: Vec<String> = text.sentences.iter().map(|sentence| text.words(sentence.span)).collect();
        assert_eq!(
            shown,
            ["題名の行", "甲は「行く。すぐに行く。」と述べた。", "次の文。", "項目だけの行", "example.org"]
        );
        assert_eq!(text.sentences[0].line, Line::Heading);
        assert_eq!(text.sentences[3].line, Line::Item);
        assert_eq!(text.sentences[4].line, Line::Reference);
    }

    #[test]
    fn a_quotation_is_the_sentence_or_the_clause() {
        let source = "また、両国の外相は北京で会談し、新しい漁業協定の文書に署名した。";
        assert_eq!(
            quoted(source, "北京で会談し", false),
            "両国の外相は北京で会談し、新しい漁業協定の文書に署名した。"
        );
        assert_eq!(quoted(source, "両国の外相は北京で会談し", true), "両国の外相は北京で会談し…");
        assert_eq!(
            quoted(source, "新しい漁業協定の文書に署名した", true),
            "…新しい漁業協定の文書に署名した。"
        );
    }

    #[test]
    fn a_very_long_sentence_is_cut_at_a_pause() {
        let source = format!("{}最後に両首脳は協定に署名した。", "前置きの長い説明が続いており、".repeat(40));
        let shown = quoted(&source, "両首脳は協定に署名した", false);
        assert!(shown.chars().count() <= 270 && shown.ends_with("署名した。"), "{shown}");
    }
}
