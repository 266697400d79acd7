//! The dossier on one state, a pair or a group.

use crate::fault::Fault;
use crate::filter::{self, Choice};
use crate::page::{Page, Reader, View};
use crate::pages::dossier::Laid;
use crate::periods::{Periods, Shift, opened, shifts};
use crate::{layout, links, parts};
use entente_account::{Dossier, EventLine, Request};
use entente_base::record::Status;
use entente_render::{Listing, phrases};
use entente_store::{Filter, Scope};
use maud::{Markup, html};
use serde::Serialize;

/// Documents whose statements, positions, promises and figures a dossier holds: the latest.
const DOCUMENTS: usize = 120;

/// The dossier on some states.
#[derive(Serialize)]
pub(crate) struct Relation {
    filter: Choice,
    /// Events that the filter means; the dossier is of those that matter most.
    total: usize,
    /// All of them by period.
    over_time: Periods,
    /// Where the level of what passed between them changed.
    changes: Vec<Shift>,
    dossier: Dossier,
    /// Identifiers of the events that the dossier's entries point to.
    events: Vec<String>,
    #[serde(skip)]
    lines: Vec<EventLine>,
    #[serde(skip)]
    empty: bool,
}

/// Sends whoever names states in a form to their dossier.
pub(crate) fn find(reader: &mut Reader<'_>) -> Result<Relation, Fault> {
    let given = reader.asked.get("states").unwrap_or_default();
    Err(Fault::See(links::relation(&filter::states("states", given, reader.room)?)))
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Relation, Fault> {
    let given = reader.asked.param("states");
    let states = filter::states("states", given, reader.room).map_err(|fault| match fault {
        Fault::Bad { given, .. } => Fault::Missing { ja: "国や機関", en: "state or body", name: given },
        other => other,
    })?;
    // One address for each group: codes in the order of letters.
    let address = links::relation(&states);
    if reader.asked.path != address {
        return Err(reader.asked.moved(&address));
    }
    let filter = Choice::about(states.clone(), reader.asked)?;
    let as_of = filter::date(reader.asked, "as_of")?;
    let meant = Filter { documents: Some(DOCUMENTS), ..filter.filter() };
    let words = &reader.room.words;
    let found = reader.store.account(&meant, Scope::Whole, words)?;
    let pulses = reader.store.pulse(&meant)?;
    let (lines, _) = reader.store.event_lines(&meant)?;
    let request =
        Request { states, from: filter.from.clone(), to: filter.to.clone(), lang: reader.asked.lang, as_of };
    Ok(Relation {
        filter,
        total: found.events,
        over_time: Periods::new(&pulses),
        changes: shifts(&pulses),
        dossier: Dossier::build(&found.account, &request, words),
        events: found.account.events().iter().map(|event| event.id.clone()).collect(),
        lines,
        empty: reader.documents()? == 0,
    })
}

impl Page for Relation {
    fn title(&self, _view: &View<'_>) -> String {
        self.dossier.title.clone()
    }

    fn body(&self, view: &View<'_>) -> Markup {
        if self.empty {
            return layout::empty(view);
        }
        let laid = Laid { view: *view, dossier: &self.dossier, events: &self.events };
        let states = self.filter.states.join("-");
        let planned = self.lines.iter().filter(|line| line.status == Status::Scheduled).count();
        html! {
            ul.facts {
                @for fact in phrases::facts(&self.dossier, &view.room.words) { li { (fact) } }
                li { a href=(links::timeline(&[("states", &states)])) {
                    (view.count(self.total, "出来事 # 件の年表", "timeline of # event", "timeline of # events")) } }
                @if planned > 0 { li { a href=(links::timeline(&[("states", &states), ("status", "scheduled")])) {
                    (view.count(planned, "予定 # 件", "# planned", "# planned")) } } }
                li { a href={ "/figures" (links::query([("states", states.as_str())])) } { (view.say("数値", "figures")) } }
                li { a href={ "/sources" (links::query([("states", states.as_str())])) } { (view.say("出典と語り方", "sources and how they speak")) } }
            }
            (self.filter.form(view, false))
            (parts::hidden(view, self.events.len().min(self.filter.limit), self.total))
            (self.over_time.shown(view, &self.changes, &|period| opened(&self.filter.states, period)))
            @if self.dossier.documents >= DOCUMENTS {
                p.note { (view.count(DOCUMENTS, "発言・立場・約束・数値は、新しい文書 # 件から取りました。期間を絞ると、その期間の文書から取ります。",
                    "", "Statements, positions, promises and figures are those of the latest # documents; a shorter time has its own.")) }
            }
            div.dossier {
                nav.contents aria-label=(view.say("目次", "Contents")) {
                    ul { @for (key, name) in laid.contents() { li { a href={ "#" (key) } { (name) } } } }
                }
                div {
                    (laid.key_points())
                    @for section in &self.dossier.sections { (laid.section(section)) }
                    (laid.positions())
                    (laid.pledges())
                    (laid.conflicts())
                    (laid.statements())
                    (laid.sources())
                    (laid.terms())
                }
            }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        parts::events_listing(view, &self.lines)
    }

    fn charts(&self) -> bool {
        true
    }
}
