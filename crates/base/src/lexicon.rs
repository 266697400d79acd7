//! The reader of lexicon files: what people edit, found by globbing, with errors that say file and line.
//!
//! The project's own files are compiled in. A user's folder overlays them: a file of the same path is read
//! *after* the built-in one, so that its rows add to it.

use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::path::Path;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../lexicon");

/// Something wrong in a lexicon file; says where, and what would help.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}\n  help: {help}")]
pub struct LexiconError {
    /// Path of the file, relative to the lexicon folder.
    pub file: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What would mend it.
    pub help: String,
}

impl LexiconError {
    /// An error at a line of a file.
    pub fn new(
        file: impl Into<String>,
        line: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { file: file.into(), line, message: message.into(), help: help.into() }
    }
}

/// One file of the lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconFile {
    /// Path relative to the lexicon folder, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// All files of the lexicon, in the order they are read.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    files: Vec<LexiconFile>,
}

/// One row of a tab-separated file.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    file: &'a str,
    line: usize,
    cells: BTreeMap<&'a str, &'a str>,
}

impl<'a> Row<'a> {
    /// Path of its file.
    pub fn file(&self) -> &'a str {
        self.file
    }

    /// Line of its file, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The cell of a column, trimmed; empty where the column or the cell is missing.
    pub fn get(&self, column: &str) -> &'a str {
        self.cells.get(column).copied().unwrap_or("")
    }

    /// The cell of a column that must not be empty.
    ///
    /// # Errors
    /// When the cell is missing or empty.
    pub fn need(&self, column: &str) -> Result<&'a str, LexiconError> {
        match self.get(column) {
            "" => {
                Err(self.error(format!("column `{column}` is empty"), "give it a value, or delete the row"))
            }
            cell => Ok(cell),
        }
    }

    /// The parts of a cell between `;`, trimmed, without empty ones.
    pub fn list(&self, column: &str) -> Vec<&'a str> {
        self.get(column).split(';').map(str::trim).filter(|part| !part.is_empty()).collect()
    }

    /// An error at this row.
    pub fn error(&self, message: impl Into<String>, help: impl Into<String>) -> LexiconError {
        LexiconError::new(self.file, self.line, message, help)
    }
}

impl Lexicon {
    /// The lexicon compiled into the program.
    pub fn built_in() -> Self {
        fn walk(dir: &Dir<'_>, files: &mut Vec<LexiconFile>) {
            for file in dir.files() {
                if let Some(text) = file.contents_utf8() {
                    let path = file.path().to_string_lossy().replace('\\', "/");
                    files.push(LexiconFile { path, text: text.to_owned() });
                }
            }
            for sub in dir.dirs() {
                walk(sub, files);
            }
        }
        let mut files = Vec::new();
        walk(&BUILT_IN, &mut files);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files }
    }

    /// A lexicon of the files under a folder alone.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read as UTF-8.
    pub fn from_dir(dir: &Path) -> Result<Self, LexiconError> {
        fn walk(root: &Path, dir: &Path, files: &mut Vec<LexiconFile>) -> Result<(), LexiconError> {
            let show = |path: &Path| path.display().to_string();
            let entries = std::fs::read_dir(dir).map_err(|error| {
                LexiconError::new(show(dir), 0, error.to_string(), "name a folder that can be read")
            })?;
            let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
            paths.sort();
            for path in paths {
                if path.is_dir() {
                    walk(root, &path, files)?;
                } else if path.extension().is_some_and(|ext| ext == "tsv" || ext == "toml") {
                    let text = std::fs::read_to_string(&path).map_err(|error| {
                        LexiconError::new(show(&path), 0, error.to_string(), "save the file as UTF-8")
                    })?;
                    let path = path.strip_prefix(root).unwrap_or(&path);
                    files.push(LexiconFile { path: show(path).replace('\\', "/"), text });
                }
            }
            Ok(())
        }
        let mut files = Vec::new();
        walk(dir, dir, &mut files)?;
        Ok(Self { files })
    }

    /// A lexicon of files given in memory, for tests.
    pub fn from_files(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { files: files.into_iter().map(|(path, text)| LexiconFile { path, text }).collect() }
    }

    /// This lexicon with the files of another read after its own.
    #[must_use]
    pub fn overlaid(mut self, other: Lexicon) -> Self {
        self.files.extend(other.files);
        self
    }

    /// All files, built-in ones first.
    pub fn files(&self) -> &[LexiconFile] {
        &self.files
    }

    /// The files whose path begins with `prefix` and ends with `suffix`.
    pub fn glob<'a>(
        &'a self,
        prefix: &'a str,
        suffix: &'a str,
    ) -> impl Iterator<Item = &'a LexiconFile> + 'a {
        self.files.iter().filter(move |file| file.path.starts_with(prefix) && file.path.ends_with(suffix))
    }

    /// The rows of the tab-separated files whose path begins with `prefix`.
    ///
    /// The first line that is neither empty nor a `#` comment names the columns; cells are trimmed,
    /// a row may break off early.
    ///
    /// # Errors
    /// When a row has more cells than the file has columns, or a column is named twice.
    pub fn rows<'a>(&'a self, prefix: &'a str) -> Result<Vec<Row<'a>>, LexiconError> {
        let mut rows = Vec::new();
        for file in self.glob(prefix, ".tsv") {
            let mut columns: Option<Vec<&str>> = None;
            for (index, line) in file.text.lines().enumerate() {
                let line = line.trim_end_matches('\r');
                if line.trim().is_empty() || line.starts_with('#') {
                    continue;
                }
                let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
                let Some(columns) = &columns else {
                    let mut seen = std::collections::BTreeSet::new();
                    if let Some(twice) = cells.iter().find(|cell| !seen.insert(**cell)) {
                        return Err(LexiconError::new(
                            &file.path,
                            index + 1,
                            format!("column `{twice}` is named twice"),
                            "name each column once in the first line",
                        ));
                    }
                    columns = Some(cells);
                    continue;
                };
                if cells.len() > columns.len() {
                    return Err(LexiconError::new(
                        &file.path,
                        index + 1,
                        format!("{} cells, but the file has {} columns", cells.len(), columns.len()),
                        format!("the columns are: {}", columns.join(", ")),
                    ));
                }
                rows.push(Row {
                    file: &file.path,
                    line: index + 1,
                    cells: columns.iter().copied().zip(cells).collect(),
                });
            }
        }
        Ok(rows)
    }

    /// All words of one column of the files whose path begins with `prefix`, whose cells are lists parted by `;`.
    ///
    /// # Errors
    /// As [`Lexicon::rows`].
    pub fn words(&self, prefix: &str, column: &str) -> Result<Vec<String>, LexiconError> {
        Ok(self.rows(prefix)?.iter().flat_map(|row| row.list(column)).map(str::to_owned).collect())
    }

    /// The TOML files whose path begins with `prefix`, each read into `T`.
    ///
    /// # Errors
    /// When a file is not TOML or does not have the form of `T`; the error carries the line.
    pub fn tomls<'a, T: serde::de::DeserializeOwned>(
        &'a self,
        prefix: &'a str,
    ) -> Result<Vec<(&'a LexiconFile, T)>, LexiconError> {
        self.glob(prefix, ".toml")
            .map(|file| {
                toml::from_str(&file.text).map(|value| (file, value)).map_err(|error| {
                    let at = error.span().map_or(0, |span| {
                        file.text.get(..span.start).map_or(0, |head| head.matches('\n').count() + 1)
                    });
                    LexiconError::new(
                        &file.path,
                        at,
                        error.message(),
                        "see ADDING.md for the form of this file",
                    )
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Lexicon {
        Lexicon::from_files([("a/x.tsv".to_owned(), text.to_owned())])
    }

    #[test]
    fn rows_are_read_by_column() {
        let lexicon = one("# note\ncode\tja\n\nCHN\t中国 \nRUS\n");
        let rows = lexicon.rows("a/").unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].get("ja"), rows[0].line()), ("中国", 4));
        assert_eq!(rows[1].get("ja"), "");
        assert!(rows[1].need("ja").is_err());
    }

    #[test]
    fn a_row_too_long_says_where() {
        let error = one("code\tja\nCHN\t中国\t多\n").rows("a/").unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("a/x.tsv", 2));
        assert!(error.to_string().contains("help:"));
    }

    #[test]
    fn a_toml_error_says_where() {
        let lexicon = Lexicon::from_files([("a/x.toml".to_owned(), "a = 1\nb = = 2\n".to_owned())]);
        let error = lexicon.tomls::<toml::Table>("a/").unwrap_err();
        assert_eq!(error.line, 2);
    }
}
