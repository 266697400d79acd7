//! Who a phrase stands for: its actors, or those whom 両国, 同氏 or a bare title points back to.

use crate::reading::Reading;
use entente_base::record::Kind;
use entente_base::{Lexicon, LexiconError, Span};
use entente_clause::{Analysis, Argument, Case, Link, Voice};
use entente_mention::MentionDraft;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

/// The parties that a phrase stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Party {
    /// State codes and body acronyms, in order of the text, each once.
    pub(crate) codes: Vec<String>,
    /// Persons and organizations, by index of their entity.
    pub(crate) entities: Vec<usize>,
    /// States named as such, by index of their entity.
    pub(crate) states: Vec<usize>,
}

impl Party {
    pub(crate) fn is_empty(&self) -> bool {
        self.codes.is_empty() && self.entities.is_empty()
    }

    pub(crate) fn add(&mut self, other: &Party) {
        let put = |list: &mut Vec<usize>, items: &[usize]| {
            for &item in items {
                if !list.contains(&item) {
                    list.push(item);
                }
            }
        };
        for code in &other.codes {
            if !self.codes.contains(code) {
                self.codes.push(code.clone());
            }
        }
        put(&mut self.entities, &other.entities);
        put(&mut self.states, &other.states);
    }

    pub(crate) fn sorted(&self) -> Vec<String> {
        let mut codes = self.codes.clone();
        codes.sort();
        codes.dedup();
        codes
    }
}

/// What a word points back to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Back {
    /// The two states last spoken of together.
    Pair,
    /// The two persons who last met.
    PairPersons,
    /// The group last named.
    Group,
    /// The state last named that is not the speaker's own.
    State,
    /// The person last named.
    Person,
    /// The body last named.
    Body,
    /// Who is subject of the sentence.
    Own,
    /// The same, unless the phrase says whose they are: 空軍.
    Troops,
    /// The government of the state that the text is on, else of Japan in its own words.
    Government,
    /// Japan in a Japanese text's own words, else the subject of the sentence.
    Home,
    /// Who issued the paper.
    Issuer,
    /// The state whose interim rulers the document names, else the one that it speaks of most.
    Main,
    /// These states, where the document names them all.
    States(Vec<String>),
}

/// Words that point back, by their form.
#[derive(Debug)]
pub(crate) struct Anaphors {
    words: HashMap<String, Back>,
    titles: HashSet<String>,
    /// Ends of names of bodies that are where an act is done.
    pub(crate) venues: Vec<String>,
    /// What follows a place in the name of a matter.
    pub(crate) matters: HashSet<String>,
    /// Verbs of a clause that says whose somebody is.
    belonging: HashSet<String>,
    /// Words for what is of each of those who are spoken of.
    reciprocal: Vec<String>,
    /// Verbs of a clause that only says to what body somebody belongs.
    pub(crate) membership: HashSet<String>,
    /// Verbs of a clause that says of an act only that it came about (度重なる攻撃).
    pub(crate) impersonal: HashSet<String>,
    /// Words for oneself that open a compound of what one owns.
    pub(crate) own: Vec<String>,
    /// Words with which a speaker says of himself.
    pub(crate) speaking: HashSet<String>,
    /// Nouns that a plan fills: 会談する方向.
    plans: HashSet<String>,
    /// Ends of words for the members of a body.
    members: Vec<String>,
    /// Nouns for whoever does what a clause before them says.
    anybody: HashSet<String>,
    /// Ends of nouns for standing on somebody's side.
    pub(crate) favours: Vec<String>,
    /// What follows a body in the name of what it has laid down: 国連制裁, 国連決議.
    laws: Vec<String>,
    /// Ends of nouns of keeping or breaking that: 国連制裁の履行.
    pub(crate) kept: Vec<String>,
    /// Verbs of going against what their に names.
    pub(crate) against: HashSet<String>,
    /// Adverbs of doing to each other.
    pub(crate) mutually: HashSet<String>,
    /// Words for the fall of a government, by which troops and interim governments come to rule.
    upheavals: Vec<String>,
}

impl Anaphors {
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut words = HashMap::default();
        for row in lexicon.rows("event/anaphor.tsv")? {
            let back = match row.need("back")? {
                "pair" => Back::Pair,
                "pair-persons" => Back::PairPersons,
                "group" => Back::Group,
                "state" => Back::State,
                "person" => Back::Person,
                "body" => Back::Body,
                "own" => Back::Own,
                "troops" => Back::Troops,
                "government" => Back::Government,
                "home" => Back::Home,
                "issuer" => Back::Issuer,
                "main" => Back::Main,
                other
                    if other
                        .split('+')
                        .all(|code| code.len() == 3 && code.chars().all(|c| c.is_ascii_uppercase())) =>
                {
                    Back::States(other.split('+').map(str::to_owned).collect())
                }
                other => {
                    return Err(row.error(
                        format!("unknown kind of anaphor `{other}`"),
                        "write pair, pair-persons, group, state, person, body, own, troops, government, home, issuer, main or codes of states with +",
                    ));
                }
            };
            for word in row.list("words") {
                words.insert(word.to_owned(), back.clone());
            }
        }
        let titles = lexicon
            .rows("mention/title.tsv")?
            .iter()
            .filter(|row| row.get("kind") != "honorific")
            .flat_map(|row| {
                [row.get("ja")].into_iter().chain(row.list("aliases")).map(str::to_owned).collect::<Vec<_>>()
            })
            .collect();
        let venues = lexicon.words("event/venue.tsv", "endings")?;
        let matters = lexicon.words("event/venue.tsv", "matters")?.into_iter().collect();
        let belonging = lexicon.words("event/belong.tsv", "verbs")?.into_iter().collect();
        let reciprocal = lexicon.words("event/belong.tsv", "each")?;
        let membership = lexicon.words("event/belong.tsv", "member")?.into_iter().collect();
        let impersonal = lexicon.words("event/belong.tsv", "impersonal")?.into_iter().collect();
        let own = lexicon.words("event/belong.tsv", "own")?;
        let speaking = lexicon.words("event/belong.tsv", "speaking")?.into_iter().collect();
        let plans = lexicon.words("event/announce.tsv", "plans")?.into_iter().collect();
        let members = lexicon.words("event/belong.tsv", "members")?;
        let anybody = lexicon.words("event/belong.tsv", "anybody")?.into_iter().collect();
        let favours = lexicon.words("event/belong.tsv", "favours")?;
        let laws = lexicon.words("event/venue.tsv", "laws")?;
        let kept = lexicon.words("event/venue.tsv", "kept")?;
        let mutually = lexicon.words("event/belong.tsv", "mutually")?.into_iter().collect();
        let upheavals = lexicon.words("event/belong.tsv", "upheavals")?;
        Ok(Self {
            favours,
            laws,
            kept,
            against: lexicon.words("event/venue.tsv", "against")?.into_iter().collect(),
            mutually,
            upheavals,
            plans,
            members,
            anybody,
            words,
            titles,
            venues,
            matters,
            belonging,
            reciprocal,
            membership,
            impersonal,
            own,
            speaking,
        })
    }
}

/// What the text has brought up so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Discourse {
    /// Who the text speaks of: the last topic or subject that is an actor.
    pub(crate) topic: Party,
    /// Sentence in which the topic was set.
    pub(crate) topic_sentence: usize,
    /// States last spoken of together.
    pub(crate) pair: Vec<String>,
    /// The two states that last fought each other.
    pub(crate) foes: Vec<String>,
    /// Persons who last met.
    pub(crate) people: Vec<usize>,
    /// Groups of three states and more, in the order in which they were named.
    groups: Vec<Vec<String>>,
    /// Persons in order of their last mention.
    persons: Vec<usize>,
    /// Who last said something.
    pub(crate) speaker: Party,
    /// Sentence in which that was.
    pub(crate) speaker_sentence: Option<usize>,
    /// The outlet that a sentence rests on, last: its entity, the sentence.
    pub(crate) outlet: Option<(usize, usize)>,
    /// Who issued the paper last spoken of, or met: 声明は, 宣言は speak for them.
    pub(crate) issuer: Party,
    /// States by how often they are named, for a document that is about two.
    pub(crate) main: Vec<String>,
    /// Whether the document is about the first two of them and nobody else.
    two: bool,
    /// Rulers and armies that are named with their state, and where a government fell.
    rulers: Rulers,
}

/// Whose 軍事政権 and 国軍 are, by where the document names them with their state.
#[derive(Debug, Clone, Default)]
struct Rulers {
    /// Word and state.
    named: Vec<(String, String)>,
    /// The first state that is named beside a coup.
    fallen: Option<String>,
}

impl Rulers {
    fn new(reading: &Reading, anaphors: &Anaphors) -> Self {
        let chars = reading.chars();
        let mut rulers = Self::default();
        let words: Vec<(&String, Vec<char>)> = anaphors
            .words
            .iter()
            .filter(|(word, back)| match back {
                Back::Main => true,
                Back::Troops => word.chars().count() >= 2 && word.starts_with('国'),
                _ => false,
            })
            .map(|(word, _)| (word, word.chars().collect()))
            .collect();
        for mention in &reading.named.mentions {
            let [state] = mention.states.as_slice() else { continue };
            if mention.kind == Kind::Person || reading.entity(mention).media {
                continue;
            }
            let rest = chars.get(mention.span.end..).unwrap_or_default();
            let rest = rest.strip_prefix(&['の']).unwrap_or(rest);
            let own = mention.span.slice(chars);
            for (word, letters) in &words {
                if rest.starts_with(letters) || own.len() > letters.len() && own.ends_with(letters) {
                    rulers.named.push(((*word).clone(), state.clone()));
                }
            }
        }
        let upheavals: Vec<Vec<char>> =
            anaphors.upheavals.iter().map(|word| word.chars().collect()).collect();
        let fell = reading.sentences.iter().find_map(|sentence| {
            let words = sentence.span.slice(chars);
            let at = upheavals
                .iter()
                .find_map(|word| words.windows(word.len()).position(|it| it == word.as_slice()))?;
            let at = sentence.span.start + at;
            let states = reading.mentions_in(sentence.span).iter().filter(|mention| {
                mention.states.len() == 1
                    && matches!(mention.kind, Kind::State | Kind::Place)
                    && !reading.entity(mention).media
            });
            // クーデターが起きたニジェール: the one that stands nearest.
            let near = states.min_by_key(|mention| mention.span.start.abs_diff(at));
            near.map(|mention| mention.states[0].clone())
        });
        rulers.fallen = fell;
        rulers
    }

    /// The one state that the document names with a word.
    fn of(&self, word: &str) -> Option<String> {
        let mut states = self.named.iter().filter(|(known, _)| known == word).map(|(_, state)| state);
        let first = states.next()?;
        states.all(|state| state == first).then(|| first.clone())
    }

    /// The one state of which the document names any ruler, else where a government fell.
    fn any(&self) -> Option<String> {
        let first = self.named.first().map(|(_, state)| state);
        match first {
            Some(first) => self.named.iter().all(|(_, state)| state == first).then(|| first.clone()),
            None => self.fallen.clone(),
        }
    }
}

impl Discourse {
    pub(crate) fn new(reading: &Reading, anaphors: &Anaphors) -> Self {
        let mut counts: HashMap<&str, (usize, usize)> = HashMap::default();
        // Who speaks much is named often, whomever the text is about: each person counts once.
        let mut persons: HashSet<usize> = HashSet::default();
        for mention in &reading.named.mentions {
            if mention.kind == Kind::Place
                || reading.entity(mention).media
                || mention.kind == Kind::Person && !persons.insert(mention.entity)
            {
                continue;
            }
            for state in &mention.states {
                let slot = counts.entry(state).or_insert((0, mention.span.start));
                slot.0 += 1;
            }
        }
        let mut main: Vec<(&str, (usize, usize))> = counts.into_iter().collect();
        main.sort_by_key(|(code, (count, first))| (std::cmp::Reverse(*count), *first, *code));
        let count = |at: usize| main.get(at).map_or(0, |(_, (count, _))| *count);
        let two = count(1) >= 2 && count(2) < count(1);
        Self {
            main: main.into_iter().map(|(code, _)| code.to_owned()).collect(),
            two,
            rulers: Rulers::new(reading, anaphors),
            ..Self::default()
        }
    }

    /// The two states that 両国 stands for.
    pub(crate) fn both(&self) -> Vec<String> {
        if self.pair.len() == 2 {
            return self.pair.clone();
        }
        let mut both: Vec<String> = self.main.iter().take(2).cloned().collect();
        both.sort();
        if both.len() == 2 { both } else { Vec::new() }
    }

    /// The two states most spoken of but for some.
    pub(crate) fn others(&self, but: &[String]) -> Vec<String> {
        let mut others: Vec<String> =
            self.main.iter().filter(|code| !but.contains(code)).take(2).cloned().collect();
        others.sort();
        others
    }

    /// The two states that a document speaks of, where it leaves no doubt which they are.
    pub(crate) fn clear_pair(&self) -> Vec<String> {
        if self.pair.len() == 2 || self.two { self.both() } else { Vec::new() }
    }

    /// Takes two states named side by side for the pair, where the document is about one of them at least.
    pub(crate) fn suggest_pair(&mut self, codes: &[String]) {
        let rank = |code: &String| self.main.iter().position(|known| known == code).unwrap_or(usize::MAX);
        let mut ranks: Vec<usize> = codes.iter().map(rank).collect();
        ranks.sort_unstable();
        if codes.len() != 2 || ranks[0] < 2 && ranks[1] < 4 {
            self.set_pair(codes);
        }
    }

    /// Takes the two states that the document is about for the pair again, where a third was only met in between.
    pub(crate) fn return_to_main(&mut self) {
        let main = self.main.get(..2).unwrap_or_default();
        let shared = self.pair.iter().filter(|code| main.contains(code)).count();
        if self.two && self.pair.len() == 2 && shared == 1 {
            let main = main.to_vec();
            self.set_pair(&main);
        }
    }

    pub(crate) fn set_pair(&mut self, codes: &[String]) {
        let mut codes = codes.to_vec();
        codes.sort();
        codes.dedup();
        match codes.len() {
            0 | 1 => {}
            2 => self.pair = codes,
            _ => {
                self.groups.retain(|known| *known != codes);
                self.groups.push(codes);
            }
        }
    }

    pub(crate) fn saw_person(&mut self, entity: usize) {
        self.persons.retain(|known| *known != entity);
        self.persons.push(entity);
    }

    fn last_person(&self, fits: impl Fn(usize) -> bool) -> Option<usize> {
        self.persons.iter().rev().copied().find(|&entity| fits(entity))
    }
}

/// The noun that only joins the two who stand before it: 両国の間で, 大統領との間で.
pub(crate) const BETWEEN: &str = "間";

/// Looks at the phrases of one sentence.
pub(crate) struct Phrases<'a> {
    pub(crate) reading: &'a Reading,
    pub(crate) analysis: &'a Analysis,
    pub(crate) anaphors: &'a Anaphors,
}

impl Phrases<'_> {
    /// The parties of an argument.
    pub(crate) fn of(&self, argument: &Argument, discourse: &Discourse) -> Party {
        self.of_chunk(argument.chunk, discourse)
    }

    /// The parties of a noun phrase: its head and those coordinated with it, else who modifies it.
    pub(crate) fn of_chunk(&self, chunk: usize, discourse: &Discourse) -> Party {
        let mut party = Party::default();
        for member in self.analysis.members(chunk) {
            party.add(&self.of_one(member, discourse, 0));
        }
        party
    }

    /// The parties of a noun phrase without those coordinated with it.
    pub(crate) fn of_chunk_alone(&self, chunk: usize, discourse: &Discourse) -> Party {
        self.of_one(chunk, discourse, 0)
    }

    /// Whether what a Japanese text says of its own country at a place is its own words, not quoted ones, and Japan is
    /// among those it speaks of.
    fn speaks_at_home(&self, at: usize) -> bool {
        let line = self.reading.chars()[..at].iter().rev().take_while(|c| **c != '\n');
        let open = line.fold(0i32, |open, c| open + i32::from(*c == '「') - i32::from(*c == '」'));
        let home = |codes: &[String]| codes == ["JPN"];
        open <= 0 && self.reading.named.mentions.iter().any(|mention| home(&mention.states))
    }

    /// Whether all whom a compound names stand behind 反 or 嫌.
    fn is_against(&self, content: Span) -> bool {
        let mentions = self.reading.mentions_in(content);
        let chars = self.reading.chars();
        !mentions.is_empty()
            && mentions.iter().all(|it| {
                matches!(it.span.start.checked_sub(1).and_then(|at| chars.get(at)), Some('反' | '嫌'))
            })
    }

    fn of_one(&self, chunk: usize, discourse: &Discourse, depth: usize) -> Party {
        let Some(own) = self.analysis.chunks.get(chunk) else { return Party::default() };
        // 反米デモの参加者: those against whom it is do not take part.
        if depth > 0 && self.is_against(own.content) {
            return Party::default();
        }
        let named = self.named(own.content);
        let words = own.content.text(self.reading.chars());
        // ドイツ、フランスなどEU加盟国: those who are named of it.
        let listed = self.anaphors.members.iter().any(|end| words.ends_with(end.as_str())).then(|| {
            let plain = |&at: &usize| {
                let phrase = &self.analysis.chunks[at];
                phrase.case == Some(Case::No) && phrase.inner.is_none() && phrase.clause.is_none()
            };
            let mut party = Party::default();
            for modifier in self.analysis.modifiers(chunk).into_iter().filter(plain) {
                for member in self.analysis.members(modifier) {
                    party.add(&self.named(self.analysis.chunks[member].content));
                }
            }
            party
        });
        if let Some(listed) = listed.filter(|it| it.codes.len() >= 2) {
            return listed;
        }
        if !named.is_empty() {
            return named;
        }
        let back = self.back(&words, discourse, own.content.start);
        let mut party = Party::default();
        if depth <= 4 {
            for modifier in self.analysis.modifiers(chunk) {
                let phrase = &self.analysis.chunks[modifier];
                // 大統領との間で: between oneself and him.
                let between = words == BETWEEN && phrase.inner == Some(Case::To);
                let plain = phrase.case == Some(Case::No) && (phrase.inner.is_none() || between)
                    || phrase.case == Some(Case::And);
                if plain {
                    for member in self.analysis.members(modifier) {
                        party.add(&self.of_one(member, discourse, depth + 1));
                    }
                }
            }
        }
        // 首相が率いる代表団, 日本が派遣した部隊: whose they are.
        if party.is_empty() && back.is_empty() && depth <= 4 {
            for modifier in self.analysis.modifiers(chunk) {
                let clause =
                    self.analysis.chunks[modifier].clause.and_then(|at| self.analysis.clauses.get(at));
                let owner =
                    clause.filter(|it| self.anaphors.belonging.contains(&it.predicate.lemma)).and_then(
                        |it| it.arguments.iter().find(|it| it.case == Case::Ga && !it.topic && !it.shared),
                    );
                if let Some(owner) = owner {
                    party.add(&self.of_one(owner.chunk, discourse, depth + 1));
                }
            }
        }
        // ペルー海軍の報道官: not the spokesman of another state who was named before.
        let other = !party.codes.is_empty() && !back.codes.iter().any(|code| party.codes.contains(code));
        // マリ、ニジェールの軍事政権: theirs who are named, not of the state that the text is about.
        let generic =
            matches!(self.anaphors.words.get(&words), Some(Back::Main | Back::Troops | Back::Government));
        let named = !party.codes.is_empty() && generic;
        // A、Bなどの4カ国: those whom the phrase lists.
        // 大統領と、…首相の両首脳: of two as well.
        let listed = match self.anaphors.words.get(&words) {
            Some(Back::Group) => party.codes.len() >= 3,
            Some(Back::Pair | Back::PairPersons) => party.codes.len() == 2,
            _ => false,
        };
        if back.is_empty() || named || listed || other && back.entities.len() == 1 { party } else { back }
    }

    /// The actors named in a stretch: a person's or body's states before those of bare state names beside them.
    pub(crate) fn named(&self, span: Span) -> Party {
        let mut party = Party::default();
        let mentions = self.reading.mentions_in(span);
        let strong = mentions.iter().any(|mention| {
            matches!(mention.kind, Kind::Person | Kind::Organization) && !self.reading.entity(mention).media
        });
        let person = mentions.iter().any(|mention| mention.kind == Kind::Person);
        // イラク駐留米軍: where they are is none of them.
        let stays = |at: usize| {
            mentions.len() > 1
                && matches!(
                    self.reading.chars().get(at..at + 2),
                    Some(['駐', '留'] | ['派', '遣'] | ['在', '住'])
                )
        };
        let words = span.slice(self.reading.chars());
        let envoy = ['使', '事', '官'].iter().any(|end| words.ends_with(&[*end])) || person;
        let posted =
            |at: usize| envoy && at.checked_sub(1).and_then(|at| self.reading.chars().get(at)) == Some(&'駐');
        let favoured =
            |at: usize| at.checked_sub(1).and_then(|at| self.reading.chars().get(at)) == Some(&'親');
        for mention in mentions {
            let entity = self.reading.entity(mention);
            match mention.kind {
                Kind::Place => continue,
                Kind::State if stays(mention.span.end) => continue,
                // 親イラン組織: whom it favours is not whose it is.
                Kind::State if mentions.len() > 1 && favoured(mention.span.start) => continue,
                // 駐インド大使: where an envoy is sent is not whose he is.
                Kind::State if posted(mention.span.start) => continue,
                Kind::Organization if entity.media && mentions.len() > 1 => continue,
                Kind::Organization if self.names_law(mention, span.end) => continue,
                // アルメニア軍のスホイ25: a make is nobody.
                Kind::Organization
                    if entity.sector.as_deref() == Some("BUS")
                        && self.reading.chars().get(mention.span.end).is_some_and(|c| c.is_ascii_digit())
                        && mention.span.end < span.end =>
                {
                    continue;
                }
                Kind::State if strong && person => continue,
                Kind::Organization if person => {
                    if !party.entities.contains(&mention.entity) {
                        party.entities.push(mention.entity);
                    }
                    continue;
                }
                _ => {}
            }
            let codes = self.reading.parties(mention);
            let list = if mention.kind == Kind::State { &mut party.states } else { &mut party.entities };
            if !list.contains(&mention.entity) {
                list.push(mention.entity);
            }
            for code in codes {
                if !party.codes.contains(&code) {
                    party.codes.push(code);
                }
            }
        }
        party
    }

    /// Whether a body only names what it has laid down: 国連制裁, 安保理決議.
    fn names_law(&self, mention: &MentionDraft, end: usize) -> bool {
        let rest = self.reading.chars().get(mention.span.end..end.max(mention.span.end)).unwrap_or_default();
        let rest: String = rest.iter().take(8).collect();
        mention.states.is_empty() && self.anaphors.laws.iter().any(|law| rest.starts_with(law.as_str()))
    }

    /// Bodies that a phrase names only by what they have laid down, where it is about keeping or breaking that:
    /// 国連制裁の履行を求めた is not said to the body.
    pub(crate) fn bodies_of_laws(&self, argument: &Argument) -> Vec<String> {
        let words = self.analysis.chunks[argument.chunk].content.text(self.reading.chars());
        if !self.anaphors.kept.iter().any(|end| words.ends_with(end.as_str())) {
            return Vec::new();
        }
        let named = self.reading.mentions_in(argument.span).iter();
        let laws = named.filter(|mention| self.names_law(mention, argument.span.end));
        laws.flat_map(|mention| self.reading.parties(mention)).collect()
    }

    /// Whether words are of each of those who are spoken of: 互いの外交官.
    pub(crate) fn is_of_each(&self, span: Span) -> bool {
        let words = span.text(self.reading.chars());
        self.anaphors.reciprocal.iter().any(|each| words.starts_with(each.as_str()))
    }

    /// Whether a phrase points back to someone already named: 両国, 同氏, a bare title.
    pub(crate) fn points_back(&self, words: &str) -> bool {
        let stem = words.trim_end_matches(['側', 'ら']);
        let bare = stem.trim_start_matches('同');
        self.anaphors.words.contains_key(words)
            || self.anaphors.words.contains_key(stem)
            || self.anaphors.titles.contains(bare)
    }

    /// Whether a word stands for two states spoken of together: 双方.
    pub(crate) fn is_pair(&self, words: &str) -> bool {
        self.anaphors.words.get(words) == Some(&Back::Pair)
    }

    /// Whom a word points back to.
    fn back(&self, words: &str, discourse: &Discourse, at: usize) -> Party {
        let of_states = |codes: Vec<String>| {
            let states = self
                .reading
                .named
                .entities
                .iter()
                .enumerate()
                .filter(|(_, entity)| {
                    entity.kind == Kind::State
                        && entity.states.len() == 1
                        && codes.contains(&entity.states[0])
                })
                .map(|(index, _)| index)
                .collect();
            Party { codes, entities: Vec::new(), states }
        };
        let of_person = |entity: usize| {
            let mut codes = self.reading.named.entities[entity].states.clone();
            // 欧州委員長: whoever is of no state speaks for the body.
            if codes.is_empty() {
                let mention = self.reading.named.mentions.iter().find(|mention| mention.entity == entity);
                codes = mention.map(|mention| self.reading.parties(mention)).unwrap_or_default();
            }
            Party { codes, entities: vec![entity], states: Vec::new() }
        };
        let stem = words.trim_end_matches(['側', 'ら']);
        // 自国領内, 自国民: one's own land and people.
        let owned =
            || self.anaphors.own.iter().find(|own| stem.starts_with(own.as_str())).map(|_| &Back::Own);
        // 同国高官, 同国産の原油.
        let opened = || stem.starts_with("同国").then_some(&Back::State);
        match self
            .anaphors
            .words
            .get(words)
            .or_else(|| self.anaphors.words.get(stem))
            .or_else(owned)
            .or_else(opened)
        {
            Some(Back::Pair) => {
                let clear = discourse.clear_pair();
                if !clear.is_empty() || !stem.contains('国') {
                    return of_states(clear);
                }
                // 両国 are at the least two states: those last named, where they are two.
                let mut last: Vec<String> = Vec::new();
                for mention in self.reading.mentions_in(Span::new(at.saturating_sub(300), at)) {
                    let codes = mention.states.iter().filter(|_| mention.kind == Kind::State);
                    last.extend(codes.cloned());
                }
                last.sort();
                last.dedup();
                return of_states(if last.len() == 2 { last } else { discourse.both() });
            }
            Some(Back::PairPersons) => {
                let mut party = Party::default();
                for &entity in &discourse.people {
                    party.add(&of_person(entity));
                }
                if discourse.people.len() < 2 {
                    // Those last named of each of the two states.
                    party = Party::default();
                    for code in discourse.both() {
                        let of_state =
                            |entity: usize| self.reading.named.entities[entity].states == [code.clone()];
                        if let Some(entity) = discourse.last_person(of_state) {
                            party.add(&of_person(entity));
                        }
                    }
                }
                if party.codes.len() < 2 {
                    let mut both = of_states(discourse.both());
                    both.entities = party.entities;
                    return both;
                }
                return party;
            }
            Some(Back::Group) => {
                // 4カ国: the last one of so many.
                let many = stem.chars().next().and_then(|first| {
                    let digit = first.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
                    digit.or_else(|| "〇一二三四五六七八九".chars().position(|c| c == first))
                });
                let fits = |group: &&Vec<String>| many.is_none_or(|many| many == group.len());
                let all = &discourse.groups;
                let group = all.iter().rev().find(fits).or(all.last());
                return group.map(|group| of_states(group.clone())).unwrap_or_default();
            }
            Some(Back::State) => {
                let before = self.reading.mentions_in(Span::new(at.saturating_sub(400), at));
                let before: Vec<_> =
                    before.iter().rev().filter(|mention| mention.states.len() == 1).collect();
                let last = self.spoken_of_beside(at, &before).or_else(|| before.first().copied());
                return last.map(|mention| of_states(mention.states.clone())).unwrap_or_default();
            }
            Some(Back::Person) => {
                return discourse.last_person(|_| true).map(of_person).unwrap_or_default();
            }
            Some(Back::Body) => {
                let before = self.reading.mentions_in(Span::new(at.saturating_sub(400), at));
                // 同省 is a ministry, 同軍 an army.
                let kind = words.trim_end_matches('側').chars().last();
                let bodies = || before.iter().rev().filter(|mention| mention.kind == Kind::Organization);
                let last = bodies()
                    .find(|mention| mention.span.text(self.reading.chars()).chars().last() == kind)
                    .or_else(|| bodies().next());
                return last
                    .map(|mention| Party {
                        codes: self.reading.parties(mention),
                        entities: vec![mention.entity],
                        states: Vec::new(),
                    })
                    .unwrap_or_default();
            }
            Some(Back::Home) if self.speaks_at_home(at) => return of_states(vec!["JPN".to_owned()]),
            // 米国は国軍を非難した: of the state that the text names it with.
            Some(Back::Troops) if discourse.rulers.of(stem).is_some() => {
                return of_states(discourse.rulers.of(stem).into_iter().collect());
            }
            // スーダンでは4月から国軍と…: of the state that the sentence is on.
            Some(Back::Troops | Back::Government) if self.scene_before(at).is_some() => {
                return of_states(self.scene_before(at).into_iter().collect());
            }
            // 政府は制裁を発動した: of the state that the sentence or the paragraph is on, or else the reader's own.
            Some(Back::Government) => {
                let state = |codes: &[String]| matches!(codes, [one] if one.len() == 3);
                let opening = self.opening(at, discourse).codes;
                if state(&opening) {
                    return of_states(opening);
                }
                let paragraph = |sentence: usize| self.reading.sentences.get(sentence).map(|it| it.paragraph);
                let near = paragraph(discourse.topic_sentence) == paragraph(self.analysis.sentence);
                if near && state(&discourse.topic.codes) {
                    return of_states(discourse.topic.codes.clone());
                }
                let home = self.speaks_at_home(at);
                return if home { of_states(vec!["JPN".to_owned()]) } else { Party::default() };
            }
            Some(Back::Own | Back::Home | Back::Troops) => {
                // アルメニアは、自国の部隊が…: the topic of the sentence comes before that of the last.
                let opening = self.opening(at, discourse);
                return if opening.is_empty() { discourse.topic.clone() } else { opening };
            }
            Some(Back::Issuer) => return discourse.issuer.clone(),
            Some(Back::States(codes)) => {
                let named = |code: &String| discourse.main.contains(code);
                return if codes.iter().all(named) { of_states(codes.clone()) } else { Party::default() };
            }
            Some(Back::Main) => {
                let state = discourse
                    .rulers
                    .of(stem)
                    .or_else(|| self.scene_before(at))
                    .or_else(|| discourse.rulers.any())
                    .or_else(|| discourse.main.first().cloned());
                return of_states(state.into_iter().collect());
            }
            None => {}
        }
        // 同議会: the body last named that ends so.
        if let Some(kind) = stem.strip_prefix('同').filter(|kind| (1..=5).contains(&kind.chars().count())) {
            let before = self.reading.mentions_in(Span::new(at.saturating_sub(400), at));
            let body = before.iter().rev().find(|mention| {
                mention.kind == Kind::Organization && mention.span.text(self.reading.chars()).ends_with(kind)
            });
            if let Some(body) = body {
                return Party {
                    codes: self.reading.parties(body),
                    entities: vec![body.entity],
                    states: Vec::new(),
                };
            }
        }
        // A bare title: who bears it in this document (首相, 同大統領, 前大統領).
        let bare = stem.trim_start_matches('同');
        if self.anaphors.titles.contains(bare) {
            let bears = |entity: usize| {
                self.reading.named.entities[entity].role.as_deref().is_some_and(|role| {
                    role.ends_with(bare)
                        || bare == "総理" && role.ends_with("首相")
                        || bare == "首相" && role.contains("総理")
                })
            };
            if let Some(entity) = discourse.last_person(bears) {
                return of_person(entity);
            }
        }
        Party::default()
    }

    /// Who opens a sentence as its subject, before a place in it.
    fn opening(&self, at: usize, discourse: &Discourse) -> Party {
        let opening = self
            .analysis
            .clauses
            .iter()
            .flat_map(|clause| &clause.arguments)
            .find(|it| it.case == Case::Ga && !it.shared && it.span.end <= at && !self.is_time(it.chunk));
        opening.map(|it| self.of(it, discourse)).unwrap_or_default()
    }

    /// 原油を輸入する国に関税を課す: whether a clause only says of which of all it is meant.
    fn is_of_anybody(&self, clause: usize) -> bool {
        let own = &self.analysis.clauses[clause];
        let of_subject = own.link == Link::Adnominal
            && own.predicate.voice == Voice::Active
            && own.arguments.iter().any(|it| matches!(it.case, Case::Wo | Case::Ni) && !it.shared)
            && own.arguments.iter().all(|it| it.case != Case::Ga);
        of_subject
            && self.analysis.adnominal_of(clause).is_some_and(|noun| {
                let words = self.analysis.chunks[noun].content.text(self.reading.chars());
                self.anaphors.anybody.contains(&words)
            })
    }

    /// リトアニアが台湾の機関を認めたため、中国は同国からの輸入を止めた: of those named before (the last first) not the subject of the
    /// same clause, and not who only stands with の in the sentence, where another is named.
    fn spoken_of_beside<'m>(&self, at: usize, before: &[&'m MentionDraft]) -> Option<&'m MentionDraft> {
        let chunk = self.analysis.chunk_at(at)?;
        let clause = &self.analysis.clauses[self.analysis.clause_of_chunk(chunk)?];
        let subjects: Vec<Span> = clause
            .arguments
            .iter()
            .filter(|it| it.case == Case::Ga)
            .map(|it| self.analysis.subtree_span(it.chunk))
            .collect();
        let acts = |mention: &MentionDraft| {
            subjects.iter().any(|span| span.start <= mention.span.start && mention.span.end <= span.end)
        };
        // 財務相は同国の通貨…: whoever holds an office may speak of his own.
        let subject = before.iter().find(|mention| acts(mention)).filter(|it| it.kind == Kind::State)?;
        let mut others = before.iter().copied().filter(|mention| mention.states != subject.states);
        let stands_alone = |mention: &&MentionDraft| {
            self.analysis
                .chunk_at(mention.span.start)
                .map(|chunk| &self.analysis.chunks[chunk])
                .is_some_and(|chunk| chunk.case != Some(Case::No) || chunk.inner.is_some())
        };
        others.clone().find(stands_alone).or_else(|| others.next())
    }

    /// The state that a sentence is on, by a place that opens it with では: スーダンでは.
    fn scene_before(&self, at: usize) -> Option<String> {
        self.analysis.chunks.iter().take_while(|chunk| chunk.span.end <= at).find_map(|chunk| {
            let codes = self.codes_with_places(chunk.content);
            let scene = chunk.topic && chunk.case == Some(Case::De) && chunk.quote.is_none();
            (scene && codes.len() == 1 && codes[0].len() == 3).then(|| codes[0].clone())
        })
    }

    /// Who does what a clause says: its subject, or whom the text leaves out because it is clear.
    pub(crate) fn subject(&self, clause: usize, discourse: &Discourse, heading: bool) -> Party {
        let mut party = self.subject_within(clause, discourse, heading, 0);
        // 大統領はイラクを訪問し、握手をした直後、男が立ち上がり…: the topic before comes before who comes later.
        if (party.is_empty() || party == discourse.topic)
            && let Some(own) = self.analysis.clauses.get(clause)
            && matches!(own.link, Link::And | Link::But | Link::When | Link::Because)
            && own.arguments.iter().all(|it| it.case != Case::Ga || it.shared && it.chunk > own.chunk)
            && let Some(opening) = self.topic_ahead(clause, discourse)
        {
            party = opening;
        }
        // 大臣から、…すること、及び…したことを説明した: who speaks in the sentence comes before who spoke in the last;
        // 大臣から、現状変更は認められず、ロシアを非難する旨述べた: and before a topic that is no actor.
        if (party == discourse.topic || party.is_empty())
            && let Some(from) = self.spoken_from(clause)
        {
            return self.of(&from, discourse);
        }
        party
    }

    /// The person from whom the words of a sentence come: of several, the last before the clause.
    fn spoken_from(&self, clause: usize) -> Option<Argument> {
        let own = self.analysis.clauses.get(clause)?;
        let arguments = self.analysis.clauses.iter().flat_map(|clause| &clause.arguments);
        let from = arguments.filter(|it| {
            it.case == Case::Kara
                && !it.topic
                && it.chunk < own.chunk
                && self
                    .reading
                    .mentions_in(self.analysis.chunks[it.chunk].content)
                    .iter()
                    .any(|mention| mention.kind == Kind::Person)
        });
        from.max_by_key(|it| it.chunk).copied()
    }

    fn is_body(&self, entity: usize) -> bool {
        let entity = &self.reading.named.entities[entity];
        entity.kind == Kind::Organization && !entity.media
    }

    /// The person from whom the words of a clause come.
    fn words_from<'a>(&self, clause: &'a entente_clause::Clause) -> Option<&'a Argument> {
        clause.arguments.iter().find(|it| {
            it.case == Case::Kara
                && !it.topic
                && !it.shared
                && self
                    .reading
                    .mentions_in(self.analysis.chunks[it.chunk].content)
                    .iter()
                    .any(|mention| mention.kind == Kind::Person)
        })
    }

    /// Whether として follows a predicate: what somebody is charged with.
    pub(crate) fn is_charge(&self, at: usize) -> bool {
        let chars = self.reading.chars();
        chars.get(at..at + 3).is_some_and(|words| words == ['と', 'し', 'て'])
    }

    fn subject_within(&self, clause: usize, discourse: &Discourse, heading: bool, depth: usize) -> Party {
        let Some(own) = self.analysis.clauses.get(clause) else { return Party::default() };
        // 領空を侵犯したとして爆撃機を撃墜した: the one it is done to is said to have done it.
        if own.link == Link::Content
            && self.is_charge(own.predicate.span.end)
            && own.arguments.iter().all(|it| it.case != Case::Ga || it.shared)
            && let Some(head) = own.head.and_then(|head| self.analysis.clauses.get(head))
            && let Some(object) = head.arguments.iter().find(|it| it.case == Case::Wo && !it.shared)
        {
            let party = self.of(object, discourse);
            if !party.is_empty() {
                return party;
            }
        }
        let mut unnamed_subject = false;
        let quoted = self.quoted_subject(clause).map(|it| it.chunk);
        for shared in [false, true] {
            for topic in [false, true] {
                // 開設を認めたことに中国が反発した: of two, the one that stands nearer before it.
                let (mut subjects, after): (Vec<&Argument>, Vec<&Argument>) = own
                    .arguments
                    .iter()
                    .filter(|it| it.case == Case::Ga && it.topic == topic && it.shared == shared)
                    .filter(|it| Some(it.chunk) != quoted)
                    .partition(|it| it.chunk < own.chunk);
                subjects.reverse();
                subjects.extend(after);
                // 両首脳は、アメリカも加えた連携を確認した: は before も.
                subjects.sort_by_key(|it| self.analysis.chunks[it.chunk].also);
                let mut rest = subjects.len() + 1;
                let objects = |party: &Party| {
                    own.arguments.iter().any(|it| {
                        it.case == Case::Wo && !it.shared && self.of(it, discourse).codes == party.codes
                    })
                };
                for subject in subjects {
                    rest -= 1;
                    let party = self.of(subject, discourse);
                    // 大臣から、侵略は暴挙である旨述べた: a person from whom words come says them.
                    let person = |entity: &usize| self.reading.named.entities[*entity].kind == Kind::Person;
                    if topic
                        && !party.is_empty()
                        && !party.entities.iter().any(person)
                        && let Some(from) = self.words_from(own)
                        && from.chunk < subject.chunk
                    {
                        return self.of(from, discourse);
                    }
                    // 政府が、相手の軍が処刑したとして、相手の軍を非難した: not whom it is said of.
                    let blamed = rest > 1 && !party.is_empty() && objects(&party);
                    if !party.is_empty() && !blamed {
                        return party;
                    }
                    // 「私は称賛する」と語った: who says it.
                    let content = self.analysis.chunks[subject.chunk].content.text(self.reading.chars());
                    if own.quote.is_some() && self.anaphors.speaking.contains(&content) {
                        continue;
                    }
                    // 会談は… has a subject that is no actor; a time as topic is none at all.
                    unnamed_subject |= !self.is_time(subject.chunk);
                }
            }
        }
        if quoted.is_some()
            && let Some(topic) = self.topic_before(own)
        {
            return self.of(topic, discourse);
        }
        // 安保理は会合を開き、大統領が出席した: the topic is the subject of what comes before the other one.
        if own.link == Link::And
            && !unnamed_subject
            && own.predicate.voice == Voice::Active
            && let Some(topic) = own.arguments.iter().find(|it| {
                it.case == Case::About
                    && it.topic
                    && it.shared
                    && it.chunk < own.chunk
                    && self.analysis.chunks[it.chunk].case.is_none()
            })
        {
            let party = self.of(topic, discourse);
            if !party.is_empty() {
                return party;
            }
        }
        if depth > 6 || self.is_of_anybody(clause) {
            return Party::default();
        }
        // 米側から…が出席した, 政府内では…: a group within the phrase stands for the subject.
        if let Some(from) =
            own.arguments.iter().find(|argument| argument.case == Case::Kara && !argument.shared)
        {
            let party = self.of(from, discourse);
            // 漁船が海警局の船から放水を受けた: there から names who does it to the subject.
            let received = matches!(own.predicate.voice, Voice::Passive | Voice::Benefactive);
            if !party.is_empty() && unnamed_subject && !received {
                return party;
            }
        }
        // 大臣から…を説明した: from whom the words come says them.
        if !unnamed_subject
            && own.predicate.voice == Voice::Active
            && let Some(from) = own.arguments.iter().find(|it| it.case == Case::Kara && !it.topic)
            && self
                .reading
                .mentions_in(self.analysis.chunks[from.chunk].content)
                .iter()
                .any(|mention| mention.kind == Kind::Person)
        {
            return self.of(from, discourse);
        }
        // 国連では支援を続けている: the body in which it is done does it.
        if !unnamed_subject
            && let Some(within) =
                own.arguments.iter().find(|it| it.case == Case::De && it.topic && !it.shared)
        {
            let content = self.analysis.chunks[within.chunk].content;
            let party = self.named(content);
            let words = content.text(self.reading.chars());
            let venue = self.anaphors.venues.iter().any(|ending| words.ends_with(ending.as_str()));
            if !venue && !party.entities.is_empty() && party.entities.iter().all(|&it| self.is_body(it)) {
                return party;
            }
        }
        if unnamed_subject && own.link != Link::And {
            return Party::default();
        }
        match own.link {
            Link::Adnominal => {
                if let Some(noun) = self.analysis.adnominal_of(clause) {
                    // 断交を発表したサウジアラビア、UAE、バーレーンは: all of a list.
                    let listed = self.list_from(noun);
                    if let Some(last) = listed {
                        return self.of_chunk(last, discourse);
                    }
                    // 領海に侵入した海警局の船: whose ship it is.
                    let party = self.of_one(noun, discourse, 0);
                    if !party.is_empty() {
                        return party;
                    }
                    // 求める決議が総会で採択された: the body that passes it.
                    if let Some(passed) = own.head.and_then(|head| self.analysis.clauses.get(head))
                        && passed.predicate.voice == Voice::Passive
                        && passed.arguments.iter().any(|it| it.chunk == noun && it.case == Case::Ga)
                        && let Some(place) = passed
                            .arguments
                            .iter()
                            .find(|it| matches!(it.case, Case::De | Case::By) && !it.shared)
                    {
                        let body = self.of(place, discourse);
                        let words = self.analysis.chunks[place.chunk].content.text(self.reading.chars());
                        // 大使館の前で行われた: but where a crowd stands does not say it.
                        let sits = self.anaphors.venues.iter().any(|ending| words.ends_with(ending.as_str()))
                            || self.reading.mentions_in(place.span).iter().all(|it| it.states.is_empty());
                        let bodies = body.entities.iter().all(|&it| self.is_body(it));
                        if sits && bodies && !body.entities.is_empty() {
                            return body;
                        }
                    }
                    // グルジアからの独立を求める南オセチア: the place does it, and is no party.
                    let named = self.reading.mentions_in(self.analysis.chunks[noun].content);
                    let place = matches!(named.last(), Some(last) if last.kind == Kind::Place);
                    let object = own.arguments.iter().any(|it| it.case == Case::Wo && !it.shared);
                    if place && object && own.predicate.voice == Voice::Active && !unnamed_subject {
                        return Party::default();
                    }
                    // 両国は、会談する方向で調整していることが分かった: whose plan it is.
                    let words = self.analysis.chunks[noun].content.text(self.reading.chars());
                    if !heading
                        && self.anaphors.plans.contains(&words)
                        && let Some(opening) = self
                            .topic_ahead(clause, discourse)
                            .or_else(|| self.theme_ahead(clause, discourse))
                    {
                        return opening;
                    }
                }
            }
            Link::Final => {
                if heading || unnamed_subject {
                    return Party::default();
                }
                return discourse.topic.clone();
            }
            _ => {}
        }
        // 送ったのは豪州だった: the noun that the cleft names does it.
        if own.link == Link::Nominal
            && let Some(head) = own.head.and_then(|head| self.analysis.clauses.get(head))
            && head.predicate.noun.is_none()
            && head.predicate.lemma.ends_with('だ')
        {
            let party = self.named(self.analysis.chunks[head.chunk].content);
            if !party.is_empty() {
                return party;
            }
            // 送ったのは豪州の部隊だった: or whose it is.
            let party = self.of_chunk(head.chunk, discourse);
            if !party.is_empty() {
                return party;
            }
        }
        // 協定を結び、翌月には米国が警告した: who comes later has not done what is told before.
        // 制裁を受け、イランは…: what is received is told ahead of whom it reaches.
        let ahead = own.predicate.voice == Voice::Benefactive;
        let joined = matches!(own.link, Link::And | Link::But);
        let later = own.head.filter(|_| joined && !ahead).is_some_and(|head| {
            self.analysis.clauses[head].arguments.iter().any(|argument| {
                argument.case == Case::Ga
                    && !argument.shared
                    && argument.chunk > own.chunk
                    && !self.of(argument, discourse).is_empty()
            })
        });
        if later {
            // 安保理は…を採決したが、ロシアが拒否した: the topic that opens the sentence holds for both.
            let opening = self.topic_ahead(clause, discourse);
            return match opening {
                _ if unnamed_subject => Party::default(),
                Some(opening) => opening,
                None if heading => Party::default(),
                None => discourse.topic.clone(),
            };
        }
        match own.head {
            Some(head) if head != clause => self.subject_within(head, discourse, heading, depth + 1),
            _ if heading || unnamed_subject => Party::default(),
            _ => discourse.topic.clone(),
        }
    }

    /// The last of a list of three actors or more that a phrase opens.
    fn list_from(&self, first: usize) -> Option<usize> {
        let mut at = first;
        while let Some(chunk) = self.analysis.chunks.get(at).filter(|chunk| chunk.case == Some(Case::And)) {
            at = chunk.head.filter(|head| *head == at + 1)?;
        }
        let all = (first..=at).all(|chunk| !self.named(self.analysis.chunks[chunk].content).is_empty());
        (at >= first + 2 && all).then_some(at)
    }

    /// The actor that stands as topic before a clause, of one of the clauses that it leads to.
    fn topic_ahead(&self, clause: usize, discourse: &Discourse) -> Option<Party> {
        let own = self.analysis.clauses.get(clause)?;
        let mut at = own.head;
        for _ in 0..6 {
            let next = self.analysis.clauses.get(at?)?;
            let topic = next.arguments.iter().find(|it| {
                it.case == Case::Ga
                    && it.topic
                    && !it.shared
                    && it.chunk < own.chunk
                    && !self.is_time(it.chunk)
            });
            if let Some(topic) = topic {
                return Some(self.of(topic, discourse)).filter(|party| !party.is_empty());
            }
            at = next.head;
        }
        None
    }

    /// The actor that opens the sentence as a theme of which a clause ahead tells something else: 両外相は、…ことが分かった.
    fn theme_ahead(&self, clause: usize, discourse: &Discourse) -> Option<Party> {
        let own = self.analysis.clauses.get(clause)?;
        let mut at = own.head;
        for _ in 0..6 {
            let next = self.analysis.clauses.get(at?)?;
            let theme = next.arguments.iter().find(|it| {
                it.case == Case::About
                    && it.topic
                    && !it.shared
                    && it.chunk < own.chunk
                    && self.analysis.chunks[it.chunk].case.is_none()
            });
            if let Some(theme) = theme {
                return Some(self.of(theme, discourse)).filter(|party| !party.is_empty());
            }
            at = next.head;
        }
        None
    }

    /// The subject of words that stands before them, and so seems to be that of the verb of saying: 外務省は、相手が
    /// 「違反した」と主張した, 大統領は、相手が続けるなら「代償を払う」と警告した.
    pub(crate) fn quoted_subject(&self, clause: usize) -> Option<&Argument> {
        let own = self.analysis.clauses.get(clause)?;
        let opened = self.topic_before(own).is_some()
            || self.analysis.clauses[..clause]
                .iter()
                .any(|it| it.head == Some(clause) && matches!(it.link, Link::And | Link::But));
        own.arguments.iter().find(|it| {
            it.case == Case::Ga
                && !it.topic
                && !it.shared
                && opened
                && self.analysis.clauses[..clause].iter().any(|inner| {
                    inner.head == Some(clause)
                        && inner.link == Link::Content
                        && inner.chunk > it.chunk
                        && (inner.quote.is_some()
                            || inner.arguments.iter().any(|shared| shared.chunk == it.chunk && shared.shared))
                })
                && (self.topic_before(own).is_some()
                    || self.reading.chars().get(self.analysis.chunks[it.chunk].span.end) == Some(&'「'))
        })
    }

    /// The topic of a clause that another subject has left without a case.
    fn topic_before<'a>(&self, own: &'a entente_clause::Clause) -> Option<&'a Argument> {
        own.arguments.iter().find(|it| {
            it.topic
                && !it.shared
                && it.chunk < own.chunk
                && self.analysis.chunks[it.chunk].case.is_none()
                && matches!(it.case, Case::Ga | Case::About)
                && !self.of(it, &Discourse::default()).is_empty()
        })
    }

    /// Whether a chunk is an expression of time.
    pub(crate) fn is_time(&self, chunk: usize) -> bool {
        self.analysis.chunks.get(chunk).is_some_and(|own| {
            !self.reading.times_in(own.content).is_empty() && self.named(own.content).is_empty()
        })
    }

    /// The states and bodies named anywhere in a stretch, in order.
    pub(crate) fn codes_in(&self, span: Span) -> Vec<String> {
        let mut codes = Vec::new();
        for mention in self.reading.mentions_in(span) {
            for code in self.reading.parties(mention) {
                if !codes.contains(&code) {
                    codes.push(code);
                }
            }
        }
        codes
    }

    /// Codes with those of places too: where something happened to someone.
    pub(crate) fn codes_with_places(&self, span: Span) -> Vec<String> {
        let mut codes = self.codes_in(span);
        if codes.is_empty() {
            for mention in self.reading.mentions_in(span) {
                if self.reading.entity(mention).media {
                    continue;
                }
                for code in &mention.states {
                    if !codes.contains(code) {
                        codes.push(code.clone());
                    }
                }
            }
        }
        codes
    }
}
