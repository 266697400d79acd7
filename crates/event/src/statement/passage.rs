//! What a whole sentence tells: によると, headlines, a quotation announced before, what goes on from the sentence before; and
//! what the statements of one sentence are to each other.

use super::speaker::voices;
use super::words::unquote;
use super::{PAPER, Said, StatementReader, Takes, Voices, confidence};
use crate::party::{Discourse, Party, Phrases};
use crate::reading::Reading;
use entente_base::record::Kind;
use entente_base::{SentenceKind, Span};
use entente_clause::{Analysis, Case, ChunkKind, Link, Voice};

impl StatementReader {
    /// Who the sentence rests on by によると, with the place where the words begin.
    pub(super) fn according(
        &self,
        phrases: &Phrases<'_>,
        analysis: &Analysis,
        discourse: &Discourse,
    ) -> Option<(Party, usize, usize)> {
        let chars = phrases.reading.chars();
        analysis.chunks.iter().enumerate().take(12).find_map(|(index, chunk)| {
            let source = || {
                let words = chunk.content.text(chars);
                self.sources.end(&words)
            };
            let stands = chunk.case == Some(Case::AccordingTo)
                || chunk.topic && chunk.case == Some(Case::De) && source();
            if !stands {
                return None;
            }
            let words = chunk.content.text(chars);
            let party = if self.hearsay.contains(&words) && analysis.modifiers(index).is_empty() {
                // それによると, 発表によると: who spoke last.
                discourse.speaker.clone()
            } else if let Some(teller) = self.teller(phrases, index) {
                // 大使が語ったところによると.
                phrases.of_chunk(teller, discourse)
            } else if self.fitness(phrases, index) > 0 || source() {
                phrases.of_chunk(index, discourse)
            } else {
                Party::default()
            };
            (!party.is_empty()).then(|| {
                let mut from = chunk.span.end;
                while matches!(chars.get(from), Some('、' | ' ' | ',')) {
                    from += 1;
                }
                (party, from, index)
            })
        })
    }

    /// 通信社は当局者の話として、…と伝えた: whose words an outlet gives, and where these begin. An outlet says nothing else.
    pub(super) fn relayed_from(
        &self,
        phrases: &Phrases<'_>,
        discourse: &Discourse,
    ) -> Option<(Party, usize)> {
        let chars = phrases.reading.chars();
        let chunks = &phrases.analysis.chunks;
        chunks.iter().enumerate().take(16).find_map(|(index, chunk)| {
            let source = chunk.case == Some(Case::As)
                && chunk.quote.is_none()
                && self.sources.end(&chunk.content.text(chars))
                && !phrases.analysis.modifiers(index).is_empty();
            let party = source.then(|| phrases.of_chunk(index, discourse))?;
            let mut from = chunk.span.end;
            while matches!(chars.get(from), Some('、' | ' ' | ',')) {
                from += 1;
            }
            (!party.is_empty()).then_some((party, from))
        })
    }

    /// A sentence that is a quotation, announced by the one before: 次のように述べた。「…」.
    pub(super) fn pointed(
        &self,
        reading: &Reading,
        phrases: &Phrases<'_>,
        index: usize,
        discourse: &Discourse,
    ) -> Option<Said> {
        let chars = reading.chars();
        let sentence = reading.sentences[index].span;
        let quote = phrases.analysis.quotes.iter().find(|quote| quote.outer.start == sentence.start)?;
        let rest = Span::new(quote.outer.end, sentence.end).text(chars);
        if quote.inner.len() < 6 || !rest.trim_matches(['。', ' ', '\n']).is_empty() {
            return None;
        }
        let whole = |at: usize| {
            let span = reading.sentences[at].span;
            reading.analyses[at].quotes.iter().any(|quote| {
                quote.outer.start == span.start
                    && Span::new(quote.outer.end, span.end)
                        .text(chars)
                        .trim_matches(['。', ' ', '\n'])
                        .is_empty()
            })
        };
        let says = |at: usize| {
            let analysis = &reading.analyses[at];
            let words = reading.sentences[at].span.text(chars);
            let telling = analysis.main_clause().map(|main| &analysis.clauses[main]).is_some_and(|main| {
                self.act(&main.predicate.lemma, Takes::Content).is_some()
                    && main.predicate.voice == Voice::Active
            });
            (telling && self.pointers.iter().any(|word| words.contains(word.as_str()))).then_some(at)
        };
        // 次のように語った。「…」。「…」: past those that it announced as well.
        let first = (1..=index).rev().take(8).find(|&at| !whole(at - 1)).map(|at| at - 1);
        let at = first
            .and_then(says)
            .or_else(|| (index + 1 < reading.sentences.len()).then_some(index + 1).and_then(says))?;
        let other = Phrases { reading, analysis: &reading.analyses[at], anaphors: phrases.anaphors };
        let main = other.analysis.main_clause()?;
        let party = match self.speaker_chunk(&other, main, &[]) {
            Some(chunk) => other.of_chunk(chunk, discourse),
            None => other.subject(main, discourse, false),
        };
        let verb = &other.analysis.clauses[main].predicate.lemma;
        let act = self.act(verb, Takes::Content).map_or("assert", String::as_str);
        Some(Said {
            voices: voices(reading, &party, false)?,
            party,
            span: sentence,
            content: quote.inner,
            act: self.refine(act, phrases, verb, quote.inner),
            via: None,
            date: None,
            confidence: confidence("statement/pointed", true),
            rule: "statement/pointed",
            clause: None,
            quoted: false,
            base: "assert".to_owned(),
        })
    }

    /// A sentence that only names the outlet which the one before rests on: ロイター通信が伝えた.
    pub(super) fn reported(
        &self,
        reading: &Reading,
        phrases: &Phrases<'_>,
        index: usize,
        discourse: &Discourse,
    ) -> Option<Said> {
        let analysis = phrases.analysis;
        let chars = reading.chars();
        let before = index.checked_sub(1)?;
        let main = analysis.main_clause()?;
        let clause = &analysis.clauses[main];
        let reports = matches!(clause.predicate.lemma.as_str(), "伝える" | "報じる" | "報道する")
            && clause.predicate.voice == Voice::Active
            && !clause.predicate.negated
            && main == 0;
        let last = &reading.sentences[before];
        let told = discourse.speaker_sentence == Some(before)
            || discourse.outlet.is_some_and(|(_, sentence)| sentence == before);
        if !reports
            || told
            || last.kind != SentenceKind::Body
            || last.paragraph != reading.sentences[index].paragraph
        {
            return None;
        }
        let only = clause
            .arguments
            .iter()
            .all(|argument| argument.case == Case::Ga || phrases.is_time(argument.chunk));
        let subject = clause.subject().filter(|_| only)?;
        if self.fitness(phrases, subject.chunk) != 3 {
            return None;
        }
        let party = phrases.of(subject, discourse);
        let content = unquote(chars, last.span);
        (content.len() >= 6).then_some(())?;
        Some(Said {
            voices: voices(reading, &party, true)?,
            party,
            span: content.join(reading.sentences[index].span),
            content,
            act: "assert".to_owned(),
            via: None,
            date: None,
            confidence: confidence("statement/reported", true),
            rule: "statement/reported",
            clause: None,
            quoted: false,
            base: "assert".to_owned(),
        })
    }

    /// A sentence without a speaker of its own that goes on with the words of the one before: …ということです.
    pub(super) fn continued(
        &self,
        reading: &Reading,
        phrases: &Phrases<'_>,
        index: usize,
        discourse: &Discourse,
    ) -> Option<Said> {
        let chars = reading.chars();
        let sentence = &reading.sentences[index];
        let before = index.checked_sub(1)?;
        if discourse.speaker_sentence != Some(before)
            || reading.sentences[before].paragraph != sentence.paragraph
            || phrases.analysis.chunks.iter().any(|chunk| chunk.case == Some(Case::AccordingTo))
        {
            return None;
        }
        let mut end = sentence.span.end;
        while end > sentence.span.start && matches!(chars[end - 1], '。' | ' ' | '\n') {
            end -= 1;
        }
        let words = Span::new(sentence.span.start, end).text(chars);
        let tail = self.trailing.iter().find(|tail| words.ends_with(tail.as_str()))?;
        let mut start = sentence.span.start;
        for chunk in &phrases.analysis.chunks {
            if chunk.kind != ChunkKind::Adverbial || !chunk.comma {
                break;
            }
            start = chunk.span.end;
        }
        let content = unquote(chars, Span::new(start, end - tail.chars().count()));
        let party = discourse.speaker.clone();
        (content.len() >= 6).then_some(())?;
        Some(Said {
            voices: voices(reading, &party, false)?,
            party,
            span: sentence.span,
            content,
            act: self.refine("assert", phrases, "", content),
            via: None,
            date: None,
            confidence: confidence("statement/continued", false),
            rule: "statement/continued",
            clause: None,
            quoted: false,
            base: "assert".to_owned(),
        })
    }

    /// A headline signed with its speaker: 北朝鮮兵がロシアで訓練=米国防総省, 「…」と中国外相.
    pub(super) fn signed(&self, reading: &Reading, phrases: &Phrases<'_>, span: Span) -> Option<Said> {
        let chars = reading.chars();
        let mut end = span.end;
        while end > span.start && matches!(chars[end - 1], '。' | ' ' | '\n' | '』') {
            end -= 1;
        }
        let last = reading.mentions_in(Span::new(span.start, end)).last()?;
        let mark = (span.start + 6..end)
            .rev()
            .take(24)
            .find(|&at| matches!(chars[at], '=' | '＝') || chars[at] == 'と' && chars[at - 1] == '」')?;
        let tail = Span::new(mark + 1, end);
        if last.kind == Kind::Place || last.span.start < tail.start || tail.len() > last.span.len() + 6 {
            return None;
        }
        let mut start = span.start;
        while matches!(chars[start], '■' | '◆' | '●' | '▽' | '『' | '・' | ' ') {
            start += 1;
        }
        let content = unquote(chars, Span::new(start, mark));
        let party = phrases.named(tail);
        (content.len() >= 6).then_some(())?;
        Some(Said {
            voices: voices(reading, &party, false)?,
            party,
            span,
            content,
            act: self.refine("assert", phrases, "", content),
            via: None,
            date: None,
            confidence: confidence("statement/signed", true),
            rule: "statement/signed",
            clause: None,
            quoted: false,
            base: "assert".to_owned(),
        })
    }
}

/// X氏「…」 in a headline.
pub(super) fn headline(reading: &Reading, phrases: &Phrases<'_>, span: Span) -> Option<Said> {
    let chars = reading.chars();
    let quote = phrases
        .analysis
        .quotes
        .iter()
        .find(|quote| quote.outer.end >= span.end.saturating_sub(1) && quote.inner.len() >= 6)?;
    let head = Span::new(span.start, quote.outer.start);
    if head.is_empty()
        || head.len() > 24
        || head.slice(chars).iter().any(|c| {
            matches!(c, '、' | '。' | 'が' | 'の' | 'を' | 'で' | 'と' | 'へ' | 'に' | ':' | '-' | '―')
        })
    {
        return None;
    }
    let last = reading.mentions_in(head).last()?;
    if last.kind == Kind::Place {
        return None;
    }
    let party = phrases.named(head);
    let voices = voices(reading, &party, false)?;
    Some(Said {
        voices,
        party,
        span,
        content: quote.inner,
        act: "assert".to_owned(),
        via: None,
        date: None,
        confidence: confidence("statement/headline", true),
        rule: "statement/headline",
        clause: None,
        quoted: false,
        base: "assert".to_owned(),
    })
}

/// An outlet that tells of another's words only relays them; who speaks inside his own words says nothing anew.
pub(super) fn relay(reading: &Reading, said: &mut Vec<Said>) {
    let outlet = |one: &Said| match &one.voices {
        Voices::Entities(list) => {
            list.first().copied().filter(|&entity| reading.named.entities[entity].media)
        }
        Voices::States(_) => None,
    };
    let mut at = 0;
    while at < said.len() {
        let via = outlet(&said[at]);
        let content = said[at].content;
        let inner = |other: &Said, place: usize| {
            place != at && content.contains(other.content) && content != other.content
        };
        if let Some(via) = via {
            let mut found = false;
            for (place, other) in said.iter_mut().enumerate() {
                if inner(other, place) && outlet(other).is_none() {
                    other.via = Some(via);
                    found = true;
                }
            }
            if found {
                said.remove(at);
                continue;
            }
        }
        // 違法だと非難する声明を出した: the paper's words are told by the verb inside.
        if said[at].rule == PAPER && said.iter().enumerate().any(|(place, other)| inner(other, place)) {
            said.remove(at);
            continue;
        }
        let party = said[at].party.clone();
        let repeated: Vec<bool> = said
            .iter()
            .enumerate()
            .map(|(place, other)| inner(other, place) && other.party == party)
            .collect();
        let before = repeated.iter().take(at).filter(|&&repeats| repeats).count();
        let mut repeats = repeated.into_iter();
        said.retain(|_| !repeats.next().unwrap_or(false));
        at = at - before + 1;
    }
}

/// A quotation with its marks.
fn marked(chars: &[char], span: Span) -> Span {
    let opens = span.start > 0 && chars[span.start - 1] == '「';
    if opens && chars.get(span.end) == Some(&'」') { Span::new(span.start - 1, span.end + 1) } else { span }
}

/// AしたうえでBと述べた, 懸念を表明し、…よう求めた: one statement of one speaker.
pub(super) fn join_chains(chars: &[char], analysis: &Analysis, said: &mut Vec<Said>) {
    let mut at = 0;
    while at + 1 < said.len() {
        let (first, second) = (&said[at], &said[at + 1]);
        let quoted = first.quoted || second.quoted;
        let chained = match (first.clause, second.clause) {
            (Some(one), Some(other)) => {
                let clause = &analysis.clauses[one];
                let goes_on =
                    matches!(second.rule, "statement/content" | "statement/request" | "statement/purport");
                let wholly = first.rule == "statement/object"
                    && (second.rule == "statement/purport"
                        || second.rule == "statement/noun"
                            && analysis.clauses[other].predicate.lemma == "ある");
                let after = clause.predicate.span.end;
                let upon = Span::new(after, (after + 3).min(chars.len())).text(chars);
                let upon = upon == "うえで" || upon.starts_with("上で");
                // 深刻な懸念を示し、自制を求めた.
                let bare = first.rule == "statement/noun"
                    && first.content.len() <= 8
                    && second.rule == "statement/object"
                    && second.act == "call";
                let weak = wholly
                    || bare
                    || upon
                    // 支援に感謝の意を表し、…と求めた: two acts, not one.
                    || goes_on
                        && (first.rule != "statement/noun"
                            || second.act != "call"
                            || first.act == second.act
                            || first.act == "criticize")
                        && (matches!(
                            first.rule,
                            "statement/noun" | "statement/reason" | "statement/topic"
                        ) || matches!(
                            clause.predicate.lemma.as_str(),
                            "する" | "発表する" | "明らかにする" | "歓迎する"
                        ));
                let follows = matches!(clause.link, Link::And | Link::When) && clause.head == Some(other);
                follows && weak && (upon || !quoted)
            }
            _ => false,
        };
        if chained && first.voices == second.voices && first.content.start < second.content.end {
            let first = said.remove(at);
            let second = &mut said[at];
            second.content = marked(chars, second.content).join(marked(chars, first.content));
            second.span = second.span.join(first.span);
        } else {
            at += 1;
        }
    }
}
