//! Records, or a dossier, as one indented JSON document.

use crate::{Format, Render, RenderError};
use entente_account::{Dossier, Lang, Words};
use entente_base::record::Record;

pub(crate) const RECORDS: Format = Format {
    name: "json",
    extension: "json",
    media_type: "application/json",
    help: "an array of records, indented",
    streams: false,
    render: Render::Records(records),
};

pub(crate) const DOSSIER: Format = Format {
    name: "json",
    extension: "json",
    media_type: "application/json",
    help: "the dossier's data, indented",
    streams: false,
    render: Render::Dossier(dossier),
};

fn records(records: &[Record], _: &Words, _: Lang) -> Result<String, RenderError> {
    Ok(serde_json::to_string_pretty(records)? + "\n")
}

fn dossier(dossier: &Dossier, _: &Words) -> Result<String, RenderError> {
    Ok(serde_json::to_string_pretty(dossier)? + "\n")
}
