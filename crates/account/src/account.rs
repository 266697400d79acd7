//! The account: everything that many records say, once.

use crate::actor::{Actor, Actors};
use crate::conflict::{self, Conflict, ConflictKind};
use crate::digest::{Digest, Facts};
use crate::figure::{self, FigureSeries};
use crate::join::{self, Cluster, Forced, Member};
use crate::joined::{self, JoinedEvent, NearPair, Told};
use crate::line::EventLine;
use crate::origin::{self, Origin, Signature, Voices};
use crate::pledge::{self, Pledge};
use crate::position::{self, Issue};
use crate::traits::{Lookup, Why};
use crate::words::Words;
use entente_base::edtf::Edtf;
use entente_base::record::Record;
use serde::Serialize;
use std::collections::BTreeSet;

/// What the records of many documents say together. Immutable, so threads may share it.
#[derive(Debug, Serialize)]
pub struct Account {
    #[serde(skip)]
    digests: Vec<Digest>,
    #[serde(skip)]
    voices: Voices,
    #[serde(skip)]
    lookup: Actors,
    /// Identifiers of the documents; indices of documents point here.
    documents: Vec<String>,
    origins: Vec<Origin>,
    actors: Vec<Actor>,
    events: Vec<JoinedEvent>,
    figures: Vec<FigureSeries>,
    positions: Vec<Issue>,
    pledges: Vec<Pledge>,
    conflicts: Vec<Conflict>,
}

/// An event of a document: the number of the document, and the place of the event in its digest.
pub type EventPlace = (usize, usize);

/// Digests of documents, with what was found before of how they hang together.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The digests, each with the keys of its document's origins, and whether the document has a near copy.
    pub documents: Vec<(Digest, BTreeSet<String>, bool)>,
    /// Events that are one, and why. What stands in none of these is left out.
    pub clusters: Vec<(Vec<EventPlace>, Vec<Why>)>,
    /// Pairs of events that may be one after all, but for one thing.
    pub near: Vec<(ConflictKind, EventPlace, EventPlace)>,
}

impl Account {
    /// The account of some records, with the words compiled in.
    pub fn new(records: Vec<Record>) -> Self {
        Self::with_words(records, Words::built_in())
    }

    /// The account of some records. A record that comes twice counts once.
    pub fn with_words(mut records: Vec<Record>, words: &Words) -> Self {
        records.sort_by(|a, b| {
            let (x, y) = (&a.document, &b.document);
            (x.id.cmp(&y.id))
                .then_with(|| x.text.cmp(&y.text))
                .then_with(|| x.published.cmp(&y.published))
                .then_with(|| format!("{a:?}").cmp(&format!("{b:?}")))
        });
        records.dedup();
        let digests: Vec<Digest> = records.iter().map(|record| Digest::new(record, words)).collect();
        let signatures: Vec<Option<Signature>> =
            records.iter().map(|record| Signature::new(&record.document.text)).collect();
        drop(records);
        let voices = origin::heard(&digests, &signatures, words);

        let mut places: Vec<EventPlace> = digests
            .iter()
            .enumerate()
            .flat_map(|(document, digest)| (0..digest.events.len()).map(move |event| (document, event)))
            .collect();
        // In an order that does not change when documents are added.
        places.sort_by_key(|&(document, event)| {
            digests.get(document).and_then(|digest| digest.events.get(event)).map(|event| &event.uid)
        });
        let members: Vec<Member<'_>> = places
            .iter()
            .filter_map(|&(document, event)| {
                let traits = digests.get(document)?.traits.get(event)?;
                Some(Member { document, traits })
            })
            .collect();
        let lookups: Vec<Lookup> = members.iter().map(|member| member.traits.lookup(words)).collect();
        let joined = join::join(&members, &join::candidates(&members, &lookups), &Forced::default(), words);
        let place = |index: usize| places.get(index).copied().unwrap_or_default();
        let clusters = joined
            .clusters
            .into_iter()
            .map(|Cluster { members, why }| (members.into_iter().map(place).collect(), why))
            .collect();
        let near = joined.near.into_iter().map(|(kind, a, b)| (kind, place(a), place(b))).collect();
        let documents = digests.into_iter().zip(voices).map(|(digest, (keys, copy))| (digest, keys, copy));
        Self::given(Given { documents: documents.collect(), clusters, near }, words)
    }

    /// The account of documents of which it is known how they hang together.
    pub fn given(given: Given, words: &Words) -> Self {
        let mut digests = Vec::with_capacity(given.documents.len());
        let mut heard = Vec::with_capacity(given.documents.len());
        for (digest, keys, copy) in given.documents {
            digests.push(digest);
            heard.push((keys, copy));
        }
        let voices = Voices::new(&digests, heard, words);
        let lookup = Actors::new(&digests, words);
        let independent =
            |documents: &[usize]| voices.independent(documents.iter().map(|&document| (document, None)));

        // The event that each event of a document is part of.
        let mut part: Vec<Vec<Option<usize>>> =
            digests.iter().map(|digest| vec![None; digest.events.len()]).collect();
        let mut events: Vec<JoinedEvent> = Vec::new();
        for (members, why) in given.clusters {
            let made = merge(&members, why, &digests, &lookup, &voices, words);
            let Some(event) = made else { continue };
            for (document, at) in members {
                if let Some(slot) = part.get_mut(document).and_then(|events| events.get_mut(at)) {
                    *slot = Some(events.len());
                }
            }
            events.push(event);
        }
        let order = time_order(&events, &digests);
        let mut rank: Vec<usize> = vec![0; order.len()];
        for (place, &index) in order.iter().enumerate() {
            if let Some(slot) = rank.get_mut(index) {
                *slot = place;
            }
        }
        let events: Vec<JoinedEvent> = order.iter().filter_map(|&index| events.get(index).cloned()).collect();
        let of = |(document, at): EventPlace| {
            let index = part.get(document)?.get(at).copied().flatten()?;
            rank.get(index).copied()
        };
        let mut near: Vec<NearPair> = Vec::new();
        let mut seen = BTreeSet::new();
        for (kind, one, other) in given.near {
            let (Some(a), Some(b)) = (of(one), of(other)) else { continue };
            let events = (a.min(b), a.max(b));
            if a != b && seen.insert(events) {
                near.push(NearPair { kind, events });
            }
        }
        near.sort_by_key(|pair| pair.events);

        let figures = figure::series(&digests, words, &independent);
        let conflicts = conflict::conflicts(
            &conflict::Material { digests: &digests, words, actors: &lookup.list, independent: &independent },
            &events,
            &near,
            &figures,
        );
        let who = pledge::Who {
            actor: &|document, id| lookup.of(document, id),
            vouches: &|actor, named| {
                lookup.list.get(actor).is_none_or(|actor| pledge::vouches(actor, named, words))
            },
        };
        let pledges = pledge::pledges(&digests, &events, &who, words);
        Self {
            documents: digests.iter().map(|digest| digest.document.id.clone()).collect(),
            origins: voices.groups.clone(),
            actors: lookup.list.clone(),
            positions: position::issues(&digests),
            events,
            figures,
            pledges,
            conflicts,
            digests,
            voices,
            lookup,
        }
    }

    /// The digests of the documents, by identifier.
    pub fn digests(&self) -> &[Digest] {
        &self.digests
    }

    /// What is known of a document.
    pub fn document(&self, index: usize) -> Option<&Facts> {
        self.digests.get(index).map(|digest| &digest.document)
    }

    /// Groups of documents that are one voice each.
    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// Everyone named, across documents.
    pub fn actors(&self) -> &[Actor] {
        &self.actors
    }

    /// Events in the order of time; those without a date last.
    pub fn events(&self) -> &[JoinedEvent] {
        &self.events
    }

    /// Figures in series.
    pub fn figures(&self) -> &[FigureSeries] {
        &self.figures
    }

    /// Issues and who stands where.
    pub fn positions(&self) -> &[Issue] {
        &self.positions
    }

    /// Promises and plans.
    pub fn pledges(&self) -> &[Pledge] {
        &self.pledges
    }

    /// Disagreements between documents.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// The actor that an entity of a document is: an index into [`Account::actors`].
    pub fn actor_of(&self, document: usize, entity: &str) -> Option<usize> {
        self.lookup.of(document, entity)
    }

    /// Number of these documents of which no two share an origin.
    pub fn independent_origins(&self, documents: impl IntoIterator<Item = usize>) -> usize {
        self.voices.independent(documents.into_iter().map(|document| (document, None)))
    }
}

/// One event of what documents report.
fn merge(
    members: &[EventPlace],
    why: Vec<Why>,
    digests: &[Digest],
    actors: &Actors,
    voices: &Voices,
    words: &Words,
) -> Option<JoinedEvent> {
    let told = |&(document, event): &EventPlace| {
        let digest = digests.get(document)?;
        let published = digest.document.published.as_deref();
        Some(Told { document, published, digest: digest.events.get(event)? })
    };
    let mut event = joined::merge(members.iter().filter_map(told).collect(), why, actors, words)?;
    let reports = event.reports.iter().map(|report| (report.document, report.through.as_deref()));
    event.origins = voices.independent(reports);
    Some(event)
}

/// A line for each event given, in their order. Each is made of what its own reports say and name, so that it does not
/// depend on what else is given.
pub fn event_lines(given: Given, words: &Words) -> Vec<EventLine> {
    let line = |(members, why): (Vec<EventPlace>, Vec<Why>)| {
        let mut digests = Vec::new();
        let mut heard = Vec::new();
        for &(document, event) in &members {
            let (digest, keys, copy) = given.documents.get(document)?;
            let event = digest.events.get(event)?;
            let named = || event.event.participants.iter().chain(&event.event.attributed_to);
            digests.push(Digest {
                document: digest.document.clone(),
                entities: named().filter_map(|id| digest.entity(id).cloned()).collect(),
                events: vec![event.clone()],
                ..Digest::default()
            });
            heard.push((keys.clone(), *copy));
        }
        let voices = Voices::new(&digests, heard, words);
        let actors = Actors::new(&digests, words);
        let places: Vec<EventPlace> = (0..digests.len()).map(|document| (document, 0)).collect();
        let event = merge(&places, why, &digests, &actors, &voices, words)?;
        EventLine::new(&event, &actors, &digests)
    };
    given.clusters.iter().cloned().filter_map(line).collect()
}

/// Events in the order of time. What has no year comes last, by the publication of its first report.
fn time_order(events: &[JoinedEvent], digests: &[Digest]) -> Vec<usize> {
    const LAST: (i16, i16, i16, i16) = (i16::MAX, i16::MAX, i16::MAX, i16::MAX);
    let mut order: Vec<usize> = (0..events.len()).collect();
    let key = |index: &usize| {
        let event = events.get(*index);
        let date = event.and_then(JoinedEvent::edtf).map_or(LAST, |date| date.order_key());
        let report = event.and_then(|event| event.reports.first());
        let document = report.map_or(usize::MAX, |report| report.document);
        let published: Option<Edtf> = digests
            .get(document)
            .and_then(|digest| digest.document.published.as_deref())
            .and_then(|date| date.parse().ok());
        let start = report.and_then(|report| report.passages.iter().map(|passage| passage.span.start).min());
        (date, published.map_or(LAST, |date| date.order_key()), document, start)
    };
    order.sort_by_cached_key(key);
    order
}
