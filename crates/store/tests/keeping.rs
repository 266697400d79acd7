//! What a store keeps, on both databases.

#![allow(clippy::unwrap_used)]

mod server;

use entente_base::record::{Kind, Mention, Record};
use entente_store::{Entry, Nothing, Selection, State, Store};
use entente_text::Source;
use server::on_both;

/// A document; its record names its first character.
fn document(id: &str, text: &str, published: Option<&str>) -> (Source, Record) {
    let source = Source {
        id: id.to_owned(),
        text: text.to_owned(),
        title: None,
        published: published.map(str::to_owned),
        url: None,
        publisher: Some("社".to_owned()),
        encoding: "UTF-8".to_owned(),
    };
    let mut record = Record::default();
    record.document.id = source.id.clone();
    record.document.text = source.text.clone();
    record.document.published = source.published.clone();
    record.document.publisher = source.publisher.clone();
    record.document.lang = "ja".to_owned();
    record.mentions.push(Mention {
        start: 0,
        end: 1,
        text: text.chars().take(1).collect(),
        kind: Kind::State,
        entity: "e1".to_owned(),
        states: vec!["CHN".to_owned()],
        confidence: 0.9,
        rule: String::new(),
    });
    (source, record)
}

fn entry(id: &str, text: &str, published: Option<&str>) -> Entry {
    let (source, record) = document(id, text, published);
    Entry::new(&source, record).unwrap()
}

fn ids(store: &mut Store, selection: &Selection) -> Vec<String> {
    let mut ids = Vec::new();
    store
        .each(selection, |stored| {
            ids.push(stored.record.document.id);
            Ok(())
        })
        .unwrap();
    ids
}

#[test]
fn the_same_again_changes_nothing_and_a_change_keeps_the_old_version() {
    on_both(|url| {
        let mut store = Store::open(url).unwrap();
        let first = [entry("a", "甲。", None), entry("b", "乙🇯🇵'?1{int}。", Some("2024-05"))];
        assert_eq!(store.put(&first, "c1", &mut Nothing).unwrap(), [State::New, State::New]);
        let before = store.get("b").unwrap().unwrap();
        assert_eq!((before.doc, before.version, before.coder.as_str()), (2, 1, "c1"));
        assert_eq!(&before.record, first[1].record());

        assert_eq!(store.put(&first, "c2", &mut Nothing).unwrap(), [State::Unchanged, State::Unchanged]);
        assert_eq!(store.get("b").unwrap().unwrap(), before);

        let (same, _) = document("a", "甲。", None);
        let (other, _) = document("a", "甲。", Some("2024"));
        let (unknown, _) = document("c", "丙。", None);
        let states = store.states(&[same, other, unknown]).unwrap();
        assert_eq!(states, [State::Unchanged, State::Changed, State::New]);

        let changed = entry("b", "丁。", None);
        assert_eq!(store.put(&[changed.clone()], "c2", &mut Nothing).unwrap(), [State::Changed]);
        let now = store.get("b").unwrap().unwrap();
        assert_eq!((now.doc, now.version, now.coder.as_str()), (2, 2, "c2"));
        assert!(now.sequence > before.sequence);
        assert_eq!(&now.record, changed.record());
        assert_eq!(store.version("b", 1).unwrap().unwrap(), before.record);
        assert_eq!(store.count().unwrap(), 2);

        // What is written outlives the connection.
        drop(store);
        let mut store = Store::open_existing(url).unwrap();
        assert_eq!(store.get("b").unwrap().unwrap(), now);
        assert_eq!(store.document(2).unwrap().unwrap(), now);
        assert!(store.get("c").unwrap().is_none());
    });
}

#[test]
fn documents_come_by_day_and_by_when_they_were_written() {
    on_both(|url| {
        let mut store = Store::open(url).unwrap();
        let entries: Vec<Entry> = (0..150)
            .map(|n| match n {
                0 => entry("a", "甲", Some("2024")),
                1 => entry("b", "乙", Some("2024-05-16")),
                2 => entry("c", "丙", None),
                n => entry(&format!("d{n}"), "丁", Some("2020-01-01")),
            })
            .collect();
        store.put(&entries, "c1", &mut Nothing).unwrap();
        assert_eq!(ids(&mut store, &Selection::default()).len(), 150);
        let day = |text: &str| entente_store::days(text).0;
        for (from, to, expected) in [
            (Some("2024-05-16"), None, vec!["a", "b"]),
            (Some("2024-05-17"), None, vec!["a"]),
            (Some("2023-12-31"), Some("2024-01-01"), vec!["a"]),
            (Some("2025-01-01"), None, vec![]),
        ] {
            let (first_day, last_day) = (from.and_then(day), to.and_then(day));
            let selection = Selection { first_day, last_day, after: 0 };
            assert_eq!(ids(&mut store, &selection), expected, "{from:?} {to:?}");
        }
        let last = store.get("d149").unwrap().unwrap().sequence;
        store.put(&[entry("b", "乙乙", None), entry("e", "戊", None)], "c1", &mut Nothing).unwrap();
        let selection = Selection { after: last, ..Selection::default() };
        assert_eq!(ids(&mut store, &selection), ["b", "e"]);
    });
}
