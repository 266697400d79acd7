//! Where documents disagree: both sides are kept.

use crate::actor::Actor;
use crate::digest::Digest;
use crate::figure::{FigureSeries, FigureSource, FigureValue, Quantity, disagree};
use crate::joined::{JoinedEvent, NearPair, Report, quantities};
use crate::passage::Passage;
use crate::traits::{has_happened, is_statement_like};
use crate::trend::{TrendCheck, TrendPoint, Verdict, changes_differ, check_trend};
use crate::words::Words;
use entente_base::edtf::Edtf;
use entente_base::record::{Change, EventType, Status};
use serde::{Deserialize, Serialize};
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

/// Counts compared with those that follow in the order of time.
const TALLY_WINDOW: usize = 50;
/// Days within which two documents may count one undated event.
const CLOSE_DAYS: i32 = 3;

/// What documents disagree about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// When it happened.
    Date,
    /// How much or how many.
    Figure,
    /// Who took part.
    Participant,
    /// Where.
    Place,
    /// Whether it happened at all.
    Status,
    /// On whose word it rests.
    Attribution,
    /// By how much a figure changed: what is stated does not fit the levels.
    Change,
}

impl ConflictKind {
    /// All kinds.
    pub const ALL: [ConflictKind; 7] = [
        ConflictKind::Date,
        ConflictKind::Figure,
        ConflictKind::Participant,
        ConflictKind::Place,
        ConflictKind::Status,
        ConflictKind::Attribution,
        ConflictKind::Change,
    ];

    /// The kind of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its name in keys of labels.
    pub const fn name(self) -> &'static str {
        match self {
            ConflictKind::Date => "date",
            ConflictKind::Figure => "figure",
            ConflictKind::Participant => "participant",
            ConflictKind::Place => "place",
            ConflictKind::Status => "status",
            ConflictKind::Attribution => "attribution",
            ConflictKind::Change => "change",
        }
    }
}

/// One side of a disagreement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// What this side says: a date, a state code, a status, indices of actors, or the words of a figure.
    pub value: String,
    /// Its words, a passage for each document.
    pub passages: Vec<Passage>,
    /// Number of its documents that share no origin.
    pub origins: usize,
}

impl Side {
    /// Documents that take this side.
    pub fn documents(&self) -> BTreeSet<usize> {
        self.passages.iter().map(|passage| passage.document).collect()
    }
}

/// A disagreement between documents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conflict {
    /// What they disagree about.
    pub kind: ConflictKind,
    /// Indices of the joined events it is about: one, or two where they are one only probably.
    pub events: Vec<usize>,
    /// Measure, states, unit and period, where it is about a figure.
    pub measure: Option<String>,
    /// States that the figure is about.
    pub of: Vec<String>,
    /// Period of the figure.
    pub period: Option<String>,
    /// Whether the sides may speak of two different events.
    pub possible: bool,
    /// The sides.
    pub sides: Vec<Side>,
}

/// What finding conflicts needs to look at.
pub(crate) struct Material<'a> {
    pub(crate) digests: &'a [Digest],
    pub(crate) words: &'a Words,
    pub(crate) actors: &'a [Actor],
    pub(crate) independent: &'a dyn Fn(&[usize]) -> usize,
}

/// All disagreements about events and figures.
pub(crate) fn conflicts(
    material: &Material<'_>,
    events: &[JoinedEvent],
    near: &[NearPair],
    series: &[FigureSeries],
) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (index, event) in events.iter().enumerate().filter(|(_, event)| event.reports.len() > 1) {
        within(material, index, event, &mut found);
    }
    for pair in near {
        let (a, b) = pair.events;
        if let (Some(x), Some(y)) = (events.get(a), events.get(b)) {
            let documents = |event: &JoinedEvent| -> BTreeSet<usize> {
                event.reports.iter().map(|report| report.document).collect()
            };
            // A document that tells of both knows two events.
            if !documents(x).is_disjoint(&documents(y)) {
                continue;
            }
            let value = |event: &JoinedEvent| match pair.kind {
                ConflictKind::Participant => {
                    event.participants.iter().map(usize::to_string).collect::<Vec<_>>().join(",")
                }
                ConflictKind::Place => event.place.clone().unwrap_or_default(),
                _ => event.date.clone().unwrap_or_default(),
            };
            let sides =
                [x, y].map(|event| side(material, value(event), &event.reports.iter().collect::<Vec<_>>()));
            found.push(Conflict {
                events: vec![a, b],
                possible: true,
                ..conflict(pair.kind, Vec::new(), sides.to_vec())
            });
        }
    }
    tallies(material, events, &mut found);
    for series in series {
        figures(material, series, &mut found);
        changes(material, series, &mut found);
    }
    found
}

fn conflict(kind: ConflictKind, events: Vec<usize>, sides: Vec<Side>) -> Conflict {
    Conflict { kind, events, measure: None, of: Vec::new(), period: None, possible: false, sides }
}

fn side(material: &Material<'_>, value: String, reports: &[&Report]) -> Side {
    let passages: Vec<Passage> =
        reports.iter().filter_map(|report| report.passages.first().cloned()).collect();
    let documents: Vec<usize> = reports.iter().map(|report| report.document).collect();
    Side { value, passages, origins: (material.independent)(&documents) }
}

/// A figure as reports give it, by the words around it.
fn counted<'a>(
    material: &Material<'_>,
    value: &Quantity<'_>,
    told: impl Iterator<Item = (&'a Report, &'a Quantity<'a>)>,
) -> Side {
    // What was read of the store may leave figures out; the report's own words do not.
    let words = |(report, quantity): (&Report, &Quantity<'_>)| {
        let digest = material.digests.get(quantity.document)?;
        let figure = digest.figures.iter().find(|figure| figure.index == quantity.index);
        figure
            .map(|figure| figure.quote.passage(quantity.document))
            .or_else(|| report.passages.first().cloned())
    };
    let passages: Vec<Passage> = told.filter_map(words).collect();
    let documents: Vec<usize> = passages.iter().map(|passage| passage.document).collect();
    Side { value: value.figure.text.clone(), passages, origins: (material.independent)(&documents) }
}

/// Groups reports by what they say; `same` tells whether two agree. Two groups or more disagree.
fn sides<T>(
    material: &Material<'_>,
    reports: &[Report],
    say: impl Fn(&Report) -> Option<(T, String)>,
    same: impl Fn(&T, &T) -> bool,
) -> Vec<Side> {
    let mut groups: Vec<(T, String, Vec<&Report>)> = Vec::new();
    for report in reports {
        let Some((said, shown)) = say(report) else { continue };
        match groups.iter_mut().find(|(known, _, _)| same(known, &said)) {
            Some((_, _, list)) => list.push(report),
            None => groups.push((said, shown, vec![report])),
        }
    }
    if groups.len() < 2 {
        return Vec::new();
    }
    groups.into_iter().map(|(_, shown, list)| side(material, shown, &list)).collect()
}

fn within(material: &Material<'_>, index: usize, event: &JoinedEvent, found: &mut Vec<Conflict>) {
    let reports = &event.reports;
    let mut add = |kind: ConflictKind, sides: Vec<Side>| {
        if sides.len() > 1 {
            found.push(conflict(kind, vec![index], sides));
        }
    };
    let date = |report: &Report| {
        let text = report.date.clone()?;
        // A plan that was moved is a change, not a disagreement.
        let told = matches!(report.status, Status::Occurred | Status::Ongoing);
        text.parse::<Edtf>().ok().filter(|_| told).map(|date| (date, text))
    };
    add(ConflictKind::Date, sides(material, reports, date, |a, b| a.overlaps(b)));
    let place = |report: &Report| {
        let code = report.place.clone().filter(|place| material.words.is_state(place))?;
        Some(((code.clone(), report.cities.clone()), code))
    };
    let near = |x: &String, y: &String| x.contains(y.as_str()) || y.contains(x.as_str());
    let agree = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.iter().any(|x| b.iter().any(|y| near(x, y)));
    let mut places = sides(material, reports, place, |a, b| a.0 == b.0 || agree(&a.1, &b.1));
    if places.is_empty() {
        let city = |report: &Report| {
            let cities = (!report.cities.is_empty()).then(|| report.cities.clone())?;
            let shown: Vec<&str> = cities.iter().map(String::as_str).collect();
            Some((cities.clone(), shown.join("・")))
        };
        places = sides(material, reports, city, agree);
    }
    add(ConflictKind::Place, places);
    let happened = |report: &Report| match report.status {
        Status::Occurred | Status::Ongoing => Some((true, "occurred".to_owned())),
        Status::Denied => Some((false, "denied".to_owned())),
        _ => None,
    };
    add(ConflictKind::Status, sides(material, reports, happened, |a, b| a == b));
    // An agency passes on; a party, or whoever speaks for one, vouches.
    let vouched = |report: &Report| {
        let told = has_happened(report.status) && report.through.is_none();
        let actor = report.attributed_actor.filter(|_| told)?;
        Some((actor, actor.to_string()))
    };
    // What parties did together each of them may announce, and who speaks for one speaks for all of it.
    let states = |actor: usize| material.actors.get(actor).map_or(&[][..], |actor| &actor.states);
    let one_voice = |a: &usize, b: &usize| a == b || states(*a).iter().any(|code| states(*b).contains(code));
    if event.source != event.target && !is_statement_like(event.kind) {
        add(ConflictKind::Attribution, sides(material, reports, vouched, one_voice));
    }

    let said: Vec<Vec<_>> = reports.iter().map(quantities).collect();
    let mut seen = BTreeSet::new();
    for ((at, mine), one) in said.iter().enumerate().zip(reports) {
        for (theirs, other) in said.iter().zip(reports).skip(at + 1) {
            // Deeds of a month, or of no day, may be several, each with its own count.
            let one_deed =
                LazyCell::new(|| is_statement_like(event.kind) || is_one_day(material.digests, one, other));
            for quantity in mine {
                if material.words.is_tally(&quantity.figure.measure) && !*one_deed {
                    continue;
                }
                let alike: Vec<_> =
                    theirs.iter().filter(|them| quantity.is_alike(them, material.words)).collect();
                let rival = alike.first().filter(|_| alike.iter().all(|them| !quantity.agrees(them)));
                let Some(rival) = rival else { continue };
                // Where the first document gives several of a kind, one that agrees is enough.
                if mine.iter().any(|us| us.is_alike(rival, material.words) && us.agrees(rival)) {
                    continue;
                }
                // The same two values once, whoever gives which, however written.
                let mut values = [quantity.figure.value.to_bits(), rival.figure.value.to_bits()];
                values.sort_unstable();
                if !seen.insert((quantity.figure.measure.as_str(), values)) {
                    continue;
                }
                let side = |value: &Quantity<'_>| {
                    let gives = |them: &&Quantity<'_>| {
                        them.is_alike(value, material.words) && them.figure.value == value.figure.value
                    };
                    let told = reports.iter().zip(&said);
                    let told = told.filter_map(|(report, list)| Some((report, list.iter().find(gives)?)));
                    counted(material, value, told)
                };
                let sides = vec![side(quantity), side(rival)];
                found.push(Conflict {
                    measure: Some(quantity.figure.measure.clone()),
                    of: quantity.figure.of.clone(),
                    period: quantity.figure.period.clone(),
                    ..conflict(ConflictKind::Figure, vec![index], sides)
                });
            }
        }
    }
}

/// Counts that differ between events of one kind and the same parties whose dates may be one: probably one event.
/// What differs by more than twice counts different things.
fn tallies(material: &Material<'_>, events: &[JoinedEvent], found: &mut Vec<Conflict>) {
    type Counted<'a> = (usize, &'a Report, Quantity<'a>);
    type Key = (EventType, Vec<String>, Vec<String>, String);
    let mut groups: BTreeMap<Key, Vec<Counted<'_>>> = BTreeMap::new();
    for (index, event) in events.iter().enumerate() {
        for report in &event.reports {
            for quantity in quantities(report) {
                let measure = &quantity.figure.measure;
                if measure != "other" && material.words.is_tally(measure) {
                    let key = (event.kind, event.source.clone(), event.target.clone(), measure.clone());
                    groups.entry(key).or_default().push((index, report, quantity));
                }
            }
        }
    }
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    for group in groups.values() {
        for (at, (a, mine, x)) in group.iter().enumerate() {
            // A window, so that a long war stays linear.
            for (b, theirs, y) in group.iter().skip(at + 1).take(TALLY_WINDOW) {
                let (Some(first), Some(second)) = (events.get(*a), events.get(*b)) else { continue };
                let told = |event: &JoinedEvent| -> BTreeSet<usize> {
                    event.reports.iter().map(|report| report.document).collect()
                };
                let apart = !is_one_day(material.digests, mine, theirs);
                if a == b
                    || apart
                    || !told(first).is_disjoint(&told(second))
                    || !x.is_alike(y, material.words)
                    || x.agrees(y)
                    || x.figure.value.max(y.figure.value) > 2.0 * x.figure.value.min(y.figure.value)
                    || !seen.insert((*a.min(b), *a.max(b)))
                {
                    continue;
                }
                let sides = [(*mine, x), (*theirs, y)];
                let sides =
                    sides.map(|(report, value)| counted(material, value, std::iter::once((report, value))));
                found.push(Conflict {
                    events: vec![*a, *b],
                    measure: Some(x.figure.measure.clone()),
                    of: x.figure.of.clone(),
                    period: x.figure.period.clone(),
                    possible: true,
                    ..conflict(ConflictKind::Figure, Vec::new(), sides.into())
                });
            }
        }
    }
}

/// Whether two reports may be of one act by their days: the same day, or told within days of each other, where one of
/// them leaves it out, but not before it.
fn is_one_day(digests: &[Digest], one: &Report, other: &Report) -> bool {
    let read = |date: Option<&str>| date?.parse::<Edtf>().ok()?.day_numbers();
    let told = |report: &Report| {
        let published = digests.get(report.document)?.document.published.as_deref();
        read(published.filter(|_| !report.earlier))
    };
    let day = |report: &Report| match read(report.date.as_deref()) {
        Some((first, last)) => (first == last).then_some((first, true)),
        None if report.date.is_some() => None,
        None => told(report).map(|(first, _)| (first, false)),
    };
    match (day(one), day(other)) {
        (Some((x, true)), Some((y, true))) => x == y,
        (Some((x, false)), Some((y, false))) => (x - y).abs() <= CLOSE_DAYS,
        (Some((day, true)), Some((told, false))) | (Some((told, false)), Some((day, true))) => {
            (0..=CLOSE_DAYS).contains(&(told - day))
        }
        _ => false,
    }
}

/// Values of one measure, states, unit and period that cannot both be true.
fn figures(material: &Material<'_>, series: &FigureSeries, found: &mut Vec<Conflict>) {
    if material.words.is_tally(&series.measure) {
        return;
    }
    for point in series.points.iter().filter(|point| point.period.is_some()) {
        let mut sides: Vec<&crate::figure::FigureValue> = Vec::new();
        for value in &point.values {
            let rivals = point.values.iter().filter(|other| *other != value && disagree(value, other));
            if rivals.count() > 0 {
                sides.push(value);
            }
        }
        if sides.len() < 2 {
            continue;
        }
        let sides = sides
            .into_iter()
            .map(|value| {
                let documents: Vec<usize> = value.sources.iter().map(|source| source.document).collect();
                Side {
                    value: value.text.clone(),
                    passages: value.sources.iter().map(|source| source.passage.clone()).collect(),
                    origins: (material.independent)(&documents),
                }
            })
            .collect();
        found.push(Conflict {
            measure: Some(series.measure.clone()),
            of: series.of.clone(),
            period: point.period.clone(),
            ..conflict(ConflictKind::Figure, Vec::new(), sides)
        });
    }
}

/// Stated changes that the levels of the two periods do not bear out.
fn changes(material: &Material<'_>, series: &FigureSeries, found: &mut Vec<Conflict>) {
    /// A stated change, and who states it.
    struct Stated<'a> {
        change: &'a Change,
        trial: TrendPoint,
        sources: Vec<&'a FigureSource>,
    }
    let levels: Vec<(&FigureValue, TrendPoint)> = series
        .points
        .iter()
        .flat_map(|point| &point.values)
        .zip(TrendPoint::of(series))
        .map(|(value, level)| (value, TrendPoint { change: None, ..level }))
        .collect();
    let points: Vec<TrendPoint> = levels.iter().map(|(_, level)| level.clone()).collect();
    let mut number = 0;
    for point in &series.points {
        let mut all: Vec<Stated<'_>> = Vec::new();
        for value in &point.values {
            let level = points.get(number);
            number += 1;
            for source in &value.sources {
                let digest = material.digests.get(source.document);
                let figure = digest.and_then(|it| it.figures.iter().find(|it| it.index == source.figure));
                let change = figure.and_then(|it| it.figure.change.as_ref());
                let (Some(level), Some(change)) = (level, change) else { continue };
                match all.iter_mut().find(|known| known.change == change && known.trial.value == level.value)
                {
                    Some(known) => known.sources.push(source),
                    None => {
                        let trial = TrendPoint { change: Some(change.clone()), ..level.clone() };
                        all.push(Stated { change, trial, sources: vec![source] });
                    }
                }
            }
        }
        let checked = |trial: &TrendPoint| {
            let points: Vec<TrendPoint> = points.iter().chain([trial]).cloned().collect();
            check_trend(&points).pop()
        };
        // Where the level itself is disputed, a change that fits another's level is no disagreement of its own.
        let rivals = points.get(number - point.values.len()..number).unwrap_or_default();
        let fits = |stated: &Stated<'_>| {
            rivals.iter().any(|level| {
                let trial = TrendPoint { change: Some(stated.change.clone()), ..level.clone() };
                matches!(checked(&trial).map(|check| check.verdict), Some(Verdict::Agrees { .. }))
            })
        };
        let check = |stated: &Stated<'_>| {
            let own = checked(&stated.trial);
            let refuted = |check: &TrendCheck| matches!(check.verdict, Verdict::Disagrees { .. });
            own.filter(|own| !refuted(own) || !fits(stated))
        };
        let side = |value: f64, unit: &str, sources: &[&FigureSource]| {
            let documents: Vec<usize> = sources.iter().map(|source| source.document).collect();
            Side {
                value: format!("{value:+.1} {unit}"),
                passages: sources.iter().map(|source| source.passage.clone()).collect(),
                origins: (material.independent)(&documents),
            }
        };
        let checks: Vec<Option<TrendCheck>> = all.iter().map(check).collect();
        let refuted = |check: &Option<TrendCheck>| {
            check.as_ref().is_some_and(|check| matches!(check.verdict, Verdict::Disagrees { .. }))
        };
        // Where no level of the period before tells which is right, those who state different changes disagree.
        let undecided = |check: &Option<TrendCheck>| {
            matches!(check.as_ref().map(|check| check.verdict), Some(Verdict::CannotTell { .. }))
        };
        let mut groups: Vec<Vec<&Stated<'_>>> = Vec::new();
        for (stated, _) in all.iter().zip(&checks).filter(|(_, check)| undecided(check)) {
            let differs = |group: &Vec<&Stated<'_>>| {
                group.iter().any(|other| changes_differ(&stated.trial, &other.trial))
            };
            match groups.iter_mut().find(|group| !differs(group)) {
                Some(group) => group.push(stated),
                None => groups.push(vec![stated]),
            }
        }
        if groups.len() > 1 {
            let sides = groups.iter().filter_map(|group| {
                let sources: Vec<&FigureSource> = group.iter().flat_map(|it| it.sources.clone()).collect();
                let first = group.first()?.change;
                Some(side(first.value, &first.unit, &sources))
            });
            found.push(Conflict {
                measure: Some(series.measure.clone()),
                of: series.of.clone(),
                period: point.period.clone(),
                ..conflict(ConflictKind::Change, Vec::new(), sides.collect())
            });
        }
        for (stated, check) in all.iter().zip(&checks).filter(|(_, check)| refuted(check)) {
            let mine: BTreeSet<usize> = stated.sources.iter().map(|source| source.document).collect();
            let fitting = all.iter().zip(&checks).filter(|(_, check)| !refuted(check));
            let mut others: Vec<&FigureSource> = fitting.flat_map(|(it, _)| it.sources.clone()).collect();
            let against = check.as_ref().and_then(|check| levels.get(check.against?));
            others.extend(against.into_iter().flat_map(|(value, _)| &value.sources));
            others.retain(|source| !mine.contains(&source.document));
            if others.is_empty() {
                continue;
            }
            let computed = match check.as_ref().map(|check| check.verdict) {
                Some(Verdict::Disagrees { computed }) => computed,
                _ => continue,
            };
            let side = |value: f64, sources: &[&FigureSource]| side(value, &stated.change.unit, sources);
            found.push(Conflict {
                measure: Some(series.measure.clone()),
                of: series.of.clone(),
                period: point.period.clone(),
                ..conflict(
                    ConflictKind::Change,
                    Vec::new(),
                    vec![side(stated.change.value, &stated.sources), side(computed, &others)],
                )
            });
        }
    }
}
