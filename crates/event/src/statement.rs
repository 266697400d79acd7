//! Statements: words and thoughts that the text attributes to a speaker.

use crate::party::{Anaphors, Discourse, Party, Phrases};
use crate::reading::Reading;
use entente_base::record::Kind;
use entente_base::{Lexicon, LexiconError, SentenceKind, Span};
use entente_clause::{Analysis, Case, Clause, Link, Modality, Tense, Voice};
use std::collections::HashMap;

/// What stands for the words in a verb's arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Takes {
    /// Content before と.
    Content,
    /// What を marks.
    Object,
    /// A request before よう.
    Request,
    /// What に marks.
    Topic,
}

/// A noun that holds words.
#[derive(Debug, Clone)]
struct Holder {
    verbs: Vec<String>,
    keep: bool,
    act: String,
}

/// Finds statements by the verbs and nouns of `lexicon/statement`.
pub struct StatementReader {
    verbs: HashMap<(String, Takes), String>,
    holders: Vec<(String, Holder)>,
    sources: Vec<String>,
    tails: Vec<String>,
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Voices {
    /// Persons or bodies, by index of their entity.
    Entities(Vec<usize>),
    /// States, by code.
    States(Vec<String>),
}

/// A statement, its spans in normalized characters.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) voices: Voices,
    pub(crate) party: Party,
    pub(crate) span: Span,
    pub(crate) content: Span,
    pub(crate) act: String,
    pub(crate) via: Option<usize>,
    pub(crate) date: Option<String>,
    pub(crate) confidence: f32,
    pub(crate) rule: &'static str,
    /// The clause of the verb of saying.
    pub(crate) clause: Option<usize>,
}

impl StatementReader {
    /// Reads `statement/` of the lexicon.
    ///
    /// # Errors
    /// When a row is wrong.
    pub fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut verbs = HashMap::new();
        for row in lexicon.rows("statement/verb.tsv")? {
            let takes = match row.need("takes")? {
                "と" => Takes::Content,
                "を" => Takes::Object,
                "よう" => Takes::Request,
                "に" => Takes::Topic,
                other => return Err(row.error(format!("unknown `takes`: {other}"), "write と, を, よう or に")),
            };
            for verb in row.list("verbs") {
                verbs.entry((verb.to_owned(), takes)).or_insert_with(|| row.get("act").to_owned());
            }
        }
        let mut holders = Vec::new();
        for row in lexicon.rows("statement/noun.tsv")? {
            let holder = Holder {
                verbs: row.list("verbs").into_iter().map(str::to_owned).collect(),
                keep: row.get("keep") == "yes",
                act: row.need("act")?.to_owned(),
            };
            for noun in row.list("nouns") {
                holders.push((noun.to_owned(), holder.clone()));
            }
        }
        holders.sort_by_key(|(noun, _)| std::cmp::Reverse(noun.chars().count()));
        let (mut sources, mut tails) = (Vec::new(), Vec::new());
        for row in lexicon.rows("statement/according.tsv")? {
            let list = row.list("words").into_iter().map(str::to_owned);
            match row.need("kind")? {
                "source" => sources.extend(list),
                "tail" => tails.extend(list),
                other => return Err(row.error(format!("unknown kind `{other}`"), "write source or tail")),
            }
        }
        tails.sort_by_key(|tail: &String| std::cmp::Reverse(tail.chars().count()));
        Ok(Self { verbs, holders, sources, tails })
    }

    /// The statements of one sentence.
    pub(crate) fn read(&self, reading: &Reading, anaphors: &Anaphors, index: usize, discourse: &Discourse) -> Vec<Said> {
        let sentence = &reading.sentences[index];
        let analysis = &reading.analyses[index];
        if sentence.kind == SentenceKind::Reference {
            return Vec::new();
        }
        let heading = sentence.kind == SentenceKind::Heading;
        let phrases = Phrases { reading, analysis, anaphors };
        let mut said: Vec<Said> = Vec::new();
        let according = self.according(&phrases, analysis, discourse);
        for (clause_index, clause) in analysis.clauses.iter().enumerate() {
            if let Some(one) = self.of_clause(&phrases, clause_index, clause, discourse, heading, &said) {
                said.push(one);
            }
        }
        if let Some((party, from, chunk)) = according {
            let own_voice = said.iter().any(|one| !one.party.is_empty() && one.party != party && explicit(analysis, one));
            let media = party.entities.iter().find(|&&entity| reading.named.entities[entity].media).copied();
            if own_voice {
                let via = party.entities.first().copied();
                for one in &mut said {
                    one.via = via;
                }
            } else if let Some(voices) = voices(reading, &party, true) {
                let _ = media;
                said.retain(|one| explicit(analysis, one) && one.span.start >= from);
                let end = self.cut_tail(reading.chars(), sentence.span);
                if end > from + 3 {
                    said.push(Said {
                        voices,
                        party,
                        span: Span::new(analysis.chunks[chunk].span.start, sentence.span.end),
                        content: Span::new(from, end),
                        act: "explain".to_owned(),
                        via: None,
                        date: None,
                        confidence: 0.8,
                        rule: "statement/according-to",
                        clause: None,
                    });
                }
            }
        }
        if heading
            && said.is_empty()
            && let Some(one) = headline(reading, &phrases, sentence.span)
        {
            said.push(one);
        }
        said.sort_by_key(|one| (one.content.start, one.content.end));
        said.dedup_by(|b, a| a.content == b.content && a.voices == b.voices);
        said
    }

    fn of_clause(
        &self,
        phrases: &Phrases<'_>,
        index: usize,
        clause: &Clause,
        discourse: &Discourse,
        heading: bool,
        before: &[Said],
    ) -> Option<Said> {
        let analysis = phrases.analysis;
        let reading = phrases.reading;
        let chars = reading.chars();
        let lemma = clause.predicate.lemma.as_str();
        if clause.predicate.negated && clause.predicate.tense != Tense::None || clause.predicate.modality.contains(&Modality::Conditional) {
            return None;
        }
        // A passive says nothing of who spoke, unless it names the agent.
        if clause.predicate.voice == Voice::Passive && clause.argument(Case::By).is_none() {
            return None;
        }
        let contents = |link: Link| {
            analysis
                .clauses
                .iter()
                .enumerate()
                .filter(move |(at, other)| *at < index && other.head == Some(index) && other.link == link)
                .map(|(at, _)| at)
                .next_back()
        };
        let verb = |takes: Takes| self.verbs.get(&(lemma.to_owned(), takes));
        let (content, act, rule) = if let Some(act) = verb(Takes::Content)
            && let Some(content) = contents(Link::Content).map(|at| self.clause_content(analysis, chars, at)).or_else(|| quoted(analysis, clause, Case::To))
        {
            // とする of a plan or a name is no saying: 〜を目標とする.
            if lemma == "する" && content.len() < 6 {
                return None;
            }
            (content, act.clone(), "statement/content")
        } else if let Some(act) = verb(Takes::Request)
            && let Some(at) = contents(Link::Request)
        {
            let span = self.clause_content(analysis, chars, at);
            let end = if Span::new(span.end, span.end + 2).text(chars) == "よう" { span.end + 2 } else { span.end };
            (Span::new(span.start, end), act.clone(), "statement/request")
        } else if let Some((content, act)) = self.holder(phrases, clause) {
            (content, act, "statement/noun")
        } else if let Some(act) = verb(Takes::Object)
            && let Some(object) = clause.arguments.iter().rfind(|argument| argument.case == Case::Wo && !argument.shared)
        {
            let span = widen(analysis, object.span);
            // A bare quality is no statement: 親密さを強調した.
            let light = span.len() < 8 && phrases.named(span).is_empty() && act != "criticize" && act != "call";
            let quoted = span.slice(chars).first() == Some(&'「') && span.slice(chars).last() == Some(&'」');
            if light && !quoted && span.len() < 6 || act == "assert" && lemma == "示す" {
                return None;
            }
            (span, act.clone(), "statement/object")
        } else if let Some(act) = verb(Takes::Topic)
            && let Some(topic) = clause.arguments.iter().rfind(|argument| argument.case == Case::Ni && !argument.shared && !phrases.is_time(argument.chunk))
        {
            if topic.span.len() < 8 {
                return None;
            }
            (widen(analysis, topic.span), act.clone(), "statement/topic")
        } else {
            return None;
        };
        if matches!(clause.link, Link::Adnominal) && !heading && clause.subject().is_none_or(|subject| subject.shared) {
            // 〜を批判する声明 is told by the clause that governs the noun.
            let noun = analysis.adnominal_of(index).map(|chunk| analysis.chunks[chunk].content.text(chars));
            let speaks = noun.is_some_and(|noun| ["声明", "談話", "文書", "文言", "書簡", "コメント", "宣言", "共同声明"].iter().any(|word| noun.ends_with(word)));
            if !speaks {
                return None;
            }
        }
        let party = self.speaker(phrases, index, clause, discourse, heading, before);
        let voices = voices(reading, &party, false)?;
        let content = unquote(chars, content);
        if content.len() < 3 {
            return None;
        }
        let span = content.join(clause.predicate.span);
        let span = clause.subject().filter(|subject| !subject.shared).map_or(span, |subject| span.join(subject.span));
        let act = refine(&act, chars, content, clause);
        Some(Said {
            voices,
            party,
            span,
            content,
            act,
            via: None,
            date: None,
            confidence: if rule == "statement/content" { 0.85 } else { 0.7 },
            rule,
            clause: Some(index),
        })
    }

    /// Who says it: the clause's subject; else who spoke just before in the sentence.
    fn speaker(
        &self,
        phrases: &Phrases<'_>,
        index: usize,
        clause: &Clause,
        discourse: &Discourse,
        heading: bool,
        before: &[Said],
    ) -> Party {
        if let Some(agent) = clause.argument(Case::By).filter(|_| clause.predicate.voice == Voice::Passive) {
            return phrases.of(agent, discourse);
        }
        let party = phrases.subject(index, discourse, heading);
        if !party.is_empty() {
            return party;
        }
        let named = clause.arguments.iter().any(|argument| argument.case == Case::Ga && !phrases.is_time(argument.chunk));
        if named {
            // 声明は…, 宣言は…: those who issued it.
            let subject = clause.subject().map(|subject| subject.span.text(phrases.reading.chars())).unwrap_or_default();
            if ["声明", "宣言", "談話", "文書", "共同声明"].iter().any(|word| subject.ends_with(word)) {
                return discourse.speaker.clone();
            }
            return Party::default();
        }
        before.last().map(|said| said.party.clone()).unwrap_or_default()
    }

    /// The words of a content clause, with the clauses that lead to it.
    fn clause_content(&self, analysis: &Analysis, chars: &[char], at: usize) -> Span {
        let clause = &analysis.clauses[at];
        let subtree = analysis.subtree_span(clause.chunk);
        let chunk = &analysis.chunks[clause.chunk];
        let end = clause.predicate.span.end.max(chunk.content.end.min(chunk.span.end));
        let mut span = Span::new(subtree.start, end);
        // The closing mark of a quotation belongs to it.
        if let Some(quote) = analysis.quotes.iter().find(|quote| quote.inner.end == span.end || quote.outer.end == span.end) {
            span.end = quote.outer.end;
            if quote.outer.start < span.start {
                span.start = quote.outer.start;
            }
        }
        if chars.get(span.start) == Some(&'」') {
            span.start += 1;
        }
        widen(analysis, span)
    }

    /// 〜との見方を示した, 懸念を表明した.
    fn holder(&self, phrases: &Phrases<'_>, clause: &Clause) -> Option<(Span, String)> {
        let analysis = phrases.analysis;
        let chars = phrases.reading.chars();
        let lemma = &clause.predicate.lemma;
        let object = clause.arguments.iter().rfind(|argument| matches!(argument.case, Case::Wo | Case::Ni) && !argument.shared && {
            let words = analysis.chunks[argument.chunk].content.text(chars);
            self.holders.iter().any(|(noun, holder)| words.ends_with(noun.as_str()) && holder.verbs.contains(lemma))
        })?;
        let noun_span = analysis.chunks[object.chunk].content;
        let words = noun_span.text(chars);
        let (noun, holder) = self.holders.iter().find(|(noun, holder)| words.ends_with(noun.as_str()) && holder.verbs.contains(lemma))?;
        let length = noun.chars().count();
        let noun_start = noun_span.end - length;
        if holder.keep {
            // What it is about stands in the object itself or beside it: …について懸念を.
            let about = clause.arguments.iter().filter(|argument| {
                !argument.shared && matches!(argument.case, Case::About | Case::Against | Case::Ni | Case::Wo | Case::De) && !argument.topic && argument.chunk != object.chunk && !phrases.is_time(argument.chunk)
            });
            let about = about.filter(|argument| matches!(argument.case, Case::About | Case::Against) || argument.case == Case::Ni && noun == "理解");
            let span = about.fold(object.span, |span, argument| span.join(argument.span));
            let span = Span::new(span.start, noun_span.end);
            let least = if holder.act == "criticize" { 1 } else { 2 };
            return (span.len() >= length + least || holder.act == "criticize").then(|| (widen(analysis, span), holder.act.clone()));
        }
        // The clause or と before the noun is the content.
        let modifiers = analysis.modifiers(object.chunk);
        let last = modifiers.last()?;
        let chunk = &analysis.chunks[*last];
        let end = chunk.clause.map_or(chunk.content.end, |clause| analysis.clauses[clause].predicate.span.end.max(chunk.content.end));
        let mut span = Span::new(analysis.subtree_span(object.chunk).start, end.min(noun_start));
        for tail in ["という", "との", "とする", "といった", "と", "の"] {
            let words: Vec<char> = tail.chars().collect();
            if span.len() > words.len() && span.slice(chars).ends_with(&words) && (chunk.clause.is_some() || tail != "の") {
                span.end -= words.len();
                break;
            }
        }
        (span.len() >= 4).then(|| (widen(analysis, span), holder.act.clone()))
    }

    /// Who the sentence rests on by によると, with the place where the words begin.
    fn according(&self, phrases: &Phrases<'_>, analysis: &Analysis, discourse: &Discourse) -> Option<(Party, usize, usize)> {
        let chars = phrases.reading.chars();
        analysis.chunks.iter().enumerate().take(12).find_map(|(index, chunk)| {
            let source = || {
                let words = chunk.content.text(chars);
                self.sources.iter().any(|source| words.ends_with(source.as_str()))
            };
            let stands = chunk.case == Some(Case::AccordingTo) || chunk.topic && chunk.case == Some(Case::De) && source();
            if !stands {
                return None;
            }
            let party = phrases.of_chunk(index, discourse);
            (!party.is_empty()).then(|| {
                let mut from = chunk.span.end;
                while matches!(chars.get(from), Some('、' | ' ' | ',')) {
                    from += 1;
                }
                (party, from, index)
            })
        })
    }

    /// Where the words end before という, とみられる and the full stop.
    fn cut_tail(&self, chars: &[char], sentence: Span) -> usize {
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

/// Whether a statement's speaker stands in its own clause.
fn explicit(analysis: &Analysis, said: &Said) -> bool {
    said.clause
        .and_then(|clause| analysis.clauses.get(clause))
        .is_some_and(|clause| clause.arguments.iter().any(|argument| argument.case == Case::Ga))
}

/// A quotation before と that makes no clause of its own: 「親愛なる友人」と応じる.
fn quoted(analysis: &Analysis, clause: &Clause, case: Case) -> Option<Span> {
    let argument = clause.arguments.iter().rfind(|argument| argument.case == case && !argument.shared)?;
    let chunk = &analysis.chunks[argument.chunk];
    analysis
        .quotes
        .iter()
        .rfind(|quote| quote.outer.end <= chunk.span.end && quote.outer.end + 1 >= chunk.content.end && quote.inner.end <= chunk.content.end + 1)
        .map(|quote| quote.outer.join(argument.span))
}

/// Takes the opening mark of a quotation in, where the words begin or end inside it.
fn widen(analysis: &Analysis, mut span: Span) -> Span {
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
fn unquote(chars: &[char], mut span: Span) -> Span {
    while span.start < span.end && matches!(chars[span.start], '、' | ' ' | ',' | '\n') {
        span.start += 1;
    }
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
        return Span::new(span.start + 1, span.end - 1);
    }
    span
}

/// X氏「…」 in a headline.
fn headline(reading: &Reading, phrases: &Phrases<'_>, span: Span) -> Option<Said> {
    let chars = reading.chars();
    let quote = phrases.analysis.quotes.iter().find(|quote| quote.outer.end >= span.end.saturating_sub(1) && quote.inner.len() >= 6)?;
    let head = Span::new(span.start, quote.outer.start);
    if head.is_empty() || head.len() > 24 || head.slice(chars).iter().any(|c| matches!(c, '、' | '。' | 'が' | 'の' | 'を' | 'で' | ':' | '-' | '―')) {
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
        confidence: 0.75,
        rule: "statement/headline",
        clause: None,
    })
}

/// Who a party speaks as: its persons, else its bodies, else its states. Outlets speak only where the caller says so.
pub(crate) fn voices(reading: &Reading, party: &Party, outlets: bool) -> Option<Voices> {
    let entities = &reading.named.entities;
    let speaks = |&&entity: &&usize| outlets || !entities[entity].media;
    let persons: Vec<usize> = party.entities.iter().filter(speaks).filter(|&&entity| entities[entity].kind == Kind::Person).copied().collect();
    if !persons.is_empty() {
        return Some(Voices::Entities(persons));
    }
    let bodies: Vec<usize> = party.entities.iter().filter(speaks).filter(|&&entity| entities[entity].kind == Kind::Organization).copied().collect();
    if !bodies.is_empty() {
        return Some(Voices::Entities(bodies));
    }
    let states: Vec<String> = party.sorted();
    (!states.is_empty()).then_some(Voices::States(states))
}

/// The act, as the words themselves show it.
fn refine(act: &str, chars: &[char], content: Span, clause: &Clause) -> String {
    let words = content.text(chars);
    let ends = |tails: &[&str]| tails.iter().any(|tail| words.ends_with(tail));
    let _ = clause;
    match act {
        "assert" | "assess" | "explain" => {
            if ends(&["べきだ", "べきである", "べき", "必要がある", "必要だ", "なければならない", "ねばならない", "重要だ", "不可欠だ", "必要性", "重要性"]) {
                "call"
            } else if ends(&["用意がある", "続ける", "つもりだ", "していく", "ていく", "方針だ", "たい", "意向だ", "予定だ", "支持する", "約束する"]) {
                "pledge"
            } else if ends(&["ではない", "はない", "事実ではない", "つもりはない", "ありえない", "あり得ない"]) {
                "deny"
            } else {
                act
            }
        }
        _ => act,
    }
    .to_owned()
}
