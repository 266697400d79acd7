//! Bodies read by their endings: 中国商務省, ロシア連邦安全保障会議, 黒竜江省社会科学院.

use crate::Candidate;
use crate::page::{Page, is_kanji, is_katakana};
use entente_base::record::Kind;
use entente_base::{Lexicon, LexiconError, Span};
use entente_token::Tag;
use rustc_hash::FxHashMap as HashMap;

/// What an ending needs before it to name a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    /// Stands bare, the context gives the state: 外務省.
    Bare,
    /// A state or a proper name must stand in the compound: 中国軍, 清華大学.
    Name,
    /// A state must stand in the compound: 韓国軍.
    State,
    /// So many characters at least must stand before it: 漁業水産資源局.
    Long(usize),
}

#[derive(Debug, Clone)]
struct Ending {
    words: String,
    sector: String,
    need: Need,
    /// State to which it belongs where nothing else says so.
    home: Option<String>,
}

/// Endings by their last character, longest first.
pub(crate) struct Endings {
    by_last: HashMap<char, Vec<Ending>>,
    /// Words with which a compound names no body.
    spoilers: Vec<String>,
}

impl Endings {
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut by_last: HashMap<char, Vec<Ending>> = HashMap::default();
        let mut spoilers: Vec<String> = Vec::new();
        for row in lexicon.rows("mention/organization_ending.tsv")? {
            let need = match row.need("need")? {
                "bare" => Need::Bare,
                "name" => Need::Name,
                "state" => Need::State,
                length if length.parse::<usize>().is_ok() => Need::Long(length.parse().unwrap_or(0)),
                "never" => {
                    spoilers.extend(row.list("ending").into_iter().map(str::to_owned));
                    continue;
                }
                other => {
                    return Err(
                        row.error(format!("unknown need `{other}`"), "write bare, name, state or never")
                    );
                }
            };
            for words in row.list("ending") {
                let Some(last) = words.chars().last() else { continue };
                by_last.entry(last).or_default().push(Ending {
                    words: words.to_owned(),
                    sector: row.get("sector").to_owned(),
                    need,
                    home: Some(row.get("home").to_owned()).filter(|home| !home.is_empty()),
                });
            }
        }
        for endings in by_last.values_mut() {
            endings.sort_by_key(|ending| std::cmp::Reverse(ending.words.chars().count()));
        }
        Ok(Self { by_last, spoilers })
    }

    /// Where the name proper begins: 通信会社|アイピーモバイル社, without a dot that joined it to what is before.
    fn name_start(&self, page: &Page<'_>, mut start: usize, ending: usize, sector: &str) -> usize {
        // 国営|エミレーツ通信: whose it is belongs to no name.
        if ["国営", "国有", "公営"].iter().any(|word| page.starts_with(start, word))
            && is_katakana(page.at(start + 2))
            && start + 2 < ending
        {
            start += 2;
        }
        while start < ending && page.at(start) == '・' {
            start += 1;
        }
        // ZDFテレビ・ARDテレビ: two bodies.
        if let Some(dot) =
            (start + 1..ending).rev().find(|&at| page.at(at) == '・' && self.find(page, at).is_some())
        {
            start = dot + 1;
        }
        // 食品メーカー大手・ハウス食品, 安藤百福・日清食品: a dot after kanji parts the name of a company from what it is.
        if sector != "GOV"
            && let Some(dot) =
                (start + 1..ending).rev().find(|&at| page.at(at) == '・' && is_kanji(page.at(at - 1)))
        {
            start = dot + 1;
        }
        if matches!(sector, "BUS" | "JRN") && ending > start && is_katakana(page.before(ending)) {
            let mut name = ending;
            while name > start
                && (is_katakana(page.before(name))
                    || page.before(name) == '・' && name >= 2 && is_katakana(page.at(name - 2)))
            {
                name -= 1;
            }
            let press = matches!(page.before(name), '紙' | '誌' | '局');
            if ending - name >= 2
                && page.at(name) != '・'
                && (sector == "BUS" && is_kanji(page.before(name)) || press)
            {
                return name;
            }
        }
        start
    }

    /// Whether a word stands in the compound with which it names no body: 北朝鮮向けラジオ放送, 自社.
    fn spoils(&self, page: &Page<'_>, span: Span) -> bool {
        (span.start..span.end).any(|at| self.spoilers.iter().any(|word| page.starts_with(at, word)))
    }

    fn find(&self, page: &Page<'_>, end: usize) -> Option<&Ending> {
        self.by_last.get(&page.before(end))?.iter().find(|ending| {
            page.ends_with(end, &ending.words) && {
                let start = end - ending.words.chars().count();
                page.begins(start) || page.token(start).is_some_and(|token| token.span.end >= end)
            }
        })
    }
}

pub(crate) fn scan(endings: &Endings, page: &Page<'_>, found: &[Candidate]) -> Vec<Candidate> {
    let mut owner: HashMap<usize, &Candidate> = HashMap::default();
    for candidate in found {
        for at in candidate.span.start..candidate.span.end {
            owner.insert(at, candidate);
        }
    }
    let mut bodies: Vec<Candidate> = Vec::new();
    for token in &page.tokens {
        let end = token.span.end;
        if !token.tag.is_nominal() {
            continue;
        }
        let Some(ending) = endings.find(page, end) else { continue };
        // The ending goes on into a longer word that is no title: 軍事, 党派.
        if continues(page, end, &owner) {
            continue;
        }
        let ending_start = end - ending.words.chars().count();
        if let Some(listed) = owner.get(&(end - 1))
            && listed.span.end == end
            && matches!(listed.kind, Kind::Organization | Kind::Place)
        {
            continue;
        }
        let start = extend_left(page, &owner, ending_start);
        let start = endings.name_start(page, start, ending_start, &ending.sector);
        // ソー・ウィン|国軍副司令官: a name with dots before what stands bare is a person's.
        let person = ending.need == Need::Bare
            && (start + 1..ending_start).any(|at| {
                page.at(at) == '・' && is_katakana(page.before(at)) && is_katakana(page.at(at + 1))
            });
        let start = if person { ending_start } else { start };
        // アンドレイ・クライニー|漁業庁|長官: a name before the office that its title names.
        let titled = ["長", "相", "大臣", "次官", "報道官", "副長官", "司令"]
            .iter()
            .any(|title| page.starts_with(end, title));
        let start = if titled { after_name(page, start, ending_start) } else { start };
        // 両|国軍: the armies of both.
        let both =
            ending.words.starts_with('国') && matches!(page.before(ending_start), '両' | '各' | '同' | '他');
        if both || endings.spoils(page, Span::new(start, end)) {
            continue;
        }
        let span = Span::new(start, end);
        let states = states_in(page, span, &owner);
        let proper = start < ending_start
            && has_proper(page, Span::new(start, ending_start), &owner, ending.sector == "JRN");
        let state_inside = start < ending_start && owner_states(&owner, start, end);
        // 米大学, 韓国テレビ: a state's whatever is none by name.
        let any = state_inside
            && matches!(ending.sector.as_str(), "EDU" | "BUS" | "JRN")
            && owner
                .get(&start)
                .is_some_and(|state| state.kind == Kind::State && state.span.end == ending_start);
        // 厚生労働省|統計局: a part of a listed body.
        let part = matches!(ending.need, Need::Long(_))
            && (start..ending_start)
                .any(|at| owner.get(&at).is_some_and(|listed| listed.kind == Kind::Organization));
        if any || part {
            continue;
        }
        let fits = match ending.need {
            Need::Bare => true,
            Need::Name => proper,
            Need::State => state_inside,
            Need::Long(length) => proper || ending_start - start.min(ending_start) >= length,
        };
        if !fits || bodies.last().is_some_and(|body: &Candidate| body.span == span) {
            continue;
        }
        if let Some(last) = bodies.last()
            && last.span.end > start
            && span.contains(last.span)
        {
            bodies.pop();
        }
        let mut states = states;
        if states.is_empty()
            && let Some(home) = &ending.home
            && !proper
        {
            states = vec![home.clone()];
        }
        // 外務省サイト, 『…』。外務省、2007年: named bare as a source it is the reader's own.
        let source = ["サイト", "のサイト", "ホームページ", "のホームページ", "HP", "ウェブ"]
            .iter()
            .any(|word| page.starts_with(end, word))
            || page.ends_with(start, "』。") && page.at(end) == '、';
        if states.is_empty() && source && !proper && !state_inside {
            states = vec!["JPN".to_owned()];
        }
        // 駒澤大学, 四国新聞: kanji that the dictionary knows for a name make it Japanese.
        if states.is_empty()
            && ending.sector != "IGO"
            && proper
            && japanese_name(page, Span::new(start, ending_start), &owner, ending.sector == "JRN")
        {
            states = vec!["JPN".to_owned()];
        }
        let name = span.text(page.chars);
        // 比軍 is フィリピン軍.
        let name = match owner.get(&start) {
            Some(state)
                if state.kind == Kind::State
                    && state.span.start == start
                    && state.span.len() == 1
                    && state.states.len() == 1
                    && start < ending_start =>
            {
                state.name.clone() + &Span::new(start + 1, end).text(page.chars)
            }
            _ => name,
        };
        let bare = !proper && !state_inside;
        bodies.push(Candidate {
            span,
            kind: Kind::Organization,
            states,
            key: if bare { String::new() } else { format!("org:{name}") },
            name,
            name_en: None,
            code: None,
            role: None,
            sector: Some(ending.sector.clone()).filter(|sector| !sector.is_empty()),
            rule: if bare { "body-bare" } else { "body-ending" },
            rank: 4,
        });
    }
    bodies.extend(with_state(page, found));
    bodies.extend(papers(page, &owner));
    bodies
}

/// The place behind a person's name in katakana, of which a dot joined a part from before or within.
fn after_name(page: &Page<'_>, start: usize, end: usize) -> usize {
    let mut name = start;
    while name < end && (is_katakana(page.at(name)) || matches!(page.at(name), '・' | '=')) {
        name += 1;
    }
    let within = (start..name).any(|at| page.at(at) == '・');
    let joined = start >= 2 && page.before(start) == '・' && is_katakana(page.at(start - 2));
    if name > start && name < end && (within || joined) && is_kanji(page.at(name)) { name } else { start }
}

/// Papers in quotation marks: 「ナショナル」紙, 「シュピーゲル」誌.
fn papers(page: &Page<'_>, owner: &HashMap<usize, &Candidate>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for at in 1..page.chars.len() {
        if page.at(at) != '」' || !matches!(page.at(at + 1), '紙' | '誌') {
            continue;
        }
        let Some(open) = (at.saturating_sub(24)..at).rev().find(|&index| page.at(index) == '「') else {
            continue;
        };
        let span = Span::new(open + 1, at);
        let name = span.text(page.chars);
        let listed = owner.get(&span.start).is_some_and(|listed| {
            listed.kind == Kind::Organization
                && listed.span.start == span.start
                && listed.span.end == span.end
        });
        if span.len() < 2 || listed || name.contains('」') {
            continue;
        }
        found.push(Candidate {
            span,
            kind: Kind::Organization,
            states: Vec::new(),
            key: format!("org:{name}"),
            name,
            name_en: None,
            code: None,
            role: None,
            sector: Some("JRN".to_owned()),
            rule: "body-ending",
            rank: 4,
        });
    }
    found
}

/// Listed offices and forces with the state named right before them: 米|証券取引委員会.
fn with_state(page: &Page<'_>, found: &[Candidate]) -> Vec<Candidate> {
    let ends: HashMap<usize, &Candidate> = found
        .iter()
        .filter(|candidate| candidate.kind == Kind::State && candidate.states.len() == 1)
        .map(|state| (state.span.end, state))
        .collect();
    found
        .iter()
        .filter(|body| {
            body.kind == Kind::Organization
                && matches!(body.sector.as_deref(), Some("GOV" | "MIL" | "LEG" | "JUD" | "COP"))
        })
        .filter_map(|body| {
            let state = ends.get(&body.span.start)?;
            let whole = state.states == body.states
                && state.rule != "prefix"
                && !page.ends_with(state.span.end, "政府");
            whole.then(|| Candidate { span: Span::new(state.span.start, body.span.end), ..body.clone() })
        })
        .collect()
}

/// Whether the word goes on after the ending, so that it is not its end.
fn continues(page: &Page<'_>, end: usize, owner: &HashMap<usize, &Candidate>) -> bool {
    let Some(token) = page.token(end) else { return false };
    if token.span.start < end {
        return true;
    }
    if owner.get(&end).is_some_and(|candidate| candidate.span.start == end && candidate.kind == Kind::Person)
    {
        return false;
    }
    // タイ|軍機, 中国|軍艦: a thing of the army's.
    if page.before(end) == '軍'
        && matches!(page.at(end), '機' | '艦' | '船')
        && !page.starts_with(end, "機関")
    {
        return true;
    }
    // Suffixes that make another word of it.
    const GOES_ON: [&str; 23] = [
        "事", "人", "員", "派", "内", "系", "的", "化", "長", "令", "議", "旗", "服", "大会", "首", "史",
        "籍", "用", "組織", "法", "車", "制", "道",
    ];
    token.tag == Tag::NounSuffix
        && GOES_ON.iter().any(|word| page.starts_with(end, word))
        && !page.starts_with(end, "長官")
        && !page.starts_with(end, "内で")
}

/// How far to the left the name of a body reaches.
fn extend_left(page: &Page<'_>, owner: &HashMap<usize, &Candidate>, from: usize) -> usize {
    let mut start = from;
    // The token in which the ending stands may begin before it.
    if let Some(token) = page.token(from)
        && token.span.start < from
    {
        start = token.span.start;
    }
    loop {
        if start == 0 {
            return start;
        }
        if let Some(listed) = owner.get(&(start - 1)) {
            let fits = listed.span.end == start
                && match listed.kind {
                    Kind::State => !page.ends_with(start, "政府"),
                    Kind::Place | Kind::Organization => true,
                    Kind::Person => false,
                };
            if !fits || start - listed.span.start > 16 {
                return start;
            }
            // 訪中 + … : a form after a prefix stays a state of its own.
            if listed.kind == Kind::State
                && (listed.rule == "prefix" || matches!(page.before(listed.span.start), '親' | '反' | '対'))
            {
                return start;
            }
            start = listed.span.start;
            if listed.kind == Kind::State {
                return start;
            }
            continue;
        }
        let Some(token) = page.token(start - 1) else { return start };
        // 中国製|自動車: what is made somewhere is no body of it.
        if token.tag == Tag::NounSuffix
            && token.span.len() == 1
            && "産製系側派型風的".contains(page.at(token.span.start))
        {
            return start;
        }
        // 第170回|国会: what counts is no part of the name.
        let counts = token.tag == Tag::NounSuffix
            && token.span.start > 0
            && page.token(token.span.start - 1).is_some_and(|before| before.tag == Tag::Number);
        // 日本|軽|種馬協会: a prefix within a compound joins; before it all it does not.
        let inner_prefix = token.tag == Tag::Prefix
            && token.span.start > 0
            && (owner.get(&(token.span.start - 1)).is_some_and(|before| before.kind == Kind::State)
                || page.token(token.span.start - 1).is_some_and(|before| before.tag == Tag::Noun))
            && !matches!(
                page.at(token.span.start),
                '前' | '元'
                    | '新'
                    | '現'
                    | '同'
                    | '各'
                    | '両'
                    | '全'
                    | '約'
                    | '第'
                    | '対'
                    | '反'
                    | '親'
                    | '在'
                    | '駐'
            );
        let joins = !counts
            && token.tag.is_nominal()
            && (inner_prefix
                || !matches!(
                    token.tag,
                    Tag::Number
                        | Tag::PersonName
                        | Tag::Pronoun
                        | Tag::BoundNoun
                        | Tag::AdverbialNoun
                        | Tag::Prefix
                ))
            || page.at(start - 1) == '・'
                && start >= 2
                // 会場・福岡国際センター: a name that begins after a dot is whole.
                && !owner.get(&start).is_some_and(|listed| listed.kind == Kind::Place || listed.kind == Kind::State)
                && page.token(start - 2).is_some_and(|token| token.tag.is_nominal());
        if !joins
            || from - token.span.start > 14
            || matches!(page.at(start - 1), '氏' | '日' | '月' | '年')
            || page.ends_with(start, "政府")
        {
            return start;
        }
        // Titles and the like before a body end it: 大統領府 is one word, 首相|外務省 never occurs.
        start = token.span.start;
    }
}

/// Whether a proper name stands in the span.
fn has_proper(page: &Page<'_>, span: Span, owner: &HashMap<usize, &Candidate>, press: bool) -> bool {
    let mut at = span.start;
    while at < span.end {
        if owner.contains_key(&at) {
            return true;
        }
        let Some(token) = page.token(at) else { return false };
        // 天洋食品, インディアン・エクスプレス新聞.
        let dotted =
            press && is_katakana(page.at(at)) && page.at(token.span.end) == '・' && token.span.end < span.end;
        let katakana = (token.unknown || dotted)
            && token.span.slice(page.chars).iter().all(|c| is_katakana(*c))
            && token.span.len() >= 2;
        let latin =
            token.span.slice(page.chars).iter().all(|c| c.is_ascii_uppercase()) && token.span.len() >= 2;
        let kanji = token.unknown
            && token.span.len() >= 2
            && token.span.slice(page.chars).iter().all(|c| is_kanji(*c));
        if katakana
            || kanji
            || latin
            || matches!(token.tag, Tag::PlaceName | Tag::OrganizationName | Tag::PersonName | Tag::ProperNoun)
        {
            return true;
        }
        at = token.span.end;
    }
    false
}

/// Whether the words are kanji with a Japanese name among them, and none that the lexicon gives to someone else.
fn japanese_name(page: &Page<'_>, span: Span, owner: &HashMap<usize, &Candidate>, press: bool) -> bool {
    let mut named = press;
    let mut at = span.start;
    while at < span.end {
        let Some(token) = page.token(at) else { return false };
        if owner.contains_key(&at) || !token.span.slice(page.chars).iter().all(|c| is_kanji(*c)) {
            return false;
        }
        named |= !token.unknown && matches!(token.tag, Tag::PlaceName | Tag::PersonName);
        at = token.span.end;
    }
    named
}

fn owner_states(owner: &HashMap<usize, &Candidate>, start: usize, end: usize) -> bool {
    (start..end).any(|at| owner.get(&at).is_some_and(|candidate| candidate.kind == Kind::State))
}

/// States that the words of a body name, or that stand right before it with の.
fn states_in(page: &Page<'_>, span: Span, owner: &HashMap<usize, &Candidate>) -> Vec<String> {
    let mut states: Vec<String> = Vec::new();
    for at in span.start..span.end {
        if let Some(inside) = owner.get(&at) {
            if inside.kind == Kind::Organization && inside.states.is_empty() {
                return Vec::new();
            }
            for state in &inside.states {
                if !states.contains(state) {
                    states.push(state.clone());
                }
            }
        }
    }
    if states.is_empty() && span.start >= 2 && page.at(span.start - 1) == 'の' {
        // 中国の商務省; also 米国とロシアの….
        let near = owner.get(&(span.start - 2)).filter(|near| near.span.end == span.start - 1);
        if let Some(near) = near.filter(|near| matches!(near.kind, Kind::State | Kind::Place)) {
            states.clone_from(&near.states);
        }
    }
    states.sort();
    states
}
