//! The files of IPADIC, changed as `build.rs` tells.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What the dictionary is compiled from.
pub struct Sources {
    /// Words: `surface,left,right,cost,pos,sub1,sub2,form,base`.
    pub lexicon: String,
    /// Costs of connections.
    pub matrix: String,
    /// Classes of characters.
    pub chars: String,
    /// Unknown words, as `lexicon`, with a class for the surface.
    pub unknown: String,
}

impl Sources {
    /// Reads the files in a folder.
    ///
    /// # Errors
    /// When the files are missing or not those that `checksum` was made of.
    pub fn read(dir: &Path, checksum: &str) -> Result<Self, String> {
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
            let text =
                std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
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
        if found != checksum.trim() {
            return Err(format!(
                "the Japanese dictionary in {} is damaged or of another version (checksum {found}, expected {})",
                dir.display(),
                checksum.trim()
            ));
        }
        let chars = chars
            .lines()
            .filter(|line| !line.starts_with("0x30FB"))
            .map(
                |line| {
                    if line.starts_with("0x30A1..0x30FF") { split_katakana() } else { format!("{line}\n") }
                },
            )
            .collect();
        let unknown = unknown
            .lines()
            .filter(|line| !line.starts_with("SYMBOL,"))
            .chain(["SYMBOL,5,5,4769,記号,一般,*,*,*,*,*"])
            .fold(String::new(), |mut rows, line| {
                row(line, &mut rows);
                rows
            });
        Ok(Self { lexicon, matrix, chars, unknown })
    }
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
    let Some((surface, rest)) = surface(line) else { return };
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

/// The first cell of a row and the rest. A surface that is itself a comma stands in quotation marks, and keeps them.
pub fn surface(line: &str) -> Option<(&str, &str)> {
    if let Some(tail) = line.strip_prefix('"') {
        let end = tail.find('"')?;
        Some((&line[..end + 2], tail.get(end + 2..)?))
    } else {
        let end = line.find(',')?;
        Some((&line[..end], &line[end + 1..]))
    }
}
