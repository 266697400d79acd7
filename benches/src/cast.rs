//! States, persons in office, places, publishers.

use crate::random::Random;
use crate::wording::{DataError, Level, rows};
use entente_base::Lexicon;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Cities of a state that are told of, beside its capital.
const CITIES: usize = 7;

/// Someone who held an office for a time.
#[derive(Debug, Clone)]
struct Holder {
    name: String,
    family: String,
    level: Level,
    from: Month,
    to: Month,
}

/// A person as texts name one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name as it stands at first mention.
    pub name: String,
    /// The name as it stands later.
    pub family: String,
    /// Title.
    pub title: String,
    /// Index of the state.
    pub state: usize,
}

/// A state of the world.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct State {
    pub code: String,
    pub name: String,
    pub spoken: String,
    pub short: String,
    pub army: String,
    /// The capital first.
    pub cities: Vec<String>,
    titles: [String; 3],
    holders: Vec<Holder>,
    invented: Vec<String>,
}

/// Manner of a publisher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Style {
    Agency,
    Newspaper,
    Broadcaster,
    Ministry,
    Volunteer,
    Blog,
}

impl Style {
    /// Whether it writes です and ます.
    pub fn is_polite(self) -> bool {
        matches!(self, Style::Broadcaster | Style::Ministry | Style::Blog)
    }
}

/// Who publishes.
#[derive(Debug, Clone)]
pub struct Publisher {
    /// Name.
    pub name: String,
    /// Manner.
    pub style: Style,
    /// Host of its addresses.
    pub host: String,
    /// How others credit it; empty where nobody does.
    pub credit: String,
    /// How it stands in datelines and parentheses.
    pub sign: String,
    /// Code of its state.
    pub state: String,
}

/// A pair of states.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Indices of the states.
    pub states: [usize; 2],
    /// Tone between them, a key of `Act::tone`.
    pub tone: String,
    /// Where their forces exercise.
    pub sea: String,
    /// Trade of the first year, in billions of US dollars.
    pub trade: f64,
}

/// Everyone and everywhere.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Cast {
    pub states: Vec<State>,
    pub pairs: Vec<Pair>,
    pub publishers: Vec<Publisher>,
}

/// A year and its month.
type Month = (i16, i8);

fn month(text: &str) -> Option<Month> {
    let (year, month) = text.split_once('-').unwrap_or((text, ""));
    Some((year.parse().ok()?, month.parse().unwrap_or(1)))
}

/// `title@from..to` of a person, where it has an end or none.
fn term(role: &str) -> Option<(&str, Month, Month)> {
    let (title, time) = role.split_once('@')?;
    let (from, to) = time.split_once("..")?;
    let to = if to.is_empty() { (9999, 1) } else { month(to)? };
    Some((title, month(from)?, to))
}

fn form(file: &'static str, problem: impl Into<String>) -> DataError {
    DataError::Form { file, problem: problem.into() }
}

impl Cast {
    /// Reads the tables compiled in, and persons and cities from the lexicon.
    ///
    /// # Errors
    /// Where a table has not the form it should, or the lexicon cannot be read.
    pub fn load(lexicon: &Lexicon) -> Result<Self, DataError> {
        let names: BTreeMap<&str, &str> = rows(include_str!("../data/names.tsv"))
            .filter_map(|row| Some((*row.first()?, *row.get(1)?)))
            .collect();
        let mut states = Vec::new();
        for row in rows(include_str!("../data/states.tsv")) {
            let [code, name, spoken, short, head, foreign, defence, army, region] = row.as_slice() else {
                return Err(form("data/states.tsv", format!("not nine cells: {}", row.join(" "))));
            };
            let invented = names
                .get(region)
                .ok_or_else(|| form("data/states.tsv", format!("no names of the region `{region}`")))?;
            states.push(State {
                code: (*code).to_owned(),
                name: (*name).to_owned(),
                spoken: (*spoken).to_owned(),
                short: (*short).to_owned(),
                army: (*army).to_owned(),
                cities: Vec::new(),
                titles: [*head, *foreign, *defence].map(str::to_owned),
                holders: Vec::new(),
                invented: invented.split(';').map(str::to_owned).collect(),
            });
        }
        let at: BTreeMap<String, usize> =
            states.iter().enumerate().map(|(index, state)| (state.code.clone(), index)).collect();
        let state_of = |code: &str| at.get(code).copied();
        for row in lexicon.rows("mention/actor/state")? {
            if let Some(state) = state_of(row.get("code")).and_then(|index| states.get_mut(index)) {
                state.cities.extend(row.list("capital").first().map(|&city| city.to_owned()));
            }
        }
        for row in lexicon.rows("mention/place/")? {
            if row.get("kind") != "city" || !row.get("weak").is_empty() {
                continue;
            }
            let Some(state) = state_of(row.get("states")).and_then(|index| states.get_mut(index)) else {
                continue;
            };
            let city = row.get("name");
            if state.cities.len() <= CITIES && state.cities.iter().all(|known| known != city) {
                state.cities.push(city.to_owned());
            }
        }
        for row in lexicon.rows("mention/actor/person/")? {
            let Some(state) = state_of(row.get("states")).and_then(|index| states.get_mut(index)) else {
                continue;
            };
            for (title, from, to) in row.list("roles").into_iter().filter_map(term) {
                let levels = [Level::Head, Level::Foreign, Level::Defence];
                let office = state.titles.iter().zip(levels).find(|(office, _)| office.as_str() == title);
                let Some((_, level)) = office else { continue };
                let name = row.get("ja");
                // Names in kanji stand in full at first, names in katakana by the family's name alone.
                let full = !name.contains('・') || state.code == "VNM";
                let family = row.get("family");
                let family = if family.is_empty() { name } else { family };
                state.holders.push(Holder {
                    name: if full { name } else { family }.to_owned(),
                    family: family.to_owned(),
                    level,
                    from,
                    to,
                });
            }
        }
        let mut pairs = Vec::new();
        for row in rows(include_str!("../data/pairs.tsv")) {
            let [a, b, tone, sea, trade] = row.as_slice() else {
                return Err(form("data/pairs.tsv", format!("not five cells: {}", row.join(" "))));
            };
            let state = |code: &str| {
                state_of(code).ok_or_else(|| form("data/pairs.tsv", format!("`{code}` is not in states.tsv")))
            };
            pairs.push(Pair {
                states: [state(a)?, state(b)?],
                tone: (*tone).to_owned(),
                sea: (*sea).to_owned(),
                trade: trade
                    .parse()
                    .map_err(|_| form("data/pairs.tsv", format!("`{trade}` is no number")))?,
            });
        }
        let mut publishers = Vec::new();
        for row in rows(include_str!("../data/publishers.tsv")) {
            let [name, style, host, credit, sign, state] = row.as_slice() else {
                return Err(form("data/publishers.tsv", format!("not six cells: {}", row.join(" "))));
            };
            let style = match *style {
                "agency" => Style::Agency,
                "newspaper" => Style::Newspaper,
                "broadcaster" => Style::Broadcaster,
                "ministry" => Style::Ministry,
                "volunteer" => Style::Volunteer,
                "blog" => Style::Blog,
                other => return Err(form("data/publishers.tsv", format!("unknown style `{other}`"))),
            };
            publishers.push(Publisher {
                name: (*name).to_owned(),
                style,
                host: (*host).to_owned(),
                credit: (*credit).to_owned(),
                sign: (*sign).to_owned(),
                state: (*state).to_owned(),
            });
        }
        Ok(Self { states, pairs, publishers })
    }

    /// The person who holds an office on a day; an invented one where nobody is listed, and at the level of officials.
    pub fn person(&self, random: &mut Random, state: usize, level: Level, day: Date) -> Person {
        let Some(of) = self.states.get(state) else {
            return Person { name: String::new(), family: String::new(), title: String::new(), state };
        };
        let now = (day.year(), day.month());
        let office = match level {
            Level::Head => Some(0),
            Level::Foreign => Some(1),
            Level::Defence => Some(2),
            Level::Official => None,
        };
        let title = office.and_then(|index| of.titles.get(index).cloned());
        let holder = of.holders.iter().rev().find(|holder| {
            // The month of a change of office is nobody's: texts of that month may name either.
            holder.level == level && holder.from < now && now < holder.to
        });
        if let (Some(holder), Some(title)) = (holder, &title) {
            return Person {
                name: holder.name.clone(),
                family: holder.family.clone(),
                title: title.clone(),
                state,
            };
        }
        // One invented person an office and year, so that the texts of a time agree.
        let salt = usize::from(now.0.unsigned_abs()) * 4 + office.map_or(3, |index| index);
        let many = of.invented.len().max(1);
        let chosen = if office.is_some() { salt % many } else { random.index(many) };
        let name = of.invented.get(chosen).cloned().unwrap_or_default();
        let title = title.unwrap_or_else(|| ["外務次官", "国防次官", "商務次官"][random.index(3)].to_owned());
        let title = if of.code == "JPN" { title.replace("国防次官", "防衛審議官") } else { title };
        Person { family: name.clone(), name, title, state }
    }
}
