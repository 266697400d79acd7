//! The `entente` command as its users meet it.

#![allow(clippy::unwrap_used)]

use entente_base::record::Record;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const ARTICLE: &str = "日韓首脳が会談\n\n日本の岸田文雄首相は3月16日、東京で韓国の尹錫悦大統領と会談した。\n";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn samples() -> String {
    root().join("samples/articles.jsonl").display().to_string()
}

/// The command, with nothing of the machine's language and colours.
fn entente() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
    for name in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.env("LANG", "C").stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> Output {
    entente().args(args).output().unwrap()
}

fn with_input(args: &[&str], input: &[u8]) -> Output {
    let mut child = entente()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn records(output: &Output) -> Vec<Record> {
    out(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn file(dir: &Path, name: &str, bytes: &[u8]) -> String {
    let path = dir.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

/// Every offset lies in the text and reproduces the words of its item.
fn assert_offsets(record: &Record) {
    let chars: Vec<char> = record.document.text.chars().collect();
    let words = |start: usize, end: usize| chars[start..end].iter().collect::<String>();
    for item in &record.mentions {
        assert_eq!(words(item.start, item.end), item.text);
    }
    for item in &record.times {
        assert_eq!(words(item.start, item.end), item.text);
    }
    for item in &record.figures {
        assert_eq!(words(item.start, item.end), item.text);
    }
    let spans = (record.events.iter().flat_map(|item| item.evidence.clone()))
        .chain(record.statements.iter().map(|item| item.content))
        .chain(record.commitments.iter().map(|item| item.what))
        .chain(record.positions.iter().map(|item| item.evidence))
        .chain(record.terms.iter().map(|item| item.evidence));
    for span in spans {
        assert!(!words(span.start, span.end).is_empty());
    }
}

#[test]
fn the_samples_are_coded_in_order_with_offsets_that_hold() {
    let output = run(&["code", &samples()]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(err(&output), "");
    let records = records(&output);
    assert!(records.len() >= 12);
    let given = std::fs::read_to_string(root().join("samples/articles.jsonl")).unwrap();
    for (record, line) in records.iter().zip(given.lines()) {
        let source: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(record.document.id, source["id"].as_str().unwrap());
        assert_eq!(record.document.text, source["text"].as_str().unwrap());
        assert_eq!(record.document.published.as_deref(), source["published"].as_str());
        assert!(!record.mentions.is_empty() && !record.events.is_empty(), "{}", record.document.id);
        assert_offsets(record);
    }
}

#[test]
fn the_number_of_threads_changes_nothing_and_twice_is_once() {
    let one = run(&["code", "--jobs", "1", &samples()]);
    let four = run(&["code", "--jobs", "4", &samples()]);
    let again = run(&["code", "--jobs", "4", &samples()]);
    assert_eq!(one.stdout, four.stdout);
    assert_eq!(four.stdout, again.stdout);
}

#[test]
fn formats_hold_the_same_records() {
    let lines = records(&run(&["code", &samples()]));
    let array: Vec<Record> =
        serde_json::from_str(&out(&run(&["code", "--format", "json", &samples()]))).unwrap();
    assert_eq!(lines, array);
    let table = out(&run(&["code", "--format", "table", &samples()]));
    for record in &lines {
        assert!(table.contains(&record.document.id));
    }
    let unknown = run(&["code", "--format", "xml", &samples()]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("jsonl"));
}

#[test]
fn encodings_line_ends_and_marks_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let utf8 = run(&["code", &file(dir.path(), "utf-8.txt", ARTICLE.as_bytes())]);
    let expected = &records(&utf8)[0];
    assert!(!expected.events.is_empty());
    let cases = [
        ("Shift_JIS", encoding_rs::SHIFT_JIS.encode(ARTICLE).0.into_owned()),
        ("EUC-JP", encoding_rs::EUC_JP.encode(ARTICLE).0.into_owned()),
        ("ISO-2022-JP", encoding_rs::ISO_2022_JP.encode(ARTICLE).0.into_owned()),
        ("UTF-8", [b"\xEF\xBB\xBF", ARTICLE.as_bytes()].concat()),
    ];
    for (encoding, bytes) in cases {
        let output = run(&["code", &file(dir.path(), "other.txt", &bytes)]);
        let record = &records(&output)[0];
        assert_eq!(record.document.encoding, encoding);
        assert_eq!(record.document.text, ARTICLE, "{encoding}");
        assert_eq!(record.events, expected.events, "{encoding}");
    }
    let crlf = ARTICLE.replace('\n', "\r\n");
    let record = &records(&run(&["code", &file(dir.path(), "crlf.txt", crlf.as_bytes())]))[0];
    assert_eq!(record.document.text, crlf);
    assert_eq!(record.events.len(), expected.events.len());
    assert_offsets(record);
    let odd = "ﾛｼｱの\u{200b}プーチン大統領は２０２４年５月１６日、中国を訪問した。か\u{3099}。";
    let record = &records(&run(&["code", &file(dir.path(), "odd.txt", odd.as_bytes())]))[0];
    assert_eq!(record.document.text, odd);
    assert!(record.mentions.iter().any(|mention| mention.text == "ﾛｼｱ" && mention.states == ["RUS"]));
    assert!(
        record.times.iter().any(|time| time.text == "２０２４年５月１６日" && time.value == "2024-05-16")
    );
    assert_offsets(record);
}

#[test]
fn standard_input_holds_a_text_or_json_lines() {
    let output = with_input(&["code", "--published", "2023-03-16", "-"], ARTICLE.as_bytes());
    let record = &records(&output)[0];
    assert_eq!(
        (record.document.id.as_str(), record.document.published.as_deref()),
        ("-", Some("2023-03-16"))
    );
    let lines =
        "{\"id\": \"a\", \"text\": \"中国は発表した。\"}\n\n{\"text\": \"b\", \"published\": \"2024-01\"}\n";
    let output = with_input(&["code", "--published", "2023", "-"], lines.as_bytes());
    let records = records(&output);
    let shown: Vec<_> =
        records.iter().map(|it| (it.document.id.as_str(), it.document.published.as_deref())).collect();
    assert_eq!(shown, [("a", Some("2023")), ("-:3", Some("2024-01"))]);
}

#[test]
fn a_folder_gives_its_documents_by_name() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["b.txt", "a/c.md", "d.jsonl", "e.png", ".hidden.txt"] {
        let text = if name.ends_with("jsonl") { "{\"id\": \"d\", \"text\": \"\"}" } else { ARTICLE };
        file(dir.path(), name, text.as_bytes());
    }
    let records = records(&run(&["code", &dir.path().display().to_string()]));
    let ids: Vec<&str> = records.iter().map(|record| record.document.id.as_str()).collect();
    assert_eq!(ids.len(), 3);
    assert!(ids[0].ends_with("c.md") && ids[1].ends_with("b.txt") && ids[2] == "d");
}

#[test]
fn a_saved_page_is_coded_by_its_article() {
    let page = root().join("crates/cli/tests/data/page.html").display().to_string();
    let record = records(&run(&["code", "--published", "2020-01-01", &page])).pop().unwrap();
    let document = &record.document;
    assert_eq!(document.title.as_deref(), Some("中ロ首脳が北京で会談　共同声明に署名"));
    assert_eq!(document.published.as_deref(), Some("2024-05-16"));
    assert_eq!(document.publisher.as_deref(), Some("見本新聞"));
    assert_eq!(document.url.as_deref(), Some("https://news.example.jp/a/1"));
    assert_eq!(document.lang, "ja");
    assert!(
        record.events.iter().any(|event| event.date.as_deref() == Some("2024-05-16")),
        "{:?}",
        record.events
    );
    assert!(!record.entities.iter().any(|entity| entity.states.iter().any(|state| state == "IRN")));
    assert_offsets(&record);
    let table = run(&["code", "--format", "table", &page]);
    assert_eq!(table.status.code(), Some(0), "{}", err(&table));
    assert!(out(&table).contains("習近平"));
    let dir = tempfile::tempdir().unwrap();
    let empty = file(dir.path(), "empty.html", b"<html><body><div id=app></div></body></html>");
    for (lang, said, help) in
        [("en", "no article in this page", "help:"), ("ja", "記事の本文を取り出せません", "ヒント:")]
    {
        let output = run(&["--lang", lang, "code", &empty, &page]);
        assert_eq!((output.status.code(), records(&output).len()), (Some(1), 1));
        assert!(err(&output).contains(said) && err(&output).contains(help), "{}", err(&output));
    }
}

#[test]
fn what_is_wrong_is_said_and_the_rest_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let lines = "{\"id\": \"good\", \"text\": \"\"}\nnot json\n{\"text\": 3}\n{\"text\": \"\", \"published\": \"soon\"}\n{\"id\": \"last\", \"text\": \"\"}\n";
    let bad = file(dir.path(), "bad.jsonl", lines.as_bytes());
    let broken = file(dir.path(), "broken.txt", b"\x00\x01\x02\xff\xfe");
    let missing = dir.path().join("missing.txt").display().to_string();
    let empty = dir.path().join("empty").display().to_string();
    std::fs::create_dir(&empty).unwrap();
    let good = file(dir.path(), "good.txt", ARTICLE.as_bytes());
    let output = run(&["code", &bad, &broken, &missing, &empty, &good]);
    assert_eq!(output.status.code(), Some(1));
    let ids: Vec<String> = records(&output).into_iter().map(|record| record.document.id).collect();
    assert_eq!(ids, ["good".to_owned(), "last".to_owned(), good]);
    let said = err(&output);
    for place in [format!("{bad}:2"), format!("{bad}:3"), format!("{bad}:4"), broken, missing, empty] {
        assert!(said.contains(&format!("error: {place}: ")), "{place} in {said}");
    }
    assert_eq!(said.matches("help:").count(), 6, "{said}");
}

#[test]
fn nothing_to_do_is_no_error() {
    let output = with_input(&["code", "--format", "json", "-"], b"{}\n");
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(1), "[]\n"));
    let empty = with_input(&["code", "-"], b"");
    assert_eq!(empty.status.code(), Some(0), "{}", err(&empty));
}

#[test]
fn wrong_usage_ends_with_two() {
    let cases: [&[&str]; 8] = [
        &[],
        &["code"],
        &["frobnicate"],
        &["code", "--published", "yesterday", "x.txt"],
        &["code", "--jobs", "0", "x.txt"],
        &["dossier", "CHN", "RUS", "--from", "2024-13", "x.txt"],
        &["dossier", "Atlantis", "x.txt"],
        &["code", "--lang", "fr", "x.txt"],
    ];
    for args in cases {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", err(&output));
        assert!(!output.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn a_reader_who_goes_away_is_no_error() {
    let mut child =
        entente().args(["code", &samples()]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""));
}

#[test]
fn a_dossier_cites_the_samples() {
    for states in [&["CHN", "RUS"][..], &["中国", "ロシア"], &["China", "russia"], &["中露"]] {
        let args: Vec<&str> =
            ["dossier", "--lang", "ja"].into_iter().chain(states.iter().copied()).chain([]).collect();
        let samples = samples();
        let args: Vec<&str> = args.into_iter().chain([samples.as_str()]).collect();
        let output = run(&args);
        assert_eq!(output.status.code(), Some(0), "{states:?}: {}", err(&output));
        let text = out(&output);
        for heading in ["要点", "外交", "経済・エネルギー", "食い違い", "出典"] {
            assert!(text.contains(heading), "{states:?}: no {heading}");
        }
        assert!(text.contains("習近平"));
    }
    let english = out(&run(&["dossier", "CHN", "RUS", "--lang", "en", &samples()]));
    assert!(english.contains("Key points"));
    let html = out(&run(&["dossier", "CHN", "RUS", "--format", "html", &samples()]));
    assert!(html.to_lowercase().starts_with("<!doctype html"));
    let json = out(&run(&["dossier", "CHN", "RUS", "--format", "json", &samples()]));
    let data: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(data["states"], serde_json::json!(["CHN", "RUS"]));
}

#[test]
fn a_dossier_keeps_to_its_range() {
    let of = |from: &str| -> serde_json::Value {
        let args = ["dossier", "CHN", "RUS", "--from", from, "--as-of", "2025-01-01", "--format", "json"];
        serde_json::from_str(&out(&run(&[&args[..], &[&samples()]].concat()))).unwrap()
    };
    let events = |data: &serde_json::Value| -> usize {
        data["sections"].as_array().unwrap().iter().map(|it| it["entries"].as_array().unwrap().len()).sum()
    };
    assert!(events(&of("2000")) > events(&of("2030")));
}

#[test]
fn a_state_misspelt_is_put_right() {
    let output = run(&["dossier", "CHN", "Rusia", "x.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("Russia"), "{}", err(&output));
    let one = run(&["dossier", "CHN", &samples()]);
    assert_eq!(one.status.code(), Some(2));
    assert!(err(&one).contains("only one state"), "{}", err(&one));
}

#[test]
fn explain_shows_the_rooms_of_a_line() {
    let dir = tempfile::tempdir().unwrap();
    let path = file(dir.path(), "a.txt", ARTICLE.as_bytes());
    let output = run(&["explain", "--published", "2023-03-16", &format!("{path}:3")]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let text = out(&output);
    for part in [
        "tokens",
        "chunks and clauses",
        "会談する",
        "mentions",
        "岸田文雄",
        "times",
        "2023-03-16",
        "events",
        "CONSULT",
        "event/",
    ] {
        assert!(text.contains(part), "no {part} in {text}");
    }
    assert!(!text.contains('\x1b'));
    let whole = out(&run(&["explain", &path]));
    assert!(whole.contains(":1") && whole.contains(":3"));
    let line = run(&["explain", "--lang", "ja", &format!("{}:2", samples())]);
    assert!(out(&line).contains("文節と節"));
    assert_eq!(run(&["explain", &format!("{path}:2")]).status.code(), Some(2));
    assert_eq!(run(&["explain", "nowhere.txt:1"]).status.code(), Some(1));
}

#[test]
fn an_overlay_adds_names_and_acts() {
    let dir = tempfile::tempdir().unwrap();
    file(
        dir.path(),
        "mention/actor/organization.tsv",
        "ja\tstates\tsector\taliases\ten\tkind\tweak\nゾルタク評議団\tJPN\tGOV\t\tZoltak Council\tbody\t\n"
            .as_bytes(),
    );
    let text = file(dir.path(), "text.txt", "ゾルタク評議団が見解を公表した。".as_bytes());
    let overlay = dir.path().display().to_string();
    let named = |args: &[&str]| -> bool {
        let record = &records(&run(args))[0];
        record.mentions.iter().any(|mention| mention.text == "ゾルタク評議団" && mention.states == ["JPN"])
    };
    assert!(named(&["code", "--lexicon", &overlay, &text]));
    assert!(!named(&["code", &text]));
    let wrong = run(&["code", "--lexicon", &dir.path().join("none").display().to_string(), &text]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(err(&wrong).contains("help:"));
}

#[test]
fn the_lexicon_is_checked() {
    let dir = tempfile::tempdir().unwrap();
    let rule = "id = \"dance\"\ntype = \"CONSULT\"\ncameo = \"040\"\nparties = \"mutual\"\nnouns = [\"舞踏\"]\n\n[[yes]]\ntext = \"空は青い。\"\nexpect = { type = \"CONSULT\" }\n";
    let path = file(dir.path(), "event/consult/dance.toml", rule.as_bytes());
    let output = run(&["lexicon", "check", &dir.path().display().to_string()]);
    assert_eq!(output.status.code(), Some(1), "{}", out(&output));
    assert!(
        err(&output).contains(&format!("{path}:8: ")) && err(&output).contains("help:"),
        "{}",
        err(&output)
    );
    std::fs::write(&path, rule.replace("type = \"CONSULT\"", "type = = 1")).unwrap();
    let output = run(&["lexicon", "check", &dir.path().display().to_string()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains(&format!("{path}:2: ")), "{}", err(&output));
    std::fs::remove_file(&path).unwrap();
    let stray = file(dir.path(), "odd/x.tsv", b"a\tb\n1\t2\t3\n");
    let output = run(&["lexicon", "check", &dir.path().display().to_string()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).contains(&format!("{stray}:2: ")) && err(&output).contains("no room reads"),
        "{}",
        err(&output)
    );
    let none = run(&["lexicon", "check", &dir.path().join("none").display().to_string()]);
    assert_eq!(none.status.code(), Some(1));
}

#[test]
fn rows_are_made_from_a_query_to_wikidata() {
    let data = root().join("crates/cli/tests/data/wikidata.json").display().to_string();
    let shown = out(&run(&["lexicon", "import", "--wikidata", &data]));
    assert_eq!(
        shown,
        "# mention/actor/person/wikidata.tsv\n\
         ja\tfamily\tstates\tsector\ten\taliases\troles\tsource\n\
         ゾルタン・ミホン\tミホン\tFRA\tGOV\tZoltan Mihon\tZ. Mihon;ゾルターン・ミホン\t外相@2031-02..2033-04;首相@2033-04..\tQ900001\n\
         見本太郎\t見本\tJPN\tGOV\tTaro Mihon\t\t外務大臣@2030-01..\tQ900002\n\
         # mention/actor/organization.tsv\n\
         ja\tstates\tsector\taliases\ten\tkind\tweak\tsource\n\
         見本海峡庁\tJPN\tGOV\t海峡庁\tSample Strait Agency\tagency\t\tQ900010\n"
    );
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("mine").display().to_string();
    let output = run(&["lexicon", "import", "--wikidata", &data, "--out", &folder]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).contains("2 persons and 1 bodies") && out(&output).contains("1 without"));
    assert_eq!(run(&["lexicon", "check", &folder]).status.code(), Some(0));
    let text = file(dir.path(), "a.txt", "見本海峡庁のゾルタン・ミホンが会見した。\n".as_bytes());
    let record = &records(&run(&["code", "--lexicon", &folder, &text]))[0];
    assert!(record.mentions.iter().any(|mention| mention.text == "見本海峡庁"));
    assert!(record.entities.iter().any(|entity| entity.name_en.as_deref() == Some("Zoltan Mihon")));
}

#[test]
fn a_wrong_result_of_a_query_is_said_with_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let path = file(dir.path(), "x.json", b"{\"results\": {\n\"bindings\": 3}}");
    let output = run(&["lexicon", "import", "--wikidata", &path]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains(&format!("{path}:2: ")) && err(&output).contains("help:"),
        "{}",
        err(&output)
    );
    let wrong = r#"{"results": {"bindings": [
        {"person": {"value": "http://www.wikidata.org/entity/Q1"}, "ja": {"value": "甲"}, "state": {"value": "france"}},
        {"person": {"value": "http://www.wikidata.org/entity/Q2"}, "ja": {"value": "乙"}, "start": {"value": "soon"}},
        {"ja": {"value": "丙"}},
        {"person": {"value": "http://www.wikidata.org/entity/Q3"}, "ja": {"value": "丁野"}}]}}"#;
    let path = file(dir.path(), "y.json", wrong.as_bytes());
    let output = run(&["lexicon", "import", "--wikidata", &path]);
    assert_eq!(output.status.code(), Some(1));
    for part in ["result 1: `france`", "result 2: `soon`", "result 3: ", "help:"] {
        assert!(err(&output).contains(part), "{}", err(&output));
    }
    assert!(out(&output).contains("丁野") && !out(&output).contains("丙"));
    let output = run(&["--lang", "ja", "lexicon", "import", "--wikidata", &path]);
    assert!(err(&output).contains("ヒント:") && err(&output).contains("結果 1"), "{}", err(&output));
}

#[test]
fn completions_and_manual_pages_are_not_empty() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = out(&run(&["completions", shell]));
        assert!(script.contains("entente") && script.contains("dossier"), "{shell}");
    }
    for args in [&["man"][..], &["man", "code"], &["man", "lexicon"]] {
        assert!(out(&run(args)).contains(".TH"), "{args:?}");
    }
    assert!(out(&run(&["man", "code"])).contains("published"));
}

#[test]
fn colours_are_asked_for_or_left_out() {
    let dir = tempfile::tempdir().unwrap();
    let path = file(dir.path(), "a.txt", ARTICLE.as_bytes());
    let colored = |command: &mut Command| out(&command.output().unwrap()).contains('\x1b');
    assert!(colored(entente().args(["--color", "always", "explain", &path])));
    assert!(!colored(entente().args(["--color", "never", "explain", &path])));
    assert!(!colored(entente().env("NO_COLOR", "1").args(["explain", &path])));
    assert!(!colored(entente().args(["explain", &path])));
    let missing = entente().args(["code", "--color=always", "missing.txt"]).output().unwrap();
    assert!(err(&missing).contains('\x1b'));
    let missing = entente().env("NO_COLOR", "1").args(["code", "missing.txt"]).output().unwrap();
    assert!(!err(&missing).contains('\x1b'));
}

#[test]
fn the_language_is_the_locales_or_the_one_asked_for() {
    let japanese = entente().env("LC_ALL", "ja_JP.UTF-8").args(["code", "missing.txt"]).output().unwrap();
    assert!(err(&japanese).contains("エラー:") && err(&japanese).contains("ヒント:"), "{}", err(&japanese));
    let english = entente()
        .env("LC_ALL", "ja_JP.UTF-8")
        .args(["--lang", "en", "code", "missing.txt"])
        .output()
        .unwrap();
    assert!(err(&english).contains("error:"), "{}", err(&english));
    assert!(out(&run(&["--help", "--lang=ja"])).contains("使い方"));
    assert!(out(&run(&["--help"])).contains("Usage"));
    assert!(out(&run(&["--version"])).starts_with("entente "));
}
