//! Pledges and plans, followed to what later documents report.

use crate::actor::Actor;
use crate::digest::{CommitmentDigest, Digest};
use crate::joined::{JoinedEvent, Report};
use crate::passage::Passage;
use crate::traits::pair;
use crate::words::Words;
use entente_base::Span;
use entente_base::chars::{is_alphanumeric, is_numeric};
use entente_base::edtf::Edtf;
use entente_base::record::{CommitmentStatus, Kind, Status};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// Share of the words of a pledge that the report of its fulfilment has.
const SAME_MATTER: f64 = 0.5;

/// What became of a pledge, as far as the documents tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PledgeStatus {
    /// Reported done.
    Done,
    /// Its date or terms were changed.
    Changed,
    /// Reported given up or denied.
    Dropped,
    /// Its date has passed and nobody reports it done.
    Overdue,
    /// Not reported done.
    Open,
}

impl PledgeStatus {
    /// Its name in keys of labels.
    pub const fn name(self) -> &'static str {
        match self {
            PledgeStatus::Done => "done",
            PledgeStatus::Changed => "changed",
            PledgeStatus::Dropped => "dropped",
            PledgeStatus::Overdue => "overdue",
            PledgeStatus::Open => "open",
        }
    }
}

/// A promise, or an event that was announced.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pledge {
    /// Who promised, or the parties of the plan.
    pub by: Vec<String>,
    /// The same, and whom its words name, sorted.
    pub parties: Vec<String>,
    /// The words.
    pub what: Passage,
    /// By when, or the date announced.
    pub due: Option<String>,
    /// What became of it, apart from the passing of time: see [`Pledge::status_on`].
    pub status: PledgeStatus,
    /// Index of the joined event that was announced; `None` for a promise.
    pub plan: Option<usize>,
    /// Index of the actor who said it, where known.
    pub speaker: Option<usize>,
    /// All words that make the same pledge.
    pub told: Vec<Passage>,
    /// Words that report what became of it.
    pub followed: Vec<Passage>,
}

impl Pledge {
    /// Its status on a day: what is open and past its date is overdue.
    pub fn status_on(&self, day: Option<&Edtf>) -> PledgeStatus {
        let due: Option<Edtf> = self.due.as_deref().and_then(|due| due.parse().ok());
        match (self.status, due.and_then(|due| due.latest()), day.and_then(Edtf::latest)) {
            (PledgeStatus::Open | PledgeStatus::Changed, Some(due), Some(day)) if due < day => {
                PledgeStatus::Overdue
            }
            (status, _, _) => status,
        }
    }
}

/// Pairs of content characters of a text, sorted. Numbers and the words of dates say when, not what.
fn pairs(text: &str) -> Vec<u64> {
    let mut pairs = Vec::new();
    let mut last: Option<char> = None;
    for c in text.chars() {
        let matter = is_alphanumeric(c)
            && !is_numeric(c)
            && !matches!(c, '\u{3041}'..='\u{309f}' | '年' | '月' | '日');
        let content = matter.then_some(c);
        if let (Some(a), Some(b)) = (last, content) {
            pairs.push(pair(a, b));
        }
        last = content;
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// What a text is about.
pub(crate) struct Matter(Vec<u64>);

impl Matter {
    /// That of a text.
    pub(crate) fn new(text: &str) -> Self {
        Self(pairs(text))
    }

    /// Whether another text treats this matter.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        treats(&self.0, &other.0)
    }
}

/// The same of pairs of characters.
fn treats(matter: &[u64], text: &[u64]) -> bool {
    share(matter, text) >= SAME_MATTER
}

/// Share of the first pairs that are among the second.
fn share(mine: &[u64], theirs: &[u64]) -> f64 {
    if mine.len() < 3 {
        return 0.0;
    }
    let shared = mine.iter().filter(|&pair| theirs.binary_search(pair).is_ok()).count();
    shared as f64 / mine.len() as f64
}

/// Whether the second text treats the matter of the first also where common words (大統領, 発表) weigh less.
fn treats_in_weight(matter: &[u64], text: &[u64], words: &Words) -> bool {
    let weight = |pair: &u64| words.weight(*pair);
    let shared = matter.iter().filter(|&pair| text.binary_search(pair).is_ok()).map(weight).sum::<f64>();
    treats(matter, text) && shared >= SAME_MATTER * matter.iter().map(weight).sum::<f64>()
}

/// Texts by their pairs of characters, so that only those are compared that may treat one matter.
#[derive(Default)]
struct Matters {
    texts: Vec<Vec<u64>>,
    holders: HashMap<u64, Vec<usize>>,
}

impl Matters {
    fn add(&mut self, pairs: Vec<u64>) {
        for &pair in &pairs {
            self.holders.entry(pair).or_default().push(self.texts.len());
        }
        self.texts.push(pairs);
    }

    /// Numbers of the texts that treat a matter, ascending. They have one of those pairs of it that fewest texts have:
    /// without these, the others are too few.
    fn treating(&self, matter: &[u64], words: &Words) -> Vec<usize> {
        let most = matter.len() - (matter.len() as f64 * SAME_MATTER).ceil() as usize + 1;
        let holders = |pair: &u64| self.holders.get(pair).map_or(&[][..], Vec::as_slice);
        let mut rarest: Vec<&u64> = matter.iter().collect();
        rarest.sort_by_key(|&pair| (holders(pair).len(), *pair));
        let mut found: Vec<usize> =
            rarest.into_iter().take(most).flat_map(|pair| holders(pair).iter().copied()).collect();
        found.sort_unstable();
        found.dedup();
        found.retain(|&at| self.texts.get(at).is_some_and(|text| treats_in_weight(matter, text, words)));
        found
    }
}

/// What an event was reported as, in words that may tell what became of a promise.
struct Outcome<'a> {
    event: (usize, &'a JoinedEvent),
    document: usize,
    date: Option<Edtf>,
    status: PledgeStatus,
    passage: &'a Passage,
}

/// A pledge as it is put together.
struct Promise {
    pledge: Pledge,
    /// Whom its words name, and who promised.
    parties: BTreeSet<String>,
    /// Its words, as pairs of characters.
    matter: Vec<u64>,
    /// Day on which it was last told to be open, or otherwise due.
    standing: Option<i32>,
    /// Day from which a new promise of the matter stands in its place.
    until: Option<i32>,
}

impl Promise {
    /// Whether a commitment, told on a day, speaks of this promise: of its matter, by one of those who made it.
    fn is_meant(&self, by: &[String], parties: &BTreeSet<String>, matter: &[u64], words: &Words) -> bool {
        let mine = &self.pledge.by;
        (is_part(by, mine) || is_part(mine, by))
            && (parties.is_subset(&self.parties) || self.parties.is_subset(parties))
            && treats_in_weight(&self.matter, matter, words)
    }

    /// Whether its day has passed, or it was ended, before a day: who promises the matter then promises anew.
    fn is_over(&self, day: Option<i32>) -> bool {
        let due: Option<Edtf> = self.pledge.due.as_deref().and_then(|due| due.parse().ok());
        let passed =
            matches!((due.and_then(|due| due.day_numbers()), day), (Some(due), Some(day)) if due.1 < day);
        passed || matches!(self.pledge.status, PledgeStatus::Done | PledgeStatus::Dropped)
    }
}

/// What following pledges asks about actors.
pub(crate) struct Who<'a> {
    /// The actor that an entity of a document is.
    pub(crate) actor: &'a dyn Fn(usize, &str) -> Option<usize>,
    /// Whether a promise of an actor that names these states counts: see [`vouches`].
    pub(crate) vouches: &'a dyn Fn(usize, &BTreeSet<String>) -> bool,
}

/// Whether an actor's promise is one to be followed: officials speak for their states, a body or company for itself
/// where it names the state of another, a private person for nobody.
pub(crate) fn vouches(actor: &Actor, named: &BTreeSet<String>, words: &Words) -> bool {
    let official = match actor.sector.as_deref() {
        Some(sector) => words.hint("official", sector).is_some(),
        None => actor.kind == Kind::State || actor.level > 0,
    };
    official || actor.kind == Kind::Organization && named.iter().any(|code| !actor.states.contains(code))
}

/// All pledges and plans, plans after promises, each in the order of documents.
pub(crate) fn pledges(
    digests: &[Digest],
    events: &[JoinedEvent],
    who: &Who<'_>,
    words: &Words,
) -> Vec<Pledge> {
    let published: Vec<Option<Edtf>> = digests
        .iter()
        .map(|digest| digest.document.published.as_deref().and_then(|date| date.parse().ok()))
        .collect();
    let day = |document: usize| first_day(published.get(document).copied().flatten());
    let mut plans: HashMap<usize, Vec<(Span, usize)>> = HashMap::new();
    let mut outcomes: Vec<Outcome<'_>> = Vec::new();
    let mut reported = Matters::default();
    for event in events.iter().enumerate() {
        let planned = event.1.was_planned();
        for report in &event.1.reports {
            if planned {
                let spans = report.passages.iter().map(|passage| (passage.span, event.0));
                plans.entry(report.document).or_default().extend(spans);
            }
            let status = match report.status {
                Status::Occurred | Status::Ongoing => PledgeStatus::Done,
                Status::Denied if report.put_off => PledgeStatus::Changed,
                Status::Denied => PledgeStatus::Dropped,
                _ => continue,
            };
            let date = report.date.as_deref().and_then(|date| date.parse().ok());
            let promises = |passage: &Passage| {
                let digest = digests.get(passage.document);
                let made = digest.into_iter().flat_map(|digest| &digest.commitments);
                made.into_iter().any(|it| it.commitment.what.overlaps(passage.span))
            };
            for passage in &report.passages {
                // …することで合意した: what makes the promise, or tells that it was made, does not keep it.
                if status == PledgeStatus::Done && promises(passage) {
                    continue;
                }
                reported.add(pairs(&passage.text));
                outcomes.push(Outcome { event, document: report.document, date, status, passage });
            }
        }
    }
    let mut told: Vec<(usize, &CommitmentDigest)> = digests
        .iter()
        .enumerate()
        .flat_map(|(document, digest)| digest.commitments.iter().map(move |it| (document, it)))
        .collect();
    // In the order in which they were told, as far as that is known.
    told.sort_by_key(|&(document, _)| day(document));
    let mut promises: Vec<Promise> = Vec::new();
    let mut promised = Matters::default();
    for (document, CommitmentDigest { commitment, named, matter, quote }) in told {
        let what = quote.passage(document);
        let spans = plans.get(&document).into_iter().flatten();
        let plan = spans.filter(|(span, _)| span.overlaps(commitment.what)).map(|&(_, event)| event).min();
        let status = match commitment.status {
            CommitmentStatus::Open => PledgeStatus::Open,
            CommitmentStatus::Done => PledgeStatus::Done,
            CommitmentStatus::Dropped => PledgeStatus::Dropped,
        };
        let matter = pairs(matter);
        let parties: BTreeSet<String> = commitment.by.iter().chain(named).cloned().collect();
        let speaker = commitment.speaker.as_deref().and_then(|id| (who.actor)(document, id));
        if !speaker.is_none_or(|speaker| (who.vouches)(speaker, &parties)) {
            continue;
        }
        // What was to be by a day before it was told is a thing of the past.
        let told_on = published.get(document).copied().flatten();
        let due = commitment.due.clone().filter(|due| !is_past(due, told_on));
        if due != commitment.due && status == PledgeStatus::Open {
            continue;
        }
        let ends = status != PledgeStatus::Open;
        let treating = promised.treating(&matter, words);
        // The one made last stands.
        let known = treating.into_iter().rev().find(|&at| {
            promises.get(at).is_some_and(|known| known.is_meant(&commitment.by, &parties, &matter, words))
        });
        let standing = known.and_then(|at| promises.get_mut(at)).filter(|known| {
            let moves = ends || differ(known.pledge.due.as_deref(), due.as_deref());
            // 再開で合意した, and 再開する方針を示した, by the same day: one promise, told by all or by one of them.
            let same_due = known.pledge.due.is_some()
                && due.is_some()
                && !differ(known.pledge.due.as_deref(), due.as_deref());
            (known.pledge.by == commitment.by || moves || same_due) && (ends || !known.is_over(day(document)))
        });
        if let Some(promise) = standing {
            let known = &mut promise.pledge;
            if known.told.iter().all(|told| told.text != what.text) {
                known.told.push(what.clone());
            }
            match (known.status, status) {
                (PledgeStatus::Open | PledgeStatus::Changed, PledgeStatus::Done | PledgeStatus::Dropped) => {
                    known.status = status;
                    known.followed.push(what);
                }
                (PledgeStatus::Open | PledgeStatus::Changed, _)
                    if differ(known.due.as_deref(), due.as_deref()) =>
                {
                    known.status = PledgeStatus::Changed;
                    known.due = due;
                    known.followed.push(what);
                    promise.standing = day(document);
                }
                _ => {}
            }
            continue;
        }
        if let Some(known) = known.and_then(|at| promises.get_mut(at)) {
            known.until = known.until.or(day(document));
        }
        let pledge = Pledge {
            by: commitment.by.clone(),
            parties: parties.iter().cloned().collect(),
            told: vec![what.clone()],
            what,
            due,
            status,
            plan,
            speaker,
            followed: Vec::new(),
        };
        promised.add(matter.clone());
        promises.push(Promise { pledge, parties, matter, standing: day(document), until: None });
    }
    let mut pledges: Vec<Pledge> = Vec::new();
    // What was promised as an event that was announced is told once, as that.
    let mut of_plans: HashMap<usize, Pledge> = HashMap::new();
    for mut promise in promises {
        // What became of an event that was announced, its reports tell.
        let is_open = matches!(promise.pledge.status, PledgeStatus::Open | PledgeStatus::Changed);
        if is_open && promise.pledge.plan.is_none() {
            let treating = reported.treating(&promise.matter, words);
            follow(&mut promise, &published, treating.into_iter().filter_map(|at| outcomes.get(at)));
        }
        match promise.pledge.plan.take() {
            Some(plan) => {
                of_plans.entry(plan).or_insert(promise.pledge);
            }
            None => pledges.push(promise.pledge),
        }
    }
    pledges.sort_by_key(|pledge| pledge.what.document);
    for (index, event) in events.iter().enumerate() {
        let Some(mut plan) = plan(index, event, &published) else { continue };
        if let Some(promise) = of_plans.remove(&index) {
            // The words by which it was promised tell it best.
            plan.told.insert(0, std::mem::replace(&mut plan.what, promise.what));
            plan.told.extend(promise.told);
            plan.speaker = plan.speaker.or(promise.speaker);
            if plan.status != PledgeStatus::Done && promise.status != PledgeStatus::Open {
                plan.status = promise.status;
                plan.followed.extend(promise.followed);
                if promise.status == PledgeStatus::Changed {
                    plan.due = promise.due.or(plan.due);
                }
            }
        }
        pledges.push(plan);
    }
    pledges
}

fn is_part(some: &[String], all: &[String]) -> bool {
    some.iter().all(|code| all.contains(code))
}

/// First day of a date, as days since 1970-01-01.
fn first_day(date: Option<Edtf>) -> Option<i32> {
    Some(date?.day_numbers()?.0)
}

/// Whether a date was over before the day on which it was told.
fn is_past(date: &str, told: Option<Edtf>) -> bool {
    let last = date.parse::<Edtf>().ok().and_then(|date| date.latest());
    matches!((last, told.and_then(|told| told.earliest())), (Some(last), Some(told)) if last < told)
}

fn differ(a: Option<&str>, b: Option<&str>) -> bool {
    let read = |date: Option<&str>| date.and_then(|date| date.parse::<Edtf>().ok());
    matches!((read(a), read(b)), (Some(a), Some(b)) if !a.overlaps(&b))
}

/// Looks among reports of its matter for a later one that the promise was kept or given up, before another such promise
/// was made.
fn follow<'a>(
    promise: &mut Promise,
    published: &[Option<Edtf>],
    outcomes: impl Iterator<Item = &'a Outcome<'a>>,
) {
    let day = |document: usize| published.get(document).copied().flatten();
    let document = promise.pledge.what.document;
    let (made, until) = (promise.standing, promise.until);
    let after = |day: Option<Edtf>| made.zip(first_day(day)).is_some_and(|(made, day)| day > made);
    let before = |day: Option<Edtf>| until.zip(first_day(day)).is_none_or(|(until, day)| day < until);
    let mut last: Option<(usize, usize)> = None;
    let mut done = false;
    for outcome in outcomes {
        let event = outcome.event.1;
        let theirs = event.parties();
        let report = (outcome.event.0, outcome.document);
        let pledge = &mut promise.pledge;
        // Between those whom the promise names, or by nobody else.
        let named = theirs.iter().filter(|code| promise.parties.contains(**code)).count();
        let to_them = promise.parties.len() < 2 || named >= 2 || named == theirs.len();
        if outcome.document == document
            || last == Some(report)
            || !pledge.by.iter().any(|code| event.source.contains(code))
            || !to_them
            || !after(day(outcome.document)) && !after(outcome.date)
            || !before(outcome.date.or(day(outcome.document)))
        {
            continue;
        }
        last = Some(report);
        pledge.followed.push(outcome.passage.clone());
        if !done {
            pledge.status = outcome.status;
            done = outcome.status == PledgeStatus::Done;
        }
    }
}

/// An event that was announced, with what came of it.
fn plan(index: usize, event: &JoinedEvent, published: &[Option<Edtf>]) -> Option<Pledge> {
    let is_plan = |report: &&Report| {
        let told = published.get(report.document).copied().flatten();
        report.status == Status::Scheduled && !report.date.as_deref().is_some_and(|date| is_past(date, told))
    };
    let planned: Vec<_> = event.reports.iter().filter(is_plan).collect();
    let first = planned.first()?;
    let what = first.passages.first()?.clone();
    let put_off = event.reports.iter().filter(|report| report.status == Status::Denied && report.put_off);
    let told = planned.iter().copied().chain(put_off);
    let dates: Vec<&str> = told.filter_map(|report| report.date.as_deref()).collect();
    let moved_on = dates.iter().any(|&date| differ(dates.first().copied(), Some(date)));
    let happened = event
        .reports
        .iter()
        .filter(|report| matches!(report.status, Status::Occurred | Status::Ongoing))
        // One may protest against an exercise that is yet to come.
        .filter(|report| !report.blamed || report.date.is_some())
        .collect::<Vec<_>>();
    let denied: Vec<_> = event.reports.iter().filter(|report| report.status == Status::Denied).collect();
    let (put_off, off): (Vec<&Report>, Vec<&Report>) = denied.into_iter().partition(|report| report.put_off);
    let (status, followed) = if !happened.is_empty() {
        (PledgeStatus::Done, happened)
    } else if !off.is_empty() {
        (PledgeStatus::Dropped, off)
    } else if !put_off.is_empty() {
        let moved = planned.iter().skip(1).copied();
        (PledgeStatus::Changed, put_off.into_iter().chain(moved.filter(|_| moved_on)).collect())
    } else if moved_on {
        (PledgeStatus::Changed, planned.iter().skip(1).copied().collect())
    } else {
        (PledgeStatus::Open, Vec::new())
    };
    let parties: Vec<String> = event.parties().into_iter().map(str::to_owned).collect();
    Some(Pledge {
        by: parties.clone(),
        parties,
        told: planned.iter().filter_map(|report| report.passages.first().cloned()).collect(),
        what,
        due: if moved_on { dates.last() } else { dates.first() }.map(|date| (*date).to_owned()),
        status,
        plan: Some(index),
        speaker: first.attributed_actor,
        followed: followed.into_iter().filter_map(|report| report.passages.first().cloned()).collect(),
    })
}
