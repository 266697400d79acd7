//! Figures: numbers that measure something, with unit, bound and measure.
//!
//! The way of a number: [`number`](Number) reads its value; the scan joins it with its unit and bounds, or drops
//! it where it is a name, an ordinal, an age or a duration; the sense gives it a measure, a change, a rank, the
//! states it is about and the period it holds for. What words mean stands in `lexicon/figure`.

mod check;
mod number;
mod scan;
mod sense;
mod table;
mod words;

pub use check::check;
pub use number::Number;

use entente_base::record::{Bound, Change};
use entente_base::{Lexicon, LexiconError, Sentence, Span};
use table::Tables;

/// An expression of time that the caller found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Its characters.
    pub span: Span,
    /// Its EDTF value.
    pub value: String,
}

/// A mention of an actor, with the states that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorSpan {
    /// Its characters.
    pub span: Span,
    /// ISO 3166-1 alpha-3 codes, or the acronym of a body.
    pub states: Vec<String>,
    /// Whether it is an international body.
    pub is_body: bool,
}

/// A number that measures something, as [`entente_base::record::Figure`] records it.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureMention {
    /// Its characters, with unit and adjacent bounds.
    pub span: Span,
    /// Value in base units; the lower end of a range.
    pub value: f64,
    /// Upper end of a range.
    pub value_to: Option<f64>,
    /// ISO 4217, UCUM-style, `count`, `pp` (percentage points), or `1` (a multiple).
    pub unit: String,
    /// How it bounds the true value.
    pub bound: Bound,
    /// One of the codebook's measures.
    pub measure: String,
    /// States it is about, sorted.
    pub of: Vec<String>,
    /// EDTF period it holds for.
    pub period: Option<String>,
    /// `record_high`, `record_low`, or an ordinal.
    pub rank: Option<String>,
    /// The change stated with it.
    pub change: Option<Change>,
    /// The rule that made it: `figure/<class of unit>/<unit's form>`.
    pub rule: String,
}

/// Reads figures. Immutable; one serves all threads.
#[derive(Debug, Clone)]
pub struct FigureReader {
    tables: Tables,
}

impl FigureReader {
    /// A reader by what the lexicon's `figure` folder says.
    ///
    /// # Errors
    /// When a row of the folder is wrong; the error says which.
    pub fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        Ok(Self { tables: Tables::new(lexicon)? })
    }

    /// The figures of a document, in order of the text.
    ///
    /// `actors` are the mentions of states, persons and organizations; numbers that overlap `times` are no figures.
    pub fn read(
        &self,
        chars: &[char],
        sentences: &[Sentence],
        times: &[Period],
        actors: &[ActorSpan],
    ) -> Vec<FigureMention> {
        self.read_with_places(chars, sentences, times, actors, &[])
    }

    /// The same, with mentions of places, which tell whose casualties are counted.
    pub fn read_with_places(
        &self,
        chars: &[char],
        sentences: &[Sentence],
        times: &[Period],
        actors: &[ActorSpan],
        places: &[ActorSpan],
    ) -> Vec<FigureMention> {
        sense::read(&self.tables, chars, sentences, times, actors, places)
    }

    /// Numbers alone, of every kind, with 万, 億, 割 and ranges but without units.
    pub fn numbers(&self, chars: &[char]) -> Vec<Number> {
        self.tables.numerals.all(chars, 0, chars.len())
    }
}
