//! The invented world, and the documents about it.

use crate::article::{About, Article, Credit, Placed, Sentence, Told};
use crate::cast::{Cast, Pair, Person, Publisher, Style};
use crate::random::Random;
use crate::truth::{self, TruthWriter};
use crate::when::{Precision, When, later, tell};
use crate::wording::{Act, DataError, Level, Parties, Place, Promise, Wording, fill};
use entente_base::Lexicon;
use entente_base::record::EventType;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{self, Write};

/// Last day on which something happens.
const END: Date = date(2025, 6, 30);
/// Last day of publication; promises are judged by it.
const AS_OF: Date = date(2025, 7, 31);
/// Earlier events of a pair that articles may return to.
const REMEMBERED: usize = 10;
/// Documents a year that the span of time grows by, and its bounds in years.
const DENSITY: usize = 10_000;
const YEARS: (i64, i64) = (4, 20);
/// Days after which a promise that was put off is due at the latest.
const PUT_OFF_DAYS: i64 = 280;
/// Days by which reports of one event may differ, and within which a pair has no two alike.
const DISPUTED_DAYS: i64 = 3;
/// Weight of a pair: its rank plus the first, to the minus second. The busiest has about 6 % of the documents.
const ZIPF: (f64, f64) = (4.0, 0.85);

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    /// Number of documents.
    pub documents: usize,
    /// Seed.
    pub seed: u64,
}

/// What was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents written.
    pub documents: usize,
    /// Events that they tell.
    pub events: usize,
    /// Sentences that tell an event.
    pub mentions: usize,
    /// Disagreements planted.
    pub conflicts: usize,
    /// Plans and promises.
    pub pledges: usize,
}

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// The data cannot be read.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The result cannot be written.
    #[error("cannot write: {0}\n  help: see whether the folder may be written and the disk has room")]
    Write(#[from] io::Error),
    /// A document cannot be written as JSON.
    #[error("cannot write: {0}\n  help: see whether the folder may be written and the disk has room")]
    Json(#[from] serde_json::Error),
}

/// The input form of `entente code`.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    text: &'a str,
    title: &'a str,
    published: String,
    url: String,
    publisher: &'a str,
}

/// The facts of an event, as one side tells them.
#[derive(Debug, Clone)]
struct Facts {
    day: Date,
    place: Option<String>,
    /// Whoever acts for the first state, and for the second.
    persons: [Option<Person>; 2],
    number: i64,
    money: i64,
}

/// An event.
#[derive(Debug, Clone)]
struct Happening {
    id: u32,
    act: usize,
    states: [usize; 2],
    level: Level,
    matter: String,
    /// What happened; then, where somebody disagrees, what they say.
    versions: Vec<Facts>,
    conflict: Option<&'static str>,
    sides: [BTreeSet<u32>; 2],
    status: &'static str,
    /// From when on it is known as a plan.
    announced: Option<Date>,
    mentions: Vec<truth::Mention>,
}

/// A promise that is no event.
struct Commitment {
    id: u32,
    what: usize,
    states: [usize; 2],
    goods: String,
    due: Date,
    put_off: Option<Date>,
    made: Vec<truth::Mention>,
    followed: Vec<truth::Mention>,
}

/// What an article tells of its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Told,
    Plan,
    Cancelled,
    Postponed,
    Denied,
}

impl Phase {
    const fn status(self) -> &'static str {
        match self {
            Phase::Told => "occurred",
            Phase::Plan => "scheduled",
            Phase::Cancelled | Phase::Denied => "denied",
            Phase::Postponed => "postponed",
        }
    }

    fn wordings(self, act: &Act) -> (&[String], &[String]) {
        match self {
            Phase::Told => (&act.lead, &act.head),
            Phase::Plan => (&act.plan, &act.plan_head),
            Phase::Cancelled => (&act.cancel, &act.cancel_head),
            Phase::Postponed => (&act.postpone, &act.postpone_head),
            Phase::Denied => (&act.deny, &act.deny_head),
        }
    }
}

/// What two events share that no reader could tell apart by anything but their days: type and form, the level of the
/// persons, and whose acts they are.
type Alike = (&'static str, Option<String>, Level, Option<usize>);

/// What a pair of states has behind it.
#[derive(Default)]
struct Past {
    events: VecDeque<Happening>,
    /// Days on which something happened or is to happen.
    taken: BTreeSet<(Alike, Date)>,
    /// What the two promised, and until when that stands.
    promised: BTreeMap<(usize, String), Date>,
    /// Years that had the yearly meeting.
    yearly: BTreeSet<i16>,
    trade: BTreeMap<i16, f64>,
}

/// A document as the truth keeps it until the end.
struct Row {
    group: u32,
    author: u16,
    kind: &'static str,
    credited: bool,
}

/// Documents that tell the trade of a pair and year: as it is, rounded, wrong, with a change that does not fit; and those
/// of them that state the right change.
type TradeSides = [Vec<u32>; 5];
/// The last of these.
const CHANGED: usize = 4;

struct World<'a, A: Write, T: Write> {
    random: Random,
    cast: &'a Cast,
    wording: &'a Wording,
    total: usize,
    first: Date,
    past: Vec<Past>,
    rows: Vec<Row>,
    trade: BTreeMap<(usize, i16), TradeSides>,
    conflicts: Vec<truth::Conflict>,
    pledges: Vec<truth::Pledge>,
    next: u32,
    groups: u32,
    summary: Summary,
    articles: A,
    truth: TruthWriter<T>,
}

fn document_id(index: u32) -> String {
    format!("d{index:07}")
}

/// Makes a corpus: the articles as JSON Lines, and what is known of them. Needs memory for the open ends alone: some
/// bytes a document, and the disagreements and pledges.
///
/// # Errors
/// Where the data compiled in cannot be read, or the result not be written.
pub fn generate(
    request: Request,
    lexicon: &Lexicon,
    articles: impl Write,
    truth: impl Write,
) -> Result<Summary, WorldError> {
    let (cast, wording) = (Cast::load(lexicon)?, Wording::load()?);
    let years = i64::try_from(request.documents / DENSITY).unwrap_or(YEARS.1).clamp(YEARS.0, YEARS.1);
    let first = later(END, -years * 365);
    let mut random = Random::new(request.seed);
    let mut past: Vec<Past> = Vec::new();
    for pair in &cast.pairs {
        let mut trade = BTreeMap::new();
        let mut value = pair.trade;
        for year in first.year() - 2..=END.year() {
            trade.insert(year, value);
            value *= 0.9 + 0.25 * random.unit();
        }
        past.push(Past { trade, ..Past::default() });
    }
    let truth = TruthWriter::new(truth, request.seed, &AS_OF.to_string())?;
    let mut world = World {
        random,
        cast: &cast,
        wording: &wording,
        total: request.documents,
        first,
        past,
        rows: Vec::new(),
        trade: BTreeMap::new(),
        conflicts: Vec::new(),
        pledges: Vec::new(),
        next: 0,
        groups: 0,
        summary: Summary::default(),
        articles,
        truth,
    };
    while world.rows.len() < world.total {
        world.episode()?;
    }
    world.finish()
}

/// How a sentence is to tell its event.
struct Manner<'a> {
    style: Style,
    when: When,
    announced: When,
    put_off: When,
    placed: bool,
    facts: &'a Facts,
}

/// Whether acts of the kind go on from day to day, each day's an act of its own: who gives another day tells of another.
fn is_serial(act: &Act) -> bool {
    matches!(act.kind, EventType::Assault | EventType::Mobilize | EventType::Coerce)
}

fn with_state(cast: &Cast, person: &Person, style: Style, random: &mut Random) -> String {
    let at_home = cast.states.get(person.state).is_some_and(|state| state.code == "JPN");
    let words = titled(person, style, at_home);
    if at_home && style != Style::Agency && random.chance(0.6) {
        return words;
    }
    format!("{}の{words}", state_name(cast, person.state, style))
}

fn titled(person: &Person, style: Style, at_home: bool) -> String {
    let title = match person.title.as_str() {
        "首相" if at_home && style == Style::Broadcaster => "総理大臣",
        "首相" if at_home && style == Style::Ministry => "内閣総理大臣",
        other => other,
    };
    format!("{}{title}", person.name)
}

fn state_name(cast: &Cast, state: usize, style: Style) -> &str {
    cast.states
        .get(state)
        .map_or("", |state| if style == Style::Broadcaster { &state.spoken } else { &state.name })
}

fn code(cast: &Cast, state: usize) -> &str {
    cast.states.get(state).map_or("", |state| &state.code)
}

fn army(cast: &Cast, state: usize, style: Style) -> String {
    let spoken = style == Style::Broadcaster && matches!(code(cast, state), "USA" | "GBR");
    let Some(of) = cast.states.get(state) else { return String::new() };
    if spoken { format!("{}軍", of.spoken) } else { of.army.clone() }
}

/// A ministry of a state, of foreign affairs or of defence.
fn ministry(cast: &Cast, state: usize, style: Style, defence: bool) -> String {
    let name = state_name(cast, state, style);
    match (code(cast, state), defence) {
        ("USA", false) if style == Style::Broadcaster => "アメリカ国務省".to_owned(),
        ("USA", false) => "米国務省".to_owned(),
        ("USA", true) if style == Style::Broadcaster => "アメリカ国防総省".to_owned(),
        ("USA", true) => "米国防総省".to_owned(),
        ("TWN", false) => "台湾外交部".to_owned(),
        ("TWN", true) => "台湾国防部".to_owned(),
        ("JPN", true) => "日本の防衛省".to_owned(),
        ("JPN", false) => "日本の外務省".to_owned(),
        (_, true) => format!("{name}国防省"),
        (_, false) => format!("{name}外務省"),
    }
}

fn government(cast: &Cast, state: usize, style: Style, random: &mut Random) -> String {
    let name = state_name(cast, state, style);
    match (code(cast, state), random.index(3)) {
        (_, 0) => name.to_owned(),
        ("TWN", _) => "台湾当局".to_owned(),
        ("USA", _) if style != Style::Broadcaster => "米政府".to_owned(),
        (_, 1) => format!("{name}政府"),
        _ => ministry(cast, state, style, false),
    }
}

/// A sum of so many tens of millions, in the money of the giver.
fn sum(tens: i64, giver: &str) -> String {
    let (units, name) = match giver {
        "JPN" => (tens * 10_000, "円"),
        "DEU" | "FRA" | "ITA" => (tens * 1_000, "ユーロ"),
        _ => (tens * 1_000, "ドル"),
    };
    let (hundreds, rest) = (units / 10_000, units % 10_000);
    match (hundreds, rest) {
        (0, rest) => format!("{rest}万{name}"),
        (hundreds, 0) => format!("{hundreds}億{name}"),
        (hundreds, rest) => format!("{hundreds}億{rest}万{name}"),
    }
}

fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Office of a pair's meeting: 首脳, 外相 and so on.
fn level_words(level: Level, codes: [&str; 2]) -> &'static str {
    match level {
        Level::Head => "首脳",
        Level::Foreign => "外相",
        Level::Defence if codes.contains(&"JPN") => "防衛相",
        Level::Defence => "国防相",
        Level::Official => "高官",
    }
}

/// A template with the words of an event.
fn worded(
    random: &mut Random,
    cast: &Cast,
    act: &Act,
    event: &Happening,
    template: &str,
    manner: &Manner<'_>,
) -> String {
    let [a, b] = event.states;
    let style = manner.style;
    let placed = manner.placed || template.contains("{l}") || template.contains("{lへ}");
    let person = |random: &mut Random, index: usize, full: bool| {
        manner.facts.persons.get(index).and_then(Option::as_ref).map_or_else(String::new, |person| {
            if full {
                with_state(cast, person, style, random)
            } else {
                titled(person, style, code(cast, person.state) == "JPN")
            }
        })
    };
    fill(template, style.is_polite(), &mut |name| match name {
        "A" => state_name(cast, a, style).to_owned(),
        "B" => state_name(cast, b, style).to_owned(),
        "AB" => match (cast.states.get(a), cast.states.get(b)) {
            (Some(a), Some(b)) if !a.short.is_empty() && !b.short.is_empty() => pair_name(&a.short, &b.short),
            (Some(a), Some(b)) => format!("{}・{}", a.name, b.name),
            _ => String::new(),
        },
        "gA" => government(cast, a, style, random),
        "gB" => government(cast, b, style, random),
        "MA" => ministry(cast, a, style, event.level == Level::Defence && !act.levels.is_empty()),
        "wA" => ministry(cast, a, style, true),
        "wB" => ministry(cast, b, style, true),
        "fA" => army(cast, a, style),
        "fB" => army(cast, b, style),
        "p" => person(random, 0, true),
        "q" => person(random, 1, true),
        "p'" => person(random, 0, false),
        "q'" => person(random, 1, false),
        "tp" => manner
            .facts
            .persons
            .first()
            .and_then(Option::as_ref)
            .map_or_else(String::new, |p| p.title.clone()),
        "k" => level_words(event.level, [code(cast, a), code(cast, b)]).to_owned(),
        "l" if placed => manner.facts.place.clone().unwrap_or_default(),
        "d" => manner.when.words.clone(),
        "D" => manner.announced.words.clone(),
        "N" => manner.put_off.words.clone(),
        "n" => act
            .number
            .as_ref()
            .map_or_else(String::new, |number| format!("{}{}", grouped(manner.facts.number), number.unit)),
        "m" => sum(manner.facts.money, code(cast, a)),
        "x" => event.matter.clone(),
        _ => String::new(),
    })
}

/// Whether the words that tell of one event fit another of the same parties.
fn fits(
    other: &Happening,
    event: &Happening,
    act: &Act,
    template: &str,
    manner: &Manner<'_>,
    published: Date,
) -> bool {
    let Some(facts) = other.versions.first() else { return false };
    let told = |names: &[&str]| names.iter().any(|name| template.contains(&format!("{{{name}")));
    let name = |person: &Option<Person>| person.as_ref().map(|person| person.name.clone());
    let persons = |facts: &Facts| {
        let mut names = facts.persons.each_ref().map(name);
        names.sort();
        names
    };
    let [a, b] = event.states;
    let parties = match act.parties {
        Parties::Directed => other.states == [a, b],
        Parties::Solo => other.states[0] == a,
        Parties::Mutual => other.states == [a, b] || other.states == [b, a],
    };
    let place = told(&["l"]) && manner.placed;
    let when = manner.when.value.as_deref().is_none_or(|when| facts.day.to_string().starts_with(when));
    other.act == event.act
        && parties
        && facts.day < published
        && (when || !told(&["d"]))
        && (act.levels.is_empty() || !told(&["p", "q"]) || persons(facts) == persons(manner.facts))
        && (!place || facts.place == manner.facts.place)
        && (!told(&["x"]) || other.matter == event.matter)
        && (!told(&["n"]) || facts.number == manner.facts.number)
        && (!told(&["m"]) || facts.money == manner.facts.money)
}

/// The short name of a pair in the order that Japanese has it: Japan first, then China, and so on.
fn pair_name(a: &str, b: &str) -> String {
    const ORDER: &str = "日米中ロ英仏独伊韓台印豪比越加朝";
    let rank = |name: &str| ORDER.find(name).unwrap_or(usize::MAX);
    if rank(a) <= rank(b) { format!("{a}{b}") } else { format!("{b}{a}") }
}

impl<A: Write, T: Write> World<'_, A, T> {
    /// The day that the corpus has come to.
    fn today(&mut self) -> Date {
        let span = i64::from(END.since(self.first).map(|span| span.get_days()).unwrap_or(0));
        let done = self.rows.len() as f64 / self.total.max(1) as f64;
        let day = later(self.first, (span as f64 * done) as i64 + self.random.between(-6, 6));
        day.clamp(self.first, END)
    }

    /// One story: its events, and the articles that tell them.
    fn episode(&mut self) -> Result<(), WorldError> {
        let (offset, slope) = ZIPF;
        let weights = (0..self.cast.pairs.len()).map(|rank| (rank as f64 + 1.0 + offset).powf(-slope));
        let pair = self.random.weighted(weights);
        let day = self.today();
        if self.random.chance(0.05) {
            return self.promise(pair, day);
        }
        let Some(event) = self.happen(pair, None, day) else { return Ok(()) };
        let act = self.wording.acts.get(event.act).cloned();
        let Some(act) = act else { return Ok(()) };
        if !act.plan.is_empty() && self.random.chance(0.4) {
            return self.planned(pair, event, &act);
        }
        let twin = matches!(act.id.as_str(), "meeting" | "call" | "joint-exercise" | "attack")
            && self.random.chance(0.3);
        let (kind, first_day) = (event.act, event.versions.first().map_or(day, |facts| facts.day));
        self.news(pair, event, &act)?;
        if twin {
            // Another of the kind soon after, or on the same day where others speak.
            let gap = if act.id == "call" { self.random.between(0, 6) } else { self.random.between(2, 14) };
            if let Some(second) = self.happen(pair, Some(kind), later(first_day, gap)) {
                self.news(pair, second, &act)?;
            }
        }
        Ok(())
    }

    /// An event of the pair, of some kind or of any; `None` where the pair has none to offer.
    fn happen(&mut self, pair: usize, kind: Option<usize>, day: Date) -> Option<Happening> {
        let cast = self.cast;
        let wording = self.wording;
        let of = cast.pairs.get(pair)?;
        let kind = kind.unwrap_or_else(|| {
            let weights = wording.acts.iter().map(|act| act.tone.get(&of.tone).copied().unwrap_or(0.0));
            self.random.weighted(weights)
        });
        let act = wording.acts.get(kind)?;
        if act.id == "annual" && !self.past.get_mut(pair)?.yearly.insert(day.year()) {
            return None;
        }
        let may = |giver: usize, taker: usize| {
            let (giver, taker) = (code(cast, giver), code(cast, taker));
            let listed = |list: &[String], code: &str| list.iter().any(|one| one == code);
            (act.only.is_empty() || listed(&act.only, giver))
                && !listed(&act.not, giver)
                && (act.to.is_empty() || listed(&act.to, taker))
        };
        let [first, second] = of.states;
        let mut ways = Vec::new();
        if may(first, second) {
            ways.push([first, second]);
        }
        if may(second, first) {
            ways.push([second, first]);
        }
        let states = *self.random.pick(&ways)?;
        let level = self.random.pick(&act.levels).copied().unwrap_or(Level::Head);
        let matter = act.matter.as_deref().map(|list| wording.matter.list(list));
        let matter = matter.and_then(|list| self.random.pick(list)).cloned().unwrap_or_default();
        let day = self.free_day(pair, kind, level, states, day);
        let place = self.place(of, act, states);
        let persons = states.map(|state| Some(cast.person(&mut self.random, state, level, day)));
        let number = act
            .number
            .as_ref()
            .map_or(0, |number| self.random.between(number.low, number.high) * number.step);
        let money = act.money.as_ref().map_or(0, |money| self.random.between(money.low, money.high));
        self.next += 1;
        Some(Happening {
            id: self.next,
            act: kind,
            states,
            level,
            matter,
            versions: vec![Facts { day, place, persons, number, money }],
            conflict: None,
            sides: Default::default(),
            status: "occurred",
            announced: None,
            mentions: Vec::new(),
        })
    }

    /// The day, or the next one that is far enough from those on which the pair has an event of the kind and level: two
    /// within the days by which reports of one may differ would be one to any reader. Acts that go on from day to day
    /// need a day of their own alone.
    fn free_day(
        &mut self,
        pair: usize,
        kind: usize,
        level: Level,
        states: [usize; 2],
        mut day: Date,
    ) -> Date {
        let (Some(act), Some(past)) = (self.wording.acts.get(kind), self.past.get_mut(pair)) else {
            return day;
        };
        let level = if act.levels.is_empty() { Level::Head } else { level };
        let doer = (act.parties != Parties::Mutual).then_some(states[0]);
        let alike: Alike = (act.kind.name(), act.mode.clone(), level, doer);
        let apart = if is_serial(act) { 0 } else { DISPUTED_DAYS };
        let is_taken = |day: Date| {
            let near = (alike.clone(), later(day, -apart))..=(alike.clone(), later(day, apart));
            past.taken.range(near).next().is_some()
        };
        while is_taken(day) {
            day = later(day, 1);
        }
        past.taken.insert((alike, day));
        day
    }

    fn place(&mut self, pair: &Pair, act: &Act, states: [usize; 2]) -> Option<String> {
        let [a, b] = states;
        let states = &self.cast.states;
        match act.place? {
            Place::Sea => Some(pair.sea.clone()),
            Place::Target => self.random.pick(&states.get(b)?.cities).cloned(),
            Place::City => {
                let host = match self.random.index(20) {
                    0..9 => a,
                    9..17 => b,
                    _ => self.random.index(states.len()),
                };
                let cities = &states.get(host)?.cities;
                if self.random.chance(0.7) {
                    cities.first().cloned()
                } else {
                    self.random.pick(cities).cloned()
                }
            }
        }
    }

    /// Makes somebody disagree about an event, where its kind allows.
    fn disagree(&mut self, pair: usize, event: &mut Happening, act: &Act) {
        let Some(facts) = event.versions.first().cloned() else { return };
        let mut other = facts.clone();
        let mut kinds = if is_serial(act) { Vec::new() } else { vec!["date"] };
        if act.number.is_some() {
            kinds.extend(["figure", "figure"]);
        }
        if matches!(act.place, Some(Place::City)) {
            kinds.push("place");
        }
        if matches!(act.place, Some(Place::City)) && !act.levels.is_empty() {
            kinds.extend(["participant", "participant"]);
        }
        if !act.deny.is_empty() {
            kinds.extend(["status", "status"]);
        }
        if !act.voices.is_empty() {
            kinds.extend(["attribution", "attribution"]);
        }
        let Some(kind) = self.random.pick(&kinds).copied() else { return };
        match kind {
            "date" => other.day = later(facts.day, -self.random.between(1, 2)),
            "figure" => {
                let step = act.number.as_ref().map_or(1, |number| number.step);
                other.number =
                    facts.number + step.max(facts.number * self.random.between(3, 9) / 10 / step * step);
            }
            "place" => {
                let Some(of) = self.cast.pairs.get(pair) else { return };
                for _ in 0..8 {
                    other.place = self.place(of, act, event.states);
                    if other.place != facts.place {
                        break;
                    }
                }
                if other.place == facts.place {
                    return;
                }
            }
            "participant" => {
                let level = if event.level == Level::Foreign { Level::Defence } else { Level::Foreign };
                let state = event.states.get(1).copied().unwrap_or_default();
                let person = self.cast.person(&mut self.random, state, level, facts.day);
                other.persons[1] = Some(person);
            }
            _ => {}
        }
        event.conflict = Some(kind);
        event.versions.push(other);
    }

    /// An event told as news.
    fn news(&mut self, pair: usize, mut event: Happening, act: &Act) -> Result<(), WorldError> {
        let mut events = Vec::new();
        let mut count = self.random.heavy(1.25, 60);
        if self.random.chance(0.12) {
            count = count.max(self.random.between(2, 6));
            self.disagree(pair, &mut event, act);
        }
        let day = event.versions.first().map_or(END, |facts| facts.day);
        let conflicted = event.conflict.is_some();
        events.push(event);
        if !act.follow.is_empty() && !conflicted && self.random.chance(0.35) {
            let kind = self.random.pick(&act.follow).and_then(|id| self.wording.act(id));
            if let Some(kind) = kind
                && let Some(mut second) = self.happen(pair, Some(kind), day)
                && let (Some(main), Some(facts)) = (events.first(), second.versions.first_mut())
                && let Some(known) = main.versions.first()
                && facts.day == day
            {
                // What comes of a meeting or visit has its persons and its place.
                second.states = main.states;
                second.level = main.level;
                facts.persons = known.persons.clone();
                if facts.place.is_some() {
                    facts.place = known.place.clone();
                }
                events.push(second);
            }
        }
        let articles = self.coverage(pair, &events, act, Phase::Told, count, day);
        self.publish(pair, events, None, articles)
    }

    /// An event told as a plan, and what became of it.
    fn planned(&mut self, pair: usize, mut event: Happening, act: &Act) -> Result<(), WorldError> {
        let Some(said) = event.versions.first().map(|facts| facts.day) else { return Ok(()) };
        let ahead =
            if self.random.chance(0.85) { self.random.between(4, 45) } else { self.random.between(46, 200) };
        let planned = self.free_day(pair, event.act, event.level, event.states, later(said, ahead));
        // Whoever holds the office when it is announced is named.
        if let Some(facts) = event.versions.first_mut() {
            facts.day = planned;
        }
        event.announced = Some(said);
        event.status = "scheduled";
        let fate = self.random.index(100);
        let mut outcome = match fate {
            _ if planned > AS_OF => "open",
            0..62 => "done",
            62..74 if !act.cancel.is_empty() => "cancelled",
            74..88 if !act.postpone.is_empty() => "changed",
            _ => "overdue",
        };
        let mut articles = self.coverage(pair, std::slice::from_ref(&event), act, Phase::Plan, 1, said);
        let more = self.random.heavy(1.4, 20);
        if more > 1 {
            articles.extend(self.coverage(
                pair,
                std::slice::from_ref(&event),
                act,
                Phase::Plan,
                more - 1,
                later(said, 1),
            ));
        }
        let count = self.random.heavy(1.25, 40);
        let last_word = later(planned, -self.random.between(1, (ahead - 1).min(6)));
        match outcome {
            "done" => {
                articles.extend(self.coverage(
                    pair,
                    std::slice::from_ref(&event),
                    act,
                    Phase::Told,
                    count,
                    planned,
                ));
                event.status = "occurred";
            }
            "cancelled" => {
                let few = count.min(8);
                articles.extend(self.coverage(
                    pair,
                    std::slice::from_ref(&event),
                    act,
                    Phase::Cancelled,
                    few,
                    last_word,
                ));
                event.status = "denied";
            }
            "changed" => {
                let ahead = self.random.between(15, 90);
                let new_day =
                    self.free_day(pair, event.act, event.level, event.states, later(planned, ahead));
                let mut moved = event.clone();
                moved.announced = Some(last_word);
                if let Some(facts) = moved.versions.first_mut() {
                    facts.day = new_day;
                }
                let few = count.min(8);
                articles.extend(self.coverage(
                    pair,
                    std::slice::from_ref(&moved),
                    act,
                    Phase::Postponed,
                    few,
                    last_word,
                ));
                if new_day < later(AS_OF, -3) && self.random.chance(0.5) {
                    let again =
                        self.coverage(pair, std::slice::from_ref(&moved), act, Phase::Told, count, new_day);
                    articles.extend(again);
                    moved.status = "occurred";
                    outcome = "done";
                }
                event = moved;
            }
            _ => {}
        }
        let facts = event.versions.first();
        let due = facts.map_or_else(String::new, |facts| facts.day.to_string());
        let by = self.parties(&event).0;
        let plan = truth::Pledge {
            id: format!("p{}", event.id),
            kind: "plan".to_owned(),
            event: Some(event_id(event.id)),
            by,
            due,
            outcome: outcome.to_owned(),
            mentions: Vec::new(),
            followed: Vec::new(),
        };
        self.publish(pair, vec![event], Some(plan), articles)
    }

    /// A promise that is no event, and what became of it.
    fn promise(&mut self, pair: usize, day: Date) -> Result<(), WorldError> {
        let Some(mut states) = self.cast.pairs.get(pair).map(|pair| pair.states) else { return Ok(()) };
        if self.random.chance(0.5) {
            states.reverse();
        }
        let what = self.random.index(self.wording.matter.commitments.len());
        let months = self.random.between(1, 9);
        let start = Date::new(day.year(), day.month(), 1).unwrap_or(day);
        let due = start.checked_add(months.months()).unwrap_or(start);
        let goods = self.random.pick(&self.wording.matter.goods).cloned().unwrap_or_default();
        // What they promised already they do not promise again before it is due: a reader would take it for the same.
        let of = self.wording.matter.commitments.get(what);
        let named = of.is_some_and(|of| of.promise.iter().any(|text| text.contains("{g}")));
        let key = (what, if named { goods.clone() } else { String::new() });
        let Some(past) = self.past.get_mut(pair) else { return Ok(()) };
        if past.promised.get(&key).is_some_and(|until| *until >= day) {
            return Ok(());
        }
        // With the longest time by which it may be put off.
        past.promised.insert(key, later(due, PUT_OFF_DAYS));
        self.next += 1;
        let mut promise = Commitment {
            id: self.next,
            what,
            states,
            goods,
            due,
            put_off: None,
            made: Vec::new(),
            followed: Vec::new(),
        };
        let kept_on = later(due, self.random.between(2, 24));
        let outcome = match self.random.index(100) {
            _ if kept_on > later(AS_OF, -3) => "open",
            0..50 => "done",
            50..65 => "cancelled",
            65..82 => "changed",
            _ => "overdue",
        };
        let few = self.random.heavy(1.4, 12);
        let mut articles = self.promised(pair, &promise, |of| &of.promise, "promised", few, day);
        let few = self.random.heavy(1.4, 12);
        match outcome {
            "done" => articles.extend(self.promised(pair, &promise, |of| &of.kept, "kept", few, kept_on)),
            "cancelled" | "changed" => {
                let on = later(due, -self.random.between(3, 20)).max(later(day, 3));
                if outcome == "changed" {
                    promise.put_off = due.checked_add(self.random.between(2, 8).months()).ok();
                    articles.extend(self.promised(pair, &promise, |of| &of.changed, "changed", few, on));
                } else {
                    articles.extend(self.promised(pair, &promise, |of| &of.dropped, "dropped", few, on));
                }
            }
            _ => {}
        }
        for article in articles {
            for (placed, document) in self.print(pair, &article)? {
                if matches!(placed.told.about, About::Promise(_)) {
                    let mention = mention(&placed, document);
                    let list =
                        if mention.status == "promised" { &mut promise.made } else { &mut promise.followed };
                    list.push(mention);
                } else {
                    self.remember(pair, &mut [], &placed, document);
                }
            }
        }
        if !promise.made.is_empty() {
            let due = promise.put_off.unwrap_or(promise.due);
            // Where the corpus ended before the outcome was told, it is not known.
            let told = !promise.followed.is_empty() || matches!(outcome, "open" | "overdue");
            let by = promise.states.iter().take(1).map(|&state| code(self.cast, state).to_owned()).collect();
            self.pledges.push(truth::Pledge {
                id: format!("p{}", promise.id),
                kind: "commitment".to_owned(),
                event: None,
                by,
                due: format!("{:04}-{:02}", due.year(), due.month()),
                outcome: if told { outcome } else { "overdue" }.to_owned(),
                mentions: promise.made,
                followed: promise.followed,
            });
        }
        Ok(())
    }

    /// Articles that tell a promise or what became of it.
    fn promised(
        &mut self,
        pair: usize,
        promise: &Commitment,
        wordings: impl Fn(&Promise) -> &Vec<String>,
        status: &'static str,
        count: i64,
        day: Date,
    ) -> Vec<Article> {
        let cast = self.cast;
        let Some(of) = self.wording.matter.commitments.get(promise.what) else { return Vec::new() };
        let mut articles: Vec<Article> = Vec::new();
        for _ in 0..count {
            if let Some(copy) = self.copied(&articles) {
                articles.push(copy);
                continue;
            }
            let Some((author, publisher)) = self.author(pair, &articles, false) else { continue };
            let style = publisher.style;
            let published = later(day, self.delay());
            let when = tell(&mut self.random, day, published, style, Precision::Day, style == Style::Agency);
            let due = promise.put_off.unwrap_or(promise.due);
            let due = tell(&mut self.random, due, published, style, Precision::Month, style == Style::Agency);
            let [a, b] = promise.states;
            let mut lines = Vec::new();
            for _ in 0..2 {
                let template = self.random.pick(wordings(of)).cloned().unwrap_or_default();
                let random = &mut self.random;
                lines.push(fill(&template, style.is_polite(), &mut |name| match name {
                    "A" => state_name(cast, a, style).to_owned(),
                    "B" => state_name(cast, b, style).to_owned(),
                    "gA" => government(cast, a, style, random),
                    "g" => promise.goods.clone(),
                    "d" => when.words.clone(),
                    "due" => due.words.clone(),
                    _ => String::new(),
                }));
            }
            let told = Told {
                about: About::Promise(promise.id),
                status,
                date: due.value.clone(),
                side: None,
                background: false,
                vague: false,
            };
            let lead = lines.pop().unwrap_or_default();
            let (a, b) = (state_name(cast, a, style), state_name(cast, b, style));
            let turn = match status {
                "promised" => format!("の{}へ", of.turn),
                "kept" => format!("を{}", of.turn),
                "changed" => format!("の{}を延期", of.turn),
                _ => format!("の{}を断念", of.turn),
            };
            let title = Sentence {
                text: format!("{a}と{b}、{}{turn}", of.what),
                told: vec![told.clone()],
                opens: true,
            };
            let city = cast.states.get(promise.states[0]).and_then(|state| state.cities.first()).cloned();
            let mut body = vec![Sentence { text: lead, told: vec![told], opens: true }];
            self.surround(pair, &mut body, published, style, promise.states, None, &[]);
            articles.push(self.article(author, style, published, city, vec![title], body));
        }
        articles
    }

    /// Days from an event to an article about it.
    fn delay(&mut self) -> i64 {
        match self.random.index(20) {
            0..9 => 0,
            9..17 => 1,
            _ => 2,
        }
    }

    /// A reprint of one of the agency's articles among these, now and then.
    fn copied(&mut self, articles: &[Article]) -> Option<Article> {
        let agency: Vec<&Article> = articles
            .iter()
            .filter(|article| article.kind == "original" && article.style == Style::Agency)
            .collect();
        if agency.is_empty() || !self.random.chance(0.55) {
            return None;
        }
        let original = (*self.random.pick(&agency)?).clone();
        let papers: Vec<usize> = (self.cast.publishers.iter().enumerate())
            .filter(|(_, publisher)| publisher.style == Style::Newspaper)
            .map(|(index, _)| index)
            .collect();
        let publisher = *self.random.pick(&papers)?;
        let day = later(original.published, i64::from(self.random.chance(0.3)));
        let agency = self.cast.publishers.get(original.author)?;
        let extra = Sentence { text: self.remark(false), told: Vec::new(), opens: true };
        Some(original.reprinted(&mut self.random, publisher, day, agency, extra))
    }

    /// Who writes the next article: the first is often an agency's.
    fn author(&mut self, pair: usize, articles: &[Article], ministry: bool) -> Option<(usize, Publisher)> {
        let cast = self.cast;
        let states = cast.pairs.get(pair)?.states.map(|state| code(cast, state));
        let japan = states.contains(&"JPN");
        let agency = articles.is_empty() && self.random.chance(0.65);
        let free: Vec<usize> = (cast.publishers.iter().enumerate())
            .filter(|(index, publisher)| match publisher.style {
                Style::Ministry => japan && ministry && !agency,
                // National agencies tell what concerns their own state.
                Style::Agency => {
                    matches!(publisher.state.as_str(), "JPN" | "GBR" | "FRA") || states.contains(&publisher.state.as_str())
                }
                _ => !agency,
            } && articles.iter().all(|article| article.author != *index || articles.len() > 20))
            .map(|(index, _)| index)
            .collect();
        let index = *self.random.pick(&free)?;
        Some((index, cast.publishers.get(index)?.clone()))
    }

    fn article(
        &mut self,
        author: usize,
        style: Style,
        published: Date,
        city: Option<String>,
        mut titles: Vec<Sentence>,
        body: Vec<Sentence>,
    ) -> Article {
        self.groups += 1;
        let agency =
            self.cast.publishers.get(author).map_or_else(String::new, |publisher| publisher.sign.clone());
        let japanese = self.cast.publishers.get(author).is_some_and(|publisher| publisher.state == "JPN");
        let (city, credit) = match style {
            Style::Agency if japanese => (city.unwrap_or_default(), Credit::Dateline(agency)),
            Style::Agency if self.random.chance(0.5) => {
                let place = format!("{}{}日", city.unwrap_or_default(), published.day());
                (place, Credit::Dateline(format!(" {agency}")))
            }
            Style::Agency => (String::new(), Credit::Closing(agency)),
            Style::Newspaper if self.random.chance(0.6) => (city.unwrap_or_default(), Credit::None),
            _ => (String::new(), Credit::None),
        };
        let title = if titles.is_empty() {
            Sentence { text: String::new(), told: Vec::new(), opens: true }
        } else {
            titles.remove(0)
        };
        Article {
            publisher: author,
            author,
            style,
            published,
            group: self.groups,
            kind: "original",
            city,
            credit,
            title,
            titles,
            body,
        }
    }

    /// Articles that tell the first of some events, with the others beside it.
    fn coverage(
        &mut self,
        pair: usize,
        events: &[Happening],
        act: &Act,
        phase: Phase,
        count: i64,
        day: Date,
    ) -> Vec<Article> {
        let mut articles: Vec<Article> = Vec::new();
        let quote = if self.random.chance(0.12) {
            self.random.pick(&self.wording.matter.quotes).cloned()
        } else {
            None
        };
        let disputed = events.first().is_some_and(|event| event.versions.len() > 1);
        let mut originals = 0;
        for _ in 0..count {
            // Both sides of a dispute have a writer of their own.
            let late = disputed && originals < 2 && originals > 0;
            if !late && let Some(copy) = self.copied(&articles) {
                articles.push(copy);
                continue;
            }
            let ministry = phase == Phase::Told
                && matches!(act.id.as_str(), "meeting" | "visit" | "call" | "sign" | "relief");
            let Some((author, publisher)) = self.author(pair, &articles, ministry) else { continue };
            let side = if disputed && (originals == 1 || (originals > 1 && self.random.chance(0.35))) {
                1
            } else {
                0
            };
            originals += 1;
            if let Some(article) =
                self.write(pair, events, act, phase, author, publisher.style, day, side, quote.as_deref())
            {
                articles.push(article);
            }
        }
        articles
    }

    /// One original article.
    #[allow(clippy::too_many_arguments)]
    fn write(
        &mut self,
        pair: usize,
        events: &[Happening],
        act: &Act,
        phase: Phase,
        author: usize,
        style: Style,
        day: Date,
        side: usize,
        quote: Option<&str>,
    ) -> Option<Article> {
        let cast = self.cast;
        let event = events.first()?;
        let facts = event.versions.get(side)?;
        let denied = side == 1 && event.conflict == Some("status");
        let phase = if denied { Phase::Denied } else { phase };
        let fixed = style == Style::Agency;
        let published = later(day, self.delay()).min(AS_OF);
        let mut body = Vec::new();

        let (leads, heads) = phase.wordings(act);
        let voiced = event.conflict == Some("attribution");
        // Who takes a side tells what the dispute is about.
        let told = match event.conflict {
            Some("place") => "{l",
            Some("participant") => "{q",
            Some("figure") if act.number.as_ref().is_some_and(|number| number.told.is_none()) => "{n",
            _ => "",
        };
        let leads: Vec<&String> = leads.iter().filter(|template| template.contains(told)).collect();
        let template = if voiced { act.voices.get(side) } else { self.random.pick(&leads).copied() };
        let template = template?.clone();
        let sure = event.conflict.is_some() || phase == Phase::Denied;
        let precision = match phase {
            Phase::Plan if self.random.chance(0.25) => Precision::Month,
            Phase::Told if !sure && self.random.chance(0.05) => Precision::Untold,
            _ => Precision::Day,
        };
        let when = tell(&mut self.random, facts.day, published, style, precision, fixed);
        let announced = match phase {
            Phase::Plan | Phase::Cancelled | Phase::Postponed | Phase::Denied => {
                tell(&mut self.random, day, published, style, Precision::Day, fixed)
            }
            Phase::Told => When::default(),
        };
        let put_off = if phase == Phase::Postponed { when.clone() } else { When::default() };
        let placed = matches!(event.conflict, Some("place" | "participant")) || self.random.chance(0.85);
        let manner = Manner { style, when, announced, put_off, placed, facts };
        let said = event.conflict.map(|_| side);
        body.push(self.sentence(act, event, &template, &manner, phase.status(), said, false));
        if let Some(told) = act.number.as_ref().and_then(|number| number.told.as_ref())
            && phase == Phase::Told
            && (event.conflict == Some("figure") || self.random.chance(0.6))
        {
            let text = worded(&mut self.random, cast, act, event, told, &manner);
            body.push(Sentence { text, told: Vec::new(), opens: false });
        }

        for other in events.iter().skip(1) {
            let kind = self.wording.acts.get(other.act)?;
            let told = other.versions.first()?;
            let when = if manner.when.value.is_some() && self.random.chance(0.7) {
                When::same(told.day)
            } else {
                tell(&mut self.random, told.day, published, style, Precision::Day, fixed)
            };
            let manner =
                Manner { when, facts: told, announced: When::default(), put_off: When::default(), ..manner };
            let template = self.random.pick(&kind.lead)?.clone();
            body.push(self.sentence(kind, other, &template, &manner, "occurred", None, false));
        }

        let manner_head = Manner {
            when: When::default(),
            announced: When::default(),
            put_off: When::default(),
            placed: true,
            ..manner
        };
        let mut titles: Vec<Sentence> = heads
            .iter()
            .map(|head| self.sentence(act, event, head, &manner_head, phase.status(), None, true))
            .collect();
        let first = self.random.index(titles.len());
        titles.rotate_left(first);

        let persons: Vec<Person> = if act.levels.is_empty() {
            Vec::new()
        } else {
            facts.persons.iter().flatten().cloned().collect()
        };
        if let Some(quote) = quote {
            let speaker = persons.first().map_or_else(
                || format!("{}の報道官", ministry(cast, event.states[0], style, false)),
                |person| format!("{}氏", person.family),
            );
            let verb = if style.is_polite() { "語りました" } else { "語った" };
            body.push(Sentence {
                text: format!("{speaker}は「{quote}」と{verb}。"),
                told: Vec::new(),
                opens: true,
            });
        }
        let known: Vec<u32> = events.iter().map(|event| event.id).collect();
        self.surround(pair, &mut body, published, style, event.states, Some(&persons), &known);
        if style == Style::Volunteer {
            let source = if self.random.chance(0.5) { "各社の報道" } else { "両国政府の発表" };
            body.push(Sentence { text: format!("情報源：{source}"), told: Vec::new(), opens: true });
        }
        let city = facts.place.clone().filter(|_| act.place == Some(Place::City));
        let home = || cast.states.get(event.states[0]).and_then(|state| state.cities.first()).cloned();
        Some(self.article(author, style, published, city.or_else(home), titles, body))
    }

    /// A sentence of an act's wording.
    #[allow(clippy::too_many_arguments)]
    fn sentence(
        &mut self,
        act: &Act,
        event: &Happening,
        template: &str,
        manner: &Manner<'_>,
        status: &'static str,
        side: Option<usize>,
        opens: bool,
    ) -> Sentence {
        let text = worded(&mut self.random, self.cast, act, event, template, manner);
        let date = if template.contains("{N") {
            manner.put_off.value.clone()
        } else if template.contains("{d") {
            manner.when.value.clone()
        } else {
            None
        };
        let told =
            Told { about: About::Event(event.id), status, date, side, background: false, vague: false };
        Sentence { text, told: vec![told], opens }
    }

    /// What stands after the news: statements, what came before, trade, remarks, something else.
    #[allow(clippy::too_many_arguments)]
    fn surround(
        &mut self,
        pair: usize,
        body: &mut Vec<Sentence>,
        published: Date,
        style: Style,
        states: [usize; 2],
        persons: Option<&[Person]>,
        known: &[u32],
    ) {
        let cast = self.cast;
        let matter = &self.wording.matter;
        let polite = style.is_polite();
        let mut speakers: Vec<String> =
            persons.unwrap_or_default().iter().map(|person| format!("{}氏", person.family)).collect();
        if speakers.is_empty() {
            speakers = states
                .iter()
                .map(|&state| format!("{}の報道官", ministry(cast, state, style, false)))
                .collect();
        }
        // Many articles are short; a few go on at length.
        let length = self.random.heavy(1.1, 4);
        for index in 0..self.random.between(1, 1 + length) {
            let speaker = speakers.get(index as usize % speakers.len().max(1)).cloned().unwrap_or_default();
            let text = self.statement(&speaker, polite);
            body.push(Sentence { text, told: Vec::new(), opens: index == 0 });
        }
        if self.random.chance(0.5) {
            body.push(Sentence { text: self.remark(polite), told: Vec::new(), opens: true });
        }
        for sentence in self.background(pair, published, style, known, length) {
            body.push(sentence);
        }
        if self.random.chance(0.35)
            && let Some(sentence) = self.trade_sentence(pair, published, style, states)
        {
            body.push(sentence);
        }
        for _ in 0..self.random.between(0, length) {
            body.push(Sentence {
                text: self.remark(polite),
                told: Vec::new(),
                opens: self.random.chance(0.5),
            });
        }
        if self.random.chance(0.35) || body.len() < 4 {
            let template = self.random.pick(&matter.unrelated).cloned().unwrap_or_default();
            let number = self.random.between(12, 980).to_string();
            let text = fill(&template, polite, &mut |_| number.clone());
            body.push(Sentence { text, told: Vec::new(), opens: true });
        }
        while body.len() < 4 {
            body.push(Sentence { text: self.remark(polite), told: Vec::new(), opens: true });
        }
        // The same remark does not stand twice.
        let mut seen = BTreeSet::new();
        body.retain(|sentence| seen.insert(sentence.text.clone()));
    }

    /// A template filled with a topic, with somebody or some occasion, and with a claim.
    fn phrase(
        &mut self,
        template: &str,
        speaker: &str,
        around: &[String],
        claims: &[String],
        polite: bool,
    ) -> String {
        let topic = self.random.pick(&self.wording.matter.topics).cloned().unwrap_or_default();
        let around = self.random.pick(around).cloned().unwrap_or_default();
        let claim = self.random.pick(claims).cloned().unwrap_or_default();
        let claim = fill(&claim, false, &mut |_| topic.clone());
        fill(template, polite, &mut |name| match name {
            "s" => speaker.to_owned(),
            "o" => around.clone(),
            "c" => claim.clone(),
            _ => topic.clone(),
        })
    }

    fn statement(&mut self, speaker: &str, polite: bool) -> String {
        let matter = &self.wording.matter;
        let template = self.random.pick(&matter.statements).cloned().unwrap_or_default();
        self.phrase(&template, speaker, &matter.occasions, &matter.claims, polite)
    }

    fn remark(&mut self, polite: bool) -> String {
        let matter = &self.wording.matter;
        let template = self.random.pick(&matter.remarks).cloned().unwrap_or_default();
        self.phrase(&template, "", &matter.watchers, &matter.views, polite)
    }

    /// Earlier events of the pair, and plans that are known by now.
    fn background(
        &mut self,
        pair: usize,
        published: Date,
        style: Style,
        known: &[u32],
        most: i64,
    ) -> Vec<Sentence> {
        let wording = self.wording;
        let fixed = style == Style::Agency;
        let Some(past) = self.past.get(pair) else { return Vec::new() };
        let told: Vec<(Happening, bool)> = past
            .events
            .iter()
            .filter(|event| event.conflict.is_none() && !known.contains(&event.id))
            .filter_map(|event| {
                let day = event.versions.first()?.day;
                if event.status == "occurred" && day < later(published, -2) {
                    return Some((event.clone(), false));
                }
                let plan = event.status == "scheduled" || event.status == "occurred";
                let ahead = event.announced.is_some_and(|said| said < published) && day > later(published, 1);
                // What was put off is planned for the new day alone from then on.
                (plan && ahead).then(|| (event.clone(), true))
            })
            .collect();
        let mut out = Vec::new();
        let mut used = BTreeSet::new();
        for _ in 0..self.random.between(0, 1 + most.min(3)) {
            let index = self.random.index(told.len());
            let Some((event, ahead)) = told.get(index) else { break };
            let (Some(act), Some(facts)) = (wording.acts.get(event.act), event.versions.first()) else {
                continue;
            };
            if !used.insert(index) {
                continue;
            }
            let Some(template) = self.random.pick(if *ahead { &act.plan } else { &act.back }) else {
                continue;
            };
            let must = template.contains("{d}");
            let precision = match self.random.index(100) {
                _ if must => Precision::Day,
                0..52 => Precision::Day,
                52..90 => Precision::Month,
                _ => Precision::Untold,
            };
            let when = if precision == Precision::Untold && !*ahead {
                When::once()
            } else {
                tell(&mut self.random, facts.day, published, style, precision, fixed)
            };
            let announced = When::default();
            let placed = self.random.chance(0.7);
            let manner = Manner { style, when, announced, put_off: When::default(), placed, facts };
            let status = if *ahead { "scheduled" } else { "occurred" };
            let others = self.past.get(pair).into_iter().flat_map(|past| &past.events);
            let vague = others
                .filter(|other| other.id != event.id)
                .any(|other| fits(other, event, act, template, &manner, published));
            let mut sentence = self.sentence(act, event, template, &manner, status, None, out.is_empty());
            for told in &mut sentence.told {
                told.background = true;
                told.vague = vague;
            }
            out.push(sentence);
        }
        out
    }

    /// The trade of the pair in a year before.
    fn trade_sentence(
        &mut self,
        pair: usize,
        published: Date,
        style: Style,
        states: [usize; 2],
    ) -> Option<Sentence> {
        let cast = self.cast;
        let year = published.year() - 1 - i16::from(published.month() < 3 || self.random.chance(0.15));
        let past = self.past.get(pair)?;
        let (value, before) = (*past.trade.get(&year)?, *past.trade.get(&(year - 1))?);
        if value < 1.0 {
            return None;
        }
        // Whether the year is disputed follows from pair and year alone.
        let mark = (pair * 7 + usize::from(year.unsigned_abs())) % 10;
        let side = match (mark, self.random.index(10)) {
            (0, 0..5) => 2,
            (1, 0..4) => 3,
            (_, 0..4) => 1,
            _ => 0,
        };
        let hundreds = (value * 10.0).round();
        let round_to = if hundreds >= 1000.0 {
            50.0
        } else if hundreds >= 100.0 {
            10.0
        } else {
            1.0
        };
        let rounded = (hundreds / round_to).round() * round_to;
        let words = match side {
            1 => format!("約{}億ドル", grouped(rounded as i64)),
            2 => format!("{}億ドル", grouped((hundreds * 1.18).round() as i64)),
            _ => format!("{}億ドル", grouped(hundreds as i64)),
        };
        let mut change = (value / before - 1.0) * 100.0;
        if side == 3 {
            change = -change.signum() * (change.abs() + 6.0);
        }
        let verb = match (change >= 0.0, style.is_polite()) {
            (true, false) => "増えた",
            (true, true) => "増えました",
            (false, false) => "減った",
            (false, true) => "減りました",
        };
        let change = format!("{:.1}%{verb}", change.abs());
        let changed = side == 3;
        let list = &self.wording.matter.trade;
        let fitting: Vec<&String> =
            list.iter().filter(|template| !changed || template.contains("{c}")).collect();
        let template = (*self.random.pick(&fitting)?).clone();
        let [a, b] = states;
        let text = fill(&template, style.is_polite(), &mut |name| match name {
            "A" => state_name(cast, a, style).to_owned(),
            "B" => state_name(cast, b, style).to_owned(),
            "Y" => format!("{year}年"),
            "v" => words.clone(),
            "c" => change.clone(),
            _ => String::new(),
        });
        let told = Told {
            about: About::Trade(pair, year),
            status: "occurred",
            date: Some(year.to_string()),
            side: Some(side),
            background: true,
            vague: false,
        };
        let states_change = template.contains("{c}") && side < 2;
        let changed = Told { side: Some(CHANGED), ..told.clone() };
        let told = if states_change { vec![told, changed] } else { vec![told] };
        Some(Sentence { text, told, opens: true })
    }

    /// Writes an article; what it tells, with the number of its document. Nothing once the corpus is full.
    fn print(&mut self, pair: usize, article: &Article) -> Result<Vec<(Placed, u32)>, WorldError> {
        if self.rows.len() >= self.total || article.published > AS_OF {
            return Ok(Vec::new());
        }
        let document = u32::try_from(self.rows.len() + 1).unwrap_or(u32::MAX);
        let (text, placed) = article.print();
        let Some(publisher) = self.cast.publishers.get(article.publisher) else { return Ok(Vec::new()) };
        let id = document_id(document);
        let line = Line {
            id: &id,
            text: &text,
            title: &article.title.text,
            published: article.published.to_string(),
            url: format!("https://{}/{}/{document}", publisher.host, pair + 1),
            publisher: &publisher.name,
        };
        serde_json::to_writer(&mut self.articles, &line)?;
        self.articles.write_all(b"\n")?;
        self.rows.push(Row {
            group: article.group,
            author: u16::try_from(article.author).unwrap_or(u16::MAX),
            kind: article.kind,
            credited: article.is_credited(),
        });
        Ok(placed.into_iter().map(|placed| (placed, document)).collect())
    }

    /// Keeps what a sentence tells of these events, of earlier ones of the pair, or of its trade.
    fn remember(&mut self, pair: usize, events: &mut [Happening], placed: &Placed, document: u32) {
        match placed.told.about {
            About::Event(id) => {
                let earlier =
                    self.past.get_mut(pair).map(|past| past.events.iter_mut()).into_iter().flatten();
                let Some(event) = events.iter_mut().chain(earlier).find(|event| event.id == id) else {
                    return;
                };
                event.mentions.push(mention(placed, document));
                self.summary.mentions += 1;
                if let Some(side) = placed.told.side.and_then(|side| event.sides.get_mut(side)) {
                    side.insert(document);
                }
            }
            About::Trade(pair, year) => {
                let sides = self.trade.entry((pair, year)).or_default();
                if let Some(side) = placed.told.side.and_then(|side| sides.get_mut(side)) {
                    side.push(document);
                }
            }
            About::Promise(_) => {}
        }
    }

    /// Writes the articles of a story, and keeps its events for later articles.
    fn publish(
        &mut self,
        pair: usize,
        mut events: Vec<Happening>,
        plan: Option<truth::Pledge>,
        mut articles: Vec<Article>,
    ) -> Result<(), WorldError> {
        articles.sort_by_key(|article| article.published);
        for article in articles {
            for (placed, document) in self.print(pair, &article)? {
                self.remember(pair, &mut events, &placed, document);
            }
        }
        if let (Some(mut plan), Some(event)) = (plan, events.first_mut()) {
            let planned = |mention: &&truth::Mention| mention.status == "scheduled";
            plan.mentions = event.mentions.iter().filter(planned).cloned().collect();
            plan.followed = event.mentions.iter().filter(|mention| !planned(mention)).cloned().collect();
            if plan.followed.is_empty() && plan.outcome != "open" {
                plan.outcome = "overdue".to_owned();
                event.status = "scheduled";
            }
            if !plan.mentions.is_empty() {
                self.pledges.push(plan);
            }
        }
        for event in events {
            if event.mentions.is_empty() {
                continue;
            }
            let Some(past) = self.past.get_mut(pair) else { continue };
            past.events.push_back(event);
            if past.events.len() > REMEMBERED
                && let Some(oldest) = past.events.pop_front()
            {
                self.settle(oldest)?;
            }
        }
        Ok(())
    }

    fn parties(&self, event: &Happening) -> (Vec<String>, Vec<String>) {
        let [a, b] = event.states.map(|state| code(self.cast, state).to_owned());
        match self.wording.acts.get(event.act).map(|act| act.parties) {
            Some(Parties::Directed) => (vec![a], vec![b]),
            Some(Parties::Solo) => (vec![a], Vec::new()),
            _ => {
                let mut both = vec![a, b];
                both.sort();
                (both.clone(), both)
            }
        }
    }

    /// Writes what is known of an event that no article returns to any more.
    fn settle(&mut self, event: Happening) -> Result<(), WorldError> {
        let (source, target) = self.parties(&event);
        let (Some(act), Some(facts)) = (self.wording.acts.get(event.act), event.versions.first()) else {
            return Ok(());
        };
        let persons = facts.persons.iter().flatten().map(|person| person.name.clone());
        let truth = truth::Event {
            id: event_id(event.id),
            act: act.id.clone(),
            kind: act.kind,
            mode: act.mode.clone(),
            source,
            target,
            date: facts.day.to_string(),
            place: facts.place.clone(),
            persons: if act.levels.is_empty() { Vec::new() } else { persons.collect() },
            status: event.status.to_owned(),
            mentions: event.mentions,
        };
        self.summary.events += 1;
        self.truth.event(&truth)?;
        if let (Some(kind), Some(other)) = (event.conflict, event.versions.get(1))
            && event.sides.iter().all(|side| !side.is_empty())
        {
            let value = |facts: &Facts, side: usize| match kind {
                "date" => facts.day.to_string(),
                "figure" => facts.number.to_string(),
                "place" => facts.place.clone().unwrap_or_default(),
                "participant" => {
                    facts.persons[1].as_ref().map_or_else(String::new, |person| person.name.clone())
                }
                "status" => ["occurred", "denied"][side.min(1)].to_owned(),
                _ => event
                    .states
                    .get(side)
                    .map_or_else(String::new, |&state| code(self.cast, state).to_owned()),
            };
            self.conflicts.push(truth::Conflict {
                kind: kind.to_owned(),
                event: Some(event_id(event.id)),
                measure: None,
                values: vec![value(facts, 0), value(other, 1)],
                documents: event
                    .sides
                    .iter()
                    .map(|side| side.iter().map(|&document| document_id(document)).collect())
                    .collect(),
            });
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Summary, WorldError> {
        for pair in 0..self.past.len() {
            while let Some(event) = self.past.get_mut(pair).and_then(|past| past.events.pop_front()) {
                self.settle(event)?;
            }
        }
        let cast = self.cast;
        let mut series = Vec::new();
        let mut agreements = Vec::new();
        for (&(pair, year), sides) in &self.trade {
            let (Some(of), Some(past)) = (cast.pairs.get(pair), self.past.get(pair)) else { continue };
            let mut states: Vec<String> =
                of.states.iter().map(|&state| code(cast, state).to_owned()).collect();
            states.sort();
            let ids = |list: &[u32]| list.iter().map(|&document| document_id(document)).collect::<Vec<_>>();
            let [right, rounded, wrong, unfit, changed] = sides;
            let trade = |kind: &str, others: &[u32], values: Vec<String>, own: &[u32]| truth::Conflict {
                kind: kind.to_owned(),
                event: None,
                measure: Some("trade".to_owned()),
                values,
                documents: vec![ids(own), ids(others)],
            };
            let value = past.trade.get(&year).copied().unwrap_or_default() * 1e9;
            let hundreds = (value / 1e8).round();
            let all: Vec<u32> = [right.as_slice(), rounded, unfit].concat();
            if !wrong.is_empty() && !all.is_empty() {
                let values =
                    vec![format!("{hundreds}億ドル"), format!("{}億ドル", (hundreds * 1.18).round())];
                self.conflicts.push(trade("figure", wrong, values, &all));
            }
            // A change is refuted by who states another, or by the level of the year before.
            let levels = self
                .trade
                .get(&(pair, year - 1))
                .into_iter()
                .flat_map(|[right, rounded, ..]| [right, rounded]);
            let against: Vec<u32> = levels.flatten().chain(changed).copied().collect();
            if !unfit.is_empty() && !against.is_empty() {
                self.conflicts.push(trade("change", unfit, vec![format!("{hundreds}億ドル")], &against));
            }
            if !right.is_empty() && !rounded.is_empty() {
                agreements.push(trade("figure", rounded, vec![format!("{hundreds}億ドル")], right));
            }
            let before = past.trade.get(&(year - 1)).copied().unwrap_or_default() * 1e9;
            let mut told: Vec<u32> = [all.as_slice(), wrong].concat();
            told.sort_unstable();
            series.push(truth::Series {
                of: states,
                measure: "trade".to_owned(),
                period: year.to_string(),
                value: hundreds * 1e8,
                change: (before > 0.0).then(|| ((value / before - 1.0) * 1000.0).round() / 10.0),
                documents: ids(&told),
            });
        }
        self.articles.flush()?;
        self.summary.documents = self.rows.len();
        self.summary.conflicts = self.conflicts.len();
        self.summary.pledges = self.pledges.len();
        let documents = self.rows.iter().zip(1_u32..).map(|(row, index)| truth::Document {
            id: document_id(index),
            group: row.group,
            origin: cast
                .publishers
                .get(usize::from(row.author))
                .map_or_else(String::new, |of| of.name.clone()),
            kind: row.kind.to_owned(),
            credited: row.credited,
        });
        self.truth.list("documents", documents)?;
        self.truth.list("conflicts", self.conflicts.iter())?;
        self.truth.list("agreements", agreements.iter())?;
        self.truth.list("pledges", self.pledges.iter())?;
        self.truth.list("series", series.iter())?;
        self.truth.finish()?;
        Ok(self.summary)
    }
}

fn event_id(number: u32) -> String {
    format!("w{number}")
}

fn mention(placed: &Placed, document: u32) -> truth::Mention {
    truth::Mention {
        document: document_id(document),
        start: placed.start,
        end: placed.end,
        status: placed.told.status.to_owned(),
        date: placed.told.date.clone(),
        headline: placed.headline,
        background: placed.told.background,
        vague: placed.told.vague,
    }
}
