//! What can go wrong with a request, and what is said of it.

use axum::http::StatusCode;
use entente_account::Lang;
use entente_store::StoreError;

/// What went wrong with a request.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Nothing stands at this address.
    NoPage,
    /// What the address names is not in the store: its kind in Japanese and English, and its name.
    Missing { ja: &'static str, en: &'static str, name: String },
    /// A parameter has a value that it cannot have.
    Bad { name: &'static str, given: String, help_ja: String, help_en: String },
    /// The page stands at another address.
    Moved(String),
    /// What is asked for is at another address.
    See(String),
    /// The address is too long.
    Long,
    /// The request came by a method that the page has not got.
    Method,
    /// Whoever asks may not.
    #[allow(dead_code)] // The pages that edit answer it.
    Forbidden { ja: &'static str, en: &'static str },
    /// It took too long.
    Slow,
    /// The program failed.
    Broken,
    /// The store failed.
    Store(#[allow(dead_code)] StoreError), // Shown in debugging alone: it may name folders and hosts.
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Fault::Store(error)
    }
}

/// What is said of a fault.
pub(crate) struct Told {
    pub(crate) title: String,
    pub(crate) message: String,
    pub(crate) help: String,
}

impl Fault {
    /// A parameter with a value that it cannot have.
    pub(crate) fn bad(
        name: &'static str,
        given: &str,
        help_ja: impl Into<String>,
        help_en: impl Into<String>,
    ) -> Self {
        let given = given.chars().take(80).collect();
        Fault::Bad { name, given, help_ja: help_ja.into(), help_en: help_en.into() }
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Fault::NoPage | Fault::Missing { .. } => StatusCode::NOT_FOUND,
            Fault::Bad { .. } => StatusCode::BAD_REQUEST,
            Fault::Moved(_) => StatusCode::PERMANENT_REDIRECT,
            Fault::See(_) => StatusCode::SEE_OTHER,
            Fault::Long => StatusCode::URI_TOO_LONG,
            Fault::Method => StatusCode::METHOD_NOT_ALLOWED,
            Fault::Forbidden { .. } => StatusCode::FORBIDDEN,
            Fault::Slow => StatusCode::SERVICE_UNAVAILABLE,
            Fault::Broken | Fault::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What is said of it. What a database says is not shown: it may name folders and hosts.
    pub(crate) fn told(&self, lang: Lang) -> Told {
        let (ja, en): ([String; 3], [String; 3]) = match self {
            Fault::NoPage => (
                [
                    "ページがありません",
                    "この番地にページはありません。",
                    "上の見出しから選ぶか、検索してください。",
                ]
                .map(str::to_owned),
                [
                    "No such page",
                    "Nothing stands at this address.",
                    "Choose from the headings above, or search.",
                ]
                .map(str::to_owned),
            ),
            Fault::Missing { ja, en, name } => (
                [
                    format!("{ja}がありません"),
                    format!("「{name}」という{ja}は保存庫にありません。"),
                    "番地を確かめるか、検索してください。".to_owned(),
                ],
                [
                    format!("No such {en}"),
                    format!("The store has no {en} “{name}”."),
                    "Look whether the address is right, or search.".to_owned(),
                ],
            ),
            Fault::Bad { name, given, help_ja, help_en } => (
                [
                    "指定に誤りがあります".to_owned(),
                    format!("{name}={given}: `{name}` の値になりません。"),
                    help_ja.clone(),
                ],
                [
                    "A parameter is wrong".to_owned(),
                    format!("{name}={given}: not a value of `{name}`."),
                    help_en.clone(),
                ],
            ),
            Fault::Moved(to) | Fault::See(to) => (
                ["移りました".to_owned(), to.clone(), String::new()],
                ["Moved".to_owned(), to.clone(), String::new()],
            ),
            Fault::Long => (
                ["番地が長すぎます", "番地が長すぎて読めません。", "条件を減らしてください。"]
                    .map(str::to_owned),
                ["The address is too long", "The address is longer than is read.", "Ask for less."]
                    .map(str::to_owned),
            ),
            Fault::Method => (
                ["できません", "このページは読むだけのものです。", "GET で読んでください。"]
                    .map(str::to_owned),
                ["Not possible", "This page can only be read.", "Read it by GET."].map(str::to_owned),
            ),
            Fault::Forbidden { ja, en } => (
                ["許可がありません".to_owned(), (*ja).to_owned(), String::new()],
                ["Not allowed".to_owned(), (*en).to_owned(), String::new()],
            ),
            Fault::Slow => (
                [
                    "時間がかかりすぎました",
                    "答えに時間がかかりすぎ、打ち切りました。",
                    "期間や国を絞って、もう一度試してください。",
                ]
                .map(str::to_owned),
                [
                    "It took too long",
                    "The answer took too long and was given up.",
                    "Ask for a shorter time or fewer states.",
                ]
                .map(str::to_owned),
            ),
            Fault::Broken => (
                [
                    "失敗しました",
                    "プログラムの誤りで、答えられませんでした。",
                    "番地を添えて報告してください。",
                ]
                .map(str::to_owned),
                ["It failed", "The program failed to answer.", "Please report it with the address."]
                    .map(str::to_owned),
            ),
            Fault::Store(_) => (
                [
                    "保存庫から読めません",
                    "保存庫が答えません。",
                    "サーバーの動く計算機で `entente db check` を実行すると、原因がわかります。",
                ]
                .map(str::to_owned),
                [
                    "The store cannot be read",
                    "The store did not answer.",
                    "`entente db check`, run where the server runs, tells the cause.",
                ]
                .map(str::to_owned),
            ),
        };
        let [title, message, help] = match lang {
            Lang::Ja => ja,
            Lang::En => en,
        };
        Told { title, message, help }
    }
}
