//! What a sentence's grammar says of who did what to whom, when and how really: one line a construction.

#![allow(clippy::unwrap_used)]

use entente_base::Lexicon;
use entente_base::record::CommitmentStatus;
use entente_event::{Coder, Source};

/// Events as `TYPE SOURCE>TARGET status date`, in any order; codes joined by `+`, `-` for none.
type Case = (&'static str, Option<&'static str>, &'static [&'static str]);

const CASES: &[Case] = &[
    // What somebody is only for or against is not done.
    (
        "チリは4日、ペルーへの制裁解除を支持すると表明した。",
        Some("2022-08-07"),
        &["SUPPORT CHL>PER occurred 2022-08-04"],
    ),
    (
        "チリは4日、ペルーへの制裁解除に反対した。",
        Some("2022-08-07"),
        &["REJECT CHL>PER occurred 2022-08-04"],
    ),
    // A draft that is voted down asks nothing.
    ("安保理は4日、ペルーに停戦を要求する決議案を採決したが、否決された。", Some("2022-08-07"), &[]),
    // Who passes a resolution says what it says.
    (
        "ペルー軍の即時撤退を求める決議が4日、米州機構で採択された。",
        Some("2022-08-07"),
        &["REQUEST OAS>PER occurred 2022-08-04"],
    ),
    // What a body has laid down is not the body.
    (
        "チリは4日、ペルーの国連制裁違反を非難した。",
        Some("2022-08-07"),
        &["ACCUSE CHL>PER occurred 2022-08-04"],
    ),
    // Rulers and envoys of the state that the text names them with.
    (
        "チリは4日、マリの軍事政権を非難した。チリとペルーは大使館を閉じている。軍事政権は5日、チリの大使を追放した。",
        Some("2022-08-07"),
        &["ACCUSE CHL>MLI occurred 2022-08-04", "SANCTION MLI>CHL occurred 2022-08-05"],
    ),
    // Two of one state agree with nobody abroad.
    (
        "チリとペルーは4日、国境で交戦した。チリの大統領と首相は5日、対応を協議した。チリの与野党は6日、会談した。",
        Some("2022-08-07"),
        &["ASSAULT CHL+PER>CHL+PER occurred 2022-08-04"],
    ),
    // One after the other, each on a day of its own.
    (
        "チリの外相は4日、リマでペルーの外相と、6日にはラパスでボリビアの外相と会談し、支援を求めた。",
        Some("2022-08-07"),
        &[
            "CONSULT CHL+PER>CHL+PER occurred 2022-08-04",
            "CONSULT BOL+CHL>BOL+CHL occurred 2022-08-06",
            "REQUEST CHL>BOL+PER occurred 2022-08-04",
        ],
    ),
    // Those who tell of harm were harmed, also where the harm leads up to more.
    (
        "ペルー国防省は4日、チリ軍が国境で砲撃を始め、村にもロケット弾を撃ち込んだと非難した。",
        Some("2022-08-07"),
        &["ACCUSE PER>CHL occurred 2022-08-04", "ASSAULT CHL>PER occurred 2022-08-04"],
    ),
    // Whose aims are broken is not blamed.
    (
        "ペルーは4日、国境の壁は国連の目標にも反するとしてチリを非難した。",
        Some("2022-08-07"),
        &["ACCUSE PER>CHL occurred 2022-08-04"],
    ),
    // A make is nobody.
    (
        "ペルー軍は4日、チリ軍のスホイ25攻撃機を撃墜した。",
        Some("2022-08-07"),
        &["ASSAULT PER>CHL occurred 2022-08-04"],
    ),
    // Help that is broken off; a visit of those who travel for themselves.
    (
        "チリは4日、ペルーへの支援物資の搬送も中断した。",
        Some("2022-08-07"),
        &["SANCTION CHL>PER occurred 2022-08-04"],
    ),
    ("チリを去年訪れたペルー人観光客は3万人だった。", Some("2022-08-07"), &[]),
    // Two rates are two tariffs.
    (
        "チリは4日、ペルー製の車に25%の関税を課した。ペルー産の魚には10%の関税を課した。",
        Some("2022-08-05"),
        &["SANCTION CHL>PER occurred 2022-08-04", "SANCTION CHL>PER occurred 2022-08-04"],
    ),
    // A condition ends nobody's speech.
    (
        "チリ国防省は4日、ペルーに対し、国境を越えれば政権は終わると警告した。",
        Some("2022-08-07"),
        &["THREATEN CHL>PER occurred 2022-08-04"],
    ),
    // A protest at home is no act between states; one at another's mission is.
    ("イランでは2022年9月、女性の死をめぐって抗議デモが広がった。", None, &[]),
    // 双方 after others met: the two that the article is about.
    (
        "チリとペルーが4日、国境で交戦した。ペルーは5日、チリを非難した。ボリビアの外相は5日、ペルーの外相と会談した。\n\nブラジルは6日、双方に自制を求めた。チリは応じていない。ペルーは6日、チリに撤退を求めた。",
        Some("2022-08-07"),
        &[
            "ASSAULT CHL+PER>CHL+PER occurred 2022-08-04",
            "ACCUSE PER>CHL occurred 2022-08-05",
            "CONSULT BOL+PER>BOL+PER occurred 2022-08-05",
            "REJECT CHL>BRA ongoing -",
            "REQUEST BRA>CHL+PER occurred 2022-08-06",
            // 応じていない: what had just been asked is refused.
            "REQUEST PER>CHL occurred 2022-08-06",
        ],
    ),
    // Talks that ended without an agreement.
    (
        "チリとペルーは4日、国境をめぐり協議したが、合意できなかった。",
        Some("2022-08-07"),
        &["CONSULT CHL+PER>CHL+PER occurred 2022-08-04", "AGREE CHL+PER>CHL+PER denied 2022-08-04"],
    ),
    // From whom the words come, behind a topic that is no actor.
    (
        "林外務大臣は4日、サンチェス・パナマ外務大臣と会談した。林大臣から、力による現状変更は認められず、ロシアを強く非難する旨述べた。",
        Some("2022-08-07"),
        &["CONSULT JPN+PAN>JPN+PAN occurred 2022-08-04", "ACCUSE JPN>RUS occurred 2022-08-04"],
    ),
    // Those whom the phrase lists, not the group last named.
    (
        "6月5日、チリ、ペルー、ボリビア、エクアドルの4カ国がブラジルとの外交関係断絶を発表した。",
        Some("2022-06-09"),
        &["SANCTION BOL+CHL+ECU+PER>BRA occurred 2022-06-05"],
    ),
    // The day of who speaks, not the month of what is spoken of.
    (
        "チリで今年6月、男性が殺害された事件をめぐっては、ペルーの首相が9月18日、チリ政府を批判した。",
        Some("2022-09-22"),
        &["ACCUSE PER>CHL occurred 2022-09-18"],
    ),
    // What was not done first is no act.
    (
        "チリの国境警備隊は4日、警告することなくペルーの漁師に発砲した。",
        Some("2022-08-06"),
        &["ASSAULT CHL>PER occurred 2022-08-04"],
    ),
    (
        "チリは4日、ペルーから公使らを引き揚げた。",
        Some("2022-08-06"),
        &["SANCTION CHL>PER occurred 2022-08-04"],
    ),
    // Between whom talks are held.
    (
        "チリの外相は4日、ペルーの外相との間で電話会談を行ったところ、概要は次のとおり。",
        Some("2022-08-06"),
        &["CONSULT CHL+PER>CHL+PER occurred 2022-08-04"],
    ),
    // One's own land is of the topic of the sentence, and a dateline names nobody.
    (
        "【8月5日 AFP】チリはペルーが4日、自国領内に砲撃を行ったと発表した。",
        Some("2022-08-06"),
        &["ASSAULT PER>CHL occurred 2022-08-04"],
    ),
    // Those with whom the object opens agree.
    (
        "チリとペルーが対立した。両国が来週協議を開くことで合意したと、ペルー政府が発表した。",
        Some("2022-08-06"),
        &["CONSULT CHL+PER>CHL+PER scheduled 2022-08-08/2022-08-14", "AGREE CHL+PER>CHL+PER occurred -"],
    ),
    // The state that a clause modifies receives what the clause carries.
    ("チリが侵攻を続けるペルーで会合が開かれた。", Some("2022-08-06"), &["ASSAULT CHL>PER ongoing -"]),
    // Talks that only go on are no occasion.
    (
        "チリとペルーの両外相は、対話を続けていくことで一致した。",
        Some("2022-08-06"),
        &["AGREE CHL+PER>CHL+PER occurred -"],
    ),
    // Whoever stands before a quotation mark may be its subject.
    (
        "チリの国防相は4日、記者会見を開き、ペルー側が「停戦違反を繰り返している」と主張した。",
        Some("2022-08-06"),
        &["ACCUSE CHL>PER occurred 2022-08-04"],
    ),
    (
        "チリの大統領は、ペルーの船をペルー側が「放置し」続けるなら、「代償」を払うことになると警告した。",
        Some("2022-08-06"),
        &["THREATEN CHL>PER occurred -"],
    ),
    // A day that stands behind is of what it stands with.
    (
        "チリの沿岸警備隊は、ペルーの船から放水を受けたとして4日、ペルーの大使を呼んで抗議した。",
        Some("2022-08-06"),
        &["ACCUSE CHL>PER occurred 2022-08-04", "COERCE PER>CHL occurred -"],
    ),
    (
        "チリの大統領は去年12月、ペルーのロハス大統領と交渉を始めると発表し、今年4月にはロハス氏と会談を行った。",
        Some("2022-08-06"),
        &["CONSULT CHL+PER>CHL+PER occurred 2022-04", "CONSULT CHL+PER>CHL+PER scheduled -"],
    ),
    // What one body resolves to do is that act alone.
    (
        "EUは4日、ペルーに制裁を科すことで合意した。",
        Some("2022-08-06"),
        &["SANCTION EU>PER occurred 2022-08-04"],
    ),
    // Of a list, the verb carries each.
    (
        "チリとペルーの両首脳は5日に首脳会談や夕食会を行った。",
        Some("2022-08-06"),
        &["CONSULT CHL+PER>CHL+PER occurred 2022-08-05"],
    ),
    // A mission is struck by the state in which it stands.
    ("ペルーのチリ大使館が襲撃された。", Some("2022-08-06"), &["ASSAULT PER>CHL occurred -"]),
    // Whoever holds talks of two others only hosts them.
    (
        "アルゼンチンの外相は、チリとペルーの首脳会談を来月開く考えを示した。",
        Some("2022-08-06"),
        &["CONSULT CHL+PER>CHL+PER scheduled 2022-09"],
    ),
    // Where an attack named by a noun is made.
    ("トルコによるシリアでの軍事作戦に各国が反発した。", Some("2022-08-06"), &["ASSAULT TUR>SYR occurred -"]),
    // What only might be has not been.
    ("チリとペルーの軍事衝突に発展しかねない。", Some("2022-08-06"), &[]),
    // Where an envoy is posted is not whose he is.
    (
        "チリの駐ペルー大使が4日、ペルーの外相と会談した。",
        Some("2022-08-06"),
        &["CONSULT CHL+PER>CHL+PER occurred 2022-08-04"],
    ),
    // What is quoted keeps no rule out.
    (
        "チリの外相は、ペルーの対応を「非常に価値を生む決定だ」と述べ、ペルーの努力を評価した。",
        Some("2022-08-06"),
        &["SUPPORT CHL>PER occurred -"],
    ),
    // Armed people without a name act for the state in which they act.
    (
        "ケニアの北部で7日、ドイツ人の技師が武装集団に拉致された。",
        Some("2015-07-08"),
        &["ASSAULT KEN>DEU occurred 2015-07-07"],
    ),
    // The words about an act tell whose it is.
    (
        "チリ政府は、ペルーによる大豆の輸入停止に強く反発した。",
        Some("2014-03-05"),
        &["ACCUSE CHL>PER occurred -", "SANCTION PER>CHL ongoing -"],
    ),
    (
        "ペルーの大統領はチリの大統領に書簡を送り、哨戒機の撃墜について謝罪した。",
        Some("2014-03-05"),
        &["CONCEDE PER>CHL occurred -", "ASSAULT PER>CHL occurred -"],
    ),
    // Help goes to where disaster struck.
    (
        "ペルーの大地震を受け、チリは3日、救助隊を送った。",
        Some("2019-05-04"),
        &["AID CHL>PER occurred 2019-05-03"],
    ),
    // What an adnominal clause leaves to its noun is its object.
    (
        "チリは6日、拘束していたペルーの船員を解放した。",
        Some("2021-06-07"),
        &["RETREAT CHL>PER occurred 2021-06-06", "COERCE CHL>PER occurred -"],
    ),
    // The topic that opens the sentence is not the subject that comes later; a veto is cast against the body.
    (
        "安保理は10日、タンザニアへの制裁を延長する案を採決したが、キューバが拒否権を行使した。",
        Some("2020-09-11"),
        &["REJECT CUB>UNSC occurred 2020-09-10"],
    ),
    // Another who follows does the same.
    (
        "ペルーは2日、チリの政府を承認した。エクアドルも追随した。",
        Some("2017-10-03"),
        &["SUPPORT PER>CHL occurred 2017-10-02", "SUPPORT ECU>CHL occurred 2017-10-02"],
    ),
    // Mediation leads to what its clause tells.
    (
        "ノルウェーの仲介で、ペルーとチリは8日、停戦に合意した。",
        Some("2016-04-09"),
        &["CONSULT NOR>CHL+PER occurred 2016-04-08", "RETREAT CHL+PER>CHL+PER occurred 2016-04-08"],
    ),
    // A day in brackets, and who does it before to whom in one compound.
    (
        "トーゴ軍のガーナ撤退(2011年3月)は地域の情勢を変えた。",
        Some("2013-05-02"),
        &["RETREAT TGO>GHA occurred 2011-03"],
    ),
    // The day of the sentence before, though it tells no act.
    (
        "ケニアの最高裁は1日、企業に賠償を命じた。ウガンダの外相はケニアの大使を呼び、抗議した。",
        Some("2013-05-02"),
        &["ACCUSE UGA>KEN occurred 2013-05-01"],
    ),
    // Whoever is received has come.
    ("ケニアのモイ大統領は、ウガンダの大統領を首都に迎えた。", None, &["CONSULT UGA>KEN occurred -"]),
    // Whence and where to something is launched; the one struck strikes back.
    (
        "ケニアの南部から1日、タンザニアの北部にロケット弾が撃ち込まれ、タンザニア軍が砲撃で応じた。",
        Some("2013-05-02"),
        &["ASSAULT KEN>TZA occurred 2013-05-01", "ASSAULT TZA>KEN occurred 2013-05-01"],
    ),
    // 訪問先 is a visit, and not to whom one speaks.
    (
        "ガーナは1日、トーゴの首相を訪問先のベナンで批判した。",
        Some("2013-05-02"),
        &["ACCUSE GHA>TGO occurred 2013-05-01", "CONSULT GHA>BEN occurred 2013-05-01"],
    ),
    // Two passives have one subject and one agent.
    (
        "ガーナの船が1日、トーゴの警備艇に銃撃され、拿捕された。",
        Some("2013-05-02"),
        &["ASSAULT TGO>GHA occurred 2013-05-01", "COERCE TGO>GHA occurred 2013-05-01"],
    ),
    // Whoever backs an attack backs the attacker.
    (
        "ケニア軍が1日、ウガンダの町を爆撃した。ブルンジは爆撃を支持した。",
        Some("2013-05-02"),
        &["ASSAULT KEN>UGA occurred 2013-05-01", "SUPPORT BDI>KEN occurred 2013-05-01"],
    ),
    // What is announced as done is of the day; who tells of it alone was hit.
    (
        "ケニア外務省は1日、ウガンダが検問所を砲撃したと発表した。",
        Some("2013-05-02"),
        &["ASSAULT UGA>KEN occurred 2013-05-01"],
    ),
    // The title of another report, with its paper and day, tells nothing of its own.
    ("『ガーナ、トーゴの港を砲撃』。見本新聞、2013年5月1日。", Some("2013-05-02"), &[]),
    // A quantity counts what the noun before it names; a list is read noun by noun.
    (
        "ガーナは1日、トーゴの大使館員の半数以上を追放した。",
        Some("2013-05-02"),
        &["SANCTION GHA>TGO occurred 2013-05-01"],
    ),
    (
        "ガーナとトーゴは1日、戦闘の停止と捕虜の交換に合意した。",
        Some("2013-05-02"),
        &["RETREAT GHA+TGO>GHA+TGO occurred 2013-05-01"],
    ),
    // Of several who are blamed, the one whom others blame too.
    (
        "ケニアは1日、ウガンダに制裁を科した。タンザニアは1日、ウガンダの外交官を追放した。ブルンジは大使を呼んで不快感を伝えた。",
        Some("2013-05-02"),
        &[
            "SANCTION KEN>UGA occurred 2013-05-01",
            "SANCTION TZA>UGA occurred 2013-05-01",
            "ACCUSE BDI>UGA occurred 2013-05-01",
        ],
    ),
    // The day stays with the topic beside it; a second topic begins what another does.
    (
        "ペルーは3日、チリの漁船を拿捕し、チリは国際法の違反だとして強く非難した。",
        Some("2019-06-04"),
        &["COERCE PER>CHL occurred 2019-06-03", "ACCUSE CHL>PER occurred 2019-06-03"],
    ),
    // を始め is a verb of an act.
    (
        "ケニアは2日、ソマリアの拠点への攻撃を始め、ソマリアはロケット弾で反撃した。",
        Some("2018-02-03"),
        &["ASSAULT KEN>SOM occurred 2018-02-02", "ASSAULT SOM>KEN occurred 2018-02-02"],
    ),
    // What goes before the verb of saying is not part of what is said.
    (
        "フィンランドの外相は11日、オスロを訪れてノルウェーの外相と会談し、共同で基金をつくると表明した。",
        Some("2021-03-12"),
        &["CONSULT FIN>NOR occurred 2021-03-11", "CONSULT FIN+NOR>FIN+NOR occurred 2021-03-11"],
    ),
    // The ambassador who is summoned is the one who is told.
    (
        "チェコの外務省はスロバキアの大使を呼び、兵器の輸出を強く非難した。",
        None,
        &["ACCUSE CZE>SVK occurred -"],
    ),
    // Whom one meets is whom one asks.
    (
        "ブラジルの大統領はアルゼンチンの大統領と会談し、輸入規制の見直しを求めた。",
        None,
        &[
            "CONSULT ARG+BRA>ARG+BRA occurred -",
            "REQUEST BRA>ARG occurred -",
            // Whose rules they are is told by who is asked to look at them again.
            "SANCTION ARG>BRA ongoing -",
        ],
    ),
    // も: toward the one whom the act before it met.
    (
        "カナダは5日、ベラルーシに制裁を科した。ノルウェーも同日、企業や個人に制裁を科した。",
        Some("2021-08-06"),
        &["SANCTION CAN>BLR occurred 2021-08-05", "SANCTION NOR>BLR occurred 2021-08-05"],
    ),
    // One's own act, told by oneself, is of the day before the telling.
    (
        "エチオピア軍は8日未明、エリトリアの基地を爆撃したと発表した。",
        Some("2020-11-09"),
        &["ASSAULT ETH>ERI occurred 2020-11-08"],
    ),
    // What only fills another noun stands in its clause.
    (
        "豪州は7日、対ミャンマー制裁の第3弾を決めた。",
        Some("2023-02-08"),
        &["SANCTION AUS>MMR occurred 2023-02-07"],
    ),
    // Under way: 訪問中の modifies who is there. ところ leads to what was told of it.
    (
        "9日、トンガを訪問中のフィジーの外相は、署名式に臨んだところ、概要は以下のとおりです。",
        Some("2022-05-10"),
        &["CONSULT FJI>TON occurred 2022-05-09"],
    ),
    // 相次いで is no predicate, and tells of each by itself; the cleft names who did it.
    (
        "ペルーの外相は6日、チリの外相、ボリビアの外相と相次いで会談した。",
        Some("2016-07-07"),
        &["CONSULT BOL+PER>BOL+PER occurred 2016-07-06", "CONSULT CHL+PER>CHL+PER occurred 2016-07-06"],
    ),
    // Another's order is refused; what is going to be refused has not been.
    ("ペルーの外相は、チリの退去命令を拒否した。", None, &["REJECT PER>CHL occurred -"]),
    ("チリ政府は、ペルーの提案を拒否する構えだ。", None, &["REJECT CHL>PER scheduled -"]),
    // Whose a plan is stands before what became known.
    (
        "チリとペルーの外相は、6月15日に会談する方向で調整していることが分かった。",
        Some("2024-06-12"),
        &["CONSULT CHL+PER>CHL+PER scheduled 2024-06-15"],
    ),
    // The day of a conference is that of what is said at it.
    (
        "チリの外相は10日の記者会見で、ペルーの対応は遺憾だと述べた。",
        Some("2024-06-12"),
        &["ACCUSE CHL>PER occurred 2024-06-10"],
    ),
    // What ought to be is no help given.
    ("チリの外相は、ペルーがボリビアに資金を出して解決すべきだと述べた。", None, &[]),
    // A verb of saying without する.
    (
        "ペルーの大統領は11日、チリとの国交を断絶すると表明、チリの外交官に出国を命じた。",
        Some("2024-06-12"),
        &["SANCTION PER>CHL occurred 2024-06-11", "SANCTION PER>CHL occurred 2024-06-11"],
    ),
    // Whoever answers an intrusion was intruded upon.
    (
        "チリ軍は11日、領空を侵犯したペルー軍機を撃墜した。",
        Some("2024-06-12"),
        &["ASSAULT CHL>PER occurred 2024-06-11", "MOBILIZE PER>CHL occurred -"],
    ),
    // Who blames as well is not the one blamed.
    (
        "ペルー軍は11日、チリの漁船を拿捕した。チリ政府は抗議した。ボリビアの外相も懸念を表明した。",
        Some("2024-06-12"),
        &[
            "COERCE PER>CHL occurred 2024-06-11",
            "ACCUSE CHL>PER occurred 2024-06-11",
            "ACCUSE BOL>PER occurred 2024-06-11",
        ],
    ),
    // The occasion of a meeting is of others; what is feared is no threat.
    (
        "チリとペルーの外相は10日、リマで開かれたボリビアと米州機構の首脳会合の機会に会談した。",
        Some("2024-06-12"),
        &["CONSULT BOL+OAS>BOL+OAS occurred -", "CONSULT CHL+PER>CHL+PER occurred 2024-06-10"],
    ),
    ("チリの外相は、国境の対立は「戦争に発展する恐れがある」と警告した。", None, &[]),
    // Whoever held them has let them go; help goes to the partner just met.
    (
        "ペルー軍は11日、チリが拘束していた兵士3人を解放したと発表した。",
        Some("2024-06-12"),
        &["RETREAT CHL>PER occurred 2024-06-11"],
    ),
    (
        "チリは11日、隣国のペルーと協定に署名した。チリは4500万ドルを支援する。",
        Some("2024-06-12"),
        &["AGREE CHL+PER>CHL+PER occurred 2024-06-11", "AID CHL>PER occurred 2024-06-11"],
    ),
    ("フィジーに医薬品を供与したのは豪州だった。", None, &["AID AUS>FJI occurred -"]),
    // Who comes later in the sentence has not done what is told before.
    (
        "ガイアナは去年、国交を結んだスリナムに医薬品を送った。先月にはキューバと協定を結び、ブラジルの野党は首をかしげた。",
        Some("2024-05-20"),
        &["AID GUY>SUR occurred 2023", "AGREE CUB+GUY>CUB+GUY occurred 2024-04"],
    ),
    // Talks known by a name have their members.
    (
        "六カ国協議は3日、北京で閉幕した。",
        Some("2006-03-04"),
        &["CONSULT CHN+JPN+KOR+PRK+RUS+USA>CHN+JPN+KOR+PRK+RUS+USA occurred 2006-03-03"],
    ),
    // Where it comes down is whom it met.
    (
        "北朝鮮は4日朝、弾道ミサイルを発射した。ミサイルは日本の排他的経済水域に落下したとみられる。",
        Some("2016-08-05"),
        &["MOBILIZE PRK>JPN occurred 2016-08-04"],
    ),
    // から names who does it to the subject; whose ship it was are those who tell it.
    (
        "マレーシアは8日、漁船がベトナムの警備艇から放水を受けたと発表した。",
        Some("2020-07-09"),
        &["COERCE VNM>MYS occurred 2020-07-08"],
    ),
    // What ended before the next is planned has ended.
    (
        "ケニアとウガンダを結ぶ鉄道が昨年末に開通し、来年にはルワンダに達する見込みだ。",
        Some("2019-05-01"),
        &["COOPERATE KEN+UGA>KEN+UGA occurred 2018-12"],
    ),
    // Who does it stands before whom it is for.
    (
        "ベトナムは、豪州のインドネシアへの武器売却に不満を表明した。",
        None,
        &["ACCUSE VNM>AUS occurred -", "COOPERATE AUS>IDN occurred -"],
    ),
    // What is received is told ahead of whom it reaches.
    (
        "カナダの制裁を受け、ニカラグアは報復措置を警告した。",
        None,
        &["SANCTION CAN>NIC occurred -", "THREATEN NIC>CAN occurred -"],
    ),
    // Who let go is who held.
    (
        "マリに拘束されていたセネガル人3人が解放された。",
        None,
        &["COERCE MLI>SEN occurred -", "RETREAT MLI>SEN occurred -"],
    ),
    // Beside the verb of deciding; a plan holds for what leads up to it; a held call was held.
    ("カナダはハイチに対し、5000万ドルの無償資金協力を行うことを決めた。", None, &["AID CAN>HTI occurred -"]),
    (
        "ケニアの大統領は訪独し、ドイツの首相と会談する方向で調整している。",
        None,
        &["CONSULT KEN>DEU scheduled -", "CONSULT DEU+KEN>DEU+KEN scheduled -"],
    ),
    (
        "スイスの大統領は2日、チュニジアの大統領と電話で会談し、医療の支援を約束した。",
        Some("2021-09-03"),
        &["AID CHE>TUN occurred 2021-09-02", "CONSULT CHE+TUN>CHE+TUN occurred 2021-09-02"],
    ),
    // A threat tells what it threatens with; what is not going to be is no act.
    ("エリトリアは、エチオピアが国境を越えれば攻撃すると警告した。", None, &["THREATEN ERI>ETH occurred -"]),
    ("モンゴルは、核兵器を配備しないと強調した。", None, &[]),
    // Whose ship entered; whom the teller means.
    (
        "マレーシアの巡視船は、ペナン沖のマレーシアの領海に侵入したタイ海軍の船を追い払った。",
        None,
        &["MOBILIZE THA>MYS occurred -"],
    ),
    // What somebody is charged with he has done; これに対し answers whoever was spoken of.
    (
        "ヨルダン軍は24日、領空を侵犯したとしてシリア軍の無人機を撃墜した。",
        Some("2022-11-25"),
        &["ASSAULT JOR>SYR occurred 2022-11-24", "MOBILIZE SYR>JOR occurred 2022-11-24"],
    ),
    (
        "ニカラグアの政府は野党の指導者の軟禁を延ばした。これに対し、コスタリカは遺憾の意を示した。",
        None,
        &["ACCUSE CRI>NIC occurred -"],
    ),
    // One's own government is nobody abroad.
    ("チリの最大野党の党首は、政府の外交は弱腰だと批判した。", None, &[]),
    // A news agency is nobody's party; what is said of one's own side has no counterpart.
    ("共同通信によると、タイの野党は首相の経済政策を批判した。", None, &[]),
    // A body that holds its own meeting does not meet its host; a body that only names a meeting does.
    (
        "アラブ連盟は10日、カイロで緊急外相会合を開いた。",
        Some("2023-10-11"),
        &["CONSULT AL>AL occurred 2023-10-10"],
    ),
    (
        "アラブ連盟の緊急外相会合は10日、カイロで開かれた。",
        Some("2023-10-11"),
        &["CONSULT AL+EGY>AL+EGY occurred 2023-10-10"],
    ),
    // A crowd before a mission is of the land where the mission stands.
    (
        "群衆が10日、アンカラのスウェーデン大使館に押し入った。",
        Some("2023-07-11"),
        &["PROTEST TUR>SWE occurred 2023-07-10"],
    ),
    // 我が国 is Japan in a Japanese text's own words, the speaker's own in what is quoted.
    (
        "日本の代表団は帰国した。我が国は9日、モンゴルに対し10億円の円借款を供与した。",
        Some("2019-05-10"),
        &["AID JPN>MNG occurred 2019-05-09"],
    ),
    // Who is said to do what is answered is threatened; who suffers it is not.
    (
        "タンザニア政府は9日、ブルンジが越境すれば報復すると表明した。",
        Some("2017-02-10"),
        &["THREATEN TZA>BDI occurred 2017-02-09"],
    ),
    // What fills the object of announcing is of the day that opens the sentence.
    (
        "ラトビア政府は14日、ベラルーシの外交官3人の国外追放を発表した。",
        Some("2021-05-15"),
        &["SANCTION LVA>BLR occurred 2021-05-14"],
    ),
    // Whoever visits sits with whom he visits; 両首脳 behind a visit are guest and host.
    (
        "チリの首相はペルーを訪問し、エネルギー協力について話し合った。",
        Some("2024-06-12"),
        &["CONSULT CHL+PER>CHL+PER occurred -", "CONSULT CHL>PER occurred -"],
    ),
    (
        "チリの大統領は9日、リマに到着した。両首脳は10日に会談する。",
        Some("2024-06-12"),
        &["CONSULT CHL>PER occurred 2024-06-09", "CONSULT CHL+PER>CHL+PER occurred 2024-06-10"],
    ),
    (
        "チリ大統領がペルー訪問、首脳会談",
        Some("2024-06-12"),
        &["CONSULT CHL+PER>CHL+PER occurred -", "CONSULT CHL>PER occurred -"],
    ),
    // A headline's へ sends a leader.
    ("チリ大統領、ペルーへ", Some("2024-06-12"), &["CONSULT CHL>PER scheduled -"]),
    // What was launched by a clause before its noun; what people suffer by an attack.
    (
        "ペルーが発射したミサイルがチリの領海に落下した。",
        Some("2024-06-12"),
        &["MOBILIZE PER>CHL occurred -"],
    ),
    ("ペルーの攻撃でチリの兵士3人が死亡した。", Some("2024-06-12"), &["ASSAULT PER>CHL occurred -"]),
    ("ペルー軍による銃撃があり、チリ兵2人が死亡した。", Some("2024-06-12"), &["ASSAULT PER>CHL occurred -"]),
    ("チリに派遣されていたペルー軍が撤収した。", Some("2024-06-12"), &["RETREAT PER>CHL occurred -"]),
    // A condition and harm threaten, whatever the verb of saying.
    (
        "チリの国防相は、ペルー軍が撤退しなければ攻撃すると述べた。",
        Some("2024-06-12"),
        &["THREATEN CHL>PER occurred -"],
    ),
    // A list goes on with それに.
    (
        "チリとペルー、それにボリビアは9日、3カ国の外相会談を開いた。",
        Some("2024-06-12"),
        &["CONSULT BOL+CHL+PER>BOL+CHL+PER occurred 2024-06-09"],
    ),
    // A bare second verb has all in common with the first.
    (
        "ペルー軍の警備艇がチリの漁船を沖合の海域で銃撃し、拿捕した。",
        Some("2024-06-12"),
        &["ASSAULT PER>CHL occurred -", "COERCE PER>CHL occurred -"],
    ),
    // What becomes known of the future is planned, on the day that is to come.
    (
        "チリの外相が来週、ペルーを訪れることが9日、分かった。",
        Some("2024-06-12"),
        &["CONSULT CHL>PER scheduled 2024-06-17/2024-06-23"],
    ),
    // Whose a delegation is.
    (
        "チリの副大統領が率いる代表団が9日、ペルーに到着した。",
        Some("2024-06-12"),
        &["CONSULT CHL>PER occurred 2024-06-09"],
    ),
    // What is of each is done by each to the other.
    ("チリとペルーは互いの外交官を追放した。", Some("2024-06-12"), &["SANCTION CHL+PER>CHL+PER occurred -"]),
    (
        "チリとペルーは9日、互いの拠点を攻撃し合った。",
        Some("2024-06-12"),
        &["ASSAULT CHL+PER>CHL+PER occurred 2024-06-09"],
    ),
    ("チリはペルーとの和解を拒否している。", Some("2024-06-12"), &["REJECT CHL>PER occurred -"]),
    // Help goes where help goes.
    (
        "ケニアは警官1千人をハイチに派遣する方針だ。米国は1億ドルの資金拠出を表明している。",
        Some("2024-06-12"),
        &["AID KEN>HTI scheduled -", "AID USA>HTI ongoing -"],
    ),
    // What is asked for is told by the asking.
    ("チリの大統領はペルーの首相に輸入の解禁を求めた。", Some("2024-06-12"), &["REQUEST CHL>PER occurred -"]),
    // One's own are nobody abroad.
    (
        "チリの大統領は演説で、チリ軍の功績を称賛した。ペルーとの戦争は終わったと述べた。",
        Some("2024-06-12"),
        &[],
    ),
    (
        "チリとペルー、停戦で合意 ブラジルが仲介",
        Some("2024-06-12"),
        &["RETREAT CHL+PER>CHL+PER occurred -", "CONSULT BRA>CHL+PER occurred -"],
    ),
    // What is told as of an earlier time is not the news, and takes no day from it.
    (
        "チリは11日、ペルーに抗議した。チリは以前、ペルーの首相の発言を非難した。",
        Some("2024-06-12"),
        &["ACCUSE CHL>PER occurred 2024-06-11", "ACCUSE CHL>PER occurred -"],
    ),
    (
        "チリの首相はペルーの首相と会談した。両首脳は3月27日にもサンティアゴで会談している。",
        Some("2024-06-12"),
        &["CONSULT CHL+PER>CHL+PER occurred -", "CONSULT CHL+PER>CHL+PER occurred 2024-03-27"],
    ),
    // A day that a sentence says a clause to have been on; a past day before ている; a weekday before what is announced.
    (
        "チリの首相がペルーを訪れたのは3月9日だった。",
        Some("2024-06-12"),
        &["CONSULT CHL>PER occurred 2024-03-09"],
    ),
    (
        "チリとペルーは2月16日、水素の開発で協力することで合意している。",
        Some("2024-06-12"),
        &["AGREE CHL+PER>CHL+PER occurred 2024-02-16"],
    ),
    (
        "チリは火曜日、ペルーに人道支援を行うと発表した。",
        Some("2024-06-13"),
        &["AID CHL>PER occurred 2024-06-11"],
    ),
    // The day that stands behind the clause before, not the one before both.
    (
        "チリの首相は10日にペルーを訪れた。12日からはボリビアを訪問し、13日に大統領と会談した。",
        Some("2024-06-14"),
        &[
            "CONSULT CHL>BOL occurred 2024-06-12/..",
            "CONSULT CHL>PER occurred 2024-06-10",
            "CONSULT BOL+CHL>BOL+CHL occurred 2024-06-13",
        ],
    ),
    // Decreed is done, on the day of the decree.
    (
        "チリの大統領は1日、ペルーに10%の追加関税を課す大統領令に署名した。",
        Some("2024-06-03"),
        &["SANCTION CHL>PER occurred 2024-06-01"],
    ),
    // What only the headline tells is of the lead's day.
    (
        "チリ、ペルーを非難\n\nチリの通信社は11日、ペルーの港湾政策についての論評を伝えた。",
        Some("2024-06-12"),
        &["ACCUSE CHL>PER occurred 2024-06-11"],
    ),
    // What is told besides the story does not take its day.
    (
        "チリ軍は11日、ペルーの基地を砲撃した。チリ軍は10日にもペルーの港を砲撃した。ペルーはチリに抗議した。",
        Some("2024-06-12"),
        &[
            "ACCUSE PER>CHL occurred 2024-06-11",
            "ASSAULT CHL>PER occurred 2024-06-10",
            "ASSAULT CHL>PER occurred 2024-06-11",
        ],
    ),
    // The condition of a threat is none of the talks before it.
    (
        "チリの大統領は11日、ペルーの大統領と協議し、停戦しなければ貿易協定を結ばないと圧力をかけた。",
        Some("2024-06-12"),
        &["CONSULT CHL+PER>CHL+PER occurred 2024-06-11", "THREATEN CHL>PER occurred 2024-06-11"],
    ),
    // What is announced for a day has been done on the day of the announcement.
    (
        "チリの大統領は5日、ペルーからの輸入品に6月20日から5%の関税を課すと発表した。",
        Some("2024-06-06"),
        &["SANCTION CHL>PER occurred 2024-06-05"],
    ),
    // A guest who is told of by the visit came for the talks.
    (
        "チリの首相は11日、サンティアゴを訪れたペルーの首相と会談した。",
        Some("2024-06-12"),
        &["CONSULT PER>CHL occurred 2024-06-11", "CONSULT CHL+PER>CHL+PER occurred 2024-06-11"],
    ),
    // Who buys is anybody, not the one who speaks.
    (
        "チリは、ペルー産原油を輸入する国に25%の関税を課すと発表した。",
        Some("2024-06-12"),
        &["SANCTION CHL>PER occurred -"],
    ),
    // Blame is about what the clause before spoke of.
    (
        "チリ外務省の報道官は会見で、ペルーの防衛白書について「脅威を誇張している」と述べ、強い不満を示した。",
        Some("2024-06-12"),
        &["ACCUSE CHL>PER occurred -"],
    ),
    // Who is spoken of beside the subject is not the subject, and not who only stands with の.
    (
        "チリがボリビアの港湾利用を認めたため、ペルーは同国からの輸入を停止した。",
        Some("2024-06-12"),
        &["SANCTION PER>CHL occurred -"],
    ),
    // The day stays with the matter that another takes up.
    (
        "チリが5日、サケの養殖を始めたことに抗議し、ペルーはチリ産品の輸入を停止した。",
        Some("2024-06-12"),
        &["SANCTION PER>CHL occurred -"],
    ),
    // A call, and what was talked of in it, are one.
    (
        "チリの外相は11日、ペルーの外相と電話会談を行い、漁業をめぐって意見を交わした。",
        Some("2024-06-12"),
        &["CONSULT CHL+PER>CHL+PER occurred 2024-06-11"],
    ),
];

fn told(coder: &Coder, text: &str, published: Option<&str>) -> Vec<String> {
    let source = Source {
        id: "grammar".to_owned(),
        text: text.to_owned(),
        title: None,
        published: published.map(str::to_owned),
        url: None,
        publisher: None,
        encoding: "UTF-8".to_owned(),
        ..Source::default()
    };
    let join = |codes: &[String]| if codes.is_empty() { "-".to_owned() } else { codes.join("+") };
    let mut told: Vec<String> = coder
        .code(&mut coder.worker(), &source)
        .events
        .iter()
        .map(|event| {
            let status = format!("{:?}", event.status).to_lowercase();
            let date = event.date.as_deref().unwrap_or("-");
            format!("{} {}>{} {status} {date}", event.kind.name(), join(&event.source), join(&event.target))
        })
        .collect();
    told.sort();
    told
}

#[test]
fn grammar_decides() {
    let coder = Coder::new(&Lexicon::built_in()).unwrap();
    let mut wrong = Vec::new();
    for (text, published, expected) in CASES {
        let found = told(&coder, text, *published);
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        if found != expected {
            wrong.push(format!("{text}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn promises_are_given_up_by_the_verb_that_ends_their_words() {
    let coder = Coder::new(&Lexicon::built_in()).unwrap();
    let mut worker = coder.worker();
    for (text, dropped) in [
        ("チリ政府は11日、ペルーとの直行便の再開を断念すると発表した。", true),
        ("チリ政府は11日、ペルーへの港の貸与を見送ると表明した。", true),
        ("チリ政府は11日、ペルーとの直行便を10月に再開すると発表した。", false),
        ("チリ政府は11日、ペルーへの抗議を撤回すると発表した。", false),
    ] {
        let source = Source { text: text.to_owned(), ..Source::default() };
        let record = coder.code(&mut worker, &source);
        let given_up = record.commitments.iter().map(|it| it.status == CommitmentStatus::Dropped);
        assert_eq!(given_up.collect::<Vec<_>>(), [dropped], "{text}");
    }
}

#[test]
fn those_who_meet_agree_where_they_met_and_a_matter_is_no_place() {
    let coder = Coder::new(&Lexicon::built_in()).unwrap();
    let mut worker = coder.worker();
    for (text, expected) in [
        (
            "チリの外相は4日、リマでペルーの外相と会談し、国境協定に署名した。",
            &["AGREE PER", "CONSULT PER"][..],
        ),
        ("チリとペルーの外相は4日、国境協定に署名した。", &["AGREE -"]),
        ("チリは4日、台湾問題でペルーの立場を支持した。", &["SUPPORT -"]),
        ("チリは4日、台湾でペルーの立場を支持した。", &["SUPPORT TWN"]),
    ] {
        let source =
            Source { text: text.to_owned(), published: Some("2022-08-07".to_owned()), ..Source::default() };
        let events = coder.code(&mut worker, &source).events;
        let mut found: Vec<String> = events
            .iter()
            .map(|event| format!("{} {}", event.kind.name(), event.place.as_deref().unwrap_or("-")))
            .collect();
        found.sort();
        assert_eq!(found, expected, "{text}");
    }
}
