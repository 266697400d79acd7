//! Who does it and to whom, where the sentence leaves it to what was told before.

use super::*;

impl Site<'_> {
    /// A meeting of a body takes place with whoever hosts or attends it: the state of its place, else whom the text
    /// speaks of. A body whose states are named stands for them.
    pub(super) fn join_host(&self, codes: &mut Vec<String>) {
        let (bodies, states): (Vec<String>, Vec<String>) =
            codes.iter().cloned().partition(|code| self.is_body(code));
        if bodies.is_empty() {
            return;
        }
        // 日米豪印の枠組み「クアッド」: the members are named, the body adds nobody.
        let subtree = self
            .trigger
            .noun_chunk
            .map_or_else(|| self.evidence(), |chunk| self.analysis.subtree_span(chunk));
        let group = self
            .reading
            .mentions_in(subtree)
            .iter()
            .find(|mention| mention.kind == Kind::State && mention.states.len() >= 3);
        if let Some(group) = group {
            codes.clone_from(&group.states);
            return;
        }
        if states.len() >= 3 && self.rule().mode.is_some() && bodies.len() == 1 {
            *codes = states;
            return;
        }
        // 事務総長はスウェーデンで協議を開く: only a meeting of many has its host among those who meet.
        let many = self.rule().mode.as_deref() == Some("multilateral");
        if many && states.is_empty() && bodies.len() == 1 && !self.own_meeting(codes) {
            if let Some(place) = self.place(&[]).filter(|place| place.len() == 3 && place.is_ascii()) {
                codes.push(place);
            } else if !self.heading && self.trigger.nominal && self.is_named_meeting() {
                for code in &self.discourse.topic.codes {
                    if !codes.contains(code) {
                        codes.push(code.clone());
                    }
                }
            }
        }
    }

    /// Whether a noun names one occasion, not talks in general: WTOの通商交渉 is none.
    fn is_named_meeting(&self) -> bool {
        self.rule().mode.as_deref() == Some("multilateral") || !self.dates().0.is_empty()
    }

    /// Whether a body is said to hold a meeting of its own: ASEANは10日、外相会議を開いた.
    pub(super) fn own_meeting(&self, codes: &[String]) -> bool {
        let [body] = codes else { return false };
        self.is_body(body)
            && matches!(self.rule().mode.as_deref(), Some("multilateral" | "meeting"))
            && self.trigger.noun_chunk.is_some()
            && self.clause().is_some_and(|clause| {
                clause.arguments.iter().any(|argument| {
                    let named = self.analysis.chunks[argument.chunk].content;
                    argument.case == Case::Ga
                        && self.reading.mentions_in(named).last().is_some_and(|mention| {
                            let entity = &self.reading.named.entities[mention.entity];
                            // A bracket may close behind its name, but no noun follows: ASEAN首脳会議.
                            mention.span.end + 1 >= named.end && entity.code.as_ref() == Some(body)
                        })
                })
            })
    }

    /// The rule and recipients of an act aimed at another state: ロシアへ部隊を派遣, 基地に向けてミサイルを発射.
    pub(super) fn aimed(&self, rule: &Rule, source: &[String]) -> Option<(usize, Vec<String>)> {
        let aimed = self.reader.rules.by_id(rule.aimed.as_deref()?)?;
        let clause = self.clause().filter(|_| !self.trigger.nominal)?;
        clause.arguments.iter().find_map(|argument| {
            if !matches!(argument.case, Case::He | Case::Ni | Case::Toward)
                || argument.shared
                || self.phrases.is_time(argument.chunk)
            {
                return None;
            }
            let words = argument.span.text(self.reading.chars());
            let mentions = self.reading.mentions_in(argument.span);
            if self.reader.rules.away.iter().any(|word| words.contains(word.as_str())) || mentions.is_empty()
            {
                return None;
            }
            let last = mentions
                .iter()
                .rev()
                .find(|mention| mention.states.len() == 1 && !source.contains(&mention.states[0]))?;
            // 海外の基地: whose base it is counts, not where it lies.
            let own = mentions.iter().rev().find(|mention| {
                matches!(mention.kind, Kind::Organization | Kind::State)
                    && mention.states.len() == 1
                    && !source.contains(&mention.states[0])
            });
            Some((aimed, own.unwrap_or(last).states.clone()))
        })
    }

    pub(super) fn is_mission(&self, span: Span) -> bool {
        let words = span.text(self.reading.chars());
        self.reader.rules.missions.iter().any(|ending| words.ends_with(ending.as_str()))
    }

    /// The rules of the acts that a clause's objects name, also within the deed that they fill.
    fn rules_named(&self) -> Vec<usize> {
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
                self.is_deed(it) && phrase.case == Some(Case::No) && phrase.inner.is_none()
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

    /// Who does what a noun with a recipient names: where it happens, else the other of the pair spoken of.
    pub(super) fn doer_of_noun(&self, target: &[String]) -> Vec<String> {
        let kind = self.rule().kind;
        if !matches!(
            kind,
            EventType::Sanction
                | EventType::Coerce
                | EventType::Assault
                | EventType::Consult
                | EventType::Accuse
        ) {
            return Vec::new();
        }
        // 安保理に対し、制裁を解除するよう要請した: whoever is asked to lift it has imposed it.
        if let Some(clause) = self.clause().filter(|it| it.link == Link::Request && kind == EventType::Sanction)
        {
            let asking = clause.head.and_then(|head| self.analysis.clauses.get(head));
            let asked = asking.into_iter().flat_map(|it| &it.arguments).find(|it| {
                matches!(it.case, Case::Ni | Case::Against) && !self.phrases.is_time(it.chunk)
            });
            let mut codes = asked.map(|it| self.phrases.of(it, self.discourse).codes).unwrap_or_default();
            codes.retain(|code| !target.contains(code));
            if !codes.is_empty() {
                return codes;
            }
        }
        if let Some(chunk) = self.trigger.noun_chunk {
            for modifier in self.analysis.modifiers(chunk) {
                let phrase = &self.analysis.chunks[modifier];
                if phrase.inner == Some(Case::De) {
                    let codes = self.phrases.codes_with_places(phrase.content);
                    if !codes.is_empty() && codes.iter().all(|code| !target.contains(code)) {
                        return codes;
                    }
                }
            }
        }
        if let Some(index) = self.trigger.clause
            && kind == EventType::Consult
        {
            let mut subject = self.phrases.subject(index, self.discourse, self.heading).codes;
            subject.retain(|code| !target.contains(code));
            return subject;
        }
        // 野党指導者の収監, 武装組織の掃討: of a person or a group of the state, at home.
        let at_home = self.trigger.noun_chunk.is_some_and(|chunk| {
            self.reading.mentions_in(self.analysis.subtree_span(chunk)).iter().any(|mention| {
                matches!(mention.kind, Kind::Person | Kind::Organization)
                    && mention.states.iter().any(|state| target.contains(state))
                    && !self.is_mission(mention.span)
            })
        });
        let both = self.discourse.clear_pair();
        if both.len() == 2
            && !at_home
            && target.len() == 1
            && both.contains(&target[0])
            && !self.heading
            && matches!(kind, EventType::Sanction | EventType::Coerce | EventType::Assault)
        {
            return both.into_iter().filter(|code| !target.contains(code)).collect();
        }
        Vec::new()
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
            .map(|draft| draft.source.clone())
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
        if self.rule().kind != EventType::Reject || self.trigger.nominal || self.embedded() {
            return None;
        }
        here.iter()
            .rev()
            .chain(before.iter().rev().take(8))
            .find(|draft| {
                speech(draft.kind)
                    && draft.kind != EventType::Support
                    && self.index.saturating_sub(draft.sentence) <= 3
                    && draft.target.iter().any(|code| source.contains(code))
                    && draft.source.iter().all(|code| !source.contains(code))
            })
            .map(|draft| draft.source.clone())
    }

    /// Whether an argument only points to what has just been told: この決定を.
    fn is_deed(&self, argument: &entente_clause::Argument) -> bool {
        let words = self.analysis.chunks[argument.chunk].content.text(self.reading.chars());
        self.phrases.codes_in(argument.span).is_empty()
            && self.reader.rules.deeds.iter().any(|deed| words.ends_with(deed.as_str()))
    }

    /// Whether words of blame or threat have a subject, but nothing beside them says what they are about.
    fn bare_reaction(&self) -> bool {
        let said = self.rule().target.iter().any(|place| place == "content");
        said && self.clause().is_some_and(|clause| {
            let about = clause.arguments.iter().any(|it| {
                matches!(it.case, Case::Ni | Case::Against | Case::About | Case::Wo)
                    && !it.shared
                    && !it.topic
                    && !self.is_noun(it.chunk)
                    && !self.phrases.is_time(it.chunk)
                    && !self.is_deed(it)
            });
            matches!(clause.link, Link::Final | Link::And | Link::But)
                && clause.subject().is_some()
                && !clause.predicate.negated
                && clause.carried.is_none_or(|carried| carried.modality.is_none())
                && !about
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
                || self.reading.entity(mention).media || mention.kind == Kind::Place {
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
    fn answered_topic(&self, source: &[String]) -> Option<Vec<String>> {
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

    /// 10日に署名された文書: a paper has those who met, where nobody else is named.
    pub(super) fn signed_by_all(&self) -> bool {
        self.rule().kind == EventType::Agree
            && self.clause().is_some_and(|clause| {
                clause.predicate.voice == Voice::Passive
                    && clause.arguments.iter().all(|it| !matches!(it.case, Case::By | Case::Ni) || it.shared)
            })
    }

    /// Who lets go of what it holds: イランに拘束されていた米国人が解放された.
    pub(super) fn undone_by(&self, target: &[String], before: &[Draft], here: &[Draft]) -> Vec<String> {
        let passive = self.clause().is_some_and(|clause| clause.predicate.voice == Voice::Passive);
        let undoes = matches!(self.rule().kind, EventType::Retreat | EventType::Concede);
        // 警備艇に銃撃され、拿捕された: by the same.
        let again = matches!(self.rule().kind, EventType::Assault | EventType::Coerce)
            && self.clause().is_some_and(|clause| {
                clause
                    .arguments
                    .iter()
                    .all(|it| !matches!(it.case, Case::By | Case::Ni | Case::Kara) || it.shared)
            });
        let negated = self.clause().is_some_and(|clause| clause.predicate.negated);
        if passive && again && !negated && !target.is_empty() {
            let same = here.iter().rev().find(|draft| {
                matches!(draft.kind, EventType::Assault | EventType::Coerce) && draft.target == target
            });
            return same.map(|draft| draft.source.clone()).unwrap_or_default();
        }
        if !passive || !undoes || target.is_empty() {
            return Vec::new();
        }
        here.iter()
            .rev()
            .chain(before.iter().rev())
            .find(|draft| {
                matches!(draft.kind, EventType::Coerce | EventType::Sanction | EventType::Assault)
                    && draft.target == target
            })
            .map(|draft| draft.source.clone())
            .unwrap_or_default()
    }

    /// 交渉が決裂した, 停戦は同日に発効した: an act that is its clause's subject and names nobody is that of the two
    /// whom the text is about.
    pub(super) fn between_the_two(&self) -> Option<Vec<String>> {
        let clause = self.clause().filter(|_| !self.trigger.nominal && !self.heading)?;
        let itself = clause.arguments.iter().any(|it| it.case == Case::Ga && self.is_noun(it.chunk));
        let kind = self.rule().kind;
        let between = matches!(kind, EventType::Retreat | EventType::Consult | EventType::Reject);
        let both = self.discourse.clear_pair();
        // Not two of whom one has not come up yet.
        let from = self.reading.sentences[self.index.saturating_sub(6)].span.start;
        let so_far = Span::new(from, self.reading.sentences[self.index].span.end);
        let come_up = |code: &String| {
            self.reading.mentions_in(so_far).iter().any(|mention| mention.states.contains(code))
        };
        (itself
            && between
            && both.len() == 2
            && both.iter().all(come_up)
            && !both.iter().any(|code| self.is_body(code)))
        .then_some(both)
    }

    /// 訪問し、貿易について話し合った: the guest and the host of the visit told in the same sentence, or in the one before
    /// of whoever goes on without a name.
    pub(super) fn met_on_visit(
        &self,
        source: &[String],
        before: &[Draft],
        here: &[Draft],
    ) -> Option<Vec<String>> {
        let visit = |draft: &&Draft| {
            draft.kind == EventType::Consult
                && draft.mode.as_deref() == Some("visit")
                && draft.status != Status::Proposed
                && draft.source.len() == 1
                && draft.target.len() == 1
                && source.iter().all(|code| draft.source.contains(code) || draft.target.contains(code))
        };
        let sits = self.rule().kind == EventType::Consult && self.rule().mode.as_deref() != Some("visit")
            || self.rule().kind == EventType::Agree
                && self.clause().is_some_and(|clause| {
                    let other = clause.arguments.iter().any(|it| it.case == Case::Ga && !it.shared);
                    !clause.predicate.negated && clause.carried.is_none() && (!other || !source.is_empty())
                });
        let alone = |draft: &&Draft| {
            self.index.saturating_sub(draft.sentence) <= 1
                && !draft.nominal
                && !draft.embedded
                && !self.embedded()
                && matches!(draft.status, Status::Occurred | Status::Ongoing)
        };
        here.iter()
            .rev()
            .find(visit)
            .or_else(|| before.last().filter(visit).filter(alone))
            .filter(|_| sits)
            .map(|draft| {
                let mut both = vec![draft.source[0].clone(), draft.target[0].clone()];
                both.sort();
                both
            })
    }

    /// Two who do to each other what the verb says: 攻撃し合った.
    pub(super) fn each_other(&self) -> Option<Party> {
        let rule = self.rule();
        let does = rule.parties == Parties::Directed
            && !matches!(rule.kind, EventType::Support | EventType::Consult)
            && !self.trigger.nominal;
        let clause = self.clause().filter(|_| does)?;
        let chars = self.reading.chars();
        let noun = clause.predicate.noun.map_or(clause.predicate.span.start + 1, |noun| noun.end);
        let tail = Span::new(noun.min(clause.predicate.span.end), clause.predicate.span.end).text(chars);
        // 互いの外交官を追放した: or by what it is done to.
        let of_each = clause
            .arguments
            .iter()
            .any(|it| it.case == Case::Wo && !it.shared && self.phrases.is_of_each(it.span));
        let mutual = of_each
            || ["し合", "しあ", "い合", "き合", "り合", "ち合"].iter().any(|end| tail.starts_with(end));
        let mut both = self.subject(false);
        both.codes.sort();
        (mutual && both.codes.len() == 2).then_some(both)
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
            matches!(it.case, Case::Ni | Case::Against)
                && !it.shared
                && matches!(words.as_str(), "双方" | "両者" | "両国" | "両政府" | "両当事者")
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
        let all: Vec<Vec<String>> = before.iter().filter(harms).map(sides).filter(|it| it.len() == 2).collect();
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

    /// Whether harm is done by both sides whom a word points back to, and to nobody else who is named.
    pub(super) fn of_both_sides(&self, source: &[String]) -> bool {
        let harm = matches!(self.rule().kind, EventType::Assault | EventType::Coerce);
        let chars = self.reading.chars();
        let sides = |chunk: usize| {
            let words = self.analysis.chunks[chunk].content.text(chars);
            self.phrases.points_back(&words)
        };
        let subject = self.clause().and_then(|clause| clause.subject()).map(|it| it.chunk);
        let genitive = self.trigger.noun_chunk.map(|chunk| self.analysis.modifiers(chunk)).unwrap_or_default();
        let of_noun = genitive.into_iter().any(|at| {
            let phrase = &self.analysis.chunks[at];
            phrase.case == Some(Case::No) && phrase.inner.is_none_or(|it| it == Case::By) && sides(at)
        });
        harm && source.len() == 2
            && !self.heading
            && source.iter().all(|code| !self.is_body(code))
            && (of_noun || !self.trigger.nominal && subject.is_some_and(sides))
    }

    /// ケニアは警官を派遣する。米国は資金を出す: help goes where the help that was told right before goes.
    pub(super) fn helped_before(
        &self,
        source: &[String],
        before: &[Draft],
        here: &[Draft],
    ) -> Option<Vec<String>> {
        let helps = self.rule().kind == EventType::Aid
            && !self.embedded()
            && !self.heading
            && !self.clause().is_some_and(|clause| self.helps_others(clause));
        here.iter()
            .rev()
            .chain(before.iter().rev())
            .take_while(|draft| self.index.saturating_sub(draft.sentence) <= 4)
            .find(|draft| {
                helps
                    && draft.kind == EventType::Aid
                    && draft.target.len() == 1
                    && draft.status != Status::Denied
                    && draft.target.iter().all(|code| !source.contains(code))
            })
            .map(|draft| draft.target.clone())
    }

    /// 島しょ国に支援を表明した: whether whoever is helped is named, though no actor here.
    fn helps_others(&self, clause: &Clause) -> bool {
        clause.arguments.iter().any(|it| {
            matches!(it.case, Case::Ni | Case::He | Case::Against | Case::Toward)
                && !it.shared
                && !self.is_noun(it.chunk)
                && !self.phrases.is_time(it.chunk)
                && !self.analysis.chunks[it.chunk].content.text(self.reading.chars()).ends_with("ため")
        })
    }

    /// 両国は協定に署名した。米国は4500万ドルを支援する: help goes to the one just met, where nobody else is named.
    pub(super) fn helped_partner(
        &self,
        source: &[String],
        before: &[Draft],
        here: &[Draft],
    ) -> Option<Vec<String>> {
        let clause = self.clause().filter(|_| {
            self.rule().kind == EventType::Aid && !self.trigger.nominal && !self.embedded() && !self.heading
        })?;
        let last =
            here.iter().rev().chain(before.iter().rev()).next().filter(|_| !self.helps_others(clause))?;
        let together = last.source == last.target
            && last.source.len() == 2
            && matches!(last.kind, EventType::Consult | EventType::Agree)
            && self.index.saturating_sub(last.sentence) <= 2
            && source.len() == 1
            && last.source.contains(&source[0]);
        let others = || last.source.iter().filter(|code| !source.contains(code)).cloned().collect();
        together.then(others)
    }

    /// 操縦士を拘束した。翌日、解放すると表明した: of whom one lets go that was told to be held.
    pub(super) fn held_before(
        &self,
        source: &[String],
        before: &[Draft],
        here: &[Draft],
    ) -> Option<Vec<String>> {
        let lets_go = self.rule().kind == EventType::Retreat
            && self.rule().parties == Parties::Directed
            && !self.trigger.nominal
            && self.clause().is_some_and(|clause| clause.arguments.iter().any(|it| it.case == Case::Wo));
        here.iter()
            .rev()
            .chain(before.iter().rev())
            .filter(|_| lets_go && self.rule().id == "release")
            .find(|draft| {
                draft.kind == EventType::Coerce
                    && draft.source == source
                    && draft.target.len() == 1
                    && draft.target != draft.source
            })
            .map(|draft| draft.target.clone())
    }

    /// 両国が署名、第三国が仲介: between those who come together in the same sentence.
    pub(super) fn mediated(&self, source: &[String], here: &[Draft]) -> Option<Vec<String>> {
        let mediates = self.rule().mode.as_deref() == Some("mediation");
        here.iter()
            .rev()
            .find(|draft| {
                mediates
                    && draft.source == draft.target
                    && draft.source.len() == 2
                    && draft.source.iter().all(|code| !source.contains(code))
            })
            .map(|draft| draft.target.clone())
    }

    /// 銃撃があり、兵士2人が死亡した: those who died by it.
    pub(super) fn died(&self, source: &[String]) -> Option<Vec<String>> {
        let clause = self.clause().filter(|clause| {
            self.rule().kind == EventType::Assault
                && matches!(clause.link, Link::And)
                && clause.carried.is_some()
        })?;
        let next = self.analysis.clauses.get(clause.head?)?;
        let hit =
            next.arguments.iter().find(|it| it.case == Case::Ga && !it.shared && it.chunk > clause.chunk)?;
        let mut codes = self.phrases.codes_with_places(hit.span);
        codes.truncate(1);
        let suffers = self.reader.rules.suffering.contains(&next.predicate.lemma);
        (suffers && codes.len() == 1 && !source.contains(&codes[0])).then_some(codes)
    }

    /// Those who, by the sentences before, sit together: 表敬し、…の署名式に臨んだ.
    pub(super) fn met(&self, source: &[String], before: &[Draft], here: &[Draft]) -> Option<Vec<String>> {
        here.iter()
            .rev()
            .chain(before.iter().rev())
            .filter(|draft| self.index.saturating_sub(draft.sentence) <= 3)
            .find(|draft| {
                draft.source == draft.target
                    && draft.source.len() >= 2
                    && matches!(draft.kind, EventType::Consult | EventType::Agree)
                    && matches!(draft.status, Status::Occurred | Status::Ongoing)
                    && source.iter().all(|code| draft.source.contains(code))
            })
            .map(|draft| draft.source.clone())
    }

    /// 2022年のロシアの侵攻: of the two whom the text is about, the other one was met.
    pub(super) fn other_of_two(&self, source: &[String]) -> Option<Vec<String>> {
        let both = self.discourse.clear_pair();
        let hostile =
            matches!(self.rule().kind, EventType::Assault | EventType::Sanction | EventType::Coerce);
        let nominal = self.trigger.nominal && !self.heading && self.rule().nominal;
        // 乗員が中国側に拘束された: those of the other one.
        let suffered = !self.trigger.nominal
            && self.rule().kind == EventType::Coerce
            && self.clause().is_some_and(|clause| {
                let crew = |it: &entente_clause::Argument| {
                    let mut content = self.analysis.chunks[it.chunk].content;
                    if let Some(figure) = self.reading.figure_to(content.end) {
                        content.end = figure.span.start.max(content.start);
                    }
                    let words = content.text(self.reading.chars());
                    let words = words.trim_end_matches('ら');
                    it.case == Case::Ga
                        && self.reader.rules.crews.iter().any(|end| words.ends_with(end.as_str()))
                };
                clause.predicate.voice == Voice::Passive && clause.arguments.iter().any(crew)
            });
        if !(nominal || suffered)
            || !hostile
            || both.len() != 2
            || source.len() != 1
            || !both.contains(&source[0])
        {
            return None;
        }
        let other: Vec<String> = both.into_iter().filter(|code| code != &source[0]).collect();
        (!self.is_body(&other[0])).then_some(other)
    }

    /// …と衝突した。タジキスタン側の砲撃は続いた: whom it has been fighting in this text.
    pub(super) fn foe(&self, source: &[String], before: &[Draft], here: &[Draft]) -> Option<Vec<String>> {
        let told = self.trigger.nominal || !self.embedded();
        let fights = self.rule().kind == EventType::Assault
            && self.rule().nominal
            && told
            && source.len() == 1
            && !self.heading;
        let last = here.iter().rev().chain(before.iter().rev()).find(|draft| {
            fights
                && draft.kind == EventType::Assault
                && self.index.saturating_sub(draft.sentence) <= 4
                && (draft.source.contains(&source[0]) || draft.target.contains(&source[0]))
        })?;
        let mut others: Vec<String> = last.source.iter().chain(&last.target).cloned().collect();
        others.retain(|code| code != &source[0]);
        others.dedup();
        (others.len() == 1).then_some(others)
    }

    /// 訪問先のカザフスタンで「支持する」と述べた: whom one backs on a visit.
    pub(super) fn visited(&self, source: &[String], here: &[Draft]) -> Option<Vec<String>> {
        let backs = self.rule().kind == EventType::Support && !self.trigger.nominal;
        here.iter()
            .rev()
            .find(|draft| backs && draft.mode.as_deref() == Some("visit") && draft.source == source)
            .map(|draft| draft.target.clone())
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
        let others = one
            || all.iter().any(|draft| draft.target == last.target && draft.source != last.source);
        let blames = all.iter().any(|draft| draft.source == last.target && draft.target == last.source);
        (others && !blames && !source.contains(&last.target[0])).then(|| last.target.clone())
    }

    /// Whose border troops are sent to: コロンビアとの国境に部隊を送った.
    pub(super) fn across_border(&self, source: &[String]) -> Option<Vec<String>> {
        let clause = self.clause().filter(|_| !self.trigger.nominal)?;
        let chars = self.reading.chars();
        let at =
            |it: &&entente_clause::Argument| matches!(it.case, Case::Ni | Case::He | Case::De | Case::Wo);
        clause.arguments.iter().filter(at).find_map(|it| {
            let words = it.span.text(chars);
            let mut codes = self.phrases.codes_in(it.span);
            codes.retain(|code| !source.contains(code));
            (words.contains("との国境") && codes.len() == 1).then_some(codes)
        })
    }

    /// 艦艇を砲撃し、乗組員を拘束した: the same are hit again in the same sentence.
    pub(super) fn hit_as_well(&self, source: &[String], here: &[Draft]) -> Option<Vec<String>> {
        let hostile = |kind: EventType| matches!(kind, EventType::Assault | EventType::Coerce);
        let last = here.iter().rev().find(|draft| hostile(draft.kind) && draft.source == source)?;
        (hostile(self.rule().kind) && last.source != last.target && !last.target.is_empty())
            .then(|| last.target.clone())
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
            .map(|draft| draft.source.clone())
    }

    /// 隣国は貯水を始めると宣言し、エジプトが「違法だ」と抗議した: whoever did what the clause right before tells.
    pub(super) fn acted_before(&self, source: &[String]) -> Option<Vec<String>> {
        let index = self.trigger.clause.filter(|_| !self.trigger.nominal && !self.heading)?;
        let own = self.analysis.clauses[index]
            .arguments
            .iter()
            .find(|it| it.case == Case::Ga && !it.shared && it.chunk < self.analysis.clauses[index].chunk)?;
        let blames = self.rule().kind == EventType::Accuse && self.bare_reaction_within();
        let chars = self.reading.chars();
        let before = self.analysis.clauses[..index].iter().rev().find(|it| {
            it.chunk < own.chunk && it.quote.is_none() && matches!(it.link, Link::And | Link::But | Link::Because)
        })?;
        let rest = chars.get(before.predicate.span.end..).unwrap_or_default();
        let beside = rest.starts_with(&['ほ', 'か']) || rest.starts_with(&['他']) || rest.starts_with(&['一', '方']);
        let doer = before
            .arguments
            .iter()
            .find(|it| it.case == Case::Ga && !it.shared)
            .or_else(|| before.arguments.iter().find(|it| it.topic && it.shared && it.chunk < before.chunk))?;
        let codes = self.phrases.of(doer, self.discourse).codes;
        let joined = self.analysis.clauses.iter().position(|it| it.chunk == before.chunk).and_then(|at| self.kind_of(at));
        // 米国は非難し、英国も抗議した: nor one who blames as well.
        let blames_too = joined.is_some_and(|kind| kind == EventType::Accuse);
        (blames && !beside && !blames_too && codes.len() == 1 && !source.contains(&codes[0]) && !self.is_body(&codes[0]))
            .then_some(codes)
    }

    /// Whether words of blame say of nobody what they are about, wherever they stand.
    fn bare_reaction_within(&self) -> bool {
        self.clause().is_some_and(|clause| {
            !clause.arguments.iter().any(|it| {
                matches!(it.case, Case::Ni | Case::Against | Case::About | Case::Wo)
                    && !it.shared
                    && !it.topic
                    && !self.is_noun(it.chunk)
                    && !self.phrases.is_time(it.chunk)
                    && !self.is_deed(it)
            })
        })
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
    fn is_venue(&self, chunk: usize) -> bool {
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

    /// …で合意した。26日からの協議で決まった: the talks were theirs who agreed.
    pub(super) fn sat_before(&self, before: &[Draft]) -> Option<Vec<String>> {
        // 昨年4月の武力衝突: of those who fight again.
        if self.rule().kind == EventType::Assault {
            let last = before.iter().rev().find(|draft| draft.kind == EventType::Assault)?;
            let both = last.source == last.target && last.source.len() == 2;
            return (both && self.index.saturating_sub(last.sentence) <= 6).then(|| last.source.clone());
        }
        let last = before.last().filter(|draft| {
            self.rule().kind == EventType::Consult
                && self.rule().mode.as_deref() != Some("visit")
                && draft.source == draft.target
                && draft.source.len() >= 2
                && matches!(draft.kind, EventType::Agree | EventType::Retreat)
                && self.index.saturating_sub(draft.sentence) <= 1
        })?;
        Some(last.source.clone())
    }

    /// Those of the meeting just told: 六カ国協議が閉幕　共同声明を採択; 次の会合を開く.
    fn sat_together(&self, before: &[Draft], here: &[Draft]) -> Option<Vec<String>> {
        self.met(&[], before, here).filter(|codes| codes.iter().all(|code| !self.is_body(code)))
    }

    /// The parties of an act that names none: of a headline's second half, or of the next meeting of the same.
    pub(super) fn same_again(&self, before: &[Draft], here: &[Draft], evidence: Span) -> Option<Vec<String>> {
        let kind = self.rule().kind;
        if self.heading && matches!(kind, EventType::Agree | EventType::Retreat) && !self.trigger.nominal {
            return self.sat_together(&[], here);
        }
        let words = evidence.text(self.reading.chars());
        let next = self.reader.rules.nexts.iter().any(|word| words.contains(word.as_str()));
        if kind == EventType::Consult && next {
            return self.sat_together(before, here);
        }
        None
    }

    /// Whether the subject does what others have just done: 英国も.
    fn does_as_well(&self) -> bool {
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
            let partner = clause.arguments.iter().find_map(|argument| {
                let speaks_to = match argument.case {
                    Case::To | Case::Against => true,
                    Case::Wo => summons,
                    _ => false,
                };
                if !speaks_to || argument.shared || argument.topic {
                    return None;
                }
                let mut party = self.phrases.of(argument, self.discourse);
                party.codes.retain(|code| !source.contains(code));
                (matches!(party.codes.len(), 1 | 2)).then_some(party.codes)
            });
            if partner.is_some() {
                return partner;
            }
            at = other;
        }
        None
    }

    /// Whether the text leaves no doubt who the other party is.
    pub(super) fn counterpart_clear(&self) -> bool {
        !self.heading && self.discourse.pair.len() == 2
    }

    /// The other party where the sentence names none: the one met, or the other of the pair spoken of.
    pub(super) fn counterpart(
        &self,
        source: &[String],
        before: &[Draft],
        here: &[Draft],
    ) -> Option<Vec<String>> {
        if self.heading && self.discourse.pair.is_empty() {
            return None;
        }
        // Whom one rejects is hardly the one it talks to; whom one asks or blames is.
        if self.rule().kind == EventType::Reject
            || !speech(self.rule().kind)
                && !matches!(
                    self.rule().kind,
                    EventType::Consult | EventType::Concede | EventType::Retreat | EventType::Sanction
                )
        {
            return None;
        }
        // 牧師を釈放させる: a release within other words is of anybody.
        if self.rule().kind == EventType::Retreat && self.embedded() {
            return None;
        }
        // Whoever travels is told to somewhere.
        if self.rule().mode.as_deref() == Some("visit") && self.rule().status.is_none() {
            return None;
        }
        // 有権者に訴えた: whoever is named, though no actor here, is the one spoken to.
        let addressed = self.clause().is_some_and(|clause| {
            clause.arguments.iter().any(|argument| {
                // 大使に対し…求めた: of whichever state he is.
                let envoy = || {
                    let words = self.analysis.chunks[argument.chunk].content.text(self.reading.chars());
                    self.reader.rules.envoys.contains(&words)
                };
                let other = matches!(argument.case, Case::Ni | Case::He | Case::Against)
                    && !envoy()
                    && !self.is_noun(argument.chunk)
                    && !self.phrases.is_time(argument.chunk)
                    && self.rule().target.iter().any(|place| case_of(place) == Some(argument.case));
                // 党首の経済政策を批判した: what is one's own is no other's.
                let own = || {
                    let mentions = self.reading.mentions_in(argument.span);
                    // 大臣から、自国企業への配慮を要請した: who asks, and what for, are no addressees.
                    let asks = argument.case == Case::Kara
                        && mentions.iter().any(|mention| mention.kind == Kind::Person)
                        || argument.case == Case::Wo && self.rule().kind == EventType::Request;
                    // 衆院本会議で…と述べた: nor is where it is said.
                    let words = self.analysis.chunks[argument.chunk].content.text(self.reading.chars());
                    let there = argument.case == Case::De
                        && (self.is_venue(argument.chunk)
                            || self.reader.rules.sayings.iter().any(|end| words.ends_with(end.as_str())));
                    argument.case != Case::Ga
                        && !asks
                        && !there
                        && !mentions.is_empty()
                        && mentions.iter().all(|mention| {
                            !mention.states.is_empty()
                                && mention.states.iter().all(|state| source.contains(state))
                        })
                };
                !argument.shared && !argument.topic && (other || own())
            })
        });
        // 前大統領を擁護した: whoever is backed is named, though no actor here.
        let backed = self.rule().kind == EventType::Support
            && self.clause().is_some_and(|clause| {
                clause.arguments.iter().any(|it| it.case == Case::Wo && !it.shared && !self.is_noun(it.chunk))
            });
        if addressed || backed || self.turned_inward() {
            return None;
        }
        let both = self.discourse.clear_pair();
        // Two states that the text has so far told nothing of between them are no parties to each other.
        let between = |draft: &Draft| {
            let of = |code: &String| draft.source.contains(code) || draft.target.contains(code);
            both.iter().all(of)
        };
        if self.discourse.pair.len() != 2 && !before.iter().chain(here).any(between) {
            return None;
        }
        let others: Vec<String> = both.iter().filter(|code| !source.contains(code)).cloned().collect();
        // Only one whom these sentences speak of.
        let near = |code: &String| {
            let from = self.reading.sentences[self.index.saturating_sub(3)].span.start;
            let span = Span::new(from, self.reading.sentences[self.index].span.end);
            self.reading.mentions_in(span).iter().any(|mention| mention.states.contains(code))
        };
        (both.len() == 2 && others.len() == 1 && (near(&others[0]) || self.discourse.pair == both))
            .then_some(others)
    }

    /// Whether the words are about one's own government, parties or people: 政府の外交は屈辱的だと批判した.
    pub(super) fn turned_inward(&self) -> bool {
        let Some(index) = self.trigger.clause else { return false };
        let contents = self.analysis.clauses[..index]
            .iter()
            .filter(|clause| {
                clause.head == Some(index) && matches!(clause.link, Link::Content | Link::Nominal)
            })
            .map(|clause| clause.span);
        let objects = self.analysis.clauses[index]
            .arguments
            .iter()
            .filter(|it| it.case != Case::Ga && !it.shared && !self.is_noun(it.chunk))
            .map(|it| it.span);
        // 元大統領の党が捏造したと非難した: of one's own.
        let own = self.analysis.clauses[..index].iter().any(|clause| {
            clause.head == Some(index)
                && clause.link == Link::Content
                && clause.subject().filter(|it| !it.shared).is_some_and(|subject| {
                    let theirs = self.phrases.of(subject, self.discourse).codes;
                    let ours = self.subject(self.heading).codes;
                    !theirs.is_empty() && theirs.iter().all(|code| ours.contains(code))
                })
        });
        if own {
            return true;
        }
        contents.chain(objects).any(|span| {
            let words = span.text(self.reading.chars());
            self.reader.rules.inward.iter().any(|inward| words.contains(inward.as_str()))
                && self.phrases.codes_in(span).is_empty()
        })
    }
}
