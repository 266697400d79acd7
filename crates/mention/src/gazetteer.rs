//! Names that the lexicon lists: states, bodies, organizations, places, persons.

use crate::Candidate;
use crate::page::{Page, is_kanji, is_katakana};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use entente_base::record::Kind;
use entente_base::{Lexicon, LexiconError, Span};
use entente_token::{Tag, WordClass};
use rustc_hash::FxHashMap as HashMap;
use std::collections::BTreeMap;

/// A state of the lexicon.
#[derive(Debug, Clone)]
pub struct State {
    /// ISO 3166-1 alpha-3 code.
    pub code: String,
    /// Usual Japanese name.
    pub ja: String,
    /// Usual English name.
    pub en: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) kind: Kind,
    pub(crate) states: Vec<String>,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) name_en: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) sector: Option<String>,
    /// Only where the words around speak for it.
    pub(crate) weak: bool,
    pub(crate) media: bool,
    /// The state whose capital it is.
    pub(crate) capital_of: Option<String>,
}

/// A person of the lexicon.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) family: String,
    pub(crate) name_en: Option<String>,
    pub(crate) states: Vec<String>,
    pub(crate) sector: Option<String>,
    /// Title with the dates it was held, as far as known.
    pub(crate) roles: Vec<(String, Option<String>, Option<String>)>,
}

/// What shows that one character is a state.
#[derive(Debug, Clone, Default)]
pub(crate) struct Signs {
    pub(crate) prefixes: Vec<char>,
    pub(crate) followers: Vec<String>,
    pub(crate) relations: Vec<String>,
    pub(crate) koreas: Vec<String>,
    /// Words that begin with a form and speak of no state: 米農家.
    pub(crate) never: Vec<String>,
    /// Words after 北 that show it to be North Korea, where the document speaks of it.
    pub(crate) north: Vec<String>,
    /// What shows that a capital stands for its government: words after it, and acts of which it is the subject.
    pub(crate) capital_followers: Vec<String>,
    pub(crate) capital_acts: Vec<String>,
}

impl Signs {
    fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut signs = Self::default();
        for row in lexicon.rows("mention/abbreviation.tsv")? {
            let words = row.list("words");
            let list = match row.need("kind")? {
                "prefix" => {
                    signs.prefixes.extend(words.iter().filter_map(|word| word.chars().next()));
                    continue;
                }
                "follower" => &mut signs.followers,
                "relation" => &mut signs.relations,
                "koreas" => &mut signs.koreas,
                "never" => &mut signs.never,
                "north" => &mut signs.north,
                other => {
                    return Err(row.error(
                        format!("unknown kind `{other}`"),
                        "write prefix, follower, relation, koreas, never or north",
                    ));
                }
            };
            list.extend(words.into_iter().map(str::to_owned));
        }
        for row in lexicon.rows("mention/capital.tsv")? {
            let list = match row.need("kind")? {
                "follower" => &mut signs.capital_followers,
                "act" => &mut signs.capital_acts,
                other => {
                    return Err(row.error(format!("unknown kind `{other}`"), "write follower or act"));
                }
            };
            list.extend(row.list("words").into_iter().map(str::to_owned));
        }
        Ok(signs)
    }
}

/// All listed names, compiled into one automaton.
pub struct Gazetteer {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    names: Vec<(String, u32)>,
    entries: Vec<Entry>,
    states: BTreeMap<String, State>,
    /// One-character forms; the second says that it needs words of relations around it.
    pub(crate) kanji: HashMap<char, (String, bool)>,
    /// Words in which a listed state's name is none.
    pub(crate) not_state: Vec<String>,
    /// What ends the name of a treaty, war, law or document.
    pub(crate) document_endings: Vec<String>,
    pub(crate) signs: Signs,
    pub(crate) persons: Vec<Person>,
    /// Family names, and names by which one person alone is known, to indices of `persons`.
    pub(crate) by_family: HashMap<String, Vec<usize>>,
    pub(crate) by_name: HashMap<String, usize>,
    media: rustc_hash::FxHashSet<String>,
}

impl Gazetteer {
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut build = Build::default();
        build.states(lexicon)?;
        build.bodies(lexicon)?;
        build.organizations(lexicon)?;
        build.places(lexicon)?;
        build.persons(lexicon)?;
        let not_state = lexicon.words("mention/not_state.tsv", "words")?;
        let document_endings = lexicon.words("mention/document_ending.tsv", "words")?;
        let names: Vec<(String, u32)> = build.names.into_iter().collect();
        let automaton = if names.is_empty() {
            None
        } else {
            let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
                .match_kind(MatchKind::LeftmostLongest)
                .build_with_values(names.iter().map(|(name, index)| (name.as_str(), *index)))
                .map_err(|error| {
                    LexiconError::new("mention/", 0, error.to_string(), "look for names that are empty")
                })?;
            Some(automaton)
        };
        let media = build.entries.iter().filter(|entry| entry.media).map(|entry| entry.key.clone()).collect();
        Ok(Self {
            automaton,
            media,
            names,
            entries: build.entries,
            states: build.states,
            kanji: build.kanji,
            not_state,
            document_endings,
            signs: Signs::new(lexicon)?,
            persons: build.persons,
            by_family: build.by_family,
            by_name: build.by_name,
        })
    }

    /// The state with this code.
    pub fn state(&self, code: &str) -> Option<&State> {
        self.states.get(code)
    }

    /// All states by code.
    pub fn states(&self) -> impl Iterator<Item = &State> {
        self.states.values()
    }

    /// The codes that a name, code or pair name stands for: `CHN`, `中国`, `China`, `中露`; empty where unknown.
    pub fn codes(&self, name: &str) -> Vec<String> {
        let upper = name.to_uppercase();
        if self.states.contains_key(&upper) {
            return vec![upper];
        }
        if let Some(entry) =
            self.names.iter().find(|(n, _)| n == name).map(|(_, i)| &self.entries[*i as usize])
            && entry.kind == Kind::State
        {
            return entry.states.clone();
        }
        let lower = name.to_lowercase();
        if let Some((_, index)) = self
            .names
            .iter()
            .find(|(n, index)| self.entries[*index as usize].kind == Kind::State && n.to_lowercase() == lower)
        {
            return self.entries[*index as usize].states.clone();
        }
        let mut codes: Vec<String> = Vec::new();
        for c in name.chars() {
            match self.kanji.get(&c) {
                Some((code, _)) => codes.push(code.clone()),
                None => return Vec::new(),
            }
        }
        codes
    }

    /// The code of a body by its code or name.
    pub fn body(&self, name: &str) -> Option<&str> {
        self.names
            .iter()
            .find(|(n, _)| n == name)
            .and_then(|(_, index)| self.entries[*index as usize].code.as_deref())
    }

    /// Words that the tokenizer must keep whole, with their class.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, WordClass)> {
        self.names.iter().filter_map(|(name, index)| {
            let entry = &self.entries[*index as usize];
            // Short katakana names would break up the unknown names that they begin.
            let short = name.chars().count() < 4 && name.chars().all(is_katakana);
            if entry.weak || name.chars().count() < 2 || name.is_ascii() || short {
                return None;
            }
            let class = match entry.kind {
                Kind::State => WordClass::Country,
                Kind::Person => WordClass::Person,
                Kind::Organization => WordClass::Organization,
                Kind::Place => WordClass::Place,
            };
            Some((name.as_str(), class))
        })
    }

    /// Whether a key is a news agency, newspaper or broadcaster of the lexicon.
    pub(crate) fn is_media(&self, key: &str) -> bool {
        self.media.contains(key)
    }

    pub(crate) fn person_by_key(&self, key: &str) -> Option<&Person> {
        self.by_name.get(key.strip_prefix("person:")?).map(|&index| &self.persons[index])
    }

    /// Listed names in the text.
    pub(crate) fn scan(&self, page: &Page<'_>) -> Vec<Candidate> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let text: String = page.chars.iter().collect();
        let mut found = Vec::new();
        let (mut byte, mut at) = (0, 0);
        for matched in automaton.leftmost_find_iter(&text) {
            let (Some(skipped), Some(words)) =
                (text.get(byte..matched.start()), text.get(matched.start()..matched.end()))
            else {
                continue;
            };
            let start = at + skipped.chars().count();
            let end = start + words.chars().count();
            (byte, at) = (matched.end(), end);
            let entry = &self.entries[matched.value() as usize];
            let span = Span::new(start, end);
            if self.fits(page, span, entry) {
                found.push(self.candidate(page, span, entry));
            } else if let Some(shorter) = self.shorter(page, span) {
                found.push(shorter);
            }
        }
        found
    }

    /// A listed name that begins where a longer, unfit one did.
    fn shorter(&self, page: &Page<'_>, span: Span) -> Option<Candidate> {
        (span.start + 2..span.end).rev().find_map(|end| {
            let part = Span::new(span.start, end);
            let words = part.text(page.chars);
            let index = self.names.binary_search_by(|(name, _)| name.as_str().cmp(&words)).ok()?;
            let entry = &self.entries[self.names[index].1 as usize];
            self.fits(page, part, entry).then(|| self.candidate(page, part, entry))
        })
    }

    fn candidate(&self, page: &Page<'_>, mut span: Span, entry: &Entry) -> Candidate {
        if entry.kind == Kind::State
            && page.starts_with(span.end, "政府")
            && !page.starts_with(span.end, "政府系")
        {
            span.end += 2;
        }
        if let Some(code) = &entry.capital_of
            && self.is_government(page, span)
            && let Some(state) = self.states.get(code)
        {
            if page.starts_with(span.end, "政府") {
                span.end += 2;
            }
            return Candidate {
                span,
                kind: Kind::State,
                states: vec![code.clone()],
                key: format!("state:{code}"),
                name: state.ja.clone(),
                name_en: Some(state.en.clone()),
                code: Some(code.clone()),
                role: None,
                sector: Some("GOV".to_owned()),
                rule: "capital",
                rank: 5,
            };
        }
        Candidate {
            span,
            kind: entry.kind,
            states: entry.states.clone(),
            key: entry.key.clone(),
            name: entry.name.clone(),
            name_en: entry.name_en.clone(),
            code: entry.code.clone(),
            role: None,
            sector: entry.sector.clone(),
            rule: "gazetteer",
            rank: 5,
        }
    }

    /// Whether a capital stands for its government here: モスクワは反発した, 北京にとって.
    fn is_government(&self, page: &Page<'_>, span: Span) -> bool {
        if self.signs.capital_followers.iter().any(|word| page.starts_with(span.end, word)) {
            return !page.starts_with(span.end, "政府系");
        }
        if !["は", "が", "も"].iter().any(|particle| page.starts_with(span.end, particle)) {
            return false;
        }
        let Some(sentence) = page.sentence_of(span.start) else { return false };
        let end = page.sentences[sentence].span.end;
        let clause = (span.end + 1..end).find(|&at| matches!(page.at(at), '。' | '」' | '\n')).unwrap_or(end);
        (span.end + 1..clause.min(span.end + 60))
            .any(|at| self.signs.capital_acts.iter().any(|word| page.starts_with(at, word)))
    }

    /// Whether a listed name can be one at this place.
    fn fits(&self, page: &Page<'_>, span: Span, entry: &Entry) -> bool {
        let (first, last) = (page.at(span.start), page.before(span.end));
        let (before, after) = (page.before(span.start), page.at(span.end));
        let latin = |c: char| c.is_ascii_alphanumeric();
        if (latin(first) && (latin(before) || before == '-' && entry.kind != Kind::State && !latin(last)))
            || (latin(last) && (latin(after) && !after.is_ascii_digit()))
        {
            return false;
        }
        if latin(last) && after.is_ascii_digit() && entry.kind == Kind::State {
            return false;
        }
        // Within a longer katakana word only where the rest of it is a word of its own (ロシアメディア, not アルバニージー)
        // or a listed name (オバマアメリカ大統領).
        let rest_is_word = |at: usize| page.token(at).is_some_and(|token| !token.unknown);
        if is_katakana(last) && is_katakana(after) {
            let end = page.katakana_end(span.end);
            let rest = Span::new(span.end, end);
            let named = || span.len() >= 3 && self.name_meets_state(entry, &rest.text(page.chars));
            let word = || span.len() >= 3 && rest.len() >= 2 && page.ends(span.end) && rest_is_word(span.end);
            if !word() && !named() {
                return false;
            }
        }
        if is_katakana(first) && is_katakana(before) {
            let rest = Span::new(page.katakana_start(span.start), span.start);
            let named = || self.name_meets_state(entry, &rest.text(page.chars));
            let word = || {
                entry.kind != Kind::Place
                    && span.len() >= 3
                    && rest.len() >= 3
                    && page.begins(span.start)
                    && rest_is_word(span.start - 1)
            };
            if !word() && !named() {
                return false;
            }
        }
        if matches!(entry.kind, Kind::Organization | Kind::Person) && self.dotted_on(page, span, entry) {
            return false;
        }
        match entry.kind {
            Kind::State => self.is_state_here(page, span),
            Kind::Place => self.is_place_here(page, span, entry),
            Kind::Person => is_person_here(page, span, entry),
            Kind::Organization => is_body_here(page, span, entry),
        }
    }

    /// Whether a name of a state, body, place or person is listed just so.
    fn is_listed(&self, name: &str) -> bool {
        name.chars().count() >= 2
            && (self.names.binary_search_by(|(known, _)| known.as_str().cmp(name)).is_ok()
                || self.by_family.contains_key(name))
    }

    /// Whether what stands beside a state is a person's name, or the other way round: オバマアメリカ大統領.
    fn name_meets_state(&self, entry: &Entry, beside: &str) -> bool {
        match entry.kind {
            Kind::State => self.by_family.contains_key(beside) || self.by_name.contains_key(beside),
            Kind::Person | Kind::Place => self
                .names
                .binary_search_by(|(known, _)| known.as_str().cmp(beside))
                .is_ok_and(|index| self.entries[self.names[index].1 as usize].kind == Kind::State),
            _ => false,
        }
    }

    /// Whether a katakana name is joined by a dot to more that is no name of its own: ガーディアン in
    /// メイル・アンド・ガーディアン, リカルド・ラゴス in リカルド・ラゴス・ウェーバー.
    fn dotted_on(&self, page: &Page<'_>, span: Span, entry: &Entry) -> bool {
        let dot = |at: usize| page.at(at) == '・';
        let unlisted = |rest: Span| !rest.is_empty() && !self.is_listed(&rest.text(page.chars));
        let right = is_katakana(page.before(span.end))
            && dot(span.end)
            && unlisted(Span::new(span.end + 1, page.katakana_end(span.end + 1)));
        let left = entry.kind == Kind::Organization
            && is_katakana(page.at(span.start))
            && span.start > 0
            && dot(span.start - 1)
            && unlisted(Span::new(page.katakana_start(span.start - 1), span.start - 1));
        right || left
    }

    pub(crate) fn is_state_here(&self, page: &Page<'_>, span: Span) -> bool {
        let (before, after) = (page.before(span.start), page.at(span.end));
        // Within a word of the dictionary that is another word: 中国地方.
        if self.not_state.iter().any(|word| {
            let length = word.chars().count();
            (span.start.saturating_sub(length)..=span.start)
                .any(|at| at + length >= span.end && page.starts_with(at, word))
        }) {
            return false;
        }
        // 米国|防総省, イスラエル国|防省: the form is 米, イスラエル; what follows is another word.
        let stem = Span::new(span.start, span.end - 1);
        if page.before(span.end) == '国'
            && (span.len() == 2 || self.is_listed(&stem.text(page.chars)))
            && (matches!(after, '防' | '務' | '連' | '家' | '債' | '土' | '会')
                || after == '民'
                    && span.len() > 2
                    && !matches!(page.at(span.end + 1), '間' | '主' | '兵' | '族')
                || after == '交' && !matches!(page.at(span.end + 1), '渉' | '通' | '流' | '換'))
        {
            return false;
        }
        // Languages, clock times, currencies.
        if after == '語'
            || page.starts_with(span.end, "時間")
            || MONEY
                .iter()
                .any(|unit| page.starts_with(if after == '・' { span.end + 1 } else { span.end }, unit))
        {
            return false;
        }
        if is_kanji(page.at(span.start)) && is_kanji(before) && !page.begins(span.start) {
            // 中 + 米国 is fine, 全日本 is fine; a kanji before that belongs to the same word is not.
            let token = page.token(span.start);
            if token.is_some_and(|token| token.span.end < span.end || token.tag != Tag::Noun)
                && !self.kanji.contains_key(&before)
            {
                return false;
            }
        }
        !self.in_document_name(page, span)
    }

    /// Whether the compound that goes on after the span is a treaty's, war's, law's or document's name.
    pub(crate) fn in_document_name(&self, page: &Page<'_>, span: Span) -> bool {
        let mut at = span.end;
        let end = page.compound_end(span.end);
        while at < end {
            let Some(token) = page.token(at) else { break };
            at = token.span.end.max(at + 1);
            let ends =
                |ending: &String| page.ends_with(at, ending) && at - ending.chars().count() >= span.end;
            if at <= end && self.document_endings.iter().any(ends) {
                return true;
            }
        }
        false
    }

    fn is_place_here(&self, page: &Page<'_>, span: Span, entry: &Entry) -> bool {
        let after = page.at(span.end);
        if entry.weak {
            let place_like =
                ["市", "県", "府", "都", "州", "省", "港", "沖", "空港", "基地", "市内", "近郊", "郊外"]
                    .iter()
                    .any(|suffix| page.starts_with(span.end, suffix));
            let case = page.token(span.end).is_some_and(|token| {
                matches!(token.tag, Tag::CaseParticle | Tag::AdnominalParticle)
                    && ["で", "へ", "から", "の"].iter().any(|p| page.starts_with(span.end, p))
            }) && page.token(span.start).is_some_and(|token| token.tag == Tag::PlaceName);
            if !(place_like || case) {
                return false;
            }
        }
        if is_kanji(page.at(span.start)) && is_kanji(page.before(span.start)) && !page.begins(span.start) {
            return false;
        }
        if is_kanji(page.before(span.end)) && is_kanji(after) && !page.ends(span.end) {
            return false;
        }
        // 中米関係: China and the United States.
        if page.starts_with(span.start, "中米")
            && span.len() == 2
            && self.signs.relations.iter().any(|word| page.starts_with(span.end, word))
        {
            return false;
        }
        // ジョージ・ワシントン: behind a given name.
        if is_katakana(page.at(span.start)) && page.before(span.start) == '・' && span.start >= 3 {
            let given = Span::new(page.katakana_start(span.start - 1), span.start - 1);
            let apart = page.before(given.start) == '・' || is_kanji(page.before(given.start));
            let common =
                page.token(given.start).is_some_and(|token| token.tag == Tag::Noun && !token.unknown);
            let place = self
                .names
                .binary_search_by(|(known, _)| known.as_str().cmp(given.text(page.chars).as_str()))
                .is_ok_and(|at| {
                    matches!(self.entries[self.names[at].1 as usize].kind, Kind::State | Kind::Place)
                });
            // ムハンマド・アブダビ皇太子: of that land.
            let ruled = ["皇太子", "首長", "知事", "市長", "州知事", "大司教"]
                .iter()
                .any(|title| page.starts_with(span.end, title));
            if given.len() >= 2 && !apart && !common && !place && !ruled {
                return false;
            }
        }
        // ローマ|教皇: a word in which the place is none.
        let other = self
            .not_state
            .iter()
            .any(|word| word.chars().count() > span.len() && page.starts_with(span.start, word));
        !other && !host_city(page, span) && !self.in_document_name(page, span)
    }
}

/// Currencies, in whose names a state is none.
const MONEY: [&str; 12] = [
    "ドル",
    "ウォン",
    "クローナ",
    "クローネ",
    "フラン",
    "ルピー",
    "ペソ",
    "リラ",
    "ルーブル",
    "バーツ",
    "ポンド",
    "ルピア",
];

/// A city that only gives a meeting or document its name: G20大阪サミット, ウィルミントン宣言.
fn host_city(page: &Page<'_>, span: Span) -> bool {
    let mut at = span.end;
    if page.at(at) == '・' {
        at += 1;
    }
    const AFTER: [&str; 14] = [
        "サミット",
        "宣言",
        "合意",
        "条約",
        "議定書",
        "会議",
        "会合",
        "首脳会議",
        "首脳会談",
        "フォーラム",
        "SCO",
        "APEC",
        "G7",
        "G20",
    ];
    // 北海道|洞爺湖サミット: also where another place stands between.
    let end = page.compound_end(span.end);
    AFTER.iter().any(|word| page.starts_with(at, word))
        || (at..end).any(|from| page.starts_with(from, "サミット"))
        || page.starts_with(span.end, "五輪")
        || page.starts_with(span.end, "オリンピック")
        || page.starts_with(span.end, "パラリンピック")
}

fn is_person_here(page: &Page<'_>, span: Span, entry: &Entry) -> bool {
    if !entry.weak {
        let kanji = is_kanji(page.at(span.start));
        return !kanji || (page.begins(span.start) || !is_kanji(page.before(span.start)));
    }
    // A family name alone: katakana names of three letters and more that no common word shares.
    let katakana = span.slice(page.chars).iter().all(|c| is_katakana(*c))
        && !is_katakana(page.before(span.start))
        && !is_katakana(page.at(span.end));
    let token = page.token(span.start);
    // トランプで手品を: what is done with it is no person.
    let tool = page.starts_with(span.end, "で")
        && !page.starts_with(span.end, "では")
        && !page.starts_with(span.end, "である");
    katakana
        && !tool
        && span.len() >= 3
        && page.begins(span.start)
        && page.ends(span.end)
        && page.before(span.start) != '・'
        && page.at(span.end) != '・'
        && token.is_some_and(|token| {
            token.unknown
                || matches!(
                    token.tag,
                    Tag::PersonName | Tag::ProperNoun | Tag::PlaceName | Tag::OrganizationName
                )
                || token.span.len() == span.len() && token.tag == Tag::Noun
        })
        && !["社", "州", "市", "島", "賞", "通り", "空港"]
            .iter()
            .any(|suffix| page.starts_with(span.end, suffix))
}

fn is_body_here(page: &Page<'_>, span: Span, entry: &Entry) -> bool {
    let kanji = is_kanji(page.at(span.start));
    // タイ軍|機: a thing of the army's.
    if page.before(span.end) == '軍'
        && matches!(page.at(span.end), '機' | '艦' | '船')
        && !page.starts_with(span.end, "機関")
    {
        return false;
    }
    // スホイ25攻撃機: what it made.
    let model = if page.at(span.end) == '-' { span.end + 1 } else { span.end };
    if entry.sector.as_deref() == Some("BUS")
        && is_katakana(page.before(span.end))
        && page.at(model).is_ascii_digit()
    {
        return false;
    }
    if kanji && is_kanji(page.before(span.start)) && !page.begins(span.start) {
        return false;
    }
    if kanji && is_kanji(page.at(span.end)) && is_kanji(page.before(span.end)) && !page.ends(span.end) {
        return false;
    }
    // スーダン解放軍: a short name that goes on to the left is part of another.
    if kanji
        && span.len() <= 3
        && matches!(entry.sector.as_deref(), Some("MIL" | "REB" | "PTY" | "GOV"))
        && !entry.states.is_empty()
        && is_katakana(page.before(span.start))
    {
        return false;
    }
    // 国家安全保障局長 is a title in which the body is not named in full.
    if page.at(span.end) == '長' && !page.starts_with(span.end, "長官") {
        return false;
    }
    // Short names that are words too (共同, 時事): only as a credit or with their kind.
    if entry.weak {
        let credit = |c: char| matches!(c, '】' | ')' | '=' | ']' | '］' | '〕');
        let opens = |c: char| matches!(c, '【' | '(' | '=' | '[' | '［' | '〔');
        let reports =
            ["などによ", "によると", "によれば", "は伝え", "が伝え", "が報じ", "は報じ", "の報道", "電"];
        // 朝日や読売によれば
        let listed = matches!(page.at(span.end), 'や' | '、' | '・' | 'と')
            && (span.end + 1..span.end + 12)
                .take_while(|&at| page.at(at) != '。')
                .any(|at| reports.iter().take(3).any(|word| page.starts_with(at, word)));
        return listed
            || page.starts_with(span.end, "の別の記事")
            || page.starts_with(span.end, "通信")
            || reports.iter().any(|word| page.starts_with(span.end, word))
            || credit(page.at(span.end))
            || opens(page.before(span.start)) && matches!(page.at(span.end), '=' | '】' | ')' | '電' | ' ');
    }
    true
}

#[derive(Default)]
struct Build {
    names: BTreeMap<String, u32>,
    entries: Vec<Entry>,
    states: BTreeMap<String, State>,
    kanji: HashMap<char, (String, bool)>,
    persons: Vec<Person>,
    by_family: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, usize>,
}

impl Build {
    fn entry(&mut self, entry: Entry, names: impl IntoIterator<Item = String>) {
        let index = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let weak = entry.weak;
        self.entries.push(entry);
        for name in names {
            let name = normal(&name);
            if name.is_empty() {
                continue;
            }
            match self.names.get(&name) {
                // A name listed first keeps its place, but a strong reading beats a weak one.
                Some(&old) if weak || !self.entries[old as usize].weak => {}
                _ => {
                    self.names.insert(name, index);
                }
            }
        }
    }

    fn states(&mut self, lexicon: &Lexicon) -> Result<(), LexiconError> {
        for row in lexicon.rows("mention/actor/state.tsv")? {
            let (code, ja, en) = (row.need("code")?, row.need("ja")?, row.need("en")?);
            let disputed = row.get("status") == "disputed";
            let state = State { code: code.to_owned(), ja: ja.to_owned(), en: en.to_owned() };
            self.states.insert(code.to_owned(), state);
            let entry = Entry {
                kind: if disputed { Kind::Place } else { Kind::State },
                states: if disputed { Vec::new() } else { vec![code.to_owned()] },
                key: if disputed { format!("place:{ja}") } else { format!("state:{code}") },
                name: ja.to_owned(),
                name_en: Some(en.to_owned()),
                code: (!disputed).then(|| code.to_owned()),
                sector: (!disputed).then(|| "GOV".to_owned()),
                weak: false,
                media: false,
                capital_of: None,
            };
            let names = [ja].into_iter().chain(row.list("ja_aliases")).chain([en]);
            // `US` and the like are read as words only in capitals; they need no lower-case form.
            let names = names
                .chain(row.list("en_aliases"))
                .chain(row.list("adjectives_en"))
                .chain(row.list("government"));
            self.entry(
                entry.clone(),
                names.filter(|name| !name.is_ascii() || name.len() > 2).map(str::to_owned),
            );
            for (column, weak) in [("kanji", false), ("kanji_weak", true)] {
                for form in row.list(column) {
                    let mut chars = form.chars();
                    if let (Some(c), None) = (chars.next(), chars.next()) {
                        self.kanji.entry(c).or_insert((code.to_owned(), weak));
                    }
                }
            }
            let capital = Entry {
                kind: Kind::Place,
                key: String::new(),
                code: None,
                sector: None,
                states: vec![code.to_owned()],
                ..entry
            };
            for name in row.list("capital").into_iter().chain(row.list("capital_en")) {
                let main = row.list("capital").first().copied().unwrap_or(name);
                let capital = Entry {
                    key: format!("place:{main}"),
                    name: main.to_owned(),
                    name_en: row.list("capital_en").first().map(|name| (*name).to_owned()),
                    capital_of: (!disputed).then(|| code.to_owned()),
                    ..capital.clone()
                };
                self.entry(capital, [name.to_owned()]);
            }
        }
        Ok(())
    }

    fn bodies(&mut self, lexicon: &Lexicon) -> Result<(), LexiconError> {
        for row in lexicon.rows("mention/actor/body.tsv")? {
            let (code, ja) = (row.need("code")?, row.need("ja")?);
            let entry = Entry {
                kind: Kind::Organization,
                states: Vec::new(),
                key: format!("body:{code}"),
                name: ja.to_owned(),
                name_en: Some(row.get("en").to_owned()).filter(|en| !en.is_empty()),
                code: Some(code.to_owned()),
                sector: Some("IGO".to_owned()),
                weak: false,
                media: false,
                capital_of: None,
            };
            let names = [ja]
                .into_iter()
                .chain(row.list("ja_aliases"))
                .chain([row.get("en")])
                .chain(row.list("en_aliases"));
            self.entry(entry, names.map(str::to_owned));
        }
        Ok(())
    }

    fn organizations(&mut self, lexicon: &Lexicon) -> Result<(), LexiconError> {
        for row in lexicon.rows("mention/actor/organization.tsv")? {
            let ja = row.need("ja")?;
            let kind = row.get("kind");
            let mut states: Vec<String> = row.list("states").into_iter().map(str::to_owned).collect();
            states.sort();
            let entry = Entry {
                kind: Kind::Organization,
                states,
                key: format!("org:{ja}"),
                name: ja.to_owned(),
                name_en: Some(row.get("en").to_owned()).filter(|en| !en.is_empty()),
                code: None,
                sector: Some(row.get("sector").to_owned()).filter(|sector| !sector.is_empty()),
                weak: false,
                media: kind == "media",
                capital_of: None,
            };
            let names = [ja]
                .into_iter()
                .chain(row.list("aliases"))
                .chain([row.get("en")].into_iter().filter(|en| en.len() > 4));
            let weak = Entry { weak: true, ..entry.clone() };
            self.entry(entry, names.map(str::to_owned));
            if weak.media {
                self.entry(weak, row.list("weak").into_iter().map(str::to_owned));
            }
        }
        Ok(())
    }

    fn places(&mut self, lexicon: &Lexicon) -> Result<(), LexiconError> {
        for row in lexicon.rows("mention/place/")? {
            let name = row.need("name")?;
            let mut states: Vec<String> = row.list("states").into_iter().map(str::to_owned).collect();
            states.sort();
            let entry = Entry {
                kind: Kind::Place,
                states,
                key: format!("place:{name}"),
                name: name.to_owned(),
                name_en: Some(row.get("en").to_owned()).filter(|en| !en.is_empty()),
                code: None,
                sector: None,
                weak: false,
                media: false,
                capital_of: None,
            };
            let weak = Entry { weak: true, ..entry.clone() };
            self.entry(entry, [name].into_iter().chain(row.list("aliases")).map(str::to_owned));
            self.entry(weak, row.list("weak").into_iter().map(str::to_owned));
        }
        Ok(())
    }

    fn persons(&mut self, lexicon: &Lexicon) -> Result<(), LexiconError> {
        let common: rustc_hash::FxHashSet<&str> = lexicon
            .rows("mention/actor/common_family.tsv")?
            .iter()
            .flat_map(|row| row.list("words"))
            .collect();
        for row in lexicon.rows("mention/actor/person/")? {
            let ja = row.need("ja")?;
            let mut states: Vec<String> = row.list("states").into_iter().map(str::to_owned).collect();
            states.sort();
            let roles = row
                .list("roles")
                .into_iter()
                .map(|role| {
                    let (title, dates) = role.split_once('@').unwrap_or((role, ""));
                    let (start, end) = dates.split_once("..").unwrap_or((dates, ""));
                    let date = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
                    (title.trim().to_owned(), date(start), date(end))
                })
                .collect();
            let sector = Some(row.get("sector").to_owned()).filter(|sector| !sector.is_empty());
            // Who serves an international body is of no state.
            if sector.as_deref() == Some("IGO") {
                states.clear();
            }
            let name_en = Some(row.get("en").to_owned()).filter(|en| !en.is_empty());
            let index = self.persons.len();
            self.persons.push(Person {
                name: ja.to_owned(),
                family: row.get("family").to_owned(),
                name_en: name_en.clone(),
                states: states.clone(),
                sector: sector.clone(),
                roles,
            });
            let entry = Entry {
                kind: Kind::Person,
                states,
                key: format!("person:{ja}"),
                name: ja.to_owned(),
                name_en,
                code: None,
                sector,
                weak: false,
                media: false,
                capital_of: None,
            };
            let family = row.get("family").to_owned();
            let long = |name: &&str| {
                *name != family
                    && (name.chars().count() >= 3 || name.chars().all(is_kanji) && name.chars().count() >= 2)
            };
            let en = row.get("en");
            let names: Vec<String> = [ja]
                .into_iter()
                .chain(row.list("aliases"))
                .filter(long)
                .map(str::to_owned)
                .chain([en.to_owned()])
                .collect();
            for name in names.iter().chain([&ja.to_owned()]) {
                self.by_name.entry(normal(name)).or_insert(index);
            }
            self.entry(entry.clone(), names);
            if !family.is_empty() {
                self.by_family.entry(normal(&family)).or_default().push(index);
            }
            for alias in row.list("aliases") {
                let list = self.by_family.entry(normal(alias)).or_default();
                if !list.contains(&index) {
                    list.push(index);
                }
            }
            // Names that are ordinary words too (マスク) need a title, or their bearer's full name in the text.
            if family.chars().all(is_katakana)
                && family.chars().count() >= 3
                && !common.contains(family.as_str())
            {
                self.entry(Entry { weak: true, ..entry.clone() }, [normal(&family)]);
            }
        }
        Ok(())
    }
}

/// Names are compared without the two letter forms that the press mixes.
fn normal(name: &str) -> String {
    name.replace('＝', "=")
}
