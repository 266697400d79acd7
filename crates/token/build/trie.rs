//! A double array of the characters of words.

/// A node: where its children are counted from, its parent, and its value, or 0.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// A child by the character with code `c` stands at `base + c`.
    pub base: u32,
    /// The parent; `FREE` where there is no node.
    pub parent: u32,
    /// Value of the word that ends here; 0 where none does.
    pub value: u32,
}

/// Parent of a place that holds no node.
pub const FREE: u32 = u32::MAX;
/// Places tried before the children of a node go to the end, where there is room for sure.
const TRIES: usize = 512;

/// The double array of words, sorted, as codes from 1, each with a value above 0.
pub fn build(words: &[(Vec<u16>, u32)]) -> Vec<Node> {
    let mut array = Array { nodes: Vec::new(), next: 1, largest: 0 };
    array.grow(1);
    array.nodes[0].parent = 0;
    // Nodes whose children are to be placed: the node, its words, and how many characters they share.
    let mut open = vec![(0usize, 0..words.len(), 0usize)];
    while let Some((node, mut range, depth)) = open.pop() {
        if let Some((word, value)) = words.get(range.start)
            && word.len() == depth
        {
            array.nodes[node].value = *value;
            range.start += 1;
        }
        if range.is_empty() {
            continue;
        }
        let mut children: Vec<(u16, std::ops::Range<usize>)> = Vec::new();
        for index in range {
            let code = words[index].0[depth];
            match children.last_mut() {
                Some((last, words)) if *last == code => words.end = index + 1,
                _ => children.push((code, index..index + 1)),
            }
        }
        let codes: Vec<usize> = children.iter().map(|(code, _)| usize::from(*code)).collect();
        let base = array.place(&codes);
        array.nodes[node].base = u32::try_from(base).unwrap_or(FREE);
        for (code, _) in &children {
            array.nodes[base + usize::from(*code)].parent = u32::try_from(node).unwrap_or(FREE);
        }
        open.extend(children.into_iter().map(|(code, words)| (base + usize::from(code), words, depth + 1)));
    }
    // Whatever code is added to whatever base, there is a place to look at.
    let reach = array.nodes.iter().map(|node| node.base as usize).max().unwrap_or(0) + array.largest + 1;
    array.grow(reach);
    array.nodes
}

struct Array {
    nodes: Vec<Node>,
    /// No place before this one is free.
    next: usize,
    largest: usize,
}

impl Array {
    fn grow(&mut self, length: usize) {
        if self.nodes.len() < length {
            self.nodes.resize(length, Node { base: 0, parent: FREE, value: 0 });
        }
    }

    fn is_free(&self, at: usize) -> bool {
        self.nodes.get(at).is_none_or(|node| node.parent == FREE)
    }

    /// A base such that there is room for children with these codes, which are sorted.
    fn place(&mut self, codes: &[usize]) -> usize {
        let (first, last) = (codes[0], codes[codes.len() - 1]);
        self.largest = self.largest.max(last);
        while !self.is_free(self.next) {
            self.next += 1;
        }
        let mut at = self.next.max(first + 1);
        let mut tries = 0;
        while !codes.iter().all(|code| self.is_free(at - first + code)) {
            at += 1;
            tries += 1;
            if tries == TRIES {
                at = self.nodes.len().max(first + 1);
                break;
            }
        }
        let base = at - first;
        self.grow(base + last + 1);
        if tries == TRIES && codes.len() == 1 {
            // The places before are all but full.
            self.next = self.next.max(at.saturating_sub(TRIES));
        }
        base
    }
}
