//! What an event of a record is compared by, and whether two of them are one.
//!
//! All of it is local: what two traits are to each other depends on nothing else, so that an account may grow by one
//! document and be the same as if it had been made of all at once.

use crate::conflict::ConflictKind;
use crate::passage::Text;
use crate::words::{Words, level};
use entente_base::Span;
use entente_base::chars::{is_alphanumeric, is_numeric};
use entente_base::edtf::{Edtf, Precision};
use entente_base::record::{Event, EventType, Kind, Mention, Record, Status};
use serde::{Deserialize, Serialize};
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Score from which two reports of a meeting, visit or call are one.
const ENOUGH_CONSULT: f64 = 3.0;
/// Score from which two reports of a deed are one: deeds of one kind are fewer than words.
const ENOUGH_DEED: f64 = 3.0;
/// Score from which a plan and a report of its outcome are one.
const ENOUGH_PLAN: f64 = 2.2;
/// Score from which two reports of another act are one.
const ENOUGH: f64 = 4.0;
/// Least share of words that two reports of an act other than CONSULT have in common.
const SHARED_WORDS: f64 = 0.2;
/// The same where one of them has no date.
const SHARED_WORDS_UNDATED: f64 = 0.35;
/// The same where that one announces what the other reports.
const SHARED_WORDS_PLAN: f64 = 0.28;
/// What it adds to the score of two reports, one without a date, that they were told of within the same few days.
const FRESH: f64 = 2.0;
/// Share of words from which two reports look like one although a date or place speaks against it.
const ALIKE: f64 = 0.5;
/// Share of words by which a report without a date, told at another time, is known to be of the same event.
const TELLING: f64 = 0.75;
/// Days by which two reports of one event may differ in their dates.
const NEAR_DAYS: i32 = 3;
/// Longest time, in days, of a date by which reports are looked up.
const NARROW_DAYS: i32 = 95;
/// Days before it is told that what has no date may have happened.
const BEFORE_TOLD: i32 = 7;
/// Times of [`NARROW_DAYS`] for which a plan may be made that a report without its date ends.
const SPANS_AHEAD: i32 = 3;
/// Rarest pairs of characters by which reports without a narrow date are looked up.
const RARE_TERMS: usize = 4;
/// Most characters of evidence that are compared.
const COMPARED_CHARS: usize = 600;

/// A person as a document names them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Person {
    /// Name in the language of the text.
    pub name: String,
    /// English name, where known.
    pub name_en: Option<String>,
}

impl Person {
    /// Whether two names may be one person's: the same in either language, or one the family name of the other.
    fn is(&self, other: &Person) -> bool {
        let (a, b) = (self.name.as_str(), other.name.as_str());
        let english = |person: &Person| person.name_en.as_ref().map(|name| name.to_lowercase());
        a == b
            || english(self).is_some() && english(self) == english(other)
            || is_family_name(a, b)
            || is_family_name(b, a)
    }
}

/// The last part of a foreign name: プーチン of ウラジーミル・プーチン.
pub(crate) fn family(name: &str) -> Option<&str> {
    name.rsplit_once(['・', '＝', '=']).map(|(_, family)| family)
}

pub(crate) fn is_han(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '々' | '〇'))
}

fn is_family_name(short: &str, full: &str) -> bool {
    family(full) == Some(short)
        || is_han(full) && is_han(short) && short.chars().count() <= 3 && full.starts_with(short)
}

/// What an event is compared by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Traits {
    /// PLOVER type.
    pub kind: EventType,
    /// Refinement of the type.
    pub mode: Option<String>,
    /// How real it is.
    pub status: Status,
    /// Who did it, sorted.
    pub source: Vec<String>,
    /// Who received it, sorted.
    pub target: Vec<String>,
    /// Those of both that are no states, sorted.
    pub bodies: Vec<String>,
    /// EDTF value.
    pub date: Option<String>,
    /// Date of publication of its document.
    pub published: Option<String>,
    /// Place.
    pub place: Option<String>,
    /// Whether the place is a state.
    pub in_state: bool,
    /// Names of places below a state in its words.
    pub cities: BTreeSet<String>,
    /// Whether its words put it off to another time.
    pub put_off: bool,
    /// Whether its domain is military.
    pub military: bool,
    /// Persons who took part, by state.
    pub persons: BTreeMap<String, Vec<Person>>,
    /// Roles of the heads of state or government among them, by state.
    pub heads: BTreeMap<String, BTreeSet<String>>,
    /// Pairs of characters of its words, sorted, without those of names and times.
    pub terms: Vec<u64>,
    /// Names in quotation marks in its words.
    pub names: BTreeSet<String>,
    /// Whether it is told as a habit rather than as one occasion.
    pub repeated: bool,
    /// Whether it is told as of some earlier time, without its day: one that was before, it is not told which.
    pub earlier: bool,
    /// Whether it is only named in words against it (軍事演習を非難した), which may be said before it happens.
    pub blamed: bool,
    /// Its dates, read once.
    #[serde(skip)]
    when: OnceLock<When>,
}

/// The dates of an event and of its document.
#[derive(Debug, Clone, Copy, PartialEq)]
struct When {
    date: Option<Edtf>,
    /// First and last day of it, as days since 1970-01-01.
    days: Option<(i32, i32)>,
    published: Option<Edtf>,
    /// First and last day of that.
    told: Option<(i32, i32)>,
}

/// Why reports were taken for one event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "reason", content = "detail")]
pub enum Why {
    /// The same date.
    Date,
    /// Dates agree as far as they are known.
    DateKnown,
    /// Dates a day apart, as where those who write live in other time zones.
    NextDay,
    /// One has no date, and the rest agrees.
    Undated,
    /// A plan, and that it was put off.
    PutOff,
    /// The same participants, by name.
    Persons(Vec<String>),
    /// The same place.
    Place,
    /// The same form.
    Mode,
    /// A plan and what came of it.
    Plan,
    /// Both tell of a repeated act.
    Repeated,
    /// A name in quotation marks that both use.
    Words(String),
    /// Somebody decided so.
    Corrected,
}

/// What two events are to each other.
#[derive(Debug, Clone, PartialEq)]
pub enum Likeness {
    /// One event, with a score and the reasons.
    Same(f64, Vec<Why>),
    /// Alike but for one thing.
    Near(ConflictKind),
    /// Two events.
    Different,
}

/// Where events that may be one with another are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// Type and parties, a key for each body that is party.
    pub buckets: Vec<String>,
    /// Narrow times, as first and last days since 1970-01-01, that it may have happened in; none where that is unknown.
    /// What tells of a plan's end may tell of one for any of the months to come.
    pub windows: Vec<(i32, i32)>,
    /// Keys of its rarest words, one list for each bucket; events that share one are compared.
    pub rare: Vec<u64>,
    /// Whether it has a date that its window stands for.
    pub dated: bool,
}

/// Whether a character says what is told. Numbers say how much of it.
fn is_content(c: char) -> bool {
    is_alphanumeric(c) && !is_numeric(c) && !matches!(c, '\u{3041}'..='\u{309f}')
}

/// A pair of characters as one number.
pub(crate) fn pair(a: char, b: char) -> u64 {
    u64::from(u32::from(a)) << 32 | u64::from(u32::from(b))
}

pub(crate) fn mix(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// A number for some text, the same on every machine.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0, |hash, byte| mix(hash ^ u64::from(byte)))
}

/// The words of evidence as pairs of characters, without names of actors and times.
fn terms_of(text: &Text, evidence: &[Span], masked: &[bool]) -> Vec<u64> {
    let mut terms = BTreeSet::new();
    let mut left = COMPARED_CHARS;
    for span in evidence {
        let mut last: Option<char> = None;
        for at in span.start..span.end.min(span.start + left) {
            let c = match text.chars.get(at) {
                Some(&c) if is_content(c) && !masked.get(at).copied().unwrap_or(false) => Some(c),
                _ => None,
            };
            if let (Some(a), Some(b)) = (last, c) {
                terms.insert(pair(a, b));
            }
            last = c;
        }
        left = left.saturating_sub(span.len());
    }
    terms.into_iter().collect()
}

/// Names in quotation marks.
fn names_in(text: &Text, evidence: &[Span]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for span in evidence {
        let mut open: Option<usize> = None;
        for (offset, &c) in span.slice(&text.chars).iter().enumerate() {
            match c {
                '「' | '『' | '“' => open = Some(span.start + offset + 1),
                '」' | '』' | '”' => {
                    if let Some(start) = open.take() {
                        let name = Span::new(start, span.start + offset);
                        if (4..=30).contains(&name.len()) {
                            names.insert(text.words(name));
                        }
                    }
                }
                _ => {}
            }
        }
    }
    names
}

pub(crate) fn has_happened(status: Status) -> bool {
    matches!(status, Status::Occurred | Status::Ongoing)
}

fn is_repeated(record: &Record, text: &Text, event: &Event, words: &Words) -> bool {
    if !matches!(event.kind, EventType::Consult | EventType::Cooperate) || !has_happened(event.status) {
        return false;
    }
    let counted = record.figures.iter().any(|figure| {
        matches!(figure.measure.as_str(), "meetings" | "exercises")
            && figure.value > 1.0
            && event.evidence.iter().any(|span| span.contains(Span::new(figure.start, figure.end)))
    });
    // One that has its own date is an occasion, whatever else its passages speak of.
    counted
        || event.date.is_none()
            && event.evidence.iter().any(|&span| words.has_hint("repeat", &text.words(span)))
}

/// Whether all words that tell of an event stand within those of one that blames or opposes it.
fn is_blamed(record: &Record, event: &Event) -> bool {
    use EventType::{Accuse, Protest, Reject, Request, Threaten};
    let against = |other: &&Event| matches!(other.kind, Accuse | Protest | Reject | Request | Threaten);
    event.evidence.iter().all(|&span| {
        let within = |other: &Event| other.evidence.iter().any(|it| *it != span && it.contains(span));
        record.events.iter().filter(against).any(within)
    })
}

/// Names of places below a state in the words of an event.
fn cities(record: &Record, event: &Event) -> BTreeSet<String> {
    let inside = |mention: &&Mention| {
        let span = Span::new(mention.start, mention.end);
        mention.kind == Kind::Place && event.evidence.iter().any(|evidence| evidence.contains(span))
    };
    record.mentions.iter().filter(inside).map(|mention| mention.text.clone()).collect()
}

impl Traits {
    pub(crate) fn new(record: &Record, text: &Text, masked: &[bool], event: &Event, words: &Words) -> Self {
        let mut persons: BTreeMap<String, Vec<Person>> = BTreeMap::new();
        let mut heads: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for id in &event.participants {
            let entity = record.entities.iter().find(|entity| entity.id == *id);
            let Some(entity) = entity.filter(|entity| entity.kind == Kind::Person) else { continue };
            let person = Person { name: entity.name.clone(), name_en: entity.name_en.clone() };
            for state in &entity.states {
                persons.entry(state.clone()).or_default().push(person.clone());
                if let Some(role) = entity.role.as_ref().filter(|role| words.level(role) >= level::HEAD) {
                    heads.entry(state.clone()).or_default().insert(role.clone());
                }
            }
        }
        let parties: BTreeSet<&String> = event.source.iter().chain(&event.target).collect();
        let place = event.place.clone().filter(|place| !place.is_empty());
        Self {
            kind: event.kind,
            mode: event.mode.clone(),
            status: event.status,
            source: event.source.clone(),
            target: event.target.clone(),
            bodies: parties.into_iter().filter(|code| !words.is_state(code)).cloned().collect(),
            date: event.date.clone(),
            published: record.document.published.clone(),
            in_state: place.as_deref().is_some_and(|place| words.is_state(place)),
            place,
            cities: cities(record, event),
            put_off: event.evidence.iter().any(|&span| words.has_hint("put_off", &text.words(span))),
            military: event.domains.iter().any(|domain| domain == "military"),
            persons,
            heads,
            terms: terms_of(text, &event.evidence, masked),
            names: names_in(text, &event.evidence),
            repeated: is_repeated(record, text, event, words),
            blamed: is_blamed(record, event),
            earlier: event.date.is_none()
                && event.evidence.iter().all(|&span| words.has_hint("earlier", &text.words(span))),
            when: OnceLock::new(),
        }
    }

    fn when(&self) -> &When {
        let read = |date: &Option<String>| date.as_deref().and_then(|date| date.parse::<Edtf>().ok());
        self.when.get_or_init(|| {
            let (date, published) = (read(&self.date), read(&self.published));
            let days = |date: Option<Edtf>| date.and_then(|date| date.day_numbers());
            When { date, days: days(date), published, told: days(published) }
        })
    }

    pub(crate) fn edtf(&self) -> Option<Edtf> {
        self.when().date
    }

    fn parties(&self) -> BTreeSet<&str> {
        self.source.iter().chain(&self.target).map(String::as_str).collect()
    }

    /// Where others of the same event are to be looked for. Two events that are one share a bucket, and either their
    /// windows come within [`Lookup::NEAR`] days, or they share a rare word.
    pub fn lookup(&self, words: &Words) -> Lookup {
        let kind = self.kind.name();
        let joint = match self.kind {
            EventType::Consult => self.mode.as_deref() != Some("visit"),
            EventType::Agree => true,
            _ => false,
        };
        let buckets: Vec<String> = if !self.bodies.is_empty() {
            self.bodies.iter().map(|body| format!("{kind}|{body}")).collect()
        } else if joint {
            vec![format!("{kind}|{}", self.parties().into_iter().collect::<Vec<_>>().join(","))]
        } else {
            vec![format!("{kind}|{}>{}", self.source.join(","), self.target.join(","))]
        };
        let days = |date: Option<Edtf>| {
            let (first, last) = date.and_then(|date| date.day_numbers())?;
            (last - first <= NARROW_DAYS).then_some((first, last))
        };
        let own = days(self.edtf());
        let told = days(self.when().published);
        let mut windows: Vec<(i32, i32)> = own.into_iter().collect();
        if let Some((first, last)) = told.filter(|_| self.ends_plan()) {
            windows.extend((0..SPANS_AHEAD).map(|step| {
                let start = first + step * NARROW_DAYS;
                (start - if step == 0 { BEFORE_TOLD } else { 0 }, (start + NARROW_DAYS - 1).max(last))
            }));
        } else if let Some((first, last)) = told.filter(|_| self.date.is_none()) {
            // What has no date is most often told in the days after it happened.
            windows.push((first - BEFORE_TOLD, last + 1));
        }
        let mut rare: Vec<u64> =
            self.terms.iter().filter(|&&term| words.commonness(term).is_none()).copied().collect();
        rare.sort_by_key(|&term| (mix(term), term));
        rare.truncate(RARE_TERMS);
        let keys = buckets.iter().flat_map(|bucket| {
            let bucket = hash(bucket);
            // Habits are few, and told in few words.
            let habit = self.repeated.then(|| mix(bucket ^ 1));
            rare.iter().map(move |&term| mix(bucket ^ mix(term))).chain(habit)
        });
        Lookup { rare: keys.collect(), windows, dated: own.is_some(), buckets }
    }

    /// Share of the weight of their words that the one with fewer has in common with the other.
    fn share(&self, other: &Traits, words: &Words) -> f64 {
        let weight = |term: &u64| words.weight(*term);
        let total = |terms: &[u64]| terms.iter().map(weight).sum::<f64>();
        let (mut i, mut j, mut common, mut shared) = (0, 0, 0.0, 0usize);
        while let (Some(x), Some(y)) = (self.terms.get(i), other.terms.get(j)) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    common += weight(x);
                    shared += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        let least = total(&self.terms).min(total(&other.terms));
        if least <= 0.0 {
            return 0.0;
        }
        // Two or three pairs of characters are no evidence by themselves.
        (common / least) * (shared as f64 / 4.0).min(1.0)
    }

    /// Whether the fewer words of the two are, for the most part, words of the other.
    fn is_told_by(&self, other: &Traits) -> bool {
        let (few, many) = if self.terms.len() <= other.terms.len() { (self, other) } else { (other, self) };
        let shared = few.terms.iter().filter(|&term| many.terms.binary_search(term).is_ok()).count();
        !few.terms.is_empty() && 2 * shared >= few.terms.len()
    }

    /// Whether both name the head of a state by the same role: on one day that is one person, however spelled.
    fn same_head(&self, other: &Traits, state: &str) -> bool {
        let roles = (self.heads.get(state), other.heads.get(state));
        self.same_day(other) && matches!(roles, (Some(x), Some(y)) if !x.is_disjoint(y))
    }

    fn same_day(&self, other: &Traits) -> bool {
        matches!((self.edtf(), other.edtf()), (Some(x), Some(y)) if days_apart(&x, &y) == Some(0))
    }

    /// Whether the dates of two acts, of a kind that is not done day by day, lie one day apart. What was called off is
    /// not what was done the day after.
    fn is_next_day(&self, other: &Traits) -> bool {
        !is_serial(self.kind)
            && !self.repeated
            && (self.status == Status::Denied) == (other.status == Status::Denied)
            && matches!((self.edtf(), other.edtf()), (Some(x), Some(y)) if days_apart(&x, &y) == Some(1))
    }

    /// Names of persons of a state whom both name.
    fn common_persons(&self, other: &Traits, state: &str) -> Option<Vec<String>> {
        let (mine, theirs) = (self.persons.get(state)?, other.persons.get(state)?);
        let shared = mine.iter().filter_map(|person| {
            let them = theirs.iter().find(|them| person.is(them))?;
            Some(if them.name.len() > person.name.len() { &them.name } else { &person.name }.clone())
        });
        Some(shared.collect())
    }

    /// Whether two events cannot be one, whatever others say. `disputed`: their documents are known to give one
    /// occasion these two dates. `ends`: what tells that the plan of one of them was put off or called off.
    pub(crate) fn contradicts(&self, other: &Traits, disputed: bool, ends: &[&Traits]) -> bool {
        let moved = match (has_happened(self.status), has_happened(other.status)) {
            (true, true) => false,
            (false, false) => !ends.is_empty(),
            (done, _) => {
                let (done, plan) = if done { (self, other) } else { (other, self) };
                ends.iter().any(|end| end.allows(done, plan))
            }
        };
        if self.denies(other) == Some(false) || other.denies(self) == Some(false) {
            return true;
        }
        let dates = matches!((self.edtf(), other.edtf()), (Some(x), Some(y)) if !x.overlaps(&y))
            && !moved
            && !self.is_next_day(other)
            && self.names.is_disjoint(&other.names)
            && !disputed;
        let modes = matches!((&self.mode, &other.mode), (Some(x), Some(y)) if x != y);
        let multilateral = self.mode.as_deref() == Some("multilateral");
        let persons = is_statement_like(self.kind)
            && !multilateral
            && self.persons.keys().any(|state| {
                let common = self.common_persons(other, state);
                common.is_some_and(|common| common.is_empty()) && !self.same_head(other, state)
            });
        let places = match (&self.place, &other.place) {
            (Some(x), Some(y)) if self.in_state && other.in_state => x != y && !self.same_day(other),
            _ => false,
        };
        dates || modes || persons || places || self.is_elsewhere(other)
    }

    /// Whether this, which puts a plan off, lets it be done as told: on the new day, or later where none is given.
    fn allows(&self, done: &Traits, plan: &Traits) -> bool {
        let (new, then, first) = (self.when().days, done.when().days, plan.when().days);
        let later = matches!((then, first), (Some(then), Some(first)) if then.1 > first.1);
        match (new, then) {
            (Some(new), Some(then)) => self.put_off && new.0 <= then.1 + 1 && then.0 <= new.1 + 1,
            (None, Some(_)) => self.put_off && later,
            _ => self.put_off,
        }
    }

    /// Whether they name different places below a state. On one day that may be a disagreement, unless acts of the
    /// kind go on from day to day, several on one.
    fn is_elsewhere(&self, other: &Traits) -> bool {
        let near = |x: &String, y: &String| x.contains(y.as_str()) || y.contains(x.as_str());
        !self.cities.is_empty()
            && !other.cities.is_empty()
            && !self.cities.iter().any(|x| other.cities.iter().any(|y| near(x, y)))
            && (is_serial(self.kind) || !self.same_day(other))
    }

    /// What two events are to each other. `disputed`: their documents are known to give one occasion these two dates.
    pub fn compare(&self, other: &Traits, words: &Words, disputed: bool) -> Likeness {
        let (a, b) = (self, other);
        let consult = a.kind == EventType::Consult;
        let modes = (a.mode.as_deref(), b.mode.as_deref());
        if a.kind != b.kind
            || a.repeated != b.repeated
            || matches!(a.kind, EventType::Cooperate | EventType::Aid) && a.military != b.military
            || matches!(modes, (Some(x), Some(y)) if x != y)
        {
            return Likeness::Different;
        }
        let same_parties = a.source == b.source && a.target == b.target || {
            let (mine, theirs) = (a.parties(), b.parties());
            let part = mine.is_subset(&theirs) || theirs.is_subset(&mine);
            mine == theirs || part && !a.bodies.is_empty() && !b.bodies.is_empty()
        };
        if !same_parties {
            return Likeness::Different;
        }
        let share = LazyCell::new(|| a.share(b, words));
        let mut why = Vec::new();
        let mut score = 0.0;

        // Participants.
        let multilateral = modes.0 == Some("multilateral") || modes.1 == Some("multilateral");
        let mut common: BTreeSet<String> = BTreeSet::new();
        let mut parted = false;
        for state in a.persons.keys() {
            if let Some(both) = a.common_persons(b, state) {
                parted |= both.is_empty() && !a.same_head(b, state);
                common.extend(both);
            }
        }
        let parted = parted && is_statement_like(a.kind) && !multilateral;

        // Places.
        let same_place = a.place.is_some() && a.place == b.place;
        let other_place = match (&a.place, &b.place) {
            (Some(x), Some(y)) => {
                x != y && a.in_state == b.in_state && !x.contains(y.as_str()) && !y.contains(x.as_str())
            }
            _ => false,
        };

        let one_city = a.cities.iter().any(|city| b.cities.contains(city));
        if a.is_elsewhere(b) {
            return Likeness::Different;
        }

        let shared_name = a.names.intersection(&b.names).next().cloned();
        let anchored = shared_name.is_some() || common.len() >= 2;

        // Dates.
        let dates = (a.edtf(), b.edtf());
        let mut undated = false;
        let moved = a.puts_off(b) || b.puts_off(a);
        match &dates {
            _ if moved => {
                score += 1.0;
                why.push(Why::PutOff);
            }
            (Some(x), Some(y)) if x.overlaps(y) => {
                let known = x.year().is_some() && y.year().is_some();
                match x.precision().min(y.precision()) {
                    Precision::Day if known => {
                        score += 3.0;
                        why.push(if x == y { Why::Date } else { Why::DateKnown });
                    }
                    Precision::Day | Precision::Month => {
                        score += 2.0;
                        why.push(if x == y && known { Why::Date } else { Why::DateKnown });
                    }
                    Precision::Year => {
                        score += 1.0;
                        why.push(Why::DateKnown);
                    }
                    Precision::Unknown => undated = true,
                }
            }
            (Some(x), Some(y)) => {
                if disputed && !parted && !other_place {
                    score += 3.0;
                } else {
                    let close = days_apart(x, y).is_some_and(|days| days <= NEAR_DAYS);
                    if !close || parted || other_place || *share < ALIKE {
                        return Likeness::Different;
                    }
                    // A name that both use proves one event; without it the two stay two, and are shown side by side,
                    // unless such acts go on from day to day, told in like words each day.
                    if shared_name.is_none() && !a.is_next_day(b) {
                        return if a.repeated || is_serial(a.kind) {
                            Likeness::Different
                        } else {
                            Likeness::Near(ConflictKind::Date)
                        };
                    }
                    if shared_name.is_none() {
                        score += 2.0;
                        why.push(Why::NextDay);
                    }
                }
            }
            _ => undated = true,
        }
        if !moved && (a.is_before_its_time(b) || b.is_before_its_time(a)) {
            return Likeness::Different;
        }
        if parted {
            let alike = a.same_day(b) && same_place && *share >= ALIKE && !common.is_empty();
            return if alike { Likeness::Near(ConflictKind::Participant) } else { Likeness::Different };
        }
        // An agreement of one day and one matter is signed once; talks of a day are alike.
        let one_deal = a.kind == EventType::Agree && *share >= TELLING;
        if other_place && !(a.same_day(b) && (anchored || one_deal)) {
            let alike = a.same_day(b) && is_statement_like(a.kind) && *share >= ALIKE;
            return if alike { Likeness::Near(ConflictKind::Place) } else { Likeness::Different };
        }

        if !common.is_empty() {
            score += common.len().min(2) as f64;
            why.push(Why::Persons(common.into_iter().collect()));
        }
        if same_place || one_city {
            score += 1.0;
            why.push(Why::Place);
        }
        if consult && modes.0.is_some() && modes.0 == modes.1 && modes.0 != Some("meeting") {
            score += 1.0;
            why.push(Why::Mode);
        }
        let named = shared_name.is_some();
        if let Some(name) = shared_name {
            score += 2.0;
            why.push(Why::Words(name));
        }
        if a.repeated && b.repeated {
            score += 3.0;
            why.push(Why::Repeated);
        }
        score += 4.0 * *share;
        // What has no date is most often told in the days after it happened. Told at another time it may be any of its
        // kind, unless the persons or a name tell which.
        let together = a.told_with(b);
        let fresh = undated && together == Some(true) && !a.earlier && !b.earlier;
        if fresh {
            score += FRESH;
        }
        // What was said tells its matter; deeds and meetings are told in the same words each time.
        let told = is_statement_like(a.kind) && !consult && *share >= TELLING;
        if a.denies(b).or(b.denies(a)) == Some(false) {
            return Likeness::Different;
        }
        // It was before: only a name, or what was said, tells which.
        if (a.earlier || b.earlier) && !named && !told && !a.repeated {
            return Likeness::Different;
        }
        // Where it is not known when any of them was told, the next of its kind is told in the same words.
        if undated && together.is_none() && is_serial(a.kind) && !anchored && !a.repeated {
            return Likeness::Different;
        }
        // What is denied without its day, and no plan made before, is no plan.
        let planned = |traits: &Traits| matches!(traits.status, Status::Scheduled | Status::Proposed);
        if undated
            && !moved
            && (a.status == Status::Denied && planned(b) || b.status == Status::Denied && planned(a))
        {
            return Likeness::Different;
        }
        if undated && together == Some(false) && !anchored && !told && !a.repeated {
            return Likeness::Different;
        }
        if undated {
            why.push(Why::Undated);
        }
        let plan = planned(a) != planned(b);
        if plan {
            why.push(Why::Plan);
        }
        // A plan and its outcome are one more easily; but what fits a plan and a report fits the report first.
        let eased = if plan { 1.0 } else { 0.0 };
        let least = match (consult, plan) {
            (true, _) if undated && !fresh => ENOUGH,
            (true, _) => ENOUGH_CONSULT,
            // A plan and its outcome are told in the same words.
            (false, true) => ENOUGH_PLAN,
            (false, false) if is_statement_like(a.kind) => ENOUGH,
            (false, false) => ENOUGH_DEED,
        };
        let least_share = match (undated && !fresh, plan) {
            (true, false) => SHARED_WORDS_UNDATED,
            (true, true) => SHARED_WORDS_PLAN,
            (false, _) => SHARED_WORDS,
        };
        // On one day and in one place, or in words that are all in the other's, a deed needs no more of them.
        let one = !is_statement_like(a.kind) && a.same_day(b) && (same_place || one_city || a.is_told_by(b));
        let enough = score + eased >= least && (consult || one || *share >= least_share);
        if enough { Likeness::Same(score, why) } else { Likeness::Different }
    }

    /// Whether it tells that something planned will not be, or not then.
    pub(crate) fn ends_plan(&self) -> bool {
        self.put_off || self.status == Status::Denied
    }

    /// Whether this tells that the plan of which the other tells was put off or called off: announced before, for a
    /// day to come.
    fn puts_off(&self, other: &Traits) -> bool {
        let (mine, theirs) = (self.when(), other.when());
        let planned = other.status == Status::Scheduled && !other.put_off;
        let (Some(said), Some(announced)) = (mine.told, theirs.told) else {
            return false;
        };
        let ahead = theirs.days.is_none_or(|(_, last)| last >= said.0 - 1);
        let moved = self.put_off
            && match (mine.days, theirs.days) {
                (Some(x), Some(y)) => x.0 > y.1,
                (Some(x), None) => other.date.is_none() && x.0 > said.1,
                (None, _) => false,
            };
        // 19日、見送ると発表した: the day of the announcement, not that of the plan.
        let announced_then = self.status == Status::Denied
            && mine.days.is_some_and(|date| date.1 <= said.1 && date.0 >= said.0 - NEAR_DAYS);
        let then = moved || announced_then || self.date.is_none();
        self.ends_plan() && planned && announced.0 <= said.1 && ahead && then
    }

    /// Whether both were told of, or dated, within the same few days; `None` where it is not known when.
    fn told_with(&self, other: &Traits) -> Option<bool> {
        let day = |traits: &Traits| {
            let when = traits.when();
            if when.date.is_some() { when.days } else { when.told }
        };
        let (x, y) = (day(self)?, day(other)?);
        Some(
            x.0 <= y.1 + NEAR_DAYS
                && y.0 <= x.1 + NEAR_DAYS
                && x.1 - x.0 <= NARROW_DAYS
                && y.1 - y.0 <= NARROW_DAYS,
        )
    }

    /// Whether this denies what the other reports as done: `None` where it denies nothing, or the other reports
    /// nothing. What is denied without its day is what was told in the same days, not any of its kind.
    fn denies(&self, other: &Traits) -> Option<bool> {
        if self.status != Status::Denied || !has_happened(other.status) {
            return None;
        }
        let days = other.when().days;
        let before = matches!((self.when().told, days), (Some(told), Some(date)) if date.0 > told.1);
        let one = match (&self.date, &other.date) {
            (Some(_), Some(_)) => self.same_day(other),
            (None, Some(_)) => {
                days.is_some_and(|(first, last)| first == last) && self.told_with(other) == Some(true)
            }
            (_, None) => !other.earlier && self.told_with(other) == Some(true),
        };
        Some(one && !before)
    }

    /// Whether this was reported as done before the day that the other gives it, or announced after that day.
    fn is_before_its_time(&self, other: &Traits) -> bool {
        let (Some(published), Some(date)) = (self.when().published, other.edtf()) else { return false };
        // Who reports a thing as done cannot mean a day after the report.
        let done_too_early = has_happened(self.status)
            && published
                .latest()
                .zip(date.earliest())
                .is_some_and(|(published, date)| published.tomorrow().is_ok_and(|limit| date > limit));
        // Nor is a thing announced after it was done.
        let announced_too_late = self.status == Status::Scheduled
            && has_happened(other.status)
            && published.earliest().zip(date.latest()).is_some_and(|(published, date)| date < published);
        done_too_early || announced_too_late
    }
}

impl Lookup {
    /// Days by which the windows of two events may lie apart that are one all the same.
    pub const NEAR: i32 = NEAR_DAYS;

    /// Longest window, in days.
    pub const LONGEST: i32 = NARROW_DAYS;
}

pub(crate) fn is_statement_like(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Consult
            | EventType::Agree
            | EventType::Support
            | EventType::Request
            | EventType::Accuse
            | EventType::Reject
            | EventType::Threaten
            | EventType::Concede
    )
}

/// Acts of a kind that goes on from day to day, each day's an act of its own.
fn is_serial(kind: EventType) -> bool {
    matches!(kind, EventType::Assault | EventType::Mobilize | EventType::Protest | EventType::Coerce)
}

/// Days between two dates of which both days are known.
fn days_apart(a: &Edtf, b: &Edtf) -> Option<i32> {
    let day = |date: &Edtf| match (date.earliest(), date.latest()) {
        (Some(first), Some(last)) if first == last => Some(first),
        _ => None,
    };
    day(a)?.until(day(b)?).ok().map(|span| span.get_days().abs())
}
