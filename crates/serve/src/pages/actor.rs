//! A state, a person or a body: what documents say of it.

use crate::fault::Fault;
use crate::page::{Page, Reader, View};
use crate::shelf::{self, Quoted};
use crate::{links, parts, text};
use entente_account::{Account, EventLine, PledgeStatus};
use entente_base::record::{EventType, Kind, Status};
use entente_render::Listing;
use entente_search::{Query, Request, Sort};
use entente_store::{Filter, Part, Reach};
use maud::{Markup, html};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Documents read, and of a person without an index.
const DOCUMENTS: usize = 80;
const WITHOUT_INDEX: usize = 200;
/// Most of each list.
const MOST: usize = 30;

/// A role over time.
#[derive(Serialize)]
struct Role {
    role: String,
    /// First and last publication in which it stands.
    first: Option<String>,
    last: Option<String>,
    documents: usize,
}

/// Something said.
#[derive(Serialize)]
struct Said {
    act: String,
    speaker: String,
    quote: Quoted,
}

/// An event, as a list of them shows it.
#[derive(Serialize)]
struct Took {
    id: String,
    #[serde(rename = "type")]
    kind: EventType,
    mode: Option<String>,
    status: Status,
    date: Option<String>,
    source: Vec<String>,
    target: Vec<String>,
    origins: usize,
    quote: Option<Quoted>,
}

/// A stance.
#[derive(Serialize)]
struct Held {
    issue: String,
    stance: String,
    quote: Option<Quoted>,
}

/// A pledge.
#[derive(Serialize)]
struct Promised {
    due: Option<String>,
    status: PledgeStatus,
    quote: Option<Quoted>,
}

/// A document.
#[derive(Serialize)]
struct Named {
    id: String,
    title: Option<String>,
    published: Option<String>,
    publisher: Option<String>,
}

/// An actor.
#[derive(Serialize)]
pub(crate) struct Actor {
    /// Code, or the name where there is none.
    id: String,
    code: Option<String>,
    name: String,
    name_en: Option<String>,
    kind: Kind,
    states: Vec<String>,
    sector: Option<String>,
    reach: Reach,
    roles: Vec<Role>,
    events: Vec<Took>,
    statements: Vec<Said>,
    positions: Vec<Held>,
    pledges: Vec<Promised>,
    documents: Vec<Named>,
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Actor, Fault> {
    let given = reader.asked.param("id").to_owned();
    let codes = reader.room.codes(&given);
    match codes.as_slice() {
        [code] if *code != given => return Err(reader.asked.moved(&links::actor(code))),
        [_, _, ..] => return Err(reader.asked.moved(&links::relation(&codes))),
        _ => {}
    }
    let words = &reader.room.words;
    let code = codes.into_iter().next();
    let (lines, found) = match &code {
        Some(code) => {
            let (lines, _) = reader.store.latest_lines(code, MOST)?;
            let filter = Filter { states: vec![code.clone()], ..Filter::default() };
            (lines, reader.store.shelf(&filter, Part::Words, DOCUMENTS, words)?)
        }
        None => {
            let found = match named(reader, &given)? {
                Some(ids) => reader.store.shelf_of(&ids, Part::Whole, words)?,
                None => reader.store.shelf(&Filter::default(), Part::Whole, WITHOUT_INDEX, words)?,
            };
            (Vec::new(), found)
        }
    };
    let account = &found.account;
    let is = |actor: &entente_account::Actor| match &code {
        Some(code) => {
            actor.code.as_ref() == Some(code) || actor.kind == Kind::State && actor.states == [code.clone()]
        }
        None => {
            actor.name == given
                || actor.name_en.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(&given))
                || actor.code.as_deref() == Some(&given)
        }
    };
    // Of several of one name, the one that most documents name.
    let who = account.actors().iter().enumerate().filter(|(_, actor)| is(actor));
    let who = who.max_by_key(|(index, actor)| (actor.documents.len(), usize::MAX - index));
    if who.is_none() && lines.is_empty() && found.reach.documents == 0 || who.is_none() && code.is_none() {
        return Err(Fault::Missing { ja: "主体", en: "actor", name: text::plain(&given) });
    }
    let index = who.map(|(index, _)| index);
    let actor = who.map(|(_, actor)| actor.clone());
    let events = if code.is_some() { lines.iter().map(of_line).collect() } else { took(account, index) };
    let (roles, statements, documents) = said(reader, account, index, code.as_ref());
    let positions = account.positions().iter().flat_map(|issue| {
        let mine = issue.stances.iter().filter(|stance| Some(&stance.holder) == code.as_ref());
        mine.map(|stance| Held {
            issue: issue.name.clone(),
            stance: stance.stance.clone(),
            quote: stance.passages.first().and_then(|it| shelf::quoted(account, it)),
        })
    });
    let positions: Vec<Held> = positions.take(MOST).collect();
    let promised = account.pledges().iter().filter(|pledge| {
        pledge.plan.is_none()
            && (code.as_ref().is_some_and(|code| pledge.by.contains(code))
                || index.is_some() && pledge.speaker == index)
    });
    let pledges = promised.take(MOST).map(|pledge| Promised {
        due: pledge.due.clone(),
        status: pledge.status,
        quote: shelf::quoted(account, &pledge.what),
    });
    let pledges = pledges.collect();
    let name = match (&code, &actor) {
        (Some(code), _) => words.state_ja(code),
        (None, Some(actor)) => actor.name.clone(),
        (None, None) => given.clone(),
    };
    let name_en = match (&code, &actor) {
        (Some(code), _) => Some(words.state_en(code)),
        (None, actor) => actor.as_ref().and_then(|actor| actor.name_en.clone()),
    };
    let kind = actor.as_ref().map_or(Kind::State, |actor| actor.kind);
    Ok(Actor {
        id: code.clone().unwrap_or(given),
        states: actor.as_ref().map(|actor| actor.states.clone()).unwrap_or_default(),
        sector: actor.and_then(|actor| actor.sector),
        code,
        name,
        name_en,
        kind,
        reach: found.reach,
        roles,
        events,
        statements,
        positions,
        pledges,
        documents,
    })
}

/// Names of a code in both languages.
trait Both {
    fn state_ja(&self, code: &str) -> String;
    fn state_en(&self, code: &str) -> String;
}

impl Both for entente_account::Words {
    fn state_ja(&self, code: &str) -> String {
        entente_account::Names::state(self, code, entente_account::Lang::Ja)
    }

    fn state_en(&self, code: &str) -> String {
        entente_account::Names::state(self, code, entente_account::Lang::En)
    }
}

/// The latest documents that name somebody, by the search index; `None` without one.
fn named(reader: &Reader<'_>, name: &str) -> Result<Option<Vec<String>>, Fault> {
    let Some(index) = reader.room.desk.index(reader.room.options.index.as_deref()) else { return Ok(None) };
    let asked: String = name.chars().filter(|c| *c != '"').collect();
    let Ok(query) = Query::parse(&format!("\"{asked}\""), index.names()) else { return Ok(Some(Vec::new())) };
    let request = Request { sort: Sort::Newest, limit: DOCUMENTS, ..Request::default() };
    let found = index.search(&query, &request, |_| None).map_err(|_| Fault::Broken)?;
    Ok(Some(found.hits.into_iter().map(|hit| hit.id).collect()))
}

fn of_line(line: &EventLine) -> Took {
    Took {
        id: line.id.clone(),
        kind: line.kind,
        mode: line.mode.clone(),
        status: line.status,
        date: line.date.clone(),
        source: line.source.clone(),
        target: line.target.clone(),
        origins: line.origins,
        quote: Some(Quoted {
            document: line.document.clone(),
            start: line.span.start,
            end: line.span.end,
            text: line.text.clone(),
            published: line.published.clone(),
        }),
    }
}

/// The latest events in which somebody takes part.
fn took(account: &Account, index: Option<usize>) -> Vec<Took> {
    let Some(index) = index else { return Vec::new() };
    let mine = account.events().iter().rev().filter(|event| event.participants.contains(&index));
    mine.take(MOST)
        .map(|event| Took {
            id: event.id.clone(),
            kind: event.kind,
            mode: event.mode.clone(),
            status: event.status,
            date: event.date.clone(),
            source: event.source.clone(),
            target: event.target.clone(),
            origins: event.origins,
            quote: event
                .reports
                .iter()
                .flat_map(|report| report.passages.first())
                .find_map(|it| shelf::quoted(account, it)),
        })
        .collect()
}

/// Roles, statements and documents, the latest first.
fn said(
    reader: &Reader<'_>,
    account: &Account,
    index: Option<usize>,
    code: Option<&String>,
) -> (Vec<Role>, Vec<Said>, Vec<Named>) {
    let mut roles: BTreeMap<String, BTreeSet<(Option<String>, usize)>> = BTreeMap::new();
    let mut statements: Vec<Said> = Vec::new();
    let mut documents: Vec<Named> = Vec::new();
    for (at, digest) in account.digests().iter().enumerate() {
        let facts = &digest.document;
        let mine = |id: &str| index.is_some() && account.actor_of(at, id) == index;
        let mut named = code.is_some_and(|code| facts.about.contains(code));
        for entity in digest.entities.iter().filter(|entity| mine(&entity.id)) {
            named = true;
            if let Some(role) = &entity.role {
                roles.entry(role.clone()).or_default().insert((facts.published.clone(), at));
            }
        }
        for it in &digest.statements {
            let of = |id: &String| digest.entity(id);
            let speaks = |id: &String| {
                mine(id)
                    || code.is_some_and(|code| of(id).is_some_and(|entity| entity.states == [code.clone()]))
            };
            let Some(speaker) = it.statement.speaker.ids().iter().find(|id| speaks(id)) else { continue };
            statements.push(Said {
                act: it.statement.act.clone(),
                speaker: of(speaker).map(|entity| entity.name.clone()).unwrap_or_default(),
                quote: Quoted {
                    document: facts.id.clone(),
                    start: it.quote.span.start,
                    end: it.quote.span.end,
                    text: it.quote.text.clone(),
                    published: facts.published.clone(),
                },
            });
        }
        if named {
            documents.push(Named {
                id: facts.id.clone(),
                title: facts.title.clone(),
                published: facts.published.clone(),
                publisher: facts.publisher.clone(),
            });
        }
    }
    let mut roles: Vec<Role> = roles
        .into_iter()
        .map(|(role, seen)| Role {
            role: reader.room.words.role(&role, reader.asked.lang),
            first: seen.iter().find_map(|(day, _)| day.clone()),
            last: seen.iter().rev().find_map(|(day, _)| day.clone()),
            documents: seen.len(),
        })
        .collect();
    roles.sort_by(|a, b| a.first.cmp(&b.first).then_with(|| a.role.cmp(&b.role)));
    roles.truncate(MOST);
    statements.sort_by(|a, b| (&b.quote.published, a.quote.start).cmp(&(&a.quote.published, b.quote.start)));
    statements.truncate(MOST);
    documents.sort_by(|a, b| (&b.published, &a.id).cmp(&(&a.published, &b.id)));
    documents.truncate(MOST);
    (roles, statements, documents)
}

impl Page for Actor {
    fn title(&self, view: &View<'_>) -> String {
        match (&self.name_en, view.lang()) {
            (Some(name), entente_account::Lang::En) => text::plain(name),
            _ => text::plain(&self.name),
        }
    }

    fn lasting(&self) -> bool {
        self.code.is_some()
    }

    fn body(&self, view: &View<'_>) -> Markup {
        let other = match view.lang() {
            entente_account::Lang::En => Some(&self.name),
            entente_account::Lang::Ja => self.name_en.as_ref(),
        };
        html! {
            p.lead {
                @if let Some(other) = other { (text::words(other)) " " }
                @if let Some(code) = &self.code { code { (code) } " " }
                @if self.code.is_none() { (parts::states(view, &self.states)) }
            }
            @if let Some(code) = &self.code { p {
                a href=(links::relation(std::slice::from_ref(code))) { (view.say("調書を見る", "Its dossier")) } " · "
                a href=(links::timeline(&[("states", code)])) { (view.say("年表", "Timeline")) } " · "
                a href={ "/positions" (links::query([("states", code.as_str())])) } { (view.say("立場の表", "Positions")) } " · "
                a href={ "/pledges" (links::query([("states", code.as_str())])) } { (view.say("約束・予定", "Pledges")) }
            } }
            (shelf::reach(view, &self.reach))
            @if !self.roles.is_empty() { section {
                h2 { (view.say("肩書", "Roles")) }
                ul.plain { @for role in &self.roles { li {
                    (text::words(&role.role)) " "
                    span.note { @if role.first.is_some() { (view.date(role.first.as_deref())) @if role.first != role.last { "–" (view.date(role.last.as_deref())) } " · " } (view.count(role.documents, "文書 #", "# document", "# documents")) }
                } } }
            } }
            section {
                h2 { (view.say("出来事（新しい順）", "Events, the latest first")) }
                @if self.events.is_empty() { p.none { (view.label("none")) } }
                ol.events { @for event in &self.events { li {
                    span.date { (view.date(event.date.as_deref())) }
                    div {
                        p.head { a.kind href=(links::event(&event.id)) { (view.kind(event.kind, event.mode.as_deref())) } (parts::status(view, event.status)) " " (parts::parties(view, &event.source, &event.target)) }
                        @if let Some(quoted) = &event.quote { p { (shelf::quote(view, quoted)) } }
                        p.note { (parts::support(view, event.origins, 1)) }
                    }
                } } }
            }
            @if !self.statements.is_empty() { section {
                h2 { (view.say("発言", "Statements")) }
                ul.plain.said { @for it in &self.statements { li {
                    span.status { (view.label(&format!("act.{}", it.act))) } " "
                    @if it.speaker != self.name { a href=(links::actor(&it.speaker)) { (text::words(&it.speaker)) } " " }
                    (shelf::quote(view, &it.quote))
                } } }
            } }
            @if !self.positions.is_empty() { section {
                h2 { (view.say("立場", "Positions")) }
                ul.plain.said { @for it in &self.positions { li {
                    b { (text::words(&it.issue)) } " " span class={ "stance " (it.stance) } { (view.label(&format!("stance.{}", it.stance))) } " "
                    @if let Some(quoted) = &it.quote { (shelf::quote(view, quoted)) }
                } } }
            } }
            @if !self.pledges.is_empty() { section {
                h2 { (view.say("約束", "Pledges")) }
                ul.plain.said { @for it in &self.pledges { li {
                    span class={ "status pledge-" (it.status.name()) } { (view.label(&format!("pledge.{}", it.status.name()))) } " "
                    @if let Some(due) = &it.due { (view.date(Some(due))) " " }
                    @if let Some(quoted) = &it.quote { (shelf::quote(view, quoted)) }
                } } }
            } }
            @if !self.documents.is_empty() { section {
                h2 { (view.say("文書", "Documents")) }
                ul { @for it in &self.documents { li {
                    a href=(links::document(&it.id)) { (text::words(it.title.as_deref().unwrap_or(&it.id))) } " "
                    span.note { (text::words(it.publisher.as_deref().unwrap_or_default())) " " (it.published.as_deref().unwrap_or_default()) }
                } } }
            } }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        let heads = vec![
            view.head("kind", "種類", "kind"),
            view.head("what", "内容", "what"),
            view.head("date", "日付", "date"),
            view.head("text", "語句", "words"),
            view.head("document", "文書", "document"),
        ];
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut add = |kind: &str, what: String, date: Option<String>, quote: Option<&Quoted>| {
            let (words, document) =
                quote.map(|it| (it.text.clone(), it.document.clone())).unwrap_or_default();
            rows.push(vec![kind.to_owned(), what, date.unwrap_or_default(), words, document]);
        };
        for it in &self.roles {
            add("role", it.role.clone(), it.first.clone(), None);
        }
        for it in &self.events {
            add("event", view.kind(it.kind, it.mode.as_deref()), it.date.clone(), it.quote.as_ref());
        }
        for it in &self.statements {
            let act = view.label(&format!("act.{}", it.act));
            add("statement", act, it.quote.published.clone(), Some(&it.quote));
        }
        for it in &self.positions {
            let stance = view.label(&format!("stance.{}", it.stance));
            add("position", format!("{}: {stance}", it.issue), None, it.quote.as_ref());
        }
        for it in &self.pledges {
            let status = view.label(&format!("pledge.{}", it.status.name()));
            add("pledge", status, it.due.clone(), it.quote.as_ref());
        }
        Listing { heads, rows, ..Listing::default() }
    }
}
