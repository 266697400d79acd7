//! Events counted by period: what charts over time are drawn of, and the table beside them.

use crate::links;
use crate::page::View;
use crate::parts;
use entente_account::{QuadClass, Turn, level_changes};
use entente_base::record::Status;
use entente_store::Pulse;
use maud::{Markup, html};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;

/// Longest time that is shown by months.
const MOST_MONTHS: i32 = 48;

/// Length of the periods.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Grain {
    #[default]
    Month,
    Year,
}

/// What happened in a period.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(crate) struct Period {
    /// `2024` or `2024-05`.
    pub(crate) period: String,
    /// Events of the two classes of cooperation.
    pub(crate) cooperation: u64,
    /// Events of the two classes of conflict.
    pub(crate) conflict: u64,
    /// Sum of their Goldstein values.
    pub(crate) goldstein: f64,
    /// Events planned or proposed, not counted above.
    pub(crate) planned: u64,
}

/// Events by period.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Periods {
    pub(crate) grain: Grain,
    pub(crate) periods: Vec<Period>,
    /// Events whose period is not known.
    pub(crate) undated: u64,
}

/// A month from which the level of a relation is another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Shift {
    /// The first month of the new level: `2024-05`.
    pub(crate) period: String,
    /// Mean Goldstein sum of a month, from the change before (or the first month) up to this one.
    pub(crate) before: f64,
    /// The same from this one up to the next change (or the last month).
    pub(crate) after: f64,
    /// Whether it rose or fell.
    pub(crate) turn: Turn,
}

/// Longest time in which changes are looked for, in months.
const LONGEST: i32 = 2400;

/// Where the level of what happened changed, whatever the length of the periods that are shown.
pub(crate) fn shifts(pulses: &[Pulse]) -> Vec<Shift> {
    let mut sums: BTreeMap<i32, f64> = BTreeMap::new();
    for pulse in pulses.iter().filter(|pulse| matches!(pulse.status, Status::Occurred | Status::Ongoing)) {
        let months = pulse.first_day.and_then(month).zip(pulse.last_day.and_then(month));
        if let Some((at, _)) = months.filter(|(first, last)| first == last) {
            *sums.entry(at).or_default() += pulse.goldstein;
        }
    }
    let ends = sums.keys().next().copied().zip(sums.keys().next_back().copied());
    let Some((first, last)) = ends.filter(|(first, last)| last - first < LONGEST) else { return Vec::new() };
    let levels: Vec<f64> = (first..=last).map(|at| sums.get(&at).copied().unwrap_or_default()).collect();
    let cuts = level_changes(&levels, entente_account::Grain::Month);
    let mean = |from: usize, to: usize| {
        let part = levels.get(from..to).unwrap_or_default();
        part.iter().sum::<f64>() / part.len().max(1) as f64
    };
    let mut found = Vec::new();
    for (number, &cut) in cuts.iter().enumerate() {
        let start = number.checked_sub(1).and_then(|number| cuts.get(number)).copied().unwrap_or(0);
        let end = cuts.get(number + 1).copied().unwrap_or(levels.len());
        let (before, after) = (mean(start, cut), mean(cut, end));
        let Some(at) = i32::try_from(cut).ok().map(|cut| first + cut) else { continue };
        found.push(Shift {
            period: name(Grain::Month, at),
            before,
            after,
            turn: if after > before { Turn::Rise } else { Turn::Fall },
        });
    }
    found
}

/// A period by its number: months or years from year 0.
fn name(grain: Grain, at: i32) -> String {
    match grain {
        Grain::Year => format!("{at:04}"),
        Grain::Month => format!("{:04}-{:02}", at.div_euclid(12), at.rem_euclid(12) + 1),
    }
}

/// Months from year 0 of a day from 1970-01-01.
fn month(day: i64) -> Option<i32> {
    let date = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()?;
    Some(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
}

/// A day from 1970-01-01, ISO 8601.
pub(crate) fn iso(day: i64) -> Option<String> {
    let date = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()?;
    Some(date.to_string())
}

impl Periods {
    /// By months where the events lie within some years, else by years. What was denied or only supposed is not
    /// counted; a date that spans several periods is not known to lie in one.
    pub(crate) fn new(pulses: &[Pulse]) -> Self {
        let counted = |pulse: &&Pulse| !matches!(pulse.status, Status::Denied | Status::Hypothetical);
        let dated: Vec<(Option<(i32, i32)>, &Pulse)> = pulses
            .iter()
            .filter(counted)
            .map(|pulse| (pulse.first_day.and_then(month).zip(pulse.last_day.and_then(month)), pulse))
            .collect();
        let known = || dated.iter().filter_map(|(months, _)| *months);
        let (first, last) = (known().map(|(first, _)| first).min(), known().map(|(_, last)| last).max());
        let grain = match first.zip(last) {
            Some((first, last)) if last - first >= MOST_MONTHS => Grain::Year,
            _ => Grain::Month,
        };
        let unit = if grain == Grain::Year { 12 } else { 1 };
        let mut periods: BTreeMap<i32, Period> = BTreeMap::new();
        let mut undated = 0;
        for (months, pulse) in dated {
            let units = months.map(|(first, last)| (first.div_euclid(unit), last.div_euclid(unit)));
            let Some((at, _)) = units.filter(|(first, last)| first == last) else {
                undated += pulse.events;
                continue;
            };
            let period = periods.entry(at).or_default();
            if matches!(pulse.status, Status::Scheduled | Status::Proposed) {
                period.planned += pulse.events;
                continue;
            }
            period.goldstein += pulse.goldstein;
            match QuadClass::of("", pulse.kind) {
                QuadClass::VerbalCooperation | QuadClass::MaterialCooperation => {
                    period.cooperation += pulse.events;
                }
                QuadClass::VerbalConflict | QuadClass::MaterialConflict => period.conflict += pulse.events,
            }
        }
        let ends = periods.keys().next().copied().zip(periods.keys().next_back().copied());
        let periods = ends.map_or_else(Vec::new, |(first, last)| {
            let mut all = Vec::new();
            // A date far from all others makes no chart of empty periods.
            for at in (first..=last).take(600) {
                all.push(Period { period: name(grain, at), ..periods.remove(&at).unwrap_or_default() });
            }
            all
        });
        Self { grain, periods, undated }
    }

    /// The chart with its table, and where the level changed. A period opens the events behind it: `open` gives the
    /// address.
    pub(crate) fn shown(&self, view: &View<'_>, shifts: &[Shift], open: &dyn Fn(&str) -> String) -> Markup {
        let filled: Vec<&Period> =
            self.periods.iter().filter(|one| one.cooperation + one.conflict + one.planned > 0).collect();
        if filled.is_empty() {
            return html! {};
        }
        let label = view.say("時期ごとの出来事の数", "Events by period");
        let data = json!({
            "periods": self.periods,
            "shifts": shifts.iter().map(|shift| json!({
                "period": if self.grain == Grain::Year { shift.period.get(..4).unwrap_or_default() } else { &shift.period },
                "rise": shift.turn == Turn::Rise,
                "label": format!("{} {}", view.date(Some(&shift.period)), turn(view, shift.turn)),
            })).collect::<Vec<_>>(),
            "links": self.periods.iter().map(|one| open(&one.period)).collect::<Vec<_>>(),
            "words": {
                "cooperation": view.say("協力", "cooperation"), "conflict": view.say("対立", "conflict"),
                "planned": view.say("予定・提案", "planned or proposed"),
                "goldstein": view.say("ゴールドスタイン値の合計", "Goldstein sum"),
                "open": view.say("押すと、その時期の出来事を開きます", "opens the events of that time"),
            },
        });
        html! {
            (parts::chart("periods", label, "", &data))
            @if !shifts.is_empty() {
                p.note {
                    (view.room.words.label("relation.changes", view.lang())) (view.say("：", ": "))
                    @for (index, shift) in shifts.iter().enumerate() {
                        @if index > 0 { (view.say("、", "; ")) }
                        a href=(open(&shift.period)) { (view.date(Some(&shift.period))) } " " (turn(view, shift.turn))
                        (view.say("（月平均 ", " (monthly mean ")) (format!("{:+.1} → {:+.1}", shift.before, shift.after)) (view.say("）", ")"))
                    }
                    (view.say("。月ごとのゴールドスタイン値の合計による。", ". By the Goldstein sum of each month."))
                }
            }
            details.beside {
                summary { (view.say("図の表", "The chart as a table")) }
                div.scroll tabindex="0" role="region" aria-label=(label) {
                    table.narrow {
                        thead { tr {
                            th scope="col" { (view.say("時期", "Period")) }
                            th.number scope="col" { (view.say("協力", "Cooperation")) }
                            th.number scope="col" { (view.say("対立", "Conflict")) }
                            th.number scope="col" { (view.say("ゴールドスタイン値の合計", "Goldstein sum")) }
                            th.number scope="col" { (view.say("予定・提案", "Planned")) }
                        } }
                        tbody { @for one in filled { tr {
                            th scope="row" { a href=(open(&one.period)) { (view.date(Some(&one.period))) } }
                            td.number { (one.cooperation) }
                            td.number { (one.conflict) }
                            td.number { (format!("{:.1}", one.goldstein)) }
                            td.number { (one.planned) }
                        } } }
                    }
                }
            }
            @if self.undated > 0 {
                p.note { (view.count(usize::try_from(self.undated).unwrap_or(usize::MAX),
                    "時期がひとつに定まらない出来事 # 件は図にありません。",
                    "# event whose period is not known is not in the chart.",
                    "# events whose period is not known are not in the chart.")) }
            }
        }
    }
}

fn turn(view: &View<'_>, turn: Turn) -> String {
    view.label(if turn == Turn::Rise { "turn.rise" } else { "turn.fall" })
}

/// The timeline of some states in a period.
pub(crate) fn opened(states: &[String], period: &str) -> String {
    links::timeline(&[("states", &states.join("-")), ("from", period), ("to", period)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_base::record::EventType;

    fn pulse(days: Option<(i64, i64)>, kind: EventType, status: Status) -> Pulse {
        let (first_day, last_day) = (days.map(|days| days.0), days.map(|days| days.1));
        Pulse { first_day, last_day, kind, status, events: 1, goldstein: 1.0 }
    }

    #[test]
    fn a_level_that_changes_is_found_in_its_month() {
        let at = |month: i64, goldstein: f64| Pulse {
            goldstein,
            ..pulse(Some((month * 31, month * 31)), EventType::Consult, Status::Occurred)
        };
        let mut pulses: Vec<Pulse> = (0..12).map(|month| at(month, 1.0 + (month % 2) as f64)).collect();
        assert_eq!(shifts(&pulses), []);
        pulses.extend((12..24).map(|month| at(month, -8.0 - (month % 2) as f64)));
        let found = shifts(&pulses);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].period.as_str(), found[0].turn), ("1971-01", Turn::Fall));
        assert_eq!((found[0].before, found[0].after), (1.5, -8.5));
        assert_eq!(shifts(&[]), []);
    }

    #[test]
    fn months_become_years_when_they_are_many_and_gaps_are_zeros() {
        // 1970-01-01, 1970-03-01, all of 1970, none.
        let mut pulses = vec![
            pulse(Some((0, 0)), EventType::Consult, Status::Occurred),
            pulse(Some((59, 59)), EventType::Assault, Status::Occurred),
            pulse(Some((59, 59)), EventType::Consult, Status::Scheduled),
            pulse(Some((0, 364)), EventType::Consult, Status::Occurred),
            pulse(None, EventType::Consult, Status::Occurred),
            pulse(Some((0, 0)), EventType::Consult, Status::Denied),
        ];
        let periods = Periods::new(&pulses);
        let names: Vec<&str> = periods.periods.iter().map(|one| one.period.as_str()).collect();
        assert_eq!(names, ["1970-01", "1970-02", "1970-03"]);
        let counts: Vec<[u64; 3]> =
            periods.periods.iter().map(|one| [one.cooperation, one.conflict, one.planned]).collect();
        assert_eq!(counts, [[1, 0, 0], [0, 0, 0], [0, 1, 1]]);
        assert_eq!(periods.undated, 2);
        pulses.push(pulse(Some((3653, 3653)), EventType::Aid, Status::Ongoing));
        let periods = Periods::new(&pulses);
        assert_eq!((periods.grain, periods.periods.len(), periods.undated), (Grain::Year, 11, 1));
        assert_eq!(iso(-1).as_deref(), Some("1969-12-31"));
    }
}
