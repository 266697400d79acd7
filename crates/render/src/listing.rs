//! Lists of things as a table to read, as Markdown, as CSV and as JSON.

use crate::markdown::text;
use crate::table::Table;
use crate::{RenderError, csv};
use serde_json::Value;

/// Names of the formats of lists, in the order help shows them.
pub const LISTING_FORMATS: [&str; 4] = ["table", "json", "csv", "md"];

/// A list of things.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Listing {
    /// What is listed, for display.
    pub title: String,
    /// Columns: the name that programs read, and the heading for display.
    pub heads: Vec<(&'static str, String)>,
    /// Rows: a cell for each column.
    pub rows: Vec<Vec<String>>,
    /// What the list says as data, richer than its cells.
    pub data: Value,
    /// A remark below, for display: what is not shown, and where it is.
    pub note: Option<String>,
}

/// Writes a list in a format.
///
/// # Errors
/// When there is no such format, or JSON cannot be written.
pub fn listing(name: &str, listing: &Listing) -> Result<String, RenderError> {
    let heads = || listing.heads.iter().map(|(_, heading)| heading.clone());
    let mut out = String::new();
    match name {
        "json" => {
            out = serde_json::to_string_pretty(&listing.data)?;
            out.push('\n');
        }
        "csv" => {
            csv::row(listing.heads.iter().map(|(name, _)| *name), &mut out);
            for row in &listing.rows {
                csv::row(row, &mut out);
            }
        }
        "md" => {
            out.push_str(&format!("# {}\n\n", text(&listing.title)));
            let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
            if !listing.rows.is_empty() {
                out.push_str(&line(heads().map(|head| text(&head)).collect()));
                out.push_str(&line(listing.heads.iter().map(|_| "---".to_owned()).collect()));
            }
            for row in &listing.rows {
                let cell = |cell: &String| text(&cell.replace(['\n', '\r'], " "));
                out.push_str(&line(row.iter().map(cell).collect()));
            }
            if let Some(note) = &listing.note {
                out.push_str(&format!("\n{}\n", text(note)));
            }
        }
        "table" => {
            let mut table = Table::new(heads().collect());
            for row in &listing.rows {
                table.row(row.iter().cloned());
            }
            if listing.rows.is_empty() {
                out.push_str(&format!("{} (0)\n", listing.title));
            }
            table.write(&listing.title, &mut out);
            if let Some(note) = &listing.note {
                out.push_str(&format!("\n{note}\n"));
            }
        }
        _ => {
            return Err(RenderError::Unknown {
                name: name.to_owned(),
                what: "a list",
                known: LISTING_FORMATS.join(", "),
            });
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Listing {
        Listing {
            title: "出来事".to_owned(),
            heads: vec![("date", "日付".to_owned()), ("text", "語句".to_owned())],
            rows: vec![vec!["2024-05".to_owned(), "甲|乙, \"丙\"".to_owned()]],
            data: serde_json::json!([{"date": "2024-05"}]),
            note: Some("ほか 3 件".to_owned()),
        }
    }

    #[test]
    fn every_format_holds_every_row() {
        for (name, expected) in [
            ("csv", "date,text\r\n2024-05,\"甲|乙, \"\"丙\"\"\"\r\n"),
            ("json", "[\n  {\n    \"date\": \"2024-05\"\n  }\n]\n"),
            (
                "md",
                "# 出来事\n\n| 日付 | 語句 |\n| --- | --- |\n| 2024-05 | 甲\\|乙, \"丙\" |\n\nほか 3 件\n",
            ),
        ] {
            assert_eq!(listing(name, &example()).unwrap(), expected, "{name}");
        }
        let table = listing("table", &example()).unwrap();
        assert!(table.contains("出来事 (1)") && table.contains("甲|乙") && table.ends_with("ほか 3 件\n"));
        assert!(listing("table", &Listing::default()).unwrap().contains("(0)"));
        assert!(listing("xml", &example()).is_err());
    }
}
