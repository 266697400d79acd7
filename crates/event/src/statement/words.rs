//! Where the words that are said begin and end.

use super::speaker::embedded;
use super::{Said, StatementReader};
use crate::party::{Discourse, Phrases};
use entente_base::Span;
use entente_clause::{Analysis, Case, ChunkKind, Clause, Link};

impl StatementReader {
    /// The words from behind the speaker and the occasion to the end of the content.
    pub(super) fn stretch(
        &self,
        phrases: &Phrases<'_>,
        index: usize,
        own: Span,
        speaker: Option<usize>,
        discourse: &Discourse,
        before: &[Said],
    ) -> Span {
        let analysis = phrases.analysis;
        let chars = phrases.reading.chars();
        let clause = &analysis.clauses[index];
        if embedded(clause) {
            return own;
        }
        let said = self.from(analysis, before);
        if chars.get(own.start).is_some_and(|c| matches!(c, '「' | '『' | '“'))
            && analysis.quotes.iter().any(|quote| quote.outer == own)
        {
            // 漁船が「領海に入った」と主張した: its subject belongs to the words, unless it says them.
            let first = speaker.map_or(said, |speaker| (speaker + 1).max(said));
            let subject = (first..clause.chunk).find(|&at| {
                let chunk = &analysis.chunks[at];
                chunk.content.end <= own.start
                    && chunk.quote.is_none()
                    && chunk.clause.is_none()
                    && !phrases.is_time(at)
                    && (chunk.case == Some(Case::Ga) && !chunk.topic && self.fitness(phrases, at) == 0
                        || speaker.is_some() && chunk.topic && chunk.case.is_none())
            });
            // 応じなければ「対抗する」と警告した: so does the condition of what is quoted.
            let condition = analysis.clauses[..index].iter().rfind(|other| {
                other.link == Link::If
                    && other.head == Some(index)
                    && other.quote.is_none()
                    && other.chunk >= first
                    && other.predicate.span.end <= own.start
            });
            // 国民向けの演説で、…なら「対抗する」と述べた: but not the occasion.
            let words = self.past_leads(phrases, index, own, speaker, first);
            let least = analysis.chunks.get(words).map_or(own.start, |chunk| chunk.span.start);
            let condition = condition.map(|other| analysis.subtree_span(other.chunk).start.max(least));
            let subject = subject.map(|at| analysis.subtree_span(at).start);
            let start = subject.into_iter().chain(condition).min();
            return start.map_or(own, |start| Span::new(start, own.end));
        }
        let ahead = speaker.filter(|&speaker| analysis.chunks[speaker].content.start < own.end);
        let mut at = ahead.map_or(said, |speaker| (speaker + 1).max(said));
        // A topic that belongs to the words stays in them.
        if let Some(speaker) = speaker
            && phrases.of_chunk(speaker, &Discourse::default()).entities.is_empty()
            && self.belongs_to_content(phrases, index, speaker, clause, discourse)
        {
            at = said;
        }
        at = self.past_leads(phrases, index, own, speaker, at);
        let start = analysis.chunks.get(at).map_or(own.start, |chunk| chunk.span.start);
        if start + 3 > own.end { own } else { widen(analysis, Span::new(start, own.end)) }
    }

    /// The first chunk behind what only leads up to the words: the time, the occasion, whom they are said to.
    fn past_leads(
        &self,
        phrases: &Phrases<'_>,
        index: usize,
        own: Span,
        speaker: Option<usize>,
        mut at: usize,
    ) -> usize {
        let analysis = phrases.analysis;
        let chars = phrases.reading.chars();
        let clause = &analysis.clauses[index];
        let end_chunk = clause.chunk;
        let asked = Span::new(own.end, (own.end + 2).min(chars.len())).text(chars) == "よう";
        while at < end_chunk {
            let chunk = &analysis.chunks[at];
            if chunk.content.start >= own.end {
                break;
            }
            let words = chunk.content.text(chars);
            let direct = chunk.head == Some(clause.chunk);
            let adverb = chunk.kind == ChunkKind::Adverbial && chunk.comma;
            let time = phrases.is_time(at) && (chunk.comma || direct);
            let occasion = matches!(chunk.case, Some(Case::De | Case::Ni | Case::Through | Case::By))
                && self.occasions.end(&words)
                && (chunk.comma || direct || chunk.topic)
                && !(chunk.topic && chunk.case == Some(Case::Ni));
            let aside = direct
                && matches!(
                    chunk.case,
                    Some(
                        Case::De
                            | Case::Ni
                            | Case::Against
                            | Case::About
                            | Case::Kara
                            | Case::Through
                            | Case::With
                            | Case::By
                            | Case::AccordingTo
                    )
                )
                && chunk.comma;
            // 外交官に対しては、…: a theme of the words.
            let aside = aside && !(chunk.topic && chunk.case == Some(Case::Against));
            let apart = matches!(chunk.case, Some(Case::AccordingTo | Case::Through));
            if adverb || time || occasion || aside || apart {
                at += 1;
                continue;
            }
            // What stands before such an adjunct belongs to it: 定例の|会見で, その場で.
            let skip = (at..end_chunk.min(at + 8)).find(|&next| {
                let phrase = &analysis.chunks[next];
                let words = phrase.content.text(chars);
                let occasion = matches!(phrase.case, Some(Case::De | Case::Ni | Case::Through | Case::By))
                    && self.occasions.end(&words)
                    && !(phrase.topic && phrase.case == Some(Case::Ni))
                    && (phrase.comma
                        || phrase.head == Some(clause.chunk)
                        || phrase.topic
                        || phrase.case == Some(Case::De) && chars.get(phrase.span.end) == Some(&'「'));
                let lead = phrase.clause.is_some_and(|other| {
                    let other = &analysis.clauses[other];
                    let own = other.arguments.iter().any(|argument| {
                        argument.case == Case::Ga
                            && !argument.topic
                            && !argument.shared
                            && Some(argument.chunk) != speaker
                    });
                    // 主な輸入国で、争いをやめるよう求めた: what the speaker is.
                    let is = asked && other.predicate.lemma.ends_with('だ') && other.head == Some(index);
                    // 支援を約束し、中止するよう求めた: what else was said.
                    let said = asked
                        && other.head == Some(index)
                        && other.quote == clause.quote
                        && self.verbs.contains_key(&other.predicate.lemma);
                    matches!(other.link, Link::And)
                        && !own
                        && (self.leads_up(phrases, other) || is || said)
                        && phrase.comma
                });
                let aside = phrase.head == Some(clause.chunk)
                    && phrase.comma
                    && (matches!(phrase.case, Some(Case::About | Case::Against))
                        || asked && phrase.case == Some(Case::De));
                let source = phrase.case == Some(Case::AccordingTo);
                (occasion || lead || aside || source)
                    && (phrase.span.start < own.end)
                    && (at..next).all(|inner| analysis.chunks[inner].head.is_some_and(|head| head <= next))
            });
            match skip {
                Some(next) => at = next + 1,
                None => break,
            }
        }
        at
    }

    /// The words before 等と: 譲歩はできない等と語った.
    pub(super) fn and_so_on(&self, analysis: &Analysis, chars: &[char], clause: &Clause) -> Option<Span> {
        let argument = clause.arguments.iter().rfind(|argument| {
            argument.case == Case::To
                && !argument.shared
                && analysis.chunks[argument.chunk].content.text(chars) == "等"
        })?;
        let last = *analysis.modifiers(argument.chunk).last()?;
        analysis.chunks[last].clause.map(|at| self.clause_content(analysis, chars, at))
    }

    /// The words of a content clause, with the clauses that lead to it.
    pub(super) fn clause_content(&self, analysis: &Analysis, chars: &[char], at: usize) -> Span {
        let clause = &analysis.clauses[at];
        let subtree = analysis.subtree_span(clause.chunk);
        let chunk = &analysis.chunks[clause.chunk];
        let end = clause.predicate.span.end.max(chunk.content.end.min(chunk.span.end));
        let mut span = Span::new(subtree.start, end);
        // The closing mark of a quotation belongs to it.
        if let Some(quote) =
            analysis.quotes.iter().find(|quote| quote.inner.end == span.end || quote.outer.end == span.end)
        {
            span.end = quote.outer.end;
            if quote.outer.start < span.start {
                span.start = quote.outer.start;
            }
        }
        // 「…」「…」と述べた: all of them.
        while let Some(quote) = analysis
            .quotes
            .iter()
            .find(|quote| quote.outer.end == span.start && chars.get(span.start) == Some(&'「'))
        {
            span.start = quote.outer.start;
        }
        if chars.get(span.start) == Some(&'」') {
            span.start += 1;
        }
        widen(analysis, span)
    }

    /// Where the words end before という, とみられる and the full stop.
    pub(super) fn cut_tail(&self, chars: &[char], sentence: Span) -> usize {
        let mut end = sentence.end;
        while end > sentence.start && matches!(chars[end - 1], '。' | ' ' | '\n') {
            end -= 1;
        }
        let words = Span::new(sentence.start, end).text(chars);
        if let Some(tail) = self.tails.iter().find(|tail| words.ends_with(tail.as_str())) {
            end -= tail.chars().count();
        }
        end
    }
}

/// A quotation before と that makes no clause of its own: 「親愛なる友人」と応じる.
pub(super) fn quoted(analysis: &Analysis, clause: &Clause, case: Case) -> Option<Span> {
    let argument = clause.arguments.iter().rfind(|argument| argument.case == case && !argument.shared)?;
    let chunk = &analysis.chunks[argument.chunk];
    analysis
        .quotes
        .iter()
        .rfind(|quote| {
            quote.outer.end <= chunk.span.end
                && quote.outer.end + 1 >= chunk.content.end
                && quote.inner.end <= chunk.content.end + 1
        })
        .map(|quote| quote.outer.join(argument.span))
}

/// Takes the opening mark of a quotation in, where the words begin or end inside it.
pub(super) fn widen(analysis: &Analysis, mut span: Span) -> Span {
    for quote in &analysis.quotes {
        if quote.inner.start == span.start || span.start == quote.outer.start {
            span.start = quote.outer.start;
        }
        if quote.inner.end == span.end {
            span.end = quote.outer.end;
        }
        // One mark inside, the other outside: the quotation belongs to the words.
        if span.covers(quote.outer.start) && quote.outer.end > span.end && quote.inner.start < span.end {
            span.end = quote.outer.end;
        }
    }
    span
}

/// Words that are one quotation lose its marks.
pub(super) fn unquote(chars: &[char], mut span: Span) -> Span {
    while span.start < span.end && matches!(chars[span.start], '、' | ' ' | ',' | '\n') {
        span.start += 1;
    }
    let span = closed(chars, span);
    let words = span.slice(chars);
    let opens = matches!(words.first(), Some('「' | '『' | '“'));
    let closes = matches!(words.last(), Some('」' | '』' | '”'));
    if opens && closes && words.len() > 2 {
        // Only where the first mark's partner is the last.
        let mut depth = 0_usize;
        for (index, c) in words.iter().enumerate() {
            match c {
                '「' | '『' | '“' => depth += 1,
                '」' | '』' | '”' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && index + 1 < words.len() {
                return span;
            }
        }
        return closed(chars, Span::new(span.start + 1, span.end - 1));
    }
    span
}

/// Without the full stop at the end.
pub(super) fn closed(chars: &[char], mut span: Span) -> Span {
    while span.end > span.start && matches!(chars[span.end - 1], '。' | ' ' | '\n') {
        span.end -= 1;
    }
    span
}

/// Words that run over several sentences are as many statements.
pub(super) fn sentences_of(chars: &[char], said: Said) -> Vec<Said> {
    let content = said.content;
    let mut pieces = Vec::new();
    let mut start = content.start;
    let mut depth = 0_usize;
    for at in content.start..content.end {
        match chars[at] {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let next = chars.get(at + 1);
        let another = chars[at] == '」'
            && next == Some(&'「')
            && at > start + 8
            && !Span::new(at + 2, (at + 10).min(content.end)).slice(chars).contains(&'」');
        if depth == 0 && (chars[at] == '。' || another) && at + 1 < content.end {
            pieces.push(Span::new(start, at));
            start = at + 1;
        }
    }
    if pieces.is_empty() {
        return vec![said];
    }
    pieces.push(Span::new(start, content.end));
    pieces
        .into_iter()
        .filter_map(|mut piece| {
            let blank = |c: &char| matches!(c, '、' | ' ' | '\n' | '。' | '」' | '』');
            while piece.start < piece.end && blank(&chars[piece.start]) {
                piece.start += 1;
            }
            while piece.end > piece.start && matches!(chars[piece.end - 1], '。' | ' ' | '\n') {
                piece.end -= 1;
            }
            let piece = unquote(chars, open_end(chars, piece));
            (piece.len() >= 4).then(|| Said { content: piece, ..said.clone() })
        })
        .collect()
}

/// A piece of a quotation without the mark whose partner lies outside it.
pub(super) fn open_end(chars: &[char], mut piece: Span) -> Span {
    let count =
        |piece: Span, marks: [char; 2]| piece.slice(chars).iter().filter(|c| marks.contains(c)).count();
    let (opens, closes) = (count(piece, ['「', '『']), count(piece, ['」', '』']));
    if opens > closes && matches!(chars[piece.start], '「' | '『') {
        piece.start += 1;
    } else if closes > opens && matches!(chars[piece.end - 1], '」' | '』') {
        piece.end -= 1;
    }
    piece
}
