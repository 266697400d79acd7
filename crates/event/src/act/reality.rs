//! How real an act is: done, going on, planned, called for, denied.

use super::*;

impl Site<'_> {
    /// 支持したことはない: said never to have been done, which refuses nothing.
    pub(super) fn never_did(&self, clause: &Clause) -> bool {
        let chars = self.reading.chars();
        let end = clause.predicate.span.end;
        let words = Span::new(clause.predicate.span.start, (end + 6).min(chars.len())).text(chars);
        ["たことは", "たことが", "だことは", "た事実は", "た覚えは"].iter().any(|said| words.contains(said))
    }

    /// How real the act is.
    pub(super) fn status(&self) -> Status {
        let rule = self.rule();
        if self.put_off() && rule.kind != EventType::Reject {
            return Status::Scheduled;
        }
        if self.undone() {
            return Status::Denied;
        }
        if let Some(status) = rule.status {
            return status;
        }
        let Some(clause) = self.clause() else { return Status::Occurred };
        // 武力行使も辞さない構えだ: a threat by what is not shrunk from.
        if rule.kind == EventType::Threaten
            && self.trigger.verbal
            && clause.predicate.negated
            && ["辞", "排除", "いと", "厭", "ためら"]
                .iter()
                .any(|stem| clause.predicate.lemma.starts_with(stem))
        {
            return Status::Occurred;
        }
        if rule.parties == Parties::Solo
            && !self.trigger.nominal
            && clause.link == Link::And
            && clause.predicate.voice == Voice::Benefactive
        {
            return Status::Occurred;
        }
        if self.trigger.nominal {
            return self.nominal_status(clause);
        }
        // 提訴を検討する: what the verb says of the words that it carries.
        let carried = clause.carried.is_some_and(|carried| {
            Some(carried.chunk) == self.trigger.noun_chunk
                && matches!(
                    carried.modality,
                    Some(Modality::Considered | Modality::Requested | Modality::Scheduled)
                )
        });
        let lenient = self.trigger.verbal || speech(rule.kind) && !carried;
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
        // 資金を出すべきだ: only of words does it say nothing that they ought to be.
        let ought = !speech(rule.kind) && self.obliged(clause);
        if ought && !self.heading {
            return Status::Proposed;
        }
        let punctual = speech(rule.kind) || matches!(rule.kind, EventType::Consult | EventType::Agree);
        // 制裁を決め、応じなければ…と警告した: what somebody is threatened with if, is no condition of what was done.
        let beyond = self.beyond_threat(clause);
        let clause = beyond.as_ref().unwrap_or(clause);
        // 12日から19日まで開催され、協力することで合意した: what had its day before the news is done.
        let plan = clause.predicate.modality.iter().any(|it| *it != Modality::Scheduled);
        if clause.link == Link::And
            && clause.predicate.tense == Tense::None
            && !plan
            && !clause.predicate.negated
            && !self.heading
            && self.had_its_day(clause)
        {
            return self.announced(Status::Occurred);
        }
        // チリに到着、首脳会談へ: in a headline what stands before what is to come is done.
        let bare = clause.predicate.noun.is_some_and(|noun| noun.end == clause.predicate.span.end);
        if self.heading && bare && clause.link == Link::And && clause.predicate.modality.is_empty() {
            return self.announced(Status::Occurred);
        }
        let mut status = clause_status(clause, self.heading, lenient);
        // イランが支援する組織: what is so goes on.
        let so = material
            && matches!(rule.kind, EventType::Aid | EventType::Cooperate)
            && clause.link == Link::Adnominal
            && clause.predicate.tense == Tense::NonPast
            && clause.predicate.aspect == Aspect::Simple
            && clause.predicate.modality.is_empty()
            && self.times_of(clause, true).is_empty();
        if so && status == Some(Status::Occurred) && !self.heading {
            status = Some(Status::Ongoing);
        }
        // 署名している, 会談を重ねている: done, not going on; so is what has its own day.
        if status == Some(Status::Ongoing) && (punctual || self.dated_to_the_day(clause)) {
            status = Some(Status::Occurred);
        }
        // 会談するほか、…で演説する: to come, as what it is joined to.
        let joined = clause.link == Link::And
            && clause.predicate.tense == Tense::NonPast
            && clause.predicate.aspect == Aspect::Simple
            && clause.head.and_then(|head| self.analysis.clauses.get(head)).is_some_and(|head| {
                head.link == Link::Final
                    && head.predicate.tense == Tense::NonPast
                    && head.predicate.aspect == Aspect::Simple
            });
        if joined && !self.heading && status == Some(Status::Occurred) {
            status = Some(Status::Scheduled);
        }
        // 提案を拒否する構えだ: not said yet.
        let to_say = speech(rule.kind)
            && status == Some(Status::Scheduled)
            && clause.link == Link::Final
            && clause.predicate.tense == Tense::NonPast
            && !self.heading
            && clause
                .predicate
                .modality
                .iter()
                .any(|it| matches!(it, Modality::Scheduled | Modality::Intended));
        if to_say {
            return Status::Scheduled;
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
                // 先月29日には攻撃を加え、…: what has a day of its own that is past has happened.
                Link::And if status.is_none() && self.had_its_day(at) => {
                    return self.announced(Status::Occurred);
                }
                // 意見交換を行い、協力を強化することで一致した: the talks were held.
                Link::And
                    if status.is_none()
                        && rule.kind == EventType::Consult
                        && rule.mode.as_deref() != Some("visit")
                        && matches!(next.link, Link::Nominal | Link::Content)
                        && next.head.and_then(|head| self.kind_of(head)) == Some(EventType::Agree) =>
                {
                    return self.announced(Status::Occurred);
                }
                Link::And if status.is_none() && self.apart(at, next) => {
                    return self.announced(Status::Occurred);
                }
                Link::And | Link::But if at.predicate.tense == Tense::None && status.is_none() => {
                    // …訪問し、…出席する予定だと発表した: the plan holds for both.
                    let content = self
                        .content_between(at, next)
                        .filter(|content| !speech(rule.kind) && self.goes_with(at, content));
                    let mut next = content.unwrap_or(next);
                    // 解放を求め、応じなければ…と警告した: a condition within what is said holds for that alone.
                    for _ in 0..4 {
                        match next.head.and_then(|head| self.analysis.clauses.get(head)) {
                            Some(beyond)
                                if content.is_none()
                                    && (next.link == Link::If
                                        || next.link == Link::Content
                                            && at.chunk < next.chunk
                                            && at.link == Link::And
                                            && self.conditional(next)) =>
                            {
                                next = beyond;
                            }
                            _ => break,
                        }
                    }
                    status = clause_status(&own_reality(next), self.heading, lenient);
                    if status == Some(Status::Ongoing) && (punctual || self.dated_to_the_day(clause)) {
                        status = Some(Status::Occurred);
                    }
                    at = next;
                    continue;
                }
                // 収監していた記者を釈放する用意がある: what modifies a noun has been, whatever is planned with it.
                // 科している制裁を解除するよう求めた: so has what goes on.
                Link::Adnominal
                    if at.chunk == clause.chunk
                        && (at.predicate.tense == Tense::Past
                            || material && at.predicate.aspect == Aspect::Ongoing && status.is_some()) =>
                {
                    break;
                }
                Link::Request => return Status::Proposed,
                Link::Purpose => {
                    // 首相と協議するため訪問する: nor has what it is meant for been.
                    let ahead = at.predicate.tense == Tense::NonPast
                        && next.link == Link::Final
                        && next.predicate.tense == Tense::NonPast
                        && next.predicate.aspect == Aspect::Simple;
                    return if status == Some(Status::Occurred) && !ahead {
                        Status::Occurred
                    } else {
                        Status::Scheduled
                    };
                }
                // 釈放されて帰国すると、中国も…を解放した: と before what happened is no condition.
                Link::If if self.came_true(at, next) => return self.announced(Status::Occurred),
                // 支持する声明を発表していて、攻撃されれば…と警告した: what comes before a condition is none of it.
                Link::If if at.chunk != clause.chunk && status == Some(Status::Occurred) => {
                    return self.announced(Status::Occurred);
                }
                Link::If => return Status::Hypothetical,
                Link::Content | Link::Nominal => {
                    let governed = self.reader.rules.governors.get(next.predicate.lemma.as_str()).copied();
                    let future = at.predicate.tense != Tense::Past && at.predicate.aspect != Aspect::Ongoing;
                    // 制裁を解除することに反対した: what somebody is for or against is not done.
                    if at.link == Link::Nominal
                        && at.chunk == clause.chunk
                        && at.predicate.tense == Tense::NonPast
                        && future
                        && !speech(rule.kind)
                        && status == Some(Status::Occurred)
                        && matches!(
                            at.head.and_then(|head| self.kind_of(head)),
                            Some(EventType::Support | EventType::Reject)
                        )
                    {
                        return Status::Proposed;
                    }
                    // 訪れることが分かった: what is known of it is that it will be.
                    if at.link == Link::Nominal
                        && at.predicate.tense == Tense::NonPast
                        && at.predicate.aspect == Aspect::Simple
                        && !at.predicate.negated
                        && at.predicate.modality.is_empty()
                        && self.reader.rules.known.contains(&next.predicate.lemma)
                        && status == Some(Status::Occurred)
                    {
                        return self.announced(Status::Scheduled);
                    }
                    // 停戦することで合意した: agreed is done.
                    if rule.kind == EventType::Retreat
                        && rule.parties == Parties::Mutual
                        && at.link == Link::Nominal
                        && next.predicate.tense == Tense::Past
                        && !next.predicate.negated
                        && at.head.and_then(|head| self.kind_of(head)) == Some(EventType::Agree)
                    {
                        return Status::Occurred;
                    }
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
                    // …したことを歓迎すると表明した: what was done is not what is going to be said of it.
                    if let Some(status) = status.filter(|_| at.predicate.tense == Tense::Past && !future) {
                        return self.announced(status);
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
        // 近く新たな制裁を発表する: what is going to be announced has not been.
        let to_announce = status == Some(Status::Scheduled)
            && clause.link == Link::Final
            && clause.predicate.tense == Tense::NonPast
            && clause.predicate.aspect == Aspect::Simple
            && self.reader.rules.announcing.contains(&clause.predicate.lemma);
        if to_announce && !self.heading {
            return Status::Scheduled;
        }
        // 制裁を決定する見通し: what others foresee is not announced.
        if status == Some(Status::Scheduled) && ["見通し", "見込み"].iter().any(|word| words.contains(word))
        {
            return Status::Scheduled;
        }
        self.announced(status.unwrap_or(Status::Occurred))
    }

    /// Whether a clause, or the one that it leads to in the same words, says what ought to be: 資金を出して解決すべきだ.
    pub(super) fn obliged(&self, clause: &Clause) -> bool {
        let ought = |clause: &Clause| clause.predicate.modality.contains(&Modality::Obliged);
        let mut at = clause;
        for _ in 0..4 {
            if ought(at) {
                return true;
            }
            let next = at.head.and_then(|head| self.analysis.clauses.get(head));
            let Some(next) = next.filter(|next| {
                at.link == Link::And
                    && at.predicate.tense == Tense::None
                    && next.quote == at.quote
                    && matches!(next.link, Link::Content | Link::And | Link::Request)
            }) else {
                return false;
            };
            // 会見を開き、…すべきだと述べた: each its own.
            let own =
                next.arguments.iter().any(|it| it.case == Case::Ga && !it.shared && it.chunk > at.chunk);
            if own {
                return false;
            }
            at = next;
        }
        false
    }

    /// Whether と joins a clause to what happened then.
    fn came_true(&self, first: &Clause, second: &Clause) -> bool {
        let end = self.analysis.chunks[first.chunk].span.end;
        let chars = self.reading.chars();
        let mut last = chars[first.predicate.span.end..end].iter().filter(|c| !matches!(c, '、' | ','));
        let past = second.predicate.tense == Tense::Past
            && !second.predicate.modality.contains(&Modality::Conditional)
            && second.link == Link::Final;
        past && last.next_back() == Some(&'と')
    }

    /// A clause that leads to a condition within what its own subject says then, joined to the saying instead.
    fn beyond_threat(&self, clause: &Clause) -> Option<Clause> {
        if clause.link != Link::And || clause.predicate.tense != Tense::None {
            return None;
        }
        let mut condition = self.analysis.clauses.get(clause.head?).filter(|it| it.link == Link::If)?;
        let mut index = condition.head?;
        // 停戦しなければ…結ばないと圧力をかけた: the threat's と may stand for a condition too.
        while let Some(next) = self.analysis.clauses.get(index).filter(|it| it.link == Link::If) {
            condition = next;
            index = condition.head?;
        }
        let content = self.analysis.clauses.get(index)?;
        if content.quote != clause.quote {
            return None;
        }
        let mut own = clause.clone();
        own.head = match content.link {
            Link::Content => content.head,
            Link::Final if content.predicate.tense == Tense::Past => Some(index),
            _ => return None,
        };
        own.predicate.modality.retain(|modality| *modality != Modality::Conditional);
        Some(own)
    }

    /// The clause of content between two clauses, where the first leads to it rather than to the verb of saying.
    pub(super) fn content_between(&self, first: &Clause, last: &Clause) -> Option<&Clause> {
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

    /// Whether a clause has a day of its own, and the day is past.
    fn had_its_day(&self, clause: &Clause) -> bool {
        let day = self
            .times_of(clause, false)
            .into_iter()
            .find(|date| date.len() == 10 || date.len() == 21 && date.contains('/'));
        match (day, self.reading.published.as_deref()) {
            (Some(day), Some(published)) => !after(&day, published),
            _ => false,
        }
    }

    /// Whether a clause has a condition of its own.
    fn conditional(&self, clause: &Clause) -> bool {
        self.analysis.clauses.iter().any(|other| {
            other.link == Link::If
                && other.head.is_some_and(|head| self.analysis.clauses[head].chunk == clause.chunk)
        })
    }

    /// Whether two joined clauses tell of two things, each with its own time: 工事が年末に終わり、来年には全面開通する見込みだ.
    pub(super) fn apart(&self, first: &Clause, second: &Clause) -> bool {
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
    pub(super) fn goes_with(&self, clause: &Clause, content: &Clause) -> bool {
        let alone = content.arguments.iter().any(|argument| argument.case == Case::Ga && !argument.shared);
        let later = clause.head.is_some_and(|head| {
            let arguments = &self.analysis.clauses[head].arguments;
            arguments.iter().any(|it| it.case == Case::Ga && !it.shared && it.chunk > clause.chunk)
        });
        if alone || later || content.predicate.lemma.ends_with('だ') && content.predicate.noun.is_none() {
            return false;
        }
        // 会談し、支援を続けると伝えた: whoever meets says so there; 訪日し、会談すると発表した is all to come.
        let meets = self.rule().kind == EventType::Consult && self.rule().mode.as_deref() != Some("visit");
        let kind = self
            .analysis
            .clauses
            .iter()
            .position(|other| other.chunk == content.chunk)
            .and_then(|at| self.kind_of(at));
        let plan = |it: &Modality| matches!(it, Modality::Scheduled | Modality::Intended);
        // 開催され、協力することで合意した: what was agreed there is to come, the meeting was held.
        let agreed =
            clause.head.and_then(|head| self.kind_of(head)).is_some_and(|kind| kind == EventType::Agree);
        if meets && agreed {
            return false;
        }
        if meets && kind != Some(EventType::Consult) && !content.predicate.modality.iter().any(plan) {
            return false;
        }
        let date = self.times_of(clause, true).into_iter().next();
        match (date, self.reading.published.as_deref()) {
            (Some(date), Some(published)) => after(&date, published),
            // Where no day of publication tells, a day of one's own is of what was done, but for a plan.
            (Some(_), None) => content
                .predicate
                .modality
                .iter()
                .any(|it| matches!(it, Modality::Scheduled | Modality::Intended)),
            _ => true,
        }
    }

    /// Whether a sentence ends in the plain form of the present with a day that lies before that of publication.
    pub(super) fn told_of_past(&self, date: Option<&String>) -> bool {
        let parse = |value: &str| value.parse::<entente_base::edtf::Edtf>().ok();
        let past = date
            .and_then(|date| parse(date)?.latest())
            .zip(self.reading.published.as_deref().and_then(|day| parse(day)?.earliest()))
            .is_some_and(|(date, published)| date < published);
        past && self.clause().is_some_and(|clause| {
            matches!(clause.link, Link::Final | Link::But)
                && clause.predicate.tense == Tense::NonPast
                && clause.predicate.modality.is_empty()
                && clause.quote.is_none()
        })
    }

    pub(super) fn dated_to_the_day(&self, clause: &Clause) -> bool {
        self.times_of(clause, true).iter().any(|date| date.len() == 10 && !date.contains('/'))
    }

    /// An announced sanction has occurred; an announced visit is scheduled.
    pub(super) fn announced(&self, status: Status) -> Status {
        match (status, self.rule().announced) {
            (Status::Scheduled, Some(announced)) => announced,
            (status, _) => status,
        }
    }

    pub(super) fn nominal_status(&self, clause: &Clause) -> Status {
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
        // 攻撃の可能性, 会談の予定: the noun that it fills says how real it is.
        if let Some(head) = self.analysis.chunks[chunk].head
            && self.analysis.chunks[chunk].case == Some(Case::No)
            && self.analysis.chunks[chunk].inner.is_none()
        {
            let words = self.analysis.chunks[head].content.text(self.reading.chars());
            let governed =
                self.reader.rules.governing.iter().find(|(noun, _)| words.ends_with(noun.as_str()));
            if let Some(&(_, status)) = governed {
                return self.announced(status);
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
        // 制裁の承認、関税の発動、協議の打ち切りを表明した: the last of the list has the case of all.
        let phrase = match self.carrier().filter(|_| phrase.case == Some(Case::And)) {
            Some(carrier) => &self.analysis.chunks[carrier],
            None => phrase,
        };
        let object = object || phrase.case == Some(Case::Wo);
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
    pub(super) fn past_by(&self, clause: &Clause) -> bool {
        let date = self.times_of(clause, true).into_iter().next();
        match (date, self.reading.published.as_deref()) {
            (Some(date), Some(published)) => !after(&date, published),
            // 同日開かれる: a day that the text knows in full.
            (Some(date), None) => !date.contains('X'),
            _ => false,
        }
    }
}

/// How real a clause's act is by its own words; `None` where it leaves that to what follows.
///
/// `lenient`: the verb is the act itself, so that 求める, 拒否する, 検討する say nothing of its reality.
pub(super) fn clause_status(clause: &Clause, heading: bool, lenient: bool) -> Option<Status> {
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
pub(super) fn own_reality(clause: &Clause) -> std::borrow::Cow<'_, Clause> {
    // Nor is it denied by what is said not to have followed: 攻撃を加え、損害は出なかった.
    let carried = clause.carried.and_then(|carried| carried.modality);
    if carried.is_none() && !clause.predicate.negated {
        return std::borrow::Cow::Borrowed(clause);
    }
    let mut own = clause.clone();
    own.predicate.negated = false;
    own.predicate.modality.retain(|other| Some(*other) != carried);
    std::borrow::Cow::Owned(own)
}

/// Whether a date lies after the day of publication.
pub(super) fn after(date: &str, published: &str) -> bool {
    let parse = |value: &str| value.parse::<entente_base::edtf::Edtf>().ok();
    match (parse(date).and_then(|date| date.earliest()), parse(published).and_then(|day| day.latest())) {
        (Some(date), Some(day)) => date > day,
        _ => false,
    }
}
