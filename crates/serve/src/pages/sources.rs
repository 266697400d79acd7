//! Publishers, origins and reprints, and how each group of sources speaks of a relation.

use crate::fault::Fault;
use crate::page::{Page, Reader, View};
use crate::shelf::{self, Span};
use crate::{layout, links, text};
use entente_account::{FrameRow, Framing, FramingItem};
use entente_render::Listing;
use entente_store::{Part, Reach, Sources as Counted};
use maud::{Markup, html};
use serde::Serialize;
use std::sync::Arc;

/// Documents read for a framing.
const DOCUMENTS: usize = 150;
/// Publishers, origins and groups of copies shown.
const MOST: usize = 100;
/// Groups of sources and utterances of a cell shown.
const GROUPS: usize = 20;
const SAID: usize = 3;

/// How each group of sources speaks of some states.
#[derive(Serialize)]
struct Framed {
    reach: Reach,
    framing: Framing,
}

/// Where documents come from.
#[derive(Serialize)]
pub(crate) struct Sources {
    filter: Span,
    sources: Arc<Counted>,
    framing: Option<Framed>,
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Sources, Fault> {
    let filter = Span::read(reader)?;
    let sources = reader.count("sources", |store| Ok(store.sources(MOST)?))?;
    let framing = if filter.states.is_empty() {
        None
    } else {
        let words = &reader.room.words;
        let found = reader.store.shelf(&filter.filter(), Part::Words, DOCUMENTS, words)?;
        let items = FramingItem::of(&found.account, &filter.states, words, reader.asked.lang);
        Some(Framed { reach: found.reach, framing: by_documents(&Framing::new(&items, words)) })
    };
    Ok(Sources { filter, sources, framing })
}

/// The same with the groups of most documents first: those that most is said by stand where the eye begins.
fn by_documents(framing: &Framing) -> Framing {
    let mut order: Vec<usize> = (0..framing.groups.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(framing.groups.get(at).map(|group| group.documents)));
    let row = |row: &FrameRow| FrameRow {
        frame: row.frame,
        cells: order.iter().filter_map(|&at| row.cells.get(at).cloned()).collect(),
    };
    Framing {
        groups: order.iter().filter_map(|&at| framing.groups.get(at).cloned()).collect(),
        rows: framing.rows.iter().map(row).collect(),
    }
}

fn frame(view: &View<'_>, frame: entente_account::Frame) -> &'static str {
    use entente_account::{Frame, Lang};
    match (frame, view.lang()) {
        (Frame::Praise, Lang::Ja) => "肯定・称賛",
        (Frame::Praise, Lang::En) => "Approval",
        (Frame::Concern, Lang::Ja) => "批判・懸念",
        (Frame::Concern, Lang::En) => "Concern",
        (Frame::Limits, Lang::Ja) => "限界・留保",
        (Frame::Limits, Lang::En) => "Limits",
        (Frame::Neutral, Lang::Ja) => "中立",
        (Frame::Neutral, Lang::En) => "Neutral",
    }
}

/// The search for what a publisher published.
fn articles_of(publisher: &str) -> String {
    let query = format!("publisher:\"{}\"", text::plain(publisher).replace('"', ""));
    format!("/search{}", links::query([("q", query.as_str())]))
}

impl Page for Sources {
    fn title(&self, view: &View<'_>) -> String {
        self.filter.title(view, "出典", "Sources")
    }

    fn body(&self, view: &View<'_>) -> Markup {
        let sources = &*self.sources;
        if sources.documents == 0 {
            return layout::empty(view);
        }
        let share = |part: u64| format!("{:.0}%", 100.0 * part as f64 / sources.documents.max(1) as f64);
        html! {
            p.lead {
                (view.count(sources.documents as usize, "文書 # 件", "# document", "# documents")) " · "
                (view.count(sources.copied as usize, "うちほぼ同文のあるもの # 件", "# with a near copy", "# with a near copy"))
                " — " (view.label("sources.note"))
            }
            (self.filter.form(view, &html! {}))
            @match &self.framing {
                None => p.note { (view.say("国や機関を入れると、出所ごとにその関係をどう語っているかを並べます。", "Name states to see side by side how each group of sources speaks of them.")) },
                Some(framed) => section {
                    h2 { (view.say("出所ごとの語り方", "How each group of sources speaks")) }
                    (shelf::reach(view, &framed.reach))
                    @if framed.framing.groups.is_empty() { p.none { (view.label("none")) } } @else {
                        div.scroll.matrix tabindex="0" role="region" aria-label=(view.say("出所ごとの語り方", "How each group of sources speaks")) { table {
                            caption { (view.say("見出しは語り方の種類を示すだけで、真偽は示しません。", "A head tells what kind of word it is, never whether it is true.")) }
                            thead { tr {
                                td {}
                                @for group in framed.framing.groups.iter().take(GROUPS) { th scope="col" { (text::words(&group.name)) " " small { (view.count(group.documents, "文書 #", "# document", "# documents")) } } }
                            } }
                            tbody { @for row in &framed.framing.rows { tr {
                                th scope="row" { (frame(view, row.frame)) }
                                @for (cell, group) in row.cells.iter().zip(&framed.framing.groups).take(GROUPS) {
                                    td class=[cell.is_empty().then_some("blank")] data-label=(text::plain(&group.name)) {
                                        @for said in cell.iter().take(SAID) { p {
                                            (text::quote(&said.text)) " "
                                            a.note href=(links::passage(&said.document, said.span.start, said.span.end)) { (text::words(&said.document)) }
                                        } }
                                        @if cell.len() > SAID { p.note { (view.count(cell.len() - SAID, "ほか # 件", "# more", "# more")) } }
                                    }
                                }
                            } } }
                        } }
                    }
                },
            }
            section {
                h2 { (view.say("発行元", "Publishers")) }
                div.scroll tabindex="0" role="region" aria-label=(view.say("発行元", "Publishers")) { table {
                    caption { (view.say("文書の多い順", "Those of most documents first")) }
                    thead { tr {
                        th scope="col" { (view.say("発行元", "Publisher")) }
                        th.number scope="col" { (view.say("文書", "Documents")) }
                        th.number scope="col" { (view.say("割合", "Share")) }
                        th.number scope="col" { (view.say("ほぼ同文", "Near copies")) }
                        th scope="col" { (view.say("期間", "Period")) }
                    } }
                    tbody { @for publisher in &sources.publishers { tr {
                        th scope="row" { @match &publisher.name {
                            Some(name) => a href=(articles_of(name)) { (text::name(name)) },
                            None => (view.say("記載なし", "not stated")),
                        } }
                        td.number { (publisher.documents) } td.number { (share(publisher.documents)) } td.number { (publisher.copies) }
                        td { (publisher.first.as_deref().unwrap_or("–")) " – " (publisher.last.as_deref().unwrap_or("–")) }
                    } } }
                } }
            }
            @if !sources.origins.is_empty() { section {
                h2 { (view.say("記事が挙げる出所", "Origins that articles state")) }
                ul.plain.columns { @for origin in &sources.origins { li { (text::words(&origin.name)) " " small { (origin.documents) } } } }
            } }
            @if !sources.copies.is_empty() { section {
                h2 { (view.say("転載（ほぼ同文の組）", "Reprints: groups of near copies")) }
                @for group in &sources.copies { details.items {
                    summary { (text::words(group.shown.first().map_or("", |it| it.title.as_deref().unwrap_or(&it.id)))) " " small { (view.count(group.documents, "# 件", "# document", "# documents")) } }
                    ul { @for copy in &group.shown { li {
                        a href=(links::document(&copy.id)) { (text::words(copy.title.as_deref().unwrap_or(&copy.id))) } " "
                        span.note { (text::words(copy.publisher.as_deref().unwrap_or_default())) " " (copy.published.as_deref().unwrap_or_default()) }
                    } } }
                } }
            } }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        if let Some(framed) = &self.framing {
            let heads = vec![
                view.head("frame", "語り方", "frame"),
                view.head("group", "出所", "group"),
                view.head("text", "語句", "words"),
                view.head("document", "文書", "document"),
            ];
            let mut rows = Vec::new();
            for row in &framed.framing.rows {
                for (cell, group) in row.cells.iter().zip(&framed.framing.groups) {
                    for said in cell {
                        let frame = frame(view, row.frame).to_owned();
                        rows.push(vec![frame, group.name.clone(), said.text.clone(), said.document.clone()]);
                    }
                }
            }
            return Listing { heads, rows, ..Listing::default() };
        }
        let heads = vec![
            view.head("publisher", "発行元", "publisher"),
            view.head("documents", "文書", "documents"),
            view.head("copies", "ほぼ同文", "near copies"),
            view.head("first", "最初", "first"),
            view.head("last", "最後", "last"),
        ];
        let rows = self.sources.publishers.iter().map(|it| {
            vec![
                it.name.clone().unwrap_or_default(),
                it.documents.to_string(),
                it.copies.to_string(),
                it.first.clone().unwrap_or_default(),
                it.last.clone().unwrap_or_default(),
            ]
        });
        Listing { heads, rows: rows.collect(), ..Listing::default() }
    }
}
