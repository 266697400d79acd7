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
    pub(super) fn is_named_meeting(&self) -> bool {
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
        if let Some(clause) =
            self.clause().filter(|it| it.link == Link::Request && kind == EventType::Sanction)
        {
            let asking = clause.head.and_then(|head| self.analysis.clauses.get(head));
            let asked = asking
                .into_iter()
                .flat_map(|it| &it.arguments)
                .find(|it| matches!(it.case, Case::Ni | Case::Against) && !self.phrases.is_time(it.chunk));
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

    /// 圧力を強めた。牛肉の輸入が止められ、…: who goes on, and against whom, where an act of the same kind tells neither
    /// who does it nor, perhaps, to whom.
    pub(super) fn goes_on(
        &self,
        target: &[String],
        before: &[Draft],
        here: &[Draft],
    ) -> Option<(Vec<String>, Vec<String>)> {
        let clause = self.clause().filter(|_| !self.heading && !self.embedded())?;
        let unsaid = clause.arguments.iter().all(|it| {
            self.phrases.is_time(it.chunk)
                || !(matches!(it.case, Case::By | Case::Kara) || it.case == Case::Ni && self.acts(it.chunk))
                || it.shared
        });
        let passive = clause.predicate.voice == Voice::Passive;
        let kind = self.rule().kind;
        let alike = |other: EventType| match kind {
            EventType::Sanction => matches!(other, EventType::Sanction | EventType::Coerce),
            EventType::Mobilize => other == EventType::Mobilize,
            EventType::Assault | EventType::Coerce => {
                matches!(other, EventType::Assault | EventType::Coerce | EventType::Mobilize)
            }
            _ => false,
        };
        let others = self.phrases.codes_in(clause.span);
        let happens = kind == EventType::Mobilize
            && self.reader.rules.happen.contains_key(clause.predicate.lemma.as_str());
        if !unsaid || !(passive || happens) || clause.predicate.negated {
            return None;
        }
        let last = here.iter().rev().chain(before.iter().rev()).find(|draft| alike(draft.kind))?;
        let near = self.index.saturating_sub(last.sentence) <= if passive { 2 } else { 1 };
        let one = last.source.len() == 1 && last.source != last.target && !last.embedded;
        let fits = match kind {
            EventType::Mobilize => others.iter().all(|code| last.source.contains(code)),
            _ => {
                let fits = if target.is_empty() { &others[..] } else { target };
                last.target.len() == 1 && fits.iter().all(|code| last.target.contains(code))
            }
        };
        let done = matches!(last.status, Status::Occurred | Status::Ongoing);
        (near && one && fits && done).then(|| {
            let target = if kind == EventType::Mobilize { Vec::new() } else { last.target.clone() };
            (last.source.clone(), target)
        })
    }

    /// Whether a phrase names or may be somebody who acts.
    fn acts(&self, chunk: usize) -> bool {
        let content = self.analysis.chunks[chunk].content;
        let words = content.text(self.reading.chars());
        !self.phrases.named(content).is_empty()
            || self.reader.rules.unnamed.iter().any(|end| words.ends_with(end.as_str()))
            || self.phrases.points_back(&words)
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
        // 互いに非難している: or by how it is done.
        let mutually = self.analysis.chunks.iter().any(|it| {
            it.kind == ChunkKind::Adverbial
                && it.head == Some(clause.chunk)
                && self.phrases.anaphors.mutually.contains(&it.content.text(chars))
        });
        let mutual = of_each
            || mutually
            || self.phrases.anaphors.mutually.contains(&clause.predicate.lemma)
            // 非難の応酬を繰り広げた.
            || clause.arguments.iter().any(|it| {
                let words = self.analysis.chunks[it.chunk].content.text(chars);
                it.case == Case::Wo
                    && !it.shared
                    && self.phrases.anaphors.mutually.contains(&format!("{words}する"))
            })
            || ["し合", "しあ", "い合", "き合", "り合", "ち合"].iter().any(|end| tail.starts_with(end));
        let mut both = self.subject(false);
        both.codes.sort();
        (mutual && both.codes.len() == 2).then_some(both)
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
        let genitive =
            self.trigger.noun_chunk.map(|chunk| self.analysis.modifiers(chunk)).unwrap_or_default();
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
    pub(super) fn helps_others(&self, clause: &Clause) -> bool {
        clause.arguments.iter().any(|it| {
            matches!(it.case, Case::Ni | Case::He | Case::Against | Case::Toward)
                && !it.shared
                && !self.is_noun(it.chunk)
                && !self.phrases.is_time(it.chunk)
                && !self.says_how(it.chunk)
        })
    }

    /// 見返りに, 人道支援のため: whether a phrase says how or what for something is done, not to whom.
    pub(super) fn says_how(&self, chunk: usize) -> bool {
        let words = self.analysis.chunks[chunk].content.text(self.reading.chars());
        self.reader.rules.manners.iter().any(|end| words.ends_with(end.as_str()))
    }

    /// The clause of an act of a kind that the text tells by a verb of its own, neither in a headline nor in others' words.
    fn told_as(&self, kind: EventType) -> Option<&Clause> {
        self.clause().filter(|_| {
            self.rule().kind == kind && !self.trigger.nominal && !self.embedded() && !self.heading
        })
    }

    /// 両国は協定に署名した。米国は4500万ドルを支援する: help goes to the one just met, where nobody else is named.
    pub(super) fn helped_partner(
        &self,
        source: &[String],
        before: &[Draft],
        here: &[Draft],
    ) -> Option<Vec<String>> {
        let clause = self.told_as(EventType::Aid)?;
        let last =
            here.iter().rev().chain(before.iter().rev()).next().filter(|_| !self.helps_others(clause))?;
        let together = last.source == last.target
            && last.source.len() == 2
            && matches!(last.kind, EventType::Consult | EventType::Agree)
            && self.index.saturating_sub(last.sentence) <= 2
            && source.len() == 1
            && last.source.contains(&source[0]);
        let others = || last.source.iter().filter(|code| !source.contains(code)).cloned().collect();
        // ウクライナの要請を受け、ドイツはミサイルを引き渡した: whoever asked for it.
        let asked = here.iter().rev().find(|draft| {
            draft.kind == EventType::Request && draft.target == source && draft.source.len() == 1
        });
        if let Some(asked) = asked {
            return Some(asked.source.clone());
        }
        // 首相を迎え、資金の協力を約束した: the guest.
        let guest = here.iter().rev().find(|draft| {
            draft.mode.as_deref() == Some("visit")
                && draft.target == source
                && draft.source.len() == 1
                && matches!(draft.status, Status::Occurred | Status::Ongoing)
        });
        if let Some(guest) = guest {
            return Some(guest.source.clone());
        }
        // 長官をグルジアに派遣し、救援物資を運ぶ: where one goes in the same sentence.
        let host = here.iter().rev().find(|draft| {
            draft.mode.as_deref() == Some("visit") && draft.source == source && draft.target.len() == 1
        });
        if let Some(host) = host {
            return Some(host.target.clone());
        }
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
        // 米国が仲介した両国の停戦, トルコの仲介による停戦: those whose act it is that somebody has helped to.
        let of = self.trigger.noun_chunk.filter(|_| self.trigger.nominal);
        let clause = self.clause().filter(|it| it.link == Link::Adnominal && !self.trigger.nominal);
        let noun = of
            .filter(|&chunk| self.analysis.chunks[chunk].inner == Some(Case::By))
            .or(clause.map(|it| it.chunk))
            .filter(|_| mediates)
            .and_then(|chunk| self.analysis.chunks[chunk].head.map(|head| (chunk, head)));
        if let Some((own, noun)) = noun {
            let from = self.analysis.chunks[own].span.end;
            let whole = Span::new(from, self.analysis.chunks[noun].content.end.max(from));
            let mut codes = self.phrases.codes_in(whole);
            codes.retain(|code| !source.contains(code));
            if codes.is_empty() && self.act_at(noun).is_some() {
                codes = match self.discourse.foes.len() {
                    2 => self.discourse.foes.clone(),
                    _ => self.discourse.clear_pair(),
                };
            }
            if !codes.is_empty() && codes.iter().all(|code| !source.contains(code)) {
                codes.sort();
                return Some(codes);
            }
        }
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
        // 首都では、軍による空爆が続いた: on one's own ground one fights one's own.
        let at_home = self.clause().is_some_and(|clause| {
            clause.arguments.iter().any(|it| {
                matches!(it.case, Case::De | Case::Ni)
                    && self.phrases.codes_with_places(it.span).iter().any(|code| code == &source[0])
            })
        });
        if at_home {
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

    /// 両国が停戦で合意した。首相は「重要な一歩だ」と評価した: those whose doing together was told right before.
    pub(super) fn praised_together(
        &self,
        source: &[String],
        before: &[Draft],
        here: &[Draft],
    ) -> Option<Vec<String>> {
        let clause = self.told_as(EventType::Support)?;
        let bare = clause
            .arguments
            .iter()
            .all(|it| it.shared || !matches!(it.case, Case::Wo | Case::Ni | Case::Against | Case::About));
        let index = self.trigger.clause;
        let says = self.analysis.clauses.iter().any(|it| {
            it.head == index && it.link == Link::Content && self.phrases.codes_in(it.span).is_empty()
        });
        let last = here.iter().rev().chain(before.iter().rev()).next()?;
        let together = last.source == last.target
            && last.source.len() >= 2
            && matches!(last.kind, EventType::Agree | EventType::Retreat | EventType::Consult)
            && matches!(last.status, Status::Occurred | Status::Ongoing)
            && self.index.saturating_sub(last.sentence) <= 1
            && source.iter().all(|code| !last.source.contains(code));
        (bare && says && together).then(|| last.source.clone())
    }

    /// 訪問先のカザフスタンで「支持する」と述べた: whom one backs on a visit.
    pub(super) fn visited(&self, source: &[String], here: &[Draft]) -> Option<Vec<String>> {
        let backs = self.rule().kind == EventType::Support && !self.trigger.nominal;
        here.iter()
            .rev()
            .find(|draft| backs && draft.mode.as_deref() == Some("visit") && draft.source == source)
            .map(|draft| draft.target.clone())
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
            let border = words.find("との").is_some_and(|at| {
                let rest = &words[at..];
                ["国境", "境界"].iter().any(|line| rest.contains(line))
            });
            (border && codes.len() == 1).then_some(codes)
        })
    }

    /// 関税を課した。輸入も制限した: whom one has struck before is struck again, where nobody is named.
    pub(super) fn struck_again(
        &self,
        source: &[String],
        before: &[Draft],
        here: &[Draft],
    ) -> Option<Vec<String>> {
        let clause = self.clause()?;
        let nobody = || self.phrases.codes_in(clause.span).iter().all(|code| source.contains(code));
        let also = self.trigger.nominal
            || clause.arguments.iter().any(|it| {
                matches!(it.case, Case::Wo | Case::Ga)
                    && (it.topic || self.analysis.chunks[it.chunk].also)
                    && !it.shared
                    && self.phrases.of(it, self.discourse).is_empty()
            });
        // 翌年に撤廃した: what was laid on is lifted.
        let lifts = self.rule().kind == EventType::Concede && !self.trigger.nominal;
        let strikes = matches!(self.rule().kind, EventType::Sanction | EventType::Concede)
            && !self.heading
            && !self.embedded();
        let last = here.iter().rev().chain(before.iter().rev()).find(|draft| {
            strikes
                && (also || lifts)
                && (matches!(draft.kind, EventType::Sanction | EventType::Coerce)
                    || lifts && draft.kind == EventType::Concede)
        })?;
        // 英国は送電を止め、フランスによる援助の凍結には…: another does the same in the same sentence.
        let same = if self.trigger.nominal {
            last.sentence == self.index && last.source != source
        } else {
            last.source == source && self.index.saturating_sub(last.sentence) <= 2 && nobody()
        };
        (same && last.target.len() == 1 && !source.contains(&last.target[0])).then(|| last.target.clone())
    }

    /// 軍政を締め上げるため、企業を制裁した: at whom it is aimed.
    pub(super) fn meant_for(&self, source: &[String]) -> Option<Vec<String>> {
        let index = self.trigger.clause.filter(|_| !self.trigger.nominal)?;
        let hostile = matches!(
            self.rule().kind,
            EventType::Sanction | EventType::Coerce | EventType::Assault | EventType::Mobilize
        );
        let purpose = self.analysis.clauses[..index].iter().find(|it| {
            hostile && it.head == Some(index) && it.link == Link::Purpose && !it.predicate.negated
        })?;
        let object = purpose.arguments.iter().find(|it| it.case == Case::Wo && !it.shared)?;
        let mut codes = self.phrases.of(object, self.discourse).codes;
        codes.retain(|code| !source.contains(code));
        (codes.len() == 1).then_some(codes)
    }

    /// Of those whom the text is about, the one named last in the sentences right before.
    pub(super) fn salient_other(&self, source: &[String]) -> Option<Vec<String>> {
        let harsh = matches!(
            self.rule().kind,
            EventType::Assault | EventType::Coerce | EventType::Threaten | EventType::Reject
        );
        if !harsh || self.heading || self.embedded() {
            return None;
        }
        let from = self.reading.sentences[self.index.saturating_sub(2)].span.start;
        let span = Span::new(from, self.reading.sentences[self.index].span.end);
        let near = |code: &&String| {
            self.reading.mentions_in(span).iter().any(|it| it.kind != Kind::Place && it.states.contains(code))
        };
        let mut others =
            self.discourse.main.iter().take(3).filter(|code| !source.contains(code)).filter(near);
        others.next().map(|code| vec![code.clone()])
    }

    /// …を科したのに続き、米国も国軍の幹部を制裁した: whom the next does the same to.
    pub(super) fn followed_by(&self, source: &[String]) -> Option<Vec<String>> {
        let index = self.trigger.clause.filter(|_| !self.trigger.nominal)?;
        let noun = self
            .analysis
            .adnominal_of(index)
            .or(self.clause()?.head.map(|head| self.analysis.clauses[head].chunk))?;
        let follows = |at: usize| {
            let clause = self.analysis.chunks[at].clause.and_then(|it| self.analysis.clauses.get(it))?;
            self.reader.rules.follow.contains(&clause.predicate.lemma).then_some(clause)
        };
        let led = follows(noun).or_else(|| follows(self.analysis.chunks[noun].head?))?;
        let next = led.head?;
        if self.kind_of(next) != Some(self.rule().kind) {
            return None;
        }
        let mut codes: Vec<String> = Vec::new();
        for it in &self.analysis.clauses[next].arguments {
            if matches!(it.case, Case::Ni | Case::Wo | Case::Against) && !it.shared {
                codes.extend(self.phrases.codes_in(it.span));
            }
        }
        codes.retain(|code| !source.contains(code));
        codes.dedup();
        (codes.len() == 1).then_some(codes)
    }

    /// 艦艇を砲撃し、乗組員を拘束した: the same are hit again in the same sentence.
    pub(super) fn hit_as_well(&self, source: &[String], here: &[Draft]) -> Option<Vec<String>> {
        let hostile = |kind: EventType| matches!(kind, EventType::Assault | EventType::Coerce);
        let last = here.iter().rev().find(|draft| hostile(draft.kind) && draft.source == source)?;
        (hostile(self.rule().kind) && last.source != last.target && !last.target.is_empty())
            .then(|| last.target.clone())
    }

    /// 条約の停止を通告し、インド人へのビザを止めた: on whom the same one lays the next measure.
    pub(super) fn punished_ahead(&self, source: &[String]) -> Option<Vec<String>> {
        let clause = self.clause().filter(|it| {
            self.rule().kind == EventType::Sanction && !self.trigger.nominal && it.link == Link::And
        })?;
        let head = clause.head?;
        let next = self.analysis.clauses.get(head)?;
        let own =
            next.arguments.iter().any(|it| it.case == Case::Ga && !it.shared && it.chunk > clause.chunk);
        if own || self.kind_of(head) != Some(EventType::Sanction) {
            return None;
        }
        let met =
            next.arguments.iter().filter(|it| it.case != Case::Ga && !it.shared && it.chunk > clause.chunk);
        met.flat_map(|it| self.phrases.codes_in(it.span))
            .find(|code| !source.contains(code))
            .map(|code| vec![code])
    }

    /// 補給船に放水し、比側の乗組員にけがを負わせた: those to whom the clause ahead tells what came of it.
    pub(super) fn hurt_ahead(&self, source: &[String]) -> Option<Vec<String>> {
        let hostile = matches!(self.rule().kind, EventType::Assault | EventType::Coerce);
        let clause = self.clause().filter(|it| hostile && !self.trigger.nominal && it.link == Link::And)?;
        let next = self.analysis.clauses.get(clause.head?)?;
        let own =
            next.arguments.iter().any(|it| it.case == Case::Ga && !it.shared && it.chunk > clause.chunk);
        if own || !self.reader.rules.hurting.contains(&next.predicate.lemma) {
            return None;
        }
        let hurt = next.arguments.iter().filter(|it| {
            matches!(it.case, Case::Ni | Case::Wo) && !it.shared && !self.phrases.is_time(it.chunk)
        });
        hurt.filter(|it| it.chunk > clause.chunk).find_map(|it| {
            let mut codes = self.phrases.codes_with_places(it.span);
            codes.retain(|code| !source.contains(code));
            (codes.len() == 1 && !self.is_body(&codes[0])).then_some(codes)
        })
    }

    /// …で合意した。26日からの協議で決まった: the talks were theirs who agreed.
    pub(super) fn sat_before(&self, before: &[Draft]) -> Option<Vec<String>> {
        // 昨年4月の武力衝突: of those who fight again.
        if self.rule().kind == EventType::Assault {
            let last = before.iter().rev().find(|draft| draft.kind == EventType::Assault)?;
            let mut both: Vec<String> = last.source.iter().chain(&last.target).cloned().collect();
            both.sort();
            both.dedup();
            let two = both.len() == 2 && both.iter().all(|code| !self.is_body(code));
            return (two && self.index.saturating_sub(last.sentence) <= 8).then_some(both);
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
    pub(super) fn sat_together(&self, before: &[Draft], here: &[Draft]) -> Option<Vec<String>> {
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
                    EventType::Consult
                        | EventType::Concede
                        | EventType::Retreat
                        | EventType::Sanction
                        | EventType::Aid
                        | EventType::Coerce
                        | EventType::Assault
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
