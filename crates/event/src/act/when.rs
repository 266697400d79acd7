//! When and where an act was.

use super::*;
use crate::narrative::is_news;

impl Site<'_> {
    /// When: values in order, and whether they stand with the act itself.
    pub(super) fn dates(&self) -> (Vec<String>, bool) {
        let values = |span: Span| -> Vec<(Span, String)> {
            self.reading.times_in(span).iter().map(|time| (time.span, time.value.clone())).collect()
        };
        // 会談を7月に延期する: set for then.
        if self.put_off()
            && let Some(day) = self.clause().and_then(|clause| {
                let mut later = clause.arguments.iter().filter(|it| {
                    matches!(it.case, Case::Ni | Case::Made | Case::He)
                        && !it.shared
                        && self.phrases.is_time(it.chunk)
                });
                later.find_map(|it| self.reading.times_in(it.span).last().map(|time| time.value.clone()))
            })
        {
            return (vec![self.to_come(day)], true);
        }
        // 10日に予定していた会談を取りやめた: the day is that of the talks, not of who calls them off.
        let of_talks = self.rule().kind == EventType::Reject && self.trigger.verbal;
        // 来年3月に協議することを申し合わせた: the day of what is agreed is not that of the agreement.
        let agreed = |chunk: usize| {
            self.rule().kind == EventType::Agree
                && self.trigger.verbal
                && self.analysis.modifiers(chunk).into_iter().any(|at| {
                    let clause = self.analysis.chunks[at].clause.and_then(|at| self.analysis.clauses.get(at));
                    clause.is_some_and(|it| it.predicate.tense == Tense::NonPast)
                })
        };
        if let Some(chunk) =
            self.trigger.noun_chunk.filter(|&chunk| !(of_talks && self.occasion(chunk) || agreed(chunk)))
        {
            let subtree = self.analysis.subtree_span(chunk);
            let mut times = values(Span::new(subtree.start, self.trigger.noun.end));
            // 2月1日のクーデターに関わった11人への制裁: a time of another noun is not the act's.
            times.retain(|(span, _)| {
                let at = self.analysis.chunks.iter().position(|it| it.content.contains(*span));
                let Some(own) = at.map(|at| &self.analysis.chunks[at]) else { return true };
                let head = own.head.filter(|&head| own.case == Some(Case::No) && head < chunk);
                head.is_none_or(|head| {
                    let other = &self.analysis.chunks[head];
                    let place = !self.reading.mentions_in(other.content).is_empty()
                        || other.inner.is_some()
                        || other.kind != ChunkKind::Nominal;
                    place || self.act_at(head).is_some()
                })
            });
            // A time in the noun's own phrase; in a clause that modifies it only where it is the last.
            if let Some(last) = times.pop()
                && (self.trigger.nominal || times.is_empty())
            {
                return (vec![last.1], true);
            }
        }
        // フランス軍のマリ撤退(2022年8月): the day in brackets.
        if self.trigger.nominal
            && self.reading.chars().get(self.trigger.noun.end) == Some(&'(')
            && let Some(time) =
                self.reading.times_in(Span::new(self.trigger.noun.end, self.trigger.noun.end + 3)).first()
        {
            return (vec![time.value.clone()], true);
        }
        if self.trigger.nominal && !self.rule().nominal {
            return (Vec::new(), false);
        }
        let Some(clause) = self.clause() else { return (Vec::new(), false) };
        if self.trigger.nominal {
            // 訪日中のX大統領と会談した: the visit is going on when the meeting is.
            let staying = self.rule().mode.as_deref() == Some("visit")
                && (self.reading.chars().get(self.trigger.noun.end) == Some(&'中')
                    || self.trigger.noun.slice(self.reading.chars()).last() == Some(&'先'));
            // 同日、制裁の第16弾を採択した: what fills the object has the clause's day.
            let filled = self.carrier() != self.trigger.noun_chunk
                && self.carrier().is_some_and(|chunk| {
                    !matches!(
                        self.analysis.chunks[chunk].case,
                        Some(Case::About | Case::Against | Case::Toward)
                    )
                });
            // 2日には攻撃で死者が出た: what came of it was on its day.
            let caused = self.trigger.noun_chunk.is_some_and(|chunk| {
                let phrase = &self.analysis.chunks[chunk];
                matches!(phrase.case, Some(Case::De | Case::By)) && phrase.head == Some(clause.chunk)
            });
            // 5日、断交を発表した: announced is done.
            let told = self.is_announced() && self.rule().announced == Some(Status::Occurred);
            let times =
                if staying || filled || caused || told || self.prompts() {
                    self.times_of(clause, true)
                } else if self.trigger.noun_chunk.is_some_and(|chunk| {
                    matches!(self.analysis.chunks[chunk].case, Some(Case::Wo | Case::Ga))
                }) {
                    // 10月に来日を予定している: of two days, the one to come is the plan's.
                    let planned = self.reader.rules.governors.get(clause.predicate.lemma.as_str())
                        == Some(&Status::Scheduled);
                    let published = self.reading.published.as_deref();
                    let ahead = |day: &String| published.is_some_and(|it| super::reality::after(day, it));
                    let own = self.times_of(clause, true).into_iter().find(|day| planned && ahead(day));
                    own.or_else(|| self.occasion_day(clause)).into_iter().collect()
                } else {
                    Vec::new()
                };
            // 14日、追放と停止を発表し: what is announced, and so done, is of that day, told clauses on.
            let announced = filled && self.rule().announced == Some(Status::Occurred);
            if !times.is_empty() || !announced {
                let own = !times.is_empty();
                return (times, own);
            }
        }
        if let Some(day) = self.cleft_time(clause) {
            return (vec![day], true);
        }
        let visit = self.rule().mode.as_deref() == Some("visit");
        // 30日、来月10日から関税を課すと発表した: done on the day of the announcement.
        if let Some(day) = self.announcement_day(clause) {
            return (vec![day], true);
        }
        let own = self.times_of(clause, false);
        if !own.is_empty() {
            return (own, true);
        }
        // 5月の首脳会議の際に会談する: on the day of the occasion.
        if let Some(day) = self.occasion_day(clause) {
            return (vec![day], true);
        }
        // 7日の会見で、…は遺憾だと述べた: the day of the occasion on which it was said.
        if let Some(day) = self.said_on(clause) {
            return (vec![day], true);
        }
        let shared = self.times_of(clause, true);
        // 来週、訪れることが9日、分かった: of the days beside the verb of knowing, the one to come.
        if shared.is_empty()
            && clause.link == Link::Nominal
            && clause.predicate.tense == Tense::NonPast
            && let Some(next) = clause.head.and_then(|head| self.analysis.clauses.get(head))
            && self.reader.rules.known.contains(&next.predicate.lemma)
            && let Some(published) = self.reading.published.as_deref()
        {
            let mut days = next
                .arguments
                .iter()
                .filter(|it| self.phrases.is_time(it.chunk))
                .flat_map(|it| self.reading.times_in(self.analysis.chunks[it.chunk].content));
            let day = days.find(|time| super::reality::after(&time.value, published));
            return (day.map(|time| time.value.clone()).into_iter().collect(), day.is_some());
        }
        if !shared.is_empty() {
            return (shared, true);
        }
        // The time that opens the sentence holds for the clauses that follow one another in it.
        let mut at = clause;
        // 26日、電話で協議し、…なら…しないと警告した: the day of the main verb, past what is said.
        let joined = clause.link == Link::And && clause.predicate.tense == Tense::None;
        let mut above: Vec<usize> = Vec::new();
        for step in 0..6 {
            // What is announced has its own time, unless announcing is doing.
            let through = matches!(at.link, Link::And | Link::But | Link::When | Link::Because)
                || at.link == Link::Final
                || (visit || speech(self.rule().kind)) && at.link == Link::Adnominal
                // 1日、関税を課す大統領令に署名した: decreed is done.
                || at.link == Link::Adnominal
                    && (self.trigger.verbal || self.rule().kind == EventType::Sanction)
                    && at.predicate.tense == Tense::NonPast
                    && self.rule().announced == Some(Status::Occurred)
                || matches!(at.link, Link::Content | Link::Nominal | Link::Request)
                    && (self.rule().announced == Some(Status::Occurred)
                        || speech(self.rule().kind)
                        || self.tells_own(at))
                || joined && step > 0 && matches!(at.link, Link::If | Link::Content);
            // 国防省は4日、相手が砲撃したと発表した: what is news that day happened on it.
            let news = !through
                && at.link == Link::Content
                && at.predicate.tense == Tense::Past
                && at.head.is_some_and(|head| {
                    self.reader.rules.announcing.contains(&self.analysis.clauses[head].predicate.lemma)
                });
            let through = through || news;
            let Some(next) = at.head.filter(|_| through).and_then(|head| self.analysis.clauses.get(head))
            else {
                break;
            };
            if matches!(at.link, Link::Content | Link::Nominal) {
                above.extend(at.head);
            }
            // 攻撃に踏み切ったが、10日に停戦した: a time that stands behind is of what it stands with.
            // 妨害されたとして7日、抗議した: the day of who protests.
            let charge = at.link == Link::Content && self.phrases.is_charge(at.predicate.span.end);
            let behind = (charge || matches!(at.link, Link::And | Link::But | Link::Because))
                && next
                    .arguments
                    .iter()
                    .filter(|it| self.phrases.is_time(it.chunk))
                    .all(|it| it.chunk > clause.chunk);
            let times = if behind { Vec::new() } else { self.times_for(next, true, clause.chunk) };
            if !times.is_empty() {
                let published = self.reading.published.as_deref();
                if news && !times.first().is_some_and(|day| is_news(day, published)) {
                    break;
                }
                return (times.into_iter().take(1).collect(), true);
            }
            if news {
                break;
            }
            at = next;
        }
        // 5日に日本海側に位置する基地から打ち上げた: a day that is past is no day of what still is so.
        if let Some(day) = self.past_day_inside(clause) {
            return (vec![day], true);
        }
        // その後も…: later than what was told before.
        if self.evidence().text(self.reading.chars()).contains("その後") {
            return (Vec::new(), false);
        }
        let chained = self.analysis.clauses.iter().rev().find_map(|other| {
            // 7日、大使を呼んで「不当だ」と抗議した: past the words.
            let past_words = other.quote.is_none()
                && other.head.and_then(|head| self.analysis.clauses.get(head)).is_some_and(|words| {
                    words.quote.is_some() && words.link == Link::Content && words.head == self.trigger.clause
                });
            // 3月に昼食を取りながら協議した.
            let while_so = other.link == Link::When
                && self
                    .reading
                    .chars()
                    .get(other.predicate.span.end..)
                    .is_some_and(|rest| rest.starts_with(&['な', 'が', 'ら']));
            // 28日、理事会を開き、制裁を科すことで合意した.
            let over = other.head.is_some_and(|head| above.contains(&head)) && other.chunk < clause.chunk;
            let leads_here = (other.head == self.trigger.clause || past_words || over)
                && (matches!(other.link, Link::And) || while_so)
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

    /// The time that a sentence says a clause to have been at: 訪れたのは3月29日だった.
    fn cleft_time(&self, clause: &Clause) -> Option<String> {
        let said = self.analysis.clauses.get(clause.head.filter(|_| clause.link == Link::Nominal)?)?;
        let content = self.analysis.chunks.get(said.chunk)?.content;
        let time = self.reading.times_in(content).first()?;
        let copula = said.predicate.lemma.ends_with('だ') && !said.predicate.negated;
        (copula && time.span.start == content.start).then(|| time.value.clone())
    }

    /// Whether the words put it in an earlier time that they do not tell: 以前、…を非難した.
    pub(super) fn told_as_earlier(&self) -> bool {
        let Some(clause) = self.clause() else { return false };
        // 再三撤収を求めてきた: what has long been said is not what is said now.
        let words = clause.predicate.span.text(self.reading.chars());
        let long = speech(self.rule().kind)
            && !self.trigger.nominal
            && ["てきた", "てきました", "できた"].iter().any(|end| words.ends_with(end));
        long || self.analysis.chunks.iter().any(|chunk| {
            let words = chunk.content.text(self.reading.chars());
            chunk.head == Some(clause.chunk)
                && self.reader.rules.earlier.iter().any(|word| words.starts_with(word.as_str()))
        })
    }

    /// Whether what has its own day is told as a state that goes on: 3月27日に会談している.
    pub(super) fn is_perfect(&self) -> bool {
        !self.heading
            && self.clause().is_some_and(|clause| {
                clause.link == Link::Final
                    && clause.predicate.tense == Tense::NonPast
                    && clause.predicate.aspect == Aspect::Ongoing
            })
    }

    /// A month that was taken for the last of its name, though it is to come.
    fn to_come(&self, value: String) -> String {
        let Some(published) = self.reading.published.as_deref().and_then(|day| day.get(..7)) else {
            return value;
        };
        match value.split_once('-') {
            Some((year, rest)) if value.len() == 7 && value.as_str() < published => {
                year.parse::<u32>().map_or(value.clone(), |year| format!("{}-{rest}", year + 1))
            }
            _ => value,
        }
    }

    /// The day that stands first in a clause of the present which modifies an argument of one that is past.
    fn past_day_inside(&self, clause: &Clause) -> Option<String> {
        let (first, last) = (clause.arguments.first()?.chunk, clause.chunk);
        let past = clause.predicate.tense == Tense::Past || clause.link == Link::And;
        let inside = self.analysis.clauses.iter().find(|it| {
            it.link == Link::Adnominal
                && it.predicate.tense == Tense::NonPast
                && it.predicate.aspect == Aspect::Simple
                && it.predicate.modality.is_empty()
                && (first..last).contains(&it.chunk)
        })?;
        let argument = inside.arguments.first().filter(|it| past && !it.shared)?;
        let time =
            self.reading.times_in(argument.span).first().filter(|_| self.phrases.is_time(argument.chunk))?;
        let before = match self.reading.published.as_deref() {
            Some(published) => !super::reality::after(&time.value, published),
            None => !time.value.contains('X'),
        };
        (time.value.len() == 10 && before).then(|| time.value.clone())
    }

    /// Whether a clause is what its own subject says to have done: Aは26日、…を攻撃したと発表した.
    pub(super) fn tells_own(&self, clause: &Clause) -> bool {
        let unsaid = matches!(clause.link, Link::Content | Link::Nominal)
            && clause.predicate.tense == Tense::Past
            && clause.arguments.iter().all(|argument| argument.case != Case::Ga || argument.shared);
        // 中国は、隣国の代表団が訪れ、協議したことを歓迎すると表明した: nor another's, whom a clause before names.
        let subject = |clause: &Clause, shared: bool| {
            clause.arguments.iter().find(|it| it.case == Case::Ga && it.shared == shared).map(|it| it.chunk)
        };
        let mut at = clause.head;
        let mut teller = None;
        for _ in 0..4 {
            let Some(next) = at.and_then(|at| self.analysis.clauses.get(at)) else { break };
            teller = subject(next, false);
            if teller.is_some() {
                break;
            }
            at = next.head;
        }
        unsaid && (teller.is_none() || subject(clause, true).is_none_or(|own| Some(own) == teller))
    }

    /// Times among a clause's arguments.
    pub(super) fn times_of(&self, clause: &Clause, shared: bool) -> Vec<String> {
        self.times_for(clause, shared, clause.chunk)
    }

    /// Times among a clause's arguments, for an act told at a place before it or in it.
    fn times_for(&self, clause: &Clause, shared: bool, act: usize) -> Vec<String> {
        let mut dates: Vec<String> = Vec::new();
        // 12月、…と発表し、4月に会談した: the first is the other clause's.
        let timed = |chunk: usize| {
            clause.arguments.iter().any(|it| {
                it.chunk > chunk
                    && !it.shared
                    && matches!(it.case, Case::Ni | Case::Bare)
                    && self.phrases.is_time(it.chunk)
                    && !self.reading.times_in(self.analysis.chunks[it.chunk].content).is_empty()
            })
        };
        let gone = |chunk: usize| {
            self.analysis.clauses.iter().any(|other| {
                other.chunk > chunk
                    && other.chunk < act
                    && timed(other.chunk)
                    && other.link == Link::And
                    && other.head.is_some_and(|head| self.analysis.clauses[head].chunk == clause.chunk)
                    && other.arguments.iter().any(|it| it.chunk == chunk)
            })
        };
        for argument in clause.arguments.iter().filter(|argument| shared || !argument.shared) {
            if self.phrases.is_time(argument.chunk) && gone(argument.chunk) {
                continue;
            }
            if matches!(
                argument.case,
                Case::Wo | Case::To | Case::About | Case::Against | Case::As | Case::AccordingTo
            ) {
                continue;
            }
            // 25日に続き: the time before.
            let past = self.analysis.chunks[argument.chunk].content.end;
            if argument.case == Case::Ni
                && self.reading.chars().get(past..past + 2).is_some_and(|words| words == ['に', '続'])
            {
                continue;
            }
            // 8月まで延長し: how long one act lasts tells nothing of the next.
            if argument.case == Case::Made && argument.shared {
                continue;
            }
            for member in self.analysis.members(argument.chunk) {
                let content = self.analysis.chunks[member].content;
                let times = self.reading.times_in(content);
                // 今年2回目で: a count, no day.
                let words = content.text(self.reading.chars());
                if ["回目", "度目", "例目"].iter().any(|end| words.ends_with(end)) {
                    continue;
                }
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
        // 今年6月に起きた事件をめぐり、首相は9月18日、…と批判した: the day, which the month does not hold.
        let day = dates.iter().position(|date| date.len() == 10);
        if let Some(day) = day.filter(|&day| day > 0 && dates[0].len() < 10 && !coordinated)
            && !dates[day].starts_with(dates[0].as_str())
        {
            dates.drain(..day);
        }
        if !coordinated {
            dates.truncate(1);
        }
        dates
    }

    /// The day of the news on which what counts as done by being announced was announced.
    fn announcement_day(&self, clause: &Clause) -> Option<String> {
        let told = self.rule().announced == Some(Status::Occurred)
            && clause.link == Link::Content
            && clause.predicate.tense == Tense::NonPast
            && clause.predicate.modality.is_empty();
        let announcing = self.analysis.clauses.get(clause.head.filter(|_| told)?)?;
        let past = announcing.predicate.tense == Tense::Past
            && self.reader.rules.announcing.contains(&announcing.predicate.lemma);
        let day = self.times_of(announcing, true).into_iter().next().filter(|_| past)?;
        is_news(&day, self.reading.published.as_deref()).then_some(day)
    }

    /// The one day or month that a clause's occasion has: 9月に開かれる首脳会議の際に.
    fn occasion_day(&self, clause: &Clause) -> Option<String> {
        let occasion = clause.arguments.iter().find(|it| {
            let words = self.analysis.chunks[it.chunk].content.text(self.reading.chars());
            !it.shared
                && matches!(it.case, Case::Ni | Case::Bare | Case::De)
                && self.reader.rules.occasions.contains(&words)
        })?;
        let before = self.analysis.subtree_span(occasion.chunk);
        match self.reading.times_in(before) {
            [time] => Some(time.value.clone()),
            _ => None,
        }
    }

    /// The day of the occasion named between a speaker and the words of this clause or of the one that it is said in.
    fn said_on(&self, clause: &Clause) -> Option<String> {
        let words = speech(self.rule().kind) && !self.trigger.nominal;
        let mut at = Some(clause).filter(|_| words);
        for _ in 0..3 {
            let saying = at?;
            let first = saying.subject().filter(|it| it.chunk < saying.chunk).map(|it| it.chunk + 1);
            let occasion = first.and_then(|first| {
                (first..saying.chunk.min(first + 6)).find(|&chunk| {
                    let phrase = &self.analysis.chunks[chunk];
                    let said = phrase.content.text(self.reading.chars());
                    matches!(phrase.case, Some(Case::De | Case::Ni))
                        && phrase.quote == self.analysis.chunks[saying.chunk].quote
                        && self.reader.rules.sayings.iter().any(|end| said.ends_with(end.as_str()))
                        && (first..chunk)
                            .all(|inner| self.analysis.chunks[inner].head.is_some_and(|head| head <= chunk))
                })
            });
            if let Some(day) = occasion.and_then(|chunk| self.occasion_time(chunk)) {
                return Some(day);
            }
            at = saying
                .head
                .filter(|_| matches!(saying.link, Link::Content | Link::And))
                .and_then(|head| self.analysis.clauses.get(head));
        }
        None
    }

    /// The time that modifies the noun of an occasion, not inside a clause of its own.
    pub(super) fn occasion_time(&self, chunk: usize) -> Option<String> {
        self.analysis.modifiers(chunk).into_iter().find_map(|modifier| {
            let phrase = &self.analysis.chunks[modifier];
            (phrase.clause.is_none() && self.phrases.is_time(modifier))
                .then(|| self.reading.times_in(phrase.content).last().map(|time| time.value.clone()))
                .flatten()
        })
    }

    /// Where: the state of the place that the clause or phrase names.
    pub(super) fn place(&self, target: &[String]) -> Option<String> {
        if self.rule().mode.as_deref() == Some("visit") {
            return target.first().cloned();
        }
        let state_of = |span: Span| {
            let mentions = self.reading.mentions_in(span);
            // ドーハ・ラウンドの推進で: a place inside another name is none; nor is a state whose act it is (首脳会談).
            let ends = |at: Span, kind: Kind| {
                let inside = self.analysis.chunks.iter().position(|chunk| chunk.content.contains(at));
                inside.is_none_or(|index| {
                    let end = self.analysis.chunks[index].content.end;
                    let acts = at.end < end && self.act_at(index).is_some();
                    // イラン・サウジアラビア外相会談: one of those named side by side.
                    let next = self.reading.chars().get(at.end);
                    let listed = at.end < span.end && matches!(next, Some('・' | '、' | 'と' | 'や'));
                    // 台湾問題で: a matter is no place.
                    let tail = Span::new(at.end, end.max(at.end)).text(self.reading.chars());
                    let matter = self.phrases.anaphors.matters.contains(&tail);
                    at.end + 4 >= end && !matter && (kind != Kind::State || !acts && !listed)
                })
            };
            mentions
                .iter()
                .rev()
                .find(|mention| {
                    matches!(mention.kind, Kind::Place | Kind::State)
                        && mention.states.len() == 1
                        && ends(mention.span, mention.kind)
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
        let of = |clause: &Clause| {
            clause.arguments.iter().filter(|argument| argument.case == Case::De).find_map(|argument| {
                // …することで合意した is no place.
                let phrase = &self.analysis.chunks[argument.chunk];
                let tells = self
                    .analysis
                    .chunks
                    .iter()
                    .any(|chunk| chunk.clause.is_some() && argument.span.contains(chunk.content));
                state_of(if tells { phrase.content } else { argument.span })
            })
        };
        let clause = self.clause()?;
        // 東京で会談し、文書に署名した: where they met they agreed.
        let meets = |other: &Clause| {
            let noun = other.predicate.noun.or(other.carried.map(|carried| carried.noun));
            noun.is_some_and(|noun| {
                let found = self.reader.rules.noun_at_end(noun.slice(self.reading.chars()));
                found.is_some_and(|(rule, _)| self.reader.rules.rules[rule].kind == EventType::Consult)
            })
        };
        let met = || {
            let mut before = self.analysis.clauses.iter().filter(|other| {
                other.link == Link::And
                    && other.head.is_some_and(|head| self.analysis.clauses[head].chunk == clause.chunk)
                    && meets(other)
            });
            before.find_map(of)
        };
        of(clause).or_else(|| if self.rule().kind == EventType::Agree { met() } else { None })
    }
}
