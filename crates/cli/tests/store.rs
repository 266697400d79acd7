//! The commands on a store, on both databases.

#![allow(clippy::unwrap_used)]

#[path = "../../store/tests/server/mod.rs"]
mod server;

use entente_store::{Selection, Store};
use server::{on_both, server};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

/// Documents of the fault tests.
const DOCUMENTS: usize = 400;

/// How often a writer is killed.
const KILLS: u64 = 50;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/articles.jsonl")
}

fn entente(db: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
    for name in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.env("LANG", "C").env("ENTENTE_DB", db).stdin(Stdio::null());
    // The index of a server goes into the cache: that of these tests.
    static CACHE: OnceLock<tempfile::TempDir> = OnceLock::new();
    command.env("XDG_CACHE_HOME", CACHE.get_or_init(|| tempfile::tempdir().unwrap()).path());
    command
}

fn run(db: &str, args: &[&str]) -> Output {
    entente(db).args(args).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The samples repeated under other names, as many as are asked for.
fn articles(folder: &Path, count: usize) -> String {
    let lines = std::fs::read_to_string(samples()).unwrap();
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let path = folder.join("articles.jsonl");
    let mut file = std::fs::File::create(&path).unwrap();
    for number in 0..count {
        let mut article = lines[number % lines.len()].clone();
        article["id"] = format!("d{number}").into();
        writeln!(file, "{article}").unwrap();
    }
    path.display().to_string()
}

fn assert_whole(db: &str, documents: usize) {
    let output = run(db, &["db", "check"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(out(&output), format!("{documents} documents, {documents} versions, 0 problems\n"));
    let mut ids = Vec::new();
    let mut store = Store::open(db).unwrap();
    store
        .each(&Selection::default(), |stored| {
            ids.push(stored.record.document.id);
            Ok(())
        })
        .unwrap();
    ids.sort();
    let mut expected: Vec<String> = (0..documents).map(|number| format!("d{number}")).collect();
    expected.sort();
    assert_eq!(ids, expected);
}

#[test]
fn a_store_holds_what_code_gives_and_the_same_again_changes_nothing() {
    let samples = samples().display().to_string();
    on_both(|db| {
        let output = run(db, &["ingest", &samples]);
        assert_eq!((output.status.code(), out(&output).as_str()), (Some(0), ""), "{}", err(&output));
        assert!(err(&output).ends_with(": 18 new, 0 changed, 0 unchanged, 0 failed\n"), "{}", err(&output));
        let coded = out(&run(db, &["code", &samples]));
        let mut kept = String::new();
        let mut store = Store::open(db).unwrap();
        store
            .each(&Selection::default(), |stored| {
                kept += &serde_json::to_string(&stored.record).unwrap();
                kept.push('\n');
                Ok(())
            })
            .unwrap();
        assert_eq!(kept, coded);
        let before = out(&run(db, &["db", "dump"]));
        let output = run(db, &["ingest", "--jobs", "1", &samples]);
        assert!(err(&output).ends_with(": 0 new, 0 changed, 18 unchanged, 0 failed\n"), "{}", err(&output));
        let output = run(db, &["--lang", "ja", "ingest", &samples]);
        assert!(
            err(&output).ends_with(": 新規 0 件、変更 0 件、変わらず 18 件、失敗 0 件\n"),
            "{}",
            err(&output)
        );
        assert_eq!(out(&run(db, &["db", "dump"])), before);
    });
}

#[test]
fn one_bad_file_is_told_and_the_rest_is_kept() {
    on_both(|db| {
        let folder = tempfile::tempdir().unwrap();
        let lines = folder.path().join("a.jsonl");
        let text = "{\"id\":\"a\",\"text\":\"日韓首脳が会談した。\"}\n{\"id\":\"b\"}\n\
             {\"id\":\"a\",\"text\":\"日韓首脳が会談した。\"}\n{\"id\":\"a\",\"text\":\"別の記事。\"}\n\
             {\"id\":\"c\",\"text\":\"\\u0000\"}\n{\"id\":\"d\",\"text\":\"日中首脳が会談した。\"}\n";
        std::fs::write(&lines, text).unwrap();
        let lines = lines.display().to_string();
        for expected in ["2 new, 0 changed, 1 unchanged, 4 failed", "0 new, 0 changed, 3 unchanged, 4 failed"]
        {
            let output = run(db, &["ingest", "nothere.txt", &lines]);
            let told = err(&output);
            assert_eq!(output.status.code(), Some(1), "{told}");
            assert!(told.ends_with(&format!(": {expected}\n")), "{told}");
            assert_eq!(told.matches("help:").count(), 4, "{told}");
            assert!(told.contains("error: a: a document of this `id` came before"), "{told}");
        }
        // By itself, the other article is a new version of the first.
        std::fs::write(&lines, "{\"id\":\"a\",\"text\":\"別の記事。\"}").unwrap();
        let told = err(&run(db, &["ingest", &lines]));
        assert!(told.ends_with(": 0 new, 1 changed, 0 unchanged, 0 failed\n"), "{told}");
        assert_eq!(Store::open(db).unwrap().get("a").unwrap().unwrap().version, 2);
    });
}

#[test]
fn recode_tells_what_another_lexicon_reads() {
    on_both(|db| {
        let folder = tempfile::tempdir().unwrap();
        let text = folder.path().join("a.txt");
        std::fs::write(&text, "見本海峡研究会は中国を批判した。\n").unwrap();
        let lexicon = folder.path().join("mine/mention/actor");
        std::fs::create_dir_all(&lexicon).unwrap();
        let rows = "ja\tstates\tsector\taliases\ten\tkind\tweak\n\
             見本海峡研究会\tJPN\tEDU\t\tSample Strait Society\tthinktank\t\n";
        std::fs::write(lexicon.join("organization.tsv"), rows).unwrap();
        let mine = folder.path().join("mine").display().to_string();

        assert!(run(db, &["ingest", &text.display().to_string()]).status.success());
        let nothing = "0 documents coded again, 0 changed, 0 failed\n";
        assert_eq!(out(&run(db, &["recode"])), nothing);
        assert_eq!(out(&run(db, &["recode", "--all"])), "1 documents coded again, 0 changed, 0 failed\n");
        let output = run(db, &["--lexicon", &mine, "recode", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(
            (&report["recoded"], &report["changed"], &report["failed"]),
            (&1.into(), &1.into(), &0.into())
        );
        let changes = report["documents"][0]["changes"].as_array().unwrap();
        let added = |change: &&serde_json::Value| {
            change["kind"] == "entities" && change["new"]["name"] == "見本海峡研究会"
        };
        assert!(changes.iter().any(|change| added(&change)), "{report}");
        assert_eq!(out(&run(db, &["--lexicon", &mine, "recode"])), nothing);
        // And back, as a table.
        let told = out(&run(db, &["recode"]));
        assert!(told.contains("1 documents coded again, 1 changed, 0 failed\n  mentions: "), "{told}");
        assert_eq!(Store::open(db).unwrap().get(&text.display().to_string()).unwrap().unwrap().version, 1);
    });
}

#[test]
fn a_dump_is_loaded_by_the_command() {
    let samples = samples().display().to_string();
    on_both(|db| {
        let folder = tempfile::tempdir().unwrap();
        let other = folder.path().join("other.db").display().to_string();
        assert!(run(&other, &["ingest", &samples]).status.success());
        let dump = folder.path().join("all.jsonl");
        std::fs::write(&dump, run(&other, &["db", "dump"]).stdout).unwrap();
        let told = err(&run(db, &["db", "load", &dump.display().to_string()]));
        assert!(told.ends_with("18 new, 0 with further versions, 0 unchanged, 0 in conflict\n"), "{told}");
        assert_eq!(run(db, &["db", "dump"]).stdout, std::fs::read(&dump).unwrap());
    });
}

#[test]
fn what_is_wrong_is_told_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("letter.txt"), "no database, but a letter. ".repeat(40)).unwrap();
    for (db, en, ja) in [
        (path("none.db"), "there is no store here", "ここに保存庫はありません"),
        (path("letter.txt"), "the database is damaged, or is no database", "壊れているか"),
        ("postgres://nobody@127.0.0.1:1/none".to_owned(), "the server does not answer", "応答しません"),
    ] {
        for (lang, expected, help) in [("en", en, "  help: "), ("ja", ja, "  ヒント: ")] {
            let output = run(&db, &["--lang", lang, "db", "check"]);
            let told = err(&output);
            assert_eq!(output.status.code(), Some(1), "{told}");
            assert!(told.contains(expected) && told.contains(help), "{told}");
        }
    }
}

/// Numbers that look random and are the same every time.
fn shuffled(seed: u64) -> u64 {
    let mut x = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1);
    x ^= x >> 31;
    x = x.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x ^ (x >> 29)
}

/// How many documents a store has; none where it is not there yet.
fn count(db: &str) -> u64 {
    Store::open_existing(db).and_then(|mut store| store.count()).unwrap_or(0)
}

/// Bytes of the journal of an SQLite file; 0 where there is none.
fn journal(db: &str) -> u64 {
    std::fs::metadata(format!("{db}-wal")).map_or(0, |file| file.len())
}

/// Kills `ingest` at points of its work all over, and goes on each time: at any moment since its start, while it
/// writes, and after it committed.
fn killed(db: &str, kills: u64) {
    let folder = tempfile::tempdir().unwrap();
    let articles = articles(folder.path(), DOCUMENTS);
    let lines: Vec<String> = std::fs::read_to_string(&articles).unwrap().lines().map(str::to_owned).collect();
    let mut kept = 0;
    let mut midway = 0;
    for kill in 0..kills {
        // A part more each time, so that there is always work to be killed at.
        let upto = (DOCUMENTS as u64 * (kill + 1) / kills) as usize;
        let part = folder.path().join("part.jsonl");
        std::fs::write(&part, lines[..upto].join("\n")).unwrap();
        let before = journal(db);
        let mut child = entente(db)
            .args(["ingest", "--jobs", "1", &part.display().to_string()])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let awaited = |moment: &dyn Fn() -> bool, child: &mut Child| {
            while !moment() && child.try_wait().unwrap().is_none() {
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(Duration::from_micros(shuffled(kill) % 4000));
        };
        match kill % 3 {
            0 => std::thread::sleep(Duration::from_millis(shuffled(kill) % 700)),
            1 if !db.starts_with("postgres") => awaited(&|| journal(db) != before, &mut child),
            _ => awaited(&|| count(db) > kept, &mut child),
        }
        let _ = child.kill();
        if !child.wait().unwrap().success() {
            midway += 1;
        }
        // What was committed stays committed.
        let now = count(db);
        assert!(now >= kept, "{now} after {kept}");
        kept = now;
        if kept > 0 {
            let mut store = Store::open_existing(db).unwrap();
            assert_eq!(store.check(|problem| panic!("{problem}")).unwrap().problems, 0);
        }
    }
    assert!(midway > 0 && kept > 0, "killed {midway} times, {kept} documents kept");
    let output = run(db, &["ingest", &articles]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_whole(db, DOCUMENTS);
}

#[test]
fn killed_at_any_moment_it_loses_nothing_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    killed(&folder.path().join("a.db").display().to_string(), KILLS);
}

#[test]
fn killed_at_any_moment_a_server_loses_nothing_either() {
    let Some(server) = server() else { return };
    killed(&server.database(), 10);
}

#[test]
fn two_writers_at_once_lose_nothing() {
    on_both(|db| {
        let folder = tempfile::tempdir().unwrap();
        let articles = articles(folder.path(), DOCUMENTS);
        let start = || {
            let command = &mut entente(db);
            command.args(["ingest", &articles]).stderr(Stdio::piped()).spawn().unwrap()
        };
        let told: Vec<Output> =
            [start(), start()].into_iter().map(|child| child.wait_with_output().unwrap()).collect();
        for output in &told {
            assert_eq!(output.status.code(), Some(0), "{}", err(output));
        }
        assert_whole(db, DOCUMENTS);
        let new: usize = told
            .iter()
            .map(|output| {
                let told = err(output);
                let (before, _) = told.split_once(" new,").unwrap();
                before.rsplit(' ').next().unwrap().parse::<usize>().unwrap()
            })
            .sum();
        assert_eq!(new, DOCUMENTS);
    });
}

#[test]
fn a_disk_that_is_full_is_told_and_the_next_run_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let articles = articles(folder.path(), DOCUMENTS);
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let mount = |options: &str| {
        let command = &mut Command::new("mount");
        command.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(&disk).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if !mount("size=6m") {
        let _ = writeln!(
            std::io::stderr(),
            "skipped: a disk that is full, for the command; a small disk cannot be mounted here (the store's own test \
             limits the database instead)"
        );
        return;
    }
    let db = disk.join("a.db").display().to_string();
    assert!(run(&db, &["ingest", &samples().display().to_string()]).status.success());
    let output = run(&db, &["ingest", &articles]);
    let kept = Store::open_existing(&db).and_then(|mut store| store.count());
    let grown = mount("remount,size=64m");
    let again = run(&db, &["ingest", &articles]);
    let whole = run(&db, &["db", "check"]);
    let _ = Command::new("umount").arg("-l").arg(&disk).status();
    let told = err(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("no room left to write") && told.contains("help: make room"), "{told}");
    assert!(kept.unwrap() >= 18, "what was committed before is lost");
    assert!(grown);
    assert_eq!(again.status.code(), Some(0), "{}", err(&again));
    let all = DOCUMENTS + 18;
    assert_eq!(out(&whole), format!("{all} documents, {all} versions, 0 problems\n"));
}

#[test]
fn a_store_that_holds_other_tables_is_left_alone() {
    on_both(|db| {
        let mut other = entente_store::sql::Connection::open(db, Duration::from_secs(5)).unwrap();
        other.batch("CREATE TABLE mine(a {int})").unwrap();
        let output = run(db, &["ingest", &samples().display().to_string()]);
        assert_eq!(output.status.code(), Some(1));
        assert!(err(&output).contains("is no store of Entente"), "{}", err(&output));
        assert_eq!(other.query("SELECT a FROM mine", &[]).unwrap().len(), 0);
    });
}
