//! The time of each room by the size of the text: `cargo bench -p entente-bench`.

// The macros of Criterion make items without documentation; a benchmark that cannot begin has nothing to go on with.
#![allow(missing_docs, clippy::expect_used)]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use entente_base::Lexicon;
use entente_bench::rooms::{Prepared, Rooms};
use entente_bench::world::{Request, generate};
use entente_text::Source;

/// A text of the generator, of about so many bytes.
fn text(bytes: usize) -> String {
    let mut articles = Vec::new();
    let request = Request { documents: 400, seed: 1 };
    generate(request, &Lexicon::built_in(), &mut articles, std::io::sink()).expect("a corpus");
    let mut text = String::new();
    for source in entente_text::read("articles.jsonl", std::io::Cursor::new(articles)) {
        text.push_str(&source.expect("an article").text);
        text.push('\n');
        if text.len() >= bytes {
            break;
        }
    }
    let end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.truncate(end);
    text
}

type Room = fn(&Rooms, &mut entente_token::Worker<'_>, &Prepared) -> usize;

fn rooms(criterion: &mut Criterion) {
    let rooms = Rooms::new().expect("the rooms");
    let mut worker = rooms.worker();
    let documents: Vec<(usize, Prepared)> = [1, 4, 16, 64]
        .into_iter()
        .map(|kilobytes| {
            let published = Some("2024-06-01".to_owned());
            let source = Source { text: text(kilobytes << 10), published, ..Source::default() };
            (kilobytes, rooms.prepare(&mut worker, source))
        })
        .collect();
    let all: [(&str, Room); 7] = [
        ("text", |rooms, _, document| rooms.text(document)),
        ("token", Rooms::token),
        ("time", |rooms, _, document| rooms.time(document)),
        ("mention", |rooms, _, document| rooms.mention(document)),
        ("figure", |rooms, _, document| rooms.figure(document)),
        ("clause", |rooms, _, document| rooms.clause(document)),
        ("whole", Rooms::whole),
    ];
    for (name, room) in all {
        let mut group = criterion.benchmark_group(name);
        for (kilobytes, document) in &documents {
            group.throughput(Throughput::Bytes(*kilobytes as u64 * 1024));
            group.bench_with_input(
                BenchmarkId::from_parameter(format!("{kilobytes} KB")),
                document,
                |b, document| {
                    b.iter(|| room(&rooms, &mut worker, document));
                },
            );
        }
        group.finish();
    }
}

criterion_group!(benches, rooms);
criterion_main!(benches);
