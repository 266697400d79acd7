//! Documents, actors, lists over the latest documents, search, sources, corrections and help, in every form.

#![allow(clippy::unwrap_used)]

mod made;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use entente_serve::Options;
use made::{ARTICLES, Got, Made, hostile, room, room_with};
use std::collections::HashSet;

const TOKEN: &str = "a token of some length";

fn addresses() -> Vec<String> {
    [
        "/document/a.txt",
        "/document/a.txt?at=8-11",
        "/actor/CHN",
        "/actor/%E7%BF%92%E8%BF%91%E5%B9%B3",
        "/search?q=%E4%BC%9A%E8%AB%87",
        "/positions",
        "/positions?states=CHN",
        "/pledges",
        "/pledges?states=CHN-RUS&as_of=2030-01-01",
        "/conflicts",
        "/conflicts?states=CHN-RUS&kind=figure",
        "/sources",
        "/sources?states=CHN-RUS",
        "/corrections",
        "/help",
        "/help/codebook",
        "/help/limits",
        "/help/formats",
        "/help/api",
    ]
    .map(str::to_owned)
    .into()
}

fn as_form(address: &str, ending: &str) -> String {
    match address.split_once('?') {
        Some((path, query)) => format!("{path}.{ending}?{query}"),
        None => format!("{address}.{ending}"),
    }
}

fn assert_page(address: &str, body: &str) {
    assert_eq!(body.matches("<h1>").count(), 1, "{address}");
    for inline in [" style=", "<style", " onclick=", "javascript:"] {
        assert!(!body.contains(inline), "{address} holds {inline}");
    }
    for script in body.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap();
        assert!(tag.contains("src=\"/assets/") || tag.contains("application/json"), "{address}: {tag}");
    }
    let ids: Vec<&str> = body.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "{address}: an id comes twice");
    // Headings are in order: none is skipped.
    let levels: Vec<u8> = body
        .match_indices("<h")
        .filter_map(|(at, _)| {
            body.as_bytes().get(at + 2).filter(|it| it.is_ascii_digit()).map(|it| it - b'0')
        })
        .collect();
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{address}: {levels:?}");
}

#[test]
fn every_page_has_every_form_in_both_languages() {
    let made = room(ARTICLES);
    for address in addresses() {
        for lang in ["ja", "en"] {
            let head = [("accept-language", lang)];
            let got = made.get_with(&address, &head);
            assert_eq!(got.status, StatusCode::OK, "{address}: {}", got.body);
            assert_eq!(got.header("content-language"), lang);
            assert_page(&address, &got.body);
            let json = made.get_with(&as_form(&address, "json"), &head);
            assert_eq!(json.status, StatusCode::OK, "{address}");
            assert!(json.json().is_object());
            let csv = made.get_with(&as_form(&address, "csv"), &head);
            assert_eq!(csv.status, StatusCode::OK, "{address}");
            assert!(csv.body.starts_with('\u{feff}') && csv.body.contains("\r\n"), "{address}");
        }
    }
}

#[test]
fn the_document_shows_each_item_in_place() {
    let made = room(ARTICLES);
    let json = made.get("/document/a.txt.json").json();
    let items = json["items"].as_array().unwrap();
    for kind in ["mention", "time", "figure", "event"] {
        assert!(items.iter().any(|item| item["kind"] == kind), "{kind}");
    }
    let chars: Vec<char> = json["record"]["document"]["text"].as_str().unwrap().chars().collect();
    for item in items {
        let (start, end) = (item["start"].as_u64().unwrap() as usize, item["end"].as_u64().unwrap() as usize);
        let words: String = chars[start..end].iter().collect();
        assert_eq!(words, item["text"].as_str().unwrap());
        let page = made.get(&format!("/document/a.txt?at={start}-{end}"));
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.body.matches(" id=\"at\"").count(), 1, "{start}-{end}");
    }
    // Without marks the text is the text.
    let page = made.get("/document/a.txt").body;
    let paper = page.split("class=\"paper\"").nth(1).unwrap().split("</section>").next().unwrap();
    let mut words = String::new();
    let mut inside = true;
    for c in paper.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => words.push(c),
            _ => {}
        }
    }
    let text: String = chars.iter().filter(|c| **c != '\n').collect();
    assert_eq!(words, text);
}

#[test]
fn what_is_asked_wrongly_is_told() {
    let made = room(ARTICLES);
    for (address, status) in [
        ("/document/none", 404),
        ("/document/a.txt?at=5", 400),
        ("/document/a.txt?at=9-3", 400),
        ("/document/a.txt?at=0-100000", 400),
        ("/actor/nobody", 404),
        ("/search?q=x&sort=best", 400),
        ("/search?q=x&limit=1000", 400),
        ("/positions?states=XYZZY", 400),
        ("/pledges?as_of=someday", 400),
        ("/pledges?status=late", 400),
        ("/pledges.ics?as_of=someday", 400),
        ("/conflicts?kind=x", 400),
        ("/sources?from=x", 400),
        ("/help/none", 404),
    ] {
        for lang in ["ja", "en"] {
            let got = made.get_with(address, &[("accept-language", lang)]);
            assert_eq!(got.status.as_u16(), status, "{address}");
        }
    }
    let moved = made.get("/actor/%E4%B8%AD%E5%9B%BD");
    assert_eq!((moved.status.as_u16(), moved.header("location")), (308, "/actor/CHN"));
    assert_eq!(made.get("/actor/%E4%B8%AD%E9%9C%B2").header("location"), "/relation/CHN-RUS");
}

#[test]
fn hostile_text_is_words_and_nothing_more() {
    let text = hostile();
    let made = room(&[("a.txt", "2024-05-17", "<b>社</b>", &text)]);
    for address in addresses() {
        let got = made.get(&address);
        assert_eq!(got.status, StatusCode::OK, "{address}");
        assert_page(&address, &got.body);
        for raw in ["<script>alert", "<img", "<b>社", "\u{202e}"] {
            assert!(!got.body.contains(raw), "{address} holds {raw}");
        }
    }
    let calendar = made.get("/pledges.ics").body;
    assert!(!calendar.contains('\u{202e}'));
}

#[test]
fn an_empty_store_is_no_fault() {
    let made = room(&[]);
    for address in ["/positions", "/pledges", "/conflicts", "/sources", "/search", "/help", "/corrections"] {
        let got = made.get(address);
        assert_eq!(got.status, StatusCode::OK, "{address}");
        assert_page(address, &got.body);
    }
    assert!(made.get("/search?q=x").body.contains("entente ingest"));
    // Documents without an index are another matter.
    assert!(room(ARTICLES).get("/search?q=x").body.contains("entente db reindex"));
}

#[test]
fn nothing_is_overdue_unless_a_day_is_given() {
    let made = room(ARTICLES);
    let overdue = |address: &str| made.get(address).body.contains("pledge-overdue");
    assert!(!overdue("/pledges"));
    assert!(overdue("/pledges?as_of=2030-01-01"));
}

#[test]
fn the_calendar_is_well_formed() {
    let made = room(ARTICLES);
    let got = made.get("/pledges.ics");
    assert_eq!(got.status, StatusCode::OK);
    assert_eq!(got.header("content-type"), "text/calendar; charset=utf-8");
    assert!(got.body.ends_with("END:VCALENDAR\r\n") && got.body.starts_with("BEGIN:VCALENDAR\r\n"));
    assert!(got.body.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
    let lines: Vec<String> = got.body.replace("\r\n ", "").lines().map(str::to_owned).collect();
    let count = |start: &str| lines.iter().filter(|line| line.starts_with(start)).count();
    let items = count("BEGIN:VEVENT") + count("BEGIN:VTODO");
    assert!(count("BEGIN:VEVENT") >= 1, "{}", got.body);
    assert_eq!(items, count("UID:"));
    assert_eq!(items, count("DTSTAMP:"));
    assert_eq!(count("DTSTART;VALUE=DATE:"), count("BEGIN:VEVENT"));
    assert!(lines.contains(&"DTSTART;VALUE=DATE:20240906".to_owned()), "{}", got.body);
    assert_eq!(made.get("/pledges.ics").body, got.body, "identifiers last");
}

fn post(made: &Made, path: &str, fields: &str, headers: &[(&str, &str)]) -> Got {
    let mut request = Request::builder()
        .method("POST")
        .uri(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("host", "localhost");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    made.ask(request.body(Body::from(fields.to_owned())).unwrap())
}

fn field(body: &str, name: &str) -> String {
    let rest = body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn without_leave_nothing_is_edited() {
    let made = room(ARTICLES);
    assert!(made.get("/corrections").body.contains("--allow-edit"));
    for path in ["/corrections/enter", "/corrections/change", "/corrections/revert"] {
        assert_eq!(post(&made, path, "token=x", &[]).status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[test]
fn whoever_has_the_token_corrects_and_nobody_else() {
    let made = room_with(ARTICLES, Options { token: Some(TOKEN.to_owned()), ..Options::default() });
    let id = made.event();
    // Nothing to be seen or done without the token.
    assert!(!made.get("/corrections").body.contains("name=\"csrf\""));
    assert_eq!(post(&made, "/corrections/enter", "token=wrong", &[]).status, StatusCode::FORBIDDEN);
    let foreign = [("origin", "http://evil.example"), ("sec-fetch-site", "cross-site")];
    let token = format!("token={}", TOKEN.replace(' ', "+"));
    for head in foreign {
        assert_eq!(post(&made, "/corrections/enter", &token, &[head]).status, StatusCode::FORBIDDEN);
    }
    let entered = post(&made, "/corrections/enter", &token, &[("origin", "http://localhost")]);
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
    let cookie = entered.header("set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let with = [("cookie", cookie.as_str())];
    let page = made.get_with(&format!("/corrections?item={id}"), &with);
    assert_eq!(page.status, StatusCode::OK);
    assert_page("/corrections", &page.body);
    let csrf = field(&page.body, "csrf");
    let change =
        |csrf: &str| format!("csrf={csrf}&action=set&item={id}&f.status=denied&who=tester&why=a+reason");
    for (csrf, head) in [("", &with[..]), ("0", &with[..]), (&csrf, &[][..])] {
        assert_eq!(post(&made, "/corrections/change", &change(csrf), head).status, StatusCode::FORBIDDEN);
    }
    // Who and why are needed.
    let mute = format!("csrf={csrf}&action=reject&item={id}&who=&why=");
    assert_eq!(post(&made, "/corrections/change", &mute, &with).status, StatusCode::BAD_REQUEST);
    let done = post(&made, "/corrections/change", &change(&csrf), &with);
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let list = made.get_with("/corrections.json", &with).json();
    assert_eq!(list["corrections"][0]["patch"]["status"], "denied", "{list}");
    assert_eq!(list["corrections"][0]["by"]["who"], "tester");
    let revert = format!("csrf={csrf}&number=1&who=tester&why=again");
    assert_eq!(post(&made, "/corrections/revert", &revert, &with).status, StatusCode::SEE_OTHER);
    let list = made.get_with("/corrections.json", &with).json();
    assert_eq!(list["corrections"][0]["reverted"]["why"], "again");
    let wrong = format!("csrf={csrf}&action=set&item={id}&f.status=maybe&who=t&why=r");
    for (lang, words) in [("ja", "値になりません"), ("en", "not what")] {
        let head = [("cookie", cookie.as_str()), ("accept-language", lang)];
        let got = post(&made, "/corrections/change", &wrong, &head);
        assert_eq!(got.status, StatusCode::BAD_REQUEST);
        assert!(got.body.contains(words), "{lang}: {}", got.body);
    }
}
