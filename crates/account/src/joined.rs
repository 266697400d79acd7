//! Events of many documents joined: what they share is one event, with all its sources.

use crate::actor::{Actors, Sets};
use crate::conflict::ConflictKind;
use crate::figure::Quantity;
use crate::passage::{Line, Passage, Text};
use crate::words::{Words, level};
use entente_base::Span;
use entente_base::edtf::{Edtf, Precision};
use entente_base::record::{Event, EventType, Kind, Mention, Record, Status};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

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
/// Share of words from which two reports look like one although a date or place speaks against it.
const ALIKE: f64 = 0.5;
/// Days by which two reports of one event may differ in their dates.
const NEAR_DAYS: i32 = 3;
/// Longest time, in days, of a date that is looked up by its months.
const NARROW_DAYS: i32 = 95;
/// Rarest words by which a report without a narrow date looks for others.
const RARE_WORDS: usize = 12;
/// Longest list of reports looked through for one word.
const LONGEST_LIST: usize = 200;
/// Most characters of evidence that are compared.
const COMPARED_CHARS: usize = 600;

/// Why reports were taken for one event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case", tag = "reason", content = "detail")]
pub enum Why {
    /// The same date.
    Date,
    /// Dates agree as far as they are known.
    DateKnown,
    /// One has no date, and the rest agrees.
    Undated,
    /// The same participants: indices of actors.
    Persons(Vec<usize>),
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
}

/// One document's report of an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Index of the document.
    pub document: usize,
    /// Identifier of the event within its record.
    pub event: String,
    /// Status by this document.
    pub status: Status,
    /// Date as this document gives it.
    pub date: Option<String>,
    /// Place as this document gives it.
    pub place: Option<String>,
    /// Entity or agency on whose word the document rests it, by name.
    pub attributed_to: Option<String>,
    /// The same as an actor, where it is one.
    pub attributed_actor: Option<usize>,
    /// Key of the agency on whose word it rests, where that is one.
    pub through: Option<String>,
    /// Words that report it, best first.
    pub passages: Vec<Passage>,
    /// Indices of the record's figures that stand in those words.
    pub figures: Vec<usize>,
}

/// An event as all documents together report it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JoinedEvent {
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Refinement of the type.
    pub mode: Option<String>,
    /// Closest CAMEO code.
    pub cameo: String,
    /// Goldstein value of that code.
    pub goldstein: f64,
    /// Who did it.
    pub source: Vec<String>,
    /// Who received it.
    pub target: Vec<String>,
    /// Indices of the actors named as taking part.
    pub participants: Vec<usize>,
    /// Status by all documents together.
    pub status: Status,
    /// The most precise date given.
    pub date: Option<String>,
    /// Place.
    pub place: Option<String>,
    /// Domains, the chief one first.
    pub domains: Vec<String>,
    /// Whether it is told as a habit rather than as one occasion.
    pub repeated: bool,
    /// Highest rank of a participant: 3 head of state or government, 2 minister, 1 official.
    pub level: u8,
    /// Reports, by document in order of publication where known.
    pub reports: Vec<Report>,
    /// Number of reports that share no origin.
    pub origins: usize,
    /// Why the reports were taken for one event.
    pub why: Vec<Why>,
}

impl JoinedEvent {
    /// Everyone who did or received it, sorted.
    pub fn parties(&self) -> BTreeSet<&str> {
        self.source.iter().chain(&self.target).map(String::as_str).collect()
    }

    /// The date, read.
    pub fn edtf(&self) -> Option<Edtf> {
        self.date.as_deref().and_then(|date| date.parse().ok())
    }

    /// Whether a document announced it before another, or the same one, reported it done.
    pub fn was_planned(&self) -> bool {
        self.reports.iter().any(|report| matches!(report.status, Status::Scheduled | Status::Proposed))
    }
}

/// One event of one record, with what is needed to compare it.
struct Item<'a> {
    document: usize,
    event: &'a Event,
    date: Option<Edtf>,
    published: Option<Edtf>,
    parties: BTreeSet<&'a str>,
    bodies: Vec<&'a str>,
    /// Persons by state.
    persons: BTreeMap<&'a str, BTreeSet<usize>>,
    terms: Vec<(u32, u32)>,
    names: BTreeSet<String>,
    /// Roles of the heads of state or government among them, by state.
    heads: BTreeMap<&'a str, BTreeSet<&'a str>>,
    repeated: bool,
}

/// What two items are to each other.
enum Verdict {
    Same(f64, Vec<Why>),
    /// Alike but for one thing.
    Near(ConflictKind),
    Different,
}

/// Two joined events that may be one but for a date or the participants.
pub(crate) struct NearPair {
    pub(crate) kind: ConflictKind,
    pub(crate) events: (usize, usize),
}

/// What joining needs to look at.
pub(crate) struct Material<'a> {
    pub(crate) records: &'a [Record],
    pub(crate) texts: &'a [Text],
    pub(crate) actors: &'a Actors,
    pub(crate) words: &'a Words,
}

fn is_content(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '\u{3041}'..='\u{309f}')
}

/// The words of evidence as pairs of characters, without names of actors and times.
fn terms_of(text: &Text, evidence: &[Span], masked: &[bool]) -> Vec<(u32, u32)> {
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
                terms.insert((u32::from(a), u32::from(b)));
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

fn items<'a>(material: &Material<'a>) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    for (document, (record, text)) in material.records.iter().zip(material.texts).enumerate() {
        let mut masked = vec![false; text.chars.len()];
        let spans = record.mentions.iter().map(|mention| (mention.start, mention.end));
        for (start, end) in spans.chain(record.times.iter().map(|time| (time.start, time.end))) {
            for slot in masked.get_mut(start..end.min(text.chars.len())).unwrap_or_default() {
                *slot = true;
            }
        }
        let published = record.document.published.as_deref().and_then(|date| date.parse().ok());
        for event in &record.events {
            let mut persons: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
            let mut heads: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
            for id in &event.participants {
                let Some(actor) = material.actors.of(document, id) else { continue };
                let Some(known) = material.actors.list.get(actor) else { continue };
                if known.kind == Kind::Person {
                    for state in &known.states {
                        persons.entry(state).or_default().insert(actor);
                        if known.level >= level::HEAD {
                            heads.entry(state).or_default().extend(known.roles.iter().map(String::as_str));
                        }
                    }
                }
            }
            let parties: BTreeSet<&str> =
                event.source.iter().chain(&event.target).map(String::as_str).collect();
            items.push(Item {
                document,
                event,
                date: event.date.as_deref().and_then(|date| date.parse().ok()),
                published,
                bodies: parties.iter().copied().filter(|code| !material.words.is_state(code)).collect(),
                parties,
                persons,
                heads,
                terms: terms_of(text, &event.evidence, &masked),
                names: names_in(text, &event.evidence),
                repeated: is_repeated(record, text, event, material.words),
            });
        }
    }
    items
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

/// Where items that may be one are looked for.
fn bucket_keys(item: &Item<'_>) -> Vec<String> {
    let kind = item.event.kind.name();
    if !item.bodies.is_empty() {
        return item.bodies.iter().map(|body| format!("{kind}|{body}")).collect();
    }
    let joint = match item.event.kind {
        EventType::Consult => item.event.mode.as_deref() != Some("visit"),
        EventType::Agree => true,
        _ => false,
    };
    let list = |codes: &mut dyn Iterator<Item = &str>| codes.collect::<Vec<_>>().join(",");
    if joint {
        vec![format!("{kind}|{}", list(&mut item.parties.iter().copied()))]
    } else {
        let source = list(&mut item.event.source.iter().map(String::as_str));
        vec![format!("{kind}|{source}>{}", list(&mut item.event.target.iter().map(String::as_str)))]
    }
}

/// The months that a narrow date covers, counted from year 0; empty for a wide or unknown one.
fn months(date: Option<&Edtf>) -> Vec<i32> {
    let Some((first, last)) = date.and_then(|date| date.earliest().zip(date.latest())) else {
        return Vec::new();
    };
    let days = first.until(last).map_or(i32::MAX, |span| span.get_days());
    if days > NARROW_DAYS {
        return Vec::new();
    }
    // A few days around, so that a date given a day late is found.
    let (early, late) = (first.yesterday().unwrap_or(first), last.tomorrow().unwrap_or(last));
    let month = |year: i16, month: i8| i32::from(year) * 12 + i32::from(month);
    (month(early.year(), early.month())..=month(late.year(), late.month())).collect()
}

/// Pairs of items worth comparing.
fn candidates(items: &[Item<'_>], rarity: &HashMap<(u32, u32), u32>) -> Vec<(usize, usize)> {
    let mut buckets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        for key in bucket_keys(item) {
            buckets.entry(key).or_default().push(index);
        }
    }
    let mut pairs = Vec::new();
    for bucket in buckets.values().filter(|bucket| bucket.len() > 1) {
        let mut by_month: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
        let mut by_term: HashMap<(u32, u32), Vec<usize>> = HashMap::new();
        let mut wide = Vec::new();
        for &index in bucket {
            let Some(item) = items.get(index) else { continue };
            let months = months(item.date.as_ref());
            if months.is_empty() {
                wide.push(index);
            }
            for month in months {
                by_month.entry(month).or_default().push(index);
            }
            for &term in &item.terms {
                let list = by_term.entry(term).or_default();
                if list.len() < LONGEST_LIST {
                    list.push(index);
                }
            }
        }
        for list in by_month.values() {
            for (at, &a) in list.iter().enumerate() {
                pairs.extend(list.iter().skip(at + 1).map(|&b| (a.min(b), a.max(b))));
            }
        }
        for &index in &wide {
            let Some(item) = items.get(index) else { continue };
            let shared = |term: &&(u32, u32)| rarity.get(*term).is_some_and(|&seen| seen > 1);
            let mut terms: Vec<(u32, u32)> = item.terms.iter().filter(shared).copied().collect();
            terms.sort_by_key(|term| (rarity.get(term).copied().unwrap_or(0), *term));
            for term in terms.iter().take(RARE_WORDS) {
                for &other in by_term.get(term).into_iter().flatten() {
                    pairs.push((index.min(other), index.max(other)));
                }
            }
            // Habits are few, and told in few words.
            if item.repeated {
                pairs.extend(wide.iter().map(|&other| (index.min(other), index.max(other))));
            }
        }
    }
    pairs.retain(|(a, b)| {
        a != b && items.get(*a).map(|item| item.document) != items.get(*b).map(|item| item.document)
    });
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Share of the weight of their words that the one with fewer has in common with the other.
fn overlap(a: &Item<'_>, b: &Item<'_>, rarity: &HashMap<(u32, u32), u32>, count: usize) -> f64 {
    let weight = |term: &(u32, u32)| {
        let seen = rarity.get(term).copied().unwrap_or(1).max(1);
        (1.0 + count as f64 / f64::from(seen)).ln()
    };
    let total = |terms: &[(u32, u32)]| terms.iter().map(weight).sum::<f64>();
    let (mut i, mut j, mut common, mut shared) = (0, 0, 0.0, 0usize);
    while let (Some(x), Some(y)) = (a.terms.get(i), b.terms.get(j)) {
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
    let least = total(&a.terms).min(total(&b.terms));
    if least <= 0.0 {
        return 0.0;
    }
    // Two or three pairs of characters are no evidence by themselves.
    (common / least) * (shared as f64 / 4.0).min(1.0)
}

/// Whether both name the head of a state by the same role: on one day that is one person, however spelled.
fn same_head(a: &Item<'_>, b: &Item<'_>, state: &str) -> bool {
    let same_day = matches!((&a.date, &b.date), (Some(x), Some(y)) if days_apart(x, y) == Some(0));
    same_day && matches!((a.heads.get(state), b.heads.get(state)), (Some(x), Some(y)) if !x.is_disjoint(y))
}

fn is_statement_like(kind: EventType) -> bool {
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

fn has_happened(status: Status) -> bool {
    matches!(status, Status::Occurred | Status::Ongoing)
}

/// Days between two dates of which both days are known.
fn days_apart(a: &Edtf, b: &Edtf) -> Option<i32> {
    let day = |date: &Edtf| match (date.earliest(), date.latest()) {
        (Some(first), Some(last)) if first == last => Some(first),
        _ => None,
    };
    day(a)?.until(day(b)?).ok().map(|span| span.get_days().abs())
}

fn compare(a: &Item<'_>, b: &Item<'_>, share: f64, words: &Words, disputed: bool) -> Verdict {
    let consult = a.event.kind == EventType::Consult;
    let modes = (a.event.mode.as_deref(), b.event.mode.as_deref());
    if let (Some(x), Some(y)) = modes
        && x != y
    {
        return Verdict::Different;
    }
    if a.repeated != b.repeated {
        return Verdict::Different;
    }
    let same_parties = a.event.source == b.event.source && a.event.target == b.event.target;
    let part = a.parties.is_subset(&b.parties) || b.parties.is_subset(&a.parties);
    let of_a_body = part && !a.bodies.is_empty() && !b.bodies.is_empty();
    let same_parties = same_parties || of_a_body || a.parties == b.parties;
    if !same_parties {
        return Verdict::Different;
    }
    let military = |item: &Item<'_>| item.event.domains.iter().any(|domain| domain == "military");
    if a.event.kind == EventType::Cooperate && military(a) != military(b) {
        return Verdict::Different;
    }

    let mut why = Vec::new();
    let mut score = 0.0;

    // Participants.
    let multilateral = modes.0 == Some("multilateral") || modes.1 == Some("multilateral");
    let mut common = BTreeSet::new();
    let mut parted = false;
    for (state, mine) in &a.persons {
        if let Some(theirs) = b.persons.get(state) {
            let both: Vec<usize> = mine.intersection(theirs).copied().collect();
            parted |= both.is_empty() && !same_head(a, b, state);
            common.extend(both);
        }
    }
    let parted = parted && is_statement_like(a.event.kind) && !multilateral;

    // Places.
    let place = |item: &Item<'_>| item.event.place.clone().filter(|place| !place.is_empty());
    let (here, there) = (place(a), place(b));
    let same_place = here.is_some() && here == there;
    let other_place = match (&here, &there) {
        (Some(x), Some(y)) => {
            x != y
                && words.is_state(x) == words.is_state(y)
                && !x.contains(y.as_str())
                && !y.contains(x.as_str())
        }
        _ => false,
    };

    let shared_name = a.names.intersection(&b.names).next().cloned();
    let anchored = shared_name.is_some() || common.len() >= 2;

    // Dates.
    let mut undated = false;
    match (&a.date, &b.date) {
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
                if !close || share < ALIKE || parted || other_place {
                    return Verdict::Different;
                }
                // A name that both use proves one event; without it the two stay two, and are shown side by side.
                if shared_name.is_none() {
                    return if anchored && !a.repeated {
                        Verdict::Near(ConflictKind::Date)
                    } else {
                        Verdict::Different
                    };
                }
            }
        }
        _ => undated = true,
    }
    // Who reports a thing as done cannot mean a day after the report.
    for (item, other) in [(a, b), (b, a)] {
        if has_happened(item.event.status)
            && let (Some(published), Some(date)) = (&item.published, &other.date)
            && let (Some(published), Some(date)) = (published.latest(), date.earliest())
            && published.tomorrow().is_ok_and(|limit| date > limit)
        {
            return Verdict::Different;
        }
    }
    // Nor is a thing announced after it was done.
    for (item, other) in [(a, b), (b, a)] {
        if item.event.status == Status::Scheduled
            && has_happened(other.event.status)
            && let (Some(published), Some(date)) = (&item.published, &other.date)
            && let (Some(published), Some(date)) = (published.earliest(), date.latest())
            && date < published
        {
            return Verdict::Different;
        }
    }
    if parted {
        let same_day = matches!((&a.date, &b.date), (Some(x), Some(y)) if days_apart(x, y) == Some(0));
        let alike = same_day && same_place && share >= ALIKE && !common.is_empty();
        return if alike { Verdict::Near(ConflictKind::Participant) } else { Verdict::Different };
    }
    if other_place {
        let same_day = matches!((&a.date, &b.date), (Some(x), Some(y)) if days_apart(x, y) == Some(0));
        if !(same_day && anchored) {
            return Verdict::Different;
        }
    }

    if !common.is_empty() {
        score += common.len().min(2) as f64;
        why.push(Why::Persons(common.into_iter().collect()));
    }
    if same_place {
        score += 1.0;
        why.push(Why::Place);
    }
    if consult && modes.0.is_some() && modes.0 == modes.1 && modes.0 != Some("meeting") {
        score += 1.0;
        why.push(Why::Mode);
    }
    if let Some(name) = shared_name {
        score += 2.0;
        why.push(Why::Words(name));
    }
    if a.repeated && b.repeated {
        score += 3.0;
        why.push(Why::Repeated);
    }
    score += 4.0 * share;
    if undated {
        why.push(Why::Undated);
    }
    let planned = |item: &Item<'_>| matches!(item.event.status, Status::Scheduled | Status::Proposed);
    if planned(a) != planned(b) {
        why.push(Why::Plan);
        score += 1.0;
    }
    let least = match (consult, planned(a) != planned(b)) {
        (true, _) if undated => ENOUGH,
        (true, _) => ENOUGH_CONSULT,
        // A plan and its outcome are told in the same words.
        (false, true) => ENOUGH_PLAN,
        (false, false) if is_statement_like(a.event.kind) => ENOUGH,
        (false, false) => ENOUGH_DEED,
    };
    let words = match (undated, planned(a) != planned(b)) {
        (true, false) => SHARED_WORDS_UNDATED,
        (true, true) => SHARED_WORDS_PLAN,
        (false, _) => SHARED_WORDS,
    };
    let words_enough = consult || share >= words;
    let enough = score >= least && words_enough;
    if enough { Verdict::Same(score, why) } else { Verdict::Different }
}

/// Reports without a date that fit two events of different dates equally well fit neither.
fn drop_ambiguous(items: &[Item<'_>], found: &mut Vec<(f64, usize, usize, Vec<Why>)>) {
    let has_year = |item: &Item<'_>| item.date.is_some_and(|date| date.year().is_some());
    let mut options: BTreeMap<usize, Vec<(f64, usize)>> = BTreeMap::new();
    for &(score, a, b, _) in found.iter() {
        for (mine, other) in [(a, b), (b, a)] {
            if let (Some(x), Some(y)) = (items.get(mine), items.get(other))
                && !has_year(x)
                && has_year(y)
            {
                options.entry(mine).or_default().push((score, other));
            }
        }
    }
    let mut dropped: HashSet<(usize, usize)> = HashSet::new();
    for (mine, list) in &options {
        let best = list.iter().map(|&(score, _)| score).fold(f64::MIN, f64::max);
        let close: Vec<usize> =
            list.iter().filter(|(score, _)| best - score < 1.0).map(|&(_, other)| other).collect();
        let dates: Vec<Edtf> =
            close.iter().filter_map(|&other| items.get(other).and_then(|item| item.date)).collect();
        let first = dates.first().copied();
        if first.is_some_and(|first| dates.iter().any(|date| !date.overlaps(&first))) {
            dropped.extend(list.iter().map(|&(_, other)| (*mine.min(&other), *mine.max(&other))));
        } else {
            let worse = list.iter().filter(|(_, other)| !close.contains(other));
            dropped.extend(worse.map(|&(_, other)| (*mine.min(&other), *mine.max(&other))));
        }
    }
    found.retain(|&(_, a, b, _)| !dropped.contains(&(a, b)));
}

/// Joins the events of all records. Also returns pairs that may be one event after all.
pub(crate) fn join(material: &Material<'_>) -> (Vec<JoinedEvent>, Vec<NearPair>) {
    let items = items(material);
    let mut rarity: HashMap<(u32, u32), u32> = HashMap::new();
    for item in &items {
        for &term in &item.terms {
            *rarity.entry(term).or_default() += 1;
        }
    }
    let mut found: Vec<(f64, usize, usize, Vec<Why>)> = Vec::new();
    let mut near: Vec<(ConflictKind, usize, usize)> = Vec::new();
    let pairs = candidates(&items, &rarity);
    for &(a, b) in &pairs {
        let (Some(x), Some(y)) = (items.get(a), items.get(b)) else { continue };
        match compare(x, y, overlap(x, y, &rarity, items.len()), material.words, false) {
            Verdict::Same(score, why) => found.push((score, a, b, why)),
            Verdict::Near(kind) => near.push((kind, a, b)),
            Verdict::Different => {}
        }
    }
    drop_ambiguous(&items, &mut found);
    let mut clusters = Clusters::new(items.len());
    let mut disputes = Disputes::new();
    clusters.unite(found, &items, material.words, &disputes);

    // Two documents that give one event two dates do so for what else they tell of that occasion.
    for set in clusters.members.values() {
        for (at, &a) in set.iter().enumerate() {
            for &b in set.iter().skip(at + 1) {
                if let (Some(x), Some(y)) = (items.get(a), items.get(b))
                    && let (Some(first), Some(second)) = (x.date, y.date)
                    && !first.overlaps(&second)
                {
                    disputes.insert([(x.document, first), (y.document, second)]);
                    disputes.insert([(y.document, second), (x.document, first)]);
                }
            }
        }
    }
    if !disputes.is_empty() {
        let mut found = Vec::new();
        for &(a, b) in &pairs {
            if let (Some(x), Some(y)) = (items.get(a), items.get(b))
                && is_disputed(x, y, &disputes)
                && let share = overlap(x, y, &rarity, items.len())
                && let Verdict::Same(score, why) = compare(x, y, share, material.words, true)
            {
                found.push((score, a, b, why));
            }
        }
        clusters.unite(found, &items, material.words, &disputes);
    }
    let Clusters { members, mut reasons, .. } = clusters;

    let shared = shared_sentences(material);
    let mut order: Vec<(usize, Vec<usize>)> = members.into_iter().collect();
    order.sort_unstable();
    let mut place_of = vec![0; items.len()];
    let mut events = Vec::new();
    for (root, indices) in order {
        for &index in &indices {
            if let Some(slot) = place_of.get_mut(index) {
                *slot = events.len();
            }
        }
        let group: Vec<&Item<'_>> = indices.iter().filter_map(|&index| items.get(index)).collect();
        let mut why = reasons.remove(&root).unwrap_or_default();
        why.sort();
        why.dedup();
        events.extend(merge(&group, why, material, &shared));
    }
    let mut near_pairs: Vec<NearPair> = Vec::new();
    for (kind, a, b) in near {
        let (Some(&x), Some(&y)) = (place_of.get(a), place_of.get(b)) else { continue };
        let pair = (x.min(y), x.max(y));
        if x != y && near_pairs.iter().all(|known| known.events != pair) {
            near_pairs.push(NearPair { kind, events: pair });
        }
    }
    (events, near_pairs)
}

/// Documents and dates that speak of one occasion though the dates differ.
type Disputes = HashSet<[(usize, Edtf); 2]>;

fn is_disputed(a: &Item<'_>, b: &Item<'_>, disputes: &Disputes) -> bool {
    match (a.date, b.date) {
        (Some(x), Some(y)) => disputes.contains(&[(a.document, x), (b.document, y)]),
        _ => false,
    }
}

/// Sets of items that are one event each.
struct Clusters {
    sets: Sets,
    members: HashMap<usize, Vec<usize>>,
    reasons: HashMap<usize, Vec<Why>>,
}

impl Clusters {
    fn new(count: usize) -> Self {
        let members = (0..count).map(|index| (index, vec![index])).collect();
        Self { sets: Sets::new(count), members, reasons: HashMap::new() }
    }

    /// Unites pairs, the surest first; a set holds one event of each document, and nothing in it contradicts.
    fn unite(
        &mut self,
        mut found: Vec<(f64, usize, usize, Vec<Why>)>,
        items: &[Item<'_>],
        words: &Words,
        disputes: &Disputes,
    ) {
        found.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        for (_, a, b, why) in found {
            let (left, right) = (self.sets.find(a), self.sets.find(b));
            if left == right {
                continue;
            }
            let mine = self.members.get(&left).cloned().unwrap_or_default();
            let theirs = self.members.get(&right).cloned().unwrap_or_default();
            let contradicts = mine.iter().any(|&x| {
                theirs.iter().any(|&y| match (items.get(x), items.get(y)) {
                    (Some(x), Some(y)) => x.document == y.document || contradict(x, y, words, disputes),
                    _ => true,
                })
            });
            if contradicts {
                continue;
            }
            let mut reasons = self.reasons.remove(&left).unwrap_or_default();
            reasons.extend(self.reasons.remove(&right).unwrap_or_default());
            reasons.extend(why);
            self.sets.join(left, right);
            let root = self.sets.find(left);
            self.members.remove(&left);
            self.members.remove(&right);
            let mut all = [mine, theirs].concat();
            all.sort_unstable();
            self.members.insert(root, all);
            self.reasons.insert(root, reasons);
        }
    }
}

/// Whether two items cannot stand in one set, whatever others say.
fn contradict(a: &Item<'_>, b: &Item<'_>, words: &Words, disputes: &Disputes) -> bool {
    let dates = matches!((&a.date, &b.date), (Some(x), Some(y)) if !x.overlaps(y))
        && a.names.is_disjoint(&b.names)
        && !is_disputed(a, b, disputes);
    let modes = matches!((&a.event.mode, &b.event.mode), (Some(x), Some(y)) if x != y);
    let multilateral = a.event.mode.as_deref() == Some("multilateral");
    let persons = is_statement_like(a.event.kind)
        && !multilateral
        && a.persons.iter().any(|(state, mine)| {
            b.persons.get(state).is_some_and(|theirs| mine.is_disjoint(theirs)) && !same_head(a, b, state)
        });
    let places = match (&a.event.place, &b.event.place) {
        (Some(x), Some(y)) if words.is_state(x) && words.is_state(y) && x != y => {
            !matches!((&a.date, &b.date), (Some(x), Some(y)) if days_apart(x, y) == Some(0))
        }
        _ => false,
    };
    dates || modes || persons || places
}

/// Sentences, by document and start, that report more than one event.
fn shared_sentences(material: &Material<'_>) -> HashSet<(usize, usize)> {
    let mut reporting: HashMap<(usize, usize), BTreeSet<usize>> = HashMap::new();
    for (document, (record, text)) in material.records.iter().zip(material.texts).enumerate() {
        for (index, event) in record.events.iter().enumerate() {
            for &span in &event.evidence {
                for sentence in text.touched(span) {
                    reporting.entry((document, sentence.span.start)).or_default().insert(index);
                }
            }
        }
    }
    reporting.into_iter().filter(|(_, events)| events.len() > 1).map(|(key, _)| key).collect()
}

/// How well a passage tells a reader what happened.
fn quality(record: &Record, text: &Text, evidence: Span, passage: &Passage, words: &Words) -> f64 {
    let line = text.touched(evidence).first().map_or(Line::Reference, |sentence| sentence.line);
    let mut quality = match line {
        Line::Body => 3.0,
        Line::Item => 1.5,
        Line::Heading => 0.5,
        Line::Reference => -4.0,
    };
    if words.hints("anaphor").iter().any(|(word, _)| passage.text.starts_with(word.as_str())) {
        quality -= 2.0;
    }
    let inside = |start: usize, end: usize| passage.span.contains(Span::new(start, end));
    let named = |mention: &&Mention| mention.start == passage.span.start;
    if passage.text.starts_with('…') && !record.mentions.iter().any(|mention| named(&mention)) {
        quality -= 0.8;
    }
    if passage.text.ends_with('…') {
        quality -= 0.6;
    } else if passage.text.ends_with('。') {
        quality += 0.3;
    }
    let persons = record
        .mentions
        .iter()
        .filter(|mention| mention.kind == Kind::Person && inside(mention.start, mention.end));
    quality += 0.3 * persons.count().min(2) as f64;
    let states: BTreeSet<&String> = record
        .mentions
        .iter()
        .filter(|mention| mention.kind != Kind::Place && inside(mention.start, mention.end))
        .flat_map(|mention| &mention.states)
        .collect();
    quality += 0.3 * states.len().min(2) as f64;
    if record.times.iter().any(|time| inside(time.start, time.end)) {
        quality += 0.6;
    }
    quality + 0.01 * evidence.len().min(80) as f64
}

fn merge(
    group: &[&Item<'_>],
    why: Vec<Why>,
    material: &Material<'_>,
    shared: &HashSet<(usize, usize)>,
) -> Option<JoinedEvent> {
    let mut group: Vec<&Item<'_>> = group.to_vec();
    group.sort_by_key(|item| {
        let published = item.published.map_or((i16::MAX, 0, 0, 0), |date| date.order_key());
        (published, item.document)
    });
    let first = group.first()?;
    let mut reports = Vec::new();
    let mut participants: Vec<usize> = Vec::new();
    let mut domains: Vec<String> = Vec::new();
    for item in &group {
        reports.push(report(item, material, shared)?);
        for id in &item.event.participants {
            if let Some(actor) = material.actors.of(item.document, id)
                && !participants.contains(&actor)
            {
                participants.push(actor);
            }
        }
        for domain in &item.event.domains {
            if !domains.contains(domain) {
                domains.push(domain.clone());
            }
        }
    }
    let widest = group.iter().max_by_key(|item| item.parties.len()).unwrap_or(first);
    let years: BTreeSet<i16> = group.iter().filter_map(|item| item.date?.year()).collect();
    let best_date = group
        .iter()
        .filter_map(|item| item.date.map(|date| (date, item.event.date.clone())))
        .reduce(|best, next| if next.0.is_more_precise_than(&best.0) { next } else { best });
    let level = participants
        .iter()
        .filter_map(|&actor| material.actors.list.get(actor))
        .map(|actor| actor.level)
        .max()
        .unwrap_or(0);
    Some(JoinedEvent {
        kind: first.event.kind,
        mode: group.iter().find_map(|item| item.event.mode.clone()),
        cameo: first.event.cameo.clone(),
        goldstein: first.event.goldstein,
        source: widest.event.source.clone(),
        target: widest.event.target.clone(),
        participants,
        status: status_of(&group),
        date: best_date.and_then(|(_, date)| date).map(|date| with_year(date, &years)),
        place: group.iter().find_map(|item| item.event.place.clone()),
        domains,
        repeated: first.repeated,
        level,
        reports,
        origins: 0,
        why,
    })
}

/// A date without its year, with the one year that other reports of the event give.
fn with_year(date: String, years: &BTreeSet<i16>) -> String {
    match (years.first(), years.len()) {
        (Some(year), 1) if date.contains("XXXX") => {
            let filled = date.replace("XXXX", &format!("{year:04}"));
            if filled.parse::<Edtf>().is_ok() { filled } else { date }
        }
        _ => date,
    }
}

/// What happened outweighs what was planned; of plans and denials the last published counts.
fn status_of(group: &[&Item<'_>]) -> Status {
    let all = || group.iter().map(|item| item.event.status);
    if all().any(|status| status == Status::Occurred) {
        return Status::Occurred;
    }
    if all().any(|status| status == Status::Ongoing) {
        return Status::Ongoing;
    }
    let dated = group.iter().any(|item| item.published.is_some());
    if dated {
        let known = group.iter().rev().find(|item| item.published.is_some());
        return known.map_or(Status::Scheduled, |item| item.event.status);
    }
    let order = [Status::Denied, Status::Scheduled, Status::Proposed, Status::Hypothetical];
    order.into_iter().find(|wanted| all().any(|status| status == *wanted)).unwrap_or(Status::Hypothetical)
}

fn report(item: &Item<'_>, material: &Material<'_>, shared: &HashSet<(usize, usize)>) -> Option<Report> {
    let text = material.texts.get(item.document)?;
    let record = material.records.get(item.document)?;
    let mut passages: Vec<(f64, Passage)> = Vec::new();
    for &span in &item.event.evidence {
        let touched = text.touched(span);
        let is_shared = touched.iter().any(|sentence| shared.contains(&(item.document, sentence.span.start)));
        let passage = text.quote(item.document, span, is_shared, material.words);
        // What a text tells first it tells fullest.
        let first = if item.event.evidence.first() == Some(&span) { 0.6 } else { 0.0 };
        let quality = first + quality(record, text, span, &passage, material.words);
        if !passage.text.is_empty() && passages.iter().all(|(_, known)| known.text != passage.text) {
            passages.push((quality, passage));
        }
    }
    passages.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.span.cmp(&b.1.span)));
    let passages: Vec<Passage> = passages.into_iter().map(|(_, passage)| passage).collect();
    let figures = (0..record.figures.len())
        .filter(|&index| {
            record.figures.get(index).is_some_and(|figure| {
                let span = Span::new(figure.start, figure.end);
                passages.iter().any(|passage| passage.span.contains(span))
            })
        })
        .collect();
    let actor = item.event.attributed_to.as_deref().and_then(|id| material.actors.of(item.document, id));
    let attributed_to = match actor.and_then(|actor| material.actors.list.get(actor)) {
        Some(actor) => Some(actor.name.clone()),
        None => item.event.attributed_to.clone(),
    };
    let through = attributed_to
        .as_deref()
        .filter(|name| material.words.is_origin(name))
        .map(|name| material.words.origin_key(name));
    Some(Report {
        document: item.document,
        event: item.event.id.clone(),
        status: item.event.status,
        date: item.event.date.clone(),
        place: item.event.place.clone(),
        attributed_to,
        attributed_actor: actor,
        through,
        passages,
        figures,
    })
}

/// The figures that a report of an event gives, as quantities.
pub(crate) fn quantities<'a>(records: &'a [Record], report: &Report) -> Vec<Quantity<'a>> {
    let Some(record) = records.get(report.document) else { return Vec::new() };
    report
        .figures
        .iter()
        .filter_map(|&index| {
            record.figures.get(index).map(|figure| Quantity::new(report.document, index, figure))
        })
        .collect()
}
