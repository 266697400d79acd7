//! Corpora of invented news, of any size and with known truth, and scorers of what a program makes of them.
//!
//! First comes a [`world`]: states, persons in office, events, plans and what became of them, disagreements, trade. Then
//! come documents about it: articles of several publishers, which tell events in different words and with different
//! precision, and reprints of them. The [`truth`] says which sentence tells which event. Everything follows from the
//! seed: the same request gives the same bytes.

pub mod article;
pub mod cast;
pub mod coding;
pub mod ipadic;
pub mod joins;
pub mod random;
pub mod rooms;
pub mod truth;
pub mod when;
pub mod wording;
pub mod world;
