//! Documents made for tests.

#![allow(dead_code)]

use entente_base::record::{Kind, Mention, Record};
use entente_store::Entry;
use entente_text::Source;

/// A document; its record names its first character.
pub fn document(id: &str, text: &str, published: Option<&str>) -> (Source, Record) {
    let source = Source {
        id: id.to_owned(),
        text: text.to_owned(),
        title: None,
        published: published.map(str::to_owned),
        url: None,
        publisher: Some("社".to_owned()),
        encoding: "UTF-8".to_owned(),
        ..Source::default()
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

/// A document ready to be written.
pub fn entry(id: &str, text: &str, published: Option<&str>) -> Entry {
    let (source, record) = document(id, text, published);
    Entry::new(&source, record).unwrap()
}

/// A record as it would have been written with its document.
pub fn entry_of(record: &Record) -> Entry {
    let document = &record.document;
    let source = Source {
        id: document.id.clone(),
        text: document.text.clone(),
        title: document.title.clone(),
        published: document.published.clone(),
        publisher: document.publisher.clone(),
        url: document.url.clone(),
        encoding: document.encoding.clone(),
        ..Source::default()
    };
    Entry::new(&source, record.clone()).unwrap()
}
