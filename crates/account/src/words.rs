//! The words that an account and its dossier speak: labels, names, the glossary, and hints for reading.

use crate::traits::{Why, pair};
use entente_base::lexicon::{Lexicon, LexiconError};
use entente_base::record::EventType;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

/// Language of labels and names. Quoted words stay in the language of their document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Japanese.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// ISO 639-1 code.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::Ja => "ja",
            Lang::En => "en",
        }
    }

    /// The language of a code.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "ja" => Some(Lang::Ja),
            "en" => Some(Lang::En),
            _ => None,
        }
    }
}

/// What states and bodies are called.
pub trait Names {
    /// Name of the state or body of a code; the code itself where none is known.
    fn state(&self, code: &str, lang: Lang) -> String;
}

/// A word in Japanese and in English.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Both {
    ja: String,
    en: String,
}

impl Both {
    fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.en.is_empty() => &self.en,
            _ => &self.ja,
        }
    }
}

/// An entry of the glossary.
#[derive(Debug, Clone)]
pub(crate) struct GlossaryEntry {
    pub(crate) term: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) en: String,
    pub(crate) definition: String,
    pub(crate) definition_en: String,
}

#[derive(Debug, Clone)]
struct Measure {
    section: String,
    name: Both,
    tally: bool,
    rate: bool,
}

/// How high a title ranks: what a dossier asks of "level".
pub(crate) mod level {
    /// Heads of state and of government.
    pub(crate) const HEAD: u8 = 3;
    /// Ministers and who ranks with them.
    pub(crate) const MINISTER: u8 = 2;
    /// Anyone else with an office.
    pub(crate) const OFFICIAL: u8 = 1;
}

/// Everything the account reads from the lexicon.
#[derive(Debug, Clone, Default)]
pub struct Words {
    labels: HashMap<String, Both>,
    names: BTreeMap<String, Both>,
    bodies: HashMap<String, Both>,
    glossary: Vec<GlossaryEntry>,
    hints: HashMap<String, Vec<(String, f64)>>,
    measures: HashMap<String, Measure>,
    origin_keys: HashMap<String, String>,
    origin_names: HashMap<String, Both>,
    levels: HashMap<String, u8>,
    role_names: HashMap<String, String>,
    common: HashMap<u64, f64>,
}

impl Names for Words {
    fn state(&self, code: &str, lang: Lang) -> String {
        match self.names.get(code).or_else(|| self.bodies.get(code)) {
            Some(name) => name.get(lang).to_owned(),
            None => code.to_owned(),
        }
    }
}

impl Words {
    /// Reads `account/`, and the names and titles of `mention/`.
    ///
    /// # Errors
    /// When a row lacks a cell that it needs, or a weight is not a number.
    pub fn load(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut words = Self::default();
        for row in lexicon.rows("account/label")? {
            let both = Both { ja: row.need("ja")?.to_owned(), en: row.get("en").to_owned() };
            words.labels.insert(row.need("key")?.to_owned(), both);
        }
        for row in lexicon.rows("account/glossary")? {
            words.glossary.push(GlossaryEntry {
                term: row.need("term")?.to_owned(),
                aliases: row.list("aliases").into_iter().map(str::to_owned).collect(),
                en: row.get("en").to_owned(),
                definition: row.need("definition")?.to_owned(),
                definition_en: row.get("definition_en").to_owned(),
            });
        }
        for row in lexicon.rows("account/hint")? {
            let weight = match row.get("weight") {
                "" => 1.0,
                text => text.parse().map_err(|_| {
                    row.error(
                        format!("`{text}` is not a number"),
                        "write the weight as a number, or leave it out",
                    )
                })?,
            };
            let kind = row.need("kind")?.to_owned();
            words.hints.entry(kind).or_default().push((row.need("word")?.to_owned(), weight));
        }
        for row in lexicon.rows("account/common")? {
            let (text, share) = (row.need("pair")?, row.need("per_mille")?);
            let mut chars = text.chars();
            let (Some(a), Some(b), None, Ok(share)) =
                (chars.next(), chars.next(), chars.next(), share.parse::<f64>())
            else {
                return Err(row.error(
                    format!("`{text}` and `{share}` are not a pair of characters and a number"),
                    "write two characters, a tab, and in how many of a thousand passages they stand",
                ));
            };
            words.common.insert(pair(a, b), share / 1000.0);
        }
        for row in lexicon.rows("account/measure")? {
            let name = Both { ja: row.need("ja")?.to_owned(), en: row.get("en").to_owned() };
            let measure = Measure {
                section: row.need("section")?.to_owned(),
                name,
                tally: !row.get("tally").is_empty(),
                rate: !row.get("rate").is_empty(),
            };
            words.measures.insert(row.need("measure")?.to_owned(), measure);
        }
        for row in lexicon.rows("account/origin")? {
            let key = row.need("key")?.to_owned();
            for alias in row.list("aliases") {
                words.origin_keys.insert(plain_origin(alias), key.clone());
            }
            let name = Both { ja: row.need("ja")?.to_owned(), en: row.get("en").to_owned() };
            words.origin_names.insert(key, name);
        }
        for row in lexicon.rows("mention/actor/state.tsv")? {
            let name = Both { ja: row.need("ja")?.to_owned(), en: row.get("en").to_owned() };
            words.names.insert(row.need("code")?.to_owned(), name);
        }
        for row in lexicon.rows("mention/actor/body.tsv")? {
            let name = Both { ja: row.need("ja")?.to_owned(), en: row.get("en").to_owned() };
            words.bodies.insert(row.need("code")?.to_owned(), name);
        }
        for row in lexicon.rows("mention/title.tsv")? {
            let rank = match row.get("kind") {
                "head_of_state" | "head_of_government" => level::HEAD,
                "foreign_minister" | "defence_minister" | "minister" => level::MINISTER,
                "honorific" | "academic" | "business" | "religious" => continue,
                _ => level::OFFICIAL,
            };
            for title in std::iter::once(row.need("ja")?).chain(row.list("aliases")) {
                words.levels.entry(title.to_owned()).or_insert(rank);
                if !row.get("en").is_empty() {
                    words.role_names.entry(title.to_owned()).or_insert_with(|| row.get("en").to_owned());
                }
            }
        }
        Ok(words)
    }

    /// The words compiled into the program; none where its own lexicon does not read.
    pub fn built_in() -> &'static Self {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| Self::load(&Lexicon::built_in()).unwrap_or_default())
    }

    /// The label of a key, e.g. `section.key`; the last part of the key where it has no row.
    pub fn label(&self, key: &str, lang: Lang) -> String {
        match self.labels.get(key) {
            Some(label) => label.get(lang).to_owned(),
            None => key.rsplit('.').next().unwrap_or(key).replace('_', " "),
        }
    }

    /// The label of a key with `{name}` filled in.
    pub fn fill(&self, key: &str, lang: Lang, name: &str, value: &str) -> String {
        self.label(key, lang).replace(&format!("{{{name}}}"), value)
    }

    /// Whether a label has a row.
    /// The name of a type of event, with its mode where that has a name.
    pub fn type_label(&self, kind: EventType, mode: Option<&str>, lang: Lang) -> String {
        let key = format!("type.{}", kind.name());
        let refined = mode.map(|mode| format!("{key}.{mode}")).filter(|key| self.has_label(key));
        self.label(refined.as_deref().unwrap_or(&key), lang)
    }

    /// Why reports were taken for one event, for display.
    pub fn why_label(&self, why: &Why, lang: Lang) -> String {
        let key = match why {
            Why::Date => "why.date",
            Why::DateKnown => "why.date_known",
            Why::NextDay => "why.next_day",
            Why::PutOff => "why.put_off",
            Why::Undated => "why.undated",
            Why::Place => "why.place",
            Why::Mode => "why.mode",
            Why::Plan => "why.plan",
            Why::Repeated => "why.repeated",
            Why::Corrected => "why.corrected",
            Why::Words(words) => return self.fill("why.words", lang, "n", words),
            Why::Persons(names) => {
                let separator = if lang == Lang::Ja { "、" } else { ", " };
                return self.fill("why.persons", lang, "n", &names.join(separator));
            }
        };
        self.label(key, lang)
    }

    pub(crate) fn has_label(&self, key: &str) -> bool {
        self.labels.contains_key(key)
    }

    /// Whether a code is a state's; where no names are known, three capital letters are taken for one.
    pub(crate) fn is_state(&self, code: &str) -> bool {
        if self.names.is_empty() {
            return code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        }
        self.names.contains_key(code)
    }

    /// What a measure is called.
    pub fn measure(&self, measure: &str, lang: Lang) -> String {
        match self.measures.get(measure) {
            Some(found) => found.name.get(lang).to_owned(),
            None => measure.replace('_', " "),
        }
    }

    /// The section of a dossier that figures of a measure stand in.
    pub(crate) fn measure_section(&self, measure: &str) -> &str {
        self.measures.get(measure).map_or("other", |found| &found.section)
    }

    /// Whether a measure is a rate, so that a percentage of it needs no further word.
    pub(crate) fn is_rate(&self, measure: &str) -> bool {
        self.measures.get(measure).is_none_or(|found| found.rate)
    }

    /// Whether a measure counts what grows or is counted differently.
    pub(crate) fn is_tally(&self, measure: &str) -> bool {
        self.measures.get(measure).is_none_or(|found| found.tally)
    }

    /// A role in a language: what follows its qualifiers is looked up among the titles.
    pub fn role(&self, role: &str, lang: Lang) -> String {
        match lang {
            Lang::Ja => role.to_owned(),
            Lang::En => self.role_names.get(role).cloned().unwrap_or_else(|| role.to_owned()),
        }
    }

    pub(crate) fn glossary(&self) -> &[GlossaryEntry] {
        &self.glossary
    }

    /// How much a pair of characters tells: the rarer it is in passages, the more.
    pub(crate) fn weight(&self, pair: u64) -> f64 {
        /// Share of passages in which a pair stands that is not listed as common.
        const RARE: f64 = 0.001;
        (1.0 + 1.0 / self.commonness(pair).unwrap_or(RARE)).ln()
    }

    /// Share of passages in which a pair of characters stands; `None` for one that is rare.
    pub(crate) fn commonness(&self, pair: u64) -> Option<f64> {
        self.common.get(&pair).copied()
    }

    pub(crate) fn hints(&self, kind: &str) -> &[(String, f64)] {
        self.hints.get(kind).map_or(&[], Vec::as_slice)
    }

    /// Weight of a word among the hints of a kind.
    pub(crate) fn hint(&self, kind: &str, word: &str) -> Option<f64> {
        self.hints(kind).iter().find(|(known, _)| known == word).map(|&(_, weight)| weight)
    }

    /// Whether any word of a kind stands in the text.
    pub(crate) fn has_hint(&self, kind: &str, text: &str) -> bool {
        self.hints(kind).iter().any(|(word, _)| text.contains(word.as_str()))
    }

    /// Sum of the weights of the words of a kind that stand in the text.
    pub(crate) fn weigh(&self, kind: &str, text: &str) -> f64 {
        self.hints(kind)
            .iter()
            .filter(|(word, _)| text.contains(word.as_str()))
            .map(|&(_, weight)| weight)
            .sum()
    }

    /// How high a role ranks: the longest title that it ends with decides.
    pub(crate) fn level(&self, role: &str) -> u8 {
        let starts = role.char_indices().map(|(at, _)| at);
        starts.filter_map(|at| self.levels.get(role.get(at..)?)).next().copied().unwrap_or(0)
    }

    /// Key under which an origin counts: all spellings of an agency have one.
    pub(crate) fn origin_key(&self, origin: &str) -> String {
        let plain = plain_origin(origin);
        if let Some(key) = self.origin_keys.get(&plain) {
            return key.clone();
        }
        for (ending, _) in self.hints("ending") {
            let stem = plain.strip_suffix(ending.as_str());
            if let Some(key) = stem.and_then(|stem| self.origin_keys.get(stem)) {
                return key.clone();
            }
        }
        plain
    }

    /// Whether a name is that of an agency, broadcaster or paper.
    pub(crate) fn is_origin(&self, name: &str) -> bool {
        self.origin_keys.contains_key(&plain_origin(name))
    }

    /// What the origin of a key is called; as it is spelled, where no row names it.
    pub(crate) fn origin_name(&self, key: &str, spelled: &str, lang: Lang) -> String {
        self.origin_names.get(key).map_or_else(|| spelled.to_owned(), |name| name.get(lang).to_owned())
    }
}

/// A host or name without case, scheme, `www.` and path.
fn plain_origin(origin: &str) -> String {
    let lower = origin.trim().to_lowercase();
    let host = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or(host);
    host.strip_prefix("www.").unwrap_or(host).trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_lexicon_reads() {
        let words = Words::load(&Lexicon::built_in()).unwrap();
        assert_eq!(words.label("section.key", Lang::Ja), "要点");
        assert_eq!(words.label("section.key", Lang::En), "Key points");
        assert!(words.glossary().len() >= 60);
    }

    #[test]
    fn every_type_status_and_domain_has_a_label() {
        let words = Words::built_in();
        for kind in entente_base::record::EventType::ALL {
            assert!(words.has_label(&format!("type.{}", kind.name())), "{}", kind.name());
        }
        for status in entente_base::record::Status::NAMES {
            assert!(words.has_label(&format!("status.{status}")));
        }
    }

    #[test]
    fn spellings_of_an_agency_are_one_origin() {
        let words = Words::built_in();
        for spelling in ["新華社", "新華社通信", "http://www.xinhuanet.com/x.htm", "Xinhua"] {
            assert_eq!(words.origin_key(spelling), "xinhua", "{spelling}");
        }
        assert_eq!(words.origin_key("www.example.org"), "example.org");
    }
}
