//! Pledges and plans: a calendar, a list and a feed.

use crate::answer::failed;
use crate::fault::Fault;
use crate::filter;
use crate::page::{Page, Reader, View};
use crate::request::Asked;
use crate::room::Room;
use crate::shelf::{self, Quoted, Span};
use crate::{desk, layout, links, text};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use entente_account::PledgeStatus;
use entente_base::Edtf;
use entente_render::Listing;
use entente_store::{Part, Reach};
use maud::{Markup, html};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Documents read.
const DOCUMENTS: usize = 120;
/// Quotations of what became of a pledge.
const QUOTES: usize = 3;
/// Octets of a line of a calendar.
const LINE: usize = 75;

const STATUSES: [PledgeStatus; 5] = [
    PledgeStatus::Overdue,
    PledgeStatus::Open,
    PledgeStatus::Changed,
    PledgeStatus::Done,
    PledgeStatus::Dropped,
];

/// A pledge or a plan.
#[derive(Serialize)]
struct Pledge {
    /// Lasts as long as the documents do.
    id: String,
    /// Event that was announced; `None` for a promise.
    plan: Option<String>,
    by: Vec<String>,
    /// By when, EDTF.
    due: Option<String>,
    status: PledgeStatus,
    quotes: Vec<Quoted>,
    followed: Vec<Quoted>,
}

/// Pledges and plans.
#[derive(Serialize)]
pub(crate) struct Pledges {
    filter: Span,
    as_of: Option<String>,
    status: Option<PledgeStatus>,
    reach: Reach,
    pledges: Vec<Pledge>,
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Pledges, Fault> {
    let filter = Span::read(reader)?;
    let as_of = filter::date(reader.asked, "as_of")?;
    let status = match reader.asked.get("status") {
        None => None,
        Some(given) => Some(STATUSES.into_iter().find(|status| status.name() == given).ok_or_else(|| {
            let known = STATUSES.map(PledgeStatus::name).join(", ");
            Fault::bad(
                "status",
                given,
                format!("次のいずれかを指定してください: {known}"),
                format!("give one of {known}"),
            )
        })?),
    };
    let day: Option<Edtf> = as_of.as_deref().and_then(|day| day.parse().ok());
    let found = reader.store.shelf(&filter.filter(), Part::Whole, DOCUMENTS, &reader.room.words)?;
    let account = &found.account;
    let mut pledges: Vec<Pledge> = Vec::new();
    for pledge in account.pledges() {
        let plan = pledge.plan.and_then(|plan| account.events().get(plan));
        let concerned = match plan {
            Some(event) => filter.concerns(event.parties()),
            None => {
                let about = account.document(pledge.what.document).map(|document| &document.about);
                let named = [Some(&pledge.parties), about].into_iter().flatten();
                filter.states.is_empty()
                    || pledge.by.iter().any(|by| filter.states.contains(by))
                        && named.into_iter().any(|codes| filter.concerns(codes.iter().map(String::as_str)))
            }
        };
        let stands = pledge.status_on(day.as_ref());
        if !concerned || status.is_some_and(|status| status != stands) {
            continue;
        }
        let mut quotes: Vec<Quoted> =
            pledge.told.iter().take(QUOTES).filter_map(|it| shelf::quoted(account, it)).collect();
        if quotes.is_empty() {
            quotes.extend(shelf::quoted(account, &pledge.what));
        }
        let id = plan.map_or_else(
            || {
                let first = shelf::quoted(account, &pledge.what);
                let first = first.map(|it| format!("{}\n{}-{}", it.document, it.start, it.end));
                let sum = Sha256::digest(first.unwrap_or_default());
                format!("p{}", desk::hex(sum.get(..8).unwrap_or_default()))
            },
            |event| event.id.clone(),
        );
        pledges.push(Pledge {
            id,
            plan: plan.map(|event| event.id.clone()),
            by: pledge.by.clone(),
            due: pledge.due.clone(),
            status: stands,
            quotes,
            followed: pledge
                .followed
                .iter()
                .take(QUOTES)
                .filter_map(|it| shelf::quoted(account, it))
                .collect(),
        });
    }
    let key = |pledge: &Pledge| {
        let due = pledge.due.as_deref().and_then(|due| due.parse::<Edtf>().ok());
        (due.is_none_or(|due| due.year().is_none()), due.map(|due| due.order_key()), pledge.id.clone())
    };
    pledges.sort_by_key(key);
    Ok(Pledges { filter, as_of, status, reach: found.reach, pledges })
}

fn status_label(view: &View<'_>, status: PledgeStatus) -> String {
    view.label(&format!("pledge.{}", status.name()))
}

fn kind(view: &View<'_>, pledge: &Pledge) -> String {
    view.label(if pledge.plan.is_some() { "pledge.plan" } else { "pledge.commitment" })
}

impl Pledge {
    /// The month by which it is due.
    fn month(&self) -> Option<String> {
        let due: Edtf = self.due.as_deref()?.parse().ok()?;
        due.year()?;
        let day = due.latest()?;
        Some(format!("{:04}-{:02}", day.year(), day.month()))
    }

    fn line(&self, view: &View<'_>) -> Markup {
        html! {
            li id={ "p-" (self.id) } {
                span.date {
                    @match &self.due {
                        Some(due) => (view.date(Some(due))),
                        None => span.undated { (view.say("期日の記載なし", "no date given")) },
                    }
                }
                div {
                    p.head {
                        @match &self.plan {
                            Some(id) => a.kind href=(links::event(id)) { (kind(view, self)) },
                            None => span.kind { (kind(view, self)) },
                        }
                        " " span class={ "status pledge-" (self.status.name()) } { (status_label(view, self.status)) } " "
                        (crate::parts::states(view, &self.by))
                    }
                    @for quoted in &self.quotes { p { (shelf::quote(view, quoted)) } }
                    @if !self.followed.is_empty() {
                        p.note { (view.say("その後：", "Later: ")) }
                        @for quoted in &self.followed { p { (shelf::quote(view, quoted)) } }
                    }
                }
            }
        }
    }
}

/// A day of a month, and what is due on it.
struct Day<'a> {
    date: jiff::civil::Date,
    /// What is due on this very day.
    due: Vec<&'a Pledge>,
    /// Whether something is due on one of several days of which this is one.
    within: bool,
}

/// The days of a month (`2024-09`), each with what is due on it.
fn days_of<'a>(month: &str, pledges: &[&'a Pledge]) -> Vec<Day<'a>> {
    let Ok(first) = format!("{month}-01").parse::<jiff::civil::Date>() else { return Vec::new() };
    let spans = pledges.iter().filter_map(|pledge| {
        let (first, last) = pledge.due.as_deref()?.parse::<Edtf>().ok()?.day_numbers()?;
        Some((*pledge, desk::civil(first)?, desk::civil(last)?))
    });
    let spans: Vec<_> = spans.collect();
    let day = |date: jiff::civil::Date| Day {
        date,
        due: spans.iter().filter(|(_, first, last)| *first == date && *last == date).map(|it| it.0).collect(),
        within: spans.iter().any(|(_, first, last)| first < last && (*first..=*last).contains(&date)),
    };
    first
        .series(jiff::Span::new().days(1))
        .take(usize::from(first.days_in_month().unsigned_abs()))
        .map(day)
        .collect()
}

impl Pledges {
    /// A month as weeks. Each day on which something is due leads to it in the list.
    fn calendar(&self, view: &View<'_>, month: &str, pledges: &[&Pledge]) -> Markup {
        let sunday_first = view.lang() == entente_account::Lang::Ja;
        let weekdays = view.say("日月火水木金土", "MTWTFSS");
        let full = view.say(
            "日曜 月曜 火曜 水曜 木曜 金曜 土曜",
            "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        );
        let days = days_of(month, pledges);
        let column = |date: jiff::civil::Date| {
            let weekday = date.weekday();
            let column =
                if sunday_first { weekday.to_sunday_zero_offset() } else { weekday.to_monday_zero_offset() };
            usize::from(column.unsigned_abs())
        };
        let before = days.first().map_or(0, |day| column(day.date));
        let cells: Vec<Option<&Day<'_>>> =
            std::iter::repeat_n(None, before).chain(days.iter().map(Some)).collect();
        let label = |day: &Day<'_>| {
            let what = view.count(day.due.len(), "約束・予定 # 件", "# pledge or plan", "# pledges or plans");
            format!("{}{}{what}", view.date(Some(&day.date.to_string())), view.say("：", ": "))
        };
        let asked = |day: &Day<'_>| self.as_of.as_ref().is_some_and(|as_of| *as_of == day.date.to_string());
        html! {
            table.calendar {
                caption { (view.date(Some(month))) }
                thead { tr { @for (short, long) in weekdays.chars().zip(full.split(' ')) {
                    th scope="col" abbr=(long) { (short) }
                } } }
                tbody { @for week in cells.chunks(7) { tr {
                    @for cell in week { @match cell {
                        Some(day) => td.within[day.within].asked[asked(day)] {
                            @match day.due.first() {
                                Some(first) => a href={ "#p-" (first.id) } aria-label=(label(day)) { (day.date.day()) },
                                None => (day.date.day()),
                            }
                        },
                        None => td {},
                    } }
                    @for _ in week.len()..7 { td {} }
                } } }
            }
        }
    }
}

impl Page for Pledges {
    fn title(&self, view: &View<'_>) -> String {
        self.filter.title(view, "約束と予定", "Pledges and plans")
    }

    fn body(&self, view: &View<'_>) -> Markup {
        let mut months: BTreeMap<String, Vec<&Pledge>> = BTreeMap::new();
        let mut undated = Vec::new();
        for pledge in &self.pledges {
            match pledge.month() {
                Some(month) => months.entry(month).or_default().push(pledge),
                None => undated.push(pledge),
            }
        }
        let fields = html! {
            label { span { (view.say("いつの時点で", "As of")) }
                input type="text" name="as_of" value=(self.as_of.as_deref().unwrap_or_default()) placeholder="2025-01-31" autocomplete="off"; }
            label { span { (view.label("column.status")) }
                select name="status" {
                    option value="" { (view.say("すべて", "any")) }
                    @for status in STATUSES { option value=(status.name()) selected[self.status == Some(status)] { (status_label(view, status)) } }
                } }
        };
        html! {
            (self.filter.form(view, &fields))
            @if self.as_of.is_none() { p.note { (view.say("「いつの時点で」に日付を入れると、期日を過ぎて実施の報道がないものが分かります。入れなければ、何も期限切れとは言いません。", "Give a day to see what was overdue on it; without one nothing is called overdue.")) } }
            @if self.pledges.is_empty() {
                @if self.reach.documents == 0 && self.filter.states.is_empty() { (layout::empty(view)) } @else { p.none { (view.label("none.pledges")) } }
            } @else {
                (shelf::reach(view, &self.reach))
                p { a href={ "/pledges.ics" (view.asked.query_with(&[("lang", view.lang().code())])) } type="text/calendar" { (view.say("暦に取り込む（.ics）", "Subscribe (.ics)")) } }
                @if !months.is_empty() {
                    nav.months aria-label=(view.say("月ごと", "By month")) { ul.plain {
                        @for (month, list) in &months { li { a href={ "#m-" (month) } { (view.date(Some(month))) " " small { (list.len()) } } } }
                        @if !undated.is_empty() { li { a href="#m-undated" { (view.say("期日なし", "No date")) " " small { (undated.len()) } } } }
                    } }
                    p.note { (view.say("暦の濃い日は期日で、押すと一覧のその行へ移ります。色を敷いた日は「この期間のうち」。枠は「いつの時点で」の日。",
                        "In the calendar a dark day is one on which something is due, and leads to it; tinted days are those of a longer time; the frame is the day of “as of”.")) }
                }
                @for (month, list) in &months { section {
                    h2 id={ "m-" (month) } { (view.date(Some(month))) }
                    div.month {
                        (self.calendar(view, month, list))
                        ol.events { @for pledge in list { (pledge.line(view)) } }
                    }
                } }
                @if !undated.is_empty() { section {
                    h2 id="m-undated" { (view.say("期日の記載なし", "No date given")) }
                    ol.events { @for pledge in &undated { (pledge.line(view)) } }
                } }
            }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        let heads = vec![
            view.head("status", "その後", "outcome"),
            view.head("due", "期日", "due"),
            view.head("kind", "種類", "kind"),
            view.head("by", "主体", "by"),
            view.head("text", "語句", "words"),
            view.head("documents", "文書", "documents"),
            view.head("followed", "その後の文書", "later documents"),
            view.head("id", "番号", "id"),
        ];
        let ids =
            |quotes: &[Quoted]| quotes.iter().map(|it| it.document.clone()).collect::<Vec<_>>().join(" ");
        let row = |pledge: &Pledge| {
            vec![
                status_label(view, pledge.status),
                pledge.due.clone().unwrap_or_default(),
                kind(view, pledge),
                view.names(&pledge.by),
                pledge.quotes.first().map(|it| it.text.clone()).unwrap_or_default(),
                ids(&pledge.quotes),
                ids(&pledge.followed),
                pledge.id.clone(),
            ]
        };
        Listing { heads, rows: self.pledges.iter().map(row).collect(), ..Listing::default() }
    }
}

/// The feed: dates of a day, or of some days, as events; the others as things to do, with their date in words.
pub(crate) async fn feed(State(room): State<Arc<Room>>, asked: Asked) -> Response {
    let (shared, of) = (Arc::clone(&room), asked.clone());
    let made = room.readers.ask(move |store| {
        let sequence = shared.cache.check(store)?;
        let page = make(&mut Reader { room: &shared, asked: &of, store, sequence })?;
        Ok(calendar(&View { room: &shared, asked: &of }, &page))
    });
    match made.await {
        Ok(text) => {
            let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
            (kind, [(header::CACHE_CONTROL, "private, no-cache")], text).into_response()
        }
        Err(fault) => failed(&room, &asked, &fault),
    }
}

fn calendar(view: &View<'_>, page: &Pledges) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: &str| fold(&mut out, &format!("{name}:{value}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Entente//Entente//EN");
    line("X-WR-CALNAME", &escape(&page.title(view)));
    for pledge in &page.pledges {
        let days = pledge.due.as_deref().and_then(whole_days);
        let component = if days.is_some() { "VEVENT" } else { "VTODO" };
        let words = pledge.quotes.first();
        line("BEGIN", component);
        line("UID", &format!("{}@entente", pledge.id));
        // No clock: the stamp is the day on which the words were published.
        let stamp = words.and_then(|it| it.published.as_deref()).and_then(whole_days);
        line("DTSTAMP", &format!("{}T000000Z", stamp.map_or_else(|| "19700101".to_owned(), |(day, _)| day)));
        if let Some((first, after)) = &days {
            line("DTSTART;VALUE=DATE", first);
            line("DTEND;VALUE=DATE", after);
            line("TRANSP", "TRANSPARENT");
        }
        let summary = format!("{} {}", view.names(&pledge.by), kind(view, pledge));
        let said = words.map(|it| it.text.clone()).unwrap_or_default();
        line("SUMMARY", &escape(&format!("{summary}: {}", said.chars().take(80).collect::<String>())));
        let mut told = vec![said];
        if days.is_none()
            && let Some(due) = &pledge.due
        {
            told.push(format!("{}: {}", view.label("column.due"), view.date(Some(due))));
        }
        told.push(status_label(view, pledge.status));
        told.extend(words.map(|it| it.document.clone()));
        line("DESCRIPTION", &escape(&told.join("\n")));
        let status = match (pledge.status, days.is_some()) {
            (PledgeStatus::Dropped, _) => "CANCELLED",
            (PledgeStatus::Done, true) => "CONFIRMED",
            (PledgeStatus::Done, false) => "COMPLETED",
            (_, true) => "TENTATIVE",
            (_, false) => "NEEDS-ACTION",
        };
        line("STATUS", status);
        line("END", component);
    }
    line("END", "VCALENDAR");
    out
}

/// The first day of a date and the day after its last, as calendars write them; `None` where it is of no precise day.
fn whole_days(date: &str) -> Option<(String, String)> {
    let precise = |part: &str| part.len() == 10 && part.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if !date.split('/').all(precise) {
        return None;
    }
    let (first, last) = date.parse::<Edtf>().ok()?.day_numbers()?;
    Some((day(first)?, day(last.checked_add(1)?)?))
}

/// A day counted from 1970-01-01, as calendars write it.
fn day(number: i32) -> Option<String> {
    let day = desk::civil(number)?;
    Some(format!("{:04}{:02}{:02}", day.year(), day.month(), day.day()))
}

fn escape(value: &str) -> String {
    let value = text::plain(value);
    value.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line of a calendar: no part of it longer than 75 octets, no character cut.
fn fold(out: &mut String, line: &str) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_whole_or_none() {
        for (date, expected) in [
            ("2024-09-06", Some(("20240906", "20240907"))),
            ("2024-02-28/2024-02-29", Some(("20240228", "20240301"))),
            ("1969-12-31", Some(("19691231", "19700101"))),
            ("2024-10", None),
            ("2024-10-01/..", None),
            ("XXXX-05-07", None),
        ] {
            let made = whole_days(date);
            let made = made.as_ref().map(|(first, after)| (first.as_str(), after.as_str()));
            assert_eq!(made, expected, "{date}");
        }
    }

    #[test]
    fn each_day_of_a_month_has_what_is_due_on_it() {
        let pledge = |id: &str, due: &str| Pledge {
            id: id.to_owned(),
            plan: None,
            by: Vec::new(),
            due: Some(due.to_owned()),
            status: PledgeStatus::Open,
            quotes: Vec::new(),
            followed: Vec::new(),
        };
        let all =
            [pledge("a", "2024-02-29"), pledge("b", "2024-02-10/2024-02-12"), pledge("c", "2024-03-01")];
        let days = days_of("2024-02", &all.iter().collect::<Vec<_>>());
        assert_eq!(days.len(), 29);
        let due: Vec<(i8, &str)> =
            days.iter().flat_map(|day| day.due.iter().map(|it| (day.date.day(), it.id.as_str()))).collect();
        assert_eq!(due, [(29, "a")]);
        let within: Vec<i8> = days.iter().filter(|day| day.within).map(|day| day.date.day()).collect();
        assert_eq!(within, [10, 11, 12]);
    }

    #[test]
    fn lines_are_folded_between_characters() {
        let mut out = String::new();
        fold(&mut out, &"日".repeat(60));
        assert!(out.split("\r\n").all(|line| line.len() <= LINE));
        assert_eq!(out.replace("\r\n ", "").trim_end(), "日".repeat(60));
        assert_eq!(escape("a,b;c\\d\ne"), "a\\,b\\;c\\\\d\\ne");
    }
}
