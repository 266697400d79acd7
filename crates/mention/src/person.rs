//! Persons read by title or honorific: 王毅氏, モディ印首相, 佐々江駐米大使, 尹錫悦（ユン・ソンニョル）大統領.

use crate::page::{Page, is_hiragana, is_kanji, is_katakana};
use crate::{Candidate, Gazetteer};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use entente_base::record::Kind;
use entente_base::{Lexicon, LexiconError, Span};
use entente_token::{NamePart, Tag};
use rustc_hash::FxHashSet as HashSet;

/// A title of the lexicon.
#[derive(Debug, Clone)]
pub(crate) struct Title {
    pub(crate) ja: String,
    pub(crate) sector: String,
    pub(crate) kind: String,
}

/// All titles, compiled into one automaton.
pub(crate) struct Titles {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    titles: Vec<Title>,
    /// Words that stand between a name and its title, or before either, and belong to the title.
    prefixes: Vec<String>,
    /// Names of states that are given names too.
    given: Vec<String>,
    /// Given names in katakana.
    pub(crate) first: HashSet<String>,
    /// Chinese and Korean family names.
    pub(crate) eastern: HashSet<String>,
    /// What the ministries of the reader's own land are called, where the text names no other land before them.
    pub(crate) home: HashSet<String>,
    /// Katakana words that join or make other names than persons'.
    pub(crate) not_name: HashSet<String>,
}

/// Single characters that are never a name, though they stand where one could.
const NO_NAME: &str = "前元新現副両各同他某我諸全総男女老若大小初最第駐在対訪兼故次本当該別主名長党国軍省庁府県市州側人者員氏相\
     弟妹兄姉父母妻夫娘孫甥姪";

impl Titles {
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut titles = Vec::new();
        let mut names: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
        for row in lexicon.rows("mention/title.tsv")? {
            let ja = row.need("ja")?;
            let index = u32::try_from(titles.len()).unwrap_or(u32::MAX);
            titles.push(Title {
                ja: ja.to_owned(),
                sector: row.get("sector").to_owned(),
                kind: row.get("kind").to_owned(),
            });
            for name in [ja].into_iter().chain(row.list("aliases")) {
                names.entry(name.to_owned()).or_insert(index);
            }
        }
        let automaton = if names.is_empty() {
            None
        } else {
            Some(
                CharwiseDoubleArrayAhoCorasickBuilder::new()
                    .match_kind(MatchKind::LeftmostLongest)
                    .build_with_values(names.iter().map(|(name, index)| (name.as_str(), *index)))
                    .map_err(|error| {
                        LexiconError::new("mention/title.tsv", 0, error.to_string(), "look for empty titles")
                    })?,
            )
        };
        let (mut prefixes, mut given, mut eastern) = (Vec::new(), Vec::new(), HashSet::default());
        let (mut first, mut not_name, mut home) =
            (HashSet::default(), HashSet::default(), HashSet::default());
        for row in lexicon.rows("mention/name.tsv")? {
            let list = row.list("words").into_iter().map(str::to_owned);
            match row.need("kind")? {
                "prefix" => prefixes.extend(list),
                "given" => given.extend(list),
                "first" => first.extend(list),
                "eastern" => eastern.extend(list),
                "not_name" => not_name.extend(list),
                "home" => home.extend(list),
                other => {
                    return Err(row.error(
                        format!("unknown kind `{other}`"),
                        "write prefix, given, first, eastern, home or not_name",
                    ));
                }
            }
        }
        Ok(Self { automaton, titles, prefixes, given, first, eastern, home, not_name })
    }

    /// Titles in the text with their places, in order.
    pub(crate) fn find<'a>(&'a self, chars: &[char]) -> Vec<(Span, &'a Title)> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let text: String = chars.iter().collect();
        let (mut byte, mut at) = (0, 0);
        automaton
            .leftmost_find_iter(&text)
            .filter_map(|matched| {
                let start = at + text.get(byte..matched.start())?.chars().count();
                let end = start + text.get(matched.start()..matched.end())?.chars().count();
                (byte, at) = (matched.end(), end);
                Some((Span::new(start, end), &self.titles[matched.value() as usize]))
            })
            .collect()
    }
}

pub(crate) fn scan(
    titles: &Titles,
    gazetteer: &Gazetteer,
    page: &Page<'_>,
    found: &[Candidate],
) -> Vec<Candidate> {
    let mut owner: Vec<u32> = vec![u32::MAX; page.chars.len()];
    for (index, candidate) in found.iter().enumerate() {
        for slot in owner.get_mut(candidate.span.start..candidate.span.end).unwrap_or_default() {
            // A shorter state inside a longer body leaves the longer one in charge.
            let old = found.get(*slot as usize);
            if old.is_none_or(|old| old.span.len() < candidate.span.len()) {
                *slot = u32::try_from(index).unwrap_or(u32::MAX);
            }
        }
    }
    let view = View { page, gazetteer, titles, found, owner: &owner };
    let mut persons: Vec<Candidate> = Vec::new();
    for (span, title) in titles.find(page.chars) {
        if let Some(person) = view.person_before(span, title) {
            persons.push(person);
        }
    }
    persons
}

struct View<'a> {
    page: &'a Page<'a>,
    gazetteer: &'a Gazetteer,
    titles: &'a Titles,
    found: &'a [Candidate],
    owner: &'a [u32],
}

impl View<'_> {
    fn owner_ending_at(&self, end: usize) -> Option<&Candidate> {
        let index = *self.owner.get(end.checked_sub(1)?)?;
        self.found.get(index as usize).filter(|candidate| candidate.span.end == end)
    }

    fn person_before(&self, title_span: Span, title: &Title) -> Option<Candidate> {
        let page = self.page;
        let honorific = title.kind == "honorific";
        // 国家保安|相: bare, it makes a title of what office it follows.
        let suffix = title.ja == "相";
        if suffix
            && (page
                .token(title_span.start)
                .is_none_or(|token| token.tag != Tag::NounSuffix || token.span != title_span)
                || !is_kanji(page.before(title_span.start)))
        {
            return None;
        }
        // The title must be a word here: 大使 of 大使館 and 首相 of 首相官邸 are not.
        if !(page.begins(title_span.start)
            || page.token(title_span.start).is_some_and(|token| token.span.len() > title_span.len()))
            || page.token(title_span.end).is_some_and(|token| token.span.start < title_span.end)
        {
            return None;
        }
        if ["館", "府", "国", "邸", "選", "団", "会議", "会談", "令", "制", "室"]
            .iter()
            .any(|word| page.starts_with(title_span.end, word))
            && !page.starts_with(title_span.end, "会談")
        {
            return None;
        }
        let mut at = title_span.start;
        let mut states: Option<Vec<String>> = None;
        let mut posted = false;
        let mut reading = false;
        let mut of_body = false;
        let mut body_code: Option<String> = None;
        let mut skipped_nouns = 0;
        loop {
            if at == 0 {
                return None;
            }
            let before = page.before(at);
            // A reading or a role in brackets: 尹錫悦(ユン・ソンニョル)大統領.
            if before == ')' {
                let open = (at.saturating_sub(24)..at - 1).rev().find(|&index| page.at(index) == '(')?;
                if page.chars[open + 1..at - 1].iter().all(|c| {
                    is_katakana(*c)
                        || matches!(c, '・' | ' ' | '=')
                        || c.is_ascii_digit()
                        || c.is_alphabetic() && !is_kanji(*c)
                        || is_hiragana(*c)
                }) {
                    at = open;
                    reading = true;
                    continue;
                }
                return None;
            }
            if let Some(listed) = self.owner_ending_at(at) {
                match listed.kind {
                    Kind::Person => {
                        let mut person = self.whole(listed, at);
                        person.role = (!honorific)
                            .then(|| Span::new(at, title_span.end).text(page.chars))
                            .map(|role| trim_role(&role));
                        if person.sector.is_none() && !title.sector.is_empty() {
                            person.sector = Some(title.sector.clone());
                        }
                        // NATOのルッテ事務総長: the body named before the name.
                        if !of_body
                            && let Some((left, Some(code))) = self.state_left(person.span)
                            && left.is_empty()
                        {
                            of_body = true;
                            body_code = Some(code);
                        }
                        if of_body {
                            // FIFAのサルマン氏: what is said with a family name tells that another is meant.
                            let other = self
                                .gazetteer
                                .person_by_key(&person.key)
                                .is_some_and(|known| known.sector.as_deref() != Some("IGO"));
                            if other && person.span.text(page.chars) != person.name {
                                person.key = String::new();
                                person.name = person.span.text(page.chars);
                                person.name_en = None;
                            }
                            person.states.clear();
                            person.sector = Some("IGO".to_owned());
                            person.code = body_code;
                        } else if person.states.is_empty()
                            && let Some(states) = states
                        {
                            person.states = states;
                        } else if person.span.text(page.chars) != person.name
                            // ベトナム訪問中のオバマ米大統領: the title has said it.
                            && !states.as_ref().is_some_and(|said| said.iter().any(|s| person.states.contains(s)))
                            && let Some((left, None)) = self.state_left(person.span)
                            && !left.is_empty()
                            && left.iter().all(|state| !person.states.contains(state))
                        {
                            // イラクのマリキ首相: the state said with a family name tells whose it is.
                            person.states = left;
                        }
                        person.rule = "person-title";
                        person.rank = 7;
                        return Some(person);
                    }
                    Kind::State | Kind::Organization | Kind::Place if !honorific => {
                        let host = page.before(listed.span.start) == '駐'
                            || page.before(listed.span.start) == '在' && title.kind == "ambassador"
                            || listed.rule == "prefix" && page.before(listed.span.start) == '駐';
                        if host {
                            posted = true;
                        } else if states.is_none() {
                            if listed.sector.as_deref() == Some("IGO") && listed.states.is_empty() {
                                of_body = true;
                                body_code.clone_from(&listed.code);
                            }
                            states = Some(listed.states.clone());
                        }
                        // A surname that is a place's name too: 石川外相.
                        if listed.kind == Kind::Place
                            && listed.rule == "gazetteer"
                            && self.surname(listed.span)
                            && title.kind != "minister"
                        {
                            break;
                        }
                        at = listed.span.start;
                        if host {
                            at -= 1;
                        }
                        continue;
                    }
                    _ => return None,
                }
            }
            if let Some(prefix) = self.titles.prefixes.iter().find(|prefix| {
                page.ends_with(at, prefix.as_str()) && page.begins(at - prefix.chars().count())
            }) {
                at -= prefix.chars().count();
                continue;
            }
            if page.before(at) == '駐' {
                at -= 1;
                continue;
            }
            // 李登輝・前総統, プーチン・ロシア大統領: a dot between the name and what stands before its title.
            if before == '・' && at < title_span.start {
                at -= 1;
                continue;
            }
            // Words of the office between name and title: 国家安全保障|局長.
            let token = page.token(at - 1)?;
            let office =
                matches!(token.tag, Tag::Noun | Tag::VerbalNoun | Tag::AdjectivalNoun | Tag::NounSuffix)
                    && !token.unknown
                    && token.span.len() >= 2
                    && token.span.slice(page.chars).iter().all(|c| is_kanji(*c) || is_katakana(*c))
                    && !honorific
                    && token.span.end == at
                    && !(is_katakana(page.at(token.span.start))
                        && (is_katakana(page.before(token.span.start))
                            || matches!(page.before(token.span.start), '・' | '=')));
            // キーウ|州|軍|行政府長官: one letter that a land's or a force's office is named by.
            let unit = token.span.len() == 1
                && token.span.end == at
                && !honorific
                && at < title_span.start
                && "軍州市県省党府庁局部会".contains(page.at(token.span.start));
            if unit && skipped_nouns < 8 {
                at = token.span.start;
                continue;
            }
            if office && !reading && skipped_nouns < 8 && !self.listed_family(token.span) {
                at = token.span.start;
                skipped_nouns += 1;
                continue;
            }
            break;
        }
        if suffix && skipped_nouns == 0 {
            return None;
        }
        let span = if is_katakana(page.before(at)) || page.before(at) == '.' {
            let given = self.katakana_name(at)?;
            // 沢尻エリカ: a Japanese family name before it.
            match page.token(given.start.wrapping_sub(1)) {
                Some(family)
                    if family.name_part == Some(NamePart::Family)
                        && family.span.end == given.start
                        && family.span.len() >= 2
                        && !family.unknown
                        && !given.slice(page.chars).contains(&'・')
                        && given.len() <= 5 =>
                {
                    Span::new(family.span.start, given.end)
                }
                _ => given,
            }
        } else {
            self.kanji_name(at, title, honorific, reading, skipped_nouns > 0)?
        };
        let name = span.text(page.chars);
        let listed = self.listed(&name, states.as_deref(), title);
        // サウジのジャベル駐イエメン大使: whose he is stands right before his name, not where he is sent.
        let sender = || {
            let owner = self.owner_ending_at(span.start.checked_sub(1)?)?;
            let own = self.page.before(span.start) == 'の'
                && owner.kind == Kind::State
                && self.page.before(owner.span.start) != '駐';
            own.then(|| (owner.states.clone(), None))
        };
        let around = match (posted && states.is_none(), of_body) {
            (_, true) => None,
            (true, _) => sender(),
            (false, _) => self.state_left(span),
        };
        if let Some((states, code)) = &around
            && states.is_empty()
            && code.is_some()
        {
            of_body = true;
            body_code.clone_from(code);
        }
        let around = around.map(|(states, _)| states);
        let states = states.filter(|states| !states.is_empty()).or(around).unwrap_or_default();
        let states = if of_body { Vec::new() } else { states };
        // 米国パデュー大学の根岸英一氏: where someone works is not whose he is.
        let works = matches!(title.sector.as_str(), "EDU" | "BUS") || honorific;
        let states = if works && listed.is_none() && self.japanese_full(span) {
            vec!["JPN".to_owned()]
        } else {
            states
        };
        let person = listed.map(|index| &self.gazetteer.persons[index]);
        let role = (!honorific).then(|| trim_role(&Span::new(span.end, title_span.end).text(page.chars)));
        Some(Candidate {
            span,
            kind: Kind::Person,
            states,
            key: person.map(|person| format!("person:{}", person.name)).unwrap_or_default(),
            name: person.map_or(name, |person| person.name.clone()),
            name_en: person.and_then(|person| person.name_en.clone()),
            code: body_code,
            role,
            sector: if of_body {
                Some("IGO".to_owned())
            } else {
                Some(title.sector.clone()).filter(|sector| !sector.is_empty())
            },
            rule: if honorific { "person-honorific" } else { "person-title" },
            rank: 7,
        })
    }

    /// A listed person before a title, with the parts that dots join to the left of what is listed.
    fn whole(&self, listed: &Candidate, end: usize) -> Candidate {
        let page = self.page;
        let mut person = listed.clone();
        let dotted = matches!(page.before(person.span.start), '・' | '=')
            && is_katakana(page.at(person.span.start))
            && person.span.start >= 2
            && is_katakana(page.at(person.span.start - 2));
        if !dotted {
            return person;
        }
        let Some(span) = self.katakana_name(end).filter(|span| span.start < person.span.start) else {
            return person;
        };
        let name = span.text(page.chars);
        person.span = span;
        match self.gazetteer.by_name.get(&name) {
            Some(&index) => {
                let known = &self.gazetteer.persons[index];
                person.key = format!("person:{}", known.name);
                person.name.clone_from(&known.name);
                person.name_en.clone_from(&known.name_en);
                person.states.clone_from(&known.states);
            }
            None if alike_full(&name, &person.name) => {}
            None => {
                person.key = String::new();
                person.name = name;
                person.name_en = None;
                person.states = self.state_left(span).map(|(states, _)| states).unwrap_or_default();
            }
        }
        person
    }

    /// A foreign name in katakana that ends at `end`, with the parts that dots join to it.
    fn katakana_name(&self, end: usize) -> Option<Span> {
        let page = self.page;
        let mut start = end;
        while start > 0 && end - start < 40 {
            let c = page.at(start - 1);
            let joint = matches!(c, '・' | '=' | '-')
                && start >= 2
                && (is_katakana(page.at(start - 2))
                    || page.at(start - 2) == '.'
                    || page.at(start - 2).is_ascii_uppercase());
            let initial = c.is_ascii_uppercase() && matches!(page.at(start), '・' | '.' | '=')
                || c == '.' && start >= 2 && page.at(start - 2).is_ascii_uppercase();
            if !(is_katakana(c) || joint || initial) {
                break;
            }
            // What is a listed state, body or place before a dot is no part of the name: ロシア・プーチン大統領.
            if c == '・'
                && let Some(listed) = self.owner_ending_at(start - 1)
                && listed.kind != Kind::Person
                && !self.titles.given.contains(&listed.name)
                && !(listed.kind == Kind::Place && self.another_given(listed, Span::new(start, end)))
            {
                break;
            }
            if is_katakana(c)
                && let Some(listed) = self.owner_ending_at(start)
                && listed.kind != Kind::Person
                && start < end
                && !matches!(page.at(start), '・' | '=')
            {
                break;
            }
            start -= 1;
        }
        while start < end && !is_katakana(page.at(start)) && !page.at(start).is_ascii_uppercase() {
            start += 1;
        }
        let span = Span::new(start, end);
        if span.len() < 2 {
            return None;
        }
        let simple = !span.slice(page.chars).contains(&'・');
        if simple {
            // Common words: メンバー, グループ, リーダー; フ|ライン is cut from a name.
            let mut known = true;
            let mut at = start;
            while at < end {
                let Some(token) = page.token(at) else { break };
                known &= !token.unknown
                    && (token.span.len() >= 3 || token.span == span)
                    && matches!(
                        token.tag,
                        Tag::Noun | Tag::VerbalNoun | Tag::AdjectivalNoun | Tag::NounSuffix
                    );
                at = token.span.end.max(at + 1);
            }
            if known && !self.listed_family(span) {
                return None;
            }
        }
        Some(span)
    }

    /// Whether a place's name before a dot is a given name: サリフ・モディ, where nobody of that land is so named.
    fn another_given(&self, place: &Candidate, rest: Span) -> bool {
        let known = self.gazetteer.by_family.get(&rest.text(self.page.chars));
        !known.into_iter().flatten().any(|&index| {
            let person = &self.gazetteer.persons[index];
            person.states.iter().any(|state| place.states.contains(state))
        })
    }

    /// A name in kanji (with kana) that ends at `end`.
    fn kanji_name(
        &self,
        end: usize,
        title: &Title,
        honorific: bool,
        reading: bool,
        far: bool,
    ) -> Option<Span> {
        let page = self.page;
        // 朴見本(パク・キョンボン): the letters before a reading, from a family name on, are the name.
        if reading {
            let whole = [3, 2, 4].iter().filter_map(|&length| end.checked_sub(length)).find(|&start| {
                page.chars[start..end].iter().all(|c| is_kanji(*c))
                    && self.titles.eastern.contains(page.at(start).to_string().as_str())
                    && (page.begins(start) || !is_kanji(page.before(start)))
            });
            if let Some(start) = whole {
                return Some(Span::new(start, end));
            }
        }
        let mut start = end;
        let (mut person_words, mut odd_words, mut other_words) = (0, 0, 0);
        while start > 0 && end - start < 6 {
            if self
                .owner_ending_at(start)
                .is_some_and(|listed| !(listed.kind == Kind::Place && self.surname(listed.span)))
            {
                break;
            }
            let Some(token) = page.token(start - 1) else { break };
            if token.span.end > start && start == end && end - token.span.start <= 3 {
                // 習氏 as one unknown word: the part before the title.
                odd_words += 1;
                start = token.span.start;
                continue;
            }
            if token.span.end != start || end - token.span.start > 6 {
                break;
            }
            let words = token.span.slice(page.chars);
            if !words.iter().all(|c| is_kanji(*c) || is_hiragana(*c) || is_katakana(*c)) {
                break;
            }
            // 菊村|憂|受刑者: one letter after a family name is the given name, whatever the dictionary takes it for.
            let given = words.len() == 1
                && start == end
                && is_kanji(words[0])
                && !NO_NAME.contains(words[0])
                && page.token(token.span.start.wrapping_sub(1)).is_some_and(|family| {
                    family.name_part == Some(NamePart::Family)
                        && family.span.len() >= 2
                        && family.span.end == token.span.start
                });
            match token.tag {
                Tag::PersonName => person_words += 1,
                _ if given => odd_words += 1,
                // 岩屋|大臣: a listed family name that is a word too.
                _ if words.len() >= 2 && start == end && self.listed_family(token.span) => person_words += 1,
                Tag::PlaceName | Tag::OrganizationName | Tag::ProperNoun
                    if words.len() <= 3 && words.iter().all(|c| is_kanji(*c)) =>
                {
                    odd_words += 1
                }
                // 我が|方|堀江大使: one's own side.
                _ if words == ['方'] && matches!(page.before(token.span.start), 'が' | '先' | '当') => {
                    break;
                }
                _ if words.len() == 1
                    && is_kanji(words[0])
                    && !NO_NAME.contains(words[0])
                    && token.tag.is_nominal() =>
                {
                    odd_words += 1
                }
                _ if token.unknown && words.iter().all(|c| is_kanji(*c)) && words.len() <= 3 => {
                    odd_words += 1
                }
                Tag::Noun | Tag::AdverbialNoun | Tag::VerbalNoun
                    if matches!(title.ja.as_str(), "氏" | "さん")
                        && words.len() == 2
                        && words.iter().all(|c| is_kanji(*c))
                        && start == end =>
                {
                    other_words += 1;
                }
                _ => break,
            }
            start = token.span.start;
            if other_words > 0 {
                break;
            }
        }
        let span = Span::new(start, end);
        if span.is_empty() {
            return None;
        }
        let first = page.at(start);
        // 米 and the like before a name are the state: 米バイデン; alone they are no name.
        if span.len() == 1 {
            let family = self.listed_family(span);
            let strong = honorific
                || matches!(
                    title.kind.as_str(),
                    "head_of_state"
                        | "head_of_government"
                        | "foreign_minister"
                        | "defence_minister"
                        | "spokesperson"
                );
            // 第2|回|党首会談
            let before = page.before(start);
            if before.is_ascii_digit() || matches!(before, '第' | '毎' | '何' | '数' | '今' | '前' | '次')
            {
                return None;
            }
            let held = family && self.listed(&span.text(page.chars), None, title).is_some();
            return ((family && strong || held)
                && self.gazetteer.kanji.get(&first).is_none_or(|(_, weak)| *weak)
                || honorific && person_words == 1)
                .then_some(span);
        }
        let mut span = span;
        if span.len() >= 3
            && self.gazetteer.kanji.contains_key(&first)
            && page.token(start).is_some_and(|token| token.span.len() == 1)
            && !self.listed_family(Span::new(start, start + 1))
        {
            span.start += 1;
        }
        let known = self.gazetteer.by_name.contains_key(&span.text(page.chars)) || self.listed_family(span);
        let strong_title = honorific
            || matches!(
                title.kind.as_str(),
                "head_of_state"
                    | "head_of_government"
                    | "foreign_minister"
                    | "defence_minister"
                    | "spokesperson"
                    | "ambassador"
                    | "minister"
            );
        let role_words = [
            "両国",
            "同国",
            "各国",
            "我国",
            "自国",
            "外国",
            "隣国",
            "他国",
            "女性",
            "男性",
            "同党",
            "与党",
            "野党",
            "当時",
            "歴代",
            "同省",
            "同社",
            "両首脳",
        ];
        let words = span.text(page.chars);
        if role_words.contains(&words.as_str()) || words.ends_with('国') && !known {
            return None;
        }
        let fits = known
            || reading && odd_words + person_words > 0
            || person_words > 0
            || odd_words >= 2 && strong_title && !far
            || odd_words == 1
                && span.len() >= 2
                && strong_title
                && !far
                && page.token(span.start).is_some_and(|token| {
                    matches!(token.tag, Tag::PlaceName | Tag::ProperNoun | Tag::OrganizationName)
                        || token.unknown
                })
            || other_words > 0 && honorific;
        fits.then_some(span)
    }

    /// Whether a Japanese family name and a given name make up the words.
    fn japanese_full(&self, span: Span) -> bool {
        let Some(family) = self.page.token(span.start) else { return false };
        let given = self.page.token(family.span.end);
        family.name_part == Some(NamePart::Family)
            && family.span.start == span.start
            && family.span.len() >= 2
            && given.is_some_and(|given| {
                given.name_part == Some(NamePart::Given) && given.span.end == span.end && !given.unknown
            })
    }

    /// Whether a place's name is a known family name too.
    fn surname(&self, span: Span) -> bool {
        span.len() <= 3
            && (self.listed_family(span)
                || self.page.token(span.start).is_some_and(|token| token.tag == Tag::PersonName))
    }

    fn listed_family(&self, span: Span) -> bool {
        self.gazetteer.by_family.contains_key(&span.text(self.page.chars))
    }

    /// The listed person whom a name with its title can mean.
    fn listed(&self, name: &str, states: Option<&[String]>, title: &Title) -> Option<usize> {
        if let Some(&index) = self.gazetteer.by_name.get(name) {
            return Some(index);
        }
        self.gazetteer.choose(name, states, Some(&title.ja), self.page.published)
    }

    /// The state named right before a name: 中国の王毅外相, 中国外務省の毛寧報道官, ロシア安全保障会議書記のショイグ氏.
    fn state_left(&self, span: Span) -> Option<(Vec<String>, Option<String>)> {
        let page = self.page;
        let mut at = span.start;
        let sentence = page.sentence_of(span.start).map_or(0, |index| page.sentences[index].span.start);
        let mut links = 0;
        while at > sentence && span.start - at < 32 {
            if let Some(listed) = self.owner_ending_at(at) {
                return match listed.kind {
                    Kind::Person => None,
                    _ if listed.states.is_empty() && listed.code.is_none() => None,
                    _ => Some((
                        listed.states.clone(),
                        listed.code.clone().filter(|_| listed.sector.as_deref() == Some("IGO")),
                    )),
                };
            }
            // 西アフリカ諸国経済共同体(ECOWAS)の: what stands in brackets between.
            if page.before(at) == ')'
                && let Some(open) = (at.saturating_sub(24)..at - 1).rev().find(|&index| page.at(index) == '(')
            {
                at = open;
                continue;
            }
            let token = page.token(at - 1)?;
            let words = token.span.text(page.chars);
            match token.tag {
                // の and である link a role to a name; more than two links are another phrase.
                _ if words == "の" && links < 2 => links += 1,
                _ if words == "である"
                    || words == "ある"
                    || words == "で" && page.starts_with(token.span.end, "ある") => {}
                _ if words == "・" || words == "「" || words == "」" => {}
                tag if tag.is_nominal() && links > 0 => {}
                _ => return None,
            }
            at = token.span.start;
        }
        None
    }
}

/// Whether two full names are spellings of one: サルバトール・アレンデ and サルバドール・アレンデ.
pub(crate) fn alike_full(a: &str, b: &str) -> bool {
    let parts = |name: &str| name.split(['・', '=', ' ']).map(plain_sound).collect::<Vec<_>>();
    let (a, b) = (parts(a), parts(b));
    match (a.first(), a.last(), b.first(), b.last()) {
        (Some(first_a), Some(last_a), Some(first_b), Some(last_b)) if a.len() > 1 && b.len() > 1 => {
            let initial = |x: &str, y: &str| x.len() == 1 && x.is_ascii() && !y.is_ascii();
            last_a == last_b
                && (first_a == first_b
                    || initial(first_a, first_b)
                    || initial(first_b, first_a)
                    || near(first_a, first_b))
        }
        _ => false,
    }
}

/// Whether two words of four letters and more differ in one letter at most.
fn near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    a.len() >= 4 && a.len() == b.len() && a.iter().zip(&b).filter(|(x, y)| x != y).count() <= 1
}

/// A katakana name without what the press spells in several ways: long marks, small letters, voicing of ヴ and ends.
pub(crate) fn plain_sound(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            'ー' | 'ッ' | '・' | '=' => {}
            // テイラー and テーラー
            'イ' if out.chars().last().is_some_and(|last| "エケセテネヘメレゲゼデベペ".contains(last)) =>
                {}
            'ウ' if out.chars().last().is_some_and(|last| "オコソトノホモヨロゴゾドボポ".contains(last)) =>
                {}
            'ヴ' => out.push(match chars.peek() {
                Some('ァ') => {
                    chars.next();
                    'バ'
                }
                Some('ィ') => {
                    chars.next();
                    'ビ'
                }
                Some('ェ') => {
                    chars.next();
                    'ベ'
                }
                Some('ォ') => {
                    chars.next();
                    'ボ'
                }
                _ => 'ブ',
            }),
            'ァ' => out.push('ア'),
            'ィ' => out.push('イ'),
            'ゥ' => out.push('ウ'),
            'ェ' => out.push('エ'),
            'ォ' => out.push('オ'),
            'ャ' => out.push('ヤ'),
            'ヤ' if out.ends_with('イ') => out.push('ア'),
            'グ' if chars.peek().is_none() => out.push('ク'),
            'フ' if chars.peek().is_none() => out.push('ブ'),
            'ド' if chars.peek().is_none() => out.push('ト'),
            'ズ' if chars.peek().is_none() => out.push('ス'),
            c => out.push(c),
        }
    }
    out
}

fn trim_role(role: &str) -> String {
    let role = match role.find(')') {
        Some(end) if role.starts_with('(') => &role[end + 1..],
        _ => role,
    };
    role.trim().to_owned()
}

impl Gazetteer {
    /// The listed person for a family name, by state, title and date; `None` where several fit equally.
    pub(crate) fn choose(
        &self,
        family: &str,
        states: Option<&[String]>,
        title: Option<&str>,
        published: Option<&str>,
    ) -> Option<usize> {
        let candidates = self.by_family.get(family)?;
        let score = |index: usize| {
            let person = &self.persons[index];
            let mut score = 0_i32;
            if let Some(states) = states.filter(|states| !states.is_empty()) {
                if person.states.iter().any(|state| states.contains(state)) {
                    score += 8;
                } else {
                    return None;
                }
            }
            if let Some(title) = title
                && !title.is_empty()
            {
                let held = person
                    .roles
                    .iter()
                    .filter(|(role, _, _)| role.ends_with(title) || title.ends_with(role.as_str()));
                let mut any = false;
                for (_, start, end) in held {
                    any = true;
                    if let Some(date) = published {
                        let year = &date[..date.len().min(7)];
                        let after = start.as_deref().is_none_or(|start| start.get(..4).unwrap_or("") <= year);
                        let before =
                            end.as_deref().is_none_or(|end| end >= &year[..end.len().min(year.len())]);
                        if start.is_some() && after && before {
                            score += 4;
                        }
                    }
                }
                if any {
                    score += 6;
                }
            }
            Some(score)
        };
        let mut best: Option<(i32, usize)> = None;
        let mut tied = false;
        for &index in candidates {
            let Some(score) = score(index) else { continue };
            match best {
                Some((top, _)) if score < top => {}
                Some((top, old)) if score == top => {
                    tied = tied || self.persons[old].name != self.persons[index].name
                }
                _ => {
                    best = Some((score, index));
                    tied = false;
                }
            }
        }
        // Of one state's bearers of one name with one title, the one who held it last.
        if tied
            && let Some((top, first)) = best
            && top >= 6
        {
            let tops: Vec<usize> =
                candidates.iter().copied().filter(|&index| score(index) == Some(top)).collect();
            if tops.iter().all(|&index| self.persons[index].states == self.persons[first].states) {
                let start = |index: usize| {
                    let roles = &self.persons[index].roles;
                    roles.iter().filter_map(|(_, start, _)| start.clone()).max()
                };
                return tops.into_iter().max_by_key(|&index| start(index));
            }
        }
        best.filter(|(score, _)| !tied && (*score >= 6 || candidates.len() == 1)).map(|(_, index)| index)
    }
}
