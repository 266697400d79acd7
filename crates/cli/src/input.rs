//! The documents that the arguments name, in their order.

use entente_account::Lang;
use entente_text::{Fault, PageError, Source, SourceError, Sources};
use std::collections::VecDeque;
use std::path::PathBuf;

/// The documents of some paths, one after the other.
pub(crate) struct Documents {
    paths: VecDeque<PathBuf>,
    current: Option<Sources>,
    published: Option<String>,
}

impl Documents {
    /// `published` is the date of those documents that carry none themselves.
    pub(crate) fn new(paths: impl IntoIterator<Item = PathBuf>, published: Option<String>) -> Self {
        Self { paths: paths.into_iter().collect(), current: None, published }
    }

    /// The documents of a stream that is open already.
    pub(crate) fn of(sources: Sources, published: Option<String>) -> Self {
        Self { paths: VecDeque::new(), current: Some(sources), published }
    }
}

impl Iterator for Documents {
    type Item = Result<Source, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(current) = &mut self.current else {
                self.current = Some(entente_text::open(&self.paths.pop_front()?));
                continue;
            };
            match current.next() {
                None => self.current = None,
                Some(Ok(mut source)) => {
                    if source.published.is_none() {
                        source.published.clone_from(&self.published);
                    }
                    return Some(Ok(source));
                }
                Some(Err(error)) => return Some(Err(error)),
            }
        }
    }
}

/// What to tell the user of a document that could not be read.
pub(crate) fn explain(error: &SourceError, lang: Lang) -> String {
    let Lang::Ja = lang else { return error.to_string() };
    let fault = match &error.fault {
        Fault::Missing => {
            "そのようなファイルやフォルダーはありません\n  help: ファイル、フォルダー、または標準入力の `-` を指定してください".to_owned()
        }
        Fault::Unreadable(why) => {
            format!("読めません: {why}\n  help: ファイルの有無と読み取り権限を確かめてください")
        }
        Fault::Json(why) => {
            format!("JSON のオブジェクトではありません: {why}\n  help: 1行に一つ、{{\"text\": \"…\"}} の形で書いてください")
        }
        Fault::Field { field, problem, help } => {
            format!("項目 `{field}` が正しくありません: {problem}\n  help: {help}")
        }
        Fault::Empty { skipped } => format!(
            "このフォルダーに文書はありません（ほかの種類のファイル {skipped} 件）\n  help: 文書の拡張子は {} です",
            entente_text::EXTENSIONS.join(", ")
        ),
        Fault::Page(PageError::NoArticle) => {
            "このページから記事の本文を取り出せません\n  help: 本文がスクリプトで読み込まれるか、ログインが必要なページかもしれません。ブラウザーで本文を表示してから保存し直すか、本文を .txt で保存してください".to_owned()
        }
        Fault::Page(PageError::TooLarge) => {
            "ページが大きすぎます\n  help: 本文を .txt で保存してください".to_owned()
        }
        Fault::Page(PageError::NoPage) => {
            "このアーカイブにページがありません\n  help: .mhtml か .html で保存し直してください".to_owned()
        }
        Fault::Encoding(error) => format!("文字として読めません: {error}"),
    };
    match error.line {
        0 => format!("{}: {fault}", error.file),
        line => format!("{}:{line}: {fault}", error.file),
    }
}
