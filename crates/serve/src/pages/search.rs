//! The full text, searched.

use crate::fault::Fault;
use crate::filter;
use crate::page::{Page, Reader, View};
use crate::{assets, layout, links, text};
use entente_base::record::EventType;
use entente_render::Listing;
use entente_search::{Count, Query, Request, Snippet, Sort};
use maud::{Markup, html};
use serde::Serialize;
use std::cell::RefCell;

/// Hits of a page.
const USUAL: usize = 20;
const MOST: usize = 100;
/// Furthest hit.
const FURTHEST: usize = 2_000;
/// Values of a facet shown.
const FACETS: usize = 10;

/// What was found of a query within a text.
#[derive(Serialize)]
struct Found {
    start: usize,
    end: usize,
    text: String,
    /// First and last code point of each match, counted within `text`.
    matches: Vec<(usize, usize)>,
}

/// A document found.
#[derive(Serialize)]
struct Hit {
    id: String,
    title: Option<String>,
    published: Option<String>,
    publisher: Option<String>,
    snippets: Vec<Found>,
}

/// How many documents found have a value.
#[derive(Serialize)]
struct Facet {
    value: String,
    count: u64,
}

/// The facets of all documents found.
#[derive(Serialize, Default)]
struct Facets {
    states: Vec<Facet>,
    types: Vec<Facet>,
    years: Vec<Facet>,
    publishers: Vec<Facet>,
}

/// A search.
#[derive(Serialize)]
pub(crate) struct Search {
    query: String,
    from: Option<String>,
    to: Option<String>,
    sort: &'static str,
    offset: usize,
    limit: usize,
    /// Whether there is an index to search.
    index: bool,
    /// Whether the index knows all that the store has.
    current: bool,
    total: u64,
    hits: Vec<Hit>,
    facets: Facets,
    #[serde(skip)]
    empty: bool,
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Search, Fault> {
    let asked = reader.asked;
    let sort = match asked.get("sort") {
        None | Some("relevance") => "relevance",
        Some("newest") => "newest",
        Some("oldest") => "oldest",
        Some(given) => {
            let known = "relevance, newest, oldest";
            return Err(Fault::bad(
                "sort",
                given,
                format!("次のいずれかを指定してください: {known}"),
                format!("give one of {known}"),
            ));
        }
    };
    let mut search = Search {
        query: asked.get("q").unwrap_or_default().to_owned(),
        from: filter::date(asked, "from")?,
        to: filter::date(asked, "to")?,
        sort,
        offset: asked.number("offset", 0, FURTHEST)?.unwrap_or(0),
        limit: asked.number("limit", 1, MOST)?.unwrap_or(USUAL),
        index: false,
        current: false,
        total: 0,
        hits: Vec::new(),
        facets: Facets::default(),
        empty: reader.documents()? == 0,
    };
    let index = reader.room.desk.index(reader.room.options.index.as_deref());
    let Some(index) = index else { return Ok(search) };
    search.index = true;
    let generation = index.generation().unwrap_or(0);
    search.current = generation >= reader.sequence.unsigned_abs();
    if search.query.is_empty() {
        return Ok(search);
    }
    let query = Query::parse(&search.query, index.names()).map_err(|error| {
        let told = error.fault.to_string();
        let (message, help) = told.split_once("\n  help: ").unwrap_or((&told, ""));
        let at = error.at + 1;
        Fault::bad(
            "q",
            &search.query,
            format!("{at} 文字目を読めません。手引きの「検索の書き方」を見てください（{message}）"),
            format!("character {at}: {message}; {help}"),
        )
    })?;
    let date = |date: &Option<String>| date.as_deref().and_then(|date| date.parse().ok());
    let request = Request {
        from: date(&search.from),
        to: date(&search.to),
        sort: match sort {
            "newest" => Sort::Newest,
            "oldest" => Sort::Oldest,
            _ => Sort::Relevance,
        },
        offset: search.offset,
        limit: search.limit,
    };
    let store = RefCell::new(&mut *reader.store);
    let found = index.search(&query, &request, |id| store.borrow_mut().text(id).ok().flatten());
    let found = found.map_err(|_| Fault::Broken)?;
    let count = |counts: Vec<Count>| -> Vec<Facet> {
        counts.into_iter().take(FACETS).map(|it| Facet { value: it.value, count: it.count }).collect()
    };
    search.total = found.total;
    search.hits = found
        .hits
        .into_iter()
        .map(|hit| Hit {
            id: hit.id,
            title: hit.title,
            published: hit.published,
            publisher: hit.publisher,
            snippets: hit.snippets.into_iter().map(snippet).collect(),
        })
        .collect();
    search.facets = Facets {
        states: count(found.facets.states),
        types: count(found.facets.types),
        years: count(found.facets.years),
        publishers: count(found.facets.publishers),
    };
    Ok(search)
}

fn snippet(snippet: Snippet) -> Found {
    let from = snippet.span.start;
    let matches = snippet.matches.iter();
    Found {
        start: from,
        end: snippet.span.end,
        matches: matches.map(|it| (it.start.saturating_sub(from), it.end.saturating_sub(from))).collect(),
        text: snippet.text,
    }
}

impl Found {
    /// The words, parted by whether they were searched for.
    fn parts(&self) -> Vec<(String, bool)> {
        let mut parts: Vec<(String, bool)> = Vec::new();
        for (at, c) in self.text.chars().enumerate() {
            let hit = self.matches.iter().any(|(start, end)| (*start..*end).contains(&at));
            let c = if c.is_whitespace() { ' ' } else { c };
            match parts.last_mut() {
                Some((text, known)) if *known == hit => text.push(c),
                _ => parts.push((c.to_string(), hit)),
            }
        }
        parts
    }
}

impl Search {
    fn facet(&self, view: &View<'_>, title: &str, field: &str, values: &[Facet]) -> Markup {
        let label = |value: &str| match field {
            "state" => view.state(value),
            "type" => EventType::ALL
                .into_iter()
                .find(|kind| kind.name() == value)
                .map_or_else(|| value.to_owned(), |kind| view.kind(kind, None)),
            "date" => view.date(Some(value)),
            _ => value.to_owned(),
        };
        html! {
            @if !values.is_empty() {
                h3 { (title) }
                ul.plain { @for facet in values {
                    @let quoted = if field == "publisher" { format!("\"{}\"", facet.value.replace('"', "")) } else { facet.value.clone() };
                    @let query = format!("{} {field}:{quoted}", self.query);
                    li { a href=(view.asked.address_with(&[("q", query.trim()), ("offset", "")])) { (text::words(&label(&facet.value))) } " " small { (facet.count) } }
                } }
            }
        }
    }
}

impl Page for Search {
    fn title(&self, view: &View<'_>) -> String {
        let name = view.say("検索", "Search");
        if self.query.is_empty() { name.to_owned() } else { format!("{name}: {}", text::plain(&self.query)) }
    }

    fn lasting(&self) -> bool {
        self.index && self.current
    }

    fn body(&self, view: &View<'_>) -> Markup {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let next = self.offset + self.hits.len();
        html! {
            script src=(assets::href("shelf.js")) defer {}
            div.filters { form.asking method="get" action="/search" data-live="results" {
                label.wide { span { (view.say("語句", "Words")) }
                    input type="search" name="q" value=(self.query) maxlength="500" autocomplete="off"; }
                label { span { (view.say("発行日（いつから）", "Published from")) }
                    input type="text" name="from" value=(text(&self.from)) placeholder="2024-05" autocomplete="off"; }
                label { span { (view.say("いつまで", "to")) }
                    input type="text" name="to" value=(text(&self.to)) placeholder="2025" autocomplete="off"; }
                label { span { (view.say("並び", "Order")) }
                    select name="sort" {
                        @for (value, ja, en) in [("relevance", "関連の強い順", "best first"), ("newest", "新しい順", "newest first"), ("oldest", "古い順", "oldest first")] {
                            option value=(value) selected[self.sort == value] { (view.say(ja, en)) }
                        }
                    } }
                button type="submit" { (view.say("検索", "Search")) }
            } }
            @if self.empty { (layout::empty(view)) }
            @else if !self.index { section.empty {
                h2 { (view.say("索引がありません", "There is no search index")) }
                p { (view.say("サーバーの動く計算機で、次のように索引を作ってください。", "Make one where the server runs:")) }
                pre { code { "entente db reindex --db " (text::plain(&view.room.shown_db())) } }
            } }
            @if self.index && !self.current { p.note { (view.say("索引は保存庫より古いものです。`entente db reindex` で新しくなります。", "The index is older than the store; `entente db reindex` brings it up to date.")) } }
            div id="results" {
                @if self.index && self.query.is_empty() { p.none { (view.say("語句のほか、state:CHN、type:CONSULT、date:2024-05..、speaker:習近平、\"引用\"、-除く語 が使えます。", "Beside words: state:CHN, type:CONSULT, date:2024-05.., speaker:…, \"a phrase\", -without.")) } }
                @if self.index && !self.query.is_empty() {
                    p.lead role="status" { (view.count(self.total as usize, "# 件", "# document", "# documents")) }
                    div.found {
                        ol.plain.hits start=(self.offset + 1) { @for hit in &self.hits { li {
                            p.head { a href=(links::document(&hit.id)) { (text::words(hit.title.as_deref().filter(|it| !it.is_empty()).unwrap_or(&hit.id))) } }
                            p.note {
                                (text::words(hit.publisher.as_deref().unwrap_or_default())) " "
                                @if let Some(day) = &hit.published { (view.date(Some(day))) }
                            }
                            @for found in &hit.snippets {
                                @let (start, end) = found.matches.first().map_or((found.start, found.end), |(start, end)| (found.start + start, found.start + end));
                                p.words lang="ja" { a.plain href=(links::passage(&hit.id, start, end)) {
                                    @for (words, is_match) in found.parts() {
                                        @if is_match { mark { (text::inner(&words)) } } @else { (text::inner(&words)) }
                                    }
                                } }
                            }
                        } } }
                        @if self.total > 0 { aside.facets aria-label=(view.say("絞り込み", "Narrow down")) {
                            (self.facet(view, view.say("国", "States"), "state", &self.facets.states))
                            (self.facet(view, view.say("出来事の種類", "Types of event"), "type", &self.facets.types))
                            (self.facet(view, view.say("年", "Years"), "date", &self.facets.years))
                            (self.facet(view, view.say("発行元", "Publishers"), "publisher", &self.facets.publishers))
                        } }
                    }
                    p.steps {
                        @if self.offset > 0 { a.step rel="prev" href=(view.asked.address_with(&[("offset", &self.offset.saturating_sub(self.limit).to_string())])) { "← " (view.say("前", "Previous")) } " " }
                        @if (next as u64) < self.total && next <= FURTHEST { a.step rel="next" href=(view.asked.address_with(&[("offset", &next.to_string())])) { (view.say("次", "Next")) " →" } }
                    }
                }
            }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        let heads = vec![
            view.head("published", "発行", "published"),
            view.head("publisher", "発行元", "publisher"),
            view.head("title", "題", "title"),
            view.head("text", "語句", "words"),
            view.head("document", "文書", "document"),
        ];
        let marked = |found: &Found| -> String {
            let part = |(text, hit): (String, bool)| if hit { format!("【{text}】") } else { text };
            found.parts().into_iter().map(part).collect()
        };
        let row = |hit: &Hit| {
            vec![
                hit.published.clone().unwrap_or_default(),
                hit.publisher.clone().unwrap_or_default(),
                hit.title.clone().unwrap_or_default(),
                hit.snippets.iter().map(marked).collect::<Vec<_>>().join(" … "),
                hit.id.clone(),
            ]
        };
        Listing { heads, rows: self.hits.iter().map(row).collect(), ..Listing::default() }
    }
}
