//! One event: what its sources say of it, side by side.

use crate::fault::Fault;
use crate::page::{Page, Reader, View};
use crate::{links, parts, text};
use entente_account::{Account, Facts, JoinedEvent, Name};
use entente_base::record::Event as Coded;
use entente_render::Listing;
use maud::{Markup, html};
use serde::Serialize;

/// A report of the event with the document that it stands in.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    report: entente_account::Report,
    facts: Facts,
    /// The event as the coder made it of the document.
    coded: Option<Coded>,
}

/// An event.
#[derive(Serialize)]
pub(crate) struct Event {
    event: JoinedEvent,
    participants: Vec<Name>,
    reports: Vec<Told>,
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Event, Fault> {
    let id = reader.asked.param("id");
    let missing = || Fault::Missing { ja: "出来事", en: "event", name: text::plain(id) };
    let account = reader.store.event(id, &reader.room.words)?.ok_or_else(missing)?;
    let event = account.events().first().cloned().ok_or_else(missing)?;
    // The address that lasts is that of the event, not of one of its reports.
    if event.id != id {
        return Err(Fault::Moved(links::event(&event.id)));
    }
    let participants = event.participants.iter().filter_map(|&actor| account.actors().get(actor));
    let participants =
        participants.map(|actor| Name { name: actor.name.clone(), name_en: actor.name_en.clone() }).collect();
    let reports = event.reports.iter().filter_map(|report| told(&account, report)).collect();
    Ok(Event { event, participants, reports })
}

fn told(account: &Account, report: &entente_account::Report) -> Option<Told> {
    let digest = account.digests().get(report.document)?;
    let coded = digest.events.iter().find(|event| event.uid == report.uid).map(|event| event.event.clone());
    Some(Told { report: report.clone(), facts: digest.document.clone(), coded })
}

impl Page for Event {
    fn title(&self, view: &View<'_>) -> String {
        let event = &self.event;
        format!(
            "{} {}{}",
            view.date(event.date.as_deref()),
            parts::parties_text(view, &event.source, &event.target),
            view.say("の", ": ").to_owned() + &view.kind(event.kind, event.mode.as_deref()),
        )
    }

    fn body(&self, view: &View<'_>) -> Markup {
        html! {
            (parts::support(view, self.event.origins, self.reports.len()))
            section {
                h2 { (view.say("それぞれの出所の言葉", "Each source's own words")) }
                ul {
                    @for told in &self.reports {
                        li {
                            @for passage in &told.report.passages {
                                p { (text::quote(&passage.text)) }
                            }
                            a href=(links::document(&told.facts.id)) { (text::words(&told.facts.id)) }
                        }
                    }
                }
            }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        let heads = vec![
            view.head("published", "発行", "published"),
            view.head("document", "文書", "document"),
            view.head("source", "出所", "source"),
            view.head("status", "状態", "status"),
            view.head("date", "日付", "date"),
            view.head("attributed_to", "誰の言か", "on whose word"),
            view.head("text", "語句", "words"),
            view.head("id", "番号", "id"),
        ];
        let row = |told: &Told| {
            let facts = &told.facts;
            let report = &told.report;
            vec![
                facts.published.clone().unwrap_or_default(),
                facts.id.clone(),
                facts.origins.iter().chain(&facts.publisher).next().cloned().unwrap_or_default(),
                view.status(report.status),
                report.date.clone().unwrap_or_default(),
                report.attributed_to.clone().unwrap_or_default(),
                report.passages.first().map(|passage| passage.text.clone()).unwrap_or_default(),
                report.uid.clone(),
            ]
        };
        Listing { heads, rows: self.reports.iter().map(row).collect(), ..Listing::default() }
    }
}
