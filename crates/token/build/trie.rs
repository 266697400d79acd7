//! The surfaces as a tree of characters, level by level: the children of a node lie side by side, in the order of their
//! codes, and those of the next node follow.

/// A node.
#[derive(Debug, Clone, Copy, Default)]
pub struct Node {
    /// Its character.
    pub code: u16,
    /// Its first child; the next node's first child ends them.
    pub first: u32,
    /// Value of the word that ends here; 0 where none does.
    pub value: u32,
}

/// The tree of words, sorted, as codes from 1, each with a value above 0. The first node is the root, and a node without a
/// character ends the list.
pub fn build(words: &[(Vec<u16>, u32)]) -> Vec<Node> {
    let mut nodes = vec![Node::default()];
    // The words below each node, and how many characters they share.
    let mut below = vec![(0..words.len(), 0usize)];
    let mut at = 0;
    while let Some((mut range, depth)) = below.get(at).cloned() {
        nodes[at].first = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
        if let Some((word, value)) = words.get(range.start)
            && word.len() == depth
            && !range.is_empty()
        {
            nodes[at].value = *value;
            range.start += 1;
        }
        while let Some((word, _)) = words.get(range.start).filter(|_| !range.is_empty()) {
            let code = word[depth];
            let like = words[range.clone()].partition_point(|(word, _)| word[depth] == code);
            nodes.push(Node { code, ..Node::default() });
            below.push((range.start..range.start + like, depth + 1));
            range.start += like;
        }
        at += 1;
    }
    let end = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
    nodes.push(Node { first: end, ..Node::default() });
    nodes
}
