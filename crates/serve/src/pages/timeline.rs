//! Events in the order of time.

use crate::fault::Fault;
use crate::filter::Choice;
use crate::page::{Page, Reader, View};
use crate::{layout, parts};
use entente_account::EventLine;
use entente_base::record::Status;
use entente_render::Listing;
use maud::{Markup, html};
use serde::Serialize;

/// The timeline.
#[derive(Serialize)]
pub(crate) struct Timeline {
    filter: Choice,
    /// Events that the filter means.
    total: usize,
    events: Vec<EventLine>,
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Timeline, Fault> {
    let filter = Choice::read(reader.asked, reader.room)?;
    let (events, total) = reader.store.event_lines(&filter.filter())?;
    Ok(Timeline { filter, total, events })
}

fn is_planned(line: &&EventLine) -> bool {
    matches!(line.status, Status::Scheduled | Status::Proposed)
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
        let (planned, told): (Vec<&EventLine>, Vec<&EventLine>) = self.events.iter().partition(is_planned);
        html! {
            (self.filter.form(view, true))
            @if self.total == 0 && self.filter.states.is_empty() { (layout::empty(view)) }
            (parts::hidden(view, self.events.len(), self.total))
            (parts::events(view, told))
            @if !planned.is_empty() {
                section {
                    h2 { (view.say("予定・提案", "Planned or proposed")) }
                    (parts::events(view, planned))
                }
            }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        parts::events_listing(view, &self.events)
    }
}
