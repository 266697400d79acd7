//! Who does it and to whom, by the words of the sentence itself.

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
    fn at_mission(&self, clause: &Clause) -> Option<(Party, Party)> {
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
            if phrase.kind == ChunkKind::Nominal && phrase.case == Some(Case::No) {
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
                    if party.is_empty() && self.rule().parties == Parties::Mutual && !held && !impersonal {
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

    pub(super) fn mutual(&self) -> (Party, Party) {
        let mut party = Party::default();
        let (prefix, aimed) = self.prefix();
        let mut modifiers = self.modifiers();
        // 両国は国連憲章の原則の重要性で一致した: what they agree on does not agree with them.
        if self.rule().kind == EventType::Agree
            && self.trigger.verbal
            && self.subject(self.heading).codes.len() >= 2
        {
            modifiers = Modifiers { places: modifiers.places, ..Modifiers::default() };
        }
        party.add(&prefix);
        party.add(&aimed);
        party.add(&modifiers.genitive);
        party.add(&modifiers.with);
        party.add(&modifiers.by);
        party.add(&modifiers.toward);
        let Some(clause) = self.clause() else { return (party, Party::default()) };
        if self.trigger.nominal {
            // 米ロ首脳が電話協議、停戦を議論: a headline's subject holds for its nouns too.
            if self.heading && party.codes.len() < 2 {
                let mut all = self.subject(true);
                all.add(&party);
                return (all, Party::default());
            }
            // 両国は国交樹立を発表した: what they announce is theirs.
            if self.is_announced() && party.codes.len() < 2 {
                let mut all = self.subject(self.heading);
                all.add(&party);
                return (all, Party::default());
            }
            // 両国がこの日の首脳会談で…に合意した: they met there.
            let there = self.trigger.noun_chunk.is_some_and(|chunk| {
                clause.arguments.iter().any(|it| it.chunk == chunk && it.case == Case::De && !it.shared)
            });
            if party.is_empty() && there && self.rule().kind == EventType::Consult {
                let own = clause.arguments.iter().find(|it| it.case == Case::Ga && !it.shared);
                let both = own.map(|it| self.phrases.of(it, self.discourse)).unwrap_or_default();
                if both.codes.len() == 2 {
                    return (both, Party::default());
                }
            }
            // 両国は2008年の国境衝突以来、…: whom the clause speaks of.
            if party.is_empty() && self.rule().kind == EventType::Assault && !self.dates().0.is_empty() {
                let own = clause.arguments.iter().find(|it| it.case == Case::Ga && it.topic);
                let both = own.map(|it| self.phrases.of(it, self.discourse)).unwrap_or_default();
                if both.codes.len() == 2 {
                    return (both, Party::default());
                }
            }
            // 首相との会談では、…: who meets is whom the clause speaks of.
            if party.codes.len() == 1 && !modifiers.with.is_empty() {
                party.add(&self.subject(self.heading));
            }
            return (party, Party::default());
        }
        // 両国は島と島の間を国境とすることに合意した: the two agree with nobody else.
        let the_two = self.rule().kind == EventType::Agree
            && clause.subject().is_some_and(|subject| {
                !subject.shared
                    && self.phrases.of(subject, self.discourse).codes.len() == 2
                    && self
                        .phrases
                        .points_back(&self.analysis.chunks[subject.chunk].content.text(self.reading.chars()))
            });
        if the_two {
            return (self.subject(self.heading), Party::default());
        }
        let complete = party.codes.len() >= 2;
        let passive = clause.predicate.voice == Voice::Passive;
        for argument in clause.arguments.iter().filter(|it| !self.is_occasion(it.chunk)) {
            let partner = match argument.case {
                Case::To | Case::With => true,
                Case::Ni | Case::Against | Case::Kara => !argument.shared && !self.is_noun(argument.chunk),
                // 首相を表敬訪問した.
                Case::Wo if self.rule().target.iter().any(|place| place == "を") => {
                    !argument.shared && !self.is_noun(argument.chunk)
                }
                Case::Wo => !argument.shared && clause.predicate.noun.is_none() && clause.carried.is_none(),
                // 大統領との間で会談した.
                Case::De => {
                    self.analysis.chunks[argument.chunk].content.text(self.reading.chars()) == BETWEEN
                }
                _ => false,
            };
            if partner && Some(argument.chunk) != self.trigger.noun_chunk {
                let other = self.phrases.of(argument, self.discourse);
                if argument.case == Case::Wo && self.rule().kind != EventType::Consult {
                    continue;
                }
                party.add(&other);
            }
        }
        let subject = match self.opens_object(clause) {
            Some(both) => both,
            None if passive && complete => Party::default(),
            None => self.subject(self.heading || complete),
        };
        // 事務総長は両国の首脳会談を開く: whoever holds talks of two others only hosts them.
        let hosts = self.rule().kind == EventType::Consult
            && !self.trigger.verbal
            && clause.arguments.iter().any(|it| it.case == Case::Wo && self.is_noun(it.chunk))
            && modifiers.genitive.codes.len() >= 2
            && modifiers.with.is_empty()
            && modifiers.genitive.codes.iter().all(|code| !subject.codes.contains(code));
        let mut all = if hosts { Party::default() } else { subject };
        // 王毅氏と安全保障会議書記のショイグ氏が: one named with と inside the subject's phrase takes part too.
        if !passive && let Some(own) = clause.subject().filter(|subject| !self.is_noun(subject.chunk)) {
            for (at, chunk) in self.analysis.chunks.iter().enumerate() {
                if own.span.contains(chunk.content) && chunk.case == Some(Case::And) && at < own.chunk {
                    let beside = self.phrases.named(chunk.content);
                    if !beside.entities.is_empty() {
                        all.add(&beside);
                    }
                }
            }
        }
        all.add(&party);
        // キルギスとタジキスタンの国境で戦闘が起きた: those whose border it is.
        if all.codes.is_empty() && self.rule().kind == EventType::Assault {
            for argument in clause.arguments.iter().filter(|it| it.case == Case::De) {
                let codes = self.phrases.codes_in(argument.span);
                if codes.len() == 2 {
                    all.add(&Party { codes, ..Party::default() });
                }
            }
        }
        // ホニアラの大使館を再開した: the state in which it stands.
        if all.codes.len() == 1 && self.rule().kind == EventType::Agree && !modifiers.places.is_empty() {
            let mut codes = modifiers.places.clone();
            codes.retain(|code| !all.codes.contains(code));
            codes.truncate(1);
            all.add(&Party { codes, ..Party::default() });
        }
        // ロシアとドイツを結ぶパイプラインが開通した: those whom the thing joins.
        if all.codes.len() < 2
            && let Some(thing) =
                clause.subject().filter(|subject| !subject.shared && !self.is_noun(subject.chunk))
        {
            let codes = self.phrases.codes_in(thing.span);
            all.add(&Party { codes, ..Party::default() });
        }
        (all, Party::default())
    }

    /// 両国が協議を開くことで合意した, 4カ国が削減を目指す協定を結んだ: those with whom the object opens agree, where
    /// the clause has no subject of its own.
    fn opens_object(&self, clause: &Clause) -> Option<Party> {
        let own = clause.arguments.iter().any(|it| it.case == Case::Ga && !it.shared);
        if own || self.rule().kind != EventType::Agree || clause.predicate.voice == Voice::Passive {
            return None;
        }
        let mut objects = clause
            .arguments
            .iter()
            .filter(|it| !it.shared && matches!(it.case, Case::De | Case::Wo | Case::Ni | Case::To));
        objects.find_map(|object| {
            let opening = self.analysis.clauses.iter().find_map(|inner| {
                inner.arguments.iter().find(|it| {
                    it.case == Case::Ga
                        && !it.shared
                        && (it.span.start == object.span.start
                            || self.analysis.chunks[inner.chunk].head == Some(object.chunk))
                        && object.span.contains(inner.predicate.span)
                })
            })?;
            let mut party = self.phrases.of(opening, self.discourse);
            // 軍が撤退することで合意した: with the other of the two that the text is about.
            let pair = self.discourse.clear_pair();
            if party.codes.len() == 1 && pair.contains(&party.codes[0]) {
                party = Party { codes: pair, ..party };
            }
            // 安保理が…を負うことを確認した: it alone, not the two spoken of.
            let alone = party.codes.len() == 1 && self.is_body(&party.codes[0]);
            Some(party).filter(|party| party.codes.len() >= 2 || alone)
        })
    }

    /// Whether a phrase is the occasion on which something is done: 首脳会議の機会に.
    pub(super) fn is_occasion(&self, chunk: usize) -> bool {
        let words = self.analysis.chunks[chunk].content.text(self.reading.chars());
        self.reader.rules.occasions.contains(&words)
    }

    /// Who does what the clause says, unless its subject is the act's own noun.
    pub(super) fn subject(&self, discourse_free: bool) -> Party {
        let Some(index) = self.trigger.clause else { return Party::default() };
        let own = self.analysis.clauses[index]
            .arguments
            .iter()
            .any(|argument| {
                // 停戦協議も中断している.
                let phrase = &self.analysis.chunks[argument.chunk];
                let also = (phrase.also || phrase.topic)
                    && phrase.case.is_none()
                    && matches!(argument.case, Case::Bare | Case::Wo)
                    && self.rule().kind == EventType::Reject
                    && self.act_at(argument.chunk) == Some(EventType::Consult);
                (argument.case == Case::Ga || also) && self.is_noun(argument.chunk)
            });
        if own {
            return Party::default();
        }
        // 拘束していた操縦士を解放した: whoever does what follows.
        let clause = &self.analysis.clauses[index];
        let unsaid = clause.arguments.iter().all(|it| it.case != Case::Ga || it.shared);
        if unsaid
            && self.rule().parties == Parties::Directed
            && self.object_gap().is_some()
            && let Some(matrix) = clause.head
        {
            return self.phrases.subject(matrix, self.discourse, discourse_free);
        }
        self.phrases.subject(index, self.discourse, discourse_free)
    }

    /// Whether an act is the object of what its clause announces, plans or decides: 国交樹立を発表した.
    pub(super) fn is_announced(&self) -> bool {
        let Some((carrier, clause)) = self.carrier().zip(self.clause()).filter(|_| self.trigger.nominal)
        else {
            return false;
        };
        let object = clause.arguments.iter().any(|it| {
            it.chunk == carrier
                && (it.case == Case::Wo || self.heading && it.case == Case::Bare)
                && !it.shared
        });
        object && self.reader.rules.governors.get(clause.predicate.lemma.as_str()) == Some(&Status::Scheduled)
    }

    /// Whether what a noun names, by another, led to what the clause tells: 米国の要請で, カタールの仲介により.
    pub(super) fn prompts(&self) -> bool {
        let Some(chunk) = self.trigger.noun_chunk.filter(|_| self.trigger.nominal) else { return false };
        let phrase = &self.analysis.chunks[chunk];
        let kind = matches!(self.rule().kind, EventType::Request | EventType::Reject)
            || self.rule().mode.as_deref() == Some("mediation");
        // 米国の仲介の下で.
        let under = phrase.case == Some(Case::No)
            && phrase.head.is_some_and(|head| {
                let words = self.analysis.chunks[head].content.text(self.reading.chars());
                matches!(words.as_str(), "下" | "もと" | "元")
            });
        kind && (matches!(phrase.case, Some(Case::De | Case::By)) && !phrase.topic || under)
    }

    /// The phrase that stands in the clause for the act's noun: its own, or one that it only fills (制裁の第16弾を).
    pub(super) fn carrier(&self) -> Option<usize> {
        let mut chunk = self.trigger.noun_chunk?;
        // 外交官の追放と交流の停止を発表した: the last of the list has the case of all.
        for _ in 0..8 {
            let phrase = &self.analysis.chunks[chunk];
            match phrase.head.filter(|_| phrase.case == Some(Case::And)) {
                Some(head) if self.analysis.chunks[head].kind == ChunkKind::Nominal => chunk = head,
                _ => break,
            }
        }
        let phrase = &self.analysis.chunks[chunk];
        let head = phrase.head.filter(|_| phrase.case == Some(Case::No) && phrase.inner.is_none());
        let vessel = head.filter(|&head| {
            let words = self.analysis.chunks[head].content.text(self.reading.chars());
            self.analysis.chunks[head].kind == ChunkKind::Nominal
                && self.reader.rules.vessels.iter().any(|vessel| words.ends_with(vessel.as_str()))
        });
        vessel.or(Some(chunk))
    }

    pub(super) fn is_noun(&self, chunk: usize) -> bool {
        Some(chunk) == self.trigger.noun_chunk
    }

    /// ボリビアへの支援, 拉致問題への理解を求めた: whether what is asked for is no request itself, so that whom or what
    /// it is for is not the one asked.
    fn asks_for_another(&self) -> bool {
        let asking = |chunk: usize| {
            let noun = trim(self.analysis.chunks[chunk].content, self.reading.chars());
            let own = self.reader.rules.noun_at_end(noun.slice(self.reading.chars()));
            own.is_some_and(|(rule, _)| self.reader.rules.rules[rule].kind == EventType::Request)
        };
        self.rule().kind == EventType::Request
            && self.trigger.verbal
            && self.trigger.noun_chunk.is_some_and(|chunk| !asking(chunk))
    }

    pub(super) fn directed(&self) -> (Party, Party) {
        let rule = self.rule();
        let (mut source, mut target) = (Party::default(), Party::default());
        let (prefix, aimed) = self.prefix();
        let modifiers = self.modifiers();
        target.add(&aimed);
        if !self.asks_for_another() {
            target.add(&modifiers.toward);
        }
        // ベネズエラとの国交を断絶した.
        if rule.target.iter().any(|place| place == "と") {
            target.add(&modifiers.with);
        }
        // レバノンからの撤退を求めた: what is asked for does not tell who asks.
        if !(rule.kind == EventType::Request && self.trigger.verbal) {
            source.add(&modifiers.by);
        }
        match rule.prefix {
            Some(Role::Source) => source.add(&prefix),
            Some(Role::Target) => target.add(&prefix),
            Some(Role::Both) => {
                source.add(&prefix);
                target.add(&prefix);
            }
            None => {}
        }
        // 国連による元首相暗殺の調査: who looks into it has not done it.
        if self.trigger.nominal && self.looked_into() {
            source.codes.retain(|code| !modifiers.by.codes.contains(code));
        }
        // ロシアによるウクライナの港の封鎖, 英国とフランスの要求に応じた: who does it is named, の names to whom.
        let received = self
            .clause()
            .is_some_and(|clause| matches!(clause.predicate.voice, Voice::Benefactive | Voice::Passive));
        let doer_named = !modifiers.by.is_empty()
            || !self.trigger.nominal
                && !received
                && rule.target.iter().any(|place| place == "の")
                && self.clause().is_some_and(|clause| {
                    clause
                        .arguments
                        .iter()
                        .any(|argument| argument.case == Case::Ga && !self.is_noun(argument.chunk))
                });
        match rule.genitive {
            Some(Role::Source) if doer_named => target.add(&modifiers.genitive),
            Some(Role::Source) => source.add(&modifiers.genitive),
            // 日本は中国の輸入停止を受けた: whoever receives it is told, so it is whoever does it.
            Some(Role::Target)
                if source.is_empty()
                    && received
                    && !self.trigger.nominal
                    // 暗殺を受けて、…: what came after it was no receiving.
                    && self.clause().is_some_and(|clause| clause.link != Link::And) =>
            {
                source.add(&modifiers.genitive);
            }
            // ロシアのクリミア占領, 中国の日本人拘束: to whom is told already, so it is whoever does it.
            Some(Role::Target)
                if source.is_empty()
                    && !target.is_empty()
                    && !modifiers.genitive.is_empty()
                    && (self.trigger.nominal || self.trigger.noun_chunk.is_some())
                    && modifiers.genitive.codes.iter().all(|code| !target.codes.contains(code)) =>
            {
                source.add(&modifiers.genitive);
            }
            Some(Role::Target) => {
                target.add(&modifiers.genitive);
                if modifiers.genitive.is_empty() {
                    target.add(&Party { codes: modifiers.places.clone(), ..Party::default() });
                }
            }
            Some(Role::Both) => {
                source.add(&modifiers.genitive);
                target.add(&modifiers.genitive);
            }
            None => {}
        }
        if target.is_empty() && !source.is_empty() && self.trigger.nominal {
            let mut codes = modifiers.there.clone();
            codes.retain(|code| !source.codes.contains(code));
            target.add(&Party { codes, ..Party::default() });
        }
        let Some(clause) = self.clause() else { return (source, target) };
        if self.trigger.nominal {
            // 日本は対ロ制裁を強化した: the clause's subject does what its object names.
            // 訪日中のX大統領: whom the noun modifies.
            if source.is_empty()
                && let Some(chunk) = self.trigger.noun_chunk
                && self.analysis.chunks[chunk].case == Some(Case::No)
                && self.reading.chars().get(self.trigger.noun.end) == Some(&'中')
                && let Some(head) = self.analysis.chunks[chunk].head
            {
                source.add(&self.phrases.of_chunk(head, self.discourse));
            }
            // 訪問先のアルゼンチンで…を約束した: whoever does it is there.
            if rule.mode.as_deref() == Some("visit")
                && let Some(chunk) = self.trigger.noun_chunk
                && self.analysis.chunks[chunk].case == Some(Case::No)
                && self.reading.chars()[self.trigger.noun.start..self.trigger.noun.end].last() == Some(&'先')
                && let Some(head) = self.analysis.chunks[chunk].head
            {
                let there = self.phrases.codes_with_places(self.analysis.chunks[head].content);
                source.add(&self.subject(self.heading));
                source.codes.retain(|code| !there.contains(code));
                target.add(&Party { codes: there, ..Party::default() });
            }
            let carrier = self.carrier();
            let object = self.is_announced()
                || clause.arguments.iter().any(|argument| {
                    // 前回の核実験では…だったと伝えた: an occasion is not what the subject does.
                    let occasion = argument.case == Case::De
                        && argument.topic
                        && matches!(
                            rule.kind,
                            EventType::Mobilize
                                | EventType::Assault
                                | EventType::Coerce
                                | EventType::Sanction
                        );
                    Some(argument.chunk) == carrier
                        && !occasion
                        && matches!(argument.case, Case::Wo | Case::Ni | Case::De)
                });
            // 暗殺を調べる: who looks into an attack has not made it.
            let lemma = clause.predicate.lemma.as_str();
            let blames = rule.kind == EventType::Mobilize
                && self.trigger.clause.and_then(|index| self.kind_of(index)).is_some_and(speech);
            let does = !blames
                && !matches!(
                    rule.kind,
                    EventType::Assault
                        | EventType::Coerce
                        | EventType::Accuse
                        | EventType::Protest
                        | EventType::Sanction
                )
                || self.reader.rules.governors.contains_key(lemma)
                || self.reader.rules.happen.contains_key(lemma)
                // 制裁の第16弾を採択した.
                || rule.kind == EventType::Sanction && (carrier != self.trigger.noun_chunk || lemma == "採択する")
                || matches!(
                    lemma,
                    "強化する" | "加える" | "仕掛ける" | "強める" | "受ける" | "開始する" | "認める" | "宣言する"
                );
            // 他国軍の国境付近での増強に懸念を示した: whose it is, though a place stands between.
            if source.is_empty()
                && object
                && rule.kind == EventType::Mobilize
                && let Some(chunk) = self.trigger.noun_chunk
            {
                let span = self.analysis.subtree_span(chunk);
                let named =
                    self.reading.mentions_in(span).iter().find(|it| {
                        matches!(it.kind, Kind::State | Kind::Organization) && it.states.len() == 1
                    });
                if let Some(named) = named {
                    source.add(&self.phrases.named(named.span));
                }
            }
            if source.is_empty() && object && does && rule.kind != EventType::Support {
                source.add(&self.subject(self.heading));
            }
            // 攻撃で兵士3人が死亡した: those who suffer it.
            if rule.kind == EventType::Assault
                && target.is_empty()
                && !source.is_empty()
                && self.reader.rules.suffering.contains(&clause.predicate.lemma)
                && let Some(chunk) = self.trigger.noun_chunk
                && matches!(self.analysis.chunks[chunk].case, Some(Case::De | Case::By))
                && self.analysis.chunks[chunk].head == Some(clause.chunk)
                && let Some(hit) = clause.arguments.iter().find(|it| it.case == Case::Ga && !it.shared)
            {
                let mut codes = self.phrases.codes_with_places(hit.span);
                codes.truncate(1);
                codes.retain(|code| !source.codes.contains(code));
                target.add(&Party { codes, ..Party::default() });
            }
            // カタールの仲介で合意した, 米国の要請で逮捕した: those who do it are whom that was done to.
            if self.prompts() && target.is_empty() {
                let mut doers = self.subject(true);
                doers.codes.retain(|code| !source.codes.contains(code));
                target.add(&doers);
            }
            // モスクワ訪問では、両首脳が…: of the two, the one who is not at home has come.
            if target.codes.len() < source.codes.len()
                && !target.is_empty()
                && target.codes.iter().all(|code| source.codes.contains(code))
            {
                source.codes.retain(|code| !target.codes.contains(code));
                source.entities.clear();
            }
            if source.codes == target.codes {
                target = Party::default();
            }
            return (source, target);
        }
        let own_subject =
            clause.arguments.iter().any(|argument| argument.case == Case::Ga && self.is_noun(argument.chunk));
        let passive = clause.predicate.voice == Voice::Passive;
        // 旅客機が撃墜: a headline's bare noun of harm, with nobody to do it, is what its subject suffers.
        let suffers = self.heading
            && matches!(rule.kind, EventType::Assault | EventType::Coerce)
            && !own_subject
            && target.is_empty()
            && clause.predicate.noun.is_some_and(|noun| noun.end == clause.predicate.span.end)
            && clause.arguments.iter().all(|it| !matches!(it.case, Case::Wo | Case::Ni | Case::He))
            && clause.arguments.iter().any(|it| {
                let content = self.analysis.chunks[it.chunk].content;
                let words = content.text(self.reading.chars());
                let doer = self.reading.mentions_in(content).last().is_some_and(|last| {
                    last.span.end == content.end && self.reading.entity(last).sector.as_deref() != Some("BUS")
                });
                it.case == Case::Ga
                    && !it.topic
                    && !doer
                    && !self.reader.rules.unnamed.iter().any(|end| words.ends_with(end.as_str()))
            });
        // 北朝鮮によるミサイル発射を受けて、…: it only came before.
        let before = rule.parties == Parties::Solo && clause.link == Link::And;
        let receives = suffers
            || passive && (!own_subject || self.trigger.verbal)
            || clause.predicate.voice == Voice::Benefactive && !own_subject && !before;
        // 幹部の資産が凍結された: whose object it is.
        let subject =
            if own_subject && receives { modifiers.genitive.clone() } else { self.subject(self.heading) };
        // 中国の動きは「…」と批判した: a deed says nothing; whoever spoke last says it of whose deed it is.
        let deed = clause.arguments.iter().find(|it| {
            let words = self.analysis.chunks[it.chunk].content.text(self.reading.chars());
            it.case == Case::Ga && it.topic && self.reader.rules.deeds.contains(&words)
        });
        let told = deed.filter(|_| rule.kind == EventType::Accuse && !receives && !own_subject);
        if let Some(deed) = told {
            let mut whose = self.phrases.of(deed, self.discourse);
            if whose.is_empty() {
                let mut codes = self.phrases.codes_in(deed.span);
                codes.truncate(1);
                whose.codes = codes;
            }
            let sayer = &self.discourse.topic;
            whose.codes.retain(|code| !sayer.codes.contains(code));
            if !whose.codes.is_empty() && !sayer.is_empty() {
                return (sayer.clone(), whose);
            }
        }
        if receives && own_subject {
            source = modifiers.by.clone();
        }
        // レバノン南部からイスラエル北部にロケット弾が撃ち込まれた: whence, and where to.
        if receives && own_subject && rule.kind == EventType::Assault {
            let lies = |case: Case| {
                let above = clause.head.and_then(|head| self.analysis.clauses.get(head));
                let above = above.map(|it| it.arguments.as_slice()).unwrap_or_default();
                let above = above.iter().filter(|it| it.topic && it.chunk < clause.chunk);
                let at = clause.arguments.iter().chain(above).find(|it| {
                    (it.case == case || case == Case::Ni && it.case == Case::He)
                        && !self.phrases.is_time(it.chunk)
                });
                let mut codes = at.map(|it| self.phrases.codes_with_places(it.span)).unwrap_or_default();
                codes.truncate(1);
                Party { codes, ..Party::default() }
            };
            if source.is_empty() {
                source = lies(Case::Kara);
                if !source.is_empty() && target.is_empty() {
                    target = lies(Case::Ni);
                }
            }
        }
        if receives {
            if target.is_empty() {
                target.add(&subject);
            }
            // 監視船が放水を受けたと発表した: whose nobody says is theirs who tell it.
            if target.is_empty()
                && clause.link == Link::Content
                && let Some(teller) = clause.head
            {
                target.add(&self.phrases.subject(teller, self.discourse, self.heading));
            }
            for argument in &clause.arguments {
                if matches!(argument.case, Case::By | Case::Ni | Case::Kara)
                    && source.is_empty()
                    && !self.phrases.is_time(argument.chunk)
                {
                    source.add(&self.phrases.of(argument, self.discourse));
                }
            }
        } else if source.is_empty()
            || !(subject.is_empty() || before && clause.predicate.voice == Voice::Benefactive)
        {
            source = subject;
            // 米軍とともに演習を行った: those beside the subject do it too.
            if rule.joint.is_some() {
                source.add(&modifiers.with);
                for argument in &clause.arguments {
                    if matches!(argument.case, Case::To | Case::With) {
                        source.add(&self.phrases.of(argument, self.discourse));
                    }
                }
            }
        }
        // チリ政府からは懸念の声が上がった: whose words they are.
        if own_subject && source.is_empty() && speech(rule.kind) {
            let chars = self.reading.chars();
            let from = clause.arguments.iter().filter(|it| {
                let words = it.span.text(chars);
                it.case == Case::Kara
                    && !it.shared
                    && !self
                        .reader
                        .rules
                        .inward
                        .iter()
                        .filter(|word| *word != "政府")
                        .any(|word| words.contains(word))
            });
            for argument in from {
                source.add(&self.phrases.of(argument, self.discourse));
            }
        }
        // 英国と連名で非難した, 日本とともに反対票を投じた: who stands beside the subject says and does it too.
        if (speech(rule.kind) || rule.kind == EventType::Sanction) && !source.is_empty() && !receives {
            let beside = self.beside(clause);
            source.add(&beside);
        }
        // 中国では…デモが起きた: those where it happens; of protests also where a crowd without a name is the subject.
        let crowd = rule.kind == EventType::Protest && {
            let mut subjects = clause.arguments.iter().filter(|it| it.case == Case::Ga).peekable();
            subjects.peek().is_some() && subjects.all(|it| self.phrases.of(it, self.discourse).is_empty())
        };
        if rule.parties == Parties::Solo && (source.is_empty() || crowd) {
            let mut there = Party::default();
            for argument in
                clause.arguments.iter().filter(|argument| matches!(argument.case, Case::De | Case::Ni))
            {
                let mut codes = self.phrases.codes_with_places(argument.span);
                codes.retain(|code| !target.codes.contains(code));
                there.add(&Party { codes, ..Party::default() });
            }
            if !there.is_empty() {
                source = there;
            }
        }
        if rule.kind == EventType::Protest
            && let Some((host, owner)) = self.at_mission(clause)
        {
            if crowd || source.is_empty() || source.codes == owner.codes {
                source = host;
            }
            target = owner;
        }
        if rule.kind == EventType::Protest && target.is_empty() {
            let other =
                modifiers.about.iter().find(|code| !source.codes.contains(code) && !self.is_body(code));
            target.codes.extend(other.cloned());
        }
        if let Some(object) = self.object_gap() {
            let mut party = self.phrases.of_chunk(object, self.discourse);
            if party.is_empty() {
                let mut codes = self.phrases.codes_with_places(self.analysis.chunks[object].content);
                codes.truncate(1);
                party.codes = codes;
            }
            party.codes.retain(|code| !source.codes.contains(code));
            target.add(&party);
        }
        if target.is_empty() || target.codes.iter().all(|code| source.codes.contains(code)) {
            for place in &rule.target {
                let found = if place == "content"
                    && (self.asks_to_undo() || rule.kind == EventType::Request && self.spoken_to_others())
                {
                    Party::default()
                } else if place == "content" {
                    self.content_target(&source)
                } else if place == "teller" {
                    self.teller(&source)
                } else if place == "body" {
                    self.body_before(&source)
                } else {
                    self.target_at(place, &source)
                };
                if !found.is_empty() {
                    target.add(&found);
                    break;
                }
            }
        }
        if source.is_empty() && !target.is_empty() {
            source.add(&self.unnamed_doer(clause, receives, &target));
        }
        // 相手が拘束していた捕虜を解放したと発表した: whoever held them has let them go.
        if rule.kind == EventType::Retreat
            && !receives
            && clause.arguments.iter().all(|it| it.case != Case::Ga || it.shared)
            && let Some(object) = clause.arguments.iter().find(|it| it.case == Case::Wo && !it.shared)
        {
            let holder = self.analysis.modifiers(object.chunk).into_iter().find_map(|at| {
                let at = self.analysis.chunks[at].clause?;
                let own = self.analysis.clauses[at].arguments.iter();
                let holder = own.into_iter().find(|it| it.case == Case::Ga && !it.shared)?;
                (self.kind_of(at) == Some(EventType::Coerce)).then(|| self.phrases.of(holder, self.discourse))
            });
            if let Some(holder) = holder.filter(|it| !it.codes.is_empty() && it.codes != source.codes) {
                target = std::mem::replace(&mut source, holder);
                target.codes.retain(|code| !source.codes.contains(code));
            }
        }
        // チリに派遣されていたペルー軍が撤収した: whence, by the clause that modifies who withdraws.
        if target.is_empty()
            && rule.kind == EventType::Retreat
            && let Some(own) = clause.arguments.iter().find(|it| it.case == Case::Ga && !it.shared)
            && (self.is_noun(own.chunk)
                || matches!(self.reading.mentions_in(self.analysis.chunks[own.chunk].content), [.., it] if it.kind == Kind::Organization))
        {
            let stay = self.analysis.modifiers(own.chunk).into_iter().filter_map(|at| {
                self.analysis.chunks[at].clause.and_then(|clause| self.analysis.clauses.get(clause))
            });
            let place = stay.flat_map(|stay| &stay.arguments).find(|it| {
                matches!(it.case, Case::Ni | Case::He) && !it.shared && !self.phrases.is_time(it.chunk)
            });
            let mut codes = place.map(|it| self.phrases.codes_with_places(it.span)).unwrap_or_default();
            codes.truncate(1);
            codes.retain(|code| !source.codes.contains(code));
            target.add(&Party { codes, ..Party::default() });
        }
        // ハイチの地震を受け、医師団を送った: where help is needed.
        if target.is_empty() && rule.kind == EventType::Aid {
            target.add(&self.struck(&source));
        }
        // ロシア軍が撤退したハルキウ州: where the act was is what it modifies.
        if target.is_empty()
            && rule.parties == Parties::Directed
            && clause.link == Link::Adnominal
            && !speech(rule.kind)
            && let Some(place) = self.trigger.clause.and_then(|index| self.analysis.adnominal_of(index))
            && self.phrases.named(self.analysis.chunks[place].content).is_empty()
        {
            let mut codes = self.phrases.codes_with_places(self.analysis.chunks[place].content);
            codes.retain(|code| !source.codes.contains(code));
            target.add(&Party { codes, ..Party::default() });
        }
        // ロシアが侵攻を続けるウクライナ: the state that is modified receives what its clause carries.
        if target.is_empty()
            && rule.parties == Parties::Directed
            && clause.link == Link::Adnominal
            && clause.predicate.voice == Voice::Active
            && !speech(rule.kind)
            && clause.carried.is_some_and(|it| Some(it.chunk) == self.trigger.noun_chunk)
            && clause.arguments.iter().any(|it| it.case == Case::Ga && !it.shared)
            && let Some(state) = self.trigger.clause.and_then(|index| self.analysis.adnominal_of(index))
        {
            let content = self.analysis.chunks[state].content;
            let last = self.reading.mentions_in(content).last();
            if last.is_some_and(|it| it.kind == Kind::State && it.span.end == content.end) {
                let mut party = self.phrases.named(content);
                party.codes.retain(|code| !source.codes.contains(code));
                target.add(&party);
            }
        }
        // 自衛隊の撤退を要求した: whoever is to do it is asked.
        if target.is_empty() && rule.kind == EventType::Request {
            target.add(&self.asked_to_undo(clause, &source));
        }
        // ウクライナに対し、…を行うことを決めた: the recipient stands beside the verb of deciding.
        if target.is_empty()
            && matches!(clause.link, Link::Content | Link::Nominal)
            && let Some(matrix) = clause.head.and_then(|head| self.analysis.clauses.get(head))
            && let Some(beside) = matrix.arguments.iter().find(|it| it.case == Case::Against && !it.shared)
        {
            let mut party = self.phrases.of(beside, self.discourse);
            party.codes.retain(|code| !source.codes.contains(code));
            target.add(&party);
        }
        (source, target)
    }

    /// Whether an act's noun only tells what another noun is about: 暗殺の調査.
    fn looked_into(&self) -> bool {
        let phrase = self.trigger.noun_chunk.map(|chunk| &self.analysis.chunks[chunk]);
        let head = phrase.filter(|it| it.case == Some(Case::No) && it.inner.is_none()).and_then(|it| it.head);
        head.is_some_and(|head| {
            let words = self.analysis.chunks[head].content.text(self.reading.chars());
            self.reader.rules.inquiries.iter().any(|word| words.contains(word.as_str()))
        })
    }

    /// Whose withdrawal, or end of an attack, is asked for.
    fn asked_to_undo(&self, clause: &Clause, source: &Party) -> Party {
        let chars = self.reading.chars();
        let own = clause.arguments.iter().filter(|it| it.case == Case::Wo && !it.shared).find(|it| {
            let words = self.analysis.chunks[it.chunk].content.text(chars);
            self.reader.rules.own_undoing.iter().any(|word| words.ends_with(word.as_str()))
        });
        let mut party = Party::default();
        let Some(own) = own else { return party };
        party.add(&self.phrases.named(self.analysis.chunks[own.chunk].content));
        for modifier in self.analysis.modifiers(own.chunk) {
            let phrase = &self.analysis.chunks[modifier];
            if party.is_empty() && phrase.case == Some(Case::No) && phrase.inner.is_none() {
                party.add(&self.phrases.of_chunk(modifier, self.discourse));
            }
        }
        party.codes.retain(|code| !source.codes.contains(code));
        party
    }

    /// The noun that an adnominal clause modifies, where the clause does its act to it: 拘束していた操縦士,
    /// 中国が科した関税.
    pub(super) fn object_gap(&self) -> Option<usize> {
        let index = self.trigger.clause.filter(|_| !self.trigger.nominal)?;
        let clause = &self.analysis.clauses[index];
        // ブリュッセルに招いた大統領: a place is not to whom.
        let place = |it: &entente_clause::Argument| {
            matches!(it.case, Case::Ni | Case::He)
                && self.rule().id == "invite"
                && self.phrases.named(self.analysis.chunks[it.chunk].content).is_empty()
        };
        let takes = |case: Case| {
            clause
                .arguments
                .iter()
                .any(|it| it.case == case && !it.shared && !self.phrases.is_time(it.chunk) && !place(it))
        };
        let rule = self.rule();
        let transitive = rule.target.iter().any(|place| place == "を");
        let free = transitive
            && clause.link == Link::Adnominal
            && clause.predicate.voice == Voice::Active
            && clause.carried.is_none()
            && ![Case::Wo, Case::Against, Case::Ni, Case::He].into_iter().any(takes);
        let said = || {
            self.analysis.clauses[..index]
                .iter()
                .any(|other| other.head == Some(index) && matches!(other.link, Link::Content | Link::Request))
        };
        let object = self.analysis.adnominal_of(index).filter(|_| free && !said())?;
        // 訪問した大統領 has come; 訪問したウクライナ is where.
        let comes = rule.kind == EventType::Consult
            && rule.id != "invite"
            && !self.phrases.named(self.analysis.chunks[object].content).entities.is_empty();
        (!comes).then_some(object)
    }

    /// The body that the sentence names last before the act, or has as its topic: 安保理で…が拒否権を行使した.
    fn body_before(&self, source: &Party) -> Party {
        let sentence = self.reading.sentences[self.index].span;
        let before = self.reading.mentions_in(Span::new(sentence.start, self.trigger.noun.start));
        let body = before.iter().rev().find_map(|mention| {
            let codes = self.reading.parties(mention);
            let one = codes.len() == 1 && self.is_body(&codes[0]) && !source.codes.contains(&codes[0]);
            one.then_some(codes)
        });
        Party { codes: body.unwrap_or_default(), ..Party::default() }
    }

    /// The state in which armed people without a name, or nobody said, do harm to those of another:
    /// アフガニスタンで日本人が武装集団に拉致された.
    fn unnamed_doer(&self, clause: &Clause, receives: bool, target: &Party) -> Party {
        if !matches!(self.rule().kind, EventType::Assault | EventType::Coerce | EventType::Request) {
            return Party::default();
        }
        let chars = self.reading.chars();
        let agent = |it: &&entente_clause::Argument| {
            if receives { matches!(it.case, Case::By | Case::Ni | Case::Kara) } else { it.case == Case::Ga }
        };
        let agents: Vec<_> =
            clause.arguments.iter().filter(agent).filter(|it| !self.phrases.is_time(it.chunk)).collect();
        let unnamed = agents.iter().find(|it| {
            let words = self.analysis.chunks[it.chunk].content.text(chars);
            let words = words.trim_end_matches(['ら', '側']);
            self.reader.rules.unnamed.iter().any(|end| words.ends_with(end.as_str()))
        });
        // 河北省では社員が拘束された: whoever holds people holds them where he is.
        let unsaid = agents.is_empty()
            && receives
            && self.rule().kind == EventType::Coerce
            && self.reader.rules.holding.contains(&clause.predicate.lemma);
        // イランのサウジ大使館が襲撃された: it is laid to the state in which it stands.
        let mission = agents.is_empty() && receives && self.rule().kind == EventType::Assault;
        let stands =
            clause.arguments.iter().filter(|it| mission && it.case == Case::Ga && !it.shared).find_map(
                |it| {
                    let named = self.reading.mentions_in(it.span);
                    let [host, .., last] = named else { return None };
                    let of = chars.get(host.span.end) == Some(&'の') && host.states.len() == 1;
                    (of && self.is_mission(last.span)
                        && !host.states.iter().any(|code| target.codes.contains(code)))
                    .then(|| host.states.clone())
                },
            );
        if let Some(codes) = stands {
            return Party { codes, ..Party::default() };
        }
        if unnamed.is_none() && !unsaid {
            return Party::default();
        }
        let lies = |span: Span| {
            let mut codes = self.phrases.codes_with_places(span);
            codes.retain(|code| code.len() == 3 && !self.is_body(code));
            codes
        };
        let mut codes = unnamed.map(|it| lies(it.span)).unwrap_or_default();
        for argument in &clause.arguments {
            if codes.is_empty() && argument.case == Case::De {
                codes = lies(argument.span);
            }
        }
        // イラクで…が拘束され、犯行グループは…を要求した: where the sentence has told that it is.
        for argument in self.analysis.clauses.iter().flat_map(|clause| &clause.arguments) {
            if codes.is_empty() && argument.case == Case::De && argument.chunk < clause.chunk {
                codes = lies(argument.span);
            }
        }
        // アルジェリア南東部の施設が襲撃された: where lies what is hit.
        for argument in clause.arguments.iter().filter(|it| receives && it.case == Case::Ga) {
            let place = self.reading.mentions_in(argument.span).iter().find(|it| {
                it.states.len() == 1
                    && (it.kind == Kind::Place
                        || matches!(chars.get(it.span.end), Some('北' | '南' | '東' | '西' | '中')))
            });
            if codes.is_empty()
                && let Some(place) = place
            {
                codes = place.states.clone();
            }
        }
        codes.truncate(1);
        codes.retain(|code| !target.codes.contains(code));
        Party { codes, ..Party::default() }
    }

    /// The state of a disaster that the sentence names.
    fn struck(&self, source: &Party) -> Party {
        let chars = self.reading.chars();
        self.analysis
            .chunks
            .iter()
            .enumerate()
            .find_map(|(at, chunk)| {
                let words = chunk.content.text(chars);
                let words = words.trim_end_matches(['ら', '等']);
                let struck = self.reader.rules.calamities.iter().any(|end| words.ends_with(end.as_str()));
                let mut codes =
                    struck.then(|| self.phrases.codes_with_places(self.analysis.subtree_span(at)))?;
                codes.retain(|code| !source.codes.contains(code));
                // 国内避難民への支援として…を決めた: of those whom the text has been about.
                let topic = &self.discourse.topic.codes;
                if codes.is_empty()
                    && self.discourse.topic_sentence + 1 == self.index
                    && topic.len() == 1
                    && !source.codes.contains(&topic[0])
                    && !self.is_body(&topic[0])
                {
                    codes.clone_from(topic);
                }
                (codes.len() == 1).then_some(Party { codes, ..Party::default() })
            })
            .unwrap_or_default()
    }

    /// Who stands beside the subject of a clause or of those that lead up to it.
    fn beside(&self, clause: &Clause) -> Party {
        let mut party = Party::default();
        let chars = self.reading.chars();
        let led = self.analysis.clauses.iter().filter(|other| {
            other.chunk == clause.chunk
                || other.link == Link::And
                    && other.head.is_some_and(|head| self.analysis.clauses[head].chunk == clause.chunk)
        });
        for argument in led.flat_map(|other| &other.arguments).filter(|it| !it.shared && !it.topic) {
            let after = self.analysis.chunks.get(argument.chunk + 1).map(|chunk| chunk.content.text(chars));
            let jointly = argument.case == Case::To
                && after.is_some_and(|words| matches!(words.as_str(), "連名" | "共同" | "共同歩調"));
            if argument.case == Case::With || jointly {
                party.add(&self.phrases.of(argument, self.discourse));
            }
        }
        party
    }

    /// The recipient in the arguments of one case.
    pub(super) fn target_at(&self, place: &str, source: &Party) -> Party {
        let (Some(case), Some(clause)) = (case_of(place), self.clause()) else { return Party::default() };
        let mut found = Party::default();
        // 発射を「強く非難する」とする声明, 決議案に「拒否する」とのコメント: what the quoted words are about.
        let about = clause
            .head
            .filter(|_| clause.quote.is_some() && clause.link == Link::Content && speech(self.rule().kind))
            .and_then(|head| self.analysis.clauses.get(head))
            .filter(|head| head.quote.is_none())
            .map(|head| head.arguments.as_slice())
            .unwrap_or_default();
        let about = about.iter().filter(|it| it.chunk < clause.chunk && !it.shared && !it.topic);
        let at = |it: &&entente_clause::Argument| it.case == case || case == Case::Ni && it.case == Case::He;
        for argument in clause.arguments.iter().chain(about).filter(at) {
            if argument.shared && (argument.case == Case::He || case != Case::Ni && case != Case::Against)
                || self.is_occasion(argument.chunk)
                || self.analysis.chunks[argument.chunk].content.text(self.reading.chars()) == "政府"
                    && self.analysis.modifiers(argument.chunk).is_empty()
            {
                continue;
            }
            let is_own_noun = Some(argument.chunk) == self.trigger.noun_chunk;
            // 侵攻を非難した, 訪台に反発した: whoever did it.
            let content = trim(self.analysis.chunks[argument.chunk].content, self.reading.chars());
            if !is_own_noun
                && speech(self.rule().kind)
                && (self.reader.rules.noun_at_end(content.slice(self.reading.chars())).is_some()
                    || self.visiting(content))
            {
                let mut doer = Party::default();
                for modifier in self.analysis.modifiers(argument.chunk) {
                    let phrase = &self.analysis.chunks[modifier];
                    if phrase.case == Some(Case::No) && phrase.inner.is_none_or(|inner| inner == Case::By)
                        || phrase.case == Some(Case::By)
                    {
                        doer.add(&self.phrases.of_chunk(modifier, self.discourse));
                    }
                }
                doer.codes.retain(|code| !source.codes.contains(code));
                if !doer.codes.is_empty() {
                    found.add(&doer);
                    continue;
                }
            }
            let mut party = if is_own_noun {
                self.modifiers().genitive
            } else {
                self.phrases.of(argument, self.discourse)
            };
            if party.is_empty() && is_own_noun {
                continue;
            }
            if party.is_empty() {
                // Somebody named within the phrase: 米国の制裁政策を批判した.
                let mut codes: Vec<String> = self
                    .phrases
                    .codes_with_places(argument.span)
                    .into_iter()
                    .filter(|code| !source.codes.contains(code))
                    .collect();
                // ガザでの作戦を批判した: where it is done is not who does it.
                if speech(self.rule().kind) {
                    for modifier in self.analysis.modifiers(argument.chunk) {
                        let phrase = &self.analysis.chunks[modifier];
                        if phrase.case == Some(Case::No) && phrase.inner == Some(Case::De) {
                            let there = self.phrases.codes_with_places(phrase.content);
                            codes.retain(|code| !there.contains(code));
                        }
                    }
                }
                let first = codes.into_iter().next();
                party = Party { codes: first.into_iter().collect(), ..Party::default() };
            }
            // 両国に対し…を呼びかけた: the two are others than who speaks.
            let own = party.codes.iter().any(|code| source.codes.contains(code));
            if own && party.codes.len() == 2 && party.entities.is_empty() {
                let words = self.analysis.chunks[argument.chunk].content.text(self.reading.chars());
                if self.phrases.points_back(&words) {
                    party.codes = self.discourse.others(&source.codes);
                }
            }
            party.codes.retain(|code| !source.codes.contains(code));
            if !party.codes.is_empty() {
                found.add(&party);
            }
        }
        found
    }

    pub(super) fn visiting(&self, noun: Span) -> bool {
        self.reader.rules.visit.as_ref().is_some_and(|(_, prefixes)| visit_form(self.reading, noun, prefixes))
    }

    /// The recipient in what is said: the subject of the content, else the first actor in it.
    pub(super) fn content_target(&self, source: &Party) -> Party {
        let Some(own) = self.trigger.clause else { return Party::default() };
        if let Some(subject) = self.phrases.quoted_subject(own) {
            let mut party = self.phrases.of(subject, self.discourse);
            party.codes.retain(|code| !source.codes.contains(code));
            if !party.codes.is_empty() {
                return party;
            }
        }
        for index in (0..self.analysis.clauses.len().min(own)).rev() {
            let clause = &self.analysis.clauses[index];
            if clause.head != Some(own)
                || !matches!(clause.link, Link::Content | Link::Request | Link::Nominal)
            {
                continue;
            }
            let subject = clause
                .subject()
                .filter(|subject| !subject.shared)
                .map(|subject| self.phrases.of(subject, self.discourse));
            if let Some(subject) = subject.filter(|subject| {
                !subject.is_empty() && subject.codes.iter().any(|code| !source.codes.contains(code))
            }) {
                let mut subject = subject;
                subject.codes.retain(|code| !source.codes.contains(code));
                return subject;
            }
            // 訪問先のメキシコで、…と批判した: where it is said is not to whom.
            let mut codes = self.phrases.codes_in(clause.span);
            // 政府が関与した「疑惑」がある: nor does it name anybody but by what modifies its words.
            if codes.iter().all(|code| source.codes.contains(code)) {
                codes = self.phrases.codes_in(self.analysis.subtree_span(clause.chunk));
                codes.retain(|code| !self.is_body(code));
            }
            for argument in clause.arguments.iter().filter(|it| it.case == Case::De && !it.shared) {
                let there = self.phrases.codes_in(argument.span);
                codes.retain(|code| !there.contains(code));
            }
            // 機構に要請したことは正当だと反論した: whoever the words name need not be whom they answer.
            let answers = self.rule().id == "react-against" && clause.quote.is_none();
            if let Some(code) = codes.into_iter().find(|code| !source.codes.contains(code) && !answers) {
                return Party { codes: vec![code], ..Party::default() };
            }
            // 米国が攻撃すれば報復すると述べた: who is said to do what is answered.
            let condition = self.analysis.clauses[..index].iter().find_map(|condition| {
                let answered = condition.link == Link::If
                    && condition.predicate.voice == Voice::Active
                    && self.leads_to(condition, index);
                let subject = condition.subject().filter(|it| answered && !it.shared)?;
                let mut party = self.phrases.of(subject, self.discourse);
                party.codes.retain(|code| !source.codes.contains(code));
                (!party.codes.is_empty()).then_some(party)
            });
            if let Some(condition) = condition {
                return condition;
            }
        }
        Party::default()
    }

    /// Whether a clause hangs, over others, on the one at an index.
    fn leads_to(&self, clause: &Clause, index: usize) -> bool {
        let mut head = clause.head;
        for _ in 0..6 {
            match head {
                Some(at) if at == index => return true,
                Some(at) => head = self.analysis.clauses.get(at).and_then(|clause| clause.head),
                None => return false,
            }
        }
        false
    }

    /// Who tells of the act in the same sentence, where nobody else is named whom it may have met:
    /// 中国の巡視船が進路を妨げたと、フィリピンが発表した.
    pub(super) fn teller(&self, source: &Party) -> Party {
        let Some(clause) = self.clause().filter(|_| !source.codes.is_empty()) else {
            return Party::default();
        };
        // 領空を侵犯した軍機を撃墜した: whoever answers it was intruded upon.
        if clause.link == Link::Adnominal
            && self.rule().kind == EventType::Mobilize
            && let Some(head) = clause.head
            && matches!(self.kind_of(head), Some(EventType::Assault | EventType::Threaten | EventType::Accuse))
        {
            let mut other = self.phrases.subject(head, self.discourse, self.heading);
            other.codes.retain(|code| !source.codes.contains(code) && !self.is_body(code));
            return other;
        }
        // 船に衝突し、穴が開いたと発表した: also of what else is told.
        let led = clause.head.and_then(|head| self.analysis.clauses.get(head)).filter(|next| {
            clause.link == Link::And
                && next.link == Link::Content
                && next.quote == clause.quote
                && matches!(self.rule().kind, EventType::Coerce | EventType::Assault)
        });
        let content = led.unwrap_or(clause);
        let Some(head) = content.head.filter(|_| content.link == Link::Content) else {
            return Party::default();
        };
        let mut teller = self.phrases.subject(head, self.discourse, self.heading);
        let sentence = self.reading.sentences[self.index].span;
        let alone = self.reading.mentions_in(sentence).iter().all(|mention| {
            self.reading.entity(mention).media
                || mention
                    .states
                    .iter()
                    .all(|code| source.codes.contains(code) || teller.codes.contains(code))
        });
        teller.codes.retain(|code| !source.codes.contains(code) && !self.is_body(code));
        if alone { teller } else { Party::default() }
    }
}

/// Who stands before an act's noun, by the case in which it stands.
#[derive(Default)]
pub(super) struct Modifiers {
    genitive: Party,
    by: Party,
    toward: Party,
    with: Party,
    places: Vec<String>,
    /// Whether it is by others than any actor: 近隣諸国による会議.
    pub(super) others: bool,
    /// Where an attack is made.
    there: Vec<String>,
    /// Whom the clause that modifies a protest names.
    about: Vec<String>,
}
