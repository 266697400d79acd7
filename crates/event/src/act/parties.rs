//! Who does it and to whom, by the words of the sentence itself.

use super::modifier::Modifiers;
use super::*;

impl Site<'_> {
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
                // 安保理は12日の緊急会合で…: or the one body that met.
                let body = both.codes.len() == 1 && self.is_body(&both.codes[0]);
                if both.codes.len() == 2 || body && !self.dates().0.is_empty() {
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
                // シリア和平を協議した: but not a matter.
                Case::Wo if self.rule().target.iter().any(|place| place == "を") => {
                    !argument.shared && !self.is_noun(argument.chunk) && !self.is_matter(argument.chunk)
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
        if all.codes.len() < 2 && self.rule().kind == EventType::Consult {
            all.add(&self.modified(clause));
        }
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
        // 5日に会談したチャベス大統領とコレア大統領: all whom the clause modifies.
        if all.codes.len() < 2
            && clause.link == Link::Adnominal
            && let Some(mut noun) = self.trigger.clause.and_then(|index| self.analysis.adnominal_of(index))
        {
            for _ in 0..4 {
                match self.analysis.chunks[noun].head {
                    Some(head) if self.analysis.chunks[noun].case == Some(Case::And) => noun = head,
                    _ => break,
                }
            }
            let modified = self.phrases.of_chunk(noun, self.discourse);
            if all.codes.iter().all(|code| modified.codes.contains(code)) && modified.codes.len() == 2 {
                all.add(&modified);
            }
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
    pub(super) fn opens_object(&self, clause: &Clause) -> Option<Party> {
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

    /// 輸入も制限した: whether the act's noun with も is what the verb does something to.
    pub(super) fn is_object_too(&self, chunk: usize) -> bool {
        self.trigger.verbal
            && self.trigger.noun_chunk == Some(chunk)
            && self.analysis.chunks[chunk].also
            && self.clause().is_some_and(|clause| clause.predicate.voice == Voice::Active)
    }

    /// Where the envoys are posted whom an act is about, by the clause that modifies them.
    fn posted(&self) -> Option<Party> {
        let noun = self.trigger.noun_chunk?;
        let chars = self.reading.chars();
        let of = self.analysis.modifiers(noun);
        let near = std::iter::once(noun).chain(of);
        near.filter(|&at| {
            let words = self.analysis.chunks[at].content.text(chars);
            self.reader.rules.envoys.iter().any(|end| words.trim_end_matches('ら').ends_with(end.as_str()))
        })
        .flat_map(|at| self.analysis.modifiers(at))
        .find_map(|at| {
            let clause = self.analysis.clauses.get(self.analysis.chunks[at].clause?)?;
            if !self.reader.rules.posted.contains(&clause.predicate.lemma) {
                return None;
            }
            let place = clause.arguments.iter().find(|it| it.case == Case::Ni && !it.shared)?;
            let mut party = self.phrases.of(place, self.discourse);
            if party.is_empty() {
                party.codes = self.phrases.codes_with_places(place.span);
            }
            Some(party).filter(|party| !party.codes.is_empty())
        })
    }

    /// Whether a sanction's noun opens with what it is laid on, so that the one before it with の owns that.
    fn names_owned(&self) -> bool {
        let words = self.trigger.noun.text(self.reading.chars());
        let rules = &self.reader.rules;
        self.rule().kind == EventType::Sanction
            && self.trigger.nominal
            && rules.owned.iter().any(|thing| words.starts_with(thing.as_str()))
    }

    /// Whether a phrase is a matter named by a state: シリア和平.
    pub(super) fn is_matter(&self, chunk: usize) -> bool {
        let content = self.analysis.chunks[chunk].content;
        let [.., last] = self.reading.mentions_in(content) else { return false };
        let tail = Span::new(last.span.end.min(content.end), content.end).text(self.reading.chars());
        matches!(last.kind, Kind::State | Kind::Place) && self.phrases.anaphors.matters.contains(&tail)
    }

    /// Whether a phrase is the occasion on which something is done: 首脳会議の機会に.
    pub(super) fn is_occasion(&self, chunk: usize) -> bool {
        let words = self.analysis.chunks[chunk].content.text(self.reading.chars());
        self.reader.rules.occasions.contains(&words)
    }

    /// チリの大統領が、売却を控えるようドイツに求めた: who opens what is asked asks it, where it is said of whom.
    fn opens_request(&self, index: usize) -> Option<Party> {
        let clause = &self.analysis.clauses[index];
        if !speech(self.rule().kind)
            || clause.predicate.voice != Voice::Active
            || clause
                .arguments
                .iter()
                .any(|it| it.case == Case::Ga && !it.shared || it.topic && !self.phrases.is_time(it.chunk))
        {
            return None;
        }
        let inner = self.analysis.clauses[..index].iter().find(|it| {
            it.head == Some(index) && matches!(it.link, Link::Request | Link::Content) && it.quote.is_none()
        })?;
        let who = inner.arguments.iter().find(|it| it.case == Case::Ga && !it.shared && !it.topic)?;
        // The first words of the sentence, but for a time.
        let first = (0..who.chunk)
            .all(|at| self.phrases.is_time(at) || who.span.contains(self.analysis.chunks[at].content));
        let asked = clause.arguments.iter().any(|it| {
            matches!(it.case, Case::Ni | Case::Against | Case::He)
                && !it.shared
                && it.chunk > inner.chunk
                && !self.phrases.is_time(it.chunk)
        });
        let party = self.phrases.of(who, self.discourse);
        Some(party).filter(|party| first && asked && !party.is_empty())
    }

    /// 両国は境界をめぐって折り合いがついた: whom a clause speaks of that has a subject besides.
    fn spoken_of(&self, index: usize) -> Party {
        if !self.trigger.verbal
            || self.rule().parties != Parties::Mutual
            || !matches!(self.rule().kind, EventType::Agree | EventType::Reject)
        {
            return Party::default();
        }
        let topic =
            self.analysis.clauses[index].arguments.iter().find(|it| it.topic && it.case == Case::About);
        topic.map(|it| self.phrases.of(it, self.discourse)).unwrap_or_default()
    }

    /// 東京で会談した日本とチリの首脳: all those whom a clause modifies, where it modifies the first of them by its place.
    fn modified(&self, clause: &Clause) -> Party {
        let own = clause.arguments.iter().any(|it| it.case == Case::Ga && !it.shared);
        let matrix = clause.head.filter(|_| clause.link == Link::Adnominal && !own);
        let whole = matrix.and_then(|at| {
            self.analysis.clauses[at].arguments.iter().find(|it| {
                !it.shared
                    && matches!(it.case, Case::Ga | Case::Wo | Case::Ni)
                    && it.span.contains(clause.predicate.span)
            })
        });
        let Some(whole) = whole else { return Party::default() };
        let mut party = self.phrases.of(whole, self.discourse);
        if party.codes.len() < 2 {
            party = Party::default();
        }
        party
    }

    /// Who does what the clause says, unless its subject is the act's own noun.
    pub(super) fn subject(&self, discourse_free: bool) -> Party {
        let Some(index) = self.trigger.clause else { return Party::default() };
        let own = self.analysis.clauses[index].arguments.iter().any(|argument| {
            // 停戦協議も中断している.
            let phrase = &self.analysis.chunks[argument.chunk];
            let also = (phrase.also || phrase.topic)
                && phrase.case.is_none()
                && matches!(argument.case, Case::Bare | Case::Wo)
                && self.rule().kind == EventType::Reject
                && self.act_at(argument.chunk) == Some(EventType::Consult);
            (argument.case == Case::Ga && !self.is_object_too(argument.chunk) || also)
                && self.is_noun(argument.chunk)
        });
        if own {
            return self.spoken_of(index);
        }
        // 両国は架け替えで話がまとまった.
        let spoken_of = self.spoken_of(index);
        if !spoken_of.is_empty() {
            return spoken_of;
        }
        if let Some(asker) = self.opens_request(index) {
            return asker;
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
    pub(super) fn asks_for_another(&self) -> bool {
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
            // 国連制裁, EU制裁: a body's own.
            Some(Role::Target)
                if rule.kind == EventType::Sanction
                    && !prefix.codes.is_empty()
                    && prefix.codes.iter().all(|code| self.is_body(code)) =>
            {
                source.add(&prefix);
            }
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
            // 側近の資産凍結: whose they are.
            Some(Role::Source) if self.names_owned() => target.add(&modifiers.genitive),
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
        // 3カ国に駐在する大使を召還した: where the envoys are.
        if target.is_empty()
            && rule.kind == EventType::Sanction
            && let Some(posted) = self.posted()
        {
            target.add(&posted);
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
                    "強化する" | "加える" | "仕掛ける" | "強める" | "受ける" | "開始する" | "宣言する"
                )
                // 軍事介入を認める決議: what a paper is on is nobody's act yet.
                || lemma == "認める" && clause.link != Link::Adnominal;
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
                // 保健省は、相手の砲撃で民間人が死亡したと発表した: those who tell of their own.
                if target.is_empty() {
                    let teller = self.teller(&source);
                    target.add(&teller);
                }
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
        let own_subject = clause.arguments.iter().any(|argument| {
            argument.case == Case::Ga && self.is_noun(argument.chunk) && !self.is_object_too(argument.chunk)
        });
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
        // A国軍の部隊が国境に送り込まれた: whose troops are sent sends them.
        if receives && own_subject && source.is_empty() && rule.kind == EventType::Mobilize {
            source = subject.clone();
            if let Some(chunk) = self.trigger.noun_chunk.filter(|_| source.is_empty()) {
                source = self.phrases.of_chunk(chunk, self.discourse);
            }
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
                // レバノンから発射された弾が着弾した: whence, by the clause that modifies it.
                let launched = self.trigger.noun_chunk.filter(|_| case == Case::Kara && at.is_none());
                let launched = launched.and_then(|noun| {
                    let mut of = self.analysis.modifiers(noun).into_iter();
                    of.find_map(|at| {
                        let clause = self.analysis.chunks[at].clause?;
                        self.analysis.clauses[clause]
                            .arguments
                            .iter()
                            .find(|it| it.case == case && !it.shared)
                    })
                });
                let at = at.or(launched);
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
            if target.is_empty() && source != subject {
                target.add(&subject);
            }
            // 監視船が放水を受けたと発表した: whose nobody says is theirs who tell it.
            if target.is_empty()
                && clause.link == Link::Content
                && let Some(teller) = clause.head
            {
                target.add(&self.phrases.subject(teller, self.discourse, self.heading));
            }
            // 街に相手側から発射されたミサイル: whence comes before where to.
            let whence = clause.arguments.iter().any(|it| {
                it.case == Case::Kara
                    && !self.phrases.is_time(it.chunk)
                    && !self.phrases.of(it, self.discourse).is_empty()
            });
            for argument in &clause.arguments {
                if matches!(argument.case, Case::By | Case::Ni | Case::Kara)
                    && !(whence && argument.case == Case::Ni)
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
        // カザフスタンから原油が届いた: whence it comes.
        if source.is_empty() && (rule.id == "goods-arrive" || rule.kind == EventType::Aid && own_subject) {
            let from = clause.arguments.iter().find(|it| it.case == Case::Kara && !it.shared);
            let mut codes = from.map(|it| self.phrases.codes_with_places(it.span)).unwrap_or_default();
            codes.truncate(1);
            source.add(&Party { codes, ..Party::default() });
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
        // 「…は帰れ」と叫んだ: whom the crowd calls.
        if rule.kind == EventType::Protest && target.is_empty() {
            let called =
                self.analysis.clauses.iter().filter(|it| it.link == Link::Content && it.quote.is_some());
            let called = called.filter_map(Clause::subject).find_map(|it| {
                let mut party = self.phrases.of(it, self.discourse);
                party.codes.retain(|code| !source.codes.contains(code));
                (!party.codes.is_empty()).then_some(party)
            });
            target = called.unwrap_or_default();
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
        if target.is_empty() && speech(rule.kind) {
            target.add(&self.in_mind(clause, &source));
        }
        if target.is_empty() && matches!(rule.kind, EventType::Support) && rule.id == "congratulate" {
            target.add(&self.on_occasion_of(&source));
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
    pub(super) fn looked_into(&self) -> bool {
        let phrase = self.trigger.noun_chunk.map(|chunk| &self.analysis.chunks[chunk]);
        let head = phrase.filter(|it| it.case == Some(Case::No) && it.inner.is_none()).and_then(|it| it.head);
        head.is_some_and(|head| {
            let words = self.analysis.chunks[head].content.text(self.reading.chars());
            self.reader.rules.inquiries.iter().any(|word| words.contains(word.as_str()))
        })
    }

    /// Whose withdrawal, or end of an attack, is asked for.
    pub(super) fn asked_to_undo(&self, clause: &Clause, source: &Party) -> Party {
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
}
