//! Acts: which clause or noun phrase reports which event, who does it to whom, when, and how real it is.

mod answer;
mod context;
mod implied;
mod modifier;
mod parties;
mod reality;
mod site;
mod target;
mod undone;
mod when;

use crate::party::{Anaphors, BETWEEN, Discourse, Party, Phrases};
use crate::reading::Reading;
use crate::rule::{Frame, Parties, Role, Rule, Rules, case_of};
use entente_base::record::{EventType, Kind, Status};
use entente_base::{Lexicon, LexiconError, SentenceKind, Span};
use entente_clause::{Analysis, Argument, Aspect, Case, ChunkKind, Clause, Link, Modality, Tense, Voice};

/// Finds events by the rules of the lexicon.
pub struct ActReader {
    pub(crate) rules: Rules,
    pub(crate) anaphors: Anaphors,
}

/// An event, its spans in normalized characters.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) rule: usize,
    pub(crate) kind: EventType,
    pub(crate) mode: Option<String>,
    pub(crate) source: Vec<String>,
    pub(crate) target: Vec<String>,
    pub(crate) participants: Vec<usize>,
    pub(crate) status: Status,
    pub(crate) date: Option<String>,
    /// Whether the date stands with the act itself.
    pub(crate) own_date: bool,
    pub(crate) place: Option<String>,
    pub(crate) domains: Vec<String>,
    pub(crate) evidence: Vec<Span>,
    pub(crate) sentence: usize,
    pub(crate) heading: bool,
    pub(crate) nominal: bool,
    /// Told in the past by the sentence's own predicates, not as what had been before (ていた).
    pub(crate) main_past: bool,
    /// The words count how often it happened (40回以上会談).
    pub(crate) counted: bool,
    /// The words say that it happened another time (再び, 最初の外遊先).
    pub(crate) another: bool,
    /// Told as what had been before the news: 以前, or 3月に会談している.
    pub(crate) earlier: bool,
    /// Told inside another clause or somebody's words.
    pub(crate) embedded: bool,
    pub(crate) attributed_to: Option<usize>,
    pub(crate) confidence: f32,
    /// The rates of what is levied.
    pub(crate) rates: Vec<String>,
}

/// What triggers a rule in a sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trigger {
    pub(crate) rule: usize,
    /// The chunk in which the act's noun stands, where it has one.
    noun_chunk: Option<usize>,
    /// The act's noun within its compound.
    noun: Span,
    /// The clause whose predicate it is or that carries it; for a noun alone the clause it belongs to.
    clause: Option<usize>,
    /// Noun alone: neither predicate nor carried.
    nominal: bool,
    /// The verb is part of what triggers it, so that what the verb says of its object is no modality of the act.
    verbal: bool,
    /// Length of what matched; the longest wins.
    weight: usize,
}

impl Trigger {
    /// Of a rule whose verb is the predicate of a clause.
    fn of_verb(rule: usize, index: usize, clause: &Clause) -> Self {
        Self {
            rule,
            noun_chunk: None,
            noun: clause.predicate.span,
            clause: Some(index),
            nominal: false,
            verbal: true,
            weight: clause.predicate.lemma.chars().count() + 2,
        }
    }
}

/// What the words of a noun count for beside those of its verb; more than any verb or noun alone.
const GAP: usize = 10;

impl ActReader {
    /// Reads `event/` of the lexicon.
    ///
    /// # Errors
    /// When a rule is wrong.
    pub fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        Ok(Self { rules: Rules::new(lexicon)?, anaphors: Anaphors::new(lexicon)? })
    }

    /// The rules, in the order of their files.
    pub fn rules(&self) -> &[Rule] {
        &self.rules.rules
    }

    /// The triggers of a sentence, one for each act.
    pub(crate) fn triggers(&self, reading: &Reading, analysis: &Analysis) -> Vec<Trigger> {
        let mut found: Vec<Trigger> = Vec::new();
        let mut used = vec![false; analysis.chunks.len()];
        for (index, clause) in analysis.clauses.iter().enumerate() {
            if let Some(trigger) = self.of_clause(reading, analysis, index, clause) {
                if let Some(chunk) = trigger.noun_chunk {
                    used[chunk] = true;
                }
                used[clause.chunk] = true;
                // 退去命令を拒否した: what is refused is no act of who refuses.
                if self.rules.rules[trigger.rule].kind == EventType::Reject
                    && let Some(carried) = clause.carried
                    && let Some((rule, ..)) =
                        self.act_noun(reading, analysis, carried.chunk, trim(carried.noun, reading.chars()))
                    && orders(self.rules.rules[rule].kind)
                {
                    used[carried.chunk] = true;
                }
                // 停戦と人質の解放に合意した: what else a list tells.
                let others = if trigger.verbal && trigger.noun_chunk.is_some() {
                    self.of_frames(reading, analysis, index, clause)
                } else {
                    Vec::new()
                };
                found.push(trigger);
                for other in others {
                    let known = found.iter().any(|it| {
                        it.clause == other.clause
                            && (it.rule == other.rule || it.noun_chunk == other.noun_chunk)
                    });
                    let fit = fits(&self.rules.rules[other.rule], reading, analysis, clause, other);
                    if !known
                        && fit
                        && let Some(chunk) = other.noun_chunk
                    {
                        used[chunk] = true;
                        found.push(other);
                    }
                }
            }
        }
        for (index, chunk) in analysis.chunks.iter().enumerate() {
            if used[index] || chunk.kind == ChunkKind::Adverbial {
                continue;
            }
            if let Some(trigger) = self.of_noun(reading, analysis, index) {
                found.push(trigger);
            }
        }
        found.sort_by_key(|trigger| trigger.noun.start);
        found
    }

    /// Whether a clause's verb refuses.
    fn refuses(&self, reading: &Reading, clause: &Clause) -> bool {
        let rejects = |rule: usize| self.rules.rules[rule].kind == EventType::Reject;
        let noun = clause.predicate.noun.and_then(|noun| self.rules.noun_at_end(noun.slice(reading.chars())));
        let verbs = self.rules.verbs.get(clause.predicate.lemma.as_str());
        noun.is_some_and(|(rule, _)| rejects(rule)) || verbs.into_iter().flatten().any(|&rule| rejects(rule))
    }

    fn of_clause(
        &self,
        reading: &Reading,
        analysis: &Analysis,
        index: usize,
        clause: &Clause,
    ) -> Option<Trigger> {
        let chars = reading.chars();
        let lemma = clause.predicate.lemma.as_str();
        let mut best: Option<Trigger> = None;
        let mut put = |trigger: Trigger, rules: &Rules| {
            if best.is_none_or(|old| old.weight < trigger.weight)
                && fits(&rules.rules[trigger.rule], reading, analysis, clause, trigger)
            {
                best = Some(trigger);
            }
        };
        // A verb with its noun: 懸念を表明する.
        for trigger in self.of_frames(reading, analysis, index, clause) {
            put(trigger, &self.rules);
        }
        // 北朝鮮が発射した弾道ミサイル: the object is what the clause modifies.
        // アルメニア側から発射されたミサイル: also where it is said whence.
        let whence = clause.predicate.voice == Voice::Passive
            && clause.arguments.iter().any(|it| it.case == Case::Kara && !it.shared);
        let gap = (clause.link == Link::Adnominal
            && (clause.predicate.voice == Voice::Active || whence)
            && clause.arguments.iter().all(|it| it.case != Case::Wo || it.shared))
        .then(|| analysis.adnominal_of(index))
        .flatten();
        // 中断している自由貿易協定の交渉: it is the talks that the clause is of.
        let of_talks = |object: usize| {
            let phrase = &analysis.chunks[object];
            let head = phrase.head.filter(|_| phrase.case == Some(Case::No) && phrase.inner.is_none());
            head.and_then(|head| {
                let content = trim(analysis.chunks[head].content, chars);
                self.rules.noun_at_end(content.slice(chars))
            })
            .is_some_and(|(rule, _)| self.rules.rules[rule].kind == EventType::Consult)
        };
        if let Some(object) = gap.filter(|&object| !of_talks(object)) {
            let words = analysis.chunks[object].content.text(chars);
            for frame in self.rules.frames.get(lemma).into_iter().flatten() {
                let Some(noun) =
                    frame.nouns.iter().find(|noun| frame.case == Case::Wo && words.ends_with(noun.as_str()))
                else {
                    continue;
                };
                put(
                    Trigger {
                        rule: frame.rule,
                        noun_chunk: None,
                        noun: clause.predicate.span,
                        clause: Some(index),
                        nominal: false,
                        verbal: true,
                        weight: noun.chars().count() + GAP,
                    },
                    &self.rules,
                );
            }
        }
        // 訪中する, 来日する, 訪中.
        if let (Some((rule, prefixes)), Some(noun)) = (&self.rules.visit, clause.predicate.noun)
            && visit_form(reading, noun, prefixes)
        {
            put(
                Trigger {
                    rule: *rule,
                    noun_chunk: None,
                    noun,
                    clause: Some(index),
                    nominal: false,
                    verbal: false,
                    weight: 6,
                },
                &self.rules,
            );
        }
        // NATOに配備を要請した: what another is asked to do is told by the asking.
        let asked = clause.carried.is_some_and(|carried| carried.modality == Some(Modality::Requested))
            && clause.arguments.iter().any(|it| {
                matches!(it.case, Case::Ni | Case::Against)
                    && !it.shared
                    && reading
                        .mentions_in(analysis.chunks[it.chunk].content)
                        .iter()
                        .any(|m| m.kind != Kind::Place)
            });
        // 輸入の解禁を求めた: what is asked for is told by the asking, but for talks.
        let asked_for = |rule: usize| {
            clause.carried.is_some_and(|carried| carried.modality == Some(Modality::Requested))
                && matches!(
                    self.rules.rules[rule].kind,
                    EventType::Concede
                        | EventType::Retreat
                        | EventType::Cooperate
                        | EventType::Aid
                        | EventType::Sanction
                )
        };
        // 退去命令を拒否した: another's order is refused, which the refusal tells.
        let refused = |rule: usize| {
            clause.carried.is_some_and(|carried| carried.modality == Some(Modality::Cancelled))
                && orders(self.rules.rules[rule].kind)
                && self.refuses(reading, clause)
        };
        if let Some(carried) = clause.carried
            && let Some((rule, length, matched)) =
                self.act_noun(reading, analysis, carried.chunk, trim(carried.noun, chars))
            // 首脳会談を打診した: talks with whoever is asked are proposed.
            && (!asked || self.rules.rules[rule].kind == EventType::Consult)
            && !asked_for(rule)
            && !refused(rule)
            // 停戦を受けて: nobody is done to what two do together, so it only came before.
            && !(clause.predicate.voice == Voice::Benefactive
                && clause.link == Link::And
                && self.rules.rules[rule].parties == Parties::Mutual)
        {
            let end = trim(carried.noun, chars).end;
            put(
                Trigger {
                    rule,
                    noun_chunk: Some(carried.chunk),
                    noun: Span::new(end - length, end),
                    clause: Some(index),
                    nominal: false,
                    verbal: false,
                    weight: matched + 3,
                },
                &self.rules,
            );
        }
        // 攻撃は続いた, 署名式が行われた: the act is the subject.
        if self.rules.happen.contains_key(lemma) {
            // 「2+2」を開催する: the meeting may also be the object.
            let held = self.rules.held.iter().any(|verb| verb == lemma) && clause.carried.is_none();
            for argument in clause.arguments.iter().filter(|argument| {
                (argument.case == Case::Ga || held && argument.case == Case::Wo) && !argument.shared
            }) {
                let content = trim(analysis.chunks[argument.chunk].content, chars);
                // APECが釜山で開催された: a body that is its meeting.
                if self.rules.held.iter().any(|verb| verb == lemma)
                    && clause.predicate.voice == Voice::Passive
                    && let (Some(body), Some(rule)) =
                        (meeting_body(reading, content), self.rules.by_id("summit"))
                {
                    put(
                        Trigger {
                            rule,
                            noun_chunk: Some(argument.chunk),
                            noun: body,
                            clause: Some(index),
                            nominal: false,
                            verbal: false,
                            weight: 2,
                        },
                        &self.rules,
                    );
                }
                if let Some((rule, length, matched)) =
                    self.act_noun(reading, analysis, argument.chunk, content)
                {
                    put(
                        Trigger {
                            rule,
                            noun_chunk: Some(argument.chunk),
                            noun: Span::new(content.end - length, content.end),
                            clause: Some(index),
                            nominal: false,
                            verbal: false,
                            weight: matched + 2,
                        },
                        &self.rules,
                    );
                }
            }
        }
        if let Some(noun) = clause.predicate.noun
            && let Some((rule, length)) = self.rules.noun_at_end(noun.slice(chars))
        {
            put(
                Trigger {
                    rule,
                    noun_chunk: None,
                    noun: Span::new(noun.end - length, noun.end),
                    clause: Some(index),
                    nominal: false,
                    verbal: true,
                    weight: length + 2,
                },
                &self.rules,
            );
        }
        // Of rules that share a verb, the first whose other words stand beside it.
        let state = || {
            clause.arguments.iter().filter(|it| it.case == Case::Wo && !it.shared).any(|it| {
                let content = analysis.chunks[it.chunk].content;
                matches!(reading.mentions_in(content), [one] if one.kind == Kind::State && one.span == content)
            })
        };
        for &rule in self.rules.verbs.get(lemma).into_iter().flatten() {
            if self.rules.rules[rule].of_state && !state() {
                continue;
            }
            put(Trigger::of_verb(rule, index, clause), &self.rules);
        }
        best
    }

    /// What a verb means with the nouns of its arguments, each noun of a list by itself.
    fn of_frames(
        &self,
        reading: &Reading,
        analysis: &Analysis,
        index: usize,
        clause: &Clause,
    ) -> Vec<Trigger> {
        let chars = reading.chars();
        let mut found = Vec::new();
        let Some(frames) = self.rules.frames.get(clause.predicate.lemma.as_str()) else { return found };
        // 関税を課し、翌年に撤廃した: what was done to the same before.
        let object = |it: &&Argument| it.case == Case::Wo;
        let led = analysis.clauses[..index]
            .last()
            .filter(|before| {
                before.head == Some(index)
                    && before.link == Link::And
                    && clause.predicate.voice == Voice::Active
                    && !clause.arguments.iter().any(|it| object(&it))
                    && !clause.arguments.iter().any(|it| it.case == Case::Ni && !it.shared)
            })
            .and_then(|before| before.arguments.iter().find(object).filter(|it| !it.shared));
        for argument in clause.arguments.iter().chain(led) {
            // A topic or the subject of a passive may be an object, へ may be に.
            let may_be = |frame: &Frame| {
                argument.case == frame.case
                    || frame.case == Case::Wo && argument.case == Case::Ga
                    || frame.case == Case::Ni && argument.case == Case::He
            };
            if !frames.iter().any(may_be) {
                continue;
            }
            let fronted = argument.topic
                && argument.case == Case::Ga
                && (clause.arguments.iter().any(|other| other.case == Case::Ga && !other.topic)
                    // 武力行使も辞さない.
                    || analysis.chunks[argument.chunk].also
                        && clause.arguments.iter().all(|other| other.case != Case::Wo));
            let passive = clause.predicate.voice == Voice::Passive && argument.case == Case::Ga;
            // 戦闘の停止と捕虜の交換に合意した: a list may seem to end within the phrase of its last noun.
            let mut members = analysis.members(argument.chunk);
            for modifier in analysis.modifiers(argument.chunk) {
                if analysis.chunks[modifier].case == Some(Case::No) {
                    members.extend(analysis.members(modifier).into_iter().filter(|&at| at != modifier));
                }
            }
            for member in members {
                let last = member == argument.chunk;
                let phrase = self.counted(reading, analysis, member);
                let mut content = analysis.chunks[phrase].content;
                // 哨戒艦「…」を派遣した: its name stands behind the noun.
                if content.len() > 3
                    && chars.get(content.end - 1) == Some(&'」')
                    && let Some(at) =
                        content.slice(chars).iter().rposition(|c| *c == '「').filter(|at| *at >= 2)
                {
                    content.end = content.start + at;
                }
                // 「深刻な懸念」を表明した: quotation marks around the noun.
                while content.len() > 1 && matches!(chars.get(content.end - 1), Some('」' | '』' | '”')) {
                    content.end -= 1;
                }
                // 非難決議(第1695号)を採択した: what stands in brackets behind the noun.
                if content.len() > 1
                    && chars.get(content.end - 1) == Some(&')')
                    && let Some(at) =
                        content.slice(chars).iter().rposition(|c| *c == '(').filter(|at| *at >= 2)
                {
                    content.end = content.start + at;
                }
                // 外交官8人を追放した: how many there are stands behind the noun.
                if let Some(figure) = reading.figure_to(content.end)
                    && figure.span.start > content.start
                {
                    content.end = figure.span.start;
                }
                // 公使らを引き揚げた: those with them.
                if content.len() > 2 && chars.get(content.end - 1) == Some(&'ら') {
                    let bare = Span::new(content.start, content.end - 1).text(chars);
                    let known =
                        |noun: &String| noun.ends_with('ら') && content.text(chars).ends_with(noun.as_str());
                    if !frames.iter().flat_map(|frame| &frame.nouns).any(known) && !bare.ends_with('さ') {
                        content.end -= 1;
                    }
                }
                let words = content.text(chars);
                // 敵対行為の停止: a noun with の is compared with the whole phrase.
                let start = if last { argument.span.start } else { analysis.subtree_span(phrase).start };
                let whole = Span::new(start.min(content.start), content.end).text(chars);
                for frame in frames {
                    // 制裁は米国が科した: a topic may be the object where there is another subject.
                    let object = frame.case == Case::Wo && (passive || fronted);
                    // 大使館へ乱入する is 大使館に乱入する.
                    let there = frame.case == Case::Ni && argument.case == Case::He;
                    if argument.case != frame.case && !object && !there {
                        continue;
                    }
                    let fits = |noun: &&String| {
                        words.ends_with(noun.as_str())
                            || whole.ends_with(noun.as_str()) && noun.contains('の')
                    };
                    if let Some(noun) = frame.nouns.iter().find(fits) {
                        let length = noun.chars().count();
                        found.push(Trigger {
                            rule: frame.rule,
                            noun_chunk: Some(member),
                            noun: Span::new(content.end - length, content.end),
                            clause: Some(index),
                            nominal: false,
                            verbal: true,
                            weight: length + 10,
                        });
                    }
                }
            }
        }
        found
    }

    /// The phrase of what a phrase only counts: 大使館員 of 大使館員の半数以上; else the phrase itself.
    fn counted(&self, reading: &Reading, analysis: &Analysis, chunk: usize) -> usize {
        let content = analysis.chunks[chunk].content;
        let words = content.text(reading.chars());
        // 防空システムの6基目を引き渡した: which of them it is.
        let nth = words.ends_with('目') && words.starts_with(|c: char| c.is_ascii_digit());
        let quantity = nth
            || self.rules.quantities.contains(&words)
            || reading.figure_to(content.end).is_some_and(|it| it.span.start <= content.start);
        let of = quantity.then(|| {
            analysis.modifiers(chunk).into_iter().rfind(|&at| {
                let phrase = &analysis.chunks[at];
                phrase.case == Some(Case::No) && phrase.inner.is_none() && phrase.clause.is_none()
            })
        });
        of.flatten().unwrap_or(chunk)
    }

    /// The act that a noun phrase names at its end: by its noun, or by a verb's noun with what it is done to
    /// (武器の供与, 資産の凍結). Its rule, the length of its noun, and how much was matched.
    fn act_noun(
        &self,
        reading: &Reading,
        analysis: &Analysis,
        chunk: usize,
        content: Span,
    ) -> Option<(usize, usize, usize)> {
        let chars = reading.chars();
        let plain = self.rules.noun_at_end(content.slice(chars)).map(|(rule, length)| (rule, length, length));
        let mut best = plain;
        if !chars.get(content.end.wrapping_sub(1)).is_some_and(|last| self.rules.object_last.contains(*last))
        {
            return best;
        }
        let words = content.text(chars);
        for length in 2..=4 {
            let Some(at) = content.len().checked_sub(length) else { break };
            let verb: String = content.slice(chars)[at..].iter().collect();
            let Some(objects) = self.rules.object_nouns.get(&verb) else { continue };
            // What it is done to: the compound before it, else the last noun with の.
            let before = &words[..words.len() - verb.len()];
            let of = if before.is_empty() {
                analysis
                    .modifiers(chunk)
                    .into_iter()
                    .rev()
                    .find(|&at| {
                        let phrase = &analysis.chunks[at];
                        phrase.case == Some(Case::No) && phrase.inner.is_none() && phrase.clause.is_none()
                    })
                    .map(|at| analysis.chunks[at].content.text(chars))
                    .unwrap_or_default()
            } else {
                before.to_owned()
            };
            for (rule, nouns) in objects {
                for noun in nouns.iter().filter(|noun| of.ends_with(noun.as_str())) {
                    let matched = length + noun.chars().count();
                    if best.is_none_or(|(.., known)| known < matched) {
                        best = Some((*rule, length, matched));
                    }
                }
            }
        }
        best
    }

    fn of_noun(&self, reading: &Reading, analysis: &Analysis, index: usize) -> Option<Trigger> {
        let chars = reading.chars();
        let chunk = &analysis.chunks[index];
        let content = trim(chunk.content, chars);
        let clause = analysis.clause_of_chunk(index);
        let (rule, noun) = if let Some((rule, prefixes)) = &self.rules.visit
            && visit_form(reading, content, prefixes)
        {
            (*rule, content)
        } else {
            let (rule, length, _) = self.act_noun(reading, analysis, index, content)?;
            (rule, Span::new(content.end - length, content.end))
        };
        // A noun inside a name is no act: 安全保障会議.
        let named = reading.named.mentions.partition_point(|mention| mention.span.end < noun.end);
        if reading
            .named
            .mentions
            .get(named)
            .is_some_and(|mention| mention.kind != Kind::State && mention.span.overlaps(noun))
        {
            return None;
        }
        // 首脳会談や夕食会を行った: the last of the list is what the verb carries.
        let carried = chunk.case == Some(Case::And)
            && clause.and_then(|at| analysis.clauses.get(at)).is_some_and(|clause| {
                let mut last = index;
                for _ in 0..6 {
                    match analysis.chunks[last].head.filter(|_| analysis.chunks[last].case == Some(Case::And))
                    {
                        Some(head) => last = head,
                        None => break,
                    }
                }
                last != index
                    && self.rules.happen.contains_key(clause.predicate.lemma.as_str())
                    && clause.arguments.iter().any(|it| {
                        it.chunk == last && it.case == Case::Wo && !it.shared && it.chunk < clause.chunk
                    })
            });
        let trigger = Trigger {
            rule,
            noun_chunk: Some(index),
            noun,
            clause,
            nominal: !carried,
            verbal: false,
            weight: noun.len(),
        };
        let own = clause.and_then(|clause| analysis.clauses.get(clause));
        let rule = &self.rules.rules[rule];
        own.is_none_or(|clause| fits(rule, reading, analysis, clause, trigger)).then_some(trigger)
    }

    /// The events of one sentence.
    pub(crate) fn read(
        &self,
        reading: &Reading,
        index: usize,
        discourse: &Discourse,
        drafts: &[Draft],
    ) -> Vec<Draft> {
        let analysis = &reading.analyses[index];
        let heading = reading.sentences[index].kind == SentenceKind::Heading;
        if reading.sentences[index].kind == SentenceKind::Reference || is_citation(reading, index) {
            return Vec::new();
        }
        let phrases = Phrases { reading, analysis, anaphors: &self.anaphors };
        let mut found: Vec<Draft> = Vec::new();
        let mut left: Vec<Trigger> = Vec::new();
        let site = |trigger: Trigger, answer: Option<&Draft>| Site {
            reader: self,
            phrases: &phrases,
            reading,
            analysis,
            index,
            heading,
            discourse,
            trigger,
            answer: answer.cloned(),
        };
        let triggers = self.triggers(reading, analysis);
        for &trigger in &triggers {
            let more = site(trigger, None).drafts(drafts, &found);
            if more.is_empty() && trigger.nominal {
                left.push(trigger);
            }
            // 首脳会談を中止した: the talks are not held, whoever has refused them.
            if let Some(talks) = self.talks_refused(reading, analysis, trigger) {
                let site = site(talks, None);
                if more.is_empty() || site.occasion(trigger.noun_chunk.unwrap_or_default()) {
                    let off = site.drafts(drafts, &found);
                    found.extend(off.into_iter().filter(|it| it.status != Status::Occurred));
                }
            }
            let asked = self.request_refused(reading, analysis, trigger, &more);
            found.extend(more);
            found.extend(asked);
        }
        self.threatened(reading, index, &phrases, discourse, &triggers, &mut found);
        if heading {
            found.extend(self.bound_for(reading, index, &phrases));
        }
        found.extend(self.followed(reading, index, &phrases, discourse, drafts, &found));
        // 輸入停止に反発した, 軍機撃墜について謝罪した: the words about an act tell whose it is.
        for trigger in left {
            let about = found.iter().find(|draft| {
                draft.source != draft.target
                    && !draft.target.is_empty()
                    && !draft.nominal
                    && draft.evidence.iter().any(|span| span.contains(trigger.noun))
                    // 群衆が大使館を襲った。…は襲撃を非難した: told before as a crowd's.
                    && !(self.rules.rules[trigger.rule].kind == EventType::Assault
                        && drafts.iter().any(|it| it.kind == EventType::Protest && it.source == draft.target))
                    && matches!(draft.kind, EventType::Accuse | EventType::Request | EventType::Concede)
            });
            if let Some(answer) = about.cloned() {
                found.extend(site(trigger, Some(&answer)).drafts(drafts, &found));
            }
        }
        found
    }
}

impl ActReader {
    /// The talks that the object of a refusal names.
    fn talks_refused(&self, reading: &Reading, analysis: &Analysis, trigger: Trigger) -> Option<Trigger> {
        let chunk = trigger.noun_chunk?;
        if self.rules.rules[trigger.rule].kind != EventType::Reject || !trigger.verbal {
            return None;
        }
        let content = trim(analysis.chunks[chunk].content, reading.chars());
        let (rule, length, matched) = self.act_noun(reading, analysis, chunk, content)?;
        (self.rules.rules[rule].kind == EventType::Consult).then_some(Trigger {
            rule,
            noun: Span::new(content.end - length, content.end),
            verbal: false,
            weight: matched,
            ..trigger
        })
    }

    /// チリの要請を拒んだ: whose request is refused has asked.
    fn request_refused(
        &self,
        reading: &Reading,
        analysis: &Analysis,
        trigger: Trigger,
        refusals: &[Draft],
    ) -> Option<Draft> {
        let clause = analysis.clauses.get(trigger.clause?)?;
        let refusal = refusals.iter().find(|it| {
            it.kind == EventType::Reject
                && it.status == Status::Occurred
                && it.source.len() == 1
                && it.target.len() == 1
                && it.source != it.target
                && !it.nominal
        })?;
        let chars = reading.chars();
        let (request, rule) = clause.arguments.iter().filter(|it| !it.shared).find_map(|it| {
            let content = trim(analysis.chunks[it.chunk].content, chars);
            let fits = matches!(it.case, Case::Wo | Case::Ni | Case::Against) || it.topic;
            let (rule, ..) = self.rules.noun_at_end(content.slice(chars)).filter(|_| fits)?;
            (self.rules.rules[rule].kind == EventType::Request).then_some((it, rule))
        })?;
        // Whose it is stands before it.
        let whose = reading.mentions_in(analysis.subtree_span(request.chunk));
        let named =
            whose.iter().any(|it| it.states == refusal.target || reading.parties(it) == refusal.target);
        named.then(|| Draft {
            rule,
            kind: EventType::Request,
            mode: None,
            source: refusal.target.clone(),
            target: refusal.source.clone(),
            date: None,
            own_date: false,
            domains: self.rules.rules[rule].domains.clone(),
            evidence: vec![analysis.subtree_span(request.chunk)],
            nominal: true,
            confidence: 0.5,
            ..refusal.clone()
        })
    }

    /// カナダも追随した: another who does what has just been told.
    fn followed(
        &self,
        reading: &Reading,
        index: usize,
        phrases: &Phrases<'_>,
        discourse: &Discourse,
        before: &[Draft],
        here: &[Draft],
    ) -> Vec<Draft> {
        let mut more = Vec::new();
        for clause in &phrases.analysis.clauses {
            let follows = self.rules.follow.contains(&clause.predicate.lemma)
                && !clause.predicate.negated
                && clause.predicate.tense != Tense::NonPast;
            let subject = clause
                .arguments
                .iter()
                .find(|it| it.case == Case::Ga && !it.shared && phrases.analysis.chunks[it.chunk].also);
            let Some(subject) = subject.filter(|_| follows) else { continue };
            let party = phrases.of(subject, discourse);
            let model = here.iter().rev().chain(before.iter().rev()).find(|draft| {
                draft.source != draft.target
                    && !draft.target.is_empty()
                    && index.saturating_sub(draft.sentence) <= 1
                    && matches!(draft.status, Status::Occurred | Status::Ongoing)
                    && party
                        .codes
                        .iter()
                        .all(|code| !draft.source.contains(code) && !draft.target.contains(code))
            });
            let Some(model) = model.filter(|_| !party.codes.is_empty()) else { continue };
            more.push(Draft {
                source: party.sorted(),
                participants: party.entities.clone(),
                date: reading.times_in(clause.span).first().map(|time| time.value.clone()),
                own_date: !reading.times_in(clause.span).is_empty(),
                evidence: vec![subject.span.join(clause.predicate.span)],
                sentence: index,
                heading: false,
                nominal: false,
                embedded: false,
                main_past: true,
                attributed_to: None,
                confidence: 0.6,
                ..model.clone()
            });
        }
        more
    }
}

/// 後, 前, 中 and the like behind an act's noun, and its name in quotation marks or brackets.
fn trim(mut span: Span, chars: &[char]) -> Span {
    if let ['「' | '『', .., '」' | '』'] = span.slice(chars) {
        span = Span::new(span.start + 1, span.end - 1);
    }
    for (open, close) in [('「', '」'), ('(', ')')] {
        let words = span.slice(chars);
        if words.last() == Some(&close)
            && let Some(at) = words.iter().position(|c| *c == open)
            && at >= 2
            // 日露「2+2」 is the talks themselves.
            && words.len() - at > 5
        {
            span.end = span.start + at;
        }
    }
    const TAILS: [&[char]; 17] = [
        &['初', '期'],
        &['当', '初'],
        &['事', '件'],
        &['事', '案'],
        &['作', '業'],
        &['終', '了', '後'],
        &['直', '後'],
        &['開', '始'],
        &['冒', '頭'],
        &['な', 'ど'],
        &['後'],
        &['前'],
        &['中'],
        &['時'],
        &['等'],
        &['以', '降'],
        &['以', '来'],
    ];
    let words = span.slice(chars);
    let tail = TAILS.iter().find(|tail| words.len() > tail.len() + 1 && words.ends_with(tail));
    span.end -= tail.map_or(0, |tail| tail.len());
    span
}

/// Whether a sentence is the title of another report, with its paper and day behind it: 『米艦付近に砲撃』。…新聞、2005年8月19日.
fn is_citation(reading: &Reading, index: usize) -> bool {
    const LONGEST: usize = 60;
    let chars = reading.chars();
    let words = |span: Span| span.text(chars).trim_end_matches(['。', '.', ' ']).to_owned();
    let title = words(reading.sentences[index].span);
    let quoted = title.ends_with(['』', '」', '"', '”'])
        && title
            .chars()
            .position(|c: char| matches!(c, '『' | '「' | '"' | '“'))
            .is_some_and(|at| at < LONGEST / 2);
    quoted
        && reading.sentences.get(index + 1).is_some_and(|next| {
            let source = words(next.span);
            let times = reading.times_in(next.span);
            source.chars().count() < LONGEST
                && times.last().is_some_and(|time| {
                    // The day ends it, but for a clock time in brackets.
                    let rest = Span::new(time.span.end.min(next.span.end), next.span.end).text(chars);
                    time.value.len() == 10 && (rest.chars().count() <= 2 || rest.contains("UTC"))
                })
        })
}

/// Whether an act of a type is done to another against his will, so that whoever refuses it is that other.
fn orders(kind: EventType) -> bool {
    matches!(kind, EventType::Sanction | EventType::Coerce | EventType::Request | EventType::Threaten)
}

/// The body of states that a phrase names, where it is all of it.
fn meeting_body(reading: &Reading, content: Span) -> Option<Span> {
    let [mention] = reading.mentions_in(content) else { return None };
    let entity = reading.entity(mention);
    let all = mention.span.start == content.start && mention.span.end + 1 >= content.end;
    (all && mention.kind == Kind::Organization
        && !entity.media
        && entity.code.is_some()
        && mention.states.is_empty())
    .then_some(mention.span)
}

/// Whether words are a visiting prefix with a state's short form: 訪中, 来日.
fn visit_form(reading: &Reading, noun: Span, prefixes: &[String]) -> bool {
    let chars = reading.chars();
    let words = noun.slice(chars);
    let Some(last) = noun.end.checked_sub(1) else { return false };
    words.len() >= 2
        && prefixes.iter().any(|prefix| prefix.starts_with(words[words.len() - 2]))
        && reading
            .mentions_in(Span::new(last, noun.end))
            .iter()
            .any(|mention| mention.kind == Kind::State && mention.span.len() == 1)
}

/// Whether the words beside a trigger allow its rule.
fn fits(rule: &Rule, reading: &Reading, analysis: &Analysis, clause: &Clause, trigger: Trigger) -> bool {
    if rule.with.is_empty() && rule.without.is_empty() {
        return true;
    }
    let span = match trigger.noun_chunk {
        Some(chunk) if trigger.nominal => analysis.subtree_span(chunk).join(analysis.chunks[chunk].span),
        _ => clause.span.join(clause.predicate.span),
    };
    let words = span.text(reading.chars());
    // 部隊が撤退し、他国が顧問を派遣した: what a clause joined to it tells keeps nothing out.
    let joined: Vec<Span> = analysis
        .clauses
        .iter()
        .filter(|other| {
            !trigger.nominal
                && matches!(other.link, Link::And | Link::But)
                && other.arguments.iter().any(|it| it.case == Case::Ga && !it.topic && !it.shared)
                && other.head.is_some_and(|head| analysis.clauses[head].chunk == clause.chunk)
        })
        .map(|other| other.span)
        .collect();
    // 「…価値をもたらす」と述べ、対応を評価した: nor does what is quoted.
    let quoted: Vec<Span> = analysis
        .clauses
        .iter()
        .filter(|other| !trigger.nominal && clause.quote.is_none() && other.quote.is_some())
        .map(|other| other.span)
        .collect();
    let own_words = if joined.is_empty() && quoted.is_empty() {
        words.clone()
    } else {
        let apart = |at: &usize| !joined.iter().chain(&quoted).any(|it| it.covers(*at));
        (span.start..span.end).filter(apart).filter_map(|at| reading.chars().get(at)).collect()
    };
    // 発射したミサイル: the object is what the clause modifies.
    let object = trigger
        .verbal
        .then(|| analysis.chunks[clause.chunk].head)
        .flatten()
        .filter(|_| clause.link == Link::Adnominal && trigger.weight > GAP)
        .map(|head| analysis.chunks[head].content.text(reading.chars()))
        .unwrap_or_default();
    // 漁船を銃撃し、拿捕した: nor has the second verb an object of its own.
    let own = clause.arguments.iter().any(|it| it.case == Case::Wo && !it.shared);
    let led = analysis.clauses.iter().filter(|other| {
        !own && !trigger.nominal
            && matches!(other.link, Link::And)
            && other.head.is_some_and(|head| analysis.clauses[head].chunk == clause.chunk)
    });
    let shared: String = led
        .flat_map(|other| &other.arguments)
        .filter(|it| it.case == Case::Wo && !it.shared)
        .map(|it| analysis.chunks[it.chunk].content.text(reading.chars()))
        .collect();
    // …も辞さないと通告し、…: what is said stands beside the saying.
    let said: String = analysis
        .clauses
        .iter()
        .filter(|other| {
            !trigger.nominal
                && matches!(other.link, Link::Content | Link::Request)
                && other.head.is_some_and(|head| analysis.clauses[head].chunk == clause.chunk)
        })
        .map(|other| other.span.join(other.predicate.span).text(reading.chars()))
        .collect();
    // カブール入りした特使, 両国の閣僚は島に集まり、…した: who does it may stand outside the clause.
    let doers = clause
        .arguments
        .iter()
        .filter(|it| !trigger.nominal && it.case == Case::Ga && it.shared)
        .map(|it| it.chunk);
    let modified = analysis.chunks[clause.chunk].head.filter(|_| {
        clause.link == Link::Adnominal && trigger.verbal && rule.mode.as_deref() == Some("visit")
    });
    let who: String =
        doers.chain(modified).map(|chunk| analysis.chunks[chunk].content.text(reading.chars())).collect();
    let beside = |word: &String| {
        [&words, &object, &shared, &said, &who].iter().any(|text| text.contains(word.as_str()))
    };
    (rule.with.is_empty() || rule.with.iter().any(beside))
        && !rule.without.iter().any(|word| own_words.contains(word.as_str()))
}

/// A trigger in its sentence.
struct Site<'a> {
    reader: &'a ActReader,
    phrases: &'a Phrases<'a>,
    reading: &'a Reading,
    analysis: &'a Analysis,
    index: usize,
    heading: bool,
    discourse: &'a Discourse,
    trigger: Trigger,
    /// The words said about the act, where they tell whose it is.
    answer: Option<Draft>,
}

/// Whether a type is an act of words.
pub(crate) fn speech(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Support | EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten
    )
}
