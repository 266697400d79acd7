//! What the shelves of the reading room ask: the latest documents about some states, the account of these alone,
//! copies of a document, sources counted, and corrections a page at a time.
//!
//! Each question reads a bounded number of documents by an index, however many the store holds.

use crate::corrections::{Listed, current, documents_of, of_documents, select};
use crate::error::StoreError;
use crate::gather::Gathering;
use crate::joins::{NO_DAY, read};
use crate::query::Filter;
use crate::sql::{Transaction, Value};
use crate::store::Store;
use entente_account::{Account, EventLine, Words};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Most events whose reports are read for one account.
const MOST_EVENTS: usize = 1500;

/// How much of some documents an account is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What they say: statements, commitments, positions, assessments.
    Words,
    /// Also their events, with what every other document reports of these, and their figures.
    Whole,
}

/// The account of some documents.
#[derive(Debug)]
pub struct Shelf {
    /// The account.
    pub account: Account,
    /// Which documents were read.
    pub reach: Reach,
}

/// Which documents were read for an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reach {
    /// How many.
    pub documents: usize,
    /// Whether there are earlier ones.
    pub more: bool,
    /// Publication of the first and the last of them, ISO 8601, as far as known.
    pub first: Option<String>,
    /// The last.
    pub last: Option<String>,
}

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shelved {
    /// Identifier.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Date of publication.
    pub published: Option<String>,
}

/// An event of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventId {
    /// Its place among the events of the record.
    pub place: usize,
    /// Identifier of the report.
    pub uid: String,
    /// Identifier of the event that it reports.
    pub event: String,
}

/// A publisher, with its documents counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Publisher {
    /// Its name; `None` for documents without one.
    pub name: Option<String>,
    /// Number of documents.
    pub documents: u64,
    /// Those that are near copies of another.
    pub copies: u64,
    /// First and last day of publication.
    pub first: Option<String>,
    /// The last.
    pub last: Option<String>,
}

/// An origin that documents state, with these counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stated {
    /// Its name, as documents spell it.
    pub name: String,
    /// Number of documents.
    pub documents: u64,
}

/// Documents of nearly the same text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Copies {
    /// How many.
    pub documents: usize,
    /// Some of them, the earliest first.
    pub shown: Vec<Shelved>,
}

/// Where documents come from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Sources {
    /// Publishers, those of most documents first.
    pub publishers: Vec<Publisher>,
    /// Origins that documents state.
    pub origins: Vec<Stated>,
    /// Largest groups of near copies.
    pub copies: Vec<Copies>,
    /// Number of documents.
    pub documents: u64,
    /// Number of documents that have a near copy.
    pub copied: u64,
}

/// Keys of the documents that a filter means, the latest first, at most so many and one more.
fn latest(transaction: &mut Transaction<'_>, filter: &Filter, most: usize) -> Result<Vec<i64>, StoreError> {
    let (from, to) = filter.days();
    let limit = most as i64 + 1;
    let mut found: Vec<(i64, i64)> = Vec::new();
    let mut take = |transaction: &mut Transaction<'_>, sql: &str, values: &[Value]| {
        transaction.each(sql, values, |mut row| {
            found.push((row.take(0)?, row.take(1)?));
            Ok(())
        })
    };
    let (first, last) = (from.unwrap_or(NO_DAY), to.unwrap_or(i64::from(i32::MAX)));
    if filter.states.is_empty() {
        take(
            transaction,
            "SELECT first_day, doc FROM document WHERE removed = 0 AND first_day IS NOT NULL \
             AND first_day >= ?1 AND first_day <= ?2 ORDER BY first_day DESC, doc DESC LIMIT ?3",
            &[first.into(), last.into(), limit.into()],
        )?;
        if from.is_none() && to.is_none() && (found.len() as i64) < limit {
            let mut undated: Vec<(i64, i64)> = Vec::new();
            transaction.each(
                "SELECT doc FROM document WHERE removed = 0 AND first_day IS NULL ORDER BY doc DESC LIMIT ?1",
                &[limit.into()],
                |mut row| {
                    undated.push((NO_DAY, row.take(0)?));
                    Ok(())
                },
            )?;
            found.extend(undated);
        }
    } else {
        // One key at a time: each is read backward along the index, and no further than is wanted.
        for code in filter.codes() {
            take(
                transaction,
                "SELECT day, doc FROM about WHERE code = ?1 AND day >= ?2 AND day <= ?3 \
                 ORDER BY day DESC, doc DESC LIMIT ?4",
                &[code.into(), first.into(), last.into(), limit.into()],
            )?;
        }
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    let mut seen = BTreeSet::new();
    found.retain(|(_, doc)| seen.insert(*doc));
    found.truncate(most + 1);
    Ok(found.into_iter().map(|(_, doc)| doc).collect())
}

/// First and last day of publication of documents.
fn published(
    transaction: &mut Transaction<'_>,
    docs: &[i64],
) -> Result<(Option<String>, Option<String>), StoreError> {
    let sql = "SELECT MIN(published), MAX(published) FROM document WHERE doc IN {ints ?1}";
    let row = transaction.first(sql, &[Value::Ints(docs.to_vec())])?;
    row.map_or(Ok((None, None)), |mut row| Ok((row.take(0)?, row.take(1)?)))
}

/// Texts of one column.
fn texts(transaction: &mut Transaction<'_>, sql: &str, values: &[Value]) -> Result<Vec<String>, StoreError> {
    let mut all = Vec::new();
    transaction.each(sql, values, |mut row| {
        all.push(row.take(0)?);
        Ok(())
    })?;
    Ok(all)
}

fn shelved(
    transaction: &mut Transaction<'_>,
    condition: &str,
    values: &[Value],
) -> Result<Vec<Shelved>, StoreError> {
    let mut all = Vec::new();
    let sql = format!("SELECT d.id, d.title, d.publisher, d.published FROM document d {condition}");
    transaction.each(&sql, values, |mut row| {
        let (id, title) = (row.take(0)?, row.take(1)?);
        all.push(Shelved { id, title, publisher: row.take(2)?, published: row.take(3)? });
        Ok(())
    })?;
    Ok(all)
}

fn gathered(
    transaction: &mut Transaction<'_>,
    docs: &[i64],
    part: Part,
) -> Result<entente_account::Given, StoreError> {
    let mut gathering = Gathering::default();
    if part == Part::Whole {
        let joined = texts(
            transaction,
            "SELECT DISTINCT joined FROM event WHERE doc IN {ints ?1} ORDER BY joined LIMIT ?2",
            &[Value::Ints(docs.to_vec()), (MOST_EVENTS as i64).into()],
        )?;
        gathering = Gathering::of_events(transaction, &joined)?;
        gathering.add_figures_of(transaction, docs)?;
    }
    gathering.docs = docs.iter().copied().collect();
    gathering.given(transaction, true)
}

impl Store {
    /// The account of the latest documents that are about some states, or of the latest of all; only states, `from` and
    /// `to` of the filter count.
    ///
    /// # Errors
    /// When the database fails.
    pub fn shelf(
        &mut self,
        filter: &Filter,
        part: Part,
        most: usize,
        words: &Words,
    ) -> Result<Shelf, StoreError> {
        let (given, reach) = self.connection().read(|transaction| {
            let mut docs = latest(transaction, filter, most)?;
            let more = docs.len() > most;
            docs.truncate(most);
            let (first, last) = published(transaction, &docs)?;
            let reach = Reach { documents: docs.len(), more, first, last };
            Ok((gathered(transaction, &docs, part)?, reach))
        })?;
        Ok(Shelf { account: Account::given(given, words), reach })
    }

    /// The account of some documents by their identifiers; those that there are not are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub fn shelf_of(&mut self, ids: &[String], part: Part, words: &Words) -> Result<Shelf, StoreError> {
        let (given, reach) = self.connection().read(|transaction| {
            let mut docs: Vec<i64> = Vec::new();
            transaction.each(
                "SELECT doc FROM document WHERE removed = 0 AND id IN {texts ?1}",
                &[Value::Texts(ids.to_vec())],
                |mut row| {
                    docs.push(row.take(0)?);
                    Ok(())
                },
            )?;
            let (first, last) = published(transaction, &docs)?;
            let reach = Reach { documents: docs.len(), more: false, first, last };
            Ok((gathered(transaction, &docs, part)?, reach))
        })?;
        Ok(Shelf { account: Account::given(given, words), reach })
    }

    /// The latest events in which a state or a body is party, the latest first, and whether there are more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn latest_lines(&mut self, code: &str, most: usize) -> Result<(Vec<EventLine>, bool), StoreError> {
        self.connection().read(|transaction| {
            let place = transaction.place().to_owned();
            let mut lines = Vec::new();
            transaction.each(
                "SELECT j.line FROM involved i JOIN joined j ON j.uid = i.joined WHERE i.code = ?1 \
                 ORDER BY i.day DESC, i.joined DESC LIMIT ?2",
                &[code.into(), (most as i64 + 1).into()],
                |mut row| {
                    lines.push(read(&place, "an event", &row.take::<String>(0)?)?);
                    Ok(())
                },
            )?;
            let more = lines.len() > most;
            lines.truncate(most);
            Ok((lines, more))
        })
    }

    /// The events of a document, in the order of its record.
    ///
    /// # Errors
    /// When the database fails.
    pub fn event_ids(&mut self, doc: i64) -> Result<Vec<EventId>, StoreError> {
        self.connection().read(|transaction| {
            let mut ids = Vec::new();
            transaction.each(
                "SELECT place, uid, joined FROM event WHERE doc = ?1 ORDER BY place",
                &[doc.into()],
                |mut row| {
                    let place = usize::try_from(row.take::<i64>(0)?).unwrap_or_default();
                    ids.push(EventId { place, uid: row.take(1)?, event: row.take(2)? });
                    Ok(())
                },
            )?;
            Ok(ids)
        })
    }

    /// Near copies of a document, the earliest first, at most so many.
    ///
    /// # Errors
    /// When the database fails.
    pub fn copies_of(&mut self, doc: i64, most: usize) -> Result<Vec<Shelved>, StoreError> {
        self.connection().read(|transaction| {
            shelved(
                transaction,
                "JOIN copy c ON c.other = d.doc WHERE c.doc = ?1 AND d.removed = 0 \
                 ORDER BY COALESCE(d.first_day, 9999999), d.id LIMIT ?2",
                &[doc.into(), (most as i64).into()],
            )
        })
    }

    /// Publishers, origins and near copies of all documents. This reads the whole list of documents: keep what it gives.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sources(&mut self, most: usize) -> Result<Sources, StoreError> {
        self.connection().read(|transaction| {
            let place = transaction.place().to_owned();
            let mut sources = Sources::default();
            transaction.each(
                "SELECT d.publisher, COUNT(*), CAST(COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM copy c WHERE c.doc = d.doc) \
                 THEN 1 ELSE 0 END), 0) AS {int}), MIN(d.published), MAX(d.published) \
                 FROM document d WHERE d.removed = 0 GROUP BY d.publisher ORDER BY 2 DESC, 1",
                &[],
                |mut row| {
                    let name = row.take(0)?;
                    let documents = row.take::<i64>(1)?.unsigned_abs();
                    let copies = row.take::<i64>(2)?.unsigned_abs();
                    sources.documents += documents;
                    sources.copied += copies;
                    if sources.publishers.len() < most {
                        let (first, last) = (row.take(3)?, row.take(4)?);
                        sources.publishers.push(Publisher { name, documents, copies, first, last });
                    }
                    Ok(())
                },
            )?;
            let mut stated: BTreeMap<String, u64> = BTreeMap::new();
            transaction.each(
                "SELECT origins, COUNT(*) FROM document WHERE removed = 0 GROUP BY origins",
                &[],
                |mut row| {
                    let names: Vec<String> =
                        read(&place, "the origins of a document", &row.take::<String>(0)?)?;
                    let count = row.take::<i64>(1)?.unsigned_abs();
                    for name in names {
                        *stated.entry(name).or_default() += count;
                    }
                    Ok(())
                },
            )?;
            let mut stated: Vec<Stated> =
                stated.into_iter().map(|(name, documents)| Stated { name, documents }).collect();
            stated.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.name.cmp(&b.name)));
            stated.truncate(most);
            sources.origins = stated;
            for (documents, docs) in copy_groups(transaction, most)? {
                let shown = shelved(
                    transaction,
                    "WHERE d.doc IN {ints ?1} ORDER BY COALESCE(d.first_day, 9999999), d.id",
                    &[Value::Ints(docs)],
                )?;
                sources.copies.push(Copies { documents, shown });
            }
            Ok(sources)
        })
    }

    /// A page of the corrections, the newest first, and how many there are.
    ///
    /// # Errors
    /// When the database fails.
    pub fn corrections_page(
        &mut self,
        offset: usize,
        most: usize,
    ) -> Result<(Vec<Listed>, usize), StoreError> {
        self.connection().read(|transaction| {
            let count = transaction.first("SELECT COUNT(*) FROM correction", &[])?;
            let count: i64 = count.map_or(Ok(0), |mut row| row.take(0))?;
            let page = select(
                transaction,
                "ORDER BY number DESC LIMIT ?1 OFFSET ?2",
                &[(most as i64).into(), (offset as i64).into()],
            )?;
            let documents: BTreeSet<String> = page.iter().flat_map(documents_of).collect();
            let mut stale: BTreeSet<i64> = BTreeSet::new();
            for id in &documents {
                let of = of_documents(transaction, std::slice::from_ref(id))?.remove(id).unwrap_or_default();
                match current(transaction, id)? {
                    Some(current) => stale.extend(crate::correct::apply(&current.record, &of).stale),
                    None => stale.extend(of.iter().map(|correction| correction.number)),
                }
            }
            let listed = page.into_iter().map(|correction| {
                let stale = correction.reverted.is_none() && stale.contains(&correction.number);
                Listed { correction, stale }
            });
            Ok((listed.collect(), usize::try_from(count).unwrap_or_default()))
        })
    }
}

/// Most members of a group of copies that are shown.
const MOST_SHOWN: usize = 12;

/// The largest groups of near copies: how many each has, and some of its documents.
fn copy_groups(transaction: &mut Transaction<'_>, most: usize) -> Result<Vec<(usize, Vec<i64>)>, StoreError> {
    let mut near: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    transaction.each("SELECT doc, other FROM copy", &[], |mut row| {
        near.entry(row.take(0)?).or_default().push(row.take(1)?);
        Ok(())
    })?;
    let mut seen: BTreeSet<i64> = BTreeSet::new();
    let mut groups: Vec<(usize, Vec<i64>)> = Vec::new();
    for &start in near.keys() {
        if !seen.insert(start) {
            continue;
        }
        let mut group = vec![start];
        let mut at = 0;
        while let Some(doc) = group.get(at).copied() {
            at += 1;
            for &other in near.get(&doc).into_iter().flatten() {
                if seen.insert(other) {
                    group.push(other);
                }
            }
        }
        group.sort_unstable();
        let documents = group.len();
        group.truncate(MOST_SHOWN);
        groups.push((documents, group));
    }
    groups.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    groups.truncate(most);
    Ok(groups)
}
