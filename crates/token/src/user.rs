//! Words that the caller adds to the dictionary.

use crate::dictionary::{Dictionary, Entry};
use crate::{Tag, WordClass};
use entente_base::CharSet;
use rustc_hash::FxHashMap;

/// What a word of the caller costs; low enough that it stays whole.
const COST: i16 = 1000;

/// The words of the caller, found by their first two characters; a word of one character stands with itself and nothing.
#[derive(Debug)]
pub(crate) struct UserWords {
    words: Vec<(Box<[char]>, WordClass)>,
    /// How the words of each class connect.
    entries: [Entry; 4],
    /// Places in `words`, shortest first.
    by_start: FxHashMap<[char; 2], Vec<u32>>,
    first: CharSet,
}

impl UserWords {
    /// These words, but for those with spaces or commas, which are no words of a text.
    ///
    /// They connect as IPADIC's proper nouns of their class do.
    pub(crate) fn new<'a>(
        dictionary: &Dictionary,
        words: impl IntoIterator<Item = (&'a str, WordClass)>,
    ) -> Self {
        let entries = [1289, 1292, 1293, 1294].map(|id| {
            let id = dictionary.id(id);
            Entry::new(id, id, COST)
        });
        let mut user =
            Self { words: Vec::new(), entries, by_start: FxHashMap::default(), first: CharSet::default() };
        for (word, class) in words {
            if word.contains([',', '"', '\n', ' ']) {
                continue;
            }
            let chars: Box<[char]> = word.chars().collect();
            let Some(first) = chars.first().copied() else { continue };
            let start = [first, chars.get(1).copied().unwrap_or('\0')];
            let index = u32::try_from(user.words.len()).unwrap_or(u32::MAX);
            user.first.insert(first);
            user.by_start.entry(start).or_default().push(index);
            user.words.push((chars, class));
        }
        for places in user.by_start.values_mut() {
            places.sort_by_key(|place| user.words.get(*place as usize).map_or(0, |(word, _)| word.len()));
        }
        user
    }

    /// The words that begin a text, shortest first: how many characters, and their place.
    pub(crate) fn prefixes<'w>(&'w self, text: &'w [char]) -> impl Iterator<Item = (usize, u32)> + use<'w> {
        let first = text.first().copied().filter(|first| self.first.contains(*first));
        let second = text.get(1).copied();
        let places = |start: Option<[char; 2]>| start.and_then(|start| self.by_start.get(&start));
        let alone = places(first.map(|first| [first, '\0']));
        let longer = places(first.zip(second).map(|(first, second)| [first, second]));
        alone.into_iter().chain(longer).flatten().filter_map(|place| {
            let (word, _) = self.words.get(*place as usize)?;
            text.starts_with(word).then_some((word.len(), *place))
        })
    }

    fn class(&self, place: u32) -> WordClass {
        self.words.get(place as usize).map_or(WordClass::Person, |(_, class)| *class)
    }

    /// A word as the lattice needs it.
    pub(crate) fn entry(&self, place: u32) -> Entry {
        let [person, organization, region, country] = self.entries;
        match self.class(place) {
            WordClass::Person => person,
            WordClass::Organization => organization,
            WordClass::Place => region,
            WordClass::Country => country,
        }
    }

    /// Its part of speech.
    pub(crate) fn tag(&self, place: u32) -> Tag {
        match self.class(place) {
            WordClass::Person => Tag::PersonName,
            WordClass::Organization => Tag::OrganizationName,
            WordClass::Place | WordClass::Country => Tag::PlaceName,
        }
    }
}
