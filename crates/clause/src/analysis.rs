//! Questions to an analysis, and its printout for developers.

use crate::types::{Analysis, Argument, Case, Chunk, Clause, Link};
use entente_base::Span;
use entente_token::Tag;
use std::fmt::Write as _;

impl Clause {
    /// The first argument of a case.
    pub fn argument(&self, case: Case) -> Option<&Argument> {
        self.arguments.iter().find(|argument| argument.case == case)
    }

    /// The subject: what が marks, or else the topic that stands for it. `None` where the text leaves it out.
    pub fn subject(&self) -> Option<&Argument> {
        let of = |topic: bool, shared: bool| {
            self.arguments.iter().find(|it| it.case == Case::Ga && it.topic == topic && it.shared == shared)
        };
        of(false, false).or_else(|| of(true, false)).or_else(|| of(false, true)).or_else(|| of(true, true))
    }
}

impl Analysis {
    /// The chunks coordinated with a chunk, itself included, in order of the text: asked for `プーチン大統領が`
    /// in `習主席とプーチン大統領が`, both.
    pub fn members(&self, chunk: usize) -> Vec<usize> {
        let first = self.first_of_subtree(chunk);
        let mut members = vec![chunk];
        for at in (first..chunk).rev() {
            let own = &self.chunks[at];
            let joins = own.case == Some(Case::And);
            // Found from the right, they stand in descending order.
            if joins && own.head.is_some_and(|head| members.binary_search_by(|it| head.cmp(it)).is_ok()) {
                members.push(at);
            }
        }
        members.reverse();
        members
    }

    /// The chunks that depend directly on a chunk, in order of the text.
    pub fn modifiers(&self, chunk: usize) -> Vec<usize> {
        let first = self.first_of_subtree(chunk);
        (first..chunk).filter(|&it| self.chunks[it].head == Some(chunk)).collect()
    }

    /// Where the words begin that depend on a chunk.
    fn first_of_subtree(&self, chunk: usize) -> usize {
        let mut first = chunk;
        while first > 0 && self.chunks[first - 1].head.is_some_and(|head| head <= chunk) {
            first -= 1;
        }
        first
    }

    /// The words of a chunk with all that depends on it, without its particles.
    pub fn subtree_span(&self, chunk: usize) -> Span {
        let Some(own) = self.chunks.get(chunk) else { return Span::new(0, 0) };
        let first = self.first_of_subtree(chunk);
        if first == chunk {
            return own.content;
        }
        // A quoted name's brackets enclose no more once other words follow.
        let content = self.chunks[first].content;
        let tokens = &self.tokens[self.chunks[first].tokens.clone()];
        let opened = tokens.iter().find(|token| token.tag == Tag::Open && token.span.end == content.start);
        let closed = tokens.iter().any(|token| token.tag == Tag::Close && token.span.start == content.end);
        let start = opened.filter(|_| closed).map_or(content.start, |token| token.span.start);
        // So does the closing bracket of its own name.
        let tokens = &self.tokens[own.tokens.clone()];
        let opened = tokens.iter().any(|token| token.tag == Tag::Open && token.span.end == own.content.start);
        let closed =
            tokens.iter().find(|token| token.tag == Tag::Close && token.span.start == own.content.end);
        Span::new(start, closed.filter(|_| opened).map_or(own.content.end, |token| token.span.end))
    }

    /// The clause that a chunk belongs to: its own, or that of the nearest predicate it depends on.
    pub fn clause_of_chunk(&self, chunk: usize) -> Option<usize> {
        let mut at = self.chunks.get(chunk)?;
        loop {
            if at.clause.is_some() {
                return at.clause;
            }
            at = self.chunks.get(at.head?)?;
        }
    }

    /// The chunk whose content covers a code point or, failing that, whose span does.
    pub fn chunk_at(&self, index: usize) -> Option<usize> {
        let at = self.chunks.partition_point(|chunk| chunk.span.end <= index);
        self.chunks.get(at).filter(|chunk| chunk.span.covers(index)).map(|_| at)
    }

    /// The noun chunk that a clause modifies.
    pub fn adnominal_of(&self, clause: usize) -> Option<usize> {
        let clause = self.clauses.get(clause)?;
        let head = self.chunks[clause.chunk].head?;
        let of_noun = matches!(clause.link, Link::Adnominal | Link::Nominal | Link::Content)
            && self.chunks[head].clause.is_none();
        of_noun.then_some(head)
    }

    /// The clauses that depend directly on a clause, in order of the text.
    pub fn subordinates(&self, clause: usize) -> Vec<usize> {
        (0..clause.min(self.clauses.len())).filter(|&it| self.clauses[it].head == Some(clause)).collect()
    }

    /// The last clause that no other governs: the main clause of the sentence.
    pub fn main_clause(&self) -> Option<usize> {
        self.clauses.iter().rposition(|clause| clause.head.is_none())
    }

    /// A printout for developers: chunks with case and head, clauses with their features and arguments.
    pub fn describe(&self, chars: &[char]) -> String {
        let mut out = String::new();
        for (index, chunk) in self.chunks.iter().enumerate() {
            let head = chunk.head.map_or("-".to_owned(), |head| head.to_string());
            let _ = write!(out, "{index:>3} -> {head:<3} {:?}", chunk.kind);
            describe_case(&mut out, chunk);
            let _ = writeln!(
                out,
                "  {} [{}]",
                chunk.span.text(chars).replace('\n', "⏎"),
                chunk.content.text(chars).replace('\n', "⏎")
            );
        }
        for (index, clause) in self.clauses.iter().enumerate() {
            let predicate = &clause.predicate;
            let head = clause.head.map_or("-".to_owned(), |head| format!("c{head}"));
            let _ =
                write!(out, "c{index} -> {head} {:?} {} {:?}", clause.link, predicate.lemma, predicate.tense);
            if predicate.negated {
                out.push_str(" not");
            }
            let _ = write!(out, " {:?} {:?} {:?}", predicate.voice, predicate.aspect, predicate.modality);
            if let Some(carried) = clause.carried {
                let _ = write!(out, " carries {}", carried.noun.text(chars));
            }
            out.push('\n');
            for argument in &clause.arguments {
                let _ = writeln!(
                    out,
                    "     {:?}{}{} {}",
                    argument.case,
                    if argument.topic { " topic" } else { "" },
                    if argument.shared { " shared" } else { "" },
                    argument.span.text(chars).replace('\n', "⏎")
                );
            }
        }
        out
    }
}

fn describe_case(out: &mut String, chunk: &Chunk) {
    if let Some(case) = chunk.case {
        let _ = write!(out, " {case:?}");
    }
    if let Some(inner) = chunk.inner {
        let _ = write!(out, "({inner:?})");
    }
    for (mark, on) in [(" topic", chunk.topic), (" also", chunk.also), (" comma", chunk.comma)] {
        if on {
            out.push_str(mark);
        }
    }
    if let Some(quote) = chunk.quote {
        let _ = write!(out, " q{quote}");
    }
}
