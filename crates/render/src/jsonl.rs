//! Records as JSON Lines: one record a line.

use crate::{Format, Render, RenderError};
use entente_account::{Lang, Words};
use entente_base::record::Record;

pub(crate) const FORMAT: Format = Format {
    name: "jsonl",
    extension: "jsonl",
    media_type: "application/x-ndjson",
    help: "one record a line",
    streams: true,
    render: Render::Records(render),
};

fn render(records: &[Record], _: &Words, _: Lang) -> Result<String, RenderError> {
    let mut out = String::new();
    for record in records {
        out.push_str(&serde_json::to_string(record)?);
        out.push('\n');
    }
    Ok(out)
}
