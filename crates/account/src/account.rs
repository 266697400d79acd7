//! The account: everything that many records say, once.

use crate::actor::{Actor, Actors};
use crate::conflict::{self, Conflict};
use crate::figure::{self, FigureSeries};
use crate::joined::{self, JoinedEvent};
use crate::origin::{Origin, Voices};
use crate::passage::Text;
use crate::pledge::{self, Pledge};
use crate::position::{self, Issue};
use crate::words::Words;
use entente_base::edtf::Edtf;
use entente_base::record::Record;
use serde::Serialize;

/// What the records of many documents say together. Immutable, so threads may share it.
#[derive(Debug, Serialize)]
pub struct Account {
    /// Records by identifier of their document; indices of documents point here.
    #[serde(skip)]
    records: Vec<Record>,
    #[serde(skip)]
    texts: Vec<Text>,
    #[serde(skip)]
    voices: Voices,
    #[serde(skip)]
    lookup: Actors,
    /// Identifiers of the documents.
    documents: Vec<String>,
    origins: Vec<Origin>,
    actors: Vec<Actor>,
    events: Vec<JoinedEvent>,
    figures: Vec<FigureSeries>,
    positions: Vec<Issue>,
    pledges: Vec<Pledge>,
    conflicts: Vec<Conflict>,
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
        let texts: Vec<Text> = records.iter().map(|record| Text::new(&record.document.text)).collect();
        let voices = Voices::new(&records, &texts, words);
        let lookup = Actors::new(&records, words);
        let independent =
            |documents: &[usize]| voices.independent(documents.iter().map(|&document| (document, None)));

        let material = joined::Material { records: &records, texts: &texts, actors: &lookup, words };
        let (mut events, near) = joined::join(&material);
        for event in &mut events {
            event.origins = voices
                .independent(event.reports.iter().map(|report| (report.document, report.through.as_deref())));
        }
        let order = time_order(&events, &records);
        let rank: Vec<usize> = {
            let mut rank = vec![0; order.len()];
            for (place, &index) in order.iter().enumerate() {
                if let Some(slot) = rank.get_mut(index) {
                    *slot = place;
                }
            }
            rank
        };
        let events: Vec<JoinedEvent> = order.iter().filter_map(|&index| events.get(index).cloned()).collect();
        let mut near: Vec<joined::NearPair> = near
            .into_iter()
            .filter_map(|pair| {
                let (a, b) = (*rank.get(pair.events.0)?, *rank.get(pair.events.1)?);
                Some(joined::NearPair { kind: pair.kind, events: (a.min(b), a.max(b)) })
            })
            .collect();
        near.sort_by_key(|pair| pair.events);

        let figures = figure::series(&records, &texts, words, &independent);
        let conflicts = conflict::conflicts(
            &conflict::Material { records: &records, words, independent: &independent },
            &events,
            &near,
            &figures,
        );
        let actor = |document: usize, id: &str| lookup.of(document, id);
        let pledges = pledge::pledges(&records, &texts, &events, &actor, words);
        let positions = position::issues(&records, &texts, words);
        Self {
            documents: records.iter().map(|record| record.document.id.clone()).collect(),
            origins: voices.groups.clone(),
            actors: lookup.list.clone(),
            events,
            figures,
            positions,
            pledges,
            conflicts,
            records,
            texts,
            voices,
            lookup,
        }
    }

    /// The records, by identifier of their document.
    pub fn records(&self) -> &[Record] {
        &self.records
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

    pub(crate) fn texts(&self) -> &[Text] {
        &self.texts
    }
}

/// Events in the order of time. What has no year comes last, by the publication of its first report.
fn time_order(events: &[JoinedEvent], records: &[Record]) -> Vec<usize> {
    const LAST: (i16, i16, i16, i16) = (i16::MAX, i16::MAX, i16::MAX, i16::MAX);
    let mut order: Vec<usize> = (0..events.len()).collect();
    let key = |index: &usize| {
        let event = events.get(*index);
        let date = event.and_then(JoinedEvent::edtf).map_or(LAST, |date| date.order_key());
        let report = event.and_then(|event| event.reports.first());
        let document = report.map_or(usize::MAX, |report| report.document);
        let published: Option<Edtf> = records
            .get(document)
            .and_then(|record| record.document.published.as_deref())
            .and_then(|date| date.parse().ok());
        let start = report.and_then(|report| report.passages.iter().map(|passage| passage.span.start).min());
        (date, published.map_or(LAST, |date| date.order_key()), document, start)
    };
    order.sort_by_cached_key(key);
    order
}
