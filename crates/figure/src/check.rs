//! The tests that the lexicon's `figure` folder carries in itself.

use crate::{FigureMention, FigureReader};
use entente_base::record::MEASURES;
use entente_base::{Lexicon, LexiconError, Sentence, SentenceKind, Span};

/// Reads one sentence by itself.
fn read(reader: &FigureReader, text: &str) -> Vec<FigureMention> {
    let chars: Vec<char> = text.chars().collect();
    let sentence = Sentence { span: Span::new(0, chars.len()), kind: SentenceKind::Body, paragraph: 0 };
    reader.read(&chars, &[sentence], &[], &[])
}

fn shown(figure: &FigureMention) -> String {
    let bound = format!("{:?}", figure.bound);
    let mut name = String::new();
    for (index, letter) in bound.chars().enumerate() {
        if letter.is_uppercase() && index > 0 {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    let mut shown = format!("{} {} {name} {}", figure.value, figure.unit, figure.measure);
    if let Some(to) = figure.value_to {
        shown = format!("{}..{to} {} {name} {}", figure.value, figure.unit, figure.measure);
    }
    if let Some(change) = &figure.change {
        shown.push_str(&format!(" change {} {} {}", change.value, change.unit, change.basis));
    }
    if let Some(rank) = &figure.rank {
        shown.push_str(&format!(" rank {rank}"));
    }
    shown
}

/// Runs the examples of the `figure` folder: `figure/example*.tsv` and the `yes` cells of `figure/measure*.tsv`.
///
/// An example's `expect` lists its figures between `;`, each as `value unit bound measure`, with `change …` and
/// `rank …` where it has them; an empty cell says that the text holds none.
pub fn check(lexicon: &Lexicon) -> Vec<LexiconError> {
    let reader = match FigureReader::new(lexicon) {
        Ok(reader) => reader,
        Err(error) => return vec![error],
    };
    let mut errors = Vec::new();
    match lexicon.rows("figure/example") {
        Err(error) => errors.push(error),
        Ok(rows) => {
            for row in rows {
                let text = row.get("text");
                let found: Vec<String> = read(&reader, text).iter().map(shown).collect();
                let expected = row.list("expect");
                if found != expected {
                    errors.push(row.error(
                        format!("`{text}` reads as `{}`, not `{}`", found.join("; "), expected.join("; ")),
                        "mend the example, or the row that misreads it",
                    ));
                }
            }
        }
    }
    match lexicon.rows("figure/measure") {
        Err(error) => errors.push(error),
        Ok(rows) => {
            for row in rows {
                let (text, measure) = (row.get("yes"), row.get("measure"));
                if !text.is_empty() && !read(&reader, text).iter().any(|figure| figure.measure == measure) {
                    errors.push(row.error(
                        format!("`{text}` has no figure of `{measure}`"),
                        format!("the measures are {}", MEASURES.join(", ")),
                    ));
                }
            }
        }
    }
    errors
}
