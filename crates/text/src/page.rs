//! A saved web page to the article in it.
//!
//! A page goes three ways once: its markup is read into what its head says and a plain, well nested body
//! ([`markup`]); the main part of that body is found by dom_smoothie, a port of Mozilla's Readability; and the lines
//! of that part become the text ([`lines`]). dom_smoothie is what is kept alive of its kind: it stands on html5ever,
//! holds its tree in one vector, and needs half of what the ports of Trafilatura bring along. What it lacks for
//! Japanese pages is done before and after it: menus and lists of other articles are left out by class and by words
//! (`lexicon/text/label.tsv`), and its lengths, which are those of English, are not asked for.

mod about;
mod date;
mod lines;
mod markup;

use crate::encoding::{Decoded, decode_page};
use crate::reader::Reader;
use crate::source::{Fault, Source};
use about::{About, about};
use dom_smoothie::{Config, ParsePolicy, Readability};
use lines::{Line, Shape};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, MessageParser, MimeHeaders as _, PartType};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Largest page that is read, in bytes.
pub(crate) const LARGEST_PAGE: usize = 64 << 20;

/// Weight of a text below which another way of finding it is tried.
const ENOUGH: usize = 100;

/// Weight below which there is no article.
const LEAST: usize = 12;

/// Lines at the head of an article among which its title may stand.
const TITLE_WITHIN: usize = 6;

/// Endings of the files that hold one page.
pub(crate) const PAGES: [&str; 3] = [".html", ".htm", ".xhtml"];

/// Endings of the files that hold a page and all that belongs to it, as a message in parts.
pub(crate) const ARCHIVES: [&str; 2] = [".mhtml", ".mht"];

/// Why a page gives no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// No article was found in it.
    #[error(
        "no article in this page\n  help: the text may be loaded by a script or lie behind a login; open the page in a browser and save it once the text is shown, or save the text as .txt"
    )]
    NoArticle,
    /// It is larger than what is read.
    #[error("the page is larger than {} MB\n  help: save its text as .txt", LARGEST_PAGE >> 20)]
    TooLarge,
    /// An archive without a page in it.
    #[error("no page in this archive\n  help: save the page again, as .mhtml or as .html")]
    NoPage,
}

/// Whether a stream begins as a page does.
pub(crate) fn begins_as_page(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let head = bytes.get(..14).unwrap_or(bytes).to_ascii_lowercase();
    head.starts_with(b"<!doctype html") || head.starts_with(b"<html")
}

/// The document of a page.
pub(crate) fn page_source(name: &str, bytes: Vec<u8>) -> Result<Source, Fault> {
    check_size(&bytes)?;
    let decoded = decode_page(&bytes, None)?;
    source(name, decoded, None, bytes)
}

/// The document of an archive: its first page.
pub(crate) fn archive_source(name: &str, bytes: Vec<u8>) -> Result<Source, Fault> {
    check_size(&bytes)?;
    let message = MessageParser::default().parse(&bytes).ok_or(PageError::NoPage)?;
    let part = message
        .parts
        .iter()
        .find(|part| {
            let kind = part.content_type();
            matches!(part.body, PartType::Html(_))
                || kind
                    .is_some_and(|kind| kind.subtype().is_some_and(|of| of.eq_ignore_ascii_case("xhtml+xml")))
        })
        .ok_or(PageError::NoPage)?;
    // The bytes as they were, for the page may declare another encoding than the part.
    let raw = usize::try_from(part.offset_body).ok().zip(usize::try_from(part.offset_end).ok());
    let raw = raw.and_then(|(from, to)| bytes.get(from..to)).unwrap_or_default();
    let page = match part.encoding {
        Encoding::None => None,
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    };
    let charset = part.content_type().and_then(|kind| kind.attribute("charset"));
    let decoded = decode_page(page.as_deref().unwrap_or(raw), charset)?;
    let location = part
        .content_location()
        .or_else(|| message.header_raw("Snapshot-Content-Location"))
        .map(|location| location.trim().to_owned());
    source(name, decoded, location.as_deref(), bytes)
}

fn check_size(bytes: &[u8]) -> Result<(), Fault> {
    if bytes.len() > LARGEST_PAGE { Err(PageError::TooLarge.into()) } else { Ok(()) }
}

fn source(name: &str, decoded: Decoded, location: Option<&str>, bytes: Vec<u8>) -> Result<Source, Fault> {
    let reader = Reader::built_in();
    let plain = markup::markup(&decoded.text, true);
    let about = about(&plain.head, location);
    let mut lines = article(&plain.html, reader);
    if weight(&lines) < ENOUGH {
        // What was taken for an aside may have held the story.
        let whole = article(&markup::markup(&decoded.text, false).html, reader);
        if weight(&lines) < LEAST || weight(&whole) > weight(&lines) * 3 {
            lines = whole;
        }
    }
    if let Some(body) = &about.body {
        let body = lines::story(paragraphs(body), reader);
        if weight(&body) > weight(&lines) * 2 {
            lines = body;
        }
    }
    if weight(&lines) < LEAST {
        return Err(PageError::NoArticle.into());
    }
    if let Some(title) = &about.title {
        set_title(title, &mut lines);
    }
    let text = lines::text(&lines);
    let About { title, published, publisher, url, lang, body: _ } = about;
    let chars: Vec<char> = text.chars().collect();
    Ok(Source {
        id: name.to_owned(),
        title,
        published,
        url,
        publisher,
        encoding: decoded.encoding.to_owned(),
        lang: lang.filter(|lang| may_be(lang, crate::language(&chars))),
        page: Some(Arc::from(bytes)),
        text,
    })
}

/// Whether a text in the script of one language may be in another, which the page declares. Templates often declare
/// what their text is not.
fn may_be(declared: &str, by_script: &str) -> bool {
    match by_script {
        "ja" | "zh" => matches!(declared, "ja" | "zh"),
        "ru" => matches!(declared, "ru" | "uk" | "be" | "bg" | "sr" | "mk" | "kk" | "ky" | "mn" | "tg"),
        "ar" => matches!(declared, "ar" | "fa" | "ur" | "ps"),
        "en" => !matches!(
            declared,
            "ja" | "zh" | "ko" | "ru" | "uk" | "be" | "bg" | "ar" | "fa" | "ur" | "th" | "hi" | "el" | "he"
        ),
        other => declared == other,
    }
}

/// The lines of the article in a body, by the strictest way that finds enough.
fn article(html: &str, reader: &Reader) -> Vec<Line> {
    let mut best: Vec<Line> = Vec::new();
    for policy in [ParsePolicy::Strict, ParsePolicy::Moderate, ParsePolicy::Clean, ParsePolicy::Raw] {
        let found =
            main_part(html, policy).map(|html| lines::story(lines::lines(&html), reader)).unwrap_or_default();
        // A looser way brings in more, and not all of it is the story.
        if weight(&found) * 2 > weight(&best) * 3 {
            best = found;
        }
        if weight(&best) >= ENOUGH {
            break;
        }
    }
    best
}

/// The main part of a page; `None` where none is found.
fn main_part(html: &str, policy: ParsePolicy) -> Option<String> {
    let config = Config { disable_json_ld: true, keep_classes: false, ..Config::default() };
    // A page that the library did not foresee must not stop those that come after.
    let found = catch_unwind(AssertUnwindSafe(|| {
        Readability::new(html, None, Some(config)).ok()?.parse_with_policy(policy).ok()
    }));
    found.ok().flatten().map(|article| article.content.to_string())
}

/// How much of a story lines hold: characters of sentences in full, those of other lines a quarter.
fn weight(lines: &[Line]) -> usize {
    lines
        .iter()
        .map(|line| {
            let own = line.chars().saturating_sub(line.linked);
            if line.tells() { line.chars() } else { own / 4 }
        })
        .sum()
}

/// The paragraphs of plain text.
fn paragraphs(text: &str) -> Vec<Line> {
    text.lines()
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(|text| Line { text: text.to_owned(), parted: true, ..Line::default() })
        .collect()
}

/// Makes the title the first line. Where it stands among the first lines already, what comes before it is of the
/// site, unless it tells something.
fn set_title(title: &str, lines: &mut Vec<Line>) {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let wanted = plain(title);
    let stands = lines.iter().take(TITLE_WITHIN).position(|line| plain(&line.text) == wanted);
    if let Some(at) = stands {
        lines.remove(at);
        let mut before = 0;
        lines.retain(|line| {
            before += 1;
            before > at || line.tells()
        });
    }
    lines.insert(0, Line { text: title.to_owned(), shape: Shape::Heading, ..Line::default() });
    if let Some(next) = lines.get_mut(1) {
        next.parted = true;
    }
}
