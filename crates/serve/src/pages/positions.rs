//! Where actors stand: issues by actors.

use crate::fault::Fault;
use crate::page::{Page, Reader, View};
use crate::shelf::{self, Quoted, Span};
use crate::{layout, links, text};
use entente_render::Listing;
use entente_store::{Part, Reach};
use maud::{Markup, html};
use serde::Serialize;
use std::collections::BTreeMap;

/// Documents read.
const DOCUMENTS: usize = 200;
/// Columns and rows shown.
const MOST_HOLDERS: usize = 24;
const MOST_ISSUES: usize = 120;
/// Columns that are seen at once on a wide screen.
const SEEN: usize = 4;
/// Quotations of a cell.
const QUOTES: usize = 3;

/// A stance.
#[derive(Serialize)]
struct Held {
    stance: String,
    toward: Option<String>,
    quotes: Vec<Quoted>,
}

/// An issue, with the stances of each holder.
#[derive(Serialize)]
struct Issue {
    issue: String,
    cells: BTreeMap<String, Vec<Held>>,
}

/// The matrix.
#[derive(Serialize)]
pub(crate) struct Positions {
    filter: Span,
    reach: Reach,
    /// Codes: the columns.
    holders: Vec<String>,
    /// Rows.
    issues: Vec<Issue>,
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Positions, Fault> {
    let filter = Span::read(reader)?;
    let found = reader.store.shelf(&filter.filter(), Part::Words, DOCUMENTS, &reader.room.words)?;
    let account = &found.account;
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    let mut issues = Vec::new();
    for issue in account.positions() {
        let asked = filter.states.is_empty()
            || issue.stances.iter().any(|stance| filter.states.contains(&stance.holder));
        if !asked {
            continue;
        }
        let mut cells: BTreeMap<String, Vec<Held>> = BTreeMap::new();
        for stance in &issue.stances {
            *count.entry(stance.holder.clone()).or_default() += 1;
            cells.entry(stance.holder.clone()).or_default().push(Held {
                stance: stance.stance.clone(),
                toward: stance.toward.clone().filter(|toward| *toward != stance.holder),
                quotes: stance
                    .passages
                    .iter()
                    .take(QUOTES)
                    .filter_map(|it| shelf::quoted(account, it))
                    .collect(),
            });
        }
        issues.push(Issue { issue: issue.name.clone(), cells });
    }
    issues.sort_by(|a, b| b.cells.len().cmp(&a.cells.len()).then_with(|| a.issue.cmp(&b.issue)));
    issues.truncate(MOST_ISSUES);
    let mut holders: Vec<(bool, usize, String)> = count
        .into_iter()
        .map(|(holder, count)| (!filter.states.contains(&holder), usize::MAX - count, holder))
        .collect();
    holders.sort();
    let holders = holders.into_iter().take(MOST_HOLDERS).map(|(_, _, holder)| holder).collect();
    Ok(Positions { filter, reach: found.reach, holders, issues })
}

fn stance(view: &View<'_>, held: &Held) -> String {
    let label = view.label(&format!("stance.{}", held.stance));
    match &held.toward {
        Some(toward) => {
            let toward = view.room.words.fill("toward", view.lang(), "who", &view.state(toward));
            if view.lang() == entente_account::Lang::Ja {
                format!("{label}（{toward}）")
            } else {
                format!("{label} {toward}")
            }
        }
        None => label,
    }
}

impl Positions {
    /// Names of those who take a stance on an issue, in the order of the columns.
    fn holders_of(&self, issue: &Issue, view: &View<'_>) -> String {
        let held = self.holders.iter().filter(|holder| issue.cells.contains_key(*holder));
        held.map(|holder| view.state(holder)).collect::<Vec<_>>().join(view.say("・", ", "))
    }
}

impl Page for Positions {
    fn title(&self, view: &View<'_>) -> String {
        self.filter.title(view, "立場", "Positions")
    }

    fn body(&self, view: &View<'_>) -> Markup {
        html! {
            (self.filter.form(view, &html! {}))
            @if self.reach.documents == 0 && self.filter.states.is_empty() && self.filter.from.is_none() && self.filter.to.is_none() { (layout::empty(view)) }
            @else if self.issues.is_empty() { p.none { (view.label("none.positions")) } }
            @else {
                (shelf::reach(view, &self.reach))
                div.scroll.matrix tabindex="0" role="region" aria-label=(view.say("争点と主体の表", "Issues by actors")) {
                    table {
                        caption { (view.say("争点（行）について、各主体（列）がどこに立つか。語句は記事から。", "Where each actor (column) stands on each issue (row), in the words of the articles.")) }
                        thead { tr {
                            th scope="col" { (view.label("column.issue")) }
                            @for holder in &self.holders { th scope="col" { a href=(links::actor(holder)) { (text::words(&view.state(holder))) } } }
                        } }
                        tbody { @for issue in &self.issues { tr {
                            th scope="row" {
                                (text::words(&issue.issue))
                                // Where the columns do not fit, who stands on it may be out of sight.
                                @if self.holders.len() > SEEN { p.note { (self.holders_of(issue, view)) } }
                            }
                            @for holder in &self.holders {
                                @match issue.cells.get(holder) {
                                    None => td.blank {},
                                    Some(cell) => td data-label=(view.state(holder)) {
                                        @for held in cell {
                                            p { span class={ "stance " (held.stance) } { (stance(view, held)) } }
                                            @for quoted in &held.quotes { p { (shelf::quote(view, quoted)) } }
                                        }
                                    },
                                }
                            }
                        } } }
                    }
                }
            }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        let heads = vec![
            view.head("issue", "争点", "issue"),
            view.head("holder", "主体", "holder"),
            view.head("stance", "立場", "stance"),
            view.head("text", "語句", "words"),
            view.head("documents", "文書", "documents"),
        ];
        let mut rows = Vec::new();
        for issue in &self.issues {
            for (holder, cell) in &issue.cells {
                for held in cell {
                    let documents: Vec<&str> = held.quotes.iter().map(|it| it.document.as_str()).collect();
                    rows.push(vec![
                        issue.issue.clone(),
                        view.state(holder),
                        stance(view, held),
                        held.quotes.first().map(|it| it.text.clone()).unwrap_or_default(),
                        documents.join(" "),
                    ]);
                }
            }
        }
        Listing { heads, rows, ..Listing::default() }
    }
}
