//! The dossier on a state, a pair or a group of states: the account, chosen and put in order for a reader.
//!
//! Every line carries citations, and nothing stands here that no record supports.

use crate::account::Account;
use crate::conflict::{Conflict, ConflictKind};
use crate::digest::{Digest, StatementDigest};
use crate::figure::{FigurePoint, FigureSeries, FigureSource, FigureValue};
use crate::joined::{JoinedEvent, readable};
use crate::passage::Passage;
use crate::pledge::{Matter, PledgeStatus};
use crate::traits::Why;
use crate::words::{Lang, Names, Words, level};
use entente_base::Span;
use entente_base::edtf::{Edtf, Partial};
use entente_base::record::{Change, EventType, Figure, Kind, Status};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Key points of one section.
const KEY_POINTS: usize = 3;
/// Remarks of one speaker.
const REMARKS: usize = 4;
/// Longest remark, in characters.
const REMARK_CHARS: usize = 160;

/// Longest title, in characters.
const TITLE_CHARS: usize = 60;

/// The four domains, in the order of the dossier.
const SECTIONS: [&str; 4] = ["diplomacy", "military", "economy", "order"];

/// What a dossier is asked for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Codes of the states (or bodies), in the order to be named.
    pub states: Vec<String>,
    /// First date, EDTF.
    pub from: Option<String>,
    /// Last date, EDTF.
    pub to: Option<String>,
    /// Language of labels and names.
    pub lang: Lang,
    /// The day by which a pledge counts as overdue; without it `to`, or else the last
    /// date of publication or of an event reported.
    pub as_of: Option<String>,
}

/// A dossier. Its JSON is this structure; Markdown and HTML are renderings of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dossier {
    /// Language of labels and names.
    pub lang: Lang,
    /// Title.
    pub title: String,
    /// Codes asked for.
    pub states: Vec<String>,
    /// Their names.
    pub state_names: Vec<String>,
    /// The time from the first to the last dated event or figure, for display.
    pub period: Option<String>,
    /// The range asked for, for display.
    pub range: Option<String>,
    /// The day by which pledges were judged, for display.
    pub as_of: Option<String>,
    /// Number of documents cited.
    pub documents: usize,
    /// Number of those that share no origin.
    pub origins: usize,
    /// What matters most, by section.
    pub key_points: Vec<KeyPoint>,
    /// The four domains.
    pub sections: Vec<Section>,
    /// Who speaks: leaders and governments, others, the articles themselves.
    pub voices: Vec<Voice>,
    /// Names of the actors of the table of positions: its columns.
    pub position_actors: Vec<String>,
    /// Issues: the rows.
    pub positions: Vec<IssueRow>,
    /// Pledges and plans.
    pub pledges: Vec<PledgeLine>,
    /// Disagreements.
    pub conflicts: Vec<ConflictLine>,
    /// Documents by origin.
    pub sources: Vec<OriginGroup>,
    /// Quoted passages; the number of a citation is its place, from 1.
    pub citations: Vec<Citation>,
    /// Terms that occur in the documents.
    pub terms: Vec<TermLine>,
}

/// A key point.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeyPoint {
    /// Key of its section.
    pub section: String,
    /// Its date, for display.
    pub date: Option<String>,
    /// The words of a document.
    pub text: String,
    /// Kind and status, or the measure.
    pub label: String,
    /// Number of documents that share no origin.
    pub origins: usize,
    /// Citations.
    pub cites: Vec<usize>,
}

/// A domain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// `diplomacy`, `military`, `economy`, `order`.
    pub key: String,
    /// Heading.
    pub heading: String,
    /// Events between the states asked for, in the order of time.
    pub entries: Vec<Entry>,
    /// Events of the states asked for together toward others.
    pub third: Vec<Entry>,
    /// Figures that stand in no event.
    pub figures: Vec<FigureLine>,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Index of the event in the account.
    pub event: usize,
    /// EDTF date.
    pub date: Option<String>,
    /// The date, for display.
    pub date_label: String,
    /// Kind of event, for display.
    pub label: String,
    /// Status.
    pub status: Status,
    /// Status, for display.
    pub status_label: String,
    /// Who toward whom, for display.
    pub parties: String,
    /// Names of those who took part.
    pub participants: Vec<String>,
    /// Place, for display.
    pub place: Option<String>,
    /// The words of a document.
    pub text: String,
    /// On whose word documents rest it.
    pub said_by: Vec<String>,
    /// Publishers, origins or identifiers of the documents that report it.
    pub told_by: Vec<String>,
    /// Figures in it, for display.
    pub figures: Vec<String>,
    /// From plan to outcome, where documents tell of both.
    pub history: Vec<Step>,
    /// Why reports were taken for one event, for display.
    pub why: Vec<String>,
    /// Whether documents disagree about it.
    pub conflict: bool,
    /// Number of documents that report it.
    pub documents: usize,
    /// Number of those that share no origin.
    pub origins: usize,
    /// Citations.
    pub cites: Vec<usize>,
}

/// A stage of an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// Status, for display.
    pub status: String,
    /// Date given with it, for display.
    pub date: Option<String>,
    /// Citations.
    pub cites: Vec<usize>,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureLine {
    /// Measure, for display.
    pub measure: String,
    /// States, for display.
    pub of: String,
    /// EDTF period.
    pub period: Option<String>,
    /// Period, for display.
    pub period_label: Option<String>,
    /// The words of the figure, one for each value on record.
    pub values: Vec<String>,
    /// Change, for display.
    pub change: Option<String>,
    /// Rank, for display.
    pub rank: Option<String>,
    /// The words of a document.
    pub text: String,
    /// Number of sources that share no origin.
    pub origins: usize,
    /// Whether documents disagree.
    pub conflict: bool,
    /// Citations.
    pub cites: Vec<usize>,
}

/// A speaker.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Voice {
    /// `leaders`, `experts` or `article`.
    pub part: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Option<String>,
    /// What was said.
    pub remarks: Vec<Remark>,
}

/// Something said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Remark {
    /// Kind of act, for display.
    pub act: String,
    /// The words.
    pub text: String,
    /// Through whom they came.
    pub via: Option<String>,
    /// Citations.
    pub cites: Vec<usize>,
}

/// An issue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IssueRow {
    /// The issue.
    pub issue: String,
    /// A cell for each column.
    pub cells: Vec<Vec<StanceCell>>,
}

/// A stance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StanceCell {
    /// Stance, for display.
    pub stance: String,
    /// The words.
    pub text: String,
    /// Citations.
    pub cites: Vec<usize>,
}

/// A pledge or plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PledgeLine {
    /// Pledge or plan, for display.
    pub kind: String,
    /// Who, for display.
    pub by: String,
    /// The words.
    pub text: String,
    /// By when, for display.
    pub due: Option<String>,
    /// What became of it.
    pub status: PledgeStatus,
    /// The same, for display.
    pub status_label: String,
    /// Citations of the pledge.
    pub cites: Vec<usize>,
    /// Citations of what became of it.
    pub followed: Vec<usize>,
}

/// A disagreement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConflictLine {
    /// What about.
    pub kind: ConflictKind,
    /// The same, for display.
    pub label: String,
    /// The event or figure it is about, for display.
    pub about: String,
    /// Whether the sides may speak of two events.
    pub possible: bool,
    /// The sides.
    pub sides: Vec<ConflictSide>,
}

/// A side of a disagreement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConflictSide {
    /// What it says, for display.
    pub value: String,
    /// Documents that say so.
    pub told_by: Vec<String>,
    /// Number of those that share no origin.
    pub origins: usize,
    /// Citations.
    pub cites: Vec<usize>,
}

/// Documents of one origin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OriginGroup {
    /// Name of the origin, where stated.
    pub name: Option<String>,
    /// Its documents that are cited.
    pub documents: Vec<DocumentLine>,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentLine {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: Option<String>,
    /// Date of publication, for display.
    pub published: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Citations that quote it.
    pub cites: Vec<usize>,
}

/// A quoted passage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Citation {
    /// Identifier of the document.
    pub document: String,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub text: String,
}

/// A term.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TermLine {
    /// The term.
    pub term: String,
    /// In English.
    pub en: Option<String>,
    /// Definition of the glossary.
    pub definition: Option<String>,
    /// Explanation in a document.
    pub explained: Option<String>,
    /// Citations of that explanation.
    pub cites: Vec<usize>,
}

/// Numbers citations in the order they are first used.
#[derive(Default)]
struct Cites {
    list: Vec<Passage>,
    known: HashMap<(usize, Span), usize>,
}

impl Cites {
    fn add(&mut self, passage: &Passage) -> usize {
        let next = self.list.len() + 1;
        let number = *self.known.entry((passage.document, passage.span)).or_insert(next);
        if number == next {
            self.list.push(passage.clone());
        }
        number
    }

    fn all<'a>(&mut self, passages: impl IntoIterator<Item = &'a Passage>) -> Vec<usize> {
        let mut numbers: Vec<usize> = passages.into_iter().map(|passage| self.add(passage)).collect();
        let mut seen = BTreeSet::new();
        numbers.retain(|number| seen.insert(*number));
        numbers
    }
}

struct Builder<'a> {
    account: &'a Account,
    request: &'a Request,
    words: &'a Words,
    asked: BTreeSet<&'a str>,
    from: Option<Edtf>,
    to: Option<Edtf>,
    disputed: BTreeSet<usize>,
    cites: Cites,
    /// Whole sentences of passages that break off.
    wholes: HashMap<(usize, Span), Passage>,
}

impl Dossier {
    /// Builds the dossier that is asked for, with the words compiled in.
    pub fn new(account: &Account, request: &Request) -> Self {
        Self::build(account, request, Words::built_in())
    }

    /// Builds the dossier that is asked for.
    pub fn build(account: &Account, request: &Request, words: &Words) -> Self {
        let read = |date: &Option<String>| date.as_deref().and_then(|date| date.parse().ok());
        let builder = Builder {
            account,
            request,
            words,
            asked: request.states.iter().map(String::as_str).collect(),
            from: read(&request.from),
            to: read(&request.to),
            disputed: account.conflicts().iter().flat_map(|conflict| conflict.events.clone()).collect(),
            cites: Cites::default(),
            wholes: HashMap::new(),
        };
        builder.build()
    }
}

impl<'a> Builder<'a> {
    fn lang(&self) -> Lang {
        self.request.lang
    }

    fn label(&self, key: &str) -> String {
        self.words.label(key, self.lang())
    }

    fn show_date(&self, date: &Edtf) -> String {
        match self.lang() {
            Lang::Ja => date.display_ja(),
            Lang::En => date.display_en(),
        }
    }

    fn show(&self, date: Option<&str>) -> Option<String> {
        let date = date?;
        Some(date.parse::<Edtf>().map_or_else(|_| date.to_owned(), |date| self.show_date(&date)))
    }

    /// Name of a state or body: the lexicon's, or what documents call it.
    fn name(&self, code: &str) -> String {
        let name = self.words.state(code, self.lang());
        if name != code {
            return name;
        }
        let known = self.account.actors().iter().find(|actor| {
            actor.code.as_deref() == Some(code)
                || actor.kind == Kind::State
                    && actor.states.len() == 1
                    && actor.states.iter().any(|state| state == code)
        });
        known.map_or(name, |actor| actor.shown(self.lang()).to_owned())
    }

    fn names(&self, codes: &[String]) -> String {
        let separator = match self.lang() {
            Lang::Ja => "・",
            Lang::En => ", ",
        };
        codes.iter().map(|code| self.name(code)).collect::<Vec<_>>().join(separator)
    }

    fn asked_in<'b>(&self, codes: impl IntoIterator<Item = &'b str>) -> usize {
        codes.into_iter().collect::<BTreeSet<_>>().intersection(&self.asked).count()
    }

    /// How many of the states asked for must be party.
    fn needed(&self) -> usize {
        self.asked.len().clamp(1, 2)
    }

    fn published(&self, document: usize) -> Option<Edtf> {
        self.account.document(document)?.published.as_deref()?.parse().ok()
    }

    /// Whether a date, or else that of publication, may lie in the range asked for. The unknown may.
    fn in_range(&self, date: Option<Edtf>, documents: &[usize]) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        let inside = |date: &Edtf| {
            let early = self.from.and_then(|from| from.earliest()).zip(date.latest());
            let late = self.to.and_then(|to| to.latest()).zip(date.earliest());
            early.is_none_or(|(from, last)| last >= from) && late.is_none_or(|(to, first)| first <= to)
        };
        let known: Vec<Edtf> = match date.filter(|date| date.year().is_some()) {
            Some(date) => vec![date],
            None => documents.iter().filter_map(|&document| self.published(document)).collect(),
        };
        known.is_empty() || known.iter().any(inside)
    }

    fn event_belongs(&self, event: &JoinedEvent) -> bool {
        let documents: Vec<usize> = event.reports.iter().map(|report| report.document).collect();
        self.asked_in(event.parties()) >= self.needed() && self.in_range(event.edtf(), &documents)
    }

    fn figure_belongs(&self, series: &FigureSeries, point: &FigurePoint) -> bool {
        let documents: Vec<usize> =
            point.values.iter().flat_map(|value| &value.sources).map(|source| source.document).collect();
        let period = point.period.as_deref().and_then(|period| period.parse().ok());
        self.asked_in(series.of.iter().map(String::as_str)) >= self.needed()
            && self.in_range(period, &documents)
    }

    /// Whether the states asked for acted together toward others.
    fn is_third(&self, event: &JoinedEvent) -> bool {
        event.source != event.target
            && self.asked_in(event.source.iter().map(String::as_str)) >= self.needed()
            && self.asked.len() > 1
            && event.target.iter().any(|code| !self.asked.contains(code.as_str()))
    }

    /// The section of an event. A body, a third party or a meeting of many puts what is multilateral there;
    /// otherwise the first domain decides; words toward third parties belong to the international order.
    fn section(&self, event: &JoinedEvent) -> &'static str {
        let others = event.parties().iter().any(|code| !self.asked.contains(code));
        let body = event
            .participants
            .iter()
            .filter_map(|&actor| self.account.actors().get(actor))
            .any(|actor| actor.kind == Kind::Organization && actor.states.is_empty());
        let multilateral = event.domains.iter().any(|domain| domain == "multilateral");
        if event.mode.as_deref() == Some("multilateral") || multilateral && (others || body) {
            return "order";
        }
        if matches!(event.kind, EventType::Mobilize | EventType::Assault) {
            return "military";
        }
        match event.domains.first().map_or("diplomatic", String::as_str) {
            "military" => "military",
            "economic" | "energy" | "technology" => "economy",
            "multilateral" => "order",
            _ if self.is_third(event) => "order",
            _ => "diplomacy",
        }
    }

    fn type_label(&self, event: &JoinedEvent) -> String {
        self.words.type_label(event.kind, event.mode.as_deref(), self.lang())
    }

    fn status_label(&self, status: Status) -> String {
        self.label(&format!("status.{}", status.name()))
    }

    /// A person named in the reasons of a join, as known to all documents.
    fn person<'b>(&'b self, name: &'b str) -> &'b str {
        let known =
            self.account.actors().iter().find(|actor| actor.kind == Kind::Person && actor.name == name);
        known.map_or(name, |actor| actor.shown(self.lang()))
    }

    fn actor_name(&self, actor: usize) -> Option<String> {
        self.account.actors().get(actor).map(|actor| actor.shown(self.lang()).to_owned())
    }

    /// What a document is called where it is told by: its origin or publisher, and its identifier.
    fn document_name(&self, document: usize) -> String {
        let Some(document) = self.account.document(document) else { return String::new() };
        let name = document.origins.iter().chain(&document.publisher).next();
        let id = &document.id;
        let name =
            name.map(|name| self.words.origin_name(&self.words.origin_key(name), name.trim(), self.lang()));
        match (name, self.lang()) {
            (Some(name), Lang::Ja) => format!("{name}（{id}）"),
            (Some(name), Lang::En) => format!("{name} ({id})"),
            (None, _) => id.clone(),
        }
    }

    fn parties_label(&self, event: &JoinedEvent) -> String {
        if event.source == event.target || event.target.is_empty() {
            return self.names(&event.source);
        }
        if event.source.is_empty() {
            return format!("→{}", self.names(&event.target));
        }
        format!("{}→{}", self.names(&event.source), self.names(&event.target))
    }

    /// What a figure measures; of what is not a rate by nature, a percentage is a share.
    fn measure(&self, measure: &str, unit: &str) -> String {
        let name = self.words.measure(measure, self.lang());
        if unit == "%" && !self.words.is_rate(measure) {
            return self.words.fill("measure.share", self.lang(), "n", &name);
        }
        name
    }

    fn rank_label(&self, rank: &str) -> String {
        if rank.chars().all(|c| c.is_ascii_digit()) {
            return self.words.fill("rank.nth", self.lang(), "n", rank);
        }
        self.label(&format!("rank.{rank}"))
    }

    fn change_label(&self, change: &Change) -> String {
        let unit = if change.unit == "pp" { self.label("unit.pp") } else { change.unit.clone() };
        let space = if unit == "%" || unit.is_empty() { "" } else { " " };
        let sign = if change.value < 0.0 { "−" } else { "+" };
        let size = format!("{sign}{}{space}{unit}", plain(change.value.abs()));
        let key = format!("basis.{}", change.basis);
        if self.words.has_label(&key) {
            match self.lang() {
                Lang::Ja => format!("{}{size}", self.label(&key)),
                Lang::En => format!("{size} {}", self.label(&key)),
            }
        } else if let Ok(basis) = change.basis.parse::<Edtf>() {
            let since = self.words.fill("basis.since", self.lang(), "date", &self.show_date(&basis));
            match self.lang() {
                Lang::Ja => format!("{since}{size}"),
                Lang::En => format!("{size} {since}"),
            }
        } else {
            size
        }
    }

    /// A figure in a line of an event: the words, the period, the change and the rank.
    fn figure_label(&self, figure: &Figure) -> String {
        let mut notes = Vec::new();
        if figure.measure != "other" {
            notes.push(self.measure(&figure.measure, &figure.unit));
        }
        notes.extend(self.show(figure.period.as_deref()));
        notes.extend(figure.change.as_ref().map(|change| self.change_label(change)));
        notes.extend(figure.rank.as_deref().map(|rank| self.rank_label(rank)));
        match (notes.is_empty(), self.lang()) {
            (true, _) => figure.text.clone(),
            (_, Lang::Ja) => format!("{}（{}）", figure.text, notes.join("、")),
            (_, Lang::En) => format!("{} ({})", figure.text, notes.join(", ")),
        }
    }

    fn why_label(&self, why: &Why) -> String {
        if let Why::Persons(names) = why {
            let names = names.iter().map(|name| self.person(name).to_owned()).collect();
            return self.words.why_label(&Why::Persons(names), self.lang());
        }
        self.words.why_label(why, self.lang())
    }

    fn entry(&mut self, index: usize, event: &JoinedEvent) -> Option<Entry> {
        let best = event.best_report()?;
        let first = best.passages.first()?;
        let text = first.text.clone();
        self.wholes.extend(best.whole.clone().map(|whole| ((first.document, first.span), whole)));
        let mut passages: Vec<&Passage> = best.passages.iter().take(1).collect();
        for report in &event.reports {
            passages.extend(report.passages.iter().take(2));
        }
        let cites = self.cites.all(passages);
        let mut said_by: Vec<String> = Vec::new();
        let mut told_by: Vec<String> = Vec::new();
        let mut figures: Vec<String> = Vec::new();
        let mut shown: Vec<(String, f64)> = Vec::new();
        for report in &event.reports {
            let who = match report.attributed_actor {
                Some(actor) => self.actor_name(actor),
                None => report.attributed_to.as_ref().map(|name| self.name(name)),
            };
            push_new(&mut said_by, who);
            push_new(&mut told_by, Some(self.document_name(report.document)));
            for (_, figure) in &report.figures {
                let key = (figure.unit.clone(), figure.value);
                if !shown.contains(&key) {
                    shown.push(key);
                    push_new(&mut figures, Some(self.figure_label(figure)));
                }
            }
        }
        let parties = event.parties();
        let participants = event
            .participants
            .iter()
            .filter_map(|&actor| self.account.actors().get(actor))
            .filter(|actor| !actor.code.as_deref().is_some_and(|code| parties.contains(code)))
            .map(|actor| actor.shown(self.lang()).to_owned())
            .collect();
        Some(Entry {
            event: index,
            date: event.date.clone(),
            date_label: self.show(event.date.as_deref()).unwrap_or_else(|| self.label("undated")),
            label: self.type_label(event),
            status: event.status,
            status_label: self.status_label(event.status),
            parties: self.parties_label(event),
            participants,
            place: event.place.as_deref().map(|place| self.name(place)),
            text,
            said_by,
            told_by,
            figures,
            history: self.history(event),
            why: if event.reports.len() > 1 {
                event.why.iter().map(|why| self.why_label(why)).collect()
            } else {
                Vec::new()
            },
            conflict: self.disputed.contains(&index),
            documents: event.reports.iter().map(|report| report.document).collect::<BTreeSet<_>>().len(),
            origins: event.origins,
            cites,
        })
    }

    /// The stages of an event whose reports differ in status: plans before what came of them.
    fn history(&mut self, event: &JoinedEvent) -> Vec<Step> {
        let stage = |status: Status| match status {
            Status::Hypothetical => 0,
            Status::Proposed => 1,
            Status::Scheduled => 2,
            Status::Denied => 3,
            Status::Ongoing => 4,
            Status::Occurred => 5,
        };
        let mut steps: BTreeMap<u8, (Status, Option<String>, Vec<&Passage>)> = BTreeMap::new();
        for report in &event.reports {
            let step = steps.entry(stage(report.status)).or_insert((report.status, None, Vec::new()));
            if step.1.is_none() {
                step.1.clone_from(&report.date);
            }
            step.2.extend(report.passages.first());
        }
        if steps.len() < 2 {
            return Vec::new();
        }
        steps
            .into_values()
            .map(|(status, date, passages)| Step {
                status: self.status_label(status),
                date: self.show(date.as_deref()),
                cites: self.cites.all(passages),
            })
            .collect()
    }

    fn figure_line(&mut self, series: &FigureSeries, point: &FigurePoint) -> Option<FigureLine> {
        let sources = || point.values.iter().flat_map(|value| &value.sources);
        let mut best: Option<(f64, &FigureSource)> = None;
        for source in sources() {
            let dated = point.period.as_deref().and_then(|period| period.get(..4));
            let bonus = if dated.is_some_and(|year| source.passage.text.contains(year)) { 1.0 } else { 0.0 };
            let score = readable(&source.passage.text) + bonus;
            if best.is_none_or(|(known, _)| score > known) {
                best = Some((score, source));
            }
        }
        let (_, source) = best?;
        let best = &source.passage;
        self.wholes.extend(source.whole.clone().map(|whole| ((best.document, best.span), whole)));
        let documents: BTreeSet<usize> = sources().map(|source| source.document).collect();
        let conflict = self.account.conflicts().iter().any(|conflict| {
            conflict.kind == ConflictKind::Figure
                && conflict.measure.as_deref() == Some(series.measure.as_str())
                && conflict.of == series.of
                && conflict.period == point.period
                && conflict.sides.iter().any(|side| point.values.iter().any(|value| value.text == side.value))
        });
        let pick = |get: &dyn Fn(&FigureValue) -> Option<String>| point.values.iter().find_map(get);
        let change = pick(&|value| value.change.as_ref().map(|change| self.change_label(change)));
        let rank = pick(&|value| value.rank.as_deref().map(|rank| self.rank_label(rank)));
        let passages: Vec<&Passage> =
            std::iter::once(best).chain(sources().map(|source| &source.passage)).collect();
        Some(FigureLine {
            measure: self.measure(&series.measure, &series.unit),
            of: self.names(&series.of),
            period: point.period.clone(),
            period_label: self.show(point.period.as_deref()),
            values: point.values.iter().map(|value| value.text.clone()).collect(),
            change,
            rank,
            text: best.text.clone(),
            origins: self.account.independent_origins(documents),
            conflict,
            cites: self.cites.all(passages),
        })
    }

    /// Whether every figure of a point already stands in the line of an event that is shown.
    fn stands_in_events(&self, point: &FigurePoint, shown: &[usize]) -> bool {
        let events = self.account.events();
        point.values.iter().flat_map(|value| &value.sources).all(|source| {
            shown.iter().filter_map(|&index| events.get(index)).flat_map(|event| &event.reports).any(
                |report| {
                    let figures = || report.figures.iter();
                    report.document == source.document && figures().any(|(index, _)| *index == source.figure)
                },
            )
        })
    }

    fn sections(&mut self) -> (Vec<Section>, Vec<usize>) {
        let account = self.account;
        let mut sections: Vec<Section> = SECTIONS
            .iter()
            .map(|key| Section {
                key: (*key).to_owned(),
                heading: self.label(&format!("section.{key}")),
                entries: Vec::new(),
                third: Vec::new(),
                figures: Vec::new(),
            })
            .collect();
        let mut shown = Vec::new();
        let events: Vec<(usize, &JoinedEvent)> =
            account.events().iter().enumerate().filter(|(_, event)| self.event_belongs(event)).collect();
        shown.extend(events.iter().map(|&(index, _)| index));
        for section in &mut sections {
            for third in [false, true] {
                for &(index, event) in &events {
                    if self.section(event) == section.key && self.is_third(event) == third {
                        let list = if third { &mut section.third } else { &mut section.entries };
                        list.extend(self.entry(index, event));
                    }
                }
            }
            let mut points: Vec<(&FigureSeries, &FigurePoint)> = Vec::new();
            for series in account.figures() {
                if self.words.measure_section(&series.measure) != section.key {
                    continue;
                }
                points.extend(series.points.iter().map(|point| (series, point)));
            }
            let read = |point: &FigurePoint| -> Option<Edtf> { point.period.as_deref()?.parse().ok() };
            points.sort_by_key(|(_, point)| {
                read(point).map_or((i16::MAX, 0, 0, 0), |period| period.order_key())
            });
            for (series, point) in points {
                if self.figure_belongs(series, point) && !self.stands_in_events(point, &shown) {
                    section.figures.extend(self.figure_line(series, point));
                }
            }
        }
        (sections, shown)
    }

    /// How much a reader wants to know of an event.
    fn importance(&self, entry: &Entry, newest: i16) -> f64 {
        let Some(event) = self.account.events().get(entry.event) else { return 0.0 };
        let mut score = 3.0 * entry.origins.min(4) as f64;
        score += match event.level {
            level::HEAD => 2.0,
            level::MINISTER => 1.0,
            _ => 0.0,
        };
        score += match event.kind {
            EventType::Assault | EventType::Coerce | EventType::Sanction | EventType::Mobilize => 2.0,
            EventType::Agree | EventType::Aid | EventType::Retreat => 1.5,
            EventType::Consult
            | EventType::Cooperate
            | EventType::Reject
            | EventType::Threaten
            | EventType::Accuse => 1.0,
            _ => 0.5,
        };
        if event.kind == EventType::Consult && matches!(event.mode.as_deref(), Some("call")) {
            score -= 1.0;
        }
        let figures = || event.reports.iter().flat_map(|report| &report.figures);
        let record = figures().any(|(_, figure)| figure.rank.is_some());
        score += if record { 2.0 } else { 0.0 } + if entry.figures.is_empty() { 0.0 } else { 1.0 };
        score += match event.status {
            Status::Occurred => 1.0,
            Status::Ongoing => 0.5,
            Status::Scheduled => 0.5,
            Status::Denied => 0.0,
            Status::Proposed => -2.0,
            Status::Hypothetical => -4.0,
        };
        // What the documents return to is what they are about; a day is worth more than a year.
        score += 0.25 * entry.cites.len().min(6) as f64;
        if event.edtf().is_some_and(|date| date.precision() == entente_base::edtf::Precision::Day) {
            score += 0.5;
        }
        score + self.recency(event.edtf(), newest)
    }

    /// 0 to 2, falling by a fifth each year; less than nothing where the year is unknown.
    fn recency(&self, date: Option<Edtf>, newest: i16) -> f64 {
        match date.and_then(|date| date.year()) {
            Some(year) => (2.0 - 0.4 * f64::from(newest - year)).max(0.0),
            None => -1.0,
        }
    }

    fn key_points(&mut self, sections: &[Section]) -> Vec<KeyPoint> {
        let years = sections.iter().flat_map(|section| section.entries.iter().chain(&section.third));
        let newest =
            years.filter_map(|entry| entry.date.as_deref()?.parse::<Edtf>().ok()?.year()).max().unwrap_or(0);
        let mut points: Vec<(KeyPoint, Passage)> = Vec::new();
        let mut matters: Vec<Matter> = Vec::new();
        for section in sections {
            let mut options: Vec<(f64, KeyPoint, Passage)> = Vec::new();
            for entry in section.entries.iter().chain(&section.third) {
                let label = match self.lang() {
                    Lang::Ja => format!("{}・{}", entry.label, entry.status_label),
                    Lang::En => format!("{}, {}", entry.label, entry.status_label),
                };
                let date = entry.date.as_ref().map(|_| entry.date_label.clone());
                let score = self.importance(entry, newest);
                options.extend(self.option(score, section, date, label, entry.origins, &entry.cites));
            }
            for line in &section.figures {
                let period: Option<Edtf> = line.period.as_deref().and_then(|period| period.parse().ok());
                let mut score = 3.0 * line.origins.min(4) as f64 + 2.0;
                score += if line.rank.is_some() { 3.0 } else { 0.0 };
                score += if line.change.is_some() { 1.0 } else { 0.0 };
                score += self.recency(period, newest);
                let (date, label) = (line.period_label.clone(), line.measure.clone());
                options.extend(self.option(score, section, date, label, line.origins, &line.cites));
            }
            // Stable: of equals the earlier in the chronology.
            options.sort_by(|a, b| b.0.total_cmp(&a.0));
            let mut picked = 0;
            for (_, point, passage) in options {
                if picked == KEY_POINTS {
                    break;
                }
                let matter = Matter::new(&point.text);
                let alike = |(known, (_, place)): (&Matter, &(KeyPoint, Passage))| {
                    matter.covers(known)
                        || known.covers(&matter)
                        || place.document == passage.document && place.span.overlaps(passage.span)
                };
                if !matters.iter().zip(&points).any(alike) {
                    points.push((point, passage));
                    matters.push(matter);
                    picked += 1;
                }
            }
        }
        points
            .into_iter()
            .map(|(mut point, passage)| {
                let number = self.cites.add(&passage);
                let mut seen = BTreeSet::from([number]);
                let others = point.cites.into_iter().skip(1).filter(|cite| seen.insert(*cite));
                point.cites = std::iter::once(number).chain(others).collect();
                point
            })
            .collect()
    }

    /// A key point to choose from. The words are those of its first citation: the whole sentence, where it can
    /// be read alone.
    fn option(
        &self,
        score: f64,
        section: &Section,
        date: Option<String>,
        label: String,
        origins: usize,
        cites: &[usize],
    ) -> Option<(f64, KeyPoint, Passage)> {
        let first = self.cites.list.get(cites.first()?.checked_sub(1)?)?;
        let passage = self.wholes.get(&(first.document, first.span)).unwrap_or(first).clone();
        let point = KeyPoint {
            section: section.key.clone(),
            date,
            text: passage.text.clone(),
            label,
            origins,
            cites: cites.to_vec(),
        };
        Some((score + readable(&point.text), point, passage))
    }

    /// Documents that treat the states asked for: cited so far, or about them.
    fn relevant(&self) -> BTreeSet<usize> {
        let cited = self.cites.list.iter().map(|passage| passage.document);
        let count = self.account.digests().len();
        let about =
            (0..count).filter(|&document| self.is_about(document) && self.in_range(None, &[document]));
        cited.chain(about).collect()
    }

    /// Whether a document is about the states asked for: it names enough of them twice and more than in passing.
    fn is_about(&self, document: usize) -> bool {
        let Some(document) = self.account.document(document) else { return false };
        self.asked_in(document.about.iter().map(String::as_str)) >= self.needed()
    }

    fn voices(&mut self, relevant: &BTreeSet<usize>) -> Vec<Voice> {
        type Said<'b> = Vec<(f64, usize, &'b StatementDigest)>;
        let account = self.account;
        let mut by_speaker: BTreeMap<Vec<usize>, Said<'_>> = BTreeMap::new();
        for &document in relevant {
            let Some(digest) = account.digests().get(document) else { continue };
            for said in &digest.statements {
                if !self.concerns(document, said) {
                    continue;
                }
                let mut speakers: Vec<usize> = said
                    .statement
                    .speaker
                    .ids()
                    .iter()
                    .filter_map(|id| account.actor_of(document, id))
                    .collect();
                speakers.sort_unstable();
                speakers.dedup();
                if speakers.is_empty() {
                    continue;
                }
                let score = self.remark_score(said);
                by_speaker.entry(speakers).or_default().push((score, document, said));
            }
        }
        let mut voices: Vec<(u8, std::cmp::Reverse<u8>, usize, Voice)> = Vec::new();
        for (speakers, mut said) in by_speaker {
            let place = |option: &(f64, usize, &StatementDigest)| (option.1, option.2.statement.content);
            said.sort_by(|a, b| b.0.total_cmp(&a.0).then(place(a).cmp(&place(b))));
            let mut kept: Said<'_> = Vec::new();
            let mut texts: Vec<(String, Matter)> = Vec::new();
            // The rest says less.
            for option in said.into_iter().take_while(|option| option.0 > 0.0) {
                if kept.len() == REMARKS {
                    break;
                }
                let text = remark_text(option.2);
                let matter = Matter::new(&text);
                let alike = |(known, its): &(String, Matter)| {
                    *known == text || matter.covers(its) || its.covers(&matter)
                };
                if !texts.iter().any(alike) {
                    texts.push((text, matter));
                    kept.push(option);
                }
            }
            kept.sort_by_key(place);
            let remarks: Vec<Remark> =
                kept.iter().map(|(_, document, said)| self.remark(*document, said)).collect();
            if remarks.is_empty() {
                continue;
            }
            let actors: Vec<_> = speakers.iter().filter_map(|&actor| account.actors().get(actor)).collect();
            let official = actors.iter().any(|actor| match (actor.kind, actor.sector.as_deref()) {
                (_, Some(sector)) => self.words.hint("official", sector).is_some(),
                (Kind::Person, None) => actor.level > 0,
                (_, None) => true,
            });
            let rank = actors.iter().map(|actor| actor.level).max().unwrap_or(0);
            let role = match actors.as_slice() {
                [one] => one.roles.first().map(|role| self.words.role(role, self.lang())),
                _ => None,
            };
            let names: Vec<String> = actors
                .iter()
                .map(|actor| match (actor.kind, actor.states.as_slice()) {
                    (Kind::State, [code]) => self.name(code),
                    _ => actor.shown(self.lang()).to_owned(),
                })
                .collect();
            let voice = Voice {
                part: if official { "leaders" } else { "experts" }.to_owned(),
                name: names.join(if self.lang() == Lang::Ja { "・" } else { ", " }),
                role,
                remarks,
            };
            let order = voices.len();
            voices.push((u8::from(!official), std::cmp::Reverse(rank), order, voice));
        }
        voices.sort_by_key(|(part, rank, order, _)| (*part, *rank, *order));
        let mut voices: Vec<Voice> = voices.into_iter().map(|(_, _, _, voice)| voice).collect();
        voices.extend(self.assessments(relevant));
        voices
    }

    /// Whether a statement belongs here: by one of the states asked for in a document about them, or about
    /// enough of them, whoever spoke.
    fn concerns(&self, document: usize, said: &StatementDigest) -> bool {
        let speakers: BTreeSet<&str> = said
            .statement
            .speaker
            .ids()
            .iter()
            .filter_map(|id| self.account.actor_of(document, id))
            .filter_map(|actor| self.account.actors().get(actor))
            .flat_map(|actor| actor.states.iter().map(String::as_str))
            .collect();
        let named = said.named.iter().map(String::as_str);
        let both: BTreeSet<&str> = named.chain(speakers.iter().copied()).collect();
        let involved = self.asked_in(both.iter().copied());
        involved >= self.needed() || self.is_about(document) && (involved > 0 || self.asked_in(speakers) > 0)
    }

    fn remark_score(&self, said: &StatementDigest) -> f64 {
        let length = said.statement.content.len();
        let mut score = self.words.hint("act", &said.statement.act).unwrap_or(1.0);
        score += match length {
            0..=7 => -4.0,
            8..=15 => -1.0,
            16..=110 => 1.0,
            _ => 0.0,
        };
        score + 0.5 * self.words.weigh("weigh", &said.text).min(4.0)
    }

    fn remark(&mut self, document: usize, said: &StatementDigest) -> Remark {
        let statement = &said.statement;
        let via = statement.via.as_deref().map(|via| match self.account.actor_of(document, via) {
            Some(actor) => self.actor_name(actor).unwrap_or_else(|| via.to_owned()),
            None => self.name(via),
        });
        Remark {
            act: self.label(&format!("act.{}", statement.act)),
            text: remark_text(said),
            via,
            cites: vec![self.cites.add(&said.quote.passage(document))],
        }
    }

    /// What articles say in their own voice.
    fn assessments(&mut self, relevant: &BTreeSet<usize>) -> Vec<Voice> {
        let account = self.account;
        let mut voices = Vec::new();
        for &document in relevant.iter().filter(|&&document| self.is_about(document)).collect::<Vec<_>>() {
            let Some(Digest { document: facts, assessments, .. }) = account.digests().get(document) else {
                continue;
            };
            let remarks: Vec<Remark> = assessments
                .iter()
                .map(|quote| Remark {
                    act: self.label("act.own"),
                    text: quote.text.clone(),
                    via: None,
                    cites: vec![self.cites.add(&quote.passage(document))],
                })
                .collect();
            if !remarks.is_empty() {
                let title = facts.title.as_deref().map(short_title);
                voices.push(Voice {
                    part: "article".to_owned(),
                    name: title.unwrap_or_else(|| facts.id.clone()),
                    role: Some(self.document_name(document)),
                    remarks,
                });
            }
        }
        voices
    }

    fn positions(&mut self, relevant: &BTreeSet<usize>) -> (Vec<String>, Vec<IssueRow>) {
        let account = self.account;
        let mut columns: Vec<String> = Vec::new();
        let rows: Vec<_> = account
            .positions()
            .iter()
            .filter(|issue| {
                issue.stances.iter().any(|stance| {
                    self.asked.contains(stance.holder.as_str())
                        && stance.passages.iter().any(|passage| relevant.contains(&passage.document))
                })
            })
            .collect();
        for code in &self.request.states {
            if rows.iter().any(|issue| issue.stances.iter().any(|stance| stance.holder == *code)) {
                columns.push(code.clone());
            }
        }
        let mut others = BTreeSet::new();
        for issue in &rows {
            others.extend(issue.stances.iter().map(|stance| stance.holder.clone()));
        }
        columns.extend(others.into_iter().filter(|code| !self.asked.contains(code.as_str())));
        let table = rows
            .into_iter()
            .map(|issue| IssueRow {
                issue: issue.name.clone(),
                cells: columns
                    .iter()
                    .map(|code| {
                        let mine = issue.stances.iter().filter(|stance| stance.holder == *code);
                        mine.filter_map(|stance| {
                            let mut label = self.label(&format!("stance.{}", stance.stance));
                            if let Some(toward) = stance.toward.as_deref().filter(|toward| toward != code) {
                                let toward =
                                    self.words.fill("toward", self.lang(), "who", &self.name(toward));
                                label = match self.lang() {
                                    Lang::Ja => format!("{label}（{toward}）"),
                                    Lang::En => format!("{label} {toward}"),
                                };
                            }
                            Some(StanceCell {
                                stance: label,
                                text: stance.passages.first()?.text.clone(),
                                cites: self.cites.all(&stance.passages),
                            })
                        })
                        .collect()
                    })
                    .collect(),
            })
            .collect();
        (columns.iter().map(|code| self.name(code)).collect(), table)
    }

    fn pledges(&mut self, as_of: Option<&Edtf>) -> Vec<PledgeLine> {
        let account = self.account;
        let mut lines = Vec::new();
        for pledge in account.pledges() {
            let belongs = match pledge.plan.and_then(|plan| account.events().get(plan)) {
                Some(event) => self.event_belongs(event),
                None => {
                    self.asked_in(pledge.by.iter().map(String::as_str)) > 0
                        && (self.asked_in(pledge.parties.iter().map(String::as_str)) >= self.needed()
                            || self.is_about(pledge.what.document))
                        && self.in_range(None, &[pledge.what.document])
                }
            };
            if !belongs {
                continue;
            }
            let status = pledge.status_on(as_of);
            let is_state = pledge
                .speaker
                .and_then(|speaker| account.actors().get(speaker))
                .is_some_and(|actor| actor.kind == Kind::State);
            let who = match pledge.speaker.and_then(|speaker| self.actor_name(speaker)) {
                Some(speaker) if pledge.plan.is_none() && !pledge.by.is_empty() && !is_state => {
                    match self.lang() {
                        Lang::Ja => format!("{}（{speaker}）", self.names(&pledge.by)),
                        Lang::En => format!("{} ({speaker})", self.names(&pledge.by)),
                    }
                }
                _ => self.names(&pledge.by),
            };
            lines.push(PledgeLine {
                kind: self.label(if pledge.plan.is_some() { "pledge.plan" } else { "pledge.commitment" }),
                by: who,
                text: pledge.what.text.clone(),
                due: self.show(pledge.due.as_deref()),
                status,
                status_label: self.label(&format!("pledge.{}", status.name())),
                cites: self.cites.all(std::iter::once(&pledge.what).chain(&pledge.told)),
                followed: self.cites.all(&pledge.followed),
            });
        }
        lines
    }

    fn conflict_belongs(&self, conflict: &Conflict) -> bool {
        if conflict.events.is_empty() {
            return self.asked_in(conflict.of.iter().map(String::as_str)) >= self.needed();
        }
        conflict
            .events
            .iter()
            .filter_map(|&index| self.account.events().get(index))
            .any(|event| self.event_belongs(event))
    }

    fn conflicts(&mut self) -> Vec<ConflictLine> {
        let account = self.account;
        let mut lines = Vec::new();
        let belonging: Vec<&Conflict> =
            account.conflicts().iter().filter(|conflict| self.conflict_belongs(conflict)).collect();
        for conflict in belonging {
            let mut about: Vec<String> = Vec::new();
            if let Some(event) = conflict.events.first().and_then(|&index| account.events().get(index)) {
                if conflict.kind != ConflictKind::Date {
                    about.extend(self.show(event.date.as_deref()));
                }
                about.push(self.parties_label(event));
                about.push(self.type_label(event));
            }
            if let Some(measure) = &conflict.measure {
                if conflict.events.is_empty() {
                    about.extend(self.show(conflict.period.as_deref()));
                    about.push(self.names(&conflict.of));
                }
                about.push(self.words.measure(measure, self.lang()));
            }
            let sides = conflict
                .sides
                .iter()
                .map(|side| ConflictSide {
                    value: self.side_value(conflict.kind, &side.value),
                    told_by: side
                        .documents()
                        .into_iter()
                        .map(|document| self.document_name(document))
                        .collect(),
                    origins: side.origins,
                    cites: self.cites.all(&side.passages),
                })
                .collect();
            lines.push(ConflictLine {
                kind: conflict.kind,
                label: self.label(&format!("conflict.{}", conflict.kind.name())),
                about: about.join(" "),
                possible: conflict.possible,
                sides,
            });
        }
        lines
    }

    fn side_value(&self, kind: ConflictKind, value: &str) -> String {
        match kind {
            ConflictKind::Date => self.show(Some(value)).unwrap_or_default(),
            ConflictKind::Place => self.name(value),
            ConflictKind::Status => self.label(&format!("status.{value}")),
            ConflictKind::Figure | ConflictKind::Change => value.to_owned(),
            ConflictKind::Participant | ConflictKind::Attribution => {
                let actors = value.split(',').filter_map(|actor| actor.parse().ok());
                let names: Vec<String> = actors.filter_map(|actor| self.actor_name(actor)).collect();
                names.join(if self.lang() == Lang::Ja { "、" } else { ", " })
            }
        }
    }

    fn terms(&mut self, documents: &BTreeSet<usize>) -> Vec<TermLine> {
        let account = self.account;
        let mut lines: Vec<TermLine> = Vec::new();
        let named: BTreeSet<&String> = documents
            .iter()
            .filter_map(|&document| account.document(document))
            .flat_map(|document| &document.glossary)
            .collect();
        for entry in self.words.glossary() {
            if named.contains(&entry.term) {
                let definition = match self.lang() {
                    Lang::En if !entry.definition_en.is_empty() => &entry.definition_en,
                    _ => &entry.definition,
                };
                lines.push(TermLine {
                    term: entry.term.clone(),
                    en: (!entry.en.is_empty()).then(|| entry.en.clone()),
                    definition: Some(definition.clone()),
                    explained: None,
                    cites: Vec::new(),
                });
            }
        }
        for &document in documents {
            for term in account.digests().get(document).into_iter().flat_map(|digest| &digest.terms) {
                let number = self.cites.add(&term.quote.passage(document));
                let explained = term.explained.clone();
                let known = self
                    .words
                    .glossary()
                    .iter()
                    .find(|entry| entry.term == term.term || entry.aliases.contains(&term.term));
                let name = known.map_or(&term.term, |entry| &entry.term);
                match lines.iter_mut().find(|line| line.term == *name) {
                    Some(line) => {
                        line.cites.push(number);
                        line.explained.get_or_insert(explained);
                    }
                    None => lines.push(TermLine {
                        term: term.term.clone(),
                        en: None,
                        definition: None,
                        explained: Some(explained),
                        cites: vec![number],
                    }),
                }
            }
        }
        lines
    }

    fn sources(&self) -> Vec<OriginGroup> {
        let mut cited: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, passage) in self.cites.list.iter().enumerate() {
            cited.entry(passage.document).or_default().push(index + 1);
        }
        let mut groups = Vec::new();
        for origin in self.account.origins() {
            let documents: Vec<DocumentLine> = origin
                .documents
                .iter()
                .filter_map(|&index| {
                    let document = self.account.document(index)?;
                    Some(DocumentLine {
                        id: document.id.clone(),
                        title: document.title.as_deref().map(short_title),
                        published: self.show(document.published.as_deref()),
                        publisher: document.publisher.clone(),
                        url: document.url.clone(),
                        cites: cited.get(&index)?.clone(),
                    })
                })
                .collect();
            if !documents.is_empty() {
                groups.push(OriginGroup { name: origin.name(self.words, self.lang()), documents });
            }
        }
        groups
    }

    /// From the first to the last month of what is shown.
    fn period(&self, sections: &[Section]) -> Option<String> {
        let dates: Vec<Edtf> = sections
            .iter()
            .flat_map(|section| {
                let events = section.entries.iter().chain(&section.third).map(|entry| entry.date.as_deref());
                events.chain(section.figures.iter().map(|line| line.period.as_deref()))
            })
            .filter_map(|date| date?.parse::<Edtf>().ok())
            .filter(|date| date.year().is_some())
            .collect();
        let first = dates.iter().min_by_key(|date| date.order_key())?.ends().0?;
        let last = dates.iter().filter_map(|date| date.ends().1).max_by_key(|end| end.latest())?;
        let shorten = |date: Partial| {
            let (year, month, _) = date.parts();
            month.and_then(|month| Partial::month(year, month)).or(year.map(Partial::year))
        };
        let (first, last) = (shorten(first)?, shorten(last)?);
        let period = if first == last { Edtf::Point(first) } else { Edtf::Interval(Some(first), Some(last)) };
        Some(self.show_date(&period))
    }

    fn range(&self) -> Option<String> {
        let (from, to) = (self.from.map(|from| self.show_date(&from)), self.to.map(|to| self.show_date(&to)));
        match (from, to) {
            (Some(from), Some(to)) => {
                Some(self.words.fill("range", self.lang(), "from", &from).replace("{to}", &to))
            }
            (Some(from), None) => Some(self.words.fill("range.from", self.lang(), "from", &from)),
            (None, Some(to)) => Some(self.words.fill("range.to", self.lang(), "to", &to)),
            (None, None) => None,
        }
    }

    fn build(mut self) -> Dossier {
        let (sections, _) = self.sections();
        let key_points = self.key_points(&sections);
        let relevant = self.relevant();
        let last_known = || {
            let published = relevant.iter().filter_map(|&document| self.published(document));
            let events = sections.iter().flat_map(|section| section.entries.iter().chain(&section.third));
            let happened = events
                .filter(|entry| entry.status == Status::Occurred)
                .filter_map(|entry| entry.date.as_deref()?.parse::<Edtf>().ok());
            let ends = published.chain(happened).filter_map(|date| date.earliest());
            ends.max().map(Edtf::from)
        };
        let asked_day: Option<Edtf> = self.request.as_of.as_deref().and_then(|day| day.parse().ok());
        let as_of = asked_day.or(self.to).or_else(last_known);
        let voices = self.voices(&relevant);
        let (position_actors, positions) = self.positions(&relevant);
        let pledges = self.pledges(as_of.as_ref());
        let conflicts = self.conflicts();
        let cited: BTreeSet<usize> = self.cites.list.iter().map(|passage| passage.document).collect();
        let terms = self.terms(&cited);
        let state_names: Vec<String> = self.request.states.iter().map(|code| self.name(code)).collect();
        let states = match self.lang() {
            Lang::Ja => state_names.join("・"),
            Lang::En => match state_names.split_last() {
                Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
                _ => state_names.join(", "),
            },
        };
        let title = if state_names.len() == 1 { "title.one" } else { "title" };
        Dossier {
            lang: self.lang(),
            title: self.words.fill(title, self.lang(), "states", &states),
            states: self.request.states.clone(),
            state_names,
            period: self.period(&sections),
            range: self.range(),
            as_of: as_of.map(|day| self.show_date(&day)),
            documents: cited.len(),
            origins: self.account.independent_origins(cited),
            key_points,
            sections,
            voices,
            position_actors,
            positions,
            pledges,
            conflicts,
            sources: self.sources(),
            citations: self
                .cites
                .list
                .iter()
                .map(|passage| Citation {
                    document: self
                        .account
                        .document(passage.document)
                        .map_or_else(String::new, |document| document.id.clone()),
                    start: passage.span.start,
                    end: passage.span.end,
                    text: passage.text.clone(),
                })
                .collect(),
            terms,
        }
    }
}

fn push_new(list: &mut Vec<String>, item: Option<String>) {
    if let Some(item) = item
        && !item.is_empty()
        && !list.contains(&item)
    {
        list.push(item);
    }
}

/// A title on one line, without a list mark; one that is a whole paragraph is cut.
fn short_title(title: &str) -> String {
    let line = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_start_matches(['-', '・', '●', '■', '◆', '*', ' ']);
    if line.chars().count() <= TITLE_CHARS {
        return line.to_owned();
    }
    line.chars().take(TITLE_CHARS).collect::<String>() + "…"
}

/// A number without a needless fraction.
fn plain(value: f64) -> String {
    let rounded = format!("{value:.2}");
    rounded.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The words of a statement, cut at a pause where they are long.
fn remark_text(said: &StatementDigest) -> String {
    if said.text.chars().count() <= REMARK_CHARS {
        return said.text.clone();
    }
    let cut: String = said.text.chars().take(REMARK_CHARS).collect();
    let at = cut.rfind(['、', '。', '，']).unwrap_or(cut.len());
    format!("{}…", cut.get(..at).unwrap_or(&cut))
}
