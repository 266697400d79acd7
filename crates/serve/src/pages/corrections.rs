//! What people decide over what the coder made: listed, and made by whoever has the token.

use crate::answer::failed;
use crate::fault::Fault;
use crate::page::{Page, Reader, View};
use crate::request::Asked;
use crate::room::Room;
use crate::shelf::{self, Quoted, Span};
use crate::{desk, links, text};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use entente_base::record::{DOMAINS, EventType, MEASURES, Status};
use entente_render::Listing;
use entente_store::diff::ItemKind;
use entente_store::{By, Change, CorrectionError, ItemName, Joiner, Listed, Part, StoreError};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;
use std::collections::HashSet;
use std::sync::Arc;

/// Name of the cookie of those who may edit.
const COOKIE: &str = "edit";
/// Corrections of a page.
const PAGE: usize = 50;
/// Documents whose items are looked through, and items shown of them.
const DOCUMENTS: usize = 100;
const QUEUE: usize = 25;
/// Below this an item is to be checked.
const UNSURE: f32 = 0.7;
/// Corrections by which items are known to have been checked.
const CHECKED: usize = 1000;

const FORBIDDEN: Fault = Fault::Forbidden {
    ja: "この操作には、合言葉を入れて開いた訂正のページが要ります。",
    en: "This needs the page of corrections, opened with the token.",
};

/// An item that the coder was not sure of.
#[derive(Serialize)]
struct Unsure {
    item: String,
    kind: &'static str,
    what: String,
    confidence: f32,
    quote: Quoted,
}

/// An item to be corrected.
#[derive(Serialize)]
struct Item {
    name: String,
    kind: ItemKind,
    document: String,
    /// What it says.
    says: Value,
}

/// The page.
#[derive(Serialize)]
pub(crate) struct Corrections {
    /// Whether the room is open for corrections.
    allowed: bool,
    /// Whether whoever reads has given the token.
    entered: bool,
    total: usize,
    offset: usize,
    corrections: Vec<Listed>,
    queue: Vec<Unsure>,
    item: Option<Item>,
    #[serde(skip)]
    csrf: String,
    #[serde(skip)]
    filter: Span,
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Corrections, Fault> {
    let allowed = reader.room.options.token.is_some();
    let session = reader.asked.cookie(COOKIE).unwrap_or_default();
    let entered = allowed && reader.room.desk.is_session(session);
    let mut page = Corrections {
        allowed,
        entered,
        total: 0,
        offset: reader.asked.number("offset", 0, 1_000_000)?.unwrap_or(0),
        corrections: Vec::new(),
        queue: Vec::new(),
        item: None,
        csrf: reader.room.desk.form_token(session).unwrap_or_default(),
        filter: Span::read(reader)?,
    };
    if !entered {
        return Ok(page);
    }
    (page.corrections, page.total) = reader.store.corrections_page(page.offset, PAGE)?;
    match reader.asked.get("item") {
        Some(given) => page.item = Some(item(reader, given)?),
        None => page.queue = queue(reader, &page.filter)?,
    }
    Ok(page)
}

/// Items of the latest documents that the coder was least sure of and nobody has checked.
fn queue(reader: &mut Reader<'_>, filter: &Span) -> Result<Vec<Unsure>, Fault> {
    let (checked, _) = reader.store.corrections_page(0, CHECKED)?;
    let holds = checked.iter().map(|it| &it.correction).filter(|it| it.reverted.is_none());
    let checked: HashSet<String> = holds
        .filter_map(|it| match (&it.target.uid, it.target.words.first()) {
            (Some(uid), _) => Some(uid.clone()),
            (None, Some(words)) => Some(format!("{} {}", it.document, words.start)),
            (None, None) => None,
        })
        .collect();
    let found = reader.store.shelf(&filter.filter(), Part::Whole, DOCUMENTS, &reader.room.words)?;
    let view = reader.view();
    let mut queue = Vec::new();
    for digest in found.account.digests() {
        let quote = |it: &entente_account::Quote| Quoted {
            document: digest.document.id.clone(),
            start: it.span.start,
            end: it.span.end,
            text: it.text.clone(),
            published: digest.document.published.clone(),
        };
        for it in &digest.events {
            let Some(words) = it.quotes.first() else { continue };
            if it.event.confidence < UNSURE && !checked.contains(&it.uid) {
                let who = crate::parts::parties_text(&view, &it.event.source, &it.event.target);
                queue.push(Unsure {
                    item: it.uid.clone(),
                    kind: "event",
                    what: format!("{who} {}", view.kind(it.event.kind, it.event.mode.as_deref())),
                    confidence: it.event.confidence,
                    quote: quote(words),
                });
            }
        }
        for it in &digest.statements {
            let said = &it.statement;
            let key = format!("{} {}", digest.document.id, said.content.start);
            if said.confidence < UNSURE && !checked.contains(&key) {
                let who = said.speaker.ids().iter().filter_map(|id| digest.entity(id));
                let who: Vec<&str> = who.map(|entity| entity.name.as_str()).collect();
                let (id, span) = (&digest.document.id, said.content);
                queue.push(Unsure {
                    item: format!("{id}#statement:{}-{}", span.start, span.end),
                    kind: "statement",
                    what: format!("{} {}", who.join("、"), view.label(&format!("act.{}", said.act))),
                    confidence: said.confidence,
                    quote: quote(&it.quote),
                });
            }
        }
    }
    queue.sort_by(|a, b| a.confidence.total_cmp(&b.confidence).then_with(|| a.item.cmp(&b.item)));
    queue.truncate(QUEUE);
    Ok(queue)
}

fn item(reader: &mut Reader<'_>, given: &str) -> Result<Item, Fault> {
    let missing = || Fault::Missing { ja: "項目", en: "item", name: text::plain(given) };
    let name: ItemName = given.parse().map_err(|_| missing())?;
    match name {
        ItemName::Event(uid) => {
            let account = reader.store.event(&uid, &reader.room.words)?.ok_or_else(missing)?;
            let found = account.digests().iter().find_map(|digest| {
                let event = digest.events.iter().find(|event| event.uid == uid)?;
                Some((digest.document.id.clone(), serde_json::to_value(&event.event).ok()?))
            });
            let (document, says) = found.ok_or_else(missing)?;
            Ok(Item { name: uid, kind: ItemKind::Event, document, says })
        }
        ItemName::At { document, kind, span } => {
            let stored = reader.store.get(&document)?.ok_or_else(missing)?;
            let record = serde_json::to_value(&stored.record).map_err(|_| Fault::Broken)?;
            let stands = |item: &&Value| {
                let at = ["content", "what", "evidence"].iter().map(|field| &item[*field]);
                at.chain([*item]).any(|at| at["start"] == span.start && at["end"] == span.end)
            };
            let says = record[kind.field()].as_array().into_iter().flatten().find(stands);
            Ok(Item { name: given.to_owned(), kind, document, says: says.cloned().ok_or_else(missing)? })
        }
    }
}

/// Fields of a kind of item that can be set, with their values where these are a few. The first one is what is said
/// again to accept the item.
fn fields(kind: ItemKind) -> Vec<(&'static str, Vec<&'static str>)> {
    const ACTS: [&str; 10] =
        ["assert", "assess", "praise", "criticize", "call", "pledge", "deny", "warn", "explain", "thank"];
    const STANCES: [&str; 5] = ["support", "oppose", "understanding", "neutral", "concern"];
    match kind {
        ItemKind::Event => vec![
            ("type", EventType::NAMES.to_vec()),
            ("status", Status::NAMES.to_vec()),
            ("source", vec![]),
            ("target", vec![]),
            ("date", vec![]),
            ("place", vec![]),
            ("mode", vec!["meeting", "visit", "call", "video", "multilateral", "mediation"]),
            ("domains", DOMAINS.to_vec()),
        ],
        ItemKind::Figure => vec![
            ("value", vec![]),
            ("unit", vec![]),
            ("measure", MEASURES.to_vec()),
            ("bound", vec!["exact", "about", "at_least", "at_most", "less_than"]),
            ("of", vec![]),
            ("period", vec![]),
        ],
        ItemKind::Mention => {
            vec![
                ("kind", vec!["state", "person", "organization", "place"]),
                ("states", vec![]),
                ("entity", vec![]),
            ]
        }
        ItemKind::Time => vec![("value", vec![])],
        ItemKind::Statement => vec![("act", ACTS.to_vec()), ("speaker", vec![]), ("date", vec![])],
        ItemKind::Commitment => {
            vec![("status", vec!["open", "done", "dropped"]), ("by", vec![]), ("due", vec![])]
        }
        ItemKind::Position => {
            vec![("stance", STANCES.to_vec()), ("holder", vec![]), ("issue", vec![]), ("toward", vec![])]
        }
        ItemKind::Entity | ItemKind::Term => vec![],
    }
}

/// A value as people write it.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(written).collect::<Vec<_>>().join(","),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

impl Corrections {
    fn who(&self, view: &View<'_>) -> Markup {
        html! {
            label { span { (view.say("だれが", "Who")) } input type="text" name="who" required maxlength="200" autocomplete="name"; }
            label { span { (view.say("なぜ", "Why")) } input type="text" name="why" required maxlength="1000"; }
        }
    }

    fn form(&self, view: &View<'_>, action: &str, title: &str, inner: &Markup) -> Markup {
        html! {
            form.edit method="post" action="/corrections/change" {
                h3 { (title) }
                input type="hidden" name="csrf" value=(self.csrf);
                input type="hidden" name="action" value=(action);
                (inner) (self.who(view))
                button type="submit" { (title) }
            }
        }
    }

    fn forms(&self, view: &View<'_>, item: &Item) -> Markup {
        let name = html! { input type="hidden" name="item" value=(item.name); };
        let fields = fields(item.kind);
        let other = html! {
            (name)
            label { span { (view.say("もう一つの出来事の番号", "Identifier of the other event")) } input type="text" name="other" required; }
        };
        html! {
            section {
                h2 { (view.say("項目", "The item")) }
                p { code { (text::words(&item.name)) } " — " a href=(links::document(&item.document)) { (text::words(&item.document)) } }
                p { a href="/corrections" { (view.say("一覧に戻る", "Back to the list")) } }
                pre { code { (text::words(&format!("{:#}", item.says))) } }
                @if let Some((first, _)) = fields.first() {
                    (self.form(view, "set", view.say("このままでよい", "Accept as it is"), &html! {
                        (name)
                        input type="hidden" name={ "f." (first) } value=(written(&item.says[*first]));
                    }))
                    (self.form(view, "set", view.say("直す", "Change"), &html! {
                        (name)
                        p.note { (view.say("直すところだけ書いてください。今の値を薄く示しています。", "Fill in only what is to be changed; what it is now is shown faintly.")) }
                        @for (field, known) in &fields {
                            @let now = written(&item.says[*field]);
                            label { span { (field) }
                                @if known.is_empty() || *field == "domains" { input type="text" name={ "f." (field) } placeholder=(text::plain(&now)); }
                                @else { select name={ "f." (field) } {
                                    option value="" { "— " (text::plain(&now)) }
                                    @for value in known { option value=(value) { (value) } }
                                } }
                            }
                        }
                    }))
                }
                (self.form(view, "reject", view.say("取り除く", "Reject"), &name))
                @if item.kind == ItemKind::Event {
                    (self.form(view, "join", view.say("一つの出来事にする", "Join"), &other))
                    (self.form(view, "split", view.say("別の出来事にする", "Split"), &other))
                }
            }
        }
    }
}

fn told(listed: &Listed) -> (String, String) {
    let it = &listed.correction;
    let words = it.target.words.first().map(|words| words.text.replace('\n', " ")).unwrap_or_default();
    let fields: Vec<String> =
        it.patch.iter().map(|(name, value)| format!("{name}={}", written(value))).collect();
    (words, fields.join(" "))
}

fn state(view: &View<'_>, listed: &Listed) -> &'static str {
    match (&listed.correction.reverted, listed.stale, view.lang()) {
        (Some(_), _, entente_account::Lang::Ja) => "取消",
        (Some(_), _, entente_account::Lang::En) => "taken back",
        (None, true, entente_account::Lang::Ja) => "失効",
        (None, true, entente_account::Lang::En) => "stale",
        (None, false, _) => "",
    }
}

impl Page for Corrections {
    fn title(&self, view: &View<'_>) -> String {
        view.say("訂正", "Corrections").to_owned()
    }

    fn lasting(&self) -> bool {
        false
    }

    fn body(&self, view: &View<'_>) -> Markup {
        if !self.allowed {
            return html! {
                p { (view.say("この閲覧室では訂正できません。", "Nothing can be corrected in this room.")) }
                p { (view.say("訂正するには、合言葉を決めて次のように開いてください。", "To correct, open it so, with a token of your own:")) }
                pre { code { "ENTENTE_TOKEN=… entente serve --allow-edit" } }
                p { (view.say("コマンド `entente correct` はいつでも使えます。", "The command `entente correct` works at any time.")) }
            };
        }
        if !self.entered {
            return html! {
                form.edit method="post" action="/corrections/enter" {
                    label { span { (view.say("合言葉", "Token")) } input type="password" name="token" required autocomplete="current-password"; }
                    button type="submit" { (view.say("訂正を始める", "Begin")) }
                }
            };
        }
        html! {
            form method="post" action="/corrections/leave" {
                input type="hidden" name="csrf" value=(self.csrf);
                button.quiet type="submit" { (view.say("訂正を終える", "End the session")) }
            }
            @match &self.item {
                Some(item) => (self.forms(view, item)),
                None => section {
                    h2 { (view.say("確かめるもの", "To be checked")) }
                    p.note { (view.say("新しい文書のうち、確信度の低いもの。", "What the coder was least sure of in the latest documents.")) }
                    @if self.queue.is_empty() { p.none { (view.label("none")) } }
                    ul.plain.said { @for it in &self.queue { li {
                        a href={ "/corrections" (links::query([("item", it.item.as_str())])) } { (text::words(&it.what)) }
                        " " span.note { (view.say("確信度 ", "confidence ")) (format!("{:.2}", it.confidence)) } " "
                        (shelf::quote(view, &it.quote))
                    } } }
                },
            }
            section {
                h2 { (view.say("これまでの訂正", "Corrections made")) " " small { (self.total) } }
                @if self.corrections.is_empty() { p.none { (view.label("none")) } }
                ol.plain.said { @for it in &self.corrections {
                    @let (words, fields) = told(it);
                    @let made = &it.correction;
                    li {
                        p.head { b { (made.number) } " " (made.action.name()) " " (made.kind.name()) " " code { (text::words(&fields)) }
                            @if !state(view, it).is_empty() { " " span.status { (state(view, it)) } } }
                        p { (text::quote(&words)) " " a.note href=(links::document(&made.document)) { (text::words(&made.document)) } }
                        p.note { (text::words(&made.by.who)) " · " (made.by.when) " · " (text::words(&made.by.why)) }
                        @if made.reverted.is_none() { details.filters {
                            summary { (view.say("取り消す", "Take back")) }
                            form.edit method="post" action="/corrections/revert" {
                                input type="hidden" name="csrf" value=(self.csrf);
                                input type="hidden" name="number" value=(made.number);
                                (self.who(view))
                                button type="submit" { (view.say("取り消す", "Take back")) }
                            }
                        } }
                    }
                } }
                @if self.offset + self.corrections.len() < self.total {
                    a.step href=(view.asked.address_with(&[("offset", &(self.offset + PAGE).to_string())])) { (view.say("前の訂正", "Earlier ones")) }
                }
            }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        let heads = vec![
            view.head("number", "番号", "number"),
            view.head("action", "操作", "action"),
            view.head("kind", "種類", "kind"),
            view.head("document", "文書", "document"),
            view.head("text", "語句", "words"),
            view.head("patch", "直した値", "values"),
            view.head("who", "だれが", "who"),
            view.head("when", "いつ", "when"),
            view.head("why", "なぜ", "why"),
            view.head("state", "状態", "state"),
        ];
        let row = |it: &Listed| {
            let (words, fields) = told(it);
            let made = &it.correction;
            vec![
                made.number.to_string(),
                made.action.name().to_owned(),
                made.kind.name().to_owned(),
                made.document.clone(),
                words,
                fields,
                made.by.who.clone(),
                made.by.when.clone(),
                made.by.why.clone(),
                state(view, it).to_owned(),
            ]
        };
        Listing { heads, rows: self.corrections.iter().map(row).collect(), ..Listing::default() }
    }
}

/// Whether a form was sent by a page of this room, as far as the browser tells.
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST.as_str()).unwrap_or_default();
    let origin = text(header::ORIGIN.as_str()).is_none_or(|origin| {
        origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")) == Some(host)
    });
    origin && text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"))
}

fn field<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
}

/// The fields of a form that whoever has the token sent by a page of this room.
fn admitted(
    room: &Room,
    asked: &Asked,
    headers: &HeaderMap,
    body: &str,
) -> Result<Vec<(String, String)>, Fault> {
    let session = asked.cookie(COOKIE).unwrap_or_default();
    let fields = links::pairs(body);
    let may = room.options.token.is_some()
        && is_own(headers)
        && room.desk.is_session(session)
        && room.desk.is_form_token(session, field(&fields, "csrf"));
    if may { Ok(fields) } else { Err(FORBIDDEN) }
}

fn see(cookie: Option<String>) -> Response {
    let to = [(header::LOCATION, "/corrections"), (header::CACHE_CONTROL, "no-store")];
    let mut response = (StatusCode::SEE_OTHER, to).into_response();
    if let Some(cookie) = cookie.and_then(|cookie| cookie.parse().ok()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Opens a session for whoever has the token.
pub(crate) async fn enter(
    State(room): State<Arc<Room>>,
    asked: Asked,
    headers: HeaderMap,
    body: String,
) -> Response {
    let fields = links::pairs(&body);
    let Some(right) = room.options.token.as_deref().filter(|_| is_own(&headers)) else {
        return failed(&room, &asked, &FORBIDDEN);
    };
    let session = if room.desk.is_token(right, field(&fields, "token")) { room.desk.session() } else { None };
    match session {
        Some(session) => see(Some(format!(
            "{COOKIE}={session}; Path=/corrections; Max-Age=28800; HttpOnly; SameSite=Strict"
        ))),
        None => {
            // Whoever guesses waits.
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            let wrong = Fault::Forbidden { ja: "合言葉が違います。", en: "This is not the token." };
            failed(&room, &asked, &wrong)
        }
    }
}

/// Ends a session.
pub(crate) async fn leave(
    State(room): State<Arc<Room>>,
    asked: Asked,
    headers: HeaderMap,
    body: String,
) -> Response {
    match admitted(&room, &asked, &headers, &body) {
        Ok(_) => see(Some(format!("{COOKIE}=; Path=/corrections; Max-Age=0; HttpOnly; SameSite=Strict"))),
        Err(fault) => failed(&room, &asked, &fault),
    }
}

/// Makes a correction.
pub(crate) async fn change(
    State(room): State<Arc<Room>>,
    asked: Asked,
    headers: HeaderMap,
    body: String,
) -> Response {
    write(&room, &asked, &headers, &body, |room, store, fields| {
        let item = |name: &str| field(fields, name).parse::<ItemName>().map_err(StoreError::from);
        let change = match field(fields, "action") {
            "set" => {
                let set = fields.iter().filter(|(_, value)| !value.trim().is_empty());
                let set = set
                    .filter_map(|(name, value)| Some((name.strip_prefix("f.")?.to_owned(), value.clone())));
                Change::Set { item: item("item")?, fields: set.collect() }
            }
            "reject" => Change::Reject(item("item")?),
            "join" => Change::Join(item("item")?, item("other")?),
            "split" => Change::Split(item("item")?, item("other")?),
            given => {
                let known = "set, reject, join, split";
                return Err(Fault::bad(
                    "action",
                    given,
                    format!("次のいずれかを指定してください: {known}"),
                    format!("give one of {known}"),
                ));
            }
        };
        store.correct(&change, &by(fields), room.desk.codes()?, &mut Joiner::new(&room.words))?;
        Ok(())
    })
    .await
}

/// Takes a correction back.
pub(crate) async fn revert(
    State(room): State<Arc<Room>>,
    asked: Asked,
    headers: HeaderMap,
    body: String,
) -> Response {
    write(&room, &asked, &headers, &body, |room, store, fields| {
        let given = field(fields, "number");
        let wrong =
            || Fault::bad("number", given, "訂正の番号を指定してください", "give the number of a correction");
        let number = given.parse().map_err(|_| wrong())?;
        store.revert(number, &by(fields), &mut Joiner::new(&room.words))?;
        Ok(())
    })
    .await
}

fn by(fields: &[(String, String)]) -> By {
    let text = |name: &str| field(fields, name).to_owned();
    By { who: text("who"), when: desk::timestamp(), why: text("why") }
}

async fn write(
    room: &Arc<Room>,
    asked: &Asked,
    headers: &HeaderMap,
    body: &str,
    work: impl FnOnce(&Room, &mut entente_store::Store, &[(String, String)]) -> Result<(), Fault> + Send + 'static,
) -> Response {
    let fields = match admitted(room, asked, headers, body) {
        Ok(fields) => fields,
        Err(fault) => return failed(room, asked, &fault),
    };
    let shared = Arc::clone(room);
    let done = room.readers.ask(move |store| work(&shared, store, &fields).map_err(explained)).await;
    room.cache.forget();
    match done {
        Ok(()) => see(None),
        Err(fault) => failed(room, asked, &fault),
    }
}

/// What cannot be corrected so is the reader's to mend, not a failure of the store.
fn explained(fault: Fault) -> Fault {
    let Fault::Store(StoreError::Correction(error)) = &fault else { return fault };
    let english = error.to_string().replace("\n  help: ", "; ");
    let (name, given, ja): (&'static str, String, String) = match error {
        CorrectionError::Document { id } => ("item", id.clone(), "この文書はありません".into()),
        CorrectionError::Name { given } => ("item", given.clone(), "項目の名になりません".into()),
        CorrectionError::Item { given } => ("item", given.clone(), "その項目はありません".into()),
        CorrectionError::Several { given, count } => {
            ("item", given.clone(), format!("そこには項目が {count} 件あります"))
        }
        CorrectionError::Pair { given } => {
            ("other", given.clone(), "異なる二つの出来事を指定してください".into())
        }
        CorrectionError::Field { kind, field, known } => {
            ("field", field.clone(), format!("{kind} で直せる欄: {known}"))
        }
        CorrectionError::Value { field, value, expected } => {
            ("value", format!("{field}={value}"), format!("`{field}` の値になりません。書き方: {expected}"))
        }
        CorrectionError::Twice { field } => ("field", field.clone(), "同じ欄が二度あります".into()),
        CorrectionError::Missing { field } => {
            ("field", (*field).to_owned(), "「だれが」「なぜ」は必ず書いてください".into())
        }
        CorrectionError::Nothing => ("field", String::new(), "直すところがありません".into()),
        CorrectionError::Words { words, .. } => {
            ("words", words.clone(), "一度だけ現れる語句を引いてください".into())
        }
        CorrectionError::Entity { name, known } => {
            ("value", name.clone(), format!("文書にこの名の主体はありません。あるもの: {known}"))
        }
        CorrectionError::Number { number } => {
            ("number", number.to_string(), "この番号の訂正はありません".into())
        }
        CorrectionError::Reverted { number } => {
            ("number", number.to_string(), "すでに取り消されています".into())
        }
    };
    Fault::bad(name, &given, ja, english)
}
