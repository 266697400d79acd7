//! What a store keeps, on both databases.

#![allow(clippy::unwrap_used)]

mod made;
mod server;

use entente_base::edtf::Edtf;
use entente_base::record::Record;
use entente_store::diff::ItemKind;
use entente_store::sql::Transaction;
use entente_store::{Derive, Entry, MIGRATIONS, Nothing, Options, Selection, State, Store, StoreError};
use made::{document, entry};
use server::on_both;

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
        assert_eq!(store.put(std::slice::from_ref(&changed), "c2", &mut Nothing).unwrap(), [State::Changed]);
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
        let day = |text: &str| text.parse::<Edtf>().unwrap().days_from_epoch().0.map(i64::from);
        for (from, to, expected) in [
            (Some("2024-05-16"), None, vec!["a", "b"]),
            (Some("2024-05-17"), None, vec!["a"]),
            (Some("2023-12-31"), Some("2024-01-01"), vec!["a"]),
            (Some("2025-01-01"), None, vec![]),
        ] {
            let (first_day, last_day) = (from.and_then(day), to.and_then(day));
            let selection = Selection { first_day, last_day, after: None };
            assert_eq!(ids(&mut store, &selection), expected, "{from:?} {to:?}");
        }
        let last = store.get("d149").unwrap().unwrap().sequence;
        store.put(&[entry("b", "乙乙", None), entry("e", "戊", None)], "c1", &mut Nothing).unwrap();
        let selection = Selection { after: Some(last), ..Selection::default() };
        assert_eq!(ids(&mut store, &selection), ["b", "e"]);
    });
}

/// Counts what it is told of, in a table.
#[derive(Default)]
struct Counting {
    /// Document that it fails at; 0 for none.
    fails_at: i64,
    told: Vec<(i64, Option<String>, String)>,
}

impl Derive for Counting {
    fn begin(&mut self, transaction: &mut Transaction<'_>) -> Result<(), StoreError> {
        self.told.clear();
        transaction.batch("CREATE TABLE IF NOT EXISTS told(doc {int})")
    }

    fn document(
        &mut self,
        transaction: &mut Transaction<'_>,
        doc: i64,
        old: Option<&Record>,
        new: &Record,
    ) -> Result<(), StoreError> {
        if doc == self.fails_at {
            return Err(StoreError::Derive("it does not agree".into()));
        }
        self.told.push((doc, old.map(|old| old.document.text.clone()), new.document.text.clone()));
        transaction.execute("INSERT INTO told(doc) VALUES (?1)", &[doc.into()])?;
        Ok(())
    }
}

#[test]
fn what_is_derived_is_written_with_its_documents_or_not_at_all() {
    on_both(|url| {
        let mut store = Store::open(url).unwrap();
        let mut derive = Counting::default();
        store.put(&[entry("a", "甲", None)], "c1", &mut derive).unwrap();
        store.put(&[entry("a", "甲", None), entry("b", "乙", None)], "c1", &mut derive).unwrap();
        assert_eq!(derive.told, [(2, None, "乙".to_owned())]);
        store.put(&[entry("a", "丙", None)], "c1", &mut derive).unwrap();
        assert_eq!(derive.told, [(1, Some("甲".to_owned()), "丙".to_owned())]);

        derive.fails_at = 4;
        let entries = [entry("c", "丁", None), entry("d", "戊", None)];
        let error = store.put(&entries, "c1", &mut derive).unwrap_err();
        assert_eq!(error.to_string(), "it does not agree");
        assert_eq!(store.count().unwrap(), 2);
        let told = store.connection().query("SELECT doc FROM told", &[]).unwrap();
        assert_eq!(told.len(), 3);
        derive.fails_at = 0;
        assert_eq!(store.put(&entries, "c1", &mut derive).unwrap(), [State::New, State::New]);
    });
}

#[test]
fn one_identifier_twice_at_once_is_refused() {
    on_both(|url| {
        let mut store = Store::open(url).unwrap();
        let twice = [entry("a", "甲", None), entry("a", "乙", None)];
        assert!(matches!(store.put(&twice, "c1", &mut Nothing), Err(StoreError::Document { .. })));
        assert_eq!(store.count().unwrap(), 0);
    });
}

#[test]
fn what_cannot_be_kept_is_told() {
    for (id, text) in [("a\0", "甲"), ("a", "甲\0"), (&"a".repeat(2001), "甲")] {
        let (source, record) = document(id, text, None);
        assert!(matches!(Entry::new(&source, record), Err(StoreError::Document { .. })), "{id} {text}");
    }
}

#[test]
fn another_coder_replaces_records_and_what_changed_is_told() {
    on_both(|url| {
        let mut store = Store::open(url).unwrap();
        let entries = [entry("a", "甲。", None), entry("b", "乙。", None), entry("c", "丙。", None)];
        store.put(&entries, "c1", &mut Nothing).unwrap();
        store.put(&[entry("c", "丁。", None)], "c2", &mut Nothing).unwrap();
        assert_eq!(store.count_by_others(Some("c2")).unwrap(), 2);
        let originals = store.originals(0, Some("c2")).unwrap();
        let (source, record) = document("a", "甲。", None);
        assert_eq!(originals[0].source, source);
        assert_eq!(originals.len(), 2);
        assert_eq!(store.originals(originals[1].doc, Some("c2")).unwrap(), []);
        assert_eq!(store.originals(0, None).unwrap().len(), 3);

        let mut better = record.clone();
        better.mentions.clear();
        let again = [
            Entry::new(&source, better.clone()).unwrap(),
            entries[1].clone(),
            // The document is not this any more.
            entries[2].clone(),
        ];
        let mut derive = Counting::default();
        let recoded = store.recode(&again, "c2", &mut derive).unwrap();
        assert_eq!(recoded.len(), 1);
        assert_eq!((recoded[0].doc, recoded[0].index, &recoded[0].old), (1, 0, &record));
        assert_eq!(recoded[0].diff.of(ItemKind::Mention).gone, [0]);
        assert_eq!(derive.told.len(), 1);
        let now = store.get("a").unwrap().unwrap();
        assert_eq!((now.version, now.coder.as_str(), &now.record), (1, "c2", &better));
        assert!(now.sequence > 4);
        assert_eq!(store.get("b").unwrap().unwrap().coder, "c2");
        assert_eq!(store.get("c").unwrap().unwrap().record.document.text, "丁。");
        assert_eq!(store.count_by_others(Some("c2")).unwrap(), 0);
        assert_eq!(store.check(|problem| panic!("{problem}")).unwrap().documents, 3);
    });
}

/// The steps with one more.
fn longer() -> Vec<&'static str> {
    let mut steps = MIGRATIONS.to_vec();
    steps.push("ALTER TABLE document ADD COLUMN note {text}; CREATE TABLE extra(a {int})");
    steps
}

#[test]
fn an_older_store_is_upgraded_after_a_copy_and_a_newer_one_is_refused() {
    on_both(|url| {
        // Every older format there ever was, with what it held.
        let steps = longer();
        for known in 1..steps.len() {
            let url = &if url.starts_with("postgres") {
                server::server().unwrap().database()
            } else {
                format!("{url}.{known}")
            };
            let open = |count: usize| {
                Store::open_with(url, &Options { migrations: &steps[..count], ..Options::default() })
            };
            let mut old = open(known).unwrap();
            assert_eq!(old.upgrade(), None);
            let record = serde_json::to_string(&document("a", "", None).1).unwrap();
            for sql in [
                "INSERT INTO document(doc, id, version, hash, lang, origins, sequence, removed) \
                 VALUES (1, 'a', 1, 'h', 'ja', '[]', 1, CASE WHEN CAST(?1 AS TEXT) = '' THEN 1 ELSE 0 END)",
                "INSERT INTO version(doc, version, hash, text, metadata, record, coder) \
                 VALUES (1, 1, 'h', '甲', '{}', CAST(?1 AS TEXT), 'c1')",
            ] {
                old.connection().execute(sql, &[record.as_str().into()]).unwrap();
            }
            drop(old);
            let mut store = open(steps.len()).unwrap();
            let upgrade = store.upgrade().unwrap().clone();
            assert_eq!((upgrade.from, upgrade.to), (known as i64, steps.len() as i64));
            assert_eq!(store.get("a").unwrap().unwrap().record.document.text, "甲");
            assert_eq!(store.connection().query("SELECT note FROM document", &[]).unwrap().len(), 1);
            match upgrade.backup.strip_prefix("schema ") {
                Some(schema) => {
                    let sql = format!("SELECT text FROM {schema}.version");
                    assert_eq!(store.connection().query(&sql, &[]).unwrap().len(), 1);
                }
                None => {
                    let options =
                        Options { migrations: &steps[..known], create: false, ..Options::default() };
                    let mut copy = Store::open_with(&upgrade.backup, &options).unwrap();
                    let mut texts = copy.connection().query("SELECT text FROM version", &[]).unwrap();
                    assert_eq!(texts.remove(0).take::<String>(0).unwrap(), "甲");
                }
            }
            drop(store);
            assert_eq!(open(steps.len()).unwrap().upgrade(), None);
            let error = open(known).unwrap_err();
            assert!(matches!(error, StoreError::Newer { .. }), "{error}");
            assert!(error.to_string().contains("help: use Entente"), "{error}");
        }
    });
}

#[test]
fn a_copy_never_takes_the_place_of_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let url = path.display().to_string();
    drop(Store::open(&url).unwrap());
    let taken = folder.path().join(format!("a.db.format{}.bak", MIGRATIONS.len()));
    std::fs::write(&taken, "mine").unwrap();
    let steps = longer();
    let store = Store::open_with(&url, &Options { migrations: &steps, ..Options::default() }).unwrap();
    assert_eq!(store.upgrade().unwrap().backup, format!("{url}.format{}-2.bak", MIGRATIONS.len()));
    assert_eq!(std::fs::read_to_string(&taken).unwrap(), "mine");
}

#[test]
fn a_step_that_fails_leaves_the_store_as_it_was() {
    on_both(|url| {
        Store::open(url).unwrap().put(&[entry("a", "甲", None)], "c1", &mut Nothing).unwrap();
        let mut steps = longer();
        steps.push("CREATE TABLE extra(a {int})");
        assert!(Store::open_with(url, &Options { migrations: &steps, ..Options::default() }).is_err());
        let mut store = Store::open(url).unwrap();
        assert_eq!(store.upgrade(), None);
        assert_eq!(store.count().unwrap(), 1);
    });
}

fn dumped(store: &mut Store) -> String {
    let mut out = Vec::new();
    store.dump(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_dump_goes_through_every_database_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let mut urls = vec![folder.path().join("a.db").display().to_string()];
    urls.extend(server::server().map(server::Server::database));
    urls.push(folder.path().join("b.db").display().to_string());
    let mut store = Store::open(&urls[0]).unwrap();
    let entries: Vec<Entry> = (0..70).map(|n| entry(&format!("d{n}"), "甲\n\"\\'", None)).collect();
    store.put(&entries, "c1", &mut Nothing).unwrap();
    store.put(&[entry("d3", "乙🇯🇵", Some("2024"))], "c2", &mut Nothing).unwrap();
    let first = dumped(&mut store);
    assert_eq!(first.lines().count(), 72);
    for pair in urls.windows(2) {
        let text = dumped(&mut Store::open(&pair[0]).unwrap());
        let mut other = Store::open(&pair[1]).unwrap();
        let loaded = other.load(&mut text.as_bytes(), &mut Nothing).unwrap();
        assert_eq!((loaded.new, loaded.changed, loaded.unchanged), (70, 0, 0));
        let loaded = other.load(&mut text.as_bytes(), &mut Nothing).unwrap();
        assert_eq!((loaded.new, loaded.changed, loaded.unchanged), (0, 0, 70));
        assert_eq!(dumped(&mut other), first);
        assert_eq!(other.check(|problem| panic!("{problem}")).unwrap().versions, 71);
        assert_eq!(other.get("d3").unwrap().unwrap().version, 2);
    }
}

#[test]
fn loading_adds_what_is_missing_and_tells_what_does_not_agree() {
    on_both(|url| {
        let folder = tempfile::tempdir().unwrap();
        let mut other = Store::open(&folder.path().join("other.db").display().to_string()).unwrap();
        let mut store = Store::open(url).unwrap();
        other.put(&["a", "b", "c"].map(|id| entry(id, "甲", None)), "c1", &mut Nothing).unwrap();
        store.put(&["a", "b"].map(|id| entry(id, "甲", None)), "c1", &mut Nothing).unwrap();
        other.put(&[entry("a", "乙", None), entry("b", "乙", None)], "c1", &mut Nothing).unwrap();
        store.put(&[entry("b", "丙", None)], "c1", &mut Nothing).unwrap();
        let mut derive = Counting::default();
        let loaded = store.load(&mut dumped(&mut other).as_bytes(), &mut derive).unwrap();
        assert_eq!((loaded.new, loaded.changed, loaded.unchanged), (1, 1, 0));
        assert_eq!(loaded.conflicts, ["b"]);
        let text = "甲".to_owned();
        assert_eq!(derive.told, [(1, Some(text.clone()), "乙".to_owned()), (3, None, text)]);
        assert_eq!(store.get("a").unwrap().unwrap().version, 2);
        assert_eq!(store.get("b").unwrap().unwrap().record.document.text, "丙");
        assert_eq!(store.check(|problem| panic!("{problem}")).unwrap().documents, 3);
    });
}

#[test]
fn a_dump_that_is_not_whole_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let mut store = Store::open(&path("a.db")).unwrap();
    store.put(&[entry("a", "甲", None), entry("b", "乙", None)], "c1", &mut Nothing).unwrap();
    let whole = dumped(&mut store);
    let lines: Vec<&str> = whole.lines().collect();
    let newer = lines[0].replace(&format!("\"format\":{}", MIGRATIONS.len()), "\"format\":99");
    assert_ne!(newer, lines[0]);
    let altered = lines[1].replace('甲', "丙");
    for (name, given, line) in [
        ("empty", vec![], Some(1)),
        ("cut", lines[..2].to_vec(), Some(3)),
        ("headless", lines[1..].to_vec(), Some(1)),
        ("short", vec![lines[0], lines[1], lines[3]], Some(3)),
        ("twice", vec![lines[0], lines[1], lines[1], lines[3]], Some(3)),
        ("altered", vec![lines[0], &altered, lines[2], lines[3]], Some(2)),
        ("no JSON", vec![lines[0], "{"], Some(2)),
        ("newer", vec![&newer, lines[1]], None),
    ] {
        let mut other = Store::open(&path(name)).unwrap();
        let error = other.load(&mut given.join("\n").as_bytes(), &mut Nothing).unwrap_err();
        match (line, &error) {
            (Some(expected), StoreError::Dump { line, .. }) => assert_eq!(*line, expected, "{name}: {error}"),
            (None, StoreError::Newer { .. }) => {}
            _ => panic!("{name}: {error}"),
        }
        // Loading the whole goes on from there.
        other.load(&mut whole.as_bytes(), &mut Nothing).unwrap();
        assert_eq!(dumped(&mut other), whole, "{name}");
    }
}

#[test]
fn a_page_is_kept_beside_its_text_and_stays_when_it_is_coded_again() {
    on_both(|url| {
        let mut store = Store::open(url).unwrap();
        let (mut source, record) = document("a", "甲。", None);
        source.page = Some((&b"<p>\0\xFF"[..]).into());
        let entry = Entry::new(&source, record.clone()).unwrap();
        store.put(std::slice::from_ref(&entry), "c1", &mut Nothing).unwrap();
        assert_eq!(store.states(std::slice::from_ref(&source)).unwrap(), [State::Unchanged]);
        let original = store.originals(0, Some("c2")).unwrap().remove(0).source;
        let mut better = record;
        better.mentions.clear();
        let again = Entry::new(&original, better).unwrap();
        assert_eq!(store.recode(&[again], "c2", &mut Nothing).unwrap().len(), 1);
        assert_eq!(store.states(&[source]).unwrap(), [State::Unchanged]);
        let kept = "SELECT page FROM version";
        let page = store.connection().first(kept, &[]).unwrap().unwrap().take::<Vec<u8>>(0).unwrap();
        assert_eq!(page, b"<p>\0\xFF");
        let text = dumped(&mut store);
        let folder = tempfile::tempdir().unwrap();
        let mut other = Store::open(&folder.path().join("b.db").display().to_string()).unwrap();
        other.load(&mut text.as_bytes(), &mut Nothing).unwrap();
        assert_eq!(dumped(&mut other), text);
        assert_eq!(other.check(|problem| panic!("{problem}")).unwrap().problems, 0);
    });
}
