//! Tokens to clauses: predicates, arguments, negation, tense, modality, quotation scope.
//!
//! The types speak no language; Japanese lives in `ja/` and in `lexicon/clause/`.

mod analysis;
mod ja;
mod types;

pub use ja::ClauseReader;
pub use types::*;
