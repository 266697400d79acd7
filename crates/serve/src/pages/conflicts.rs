//! Where sources disagree, both sides beside each other.

use crate::disputes::{self, Dispute};
use crate::fault::Fault;
use crate::page::{Page, Reader, View};
use crate::shelf::{self, Span};
use crate::{layout, links, text};
use entente_account::ConflictKind;
use entente_render::Listing;
use entente_store::{Part, Reach};
use maud::{Markup, html};
use serde::Serialize;

/// Documents read.
const DOCUMENTS: usize = 120;
/// Disagreements shown.
const MOST: usize = 100;
/// Words of a side that are shown.
const WORDS: usize = 4;

/// Disagreements.
#[derive(Serialize)]
pub(crate) struct Conflicts {
    filter: Span,
    kind: Option<ConflictKind>,
    reach: Reach,
    total: usize,
    conflicts: Vec<Dispute>,
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Conflicts, Fault> {
    let filter = Span::read(reader)?;
    let kind = match reader.asked.get("kind") {
        None => None,
        Some(given) => Some(ConflictKind::parse(given).ok_or_else(|| {
            let known = ConflictKind::ALL.map(ConflictKind::name).join(", ");
            Fault::bad(
                "kind",
                given,
                format!("次のいずれかを指定してください: {known}"),
                format!("give one of {known}"),
            )
        })?),
    };
    let found = reader.store.shelf(&filter.filter(), Part::Whole, DOCUMENTS, &reader.room.words)?;
    let account = &found.account;
    let concerned = |conflict: &&entente_account::Conflict| {
        let event = |index: &usize| {
            account.events().get(*index).is_some_and(|event| filter.concerns(event.parties()))
        };
        let about = if conflict.events.is_empty() {
            filter.concerns(conflict.of.iter().map(String::as_str))
        } else {
            conflict.events.iter().any(event)
        };
        about && kind.is_none_or(|kind| kind == conflict.kind)
    };
    let view = reader.view();
    let mut all: Vec<&entente_account::Conflict> = account.conflicts().iter().filter(concerned).collect();
    // Events stand in the order of time: the latest first, figures last.
    all.sort_by_key(|conflict| std::cmp::Reverse(conflict.events.first().copied()));
    let total = all.len();
    let conflicts = all.into_iter().take(MOST).map(|it| disputes::dispute(&view, account, it)).collect();
    Ok(Conflicts { filter, kind, reach: found.reach, total, conflicts })
}

impl Page for Conflicts {
    fn title(&self, view: &View<'_>) -> String {
        self.filter.title(view, "食い違い", "Disagreements")
    }

    fn body(&self, view: &View<'_>) -> Markup {
        let fields = html! {
            label { span { (view.say("何について", "About")) }
                select name="kind" {
                    option value="" { (view.say("すべて", "any")) }
                    @for kind in ConflictKind::ALL { option value=(kind.name()) selected[self.kind == Some(kind)] { (view.label(&format!("conflict.{}", kind.name()))) } }
                } }
        };
        html! {
            (self.filter.form(view, &fields))
            @if self.conflicts.is_empty() {
                @if self.reach.documents == 0 && self.filter.states.is_empty() { (layout::empty(view)) } @else { p.none { (view.label("none.conflicts")) } }
            } @else {
                (shelf::reach(view, &self.reach))
                @if self.conflicts.len() < self.total { p.note { (view.say("新しい順に ", "The latest ")) (self.conflicts.len()) " / " (self.total) } }
                @for one in &self.conflicts { section.conflict {
                    h2 {
                        @match &one.event { Some(id) => a href=(links::event(id)) { (text::words(&one.about)) }, None => (text::words(&one.about)) }
                        small { (view.label(&format!("conflict.{}", one.kind.name()))) }
                    }
                    @if one.possible { p.note { (view.label("conflict.possible")) } }
                    div.versus { @for side in &one.sides { div.side {
                        h3 { (text::words(&side.value)) }
                        p.note { (view.count(side.origins, "独立の出所 #", "# independent origin", "# independent origins")) }
                        @for words in side.words.iter().take(WORDS) { p {
                            (text::quote(&words.text)) " "
                            a.note href=(links::passage(&words.document, words.start, words.end)) { (text::words(&words.document)) }
                        } }
                        @if side.words.len() > WORDS { p.note { (view.count(side.words.len() - WORDS, "ほか # 件", "# more", "# more")) } }
                    } } }
                } }
            }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        let heads = vec![
            view.head("kind", "何について", "kind"),
            view.head("about", "対象", "about"),
            view.head("value", "言い分", "side"),
            view.head("origins", "独立の出所", "origins"),
            view.head("documents", "文書", "documents"),
            view.head("note", "注", "note"),
        ];
        let mut rows = Vec::new();
        for one in &self.conflicts {
            for side in &one.sides {
                let documents: Vec<&str> = side.words.iter().map(|it| it.document.as_str()).collect();
                rows.push(vec![
                    view.label(&format!("conflict.{}", one.kind.name())),
                    one.about.clone(),
                    side.value.clone(),
                    side.origins.to_string(),
                    documents.join(" "),
                    if one.possible { view.label("conflict.possible") } else { String::new() },
                ]);
            }
        }
        Listing { heads, rows, ..Listing::default() }
    }
}
