//! Many patterns sought at once in a text.
//!
//! A hit can only begin at a character with which some pattern begins, and those are few: the patterns run from there
//! alone, and not through the text. That keeps the automaton small as well: begun at every character at once it would
//! need a state for each set of patterns that are under way.

use crate::grammar::{FOLDER, Resolver, Rule};
use entente_base::{CharSet, LexiconError};
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::meta::Regex;
use regex_automata::nfa::thompson::{NFA, WhichCaptures};
use regex_automata::util::captures::Captures;
use regex_automata::util::pool::Pool;
use regex_automata::{Anchored, Input, MatchKind, PatternID};
use regex_syntax::hir::{Class, Hir, HirKind};
use std::ops::Range;
use std::sync::OnceLock;

/// Memory that a thread may use to remember what it saw of the patterns, in bytes.
const CACHE_BYTES: usize = 16 << 20;
/// Longest expression, in bytes: what a pattern has not found by then it does not find.
const LONGEST: usize = 900;

/// Named parts of what a rule found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The words of a part.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.at(name, "")
    }

    /// The words of a part of the earlier (`""`) or later (`"2"`) end.
    pub(crate) fn at(&self, name: &str, end: &str) -> Option<&str> {
        let is_it = |field: &str| field.strip_prefix(name) == Some(end);
        self.0.iter().find(|(field, _)| is_it(field)).map(|(_, text)| text.as_str())
    }
}

/// What a rule found, in bytes of the text it was sought in.
#[derive(Debug)]
pub(crate) struct Hit {
    pub(crate) rule: usize,
    pub(crate) bytes: Range<usize>,
    pub(crate) fields: Fields,
}

/// Many patterns sought at once; where several begin at one place, the one that stands first wins.
#[derive(Debug)]
pub(crate) struct Engine {
    /// All patterns together, which tells where a hit ends, and whose it is.
    dfa: DFA,
    caches: Pool<
        Cache,
        Box<dyn Fn() -> Cache + Send + Sync + std::panic::UnwindSafe + std::panic::RefUnwindSafe>,
    >,
    starts: CharSet,
    patterns: Vec<Pattern>,
}

/// One pattern alone, for what its groups hold. It is compiled when it is first needed.
#[derive(Debug)]
struct Pattern {
    rule: usize,
    hir: Hir,
    groups: Vec<(String, usize)>,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// The pattern `text`, parsed.
    fn new(rule: usize, text: &str) -> Result<Self, String> {
        let hir = regex_syntax::Parser::new().parse(text).map_err(|error| error.to_string())?;
        let mut groups = Vec::new();
        name_groups(&hir, &mut groups);
        Ok(Self { rule, hir, groups, regex: OnceLock::new() })
    }

    /// The pattern, compiled.
    fn regex(&self) -> Option<&Regex> {
        // It is only run where it is known to match: what makes searching fast would be built in vain.
        let config = Regex::config().dfa(false).hybrid(false).onepass(false).auto_prefilter(false);
        let compile = || Regex::builder().configure(config).build_from_hir(&self.hir).ok();
        self.regex.get_or_init(compile).as_ref()
    }
}

/// The named groups of a pattern: the field that each fills, and its index.
fn name_groups(hir: &Hir, groups: &mut Vec<(String, usize)>) {
    match hir.kind() {
        HirKind::Capture(capture) => {
            if let Some(name) = &capture.name {
                let field = name.split_once('_').map_or(&**name, |(field, _)| field);
                groups.push((field.to_owned(), usize::try_from(capture.index).unwrap_or(usize::MAX)));
            }
            name_groups(&capture.sub, groups);
        }
        HirKind::Repetition(repetition) => name_groups(&repetition.sub, groups),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().for_each(|part| name_groups(part, groups));
        }
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => {}
    }
}

/// Adds the characters with which `hir` begins to `starts`, and tells whether it may be empty.
fn add_starts(hir: &Hir, starts: &mut CharSet) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => {
            match std::str::from_utf8(&literal.0).ok().and_then(|text| text.chars().next()) {
                Some(first) => starts.insert(first),
                None => starts.insert_range('\0', char::MAX),
            }
            false
        }
        HirKind::Class(Class::Unicode(class)) => {
            class.iter().for_each(|range| starts.insert_range(range.start(), range.end()));
            false
        }
        HirKind::Class(Class::Bytes(_)) => {
            starts.insert_range('\0', char::MAX);
            false
        }
        HirKind::Repetition(repetition) => add_starts(&repetition.sub, starts) || repetition.min == 0,
        HirKind::Capture(capture) => add_starts(&capture.sub, starts),
        HirKind::Concat(parts) => parts.iter().all(|part| add_starts(part, starts)),
        HirKind::Alternation(parts) => {
            // Each is asked: none may be passed over.
            let empty: Vec<bool> = parts.iter().map(|part| add_starts(part, starts)).collect();
            empty.contains(&true)
        }
    }
}

/// The characters at which a hit may begin.
fn starts_of(patterns: &[Pattern]) -> CharSet {
    let mut starts = CharSet::default();
    for pattern in patterns {
        if add_starts(&pattern.hir, &mut starts) {
            // It may match nothing at all.
            starts.insert_range('\0', char::MAX);
        }
    }
    starts
}

impl Engine {
    /// An engine of patterns, each with the rule that it belongs to; the one that stands first wins.
    pub(crate) fn new(patterns: &[(usize, String)], rules: &[Rule]) -> Result<Self, LexiconError> {
        let patterns = patterns.iter().map(|(rule, text)| {
            Pattern::new(*rule, text).map_err(|message| {
                let (file, line) =
                    rules.get(*rule).map_or((FOLDER, 0), |rule| (rule.file.as_str(), rule.line));
                LexiconError::new(file, line, message, "mend the pattern")
            })
        });
        let patterns = patterns.collect::<Result<Vec<_>, LexiconError>>()?;
        let hirs: Vec<&Hir> = patterns.iter().map(|pattern| &pattern.hir).collect();
        let too_big = |error: &dyn std::fmt::Display| {
            LexiconError::new(FOLDER, 0, error.to_string(), "make the patterns smaller")
        };
        let config = NFA::config().which_captures(WhichCaptures::None);
        let nfa = NFA::compiler().configure(config).build_many_from_hir(&hirs).map_err(|e| too_big(&e))?;
        let config = DFA::config().match_kind(MatchKind::LeftmostFirst).cache_capacity(CACHE_BYTES);
        let dfa = DFA::builder().configure(config).build_from_nfa(nfa).map_err(|e| too_big(&e))?;
        let starts = starts_of(&patterns);
        let maker = dfa.clone();
        let caches = Pool::new(Box::new(move || maker.create_cache()) as Box<_>);
        Ok(Self { dfa, caches, starts, patterns })
    }

    /// Whether a hit may begin at one of these characters.
    pub(crate) fn may_begin(&self, chars: &[char]) -> bool {
        chars.iter().any(|c| self.starts.contains(*c))
    }

    /// The first hit at or after a byte, which begins a character.
    pub(crate) fn find(&self, text: &str, from: usize, rules: &[Rule]) -> Option<Hit> {
        let mut cache = self.caches.get();
        let places = text.get(from..)?.char_indices().filter(|(_, c)| self.starts.contains(*c));
        let (found, bytes) = places.map(|(at, _)| from + at).find_map(|start| {
            let end = text.len().min(start + LONGEST);
            let input = Input::new(text).range(start..end).anchored(Anchored::Yes);
            // It neither gives up nor quits: nothing of the kind is configured.
            let found = self.dfa.try_search_fwd(&mut cache, &input).ok().flatten()?;
            Some((found.pattern(), start..found.offset()))
        })?;
        drop(cache);
        self.hit(text, found, bytes, rules)
    }

    /// What a pattern found, with the words of its groups.
    fn hit(&self, text: &str, found: PatternID, bytes: Range<usize>, rules: &[Rule]) -> Option<Hit> {
        let pattern = self.patterns.get(found.as_usize())?;
        let is_nothing = rules.get(pattern.rule).is_some_and(|rule| rule.resolver == Resolver::Nothing);
        let mut hit = Hit { rule: pattern.rule, bytes, fields: Fields::default() };
        if !is_nothing || pattern.groups.iter().any(|(name, _)| name == "t") {
            let regex = pattern.regex()?;
            let mut captures: Captures = regex.create_captures();
            let input = Input::new(text).range(hit.bytes.clone()).anchored(Anchored::Yes);
            regex.search_captures(&input, &mut captures);
            for (name, index) in &pattern.groups {
                let Some(group) = captures.get_group(*index) else { continue };
                if name == "t" {
                    hit.bytes = group.range();
                } else if let Some(words) = text.get(group.range()) {
                    hit.fields.0.push((name.clone(), words.to_owned()));
                }
            }
        }
        Some(hit)
    }
}
