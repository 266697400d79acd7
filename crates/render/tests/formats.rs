//! Every format, and the dossier's two pages, on records made by hand.
#![allow(clippy::unwrap_used)]

use entente_account::{Account, Dossier, Lang, Request, Words};
use entente_base::Span;
use entente_base::record::*;
use entente_render::{FORMATS, Render, dossier, dossier_formats, record_formats, records};

/// A record whose words would break a page that does not escape them.
fn sample() -> Record {
    let text = "両国外相の会談\n日本の山田外相は2024年5月3日、ソウルで韓国の外相と会談し、<b>漁業</b>の協定に*署名*した。\n".to_owned();
    let at = |words: &str| {
        let byte = text.find(words).unwrap();
        let start = text[..byte].chars().count();
        Span::new(start, start + words.chars().count())
    };
    let talks = at("日本の山田外相は2024年5月3日、ソウルで韓国の外相と会談し");
    let signing = at("<b>漁業</b>の協定に*署名*した");
    let state = |id: &str, name: &str| Entity {
        id: id.to_owned(),
        kind: Kind::State,
        name: name.to_owned(),
        name_en: None,
        code: Some(id.to_owned()),
        states: vec![id.to_owned()],
        role: None,
        sector: None,
    };
    let event = |id: &str, kind: EventType, mode: Option<&str>, evidence: Span| Event {
        id: id.to_owned(),
        kind,
        mode: mode.map(str::to_owned),
        cameo: "046".to_owned(),
        goldstein: 7.0,
        source: vec!["JPN".to_owned(), "KOR".to_owned()],
        target: vec!["JPN".to_owned(), "KOR".to_owned()],
        participants: vec![],
        status: Status::Occurred,
        date: Some("2024-05-03".to_owned()),
        place: Some("KOR".to_owned()),
        domains: vec!["diplomatic".to_owned()],
        evidence: vec![evidence],
        attributed_to: None,
        confidence: 1.0,
        rule: String::new(),
    };
    Record {
        entities: vec![state("JPN", "日本"), state("KOR", "韓国")],
        events: vec![
            event("v1", EventType::Consult, Some("meeting"), talks),
            event("v2", EventType::Agree, None, signing),
        ],
        document: Document {
            id: "見本<1>".to_owned(),
            title: Some("両国外相の会談".to_owned()),
            lang: "ja".to_owned(),
            origins: vec!["共同".to_owned()],
            text,
            ..Document::default()
        },
        ..Record::default()
    }
}

fn page(format: &str, lang: Lang) -> String {
    let account = Account::new(vec![sample()]);
    let request = Request { states: vec!["JPN".to_owned(), "KOR".to_owned()], lang, ..Request::default() };
    dossier(format, &Dossier::new(&account, &request), Words::built_in()).unwrap()
}

#[test]
fn every_format_writes() {
    for format in FORMATS {
        for lang in [Lang::Ja, Lang::En] {
            let out = match format.render {
                Render::Records(render) => render(&[sample()], Words::built_in(), lang).unwrap(),
                Render::Dossier(_) => page(format.name, lang),
                // tests/relation.rs and tests/framing.rs show these whole.
                Render::Relation(_) | Render::Framing(_) => continue,
            };
            assert!(out.ends_with('\n') && out.len() > 100, "{}", format.name);
        }
    }
    assert_eq!(record_formats().collect::<Vec<_>>(), ["jsonl", "json", "table"]);
    assert_eq!(dossier_formats().collect::<Vec<_>>(), ["md", "html", "json"]);
}

#[test]
fn an_unknown_format_names_those_there_are() {
    let error = records("xml", &[], Words::built_in(), Lang::Ja).unwrap_err().to_string();
    assert!(error.contains("jsonl, json, table"), "{error}");
}

#[test]
fn json_lines_are_records() {
    let out = records("jsonl", &[sample(), sample()], Words::built_in(), Lang::Ja).unwrap();
    assert_eq!(out.lines().count(), 2);
    for line in out.lines() {
        assert_eq!(serde_json::from_str::<Record>(line).unwrap(), sample());
    }
}

#[test]
fn html_is_escaped_and_stands_alone() {
    let html = page("html", Lang::Ja);
    assert!(html.contains("&lt;b&gt;漁業&lt;/b&gt;") && !html.contains("<b>漁業"));
    assert!(html.contains("見本&lt;1&gt;"));
    for foreign in ["<script", "http:", "https:", "url(", "@import"] {
        assert!(!html.contains(foreign), "{foreign}");
    }
    let open: Vec<&str> = html.match_indices("href=\"#").map(|(at, _)| &html[at + 7..]).collect();
    for link in open {
        let id = link.split('"').next().unwrap();
        assert!(html.contains(&format!("id=\"{id}\"")), "no place for the link {id}");
    }
}

#[test]
fn markdown_is_escaped_and_in_order() {
    let page = page("md", Lang::Ja);
    assert!(page.contains("\\<b\\>漁業\\</b\\>の協定に\\*署名\\*した。"), "{page}");
    let heads: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(
        heads,
        [
            "要点",
            "外交",
            "軍事・安全保障",
            "経済・エネルギー",
            "国際秩序・多国間",
            "立場",
            "約束と予定",
            "食い違い",
            "発言",
            "出典",
            "用語"
        ]
    );
}

#[test]
fn the_dossier_reads_like_this() {
    let page = page("md", Lang::Ja);
    let section = page.split("\n## 外交\n").nth(1).unwrap().split("\n## ").next().unwrap();
    assert_eq!(
        section.trim(),
        "- **2024年5月3日** 会談（実施） 日本・韓国｜場所：韓国  \n  \
         「日本の山田外相は2024年5月3日、ソウルで韓国の外相と会談し…」 [1]\n  \
         - 出典：共同通信（見本\\<1\\>）\n\
         - **2024年5月3日** 合意（実施） 日本・韓国｜場所：韓国  \n  \
         「…\\<b\\>漁業\\</b\\>の協定に\\*署名\\*した。」 [2]\n  \
         - 出典：共同通信（見本\\<1\\>）"
    );
}

#[test]
fn english_labels_stand_beside_japanese_evidence() {
    let page = page("md", Lang::En);
    assert!(page.starts_with("# Relations of Japan and South Korea: a dossier"), "{page}");
    assert!(page.contains("3 May 2024") && page.contains("meeting (occurred)") && page.contains("会談し"));
    assert!(!page.contains('（'), "{page}");
}

#[test]
fn a_table_lines_up() {
    let table = records("table", &[sample()], Words::built_in(), Lang::Ja).unwrap();
    assert!(table.contains("出来事 (2)") && table.contains("CONSULT meeting"), "{table}");
}
