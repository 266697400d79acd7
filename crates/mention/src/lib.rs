//! Actors and places: who is named, of which state, in which role, and who is who within a document.
//!
//! Ways of finding a name, in the order of their rank when two claim the same words:
//! 1. `gazetteer`: names that the lexicon lists;
//! 2. `abbreviation`: one-character forms of states, alone or in groups (中露, 訪中, 米大統領);
//! 3. `organization`: bodies read by their endings (中国商務省, ロシア連邦安全保障会議);
//! 4. `person`: persons read by title or honorific (王毅氏, 駐日大使のY氏), listed or not;
//! 5. `name`: full names of persons that nothing else tells (山田太郎, クリスティン・ハルヴォルセン);
//! 6. `place`: places read by their endings (デラウェア州).
//!
//! `resolve` settles overlaps and joins what stands for one entity.

mod abbreviation;
mod confidence;
mod gazetteer;
mod name;
mod organization;
mod page;
mod person;
mod place;
mod resolve;

pub use gazetteer::{Gazetteer, State};
pub use resolve::{EntityDraft, MentionDraft, Named};

use entente_base::{Lexicon, LexiconError, Sentence, Span};
use entente_token::{Token, WordClass};
use page::Page;

use entente_base::record::Kind;

/// A stretch of text that may name someone or something.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    pub(crate) states: Vec<String>,
    /// What it stands for, where the lexicon or grammar knows: equal keys are one entity.
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) name_en: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) sector: Option<String>,
    pub(crate) rule: &'static str,
    /// Higher wins among overlapping ones of equal length.
    pub(crate) rank: u8,
}

/// Finds actors and places in a document. Immutable; shared by all threads.
pub struct MentionReader {
    gazetteer: Gazetteer,
    titles: person::Titles,
    endings: organization::Endings,
    places: place::Endings,
    confidence: confidence::Confidence,
}

/// What a document is read with.
pub struct Input<'a> {
    /// Normalized characters.
    pub chars: &'a [char],
    /// Sentences in order.
    pub sentences: &'a [Sentence],
    /// Tokens of each sentence.
    pub tokens: &'a [Vec<Token>],
    /// Date of publication as an EDTF value, for roles that change hands.
    pub published: Option<&'a str>,
}

impl MentionReader {
    /// Reads `mention/` of the lexicon.
    ///
    /// # Errors
    /// When a row lacks what it needs.
    pub fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        Ok(Self {
            gazetteer: Gazetteer::new(lexicon)?,
            titles: person::Titles::new(lexicon)?,
            endings: organization::Endings::new(lexicon)?,
            places: place::Endings::new(lexicon)?,
            confidence: confidence::Confidence::new(lexicon)?,
        })
    }

    /// The names of the lexicon.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Words that the tokenizer must keep whole.
    pub fn words(&self) -> impl Iterator<Item = (&str, WordClass)> {
        self.gazetteer.words()
    }

    /// All mentions and entities of a document.
    pub fn read(&self, input: &Input<'_>) -> Named {
        let page = Page::new(input);
        let mut found = self.gazetteer.scan(&page);
        let states = abbreviation::scan(&self.gazetteer, &page, &found);
        found.extend(states);
        let places = place::scan(&self.places, &page, &found);
        found.extend(places);
        let bodies = organization::scan(&self.endings, &page, &found);
        found.extend(bodies);
        let persons = person::scan(&self.titles, &self.gazetteer, &page, &found);
        found.extend(persons);
        let names = name::scan(&self.titles, &page, &found);
        found.extend(names);
        resolve::resolve(&self.gazetteer, &self.titles, &self.confidence, &page, found)
    }
}
