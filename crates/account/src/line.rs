//! An event in one line, as lists of events show it.

use crate::actor::Actors;
use crate::digest::Digest;
use crate::joined::{JoinedEvent, Report};
use crate::traits::Why;
use entente_base::Span;
use entente_base::record::{EventType, Status};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A name in the language of the texts, and in English where known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Name {
    /// Name in the language of the texts.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
}

/// An event in one line: what a list of events shows of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventLine {
    /// Lasting identifier.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Refinement of the type.
    pub mode: Option<String>,
    /// Closest CAMEO code.
    pub cameo: String,
    /// Goldstein value of that code, -10 to +10.
    pub goldstein: f64,
    /// Who did it.
    pub source: Vec<String>,
    /// Who received it.
    pub target: Vec<String>,
    /// Persons and bodies who took part.
    pub participants: Vec<Name>,
    /// Status by all documents together.
    pub status: Status,
    /// EDTF date.
    pub date: Option<String>,
    /// Date of publication of the first document that reports it.
    pub published: Option<String>,
    /// Place.
    pub place: Option<String>,
    /// Domains, the chief one first.
    pub domains: Vec<String>,
    /// Highest rank of a participant: 3 head of state or government, 2 minister, 1 official.
    pub level: u8,
    /// Number of documents that report it.
    pub documents: usize,
    /// Number of those that share no origin.
    pub origins: usize,
    /// Whether documents announced it before it was reported done.
    pub was_planned: bool,
    /// Why reports were taken for one event.
    pub why: Vec<Why>,
    /// The words of the document that tells it best.
    pub text: String,
    /// Identifier of that document.
    pub document: String,
    /// Where the words stand in it.
    pub span: Span,
}

impl EventLine {
    pub(crate) fn new(event: &JoinedEvent, actors: &Actors, digests: &[Digest]) -> Option<Self> {
        let report = event.best_report()?;
        let passage = report.passages.first()?;
        let facts = |report: &Report| digests.get(report.document).map(|digest| &digest.document);
        let participants = event.participants.iter().filter_map(|&actor| actors.list.get(actor));
        Some(Self {
            id: event.id.clone(),
            kind: event.kind,
            mode: event.mode.clone(),
            cameo: event.cameo.clone(),
            goldstein: event.goldstein,
            source: event.source.clone(),
            target: event.target.clone(),
            participants: participants
                .map(|actor| Name { name: actor.name.clone(), name_en: actor.name_en.clone() })
                .collect(),
            status: event.status,
            date: event.date.clone(),
            published: event.reports.iter().find_map(|report| facts(report)?.published.clone()),
            place: event.place.clone(),
            domains: event.domains.clone(),
            level: event.level,
            documents: event.reports.iter().map(|report| report.document).collect::<BTreeSet<_>>().len(),
            origins: event.origins,
            was_planned: event.was_planned() && !matches!(event.status, Status::Scheduled | Status::Proposed),
            why: if event.reports.len() > 1 { event.why.clone() } else { Vec::new() },
            text: passage.text.clone(),
            document: facts(report)?.id.clone(),
            span: passage.span,
        })
    }

    /// Everyone who did or received it, sorted.
    pub fn parties(&self) -> BTreeSet<&str> {
        self.source.iter().chain(&self.target).map(String::as_str).collect()
    }
}
