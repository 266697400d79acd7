//! What a sentence's grammar says of who said what: one line a construction.

#![allow(clippy::unwrap_used)]

use entente_base::Lexicon;
use entente_base::record::Speaker;
use entente_event::{Coder, Source};

/// Text, then its statements as `speaker: words` in order of the text; ` via X` where one relayed them.
type Case = (&'static str, &'static [&'static str]);

const CASES: &[Case] = &[
    // Each sentence of a quotation is a statement; so is each of several quotations side by side.
    (
        "ペルーのビスカラ大統領は「交渉はまだ終わっていない。来月にも再び会う」と述べた。",
        &["マルティン・ビスカラ: 交渉はまだ終わっていない", "マルティン・ビスカラ: 来月にも再び会う"],
    ),
    (
        "ペルーのビスカラ大統領は「交渉はまだ終わっていない」「来月にも再び会うだろう」と語った。",
        &["マルティン・ビスカラ: 交渉はまだ終わっていない", "マルティン・ビスカラ: 来月にも再び会うだろう"],
    ),
    // A quotation announced before it, or pointed back to.
    (
        "ペルーのビスカラ大統領は次のように述べた。「交渉はまだ終わっていない」。",
        &["マルティン・ビスカラ: 交渉はまだ終わっていない"],
    ),
    // A quotation makes any verb one of saying, but for those that name.
    (
        "ペルーのビスカラ大統領は「交渉はまだ終わっていない」と胸を張った。",
        &["マルティン・ビスカラ: 交渉はまだ終わっていない"],
    ),
    ("ペルー海軍は新しい艦を「カヤオの夜明け号」と名付けた。", &[]),
    // Releases: who speaks is marked by から, what is said by 旨.
    (
        "ペルーのビスカラ大統領から、チリの支援に感謝する旨述べ、協定を守る考えを伝えました。",
        &["マルティン・ビスカラ: チリの支援に感謝する", "マルティン・ビスカラ: 協定を守る"],
    ),
    (
        "ペルーのビスカラ大統領から、訪問を歓迎するとともに、協定の署名を嬉しく思う旨発言がありました。",
        &["マルティン・ビスカラ: 訪問を歓迎するとともに、協定の署名を嬉しく思う"],
    ),
    // A clause made a noun.
    ("ペルー海軍は5日、チリの漁船を拿捕したことを発表した。", &["ペルー海軍: チリの漁船を拿捕したこと"]),
    // What leads up to the words is no part of them; the subject of a quotation is.
    (
        "ペルーの国防省は会見を開き、チリの漁船が「領海に無断で入った」と主張した。",
        &["国防省: チリの漁船が「領海に無断で入った」"],
    ),
    // A reason before an act; a topic behind another act is the one that gives it.
    ("ペルーは漁船を拿捕し、チリは国際法の違反だとして強く非難した。", &["チリ: 国際法の違反だ"]),
    // A subject that the text does not make known is nobody, and no earlier speaker either.
    (
        "ペルー政府は、漁船は公海にいたと発表した。専門家は、交渉は長引くと語った。",
        &["ペルー: 漁船は公海にいた"],
    ),
    (
        "ペルー政府は、漁船は公海にいたと発表した。「悲しい知らせだ」とある支持者は話した。",
        &["ペルー: 漁船は公海にいた"],
    ),
    // A spokesman of another state is not the one named before.
    (
        "チリ外務省のモラレス報道官は、船は公海にいたと述べた。これに対し、ペルー海軍の報道官は「事実と異なる」と反論した。",
        &["モラレス: 船は公海にいた", "ペルー海軍: 事実と異なる"],
    ),
    // Who spoke goes on where the sentence ends in hearsay.
    (
        "ペルー海軍は、漁船を拿捕したと発表しました。漁船には8人が乗っていたということです。",
        &["ペルー海軍: 漁船を拿捕した", "ペルー海軍: 漁船には8人が乗っていた"],
    ),
    // An outlet speaks where a plain fact rests on it alone, and relays another's words.
    // Words that an outlet gives as another's are the other's.
    ("AFP通信はペルー海軍の話として、交渉が長引いたと伝えた。", &["ペルー海軍: 交渉が長引いた via AFP通信"]),
    // A verb of saying without する before a comma.
    (
        "ペルー海軍は、チリの船が領海に入ったと発表、警備の強化を命じた。",
        &["ペルー海軍: チリの船が領海に入った"],
    ),
    // Not whom what is answered tells of.
    (
        "チリ政府が協定を破棄したことに反発し、ペルー政府は大使を召還した。",
        &["ペルー: チリ政府が協定を破棄したこと"],
    ),
    ("AFP通信は、交渉が長引いたと伝えた。", &["AFP通信: 交渉が長引いた"]),
    (
        "ロイター通信によると、ペルーのビスカラ大統領は、交渉は終わったと述べた。",
        &["マルティン・ビスカラ: 交渉は終わった via ロイター通信"],
    ),
    (
        "ペルーのビスカラ大統領は交渉は終わったと述べたと、ロイター通信は伝えた。",
        &["マルティン・ビスカラ: 交渉は終わった via ロイター通信"],
    ),
    ("AFP通信によると、専門家は「交渉は長引くだろう」と話した。", &[]),
    // What another does inside the words, and what is not said yet, is told by nobody else.
    (
        "ペルーのビスカラ大統領は、チリが協定の改正を求め、交渉が長引いたと述べた。",
        &["マルティン・ビスカラ: チリが協定の改正を求め、交渉が長引いた"],
    ),
    ("ペルー政府は、チリが部隊の撤収を要求するとみている。", &["ペルー: チリが部隊の撤収を要求する"]),
    // A word explained is no words of a speaker.
    (
        "ペルー政府は、協定を守ると述べた。ここでいう枠組みとは、両国が協力する姿勢を示すものだ。",
        &["ペルー: 協定を守る"],
    ),
    // To deny is to say.
    ("ペルー政府は、漁船への発砲を否定した。", &["ペルー: 漁船への発砲"]),
    ("ペルー政府は、漁船への発砲を否定しなかった。", &[]),
    // What it holds an act to be.
    (
        "ペルー政府は、基地を攻撃したと発表した。兵士が犠牲になった襲撃への報復としている。",
        &["ペルー: 基地を攻撃した", "ペルー: 兵士が犠牲になった襲撃への報復"],
    ),
    ("ペルー政府は、これを強いチリへの警戒感と見ている。", &["ペルー: これを強いチリへの警戒感"]),
    ("ペルー政府は、ここを新しい艦隊の拠点としている。", &[]),
    // Who does what a passive tells.
    ("国連から即時の撤退を求められたペルー軍は、部隊を引き揚げた。", &["国連: 即時の撤退"]),
    // A ministry is pointed back to as such.
    (
        "ペルー外務省は5日、チリ海軍の艦を調べたと発表した。同省は「違法な操業だ」と説明し、調査を続けると強調した。",
        &["ペルー外務省: チリ海軍の艦を調べた", "ペルー外務省: 違法な操業だ", "ペルー外務省: 調査を続ける"],
    ),
    // A condition belongs to the quotation behind it; a request before it stands by itself.
    (
        "ペルー政府は、船を返すようチリに求め、応じなければ「対抗措置をとる」と警告した。",
        &["ペルー: 船を返すよう", "ペルー: 応じなければ「対抗措置をとる」"],
    ),
    // A headline signed with its speaker.
    ("漁船8隻を公海で拿捕=ペルー海軍\n\n漁船の話である。", &["ペルー海軍: 漁船8隻を公海で拿捕"]),
];

#[test]
fn statements() {
    let coder = Coder::new(&Lexicon::built_in()).unwrap();
    let mut worker = coder.worker();
    let mut wrong = Vec::new();
    for (text, wanted) in CASES {
        let record = coder.code(
            &mut worker,
            &Source {
                id: "test".to_owned(),
                text: (*text).to_owned(),
                title: None,
                published: None,
                url: None,
                publisher: None,
                encoding: "UTF-8".to_owned(),
                ..Source::default()
            },
        );
        let chars: Vec<char> = text.chars().collect();
        let name = |id: &String| {
            record
                .entities
                .iter()
                .find(|entity| entity.id == *id)
                .map_or(String::new(), |entity| entity.name.clone())
        };
        let found: Vec<String> = record
            .statements
            .iter()
            .map(|one| {
                let speaker = match &one.speaker {
                    Speaker::One(id) => name(id),
                    Speaker::Joint(ids) => ids.iter().map(name).collect::<Vec<_>>().join("+"),
                };
                let via = one.via.as_ref().map_or(String::new(), |via| format!(" via {}", name(via)));
                format!("{speaker}: {}{via}", one.content.text(&chars))
            })
            .collect();
        if found != *wanted {
            wrong.push(format!("{text}\n  wanted {wanted:?}\n  found  {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
