//! Questions to the account that a store keeps.

use crate::error::StoreError;
use crate::gather::Gathering;
use crate::joins::read;
use crate::sql::{Transaction, Value};
use crate::store::Store;
use entente_account::{Account, EventLine, Words};
use entente_base::Edtf;
use entente_base::record::{EventType, Status};
use serde::Serialize;
use std::collections::BTreeSet;

/// Figures read for each document, where documents are bounded.
const FIGURES_OF_A_DOCUMENT: usize = 4;

/// Which events are meant. What is left out does not matter.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Codes of states or bodies; of two or more, two must be party.
    pub states: Vec<String>,
    /// First date, EDTF.
    pub from: Option<Edtf>,
    /// Last date, EDTF.
    pub to: Option<Edtf>,
    /// Domain.
    pub domain: Option<String>,
    /// PLOVER type.
    pub kind: Option<EventType>,
    /// Status.
    pub status: Option<Status>,
    /// Fewest reports that share no origin.
    pub min_origins: usize,
    /// Most events; those that matter most are kept.
    pub limit: Option<usize>,
    /// Most documents whose statements, commitments, positions and terms are read, the latest of them; of figures, four
    /// times as many.
    pub documents: Option<usize>,
}

/// How much of the account is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Events alone.
    Events,
    /// Figures alone.
    Figures,
    /// Events and figures, and the statements, commitments, positions and terms of documents about the states.
    Whole,
}

/// An account of a part of the store.
#[derive(Debug)]
pub struct Found {
    /// The account.
    pub account: Account,
    /// Number of events that the filter meant; more than the account has where there was a limit.
    pub events: usize,
}

/// How many things a store holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Documents.
    pub documents: u64,
    /// Events as documents report them.
    pub reports: u64,
    /// Events joined.
    pub events: u64,
    /// Those that share no origin report at least two.
    pub corroborated: u64,
    /// Figures.
    pub figures: u64,
    /// Documents that are near copies of another.
    pub copies: u64,
    /// Joined events by type.
    pub types: Vec<(String, u64)>,
    /// Pairs of states with most events.
    pub pairs: Vec<(String, u64)>,
    /// First and last day of publication, ISO 8601.
    pub published: Option<(String, String)>,
}

impl Filter {
    /// Keys under which the events are found: a state, or all pairs of several.
    pub(crate) fn codes(&self) -> Vec<String> {
        if let [one] = self.states.as_slice() {
            return vec![one.clone()];
        }
        let states: BTreeSet<&String> = self.states.iter().collect();
        let states: Vec<&String> = states.into_iter().collect();
        let others = |at: usize| states.iter().skip(at + 1);
        states.iter().enumerate().flat_map(|(at, a)| others(at).map(move |b| format!("{a}-{b}"))).collect()
    }

    pub(crate) fn days(&self) -> (Option<i64>, Option<i64>) {
        let day = |date: Option<Edtf>, last: bool| {
            let (first, end) = date?.day_numbers()?;
            Some(i64::from(if last { end } else { first }))
        };
        (day(self.from, false), day(self.to, true))
    }

    /// The condition on `joined`, and its values.
    pub(crate) fn condition(&self) -> (String, Vec<Value>) {
        let (from, to) = self.days();
        let mut values: Vec<Value> = Vec::new();
        let mut parts: Vec<String> = Vec::new();
        // Only what is asked for stands there, so that a database sees which index helps.
        let mut add = |part: &str, value: Value| {
            values.push(value);
            parts.push(part.replace('#', &format!("?{}", values.len())));
        };
        if !self.states.is_empty() {
            add("uid IN (SELECT joined FROM involved WHERE code IN {texts #})", Value::Texts(self.codes()));
        }
        if let Some(from) = from {
            add("COALESCE(last_day, joined.day) >= #", from.into());
        }
        if let Some(to) = to {
            // `day` is the first day, or that of the first report where there is none.
            add("joined.day <= #", to.into());
        }
        if let Some(domain) = &self.domain {
            add("(',' || domains || ',') LIKE #", format!("%,{domain},%").into());
        }
        if let Some(kind) = self.kind {
            add("joined.type = #", kind.name().into());
        }
        if let Some(status) = self.status {
            add("status = #", status.name().into());
        }
        if self.min_origins > 0 {
            add("origins >= #", (self.min_origins as i64).into());
        }
        let condition = if parts.is_empty() { "1 = 1".to_owned() } else { parts.join(" AND ") };
        (condition, values)
    }

    /// Identifiers of the events, in the order of time, and how many there are without the limit.
    fn select(&self, transaction: &mut Transaction<'_>) -> Result<(Vec<String>, usize), StoreError> {
        let (condition, mut values) = self.condition();
        let count = transaction.first(&format!("SELECT COUNT(*) FROM joined WHERE {condition}"), &values)?;
        let count: i64 = count.map_or(Ok(0), |mut row| row.take(0))?;
        let limit = self.limit.map_or(i64::MAX, |limit| limit as i64);
        values.push(limit.into());
        let order = if count > limit { "weight DESC, uid" } else { "day, uid" };
        let sql =
            format!("SELECT uid FROM joined WHERE {condition} ORDER BY {order} LIMIT ?{}", values.len());
        let mut ids = Vec::new();
        transaction.each(&sql, &values, |mut row| {
            ids.push(row.take(0)?);
            Ok(())
        })?;
        Ok((ids, count as usize))
    }
}

impl Store {
    /// Lines of events in the order of time, and how many there are without the limit.
    ///
    /// # Errors
    /// When the database fails.
    pub fn event_lines(&mut self, filter: &Filter) -> Result<(Vec<EventLine>, usize), StoreError> {
        self.connection().read(|transaction| {
            let place = transaction.place().to_owned();
            let (ids, count) = filter.select(transaction)?;
            let mut lines = Vec::new();
            transaction.each(
                "SELECT line FROM joined WHERE uid IN {texts ?1} ORDER BY day, uid",
                &[Value::Texts(ids)],
                |mut row| {
                    lines.push(read(&place, "an event", &row.take::<String>(0)?)?);
                    Ok(())
                },
            )?;
            Ok((lines, count))
        })
    }

    /// The account of the events that a filter means and of what else is told of its states.
    ///
    /// # Errors
    /// When the database fails.
    pub fn account(&mut self, filter: &Filter, scope: Scope, words: &Words) -> Result<Found, StoreError> {
        let (given, events) = self.connection().read(|transaction| {
            let (ids, count) = match scope {
                Scope::Figures => (Vec::new(), 0),
                _ => filter.select(transaction)?,
            };
            let mut gathering = Gathering::of_events(transaction, &ids)?;
            let codes = filter.codes();
            if scope == Scope::Whole {
                gathering.docs = documents_about(transaction, &codes, filter)?;
                let room =
                    filter.documents.map_or(usize::MAX, |most| most.saturating_sub(gathering.docs.len()));
                let others = gathering.documents_of_events();
                gathering.docs.extend(others.into_iter().take(room));
            }
            if scope != Scope::Events {
                let most = filter.documents.map(|most| most * FIGURES_OF_A_DOCUMENT);
                gathering.add_figures(transaction, &codes, most)?;
            }
            Ok((gathering.given(transaction, scope == Scope::Whole)?, count))
        })?;
        Ok(Found { account: Account::given(given, words), events })
    }

    /// The account of one event, found by its identifier or by that of any of its reports; `None` where there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn event(&mut self, id: &str, words: &Words) -> Result<Option<Account>, StoreError> {
        let given = self.connection().read(|transaction| {
            let row = transaction.first("SELECT joined FROM event WHERE uid = ?1", &[id.into()])?;
            let Some(mut row) = row else { return Ok(None) };
            let joined: String = row.take(0)?;
            Gathering::of_events(transaction, &[joined])?.given(transaction, false).map(Some)
        })?;
        Ok(given.map(|given| Account::given(given, words)))
    }

    /// How much the store holds; of the pairs of states, the `most` with most events.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tally(&mut self, most: usize) -> Result<Tally, StoreError> {
        self.connection().read(|transaction| {
            let mut count = |sql: &str| -> Result<u64, StoreError> {
                let row = transaction.first(sql, &[])?;
                Ok(row.map_or(Ok(0), |mut row| row.take::<i64>(0))?.unsigned_abs())
            };
            let mut tally = Tally {
                documents: count("SELECT COUNT(*) FROM document WHERE removed = 0")?,
                reports: count("SELECT COUNT(*) FROM event")?,
                events: count("SELECT COUNT(*) FROM joined")?,
                corroborated: count("SELECT COUNT(*) FROM joined WHERE origins > 1")?,
                figures: count("SELECT COUNT(*) FROM figure")?,
                copies: count("SELECT COUNT(DISTINCT doc) FROM copy")?,
                ..Tally::default()
            };
            for mut row in
                transaction.query("SELECT type, COUNT(*) FROM joined GROUP BY type ORDER BY 2 DESC, 1", &[])?
            {
                tally.types.push((row.take(0)?, row.take::<i64>(1)?.unsigned_abs()));
            }
            for mut row in transaction.query(
                "SELECT code, COUNT(*) FROM involved WHERE code LIKE '%-%' GROUP BY code ORDER BY 2 DESC, 1 LIMIT ?1",
                &[(most as i64).into()],
            )? {
                tally.pairs.push((row.take(0)?, row.take::<i64>(1)?.unsigned_abs()));
            }
            let days = "SELECT MIN(published), MAX(published) FROM document WHERE removed = 0 AND published IS NOT NULL";
            if let Some(mut row) = transaction.first(days, &[])? {
                let (first, last): (Option<String>, Option<String>) = (row.take(0)?, row.take(1)?);
                tally.published = first.zip(last);
            }
            Ok(tally)
        })
    }
}

/// Documents about some states or pairs of states, published in the time that is asked about, the latest of them where
/// there is a limit; those whose date is not known may be.
fn documents_about(
    transaction: &mut Transaction<'_>,
    codes: &[String],
    filter: &Filter,
) -> Result<BTreeSet<i64>, StoreError> {
    let (from, to) = filter.days();
    let mut docs = BTreeSet::new();
    let most = filter.documents.map_or(i64::MAX, |most| most as i64);
    transaction.each(
        "SELECT DISTINCT doc, day FROM about WHERE code IN {texts ?1} \
         AND (day = ?4 OR day >= COALESCE(CAST(?2 AS {int}), day) AND day <= COALESCE(CAST(?3 AS {int}), day)) \
         ORDER BY day DESC, doc DESC LIMIT ?5",
        &[
            Value::Texts(codes.to_vec()),
            from.into(),
            to.into(),
            crate::joins::NO_DAY.into(),
            most.into(),
        ],
        |mut row| {
            docs.insert(row.take(0)?);
            Ok(())
        },
    )?;
    Ok(docs)
}
