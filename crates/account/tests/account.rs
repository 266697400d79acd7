//! Accounts of small records made by hand.

use entente_account::{Account, ConflictKind, Dossier, Lang, PledgeStatus, Request};
use entente_base::Span;
use entente_base::record::*;
use proptest::prelude::*;

/// A record under construction; passages are named by their words.
struct Doc(Record);

fn doc(id: &str, published: Option<&str>, origin: &str, text: &str) -> Doc {
    Doc(Record {
        document: Document {
            id: id.to_owned(),
            text: text.to_owned(),
            title: text.lines().next().map(str::to_owned),
            lang: "ja".to_owned(),
            published: published.map(str::to_owned),
            origins: if origin.is_empty() { vec![] } else { vec![origin.to_owned()] },
            ..Document::default()
        },
        ..Record::default()
    })
}

fn codes(list: &str) -> Vec<String> {
    list.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

impl Doc {
    fn at(&self, words: &str) -> Span {
        let text = &self.0.document.text;
        let byte = text.find(words).unwrap_or_else(|| panic!("{words} is not in the text"));
        let start = text[..byte].chars().count();
        Span::new(start, start + words.chars().count())
    }

    fn person(mut self, id: &str, name: &str, state: &str, role: &str) -> Self {
        self.0.entities.push(Entity {
            id: id.to_owned(),
            kind: Kind::Person,
            name: name.to_owned(),
            name_en: None,
            code: None,
            states: codes(state),
            role: Some(role.to_owned()),
            sector: Some("GOV".to_owned()),
        });
        self
    }

    fn event(
        mut self,
        kind: EventType,
        mode: Option<&str>,
        parties: (&str, &str),
        with: &str,
        when: (Status, Option<&str>, Option<&str>),
        words: &str,
    ) -> Self {
        let evidence = vec![self.at(words)];
        let id = format!("v{}", self.0.events.len() + 1);
        self.0.events.push(Event {
            id,
            kind,
            mode: mode.map(str::to_owned),
            cameo: "040".to_owned(),
            goldstein: 1.0,
            source: codes(parties.0),
            target: codes(parties.1),
            participants: codes(with),
            status: when.0,
            date: when.1.map(str::to_owned),
            place: when.2.map(str::to_owned),
            domains: vec!["diplomatic".to_owned()],
            evidence,
            attributed_to: None,
            confidence: 1.0,
            rule: String::new(),
        });
        self
    }

    fn figure(
        mut self,
        words: &str,
        value: f64,
        bound: Bound,
        measure: &str,
        of: &str,
        period: Option<&str>,
    ) -> Self {
        let span = self.at(words);
        self.0.figures.push(Figure {
            start: span.start,
            end: span.end,
            text: words.to_owned(),
            value,
            value_to: None,
            unit: if measure == "trade" { "USD" } else { "count" }.to_owned(),
            bound,
            measure: measure.to_owned(),
            of: codes(of),
            period: period.map(str::to_owned),
            rank: None,
            change: None,
            rule: String::new(),
        });
        self
    }
}

const MEETING: EventType = EventType::Consult;

fn talks(id: &str, origin: &str, text: &str, date: Option<&str>, place: Option<&str>, words: &str) -> Record {
    doc(id, None, origin, text)
        .person("e1", "山田一郎", "JPN", "外相")
        .person("e2", "キム・チョルス", "KOR", "外相")
        .event(
            MEETING,
            Some("meeting"),
            ("JPN,KOR", "JPN,KOR"),
            "e1,e2",
            (Status::Occurred, date, place),
            words,
        )
        .0
}

#[test]
fn one_meeting_of_two_documents_is_one_event() {
    let account = Account::new(vec![
        talks(
            "b",
            "AP",
            "山田外相は三日、ソウルでキム外相と会談した。",
            Some("2024-05-03"),
            Some("KOR"),
            "ソウルでキム外相と会談した",
        ),
        talks(
            "a",
            "共同",
            "両外相がソウルで会談し、漁業を話し合った。",
            Some("2024-05"),
            Some("KOR"),
            "両外相がソウルで会談し",
        ),
    ]);
    assert_eq!(account.events().len(), 1);
    let event = &account.events()[0];
    assert_eq!((event.reports.len(), event.origins), (2, 2));
    assert_eq!(event.date.as_deref(), Some("2024-05-03"));
    assert!(!event.why.is_empty());
}

#[test]
fn two_meetings_of_a_month_stay_two() {
    let told = |id: &str, date: &str, place: &str| {
        talks(
            id,
            id,
            "山田外相はキム外相と会談した。",
            Some(date),
            Some(place),
            "山田外相はキム外相と会談した",
        )
    };
    assert_eq!(
        Account::new(vec![told("a", "2024-05-03", "KOR"), told("b", "2024-05-20", "KOR")]).events().len(),
        2
    );
    assert_eq!(
        Account::new(vec![told("a", "2024-05", "KOR"), told("b", "2024-05", "JPN")]).events().len(),
        2
    );
    let other = doc("c", None, "c", "田中首相はパク首相と会談した。")
        .person("e1", "田中二郎", "JPN", "首相")
        .person("e2", "パク・ヨンスク", "KOR", "首相")
        .event(
            MEETING,
            Some("meeting"),
            ("JPN,KOR", "JPN,KOR"),
            "e1,e2",
            (Status::Occurred, Some("2024-05-03"), Some("KOR")),
            "田中首相はパク首相と会談した",
        )
        .0;
    assert_eq!(Account::new(vec![told("a", "2024-05-03", "KOR"), other]).events().len(), 2);
}

#[test]
fn an_undated_report_that_fits_two_meetings_joins_neither() {
    let told = |id: &str, date: Option<&str>| {
        talks(
            id,
            id,
            "山田外相はソウルでキム外相と会談し、漁業協定を話し合った。",
            date,
            Some("KOR"),
            "山田外相はソウルでキム外相と会談し、漁業協定を話し合った",
        )
    };
    let dated = || vec![told("a", Some("2023-05-03")), told("b", Some("2024-06-20"))];
    let mut all = dated();
    all.push(told("c", None));
    assert_eq!(Account::new(all).events().len(), 3);
    let account = Account::new(vec![told("a", Some("2023-05-03")), told("c", None)]);
    assert_eq!(account.events().len(), 1);
}

#[test]
fn a_plan_and_what_came_of_it_are_one_with_a_history() {
    let plan = doc(
        "a",
        Some("2024-04-01"),
        "共同",
        "政府は、山田首相が5月7日にソウルを訪問し記念式典に出席すると発表した。",
    )
    .person("e1", "山田一郎", "JPN", "首相")
    .event(
        MEETING,
        Some("visit"),
        ("JPN", "KOR"),
        "e1",
        (Status::Scheduled, Some("2024-05-07"), Some("KOR")),
        "山田首相が5月7日にソウルを訪問し記念式典に出席する",
    )
    .0;
    let done = doc("b", Some("2024-05-08"), "AP", "山田首相は7日、ソウルを訪れて記念式典に出席した。")
        .person("e1", "山田一郎", "JPN", "首相")
        .event(
            MEETING,
            Some("visit"),
            ("JPN", "KOR"),
            "e1",
            (Status::Occurred, Some("2024-05-07"), Some("KOR")),
            "山田首相は7日、ソウルを訪れて記念式典に出席した",
        )
        .0;
    let account = Account::new(vec![done, plan.clone()]);
    assert_eq!(account.events().len(), 1);
    assert_eq!(account.events()[0].status, Status::Occurred);
    assert_eq!(account.pledges()[0].status, PledgeStatus::Done);

    let account = Account::new(vec![plan]);
    let pledge = &account.pledges()[0];
    let day = |day: &str| day.parse().ok();
    assert_eq!(pledge.status_on(day("2024-04-30").as_ref()), PledgeStatus::Open);
    assert_eq!(pledge.status_on(day("2024-05-30").as_ref()), PledgeStatus::Overdue);
    assert_eq!(pledge.status_on(None), PledgeStatus::Open);
}

#[test]
fn rounding_is_no_conflict_and_a_difference_is_one() {
    let trade = |id: &str, words: &str, value: f64, bound: Bound| {
        doc(id, None, id, &format!("両国の2024年の貿易額は{words}だった。"))
            .figure(words, value, bound, "trade", "JPN,KOR", Some("2024"))
            .0
    };
    let exact = || trade("a", "2,448億ドル", 2448e8, Bound::Exact);
    let account = Account::new(vec![exact(), trade("b", "約2,450億ドル", 2450e8, Bound::About)]);
    assert_eq!(account.conflicts().len(), 0);
    assert_eq!(account.figures()[0].points[0].values[0].origins, 2);
    let account = Account::new(vec![exact(), trade("b", "2,350億ドル", 2350e8, Bound::Exact)]);
    assert_eq!(account.conflicts().len(), 1);
    assert_eq!(account.conflicts()[0].kind, ConflictKind::Figure);
    assert_eq!(account.conflicts()[0].sides.len(), 2);
}

#[test]
fn a_named_event_of_two_dates_is_one_with_a_conflict() {
    let signed = |id: &str, date: &str| {
        doc(id, None, id, "両国は首都で「包括的漁業条約」に署名した。")
            .event(
                EventType::Agree,
                None,
                ("JPN,KOR", "JPN,KOR"),
                "",
                (Status::Occurred, Some(date), None),
                "両国は首都で「包括的漁業条約」に署名した",
            )
            .0
    };
    let account = Account::new(vec![signed("a", "2024-05-03"), signed("b", "2024-05-04")]);
    assert_eq!(account.events().len(), 1);
    assert_eq!(account.conflicts()[0].kind, ConflictKind::Date);
    assert_eq!(account.conflicts()[0].sides.len(), 2);
}

#[test]
fn a_denial_is_kept_beside_the_report() {
    let told = |id: &str, status: Status| {
        doc(id, None, id, "北国は東国の港湾施設を砲撃した。")
            .event(
                EventType::Assault,
                None,
                ("PRK", "KOR"),
                "",
                (status, Some("2024-05-03"), None),
                "北国は東国の港湾施設を砲撃した",
            )
            .0
    };
    let account = Account::new(vec![told("a", Status::Occurred), told("b", Status::Denied)]);
    assert_eq!(account.events().len(), 1);
    assert_eq!(account.conflicts()[0].kind, ConflictKind::Status);
}

#[test]
fn the_same_record_twice_counts_once() {
    let record = talks(
        "a",
        "AP",
        "山田外相はキム外相と会談した。",
        Some("2024-05-03"),
        None,
        "山田外相はキム外相と会談した",
    );
    let account = Account::new(vec![record.clone(), record]);
    assert_eq!((account.digests().len(), account.events().len()), (1, 1));
}

fn many() -> Vec<Record> {
    let mut records = Vec::new();
    for (index, date) in ["2024-05-03", "2024-05", "2024-05-20", "XXXX-05-03", "2024"].iter().enumerate() {
        let id = format!("d{index}");
        let origin = ["AP", "共同", "", "AP通信", "新華社"][index];
        let mut record = talks(
            &id,
            origin,
            "山田外相はソウルでキム外相と会談し、漁業協定を話し合った。貿易額は約900億ドルになった。",
            Some(date),
            if index % 2 == 0 { Some("KOR") } else { None },
            "山田外相はソウルでキム外相と会談し、漁業協定を話し合った",
        );
        record.figures = Doc(record.clone())
            .figure(
                "約900億ドル",
                9e10 + 1e9 * index as f64 * 30.0,
                Bound::About,
                "trade",
                "JPN,KOR",
                Some("2023"),
            )
            .0
            .figures;
        records.push(record);
    }
    records
}

proptest! {
    #[test]
    fn the_order_of_records_does_not_matter(order in Just((0..5usize).collect::<Vec<_>>()).prop_shuffle()) {
        let show = |records: Vec<Record>| {
            let account = Account::new(records);
            let request = Request { states: codes("JPN,KOR"), ..Request::default() };
            let dossier = Dossier::new(&account, &request);
            (serde_json::to_string(&account).unwrap(), serde_json::to_string(&dossier).unwrap())
        };
        let records = many();
        let shuffled = order.iter().map(|&index| records[index].clone()).collect();
        prop_assert_eq!(show(shuffled), show(records));
    }
}

#[test]
fn a_dossier_holds_only_what_is_asked_and_cites_every_line() {
    let other = doc("x", None, "x", "仏国の首相は独国の首相と会談した。")
        .event(
            MEETING,
            Some("meeting"),
            ("DEU,FRA", "DEU,FRA"),
            "",
            (Status::Occurred, Some("2024-05-03"), None),
            "仏国の首相は独国の首相と会談した",
        )
        .0;
    let mut records = many();
    records.push(other);
    let account = Account::new(records.clone());
    for lang in [Lang::Ja, Lang::En] {
        let request = Request { states: codes("JPN,KOR"), lang, ..Request::default() };
        let dossier = Dossier::new(&account, &request);
        assert!(dossier.citations.iter().all(|citation| citation.document != "x"));
        assert_eq!(dossier.origins, 4);
        assert!(!dossier.key_points.is_empty());
        for section in &dossier.sections {
            assert!(section.entries.iter().chain(&section.third).all(|entry| !entry.cites.is_empty()));
            assert!(section.figures.iter().all(|line| !line.cites.is_empty()));
        }
        for citation in &dossier.citations {
            let record = records.iter().find(|record| record.document.id == citation.document).unwrap();
            let words: String = record
                .document
                .text
                .chars()
                .skip(citation.start)
                .take(citation.end - citation.start)
                .collect();
            assert!(words.contains(citation.text.trim_matches('…')), "{words} / {}", citation.text);
        }
    }
}

#[test]
fn a_range_leaves_out_what_lies_outside() {
    let account = Account::new(many());
    let request = Request {
        states: codes("JPN,KOR"),
        from: Some("2024-05-10".to_owned()),
        to: Some("2024-05-31".to_owned()),
        ..Request::default()
    };
    let dossier = Dossier::new(&account, &request);
    let dates: Vec<_> =
        dossier.sections[0].entries.iter().filter_map(|entry| entry.date.as_deref()).collect();
    assert!(!dates.contains(&"2024-05-03"), "{dates:?}");
    assert!(dates.contains(&"2024-05-20"), "{dates:?}");
}

#[test]
fn an_empty_account_gives_an_empty_dossier() {
    let dossier =
        Dossier::new(&Account::new(Vec::new()), &Request { states: codes("JPN,KOR"), ..Request::default() });
    assert_eq!((dossier.documents, dossier.citations.len()), (0, 0));
}

fn strike(id: &str, published: &str, date: Option<&str>, word_of: Option<&str>, text: &str) -> Record {
    let words = text.trim_end_matches('。');
    let mut made = doc(id, Some(published), id, text)
        .person("e1", "甲野太郎", "JPN", "防衛相")
        .person("e2", "パク・ミンス", "KOR", "国防相")
        .person("e3", "乙山花子", "JPN", "外相")
        .event(EventType::Assault, None, ("PRK", "KOR"), "", (Status::Occurred, date, None), words);
    made.0.events[0].attributed_to = word_of.map(str::to_owned);
    made.0
}

#[test]
fn an_act_on_the_word_of_two_states_is_a_disagreement() {
    let text = "北朝鮮軍は沿岸の砲台から島の集落へ砲弾を撃ち込んだ。";
    let told = |words: &[Option<&str>]| {
        let record = |(at, word): (usize, &Option<&str>)| {
            strike(&format!("d{at}"), "2024-05-04", Some("2024-05-03"), *word, text)
        };
        let account = Account::new(words.iter().enumerate().map(record).collect());
        assert_eq!(account.events().len(), 1);
        account.conflicts().iter().any(|conflict| conflict.kind == ConflictKind::Attribution)
    };
    assert!(told(&[Some("e1"), Some("e2")]));
    assert!(told(&[Some("e1"), Some("e2"), None]));
    assert!(!told(&[Some("e1"), Some("e1")]));
    // Two who speak for one state are one voice, and what a document states itself is no other.
    assert!(!told(&[Some("e1"), Some("e3")]));
    assert!(!told(&[Some("e1"), None]));
}

#[test]
fn dates_a_few_days_apart_in_the_same_words_stand_side_by_side() {
    let text = "日本は韓国の造船会社の資産を凍結する新たな制裁を科した。";
    let other = "日本は韓国の農産物の輸入に上乗せ関税をかけると決めた。";
    let dates = |second: &str, text_of_second: &str, kind: EventType| {
        let account = Account::new(vec![
            act("a", "2024-05-10", kind, (Status::Occurred, Some("2024-05-03")), text),
            act("b", "2024-05-10", kind, (Status::Occurred, Some(second)), text_of_second),
        ]);
        let found = account.conflicts().iter().filter(|conflict| conflict.kind == ConflictKind::Date);
        let possible: Vec<bool> = found.map(|conflict| conflict.possible).collect();
        (account.events().len(), possible)
    };
    assert_eq!(dates("2024-05-05", text, EventType::Sanction), (2, vec![true]));
    assert_eq!(dates("2024-05-09", text, EventType::Sanction), (2, vec![]));
    assert_eq!(dates("2024-05-05", other, EventType::Sanction), (2, vec![]));
    // Acts that go on from day to day are told in like words each day.
    assert_eq!(dates("2024-05-05", text, EventType::Assault), (2, vec![]));
}

#[test]
fn what_has_no_date_is_one_with_what_is_told_within_the_same_days() {
    let text = "北朝鮮軍は沿岸の砲台から島の集落へ砲弾を撃ち込んだ。";
    let part = "北朝鮮軍は島の集落へ砲弾を撃ち込み、住民が避難した。";
    let events = |second: &str| {
        let records = vec![
            strike("a", "2024-05-04", Some("2024-05-03"), None, text),
            strike("b", second, None, None, part),
        ];
        Account::new(records).events().len()
    };
    assert_eq!(events("2024-05-04"), 1);
    assert_eq!(events("2025-08-04"), 2);
}

/// An act of one state toward another, told in these words.
fn act(id: &str, published: &str, kind: EventType, when: (Status, Option<&str>), text: &str) -> Record {
    let words = text.trim_end_matches('。');
    doc(id, Some(published), id, text).event(kind, None, ("JPN", "KOR"), "", (when.0, when.1, None), words).0
}

#[test]
fn dates_a_day_apart_are_one_event_with_both_dates_unless_such_acts_go_on_from_day_to_day() {
    let text = "日本は韓国の造船会社の資産を凍結する新たな制裁を科した。";
    let told = |kind: EventType, second: &str| {
        let records = vec![
            act("a", "2024-05-10", kind, (Status::Occurred, Some("2024-05-05")), text),
            act("b", "2024-05-10", kind, (Status::Occurred, Some(second)), text),
        ];
        let account = Account::new(records);
        let dates = account.conflicts().iter().filter(|it| it.kind == ConflictKind::Date).count();
        (account.events().len(), dates)
    };
    assert_eq!(told(EventType::Sanction, "2024-05-06"), (1, 1));
    assert_eq!(told(EventType::Sanction, "2024-05-07"), (2, 1));
    assert_eq!(told(EventType::Assault, "2024-05-06"), (2, 0));
}

#[test]
fn a_plan_is_one_with_what_puts_it_off_or_calls_it_off() {
    let plan = "日本の代表団は7月10日に韓国の造船所を視察に訪れる予定だ。";
    let became = |published: &str, when: (Status, Option<&str>), text: &str| {
        let account = Account::new(vec![
            act("a", "2024-06-01", EventType::Cooperate, (Status::Scheduled, Some("2024-07-10")), plan),
            act("b", published, EventType::Cooperate, when, text),
        ]);
        (account.events().len(), account.pledges().first().map(|pledge| pledge.status))
    };
    let later = "日本は代表団による韓国の造船所の視察を9月10日に延期した。";
    let off = "日本は代表団による韓国の造船所の視察を取りやめた。";
    let put_off = (Status::Scheduled, Some("2024-09-10"));
    assert_eq!(became("2024-07-01", put_off, later), (1, Some(PledgeStatus::Changed)));
    assert_eq!(became("2024-07-01", (Status::Denied, None), off), (1, Some(PledgeStatus::Dropped)));
    // What is called off after its day was another.
    assert_eq!(became("2024-12-01", (Status::Denied, None), off), (2, Some(PledgeStatus::Open)));
}

#[test]
fn what_is_denied_is_not_what_was_done_on_a_later_day() {
    let text = "日本は韓国の造船会社の資産を凍結する新たな制裁を科した。";
    let denied = "日本は韓国の造船会社の資産を凍結する新たな制裁を科したことを否定した。";
    let events = |published: &str, date: &str| {
        let account = Account::new(vec![
            act("a", "2024-05-20", EventType::Sanction, (Status::Occurred, Some("2024-05-06")), text),
            act("b", published, EventType::Sanction, (Status::Denied, Some(date)), denied),
        ]);
        account.events().len()
    };
    assert_eq!(events("2024-05-07", "2024-05-06"), 1);
    assert_eq!(events("2024-05-06", "2024-05-05"), 2);
    assert_eq!(events("2024-05-08", "2024-05-07"), 2);
}

#[test]
fn a_month_that_fits_two_events_joins_neither() {
    let text = "日本は韓国の造船会社の資産を凍結する新たな制裁を科した。";
    let on = |id: &str, date: &str| {
        act(id, "2024-06-10", EventType::Sanction, (Status::Occurred, Some(date)), text)
    };
    let events = |records: Vec<Record>| Account::new(records).events().len();
    assert_eq!(events(vec![on("a", "2024-05-05"), on("m", "2024-05")]), 1);
    assert_eq!(events(vec![on("a", "2024-05-05"), on("b", "2024-05-20"), on("m", "2024-05")]), 3);
}

#[test]
fn one_of_those_who_promised_may_give_it_up() {
    let promise = |id: &str, published: &str, by: &str, status: CommitmentStatus, text: &str| {
        let mut made = doc(id, Some(published), id, text);
        let what = made.at(text.trim_end_matches('。'));
        made.0.commitments.push(Commitment {
            by: codes(by),
            what,
            due: None,
            status,
            speaker: None,
            rule: String::new(),
        });
        made.0
    };
    let account = Account::new(vec![
        promise("b", "2024-06-01", "JPN", CommitmentStatus::Dropped, "離島航路の定期便の再開を断念する。"),
        promise("a", "2024-05-01", "JPN,KOR", CommitmentStatus::Open, "離島航路の定期便を10月に再開する。"),
        promise("c", "2024-06-01", "KOR", CommitmentStatus::Dropped, "送電網の共同整備を断念する。"),
    ]);
    let found: Vec<_> = account.pledges().iter().map(|it| (it.by.join("+"), it.status)).collect();
    assert_eq!(
        found,
        [("JPN+KOR".to_owned(), PledgeStatus::Dropped), ("KOR".to_owned(), PledgeStatus::Dropped)]
    );
}

/// What an account of two records says: how many events, and the kinds of its disagreements.
fn said(records: Vec<Record>) -> (usize, Vec<ConflictKind>) {
    let account = Account::new(records);
    (account.events().len(), account.conflicts().iter().map(|conflict| conflict.kind).collect())
}

#[test]
fn other_numbers_of_one_day_are_a_disagreement_and_of_one_month_two_acts_or_one() {
    let seized = |id: &str, date: &str, count: f64| {
        let text = format!("北朝鮮の当局は密漁の疑いで韓国人{count}人を拘束した。");
        let words = format!("{count}人");
        doc(id, Some("2024-05-20"), id, &text)
            .event(
                EventType::Coerce,
                None,
                ("PRK", "KOR"),
                "",
                (Status::Occurred, Some(date), None),
                text.trim_end_matches('。'),
            )
            .figure(&words, count, Bound::Exact, "casualties", "PRK,KOR", None)
            .0
    };
    let of = |date: &str, count: f64| said(vec![seized("a", date, 6.0), seized("b", date, count)]);
    // Each side has all who give it.
    let day = "2024-05-18";
    let counts = [("a", 6.0), ("b", 9.0), ("c", 9.0), ("d", 6.0), ("e", 6.0)];
    let account = Account::new(counts.iter().map(|(id, count)| seized(id, day, *count)).collect());
    let [conflict] = account.conflicts() else { panic!("{:?}", account.conflicts()) };
    let sides: Vec<(&str, usize, usize)> = conflict
        .sides
        .iter()
        .map(|side| (side.value.as_str(), side.documents().len(), side.origins))
        .collect();
    assert_eq!(sides, [("6人", 3, 3), ("9人", 2, 2)]);
    assert_eq!(of("2024-05-18", 9.0), (1, vec![ConflictKind::Figure]));
    assert_eq!(of("2024-05-18", 6.0), (1, vec![]));
    assert_eq!(of("2024-05", 9.0).1, vec![]);
}

#[test]
fn a_figure_is_of_the_act_whose_words_hold_it() {
    let seized = "北朝鮮の当局は18日、密漁の疑いで韓国人9人を拘束した。";
    let freed = "北朝鮮は19日、拘束していた韓国人3人を解放した。";
    let one = doc("a", Some("2024-05-18"), "a", seized)
        .event(
            EventType::Coerce,
            None,
            ("PRK", "KOR"),
            "",
            (Status::Occurred, Some("2024-05-18"), None),
            seized.trim_end_matches('。'),
        )
        .figure("9人", 9.0, Bound::Exact, "casualties", "PRK,KOR", None)
        .0;
    let other = doc("b", Some("2024-05-19"), "b", freed)
        .event(
            EventType::Retreat,
            None,
            ("PRK", "KOR"),
            "",
            (Status::Occurred, Some("2024-05-19"), None),
            freed.trim_end_matches('。'),
        )
        .event(EventType::Coerce, None, ("PRK", "KOR"), "", (Status::Occurred, None, None), "拘束していた")
        .figure("3人", 3.0, Bound::Exact, "casualties", "PRK,KOR", None)
        .0;
    assert_eq!(said(vec![one, other]).1, vec![]);
}

#[test]
fn what_was_before_is_not_the_news() {
    let text = |when: &str| format!("北朝鮮軍は{when}沿岸の砲台から島の集落へ砲弾を撃ち込んだ。");
    let events = |second: &str| {
        let records = vec![
            strike("a", "2024-05-04", Some("2024-05-03"), None, &text("")),
            strike("b", "2024-05-04", None, None, &text(second)),
        ];
        Account::new(records).events().len()
    };
    assert_eq!(events(""), 1);
    assert_eq!(events("以前、"), 2);
}

#[test]
fn one_agreement_of_two_places_is_one_with_a_disagreement() {
    let signed = |id: &str, place: &str, matter: &str| {
        let text = format!("両国の代表は{matter}に署名した。");
        let words = text.trim_end_matches('。');
        doc(id, Some("2024-05-04"), id, &text)
            .event(
                EventType::Agree,
                None,
                ("JPN,KOR", "JPN,KOR"),
                "",
                (Status::Occurred, Some("2024-05-03"), Some(place)),
                words,
            )
            .0
    };
    let deal = "漁業資源の共同管理に関する協定";
    let with = |place: &str, matter: &str| said(vec![signed("a", "JPN", deal), signed("b", place, matter)]);
    assert_eq!(with("KOR", deal), (1, vec![ConflictKind::Place]));
    assert_eq!(with("JPN", deal), (1, vec![]));
    assert_eq!(with("KOR", "刑事事件の捜査共助条約").1, vec![]);
}

#[test]
fn two_changes_of_one_level_are_a_disagreement() {
    let trade = |id: &str, change: f64| {
        let mut made = doc(id, None, id, "両国の2024年の貿易額は2,448億ドルだった。").figure(
            "2,448億ドル",
            2448e8,
            Bound::Exact,
            "trade",
            "JPN,KOR",
            Some("2024"),
        );
        let change = Change { basis: "previous_year".to_owned(), value: change, unit: "%".to_owned() };
        made.0.figures[0].change = Some(change);
        made.0
    };
    assert_eq!(said(vec![trade("a", 12.0), trade("b", -18.0)]).1, vec![ConflictKind::Change]);
    assert_eq!(said(vec![trade("a", 12.0), trade("b", 12.0)]).1, vec![]);
}

#[test]
fn a_denial_is_of_the_days_in_which_it_is_told() {
    let text = "日本は韓国の造船会社の資産を凍結する新たな制裁を科した。";
    let denied = "日本は韓国の造船会社の資産を凍結する新たな制裁を科したことを否定した。";
    let kinds = |date: &str| {
        said(vec![
            act("a", "2024-06-20", EventType::Sanction, (Status::Occurred, Some(date)), text),
            act("b", "2024-05-07", EventType::Sanction, (Status::Denied, None), denied),
        ])
        .1
    };
    assert_eq!(kinds("2024-05-06"), vec![ConflictKind::Status]);
    assert_eq!(kinds("2024-05"), vec![]);
    assert_eq!(kinds("2024-04-06"), vec![]);
}

/// A promise, in a document of a day.
fn promise(id: &str, published: &str, by: &str, due: Option<&str>, text: &str) -> Doc {
    let mut made = doc(id, Some(published), id, text);
    let what = made.at(text.trim_end_matches('。'));
    made.0.commitments.push(Commitment {
        by: codes(by),
        what,
        due: due.map(str::to_owned),
        status: CommitmentStatus::Open,
        speaker: None,
        rule: String::new(),
    });
    made
}

fn outcomes(records: Vec<Record>) -> Vec<PledgeStatus> {
    Account::new(records).pledges().iter().map(|pledge| pledge.status).collect()
}

#[test]
fn a_promise_is_kept_among_those_who_made_it() {
    let made = || promise("a", "2024-05-01", "JPN,KOR", None, "離島航路の定期便を再開する。").0;
    let kept = |by: &str| {
        let text = "離島航路の定期便を再開した。";
        doc("b", Some("2024-06-01"), "b", text)
            .event(
                EventType::Agree,
                None,
                (by, by),
                "",
                (Status::Occurred, Some("2024-05-30"), None),
                "離島航路の定期便を再開した",
            )
            .0
    };
    assert_eq!(outcomes(vec![made(), kept("JPN,KOR")]), [PledgeStatus::Done]);
    assert_eq!(outcomes(vec![made(), kept("JPN,PHL")]), [PledgeStatus::Open]);
    // That it was agreed, told again, does not keep it.
    let text = "離島航路の定期便を再開することで合意した。";
    let mut again = promise("b", "2024-06-01", "JPN,KOR", None, text);
    again = again.event(
        EventType::Agree,
        None,
        ("JPN,KOR", "JPN,KOR"),
        "",
        (Status::Occurred, Some("2024-05-30"), None),
        text.trim_end_matches('。'),
    );
    assert_eq!(outcomes(vec![made(), again.0]), [PledgeStatus::Open]);
}

#[test]
fn a_private_person_promises_for_nobody() {
    let by = |role: Option<&str>, sector: Option<&str>| {
        let mut made = promise("a", "2024-05-01", "JPN", None, "離島航路の定期便を再開する。").person(
            "e1",
            "甲野太郎",
            "JPN",
            "国土交通相",
        );
        made.0.entities[0].role = role.map(str::to_owned);
        made.0.entities[0].sector = sector.map(str::to_owned);
        made.0.commitments[0].speaker = Some("e1".to_owned());
        outcomes(vec![made.0]).len()
    };
    assert_eq!(by(Some("国土交通相"), Some("GOV")), 1);
    assert_eq!(by(None, None), 0);
    assert_eq!(by(None, Some("BUS")), 0);
}

#[test]
fn a_promise_of_the_past_is_none() {
    let due = |due: &str| {
        outcomes(vec![promise("a", "2024-05-01", "JPN", Some(due), "離島航路の定期便を再開する。").0]).len()
    };
    assert_eq!(due("2024-10"), 1);
    assert_eq!(due("1992"), 0);
}

#[test]
fn blame_does_not_tell_that_a_plan_was_carried_out() {
    let plan = "北朝鮮軍は7月10日に沿岸で砲撃訓練を行う予定だ。";
    let blame = "日本は北朝鮮軍の沿岸での砲撃訓練を非難した。";
    let event = |made: Doc, kind: EventType, when: (Status, Option<&str>), words: &str| {
        let parties = if kind == EventType::Accuse { ("JPN", "PRK") } else { ("PRK", "") };
        made.event(kind, None, parties, "", (when.0, when.1, None), words)
    };
    let planned = event(
        doc("a", Some("2024-07-01"), "a", plan),
        EventType::Mobilize,
        (Status::Scheduled, Some("2024-07-10")),
        plan.trim_end_matches('。'),
    );
    let blamed = doc("b", Some("2024-07-11"), "b", blame);
    let blamed = event(blamed, EventType::Accuse, (Status::Occurred, None), blame.trim_end_matches('。'));
    let blamed = event(blamed, EventType::Mobilize, (Status::Occurred, None), "沿岸での砲撃訓練");
    assert_eq!(outcomes(vec![planned.0, blamed.0]), [PledgeStatus::Open]);
}
