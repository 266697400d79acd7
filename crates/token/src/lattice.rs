//! The cheapest way through a sentence: Viterbi's algorithm over the words that begin at each character.
//!
//! The choices are those of MeCab and vibrato, also between ways that cost the same: of equals, the last one found.

use crate::dictionary::{Class, Dictionary, Entry};
use crate::user::UserWords;

const NONE: u32 = u32::MAX;
/// Connection id of the beginning and the end of a sentence.
const EDGE: u16 = 0;

/// Where a word of the way comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The dictionary: its row.
    Known(u32),
    /// The words of the caller: its place among them.
    User(u32),
    /// No dictionary: the row of its class.
    Unknown(u32),
}

/// A word that may stand here.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// Cost of the cheapest way to its end.
    cost: i32,
    right: u16,
    /// The node before it on that way.
    before: u32,
    /// Where it begins.
    start: u32,
    origin: Origin,
    /// The next node that ends where it ends.
    next: u32,
}

/// A way to the character at hand: the cheapest of those that end with a right id.
#[derive(Debug, Clone, Copy)]
struct Way {
    right: u16,
    cost: i32,
    node: u32,
}

/// Memory of one thread.
#[derive(Debug, Default)]
pub(crate) struct Lattice {
    nodes: Vec<Node>,
    /// First and last node that ends at each character.
    ends: Vec<(u32, u32)>,
    ways: Vec<Way>,
    /// For each left id asked of at this character: the cheapest way to it.
    asked: Vec<(u16, i32, u32)>,
    classes: Vec<Class>,
    /// How many characters from each on are of one class.
    alike: Vec<u32>,
}

impl Lattice {
    /// The words of the cheapest way, last first: beginning, end, origin.
    pub(crate) fn read(
        &mut self,
        dictionary: &Dictionary,
        user: &UserWords,
        chars: &[char],
        mut word: impl FnMut(usize, usize, Origin),
    ) {
        self.reset(dictionary, chars);
        for start in 0..chars.len() {
            if !self.gather(start) {
                continue;
            }
            let text = &chars[start..];
            let mut known = false;
            for (length, index) in user.prefixes(text) {
                let entry = user.entry(index);
                self.push(dictionary, start, start + length, entry, Origin::User(index));
                known = true;
            }
            for (length, first) in dictionary.prefixes(text) {
                for entry in dictionary.entries(first) {
                    self.push(dictionary, start, start + length, entry, Origin::Known(entry.row));
                }
                known = true;
            }
            self.unknown(dictionary, start, known);
        }
        if !self.gather(chars.len()) {
            return;
        }
        let (_, mut at) = self.cheapest(dictionary, EDGE);
        let mut end = chars.len();
        while let Some(node) = self.nodes.get(at as usize).filter(|node| node.before != NONE) {
            word(node.start as usize, end, node.origin);
            end = node.start as usize;
            at = node.before;
        }
    }

    fn reset(&mut self, dictionary: &Dictionary, chars: &[char]) {
        self.nodes.clear();
        self.ends.clear();
        self.ends.resize(chars.len() + 1, (NONE, NONE));
        self.classes.clear();
        self.classes.extend(chars.iter().map(|c| dictionary.class(*c)));
        self.alike.clear();
        self.alike.resize(chars.len(), 1);
        for at in (1..chars.len()).rev() {
            if self.classes[at - 1].set() & self.classes[at].set() != 0 {
                self.alike[at - 1] = self.alike[at] + 1;
            }
        }
        self.add(
            0,
            Node { cost: 0, right: EDGE, before: NONE, start: 0, origin: Origin::Known(0), next: NONE },
        );
    }

    fn add(&mut self, end: usize, node: Node) {
        let index = u32::try_from(self.nodes.len()).unwrap_or(NONE);
        self.nodes.push(node);
        let (first, last) = &mut self.ends[end];
        match self.nodes.get_mut(*last as usize) {
            Some(before) => before.next = index,
            None => *first = index,
        }
        *last = index;
    }

    /// Finds the ways to a character; false where there is none.
    ///
    /// Of those that end with the same right id only the cheapest, and of equals the last, can ever be chosen.
    fn gather(&mut self, at: usize) -> bool {
        self.ways.clear();
        self.asked.clear();
        let mut index = self.ends[at].0;
        while let Some(node) = self.nodes.get(index as usize) {
            let way = Way { right: node.right, cost: node.cost, node: index };
            match self.ways.iter().position(|other| other.right == way.right) {
                Some(other) if self.ways[other].cost < way.cost => {}
                Some(other) => {
                    self.ways.remove(other);
                    self.ways.push(way);
                }
                None => self.ways.push(way),
            }
            index = node.next;
        }
        !self.ways.is_empty()
    }

    /// The cheapest of the ways to what has a left id.
    fn cheapest(&mut self, dictionary: &Dictionary, left: u16) -> (i32, u32) {
        if let Some((_, cost, node)) = self.asked.iter().find(|(asked, ..)| *asked == left) {
            return (*cost, *node);
        }
        let costs = dictionary.costs(left);
        let (mut least, mut best) = (i32::MAX, NONE);
        for way in &self.ways {
            let cost = way.cost + i32::from(costs.get(usize::from(way.right)).copied().unwrap_or(0));
            if cost <= least {
                (least, best) = (cost, way.node);
            }
        }
        self.asked.push((left, least, best));
        (least, best)
    }

    fn push(&mut self, dictionary: &Dictionary, start: usize, end: usize, entry: Entry, origin: Origin) {
        let (cost, before) = self.cheapest(dictionary, entry.left);
        let start = u32::try_from(start).unwrap_or(NONE);
        let cost = cost + i32::from(entry.cost);
        self.add(end, Node { cost, right: entry.right, before, start, origin, next: NONE });
    }

    /// Words that no dictionary knows, by the class of their characters.
    fn unknown(&mut self, dictionary: &Dictionary, start: usize, mut known: bool) {
        let class = self.classes[start];
        if known && !class.invokes() {
            return;
        }
        let alike = self.alike[start] as usize;
        if class.groups() {
            self.unknown_to(dictionary, start, start + alike, class);
            known = true;
        }
        for length in 1..=class.length().min(alike) {
            if class.groups() && length == alike {
                continue;
            }
            self.unknown_to(dictionary, start, start + length, class);
            known = true;
        }
        if !known {
            self.unknown_to(dictionary, start, start + 1, class);
        }
    }

    fn unknown_to(&mut self, dictionary: &Dictionary, start: usize, end: usize, class: Class) {
        for entry in dictionary.unknown(class) {
            self.push(dictionary, start, end, entry, Origin::Unknown(entry.row));
        }
    }
}
