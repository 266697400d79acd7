//! What holds of every generated corpus.

#![allow(clippy::unwrap_used)]

use entente_base::Lexicon;
use entente_bench::truth::Truth;
use entente_bench::world::{Request, Summary, generate};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn corpus(documents: usize, seed: u64) -> (Summary, Vec<u8>, Vec<u8>) {
    let (mut articles, mut truth) = (Vec::new(), Vec::new());
    let request = Request { documents, seed };
    let summary = generate(request, &Lexicon::built_in(), &mut articles, &mut truth).unwrap();
    (summary, articles, truth)
}

fn read(documents: usize, seed: u64) -> (BTreeMap<String, Value>, Truth) {
    let (_, articles, truth) = corpus(documents, seed);
    let articles = String::from_utf8(articles).unwrap();
    let articles = articles.lines().map(|line| {
        let value: Value = serde_json::from_str(line).unwrap();
        (value["id"].as_str().unwrap().to_owned(), value)
    });
    (articles.collect(), serde_json::from_slice(&truth).unwrap())
}

#[test]
fn the_seed_decides_every_byte() {
    let (one, again, other) = (corpus(300, 7), corpus(300, 7), corpus(300, 8));
    assert_eq!(one, again);
    assert_ne!(one.1, other.1);
    for documents in [0, 1, 300] {
        assert_eq!(corpus(documents, 1).0.documents, documents);
    }
}

#[test]
fn mentions_are_whole_sentences() {
    let (articles, truth) = read(2_000, 3);
    let mut mentions = 0;
    for event in &truth.events {
        assert!(!event.mentions.is_empty(), "{}", event.id);
        for mention in &event.mentions {
            let text = articles[&mention.document]["text"].as_str().unwrap();
            let sentence: String =
                text.chars().skip(mention.start).take(mention.end - mention.start).collect();
            if mention.headline {
                assert_eq!(text.lines().next().unwrap(), sentence);
            } else {
                assert!(sentence.ends_with('。'), "{sentence}");
                assert_eq!(sentence.matches('。').count(), 1, "{sentence}");
            }
            for left in ["{", "}", "<", ">", "|", "、、", "はは", "をを", "のの"] {
                assert!(!sentence.contains(left), "{sentence}");
            }
            mentions += 1;
        }
    }
    assert!(mentions > 4_000, "{mentions}");
}

#[test]
fn the_corpus_has_what_it_should() {
    let (articles, truth) = read(4_000, 5);
    let acts: BTreeSet<&str> = truth.events.iter().map(|event| event.act.as_str()).collect();
    assert_eq!(acts.len(), 28, "{acts:?}");
    let outcomes: BTreeSet<&str> = truth.pledges.iter().map(|pledge| pledge.outcome.as_str()).collect();
    assert_eq!(outcomes, BTreeSet::from(["done", "changed", "cancelled", "overdue", "open"]));
    let kinds: BTreeSet<&str> = truth.conflicts.iter().map(|conflict| conflict.kind.as_str()).collect();
    let all = ["date", "figure", "place", "participant", "status", "attribution", "change"];
    assert_eq!(kinds, BTreeSet::from(all));
    let prints: BTreeSet<&str> = truth.documents.iter().map(|document| document.kind.as_str()).collect();
    assert_eq!(
        prints,
        BTreeSet::from(["original", "verbatim", "headline", "shortened", "added", "typography"])
    );

    let mut pairs: BTreeMap<&str, usize> = BTreeMap::new();
    for article in articles.values() {
        let url = article["url"].as_str().unwrap();
        *pairs.entry(url.split('/').nth(3).unwrap()).or_default() += 1;
        let lines = article["text"].as_str().unwrap().matches('。').count();
        assert!((2..=25).contains(&lines), "{article}");
    }
    let busiest = pairs.values().max().copied().unwrap() as f64 / articles.len() as f64;
    assert!(pairs.len() >= 40 && (0.03..0.12).contains(&busiest), "{} {busiest}", pairs.len());
}

#[test]
fn sides_and_groups_are_documents_of_the_corpus() {
    let (articles, truth) = read(2_000, 11);
    assert_eq!(truth.documents.len(), articles.len());
    for conflict in truth.conflicts.iter().filter(|conflict| conflict.kind != "change") {
        let [one, other] = conflict.documents.as_slice() else { panic!("{conflict:?}") };
        assert!(!one.is_empty() && !other.is_empty(), "{conflict:?}");
        assert!(one.iter().all(|document| !other.contains(document)), "{conflict:?}");
        assert!(one.iter().chain(other).all(|document| articles.contains_key(document)));
    }
    let mut groups: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for document in &truth.documents {
        groups.entry(document.group).or_default().insert(&document.origin);
    }
    assert!(groups.values().all(|origins| origins.len() == 1));
}
