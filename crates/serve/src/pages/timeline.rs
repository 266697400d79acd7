//! Events in the order of time: all of them counted by period, and those that matter most one by one.

use crate::fault::Fault;
use crate::filter::Choice;
use crate::page::{Page, Reader, View};
use crate::periods::Periods;
use crate::{layout, links, parts};
use entente_account::{EventLine, QuadClass};
use entente_base::Edtf;
use entente_base::record::Status;
use entente_render::Listing;
use maud::{Markup, html};
use serde::Serialize;
use serde_json::{Value, json};

/// The timeline.
#[derive(Serialize)]
pub(crate) struct Timeline {
    filter: Choice,
    /// Events that the filter means.
    total: usize,
    /// All of them by period.
    over_time: Periods,
    /// Those that matter most.
    events: Vec<EventLine>,
    #[serde(skip)]
    empty: bool,
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Timeline, Fault> {
    let filter = Choice::read(reader.asked, reader.room)?;
    let (events, total) = reader.store.event_lines(&filter.filter())?;
    let over_time = Periods::new(&reader.store.pulse(&filter.filter())?);
    let empty = total == 0 && reader.documents()? == 0;
    Ok(Timeline { filter, total, over_time, events, empty })
}

pub(crate) fn is_planned(line: &EventLine) -> bool {
    matches!(line.status, Status::Scheduled | Status::Proposed)
}

/// The lanes of the chart, from the top: what was planned lies apart, below.
const LANES: [&str; 5] =
    ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "planned"];

/// An event on the axis: a span where its date is a month, a year or an interval.
fn on_axis(view: &View<'_>, line: &EventLine) -> Option<Value> {
    let date: Edtf = line.date.as_deref()?.parse().ok()?;
    let (first, last) = date.day_numbers()?;
    let lane = if is_planned(line) { 4 } else { QuadClass::of(&line.cameo, line.kind) as usize };
    Some(json!({
        "id": line.id, "first": first, "last": last, "lane": lane, "origins": line.origins,
        "real": matches!(line.status, Status::Occurred | Status::Ongoing),
        "date": view.date(line.date.as_deref()),
        "label": format!("{} {}", parts::parties_text(view, &line.source, &line.target),
            view.kind(line.kind, line.mode.as_deref())),
        "open": links::event(&line.id),
    }))
}

/// The axis with its events; scripts draw it, the list below says the same.
pub(crate) fn axis(view: &View<'_>, lines: &[EventLine]) -> Markup {
    let marks: Vec<Value> = lines.iter().filter_map(|line| on_axis(view, line)).collect();
    if marks.len() < 2 {
        return html! {};
    }
    let lane = |name: &&str| match *name {
        "planned" => view.say("予定・提案", "planned or proposed").to_owned(),
        class => view.label(&format!("quad.{class}")),
    };
    let data = json!({
        "marks": marks, "lanes": LANES.iter().map(lane).collect::<Vec<_>>(),
        "words": {"origins": view.say("独立の出所", "independent origins"), "events": view.say("出来事", "events")},
    });
    let key = view.say(
        "点は日付の確かな出来事（大きいほど独立の出所が多い）、帯は月や年までしかわからない出来事。押すと開きます。Ctrl を押しながら回すと拡大します。",
        "A dot is an event on a known day (larger with more independent origins), a bar one known to the month or year. A click opens it; Ctrl and wheel zooms.",
    );
    let label = view.say(
        "出来事の時間軸。下の一覧と同じものです",
        "Events on an axis of time; the list below says the same",
    );
    parts::chart("axis", label, key, &data)
}

impl Page for Timeline {
    fn title(&self, view: &View<'_>) -> String {
        let name = view.say("年表", "Timeline");
        match self.filter.states.as_slice() {
            [] => name.to_owned(),
            states => format!("{}{}{name}", view.names(states), view.say("の", ": ")),
        }
    }

    fn body(&self, view: &View<'_>) -> Markup {
        if self.empty {
            return layout::empty(view);
        }
        let (planned, told): (Vec<&EventLine>, Vec<&EventLine>) =
            self.events.iter().partition(|line| is_planned(line));
        let dense = self.events.len() < self.total;
        let open = |period: &str| view.asked.address_with(&[("from", period), ("to", period), ("lang", "")]);
        html! {
            p.lead {
                (view.count(self.total, "出来事 # 件", "# event", "# events"))
                @if dense {
                    (view.count(self.events.len(), "のうち、重要な # 件を示しています。時期を押すと、その時期を開きます。",
                        ". # that matters most is shown; a period opens what happened in it.",
                        ". # that matter most are shown; a period opens what happened in it."))
                }
                @if !self.filter.states.is_empty() {
                    " " a href=(links::relation(&self.filter.states)) { (view.say("調書", "Dossier")) }
                }
            }
            (self.filter.form(view, true))
            @if dense { (self.over_time.shown(view, &[], &open)) }
            (axis(view, &self.events))
            @if self.events.is_empty() { p.none { (view.say("この条件に合う出来事はありません。条件を外すか、期間を広げてください。", "No event fits. Take a condition away, or ask for a longer time.")) } }
            (parts::events_by_year(view, &told))
            @if !planned.is_empty() {
                section #planned {
                    h2 { (view.say("予定・提案", "Planned or proposed")) }
                    (parts::events(view, planned))
                }
            }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        parts::events_listing(view, &self.events)
    }

    fn charts(&self) -> bool {
        !self.events.is_empty()
    }
}
