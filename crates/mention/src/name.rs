//! Full names that neither list nor title tells: 山田太郎, クリスティン・ハルヴォルセン, 大統領プーチン.

use crate::Candidate;
use crate::page::{Page, is_hiragana, is_kanji, is_katakana};
use crate::person::Titles;
use entente_base::Span;
use entente_base::record::Kind;
use entente_token::{NamePart, Tag};
use rustc_hash::FxHashSet as HashSet;

pub(crate) fn scan(titles: &Titles, page: &Page<'_>, found: &[Candidate]) -> Vec<Candidate> {
    let mut taken: Vec<Option<Kind>> = vec![None; page.chars.len()];
    for candidate in found {
        taken[candidate.span.start..candidate.span.end].fill(Some(candidate.kind));
    }
    let mut names = Vec::new();
    japanese(page, &taken, &mut names);
    // Family names that a title or honorific told.
    let known: HashSet<String> = found
        .iter()
        .filter(|candidate| candidate.kind == Kind::Person && candidate.rule.starts_with("person-"))
        .map(|candidate| candidate.span.text(page.chars))
        .collect();
    dotted(titles, &known, page, &taken, &mut names);
    names
}

fn candidate(page: &Page<'_>, span: Span, states: Vec<String>, rule: &'static str) -> Candidate {
    Candidate {
        span,
        kind: Kind::Person,
        states,
        key: String::new(),
        name: span.text(page.chars),
        name_en: None,
        code: None,
        role: None,
        sector: None,
        rule,
        rank: 1,
    }
}

/// What stands after a name and is no letter of it.
const NOT_GIVEN: &str =
    "跡宮氏様君前元現新両同相役長党州省県市町村区氏議監選投捕打外内社賞杯家川山駅島橋寺館院号法線城";

/// A Japanese family name and a given name that the dictionary knows, side by side.
fn japanese(page: &Page<'_>, taken: &[Option<Kind>], out: &mut Vec<Candidate>) {
    for pair in page.tokens.windows(2) {
        let [family, given] = pair else { continue };
        let mut span = Span::new(family.span.start, given.span.end);
        // 松崎|伸|吾: a given name that the dictionary cuts.
        if given.span.len() == 1
            && let Some(more) = page.token(span.end)
            && more.span.len() == 1
            && span.len() <= 3
            && is_kanji(page.at(span.end))
            && more.tag.is_nominal()
            && !NOT_GIVEN.contains(page.at(span.end))
        {
            span.end += 1;
        }
        let kana_given = given.span.slice(page.chars).iter().all(|c| is_katakana(*c) || is_hiragana(*c));
        let fits = family.name_part == Some(NamePart::Family)
            && given.name_part == Some(NamePart::Given)
            && !family.unknown
            && !given.unknown
            && family.span.end == given.span.start
            && family.span.slice(page.chars).iter().all(|c| is_kanji(*c))
            && family.span.len() >= 2
            && (kana_given && given.span.len() >= 2
                || given.span.slice(page.chars).iter().all(|c| is_kanji(*c)))
            && taken[span.start..span.end].iter().all(Option::is_none);
        if !fits {
            continue;
        }
        // 前 and the like may stand before, a kanji of the same word may not.
        let inside = page.token(span.start.wrapping_sub(1)).is_some_and(|before| {
            before.name_part == Some(NamePart::Family) || before.span.end != span.start
        });
        // 山崎正和賞, 高橋健市: what makes another name of it.
        let goes_on = page.token(span.end).is_some_and(|after| {
            page.at(span.end) == '・' && is_katakana(page.at(span.end + 1))
                || after.span.len() == 1 && is_hiragana(page.at(span.end)) && after.tag.is_nominal()
                || after.span.len() == 1
                    && "跡賞杯家川山町市村駅島橋寺館院号法線城区".contains(page.at(after.span.start))
                || matches!(after.tag, Tag::PlaceName | Tag::OrganizationName)
        });
        if inside || goes_on {
            continue;
        }
        out.push(candidate(page, span, vec!["JPN".to_owned()], "person-full-name"));
    }
}

/// Katakana words joined by dots of which one is known as a given name, and none is a word of another kind.
fn dotted(
    titles: &Titles,
    known: &HashSet<String>,
    page: &Page<'_>,
    taken: &[Option<Kind>],
    out: &mut Vec<Candidate>,
) {
    let mut at = 0;
    while at < page.chars.len() {
        if !is_katakana(page.at(at)) {
            at += 1;
            continue;
        }
        let start = at;
        let mut dots = 0;
        while is_katakana(page.at(at))
            || matches!(page.at(at), '・' | '=' | '.')
                && (is_katakana(page.at(at + 1)) || page.at(at + 1).is_ascii_uppercase())
            || page.at(at).is_ascii_uppercase()
                && matches!(page.before(at), '・' | '=')
                && matches!(page.at(at + 1), '・' | '=' | '.')
        {
            dots += usize::from(matches!(page.at(at), '・' | '='));
            at += 1;
        }
        let span = Span::new(start, at);
        if dots == 0 || dots > 4 || span.len() > 30 || span.len() < 4 {
            continue;
        }
        let free = |kind: &Option<Kind>| kind.is_none() || *kind == Some(Kind::Person);
        if !taken[start..at].iter().all(free)
            || taken[start..at].iter().all(|kind| *kind == Some(Kind::Person))
        {
            continue;
        }
        let text = span.text(page.chars);
        let parts: Vec<&str> = text.split(['・', '=']).collect();
        let other = parts.iter().any(|part| titles.not_name.contains(*part) || part.is_empty());
        let given = parts.iter().take(2).any(|part| titles.first.contains(*part))
            || parts.last().is_some_and(|part| known.contains(*part));
        // A part that is a common word of the dictionary makes no name.
        let common = {
            let mut from = start;
            parts.iter().any(|part| {
                let token = page.token(from);
                let length = part.chars().count();
                from += length + 1;
                token.is_some_and(|token| {
                    !token.unknown
                        && token.span.len() == length
                        && matches!(token.tag, Tag::Noun | Tag::VerbalNoun | Tag::AdjectivalNoun)
                }) && !titles.first.contains(*part)
            })
        };
        // 〜通り, 〜社: what follows makes another name of it.
        let goes_on = [
            "社",
            "州",
            "島",
            "市",
            "賞",
            "杯",
            "通り",
            "紙",
            "誌",
            "号",
            "法",
            "大学",
            "空港",
            "記念",
            "病院",
            "広場",
            "公園",
            "財団",
            "研究所",
            "銀行",
        ]
        .iter()
        .any(|suffix| page.starts_with(at, suffix));
        if given && !other && !common && !goes_on {
            out.push(candidate(page, span, Vec::new(), "person-full-name"));
        }
    }
}
