//! What must hold of any text and of any bytes.

#![allow(clippy::unwrap_used)]

use entente_base::Lexicon;
use entente_base::record::Record;
use entente_event::{Coder, Source};
use proptest::prelude::*;
use std::collections::HashSet;
use std::io::Cursor;
use std::sync::LazyLock;

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::new(&Lexicon::built_in()).unwrap());

/// Pieces of news, from which texts are put together that reach every room.
const PIECES: [&str; 44] = [
    "中国の",
    "習近平国家主席",
    "は",
    "プーチン大統領",
    "と",
    "会談し",
    "、",
    "。",
    "「",
    "」",
    "『",
    "』",
    "\n",
    "2024年5月",
    "１６日",
    "貿易額は",
    "2,448億ドル",
    "前年から1.9%増",
    "に達した",
    "述べた",
    "によると",
    "両国",
    "同氏",
    "ﾛｼｱ",
    "か\u{3099}",
    "\u{200b}",
    "\r\n",
    "　",
    "Reference(s): cgtn.com",
    "・",
    "制裁を発動",
    "した",
    "しなかった",
    "予定だ",
    "（",
    ")",
    "🇯🇵",
    "9割",
    "約",
    "以上",
    "外務省",
    "日米韓",
    "訪中",
    "A",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => (0..PIECES.len()).prop_map(|at| PIECES[at].to_owned()), 1 => any::<char>().prop_map(String::from)];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn code(text: &str, published: Option<&str>) -> Record {
    let source = Source {
        id: "any".to_owned(),
        text: text.to_owned(),
        title: None,
        published: published.map(str::to_owned),
        url: None,
        publisher: None,
        encoding: "UTF-8".to_owned(),
        ..Source::default()
    };
    CODER.code(&mut CODER.worker(), &source)
}

/// Offsets lie in the text and reproduce the words; identifiers point to entities.
fn check(record: &Record) -> Result<(), TestCaseError> {
    let chars: Vec<char> = record.document.text.chars().collect();
    let words = |start: usize, end: usize| -> Option<String> {
        (start < end).then(|| chars.get(start..end)).flatten().map(|chars| chars.iter().collect())
    };
    for (start, end, text) in (record.mentions.iter().map(|item| (item.start, item.end, &item.text)))
        .chain(record.times.iter().map(|item| (item.start, item.end, &item.text)))
        .chain(record.figures.iter().map(|item| (item.start, item.end, &item.text)))
    {
        prop_assert_eq!(words(start, end), Some(text.clone()));
    }
    let spans = (record.events.iter().flat_map(|item| item.evidence.clone()))
        .chain(record.statements.iter().map(|item| item.content))
        .chain(record.commitments.iter().map(|item| item.what))
        .chain(record.positions.iter().map(|item| item.evidence))
        .chain(record.terms.iter().flat_map(|item| [item.definition, item.evidence]));
    for span in spans {
        prop_assert!(words(span.start, span.end).is_some(), "{:?} of {}", span, chars.len());
    }
    let known: HashSet<&str> = record.entities.iter().map(|entity| entity.id.as_str()).collect();
    for mention in &record.mentions {
        prop_assert!(known.contains(mention.entity.as_str()));
    }
    for event in &record.events {
        prop_assert!(!event.evidence.is_empty());
        prop_assert!(
            event.participants.iter().chain(&event.attributed_to).all(|id| known.contains(id.as_str()))
        );
    }
    for statement in &record.statements {
        prop_assert!(statement.start <= statement.content.start && statement.content.end <= statement.end);
        prop_assert!(
            statement.speaker.ids().iter().chain(&statement.via).all(|id| known.contains(id.as_str()))
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 768, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_a_record_whose_offsets_hold(text in text()) {
        let record = code(&text, Some("2024-05-20"));
        prop_assert_eq!(&record.document.text, &text);
        check(&record)?;
        prop_assert_eq!(code(&text, Some("2024-05-20")), record);
    }

    #[test]
    fn tokens_joined_are_the_sentence(text in text()) {
        let source = Source {
            id: String::new(), text, title: None, published: None, url: None, publisher: None, encoding: String::new(),
            ..Source::default()
        };
        let reading = CODER.read(&mut CODER.worker(), &source);
        for (sentence, analysis) in reading.sentences.iter().zip(&reading.analyses) {
            let mut at = sentence.span.start;
            for token in &analysis.tokens {
                prop_assert_eq!(token.span.start, at);
                at = token.span.end;
            }
            prop_assert_eq!(at, sentence.span.end);
        }
    }

    #[test]
    fn any_bytes_give_a_record_or_a_clear_error(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for source in entente_text::read("-", Cursor::new(bytes)) {
            match source {
                Ok(source) => check(&code(&source.text, None))?,
                Err(error) => prop_assert!(error.to_string().contains("help:"), "{}", error),
            }
        }
    }
}
