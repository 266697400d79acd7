//! Acts that no word of their own names: a threat by a condition, a visit by a headline's へ.

use super::*;

impl ActReader {
    /// 撤退しなければ攻撃すると述べた: harm that its own speaker will do if another does or does not do something
    /// threatens that other, whatever the verb of saying.
    pub(super) fn threatened(
        &self,
        reading: &Reading,
        index: usize,
        phrases: &Phrases<'_>,
        discourse: &Discourse,
        triggers: &[Trigger],
        found: &mut Vec<Draft>,
    ) {
        let analysis = phrases.analysis;
        for (at, content) in analysis.clauses.iter().enumerate() {
            let act = triggers.iter().find(|it| it.clause == Some(at) && !it.nominal);
            // 提訴すれば対抗すると表明した: an answer that is not said to be any act.
            let answers = self.rules.blows.iter().any(|blow| {
                let stem = content.predicate.lemma.trim_end_matches("する");
                stem == "対抗" || stem == "報復" || stem == blow
            });
            let kind = act.map(|it| self.rules.rules[it.rule].kind);
            let id = match kind {
                Some(EventType::Assault | EventType::Mobilize | EventType::Coerce) => "threaten-force",
                Some(EventType::Sanction | EventType::Reject) => "threaten-sanctions",
                None if answers => "warn",
                _ => continue,
            };
            let plain = content.link == Link::Content
                && content.predicate.tense == Tense::NonPast
                && !content.predicate.negated
                && content.predicate.voice == Voice::Active
                && content.arguments.iter().all(|it| it.case != Case::Ga || it.shared);
            let Some(saying) = content.head.filter(|_| plain) else { continue };
            let condition = analysis.clauses[..at].iter().rev().find(|it| {
                it.link == Link::If
                    && it.head == Some(at)
                    && it.arguments.iter().any(|it| it.case == Case::Ga && !it.shared)
            });
            let Some(other) = condition.and_then(Clause::subject) else { continue };
            let source = phrases.subject(saying, discourse, false);
            let mut target = phrases.of(other, discourse).codes;
            target.retain(|code| !source.codes.contains(code));
            // 両国首脳に電話し、戦闘が続けば交渉を打ち切ると伝えた: or to whom it is said.
            if target.is_empty() {
                let said_to = analysis.clauses[..=saying].iter().rev().filter(|it| {
                    it.chunk == analysis.clauses[saying].chunk
                        || it.link == Link::And && it.head == Some(saying)
                });
                target = said_to
                    .flat_map(|it| &it.arguments)
                    .filter(|it| matches!(it.case, Case::Ni | Case::Against | Case::To) && !it.shared)
                    .filter(|it| !phrases.is_time(it.chunk))
                    .map(|it| phrases.of(it, discourse).codes)
                    .find(|codes| !codes.is_empty())
                    .unwrap_or_default();
                target.retain(|code| !source.codes.contains(code));
            }
            let Some(rule) = self.rules.by_id(id).filter(|_| !source.is_empty() && !target.is_empty()) else {
                continue;
            };
            found.retain(|draft| {
                !(matches!(draft.status, Status::Scheduled | Status::Hypothetical)
                    && draft.evidence.iter().all(|span| content.span.contains(*span)))
            });
            if found.iter().any(|draft| draft.kind == EventType::Threaten && draft.source == source.sorted())
            {
                continue;
            }
            let clause = &analysis.clauses[saying];
            let own = |it: &&entente_clause::Argument| phrases.is_time(it.chunk);
            // 13日の演説で、…: or that of the occasion.
            let occasion = (subject_end(clause)..content.chunk).find(|&chunk| {
                let phrase = &analysis.chunks[chunk];
                let words = phrase.content.text(reading.chars());
                matches!(phrase.case, Some(Case::De | Case::Ni)) && self.sayings_end(&words)
            });
            let of_occasion = occasion.and_then(|chunk| {
                analysis
                    .modifiers(chunk)
                    .into_iter()
                    .filter(|&at| phrases.is_time(at))
                    .find_map(|at| reading.times_in(analysis.chunks[at].content).first())
            });
            let day = clause
                .arguments
                .iter()
                .filter(own)
                .find_map(|it| reading.times_in(it.span).first())
                .or(of_occasion);
            found.push(Draft {
                rule,
                kind: EventType::Threaten,
                mode: None,
                source: source.sorted(),
                target,
                participants: source.entities.clone(),
                status: Status::Occurred,
                date: day.map(|time| time.value.clone()),
                own_date: day.is_some(),
                place: None,
                domains: self.rules.rules[rule].domains.clone(),
                evidence: vec![content.span.join(clause.predicate.span)],
                sentence: index,
                heading: false,
                nominal: false,
                main_past: true,
                counted: false,
                another: false,
                earlier: false,
                embedded: false,
                attributed_to: None,
                confidence: 0.6,
                rates: Vec::new(),
            });
        }
    }

    /// Whether words end in a noun of an occasion on which something is said.
    fn sayings_end(&self, words: &str) -> bool {
        self.rules.sayings.iter().any(|end| words.ends_with(end.as_str()))
    }

    /// チリ大統領、ペルーへ: who goes where, in a headline.
    pub(super) fn bound_for(&self, reading: &Reading, index: usize, phrases: &Phrases<'_>) -> Option<Draft> {
        let analysis = phrases.analysis;
        let [rest @ .., last] = analysis.chunks.as_slice() else { return None };
        let place = reading.mentions_in(last.content);
        let whole = last.kind == ChunkKind::Nominal
            && last.case == Some(Case::He)
            && analysis.clauses.is_empty()
            && matches!(place, [one] if one.span == last.content && one.kind == Kind::State && one.states.len() == 1);
        let [.., who] = rest else { return None };
        let words = who.content.text(reading.chars());
        let leads = self.rules.travellers.iter().any(|title| words.ends_with(title.as_str()))
            || matches!(reading.mentions_in(who.content), [.., one] if one.kind == Kind::Person && one.span.end == who.content.end);
        let subject = who.kind == ChunkKind::Nominal
            && (who.topic || matches!(who.case, None | Some(Case::Ga | Case::Bare | Case::And)));
        let party = phrases.of_chunk(rest.len().checked_sub(1)?, &Discourse::default());
        let target = place.first()?.states.clone();
        let (rule, _) = self.rules.visit.as_ref()?;
        let fits = whole && leads && subject && party.codes.len() == 1 && !party.codes.contains(&target[0]);
        fits.then(|| Draft {
            rule: *rule,
            kind: EventType::Consult,
            mode: Some("visit".to_owned()),
            source: party.sorted(),
            place: target.first().cloned(),
            target,
            participants: party.entities.clone(),
            status: Status::Scheduled,
            date: None,
            own_date: false,
            domains: self.rules.rules[*rule].domains.clone(),
            evidence: vec![who.content.join(last.content)],
            sentence: index,
            heading: true,
            nominal: false,
            main_past: false,
            counted: false,
            another: false,
            earlier: false,
            embedded: false,
            attributed_to: None,
            confidence: 0.5,
            rates: Vec::new(),
        })
    }
}

/// The chunk behind a clause's subject, where that stands before it.
fn subject_end(clause: &Clause) -> usize {
    clause.subject().filter(|it| it.chunk < clause.chunk).map_or(0, |it| it.chunk + 1)
}
