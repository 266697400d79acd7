//! Where actors stand: one matrix of issues and actors.

use crate::digest::{Digest, PositionDigest};
use crate::passage::Passage;
use entente_base::chars::is_alphanumeric;
use serde::Serialize;
use std::collections::BTreeMap;

/// A stance, with the words that show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stance {
    /// Who holds it.
    pub holder: String,
    /// `support`, `oppose`, `understanding`, `neutral`, `concern`.
    pub stance: String,
    /// At whom it is aimed.
    pub toward: Option<String>,
    /// Words, a passage for each report.
    pub passages: Vec<Passage>,
}

/// An issue, with all who take a stance on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// Shortest name that the texts give it.
    pub name: String,
    /// Stances by holder.
    pub stances: Vec<Stance>,
}

/// The key of an issue's name: quotation marks and a trailing 問題 and the like do not make two issues.
fn key(issue: &str) -> String {
    issue.chars().filter(|c| is_alphanumeric(*c)).collect()
}

/// The matrix of positions.
pub(crate) fn issues(digests: &[Digest]) -> Vec<Issue> {
    type Cells = BTreeMap<(String, String, Option<String>), Vec<Passage>>;
    let mut issues: BTreeMap<String, (String, Cells)> = BTreeMap::new();
    for (document, digest) in digests.iter().enumerate() {
        for PositionDigest { position, quote } in &digest.positions {
            let passage = quote.passage(document);
            let (name, cells) =
                issues.entry(key(&position.issue)).or_insert_with(|| (position.issue.clone(), Cells::new()));
            if (position.issue.chars().count(), &position.issue) < (name.chars().count(), &*name) {
                name.clone_from(&position.issue);
            }
            let cell = (position.holder.clone(), position.stance.clone(), position.toward.clone());
            let passages = cells.entry(cell).or_default();
            if passages.iter().all(|known| known.text != passage.text) {
                passages.push(passage);
            }
        }
    }
    issues
        .into_values()
        .map(|(name, cells)| Issue {
            name,
            stances: cells
                .into_iter()
                .map(|((holder, stance, toward), passages)| Stance { holder, stance, toward, passages })
                .collect(),
        })
        .collect()
}
