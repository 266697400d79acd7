//! Prints how well events were joined, reprints grouped, disagreements and outcomes found.

use anyhow::Context;
use clap::Parser;
use entente_bench::joins::{Pairs, Score, Spot, read, score};
use entente_bench::truth::Truth;
use serde::Deserialize;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// Scores what was found in a corpus of `generate` against what is known of it.
///
/// FOUND has lines of four kinds:
///
///   {"document": ID, "event": "v1", "type": "CONSULT", "start": 0, "end": 9, "joined": ID}
///   {"document": ID, "origin": ID}
///   {"conflict": KIND, "documents": [[ID, …], [ID, …]], "passages": [[ID, START, END], …]}
///   {"pledge": OUTCOME, "documents": [ID, …], "passages": [[ID, START, END], …]}
#[derive(Parser)]
#[command(verbatim_doc_comment)]
struct Arguments {
    /// What is known: truth.json of `generate`.
    truth: PathBuf,
    /// What was found; see above.
    found: PathBuf,
    /// Shows so many examples of each kind of fault, with their sentences.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "20")]
    misses: Option<usize>,
    /// The documents, for the sentences of the examples; articles.jsonl beside the truth where not given.
    #[arg(long)]
    articles: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
}

fn open(path: &Path) -> anyhow::Result<BufReader<File>> {
    Ok(BufReader::new(File::open(path).with_context(|| path.display().to_string())?))
}

fn print(out: &mut impl Write, score: &Score) -> std::io::Result<()> {
    writeln!(
        out,
        "events told by documents: {}, of them coded: {}; coded beside them: {}",
        score.told, score.coded, score.beside
    )?;
    writeln!(out, "\n{:<22}{:>8}{:>8}{:>8}{:>12}{:>12}", "pairs", "P", "R", "F1", "found", "truth")?;
    let mut row = |name: &str, pairs: &Pairs| {
        let (p, r, f1) = (pairs.precision(), pairs.recall(), pairs.f1());
        writeln!(out, "{name:<22}{p:>8.3}{r:>8.3}{f1:>8.3}{:>12}{:>12}", pairs.found, pairs.truth)
    };
    row("joins of coded", &score.joins)?;
    row("joins of all told", &score.all_joins)?;
    row("reprints", &score.reprints)?;
    row("voices", &score.voices)?;
    writeln!(
        out,
        "\n{:<22}{:>8}{:>8}{:>8}{:>8}{:>8}",
        "conflicts", "truth", "hit", "recall", "found", "false"
    )?;
    for (kind, hits) in &score.conflicts {
        let recall = hits.hit as f64 / hits.truth.max(1) as f64;
        writeln!(
            out,
            "{kind:<22}{:>8}{:>8}{recall:>8.3}{:>8}{:>8}",
            hits.truth, hits.hit, hits.found, hits.wrong
        )?;
    }
    let (taken, of) = score.roundings;
    writeln!(out, "roundings taken for conflicts: {taken} of {of}")?;
    writeln!(out, "\n{:<22}{:>8}{:>8}{:>8}{:>8}", "pledges", "truth", "found", "right", "recall")?;
    for (outcome, (truth, found, right)) in &score.pledges {
        let recall = *right as f64 / (*truth).max(1) as f64;
        writeln!(out, "{outcome:<22}{truth:>8}{found:>8}{right:>8}{recall:>8.3}")?;
    }
    writeln!(out, "found beside them: {}", score.pledges_beside)
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let truth: Truth = serde_json::from_reader(open(&arguments.truth)?).context("truth")?;
    let found = read(open(&arguments.found)?).with_context(|| arguments.found.display().to_string())?;
    let score = score(&truth, &found);
    let mut out = std::io::stdout().lock();
    print(&mut out, &score)?;
    let Some(count) = arguments.misses else { return Ok(()) };

    let beside = arguments.truth.with_file_name("articles.jsonl");
    let mut texts: HashMap<String, (String, Vec<char>)> = HashMap::new();
    for line in open(arguments.articles.as_deref().unwrap_or(&beside))?.lines() {
        let line = line?;
        let document: Line = serde_json::from_str(&line).context("articles")?;
        let published = serde_json::from_str::<serde_json::Value>(&line)?;
        let published =
            published.get("published").and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        texts.insert(document.id, (published, document.text.chars().collect()));
    }
    let words = |document: &str, start: usize, end: usize| {
        let (published, chars) =
            texts.get(document).map_or(("", &[][..]), |(p, chars)| (p.as_str(), chars.as_slice()));
        let text: String = chars.get(start..end.min(chars.len())).unwrap_or_default().iter().collect();
        format!("  {document} ({published}) {}", text.replace('\n', " "))
    };
    let spot = |spot: &Spot| words(&spot.document, spot.start, spot.end);
    // Examples from all over the corpus, not its beginning alone.
    let spread = |length: usize| (0..length).step_by((length / count.max(1)).max(1)).take(count);
    for (title, list) in [("not joined", &score.split), ("joined wrongly", &score.merged)] {
        writeln!(out, "\n{title}: {}", list.len())?;
        for (name, one, other) in spread(list.len()).filter_map(|index| list.get(index)) {
            writeln!(out, "{name}\n{}\n{}", spot(one), spot(other))?;
        }
    }
    writeln!(out, "\nconflicts not found: {}", score.unfound.len())?;
    for conflict in spread(score.unfound.len()).filter_map(|index| score.unfound.get(index)) {
        let event = conflict.event.as_deref().unwrap_or_default();
        let about = conflict.measure.as_deref().unwrap_or(event);
        writeln!(out, "{} {about} {}", conflict.kind, conflict.values.join(" / "))?;
        for document in conflict.documents.iter().filter_map(|side| side.first()) {
            let told =
                truth.events.iter().filter(|known| known.id == event).flat_map(|known| &known.mentions);
            for mention in told.filter(|mention| mention.document == *document && !mention.headline) {
                writeln!(out, "{}", words(document, mention.start, mention.end))?;
            }
        }
    }
    writeln!(out, "\nconflicts found though not planted: {}", score.unplanted.len())?;
    let mut unplanted: Vec<_> = score.unplanted.iter().collect();
    unplanted.sort_by(|a, b| a.0.cmp(&b.0));
    for (kind, spots) in spread(unplanted.len()).filter_map(|index| unplanted.get(index)) {
        writeln!(out, "{kind}")?;
        for one in spots {
            writeln!(out, "{}", spot(one))?;
        }
    }
    writeln!(out, "\npledges without the right outcome: {}", score.misjudged.len())?;
    for (pledge, status) in spread(score.misjudged.len()).filter_map(|index| score.misjudged.get(index)) {
        let status = status.as_deref().unwrap_or("not found");
        writeln!(out, "{} {} {} due {}: {status}", pledge.id, pledge.kind, pledge.outcome, pledge.due)?;
        for mention in pledge.mentions.iter().take(1).chain(pledge.followed.iter().take(1)) {
            writeln!(out, "{}", words(&mention.document, mention.start, mention.end))?;
        }
    }
    Ok(())
}
