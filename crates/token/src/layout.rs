//! How the compiled dictionary lies in memory: written by `build.rs`, read where it lies.
//!
//! A header of `HEADER` numbers of 32 bits gives the length of each section in bytes, in the order of [`Section`]. Each
//! section begins at a multiple of `ALIGN` bytes. Numbers have the byte order of the machine that the program is for.

/// Sections begin at multiples of this many bytes.
pub(crate) const ALIGN: usize = 64;

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// For each character of the Basic Multilingual Plane its class: see [`class`]. `u32`.
    Classes,
    /// For each character of the Basic Multilingual Plane its code in the tree, or 0. `u16`.
    Codes,
    /// The nodes of the tree of the surfaces, level by level: first child (the next node's first child ends them), and one
    /// more than the first entry of the word that ends there, or 0. Two `u32` each.
    Nodes,
    /// The character of each node, as a code; those of siblings are sorted. `u16`.
    Letters,
    /// The words, those of one surface together: left id, right id, cost, whether it is the last of its surface, row (low
    /// and high half). Six `u16` each.
    Entries,
    /// First entry of unknown words of each class, and the end. `u32`.
    UnknownStarts,
    /// Unknown words, as `Entries`.
    Unknown,
    /// What is said of words: tag, form, part of a name, bytes of the base form; place of it in `Bases`. Two `u32` each.
    Rows,
    /// Base forms. UTF-8.
    Bases,
    /// Cost of `right` before `left` at `left * rights + right`. `i16`.
    Costs,
    /// The id that stands for each id of IPADIC: the commonest come first, so that their costs lie together. `u16`.
    Ids,
}

impl Section {
    /// All sections in their order.
    pub(crate) const ALL: [Section; 11] = [
        Section::Classes,
        Section::Codes,
        Section::Nodes,
        Section::Letters,
        Section::Entries,
        Section::UnknownStarts,
        Section::Unknown,
        Section::Rows,
        Section::Bases,
        Section::Costs,
        Section::Ids,
    ];
}

/// Numbers in the header: the length of each section, and how many right ids there are.
pub(crate) const HEADER: usize = Section::ALL.len() + 1;

/// The class of a character in one number: the classes it belongs to as bits, the one that is its own, whether unknown
/// words are tried beside known ones, whether its like run together, and how many of them are tried one by one.
pub(crate) mod class {
    /// Bits that name classes.
    pub(crate) const SET: u32 = (1 << 18) - 1;
    /// Where the number of its own class stands.
    pub(crate) const OWN: u32 = 18;
    /// Unknown words are tried beside known ones.
    pub(crate) const INVOKE: u32 = 1 << 26;
    /// Its like run together.
    pub(crate) const GROUP: u32 = 1 << 27;
    /// Where the number of characters tried stands.
    pub(crate) const LENGTH: u32 = 28;
}
