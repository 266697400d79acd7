use super::*;
use crate::types::{Aspect, Case, Label, Link, Modality, Tense, Voice};
use entente_base::Span;
use entente_token::Tokenizer;
use std::sync::OnceLock;

fn tokenizer() -> &'static Tokenizer {
    static ONE: OnceLock<Tokenizer> = OnceLock::new();
    ONE.get_or_init(|| Tokenizer::new([]).unwrap())
}

fn reader() -> &'static ClauseReader {
    static ONE: OnceLock<ClauseReader> = OnceLock::new();
    ONE.get_or_init(|| ClauseReader::new(&Lexicon::built_in()).unwrap())
}

/// Reads a sentence with labels marked as `{習近平|P}`: S, P, O, L, T or F.
fn read(marked: &str) -> (Vec<char>, Analysis) {
    let (mut chars, mut labels, mut start) = (Vec::new(), Vec::new(), 0);
    let mut marks = marked.chars();
    while let Some(c) = marks.next() {
        match c {
            '{' => start = chars.len(),
            '|' => {
                let label = match marks.next() {
                    Some('S') => Label::State,
                    Some('P') => Label::Person,
                    Some('O') => Label::Organization,
                    Some('L') => Label::Place,
                    Some('T') => Label::Time,
                    _ => Label::Figure,
                };
                labels.push(Labelled { span: Span::new(start, chars.len()), label });
                assert_eq!(marks.next(), Some('}'));
            }
            c => chars.push(c),
        }
    }
    let (mut quotes, mut open) = (Vec::new(), Vec::new());
    for (index, c) in chars.iter().enumerate() {
        match c {
            '「' | '『' => open.push(index),
            '」' | '』' => {
                if let Some(start) = open.pop() {
                    quotes.push(QuoteSpan {
                        outer: Span::new(start, index + 1),
                        inner: Span::new(start + 1, index),
                    });
                }
            }
            _ => {}
        }
    }
    quotes.sort_by_key(|quote| quote.outer.start);
    let kind = if chars.last() == Some(&'。') { SentenceKind::Body } else { SentenceKind::Heading };
    let sentence = Sentence { span: Span::new(0, chars.len()), kind, paragraph: 0 };
    let tokens = tokenizer().worker().tokenize(&chars, &sentence);
    let analysis = reader().read(&chars, 0, &sentence, tokens, &quotes, &labels);
    (chars, analysis)
}

/// One line for each clause: link, lemma, features that are not plain, `<carried>`, arguments (`~` shared).
fn lines(marked: &str) -> Vec<String> {
    let (chars, analysis) = read(marked);
    let mut lines = Vec::new();
    for clause in &analysis.clauses {
        let predicate = &clause.predicate;
        let mut line = format!("{:?} {}", clause.link, predicate.lemma);
        if predicate.negated {
            line.push_str(" not");
        }
        if predicate.tense == Tense::Past {
            line.push_str(" past");
        }
        if predicate.voice != Voice::Active {
            line.push_str(&format!(" {:?}", predicate.voice));
        }
        if predicate.aspect != Aspect::Simple {
            line.push_str(&format!(" {:?}", predicate.aspect));
        }
        for modality in &predicate.modality {
            line.push_str(&format!(" {modality:?}"));
        }
        if let Some(carried) = clause.carried {
            line.push_str(&format!(" <{}>", carried.noun.text(&chars)));
        }
        for argument in &clause.arguments {
            let shared = if argument.shared { "~" } else { "" };
            line.push_str(&format!(" {:?}{shared}={}", argument.case, argument.span.text(&chars)));
        }
        lines.push(line);
    }
    lines
}

/// Sentences with all their clauses.
const TABLE: &[(&str, &[&str])] = &[
    (
        "{韓国|S}は、{米国|S}の要請を受け、{尹|P}大統領が{来週|T}{ドイツ|S}を訪問し、会合に出席すると発表した。",
        &[
            "And 受ける Benefactive <要請> Ga~=韓国 Wo=米国の要請",
            "And 訪問する Ga=尹大統領 Bare=来週 Wo=ドイツ",
            "Content 出席する <会合> Ga~=尹大統領 Ni=会合",
            "Final 発表する past Ga=韓国",
        ],
    ),
    (
        "{トルコ|S}が、島は自国の領土だと主張し、{ギリシャ|S}を批判した。",
        &[
            "Content 領土だ Ga=島 No=自国",
            "And 主張する Ga=トルコ",
            "Final 批判する past Ga~=トルコ Wo=ギリシャ",
        ],
    ),
    (
        "{イスラエル|S}と、{レバノン|S}を拠点とする{ヒズボラ|O}との停戦が発効した。",
        &[
            "Adnominal する Wo=レバノン To=拠点",
            "Final 発効する past Ga=イスラエルと、レバノンを拠点とするヒズボラとの停戦",
        ],
    ),
    (
        "{コンゴ|S}の{チセケディ|P}大統領が{ドーハ|L}で予告なしに会談した。",
        &[
            "Nominal ない not <予告> Ga~=コンゴのチセケディ大統領 Bare=予告",
            "Final 会談する past Ga=コンゴのチセケディ大統領 De=ドーハ",
        ],
    ),
    (
        "{英国防省|O}が{エストニア|S}を後押しするため艦艇の派遣を公表した。",
        &["Purpose 後押しする Ga=英国防省 Wo=エストニア", "Final 公表する past Ga~=英国防省 Wo=艦艇の派遣"],
    ),
    (
        "{ラオス|S}の電力が{マレーシア|S}を経て{シンガポール|S}に流れ込んだ。",
        &["And 経る Ga=ラオスの電力 Wo=マレーシア", "Final 流れ込む past Ga~=ラオスの電力 Ni=シンガポール"],
    ),
    (
        "{中国|S}の{王毅|P}外相は{5日|T}、{ロシア|S}の{ラブロフ|P}外相と{北京|L}で会談した。",
        &["Final 会談する past Ga=中国の王毅外相 Bare=5日 To=ロシアのラブロフ外相 De=北京"],
    ),
    (
        "{習近平|P}国家主席と{プーチン|P}大統領は共同声明に署名した。",
        &["Final 署名する past Ga=習近平国家主席とプーチン大統領 Ni=共同声明"],
    ),
    (
        "{日本|S}と{インド|S}が{インド洋|L}で共同訓練を行った。",
        &["Final 行う past <共同訓練> Ga=日本とインド De=インド洋 Wo=共同訓練"],
    ),
    (
        "{米国|S}が主導する軍事演習に{韓国|S}軍が参加した。",
        &["Adnominal 主導する Ga=米国", "Final 参加する past <軍事演習> Ni=米国が主導する軍事演習 Ga=韓国軍"],
    ),
    (
        "{ロシア|S}によるウクライナ侵攻に対する制裁を{EU|O}が発表した。",
        &["Final 発表する past Wo=ロシアによるウクライナ侵攻に対する制裁 Ga=EU"],
    ),
    (
        "{1945年|T}に終結した戦争の犠牲者を追悼する式典に出席するため{中国|S}を訪れている{セルビア|S}の{ブチッチ|P}大統領は演説しなかった。",
        &[
            "Adnominal 終結する past Ni=1945年",
            "Adnominal 追悼する Wo=1945年に終結した戦争の犠牲者",
            "Purpose 出席する <式典> Ni=1945年に終結した戦争の犠牲者を追悼する式典",
            "Adnominal 訪れる Ongoing Wo=中国",
            "Final 演説する not past Ga=1945年に終結した戦争の犠牲者を追悼する式典に出席するため中国を訪れているセルビアのブチッチ大統領",
        ],
    ),
    (
        "{北朝鮮|S}の外務省は{米国|S}に批判された。",
        &["Final 批判する past Passive Ga=北朝鮮の外務省 Ni=米国"],
    ),
    (
        "{ロシア|S}は{トルコ|S}に仲介を行わせた。",
        &["Final 行う past Causative <仲介> Ga=ロシア Ni=トルコ Wo=仲介"],
    ),
    (
        "{ウクライナ|S}は{米国|S}に兵器を供与してもらった。",
        &["Final 供与する past Benefactive Ga=ウクライナ Ni=米国 Wo=兵器"],
    ),
    (
        "{ポーランド|S}は{ドイツ|S}から支援を受けた。",
        &["Final 受ける past Benefactive <支援> Ga=ポーランド Kara=ドイツ Wo=支援"],
    ),
    (
        "両国の首脳会談が{東京|L}で開かれた。",
        &["Final 開く past Passive <首脳会談> Ga=両国の首脳会談 De=東京"],
    ),
    (
        "{イラン|S}は交渉を打ち切り、{イスラエル|S}を攻撃した。",
        &["And 打ち切る Cancelled <交渉> Ga~=イラン Wo=交渉", "Final 攻撃する past Ga=イラン Wo=イスラエル"],
    ),
    (
        "{韓国|S}の大統領府は、{北朝鮮|S}が弾道ミサイルを発射したと発表した。",
        &["Content 発射する past Ga=北朝鮮 Wo=弾道ミサイル", "Final 発表する past Ga=韓国の大統領府"],
    ),
    (
        "{フランス|S}の{マクロン|P}大統領は「{欧州|L}は自立すべきだ」と述べた。",
        &["Content 自立する Obliged Ga=欧州", "Final 述べる past Ga=フランスのマクロン大統領"],
    ),
    (
        "{トルコ|S}外務省は「攻撃を強く非難する。{イスラエル|S}は直ちに停止しなければならない」との声明を出した。",
        &[
            "Final 非難する Wo=攻撃",
            "Content 停止する Obliged Ga=イスラエル",
            "Final 出す past <声明> Ga=トルコ外務省 Wo=攻撃を強く非難する。イスラエルは直ちに停止しなければならない」との声明",
        ],
    ),
    (
        "{オーストラリア|S}政府は{来月|T}、{フィジー|S}に代表団を派遣する予定だ。",
        &["Final 派遣する Scheduled Ga=オーストラリア政府 Bare=来月 Ni=フィジー Wo=代表団"],
    ),
    (
        "{英国|S}は{中国|S}との対話を再開する方針を示した。",
        &[
            "Adnominal 再開する Begun Scheduled <対話> Ga~=英国 Wo=中国との対話",
            "Final 示す past Ga=英国 Wo=中国との対話を再開する方針",
        ],
    ),
    (
        "{サウジアラビア|S}は石油の増産を見送った。",
        &["Final 見送る past Cancelled <増産> Ga=サウジアラビア Wo=石油の増産"],
    ),
    (
        "{イラン|S}は核開発を続けるのを断念した。",
        &[
            "Nominal 続ける Ongoing Cancelled <核開発> Ga~=イラン Wo=核開発",
            "Final 断念する past Ga=イラン Wo=核開発を続けるの",
        ],
    ),
    (
        "両首脳は会談し、貿易を拡大することで一致した。",
        &[
            "And 会談する Ga~=両首脳",
            "Nominal 拡大する Scheduled <貿易> Ga~=両首脳 Wo=貿易",
            "Final 一致する past Ga=両首脳 De=貿易を拡大すること",
        ],
    ),
    ("{ロシア|S}が{来年|T}撤退する可能性がある。", &["Final 撤退する Possible Ga=ロシア Bare=来年"]),
    (
        "{日本|S}は{ロシア|S}に対し、直ちに撤退するよう求めた。",
        &["Request 撤退する Requested Ga~=ロシア", "Final 求める past Ga=日本 Against=ロシア"],
    ),
    (
        "{中国|S}は{米国|S}に台湾への武器の売却をやめるよう要求した。",
        &[
            "Request やめる Requested Cancelled <売却> Ga~=米国 Wo=台湾への武器の売却",
            "Final 要求する past Ga=中国 Ni=米国",
        ],
    ),
    (
        "{米国|S}が制裁を強化すれば、{イラン|S}は報復する。",
        &["If 強化する Conditional <制裁> Ga=米国 Wo=制裁", "Final 報復する Ga=イラン"],
    ),
    (
        "{ブラジル|S}は提案に反対しているとみられる。",
        &["Final 反対する Ongoing Inferred Ga=ブラジル Ni=提案"],
    ),
    (
        "{AFP通信|O}によると、{マリ|S}軍は拠点を奪還したという。",
        &["Final 奪還する past Hearsay AccordingTo=AFP通信 Ga=マリ軍 Wo=拠点"],
    ),
    (
        "{インド|S}と{パキスタン|S}の停戦は続いている。",
        &["Final 続く Ongoing <停戦> Ga=インドとパキスタンの停戦"],
    ),
    (
        "{ロシア|S}と{ベラルーシ|S}は合同演習を始めた。",
        &["Final 始める past Begun <合同演習> Ga=ロシアとベラルーシ Wo=合同演習"],
    ),
    (
        "{EU|O}は{中国|S}製の電気自動車に追加関税を課すことを検討している。",
        &[
            "Nominal 課す Considered <追加関税> Ga~=EU Ni=中国製の電気自動車 Wo=追加関税",
            "Final 検討する Ongoing Ga=EU Wo=中国製の電気自動車に追加関税を課すこと",
        ],
    ),
    (
        "{エジプト|S}、{カタール|S}、{米国|S}の代表が停戦案を協議した。",
        &["Final 協議する past Ga=エジプト、カタール、米国の代表 Wo=停戦案"],
    ),
    (
        "{上海協力機構|O}(SCO)を通じて両国は協力を深めてきた。",
        &["Final 深める past Ongoing <協力> Through=上海協力機構 Ga=両国 Wo=協力"],
    ),
    (
        "{米国|S}は攻撃せずに部隊を撤収させた。",
        &["And 攻撃する not Ga~=米国", "Final 撤収する past Causative Ga=米国 Wo=部隊"],
    ),
    ("会談は実現しなかった。", &["Final 実現する not past <会談> Ga=会談"]),
    (
        "{ドイツ|S}は戦車を送らない考えを明らかにした。",
        &[
            "Adnominal 送る not Intended Ga~=ドイツ Wo=戦車",
            "Final 明らかにする past Ga=ドイツ Wo=戦車を送らない考え",
        ],
    ),
    (
        "{北朝鮮|S}はミサイルを発射した。これに対し、{韓国|S}は抗議した。",
        &["Final 発射する past Ga=北朝鮮 Wo=ミサイル", "Final 抗議する past Against=これ Ga=韓国"],
    ),
    ("{中国|S}、{台湾|L}周辺で軍事演習", &["Final 演習する Ga=中国 De=台湾周辺"]),
    ("{米|S}、対{中|S}関税を引き上げ", &["Final 引き上げる Ga=米 Wo=対中関税"]),
    ("露朝首脳会談へ", &["Final 会談する Scheduled"]),
    ("{習近平|P}氏、{ラブロフ|P}外相と会談", &["Final 会談する Ga=習近平氏 To=ラブロフ外相"]),
    (
        "{日本|S}、{中国|S}に抗議　駆逐艦が領海侵入",
        &["Final 抗議する Ga=日本 Ni=中国", "Final 侵入する Ga=駆逐艦"],
    ),
    (
        "{カナダ|S}は{インド|S}の外交官6人を追放し、{インド|S}も報復措置を取った。",
        &["And 追放する Ga=カナダ Wo=インドの外交官6人", "Final 取る past <報復措置> Ga=インド Wo=報復措置"],
    ),
    (
        "{フィリピン|S}の沿岸警備隊は、{中国|S}の船が自国の船に放水したとして強く非難した。",
        &["Content 放水する past Ga=中国の船 Ni=自国の船", "Final 非難する past Ga=フィリピンの沿岸警備隊"],
    ),
    (
        "{イスラエル|S}が空爆したことを受け、{イラン|S}は報復を示唆した。",
        &["Because 空爆する past Ga=イスラエル", "Final 示唆する past Ga=イラン Wo=報復"],
    ),
    (
        "政府が進める計画は住民の反対で中止された。",
        &[
            "Adnominal 進める Ga=政府",
            "Final 中止する past Passive Cancelled <計画> Ga=政府が進める計画 De=住民の反対",
        ],
    ),
    (
        "{スウェーデン|S}の加盟に反対していた{トルコ|S}が賛成に転じた。",
        &[
            "Adnominal 反対する past Ongoing Ni=スウェーデンの加盟",
            "Final 転じる past Ga=スウェーデンの加盟に反対していたトルコ Ni=賛成",
        ],
    ),
    (
        "{ロシア|S}の大統領は{中国|S}の主席に祝電を送り、関係を発展させたいと伝えた。",
        &[
            "And 送る Ga~=ロシアの大統領 Ni=中国の主席 Wo=祝電",
            "Content 発展する Causative Wished Ga~=ロシアの大統領 Wo=関係",
            "Final 伝える past Ga=ロシアの大統領",
        ],
    ),
    (
        "{パナマ|S}は{台湾|S}と断交し、{中国|S}と国交を樹立した。",
        &["And 断交する Ga~=パナマ To=台湾", "Final 樹立する past Ga=パナマ To=中国 Wo=国交"],
    ),
    (
        "{タリバン|O}は、交渉には応じないと繰り返し表明している。",
        &[
            "Content 応じる not <交渉> Ga~=タリバン Ni=交渉",
            "And 繰り返す Ga~=タリバン",
            "Final 表明する Ongoing Ga=タリバン",
        ],
    ),
    (
        "{ベトナム|S}は{米国|S}の空母の寄港を受け入れたが、{中国|S}を刺激することは避けた。",
        &[
            "But 受け入れる past Ga~=ベトナム Wo=米国の空母の寄港",
            "Nominal 刺激する Cancelled Ga~=ベトナム Wo=中国",
            "Final 避ける past Ga=ベトナム Wo=中国を刺激すること",
        ],
    ),
    (
        "攻撃が相次いでいるため、{国連|O}は要員を退避させた。",
        &["Because 相次ぐ Ongoing <攻撃> Ga=攻撃", "Final 退避する past Causative Ga=国連 Wo=要員"],
    ),
    (
        "{キューバ|S}の外相は、{米国|S}の制裁は国際法に違反すると主張した。",
        &["Content 違反する Ga=米国の制裁 Ni=国際法", "Final 主張する past Ga=キューバの外相"],
    ),
    ("輸出は伸びが鈍化した。", &["Final 鈍化する past About=輸出 Ga=伸び"]),
    ("その計画は{米国|S}が進めている。", &["Final 進める Ongoing <計画> Wo=その計画 Ga=米国"]),
    (
        "{日本|S}政府は、{北朝鮮|S}に核の放棄を促すよう{中国|S}に働きかける意向だ。",
        &[
            "Request 促す Requested <放棄> Ni=北朝鮮 Wo=核の放棄 Ga~=中国",
            "Final 働きかける Intended Ga=日本政府 Ni=中国",
        ],
    ),
    ("{北朝鮮|S}は対話に応じるべきだ。", &["Final 応じる Obliged <対話> Ga=北朝鮮 Ni=対話"]),
    (
        "{ペルー|S}の大統領が{来週|T}{日本|S}を訪問する見通しとなった。",
        &["Final 訪問する Scheduled Ga=ペルーの大統領 Bare=来週 Wo=日本"],
    ),
    (
        "{チリ|S}は{ボリビア|S}との国境を閉鎖しないことを決めた。",
        &[
            "Nominal 閉鎖する not Scheduled Ga~=チリ Wo=ボリビアとの国境",
            "Final 決める past Ga=チリ Wo=ボリビアとの国境を閉鎖しないこと",
        ],
    ),
    (
        "{ハンガリー|S}はEUの決議に賛成しなければならないわけではない。",
        &["Final 賛成する not Obliged Ga=ハンガリー Ni=EUの決議"],
    ),
    (
        "{ロシア|S}側は、{NATO|O}が部隊を増やしているとして対抗措置を取ると警告し、撤回を求めた。",
        &[
            "Content 増やす Ongoing Ga=NATO Wo=部隊",
            "Content 取る <対抗措置> Ga~=ロシア側 Wo=対抗措置",
            "And 警告する Ga~=ロシア側",
            "Final 求める past Requested <撤回> Ga=ロシア側 Wo=撤回",
        ],
    ),
    ("{スーダン|S}の停戦は守られなかった。", &["Final 守る not past Passive Ga=スーダンの停戦"]),
    (
        "{モンゴル|S}を訪問していた{ドイツ|S}の{ショルツ|P}首相は{3日|T}、{北京|L}に到着し、{李強|P}首相と会談した。",
        &[
            "Adnominal 訪問する past Ongoing Wo=モンゴル",
            "And 到着する Ga~=モンゴルを訪問していたドイツのショルツ首相 Bare~=3日 Ni=北京",
            "Final 会談する past Ga=モンゴルを訪問していたドイツのショルツ首相 Bare=3日 To=李強首相",
        ],
    ),
    (
        "{イラク|S}政府は、国境での軍事作戦を開始したと伝えられる。",
        &["Final 開始する past Begun Hearsay <軍事作戦> Ga=イラク政府 Wo=国境での軍事作戦"],
    ),
    (
        "{アルメニア|S}と{アゼルバイジャン|S}は和平条約の草案で合意したが、署名には至っていない。",
        &[
            "But 合意する past Ga~=アルメニアとアゼルバイジャン De=和平条約の草案",
            "Final 至る not Ongoing <署名> Ga=アルメニアとアゼルバイジャン Ni=署名",
        ],
    ),
    (
        "{習|P}氏は訪問先で「友好は永遠だ」「協力を深めたい」と語った。",
        &[
            "Content 永遠だ Ga=友好",
            "Content 深める Wished <協力> Ga~=習氏 Wo=協力",
            "Final 語る past Ga=習氏 De=訪問先",
        ],
    ),
    (
        "{米国|S}の提案を{イラン|S}が拒否したため、協議は中断した。",
        &[
            "Because 拒否する past Cancelled <提案> Wo=米国の提案 Ga=イラン",
            "Final 中断する past Cancelled <協議> Wo=協議",
        ],
    ),
    (
        "ミサイルの打ち上げは{4日|T}に実施された。",
        &["Final 実施する past Passive <打ち上げ> Ga=ミサイルの打ち上げ Ni=4日"],
    ),
    (
        "{国連|O}安全保障理事会は{シリア|S}への制裁決議案を否決",
        &["Final 否決する Ga=国連安全保障理事会 Wo=シリアへの制裁決議案"],
    ),
    (
        "{英|S}首相、{ウクライナ|S}を電撃訪問　追加支援を表明",
        &["Final 訪問する Ga=英首相 Wo=ウクライナ", "Final 表明する <追加支援> Wo=追加支援"],
    ),
    ("{タイ|S}と{カンボジア|S}、国境で衝突か", &["Final 衝突する Inferred Ga=タイとカンボジア De=国境"]),
];

#[test]
fn clauses_are_as_the_table_says() {
    let mut wrong = String::new();
    for (text, expected) in TABLE {
        let found = lines(text);
        if found.iter().ne(expected.iter()) {
            wrong.push_str(&format!("{text}\n  expected {expected:#?}\n  found {found:#?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn chunks_tile_the_sentence_and_heads_never_cross() {
    let more = ["", "。", "「」", "(注)", "、、", "を", "「あ", "」と", " \n ", "する", "🙂が", "と「と」と"];
    for text in TABLE.iter().map(|(text, _)| *text).chain(more) {
        let (chars, analysis) = read(text);
        let mut at = 0;
        for (index, chunk) in analysis.chunks.iter().enumerate() {
            assert_eq!(chunk.span.start, at, "{text}");
            at = chunk.span.end;
            assert!(chunk.span.contains(chunk.content), "{text}");
            let Some(head) = chunk.head else { continue };
            assert!(head > index && head < analysis.chunks.len(), "{text}");
            assert!(
                analysis.chunks[index + 1..head].iter().all(|inner| inner.head.is_none_or(|it| it <= head)),
                "{text}"
            );
        }
        if !analysis.chunks.is_empty() {
            assert_eq!(at, chars.len(), "{text}");
        }
        for (index, clause) in analysis.clauses.iter().enumerate() {
            assert_eq!(analysis.chunks[clause.chunk].clause, Some(index));
            assert!(clause.head.is_none_or(|head| head > index));
        }
        let _ = analysis.describe(&chars);
    }
}

#[test]
fn a_label_is_never_parted() {
    let (chars, analysis) = read("{習近平|P}国家主席は{5月7日から10日まで|T}{ロシア|S}を訪問する。");
    let contents: Vec<String> = analysis.chunks.iter().map(|chunk| chunk.content.text(&chars)).collect();
    assert_eq!(contents, ["習近平国家主席", "5月7日から10日まで", "ロシア", "訪問する"]);
}

#[test]
fn members_of_a_coordination() {
    let (chars, analysis) = read("{岸田|P}首相、{バイデン|P}大統領、{インド|S}の{モディ|P}首相が会談した。");
    let subject = *analysis.clauses[0].subject().unwrap();
    let members: Vec<String> =
        analysis.members(subject.chunk).iter().map(|&it| analysis.subtree_span(it).text(&chars)).collect();
    assert_eq!(
        members,
        ["岸田首相", "岸田首相、バイデン大統領", "岸田首相、バイデン大統領、インドのモディ首相"]
    );
    let own: Vec<String> =
        analysis.members(subject.chunk).iter().map(|&it| analysis.chunks[it].content.text(&chars)).collect();
    assert_eq!(own, ["岸田首相", "バイデン大統領", "モディ首相"]);
}

#[test]
fn a_noun_knows_what_modifies_it() {
    let (chars, analysis) = read("{ロシア|S}による侵攻に対する非難が広がった。");
    let subject = analysis.clauses[0].argument(Case::Ga).unwrap();
    let invasion = analysis.modifiers(subject.chunk)[0];
    assert_eq!(analysis.chunks[invasion].content.text(&chars), "侵攻");
    assert_eq!(analysis.chunks[invasion].inner, Some(Case::Against));
    let russia = analysis.modifiers(invasion)[0];
    assert_eq!(analysis.chunks[russia].inner, Some(Case::By));
    assert_eq!(analysis.clause_of_chunk(russia), Some(0));
    assert_eq!(analysis.chunk_at(0), Some(russia));
}

#[test]
fn a_clause_knows_its_noun() {
    let (chars, analysis) = read("{米国|S}が主導する演習に{韓国|S}が参加した。");
    let noun = analysis.adnominal_of(0).unwrap();
    assert_eq!(analysis.chunks[noun].content.text(&chars), "演習");
    assert_eq!(analysis.adnominal_of(1), None);
    assert_eq!(analysis.main_clause(), Some(1));
    assert_eq!(analysis.subordinates(1), [0]);
}

#[test]
fn nothing_leaves_a_quotation_but_its_end() {
    let (_, analysis) =
        read("{中国|S}の報道官は「断固として反対する。{米国|S}は直ちにやめるべきだ」と述べた。");
    for (index, chunk) in analysis.chunks.iter().enumerate() {
        if let (Some(_), Some(head)) = (chunk.quote, chunk.head) {
            let last = analysis.chunks.iter().rposition(|chunk| chunk.quote.is_some()).unwrap();
            assert!(index == last || analysis.chunks[head].quote == chunk.quote);
        }
    }
    let said = analysis.clauses.iter().find(|clause| clause.predicate.lemma == "やめる").unwrap();
    assert_eq!(said.link, Link::Content);
    assert_eq!(analysis.clauses[said.head.unwrap()].predicate.lemma, "述べる");
}

#[test]
fn a_quoted_name_is_part_of_its_chunk() {
    let (chars, analysis) = read("枠組み「クアッド」(QUAD)の会合が開かれた。");
    assert_eq!(analysis.chunks[0].content.text(&chars), "枠組み「クアッド」");
    assert!(analysis.chunks.iter().all(|chunk| chunk.quote.is_none()));
    assert_eq!(analysis.clauses[0].carried.unwrap().noun.text(&chars), "会合");
}

#[test]
fn what_a_light_verb_says_is_of_its_noun() {
    let (_, analysis) = read("{日本|S}は部隊の撤退を求めた。");
    let clause = &analysis.clauses[0];
    assert_eq!(clause.carried.unwrap().modality, Some(Modality::Requested));
    assert_eq!(clause.predicate.modality, [Modality::Requested]);
}

#[test]
fn a_long_line_is_read_whole() {
    let text = "{日本|S}、{中国|S}と「開いた会談に臨むと述べた」{韓国|S}が主張した問題をめぐり、"
        .repeat(1_600)
        + "合意した。";
    let (_, analysis) = read(&text);
    assert!(analysis.clauses.len() > 1_600);
    assert!(analysis.main_clause().is_some_and(|main| analysis.clauses[main].predicate.lemma == "合意する"));
}

#[test]
fn a_row_of_the_wrong_form_says_where() {
    let lexicon = Lexicon::from_files([(
        "clause/modality.tsv".to_owned(),
        "kind\tword\tmodality\nafter\tはず だ\tSure\n".to_owned(),
    )]);
    let error = ClauseReader::new(&lexicon).unwrap_err();
    assert_eq!((error.file.as_str(), error.line), ("clause/modality.tsv", 2));
    assert!(error.help.contains("Inferred"));
}

#[test]
fn the_reader_is_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<ClauseReader>();
}
