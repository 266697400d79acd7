//! How quick and how large an index of 100,000 documents is. Not run with the tests:
//!
//! ```sh
//! cargo test --profile quick -p entente-search --test measure -- --ignored --nocapture
//! ```

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use entente_base::Lexicon;
use entente_base::record::DOMAINS;
use entente_base::record::EventType;
use entente_search::{Document, Index, Names, Query, Request};
use std::path::Path;
use std::time::Instant;

const DOCUMENTS: u64 = 100_000;
const COMMIT: u64 = 10_000;

/// Numbers without a pattern that come out the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    /// The first ones more often, as words of a language.
    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let at = self.below(from.len()).min(self.below(from.len()));
        from[at]
    }
}

const STATES: [&str; 12] =
    ["CHN", "USA", "JPN", "RUS", "KOR", "PRK", "UKR", "IND", "IRN", "ISR", "AUS", "PHL"];
const WORDS: [&str; 72] = [
    "中国",
    "米国",
    "日本",
    "ロシア",
    "プーチン大統領",
    "首脳会談",
    "中露",
    "外相",
    "訪中",
    "経済",
    "関係",
    "協力",
    "習近平国家主席",
    "アメリカ",
    "韓国",
    "北朝鮮",
    "貿易",
    "制裁",
    "関税",
    "輸出規制",
    "半導体",
    "安全保障",
    "防衛省",
    "共同訓練",
    "日米韓",
    "ミサイル",
    "発射",
    "非難",
    "声明",
    "合意",
    "署名",
    "エネルギー",
    "天然ガス",
    "台湾海峡",
    "ウクライナ",
    "停戦",
    "支援",
    "供与",
    "国連",
    "安保理",
    "決議",
    "拒否権",
    "対話",
    "再開",
    "中ロ",
    "訪米",
    "訪日",
    "ゼレンスキー大統領",
    "トランプ大統領",
    "石破首相",
    "王毅外相",
    "ラブロフ外相",
    "インド",
    "モディ首相",
    "イラン",
    "核合意",
    "イスラエル",
    "ガザ",
    "人道支援",
    "難民",
    "海警局",
    "尖閣諸島",
    "領海",
    "侵入",
    "抗議",
    "欧州連合",
    "首脳宣言",
    "投資",
    "人工知能",
    "レアアース",
    "Putin",
    "Xi Jinping",
];
const JOINS: [&str; 16] = [
    "は",
    "が",
    "を",
    "に",
    "の",
    "と",
    "で",
    "について",
    "をめぐり、",
    "に対し",
    "した。",
    "すると述べた。",
    "、",
    "する方針だ。",
    "としている。\n",
    "年",
];

fn document(number: u64) -> (Document, String) {
    let mut dice = Dice(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut text = String::new();
    let mut length = 0;
    while length < 1_000 {
        let (word, join) = (dice.pick(&WORDS), JOINS[dice.below(JOINS.len())]);
        text.push_str(word);
        // Characters that make a vocabulary as large as that of the press.
        if dice.below(3) == 0 {
            for _ in 0..2 {
                let common = dice.below(1_500).min(dice.below(1_500)) as u32;
                text.extend(char::from_u32(0x4E00 + common * 11));
            }
            length += 2;
        }
        text.push_str(join);
        length += word.chars().count() + join.chars().count();
    }
    let published = format!("20{:02}-{:02}", 10 + dice.below(15), 1 + dice.below(12));
    let document = Document {
        id: format!("document-{number:06}"),
        title: Some(text.chars().take(24).collect()),
        text: text.clone(),
        published: published.parse().ok(),
        publisher: Some(format!("見本新聞{}", dice.below(40))),
        lang: Some("ja".to_owned()),
        states: vec![dice.pick(&STATES).to_owned(), dice.pick(&STATES).to_owned()],
        entities: Vec::new(),
        types: vec![EventType::ALL[dice.below(16)]],
        domains: vec![DOMAINS[dice.below(8)].to_owned()],
        speakers: vec![dice.pick(&WORDS).to_owned()],
    };
    (document, text)
}

fn status(name: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
}

fn size(dir: &Path) -> u64 {
    std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum()
}

#[test]
#[ignore = "takes minutes; prints figures, asserts none"]
fn measure() {
    let start = Instant::now();
    let names = Names::new(&Lexicon::built_in()).unwrap();
    println!("names read in {:?}", start.elapsed());
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let index = Index::create(&dir, names.clone()).unwrap();
    let start = Instant::now();
    let mut writer = index.writer().unwrap();
    for number in 0..DOCUMENTS {
        writer.put(&document(number).0).unwrap();
        if (number + 1) % COMMIT == 0 {
            writer.commit(number + 1).unwrap();
        }
    }
    writer.finish().unwrap();
    let taken = start.elapsed();
    println!(
        "{DOCUMENTS} documents in {taken:?}: {:.0} a second, {} MB; most memory {}",
        DOCUMENTS as f64 / taken.as_secs_f64(),
        size(&dir) / 1_000_000,
        status("VmHWM")
    );
    drop(index);
    let start = Instant::now();
    let index = Index::open(&dir, names).unwrap();
    println!("opened in {:?}", start.elapsed());
    let mut taken = Vec::new();
    let mut dice = Dice(7);
    for number in 0..200 {
        let word = |dice: &mut Dice| WORDS[dice.below(WORDS.len())];
        let query = match number % 8 {
            0 => ["中露", "訪中", "日米韓", "外相", "中ロ", "関税", "訪米"][dice.below(7)].to_owned(),
            1 => ["プーチン", "Putin", "習近平", "習主席", "米国", "防衛省", "Trump", "国連"][dice.below(8)]
                .to_owned(),
            2 => format!("「{}の{}」", word(&mut dice), word(&mut dice)),
            3 => format!("{} {} state:CHN", word(&mut dice), word(&mut dice)),
            4 => format!("{} date:2015-05..2018-08", word(&mut dice)),
            5 => format!("{} -{} type:CONSULT", word(&mut dice), word(&mut dice)),
            6 => format!("{} speaker:プーチン domain:military", word(&mut dice)),
            _ => format!("{} {} {}", word(&mut dice), word(&mut dice), word(&mut dice)),
        };
        let start = Instant::now();
        let parsed = Query::parse(&query, index.names()).unwrap();
        let number = |id: &str| id.strip_prefix("document-")?.parse().ok();
        let page = index.search(&parsed, &Request::default(), |id| Some(document(number(id)?).1)).unwrap();
        taken.push((start.elapsed(), page.total, query));
    }
    taken.sort();
    let at = |percent: usize| &taken[(taken.len() * percent / 100).min(taken.len() - 1)];
    for percent in [50, 90, 95, 100] {
        let (time, total, query) = at(percent);
        println!("p{percent} {time:?} ({total} found by {query})");
    }
    println!("memory {} of which not files {}", status("VmRSS"), status("RssAnon"));
}
