//! Parts of the account read from the store: events with their reports, and the digests of documents.

use crate::error::StoreError;
use crate::joins::{KeptEvent, read};
use crate::sql::{Transaction, Value};
use entente_account::{ConflictKind, Digest, EventPlace, FigureDigest, Given};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What is read for one account.
#[derive(Default)]
pub(crate) struct Gathering {
    /// Event, document, what it is part of, and what is kept of it.
    events: Vec<(i64, i64, String, KeptEvent)>,
    figures: Vec<(i64, FigureDigest)>,
    /// Documents of which all statements and the like are wanted.
    pub(crate) docs: BTreeSet<i64>,
}

impl Gathering {
    /// All that documents report of some joined events.
    pub(crate) fn of_events(
        transaction: &mut Transaction<'_>,
        joined: &[String],
    ) -> Result<Self, StoreError> {
        let place = transaction.place().to_owned();
        let mut rows: Vec<(i64, i64, String, String)> = Vec::new();
        transaction.each(
            "SELECT event.event, doc, joined, body FROM event JOIN report ON report.event = event.event \
             WHERE joined IN {texts ?1}",
            &[Value::Texts(joined.to_vec())],
            |mut row| {
                rows.push((row.take(0)?, row.take(1)?, row.take(2)?, row.take(3)?));
                Ok(())
            },
        )?;
        let parse = |(event, doc, joined, text): (i64, i64, String, String)| {
            Ok((event, doc, joined, read(&place, "an event", &text)?))
        };
        let events = rows.into_par_iter().map(parse).collect::<Result<_, StoreError>>()?;
        Ok(Self { events, ..Self::default() })
    }

    /// Documents that report its events.
    pub(crate) fn documents_of_events(&self) -> Vec<i64> {
        self.events.iter().map(|(_, doc, ..)| *doc).collect()
    }

    /// Adds the figures about some states or pairs of states: at most so many, the last written.
    pub(crate) fn add_figures(
        &mut self,
        transaction: &mut Transaction<'_>,
        codes: &[String],
        most: Option<usize>,
    ) -> Result<(), StoreError> {
        let place = transaction.place().to_owned();
        let mut seen: HashSet<i64> = HashSet::new();
        let figures = &mut self.figures;
        let sql = "SELECT figure.figure, doc, body FROM figure_of JOIN figure ON figure.figure = figure_of.figure \
             WHERE code IN {texts ?1} ORDER BY figure.figure DESC LIMIT ?2";
        let values = [Value::Texts(codes.to_vec()), most.map_or(i64::MAX, |most| most as i64).into()];
        transaction.each(sql, &values, |mut row| {
            let text: String = row.take(2)?;
            if seen.insert(row.take(0)?) {
                figures.push((row.take(1)?, read(&place, "a figure", &text)?));
            }
            Ok(())
        })?;
        // In the order in which they were written.
        figures.reverse();
        Ok(())
    }

    /// Adds the figures of some documents.
    pub(crate) fn add_figures_of(
        &mut self,
        transaction: &mut Transaction<'_>,
        docs: &[i64],
    ) -> Result<(), StoreError> {
        let place = transaction.place().to_owned();
        let figures = &mut self.figures;
        transaction.each(
            "SELECT doc, body FROM figure WHERE doc IN {ints ?1}",
            &[Value::Ints(docs.to_vec())],
            |mut row| {
                let text: String = row.take(1)?;
                figures.push((row.take(0)?, read(&place, "a figure", &text)?));
                Ok(())
            },
        )
    }

    /// What an account is made of. `whole`: with the statements and the like of [`Gathering::docs`].
    pub(crate) fn given(self, transaction: &mut Transaction<'_>, whole: bool) -> Result<Given, StoreError> {
        let place = transaction.place().to_owned();
        let docs: BTreeSet<i64> = self
            .events
            .iter()
            .map(|(_, doc, ..)| *doc)
            .chain(self.figures.iter().map(|(doc, _)| *doc))
            .chain(self.docs.iter().copied())
            .collect();
        let mut bodies: HashMap<i64, String> = HashMap::new();
        if whole {
            transaction.each(
                "SELECT doc, body FROM digest WHERE doc IN {ints ?1}",
                &[Value::Ints(self.docs.iter().copied().collect())],
                |mut row| {
                    bodies.insert(row.take(0)?, row.take(1)?);
                    Ok(())
                },
            )?;
        }
        let mut rows: Vec<(i64, String, String, bool)> = Vec::new();
        transaction.each(
            "SELECT doc, facts, voices, copy FROM digest WHERE doc IN {ints ?1}",
            &[Value::Ints(docs.into_iter().collect())],
            |mut row| {
                rows.push((row.take(0)?, row.take(1)?, row.take(2)?, row.take(3)?));
                Ok(())
            },
        )?;
        type Document = (i64, Digest, BTreeSet<String>, bool);
        let parse = |(doc, facts, voices, copy): (i64, String, String, bool)| {
            let mut digest: Digest = match bodies.get(&doc) {
                Some(body) => read(&place, "the digest of a document", body)?,
                None => Digest::default(),
            };
            digest.document = read(&place, "the digest of a document", &facts)?;
            Ok((doc, digest, read(&place, "the voices of a document", &voices)?, copy))
        };
        let mut documents: Vec<Document> =
            rows.into_par_iter().map(parse).collect::<Result<_, StoreError>>()?;
        documents.sort_by(|a, b| a.1.document.id.cmp(&b.1.document.id));
        let index: HashMap<i64, usize> =
            documents.iter().enumerate().map(|(index, (doc, ..))| (*doc, index)).collect();

        let mut clusters: BTreeMap<String, Vec<(String, EventPlace)>> = BTreeMap::new();
        let mut places: HashMap<i64, EventPlace> = HashMap::new();
        for (event, doc, joined, kept) in self.events {
            let Some(&at) = index.get(&doc) else { continue };
            let Some((_, digest, ..)) = documents.get_mut(at) else { continue };
            for entity in kept.entities {
                if digest.entity(&entity.id).is_none() {
                    digest.entities.push(entity);
                }
            }
            let place = (at, digest.events.len());
            clusters.entry(joined).or_default().push((kept.digest.uid.clone(), place));
            digest.events.push(kept.digest);
            places.insert(event, place);
        }
        for (doc, figure) in self.figures {
            if let Some((_, digest, ..)) = index.get(&doc).and_then(|&at| documents.get_mut(at)) {
                digest.figures.push(figure);
            }
        }
        let mut near: Vec<(ConflictKind, EventPlace, EventPlace)> = Vec::new();
        transaction.each(
            "SELECT a, b, kind FROM link WHERE a IN {ints ?1} AND kind <> '' AND NOT EXISTS \
             (SELECT 1 FROM forced f JOIN forced g ON g.number = f.number AND g.side <> f.side \
             WHERE f.event = a AND g.event = b)",
            &[Value::Ints(places.keys().copied().collect())],
            |mut row| {
                let (a, b) = (row.take(0)?, row.take(1)?);
                let kind = ConflictKind::parse(&row.take::<String>(2)?);
                if let (Some(kind), Some(&a), Some(&b)) = (kind, places.get(&a), places.get(&b)) {
                    near.push((kind, a, b));
                }
                Ok(())
            },
        )?;
        near.sort();
        let mut why = reasons(transaction, clusters.keys().cloned().collect())?;
        let clusters = clusters.into_iter().map(|(joined, mut members)| {
            members.sort();
            let reasons = why.remove(&joined).unwrap_or_default();
            (members.into_iter().map(|(_, place)| place).collect(), reasons)
        });
        Ok(Given {
            clusters: clusters.collect(),
            documents: documents
                .into_iter()
                .map(|(_, digest, voices, copy)| (digest, voices, copy))
                .collect(),
            near,
        })
    }
}

/// Why the reports of joined events were taken for one.
fn reasons(
    transaction: &mut Transaction<'_>,
    joined: Vec<String>,
) -> Result<HashMap<String, Vec<entente_account::Why>>, StoreError> {
    let place = transaction.place().to_owned();
    let mut why = HashMap::new();
    transaction.each(
        "SELECT uid, why FROM why WHERE uid IN {texts ?1}",
        &[Value::Texts(joined)],
        |mut row| {
            let text: String = row.take(1)?;
            why.insert(row.take(0)?, read(&place, "an event", &text)?);
            Ok(())
        },
    )?;
    Ok(why)
}
