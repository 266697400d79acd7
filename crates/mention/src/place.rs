//! Places read by their endings: デラウェア州, 寧夏回族自治区, ソコトラ島.

use crate::Candidate;
use crate::page::{Page, is_kanji, is_katakana};
use entente_base::record::Kind;
use entente_base::{Lexicon, LexiconError, Span};
use entente_token::Tag;
use rustc_hash::FxHashMap as HashMap;

/// An ending of places.
#[derive(Debug, Clone)]
pub(crate) struct Ending {
    words: String,
    /// Whether a name in kanji may stand before it.
    kanji: bool,
    /// What makes another word of it: 市場, 県民.
    not_next: Vec<String>,
    /// Whether it may lie between states: a sea, a strait.
    water: bool,
}

/// What makes places of names that no list has.
#[derive(Debug, Clone, Default)]
pub(crate) struct Endings {
    /// Endings by their first character, longest first.
    endings: HashMap<char, Vec<Ending>>,
    /// Words right before a name in katakana, and right after it, that show it to be a place.
    before: Vec<String>,
    after: Vec<String>,
}

impl Endings {
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut endings: HashMap<char, Vec<Ending>> = HashMap::default();
        for row in lexicon.rows("mention/place_ending.tsv")? {
            for words in row.list("endings") {
                let Some(first) = words.chars().next() else { continue };
                endings.entry(first).or_default().push(Ending {
                    words: words.to_owned(),
                    kanji: row.get("kanji") == "yes",
                    water: row.get("water") == "yes",
                    not_next: row.list("not_next").into_iter().map(str::to_owned).collect(),
                });
            }
        }
        for list in endings.values_mut() {
            list.sort_by_key(|ending| std::cmp::Reverse(ending.words.chars().count()));
        }
        let mut found = Self { endings, ..Self::default() };
        for row in lexicon.rows("mention/place_beside.tsv")? {
            let list = match row.need("kind")? {
                "before" => &mut found.before,
                "after" => &mut found.after,
                other => return Err(row.error(format!("unknown kind `{other}`"), "write before or after")),
            };
            list.extend(row.list("words").into_iter().map(str::to_owned));
        }
        Ok(found)
    }
}

pub(crate) fn scan(endings: &Endings, page: &Page<'_>, found: &[Candidate]) -> Vec<Candidate> {
    let mut taken = vec![usize::MAX; page.chars.len()];
    for (index, candidate) in found.iter().enumerate() {
        for slot in taken.get_mut(candidate.span.start..candidate.span.end).unwrap_or_default() {
            *slot = index;
        }
    }
    let mut places: Vec<Candidate> = Vec::new();
    for at in 0..page.chars.len() {
        let Some(list) = endings.endings.get(&page.at(at)) else { continue };
        let Some(ending) = list.iter().find(|ending| page.starts_with(at, &ending.words)) else { continue };
        let end = at + ending.words.chars().count();
        if places.last().is_some_and(|place| place.span.end > at) || at == 0 {
            continue;
        }
        // A listed place takes the ending to itself: 新疆ウイグル|自治区 and テキサス|州 are one.
        let before = taken[at - 1];
        if let Some(listed) =
            found.get(before).filter(|listed| listed.kind == Kind::Place && listed.span.end == at)
        {
            // テキサス|州民 keeps the land; 台北|地方検察院 is a body.
            let goes_on = ending.not_next.iter().any(|word| page.starts_with(end, word));
            if !goes_on || ending.words == "州" && page.starts_with(end, "民") {
                places.push(Candidate {
                    span: Span::new(listed.span.start, end),
                    rule: "place-ending",
                    ..listed.clone()
                });
            }
            continue;
        }
        if taken[at] != usize::MAX || taken[at - 1] != usize::MAX {
            continue;
        }
        // The ending of a longer word is none: 村 of 村上.
        if page.token(at).is_some_and(|token| {
            token.span.end > end && matches!(token.tag, Tag::PersonName | Tag::PlaceName) && !token.unknown
        }) {
            continue;
        }
        let Some(start) = name_start(page, &taken, at, ending.kanji) else { continue };
        if ending.not_next.iter().any(|word| page.starts_with(end, word)) {
            continue;
        }
        // ハルキウ、オデーサ両|州: no name.
        if matches!(page.at(start), '両' | '同' | '各' | '全' | '他' | '本' | '当') && at == start + 1
        {
            continue;
        }
        let span = Span::new(start, end);
        let state = found.iter().rev().find(|c| {
            matches!(c.kind, Kind::State | Kind::Place)
                && c.states.len() == 1
                && c.span.end <= start
                && start - c.span.end <= if c.kind == Kind::State { 2 } else { 0 }
        });
        // 多治見市: a name in kanji that the dictionary knows is Japanese unless what stands before says otherwise.
        let home =
            (ending.kanji && is_kanji(page.at(start)) && !ending.water).then(|| vec!["JPN".to_owned()]);
        let name = span.text(page.chars);
        places.push(Candidate {
            span,
            kind: Kind::Place,
            states: state.map(|state| state.states.clone()).or(home).unwrap_or_default(),
            key: format!("place:{name}"),
            name,
            name_en: None,
            code: None,
            role: None,
            sector: None,
            rule: "place-ending",
            rank: 2,
        });
    }
    named(endings, page, &taken, found, &mut places);
    places
}

/// Names in katakana that words beside them show to be places: 都市ヴィテブスク, バルスロネット近郊.
fn named(endings: &Endings, page: &Page<'_>, taken: &[usize], found: &[Candidate], out: &mut Vec<Candidate>) {
    let mut at = 0;
    while at < page.chars.len() {
        if !is_katakana(page.at(at)) {
            at += 1;
            continue;
        }
        let start = at;
        at = page.katakana_end(start);
        let span = Span::new(start, at);
        let free = taken[start..at].iter().all(|slot| *slot == usize::MAX)
            && !out.iter().rev().take(3).any(|place| place.span.overlaps(span));
        if span.len() < 3
            || !free
            || matches!(page.before(start), '・' | '=' | '「' | '『')
            || matches!(page.at(at), '・' | '=')
        {
            continue;
        }
        let unknown = page.token(start).is_some_and(|token| {
            token.span.start == start
                && token.span.end == at
                && (token.unknown || token.tag == Tag::PlaceName)
        });
        let before = endings.before.iter().any(|word| page.ends_with(start, word));
        let after = endings.after.iter().any(|word| page.starts_with(at, word));
        // What follows a name of the first kind must be no part of another: 東部バスラで.
        let ends = page.token(at).is_none_or(|token| !token.tag.is_nominal()) || page.at(at) == '(';
        if !unknown || !(after || before && ends) {
            continue;
        }
        let near = found.iter().rev().find(|c| {
            let close = if c.kind == Kind::State { 12 } else { 4 };
            matches!(c.kind, Kind::State | Kind::Organization)
                && c.states.len() == 1
                && c.span.end <= start
                && start - c.span.end <= close
        });
        // 南部のジャブライルで: where no state is beside it, that of the place named before it, or of who tells of it.
        let near = near.or_else(|| {
            if page.before(start) != 'の' {
                return None;
            }
            let told = |c: &&Candidate| {
                c.states.len() == 1
                    && c.span.end <= start
                    && start - c.span.end <= 120
                    && page.at(c.span.end) == 'は'
                    && c.sector.as_deref() != Some("JRN")
            };
            found.iter().rev().find(told)
        });
        let name = span.text(page.chars);
        out.push(Candidate {
            span,
            kind: Kind::Place,
            states: near.map(|state| state.states.clone()).unwrap_or_default(),
            key: format!("place:{name}"),
            name,
            name_en: None,
            code: None,
            role: None,
            sector: None,
            rule: "place-beside",
            rank: 2,
        });
    }
}

/// Where the name before an ending begins.
fn name_start(page: &Page<'_>, taken: &[usize], at: usize, kanji: bool) -> Option<usize> {
    let mut start = at;
    while start > 0
        && taken[start - 1] == usize::MAX
        && (is_katakana(page.at(start - 1))
            || page.at(start - 1) == '・' && start >= 2 && is_katakana(page.at(start - 2)))
    {
        start -= 1;
    }
    if at - start >= 2 {
        // A common katakana word makes no place: リゾート地区.
        let common = page.token(start).is_some_and(|token| token.tag == Tag::Noun && !token.unknown);
        return (!common).then_some(start);
    }
    if !kanji {
        return None;
    }
    // Kanji names only where the dictionary takes them for a place or a name.
    let mut start = at;
    while start > 0 && at - start < 6 {
        let Some(token) = page.token(start - 1) else { break };
        // A person's name may be a place's, but only alone: 鳩山二郎|大川市長.
        let name = matches!(token.tag, Tag::PlaceName | Tag::ProperNoun)
            || token.tag == Tag::PersonName && start == at && !matches!(page.at(at), '町' | '村');
        if !name || token.span.end != start || taken[token.span.start] != usize::MAX {
            break;
        }
        start = token.span.start;
    }
    (at - start >= 1 && !(start > 0 && is_kanji(page.before(start)) && !page.begins(start))).then_some(start)
}
