//! The lines that the article of a page is made of.

use super::markup::tokenize;
use crate::reader::Reader;
use html5gum::Token;

/// Longest line that is a notice because of words in it, in characters.
const LONGEST_NOTICE: usize = 80;

/// What a line is by its markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shape {
    #[default]
    Paragraph,
    Heading,
    Item,
    Row,
}

/// A line of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub text: String,
    pub shape: Shape,
    /// Characters that stand in links.
    pub linked: usize,
    /// Whether it is parted from the line before by more than a line break.
    pub parted: bool,
}

impl Line {
    pub(crate) fn chars(&self) -> usize {
        self.text.chars().count()
    }

    /// Whether it ends as a sentence does, or holds one.
    pub(crate) fn tells(&self) -> bool {
        self.text.contains('。') || self.text.ends_with(['.', '!', '?', '！', '？'])
    }

    /// Whether a line is nothing but a link, or nearly.
    fn is_link(&self) -> bool {
        self.linked * 10 >= self.chars() * 8 && self.linked > 0 && !self.tells()
    }
}

/// The lines of an article: paragraphs, headings, items, rows of tables.
pub(crate) fn lines(html: &str) -> Vec<Line> {
    let mut lines = Lines { parted: true, ..Lines::default() };
    tokenize(html, |token| {
        match token {
            Token::StartTag(tag) => lines.tag(&String::from_utf8_lossy(&tag.name), true),
            Token::EndTag(tag) => lines.tag(&String::from_utf8_lossy(&tag.name), false),
            Token::String(words) => lines.words(&String::from_utf8_lossy(&words)),
            _ => {}
        }
        None
    });
    lines.finish();
    lines.done
}

#[derive(Debug, Default)]
struct Lines {
    done: Vec<Line>,
    line: Line,
    /// Whether white space waits for words.
    space: bool,
    /// Whether a cell ended, so that what follows in its row is parted by a tab.
    cell: bool,
    /// Whether the next line is parted from the last.
    parted: bool,
    in_link: bool,
    shape: Shape,
}

impl Lines {
    fn tag(&mut self, name: &str, starts: bool) {
        match name {
            "a" => self.in_link = starts,
            "br" => self.finish(),
            "td" | "th" => {
                if starts {
                    self.cell = !self.line.text.is_empty();
                    self.shape = Shape::Row;
                } else if self.line.text.is_empty() {
                    self.shape = Shape::Paragraph;
                }
            }
            "tr" | "dt" | "dd" => {
                self.finish();
                self.shape = if starts { Shape::Row } else { Shape::Paragraph };
            }
            "li" => {
                self.finish();
                self.shape = if starts { Shape::Item } else { Shape::Paragraph };
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.part();
                self.shape = if starts { Shape::Heading } else { Shape::Paragraph };
            }
            // A paragraph that fills an item or a cell is that item or cell.
            "p" | "div" if matches!(self.shape, Shape::Item | Shape::Row) && self.line.text.is_empty() => {}
            "p" | "div" if self.shape == Shape::Row => self.cell = true,
            "p" | "div" if self.shape == Shape::Item => self.finish(),
            _ => self.part(),
        }
    }

    fn words(&mut self, words: &str) {
        for c in words.chars() {
            if matches!(c, ' ' | '\n' | '\t' | '\r' | '\x0C') {
                self.space = true;
                continue;
            }
            let empty = self.line.text.is_empty();
            // A paragraph's indent tells nothing once paragraphs are lines.
            if empty && c.is_whitespace() {
                continue;
            }
            if empty {
                self.line.shape = self.shape;
            } else if std::mem::take(&mut self.cell) {
                self.line.text.push('\t');
            } else if self.space {
                self.line.text.push(' ');
            }
            self.cell = false;
            self.space = false;
            self.line.text.push(c);
            self.line.linked += usize::from(self.in_link);
        }
    }

    fn part(&mut self) {
        self.finish();
        self.parted = true;
    }

    fn finish(&mut self) {
        self.space = false;
        self.cell = false;
        let mut line = std::mem::take(&mut self.line);
        line.text.truncate(line.text.trim_end().len());
        if line.text.is_empty() {
            return;
        }
        line.parted = std::mem::take(&mut self.parted)
            || line.shape != self.done.last().map_or(line.shape, |last| last.shape);
        self.done.push(line);
    }
}

/// Takes out the lines that are no story: notices of the site, bare links, lists of other articles and the headings
/// that then have nothing below them.
pub(crate) fn story(lines: Vec<Line>, reader: &Reader) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::new();
    let mut elsewhere = false;
    let mut dropped_below = false;
    for line in lines {
        let words: Vec<char> = crate::Reading::new(&line.text).chars;
        if reader.leads_elsewhere(&words) {
            elsewhere = true;
            continue;
        }
        if line.shape == Shape::Heading {
            elsewhere = false;
        }
        let other = elsewhere && !line.tells();
        if other || line.is_link() || reader.is_notice(&words) {
            dropped_below = true;
            continue;
        }
        if line.shape == Shape::Heading && dropped_below {
            while kept.last().is_some_and(|last| last.shape == Shape::Heading) && kept.len() > 1 {
                kept.pop();
            }
        }
        dropped_below = false;
        kept.push(line);
    }
    while kept.last().is_some_and(|last| last.shape == Shape::Heading) && kept.len() > 1 {
        kept.pop();
    }
    kept
}

/// The lines as a text: a paragraph a line, blank lines between paragraphs, items marked as such.
pub(crate) fn text(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines {
        if !text.is_empty() {
            text.push_str(if line.parted { "\n\n" } else { "\n" });
        }
        if line.shape == Shape::Item && line.text.starts_with(|c: char| c.is_alphabetic()) {
            text.push('・');
        }
        text.push_str(&line.text);
    }
    text
}

impl Reader {
    /// Whether a line is one that a site adds to a story: that the rest is for subscribers, how to share it.
    pub(crate) fn is_notice(&self, words: &[char]) -> bool {
        let lower: Vec<char> = words.iter().flat_map(|c| c.to_lowercase()).collect();
        let offers = |offer: &Vec<char>| lower.windows(offer.len()).any(|window| window == offer.as_slice());
        self.notices.contains(&lower) || lower.len() <= LONGEST_NOTICE && self.offers.iter().any(offers)
    }

    /// Whether a line opens a list of other articles.
    pub(crate) fn leads_elsewhere(&self, words: &[char]) -> bool {
        let name: Vec<char> =
            words.iter().filter(|c| c.is_alphanumeric()).flat_map(|c| c.to_lowercase()).collect();
        self.elsewhere.contains(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_markup() {
        let cases = [
            ("<p>甲。</p><p>乙。</p>", "甲。\n\n乙。"),
            ("<p> 　甲\n</p>\n<div>乙</div>", "甲\n\n乙"),
            ("<p>甲。<br>乙。</p>", "甲。\n乙。"),
            ("<h2>題</h2><p>甲。</p>", "題\n\n甲。"),
            ("<ul><li>甲</li><li><p>乙</p></li><li>1. 丙</li></ul>", "・甲\n・乙\n1. 丙"),
            (
                "<table><tr><th>日時</th><td>5月16日</td></tr><tr><th>場所</th><td><p>北京</p></td></tr></table>",
                "日時\t5月16日\n場所\t北京",
            ),
            ("<dl><dt>日時</dt><dd>5月16日</dd></dl>", "日時\n5月16日"),
            ("甲 <a href=/>乙</a> 丙", "甲 乙 丙"),
            ("", ""),
        ];
        for (html, wanted) in cases {
            assert_eq!(text(&lines(html)), wanted, "{html}");
        }
    }

    #[test]
    fn what_a_site_adds_is_no_story() {
        let cases = [
            ("<p>甲は述べた。</p><p>この記事は有料記事です。残り1234文字</p>", "甲は述べた。"),
            ("<p>甲は述べた。</p><h2>関連記事</h2><ul><li>乙が訪問 5月6日</li></ul>", "甲は述べた。"),
            ("<p>甲は述べた。</p><h2>乙の項</h2><ul><li><a href=/>乙が訪問</a></li></ul>", "甲は述べた。"),
            ("<p>甲は述べた。</p><p>シェア</p><p>ツイート</p>", "甲は述べた。"),
            ("<p>甲は株をシェアすると述べた。</p>", "甲は株をシェアすると述べた。"),
            ("<p>甲はFacebookを訴えた。</p>", "甲はFacebookを訴えた。"),
            ("<h2>経緯</h2><p>甲は述べた。</p>", "経緯\n\n甲は述べた。"),
        ];
        for (html, wanted) in cases {
            assert_eq!(text(&story(lines(html), Reader::built_in())), wanted, "{html}");
        }
    }
}
