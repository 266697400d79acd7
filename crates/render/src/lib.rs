//! Output formats: one file for each, and one list of them all.
//!
//! Help, completions and file endings derive from [`FORMATS`].

mod csv;
mod framing;
mod html;
mod json;
mod jsonl;
mod listing;
mod markdown;
mod relation;
mod table;

/// The words of a dossier put together, for whoever lays it out.
pub mod phrases {
    pub use crate::html::{
        Note, counts, document_line, entry_notes, facts, figure_head, origins, point_note,
    };
}

pub use listing::{LISTING_FORMATS, Listing, listing};

use entente_account::{Dossier, Framing, Lang, Relation, Words};
use entente_base::record::Record;

/// What a format writes.
#[derive(Debug, Clone, Copy)]
pub enum Render {
    /// Records. The output for some records in turn is the output for all, where the format is a stream.
    Records(fn(&[Record], &Words, Lang) -> Result<String, RenderError>),
    /// A dossier.
    Dossier(fn(&Dossier, &Words) -> Result<String, RenderError>),
    /// The relation of two parties in time.
    Relation(fn(&Relation, &Words, Lang) -> Result<String, RenderError>),
    /// How groups of sources speak of a relation.
    Framing(fn(&Framing, &Words, Lang) -> Result<String, RenderError>),
}

/// An output format.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Ending of its files.
    pub extension: &'static str,
    /// Media type.
    pub media_type: &'static str,
    /// What it is, in a line.
    pub help: &'static str,
    /// Whether outputs may be put one after the other.
    pub streams: bool,
    /// What it writes, and how.
    pub render: Render,
}

/// Every format, in the order help shows them.
pub const FORMATS: &[Format] = &[
    jsonl::FORMAT,
    json::RECORDS,
    table::FORMAT,
    markdown::FORMAT,
    html::FORMAT,
    json::DOSSIER,
    relation::MARKDOWN,
    relation::TABLE,
    relation::CSV,
    relation::JSON,
    framing::MARKDOWN,
    framing::TABLE,
    framing::CSV,
    framing::JSON,
];

/// A format that could not be found or written.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// No such format.
    #[error("no format `{name}` for {what}\n  help: use one of {known}")]
    Unknown {
        /// The name asked for.
        name: String,
        /// `records`, `a dossier`, `a relation` or `a framing`.
        what: &'static str,
        /// Names that there are.
        known: String,
    },
    /// JSON could not be written.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
}

fn names(what: fn(&Render) -> bool) -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(move |format| what(&format.render)).map(|format| format.name)
}

fn of_records(render: &Render) -> bool {
    matches!(render, Render::Records(_))
}

fn of_dossier(render: &Render) -> bool {
    matches!(render, Render::Dossier(_))
}

fn of_relation(render: &Render) -> bool {
    matches!(render, Render::Relation(_))
}

fn of_framing(render: &Render) -> bool {
    matches!(render, Render::Framing(_))
}

/// Names of the formats for records.
pub fn record_formats() -> impl Iterator<Item = &'static str> {
    names(of_records)
}

/// Names of the formats for a dossier.
pub fn dossier_formats() -> impl Iterator<Item = &'static str> {
    names(of_dossier)
}

/// Names of the formats for a relation.
pub fn relation_formats() -> impl Iterator<Item = &'static str> {
    names(of_relation)
}

/// Names of the formats for a framing.
pub fn framing_formats() -> impl Iterator<Item = &'static str> {
    names(of_framing)
}

/// Writes records in a format.
///
/// # Errors
/// When there is no such format for records.
pub fn records(name: &str, records: &[Record], words: &Words, lang: Lang) -> Result<String, RenderError> {
    for format in FORMATS {
        if let (true, Render::Records(render)) = (format.name == name, format.render) {
            return render(records, words, lang);
        }
    }
    let known = record_formats().collect::<Vec<_>>().join(", ");
    Err(RenderError::Unknown { name: name.to_owned(), what: "records", known })
}

/// Writes a dossier in a format.
///
/// # Errors
/// When there is no such format for a dossier.
pub fn dossier(name: &str, dossier: &Dossier, words: &Words) -> Result<String, RenderError> {
    for format in FORMATS {
        if let (true, Render::Dossier(render)) = (format.name == name, format.render) {
            return render(dossier, words);
        }
    }
    let known = dossier_formats().collect::<Vec<_>>().join(", ");
    Err(RenderError::Unknown { name: name.to_owned(), what: "a dossier", known })
}

/// Writes a relation in a format.
///
/// # Errors
/// When there is no such format for a relation.
pub fn relation(name: &str, relation: &Relation, words: &Words, lang: Lang) -> Result<String, RenderError> {
    for format in FORMATS {
        if let (true, Render::Relation(render)) = (format.name == name, format.render) {
            return render(relation, words, lang);
        }
    }
    let known = relation_formats().collect::<Vec<_>>().join(", ");
    Err(RenderError::Unknown { name: name.to_owned(), what: "a relation", known })
}

/// Writes a framing in a format.
///
/// # Errors
/// When there is no such format for a framing.
pub fn framing(name: &str, framing: &Framing, words: &Words, lang: Lang) -> Result<String, RenderError> {
    for format in FORMATS {
        if let (true, Render::Framing(render)) = (format.name == name, format.render) {
            return render(framing, words, lang);
        }
    }
    let known = framing_formats().collect::<Vec<_>>().join(", ");
    Err(RenderError::Unknown { name: name.to_owned(), what: "a framing", known })
}
