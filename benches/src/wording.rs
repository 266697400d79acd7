//! Wordings: templates, their form, and how they are filled.

use serde::Deserialize;
use std::collections::BTreeMap;

/// How a text of the data is wrong.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// A file of `data` is not what it should be.
    #[error("{file}: {problem}\n  help: see the comment at the head of the file")]
    Form {
        /// Name of the file.
        file: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// The lexicon cannot be read.
    #[error(transparent)]
    Lexicon(#[from] entente_base::LexiconError),
}

/// A number that belongs to an act.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// Least, in steps.
    pub low: i64,
    /// Most, in steps.
    pub high: i64,
    /// Size of a step.
    pub step: i64,
    /// What follows the number.
    pub unit: String,
    /// A sentence that tells it, where the wordings of the act do not.
    #[serde(default)]
    pub told: Option<String>,
}

/// Bounds of a sum, in tens of millions of dollars.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Least.
    pub low: i64,
    /// Most.
    pub high: i64,
}

/// Who does an act to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parties {
    /// Both do it together.
    Mutual,
    /// One does it to the other.
    Directed,
    /// One does it alone.
    Solo,
}

/// Where an act takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A city of either state, now and then of a third.
    City,
    /// A city of the recipient.
    Target,
    /// The sea of the pair.
    Sea,
}

/// The office that takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Heads of state or government.
    Head,
    /// Foreign ministers.
    Foreign,
    /// Defence ministers.
    Defence,
    /// Vice ministers and the like, whom no list knows.
    Official,
}

/// A kind of act and the ways to tell it. `data/acts.toml` explains the fields.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(missing_docs)]
pub struct Act {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: entente_base::record::EventType,
    #[serde(default)]
    pub mode: Option<String>,
    pub parties: Parties,
    #[serde(default)]
    pub place: Option<Place>,
    #[serde(default)]
    pub levels: Vec<Level>,
    #[serde(default)]
    pub matter: Option<String>,
    #[serde(default)]
    pub number: Option<Number>,
    #[serde(default)]
    pub money: Option<Money>,
    pub tone: BTreeMap<String, f64>,
    #[serde(default)]
    pub only: Vec<String>,
    #[serde(default)]
    pub not: Vec<String>,
    #[serde(default)]
    pub to: Vec<String>,
    #[serde(default)]
    pub follow: Vec<String>,
    pub head: Vec<String>,
    pub lead: Vec<String>,
    pub back: Vec<String>,
    #[serde(default)]
    pub plan: Vec<String>,
    #[serde(default)]
    pub plan_head: Vec<String>,
    #[serde(default)]
    pub cancel: Vec<String>,
    #[serde(default)]
    pub cancel_head: Vec<String>,
    #[serde(default)]
    pub postpone: Vec<String>,
    #[serde(default)]
    pub postpone_head: Vec<String>,
    #[serde(default)]
    pub deny: Vec<String>,
    #[serde(default)]
    pub deny_head: Vec<String>,
    #[serde(default)]
    pub voices: Vec<String>,
}

/// A promise that is no event, and the ways to tell what became of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Promise {
    pub what: String,
    pub turn: String,
    pub promise: Vec<String>,
    pub kept: Vec<String>,
    pub dropped: Vec<String>,
    pub changed: Vec<String>,
}

/// What fills wordings. `data/matter.toml` explains the fields.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Matter {
    pub topics: Vec<String>,
    pub treaties: Vec<String>,
    pub works: Vec<String>,
    pub goods: Vec<String>,
    pub fuels: Vec<String>,
    pub weapons: Vec<String>,
    pub relief: Vec<String>,
    pub grievances: Vec<String>,
    pub demands: Vec<String>,
    pub causes: Vec<String>,
    pub statements: Vec<String>,
    pub occasions: Vec<String>,
    pub claims: Vec<String>,
    pub remarks: Vec<String>,
    pub watchers: Vec<String>,
    pub views: Vec<String>,
    pub unrelated: Vec<String>,
    pub quotes: Vec<String>,
    pub trade: Vec<String>,
    #[serde(rename = "commitment")]
    pub commitments: Vec<Promise>,
}

impl Matter {
    /// The list of a name that acts may give; empty for any other.
    pub fn list(&self, name: &str) -> &[String] {
        match name {
            "topics" => &self.topics,
            "treaties" => &self.treaties,
            "works" => &self.works,
            "goods" => &self.goods,
            "fuels" => &self.fuels,
            "weapons" => &self.weapons,
            "relief" => &self.relief,
            "grievances" => &self.grievances,
            "demands" => &self.demands,
            "causes" => &self.causes,
            _ => &[],
        }
    }
}

/// All wordings.
#[derive(Debug)]
pub struct Wording {
    /// Kinds of acts.
    pub acts: Vec<Act>,
    /// What fills them.
    pub matter: Matter,
}

impl Wording {
    /// Reads the data compiled in.
    ///
    /// # Errors
    /// Where a file of `data` has not the form it should.
    pub fn load() -> Result<Self, DataError> {
        #[derive(Deserialize)]
        struct Acts {
            act: Vec<Act>,
        }
        let form = |file, error: toml::de::Error| DataError::Form { file, problem: error.to_string() };
        let acts: Acts = toml::from_str(include_str!("../data/acts.toml"))
            .map_err(|error| form("data/acts.toml", error))?;
        let matter = toml::from_str(include_str!("../data/matter.toml"))
            .map_err(|error| form("data/matter.toml", error))?;
        Ok(Self { acts: acts.act, matter })
    }

    /// Index of the act of an id.
    pub fn act(&self, id: &str) -> Option<usize> {
        self.acts.iter().position(|act| act.id == id)
    }
}

/// Fills a template: `{name…}` with what the name stands for and what follows it in the braces, or with nothing where
/// it stands for nothing; `<a|b>` with the plain or the polite form.
pub fn fill(template: &str, polite: bool, slot: &mut dyn FnMut(&str) -> String) -> String {
    let mut out = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some(at) = rest.find(['{', '<']) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let close = if after.starts_with('{') { '}' } else { '>' };
        let Some(end) = after.find(close) else {
            out.push_str(after);
            return out;
        };
        let inner = after.get(1..end).unwrap_or_default();
        if close == '}' {
            let length = inner.find(|c: char| !c.is_ascii()).unwrap_or(inner.len());
            let (name, suffix) = inner.split_at(length);
            let value = slot(name);
            if !value.is_empty() {
                out.push_str(&value);
                out.push_str(suffix);
            }
        } else {
            let (plain, kind) = inner.split_once('|').unwrap_or((inner, inner));
            out.push_str(if polite { kind } else { plain });
        }
        rest = after.get(end + 1..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// The rows of a table: a first line that names the columns, then cells parted by tabs.
pub(crate) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .skip(1)
        .map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_filled() {
        let table = [
            ("{A}は{d、}{lで}会談し<た|ました>。", false, "中国は16日、会談した。"),
            ("{A}は{d、}会談し<た|ました>。", true, "中国は16日、会談しました。"),
            ("{p'}だ", false, "王毅外相だ"),
        ];
        for (template, polite, expected) in table {
            let filled = fill(template, polite, &mut |name| match name {
                "A" => "中国".to_owned(),
                "d" => "16日".to_owned(),
                "p'" => "王毅外相".to_owned(),
                _ => String::new(),
            });
            assert_eq!(filled, expected);
        }
    }

    #[test]
    fn the_data_is_well_formed() {
        let wording = Wording::load().unwrap();
        for act in &wording.acts {
            if let Some(matter) = &act.matter {
                assert!(!wording.matter.list(matter).is_empty(), "{}: {matter}", act.id);
            }
            for follow in &act.follow {
                assert!(wording.act(follow).is_some(), "{}: {follow}", act.id);
            }
            assert_eq!(act.plan.is_empty(), act.plan_head.is_empty(), "{}", act.id);
            assert_eq!(act.cancel.is_empty(), act.cancel_head.is_empty(), "{}", act.id);
            assert_eq!(act.postpone.is_empty(), act.postpone_head.is_empty(), "{}", act.id);
            assert_eq!(act.deny.is_empty(), act.deny_head.is_empty(), "{}", act.id);
        }
    }
}
