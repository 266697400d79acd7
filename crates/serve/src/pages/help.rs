//! Help: what the records hold, what the coder cannot do, the formats, and the API.

use crate::api;
use crate::fault::Fault;
use crate::page::{Page, Reader, View};
use crate::text;
use entente_account::Lang;
use entente_base::record::{DOMAINS, EventType, MEASURES, Status};
use entente_render::Listing;
use maud::{Markup, html};
use serde::Serialize;

/// Chapters: address, Japanese, English.
const TOPICS: [(&str, &str, &str); 5] = [
    ("", "手引き", "Help"),
    ("codebook", "符号化の手引き", "Codebook"),
    ("limits", "できないこと", "What it cannot do"),
    ("formats", "形式", "Formats"),
    ("api", "API", "API"),
];

/// Something explained.
#[derive(Serialize)]
struct Entry {
    name: String,
    text: String,
}

/// A section.
#[derive(Serialize, Default)]
struct Section {
    title: String,
    text: Vec<String>,
    entries: Vec<Entry>,
}

/// A chapter of the help.
#[derive(Serialize)]
pub(crate) struct Help {
    topic: &'static str,
    title: &'static str,
    sections: Vec<Section>,
}

pub(crate) fn make(reader: &mut Reader<'_>) -> Result<Help, Fault> {
    let view = reader.view();
    let asked = reader.asked.param("topic");
    let known = TOPICS.iter().find(|(topic, ..)| *topic == asked);
    let missing = || Fault::Missing { ja: "手引き", en: "chapter", name: text::plain(asked) };
    let (topic, ja, en) = *known.ok_or_else(missing)?;
    let sections = match topic {
        "codebook" => codebook(&view),
        "limits" => limits(&view),
        "formats" => formats(&view),
        "api" => interface(&view),
        _ => start(&view),
    };
    Ok(Help { topic, title: if view.lang() == Lang::Ja { ja } else { en }, sections })
}

fn section(view: &View<'_>, ja: &str, en: &str, text: &[(&str, &str)], entries: Vec<Entry>) -> Section {
    let say = |ja: &str, en: &str| if view.lang() == Lang::Ja { ja.to_owned() } else { en.to_owned() };
    Section { title: say(ja, en), text: text.iter().map(|(ja, en)| say(ja, en)).collect(), entries }
}

/// Names, each explained in both languages.
fn entries(view: &View<'_>, list: &[(&str, &str, &str)]) -> Vec<Entry> {
    let text = |ja: &str, en: &str| if view.lang() == Lang::Ja { ja.to_owned() } else { en.to_owned() };
    list.iter().map(|(name, ja, en)| Entry { name: (*name).to_owned(), text: text(ja, en) }).collect()
}

/// Names, each with its label.
fn labelled(view: &View<'_>, prefix: &str, names: &[&str]) -> Vec<Entry> {
    let label =
        |name: &&str| Entry { name: (*name).to_owned(), text: view.label(&format!("{prefix}.{name}")) };
    names.iter().map(label).collect()
}

fn start(view: &View<'_>) -> Vec<Section> {
    vec![
        section(
            view,
            "この閲覧室について",
            "About this room",
            &[
                (
                    "国と国の関係についての日本語の記事から、だれがだれに何をしたか、だれが何を言ったかを読み取り、並べています。どの行からも、もとの記事のその言葉へ行けます。",
                    "Japanese news on relations between states is read for who did what to whom and who said what. Every line leads to the words of the article that support it.",
                ),
                (
                    "「独立の出所」は、同じ通信社や同じ文面から出た記事を一つと数えたものです。記事が多くても、出所が一つなら一つの声です。",
                    "“Independent origins” counts articles of one agency, or of one text, once: many articles of one origin are one voice.",
                ),
                (
                    "出所が食い違うときは、どちらも残して並べます。どちらが正しいとは言いません。",
                    "Where sources disagree, both sides are kept beside each other; none is called right.",
                ),
            ],
            vec![],
        ),
        section(
            view,
            "検索の書き方",
            "How to search",
            &[],
            entries(
                view,
                &[
                    ("習近平 会談", "両方の語を含む記事", "articles with both words"),
                    ("\"共同声明\"", "この通りの語句", "this very phrase"),
                    ("-台湾", "この語を含まない記事", "without this word"),
                    (
                        "state:CHN",
                        "この国についての記事。state:中露 のような組も書ける",
                        "articles about a state, or a pair such as state:中露",
                    ),
                    ("type:CONSULT", "この種類の出来事がある記事", "articles with an event of this type"),
                    ("date:2024-05..2024-08", "この間に発行された記事", "published within this time"),
                    ("speaker:習近平", "この人の発言がある記事", "articles in which this person speaks"),
                ],
            ),
        ),
        section(
            view,
            "キー操作",
            "Keys",
            &[],
            entries(
                view,
                &[(
                    "n / p",
                    "記事のページで、次・前の項目へ",
                    "on the page of an article, to the next or the previous item",
                )],
            ),
        ),
    ]
}

fn codebook(view: &View<'_>) -> Vec<Section> {
    let types =
        EventType::ALL.map(|kind| Entry { name: kind.name().to_owned(), text: view.kind(kind, None) });
    let measures = MEASURES
        .map(|name| Entry { name: name.to_owned(), text: view.room.words.measure(name, view.lang()) });
    vec![
        section(
            view,
            "記録の中身",
            "What a record holds",
            &[(
                "記事一つから記録一つを作ります。項目はどれも、本文のどこにあるか（符号位置）、どの規則で作ったかを持ちます。本文にないことは書きません。",
                "Each article makes one record. Every item says where in the text it stands (code points) and which rule made it. What the text does not say stays unknown.",
            )],
            entries(
                view,
                &[
                    (
                        "mentions",
                        "国・人・組織・場所を指す語",
                        "words that name a state, a person, an organization or a place",
                    ),
                    (
                        "entities",
                        "その語が指す相手。同じ人や組織は一つにまとめる",
                        "whom these words mean; one person or body is one entity",
                    ),
                    ("times", "日時の語と、その値", "expressions of time with their values"),
                    (
                        "figures",
                        "数値と、単位・何の値か・どの国の・いつの",
                        "numbers with unit, measure, states and period",
                    ),
                    ("events", "だれがだれに何をしたか", "who did what to whom"),
                    (
                        "statements",
                        "だれかのものとされた言葉や考え",
                        "words and thoughts attributed to a speaker",
                    ),
                    ("commitments", "すると述べたこと", "what actors say they will do"),
                    ("positions", "争点についてどこに立つか", "where actors stand on issues"),
                    ("terms", "記事が自ら説明する用語", "terms that the article itself explains"),
                ],
            ),
        ),
        section(
            view,
            "出来事の種類（PLOVER）",
            "Types of events (PLOVER)",
            &[(
                "主体（source）が相手（target）にしたこと。みなで一緒にしたことは、主体と相手が同じです。",
                "What a source did to a target; where all did it together, both are the same.",
            )],
            types.into(),
        ),
        section(
            view,
            "出来事の状態",
            "Status of events",
            &[("本文がそれをどこまで確かなこととして述べているか。", "How real the text says that it is.")],
            labelled(view, "status", &Status::NAMES),
        ),
        section(view, "分野", "Domains", &[], labelled(view, "domain", &DOMAINS)),
        section(
            view,
            "発言の種類",
            "Kinds of statement",
            &[(
                "引用符の中も地の文も、だれかのものとされた言葉は発言です。話者がはっきりしないものは作りません。",
                "Words attributed to somebody are statements, quoted or not; without a speaker there is none.",
            )],
            labelled(
                view,
                "act",
                &[
                    "assert",
                    "assess",
                    "praise",
                    "criticize",
                    "call",
                    "pledge",
                    "deny",
                    "warn",
                    "explain",
                    "thank",
                ],
            ),
        ),
        section(
            view,
            "立場",
            "Stances",
            &[],
            labelled(view, "stance", &["support", "oppose", "understanding", "neutral", "concern"]),
        ),
        section(
            view,
            "約束のその後",
            "What becomes of pledges",
            &[(
                "後の記事が伝えたことだけで判断します。期限切れは、読む人が日付を指定したときだけ示します。",
                "Judged by what later articles report alone. Overdue is said only of a day that the reader gives.",
            )],
            labelled(view, "pledge", &["done", "changed", "dropped", "overdue", "open"]),
        ),
        section(view, "数値の種類", "Measures", &[], measures.into()),
        section(
            view,
            "確信度",
            "Confidence",
            &[(
                "0 から 1。同じ値の項目がどれほど正しかったかを、人手で印をつけた記事で確かめて定めています。真偽の度合いではなく、読み取りの確かさです。",
                "From 0 to 1, set by how often items of the same value were right in marked articles: how sure the reading is, not how true the news.",
            )],
            vec![],
        ),
    ]
}

fn limits(view: &View<'_>) -> Vec<Section> {
    vec![
        section(
            view,
            "届いていないこと",
            "What is not reached",
            &[
                (
                    "出来事：初めて見る記事では、読む人が印をつける出来事のおよそ半分を正しい当事者とともに見つけます。見つけたもののうち正しいのは十のうち七ほどです。名詞でふれただけのこと、当事者が何文も前にあることをよく落とします。",
                    "Acts: on unseen articles about half of those that a reader marks are found with the right parties, and about seven in ten of those found are right. Acts named in passing by a noun, and those whose parties stand sentences away, are often missed.",
                ),
                (
                    "出来事の日付：初めて見る記事で正しいのは 0.70〜0.76 ほど。自分の日付を持たない出来事は、前の文の日と取り違えることがあります。",
                    "Dates of acts: right in about 0.70 to 0.76 of cases on unseen articles; an act without a date of its own may be given that of a sentence before.",
                ),
                (
                    "数値：値は十のうち九より多く正しいものの、だれの・何の・いつの値かまで全部正しいのは半分より少ないです。",
                    "Figures: the value is right more than nine times in ten; all of whose, what and when together less than half the time.",
                ),
                (
                    "話者：辞書になく、肩書も名乗りもない話者は見つからないことがあります。",
                    "Speakers whom the lexicon does not know and the text names without a title may be missed.",
                ),
                (
                    "確信度：発言の確信度は、初めて見る記事では 0.08 ほど高すぎます。",
                    "Confidence: that of statements is about 0.08 too high on unseen articles.",
                ),
            ],
            vec![],
        ),
        section(
            view,
            "わざと扱わないこと",
            "Left out on purpose",
            &[(
                "長さ・時刻・順番としての時間、一つの国の中だけのこと、恐れや仮定だけのこと、企業・団体・個人だけのこと。",
                "Durations, clock times and ordinals as times; acts inside one state; acts only feared or supposed; acts of firms, clubs and private persons.",
            )],
            vec![],
        ),
        section(
            view,
            "この閲覧室の限り",
            "Bounds of this room",
            &[(
                "立場・約束・食い違い・語り方・人物のページは、条件に合う新しい文書から順に、決まった件数まで読みます。どこまで読んだかはページに書いてあり、「それより前」で続きを読めます。",
                "Positions, pledges, disagreements, framings and persons are read from a bounded number of documents, the latest first. Each page says which it read, and leads to the earlier ones.",
            )],
            vec![],
        ),
    ]
}

fn formats(view: &View<'_>) -> Vec<Section> {
    vec![
        section(
            view,
            "同じ番地のデータ",
            "A page as data",
            &[(
                "どのページも、番地の終わりに .json か .csv をつけると、ページが示すものがそのまま得られます。条件も同じです。はじめのページは /index.json です。",
                "Every page is its own data: the same address with .json or .csv, with the same parameters. The front page is /index.json.",
            )],
            entries(
                view,
                &[
                    (
                        ".json",
                        "ページが示すもの全部。言葉には本文での位置がつく",
                        "all that the page shows; words have their places in the text",
                    ),
                    (
                        ".csv",
                        "ページの一覧。UTF-8（BOM つき）、RFC 4180。計算式になりうるセルの頭には ' がつく",
                        "the list of the page; UTF-8 with a byte order mark, RFC 4180; a cell that a spreadsheet would compute begins with '",
                    ),
                    (
                        "/pledges.ics",
                        "約束と予定の暦。日まで分かるものは終日の予定、ほかは日付を言葉で書いた ToDo",
                        "pledges and plans as a calendar: those of a precise day as all-day events, the others as things to do with their date in words",
                    ),
                ],
            ),
        ),
        section(
            view,
            "日付",
            "Dates",
            &[("ISO 8601 と EDTF レベル 1。", "ISO 8601 and EDTF level 1.")],
            entries(
                view,
                &[
                    (
                        "2024 / 2024-05 / 2024-05-16",
                        "年・月・日まで分かるもの",
                        "known to the year, the month, the day",
                    ),
                    ("2025-05-07/2025-05-10", "期間", "from one day to another"),
                    ("2013/..", "いつからかだけ分かるもの", "with an open end"),
                    ("XXXX-05-07", "年が分からないもの", "of an unknown year"),
                ],
            ),
        ),
        section(
            view,
            "番地",
            "Addresses",
            &[(
                "番地は長くもつので、引用に使えます。/document/ID?at=始-終 は本文のその言葉を示します。位置は Unicode の符号位置で数え、終わりは含みません。",
                "Addresses last and may be cited. /document/ID?at=START-END shows the very words; offsets count Unicode code points, the end excluded.",
            )],
            vec![],
        ),
    ]
}

fn interface(view: &View<'_>) -> Vec<Section> {
    let pages = api::PAGES.iter().map(|address| {
        let parameters = api::described(address, view.lang());
        let parameters: Vec<String> =
            parameters.iter().map(|(name, what)| format!("{name} = {what}")).collect();
        let what = if view.lang() == Lang::Ja { address.ja } else { address.en };
        let text = if parameters.is_empty() {
            what.to_owned()
        } else {
            format!("{what} — {}", parameters.join(view.say("、", "; ")))
        };
        Entry { name: address.path.to_owned(), text }
    });
    vec![
        section(
            view,
            "使い方",
            "Use",
            &[
                (
                    "読むだけなら鍵は要りません。OpenAPI 3.1 の記述は /openapi.json にあります。",
                    "Reading needs no key. /openapi.json is the description in OpenAPI 3.1.",
                ),
                (
                    "言語は lang=ja か lang=en、なければ Accept-Language で決まります。ETag を送り返すと、変わっていなければ 304 を返します。",
                    "The language is that of lang=ja or lang=en, else of Accept-Language. An ETag sent back is answered 304 where nothing changed.",
                ),
                (
                    "誤りは {\"error\": {\"message\", \"help\"}} として返ります。",
                    "Errors come as {\"error\": {\"message\", \"help\"}}.",
                ),
            ],
            vec![],
        ),
        section(view, "番地", "Addresses", &[], pages.collect()),
    ]
}

impl Page for Help {
    fn title(&self, _view: &View<'_>) -> String {
        self.title.to_owned()
    }

    fn body(&self, view: &View<'_>) -> Markup {
        html! {
            nav.months aria-label=(view.say("手引きの章", "Chapters")) { ul.plain { @for (topic, ja, en) in TOPICS {
                @let here = topic == self.topic;
                li { a href=(if topic.is_empty() { "/help".to_owned() } else { format!("/help/{topic}") }) aria-current=[here.then_some("page")] { (view.say(ja, en)) } }
            } } }
            div.help { @for section in &self.sections { section {
                h2 { (section.title) }
                @for paragraph in &section.text { p { (paragraph) } }
                @if !section.entries.is_empty() { dl { @for entry in &section.entries { dt { code { (entry.name) } } dd { (entry.text) } } } }
            } } }
            @if self.topic == "api" { p { a href="/openapi.json" { "/openapi.json" } } }
        }
    }

    fn listing(&self, view: &View<'_>) -> Listing {
        let heads = vec![
            view.head("section", "節", "section"),
            view.head("name", "名", "name"),
            view.head("text", "説明", "text"),
        ];
        let mut rows = Vec::new();
        for section in &self.sections {
            rows.extend(
                section.text.iter().map(|text| vec![section.title.clone(), String::new(), text.clone()]),
            );
            let of = |entry: &Entry| vec![section.title.clone(), entry.name.clone(), entry.text.clone()];
            rows.extend(section.entries.iter().map(of));
        }
        Listing { heads, rows, ..Listing::default() }
    }
}
