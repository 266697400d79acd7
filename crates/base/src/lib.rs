//! What every room shares: spans, sentences, dates, records, typed errors and the reader of lexicon files.

pub mod chars;
pub mod edtf;
pub mod lexicon;
pub mod record;
pub mod span;

pub use chars::CharSet;
pub use edtf::Edtf;
pub use lexicon::{Lexicon, LexiconError};
pub use span::{Sentence, SentenceKind, Span};
