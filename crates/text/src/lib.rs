//! Bytes to a document; a document to sentences and quotations.
//!
//! [`open`] gives the documents that a path names, of saved pages the article in them; [`decode`] their text. [`Reading`] holds the normalized
//! characters of a text and the way back to the text as read; [`sentences`] and [`quotes`] cut them up;
//! [`title`], [`origins`] and [`language`] say what the document says of itself.

mod document;
mod encoding;
mod normal;
mod page;
mod pair;
mod quote;
mod reader;
mod sentence;
mod source;

pub use document::{language, origins, title};
pub use encoding::{Decoded, EncodingError, decode};
pub use normal::Reading;
pub use page::PageError;
pub use quote::{Quote, quotes};
pub use reader::Reader;
pub use sentence::sentences;
pub use source::{EXTENSIONS, Fault, LONGEST_TEXT, Source, SourceError, Sources, open, published, read};
