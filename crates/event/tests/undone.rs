//! What is said not to have happened, or not to be going to: one line a wording. All are told on 12 June 2024.

#![allow(clippy::unwrap_used)]

use entente_base::Lexicon;
use entente_event::{Coder, Source};

/// A text, and its events as `TYPE SOURCE>TARGET status date`, in any order.
type Case = (&'static str, &'static [&'static str]);

const CASES: &[Case] = &[
    // A plan told with what became of it.
    (
        "ケニアの大統領は今年1月にウガンダの大統領と会談する予定だったが、対立で中止になった。",
        &["CONSULT KEN+UGA>KEN+UGA denied 2024-01"],
    ),
    // The claim of an act is denied.
    (
        "ケニアの外務省は11日、ウガンダの大統領とケニアの大統領が会談したとの報道を否定した。",
        &["CONSULT KEN+UGA>KEN+UGA denied -"],
    ),
    ("ケニア外務省は、ウガンダと会談したとの報道を否定した。", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
    (
        "ケニアとウガンダが停戦で合意したという発表を、ケニア政府は否定した。",
        &["RETREAT KEN+UGA>KEN+UGA denied -"],
    ),
    (
        "ケニア政府は11日、ウガンダと合意したという報道は事実ではないと述べた。",
        &["AGREE KEN+UGA>KEN+UGA denied 2024-06-11"],
    ),
    (
        "ケニア政府は11日、ウガンダ軍を攻撃したとの主張は根拠がないとした。",
        &["ASSAULT KEN>UGA denied 2024-06-11"],
    ),
    ("ケニア軍がウガンダの基地を空爆したとの見方を、ケニア国防省は否定した。", &["ASSAULT KEN>UGA denied -"]),
    (
        "ケニアの報道官は、ケニア軍がウガンダの町を砲撃したという主張は誤りだと述べた。",
        &["ASSAULT KEN>UGA denied -"],
    ),
    ("ケニアの報道官は、ケニア軍がウガンダの町を砲撃した事実はないと述べた。", &["ASSAULT KEN>UGA denied -"]),
    ("ケニア国防省は、ウガンダの港を攻撃したことを否定した。", &["ASSAULT KEN>UGA denied -"]),
    ("ケニア国防省は、ウガンダの港への攻撃を否定した。", &["ASSAULT KEN>UGA denied -"]),
    ("ケニアはウガンダへの武器の供与を否定した。", &["AID KEN>UGA denied -"]),
    ("ケニアの大統領は、ウガンダに武器を供与したとの疑惑を否定した。", &["AID KEN>UGA denied -"]),
    ("ケニア外務省はウガンダとの秘密会談を否定した。", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
    ("ケニアは、ウガンダの船を拿捕したとする報道を「でたらめだ」と否定した。", &["COERCE KEN>UGA denied -"]),
    (
        "ケニア政府は、ウガンダに制裁を科したとの一部報道について、事実無根だと反論した。",
        &["SANCTION KEN>UGA denied -"],
    ),
    ("ケニア、ウガンダとの会談を否定", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
    ("ケニア、ウガンダの港への攻撃を否定", &["ASSAULT KEN>UGA denied -"]),
    (
        "ケニア大統領府は、ウガンダの大統領がケニアを訪問したという情報を打ち消した。",
        &["CONSULT UGA>KEN denied -"],
    ),
    ("ケニア軍は、ウガンダ軍と交戦していないと発表した。", &["ASSAULT KEN+UGA>KEN+UGA denied -"]),
    ("ケニア軍はウガンダを攻撃したと認めなかった。", &["ASSAULT KEN>UGA denied -"]),
    // An act is called off or put off; in the text, in headlines, behind the clause that had set it.
    ("ケニアとウガンダの首脳会談が中止になった。", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
    ("ケニアとウガンダの首脳会談が中止された。", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
    (
        "12日に予定されていたケニアとウガンダの首脳会談は取りやめとなった。",
        &["CONSULT KEN+UGA>KEN+UGA denied 2024-06-12"],
    ),
    ("ケニアとウガンダの外相会談は見送られた。", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
    ("ケニアとウガンダの首脳会談が流れた。", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
    ("ケニアとウガンダの首脳会談は白紙に戻った。", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
    ("ケニアとウガンダの首脳会談は延期となった。", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
    ("ケニアとウガンダの首脳会談は7月に延期された。", &["CONSULT KEN+UGA>KEN+UGA scheduled 2024-07"]),
    ("ケニアとウガンダの首脳会談は立ち消えになった。", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
    ("ケニアとウガンダの首脳会談は実現しなかった。", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
    ("ケニアとウガンダの首脳会談は開かれなかった。", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
    ("ケニアとウガンダの首脳会談は幻に終わった。", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
    ("ケニアの大統領、ウガンダ訪問を中止", &["CONSULT KEN>UGA denied -"]),
    ("ケニア大統領がウガンダ訪問を延期", &["CONSULT KEN>UGA denied -"]),
    ("ケニア・ウガンダ首脳会談、見送り", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
    ("ケニアとウガンダ、首脳会談を延期", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
    ("ケニア・ウガンダ首脳会談が中止に", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
    ("ケニアとウガンダの共同訓練、中止に", &["COOPERATE KEN+UGA>KEN+UGA denied -"]),
    ("ケニアとウガンダ、協定の署名を見送り", &["AGREE KEN+UGA>KEN+UGA denied -"]),
    ("ケニア、ウガンダへのガスの供給を見送り", &["COOPERATE KEN>UGA denied -"]),
    ("ケニア大統領のウガンダ訪問、取りやめ", &["CONSULT KEN>UGA denied -"]),
    ("ケニアの大統領は15日に予定していたウガンダ訪問を取りやめた。", &["CONSULT KEN>UGA denied 2024-06-15"]),
    (
        "ケニアの大統領は10日に予定していたウガンダの大統領との会談を取りやめた。",
        &["CONSULT KEN+UGA>KEN+UGA denied 2024-06-10", "REJECT KEN>UGA occurred -"],
    ),
    (
        "ケニア外務省は11日、大統領が15日に予定していたウガンダ訪問を中止すると発表した。",
        &["CONSULT KEN>UGA denied 2024-06-15"],
    ),
    (
        "ケニア外務省は11日、大統領とウガンダの大統領が15日に行う予定だった会談を中止すると発表した。",
        &["CONSULT KEN+UGA>KEN+UGA denied 2024-06-15", "REJECT KEN>UGA occurred 2024-06-11"],
    ),
    (
        "ケニア外務省は11日、大統領とウガンダの大統領の会談を7月に延期すると発表した。",
        &["CONSULT KEN+UGA>KEN+UGA scheduled 2024-07"],
    ),
    (
        "ケニアとウガンダは11日、15日に予定していた共同訓練を中止すると発表した。",
        &["COOPERATE KEN+UGA>KEN+UGA denied 2024-06-15"],
    ),
    (
        "ケニアは11日、15日に予定していたウガンダとの協定の署名を見送ると発表した。",
        &["AGREE KEN+UGA>KEN+UGA denied 2024-06-15"],
    ),
    (
        "ケニア国防省は11日、15日に予定していたインド洋での軍事演習を中止すると発表した。",
        &["MOBILIZE KEN>- denied 2024-06-15"],
    ),
    (
        "ケニア政府は11日、15日に予定していたウガンダへのガスの供給を見送ると発表した。",
        &["COOPERATE KEN>UGA denied 2024-06-15"],
    ),
    // Whoever refuses talks has refused; the talks themselves are not held.
    ("ケニアは、ウガンダとの会談に応じないと表明した。", &["REJECT KEN>UGA occurred -"]),
    ("ケニアは11日、ウガンダとの対話には応じない考えを示した。", &["REJECT KEN>UGA occurred 2024-06-11"]),
    ("ケニアは11日、ウガンダとの協議を打ち切った。", &["REJECT KEN>UGA occurred 2024-06-11"]),
    ("ケニア、ウガンダとの協議打ち切り", &["REJECT KEN>UGA occurred -"]),
    (
        "ケニア、ウガンダとの首脳会談を拒否",
        &["CONSULT KEN+UGA>KEN+UGA denied -", "REJECT KEN>UGA occurred -"],
    ),
    ("ケニアはウガンダとの交渉を拒んでいる。", &["REJECT KEN>UGA occurred -"]),
    (
        "ケニアは11日、ウガンダとの首脳会談を中止すると発表した。",
        &["CONSULT KEN+UGA>KEN+UGA denied -", "REJECT KEN>UGA occurred 2024-06-11"],
    ),
    // What has a day to come is planned, what has a day that is past is not.
    ("ケニアの大統領は14日にウガンダを訪問する。", &["CONSULT KEN>UGA scheduled 2024-06-14"]),
    ("ケニアの大統領は14日、ウガンダの大統領と会談。", &["CONSULT KEN+UGA>KEN+UGA scheduled 2024-06-14"]),
    ("ケニアの大統領は10日にウガンダを訪問する。", &["CONSULT KEN>UGA occurred 2024-06-10"]),
    ("ケニアの大統領は10日、ウガンダの大統領と会談する。", &["CONSULT KEN+UGA>KEN+UGA occurred 2024-06-10"]),
    ("ケニアとウガンダは14日、共同訓練を実施する。", &["COOPERATE KEN+UGA>KEN+UGA scheduled 2024-06-14"]),
    ("ケニア、14日にウガンダと首脳会談", &["CONSULT KEN+UGA>KEN+UGA scheduled 2024-06-14"]),
    ("ケニア、10日にウガンダと首脳会談", &["CONSULT KEN+UGA>KEN+UGA occurred 2024-06-10"]),
    ("ケニアとウガンダの首脳会談は14日に開かれる。", &["CONSULT KEN+UGA>KEN+UGA scheduled 2024-06-14"]),
    ("ケニアとウガンダの首脳会談は10日に開かれる。", &["CONSULT KEN+UGA>KEN+UGA occurred 2024-06-10"]),
    (
        "14日のケニアとウガンダの首脳会談では、貿易が議題となる。",
        &["CONSULT KEN+UGA>KEN+UGA scheduled 2024-06-14"],
    ),
    // What only stands beside such words is what it was.
    (
        "ケニアは9日、ウガンダの基地を攻撃した。10日にも攻撃する可能性がある。",
        &["ASSAULT KEN>UGA occurred 2024-06-09", "ASSAULT KEN>UGA hypothetical 2024-06-10"],
    ),
    (
        "ケニアの外相はウガンダを訪問したが、首脳会談は実現しなかった。",
        &["CONSULT KEN+UGA>KEN+UGA denied -", "CONSULT KEN>UGA occurred -"],
    ),
    ("ケニアはウガンダに対する制裁を見送った。", &["SANCTION KEN>UGA denied -"]),
    ("ケニアは、ウガンダと会談したが、合意は実現しなかった。", &["CONSULT KEN+UGA>KEN+UGA occurred -"]),
    ("ケニアとウガンダは会談を中断した。", &["CONSULT KEN+UGA>KEN+UGA denied -"]),
];

#[test]
fn what_is_denied_or_called_off_has_not_occurred() {
    let coder = Coder::new(&Lexicon::built_in()).unwrap();
    let join = |codes: &[String]| if codes.is_empty() { "-".to_owned() } else { codes.join("+") };
    let mut wrong = Vec::new();
    for (text, expected) in CASES {
        let source = Source {
            id: "undone".to_owned(),
            text: (*text).to_owned(),
            published: Some("2024-06-12".to_owned()),
            encoding: "UTF-8".to_owned(),
            ..Source::default()
        };
        let record = coder.code(&mut coder.worker(), &source);
        let mut found: Vec<String> = record
            .events
            .iter()
            .map(|event| {
                let status = format!("{:?}", event.status).to_lowercase();
                let date = event.date.as_deref().unwrap_or("-");
                let (source, target) = (join(&event.source), join(&event.target));
                format!("{} {source}>{target} {status} {date}", event.kind.name())
            })
            .collect();
        found.sort();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        if found != expected {
            wrong.push(format!("{text}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
