//! One-character forms of states: in groups (中露, 日米韓), after a prefix (訪中, 対米), before a title (米大統領),
//! and alone where a headline leaves the particle out (米、対中関税を引き上げ).

use crate::page::{Page, is_kanji, is_katakana};
use crate::{Candidate, Gazetteer};
use entente_base::Span;
use entente_base::record::Kind;
use entente_token::{NamePart, Tag};

pub(crate) fn scan(gazetteer: &Gazetteer, page: &Page<'_>, found: &[Candidate]) -> Vec<Candidate> {
    let mut taken = vec![false; page.chars.len()];
    // Where a listed state begins.
    let mut states_at = vec![false; page.chars.len()];
    for candidate in found {
        if candidate.kind == Kind::State
            && let Some(slot) = states_at.get_mut(candidate.span.start)
        {
            *slot = true;
        }
        for slot in taken.get_mut(candidate.span.start..candidate.span.end).unwrap_or_default() {
            *slot = true;
        }
    }
    let mut states = Vec::new();
    let mut at = 0;
    while at < page.chars.len() {
        if taken[at] || !is_form(gazetteer, page, at) {
            at += 1;
            continue;
        }
        let mut end = at;
        while end < page.chars.len() && !taken[end] && is_form(gazetteer, page, end) {
            end += 1;
        }
        let before = states.len();
        group(gazetteer, page, &taken, &states_at, Span::new(at, end), &mut states);
        if states.len() == before {
            for index in at..end {
                single(gazetteer, page, &taken, &states_at, index, Span::new(at, end), &mut states);
            }
        }
        at = end;
    }
    philippines(gazetteer, page, &taken, found, &mut states);
    regions(gazetteer, page, &taken, &mut states);
    north(gazetteer, page, &taken, found, &mut states);
    states
}

fn is_form(gazetteer: &Gazetteer, page: &Page<'_>, at: usize) -> bool {
    let c = page.at(at);
    if is_katakana(c) {
        // ロ, パ, ウ count only between kanji forms, never inside a katakana word.
        return gazetteer.kanji.contains_key(&c)
            && !is_katakana(page.before(at))
            && (!is_katakana(page.at(at + 1)) || page.at(at + 1) == '・');
    }
    // 14日米国, 土日, 同日中: a day, not Japan.
    let day = c == '日'
        && (page.before(at).is_ascii_digit()
            || matches!(
                page.before(at),
                '同' | '翌'
                    | '前'
                    | '当'
                    | '本'
                    | '毎'
                    | '連'
                    | '土'
                    | '祝'
                    | '先'
                    | '昨'
                    | '今'
                    | '曜'
                    | '一'
                    | '二'
                    | '三'
                    | '十'
                    | '数'
                    | '平'
                    | '休'
                    | '初'
                    | '両'
                    | '終'
                    | '近'
            ));
    !day && (gazetteer.kanji.contains_key(&c) || c == '欧')
}

/// Two forms and more side by side.
fn group(
    gazetteer: &Gazetteer,
    page: &Page<'_>,
    taken: &[bool],
    states_at: &[bool],
    run: Span,
    out: &mut Vec<Candidate>,
) {
    let (mut start, mut end) = (run.start, run.end);
    // A prefix form that belongs to the word before (訪日米国人 does not occur; 在日米軍 does: 日 and 米軍 apart).
    if gazetteer.signs.prefixes.contains(&page.before(start))
        && end - start >= 2
        && page.before(start) != '対'
    {
        single_at(gazetteer, page, start, "prefix", out);
        start += 1;
        if end - start == 1 {
            single(gazetteer, page, taken, states_at, start, Span::new(start, end), out);
            return;
        }
    }
    // The last form may belong to the word after: 日中|国交 keeps 日中, 日米|中央軍.
    while end > start && splits_word(page, taken, end) {
        end -= 1;
    }
    while start < end && splits_word_before(gazetteer, page, taken, start) {
        start += 1;
    }
    if end - start < 2 {
        return;
    }
    let span = Span::new(start, end);
    let mut codes: Vec<String> = Vec::new();
    let mut weak = false;
    for c in span.slice(page.chars) {
        if *c == '欧' {
            continue;
        }
        if let Some((code, is_weak)) = gazetteer.kanji.get(c) {
            weak |= is_weak;
            if !codes.contains(code) {
                codes.push(code.clone());
            }
        }
    }
    let related = gazetteer.signs.relations.iter().any(|word| page.starts_with(span.end, word));
    if codes.is_empty() || weak && !related || codes.len() == 1 && !span.slice(page.chars).contains(&'欧') {
        return;
    }
    let words: String = span.text(page.chars);
    if words == "日中" && !is_pair_here(page, span)
        || words == "中米" && !related
        || matches!(
            words.as_str(),
            "北米" | "北欧" | "中欧" | "西欧" | "北朝" | "中北" | "北中" | "朝日" | "土日"
        )
    {
        return;
    }
    if !gazetteer.is_state_here(page, span) {
        return;
    }
    codes.sort();
    let both = codes.join(",");
    out.push(Candidate {
        span,
        kind: Kind::State,
        key: format!("state:{both}"),
        name: words,
        name_en: None,
        code: Some(both),
        states: codes,
        role: None,
        sector: Some("GOV".to_owned()),
        rule: "state-group",
        rank: 6,
    });
    extend_government(page, out);
}

/// 日中 the daytime against 日中 the pair.
fn is_pair_here(page: &Page<'_>, span: Span) -> bool {
    let next = page.at(span.end);
    !matches!(next, 'は' | 'に' | 'も' | 'で' | 'か')
        && page.before(span.start) != '一'
        && !page.before(span.start).is_ascii_digit()
}

/// Whether the characters left and right of `at` belong to one word that is no name of states.
fn splits_word(page: &Page<'_>, taken: &[bool], at: usize) -> bool {
    at < page.chars.len()
        && !taken[at]
        && is_kanji(page.at(at))
        && page.token(at).is_some_and(|token| token.span.start < at && !matches!(token.tag, Tag::PlaceName))
        && !["国", "軍", "側", "間", "両"].iter().any(|word| page.starts_with(at, word))
}

fn splits_word_before(gazetteer: &Gazetteer, page: &Page<'_>, taken: &[bool], at: usize) -> bool {
    at > 0
        && !taken[at - 1]
        && is_kanji(page.before(at))
        && !gazetteer.signs.prefixes.contains(&page.before(at))
        && page.token(at).is_some_and(|token| token.span.start < at)
}

/// What two states do together, behind their names.
const MEETS: [&str; 38] = [
    "首脳",
    "外相",
    "防衛",
    "国防",
    "会談",
    "会合",
    "協議",
    "外交",
    "両",
    "経済",
    "貿易",
    "共同",
    "間",
    "関係",
    "定期",
    "戦略",
    "財務",
    "閣僚",
    "2プラス2",
    "2+2",
    "「2",
    "電話",
    "安全保障",
    "友好",
    "次官",
    "局長",
    "外務",
    "自由貿易",
    "租税",
    "投資",
    "交渉",
    "対話",
    "同盟",
    "三か国",
    "三カ国",
    "3か国",
    "3カ国",
    "合同",
];

/// 日フィリピン外相会談, 日EU首脳協議: a form right before the name of another state or a body with which it does something.
fn meets_name(page: &Page<'_>, states_at: &[bool], at: usize) -> bool {
    const BODIES: [&str; 5] = ["EU", "ASEAN", "NATO", "GCC", "アフリカ連合"];
    let body = BODIES.iter().find(|name| page.starts_with(at + 1, name));
    let mut end = at + 1;
    match body {
        Some(name) => end += name.chars().count(),
        None if states_at.get(end) == Some(&true) && is_katakana(page.at(end)) => {
            while is_katakana(page.at(end)) || page.at(end) == 'ー' {
                end += 1;
            }
        }
        None => return false,
    }
    MEETS.iter().any(|word| page.starts_with(end, word))
}

/// One form alone.
fn single(
    gazetteer: &Gazetteer,
    page: &Page<'_>,
    taken: &[bool],
    states_at: &[bool],
    at: usize,
    run: Span,
    out: &mut Vec<Candidate>,
) {
    let c = page.at(at);
    let Some((_, weak)) = gazetteer.kanji.get(&c) else { return };
    let (before, next) = (page.before(at), page.at(at + 1));
    if run.len() > 2 {
        return;
    }
    // ロ・ウクライナ, ロ、: at the head of a sentence.
    let heads = page.sentence_of(at).is_some_and(|index| page.sentences[index].span.start == at);
    if c == 'ロ' && heads && (next == '、' || next == '・' && states_at.get(at + 2).copied().unwrap_or(false))
    {
        single_at(gazetteer, page, at, "headline", out);
        return;
    }
    if is_katakana(c)
        && !gazetteer.signs.prefixes.contains(&before)
        && !(next == '大' || next == '外' || next == '首' || next == '軍' || next == '側')
    {
        return;
    }
    // 国 after a form is a full name (米国) that the lexicon lists.
    if next == '国'
        && !page.starts_with(at + 1, "国防")
        && !page.starts_with(at + 1, "国務")
        && !page.starts_with(at + 1, "国内")
        && !page.starts_with(at + 1, "国境")
        && !page.starts_with(at + 1, "国連")
    {
        return;
    }
    if gazetteer.signs.prefixes.contains(&before) && prefix_fits(gazetteer, page, taken, at, *weak) {
        single_at(gazetteer, page, at, "prefix", out);
        return;
    }
    if *weak {
        return;
    }
    let token = page.token(at);
    let alone = token.is_some_and(|token| token.span.len() == 1);
    // 第7回日・フィリピン外相会談.
    let counted = before == '回' && at >= 2 && (page.at(at - 2).is_numeric() || is_kanji(page.at(at - 2)));
    if matches!(c, '日' | '中' | '米' | '英' | '仏' | '独' | '露' | '豪' | '韓' | '印')
        && (!is_kanji(before) || counted)
        && (meets_name(page, states_at, at)
            || counted && next == '・' && states_at.get(at + 2) == Some(&true))
    {
        single_at(gazetteer, page, at, "headline", out);
        return;
    }
    // 日・モンゴル・米三か国協議: the last of a list with dots.
    if before == '・'
        && at >= 2
        && taken[at - 2]
        && matches!(c, '日' | '中' | '米' | '英' | '仏' | '独' | '露' | '豪' | '韓' | '印')
        && MEETS.iter().any(|word| page.starts_with(at + 1, word))
    {
        single_at(gazetteer, page, at, "headline", out);
        return;
    }
    if is_kanji(before) && !page.begins(at) {
        return;
    }
    // 穂坂|泰|外務政務官: a given name behind a family's.
    let given = at > 0
        && !matches!(c, '米' | '英' | '仏' | '独' | '露' | '豪' | '韓' | '中' | '日' | '印' | '伊' | '加')
        && page.token(at - 1).is_some_and(|family| {
            family.span.end == at && family.span.len() >= 2 && family.name_part == Some(NamePart::Family)
        });
    if given {
        return;
    }
    let follower = gazetteer.signs.followers.iter().any(|word| page.starts_with(at + 1, word));
    let starts = token.is_some_and(|token| token.span.start == at);
    // 米大統領, モディ印首相: the form begins a word and what follows is a title or the like.
    if follower && (starts || alone) && !(c == '中' || c == '北' || c == '日' || c == '台' || c == '朝')
    {
        single_at(gazetteer, page, at, "before-title", out);
        return;
    }
    if follower && alone && is_katakana(before) && page.starts_with(at + 1, "首相") {
        single_at(gazetteer, page, at, "before-title", out);
        return;
    }
    // 日・フィリピン首脳会談: two states joined by a dot.
    if alone
        && next == '・'
        && matches!(c, '日' | '中' | '米' | '英' | '仏' | '独' | '露' | '豪' | '韓' | '伊' | '印')
    {
        let state_next = states_at.get(at + 2).copied().unwrap_or(false);
        if state_next && !is_kanji(before) {
            single_at(gazetteer, page, at, "headline", out);
            return;
        }
    }
    // 米捜査機関, 独指揮者: the form stands as a word before a noun.
    if alone
        && matches!(c, '米' | '英' | '仏' | '独' | '露' | '豪' | '韓')
        && is_kanji(next)
        && (!is_kanji(before)
            || page.begins(at) && page.token(at.wrapping_sub(1)).is_some_and(|token| token.tag.is_particle()))
        && page.token(at).is_some_and(|token| token.tag != Tag::NounSuffix)
        && page.token(at + 1).is_some_and(|token| {
            token.span.start == at + 1
                && token.span.len() >= 2
                && matches!(token.tag, Tag::Noun | Tag::VerbalNoun | Tag::OrganizationName)
                && !gazetteer.signs.never.iter().any(|word| page.starts_with(at, word))
        })
    {
        single_at(gazetteer, page, at, "before-noun", out);
        return;
    }
    // A place in it: 米デラウェア州.
    let place_next = taken.get(at + 1).copied().unwrap_or(false) || is_katakana(next);
    if alone
        && place_next
        && matches!(c, '米' | '英' | '仏' | '独' | '露' | '豪' | '伊' | '韓')
        && !is_kanji(before)
    {
        single_at(gazetteer, page, at, "before-name", out);
        return;
    }
    // Headlines and lists: 米、対中関税を引き上げ; 米、英、仏.
    let edge = |c: char| matches!(c, '\0' | '。' | '\n' | ' ' | '、' | '「' | '・' | '】' | ')' | '(');
    let opens =
        page.sentence_of(at).is_some_and(|index| page.sentences[index].span.start == at) || edge(before);
    if alone
        && opens
        && matches!(next, '、' | '・' | ')')
        && matches!(
            c,
            '米' | '英' | '仏' | '独' | '露' | '豪' | '伊' | '韓' | '印' | '加' | '中' | '日' | '台' | '朝'
        )
        && (next != '・'
            || taken.get(at + 2).copied().unwrap_or(false)
            || gazetteer.kanji.contains_key(&page.at(at + 2)))
    {
        single_at(gazetteer, page, at, "headline", out);
        return;
    }
    // 露の, 米が: where the dictionary takes it for a country.
    if alone
        && token.is_some_and(|token| token.tag == Tag::PlaceName)
        && matches!(c, '米' | '英' | '仏' | '独' | '露' | '豪' | '韓' | '伊' | '印')
        && (page.token(at + 1).is_some_and(|token| token.tag.is_particle()) || next == '、')
        && !is_kanji(before)
    {
        single_at(gazetteer, page, at, "country-word", out);
    }
}

/// Whether the prefix before one form is a prefix here: 対中関税 is, 中央 after 対 is not.
fn prefix_fits(gazetteer: &Gazetteer, page: &Page<'_>, taken: &[bool], at: usize, weak: bool) -> bool {
    let (prefix, c, next) = (page.before(at), page.at(at), page.at(at + 1));
    let beyond = if at >= 2 { page.at(at - 2) } else { '\0' };
    if c == '欧' || taken[at - 1] {
        return false;
    }
    if weak && (c != '北' || !matches!(prefix, '対' | '訪')) {
        return false;
    }
    if matches!(prefix, '来' | '離' | '帰' | '滞' | '抗' | '知')
        && c != '日'
        && !(c == '米' && prefix == '滞')
    {
        return false;
    }
    if prefix == '渡' && !matches!(c, '米' | '日' | '英' | '仏' | '独') {
        return false;
    }
    if prefix == '在' && c == '中' && !matches!(next, '国' | '日' | '米' | '韓' | '大') {
        return false;
    }
    if prefix == '来' && matches!(next, '曜' | '\u{6708}')
        || is_kanji(beyond) && prefix == '来' && beyond != '元' && !page.begins(at - 1)
    {
        return false;
    }
    if prefix == '対'
        && is_kanji(beyond)
        && (beyond == '反' || beyond == '絶' || beyond == '敵' || beyond == '応')
    {
        return false;
    }
    if matches!(prefix, '反' | '親') && c == '日' && matches!(next, '曜') {
        return false;
    }
    // A token that begins at the form and reaches on is another word (中央, 日程) unless it is a word of relations.
    let word = page.token(at);
    if word.is_some_and(|token| token.span.start == at && token.span.len() > 1) {
        let token_end = word.map_or(at + 1, |token| token.span.end);
        let words = Span::new(at, token_end).text(page.chars);
        return words.chars().all(|c| gazetteer.kanji.contains_key(&c))
            && !matches!(words.as_str(), "中米" | "北米");
    }
    true
}

fn single_at(
    gazetteer: &Gazetteer,
    page: &Page<'_>,
    at: usize,
    rule: &'static str,
    out: &mut Vec<Candidate>,
) {
    let Some((code, _)) = gazetteer.kanji.get(&page.at(at)) else { return };
    let span = Span::new(at, at + 1);
    if page.starts_with(at + 1, "ドル") || gazetteer.in_document_name(page, span) {
        return;
    }
    let state = gazetteer.state(code);
    out.push(Candidate {
        span,
        kind: Kind::State,
        states: vec![code.clone()],
        key: format!("state:{code}"),
        name: state.map_or_else(|| code.clone(), |state| state.ja.clone()),
        name_en: state.map(|state| state.en.clone()),
        code: Some(code.clone()),
        role: None,
        sector: Some("GOV".to_owned()),
        rule,
        rank: 6,
    });
    extend_government(page, out);
}

/// 米政府 is the state, marked whole.
fn extend_government(page: &Page<'_>, out: &mut [Candidate]) {
    if let Some(last) = out.last_mut()
        && (page.starts_with(last.span.end, "政府") && !page.starts_with(last.span.end, "政府系"))
    {
        last.span.end += 2;
    }
}

/// 比 for the Philippines, where the document names them in full: 比側, 比軍, マナロ比外相, 比、中国に….
fn philippines(
    gazetteer: &Gazetteer,
    page: &Page<'_>,
    taken: &[bool],
    found: &[Candidate],
    out: &mut Vec<Candidate>,
) {
    const BEFORE: [&str; 16] = [
        "側",
        "軍",
        "政府",
        "大統領",
        "外相",
        "国防",
        "沿岸警備隊",
        "当局",
        "外務",
        "海軍",
        "空軍",
        "陸軍",
        "議会",
        "上院",
        "漁船",
        "公船",
    ];
    if !found.iter().any(|candidate| candidate.states == ["PHL"]) {
        return;
    }
    for (at, taken) in taken.iter().enumerate() {
        let c = page.at(at);
        if c != '比' || *taken || out.iter().rev().take(4).any(|known| known.span.start == at) {
            continue;
        }
        let (before, next) = (page.before(at), page.at(at + 1));
        let apart = !is_kanji(before) && !before.is_ascii_digit() && !matches!(before, '%' | 'の');
        let heads = page.sentence_of(at).is_some_and(|index| page.sentences[index].span.start == at);
        let titled = BEFORE.iter().any(|word| page.starts_with(at + 1, word));
        let alone = matches!(next, '、' | 'の' | 'が' | 'は' | 'に' | 'と')
            && (heads || matches!(before, '、' | '。' | '\n' | ' '));
        if apart && (titled || alone) {
            single_at(gazetteer, page, at, "before-title", out);
        }
    }
}

/// 北 for North Korea, where the document speaks of it: 北は反発した, 「北の核」.
fn north(
    gazetteer: &Gazetteer,
    page: &Page<'_>,
    taken: &[bool],
    found: &[Candidate],
    out: &mut Vec<Candidate>,
) {
    if !found.iter().any(|candidate| candidate.states == ["PRK"]) {
        return;
    }
    for (at, taken) in taken.iter().enumerate() {
        let alone = page.at(at) == '北'
            && !*taken
            && !is_kanji(page.before(at))
            && !is_katakana(page.before(at))
            && page.token(at).is_some_and(|token| token.span.len() == 1);
        // 北側は: where it is no side of a place.
        let side = page.starts_with(at, "北側")
            && !*taken
            && matches!(page.at(at + 2), 'は' | 'が' | 'も' | 'に')
            && !is_kanji(page.before(at))
            && !is_katakana(page.before(at))
            && page.before(at) != 'の'
            && found.iter().any(|candidate| candidate.states == ["KOR"]);
        if side && !out.iter().any(|state| state.span.covers(at)) {
            single_at(gazetteer, page, at, "country-word", out);
            continue;
        }
        if alone
            && gazetteer.signs.north.iter().any(|word| page.starts_with(at + 1, word))
            && !out.iter().any(|state| state.span.covers(at))
        {
            single_at(gazetteer, page, at, "country-word", out);
        }
    }
}

/// 欧米, 米欧 stand for the United States; 南北 for the two Koreas where they meet.
fn regions(gazetteer: &Gazetteer, page: &Page<'_>, taken: &[bool], out: &mut Vec<Candidate>) {
    for (at, taken) in taken.iter().enumerate().take(page.chars.len().saturating_sub(1)) {
        let span = Span::new(at, at + 2);
        if *taken || out.iter().rev().take(4).any(|candidate| candidate.span.overlaps(span)) {
            continue;
        }
        let codes: &[&str] = match (page.at(at), page.at(at + 1)) {
            ('欧', '米') if !page.starts_with(at + 2, "州") => &["USA"],
            ('米', '欧') if !page.starts_with(at + 2, "州") => &["USA"],
            ('南', '北') if gazetteer.signs.koreas.iter().any(|word| page.starts_with(at + 2, word)) => {
                &["KOR", "PRK"]
            }
            _ => continue,
        };
        let code = codes.join(",");
        let name = if codes.len() == 1 {
            gazetteer.state(&code).map_or_else(|| span.text(page.chars), |state| state.ja.clone())
        } else {
            span.text(page.chars)
        };
        out.push(Candidate {
            span,
            kind: Kind::State,
            states: codes.iter().map(|code| (*code).to_owned()).collect(),
            key: format!("state:{code}"),
            name,
            name_en: None,
            code: Some(code),
            role: None,
            sector: Some("GOV".to_owned()),
            rule: "state-group",
            rank: 6,
        });
    }
}
