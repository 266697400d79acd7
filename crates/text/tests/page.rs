//! Saved pages: of each layout the article, and nothing else; of any bytes a text or an error.

#![allow(clippy::unwrap_used)]

use entente_text::{Fault, PageError, Source, SourceError, open};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

fn pages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}

fn page(name: &str) -> Source {
    open(&pages().join(name)).next().unwrap().unwrap()
}

/// The document of a page of these bytes.
fn read(ending: &str, bytes: &[u8]) -> Result<Source, SourceError> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(format!("page.{ending}"));
    std::fs::write(&path, bytes).unwrap();
    open(&path).next().unwrap()
}

#[test]
fn a_newspaper() {
    let source = page("newspaper.html");
    assert_eq!(
        source.text,
        "日韓外相、東京で会談　防衛当局の対話再開へ\n\n\
         日本の見本太郎外相は8日、東京都内で韓国の外相と会談し、途絶えていた防衛当局間の対話を年内に再開することで\
         一致した。両国の外相が東京で会談するのは1年ぶりとなる。\n\n\
         両外相は、北朝鮮が弾道ミサイルの発射を繰り返していることに懸念を示し、米国を含む3カ国で\
         警戒情報の共有を続けることを確認した。会談は予定を上回り、およそ90分に及んだ。\n\n\
         経済でも対話\n\n\
         韓国側は会談で、半導体の材料をめぐる輸出の手続きを簡素にするよう求めた。日本側は「実務者の協議を続けたい」と\
         述べるにとどめた。\n両国は4月にもソウルで次官級の協議を開く方向で調整している。"
    );
}

#[test]
fn what_pages_say_of_themselves() {
    let cases = [
        (
            "newspaper.html",
            "日韓外相、東京で会談　防衛当局の対話再開へ",
            Some("2024-03-08"),
            Some("見本新聞デジタル"),
            Some("https://news.example.jp/articles/20240308-1.html"),
            "UTF-8",
        ),
        (
            "agency.html",
            "中露、北京で副首相級の経済委員会を開催",
            Some("2023-11-20"),
            Some("見本通信社"),
            Some("https://wire.example.com/w/77"),
            "UTF-8",
        ),
        ("ministry.html", "日・フィリピン外相会談", Some("2024-07-08"), None, None, "Shift_JIS"),
        ("breaks.html", "米朝高官、ベルリンで接触", None, None, None, "UTF-8"),
        ("blog.html", "インドと豪州の防衛相会談を読む", Some("2022-06-23"), None, None, "UTF-8"),
        (
            "chrome.mhtml",
            "サウジとイラン、国交正常化で合意　中国が仲介",
            Some("2023-03-11"),
            None,
            Some("https://m.example.net/news/5?id=3"),
            "UTF-8",
        ),
    ];
    for (name, title, published, publisher, url, encoding) in cases {
        let source = page(name);
        assert_eq!(source.title.as_deref(), Some(title), "{name}");
        assert_eq!(source.published.as_deref(), published, "{name}");
        assert_eq!(source.publisher.as_deref(), publisher, "{name}");
        assert_eq!(source.url.as_deref(), url, "{name}");
        assert_eq!(source.encoding, encoding, "{name}");
        assert_eq!(source.text.lines().next(), Some(title), "{name}");
        assert_eq!(source.text.matches(title).count(), 1, "{name}: {}", source.text);
        assert_eq!(source.page.unwrap().as_ref(), std::fs::read(pages().join(name)).unwrap(), "{name}");
    }
    assert_eq!(page("agency.html").lang.as_deref(), Some("ja"));
    // A template's language is not that of the text.
    assert_eq!(page("blog.html").lang, None);
}

/// Of each page: what must stand in the text as a line, and words that must not.
#[test]
fn the_article_and_nothing_else() {
    let cases: [(&str, &[&str], &[&str]); 5] = [
        (
            "agency.html",
            &[
                "【北京時事】中国とロシアは20日、副首相級の経済協力委員会を北京で開き、天然ガスの供給を拡大する覚書に署名した。",
                "ロシアの副首相は会合で「東方の送ガス管をめぐる協議は最終段階にある」と述べた。中国側はこの点に触れていない。",
            ],
            &["メニュー", "おすすめ", "豪首相", "米中", "別の記事"],
        ),
        (
            "ministry.html",
            &[
                "・両大臣は、部隊間の往来を円滑にする協定に署名し、両国の防衛協力が新たな段階に入ったことを歓迎しました。",
                "・日本側から、沿岸監視レーダーの供与を着実に実施する旨述べました。",
                "場所",
                "マニラ",
                "沿岸監視レーダー\t16億円",
                "巡視船の改修\t3億円",
            ],
            &["English", "外交政策", "サイトマップ", "先頭へ", "PDF", "トップページ"],
        ),
        (
            "breaks.html",
            &[
                "米国と北朝鮮の高官は16日、ベルリンで会談し、核問題をめぐる6カ国協議の再開の時期を話し合った。",
                "北朝鮮側は、マカオの銀行で凍結された資金の問題を先に解決するよう求めたという。",
                "中国は協議の早期再開に向け、関係国との調整を続けている。",
            ],
            &["戻る"],
        ),
        (
            "blog.html",
            &[
                "両国は、開かれたインド太平洋という目標を共有している。",
                "・若手将校の交流を年内に始める",
                "・海軍の共同演習を定例とする",
                "中国の海洋進出を念頭に置いた動きとみられるが、インドは軍事同盟を結ばない立場を変えていない。",
            ],
            &["Twitter", "参考になりました", "最近の投稿", "欧州の選択", "前の記事", "クアッド", "共有:"],
        ),
        (
            "chrome.mhtml",
            &[
                "サウジアラビアとイランは10日、北京で共同声明を発表し、外交関係を正常化することで合意した。両国は2カ月以内に互いの大使館を再開する。",
            ],
            &["トップ\n", "advertisement"],
        ),
    ];
    for (name, lines, never) in cases {
        let text = page(name).text;
        for line in lines {
            assert!(text.lines().any(|found| found == *line), "{name}: {line} in\n{text}");
        }
        for words in never {
            assert!(!text.contains(words), "{name}: {words} in\n{text}");
        }
    }
}

#[test]
fn what_is_no_article_is_an_error() {
    let menu = "<ul>".to_owned() + &"<li><a href=/x>政治</a></li>".repeat(50) + "</ul>";
    let cases: [(&str, &[u8], PageError); 6] = [
        ("html", b"", PageError::NoArticle),
        (
            "htm",
            b"<html><body><div id=root></div><script>load()</script></body></html>",
            PageError::NoArticle,
        ),
        ("html", menu.as_bytes(), PageError::NoArticle),
        ("html", "<script>中国は発表した。日本も発表した。韓国も発表した。".as_bytes(), PageError::NoArticle),
        ("mhtml", b"Content-Type: text/css\r\n\r\np {}", PageError::NoPage),
        ("mht", b"", PageError::NoPage),
    ];
    for (ending, bytes, wanted) in cases {
        let error = read(ending, bytes).unwrap_err();
        assert_eq!(error.fault, Fault::Page(wanted), "{ending}");
        let said = error.to_string();
        assert!(said.contains(&format!("page.{ending}: ")) && said.contains("help:"), "{said}");
    }
    assert!(matches!(read("html", b"%PDF-1.7").unwrap_err().fault, Fault::Encoding(_)));
}

#[test]
fn the_text_of_linked_data_where_the_body_has_none() {
    let body = "中国とロシアは20日、北京で会談した。双方は覚書に署名した。".repeat(5);
    let page = format!(
        "<meta charset=utf-8><script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"articleBody\": \"{body}\"}}</script>\
         <p>中国とロシアは20日、北京で会談した。</p>"
    );
    assert_eq!(read("html", page.as_bytes()).unwrap().text, body);
}

#[test]
fn folders_of_pages() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str| {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "<p>中国とロシアは20日、北京で会談した。").unwrap();
    };
    for name in ["a.html", "a_files/frame.html", "b_files/c.HTM", "d.xhtml", "e.mht", "f.php"] {
        write(name);
    }
    let names: Vec<String> = open(dir.path())
        .map(|found| match found {
            Ok(source) => source.id,
            Err(error) => error.file,
        })
        .map(|id| Path::new(&id).file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    // What a browser saved beside a page is no document; a folder that is only named so is.
    assert_eq!(names, ["a.html", "c.HTM", "d.xhtml", "e.mht"]);
}

#[test]
fn a_stream_may_hold_a_page() {
    let stream = "\n<!DOCTYPE HTML><p>中国とロシアは20日、北京で会談した。</p>";
    let source = entente_text::read("-", std::io::Cursor::new(stream)).next().unwrap().unwrap();
    assert_eq!(source.text, "中国とロシアは20日、北京で会談した。");
    let stream = "<p>は段落の印だ。";
    let source = entente_text::read("-", std::io::Cursor::new(stream)).next().unwrap().unwrap();
    assert_eq!(source.text, stream);
}

/// Pages that are made to take long or to overflow a stack: each still gives its article.
#[test]
fn hostile_pages() {
    let story = "<p>中国とロシアは20日、北京で会談した。両国は覚書に署名した。</p>".repeat(4);
    let many = |piece: &str, count: usize| piece.repeat(count);
    let numbered = |count: usize| (0..count).map(|at| format!("<b class=c{at}>")).collect::<String>();
    let cases = [
        ("divs", many("<div>", 100_000) + &story),
        ("spans", many("<span>", 100_000) + &story + &many("</span>", 100_000)),
        ("formatting", numbered(20_000) + &many("<p>", 20_000) + &story),
        ("links", many("<a href=x>", 100_000) + "</a>" + &story),
        ("tables", many("<table><tr><td>", 50_000) + &story),
        ("lists", many("<ul><li>", 50_000) + &story),
        ("ends", many("<div>", 500) + &many("</p></section></b>", 100_000) + &story),
        ("items", many("<div>", 2_000) + &many("<li></li><td></td>", 50_000) + &story),
        (
            "attributes",
            format!("<div {}>{story}", (0..400_000).map(|at| format!("a{at}=1 ")).collect::<String>()),
        ),
        ("scripts", many("<script>'</scr' + '<script>'</script>", 10_000) + &story),
        ("comments", many("<!-- <!-- --!> -->", 20_000) + &story),
        ("entities", story.clone() + &many("&amp;&#x0;&#xFFFFFFF;&notit;", 20_000)),
        ("nul", story.replace('は', "\0は")),
        ("styles", many("<style></style><svg><title>", 20_000) + &many("</svg>", 20_000) + &story),
    ];
    for (name, page) in cases {
        let source = read("html", page.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(source.text.contains("両国は覚書に署名した。"), "{name}: {:.200}", source.text);
    }
    let parts = "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n".repeat(10_000);
    assert!(read("mht", parts.as_bytes()).is_err());
    let large = "<p>中国とロシアは20日、北京で会談した。</p>".repeat(400_000);
    assert!(large.len() > 20 << 20);
    assert!(read("html", large.as_bytes()).is_ok());
}

/// Pieces from which pages are put together that reach every rule.
const PIECES: [&str; 30] = [
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<a href=x>",
    "</a>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<ul>",
    "<li>",
    "<br>",
    "<script>",
    "</script>",
    "<title>",
    "</title>",
    "<h1>",
    "<time datetime=",
    "2024-05-16",
    ">",
    "<!--",
    "-->",
    "<nav>",
    "</nav>",
    "中国は発表した。",
    "&lt;",
    "<meta name=date content='",
    "'",
    " ",
];

proptest! {
    #[test]
    fn any_bytes_give_a_text_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for ending in ["html", "mhtml"] {
            if let Err(error) = read(ending, &bytes) {
                prop_assert!(error.to_string().contains("help:"), "{}", error);
            }
        }
    }

    #[test]
    fn any_markup_gives_a_text_or_an_error(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60)) {
        let page = pieces.concat();
        let first = read("html", page.as_bytes()).map(|source| source.text).map_err(|error| error.fault);
        let again = read("html", page.as_bytes()).map(|source| source.text).map_err(|error| error.fault);
        prop_assert_eq!(&first, &again);
        if let Ok(text) = first {
            prop_assert!(!text.trim().is_empty() && !text.contains('\0'));
        }
    }
}
