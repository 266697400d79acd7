//! The lexicon is compiled in: a change in it is a change of this crate.

#![allow(clippy::print_stdout)] // Build scripts speak to cargo through standard output.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../lexicon");
}
