//! What is said not to have happened, or not to be going to: claims denied, acts called off.

use super::*;

impl Site<'_> {
    /// Whether the act is told as none: the claim of it is denied, or it is called off.
    pub(super) fn undone(&self) -> bool {
        self.denial().is_some() || self.called_off() || self.came_to_nothing()
    }

    /// Whether a plan is told together with what became of it: 訪問する予定だったが、中止になった.
    fn came_to_nothing(&self) -> bool {
        let Some(clause) = self.clause().filter(|_| !self.heading) else { return false };
        let words = clause.predicate.span.text(self.reading.chars());
        let planned = clause.predicate.modality.contains(&Modality::Scheduled)
            && ["だった", "でした", "ていた", "ていました"].iter().any(|end| words.ends_with(end));
        let Some(next) = clause
            .head
            .filter(|_| planned && matches!(clause.link, Link::But | Link::And))
            .and_then(|head| self.analysis.clauses.get(head))
        else {
            return false;
        };
        let off = &self.reader.rules.off;
        let ends = |words: &str| off.ends.iter().any(|end| words.ends_with(end.as_str()));
        let noun = next.predicate.noun.is_some_and(|noun| ends(&noun.text(self.reading.chars())));
        noun || self.reader.rules.governors.get(&next.predicate.lemma) == Some(&Status::Denied)
            || off.alone.contains(&next.predicate.lemma)
            || next.arguments.iter().any(|it| {
                matches!(it.case, Case::Ni | Case::To)
                    && !it.shared
                    && ends(&self.analysis.chunks[it.chunk].content.text(self.reading.chars()))
            })
    }

    /// The clause that denies the claim which the act is told in: …したとの報道を否定した, …した事実はない.
    pub(super) fn denial(&self) -> Option<&Clause> {
        if let Some(chunk) = self.trigger.noun_chunk.filter(|_| self.trigger.nominal) {
            // 会談の事実はない: the noun that the act fills.
            let phrase = &self.analysis.chunks[chunk];
            if phrase.case == Some(Case::No)
                && phrase.inner.is_none()
                && let Some(head) = phrase.head
                && let Some(denial) = self.denied_claim(head)
            {
                return Some(denial);
            }
        }
        let mut at = self.clause()?;
        for _ in 0..6 {
            match at.link {
                Link::Content | Link::Nominal | Link::Adnominal => {
                    let head = self.analysis.chunks[at.chunk].head?;
                    if self.analysis.chunks[head].clause.is_none() {
                        if let Some(denial) = self.denied_claim(head) {
                            return Some(denial);
                        }
                    } else if at.link == Link::Content {
                        let next = self.analysis.clauses.get(at.head?)?;
                        // 拿捕したとする報道.
                        if next.link == Link::Adnominal && next.arguments.is_empty() {
                            at = next;
                            continue;
                        }
                        // 攻撃したと認めなかった.
                        let denies = self.lacks_truth(next, false);
                        return (at.predicate.tense == Tense::Past && denies).then_some(next);
                    }
                    return None;
                }
                Link::And | Link::But if at.predicate.tense == Tense::None => {
                    at = self.analysis.clauses.get(at.head?)?;
                }
                _ => return None,
            }
        }
        None
    }

    /// The clause that says of a claim, by its noun, that it is not so.
    fn denied_claim(&self, chunk: usize) -> Option<&Clause> {
        let untrue = &self.reader.rules.untrue;
        let phrase = &self.analysis.chunks[chunk];
        let mut noun = chunk;
        let mut words = phrase.content.text(self.reading.chars());
        // 一部報道: an adverb's noun that only begins the compound.
        if !untrue.claims.iter().any(|claim| words.ends_with(claim.as_str()))
            && phrase.case == Some(Case::Bare)
            && let Some(next) = self.analysis.chunks.get(chunk + 1)
        {
            noun = chunk + 1;
            words = next.content.text(self.reading.chars());
        }
        if !untrue.claims.iter().any(|claim| words.ends_with(claim.as_str())) {
            return None;
        }
        let clause = self.analysis.clauses.get(self.analysis.clause_of_chunk(noun)?)?;
        let fact = self.is_fact(&words);
        if self.lacks_truth(clause, fact) {
            return Some(clause);
        }
        // 主張は根拠がないとした.
        let index = self.analysis.clause_of_chunk(noun)?;
        let about = self.analysis.clauses.iter().find(|it| {
            it.head == Some(index)
                && it.link == Link::Content
                && it.chunk > noun
                && self.lacks_truth(it, fact)
        });
        if about.is_some() {
            return about;
        }
        // 要請したことは正当だったと反論した: what is said of it is not that it was none.
        let subject = clause
            .arguments
            .iter()
            .any(|it| it.chunk == noun && it.case == Case::Ga && !it.shared && words.ends_with("こと"));
        if subject {
            return None;
        }
        // 報道について、事実無根だと反論した; 「でたらめだ」と否定した.
        let next = self.analysis.clauses.get(clause.head.filter(|_| clause.link == Link::Content)?)?;
        self.denies(next).then_some(next)
    }

    /// Whether a clause is of a verb of denying.
    fn denies(&self, clause: &Clause) -> bool {
        let negated = clause.predicate.negated && !clause.carried.is_some_and(|carried| carried.negates);
        !negated && self.reader.rules.untrue.verbs.contains(&clause.predicate.lemma)
    }

    /// Whether words name what may simply not be.
    fn is_fact(&self, words: &str) -> bool {
        self.reader.rules.untrue.facts.iter().any(|fact| words.ends_with(fact.as_str()))
    }

    /// Whether a clause says that what it is about is not so. `fact`: it is about a 事実, which may simply not be.
    fn lacks_truth(&self, clause: &Clause, fact: bool) -> bool {
        let untrue = &self.reader.rules.untrue;
        let lemma = clause.predicate.lemma.as_str();
        if self.denies(clause) {
            return true;
        }
        let noun = lemma.strip_suffix('だ').unwrap_or(lemma);
        let lacking = matches!(lemma, "ない" | "無い");
        if !clause.predicate.negated && !lacking {
            return untrue.falsehoods.iter().any(|word| noun.ends_with(word.as_str()));
        }
        if untrue.truths.iter().any(|word| word == noun) {
            return true;
        }
        let lacks = || {
            fact || clause.arguments.iter().any(|it| {
                let words = self.analysis.chunks[it.chunk].content.text(self.reading.chars());
                matches!(it.case, Case::Ga | Case::Bare)
                    && untrue.grounds.iter().any(|ground| words.ends_with(ground.as_str()))
            })
        };
        (lacking || matches!(lemma, "ある" | "存在する")) && lacks()
    }

    /// Whether a clause's words are about a claim that nobody in particular makes: 報道は誤りだと反論した.
    pub(super) fn answers_press(&self) -> bool {
        let Some(clause) = self.clause() else { return false };
        let press = |chunk: usize| {
            let words = self.analysis.chunks[chunk].content.text(self.reading.chars());
            self.reader.rules.untrue.press.iter().any(|noun| words.ends_with(noun.as_str()))
        };
        let index = self.trigger.clause;
        clause
            .arguments
            .iter()
            .chain(
                self.analysis
                    .clauses
                    .iter()
                    .filter(|it| it.head == index && it.link == Link::Content)
                    .flat_map(|it| &it.arguments),
            )
            .any(|it| {
                !it.shared
                    && matches!(it.case, Case::Wo | Case::About | Case::Ga | Case::Ni)
                    && press(it.chunk)
            })
    }

    /// Whether what a verb of saying tells is that its own speaker did not do it.
    pub(super) fn disclaims(&self) -> bool {
        let Some(index) = self.trigger.clause.filter(|_| !self.trigger.nominal) else { return false };
        self.analysis.clauses.iter().any(|it| {
            it.head == Some(index)
                && it.link == Link::Content
                && (self.lacks_truth(it, false)
                    || (it.predicate.negated || it.predicate.lemma == "ない")
                        && it.arguments.iter().any(|argument| {
                            let words =
                                self.analysis.chunks[argument.chunk].content.text(self.reading.chars());
                            self.is_fact(&words)
                        }))
        })
    }

    /// Whether the act, as subject or object, does not take place: 会談が中止になった, 訪問を白紙に戻した.
    fn called_off(&self) -> bool {
        // 共同訓練、中止に: a headline's comma is no list.
        let apart = |chunk: &usize| {
            let phrase = &self.analysis.chunks[*chunk];
            self.heading && phrase.case == Some(Case::And) && phrase.comma
        };
        let Some(chunk) = self.trigger.noun_chunk.filter(apart).or_else(|| self.carrier()) else {
            return false;
        };
        let off = &self.reader.rules.off;
        let chars = self.reading.chars();
        let phrase = &self.analysis.chunks[chunk];
        let slot = matches!(phrase.case, Some(Case::Ga | Case::Wo))
            || phrase.topic && phrase.inner.is_none() && matches!(phrase.case, None | Some(Case::Bare))
            || self.heading
                && (matches!(phrase.case, None | Some(Case::Bare))
                    || phrase.case == Some(Case::And) && phrase.comma);
        let Some(head) = phrase.head.filter(|_| slot) else { return false };
        let ends = |chunk: usize| {
            let words = self.analysis.chunks[chunk].content.text(chars);
            off.ends.iter().any(|end| words.ends_with(end.as_str()))
        };
        let own = &self.analysis.chunks[head];
        // 輸入が止められた: the verb is part of the act.
        if self.trigger.verbal && own.clause.is_some() && own.clause == self.trigger.clause {
            return false;
        }
        // 首脳会談が中止に, 共同訓練、中止へ.
        let Some(clause) = own.clause.and_then(|clause| self.analysis.clauses.get(clause)) else {
            return self.heading && own.head.is_none() && matches!(own.case, Some(Case::Ni)) && ends(head);
        };
        let predicate = &clause.predicate;
        if predicate.negated && !clause.carried.is_some_and(|carried| carried.negates) {
            return false;
        }
        // 見送られた, 中止された.
        if predicate.voice == Voice::Passive
            && phrase.case != Some(Case::Wo)
            && self.reader.rules.governors.get(&predicate.lemma) == Some(&Status::Denied)
        {
            return true;
        }
        if phrase.case != Some(Case::Wo) {
            if off.alone.contains(&predicate.lemma) {
                return true;
            }
            // 首脳会談、見送り; 会談は延期.
            let bare = predicate.noun.is_some_and(|noun| {
                let words = noun.text(chars);
                off.ends.iter().any(|end| words.ends_with(end.as_str())) && noun.end == predicate.span.end
            });
            if bare {
                return true;
            }
        }
        let noun = predicate.noun.is_some_and(|noun| {
            let words = noun.text(chars);
            predicate.lemma.ends_with('だ') && off.ends.iter().any(|end| words.ends_with(end.as_str()))
        });
        noun || off.verbs.contains(&predicate.lemma)
            && clause
                .arguments
                .iter()
                .any(|it| matches!(it.case, Case::Ni | Case::To) && !it.shared && ends(it.chunk))
    }

    /// Whether the act is put off to a time that is told: 会談を7月に延期する.
    pub(super) fn put_off(&self) -> bool {
        let off = &self.reader.rules.off;
        let chars = self.reading.chars();
        let later = |words: &str| off.later.iter().any(|end| words.ends_with(end.as_str()));
        self.trigger.noun_chunk.and(self.clause()).is_some_and(|clause| {
            let puts = later(clause.predicate.lemma.trim_end_matches("する"))
                || clause.arguments.iter().any(|it| {
                    matches!(it.case, Case::Ni | Case::To)
                        && later(&self.analysis.chunks[it.chunk].content.text(chars))
                });
            puts && !(clause.predicate.negated)
                && clause.arguments.iter().any(|it| {
                    matches!(it.case, Case::Ni | Case::Made | Case::He)
                        && !it.shared
                        && self.phrases.is_time(it.chunk)
                        && !self.reading.times_in(self.analysis.chunks[it.chunk].content).is_empty()
                })
        })
    }

    /// Who denies the claim which the act is told in.
    pub(super) fn denier(&self) -> Option<Party> {
        let mut at = self.denial()?;
        for _ in 0..4 {
            let claim = at.arguments.iter().any(|it| {
                matches!(it.case, Case::Ga | Case::Bare)
                    && !it.shared
                    && self.reader.rules.untrue.claims.iter().any(|noun| {
                        self.analysis.chunks[it.chunk].content.text(self.reading.chars()).ends_with(noun)
                    })
            });
            let index = self.analysis.clauses.iter().position(|it| it.chunk == at.chunk)?;
            let party = self.phrases.subject(index, self.discourse, self.heading);
            if !claim && !party.is_empty() {
                return Some(party);
            }
            at = self.analysis.clauses.get(at.head?)?;
        }
        None
    }

    /// Whether the object that the words of a refusal name is an occasion with a time of its own or set before:
    /// 10日に予定していた会談を取りやめた, 首脳会談を延期した.
    pub(super) fn occasion(&self, chunk: usize) -> bool {
        let words = self.analysis.chunks[chunk].content.text(self.reading.chars());
        let modifiers = self.analysis.modifiers(chunk);
        let set = modifiers.iter().any(|&at| {
            let phrase = &self.analysis.chunks[at];
            self.phrases.is_time(at)
                || phrase.clause.and_then(|clause| self.analysis.clauses.get(clause)).is_some_and(|clause| {
                    self.reader.rules.off.planned.contains(&clause.predicate.lemma)
                        || clause.predicate.modality.contains(&Modality::Scheduled)
                })
        });
        set || self.reader.rules.off.occasions.iter().any(|end| words.ends_with(end.as_str()))
    }
}
