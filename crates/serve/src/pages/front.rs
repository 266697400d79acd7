//! The front page: what is in the store, what is new, what is ahead, where sources disagree, and where to begin.

use crate::disputes::{self, Dispute};
use crate::fault::Fault;
use crate::page::{Page, Reader, View};
use crate::periods::iso;
use crate::request::Asked;
use crate::{layout, links, parts, text};
use entente_account::EventLine;
use entente_render::Listing;
use entente_store::{Busy, DocumentHead};
use maud::{Markup, html};
use serde::Serialize;

/// Pairs of states shown, and states.
const BUSY: usize = 12;
/// Events shown.
const EVENTS: usize = 8;
/// Documents shown of those that are new.
const NEW: usize = 6;
/// Disagreements shown.
const CONFLICTS: usize = 6;
/// Events looked at for disagreements.
const LOOKED_AT: usize = 120;
/// Days that are lately.
const LATELY: i64 = 90;
/// How long a visit lasts, in seconds: what is new stays new as long.
const VISIT: u32 = 1800;
const YEAR: u32 = 31_536_000;

/// The front page.
#[derive(Serialize)]
pub(crate) struct Front {
    documents: u64,
    /// The last day on which a document was published; what is lately and what is ahead is counted from it.
    last_day: Option<String>,
    /// Documents written since the reader was here last; all, for a reader who never was.
    new: u64,
    new_documents: Vec<DocumentHead>,
    pairs: Vec<Busy>,
    states: Vec<Busy>,
    lately: Vec<EventLine>,
    ahead: Vec<EventLine>,
    disagreements: Vec<Dispute>,
    #[serde(skip)]
    since: Option<i64>,
    #[serde(skip)]
    sequence: i64,
}

/// The sequence that the reader saw last: as it was when this visit began.
fn seen(asked: &Asked) -> Option<i64> {
    asked.cookie("visit").or_else(|| asked.cookie("seen")).and_then(|sequence| sequence.parse().ok())
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Front, Fault> {
    // A sequence from another store means nothing here.
    let since = seen(reader.asked).filter(|&since| since <= reader.sequence);
    let documents = reader.documents()?;
    let (new_documents, new) = reader.store.news(since.unwrap_or(0), NEW)?;
    let last = *reader.count("last day", |store| Ok(store.last_day()?))?;
    let day = last.unwrap_or(0);
    let busy = reader.count("busiest", move |store| Ok(store.busiest(day - LATELY)?))?;
    let lately = reader.count("lately", move |store| Ok(store.lately(day - LATELY, EVENTS)?))?;
    let ahead = reader.count("ahead", move |store| Ok(store.ahead(day, EVENTS)?))?;
    let words = &reader.room.words;
    let told = reader.count("told by several", move |store| Ok(store.told_by_several(LOOKED_AT, words)?))?;
    let mut pairs: Vec<Busy> = busy.iter().filter(|busy| busy.code.contains('-')).cloned().collect();
    let mut states: Vec<Busy> = busy.iter().filter(|busy| !busy.code.contains('-')).cloned().collect();
    for list in [&mut pairs, &mut states] {
        list.truncate(BUSY);
    }
    Ok(Front {
        documents,
        last_day: last.and_then(iso),
        new,
        new_documents,
        pairs,
        states,
        lately: lately.to_vec(),
        ahead: ahead.to_vec(),
        disagreements: disputes::latest(&told, &reader.view(), CONFLICTS),
        since,
        sequence: reader.sequence,
    })
}

impl Front {
    fn news(&self, view: &View<'_>) -> Markup {
        let count = usize::try_from(self.new).unwrap_or(usize::MAX);
        html! {
            section {
                h2 {
                    @match self.since {
                        Some(_) => (view.say("前回から加わったもの", "New since your last visit")),
                        None => (view.say("最近加わった文書", "Latest documents")),
                    }
                    @if self.since.is_some() { small { (view.count(count, "文書 # 件", "# document", "# documents")) } }
                }
                @if self.new_documents.is_empty() { p.none { (view.say("前回から変わりはありません。", "Nothing has changed since.")) } }
                ul.plain.heads { @for head in &self.new_documents { li {
                    a href=(links::document(&head.id)) { (text::name(head.title.as_deref().unwrap_or(&head.id))) }
                    span.note {
                        @if let Some(publisher) = &head.publisher { (text::name(publisher)) " " }
                        @if let Some(date) = &head.published { (view.date(Some(date))) }
                    }
                } } }
            }
        }
    }

    fn busy(&self, view: &View<'_>, title: &str, list: &[Busy], address: &dyn Fn(&str) -> String) -> Markup {
        let most = list.iter().map(|busy| busy.events).max().unwrap_or(1);
        html! {
            section {
                h2 { (title) }
                table.busy {
                    thead { tr {
                        th scope="col" { (view.say("名", "Name")) }
                        th.number scope="col" { (view.say("出来事", "Events")) }
                        th.number scope="col" { (view.say("直近90日", "90 days")) }
                    } }
                    tbody { @for busy in list { tr {
                        th scope="row" {
                            a href=(address(&busy.code)) { (text::words(&view.names(&busy.code.split('-').map(str::to_owned).collect::<Vec<_>>()))) }
                            progress max=(most) value=(busy.events) aria-hidden="true" {}
                        }
                        td.number { (busy.events) }
                        td.number { (busy.lately) }
                    } } }
                }
            }
        }
    }

    fn disagreements(&self, view: &View<'_>) -> Markup {
        html! {
            section {
                h2 { (view.say("出所が食い違っていること", "Where sources disagree")) }
                @if self.disagreements.is_empty() {
                    p.none { (view.say("最近の出来事に食い違いは見つかりません。", "No disagreement was found about recent events.")) }
                }
                (disputes::list(view, &self.disagreements, true))
            }
        }
    }
}

impl Page for Front {
    fn title(&self, view: &View<'_>) -> String {
        view.say("国と国のあいだで起きていること", "What passes between states").to_owned()
    }

    fn body(&self, view: &View<'_>) -> Markup {
        if self.documents == 0 {
            return layout::empty(view);
        }
        let documents = usize::try_from(self.documents).unwrap_or(usize::MAX);
        html! {
            p.lead {
                (view.count(documents, "文書 # 件", "# document", "# documents"))
                @if let Some(day) = &self.last_day { (view.say("、最後の発行は", ", the last published on ")) (view.date(Some(day))) (view.say("。", ".")) }
            }
            div.starts {
                form.inline method="get" action="/relation" {
                    label { span { (view.say("国や組の調書を開く", "Open the dossier on a state or a pair")) }
                        input type="text" name="states" required placeholder=(view.say("中露、日本、CHN-RUS", "China, CHN-RUS")) autocomplete="off"; }
                    button type="submit" { (view.say("開く", "Open")) }
                }
                form.inline method="get" action="/search" {
                    label { span { (view.say("記事の言葉を探す", "Search the words of articles")) }
                        input type="search" name="q" required maxlength="500"; }
                    button type="submit" { (view.say("探す", "Search")) }
                }
            }
            div.two {
                div {
                    section {
                        h2 { (view.say("最近の主な出来事", "Main events lately")) small { a href="/timeline" { (view.say("年表へ", "timeline")) } } }
                        @if self.lately.is_empty() { p.none { (view.say("最後の発行日の前 90 日に起きた出来事はありません。", "Nothing happened in the 90 days before the last publication.")) } }
                        (parts::events(view, &self.lately))
                    }
                    section {
                        h2 { (view.say("これからの予定", "Planned next")) }
                        @if self.ahead.is_empty() { p.none { (view.say("最後の発行日より後の予定はありません。", "Nothing is planned after the last publication.")) } }
                        (parts::events(view, &self.ahead))
                    }
                    (self.disagreements(view))
                }
                div {
                    (self.news(view))
                    (self.busy(view, view.say("よく報じられる関係", "Pairs most in the news"), &self.pairs,
                        &|code| links::relation(&code.split('-').map(str::to_owned).collect::<Vec<_>>())))
                    (self.busy(view, view.say("よく報じられる国と機関", "States most in the news"), &self.states, &links::actor))
                }
            }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        let heads = vec![
            view.head("code", "記号", "code"),
            view.head("name", "名", "name"),
            view.head("events", "出来事", "events"),
            view.head("lately", "最近", "lately"),
        ];
        let row = |busy: &Busy| {
            let codes: Vec<String> = busy.code.split('-').map(str::to_owned).collect();
            vec![busy.code.clone(), view.names(&codes), busy.events.to_string(), busy.lately.to_string()]
        };
        Listing {
            heads,
            rows: self.pairs.iter().chain(&self.states).map(row).collect(),
            ..Listing::default()
        }
    }

    fn cookies(&self) -> Vec<String> {
        let begun = self.since.unwrap_or(self.sequence);
        let rest = "Path=/; SameSite=Lax; HttpOnly";
        vec![
            format!("visit={begun}; Max-Age={VISIT}; {rest}"),
            format!("seen={}; Max-Age={YEAR}; {rest}", self.sequence),
        ]
    }

    fn visitor(asked: &Asked) -> String {
        seen(asked).map(|sequence| sequence.to_string()).unwrap_or_default()
    }
}
