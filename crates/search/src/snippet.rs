//! Passages of a text that show what was found in it.

use crate::unit::{Phrase, units};
use entente_base::Span;
use std::collections::BTreeSet;

/// Most snippets of a text.
const MOST: usize = 3;

/// Longest snippet, in code points.
const LONGEST: usize = 120;

/// A passage of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Where it stands, in code points of the text.
    pub span: Span,
    /// Its words.
    pub text: String,
    /// What was found in it, in code points of the text (not of the passage); in order, none touching another.
    pub matches: Vec<Span>,
}

/// Where the phrases stand in a text, in order; those that overlap or touch are joined.
pub(crate) fn matches(text: &str, phrases: &[&Phrase]) -> Vec<Span> {
    join(found(text, phrases).into_iter().map(|(span, _)| span).collect())
}

fn found(text: &str, phrases: &[&Phrase]) -> Vec<(Span, usize)> {
    let units = units(text);
    let mut found: Vec<(Span, usize)> = phrases
        .iter()
        .enumerate()
        .flat_map(|(which, phrase)| phrase.find(&units).map(move |span| (span, which)))
        .collect();
    found.sort_unstable();
    found
}

fn join(spans: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// The passages that hold most of what was asked for, in order of the text; where nothing is found, the first.
pub(crate) fn snippets(text: &str, phrases: &[&Phrase]) -> Vec<Snippet> {
    let chars: Vec<char> = text.chars().collect();
    let found = found(text, phrases);
    let passages = passages(&chars, &join(found.iter().map(|(span, _)| *span).collect()));
    let mut ranked: Vec<(usize, usize, Span)> = Vec::new();
    let mut from = 0;
    for passage in &passages {
        let rest = found.get(from..).unwrap_or_default();
        let here: Vec<_> = rest.iter().take_while(|(span, _)| span.start < passage.end).collect();
        from += here.len();
        let kinds: BTreeSet<usize> = here.iter().map(|(_, which)| *which).collect();
        if !here.is_empty() {
            ranked.push((kinds.len(), here.len(), *passage));
        }
    }
    ranked.sort_by_key(|(kinds, count, span)| (std::cmp::Reverse((*kinds, *count)), span.start));
    let mut chosen: Vec<Span> = ranked.into_iter().take(MOST).map(|(_, _, span)| span).collect();
    if chosen.is_empty() {
        chosen.extend(passages.first());
    }
    chosen.sort_unstable();
    chosen
        .into_iter()
        .map(|span| {
            let clip =
                |(found, _): &(Span, usize)| Span::new(found.start.max(span.start), found.end.min(span.end));
            let matches = join(found.iter().map(clip).filter(|clipped| !clipped.is_empty()).collect());
            Snippet { span, text: span.text(&chars), matches }
        })
        .collect()
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '．' | '｡' | '！' | '？' | '!' | '?' | '\n')
}

fn closes(c: char) -> bool {
    matches!(c, '」' | '』' | '）' | ')' | '"' | '”' | '｣')
}

fn parts(c: char) -> bool {
    c.is_whitespace() || matches!(c, '、' | '，' | '､' | '・' | ',' | ';' | '；' | ':' | '：' | '「' | '（')
}

/// The sentences of a text, without the spaces around them; those that are too long are cut at a mark, or else
/// where nothing found is cut.
fn passages(chars: &[char], found: &[Span]) -> Vec<Span> {
    let mut passages = Vec::new();
    let mut start = 0;
    while start < chars.len() {
        let mut end = start;
        while let Some(c) = chars.get(end) {
            end += 1;
            // A stop within a number or a name (1.5, U.S.) is none; one before a closing mark stands within.
            let next = chars.get(end).copied();
            let stop = ends_sentence(*c) || *c == '.' && next.is_some_and(char::is_whitespace);
            if stop && !next.is_some_and(closes)
                || closes(*c) && end >= 2 && ends_before(chars, end - 1) && next == Some('\n')
            {
                break;
            }
        }
        let mut sentence = trimmed(chars, Span::new(start, end));
        while sentence.len() > LONGEST {
            let cut = cut(chars, sentence.start, found);
            passages.push(trimmed(chars, Span::new(sentence.start, cut)));
            sentence = trimmed(chars, Span::new(cut, sentence.end));
        }
        passages.push(sentence);
        start = end;
    }
    passages.retain(|passage| !passage.is_empty());
    passages
}

fn ends_before(chars: &[char], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| chars.get(before)).is_some_and(|c| ends_sentence(*c))
}

/// Where to cut a long sentence.
fn cut(chars: &[char], start: usize, found: &[Span]) -> usize {
    let most = start + LONGEST;
    let whole = |at: usize| !found.iter().any(|span| span.start < at && at < span.end);
    let marked = |at: usize| chars.get(at - 1).is_some_and(|c| parts(*c));
    let half = start + LONGEST / 2;
    let at_mark = (half..=most).rev().find(|at| marked(*at) && whole(*at));
    at_mark.or_else(|| (half..=most).rev().find(|at| whole(*at))).unwrap_or(most)
}

fn trimmed(chars: &[char], span: Span) -> Span {
    let Span { mut start, mut end } = span;
    let blank = |at: usize| chars.get(at).is_some_and(|c| c.is_whitespace());
    while start < end && blank(start) {
        start += 1;
    }
    while start < end && blank(end - 1) {
        end -= 1;
    }
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, asked: &[&str]) -> Vec<String> {
        let phrases: Vec<Phrase> = asked.iter().filter_map(|words| Phrase::new(words)).collect();
        snippets(text, &phrases.iter().collect::<Vec<_>>())
            .iter()
            .map(|snippet| {
                let mut shown = String::new();
                for (at, c) in (snippet.span.start..).zip(snippet.text.chars()) {
                    let edge = |mark, is_edge: bool| if is_edge { mark } else { "" };
                    shown += edge("[", snippet.matches.iter().any(|found| found.start == at));
                    shown.push(c);
                    shown += edge("]", snippet.matches.iter().any(|found| found.end == at + 1));
                }
                shown
            })
            .collect()
    }

    #[test]
    fn passages_show_what_was_found() {
        for (text, asked, wanted) in [
            ("晴れ。首相は訪中した。雨。", &["訪中"][..], &["首相は[訪中]した。"][..]),
            (
                "首相が訪中。\n外相も訪中。帰国。訪中は成功。中露。",
                &["訪中"],
                &["首相が[訪中]。", "外相も[訪中]。", "[訪中]は成功。"],
            ),
            (
                "訪中。米国。露と訪中。露、中、訪中",
                &["訪中", "米国"],
                &["[訪中]。", "[米国]。", "露と[訪中]。"],
            ),
            ("「行く。」と言う。次。", &["行く"], &["「[行く]。」と言う。"]),
            ("ﾛｼｱは５％増。", &["ロシア", "5"], &["[ﾛｼｱ]は[５]％増。"]),
            ("初め。次。", &["無い"], &["初め。"]),
            ("北朝鮮", &["北朝", "朝鮮"], &["[北朝鮮]"]),
            ("", &["訪中"], &[]),
        ] {
            assert_eq!(shown(text, asked), wanted, "{text}");
        }
    }

    proptest! {
        #[test]
        fn snippets_are_short_pieces_of_the_text(text in "[中露訪は。、」 \nｶﾞa.]{0,400}", asked in "[中露訪は]{2,3}") {
            let chars: Vec<char> = text.chars().collect();
            let phrase = Phrase::new(&asked).unwrap();
            let made = snippets(&text, &[&phrase]);
            prop_assert!(made.len() <= MOST);
            let mut last = 0;
            for snippet in &made {
                prop_assert!(snippet.span.len() <= LONGEST && snippet.span.start >= last);
                prop_assert_eq!(&snippet.span.text(&chars), &snippet.text);
                for found in &snippet.matches {
                    prop_assert!(found.start >= snippet.span.start && found.end <= snippet.span.end);
                }
                last = snippet.span.end;
            }
        }
    }
}
