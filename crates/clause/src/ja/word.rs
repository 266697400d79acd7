//! Tokens to words: labelled stretches, short quoted names and bracketed insertions become one word each.

use crate::types::{Label, Labelled, QuoteSpan};
use entente_base::Span;
use entente_token::{Form, Tag, Token};
use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;

/// What a word is to the chunker, beyond its part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// What its part of speech says.
    Plain,
    /// Bracketed matter that hangs on what stands before it.
    Insertion,
    /// Opens a quotation that is a scope.
    OpenQuote(usize),
    /// Closes it.
    CloseQuote(usize),
}

/// One or more tokens that act as one.
#[derive(Debug, Clone)]
pub(super) struct Word<'t> {
    pub span: Span,
    pub tokens: Range<usize>,
    pub tag: Tag,
    pub form: Form,
    pub base: &'t str,
    pub label: Option<Label>,
    pub role: Role,
}

/// Longest insertion, in code points; longer brackets are mere punctuation.
const INSERTION_CHARS: usize = 160;
/// Longest quoted name.
const NAME_CHARS: usize = 40;

const OPENING: &[char] = &['(', '[', '【', '〔', '{', '<', '《', '〈', '〖'];

/// Symbols one by one: the dictionary runs those it does not know together (`」(`), and half-width brackets are
/// none to it.
pub(super) fn part_symbols(chars: &[char], tokens: Vec<Token>) -> Vec<Token> {
    let mut parted = Vec::with_capacity(tokens.len());
    for token in tokens {
        let text = token.span.slice(chars);
        if token.tag != Tag::Symbol || text.iter().any(|c| c.is_alphanumeric()) {
            parted.push(token);
            continue;
        }
        for (offset, &c) in text.iter().enumerate() {
            let start = token.span.start + offset;
            let tag = match c {
                '(' | '[' | '{' | '<' | '「' | '『' | '【' | '〔' | '〈' | '《' | '“' | '〖' => {
                    Tag::Open
                }
                ')' | ']' | '}' | '>' | '」' | '』' | '】' | '〕' | '〉' | '》' | '”' | '〗' => {
                    Tag::Close
                }
                '。' | '｡' => Tag::Period,
                '、' | '，' => Tag::Comma,
                c if c.is_whitespace() => Tag::Space,
                _ => Tag::Symbol,
            };
            let span = Span::new(start, start + 1);
            parted.push(Token { span, tag, base: entente_token::short(c), ..token.clone() });
        }
    }
    parted
}

pub(super) fn read<'t>(
    chars: &[char],
    tokens: &'t [Token],
    quotes: &[QuoteSpan],
    labels: &[Labelled],
) -> Vec<Word<'t>> {
    let insertions = insertions(chars, tokens);
    let mut opens = HashMap::default();
    let mut closes = HashMap::default();
    for (index, quote) in quotes.iter().enumerate() {
        opens.insert(quote.outer.start, index);
        closes.insert(quote.outer.end, index);
    }
    let mut words = Vec::with_capacity(tokens.len());
    let mut labels = labels.iter().peekable();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let mut word = Word {
            span: token.span,
            tokens: at..at + 1,
            tag: token.tag,
            form: token.form,
            base: &token.base,
            label: None,
            role: Role::Plain,
        };
        if token.tag == Tag::Interjection && token.unknown || is_noun_of_verb(tokens, at) {
            word.tag = if token.tag == Tag::Verb { Tag::VerbalNoun } else { Tag::Noun };
            word.form = Form::None;
        }
        let mut end = at + 1;
        if let Some(&close) = insertions.get(&at) {
            end = close + 1;
            word.role = Role::Insertion;
            word.tag = Tag::Symbol;
        } else if let Some(&quote) = opens.get(&token.span.start).filter(|_| token.tag == Tag::Open) {
            match quoted_name(chars, tokens, at, quotes[quote]) {
                Some(close) => {
                    end = close + 1;
                    let last = &tokens[close - 1];
                    word.tag = if last.tag == Tag::VerbalNoun { Tag::VerbalNoun } else { Tag::Noun };
                    word.form = Form::None;
                    word.base = &last.base;
                }
                None => word.role = Role::OpenQuote(quote),
            }
        } else if let Some(&quote) = closes.get(&token.span.end).filter(|_| token.tag == Tag::Close) {
            word.role = Role::CloseQuote(quote);
        } else {
            while labels.next_if(|label| label.span.end <= token.span.start).is_some() {}
            if let Some(label) = labels.peek().filter(|label| label.span.overlaps(token.span)) {
                let within = token.span.contains(label.span) && token.span != label.span;
                if !within {
                    while end < tokens.len() && tokens[end].span.start < label.span.end {
                        end += 1;
                    }
                    word.label = Some(label.label);
                    word.form = Form::None;
                    word.tag = match label.label {
                        Label::Person => Tag::PersonName,
                        Label::State | Label::Place => Tag::PlaceName,
                        Label::Organization => Tag::OrganizationName,
                        Label::Time | Label::Figure => Tag::Noun,
                    };
                }
            }
        }
        word.tokens = at..end;
        word.span = Span::new(token.span.start, tokens[end - 1].span.end);
        words.push(word);
        at = end;
    }
    words
}

/// Whether a verb's continuative stands as a noun: ミサイルの打ち上げは.
fn is_noun_of_verb(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let before = at.checked_sub(1).map(|at| tokens[at].tag);
    let after = tokens.get(at + 1).map(|token| token.tag);
    token.tag == Tag::Verb
        && token.form == Form::Continuative
        && token.span.len() > 1
        && before == Some(Tag::AdnominalParticle)
        && matches!(
            after,
            Some(Tag::CaseParticle | Tag::TopicParticle | Tag::AdnominalParticle | Tag::CompoundCase)
        )
}

/// Opening token to closing token of each outermost bracket pair that is short enough.
fn insertions(chars: &[char], tokens: &[Token]) -> HashMap<usize, usize> {
    let mut pairs = HashMap::default();
    let mut open: Vec<usize> = Vec::new();
    let first = |token: &Token| chars.get(token.span.start).copied().unwrap_or(' ');
    for (index, token) in tokens.iter().enumerate() {
        match token.tag {
            Tag::Open if OPENING.contains(&first(token)) => open.push(index),
            Tag::Close if !matches!(first(token), '」' | '』' | '”' | '"') => {
                if let Some(start) = open.pop()
                    && token.span.end - tokens[start].span.start <= INSERTION_CHARS
                {
                    pairs.insert(start, index);
                }
            }
            _ => {}
        }
    }
    pairs
}

/// The closing token of a quotation that only names something (「クアッド」の首脳会合).
fn quoted_name(chars: &[char], tokens: &[Token], open: usize, quote: QuoteSpan) -> Option<usize> {
    if quote.outer.len() > NAME_CHARS || quote.inner.is_empty() {
        return None;
    }
    let length = tokens[open..].iter().position(|token| token.span.end >= quote.outer.end)?;
    let close = open + length;
    if length < 2 || tokens[close].tag != Tag::Close {
        return None;
    }
    let inner = &tokens[open + 1..close];
    let last = inner.last()?;
    let ends_nominal = last.tag.is_nominal() || matches!(last.tag, Tag::Symbol | Tag::Close);
    if !ends_nominal || inner.iter().any(|token| token.tag == Tag::Period) {
        return None;
    }
    // Before a verb of saying, only a bare noun phrase is a name.
    let next = tokens.get(close + 1);
    let said = next.is_none_or(|token| {
        matches!(token.span.slice(chars), ['と'] | ['と', 'の'] | ['と', 'い', 'う'])
            || matches!(token.tag, Tag::Period | Tag::Comma | Tag::Space)
    });
    let says = inner.iter().any(|token| {
        matches!(
            token.tag,
            Tag::Verb | Tag::BoundVerb | Tag::Auxiliary | Tag::TopicParticle | Tag::Comma | Tag::CompoundCase
        ) || token.tag == Tag::CaseParticle
    });
    (!(said && says)).then_some(close)
}
