//! What the documents say is so: their commands work, and the files that they name are there.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_commands_of_the_readme_work() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut inside = false;
    let mut count = 0;
    for line in readme.lines() {
        if line.starts_with("```") {
            inside = line == "```sh";
        } else if let Some(args) = line.strip_prefix("entente ").filter(|_| inside) {
            let output = Command::new(env!("CARGO_BIN_EXE_entente"))
                .args(args.split_whitespace())
                .current_dir(root())
                .env("ENTENTE_DB", folder.path().join("entente.db"))
                .stdin(Stdio::null())
                .output()
                .unwrap();
            assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
            assert!(!output.stdout.is_empty() || !output.stderr.is_empty(), "{line}");
            count += 1;
        }
    }
    assert!(count >= 10, "only {count} commands");
}

#[test]
fn the_files_that_the_documents_name_are_there() {
    for name in
        ["README.md", "ARCHITECTURE.md", "ADDING.md", "CONTRIBUTING.md", "SOURCES.md", "docs/formats.md"]
    {
        let path = root().join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        let linked = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in linked.filter(|link| !link.contains("://")) {
            assert!(path.parent().unwrap().join(link).exists(), "{name} links to {link}");
        }
        let quoted = text.split('`').filter(|part| {
            ["lexicon/", "crates/", "tests/", "dictionary/SHA"].iter().any(|top| part.starts_with(top))
                && !part.contains(['<', ' ', '\n'])
        });
        for part in quoted {
            assert!(root().join(part).exists(), "{name} names {part}");
        }
    }
}
