//! .
use entente_base::{Lexicon, LexiconError};
/// .
pub struct StatementReader;
impl StatementReader {
    /// .
    pub fn new(_: &Lexicon) -> Result<Self, LexiconError> { Ok(Self) }
}
