//! Events, statements, commitments and positions: the record of a document.
//!
//! [`Coder`] leads a document through all rooms; [`act`] finds events by the rules of `lexicon/event`,
//! [`statement`] finds who says what by those of `lexicon/statement`.

pub mod act;
mod check;
mod coder;
mod narrative;
mod party;
mod reading;
mod record;
pub mod rule;
pub mod stance;
pub mod statement;

pub use check::check;
pub use coder::{Coder, CoderError};
pub use entente_text::Source;
pub use reading::Reading;
