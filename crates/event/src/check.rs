//! Runs the examples that the rules of `lexicon/event`, and the tables of `lexicon/statement` and `lexicon/position`, carry.

use crate::coder::{Coder, CoderError};
use crate::rule::Expect;
use entente_base::record::Event;
use entente_base::{Lexicon, LexiconError};
use entente_text::Source;
use entente_token::Worker;

/// Every example of every event rule, and of every row about statements and positions, that does not come out as said.
///
/// # Errors
/// When the coder cannot be made of the lexicon at all.
pub fn check(lexicon: &Lexicon) -> Result<Vec<LexiconError>, CoderError> {
    let coder = Coder::new(lexicon)?;
    let mut worker = coder.worker();
    let mut errors = Vec::new();
    for rule in coder.acts.rules() {
        let line = |text: &str| {
            let file = lexicon.files().iter().rfind(|file| file.path == rule.file);
            file.and_then(|file| file.text.lines().position(|line| line.contains(text)))
                .map_or(0, |at| at + 1)
        };
        let mut events = |text: &str, published: &Option<String>| {
            coder.code(&mut worker, &source(&rule.id, text, published.as_deref())).events
        };
        for yes in &rule.yes {
            let found = events(&yes.text, &yes.published);
            if !found
                .iter()
                .any(|event| meets(&yes.expect, event) && event.rule == format!("event/{}", rule.id))
            {
                errors.push(LexiconError::new(
                    &rule.file,
                    line(&yes.text),
                    format!(
                        "`{}` should give {}, but gives {}",
                        yes.text,
                        wanted(&yes.expect),
                        shown(&found)
                    ),
                    "`entente explain` shows what each room makes of the sentence",
                ));
            }
        }
        for no in &rule.no {
            let found = events(&no.text, &no.published);
            if found.iter().any(|event| event.kind == rule.kind && event.rule == format!("event/{}", rule.id))
            {
                errors.push(LexiconError::new(
                    &rule.file,
                    line(&no.text),
                    format!(
                        "`{}` should give no {} ({}), but gives {}",
                        no.text,
                        rule.kind.name(),
                        no.why,
                        shown(&found)
                    ),
                    "narrow the trigger, or add to `without`",
                ));
            }
        }
    }
    for prefix in ["statement/", "position/"] {
        for row in lexicon.rows(prefix)? {
            let positions = prefix == "position/";
            let kind = if positions { row.get("stance") } else { row.get("act") };
            for (column, wanted) in [("yes", true), ("no", false)] {
                let marked = row.get(column);
                if marked.is_empty() {
                    continue;
                }
                if let Err((message, help)) = example(&coder, &mut worker, marked, wanted, kind, positions) {
                    errors.push(row.error(message, help));
                }
            }
        }
    }
    Ok(errors)
}

/// An example of a row of a table: `yes` must give the words between 《 and 》 with the row's act (or stance); `no` must
/// not give them or, where it marks none, must give nothing. Else what is wrong, and what would help.
fn example(
    coder: &Coder,
    worker: &mut Worker<'_>,
    marked: &str,
    wanted: bool,
    kind: &str,
    positions: bool,
) -> Result<(), (String, &'static str)> {
    let words = marked.split_once('《').and_then(|(_, rest)| rest.split_once('》')).map(|(words, _)| words);
    if wanted && words.is_none() {
        let help = "write 《 and 》 around the words said, or the issue";
        return Err((format!("`{marked}` does not say what it should give"), help));
    }
    let text = marked.replace(['《', '》'], "");
    let record = coder.code(worker, &source("example", &text, None));
    let chars: Vec<char> = text.chars().collect();
    let found: Vec<(String, String)> = if positions {
        record.positions.into_iter().map(|held| (held.issue, held.stance)).collect()
    } else {
        record.statements.into_iter().map(|one| (one.content.text(&chars), one.act)).collect()
    };
    let hit = found.iter().any(|(text, act)| {
        words.is_none_or(|words| words == text) && (kind.is_empty() || kind == act || words.is_none())
    });
    if hit == wanted {
        return Ok(());
    }
    let shown: Vec<String> = found.iter().map(|(text, act)| format!("{act} `{text}`")).collect();
    let shown = if shown.is_empty() { "nothing".to_owned() } else { shown.join("; ") };
    let should = match (wanted, words) {
        (true, Some(words)) => format!("should give {kind} `{words}`"),
        (false, Some(words)) => format!("should not give {kind} `{words}`"),
        _ => "should give nothing".to_owned(),
    };
    let help = "`entente explain` shows what each room makes of the sentence";
    Err((format!("`{marked}` {should}, but gives {shown}"), help))
}

fn source(id: &str, text: &str, published: Option<&str>) -> Source {
    Source {
        id: id.to_owned(),
        text: text.to_owned(),
        title: None,
        published: published.map(str::to_owned),
        url: None,
        publisher: None,
        encoding: "UTF-8".to_owned(),
        ..Source::default()
    }
}

fn meets(expect: &Expect, event: &Event) -> bool {
    expect.kind.is_none_or(|kind| kind == event.kind)
        && expect.mode.as_ref().is_none_or(|mode| event.mode.as_ref() == Some(mode))
        && expect.source.as_ref().is_none_or(|codes| *codes == event.source)
        && expect.target.as_ref().is_none_or(|codes| *codes == event.target)
        && expect.status.is_none_or(|status| status == event.status)
        && expect.date.as_ref().is_none_or(|date| event.date.as_ref() == Some(date))
}

fn wanted(expect: &Expect) -> String {
    format!(
        "{} {:?} > {:?} {:?} {:?}",
        expect.kind.map_or("an event", entente_base::record::EventType::name),
        expect.source.clone().unwrap_or_default(),
        expect.target.clone().unwrap_or_default(),
        expect.status,
        expect.date
    )
}

fn shown(events: &[Event]) -> String {
    if events.is_empty() {
        return "nothing".to_owned();
    }
    let one = |event: &Event| {
        format!(
            "{} {:?} > {:?} {:?} {:?} by {}",
            event.kind.name(),
            event.source,
            event.target,
            event.status,
            event.date,
            event.rule
        )
    };
    events.iter().map(one).collect::<Vec<_>>().join("; ")
}
