//! The compiled dictionary, as `src/layout.rs` tells.

use crate::features;
use crate::layout::{ALIGN, HEADER, Section, class};
use crate::rows::{Sources, surface};
use crate::tag::{Form, NamePart, Tag};
use crate::trie;
use std::collections::{BTreeMap, HashMap};

/// A word: left id, right id, cost, row.
#[derive(Debug, Clone, Copy)]
struct Word {
    left: u16,
    right: u16,
    cost: i16,
    row: u32,
}

/// What is said of words, each once.
#[derive(Default)]
struct Rows {
    known: HashMap<String, u32>,
    rows: Vec<u32>,
    bases: String,
    places: HashMap<String, usize>,
}

impl Rows {
    /// The number of a feature row.
    fn of(&mut self, feature: &str) -> Result<u32, String> {
        if let Some(row) = self.known.get(feature) {
            return Ok(*row);
        }
        let (tag, form, base) = features::read(feature);
        let place = |at: Option<usize>| at.and_then(|at| u32::try_from(at).ok()).unwrap_or(0);
        let part = match features::name_part(feature) {
            None => 0,
            Some(NamePart::Family) => 1,
            Some(NamePart::Given) => 2,
        };
        let at = match self.places.get(base) {
            Some(at) => *at,
            None => {
                let at = self.bases.len();
                self.bases.push_str(base);
                self.places.insert(base.to_owned(), at);
                at
            }
        };
        let length = u8::try_from(base.len()).map_err(|_| format!("the base form `{base}` is too long"))?;
        let number = u32::try_from(self.rows.len() / 2).unwrap_or(0);
        let tag = place(Tag::ALL.iter().position(|it| *it == tag));
        let form = place(Form::ALL.iter().position(|it| *it == form));
        self.rows.push(tag | form << 8 | part << 16 | u32::from(length) << 24);
        self.rows.push(u32::try_from(at).unwrap_or(0));
        self.known.insert(feature.to_owned(), number);
        Ok(number)
    }
}

/// The bytes of the dictionary.
pub fn compile(sources: &Sources, big_endian: bool) -> Result<Vec<u8>, String> {
    let (classes, names) = classes(&sources.chars)?;
    let mut rows = Rows::default();
    let mut words: BTreeMap<String, Vec<Word>> = BTreeMap::new();
    for line in sources.lexicon.lines() {
        let (surface, word) = word(line, &mut rows)?;
        words.entry(surface.to_owned()).or_default().push(word);
    }
    let mut unknown: Vec<Vec<Word>> = vec![Vec::new(); names.len()];
    for line in sources.unknown.lines() {
        let (surface, word) = word(line, &mut rows)?;
        let class = names.iter().position(|name| name == surface);
        unknown[class.ok_or_else(|| format!("unk.def: no class `{surface}`"))?].push(word);
    }

    let (rights, costs) = costs(&sources.matrix)?;
    let ids = order(words.values().chain(&unknown), rights);
    for word in words.values_mut().chain(&mut unknown).flatten() {
        word.left = ids[usize::from(word.left)];
        word.right = ids[usize::from(word.right)];
    }
    let costs = reorder(&costs, &ids);

    // The commonest characters have the smallest codes, so that the children of a node lie close together.
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for c in words.keys().flat_map(|word| word.chars()) {
        *counts.entry(c).or_default() += 1;
    }
    let mut letters: Vec<(char, usize)> = counts.into_iter().collect();
    letters.sort_by_key(|(c, count)| (std::cmp::Reverse(*count), *c));
    let mut codes = vec![0u16; 1 << 16];
    for (index, (c, _)) in letters.iter().enumerate() {
        let code = u16::try_from(index + 1).map_err(|_| "more characters than there are codes")?;
        *codes.get_mut(*c as usize).ok_or_else(|| format!("`{c}` is beyond the plane"))? = code;
    }

    let mut entries: Vec<u16> = Vec::new();
    let mut keys: Vec<(Vec<u16>, u32)> = Vec::new();
    for (surface, words) in &words {
        let key = surface.chars().map(|c| codes[c as usize]).collect();
        keys.push((key, u32::try_from(entries.len() / 6 + 1).unwrap_or(0)));
        push(&mut entries, &cheapest(words));
    }
    keys.sort();
    let tree = trie::build(&keys);
    let nodes: Vec<u32> = tree.iter().flat_map(|node| [node.first, node.value]).collect();
    let letters: Vec<u16> = tree.iter().map(|node| node.code).collect();

    let (mut unknown_starts, mut unknown_entries) = (vec![0u32], Vec::new());
    for words in &unknown {
        push(&mut unknown_entries, words);
        unknown_starts.push(u32::try_from(unknown_entries.len() / 6).unwrap_or(0));
    }

    let wide = |numbers: &[u32]| -> Vec<u8> {
        let bytes = |n: &u32| if big_endian { n.to_be_bytes() } else { n.to_le_bytes() };
        numbers.iter().flat_map(bytes).collect()
    };
    let narrow = |numbers: &[u16]| -> Vec<u8> {
        let bytes = |n: &u16| if big_endian { n.to_be_bytes() } else { n.to_le_bytes() };
        numbers.iter().flat_map(bytes).collect()
    };
    let sections = Section::ALL.map(|section| match section {
        Section::Classes => wide(&classes),
        Section::Codes => narrow(&codes),
        Section::Nodes => wide(&nodes),
        Section::Letters => narrow(&letters),
        Section::Entries => narrow(&entries),
        Section::UnknownStarts => wide(&unknown_starts),
        Section::Unknown => narrow(&unknown_entries),
        Section::Rows => wide(&rows.rows),
        Section::Bases => rows.bases.clone().into_bytes(),
        Section::Costs => narrow(&costs),
        Section::Ids => narrow(&ids),
    });
    let mut header: Vec<u32> =
        sections.iter().map(|section| u32::try_from(section.len()).unwrap_or(0)).collect();
    header.push(u32::try_from(rights).unwrap_or(0));
    debug_assert_eq!(header.len(), HEADER);
    let mut bytes = wide(&header);
    for section in sections {
        bytes.resize(bytes.len().next_multiple_of(ALIGN), 0);
        bytes.extend(section);
    }
    Ok(bytes)
}

/// Reads `surface,left,right,cost,feature`.
fn word<'a>(line: &'a str, rows: &mut Rows) -> Result<(&'a str, Word), String> {
    let wrong = || format!("the dictionary has a wrong row: {line}");
    let (surface, rest) = surface(line).ok_or_else(wrong)?;
    let mut cells = rest.splitn(4, ',');
    let mut next = || cells.next().ok_or_else(wrong);
    let (left, right, cost, feature) = (next()?, next()?, next()?, next()?);
    let word = Word {
        left: left.parse().map_err(|_| wrong())?,
        right: right.parse().map_err(|_| wrong())?,
        cost: cost.parse().map_err(|_| wrong())?,
        row: rows.of(feature)?,
    };
    Ok((surface, word))
}

/// Of words that connect alike, the cheapest; of equals, the last, as the tokenizer would choose.
fn cheapest(words: &[Word]) -> Vec<Word> {
    let beats = |one: usize, other: usize| {
        let (a, b) = (words[one], words[other]);
        (a.left, a.right) == (b.left, b.right) && (a.cost < b.cost || a.cost == b.cost && one > other)
    };
    (0..words.len())
        .filter(|&at| !(0..words.len()).any(|other| other != at && beats(other, at)))
        .map(|at| words[at])
        .collect()
}

fn push(entries: &mut Vec<u16>, words: &[Word]) {
    for (index, word) in words.iter().enumerate() {
        let last = u16::from(index + 1 == words.len());
        let (low, high) = ((word.row & 0xffff) as u16, (word.row >> 16) as u16);
        entries.extend([word.left, word.right, word.cost.cast_unsigned(), last, low, high]);
    }
}

/// The class of each character of the Basic Multilingual Plane, and the names of the classes.
fn classes(definition: &str) -> Result<(Vec<u32>, Vec<String>), String> {
    let lines = definition.lines().map(|line| line.split('#').next().unwrap_or("").trim());
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let mut names = vec!["DEFAULT".to_owned()];
    let mut traits = vec![0u32];
    for line in lines.iter().filter(|line| !line.starts_with("0x")) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let [name, invoke, group, length, ..] = cells.as_slice() else {
            return Err(format!("char.def: {line}"));
        };
        let index = names.iter().position(|known| known == name).unwrap_or_else(|| {
            names.push((*name).to_owned());
            traits.push(0);
            names.len() - 1
        });
        let length: u32 = length.parse().map_err(|_| format!("char.def: {line}"))?;
        let invoke = if *invoke == "1" { class::INVOKE } else { 0 };
        let group = if *group == "1" { class::GROUP } else { 0 };
        traits[index] =
            invoke | group | length << class::LENGTH | u32::try_from(index).unwrap_or(0) << class::OWN;
    }
    let encode = |targets: &[&str]| -> Result<u32, String> {
        let find = |name: &str| {
            names.iter().position(|known| known == name).ok_or_else(|| format!("char.def: no class `{name}`"))
        };
        let own = targets.first().map_or(Ok(0), |name| find(name))?;
        targets.iter().try_fold(traits[own], |class, name| Ok(class | 1 << find(name)?))
    };
    let mut classes = vec![encode(&["DEFAULT"])?; 1 << 16];
    for line in lines.iter().filter(|line| line.starts_with("0x")) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let (range, targets) = cells.split_first().ok_or("char.def")?;
        let (first, last) = range.split_once("..").unwrap_or((range, range));
        let number = |text: &str| usize::from_str_radix(text.trim_start_matches("0x"), 16);
        let (Ok(first), Ok(last)) = (number(first), number(last)) else {
            return Err(format!("char.def: {line}"));
        };
        let class = encode(targets)?;
        classes.get_mut(first..=last).ok_or_else(|| format!("char.def: {line}"))?.fill(class);
    }
    Ok((classes, names))
}

/// How many right ids there are, and the costs.
fn costs(definition: &str) -> Result<(usize, Vec<u16>), String> {
    let mut lines = definition.lines().filter(|line| !line.is_empty());
    let numbers = |line: &str| -> Result<Vec<i32>, String> {
        line.split(' ').map(|cell| cell.parse().map_err(|_| format!("matrix.def: {line}"))).collect()
    };
    let size = numbers(lines.next().unwrap_or(""))?;
    let [rights, lefts] = size.as_slice() else { return Err("matrix.def: no size".to_owned()) };
    let place = |n: i32| usize::try_from(n).unwrap_or(usize::MAX);
    let (rights, lefts) = (place(*rights), place(*lefts));
    if rights != lefts {
        return Err("matrix.def: not as many left ids as right ids".to_owned());
    }
    let mut costs = vec![0u16; rights * lefts];
    for line in lines {
        let cells = numbers(line)?;
        let [right, left, cost] = cells.as_slice() else { return Err(format!("matrix.def: {line}")) };
        let cost = i16::try_from(*cost).map_err(|_| format!("matrix.def: {line}"))?;
        *costs
            .get_mut(place(*left) * rights + place(*right))
            .ok_or_else(|| format!("matrix.def: {line}"))? = cost.cast_unsigned();
    }
    Ok((rights, costs))
}

/// For each id the one that stands for it: the commoner its words, the smaller, but that of the edges stays 0. How common
/// a word is follows from its cost, which is the logarithm of how seldom it is.
fn order<'w>(words: impl Iterator<Item = &'w Vec<Word>>, count: usize) -> Vec<u16> {
    /// Cost by which a word is seldom by a factor of e.
    const SCALE: f64 = 700.0;
    let mut weights = vec![0.0; count];
    for word in words.flatten() {
        weights[usize::from(word.left)] += (-f64::from(word.cost) / SCALE).exp();
    }
    let mut order: Vec<usize> = (1..count).collect();
    order.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]).then(a.cmp(b)));
    let mut ids = vec![0; count];
    for (new, old) in order.into_iter().enumerate() {
        ids[old] = u16::try_from(new + 1).unwrap_or(0);
    }
    ids
}

/// The costs by the ids that stand for those of IPADIC.
fn reorder(costs: &[u16], ids: &[u16]) -> Vec<u16> {
    let count = ids.len();
    let mut reordered = vec![0; costs.len()];
    for (left, row) in costs.chunks(count).enumerate() {
        for (right, cost) in row.iter().enumerate() {
            reordered[usize::from(ids[left]) * count + usize::from(ids[right])] = *cost;
        }
    }
    reordered
}
