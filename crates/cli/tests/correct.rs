//! `entente correct` as its users meet it.

#![allow(clippy::unwrap_used)]

use std::process::{Command, Output};

const ARTICLE: &str = "日韓首脳が会談\n\n日本の岸田文雄首相は3月16日、東京で韓国の尹錫悦大統領と会談した。\n";

struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
        for name in ["LC_ALL", "LC_MESSAGES", "ENTENTE_DB"] {
            command.env_remove(name);
        }
        command.env("LANG", "C").env("USER", "hanako").current_dir(self.folder.path());
        command.args(args).output().unwrap()
    }

    fn out(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

#[test]
fn a_correction_is_made_listed_exported_and_taken_back() {
    let case = Case { folder: tempfile::tempdir().unwrap() };
    std::fs::write(case.folder.path().join("a.txt"), ARTICLE).unwrap();
    case.out(&["ingest", "--published", "2023-03-17", "a.txt"]);
    let when = ["--why", "本文の16日は演説の日", "--when", "2025-05-06"];
    fn with<'a>(args: &[&'a str], when: &[&'a str]) -> Vec<&'a str> {
        [args, when].concat()
    }
    let chars: Vec<char> = ARTICLE.chars().collect();
    let start = chars.windows(2).position(|pair| pair == ['岸', '田']).unwrap();
    let item = format!("a.txt#mention:{start}-{}", start + 4);
    case.out(&with(&["correct", "reject", &item], &when));
    let add = [
        "correct",
        "add",
        "a.txt",
        "event",
        "--words",
        "東京で韓国の",
        "type=AGREE",
        "source=JPN,KOR",
        "target=JPN,KOR",
        "domains=economic",
        "date=2023-03-16",
    ];
    case.out(&with(&add, &when));
    let list = case.out(&["correct", "list"]);
    for words in [
        "1  reject mention a.txt 「岸田文雄」",
        "2  add event a.txt",
        "hanako 2025-05-06 本文の16日は演説の日",
    ] {
        assert!(list.contains(words), "{words} in {list}");
    }
    assert!(case.out(&["recode", "--all"]).contains("0 changed"));
    assert_eq!(case.out(&["correct", "list", "--document", "a.txt"]), list);
    case.out(&["correct", "export", "gold"]);
    let gold = std::fs::read_to_string(case.folder.path().join("gold/a.txt.gold.json")).unwrap();
    let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
    let of = |field: &str, name: &str, value: &str| {
        gold[field].as_array().unwrap().iter().filter(|item| item[name] == value).count()
    };
    assert_eq!((of("mentions", "text", "岸田文雄"), of("events", "type", "AGREE")), (0, 1));
    case.out(&with(&["correct", "revert", "2"], &when));
    let list = case.out(&["--lang", "ja", "correct", "list"]);
    assert!(list.contains("取消: hanako"), "{list}");
    assert!(case.out(&["db", "check"]).contains("0 problems"));
}

#[test]
fn what_is_wrong_is_said_in_the_language_of_the_user() {
    let case = Case { folder: tempfile::tempdir().unwrap() };
    std::fs::write(case.folder.path().join("a.txt"), ARTICLE).unwrap();
    case.out(&["ingest", "a.txt"]);
    for (args, code, words) in [
        (&["correct", "reject", "e0"][..], 2, "--why"),
        (&["correct", "reject", "e0", "--why", "w"], 1, "there is no such item"),
        (&["correct", "reject", "a.txt#figure", "--why", "w", "--lang", "ja"], 1, "項目の名になりません"),
        (&["correct", "revert", "7", "--why", "w", "--lang", "ja"], 1, "この番号の訂正はありません"),
        (&["correct", "set", "a.txt#event:0-3", "kind", "--why", "w"], 1, "field=value"),
        (
            &["correct", "add", "a.txt", "time", "value=soon", "--words", "東京", "--why", "w"],
            1,
            "a date or interval",
        ),
    ] {
        let output = case.run(args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
        assert!(said.contains(words), "{args:?}: {said}");
    }
}
