//! The other forms of a name: プーチン and Putin, 中露 and 中国とロシア, 防衛省 and Ministry of Defence.

use crate::unit::Phrase;
use entente_base::lexicon::Row;
use entente_base::{Lexicon, LexiconError};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Most forms that a word is searched by.
const MOST_FORMS: usize = 40;

/// Most states that a compound such as 日米韓 may join.
const MOST_STATES: usize = 4;

/// A family name borne by more persons of the lexicon tells none of them.
const MOST_BEARERS: usize = 3;

/// Shortest family name in letters that is searched for by itself.
const SHORTEST_FAMILY: usize = 4;

/// Characters of states side by side that name no pair of them.
const NOT_PAIR: &[&str] = &["中米", "朝日"];

/// The names of one state, body, place or person.
#[derive(Debug, Clone)]
struct Group {
    forms: Vec<String>,
    /// A part of a person's name stands for the person; a part of another's stands for something wider.
    person: bool,
}

/// A state as compounds name it.
#[derive(Debug, Clone, Default)]
struct State {
    /// One-character forms.
    kanji: Vec<char>,
    ja: Vec<String>,
    en: String,
}

/// All names that the lexicon lists, each with its other forms. Immutable; shared by all threads.
#[derive(Debug, Clone)]
pub struct Names {
    groups: Vec<Group>,
    /// Normalized names to indices of `groups`.
    by_name: HashMap<String, Vec<usize>>,
    states: BTreeMap<String, State>,
    /// Normalized names of states, and their codes in small letters, to codes.
    codes: HashMap<String, String>,
    by_kanji: HashMap<char, String>,
    /// Words after a compound of states: 首脳, 関係.
    relations: Vec<String>,
}

/// A name as it is looked up: units and gaps only.
fn key(name: &str) -> String {
    let units = crate::unit::units(name);
    let mut key = String::new();
    let mut next = 0;
    for unit in &units {
        if unit.position > next {
            key.push(' ');
        }
        next = unit.position + 1;
        match &unit.form {
            crate::unit::Form::Char(c) => key.push(*c),
            crate::unit::Form::Word(word) | crate::unit::Form::Capitals(word) => key.push_str(word),
        }
    }
    key
}

fn is_kanji(name: &str) -> bool {
    name.chars().all(|c| matches!(c, '\u{3005}' | '\u{3400}'..='\u{9FFF}'))
}

fn is_katakana(name: &str) -> bool {
    name.chars().all(|c| matches!(c, '\u{30A1}'..='\u{30FF}'))
}

fn is_long(name: &str) -> bool {
    name.chars().count() >= 2
}

/// A person of the lexicon.
struct Person<'a> {
    ja: &'a str,
    family: &'a str,
    aliases: Vec<&'a str>,
    en: &'a str,
    family_en: Option<&'a str>,
    titles: Vec<&'a str>,
}

impl<'a> Person<'a> {
    fn new(row: &Row<'a>) -> Result<Self, LexiconError> {
        let (ja, family, en) = (row.need("ja")?, row.get("family"), row.get("en"));
        // Chinese and Korean names keep the family name first in English too.
        let first = is_kanji(ja) && !row.list("states").contains(&"JPN");
        let mut words = en.split_whitespace();
        let family_en = if first { words.next() } else { words.next_back() };
        let family_en = family_en.filter(|word| *word != en && !family.is_empty());
        let mut titles: Vec<&str> =
            row.list("roles").into_iter().map(|role| role.split('@').next().unwrap_or(role).trim()).collect();
        titles.sort_unstable();
        titles.dedup();
        Ok(Self { ja, family, aliases: row.list("aliases"), en, family_en, titles })
    }
}

impl Names {
    /// Reads `mention/` of the lexicon.
    ///
    /// # Errors
    /// When a row lacks what it needs.
    pub fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut names = Self {
            groups: Vec::new(),
            by_name: HashMap::new(),
            states: BTreeMap::new(),
            codes: HashMap::new(),
            by_kanji: HashMap::new(),
            relations: Vec::new(),
        };
        names.read_states(lexicon)?;
        for row in lexicon.rows("mention/actor/body.tsv")? {
            let forms = [row.need("ja")?, row.get("en")].into_iter();
            let forms = forms.chain(row.list("ja_aliases")).chain(row.list("en_aliases"));
            names.add(forms, [row.need("code")?], false);
        }
        for row in lexicon.rows("mention/actor/organization.tsv")? {
            let forms = [row.need("ja")?, row.get("en")].into_iter().chain(row.list("aliases"));
            names.add(forms, [], false);
        }
        for row in lexicon.rows("mention/place/")? {
            let forms = [row.need("name")?, row.get("en")].into_iter().chain(row.list("aliases"));
            names.add(forms, [], false);
        }
        names.read_persons(lexicon)?;
        for row in lexicon.rows("mention/abbreviation.tsv")? {
            if row.get("kind") == "relation" {
                names.relations.extend(row.list("words").into_iter().map(str::to_owned));
            }
        }
        Ok(names)
    }

    /// Takes in the names of one bearer: `forms` are searched for, `others` only lead to them.
    fn add<'a>(
        &mut self,
        forms: impl IntoIterator<Item = &'a str>,
        others: impl IntoIterator<Item = &'a str>,
        person: bool,
    ) {
        let mut seen = HashSet::new();
        let forms: Vec<&str> = forms.into_iter().filter(|form| is_long(form) && seen.insert(*form)).collect();
        let index = self.groups.len();
        for name in forms.iter().copied().chain(others) {
            let list = self.by_name.entry(key(name)).or_default();
            if !list.contains(&index) {
                list.push(index);
            }
        }
        self.groups.push(Group { forms: forms.into_iter().map(str::to_owned).collect(), person });
    }

    fn read_states(&mut self, lexicon: &Lexicon) -> Result<(), LexiconError> {
        let rows = lexicon.rows("mention/actor/state.tsv")?;
        // A name that is part of another state's (Korea of North Korea) would find the other too.
        let mut all: Vec<(&str, Phrase)> = Vec::new();
        for row in rows.iter().filter(|row| row.get("status") == "state") {
            let listed = row.list("ja_aliases").into_iter().chain(row.list("en_aliases"));
            for name in [row.get("ja"), row.get("en")].into_iter().chain(listed) {
                all.extend(Phrase::name(name).map(|phrase| (row.get("code"), phrase)));
            }
        }
        for row in &rows {
            let (code, ja, en) = (row.need("code")?, row.need("ja")?, row.need("en")?);
            let (aliases, aliases_en) = (row.list("ja_aliases"), row.list("en_aliases"));
            let own = |name: &&str| {
                Phrase::name(name).is_some_and(|phrase| {
                    !all.iter().any(|(other, name)| *other != code && phrase.is_within(name))
                })
            };
            let listed: Vec<&str> = aliases.iter().chain(&aliases_en).copied().collect();
            let forms = [ja, en].into_iter().chain(listed.iter().copied().filter(own));
            self.add(forms, listed.iter().copied().chain([code]), false);
            let capitals = row.list("capital").into_iter().chain(row.list("capital_en"));
            self.add(capitals, [], false);
            if row.get("status") == "disputed" {
                continue;
            }
            for name in [code, ja, en].into_iter().chain(listed).chain(row.list("adjectives_en")) {
                self.codes.entry(key(name)).or_insert_with(|| code.to_owned());
            }
            let kanji: Vec<char> = row.list("kanji").iter().filter_map(|form| form.chars().next()).collect();
            for c in &kanji {
                self.by_kanji.entry(*c).or_insert_with(|| code.to_owned());
            }
            let short = aliases.into_iter().find(|name| !name.contains(ja) && name.chars().count() <= 5);
            let ja = [ja].into_iter().chain(short).map(str::to_owned).collect();
            self.states.insert(code.to_owned(), State { kanji, ja, en: en.to_owned() });
        }
        Ok(())
    }

    fn read_persons(&mut self, lexicon: &Lexicon) -> Result<(), LexiconError> {
        let common = lexicon.rows("mention/actor/common_family.tsv")?;
        let common: HashSet<&str> = common.iter().flat_map(|row| row.list("words")).collect();
        let rows = lexicon.rows("mention/actor/person/")?;
        let persons = rows.iter().map(Person::new).collect::<Result<Vec<_>, _>>()?;
        let mut bearers: HashMap<&str, usize> = HashMap::new();
        let mut holders: HashMap<(&str, &str), usize> = HashMap::new();
        let mut families: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for person in &persons {
            *bearers.entry(person.family).or_default() += 1;
            for title in &person.titles {
                *holders.entry((person.family, title)).or_default() += 1;
            }
            if let Some(family) = person.family_en {
                *bearers.entry(family).or_default() += 1;
                families.entry(person.family).or_default().insert(family);
            }
        }
        for person in &persons {
            let alone = bearers.get(person.family) == Some(&1) && !common.contains(person.family);
            // Two katakana (リー) stand in too many other words.
            let told = |name: &str| is_katakana(name) && name.chars().count() >= 3;
            let mut forms: Vec<String> = vec![person.ja.to_owned(), person.en.to_owned()];
            let mut others: Vec<String> = Vec::new();
            for alias in &person.aliases {
                let list = if is_katakana(alias) && !told(alias) { &mut others } else { &mut forms };
                list.push((*alias).to_owned());
            }
            if !person.family.is_empty() {
                for title in &person.titles {
                    let titled = format!("{}{title}", person.family);
                    if holders.get(&(person.family, title)) == Some(&1) {
                        forms.push(titled);
                    }
                    others.push(format!("{}{title}", person.ja));
                }
                if alone && told(person.family) {
                    forms.push(person.family.to_owned());
                } else if alone {
                    forms.push(format!("{}氏", person.family));
                }
            }
            if let Some(family) = person.family_en.filter(|family| bearers.get(family) == Some(&1)) {
                if family.len() >= SHORTEST_FAMILY && alone {
                    forms.push(family.to_owned());
                } else {
                    others.push(family.to_owned());
                }
            }
            self.add(forms.iter().map(String::as_str), others.iter().map(String::as_str), true);
        }
        // A family name in both scripts, whoever bears it.
        for (family, in_english) in &families {
            let few = bearers.get(family).is_some_and(|count| *count <= MOST_BEARERS);
            for english in in_english.iter().filter(|english| english.len() >= SHORTEST_FAMILY) {
                if few && is_long(family) {
                    self.add([*family, *english], [], true);
                }
            }
        }
        Ok(())
    }

    /// The codes that a name, code or compound of states stands for: `CHN`, 中国, `China`, 中露; empty where
    /// unknown.
    pub fn states(&self, name: &str) -> Vec<String> {
        if let Some(code) = self.codes.get(&key(name)) {
            return vec![code.clone()];
        }
        self.compound(name).or_else(|| self.joined(name)).unwrap_or_default()
    }

    /// Whether words are a name that the lexicon lists.
    pub(crate) fn knows(&self, words: &str) -> bool {
        self.by_name.contains_key(&key(words))
    }

    /// What a word is searched by: itself and its other forms, none of which another one covers.
    pub(crate) fn forms(&self, word: &str) -> Vec<Phrase> {
        let Some(typed) = Phrase::new(word) else { return Vec::new() };
        let mut forms: Vec<Phrase> = Vec::new();
        let mut same = false;
        let wanted = key(word);
        for group in
            self.by_name.get(&wanted).into_iter().flatten().filter_map(|index| self.groups.get(*index))
        {
            for name in &group.forms {
                let Some(form) = Phrase::name(name) else { continue };
                let is_it = key(name) == wanted;
                if group.person || is_it || !form.is_within(&typed) {
                    same |= is_it;
                    forms.push(form);
                }
            }
        }
        if !same {
            forms.insert(0, typed);
        }
        forms.extend(self.compounds(word).iter().filter_map(|form| Phrase::new(form)));
        let mut kept: Vec<Phrase> = Vec::new();
        for (index, form) in forms.iter().enumerate() {
            let covered = forms.iter().enumerate().any(|(other, shorter)| {
                other != index && shorter.is_within(form) && (other < index || !form.is_within(shorter))
            });
            if !covered && kept.len() < MOST_FORMS {
                kept.push(form.clone());
            }
        }
        kept
    }

    /// The states of 中露, 日米韓.
    fn compound(&self, word: &str) -> Option<Vec<String>> {
        let mut codes: Vec<String> = Vec::new();
        for c in word.chars() {
            let code = self.by_kanji.get(&c)?;
            if codes.contains(code) {
                return None;
            }
            codes.push(code.clone());
        }
        ((2..=MOST_STATES).contains(&codes.len()) && !NOT_PAIR.contains(&word)).then_some(codes)
    }

    /// The states of 中国とロシア, 日本・米国・韓国, China-Russia.
    fn joined(&self, word: &str) -> Option<Vec<String>> {
        let parts: Vec<&str> = word.split(['と', '・', '、', '-', '&']).collect();
        let codes: Vec<String> =
            parts.iter().map(|part| self.codes.get(&key(part)).cloned()).collect::<Option<_>>()?;
        let distinct: BTreeSet<&String> = codes.iter().collect();
        ((2..=MOST_STATES).contains(&codes.len()) && distinct.len() == codes.len()).then_some(codes)
    }

    /// The other spellings of a compound of states, alone or before a word of relations: 中ロ, 露中首脳会談.
    fn compounds(&self, word: &str) -> Vec<String> {
        let word: String = entente_text::Reading::new(word).text();
        if let Some(codes) = self.compound(&word).or_else(|| self.joined(&word)) {
            let mut forms = self.spellings(&codes, "");
            forms.extend(self.joins(&codes));
            return forms;
        }
        let at: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        for cut in (2..=MOST_STATES).rev() {
            let Some((head, rest)) = at.get(cut).and_then(|at| word.split_at_checked(*at)) else { continue };
            if self.relations.iter().any(|relation| rest.starts_with(relation))
                && let Some(codes) = self.compound(head)
            {
                return self.spellings(&codes, rest);
            }
        }
        Vec::new()
    }

    /// All orders of the states, each in all its one-character forms.
    fn spellings(&self, codes: &[String], rest: &str) -> Vec<String> {
        let mut spellings = Vec::new();
        for order in orders(codes) {
            let mut made = vec![String::new()];
            for code in order {
                let kanji = self.states.get(code).map(|state| state.kanji.as_slice()).unwrap_or_default();
                made = made.iter().flat_map(|head| kanji.iter().map(move |c| format!("{head}{c}"))).collect();
            }
            spellings.extend(made.into_iter().map(|head| format!("{head}{rest}")));
        }
        spellings
    }

    /// All orders of the states by their names.
    fn joins(&self, codes: &[String]) -> Vec<String> {
        let mut joins = Vec::new();
        for order in orders(codes) {
            let states: Vec<&State> = order.iter().filter_map(|code| self.states.get(*code)).collect();
            if let [first, second] = states.as_slice() {
                for (a, b) in first.ja.iter().flat_map(|a| second.ja.iter().map(move |b| (a, b))) {
                    joins.extend([format!("{a}と{b}"), format!("{a}・{b}")]);
                }
                joins.extend([
                    format!("{} and {}", first.en, second.en),
                    format!("{}-{}", first.en, second.en),
                ]);
            } else {
                let names: Vec<&str> =
                    states.iter().filter_map(|state| Some(state.ja.first()?.as_str())).collect();
                joins.push(names.join("・"));
            }
        }
        joins
    }
}

/// All orders of some codes.
fn orders(codes: &[String]) -> Vec<Vec<&String>> {
    let mut orders: Vec<Vec<&String>> = vec![Vec::new()];
    for _ in codes {
        orders = orders
            .iter()
            .flat_map(|order| {
                codes.iter().filter(|code| !order.contains(code)).map(|code| {
                    let mut longer = order.clone();
                    longer.push(code);
                    longer
                })
            })
            .collect();
    }
    orders
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::units;

    fn names() -> Names {
        Names::new(&Lexicon::built_in()).unwrap()
    }

    #[test]
    fn a_name_is_found_by_its_other_forms() {
        let names = names();
        for (asked, text, found) in [
            ("プーチン", "Putin said", true),
            ("Putin", "プーチン大統領は", true),
            ("ウラジーミル・プーチン", "プーチン氏が", true),
            ("vladimir putin", "ヴラジーミル・プーチン", true),
            ("習近平", "習主席は", true),
            ("習主席", "シー・ジンピン", true),
            ("Xi Jinping", "習近平国家主席", true),
            ("シー・ジンピン", "Xi Jinping", true),
            ("防衛省", "the Ministry of Defense", true),
            ("Ministry of Defence", "防衛省は", true),
            ("米国", "アメリカは", true),
            ("US", "米国は", true),
            ("USA", "アメリカは", true),
            ("アメリカ", "the US said", true),
            ("米国", "told us so", false),
            ("US", "told us so", false),
            ("韓国", "North Korea", false),
            ("北朝鮮", "朝鮮戦争", false),
            ("中ロ", "中露首脳", true),
            ("中露", "中国とロシア", true),
            ("中国とロシア", "ロ中", true),
            ("露中", "China-Russia ties", true),
            ("日米韓", "日韓米", true),
            ("米日韓", "日本・米国・韓国", true),
            ("中ロ首脳会談", "中露首脳会談", true),
            ("中米", "米中", false),
            ("Trump", "トランプ大統領", true),
            ("国連", "United Nations", true),
            ("輸出", "輸入", false),
        ] {
            let units = units(text);
            let forms = names.forms(asked);
            assert!(forms.len() <= MOST_FORMS);
            let is_found = forms.iter().any(|form| form.find(&units).next().is_some());
            assert_eq!(is_found, found, "{asked} in {text}: {forms:?}");
        }
    }

    #[test]
    fn states_by_any_name() {
        let names = names();
        for (asked, wanted) in [
            ("CHN", &["CHN"][..]),
            ("chn", &["CHN"]),
            ("中国", &["CHN"]),
            ("Russia", &["RUS"]),
            ("中露", &["CHN", "RUS"]),
            ("日米韓", &["JPN", "USA", "KOR"]),
            ("日本・米国", &["JPN", "USA"]),
            ("月面", &[]),
            ("", &[]),
        ] {
            assert_eq!(names.states(asked), wanted, "{asked}");
        }
    }
}
