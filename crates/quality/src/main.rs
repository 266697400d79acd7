//! `entente-quality [--misses] [--causes] [--save FILE] [--against FILE] GOLD_DIR…`: codes the texts
//! of gold records and prints what is right, by layer; the difference to the table kept in a document; why items do
//! not fit; and whether the confidence means what it says.
//!
//! Ends with 0, with 1 where gold cannot be read or the document cannot be written, with 2 for wrong usage.

mod gold;
mod score;
mod table;

use entente_base::Lexicon;
use entente_event::{Coder, Source};
use rayon::prelude::*;
use score::{LAYERS, Score};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: entente-quality [--misses] [--causes] [--against FILE] [--save FILE] GOLD_DIR…

  GOLD_DIR        a folder of NAME.gold.json; the last part of its path names the set
  --against FILE  the document whose tables the result is compared to
  --save FILE     writes the tables of the sets into the document
  --causes        counts why items do not fit
  --misses        lists every item that does not fit
";

#[derive(Default)]
struct Request {
    folders: Vec<PathBuf>,
    against: Option<PathBuf>,
    save: Option<PathBuf>,
    causes: bool,
    misses: bool,
}

fn request() -> Option<Request> {
    let mut request = Request::default();
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--against") => request.against = Some(arguments.next()?.into()),
            Some("--save") => request.save = Some(arguments.next()?.into()),
            Some("--causes") => request.causes = true,
            Some("--misses") => request.misses = true,
            Some(flag) if flag.starts_with('-') => return None,
            _ => request.folders.push(argument.into()),
        }
    }
    (!request.folders.is_empty()).then_some(request)
}

fn main() -> ExitCode {
    let mut out = std::io::stdout().lock();
    let mut errors = std::io::stderr().lock();
    let Some(request) = request() else {
        let _ = errors.write_all(USAGE.as_bytes());
        return ExitCode::from(2);
    };
    match run(&request) {
        Ok(report) => match out.write_all(report.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Err(error) => {
            let _ = writeln!(errors, "error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The name of a set: the last part of its folder's path.
fn set_of(folder: &Path) -> String {
    let full = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    full.file_name().map_or_else(|| "gold".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The document's text; empty where there is none yet.
fn document(path: Option<&PathBuf>) -> Result<String, String> {
    match path {
        None => Ok(String::new()),
        Some(path) if !path.exists() => Ok(String::new()),
        Some(path) => std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display())),
    }
}

fn run(request: &Request) -> Result<String, String> {
    let coder = Coder::new(&Lexicon::built_in()).map_err(|error| error.to_string())?;
    let before = document(request.against.as_ref())?;
    let mut saved = document(request.save.as_ref())?;
    let mut report = String::new();
    for folder in &request.folders {
        let golds = gold::read(folder).map_err(|error| error.to_string())?;
        let records: Vec<_> = golds
            .par_iter()
            .map_init(
                || coder.worker(),
                |worker, gold| {
                    let source = Source {
                        id: gold.name.clone(),
                        text: gold.text.clone(),
                        title: None,
                        published: gold.published.clone(),
                        url: None,
                        publisher: None,
                        encoding: "UTF-8".to_owned(),
                        ..Source::default()
                    };
                    coder.code(worker, &source)
                },
            )
            .collect();
        let mut score = Score::default();
        for (gold, record) in golds.iter().zip(&records) {
            score.add(gold, record);
        }
        let set = set_of(folder);
        let kept = table::kept(&before, &set);
        let _ = writeln!(report, "{set}: {} documents", golds.len());
        let _ =
            writeln!(report, "{:<22}{:>7}{:>7}{:>7}{:>7}{:>9}", "layer", "P", "R", "F1", "gold", "before");
        for layer in LAYERS {
            let Some(tally) = score.tallies.get(layer) else { continue };
            let change = kept.get(layer).map_or_else(String::new, |old| format!("{:+.3}", tally.f1() - old));
            let _ = writeln!(
                report,
                "{layer:<22}{:>7.3}{:>7.3}{:>7.3}{:>7}{change:>9}",
                tally.precision(),
                tally.recall(),
                tally.f1(),
                tally.gold
            );
        }
        let _ = writeln!(report, "\n{}", table::calibration(&score.trials));
        if request.causes {
            let _ = writeln!(report, "{}", table::causes(&score));
        }
        if request.misses {
            for fault in &score.faults {
                let _ = writeln!(
                    report,
                    "{} {} {}: {}",
                    fault.document,
                    fault.layer,
                    fault.cause,
                    fault.item.replace('\n', " ")
                );
            }
        }
        saved = table::put(&saved, &set, &score);
    }
    if let Some(path) = &request.save {
        std::fs::write(path, saved).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(report)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use entente_account::Words;
    use entente_base::Span;
    use entente_store::diff::ItemKind;
    use entente_store::{By, Change, Codes, Entry, ItemName, Joiner, Store};

    #[test]
    fn what_is_exported_from_corrections_is_gold_of_the_records_that_hold() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("a.db").display().to_string()).unwrap();
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/articles.jsonl");
        let lexicon = Lexicon::built_in();
        let (coder, codes) = (Coder::new(&lexicon).unwrap(), Codes::load(&lexicon).unwrap());
        let mut joiner = Joiner::new(Words::built_in());
        let mut worker = coder.worker();
        let by = By { who: "甲".to_owned(), when: "2025-01-01".to_owned(), why: "試し".to_owned() };
        let mut expected = Vec::new();
        for source in entente_text::open(&samples) {
            let source = source.unwrap();
            let record = coder.code(&mut worker, &source);
            store.put(&[Entry::new(&source, record.clone()).unwrap()], "c1", &mut joiner).unwrap();
            let at = |kind, span: Span| ItemName::At { document: source.id.clone(), kind, span };
            // A speaker without a name in the text could not be told by gold.
            let speaks = |id: &String| record.statements.iter().any(|it| it.speaker.ids().contains(id));
            let mention = record.mentions.iter().rfind(|mention| !speaks(&mention.entity)).unwrap();
            let event = record.events.iter().find(|event| {
                record.events.iter().filter(|other| other.evidence.contains(&event.evidence[0])).count() == 1
            });
            let mut changes =
                vec![Change::Reject(at(ItemKind::Mention, Span::new(mention.start, mention.end)))];
            if let Some(event) = event {
                let fields = [("type", "ASSAULT"), ("date", "2024-01"), ("status", "denied")];
                let fields = fields.map(|(field, value)| (field.to_owned(), value.to_owned())).to_vec();
                changes.push(Change::Set { item: at(ItemKind::Event, event.evidence[0]), fields });
            }
            for change in changes {
                store.correct(&change, &by, &codes, &mut joiner).unwrap();
            }
            let holds = store.get(&source.id).unwrap().unwrap().record;
            assert_ne!(holds, record);
            let path = folder.path().join(format!("{:03}.gold.json", expected.len()));
            std::fs::write(path, entente_store::gold(&holds).to_string()).unwrap();
            expected.push(holds);
        }
        let golds = gold::read(folder.path()).unwrap();
        assert_eq!(golds.len(), expected.len());
        let mut score = Score::default();
        for (gold, record) in golds.iter().zip(&expected) {
            score.add(gold, record);
        }
        let faults: Vec<_> = score.faults.iter().collect();
        assert!(faults.is_empty(), "{faults:?}");
        for (layer, tally) in &score.tallies {
            assert!(tally.f1() == 1.0 && tally.gold > 0, "{layer}: {tally:?}");
        }
    }
}
