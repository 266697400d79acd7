//! Acts: which clause or noun phrase reports which event, who does it to whom, when, and how real it is.

use crate::party::{Anaphors, Discourse, Party, Phrases};
use crate::reading::Reading;
use crate::rule::{Parties, Role, Rule, Rules, case_of};
use entente_base::record::{EventType, Kind, Status};
use entente_base::{Lexicon, LexiconError, SentenceKind, Span};
use entente_clause::{Analysis, Aspect, Case, ChunkKind, Clause, Link, Modality, Tense, Voice};

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
    /// Told inside another clause or somebody's words.
    pub(crate) embedded: bool,
    pub(crate) attributed_to: Option<usize>,
    pub(crate) confidence: f32,
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
                found.push(trigger);
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
        for frame in self.rules.frames.get(lemma).into_iter().flatten() {
            for argument in &clause.arguments {
                let passive = clause.predicate.voice == Voice::Passive
                    && argument.case == Case::Ga
                    && frame.case == Case::Wo;
                // 制裁は米国が科した: a topic may be the object where there is another subject.
                let fronted = argument.topic
                    && frame.case == Case::Wo
                    && argument.case == Case::Ga
                    && clause.arguments.iter().any(|other| other.case == Case::Ga && !other.topic);
                if argument.case != frame.case && !passive && !fronted {
                    continue;
                }
                let content = analysis.chunks[argument.chunk].content;
                let words = content.text(chars);
                if let Some(noun) = frame.nouns.iter().find(|noun| words.ends_with(noun.as_str())) {
                    let length = noun.chars().count();
                    let noun = Span::new(content.end - length, content.end);
                    put(
                        Trigger {
                            rule: frame.rule,
                            noun_chunk: Some(argument.chunk),
                            noun,
                            clause: Some(index),
                            nominal: false,
                            verbal: true,
                            weight: length + 10,
                        },
                        &self.rules,
                    );
                }
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
        if let Some(carried) = clause.carried
            && let Some((rule, length)) = self.rules.noun_at_end(trim(carried.noun, chars).slice(chars))
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
                    weight: length + 3,
                },
                &self.rules,
            );
        }
        // 攻撃は続いた, 署名式が行われた: the act is the subject.
        if self.rules.happen.contains_key(lemma) {
            for argument in
                clause.arguments.iter().filter(|argument| argument.case == Case::Ga && !argument.shared)
            {
                let content = trim(analysis.chunks[argument.chunk].content, chars);
                if let Some((rule, length)) = self.rules.noun_at_end(content.slice(chars)) {
                    put(
                        Trigger {
                            rule,
                            noun_chunk: Some(argument.chunk),
                            noun: Span::new(content.end - length, content.end),
                            clause: Some(index),
                            nominal: false,
                            verbal: false,
                            weight: length + 2,
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
        if let Some(&rule) = self.rules.verbs.get(lemma) {
            put(
                Trigger {
                    rule,
                    noun_chunk: None,
                    noun: clause.predicate.span,
                    clause: Some(index),
                    nominal: false,
                    verbal: true,
                    weight: lemma.chars().count() + 2,
                },
                &self.rules,
            );
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
            let (rule, length) = self.rules.noun_at_end(content.slice(chars))?;
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
        let trigger = Trigger {
            rule,
            noun_chunk: Some(index),
            noun,
            clause,
            nominal: true,
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
        if reading.sentences[index].kind == SentenceKind::Reference {
            return Vec::new();
        }
        let phrases = Phrases { reading, analysis, anaphors: &self.anaphors };
        let mut found: Vec<Draft> = Vec::new();
        for trigger in self.triggers(reading, analysis) {
            let site = Site {
                reader: self,
                phrases: &phrases,
                reading,
                analysis,
                index,
                heading,
                discourse,
                trigger,
            };
            let more = site.drafts(drafts, &found);
            found.extend(more);
        }
        found
    }
}

/// 後, 前, 中 and the like behind an act's noun, and its name in quotation marks or brackets.
fn trim(mut span: Span, chars: &[char]) -> Span {
    for (open, close) in [('「', '」'), ('(', ')')] {
        let words = span.slice(chars);
        if words.last() == Some(&close)
            && let Some(at) = words.iter().position(|c| *c == open)
            && at >= 2
        {
            span.end = span.start + at;
        }
    }
    const TAILS: [&str; 12] =
        ["終了後", "直後", "開始", "冒頭", "など", "後", "前", "中", "時", "等", "以降", "以来"];
    for tail in TAILS {
        let words: Vec<char> = tail.chars().collect();
        if span.len() > words.len() + 1 && span.slice(chars).ends_with(&words) {
            span.end -= words.len();
            break;
        }
    }
    span
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
    (rule.with.is_empty() || rule.with.iter().any(|word| words.contains(word.as_str())))
        && !rule.without.iter().any(|word| words.contains(word.as_str()))
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
}

impl Site<'_> {
    fn rule(&self) -> &Rule {
        &self.reader.rules.rules[self.trigger.rule]
    }

    fn clause(&self) -> Option<&Clause> {
        self.trigger.clause.and_then(|clause| self.analysis.clauses.get(clause))
    }

    fn drafts(&self, before: &[Draft], here: &[Draft]) -> Vec<Draft> {
        let rule = self.rule();
        let (source, target) = match rule.parties {
            Parties::Mutual => self.mutual(),
            Parties::Directed | Parties::Solo => self.directed(),
        };
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
        let nominal = self.trigger.nominal;
        let mut rule_index = self.trigger.rule;
        let mut rule = rule;
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
        if rule.parties == Parties::Mutual {
            for code in &target_codes {
                if !source_codes.contains(code) {
                    source_codes.push(code.clone());
                }
            }
            self.join_host(&mut source_codes);
            source_codes.sort();
            let paper = rule.kind == EventType::Agree
                && source_codes.len() == 1
                && self.is_body(&source_codes[0])
                && !nominal;
            if source_codes.len() < 2 && !paper {
                // A noun that takes up an act already told is further evidence for it.
                let unsaid = source_codes.is_empty() && !self.signed_by_all();
                if nominal || unsaid || self.heading {
                    return self.again(
                        before,
                        here,
                        &source_codes,
                        evidence,
                        own_date.then(|| dates.first().cloned()).flatten(),
                    );
                }
                let both = if self.discourse.pair.len() == 2 {
                    self.discourse.pair.clone()
                } else {
                    self.met(&source_codes, before, here).unwrap_or_else(|| self.discourse.both())
                };
                if source_codes.iter().all(|code| both.contains(code))
                    && self.counterpart_clear()
                    && !self.embedded()
                {
                    source_codes = both;
                } else {
                    return Vec::new();
                }
            }
            if nominal && !rule.nominal {
                return self.again(
                    before,
                    here,
                    &source_codes,
                    evidence,
                    own_date.then(|| dates.first().cloned()).flatten(),
                );
            }
            target_codes.clone_from(&source_codes);
        } else {
            target_codes.retain(|code| !source_codes.contains(code));
            if nominal && !rule.nominal {
                return Vec::new();
            }
            if source_codes.is_empty() && nominal && !target_codes.is_empty() {
                source_codes = self.doer_of_noun(&target_codes);
            }
            if source_codes.is_empty() && !nominal {
                source_codes = self.undone_by(&target_codes, before, here);
            }
            if source_codes.is_empty() {
                return if nominal {
                    self.again(before, here, &target_codes, evidence, None)
                } else {
                    Vec::new()
                };
            }
            if target_codes.is_empty() && rule.parties == Parties::Directed {
                // 停戦を破った with ハマスとの, シリアで空爆: whoever else the passage names.
                let named = || {
                    let codes = self.phrases.codes_with_places(evidence);
                    let place = || {
                        let argument =
                            self.clause()?.arguments.iter().find(|argument| argument.case == Case::De)?;
                        Some(self.phrases.codes_with_places(argument.span)).filter(|codes| !codes.is_empty())
                    };
                    let mut codes = if codes.iter().any(|code| !source_codes.contains(code)) {
                        codes
                    } else {
                        place().unwrap_or_default()
                    };
                    codes.retain(|code| !source_codes.contains(code));
                    codes.truncate(1);
                    (!codes.is_empty() && !nominal).then_some(codes)
                };
                if let Some(other) = named()
                    .or_else(|| self.reacted_to(&source_codes, before, here))
                    .filter(|_| !speech(rule.kind) || rule.target.is_empty())
                {
                    target_codes = other;
                } else if let Some(other) = self
                    .joined_in(&source_codes, before, here)
                    .or_else(|| self.reacted_to(&source_codes, before, here))
                    .or_else(|| self.counterpart(&source_codes))
                    .or_else(named)
                    .or_else(|| self.looked_at(&source_codes))
                    .filter(|_| !nominal)
                {
                    target_codes = other;
                } else {
                    return Vec::new();
                }
            }
        }
        if status == Status::Occurred
            && let (Some(date), Some(published)) = (dates.first(), self.reading.published.as_deref())
            && own_date
            && (nominal || self.clause().is_some_and(|clause| clause.predicate.tense != Tense::Past))
            && after(date, published)
        {
            status = Status::Scheduled;
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
            && self.asked()
        {
            return Vec::new();
        }
        // 国境を越えれば: a condition tells of no act.
        if status == Status::Hypothetical
            && !nominal
            && !speech(rule.kind)
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
        // 侵入すれば報復すると警告した: what is threatened is told by the threat.
        if matches!(status, Status::Hypothetical | Status::Scheduled)
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
            embedded: nominal || self.embedded(),
            attributed_to: None,
            confidence: self.confidence(&source_codes, &target_codes, evidence),
        };
        if dates.is_empty() {
            vec![make(None)]
        } else {
            dates.into_iter().map(|date| make(Some(date))).collect()
        }
    }

    /// How sure the reading is: by who is named, and how near.
    fn confidence(&self, source: &[String], target: &[String], evidence: Span) -> f32 {
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
            return if here { 0.7 } else { 0.5 };
        }
        if self.heading {
            return 0.6;
        }
        if here {
            0.9
        } else if named(self.reading.sentences[self.index].span) {
            0.8
        } else {
            0.7
        }
    }

    /// Whether the sentence tells the act as what happened, not as what had happened before or goes on.
    fn main_past(&self) -> bool {
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
    fn embedded(&self) -> bool {
        let mut at = self.clause();
        for _ in 0..6 {
            let Some(clause) = at else { return false };
            if matches!(
                clause.link,
                Link::Content | Link::Nominal | Link::Adnominal | Link::Request | Link::Purpose | Link::If
            ) {
                return true;
            }
            at = clause.head.and_then(|head| self.analysis.clauses.get(head));
        }
        false
    }

    /// Whether the act is the content of a request.
    fn asked(&self) -> bool {
        self.clause().is_some_and(|clause| {
            clause.link == Link::Request || matches!(clause.link, Link::Content | Link::Nominal)
        })
    }

    /// The type of the act that a clause's own predicate tells.
    fn kind_of(&self, clause: usize) -> Option<EventType> {
        let clause = self.analysis.clauses.get(clause)?;
        let by_noun = clause
            .predicate
            .noun
            .and_then(|noun| self.reader.rules.noun_at_end(noun.slice(self.reading.chars())))
            .map(|(rule, _)| rule);
        let rule = self.reader.rules.verbs.get(clause.predicate.lemma.as_str()).copied().or(by_noun)?;
        Some(self.reader.rules.rules[rule].kind)
    }

    /// A meeting of a body takes place with whoever hosts or attends it: the state of its place, else whom the text
    /// speaks of. A body whose states are named stands for them.
    fn join_host(&self, codes: &mut Vec<String>) {
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
        if states.is_empty() && bodies.len() == 1 {
            if let Some(place) = self.place(&[]).filter(|place| place.len() == 3 && place.is_ascii()) {
                codes.push(place);
            } else if !self.heading && self.trigger.nominal {
                for code in &self.discourse.topic.codes {
                    if !codes.contains(code) {
                        codes.push(code.clone());
                    }
                }
            }
        }
    }

    /// The rule and recipients of an act aimed at another state: ロシアへ部隊を派遣, 基地に向けてミサイルを発射.
    fn aimed(&self, rule: &Rule, source: &[String]) -> Option<(usize, Vec<String>)> {
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

    /// Who does what a noun with a recipient names: where it happens, else the other of the pair spoken of.
    fn doer_of_noun(&self, target: &[String]) -> Vec<String> {
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
        let both = self.discourse.clear_pair();
        if both.len() == 2
            && target.len() == 1
            && both.contains(&target[0])
            && !self.heading
            && matches!(kind, EventType::Sanction | EventType::Coerce)
        {
            return both.into_iter().filter(|code| !target.contains(code)).collect();
        }
        Vec::new()
    }

    /// Whom an act answers: これを非難した, 発射に抗議した, 反撃した.
    fn reacted_to(&self, source: &[String], before: &[Draft], here: &[Draft]) -> Option<Vec<String>> {
        let kind = self.rule().kind;
        if speech(kind)
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
        ) {
            return None;
        }
        // 発射を非難した: whoever did what the object names, wherever the text told it.
        let named: Vec<EventType> = self.clause().map_or_else(Vec::new, |clause| {
            let objects = clause.arguments.iter().filter(|argument| {
                matches!(argument.case, Case::Wo | Case::Ni | Case::Against | Case::About)
                    && !argument.shared
                    && !self.is_noun(argument.chunk)
            });
            objects.filter_map(|argument| self.act_at(argument.chunk)).collect()
        });
        let told = |draft: &&Draft| {
            draft.source != draft.target
                && draft.source.iter().all(|code| !source.contains(code))
                && named.contains(&draft.kind)
        };
        if speech(kind)
            && let Some(draft) = here.iter().rev().chain(before.iter().rev()).find(told)
        {
            return Some(draft.source.clone());
        }
        let answered = |draft: &&Draft| {
            draft.source.iter().all(|code| !source.contains(code))
                && draft.source != draft.target
                && self.index.saturating_sub(draft.sentence) <= 2
                && matches!(draft.status, Status::Occurred | Status::Ongoing)
                && if speech(kind) {
                    !speech(draft.kind) && draft.kind != EventType::Consult
                } else {
                    draft.target.iter().any(|code| source.contains(code))
                }
        };
        here.iter()
            .rev()
            .find(answered)
            .or_else(|| before.iter().rev().take(12).find(answered))
            .map(|draft| draft.source.clone())
    }

    /// 10日に署名された文書: a paper has those who met, where nobody else is named.
    fn signed_by_all(&self) -> bool {
        self.rule().kind == EventType::Agree
            && self.clause().is_some_and(|clause| {
                clause.predicate.voice == Voice::Passive
                    && clause.arguments.iter().all(|it| !matches!(it.case, Case::By | Case::Ni) || it.shared)
            })
    }

    /// Who lets go of what it holds: イランに拘束されていた米国人が解放された.
    fn undone_by(&self, target: &[String], before: &[Draft], here: &[Draft]) -> Vec<String> {
        let passive = self.clause().is_some_and(|clause| clause.predicate.voice == Voice::Passive);
        let undoes = matches!(self.rule().kind, EventType::Retreat | EventType::Concede);
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

    /// Those who, by the sentences before, sit together: 表敬し、…の署名式に臨んだ.
    fn met(&self, source: &[String], before: &[Draft], here: &[Draft]) -> Option<Vec<String>> {
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

    /// What two have agreed worries a third: its words are to both.
    fn looked_at(&self, source: &[String]) -> Option<Vec<String>> {
        let pair = &self.discourse.pair;
        let outside = pair.len() == 2 && source.iter().all(|code| !pair.contains(code));
        let worried = matches!(self.rule().kind, EventType::Accuse | EventType::Request);
        (outside && worried && !self.heading && !self.embedded()).then(|| pair.clone())
    }

    /// Toward whom another did the same just before: 英国も同日、制裁を科した.
    fn joined_in(&self, source: &[String], before: &[Draft], here: &[Draft]) -> Option<Vec<String>> {
        let clause = self.clause().filter(|_| !self.trigger.nominal)?;
        let also = clause
            .arguments
            .iter()
            .any(|argument| argument.case == Case::Ga && self.analysis.chunks[argument.chunk].also);
        if !also {
            return None;
        }
        here.iter()
            .rev()
            .chain(before.iter().rev())
            .filter(|draft| self.index.saturating_sub(draft.sentence) <= 3)
            .find(|draft| {
                draft.kind == self.rule().kind
                    && draft.source != draft.target
                    && !draft.target.is_empty()
                    && draft.target.iter().all(|code| !source.contains(code))
            })
            .map(|draft| draft.target.clone())
    }

    /// Whom the clauses that lead up to this one speak to: 大使を呼び、…を非難した; Yと会談し、…を求めた.
    fn met_before(&self, source: &[String]) -> Option<Vec<String>> {
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
            let summons = self.reader.rules.summons.iter().any(|verb| *verb == clause.predicate.lemma);
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

    /// The type of the act that a noun phrase names.
    fn act_at(&self, chunk: usize) -> Option<EventType> {
        let chars = self.reading.chars();
        let content = trim(self.analysis.chunks[chunk].content, chars);
        let (rule, _) = self.reader.rules.noun_at_end(content.slice(chars))?;
        Some(self.reader.rules.rules[rule].kind)
    }

    fn is_body(&self, code: &str) -> bool {
        self.reading
            .named
            .entities
            .iter()
            .any(|entity| entity.kind == Kind::Organization && entity.code.as_deref() == Some(code))
    }

    fn mode(&self, codes: &[String]) -> Option<String> {
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

    /// Whether the text leaves no doubt who the other party is.
    fn counterpart_clear(&self) -> bool {
        !self.heading && self.discourse.pair.len() == 2
    }

    /// The other party where the sentence names none: the one met, or the other of the pair spoken of.
    fn counterpart(&self, source: &[String]) -> Option<Vec<String>> {
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
        // Whoever travels is told to somewhere.
        if self.rule().mode.as_deref() == Some("visit") && self.rule().status.is_none() {
            return None;
        }
        // 有権者に訴えた: whoever is named, though no actor here, is the one spoken to.
        let addressed = self.clause().is_some_and(|clause| {
            clause.arguments.iter().any(|argument| {
                let other = matches!(argument.case, Case::Ni | Case::He | Case::Against)
                    && !self.is_noun(argument.chunk)
                    && !self.phrases.is_time(argument.chunk)
                    && self.rule().target.iter().any(|place| case_of(place) == Some(argument.case));
                // 党首の経済政策を批判した: what is one's own is no other's.
                let own = || {
                    let mentions = self.reading.mentions_in(argument.span);
                    argument.case != Case::Ga
                        && !mentions.is_empty()
                        && mentions.iter().all(|mention| {
                            !mention.states.is_empty()
                                && mention.states.iter().all(|state| source.contains(state))
                        })
                };
                !argument.shared && !argument.topic && (other || own())
            })
        });
        if addressed || self.turned_inward() {
            return None;
        }
        let both = self.discourse.clear_pair();
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
    fn turned_inward(&self) -> bool {
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
        contents.chain(objects).any(|span| {
            let words = span.text(self.reading.chars());
            self.reader.rules.inward.iter().any(|inward| words.contains(inward.as_str()))
                && self.phrases.codes_in(span).is_empty()
        })
    }

    /// The span that reports the act: its clause, or the noun phrase with what modifies it.
    fn evidence(&self) -> Span {
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

    /// Parties named in the compound before the act's noun; those after 対 or 訪 are targets whatever the rule says.
    fn prefix(&self) -> (Party, Party) {
        let noun = self.trigger.noun;
        let start = self.trigger.noun_chunk.map_or_else(
            || self.clause().and_then(|clause| clause.predicate.noun).map_or(noun.start, |noun| noun.start),
            |chunk| self.analysis.chunks[chunk].content.start,
        );
        let span = Span::new(start.min(noun.start), noun.end);
        let chars = self.reading.chars();
        let (mut plain, mut aimed) = (Party::default(), Party::default());
        if let Some(members) = self.reader.rules.members_of(&span.text(chars)) {
            plain.add(&Party { codes: members.to_vec(), ..Party::default() });
        }
        for mention in self.reading.mentions_in(span) {
            let party = if mention.kind == Kind::Place {
                Party { codes: mention.states.clone(), ..Party::default() }
            } else {
                self.phrases.named(mention.span)
            };
            let before = mention.span.start.checked_sub(1).and_then(|at| chars.get(at)).copied();
            if matches!(before, Some('対' | '訪' | '反' | '来' | '渡')) {
                aimed.add(&party);
            } else if mention.kind != Kind::Place || self.rule().prefix == Some(Role::Target) {
                plain.add(&party);
            }
        }
        (plain, aimed)
    }

    /// Who stands before the noun with の, による, への …: (genitive, by, toward, with).
    fn modifiers(&self) -> Modifiers {
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
                    if phrase.case == Some(Case::By)
                        || phrase.case == Some(Case::No) && phrase.inner.is_some()
                    {
                        work.push(inner);
                    } else if phrase.case == Some(Case::No) {
                        below.extend(self.analysis.modifiers(inner));
                    }
                }
            }
            if phrase.kind == ChunkKind::Predicate {
                // 米国が主催する演習, 日本が行った支援: who does it stands in the clause that modifies the noun.
                if let Some(clause) = phrase.clause {
                    let party = self.phrases.subject(clause, &Discourse::default(), true);
                    // 中国とラオスを結ぶ鉄道: both ends.
                    if party.is_empty() && self.rule().parties == Parties::Mutual {
                        let codes = self.phrases.codes_in(self.analysis.clauses[clause].span);
                        found.by.add(&Party { codes, ..Party::default() });
                    }
                    found.by.add(&party);
                }
                continue;
            }
            let party = self.phrases.of_chunk(modifier, self.discourse);
            match (phrase.case, phrase.inner) {
                (Some(Case::No), None) => {
                    if party.is_empty() {
                        found.places.extend(self.phrases.codes_with_places(phrase.content));
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
                (Some(Case::No), Some(Case::By | Case::Kara)) | (Some(Case::By), _) => found.by.add(&party),
                (Some(Case::No), Some(Case::He | Case::Against | Case::Ni))
                | (Some(Case::Against | Case::He | Case::About), _) => {
                    let codes = if party.is_empty() {
                        self.phrases.codes_with_places(self.analysis.subtree_span(modifier))
                    } else {
                        party.codes.clone()
                    };
                    found.toward.add(&party);
                    found.toward.add(&Party { codes, ..Party::default() });
                }
                (Some(Case::No), Some(Case::To | Case::With)) | (Some(Case::With | Case::To), _) => {
                    found.with.add(&party)
                }
                (Some(Case::And), _) => found.genitive.add(&party),
                _ => {}
            }
        }
        found
    }

    fn mutual(&self) -> (Party, Party) {
        let mut party = Party::default();
        let (prefix, aimed) = self.prefix();
        let modifiers = self.modifiers();
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
            return (party, Party::default());
        }
        let complete = party.codes.len() >= 2;
        let passive = clause.predicate.voice == Voice::Passive;
        for argument in &clause.arguments {
            let partner = match argument.case {
                Case::To | Case::With => true,
                Case::Ni | Case::Against | Case::Kara => !argument.shared && !self.is_noun(argument.chunk),
                Case::Wo => !argument.shared && clause.predicate.noun.is_none() && clause.carried.is_none(),
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
        let subject =
            if passive && complete { Party::default() } else { self.subject(self.heading || complete) };
        let mut all = subject;
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

    /// Who does what the clause says, unless its subject is the act's own noun.
    fn subject(&self, discourse_free: bool) -> Party {
        let Some(index) = self.trigger.clause else { return Party::default() };
        let own = self.analysis.clauses[index]
            .arguments
            .iter()
            .any(|argument| argument.case == Case::Ga && self.is_noun(argument.chunk));
        if own { Party::default() } else { self.phrases.subject(index, self.discourse, discourse_free) }
    }

    /// The phrase that stands in the clause for the act's noun: its own, or one that it only fills (制裁の第16弾を).
    fn carrier(&self) -> Option<usize> {
        let chunk = self.trigger.noun_chunk?;
        let phrase = &self.analysis.chunks[chunk];
        let head = phrase.head.filter(|_| phrase.case == Some(Case::No) && phrase.inner.is_none());
        let vessel = head.filter(|&head| {
            let words = self.analysis.chunks[head].content.text(self.reading.chars());
            self.analysis.chunks[head].kind == ChunkKind::Nominal
                && self.reader.rules.vessels.iter().any(|vessel| words.ends_with(vessel.as_str()))
        });
        vessel.or(Some(chunk))
    }

    fn is_noun(&self, chunk: usize) -> bool {
        Some(chunk) == self.trigger.noun_chunk
    }

    fn directed(&self) -> (Party, Party) {
        let rule = self.rule();
        let (mut source, mut target) = (Party::default(), Party::default());
        let (prefix, aimed) = self.prefix();
        let modifiers = self.modifiers();
        target.add(&aimed);
        target.add(&modifiers.toward);
        source.add(&modifiers.by);
        match rule.prefix {
            Some(Role::Source) => source.add(&prefix),
            Some(Role::Target) => target.add(&prefix),
            Some(Role::Both) => {
                source.add(&prefix);
                target.add(&prefix);
            }
            None => {}
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
            let carrier = self.carrier();
            let object = clause.arguments.iter().any(|argument| {
                Some(argument.chunk) == carrier && matches!(argument.case, Case::Wo | Case::Ni | Case::De)
            });
            // 暗殺を調べる: who looks into an attack has not made it.
            let lemma = clause.predicate.lemma.as_str();
            let does = !matches!(
                rule.kind,
                EventType::Assault | EventType::Coerce | EventType::Accuse | EventType::Protest
            ) || self.reader.rules.governors.contains_key(lemma)
                || self.reader.rules.happen.contains_key(lemma)
                || matches!(
                    lemma,
                    "強化する" | "加える" | "仕掛ける" | "強める" | "受ける" | "開始する" | "認める"
                );
            if source.is_empty() && object && does && rule.kind != EventType::Support {
                source.add(&self.subject(self.heading));
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
        let receives = passive && (!own_subject || self.trigger.verbal)
            || clause.predicate.voice == Voice::Benefactive && !own_subject;
        // 幹部の資産が凍結された: whose object it is.
        let subject =
            if own_subject && receives { modifiers.genitive.clone() } else { self.subject(self.heading) };
        if receives && own_subject {
            source = modifiers.by.clone();
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
        } else if source.is_empty() || !subject.is_empty() {
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
        // 中国では…デモが起きた: those where it happens.
        if source.is_empty() && rule.parties == Parties::Solo {
            for argument in
                clause.arguments.iter().filter(|argument| matches!(argument.case, Case::De | Case::Ni))
            {
                let mut codes = self.phrases.codes_with_places(argument.span);
                codes.retain(|code| !target.codes.contains(code));
                source.add(&Party { codes, ..Party::default() });
            }
        }
        if target.is_empty() || target.codes.iter().all(|code| source.codes.contains(code)) {
            for place in &rule.target {
                let found = if place == "content" {
                    self.content_target(&source)
                } else if place == "teller" {
                    self.teller(&source)
                } else {
                    self.target_at(place, &source)
                };
                if !found.is_empty() {
                    target.add(&found);
                    break;
                }
            }
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

    /// The recipient in the arguments of one case.
    fn target_at(&self, place: &str, source: &Party) -> Party {
        let (Some(case), Some(clause)) = (case_of(place), self.clause()) else { return Party::default() };
        let mut found = Party::default();
        for argument in clause.arguments.iter().filter(|argument| argument.case == case) {
            if argument.shared && case != Case::Ni && case != Case::Against {
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
                let codes: Vec<String> = self
                    .phrases
                    .codes_with_places(argument.span)
                    .into_iter()
                    .filter(|code| !source.codes.contains(code))
                    .collect();
                let first = codes.into_iter().next();
                party = Party { codes: first.into_iter().collect(), ..Party::default() };
            }
            party.codes.retain(|code| !source.codes.contains(code));
            if !party.codes.is_empty() {
                found.add(&party);
            }
        }
        found
    }

    fn visiting(&self, noun: Span) -> bool {
        self.reader.rules.visit.as_ref().is_some_and(|(_, prefixes)| visit_form(self.reading, noun, prefixes))
    }

    /// The recipient in what is said: the subject of the content, else the first actor in it.
    fn content_target(&self, source: &Party) -> Party {
        let Some(own) = self.trigger.clause else { return Party::default() };
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
            let codes = self.phrases.codes_in(clause.span);
            if let Some(code) = codes.into_iter().find(|code| !source.codes.contains(code)) {
                return Party { codes: vec![code], ..Party::default() };
            }
        }
        Party::default()
    }

    /// Who tells of the act in the same sentence, where nobody else is named whom it may have met:
    /// 中国の巡視船が進路を妨げたと、フィリピンが発表した.
    fn teller(&self, source: &Party) -> Party {
        let Some(clause) = self.clause().filter(|_| !source.codes.is_empty()) else {
            return Party::default();
        };
        let Some(head) = clause.head.filter(|_| clause.link == Link::Content) else {
            return Party::default();
        };
        let mut teller = self.phrases.subject(head, self.discourse, self.heading);
        let sentence = self.reading.sentences[self.index].span;
        let alone = self.reading.mentions_in(sentence).iter().all(|mention| {
            mention.states.iter().all(|code| source.codes.contains(code) || teller.codes.contains(code))
        });
        teller.codes.retain(|code| !source.codes.contains(code) && !self.is_body(code));
        if alone { teller } else { Party::default() }
    }

    /// How real the act is.
    fn status(&self) -> Status {
        let rule = self.rule();
        if let Some(status) = rule.status {
            return status;
        }
        let Some(clause) = self.clause() else { return Status::Occurred };
        if self.trigger.nominal {
            return self.nominal_status(clause);
        }
        let lenient = self.trigger.verbal || speech(rule.kind);
        let words = clause.predicate.span.text(self.reading.chars());
        let material = !speech(rule.kind) && !matches!(rule.kind, EventType::Consult | EventType::Agree);
        // 供与してきた: goes on.
        if material && (words.ends_with("てきた") || words.ends_with("てきました")) {
            return Status::Ongoing;
        }
        if !self.trigger.verbal
            && self.reader.rules.happen.get(clause.predicate.lemma.as_str()) == Some(&true)
            && material
            && !self.dated_to_the_day(clause)
        {
            return Status::Ongoing;
        }
        // 禁止した, 拒否した are the act; only ない and its like deny it.
        let denied = ["ない", "なかっ", "ず", "ません", "ぬ", "なく"].iter().any(|word| words.contains(word));
        let lenient = lenient && !denied;
        let punctual = speech(rule.kind) || matches!(rule.kind, EventType::Consult | EventType::Agree);
        let mut status = clause_status(clause, self.heading, lenient);
        // 署名している, 会談を重ねている: done, not going on; so is what has its own day.
        if status == Some(Status::Ongoing) && (punctual || self.dated_to_the_day(clause)) {
            status = Some(Status::Occurred);
        }
        if speech(rule.kind) && status == Some(Status::Scheduled) && clause.predicate.modality.is_empty() {
            status = Some(Status::Occurred);
        }
        // A continuative leaves tense and modality to the clause it leads to; a content to the verb of saying.
        let mut at = clause;
        let mut steps = 0;
        while steps < 8 {
            steps += 1;
            let Some(next) = at.head.and_then(|head| self.analysis.clauses.get(head)) else { break };
            match at.link {
                Link::And if status.is_none() && self.apart(at, next) => {
                    return self.announced(Status::Occurred);
                }
                Link::And | Link::But if at.predicate.tense == Tense::None && status.is_none() => {
                    // …訪問し、…出席する予定だと発表した: the plan holds for both.
                    let content =
                        self.content_between(at, next).filter(|content| self.goes_with(at, content));
                    let next = content.unwrap_or(next);
                    status = clause_status(&own_reality(next), self.heading, lenient);
                    if status == Some(Status::Ongoing) && punctual {
                        status = Some(Status::Occurred);
                    }
                    at = next;
                    continue;
                }
                Link::Request => return Status::Proposed,
                Link::Purpose => {
                    return if status == Some(Status::Occurred) {
                        Status::Occurred
                    } else {
                        Status::Scheduled
                    };
                }
                Link::If => return Status::Hypothetical,
                Link::Content | Link::Nominal => {
                    let governed = self.reader.rules.governors.get(next.predicate.lemma.as_str()).copied();
                    let future = at.predicate.tense != Tense::Past && at.predicate.aspect != Aspect::Ongoing;
                    if future
                        && status.is_none_or(|status| matches!(status, Status::Scheduled | Status::Occurred))
                        && !speech(rule.kind)
                    {
                        if let Some(governed) = governed {
                            return self.announced(governed);
                        }
                        if at.link == Link::Content && at.predicate.tense == Tense::NonPast {
                            return self.announced(Status::Scheduled);
                        }
                    }
                    // What lies beyond the verb of saying is none of the act's.
                    if let Some(status) = status.filter(|_| at.link == Link::Content) {
                        return self.announced(status);
                    }
                }
                _ => {}
            }
            at = next;
        }
        self.announced(status.unwrap_or(Status::Occurred))
    }

    /// The clause of content between two clauses, where the first leads to it rather than to the verb of saying.
    fn content_between(&self, first: &Clause, last: &Clause) -> Option<&Clause> {
        self.analysis.clauses.iter().rfind(|other| {
            other.chunk > first.chunk
                && other.chunk < last.chunk
                && (other.link == Link::Content
                    // 訪米し、会談する方向で調整している.
                    || matches!(other.link, Link::Adnominal | Link::Nominal)
                        && self.reader.rules.governors.contains_key(last.predicate.lemma.as_str())
                        && other
                            .predicate
                            .modality
                            .iter()
                            .any(|it| matches!(it, Modality::Scheduled | Modality::Intended)))
                && other.quote == first.quote
                && other.head.is_some_and(|head| self.analysis.clauses[head].chunk == last.chunk)
        })
    }

    /// Whether two joined clauses tell of two things, each with its own time: 工事が年末に終わり、来年には全面開通する見込みだ.
    fn apart(&self, first: &Clause, second: &Clause) -> bool {
        let timed =
            |clause: &Clause| clause.arguments.iter().any(|it| !it.shared && self.phrases.is_time(it.chunk));
        let thing = first.arguments.iter().any(|it| {
            it.case == Case::Ga
                && !it.topic
                && !it.shared
                && self.phrases.named(self.analysis.chunks[it.chunk].content).is_empty()
        });
        thing && timed(first) && timed(second)
    }

    /// Whether a continuative belongs to the content that follows it rather than to the verb of saying behind that:
    /// 訪日し、会談する予定だと発表した, but not 24日に訪れて会談し、支援すると表明した. Their common day decides where
    /// it is known to have been or to come; what has a subject of its own, or is no act, takes nobody in.
    fn goes_with(&self, clause: &Clause, content: &Clause) -> bool {
        let alone = content.arguments.iter().any(|argument| argument.case == Case::Ga && !argument.shared);
        let later = clause.head.is_some_and(|head| {
            let arguments = &self.analysis.clauses[head].arguments;
            arguments.iter().any(|it| it.case == Case::Ga && !it.shared && it.chunk > clause.chunk)
        });
        if alone || later || content.predicate.lemma.ends_with('だ') && content.predicate.noun.is_none() {
            return false;
        }
        let date = self.times_of(clause, true).into_iter().next();
        match (date, self.reading.published.as_deref()) {
            (Some(date), Some(published)) => after(&date, published),
            _ => true,
        }
    }

    fn dated_to_the_day(&self, clause: &Clause) -> bool {
        self.times_of(clause, true).iter().any(|date| date.len() == 10 && !date.contains('/'))
    }

    /// An announced sanction has occurred; an announced visit is scheduled.
    fn announced(&self, status: Status) -> Status {
        match (status, self.rule().announced) {
            (Status::Scheduled, Some(announced)) => announced,
            (status, _) => status,
        }
    }

    fn nominal_status(&self, clause: &Clause) -> Status {
        let (Some(chunk), Some(carrier)) = (self.trigger.noun_chunk, self.carrier()) else {
            return Status::Occurred;
        };
        let phrase = &self.analysis.chunks[carrier];
        // What modifies it may place it in the future: 予定されている首脳会議, 次回の会談.
        for modifier in self.analysis.modifiers(chunk) {
            if let Some(modifying) =
                self.analysis.chunks[modifier].clause.and_then(|clause| self.analysis.clauses.get(clause))
            {
                if modifying
                    .predicate
                    .modality
                    .iter()
                    .any(|modality| matches!(modality, Modality::Scheduled | Modality::Intended))
                    || modifying.predicate.lemma.starts_with("予定")
                {
                    return self.announced(Status::Scheduled);
                }
                if modifying.predicate.aspect == Aspect::Ongoing {
                    return Status::Ongoing;
                }
                // 11月に開かれる首脳会議.
                if modifying.predicate.tense == Tense::NonPast
                    && modifying.predicate.voice == Voice::Passive
                    && modifying.predicate.modality.is_empty()
                    && self.reader.rules.happen.contains_key(modifying.predicate.lemma.as_str())
                    && !self.past_by(modifying)
                {
                    return self.announced(Status::Scheduled);
                }
            }
        }
        let around = self.analysis.subtree_span(chunk).text(self.reading.chars());
        if ["次回", "今後の", "予定の", "予定されている", "来月", "来年", "来週"]
            .iter()
            .any(|word| around.contains(word))
        {
            return self.announced(Status::Scheduled);
        }
        let object = matches!(
            phrase.case,
            Some(Case::Wo | Case::Ga | Case::Ni | Case::To | Case::Against | Case::About | Case::Toward)
        ) || phrase.topic;
        let direct = phrase.head == Some(clause.chunk);
        if object && direct {
            if phrase.case == Some(Case::Toward) {
                return self.announced(Status::Scheduled);
            }
            if let Some(&status) = self.reader.rules.governors.get(clause.predicate.lemma.as_str())
                && matches!(phrase.case, Some(Case::Wo | Case::Ga))
            {
                return self.announced(status);
            }
            if phrase.case == Some(Case::Wo) && clause.predicate.modality.contains(&Modality::Possible) {
                return Status::Hypothetical;
            }
            if clause.predicate.aspect == Aspect::Ongoing && phrase.case == Some(Case::Ga) {
                return Status::Ongoing;
            }
        }
        if self.heading && self.reading.chars().get(self.trigger.noun.end) == Some(&'へ') {
            return self.announced(Status::Scheduled);
        }
        // 輸入規制の見直し: measures named without a day are in force.
        if self.rule().kind == EventType::Sanction && !self.heading && self.dates().0.is_empty() {
            return Status::Ongoing;
        }
        Status::Occurred
    }

    /// Whether a clause's own day lies before the day of publication.
    fn past_by(&self, clause: &Clause) -> bool {
        let date = self.times_of(clause, true).into_iter().next();
        match (date, self.reading.published.as_deref()) {
            (Some(date), Some(published)) => !after(&date, published),
            // 同日開かれる: a day that the text knows in full.
            (Some(date), None) => !date.contains('X'),
            _ => false,
        }
    }

    /// When: values in order, and whether they stand with the act itself.
    fn dates(&self) -> (Vec<String>, bool) {
        let values = |span: Span| -> Vec<(Span, String)> {
            self.reading.times_in(span).iter().map(|time| (time.span, time.value.clone())).collect()
        };
        if let Some(chunk) = self.trigger.noun_chunk {
            let subtree = self.analysis.subtree_span(chunk);
            let mut times = values(Span::new(subtree.start, self.trigger.noun.end));
            // A time in the noun's own phrase; in a clause that modifies it only where it is the last.
            if let Some(last) = times.pop()
                && (self.trigger.nominal || times.is_empty())
            {
                return (vec![last.1], true);
            }
        }
        if self.trigger.nominal && !self.rule().nominal {
            return (Vec::new(), false);
        }
        let Some(clause) = self.clause() else { return (Vec::new(), false) };
        if self.trigger.nominal {
            // 訪日中のX大統領と会談した: the visit is going on when the meeting is.
            let staying = self.rule().mode.as_deref() == Some("visit")
                && self.reading.chars().get(self.trigger.noun.end) == Some(&'中');
            // 同日、制裁の第16弾を採択した: what fills the object has the clause's day.
            let filled = self.carrier() != self.trigger.noun_chunk;
            let times = if staying || filled { self.times_of(clause, true) } else { Vec::new() };
            let own = !times.is_empty();
            return (times, own);
        }
        let visit = self.rule().mode.as_deref() == Some("visit");
        let own = self.times_of(clause, false);
        if !own.is_empty() {
            return (own, true);
        }
        let shared = self.times_of(clause, true);
        if !shared.is_empty() {
            return (shared, true);
        }
        // The time that opens the sentence holds for the clauses that follow one another in it.
        let mut at = clause;
        for _ in 0..6 {
            // What is announced has its own time, unless announcing is doing.
            let through = matches!(at.link, Link::And | Link::But | Link::When | Link::Because)
                || at.link == Link::Final
                || (visit || speech(self.rule().kind)) && at.link == Link::Adnominal
                || matches!(at.link, Link::Content | Link::Nominal | Link::Request)
                    && (self.rule().announced == Some(Status::Occurred)
                        || speech(self.rule().kind)
                        || self.tells_own(at));
            let Some(next) = at.head.filter(|_| through).and_then(|head| self.analysis.clauses.get(head))
            else {
                break;
            };
            let times = self.times_of(next, true);
            if !times.is_empty() {
                return (times.into_iter().take(1).collect(), true);
            }
            at = next;
        }
        // その後も…: later than what was told before.
        if self.evidence().text(self.reading.chars()).contains("その後") {
            return (Vec::new(), false);
        }
        let chained = self.analysis.clauses.iter().rev().find_map(|other| {
            let leads_here = other.head == self.trigger.clause
                && matches!(other.link, Link::And)
                && other.predicate.aspect != Aspect::Ongoing;
            if !leads_here {
                return None;
            }
            let times = self.times_of(other, true);
            times.into_iter().next()
        });
        if let Some(date) = chained {
            return (vec![date], true);
        }
        (Vec::new(), false)
    }

    /// Whether a clause is what its own subject says to have done: Aは26日、…を攻撃したと発表した.
    fn tells_own(&self, clause: &Clause) -> bool {
        clause.link == Link::Content
            && clause.predicate.tense == Tense::Past
            && clause.arguments.iter().all(|argument| argument.case != Case::Ga || argument.shared)
    }

    /// Times among a clause's arguments.
    fn times_of(&self, clause: &Clause, shared: bool) -> Vec<String> {
        let mut dates: Vec<String> = Vec::new();
        for argument in clause.arguments.iter().filter(|argument| shared || !argument.shared) {
            if matches!(
                argument.case,
                Case::Wo | Case::To | Case::About | Case::Against | Case::As | Case::AccordingTo
            ) {
                continue;
            }
            // 8月まで延長し: how long one act lasts tells nothing of the next.
            if argument.case == Case::Made && argument.shared {
                continue;
            }
            for member in self.analysis.members(argument.chunk) {
                let content = self.analysis.chunks[member].content;
                let times = self.reading.times_in(content);
                // A date inside a longer phrase (昨年3月に打ち出した…) is that phrase's.
                if times.is_empty()
                    || argument.case == Case::Ga && !argument.topic && !self.phrases.is_time(member)
                {
                    continue;
                }
                for time in times {
                    if !dates.contains(&time.value) && time.span.len() * 2 + 4 >= content.len() {
                        dates.push(time.value.clone());
                    }
                }
            }
            // 3日の定例会見で, 16日の会談で: the occasion's time.
            if dates.is_empty()
                && matches!(argument.case, Case::De | Case::Ni)
                && let Some(time) = self.occasion_time(argument.chunk)
            {
                dates.push(time);
            }
        }
        // Two dates side by side are two occasions only where they are coordinated.
        let coordinated = clause.arguments.iter().any(|argument| {
            let members = self.analysis.members(argument.chunk);
            members.len() > 1 && members.iter().all(|&member| self.phrases.is_time(member))
        });
        if !coordinated {
            dates.truncate(1);
        }
        dates
    }

    /// The time that modifies the noun of an occasion, not inside a clause of its own.
    fn occasion_time(&self, chunk: usize) -> Option<String> {
        self.analysis.modifiers(chunk).into_iter().find_map(|modifier| {
            let phrase = &self.analysis.chunks[modifier];
            (phrase.clause.is_none() && self.phrases.is_time(modifier))
                .then(|| self.reading.times_in(phrase.content).last().map(|time| time.value.clone()))
                .flatten()
        })
    }

    /// Where: the state of the place that the clause or phrase names.
    fn place(&self, target: &[String]) -> Option<String> {
        if self.rule().mode.as_deref() == Some("visit") {
            return target.first().cloned();
        }
        let state_of = |span: Span| {
            let mentions = self.reading.mentions_in(span);
            mentions
                .iter()
                .rev()
                .find(|mention| {
                    matches!(mention.kind, Kind::Place | Kind::State) && mention.states.len() == 1
                })
                .map(|mention| mention.states[0].clone())
                .or_else(|| {
                    mentions
                        .iter()
                        .find(|mention| mention.kind == Kind::Place)
                        .map(|mention| mention.span.text(self.reading.chars()))
                })
        };
        if let Some(chunk) = self.trigger.noun_chunk {
            for modifier in self.analysis.modifiers(chunk) {
                let phrase = &self.analysis.chunks[modifier];
                if phrase.inner == Some(Case::De)
                    && let Some(state) = state_of(self.analysis.subtree_span(modifier))
                {
                    return Some(state);
                }
                // イスラマバードで開かれた首脳会議.
                let held = phrase.clause.and_then(|clause| self.analysis.clauses.get(clause));
                if let Some(state) = held.and_then(|held| {
                    let places = held.arguments.iter().filter(|it| it.case == Case::De && !it.shared);
                    places.into_iter().find_map(|it| state_of(it.span))
                }) {
                    return Some(state);
                }
            }
        }
        self.clause()?.arguments.iter().filter(|argument| argument.case == Case::De).find_map(|argument| {
            // …することで合意した is no place.
            let phrase = &self.analysis.chunks[argument.chunk];
            let tells = self
                .analysis
                .chunks
                .iter()
                .any(|chunk| chunk.clause.is_some() && argument.span.contains(chunk.content));
            state_of(if tells { phrase.content } else { argument.span })
        })
    }

    /// A noun that takes up an act already told: 今回の会談では, 攻撃を受けて.
    fn again(
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

#[derive(Default)]
struct Modifiers {
    genitive: Party,
    by: Party,
    toward: Party,
    with: Party,
    places: Vec<String>,
}

/// Whether a type is an act of words.
pub(crate) fn speech(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Support | EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten
    )
}

/// How real a clause's act is by its own words; `None` where it leaves that to what follows.
///
/// `lenient`: the verb is the act itself, so that 求める, 拒否する, 検討する say nothing of its reality.
fn clause_status(clause: &Clause, heading: bool, lenient: bool) -> Option<Status> {
    let predicate = &clause.predicate;
    let has = |modality: Modality| {
        predicate.modality.contains(&modality)
            && !(lenient
                && matches!(
                    modality,
                    Modality::Cancelled | Modality::Requested | Modality::Considered | Modality::Obliged
                ))
    };
    if has(Modality::Cancelled) || predicate.negated && !lenient {
        return Some(Status::Denied);
    }
    if has(Modality::Scheduled) || has(Modality::Intended) {
        return Some(Status::Scheduled);
    }
    if has(Modality::Requested)
        || has(Modality::Obliged)
        || has(Modality::Wished)
        || has(Modality::Considered)
    {
        return Some(Status::Proposed);
    }
    if has(Modality::Possible) || has(Modality::Conditional) {
        return Some(Status::Hypothetical);
    }
    match predicate.tense {
        Tense::Past => Some(Status::Occurred),
        _ if predicate.aspect == Aspect::Ongoing => Some(Status::Ongoing),
        Tense::NonPast if heading || clause.link != Link::Final => Some(Status::Occurred),
        Tense::NonPast if has(Modality::Inferred) => Some(Status::Hypothetical),
        Tense::NonPast => Some(Status::Scheduled),
        Tense::None if clause.link == Link::Final => Some(Status::Occurred),
        Tense::None => None,
    }
}

/// A clause without what its verb says of the act that it carries: 会談し、支援を約束した was held, though the aid is to come.
fn own_reality(clause: &Clause) -> std::borrow::Cow<'_, Clause> {
    match clause.carried.and_then(|carried| carried.modality) {
        Some(modality) => {
            let mut own = clause.clone();
            own.predicate.modality.retain(|other| *other != modality);
            std::borrow::Cow::Owned(own)
        }
        None => std::borrow::Cow::Borrowed(clause),
    }
}

/// Whether a date lies after the day of publication.
fn after(date: &str, published: &str) -> bool {
    let parse = |value: &str| value.parse::<entente_base::edtf::Edtf>().ok();
    match (parse(date).and_then(|date| date.earliest()), parse(published).and_then(|day| day.latest())) {
        (Some(date), Some(day)) => date > day,
        _ => false,
    }
}
