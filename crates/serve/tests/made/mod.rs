//! Rooms made for tests: articles of our own, coded and put into a store, and requests to its pages without a network.

#![allow(dead_code)]

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use entente_account::Words;
use entente_base::Lexicon;
use entente_event::Coder;
use entente_serve::{Options, Room, router};
use entente_store::{Entry, Joiner, Store};
use entente_text::Source;
use http_body_util::BodyExt as _;
use std::sync::{Arc, LazyLock};
use tower::ServiceExt as _;

/// Made once: it takes a while.
pub static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::new(&Lexicon::built_in()).unwrap());

/// An article: identifier, date of publication, publisher, text.
pub type Article<'a> = (&'a str, &'a str, &'a str, &'a str);

/// Articles in which sources tell of one event, disagree, plan and count.
pub const ARTICLES: &[Article<'_>] = &[
    (
        "a.txt",
        "2024-05-17",
        "第一通信",
        "中露首脳が会談\n中国の習近平国家主席とロシアのプーチン大統領は16日、北京で会談した。両首脳は共同声明に署名した。\
         2023年の中露の貿易額は2401億ドルで、前年比26%増えた。プーチン大統領は10月にも中国を訪問する予定だ。",
    ),
    (
        "b.txt",
        "2024-05-17",
        "第二新聞",
        "習近平国家主席とプーチン大統領が2024年5月16日に北京で会談した。米国は中国を非難した。\
         2023年の中露の貿易額は2280億ドルだった。",
    ),
    (
        "c.txt",
        "2024-09-02",
        "第三放送",
        "日本の岸田首相と韓国の尹錫悦大統領は2024年9月6日にソウルで会談する予定だ。",
    ),
];

/// What nobody should have to read: markup, characters that turn text around, a word without end.
pub fn hostile() -> String {
    format!(
        "<script>alert('x')</script>中国の習近平国家主席は2024年5月16日、ロシアのプーチン大統領\u{202e}と「<img src=x onerror=alert(1)>」で会談した。{}\n",
        "あ".repeat(10_000)
    )
}

/// A room over a store in a folder that goes with it.
pub struct Made {
    pub folder: tempfile::TempDir,
    pub db: String,
    pub router: Router,
}

/// An answer.
pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Got {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// A room with some articles.
pub fn room(articles: &[Article<'_>]) -> Made {
    room_with(articles, Options::default())
}

/// A room with some articles, opened so.
pub fn room_with(articles: &[Article<'_>], options: Options) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("entente.db").display().to_string();
    put(&db, articles);
    let options = Options { db: db.clone(), ..options };
    let router = router(Arc::new(Room::new(options, Words::built_in().clone(), &CODER)));
    Made { folder, db, router }
}

/// Codes articles and puts them into a store.
pub fn put(db: &str, articles: &[Article<'_>]) {
    let mut store = Store::open(db).unwrap();
    let mut worker = CODER.worker();
    let entries: Vec<Entry> = articles
        .iter()
        .map(|(id, published, publisher, text)| {
            let source = Source {
                id: (*id).to_owned(),
                text: (*text).to_owned(),
                published: Some((*published).to_owned()),
                publisher: Some((*publisher).to_owned()),
                encoding: "UTF-8".to_owned(),
                ..Source::default()
            };
            Entry::new(&source, CODER.code(&mut worker, &source)).unwrap()
        })
        .collect();
    store.put(&entries, "test", &mut Joiner::new(Words::built_in())).unwrap();
}

impl Made {
    /// What an address answers.
    pub fn get(&self, address: &str) -> Got {
        self.get_with(address, &[])
    }

    /// What an address answers to a request with some headers.
    pub fn get_with(&self, address: &str, headers: &[(&str, &str)]) -> Got {
        let mut request = Request::builder().uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::empty()).unwrap())
    }

    /// What a request is answered.
    pub fn ask(&self, request: Request<Body>) -> Got {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (status, headers) = (response.status(), response.headers().clone());
            let bytes = response.into_body().collect().await.unwrap().to_bytes();
            Got { status, headers, body: String::from_utf8(bytes.to_vec()).unwrap() }
        })
    }

    /// What a request by another method is answered.
    pub fn by(&self, method: Method, address: &str) -> Got {
        self.ask(Request::builder().method(method).uri(address).body(Body::empty()).unwrap())
    }

    /// The identifier of the event that most documents report.
    pub fn event(&self) -> String {
        let timeline = self.get("/timeline.json").json();
        let events = timeline["events"].as_array().unwrap();
        let most = events.iter().max_by_key(|event| event["documents"].as_u64()).unwrap();
        most["id"].as_str().unwrap().to_owned()
    }
}
