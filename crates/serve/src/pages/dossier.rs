//! The parts of a dossier as markup: what `entente dossier` writes, with links into the room.

use crate::page::View;
use crate::{links, text};
use entente_account::{
    ConflictLine, Dossier, Entry, FigureLine, IssueRow, KeyPoint, OriginGroup, PledgeLine, PledgeStatus,
    Section, Voice,
};
use entente_render::phrases;
use maud::{Markup, html};

/// Most citations and names behind one line; its event has them all.
const MOST: usize = 6;
/// Most documents and passages listed at the end; the page of the sources has them all.
const MOST_LISTED: usize = 150;

/// A dossier with what links need.
pub(crate) struct Laid<'a> {
    pub(crate) view: View<'a>,
    pub(crate) dossier: &'a Dossier,
    /// Identifiers of the events that entries point to.
    pub(crate) events: &'a [String],
}

impl Laid<'_> {
    fn label(&self, key: &str) -> String {
        self.view.label(key)
    }

    /// Links to the words cited, in their documents.
    pub(crate) fn cites(&self, numbers: &[usize]) -> Markup {
        html! {
            @if !numbers.is_empty() {
                span.cites {
                    @for number in numbers.iter().take(MOST) {
                        @if let Some(cite) = number.checked_sub(1).and_then(|at| self.dossier.citations.get(at)) {
                            a href=(links::passage(&cite.document, cite.start, cite.end))
                                title=(text::plain(&cite.document)) { "[" (number) "]" }
                        }
                    }
                    @if numbers.len() > MOST { " +" (numbers.len() - MOST) }
                }
            }
        }
    }

    fn none(&self, key: &str) -> Markup {
        html! { p.none { (self.label(key)) } }
    }

    /// Names and addresses of the parts, for the list at the top.
    pub(crate) fn contents(&self) -> Vec<(String, String)> {
        let mut all = vec![("key".to_owned(), self.label("section.key"))];
        all.extend(self.dossier.sections.iter().map(|part| (part.key.clone(), part.heading.clone())));
        for key in ["positions", "pledges", "conflicts", "statements", "sources", "terms"] {
            all.push((key.to_owned(), self.label(&format!("section.{key}"))));
        }
        all
    }

    /// The most important, by section.
    pub(crate) fn key_points(&self) -> Markup {
        let of = |key: &str| -> Vec<&KeyPoint> {
            self.dossier.key_points.iter().filter(|point| point.section == key).collect()
        };
        html! {
            section #key {
                h2 { (self.label("section.key")) }
                @if self.dossier.key_points.is_empty() { (self.none("none")) }
                @for section in &self.dossier.sections {
                    @let points = of(&section.key);
                    @if !points.is_empty() {
                        h3 { (section.heading) }
                        ul.points { @for point in points { li {
                            @if let Some(date) = &point.date { b.date { (date) } " " }
                            (text::quote(&point.text)) (self.cites(&point.cites)) " "
                            span.note { (text::words(&phrases::point_note(point, &self.view.room.words, self.dossier.lang))) }
                        } } }
                    }
                }
            }
        }
    }

    /// What happened in a field, and its figures.
    pub(crate) fn section(&self, section: &Section) -> Markup {
        html! {
            section id=(section.key) {
                h2 { (section.heading) }
                @if section.entries.is_empty() && section.third.is_empty() && section.figures.is_empty() { (self.none("none")) }
                @for (key, entries) in [("part.events", &section.entries), ("part.third", &section.third)] {
                    @if !entries.is_empty() {
                        h3 { (self.label(key)) }
                        ol.events { @for entry in entries { (self.entry(entry)) } }
                    }
                }
                @if !section.figures.is_empty() {
                    h3 { (self.label("part.figures")) }
                    ul.plain { @for line in &section.figures { (self.figure(line)) } }
                }
            }
        }
    }

    fn entry(&self, entry: &Entry) -> Markup {
        let view = &self.view;
        let id = self.events.get(entry.event);
        let short = (entry.told_by.len() > MOST).then(|| {
            let mut told_by: Vec<String> = entry.told_by.iter().take(MOST).cloned().collect();
            told_by.push(view.count(entry.told_by.len() - MOST, "ほか # 件", "# more", "# more"));
            Entry { told_by, ..entry.clone() }
        });
        let notes =
            phrases::entry_notes(short.as_ref().unwrap_or(entry), &view.room.words, self.dossier.lang);
        html! {
            li class=(entry.status.name()) {
                span.date.undated[entry.date.is_none()] { (entry.date_label) }
                div {
                    p.head {
                        @match id {
                            Some(id) => a.kind href=(links::event(id)) { (entry.label) },
                            None => span.kind { (entry.label) },
                        }
                        (crate::parts::status(view, entry.status)) " "
                        (text::words(&entry.parties))
                        @if entry.conflict { " " a.status.disputed href="#conflicts" { (self.label("conflict.mark")) } }
                    }
                    p.words { (text::quote(&entry.text)) (self.cites(&entry.cites)) }
                    @if !entry.participants.is_empty() || entry.place.is_some() {
                        p.note {
                            (text::words(&entry.participants.join(view.say("、", ", "))))
                            @if let Some(place) = &entry.place {
                                @if !entry.participants.is_empty() { (view.say("　", " · ")) }
                                (text::words(place))
                            }
                        }
                    }
                    dl.notes { @for note in notes {
                        dt { (note.label) }
                        dd { @for (index, (words, cites)) in note.parts.iter().enumerate() {
                            @if index > 0 { " → " }
                            (text::words(words)) (self.cites(cites))
                        } }
                    } }
                }
            }
        }
    }

    fn figure(&self, line: &FigureLine) -> Markup {
        let (head, value) = phrases::figure_head(line, &self.view.room.words, self.dossier.lang);
        html! {
            li.figure {
                p.head { (text::words(&head)) " " b { (text::words(&value)) } }
                p.words { (text::quote(&line.text)) (self.cites(&line.cites)) }
            }
        }
    }

    /// Who stands where.
    pub(crate) fn positions(&self) -> Markup {
        let dossier = self.dossier;
        let row = |row: &IssueRow| {
            html! {
                tr {
                    th scope="row" { (text::words(&row.issue)) }
                    @for cell in &row.cells { td { @for stance in cell {
                        p { b { (stance.stance) } " " (text::quote(&stance.text)) (self.cites(&stance.cites)) }
                    } } }
                }
            }
        };
        html! {
            section #positions {
                h2 { (self.label("section.positions")) }
                @if dossier.positions.is_empty() { (self.none("none.positions")) }
                @else {
                    div.scroll tabindex="0" role="region" aria-label=(self.label("section.positions")) {
                        table.matrix {
                            thead { tr {
                                th scope="col" { (self.label("column.issue")) }
                                @for actor in &dossier.position_actors { th scope="col" { (text::words(actor)) } }
                            } }
                            tbody { @for issue in &dossier.positions { (row(issue)) } }
                        }
                    }
                }
            }
        }
    }

    /// Promises and plans, and what became of them.
    pub(crate) fn pledges(&self) -> Markup {
        let row = |pledge: &PledgeLine| {
            let late = matches!(pledge.status, PledgeStatus::Overdue | PledgeStatus::Dropped);
            html! {
                tr {
                    th scope="row" { (text::words(&pledge.by)) " " span.note { (pledge.kind) } }
                    td { (text::quote(&pledge.text)) (self.cites(&pledge.cites)) }
                    td { (pledge.due.as_deref().unwrap_or("—")) }
                    td.late[late] { (pledge.status_label) (self.cites(&pledge.followed)) }
                }
            }
        };
        html! {
            section #pledges {
                h2 { (self.label("section.pledges")) }
                @if self.dossier.pledges.is_empty() { (self.none("none.pledges")) }
                @else {
                    @if let Some(day) = &self.dossier.as_of {
                        p.note { (self.view.room.words.fill("as_of", self.dossier.lang, "date", day)) }
                    }
                    div.scroll tabindex="0" role="region" aria-label=(self.label("section.pledges")) {
                        table.stack {
                            thead { tr { @for key in ["actor", "what", "due", "status"] {
                                th scope="col" { (self.label(&format!("column.{key}"))) }
                            } } }
                            tbody { @for pledge in &self.dossier.pledges { (row(pledge)) } }
                        }
                    }
                }
            }
        }
    }

    /// Where sources disagree.
    pub(crate) fn conflicts(&self) -> Markup {
        let one = |conflict: &ConflictLine| {
            html! {
                h3 {
                    (conflict.label) (self.view.say("：", ": ")) (text::words(&conflict.about))
                    @if conflict.possible { small { (self.label("conflict.possible")) } }
                }
                ul.sides { @for side in &conflict.sides { li {
                    b { (text::words(&side.value)) } " "
                    (text::words(&side.told_by.join(self.view.say("、", ", ")))) " "
                    span.note { (phrases::origins(side.origins, &self.view.room.words, self.dossier.lang)) }
                    (self.cites(&side.cites))
                } } }
            }
        };
        html! {
            section #conflicts {
                h2 { (self.label("section.conflicts")) }
                @if self.dossier.conflicts.is_empty() { (self.none("none.conflicts")) }
                @for conflict in &self.dossier.conflicts { (one(conflict)) }
            }
        }
    }

    /// Who said what.
    pub(crate) fn statements(&self) -> Markup {
        let of = |part: &str| -> Vec<&Voice> {
            self.dossier.voices.iter().filter(|voice| voice.part == part).collect()
        };
        html! {
            section #statements {
                h2 { (self.label("section.statements")) }
                @if self.dossier.voices.is_empty() { (self.none("none")) }
                @for part in ["leaders", "experts", "article"] {
                    @let voices = of(part);
                    @if !voices.is_empty() {
                        h3 { (self.label(&format!("part.{part}"))) }
                        @for voice in voices {
                            h4 { (text::words(&voice.name)) @if let Some(role) = &voice.role { " " small { (text::words(role)) } } }
                            ul.remarks { @for remark in &voice.remarks { li {
                                span.act { (remark.act) } " " (text::quote(&remark.text)) (self.cites(&remark.cites))
                                @if let Some(via) = &remark.via {
                                    " " span.note { (text::words(&self.view.room.words.fill("via", self.dossier.lang, "who", via))) }
                                }
                            } } }
                        }
                    }
                }
            }
        }
    }

    /// The documents by origin, and the words cited.
    pub(crate) fn sources(&self) -> Markup {
        let dossier = self.dossier;
        let words = &self.view.room.words;
        html! {
            section #sources {
                h2 { (self.label("section.sources")) }
                p.note {
                    (phrases::counts(dossier, words)) (self.view.say("。", ". ")) (self.label("sources.note"))
                }
                @if dossier.documents > MOST_LISTED {
                    p.note { (self.view.say("はじめの 150 件を示します。", "The first 150 are shown. "))
                        a href={ "/sources" (links::query([("states", dossier.states.join("-").as_str())])) } { (self.view.say("出典のページ", "The page of the sources")) } }
                }
                ul.sources { @for group in listed(&dossier.sources) { li {
                    b { @match &group.name { Some(name) => (text::words(name)), None => (self.label("origin.unknown")) } }
                    @if group.documents.len() > 1 { " " span.note { (self.label("origin.one_voice")) } }
                    ul { @for document in &group.documents { li {
                        a href=(links::document(&document.id)) { (text::words(document.title.as_deref().unwrap_or(&document.id))) }
                        " " span.note {
                            @if document.title.is_some() { (text::words(&document.id)) (self.view.say("　", " · ")) }
                            @if let Some(publisher) = &document.publisher { (text::words(publisher)) (self.view.say("　", " · ")) }
                            @match &document.published {
                                Some(date) => (self.view.date(Some(date))),
                                None => (self.label("published.unknown")),
                            }
                        }
                    } } }
                } } }
                h3 { (self.label("section.citations")) }
                @if dossier.citations.len() > MOST_LISTED {
                    p.note { (self.view.count(dossier.citations.len(), "引用は全 # 件。はじめの 150 件を示します。番号を押すと、どれも文書の中で読めます。",
                        "", "Of # passages the first 150 are listed; any number above opens its passage in its document.")) }
                }
                ol.citations { @for (index, cite) in dossier.citations.iter().take(MOST_LISTED).enumerate() {
                    li id={ "c" (index + 1) } {
                        a href=(links::passage(&cite.document, cite.start, cite.end)) { (text::words(&cite.document)) }
                        " " (text::quote(&cite.text))
                    }
                } }
            }
        }
    }

    /// Words that the texts explain.
    pub(crate) fn terms(&self) -> Markup {
        html! {
            section #terms {
                h2 { (self.label("section.terms")) }
                @if self.dossier.terms.is_empty() { (self.none("none")) }
                @else { dl.terms { @for term in &self.dossier.terms {
                    dt { (text::words(&term.term)) @if let Some(en) = &term.en { " " small lang="en" { (en) } } }
                    dd {
                        @if let Some(definition) = &term.definition { (definition) }
                        @if let Some(explained) = &term.explained {
                            " " span.note { (self.label("term.text")) } " " (text::quote(explained)) (self.cites(&term.cites))
                        }
                    }
                } } }
            }
        }
    }
}

/// Groups of sources, cut off after the most documents that are listed.
fn listed(groups: &[OriginGroup]) -> Vec<OriginGroup> {
    let mut room = MOST_LISTED;
    let mut all = Vec::new();
    for group in groups {
        let documents: Vec<_> = group.documents.iter().take(room).cloned().collect();
        room -= documents.len();
        if !documents.is_empty() {
            all.push(OriginGroup { documents, ..group.clone() });
        }
    }
    all
}
