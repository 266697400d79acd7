//! Gold records: what a document says, decided by hand.

use entente_base::record::{Bound, EventType, Kind, Status};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A stretch of the text, in code points, half-open.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Place {
    /// First code point.
    pub start: usize,
    /// Past the last code point.
    pub end: usize,
}

impl Place {
    /// Code points that both share.
    #[must_use]
    pub fn overlap(self, other: Self) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    /// Shared code points as a part of all that either has, from 0 to 1.
    #[must_use]
    pub fn likeness(self, other: Self) -> f64 {
        let shared = self.overlap(other);
        let all = (self.end - self.start) + (other.end - other.start) - shared;
        if all == 0 { 0.0 } else { ratio(shared, all) }
    }
}

/// `part` of `whole`, from 0 to 1; 0 of nothing.
#[must_use]
pub fn ratio(part: usize, whole: usize) -> f64 {
    // Counts of a document's items lie far below 2^52.
    #[allow(clippy::cast_precision_loss)]
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// A name.
#[derive(Debug, Deserialize)]
pub struct GoldMention {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// Kind of actor.
    pub kind: Kind,
    /// Whom it belongs to.
    #[serde(default)]
    pub states: Vec<String>,
    /// Key that the mentions of one entity share.
    pub entity: String,
}

/// A time.
#[derive(Debug, Deserialize)]
pub struct GoldTime {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// EDTF value.
    pub value: String,
}

/// A figure.
#[derive(Debug, Deserialize)]
pub struct GoldFigure {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// In base units.
    pub value: f64,
    /// ISO 4217, UCUM or `count`.
    pub unit: String,
    /// Exact, about, …
    pub bound: Bound,
    /// What it measures.
    pub measure: String,
    /// States that it is about.
    #[serde(default)]
    pub of: Vec<String>,
    /// EDTF value.
    pub period: Option<String>,
}

/// An event.
#[derive(Debug, Deserialize)]
pub struct GoldEvent {
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Who did it, sorted.
    pub source: Vec<String>,
    /// Who received it, sorted.
    pub target: Vec<String>,
    /// How real it is.
    pub status: Status,
    /// EDTF value.
    pub date: Option<String>,
    /// Passages that report it.
    pub evidence: Vec<Place>,
}

/// A statement.
#[derive(Debug, Deserialize)]
pub struct GoldStatement {
    /// Entities or states that said it.
    pub speaker: Vec<String>,
    /// The words attributed.
    pub content: Place,
}

/// A document with its coding by hand.
#[derive(Debug, Deserialize)]
pub struct Gold {
    /// Name of its file without the ending.
    #[serde(skip)]
    pub name: String,
    /// The text that was coded.
    pub text: String,
    /// Date of publication.
    pub published: Option<String>,
    /// Names.
    pub mentions: Vec<GoldMention>,
    /// Times.
    pub times: Vec<GoldTime>,
    /// Figures.
    pub figures: Vec<GoldFigure>,
    /// Events.
    pub events: Vec<GoldEvent>,
    /// Statements.
    pub statements: Vec<GoldStatement>,
}

/// Why gold cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// The folder or a file in it cannot be read.
    #[error("{}: {source}; help: name a folder that holds NAME.gold.json files", .path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is no gold record.
    #[error("{}: {source}; help: samples/README.md tells the form of a gold record", .path.display())]
    Form {
        /// Which.
        path: PathBuf,
        /// What is wrong, with line and column.
        source: serde_json::Error,
    },
    /// There is none.
    #[error("{}: no *.gold.json in it; help: name a folder that holds NAME.gold.json files", .path.display())]
    Empty {
        /// Which folder.
        path: PathBuf,
    },
}

/// The gold records of a folder, by name.
///
/// # Errors
/// When the folder cannot be read, holds no gold, or a file in it is not of the form.
pub fn read(folder: &Path) -> Result<Vec<Gold>, GoldError> {
    let fail = |path: &Path, source| GoldError::Read { path: path.to_owned(), source };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(|source| fail(folder, source))?
        .map(|entry| entry.map(|entry| entry.path()).map_err(|source| fail(folder, source)))
        .collect::<Result<_, _>>()?;
    paths.retain(|path| path.to_string_lossy().ends_with(".gold.json"));
    paths.sort();
    if paths.is_empty() {
        return Err(GoldError::Empty { path: folder.to_owned() });
    }
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).map_err(|source| fail(&path, source))?;
            let mut gold: Gold = serde_json::from_str(&text)
                .map_err(|source| GoldError::Form { path: path.clone(), source })?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            gold.name = name.unwrap_or_default().trim_end_matches(".gold.json").to_owned();
            Ok(gold)
        })
        .collect()
}
