//! Statements: words and thoughts that the text attributes to a speaker.

use crate::party::{Anaphors, Discourse, Party, Phrases};
use crate::reading::Reading;
use entente_base::record::Kind;
use entente_base::{Lexicon, LexiconError, SentenceKind, Span};
use entente_clause::{Analysis, Argument, Aspect, Case, ChunkKind, Clause, Link, Modality, Tense, Voice};
use entente_token::Tag;
use std::collections::{HashMap, HashSet};

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
    /// A clause made a noun before を: 発射したことを.
    Fact,
    /// What について marks.
    About,
}

/// A noun that holds words.
#[derive(Debug, Clone)]
struct Holder {
    verbs: Vec<String>,
    keep: bool,
    act: String,
}

/// How a noun that holds words stands to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HolderNoun {
    /// It belongs to them: 懸念.
    Part,
    /// It only names them: 考え.
    Apart,
    /// It is what they are written in: 声明.
    Paper,
}

/// What a clause says was said.
#[derive(Debug, Clone)]
struct Words {
    /// The words.
    content: Span,
    /// The part of them that the grammar marks as said: the quotation, the clause, the object.
    core: Span,
    act: String,
    rule: &'static str,
}

/// Who says something.
#[derive(Debug, Clone, Default)]
struct Heard {
    party: Party,
    /// Whether an outlet may be it.
    outlets: bool,
    /// Whether the sentence names it; else it goes on from those before.
    named: bool,
}

/// How often a rule is right, by what was counted on articles that people coded (docs/quality.md); a speaker whom the
/// sentence leaves out is wrong oftener.
fn confidence(rule: &str, named: bool) -> f32 {
    let own = match rule {
        "statement/content" | "statement/request" | "statement/purport" => 0.93,
        "statement/according-to" | "statement/fact" | "statement/noun" => 0.9,
        "statement/headline" | "statement/signed" | "statement/reason" | PAPER => 0.85,
        "statement/quotation" | "statement/pointed" | "statement/object" => 0.8,
        _ => 0.75,
    };
    if named { own } else { own - 0.1 }
}

/// The rule of what a paper says.
const PAPER: &str = "statement/paper";

/// How words show what kind of act they are.
struct Shown {
    act: String,
    from: Vec<String>,
    verbs: Vec<String>,
    ends: Vec<String>,
    plan: bool,
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
    /// People and bodies that may speak in a text, by the end of the phrase; the clause room's among them.
    strangers: Vec<String>,
    /// Verbs whose topic may belong to the words said.
    telling: Vec<String>,
    /// Verbs that take a quotation for a name or a count, not for words said.
    naming: Vec<String>,
    /// Words that announce a quotation in the next sentence, or point back to the one before.
    pointers: Vec<String>,
    /// Nouns of what was said before: それによると, 発表によると.
    hearsay: Vec<String>,
    /// Ends of a sentence that goes on with another's words: …ということです.
    trailing: Vec<String>,
    shown: Vec<Shown>,
    /// Verbs that nobody does of his own will.
    intransitive: HashSet<String>,
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
                "ことを" => Takes::Fact,
                "について" => Takes::About,
                other => {
                    return Err(row.error(
                        format!("unknown `takes`: {other}"),
                        "write と, を, よう, に, ことを or について",
                    ));
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
        let (mut naming, mut pointers, mut hearsay) = (Vec::new(), Vec::new(), Vec::new());
        let mut trailing = Vec::new();
        for row in lexicon.rows("statement/lead.tsv")? {
            let list = row.list("words").into_iter().map(str::to_owned);
            match row.need("kind")? {
                "clause" => leads.extend(list),
                "occasion" => occasions.extend(list),
                "speaker" => speakers.extend(list),
                "paper" => papers.extend(list),
                "stranger" => strangers.extend(list),
                "telling" => telling.extend(list),
                "naming" => naming.extend(list),
                "pointer" => pointers.extend(list),
                "hearsay" => hearsay.extend(list),
                "trailing" => trailing.extend(list),
                other => {
                    return Err(row.error(
                        format!("unknown kind `{other}`"),
                        "write clause, occasion, speaker, paper, stranger, telling, naming, pointer, hearsay or trailing",
                    ));
                }
            }
        }
        for row in lexicon.rows("clause/noun.tsv")? {
            if matches!(row.get("class"), "person" | "body") {
                strangers.push(row.need("word")?.to_owned());
            }
        }
        let mut shown = Vec::new();
        for row in lexicon.rows("statement/act.tsv")? {
            let list = |column| row.list(column).into_iter().map(str::to_owned).collect::<Vec<_>>();
            let mut from = list("from");
            if from.is_empty() {
                from = ["assert", "assess", "explain"].map(str::to_owned).to_vec();
            }
            let plan = row.get("plan") == "yes";
            shown.push(Shown {
                act: row.need("act")?.to_owned(),
                from,
                verbs: list("verbs"),
                ends: list("ends"),
                plan,
            });
        }
        let mut intransitive = HashSet::new();
        for row in lexicon.rows("clause/intransitive.tsv")? {
            intransitive.insert(row.need("verb")?.to_owned());
        }
        Ok(Self {
            shown,
            intransitive,
            verbs,
            holders,
            sources,
            tails,
            leads,
            occasions,
            speakers,
            papers,
            strangers,
            telling,
            naming,
            pointers,
            hearsay,
            trailing,
        })
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
        let chars = reading.chars();
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
        relay(reading, &mut said);
        if let Some((party, from, chunk)) = according {
            let own_voice =
                said.iter().any(|one| !one.party.is_empty() && one.party != party && explicit(analysis, one));
            if own_voice {
                let via = party.entities.first().copied();
                for one in &mut said {
                    one.via = one.via.or(via);
                }
            } else if let Some(voices) = voices(reading, &party, true)
                && !self.unheard(&phrases, heading, discourse, &party)
            {
                said.retain(|one| explicit(analysis, one) && one.span.start >= from);
                let end = self.cut_tail(chars, sentence.span);
                if end > from + 3 {
                    said.push(Said {
                        voices,
                        party,
                        span: Span::new(analysis.chunks[chunk].span.start, sentence.span.end),
                        content: Span::new(from, end),
                        act: "assert".to_owned(),
                        via: None,
                        date: None,
                        confidence: confidence("statement/according-to", true),
                        rule: "statement/according-to",
                        clause: None,
                    });
                }
            }
        }
        if said.is_empty() {
            let more = if heading {
                headline(reading, &phrases, sentence.span)
                    .or_else(|| self.signed(reading, &phrases, sentence.span))
            } else {
                self.pointed(reading, &phrases, index, discourse)
                    .or_else(|| self.continued(reading, &phrases, index, discourse))
            };
            said.extend(more);
        }
        join_chains(chars, analysis, &mut said);
        let mut said: Vec<Said> = said.into_iter().flat_map(|one| sentences_of(chars, one)).collect();
        let state = |one: &Said| matches!(one.voices, Voices::States(_));
        said.sort_by_key(|one| (one.content.start, one.content.end, state(one)));
        said.dedup_by(|b, a| a.content == b.content);
        said
    }

    /// Whether an outlet tells what someone said whom the text does not make known: 専門家は「…」と話した.
    fn unheard(&self, phrases: &Phrases<'_>, heading: bool, discourse: &Discourse, source: &Party) -> bool {
        let analysis = phrases.analysis;
        let media = |&entity: &usize| phrases.reading.named.entities[entity].media;
        if source.entities.is_empty() || !source.entities.iter().all(media) {
            return false;
        }
        analysis.main_clause().is_some_and(|main| {
            let clause = &analysis.clauses[main];
            let words = self.content(phrases, main, clause, heading, discourse, &[]);
            words.is_some_and(|words| {
                let topics = (0..clause.chunk).any(|at| {
                    let chunk = &analysis.chunks[at];
                    chunk.quote.is_none()
                        && (chunk.topic || chunk.case == Some(Case::Ga))
                        && chunk.head == Some(clause.chunk)
                        && !phrases.is_time(at)
                        && (chunk.content.end <= words.core.start || chunk.content.start >= words.core.end)
                });
                topics
                    && matches!(words.rule, "statement/content" | "statement/quotation" | "statement/request")
            })
        })
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
        // 否定した denies an act, but is itself told as done.
        let negated = clause.predicate.negated
            && (!clause.carried.is_some_and(|carried| carried.negates) || {
                let own = clause.predicate.span.text(chars);
                ["ない", "なかっ", "ませ"].iter().any(|not| own.contains(not))
            });
        if negated && clause.predicate.tense != Tense::None
            || clause.predicate.modality.contains(&Modality::Conditional)
        {
            return None;
        }
        // 〜だとする観測: a word that only joins.
        if matches!(clause.predicate.lemma.as_str(), "する" | "いう") && embedded(clause) {
            return None;
        }
        // 要請するとみている: not said yet.
        if matches!(clause.link, Link::Content | Link::Request | Link::Nominal)
            && clause.predicate.tense == Tense::NonPast
            && clause.predicate.aspect == Aspect::Simple
        {
            return None;
        }
        // 解決を促すうえで: in doing so; 促したうえで has done so.
        let doing = clause.predicate.tense == Tense::NonPast
            && Span::new(clause.predicate.span.end, (clause.predicate.span.end + 3).min(chars.len()))
                .text(chars)
                == "うえで";
        if doing || self.others_act(phrases, clause) {
            return None;
        }
        // A passive says nothing of who spoke, unless it names the agent.
        if clause.predicate.voice == Voice::Passive && clause.argument(Case::By).is_none() {
            return None;
        }
        let words = self.content(phrases, index, clause, heading, discourse, before)?;
        let Words { content, act, rule, .. } = words.clone();
        if matches!(clause.link, Link::Adnominal)
            && !heading
            && clause.subject().is_none_or(|subject| subject.shared)
        {
            // 〜を批判する声明 is told by the clause that governs the noun.
            let noun = analysis.adnominal_of(index).map(|chunk| analysis.chunks[chunk].content.text(chars));
            let speaks =
                noun.is_some_and(|noun| self.papers.iter().any(|paper| noun.ends_with(paper.as_str())));
            if !speaks {
                return None;
            }
        }
        let Heard { party, outlets, named } =
            self.speaker(phrases, index, clause, &words, discourse, kind, before);
        let voices = voices(reading, &party, outlets)?;
        let content = unquote(chars, content);
        // 「予備」と明記する, with nobody who does: hardly said.
        if content.len() < if named { 3 } else { 6 } {
            return None;
        }
        let span = content.join(clause.predicate.span);
        let span = clause
            .subject()
            .filter(|subject| !subject.shared)
            .map_or(span, |subject| span.join(subject.span));
        let act = self.refine(&act, phrases, &clause.predicate.lemma, content);
        Some(Said {
            voices,
            party,
            span,
            content,
            act,
            via: None,
            date: None,
            confidence: confidence(rule, named),
            rule,
            clause: Some(index),
        })
    }

    /// Whether a clause tells what another than the topic of the sentence does: 大臣は、隣国が改善を求め、…と述べた.
    fn others_act(&self, phrases: &Phrases<'_>, clause: &Clause) -> bool {
        if clause.link != Link::And || clause.quote.is_some() {
            return false;
        }
        let subject = clause.arguments.iter().find(|argument| {
            argument.case == Case::Ga && !argument.topic && !phrases.is_time(argument.chunk)
        });
        let Some(subject) = subject.map(|subject| subject.chunk) else { return false };
        let chunks = &phrases.analysis.chunks;
        let told = clause.head.is_some_and(|head| {
            let lemma = &phrases.analysis.clauses[head].predicate.lemma;
            self.verbs.contains_key(&(lemma.clone(), Takes::Content))
        });
        told && (0..subject).any(|at| {
            (chunks[at].topic || chunks[at].also)
                && chunks[at].clause.is_none()
                && chunks[at].quote.is_none()
                && chunks[at].case.is_none_or(|case| matches!(case, Case::Ga | Case::Bare))
                && self.fitness(phrases, at) > 0
        })
    }

    /// What a clause says was said, if its verb is one of saying: the words, the act, the rule.
    fn content(
        &self,
        phrases: &Phrases<'_>,
        index: usize,
        clause: &Clause,
        heading: bool,
        discourse: &Discourse,
        before: &[Said],
    ) -> Option<Words> {
        let analysis = phrases.analysis;
        let chars = phrases.reading.chars();
        let lemma = clause.predicate.lemma.as_str();
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
        let words = |core: Span, act: &str, rule: &'static str| {
            Some(Words { content: core, core, act: act.to_owned(), rule })
        };
        // With what leads up to it from behind the speaker.
        let whole = |core: Span, act: &str, rule: &'static str| {
            let speaker = self.speaker_chunk(phrases, index, before);
            let content = self.stretch(phrases, index, core, speaker, discourse, before);
            Some(Words { content, core, act: act.to_owned(), rule })
        };
        let after = |from: usize| Span::new(from, (from + 3).min(chars.len())).text(chars);
        let object =
            || clause.arguments.iter().rfind(|argument| argument.case == Case::Wo && !argument.shared);
        let content = contents(Link::Content).map(|at| (at, self.clause_content(analysis, chars, at)));
        if let Some(act) = verb(Takes::Content)
            && let Some(own) = content.map(|(_, own)| own).or_else(|| quoted(analysis, clause, Case::To))
        {
            if after(own.end) == "として" && lemma != "する" {
                // 使命だとして早期の決断を促した: the reason, then what is asked for.
                let asked = object().filter(|object| {
                    verb(Takes::Object).is_some()
                        && object.span.start >= own.end
                        && phrases.named(analysis.chunks[object.chunk].content).codes.is_empty()
                });
                let own = asked.map_or(own, |object| own.join(object.span));
                return whole(own, act, "statement/reason");
            }
            // 〜との見方を示した: the noun tells the act.
            let named = matches!(lemma, "示す" | "表明する" | "繰り返す" | "伝える" | "明らかにする");
            let held = self.holder(phrases, clause).filter(|_| named).map(|(_, act, _)| act);
            let found = whole(own, held.as_ref().unwrap_or(act), "statement/content")?;
            // とする of a plan or a name is no saying: 〜を目標とする.
            return (lemma != "する" || found.content.len() >= 6).then_some(found);
        }
        if let Some(act) = verb(Takes::Request)
            && let Some(at) = contents(Link::Request)
        {
            let mut found = whole(self.clause_content(analysis, chars, at), act, "statement/request")?;
            if after(found.content.end).starts_with("よう") {
                found.content.end += 2;
            }
            return Some(found);
        }
        // 〜旨述べる, 〜旨を伝える.
        if let Some(act) = verb(Takes::Content).or_else(|| verb(Takes::Object))
            && let Some(argument) = clause.arguments.iter().rfind(|argument| {
                matches!(argument.case, Case::Bare | Case::Wo)
                    && !argument.shared
                    && analysis.chunks[argument.chunk].content.text(chars) == "旨"
            })
            && let Some(&last) = analysis.modifiers(argument.chunk).last()
        {
            let own = match analysis.chunks[last].clause {
                Some(at) => self.clause_content(analysis, chars, at),
                None => analysis.subtree_span(last),
            };
            return whole(own, act, "statement/purport");
        }
        // A quotation before と makes any verb one of saying: 「…」と胸を張った.
        let held = self.holder(phrases, clause);
        let free = !self.naming.iter().any(|verb| verb == lemma) && clause.predicate.voice != Voice::Passive;
        if let Some((_, own)) = content
            && free
            && after(own.end).starts_with('と')
            && after(own.end) != "として"
            && analysis.quotes.iter().any(|quote| quote.outer == own && quote.inner.len() >= 6)
        {
            let act = held.map_or("assert".to_owned(), |(_, act, _)| act);
            return whole(own, &act, "statement/quotation");
        }
        if let Some((own, act, noun)) = held {
            return match noun {
                HolderNoun::Part => words(own, &act, "statement/noun"),
                HolderNoun::Apart => whole(own, &act, "statement/noun"),
                HolderNoun::Paper => words(own, &act, PAPER),
            };
        }
        // 〜したことを発表する: any verb of saying may take a clause made a noun.
        if let Some(act) = verb(Takes::Fact).or_else(|| verb(Takes::Object))
            && let Some(object) = object().filter(|object| !object.topic)
            && matches!(analysis.chunks[object.chunk].content.text(chars).as_str(), "こと" | "事" | "の")
            && analysis.modifiers(object.chunk).iter().any(|&at| analysis.chunks[at].clause.is_some())
        {
            return whole(widen(analysis, object.span), act, "statement/fact");
        }
        if let Some(act) = verb(Takes::Object)
            && let Some(object) = object()
        {
            let span = widen(analysis, object.span);
            // A bare quality is no statement: 親密さを強調した.
            let quoted = span.slice(chars).first() == Some(&'「') && span.slice(chars).last() == Some(&'」');
            let bare = analysis.modifiers(object.chunk).is_empty() && span.len() < 8;
            if !quoted && bare && act != "criticize" && act != "call" && act != "deny" || heading {
                return None;
            }
            // 報告書を明らかにした: the paper, not its words.
            let last = analysis.chunks[object.chunk].content.text(chars);
            if act == "assert" && self.papers.iter().any(|paper| last.ends_with(paper.as_str())) {
                return None;
            }
            // 発射を非難した: so short an object needs its verb to be understood.
            let stem = clause.predicate.noun.filter(|_| span.len() < 5);
            return words(stem.map_or(span, |stem| span.join(stem)), act, "statement/object");
        }
        for (takes, case) in [(Takes::Topic, Case::Ni), (Takes::About, Case::About)] {
            if let Some(act) = verb(takes)
                && let Some(topic) = clause.arguments.iter().rfind(|argument| {
                    argument.case == case
                        && !argument.shared
                        && !argument.topic
                        && !phrases.is_time(argument.chunk)
                })
            {
                let named = analysis.chunks[topic.chunk].content.text(chars);
                let own = widen(analysis, topic.span);
                let found = if matches!(named.as_str(), "こと" | "点") {
                    whole(own, act, "statement/topic")
                } else {
                    words(own, act, "statement/topic")
                };
                return found.filter(|found| found.content.len() >= 8 && !heading);
            }
        }
        // So does として before an act that it gives the reason for: 違反だとして大使を呼んだ.
        let (at, own) = content.filter(|_| free)?;
        let plain = analysis.clauses[at].predicate.tense != Tense::None;
        if plain && after(own.end) == "として" && own.len() >= 6 && !heading {
            return whole(own, "assert", "statement/reason");
        }
        None
    }

    /// Who says it: the speaker named in the sentence; else who spoke just before. With it whether an outlet may be it.
    #[allow(clippy::too_many_arguments)]
    fn speaker(
        &self,
        phrases: &Phrases<'_>,
        index: usize,
        clause: &Clause,
        words: &Words,
        discourse: &Discourse,
        kind: SentenceKind,
        before: &[Said],
    ) -> Heard {
        let here = |party: Party, outlets: bool| Heard { party, outlets, named: true };
        let left_out = |party: Party| Heard { party, outlets: false, named: false };
        if let Some(agent) = clause.argument(Case::By).filter(|_| clause.predicate.voice == Voice::Passive) {
            return here(phrases.of(agent, discourse), false);
        }
        let heading = kind == SentenceKind::Heading;
        if let Some(chunk) = self.speaker_chunk(phrases, index, before) {
            let party = phrases.of_chunk(chunk, discourse);
            let own_topic = phrases.analysis.chunks[chunk].topic || phrases.analysis.chunks[chunk].also;
            let state_only = party.entities.is_empty() && own_topic;
            // そのうえでロシアは…を追求していると述べた: the words speak of Russia, the last speaker says them.
            if state_only && self.belongs_to_content(phrases, index, chunk, clause, discourse) {
                return left_out(discourse.speaker.clone());
            }
            if !party.is_empty() {
                return here(party, true);
            }
            let words = phrases.analysis.chunks[chunk].content.text(phrases.reading.chars());
            if self.papers.iter().any(|paper| words.ends_with(paper.as_str())) {
                return here(discourse.issuer.clone(), false);
            }
            return Heard::default();
        }
        if embedded(clause) {
            let party = phrases.subject(index, discourse, true);
            if !party.is_empty() {
                return here(party, false);
            }
            let noun = phrases
                .analysis
                .adnominal_of(index)
                .map(|chunk| phrases.analysis.chunks[chunk].content.text(phrases.reading.chars()));
            if noun.is_some_and(|noun| self.papers.iter().any(|paper| noun.ends_with(paper.as_str()))) {
                return left_out(discourse.issuer.clone());
            }
            return Heard::default();
        }
        let outsider = self.outsider(phrases, clause, words, before);
        if !outsider && let Some(last) = before.iter().rev().find(|said| !told_inside(phrases.analysis, said))
        {
            return here(last.party.clone(), false);
        }
        // A numbered paragraph goes on with the speaker of its sentence before.
        let own = phrases.analysis.sentence;
        let fresh = kind == SentenceKind::Item
            && !own.checked_sub(1).is_some_and(|last| {
                let sentences = &phrases.reading.sentences;
                discourse.speaker_sentence == Some(last)
                    && sentences[last].paragraph == sentences[own].paragraph
            });
        if heading || outsider || fresh {
            let party = phrases.subject(index, discourse, true);
            let party = if kind == SentenceKind::Item && !outsider { party } else { Party::default() };
            return left_out(party);
        }
        // 〜と報じている is said of outlets alone, and 〜と伝えた mostly.
        let relayed = clause.predicate.lemma == "伝える"
            && words.rule == "statement/content"
            && clause.argument(Case::Ni).is_none();
        if matches!(clause.predicate.lemma.as_str(), "報じる" | "報道する") || relayed {
            return Heard::default();
        }
        let last = if discourse.speaker.is_empty() { &discourse.topic } else { &discourse.speaker };
        left_out(last.clone())
    }

    /// Whether the sentence names someone else as the one who says it, whom the text does not make known: 専門家は,
    /// 協会が, 各紙とも; or any topic before としている.
    fn outsider(&self, phrases: &Phrases<'_>, clause: &Clause, words: &Words, before: &[Said]) -> bool {
        let analysis = phrases.analysis;
        let chars = phrases.reading.chars();
        let from = self.from(analysis, before);
        let quote = analysis.chunks[clause.chunk].quote;
        let core = words.core;
        let exists = clause.predicate.lemma == "ある";
        let is_quote = analysis.quotes.iter().any(|quote| quote.outer == core);
        let told = matches!(words.rule, "statement/content" | "statement/request" | "statement/reason");
        (from..clause.chunk).any(|at| {
            let chunk = &analysis.chunks[at];
            if chunk.quote != quote || chunk.clause.is_some() || phrases.is_time(at) {
                return false;
            }
            // 枠組みとは、…姿勢を示すものだ: a word is explained.
            if chunk.case == Some(Case::To) && chunk.topic {
                return true;
            }
            // 消息筋によると: someone else's word, unless it is known whose.
            if chunk.case == Some(Case::AccordingTo) {
                return true;
            }
            let topic = chunk.topic || chunk.also;
            let own = chunk.head == Some(clause.chunk);
            if chunk.case == Some(Case::Kara) && exists && own {
                return true;
            }
            let marked = topic || chunk.case == Some(Case::Ga);
            if !marked || chunk.case.is_some_and(|case| !matches!(case, Case::Ga | Case::Bare)) {
                return false;
            }
            // 〜と同社は語った: what stands between the words and the verb is the speaker.
            if own && chunk.content.start >= core.end {
                return !exists;
            }
            if chunk.content.end > core.start {
                return false;
            }
            // 団長は「…」と語った: nor can what stands before a quotation be of its words.
            let thing = matches!(words.rule, "statement/object" | "statement/topic" | PAPER);
            if own && (!topic && !told || topic && thing) {
                return true;
            }
            // これは…との考えを示したものだ: a thing shows it, nobody says it.
            let name = chunk.content.text(chars);
            let thing = matches!(name.as_str(), "これ" | "それ" | "こと");
            topic && thing && matches!(words.rule, "statement/noun" | PAPER)
                || (own || topic) && (self.is_stranger(phrases, at) || clause.predicate.lemma == "する")
                || own && topic && (is_quote || self.has_subject(analysis, core)) && is_name(phrases, at)
        })
    }

    /// Whether the words said have a subject of their own.
    fn has_subject(&self, analysis: &Analysis, core: Span) -> bool {
        analysis.clauses.iter().any(|clause| {
            clause.link == Link::Content
                && core.contains(clause.predicate.span)
                && clause
                    .arguments
                    .iter()
                    .any(|argument| argument.case == Case::Ga && !argument.topic && !argument.shared)
        })
    }

    /// The first chunk behind the last verb of saying that is told on the same level.
    fn from(&self, analysis: &Analysis, before: &[Said]) -> usize {
        before
            .iter()
            .filter(|said| !told_inside(analysis, said))
            .filter_map(|said| said.clause)
            .map(|at| analysis.clauses[at].chunk + 1)
            .max()
            .unwrap_or(0)
    }

    /// Whether a chunk names people or a body that could speak but are no party that the text makes known.
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

    /// How fit a chunk is to name a speaker: 3 an outlet, 2 a person or body, 1 a state or a paper, 0 nobody.
    fn fitness(&self, phrases: &Phrases<'_>, at: usize) -> u8 {
        let analysis = phrases.analysis;
        let chars = phrases.reading.chars();
        let content = analysis.chunks[at].content;
        let mentions = phrases.reading.mentions_in(content);
        let last = mentions.iter().rev().find(|mention| mention.kind != Kind::Place);
        let words = content.text(chars);
        // 中国とロシアの両国は, 日米韓3カ国は.
        let counted = ["カ国", "か国", "ヵ国", "ヶ国", "2国", "3国", "4国", "5国", "両国"]
            .iter()
            .any(|end| words.ends_with(end));
        if counted && !phrases.of_chunk(at, &Discourse::default()).codes.is_empty() {
            return 2;
        }
        // 台湾問題は, 中国船は: the name only modifies the head.
        let heads = last.is_some_and(|mention| {
            mention.kind == Kind::Person
                || content.end <= mention.span.end
                || content.end == mention.span.end + 1
                    && words.ends_with(['側', '軍', '氏', 'ら', '勢', '紙', '相', '省', '庁', '府', '王'])
                || self.speakers.iter().any(|noun| words.ends_with(noun.as_str()))
                || words.ends_with('氏')
        });
        if heads {
            return match last {
                Some(mention) if phrases.reading.entity(mention).media => 3,
                Some(mention) if mention.kind == Kind::State => 1,
                _ => 2,
            };
        }
        if mentions.is_empty() && !phrases.of_chunk(at, &Discourse::default()).codes.is_empty() {
            if self.speakers.iter().any(|noun| words.ends_with(noun.as_str())) {
                return 2;
            }
        }
        if phrases.points_back(&words) {
            return 2;
        }
        u8::from(self.papers.iter().any(|paper| words.ends_with(paper.as_str())))
    }

    /// The chunk that names who says what a clause's verb says: the first person or body marked as topic since the
    /// last verb of saying, else the subject the clause itself has, else a state marked as topic.
    fn speaker_chunk(&self, phrases: &Phrases<'_>, index: usize, before: &[Said]) -> Option<usize> {
        let analysis = phrases.analysis;
        let clause = &analysis.clauses[index];
        let quote = analysis.chunks[clause.chunk].quote;
        let from = self.from(analysis, before);
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
        if embedded(clause) {
            return clause
                .arguments
                .iter()
                .find(|argument| {
                    argument.case == Case::Ga
                        && !argument.shared
                        && (1..=2).contains(&self.fitness(phrases, argument.chunk))
                })
                .map(|argument| argument.chunk);
        }
        let topic = |at: &usize| analysis.chunks[*at].topic || analysis.chunks[*at].also;
        let own = |at: &usize| analysis.chunks[*at].head == Some(clause.chunk);
        let all: Vec<(usize, u8)> =
            (from..clause.chunk).filter(marked).map(|at| (at, self.fitness(phrases, at))).collect();
        let first = |accept: &dyn Fn(&usize) -> bool, least: u8| {
            all.iter().find(|(at, fitness)| *fitness >= least && accept(at)).map(|(at, _)| *at)
        };
        // 大臣から…旨述べた: who says it may be marked by から, where nobody is by は or が.
        let out_of = || {
            (from..clause.chunk).find(|&at| {
                let chunk = &analysis.chunks[at];
                chunk.quote == quote
                    && chunk.case == Some(Case::Kara)
                    && (chunk.comma || own(&at))
                    && self.fitness(phrases, at) > 0
            })
        };
        // 中国は拿捕し、ベトナムは違反だと非難した: a topic behind another act is the one that speaks.
        let act = analysis.clauses[..index]
            .iter()
            .filter(|other| {
                other.head == Some(index)
                    && matches!(other.link, Link::And | Link::But | Link::Because)
                    && analysis.chunks[other.chunk].comma
                    && other.chunk >= from
                    && !self.leads_up(phrases, other)
            })
            .map(|other| other.chunk)
            .next_back();
        let chars = phrases.reading.chars();
        let behind = all.iter().rfind(|(at, fitness)| {
            // Nor can what stands right before a quotation be of its words.
            let quotes = chars.get(analysis.chunks[*at].span.end) == Some(&'「') && *fitness > 1;
            *fitness > 0 && topic(at) && own(at) && (quotes || act.is_some_and(|act| *at > act))
        });
        let behind = behind.map(|(at, _)| *at);
        // 農相が会見し、「…」と述べた; 各国が懸念を表明し、対話を訴えた: the subject of what goes before.
        let shared = || {
            all.iter()
                .find(|(at, fitness)| {
                    *fitness > 0
                        && analysis.chunks[*at].head.is_some_and(|head| {
                            analysis.chunks[head]
                                .clause
                                .map(|at| &analysis.clauses[at])
                                .is_some_and(|other| other.head == Some(index) && other.link == Link::And)
                        })
                })
                .map(|(at, _)| *at)
        };
        behind
            .or_else(|| first(&topic, 2))
            .or_else(|| first(&own, 2))
            .or_else(shared)
            .or_else(|| first(&topic, 1))
            .or_else(|| first(&own, 1))
            .or_else(out_of)
    }

    /// Whether a clause only leads up to words: 会見し, 演説を行い.
    fn leads_up(&self, phrases: &Phrases<'_>, clause: &Clause) -> bool {
        let chars = phrases.reading.chars();
        let occasion = || {
            clause.arguments.iter().any(|argument| {
                argument.case == Case::Wo && !argument.shared && {
                    let words = phrases.analysis.chunks[argument.chunk].content.text(chars);
                    self.occasions.iter().any(|noun| words.ends_with(noun.as_str()))
                }
            })
        };
        self.leads.contains(&clause.predicate.lemma) || clause.predicate.lemma == "行う" && occasion()
    }

    /// The words from behind the speaker and the occasion to the end of the content.
    fn stretch(
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
            return subject.map_or(own, |at| Span::new(analysis.subtree_span(at).start, own.end));
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
            let occasion = matches!(chunk.case, Some(Case::De | Case::Ni | Case::Through | Case::By))
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
                    && self.occasions.iter().any(|noun| words.ends_with(noun.as_str()))
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
                    matches!(other.link, Link::And) && !own && self.leads_up(phrases, other) && phrase.comma
                });
                let aside = phrase.head == Some(clause.chunk)
                    && phrase.comma
                    && matches!(phrase.case, Some(Case::About | Case::Against));
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

    /// 〜との見方を示した, 懸念を表明した, 〜との説明があった; with it how the noun stands to the words.
    fn holder(&self, phrases: &Phrases<'_>, clause: &Clause) -> Option<(Span, String, HolderNoun)> {
        let analysis = phrases.analysis;
        let chars = phrases.reading.chars();
        let lemma = &clause.predicate.lemma;
        let phrase = |argument: &Argument| {
            let end = analysis.chunks[argument.chunk].content.end;
            Span::new(argument.span.start.min(end), end).text(chars)
        };
        let fits =
            |words: &str, noun: &str, holder: &Holder| words.ends_with(noun) && holder.verbs.contains(lemma);
        let object = clause.arguments.iter().rfind(|argument| {
            let exists = argument.case == Case::Ga && lemma == "ある";
            let also = analysis.chunks[argument.chunk].also && lemma != "ある";
            (matches!(argument.case, Case::Wo | Case::Ni) || exists || also) && !argument.shared && {
                let words = phrase(argument);
                self.holders.iter().any(|(noun, holder)| fits(&words, noun, holder))
            }
        })?;
        let noun_span = analysis.chunks[object.chunk].content;
        let words = phrase(object);
        let (noun, holder) = self.holders.iter().find(|(noun, holder)| fits(&words, noun, holder))?;
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
                    || argument.case == Case::Wo && holder.act == "call"
                    || argument.case == Case::Ni
                        && (noun == "理解"
                            || analysis.chunks[argument.chunk].content.text(chars) == "こと"
                            || matches!(lemma.as_str(), "表明する" | "示す" | "抱く" | "表す")
                                && phrases.named(analysis.chunks[argument.chunk].content).is_empty()
                                && !phrases.points_back(&analysis.chunks[argument.chunk].content.text(chars)))
            });
            let span = about.fold(object.span, |span, argument| span.join(argument.span));
            let span = Span::new(span.start, noun_span.end);
            let least = if holder.act == "criticize" { 1 } else { 2 };
            return (span.len() >= length + least || holder.act == "criticize")
                .then(|| (widen(analysis, span), holder.act.clone(), HolderNoun::Part));
        }
        // The clause or と before the noun is the content.
        let modifiers = analysis.modifiers(object.chunk);
        let last = modifiers.last()?;
        let chunk = &analysis.chunks[*last];
        if (lemma == "ある" || holder.act == "call") && chunk.clause.is_none() {
            return None;
        }
        let end = chunk.clause.map_or(chunk.content.end, |clause| {
            analysis.clauses[clause].predicate.span.end.max(chunk.content.end)
        });
        let mut span = Span::new(analysis.subtree_span(object.chunk).start, end.min(noun_start));
        for tail in ["という", "との", "とする", "といった", "旨の", "旨", "と", "の"] {
            let words: Vec<char> = tail.chars().collect();
            if span.len() > words.len()
                && span.slice(chars).ends_with(&words)
                && (chunk.clause.is_some() || tail != "の")
            {
                span.end -= words.len();
                break;
            }
        }
        let paper = self.papers.iter().any(|paper| paper == noun);
        let kind = if paper { HolderNoun::Paper } else { HolderNoun::Apart };
        (span.len() >= 4).then(|| (widen(analysis, span), holder.act.clone(), kind))
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

    /// Who tells what stands before によると as a clause: 大使が語ったところによると.
    fn teller(&self, phrases: &Phrases<'_>, chunk: usize) -> Option<usize> {
        let analysis = phrases.analysis;
        let clause = analysis.clauses.iter().find(|clause| {
            analysis.chunks[clause.chunk].head == Some(chunk) && clause.link != Link::Content
        })?;
        clause
            .arguments
            .iter()
            .find(|argument| {
                argument.case == Case::Ga && !argument.shared && self.fitness(phrases, argument.chunk) > 0
            })
            .map(|argument| argument.chunk)
    }

    /// The act, as the words themselves show it.
    fn refine(&self, act: &str, phrases: &Phrases<'_>, verb: &str, content: Span) -> String {
        let words = content.text(phrases.reading.chars());
        let plans = || {
            let last = phrases.analysis.clauses.iter().rfind(|clause| {
                let end = clause.predicate.span.end;
                end == content.end
                    || content.end > end
                        && content.end - end <= 2
                        && (words.ends_with("こと") || words.ends_with("事"))
            });
            last.is_some_and(|clause| {
                let own = &clause.predicate;
                own.tense == Tense::NonPast
                    && own.aspect == Aspect::Simple
                    && own.voice == Voice::Active
                    && !own.negated
                    && !own.lemma.ends_with('だ')
                    && !own.lemma.ends_with('い')
                    && !self.intransitive.contains(&own.lemma)
                    && !own.modality.iter().any(|modality| {
                        matches!(modality, Modality::Possible | Modality::Inferred | Modality::Hearsay)
                    })
            })
        };
        self.shown
            .iter()
            .find(|row| {
                row.from.iter().any(|from| from == act)
                    && (row.verbs.is_empty() || row.verbs.iter().any(|known| known == verb))
                    && (row.ends.is_empty() || row.ends.iter().any(|end| words.ends_with(end.as_str())))
                    && (!row.plan || plans())
            })
            .map_or(act, |row| row.act.as_str())
            .to_owned()
    }

    /// A sentence that is a quotation, announced by the one before: 次のように述べた。「…」.
    fn pointed(
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
        let says = |at: usize| {
            let analysis = &reading.analyses[at];
            let words = reading.sentences[at].span.text(chars);
            let telling = analysis.main_clause().map(|main| &analysis.clauses[main]).is_some_and(|main| {
                self.verbs.contains_key(&(main.predicate.lemma.clone(), Takes::Content))
                    && main.predicate.voice == Voice::Active
            });
            (telling && self.pointers.iter().any(|word| words.contains(word.as_str()))).then_some(at)
        };
        let at = index
            .checked_sub(1)
            .and_then(says)
            .or_else(|| (index + 1 < reading.sentences.len()).then_some(index + 1).and_then(says))?;
        let other = Phrases { reading, analysis: &reading.analyses[at], anaphors: phrases.anaphors };
        let main = other.analysis.main_clause()?;
        let party = match self.speaker_chunk(&other, main, &[]) {
            Some(chunk) => other.of_chunk(chunk, discourse),
            None => other.subject(main, discourse, false),
        };
        let verb = &other.analysis.clauses[main].predicate.lemma;
        let act = self.verbs.get(&(verb.clone(), Takes::Content)).map_or("assert", String::as_str);
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
        })
    }

    /// A sentence without a speaker of its own that goes on with the words of the one before: …ということです.
    fn continued(
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
        })
    }

    /// A headline signed with its speaker: 北朝鮮兵がロシアで訓練=米国防総省, 「…」と中国外相.
    fn signed(&self, reading: &Reading, phrases: &Phrases<'_>, span: Span) -> Option<Said> {
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

/// Whether a chunk ends in a name, though in none that is known.
fn is_name(phrases: &Phrases<'_>, chunk: usize) -> bool {
    let own = &phrases.analysis.chunks[chunk];
    phrases.analysis.tokens[own.tokens.clone()]
        .iter()
        .rfind(|token| token.span.end <= own.content.end)
        .is_some_and(|token| {
            matches!(token.tag, Tag::PersonName | Tag::OrganizationName)
                || token.span.text(phrases.reading.chars()).chars().all(|c| c.is_ascii_alphabetic())
        })
}

/// Whether a clause stands inside another's words or modifies a noun.
fn embedded(clause: &Clause) -> bool {
    matches!(clause.link, Link::Adnominal | Link::Nominal | Link::Content | Link::Request)
}

/// Whether a statement's verb stands inside other words.
fn told_inside(analysis: &Analysis, said: &Said) -> bool {
    said.clause.and_then(|clause| analysis.clauses.get(clause)).is_some_and(|clause| {
        embedded(clause) || clause.quote.is_some() || {
            let mut at = clause.head;
            let mut inside = false;
            for _ in 0..8 {
                let Some(next) = at.and_then(|at| analysis.clauses.get(at)) else { break };
                inside |= matches!(next.link, Link::Content | Link::Request) || next.quote.is_some();
                at = next.head;
            }
            inside
        }
    })
}

/// An outlet that tells of another's words only relays them; who speaks inside his own words says nothing anew.
fn relay(reading: &Reading, said: &mut Vec<Said>) {
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
            for place in 0..said.len() {
                if inner(&said[place], place) && outlet(&said[place]).is_none() {
                    said[place].via = Some(via);
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

/// Words that run over several sentences are as many statements.
fn sentences_of(chars: &[char], said: Said) -> Vec<Said> {
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
            let piece = open_end(chars, piece);
            (piece.len() >= 4).then(|| Said { content: piece, ..said.clone() })
        })
        .collect()
}

/// A piece of a quotation without the mark whose partner lies outside it.
fn open_end(chars: &[char], mut piece: Span) -> Span {
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

/// AしたうえでBと述べた, 懸念を表明し、…よう求めた: one statement of one speaker.
fn join_chains(chars: &[char], analysis: &Analysis, said: &mut Vec<Said>) {
    let mut at = 0;
    while at + 1 < said.len() {
        let (first, second) = (&said[at], &said[at + 1]);
        let quoted = first.content.start > 0 && matches!(chars[first.content.start - 1], '「' | '『' | '“');
        let chained = match (first.clause, second.clause) {
            (Some(one), Some(other)) => {
                let clause = &analysis.clauses[one];
                let goes_on =
                    matches!(second.rule, "statement/content" | "statement/request" | "statement/purport");
                let wholly = second.rule == "statement/purport"
                    || second.rule == "statement/noun" && analysis.clauses[other].predicate.lemma == "ある";
                let weak = wholly
                    || goes_on
                        && (matches!(
                            first.rule,
                            "statement/noun" | "statement/request" | "statement/reason" | "statement/topic"
                        ) || matches!(
                            clause.predicate.lemma.as_str(),
                            "する" | "発表する" | "明らかにする" | "歓迎する"
                        ));
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
fn closed(chars: &[char], mut span: Span) -> Span {
    while span.end > span.start && matches!(chars[span.end - 1], '。' | ' ' | '\n') {
        span.end -= 1;
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
        confidence: confidence("statement/headline", true),
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
