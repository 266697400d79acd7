//! Pledges and plans, followed to what later documents report.

use crate::digest::{CommitmentDigest, Digest};
use crate::joined::JoinedEvent;
use crate::passage::Passage;
use crate::traits::pair;
use entente_base::Span;
use entente_base::chars::{is_alphanumeric, is_numeric};
use entente_base::edtf::Edtf;
use entente_base::record::{CommitmentStatus, Status};
use serde::Serialize;
use std::collections::HashMap;

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
    fn treating(&self, matter: &[u64]) -> Vec<usize> {
        let most = matter.len() - (matter.len() as f64 * SAME_MATTER).ceil() as usize + 1;
        let holders = |pair: &u64| self.holders.get(pair).map_or(&[][..], Vec::as_slice);
        let mut rarest: Vec<&u64> = matter.iter().collect();
        rarest.sort_by_key(|&pair| (holders(pair).len(), *pair));
        let mut found: Vec<usize> =
            rarest.into_iter().take(most).flat_map(|pair| holders(pair).iter().copied()).collect();
        found.sort_unstable();
        found.dedup();
        found.retain(|&text| self.texts.get(text).is_some_and(|text| treats(matter, text)));
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

/// All pledges and plans, plans after promises, each in the order of documents.
pub(crate) fn pledges(
    digests: &[Digest],
    events: &[JoinedEvent],
    actor: &dyn Fn(usize, &str) -> Option<usize>,
) -> Vec<Pledge> {
    let published: Vec<Option<Edtf>> = digests
        .iter()
        .map(|digest| digest.document.published.as_deref().and_then(|date| date.parse().ok()))
        .collect();
    let mut plans: HashMap<usize, Vec<Span>> = HashMap::new();
    let mut outcomes: Vec<Outcome<'_>> = Vec::new();
    let mut reported = Matters::default();
    for event in events.iter().enumerate() {
        let planned = event.1.was_planned();
        for report in &event.1.reports {
            if planned {
                let spans = report.passages.iter().map(|passage| passage.span);
                plans.entry(report.document).or_default().extend(spans);
            }
            let status = match report.status {
                Status::Occurred | Status::Ongoing => PledgeStatus::Done,
                Status::Denied => PledgeStatus::Dropped,
                _ => continue,
            };
            let date = report.date.as_deref().and_then(|date| date.parse().ok());
            for passage in &report.passages {
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
    let day = |document: usize| published.get(document).copied().flatten().and_then(|date| date.earliest());
    told.sort_by_key(|&(document, _)| day(document));
    let mut pledges: Vec<Pledge> = Vec::new();
    let mut promised = Matters::default();
    for (document, CommitmentDigest { commitment, quote }) in told {
        let what = quote.passage(document);
        let is_plan =
            plans.get(&document).is_some_and(|spans| spans.iter().any(|span| span.overlaps(commitment.what)));
        let status = match commitment.status {
            CommitmentStatus::Open => PledgeStatus::Open,
            CommitmentStatus::Done => PledgeStatus::Done,
            CommitmentStatus::Dropped => PledgeStatus::Dropped,
        };
        if is_plan && status == PledgeStatus::Open {
            continue;
        }
        let matter = pairs(&what.text);
        let known = promised.treating(&matter).into_iter().find(|&at| {
            let (Some(known), Some(text)) = (pledges.get(at), promised.texts.get(at)) else { return false };
            let ends = status != PledgeStatus::Open;
            // One of those who promised together may give it up or put it off.
            let one_of = is_part(&commitment.by, &known.by) || is_part(&known.by, &commitment.by);
            let moves = ends || differ(known.due.as_deref(), commitment.due.as_deref());
            (known.by == commitment.by || one_of && moves) && treats(text, &matter)
        });
        if let Some(known) = known.and_then(|at| pledges.get_mut(at)) {
            if known.told.iter().all(|told| told.text != what.text) {
                known.told.push(what.clone());
            }
            match (known.status, status) {
                (PledgeStatus::Open | PledgeStatus::Changed, PledgeStatus::Done | PledgeStatus::Dropped) => {
                    known.status = status;
                    known.followed.push(what);
                }
                _ if differ(known.due.as_deref(), commitment.due.as_deref()) => {
                    known.status = PledgeStatus::Changed;
                    known.due.clone_from(&commitment.due);
                    known.followed.push(what);
                }
                _ => {}
            }
            continue;
        }
        let mut pledge = Pledge {
            by: commitment.by.clone(),
            told: vec![what.clone()],
            what,
            due: commitment.due.clone(),
            status,
            plan: None,
            speaker: commitment.speaker.as_deref().and_then(|id| actor(document, id)),
            followed: Vec::new(),
        };
        if pledge.status == PledgeStatus::Open {
            let treating = reported.treating(&matter);
            let outcomes = treating.into_iter().filter_map(|at| outcomes.get(at));
            follow(&mut pledge, document, &published, outcomes);
        }
        promised.add(matter);
        pledges.push(pledge);
    }
    pledges.sort_by_key(|pledge| pledge.what.document);
    for (index, event) in events.iter().enumerate() {
        pledges.extend(plan(index, event));
    }
    pledges
}

fn is_part(some: &[String], all: &[String]) -> bool {
    some.iter().all(|code| all.contains(code))
}

fn differ(a: Option<&str>, b: Option<&str>) -> bool {
    let read = |date: Option<&str>| date.and_then(|date| date.parse::<Edtf>().ok());
    matches!((read(a), read(b)), (Some(a), Some(b)) if !a.overlaps(&b))
}

/// Looks among reports of its matter for a later one that the promise was kept or given up.
fn follow<'a>(
    pledge: &mut Pledge,
    document: usize,
    published: &[Option<Edtf>],
    outcomes: impl Iterator<Item = &'a Outcome<'a>>,
) {
    let day = |document: usize| published.get(document).copied().flatten();
    let made = day(document).and_then(|date| date.latest());
    let after = |day: Option<Edtf>| {
        made.zip(day.and_then(|day| day.earliest())).is_some_and(|(made, day)| day > made)
    };
    let mut last: Option<(usize, usize)> = None;
    for outcome in outcomes {
        let theirs = outcome.event.1.parties();
        let report = (outcome.event.0, outcome.document);
        if outcome.document == document
            || last == Some(report)
            || !pledge.by.iter().any(|code| theirs.contains(code.as_str()))
            || !after(day(outcome.document)) && !after(outcome.date)
        {
            continue;
        }
        last = Some(report);
        pledge.followed.push(outcome.passage.clone());
        if pledge.status != PledgeStatus::Done {
            pledge.status = outcome.status;
        }
    }
}

/// An event that was announced, with what came of it.
fn plan(index: usize, event: &JoinedEvent) -> Option<Pledge> {
    let planned: Vec<_> = event.reports.iter().filter(|report| report.status == Status::Scheduled).collect();
    let first = planned.first()?;
    let what = first.passages.first()?.clone();
    let dates: Vec<&str> = planned.iter().filter_map(|report| report.date.as_deref()).collect();
    let moved = dates.iter().any(|&date| differ(dates.first().copied(), Some(date)));
    let happened = event
        .reports
        .iter()
        .filter(|report| matches!(report.status, Status::Occurred | Status::Ongoing))
        .collect::<Vec<_>>();
    let denied = event.reports.iter().filter(|report| report.status == Status::Denied).collect::<Vec<_>>();
    let (status, followed) = if !happened.is_empty() {
        (PledgeStatus::Done, happened)
    } else if !denied.is_empty() {
        (PledgeStatus::Dropped, denied)
    } else if moved {
        (PledgeStatus::Changed, planned.iter().skip(1).copied().collect())
    } else {
        (PledgeStatus::Open, Vec::new())
    };
    Some(Pledge {
        by: event.parties().into_iter().map(str::to_owned).collect(),
        told: planned.iter().filter_map(|report| report.passages.first().cloned()).collect(),
        what,
        due: if moved { dates.last() } else { dates.first() }.map(|date| (*date).to_owned()),
        status,
        plan: Some(index),
        speaker: first.attributed_actor,
        followed: followed.into_iter().filter_map(|report| report.passages.first().cloned()).collect(),
    })
}
