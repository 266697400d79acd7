//! Corrections over records and over what joining finds, on both databases.

#![allow(clippy::unwrap_used)]

mod made;
mod server;

use entente_account::Words;
use entente_base::Lexicon;
use entente_base::record::{EventType, Record, Status};
use entente_event::Coder;
use entente_store::diff::ItemKind;
use entente_store::{
    By, Change, Codes, CorrectionError, Entry, Filter, ItemName, Joiner, Selection, Store, StoreError,
};
use entente_text::open;
use made::entry_of;
use server::on_both;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

/// Records of the samples, each also as another paper might print it.
fn records() -> &'static [Record] {
    static RECORDS: OnceLock<Vec<Record>> = OnceLock::new();
    RECORDS.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/articles.jsonl");
        let coder = Coder::new(&Lexicon::built_in()).unwrap();
        let mut worker = coder.worker();
        let mut records = Vec::new();
        for source in open(&path) {
            let record = coder.code(&mut worker, &source.unwrap());
            for copy in 0..2 {
                let mut record = record.clone();
                record.document.id = format!("{}-{copy}", record.document.id);
                record.document.publisher = Some(format!("新聞{copy}"));
                records.push(record);
            }
        }
        records
    })
}

fn codes() -> &'static Codes {
    static CODES: OnceLock<Codes> = OnceLock::new();
    CODES.get_or_init(|| Codes::load(&Lexicon::built_in()).unwrap())
}

fn by(why: &str) -> By {
    By { who: "甲".to_owned(), when: "2025-01-01T00:00:00Z".to_owned(), why: why.to_owned() }
}

fn joiner() -> Joiner<'static> {
    Joiner::new(Words::built_in())
}

fn put(store: &mut Store, records: &[&Record]) {
    let entries: Vec<Entry> = records.iter().map(|record| entry_of(record)).collect();
    store.put(&entries, "c1", &mut joiner()).unwrap();
}

fn correct(store: &mut Store, change: &Change) -> Result<i64, StoreError> {
    store.correct(change, &by("見出しと違う"), codes(), &mut joiner())
}

fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
}

fn event(uid: &str) -> ItemName {
    ItemName::Event(uid.to_owned())
}

/// All that the store answers, but for how often documents were written.
fn answers(store: &mut Store) -> String {
    let mut all = Vec::new();
    store
        .each(&Selection::default(), |stored| {
            all.push(serde_json::to_string(&stored.record).unwrap());
            Ok(())
        })
        .unwrap();
    let (lines, count) = store.event_lines(&Filter::default()).unwrap();
    all.push(format!("{count} {}", serde_json::to_string(&lines).unwrap()));
    for line in lines {
        let account = store.event(&line.id, Words::built_in()).unwrap().unwrap();
        all.push(serde_json::to_string(&account).unwrap());
    }
    all.join("\n")
}

/// The reports of the joined event that a report is part of.
fn part(store: &mut Store, uid: &str) -> BTreeSet<String> {
    let account = store.event(uid, Words::built_in()).unwrap().unwrap();
    let of =
        account.events().iter().find(|event| event.reports.iter().any(|report| report.uid == uid)).unwrap();
    of.reports.iter().map(|report| report.uid.clone()).collect()
}

/// Which reports are one event, on how many origins it stands, and why.
fn joined(store: &mut Store) -> Vec<(BTreeSet<String>, usize, String)> {
    let (lines, _) = store.event_lines(&Filter::default()).unwrap();
    lines.iter().map(|line| (part(store, &line.id), line.origins, format!("{:?}", line.why))).collect()
}

/// A joined event of two reports.
fn pair(store: &mut Store) -> [String; 2] {
    let (lines, _) = store.event_lines(&Filter::default()).unwrap();
    let line = lines.iter().find(|line| line.documents == 2).unwrap();
    let part: Vec<String> = part(store, &line.id).into_iter().collect();
    [part[0].clone(), part[1].clone()]
}

/// The identifier of the first event of a document.
fn first_event(store: &mut Store, document: &str) -> String {
    let record = store.get(document).unwrap().unwrap().record;
    entente_account::lasting_ids(&record)[0].clone()
}

#[test]
fn each_kind_of_correction_holds_and_goes_without_a_trace() {
    on_both(|url| {
        let mut store = Store::open(url).unwrap();
        let all: Vec<&Record> = records().iter().collect();
        put(&mut store, &all);
        let before = answers(&mut store);
        let id = all[0].document.id.clone();
        let uid = first_event(&mut store, &id);
        let [a, b] = pair(&mut store);
        let (lines, _) = store.event_lines(&Filter::default()).unwrap();
        let other = lines.iter().map(|line| line.id.clone()).find(|uid| *uid != a && *uid != b).unwrap();
        let (statement, figure) = (&all[0].statements[0], &all[0].figures[0]);
        let at = |kind, start, end| ItemName::At {
            document: id.clone(),
            kind,
            span: entente_base::Span::new(start, end),
        };
        let words: String = all[0].document.text.chars().skip(3).take(30).collect();
        for change in [
            Change::Set {
                item: event(&uid),
                fields: fields(&[("type", "ASSAULT"), ("status", "denied"), ("date", "")]),
            },
            Change::Set {
                item: at(ItemKind::Figure, figure.start, figure.end),
                fields: fields(&[("value", "7"), ("of", "CHN")]),
            },
            Change::Set {
                item: at(ItemKind::Statement, statement.start, statement.end),
                fields: fields(&[("act", "deny")]),
            },
            Change::Add {
                document: id.clone(),
                kind: ItemKind::Event,
                words: vec![words.clone()],
                at: None,
                fields: fields(&[
                    ("type", "AID"),
                    ("source", "JPN"),
                    ("target", "FRA"),
                    ("domains", "energy"),
                ]),
            },
            Change::Add {
                document: id.clone(),
                kind: ItemKind::Mention,
                words: vec![words],
                at: None,
                fields: fields(&[("kind", "organization"), ("states", "FRA")]),
            },
            Change::Reject(event(&uid)),
            Change::Reject(at(ItemKind::Mention, all[0].mentions[0].start, all[0].mentions[0].end)),
            Change::Split(event(&a), event(&b)),
            Change::Join(event(&a), event(&other)),
        ] {
            let number = correct(&mut store, &change).unwrap();
            assert_ne!(answers(&mut store), before, "{change:?}");
            let listed = store.corrections(None).unwrap();
            let last = listed.last().unwrap();
            assert!(!last.stale && last.correction.number == number, "{change:?}");
            assert_eq!(store.version(&id, 1).unwrap().unwrap(), *all[0], "the coder's record stays");
            assert_eq!(store.check(|problem| panic!("{problem}")).unwrap().problems, 0);
            store.revert(number, &by("誤り"), &mut joiner()).unwrap();
            assert!(answers(&mut store) == before, "reverted {change:?}");
            let again = store.revert(number, &by("誤り"), &mut joiner()).unwrap_err();
            assert!(matches!(again, StoreError::Correction(CorrectionError::Reverted { .. })), "{again}");
        }
    });
}

#[test]
fn what_is_corrected_survives_another_coder_and_another_text() {
    on_both(|url| {
        let mut store = Store::open(url).unwrap();
        let record = &records()[0];
        put(&mut store, &[record]);
        let id = record.document.id.clone();
        let uid = first_event(&mut store, &id);
        correct(
            &mut store,
            &Change::Set { item: event(&uid), fields: fields(&[("type", "AID"), ("place", "JPN")]) },
        )
        .unwrap();
        let mention = &record.mentions[1];
        let span = entente_base::Span::new(mention.start, mention.end);
        let named = ItemName::At { document: id.clone(), kind: ItemKind::Mention, span };
        correct(&mut store, &Change::Reject(named)).unwrap();
        let holds = |store: &mut Store| {
            let now = store.get(&id).unwrap().unwrap().record;
            let aid = now.events.iter().filter(|event| event.kind == EventType::Aid);
            (aid.filter(|event| event.place.as_deref() == Some("JPN")).count(), now.mentions.len())
        };
        let expected = (1, record.mentions.len() - 1);
        assert_eq!(holds(&mut store), expected);

        // Another coder: other numbers, an item less before it, another status.
        let mut recoded = record.clone();
        for event in &mut recoded.events {
            event.id = format!("{}0", event.id);
            event.status = Status::Ongoing;
        }
        recoded.mentions.remove(0);
        store.recode(&[entry_of(&recoded)], "c2", &mut joiner()).unwrap();
        assert_eq!(holds(&mut store), (1, recoded.mentions.len() - 1));
        assert!(store.corrections(Some(&id)).unwrap().iter().all(|listed| !listed.stale));
        assert!(store.event(&uid, Words::built_in()).unwrap().is_some(), "the event keeps its identifier");

        // Another coder that does not find the event: the correction waits, and holds again afterwards.
        let mut without = recoded.clone();
        without.events.clear();
        store.recode(&[entry_of(&without)], "c3", &mut joiner()).unwrap();
        let stale: Vec<bool> = store.corrections(None).unwrap().iter().map(|listed| listed.stale).collect();
        assert_eq!(stale, [true, false]);
        assert_eq!(holds(&mut store).0, 0);

        // Another text before it: everything stands elsewhere.
        let mut moved = record.clone();
        let shift = "（訂正あり）\n".chars().count();
        moved.document.text = format!("（訂正あり）\n{}", record.document.text);
        let mut value = serde_json::to_value(&moved).unwrap();
        shift_all(&mut value, shift);
        let moved: Record = serde_json::from_value(value).unwrap();
        put(&mut store, &[&moved]);
        assert_eq!(holds(&mut store), expected);
        assert!(store.corrections(None).unwrap().iter().all(|listed| !listed.stale));
    });
}

fn shift_all(value: &mut serde_json::Value, by: usize) {
    match value {
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| shift_all(item, by)),
        serde_json::Value::Object(fields) => {
            for name in ["start", "end"] {
                if let Some(at) = fields.get(name).and_then(serde_json::Value::as_u64) {
                    fields.insert(name.to_owned(), (at + by as u64).into());
                }
            }
            fields.values_mut().for_each(|field| shift_all(field, by));
        }
        _ => {}
    }
}

#[test]
fn joins_and_splits_hold_whatever_comes_in_whatever_order() {
    on_both(|url| {
        let all: Vec<&Record> = records().iter().collect();
        let mut store = Store::open(url).unwrap();
        put(&mut store, &all);
        let [a, b] = pair(&mut store);
        let (lines, _) = store.event_lines(&Filter::default()).unwrap();
        let other = lines.iter().map(|line| line.id.clone()).find(|uid| *uid != a && *uid != b).unwrap();
        let kept = |store: &mut Store| {
            assert!(!part(store, &a).contains(&b), "split");
            assert!(part(store, &a).contains(&other), "joined");
        };
        correct(&mut store, &Change::Split(event(&a), event(&b))).unwrap();
        correct(&mut store, &Change::Join(event(&a), event(&other))).unwrap();
        kept(&mut store);
        let expected = joined(&mut store);
        let mut dump = Vec::new();
        store.dump(&mut dump).unwrap();

        // The corrected documents alone, the corrections, then the rest, one by one and backward.
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("other.db").display().to_string();
        let mut second = Store::open(&place).unwrap();
        let touched: BTreeSet<String> = store.corrected_documents().unwrap().into_iter().collect();
        let (first, rest): (Vec<&Record>, Vec<&Record>) =
            all.iter().copied().partition(|record| touched.contains(&record.document.id));
        put(&mut second, &first);
        correct(&mut second, &Change::Join(event(&other), event(&a))).unwrap();
        correct(&mut second, &Change::Split(event(&b), event(&a))).unwrap();
        for record in rest.iter().rev() {
            put(&mut second, &[record]);
        }
        kept(&mut second);
        assert_eq!(joined(&mut second), expected);

        // A dump carries corrections; loading twice is loading once.
        let mut third = Store::open(&folder.path().join("third.db").display().to_string()).unwrap();
        for _ in 0..2 {
            third.load(&mut dump.as_slice(), &mut joiner()).unwrap();
            assert_eq!(joined(&mut third), expected);
            let mut again = Vec::new();
            third.dump(&mut again).unwrap();
            assert!(again == dump);
        }
    });
}

#[test]
fn what_makes_no_sense_is_refused_and_leaves_nothing() {
    on_both(|url| {
        let mut store = Store::open(url).unwrap();
        let record = &records()[0];
        put(&mut store, &[record]);
        let id = record.document.id.clone();
        let uid = first_event(&mut store, &id);
        let set = |pairs: &[(&str, &str)]| Change::Set { item: event(&uid), fields: fields(pairs) };
        let add = |words: &str, pairs: &[(&str, &str)]| Change::Add {
            document: id.clone(),
            kind: ItemKind::Time,
            words: vec![words.to_owned()],
            at: None,
            fields: fields(pairs),
        };
        for (change, said) in [
            (set(&[("type", "MEET")]), "CONSULT"),
            (set(&[("day", "2024")]), "no field `day`"),
            (set(&[("participants", "誰でもない")]), "誰でもない"),
            (set(&[("date", "2024"), ("date", "2025")]), "twice"),
            (set(&[]), "nothing is to be set"),
            (Change::Reject(event("e0")), "no such item"),
            (Change::Join(event(&uid), event(&uid)), "no second event"),
            (add("。", &[("value", "2024")]), "times in the document"),
            (add("ここにない語", &[("value", "2024")]), "0 times"),
            (add(&record.mentions[0].text, &[]), "`value` is missing"),
        ] {
            let error = correct(&mut store, &change).unwrap_err();
            assert!(error.to_string().contains(said) && error.to_string().contains("help: "), "{error}");
        }
        let error =
            store.correct(&Change::Reject(event(&uid)), &by(" "), codes(), &mut joiner()).unwrap_err();
        assert!(error.to_string().contains("`why` is missing"), "{error}");
        assert!(store.corrections(None).unwrap().is_empty());
    });
}
