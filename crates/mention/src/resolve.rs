//! Settles which candidates stand, and who is who within the document.

use crate::Candidate;
use crate::confidence::{Confidence, Evidence};
use crate::gazetteer::Gazetteer;
use crate::page::{Page, is_hiragana, is_kanji, is_katakana};
use crate::person::{Titles, alike_full, plain_sound};
use entente_base::Span;
use entente_base::record::Kind;
use entente_token::NamePart;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::collections::BTreeMap;

/// A mention, its span in normalized characters.
#[derive(Debug, Clone, PartialEq)]
pub struct MentionDraft {
    /// Where.
    pub span: Span,
    /// Kind of actor or place.
    pub kind: Kind,
    /// Index of its entity.
    pub entity: usize,
    /// ISO codes, sorted.
    pub states: Vec<String>,
    /// Role that the text gives with this mention.
    pub role: Option<String>,
    /// 0 to 1.
    pub confidence: f32,
    /// The rule that made it.
    pub rule: &'static str,
}

/// Someone or something that mentions stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityDraft {
    /// Kind of actor or place.
    pub kind: Kind,
    /// Fullest name.
    pub name: String,
    /// English name, where the lexicon knows it.
    pub name_en: Option<String>,
    /// Code of a state or body.
    pub code: Option<String>,
    /// ISO codes, sorted.
    pub states: Vec<String>,
    /// First role the text gives, else the listed one.
    pub role: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Whether it is a news agency, newspaper or broadcaster.
    pub media: bool,
}

/// All mentions of a document, in order, with what they stand for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Named {
    /// In order of the text; they do not overlap.
    pub mentions: Vec<MentionDraft>,
    /// In order of their first mention.
    pub entities: Vec<EntityDraft>,
}

/// A person or body of the document.
#[derive(Debug, Clone)]
struct Cluster {
    kind: Kind,
    key: String,
    name: String,
    name_en: Option<String>,
    code: Option<String>,
    states: Vec<String>,
    role: Option<String>,
    sector: Option<String>,
    surfaces: Vec<String>,
    /// How sure its state is: 3 said with the name, 2 listed, 1 guessed from around.
    state_rank: u8,
    /// Where it was named so far.
    seen: Vec<usize>,
}

pub(crate) fn resolve(
    gazetteer: &Gazetteer,
    titles: &Titles,
    confidence: &Confidence,
    page: &Page<'_>,
    found: Vec<Candidate>,
) -> Named {
    let offices = titles.find(page.chars);
    let mut found = found;
    // アジア大洋州局長: a region within the name of an office is none of its own.
    found.retain(|candidate| {
        candidate.kind != Kind::Place || !candidate.states.is_empty() || {
            let at = offices.partition_point(|(office, _)| office.end <= candidate.span.start);
            offices.get(at).is_none_or(|(office, _)| !office.contains(candidate.span))
        }
    });
    let mut kept = settle(found, page.chars.len());
    place_states(gazetteer, page, &mut kept);
    at_home(titles, page, &mut kept);
    let mut clusters = Clusters::default();
    let mut assigned: Vec<usize> = Vec::with_capacity(kept.len());
    let order = persons_by_fullness(&kept);
    let mut slots = vec![usize::MAX; kept.len()];
    for index in order {
        slots[index] = clusters.assign(gazetteer, page, &kept, index, &slots);
    }
    assigned.extend(slots);
    // Names that the text introduced, wherever they return without title.
    let titled: HashSet<usize> = offices.iter().map(|(span, _)| span.start).collect();
    let later = clusters.later(gazetteer, page, &kept, &assigned, &titled);
    for (candidate, cluster) in later {
        let at = kept.partition_point(|other| other.span.start < candidate.span.start);
        kept.insert(at, candidate);
        assigned.insert(at, cluster);
    }
    // What the lexicon knows of a person's state holds where the text does not say it.
    for (candidate, &cluster) in kept.iter_mut().zip(&assigned) {
        if candidate.states.is_empty() && candidate.kind == Kind::Person {
            candidate.states.clone_from(&clusters.all[cluster].states);
        }
    }
    clusters.guess_states(gazetteer, titles, page, &kept, &assigned);
    finish(gazetteer, confidence, page, &kept, &assigned, clusters)
}

/// 財務省が発表した: a ministry that is named before any land is the reader's own.
fn at_home(titles: &Titles, page: &Page<'_>, kept: &mut [Candidate]) {
    let foreign = |candidate: &&mut Candidate| candidate.states.iter().all(|state| state == "JPN");
    for candidate in kept.iter_mut().take_while(foreign) {
        if candidate.rule == "body-bare" && titles.home.contains(&candidate.span.text(page.chars)) {
            candidate.states = vec!["JPN".to_owned()];
        }
    }
}

/// Longest first, then by rank: what overlaps a kept one goes.
fn settle(mut found: Vec<Candidate>, length: usize) -> Vec<Candidate> {
    found.retain(|candidate| !candidate.span.is_empty() && candidate.span.end <= length);
    found.sort_by(|a, b| {
        (b.span.len(), b.rank).cmp(&(a.span.len(), a.rank)).then(a.span.start.cmp(&b.span.start))
    });
    let mut taken = vec![false; length];
    let mut kept: Vec<Candidate> = Vec::with_capacity(found.len());
    for candidate in found {
        let slots = &mut taken[candidate.span.start..candidate.span.end];
        if slots.iter().any(|slot| *slot) {
            continue;
        }
        slots.fill(true);
        kept.push(candidate);
    }
    kept.sort_by_key(|candidate| candidate.span.start);
    kept
}

/// Order in which mentions are joined: listed and full names before bare family names and bare bodies.
fn persons_by_fullness(kept: &[Candidate]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..kept.len()).collect();
    order.sort_by_key(|&index| {
        let candidate = &kept[index];
        let late = match candidate.kind {
            Kind::Person => {
                // モレノ大臣: by family name alone, whomever the list has of that name.
                let short = candidate.span.len() * 4 < candidate.name.chars().count() * 3;
                let full = candidate.name.contains('・') && !short
                    || candidate.span.len() >= 3 && is_kanji(candidate.name.chars().next().unwrap_or(' '));
                if !candidate.key.is_empty() && full {
                    0
                } else if full {
                    1
                } else {
                    2
                }
            }
            Kind::Organization if candidate.key.is_empty() => 3,
            _ => 0,
        };
        (late, index)
    });
    order
}

#[derive(Default)]
struct Clusters {
    all: Vec<Cluster>,
    by_key: HashMap<String, usize>,
}

impl Clusters {
    fn add(&mut self, candidate: &Candidate, surface: String) -> usize {
        let index = self.all.len();
        if !candidate.key.is_empty() {
            self.by_key.insert(candidate.key.clone(), index);
        }
        self.all.push(Cluster {
            kind: candidate.kind,
            key: candidate.key.clone(),
            name: candidate.name.clone(),
            name_en: candidate.name_en.clone(),
            code: candidate.code.clone(),
            states: candidate.states.clone(),
            role: candidate.role.clone(),
            sector: candidate.sector.clone(),
            surfaces: vec![surface],
            state_rank: if candidate.states.is_empty() { 0 } else { 3 },
            seen: vec![candidate.span.start],
        });
        index
    }

    fn join(&mut self, index: usize, candidate: &Candidate, surface: String) -> usize {
        let cluster = &mut self.all[index];
        cluster.seen.push(candidate.span.start);
        if !cluster.surfaces.contains(&surface) {
            cluster.surfaces.push(surface);
        }
        if cluster.role.is_none() {
            cluster.role.clone_from(&candidate.role);
        }
        if cluster.code.is_none() {
            cluster.code.clone_from(&candidate.code);
        }
        if cluster.kind == Kind::Person && candidate.sector.as_deref() == Some("IGO") {
            cluster.states.clear();
            cluster.sector.clone_from(&candidate.sector);
        } else if cluster.states.is_empty()
            && !candidate.states.is_empty()
            && cluster.sector.as_deref() != Some("IGO")
        {
            cluster.states.clone_from(&candidate.states);
            cluster.state_rank = 3;
        }
        if cluster.name.chars().count() < candidate.name.chars().count() && cluster.kind == Kind::Person {
            cluster.name.clone_from(&candidate.name);
        }
        index
    }

    /// The body whose other name this is, in brackets right after it.
    fn glossed(&self, page: &Page<'_>, kept: &[Candidate], index: usize, slots: &[usize]) -> Option<usize> {
        let (name, body) = (&kept[index], kept.get(index.checked_sub(1)?)?);
        let bracketed = name.kind == Kind::Organization
            && body.kind == Kind::Organization
            && (body.span.end + 1 == name.span.start && page.at(body.span.end) == '('
                || body.span.end + 2 == name.span.start && page.starts_with(body.span.end, "」("))
            && page.at(name.span.end) == ')'
            && (name.states == body.states
                || name.states.is_empty()
                || body.states.is_empty()
                || name.key.is_empty()
                // フィリピン国軍(AFP): letters in brackets stand for what is before them, whatever else they name.
                || name.span.slice(page.chars).iter().all(char::is_ascii_uppercase));
        slots.get(index - 1).copied().filter(|&known| bracketed && known != usize::MAX)
    }

    fn assign(
        &mut self,
        gazetteer: &Gazetteer,
        page: &Page<'_>,
        kept: &[Candidate],
        index: usize,
        slots: &[usize],
    ) -> usize {
        let candidate = &kept[index];
        let surface = candidate.span.text(page.chars);
        match candidate.kind {
            Kind::Person => self.person(gazetteer, page, candidate, surface),
            Kind::Organization if candidate.key.is_empty() => {
                // 外交部(外務省): the same, said in other words.
                if let Some(known) = self.glossed(page, kept, index, slots) {
                    return self.join(known, candidate, surface);
                }
                self.bare_body(gazetteer, page, kept, index, surface)
            }
            _ => match self.by_key.get(&candidate.key) {
                Some(&known) => self.join(known, candidate, surface),
                None => match self.glossed(page, kept, index, slots) {
                    // フランス電力公社(EDF): what stands in brackets is the same body.
                    Some(known) => {
                        self.by_key.insert(candidate.key.clone(), known);
                        self.join(known, candidate, surface)
                    }
                    None => self.add(candidate, surface),
                },
            },
        }
    }

    fn person(
        &mut self,
        gazetteer: &Gazetteer,
        page: &Page<'_>,
        candidate: &Candidate,
        surface: String,
    ) -> usize {
        if !candidate.key.is_empty() {
            if let Some(&known) = self.by_key.get(&candidate.key) {
                return self.join(known, candidate, surface);
            }
            // A weak reading by family name alone yields to someone whom the text itself introduced.
            if let Some(known) = self.same_name(page, candidate, &surface) {
                // モレノ大臣 of another state than the one listed: his name is what the text says.
                let other = gazetteer.person_by_key(&candidate.key).is_some_and(|person| {
                    let states = &self.all[known].states;
                    !states.is_empty() && states.iter().all(|state| !person.states.contains(state))
                });
                if other {
                    let bare = Candidate { name: surface.clone(), ..candidate.clone() };
                    return self.join(known, &bare, surface);
                }
                return self.join(known, candidate, surface);
            }
            let mut listed = candidate.clone();
            if let Some(person) = gazetteer.person_by_key(&candidate.key) {
                // Who bears the same family name may be meant: the state said with the name decides.
                if !candidate.states.is_empty()
                    && !person.states.is_empty()
                    && !candidate.states.iter().any(|state| person.states.contains(state))
                    && candidate.rule != "gazetteer"
                    && surface != person.name
                {
                    let other = gazetteer.choose(
                        &surface,
                        Some(&candidate.states),
                        candidate.role.as_deref(),
                        page.published,
                    );
                    match other {
                        Some(other) => {
                            let other = &gazetteer.persons[other];
                            listed.key = format!("person:{}", other.name);
                            listed.name.clone_from(&other.name);
                            listed.name_en.clone_from(&other.name_en);
                        }
                        None => {
                            listed.key = String::new();
                            listed.name.clone_from(&surface);
                            listed.name_en = None;
                        }
                    }
                    return self.add(&listed, surface);
                }
                if !person.states.is_empty() && candidate.sector.as_deref() != Some("IGO") {
                    listed.states.clone_from(&person.states);
                }
                if listed.sector.is_none() {
                    listed.sector.clone_from(&person.sector);
                }
            }
            return self.add(&listed, surface);
        }
        if let Some(known) = self.same_name(page, candidate, &surface) {
            return self.join(known, candidate, surface);
        }
        self.add(candidate, surface)
    }

    /// A person of the document who bears this name, in full or by family name; the one named last where several do.
    fn same_name(&self, page: &Page<'_>, candidate: &Candidate, surface: &str) -> Option<usize> {
        // めぐみさん: a given name, where a full name ends with it.
        let familiar = ["さん", "ちゃん", "くん", "君", "様"]
            .iter()
            .any(|word| page.starts_with(candidate.span.end, word));
        let length = surface.chars().count();
        let given = |name: &str| {
            familiar && length >= 2 && name.ends_with(surface) && name.chars().count() >= length + 2
        };
        let sound = if length >= 3 && surface.chars().all(is_katakana) {
            plain_sound(surface)
        } else {
            String::new()
        };
        let alike = |name: &str| {
            alike_full(surface, name)
                || !sound.is_empty()
                    && name.rsplit(['・', '=']).next().is_some_and(|last| plain_sound(last) == sound)
        };
        let fits = |cluster: &Cluster| {
            cluster.kind == Kind::Person
                && (cluster.surfaces.iter().any(|known| known == surface)
                    || is_part(surface, &cluster.name)
                    || given(&cluster.name)
                    || alike(&cluster.name)
                    || cluster
                        .surfaces
                        .iter()
                        .any(|known| is_part(surface, known) || is_part(known, surface)))
                && (candidate.states.is_empty()
                    || cluster.states.is_empty()
                    || cluster.states.iter().any(|state| candidate.states.contains(state)))
        };
        let same: Vec<usize> = (0..self.all.len()).filter(|&index| fits(&self.all[index])).collect();
        if same.len() > 1
            && let Some(role) = &candidate.role
            && let Some(&index) =
                same.iter().find(|&&index| self.all[index].role.as_ref().is_some_and(|known| known == role))
        {
            return Some(index);
        }
        let before = |index: usize| {
            self.all[index].seen.iter().filter(|&&at| at < candidate.span.start).max().copied()
        };
        same.iter()
            .copied()
            .filter(|&index| before(index).is_some())
            .max_by_key(|&index| before(index))
            .or_else(|| same.last().copied())
    }

    /// 外務省 after 中国外務省 is the same; else the state named nearest before gives it.
    fn bare_body(
        &mut self,
        gazetteer: &Gazetteer,
        page: &Page<'_>,
        kept: &[Candidate],
        index: usize,
        surface: String,
    ) -> usize {
        let candidate = &kept[index];
        // これに対し外務省は: whoever answers is not the body of the same name just before.
        let start = candidate.span.start;
        let answers = (3..=9).any(|back| {
            start >= back
                && (page.starts_with(start - back, "これに対し")
                    || page.starts_with(start - back, "これに対して"))
        });
        if answers && candidate.states.is_empty() {
            let asked = self
                .all
                .iter()
                .rev()
                .find(|cluster| cluster.kind == Kind::Organization && cluster.name.ends_with(&surface));
            if let Some(asked) = asked {
                let other = kept[..index].iter().rev().take(12).find(|other| {
                    other.states.len() == 1 && other.states != asked.states && other.kind == Kind::State
                });
                if let Some(other) = other {
                    let mut bare = candidate.clone();
                    bare.states.clone_from(&other.states);
                    bare.key = format!("org:{}:{}", bare.states.join(","), surface);
                    return match self.by_key.get(&bare.key) {
                        Some(&known) => self.join(known, &bare, surface),
                        None => self.add(&bare, surface),
                    };
                }
            }
        }
        let known = (0..self.all.len()).rev().find(|&other| {
            let cluster = &self.all[other];
            cluster.kind == Kind::Organization
                && cluster.name.ends_with(&surface)
                && (candidate.states.is_empty() || cluster.states == candidate.states)
        });
        if let Some(known) = known {
            return self.join(known, candidate, surface);
        }
        let mut bare = candidate.clone();
        if bare.states.is_empty() {
            // 外交部: what ends so belongs to a state that calls its ministries 部.
            let eastern = surface.ends_with('部') && surface.chars().count() >= 3;
            bare.states = if eastern {
                eastern_state(kept, index).unwrap_or_else(|| vec!["CHN".to_owned()])
            } else if ours(page, kept, candidate.span) {
                vec!["JPN".to_owned()]
            } else {
                nearest_state(gazetteer, page, kept, index).unwrap_or_default()
            };
        }
        bare.key = format!("org:{}:{}", bare.states.join(","), surface);
        match self.by_key.get(&bare.key) {
            Some(&known) => self.join(known, &bare, surface),
            None => self.add(&bare, surface),
        }
    }

    /// Further places where persons and bodies of the document are named.
    fn later(
        &self,
        gazetteer: &Gazetteer,
        page: &Page<'_>,
        kept: &[Candidate],
        assigned: &[usize],
        titled: &HashSet<usize>,
    ) -> Vec<(Candidate, usize)> {
        let mut forms: HashMap<char, Vec<(Vec<char>, usize)>> = HashMap::default();
        let mut add = |form: &str, cluster: usize| {
            let chars: Vec<char> = form.chars().collect();
            if let Some(&first) = chars.first() {
                let list = forms.entry(first).or_default();
                if !list.iter().any(|(known, _)| *known == chars) {
                    list.push((chars, cluster));
                }
            }
        };
        for (index, cluster) in self.all.iter().enumerate() {
            // A place that the words beside it told once is one wherever it returns.
            if cluster.kind == Kind::Place {
                let name: Vec<char> = cluster.name.chars().collect();
                if name.len() >= 4 && name.iter().all(|c| is_katakana(*c)) && !page_lists(kept, &cluster.key)
                {
                    add(&cluster.name, index);
                }
                continue;
            }
            if !matches!(cluster.kind, Kind::Person | Kind::Organization) || cluster.key.starts_with("org::")
            {
                continue;
            }
            if let Some(person) = gazetteer.person_by_key(&cluster.key)
                && !person.family.is_empty()
                && cluster.surfaces.contains(&person.name)
            {
                add(&person.family, index);
            }
            let names = cluster.surfaces.iter().chain([&cluster.name]);
            for name in names {
                let length = name.chars().count();
                if cluster.kind == Kind::Organization {
                    if length >= 3 && name.chars().any(|c| is_katakana(c) || c.is_ascii_uppercase()) {
                        add(name, index);
                    }
                    continue;
                }
                // 林大臣 after 林外務大臣: one letter, only before a title.
                if length >= 2 || name.chars().all(is_kanji) {
                    add(name, index);
                }
                // 習 of 習近平 and 尹 of 尹錫悦: one character, only before a title.
                if matches!(length, 2 | 3) && name.chars().all(is_kanji) && cluster.states != ["JPN"] {
                    add(&name.chars().take(1).collect::<String>(), index);
                }
                if let Some(last) = name.rsplit(['・', '=']).next()
                    && last != name
                    && last.chars().count() >= 2
                {
                    add(last, index);
                }
                if let Some((_, last)) = name.rsplit_once(' ')
                    && last.len() >= 3
                {
                    add(last, index);
                }
                // A Japanese full name's family part, where it is known to be one: 岸田 of 岸田文雄.
                if name.chars().all(|c| is_kanji(c) || is_hiragana(c)) && length >= 3 {
                    let family: String = name.chars().take(2).collect();
                    if self.all.iter().any(|other| other.surfaces.contains(&family)) || length >= 4 {
                        add(&family, index);
                    }
                }
            }
            if cluster.kind == Kind::Person
                && let Some(en) = &cluster.name_en
            {
                add(en, index);
                if let Some((first, last)) = en.rsplit_once(' ') {
                    if last.len() >= 4 {
                        add(last, index);
                    } else if first.len() >= 3 && !first.contains(' ') {
                        add(first, index);
                    }
                }
            }
        }
        for list in forms.values_mut() {
            list.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        }
        let mut taken = vec![false; page.chars.len()];
        for candidate in kept {
            taken[candidate.span.start..candidate.span.end].fill(true);
        }
        let mut later = Vec::new();
        let mut at = 0;
        while at < page.chars.len() {
            let hit = forms.get(&page.at(at)).filter(|_| !taken[at]).and_then(|list| {
                list.iter().find(|(form, cluster)| {
                    let end = at + form.len();
                    page.chars.get(at..end) == Some(form.as_slice())
                        && !taken[at..end].iter().any(|slot| *slot)
                        && stands_alone(page, Span::new(at, end), self.all[*cluster].kind)
                        && (form.len() > 1 || titled.contains(&end))
                })
            });
            let Some((form, cluster)) = hit else {
                at += 1;
                continue;
            };
            let known = &self.all[*cluster];
            later.push((
                Candidate {
                    span: Span::new(at, at + form.len()),
                    kind: known.kind,
                    states: known.states.clone(),
                    key: known.key.clone(),
                    name: known.name.clone(),
                    name_en: None,
                    code: known.code.clone(),
                    role: None,
                    sector: None,
                    rule: "name-again",
                    rank: 3,
                },
                *cluster,
            ));
            at += form.len();
        }
        later.extend(self.aliases(page, kept, assigned));
        later.sort_by_key(|(candidate, _)| candidate.span.start);
        later.dedup_by(|b, a| a.0.span.overlaps(b.0.span));
        later
    }

    /// A short form in brackets right after a body: 日本貿易振興機構(ジェトロ).
    fn aliases(&self, page: &Page<'_>, kept: &[Candidate], assigned: &[usize]) -> Vec<(Candidate, usize)> {
        let mut found = Vec::new();
        for (owner, candidate) in kept.iter().enumerate() {
            let person = candidate.kind == Kind::Person;
            // コロンナ外務大臣(Ms. Catherine COLONNA): after the title too.
            let after = page.compound_end(candidate.span.end);
            if person
                && after > candidate.span.end
                && after - candidate.span.end <= 20
                && page.at(after) == '('
            {
                if let Some(span) =
                    written_name(page, after + 1).filter(|span| page.at(span.start).is_ascii())
                {
                    let index = kept.partition_point(|other| other.span.end <= span.start);
                    if !kept.get(index).is_some_and(|other| other.span.overlaps(span)) {
                        let alias =
                            Candidate { span, role: None, rule: "alias-in-brackets", ..candidate.clone() };
                        found.push((alias, assigned[owner]));
                    }
                }
                continue;
            }
            if page.at(candidate.span.end) != '(' || !person && candidate.kind != Kind::Organization {
                continue;
            }
            // 尹錫悦(ユン・ソンニョル): the reading names the person once more.
            let start = candidate.span.end + 1;
            let letters =
                |c: &char| is_katakana(*c) || *c == '・' || *c == '=' || !person && c.is_ascii_uppercase();
            let length = page.chars[start..].iter().take(20).take_while(|c| letters(c)).count();
            let span = if length >= 2 && page.at(start + length) == ')' {
                Span::new(start, start + length)
            } else if person && let Some(span) = written_name(page, start) {
                span
            } else {
                continue;
            };
            let index = kept.partition_point(|other| other.span.end <= span.start);
            if kept.get(index).is_some_and(|other| other.span.overlaps(span)) {
                continue;
            }
            let alias = Candidate { span, role: None, rule: "alias-in-brackets", ..candidate.clone() };
            found.push((alias, assigned[owner]));
        }
        found
    }

    /// Persons and bodies of whom nothing says the state: the nearest state before them, marked as a guess.
    fn guess_states(
        &mut self,
        gazetteer: &Gazetteer,
        titles: &Titles,
        page: &Page<'_>,
        kept: &[Candidate],
        assigned: &[usize],
    ) {
        for (index, candidate) in kept.iter().enumerate() {
            let cluster = assigned[index];
            // Who serves an international body is of no state; a body of no state's name is another's only where it
            // is read by its ending and is not one of many states.
            let body = candidate.kind == Kind::Organization
                && candidate.rule == "body-ending"
                && !["国際", "世界", "アジア", "アフリカ", "欧州", "地域"]
                    .iter()
                    .any(|word| self.all[cluster].name.contains(word));
            if candidate.kind != Kind::Person && !body
                || !self.all[cluster].states.is_empty()
                || self.all[cluster].sector.as_deref() == Some("IGO")
            {
                continue;
            }
            let near = |states: &Option<Vec<String>>| {
                states.as_ref().is_some_and(|states| {
                    matches!(states[0].as_str(), "CHN" | "TWN" | "HKG" | "KOR" | "PRK" | "SGP" | "VNM")
                })
            };
            let nearest = nearest_state(gazetteer, page, kept, index);
            let name = &self.all[cluster].name;
            let guessed = if body {
                nearest
            } else if eastern(titles, page, name, candidate.span) {
                if near(&nearest) {
                    nearest
                } else {
                    eastern_state(kept, index).or_else(|| Some(vec!["JPN".to_owned()]))
                }
            } else if candidate_is_japanese(page, candidate.span) {
                Some(vec!["JPN".to_owned()])
            } else {
                nearest
            };
            if let Some(states) = guessed {
                self.all[cluster].states = states;
                self.all[cluster].state_rank = 1;
            }
        }
    }
}

/// A name in brackets after a person: (おう・き), (Ms. Catherine COLONNA, Minister …): its span, without what addresses.
fn written_name(page: &Page<'_>, start: usize) -> Option<Span> {
    let end = page.chars[start..].iter().take(60).position(|c| matches!(c, ')' | ',' | '、'))? + start;
    let words = &page.chars[start..end];
    if words.iter().all(|c| is_hiragana(*c) || *c == '・' || *c == ' ') {
        let dotted = words.contains(&'・') || words.contains(&' ');
        return (words.len() >= 3 && dotted && page.at(end) == ')').then(|| Span::new(start, end));
    }
    let letter = |c: &char| c.is_alphabetic() && !is_kanji(*c) && !is_katakana(*c) && !is_hiragana(*c);
    if !words.iter().all(|c| letter(c) || matches!(c, ' ' | '.' | '-' | '\'' | '’')) {
        return None;
    }
    const ADDRESSES: [&str; 12] =
        ["H.E.", "HE", "Mr.", "Ms.", "Mrs.", "Mr", "Ms", "Mrs", "Dr.", "Prof.", "Hon.", "Sir"];
    let mut from = start;
    loop {
        while page.at(from) == ' ' {
            from += 1;
        }
        let word: String = page.chars[from..end].iter().take_while(|c| **c != ' ').collect();
        let joined = ADDRESSES
            .iter()
            .find(|address| word == **address || address.ends_with('.') && word.starts_with(**address));
        match joined {
            Some(address) => from += address.chars().count(),
            None => break,
        }
    }
    let span = Span::new(from, end);
    (span.len() >= 4 && page.at(from).is_uppercase()).then_some(span)
}

/// A name that begins with kanji or hiragana and is no Chinese or Korean one is Japanese.
fn candidate_is_japanese(page: &Page<'_>, span: Span) -> bool {
    let first = page.at(span.start);
    span.len() >= 2 && (is_kanji(first) || is_hiragana(first))
}

/// Whether a name may be Chinese or Korean: a family name of theirs in one letter, and no Japanese given name after it.
fn eastern(titles: &Titles, page: &Page<'_>, name: &str, span: Span) -> bool {
    let length = name.chars().count();
    let Some(first) = name.chars().next() else { return false };
    let given = page.token(span.start + 1);
    let family = page.token(span.start);
    matches!(length, 1..=3)
        // 高城 is one family name, 高 another.
        && !family.is_some_and(|token| {
            token.span.start == span.start
                && token.span.len() >= 2
                && !token.unknown
                && token.name_part == Some(NamePart::Family)
        })
        && name.chars().all(is_kanji)
        && titles.eastern.contains(first.to_string().as_str())
        && !given.is_some_and(|token| {
            span.len() == 3
                && token.span == Span::new(span.start + 1, span.end)
                && token.name_part == Some(NamePart::Given)
                && !token.unknown
        })
}

/// The nearest state before, or else after, whose names are written so.
fn eastern_state(kept: &[Candidate], index: usize) -> Option<Vec<String>> {
    let fits = |other: &&Candidate| {
        other.states.len() == 1
            && matches!(other.states[0].as_str(), "CHN" | "TWN" | "HKG" | "KOR" | "PRK" | "SGP" | "VNM")
    };
    kept[..index]
        .iter()
        .rev()
        .find(fits)
        .or_else(|| kept[index..].iter().find(fits))
        .map(|other| other.states.clone())
}

/// Whether a place of this key is listed, and so found wherever it stands.
fn page_lists(kept: &[Candidate], key: &str) -> bool {
    kept.iter().any(|candidate| candidate.key == key && candidate.rule == "gazetteer")
}

/// The states of places that are read by their endings, and of listed ones that a land before them gives to another
/// (マサチューセッツ州ケンブリッジ).
fn place_states(gazetteer: &Gazetteer, page: &Page<'_>, kept: &mut [Candidate]) {
    let mut first: HashMap<String, Vec<String>> = HashMap::default();
    for index in 0..kept.len() {
        if kept[index].kind != Kind::Place {
            continue;
        }
        let span = kept[index].span;
        let land = index.checked_sub(1).map(|before| &kept[before]).filter(|before| {
            before.kind == Kind::Place
                && before.span.end == span.start
                && before.states.len() == 1
                && matches!(page.before(before.span.end), '州' | '省' | '県')
        });
        let read = kept[index].rule.starts_with("place-");
        if let Some(land) = land {
            if kept[index].states.len() == 1 || read {
                kept[index].states = land.states.clone();
            }
            continue;
        }
        let water = ["海峡", "湾", "半島", "諸島", "列島", "群島", "海", "運河", "砂漠", "高原", "高地"]
            .iter()
            .any(|ending| page.ends_with(span.end, ending));
        if read && kept[index].states.is_empty() && !water {
            let states = match first.get(&kept[index].key) {
                Some(states) => states.clone(),
                None => nearest_state(gazetteer, page, kept, index).unwrap_or_default(),
            };
            first.insert(kept[index].key.clone(), states.clone());
            kept[index].states = states;
            kept[index].rule = "place-guessed";
        }
    }
}

/// Whether a ministry named bare at the head of a sentence as a source is that of the readers: 財務省の統計では.
fn ours(page: &Page<'_>, kept: &[Candidate], span: Span) -> bool {
    const SOURCES: [&str; 9] =
        ["によると", "によれば", "の統計", "のまとめ", "の集計", "の発表", "の調査", "の推計", "の担当者"];
    let heads =
        page.sentence_of(span.start).is_some_and(|index| page.sentences[index].span.start == span.start);
    heads
        && page.before(span.end) == '省'
        && SOURCES.iter().any(|word| page.starts_with(span.end, word))
        && kept.iter().any(|other| other.kind == Kind::State && other.states == ["JPN"])
}

/// The single state of the nearest mention before, within the paragraph and the one before it.
fn nearest_state(
    gazetteer: &Gazetteer,
    page: &Page<'_>,
    kept: &[Candidate],
    index: usize,
) -> Option<Vec<String>> {
    let at = kept[index].span.start;
    // ズマラ中央アフリカ共和国外務・地域統合大臣: the state right behind a name is its own.
    if let Some(next) = kept[index + 1..].iter().find(|other| other.kind == Kind::State)
        && next.span.start == kept[index].span.end
        && next.states.len() == 1
    {
        return Some(next.states.clone());
    }
    let sentence = page.sentence_of(at)?;
    let floor = page.sentences[sentence.saturating_sub(3)].span.start;
    let official = kept[index].kind == Kind::Person && kept[index].sector.as_deref() == Some("GOV");
    kept[..index]
        .iter()
        .rev()
        .take_while(|other| other.span.start >= floor)
        .find(|other| {
            // 駐中国大使, 来日中の大臣 say where someone is, not whose; who reports is not who acts.
            other.states.len() == 1
                // 船にはシリア人が多い。…内相は: whence people come tells of no office.
                && !(official && other.kind == Kind::State && page.at(other.span.end) == '人')
                && other.sector.as_deref() != Some("JRN")
                && !gazetteer.is_media(&other.key)
                && (other.span.start == 0 || !matches!(page.before(other.span.start), '駐' | '訪' | '来'))
        })
        .or_else(|| kept[index..].iter().find(|other| other.states.len() == 1 && other.kind == Kind::State))
        .map(|other| other.states.clone())
}

/// Whether one name is a part of another: 岸田 of 岸田文雄, ショイグ of セルゲイ・ショイグ.
fn is_part(part: &str, whole: &str) -> bool {
    if part == whole || part.is_empty() {
        return part == whole;
    }
    if whole.contains('・') || whole.contains('=') {
        return whole.split(['・', '=']).any(|piece| piece == part) || whole.ends_with(&format!("・{part}"));
    }
    let kanji = |text: &str| text.chars().all(|c| is_kanji(c) || is_hiragana(c));
    kanji(part)
        && kanji(whole)
        && whole.starts_with(part)
        && whole.chars().count() <= part.chars().count() + 3
}

/// Whether a known name stands here as a word of its own.
fn stands_alone(page: &Page<'_>, span: Span, kind: Kind) -> bool {
    let (first, last) = (page.at(span.start), page.before(span.end));
    let (before, after) = (page.before(span.start), page.at(span.end));
    if first.is_ascii_alphabetic() {
        return !before.is_ascii_alphanumeric() && !after.is_ascii_alphanumeric();
    }
    if is_katakana(first) && (is_katakana(before) && !page.begins(span.start))
        || is_katakana(last) && (is_katakana(after) && !page.ends(span.end))
    {
        return false;
    }
    if kind == Kind::Person && after == '・' && is_katakana(page.at(span.end + 1)) && is_katakana(last) {
        return false;
    }
    // ノーベル|経済学賞, ケネディ|空港: the name of something else.
    if kind == Kind::Person {
        let end = page.compound_end(span.end);
        if end > span.end
            && ["賞", "杯", "号", "法", "空港", "通り", "広場", "記念館", "財団", "記念日"]
                .iter()
                .any(|word| page.ends_with(end, word))
        {
            return false;
        }
    }
    if is_kanji(first) {
        if !page.begins(span.start) || !page.ends(span.end) && span.len() > 1 {
            return false;
        }
        // A family name that is a place too: followed by 県 or the like it is the place.
        if ["県", "市", "町", "村", "駅", "区", "島", "川", "山", "城", "港", "大学"]
            .iter()
            .any(|suffix| page.starts_with(span.end, suffix))
        {
            return false;
        }
    }
    true
}

fn finish(
    gazetteer: &Gazetteer,
    confidence: &Confidence,
    page: &Page<'_>,
    kept: &[Candidate],
    assigned: &[usize],
    clusters: Clusters,
) -> Named {
    let mut named = Named::default();
    let mut entity_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (candidate, &cluster_index) in kept.iter().zip(assigned) {
        let cluster = &clusters.all[cluster_index];
        let entity = *entity_of.entry(cluster_index).or_insert_with(|| {
            let role = cluster.role.clone().or_else(|| listed_role(gazetteer, &cluster.key, page.published));
            named.entities.push(EntityDraft {
                kind: cluster.kind,
                name: cluster.name.clone(),
                name_en: cluster.name_en.clone(),
                code: cluster.code.clone(),
                states: cluster.states.clone(),
                role,
                sector: cluster.sector.clone(),
                media: gazetteer.is_media(&cluster.key) || cluster.sector.as_deref() == Some("JRN"),
            });
            named.entities.len() - 1
        });
        let states = match candidate.kind {
            Kind::Person | Kind::Organization => cluster.states.clone(),
            _ => candidate.states.clone(),
        };
        let evidence = if cluster.state_rank == 1 && candidate.kind != Kind::State {
            Evidence::Guessed
        } else if cluster.key.starts_with("person:") || candidate.rule == "gazetteer" {
            Evidence::Listed
        } else {
            Evidence::Read
        };
        named.mentions.push(MentionDraft {
            span: candidate.span,
            kind: candidate.kind,
            entity,
            states,
            role: candidate.role.clone(),
            confidence: confidence.of(candidate.rule, candidate.kind, evidence),
            rule: candidate.rule,
        });
    }
    named
}

/// The role that the lexicon has for a person at the date of publication.
fn listed_role(gazetteer: &Gazetteer, key: &str, published: Option<&str>) -> Option<String> {
    let person = gazetteer.person_by_key(key)?;
    let date = published?;
    let held = |start: &Option<String>, end: &Option<String>| {
        let Some(start) = start else { return false };
        let from = start.as_str() <= date || date.starts_with(start.as_str());
        from && end.as_deref().is_none_or(|end| end >= &date[..end.len().min(date.len())])
    };
    person.roles.iter().rev().find(|(_, start, end)| held(start, end)).map(|(title, _, _)| title.clone())
}
