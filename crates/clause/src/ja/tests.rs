use super::*;
use crate::types::{Aspect, Case, ChunkKind, Label, Link, Tense, Voice};
use entente_base::Span;
use entente_token::Tokenizer;
use std::sync::OnceLock;

fn tokenizer() -> &'static Tokenizer {
    static ONE: OnceLock<Tokenizer> = OnceLock::new();
    ONE.get_or_init(|| Tokenizer::new([]).unwrap())
}

fn reader() -> &'static ClauseReader {
    static ONE: OnceLock<ClauseReader> = OnceLock::new();
    ONE.get_or_init(|| ClauseReader::new(&Lexicon::built_in()).unwrap())
}

/// Reads a sentence with labels marked as `{習近平|P}`: S, P, O, L, T or F.
fn read(marked: &str) -> (Vec<char>, Analysis) {
    let (mut chars, mut labels, mut start) = (Vec::new(), Vec::new(), 0);
    let mut marks = marked.chars();
    while let Some(c) = marks.next() {
        match c {
            '{' => start = chars.len(),
            '|' => {
                let label = match marks.next() {
                    Some('S') => Label::State,
                    Some('P') => Label::Person,
                    Some('O') => Label::Organization,
                    Some('L') => Label::Place,
                    Some('T') => Label::Time,
                    _ => Label::Figure,
                };
                labels.push(Labelled { span: Span::new(start, chars.len()), label });
                assert_eq!(marks.next(), Some('}'));
            }
            c => chars.push(c),
        }
    }
    let (mut quotes, mut open) = (Vec::new(), Vec::new());
    for (index, c) in chars.iter().enumerate() {
        match c {
            '「' | '『' => open.push(index),
            '」' | '』' => {
                if let Some(start) = open.pop() {
                    quotes.push(QuoteSpan {
                        outer: Span::new(start, index + 1),
                        inner: Span::new(start + 1, index),
                    });
                }
            }
            _ => {}
        }
    }
    quotes.sort_by_key(|quote| quote.outer.start);
    let kind = if chars.last() == Some(&'。') { SentenceKind::Body } else { SentenceKind::Heading };
    let sentence = Sentence { span: Span::new(0, chars.len()), kind, paragraph: 0 };
    let tokens = tokenizer().worker().tokenize(&chars, &sentence);
    let analysis = reader().read(&chars, 0, &sentence, tokens, &quotes, &labels);
    (chars, analysis)
}

/// One line for each clause: link, lemma, features that are not plain, `<carried>`, arguments (`~` shared).
fn lines(marked: &str) -> Vec<String> {
    let (chars, analysis) = read(marked);
    let mut lines = Vec::new();
    for clause in &analysis.clauses {
        let predicate = &clause.predicate;
        let mut line = format!("{:?} {}", clause.link, predicate.lemma);
        if predicate.negated {
            line.push_str(" not");
        }
        if predicate.tense == Tense::Past {
            line.push_str(" past");
        }
        if predicate.voice != Voice::Active {
            line.push_str(&format!(" {:?}", predicate.voice));
        }
        if predicate.aspect != Aspect::Simple {
            line.push_str(&format!(" {:?}", predicate.aspect));
        }
        for modality in &predicate.modality {
            line.push_str(&format!(" {modality:?}"));
        }
        if let Some(carried) = clause.carried {
            line.push_str(&format!(" <{}>", carried.noun.text(&chars)));
        }
        for argument in &clause.arguments {
            let shared = if argument.shared { "~" } else { "" };
            line.push_str(&format!(" {:?}{shared}={}", argument.case, argument.span.text(&chars)));
        }
        lines.push(line);
    }
    lines
}

#[test]
fn print_all() {
    let text = std::fs::read_to_string("/tmp/sents.txt").unwrap();
    for l in text.lines() {
        println!("{l}");
        for x in lines(l) {
            println!("    {x}");
        }
    }
}
