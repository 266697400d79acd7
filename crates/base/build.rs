//! The lexicon is compiled in: a change in it is a change of this crate.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../lexicon");
}
