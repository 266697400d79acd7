//! One trigger in its sentence: the event that it tells, put together.

use super::reality::after;
use super::*;

impl Site<'_> {
    pub(super) fn rule(&self) -> &Rule {
        &self.reader.rules.rules[self.trigger.rule]
    }

    pub(super) fn clause(&self) -> Option<&Clause> {
        self.trigger.clause.and_then(|clause| self.analysis.clauses.get(clause))
    }

    pub(super) fn drafts(&self, before: &[Draft], here: &[Draft]) -> Vec<Draft> {
        let rule = self.rule();
        let (source, target) = match rule.parties {
            Parties::Mutual => self.mutual(),
            Parties::Directed | Parties::Solo => self.directed(),
        };
        let (mut source, target) = if rule.turned { (target, source) } else { (source, target) };
        // 合意したという報道は事実ではないと述べた: whoever denies it is the one who should have done it.
        if match rule.parties {
            Parties::Mutual => source.codes.len() < 2,
            Parties::Directed | Parties::Solo => source.is_empty(),
        } && let Some(denier) = self.denier()
        {
            source.add(&denier);
        }
        // 互いの拠点を攻撃し合った: each did it to the other.
        let (source, target) = match self.each_other() {
            Some(both) => (both.clone(), both),
            None => (source, target),
        };
        if self.votes_for_words()
            || self.voted_down()
            || self.by_travellers()
            || self.only_kept()
            || self.told_by_verb()
            || self.only_favoured()
        {
            return Vec::new();
        }
        if rule.kind == EventType::Accuse && (self.disclaims() || self.trigger.verbal && self.answers_press())
            || rule.kind == EventType::Reject && self.put_off()
        {
            return Vec::new();
        }
        let evidence = self.evidence();
        let mut source_codes = source.sorted();
        let mut target_codes = target.sorted();
        let mut participants: Vec<usize> = Vec::new();
        let people = |party: &Party, participants: &mut Vec<usize>| {
            for &entity in &party.entities {
                if !participants.contains(&entity) && !self.reading.named.entities[entity].media {
                    participants.push(entity);
                }
            }
        };
        people(&source, &mut participants);
        people(&target, &mut participants);
        let mut status = self.status();
        let (dates, own_date) = self.dates();
        let day = || dates.first().filter(|_| own_date).cloned();
        let nominal = self.trigger.nominal;
        let mut rule_index = self.trigger.rule;
        let mut rule = rule;
        // 要請に応じなかった refuses, 承認していない withholds.
        if status == Status::Denied
            && self.denial().is_none()
            && self.clause().is_some_and(|clause| clause.predicate.negated && !self.never_did(clause))
            && let Some(negated) = rule.negated.as_deref().and_then(|id| self.reader.rules.by_id(id))
        {
            rule_index = negated;
            rule = &self.reader.rules.rules[negated];
            status = if self.clause().is_some_and(|clause| clause.predicate.aspect == Aspect::Ongoing) {
                Status::Ongoing
            } else {
                Status::Occurred
            };
        }
        // 物資の搬送を中断した: help that is broken off is stopped.
        if self.breaks_off(rule, status)
            && let Some(stopped) = self.reader.rules.by_id("stop-aid")
        {
            rule_index = stopped;
            rule = &self.reader.rules.rules[stopped];
            status = Status::Occurred;
        }
        let states = source_codes.iter().filter(|code| code.len() == 3 && !self.is_body(code)).count();
        if let Some(joint) =
            rule.joint.as_deref().filter(|_| states >= 2).and_then(|id| self.reader.rules.by_id(id))
        {
            rule_index = joint;
            rule = &self.reader.rules.rules[joint];
        } else if let Some((aimed, at)) = self.aimed(rule, &source_codes) {
            rule_index = aimed;
            rule = &self.reader.rules.rules[aimed];
            target_codes = at;
        }
        // 両国が米国の提案を受け入れた: the two have agreed, not whose it was.
        if rule.id == "accept"
            && !nominal
            && source_codes.len() == 2
            && self.subject(self.heading).codes.len() == 2
            && let Some(agree) = self.reader.rules.by_id("agree")
        {
            rule_index = agree;
            rule = &self.reader.rules.rules[agree];
            target_codes.clear();
        }
        if rule.parties == Parties::Mutual {
            for code in &target_codes {
                if !source_codes.contains(code) {
                    source_codes.push(code.clone());
                }
            }
            self.join_host(&mut source_codes);
            source_codes.sort();
            let meets = matches!(rule.kind, EventType::Consult | EventType::Agree);
            if meets && source_codes.len() <= 1 && self.within_one_state() {
                return Vec::new();
            }
            // 会談し、…を確認した: with the one met in the same sentence.
            let met_here = self.met(&source_codes, &[], here).filter(|met| {
                !source_codes.is_empty() && (met.len() == 2 || met.iter().all(|code| !self.is_body(code)))
            });
            let paper = rule.kind == EventType::Agree
                && met_here.is_none()
                && source_codes.len() == 1
                && self.is_body(&source_codes[0])
                && !nominal;
            // 近隣諸国による首脳会議: of those whom nobody names.
            if source_codes.len() < 2 && self.modifiers().others {
                return Vec::new();
            }
            let visited = self.met_on_visit(&source_codes, before, here);
            if source_codes.is_empty()
                && let Some(same) = self.same_again(before, here, evidence)
            {
                source_codes = same;
            } else if source_codes.len() < 2
                && (!nominal || self.heading && rule.kind == EventType::Consult)
                && let Some(both) = visited
            {
                source_codes = both;
            } else if rule.kind == EventType::Agree && source_codes.len() == 1 && self.one_side(&source) {
                // 大統領と首相は共同声明を発表した: two of one state have agreed with nobody.
                return Vec::new();
            } else if source_codes.is_empty()
                && let Some(both) = self.between_the_two()
            {
                source_codes = both;
            } else if source_codes.len() < 2 && !paper && !self.own_meeting(&source_codes) {
                // A noun that takes up an act already told is further evidence for it.
                let unsaid = source_codes.is_empty() && !self.signed_by_all();
                if nominal || unsaid || self.heading {
                    let again = self.again(before, here, &source_codes, evidence, day());
                    let sat = self.sat_before(before).filter(|_| {
                        again.is_empty() && nominal && own_date && source_codes.is_empty() && rule.nominal
                    });
                    let Some(sat) = sat else { return again };
                    source_codes = sat;
                }
                if source_codes.len() < 2 {
                    // 官邸で会見し、…と語った: whoever meets nobody speaks to the press.
                    if rule.id == "audience" {
                        return Vec::new();
                    }
                    let clear = met_here.is_some() || self.counterpart_clear();
                    let both = if let Some(both) = met_here {
                        both
                    } else if self.discourse.pair.len() == 2 {
                        self.discourse.pair.clone()
                    } else {
                        self.met(&source_codes, before, here).unwrap_or_else(|| self.discourse.both())
                    };
                    // 輸入拡大で合意したと明らかにした: by one of the two, of the two.
                    let own = rule.kind == EventType::Agree
                        && !source_codes.is_empty()
                        && self
                            .clause()
                            .is_some_and(|clause| clause.link == Link::Content && self.tells_own(clause))
                        // 交渉を来年再開することで合意した: the next talks of those who agreed.
                        || rule.kind == EventType::Consult
                            && !source_codes.is_empty()
                            && !dates.is_empty()
                            && self.clause().is_some_and(|clause| {
                                matches!(clause.link, Link::Nominal | Link::Content)
                                    && clause.head.and_then(|head| self.kind_of(head)) == Some(EventType::Agree)
                            });
                    if source_codes.iter().all(|code| both.contains(code))
                        && clear
                        && (own || !self.embedded())
                    {
                        source_codes = both;
                    } else {
                        return Vec::new();
                    }
                }
            }
            let known = source_codes.len() >= 2 && (self.in_full() || self.is_announced());
            if nominal && !rule.nominal && !known {
                return self.again(before, here, &source_codes, evidence, day());
            }
            if let Some(foes) = self.foes_meant(&source_codes, evidence) {
                source_codes = foes;
            }
            target_codes.clone_from(&source_codes);
        } else {
            if rule.venue {
                target_codes.retain(|code| !self.is_body(code));
            }
            if self.each_other().is_none() {
                target_codes.retain(|code| !source_codes.contains(code));
            }
            if rule.kind == EventType::Request
                && let Some(both) = self.two_at_odds(&source_codes, &target_codes, before)
            {
                target_codes = both;
            }
            let named = !source_codes.is_empty() && !target_codes.is_empty();
            // 自国の軍の功績を称賛した: who praises or blames one's own speaks to nobody abroad.
            if target_codes.is_empty() && self.of_own(&source_codes) {
                return Vec::new();
            }
            let told = self.prompts() || self.in_full() || self.is_announced();
            if nominal && !rule.nominal && !(named && told) {
                return Vec::new();
            }
            self.by_answer(&mut source_codes, &mut target_codes);
            // 断交していた両国: the one with the other.
            if rule.id == "break-relations" && source_codes.len() == 2 && target_codes.is_empty() {
                target_codes.clone_from(&source_codes);
            }
            // 双方の砲撃が続いている: each at the other.
            if target_codes.is_empty() && self.of_both_sides(&source_codes) {
                target_codes.clone_from(&source_codes);
            }
            if source_codes.is_empty() && nominal && !target_codes.is_empty() {
                source_codes = self.doer_of_noun(&target_codes);
            }
            if source_codes.is_empty() && !nominal {
                source_codes = self.undone_by(&target_codes, before, here);
            }
            if source_codes.is_empty()
                && !nominal
                && let Some((source, target)) = self.goes_on(&target_codes, before, here)
            {
                (source_codes, target_codes) = (source, target);
            }
            if source_codes.is_empty() {
                return if nominal {
                    self.again(before, here, &target_codes, evidence, None)
                } else {
                    Vec::new()
                };
            }
            if target_codes.is_empty()
                && matches!(rule.kind, EventType::Request | EventType::Support)
                && self.spoken_to_others()
            {
                return Vec::new();
            }
            if let Some(others) = self.mediated(&source_codes, &[])
                && others.len() > target_codes.len()
            {
                target_codes = others;
            }
            if target_codes.is_empty() && rule.parties == Parties::Directed {
                // 停戦を破った with ハマスとの, シリアで空爆: whoever else the passage names.
                let named = || {
                    let mut codes = self.named_in(evidence);
                    codes.retain(|code| !self.is_blamed_as_asked(code));
                    let place = || {
                        // 米州機構の会合で謝罪した: nor is whose meeting it is said at.
                        let argument = self.clause()?.arguments.iter().find(|argument| {
                            argument.case == Case::De
                                && self.act_at(argument.chunk) != Some(EventType::Consult)
                        })?;
                        Some(self.phrases.codes_with_places(argument.span)).filter(|codes| !codes.is_empty())
                    };
                    let mut codes = if codes.iter().any(|code| !source_codes.contains(code)) {
                        codes
                    } else {
                        place().unwrap_or_default()
                    };
                    codes.retain(|code| !(source_codes.contains(code) || rule.venue && self.is_body(code)));
                    codes.truncate(1);
                    (!codes.is_empty() && !nominal).then_some(codes)
                };
                if let Some(other) = self.mediated(&source_codes, here) {
                    target_codes = other;
                } else if let Some(other) = named()
                    .or_else(|| self.punished_ahead(&source_codes))
                    .or_else(|| self.reacted_to(&source_codes, before, here))
                    .filter(|_| !speech(rule.kind) || rule.target.is_empty())
                {
                    target_codes = other;
                } else if let Some(other) = self
                    .refused(&source_codes, before, here)
                    .filter(|_| rule.kind != self.rule().kind)
                    .or_else(|| self.stationed(&source_codes))
                    .or_else(|| self.same_country(&source_codes))
                    .or_else(|| self.acted_before(&source_codes).filter(|_| rule.kind == EventType::Reject))
                    .or_else(|| self.joined_in(&source_codes, before, here))
                    .or_else(|| self.helped_before(&source_codes, before, here))
                    .or_else(|| self.held_before(&source_codes, before, here))
                    .or_else(|| self.died(&source_codes))
                    .or_else(|| {
                        let strikes = rule.kind == EventType::Assault && !nominal;
                        strikes.then(|| self.across_border(&source_codes)).flatten()
                    })
                    .or_else(|| {
                        let harsh = matches!(rule.kind, EventType::Threaten | EventType::Accuse);
                        harsh.then(|| self.spoken_to_here(&source_codes, here)).flatten()
                    })
                    .or_else(|| self.helped_partner(&source_codes, before, here))
                    .or_else(|| self.struck_by(&source_codes, before, here))
                    .or_else(|| self.acted_before(&source_codes))
                    .or_else(|| self.spoken_to_ahead(&source_codes))
                    .or_else(|| self.blamed_by_many(&source_codes, before, here))
                    .or_else(|| self.reacted_to(&source_codes, before, here))
                    .or_else(|| self.spoken_to_here(&source_codes, here))
                    .or_else(|| self.counterpart(&source_codes, before, here))
                    .or_else(named)
                    .or_else(|| self.named_ahead(&source_codes))
                    .or_else(|| self.hit_as_well(&source_codes, here))
                    .or_else(|| self.followed_by(&source_codes))
                    .or_else(|| self.meant_for(&source_codes))
                    .or_else(|| self.hurt_ahead(&source_codes))
                    .or_else(|| self.struck_before(&source_codes, evidence))
                    .or_else(|| self.refused(&source_codes, before, here))
                    .or_else(|| self.blamed_topic(&source_codes))
                    .or_else(|| self.only_other(&source_codes))
                    .filter(|_| !nominal || self.is_announced())
                    .or_else(|| self.struck_again(&source_codes, before, here))
                    .or_else(|| self.foe(&source_codes, before, here))
                    .or_else(|| self.visited(&source_codes, here))
                    .or_else(|| self.praised_together(&source_codes, before, here))
                    .or_else(|| self.other_of_two(&source_codes))
                    .or_else(|| self.salient_other(&source_codes))
                {
                    target_codes = other;
                } else {
                    return Vec::new();
                }
            }
        }
        if matches!(rule.kind, EventType::Mobilize | EventType::Protest)
            && target_codes.is_empty()
            && let Some(beyond) = self.across_border(&source_codes)
        {
            target_codes = beyond;
        }
        if status == Status::Occurred
            && let (Some(date), Some(published)) = (dates.first(), self.reading.published.as_deref())
            && own_date
            && (nominal || self.clause().is_some_and(|clause| clause.predicate.tense != Tense::Past))
            && after(date, published)
        {
            status = Status::Scheduled;
        }
        // 10日に訪問する: what is told of a day that is past has been.
        if status == Status::Scheduled
            && own_date
            && !nominal
            && rule.status.is_none()
            && self.told_of_past(dates.first())
        {
            status = Status::Occurred;
        }
        // 折に触れて電話で話す間柄: a habit that modifies a noun is no occasion.
        let habit = rule.kind == EventType::Consult
            && !nominal
            && dates.is_empty()
            && rule.status.is_none()
            && self.clause().is_some_and(|clause| {
                clause.link == Link::Adnominal
                    && clause.predicate.tense == Tense::NonPast
                    && clause.predicate.modality.is_empty()
            });
        if habit {
            return Vec::new();
        }
        // What somebody is asked to do is told by the asking.
        if status == Status::Proposed
            && !nominal
            && rule.kind != EventType::Consult
            && rule.status.is_none()
            && (self.asked() && !self.proposed_by_itself()
                || self.clause().is_some_and(|clause| self.obliged(clause)))
        {
            return Vec::new();
        }
        // 今回の訪問を出発点にしたい: the visit that has been, not one that is asked for.
        let this = || {
            let before = Span::new(evidence.start, self.trigger.noun.start.max(evidence.start));
            before.text(self.reading.chars()).ends_with("今回の")
        };
        if status == Status::Proposed && rule.kind == EventType::Consult && this() {
            return self.again(before, here, &source_codes, evidence, None);
        }
        // 両国の外相を招いて協議を仲介した: whoever has come is not invited any more.
        let hosted = rule.id == "invite"
            && !nominal
            && self.clause().is_some_and(|clause| {
                clause.link == Link::And
                    && clause.head.and_then(|head| self.kind_of(head)) == Some(EventType::Consult)
            });
        if hosted {
            return Vec::new();
        }
        // 訪韓の招請があった: the invitation is told as that.
        let invited = nominal
            && rule.mode.as_deref() == Some("visit")
            && self.trigger.noun_chunk.and_then(|chunk| self.analysis.chunks[chunk].head).is_some_and(
                |head| {
                    let content = trim(self.analysis.chunks[head].content, self.reading.chars());
                    let noun = self.reader.rules.noun_at_end(content.slice(self.reading.chars()));
                    noun.is_some_and(|(at, _)| self.reader.rules.rules[at].id == "invite")
                },
            );
        if invited && status == Status::Proposed {
            return Vec::new();
        }
        // 輸入を止めて報復した: the blow that answers is the measure.
        let by_measure = rule.kind == EventType::Assault
            && !nominal
            && self.trigger.noun.text(self.reading.chars()).starts_with("報復")
            && here.iter().any(|draft| draft.kind == EventType::Sanction && draft.source == source_codes);
        if by_measure {
            return Vec::new();
        }
        // 反政府デモが広がった: a protest at home is no act between states.
        if rule.kind == EventType::Protest && target_codes.is_empty() {
            return Vec::new();
        }
        // 大使を呼び、…: what the envoy is told tells the act.
        if self.trigger.verbal
            && rule.kind == EventType::Accuse
            && !self.heading
            && self.clause().is_some_and(|clause| {
                clause.link == Link::And && self.reader.rules.summons.contains(&clause.predicate.lemma)
            })
        {
            return Vec::new();
        }
        // 警告することなく発砲した: it was not done.
        let without_it = self.clause().is_some_and(|clause| {
            self.reading
                .chars()
                .get(clause.predicate.span.end..)
                .is_some_and(|rest| rest.starts_with(&['こ', 'と', 'な', 'く']))
        });
        if without_it && !nominal {
            return Vec::new();
        }
        // 中国が反対する売却: words that only modify a noun, in no time, are no occasion.
        if (speech(rule.kind) || matches!(rule.kind, EventType::Agree | EventType::Mobilize))
            && !nominal
            && dates.is_empty()
            && rule.kind != EventType::Support
            && self.clause().is_some_and(|clause| {
                clause.link == Link::Adnominal
                    && clause.predicate.tense == Tense::NonPast
                    && clause.predicate.aspect == Aspect::Simple
                    && clause.predicate.modality.is_empty()
                    && !self.fills_paper()
            })
        {
            return Vec::new();
        }
        // 輸入品に課す関税を引き上げた: what modifies the object of the same is no other act.
        let modifies_same = rule.kind == EventType::Sanction
            && !nominal
            && dates.is_empty()
            && self.clause().is_some_and(|clause| {
                clause.link == Link::Adnominal
                    && clause.predicate.tense == Tense::NonPast
                    && clause.predicate.modality.is_empty()
                    && clause.head.and_then(|head| self.kind_of(head)) == Some(EventType::Sanction)
            });
        if modifies_same {
            return Vec::new();
        }
        // けん制を強めたい考えだ: what is only wished is not said.
        if matches!(rule.kind, EventType::Threaten | EventType::Accuse | EventType::Reject | EventType::Agree)
            && !nominal
            && self.clause().is_some_and(|clause| clause.predicate.modality.contains(&Modality::Wished))
        {
            return Vec::new();
        }
        // 兵士を動員した演習: which one it is.
        let which = rule.kind == EventType::Mobilize
            && !nominal
            && dates.is_empty()
            && self.trigger.clause.is_some_and(|index| {
                let noun = self.analysis.adnominal_of(index);
                noun.is_some_and(|noun| self.act_at(noun) == Some(EventType::Mobilize))
            });
        if which {
            return Vec::new();
        }
        // 六カ国協議の進展: talks known by a name, in no time and said not to be held, are no occasion.
        if nominal
            && dates.is_empty()
            && !self.heading
            && rule.kind == EventType::Consult
            && self.reader.rules.members_of(&evidence.text(self.reading.chars())).is_some()
        {
            return Vec::new();
        }
        // 援助の凍結を発表した, 査証協議の停止: what is broken off is told by that.
        let broken_off = nominal
            && dates.is_empty()
            && matches!(rule.kind, EventType::Aid | EventType::Cooperate | EventType::Consult)
            && self.trigger.noun_chunk.is_some_and(|chunk| {
                let phrase = &self.analysis.chunks[chunk];
                let of = phrase.head.filter(|_| phrase.case == Some(Case::No) && phrase.inner.is_none());
                of.is_some_and(|head| {
                    let words = trim(self.analysis.chunks[head].content, self.reading.chars())
                        .text(self.reading.chars());
                    self.reader.rules.undoing.contains(&words)
                })
            });
        if broken_off {
            return Vec::new();
        }
        // EUとの加盟交渉に影響する: nor are negotiations of no time that a noun names beside other news.
        if nominal && dates.is_empty() && !self.heading && rule.id == "negotiation" {
            return Vec::new();
        }
        // 共同訓練など連携を強化するため, 国交回復に向け: what is only meant, named by a noun.
        if nominal && dates.is_empty() && !speech(rule.kind) && !self.heading {
            let purpose = matches!(rule.kind, EventType::Cooperate | EventType::Agree)
                && self.clause().is_some_and(|clause| clause.link == Link::Purpose);
            let toward = rule.kind == EventType::Agree
                && self
                    .trigger
                    .noun_chunk
                    .is_some_and(|chunk| self.analysis.chunks[chunk].case == Some(Case::Toward));
            if purpose || toward {
                return Vec::new();
            }
        }
        // 大統領の支持層が反発した: a crowd at home is no state.
        if speech(rule.kind) && !nominal && self.said_by_crowd() {
            return Vec::new();
        }
        // 釈放させるために: what is only meant is no act.
        if rule.kind != EventType::Consult
            && !nominal
            && self.clause().is_some_and(|clause| clause.link == Link::Purpose)
        {
            return Vec::new();
        }
        // 相手が砲撃を続けていると訴えた: what is told is harm that another does.
        if rule.kind == EventType::Request
            && self.only_tells()
            && let Some(whom) = self.tells_of_harm(&source_codes)
            && let Some(blames) = self.reader.rules.by_id("allege")
        {
            rule_index = blames;
            rule = &self.reader.rules.rules[blames];
            target_codes = whom;
        }
        // 「宣戦を布告した」と訴えた: what is so is told, nothing is asked.
        if rule.kind == EventType::Request && (self.only_tells() || self.proposes_own(here, evidence)) {
            return Vec::new();
        }
        // 「戦争に発展する恐れがある」と警告した: what is feared is no threat.
        if rule.kind == EventType::Threaten && !nominal && self.only_fears() {
            return Vec::new();
        }
        // What a firm asks, blames or concedes is business, unless it is with a state.
        if self.of_firms(&source, &target)
            && (speech(rule.kind)
                || matches!(rule.kind, EventType::Concede | EventType::Consult | EventType::Coerce))
        {
            return Vec::new();
        }
        // 取材に訪れた記者, ブログで批判した評論家: who holds no office acts for no state.
        if self.of_private(&source) {
            return Vec::new();
        }
        // 攻撃の可能性: what is only feared or foreseen, and named by a noun, is no act.
        if status == Status::Hypothetical && nominal && dates.is_empty() && !speech(rule.kind) {
            return Vec::new();
        }
        // 軍事衝突に発展しかねない: nor what only might be.
        if status == Status::Hypothetical
            && dates.is_empty()
            && matches!(rule.kind, EventType::Assault | EventType::Coerce | EventType::Mobilize)
        {
            return Vec::new();
        }
        // 国境を越えれば: a condition tells of no act.
        if status == Status::Hypothetical
            && !nominal
            && self.clause().is_some_and(|clause| clause.link == Link::If)
        {
            return Vec::new();
        }
        // 核兵器は配備しない: what is not going to be is no act.
        if status == Status::Denied
            && !nominal
            && !speech(rule.kind)
            && self.clause().is_some_and(|clause| {
                clause.predicate.negated
                    && clause.predicate.tense == Tense::NonPast
                    && clause.predicate.aspect == Aspect::Simple
            })
        {
            return Vec::new();
        }
        // 合意に達していない: nothing has been agreed so far; 合意に至らなかった tells of talks that failed.
        if status == Status::Denied
            && rule.kind == EventType::Agree
            && !nominal
            && self.denial().is_none()
            && self.clause().is_some_and(|clause| {
                clause.predicate.negated
                    && (clause.predicate.tense != Tense::Past || clause.predicate.aspect == Aspect::Ongoing)
            })
        {
            return Vec::new();
        }
        // 侵入すれば報復すると警告した: what is threatened is told by the threat.
        let announced = status == Status::Occurred
            && rule.announced == Some(Status::Occurred)
            && self.clause().is_some_and(|clause| clause.predicate.tense == Tense::NonPast);
        if (announced || matches!(status, Status::Hypothetical | Status::Scheduled))
            && !nominal
            && self
                .clause()
                .filter(|clause| clause.link == Link::Content)
                .and_then(|clause| clause.head)
                .and_then(|head| self.kind_of(head))
                == Some(EventType::Threaten)
        {
            return Vec::new();
        }
        // EUは制裁を科すことで合意した: what one body resolves to do is that act alone.
        if rule.kind == EventType::Agree
            && here.iter().any(|draft| {
                let codes = |code: &String| draft.source.contains(code) || draft.target.contains(code);
                matches!(draft.kind, EventType::Sanction | EventType::Aid | EventType::Concede)
                    && draft.source.len() == 1
                    && self.is_body(&draft.source[0])
                    && source_codes.contains(&draft.source[0])
                    && source_codes.iter().all(codes)
                    && draft.evidence.iter().any(|span| evidence.contains(*span))
            })
        {
            return Vec::new();
        }
        // 停戦することで合意した: the truce is what was agreed, and told as that.
        if rule.kind == EventType::Agree
            && !nominal
            && here.iter().any(|draft| {
                draft.kind == EventType::Retreat
                    && draft.source == draft.target
                    && draft.source == source_codes
                    && !draft.nominal
                    && draft.evidence.iter().any(|span| evidence.contains(*span))
            })
        {
            return Vec::new();
        }
        // 対話を続けることで一致した: talks that only go on are no occasion.
        let goes_on = matches!(rule.kind, EventType::Consult | EventType::Cooperate) || speech(rule.kind);
        if goes_on && !nominal && dates.is_empty() && self.agreed_to_go_on() {
            return Vec::new();
        }
        if rule.kind == EventType::Agree
            && self.embedded()
            && self.clause().and_then(|clause| clause.head).and_then(|head| self.kind_of(head))
                == Some(EventType::Agree)
        {
            return Vec::new();
        }
        let words = evidence.text(self.reading.chars());
        let domains = self.reader.rules.domains(rule, &words);
        let place = self.place(&target_codes);
        let mode = self.mode(&source_codes);
        let make = |date: Option<String>| Draft {
            rule: rule_index,
            kind: rule.kind,
            mode: mode.clone(),
            source: source_codes.clone(),
            target: target_codes.clone(),
            participants: participants.clone(),
            status,
            date,
            own_date,
            place: place.clone(),
            domains: domains.clone(),
            evidence: vec![evidence],
            sentence: self.index,
            heading: self.heading,
            nominal,
            main_past: self.main_past(),
            counted: self
                .reading
                .figures
                .iter()
                .any(|figure| evidence.contains(figure.span) && figure.measure == "meetings"),
            another: ["再び", "前回", "最初の", "初の外遊", "以来"].iter().any(|word| words.contains(word))
                && !own_date,
            earlier: self.told_as_earlier() || own_date && status == Status::Occurred && self.is_perfect(),
            // 協議の全体会合が閉幕した is told by its clause.
            embedded: nominal && self.carrier() == self.trigger.noun_chunk || self.embedded(),
            attributed_to: None,
            confidence: self.confidence(&source_codes, &target_codes, evidence),
            rates: self.rates(evidence),
        };
        // 両首脳とそれぞれ電話で協議した: with each a meeting of its own.
        let apart = rule.kind == EventType::Consult
            && rule.parties == Parties::Mutual
            && source_codes.len() >= 3
            && source_codes.iter().all(|code| code.len() == 3)
            && (self.reader.rules.severally.iter().any(|word| words.contains(word.as_str()))
                || self.calls_both(&mode));
        if let Some(host) = self.host_of_each(&source_codes).filter(|_| apart) {
            let each = make(dates.first().cloned());
            return source_codes
                .iter()
                .filter(|code| **code != host)
                .map(|code| {
                    let mut pair = vec![host.clone(), code.clone()];
                    pair.sort();
                    // Many meetings are no pair that 両国 could point to.
                    Draft { source: pair.clone(), target: pair, counted: true, ..each.clone() }
                })
                .collect();
        }
        // アブダビで大統領と、18日にはカタールで首長と会談した: one after the other.
        let turns = if rule.kind == EventType::Consult && rule.parties == Parties::Mutual && !nominal {
            self.in_turn(&source_codes)
        } else {
            Vec::new()
        };
        if !turns.is_empty() {
            let all = make(dates.first().cloned());
            return turns
                .into_iter()
                .map(|(codes, entities, date)| Draft {
                    source: codes.clone(),
                    target: codes,
                    participants: entities,
                    own_date: date.is_some(),
                    date: date.or_else(|| all.date.clone()),
                    place: None,
                    counted: true,
                    ..all.clone()
                })
                .collect();
        }
        if dates.is_empty() {
            vec![make(None)]
        } else {
            dates.into_iter().map(|date| make(Some(date))).collect()
        }
    }

    /// Whether help is told as what somebody breaks off.
    fn breaks_off(&self, rule: &Rule, status: Status) -> bool {
        rule.kind == EventType::Aid
            && status == Status::Denied
            && !self.trigger.nominal
            && self.denial().is_none()
            && self.trigger.clause.and_then(|clause| self.kind_of(clause)) != Some(EventType::Reject)
            && self.clause().is_some_and(|clause| {
                !clause.predicate.negated
                    && clause.carried.is_some_and(|carried| carried.modality == Some(Modality::Cancelled))
                    && self.reader.rules.breaking.contains(&clause.predicate.lemma)
            })
    }

    /// キューバを訪れた旅行者: whether whoever a visit modifies travels for himself.
    fn by_travellers(&self) -> bool {
        let chars = self.reading.chars();
        self.rule().mode.as_deref() == Some("visit")
            && !self.trigger.nominal
            && self.trigger.clause.and_then(|clause| self.analysis.adnominal_of(clause)).is_some_and(|noun| {
                let words = self.analysis.chunks[noun].content.text(chars);
                self.reader.rules.crowd.iter().any(|end| words.trim_end_matches('ら').ends_with(end.as_str()))
            })
    }

    /// Whether a sanction is named only by its being kept or broken: 国連制裁の履行.
    fn only_kept(&self) -> bool {
        let Some(chunk) = self.trigger.noun_chunk.filter(|_| self.trigger.nominal) else { return false };
        let phrase = &self.analysis.chunks[chunk];
        let head = phrase.head.filter(|_| phrase.case == Some(Case::No) && phrase.inner.is_none());
        self.rule().kind == EventType::Sanction
            && head.is_some_and(|head| {
                let of = self.analysis.chunks[head].content.text(self.reading.chars());
                self.phrases.anaphors.kept.iter().any(|end| of.ends_with(end.as_str()))
            })
    }

    /// The rates of what is levied.
    fn rates(&self, evidence: Span) -> Vec<String> {
        if self.rule().kind != EventType::Sanction {
            return Vec::new();
        }
        let levied = self.reading.figures.iter().filter(|figure| {
            figure.measure == "tariff" && evidence.contains(figure.span) && figure.unit == "%"
        });
        levied.map(|figure| figure.value.to_string()).collect()
    }

    /// 侵攻を非難する決議に賛成した: whether whoever votes for it backs nobody whom the paper's own words name.
    fn votes_for_words(&self) -> bool {
        if self.rule().kind != EventType::Support || self.trigger.nominal {
            return false;
        }
        let chars = self.reading.chars();
        self.clause().is_some_and(|clause| {
            clause.arguments.iter().any(|it| {
                let words = self.analysis.chunks[it.chunk].content.text(chars);
                let paper = ["決議", "決議案", "声明", "宣言"].iter().any(|end| words.ends_with(end));
                matches!(it.case, Case::Ni | Case::Wo)
                    && !it.shared
                    && paper
                    && self.analysis.modifiers(it.chunk).into_iter().any(|at| {
                        let inner = self.analysis.chunks[at].clause;
                        inner.and_then(|inner| self.kind_of(inner)).is_some_and(|kind| {
                            matches!(kind, EventType::Accuse | EventType::Request | EventType::Reject)
                        })
                    })
            })
        })
    }

    /// Whether an act fills a draft that was not passed, in the same sentence or the next: 停戦を求める決議案は否決された.
    fn voted_down(&self) -> bool {
        let off = &self.reader.rules.off;
        let chars = self.reading.chars();
        let drafted = |chunk: usize| {
            let words = self.analysis.chunks[chunk].content.text(chars);
            off.drafts.iter().any(|end| words.ends_with(end.as_str()))
        };
        let filled = match (self.trigger.noun_chunk.filter(|_| self.trigger.nominal), self.trigger.clause) {
            (Some(chunk), _) => self.analysis.chunks[chunk].head.filter(|_| {
                let phrase = &self.analysis.chunks[chunk];
                phrase.case == Some(Case::No) && phrase.inner.is_none()
            }),
            (None, Some(clause)) if self.clause().is_some_and(|it| it.link == Link::Adnominal) => {
                self.analysis.adnominal_of(clause)
            }
            _ => None,
        };
        let Some(draft) = filled.filter(|&chunk| drafted(chunk)) else { return false };
        let own = &self.reading.sentences[self.index];
        let next = self.reading.sentences.get(self.index + 1).filter(|it| it.paragraph == own.paragraph);
        let end = next.map_or(own.span.end, |next| next.span.end);
        let rest = Span::new(self.analysis.chunks[draft].span.end.min(end), end).text(chars);
        off.fallen.iter().any(|word| rest.contains(word.as_str()))
    }

    /// 制裁措置として輸出を禁止した: whether a noun only says as what the verb of its clause is done.
    fn told_by_verb(&self) -> bool {
        let Some(chunk) = self.trigger.noun_chunk.filter(|_| self.trigger.nominal) else { return false };
        self.analysis.chunks[chunk].case == Some(Case::As)
            && self.trigger.clause.and_then(|clause| self.kind_of(clause)) == Some(self.rule().kind)
    }

    /// 制裁解除を支持した, 撤退に反対した: whether an act is only what somebody is for or against, so that it is not done.
    fn only_favoured(&self) -> bool {
        let rule = self.rule();
        let process = matches!(rule.kind, EventType::Concede | EventType::Retreat);
        let Some((carrier, clause)) = self.carrier().zip(self.clause()) else { return false };
        let object = clause.arguments.iter().any(|it| {
            it.chunk == carrier && matches!(it.case, Case::Wo | Case::Ni | Case::Against) && !it.shared
        });
        process
            && object
            && self.trigger.nominal
            && self.dates().0.is_empty()
            && matches!(
                self.trigger.clause.and_then(|clause| self.kind_of(clause)),
                Some(EventType::Support | EventType::Reject)
            )
    }

    /// Whether the act is what its own doer proposes, asking nobody: EUは制裁を科すことを提案した.
    fn proposed_by_itself(&self) -> bool {
        let Some(clause) = self.clause().filter(|clause| clause.link == Link::Nominal) else { return false };
        let own = clause.arguments.iter().all(|it| it.case != Case::Ga || it.shared);
        own && self.rule().kind == EventType::Sanction
            && clause.head.and_then(|head| self.analysis.clauses.get(head)).is_some_and(|head| {
                self.reader.rules.proposing.contains(&head.predicate.lemma)
                    && !head.arguments.iter().any(|it| {
                        matches!(it.case, Case::Ni | Case::Against)
                            && !it.shared
                            && !self.phrases.is_time(it.chunk)
                    })
            })
    }

    /// Whether words of asking propose what has just been told as their own speaker's act.
    fn proposes_own(&self, here: &[Draft], evidence: Span) -> bool {
        let proposes =
            self.clause().is_some_and(|it| self.reader.rules.proposing.contains(&it.predicate.lemma));
        proposes
            && here.iter().any(|draft| {
                draft.kind == EventType::Sanction
                    && draft.status == Status::Proposed
                    && draft.evidence.iter().any(|span| evidence.contains(*span))
            })
    }

    /// Whether an act's own phrase names who does it and to whom: ペルーによるチリへの支援 is told, 支援 alone is not.
    fn in_full(&self) -> bool {
        let rule = self.rule();
        let told = match rule.kind {
            EventType::Cooperate | EventType::Consult | EventType::Protest | EventType::Accuse => false,
            // スウェーデンのNATO加盟 is a matter, no act.
            EventType::Agree => rule.parties == Parties::Mutual,
            _ => true,
        };
        // 日米同盟の強化: a verb's noun with its object is as often a plan.
        let own = self.reader.rules.noun_at_end(self.trigger.noun.slice(self.reading.chars()));
        let own = own.is_some_and(|(rule, _)| rule == self.trigger.rule);
        let Some(chunk) = self.trigger.noun_chunk.filter(|_| told && own && !self.heading) else {
            return false;
        };
        let phrase = Span::new(self.analysis.subtree_span(chunk).start, self.trigger.noun.end);
        let mut codes = self.phrases.codes_with_places(phrase);
        for modifier in self.analysis.modifiers(chunk) {
            for code in self.phrases.of_chunk(modifier, self.discourse).codes {
                if !codes.contains(&code) {
                    codes.push(code);
                }
            }
        }
        codes.len() >= 2
    }

    /// Fills the parties of an act that is only named by those who speak of it: 輸入停止に反発した is said by whom it
    /// hit to whoever did it; 撃墜について謝罪した by whoever did it.
    fn by_answer(&self, source: &mut Vec<String>, target: &mut Vec<String>) {
        let kind = self.rule().kind;
        let Some(answer) = self.answer.as_ref().filter(|_| {
            matches!(kind, EventType::Assault | EventType::Coerce | EventType::Sanction | EventType::Mobilize)
        }) else {
            return;
        };
        // ジェノサイドを助長しているとして提訴した: what hangs on another verb is none that the words are about.
        let asked = self.clause().filter(|it| it.link == Link::Request).and_then(|it| it.head);
        let mut spoken = [self.trigger.clause, asked].into_iter().flatten().filter_map(|at| self.kind_of(at));
        if answer.kind != EventType::Concede && !spoken.any(speech) {
            return;
        }
        let conceded = answer.kind == EventType::Concede;
        let (doer, other) =
            if conceded { (&answer.source, &answer.target) } else { (&answer.target, &answer.source) };
        // 盗聴や傍受が…: what stands in a list may be anybody's.
        let listed =
            self.trigger.noun_chunk.is_some_and(|chunk| self.analysis.chunks[chunk].case == Some(Case::And));
        if source.is_empty() && target.is_empty() && listed {
            return;
        }
        // 対ロシア制裁に同調するよう求めた: nor has whoever is asked to join in done it.
        let joins = answer.kind == EventType::Request && kind == EventType::Sanction && !target.is_empty();
        if source.is_empty() && !joins && doer.iter().all(|code| !target.contains(code)) {
            source.clone_from(doer);
        }
        // Whoever blames an attack need not be the one attacked.
        // 国連制裁の解除を求めた: nor need whoever asks for the end of a body's sanctions.
        let of_body = answer.kind == EventType::Request && source.iter().all(|code| self.is_body(code));
        let met = matches!(kind, EventType::Coerce | EventType::Sanction) && !of_body;
        if target.is_empty() && source == doer && (conceded || met) {
            target.clone_from(other);
        }
    }

    /// How sure the reading is, by who is named and how near: about the share that was right in articles that the rules
    /// were not written by (docs/quality.md, set `test`).
    pub(super) fn confidence(&self, source: &[String], target: &[String], evidence: Span) -> f32 {
        let named = |span: Span| {
            let mentions = self.reading.mentions_in(span);
            source.iter().chain(target).all(|code| {
                mentions.iter().any(|mention| {
                    mention.states.contains(code) || self.reading.parties(mention).contains(code)
                })
            })
        };
        let here = named(evidence);
        if self.trigger.nominal {
            return if here { 0.65 } else { 0.35 };
        }
        if self.heading {
            return 0.5;
        }
        if here {
            0.75
        } else if named(self.reading.sentences[self.index].span) {
            0.7
        } else {
            0.65
        }
    }

    /// Whoever a stretch names, but for its subject and what is quoted or reported in it.
    fn named_in(&self, span: Span) -> Vec<String> {
        let reported = |at: Span| {
            self.analysis.clauses.iter().any(|clause| {
                // 英国の調査を見守る考えを示し、…を非難した: nor who is named in what was said besides.
                let besides = clause.link == Link::And
                    && speech(self.rule().kind)
                    && clause.head == self.trigger.clause
                    && clause.predicate.voice == Voice::Active;
                (clause.link == Link::Content || besides)
                    && span.contains(clause.span)
                    && clause.span.contains(at)
                    && !clause.span.contains(self.trigger.noun)
                    && clause.span.end < self.trigger.noun.end
            })
        };
        let mut codes: Vec<String> = Vec::new();
        let subjects: Vec<Span> = self
            .clause()
            .map(|clause| {
                clause.arguments.iter().filter(|it| it.case == Case::Ga).map(|it| it.span).collect()
            })
            .unwrap_or_default();
        let venues: Vec<Span> = self
            .clause()
            .map(|clause| {
                clause.arguments.iter().filter(|it| it.case == Case::De).map(|it| it.span).collect()
            })
            .unwrap_or_default();
        for mention in self.reading.mentions_in(span) {
            let of_subject = subjects.iter().any(|subject| subject.contains(mention.span));
            let there = (speech(self.rule().kind) || self.rule().mode.as_deref() == Some("mediation"))
                && venues.iter().any(|venue| venue.contains(mention.span));
            if !reported(mention.span) && !of_subject && !there && !self.is_favoured(mention.span) {
                codes.extend(self.phrases.codes_with_places(mention.span));
            }
        }
        let parties = self.phrases.codes_in(span);
        if codes.iter().any(|code| parties.contains(code)) {
            codes.retain(|code| parties.contains(code));
        }
        codes
    }

    /// ルワンダの後ろ盾を得た勢力, ハマスへの連帯を掲げて攻撃した: whoever is on one's side is not struck.
    fn is_favoured(&self, at: Span) -> bool {
        if !matches!(self.rule().kind, EventType::Assault | EventType::Coerce | EventType::Mobilize) {
            return false;
        }
        let chars = self.reading.chars();
        let of = self.analysis.chunk_at(at.start).map(|chunk| &self.analysis.chunks[chunk]);
        of.filter(|chunk| chunk.case == Some(Case::No)).and_then(|chunk| chunk.head).is_some_and(|head| {
            let words = self.analysis.chunks[head].content.text(chars);
            self.phrases.anaphors.favours.iter().any(|noun| words.ends_with(noun.as_str()))
        })
    }

    /// Whether a verb of asking only tells what is so: its content is a fact, nothing wished for or due.
    fn only_tells(&self) -> bool {
        let Some(index) = self.trigger.clause.filter(|_| !self.trigger.nominal) else { return false };
        let clause = &self.analysis.clauses[index];
        if clause.predicate.lemma != "訴える" || clause.arguments.iter().any(|it| it.case == Case::Wo) {
            return false;
        }
        let mut contents = self.analysis.clauses[..index].iter().filter(|it| it.head == Some(index));
        contents.any(|content| {
            content.link == Link::Content
                && !content.predicate.modality.iter().any(|it| {
                    matches!(
                        it,
                        Modality::Wished | Modality::Obliged | Modality::Requested | Modality::Intended
                    )
                })
        })
    }

    /// Whose harm the words of a verb of telling are about, where another is named as doing it.
    fn tells_of_harm(&self, source: &[String]) -> Option<Vec<String>> {
        let own = self.trigger.clause?;
        let mut contents = self.analysis.clauses[..own].iter().enumerate();
        let (at, content) = contents.find(|(_, it)| it.head == Some(own) && it.link == Link::Content)?;
        // 虐殺を行ったと訴えた: also by the noun that a light verb carries.
        let carried = || content.carried.and_then(|carried| self.act_at(carried.chunk));
        let harm = matches!(
            self.kind_of(at).or_else(carried),
            Some(EventType::Assault | EventType::Coerce | EventType::Sanction | EventType::Mobilize)
        );
        let subject = content.arguments.iter().find(|it| it.case == Case::Ga && !it.shared)?;
        let codes = self.phrases.of(subject, self.discourse).codes;
        (harm && !codes.is_empty() && codes.iter().all(|code| !source.contains(code))).then_some(codes)
    }

    /// 両国外相と電話で話した: whether a third calls the two, and so each of them.
    fn calls_both(&self, mode: &Option<String>) -> bool {
        let chars = self.reading.chars();
        mode.as_deref() == Some("call")
            && self.clause().is_some_and(|clause| {
                clause.arguments.iter().any(|it| {
                    matches!(it.case, Case::To | Case::With | Case::Ni)
                        && !it.shared
                        && it.span.text(chars).starts_with('両')
                })
            })
    }

    /// Whether the words of a warning only say what might come of itself.
    fn only_fears(&self) -> bool {
        let Some(index) = self.trigger.clause else { return false };
        let mut contents = self.analysis.clauses[..index]
            .iter()
            .enumerate()
            .filter(|(_, it)| it.head == Some(index) && it.link == Link::Content);
        contents.any(|(at, content)| {
            content.predicate.modality.contains(&Modality::Possible)
                && !self.kind_of(at).is_some_and(|kind| {
                    matches!(
                        kind,
                        EventType::Sanction | EventType::Assault | EventType::Mobilize | EventType::Reject
                    )
                })
        })
    }

    /// Those whom one subject meets one after the other, each with a time of its own between them.
    fn in_turn(&self, all: &[String]) -> Vec<(Vec<String>, Vec<usize>, Option<String>)> {
        let Some(clause) = self.clause() else { return Vec::new() };
        let host = self.subject(self.heading);
        let partners: Vec<_> = clause
            .arguments
            .iter()
            .filter(|it| matches!(it.case, Case::To | Case::With) && !it.shared && it.chunk < clause.chunk)
            .collect();
        if partners.len() < 2 || host.codes.len() != 1 || !all.contains(&host.codes[0]) {
            return Vec::new();
        }
        let mut turns = Vec::new();
        let mut from = self.reading.sentences[self.index].span.start;
        for (at, partner) in partners.iter().enumerate() {
            let mut party = self.phrases.of(partner, self.discourse);
            party.codes.retain(|code| code != &host.codes[0]);
            let times = self.reading.times_in(Span::new(from.min(partner.span.start), partner.span.start));
            if party.codes.is_empty() || at > 0 && times.is_empty() {
                return Vec::new();
            }
            from = partner.span.end;
            let mut codes = party.codes;
            codes.extend(host.codes.iter().cloned());
            codes.sort();
            codes.dedup();
            let people = host.entities.iter().chain(&party.entities).copied();
            turns.push((codes, people.collect(), times.last().map(|time| time.value.clone())));
        }
        turns
    }

    /// The one who meets each of the others: the subject, where it is of one state.
    fn host_of_each(&self, codes: &[String]) -> Option<String> {
        let subject = self.subject(self.heading);
        match subject.codes.as_slice() {
            [host] if codes.contains(host) => Some(host.clone()),
            _ => None,
        }
    }

    /// 非難する声明を発表した: whether words fill a paper or a voice that is given out.
    fn fills_paper(&self) -> bool {
        let Some(noun) = self.trigger.clause.and_then(|index| self.analysis.adnominal_of(index)) else {
            return false;
        };
        let words = self.analysis.chunks[noun].content.text(self.reading.chars());
        self.reader.rules.papers.iter().any(|paper| words.ends_with(paper.as_str()))
    }

    /// コロンビアの攻撃を非難するよう訴えた: whom somebody is asked to blame is not asked.
    fn is_blamed_as_asked(&self, code: &str) -> bool {
        let Some(index) = self.trigger.clause.filter(|_| self.rule().kind == EventType::Request) else {
            return false;
        };
        self.analysis.clauses.iter().enumerate().any(|(at, it)| {
            it.head == Some(index)
                && it.link == Link::Request
                && matches!(
                    self.kind_of(at),
                    Some(EventType::Accuse | EventType::Sanction | EventType::Support | EventType::Reject)
                )
                && it.arguments.iter().any(|argument| {
                    argument.case == Case::Wo
                        && self.phrases.codes_in(argument.span).iter().any(|named| named == code)
                })
        })
    }

    /// 両国は戦火を交えた, 停戦が守られている: of those whom no word names, those who fought in this text.
    fn foes_meant(&self, both: &[String], evidence: Span) -> Option<Vec<String>> {
        let foes = &self.discourse.foes;
        let fights = matches!(self.rule().kind, EventType::Assault | EventType::Retreat) && !self.heading;
        let unnamed = self.phrases.codes_in(evidence).iter().all(|code| foes.contains(code));
        let other = both.len() == 2 && both.iter().any(|code| !foes.contains(code));
        (fights && foes.len() == 2 && unnamed && other).then(|| foes.clone())
    }

    /// Whether the subject of words is a crowd without an office.
    fn said_by_crowd(&self) -> bool {
        let chars = self.reading.chars();
        self.clause().is_some_and(|clause| {
            clause.arguments.iter().any(|it| {
                let words = self.analysis.chunks[it.chunk].content.text(chars);
                it.case == Case::Ga
                    && !it.shared
                    && !self.is_noun(it.chunk)
                    && self
                        .reader
                        .rules
                        .crowd
                        .iter()
                        .any(|end| words.trim_end_matches('ら').ends_with(end.as_str()))
            })
        })
    }

    /// Whether talks are what others are to go on with, by what is agreed: 対話を続けていくことで一致した.
    fn agreed_to_go_on(&self) -> bool {
        let Some(clause) = self.clause().filter(|it| matches!(it.link, Link::Nominal | Link::Content)) else {
            return false;
        };
        // 対話を続けると述べた: nor by what is said to go on.
        let agreed = clause.head.and_then(|head| self.kind_of(head)) == Some(EventType::Agree)
            || self.rule().kind == EventType::Consult
                && clause.link == Link::Content
                && clause.predicate.tense == Tense::NonPast
                && !clause.predicate.span.text(self.reading.chars()).contains("てい");
        let words = clause.predicate.span.text(self.reading.chars());
        let lemma = clause.predicate.lemma.as_str();
        agreed
            && (self.reader.rules.happen.get(lemma) == Some(&true)
                || self.reader.rules.continuing.iter().any(|verb| verb == lemma)
                || words.ends_with("ていく")
                || words.ends_with("でいく"))
    }

    /// Whether all whom the object of praise or blame names are of whoever utters it.
    fn of_own(&self, source: &[String]) -> bool {
        let words = matches!(self.rule().kind, EventType::Support | EventType::Accuse);
        let object = self.clause().filter(|_| words && !self.trigger.nominal).and_then(|clause| {
            clause.arguments.iter().find(|it| it.case == Case::Wo && !it.shared && !self.is_noun(it.chunk))
        });
        object.is_some_and(|object| {
            let mut mentions =
                self.reading.mentions_in(object.span).iter().filter(|it| it.kind != Kind::Place).peekable();
            mentions.peek().is_some()
                && mentions
                    .all(|it| !it.states.is_empty() && it.states.iter().all(|state| source.contains(state)))
        })
    }

    /// 旅行者に…を呼びかけた: whether those spoken to are named, and are nobody that acts here.
    pub(super) fn spoken_to_others(&self) -> bool {
        self.clause().is_some_and(|clause| {
            clause.arguments.iter().any(|argument| {
                matches!(argument.case, Case::Ni | Case::Against)
                    && !argument.shared
                    // 諸国にも追随するよう呼びかけた: も behind a particle makes no topic.
                    && !self.analysis.chunks[argument.chunk].topic
                    && !self.is_noun(argument.chunk)
                    && !self.phrases.is_time(argument.chunk)
                    && self.phrases.codes_with_places(argument.span).is_empty()
                    && (!self
                        .phrases
                        .points_back(&self.analysis.chunks[argument.chunk].content.text(self.reading.chars()))
                        // 加盟国に…促した: of a group that nobody has named.
                        || self.phrases.of(argument, self.discourse).is_empty())
                    && rule_takes(self.rule(), argument.case)
            })
        })
    }

    /// 政府と反体制派は協議した, 大統領は野党と会談した: whether those who come together are of one state alone.
    fn within_one_state(&self) -> bool {
        let chars = self.reading.chars();
        let inward = |chunk: usize| {
            let words = self.analysis.chunks[chunk].content.text(chars);
            let words = words.trim_end_matches(['ら', '側']);
            let rules = &self.reader.rules;
            let sides = rules.inward.iter().filter(|word| !matches!(word.as_str(), "政府" | "政権"));
            sides.chain(&rules.unnamed).any(|end| words.ends_with(end.as_str()))
        };
        // Each of a list is of one state, or is nobody who could be of another.
        let one = |chunk: usize| {
            let members = self.analysis.members(chunk);
            let mut codes: Vec<String> = Vec::new();
            let known = members.iter().all(|&at| {
                let party = self.phrases.of_chunk_alone(at, self.discourse);
                let named = !party.codes.is_empty();
                codes.extend(party.codes);
                named || party.entities.is_empty() && inward(at)
            });
            codes.sort();
            codes.dedup();
            known && members.len() >= 2 && codes.len() == 1 && codes[0].len() == 3
        };
        if self.trigger.nominal {
            let Some(chunk) = self.trigger.noun_chunk else { return false };
            return self.analysis.modifiers(chunk).into_iter().any(|at| {
                let phrase = &self.analysis.chunks[at];
                phrase.case == Some(Case::No) && phrase.inner.is_none() && one(at)
            });
        }
        let Some(clause) = self.clause() else { return false };
        let partners = || {
            clause.arguments.iter().filter(|it| {
                matches!(it.case, Case::To | Case::With) && !it.shared && !self.is_noun(it.chunk)
            })
        };
        if partners().any(|it| self.phrases.of(it, self.discourse).is_empty() && inward(it.chunk)) {
            return true;
        }
        let subject = clause.arguments.iter().find(|it| it.case == Case::Ga && !self.is_noun(it.chunk));
        partners().next().is_none()
            && subject.is_some_and(|it| {
                let words = self.analysis.chunks[it.chunk].content.text(chars);
                one(it.chunk) || words.ends_with("与野党") || words.ends_with("各派")
            })
    }

    /// Whether several persons of one state do it.
    fn one_side(&self, source: &Party) -> bool {
        let person = |&&entity: &&usize| self.reading.named.entities[entity].kind == Kind::Person;
        source.entities.iter().filter(person).count() >= 2
    }

    /// Whether firms do it, and to nobody who is named as a state.
    fn of_firms(&self, source: &Party, target: &Party) -> bool {
        let firm = |&entity: &usize| self.reading.named.entities[entity].sector.as_deref() == Some("BUS");
        source.states.is_empty()
            && target.states.is_empty()
            && !source.entities.is_empty()
            && source.entities.iter().all(firm)
    }

    /// Whether all who act are persons of whom neither the text nor the lexicon knows an office.
    fn of_private(&self, source: &Party) -> bool {
        let private = |&entity: &usize| {
            let entity = &self.reading.named.entities[entity];
            entity.kind == Kind::Person && entity.role.is_none() && entity.sector.is_none()
        };
        source.states.is_empty() && !source.entities.is_empty() && source.entities.iter().all(private)
    }

    /// Whether the sentence tells the act as what happened, not as what had happened before or goes on.
    pub(super) fn main_past(&self) -> bool {
        let Some(main) = self.analysis.main_clause().and_then(|at| self.analysis.clauses.get(at)) else {
            return false;
        };
        let words = main.predicate.span.text(self.reading.chars());
        main.predicate.tense == Tense::Past
            && !words.contains("てい")
            && !words.contains("でい")
            && !words.contains("てきた")
    }

    /// Whether the act is told inside another clause.
    pub(super) fn embedded(&self) -> bool {
        let mut at = self.clause();
        // 「全面的に支持する」と表明した: the words are the act of whoever says them.
        if let Some(said) = at.filter(|it| speech(self.rule().kind) && it.link == Link::Content)
            && said.arguments.iter().all(|it| it.case != Case::Ga || it.shared)
        {
            at = said.head.and_then(|head| self.analysis.clauses.get(head));
        }
        for _ in 0..6 {
            let Some(clause) = at else { return false };
            // 首相が会談に臨んで発表したもので、文書には…: told as such.
            let explains = matches!(clause.link, Link::Nominal | Link::Adnominal)
                && self.analysis.chunks[clause.chunk].head.is_some_and(|head| {
                    let noun = &self.analysis.chunks[head];
                    noun.case == Some(Case::De) && noun.content.text(self.reading.chars()) == "もの"
                });
            if !explains
                && matches!(
                    clause.link,
                    Link::Content
                        | Link::Nominal
                        | Link::Adnominal
                        | Link::Request
                        | Link::Purpose
                        | Link::If
                )
            {
                return true;
            }
            at = clause.head.and_then(|head| self.analysis.clauses.get(head));
        }
        false
    }

    /// Whether the act is the content of a request.
    pub(super) fn asked(&self) -> bool {
        self.clause().is_some_and(|clause| {
            clause.link == Link::Request || matches!(clause.link, Link::Content | Link::Nominal)
        })
    }

    /// The type of the act that a clause's own predicate tells.
    pub(super) fn kind_of(&self, index: usize) -> Option<EventType> {
        let clause = self.analysis.clauses.get(index)?;
        let by_noun = clause
            .predicate
            .noun
            .and_then(|noun| self.reader.rules.noun_at_end(noun.slice(self.reading.chars())))
            .map(|(rule, _)| rule);
        // 明らかにする threatens only with 辞さない構え beside it.
        let beside = |rule: usize| {
            let trigger = Trigger::of_verb(rule, index, clause);
            fits(&self.reader.rules.rules[rule], self.reading, self.analysis, clause, trigger)
        };
        let by_verb = self
            .reader
            .rules
            .verbs
            .get(clause.predicate.lemma.as_str())
            .and_then(|it| it.iter().find(|&&rule| beside(rule)));
        // 合意に達する: by its noun.
        let by_frame = || {
            let frames = self.reader.rules.frames.get(clause.predicate.lemma.as_str())?;
            let fits = |frame: &&crate::rule::Frame| {
                clause.arguments.iter().any(|it| {
                    let words = self.analysis.chunks[it.chunk].content.text(self.reading.chars());
                    it.case == frame.case
                        && !it.shared
                        && frame.nouns.iter().any(|noun| words.ends_with(noun.as_str()))
                })
            };
            frames.iter().find(fits).map(|frame| frame.rule)
        };
        let rule = by_verb.copied().or(by_noun).or_else(by_frame)?;
        Some(self.reader.rules.rules[rule].kind)
    }

    /// The type of the act that a noun phrase names.
    pub(super) fn act_at(&self, chunk: usize) -> Option<EventType> {
        let chars = self.reading.chars();
        let content = trim(self.analysis.chunks[chunk].content, chars);
        let (rule, _) = self.reader.rules.noun_at_end(content.slice(chars))?;
        Some(self.reader.rules.rules[rule].kind)
    }

    pub(super) fn is_body(&self, code: &str) -> bool {
        self.reading
            .named
            .entities
            .iter()
            .any(|entity| entity.kind == Kind::Organization && entity.code.as_deref() == Some(code))
    }

    pub(super) fn mode(&self, codes: &[String]) -> Option<String> {
        let mode = self.rule().mode.clone();
        if mode.as_deref() == Some("meeting") && !self.trigger.nominal {
            let words = self.evidence().text(self.reading.chars());
            if let Some((_, held)) =
                self.reader.rules.modes.iter().find(|(word, _)| words.contains(word.as_str()))
            {
                return Some(held.clone());
            }
        }
        if mode.as_deref() == Some("meeting") && codes.iter().any(|code| self.is_body(code)) {
            return Some("multilateral".to_owned());
        }
        mode
    }

    /// The span that reports the act: its clause, or the noun phrase with what modifies it.
    pub(super) fn evidence(&self) -> Span {
        let noun = self.trigger.noun;
        match (self.trigger.nominal, self.trigger.noun_chunk, self.clause()) {
            (false, chunk, Some(clause)) => {
                let own =
                    clause.arguments.iter().filter(|argument| !argument.shared).map(|argument| argument.span);
                let span = own.fold(clause.predicate.span, |span, argument| span.join(argument)).join(noun);
                chunk.map_or(span, |chunk| span.join(self.analysis.chunks[chunk].content))
            }
            (true, Some(chunk), _) => self.analysis.subtree_span(chunk).join(noun),
            _ => noun,
        }
    }

    /// A noun that takes up an act already told: 今回の会談では, 攻撃を受けて.
    pub(super) fn again(
        &self,
        before: &[Draft],
        here: &[Draft],
        codes: &[String],
        evidence: Span,
        date: Option<String>,
    ) -> Vec<Draft> {
        let rule = self.rule();
        let same = |draft: &&Draft| {
            draft.kind == rule.kind
                && (draft.mode == rule.mode
                    || rule.kind != EventType::Consult
                    || draft.mode.as_deref() == Some("multilateral")
                        && rule.mode.as_deref() == Some("meeting"))
                && codes.iter().all(|code| draft.source.contains(code) || draft.target.contains(code))
                && date.as_ref().is_none_or(|date| draft.date.as_ref() == Some(date))
        };
        let known = here.iter().rev().find(same).or_else(|| before.iter().rev().find(same));
        known
            .filter(|known| self.index.saturating_sub(known.sentence) < 40)
            .map(|known| Draft {
                evidence: vec![evidence],
                date: known.date.clone(),
                own_date: false,
                sentence: self.index,
                nominal: true,
                ..known.clone()
            })
            .into_iter()
            .collect()
    }
}

/// Whether a rule looks for its recipient in arguments of a case.
fn rule_takes(rule: &Rule, case: Case) -> bool {
    rule.target.iter().any(|place| case_of(place) == Some(case))
}
