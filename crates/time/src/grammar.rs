//! Rules as the lexicon writes them, and the engine that finds them in a text.

use crate::engine::Engine;
use entente_base::{Lexicon, LexiconError};
use regex_automata::meta::Regex;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Folder of the lexicon that this room reads.
pub(crate) const FOLDER: &str = "time/";
/// Pieces may be built of pieces this deep.
const DEPTH: usize = 12;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileForm {
    #[serde(default)]
    words: BTreeMap<String, BTreeMap<String, toml::Value>>,
    #[serde(default)]
    pieces: BTreeMap<String, String>,
    #[serde(default)]
    tense: TenseForm,
    #[serde(default)]
    rule: Vec<toml::Spanned<RuleForm>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TenseForm {
    #[serde(default)]
    future: Vec<String>,
    #[serde(default)]
    past: Vec<String>,
    #[serde(default)]
    neither: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleForm {
    id: String,
    rank: i32,
    resolver: String,
    pattern: Vec<toml::Spanned<String>>,
    yes: Vec<toml::Spanned<Example>>,
    no: Vec<toml::Spanned<Example>>,
}

/// A text that a rule must read, or must leave alone.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Example {
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) published: Option<String>,
    #[serde(default)]
    pub(crate) span: Option<String>,
    #[serde(default)]
    pub(crate) value: Option<String>,
}

/// What is made of the words that a rule finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resolver {
    /// One date or part of a year or month.
    Point,
    /// From one date to another.
    Range,
    /// A week, or a day of one.
    Week,
    /// So many years or days before or after.
    Distance,
    /// A year of two digits, where a year of four stands before it.
    ShortYear,
    /// No time, whatever it looks like.
    Nothing,
    /// The date of publication.
    Published,
    /// The same, only where it opens a line near the top.
    PublishedStart,
    /// The same, only as a line of its own near the top or the bottom.
    PublishedLine,
    /// The year that the text calls the present.
    Present,
}

impl Resolver {
    const ALL: [(&'static str, Resolver); 10] = [
        ("point", Resolver::Point),
        ("range", Resolver::Range),
        ("week", Resolver::Week),
        ("distance", Resolver::Distance),
        ("short-year", Resolver::ShortYear),
        ("nothing", Resolver::Nothing),
        ("published", Resolver::Published),
        ("published-start", Resolver::PublishedStart),
        ("published-line", Resolver::PublishedLine),
        ("present", Resolver::Present),
    ];

    /// Whether it speaks of the document and not of a passage.
    pub(crate) fn is_published(self) -> bool {
        matches!(self, Resolver::Published | Resolver::PublishedStart | Resolver::PublishedLine)
    }
}

/// A rule, without its patterns.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) resolver: Resolver,
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) yes: Vec<(usize, Example)>,
    pub(crate) no: Vec<(usize, Example)>,
    rank: i32,
}

/// A word counted from the day of publication or from the last such time in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Relative {
    pub(crate) from_last: bool,
    pub(crate) offset: i32,
}

/// All word tables.
#[derive(Debug, Default)]
pub(crate) struct Words(FxHashMap<String, BTreeMap<String, String>>);

impl Words {
    fn get(&self, table: &str, word: &str) -> Option<&str> {
        self.0.get(table)?.get(word).map(String::as_str)
    }

    /// The words of a table.
    pub(crate) fn table(&self, table: &str) -> impl Iterator<Item = &str> {
        self.0.get(table).into_iter().flat_map(|words| words.keys().map(String::as_str))
    }

    /// The words of a table with their values.
    pub(crate) fn entries(&self, table: &str) -> impl Iterator<Item = (&str, &str)> {
        self.0.get(table).into_iter().flatten().map(|(word, value)| (word.as_str(), value.as_str()))
    }

    /// The value of a word, where it is a number.
    pub(crate) fn number(&self, table: &str, word: &str) -> Option<i32> {
        self.get(table, word)?.parse().ok()
    }

    /// The value of a word, where it is a pair of numbers.
    pub(crate) fn pair(&self, table: &str, word: &str) -> Option<(i8, i8)> {
        let (first, last) = self.get(table, word)?.split_once(' ')?;
        Some((first.parse().ok()?, last.parse().ok()?))
    }

    /// The value of a word, where it is a name and a number: `now -1`, `month 6`.
    pub(crate) fn named(&self, table: &str, word: &str) -> Option<(&str, i32)> {
        let (name, number) = self.get(table, word)?.split_once(' ')?;
        Some((name, number.parse().ok()?))
    }

    /// The value of a word that counts from somewhere.
    pub(crate) fn relative(&self, table: &str, word: &str) -> Option<Relative> {
        let (name, offset) = self.named(table, word)?;
        Some(Relative { from_last: name == "last", offset })
    }

    /// The value of a word as it stands.
    pub(crate) fn value(&self, table: &str, word: &str) -> Option<&str> {
        self.get(table, word)
    }
}

/// Where the verb after an expression puts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    Future,
    Past,
    Unsaid,
}

/// Everything that the lexicon says about times.
#[derive(Debug)]
pub(crate) struct Grammar {
    pub(crate) words: Words,
    pub(crate) rules: Vec<Rule>,
    pub(crate) times: Engine,
    pub(crate) published: Engine,
    pub(crate) present: Engine,
    tense: Regex,
    tenses: [usize; 2],
}

impl Grammar {
    /// Reads the rules, their words and pieces.
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut words = Words::default();
        let mut pieces = BTreeMap::new();
        let mut tense = TenseForm::default();
        let mut sources: Vec<(Rule, Vec<(usize, String)>)> = Vec::new();
        for (file, form) in lexicon.tomls::<FileForm>(FOLDER)? {
            let line = |at: usize| file.text.get(..at).map_or(0, |head| head.matches('\n').count() + 1);
            for (name, table) in form.words {
                let into = words.0.entry(name).or_default();
                for (word, value) in table {
                    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    into.insert(word, value);
                }
            }
            pieces.extend(form.pieces);
            tense.future.extend(form.tense.future);
            tense.past.extend(form.tense.past);
            tense.neither.extend(form.tense.neither);
            for rule in form.rule {
                let at = line(rule.span().start);
                let rule = rule.into_inner();
                let resolver = Resolver::ALL.iter().find(|(name, _)| *name == rule.resolver);
                let Some((_, resolver)) = resolver else {
                    let names: Vec<_> = Resolver::ALL.iter().map(|(name, _)| *name).collect();
                    return Err(LexiconError::new(
                        &file.path,
                        at,
                        format!("there is no resolver `{}`", rule.resolver),
                        format!("name one of: {}", names.join(", ")),
                    ));
                };
                let examples = |examples: Vec<toml::Spanned<Example>>| {
                    examples.into_iter().map(|one| (line(one.span().start), one.into_inner())).collect()
                };
                let patterns =
                    rule.pattern.into_iter().map(|one| (line(one.span().start), one.into_inner())).collect();
                let rule = Rule {
                    id: rule.id,
                    resolver: *resolver,
                    file: file.path.clone(),
                    line: at,
                    yes: examples(rule.yes),
                    no: examples(rule.no),
                    rank: rule.rank,
                };
                sources.push((rule, patterns));
            }
        }
        sources.sort_by_key(|(rule, _)| rule.rank);
        let (mut times, mut published, mut present) = (Vec::new(), Vec::new(), Vec::new());
        let mut rules = Vec::new();
        for (rule, patterns) in sources {
            for (line, pattern) in patterns {
                let expanded = expand(&pattern, &words, &pieces, DEPTH).map_err(|unknown| {
                    LexiconError::new(
                        &rule.file,
                        line,
                        format!("the pattern names `{{{unknown}}}`, which is not there"),
                        "add it to [pieces], or for {@name} to [words.name]",
                    )
                })?;
                let into = match rule.resolver {
                    Resolver::Present => &mut present,
                    resolver if resolver.is_published() => &mut published,
                    _ => &mut times,
                };
                into.push((rules.len(), number_groups(&expanded)));
            }
            rules.push(rule);
        }
        let tenses = [tense.neither.len(), tense.neither.len() + tense.future.len()];
        let markers: Vec<String> = tense.neither.into_iter().chain(tense.future).chain(tense.past).collect();
        let tense = Regex::new_many(&markers).map_err(|error| {
            LexiconError::new("time/tense.toml", 0, error.to_string(), "mend the pattern of tense")
        })?;
        Ok(Self {
            times: Engine::new(&times, &rules)?,
            published: Engine::new(&published, &rules)?,
            present: Engine::new(&present, &rules)?,
            words,
            rules,
            tense,
            tenses,
        })
    }

    /// Where the first marker of tense in `after` puts what stands before it; or the last one.
    pub(crate) fn tense(&self, after: &str, last: bool) -> Tense {
        let markers = self.tense.find_iter(after).filter_map(|found| {
            let at = found.pattern().as_usize();
            match self.tenses {
                [neither, _] if at < neither => None,
                [_, future] if at < future => Some(Tense::Future),
                _ => Some(Tense::Past),
            }
        });
        let mut markers = markers;
        if last { markers.last() } else { markers.next() }.unwrap_or(Tense::Unsaid)
    }
}

/// Puts pieces and words in the place of their names.
fn expand(
    pattern: &str,
    words: &Words,
    pieces: &BTreeMap<String, String>,
    depth: usize,
) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let (head, tail) = rest.split_at(open);
        out.push_str(head);
        let name = tail.get(1..).and_then(|tail| tail.split_once('}')).map_or("", |(name, _)| name);
        // {2} and {1,4} are repetitions.
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            out.push('{');
            rest = tail.get(1..).unwrap_or("");
            continue;
        }
        let (base, later) = name.split_once(':').map_or((name, ""), |(base, later)| (base, later));
        let text = if let Some(table) = base.strip_prefix('@') {
            let mut list: Vec<String> = words.table(table).map(escape).collect();
            if list.is_empty() {
                return Err(name.to_owned());
            }
            list.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
            format!("(?<{table}>{})", list.join("|"))
        } else {
            let piece = pieces.get(base).filter(|_| depth > 0).ok_or_else(|| name.to_owned())?;
            format!("(?:{})", expand(piece, words, pieces, depth - 1)?)
        };
        if later.is_empty() {
            out.push_str(&text);
        } else {
            out.push_str(&suffix_groups(&text, later));
        }
        rest = tail.get(name.len() + 2..).unwrap_or("");
    }
    out.push_str(rest);
    Ok(out)
}

fn escape(word: &str) -> String {
    word.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])).collect()
}

/// Each named group of a pattern through `rename`.
fn rename_groups(pattern: &str, mut rename: impl FnMut(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((head, tail)) = rest.split_once("(?<") {
        out.push_str(head);
        out.push_str("(?<");
        match tail.split_once('>') {
            Some((name, after)) => {
                out.push_str(&rename(name));
                out.push('>');
                rest = after;
            }
            None => rest = tail,
        }
    }
    out.push_str(rest);
    out
}

fn suffix_groups(pattern: &str, suffix: &str) -> String {
    rename_groups(pattern, |name| format!("{name}{suffix}"))
}

/// A field may stand in several places of a pattern: numbers them, since group names must differ.
fn number_groups(pattern: &str) -> String {
    let mut count = 0;
    rename_groups(pattern, |name| {
        count += 1;
        format!("{name}_{count}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_and_words_expand() {
        let mut words = Words::default();
        words.0.insert("era".into(), [("令和".to_owned(), "2018".to_owned())].into());
        let pieces = [("year".to_owned(), "{@era}(?<ey>[0-9]{1,2})年".to_owned())].into();
        let expanded = expand("{year}{year:2}x{2}", &words, &pieces, 3).unwrap();
        assert_eq!(
            number_groups(&expanded),
            "(?:(?<era_1>令和)(?<ey_2>[0-9]{1,2})年)(?:(?<era2_3>令和)(?<ey2_4>[0-9]{1,2})年)x{2}"
        );
        assert_eq!(expand("{month}", &words, &pieces, 3).unwrap_err(), "month");
    }
}
