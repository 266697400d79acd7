//! Golden snapshots: what each room makes of each of the samples, in `tests/golden/`.
//!
//! `make golden` writes them anew; read the difference before you commit it.

#![allow(clippy::unwrap_used)]

use entente_base::record::{Record, Speaker};
use entente_base::{Lexicon, Span};
use entente_event::{Coder, Reading};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

/// A value's name in records.
fn name(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

fn codes(codes: &[String]) -> String {
    if codes.is_empty() { "-".to_owned() } else { codes.join(",") }
}

fn optional(name: &str, value: Option<&str>) -> String {
    value.map_or_else(String::new, |value| format!(" {name}={value}"))
}

/// A record to be read by people: a line for each item, with its words.
fn listing(record: &Record) -> String {
    let chars: Vec<char> = record.document.text.chars().collect();
    let words = |span: Span| span.text(&chars).replace('\n', "⏎");
    let entities: HashMap<&str, &str> =
        record.entities.iter().map(|entity| (entity.id.as_str(), entity.name.as_str())).collect();
    let called = |id: &str| entities.get(id).copied().unwrap_or(id).to_owned();
    let mut out = String::new();
    let document = &record.document;
    writeln!(out, "# document").unwrap();
    writeln!(
        out,
        "{} | {} | origins {}",
        document.title.as_deref().unwrap_or("-"),
        document.published.as_deref().unwrap_or("-"),
        codes(&document.origins)
    )
    .unwrap();
    writeln!(out, "\n# entities").unwrap();
    for entity in &record.entities {
        writeln!(
            out,
            "{} {} {} [{}]{}{}",
            entity.id,
            name(entity.kind),
            entity.name,
            codes(&entity.states),
            optional("role", entity.role.as_deref()),
            optional("sector", entity.sector.as_deref())
        )
        .unwrap();
    }
    writeln!(out, "\n# mentions").unwrap();
    for item in &record.mentions {
        writeln!(out, "{} {} {} [{}] {}", item.start, item.text, item.entity, codes(&item.states), item.rule)
            .unwrap();
    }
    writeln!(out, "\n# times").unwrap();
    for item in &record.times {
        writeln!(out, "{} {} = {} {}", item.start, item.text, item.value, item.rule).unwrap();
    }
    writeln!(out, "\n# figures").unwrap();
    for item in &record.figures {
        let change =
            item.change.as_ref().map(|change| format!("{:+}{} {}", change.value, change.unit, change.basis));
        writeln!(
            out,
            "{} {} = {} {} {} {} of {}{}{}{}{}",
            item.start,
            item.text,
            item.value,
            item.unit,
            name(item.bound),
            item.measure,
            codes(&item.of),
            optional("to", item.value_to.map(|to| to.to_string()).as_deref()),
            optional("period", item.period.as_deref()),
            optional("rank", item.rank.as_deref()),
            optional("change", change.as_deref())
        )
        .unwrap();
    }
    writeln!(out, "\n# events").unwrap();
    for item in &record.events {
        let with: Vec<String> = item.participants.iter().map(|id| called(id)).collect();
        writeln!(
            out,
            "{}{} {} > {} {}{}{}{} [{}] with {} {}",
            item.kind.name(),
            item.mode.as_deref().map_or_else(String::new, |mode| format!("/{mode}")),
            codes(&item.source),
            codes(&item.target),
            name(item.status),
            optional("date", item.date.as_deref()),
            optional("place", item.place.as_deref()),
            optional("by", item.attributed_to.as_deref().map(called).as_deref()),
            codes(&item.domains),
            codes(&with),
            item.rule
        )
        .unwrap();
        for evidence in &item.evidence {
            writeln!(out, "  {} {}", evidence.start, words(*evidence)).unwrap();
        }
    }
    writeln!(out, "\n# statements").unwrap();
    for item in &record.statements {
        let who = match &item.speaker {
            Speaker::One(id) => called(id),
            Speaker::Joint(ids) => ids.iter().map(|id| called(id)).collect::<Vec<_>>().join("+"),
        };
        writeln!(
            out,
            "{} {who} {}{}{}: {}",
            item.start,
            item.act,
            optional("via", item.via.as_deref().map(called).as_deref()),
            optional("date", item.date.as_deref()),
            words(item.content)
        )
        .unwrap();
    }
    writeln!(out, "\n# commitments").unwrap();
    for item in &record.commitments {
        writeln!(
            out,
            "{} {}{}: {}",
            codes(&item.by),
            name(item.status),
            optional("due", item.due.as_deref()),
            words(item.what)
        )
        .unwrap();
    }
    writeln!(out, "\n# positions").unwrap();
    for item in &record.positions {
        writeln!(
            out,
            "{} {} {}{}: {}",
            item.holder,
            item.stance,
            item.issue,
            optional("toward", item.toward.as_deref()),
            words(item.evidence)
        )
        .unwrap();
    }
    writeln!(out, "\n# terms").unwrap();
    for item in &record.terms {
        writeln!(out, "{}: {}", item.term, words(item.definition)).unwrap();
    }
    out
}

/// Sentences, tokens and clauses, as the rooms before the record have them.
fn rooms(reading: &Reading) -> String {
    let chars = reading.chars();
    let mut out = String::new();
    for (sentence, analysis) in reading.sentences.iter().zip(&reading.analyses) {
        writeln!(out, "# {} {}", name(sentence.kind), sentence.span.text(chars)).unwrap();
        let tokens: Vec<String> = analysis
            .tokens
            .iter()
            .map(|token| format!("{}/{:?}", token.span.text(chars), token.tag))
            .collect();
        writeln!(out, "{}\n{}", tokens.join(" "), analysis.describe(chars)).unwrap();
    }
    out
}

/// Samples whose sentences, tokens and clauses are kept too: one of each manner of writing.
const IN_FULL: [&str; 3] = ["chn-rus-2024-wire", "isr-irn-2025-broadcast", "jpn-kor-2023-release"];

#[test]
fn the_samples_are_coded_as_before() {
    let coder = Coder::new(&Lexicon::built_in()).unwrap();
    let mut worker = coder.worker();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/articles.jsonl");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../tests/golden");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut count = 0;
    settings.bind(|| {
        for source in entente_text::open(&samples) {
            let source = source.unwrap();
            let record = coder.code(&mut worker, &source);
            insta::assert_snapshot!(source.id.as_str(), listing(&record));
            if IN_FULL.contains(&source.id.as_str()) {
                let name = format!("{}-rooms", source.id);
                insta::assert_snapshot!(name, rooms(&coder.read(&mut worker, &source)));
            }
            count += 1;
        }
    });
    assert!(count >= 12, "only {count} samples");
}
