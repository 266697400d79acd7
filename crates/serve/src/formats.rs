//! A page as JSON and as CSV.

use crate::fault::Fault;
use crate::page::{Page, View};
use entente_render::Listing;

/// What a page shows, as JSON.
pub(crate) fn json<P: Page>(page: &P) -> Result<String, Fault> {
    let mut text = serde_json::to_string_pretty(page).map_err(|_| Fault::Broken)?;
    text.push('\n');
    Ok(text)
}

/// The list of a page, as CSV with a byte order mark, without which spreadsheets take Japanese for something else.
pub(crate) fn csv<P: Page>(page: &P, view: &View<'_>) -> Result<String, Fault> {
    let mut listing: Listing = page.listing(view);
    for cell in listing.rows.iter_mut().flatten() {
        defuse(cell);
    }
    let text = entente_render::listing("csv", &listing).map_err(|_| Fault::Broken)?;
    Ok(format!("\u{feff}{text}"))
}

/// A cell that a spreadsheet would compute begins with an apostrophe; numbers stay numbers.
fn defuse(cell: &mut String) {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err() {
        cell.insert(0, '\'');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_computes() {
        for (cell, expected) in
            [("=1+1", "'=1+1"), ("-3.5", "-3.5"), ("+1.9%", "'+1.9%"), ("@SUM", "'@SUM"), ("日", "日")]
        {
            let mut cell = cell.to_owned();
            defuse(&mut cell);
            assert_eq!(cell, expected);
        }
    }
}
