//! Whom words or blows answer, where the sentence leaves it to what was told before or stands beside it.

use super::*;

impl Site<'_> {
    /// The rules of the acts that a clause's objects name, also within the deed that they fill.
    pub(super) fn rules_named(&self) -> Vec<usize> {
        let chars = self.reading.chars();
        let Some(clause) = self.clause() else { return Vec::new() };
        let objects = clause.arguments.iter().filter(|it| {
            matches!(it.case, Case::Wo | Case::Ni | Case::Against | Case::About)
                && !it.shared
                && !self.is_noun(it.chunk)
        });
        let named = objects.flat_map(|it| {
            let filled = self.analysis.modifiers(it.chunk).into_iter().filter(|&at| {
                let phrase = &self.analysis.chunks[at];
                // 攻撃の即時停止を要求した: also of what is to end.
                (self.is_deed(it) || self.is_undoing(it.chunk))
                    && phrase.case == Some(Case::No)
                    && phrase.inner.is_none()
            });
            std::iter::once(it.chunk).chain(filled)
        });
        named
            .filter_map(|chunk| {
                let content = trim(self.analysis.chunks[chunk].content, chars);
                self.reader.rules.noun_at_end(content.slice(chars)).map(|(rule, _)| rule)
            })
            .collect()
    }

    /// Whether a phrase is the end of what somebody does.
    fn is_undoing(&self, chunk: usize) -> bool {
        let words = self.analysis.chunks[chunk].content.text(self.reading.chars());
        self.rule().kind == EventType::Request
            && self.reader.rules.undoing.iter().any(|word| words.ends_with(word.as_str()))
    }

    /// All who did it together, where one of them has only been told of again: 4カ国は断交した。サウジは国境を閉じた.
    fn all_who_did(&self, one: &Draft, before: &[Draft]) -> Vec<String> {
        before
            .iter()
            .rev()
            .take(12)
            .find(|draft| {
                draft.target == one.target
                    && draft.source.len() > one.source.len()
                    && one.source.iter().all(|code| draft.source.contains(code))
                    && matches!(draft.kind, EventType::Sanction | EventType::Coerce | EventType::Assault)
                    && self.index.saturating_sub(draft.sentence) <= 3
            })
            .map_or_else(|| one.source.clone(), |draft| draft.source.clone())
    }

    /// Whom an act answers: これを非難した, 発射に抗議した, 反撃した.
    pub(super) fn reacted_to(
        &self,
        source: &[String],
        before: &[Draft],
        here: &[Draft],
    ) -> Option<Vec<String>> {
        let kind = self.rule().kind;
        if (speech(kind) || kind == EventType::Aid)
            && let Some(other) = self.met_before(source)
        {
            return Some(other);
        }
        if !matches!(
            kind,
            EventType::Accuse
                | EventType::Reject
                | EventType::Threaten
                | EventType::Assault
                | EventType::Sanction
                | EventType::Support
        ) && !self.asks_to_undo()
        {
            return self.answered_topic(source);
        }
        // 発射を非難した: whoever did what the object names, wherever the text told it.
        let filled = self.rules_named().into_iter().map(|rule| self.reader.rules.rules[rule].kind);
        let mut named: Vec<EventType> = self.clause().map_or_else(Vec::new, |clause| {
            let objects = clause.arguments.iter().filter(|argument| {
                matches!(argument.case, Case::Wo | Case::Ni | Case::Against | Case::About)
                    && !argument.shared
                    && !self.is_noun(argument.chunk)
            });
            objects.filter_map(|argument| self.act_at(argument.chunk)).collect()
        });
        named.extend(filled);
        let told = |draft: &&Draft| {
            draft.source != draft.target
                && draft.source.iter().all(|code| !source.contains(code))
                && (named.contains(&draft.kind)
                    // 大使館襲撃を非難した: a crowd's doing as well.
                    || draft.kind == EventType::Protest && named.contains(&EventType::Assault))
        };
        // 断交の決定を非難した: the break before whatever other sanctions the text has told.
        let rules = self.rules_named();
        let very = |draft: &&Draft| told(draft) && rules.contains(&draft.rule);
        let all = || here.iter().rev().chain(before.iter().rev());
        if speech(kind)
            && let Some(draft) = all().find(very).or_else(|| all().find(told))
        {
            return Some(draft.source.clone());
        }
        // Whoever backs an attack backs the attacker; nobody is backed for what is not named.
        if kind == EventType::Support {
            return self.answered_topic(source);
        }
        // What somebody is said to have done answers nothing that this text has told.
        if !speech(kind) && self.embedded() {
            return None;
        }
        let answered = |draft: &&Draft| {
            draft.source.iter().all(|code| !source.contains(code))
                && draft.source != draft.target
                && self.index.saturating_sub(draft.sentence) <= 2
                && (matches!(draft.status, Status::Occurred | Status::Ongoing)
                    // 10月から関税を引き上げると発表した。…は撤回を求めた: what is to come is answered too.
                    || draft.status == Status::Scheduled
                        && speech(kind)
                        && matches!(draft.kind, EventType::Sanction | EventType::Mobilize))
                && if speech(kind) {
                    // What helps or is agreed is nothing to blame.
                    let kindly = matches!(
                        draft.kind,
                        EventType::Aid | EventType::Cooperate | EventType::Concede | EventType::Retreat
                    );
                    !speech(draft.kind)
                        && draft.kind != EventType::Consult
                        && !(kindly && matches!(kind, EventType::Accuse | EventType::Reject))
                } else {
                    // Nobody is struck for having helped or mediated, nor by an act that words only name.
                    let kind = draft.kind;
                    let helped = matches!(
                        kind,
                        EventType::Consult | EventType::Aid | EventType::Support | EventType::Cooperate
                    );
                    let said = self.trigger.nominal && speech(kind);
                    !helped && !said && draft.target.iter().any(|code| source.contains(code))
                }
        };
        // What was done to oneself before what was done to others.
        let suffered = |draft: &&Draft| answered(draft) && draft.target.iter().any(|it| source.contains(it));
        here.iter()
            .rev()
            .find(suffered)
            .or_else(|| before.iter().rev().take(12).find(suffered))
            .or_else(|| here.iter().rev().find(answered))
            .or_else(|| before.iter().rev().take(12).find(answered))
            .map(|draft| self.all_who_did(draft, before))
            .or_else(|| self.answered_topic(source))
    }

    /// Whether it is asked that something be stopped or taken back: 中止を求めた is said to whoever did it.
    pub(super) fn asks_to_undo(&self) -> bool {
        let chars = self.reading.chars();
        self.rule().kind == EventType::Request
            && self.clause().is_some_and(|clause| {
                clause.arguments.iter().any(|argument| {
                    let words = self.analysis.chunks[argument.chunk].content.text(chars);
                    argument.case == Case::Wo
                        && self.phrases.codes_in(argument.span).is_empty()
                        && self.reader.rules.undoing.iter().any(|word| words.ends_with(word.as_str()))
                })
            })
    }

    /// ジョージアで…した。国務省は、同国高官への査証を制限した: the state that was spoken of before whoever does it.
    pub(super) fn same_country(&self, source: &[String]) -> Option<Vec<String>> {
        let chars = self.reading.chars();
        let clause = self.clause().filter(|_| !self.trigger.nominal)?;
        let same = clause.arguments.iter().filter(|it| it.case != Case::Ga && !it.shared).find_map(|it| {
            self.analysis.chunks.iter().find(|chunk| {
                it.span.contains(chunk.content) && chunk.content.slice(chars).starts_with(&['同', '国'])
            })
        })?;
        let from = self.reading.sentences[self.index.saturating_sub(2)].span.start;
        let before = self.reading.mentions_in(Span::new(from, same.content.start));
        let named = before.iter().rev().find(|it| {
            it.states.len() == 1
                && it.kind != Kind::Person
                && !self.reading.entity(it).media
                && !source.contains(&it.states[0])
        })?;
        Some(named.states.clone())
    }

    /// フランスは部隊を置く。政府は駐留軍の撤収を要求した: whose troops they are, by the state that these sentences name last.
    pub(super) fn stationed(&self, source: &[String]) -> Option<Vec<String>> {
        let chars = self.reading.chars();
        let asks = self.rule().kind == EventType::Request && !self.trigger.nominal && !self.heading;
        let object = self.clause().filter(|_| asks)?.arguments.iter().find(|it| {
            let words = self.analysis.chunks[it.chunk].content.text(chars);
            it.case == Case::Wo
                && !it.shared
                && self.reader.rules.own_undoing.iter().any(|word| words.ends_with(word.as_str()))
        })?;
        let troops = object.span.text(chars);
        if !troops.contains("駐留") || !self.phrases.codes_in(object.span).is_empty() {
            return None;
        }
        let from = self.reading.sentences[self.index.saturating_sub(2)].span.start;
        let before = self.reading.mentions_in(Span::new(from, object.span.start));
        let named = before
            .iter()
            .rev()
            .find(|it| it.kind == Kind::State && it.states.len() == 1 && !source.contains(&it.states[0]))?;
        Some(named.states.clone())
    }

    /// 非難し、…を求める: to whom the same one has just spoken.
    pub(super) fn spoken_to_here(&self, source: &[String], here: &[Draft]) -> Option<Vec<String>> {
        let kind = self.rule().kind;
        let words =
            matches!(kind, EventType::Accuse | EventType::Request | EventType::Threaten | EventType::Reject);
        here.iter()
            .rev()
            .find(|draft| {
                words
                    && speech(draft.kind)
                    && draft.kind != EventType::Support
                    && draft.source == source
                    && !draft.target.is_empty()
                    && !draft.nominal
            })
            .map(|draft| draft.target.clone())
    }

    /// 首都に進攻し、相手は反撃した: whoever acts right before is struck back.
    pub(super) fn struck_before(&self, source: &[String], evidence: Span) -> Option<Vec<String>> {
        let words = evidence.text(self.reading.chars());
        // Only what was done: 越境すれば報復する is told by the threat.
        let blow =
            !self.embedded() && self.reader.rules.blows.iter().any(|blow| words.contains(blow.as_str()));
        let index = self.trigger.clause.filter(|_| blow && self.rule().kind == EventType::Assault)?;
        let earlier = self.analysis.clauses[..index].iter().rev().find_map(|clause| {
            let subject = clause.arguments.iter().find(|it| it.case == Case::Ga && !it.shared)?;
            let codes = self.phrases.of(subject, self.discourse).codes;
            (codes.len() == 1 && !source.contains(&codes[0])).then_some(codes)
        });
        let topic = &self.discourse.topic.codes;
        let topic = (topic.len() == 1 && !source.contains(&topic[0])).then(|| topic.clone());
        earlier.or(topic)
    }

    /// 決議は…を非難した。大使は「拒否する」と述べた: whoever blamed or asked is refused.
    pub(super) fn refused(&self, source: &[String], before: &[Draft], here: &[Draft]) -> Option<Vec<String>> {
        // 求めてきたが、応じていない: also by what is not done.
        let negated = self.clause().is_some_and(|it| it.predicate.negated)
            && self
                .rule()
                .negated
                .as_deref()
                .and_then(|id| self.reader.rules.by_id(id))
                .is_some_and(|it| self.reader.rules.rules[it].kind == EventType::Reject);
        let refuses = self.rule().kind == EventType::Reject || negated;
        if !refuses || self.trigger.nominal || self.embedded() {
            return None;
        }
        here.iter()
            .rev()
            .chain(before.iter().rev().take(8))
            .find(|draft| {
                // 首相を招待した。…は応じない考えを示した: an invitation is refused too.
                let invited = draft.kind == EventType::Consult
                    && draft.status == Status::Proposed
                    && draft.source != draft.target;
                (speech(draft.kind) && draft.kind != EventType::Support || invited)
                    && self.index.saturating_sub(draft.sentence) <= 3
                    && draft.target.iter().any(|code| source.contains(code))
                    && draft.source.iter().all(|code| !source.contains(code))
                    // 決議に反対した: a body only puts it to the vote.
                    && !draft.source.iter().all(|code| self.is_body(code))
            })
            .map(|draft| draft.source.clone())
    }

    /// Whether an argument only points to what has just been told: この決定を.
    pub(super) fn is_deed(&self, argument: &entente_clause::Argument) -> bool {
        let words = self.analysis.chunks[argument.chunk].content.text(self.reading.chars());
        self.phrases.codes_in(argument.span).is_empty()
            && self.reader.rules.deeds.iter().any(|deed| words.ends_with(deed.as_str()))
    }

    /// Whether a clause has words of its own for what a reaction is about: not what points back to what was told.
    fn says_of_what(&self, clause: &Clause) -> bool {
        clause.arguments.iter().any(|it| {
            matches!(it.case, Case::Ni | Case::Against | Case::About | Case::Wo)
                && !it.shared
                && !it.topic
                && !self.is_noun(it.chunk)
                && !self.phrases.is_time(it.chunk)
                && !self.is_deed(it)
        })
    }

    /// Whether words of blame or threat have a subject, but nothing beside them says what they are about.
    pub(super) fn bare_reaction(&self) -> bool {
        let said = self.rule().target.iter().any(|place| place == "content");
        said && self.clause().is_some_and(|clause| {
            matches!(clause.link, Link::Final | Link::And | Link::But)
                && clause.subject().is_some()
                && !clause.predicate.negated
                && clause.carried.is_none_or(|carried| carried.modality.is_none())
                && !self.says_of_what(clause)
        })
    }

    /// ミャンマーの政変を受け、大統領は…と警告した: the only other state that the sentence names before the words.
    pub(super) fn only_other(&self, source: &[String]) -> Option<Vec<String>> {
        let kind = self.rule().kind;
        let index = self.trigger.clause.filter(|_| !self.trigger.nominal && !self.heading)?;
        let hostile = matches!(kind, EventType::Accuse | EventType::Threaten | EventType::Reject);
        let sentence = self.reading.sentences[self.index].span;
        if !hostile || self.embedded() || !self.bare_reaction() {
            return None;
        }
        let before = Span::new(sentence.start, self.analysis.clauses[index].predicate.span.start);
        let quoted = |at: Span| self.analysis.quotes.iter().any(|quote| quote.outer.contains(at));
        // 大統領が無効を訴えたほか、他国も懸念を示した: nor one who does the like.
        let chars = self.reading.chars();
        let beside: Vec<Span> = self.analysis.clauses[..index]
            .iter()
            .filter(|it| {
                let rest = chars.get(it.predicate.span.end..).unwrap_or_default();
                it.link == Link::And && (rest.starts_with(&['ほ', 'か']) || rest.starts_with(&['他']))
            })
            .filter_map(|it| it.subject().map(|subject| subject.span))
            .collect();
        // 英国の調査を見守る考えを示し、…を非難した: nor whom the same speaker has just spoken of otherwise.
        let besides: Vec<Span> = self.analysis.clauses[..index]
            .iter()
            .filter(|it| {
                it.link == Link::And
                    && it.head == Some(index)
                    && it.predicate.voice == Voice::Active
                    && it.arguments.iter().all(|argument| argument.case != Case::Ga || argument.shared)
            })
            .flat_map(|it| it.arguments.iter().filter(|it| it.case != Case::Ga && !it.shared))
            .map(|it| it.span)
            .collect();
        let mut codes: Vec<String> = Vec::new();
        for mention in self.reading.mentions_in(before) {
            if quoted(mention.span)
                || beside.iter().chain(&besides).any(|it| it.contains(mention.span))
                || self.reading.entity(mention).media
                || mention.kind == Kind::Place
            {
                continue;
            }
            for code in self.reading.parties(mention) {
                if !codes.contains(&code) && !source.contains(&code) {
                    codes.push(code);
                }
            }
        }
        (codes.len() == 1 && !self.is_body(&codes[0])).then_some(codes)
    }

    /// 日本が…を禁輸した。中国は非難した: whom the sentence before was about, where it was one alone.
    pub(super) fn blamed_topic(&self, source: &[String]) -> Option<Vec<String>> {
        let topic = &self.discourse.topic.codes;
        let blames = matches!(self.rule().kind, EventType::Accuse)
            && !self.trigger.nominal
            && !self.heading
            && !self.does_as_well();
        (blames
            && !self.embedded()
            && topic.len() == 1
            && topic.iter().all(|code| !source.contains(code))
            && self.discourse.topic_sentence + 1 == self.index
            && self.bare_reaction())
        .then(|| topic.clone())
    }

    /// これに対し、…を要求した: whoever the sentence before spoke of is answered.
    pub(super) fn answered_topic(&self, source: &[String]) -> Option<Vec<String>> {
        let sentence = self.reading.sentences[self.index].span.text(self.reading.chars());
        let points = self.reader.rules.answers.iter().any(|word| sentence.starts_with(word.as_str()));
        let topic = &self.discourse.topic.codes;
        let other = matches!(topic.len(), 1 | 2) && topic.iter().all(|code| !source.contains(code));
        (points
            && other
            && speech(self.rule().kind)
            && self.rule().kind != EventType::Support
            && self.discourse.topic_sentence + 1 == self.index)
            .then(|| topic.clone())
    }

    /// 第三国は双方に自制を求めた: the two who harm or blame each other in the text, not two who last met.
    pub(super) fn two_at_odds(
        &self,
        source: &[String],
        target: &[String],
        before: &[Draft],
    ) -> Option<Vec<String>> {
        let chars = self.reading.chars();
        let both = self.clause()?.arguments.iter().any(|it| {
            let words = self.analysis.chunks[it.chunk].content.text(chars);
            matches!(it.case, Case::Ni | Case::Against) && !it.shared && self.phrases.is_pair(&words)
        });
        let harms = |draft: &&Draft| {
            matches!(
                draft.kind,
                EventType::Assault | EventType::Coerce | EventType::Accuse | EventType::Threaten
            ) && draft.source.len() + draft.target.len() >= 2
        };
        let sides = |draft: &Draft| {
            let mut codes: Vec<String> = draft.source.iter().chain(&draft.target).cloned().collect();
            codes.sort();
            codes.dedup();
            codes
        };
        let all: Vec<Vec<String>> =
            before.iter().filter(harms).map(sides).filter(|it| it.len() == 2).collect();
        let known = |codes: &[String]| all.iter().filter(|it| it.as_slice() == codes).count();
        let mut now = target.to_vec();
        now.sort();
        let most = all.iter().max_by_key(|codes| known(codes))?;
        let fits = both
            && target.len() == 2
            && known(&now) == 0
            && known(most) >= 2
            && source.iter().all(|code| !most.contains(code));
        fits.then(|| most.clone())
    }

    /// Whom several others have just blamed or punished: …は制裁を科し、…は大使を呼んで不快感を伝えた.
    pub(super) fn blamed_by_many(
        &self,
        source: &[String],
        before: &[Draft],
        here: &[Draft],
    ) -> Option<Vec<String>> {
        let told = !self.trigger.nominal || self.is_announced();
        if !matches!(self.rule().kind, EventType::Accuse | EventType::Sanction) || !told {
            return None;
        }
        let hostile = |draft: &&Draft| {
            matches!(draft.kind, EventType::Accuse | EventType::Sanction)
                && draft.target.len() == 1
                && draft.source != draft.target
                && draft.source.iter().all(|code| !source.contains(code))
                && self.index.saturating_sub(draft.sentence) <= 4
        };
        let all: Vec<&Draft> = before.iter().chain(here).filter(hostile).collect();
        let last = all.last()?;
        // …は「併合だ」と非難した。…は遺憾だと述べた: one alone, right before, who blames in words.
        let one = all.iter().any(|draft| {
            draft.kind == EventType::Accuse
                && draft.target == last.target
                && self.index.saturating_sub(draft.sentence) <= 1
                && !draft.embedded
        }) && self.rule().kind == EventType::Accuse
            && self.rule().id != "react-against"
            && self.bare_reaction();
        let others =
            one || all.iter().any(|draft| draft.target == last.target && draft.source != last.source);
        let blames = all.iter().any(|draft| draft.source == last.target && draft.target == last.source);
        (others && !blames && !source.contains(&last.target[0])).then(|| last.target.clone())
    }

    /// Who has just done harm to the one who now blames.
    pub(super) fn struck_by(
        &self,
        source: &[String],
        before: &[Draft],
        here: &[Draft],
    ) -> Option<Vec<String>> {
        let blames = self.rule().kind == EventType::Accuse && !self.trigger.nominal;
        here.iter()
            .rev()
            .chain(before.iter().rev().take(12))
            .find(|draft| {
                blames
                    && self.index.saturating_sub(draft.sentence) <= 2
                    && matches!(draft.kind, EventType::Assault | EventType::Coerce | EventType::Sanction)
                    && matches!(draft.status, Status::Occurred | Status::Ongoing)
                    && draft.source != draft.target
                    && draft.target.iter().any(|it| source.contains(it))
                    && draft.source.iter().all(|it| !source.contains(it))
            })
            .map(|draft| self.all_who_did(draft, before))
    }

    /// 隣国は貯水を始めると宣言し、エジプトが「違法だ」と抗議した: whoever did what the clause right before tells.
    pub(super) fn acted_before(&self, source: &[String]) -> Option<Vec<String>> {
        let index = self.trigger.clause.filter(|_| !self.trigger.nominal && !self.heading)?;
        let own = self.analysis.clauses[index]
            .arguments
            .iter()
            .find(|it| it.case == Case::Ga && !it.shared && it.chunk < self.analysis.clauses[index].chunk)?;
        // 裁判所は主張を退けたが、中国は判断を拒んだ: whose deed is refused.
        let chars = self.reading.chars();
        let deed = |chunk: usize| {
            let words = self.analysis.chunks[chunk].content.text(chars);
            self.reader.rules.deeds.iter().any(|deed| words.ends_with(deed.as_str()))
        };
        let refuses = self.rule().kind == EventType::Reject
            && self.analysis.clauses[index].arguments.iter().any(|it| {
                let of_deed = || {
                    let mut of = self.analysis.modifiers(it.chunk).into_iter();
                    of.any(|at| self.analysis.chunks[at].case == Some(Case::No) && deed(at))
                };
                matches!(it.case, Case::Wo | Case::Ni)
                    && !it.shared
                    && self.phrases.codes_in(it.span).is_empty()
                    && (deed(it.chunk) || of_deed())
            });
        let blames = self.rule().kind == EventType::Accuse && self.bare_reaction_within() || refuses;
        let before = self.analysis.clauses[..index].iter().rev().find(|it| {
            it.chunk < own.chunk
                && it.quote.is_none()
                && matches!(it.link, Link::And | Link::But | Link::Because)
        })?;
        let rest = chars.get(before.predicate.span.end..).unwrap_or_default();
        let beside =
            rest.starts_with(&['ほ', 'か']) || rest.starts_with(&['他']) || rest.starts_with(&['一', '方']);
        let doer = before.arguments.iter().find(|it| it.case == Case::Ga && !it.shared).or_else(|| {
            before.arguments.iter().find(|it| it.topic && it.shared && it.chunk < before.chunk)
        })?;
        let codes = self.phrases.of(doer, self.discourse).codes;
        let joined = self
            .analysis
            .clauses
            .iter()
            .position(|it| it.chunk == before.chunk)
            .and_then(|at| self.kind_of(at));
        // 米国は非難し、英国も抗議した: nor one who blames as well.
        let blames_too = joined.is_some_and(|kind| kind == EventType::Accuse);
        (blames
            && !beside
            && !blames_too
            && codes.len() == 1
            && !source.contains(&codes[0])
            && (refuses || !self.is_body(&codes[0])))
        .then_some(codes)
    }

    /// Whether words of blame say of nobody what they are about, wherever they stand.
    pub(super) fn bare_reaction_within(&self) -> bool {
        self.clause().is_some_and(|clause| !self.says_of_what(clause))
    }

    /// 懸念を示し、中国に自制を求めた: to whom the same one speaks on.
    pub(super) fn spoken_to_ahead(&self, source: &[String]) -> Option<Vec<String>> {
        let clause = self.clause().filter(|clause| clause.link == Link::And && !self.trigger.nominal)?;
        let head =
            self.analysis.clauses.get(clause.head.filter(|_| self.rule().kind == EventType::Accuse)?)?;
        let head = self.content_between(clause, head).unwrap_or(head);
        let other =
            head.arguments.iter().any(|it| it.case == Case::Ga && !it.shared && it.chunk > clause.chunk);
        let spoken =
            |it: &&entente_clause::Argument| matches!(it.case, Case::Ni | Case::Against) && !it.shared;
        head.arguments.iter().filter(|_| !other).filter(spoken).find_map(|argument| {
            if self.is_venue(argument.chunk) {
                return None;
            }
            let mut codes = self.phrases.of(argument, self.discourse).codes;
            codes.retain(|code| !source.contains(code));
            (codes.len() == 1).then_some(codes)
        })
    }

    /// 反発し、安保理に介入を求めた: whether a body is turned to for help, not the one at fault.
    pub(super) fn is_venue(&self, chunk: usize) -> bool {
        let words = self.analysis.chunks[chunk].content.text(self.reading.chars());
        self.phrases.anaphors.venues.iter().any(|ending| words.ends_with(ending.as_str()))
    }

    /// Whom the clause that this one leads to names: 反発し、リトアニアとの関係を格下げした.
    pub(super) fn named_ahead(&self, source: &[String]) -> Option<Vec<String>> {
        let mut clause = self.clause().filter(|_| !self.trigger.nominal)?;
        // 「反対する」と述べ、インドをけん制した: the words lead to it through their saying.
        if clause.link == Link::Content {
            clause = self.analysis.clauses.get(clause.head?)?;
        }
        if clause.link != Link::And {
            return None;
        }
        let hostile = matches!(self.rule().kind, EventType::Accuse | EventType::Reject | EventType::Threaten);
        let head = self.analysis.clauses.get(clause.head.filter(|_| hostile)?)?;
        // 非難し、北朝鮮に抗議したと明らかにした: what is made known names him.
        let head = self.content_between(clause, head).unwrap_or(head);
        // クーデターを非難し、政権への支持を表明した: nor whom the same one backs or helps.
        let at = self.analysis.clauses.iter().position(|it| it.chunk == head.chunk);
        if matches!(
            at.and_then(|at| self.kind_of(at)),
            Some(EventType::Support | EventType::Aid | EventType::Concede | EventType::Agree)
        ) {
            return None;
        }
        let met = |it: &&entente_clause::Argument| {
            !matches!(it.case, Case::Ga | Case::Kara | Case::De | Case::By | Case::With) && !it.shared
        };
        head.arguments.iter().filter(met).find_map(|argument| {
            if self.is_venue(argument.chunk) {
                return None;
            }
            let mut codes = self.phrases.codes_in(argument.span);
            codes.retain(|code| !source.contains(code));
            codes.truncate(1);
            (!codes.is_empty()).then_some(codes)
        })
    }

    /// Whether the subject does what others have just done: 英国も.
    pub(super) fn does_as_well(&self) -> bool {
        self.clause().filter(|_| !self.trigger.nominal).is_some_and(|clause| {
            clause
                .arguments
                .iter()
                .any(|argument| argument.case == Case::Ga && self.analysis.chunks[argument.chunk].also)
        })
    }

    /// Toward whom another did the same just before: 英国も同日、制裁を科した.
    pub(super) fn joined_in(
        &self,
        source: &[String],
        before: &[Draft],
        here: &[Draft],
    ) -> Option<Vec<String>> {
        if !self.does_as_well() {
            return None;
        }
        // …を追放した。…は協力を求めた。豪州も懸念を示した: or did anything else that blames.
        let blames = |kind: EventType| {
            matches!(kind, EventType::Accuse | EventType::Request | EventType::Sanction | EventType::Reject)
        };
        let like = |kind: EventType| {
            kind == self.rule().kind || self.rule().kind == EventType::Accuse && blames(kind)
        };
        here.iter()
            .rev()
            .chain(before.iter().rev())
            .filter(|draft| self.index.saturating_sub(draft.sentence) <= 3)
            .find(|draft| {
                like(draft.kind)
                    && draft.source.iter().all(|code| !source.contains(code))
                    && (!draft.embedded || draft.rule == self.trigger.rule)
                    && draft.source != draft.target
                    && !draft.target.is_empty()
                    && draft.target.iter().all(|code| !source.contains(code))
            })
            .map(|draft| draft.target.clone())
    }

    /// Whom the clauses that lead up to this one speak to: 大使を呼び、…を非難した; Yと会談し、…を求めた.
    pub(super) fn met_before(&self, source: &[String]) -> Option<Vec<String>> {
        let index = self.trigger.clause.filter(|_| !self.trigger.nominal)?;
        let mut at = index;
        for other in (0..index).rev() {
            let clause = &self.analysis.clauses[other];
            if clause.head != Some(at) || !matches!(clause.link, Link::And | Link::When) {
                continue;
            }
            // Who has another subject does not speak here.
            let theirs = clause.arguments.iter().find(|it| it.case == Case::Ga && !it.shared);
            if theirs.is_some_and(|it| {
                let party = self.phrases.of(it, self.discourse);
                party.codes.iter().any(|code| !source.contains(code))
            }) {
                break;
            }
            let summons = self.reader.rules.summons.contains(&clause.predicate.lemma);
            // 日本の白書について「…」と述べ、不満を示した: words of blame are about what was spoken of.
            let blames = self.rule().kind == EventType::Accuse;
            let partners = clause.arguments.iter().filter(|argument| {
                let speaks_to = match argument.case {
                    Case::To | Case::Against => true,
                    Case::Wo => summons,
                    Case::About => blames,
                    _ => false,
                };
                speaks_to && !argument.shared && !argument.topic
            });
            // ペルーの外相と、6日にはボリビアの外相と会談し、支援を求めた: all whom one has met are asked.
            let asks = self.rule().kind == EventType::Request;
            let mut met: Vec<String> = Vec::new();
            for argument in partners {
                let mut codes = self.phrases.of(argument, self.discourse).codes;
                codes.retain(|code| !source.contains(code) && !met.contains(code));
                if met.is_empty() || asks {
                    met.extend(codes);
                }
            }
            met.sort();
            // 3カ国の大使を呼んで抗議した.
            let many = if summons || asks { 8 } else { 2 };
            let partner = (1..=many).contains(&met.len()).then_some(met);
            if partner.is_some() {
                return partner;
            }
            at = other;
        }
        None
    }
}
