//! Every page in every form, in both languages, with hostile text, without documents, and asked wrongly.

#![allow(clippy::unwrap_used)]

mod made;

use axum::http::{Method, StatusCode};
use made::{ARTICLES, Made, hostile, room};
use serde_json::Value;
use std::collections::HashSet;

/// Addresses of all pages over [`ARTICLES`].
fn addresses(made: &Made) -> Vec<String> {
    let mut all: Vec<String> =
        ["/", "/timeline", "/timeline?states=CHN-RUS&from=2024&to=2024-12&min_origins=1&limit=5"]
            .map(str::to_owned)
            .into();
    all.push(format!("/event/{}", made.event()));
    all
}

/// The same page in another form.
fn as_form(address: &str, ending: &str) -> String {
    let (path, query) =
        address.split_once('?').map_or((address, String::new()), |(path, query)| (path, format!("?{query}")));
    let path = if path == "/" { "/index" } else { path };
    format!("{path}.{ending}{query}")
}

/// That a page is well-formed as far as scripts, styles and headings go.
fn assert_page(address: &str, body: &str, lang: &str) {
    assert!(body.starts_with("<!DOCTYPE html>"), "{address}");
    assert!(body.contains(&format!("<html lang=\"{lang}\">")), "{address} {lang}");
    assert_eq!(body.matches("<h1>").count(), 1, "{address} has one heading");
    assert!(body.contains("<main id=\"main\"") && body.contains("class=\"skip\""), "{address}");
    for inline in [" style=", "<style", " onclick=", " onerror=x", "javascript:"] {
        assert!(!body.contains(inline), "{address} holds {inline}");
    }
    for script in body.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap();
        assert!(
            tag.contains("src=\"/assets/") || tag.contains("application/json"),
            "{address}: <script{tag}>"
        );
    }
    let ids: Vec<&str> = body.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "{address}: an id comes twice");
}

#[test]
fn every_page_has_every_form_in_both_languages() {
    let made = room(ARTICLES);
    for address in addresses(&made) {
        for lang in ["ja", "en"] {
            let got = made.get_with(&address, &[("accept-language", lang)]);
            assert_eq!(got.status, StatusCode::OK, "{address}");
            assert_eq!(got.header("content-type"), "text/html; charset=utf-8");
            assert_eq!(got.header("content-language"), lang);
            assert_page(&address, &got.body, lang);
            let json = made.get_with(&as_form(&address, "json"), &[("accept-language", lang)]);
            assert_eq!(
                (json.status, json.header("content-type")),
                (StatusCode::OK, "application/json"),
                "{address}"
            );
            assert!(json.json().is_object(), "{address}");
            let csv = made.get_with(&as_form(&address, "csv"), &[("accept-language", lang)]);
            assert_eq!(csv.status, StatusCode::OK, "{address}");
            assert!(csv.header("content-type").starts_with("text/csv"), "{address}");
            assert!(csv.body.starts_with('\u{feff}') && csv.body.contains("\r\n"), "{address}");
            // What the page offers is what it has.
            for ending in ["json", "csv"] {
                let link = format!("href=\"{}\"", as_form(&address, ending).replace('&', "&amp;"));
                assert!(got.body.contains(&link), "{address} has no {link}");
            }
        }
    }
}

#[test]
fn data_has_the_filters_of_its_page() {
    let made = room(ARTICLES);
    let count = |address: &str| made.get(address).json()["events"].as_array().unwrap().len();
    let all = count("/timeline.json");
    let some = count("/timeline.json?states=CHN-RUS");
    assert!(some > 0 && some < all, "{some} of {all}");
    assert_eq!(count("/timeline.json?states=%E4%B8%AD%E9%9C%B2"), some, "中露 is CHN-RUS");
    assert_eq!(count("/timeline.json?limit=1"), 1);
    assert_eq!(count("/timeline.json?from=2030"), 0);
    let csv = made.get("/timeline.csv?states=CHN-RUS").body;
    assert_eq!(csv.lines().count(), some + 1);
    let page = made.get("/timeline?states=CHN-RUS").body;
    assert_eq!(page.matches("<li id=\"e-").count(), some);
}

#[test]
fn the_event_shows_the_words_of_each_source() {
    let made = room(ARTICLES);
    let id = made.event();
    let page = made.get(&format!("/event/{id}"));
    for words in ["a.txt", "b.txt", "北京で会談した", "第一通信", "第二新聞"] {
        assert!(page.body.contains(words), "{words}");
    }
    // Any report's identifier finds the event, at its one address.
    let reports = made.get(&format!("/event/{id}.json")).json()["told"].clone();
    for report in reports.as_array().unwrap() {
        let uid = report["uid"].as_str().unwrap();
        if uid != id {
            let got = made.get(&format!("/event/{uid}"));
            assert_eq!(got.status, StatusCode::PERMANENT_REDIRECT);
            assert_eq!(got.header("location"), format!("/event/{id}"));
        }
    }
}

#[test]
fn a_group_of_states_has_one_address() {
    let made = room(ARTICLES);
    for (address, status, location) in [
        ("/relation/RUS-CHN", 308, "/relation/CHN-RUS"),
        ("/relation/RUS-CHN.json?from=2024", 308, "/relation/CHN-RUS.json?from=2024"),
        ("/relation/%E4%B8%AD%E9%9C%B2", 308, "/relation/CHN-RUS"),
        ("/relation/Russia", 308, "/relation/RUS"),
        ("/relation?states=%E4%B8%AD%E9%9C%B2", 303, "/relation/CHN-RUS"),
        ("/relation?states=China%20Russia", 303, "/relation/CHN-RUS"),
    ] {
        let got = made.get(address);
        assert_eq!((got.status.as_u16(), got.header("location")), (status, location), "{address}");
    }
}

#[test]
fn the_dossier_is_that_of_the_command_with_links_into_the_room() {
    let made = room(ARTICLES);
    let page = made.get("/relation/CHN-RUS").body;
    let id = made.event();
    for words in [
        "北京で会談した",
        &format!("href=\"/event/{id}\""),
        "href=\"/document/a.txt?at=",
        "id=\"sources\"",
        "2401億ドル",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let json = made.get("/relation/CHN-RUS.json").json();
    assert!(json["dossier"]["sections"].is_array() && json["over_time"]["periods"].is_array());
    // Every period of the chart opens its events, also without scripts.
    assert!(page.contains("href=\"/timeline?states=CHN-RUS&amp;from=2024-05&amp;to=2024-05\""));
}

#[test]
fn figures_show_sources_units_and_disagreements() {
    let made = room(ARTICLES);
    let json = made.get("/figures.json?states=CHN-RUS&measure=trade").json();
    let values = json["series"][0]["values"].as_array().unwrap().clone();
    assert_eq!(json["series"][0]["unit"], "USD");
    assert_eq!(values.len(), 2);
    assert!(
        values.iter().all(|value| value["disputed"] == true && value["sources"][0]["document"].is_string())
    );
    let page = made.get("/figures?states=CHN-RUS&measure=trade").body;
    for words in ["2401億ドル", "2280億ドル", "米ドル", "食い違いあり", "第一通信", "第二新聞"]
    {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn the_network_counts_what_passes_between_two() {
    let made = room(ARTICLES);
    let json = made.get("/network.json").json();
    let edges = json["edges"].as_array().unwrap();
    let pair = edges.iter().find(|edge| edge["between"] == serde_json::json!(["CHN", "RUS"])).unwrap();
    let timeline = made.get("/timeline.json?states=CHN-RUS").json();
    assert_eq!(pair["events"], timeline["total"]);
    let beside = made.get("/network.json?pair=CHN-RUS").json();
    assert_eq!(beside["events"].as_array().unwrap().len() as u64, timeline["total"].as_u64().unwrap());
    let people = made.get("/network?who=people").body;
    assert!(people.contains("習近平") && people.contains("プーチン"));
}

#[test]
fn the_front_page_tells_what_is_new_since_the_last_visit() {
    let made = room(&ARTICLES[..1]);
    let first = made.get("/index.json");
    assert_eq!(first.json()["new"], 1);
    let cookies: Vec<String> = first
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap().split(';').next().unwrap().to_owned())
        .collect();
    assert_eq!(cookies, ["visit=1", "seen=1"]);
    let cookie = [("cookie", "seen=1")];
    assert_eq!(made.get_with("/index.json", &cookie).json()["new"], 0);
    made::put(&made.db, ARTICLES);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let later = made.get_with("/index.json", &cookie);
    assert_eq!(later.json()["new"], 2);
    // What is new stays new during the visit.
    assert_eq!(made.get_with("/index.json", &[("cookie", "visit=1; seen=3")]).json()["new"], 2);
    assert_eq!(made.get_with("/index.json", &[("cookie", "seen=x")]).status, StatusCode::OK);
    let page = made.get("/").body;
    assert!(page.contains("ソウル") || page.contains("2024年9月6日"), "what is planned next");
    assert!(page.contains("/relation/CHN-RUS"));
}

#[test]
fn every_answer_carries_the_headers() {
    let made = room(ARTICLES);
    for address in
        ["/", "/timeline.json", "/nothing", "/timeline?from=x", "/assets/room.css", "/assets/none.css"]
    {
        let got = made.get(address);
        let policy = got.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{address}: {policy}");
        assert_eq!(got.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(got.header("referrer-policy"), "same-origin", "{address}");
    }
}

#[test]
fn what_is_asked_wrongly_is_told() {
    let made = room(ARTICLES);
    for (address, status, ja, en) in [
        ("/nothing", 404, "この番地にページはありません", "Nothing stands at this address"),
        ("/event/none", 404, "という出来事は", "no event"),
        ("/timeline?from=yesterday", 400, "2025-05-06 の形", "write the date"),
        ("/timeline?from=2024-13", 400, "2025-05-06 の形", "write the date"),
        ("/timeline?from=2025&to=2024", 400, "より後", "after"),
        ("/timeline?limit=501", 400, "1 から 500", "from 1 to 500"),
        ("/timeline?limit=0", 400, "1 から 500", "from 1 to 500"),
        ("/timeline?min_origins=-1", 400, "整数", "whole number"),
        ("/timeline?type=DANCE", 400, "CONSULT", "CONSULT"),
        ("/timeline?domain=x", 400, "diplomatic", "diplomatic"),
        ("/timeline?status=x", 400, "occurred", "occurred"),
        ("/timeline?states=XYZZY", 400, "CHN", "CHN"),
        ("/relation/XYZZY", 404, "国や機関", "state or body"),
        ("/relation?states=", 400, "CHN", "CHN"),
        ("/relation/CHN-RUS?as_of=soon", 400, "2025-05-06 の形", "write the date"),
        ("/network?who=cats", 400, "people", "people"),
        ("/network?pair=XYZZY", 400, "CHN", "CHN"),
        ("/figures?measure=luck", 400, "trade", "trade"),
    ] {
        for (lang, words) in [("ja", ja), ("en", en)] {
            let got = made.get_with(address, &[("accept-language", lang)]);
            assert_eq!(got.status.as_u16(), status, "{address}");
            assert!(got.body.contains(words), "{address} {lang}: {}", got.body);
            assert_page(address, &got.body, lang);
        }
        let json = made.get(&as_form(address, "json"));
        assert_eq!(json.status.as_u16(), status, "{address}");
        assert!(json.json()["error"]["message"].is_string());
        assert_eq!(made.get(&as_form(address, "csv")).status.as_u16(), status);
    }
    let long = format!("/timeline?from={}", "1".repeat(5000));
    assert_eq!(made.get(&long).status, StatusCode::URI_TOO_LONG);
    let posted = made.by(Method::POST, "/timeline");
    assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[test]
fn hostile_text_is_words_and_nothing_more() {
    let text = hostile();
    let made = room(&[
        ("a.txt", "2024-05-17", "<b>社</b>", &text),
        (
            "b\"><script>alert(2)</script>.json",
            "2024-05-17",
            "社",
            "中国の習近平国家主席とロシアのプーチン大統領は2024年5月16日、北京で会談した。",
        ),
    ]);
    for address in addresses(&made) {
        let got = made.get(&address);
        assert_eq!(got.status, StatusCode::OK, "{address}");
        assert_page(&address, &got.body, "ja");
        for raw in ["<script>alert", "<img", "<b>社", "\u{202e}"] {
            assert!(!got.body.contains(raw), "{address} holds {raw}");
        }
        let csv = made.get(&as_form(&address, "csv")).body;
        assert!(csv.lines().all(|line| !line.starts_with(['=', '+', '-', '@'])), "{address}");
    }
    let search = "/timeline?states=%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
    let got = made.get(search);
    assert_eq!(got.status, StatusCode::BAD_REQUEST);
    assert!(!got.body.contains("<script>alert"));
}

#[test]
fn an_empty_store_says_how_to_fill_it_and_one_document_is_enough() {
    let empty = room(&[]);
    for address in ["/", "/timeline", "/network", "/figures", "/relation/CHN-RUS"] {
        for lang in ["ja", "en"] {
            let got = empty.get_with(address, &[("accept-language", lang)]);
            assert_eq!(got.status, StatusCode::OK, "{address}");
            assert!(got.body.contains("entente ingest"), "{address} {lang}");
            assert_page(address, &got.body, lang);
        }
    }
    let one = room(&ARTICLES[..1]);
    for address in addresses(&one) {
        let got = one.get(&address);
        assert_eq!(got.status, StatusCode::OK, "{address}");
        assert_page(&address, &got.body, "ja");
    }
}

#[test]
fn the_language_is_chosen_and_remembered() {
    let made = room(ARTICLES);
    let got = made.get_with("/timeline?lang=en&states=CHN", &[("accept-language", "ja")]);
    assert_eq!(got.header("content-language"), "en");
    assert!(got.header("set-cookie").starts_with("lang=en;"), "{}", got.header("set-cookie"));
    assert!(got.body.contains("href=\"/timeline?states=CHN&amp;lang=ja\""), "the switch keeps the filter");
    let got = made.get_with("/timeline", &[("accept-language", "ja"), ("cookie", "x=1; lang=en")]);
    assert_eq!(got.header("content-language"), "en");
}

#[test]
fn what_was_written_is_seen_and_what_holds_is_not_sent_again() {
    let made = room(&ARTICLES[..1]);
    let first = made.get("/timeline.json");
    let again = made.get_with("/timeline.json", &[("if-none-match", first.header("etag"))]);
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    made::put(&made.db, ARTICLES);
    // Answers may be a second old.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let later = made.get_with("/timeline.json", &[("if-none-match", first.header("etag"))]);
    assert_eq!(later.status, StatusCode::OK);
    assert!(later.json()["total"].as_u64() > first.json()["total"].as_u64());
}

#[test]
fn where_the_room_is_for_this_machine_others_names_are_refused() {
    let made = made::room_with(ARTICLES, entente_serve::Options { loopback: true, ..Default::default() });
    for (host, status) in [("localhost:8080", 200), ("127.0.0.1:8080", 200), ("evil.example", 421)] {
        assert_eq!(made.get_with("/timeline", &[("host", host)]).status.as_u16(), status, "{host}");
    }
}

/// What is wrong with a value by a schema of the description, which `root` is.
fn against(root: &Value, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        return against(root, root.pointer(name.trim_start_matches('#')).unwrap(), value, at, wrong);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        if !value.is_null() {
            against(root, &any[0], value, at, wrong);
        }
        return;
    }
    let fits = match schema["type"].as_str() {
        Some("string") => value.is_string(),
        Some("integer") => value.is_u64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => true,
    };
    if !fits || schema["enum"].as_array().is_some_and(|known| !known.contains(value)) {
        wrong.push(format!("{at} is {value}"));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        let schema = schema["prefixItems"].get(index).unwrap_or(&schema["items"]);
        against(root, schema, item, &format!("{at}[]"), wrong);
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            wrong.push(format!("{at}.{name} is missing"));
        }
    }
    for (name, item) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(schema) => against(root, schema, item, &format!("{at}.{name}"), wrong),
            None if schema["additionalProperties"] == false => wrong.push(format!("{at}.{name} is not told")),
            None => {}
        }
    }
}

#[test]
fn data_is_as_the_description_says() {
    let made = room(ARTICLES);
    let root = made.get("/openapi.json").json();
    let event = format!("/event/{}.json", made.event());
    for (path, address) in [
        ("/index.json", "/index.json"),
        ("/relation/{states}.json", "/relation/CHN-RUS.json"),
        ("/network.json", "/network.json?pair=CHN-RUS"),
        ("/figures.json", "/figures.json"),
        ("/figures.json", "/figures.json?states=CHN-RUS"),
        ("/timeline.json", "/timeline.json?status=scheduled"),
        ("/event/{id}.json", &event),
        ("/document/{id}.json", "/document/a.txt.json"),
        ("/actor/{id}.json", "/actor/CHN.json"),
        ("/search.json", "/search.json?q=x"),
        ("/positions.json", "/positions.json"),
        ("/pledges.json", "/pledges.json"),
        ("/conflicts.json", "/conflicts.json"),
        ("/sources.json", "/sources.json"),
        ("/corrections.json", "/corrections.json"),
        ("/help/{topic}.json", "/help/api.json"),
    ] {
        let schema = &root["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        assert!(schema.is_object(), "{path} is described");
        let mut wrong = Vec::new();
        against(&root, schema, &made.get(address).json(), address, &mut wrong);
        assert_eq!(wrong, Vec::<String>::new());
    }
}
