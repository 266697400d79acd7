//! `entente dossier`: the account of many records, asked about some states.

use crate::args::DossierArgs;
use crate::context::Context;
use crate::input::Documents;
use crate::stop::Stop;
use crate::{Outcome, ask, code, db};
use entente_account::{Account, Dossier, Lang, Request, Words};
use entente_base::record::Record;
use entente_event::Coder;
use entente_store::Scope;
use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::path::PathBuf;

/// Events of a store that a dossier is made of, unless another number is asked for.
const MOST_EVENTS: usize = 400;

/// Names put forward for one that is not known.
const SUGGESTIONS: usize = 3;

/// Writes a dossier.
pub(crate) fn run(context: &Context, request: &DossierArgs) -> Result<Outcome, Stop> {
    let lexicon = context.lexicon()?;
    let words = context.words(&lexicon)?;
    let coder = context.coder(&lexicon)?;
    let (states, paths) = split(coder, &request.items, context.lang)?;
    let asked = Request {
        states,
        from: request.filter.from.clone(),
        to: request.filter.to.clone(),
        lang: context.lang,
        as_of: request.as_of.clone(),
    };
    if paths.is_empty() {
        let mut store = db::open_existing(context, &request.store.db)?;
        let mut filter = ask::filter(asked.states.clone(), &request.filter);
        let limit = *filter.limit.get_or_insert(MOST_EVENTS);
        let found = store.account(&filter, Scope::Whole, &words)?;
        if found.events > limit {
            context.say(&hidden(limit, found.events, context.lang));
        }
        return write(
            &request.format,
            &Dossier::build(&found.account, &asked, &words),
            &words,
            Outcome::Done,
        );
    }
    let documents = Documents::new(paths, request.published.clone());
    let mut records: Vec<Record> = Vec::new();
    let outcome = code::each(
        context,
        coder,
        documents,
        request.jobs,
        |_, record| record,
        |record| {
            records.push(record);
            Ok(())
        },
    )?;
    let account = Account::with_words(records, &words);
    write(&request.format, &Dossier::build(&account, &asked, &words), &words, outcome)
}

fn write(format: &str, dossier: &Dossier, words: &Words, outcome: Outcome) -> Result<Outcome, Stop> {
    let text = entente_render::dossier(format, dossier, words)?;
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(outcome)
}

fn hidden(shown: usize, all: usize, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!(
            "出来事 {all} 件のうち重要な {shown} 件で調書を書きました\n  help: すべては `entente timeline` が示します。`--limit` で数を、`--from` `--to` で期間を変えられます"
        ),
        Lang::En => format!(
            "the dossier is of the {shown} events that matter most of {all}\n  help: `entente timeline` shows all; `--limit` changes the number, `--from` and `--to` the time"
        ),
    }
}

/// The codes that an argument stands for: of states, or of a body.
fn codes(coder: &Coder, item: &OsStr) -> Vec<String> {
    let Some(name) = item.to_str() else { return Vec::new() };
    let codes = coder.names().codes(name);
    if codes.is_empty() { coder.names().body(name).map(str::to_owned).into_iter().collect() } else { codes }
}

/// Codes of the states named, each once; at least so many.
pub(crate) fn states(coder: &Coder, names: &[String], least: usize, lang: Lang) -> Result<Vec<String>, Stop> {
    let mut states: Vec<String> = Vec::new();
    for name in names {
        let found = codes(coder, OsStr::new(name));
        if found.is_empty() {
            let near = near(coder, name);
            return Err(if near.is_empty() {
                too_few(coder, None, name, lang)
            } else {
                unknown(name, &near, lang)
            });
        }
        for code in found {
            if !states.contains(&code) {
                states.push(code);
            }
        }
    }
    if states.len() < least {
        return Err(too_few(coder, states.first().map(String::as_str), "", lang));
    }
    Ok(states)
}

/// States come first; from the first argument that names none, all are paths.
fn split(coder: &Coder, items: &[OsString], lang: Lang) -> Result<(Vec<String>, Vec<PathBuf>), Stop> {
    let mut states: Vec<String> = Vec::new();
    let mut rest = items.iter().peekable();
    while let Some(item) = rest.peek() {
        let codes = codes(coder, item);
        if codes.is_empty() {
            break;
        }
        for code in codes {
            if !states.contains(&code) {
                states.push(code);
            }
        }
        rest.next();
    }
    let paths: Vec<PathBuf> = rest.map(PathBuf::from).collect();
    if states.len() < 2 {
        let shown = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
        return Err(too_few(coder, states.first().map(String::as_str), &shown, lang));
    }
    // A name that is neither a state's nor that of anything there, but nearly a state's.
    if let Some(path) = paths.first().filter(|path| path.as_os_str() != "-" && !path.exists()) {
        let shown = path.display().to_string();
        let near = near(coder, &shown);
        if !near.is_empty() {
            return Err(unknown(&shown, &near, lang));
        }
    }
    Ok((states, paths))
}

fn unknown(name: &str, near: &[String], lang: Lang) -> Stop {
    let list = near.join(", ");
    match lang {
        Lang::Ja => Stop::Usage {
            message: format!("`{name}` は国名でもパスでもありません"),
            help: format!("次のいずれかですか: {list}"),
        },
        Lang::En => Stop::Usage {
            message: format!("`{name}` is neither a state nor a path"),
            help: format!("did you mean {list}?"),
        },
    }
}

fn too_few(coder: &Coder, state: Option<&str>, next: &str, lang: Lang) -> Stop {
    let near = near(coder, next);
    if !near.is_empty() && !PathBuf::from(next).exists() {
        return unknown(next, &near, lang);
    }
    let message = match (lang, state) {
        (Lang::Ja, Some(state)) => format!("国が一つしかありません: {state}"),
        (Lang::En, Some(state)) => format!("only one state: {state}"),
        (Lang::Ja, None) => format!("`{next}` は国名ではありません"),
        (Lang::En, None) => format!("`{next}` is not a state"),
    };
    let help = match lang {
        Lang::Ja => {
            "二つ以上の国を、コード（CHN）、日本語名（中国）、英語名（China）、または組（中露）で書き、そのあとに記事のパスを書いてください"
        }
        Lang::En => {
            "name two states or more by code (CHN), Japanese name (中国), English name (China) or as a pair (中露), then the paths of articles"
        }
    };
    Stop::Usage { message, help: help.to_owned() }
}

/// States whose code or name is nearly this one, the nearest first.
fn near(coder: &Coder, name: &str) -> Vec<String> {
    let asked: Vec<char> = name.to_lowercase().chars().collect();
    // A short name, or one in Japanese, bears fewer slips.
    let bearable = match asked.len() {
        0 | 1 => return Vec::new(),
        2..=5 => 1,
        _ => 2,
    };
    let mut found: Vec<(usize, String)> = Vec::new();
    for state in coder.names().states() {
        let nearest = [&state.code, &state.ja, &state.en]
            .into_iter()
            .map(|known| distance(&asked, &known.to_lowercase().chars().collect::<Vec<_>>()))
            .min();
        if let Some(slips) = nearest.filter(|&slips| slips <= bearable) {
            found.push((slips, format!("{} ({}, {})", state.code, state.ja, state.en)));
        }
    }
    found.sort();
    found.into_iter().take(SUGGESTIONS).map(|(_, name)| name).collect()
}

/// Slips between two words: characters put in, left out, changed.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut left = i + 1;
        let mut diagonal = i;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            let here = (diagonal + usize::from(x != y)).min(left + 1).min(above + 1);
            row[j] = left;
            diagonal = above;
            left = here;
        }
        row[b.len()] = left;
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        let count =
            |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(count("rusia", "russia"), 1);
        assert_eq!(count("chn", "chn"), 0);
        assert_eq!(count("", "abc"), 3);
        assert_eq!(count("kitten", "sitting"), 3);
    }
}
