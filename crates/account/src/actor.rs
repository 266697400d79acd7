//! Who is who across documents.

use crate::digest::Digest;
use crate::traits::{family, is_han};
use crate::words::{Lang, Words, level};
use entente_base::record::{Entity, Kind};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A person, body, organization, state or place, as all documents together know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// State, person, organization or place.
    pub kind: Kind,
    /// Fullest name in the language of the texts.
    pub name: String,
    /// English name, where known.
    pub name_en: Option<String>,
    /// Code of a state or body.
    pub code: Option<String>,
    /// ISO codes of the states it belongs to, sorted.
    pub states: Vec<String>,
    /// Roles that documents give it, most frequent first.
    pub roles: Vec<String>,
    /// PLOVER sector, where known.
    pub sector: Option<String>,
    /// Highest rank of its roles: 3 head of state or government, 2 minister, 1 official, 0 unknown.
    pub level: u8,
    /// Indices of the documents that name it.
    pub documents: Vec<usize>,
}

impl Actor {
    /// Its name in a language, as far as known.
    pub fn shown(&self, lang: Lang) -> &str {
        match (lang, &self.name_en) {
            (Lang::En, Some(name)) => name,
            _ => &self.name,
        }
    }
}

/// All actors, and which entity of which document is which of them.
#[derive(Debug, Default)]
pub(crate) struct Actors {
    pub(crate) list: Vec<Actor>,
    of: HashMap<(usize, String), usize>,
}

/// Disjoint sets.
#[derive(Debug, Default)]
pub(crate) struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    pub(crate) fn new(count: usize) -> Self {
        Self { parent: (0..count).collect() }
    }

    pub(crate) fn find(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Joins two sets; the smaller index stays its root, so that the order of joining does not show.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

impl Actors {
    pub(crate) fn new(digests: &[Digest], words: &Words) -> Self {
        let all: Vec<(usize, &Entity)> = digests
            .iter()
            .enumerate()
            .flat_map(|(document, digest)| digest.entities.iter().map(move |entity| (document, entity)))
            .collect();
        let mut sets = Sets::new(all.len());
        let mut known: HashMap<String, usize> = HashMap::new();
        for (index, (_, entity)) in all.iter().enumerate() {
            for key in keys(entity) {
                match known.get(&key) {
                    Some(&first) => sets.join(first, index),
                    None => {
                        known.insert(key, index);
                    }
                }
            }
        }
        join_short_names(&all, &mut sets);
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for index in 0..all.len() {
            members.entry(sets.find(index)).or_default().push(index);
        }
        let mut actors = Self::default();
        for indices in members.into_values() {
            let group: Vec<&(usize, &Entity)> = indices.iter().filter_map(|&index| all.get(index)).collect();
            for (document, entity) in &group {
                actors.of.insert((*document, entity.id.clone()), actors.list.len());
            }
            actors.list.extend(merge(&group, words));
        }
        actors
    }

    /// The actor that an entity of a document is.
    pub(crate) fn of(&self, document: usize, entity: &str) -> Option<usize> {
        self.of.get(&(document, entity.to_owned())).copied()
    }
}

/// What makes two entities one: a code, an English name, or a name, each with kind and states.
fn keys(entity: &Entity) -> Vec<String> {
    let kind = entity.kind;
    let states = entity.states.join(",");
    let mut keys = vec![format!("{kind:?}|{states}|{}", entity.name)];
    if let Some(code) = entity.code.as_ref().filter(|code| !code.is_empty()) {
        keys.push(format!("{kind:?}|code|{code}"));
    }
    if let Some(name) = entity.name_en.as_ref().filter(|name| !name.is_empty()) {
        keys.push(format!("{kind:?}|{states}|{}", name.to_lowercase()));
    }
    keys
}

/// A family name alone is the one person of those states who bears it; where several do, it stays alone.
fn join_short_names(all: &[(usize, &Entity)], sets: &mut Sets) {
    let mut bearers: HashMap<(String, String), BTreeSet<usize>> = HashMap::new();
    for (index, (_, entity)) in all.iter().enumerate() {
        if entity.kind != Kind::Person {
            continue;
        }
        let states = entity.states.join(",");
        if let Some(family) = family(&entity.name) {
            bearers.entry((states, family.to_owned())).or_default().insert(sets.find(index));
        } else if is_han(&entity.name) {
            let ends = entity.name.char_indices().map(|(at, _)| at).skip(1).take(3);
            for stem in ends.filter_map(|at| entity.name.get(..at)) {
                bearers.entry((states.clone(), stem.to_owned())).or_default().insert(sets.find(index));
            }
        }
    }
    for (index, (_, entity)) in all.iter().enumerate() {
        if entity.kind != Kind::Person {
            continue;
        }
        let mine = sets.find(index);
        if let Some(found) = bearers.get(&(entity.states.join(","), entity.name.clone())) {
            let roots: BTreeSet<usize> =
                found.iter().map(|&root| sets.find(root)).filter(|&root| root != mine).collect();
            if let (Some(&only), 1) = (roots.first(), roots.len()) {
                sets.join(only, index);
            }
        }
    }
}

fn merge(group: &[&(usize, &Entity)], words: &Words) -> Option<Actor> {
    let (_, first) = group.first()?;
    let mut roles: BTreeMap<&str, usize> = BTreeMap::new();
    let mut documents = BTreeSet::new();
    for (document, entity) in group {
        documents.insert(*document);
        if let Some(role) = entity.role.as_deref().filter(|role| !role.is_empty()) {
            *roles.entry(role).or_default() += 1;
        }
    }
    let mut roles: Vec<(&str, usize)> = roles.into_iter().collect();
    roles.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let entities = || group.iter().map(|(_, entity)| entity);
    let longest = |names: &mut dyn Iterator<Item = &String>| {
        names.max_by(|a, b| a.chars().count().cmp(&b.chars().count()).then(b.cmp(a))).cloned()
    };
    Some(Actor {
        kind: first.kind,
        name: if first.kind == Kind::State || first.code.is_some() {
            usual(entities().map(|entity| entity.name.as_str()))
        } else {
            longest(&mut entities().map(|entity| &entity.name).filter(|name| !name.is_ascii()))
                .or_else(|| longest(&mut entities().map(|entity| &entity.name)))
                .unwrap_or_default()
        },
        name_en: longest(&mut entities().filter_map(|entity| entity.name_en.as_ref())),
        code: entities().find_map(|entity| entity.code.clone()),
        states: first.states.clone(),
        level: roles.iter().map(|(role, _)| words.level(role)).max().unwrap_or(0).min(level::HEAD),
        roles: roles.into_iter().map(|(role, _)| role.to_owned()).collect(),
        sector: entities().find_map(|entity| entity.sector.clone()),
        documents: documents.into_iter().collect(),
    })
}

/// The most frequent of some names; of equals the longest.
fn usual<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let best =
        counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(a.0.len().cmp(&b.0.len())).then(b.0.cmp(a.0)));
    best.map_or_else(String::new, |(name, _)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str, name: &str, state: &str, name_en: Option<&str>) -> Entity {
        Entity {
            id: id.to_owned(),
            kind: Kind::Person,
            name: name.to_owned(),
            name_en: name_en.map(str::to_owned),
            code: None,
            states: vec![state.to_owned()],
            role: Some("大統領".to_owned()),
            sector: None,
        }
    }

    fn actors(entities: Vec<Vec<Entity>>) -> Actors {
        let digests: Vec<Digest> =
            entities.into_iter().map(|entities| Digest { entities, ..Digest::default() }).collect();
        Actors::new(&digests, Words::built_in())
    }

    #[test]
    fn a_family_name_finds_its_only_bearer() {
        let found = actors(vec![
            vec![person("e1", "ウラジーミル・プーチン", "RUS", None)],
            vec![person("e1", "プーチン", "RUS", None)],
            vec![person("e1", "プーチン", "BLR", None)],
        ]);
        assert_eq!(found.of(0, "e1"), found.of(1, "e1"));
        assert_ne!(found.of(0, "e1"), found.of(2, "e1"));
        assert_eq!(found.list[0].name, "ウラジーミル・プーチン");
    }

    #[test]
    fn a_family_name_of_two_stays_alone() {
        let found = actors(vec![
            vec![person("e1", "李強", "CHN", None), person("e2", "李克強", "CHN", None)],
            vec![person("e1", "李", "CHN", None)],
        ]);
        assert_eq!(found.list.len(), 3);
    }

    #[test]
    fn an_english_name_joins_spellings() {
        let found = actors(vec![
            vec![person("e1", "セルゲイ・ラブロフ", "RUS", Some("Sergey Lavrov"))],
            vec![person("e9", "セルゲイ・ラヴロフ", "RUS", Some("Sergey Lavrov"))],
        ]);
        assert_eq!(found.list.len(), 1);
        assert_eq!(found.list[0].documents, [0, 1]);
    }
}
