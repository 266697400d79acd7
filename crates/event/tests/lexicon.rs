//! Every rule's own examples, and sentences from which nothing may come.

use entente_base::Lexicon;
use entente_base::record::{Kind, Record};
use entente_event::{Coder, Source};

fn source(text: &str) -> Source {
    Source {
        id: "test".to_owned(),
        text: text.to_owned(),
        title: None,
        published: None,
        url: None,
        publisher: None,
        encoding: "UTF-8".to_owned(),
    }
}

#[test]
fn every_event_rule_codes_its_examples() {
    let errors = entente_event::check(&Lexicon::built_in()).unwrap();
    let shown: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}

/// Lines of a file in `tests/never`: a sentence, a tab, the reason. `found` tells what came of it all the same.
fn never(lines: &str, found: impl Fn(&Record) -> Vec<String>) {
    let coder = Coder::new(&Lexicon::built_in()).unwrap();
    let mut worker = coder.worker();
    let mut failed = Vec::new();
    let mut count = 0;
    for line in lines.lines() {
        let (sentence, reason) = line.split_once('\t').expect("sentence, tab, reason");
        let record = coder.code(&mut worker, &source(sentence));
        count += 1;
        let found = found(&record);
        if !found.is_empty() {
            failed.push(format!("{sentence} ({reason}): {}", found.join(", ")));
        }
    }
    assert!(count >= 30, "only {count} lines");
    assert!(failed.is_empty(), "{} of {count}:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn no_events_where_none_are() {
    never(include_str!("../../../tests/never/no_events.txt"), |record| {
        record
            .events
            .iter()
            .map(|event| {
                format!("{} {:?}>{:?} {}", event.kind.name(), event.source, event.target, event.rule)
            })
            .collect()
    });
}

#[test]
fn no_figures_where_none_are() {
    never(include_str!("../../../tests/never/no_figures.txt"), |record| {
        record.figures.iter().map(|figure| figure.text.clone()).collect()
    });
}

#[test]
fn no_times_where_none_are() {
    never(include_str!("../../../tests/never/no_times.txt"), |record| {
        record.times.iter().map(|time| time.text.clone()).collect()
    });
}

#[test]
fn no_persons_where_none_are() {
    never(include_str!("../../../tests/never/no_persons.txt"), |record| {
        let persons = record.mentions.iter().filter(|mention| mention.kind == Kind::Person);
        persons.map(|mention| format!("{} {}", mention.text, mention.rule)).collect()
    });
}
