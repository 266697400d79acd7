//! Queries over a dozen documents, and what becomes of the folder of the index.
#![allow(clippy::unwrap_used)]

use entente_base::record::EventType;
use entente_base::{Lexicon, Span};
use entente_search::{Document, Entity, Hit, Index, IndexError, Names, Page, Query, Request, Sort};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::new(&Lexicon::built_in()).unwrap());

/// id, date, publisher, language, states, types, domains, speakers, title, text.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const ROWS: [Row; 12] = [
    (
        "a",
        "2024-05-16",
        "共同通信",
        "ja",
        "CHN RUS",
        "CONSULT",
        "diplomatic",
        "ウラジーミル・プーチン",
        "中ロ首脳が会談",
        "ロシアのプーチン大統領が訪中し、習近平国家主席と会談した。貿易の拡大で一致した。",
    ),
    (
        "b",
        "2024-05-17",
        "Sample Wire",
        "en",
        "CHN RUS",
        "CONSULT",
        "economic",
        "",
        "Leaders meet in Beijing",
        "Vladimir Putin met Xi Jinping. China-Russia trade is growing, officials told us.",
    ),
    (
        "c",
        "2024-07-28",
        "共同通信",
        "ja",
        "JPN KOR USA",
        "AGREE",
        "military",
        "木原稔",
        "日米韓が覚書",
        "防衛省によると、日本、アメリカ、韓国の防衛相は覚書に署名した。",
    ),
    (
        "d",
        "2024-08",
        "見本新聞",
        "ja",
        "CHN USA",
        "SANCTION",
        "economic",
        "",
        "米が関税",
        "米国は対中関税を引き上げた。第２回協議は決まっていない。",
    ),
    (
        "e",
        "2023-11-15",
        "見本新聞",
        "ja",
        "CHN USA",
        "CONSULT",
        "diplomatic",
        "習近平",
        "米中会談",
        "習主席は訪米し、対話の再開で合意した。",
    ),
    (
        "f",
        "2024-06-19",
        "Sample Wire",
        "en",
        "PRK RUS",
        "AGREE",
        "military",
        "",
        "Pact signed",
        "The Ministry of Defence of Japan watched as North Korea and Russia signed a pact.",
    ),
    (
        "g",
        "2025-01-20",
        "共同通信",
        "ja",
        "RUS UKR",
        "ASSAULT",
        "military",
        "",
        "無人機の攻撃",
        "ｳｸﾗｲﾅ軍は、ロシア軍の無人機を撃墜したと発表した。",
    ),
    (
        "h",
        "2022-02-24",
        "見本新聞",
        "ja",
        "RUS UKR",
        "ASSAULT",
        "military",
        "",
        "侵攻",
        "ロシア軍が侵攻し、攻撃を続けた。訪問中の外相は帰国した。",
    ),
    ("i", "", "", "ja", "", "", "", "", "", "日付も発行元もない文書。中国とロシアは隣国だ。"),
    (
        "j",
        "2024",
        "見本新聞",
        "ja",
        "JPN",
        "",
        "humanitarian",
        "",
        "見本海峡の救助",
        "ヴィクトル号の乗員は全員救助された。",
    ),
    (
        "k",
        "2024-09-01",
        "共同通信",
        "ja",
        "CHN JPN",
        "ACCUSE",
        "diplomatic",
        "林芳正",
        "抗議",
        "外務省は領海への侵入に抗議した。米ロの反応はない。",
    ),
    (
        "l",
        "2024-10-02",
        "見本新聞",
        "ja",
        "SRB",
        "CONSULT",
        "diplomatic",
        "",
        "来訪",
        "見本国のミロシュ・ミハイロビッチ外相が来日する。",
    ),
];

fn documents() -> Vec<Document> {
    let words = |cell: &str| cell.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let given = |cell: &str| Some(cell.to_owned()).filter(|cell| !cell.is_empty());
    ROWS.iter()
        .map(|&(id, published, publisher, lang, states, types, domains, speaker, title, text)| Document {
            id: id.to_owned(),
            title: given(title),
            text: text.to_owned(),
            published: given(published).map(|date| date.parse().unwrap()),
            publisher: given(publisher),
            lang: given(lang),
            states: words(states),
            entities: match id {
                "l" => vec![Entity {
                    name: "ミロシュ・ミハイロビッチ".to_owned(),
                    name_en: Some("Miloš Mihajlović".to_owned()),
                    aliases: vec!["ミハイロビッチ".to_owned()],
                }],
                _ => Vec::new(),
            },
            types: EventType::ALL.into_iter().filter(|kind| kind.name() == types).collect(),
            domains: words(domains),
            speakers: given(speaker).into_iter().collect(),
        })
        .collect()
}

struct Folder {
    _temporary: tempfile::TempDir,
    path: PathBuf,
}

fn folder() -> Folder {
    let temporary = tempfile::tempdir().unwrap();
    let path = temporary.path().join("index");
    Folder { _temporary: temporary, path }
}

/// An index of the documents, committed after every `step`.
fn index_of(dir: &Path, documents: &[Document], step: usize) -> Index {
    let index = Index::create(dir, NAMES.clone()).unwrap();
    let mut writer = index.writer().unwrap();
    for part in documents.chunks(step) {
        for document in part {
            writer.put(document).unwrap();
        }
        writer.commit(1).unwrap();
    }
    writer.finish().unwrap();
    index
}

fn search(index: &Index, query: &str, request: &Request) -> Page {
    let texts: HashMap<&str, &str> = ROWS.iter().map(|row| (row.0, row.9)).collect();
    let query = Query::parse(query, index.names()).unwrap();
    index.search(&query, request, |id| texts.get(id).map(|text| (*text).to_owned())).unwrap()
}

fn ids(hits: &[Hit]) -> String {
    hits.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>().join(" ")
}

/// The documents that a query finds, in order of their ids.
fn found(index: &Index, query: &str) -> String {
    let mut hits = search(index, query, &Request::default()).hits;
    hits.sort_by(|a, b| a.id.cmp(&b.id));
    ids(&hits)
}

#[test]
fn queries_find_documents() {
    let folder = folder();
    let index = index_of(&folder.path, &documents(), 5);
    for (query, wanted) in [
        ("中露", "a b i"),
        ("中国とロシア", "a b i"),
        ("\"中露\"", ""),
        ("訪中", "a"),
        ("問中", "h"),
        ("プーチン", "a b"),
        ("Putin", "a b"),
        ("ウラジーミル・プーチン", "a b"),
        ("Vladimir Putin 訪中", "a"),
        ("Xi Jinping -state:USA", "a b"),
        ("習近平", "a b e"),
        ("シー・ジンピン", "a b e"),
        ("\"習近平\"", "a"),
        ("防衛省", "c f"),
        ("Ministry of Defense", "c f"),
        ("\"Ministry of Defense\"", "f"),
        ("米国", "c d"),
        ("USA", "c d"),
        ("日韓米", "c"),
        ("韓国", "c"),
        ("ウクライナ", "g"),
        ("ビクトル", "j"),
        ("第2回協議", "d"),
        ("日本、アメリカ", "c"),
        ("Mihajlović", "l"),
        ("mihajlovic", "l"),
        ("侵", "h k"),
        ("ロシア軍 -無人機", "h"),
        ("ロシア -「ロシア軍」", "a b f i"),
        ("state:CHN state:米国", "d e"),
        ("state:中露", "a b"),
        ("type:ASSAULT", "g h"),
        ("-type:CONSULT state:CHN", "d k"),
        ("domain:military 覚書", "c"),
        ("speaker:プーチン", "a"),
        ("speaker:Putin", "a"),
        ("speaker:習主席", "e"),
        ("publisher:共同", "a c g k"),
        ("lang:en", "b f"),
        ("date:2024-05..2024-08", "a b c d f j"),
        ("date:2024-08", "d j"),
        ("date:..2023", "e h"),
        ("date:2024-09..", "g j k l"),
        ("会談 date:2023", "e"),
        ("存在しない語句", ""),
        ("", "a b c d e f g h i j k l"),
    ] {
        assert_eq!(found(&index, query), wanted, "{query}");
    }
}

#[test]
fn from_and_to_narrow_the_time() {
    let folder = folder();
    let index = index_of(&folder.path, &documents(), 12);
    for (from, to, wanted) in [
        (Some("2024-10"), None, "g l j"),
        (None, Some("2023-11"), "e h"),
        (Some("2024-05-17"), Some("2024-06"), "f b j"),
    ] {
        let date = |text: &str| text.parse().unwrap();
        let request = Request { from: from.map(date), to: to.map(date), ..Request::default() };
        assert_eq!(ids(&search(&index, "", &request).hits), wanted, "{from:?} {to:?}");
    }
}

#[test]
fn hits_come_in_order_and_in_pages() {
    let folder = folder();
    let index = index_of(&folder.path, &documents(), 12);
    let page = |query, sort, offset, limit| {
        let page = search(&index, query, &Request { sort, offset, limit, ..Request::default() });
        (page.total, ids(&page.hits))
    };
    for (query, sort, offset, limit, wanted) in [
        ("publisher:共同", Sort::Newest, 0, 9, (4, "g k c a")),
        ("publisher:共同", Sort::Oldest, 0, 9, (4, "a c k g")),
        ("publisher:共同", Sort::Relevance, 1, 2, (4, "k c")),
        ("publisher:共同", Sort::Newest, 4, 2, (4, "")),
        ("publisher:共同", Sort::Newest, usize::MAX, usize::MAX, (4, "")),
        ("publisher:共同", Sort::Newest, 0, 0, (4, "")),
        ("", Sort::Newest, 10, 5, (12, "h i")),
        ("", Sort::Oldest, 10, 5, (12, "g i")),
        // What stands in the title weighs more.
        ("攻撃", Sort::Relevance, 0, 9, (2, "g h")),
        ("会談", Sort::Relevance, 0, 9, (2, "a e")),
    ] {
        let (total, hits) = wanted;
        assert_eq!(page(query, sort, offset, limit), (total, hits.to_owned()), "{query} {sort:?} {offset}");
    }
}

#[test]
fn the_answer_does_not_depend_on_the_order_of_adding() {
    let (mut documents, first, second) = (documents(), folder(), folder());
    let one = index_of(&first.path, &documents, 12);
    documents.reverse();
    let other = index_of(&second.path, &documents, 3);
    for query in ["ロシア", "プーチン", "会談", "中露 ロシア", "外相 -来日", "state:CHN", ""]
    {
        assert_eq!(
            search(&one, query, &Request::default()),
            search(&other, query, &Request::default()),
            "{query}"
        );
    }
}

#[test]
fn a_hit_shows_what_was_found() {
    let folder = folder();
    let index = index_of(&folder.path, &documents(), 12);
    let page = search(&index, "ウクライナ", &Request::default());
    let hit = &page.hits[0];
    assert_eq!(
        (hit.title.as_deref(), hit.published.as_deref(), hit.publisher.as_deref()),
        (Some("無人機の攻撃"), Some("2025-01-20"), Some("共同通信"))
    );
    assert!(hit.score > 0.0);
    assert_eq!(hit.snippets.len(), 1);
    assert_eq!(hit.snippets[0].text, ROWS[6].9);
    assert_eq!(hit.snippets[0].matches, [Span::new(0, 5)]);
    let page = search(&index, "会談 Putin", &Request::default());
    assert_eq!(page.hits[0].title_matches, [Span::new(5, 7)]);
    assert_eq!(page.hits[0].snippets[0].matches, [Span::new(4, 8), Span::new(24, 26)]);
}

#[test]
fn facets_count_all_that_is_found() {
    let folder = folder();
    let index = index_of(&folder.path, &documents(), 4);
    let page = search(&index, "state:RUS", &Request { limit: 1, ..Request::default() });
    let list = |counts: &[entente_search::Count]| {
        counts.iter().map(|count| format!("{} {}", count.value, count.count)).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(page.total, 5);
    assert_eq!(list(&page.facets.states), "RUS 5, CHN 2, UKR 2, PRK 1");
    assert_eq!(list(&page.facets.types), "ASSAULT 2, CONSULT 2, AGREE 1");
    assert_eq!(list(&page.facets.years), "2025 1, 2024 3, 2022 1");
    assert_eq!(list(&page.facets.publishers), "Sample Wire 2, 共同通信 2, 見本新聞 1");
}

#[test]
fn documents_are_replaced_and_removed() {
    let folder = folder();
    let index = index_of(&folder.path, &documents(), 12);
    let mut writer = index.writer().unwrap();
    let mut document = documents().swap_remove(0);
    document.text = "書き改めた本文。".to_owned();
    writer.put(&document).unwrap();
    writer.put(&document).unwrap();
    writer.remove("b");
    writer.remove("not there");
    assert_eq!(found(&index, "Putin"), "a b");
    writer.commit(2).unwrap();
    assert_eq!(found(&index, "Putin"), "");
    assert_eq!(found(&index, "書き改めた"), "a");
    assert_eq!((index.len(), index.generation().unwrap()), (11, 2));
    assert_eq!(search(&index, "", &Request::default()).facets.states.len(), 8);
}

#[test]
fn what_was_not_committed_is_lost_and_the_rest_stays() {
    let folder = folder();
    let index = index_of(&folder.path, &documents(), 12);
    let other = Index::open(&folder.path, NAMES.clone()).unwrap();
    let mut writer = index.writer().unwrap();
    writer.remove("a");
    drop(writer);
    drop(index);
    let index = Index::open(&folder.path, NAMES.clone()).unwrap();
    assert_eq!((index.len(), index.generation().unwrap()), (12, 1));
    let mut writer = index.writer().unwrap();
    assert!(matches!(other.writer(), Err(IndexError::Locked { .. })));
    assert!(matches!(Index::create(&folder.path, NAMES.clone()), Err(IndexError::Locked { .. })));
    writer.remove("a");
    writer.commit(7).unwrap();
    assert_eq!((other.len(), other.generation().unwrap()), (12, 7));
    other.refresh().unwrap();
    assert_eq!(other.len(), 11);
    drop(writer);
    let anew = Index::create(&folder.path, NAMES.clone()).unwrap();
    assert!(anew.is_empty());
    assert_eq!(anew.generation().unwrap(), 0);
}

/// What is wrong with the folder, in a word.
fn fault(dir: &Path) -> &'static str {
    let result = Index::open(dir, NAMES.clone()).and_then(|index| index.verify());
    if let Err(error) = &result {
        assert!(error.to_string().contains("help: "), "{error}");
    }
    match result {
        Ok(()) => "none",
        Err(IndexError::Missing { .. }) => "missing",
        Err(IndexError::Foreign { .. }) => "foreign",
        Err(IndexError::Format { .. }) => "format",
        Err(IndexError::Damaged { .. }) => "damaged",
        Err(IndexError::Locked { .. }) => "locked",
        Err(IndexError::Io { .. }) => "io",
    }
}

#[test]
fn a_folder_that_is_no_index_says_so() {
    type Harm = fn(&Path);
    fn part(dir: &Path, ending: &str) -> PathBuf {
        let paths = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
        let mut paths: Vec<PathBuf> =
            paths.filter(|path| path.extension().is_some_and(|e| e == ending)).collect();
        paths.sort();
        paths.remove(0)
    }
    fn edit(dir: &Path, from: &str, to: &str) {
        let meta = fs::read_to_string(dir.join("meta.json")).unwrap();
        assert!(meta.contains(from), "{meta}");
        fs::write(dir.join("meta.json"), meta.replace(from, to)).unwrap();
    }
    let harms: [(&str, Harm); 10] = [
        ("none", |_| ()),
        ("missing", |dir| fs::remove_dir_all(dir).unwrap()),
        ("foreign", |dir| fs::remove_file(dir.join("meta.json")).unwrap()),
        ("damaged", |dir| fs::write(dir.join("meta.json"), "{").unwrap()),
        ("format", |dir| edit(dir, "entente_search\\\":1", "entente_search\\\":0")),
        ("foreign", |dir| edit(dir, "entente_search", "something_else")),
        ("format", |dir| edit(dir, "\"character\"", "\"letter\"")),
        ("damaged", |dir| fs::remove_file(part(dir, "idx")).unwrap()),
        ("damaged", |dir| fs::write(part(dir, "pos"), "no").unwrap()),
        ("damaged", |dir| {
            let path = part(dir, "idx");
            let mut bytes = fs::read(&path).unwrap();
            bytes[40] ^= 1;
            fs::write(path, bytes).unwrap();
        }),
    ];
    for (index, (wanted, harm)) in harms.into_iter().enumerate() {
        let folder = folder();
        drop(index_of(&folder.path, &documents(), 12));
        harm(&folder.path);
        assert_eq!(fault(&folder.path), wanted, "harm {index}");
        // Whatever it was, it can be made anew.
        drop(Index::create(&folder.path, NAMES.clone()).unwrap());
        assert_eq!(fault(&folder.path), "none");
    }
}

#[test]
fn the_files_of_others_are_left_alone() {
    let folder = folder();
    fs::create_dir_all(&folder.path).unwrap();
    assert_eq!(fault(&folder.path), "missing");
    let note = folder.path.join("note.txt");
    fs::write(&note, "mine").unwrap();
    assert_eq!(fault(&folder.path), "foreign");
    assert!(matches!(Index::create(&folder.path, NAMES.clone()), Err(IndexError::Foreign { .. })));
    assert_eq!(fs::read_to_string(note).unwrap(), "mine");
}
