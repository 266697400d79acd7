//! Statements: words and thoughts that the text attributes to a speaker.

mod passage;
mod speaker;
mod words;

pub(crate) use speaker::voices;

use passage::{headline, join_chains, relay};
use speaker::{embedded, explicit};
use words::{quoted, sentences_of, unquote, widen};

use crate::party::{Anaphors, Discourse, Party, Phrases};
use crate::reading::Reading;
use entente_base::{Lexicon, LexiconError, SentenceKind, Span};
use entente_clause::{Argument, Aspect, Case, Clause, Link, Modality, Tense, Voice};
use entente_token::Tag;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

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
    /// A noun of doing before を: 断交を.
    Deed,
}

/// A noun that holds words.
#[derive(Debug, Clone)]
struct Holder {
    verbs: Vec<String>,
    noun: HolderNoun,
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
    if named { own } else { own - 0.2 }
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

/// Ends that a phrase may have.
struct Endings {
    words: HashSet<String>,
    longest: usize,
}

impl Endings {
    fn new(words: Vec<String>) -> Self {
        let longest = words.iter().map(|word| word.chars().count()).max().unwrap_or(0);
        Self { words: words.into_iter().collect(), longest }
    }

    /// Whether a phrase ends in one of them.
    fn end(&self, phrase: &str) -> bool {
        phrase.char_indices().rev().take(self.longest).any(|(at, _)| self.words.contains(&phrase[at..]))
    }
}

/// Finds statements by the verbs and nouns of `lexicon/statement`.
pub struct StatementReader {
    verbs: HashMap<String, Vec<(Takes, String)>>,
    holders: Vec<(String, Holder)>,
    /// Verbs that show what such a noun holds.
    showing: HashSet<String>,
    sources: Endings,
    tails: Vec<String>,
    /// Verbs whose clause only leads up to the words.
    leads: HashSet<String>,
    /// Nouns of the occasion on which words are said.
    occasions: Endings,
    /// Nouns that speak for the state that modifies them.
    speakers: Endings,
    /// Papers that speak for those who issued them.
    papers: Endings,
    /// People and bodies that may speak in a text, by the end of the phrase; the clause room's among them.
    strangers: Endings,
    /// Verbs whose topic may belong to the words said.
    telling: Vec<String>,
    /// Verbs that take a quotation for a name or a count, not for words said.
    naming: HashSet<String>,
    /// Words that announce a quotation in the next sentence, or point back to the one before.
    pointers: Vec<String>,
    /// Nouns of what was said before: それによると, 発表によると.
    hearsay: Vec<String>,
    /// Ends of a sentence that goes on with another's words: …ということです.
    trailing: Vec<String>,
    /// What one suffers from and tells of: no words.
    ailments: Endings,
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
    /// Whether the words are one quotation.
    pub(crate) quoted: bool,
    /// The act of the verb, before the words had their say.
    pub(crate) base: String,
}

impl StatementReader {
    /// Reads `statement/` of the lexicon.
    ///
    /// # Errors
    /// When a row is wrong.
    pub fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut verbs = HashMap::default();
        for row in lexicon.rows("statement/verb.tsv")? {
            let takes = match row.need("takes")? {
                "と" => Takes::Content,
                "を" => Takes::Object,
                "よう" => Takes::Request,
                "に" => Takes::Topic,
                "ことを" => Takes::Fact,
                "について" => Takes::About,
                "行為を" => Takes::Deed,
                other => {
                    return Err(row.error(
                        format!("unknown `takes`: {other}"),
                        "write と, を, よう, に, ことを, 行為を or について",
                    ));
                }
            };
            for verb in row.list("verbs") {
                let all: &mut Vec<(Takes, String)> = verbs.entry(verb.to_owned()).or_default();
                if all.iter().all(|(known, _)| *known != takes) {
                    all.push((takes, row.get("act").to_owned()));
                }
            }
        }
        let mut holders = Vec::new();
        for row in lexicon.rows("statement/noun.tsv")? {
            let holder = Holder {
                verbs: row.list("verbs").into_iter().map(str::to_owned).collect(),
                noun: match row.need("keep")? {
                    "yes" => HolderNoun::Part,
                    "no" => HolderNoun::Apart,
                    "paper" => HolderNoun::Paper,
                    other => {
                        return Err(row.error(format!("unknown `keep`: {other}"), "write yes, no or paper"));
                    }
                },
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
        let (mut trailing, mut ailments) = (Vec::new(), Vec::new());
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
                "ailment" => ailments.extend(list),
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
        let mut intransitive = HashSet::default();
        for row in lexicon.rows("clause/intransitive.tsv")? {
            intransitive.insert(row.need("verb")?.to_owned());
        }
        Ok(Self {
            shown,
            intransitive,
            verbs,
            showing: holders.iter().flat_map(|(_, holder)| holder.verbs.iter().cloned()).collect(),
            holders,
            sources: Endings::new(sources),
            tails,
            leads: leads.into_iter().collect(),
            occasions: Endings::new(occasions),
            speakers: Endings::new(speakers),
            papers: Endings::new(papers),
            strangers: Endings::new(strangers),
            telling,
            naming: naming.into_iter().collect(),
            pointers,
            hearsay,
            trailing,
            ailments: Endings::new(ailments),
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
        if let Some((party, from)) = self.relayed_from(&phrases, discourse)
            && let Some(voices) = voices(reading, &party, false)
        {
            let media = |one: &Said| {
                let list = &one.party.entities;
                !list.is_empty() && list.iter().all(|&entity| reading.named.entities[entity].media)
            };
            for one in said.iter_mut().filter(|one| media(one) && one.content.end > from + 3) {
                one.via = one.party.entities.first().copied();
                one.voices = voices.clone();
                one.party = party.clone();
                one.content.start = one.content.start.max(from);
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
                        quoted: false,
                        base: "assert".to_owned(),
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
                    .or_else(|| self.reported(reading, &phrases, index, discourse))
            };
            said.extend(more);
        }
        join_chains(chars, analysis, &mut said);
        let mut said: Vec<Said> = said
            .into_iter()
            .flat_map(|one| {
                let mut pieces = sentences_of(chars, one);
                // The last sentence's verb is that of saying; the others show what they are by themselves.
                let last = pieces.len().saturating_sub(1);
                for piece in pieces.iter_mut().take(last) {
                    piece.act = self.refine(&piece.base, &phrases, "", piece.content);
                }
                pieces
            })
            .collect();
        let state = |one: &Said| matches!(one.voices, Voices::States(_));
        said.sort_by_key(|one| (one.content.start, one.content.end, state(one)));
        said.dedup_by(|b, a| a.content == b.content);
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
        // 否定した denies an act, but is itself told as done.
        let denies = clause.carried.is_some_and(|carried| carried.negates);
        let negated = if denies {
            let own = clause.predicate.span.text(chars);
            ["ない", "なかっ", "ませ"].iter().any(|not| own.contains(not))
        } else {
            clause.predicate.negated
        };
        if negated && clause.predicate.tense != Tense::None || clause.link == Link::If {
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
        // …とみてよい: the writer's own.
        let own = clause.predicate.span.text(chars);
        if ["てよい", "でよい", "ていい", "てもよい"].iter().any(|may| own.ends_with(may)) {
            return None;
        }
        // 解決を促すうえで: in doing so; 促したうえで has done so.
        let doing = clause.predicate.tense == Tense::NonPast
            && Span::new(clause.predicate.span.end, (clause.predicate.span.end + 3).min(chars.len()))
                .text(chars)
                == "うえで";
        if doing {
            return None;
        }
        // A passive says nothing of who spoke, unless it names the agent.
        let agent = self.agent(phrases, clause);
        if clause.predicate.voice == Voice::Passive && agent.is_none() {
            return None;
        }
        let words = self.content(phrases, index, clause, heading, discourse, before)?;
        if self.others_act(phrases, clause) {
            return None;
        }
        let Words { content, act, rule, .. } = words.clone();
        if matches!(clause.link, Link::Adnominal)
            && !heading
            && agent.is_none()
            && clause.subject().is_none_or(|subject| subject.shared)
        {
            // 〜を批判する声明 is told by the clause that governs the noun.
            let noun = analysis.adnominal_of(index).map(|chunk| analysis.chunks[chunk].content.text(chars));
            let speaks = noun.is_some_and(|noun| self.papers.end(&noun));
            if !speaks {
                return None;
            }
        }
        let Heard { party, outlets, named } =
            self.speaker(phrases, index, clause, &words, discourse, kind, before);
        let voices = voices(reading, &party, outlets)?;
        let content = unquote(chars, content);
        // 「予備」と明記する, with nobody who does: hardly said.
        let told =
            named || clause.predicate.tense != Tense::NonPast || clause.predicate.aspect != Aspect::Simple;
        // 自制を求めた, 関与を否定した: two characters say it.
        let brief = rule == "statement/object" && matches!(act.as_str(), "call" | "deny");
        let least = match rule {
            _ if brief => 2,
            "statement/content" if !told => 6,
            _ => 3,
        };
        if content.len() < least {
            return None;
        }
        let span = content.join(clause.predicate.span);
        let span = clause
            .subject()
            .filter(|subject| !subject.shared)
            .map_or(span, |subject| span.join(subject.span));
        let base = act;
        let act = self.refine(&base, phrases, &clause.predicate.lemma, content);
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
            quoted: content.start > 0 && chars[content.start - 1] == '「',
            base,
        })
    }

    /// The act of a verb of saying that takes its words so.
    fn act(&self, verb: &str, takes: Takes) -> Option<&String> {
        self.verbs.get(verb)?.iter().find(|(known, _)| *known == takes).map(|(_, act)| act)
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
        let verb = |takes: Takes| self.act(lemma, takes);
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
        let object = || {
            clause
                .arguments
                .iter()
                .rfind(|argument| argument.case == Case::Wo && !argument.shared && !argument.topic)
        };
        let content = contents(Link::Content).map(|at| (at, self.clause_content(analysis, chars, at)));
        if let Some(act) = verb(Takes::Content)
            && let Some(own) = content
                .map(|(_, own)| own)
                .or_else(|| quoted(analysis, clause, Case::To))
                .or_else(|| self.and_so_on(analysis, chars, clause))
        {
            if after(own.end) == "として" && lemma != "する" {
                // 使命だとして早期の決断を促した: the reason, then what is asked for.
                let asked = object().filter(|object| {
                    verb(Takes::Object).or_else(|| verb(Takes::Deed)).is_some()
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
            let mut own = match analysis.chunks[last].clause {
                Some(at) => self.clause_content(analysis, chars, at),
                None => analysis.subtree_span(last),
            };
            // 大臣から、…を述べ、外相から、…旨述べた: the words begin behind who says them.
            if let Some(speaker) = self.giver_of_words(phrases, clause) {
                let end = analysis.chunks[speaker].span.end;
                if own.start < end && end < own.end {
                    own.start = end + usize::from(chars.get(end) == Some(&'、'));
                }
            }
            return whole(own, act, "statement/purport");
        }
        // A quotation before と makes any verb one of saying: 「…」と胸を張った.
        let held = self.holder(phrases, clause);
        let free = !self.naming.contains(lemma) && clause.predicate.voice != Voice::Passive;
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
            && let Some(object) = object().or_else(|| {
                // 向上させることも希望している.
                clause
                    .arguments
                    .iter()
                    .rfind(|argument| !argument.shared && analysis.chunks[argument.chunk].also)
            })
            && matches!(analysis.chunks[object.chunk].content.text(chars).as_str(), "こと" | "事" | "の")
            && analysis.modifiers(object.chunk).iter().any(|&at| analysis.chunks[at].clause.is_some())
        {
            return whole(widen(analysis, object.span), act, "statement/fact");
        }
        // 国交断絶を発表した, 即時撤退を求められた.
        let deed = |argument: &Argument| {
            let own = &analysis.chunks[argument.chunk];
            analysis.tokens[own.tokens.clone()]
                .iter()
                .rfind(|token| token.span.end <= own.content.end)
                .is_some_and(|token| token.tag == Tag::VerbalNoun)
        };
        if let Some(act) = verb(Takes::Deed)
            && let Some(object) = object()
            && deed(object)
            && !self.papers.end(&analysis.chunks[object.chunk].content.text(chars))
            && !self
                .holders
                .iter()
                .any(|(noun, _)| *noun == analysis.chunks[object.chunk].content.text(chars))
            && !analysis.modifiers(object.chunk).is_empty()
            && !heading
        {
            return words(widen(analysis, object.span), act, "statement/object");
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
            if act == "assert" && self.papers.end(&last) {
                return None;
            }
            // 体調不良を訴える: nothing is said.
            if self.ailments.end(&last) {
                return None;
            }
            // 取引に活路を求める: nothing is asked.
            if act == "call" && span.len() <= 2 && !deed(object) {
                return None;
            }
            // 大雪に警戒を呼びかけた: of what; but whom it is asked of, 双方に自制を求めた, is none of the words.
            let about = clause.arguments.iter().rfind(|argument| {
                let own = analysis.chunks[argument.chunk].content;
                let words = own.text(chars);
                act == "call"
                    && argument.case == Case::Ni
                    && !argument.shared
                    && !argument.topic
                    && argument.span.end <= span.start
                    && !analysis.chunks[argument.chunk].comma
                    && !phrases.is_time(argument.chunk)
                    && phrases.named(own).is_empty()
                    && !phrases.points_back(&words)
                    && !self.speakers.end(&words)
                    && !self.strangers.end(&words)
            });
            if let Some(about) = about {
                return words(span.join(about.span), act, "statement/object");
            }
            // 発射を非難した: so short an object needs its verb to be understood; 関与を否定した, 自制を求めた do not.
            let points = matches!(last.as_str(), "これ" | "それ");
            let short = span.len() < 5 && (points || !matches!(act.as_str(), "call" | "deny"));
            let stem = clause.predicate.noun.filter(|_| short);
            return words(stem.map_or(span, |stem| span.join(stem)), act, "statement/object");
        }
        // テロへの報復としている, これを警戒感と見ている.
        let named = |case: Case| {
            clause.arguments.iter().rfind(|argument| {
                argument.case == case
                    && !argument.shared
                    && !argument.topic
                    && !analysis.modifiers(argument.chunk).is_empty()
            })
        };
        let held = match lemma {
            "いる" if clause.link == Link::Final && object().is_none() => {
                named(Case::As).map(|held| held.span)
            }
            "見る" | "みる" => {
                named(Case::To).zip(object()).map(|(held, object)| held.span.join(object.span))
            }
            _ => None,
        };
        if let Some(span) = held.filter(|span| span.len() >= 8 && !heading) {
            return words(span, if lemma == "いる" { "assert" } else { "assess" }, "statement/held");
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

    /// 〜との見方を示した, 懸念を表明した, 〜との説明があった; with it how the noun stands to the words.
    fn holder(&self, phrases: &Phrases<'_>, clause: &Clause) -> Option<(Span, String, HolderNoun)> {
        let analysis = phrases.analysis;
        let chars = phrases.reading.chars();
        let lemma = &clause.predicate.lemma;
        if !self.showing.contains(lemma) {
            return None;
        }
        let phrase = |argument: &Argument| {
            let end = analysis.chunks[argument.chunk].content.end;
            Span::new(argument.span.start.min(end), end).text(chars)
        };
        let fits =
            |words: &str, noun: &str, holder: &Holder| words.ends_with(noun) && holder.verbs.contains(lemma);
        let object = clause.arguments.iter().rfind(|argument| {
            let passive = clause.predicate.voice == Voice::Passive;
            let exists = argument.case == Case::Ga && (lemma == "ある" || passive);
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
        if holder.noun == HolderNoun::Part {
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
            let mut span = Span::new(span.start, noun_span.end);
            // 大臣から哀悼の意が表された: who does it is no part of it.
            if let Some(agent) = self.agent(phrases, clause).map(|agent| analysis.chunks[agent].span.end)
                && span.covers(agent)
            {
                span.start = agent;
            }
            let least = match holder.act.as_str() {
                _ if noun.ends_with("の意") => 0,
                "criticize" => 1,
                _ => 2,
            };
            return (span.len() >= length + least || holder.act == "criticize")
                .then(|| (widen(analysis, span), holder.act.clone(), HolderNoun::Part));
        }
        // The clause or と before the noun is the content.
        let modifiers = analysis.modifiers(object.chunk);
        // 要請に応えたい旨の発言: past 旨.
        let deeper = modifiers
            .last()
            .filter(|&&at| analysis.chunks[at].content.text(chars) == "旨")
            .and_then(|&at| analysis.modifiers(at).last().copied());
        let last = deeper.or_else(|| modifiers.last().copied());
        // 対応について説明があった.
        if lemma == "ある"
            && last.is_none_or(|last| analysis.chunks[last].clause.is_none())
            && let Some(about) =
                clause.arguments.iter().find(|argument| argument.case == Case::About && !argument.shared)
        {
            return (about.span.len() >= 4).then(|| (about.span, "explain".to_owned(), HolderNoun::Part));
        }
        let last = last?;
        let chunk = &analysis.chunks[last];
        let own = chunk.clause.map(|clause| &analysis.clauses[clause]);
        let told = deeper.is_some()
            || own.is_some_and(|own| own.link == Link::Content || own.predicate.lemma == "する");
        // 明確なメッセージを発した has no words; nor has a bare call.
        if (lemma == "ある" || holder.act == "call") && own.is_none()
            || holder.noun == HolderNoun::Paper && !told
        {
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
        (span.len() >= 4).then(|| (widen(analysis, span), holder.act.clone(), holder.noun))
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
                    // 停戦が発効する: another's doing.
                    && !clause
                        .arguments
                        .iter()
                        .any(|argument| argument.case == Case::Ga && !argument.topic && !argument.shared)
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
}
