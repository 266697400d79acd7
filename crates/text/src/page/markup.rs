//! The markup of a page, read once: what its head says, and its body without what is no story.
//!
//! What comes out is well nested, of bounded depth, and has neither formatting elements nor scripts: nothing that
//! makes the builder of a tree slow. The stack here is a vector, and no step looks further into it than
//! [`SEARCHED`] elements, so that any page is read in linear time.

use html5gum::{EndTag, StartTag, State, Token, Tokenizer};
use std::borrow::Cow;

type Tag = StartTag<()>;

/// Depth of elements below which no more are kept; their content is.
const DEEPEST: usize = 64;

/// How far up the open elements one is searched for.
const SEARCHED: usize = 100;

/// Longest value kept of the head or of a date, in bytes.
const LONGEST_VALUE: usize = 2000;

/// Values kept of each kind.
const MOST_VALUES: usize = 200;

/// What a page says of itself, in order, as it stands.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// `<html lang>`.
    pub lang: Option<String>,
    /// `<title>`.
    pub title: String,
    /// `<meta>`: name, property or itemprop in lower case, and content.
    pub metas: Vec<(String, String)>,
    /// `<link rel=canonical>`.
    pub canonical: Option<String>,
    /// The texts of `<script type="application/ld+json">`.
    pub linked_data: Vec<String>,
    /// The headings of first rank.
    pub headings: Vec<String>,
    /// `<time datetime>`; whether it is marked as the time of publication.
    pub times: Vec<(String, bool)>,
    /// Words of elements whose class says that they are a date.
    pub dates: Vec<String>,
    /// The address in the comment that a browser leaves in what it saves.
    pub saved_from: Option<String>,
}

/// A page read.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    pub head: Head,
    /// The body.
    pub html: String,
}

/// Reads a page. `asides` says whether what by its class stands beside the story is left out.
pub(crate) fn markup(page: &str, asides: bool) -> Markup {
    let mut reader = Reader { asides, ..Reader::default() };
    tokenize(page, |token| reader.take(token));
    reader.close(0);
    Markup { head: reader.head, html: reader.out }
}

/// Gives the tokens of a page to `take`, which answers how what follows is to be read.
///
/// By html5gum and not by html5ever, which compares each attribute of a tag with all before it.
pub(crate) fn tokenize(page: &str, mut take: impl FnMut(Token) -> Option<State>) {
    let mut tokenizer = Tokenizer::new(page);
    while let Some(Ok(token)) = tokenizer.next() {
        if let Some(state) = take(token) {
            tokenizer.set_state(state);
        }
    }
}

/// What an element is to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It parts what is before it from what is after; kept under the name given.
    Block(&'static str),
    Link,
    /// It only dresses the words in it.
    Dress,
    /// No text of a story.
    Nothing,
}

/// An open element.
#[derive(Debug)]
struct Open {
    name: String,
    /// The name under which it was written out.
    written: Option<&'static str>,
}

/// Where characters go besides the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Catch {
    Title,
    LinkedData,
    Heading,
    Date,
}

#[derive(Debug, Default)]
struct Reader {
    asides: bool,
    head: Head,
    out: String,
    open: Vec<Open>,
    /// Elements written out and still open.
    depth: usize,
    /// The number of open elements at which what is left out began.
    left_out: Option<usize>,
    /// What is caught, and the number of open elements at which it began.
    caught: Option<(Catch, usize, String)>,
    /// The number of open elements at which a link began.
    link: Option<usize>,
    /// White space that waits for words: whether there was a line break in it.
    space: Option<bool>,
    /// Last character written in this block.
    last: Option<char>,
    /// How many elements `pre` are open.
    preformatted: usize,
}

impl Reader {
    fn take(&mut self, token: Token) -> Option<State> {
        match token {
            Token::StartTag(tag) => return self.start(&tag),
            Token::EndTag(EndTag { name, .. }) => self.end(&String::from_utf8_lossy(&name)),
            Token::String(words) => self.words(&String::from_utf8_lossy(&words)),
            Token::Comment(words) => self.comment(&String::from_utf8_lossy(&words)),
            _ => {}
        }
        None
    }

    fn comment(&mut self, words: &str) {
        let Some((_, rest)) = words.get(..400).unwrap_or(words).split_once("saved from url=(") else {
            return;
        };
        let address = rest.split_once(')').map(|(_, address)| address.trim());
        if self.head.saved_from.is_none() {
            self.head.saved_from =
                address.and_then(|address| address.split_whitespace().next()).map(str::to_owned);
        }
    }

    fn start(&mut self, tag: &Tag) -> Option<State> {
        let name = &*name_of(tag);
        let raw = match name {
            "script" => Some(State::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(State::RawText),
            // The title of a drawing is an element like others.
            "title" if self.is_open("svg") => None,
            "title" | "textarea" => Some(State::RcData),
            _ => None,
        };
        match name {
            "html" => {
                self.head.lang = self
                    .head
                    .lang
                    .take()
                    .or_else(|| attribute(tag, "lang"))
                    .or_else(|| attribute(tag, "xml:lang"));
                return None;
            }
            // They may be left out, or stand anywhere.
            "head" | "body" => return None,
            "meta" => {
                self.meta(tag);
                return None;
            }
            "link" => {
                let canonical =
                    attribute(tag, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
                if canonical && self.head.canonical.is_none() {
                    self.head.canonical = attribute(tag, "href");
                }
                return None;
            }
            "br" | "hr" => {
                self.break_line(name == "br");
                return None;
            }
            "img" | "input" | "area" | "base" | "col" | "embed" | "param" | "source" | "track" | "wbr"
            | "basefont" | "bgsound" | "frame" | "keygen" => return None,
            _ => {}
        }
        if tag.self_closing && !is_block(name) && raw.is_none() {
            return None;
        }
        self.imply_ends(name);
        let role = role(name);
        let at = self.open.len();
        let leaves =
            self.left_out.is_none() && (role == Role::Nothing || hidden(tag) || self.asides && is_aside(tag));
        let shown = self.left_out.is_none() && !leaves;
        self.catch(tag, at, shown);
        let written = match role {
            _ if !shown || self.depth >= DEEPEST => None,
            Role::Block(name) => Some(name),
            Role::Link => self.enter_link(tag, at),
            Role::Dress | Role::Nothing => None,
        };
        if shown && is_block(name) {
            self.part();
        }
        if let Some(written) = written {
            self.depth += 1;
            self.write_tag(written, tag);
        }
        if name == "pre" {
            self.preformatted += 1;
        }
        self.open.push(Open { name: name.to_owned(), written });
        if leaves {
            self.left_out = Some(at);
        }
        raw
    }

    /// A link within a link ends the first.
    fn enter_link(&mut self, tag: &Tag, at: usize) -> Option<&'static str> {
        attribute(tag, "href")?;
        if let Some(open) = self.link {
            self.close(open);
            // It stands lower now.
            self.link = Some(self.open.len());
            return Some("a");
        }
        self.link = Some(at);
        Some("a")
    }

    fn end(&mut self, name: &str) {
        match name {
            "br" => return self.break_line(true),
            "p" if !self.is_open("p") => return self.part(),
            _ => {}
        }
        if let Some(at) = self.find(name) {
            self.close(at);
        }
    }

    /// The element that an end tag ends. A cell keeps what is in it from being ended from within.
    fn find(&self, name: &str) -> Option<usize> {
        let of_table = matches!(name, "table" | "tr" | "td" | "th" | "thead" | "tbody" | "tfoot");
        for (at, open) in self.open.iter().enumerate().rev().take(SEARCHED) {
            if open.name == name {
                return Some(at);
            }
            if matches!(open.name.as_str(), "td" | "th") && !of_table
                || open.name == "table" && name != "table"
            {
                return None;
            }
        }
        None
    }

    fn is_open(&self, name: &str) -> bool {
        self.open.iter().rev().take(SEARCHED).any(|open| open.name == name)
    }

    /// Ends what a start tag ends without saying so.
    fn imply_ends(&mut self, name: &str) {
        let (ends, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "table", "td", "th"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "table", "td", "th"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot"], &["table"]),
            "rt" | "rp" => (&["rt", "rp"], &["ruby"]),
            "option" => (&["option"], &["select"]),
            _ if is_block(name) => {
                (&["p"], &["div", "li", "td", "th", "dd", "section", "article", "table", "blockquote"])
            }
            _ => return,
        };
        let mut found = None;
        for (at, open) in self.open.iter().enumerate().rev().take(SEARCHED) {
            if ends.contains(&open.name.as_str()) {
                found = Some(at);
                break;
            }
            if within.contains(&open.name.as_str()) {
                break;
            }
        }
        if let Some(at) = found {
            self.close(at);
        }
    }

    /// Ends all open elements from a place on.
    fn close(&mut self, from: usize) {
        while self.open.len() > from {
            let Some(open) = self.open.pop() else { break };
            let at = self.open.len();
            if open.name == "pre" {
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            if self.left_out.is_none() && is_block(&open.name) {
                self.part();
            }
            if let Some(written) = open.written {
                self.depth = self.depth.saturating_sub(1);
                self.out.push_str("</");
                self.out.push_str(written);
                self.out.push('>');
            }
            if self.left_out == Some(at) {
                self.left_out = None;
            }
            if self.link == Some(at) {
                self.link = None;
            }
            if self.caught.as_ref().is_some_and(|(_, from, _)| *from == at) {
                self.keep();
            }
        }
    }

    /// Begins to catch what an element holds.
    fn catch(&mut self, tag: &Tag, at: usize, shown: bool) {
        if self.caught.is_some() {
            return;
        }
        let name = &*name_of(tag);
        let what = match name {
            "title" if self.head.title.is_empty() && !self.is_open("svg") => Some(Catch::Title),
            "script"
                if attribute(tag, "type")
                    .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json")) =>
            {
                Some(Catch::LinkedData)
            }
            "h1" if shown => Some(Catch::Heading),
            "time" if shown => self.time(tag),
            _ if shown && words_of_class(tag).any(|word| is_date_word(&word)) => Some(Catch::Date),
            _ => None,
        };
        self.caught = what.map(|what| (what, at, String::new()));
    }

    /// Keeps the moment of an element of time; one without is caught by its words.
    fn time(&mut self, tag: &Tag) -> Option<Catch> {
        let class: Vec<String> = words_of_class(tag).collect();
        if class.iter().any(|word| matches!(word.as_str(), "modified" | "updated" | "update")) {
            return None;
        }
        let Some(moment) = attribute(tag, "datetime") else { return Some(Catch::Date) };
        let marked = attribute(tag, "itemprop").is_some_and(|of| of.eq_ignore_ascii_case("datePublished"))
            || attribute(tag, "pubdate").is_some()
            || class.iter().any(|word| matches!(word.as_str(), "published" | "pubdate"));
        if self.head.times.len() < MOST_VALUES {
            self.head.times.push((moment, marked));
        }
        None
    }

    fn keep(&mut self) {
        let Some((what, _, words)) = self.caught.take() else { return };
        let line = || super::about::line(&words);
        match what {
            Catch::Title => self.head.title = line(),
            Catch::LinkedData if self.head.linked_data.len() < MOST_VALUES => {
                self.head.linked_data.push(words)
            }
            Catch::Heading if self.head.headings.len() < MOST_VALUES => self.head.headings.push(line()),
            Catch::Date if self.head.dates.len() < MOST_VALUES => self.head.dates.push(line()),
            _ => {}
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let Some(content) = attribute(tag, "content") else { return };
        let names = ["property", "name", "itemprop", "http-equiv"];
        let Some(name) = names.iter().find_map(|name| attribute(tag, name)) else { return };
        if self.head.metas.len() < MOST_VALUES && !content.trim().is_empty() {
            self.head.metas.push((name.trim().to_ascii_lowercase(), content.trim().to_owned()));
        }
    }

    fn words(&mut self, words: &str) {
        if let Some((what, _, caught)) = &mut self.caught
            && (*what == Catch::LinkedData || caught.len() < LONGEST_VALUE)
        {
            caught.push_str(words);
        }
        if self.left_out.is_some() {
            return;
        }
        for c in words.chars() {
            match c {
                '\n' if self.preformatted > 0 => self.break_line(true),
                ' ' | '\n' | '\t' | '\r' | '\x0C' => {
                    self.space = Some(self.space.unwrap_or(false) || c == '\n');
                }
                c if c.is_control() || c == '\u{FEFF}' => {}
                c => self.character(c),
            }
        }
    }

    fn character(&mut self, c: char) {
        if let Some(broken) = self.space.take()
            && let Some(last) = self.last
            // A line break in the source between two Japanese characters is no space.
            && !(broken && is_wide(last) && is_wide(c))
        {
            self.out.push(' ');
        }
        self.last = Some(c);
        escape(c, &mut self.out);
    }

    fn break_line(&mut self, within: bool) {
        self.space_in_caught();
        if self.left_out.is_none() {
            self.part();
            self.out.push_str(if within { "<br>" } else { "<hr>" });
        }
    }

    fn space_in_caught(&mut self) {
        if let Some((_, _, caught)) = &mut self.caught {
            caught.push(' ');
        }
    }

    /// What follows is not one with what was before.
    fn part(&mut self) {
        self.space = None;
        self.last = None;
    }

    fn write_tag(&mut self, name: &str, tag: &Tag) {
        self.out.push('<');
        self.out.push_str(name);
        if name == "a" {
            self.out.push_str(" href=\"/\"");
        } else {
            for key in ["class", "id"] {
                if let Some(value) = attribute(tag, key) {
                    self.out.push(' ');
                    self.out.push_str(key);
                    self.out.push_str("=\"");
                    value.chars().filter(|c| !c.is_control()).for_each(|c| escape(c, &mut self.out));
                    self.out.push('"');
                }
            }
        }
        self.out.push('>');
    }
}

fn escape(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        c => out.push(c),
    }
}

/// Whether a character is of a script that is written without spaces.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

fn name_of(tag: &Tag) -> Cow<'_, str> {
    String::from_utf8_lossy(&tag.name)
}

/// The value of an attribute, cut to a length.
fn attribute(tag: &Tag, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(value.get(..LONGEST_VALUE).unwrap_or(value)).into_owned())
}

fn is_block(name: &str) -> bool {
    matches!(role(name), Role::Block(_))
}

fn role(name: &str) -> Role {
    match name {
        "p" => Role::Block("p"),
        "h1" => Role::Block("h1"),
        "h2" => Role::Block("h2"),
        "h3" => Role::Block("h3"),
        "h4" | "h5" | "h6" => Role::Block("h4"),
        "ul" | "dir" => Role::Block("ul"),
        "ol" => Role::Block("ol"),
        "li" => Role::Block("li"),
        "dl" => Role::Block("dl"),
        "dt" => Role::Block("dt"),
        "dd" => Role::Block("dd"),
        "table" => Role::Block("table"),
        "thead" | "tbody" | "tfoot" => Role::Block("tbody"),
        "tr" => Role::Block("tr"),
        "td" => Role::Block("td"),
        "th" => Role::Block("th"),
        "article" => Role::Block("article"),
        "section" => Role::Block("section"),
        "blockquote" => Role::Block("blockquote"),
        // A form may hold the whole page.
        "div" | "main" | "header" | "center" | "address" | "figure" | "details" | "summary" | "hgroup"
        | "pre" | "form" | "fieldset" | "listing" | "xmp" | "caption" | "search" | "legend" => {
            Role::Block("div")
        }
        "a" => Role::Link,
        "nav" | "menu" | "footer" | "aside" | "script" | "style" | "noscript" | "template" | "svg"
        | "math" | "iframe" | "object" | "applet" | "video" | "audio" | "canvas" | "map" | "select"
        | "option" | "optgroup" | "datalist" | "button" | "textarea" | "dialog" | "progress" | "meter"
        | "output" | "noembed" | "noframes" | "frameset" | "title" | "figcaption" | "rt" | "rp" | "rtc" => {
            Role::Nothing
        }
        _ => Role::Dress,
    }
}

/// Whether an element is not shown, or is by its role no text.
fn hidden(tag: &Tag) -> bool {
    let style = attribute(tag, "style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    attribute(tag, "hidden").is_some()
        || attribute(tag, "aria-hidden").is_some_and(|value| value == "true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
        || attribute(tag, "role").is_some_and(|role| {
            matches!(
                role.as_str(),
                "navigation"
                    | "complementary"
                    | "menu"
                    | "menubar"
                    | "dialog"
                    | "alert"
                    | "alertdialog"
                    | "search"
                    | "contentinfo"
                    | "banner"
                    | "toolbar"
            )
        })
}

/// The words that the class and the id of an element are made of, in lower case.
fn words_of_class(tag: &Tag) -> impl Iterator<Item = String> {
    let both = ["class", "id"].map(|key| attribute(tag, key).unwrap_or_default());
    let mut words = Vec::new();
    for value in both {
        let mut word = String::new();
        let mut lower = false;
        for c in value.chars() {
            if !c.is_ascii_alphanumeric() || c.is_ascii_uppercase() && lower {
                words.push(std::mem::take(&mut word));
            }
            lower = c.is_ascii_lowercase();
            if c.is_ascii_alphanumeric() {
                word.push(c.to_ascii_lowercase());
            }
        }
        words.push(word);
    }
    words.into_iter().filter(|word| !word.is_empty())
}

fn is_date_word(word: &str) -> bool {
    matches!(word, "date" | "pubdate" | "postdate" | "time" | "datetime" | "timestamp" | "published" | "day")
}

/// Whether by its class an element stands beside the story: menus, advertisements, other articles, buttons.
fn is_aside(tag: &Tag) -> bool {
    let name = &*name_of(tag);
    if matches!(name, "article" | "main" | "table" | "tbody" | "tr" | "form" | "section")
        && !is_named_aside(tag, true)
    {
        return false;
    }
    is_named_aside(tag, false)
}

fn is_named_aside(tag: &Tag, strictly: bool) -> bool {
    let mut aside = false;
    for word in words_of_class(tag) {
        match word.as_str() {
            // `main-with-sidebar`, `has-comments`: what holds the whole.
            "main" | "with" | "has" | "no" | "layout" | "wrapper" | "wrap" | "container" | "page"
            | "body" | "column" | "columns" | "grid" | "row" => return false,
            "related" | "relation" | "kanren" | "recommend" | "recommends" | "recommended"
            | "recommendation" | "ranking" | "breadcrumb" | "breadcrumbs" | "pankuzu" | "topicpath"
            | "advertisement" | "adsense" | "adsbygoogle" | "outbrain" | "taboola" | "share" | "sns"
            | "gnav" | "globalnav" | "sidebar" | "newsletter" => aside = true,
            "social" | "ad" | "ads" | "adv" | "advert" | "banner" | "banners" | "bnr" | "menu" | "nav"
            | "navi" | "navigation" | "comment" | "comments" | "copyright" | "pager" | "pagination"
            | "subscribe" | "paywall" | "toolbar" | "popular" | "promo" | "promotion" | "sponsor"
            | "sponsored" | "caption" | "footer" | "print" | "cookie" | "modal" | "popup" | "skip"
            | "login" | "pagetop" | "tags" | "taglist" | "tag" | "pr" => {
                aside |= !strictly;
            }
            _ => {}
        }
    }
    aside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_story_is_left_out() {
        let cases = [
            ("<p>甲<b>乙</b>丙", "<p>甲乙丙</p>"),
            ("<p>甲\n乙 A\nB</p>", "<p>甲乙 A B</p>"),
            ("<p>甲<p>乙", "<p>甲</p><p>乙</p>"),
            ("<ul><li>甲<li>乙</ul>丙", "<ul><li>甲</li><li>乙</li></ul>丙"),
            ("<nav><ul><li>甲</ul></nav>乙", "乙"),
            ("<div><div class=related-list>甲</div>乙", "<div>乙</div>"),
            ("<div><aside><p>甲</div>乙", "<div></div>乙"),
            ("<ruby>習<rp>(</rp><rt>しゅう</rt><rp>)</rp></ruby>氏", "習氏"),
            ("<script>var a = '</p><p>甲';</script>乙", "乙"),
            ("<script><!-- <script> </script> --></script>乙", "乙"),
            ("<style>p { }</style><!-- 甲 -->&lt;乙&amp;&#20013;", "&lt;乙&amp;中"),
            ("<p hidden>甲</p><p style='display: none'>乙</p><p>丙", "<p>丙</p>"),
            ("<a href=x>甲<a href=y>乙</a>", "<a href=\"/\">甲</a><a href=\"/\">乙</a>"),
            ("<pre>甲\n乙</pre>", "<div>甲<br>乙</div>"),
            ("<table><tr><td>甲</div><td>乙</table>", "<table><tr><td>甲</td><td>乙</td></tr></table>"),
            ("甲</p></div></td>乙", "甲乙"),
            ("甲\0乙", "甲乙"),
            ("<div class='main-with-sidebar'>甲</div>", "<div class=\"main-with-sidebar\">甲</div>"),
        ];
        for (page, wanted) in cases {
            assert_eq!(markup(page, true).html, wanted, "{page}");
        }
        assert_eq!(markup("<div class=related>甲</div>", false).html, "<div class=\"related\">甲</div>");
    }

    #[test]
    fn depth_is_bounded() {
        let html = markup(&("<div>".repeat(100_000) + "甲" + &"</div>".repeat(100_000)), true).html;
        assert_eq!(html.matches("<div>").count(), DEEPEST);
        assert_eq!(html.matches("</div>").count(), DEEPEST);
    }

    #[test]
    fn the_head_is_read() {
        let head = markup(
            "<!-- saved from url=(0025)https://example.com/a?b=1 --><html lang=ja><title>題\n名</title>\
             <meta property='OG:title' content=' 題 '><link rel=canonical href='https://example.com/a'>\
             <script type='application/ld+json'>{\"a\": \"<b>\"}</script><h1>題<br>名</h1>\
             <time datetime='2024-05-16' pubdate>16日</time><span class='entry-date'>2024年5月<b>16</b>日</span>",
            true,
        )
        .head;
        assert_eq!((head.lang.as_deref(), head.title.as_str()), (Some("ja"), "題 名"));
        assert_eq!(head.metas, [("og:title".to_owned(), "題".to_owned())]);
        assert_eq!(head.canonical.as_deref(), Some("https://example.com/a"));
        assert_eq!(head.linked_data, ["{\"a\": \"<b>\"}"]);
        assert_eq!(head.headings, ["題 名"]);
        assert_eq!(head.times, [("2024-05-16".to_owned(), true)]);
        assert_eq!(head.dates, ["2024年5月16日"]);
        assert_eq!(head.saved_from.as_deref(), Some("https://example.com/a?b=1"));
    }
}
