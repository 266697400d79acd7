//! A relation in every format.
#![allow(clippy::unwrap_used)]

use entente_account::{Grain, Lang, Relation, RelationEvent, RelationRequest, Words};
use entente_base::record::{EventType, Status};
use entente_render::{relation, relation_formats};

fn event(
    id: &str,
    date: Option<&str>,
    parties: (&[&str], &[&str]),
    cameo: &str,
    goldstein: f64,
) -> RelationEvent {
    let codes = |list: &[&str]| list.iter().map(|&code| code.to_owned()).collect();
    RelationEvent {
        id: id.to_owned(),
        date: date.map(str::to_owned),
        published: None,
        kind: EventType::Consult,
        cameo: cameo.to_owned(),
        goldstein,
        domains: vec!["diplomatic".to_owned()],
        status: Status::Occurred,
        source: codes(parties.0),
        target: codes(parties.1),
        origins: 1,
    }
}

/// Two years of talks; then, after a silence, sanctions.
fn sample() -> Relation {
    let (a, b) = (["JPN"].as_slice(), ["KOR"].as_slice());
    let both = ["JPN", "KOR"].as_slice();
    let mut events =
        vec![event("x", None, (a, b), "111", -2.0), event("y", Some("2023"), (b, a), "040", 1.0)];
    for quarter in 0..8 {
        let date = format!("{}-{:02}-03", 2021 + quarter / 4, quarter % 4 * 3 + 1);
        events.push(event(&format!("q{quarter}|*"), Some(&date), (both, both), "046", 7.0));
    }
    for (id, date) in [("s1", "2023-07-01"), ("s2", "2023-10-01"), ("s3", "2024-01-01"), ("s4", "2024-04-01")]
    {
        events.push(event(id, Some(date), (a, b), "163", -8.0));
    }
    let mut plan = event("p", Some("2024-09"), (b, a), "042", 1.9);
    plan.status = Status::Scheduled;
    let mut denial = event("d", Some("2024-09"), (b, a), "190", -10.0);
    denial.status = Status::Denied;
    events.extend([plan, denial]);
    Relation::new(&events, &RelationRequest::new("JPN", "KOR", Grain::Quarter))
}

fn write(format: &str, lang: Lang) -> String {
    relation(format, &sample(), Words::built_in(), lang).unwrap()
}

#[test]
fn the_formats_of_a_relation() {
    assert_eq!(relation_formats().collect::<Vec<_>>(), ["md", "table", "csv", "json"]);
    let error = relation("xml", &sample(), Words::built_in(), Lang::Ja).unwrap_err().to_string();
    assert!(error.contains("a relation") && error.contains("md, table, csv, json"), "{error}");
}

#[test]
fn markdown() {
    insta::assert_snapshot!("relation_md_ja", write("md", Lang::Ja));
    insta::assert_snapshot!("relation_md_en", write("md", Lang::En));
}

#[test]
fn table() {
    insta::assert_snapshot!("relation_table_ja", write("table", Lang::Ja));
    insta::assert_snapshot!("relation_table_en", write("table", Lang::En));
}

#[test]
fn csv_is_the_same_in_every_language() {
    insta::assert_snapshot!("relation_csv", write("csv", Lang::Ja));
    assert_eq!(write("csv", Lang::Ja), write("csv", Lang::En));
}

#[test]
fn json_is_the_data() {
    let json: serde_json::Value = serde_json::from_str(&write("json", Lang::Ja)).unwrap();
    assert_eq!(json, serde_json::to_value(sample()).unwrap());
    assert_eq!(json["grain"], "quarter");
    assert_eq!(json["series"][0]["changes"][0]["turn"], "fall");
    assert_eq!(json["series"][0]["periods"][0]["tallies"]["joint"]["classes"]["verbal_cooperation"], 1);
}
