//! Figures in series: each value with its sources, disagreements visible, units stated.

use crate::fault::Fault;
use crate::filter::Choice;
use crate::page::{Page, Reader, View};
use crate::{layout, links, parts, text};
use entente_account::{Account, FigureSeries, TrendCheck, TrendPoint, Verdict, check_trend};
use entente_base::Edtf;
use entente_base::record::{Bound, Change, MEASURES};
use entente_render::Listing;
use entente_store::{Measured, Scope};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::json;
use std::sync::Arc;

/// Most series on a page.
const MOST_SERIES: usize = 40;
/// Most values of a series in its table, and sources of a value; the data have all.
const MOST_VALUES: usize = 40;
const SOURCES: usize = 3;
/// Rows of the list of what there is.
const ROWS: usize = 80;

/// Words that give a value.
#[derive(Serialize)]
struct Source {
    document: String,
    publisher: Option<String>,
    published: Option<String>,
    start: usize,
    end: usize,
    text: String,
}

/// A value for a period.
#[derive(Serialize)]
struct Value {
    period: Option<String>,
    value: f64,
    text: String,
    bound: Bound,
    rank: Option<String>,
    change: Option<Change>,
    check: Option<TrendCheck>,
    origins: usize,
    /// Whether other sources give another value for the same period.
    disputed: bool,
    sources: Vec<Source>,
}

/// Values of one measure, about the same states, in one unit.
#[derive(Serialize)]
struct Series {
    measure: String,
    of: Vec<String>,
    unit: String,
    values: Vec<Value>,
}

/// The figures about some states; without states, what figures there are.
#[derive(Serialize)]
pub(crate) struct Figures {
    filter: Choice,
    measure: Option<String>,
    /// Series that there are; those told most often are shown.
    total: usize,
    series: Vec<Series>,
    /// What figures there are, where no states are asked about.
    known: Vec<Measured>,
    #[serde(skip)]
    empty: bool,
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Figures, Fault> {
    let filter = Choice::read(reader.asked, reader.room)?;
    let measure = match reader.asked.get("measure") {
        Some(given) if !MEASURES.contains(&given) => {
            let known = MEASURES.join(", ");
            let (ja, en) =
                (format!("次のいずれかを指定してください: {known}"), format!("give one of {known}"));
            return Err(Fault::bad("measure", given, ja, en));
        }
        given => given.map(str::to_owned),
    };
    if filter.states.is_empty() {
        let all: Arc<Vec<Measured>> = reader.count("measured", |store| Ok(store.measured()?))?;
        let wanted = |known: &&Measured| measure.as_ref().is_none_or(|measure| *measure == known.measure);
        let known: Vec<Measured> = all.iter().filter(wanted).take(ROWS).cloned().collect();
        let empty = all.is_empty() && reader.documents()? == 0;
        return Ok(Figures { filter, measure, total: 0, series: Vec::new(), known, empty });
    }
    let found = reader.store.account(&filter.filter(), Scope::Figures, &reader.room.words)?;
    let wanted = |series: &&FigureSeries| measure.as_ref().is_none_or(|measure| *measure == series.measure);
    let made = found.account.figures().iter().filter(wanted).map(|one| series(&found.account, one, &filter));
    let mut series: Vec<Series> = made.filter(|series| !series.values.is_empty()).collect();
    // What has a name and is told of most periods first.
    series.sort_by_key(|series| {
        let dated = series.values.iter().filter(|value| value.period.is_some()).count();
        (series.measure == "other", std::cmp::Reverse((dated, series.values.len())))
    });
    let total = series.len();
    series.truncate(filter.limit.min(MOST_SERIES));
    Ok(Figures { filter, measure, total, series, known: Vec::new(), empty: false })
}

fn series(account: &Account, series: &FigureSeries, filter: &Choice) -> Series {
    let checks = check_trend(&TrendPoint::of(series));
    let mut values = Vec::new();
    let mut number = 0;
    for point in &series.points {
        let disputed = account.conflicts().iter().any(|conflict| {
            conflict.measure.as_deref() == Some(series.measure.as_str())
                && conflict.of == series.of
                && conflict.period == point.period
                && conflict.sides.iter().any(|side| point.values.iter().any(|value| value.text == side.value))
        });
        for value in &point.values {
            let check = checks.iter().find(|check| check.point == number);
            number += 1;
            if !lies_within(filter, point.period.as_deref()) {
                continue;
            }
            let source = |source: &entente_account::FigureSource| {
                let facts = account.document(source.document)?;
                Some(Source {
                    document: facts.id.clone(),
                    publisher: facts.origins.iter().chain(&facts.publisher).next().cloned(),
                    published: facts.published.clone(),
                    start: source.passage.span.start,
                    end: source.passage.span.end,
                    text: source.passage.text.clone(),
                })
            };
            values.push(Value {
                period: point.period.clone(),
                value: value.value,
                text: value.text.clone(),
                bound: value.bound,
                rank: value.rank.clone(),
                change: value.change.clone(),
                check: check.cloned(),
                origins: value.origins,
                disputed,
                sources: value.sources.iter().filter_map(source).collect(),
            });
        }
    }
    Series { measure: series.measure.clone(), of: series.of.clone(), unit: series.unit.clone(), values }
}

fn days(date: Option<&str>) -> Option<(i32, i32)> {
    date?.parse::<Edtf>().ok()?.day_numbers()
}

/// Whether a period may lie in the time asked about; the unknown may.
fn lies_within(filter: &Choice, period: Option<&str>) -> bool {
    let Some((first, last)) = days(period) else { return true };
    days(filter.from.as_deref()).is_none_or(|(from, _)| last >= from)
        && days(filter.to.as_deref()).is_none_or(|(_, to)| first <= to)
}

impl Figures {
    /// Measures that a choice is offered of: those shown.
    fn measures(&self) -> Vec<String> {
        let mut measures: Vec<String> = self.series.iter().map(|series| series.measure.clone()).collect();
        measures.sort();
        measures.dedup();
        measures
    }

    fn change(view: &View<'_>, value: &Value) -> String {
        let Some(change) = &value.change else { return String::new() };
        let basis = match change.basis.parse::<Edtf>() {
            Ok(_) => {
                view.room.words.fill("basis.since", view.lang(), "date", &view.date(Some(&change.basis)))
            }
            Err(_) if change.basis == "unknown" => String::new(),
            Err(_) => view.label(&format!("basis.{}", change.basis)),
        };
        let size = format!("{:+}{}", change.value, change.unit);
        match view.lang() {
            entente_account::Lang::Ja => format!("{basis} {size}").trim().to_owned(),
            entente_account::Lang::En => format!("{size} {basis}").trim().to_owned(),
        }
    }

    fn checked(view: &View<'_>, value: &Value) -> String {
        match value.check.as_ref().map(|check| &check.verdict) {
            Some(Verdict::Agrees { .. }) => view.say("一致", "agrees").to_owned(),
            Some(Verdict::Disagrees { computed }) => match view.lang() {
                entente_account::Lang::Ja => format!("不一致（水準からは {computed:+.1}）"),
                entente_account::Lang::En => format!("disagrees (levels give {computed:+.1})"),
            },
            _ => String::new(),
        }
    }

    fn known(&self, view: &View<'_>) -> Markup {
        let address = |known: &Measured| {
            format!(
                "/figures{}",
                links::query([("states", known.code.as_str()), ("measure", &known.measure)])
            )
        };
        let names = |code: &str| view.names(&code.split('-').map(str::to_owned).collect::<Vec<_>>());
        html! {
            p.lead { (view.say("国や組を選ぶと、数値が系列になって並びます。", "Choose a state or a pair to see its figures in series.")) }
            form.inline method="get" action="/figures" {
                label { span { (view.say("国・機関", "States")) }
                    input type="text" name="states" placeholder=(view.say("中露、CHN-RUS", "CHN-RUS")) autocomplete="off" required; }
                button type="submit" { (view.say("開く", "Open")) }
            }
            @if !self.known.is_empty() {
                div.scroll tabindex="0" role="region" aria-label=(view.say("数値の一覧", "What figures there are")) {
                    table.narrow {
                        thead { tr {
                            th scope="col" { (view.say("国・機関", "States")) }
                            th scope="col" { (view.label("column.measure")) }
                            th.number scope="col" { (view.say("数値の数", "Figures")) }
                        } }
                        tbody { @for known in &self.known { tr {
                            th scope="row" { a href=(address(known)) { (text::words(&names(&known.code))) } }
                            td { (view.room.words.measure(&known.measure, view.lang())) }
                            td.number { (known.figures) }
                        } } }
                    }
                }
            }
        }
    }

    fn shown(view: &View<'_>, series: &Series) -> Markup {
        let name = view.room.words.measure(&series.measure, view.lang());
        let points: Vec<_> = series
            .values
            .iter()
            .filter_map(|value| {
                let (first, last) = days(value.period.as_deref())?;
                Some(json!({
                    "first": first, "last": last, "value": value.value, "text": value.text,
                    "period": view.date(value.period.as_deref()), "origins": value.origins, "disputed": value.disputed,
                    "sources": value.sources.iter().take(4).map(|source| text::plain(source.publisher.as_ref().unwrap_or(&source.document))).collect::<Vec<_>>(),
                }))
            })
            .collect();
        let data = json!({
            "points": points, "unit": unit(view, &series.unit),
            "words": {"origins": view.say("独立の出所", "independent origins"), "disputed": view.label("conflict.mark")},
        });
        let several =
            points.iter().map(|point| &point["first"]).collect::<std::collections::HashSet<_>>().len() > 1;
        let changes = series.values.iter().any(|value| value.change.is_some());
        let checks = series.values.iter().any(|value| !Self::checked(view, value).is_empty());
        html! {
            section.series {
                h2 {
                    (text::words(&view.names(&series.of))) (view.say("：", ": ")) (name)
                    small { (view.say("単位 ", "unit ")) (unit(view, &series.unit)) }
                }
                @if several { (parts::chart("series", &name, "", &data)) }
                div.scroll tabindex="0" role="region" aria-label=(name) {
                    table.stack {
                        thead { tr {
                            th scope="col" { (view.label("column.period")) }
                            th scope="col" { (view.label("column.value")) }
                            @if changes { th scope="col" { (view.label("column.change")) } }
                            @if checks { th scope="col" { (view.say("水準との照合", "Against levels")) } }
                            th scope="col" { (view.label("column.source")) }
                        } }
                        tbody { @for value in series.values.iter().take(MOST_VALUES) { tr.disputed[value.disputed] {
                            th scope="row" { (view.date(value.period.as_deref())) }
                            td {
                                b { (text::words(&value.text)) }
                                @if value.disputed { " " span.status.disputed { (view.label("conflict.mark")) } }
                            }
                            @if changes { td { (Self::change(view, value)) } }
                            @if checks { td { (Self::checked(view, value)) } }
                            td.sources {
                                span.support { (view.count(value.origins, "独立の出所 #", "# independent origin", "# independent origins")) }
                                @for source in value.sources.iter().take(SOURCES) {
                                    p {
                                        a href=(links::passage(&source.document, source.start, source.end)) {
                                            (text::name(source.publisher.as_ref().unwrap_or(&source.document)))
                                        }
                                        @if let Some(date) = &source.published { " " span.note { (view.date(Some(date))) } }
                                        " " (text::quote(&source.text))
                                    }
                                }
                                @if value.sources.len() > SOURCES {
                                    p.note { (view.count(value.sources.len() - SOURCES, "ほか # 文書", "# more", "# more")) }
                                }
                            }
                        } } }
                    }
                }
                @if series.values.len() > MOST_VALUES {
                    p.note { (view.count(series.values.len() - MOST_VALUES, "ほか # 件は、このページのデータ（CSV・JSON）にあります。",
                        "# more is in the data of this page (CSV, JSON).", "# more are in the data of this page (CSV, JSON).")) }
                }
            }
        }
    }
}

/// A unit in words.
fn unit(view: &View<'_>, unit: &str) -> String {
    let (ja, en) = match unit {
        "count" => ("件・人など", "count"),
        "USD" => ("米ドル（USD）", "US dollars (USD)"),
        "JPY" => ("円（JPY）", "yen (JPY)"),
        "CNY" => ("人民元（CNY）", "renminbi (CNY)"),
        "RUB" => ("ルーブル（RUB）", "roubles (RUB)"),
        "EUR" => ("ユーロ（EUR）", "euros (EUR)"),
        "KRW" => ("ウォン（KRW）", "won (KRW)"),
        other => (other, other),
    };
    match view.lang() {
        entente_account::Lang::Ja => ja.to_owned(),
        entente_account::Lang::En => en.to_owned(),
    }
}

impl Page for Figures {
    fn title(&self, view: &View<'_>) -> String {
        let name = view.say("数値", "Figures");
        match self.filter.states.as_slice() {
            [] => name.to_owned(),
            states => format!("{}{}{name}", view.names(states), view.say("の", ": ")),
        }
    }

    fn body(&self, view: &View<'_>) -> Markup {
        if self.empty {
            return layout::empty(view);
        }
        if self.filter.states.is_empty() {
            return self.known(view);
        }
        html! {
            p.lead {
                @if self.series.len() < self.total {
                    (view.count(self.total, "系列 # のうち、よく伝えられるものから示しています。", "", "Of # series those told most often are shown. "))
                }
                a href=(links::relation(&self.filter.states)) { (view.say("調書", "Dossier")) }
            }
            (self.filter.form(view, true))
            nav.tabs aria-label=(view.label("column.measure")) {
                @let choose = |measure: &str| view.asked.address_with(&[("measure", measure), ("lang", "")]);
                a href=(choose("")) aria-current=[self.measure.is_none().then_some("page")] { (view.say("すべて", "all")) }
                @for measure in self.measures() {
                    a href=(choose(&measure)) aria-current=[(self.measure.as_ref() == Some(&measure)).then_some("page")] { (view.room.words.measure(&measure, view.lang())) }
                }
            }
            @if self.series.is_empty() { p.none { (view.say("数値の記録はありません。", "No figure is on record.")) } }
            @for series in &self.series { (Self::shown(view, series)) }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        if self.filter.states.is_empty() {
            let heads = vec![
                view.head("of", "国", "of"),
                view.head("measure", "指標", "measure"),
                view.head("figures", "数値の数", "figures"),
            ];
            let row =
                |known: &Measured| vec![known.code.clone(), known.measure.clone(), known.figures.to_string()];
            return Listing { heads, rows: self.known.iter().map(row).collect(), ..Listing::default() };
        }
        let heads = vec![
            view.head("measure", "指標", "measure"),
            view.head("of", "国", "of"),
            view.head("period", "期間", "period"),
            view.head("text", "語句", "words"),
            view.head("value", "値", "value"),
            view.head("unit", "単位", "unit"),
            view.head("change", "増減", "change"),
            view.head("check", "水準との照合", "against levels"),
            view.head("origins", "独立の出所", "origins"),
            view.head("documents", "文書", "documents"),
        ];
        let rows = self.series.iter().flat_map(|series| {
            series.values.iter().map(|value| {
                let documents: Vec<&str> = value.sources.iter().map(|one| one.document.as_str()).collect();
                vec![
                    view.room.words.measure(&series.measure, view.lang()),
                    view.names(&series.of),
                    value.period.clone().unwrap_or_default(),
                    value.text.clone(),
                    value.value.to_string(),
                    series.unit.clone(),
                    Self::change(view, value),
                    Self::checked(view, value),
                    value.origins.to_string(),
                    documents.join(" "),
                ]
            })
        });
        Listing { heads, rows: rows.collect(), ..Listing::default() }
    }

    fn charts(&self) -> bool {
        !self.series.is_empty()
    }
}
