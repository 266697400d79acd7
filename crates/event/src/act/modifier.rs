//! Who stands before an act's noun: in its compound, with の, による, への …, or in a clause that modifies it.

use super::*;

impl Site<'_> {
    /// Parties named in the compound before the act's noun; those after 対 or 訪 are targets whatever the rule says.
    pub(super) fn prefix(&self) -> (Party, Party) {
        let noun = self.trigger.noun;
        let start = self.trigger.noun_chunk.map_or_else(
            || self.clause().and_then(|clause| clause.predicate.noun).map_or(noun.start, |noun| noun.start),
            |chunk| self.analysis.chunks[chunk].content.start,
        );
        let span = Span::new(start.min(noun.start), noun.end);
        let chars = self.reading.chars();
        let (mut plain, mut aimed) = (Party::default(), Party::default());
        if self.rule().parties == Parties::Mutual
            && let Some(members) = self.reader.rules.members_of(&span.text(chars))
        {
            plain.add(&Party { codes: members.to_vec(), ..Party::default() });
        }
        let mut body_ends = None;
        for mention in self.reading.mentions_in(span) {
            // WTO香港閣僚会議: where the body meets.
            let venue = mention.kind == Kind::State && body_ends == Some(mention.span.start);
            if mention.kind == Kind::Organization && mention.states.is_empty() {
                body_ends = Some(mention.span.end);
            }
            if venue {
                continue;
            }
            let party = if mention.kind == Kind::Place {
                Party { codes: mention.states.clone(), ..Party::default() }
            } else {
                self.phrases.named(mention.span)
            };
            let before = mention.span.start.checked_sub(1).and_then(|at| chars.get(at)).copied();
            // 在シリア・イラン大使館: where it stands is no party.
            if matches!(before, Some('在' | '駐')) && chars.get(mention.span.end) == Some(&'・') {
                continue;
            }
            if matches!(before, Some('対' | '訪' | '反' | '来' | '渡')) {
                aimed.add(&party);
            } else if mention.kind != Kind::Place || self.rule().prefix == Some(Role::Target) {
                plain.add(&party);
            }
        }
        (plain, aimed)
    }

    /// Whose land a mission stands in, as far as said, and whose it is: ソウルの日本大使館前でデモが行われた.
    pub(super) fn at_mission(&self, clause: &Clause) -> Option<(Party, Party)> {
        let chars = self.reading.chars();
        clause
            .arguments
            .iter()
            .filter(|it| matches!(it.case, Case::De | Case::Ni | Case::He | Case::Wo))
            .find_map(|it| {
                let named = self.reading.mentions_in(it.span);
                let at = named.iter().position(|mention| {
                    let words = mention.span.text(chars);
                    mention.states.len() == 1
                        && self.reader.rules.missions.iter().any(|ending| words.ends_with(ending.as_str()))
                })?;
                let owner = named[at].states.clone();
                // 北京でデモがあり、一部が日本大使館に投石した: the place may have been told before.
                let sentence = self.reading.sentences[self.index].span.start;
                let before = self.reading.mentions_in(Span::new(sentence, it.span.start));
                let host = before
                    .iter()
                    .chain(&named[..at])
                    .rev()
                    .find(|it| {
                        matches!(it.kind, Kind::Place | Kind::State)
                            && it.states.len() == 1
                            && it.states != owner
                    })
                    .map(|place| place.states.clone())
                    .unwrap_or_default();
                Some((Party { codes: host, ..Party::default() }, Party { codes: owner, ..Party::default() }))
            })
    }

    /// Who stands before the noun with の, による, への …: (genitive, by, toward, with).
    pub(super) fn modifiers(&self) -> Modifiers {
        let mut found = Modifiers::default();
        let Some(chunk) = self.trigger.noun_chunk else { return found };
        // Also what hangs on a modifier but speaks of the act: ロシアによる in ロシアによるウクライナの港の封鎖.
        let mut work = self.analysis.modifiers(chunk);
        let mut at = 0;
        while at < work.len() && at < 40 {
            let modifier = work[at];
            at += 1;
            let phrase = &self.analysis.chunks[modifier];
            // ウクライナへの変圧器と発電機の提供: nor does a list keep it from the act.
            let listed = phrase.case == Some(Case::And) && self.phrases.named(phrase.content).is_empty();
            if phrase.kind == ChunkKind::Nominal && (phrase.case == Some(Case::No) || listed) {
                let mut below = self.analysis.modifiers(modifier);
                while let Some(inner) = below.pop() {
                    let phrase = &self.analysis.chunks[inner];
                    // チリへの支援の要請: who is to be helped is not asked.
                    let helped = self.rule().kind == EventType::Request
                        && matches!(phrase.inner, Some(Case::He | Case::Against));
                    if phrase.case == Some(Case::By)
                        || phrase.case == Some(Case::No) && phrase.inner.is_some() && !helped
                    {
                        work.push(inner);
                    } else if phrase.case == Some(Case::No) {
                        below.extend(self.analysis.modifiers(inner));
                    }
                }
            }
            // トルコ軍が9日に始めたシリア北部への攻撃: the clause is of the act, not of where it goes.
            if phrase.kind == ChunkKind::Nominal && phrase.case == Some(Case::No) && phrase.inner.is_some() {
                let begins = |&inner: &usize| {
                    let clause =
                        self.analysis.chunks[inner].clause.and_then(|at| self.analysis.clauses.get(at));
                    clause.is_some_and(|clause| {
                        let lemma = clause.predicate.lemma.as_str();
                        let named = clause.arguments.iter().any(|it| it.case == Case::Ga && !it.shared);
                        let held = self.reader.rules.happen.contains_key(lemma);
                        named && (held || matches!(lemma, "始める" | "開始する"))
                    })
                };
                work.extend(self.analysis.modifiers(modifier).into_iter().filter(begins));
            }
            if phrase.kind == ChunkKind::Predicate {
                // 日本の理事国入りに反対するデモ: against whom it is.
                if self.rule().kind == EventType::Protest
                    && let Some(clause) = phrase.clause
                {
                    found.about = self.phrases.codes_in(self.analysis.clauses[clause].span);
                }
                // 米国が主催する演習, 日本が行った支援: who does it stands in the clause that modifies the noun.
                let belongs = |clause: usize| {
                    let lemma = self.analysis.clauses[clause].predicate.lemma.as_str();
                    // 首相が提案した停戦: who proposes it need not be one of those who fight.
                    let proposes = self.rule().kind == EventType::Retreat
                        && self.reader.rules.proposing.iter().any(|verb| verb == lemma);
                    self.phrases.anaphors.membership.contains(lemma) || proposes
                };
                if let Some(clause) = phrase.clause.filter(|&clause| !belongs(clause)) {
                    // 度重なる攻撃, 正常化へ向けた協議: no deed of anybody.
                    let lemma = self.analysis.clauses[clause].predicate.lemma.as_str();
                    let impersonal = self.phrases.anaphors.impersonal.contains(lemma);
                    let mut party = if impersonal {
                        Party::default()
                    } else {
                        self.phrases.subject(clause, &Discourse::default(), true)
                    };
                    // 北朝鮮によるとされる日本人拉致事件: whom the noun itself names has not done it.
                    let said = self.analysis.clauses[clause].arguments.iter().any(|it| it.case == Case::Ga);
                    if !said && party == self.phrases.named(self.analysis.chunks[chunk].content) {
                        party = Party::default();
                    }
                    // 中国とラオスを結ぶ鉄道: both ends.
                    let held = self
                        .reader
                        .rules
                        .happen
                        .contains_key(self.analysis.clauses[clause].predicate.lemma.as_str());
                    // カンボジアで予定されていた会談: nor where they were to meet.
                    let planned = self.reader.rules.off.planned.iter().any(|it| it == lemma);
                    if party.is_empty()
                        && self.rule().parties == Parties::Mutual
                        && !held
                        && !impersonal
                        && !planned
                    {
                        let codes = self.phrases.codes_in(self.analysis.clauses[clause].span);
                        found.by.add(&Party { codes, ..Party::default() });
                    }
                    // 両国とチャドが参加する会談: those whom the text has named before take part too.
                    let attends = self.rule().parties == Parties::Mutual
                        && self.analysis.clauses[clause].predicate.voice == Voice::Active;
                    let attending = self.analysis.clauses[clause]
                        .arguments
                        .iter()
                        .filter(|it| attends && it.case == Case::Ga && !it.shared && !it.topic);
                    for argument in attending {
                        found.by.add(&self.phrases.of(argument, self.discourse));
                    }
                    // 大統領の呼びかけにより行われた会議: who called for it takes part.
                    if self.rule().parties == Parties::Mutual {
                        let called = self.analysis.clauses[clause]
                            .arguments
                            .iter()
                            .filter(|it| it.case == Case::By && !it.shared);
                        for by in called {
                            found.by.add(&self.phrases.of(by, self.discourse));
                        }
                    }
                    // 同国で2度目となる核実験: where it is done.
                    if party.is_empty() && self.rule().parties == Parties::Solo {
                        let within = self.analysis.clauses[clause]
                            .arguments
                            .iter()
                            .filter(|it| it.case == Case::De && !it.shared);
                        for place in within {
                            found.by.add(&self.phrases.of(place, self.discourse));
                        }
                    }
                    found.by.add(&party);
                    // 日本がチリに対して行った支援: to whom.
                    if self.rule().parties != Parties::Mutual && !party.is_empty() {
                        let doing = self
                            .reader
                            .rules
                            .happen
                            .contains_key(self.analysis.clauses[clause].predicate.lemma.as_str());
                        let toward = self.analysis.clauses[clause].arguments.iter().filter(|it| {
                            !it.shared
                                && !self.phrases.is_time(it.chunk)
                                && (it.case == Case::Against
                                    || doing && matches!(it.case, Case::Ni | Case::He))
                        });
                        for argument in toward {
                            found.toward.add(&self.phrases.of(argument, self.discourse));
                        }
                    }
                }
                continue;
            }
            let party = self.phrases.of_chunk(modifier, self.discourse);
            match (phrase.case, phrase.inner) {
                (Some(Case::No), None) => {
                    if party.is_empty() {
                        let mut places = self.phrases.codes_with_places(phrase.content);
                        // コロンビアの首都にある大使館の閉鎖: where it lies.
                        if places.is_empty() {
                            places = self.phrases.codes_with_places(self.analysis.subtree_span(modifier));
                            places.truncate(1);
                        }
                        found.places.extend(places);
                    }
                    found.genitive.add(&party);
                }
                // マリからの撤収 leaves Mali; 米国からの批判 comes from there.
                (Some(Case::No), Some(Case::Kara))
                    if self.rule().target.iter().any(|place| place == "から") =>
                {
                    let codes = if party.is_empty() {
                        self.phrases.codes_with_places(phrase.content)
                    } else {
                        party.codes.clone()
                    };
                    found.toward.add(&party);
                    found.toward.add(&Party { codes, ..Party::default() });
                }
                (Some(Case::No), Some(Case::By | Case::Kara)) | (Some(Case::By), _) => {
                    found.others |= party.is_empty() && phrase.inner != Some(Case::Kara);
                    found.by.add(&party);
                }
                (Some(Case::No), Some(Case::He | Case::Against | Case::Ni))
                | (Some(Case::Against | Case::He | Case::About), _) => {
                    // 北朝鮮による延坪島への砲撃: the place itself, not who is named before it.
                    let mut codes = party.codes.clone();
                    if codes.is_empty() {
                        codes = self.phrases.codes_with_places(phrase.content);
                    }
                    if codes.is_empty() {
                        codes = self.phrases.codes_with_places(self.analysis.subtree_span(modifier));
                    }
                    found.toward.add(&party);
                    found.toward.add(&Party { codes, ..Party::default() });
                }
                // トルコによるシリアでの軍事作戦.
                (Some(Case::No), Some(Case::De)) if self.rule().kind == EventType::Assault => {
                    found.there.extend(self.phrases.codes_with_places(phrase.content));
                }
                (Some(Case::No), Some(Case::To | Case::With)) | (Some(Case::With | Case::To), _) => {
                    found.with.add(&party)
                }
                // フランス軍のマリ撤退、ブルキナファソからの撤収: whose the first was, the second is.
                (Some(Case::And), _) if self.act_at(modifier).is_some() => {
                    for inner in self.analysis.modifiers(modifier) {
                        let phrase = &self.analysis.chunks[inner];
                        if phrase.case == Some(Case::No) && phrase.inner.is_none_or(|it| it == Case::By) {
                            found.genitive.add(&self.phrases.of_chunk(inner, self.discourse));
                        }
                    }
                }
                // イスラエルの在シリア・イラン大使館空爆: where it stands is nobody's; who is named before it is.
                (Some(Case::And), _)
                    if phrase
                        .content
                        .slice(self.reading.chars())
                        .first()
                        .is_some_and(|first| matches!(first, '在' | '駐')) =>
                {
                    work.extend(self.analysis.modifiers(modifier));
                }
                (Some(Case::And), _) => found.genitive.add(&party),
                _ => {}
            }
        }
        found
    }
}

/// Who stands before an act's noun, by the case in which it stands.
#[derive(Default)]
pub(super) struct Modifiers {
    pub(super) genitive: Party,
    pub(super) by: Party,
    pub(super) toward: Party,
    pub(super) with: Party,
    pub(super) places: Vec<String>,
    /// Whether it is by others than any actor: 近隣諸国による会議.
    pub(super) others: bool,
    /// Where an attack is made.
    pub(super) there: Vec<String>,
    /// Whom the clause that modifies a protest names.
    pub(super) about: Vec<String>,
}
