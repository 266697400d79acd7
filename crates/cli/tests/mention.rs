//! Mentions in sentences that show one construction each: `tests/mention/sentences.txt`.

#![allow(clippy::unwrap_used)]

use entente_base::record::{Kind, Mention, Record};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// A mark of the file: words, kind, states, and the number that joins mentions of one.
#[derive(Debug, PartialEq, Eq)]
struct Mark {
    start: usize,
    end: usize,
    kind: Kind,
    states: Vec<String>,
    one: String,
}

/// The sentence without its marks, and the marks.
fn read(line: &str) -> (String, Vec<Mark>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let (mark, after) = after.split_once('}').unwrap();
        let (head, words) = mark.split_once('|').unwrap();
        let (kind, states) = head.split_once(' ').unwrap();
        text.push_str(before);
        let start = text.chars().count();
        text.push_str(words);
        let (letter, one) = kind.split_at(1);
        marks.push(Mark {
            start,
            end: text.chars().count(),
            kind: match letter {
                "S" => Kind::State,
                "P" => Kind::Person,
                "O" => Kind::Organization,
                _ => Kind::Place,
            },
            states: if states == "-" { Vec::new() } else { states.split(',').map(str::to_owned).collect() },
            one: one.to_owned(),
        });
        rest = after;
    }
    text.push_str(rest);
    (text, marks)
}

fn code(texts: &[String]) -> Vec<Record> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_entente"))
        .args(["code", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    for text in texts {
        writeln!(stdin, "{}", serde_json::json!({ "text": text })).unwrap();
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn every_construction_gives_its_mentions() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/mention/sentences.txt");
    let file = std::fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let (texts, wanted): (Vec<String>, Vec<Vec<Mark>>) = lines.iter().map(|line| read(line)).unzip();
    let mut wrong = Vec::new();
    for ((record, marks), line) in code(&texts).iter().zip(&wanted).zip(&lines) {
        let show = |mention: &Mention| format!("{:?} {} {:?}", mention.kind, mention.text, mention.states);
        let found: Vec<_> =
            record.mentions.iter().map(|m| (m.start, m.end, m.kind, m.states.clone())).collect();
        let expected: Vec<_> = marks.iter().map(|m| (m.start, m.end, m.kind, m.states.clone())).collect();
        if found != expected {
            wrong.push(format!("{line}\n  gives {:?}", record.mentions.iter().map(show).collect::<Vec<_>>()));
            continue;
        }
        let mut one: BTreeMap<&str, &str> = BTreeMap::new();
        for (mention, mark) in record.mentions.iter().zip(marks) {
            if mark.one.is_empty() {
                continue;
            }
            let entity = one.entry(&mark.one).or_insert(&mention.entity);
            if *entity != mention.entity {
                wrong.push(format!("{line}\n  {} is another than before", mention.text));
            }
        }
        assert!(record.mentions.iter().all(|mention| (0.5..=1.0).contains(&mention.confidence)), "{line}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
