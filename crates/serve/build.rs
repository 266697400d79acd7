//! Embeds Apache ECharts, as its npm package ships it, packed and as it is.

#![allow(clippy::print_stdout)] // Build scripts speak to cargo through standard output.

use flate2::{Compression, write::GzEncoder};
use std::io::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/node_modules/echarts/dist/echarts.min.js");
    println!("cargo:rerun-if-changed={}", script.display());
    let out = PathBuf::from(std::env::var("OUT_DIR").unwrap_or_default());
    if let Err(error) = embed(&script, &out) {
        // A failing build prints this line and stops.
        println!(
            "cargo::error=the library that draws charts is missing: {}: {error}; help: run `make web`, then build again",
            script.display()
        );
    }
}

fn embed(script: &Path, out: &Path) -> std::io::Result<()> {
    let bytes = std::fs::read(script)?;
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&bytes)?;
    std::fs::write(out.join("echarts.js.gz"), packed.finish()?)?;
    std::fs::write(out.join("echarts.js"), bytes)
}
