//! `entente lexicon import`: rows of the lexicon from the results of a query to Wikidata's query service.
//!
//! The query and the form of its results are told in ADDING.md. A result that has `person` makes a row of a person,
//! one that has `body` a row of an organization; several of one item are joined.

use crate::Outcome;
use crate::args::ImportArgs;
use crate::context::Context;
use crate::locale::pick;
use crate::stop::Stop;
use entente_account::Lang;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

/// Where the rows go within a lexicon folder.
const PERSONS: &str = "mention/actor/person/wikidata.tsv";
const BODIES: &str = "mention/actor/organization.tsv";

/// Standard results of SPARQL in JSON, as far as they are read.
#[derive(Debug, Deserialize)]
struct Answer {
    results: Results,
}

#[derive(Debug, Deserialize)]
struct Results {
    bindings: Vec<BTreeMap<String, Value>>,
}

#[derive(Debug, Deserialize)]
struct Value {
    value: String,
}

/// An item with all that its results say.
#[derive(Debug, Default)]
struct Item {
    ja: String,
    en: String,
    family: String,
    sector: String,
    kind: String,
    states: BTreeSet<String>,
    aliases: BTreeSet<String>,
    /// Title, start, end.
    roles: BTreeSet<(String, String, String)>,
}

type Items = BTreeMap<String, Item>;

/// Reads the file, and writes its rows.
pub(crate) fn run(context: &Context, request: &ImportArgs) -> Result<Outcome, Stop> {
    let lang = context.lang;
    let path = &request.wikidata;
    let text = std::fs::read_to_string(path).map_err(|error| Stop::Usage {
        message: format!("{}: {error}", path.display()),
        help: pick(lang, "読める JSON ファイルを指定してください", "name a JSON file that can be read")
            .to_owned(),
    })?;
    let answer: Answer = serde_json::from_str(&text).map_err(|error| Stop::Usage {
        message: format!("{}:{}: {error}", path.display(), error.line()),
        help: pick(
            lang,
            "SPARQL の結果を application/sparql-results+json の形で保存してください（ADDING.md）",
            "save the results of the query as application/sparql-results+json (ADDING.md)",
        )
        .to_owned(),
    })?;
    let (mut persons, mut bodies) = (Items::new(), Items::new());
    let mut errors = Vec::new();
    let mut nameless = BTreeSet::new();
    for (index, binding) in answer.results.bindings.iter().enumerate() {
        let place = format!("{}: {} {}", path.display(), pick(lang, "結果", "result"), index + 1);
        if let Err(problem) = read(binding, &mut persons, &mut bodies, &mut nameless) {
            errors.push(format!("{place}: {}\n  help: {}", problem.message(lang), problem.help(lang)));
        }
    }
    for error in &errors {
        context.report(error);
    }
    let tables = [(PERSONS, table_of_persons(&persons)), (BODIES, table_of_bodies(&bodies))];
    let tables: Vec<&(&str, String)> = tables.iter().filter(|(_, table)| !table.is_empty()).collect();
    let mut out = std::io::stdout().lock();
    match &request.out {
        None => {
            for (name, table) in &tables {
                if tables.len() > 1 {
                    writeln!(out, "# {name}")?;
                }
                out.write_all(table.as_bytes())?;
            }
        }
        Some(dir) => {
            for (name, table) in &tables {
                save(&dir.join(name), table)?;
            }
            let (people, groups) = (persons.len(), bodies.len());
            match lang {
                Lang::Ja => {
                    writeln!(out, "人物 {people} 件、組織 {groups} 件を {} に書きました", dir.display())?
                }
                Lang::En => {
                    writeln!(out, "{people} persons and {groups} bodies written to {}", dir.display())?
                }
            }
            if !nameless.is_empty() {
                let count = nameless.len();
                match lang {
                    Lang::Ja => writeln!(out, "日本語の名前がない {count} 件は除きました")?,
                    Lang::En => writeln!(out, "{count} without a Japanese name left out")?,
                }
            }
        }
    }
    out.flush()?;
    Ok(if errors.is_empty() { Outcome::Done } else { Outcome::Partial })
}

fn save(path: &Path, table: &str) -> Result<(), Stop> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(path, table)?;
    Ok(())
}

/// What is wrong with one result.
#[derive(Debug)]
enum Problem {
    /// Neither a person nor a body.
    NoItem,
    /// The item is no address of Wikidata's.
    Item(String),
    /// The code of a state is none.
    State(String),
    /// A date is none.
    Date(String),
}

impl Problem {
    fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Problem::NoItem, Lang::Ja) => "`person` も `body` もありません".to_owned(),
            (Problem::NoItem, Lang::En) => "it has neither `person` nor `body`".to_owned(),
            (Problem::Item(value), Lang::Ja) => format!("`{value}` はウィキデータの項目ではありません"),
            (Problem::Item(value), Lang::En) => format!("`{value}` is no item of Wikidata"),
            (Problem::State(value), Lang::Ja) => {
                format!("`{value}` は ISO 3166-1 alpha-3 のコードではありません")
            }
            (Problem::State(value), Lang::En) => format!("`{value}` is no code of ISO 3166-1 alpha-3"),
            (Problem::Date(value), Lang::Ja) => format!("`{value}` は日付ではありません"),
            (Problem::Date(value), Lang::En) => format!("`{value}` is no date"),
        }
    }

    const fn help(&self, lang: Lang) -> &'static str {
        match self {
            Problem::NoItem | Problem::Item(_) => pick(
                lang,
                "ADDING.md の変数名で問い合わせてください",
                "name the variables of the query as in ADDING.md",
            ),
            Problem::State(_) => {
                pick(lang, "`state` には国の P298 を入れてください", "give `state` the P298 of the country")
            }
            Problem::Date(_) => pick(
                lang,
                "`start` と `end` には 2001-02-03T00:00:00Z の形の日付を入れてください",
                "give `start` and `end` dates such as 2001-02-03T00:00:00Z",
            ),
        }
    }
}

/// Adds one result to its item.
fn read(
    binding: &BTreeMap<String, Value>,
    persons: &mut Items,
    bodies: &mut Items,
    nameless: &mut BTreeSet<String>,
) -> Result<(), Problem> {
    let get = |name: &str| binding.get(name).map_or("", |value| value.value.trim());
    let (address, person) = match (get("person"), get("body")) {
        ("", "") => return Err(Problem::NoItem),
        ("", body) => (body, false),
        (person, _) => (person, true),
    };
    let id = address.rsplit('/').next().unwrap_or_default();
    let digits = id.strip_prefix('Q').unwrap_or_default();
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
        return Err(Problem::Item(address.to_owned()));
    }
    let state = get("state");
    let code = state.len() == 3 && state.chars().all(|c| c.is_ascii_uppercase());
    if !(state.is_empty() || code) {
        return Err(Problem::State(state.to_owned()));
    }
    let (start, end) = (month(get("start"))?, month(get("end"))?);
    let ja = clean(get("ja"));
    // The label service gives the item's number where there is no label.
    if ja.is_empty() || ja == id || ja.is_ascii() {
        nameless.insert(id.to_owned());
        return Ok(());
    }
    let item = if person { persons } else { bodies }.entry(id.to_owned()).or_default();
    let fill = |slot: &mut String, value: &str| {
        if slot.is_empty() {
            *slot = clean(value);
        }
    };
    fill(&mut item.ja, &ja);
    fill(&mut item.en, get("en"));
    fill(&mut item.family, get("family"));
    fill(&mut item.sector, get("sector"));
    fill(&mut item.kind, get("kind"));
    if !state.is_empty() {
        item.states.insert(state.to_owned());
    }
    for alias in get("aliases").split('|').map(clean).filter(|alias| alias.chars().count() >= 2) {
        item.aliases.insert(alias);
    }
    let title = clean(get("position"));
    if !title.is_empty() && !title.is_ascii() {
        item.roles.insert((title, start, end));
    }
    Ok(())
}

/// `2001-02` of `2001-02-03T00:00:00Z`; empty where the date is unknown.
fn month(value: &str) -> Result<String, Problem> {
    // Wikidata writes an unknown value as the address of a blank node.
    if value.is_empty() || value.contains("genid") {
        return Ok(String::new());
    }
    let month: String = value.trim_start_matches('+').chars().take(7).collect();
    let fits = month.len() == 7
        && month.chars().enumerate().all(|(at, c)| if at == 4 { c == '-' } else { c.is_ascii_digit() });
    if fits { Ok(month) } else { Err(Problem::Date(value.to_owned())) }
}

/// A name as a cell may hold it.
fn clean(value: &str) -> String {
    let plain: String = value
        .chars()
        .map(|c| match c {
            '\t' | '\n' | '\r' => ' ',
            ';' => ',',
            '＝' => '=',
            c => c,
        })
        .collect();
    // A label such as 外務省 (日本) says with its brackets what it is of.
    let end = plain.find(" (").or_else(|| plain.find('（')).filter(|&end| end > 0).unwrap_or(plain.len());
    plain.get(..end).unwrap_or_default().trim().to_owned()
}

/// The family name, where the name shows it.
fn family(item: &Item) -> String {
    if !item.family.is_empty() {
        return item.family.clone();
    }
    let katakana = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー');
    if item.ja.chars().any(katakana) {
        return item
            .ja
            .rsplit(['・', ' '])
            .next()
            .filter(|last| *last != item.ja)
            .unwrap_or_default()
            .to_owned();
    }
    let eastern = ["CHN", "HKG", "KOR", "MAC", "PRK", "TWN"].iter().any(|state| item.states.contains(*state));
    let kanji = item.ja.chars().all(|c| matches!(c, '一'..='鿿'));
    if eastern && kanji && item.ja.chars().count() <= 3 {
        return item.ja.chars().take(1).collect();
    }
    String::new()
}

/// Items in order of their states and names.
fn in_order(items: &Items) -> Vec<(&String, &Item)> {
    let mut order: Vec<_> = items.iter().collect();
    order.sort_by_key(|(id, item)| {
        (item.states.iter().cloned().collect::<Vec<_>>(), item.ja.clone(), (*id).clone())
    });
    order
}

fn joined(list: &BTreeSet<String>) -> String {
    list.iter().cloned().collect::<Vec<_>>().join(";")
}

/// Other names than the two that have cells of their own.
fn aliases(item: &Item) -> String {
    let others: BTreeSet<String> =
        item.aliases.iter().filter(|alias| **alias != item.ja && **alias != item.en).cloned().collect();
    joined(&others)
}

fn table_of_persons(items: &Items) -> String {
    let mut table = String::new();
    if items.is_empty() {
        return table;
    }
    table.push_str("ja\tfamily\tstates\tsector\ten\taliases\troles\tsource\n");
    for (id, item) in in_order(items) {
        let sector = if item.sector.is_empty() { "GOV" } else { &item.sector };
        let roles: Vec<String> = item
            .roles
            .iter()
            .map(|(title, start, end)| match (start.as_str(), end.as_str()) {
                ("", "") => title.clone(),
                _ => format!("{title}@{start}..{end}"),
            })
            .collect();
        let (states, names) = (joined(&item.states), aliases(item));
        let _ = writeln!(
            table,
            "{}\t{}\t{states}\t{sector}\t{}\t{names}\t{}\t{id}",
            item.ja,
            family(item),
            item.en,
            roles.join(";")
        );
    }
    table
}

fn table_of_bodies(items: &Items) -> String {
    let mut table = String::new();
    if items.is_empty() {
        return table;
    }
    table.push_str("ja\tstates\tsector\taliases\ten\tkind\tweak\tsource\n");
    for (id, item) in in_order(items) {
        let (states, names) = (joined(&item.states), aliases(item));
        let _ = writeln!(
            table,
            "{}\t{states}\t{}\t{names}\t{}\t{}\t\t{id}",
            item.ja, item.sector, item.en, item.kind
        );
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_cut_from_dates() {
        assert_eq!(month("2001-02-03T00:00:00Z").ok().as_deref(), Some("2001-02"));
        assert_eq!(month("http://www.wikidata.org/.well-known/genid/1").ok().as_deref(), Some(""));
        assert!(month("soon").is_err());
    }

    #[test]
    fn names_lose_what_would_break_a_cell() {
        assert_eq!(clean("外務省 (見本国)"), "外務省");
        assert_eq!(clean("甲;乙\t丙"), "甲,乙 丙");
    }
}
