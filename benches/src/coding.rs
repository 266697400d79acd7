//! How much of what a corpus tells was coded rightly.

use crate::truth::{Event, Mention, Truth};
use entente_base::edtf::Edtf;
use entente_base::record::{Event as Coded, Record};
use std::collections::{BTreeMap, HashMap};

/// How far the coding of a mention is right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Mentions.
    pub mentions: usize,
    /// With an event of the right type whose evidence overlaps the sentence.
    pub typed: usize,
    /// And the right parties.
    pub parties: usize,
    /// And the right date.
    pub date: usize,
    /// And the right status.
    pub status: usize,
}

impl Tally {
    fn add(&mut self, level: usize) {
        self.mentions += 1;
        self.typed += usize::from(level >= 1);
        self.parties += usize::from(level >= 2);
        self.date += usize::from(level >= 3);
        self.status += usize::from(level >= 4);
    }

    /// Share of the mentions that are right in all.
    pub fn right(&self) -> f64 {
        share(self.status, self.mentions)
    }
}

pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// A mention that was not coded rightly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Kind of act.
    pub act: String,
    /// What is wrong first: `type`, `parties`, `date`, `status`.
    pub wrong: &'static str,
    /// Document.
    pub document: String,
    /// The sentence.
    pub text: String,
    /// What the sentence tells.
    pub told: String,
    /// The best that was coded of it.
    pub coded: String,
}

/// The score of a corpus.
#[derive(Debug, Default)]
pub struct Coding {
    /// All mentions.
    pub all: Tally,
    /// By kind of act, and `headline`, `lead`, `background`.
    pub by: BTreeMap<String, Tally>,
    /// What went wrong.
    pub misses: Vec<Miss>,
}

/// Whether the coder may give this date for a mention: the told one; or one that agrees with it and is known from
/// another sentence of the document.
fn date_fits(coded: Option<&str>, mention: &Mention, others: &[&str], event: &Event) -> bool {
    let Some(coded) = coded else { return mention.date.is_none() || mention.status == "postponed" };
    if mention.date.as_deref() == Some(coded) {
        return true;
    }
    let (Ok(value), Ok(day)) = (coded.parse::<Edtf>(), event.date.parse::<Edtf>()) else { return false };
    let told: Option<Edtf> = mention.date.as_deref().and_then(|date| date.parse().ok());
    let precise = told.as_ref().is_none_or(|told| value.is_more_precise_than(told) && value.overlaps(told));
    precise && (value.overlaps(&day) || others.contains(&coded))
}

fn status_fits(coded: &Coded, mention: &Mention) -> bool {
    let name = serde_json::to_value(coded.status).ok();
    let name = name.as_ref().and_then(|value| value.as_str()).unwrap_or_default();
    match mention.status.as_str() {
        "postponed" => matches!(name, "denied" | "scheduled"),
        "occurred" => matches!(name, "occurred" | "ongoing"),
        other => name == other,
    }
}

/// How far a coded event is what a mention tells: 0 another type, to 4 right in all.
fn level(coded: &Coded, mention: &Mention, others: &[&str], event: &Event) -> usize {
    let sorted = |list: &[String]| {
        let mut list = list.to_vec();
        list.sort();
        list
    };
    if coded.kind != event.kind {
        0
    } else if sorted(&coded.source) != event.source
        || (sorted(&coded.target) != event.target && event.act != "missile")
    {
        // Whom a missile comes down near to depends on the sea; the texts name none.
        1
    } else if !date_fits(coded.date.as_deref(), mention, others, event) {
        2
    } else if !status_fits(coded, mention) {
        3
    } else {
        4
    }
}

/// Scores records of the documents of a corpus; documents without a record are not counted.
pub fn score(truth: &Truth, records: &[Record]) -> Coding {
    let records: HashMap<&str, &Record> =
        records.iter().map(|record| (record.document.id.as_str(), record)).collect();
    let mut coding = Coding::default();
    for event in &truth.events {
        for mention in &event.mentions {
            let Some(record) = records.get(mention.document.as_str()) else { continue };
            let same = event.mentions.iter().filter(|other| other.document == mention.document);
            let others: Vec<&str> = same.filter_map(|other| other.date.as_deref()).collect();
            let near = record.events.iter().filter(|coded| {
                coded.evidence.iter().any(|span| span.start < mention.end && mention.start < span.end)
            });
            let best = near
                .map(|coded| (level(coded, mention, &others, event), coded))
                .max_by_key(|(level, _)| *level);
            let reached = best.map_or(0, |(level, _)| level);
            coding.all.add(reached);
            let place = match (mention.headline, mention.background) {
                (true, _) => "headline",
                (_, true) => "background",
                _ => "lead",
            };
            for key in [event.act.clone(), format!("({place})"), format!("({})", mention.status)] {
                coding.by.entry(key).or_default().add(reached);
            }
            if reached < 4 {
                let text: String = record
                    .document
                    .text
                    .chars()
                    .skip(mention.start)
                    .take(mention.end - mention.start)
                    .collect();
                coding.misses.push(Miss {
                    act: format!("{}/{place}", event.act),
                    wrong: ["type", "parties", "date", "status"][reached],
                    document: mention.document.clone(),
                    text,
                    told: format!(
                        "{} {:?} > {:?} {:?} {}",
                        event.kind.name(),
                        event.source,
                        event.target,
                        mention.date,
                        mention.status
                    ),
                    coded: best.map_or_else(String::new, |(_, coded)| {
                        format!(
                            "{} {:?} > {:?} {:?} {:?} {}",
                            coded.kind.name(),
                            coded.source,
                            coded.target,
                            coded.date,
                            coded.status,
                            coded.rule
                        )
                    }),
                });
            }
        }
    }
    coding
}
