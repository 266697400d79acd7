//! The rules of `lexicon/event/<type>/<act>.toml`, and the words that trigger them.

use daachorse::CharwiseDoubleArrayAhoCorasick;
use entente_base::record::{EventType, Status};
use entente_base::{CharSet, Lexicon, LexiconError};
use entente_clause::Case;
use rustc_hash::FxHashMap as HashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How the parties of an act stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Parties {
    /// One does it to another.
    Directed,
    /// All do it together.
    Mutual,
    /// One does it; there may be nobody to whom.
    Solo,
}

/// Which role a phrase beside the noun fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Who does it.
    Source,
    /// Who receives it.
    Target,
    /// Both.
    Both,
}

/// A sentence that a rule must code, with what it must code of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Yes {
    /// The sentence.
    pub text: String,
    /// Date of publication.
    #[serde(default)]
    pub published: Option<String>,
    /// What the event must be like.
    pub expect: Expect,
}

/// What an event must be like; what is left out may be anything.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: Option<EventType>,
    /// Mode of the type.
    pub mode: Option<String>,
    /// Who does it, sorted.
    pub source: Option<Vec<String>>,
    /// Who receives it, sorted.
    pub target: Option<Vec<String>>,
    /// How real it is.
    pub status: Option<Status>,
    /// EDTF value.
    pub date: Option<String>,
}

/// A sentence from which the rule must make nothing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct No {
    /// The sentence.
    pub text: String,
    /// Date of publication.
    #[serde(default)]
    pub published: Option<String>,
    /// Why nothing.
    pub why: String,
}

/// A rule as its file has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Unique name.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Mode of the type.
    #[serde(default)]
    pub mode: Option<String>,
    /// CAMEO code.
    pub cameo: String,
    /// Domains that the act itself speaks of.
    #[serde(default)]
    pub domains: Vec<String>,
    /// How the parties stand to each other.
    pub parties: Parties,
    /// Act nouns, matched at the end of a compound.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Verbs in dictionary form.
    #[serde(default)]
    pub verbs: Vec<String>,
    /// `noun|noun particle verb|verb`.
    #[serde(default)]
    pub frames: Vec<String>,
    /// Where the recipient is looked for, in order.
    #[serde(default)]
    pub target: Vec<String>,
    /// Role of a state in the compound before the noun.
    #[serde(default)]
    pub prefix: Option<Role>,
    /// Role of X in `Xの<noun>`.
    #[serde(default)]
    pub genitive: Option<Role>,
    /// Whether the noun alone makes an event.
    #[serde(default)]
    pub nominal: bool,
    /// Status of an act that is only announced.
    #[serde(default)]
    pub announced: Option<Status>,
    /// Status whatever the predicate says.
    #[serde(default)]
    pub status: Option<Status>,
    /// One of these must occur beside the trigger.
    #[serde(default)]
    pub with: Vec<String>,
    /// None of these may occur beside the trigger.
    #[serde(default)]
    pub without: Vec<String>,
    /// Whether a body that it is done before is no recipient: WTOに提訴した.
    #[serde(default)]
    pub venue: bool,
    /// Rule that holds where it is said not to be done: 要求に応じない refuses.
    #[serde(default)]
    pub negated: Option<String>,
    /// Rule that holds where several states do it together (演習: joint-exercise).
    #[serde(default)]
    pub joint: Option<String>,
    /// Rule that holds where it is done at or to another state (ミサイル発射 at a state's land: shell).
    #[serde(default)]
    pub aimed: Option<String>,
    /// Who does it receives: 大統領を迎えた is the president's visit.
    #[serde(default)]
    pub turned: bool,
    /// Verbal prefixes that make a visit with a state's one-character form (訪中).
    #[serde(default)]
    pub visit_prefix: Vec<String>,
    /// Whether its verbs count only where their object is a state (コソボを承認した).
    #[serde(default)]
    pub of_state: bool,
    /// Sentences it must code.
    #[serde(default)]
    pub yes: Vec<Yes>,
    /// Sentences it must not code.
    #[serde(default)]
    pub no: Vec<No>,
    /// Path of its file.
    #[serde(skip)]
    pub file: String,
}

/// A frame of a rule, parsed.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) rule: usize,
    pub(crate) nouns: Vec<String>,
    pub(crate) case: Case,
}

/// All rules with their triggers.
pub(crate) struct Rules {
    pub(crate) rules: Vec<Rule>,
    /// Act nouns by last character, longest first.
    nouns: HashMap<char, Vec<(Vec<char>, usize)>>,
    pub(crate) verbs: HashMap<String, Vec<usize>>,
    /// Frames by verb.
    pub(crate) frames: HashMap<String, Vec<Frame>>,
    /// Nouns of verbs in frames with を, each with what it may be done to: 供与 with 武器 for 武器の供与.
    pub(crate) object_nouns: HashMap<String, Vec<(usize, Vec<String>)>>,
    /// Characters that end one of `object_nouns`.
    pub(crate) object_last: CharSet,
    pub(crate) cameo: BTreeMap<String, f64>,
    /// Cue words of domains.
    domains: Domains,
    /// What a noun says of the act that fills it.
    pub(crate) governing: Vec<(String, Status)>,
    /// What a verb says of the act that its object names.
    pub(crate) governors: HashMap<String, Status>,
    /// Words that show an act to be aimed past a state's land.
    pub(crate) away: Vec<String>,
    /// Words that tell how a meeting was held, with the mode.
    pub(crate) modes: Vec<(String, String)>,
    /// Verbs that say of an act that it takes place; whether it goes on.
    pub(crate) happen: HashMap<String, bool>,
    /// Those of them with which a meeting is held.
    pub(crate) held: Vec<String>,
    /// Nouns of looking into or answering an act, which are not the act.
    pub(crate) inquiries: Vec<String>,
    /// Nouns for what somebody did, told before.
    pub(crate) deeds: Vec<String>,
    /// Verbs of doing as another has done.
    pub(crate) follow: Vec<String>,
    /// Words that only count what the noun before them names.
    pub(crate) quantities: Vec<String>,
    /// Nouns of blows that answer a blow.
    pub(crate) blows: Vec<String>,
    /// Verbs of making known what happened.
    pub(crate) announcing: Vec<String>,
    /// Nouns for the end of what somebody does.
    pub(crate) undoing: Vec<String>,
    /// Those of them that are done by whose it is said to be: 自衛隊の撤退.
    pub(crate) own_undoing: Vec<String>,
    /// Verbs that give up what was promised, and what after them takes that back.
    drops: (Vec<String>, Vec<String>),
    /// Words that put what is told in an earlier time without telling which.
    pub(crate) earlier: Vec<String>,
    /// Nouns that make an occasion of what modifies them: 会議の際に.
    pub(crate) occasions: Vec<String>,
    /// Words for doing with each of several what is told of all: それぞれ会談した.
    pub(crate) severally: Vec<String>,
    /// Verbs of proposing what oneself would do, where nobody is asked.
    pub(crate) proposing: Vec<String>,
    /// Nouns of occasions on which words are said: 会見で.
    pub(crate) sayings: Vec<String>,
    /// Ends of titles of those whom a headline sends somewhere.
    pub(crate) travellers: Vec<String>,
    /// Verbs of what people suffer by an attack.
    pub(crate) suffering: Vec<String>,
    /// Verbs of doing harm to whom their object names.
    pub(crate) hurting: Vec<String>,
    /// Ends of nouns that with に say how or what for, not to whom.
    pub(crate) manners: Vec<String>,
    /// Verbs of becoming known.
    pub(crate) known: Vec<String>,
    /// Nouns that only say of the act before them that it begins, goes on or is made known.
    pub(crate) courses: Vec<Vec<char>>,
    /// How claims are denied.
    pub(crate) untrue: Untrue,
    /// How acts are called off.
    pub(crate) off: Off,
    /// Nouns that words of an act fill: 非難する声明.
    pub(crate) papers: Vec<String>,
    /// Ends of words for people of a state who speak for nobody.
    pub(crate) crowd: Vec<String>,
    /// Verbs of breaking off what one had been doing.
    pub(crate) breaking: Vec<String>,
    /// What sanctions are laid on, of somebody.
    pub(crate) owned: Vec<String>,
    /// Words for the next meeting of the same.
    pub(crate) nexts: Vec<String>,
    /// Verbs of going on with talks.
    pub(crate) continuing: Vec<String>,
    /// Words that open an answer to what the sentence before told.
    pub(crate) answers: Vec<String>,
    /// Verbs of coming down or passing over, and the waters and air of a state.
    pub(crate) landing: (Vec<String>, Vec<String>),
    /// Words for one's own side in the affairs of one state.
    pub(crate) inward: Vec<String>,
    /// Talks that are known by a name, with their members.
    pub(crate) talks: Vec<(String, Vec<String>)>,
    /// Words of reports that tell of no acts of states: sport, entertainment.
    pub(crate) genre: Vec<Vec<char>>,
    /// Characters that begin one of `genre`.
    genre_first: CharSet,
    /// Nouns that an act's noun only fills: 制裁の第16弾, 攻撃の開始.
    pub(crate) vessels: Vec<String>,
    /// Verbs with which an envoy is called in to be spoken to.
    pub(crate) summons: Vec<String>,
    /// Ends of names of one state's missions in another.
    pub(crate) missions: Vec<String>,
    /// Titles of those who speak for the state that sent them.
    pub(crate) envoys: Vec<String>,
    /// Verbs of being posted, with に.
    pub(crate) posted: Vec<String>,
    /// Words for armed people without a name.
    pub(crate) unnamed: Vec<String>,
    /// Words for those whose state is that of their ship or plane.
    pub(crate) crews: Vec<String>,
    /// Verbs whose agent, where nobody names him, is whoever rules the place.
    pub(crate) holding: Vec<String>,
    /// Words for disasters, and for where they struck.
    pub(crate) calamities: Vec<String>,
    /// The visit rule and its prefixes.
    pub(crate) visit: Option<(usize, Vec<String>)>,
}

/// How it is said that what a claim tells did not happen.
#[derive(Debug)]
pub(crate) struct Untrue {
    /// Claims of which it is enough to say that there are none.
    pub(crate) facts: Vec<String>,
    /// Nouns that a told act fills.
    pub(crate) claims: Vec<String>,
    /// Those of them that nobody in particular makes.
    pub(crate) press: Vec<String>,
    /// Verbs that deny them.
    pub(crate) verbs: Vec<String>,
    /// What they are, where they are not so.
    pub(crate) falsehoods: Vec<String>,
    /// What they are not.
    pub(crate) truths: Vec<String>,
    /// What they lack.
    pub(crate) grounds: Vec<String>,
}

/// How it is said that an act does not take place.
#[derive(Debug)]
pub(crate) struct Off {
    /// Nouns that say so with に or と.
    pub(crate) ends: Vec<String>,
    /// The verbs behind these.
    pub(crate) verbs: Vec<String>,
    /// Verbs that say so of their subject.
    pub(crate) alone: Vec<String>,
    /// Verbs of a clause that says for when an act had been set.
    pub(crate) planned: Vec<String>,
    /// Ends of nouns of acts that are an occasion of their own.
    pub(crate) occasions: Vec<String>,
    /// Words for putting off.
    pub(crate) later: Vec<String>,
    /// Ends of nouns of papers that are voted on.
    pub(crate) drafts: Vec<String>,
    /// Words that say of such a paper that it was not passed.
    pub(crate) fallen: Vec<String>,
}

/// The case that a particle word stands for.
pub(crate) fn case_of(particle: &str) -> Option<Case> {
    Some(match particle {
        "が" => Case::Ga,
        "を" => Case::Wo,
        "に" => Case::Ni,
        "で" => Case::De,
        "と" => Case::To,
        "へ" => Case::He,
        "から" => Case::Kara,
        "より" => Case::Yori,
        "まで" => Case::Made,
        "に対し" | "に対する" | "に対して" => Case::Against,
        "について" | "をめぐり" | "に関し" => Case::About,
        "によって" | "による" => Case::By,
        "として" => Case::As,
        "とともに" => Case::With,
        "に向け" => Case::Toward,
        "のために" => Case::For,
        "の" => Case::No,
        _ => return None,
    })
}

/// Cue words of domains, sought all at once.
#[derive(Default)]
struct Domains {
    /// Finds the words; each stands for its place in `rows`.
    words: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// Of each word the rows that name it.
    rows: Vec<Vec<usize>>,
    /// The domain of each row.
    named: Vec<String>,
}

impl Domains {
    fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        const FILE: &str = "event/domain.tsv";
        let mut by_word: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut named = Vec::new();
        for row in lexicon.rows(FILE)? {
            by_word.entry(row.need("word")?.to_owned()).or_default().push(named.len());
            named.push(row.need("domain")?.to_owned());
        }
        if by_word.is_empty() {
            return Ok(Self::default());
        }
        let words = CharwiseDoubleArrayAhoCorasick::new(by_word.keys()).map_err(|error| {
            LexiconError::new(FILE, 0, error.to_string(), "look for words that are empty")
        })?;
        Ok(Self { words: Some(words), rows: by_word.into_values().collect(), named })
    }

    /// The domains that a text tells of, in the order of the file.
    fn of(&self, text: &str) -> impl Iterator<Item = &String> {
        let hits = self.words.iter().flat_map(|words| words.find_overlapping_iter(text));
        let mut rows: Vec<usize> =
            hits.filter_map(|hit| self.rows.get(hit.value() as usize)).flatten().copied().collect();
        rows.sort_unstable();
        rows.dedup();
        rows.into_iter().filter_map(|row| self.named.get(row))
    }
}

impl Rules {
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut rules: Vec<Rule> = Vec::new();
        let mut nouns: HashMap<char, Vec<(Vec<char>, usize)>> = HashMap::default();
        let mut verbs: HashMap<String, Vec<usize>> = HashMap::default();
        let mut frames: HashMap<String, Vec<Frame>> = HashMap::default();
        let mut object_nouns: HashMap<String, Vec<(usize, Vec<String>)>> = HashMap::default();
        let mut visit = None;
        let cameo: BTreeMap<String, f64> = lexicon
            .rows("event/cameo.tsv")?
            .iter()
            .map(|row| {
                let value = row.need("goldstein")?.trim_start_matches('+').parse();
                let value = value.map_err(|_| {
                    row.error("the Goldstein value is no number", "write a number from -10 to 10")
                })?;
                Ok((row.need("code")?.to_owned(), value))
            })
            .collect::<Result<_, LexiconError>>()?;
        for (file, mut rule) in lexicon.tomls::<Rule>("event/")? {
            rule.file.clone_from(&file.path);
            let index = rules.len();
            let line = |needle: &str| {
                file.text.lines().position(|line| line.contains(needle)).map_or(0, |at| at + 1)
            };
            if let Some(other) = rules.iter().find(|other: &&Rule| other.id == rule.id) {
                return Err(LexiconError::new(
                    &file.path,
                    line("id"),
                    format!("the rule `{}` is in {} already", rule.id, other.file),
                    "give each rule an id of its own",
                ));
            }
            if !cameo.contains_key(&rule.cameo) && !cameo.is_empty() {
                return Err(LexiconError::new(
                    &file.path,
                    line("cameo"),
                    format!("no CAMEO code `{}`", rule.cameo),
                    "event/cameo.tsv lists the codes",
                ));
            }
            for noun in &rule.nouns {
                let chars: Vec<char> = noun.chars().collect();
                if let Some(&last) = chars.last() {
                    nouns.entry(last).or_default().push((chars, index));
                }
            }
            for verb in &rule.verbs {
                verbs.entry(verb.clone()).or_default().push(index);
            }
            for frame in &rule.frames {
                let parts: Vec<&str> = frame.split_whitespace().collect();
                let [words, particle, verbs] = parts.as_slice() else {
                    return Err(LexiconError::new(
                        &file.path,
                        line(frame),
                        format!("the frame `{frame}` has not three parts"),
                        "write `noun|noun particle verb|verb` with spaces between",
                    ));
                };
                let Some(case) = case_of(particle) else {
                    return Err(LexiconError::new(
                        &file.path,
                        line(frame),
                        format!("unknown particle `{particle}`"),
                        "write を, に, が, で, と, へ, から, に対し or について",
                    ));
                };
                for verb in verbs.split('|') {
                    if case == Case::Wo
                        && let Some(noun) = verb.strip_suffix("する").filter(|noun| noun.chars().count() >= 2)
                        && noun.chars().all(|c| !('ぁ'..='ん').contains(&c))
                    {
                        let objects = words.split('|').map(str::to_owned).collect();
                        object_nouns.entry(noun.to_owned()).or_default().push((index, objects));
                    }
                    frames.entry(verb.to_owned()).or_default().push(Frame {
                        rule: index,
                        nouns: words.split('|').map(str::to_owned).collect(),
                        case,
                    });
                }
            }
            for place in &rule.target {
                if !["content", "teller", "body"].contains(&place.as_str()) && case_of(place).is_none() {
                    return Err(LexiconError::new(
                        &file.path,
                        line("target"),
                        format!("unknown place of a recipient `{place}`"),
                        "write a particle, `content`, `teller` or `body`",
                    ));
                }
            }
            if !rule.visit_prefix.is_empty() {
                visit = Some((index, rule.visit_prefix.clone()));
            }
            rules.push(rule);
        }
        for rule in &rules {
            for other in [&rule.joint, &rule.aimed, &rule.negated].into_iter().flatten() {
                if !rules.iter().any(|known| known.id == *other) {
                    return Err(LexiconError::new(
                        &rule.file,
                        0,
                        format!("no rule `{other}`"),
                        "name the id of a rule",
                    ));
                }
            }
        }
        for list in nouns.values_mut() {
            list.sort_by_key(|(noun, _)| std::cmp::Reverse(noun.len()));
        }
        let domains = Domains::new(lexicon)?;
        let mut governing: Vec<(String, Status)> = Vec::new();
        let governors = lexicon
            .rows("event/governor.tsv")?
            .iter()
            .map(|row| {
                let name = row.need("status")?;
                let status = Status::parse(name).ok_or_else(|| {
                    row.error(
                        format!("unknown status `{name}`"),
                        format!("one of {}", Status::NAMES.join(", ")),
                    )
                })?;
                governing.extend(row.list("nouns").into_iter().map(|noun| (noun.to_owned(), status)));
                Ok(row.list("verbs").into_iter().map(|verb| (verb.to_owned(), status)).collect::<Vec<_>>())
            })
            .collect::<Result<Vec<_>, LexiconError>>()?
            .into_iter()
            .flatten()
            .collect();
        let happen = lexicon
            .rows("event/happen.tsv")?
            .iter()
            .flat_map(|row| {
                let ongoing = row.get("aspect") == "ongoing";
                row.list("verbs").into_iter().map(move |verb| (verb.to_owned(), ongoing)).collect::<Vec<_>>()
            })
            .collect();
        let modes = lexicon
            .rows("event/mode.tsv")?
            .iter()
            .map(|row| {
                let mode = row.need("mode")?.to_owned();
                Ok(row
                    .list("words")
                    .into_iter()
                    .map(|word| (word.to_owned(), mode.clone()))
                    .collect::<Vec<_>>())
            })
            .collect::<Result<Vec<_>, LexiconError>>()?
            .into_iter()
            .flatten()
            .collect();
        let away = lexicon.words("event/away.tsv", "words")?;
        let missions = lexicon.words("event/mission.tsv", "endings")?;
        let envoys = lexicon.words("event/mission.tsv", "envoys")?;
        let posted = lexicon.words("event/mission.tsv", "posted")?;
        let unnamed = lexicon.words("event/unnamed.tsv", "words")?;
        let crews = lexicon.words("event/unnamed.tsv", "crews")?;
        let holding = lexicon.words("event/unnamed.tsv", "verbs")?;
        let calamities = lexicon.words("event/calamity.tsv", "words")?;
        let summons = lexicon.words("event/summon.tsv", "verbs")?;
        let vessels = lexicon.words("event/vessel.tsv", "words")?;
        let genre: Vec<Vec<char>> =
            lexicon.words("event/genre.tsv", "words")?.iter().map(|word| word.chars().collect()).collect();
        let talks = lexicon
            .rows("event/talks.tsv")?
            .iter()
            .flat_map(|row| {
                let states: Vec<String> = row.list("states").into_iter().map(str::to_owned).collect();
                row.list("words")
                    .into_iter()
                    .map(|word| (word.to_owned(), states.clone()))
                    .collect::<Vec<_>>()
            })
            .collect();
        let inward = lexicon.words("event/inward.tsv", "words")?;
        let mut landing = (Vec::new(), Vec::new());
        for row in lexicon.rows("event/landing.tsv")? {
            landing.0.extend(row.list("verbs").into_iter().map(str::to_owned));
            landing.1.extend(row.list("places").into_iter().map(str::to_owned));
        }
        let answers = lexicon.words("event/answer.tsv", "words")?;
        let papers = lexicon.words("event/announce.tsv", "papers")?;
        let crowd = lexicon.words("event/inward.tsv", "crowd")?;
        let nexts = lexicon.words("event/next.tsv", "words")?;
        let continuing = lexicon.words("event/next.tsv", "going_on")?;
        let earlier = lexicon.words("event/earlier.tsv", "words")?;
        let occasions = lexicon.words("event/earlier.tsv", "occasions")?;
        let severally = lexicon.words("event/next.tsv", "severally")?;
        let proposing = lexicon.words("event/announce.tsv", "proposing")?;
        let mut sayings = Vec::new();
        for row in lexicon.rows("statement/lead.tsv")? {
            if row.need("kind")? == "occasion" {
                sayings.extend(row.list("words").into_iter().map(str::to_owned));
            }
        }
        let drops = lexicon.words("event/drop.tsv", "words")?;
        let kept = lexicon.words("event/drop.tsv", "kept")?;
        let held = lexicon.words("event/happen.tsv", "held")?;
        let inquiries = lexicon.words("event/inquiry.tsv", "words")?;
        let deeds = lexicon.words("event/deed.tsv", "words")?;
        let follow = lexicon.words("event/follow.tsv", "verbs")?;
        let quantities = lexicon.words("event/quantity.tsv", "words")?;
        let blows = lexicon.words("event/answer.tsv", "blows")?;
        let announcing = lexicon.words("event/announce.tsv", "verbs")?;
        let undoing = lexicon.words("event/undo.tsv", "words")?;
        let own_undoing = lexicon.words("event/undo.tsv", "own")?;
        let untrue = |column: &str| lexicon.words("event/untrue.tsv", column);
        let off = |column: &str| lexicon.words("event/off.tsv", column);
        let travellers = lexicon.words("event/traveller.tsv", "titles")?;
        let suffering = lexicon.words("event/suffer.tsv", "verbs")?;
        let known = lexicon.words("event/announce.tsv", "known")?;
        let courses =
            lexicon.words("event/course.tsv", "nouns")?.iter().map(|noun| noun.chars().collect()).collect();
        Ok(Self {
            hurting: lexicon.words("event/suffer.tsv", "hurting")?,
            manners: lexicon.words("event/manner.tsv", "nouns")?,
            breaking: off("breaking")?,
            owned: lexicon.words("event/belong.tsv", "owned")?,
            known,
            courses,
            severally,
            proposing,
            sayings,
            travellers,
            suffering,
            untrue: Untrue {
                claims: untrue("claims")?,
                press: untrue("press")?,
                verbs: untrue("verbs")?,
                falsehoods: untrue("false")?,
                truths: untrue("true")?,
                grounds: untrue("grounds")?,
                facts: untrue("facts")?,
            },
            off: Off {
                ends: off("ends")?,
                verbs: off("verbs")?,
                alone: off("alone")?,
                planned: off("planned")?,
                occasions: off("occasions")?,
                later: off("later")?,
                drafts: off("drafts")?,
                fallen: off("fallen")?,
            },
            held,
            announcing,
            inquiries,
            deeds,
            follow,
            quantities,
            blows,
            undoing,
            own_undoing,
            papers,
            crowd,
            nexts,
            continuing,
            earlier,
            occasions,
            drops: (drops, kept),
            answers,
            landing,
            inward,
            talks,
            genre_first: genre.iter().filter_map(|word| word.first().copied()).collect(),
            genre,
            vessels,
            rules,
            governing,
            object_last: object_nouns.keys().filter_map(|noun| noun.chars().last()).collect(),
            object_nouns,
            nouns,
            verbs,
            frames,
            cameo,
            domains,
            governors,
            away,
            modes,
            happen,
            summons,
            missions,
            envoys,
            posted,
            unnamed,
            crews,
            holding,
            calamities,
            visit,
        })
    }

    /// Whether words end by giving up what was promised: 運航の再開を断念する.
    pub(crate) fn gives_up(&self, words: &str) -> bool {
        /// Characters from such a verb to the end of the words.
        const REACH: usize = 5;
        let (drops, kept) = &self.drops;
        drops.iter().any(|stem| {
            words.rfind(stem.as_str()).and_then(|at| words.get(at + stem.len()..)).is_some_and(|rest| {
                rest.chars().count() <= REACH && !kept.iter().any(|word| rest.contains(word.as_str()))
            })
        })
    }

    /// The members of the talks that some words name.
    pub(crate) fn members_of(&self, words: &str) -> Option<&[String]> {
        self.talks.iter().find(|(name, _)| words.contains(name.as_str())).map(|(_, states)| states.as_slice())
    }

    /// Whether a text is full of the words of sport or entertainment.
    pub(crate) fn is_leisure(&self, chars: &[char]) -> bool {
        const LEAST: usize = 6;
        const SPACING: usize = 70;
        let hits = chars
            .iter()
            .enumerate()
            .filter(|(at, first)| {
                self.genre_first.contains(**first)
                    && self.genre.iter().any(|word| chars[*at..].starts_with(word))
            })
            .count();
        hits >= LEAST && hits * SPACING >= chars.len()
    }

    /// The longest act noun at the end of a compound, with its rule and its length.
    pub(crate) fn noun_at_end(&self, words: &[char]) -> Option<(usize, usize)> {
        self.plain_noun_at_end(words).or_else(|| {
            let course = self.courses.iter().find(|course| words.ends_with(course))?;
            let (rule, length) = self.plain_noun_at_end(&words[..words.len() - course.len()])?;
            Some((rule, length + course.len()))
        })
    }

    fn plain_noun_at_end(&self, words: &[char]) -> Option<(usize, usize)> {
        self.nouns
            .get(words.last()?)?
            .iter()
            .find(|(noun, _)| {
                // デモ is no part of メモリアルデモ, nor スト of コンテスト.
                let katakana = |c: &char| matches!(c, 'ァ'..='ヺ' | 'ー');
                let before = words.len().checked_sub(noun.len() + 1).and_then(|at| words.get(at));
                words.ends_with(noun) && !(noun.first().is_some_and(katakana) && before.is_some_and(katakana))
            })
            .map(|(noun, rule)| (*rule, noun.len()))
    }

    /// The rule with this id.
    pub(crate) fn by_id(&self, id: &str) -> Option<usize> {
        self.rules.iter().position(|rule| rule.id == id)
    }

    /// Domains of an act: those of its rule, and those of the cue words around it.
    pub(crate) fn domains(&self, rule: &Rule, words: &str) -> Vec<String> {
        let mut domains = rule.domains.clone();
        for domain in self.domains.of(words) {
            if !domains.contains(domain) {
                domains.push(domain.clone());
            }
        }
        domains
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_may_tell_of_several_domains_in_the_order_of_the_file() {
        let text = "word\tdomain\n関税\ttrade\nガス\tenergy\nガス田\tterritory\nガス\ttrade\n";
        let lexicon = Lexicon::from_files([("event/domain.tsv".to_owned(), text.to_owned())]);
        let domains = Domains::new(&lexicon).unwrap();
        let of = |text: &str| domains.of(text).cloned().collect::<Vec<_>>();
        assert_eq!(of("ガス田の開発と関税"), ["trade", "energy", "territory", "trade"]);
        assert_eq!(of("首脳会談"), Vec::<String>::new());
    }
}
