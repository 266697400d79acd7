//! Addresses. They last: people cite them.

use std::fmt::Write as _;

/// A part of a path. Dots are encoded where they would be read as the ending of a format.
fn part(text: &str) -> String {
    let mut out = encode(text);
    for ending in [".json", ".csv"] {
        if let Some(rest) = out.strip_suffix(ending) {
            out = format!("{rest}%2E{}", &ending[1..]);
        }
    }
    // A path of dots alone would be taken for a folder.
    if out.chars().all(|c| c == '.') { out.replace('.', "%2E") } else { out }
}

/// Characters of an address as RFC 3986 has them: all but the unreserved are encoded.
fn encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing into a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = || text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match byte {
            b'+' => out.push(b' '),
            b'%' if let Some(code) = hex() => {
                out.push(code);
                at += 2;
            }
            _ => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The parameters of a query.
pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decode(name), decode(value))
        })
        .collect()
}

/// A query with its question mark; nothing where there are no parameters.
pub(crate) fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let pairs: Vec<String> =
        pairs.into_iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// The page of an event.
pub(crate) fn event(id: &str) -> String {
    format!("/event/{}", part(id))
}

/// The page of a document.
pub(crate) fn document(id: &str) -> String {
    format!("/document/{}", part(id))
}

/// The page of a document, at some words: code points of its text.
pub(crate) fn passage(id: &str, start: usize, end: usize) -> String {
    format!("/document/{}?at={start}-{end}#at", part(id))
}

/// The page of a state, a body or a person: a code, or a name where there is none.
pub(crate) fn actor(code: &str) -> String {
    format!("/actor/{}", part(code))
}

/// The dossier on one state or more.
pub(crate) fn relation(codes: &[String]) -> String {
    let mut codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    codes.sort_unstable();
    codes.dedup();
    format!("/relation/{}", part(&codes.join("-")))
}

/// The timeline with some parameters.
pub(crate) fn timeline(pairs: &[(&str, &str)]) -> String {
    format!("/timeline{}", query(pairs.iter().copied().filter(|(_, value)| !value.is_empty())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_any_identifier() {
        for (id, expected) in [
            ("a.txt", "/document/a.txt"),
            ("a/b c.json", "/document/a%2Fb%20c%2Ejson"),
            ("..", "/document/%2E%2E"),
            ("日?#", "/document/%E6%97%A5%3F%23"),
        ] {
            assert_eq!(document(id), expected);
            assert_eq!(decode(expected.trim_start_matches("/document/")), id);
        }
        assert_eq!(relation(&["RUS".into(), "CHN".into()]), "/relation/CHN-RUS");
        assert_eq!(
            pairs("a=1&b=%E6%97%A5+x&c&=%zz"),
            [
                ("a".into(), "1".into()),
                ("b".into(), "日 x".into()),
                ("c".into(), String::new()),
                (String::new(), "%zz".into())
            ]
        );
    }
}
