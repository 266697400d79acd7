//! A document as it was written, with what was found in it marked in place.

use crate::fault::Fault;
use crate::page::{Page, Reader, View};
use crate::{assets, links, text};
use entente_base::Span;
use entente_base::record::{Kind, Record};
use entente_render::Listing;
use entente_store::Shelved;
use maud::{Markup, html};
use serde::Serialize;
use std::collections::BTreeSet;

/// Near copies shown.
const COPIES: usize = 20;

/// The layers that can be switched: name, Japanese, English.
const LAYERS: [(&str, &str, &str); 8] = [
    ("event", "出来事", "Events"),
    ("statement", "発言", "Statements"),
    ("figure", "数値", "Figures"),
    ("mention", "人・国・組織・場所", "Actors and places"),
    ("time", "日時", "Times"),
    ("commitment", "約束", "Commitments"),
    ("position", "立場", "Positions"),
    ("term", "用語", "Terms"),
];

/// Something found in the text.
#[derive(Serialize)]
struct Item {
    /// `mention`, `time`, `figure`, `event`, `statement`, `commitment`, `position`, `term`.
    kind: &'static str,
    start: usize,
    end: usize,
    text: String,
    /// What it is, for display.
    value: String,
    confidence: Option<f32>,
    rule: String,
    /// The event or the actor that it is about.
    link: Option<String>,
    /// Its name for `entente correct`.
    name: String,
}

/// A document.
#[derive(Serialize)]
pub(crate) struct Document {
    record: Record,
    version: i64,
    coder: String,
    copies: Vec<Shelved>,
    items: Vec<Item>,
    /// The words that were asked for.
    at: Option<Span>,
    #[serde(skip)]
    editable: bool,
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Document, Fault> {
    let id = reader.asked.param("id");
    let missing = || Fault::Missing { ja: "文書", en: "document", name: text::plain(id) };
    let stored = reader.store.get(id)?.ok_or_else(missing)?;
    let length = stored.record.document.text.chars().count();
    let at = reader.asked.get("at").map(|given| span(given, length)).transpose()?;
    let ids = reader.store.event_ids(stored.doc)?;
    let copies = reader.store.copies_of(stored.doc, COPIES)?;
    let mut items = items(&reader.view(), &stored.record, &|place| {
        ids.iter().find(|id| id.place == place).map(|id| (id.event.clone(), id.uid.clone()))
    });
    items.sort_by(|a, b| (a.start, b.end, a.kind).cmp(&(b.start, a.end, b.kind)));
    let editable = reader.room.options.token.is_some();
    Ok(Document {
        record: stored.record,
        version: stored.version,
        coder: stored.coder,
        copies,
        items,
        at,
        editable,
    })
}

fn span(given: &str, length: usize) -> Result<Span, Fault> {
    let read = || {
        let (start, end) = given.split_once('-')?;
        let (start, end) = (start.parse().ok()?, end.parse().ok()?);
        (start < end && end <= length).then(|| Span::new(start, end))
    };
    read().ok_or_else(|| {
        Fault::bad(
            "at",
            given,
            format!("本文の符号位置で、10-25 のように {length} までの範囲を指定してください"),
            format!("give code points of the text as 10-25, up to {length}"),
        )
    })
}

fn items(
    view: &View<'_>,
    record: &Record,
    event_of: &dyn Fn(usize) -> Option<(String, String)>,
) -> Vec<Item> {
    let chars: Vec<char> = record.document.text.chars().collect();
    let id = &record.document.id;
    let entity = |entity: &str| record.entities.iter().find(|known| known.id == entity);
    let name = |of: &str| {
        entity(of).map_or_else(
            || of.to_owned(),
            |entity| {
                let name = match (&entity.name_en, view.lang()) {
                    (Some(name), entente_account::Lang::En) => name,
                    _ => &entity.name,
                };
                entity.role.as_ref().map_or_else(|| name.clone(), |role| format!("{name}（{role}）"))
            },
        )
    };
    let and = view.say("、", ", ");
    let item = |kind: &'static str, span: Span, value: String, confidence: Option<f32>, rule: &str| Item {
        kind,
        start: span.start,
        end: span.end,
        text: span.text(&chars),
        value,
        confidence,
        rule: rule.to_owned(),
        link: None,
        name: format!("{id}#{kind}:{}-{}", span.start, span.end),
    };
    let mut all = Vec::new();
    for it in &record.mentions {
        let kind = match it.kind {
            Kind::State => view.say("国", "state"),
            Kind::Person => view.say("人", "person"),
            Kind::Organization => view.say("組織", "organization"),
            Kind::Place => view.say("場所", "place"),
        };
        let states = view.names(&it.states);
        let value = format!("{kind}: {} {states}", name(&it.entity)).trim().to_owned();
        let mut made = item("mention", Span::new(it.start, it.end), value, Some(it.confidence), &it.rule);
        made.link = match (it.kind, it.states.as_slice(), entity(&it.entity)) {
            (Kind::State, [code], _) => Some(links::actor(code)),
            (Kind::State, [_, _, ..], _) => Some(links::relation(&it.states)),
            (Kind::Person | Kind::Organization, _, Some(entity)) => {
                Some(links::actor(entity.code.as_deref().unwrap_or(&entity.name)))
            }
            _ => None,
        };
        all.push(made);
    }
    for it in &record.times {
        let value = format!("{} ({})", view.date(Some(&it.value)), it.value);
        all.push(item("time", Span::new(it.start, it.end), value, None, &it.rule));
    }
    for it in &record.figures {
        let mut value =
            format!("{}: {} {}", view.room.words.measure(&it.measure, view.lang()), it.value, it.unit);
        if !it.of.is_empty() {
            value.push_str(&format!(" · {}", view.names(&it.of)));
        }
        if let Some(period) = &it.period {
            value.push_str(&format!(" · {}", view.date(Some(period))));
        }
        all.push(item("figure", Span::new(it.start, it.end), value, None, &it.rule));
    }
    for (place, it) in record.events.iter().enumerate() {
        let who = crate::parts::parties_text(view, &it.source, &it.target);
        let value = format!(
            "{} {who} {} {}",
            view.kind(it.kind, it.mode.as_deref()),
            view.status(it.status),
            view.date(it.date.as_deref())
        );
        for span in &it.evidence {
            let mut made = item("event", *span, value.clone(), Some(it.confidence), &it.rule);
            if let Some((event, uid)) = event_of(place) {
                made.link = Some(links::event(&event));
                made.name = uid;
            }
            all.push(made);
        }
    }
    for it in &record.statements {
        let who: Vec<String> = it.speaker.ids().iter().map(|id| name(id)).collect();
        let value = format!("{} — {}", who.join(and), view.label(&format!("act.{}", it.act)));
        all.push(item("statement", it.content, value, Some(it.confidence), &it.rule));
    }
    for it in &record.commitments {
        let due = it.due.as_deref().map(|due| view.date(Some(due))).unwrap_or_default();
        all.push(item("commitment", it.what, format!("{} {due}", view.names(&it.by)), None, &it.rule));
    }
    for it in &record.positions {
        let stance = view.label(&format!("stance.{}", it.stance));
        let value = format!("{} — {}: {stance}", view.state(&it.holder), it.issue);
        all.push(item("position", it.evidence, value, None, &it.rule));
    }
    for it in &record.terms {
        all.push(item("term", it.evidence, it.term.clone(), None, ""));
    }
    all.retain(|item| item.start < item.end && item.end <= chars.len());
    all
}

impl Document {
    fn here(&self, view: &View<'_>, span: Span) -> String {
        let at = format!("{}-{}", span.start, span.end);
        format!("{}#at", view.asked.address_with(&[("at", &at), ("lang", "")]))
    }

    /// The places of items, each once, in order.
    fn stops(&self) -> Vec<Span> {
        let mut stops: Vec<Span> = self.items.iter().map(|item| Span::new(item.start, item.end)).collect();
        stops.sort_by_key(|span| (span.start, span.end));
        stops.dedup();
        stops
    }

    /// The text in paragraphs, cut wherever an item begins or ends.
    fn text(&self, view: &View<'_>) -> Markup {
        let chars: Vec<char> = self.record.document.text.chars().collect();
        let mut cuts: BTreeSet<usize> = [0, chars.len()].into();
        for item in &self.items {
            cuts.extend([item.start, item.end]);
        }
        cuts.extend(self.at.iter().flat_map(|at| [at.start, at.end]));
        let mut paragraphs: Vec<Vec<(Span, bool)>> = vec![Vec::new()];
        let cuts: Vec<usize> = cuts.into_iter().collect();
        let mut marked = false;
        for pair in cuts.windows(2) {
            let [from, to] = pair else { continue };
            let mut start = *from;
            for at in *from..=*to {
                if at == *to || chars.get(at) == Some(&'\n') {
                    if start < at
                        && let Some(last) = paragraphs.last_mut()
                    {
                        let here = self.at.is_some_and(|span| span.start <= start && at <= span.end);
                        last.push((Span::new(start, at), here && !marked));
                        marked |= here;
                    }
                    if at < *to {
                        paragraphs.push(Vec::new());
                    }
                    start = at + 1;
                }
            }
        }
        // Items that are open, in the order in which they begin: a walk over both, not each with each.
        let mut next = 0;
        let mut open: Vec<&Item> = Vec::new();
        html! {
            @for paragraph in paragraphs.iter().filter(|paragraph| !paragraph.is_empty()) {
                p { @for (span, first) in paragraph {
                    @let inner = advance(&self.items, &mut next, &mut open, *span);
                    @let words = text::inner(&span.text(&chars));
                    @let here = self.at.is_some_and(|at| at.start <= span.start && span.end <= at.end);
                    @let class = class(&open, here);
                    @let id = first.then_some("at");
                    @match inner {
                        Some(item) => a class=(class) id=[id] href=(self.here(view, Span::new(item.start, item.end))) title=(text::plain(&item.value)) { (words) },
                        None if here => mark.here id=[id] { (words) },
                        None => (words),
                    }
                } }
            }
        }
    }

    /// What stands at the words that were asked for.
    fn shown(&self, view: &View<'_>) -> Markup {
        let Some(at) = self.at else {
            return html! { p.none { (view.say("印のある語を選ぶと、ここに内容が出ます。", "Choose marked words, and what they are is told here.")) } };
        };
        let exact: Vec<&Item> =
            self.items.iter().filter(|item| item.start == at.start && item.end == at.end).collect();
        let near = || {
            let touches = |item: &&Item| item.start < at.end && at.start < item.end;
            let mut near: Vec<&Item> = self.items.iter().filter(touches).collect();
            near.sort_by_key(|item| (item.start.abs_diff(at.start) + item.end.abs_diff(at.end), item.kind));
            near.truncate(6);
            near
        };
        let found = if exact.is_empty() { near() } else { exact };
        html! {
            @if found.is_empty() { p.none { (view.say("ここには項目がありません。", "Nothing was found in these words.")) } }
            @for item in found { div.item {
                p.head {
                    span class={ "layer " (item.kind) } { (layer(view, item.kind)) } " "
                    @match &item.link {
                        Some(link) => a href=(link) { (text::words(&item.value)) },
                        None => (text::words(&item.value)),
                    }
                }
                p { (text::quote(&shorten(&item.text))) }
                p.note {
                    @if let Some(confidence) = item.confidence { (view.say("確信度 ", "confidence ")) (format!("{confidence:.2}")) " · " }
                    @if !item.rule.is_empty() { (view.say("規則 ", "rule ")) code { (item.rule) } " · " }
                    (item.start) "–" (item.end)
                    @if self.editable && item.kind != "term" {
                        " · " a href={ "/corrections" (links::query([("item", item.name.as_str())])) } { (view.say("訂正する", "Correct it")) }
                    }
                }
            } }
        }
    }
}

/// Brings the open items up to a part of the text, and tells the shortest of them.
fn advance<'a>(
    items: &'a [Item],
    next: &mut usize,
    open: &mut Vec<&'a Item>,
    span: Span,
) -> Option<&'a Item> {
    open.retain(|item| item.end > span.start);
    while let Some(item) = items.get(*next).filter(|item| item.start <= span.start) {
        if item.end > span.start {
            open.push(item);
        }
        *next += 1;
    }
    open.iter().copied().min_by_key(|item| item.end - item.start)
}

fn class(open: &[&Item], here: bool) -> String {
    let mut names: BTreeSet<&str> = open.iter().map(|item| item.kind).collect();
    if here {
        names.insert("here");
    }
    let names: Vec<&str> = std::iter::once("m").chain(names).collect();
    names.join(" ")
}

fn layer<'a>(view: &View<'a>, kind: &str) -> &'a str {
    LAYERS.iter().find(|(name, ..)| *name == kind).map_or("", |(_, ja, en)| view.say(ja, en))
}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(160).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

impl Page for Document {
    fn title(&self, _view: &View<'_>) -> String {
        let document = &self.record.document;
        text::plain(document.title.as_deref().unwrap_or(&document.id))
    }

    fn body(&self, view: &View<'_>) -> Markup {
        let document = &self.record.document;
        let stops = self.stops();
        let at = self.at.map_or((0, 0), |at| (at.start, at.end));
        let next = stops.iter().find(|stop| (stop.start, stop.end) > at);
        let previous = stops.iter().rev().find(|stop| (stop.start, stop.end) < at);
        let web = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
        html! {
            script src=(assets::href("shelf.js")) defer {}
            p.lead {
                @if let Some(name) = &document.publisher { (text::words(name)) " · " }
                @match &document.published {
                    Some(day) => (view.date(Some(day))),
                    None => (view.label("published.unknown")),
                }
                @if !document.origins.is_empty() { " · " (view.label("origin.stated")) ": " (text::words(&document.origins.join(view.say("、", ", ")))) }
            }
            p.note {
                code { (text::words(&document.id)) }
                @if let Some(url) = document.url.as_ref().filter(web) {
                    " · " a href=(text::plain(url)) rel="noreferrer noopener" { (view.say("もとのページ", "Original page")) }
                }
                " · " (view.say("第", "version ")) (self.version) (view.say("版", ""))
            }
            @if !self.copies.is_empty() { details.filters {
                summary { (view.count(self.copies.len(), "ほぼ同文の記事 # 件", "# near copy", "# near copies")) }
                ul { @for copy in &self.copies { li {
                    a href=(links::document(&copy.id)) { (text::words(copy.title.as_deref().unwrap_or(&copy.id))) } " "
                    span.note { (text::words(copy.publisher.as_deref().unwrap_or_default())) " " (copy.published.as_deref().unwrap_or_default()) }
                } }
            } } }
            div.reading {
                fieldset.layers {
                    legend { (view.say("印をつけるもの", "What is marked")) }
                    @for (name, ja, en) in LAYERS {
                        @let count = self.items.iter().filter(|item| item.kind == name).count();
                        @if count > 0 {
                            label { input type="checkbox" id={ "l-" (name) } checked; span class={ "layer " (name) } { (view.say(ja, en)) } " " small { (count) } }
                        }
                    }
                }
                section.paper lang=(if document.lang.is_empty() { "ja" } else { document.lang.as_str() }) aria-label=(view.say("本文", "Text")) { (self.text(view)) }
                aside.beside aria-label=(view.say("選んだ項目", "The item chosen")) {
                    p.steps {
                        @if let Some(stop) = previous { a.step rel="prev" href=(self.here(view, *stop)) { "← " (view.say("前", "Previous")) } " " }
                        @if let Some(stop) = next { a.step rel="next" href=(self.here(view, *stop)) { (view.say("次", "Next")) " →" } }
                        small { " " kbd { "p" } " / " kbd { "n" } }
                    }
                    (self.shown(view))
                }
            }
            section {
                h2 { (view.say("項目の一覧", "All items")) }
                @for (name, ja, en) in LAYERS {
                    @let of: Vec<&Item> = self.items.iter().filter(|item| item.kind == name).collect();
                    @if !of.is_empty() { details.items {
                        summary { (view.say(ja, en)) " " small { (of.len()) } }
                        ul { @for item in of { li {
                            a href=(self.here(view, Span::new(item.start, item.end))) { (text::words(&shorten(&item.text))) }
                            " " span.note { (text::words(&item.value)) }
                        } } }
                    } }
                }
            }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        let heads = vec![
            view.head("kind", "種類", "kind"),
            view.head("start", "始め", "start"),
            view.head("end", "終わり", "end"),
            view.head("text", "語句", "words"),
            view.head("value", "内容", "value"),
            view.head("confidence", "確信度", "confidence"),
            view.head("rule", "規則", "rule"),
            view.head("name", "名", "name"),
        ];
        let row = |item: &Item| {
            vec![
                item.kind.to_owned(),
                item.start.to_string(),
                item.end.to_string(),
                item.text.clone(),
                item.value.clone(),
                item.confidence.map(|sure| format!("{sure:.2}")).unwrap_or_default(),
                item.rule.clone(),
                item.name.clone(),
            ]
        };
        Listing { heads, rows: self.items.iter().map(row).collect(), ..Listing::default() }
    }
}
