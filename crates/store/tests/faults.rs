//! What goes wrong is told, and nothing is lost by it.

#![allow(clippy::unwrap_used)]

mod made;
mod server;

use entente_store::{Entry, Fault, Nothing, Options, State, Store, StoreError};
use made::entry;
use server::{on_both, server};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::time::Duration;

fn batch(from: usize, to: usize) -> Vec<Entry> {
    (from..to).map(|n| entry(&format!("d{n}"), &format!("第{n}の記事。"), None)).collect()
}

fn whole(store: &mut Store) -> u64 {
    let checked = store.check(|problem| panic!("{problem}")).unwrap();
    assert_eq!(checked.problems, 0);
    checked.documents
}

#[test]
fn a_check_finds_each_damage() {
    on_both(|url| {
        let mut store = Store::open(url).unwrap();
        for (number, (sql, expected)) in [
            ("UPDATE version SET text = '乙の記事。' WHERE doc = 1", "Hash"),
            ("UPDATE version SET metadata = '{' WHERE doc = 1", "Unreadable"),
            ("UPDATE version SET record = '{' WHERE doc = 1", "Unreadable"),
            ("UPDATE version SET record = replace(record, '\"end\":1', '\"end\":99') WHERE doc = 1", "Place"),
            ("UPDATE version SET record = replace(record, '\"text\":\"第\"', '\"text\":\"乙\"') WHERE doc = 1", "Place"),
            ("UPDATE document SET publisher = '誰か' WHERE doc = 1", "Column"),
            ("UPDATE document SET version = 2 WHERE doc = 1", "Versions"),
            ("DELETE FROM version WHERE doc = 1", "Versions"),
            ("DELETE FROM version WHERE doc = 1; DELETE FROM document WHERE doc = 1", "Keys"),
        ]
        .into_iter()
        .enumerate()
        {
            store.connection().batch("DELETE FROM version; DELETE FROM document").unwrap();
            store.put(&batch(0, 3), "c1", &mut Nothing).unwrap();
            assert_eq!(whole(&mut store), 3);
            store.connection().batch(sql).unwrap();
            let mut faults = Vec::new();
            let checked = store.check(|problem| faults.push(problem.fault.clone())).unwrap();
            assert_eq!(checked.problems as usize, faults.len());
            let found = faults.iter().any(|fault| format!("{fault:?}").starts_with(expected));
            assert!(found, "{number}: {sql}: {faults:?}");
        }
    });
}

#[test]
fn a_full_disk_is_told_and_what_was_committed_stays() {
    let folder = tempfile::tempdir().unwrap();
    let url = folder.path().join("a.db").display().to_string();
    let mut store = Store::open(&url).unwrap();
    store.put(&batch(0, 20), "c1", &mut Nothing).unwrap();
    let mut pages = store.connection().first("PRAGMA page_count", &[]).unwrap().unwrap();
    let limit = pages.take::<i64>(0).unwrap() + 4;
    store.connection().batch(&format!("PRAGMA max_page_count = {limit}")).unwrap();
    let error = store.put(&batch(0, 400), "c1", &mut Nothing).unwrap_err();
    assert!(matches!(error, StoreError::Full { .. }), "{error}");
    assert_eq!(whole(&mut store), 20);
    // There is room again.
    drop(store);
    let mut store = Store::open(&url).unwrap();
    let states = store.put(&batch(0, 400), "c1", &mut Nothing).unwrap();
    assert_eq!(states.iter().filter(|state| **state == State::Unchanged).count(), 20);
    assert_eq!(whole(&mut store), 400);
}

#[test]
fn a_file_that_was_overwritten_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let url = folder.path().join("a.db").display().to_string();
    let mut store = Store::open(&url).unwrap();
    store.put(&batch(0, 400), "c1", &mut Nothing).unwrap();
    drop(store);
    let length = std::fs::metadata(&url).unwrap().len();
    let mut file = std::fs::OpenOptions::new().write(true).open(&url).unwrap();
    file.seek(SeekFrom::Start(length / 2)).unwrap();
    file.write_all(&[0xA5; 20_000]).unwrap();
    drop(file);
    let mut store = Store::open(&url).unwrap();
    let mut told = 0;
    match store.check(|_| told += 1) {
        Ok(checked) => assert!(checked.problems > 0 && told > 0),
        Err(error) => assert!(matches!(error, StoreError::Corrupt { .. }), "{error}"),
    }

    let text = folder.path().join("letter.txt").display().to_string();
    std::fs::write(&text, "no database, but a letter of more than a hundred bytes. ".repeat(20)).unwrap();
    let error = Store::open(&text).unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
}

#[test]
fn other_places_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    assert!(matches!(Store::open(&path("none/a.db")), Err(StoreError::Unopened { .. })));
    assert!(matches!(Store::open_existing(&path("a.db")), Err(StoreError::Missing { .. })));
    assert!(!folder.path().join("a.db").exists());
    on_both(|url| {
        assert!(matches!(Store::open_existing(url), Err(StoreError::Missing { .. })));
        let mut other = entente_store::sql::Connection::open(url, Duration::from_secs(5)).unwrap();
        other.batch("CREATE TABLE document(a {int}); CREATE TABLE meta(key {text})").unwrap();
        let error = Store::open(url).unwrap_err();
        assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
    });
}

#[test]
fn a_store_that_may_not_be_written_is_told() {
    on_both(|url| {
        let mut store = Store::open(url).unwrap();
        let sql = if url.starts_with("postgres") {
            "SET default_transaction_read_only = on"
        } else {
            "PRAGMA query_only = ON"
        };
        store.connection().batch(sql).unwrap();
        let error = store.put(&batch(0, 1), "c1", &mut Nothing).unwrap_err();
        assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");
    });
}

#[test]
fn a_writer_that_does_not_end_is_told() {
    on_both(|url| {
        let mut holder = Store::open(url).unwrap();
        let options = Options { patience: Duration::from_millis(50), ..Options::default() };
        let mut store = Store::open_with(url, &options).unwrap();
        holder
            .connection()
            .write(|_| {
                let error = store.put(&batch(0, 1), "c1", &mut Nothing).unwrap_err();
                assert!(matches!(error, StoreError::Locked { .. }), "{error}");
                // Reading waits for nobody.
                assert_eq!(store.count()?, 0);
                Ok(())
            })
            .unwrap();
        assert_eq!(store.put(&batch(0, 1), "c1", &mut Nothing).unwrap(), [State::New]);
    });
}

#[test]
fn servers_that_do_not_let_in_are_told() {
    let error = Store::open("postgres://nobody@127.0.0.1:1/none").unwrap_err();
    assert!(matches!(error, StoreError::NoServer { .. }), "{error}");
    let error = Store::open("postgres://me:secret@host:port:/x").unwrap_err();
    assert!(matches!(error, StoreError::Address { .. }) && !error.to_string().contains("secret"), "{error}");
    let Some(server) = server() else { return };
    let error = Store::open(&server.address("no_such_database")).unwrap_err();
    assert!(matches!(error, StoreError::NoDatabase { .. }), "{error}");
    if server.is_ours() {
        let nowhere = format!("{}?options=-csearch_path%3Dnowhere", server.database());
        let error = Store::open(&nowhere).unwrap_err();
        assert!(matches!(error, StoreError::Unfit { .. }), "{error}");
        server.run("CREATE ROLE guarded LOGIN SUPERUSER PASSWORD 'right'");
        let database = server.database();
        let with = |user: &str| database.replace("://postgres@", &format!("://{user}@"));
        for user in ["guarded:wrong-secret", "guarded"] {
            let error = Store::open(&with(user)).unwrap_err();
            assert!(matches!(error, StoreError::Refused { .. }), "{user}: {error}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
        let store = Store::open(&with("guarded:right")).unwrap();
        assert!(store.place().starts_with("postgres://guarded@"), "{}", store.place());
    }
}

#[test]
fn several_writers_at_once_lose_nothing() {
    on_both(|url| {
        // All of them make the store as well.
        std::thread::scope(|scope| {
            for writer in 0..4 {
                scope.spawn(move || {
                    let mut store = Store::open(url).unwrap();
                    for step in 0..10 {
                        // Each document is written by two of them, in another company.
                        let from = (writer * 25 + step * 5) % 100;
                        let entries = batch(from, from + 10);
                        store.put(&entries, "c1", &mut Nothing).unwrap();
                    }
                });
            }
        });
        let mut store = Store::open(url).unwrap();
        assert_eq!(whole(&mut store), 105);
        let mut sequences = Vec::new();
        store
            .each(&entente_store::Selection::default(), |stored| {
                assert_eq!(stored.version, 1);
                sequences.push(stored.sequence);
                Ok(())
            })
            .unwrap();
        assert_eq!(sequences, (1..=105).collect::<Vec<i64>>());
    });
}

#[test]
fn faults_are_shown_with_their_place() {
    let problem = entente_store::Problem { document: "a".to_owned(), version: 2, fault: Fault::Hash };
    assert_eq!(problem.to_string(), "a (version 2): text, metadata or page are not what was written");
}
