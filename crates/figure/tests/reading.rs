//! Figures read from short texts with mentions and times given by hand.

#![allow(clippy::unwrap_used)]

use entente_base::record::Bound;
use entente_base::{Lexicon, Sentence, SentenceKind, Span};
use entente_figure::{ActorSpan, FigureMention, FigureReader, Period, check};
use proptest::prelude::*;
use std::sync::LazyLock;

static READER: LazyLock<FigureReader> = LazyLock::new(|| FigureReader::new(&Lexicon::built_in()).unwrap());

/// Reads lines, each a sentence; the first is a heading. Every place of a listed word is a mention or time.
fn read(
    lines: &[&str],
    states: &[(&str, &[&str])],
    times: &[(&str, &str)],
) -> (Vec<char>, Vec<FigureMention>) {
    let text: Vec<char> = lines.join("\n").chars().collect();
    let places = |word: &str| -> Vec<Span> {
        let word: Vec<char> = word.chars().collect();
        (0..text.len())
            .filter(|at| text[*at..].starts_with(&word))
            .map(|at| Span::new(at, at + word.len()))
            .collect()
    };
    let mut sentences = Vec::new();
    let mut start = 0;
    for (index, line) in lines.iter().enumerate() {
        let end = start + line.chars().count();
        let kind = if index == 0 && lines.len() > 1 { SentenceKind::Heading } else { SentenceKind::Body };
        sentences.push(Sentence { span: Span::new(start, end), kind, paragraph: usize::from(index > 0) });
        start = end + 1;
    }
    let actors: Vec<ActorSpan> = states
        .iter()
        .flat_map(|(word, states)| {
            places(word).into_iter().map(|span| ActorSpan {
                span,
                states: states.iter().map(|state| (*state).to_owned()).collect(),
                is_body: states.iter().any(|state| state.len() != 3),
            })
        })
        .collect();
    let times: Vec<Period> = times
        .iter()
        .flat_map(|(word, value)| {
            places(word).into_iter().map(|span| Period { span, value: (*value).to_owned() })
        })
        .collect();
    let figures = READER.read(&text, &sentences, &times, &actors);
    (text, figures)
}

#[test]
fn the_lexicons_examples_hold() {
    let errors = check(&Lexicon::built_in());
    assert!(errors.is_empty(), "{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
}

#[test]
fn trade_belongs_to_both_and_to_its_year() {
    let (text, figures) = read(
        &["インドとフランスの貿易は、2022年に約150億ユーロだった。"],
        &[("インド", &["IND"]), ("フランス", &["FRA"])],
        &[("2022年", "2022")],
    );
    assert_eq!(figures.len(), 1);
    assert_eq!(figures[0].of, ["FRA", "IND"]);
    assert_eq!(figures[0].period.as_deref(), Some("2022"));
    assert_eq!(figures[0].bound, Bound::About);
    assert_eq!(figures[0].span.text(&text), "約150億ユーロ");
}

#[test]
fn launches_keep_their_state_and_day_through_the_text() {
    let (_, figures) = read(
        &[
            "イランがミサイル3発",
            "イランは9日、ミサイル3発を発射した。",
            "米軍によると、3発は約400キロ飛んだ。",
        ],
        &[("イラン", &["IRN"]), ("米軍", &["USA"])],
        &[("9日", "2021-03-09")],
    );
    assert_eq!(figures.len(), 4);
    for figure in &figures {
        assert_eq!(figure.of, ["IRN"], "{figure:?}");
        assert_eq!(figure.period.as_deref(), Some("2021-03-09"), "{figure:?}");
    }
}

#[test]
fn the_day_of_an_announcement_is_no_period() {
    let (_, figures) = read(
        &["日本は5月3日、ケニアに20億円の無償資金協力を行うと発表した。"],
        &[("日本", &["JPN"]), ("ケニア", &["KEN"])],
        &[("5月3日", "2019-05-03")],
    );
    assert_eq!((figures[0].measure.as_str(), figures[0].period.as_deref()), ("aid", None));
    assert_eq!(figures[0].of, ["JPN", "KEN"]);
}

#[test]
fn a_toll_so_far_has_no_day() {
    let (_, figures) = read(
        &["保健省は4日、洪水による死者が310人に上ると発表した。", "4日には兵士2人が死亡した。"],
        &[("保健省", &["PAK"])],
        &[("4日", "2022-09-04")],
    );
    assert_eq!(figures[0].period, None);
    assert_eq!(figures[1].period.as_deref(), Some("2022-09-04"));
}

#[test]
fn who_fired_is_told_before_how_many() {
    let (_, figures) = read(
        &[
            "カシミール",
            "インドは8日、ミサイルを発射し、パキスタンは反発した。",
            "報道官によると、ミサイルは9発だった。",
        ],
        &[("インド", &["IND"]), ("パキスタン", &["PAK"])],
        &[("8日", "2025-05-08")],
    );
    assert_eq!(figures[0].of, ["IND"]);
}

#[test]
fn bodies_give_and_do_not_die() {
    let (_, figures) = read(
        &["EUは4日、ケニアに5億ユーロの支援を行うと発表した。", "EUによると、ケニアで12人が死亡した。"],
        &[("EU", &["EU"]), ("ケニア", &["KEN"])],
        &[],
    );
    assert_eq!(figures[0].of, ["EU", "KEN"]);
    assert_eq!(figures[1].of, ["KEN"]);
}

#[test]
fn what_goes_on_is_of_no_earlier_year() {
    let (_, figures) = read(
        &["貿易", "2019年の貿易額は90億ドルだった。", "決済の6割が現地通貨で行われている。"],
        &[],
        &[("2019年", "2019")],
    );
    assert_eq!(figures[1].period, None);
}

#[test]
fn a_conversion_shares_what_the_first_sum_means() {
    let (_, figures) = read(&["2015年の輸出額は30億ドル(約3600億円)だった。"], &[], &[("2015年", "2015")]);
    assert_eq!(figures.len(), 2);
    assert!(
        figures.iter().all(|figure| figure.measure == "export" && figure.period.as_deref() == Some("2015"))
    );
}

#[test]
fn figures_do_not_overlap_times() {
    let (_, figures) = read(&["10人が集まった。"], &[], &[("10人", "XXXX")]);
    assert!(figures.is_empty());
}

#[test]
fn numbers_of_every_script() {
    for (text, value) in [
        ("二千三百", 2300.0),
        ("3兆4500億", 3.45e12),
        ("2,448億", 2.448e11),
        ("14万5千", 145_000.0),
        ("1万2000", 12_000.0),
        ("二〇二四", 2024.0),
        ("百八十万", 1_800_000.0),
        ("1.1億", 110_000_000.0),
        ("9割", 90.0),
        ("3割5分", 35.0),
        ("半分", 50.0),
        ("数十", 10.0),
        ("3449億1623万", 344_916_230_000.0),
    ] {
        let chars: Vec<char> = text.chars().collect();
        let numbers = READER.numbers(&chars);
        assert_eq!(numbers.len(), 1, "{text}");
        assert_eq!((numbers[0].value, numbers[0].span), (value, Span::new(0, chars.len())), "{text}");
    }
}

#[test]
fn a_long_line_is_read_whole() {
    let line = "米国は中国に10億ドルを支援し、3人が死亡、ミサイル5発、".repeat(20_000);
    let (_, figures) = read(&[&line], &[("米国", &["USA"]), ("中国", &["CHN"])], &[]);
    assert_eq!(figures.len(), 60_000);
}

/// The number in Chinese characters, as it is spelt out.
fn spelt(mut number: u64) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let mut groups = Vec::new();
    for big in ["", "万", "億", "兆"] {
        let group = number % 10_000;
        number /= 10_000;
        let mut text = String::new();
        for (size, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = usize::try_from(group / size % 10).unwrap();
            if digit == 1 && size > 1 {
                text.push_str(name);
            } else if digit > 0 {
                text.push_str(DIGITS[digit]);
                text.push_str(name);
            }
        }
        if !text.is_empty() {
            groups.push(text + big);
        }
    }
    groups.reverse();
    groups.concat()
}

proptest! {
    #[test]
    fn spelt_numbers_come_back(number in 1_u64..1_000_000_000_000_000) {
        let chars: Vec<char> = spelt(number).chars().collect();
        let numbers = READER.numbers(&chars);
        prop_assert_eq!(numbers.len(), 1);
        #[allow(clippy::cast_precision_loss)]
        let value = number as f64;
        prop_assert_eq!(numbers[0].value, value);
        prop_assert_eq!(numbers[0].span, Span::new(0, chars.len()));
    }

    #[test]
    fn any_text_is_read_without_panic(
        text in "[0-9,.・〜%万億兆千百十一二数割分の半約以上人発隻キロドル円増減は、。()年月日前年比第 \\PC]{0,80}",
        cut in 0_usize..80,
    ) {
        let chars: Vec<char> = text.chars().collect();
        let cut = cut.min(chars.len());
        let sentences = [
            Sentence { span: Span::new(0, cut), kind: SentenceKind::Heading, paragraph: 0 },
            Sentence { span: Span::new(cut, chars.len()), kind: SentenceKind::Body, paragraph: 1 },
        ];
        let actors = [ActorSpan { span: Span::new(0, cut.min(2)), states: vec!["JPN".into()], is_body: false }];
        let figures = READER.read(&chars, &sentences, &[], &actors);
        for pair in figures.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start);
        }
        for figure in &figures {
            prop_assert!(figure.span.end <= chars.len() && !figure.span.is_empty());
            prop_assert!(figure.value.is_finite());
        }
        prop_assert_eq!(&figures, &READER.read(&chars, &sentences, &[], &actors));
        for number in READER.numbers(&chars) {
            prop_assert!(!number.span.text(&chars).is_empty());
        }
    }
}

#[test]
fn a_wrong_example_says_where() {
    let wrong = Lexicon::from_files([(
        "figure/example-mine.tsv".to_owned(),
        "text\texpect\n会合に50人が参加した。\t51 count exact participants\n".to_owned(),
    )]);
    let errors = check(&Lexicon::built_in().overlaid(wrong));
    assert_eq!(errors.len(), 1);
    assert_eq!((errors[0].file.as_str(), errors[0].line), ("figure/example-mine.tsv", 2));
}

#[test]
fn soldiers_handed_over_are_no_troops() {
    let (_, figures) = read(&["タイ軍は兵士30人の身柄の引き渡しを受けた。"], &[("タイ軍", &["THA"])], &[]);
    assert_eq!(figures[0].measure, "other");
}

#[test]
fn aid_told_in_a_speakers_next_sentence_is_the_speakers() {
    let (_, figures) = read(
        &["電話協議", "日本政府は深い懸念を示した。", "また、ヨルダンに対し、3億ドルの支援を行うと述べた。"],
        &[("日本", &["JPN"]), ("ヨルダン", &["JOR"])],
        &[],
    );
    assert_eq!(figures[0].of, ["JOR", "JPN"]);
}

#[test]
fn a_toll_so_far_is_of_no_day_before_and_of_both_sides() {
    let (_, figures) = read(
        &[
            "国境の衝突",
            "タイ軍は3月4日、ラオス軍と撃ち合った。",
            "タイとラオスは互いに非難している。",
            "双方の死者は40人に上る。",
        ],
        &[("タイ", &["THA"]), ("ラオス", &["LAO"])],
        &[("3月4日", "2021-03-04")],
    );
    assert_eq!(figures[0].of, ["LAO", "THA"]);
    assert_eq!(figures[0].period, None);
}

#[test]
fn a_rate_named_after_a_tariff_is_one_too() {
    let (_, figures) = read(
        &["日本は鉄鋼の関税率を30%へ引き上げた。", "5月に設けた10%に20%を加えたものだ。"],
        &[("日本", &["JPN"])],
        &[("5月", "2023-05")],
    );
    assert!(figures.iter().all(|figure| figure.measure == "tariff"));
}

/// The states of each figure, joined by `+`, and its period.
fn whose(lines: &[&str], states: &[(&str, &[&str])], times: &[(&str, &str)]) -> Vec<String> {
    let (_, figures) = read(lines, states, times);
    let told = |figure: &FigureMention| {
        format!("{} {}", figure.of.join("+"), figure.period.as_deref().unwrap_or("-"))
    };
    figures.iter().map(told).collect()
}

#[test]
fn partners_told_in_turn_trade_with_the_one_told_of() {
    let states: &[(&str, &[&str])] = &[("ペルー", &["PER"]), ("中", &["CHN"]), ("日", &["JPN"])];
    let lines =
        ["ペルーの2015年の輸出は331億ドルだった。", "対中輸出は73億ドルに減り、対日輸出は11億ドルだった。"];
    let year: &[(&str, &str)] = &[("2015年", "2015")];
    let found = whose(&["貿易", lines[0], lines[1]], states, year);
    assert_eq!(found, ["PER 2015", "CHN+PER 2015", "JPN+PER 2015"]);
}

#[test]
fn each_part_of_a_sentence_has_its_own_sides() {
    let states: &[(&str, &[&str])] =
        &[("米国", &["USA"]), ("カナダ", &["CAN"]), ("メキシコ", &["MEX"]), ("中国", &["CHN"])];
    let found = whose(&["米国は、カナダとメキシコに25%、中国に10%の関税を課した。"], states, &[]);
    assert_eq!(found, ["CAN+MEX+USA -", "CHN+USA -"]);
}

#[test]
fn what_is_told_in_turn_belongs_in_turn() {
    let states: &[(&str, &[&str])] = &[("ケニア", &["KEN"]), ("エチオピア", &["ETH"])];
    let found = whose(
        &["ケニアとエチオピアの成長率は昨年、それぞれ4.9%と10.2%だった。"],
        states,
        &[("昨年", "2017")],
    );
    assert_eq!(found, ["KEN 2017", "ETH 2017"]);
}

#[test]
fn soldiers_are_of_the_state_behind_their_number_and_not_of_whom_they_border_on() {
    let states: &[(&str, &[&str])] =
        &[("米国", &["USA"]), ("ロシア", &["RUS"]), ("ポーランド", &["POL"]), ("ベラルーシ", &["BLR"])];
    let found = whose(&["米国は、約1万人のロシア兵が展開しているとみている。"], states, &[]);
    assert_eq!(found, ["RUS -"]);
    let line = "ポーランド国防省は、ベラルーシとの国境に配備する兵士を1万5000人に増やすと発表した。";
    assert_eq!(whose(&[line], states, &[]), ["POL -"]);
}

#[test]
fn the_dead_of_a_stretch_of_days_are_of_no_day() {
    let states: &[(&str, &[&str])] = &[("ガザ", &["PSE"]), ("タイ", &["THA"])];
    let lines = ["停戦", "双方は21日、停戦に入った。", "11日間の戦闘で、ガザでは232人が死亡した。"];
    assert_eq!(whose(&lines, states, &[("21日", "2021-05-21")]), ["PSE -"]);
    let lines = ["攻撃", "軍は24日に侵攻を始めた。", "タイの兵士1300人が死亡した。"];
    assert_eq!(whose(&lines, states, &[("24日", "2022-02-24")]), ["THA -"]);
}

#[test]
fn soldiers_and_civilians_side_by_side_died_together() {
    let (_, figures) = read(&["兵士1300人、民間人93人が死亡した。"], &[], &[]);
    assert!(figures.iter().all(|figure| figure.measure == "casualties"));
}

#[test]
fn weapons_that_change_hands_are_of_both_and_of_no_day() {
    let states: &[(&str, &[&str])] = &[("チェコ", &["CZE"]), ("スウェーデン", &["SWE"])];
    let lines = ["チェコが装甲車を調達", "チェコは3日、スウェーデンから装甲車246両を購入する契約を結んだ。"];
    let found = whose(&lines, states, &[("3日", "2023-05-03")]);
    assert_eq!(found, ["CZE+SWE -"]);
}

#[test]
fn partners_in_brackets_trade_with_the_one_told_of() {
    let states: &[(&str, &[&str])] = &[("チリ", &["CHL"]), ("中国", &["CHN"]), ("日本", &["JPN"])];
    let lines = [
        "チリの銅輸出",
        "チリの2021年の輸出額は940億ドルだった。",
        "国別では中国(38.6%)、日本(7.7%)の順だった。",
    ];
    let found = whose(&lines, states, &[("2021年", "2021")]);
    assert_eq!(found, ["CHL 2021", "CHL+CHN 2021", "CHL+JPN 2021"]);
}

#[test]
fn what_it_became_is_of_the_time_told_first() {
    let states: &[(&str, &[&str])] = &[("ペルー", &["PER"]), ("中国", &["CHN"])];
    let lines = ["貿易", "2022年のペルーの輸出に占める中国向けの比率は、2019年の29%から34%に上がった。"];
    let found = whose(&lines, states, &[("2022年", "2022"), ("2019年", "2019")]);
    assert_eq!(found, ["CHN+PER 2019", "CHN+PER 2022"]);
}

#[test]
fn the_dead_are_not_of_whom_the_attack_is() {
    let states: &[(&str, &[&str])] = &[("アゼルバイジャン軍", &["AZE"]), ("アルメニア国防省", &["ARM"])];
    let lines =
        ["国境", "アルメニア国防省は14日、アゼルバイジャン軍の新たな砲撃で兵士49人が死亡したと発表した。"];
    let found = whose(&lines, states, &[("14日", "2022-09-14")]);
    assert_eq!(found, ["ARM 2022-09-14"]);
}

#[test]
fn who_speaks_of_a_later_clause_is_not_whose_it_is() {
    let states: &[(&str, &[&str])] = &[("北朝鮮", &["PRK"]), ("韓国軍", &["KOR"])];
    let lines = ["発射", "北朝鮮は7日に弾道ミサイル2発を発射し、韓国軍は短距離だったと分析した。"];
    let found = whose(&lines, states, &[("7日", "2022-10-07")]);
    assert_eq!(found, ["PRK 2022-10-07"]);
}

#[test]
fn a_list_measures_what_its_last_does() {
    let read = |line: &str| -> Vec<(f64, String)> {
        let (_, figures) = read(&[line], &[], &[]);
        figures.into_iter().map(|figure| (figure.value, figure.measure)).collect()
    };
    let found = read("ワインに12%、チーズに8%の追加関税を課す。");
    assert_eq!(found, [(12.0, "tariff".to_owned()), (8.0, "tariff".to_owned())]);
    let found = read("2億ドル、日本円にして300億円の支援を行う。");
    assert_eq!(found, [(2e8, "aid".to_owned()), (3e10, "aid".to_owned())]);
    let found = read("輸出総額は5兆元(1元は約20円)に上った。");
    assert_eq!(found, [(5e12, "export".to_owned())]);
}

#[test]
fn rates_go_on_from_number_to_number() {
    let (_, figures) = read(&["原油輸出は日量60万バレルと、5月の75万バレルから減った。"], &[], &[]);
    let units: Vec<&str> = figures.iter().map(|figure| figure.unit.as_str()).collect();
    assert_eq!(units, ["bbl/d", "bbl/d"]);
}

#[test]
fn whose_and_when_by_construction() {
    type Case<'a> = (&'a [&'a str], &'a [(&'a str, &'a [&'a str])], &'a [(&'a str, &'a str)], &'a [Told<'a>]);
    type Told<'a> = (&'a str, &'a [&'a str], Option<&'a str>);
    let cases: &[Case<'_>] = &[
        // Partners of a whole in turn.
        (
            &["チリは昨年、90億立方メートルのガスを輸入し、国別の割合はペルーが31%、ボリビアが22%だった。"],
            &[("チリ", &["CHL"]), ("ペルー", &["PER"]), ("ボリビア", &["BOL"])],
            &[("昨年", "2011")],
            &[
                ("energy_volume", &["CHL"], Some("2011")),
                ("import", &["CHL", "PER"], Some("2011")),
                ("import", &["BOL", "CHL"], Some("2011")),
            ],
        ),
        // A form of help that is one state's own.
        (
            &["ケニアへの円借款は、70億円を限度とする。"],
            &[("ケニア", &["KEN"])],
            &[],
            &[("aid", &["JPN", "KEN"], None)],
        ),
        // Since the day it began.
        (
            &["ケニアとソマリアの会談", "ケニアとソマリアの間で5日に始まった衝突では80人が死亡した。"],
            &[("ケニア", &["KEN"]), ("ソマリア", &["SOM"])],
            &[("5日", "2019-03-05")],
            &[("casualties", &["KEN", "SOM"], Some("2019-03-05/.."))],
        ),
        // What is only looked forward to is of no year before.
        (
            &[
                "両国の貿易",
                "ペルーとチリの貿易額は2012年に30億ドルだった。",
                "両国は3年以内に90億ドルに増やす目標を掲げる。",
            ],
            &[("ペルー", &["PER"]), ("チリ", &["CHL"])],
            &[("2012年", "2012")],
            &[("trade", &["CHL", "PER"], Some("2012")), ("trade", &["CHL", "PER"], None)],
        ),
        // Those aboard are of whose plane it was.
        (
            &["ポーランドの政府専用機がロシアで墜落し、搭乗していた96人が死亡した。"],
            &[("ポーランド", &["POL"]), ("ロシア", &["RUS"])],
            &[],
            &[("casualties", &["POL"], None)],
        ),
        // A sum of those who were named.
        (
            &["インド人2人とパキスタン人1人の計3人が死亡した。"],
            &[("インド", &["IND"]), ("パキスタン", &["PAK"])],
            &[],
            &[
                ("casualties", &["IND"], None),
                ("casualties", &["PAK"], None),
                ("casualties", &["IND", "PAK"], None),
            ],
        ),
        // Another partner without the word for the trade.
        (
            &["ケニアの輸出", "ケニアの対インド輸出は10億ドルだった。", "対ペルーは3%増の8億ドルだった。"],
            &[("ケニア", &["KEN"]), ("インド", &["IND"]), ("ペルー", &["PER"])],
            &[],
            &[("export", &["IND", "KEN"], None), ("export", &["KEN", "PER"], None)],
        ),
    ];
    for (lines, states, times, told) in cases {
        let (_, figures) = read(lines, states, times);
        let found: Vec<_> = figures
            .iter()
            .map(|figure| {
                let of: Vec<&str> = figure.of.iter().map(String::as_str).collect();
                (figure.measure.clone(), of, figure.period.as_deref())
            })
            .collect();
        let told: Vec<_> =
            told.iter().map(|(measure, of, when)| ((*measure).to_owned(), of.to_vec(), *when)).collect();
        assert_eq!(found, told, "{lines:?}");
    }
}
