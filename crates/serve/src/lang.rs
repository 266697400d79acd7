//! Which language is spoken: `?lang=`, else the cookie, else `Accept-Language`.

use entente_account::Lang;

/// The language of a request. Without any word of the reader's it is Japanese, as the texts are.
pub(crate) fn choose(asked: Option<&str>, cookie: Option<&str>, accepted: Option<&str>) -> Lang {
    asked
        .and_then(Lang::parse)
        .or_else(|| cookie.and_then(Lang::parse))
        .unwrap_or_else(|| accepted.map_or(Lang::Ja, accept))
}

/// The language that an `Accept-Language` likes most; English where it likes neither.
fn accept(header: &str) -> Lang {
    let mut best: Option<(f32, Lang)> = None;
    for part in header.split(',') {
        let mut fields = part.split(';').map(str::trim);
        let tag = fields.next().unwrap_or_default().to_ascii_lowercase();
        let weight = fields.find_map(|field| field.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok());
        let lang = match tag.split('-').next() {
            Some("ja") => Lang::Ja,
            Some("en") => Lang::En,
            _ => continue,
        };
        let weight = weight.unwrap_or(0.0);
        if weight > 0.0 && best.is_none_or(|(known, _)| weight > known) {
            best = Some((weight, lang));
        }
    }
    best.map_or(Lang::En, |(_, lang)| lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_decides() {
        for (asked, cookie, accepted, lang) in [
            (None, None, None, Lang::Ja),
            (None, None, Some("en-GB,en;q=0.8,ja;q=0.2"), Lang::En),
            (None, None, Some("fr, ja;q=0.4, en;q=0.3"), Lang::Ja),
            (None, None, Some("fr"), Lang::En),
            (None, None, Some("en;q=0, ja;q=x"), Lang::En),
            (None, Some("ja"), Some("en"), Lang::Ja),
            (Some("en"), Some("ja"), Some("ja"), Lang::En),
            (Some("xx"), None, Some("ja"), Lang::Ja),
        ] {
            assert_eq!(choose(asked, cookie, accepted), lang, "{asked:?} {cookie:?} {accepted:?}");
        }
    }
}
