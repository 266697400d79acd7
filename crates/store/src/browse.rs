//! What pages over a store ask: counts, latest documents, what is ahead, who has to do with whom. None of it reads
//! more than it shows, but for counts, which read one index or one table once.

use crate::error::StoreError;
use crate::gather::Gathering;
use crate::joins::read;
use crate::query::Filter;
use crate::sql::{Transaction, Value};
use crate::store::Store;
use entente_account::{Account, EventLine, Words};
use entente_base::record::{EventType, Status};
use serde::Serialize;

/// A document in a list of documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentHead {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Date of publication, ISO 8601.
    pub published: Option<String>,
}

/// How many events involve a state, a body or a pair of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Busy {
    /// Code, or two codes joined by `-`.
    pub code: String,
    /// Events.
    pub events: u64,
    /// Those of the days asked about.
    pub lately: u64,
}

/// Events of one day that are alike.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pulse {
    /// First day that the date of the events means, from 1970-01-01; `None` without a date.
    pub first_day: Option<i64>,
    /// Last day.
    pub last_day: Option<i64>,
    /// Type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Status.
    pub status: Status,
    /// Number of events.
    pub events: u64,
    /// Sum of their Goldstein values.
    pub goldstein: f64,
}

/// Events between two parties, of one type.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tie {
    /// Two codes joined by `-`.
    pub pair: String,
    /// Type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Number of events.
    pub events: u64,
    /// Sum of their Goldstein values.
    pub goldstein: f64,
}

/// Figures about a state or a pair of states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Measured {
    /// Code, or codes joined by `-`.
    pub code: String,
    /// Measure.
    pub measure: String,
    /// Number of figures.
    pub figures: u64,
}

fn kind(name: &str) -> Option<EventType> {
    EventType::ALL.into_iter().find(|kind| kind.name() == name)
}

impl Store {
    /// Documents written after a sequence, the last first, and how many they are.
    ///
    /// # Errors
    /// When the database fails.
    pub fn news(&mut self, after: i64, most: usize) -> Result<(Vec<DocumentHead>, u64), StoreError> {
        self.connection().read(|transaction| {
            let count = "SELECT COUNT(*) FROM document WHERE sequence > ?1 AND removed = 0";
            let count = transaction.first(count, &[after.into()])?;
            let count: i64 = count.map_or(Ok(0), |mut row| row.take(0))?;
            let mut heads = Vec::new();
            transaction.each(
                "SELECT id, title, publisher, published FROM document WHERE sequence > ?1 AND removed = 0 \
                 ORDER BY sequence DESC LIMIT ?2",
                &[after.into(), (most as i64).into()],
                |mut row| {
                    heads.push(DocumentHead {
                        id: row.take(0)?,
                        title: row.take(1)?,
                        publisher: row.take(2)?,
                        published: row.take(3)?,
                    });
                    Ok(())
                },
            )?;
            Ok((heads, count.unsigned_abs()))
        })
    }

    /// The last day on which a document was published, from 1970-01-01.
    ///
    /// # Errors
    /// When the database fails.
    pub fn last_day(&mut self) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT MAX(first_day) FROM document WHERE removed = 0";
        self.connection().first(sql, &[])?.map_or(Ok(None), |mut row| row.take(0))
    }

    /// States, bodies and pairs by the number of events that involve them, the busiest first; `lately` counts those
    /// of a day or later.
    ///
    /// # Errors
    /// When the database fails.
    pub fn busiest(&mut self, since: i64) -> Result<Vec<Busy>, StoreError> {
        let sql = "SELECT code, COUNT(*), CAST(SUM(CASE WHEN day >= ?1 THEN 1 ELSE 0 END) AS {int}) FROM involved \
             GROUP BY code ORDER BY 2 DESC, 1";
        let mut busy = Vec::new();
        self.connection().each(sql, &[since.into()], |mut row| {
            busy.push(Busy {
                code: row.take(0)?,
                events: row.take::<i64>(1)?.unsigned_abs(),
                lately: row.take::<i64>(2)?.unsigned_abs(),
            });
            Ok(())
        })?;
        Ok(busy)
    }

    /// Events announced for a day or later, the next first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn ahead(&mut self, day: i64, most: usize) -> Result<Vec<EventLine>, StoreError> {
        self.lines(
            "SELECT line FROM joined WHERE day >= ?1 AND status = 'scheduled' AND first_day IS NOT NULL \
             ORDER BY day, weight DESC, uid LIMIT ?2",
            &[day.into(), (most as i64).into()],
        )
    }

    /// Events that happened on a day or later, those that matter most, in the order of time.
    ///
    /// # Errors
    /// When the database fails.
    pub fn lately(&mut self, day: i64, most: usize) -> Result<Vec<EventLine>, StoreError> {
        self.lines(
            "SELECT line FROM (SELECT line, day, uid FROM joined WHERE day >= ?1 AND status IN ('occurred', 'ongoing') \
             ORDER BY weight DESC, uid LIMIT ?2) AS most ORDER BY day DESC, uid",
            &[day.into(), (most as i64).into()],
        )
    }

    fn lines(&mut self, sql: &str, values: &[Value]) -> Result<Vec<EventLine>, StoreError> {
        let place = self.place().to_owned();
        let mut lines = Vec::new();
        self.connection().each(sql, values, |mut row| {
            lines.push(read(&place, "an event", &row.take::<String>(0)?)?);
            Ok(())
        })?;
        Ok(lines)
    }

    /// The account of the latest events that several documents report: where sources may disagree.
    ///
    /// # Errors
    /// When the database fails.
    pub fn told_by_several(&mut self, most: usize, words: &Words) -> Result<Account, StoreError> {
        let given = self.connection().read(|transaction| {
            let sql = "SELECT uid FROM joined WHERE documents > 1 ORDER BY day DESC, uid LIMIT ?1";
            let mut ids: Vec<String> = Vec::new();
            transaction.each(sql, &[(most as i64).into()], |mut row| {
                ids.push(row.take(0)?);
                Ok(())
            })?;
            Gathering::of_events(transaction, &ids)?.given(transaction, false)
        })?;
        Ok(Account::given(given, words))
    }

    /// How many events a filter means on each day, whatever its limit.
    ///
    /// # Errors
    /// When the database fails.
    pub fn pulse(&mut self, filter: &Filter) -> Result<Vec<Pulse>, StoreError> {
        self.connection().read(|transaction| pulse(transaction, filter))
    }

    /// How many events of each type a filter means between each two parties, whatever its limit.
    ///
    /// # Errors
    /// When the database fails.
    pub fn ties(&mut self, filter: &Filter) -> Result<Vec<Tie>, StoreError> {
        let (condition, values) = filter.condition();
        // The rows of events are wide: without a condition they are not looked at.
        let events = if values.is_empty() { "" } else { "JOIN joined ON joined.uid = i.joined" };
        let sql = format!(
            "SELECT i.code, i.type, COUNT(*), SUM(i.goldstein) FROM involved i {events} \
             WHERE i.code LIKE '%-%' AND {condition} GROUP BY i.code, i.type ORDER BY i.code, i.type"
        );
        let mut ties = Vec::new();
        self.connection().each(&sql, &values, |mut row| {
            let pair = row.take(0)?;
            if let Some(kind) = kind(&row.take::<String>(1)?) {
                let (events, goldstein) = (row.take::<i64>(2)?.unsigned_abs(), row.take(3)?);
                ties.push(Tie { pair, kind, events, goldstein });
            }
            Ok(())
        })?;
        Ok(ties)
    }

    /// What figures there are, the most first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn measured(&mut self) -> Result<Vec<Measured>, StoreError> {
        let sql =
            "SELECT code, measure, COUNT(*) FROM figure_of GROUP BY code, measure ORDER BY 3 DESC, 1, 2";
        let mut measured = Vec::new();
        self.connection().each(sql, &[], |mut row| {
            measured.push(Measured {
                code: row.take(0)?,
                measure: row.take(1)?,
                figures: row.take::<i64>(2)?.unsigned_abs(),
            });
            Ok(())
        })?;
        Ok(measured)
    }
}

fn pulse(transaction: &mut Transaction<'_>, filter: &Filter) -> Result<Vec<Pulse>, StoreError> {
    let (condition, values) = filter.condition();
    let sql = format!(
        "SELECT first_day, last_day, type, status, COUNT(*), SUM(goldstein) FROM joined WHERE {condition} \
         GROUP BY first_day, last_day, type, status ORDER BY first_day, last_day, type, status"
    );
    let mut pulses = Vec::new();
    transaction.each(&sql, &values, |mut row| {
        let (first_day, last_day) = (row.take(0)?, row.take(1)?);
        let (kind, status) = (kind(&row.take::<String>(2)?), Status::parse(&row.take::<String>(3)?));
        if let (Some(kind), Some(status)) = (kind, status) {
            let (events, goldstein) = (row.take::<i64>(4)?.unsigned_abs(), row.take(5)?);
            pulses.push(Pulse { first_day, last_day, kind, status, events, goldstein });
        }
        Ok(())
    })?;
    Ok(pulses)
}
