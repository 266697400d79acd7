//! What the pages over the latest documents share: which states and days they are about, and the form that says so.

use crate::fault::Fault;
use crate::filter;
use crate::page::{Reader, View};
use entente_account::{Account, Passage};
use entente_store::{Filter, Reach};
use maud::{Markup, html};
use serde::Serialize;

/// Words of a document, with their place.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Quoted {
    pub(crate) document: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
    pub(crate) published: Option<String>,
}

/// A passage with the document that it stands in.
pub(crate) fn quoted(account: &Account, passage: &Passage) -> Option<Quoted> {
    let facts = account.document(passage.document)?;
    Some(Quoted {
        document: facts.id.clone(),
        start: passage.span.start,
        end: passage.span.end,
        text: passage.text.clone(),
        published: facts.published.clone(),
    })
}

/// Words with a link to where they stand.
pub(crate) fn quote(view: &View<'_>, quoted: &Quoted) -> Markup {
    html! {
        span.quoted {
            (crate::text::quote(&quoted.text)) " "
            a.note href=(crate::links::passage(&quoted.document, quoted.start, quoted.end)) {
                @match &quoted.published {
                    Some(day) => (view.date(Some(day))),
                    None => (crate::text::words(&quoted.document)),
                }
            }
        }
    }
}

/// Which documents a page is about.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Span {
    pub(crate) states: Vec<String>,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

impl Span {
    pub(crate) fn read(reader: &Reader<'_>) -> Result<Self, Fault> {
        let asked = reader.asked;
        let states = asked
            .get("states")
            .map_or(Ok(Vec::new()), |given| filter::states("states", given, reader.room))?;
        Ok(Self { states, from: filter::date(asked, "from")?, to: filter::date(asked, "to")? })
    }

    pub(crate) fn filter(&self) -> Filter {
        let date = |date: &Option<String>| date.as_deref().and_then(|date| date.parse().ok());
        Filter {
            states: self.states.clone(),
            from: date(&self.from),
            to: date(&self.to),
            ..Filter::default()
        }
    }

    /// Whether something that involves some parties is what is asked about.
    pub(crate) fn concerns<'a>(&self, parties: impl IntoIterator<Item = &'a str>) -> bool {
        let parties: std::collections::BTreeSet<&str> = parties.into_iter().collect();
        let met = self.states.iter().filter(|state| parties.contains(state.as_str())).count();
        met >= self.states.len().min(2)
    }

    /// The title of a page, with the states that it is about.
    pub(crate) fn title(&self, view: &View<'_>, ja: &str, en: &str) -> String {
        let name = if view.lang() == entente_account::Lang::Ja { ja } else { en };
        match self.states.as_slice() {
            [] => name.to_owned(),
            states => format!("{}{}{name}", view.names(states), view.say("の", ": ")),
        }
    }

    /// The form; `more` are further fields of the page.
    pub(crate) fn form(&self, view: &View<'_>, more: &Markup) -> Markup {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        html! {
            div.filters { form method="get" action=(view.asked.path) {
                label { span { (view.say("国・機関", "States")) }
                    input type="text" name="states" value=(self.states.join("-")) placeholder=(view.say("中露、CHN-RUS", "CHN-RUS")) autocomplete="off"; }
                label { span { (view.say("発行日（いつから）", "Published from")) }
                    input type="text" name="from" value=(text(&self.from)) placeholder="2024-05" autocomplete="off"; }
                label { span { (view.say("いつまで", "to")) }
                    input type="text" name="to" value=(text(&self.to)) placeholder="2025" autocomplete="off"; }
                (more)
                button type="submit" { (view.say("表示", "Show")) }
            } }
        }
    }
}

/// Which documents were read, and where the earlier ones are.
pub(crate) fn reach(view: &View<'_>, reach: &Reach) -> Markup {
    let day = |day: &Option<String>| view.date(day.as_deref());
    html! {
        p.note {
            (view.count(reach.documents, "文書 # 件", "# document", "# documents"))
            @if reach.first.is_some() { " (" (day(&reach.first)) "–" (day(&reach.last)) ")" }
            (view.say("から", ""))
            @if reach.more && let Some(first) = reach.first.as_deref() {
                (view.say("。それより前にもあります：", ". There are earlier ones: "))
                a href=(view.asked.address_with(&[("to", first)])) { (view.date(Some(first))) (view.say(" 以前", " and before")) }
            }
        }
    }
}
