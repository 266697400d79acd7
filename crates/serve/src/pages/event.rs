//! One event: what its sources say of it, side by side, and how it came to be one.

use crate::disputes::{self, Dispute};
use crate::fault::Fault;
use crate::page::{Page, Reader, View};
use crate::{links, parts, text};
use entente_account::{Account, Facts, JoinedEvent, Name, Report, Why};
use entente_base::record::{Event as Coded, Status};
use entente_render::Listing;
use maud::{Markup, html};
use serde::Serialize;

/// A report of the event with the document that it stands in.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    report: Report,
    facts: Facts,
    /// The event as the coder made it of the document.
    coded: Option<Coded>,
}

/// An event.
#[derive(Serialize)]
pub(crate) struct Event {
    event: JoinedEvent,
    participants: Vec<Name>,
    /// Number of documents that report it.
    documents: usize,
    told: Vec<Told>,
    disagreements: Vec<Dispute>,
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Event, Fault> {
    let id = reader.asked.param("id");
    let missing = || Fault::Missing { ja: "出来事", en: "event", name: text::plain(id) };
    let account = reader.store.event(id, &reader.room.words)?.ok_or_else(missing)?;
    let event = account.events().first().cloned().ok_or_else(missing)?;
    // The address that lasts is that of the event, not of one of its reports.
    if event.id != id {
        return Err(reader.asked.moved(&links::event(&event.id)));
    }
    let participants = event.participants.iter().filter_map(|&actor| account.actors().get(actor));
    let participants =
        participants.map(|actor| Name { name: actor.name.clone(), name_en: actor.name_en.clone() }).collect();
    let told: Vec<Told> = event.reports.iter().filter_map(|report| told(&account, report)).collect();
    let mut documents: Vec<&str> = told.iter().map(|told| told.facts.id.as_str()).collect();
    documents.sort_unstable();
    documents.dedup();
    let view = reader.view();
    let disagreements =
        account.conflicts().iter().map(|one| disputes::dispute(&view, &account, one)).collect();
    Ok(Event { documents: documents.len(), event, participants, told, disagreements })
}

fn told(account: &Account, report: &Report) -> Option<Told> {
    let digest = account.digests().get(report.document)?;
    let coded = digest.events.iter().find(|event| event.uid == report.uid).map(|event| event.event.clone());
    Some(Told { report: report.clone(), facts: digest.document.clone(), coded })
}

/// Who speaks in a document: the agency that it names, or its publisher.
fn voice(facts: &Facts) -> Option<&String> {
    facts.origins.iter().chain(&facts.publisher).next()
}

impl Event {
    fn facts(&self, view: &View<'_>) -> Markup {
        let event = &self.event;
        html! {
            dl.facts-of {
                dt { (view.say("何が", "What")) }
                dd {
                    (view.kind(event.kind, event.mode.as_deref()))
                    (parts::status(view, event.status))
                    @if event.repeated { " " span.status { (view.say("繰り返し", "repeated")) } }
                    " " span.note { (event.kind.name()) " · CAMEO " (event.cameo) " · Goldstein " (format!("{:+.1}", event.goldstein)) }
                }
                dt { (view.say("だれが", "Who")) }
                dd {
                    (parts::parties(view, &event.source, &event.target))
                    @if !self.participants.is_empty() {
                        p { @for (index, name) in self.participants.iter().enumerate() {
                            @if index > 0 { (view.say("、", ", ")) }
                            a href=(links::actor(&name.name)) { (text::words(view.name(name))) }
                        } }
                    }
                }
                dt { (view.say("いつ", "When")) }
                dd {
                    (view.date(event.date.as_deref()))
                    @if let Some(date) = &event.date { " " code.note { (text::words(date)) } }
                }
                dt { (view.say("どこで", "Where")) }
                dd { @match &event.place { Some(place) => (text::words(&view.state(place))), None => span.none { (view.say("記載なし", "not told")) } } }
                dt { (view.say("分野", "Domain")) }
                dd { (event.domains.iter().map(|domain| view.domain(domain)).collect::<Vec<_>>().join(view.say("・", ", "))) }
                dt { (view.say("裏づけ", "Support")) }
                dd { (parts::support(view, event.origins, self.documents)) }
            }
        }
    }

    /// What each report says of whether it happened, in the order of publication; nothing where all say the same.
    fn history(&self, view: &View<'_>) -> Markup {
        let mut steps: Vec<(Status, &Told)> = Vec::new();
        for told in &self.told {
            if steps.last().is_none_or(|(status, _)| *status != told.report.status) {
                steps.push((told.report.status, told));
            }
        }
        html! {
            @if steps.len() > 1 {
                section #history {
                    h2 { (view.label("history")) }
                    ol.history { @for (status, told) in steps { li {
                        b { (view.status(status)) } " "
                        @if told.report.date.is_some() { (view.date(told.report.date.as_deref())) " " }
                        span.note {
                            @if let Some(date) = &told.facts.published { (view.say("報道 ", "reported ")) (view.date(Some(date))) " " }
                            a href=(links::document(&told.facts.id)) { (text::words(&told.facts.id)) }
                        }
                    } } }
                }
            }
        }
    }

    fn reports(&self, view: &View<'_>) -> Markup {
        let event = &self.event;
        html! {
            section #words {
                h2 { (view.say("それぞれの出所の言葉", "Each source's own words")) }
                div.columns { @for told in &self.told {
                    @let report = &told.report;
                    article id={ "r-" (report.uid) } {
                        h3 {
                            @match voice(&told.facts) { Some(name) => (text::words(name)), None => (view.label("origin.unknown")) }
                            small { @match &told.facts.published { Some(date) => (view.date(Some(date))), None => (view.label("published.unknown")) } }
                        }
                        @for (index, passage) in report.passages.iter().take(3).enumerate() {
                            p.words {
                                @match report.whole.as_ref().filter(|_| index == 0) {
                                    Some(whole) => (text::quote(&whole.text)),
                                    None => (text::quote(&passage.text)),
                                }
                            }
                        }
                        p.note {
                            @let at = report.passages.first().map(|passage| passage.span);
                            a href=[at.map(|at| links::passage(&told.facts.id, at.start, at.end))] {
                                (text::words(told.facts.title.as_deref().unwrap_or(&told.facts.id)))
                            }
                        }
                        dl.notes {
                            @if report.status != event.status { dt { (view.label("column.status")) } dd { (view.status(report.status)) } }
                            @if report.date != event.date { dt { (view.label("column.date")) } dd { (view.date(report.date.as_deref())) } }
                            @if let Some(place) = report.place.as_ref().filter(|place| event.place.as_ref() != Some(place)) {
                                dt { (view.label("column.place")) } dd { (text::words(&view.state(place))) }
                            }
                            @if let Some(by) = &report.attributed_to { dt { (view.say("誰の言か", "On whose word")) } dd { (text::words(by)) } }
                            @for (_, figure) in &report.figures { dt { (view.room.words.measure(&figure.measure, view.lang())) } dd { (text::words(&figure.text)) } }
                            @if let Some(coded) = &told.coded {
                                dt { (view.say("規則", "Rule")) }
                                dd { code { (text::words(&coded.rule)) } (view.say("・確からしさ ", " · confidence ")) (format!("{:.2}", coded.confidence)) }
                            }
                        }
                    }
                } }
            }
        }
    }

    fn joined(&self, view: &View<'_>) -> Markup {
        let why: Vec<String> =
            self.event.why.iter().map(|why: &Why| view.room.words.why_label(why, view.lang())).collect();
        html! {
            @if self.told.len() > 1 {
                section #joined {
                    h2 { (view.label("joined")) }
                    @if why.is_empty() { p.none { (view.say("理由の記録はありません。", "No reason is on record.")) } }
                    @else { ul { @for why in &why { li { (text::words(why)) } } } }
                    p.note {
                        (view.say("独立の出所は、ほぼ同文の記事や同じ通信社による記事をひとつに数えます。",
                            "Independent origins count near copies of a text, and texts that name the same agency, as one."))
                    }
                }
            }
        }
    }

    fn correcting(&self, view: &View<'_>) -> Markup {
        let id = &self.event.id;
        let other = self.told.iter().map(|told| &told.report.uid).find(|uid| *uid != id);
        html! {
            section #correct {
                h2 { (view.say("誤りを直すには", "How to correct it")) }
                @if view.room.options.token.is_some() {
                    p { a href={ "/corrections" (links::query([("item", id.as_str())])) } { (view.say("このページの出来事を直す", "Correct this event here")) } }
                }
                p { (view.say("保存庫のある計算機で、次の命令を使います。理由（--why）は必ず書きます。",
                    "On the machine that has the store, use these commands. A reason (--why) is always given.")) }
                pre { code {
                    "entente correct set " (id) " type=… date=… --why \"…\"\n"
                    "entente correct reject " (id) " --why \"…\"\n"
                    "entente correct join " (id) " " (view.say("別の番号", "OTHER")) " --why \"…\"\n"
                    @if let Some(other) = other { "entente correct split " (id) " " (other) " --why \"…\"\n" }
                } }
            }
        }
    }
}

impl Page for Event {
    fn title(&self, view: &View<'_>) -> String {
        let event = &self.event;
        format!(
            "{}{}{}",
            parts::parties_text(view, &event.source, &event.target),
            view.say("の", ": "),
            view.kind(event.kind, event.mode.as_deref()),
        )
    }

    fn body(&self, view: &View<'_>) -> Markup {
        let parties: Vec<String> = self.event.parties().into_iter().map(str::to_owned).collect();
        html! {
            p.lead {
                (view.date(self.event.date.as_deref()))
                @if parties.len() > 1 && parties.len() <= 6 { (view.say("　", " · ")) a href=(links::relation(&parties)) { (view.names(&parties)) (view.say("の調書", ": dossier")) } }
            }
            (self.facts(view))
            (self.reports(view))
            (self.history(view))
            @if !self.disagreements.is_empty() {
                section #conflicts {
                    h2 { (view.label("section.conflicts")) }
                    (disputes::list(view, &self.disagreements, false))
                }
            }
            (self.joined(view))
            (self.correcting(view))
            p.note { (view.say("番号 ", "Identifier ")) code { (self.event.id) } (view.say("。この番地は変わりません。", ". This address lasts.")) }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        let heads = vec![
            view.head("published", "発行", "published"),
            view.head("document", "文書", "document"),
            view.head("source", "出所", "source"),
            view.head("status", "状態", "status"),
            view.head("date", "日付", "date"),
            view.head("attributed_to", "誰の言か", "on whose word"),
            view.head("text", "語句", "words"),
            view.head("rule", "規則", "rule"),
            view.head("id", "番号", "id"),
        ];
        let row = |told: &Told| {
            let (facts, report) = (&told.facts, &told.report);
            vec![
                facts.published.clone().unwrap_or_default(),
                facts.id.clone(),
                voice(facts).cloned().unwrap_or_default(),
                view.status(report.status),
                report.date.clone().unwrap_or_default(),
                report.attributed_to.clone().unwrap_or_default(),
                report.passages.first().map(|passage| passage.text.clone()).unwrap_or_default(),
                told.coded.as_ref().map(|coded| coded.rule.clone()).unwrap_or_default(),
                report.uid.clone(),
            ]
        };
        Listing { heads, rows: self.told.iter().map(row).collect(), ..Listing::default() }
    }
}
