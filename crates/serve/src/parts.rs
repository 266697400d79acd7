//! Pieces that several pages are made of.

use crate::page::View;
use crate::{links, text};
use entente_account::EventLine;
use entente_base::record::Status;
use entente_render::Listing;
use maud::{Markup, html};

/// States and bodies, each with a link to its page.
pub(crate) fn states(view: &View<'_>, codes: &[String]) -> Markup {
    html! {
        @for (index, code) in codes.iter().enumerate() {
            @if index > 0 { (view.say("・", ", ")) }
            a href=(links::actor(code)) { (text::words(&view.state(code))) }
        }
    }
}

/// Who toward whom.
pub(crate) fn parties(view: &View<'_>, source: &[String], target: &[String]) -> Markup {
    html! {
        @if source == target || target.is_empty() { (states(view, source)) }
        @else {
            (states(view, source))
            span.toward title=(view.say("から", "toward")) { " → " }
            (states(view, target))
        }
    }
}

/// The same as words alone.
pub(crate) fn parties_text(view: &View<'_>, source: &[String], target: &[String]) -> String {
    match (source, target) {
        (source, target) if source == target || target.is_empty() => view.names(source),
        ([], target) => format!("→{}", view.names(target)),
        (source, target) => format!("{}→{}", view.names(source), view.names(target)),
    }
}

/// The status of an event, where it is other than that it happened.
pub(crate) fn status(view: &View<'_>, status: Status) -> Markup {
    html! {
        @if status != Status::Occurred { " " span class={ "status " (status.name()) } { (view.status(status)) } }
    }
}

/// 「独立の出所 2・文書 5」.
pub(crate) fn support(view: &View<'_>, origins: usize, documents: usize) -> Markup {
    html! {
        span.support {
            (view.count(origins, "独立の出所 #", "# independent origin", "# independent origins"))
            @if documents > 1 { (view.say("・", " · ")) (view.count(documents, "文書 #", "# document", "# documents")) }
        }
    }
}

/// Fewest events that are parted by years.
const MANY: usize = 12;

/// Events in the order of time: parted by years where they are many, those without a date apart at the end.
pub(crate) fn events_by_year(view: &View<'_>, lines: &[&EventLine]) -> Markup {
    let (dated, undated): (Vec<&EventLine>, Vec<&EventLine>) =
        lines.iter().partition(|line| line.date.is_some());
    let year =
        |line: &EventLine| line.date.as_ref().and_then(|date| date.get(..4)).unwrap_or_default().to_owned();
    let mut years: Vec<(String, Vec<&EventLine>)> = Vec::new();
    for line in dated {
        let of = if lines.len() < MANY { String::new() } else { year(line) };
        match years.last_mut() {
            Some((known, list)) if *known == of => list.push(line),
            _ => years.push((of, vec![line])),
        }
    }
    html! {
        @for (year, list) in years {
            @if !year.is_empty() { h2.year { (view.date(Some(&year))) } }
            (events(view, list))
        }
        @if !undated.is_empty() {
            h2.year { (view.label("undated")) }
            (events(view, undated))
        }
    }
}

/// Events one below the other, each with its words and a link to its page.
pub(crate) fn events<'a>(view: &View<'_>, lines: impl IntoIterator<Item = &'a EventLine>) -> Markup {
    html! {
        ol.events {
            @for line in lines {
                li id={ "e-" (line.id) } class=(line.status.name()) {
                    (when(view, line))
                    div {
                        p.head {
                            a.kind href=(links::event(&line.id)) { (view.kind(line.kind, line.mode.as_deref())) }
                            (status(view, line.status)) " "
                            (parties(view, &line.source, &line.target))
                        }
                        p.words { (text::quote(&line.text)) }
                        p.note {
                            @for (index, name) in line.participants.iter().take(6).enumerate() {
                                @if index > 0 { (view.say("、", ", ")) }
                                (text::words(view.name(name)))
                            }
                            @if !line.participants.is_empty() { (view.say("　", " · ")) }
                            @if let Some(place) = &line.place { (text::words(&view.state(place))) (view.say("　", " · ")) }
                            a href=(links::passage(&line.document, line.span.start, line.span.end)) { (text::words(&line.document)) }
                            (view.say("　", " · "))
                            (support(view, line.origins, line.documents))
                        }
                    }
                }
            }
        }
    }
}

fn when(view: &View<'_>, line: &EventLine) -> Markup {
    html! {
        @match &line.date {
            Some(date) => span.date { (view.date(Some(date))) },
            None => span.date.undated {
                (view.label("undated"))
                @if let Some(published) = &line.published {
                    small { (view.say("報道 ", "reported ")) (view.date(Some(published))) }
                }
            },
        }
    }
}

/// Events as a list: the columns of `entente timeline`.
pub(crate) fn events_listing(view: &View<'_>, lines: &[EventLine]) -> Listing {
    let heads = vec![
        view.head("date", "日付", "date"),
        view.head("status", "状態", "status"),
        view.head("type", "種類", "type"),
        view.head("parties", "当事者", "parties"),
        view.head("participants", "参加者", "participants"),
        view.head("place", "場所", "place"),
        view.head("origins", "独立の出所", "origins"),
        view.head("documents", "文書", "documents"),
        view.head("text", "語句", "words"),
        view.head("id", "番号", "id"),
    ];
    let row = |line: &EventLine| {
        let persons: Vec<&str> = line.participants.iter().map(|name| view.name(name)).collect();
        vec![
            line.date.clone().unwrap_or_default(),
            view.status(line.status),
            view.kind(line.kind, line.mode.as_deref()),
            parties_text(view, &line.source, &line.target),
            persons.join(view.say("、", ", ")),
            line.place.as_deref().map(|place| view.state(place)).unwrap_or_default(),
            line.origins.to_string(),
            line.documents.to_string(),
            line.text.clone(),
            line.id.clone(),
        ]
    };
    Listing { heads, rows: lines.iter().map(row).collect(), ..Listing::default() }
}

/// A list as a table to read, below or beside a chart.
#[allow(dead_code)] // For pages that show their list as it is.
pub(crate) fn table(caption: &str, listing: &Listing) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr { @for (_, head) in &listing.heads { th scope="col" { (head) } } } }
                tbody {
                    @for row in &listing.rows { tr { @for cell in row { td { (text::words(cell)) } } } }
                }
            }
        }
    }
}

/// That a limit hid something.
pub(crate) fn hidden(view: &View<'_>, shown: usize, all: usize) -> Markup {
    html! {
        @if shown < all {
            p.note {
                @match view.lang() {
                    entente_account::Lang::Ja => { "全 " (all) " 件のうち、重要な " (shown) " 件を示しています。" }
                    entente_account::Lang::En => { "The " (shown) " that matter most of " (all) " are shown." }
                }
            }
        }
    }
}

/// What a chart is drawn of: read by `charts.js`, which asks for nothing else. The table is there without scripts.
/// `key` tells what shapes and colours mean.
pub(crate) fn chart(kind: &str, label: &str, key: &str, data: &impl serde::Serialize) -> Markup {
    // Within a script nothing is markup but the end of the script.
    let json = serde_json::to_string(data).unwrap_or_default().replace('<', "\\u003c");
    html! {
        figure.chart data-chart=(kind) {
            div.canvas role="img" aria-label=(label) hidden {}
            @if !key.is_empty() { figcaption.note hidden { (key) } }
            script type="application/json" { (maud::PreEscaped(json)) }
        }
    }
}
