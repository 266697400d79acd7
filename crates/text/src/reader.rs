//! The words that tell what a line is for, as the lexicon lists them.

use entente_base::{Lexicon, LexiconError};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Reads the layout of documents by the words of a lexicon. Immutable; threads share it.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    /// Labels of a list of sources, in lower case.
    pub(crate) references: Vec<Vec<char>>,
    /// Beginnings of the credit of a picture, in lower case.
    pub(crate) credits: Vec<Vec<char>>,
    /// Words whose full stop ends no sentence.
    pub(crate) abbreviations: Vec<Vec<char>>,
    /// Counters after a number.
    pub(crate) counters: Vec<Vec<char>>,
    /// Headings that name a kind of text, not this one.
    pub(crate) rubrics: Vec<Vec<char>>,
    /// Lines that a site adds to a story, in lower case.
    pub(crate) notices: BTreeSet<Vec<char>>,
    /// Words of such lines, in lower case.
    pub(crate) offers: Vec<Vec<char>>,
    /// Headings of lists of other articles.
    pub(crate) elsewhere: BTreeSet<Vec<char>>,
    /// Short names of states that stand before a word such as 共同.
    pub(crate) states: BTreeSet<Vec<char>>,
    /// Verbs that end a sentence on who reported it.
    pub(crate) reports: Vec<Vec<char>>,
    /// What follows the outlet that a sentence rests on.
    pub(crate) accordings: Vec<Vec<char>>,
    /// What follows the outlet that a text was taken from.
    pub(crate) reprints: Vec<Vec<char>>,
    /// What follows the agency whose copy it is.
    pub(crate) wires: Vec<Vec<char>>,
    /// Spellings of agencies and outlets by their first character, the longest first.
    pub(crate) agencies: BTreeMap<char, Vec<Spelling>>,
}

/// One way to write an agency or outlet.
#[derive(Debug, Clone)]
pub(crate) struct Spelling {
    pub(crate) word: Vec<char>,
    /// What origins call it.
    pub(crate) name: String,
    /// Whether it is an ordinary word too.
    pub(crate) weak: bool,
}

static BUILT_IN: LazyLock<Reader> = LazyLock::new(|| Reader::new(&Lexicon::built_in()).unwrap_or_default());

impl Reader {
    /// A reader with the words of a lexicon (`text/label*.tsv`, `text/agency*.tsv`).
    ///
    /// # Errors
    /// When a row is not as it should be; the error says file and line.
    pub fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut reader = Self::default();
        for row in lexicon.rows("text/label")? {
            let word: Vec<char> = row.need("word")?.to_lowercase().chars().collect();
            match row.need("kind")? {
                "reference" => reader.references.push(word),
                "credit" => reader.credits.push(word),
                "abbreviation" => reader.abbreviations.push(word),
                "counter" => reader.counters.push(word),
                "state" => {
                    reader.states.insert(word);
                }
                "notice" => {
                    reader.notices.insert(word);
                }
                "offer" => reader.offers.push(word),
                "elsewhere" => {
                    reader.elsewhere.insert(word);
                }
                "rubric" => reader.rubrics.push(word),
                "report" => reader.reports.push(word),
                "according" => reader.accordings.push(word),
                "reprint" => reader.reprints.push(word),
                "wire" => reader.wires.push(word),
                kind => {
                    return Err(row.error(
                        format!("`{kind}` is no kind of label"),
                        "use reference, credit, abbreviation, counter, rubric, notice, offer, elsewhere, state, report, according, reprint or wire",
                    ));
                }
            }
        }
        for row in lexicon.rows("text/agency")? {
            let name = row.need("name")?;
            let weak = row.list("weak");
            let strong = if weak.contains(&name) { None } else { Some(name) };
            let spellings = strong.into_iter().chain(row.list("aliases")).map(|word| (word, false));
            for (word, weak) in spellings.chain(weak.iter().map(|word| (*word, true))) {
                let word: Vec<char> = crate::Reading::new(word).chars;
                if let Some(&first) = word.first() {
                    let spelling = Spelling { word, name: name.to_owned(), weak };
                    reader.agencies.entry(first).or_default().push(spelling);
                }
            }
        }
        for spellings in reader.agencies.values_mut() {
            spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.word.len()));
        }
        // The longest label first, so that a label is not taken for its beginning.
        reader.references.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Ok(reader)
    }

    /// The reader with the lexicon compiled into the program.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_words_are_read() {
        let reader = Reader::new(&Lexicon::built_in()).unwrap();
        assert!(!reader.references.is_empty() && !reader.agencies.is_empty());
    }

    #[test]
    fn an_unknown_kind_says_where() {
        let lexicon =
            Lexicon::from_files([("text/label.tsv".to_owned(), "kind\tword\nodd\tあ\n".to_owned())]);
        let error = Reader::new(&lexicon).unwrap_err();
        assert_eq!(error.line, 2);
    }
}
