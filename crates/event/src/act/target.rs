//! To whom it is done, place by place: the arguments that a rule looks at, what is said, who tells it.

use super::*;

impl Site<'_> {
    /// ドイツを念頭に圧力を強めた, 要請した相手はEUだった: whom the words are said to be meant for.
    pub(super) fn in_mind(&self, clause: &Clause, source: &Party) -> Party {
        let chars = self.reading.chars();
        let mut found = Party::default();
        let mind = clause
            .arguments
            .iter()
            .find(|it| it.case == Case::For && it.span.text(chars).ends_with("念頭に"));
        if let Some(mind) = mind {
            found = self.phrases.of(mind, self.discourse);
        } else if clause.link == Link::Adnominal
            && let Some(head) = self.trigger.clause.and_then(|index| self.analysis.adnominal_of(index))
            && self.analysis.chunks[head].topic
            && matches!(self.analysis.chunks[head].content.text(chars).as_str(), "相手" | "先")
            && let Some(is) = self.analysis.chunks[head].head
        {
            found = self.phrases.of_chunk(is, self.discourse);
        }
        found.codes.retain(|code| !source.codes.contains(code));
        found
    }

    /// 大統領の就任を受け、祝電を打った: who is congratulated, by the occasion that the sentence names.
    pub(super) fn on_occasion_of(&self, source: &Party) -> Party {
        let own = self.trigger.clause;
        let occasions = self.analysis.clauses.iter().enumerate().filter(|(at, it)| {
            Some(*at) != own
                && it.link == Link::And
                && matches!(it.predicate.lemma.as_str(), "受ける" | "迎える" | "祝う")
        });
        let codes = occasions
            .flat_map(|(_, it)| &it.arguments)
            .filter(|it| it.case == Case::Wo && !it.shared)
            .map(|it| self.phrases.codes_with_places(it.span))
            .find(|codes| !codes.is_empty())
            .unwrap_or_default();
        let mut party = Party { codes, ..Party::default() };
        party.codes.truncate(1);
        party.codes.retain(|code| !source.codes.contains(code));
        party
    }

    /// The body that the sentence names last before the act, or has as its topic: 安保理で…が拒否権を行使した.
    pub(super) fn body_before(&self, source: &Party) -> Party {
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
    pub(super) fn unnamed_doer(&self, clause: &Clause, receives: bool, target: &Party) -> Party {
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
    pub(super) fn struck(&self, source: &Party) -> Party {
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
    pub(super) fn beside(&self, clause: &Clause) -> Party {
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
        // カタールに対しては、…が食料を送り、…が部隊を送った: the topic that opens the sentence holds for both.
        let ahead = clause.head.filter(|_| matches!(clause.link, Link::And | Link::But)).and_then(|head| {
            let own = clause.arguments.iter().find(|it| it.case == Case::Ga && !it.shared)?;
            let head = self.analysis.clauses.get(head)?;
            head.arguments.iter().find(|it| {
                it.topic
                    && it.case == Case::Against
                    && !it.shared
                    && it.chunk < own.chunk
                    && it.chunk < clause.chunk
            })
        });
        // 措置には反対だとする立場を示した: the topic that stands with the verb of saying.
        let theme = (case == Case::Ni && speech(self.rule().kind) && clause.link == Link::Content)
            .then(|| {
                let mut head = clause.head;
                for _ in 0..3 {
                    let next = self.analysis.clauses.get(head?)?;
                    let topic = next.arguments.iter().find(|it| {
                        it.topic
                            && it.case == Case::Ni
                            && !it.shared
                            && it.chunk + 1 == clause.chunk
                            && !self.phrases.is_time(it.chunk)
                    });
                    if topic.is_some() {
                        return topic;
                    }
                    head = next.head;
                }
                None
            })
            .flatten();
        // 両国の代表を引き合わせたのは中国だった: what stands before a cleft is its verb's.
        let cleft = clause
            .head
            .filter(|_| clause.link == Link::Nominal)
            .and_then(|head| self.analysis.clauses.get(head));
        let cleft = cleft.filter(|it| it.predicate.noun.is_none() && it.predicate.lemma.ends_with('だ'));
        let cleft = cleft.map(|it| it.arguments.as_slice()).unwrap_or_default();
        let cleft = cleft.iter().filter(|it| it.chunk < clause.chunk && !it.shared && !it.topic);
        // モルドバの加盟を、大統領は後押しすると約束した: so is an object that stands before who says it.
        let fronted = clause.head.filter(|_| {
            clause.link == Link::Content
                && clause.quote.is_none()
                && self.rule().kind == EventType::Support
                && clause.arguments.iter().all(|it| it.case != Case::Wo)
        });
        let fronted = fronted.and_then(|head| self.analysis.clauses.get(head)).and_then(|head| {
            let who = head.arguments.iter().find(|it| it.case == Case::Ga && !it.shared)?;
            head.arguments.iter().find(|it| it.case == Case::Wo && !it.shared && it.chunk < who.chunk)
        });
        for argument in clause
            .arguments
            .iter()
            .chain(about)
            .chain(ahead)
            .chain(theme)
            .chain(cleft)
            .chain(fronted)
            .filter(at)
        {
            if argument.shared && (argument.case == Case::He || case != Case::Ni && case != Case::Against)
                || self.is_occasion(argument.chunk)
                // 日本以外にも…を派遣した: besides him.
                || ["以外", "ほか", "他"].iter().any(|end| {
                    self.analysis.chunks[argument.chunk].content.text(self.reading.chars()).ends_with(end)
                })
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
                let laws = self.phrases.bodies_of_laws(argument);
                let mut codes: Vec<String> = self
                    .phrases
                    .codes_with_places(argument.span)
                    .into_iter()
                    .filter(|code| !source.codes.contains(code) && !laws.contains(code))
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
                // 凍結したロシア資産を充てる案を支持した: nor is whoever is only done to in it backed.
                if self.rule().kind == EventType::Support {
                    let done_to = |at: Span| {
                        self.analysis.clauses.iter().any(|inner| {
                            inner.link == Link::Adnominal
                                && argument.span.contains(inner.predicate.span)
                                && inner
                                    .arguments
                                    .iter()
                                    .any(|it| it.case != Case::Ga && !it.shared && it.span.contains(at))
                        })
                    };
                    let mentions = self.reading.mentions_in(argument.span);
                    codes.retain(|code| {
                        let mut named =
                            mentions.iter().filter(|it| self.reading.parties(it).contains(code)).peekable();
                        named.peek().is_none() || named.any(|it| !done_to(it.span))
                    });
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
        // 報道官は、相手の軍が砲撃を始め、弾を撃ち込んだと非難した: who opens what is told.
        let told = |clause: &Clause| clause.head == Some(own) && clause.link == Link::Content;
        let opening = self.analysis.clauses[..own.min(self.analysis.clauses.len())].iter().find(|clause| {
            clause.head == Some(own)
                && matches!(clause.link, Link::And | Link::But)
                && self.analysis.clauses[..own].iter().any(|next| next.chunk > clause.chunk && told(next))
                && self.analysis.clauses[own]
                    .arguments
                    .iter()
                    .any(|it| it.case == Case::Ga && it.topic && !it.shared && it.chunk < clause.chunk)
        });
        if let Some(subject) = opening
            .and_then(|it| it.arguments.iter().find(|it| it.case == Case::Ga && !it.topic && !it.shared))
        {
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
            // 国連の目標に反すると非難した: nor whose aims are broken.
            if self.phrases.anaphors.against.contains(&clause.predicate.lemma) {
                for argument in clause.arguments.iter().filter(|it| it.case == Case::Ni && !it.shared) {
                    let broken = self.phrases.codes_in(argument.span);
                    codes.retain(|code| !broken.contains(code));
                }
            }
            // 対ロシア制裁に同調するよう促した: nor is whom the matter is aimed at.
            if self.rule().kind == EventType::Request {
                let chars = self.reading.chars();
                let aimed =
                    |at: usize| matches!(at.checked_sub(1).and_then(|at| chars.get(at)), Some('対' | '反'));
                let mentions = self.reading.mentions_in(self.analysis.subtree_span(clause.chunk));
                for mention in mentions.iter().filter(|it| aimed(it.span.start)) {
                    let otherwise =
                        mentions.iter().any(|it| it.states == mention.states && !aimed(it.span.start));
                    codes.retain(|code| otherwise || !mention.states.contains(code));
                }
            }
            // 機構に要請したことは正当だと反論した: whoever the words name need not be whom they answer.
            let answers = self.rule().id == "react-against" && clause.quote.is_none();
            // 尖閣諸島に条約が適用されると確認した: whose land it is.
            if self.rule().kind == EventType::Support && codes.iter().all(|code| source.codes.contains(code))
            {
                codes = self.phrases.codes_with_places(clause.span);
                for mention in self.reading.mentions_in(clause.span) {
                    codes.extend(mention.states.iter().filter(|_| mention.kind == Kind::Place).cloned());
                }
            }
            if let Some(code) = codes.into_iter().find(|code| !source.codes.contains(code) && !answers) {
                return Party { codes: vec![code], ..Party::default() };
            }
            // 米国が攻撃すれば報復すると述べた: who is said to do what is answered.
            let condition = self.analysis.clauses[..index].iter().find_map(|condition| {
                let answered = condition.link == Link::If
                    && condition.predicate.voice == Voice::Active
                    && (condition.head == Some(own) || self.leads_to(condition, index));
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
    pub(super) fn leads_to(&self, clause: &Clause, index: usize) -> bool {
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
            && matches!(
                self.kind_of(head),
                Some(EventType::Assault | EventType::Threaten | EventType::Accuse)
            )
        {
            let mut other = self.phrases.subject(head, self.discourse, self.heading);
            other.codes.retain(|code| !source.codes.contains(code) && !self.is_body(code));
            return other;
        }
        // 船に衝突し、穴が開いたと発表した: also of what else is told.
        // 砲撃を始め、ロケット弾を撃ち込んだと非難した: also where it hangs on the verb of telling.
        let led = clause.head.and_then(|head| self.analysis.clauses.get(head)).and_then(|next| {
            let own = clause.arguments.iter().any(|it| it.case == Case::Ga && !it.shared);
            let content = if next.link == Link::Content {
                Some(next)
            } else if own {
                self.content_between(clause, next).filter(|it| it.link == Link::Content)
            } else {
                None
            };
            content.filter(|content| {
                matches!(clause.link, Link::And | Link::But)
                    && content.quote == clause.quote
                    && matches!(self.rule().kind, EventType::Coerce | EventType::Assault)
            })
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
