//! Text that others wrote: shown as it is, and harmless. Markup is escaped by the templates; what remains is what
//! reorders or hides text.

use maud::{Markup, html};

/// Characters that change the direction of text, and what is shown in their place.
const DIRECTION: [(char, &str); 12] = [
    ('\u{61c}', "ALM"),
    ('\u{200e}', "LRM"),
    ('\u{200f}', "RLM"),
    ('\u{202a}', "LRE"),
    ('\u{202b}', "RLE"),
    ('\u{202c}', "PDF"),
    ('\u{202d}', "LRO"),
    ('\u{202e}', "RLO"),
    ('\u{2066}', "LRI"),
    ('\u{2067}', "RLI"),
    ('\u{2068}', "FSI"),
    ('\u{2069}', "PDI"),
];

fn mark(c: char) -> Option<&'static str> {
    DIRECTION.iter().find(|(known, _)| *known == c).map(|(_, name)| *name)
}

/// What no page may hold.
fn is_void(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// Words of others within a line: isolated from the direction of what stands around, their controls made visible.
pub(crate) fn words(text: &str) -> Markup {
    html! { bdi { (inner(text)) } }
}

/// Longest name shown, in characters.
const LONGEST_NAME: usize = 120;

/// The name of a document or of who published it: cut off where it is longer than a name.
pub(crate) fn name(text: &str) -> Markup {
    match text.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => words(&format!("{}…", &text[..end])),
        None => words(text),
    }
}

/// [`words`] without the element that isolates: for what stands in one already.
pub(crate) fn inner(text: &str) -> Markup {
    if !text.chars().any(|c| is_void(c) || mark(c).is_some()) {
        return html! { (text) };
    }
    let mut parts: Vec<(String, Option<&'static str>)> = vec![(String::new(), None)];
    for c in text.chars() {
        if let Some(name) = mark(c) {
            parts.push((String::new(), Some(name)));
            parts.push((String::new(), None));
        } else if !is_void(c)
            && let Some((last, _)) = parts.last_mut()
        {
            last.push(c);
        }
    }
    html! {
        @for (text, control) in &parts {
            @if let Some(name) = control { span.control { (name) } } @else { (text) }
        }
    }
}

/// Words of others where no element may stand: titles, attributes, headers.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|&c| !is_void(c) && mark(c).is_none()).collect()
}

/// A passage of a document, in Japanese quotation marks unless it has its own.
pub(crate) fn quote(text: &str) -> Markup {
    let own = text.starts_with(['「', '『', '“', '"']);
    html! { q.said lang="ja" { @if !own { "「" } (words(text)) @if !own { "」" } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_shown_and_does_nothing() {
        for (text, expected) in [
            ("<script>alert(1)</script>", "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>"),
            ("a\u{202e}b\u{0}", "<bdi>a<span class=\"control\">RLO</span>b</bdi>"),
            ("日中", "<bdi>日中</bdi>"),
        ] {
            assert_eq!(words(text).into_string(), expected);
        }
        assert_eq!(
            name(&"長".repeat(500)).into_string().chars().filter(|c| *c == '長').count(),
            LONGEST_NAME
        );
        assert_eq!(plain("a\u{202e}b\u{1b}[2J"), "ab[2J");
    }
}
