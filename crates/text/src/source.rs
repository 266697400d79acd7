//! What the caller names, as a stream of documents: a file, a folder, standard input.

use crate::encoding::{EncodingError, decode};
use crate::page::{self, PageError};
use serde_json::{Map, Value};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One document as given, before it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// What the caller calls it: its `id`, else its path, else `path:line`; `-` for standard input.
    pub id: String,
    /// The text as read.
    pub text: String,
    /// Title, where given beside the text.
    pub title: Option<String>,
    /// Date of publication, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Encoding of the bytes.
    pub encoding: String,
    /// Language that a page declares, an ISO 639-1 code, where the script of the text admits it.
    pub lang: Option<String>,
    /// The bytes of the saved page that the text was taken out of; `None` where the text is what was read.
    pub page: Option<Arc<[u8]>>,
}

/// What went wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No such file or folder.
    #[error("there is no such file or folder\n  help: name a file, a folder, or `-` for standard input")]
    Missing,
    /// The system refused.
    #[error("cannot be read: {0}\n  help: see whether the file is there and may be read")]
    Unreadable(String),
    /// The bytes are not text.
    #[error(transparent)]
    Encoding(#[from] EncodingError),
    /// The page holds no article that can be read.
    #[error(transparent)]
    Page(#[from] PageError),
    /// The line is not a JSON object.
    #[error("not a JSON object: {0}\n  help: write one object a line, such as {{\"text\": \"…\"}}")]
    Json(String),
    /// A field is missing or has another form than it should.
    #[error("field `{field}` {problem}\n  help: {help}")]
    Field {
        /// Name of the field.
        field: &'static str,
        /// What is wrong with it.
        problem: String,
        /// What would mend it.
        help: &'static str,
    },
    /// The folder holds no document.
    #[error("no document in this folder ({skipped} files of other kinds)\n  help: documents end in {}", EXTENSIONS.join(", "))]
    Empty {
        /// Files passed over.
        skipped: usize,
    },
}

/// A document that could not be read: which one, where, and what would help.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {fault}", place(.file, *.line))]
pub struct SourceError {
    /// The file as named; `-` for standard input.
    pub file: String,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong.
    pub fault: Fault,
}

fn place(file: &str, line: usize) -> String {
    if line == 0 { file.to_owned() } else { format!("{file}:{line}") }
}

impl SourceError {
    fn new(file: &str, line: usize, fault: impl Into<Fault>) -> Self {
        Self { file: file.to_owned(), line, fault: fault.into() }
    }
}

/// Endings of the files that a folder's documents have.
pub const EXTENSIONS: [&str; 8] = [
    ".txt",
    ".md",
    ".jsonl",
    page::PAGES[0],
    page::PAGES[1],
    page::PAGES[2],
    page::ARCHIVES[0],
    page::ARCHIVES[1],
];

/// The documents that a path names, read one at a time.
///
/// `-` is standard input: JSON lines when it begins with an object, a page when it begins as HTML does, else one text.
/// A folder gives its files that end as [`EXTENSIONS`] tell and those of its folders, sorted by name, without dotfiles
/// and without the folders that browsers save beside a page. `.jsonl` is read as JSON lines; of `.html` and `.mhtml`
/// the article in the page is taken; any other file is read as text. An error concerns one document; the rest goes on.
///
/// A text longer than [`LONGEST_TEXT`] is taken as several documents, `ID#1`, `ID#2` and so on, cut at ends of lines or
/// sentences; put together they are the text.
pub fn open(path: &Path) -> Sources {
    let mut sources = Sources::empty();
    if path.as_os_str() == "-" {
        sources.current = Current::Unread("-".to_owned(), Box::new(BufReader::new(std::io::stdin())));
    } else if path.is_dir() {
        let walk = walkdir::WalkDir::new(path)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.path()) && !belongs_to_page(entry));
        sources.walk = Some(Box::new(walk));
        sources.folder = Some(path.display().to_string());
    } else {
        sources.files.push_back(path.to_owned());
    }
    sources
}

/// The documents of a stream, as [`open`] reads standard input; `name` stands for it in identifiers and errors.
pub fn read(name: &str, input: impl Read + Send + 'static) -> Sources {
    let mut sources = Sources::empty();
    sources.current = Current::Unread(name.to_owned(), Box::new(BufReader::new(input)));
    sources
}

type Walk = Box<dyn Iterator<Item = walkdir::Result<walkdir::DirEntry>> + Send>;

/// Where the iterator stands.
enum Current {
    None,
    /// A stream whose form is not known yet.
    Unread(String, Box<dyn BufRead + Send>),
    /// JSON lines and the number of the last line read.
    Lines(String, Box<dyn BufRead + Send>, usize),
}

/// The documents that a path names; see [`open`].
pub struct Sources {
    files: VecDeque<PathBuf>,
    walk: Option<Walk>,
    folder: Option<String>,
    current: Current,
    /// What is left of a text that is longer than an article.
    rest: Option<Rest>,
    skipped: usize,
    found: usize,
}

/// Longest text of one document, in bytes of UTF-8: some hundred times that of a long article. A longer one is taken as
/// several documents, so that memory stays bounded, whatever a file holds.
pub const LONGEST_TEXT: usize = 3 << 20;

/// A text that is longer than an article, on the way into documents.
struct Rest {
    source: Source,
    /// Where the next document begins.
    at: usize,
    /// How many there were.
    parts: usize,
}

impl Iterator for Rest {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        let text = self.source.text.get(self.at..).filter(|text| !text.is_empty())?;
        let part = text.get(..part_end(text)).unwrap_or(text).to_owned();
        self.at += part.len();
        self.parts += 1;
        let id = format!("{}#{}", self.source.id, self.parts);
        // Of the source all is told again but its text.
        let Source { title, published, url, publisher, encoding, lang, .. } = &self.source;
        Some(Source {
            id,
            text: part,
            title: title.clone(),
            published: published.clone(),
            url: url.clone(),
            publisher: publisher.clone(),
            encoding: encoding.clone(),
            lang: lang.clone(),
            page: None,
        })
    }
}

/// Where the first document of a long text ends: after a line, else after a sentence, else after a clause or a word, else
/// wherever it must; within the second half of what it may be long.
fn part_end(text: &str) -> usize {
    if text.len() <= LONGEST_TEXT {
        return text.len();
    }
    let (middle, end) = (text.floor_char_boundary(LONGEST_TEXT / 2), text.floor_char_boundary(LONGEST_TEXT));
    let half = text.get(middle..end).unwrap_or_default();
    ["\n", "。", "、", " "]
        .iter()
        .find_map(|stop| half.rfind(stop).map(|at| middle + at + stop.len()))
        .unwrap_or(end)
}

impl Sources {
    fn empty() -> Self {
        Self {
            files: VecDeque::new(),
            walk: None,
            folder: None,
            current: Current::None,
            rest: None,
            skipped: 0,
            found: 0,
        }
    }

    /// How many files of a folder were passed over so far, not being documents.
    pub fn skipped(&self) -> usize {
        self.skipped
    }

    /// The next file: one named, or the next document of the folder.
    fn next_file(&mut self) -> Option<Result<PathBuf, SourceError>> {
        if let Some(file) = self.files.pop_front() {
            return Some(Ok(file));
        }
        while let Some(entry) = self.walk.as_mut()?.next() {
            match entry {
                Ok(entry) if entry.path().is_dir() => {}
                Ok(entry) if is_document(entry.path()) && entry.path().is_file() => {
                    self.found += 1;
                    return Some(Ok(entry.into_path()));
                }
                Ok(_) => self.skipped += 1,
                Err(error) => {
                    self.found += 1;
                    let file = error.path().map_or_else(String::new, |path| path.display().to_string());
                    return Some(Err(SourceError::new(&file, 0, Fault::Unreadable(error.to_string()))));
                }
            }
        }
        self.walk = None;
        let folder = self.folder.take()?;
        (self.found == 0).then(|| Err(SourceError::new(&folder, 0, Fault::Empty { skipped: self.skipped })))
    }

    fn file(&mut self, path: &Path) -> Option<Result<Source, SourceError>> {
        let name = path.display().to_string();
        let fail = |fault| Some(Err(SourceError::new(&name, 0, fault)));
        if extension(path) == ".jsonl" {
            return match File::open(path) {
                Ok(file) => {
                    self.current = Current::Lines(name, Box::new(BufReader::new(file)), 0);
                    None
                }
                Err(error) => fail(fault_of(&error)),
            };
        }
        let extension = extension(path);
        let one = |known: &[&str]| known.contains(&extension.as_str());
        let taken = if one(&page::PAGES) {
            page::page_source
        } else if one(&page::ARCHIVES) {
            page::archive_source
        } else {
            return match std::fs::read(path) {
                Ok(bytes) => Some(text_source(&name, &bytes)),
                Err(error) => fail(fault_of(&error)),
            };
        };
        let mut bytes = Vec::new();
        // One byte more than is read tells that there is more.
        match File::open(path)
            .and_then(|file| file.take(page::LARGEST_PAGE as u64 + 1).read_to_end(&mut bytes))
        {
            Ok(_) => Some(taken(&name, bytes).map_err(|fault| SourceError::new(&name, 0, fault))),
            Err(error) => fail(fault_of(&error)),
        }
    }

    /// Finds out whether a stream holds JSON lines or a text.
    fn unread(
        &mut self,
        name: String,
        mut input: Box<dyn BufRead + Send>,
    ) -> Option<Result<Source, SourceError>> {
        let mut head = Vec::new();
        let lines = loop {
            match input.fill_buf() {
                Ok([]) => break false,
                Ok(bytes) => {
                    head.extend_from_slice(bytes);
                    let len = bytes.len();
                    input.consume(len);
                    if let Some(lines) = begins_with_object(&head) {
                        break lines;
                    }
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Some(Err(SourceError::new(&name, 0, fault_of(&error)))),
            }
        };
        if lines {
            self.current = Current::Lines(name, Box::new(Cursor::new(head).chain(input)), 0);
            return None;
        }
        match input.read_to_end(&mut head) {
            Ok(_) if page::begins_as_page(&head) => {
                Some(page::page_source(&name, head).map_err(|fault| SourceError::new(&name, 0, fault)))
            }
            Ok(_) => Some(text_source(&name, &head)),
            Err(error) => Some(Err(SourceError::new(&name, 0, fault_of(&error)))),
        }
    }

    /// The next document as it stands in its file.
    fn read(&mut self) -> Option<Result<Source, SourceError>> {
        loop {
            match std::mem::replace(&mut self.current, Current::None) {
                Current::Unread(name, input) => {
                    if let Some(found) = self.unread(name, input) {
                        return Some(found);
                    }
                }
                Current::Lines(name, mut input, mut line) => {
                    let mut bytes = Vec::new();
                    match input.read_until(b'\n', &mut bytes) {
                        Ok(0) => {}
                        Ok(_) => {
                            line += 1;
                            let wide = line == 1
                                && (bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF"));
                            let found = line_source(&name, line, &bytes);
                            if !wide {
                                self.current = Current::Lines(name, input, line);
                            }
                            if let Some(found) = found {
                                return Some(found);
                            }
                        }
                        Err(error) => return Some(Err(SourceError::new(&name, line + 1, fault_of(&error)))),
                    }
                }
                Current::None => match self.next_file()? {
                    Ok(path) => {
                        if let Some(found) = self.file(&path) {
                            return Some(found);
                        }
                    }
                    Err(error) => return Some(Err(error)),
                },
            }
        }
    }
}

impl Iterator for Sources {
    type Item = Result<Source, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(part) = self.rest.as_mut().and_then(Rest::next) {
            return Some(Ok(part));
        }
        self.rest = None;
        match self.read()? {
            Ok(source) if source.text.len() > LONGEST_TEXT && source.page.is_none() => {
                self.rest = Some(Rest { source, at: 0, parts: 0 });
                self.rest.as_mut().and_then(Rest::next).map(Ok)
            }
            found => Some(found),
        }
    }
}

fn fault_of(error: &std::io::Error) -> Fault {
    match error.kind() {
        std::io::ErrorKind::NotFound => Fault::Missing,
        _ => Fault::Unreadable(error.to_string()),
    }
}

fn extension(path: &Path) -> String {
    path.extension().map_or_else(String::new, |ext| format!(".{}", ext.to_string_lossy().to_lowercase()))
}

fn is_document(path: &Path) -> bool {
    EXTENSIONS.contains(&extension(path).as_str())
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Whether an entry is the folder of pictures and scripts that a browser saves beside a page (`a.html`, `a_files`).
fn belongs_to_page(entry: &walkdir::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let page = ["_files", ".files"].iter().find_map(|end| name.strip_suffix(end));
    entry.file_type().is_dir()
        && page.is_some_and(|page| {
            page::PAGES.iter().any(|end| entry.path().with_file_name(format!("{page}{end}")).is_file())
        })
}

/// Whether bytes begin with a JSON object; `None` where there are too few to tell.
fn begins_with_object(bytes: &[u8]) -> Option<bool> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut rest = bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
    match rest.next()? {
        b'{' => rest.next().map(|byte| matches!(byte, b'"' | b'}')),
        _ => Some(false),
    }
}

fn text_source(name: &str, bytes: &[u8]) -> Result<Source, SourceError> {
    let decoded = decode(bytes).map_err(|error| SourceError::new(name, 0, error))?;
    Ok(Source {
        id: name.to_owned(),
        text: decoded.text,
        encoding: decoded.encoding.to_owned(),
        ..Source::default()
    })
}

/// The document of a line of JSON; `None` for an empty line.
fn line_source(name: &str, line: usize, bytes: &[u8]) -> Option<Result<Source, SourceError>> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    Some(object_source(name, line, bytes).map_err(|fault| SourceError::new(name, line, fault)))
}

fn object_source(name: &str, line: usize, bytes: &[u8]) -> Result<Source, Fault> {
    let decoded = decode(bytes)?;
    let json = |error: serde_json::Error| Fault::Json(format!("{error}"));
    let mut object: Map<String, Value> = serde_json::from_str(decoded.text.trim()).map_err(json)?;
    let text = match object.remove("text") {
        Some(Value::String(text)) => text,
        other => {
            return Err(Fault::Field {
                field: "text",
                problem: if other.is_some() { "is not a string" } else { "is missing" }.to_owned(),
                help: "give each document its text: {\"text\": \"…\"}",
            });
        }
    };
    let published = match scalar(&mut object, "published")? {
        Some(value) => Some(published(&value)?),
        None => None,
    };
    Ok(Source {
        id: scalar(&mut object, "id")?.unwrap_or_else(|| format!("{name}:{line}")),
        text,
        title: scalar(&mut object, "title")?,
        published,
        url: scalar(&mut object, "url")?,
        publisher: scalar(&mut object, "publisher")?,
        encoding: decoded.encoding.to_owned(),
        ..Source::default()
    })
}

/// A field that holds a string or a number; `None` where it is missing, null or blank.
fn scalar(object: &mut Map<String, Value>, field: &'static str) -> Result<Option<String>, Fault> {
    match object.remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(value)) if value.trim().is_empty() => Ok(None),
        Some(Value::String(value)) => Ok(Some(value)),
        Some(Value::Number(value)) => Ok(Some(value.to_string())),
        Some(_) => Err(Fault::Field {
            field,
            problem: "is neither a string nor a number".to_owned(),
            help: "give it a string, or leave it out",
        }),
    }
}

/// The date of publication as records carry it: of a date-time, the date.
///
/// ```
/// assert_eq!(entente_text::published("2025-05-06T10:00:00+09:00").unwrap(), "2025-05-06");
/// assert!(entente_text::published("2025-13").is_err());
/// ```
///
/// # Errors
/// When it is no date of ISO 8601: `2025`, `2025-05`, `2025-05-06`, or a date-time that begins so.
pub fn published(value: &str) -> Result<String, Fault> {
    let wrong = || Fault::Field {
        field: "published",
        problem: format!("is no date: {}", value.chars().take(40).collect::<String>()),
        help: "write it as 2025, 2025-05, 2025-05-06 or 2025-05-06T10:00:00+09:00",
    };
    let value = value.trim();
    let (date, time) = match value.find(['T', 't', ' ']) {
        Some(at) => (value.get(..at).unwrap_or_default(), value.get(at + 1..)),
        None => (value, None),
    };
    let parts: Vec<&str> = date.split('-').collect();
    let number = |part: &str, len: usize| -> Option<u32> {
        (part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse().ok())
            .flatten()
    };
    let fits = match parts.as_slice() {
        [year] => number(year, 4).is_some(),
        [year, month] => number(year, 4).is_some() && matches!(number(month, 2), Some(1..=12)),
        [year, month, day] => match (number(year, 4), number(month, 2), number(day, 2)) {
            (Some(year), Some(month @ 1..=12), Some(day)) => (1..=days(year, month)).contains(&day),
            _ => false,
        },
        _ => false,
    };
    let timed = time.is_none_or(|time| {
        parts.len() == 3 && time.trim_start().bytes().next().is_some_and(|byte| byte.is_ascii_digit())
    });
    if fits && timed { Ok(date.to_owned()) } else { Err(wrong()) }
}

/// Days of a month.
pub(crate) fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Result<Source, SourceError>> {
        read("in", Cursor::new(text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn json_lines_are_read_one_by_one() {
        let all = lines(
            "\n{\"text\": \"甲\", \"id\": 7, \"published\": \"2025-05-06T01:02:03Z\", \"odd\": [1]}\n{\"text\": 1}\n\
             nonsense\n{\"text\": \"乙\", \"title\": null}\n{\"text\":\"丙\",\"published\":\"2025-02-30\"}\n",
        );
        assert_eq!(all.len(), 5);
        let first = all[0].as_ref().unwrap();
        assert_eq!((first.id.as_str(), first.published.as_deref()), ("7", Some("2025-05-06")));
        assert_eq!(all[3].as_ref().unwrap().id, "in:5");
        let shown: Vec<String> =
            all.iter().filter_map(|r| r.as_ref().err()).map(ToString::to_string).collect();
        assert!(shown[0].starts_with("in:3: field `text` is not a string"), "{}", shown[0]);
        assert!(shown[1].starts_with("in:4: not a JSON object"), "{}", shown[1]);
        assert!(shown[2].starts_with("in:6: field `published` is no date: 2025-02-30"), "{}", shown[2]);
        assert!(shown.iter().all(|error| error.contains("help:")));
    }

    #[test]
    fn a_stream_may_hold_a_text() {
        for text in ["", "  \n", "中国と日本が会談した。", "{注}これは本文だ。", "{{日付}}"]
        {
            let all = lines(text);
            assert_eq!(all.len(), 1, "{text:?}");
            let source = all[0].as_ref().unwrap();
            assert_eq!((source.id.as_str(), source.text.as_str()), ("in", text));
        }
        assert_eq!(lines("\u{FEFF}{\"text\":\"甲\"}")[0].as_ref().unwrap().text, "甲");
    }

    #[test]
    fn folders_are_walked_in_order() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        };
        write("b.txt", "乙".as_bytes());
        write("a/x.md", "# 甲".as_bytes());
        write("c.jsonl", b"{\"text\":\"1\"}\n{\"text\":\"2\"}");
        write(".hidden.txt", b"no");
        write("d.png", b"no");
        write("e.TXT", b"\x93\xfa\x96\x7b\x82\xcc");
        let mut sources = open(dir.path());
        let texts: Vec<String> = sources.by_ref().map(|source| source.unwrap().text).collect();
        assert_eq!(texts, ["# 甲", "乙", "1", "2", "日本の"]);
        assert_eq!(sources.skipped(), 1);
        let error = open(&dir.path().join("none.txt")).next().unwrap().unwrap_err();
        assert_eq!(error.fault, Fault::Missing);
        let empty = tempfile::tempdir().unwrap();
        let error = open(empty.path()).next().unwrap().unwrap_err();
        assert_eq!(error.fault, Fault::Empty { skipped: 0 });
    }

    #[test]
    fn what_is_longer_than_an_article_is_several_documents() {
        let lines = "両国は会談した。\n".repeat(LONGEST_TEXT / 10);
        let sentences = "両国は会談した。".repeat(LONGEST_TEXT / 20);
        let letters = "ア".repeat(LONGEST_TEXT / 2);
        let just = "a".repeat(LONGEST_TEXT);
        for (text, end) in [(&lines, "\n"), (&sentences, "。"), (&letters, "ア"), (&just, "a")] {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("long.txt");
            std::fs::write(&path, text).unwrap();
            let parts: Vec<Source> = open(&path).map(Result::unwrap).collect();
            assert!(parts.iter().all(|part| part.text.len() <= LONGEST_TEXT && part.text.ends_with(end)));
            assert_eq!(parts.iter().map(|part| part.text.as_str()).collect::<String>(), *text);
            let name = path.display().to_string();
            if text.len() == LONGEST_TEXT {
                assert_eq!(parts[0].id, name);
            } else {
                assert!(parts.len() > 1);
                assert!(parts.iter().enumerate().all(|(at, part)| part.id == format!("{name}#{}", at + 1)));
            }
        }
    }

    #[test]
    fn dates_of_publication() {
        for good in ["2025", "2025-05", "2024-02-29", "2025-05-06 10:00", "2025-05-06T00:00"] {
            assert!(published(good).is_ok(), "{good}");
        }
        for bad in
            ["", "25-05-06", "2025-00", "2023-02-29", "2025/05/06", "2025-05T10", "5月6日", "2025-05-06T"]
        {
            assert!(published(bad).is_err(), "{bad}");
        }
    }
}
