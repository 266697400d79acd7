//! Sentences and headings: where they begin and end, and what kind of line they are.

use crate::pair::{Marks, is_closer, pairs};
use crate::reader::Reader;
use entente_base::{Sentence, SentenceKind, Span};

/// Longest bracket or quotation, in characters, within which no sentence ends; a longer one is taken for two
/// marks that do not belong together.
const LONGEST_QUOTE: usize = 1500;

/// The sentences of a document of normalized characters, in order, none overlapping, by the built-in lexicon.
///
/// ```
/// let reading = entente_text::Reading::new("米中が会談\n両氏は「歓迎する。」と述べた。会談は終わった。");
/// assert_eq!(entente_text::sentences(&reading.chars).len(), 3);
/// ```
pub fn sentences(chars: &[char]) -> Vec<Sentence> {
    Reader::built_in().sentences(chars)
}

/// What a line begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marker {
    /// `#`, `==`.
    Heading,
    /// ■, ●, ○: before headings and before items alike.
    Symbol,
    /// `-`, `・`, `*`.
    Bullet,
    /// `1.`, `(1)`, `①`, `一、`.
    Number,
    /// `>` of a quoted line.
    Quoted,
}

/// A line with anything in it.
#[derive(Debug, Clone, Copy)]
struct Line {
    /// First character that is not a space.
    start: usize,
    /// One past the last character that is not a space.
    end: usize,
    /// First character after the marker.
    body: usize,
    marker: Option<Marker>,
    indented: bool,
    /// Columns, a full-width character counting two.
    width: usize,
    japanese: bool,
}

/// Lines that belong together: a paragraph, a heading, an item.
#[derive(Debug, Clone, Copy)]
struct Block {
    start: usize,
    end: usize,
    marker: Option<Marker>,
    /// The character that the first line begins with, the marker where there is one.
    first: char,
    japanese: bool,
    /// Whether a blank line stands before it.
    after_blank: bool,
}

impl Reader {
    /// The sentences of a document of normalized characters, in order, none overlapping.
    pub fn sentences(&self, chars: &[char]) -> Vec<Sentence> {
        let blocks = self.blocks(chars);
        let mut found = Vec::new();
        let mut in_references = false;
        for (paragraph, block) in blocks.iter().enumerate() {
            let words = &chars[block.start..block.end];
            let reference = self.reference(words);
            let kind = match reference {
                Some(Naming::Label) => {
                    in_references = true;
                    Some(SentenceKind::Reference)
                }
                Some(Naming::Source) => Some(SentenceKind::Reference),
                None if in_references => {
                    let ended = words.last().is_some_and(|&c| c == '。');
                    let foreign = !block.japanese;
                    let named = !ended && !block.after_blank && block.marker != Some(Marker::Heading);
                    let item = !ended && matches!(block.marker, Some(Marker::Bullet | Marker::Number));
                    let cited = ended && words.starts_with(&['『']) && cites(words);
                    in_references = foreign || named || item || cited;
                    in_references.then_some(SentenceKind::Reference)
                }
                None => None,
            };
            let first = found.len();
            let kind = kind.unwrap_or_else(|| kind_of(chars, &blocks, paragraph));
            if matches!(kind, SentenceKind::Heading | SentenceKind::Reference) && !ends_sentence(words) {
                push(chars, Span::new(block.start, block.end), kind, paragraph, &mut found);
            } else {
                self.split(chars, block, kind, paragraph, &mut found);
            }
            if kind != SentenceKind::Reference {
                mark_citations(chars, &mut found[first..]);
            }
        }
        found
    }

    fn blocks(&self, chars: &[char]) -> Vec<Block> {
        let lines = self.lines(chars);
        let wrap = wrap_width(chars, &lines);
        let mut blocks: Vec<Block> = Vec::new();
        let mut last: Option<(Line, bool)> = None;
        let mut after_blank = false;
        for line in &lines {
            let Some(line) = line else {
                last = None;
                after_blank = true;
                continue;
            };
            let joined = last.is_some_and(|(before, item)| self.continues(chars, &before, line, item, wrap));
            match blocks.last_mut() {
                Some(block) if joined => {
                    block.end = line.end;
                    block.japanese |= line.japanese;
                }
                _ => blocks.push(Block {
                    start: line.body,
                    end: line.end,
                    marker: line.marker,
                    first: chars.get(line.start).copied().unwrap_or(' '),
                    japanese: line.japanese,
                    after_blank,
                }),
            }
            let item = blocks
                .last()
                .is_some_and(|block| matches!(block.marker, Some(Marker::Bullet | Marker::Number)));
            last = Some((*line, item));
            after_blank = false;
        }
        blocks
    }

    /// The lines of a text; `None` for one that is blank.
    fn lines(&self, chars: &[char]) -> Vec<Option<Line>> {
        let mut lines = Vec::new();
        let mut at = 0;
        for raw in chars.split(|&c| c == '\n') {
            lines.push(self.line(chars, at, at + raw.len()));
            at += raw.len() + 1;
        }
        lines
    }

    fn line(&self, chars: &[char], from: usize, to: usize) -> Option<Line> {
        let words = &chars[from..to];
        let lead = words.iter().position(|&c| c != ' ')?;
        let trail = words.iter().rev().take_while(|&&c| c == ' ').count();
        let (start, mut end) = (from + lead, to - trail);
        let words = &chars[start..end];
        if !words.iter().any(|c| c.is_alphanumeric()) {
            return None; // a rule of dashes, a row of stars
        }
        let marker = self.marker(words);
        let mut body = start + marker.map_or(0, |(_, len)| len);
        while chars.get(body) == Some(&' ') {
            body += 1;
        }
        if words.starts_with(&['=', '=']) {
            while end > body && matches!(chars[end - 1], '=' | ' ') {
                end -= 1;
            }
        }
        let marker = marker.map(|(marker, _)| marker);
        if body >= end {
            body = start;
        }
        Some(Line {
            start,
            end,
            body,
            marker: if body == start { None } else { marker },
            indented: lead > 0,
            width: lead + words.iter().map(|&c| columns(c)).sum::<usize>(),
            japanese: words.iter().any(|&c| is_japanese(c)),
        })
    }

    /// The marker that a line begins with, and its length.
    fn marker(&self, words: &[char]) -> Option<(Marker, usize)> {
        let at = |i: usize| words.get(i).copied();
        let spaced = |i: usize| at(i) == Some(' ');
        let run = |c: char| words.iter().take_while(|&&x| x == c).count();
        let first = *words.first()?;
        match first {
            '#' => {
                let run = run('#');
                (spaced(run) || run > 1).then_some((Marker::Heading, run))
            }
            '=' if run('=') > 1 => Some((Marker::Heading, run('='))),
            '>' => Some((Marker::Quoted, run('>'))),
            '■' | '●' | '◆' | '◇' | '□' | '▼' | '▲' | '▽' | '△' | '◎' | '○' | '◯' | '★' | '☆' | '▶' | '►'
            | '◾' | '▪' | '◼' => Some((Marker::Symbol, 1)),
            '〇' if spaced(1) => Some((Marker::Symbol, 1)),
            '・' | '•' | '‣' | '※' | '|' | '→' | '⇒' => Some((Marker::Bullet, 1)),
            '-' | '–' | '—' | '―' | '+' if spaced(1) => Some((Marker::Bullet, 1)),
            '-' if at(1).is_some_and(is_japanese) => Some((Marker::Bullet, 1)),
            '*' => {
                let run = run('*');
                let bullet = spaced(run) || (run == 1 && at(1).is_some_and(is_japanese));
                bullet.then_some((Marker::Bullet, run))
            }
            '①'..='⒇' | '❶'..='➓' | '㊀'..='㊉' => Some((Marker::Number, 1)),
            'Ⅰ'..='ⅿ' if at(1).is_some_and(|c| matches!(c, ' ' | '.' | '、' | '。')) => {
                Some((Marker::Number, 2))
            }
            '(' | '[' => {
                let close = if first == '(' { ')' } else { ']' };
                let len = words.iter().take(5).position(|&c| c == close)?;
                let inner = words.get(1..len)?;
                let counted = inner.len() <= 2 && inner.iter().all(char::is_ascii_digit)
                    || inner.len() <= 3 && inner.iter().all(|&c| is_kanji_digit(c))
                    || inner.len() == 1 && inner.iter().all(|c| c.is_ascii_lowercase() || is_kana(*c))
                    || inner.iter().all(|c| matches!(c, 'i' | 'v' | 'x'));
                (!inner.is_empty() && counted).then_some((Marker::Number, len + 1))
            }
            '0'..='9' => self.numbered(words),
            _ if is_kanji_digit(first) => {
                let run = words.iter().take_while(|&&c| is_kanji_digit(c)).count();
                let next = at(run + 1);
                let ends = match at(run)? {
                    '、' | '.' => !next.is_some_and(is_kanji_digit),
                    ' ' => !self.counts(words.get(run + 1..)?),
                    _ => false,
                };
                (run <= 3 && ends).then_some((Marker::Number, run + 1))
            }
            _ if is_kana(first) && spaced(1) && words.len() > 4 => Some((Marker::Number, 1)),
            _ => None,
        }
    }

    fn numbered(&self, words: &[char]) -> Option<(Marker, usize)> {
        let digits = |from: usize| words.iter().skip(from).take_while(|c| c.is_ascii_digit()).count();
        let mut len = digits(0);
        if len > 2 {
            return None;
        }
        let mut nested = false;
        while words.get(len) == Some(&'.') && (1..=2).contains(&digits(len + 1)) {
            len += 1 + digits(len + 1);
            nested = true;
        }
        let next = words.get(len + 1).copied();
        match words.get(len)? {
            ' ' if !self.counts(words.get(len + 1..)?) && !next.is_some_and(|c| c.is_ascii_digit()) => {
                Some((Marker::Number, len + 1))
            }
            '.' | '、' if !nested && !next.is_some_and(|c| c.is_ascii_digit()) => {
                Some((Marker::Number, len + 1))
            }
            ')' if !nested => Some((Marker::Number, len + 1)),
            _ => None,
        }
    }

    /// Whether the words begin with a counter, so that a number before them counts something.
    fn counts(&self, words: &[char]) -> bool {
        let words = words.get(words.iter().take_while(|&&c| c == ' ').count()..).unwrap_or_default();
        self.counters.iter().any(|counter| words.starts_with(counter))
    }

    /// Whether a line goes on with the sentence or paragraph of the line right before it.
    fn continues(&self, chars: &[char], before: &Line, line: &Line, item: bool, wrap: Option<usize>) -> bool {
        if line.marker.is_some()
            || matches!(before.marker, Some(Marker::Heading | Marker::Symbol))
            || !before.japanese
            || (line.indented && !item)
            || chars.get(line.start) == Some(&'【')
        {
            return false;
        }
        let words = &chars[line.start..line.end];
        if self.reference(&chars[before.body..before.end]).is_some() || self.reference(words).is_some() {
            return false;
        }
        let last = chars[before.end - 1];
        let first = chars[line.start];
        let hangs = matches!(
            first,
            'を' | 'ん' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ー' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | '、' | '。'
        );
        (last == '、' && before.width >= 20)
            || (hangs && before.width >= 40)
            || wrap.is_some_and(|wrap| before.width + 6 >= wrap)
    }

    /// What a line names of the story's sources, if it does nothing else.
    fn reference(&self, words: &[char]) -> Option<Naming> {
        if words.len() > 200 {
            return None;
        }
        if is_host(words) || words.starts_with(&['h', 't', 't', 'p']) && !words.contains(&' ') {
            return Some(Naming::Source);
        }
        if self.is_credit(words) {
            return Some(Naming::Source);
        }
        let lower: Vec<char> = words.iter().flat_map(|c| c.to_lowercase()).collect();
        for label in &self.references {
            let Some(rest) = lower.strip_prefix(label.as_slice()) else { continue };
            let rest: Vec<char> = rest.iter().copied().skip_while(|&c| c == ' ').collect();
            match rest.first() {
                None => return Some(Naming::Label),
                Some(':') if rest.len() == 1 => return Some(Naming::Label),
                Some(':') if rest.last() != Some(&'。') || cites(words) => return Some(Naming::Source),
                _ => {}
            }
        }
        for credit in &self.credits {
            let Some(rest) = lower.strip_prefix(credit.as_slice()) else { continue };
            if rest.last() != Some(&'。') && rest.iter().find(|&&c| c != ' ') == Some(&':')
                || matches!(credit.first(), Some('©' | '('))
            {
                return Some(Naming::Source);
            }
        }
        None
    }

    /// Splits a block into sentences.
    fn split(
        &self,
        chars: &[char],
        block: &Block,
        kind: SentenceKind,
        paragraph: usize,
        found: &mut Vec<Sentence>,
    ) {
        let pairs = pairs(chars, block.start, block.end, Marks::All);
        let mut next_pair = pairs.iter().filter(|(open, close)| close - open <= LONGEST_QUOTE).peekable();
        let mut start = block.start;
        let mut at = block.start;
        while at < block.end {
            while next_pair.peek().is_some_and(|pair| pair.0 < at) {
                next_pair.next();
            }
            if let Some(&&(open, close)) = next_pair.peek()
                && open == at
            {
                at = close + 1;
                continue;
            }
            if !self.ends_at(chars, block, at) {
                at += 1;
                continue;
            }
            at += 1;
            while at < block.end
                && (matches!(chars[at], '。' | '！' | '？' | '!' | '?') || is_closer(chars[at]))
            {
                at += 1;
            }
            push(chars, Span::new(start, at), kind, paragraph, found);
            start = at;
        }
        push(chars, Span::new(start, block.end), kind, paragraph, found);
    }

    /// Whether the character at `at` ends a sentence.
    fn ends_at(&self, chars: &[char], block: &Block, at: usize) -> bool {
        let before = if at > block.start { chars.get(at - 1).copied() } else { None };
        let after = if at + 1 < block.end { chars.get(at + 1).copied() } else { None };
        match chars[at] {
            '。' => true,
            '！' | '？' | '!' | '?' => match (before, after) {
                (_, None) => true,
                (_, Some(' ' | '\n' | '!' | '?')) => true,
                (Some(before), Some(after)) => is_japanese(before) && starts_sentence(after),
                (None, Some(_)) => false,
            },
            '.' => match (before, after) {
                (Some(before), None) => before != '.',
                (Some(before), Some(' ' | '\n')) if is_japanese(before) => true,
                (Some('ぁ'..='ん'), Some(after)) => {
                    !after.is_ascii_alphanumeric() && !is_closer(after) && after != '.'
                }
                (Some(before), Some(' ' | '\n')) => {
                    let next = chars[at + 1..block.end].iter().find(|c| !matches!(c, ' ' | '\n')).copied();
                    before != '.'
                        && next.is_none_or(|c| !c.is_lowercase() && !c.is_ascii_digit() || is_japanese(c))
                        && !self.abbreviates(&chars[block.start..at])
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether the words end in an abbreviation or an initial.
    fn abbreviates(&self, words: &[char]) -> bool {
        let from =
            words.iter().rev().take(12).take_while(|c| c.is_ascii_alphanumeric() || **c == '.').count();
        let word: Vec<char> = words[words.len() - from..].iter().map(char::to_ascii_lowercase).collect();
        matches!(word.as_slice(), [c] if c.is_ascii_lowercase())
            || matches!(word.as_slice(), [.., '.', c] if c.is_ascii_lowercase())
            || self.abbreviations.contains(&word)
    }
}

/// What a line names of the story's sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// The head of a list of sources.
    Label,
    /// A source itself.
    Source,
}

/// Adds a sentence without the white space around it, unless nothing is left.
fn push(chars: &[char], span: Span, kind: SentenceKind, paragraph: usize, found: &mut Vec<Sentence>) {
    let words = span.slice(chars);
    let lead = words.iter().take_while(|c| c.is_whitespace()).count();
    let trail = words.iter().rev().take_while(|c| c.is_whitespace()).count();
    if lead == words.len() || !words.iter().any(|c| c.is_alphanumeric()) {
        return;
    }
    let mut span = Span::new(span.start + lead, span.end - trail);
    // 経済協力: 両国は…。 — what stands before the colon is a heading of its own.
    if let Some(colon) = label_end(chars, span, kind) {
        let label = Span::new(span.start, colon);
        let trail = label.slice(chars).iter().rev().take_while(|c| c.is_whitespace()).count();
        let lead = chars[colon + 1..span.end].iter().take_while(|c| c.is_whitespace()).count();
        if trail < label.len() && colon + 1 + lead < span.end {
            let span = Span::new(label.start, label.end - trail);
            found.push(Sentence { span, kind: SentenceKind::Heading, paragraph });
        }
        span.start = if colon + 1 + lead < span.end { colon + 1 + lead } else { span.start };
    }
    // What runs on without end (tables, hostile input) is cut at commas, so that no sentence costs more than another.
    let mut start = span.start;
    while span.end - start > LONGEST {
        let limit = start + LONGEST;
        let cut = (start + LONGEST / 2..limit)
            .rev()
            .find(|&at| matches!(chars.get(at), Some('、' | ' ' | ',' | '\n')))
            .map_or(limit, |at| at + 1);
        let piece = Span::new(start, cut);
        let trail = piece.slice(chars).iter().rev().take_while(|c| c.is_whitespace()).count();
        if trail < piece.len() {
            found.push(Sentence { span: Span::new(start, cut - trail), kind, paragraph });
        }
        start = cut;
        while start < span.end && chars.get(start).is_some_and(|c| c.is_whitespace()) {
            start += 1;
        }
    }
    if start < span.end {
        found.push(Sentence { span: Span::new(start, span.end), kind, paragraph });
    }
}

/// Longest sentence, in code points; longer ones are cut at a comma.
const LONGEST: usize = 1_200;

/// Longest label, in code points.
const LABEL: usize = 24;

/// Where the label of an item or sentence ends: a few nouns before a colon.
fn label_end(chars: &[char], span: Span, kind: SentenceKind) -> Option<usize> {
    if !matches!(kind, SentenceKind::Item | SentenceKind::Body) {
        return None;
    }
    let words = span.slice(chars);
    let at = words.iter().take(LABEL).position(|c| *c == ':')?;
    let label = &words[..at];
    let plain = label.iter().all(|c| !matches!(c, '。' | '「' | '」' | '、' | '(' | ')' | '[' | '【'));
    let japanese = label.iter().any(|c| !c.is_ascii());
    (at >= 2 && plain && japanese && words.len() - at > 8).then_some(span.start + at)
}

/// Whether words hold the end of a sentence outside of brackets at their close: 。, or ．and the like.
fn ends_sentence(words: &[char]) -> bool {
    words.last().is_some_and(|c| matches!(c, '。'))
}

/// The kind of a block that names no source.
fn kind_of(chars: &[char], blocks: &[Block], index: usize) -> SentenceKind {
    let block = &blocks[index];
    let words = &chars[block.start..block.end];
    let len = words.len();
    let stopped = has_stop(words);
    match block.marker {
        Some(Marker::Heading) if !ends_sentence(words) => return SentenceKind::Heading,
        Some(Marker::Symbol) => {
            // A heading has text below it, an item its like beside it.
            let like = |other: Option<&Block>| {
                other.is_some_and(|other| other.marker == block.marker && other.first == block.first)
            };
            let beside = like(blocks.get(index + 1)) || index > 0 && like(blocks.get(index - 1));
            return if !stopped && len <= 60 && !beside { SentenceKind::Heading } else { SentenceKind::Item };
        }
        Some(Marker::Number) => {
            // A short numbered line above running text is the heading of it.
            let above_text = blocks.get(index + 1).is_some_and(|next| {
                next.marker != Some(Marker::Number) && has_stop(&chars[next.start..next.end])
            });
            let heading = !stopped && len <= 30 && above_text && !ends_in_predicate(words);
            return if heading { SentenceKind::Heading } else { SentenceKind::Item };
        }
        Some(Marker::Bullet) => return SentenceKind::Item,
        _ => {}
    }
    // A byline, the hour, (了): what stands in brackets below the text.
    if index > 0 && index + 2 >= blocks.len() && !stopped && len <= 40 && matches!(words, ['(', .., ')']) {
        return SentenceKind::Reference;
    }
    if !block.japanese {
        let stop = words.last().is_some_and(|c| matches!(c, '.' | '!' | '?'));
        return if !stop && len <= 150 { SentenceKind::Heading } else { SentenceKind::Body };
    }
    let last = words.last().copied().unwrap_or(' ');
    let first_of_many = index == 0 && blocks.len() > 1;
    if ends_sentence(words) {
        return SentenceKind::Body;
    }
    if stopped {
        // A headline may hold a stop within it; a paragraph may end in a credit or in a remark.
        return if first_of_many && len <= 60 && !is_closer(last) {
            SentenceKind::Heading
        } else {
            SentenceKind::Body
        };
    }
    if matches!(last, '」' | '』')
        && words.first().is_some_and(|c| matches!(c, '「' | '『'))
        && words.contains(&'。')
    {
        return SentenceKind::Body; // a paragraph of someone's words
    }
    if first_of_many && len <= 120 {
        return SentenceKind::Heading;
    }
    let predicate = ends_in_predicate(words);
    if matches!(last, ':' | '、') && len > 15 || len > 80 || predicate && (len > 40 || blocks.len() == 1) {
        return SentenceKind::Body;
    }
    SentenceKind::Heading
}

/// Whether a sentence ends within the words, outside of brackets.
fn has_stop(words: &[char]) -> bool {
    if !words.contains(&'。') {
        return false;
    }
    let mut from = 0;
    for (open, close) in pairs(words, 0, words.len(), Marks::All) {
        if open >= from {
            if words[from..open].contains(&'。') {
                return true;
            }
            from = close + 1;
        }
    }
    words[from.min(words.len())..].contains(&'。')
}

/// Whether words end as a Japanese predicate does.
fn ends_in_predicate(words: &[char]) -> bool {
    match words {
        [.., 'ま' | 'で', 'す'] => true,
        [.., before, last] => {
            matches!(last, 'た' | 'だ' | 'る' | 'う' | 'い' | 'す' | 'く' | 'む' | 'つ' | 'ぶ' | 'ん')
                && *before != ' '
        }
        _ => false,
    }
}

/// Whether a character may begin a sentence right after `!` or `?`, and no particle or dash that goes on.
fn starts_sentence(c: char) -> bool {
    (is_japanese(c)
        && !matches!(
            c,
            'と' | 'の'
                | 'が'
                | 'を'
                | 'は'
                | 'に'
                | 'へ'
                | 'で'
                | 'も'
                | 'や'
                | 'か'
                | 'な'
                | 'っ'
                | 'ー'
                | '・'
        ))
        || matches!(c, '「' | '『' | '(' | '【')
}

/// Marks the sources that a report lists at its end in running text: 『title』。outlet、date。
fn mark_citations(chars: &[char], found: &mut [Sentence]) {
    for index in 0..found.len() {
        let words = found[index].span.slice(chars);
        if !cites(words) {
            continue;
        }
        let titled = index > 0
            && matches!(found[index - 1].span.slice(chars), [.., '』' | '”' | '"', '。'])
            && found[index - 1].span.len() <= 200;
        if titled {
            found[index - 1].kind = SentenceKind::Reference;
        }
        if titled || words.starts_with(&['『']) {
            found[index].kind = SentenceKind::Reference;
        }
    }
}

/// Whether words end as a citation does: `、2006年8月17日。`, the day or a time of day being as it may.
pub(crate) fn cites(words: &[char]) -> bool {
    if words.len() > 200 {
        return false;
    }
    let Some(outlet) = before_date(words) else { return false };
    let outlet = outlet.strip_suffix(&['、']).or_else(|| outlet.strip_suffix(&['。'])).unwrap_or_default();
    !outlet.is_empty() && (!outlet.contains(&'。') || outlet.starts_with(&['『']))
}

/// What stands before the closing date of a citation.
pub(crate) fn before_date(words: &[char]) -> Option<&[char]> {
    fn number(words: &[char], unit: char) -> Option<&[char]> {
        let rest = words.strip_suffix(&[unit])?;
        let digits = rest.iter().rev().take_while(|c| c.is_ascii_digit()).count();
        (digits > 0).then(|| &rest[..rest.len() - digits])
    }
    let mut rest = words.strip_suffix(&['。'])?;
    if rest.last() == Some(&')') {
        rest = &rest[..rest.iter().rposition(|&c| c == '(')?];
    }
    // A time of day, after the day.
    let day = rest.iter().rposition(|&c| c == '日');
    if let Some(day) = day
        && day + 12 > rest.len()
        && rest[day + 1..]
            .iter()
            .all(|c| c.is_ascii_digit() || matches!(c, ':' | '時' | '分' | '午' | '前' | '後' | ' '))
    {
        rest = &rest[..=day];
    }
    let month = number(rest, '日').unwrap_or(rest);
    number(number(month, '月')?, '年')
}

/// Whether words are the name of a host and nothing else: `cgtn.com`, `www.example.jp/news`.
pub(crate) fn is_host(words: &[char]) -> bool {
    let host = words.split(|&c| c == '/').next().unwrap_or_default();
    let mut labels = 0;
    let mut last: &[char] = &[];
    for label in host.split(|&c| c == '.') {
        if label.is_empty() || !label.iter().all(|c| c.is_ascii_alphanumeric() || *c == '-') {
            return false;
        }
        labels += 1;
        last = label;
    }
    labels >= 2
        && last.len() >= 2
        && last.iter().all(char::is_ascii_alphabetic)
        && words.iter().all(|c| c.is_ascii_graphic())
}

/// The width at which the lines of a text were broken, where they were broken within sentences.
fn wrap_width(chars: &[char], lines: &[Option<Line>]) -> Option<usize> {
    let mut seen = 0;
    let mut widest = 0;
    for line in lines.iter().flatten() {
        if line.japanese {
            // The headline may be wider than the text.
            if seen > 0 {
                widest = widest.max(line.width);
            }
            seen += 1;
        }
    }
    if !(36..=160).contains(&widest) {
        return None;
    }
    let votes = lines
        .windows(2)
        .filter(|pair| {
            let [Some(line), Some(next)] = pair else { return false };
            line.japanese
                && line.width + 6 >= widest
                && next.marker.is_none()
                && !next.indented
                && !matches!(chars[line.end - 1], '。' | '」' | '』' | '？' | '?' | '!' | ':')
        })
        .count();
    let needed = if widest >= 56 { 2 } else { 4 };
    (votes >= needed).then_some(widest)
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ア'..='ン' | 'あ'..='ん')
}

fn is_kanji_digit(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// Columns that a character takes.
fn columns(c: char) -> usize {
    match c {
        '\0'..='\u{10FF}' | '\u{FF61}'..='\u{FFDC}' => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reading;
    use SentenceKind::{Body, Heading, Item, Reference};
    use proptest::prelude::*;

    fn of(text: &str) -> Vec<(SentenceKind, String)> {
        let chars = Reading::new(text).chars;
        sentences(&chars).iter().map(|s| (s.kind, s.span.text(&chars))).collect()
    }

    #[test]
    fn table() {
        let cases: &[(&str, &[(SentenceKind, &str)])] = &[
            (
                "甲国が訪問\n甲国の首相は5日、訪問した。6日に帰る。",
                &[(Heading, "甲国が訪問"), (Body, "甲国の首相は5日、訪問した。"), (Body, "6日に帰る。")],
            ),
            (
                "首相は「支持する。歓迎もする。」と述べた。",
                &[(Body, "首相は「支持する。歓迎もする。」と述べた。")],
            ),
            ("首相は「支持する。\n外相は応じた。", &[(Body, "首相は「支持する。"), (Body, "外相は応じた。")]),
            ("首相は（外相と共に）会談した。(了)", &[(Body, "首相は(外相と共に)会談した。"), (Body, "(了)")]),
            (
                "両国は協力した。\n関係は続くのか？——専門家の見方\n続くとみられる。",
                &[
                    (Body, "両国は協力した。"),
                    (Heading, "関係は続くのか?——専門家の見方"),
                    (Body, "続くとみられる。"),
                ],
            ),
            (
                "なぜか？それは分からない。驚いた！　本当だ。Yahoo!ニュースは報じた。",
                &[
                    (Body, "なぜか?"),
                    (Body, "それは分からない。"),
                    (Body, "驚いた!"),
                    (Body, "本当だ。"),
                    (Body, "Yahoo!ニュースは報じた。"),
                ],
            ),
            (
                "要点は次の通り。\n- 貿易を増やす\n・対話を続ける。会う。\n１　冒頭、首相が述べた。\n(2)外相が応じた。\n③次官も。\n一、合意した。",
                &[
                    (Body, "要点は次の通り。"),
                    (Item, "貿易を増やす"),
                    (Item, "対話を続ける。"),
                    (Item, "会う。"),
                    (Item, "冒頭、首相が述べた。"),
                    (Item, "外相が応じた。"),
                    (Item, "次官も。"),
                    (Item, "合意した。"),
                ],
            ),
            (
                "11 月6日に会談した。\n1.9%増えた。\n三、四人が来た。",
                &[(Body, "11 月6日に会談した。"), (Body, "1.9%増えた。"), (Body, "三、四人が来た。")],
            ),
            (
                "# 題\n## 経済\n貿易が増えた。\n■軍事\n演習をした。\n○訓練を実施した。\n【外交】\n会談した。",
                &[
                    (Heading, "題"),
                    (Heading, "経済"),
                    (Body, "貿易が増えた。"),
                    (Heading, "軍事"),
                    (Body, "演習をした。"),
                    (Item, "訓練を実施した。"),
                    (Heading, "【外交】"),
                    (Body, "会談した。"),
                ],
            ),
            (
                "1. 二国間関係\n両首脳は協力で一致した。\n2. 地域情勢\n意見を交わした。",
                &[
                    (Heading, "二国間関係"),
                    (Body, "両首脳は協力で一致した。"),
                    (Heading, "地域情勢"),
                    (Body, "意見を交わした。"),
                ],
            ),
            (
                "両国は合意した。\nReference(s):\nTwo countries agree\ncgtn.com\n",
                &[
                    (Body, "両国は合意した。"),
                    (Reference, "Reference(s):"),
                    (Reference, "Two countries agree"),
                    (Reference, "cgtn.com"),
                ],
            ),
            (
                "両国は合意した。\n出典\n* 『両国が合意』。甲新聞、2006年8月17日。\n\n関連\n別の話もある。",
                &[
                    (Body, "両国は合意した。"),
                    (Reference, "出典"),
                    (Reference, "『両国が合意』。"),
                    (Reference, "甲新聞、2006年8月17日。"),
                    (Heading, "関連"),
                    (Body, "別の話もある。"),
                ],
            ),
            (
                "首相は訪問した。『首相が訪問』。甲新聞、2006年8月17日。「よい」。首相は6日、2006年8月17日。",
                &[
                    (Body, "首相は訪問した。"),
                    (Reference, "『首相が訪問』。"),
                    (Reference, "甲新聞、2006年8月17日。"),
                    (Body, "「よい」。"),
                    (Body, "首相は6日、2006年8月17日。"),
                ],
            ),
            (
                "The U.S. and Japan met on Monday. They agreed, Mr. Smith said. Why? Nobody knows.",
                &[
                    (Body, "The U.S. and Japan met on Monday."),
                    (Body, "They agreed, Mr. Smith said."),
                    (Body, "Why?"),
                    (Body, "Nobody knows."),
                ],
            ),
            (
                "首相は訪問した．外相も，会談した．",
                &[(Body, "首相は訪問した。"), (Body, "外相も、会談した。")],
            ),
            ("中国の首相は訪問した", &[(Body, "中国の首相は訪問した")]),
            ("----\n***\n。\n\n", &[]),
        ];
        for (text, wanted) in cases {
            let wanted: Vec<_> = wanted.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect();
            assert_eq!(of(text), wanted, "{text}");
        }
    }

    #[test]
    fn broken_lines_are_joined() {
        let line = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほ";
        let text = format!("題名\n\n　{line}\n{line}\n終わった。\n　{line}\n短く終わった。\n");
        let kinds = of(&text);
        assert_eq!(kinds.len(), 3, "{kinds:?}");
        assert!(kinds[1].1.contains('\n') && kinds[1].1.ends_with("終わった。"));
        assert_eq!(of("両国の首脳は会談し、今後も対話を、\n続けることで一致した。").len(), 1);
        let lines =
            "両国は首脳会談を開いた\n両国の首脳は、協力を続けることで一致した。\n共同声明も発表した。";
        assert_eq!(of(lines).len(), 3);
    }

    #[test]
    fn long_lines_stay_quick() {
        for text in [
            "「".repeat(300_000),
            "(".repeat(300_000),
            "あ。".repeat(300_000),
            "「あ。」".repeat(200_000),
            "1 ".repeat(300_000),
            "\n".repeat(300_000),
            "あ\n".repeat(200_000),
            ". ".repeat(300_000),
            "『』。、2006年8月17日。".repeat(30_000),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let found = sentences(&chars);
            assert!(found.len() <= chars.len());
        }
    }

    fn layout() -> impl Strategy<Value = String> {
        let part = prop::sample::select(vec![
            "「",
            "」",
            "『",
            "』",
            "(",
            ")",
            "【",
            "】",
            "\"",
            "。",
            "！",
            "?",
            ".",
            "、",
            "\n",
            "\n\n",
            " ",
            "　",
            "- ",
            "# ",
            "1. ",
            "首相は",
            "訪問した",
            "、2006年8月17日",
            "出典",
            ":",
            "cgtn.com",
            "U.S.",
            "会談",
            "==",
            "写真:",
            "共同",
            "\r\n",
            "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほ",
        ]);
        prop_oneof![prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat()), any::<String>()]
    }

    proptest! {
        #[test]
        fn sentences_are_ordered_and_within_bounds(text in layout()) {
            let chars = Reading::new(&text).chars;
            let found = sentences(&chars);
            let mut at = 0;
            let mut paragraph = 0;
            for sentence in &found {
                prop_assert!(at <= sentence.span.start && sentence.span.start < sentence.span.end);
                prop_assert!(sentence.span.end <= chars.len() && sentence.paragraph >= paragraph);
                let words = sentence.span.slice(&chars);
                prop_assert!(!words[0].is_whitespace() && !words[words.len() - 1].is_whitespace());
                at = sentence.span.end;
                paragraph = sentence.paragraph;
            }
            for quote in crate::quotes(&chars, &found) {
                prop_assert!(quote.outer.contains(quote.inner) && quote.outer.end <= chars.len());
            }
            for (span, _) in crate::origins(&chars, &found) {
                prop_assert!(span.end <= chars.len() && span.start < span.end);
            }
            let _ = crate::title(&chars, &found);
        }
    }
}
