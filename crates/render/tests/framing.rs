//! A framing in every format.
#![allow(clippy::unwrap_used)]

use entente_account::{Framing, FramingItem, Lang, Utterance, Words};
use entente_base::Span;
use entente_render::{framing, framing_formats};

fn item(group: &str, document: &str, utterance: Utterance, start: usize, text: &str) -> FramingItem {
    FramingItem {
        group: group.to_owned(),
        document: document.to_owned(),
        utterance,
        span: Span::new(start, start + text.chars().count()),
        text: text.to_owned(),
    }
}

fn sample() -> Framing {
    let say = |act: &str| Utterance::Statement(act.to_owned());
    let items = [
        item("見本|新聞", "a_1.txt", say("praise"), 3, "協力は「模範」となった"),
        item("見本|新聞", "a_1.txt", say("assess"), 40, "連携には限界がある, と\"見る\""),
        item("見本|新聞", "a_2.txt", Utterance::Assessment, 9, "先行きは不透明で、温度差もある。"),
        item("見本通信", "b_1.txt", say("warn"), 0, "代償を払うことになる"),
        item("見本通信", "b_1.txt", Utterance::Position("concern".to_owned()), 30, "演習に懸念を示した"),
        item("見本通信", "b_2.txt", say("assert"), 5, "会談は3日に開かれた"),
    ];
    Framing::new(&items, Words::built_in())
}

fn write(format: &str, lang: Lang) -> String {
    framing(format, &sample(), Words::built_in(), lang).unwrap()
}

#[test]
fn the_formats_of_a_framing() {
    assert_eq!(framing_formats().collect::<Vec<_>>(), ["md", "table", "csv", "json"]);
    let error = framing("xml", &sample(), Words::built_in(), Lang::Ja).unwrap_err().to_string();
    assert!(error.contains("a framing") && error.contains("md, table, csv, json"), "{error}");
}

#[test]
fn markdown() {
    insta::assert_snapshot!("framing_md_ja", write("md", Lang::Ja));
    insta::assert_snapshot!("framing_md_en", write("md", Lang::En));
}

#[test]
fn table() {
    insta::assert_snapshot!("framing_table_ja", write("table", Lang::Ja));
    insta::assert_snapshot!("framing_table_en", write("table", Lang::En));
}

#[test]
fn csv_is_the_same_in_every_language() {
    insta::assert_snapshot!("framing_csv", write("csv", Lang::Ja));
    assert_eq!(write("csv", Lang::Ja), write("csv", Lang::En));
}

#[test]
fn json_is_the_data() {
    let json: serde_json::Value = serde_json::from_str(&write("json", Lang::Ja)).unwrap();
    assert_eq!(json, serde_json::to_value(sample()).unwrap());
    assert_eq!(json["rows"][2]["frame"], "limits");
    let said = &json["rows"][2]["cells"][0][0];
    assert_eq!((said["kind"].as_str(), said["manner"].as_str()), (Some("statement"), Some("assess")));
}
