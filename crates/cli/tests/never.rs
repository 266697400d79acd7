//! Sentences from which a room must make nothing: `tests/never/<what>.txt`, each line `sentence TAB reason`.

#![allow(clippy::unwrap_used)]

use entente_base::Lexicon;
use entente_base::record::{Kind, Record};
use entente_event::{Coder, Source};
use std::path::Path;

/// The sentences are read as news of this day, and as news of no known day.
const PUBLISHED: [Option<&str>; 2] = [None, Some("2025-01-15")];

fn source(text: &str, published: Option<&str>) -> Source {
    Source {
        id: "never".to_owned(),
        text: text.to_owned(),
        title: None,
        published: published.map(str::to_owned),
        url: None,
        publisher: None,
        encoding: "UTF-8".to_owned(),
        ..Source::default()
    }
}

/// What each file forbids: its name, and what of a record counts.
type Found = fn(&Record) -> Vec<String>;
const FILES: [(&str, Found); 4] = [
    ("no_events", |record| {
        record.events.iter().map(|event| format!("{} by {}", event.kind.name(), event.rule)).collect()
    }),
    ("no_figures", |record| {
        record.figures.iter().map(|figure| format!("{} by {}", figure.text, figure.rule)).collect()
    }),
    ("no_persons", |record| {
        let persons = record.mentions.iter().filter(|mention| mention.kind == Kind::Person);
        persons.map(|mention| format!("{} by {}", mention.text, mention.rule)).collect()
    }),
    ("no_times", |record| {
        record.times.iter().map(|time| format!("{} = {} by {}", time.text, time.value, time.rule)).collect()
    }),
];

#[test]
fn nothing_is_made_of_what_says_nothing() {
    let coder = Coder::new(&Lexicon::built_in()).unwrap();
    let mut worker = coder.worker();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/never");
    let mut wrong = Vec::new();
    let mut lines = 0;
    for (name, found) in FILES {
        let text = std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let (sentence, why) = line.split_once('\t').unwrap_or((line, ""));
            lines += 1;
            for published in PUBLISHED {
                let made = found(&coder.code(&mut worker, &source(sentence, published)));
                if !made.is_empty() {
                    wrong.push(format!("{name}.txt:{}: {sentence} ({why}): {}", index + 1, made.join("; ")));
                    break;
                }
            }
        }
    }
    assert!(lines > 200, "the files hold only {lines} lines");
    assert!(wrong.is_empty(), "{} of {lines} lines:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_file_is_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/never");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(FILES.iter().any(|(name, _)| *name == stem), "no test runs {}", path.display());
    }
}
