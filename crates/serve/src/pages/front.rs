//! The front page: what is in the store, and where to begin.

use crate::fault::Fault;
use crate::page::{Page, Reader, View};
use crate::{layout, links, parts};
use entente_account::EventLine;
use entente_render::Listing;
use entente_store::{Filter, Tally};
use maud::{Markup, html};
use serde::Serialize;
use std::sync::Arc;

/// Pairs of states shown.
const PAIRS: usize = 12;
/// Events shown.
const EVENTS: usize = 10;

/// The front page.
#[derive(Serialize)]
pub(crate) struct Front {
    tally: Arc<Tally>,
    events: Vec<EventLine>,
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Front, Fault> {
    let tally = reader.count("tally", |store| Ok(store.tally(PAIRS)?))?;
    let filter = Filter { limit: Some(EVENTS), ..Filter::default() };
    let (events, _) = reader.store.event_lines(&filter)?;
    Ok(Front { tally, events })
}

impl Page for Front {
    fn title(&self, view: &View<'_>) -> String {
        view.say("国と国のあいだのこと", "What passes between states").to_owned()
    }

    fn body(&self, view: &View<'_>) -> Markup {
        if self.tally.documents == 0 {
            return layout::empty(view);
        }
        html! {
            section {
                h2 { (view.say("最も多く報じられた関係", "Pairs most in the news")) }
                ul {
                    @for (pair, count) in &self.tally.pairs {
                        @let codes: Vec<String> = pair.split('-').map(str::to_owned).collect();
                        li { a href=(links::relation(&codes)) { (view.names(&codes)) } " " (count) }
                    }
                }
            }
            section {
                h2 { (view.say("主な出来事", "Main events")) }
                (parts::events(view, &self.events))
            }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        parts::events_listing(view, &self.events)
    }
}
