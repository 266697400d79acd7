//! The embedded dictionary, read where it lies.

use crate::layout::{ALIGN, HEADER, Section, class};
use crate::tag::{Form, NamePart, Tag};
use bytemuck::{Pod, try_cast_slice};
use std::sync::OnceLock;

/// The bytes begin where numbers may.
#[repr(C, align(64))]
struct Aligned<B: ?Sized>(B);

static BYTES: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/ipadic.dic")));

/// The embedded dictionary does not open.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the embedded Japanese dictionary is damaged: {0}\n  help: run `make dictionary` and build again")]
pub struct DictionaryError(&'static str);

/// The embedded dictionary. It is not loaded: what is looked up is read from the program itself.
#[derive(Debug, Clone, Copy)]
pub struct Dictionary {
    classes: &'static [u32],
    codes: &'static [u16],
    nodes: &'static [u32],
    letters: &'static [u16],
    entries: &'static [u16],
    unknown_starts: &'static [u32],
    unknown: &'static [u16],
    rows: &'static [u32],
    bases: &'static str,
    costs: &'static [i16],
    ids: &'static [u16],
    rights: usize,
}

/// A word as the lattice needs it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) left: u16,
    pub(crate) right: u16,
    pub(crate) cost: i16,
    /// Whether it is the last of its surface.
    last: bool,
    pub(crate) row: u32,
}

impl Entry {
    /// A word that the dictionary does not hold.
    pub(crate) const fn new(left: u16, right: u16, cost: i16) -> Self {
        Self { left, right, cost, last: true, row: 0 }
    }
}

/// What is said of a word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) tag: Tag,
    pub(crate) form: Form,
    /// Empty where it is the word as it stands.
    pub(crate) base: &'static str,
    pub(crate) name_part: Option<NamePart>,
}

/// The class of a character.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Class(u32);

impl Class {
    /// The classes it belongs to.
    pub(crate) const fn set(self) -> u32 {
        self.0 & class::SET
    }

    const fn own(self) -> usize {
        (self.0 >> class::OWN & 0xff) as usize
    }

    /// Whether unknown words are tried beside known ones.
    pub(crate) const fn invokes(self) -> bool {
        self.0 & class::INVOKE != 0
    }

    /// Whether its like run together.
    pub(crate) const fn groups(self) -> bool {
        self.0 & class::GROUP != 0
    }

    /// How many of its like are tried one by one.
    pub(crate) const fn length(self) -> usize {
        (self.0 >> class::LENGTH) as usize
    }
}

fn section<T: Pod>(at: &mut usize, length: u32) -> Result<&'static [T], DictionaryError> {
    let start = at.next_multiple_of(ALIGN);
    *at = start + length as usize;
    let bytes = BYTES.0.get(start..*at).ok_or(DictionaryError("it ends too early"))?;
    try_cast_slice(bytes).map_err(|_| DictionaryError("a section has a wrong length"))
}

impl Dictionary {
    /// Opens the embedded dictionary.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn open() -> Result<Self, DictionaryError> {
        static OPENED: OnceLock<Result<Dictionary, DictionaryError>> = OnceLock::new();
        OPENED.get_or_init(Self::read).clone()
    }

    fn read() -> Result<Self, DictionaryError> {
        let header = BYTES.0.get(..HEADER * 4).ok_or(DictionaryError("it has no header"))?;
        let header: &[u32] = try_cast_slice(header).map_err(|_| DictionaryError("it has no header"))?;
        let length = |section: Section| header.get(section as usize).copied().unwrap_or(0);
        let mut at = HEADER * 4;
        let dictionary = Self {
            classes: section(&mut at, length(Section::Classes))?,
            codes: section(&mut at, length(Section::Codes))?,
            nodes: section(&mut at, length(Section::Nodes))?,
            letters: section(&mut at, length(Section::Letters))?,
            entries: section(&mut at, length(Section::Entries))?,
            unknown_starts: section(&mut at, length(Section::UnknownStarts))?,
            unknown: section(&mut at, length(Section::Unknown))?,
            rows: section(&mut at, length(Section::Rows))?,
            bases: std::str::from_utf8(section(&mut at, length(Section::Bases))?)
                .map_err(|_| DictionaryError("its base forms are no text"))?,
            costs: section(&mut at, length(Section::Costs))?,
            ids: section(&mut at, length(Section::Ids))?,
            rights: header.last().copied().unwrap_or(0) as usize,
        };
        if dictionary.rights == 0 || dictionary.classes.is_empty() {
            return Err(DictionaryError("it is empty"));
        }
        Ok(dictionary)
    }

    /// The class of a character; beyond the Basic Multilingual Plane, that of the first.
    pub(crate) fn class(&self, c: char) -> Class {
        Class(self.classes.get(c as usize).or(self.classes.first()).copied().unwrap_or(0))
    }

    /// The words that begin a text: how many characters, and their first entry.
    pub(crate) fn prefixes<'t>(&self, text: &'t [char]) -> impl Iterator<Item = (usize, usize)> + use<'t> {
        let (codes, nodes, letters) = (self.codes, self.nodes, self.letters);
        let mut node = 0usize;
        let steps = text.iter().enumerate().map_while(move |(index, c)| {
            let code = *codes.get(*c as usize)?;
            let [first, _, end, _] = nodes.get(node * 2..node * 2 + 4)? else { return None };
            let (first, end) = (*first as usize, *end as usize);
            let place = letters.get(first..end)?.binary_search(&code).ok()?;
            node = first + place;
            Some((index + 1, *nodes.get(node * 2 + 1)? as usize))
        });
        steps.filter(|(_, value)| *value != 0).map(|(length, value)| (length, value - 1))
    }

    /// The entries of one surface.
    pub(crate) fn entries(&self, first: usize) -> impl Iterator<Item = Entry> {
        let mut ended = false;
        self.entries.get(first * 6..).unwrap_or_default().chunks_exact(6).map(entry).take_while(move |it| {
            let before = ended;
            ended = it.last;
            !before
        })
    }

    /// The unknown words of a class.
    pub(crate) fn unknown(&self, class: Class) -> impl Iterator<Item = Entry> {
        let at = |index: usize| self.unknown_starts.get(index).map_or(0, |at| *at as usize * 6);
        let range = at(class.own())..at(class.own() + 1);
        self.unknown.get(range).unwrap_or_default().chunks_exact(6).map(entry)
    }

    /// What each right id costs before a left id.
    pub(crate) fn costs(&self, left: u16) -> &'static [i16] {
        let start = usize::from(left) * self.rights;
        self.costs.get(start..start + self.rights).unwrap_or_default()
    }

    /// The id that stands for one of IPADIC.
    pub(crate) fn id(&self, id: u16) -> u16 {
        self.ids.get(usize::from(id)).copied().unwrap_or(id)
    }

    /// A row.
    pub(crate) fn row(&self, row: u32) -> Row {
        let at = row as usize * 2;
        let [what, place] = self.rows.get(at..at + 2).unwrap_or_default() else {
            return Row { tag: Tag::Other, form: Form::None, base: "", name_part: None };
        };
        let byte = |shift: u32| (what >> shift & 0xff) as usize;
        let place = *place as usize;
        Row {
            tag: Tag::ALL.get(byte(0)).copied().unwrap_or(Tag::Other),
            form: Form::ALL.get(byte(8)).copied().unwrap_or(Form::Other),
            base: self.bases.get(place..place + byte(24)).unwrap_or(""),
            name_part: match byte(16) {
                1 => Some(NamePart::Family),
                2 => Some(NamePart::Given),
                _ => None,
            },
        }
    }
}

fn entry(cells: &[u16]) -> Entry {
    let cell = |index: usize| cells.get(index).copied().unwrap_or(0);
    Entry {
        left: cell(0),
        right: cell(1),
        cost: cell(2).cast_signed(),
        last: cell(3) != 0,
        row: u32::from(cell(4)) | u32::from(cell(5)) << 16,
    }
}
