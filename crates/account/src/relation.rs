//! The relation of two parties in time: how much passed between them, of what kind, in which direction, and
//! where its level changed.
//!
//! # Classes
//!
//! Every act is of one of four classes, verbal or material, cooperation or conflict: the *QuadClass* of GDELT's
//! event codebook, which goes by the root of the CAMEO code. The Goldstein value comes from the same code, so the
//! two never contradict each other. Where the code is not one of CAMEO's roots, the class is that of the PLOVER
//! type (PLOVER manual, table of types).
//!
//! | class | CAMEO roots | PLOVER types |
//! |---|---|---|
//! | verbal cooperation | 01–05 | `AGREE`, `CONSULT`, `SUPPORT`, `CONCEDE` |
//! | material cooperation | 06–08 | `COOPERATE`, `AID`, `RETREAT` |
//! | verbal conflict | 09–13 | `REQUEST`, `ACCUSE`, `REJECT`, `THREATEN` |
//! | material conflict | 14–20 | `PROTEST`, `SANCTION`, `MOBILIZE`, `COERCE`, `ASSAULT` |
//!
//! The two differ where an appeal (root 02) is cooperation to CAMEO and a `REQUEST` is conflict to PLOVER, and
//! where easing (root 08) is material to CAMEO and a `CONCEDE` is verbal to PLOVER. PLOVER's manual puts `SANCTION`
//! under both kinds of conflict; its section and summary say material, and so do CAMEO's roots.

use crate::change_point::{self, Fit};
use crate::line::EventLine;
use entente_base::edtf::{Edtf, Precision};
use entente_base::record::{EventType, Status};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The four classes of acts, in the order of the codebooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuadClass {
    /// Talks, accords, praise.
    VerbalCooperation,
    /// Exchange, aid, withdrawal.
    MaterialCooperation,
    /// Demands, criticism, refusals, threats.
    VerbalConflict,
    /// Protest, sanctions, show and use of force.
    MaterialConflict,
}

impl QuadClass {
    /// All four.
    pub const ALL: [Self; 4] =
        [Self::VerbalCooperation, Self::MaterialCooperation, Self::VerbalConflict, Self::MaterialConflict];

    /// Name, as data spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VerbalCooperation => "verbal_cooperation",
            Self::MaterialCooperation => "material_cooperation",
            Self::VerbalConflict => "verbal_conflict",
            Self::MaterialConflict => "material_conflict",
        }
    }

    /// The class of an act, by the root of its CAMEO code, or else by its type.
    pub fn of(cameo: &str, kind: EventType) -> Self {
        match cameo.get(..2).and_then(|root| root.parse::<u8>().ok()) {
            Some(1..=5) => Self::VerbalCooperation,
            Some(6..=8) => Self::MaterialCooperation,
            Some(9..=13) => Self::VerbalConflict,
            Some(14..=20) => Self::MaterialConflict,
            _ => Self::of_type(kind),
        }
    }

    const fn of_type(kind: EventType) -> Self {
        use EventType::*;
        match kind {
            Agree | Consult | Support | Concede => Self::VerbalCooperation,
            Cooperate | Aid | Retreat => Self::MaterialCooperation,
            Request | Accuse | Reject | Threaten => Self::VerbalConflict,
            Protest | Sanction | Mobilize | Coerce | Assault => Self::MaterialConflict,
        }
    }
}

/// Something for each class.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct ByClass<T> {
    pub verbal_cooperation: T,
    pub material_cooperation: T,
    pub verbal_conflict: T,
    pub material_conflict: T,
}

impl<T> ByClass<T> {
    /// That of a class.
    pub const fn get(&self, class: QuadClass) -> &T {
        match class {
            QuadClass::VerbalCooperation => &self.verbal_cooperation,
            QuadClass::MaterialCooperation => &self.material_cooperation,
            QuadClass::VerbalConflict => &self.verbal_conflict,
            QuadClass::MaterialConflict => &self.material_conflict,
        }
    }

    const fn get_mut(&mut self, class: QuadClass) -> &mut T {
        match class {
            QuadClass::VerbalCooperation => &mut self.verbal_cooperation,
            QuadClass::MaterialCooperation => &mut self.material_cooperation,
            QuadClass::VerbalConflict => &mut self.verbal_conflict,
            QuadClass::MaterialConflict => &mut self.material_conflict,
        }
    }
}

/// Length of the periods of a series: the longer, the sparser the events may be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// A month.
    #[default]
    Month,
    /// A quarter of the calendar year.
    Quarter,
    /// A calendar year.
    Year,
}

impl Grain {
    const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// Number of the period that a month lies in.
    const fn index(self, year: i16, month: i8) -> i32 {
        (year as i32 * 12 + month as i32 - 1).div_euclid(self.months())
    }

    /// A period as EDTF: `2024-05`, `2024-04/2024-06`, `2024`.
    fn edtf(self, index: i32) -> String {
        let month = |number: i32| format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1);
        let first = index * self.months();
        match self {
            Self::Month => month(first),
            Self::Quarter => format!("{}/{}", month(first), month(first + 2)),
            Self::Year => format!("{:04}", first.div_euclid(12)),
        }
    }

    /// The period that a date lies in; `None` where the date does not tell.
    ///
    /// What lasted from one day to another, or goes on since, lies where it began. A longer span in which it
    /// happened some day (2024年度) does not tell.
    fn period(self, date: &str) -> Option<i32> {
        let date: Edtf = date.parse().ok()?;
        let first = date.earliest()?;
        let first = self.index(first.year(), first.month());
        let open = match date {
            Edtf::Interval(Some(_), None) => true,
            Edtf::Interval(Some(start), Some(end)) => {
                start.precision() == Precision::Day && end.precision() == Precision::Day
            }
            _ => false,
        };
        if open {
            let needed = if self == Self::Year { Precision::Year } else { Precision::Month };
            return (date.ends().0?.precision() >= needed).then_some(first);
        }
        let last = date.latest()?;
        (first == self.index(last.year(), last.month())).then_some(first)
    }
}

/// An event as far as a relation needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct RelationEvent {
    /// The caller's name for it; results name events by it.
    pub id: String,
    /// EDTF value of when it happened; `None` where no text tells.
    pub date: Option<String>,
    /// Day of publication, ISO 8601. It only puts undated events in order and never dates one.
    pub published: Option<String>,
    /// PLOVER type.
    pub kind: EventType,
    /// CAMEO code.
    pub cameo: String,
    /// Goldstein value, -10 to +10; thousandths count.
    pub goldstein: f64,
    /// Domains; an event of several counts in the series of each, and once in the series of all.
    pub domains: Vec<String>,
    /// How real it is.
    pub status: Status,
    /// Codes of who did it.
    pub source: Vec<String>,
    /// Codes of who received it.
    pub target: Vec<String>,
    /// Number of independent origins that report it; 0 weighs as 1.
    pub origins: usize,
}

impl From<&EventLine> for RelationEvent {
    fn from(line: &EventLine) -> Self {
        Self {
            id: line.id.clone(),
            date: line.date.clone(),
            published: line.published.clone(),
            kind: line.kind,
            cameo: line.cameo.clone(),
            goldstein: line.goldstein,
            domains: line.domains.clone(),
            status: line.status,
            source: line.source.clone(),
            target: line.target.clone(),
            origins: line.origins,
        }
    }
}

/// What a relation is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct RelationRequest {
    /// Codes of the two parties.
    pub pair: [String; 2],
    /// Length of the periods.
    pub grain: Grain,
    /// Cost of a change point, in multiples of the logarithm of the number of periods: 2 is the BIC of one more
    /// level and its place, 3 the leading term of the modified BIC (Zhang & Siegmund 2007, Biometrics 63).
    pub penalty: f64,
    /// Fewest periods that a level must hold.
    pub min_segment: usize,
    /// Number of periods after a change in which the events behind it are looked for.
    pub window: usize,
    /// Most events named behind a change.
    pub behind: usize,
}

impl RelationRequest {
    /// A request for two parties, with a level that must hold half a year, four quarters or three years.
    pub fn new(a: impl Into<String>, b: impl Into<String>, grain: Grain) -> Self {
        let min_segment = match grain {
            Grain::Month => 6,
            Grain::Quarter => 4,
            Grain::Year => 3,
        };
        Self {
            pair: [a.into(), b.into()],
            grain,
            penalty: 3.0,
            min_segment,
            window: min_segment.div_ceil(2),
            behind: 5,
        }
    }
}

/// Who acted toward whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The first of the pair toward the second.
    Forward,
    /// The second toward the first.
    Backward,
    /// Both together, or each toward the other.
    Joint,
}

impl Direction {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Forward, Self::Backward, Self::Joint];

    /// Name, as data spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::Backward => "backward",
            Self::Joint => "joint",
        }
    }

    /// The direction of an event between two parties. What both do together toward a third is not between them.
    fn of(event: &RelationEvent, [a, b]: &[String; 2]) -> Option<Self> {
        let forward = event.source.contains(a) && event.target.contains(b);
        let backward = event.source.contains(b) && event.target.contains(a);
        match (forward, backward) {
            (true, true) => Some(Self::Joint),
            (true, false) => Some(Self::Forward),
            (false, true) => Some(Self::Backward),
            (false, false) => None,
        }
    }
}

/// Thousandths of a Goldstein value: whole numbers add up to the same in any order.
fn milli(goldstein: f64) -> i64 {
    (goldstein * 1000.0).round() as i64
}

/// Events counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Tally {
    /// Number of events.
    pub events: usize,
    /// Sum of their Goldstein values.
    pub goldstein: f64,
    /// Mean of the same; `None` without events.
    pub mean: Option<f64>,
    /// Number of events of each class.
    pub classes: ByClass<usize>,
    /// Share of each class, 0 to 1; `None` without events.
    pub shares: Option<ByClass<f64>>,
}

impl Tally {
    fn of<'a>(events: impl Iterator<Item = &'a Between<'a>>) -> Self {
        let mut tally = Self::default();
        let mut sum = 0_i64;
        for between in events {
            tally.events += 1;
            sum = sum.saturating_add(milli(between.event.goldstein));
            *tally.classes.get_mut(between.class) += 1;
        }
        tally.goldstein = sum as f64 / 1000.0;
        if tally.events > 0 {
            let all = tally.events as f64;
            tally.mean = Some(tally.goldstein / all);
            let mut shares = ByClass::default();
            for class in QuadClass::ALL {
                *shares.get_mut(class) = *tally.classes.get(class) as f64 / all;
            }
            tally.shares = Some(shares);
        }
        tally
    }
}

/// Events counted, together and by direction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Tallies {
    /// All of them.
    pub all: Tally,
    /// Those of the first of the pair toward the second.
    pub forward: Tally,
    /// Those of the second toward the first.
    pub backward: Tally,
    /// Those of both.
    pub joint: Tally,
}

impl Tallies {
    fn of(events: &[&Between<'_>]) -> Self {
        let toward = |direction| {
            Tally::of(events.iter().copied().filter(move |between| between.direction == direction))
        };
        Self {
            all: Tally::of(events.iter().copied()),
            forward: toward(Direction::Forward),
            backward: toward(Direction::Backward),
            joint: toward(Direction::Joint),
        }
    }

    /// Those of a direction.
    pub const fn get(&self, direction: Direction) -> &Tally {
        match direction {
            Direction::Forward => &self.forward,
            Direction::Backward => &self.backward,
            Direction::Joint => &self.joint,
        }
    }
}

/// A period of a series.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Period {
    /// EDTF: a month, the interval of a quarter, or a year.
    pub period: String,
    /// What happened in it.
    pub tallies: Tallies,
}

/// Events that stand in no period of the series.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Bucket {
    /// Their counts.
    pub tallies: Tallies,
    /// Their ids: by date as far as known, then by day of publication, then by id.
    pub events: Vec<String>,
}

impl Bucket {
    fn of(mut events: Vec<&Between<'_>>) -> Self {
        events.sort_by_cached_key(|between| {
            let event = between.event;
            let date = event.date.as_deref().and_then(|date| date.parse::<Edtf>().ok());
            let order = date.map_or((i16::MAX, i16::MAX, i16::MAX, i16::MAX), |date| date.order_key());
            (order, event.published.is_none(), event.published.clone(), event.id.clone())
        });
        Self {
            tallies: Tallies::of(&events),
            events: events.iter().map(|between| between.event.id.clone()).collect(),
        }
    }
}

/// Whether a level rose or fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// Toward cooperation.
    Rise,
    /// Toward conflict, or toward silence after cooperation.
    Fall,
}

/// An event behind a change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Behind {
    /// Its id.
    pub event: String,
    /// Goldstein value × number of independent origins.
    pub weight: f64,
}

/// A period from which the level of a series is another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangePoint {
    /// The first period of the new level, EDTF.
    pub period: String,
    /// Mean Goldstein sum of a period, from the change before (or the first period) up to this one.
    pub before: f64,
    /// The same from this one up to the next change (or the last period).
    pub after: f64,
    /// Whether it rose or fell.
    pub turn: Turn,
    /// Events in the first periods of the new level that pull the way it turned, the heaviest first. None where the
    /// level fell only because acts ceased, or rose because conflict did.
    pub behind: Vec<Behind>,
}

/// What passed between the two, in all domains or in one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RelationSeries {
    /// The domain; `None` for all events.
    pub domain: Option<String>,
    /// What happened in each period from the first to the last of the relation, those without events too.
    pub periods: Vec<Period>,
    /// All that happened, dated or not.
    pub total: Tallies,
    /// What happened, but no text tells in which period.
    pub undated: Bucket,
    /// What is only announced or called for; it counts nowhere else.
    pub planned: Bucket,
    /// Where the level changed, in the order of time.
    pub changes: Vec<ChangePoint>,
}

/// The relation of two parties in time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Relation {
    /// Codes of the two.
    pub pair: [String; 2],
    /// Length of the periods.
    pub grain: Grain,
    /// Series of all events first, then one for each domain that has events, by name.
    pub series: Vec<RelationSeries>,
    /// Number of events between the two that were denied or only supposed, and count nowhere.
    pub unreal: usize,
}

struct Between<'a> {
    event: &'a RelationEvent,
    direction: Direction,
    class: QuadClass,
    period: Option<i32>,
}

impl Relation {
    /// Counts the events between two parties. The order of the events does not matter.
    pub fn new(events: &[RelationEvent], request: &RelationRequest) -> Self {
        let mut happened = Vec::new();
        let mut planned = Vec::new();
        let mut unreal = 0;
        for event in events {
            let Some(direction) = Direction::of(event, &request.pair) else { continue };
            let class = QuadClass::of(&event.cameo, event.kind);
            let period = event.date.as_deref().and_then(|date| request.grain.period(date));
            let between = Between { event, direction, class, period };
            match event.status {
                Status::Occurred | Status::Ongoing => happened.push(between),
                Status::Scheduled | Status::Proposed => planned.push(between),
                Status::Denied | Status::Hypothetical => unreal += 1,
            }
        }
        let periods = happened.iter().filter_map(|between| between.period);
        let range = periods.clone().min().zip(periods.max());
        let domains: BTreeSet<&String> =
            happened.iter().chain(&planned).flat_map(|between| &between.event.domains).collect();
        let series = std::iter::once(None)
            .chain(domains.into_iter().map(Some))
            .map(|domain| series(domain, &happened, &planned, range, request))
            .collect();
        Self { pair: request.pair.clone(), grain: request.grain, series, unreal }
    }
}

fn series(
    domain: Option<&String>,
    happened: &[Between<'_>],
    planned: &[Between<'_>],
    range: Option<(i32, i32)>,
    request: &RelationRequest,
) -> RelationSeries {
    let inside = |between: &&Between<'_>| domain.is_none_or(|domain| between.event.domains.contains(domain));
    let happened: Vec<&Between<'_>> = happened.iter().filter(inside).collect();
    let mut by_period: BTreeMap<i32, Vec<&Between<'_>>> = BTreeMap::new();
    let mut undated = Vec::new();
    for &between in &happened {
        match between.period {
            Some(period) => by_period.entry(period).or_default().push(between),
            None => undated.push(between),
        }
    }
    let periods: Vec<Period> = range
        .into_iter()
        .flat_map(|(first, last)| first..=last)
        .map(|index| Period {
            period: request.grain.edtf(index),
            tallies: by_period.get(&index).map_or_else(Tallies::default, |events| Tallies::of(events)),
        })
        .collect();
    RelationSeries {
        domain: domain.cloned(),
        changes: changes(&periods, range.map_or(0, |(first, _)| first), &by_period, request),
        periods,
        total: Tallies::of(&happened),
        undated: Bucket::of(undated),
        planned: Bucket::of(planned.iter().filter(inside).collect()),
    }
}

/// The indices of the periods from which the sums are at another level, as a usual request takes them.
pub fn level_changes(sums: &[f64], grain: Grain) -> Vec<usize> {
    let usual = RelationRequest::new("", "", grain);
    change_point::level_changes(sums, Fit { penalty: usual.penalty, min_segment: usual.min_segment })
}

/// Where the Goldstein sum of the periods changes its level, and what stands behind it.
fn changes(
    periods: &[Period],
    first: i32,
    by_period: &BTreeMap<i32, Vec<&Between<'_>>>,
    request: &RelationRequest,
) -> Vec<ChangePoint> {
    let sums: Vec<f64> = periods.iter().map(|period| period.tallies.all.goldstein).collect();
    let fit = Fit { penalty: request.penalty, min_segment: request.min_segment };
    let cuts = change_point::level_changes(&sums, fit);
    let mean = |range: &[f64]| range.iter().sum::<f64>() / range.len().max(1) as f64;
    let ends = |at: usize| cuts.get(at).copied().unwrap_or(sums.len());
    let mut found = Vec::new();
    for (number, &cut) in cuts.iter().enumerate() {
        let start = if number == 0 { 0 } else { ends(number - 1) };
        let end = ends(number + 1);
        let before = mean(sums.get(start..cut).unwrap_or_default());
        let after = mean(sums.get(cut..end).unwrap_or_default());
        let turn = if after > before { Turn::Rise } else { Turn::Fall };
        let until = end.min(cut.saturating_add(request.window));
        let mut behind: Vec<(i64, &str)> = (cut..until)
            .filter_map(|at| by_period.get(&(first + i32::try_from(at).ok()?)))
            .flatten()
            .filter_map(|between| {
                let value = milli(between.event.goldstein);
                let pulls = if turn == Turn::Rise { value > 0 } else { value < 0 };
                let origins = i64::try_from(between.event.origins.max(1)).unwrap_or(i64::MAX);
                pulls.then(|| (value.saturating_mul(origins), between.event.id.as_str()))
            })
            .collect();
        behind.sort_by(|a, b| b.0.unsigned_abs().cmp(&a.0.unsigned_abs()).then(a.1.cmp(b.1)));
        behind.truncate(request.behind);
        let Some(period) = periods.get(cut) else { continue };
        found.push(ChangePoint {
            period: period.period.clone(),
            before,
            after,
            turn,
            behind: behind
                .into_iter()
                .map(|(weight, event)| Behind { event: event.to_owned(), weight: weight as f64 / 1000.0 })
                .collect(),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(list: &str) -> Vec<String> {
        list.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect()
    }

    /// An event from `date status source>target cameo goldstein`, with what a test changes after that.
    fn event(id: &str, line: &str) -> RelationEvent {
        let mut cells = line.split(' ');
        let mut next = || cells.next().unwrap();
        let date = next();
        let status = match next() {
            "occurred" => Status::Occurred,
            "ongoing" => Status::Ongoing,
            "scheduled" => Status::Scheduled,
            "proposed" => Status::Proposed,
            "denied" => Status::Denied,
            _ => Status::Hypothetical,
        };
        let (source, target) = next().split_once('>').unwrap();
        RelationEvent {
            id: id.to_owned(),
            date: (date != "-").then(|| date.to_owned()),
            published: None,
            kind: EventType::Consult,
            cameo: next().to_owned(),
            goldstein: next().parse().unwrap(),
            domains: codes("diplomatic"),
            status,
            source: codes(source),
            target: codes(target),
            origins: 1,
        }
    }

    fn relation(events: &[RelationEvent], grain: Grain) -> Relation {
        Relation::new(events, &RelationRequest::new("CHN", "RUS", grain))
    }

    #[test]
    fn classes_go_by_the_root_then_by_the_type() {
        use EventType::*;
        use QuadClass::*;
        let table = [
            ("036", Consult, VerbalCooperation),
            ("057", Agree, VerbalCooperation),
            ("062", Cooperate, MaterialCooperation),
            ("085", Concede, MaterialCooperation),
            ("026", Request, VerbalCooperation),
            ("101", Request, VerbalConflict),
            ("139", Threaten, VerbalConflict),
            ("163", Sanction, MaterialConflict),
            ("204", Assault, MaterialConflict),
            ("", Concede, VerbalCooperation),
            ("99", Request, VerbalConflict),
            ("中0", Sanction, MaterialConflict),
        ];
        for (cameo, kind, class) in table {
            assert_eq!(QuadClass::of(cameo, kind), class, "{cameo} {}", kind.name());
        }
    }

    #[test]
    fn a_date_lies_in_a_period_only_where_it_tells() {
        use Grain::*;
        let table = [
            (Month, "2024-05-16", Some("2024-05")),
            (Month, "2024-05", Some("2024-05")),
            (Month, "2024-05-XX", Some("2024-05")),
            (Month, "2024-05-30/2024-06-02", Some("2024-05")),
            (Month, "2022-03/..", Some("2022-03")),
            (Month, "2024", None),
            (Month, "2024-XX-XX", None),
            (Month, "XXXX-05-07", None),
            (Month, "2022/..", None),
            (Month, "../2022-03", None),
            (Month, "2024-04/2025-03", None),
            (Month, "2024-01/2024-03", None),
            (Month, "いつか", None),
            (Quarter, "2024-01/2024-03", Some("2024-01/2024-03")),
            (Quarter, "2024-12-31", Some("2024-10/2024-12")),
            (Quarter, "2024", None),
            (Quarter, "2022/..", None),
            (Year, "2024", Some("2024")),
            (Year, "2024-XX-XX", Some("2024")),
            (Year, "2022/..", Some("2022")),
            (Year, "2024-04/2025-03", None),
            (Year, "XXXX", None),
        ];
        for (grain, date, period) in table {
            assert_eq!(
                grain.period(date).map(|index| grain.edtf(index)).as_deref(),
                period,
                "{grain:?} {date}"
            );
        }
    }

    #[test]
    fn directions_are_those_between_the_two() {
        let table = [
            ("CHN>RUS", Some(Direction::Forward)),
            ("RUS>CHN", Some(Direction::Backward)),
            ("CHN,RUS>CHN,RUS", Some(Direction::Joint)),
            ("CHN,IRN,RUS>CHN,IRN,RUS", Some(Direction::Joint)),
            ("CHN,RUS>USA", None),
            ("USA>CHN,RUS", None),
            ("CHN>", None),
            ("JPN>USA", None),
        ];
        for (parties, direction) in table {
            let event = event("a", &format!("2024-05 occurred {parties} 040 1"));
            assert_eq!(Direction::of(&event, &["CHN".to_owned(), "RUS".to_owned()]), direction, "{parties}");
        }
    }

    #[test]
    fn what_happened_is_counted_by_period_and_the_rest_apart() {
        let mut events = vec![
            event("a", "2024-01-10 occurred CHN>RUS 042 1.9"),
            event("b", "2024-01-20 occurred RUS>CHN 111 -2"),
            event("c", "2024-04-02 ongoing CHN,RUS>CHN,RUS 061 6.4"),
            event("d", "2024 occurred CHN>RUS 040 1"),
            event("e", "- occurred CHN>RUS 040 1"),
            event("f", "2025-02 scheduled CHN>RUS 042 1.9"),
            event("g", "2023-01 proposed RUS>CHN 042 1.9"),
            event("h", "2024-02 denied CHN>RUS 190 -10"),
            event("i", "2024-02 hypothetical CHN>RUS 190 -10"),
            event("j", "2024-02 occurred CHN,RUS>USA 111 -2"),
        ];
        events[2].domains = codes("economic,energy");
        events[3].published = Some("2024-08-01".to_owned());
        events[4].published = Some("2024-03-01".to_owned());
        let relation = relation(&events, Grain::Month);
        assert_eq!(relation.unreal, 2);
        let names: Vec<_> = relation.series.iter().map(|series| series.domain.as_deref()).collect();
        assert_eq!(names, [None, Some("diplomatic"), Some("economic"), Some("energy")]);
        let all = &relation.series[0];
        let rows: Vec<_> = all
            .periods
            .iter()
            .map(|period| {
                let tally = period.tallies.all;
                (period.period.as_str(), tally.events, tally.goldstein, tally.mean)
            })
            .collect();
        assert_eq!(
            rows,
            [
                ("2024-01", 2, -0.1, Some(-0.05)),
                ("2024-02", 0, 0.0, None),
                ("2024-03", 0, 0.0, None),
                ("2024-04", 1, 6.4, Some(6.4)),
            ]
        );
        let first = &all.periods[0].tallies;
        assert_eq!((first.forward.goldstein, first.backward.goldstein, first.joint.events), (1.9, -2.0, 0));
        let shares = first.all.shares.unwrap();
        assert_eq!((shares.verbal_cooperation, shares.verbal_conflict), (0.5, 0.5));
        assert_eq!(all.undated.events, ["d", "e"], "the year is known, so it comes before what has no date");
        assert_eq!(all.planned.events, ["g", "f"]);
        assert_eq!((all.total.all.events, all.planned.tallies.all.events), (5, 2));
        let energy = &relation.series[3];
        assert_eq!(energy.periods.len(), 4, "all series cover the same periods");
        assert_eq!(energy.total.joint.classes.material_cooperation, 1);
    }

    #[test]
    fn the_publication_orders_what_has_no_date() {
        let mut events = ["a", "b", "c"].map(|id| event(id, "- occurred CHN>RUS 040 1"));
        events[0].published = Some("2024-08-01".to_owned());
        events[2].published = Some("2024-03-01".to_owned());
        let relation = relation(&events, Grain::Month);
        assert_eq!(relation.series[0].undated.events, ["c", "a", "b"]);
        assert!(relation.series[0].periods.is_empty());
    }

    #[test]
    fn nothing_gives_an_empty_series() {
        let relation = relation(&[], Grain::Month);
        assert_eq!(relation.series.len(), 1);
        assert!(relation.series[0].periods.is_empty() && relation.series[0].changes.is_empty());
    }

    /// Two calm years of small talks, then a year of quarrel.
    fn quarrel() -> Vec<RelationEvent> {
        let mut events = Vec::new();
        for month in 0..36 {
            let date = format!("{}-{:02}-05", 2021 + month / 12, month % 12 + 1);
            let calm = month < 24;
            let value = if calm { 2.0 } else { -4.0 } + f64::from(month % 3) * 0.4;
            let cameo = if calm { "042" } else { "120" };
            events.push(event(&format!("m{month:02}"), &format!("{date} occurred CHN>RUS {cameo} {value}")));
        }
        events.push(event("ban", "2023-02-11 occurred RUS>CHN 163 -8"));
        events.push(event("talks", "2023-02-12 occurred RUS>CHN 057 8"));
        events[25].origins = 3;
        events
    }

    #[test]
    fn a_change_names_its_month_its_levels_and_the_events_behind_it() {
        let mut events = quarrel();
        let found = relation(&events, Grain::Month);
        let changes = &found.series[0].changes;
        assert_eq!(changes.len(), 1, "{changes:?}");
        let change = &changes[0];
        assert_eq!((change.period.as_str(), change.turn), ("2023-01", Turn::Fall));
        assert!((change.before - 2.4).abs() < 1e-9 && (change.after + 3.6).abs() < 1e-9, "{change:?}");
        let behind: Vec<_> =
            change.behind.iter().map(|behind| (behind.event.as_str(), behind.weight)).collect();
        // The talks pull the other way; three origins outweigh one.
        assert_eq!(behind, [("m25", -10.8), ("ban", -8.0), ("m24", -4.0), ("m26", -3.2)]);
        events.reverse();
        assert_eq!(relation(&events, Grain::Month), found, "the order of the events does not matter");
    }

    #[test]
    fn a_level_that_falls_by_silence_has_no_event_behind_it() {
        let mut events = quarrel();
        events.truncate(24);
        events.push(event("last", "2023-12-05 occurred CHN>RUS 042 2.4"));
        let found = relation(&events, Grain::Month);
        let change = &found.series[0].changes[0];
        assert_eq!((change.period.as_str(), change.turn, change.behind.len()), ("2023-01", Turn::Fall, 0));
    }

    #[test]
    fn two_hundred_years_of_months_are_counted() {
        let events: Vec<RelationEvent> = (0..2400)
            .map(|month| {
                let date = format!("{}-{:02}", 1800 + month / 12, month % 12 + 1);
                let level = if (month / 300) % 2 == 0 { 3 } else { -3 };
                event(&format!("{month}"), &format!("{date} occurred CHN>RUS 040 {}", level + month % 2))
            })
            .collect();
        let found = relation(&events, Grain::Month);
        assert_eq!(found.series[0].periods.len(), 2400);
        let periods: Vec<&str> =
            found.series[0].changes.iter().map(|change| change.period.as_str()).collect();
        assert_eq!(periods, ["1825-01", "1850-01", "1875-01", "1900-01", "1925-01", "1950-01", "1975-01"]);
    }
}
