//! How often a mention of a rule is right, as data: what the rule is, and what its name and state rest on.

use entente_base::record::Kind;
use entente_base::{Lexicon, LexiconError};
use rustc_hash::FxHashMap as HashMap;

/// What a mention's name and state rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// The lexicon lists it.
    Listed,
    /// Grammar reads it, and its state is said.
    Read,
    /// Its state is that of its surroundings.
    Guessed,
}

/// The share of right ones, by rule and kind.
#[derive(Debug, Clone, Default)]
pub(crate) struct Confidence(HashMap<(String, Kind), [f32; 3]>);

/// Where the table says nothing.
const UNKNOWN: f32 = 0.7;

impl Confidence {
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut table = HashMap::default();
        for row in lexicon.rows("mention/confidence.tsv")? {
            let kind = match row.need("kind")? {
                "state" => Kind::State,
                "person" => Kind::Person,
                "organization" => Kind::Organization,
                "place" => Kind::Place,
                other => {
                    return Err(row.error(
                        format!("unknown kind `{other}`"),
                        "write state, person, organization or place",
                    ));
                }
            };
            let mut shares = [UNKNOWN; 3];
            for (share, column) in shares.iter_mut().zip(["listed", "read", "guessed"]) {
                let cell = row.get(column);
                if cell.is_empty() {
                    continue;
                }
                *share = cell.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| {
                    row.error(format!("`{cell}` is no share"), "write a number from 0 to 1")
                })?;
            }
            table.insert((row.need("rule")?.to_owned(), kind), shares);
        }
        Ok(Self(table))
    }

    pub(crate) fn of(&self, rule: &str, kind: Kind, evidence: Evidence) -> f32 {
        let shares = self.0.get(&(rule.to_owned(), kind)).copied().unwrap_or([UNKNOWN; 3]);
        shares[evidence as usize]
    }
}
