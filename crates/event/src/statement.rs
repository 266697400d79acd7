//! Statements: words and thoughts that the text attributes to a speaker.

use crate::party::{Anaphors, Discourse, Party, Phrases};
use crate::reading::Reading;
use entente_base::record::Kind;
use entente_base::{Lexicon, LexiconError, SentenceKind, Span};
use entente_clause::{Analysis, Case, ChunkKind, Clause, Link, Modality, Tense, Voice};
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
    /// Verbs whose clause only leads up to the words.
    leads: Vec<String>,
    /// Nouns of the occasion on which words are said.
    occasions: Vec<String>,
    /// Nouns that speak for the state that modifies them.
    speakers: Vec<String>,
    /// Papers that speak for those who issued them.
    papers: Vec<String>,
    /// People who may speak in a text but whom the codebook does not count.
    strangers: Vec<String>,
    /// Verbs whose topic may belong to the words said.
    telling: Vec<String>,
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
                other => {
                    return Err(row.error(format!("unknown `takes`: {other}"), "write と, を, よう or に"));
                }
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
        let (mut leads, mut occasions, mut speakers) = (Vec::new(), Vec::new(), Vec::new());
        let (mut papers, mut strangers, mut telling) = (Vec::new(), Vec::new(), Vec::new());
        for row in lexicon.rows("statement/lead.tsv")? {
            let list = row.list("words").into_iter().map(str::to_owned);
            match row.need("kind")? {
                "clause" => leads.extend(list),
                "occasion" => occasions.extend(list),
                "speaker" => speakers.extend(list),
                "paper" => papers.extend(list),
                "stranger" => strangers.extend(list),
                "telling" => telling.extend(list),
                other => {
                    return Err(row.error(
                        format!("unknown kind `{other}`"),
                        "write clause, occasion, speaker, paper, stranger or telling",
                    ));
                }
            }
        }
        Ok(Self { verbs, holders, sources, tails, leads, occasions, speakers, papers, strangers, telling })
    }

    /// The statements of one sentence.
    pub(crate) fn read(
        &self,
        reading: &Reading,
        anaphors: &Anaphors,
        index: usize,
        discourse: &Discourse,
    ) -> Vec<Said> {
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
            if let Some(one) = self.of_clause(&phrases, clause_index, clause, discourse, sentence.kind, &said)
            {
                said.push(one);
            }
        }
        if let Some((party, from, chunk)) = according {
            let own_voice =
                said.iter().any(|one| !one.party.is_empty() && one.party != party && explicit(analysis, one));
            if own_voice {
                let via = party.entities.first().copied();
                for one in &mut said {
                    one.via = via;
                }
            } else if let Some(voices) = voices(reading, &party, true) {
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
        join_chains(reading.chars(), analysis, &mut said);
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
        kind: SentenceKind,
        before: &[Said],
    ) -> Option<Said> {
        let analysis = phrases.analysis;
        let reading = phrases.reading;
        let chars = reading.chars();
        let heading = kind == SentenceKind::Heading;
        let lemma = clause.predicate.lemma.as_str();
        if clause.predicate.negated && clause.predicate.tense != Tense::None
            || clause.predicate.modality.contains(&Modality::Conditional)
        {
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
            && let Some(content) = contents(Link::Content)
                .map(|at| {
                    let own = self.clause_content(analysis, chars, at);
                    let speaker = self.speaker_chunk(phrases, index, before);
                    self.stretch(phrases, index, own, speaker, before)
                })
                .or_else(|| quoted(analysis, clause, Case::To))
        {
            // とする of a plan or a name is no saying: 〜を目標とする.
            if lemma == "する" && content.len() < 6 {
                return None;
            }
            (content, act.clone(), "statement/content")
        } else if let Some(act) = verb(Takes::Request)
            && let Some(at) = contents(Link::Request)
        {
            let own = self.clause_content(analysis, chars, at);
            let speaker = self.speaker_chunk(phrases, index, before);
            let span = self.stretch(phrases, index, own, speaker, before);
            let end = if Span::new(span.end, span.end + 2).text(chars) == "よう" {
                span.end + 2
            } else {
                span.end
            };
            (Span::new(span.start, end), act.clone(), "statement/request")
        } else if let Some((content, act)) = self.holder(phrases, clause) {
            (content, act, "statement/noun")
        } else if let Some(act) = verb(Takes::Object)
            && let Some(object) =
                clause.arguments.iter().rfind(|argument| argument.case == Case::Wo && !argument.shared)
        {
            let span = widen(analysis, object.span);
            // A bare quality is no statement: 親密さを強調した.
            let quoted = span.slice(chars).first() == Some(&'「') && span.slice(chars).last() == Some(&'」');
            let bare = analysis.modifiers(object.chunk).is_empty() && span.len() < 8;
            if !quoted && bare && act != "criticize" && act != "call" || heading {
                return None;
            }
            // 発射を非難した: so short an object needs its verb to be understood.
            let stem = clause.predicate.noun.filter(|_| span.len() < 5);
            (stem.map_or(span, |stem| span.join(stem)), act.clone(), "statement/object")
        } else if let Some(act) = verb(Takes::Topic)
            && let Some(topic) = clause.arguments.iter().rfind(|argument| {
                argument.case == Case::Ni && !argument.shared && !phrases.is_time(argument.chunk)
            })
        {
            if topic.span.len() < 8 || heading {
                return None;
            }
            (widen(analysis, topic.span), act.clone(), "statement/topic")
        } else {
            return None;
        };
        if matches!(clause.link, Link::Adnominal)
            && !heading
            && clause.subject().is_none_or(|subject| subject.shared)
        {
            // 〜を批判する声明 is told by the clause that governs the noun.
            let noun = analysis.adnominal_of(index).map(|chunk| analysis.chunks[chunk].content.text(chars));
            let speaks = noun.is_some_and(|noun| {
                ["声明", "談話", "文書", "文言", "書簡", "コメント", "宣言", "共同声明"]
                    .iter()
                    .any(|word| noun.ends_with(word))
            });
            if !speaks {
                return None;
            }
        }
        let party = self.speaker(phrases, index, clause, discourse, kind, before);
        let voices = voices(reading, &party, false)?;
        let content = unquote(chars, content);
        if content.len() < 3 {
            return None;
        }
        let span = content.join(clause.predicate.span);
        let span = clause
            .subject()
            .filter(|subject| !subject.shared)
            .map_or(span, |subject| span.join(subject.span));
        let act = refine(&act, chars, content);
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

    /// Who says it: the speaker named in the sentence; else who spoke just before.
    fn speaker(
        &self,
        phrases: &Phrases<'_>,
        index: usize,
        clause: &Clause,
        discourse: &Discourse,
        kind: SentenceKind,
        before: &[Said],
    ) -> Party {
        if let Some(agent) = clause.argument(Case::By).filter(|_| clause.predicate.voice == Voice::Passive) {
            return phrases.of(agent, discourse);
        }
        let heading = kind == SentenceKind::Heading;
        if let Some(chunk) = self.speaker_chunk(phrases, index, before) {
            let party = phrases.of_chunk(chunk, discourse);
            let own_topic = phrases.analysis.chunks[chunk].topic || phrases.analysis.chunks[chunk].also;
            let state_only = party.entities.is_empty() && own_topic;
            // そのうえでロシアは…を追求していると述べた: the words speak of Russia, the last speaker says them.
            if state_only && self.belongs_to_content(phrases, index, chunk, clause, discourse) {
                return discourse.speaker.clone();
            }
            if !party.is_empty() {
                return party;
            }
            let words = phrases.analysis.chunks[chunk].content.text(phrases.reading.chars());
            if self.papers.iter().any(|paper| words.ends_with(paper.as_str())) {
                return discourse.issuer.clone();
            }
            return Party::default();
        }
        let embedded = matches!(clause.link, Link::Adnominal | Link::Nominal | Link::Content | Link::Request);
        if embedded {
            let party = phrases.subject(index, discourse, true);
            if !party.is_empty() {
                return party;
            }
            let noun = phrases
                .analysis
                .adnominal_of(index)
                .map(|chunk| phrases.analysis.chunks[chunk].content.text(phrases.reading.chars()));
            if noun.is_some_and(|noun| self.papers.iter().any(|paper| noun.ends_with(paper.as_str()))) {
                return discourse.issuer.clone();
            }
            return Party::default();
        }
        if let Some(last) = before.last() {
            return last.party.clone();
        }
        // A subject that is nobody who speaks (専門家は, 各紙とも) leaves nobody; so does any topic before としている.
        let topics = |at: &usize| {
            let chunk = &phrases.analysis.chunks[*at];
            (chunk.topic || chunk.also)
                && chunk.quote.is_none()
                && !phrases.is_time(*at)
                && chunk.case != Some(Case::De)
        };
        let outsider = (0..clause.chunk)
            .filter(topics)
            .any(|at| self.is_stranger(phrases, at) || clause.predicate.lemma == "する");
        let stranger = outsider
            || clause.arguments.iter().any(|argument| {
                argument.case == Case::Ga
                    && !argument.shared
                    && argument.topic
                    && !phrases.is_time(argument.chunk)
                    && self.is_stranger(phrases, argument.chunk)
            });
        if heading || stranger || kind == SentenceKind::Item {
            let party = phrases.subject(index, discourse, true);
            return if kind == SentenceKind::Item && !stranger && !party.is_empty() {
                party
            } else {
                Party::default()
            };
        }
        if !discourse.speaker.is_empty() { discourse.speaker.clone() } else { discourse.topic.clone() }
    }

    /// Whether a chunk names people who could speak but whom the codebook does not count.
    fn is_stranger(&self, phrases: &Phrases<'_>, chunk: usize) -> bool {
        let words = phrases.analysis.chunks[chunk].content.text(phrases.reading.chars());
        self.strangers.iter().any(|word| words.ends_with(word.as_str()))
    }

    /// Whether a topic that is a state belongs to the words rather than to the verb of saying.
    fn belongs_to_content(
        &self,
        phrases: &Phrases<'_>,
        index: usize,
        chunk: usize,
        clause: &Clause,
        discourse: &Discourse,
    ) -> bool {
        if discourse.speaker.entities.is_empty() || !self.telling.contains(&clause.predicate.lemma) {
            return false;
        }
        let own_subject = phrases.analysis.clauses.iter().take(index).any(|other| {
            other.head == Some(index)
                && other.link == Link::Content
                && other.arguments.iter().any(|argument| {
                    argument.case == Case::Ga
                        && !argument.topic
                        && !argument.shared
                        && argument.chunk != chunk
                })
        });
        let same = phrases
            .of_chunk(chunk, discourse)
            .codes
            .iter()
            .any(|code| discourse.speaker.codes.contains(code));
        !own_subject && same
    }

    /// The chunk that names who says what a clause's verb says: the first person or body marked as topic since the
    /// last verb of saying, else the subject the clause itself has, else a state marked as topic.
    fn speaker_chunk(&self, phrases: &Phrases<'_>, index: usize, before: &[Said]) -> Option<usize> {
        let analysis = phrases.analysis;
        let clause = &analysis.clauses[index];
        let chars = phrases.reading.chars();
        let quote = analysis.chunks[clause.chunk].quote;
        let from = before
            .iter()
            .filter_map(|said| said.clause)
            .map(|at| analysis.clauses[at].chunk + 1)
            .max()
            .unwrap_or(0);
        let embedded = matches!(clause.link, Link::Adnominal | Link::Nominal | Link::Content | Link::Request);
        // 国連では…としている: a body with では speaks.
        let body_at =
            |at: usize| {
                let content = analysis.chunks[at].content;
                phrases.reading.mentions_in(content).last().is_some_and(|mention| {
                    mention.kind == Kind::Organization && mention.span.end == content.end
                })
            };
        let marked = |at: &usize| {
            let chunk = &analysis.chunks[*at];
            chunk.quote == quote
                && chunk.clause.is_none()
                && (chunk.case == Some(Case::Ga)
                    || chunk.topic && chunk.case == Some(Case::De) && body_at(*at)
                    || (chunk.topic || chunk.also)
                        && chunk.case.is_none_or(|case| matches!(case, Case::Ga | Case::Bare)))
        };
        let kind = |at: usize| {
            let content = analysis.chunks[at].content;
            let mentions = phrases.reading.mentions_in(content);
            let last = mentions.iter().rev().find(|mention| mention.kind != Kind::Place);
            let words = content.text(chars);
            let named = phrases.named(content);
            if named.entities.iter().any(|&entity| phrases.reading.named.entities[entity].media)
                && named.codes.len() <= 1
            {
                return 0;
            }
            // 台湾問題は, 中国船は: the name only modifies the head.
            let heads = last.is_some_and(|mention| {
                mention.kind == Kind::Person
                    || content.end <= mention.span.end + 1
                    || self.speakers.iter().any(|noun| words.ends_with(noun.as_str()))
                    || words.ends_with('氏')
            });
            if heads {
                return if last.is_some_and(|mention| mention.kind == Kind::State) { 1 } else { 2 };
            }
            if mentions.is_empty()
                && !phrases.of_chunk(at, &Discourse::default()).codes.is_empty()
                && self.speakers.iter().any(|noun| words.ends_with(noun.as_str()))
            {
                return 2;
            }
            if phrases.points_back(&words) {
                return 2;
            }
            if self.papers.iter().any(|paper| words.ends_with(paper.as_str())) {
                return 1;
            }
            0
        };
        if !embedded {
            let topics: Vec<usize> = (from..clause.chunk)
                .filter(marked)
                .filter(|&at| analysis.chunks[at].topic || analysis.chunks[at].also)
                .collect();
            if let Some(&person) = topics.iter().find(|&&at| kind(at) == 2) {
                return Some(person);
            }
            let own = (from..clause.chunk)
                .filter(marked)
                .find(|&at| analysis.chunks[at].head == Some(clause.chunk) && kind(at) == 2);
            if own.is_some() {
                return own;
            }
            return topics.iter().copied().find(|&at| kind(at) == 1).or_else(|| {
                (from..clause.chunk)
                    .filter(marked)
                    .find(|&at| analysis.chunks[at].head == Some(clause.chunk) && kind(at) == 1)
            });
        }
        clause
            .arguments
            .iter()
            .find(|argument| argument.case == Case::Ga && !argument.shared && kind(argument.chunk) > 0)
            .map(|argument| argument.chunk)
    }

    /// The words from behind the speaker and the occasion to the end of the content.
    fn stretch(
        &self,
        phrases: &Phrases<'_>,
        index: usize,
        own: Span,
        speaker: Option<usize>,
        before: &[Said],
    ) -> Span {
        let analysis = phrases.analysis;
        let chars = phrases.reading.chars();
        let clause = &analysis.clauses[index];
        if matches!(clause.link, Link::Adnominal | Link::Nominal | Link::Content | Link::Request) {
            return own;
        }
        if chars.get(own.start).is_some_and(|c| matches!(c, '「' | '『' | '“'))
            && analysis.quotes.iter().any(|quote| quote.outer == own)
        {
            return own;
        }
        let said = before
            .iter()
            .filter_map(|said| said.clause)
            .map(|at| analysis.clauses[at].chunk + 1)
            .max()
            .unwrap_or(0);
        let mut at = speaker.map_or(said, |speaker| (speaker + 1).max(said));
        // A topic that belongs to the words stays in them.
        if let Some(speaker) = speaker
            && analysis.chunks[speaker].content.start >= own.start
            && own.end > analysis.chunks[speaker].span.end
            && phrases.of_chunk(speaker, &Discourse::default()).entities.is_empty()
            && self
                .papers
                .iter()
                .all(|paper| !analysis.chunks[speaker].content.text(chars).ends_with(paper.as_str()))
            && analysis.chunks[speaker].head != Some(clause.chunk)
        {
            at = said;
        }
        let end_chunk = clause.chunk;
        while at < end_chunk {
            let chunk = &analysis.chunks[at];
            if chunk.content.start >= own.end {
                break;
            }
            let words = chunk.content.text(chars);
            let direct = chunk.head == Some(clause.chunk);
            let adverb = chunk.kind == ChunkKind::Adverbial && chunk.comma;
            let time = phrases.is_time(at) && (chunk.comma || direct);
            let occasion = matches!(chunk.case, Some(Case::De | Case::Ni | Case::Through))
                && self.occasions.iter().any(|noun| words.ends_with(noun.as_str()))
                && (chunk.comma || direct || chunk.topic);
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
            if adverb || time || occasion || aside {
                at += 1;
                continue;
            }
            // What stands before such an adjunct belongs to it: 定例の|会見で, その場で.
            let skip = (at + 1..end_chunk.min(at + 8)).find(|&next| {
                let phrase = &analysis.chunks[next];
                let words = phrase.content.text(chars);
                let occasion = matches!(phrase.case, Some(Case::De | Case::Ni | Case::Through))
                    && self.occasions.iter().any(|noun| words.ends_with(noun.as_str()))
                    && (phrase.comma || phrase.head == Some(clause.chunk) || phrase.topic);
                let lead = phrase.clause.is_some_and(|other| {
                    let other = &analysis.clauses[other];
                    let own = other
                        .arguments
                        .iter()
                        .any(|argument| argument.case == Case::Ga && !argument.topic && !argument.shared);
                    matches!(other.link, Link::And)
                        && !own
                        && self.leads.contains(&other.predicate.lemma)
                        && phrase.comma
                });
                let aside = phrase.head == Some(clause.chunk)
                    && phrase.comma
                    && matches!(phrase.case, Some(Case::About | Case::Against));
                (occasion || lead || aside)
                    && (phrase.span.start < own.end)
                    && (at..next).all(|inner| analysis.chunks[inner].head.is_some_and(|head| head <= next))
            });
            match skip {
                Some(next) => at = next + 1,
                None => break,
            }
        }
        let start = analysis.chunks.get(at).map_or(own.start, |chunk| chunk.span.start);
        if start + 3 > own.end { own } else { widen(analysis, Span::new(start, own.end)) }
    }

    /// The words of a content clause, with the clauses that lead to it.
    fn clause_content(&self, analysis: &Analysis, chars: &[char], at: usize) -> Span {
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
        let object = clause.arguments.iter().rfind(|argument| {
            matches!(argument.case, Case::Wo | Case::Ni) && !argument.shared && {
                let words = analysis.chunks[argument.chunk].content.text(chars);
                self.holders
                    .iter()
                    .any(|(noun, holder)| words.ends_with(noun.as_str()) && holder.verbs.contains(lemma))
            }
        })?;
        let noun_span = analysis.chunks[object.chunk].content;
        let words = noun_span.text(chars);
        let (noun, holder) = self
            .holders
            .iter()
            .find(|(noun, holder)| words.ends_with(noun.as_str()) && holder.verbs.contains(lemma))?;
        let length = noun.chars().count();
        let noun_start = noun_span.end - length;
        if holder.keep {
            // What it is about stands in the object itself or beside it: …について懸念を.
            let about = clause.arguments.iter().filter(|argument| {
                !argument.shared
                    && matches!(argument.case, Case::About | Case::Against | Case::Ni | Case::Wo | Case::De)
                    && !argument.topic
                    && argument.chunk != object.chunk
                    && !phrases.is_time(argument.chunk)
            });
            let about = about.filter(|argument| {
                matches!(argument.case, Case::About | Case::Against)
                    || argument.case == Case::Ni && noun == "理解"
            });
            let span = about.fold(object.span, |span, argument| span.join(argument.span));
            let span = Span::new(span.start, noun_span.end);
            let least = if holder.act == "criticize" { 1 } else { 2 };
            return (span.len() >= length + least || holder.act == "criticize")
                .then(|| (widen(analysis, span), holder.act.clone()));
        }
        // The clause or と before the noun is the content.
        let modifiers = analysis.modifiers(object.chunk);
        let last = modifiers.last()?;
        let chunk = &analysis.chunks[*last];
        let end = chunk.clause.map_or(chunk.content.end, |clause| {
            analysis.clauses[clause].predicate.span.end.max(chunk.content.end)
        });
        let mut span = Span::new(analysis.subtree_span(object.chunk).start, end.min(noun_start));
        for tail in ["という", "との", "とする", "といった", "と", "の"] {
            let words: Vec<char> = tail.chars().collect();
            if span.len() > words.len()
                && span.slice(chars).ends_with(&words)
                && (chunk.clause.is_some() || tail != "の")
            {
                span.end -= words.len();
                break;
            }
        }
        (span.len() >= 4).then(|| (widen(analysis, span), holder.act.clone()))
    }

    /// Who the sentence rests on by によると, with the place where the words begin.
    fn according(
        &self,
        phrases: &Phrases<'_>,
        analysis: &Analysis,
        discourse: &Discourse,
    ) -> Option<(Party, usize, usize)> {
        let chars = phrases.reading.chars();
        analysis.chunks.iter().enumerate().take(12).find_map(|(index, chunk)| {
            let source = || {
                let words = chunk.content.text(chars);
                self.sources.iter().any(|source| words.ends_with(source.as_str()))
            };
            let stands = chunk.case == Some(Case::AccordingTo)
                || chunk.topic && chunk.case == Some(Case::De) && source();
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

/// AしたうえでBと述べた, 懸念を表明し、…よう求めた: one statement of one speaker.
fn join_chains(chars: &[char], analysis: &Analysis, said: &mut Vec<Said>) {
    let mut at = 0;
    while at + 1 < said.len() {
        let (first, second) = (&said[at], &said[at + 1]);
        let quoted = first.content.start > 0 && matches!(chars[first.content.start - 1], '「' | '『' | '“');
        let chained = match (first.clause, second.clause) {
            (Some(one), Some(other)) => {
                let clause = &analysis.clauses[one];
                let weak = first.rule != "statement/content" && first.rule != "statement/object"
                    || matches!(
                        clause.predicate.lemma.as_str(),
                        "する" | "発表する" | "明らかにする" | "歓迎する" | "非難する" | "抗議する"
                    );
                matches!(clause.link, Link::And | Link::When) && clause.head == Some(other) && weak
            }
            _ => false,
        };
        if chained && !quoted && first.voices == second.voices && first.content.start < second.content.end {
            let first = said.remove(at);
            let second = &mut said[at];
            second.content = second.content.join(first.content);
            second.span = second.span.join(first.span);
        } else {
            at += 1;
        }
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
        .rfind(|quote| {
            quote.outer.end <= chunk.span.end
                && quote.outer.end + 1 >= chunk.content.end
                && quote.inner.end <= chunk.content.end + 1
        })
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
    let quote = phrases
        .analysis
        .quotes
        .iter()
        .find(|quote| quote.outer.end >= span.end.saturating_sub(1) && quote.inner.len() >= 6)?;
    let head = Span::new(span.start, quote.outer.start);
    if head.is_empty()
        || head.len() > 24
        || head
            .slice(chars)
            .iter()
            .any(|c| matches!(c, '、' | '。' | 'が' | 'の' | 'を' | 'で' | ':' | '-' | '―'))
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
        confidence: 0.75,
        rule: "statement/headline",
        clause: None,
    })
}

/// Who a party speaks as: its persons, else its bodies, else its states. Outlets speak only where the caller says so.
pub(crate) fn voices(reading: &Reading, party: &Party, outlets: bool) -> Option<Voices> {
    let entities = &reading.named.entities;
    for kind in [Kind::Person, Kind::Organization] {
        let speaks = |entity: usize| entities[entity].kind == kind && (outlets || !entities[entity].media);
        let list: Vec<usize> = party.entities.iter().copied().filter(|&entity| speaks(entity)).collect();
        if !list.is_empty() {
            return Some(Voices::Entities(list));
        }
    }
    let states: Vec<String> = party.sorted();
    (!states.is_empty()).then_some(Voices::States(states))
}

/// The act, as the words themselves show it.
fn refine(act: &str, chars: &[char], content: Span) -> String {
    let words = content.text(chars);
    let ends = |tails: &[&str]| tails.iter().any(|tail| words.ends_with(tail));
    match act {
        "assert" | "assess" | "explain" => {
            if ends(&[
                "べきだ",
                "べきである",
                "べき",
                "必要がある",
                "必要だ",
                "なければならない",
                "ねばならない",
                "重要だ",
                "不可欠だ",
                "必要性",
                "重要性",
            ]) {
                "call"
            } else if ends(&[
                "用意がある",
                "続ける",
                "つもりだ",
                "していく",
                "ていく",
                "方針だ",
                "たい",
                "意向だ",
                "予定だ",
                "支持する",
                "約束する",
            ]) {
                "pledge"
            } else if ends(&[
                "ではない",
                "はない",
                "事実ではない",
                "つもりはない",
                "ありえない",
                "あり得ない",
            ]) {
                "deny"
            } else {
                act
            }
        }
        _ => act,
    }
    .to_owned()
}
