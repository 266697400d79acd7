//! `entente lexicon check`: the form of the lexicon's files, and the examples that its rules carry.

use crate::Outcome;
use crate::args::{CheckArgs, LexiconArgs, LexiconCommand};
use crate::context::Context;
use crate::stop::Stop;
use entente_account::{Lang, Words};
use entente_base::{Lexicon, LexiconError};
use entente_event::CoderError;
use entente_event::act::ActReader;
use entente_event::stance::StanceReader;
use entente_event::statement::StatementReader;
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

/// Works on the lexicon.
pub(crate) fn run(context: &Context, request: &LexiconArgs) -> Result<Outcome, Stop> {
    match &request.command {
        LexiconCommand::Check(request) => check(context, request),
        LexiconCommand::Import(request) => crate::import::run(context, request),
    }
}

fn check(context: &Context, request: &CheckArgs) -> Result<Outcome, Stop> {
    let dir = request.dir.as_deref().or(context.overlay().map(|dir| dir.as_path()));
    let base = Lexicon::built_in();
    let (lexicon, own) = match dir {
        None => (base, None),
        Some(dir) => {
            let own = Lexicon::from_dir(dir)?;
            let paths: Vec<String> = own.files().iter().map(|file| file.path.clone()).collect();
            if paths.is_empty() {
                return Err(empty(dir, context.lang));
            }
            // A folder that has all rooms' folders is a lexicon by itself; any other adds to the built-in one.
            let whole = folders(&base).is_subset(&folders(&own));
            (if whole { own } else { base.overlaid(own) }, Some((dir, paths)))
        }
    };
    let mut errors = form(&lexicon);
    if let Some((_, paths)) = &own {
        errors.extend(unread(&Lexicon::built_in(), paths));
    }
    if errors.is_empty() {
        errors.extend(rooms(&lexicon));
    }
    if errors.is_empty() {
        errors.extend(examples(&lexicon)?);
    }
    let mut seen = BTreeSet::new();
    errors.retain(|error| seen.insert(error.to_string()));
    errors.sort_by(|a, b| (&a.file, a.line, &a.message).cmp(&(&b.file, b.line, &b.message)));
    for error in &mut errors {
        if let Some((dir, paths)) = &own
            && paths.contains(&error.file)
        {
            error.file = dir.join(&error.file).display().to_string();
        }
        context.report(&error.to_string());
    }
    let mut out = std::io::stdout().lock();
    let files = lexicon.files().len();
    match (context.lang, errors.len()) {
        (Lang::Ja, 0) => writeln!(out, "辞書ファイル {files} 件、誤りなし")?,
        (Lang::En, 0) => writeln!(out, "{files} lexicon files, no errors")?,
        (Lang::Ja, count) => writeln!(out, "辞書ファイル {files} 件、誤り {count} 件")?,
        (Lang::En, count) => writeln!(out, "{files} lexicon files, {count} errors")?,
    }
    out.flush()?;
    Ok(if errors.is_empty() { Outcome::Done } else { Outcome::Partial })
}

fn empty(dir: &Path, lang: Lang) -> Stop {
    let dir = dir.display();
    match lang {
        Lang::Ja => Stop::Usage {
            message: format!("{dir} に辞書ファイルがありません"),
            help: "lexicon/ と同じ構成で .tsv か .toml のファイルを置いてください".to_owned(),
        },
        Lang::En => Stop::Usage {
            message: format!("{dir} holds no lexicon files"),
            help: "put .tsv or .toml files in it, in folders named as those of lexicon/".to_owned(),
        },
    }
}

/// The folders at the top of a lexicon: one for each room that reads it.
fn folders(lexicon: &Lexicon) -> BTreeSet<String> {
    let top = |path: &str| path.split_once('/').map(|(folder, _)| folder.to_owned());
    lexicon.files().iter().filter_map(|file| top(&file.path)).collect()
}

/// Files that are no tables, or no TOML.
fn form(lexicon: &Lexicon) -> Vec<LexiconError> {
    let mut errors = Vec::new();
    for file in lexicon.files() {
        let one = Lexicon::from_files([(file.path.clone(), file.text.clone())]);
        if file.path.ends_with(".tsv") {
            errors.extend(one.rows("").err());
        } else {
            errors.extend(one.tomls::<serde_json::Value>("").err());
        }
    }
    errors
}

/// A user's files that stand where no room looks for them.
fn unread(base: &Lexicon, paths: &[String]) -> Vec<LexiconError> {
    let known = folders(base);
    let list = known.iter().cloned().collect::<Vec<_>>().join(", ");
    paths
        .iter()
        .filter(|path| !path.split_once('/').is_some_and(|(folder, _)| known.contains(folder)))
        .map(|path| {
            LexiconError::new(
                path,
                0,
                "no room reads this file",
                format!("put it into one of these folders: {list}"),
            )
        })
        .collect()
}

/// What the rooms find wrong when they read the lexicon.
fn rooms(lexicon: &Lexicon) -> Vec<LexiconError> {
    let mut errors: Vec<LexiconError> = [
        entente_text::Reader::new(lexicon).err(),
        entente_time::TimeReader::new(lexicon).err(),
        entente_figure::FigureReader::new(lexicon).err(),
        entente_mention::MentionReader::new(lexicon).err(),
        entente_clause::ClauseReader::new(lexicon).err(),
        StatementReader::new(lexicon).err(),
        StanceReader::new(lexicon).err(),
        Words::load(lexicon).err(),
    ]
    .into_iter()
    .flatten()
    .collect();
    if let Err(error) = ActReader::new(lexicon) {
        errors.push(error);
        // The first wrong rule hides the others: each is read by itself as well.
        let shared: Vec<_> = lexicon.glob("event/", ".tsv").collect();
        for file in lexicon.glob("event/", ".toml") {
            let files = shared.iter().copied().chain([file]);
            let one = Lexicon::from_files(files.map(|file| (file.path.clone(), file.text.clone())));
            // Rules that a rule refers to are elsewhere; what it lacks by itself is no error.
            errors.extend(ActReader::new(&one).err().filter(|error| !error.message.starts_with("no rule ")));
        }
    }
    errors
}

/// Examples that do not come out as their rules say.
fn examples(lexicon: &Lexicon) -> Result<Vec<LexiconError>, Stop> {
    let mut errors = entente_time::check(lexicon);
    errors.extend(entente_figure::check(lexicon));
    match entente_event::check(lexicon) {
        Ok(found) => errors.extend(found),
        Err(CoderError::Lexicon(error)) => errors.push(error),
        Err(error) => return Err(error.into()),
    }
    Ok(errors)
}
