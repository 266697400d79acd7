//! What pages ask a store, in both databases.

#![allow(clippy::unwrap_used)]

mod made;
mod server;

use entente_account::Words;
use entente_base::Lexicon;
use entente_base::record::{EventType, Status};
use entente_event::Coder;
use entente_store::{Entry, Filter, Joiner, Part, Scope, Store};
use entente_text::Source;
use made::document;
use server::on_both;

/// Two reports of one meeting, a plan, and an act of conflict with a figure.
const ARTICLES: [(&str, &str, &str); 4] = [
    ("a", "2024-05-17", "中国の習近平国家主席とロシアのプーチン大統領は2024年5月16日、北京で会談した。"),
    (
        "b",
        "2024-05-17",
        "習近平国家主席とプーチン大統領が2024年5月16日に北京で会談したと、別の記者が伝えている。",
    ),
    ("c", "2024-06-01", "日本の岸田首相と韓国の尹錫悦大統領は2024年9月6日にソウルで会談する予定だ。"),
    ("d", "2024-06-02", "米国は2024年6月1日、中国を非難した。2023年の中露の貿易額は2401億ドルだった。"),
];

fn filled(url: &str) -> Store {
    let coder = Coder::new(&Lexicon::built_in()).unwrap();
    let mut worker = coder.worker();
    let mut store = Store::open(url).unwrap();
    for (id, published, text) in ARTICLES {
        let source = Source {
            id: id.to_owned(),
            text: text.to_owned(),
            title: Some(format!("題 {id}")),
            published: Some(published.to_owned()),
            encoding: "UTF-8".to_owned(),
            ..Source::default()
        };
        let entry = Entry::new(&source, coder.code(&mut worker, &source)).unwrap();
        store.put(&[entry], "test", &mut Joiner::new(Words::built_in())).unwrap();
    }
    store
}

#[test]
fn pages_get_what_they_show() {
    on_both(|url| {
        let mut store = filled(url);
        let words = Words::built_in();

        let (heads, new) = store.news(2, 10).unwrap();
        assert_eq!(new, 2);
        let ids: Vec<&str> = heads.iter().map(|head| head.id.as_str()).collect();
        assert_eq!(ids, ["d", "c"]);
        assert_eq!(heads[0].title.as_deref(), Some("題 d"));
        assert_eq!(store.news(0, 1).unwrap().0.len(), 1);

        // 2024-06-02 is day 19876 from 1970-01-01.
        assert_eq!(store.last_day().unwrap(), Some(19876));
        let busy = store.busiest(19870).unwrap();
        let of = |code: &str| busy.iter().find(|busy| busy.code == code).unwrap();
        assert_eq!((of("CHN-RUS").events, of("CHN-RUS").lately), (1, 0));
        assert_eq!((of("CHN-USA").events, of("CHN-USA").lately), (1, 1));
        assert!(busy.windows(2).all(|pair| pair[0].events >= pair[1].events));

        let ahead = store.ahead(19876, 5).unwrap();
        assert_eq!(ahead.len(), 1);
        assert_eq!((ahead[0].status, ahead[0].date.as_deref()), (Status::Scheduled, Some("2024-09-06")));
        assert!(store.ahead(30000, 5).unwrap().is_empty());
        let lately = store.lately(19870, 5).unwrap();
        assert!(lately.iter().all(|line| line.status == Status::Occurred) && !lately.is_empty());

        let told = store.told_by_several(5, words).unwrap();
        assert_eq!(told.events().len(), 1);
        assert_eq!(told.events()[0].reports.len(), 2);

        let all = Filter::default();
        let (lines, total) = store.event_lines(&all).unwrap();
        let pulse = store.pulse(&all).unwrap();
        assert_eq!(pulse.iter().map(|pulse| pulse.events).sum::<u64>(), total as u64);
        let one = Filter { limit: Some(1), ..all.clone() };
        assert_eq!(store.pulse(&one).unwrap(), pulse, "a limit does not change counts");
        let ties = store.ties(&all).unwrap();
        let tie = ties.iter().find(|tie| tie.pair == "CHN-RUS").unwrap();
        assert_eq!((tie.kind, tie.events), (EventType::Consult, 1));

        for (filter, expected) in [
            (Filter { from: "2024-06".parse().ok(), ..all.clone() }, 2),
            (Filter { to: "2024-05".parse().ok(), ..all.clone() }, 1),
            (Filter { from: "2024-05".parse().ok(), to: "2024-05".parse().ok(), ..all.clone() }, 1),
            (Filter { kind: Some(EventType::Consult), ..all.clone() }, 2),
            (Filter { status: Some(Status::Scheduled), ..all.clone() }, 1),
            (Filter { states: vec!["CHN".into()], ..all.clone() }, 2),
            (
                Filter { states: vec!["RUS".into(), "CHN".into()], from: "2025".parse().ok(), ..all.clone() },
                0,
            ),
            (Filter { min_origins: 2, domain: Some("diplomatic".into()), ..all.clone() }, 1),
        ] {
            let expected_lines = store.event_lines(&filter).unwrap().1;
            let counted: u64 = store.pulse(&filter).unwrap().iter().map(|pulse| pulse.events).sum();
            assert_eq!((expected_lines, counted), (expected, expected as u64), "{filter:?} of {lines:#?}");
        }

        let measured = store.measured().unwrap();
        assert!(measured.iter().any(|known| known.code == "CHN-RUS" && known.measure == "trade"));
    });
}

#[test]
fn an_account_of_the_latest_documents_alone_leaves_the_others_out() {
    on_both(|url| {
        let mut store = filled(url);
        let words = Words::built_in();
        let states = vec!["CHN".to_owned(), "RUS".to_owned()];
        let whole = Filter { states: states.clone(), ..Filter::default() };
        let figures = |store: &mut Store, filter: &Filter| {
            store.account(filter, Scope::Whole, words).unwrap().account.figures().len()
        };
        assert_eq!(figures(&mut store, &whole), 1);
        // One figure is within the bound of a document; of no document, none is.
        assert_eq!(figures(&mut store, &Filter { documents: Some(1), ..whole.clone() }), 1);
        assert_eq!(figures(&mut store, &Filter { documents: Some(0), ..whole }), 0);
    });
}

#[test]
fn shelves_get_what_they_show() {
    on_both(|url| {
        let mut store = filled(url);
        let words = Words::built_in();
        let all = Filter::default();

        let shelf = store.shelf(&all, Part::Whole, 2, words).unwrap();
        assert_eq!((shelf.reach.documents, shelf.reach.more), (2, true));
        assert_eq!(
            (shelf.reach.first.as_deref(), shelf.reach.last.as_deref()),
            (Some("2024-06-01"), Some("2024-06-02"))
        );
        assert_eq!(shelf.account.events().len(), 2, "a plan, and an act of conflict");
        // An event counts all that report it, also where one of them is the latest document.
        let whole = store.shelf(&all, Part::Whole, 10, words).unwrap();
        assert!(!whole.reach.more);
        assert_eq!(whole.account.events().iter().map(|event| event.reports.len()).max(), Some(2));
        let said = store.shelf(&all, Part::Words, 10, words).unwrap();
        assert!(said.account.events().is_empty());
        let late = Filter { from: "2024-06-02".parse().ok(), ..all.clone() };
        assert_eq!(store.shelf(&late, Part::Words, 10, words).unwrap().reach.documents, 1);
        let ids = ["c".to_owned(), "none".to_owned()];
        assert_eq!(store.shelf_of(&ids, Part::Whole, words).unwrap().reach.documents, 1);

        let (lines, more) = store.latest_lines("CHN", 1).unwrap();
        assert!(more);
        assert_eq!(lines[0].date.as_deref(), Some("2024-06-01"));
        let doc = store.get("a").unwrap().unwrap().doc;
        let events = store.event_ids(doc).unwrap();
        assert_eq!(events.iter().map(|event| event.place).collect::<Vec<_>>(), [0]);
        let other = store.get("b").unwrap().unwrap().doc;
        assert_eq!(store.event_ids(other).unwrap()[0].event, events[0].event);

        // A reprint of a long text under another name.
        assert!(store.copies_of(doc, 5).unwrap().is_empty());
        let long =
            "両国の貿易と投資は伸びている。専門家は先行きを慎重に見ている。港の整備も進む。".repeat(20);
        for id in ["x", "y"] {
            let (source, record) = document(id, &long, Some("2024-07-01"));
            let entry = Entry::new(&source, record).unwrap();
            store.put(&[entry], "test", &mut Joiner::new(words)).unwrap();
        }
        let copied = store.get("x").unwrap().unwrap().doc;
        let copies = store.copies_of(copied, 5).unwrap();
        assert_eq!(copies.iter().map(|copy| copy.id.as_str()).collect::<Vec<_>>(), ["y"]);
        let sources = store.sources(10).unwrap();
        assert_eq!((sources.documents, sources.copied), (6, 2));
        let publishers: Vec<_> =
            sources.publishers.iter().map(|it| (it.name.as_deref(), it.documents, it.copies)).collect();
        assert_eq!(publishers, [(None, 4, 0), (Some("社"), 2, 2)]);
        assert_eq!(sources.copies.iter().map(|group| group.documents).collect::<Vec<_>>(), [2]);
        assert_eq!(store.corrections_page(0, 10).unwrap(), (Vec::new(), 0));
    });
}
