//! What is known of a generated corpus: the form of `truth.json`, and its writer.
//!
//! Offsets count code points of the document's text, half-open. Documents are named by their id.

use entente_base::record::EventType;
use serde::{Deserialize, Serialize};
use std::io::{self, Write};

/// All that is known.
#[derive(Debug, Default, Deserialize)]
pub struct Truth {
    /// Seed of the corpus.
    pub seed: u64,
    /// Day by which promises are judged.
    pub as_of: String,
    /// Events that documents tell of.
    pub events: Vec<Event>,
    /// Documents, in the order of `articles.jsonl`.
    pub documents: Vec<Document>,
    /// Planted disagreements.
    pub conflicts: Vec<Conflict>,
    /// Figures that agree, though they are written differently: an exact one and a rounded one. No conflict.
    pub agreements: Vec<Conflict>,
    /// Plans and promises.
    pub pledges: Vec<Pledge>,
    /// Trade by pair and year.
    pub series: Vec<Series>,
}

/// Where a document comes from.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Document {
    /// Its id.
    pub id: String,
    /// Number of its group: reprints of one text, and the text itself.
    pub group: u32,
    /// Whose voice it is: the publisher who wrote the text. Reprints have that of the original, credited or not.
    pub origin: String,
    /// `original`; else how it was reprinted: `verbatim`, `headline`, `shortened`, `added`, `typography`.
    pub kind: String,
    /// Whether the text names the origin.
    pub credited: bool,
}

/// An event of the world.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Event {
    /// Its id.
    pub id: String,
    /// Kind of act, an id of `data/acts.toml`.
    pub act: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Refinement of the type.
    #[serde(default)]
    pub mode: Option<String>,
    /// Who did it, sorted.
    pub source: Vec<String>,
    /// Who received it, sorted; equal to `source` where both did it together.
    pub target: Vec<String>,
    /// The day; where it was put off, the last one.
    pub date: String,
    /// City or sea.
    pub place: Option<String>,
    /// Persons who took part.
    pub persons: Vec<String>,
    /// `occurred`; of plans also `scheduled` or `denied`.
    pub status: String,
    /// Sentences that tell it.
    pub mentions: Vec<Mention>,
}

/// A sentence that tells an event or a promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Document.
    pub document: String,
    /// First code point of the sentence.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// Status by this sentence; `postponed` where it is put off.
    pub status: String,
    /// Date by this sentence, EDTF; `None` where it tells none.
    pub date: Option<String>,
    /// Whether it is the headline.
    #[serde(default)]
    pub headline: bool,
    /// Whether it tells an earlier event as background.
    #[serde(default)]
    pub background: bool,
    /// Whether its words fit another event of the same parties as well, so that no reader can tell which is meant.
    #[serde(default)]
    pub vague: bool,
}

/// A disagreement, or an agreement that looks like one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Conflict {
    /// `date`, `figure`, `place`, `participant`, `status`, `attribution`, `change` (a change that does not fit the levels).
    pub kind: String,
    /// The event; `None` for trade.
    #[serde(default)]
    pub event: Option<String>,
    /// `trade`, for trade.
    #[serde(default)]
    pub measure: Option<String>,
    /// What each side says.
    pub values: Vec<String>,
    /// Documents of each side.
    pub documents: Vec<Vec<String>>,
}

/// A plan or a promise, and what became of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Pledge {
    /// Its id.
    pub id: String,
    /// `plan` or `commitment`.
    pub kind: String,
    /// The planned event.
    #[serde(default)]
    pub event: Option<String>,
    /// Who pledged, sorted.
    pub by: Vec<String>,
    /// Month or day by which; the new one where it was changed.
    pub due: String,
    /// `done`; `changed` (put off, and nothing since); `cancelled`; `overdue` (past, nothing reported); `open`.
    pub outcome: String,
    /// Sentences that make it.
    pub mentions: Vec<Mention>,
    /// Sentences that report what became of it.
    pub followed: Vec<Mention>,
}

/// Trade of a pair in a year.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Series {
    /// The pair.
    pub of: Vec<String>,
    /// The measure: `trade`.
    pub measure: String,
    /// Year.
    pub period: String,
    /// Value in US dollars.
    pub value: f64,
    /// Change from the year before, in per cent, as the levels have it.
    pub change: Option<f64>,
    /// Documents that tell it.
    pub documents: Vec<String>,
}

/// Writes `truth.json`: the events as they come, the rest at the end.
#[derive(Debug)]
pub struct TruthWriter<W: Write> {
    out: W,
    any: bool,
}

impl<W: Write> TruthWriter<W> {
    /// Begins the file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn new(mut out: W, seed: u64, as_of: &str) -> io::Result<Self> {
        write!(out, "{{\"seed\":{seed},\"as_of\":\"{as_of}\",\n\"events\":[")?;
        Ok(Self { out, any: false })
    }

    /// Adds an event.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn event(&mut self, event: &Event) -> io::Result<()> {
        self.out.write_all(if self.any { b",\n" } else { b"\n" })?;
        self.any = true;
        serde_json::to_writer(&mut self.out, event)?;
        Ok(())
    }

    /// Adds a list.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn list<T: Serialize>(&mut self, name: &str, items: impl Iterator<Item = T>) -> io::Result<()> {
        write!(self.out, "],\n\"{name}\":[")?;
        for (index, item) in items.enumerate() {
            self.out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut self.out, &item)?;
        }
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.write_all(b"]}\n")?;
        self.out.flush()
    }
}
