//! A record against its gold, layer by layer: what fits, what is missed and what is false, and why.

use crate::gold::{Gold, GoldEvent, GoldFigure, GoldMention, Place, ratio};
use entente_base::record::{Event, EventType, Figure, Kind, Mention, Record};
use std::collections::{BTreeMap, BTreeSet};

/// Counts of one layer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Items that fit.
    pub right: usize,
    /// Items the coder made.
    pub made: usize,
    /// Items of the gold.
    pub gold: usize,
}

impl Tally {
    /// Right ones of those made.
    #[must_use]
    pub fn precision(self) -> f64 {
        ratio(self.right, self.made)
    }

    /// Right ones of the gold's.
    #[must_use]
    pub fn recall(self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// Harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
    }
}

/// The layers, in the order in which they are printed.
pub const LAYERS: [&str; 16] = [
    "mention.state",
    "mention.person",
    "mention.organization",
    "mention.place",
    "coreference",
    "time",
    "figure.value",
    "figure.full",
    "event.detect",
    "event.act",
    "event.speech",
    "event.date",
    "event.status",
    "event.direction",
    "statement.span",
    "statement",
];

/// An item that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Document.
    pub document: String,
    /// Layer.
    pub layer: &'static str,
    /// `miss` or `false`, and why.
    pub cause: String,
    /// The item.
    pub item: String,
}

/// Whether an item of some confidence is right.
#[derive(Debug, Clone, Copy)]
pub struct Trial {
    /// `mention`, `event` or `statement`.
    pub kind: &'static str,
    /// What the coder said, from 0 to 1.
    pub confidence: f32,
    /// Whether gold has it so.
    pub right: bool,
}

/// The result over documents.
#[derive(Debug, Default)]
pub struct Score {
    /// By layer.
    pub tallies: BTreeMap<&'static str, Tally>,
    /// What does not fit.
    pub faults: Vec<Fault>,
    /// For calibration.
    pub trials: Vec<Trial>,
}

/// One-to-one, best fit first; of equal fits the later ones first, as the reference scorer has it.
fn pairs<G, P>(golds: &[G], made: &[P], fit: impl Fn(&G, &P) -> f64) -> Vec<(usize, usize)> {
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (at, gold) in golds.iter().enumerate() {
        for (index, one) in made.iter().enumerate() {
            let value = fit(gold, one);
            if value > 0.0 {
                all.push((value, at, index));
            }
        }
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)));
    let (mut of_gold, mut of_made) = (BTreeSet::new(), BTreeSet::new());
    let mut found = Vec::new();
    for (_, at, index) in all {
        if !of_gold.contains(&at) && !of_made.contains(&index) {
            of_gold.insert(at);
            of_made.insert(index);
            found.push((at, index));
        }
    }
    found
}

fn words(text: &[char], place: Place) -> String {
    let end = place.end.min(text.len());
    text.get(place.start.min(end)..end).map(|words| words.iter().collect()).unwrap_or_default()
}

fn sorted(list: &[String]) -> Vec<String> {
    let mut list = list.to_vec();
    list.sort();
    list
}

fn of_mention(mention: &Mention) -> Place {
    Place { start: mention.start, end: mention.end }
}

fn of_event(event: &Event) -> Vec<Place> {
    event.evidence.iter().map(|span| Place { start: span.start, end: span.end }).collect()
}

fn near(gold: &[Place], made: &[Place]) -> bool {
    gold.iter().any(|a| made.iter().any(|b| a.overlap(*b) > 0))
}

fn parties(source: &[String], target: &[String]) -> BTreeSet<String> {
    source.iter().chain(target).cloned().collect()
}

/// Whether a type is an act of words.
#[must_use]
pub fn speech(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Support | EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten
    )
}

/// The layer of a kind of actor.
fn layer_of(kind: Kind) -> &'static str {
    match kind {
        Kind::State => "mention.state",
        Kind::Person => "mention.person",
        Kind::Organization => "mention.organization",
        Kind::Place => "mention.place",
    }
}

impl Score {
    fn tally(&mut self, layer: &'static str, right: usize, made: usize, gold: usize) {
        let tally = self.tallies.entry(layer).or_default();
        tally.right += right;
        tally.made += made;
        tally.gold += gold;
    }

    fn fault(&mut self, gold: &Gold, layer: &'static str, cause: impl Into<String>, item: String) {
        self.faults.push(Fault { document: gold.name.clone(), layer, cause: cause.into(), item });
    }

    /// Adds a document.
    pub fn add(&mut self, gold: &Gold, record: &Record) {
        let text: Vec<char> = gold.text.chars().collect();
        self.mentions(gold, record, &text);
        self.times(gold, record, &text);
        self.figures(gold, record, &text);
        self.events(gold, record, &text);
        self.statements(gold, record, &text);
    }

    fn mentions(&mut self, gold: &Gold, record: &Record, text: &[char]) {
        let same = |a: &GoldMention, b: &Mention| {
            a.kind == b.kind
                && (a.place.start, a.place.end) == (b.start, b.end)
                && sorted(&a.states) == sorted(&b.states)
        };
        let found = pairs(&gold.mentions, &record.mentions, |a, b| f64::from(u8::from(same(a, b))));
        for kind in [Kind::State, Kind::Person, Kind::Organization, Kind::Place] {
            let right = found.iter().filter(|(at, _)| gold.mentions[*at].kind == kind).count();
            let made = record.mentions.iter().filter(|mention| mention.kind == kind).count();
            let wanted = gold.mentions.iter().filter(|mention| mention.kind == kind).count();
            self.tally(layer_of(kind), right, made, wanted);
        }
        let hit_gold: BTreeSet<usize> = found.iter().map(|pair| pair.0).collect();
        let hit_made: BTreeSet<usize> = found.iter().map(|pair| pair.1).collect();
        for (index, mention) in record.mentions.iter().enumerate() {
            let right = hit_made.contains(&index);
            self.trials.push(Trial { kind: "mention", confidence: mention.confidence, right });
            if !right {
                let beside = gold.mentions.iter().find(|other| other.place.overlap(of_mention(mention)) > 0);
                let cause = match beside {
                    None => format!("false: nothing there, {}", mention.rule),
                    Some(other) if other.kind != mention.kind => "false: other kind".to_owned(),
                    Some(other) if (other.place.start, other.place.end) != (mention.start, mention.end) => {
                        "false: other span".to_owned()
                    }
                    Some(_) => "false: other states".to_owned(),
                };
                let item = format!("{}@{} {:?}", mention.text, mention.start, mention.states);
                self.fault(gold, layer_of(mention.kind), cause, item);
            }
        }
        for (at, mention) in gold.mentions.iter().enumerate() {
            if !hit_gold.contains(&at) {
                let beside = record.mentions.iter().any(|other| mention.place.overlap(of_mention(other)) > 0);
                let cause = if beside { "miss: read otherwise" } else { "miss: not seen" };
                let item =
                    format!("{}@{} {:?}", words(text, mention.place), mention.place.start, mention.states);
                self.fault(gold, layer_of(mention.kind), cause, item);
            }
        }
        let links = |list: Vec<(&str, Kind, usize, usize)>| {
            let mut groups: BTreeMap<&str, BTreeSet<(usize, usize)>> = BTreeMap::new();
            for (entity, kind, start, end) in list {
                if matches!(kind, Kind::Person | Kind::Organization) {
                    groups.entry(entity).or_default().insert((start, end));
                }
            }
            let mut links = BTreeSet::new();
            for group in groups.into_values() {
                let group: Vec<_> = group.into_iter().collect();
                for (at, first) in group.iter().enumerate() {
                    links.extend(group[at + 1..].iter().map(|second| (*first, *second)));
                }
            }
            links
        };
        let of_gold = links(
            gold.mentions
                .iter()
                .map(|it| (it.entity.as_str(), it.kind, it.place.start, it.place.end))
                .collect(),
        );
        let of_made =
            links(record.mentions.iter().map(|it| (it.entity.as_str(), it.kind, it.start, it.end)).collect());
        self.tally("coreference", of_gold.intersection(&of_made).count(), of_made.len(), of_gold.len());
        for (cause, links) in [
            ("miss: not one entity", of_gold.difference(&of_made)),
            ("false: not one entity", of_made.difference(&of_gold)),
        ] {
            for (a, b) in links {
                let one = words(text, Place { start: a.0, end: a.1 });
                let other = words(text, Place { start: b.0, end: b.1 });
                self.fault(gold, "coreference", cause, format!("{one}@{} ~ {other}@{}", a.0, b.0));
            }
        }
    }

    fn times(&mut self, gold: &Gold, record: &Record, text: &[char]) {
        let place = |time: &entente_base::record::Time| Place { start: time.start, end: time.end };
        let found = pairs(&gold.times, &record.times, |a, b| {
            f64::from(u8::from(a.place.overlap(place(b)) > 0 && a.value == b.value))
        });
        self.tally("time", found.len(), record.times.len(), gold.times.len());
        for (at, time) in gold.times.iter().enumerate() {
            if !found.iter().any(|pair| pair.0 == at) {
                let beside = record.times.iter().find(|other| time.place.overlap(place(other)) > 0);
                let cause = if beside.is_some() { "miss: other value" } else { "miss: not seen" };
                let read = beside.map_or_else(String::new, |other| format!(", read {}", other.value));
                self.fault(
                    gold,
                    "time",
                    cause,
                    format!("{} = {}{read}", words(text, time.place), time.value),
                );
            }
        }
        for (index, time) in record.times.iter().enumerate() {
            if !found.iter().any(|pair| pair.1 == index) {
                let beside = gold.times.iter().any(|other| other.place.overlap(place(time)) > 0);
                let cause = if beside { "false: other value" } else { "false: nothing there" };
                self.fault(gold, "time", cause, format!("{} = {}, {}", time.text, time.value, time.rule));
            }
        }
    }

    fn figures(&mut self, gold: &Gold, record: &Record, text: &[char]) {
        let place = |figure: &Figure| Place { start: figure.start, end: figure.end };
        let same = |a: &GoldFigure, b: &Figure| {
            a.place.overlap(place(b)) > 0
                && a.unit == b.unit
                && (a.value - b.value).abs() <= 1e-6 * a.value.abs()
        };
        let full = |a: &GoldFigure, b: &Figure| {
            same(a, b)
                && a.bound == b.bound
                && a.measure == b.measure
                && sorted(&a.of) == sorted(&b.of)
                && a.period == b.period
        };
        let found = pairs(&gold.figures, &record.figures, |a, b| f64::from(u8::from(same(a, b))));
        self.tally("figure.value", found.len(), record.figures.len(), gold.figures.len());
        for (at, figure) in gold.figures.iter().enumerate() {
            if !found.iter().any(|pair| pair.0 == at) {
                let item = format!("{} = {} {}", words(text, figure.place), figure.value, figure.unit);
                self.fault(gold, "figure.value", "miss", item);
            }
        }
        for (index, figure) in record.figures.iter().enumerate() {
            if !found.iter().any(|pair| pair.1 == index) {
                let item = format!("{} = {} {}, {}", figure.text, figure.value, figure.unit, figure.rule);
                self.fault(gold, "figure.value", "false", item);
            }
        }
        let of_gold: Vec<&GoldFigure> = gold.figures.iter().filter(|it| it.measure != "other").collect();
        let of_made: Vec<&Figure> = record.figures.iter().filter(|it| it.measure != "other").collect();
        let found = pairs(&of_gold, &of_made, |a, b| f64::from(u8::from(full(a, b))));
        self.tally("figure.full", found.len(), of_made.len(), of_gold.len());
        for (at, figure) in of_gold.iter().enumerate() {
            if found.iter().any(|pair| pair.0 == at) {
                continue;
            }
            let made = record.figures.iter().find(|other| same(figure, other));
            let cause = match made {
                None => "miss: no such value",
                Some(other) if figure.measure != other.measure => "miss: other measure",
                Some(other) if sorted(&figure.of) != sorted(&other.of) => "miss: other states",
                Some(other) if figure.period != other.period => "miss: other period",
                Some(_) => "miss: other bound",
            };
            let item = format!(
                "{} {:?} {} {:?} {:?}{}",
                words(text, figure.place),
                figure.bound,
                figure.measure,
                figure.of,
                figure.period,
                made.map_or_else(String::new, |it| format!(
                    ", read {:?} {} {:?} {:?}",
                    it.bound, it.measure, it.of, it.period
                ))
            );
            self.fault(gold, "figure.full", cause, item);
        }
    }

    fn events(&mut self, gold: &Gold, record: &Record, text: &[char]) {
        let who = |event: &GoldEvent| parties(&event.source, &event.target);
        let made_by = |event: &Event| parties(&event.source, &event.target);
        let detect = pairs(&gold.events, &record.events, |a, b| {
            if a.kind == b.kind && near(&a.evidence, &of_event(b)) {
                ratio(1 + who(a).intersection(&made_by(b)).count(), 1)
            } else {
                0.0
            }
        });
        self.tally("event.detect", detect.len(), record.events.len(), gold.events.len());
        let mut right: BTreeSet<String> = BTreeSet::new();
        for (layer, of_speech) in [("event.act", false), ("event.speech", true)] {
            let golds: Vec<&GoldEvent> =
                gold.events.iter().filter(|event| speech(event.kind) == of_speech).collect();
            let made: Vec<&Event> =
                record.events.iter().filter(|event| speech(event.kind) == of_speech).collect();
            let found = pairs(&golds, &made, |a, b| {
                if a.kind == b.kind && who(a) == made_by(b) && near(&a.evidence, &of_event(b)) {
                    f64::from(1 + u8::from(a.date == b.date) + u8::from(a.status == b.status))
                } else {
                    0.0
                }
            });
            self.tally(layer, found.len(), made.len(), golds.len());
            for &(at, index) in &found {
                let (a, b) = (golds[at], made[index]);
                right.insert(b.id.clone());
                let shown = |event: &str| {
                    format!(
                        "{} {:?}>{:?} {event} 「{}」",
                        a.kind.name(),
                        a.source,
                        a.target,
                        words(text, a.evidence[0])
                    )
                };
                self.tally("event.date", usize::from(a.date == b.date), 1, 1);
                self.tally("event.status", usize::from(a.status == b.status), 1, 1);
                let direction = a.source == sorted(&b.source) && a.target == sorted(&b.target);
                self.tally("event.direction", usize::from(direction), 1, 1);
                if a.date != b.date {
                    let cause = match (&a.date, &b.date) {
                        (None, _) => "none wanted",
                        (_, None) => "none found",
                        _ => "another found",
                    };
                    self.fault(gold, "event.date", cause, shown(&format!("{:?}, read {:?}", a.date, b.date)));
                }
                if a.status != b.status {
                    self.fault(
                        gold,
                        "event.status",
                        format!("{:?} read as {:?}", a.status, b.status),
                        shown(""),
                    );
                }
                if !direction {
                    self.fault(gold, "event.direction", "turned", shown(""));
                }
            }
            for (at, event) in golds.iter().enumerate() {
                if found.iter().any(|pair| pair.0 == at) {
                    continue;
                }
                let beside: Vec<&Event> =
                    record.events.iter().filter(|other| near(&event.evidence, &of_event(other))).collect();
                let cause = if beside.iter().any(|other| other.kind == event.kind) {
                    "miss: other parties"
                } else if beside.iter().any(|other| made_by(other) == who(event)) {
                    "miss: other type"
                } else if beside.is_empty() {
                    "miss: nothing read there"
                } else {
                    "miss: other events there"
                };
                let item = format!(
                    "{} {:?}>{:?} {:?} {:?} 「{}」",
                    event.kind.name(),
                    event.source,
                    event.target,
                    event.status,
                    event.date,
                    words(text, event.evidence[0])
                );
                self.fault(gold, layer, cause, item);
            }
            for (index, event) in made.iter().enumerate() {
                if found.iter().any(|pair| pair.1 == index) {
                    continue;
                }
                let beside: Vec<&GoldEvent> =
                    gold.events.iter().filter(|other| near(&other.evidence, &of_event(event))).collect();
                let cause = if beside.iter().any(|other| other.kind == event.kind) {
                    "false: other parties"
                } else if beside.iter().any(|other| who(other) == made_by(event)) {
                    "false: other type"
                } else if beside.is_empty() {
                    "false: nothing there"
                } else {
                    "false: other events there"
                };
                let item = format!(
                    "{} {:?}>{:?} {:?} {:?} {} 「{}」",
                    event.kind.name(),
                    event.source,
                    event.target,
                    event.status,
                    event.date,
                    event.rule,
                    of_event(event).first().map_or_else(String::new, |place| words(text, *place))
                );
                self.fault(gold, layer, cause, item);
            }
        }
        for event in &record.events {
            let right = right.contains(&event.id);
            self.trials.push(Trial { kind: "event", confidence: event.confidence, right });
        }
    }

    fn statements(&mut self, gold: &Gold, record: &Record, text: &[char]) {
        let mention_of = |key: &str| -> Vec<Place> {
            gold.mentions.iter().filter(|it| it.entity == key).map(|it| it.place).collect()
        };
        let one = |key: &str, id: &str| {
            let places = mention_of(key);
            let shared = record
                .mentions
                .iter()
                .filter(|mention| mention.entity == id)
                .any(|mention| places.iter().any(|place| place.overlap(of_mention(mention)) > 0));
            if shared {
                return true;
            }
            let mut wanted: Vec<String> = key.split(',').map(str::to_owned).collect();
            wanted.sort();
            record
                .entities
                .iter()
                .find(|entity| entity.id == id)
                .is_some_and(|entity| entity.kind == Kind::State && sorted(&entity.states) == wanted)
        };
        let place = |statement: &entente_base::record::Statement| Place {
            start: statement.content.start,
            end: statement.content.end,
        };
        let fit = |a: &crate::gold::GoldStatement, b: &entente_base::record::Statement| {
            let likeness = a.content.likeness(place(b));
            if likeness >= 0.5 { likeness } else { 0.0 }
        };
        let speakers = |a: &crate::gold::GoldStatement, b: &entente_base::record::Statement| {
            let ids = b.speaker.ids();
            !ids.is_empty()
                && a.speaker.iter().all(|key| ids.iter().any(|id| one(key, id)))
                && ids.iter().all(|id| a.speaker.iter().any(|key| one(key, id)))
        };
        let spans = pairs(&gold.statements, &record.statements, fit);
        self.tally("statement.span", spans.len(), record.statements.len(), gold.statements.len());
        let found =
            pairs(&gold.statements, &record.statements, |a, b| if speakers(a, b) { fit(a, b) } else { 0.0 });
        self.tally("statement", found.len(), record.statements.len(), gold.statements.len());
        for (at, statement) in gold.statements.iter().enumerate() {
            if found.iter().any(|pair| pair.0 == at) {
                continue;
            }
            let cause = if spans.iter().any(|pair| pair.0 == at) {
                "miss: other speaker"
            } else if record.statements.iter().any(|other| statement.content.overlap(place(other)) > 0) {
                "miss: other words"
            } else {
                "miss: nothing read there"
            };
            let item = format!("{:?} 「{}」", statement.speaker, words(text, statement.content));
            self.fault(gold, "statement", cause, item);
        }
        for (index, statement) in record.statements.iter().enumerate() {
            let right = found.iter().any(|pair| pair.1 == index);
            self.trials.push(Trial { kind: "statement", confidence: statement.confidence, right });
            if right {
                continue;
            }
            let cause = if spans.iter().any(|pair| pair.1 == index) {
                "false: other speaker"
            } else if gold.statements.iter().any(|other| other.content.overlap(place(statement)) > 0) {
                "false: other words"
            } else {
                "false: nothing there"
            };
            let who: Vec<&str> = statement
                .speaker
                .ids()
                .iter()
                .filter_map(|id| record.entities.iter().find(|entity| entity.id == *id))
                .map(|entity| entity.name.as_str())
                .collect();
            let item = format!("{who:?} {} 「{}」", statement.rule, words(text, place(statement)));
            self.fault(gold, "statement", cause, item);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Tally, pairs};
    use crate::gold::Place;

    #[test]
    fn tallies() {
        let tally = Tally { right: 3, made: 4, gold: 6 };
        assert!((tally.precision() - 0.75).abs() < 1e-9);
        assert!((tally.recall() - 0.5).abs() < 1e-9);
        assert!((tally.f1() - 0.6).abs() < 1e-9);
        assert!(Tally::default().f1().abs() < 1e-9);
    }

    #[test]
    fn each_item_fits_one() {
        let found = pairs(&[1.0, 2.0], &[2.0, 2.0, 1.0], |a: &f64, b: &f64| if a == b { 1.0 } else { 0.0 });
        assert_eq!(found.len(), 2);
        assert!(found.contains(&(0, 2)));
    }

    #[test]
    fn likeness_is_shared_of_all() {
        let (a, b) = (Place { start: 0, end: 4 }, Place { start: 2, end: 6 });
        assert_eq!(a.overlap(b), 2);
        assert!((a.likeness(b) - 2.0 / 6.0).abs() < 1e-9);
        assert_eq!(a.overlap(Place { start: 4, end: 5 }), 0);
    }
}
