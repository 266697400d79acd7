//! What the lexicon says about units, bounds, measures, changes and cues.

use crate::number::Numerals;
use crate::words::{Words, split};
use entente_base::lexicon::Row;
use entente_base::record::{Bound, MEASURES};
use entente_base::{Lexicon, LexiconError};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub(crate) form: String,
    pub(crate) unit: String,
    pub(crate) factor: f64,
    pub(crate) class: Arc<str>,
    pub(crate) not_next: Vec<Vec<char>>,
    pub(crate) not_prev: Vec<Vec<char>>,
    pub(crate) min: f64,
    pub(crate) states: Vec<String>,
    pub(crate) near: Vec<Vec<char>>,
    pub(crate) measure: Option<&'static str>,
}

#[derive(Debug, Clone)]
pub(crate) struct BoundWord {
    pub(crate) bound: Bound,
    pub(crate) spans: bool,
    pub(crate) not_next: Vec<Vec<char>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Before,
    After,
    Either,
}

#[derive(Debug, Clone)]
pub(crate) struct Trigger {
    pub(crate) measure: &'static str,
    pub(crate) classes: Vec<String>,
    pub(crate) side: Side,
    pub(crate) weight: i64,
}

/// A sign before a number: a currency, or what it is counted by (日量, 時速).
#[derive(Debug, Clone)]
pub(crate) struct Sign {
    pub(crate) unit: String,
    pub(crate) class: Arc<str>,
    /// Classes of the number that a rate may be of.
    pub(crate) of: Vec<String>,
}

impl Sign {
    pub(crate) fn is_rate(&self) -> bool {
        &*self.class == "rate"
    }
}

/// A word of a list whose place matters only for some classes of units.
#[derive(Debug, Clone)]
pub(crate) struct Limited {
    pub(crate) classes: Vec<String>,
}

impl Limited {
    pub(crate) fn applies(&self, class: &str) -> bool {
        self.classes.is_empty() || self.classes.iter().any(|known| known == class)
    }
}

/// What a row of `figure/cue.tsv` says besides its word.
trait Cue: Sized {
    fn of(row: &Row<'_>) -> Result<Self, LexiconError>;
}

impl Cue for () {
    fn of(_: &Row<'_>) -> Result<Self, LexiconError> {
        Ok(())
    }
}

impl Cue for String {
    fn of(row: &Row<'_>) -> Result<Self, LexiconError> {
        row.need("value").map(str::to_owned)
    }
}

impl Cue for Limited {
    fn of(row: &Row<'_>) -> Result<Self, LexiconError> {
        Ok(Self { classes: owned(&row.list("value")) })
    }
}

/// Makes the lists of `figure/cue.tsv`, one for each kind, of that name.
macro_rules! cues {
    ($($kind:ident: $value:ty,)*) => {
        #[derive(Debug, Clone, Default)]
        pub(crate) struct Cues {
            $(pub(crate) $kind: Words<$value>,)*
        }

        impl Cues {
            fn add(&mut self, row: &Row<'_>) -> Result<(), LexiconError> {
                let word = row.need("word")?;
                match row.need("kind")? {
                    $(stringify!($kind) => self.$kind.add(word, Cue::of(row)?),)*
                    other => {
                        return Err(row.error(
                            format!("unknown kind `{other}`"),
                            concat!("one of", $(" ", stringify!($kind),)*),
                        ));
                    }
                }
                Ok(())
            }
        }
    };
}

cues! {
    rank: String,
    source: (),
    report: (),
    standing: (),
    duration: (),
    toward_before: (),
    toward_after: (),
    carry: (),
    launch: (),
    subject: (),
    anaphor: (),
    equals: (),
    vote: (),
    particle: (),
    receiver: (),
    striker: (),
    breaks: (),
    joins: (),
    domestic: (),
    balance: (),
    aim: (),
    span: (),
    each: (),
    downed: (),
    border: (),
    own: String,
    own_side: (),
    observer: (),
    partner: (),
    include: (),
    ongoing: (),
    toll: (),
    begun: (),
    nationals: String,
    captive: (),
    both: (),
    tells: (),
    converted: (),
    mutual: (),
    deal: (),
    rival: (),
    stock: (),
    topic: (),
    strike: (),
    fight: (),
    output: (),
    movement: (),
    within: (),
    told: (),
    aboard: (),
    attack: (),
    ahead: (),
    gift: String,
    clash: (),
    suffered: (),
    level: (),
    skip_before: Limited,
    skip_after: Limited,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Changes {
    pub(crate) after: Words<f64>,
    pub(crate) before: Words<f64>,
    pub(crate) basis: Words<String>,
    pub(crate) rate: Words<()>,
}

/// All of it, read once.
#[derive(Debug, Clone)]
pub(crate) struct Tables {
    pub(crate) numerals: Numerals,
    pub(crate) units: Words<Arc<Unit>>,
    pub(crate) signs: Words<Sign>,
    pub(crate) minus: Words<()>,
    pub(crate) bounds_before: Words<BoundWord>,
    pub(crate) bounds_after: Words<BoundWord>,
    pub(crate) bounds_inner: Words<BoundWord>,
    pub(crate) triggers: Words<Vec<Trigger>>,
    pub(crate) changes: Changes,
    pub(crate) cues: Cues,
}

/// The codebook's own string for a measure.
pub(crate) fn measure(name: &str) -> Option<&'static str> {
    MEASURES.iter().find(|known| **known == name).copied()
}

/// The bound that a name stands for.
pub(crate) fn bound(name: &str) -> Option<Bound> {
    Some(match name {
        "exact" => Bound::Exact,
        "about" => Bound::About,
        "at_least" => Bound::AtLeast,
        "at_most" => Bound::AtMost,
        "less_than" => Bound::LessThan,
        _ => return None,
    })
}

fn owned(parts: &[&str]) -> Vec<String> {
    parts.iter().map(|part| (*part).to_owned()).collect()
}

impl Tables {
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let (bounds_before, bounds_after, bounds_inner) = bounds(lexicon)?;
        let (signs, minus) = signs(lexicon)?;
        Ok(Self {
            numerals: Numerals::new(lexicon)?,
            units: units(lexicon)?,
            signs,
            minus,
            bounds_before,
            bounds_after,
            bounds_inner,
            triggers: triggers(lexicon)?,
            changes: changes(lexicon)?,
            cues: cues(lexicon)?,
        })
    }
}

fn units(lexicon: &Lexicon) -> Result<Words<Arc<Unit>>, LexiconError> {
    let mut units = Words::default();
    let number = |row: &Row<'_>, column: &str, default: f64| match row.get(column) {
        "" => Ok(default),
        cell => cell
            .parse()
            .map_err(|_| row.error(format!("`{column}` is not a number"), "write it in Arabic digits")),
    };
    let mut rows = lexicon.rows("figure/unit")?;
    // Rows that ask for company come first, so that the plain one is what remains.
    rows.sort_by_key(|row| row.get("near").is_empty() && row.get("states").is_empty());
    for row in rows {
        let named = match row.get("measure") {
            "" => None,
            name => Some(measure(name).ok_or_else(|| {
                row.error(format!("unknown measure `{name}`"), format!("one of {}", MEASURES.join(", ")))
            })?),
        };
        let form = row.need("form")?;
        let unit = Unit {
            form: form.to_owned(),
            unit: row.need("unit")?.to_owned(),
            factor: number(&row, "factor", 1.0)?,
            class: row.need("class")?.into(),
            not_next: split(&row.list("not_next")),
            not_prev: split(&row.list("not_prev")),
            min: number(&row, "min", 0.0)?,
            states: owned(&row.list("states")),
            near: split(&row.list("near")),
            measure: named,
        };
        units.add(form, Arc::new(unit));
    }
    Ok(units)
}

fn signs(lexicon: &Lexicon) -> Result<(Words<Sign>, Words<()>), LexiconError> {
    let (mut signs, mut minus) = (Words::default(), Words::default());
    for row in lexicon.rows("figure/sign")? {
        let form = row.need("form")?;
        let (unit, class) = (row.need("unit")?.to_owned(), row.need("class")?);
        if class == "minus" {
            minus.add(form, ());
        } else {
            signs.add(form, Sign { unit, class: class.into(), of: owned(&row.list("of")) });
        }
    }
    Ok((signs, minus))
}

type Bounds = (Words<BoundWord>, Words<BoundWord>, Words<BoundWord>);

fn bounds(lexicon: &Lexicon) -> Result<Bounds, LexiconError> {
    let (mut before, mut after, mut inner) = Bounds::default();
    for row in lexicon.rows("figure/bound")? {
        let name = row.need("bound")?;
        let word = BoundWord {
            bound: bound(name).ok_or_else(|| {
                row.error(
                    format!("unknown bound `{name}`"),
                    "one of exact, about, at_least, at_most, less_than",
                )
            })?,
            spans: row.get("span") != "no",
            not_next: split(&row.list("not_next")),
        };
        match row.need("side")? {
            "before" => before.add(row.need("word")?, word),
            "after" => after.add(row.need("word")?, word),
            "inner" => inner.add(row.need("word")?, word),
            other => return Err(row.error(format!("unknown side `{other}`"), "one of before, after, inner")),
        }
    }
    Ok((before, after, inner))
}

fn triggers(lexicon: &Lexicon) -> Result<Words<Vec<Trigger>>, LexiconError> {
    let mut by_word: BTreeMap<&str, Vec<Trigger>> = BTreeMap::new();
    let rows = lexicon.rows("figure/measure")?;
    for row in &rows {
        let name = row.need("measure")?;
        let side = match row.get("side") {
            "" => Side::Either,
            "before" => Side::Before,
            "after" => Side::After,
            other => return Err(row.error(format!("unknown side `{other}`"), "before, after or nothing")),
        };
        let weight = match row.get("weight") {
            "" => 0,
            cell => cell.parse().map_err(|_| row.error("`weight` is not a whole number", "like -4 or 10"))?,
        };
        by_word.entry(row.need("trigger")?).or_default().push(Trigger {
            measure: measure(name).ok_or_else(|| {
                row.error(format!("unknown measure `{name}`"), format!("one of {}", MEASURES.join(", ")))
            })?,
            classes: owned(&row.list("classes")),
            side,
            weight,
        });
    }
    let mut words = Words::default();
    for (word, triggers) in by_word {
        words.add(word, triggers);
    }
    Ok(words)
}

fn changes(lexicon: &Lexicon) -> Result<Changes, LexiconError> {
    let mut changes = Changes::default();
    for row in lexicon.rows("figure/change")? {
        let word = row.need("word")?;
        let sign = || match row.get("sign") {
            "1" => Ok(1.0),
            "-1" => Ok(-1.0),
            other => Err(row.error(format!("unknown sign `{other}`"), "1 or -1")),
        };
        match row.need("kind")? {
            "after" => changes.after.add(word, sign()?),
            "before" => changes.before.add(word, sign()?),
            "basis" => changes.basis.add(word, row.need("basis")?.to_owned()),
            "rate" => changes.rate.add(word, ()),
            other => {
                return Err(row.error(format!("unknown kind `{other}`"), "one of after, before, basis, rate"));
            }
        }
    }
    Ok(changes)
}

fn cues(lexicon: &Lexicon) -> Result<Cues, LexiconError> {
    let mut cues = Cues::default();
    for row in lexicon.rows("figure/cue")? {
        cues.add(&row)?;
    }
    Ok(cues)
}
