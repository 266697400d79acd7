//! Rows of comma-separated values, as RFC 4180 has them.

/// A row; cells with a comma, a quotation mark or a line break stand in quotation marks.
pub(crate) fn row<T: AsRef<str>>(cells: impl IntoIterator<Item = T>, out: &mut String) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        let cell = cell.as_ref();
        if cell.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let table: &[(&[&str], &str)] = &[
            (&["a", "", "日中"], "a,,日中\r\n"),
            (&["a,b", "「c」"], "\"a,b\",「c」\r\n"),
            (&["say \"no\"", "two\nlines"], "\"say \"\"no\"\"\",\"two\nlines\"\r\n"),
        ];
        for (cells, expected) in table {
            let mut out = String::new();
            row(*cells, &mut out);
            assert_eq!(out, *expected);
        }
    }
}
