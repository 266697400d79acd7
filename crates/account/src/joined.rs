//! An event as all documents together report it.

use crate::actor::Actors;
use crate::conflict::ConflictKind;
use crate::digest::{EventDigest, Quote};
use crate::figure::Quantity;
use crate::passage::Passage;
use crate::traits::Why;
use crate::words::Words;
use entente_base::edtf::Edtf;
use entente_base::record::{EventType, Figure, Status};
use serde::Serialize;
use std::collections::BTreeSet;

/// One document's report of an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Index of the document.
    pub document: usize,
    /// Identifier of the event within its record.
    pub event: String,
    /// Identifier of this report, which lasts.
    pub uid: String,
    /// Status by this document.
    pub status: Status,
    /// Date as this document gives it.
    pub date: Option<String>,
    /// Place as this document gives it.
    pub place: Option<String>,
    /// Whether its words put it off to another time.
    pub put_off: bool,
    /// Whether it is told as of some earlier time, without its day.
    pub earlier: bool,
    /// Whether it is only named in words against it.
    pub blamed: bool,
    /// Names of places below a state in its words.
    pub cities: BTreeSet<String>,
    /// Entity or agency on whose word the document rests it, by name.
    pub attributed_to: Option<String>,
    /// The same as an actor, where it is one.
    pub attributed_actor: Option<usize>,
    /// Key of the agency on whose word it rests, where that is one.
    pub through: Option<String>,
    /// Words that report it, best first.
    pub passages: Vec<Passage>,
    /// The record's figures that stand in those words, with their place in the record.
    pub figures: Vec<(usize, Figure)>,
    /// The whole sentence of the first passage, where that breaks off and the sentence can be read alone.
    pub whole: Option<Passage>,
}

/// An event as all documents together report it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JoinedEvent {
    /// Identifier: the first, in the order of letters, of those of its reports. Those of the others mean it as well.
    pub id: String,
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

    /// The report whose words tell best, of those that have its status.
    pub(crate) fn best_report(&self) -> Option<&Report> {
        let score = |report: &Report| {
            // What was done is not told in the words of its plan.
            let same = if report.status == self.status { 4.0 } else { 0.0 };
            let precise = if report.date == self.date { 0.5 } else { 0.0 };
            same + precise + report.passages.first().map_or(-9.0, |passage| readable(&passage.text))
        };
        let mut best: Option<(f64, &Report)> = None;
        for report in &self.reports {
            let score = score(report);
            if best.is_none_or(|(known, _)| score > known) {
                best = Some((score, report));
            }
        }
        best.map(|(_, report)| report)
    }
}

/// How well words stand alone.
pub(crate) fn readable(text: &str) -> f64 {
    let mut score = 0.0;
    if text.ends_with('。') {
        score += 2.0;
    }
    if !text.starts_with('…') {
        score += 1.5;
    }
    if text.ends_with('…') {
        score -= 0.5;
    }
    if text.chars().any(char::is_numeric) {
        score += 0.5;
    }
    if text.chars().count() < 18 {
        score -= 1.5;
    }
    score
}

/// Two events that may be one but for a date or the participants.
pub(crate) struct NearPair {
    pub(crate) kind: ConflictKind,
    pub(crate) events: (usize, usize),
}

/// An event of one document.
#[derive(Clone, Copy)]
pub(crate) struct Told<'a> {
    pub(crate) document: usize,
    pub(crate) published: Option<&'a str>,
    pub(crate) digest: &'a EventDigest,
}

impl Told<'_> {
    fn published(&self) -> Option<Edtf> {
        self.published.and_then(|date| date.parse().ok())
    }

    fn date(&self) -> Option<Edtf> {
        self.digest.event.date.as_deref().and_then(|date| date.parse().ok())
    }

    fn parties(&self) -> BTreeSet<&String> {
        self.digest.event.source.iter().chain(&self.digest.event.target).collect()
    }
}

/// Makes one event of what several documents report. The group is not empty.
pub(crate) fn merge(
    mut group: Vec<Told<'_>>,
    why: Vec<Why>,
    actors: &Actors,
    words: &Words,
) -> Option<JoinedEvent> {
    group.sort_by_cached_key(|told| {
        let published = told.published().map_or((i16::MAX, 0, 0, 0), |date| date.order_key());
        (published, told.document)
    });
    let first = *group.first()?;
    let mut participants: Vec<usize> = Vec::new();
    let mut domains: Vec<String> = Vec::new();
    for told in &group {
        let event = &told.digest.event;
        for actor in event.participants.iter().filter_map(|id| actors.of(told.document, id)) {
            if !participants.contains(&actor) {
                participants.push(actor);
            }
        }
        for domain in &event.domains {
            if !domains.contains(domain) {
                domains.push(domain.clone());
            }
        }
    }
    let most = group.iter().map(|told| told.parties().len()).max();
    let widest = group.iter().find(|told| Some(told.parties().len()) == most).unwrap_or(&first);
    let years: BTreeSet<i16> = group.iter().filter_map(|told| told.date()?.year()).collect();
    let best_date = group
        .iter()
        .filter_map(|told| told.date().map(|date| (date, told.digest.event.date.clone())))
        .reduce(|best, next| if next.0.is_more_precise_than(&best.0) { next } else { best });
    let known = participants.iter().filter_map(|&actor| actors.list.get(actor));
    Some(JoinedEvent {
        id: group.iter().map(|told| told.digest.uid.clone()).min().unwrap_or_default(),
        kind: first.digest.event.kind,
        mode: group.iter().find_map(|told| told.digest.event.mode.clone()),
        cameo: first.digest.event.cameo.clone(),
        goldstein: first.digest.event.goldstein,
        source: widest.digest.event.source.clone(),
        target: widest.digest.event.target.clone(),
        level: known.map(|actor| actor.level).max().unwrap_or(0),
        participants,
        status: status_of(&group),
        date: best_date.and_then(|(_, date)| date).map(|date| with_year(date, &years)),
        place: group.iter().find_map(|told| told.digest.event.place.clone()),
        domains,
        repeated: first.digest.repeated,
        reports: group.iter().map(|told| report(told, actors, words)).collect(),
        origins: 0,
        why,
    })
}

fn report(told: &Told<'_>, actors: &Actors, words: &Words) -> Report {
    let EventDigest { uid, event, quotes, whole, figures, cities, put_off, earlier, blamed, .. } =
        told.digest;
    let actor = event.attributed_to.as_deref().and_then(|id| actors.of(told.document, id));
    let attributed_to = match actor.and_then(|actor| actors.list.get(actor)) {
        Some(actor) => Some(actor.name.clone()),
        None => event.attributed_to.clone(),
    };
    let agency = attributed_to.as_deref().filter(|name| words.is_origin(name));
    let passage = |quote: &Quote| quote.passage(told.document);
    Report {
        document: told.document,
        event: event.id.clone(),
        uid: uid.clone(),
        status: event.status,
        date: event.date.clone(),
        place: event.place.clone(),
        put_off: *put_off,
        earlier: *earlier,
        blamed: *blamed,
        cities: cities.clone(),
        through: agency.map(|name| words.origin_key(name)),
        attributed_to,
        attributed_actor: actor,
        passages: quotes.iter().map(passage).collect(),
        whole: whole.as_ref().map(passage),
        figures: figures.clone(),
    }
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
fn status_of(group: &[Told<'_>]) -> Status {
    let all = || group.iter().map(|told| told.digest.event.status);
    if all().any(|status| status == Status::Occurred) {
        return Status::Occurred;
    }
    if all().any(|status| status == Status::Ongoing) {
        return Status::Ongoing;
    }
    let dated = group.iter().any(|told| told.published().is_some());
    if dated {
        let known = group.iter().rev().find(|told| told.published().is_some());
        return known.map_or(Status::Scheduled, |told| told.digest.event.status);
    }
    let order = [Status::Denied, Status::Scheduled, Status::Proposed, Status::Hypothetical];
    order.into_iter().find(|wanted| all().any(|status| status == *wanted)).unwrap_or(Status::Hypothetical)
}

/// The figures that a report of an event gives, as quantities.
pub(crate) fn quantities(report: &Report) -> Vec<Quantity<'_>> {
    report.figures.iter().map(|(index, figure)| Quantity::new(report.document, *index, figure)).collect()
}
