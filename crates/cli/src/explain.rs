//! `entente explain`: what each room made of each sentence, and which rule made what.

use crate::Outcome;
use crate::args::ExplainArgs;
use crate::context::Context;
use crate::input::{self, Documents};
use crate::locale::pick;
use crate::stop::Stop;
use entente_account::Lang;
use entente_base::record::{Entity, Record, Speaker};
use entente_base::{Sentence, Span};
use entente_clause::Analysis;
use entente_event::rule::Rule;
use entente_event::{Coder, Reading, Source};
use entente_text::SourceError;
use entente_token::Worker;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::io::{BufRead as _, Write};
use std::path::{Path, PathBuf};

/// Rules shown that came close to making an event of a sentence.
const CLOSEST: usize = 3;

/// Explains the documents that a place names.
pub(crate) fn run(context: &Context, request: &ExplainArgs) -> Result<Outcome, Stop> {
    let (path, line) = place(&request.place);
    let lexicon = context.lexicon()?;
    let rules: Vec<Rule> = lexicon
        .tomls::<Rule>("event/")?
        .into_iter()
        .map(|(file, rule)| Rule { file: file.path.clone(), ..rule })
        .collect();
    let coder = context.coder(&lexicon)?;
    let mut worker = coder.worker();
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    // Of JSON lines, one line is one document; of a text, it is a line of it.
    let lines = path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("jsonl"));
    let documents: Box<dyn Iterator<Item = Result<Source, SourceError>>> = match line {
        Some(line) if lines && path.is_file() => Box::new(json_line(&path, line, request.published.clone())?),
        _ => Box::new(Documents::new([path.clone()], request.published.clone())),
    };
    let mut outcome = Outcome::Done;
    let mut shown = 0;
    for document in documents {
        match document {
            Ok(source) => {
                let page = Page::new(context.lang, coder, &mut worker, &rules, &source);
                shown += page.write(&mut out, line.filter(|_| !lines))?;
            }
            Err(error) => {
                out.flush()?;
                context.report(&input::explain(&error, context.lang));
                outcome = Outcome::Partial;
                shown += 1;
            }
        }
    }
    out.flush()?;
    match line {
        Some(line) if shown == 0 => Err(nothing(&path, line, context.lang)),
        _ => Ok(outcome),
    }
}

/// A path and the line of it, unless the whole is a path itself.
fn place(given: &OsStr) -> (PathBuf, Option<usize>) {
    let whole = Path::new(given);
    if !whole.exists()
        && let Some((path, line)) = given.to_str().and_then(|text| text.rsplit_once(':'))
        && let Ok(line) = line.parse::<usize>()
        && line > 0
        && !path.is_empty()
    {
        return (PathBuf::from(path), Some(line));
    }
    (whole.to_owned(), None)
}

/// The document of one line of a file of JSON lines.
fn json_line(path: &Path, line: usize, published: Option<String>) -> Result<Documents, Stop> {
    let mut input = std::io::BufReader::new(std::fs::File::open(path)?);
    let mut bytes = Vec::new();
    for _ in 0..line {
        bytes.clear();
        input.read_until(b'\n', &mut bytes)?;
    }
    // Empty lines before it keep its number.
    let mut whole = vec![b'\n'; line - 1];
    whole.append(&mut bytes);
    let sources = entente_text::read(&path.display().to_string(), std::io::Cursor::new(whole));
    Ok(Documents::of(sources, published))
}

fn nothing(path: &Path, line: usize, lang: Lang) -> Stop {
    let path = path.display();
    match lang {
        Lang::Ja => Stop::Usage {
            message: format!("{path} の {line} 行目には文がありません"),
            help: "文のある行の番号を書いてください".to_owned(),
        },
        Lang::En => Stop::Usage {
            message: format!("{path} has no sentence in line {line}"),
            help: "name a line that holds text".to_owned(),
        },
    }
}

/// One document with all that was made of it.
struct Page<'a> {
    lang: Lang,
    rules: &'a [Rule],
    source: &'a Source,
    reading: Reading,
    record: Record,
    /// The text as read.
    original: Vec<char>,
    /// Where each line of it begins.
    lines: Vec<usize>,
    entities: HashMap<String, Entity>,
}

impl<'a> Page<'a> {
    fn new(
        lang: Lang,
        coder: &Coder,
        worker: &mut Worker<'_>,
        rules: &'a [Rule],
        source: &'a Source,
    ) -> Self {
        let reading = coder.read(worker, source);
        let record = coder.code(worker, source);
        let original: Vec<char> = source.text.chars().collect();
        let breaks = original.iter().enumerate().filter(|(_, c)| **c == '\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(breaks).collect();
        let entities = record.entities.iter().map(|entity| (entity.id.clone(), entity.clone())).collect();
        Self { lang, rules, source, reading, record, original, lines, entities }
    }

    fn say(&self, ja: &'static str, en: &'static str) -> &'static str {
        pick(self.lang, ja, en)
    }

    /// The line, from 1, that a code point of the text stands in.
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|&start| start <= at)
    }

    /// Writes the sentences of a line, or all of them; says how many.
    fn write(&self, out: &mut impl Write, line: Option<usize>) -> std::io::Result<usize> {
        let mut shown = 0;
        for (sentence, analysis) in self.reading.sentences.iter().zip(&self.reading.analyses) {
            let span = self.reading.text.to_original(sentence.span);
            let last = self.line(span.end.saturating_sub(1).max(span.start));
            if line.is_some_and(|line| !(self.line(span.start)..=last).contains(&line)) {
                continue;
            }
            if shown == 0 {
                self.head(out)?;
            }
            shown += 1;
            self.sentence(out, sentence, analysis, span)?;
        }
        if shown == 0 && line.is_none() {
            self.head(out)?;
        }
        Ok(shown)
    }

    fn head(&self, out: &mut impl Write) -> std::io::Result<()> {
        let document = &self.record.document;
        writeln!(out, "\x1b[1m{}\x1b[0m", self.source.id)?;
        let unknown = self.say("不明", "unknown");
        let rows = [
            (self.say("題名", "title"), document.title.as_deref().unwrap_or(unknown).to_owned()),
            (self.say("発行", "published"), document.published.clone().unwrap_or_else(|| unknown.to_owned())),
            (self.say("符号化", "encoding"), document.encoding.clone()),
            (self.say("言語", "language"), document.lang.clone()),
            (self.say("出所", "origins"), document.origins.join(", ")),
        ];
        for (name, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
            writeln!(out, "  {name}: {}", one_line(value))?;
        }
        Ok(())
    }

    fn sentence(
        &self,
        out: &mut impl Write,
        sentence: &Sentence,
        analysis: &Analysis,
        span: Span,
    ) -> std::io::Result<()> {
        let kind = snake(&sentence.kind);
        writeln!(
            out,
            "\n\x1b[1m{}:{}\x1b[0m [{}, {}) {kind}\n  {}",
            self.source.id,
            self.line(span.start),
            span.start,
            span.end,
            one_line(&span.text(&self.original))
        )?;
        let chars = self.reading.chars();
        let tokens: Vec<String> = analysis
            .tokens
            .iter()
            .map(|token| {
                let surface = token.span.text(chars);
                let base = if token.base == surface { String::new() } else { format!("<{}", token.base) };
                let unknown = if token.unknown { "?" } else { "" };
                format!("{}/{:?}{base}{unknown}", one_line(&surface), token.tag)
            })
            .collect();
        self.section(out, self.say("語", "tokens"), [tokens.join("  ")])?;
        self.section(
            out,
            self.say("文節と節", "chunks and clauses"),
            analysis.describe(chars).lines().map(str::to_owned),
        )?;
        let quotes = analysis
            .quotes
            .iter()
            .enumerate()
            .map(|(index, quote)| format!("q{index} {}", one_line(&quote.inner.text(chars))));
        self.section(out, self.say("引用", "quotations"), quotes)?;
        let inside = |start: usize, end: usize| span.overlaps(Span::new(start, end));
        let record = &self.record;
        let mentions = record.mentions.iter().filter(|item| inside(item.start, item.end)).map(|item| {
            let entity = self.entities.get(&item.entity);
            let role = entity
                .and_then(|entity| entity.role.clone())
                .map_or_else(String::new, |role| format!(" ({role})"));
            format!(
                "{}  {} {} {}{role} [{}]  {}",
                item.text,
                snake(&item.kind),
                item.entity,
                entity.map_or("", |entity| entity.name.as_str()),
                item.states.join(" "),
                rule(&item.rule)
            )
        });
        self.section(out, self.say("名指し", "mentions"), mentions)?;
        let times = record.times.iter().filter(|item| inside(item.start, item.end));
        let times = times.map(|item| format!("{}  {}  {}", item.text, item.value, rule(&item.rule)));
        self.section(out, self.say("時", "times"), times)?;
        let figures = record.figures.iter().filter(|item| inside(item.start, item.end)).map(|item| {
            let mut line = format!("{}  {}", item.text, item.value);
            if let Some(to) = item.value_to {
                line.push_str(&format!("..{to}"));
            }
            line.push_str(&format!(" {} {} {}", item.unit, snake(&item.bound), item.measure));
            if !item.of.is_empty() {
                line.push_str(&format!(" of {}", item.of.join(" ")));
            }
            for (name, value) in [("period", &item.period), ("rank", &item.rank)] {
                if let Some(value) = value {
                    line.push_str(&format!(" {name} {value}"));
                }
            }
            if let Some(change) = &item.change {
                line.push_str(&format!(" change {:+} {} {}", change.value, change.unit, change.basis));
            }
            format!("{line}  {}", rule(&item.rule))
        });
        self.section(out, self.say("数値", "figures"), figures)?;
        let mut made: Vec<&str> = Vec::new();
        let mut events = Vec::new();
        for event in &record.events {
            if !event.evidence.iter().any(|evidence| span.overlaps(*evidence)) {
                continue;
            }
            made.push(&event.rule);
            let mut line = format!("{} {}", event.id, event.kind.name());
            if let Some(mode) = &event.mode {
                line.push_str(&format!("/{mode}"));
            }
            line.push_str(&format!(
                " {} → {} {}",
                names(&event.source),
                names(&event.target),
                snake(&event.status)
            ));
            for (name, value) in
                [("date", &event.date), ("place", &event.place), ("by", &event.attributed_to)]
            {
                if let Some(value) = value {
                    line.push_str(&format!(" {name} {}", self.name(value)));
                }
            }
            if !event.participants.is_empty() {
                let list: Vec<String> = event.participants.iter().map(|id| self.name(id)).collect();
                line.push_str(&format!(" with {}", list.join(", ")));
            }
            events.push(format!(
                "{line} {} {:+}  {}",
                event.cameo,
                event.goldstein,
                self.rule_file(&event.rule)
            ));
        }
        self.section(out, self.say("出来事", "events"), events)?;
        let statements = record.statements.iter().filter(|item| inside(item.start, item.end)).map(|item| {
            let speaker = match &item.speaker {
                Speaker::One(id) => self.name(id),
                Speaker::Joint(ids) => ids.iter().map(|id| self.name(id)).collect::<Vec<_>>().join(" + "),
            };
            let via = item.via.as_ref().map_or_else(String::new, |via| format!(" via {}", self.name(via)));
            let content = one_line(&item.content.text(&self.original));
            format!("{speaker} {}{via}: {content}  {}", item.act, rule(&item.rule))
        });
        self.section(out, self.say("発言", "statements"), statements)?;
        let commitments = record.commitments.iter().filter(|item| span.overlaps(item.what)).map(|item| {
            let due = item.due.as_ref().map_or_else(String::new, |due| format!(" due {due}"));
            format!(
                "{}{due}: {}  {}",
                names(&item.by),
                one_line(&item.what.text(&self.original)),
                rule(&item.rule)
            )
        });
        self.section(out, self.say("約束", "commitments"), commitments)?;
        let positions = record.positions.iter().filter(|item| span.overlaps(item.evidence)).map(|item| {
            let toward = item.toward.as_ref().map_or_else(String::new, |toward| format!(" toward {toward}"));
            format!("{} {} {}{toward}  {}", item.holder, item.stance, item.issue, rule(&item.rule))
        });
        self.section(out, self.say("立場", "positions"), positions)?;
        let terms = record.terms.iter().filter(|item| span.overlaps(item.evidence));
        let terms =
            terms.map(|item| format!("{}: {}", item.term, one_line(&item.definition.text(&self.original))));
        self.section(out, self.say("用語", "terms"), terms)?;
        self.section(out, self.say("近かった規則", "closest rules"), self.closest(sentence, analysis, &made))
    }

    fn section(
        &self,
        out: &mut impl Write,
        name: &str,
        rows: impl IntoIterator<Item = String>,
    ) -> std::io::Result<()> {
        let mut rows = rows.into_iter().filter(|row| !row.is_empty()).peekable();
        if rows.peek().is_none() {
            return Ok(());
        }
        writeln!(out, "  \x1b[36m{name}\x1b[0m")?;
        rows.try_for_each(|row| writeln!(out, "    {row}"))
    }

    /// What an entity is called; the words themselves where they are no entity's identifier.
    fn name(&self, id: &str) -> String {
        self.entities.get(id).map_or_else(|| id.to_owned(), |entity| entity.name.clone())
    }

    /// An event's rule, with the file that it stands in.
    fn rule_file(&self, id: &str) -> String {
        let plain = id.strip_prefix("event/").unwrap_or(id);
        match self.rules.iter().find(|rule| rule.id == plain) {
            Some(found) => format!("{} ({})", rule(id), found.file),
            None => rule(id),
        }
    }

    /// Rules whose words stand in the sentence and that made no event of it, with what kept them from it.
    fn closest(&self, sentence: &Sentence, analysis: &Analysis, made: &[&str]) -> Vec<String> {
        let chars = self.reading.chars();
        let words = sentence.span.text(chars);
        let named = self
            .reading
            .mentions_in(sentence.span)
            .iter()
            .any(|mention| !self.reading.parties(mention).is_empty());
        let mut found: Vec<(usize, String)> = Vec::new();
        for candidate in self.rules {
            if made.iter().any(|id| id.strip_prefix("event/") == Some(candidate.id.as_str())) {
                continue;
            }
            let Some(trigger) = trigger(candidate, &words, analysis) else { continue };
            let why = if let Some(word) = candidate.without.iter().find(|word| words.contains(word.as_str()))
            {
                format!("{}: {word}", self.say("除外語がある", "kept out by a word"))
            } else if !candidate.with.is_empty()
                && !candidate.with.iter().any(|word| words.contains(word.as_str()))
            {
                let list: Vec<&str> = candidate.with.iter().take(6).map(String::as_str).collect();
                format!("{}: {}", self.say("必要な語がない", "needs one of"), list.join(", "))
            } else if !named {
                self.say("当事者の名がない", "no party is named").to_owned()
            } else {
                self.say(
                    "語はあるが、述語・格・当事者のいずれかが合わない",
                    "its words stand here, but not with the predicate, case or parties that it needs",
                )
                .to_owned()
            };
            let length = trigger.chars().count();
            found.push((length, format!("event/{} ({})  {trigger}: {why}", candidate.id, candidate.file)));
        }
        found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        found.into_iter().take(CLOSEST).map(|(_, line)| line).collect()
    }
}

/// The longest words of a rule that stand in a sentence.
fn trigger(rule: &Rule, words: &str, analysis: &Analysis) -> Option<String> {
    let verb = |verb: &str| analysis.clauses.iter().any(|clause| clause.predicate.lemma == verb);
    let nouns = rule.nouns.iter().filter(|noun| words.contains(noun.as_str())).cloned();
    let verbs = rule.verbs.iter().filter(|it| verb(it)).cloned();
    let frames = rule.frames.iter().filter_map(|frame| {
        let parts: Vec<&str> = frame.split_whitespace().collect();
        let [nouns, particle, verbs] = parts.as_slice() else { return None };
        let noun = nouns.split('|').find(|noun| words.contains(noun))?;
        let verb = verbs.split('|').find(|it| verb(it))?;
        Some(format!("{noun}{particle}{verb}"))
    });
    nouns.chain(verbs).chain(frames).max_by_key(|words| words.chars().count())
}

fn names(codes: &[String]) -> String {
    if codes.is_empty() { "–".to_owned() } else { codes.join(" ") }
}

/// The rule of an item, dimmed.
fn rule(id: &str) -> String {
    format!("\x1b[2m← {id}\x1b[0m")
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], "⏎")
}

/// The name that a value has in records.
fn snake(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_follows_the_last_colon() {
        assert_eq!(place(OsStr::new("a/b.txt:12")), (PathBuf::from("a/b.txt"), Some(12)));
        assert_eq!(place(OsStr::new("a/b.txt")), (PathBuf::from("a/b.txt"), None));
        assert_eq!(place(OsStr::new("a:b.txt:0")), (PathBuf::from("a:b.txt:0"), None));
        assert_eq!(place(OsStr::new("-:3")), (PathBuf::from("-"), Some(3)));
    }
}
