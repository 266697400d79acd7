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
