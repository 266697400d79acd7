//! Runs the examples that the rules of `lexicon/event` carry.

use crate::coder::{Coder, CoderError};
use crate::rule::Expect;
use entente_base::record::Event;
use entente_base::{Lexicon, LexiconError};
use entente_text::Source;

/// Every example of every event rule that does not come out as the rule says.
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
            let source = Source {
                id: rule.id.clone(),
                text: text.to_owned(),
                title: None,
                published: published.clone(),
                url: None,
                publisher: None,
                encoding: "UTF-8".to_owned(),
            };
            coder.code(&mut worker, &source).events
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
    Ok(errors)
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
