//! Where sources disagree, each side with its documents.

use crate::page::View;
use crate::{links, parts, text};
use entente_account::{Account, Conflict, ConflictKind};
use entente_base::record::Status;
use maud::{Markup, html};
use serde::Serialize;

/// Words of a side.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Words {
    pub(crate) document: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
}

/// One side of a disagreement.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Side {
    /// What it says, for display.
    pub(crate) value: String,
    pub(crate) origins: usize,
    pub(crate) words: Vec<Words>,
}

/// A disagreement.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Dispute {
    pub(crate) kind: ConflictKind,
    /// The event that it is about, or the first of two.
    pub(crate) event: Option<String>,
    /// What it is about, for display.
    pub(crate) about: String,
    /// Whether the sides may speak of two different events.
    pub(crate) possible: bool,
    pub(crate) sides: Vec<Side>,
}

/// What a side says, in words.
fn value(view: &View<'_>, account: &Account, kind: ConflictKind, value: &str) -> String {
    let actor = |index: &str| -> Option<String> {
        let actor = account.actors().get(index.parse::<usize>().ok()?)?;
        Some(actor.shown(view.lang()).to_owned())
    };
    match kind {
        ConflictKind::Date => view.date(Some(value)),
        ConflictKind::Place => view.state(value),
        ConflictKind::Status => {
            Status::parse(value).map_or_else(|| value.to_owned(), |status| view.status(status))
        }
        ConflictKind::Participant | ConflictKind::Attribution => {
            let names: Vec<String> = value.split(',').filter_map(actor).collect();
            names.join(view.say("、", ", "))
        }
        ConflictKind::Figure => value.to_owned(),
    }
}

/// A disagreement for display.
pub(crate) fn dispute(view: &View<'_>, account: &Account, conflict: &Conflict) -> Dispute {
    let event = conflict.events.first().and_then(|&index| account.events().get(index));
    let mut about: Vec<String> = Vec::new();
    if let Some(event) = event {
        if conflict.kind != ConflictKind::Date {
            about.extend(event.date.as_deref().map(|date| view.date(Some(date))));
        }
        about.push(parts::parties_text(view, &event.source, &event.target));
        about.push(view.kind(event.kind, event.mode.as_deref()));
    } else {
        about.extend(conflict.period.as_deref().map(|period| view.date(Some(period))));
        about.push(view.names(&conflict.of));
    }
    about.extend(conflict.measure.as_deref().map(|measure| view.room.words.measure(measure, view.lang())));
    let words = |passage: &entente_account::Passage| {
        Some(Words {
            document: account.document(passage.document)?.id.clone(),
            start: passage.span.start,
            end: passage.span.end,
            text: passage.text.clone(),
        })
    };
    let sides = conflict.sides.iter().map(|side| Side {
        value: value(view, account, conflict.kind, &side.value),
        origins: side.origins,
        words: side.passages.iter().filter_map(words).collect(),
    });
    Dispute {
        kind: conflict.kind,
        event: event.map(|event| event.id.clone()),
        about: about.join(" "),
        possible: conflict.possible,
        sides: sides.collect(),
    }
}

/// The disagreements about the latest events, the latest first.
pub(crate) fn latest(account: &Account, view: &View<'_>, most: usize) -> Vec<Dispute> {
    let mut found: Vec<&Conflict> =
        account.conflicts().iter().filter(|conflict| !conflict.events.is_empty()).collect();
    found.sort_by_key(|conflict| std::cmp::Reverse(conflict.events.first().copied()));
    found.into_iter().take(most).map(|conflict| dispute(view, account, conflict)).collect()
}

/// Disagreements one below the other. `short`: without the words of each side.
pub(crate) fn list(view: &View<'_>, disputes: &[Dispute], short: bool) -> Markup {
    html! {
        ul.plain.disputes { @for one in disputes { li {
            p.head {
                @match &one.event {
                    Some(id) => a.kind href=(links::event(id)) { (text::words(&one.about)) },
                    None => span.kind { (text::words(&one.about)) },
                }
                " " span.status.disputed { (view.label(&format!("conflict.{}", one.kind.name()))) }
            }
            @if one.possible && !short { p.note { (view.label("conflict.possible")) } }
            ul.sides { @for side in &one.sides { li {
                b { (text::words(&side.value)) } " "
                span.note { (view.count(side.origins, "独立の出所 #", "# independent origin", "# independent origins")) }
                @if !short { @for words in side.words.iter().take(4) { p {
                    a href=(links::passage(&words.document, words.start, words.end)) { (text::words(&words.document)) }
                    " " (text::quote(&words.text))
                } } }
            } } }
        } } }
    }
}
