//! Pledges and plans, followed to what later documents report.

use crate::digest::{CommitmentDigest, Digest};
use crate::joined::JoinedEvent;
use crate::passage::Passage;
use entente_base::Span;
use entente_base::edtf::Edtf;
use entente_base::record::{CommitmentStatus, Status};
use serde::Serialize;
use std::collections::BTreeSet;

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

/// Pairs of content characters of a text.
fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let mut pairs = BTreeSet::new();
    let mut last: Option<char> = None;
    for c in text.chars() {
        let content = (c.is_alphanumeric() && !matches!(c, '\u{3041}'..='\u{309f}')).then_some(c);
        if let (Some(a), Some(b)) = (last, content) {
            pairs.insert((a, b));
        }
        last = content;
    }
    pairs
}

/// Whether the second text treats the matter of the first.
pub(crate) fn covers(matter: &str, text: &str) -> bool {
    share(matter, text) >= SAME_MATTER
}

/// Share of the pairs of characters of the first text that the second has too.
pub(crate) fn share(matter: &str, text: &str) -> f64 {
    let (mine, theirs) = (pairs(matter), pairs(text));
    if mine.len() < 3 {
        return 0.0;
    }
    mine.intersection(&theirs).count() as f64 / mine.len() as f64
}

/// All pledges and plans, plans after promises, each in the order of documents.
pub(crate) fn pledges(
    digests: &[Digest],
    events: &[JoinedEvent],
    actor: &dyn Fn(usize, &str) -> Option<usize>,
) -> Vec<Pledge> {
    let mut pledges: Vec<Pledge> = Vec::new();
    for (document, digest) in digests.iter().enumerate() {
        for CommitmentDigest { commitment, quote } in &digest.commitments {
            let what = quote.passage(document);
            let is_plan = events
                .iter()
                .any(|event| event.was_planned() && reports_within(event, document, commitment.what));
            if is_plan {
                continue;
            }
            let status = match commitment.status {
                CommitmentStatus::Open => PledgeStatus::Open,
                CommitmentStatus::Done => PledgeStatus::Done,
                CommitmentStatus::Dropped => PledgeStatus::Dropped,
            };
            let same = pledges.iter_mut().find(|known| {
                known.by == commitment.by
                    && (covers(&known.what.text, &what.text) && covers(&what.text, &known.what.text))
            });
            if let Some(known) = same {
                if known.told.iter().all(|told| told.text != what.text) {
                    known.told.push(what.clone());
                }
                match (known.status, status) {
                    (PledgeStatus::Open, PledgeStatus::Done | PledgeStatus::Dropped) => {
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
                follow(&mut pledge, document, digests, events);
            }
            pledges.push(pledge);
        }
    }
    for (index, event) in events.iter().enumerate() {
        pledges.extend(plan(index, event));
    }
    pledges
}

fn reports_within(event: &JoinedEvent, document: usize, span: Span) -> bool {
    event
        .reports
        .iter()
        .filter(|report| report.document == document)
        .flat_map(|report| &report.passages)
        .any(|passage| passage.span.overlaps(span))
}

fn differ(a: Option<&str>, b: Option<&str>) -> bool {
    let read = |date: Option<&str>| date.and_then(|date| date.parse::<Edtf>().ok());
    matches!((read(a), read(b)), (Some(a), Some(b)) if !a.overlaps(&b))
}

/// Looks for a later report that the promise was kept.
fn follow(pledge: &mut Pledge, document: usize, digests: &[Digest], events: &[JoinedEvent]) {
    let published = |document: usize| -> Option<Edtf> {
        digests.get(document)?.document.published.as_deref()?.parse().ok()
    };
    let made = published(document).and_then(|date| date.latest());
    let by: BTreeSet<&str> = pledge.by.iter().map(String::as_str).collect();
    for event in events {
        if by.is_disjoint(&event.parties()) {
            continue;
        }
        for report in event.reports.iter().filter(|report| report.document != document) {
            let later = published(report.document).and_then(|date| date.earliest());
            let happened = report.date.as_deref().and_then(|date| date.parse::<Edtf>().ok());
            let after = |day| made.zip(day).is_some_and(|(made, day)| day > made);
            if !after(later) && !after(happened.and_then(|date| date.earliest())) {
                continue;
            }
            let Some(passage) =
                report.passages.iter().find(|passage| covers(&pledge.what.text, &passage.text))
            else {
                continue;
            };
            let status = match report.status {
                Status::Occurred | Status::Ongoing => PledgeStatus::Done,
                Status::Denied => PledgeStatus::Dropped,
                _ => continue,
            };
            pledge.followed.push(passage.clone());
            if pledge.status != PledgeStatus::Done {
                pledge.status = status;
            }
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
