//! What the store joins, against what an account in memory joins of the same records.

#![allow(clippy::unwrap_used)]

mod made;

use entente_account::{Account, Words};
use entente_base::Lexicon;
use entente_base::record::Record;
use entente_event::Coder;
use entente_store::{Entry, Filter, Joiner, MIGRATIONS, Nothing, Options, Scope, Store};
use entente_text::open;
use made::entry_of;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

/// Records of the samples, and copies of them as other papers might print them.
fn records() -> Vec<Record> {
    static RECORDS: OnceLock<Vec<Record>> = OnceLock::new();
    RECORDS.get_or_init(code).clone()
}

fn code() -> Vec<Record> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/articles.jsonl");
    let coder = Coder::new(&Lexicon::built_in()).unwrap();
    let mut worker = coder.worker();
    let mut records = Vec::new();
    for (index, source) in open(&path).enumerate() {
        let record = coder.code(&mut worker, &source.unwrap());
        for copy in 0..=index % 3 {
            let mut record = record.clone();
            record.document.id = format!("{}-{copy}", record.document.id);
            if copy == 1 {
                record.document.publisher = Some("甲新聞".to_owned());
            }
            if copy == 2 {
                record.document.origins.clear();
                record.events.truncate(record.events.len() / 2);
            }
            records.push(record);
        }
    }
    records
}

/// For each report, those that are one event with it and the number of origins.
type Parts = BTreeMap<String, (BTreeSet<String>, usize)>;

fn parts(accounts: &[Account]) -> Parts {
    let mut parts = Parts::new();
    for event in accounts.iter().flat_map(Account::events) {
        let all: BTreeSet<String> = event.reports.iter().map(|report| report.uid.clone()).collect();
        for uid in &all {
            parts.insert(uid.clone(), (all.clone(), event.origins));
        }
    }
    parts
}

fn stored_parts(store: &mut Store, expected: &Parts) -> Parts {
    let accounts = expected.keys().map(|uid| store.event(uid, Words::built_in()).unwrap().unwrap());
    parts(&accounts.collect::<Vec<_>>())
}

fn fill(records: &[Record], batch: usize) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("a.db").display().to_string()).unwrap();
    let entries: Vec<Entry> = records.iter().map(entry_of).collect();
    for some in entries.chunks(batch) {
        store.put(some, "c", &mut Joiner::new(Words::built_in())).unwrap();
    }
    (folder, store)
}

#[test]
fn the_store_joins_as_an_account_in_memory_whatever_the_order() {
    let records = records();
    let expected = parts(&[Account::new(records.clone())]);
    assert!(expected.values().any(|(all, origins)| all.len() > 2 && *origins > 1));
    let mut backward = records.clone();
    backward.reverse();
    let mut first: Option<Vec<_>> = None;
    for (order, batch) in [(&records, 100), (&records, 1), (&backward, 3)] {
        let (_folder, mut store) = fill(order, batch);
        assert_eq!(stored_parts(&mut store, &expected), expected, "in batches of {batch}");
        let (lines, count) = store.event_lines(&Filter::default()).unwrap();
        let events: BTreeSet<&BTreeSet<String>> = expected.values().map(|(all, _)| all).collect();
        assert_eq!((lines.len(), count), (events.len(), events.len()));
        for line in &lines {
            assert_eq!(expected[&line.id].1, line.origins, "{line:?}");
        }
        assert_eq!(*first.get_or_insert_with(|| lines.clone()), lines, "in batches of {batch}");
    }
}

#[test]
fn copies_are_found_wherever_their_bands_stand() {
    let records = records();
    let expected = parts(&[Account::new(records.clone())]);
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("a.db").display().to_string()).unwrap();
    let mut joiner = Joiner::new(Words::built_in()).with_fresh_bands(100);
    for record in &records {
        store.put(&[entry_of(record)], "c", &mut joiner).unwrap();
    }
    let mut count = |table: &str| -> i64 {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        store.connection().first(&sql, &[]).unwrap().unwrap().take(0).unwrap()
    };
    assert!(count("band") > 0 && count("fresh_band") <= 100);
    assert_eq!(stored_parts(&mut store, &expected), expected);
    // What goes leaves neither.
    for record in &records {
        let mut other = record.clone();
        other.document.text = "短い。".to_owned();
        store.put(&[entry_of(&other)], "c", &mut joiner).unwrap();
    }
    let bands = "SELECT (SELECT COUNT(*) FROM band) + (SELECT COUNT(*) FROM fresh_band)";
    assert_eq!(store.connection().first(bands, &[]).unwrap().unwrap().take::<i64>(0).unwrap(), 0);
}

#[test]
fn a_document_that_changes_and_changes_back_leaves_no_trace() {
    let records = records();
    let expected = parts(&[Account::new(records.clone())]);
    let (_folder, mut store) = fill(&records, 100);
    let mut joiner = Joiner::new(Words::built_in());
    for record in &records {
        let mut other = record.clone();
        other.document.text.push_str("\n続報は近く伝える。");
        other.events.clear();
        other.figures.clear();
        store.put(&[entry_of(&other)], "c", &mut joiner).unwrap();
    }
    assert!(store.event_lines(&Filter::default()).unwrap().0.is_empty());
    for record in &records {
        store.put(&[entry_of(record)], "c", &mut joiner).unwrap();
    }
    assert_eq!(stored_parts(&mut store, &expected), expected);
}

#[test]
fn an_account_of_a_pair_is_that_part_of_the_whole() {
    let records = records();
    let whole = Account::new(records.clone());
    let (_folder, mut store) = fill(&records, 7);
    let states = ["CHN".to_owned(), "RUS".to_owned()];
    let filter = Filter { states: states.to_vec(), ..Filter::default() };
    let found = store.account(&filter, Scope::Whole, Words::built_in()).unwrap();
    let concerns = |event: &&entente_account::JoinedEvent| {
        let parties = event.parties();
        states.iter().all(|state| parties.contains(state.as_str()))
    };
    let expected: Vec<_> = whole.events().iter().filter(concerns).map(|event| &event.id).collect();
    let got: Vec<_> = found.account.events().iter().map(|event| &event.id).collect();
    assert!(!expected.is_empty());
    assert_eq!(got, expected);
    assert_eq!(found.events, expected.len());
    let (lines, _) = store.event_lines(&filter).unwrap();
    assert_eq!(lines.len(), expected.len());
    let told_twice =
        Filter { min_origins: 2, from: "2023-01".parse().ok(), to: "2024".parse().ok(), ..Filter::default() };
    let (lines, _) = store.event_lines(&told_twice).unwrap();
    assert!(!lines.is_empty() && lines.iter().all(|line| line.origins > 1));
    // Both articles of those years about the pair name one agency.
    let (lines, _) = store.event_lines(&Filter { states: states.to_vec(), ..told_twice }).unwrap();
    assert!(lines.is_empty());
}

#[test]
fn an_account_made_anew_is_the_same() {
    let records = records();
    let expected = parts(&[Account::new(records.clone())]);
    let (_folder, mut store) = fill(&records, 100);
    let lines = store.event_lines(&Filter::default()).unwrap();
    let spoil =
        ["DELETE FROM link", "DELETE FROM joined", "INSERT INTO meta(key, value) VALUES ('stale', 'yes')"];
    for sql in spoil {
        store.connection().execute(sql, &[]).unwrap();
    }
    assert!(store.is_stale().unwrap());
    let mut read = 0;
    store.derive_anew(&mut Joiner::new(Words::built_in()), |count| read += count).unwrap();
    assert_eq!(read, records.len());
    assert!(!store.is_stale().unwrap());
    assert_eq!(stored_parts(&mut store, &expected), expected);
    assert_eq!(store.event_lines(&Filter::default()).unwrap(), lines);
}

#[test]
fn a_store_of_the_format_before_has_its_account_made_anew() {
    let records = records();
    let folder = tempfile::tempdir().unwrap();
    let url = folder.path().join("a.db").display().to_string();
    let before = Options { migrations: &MIGRATIONS[..3], ..Options::default() };
    let mut old = Store::open_with(&url, &before).unwrap();
    let entries: Vec<Entry> = records.iter().map(entry_of).collect();
    old.put(&entries, "c", &mut Nothing).unwrap();
    drop(old);
    let mut store = Store::open(&url).unwrap();
    assert_eq!(store.upgrade().map(|upgrade| upgrade.from), Some(3));
    assert!(store.is_stale().unwrap());
    store.derive_anew(&mut Joiner::new(Words::built_in()), |_| {}).unwrap();
    let expected = parts(&[Account::new(records)]);
    assert_eq!(stored_parts(&mut store, &expected), expected);
}
