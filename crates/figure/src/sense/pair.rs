//! Whom a figure is about that two or more states share.

use super::{CARRY, CHANGE, COMPANY, Document, Reading, flows, joint, sorted};
use crate::ActorSpan;
use entente_base::Span;
use std::collections::{BTreeMap, BTreeSet};

impl Document<'_> {
    /// The states that a matter between states is about.
    pub(super) fn pair(&self, span: Span, at: usize, readings: &[Reading]) -> Vec<String> {
        let (core, measure) = (readings[at].candidate.core, readings[at].measure);
        let cues = &self.tables.cues;
        let part = self.part(span, core, readings);
        if let Some(partner) = self.bracketed(readings[at].candidate.span) {
            let state = partner.states.first().filter(|_| partner.states.len() == 1);
            let home = state.filter(|_| joint(measure) && measure != "growth");
            let home = home.and_then(|state| self.home(at, readings, state));
            return sorted(home.into_iter().chain(partner.states.iter().cloned()));
        }
        // 中国の対インドネシア投資は8億ドルと、日本の27億ドルを下回る: of whoever has it toward the same partner.
        if let Some(compared) = self.compared(span, readings, at) {
            return compared;
        }
        let around: Vec<&ActorSpan> = self
            .company
            .within(core.start.saturating_sub(COMPANY).max(span.start), (core.end + COMPANY).min(span.end))
            .iter()
            .filter(|(actor, place)| !place && !self.is_source(span, actor))
            // サウジアラビアを抜いて首位: only compared with.
            .filter(|(actor, _)| cues.rival.at(self.chars, actor.span.end, span.end).is_none())
            // ラオスのビエンチャンで: only where it was said.
            .filter(|(actor, _)| !self.is_scene(actor))
            .map(|(actor, _)| *actor)
            .collect();
        // Whoever the figure's own clause names; else whoever the sentence does, or is of, before it.
        let mut near: Vec<&ActorSpan> =
            around.iter().filter(|actor| part.contains(actor.span)).copied().collect();
        let topic = self.topic(span, part);
        let named =
            |near: &[&ActorSpan]| near.iter().flat_map(|actor| &actor.states).collect::<BTreeSet<_>>().len();
        let both = cues.both.any_in(self.chars, part.start, core.start);
        let mut only_speaks = false;
        match (named(&near), topic) {
            (0, Some(topic)) if !flows(measure) => {
                // 大統領はA氏と会談し、5億ドルの支援を表明した: to whom it was said.
                near = around
                    .iter()
                    .filter(|actor| actor.span.end <= part.start && actor.span.start > topic.span.start)
                    .filter(|actor| self.is_toward(span, actor))
                    .copied()
                    .collect();
                near.insert(0, topic);
            }
            (0, _) => {
                near = around.iter().filter(|actor| actor.span.end <= core.start).copied().collect();
                // 大統領は、輸送能力は年9億立方メートルだと説明した: who speaks is no side of it.
                only_speaks = flows(measure) && measure != "growth" && self.only_speaks(span, &near);
                if only_speaks {
                    near.clear();
                }
                // 輸出額は429億ドルで、国別では中国が…: goes on about what was told of.
                let goes_on = || {
                    let last = self.carried(at, readings, CARRY, |other| {
                        flows(other.measure) && !other.of.is_empty() && !self.in_heading(other)
                    });
                    flows(measure) && last.is_some()
                };
                // 両国はパイプラインの建設で合意した。総工費は35億ドルで、A社が出資する: of the two told of.
                if near.is_empty()
                    && matches!(measure, "investment" | "energy_capacity")
                    && !goes_on()
                    && let Some(pair) = self.pair_in_sentence_before(span)
                {
                    return pair;
                }
                if near.is_empty() && !only_speaks && !both && !goes_on() {
                    near.clone_from(&around);
                }
            }
            (1, Some(topic)) => {
                let own = near.iter().any(|actor| self.is_subject(span, actor));
                let toward = near.iter().any(|actor| self.is_toward(span, actor));
                if toward || !own && !flows(measure) {
                    near.insert(0, topic);
                }
            }
            _ => {}
        }
        let group = near.iter().rev().find(|actor| {
            actor.span.end <= core.start && core.start - actor.span.end <= 40 && actor.states.len() > 1
        });
        if let Some(group) = group {
            return sorted(group.states.iter().cloned());
        }
        if let Some(sides) = self.sides(span, core, &near) {
            return sides;
        }
        let mut union = sorted(near.iter().flat_map(|actor| actor.states.iter().cloned()));
        let start = readings[at].candidate.span.start;
        // 隣国からの供給は減り、成長率は…: the growth is not of whoever supplies.
        let aside = measure == "growth"
            && cues.domestic.any_in(self.chars, part.start, core.start)
            && near.iter().all(|actor| !part.contains(actor.span) && self.is_toward(span, actor));
        if aside {
            union.clear();
        }
        // チリを合わせると70%: of it and those told of before.
        if let Some(before) = at.checked_sub(1).map(|before| &readings[before])
            && before.sentence == readings[at].sentence
            && before.measure == measure
            && !union.is_empty()
        {
            let gap = self.chars.get(before.candidate.span.end..start).unwrap_or_default();
            let added = gap
                .windows(3)
                .any(|words| matches!(words, ['を', '合', 'わ'] | ['を', '加', 'え'] | ['を', '含', 'め']));
            if added && gap.len() <= CHANGE / 2 {
                return sorted(before.of.iter().cloned().chain(union));
            }
        }
        // うち100億ドルは: of whom the whole is.
        if named(&near) == 0 || near.iter().all(|actor| !part.contains(actor.span)) {
            let of_whole = cues.carry.any_in(self.chars, start.saturating_sub(6).max(span.start), start);
            let whole = self
                .carried(at, readings, 1, |other| other.measure == measure && !other.of.is_empty())
                .filter(|_| of_whole);
            if let Some(whole) = whole {
                return whole.of.clone();
            }
        }
        // 30億ドルの南米への投資: to others than those that are named; of whoever pledged it.
        let behind = self.chars.get(core.end..(core.end + 14).min(span.end)).unwrap_or_default();
        let behind =
            &behind[..behind.iter().position(|c| matches!(c, '、' | '。' | 'を')).unwrap_or(behind.len())];
        let goes_elsewhere = matches!(measure, "investment" | "aid")
            && behind.first() == Some(&'の')
            && behind.windows(2).enumerate().any(|(back, words)| {
                let at = core.end + back;
                matches!(words, ['へ', 'の'] | ['向', 'け'])
                    && self
                        .company
                        .within(core.end, at)
                        .iter()
                        .all(|(actor, place)| *place && actor.span.end != at)
            });
        if goes_elsewhere
            && union.len() > 1
            && let Some(giver) = near.iter().rev().find(|actor| {
                actor.span.end <= core.start && (self.is_subject(span, actor) || self.is_topic(span, actor))
            })
        {
            return sorted(giver.states.iter().cloned());
        }
        // アフリカへの投資残高は: to others than those that are named.
        let elsewhere = union.len() == 1
            && (goes_elsewhere
                || self.chars.get(part.start..start).unwrap_or_default().windows(2).enumerate().any(
                    |(back, words)| {
                        let at = part.start + back;
                        matches!(words, ['へ' | 'と', 'の'] | ['向', 'け'] | ['に', '対'])
                            && near.iter().all(|actor| {
                                actor.span.end != at && self.after_title(actor.span.end, span.end) != at
                            })
                    },
                ));
        if elsewhere && measure != "documents" {
            return union;
        }
        // 米国は両国に36%の関税を課す.
        if both && let Some(two) = self.pair_before(core.start) {
            return match union.len() {
                1 if !two.contains(&union[0]) => sorted(union.into_iter().chain(two)),
                _ => two,
            };
        }
        // What one state alone has, and grows, is of no other.
        let domestic = matches!(measure, "growth" | "other")
            && cues.domestic.any_in(self.chars, part.start, core.start)
            || measure == "energy_volume" && cues.output.any_in(self.chars, part.start, core.start);
        if domestic && union.len() == 1 {
            return union;
        }
        // IMFは同国に571億ドルを融資する, 成長率は…: of whom alone the text was telling.
        let lent = measure == "aid"
            && union.is_empty()
            && self.observers.iter().any(|observer| {
                let asked = matches!(self.chars.get(observer.span.end), Some('と' | 'に' | 'か'));
                span.contains(observer.span)
                    && observer.span.start < core.start
                    && (asked || self.is_topic(span, observer))
            });
        if lent || measure == "growth" && domestic && union.is_empty() {
            let before = self.company.within(span.start.saturating_sub(COMPANY), core.start);
            let told = before.iter().rev().find(|(actor, place)| {
                !place && !actor.is_body && actor.states.len() == 1 && !self.is_toward(span, actor)
            });
            if let Some((actor, _)) = told {
                return actor.states.clone();
            }
        }
        // ペルー中央銀行によると、成長率は…: the state's own.
        if domestic
            && union.is_empty()
            && let Some((actor, _)) =
                self.company.within(span.start, core.start).iter().find(|(actor, place)| {
                    !place && !actor.is_body && actor.states.len() == 1 && !self.is_toward(span, actor)
                })
        {
            return actor.states.clone();
        }
        let toward = near.iter().any(|actor| self.is_toward(span, actor))
            || cues.partner.any_in(self.chars, part.start, part.end);
        let carried = |state: Option<&String>| {
            self.carried(at, readings, CARRY + 1, |other| {
                joint(other.measure)
                    && (flows(other.measure) || other.measure == "tariff" || !flows(measure))
                    && (other.measure != "growth" || measure == "growth")
                    && other.of.len() > 1
                    && (toward || both || !other.toward && (state.is_none() || !self.in_heading(other)))
                    && state.is_none_or(|state| other.of.contains(state))
                    // Not of all whose parts were summed up.
                    && (state.is_none() || !toward || measure == "tariff" || other.of.len() == 2)
            })
            .map(|other| match (state, &self.company.first) {
                // カナダ産の原油は10%, after 25% on two: of that one and whoever levies it.
                (Some(state), Some(first))
                    if toward && measure == "tariff" && other.of.len() > 2 && first != state =>
                {
                    let levies = other.of.contains(first);
                    if levies { sorted([first.clone(), state.clone()]) } else { other.of.clone() }
                }
                _ => other.of.clone(),
            })
        };
        match union.len() {
            0 => {
                // 輸入は…: goes on about whose exports were told of.
                let same = || {
                    let last = self.carried(at, readings, CARRY + 1, |other| {
                        flows(other.measure)
                            && (other.measure != "growth" || measure == "growth")
                            && !other.of.is_empty()
                            && !other.toward
                    })?;
                    (flows(measure) && !both && !self.in_heading(last)).then(|| last.of.clone())
                };
                // ペルー統計庁によると、輸出は…: the state's own.
                let source = || {
                    let named = self.company.within(span.start, core.start);
                    let own = named.iter().find(|(actor, place)| !place && actor.states.len() == 1)?;
                    (flows(measure) && !both && !own.0.is_body && !only_speaks).then(|| own.0.states.clone())
                };
                // OPECは減産に合意した。日量120万バレルを減らし…: of whom the sentence before is.
                let told = || {
                    let here = readings[at].sentence;
                    let near =
                        self.carried(at, readings, 1, |other| joint(other.measure) && !other.of.is_empty());
                    let whole = matches!(measure, "trade" | "export" | "import" | "settlement_share");
                    let last = self.sentences.get(here.checked_sub(1)?)?.span;
                    let before = self.topic(last, Span::new(last.end, last.end))?;
                    let aside = before.states.iter().all(|state| !self.company.dominant.contains(state));
                    // ペルーの貿易は減少した。輸出は…: where nobody else is named.
                    let alone = self
                        .company
                        .within(last.start, last.end)
                        .iter()
                        .all(|(actor, _)| actor.states == before.states);
                    ((aside && !whole || alone && flows(measure)) && !both && near.is_none())
                        .then(|| sorted(before.states.iter().cloned()))
                };
                same()
                    .or_else(told)
                    .or_else(|| self.carried_in_text(at, readings))
                    .or_else(source)
                    .or_else(|| carried(None))
                    .unwrap_or_else(|| self.company.dominant.clone())
            }
            1 => {
                let state = union.first();
                // 58%を出資する: of whoever holds the share.
                if measure == "investment" && &*readings[at].candidate.class == "percent" {
                    return union;
                }
                // 世界銀行はAに2億ドルを融資する: no one else gives it.
                let lent = measure == "aid"
                    && self
                        .observers
                        .iter()
                        .any(|observer| span.contains(observer.span) && self.is_topic(span, observer));
                if lent {
                    return union;
                }
                // ケニアへの円借款: a form of help that is one state's.
                let end = (core.end + CHANGE / 2).min(span.end);
                let gift = cues.gift.find(self.chars, span.start, end);
                let yen = readings[at].candidate.unit == "JPY";
                let giver = gift.last().map(|(_, _, giver)| (*giver).clone());
                let giver = giver.or_else(|| yen.then(|| "JPN".to_owned())).filter(|_| measure == "aid");
                if let (Some(giver), Some(state)) = (giver, state)
                    && giver != *state
                {
                    return sorted([giver, state.clone()]);
                }
                let dominant = || {
                    let holds = state.is_some_and(|state| self.company.dominant.contains(state));
                    // What is signed is signed by two.
                    let signed = measure == "documents"
                        && cues.mutual.any_in(
                            self.chars,
                            core.start.saturating_sub(CHANGE).max(span.start),
                            (core.end + CHANGE).min(span.end),
                        );
                    // トルコに対しては50%に引き上げた: by the other of the two that the text is about.
                    let levied = matches!(measure, "tariff" | "aid");
                    // IMFは…への融資を見送った: no one else gives it.
                    let given = self
                        .observers
                        .iter()
                        .any(|observer| span.contains(observer.span) && self.is_topic(span, observer));
                    if given && measure == "aid" {
                        return None;
                    }
                    // ウクライナが購入するガス, behind ロシアとウクライナの首相は….
                    let flow = measure == "energy_volume"
                        && self.pair_before(core.start).as_ref() == Some(&self.company.dominant);
                    ((toward || both || signed || levied || flow) && holds)
                        .then(|| self.company.dominant.clone())
                };
                // 日本は…した。また、Aに対し1億円を供与する: the giver is the speaker before.
                let giver = || {
                    let goes = measure == "aid"
                        && near.iter().any(|actor| {
                            actor.span.end <= core.start
                                && cues
                                    .receiver
                                    .at(self.chars, self.after_title(actor.span.end, span.end), span.end)
                                    .is_some()
                        });
                    let speaker = goes.then(|| self.speaker_before(at, readings)).flatten()?;
                    (speaker.len() == 1).then(|| sorted(speaker.into_iter().chain(union.iter().cloned())))
                };
                let again = || {
                    let same = self.repeated(at, readings).filter(|_| measure == "aid")?;
                    let holds = state.is_some_and(|state| same.of.contains(state));
                    (!holds).then(|| same.of.clone())
                };
                // 対米輸出は…, after 対中輸出は…: of the state whose exports they are.
                let home = |told: bool| {
                    let state = state.filter(|_| {
                        toward && (flows(measure) || matches!(measure, "investment" | "tariff"))
                    })?;
                    let home = if told {
                        self.home(at, readings, state)
                    } else {
                        self.company.first.clone().filter(|home| home != state)
                    }?;
                    Some(sorted([home, state.clone()]))
                };
                // キューバを訪れた人は…。ベネズエラからの石油は…: of the land that the sentences before are about.
                let topic_before = || {
                    let state = state.filter(|_| toward && flows(measure))?;
                    let before = self.company.within(span.start.saturating_sub(COMPANY), span.start);
                    let (actor, _) = before.iter().rev().find(|(actor, place)| {
                        !place
                            && !actor.is_body
                            && actor.states.len() == 1
                            && actor.states[0] != *state
                            && self.company.dominant.contains(&actor.states[0])
                            && !self.is_toward(Span::new(0, span.start), actor)
                            && !self.is_source(Span::new(0, span.start), actor)
                    })?;
                    Some(sorted([actor.states[0].clone(), state.clone()]))
                };
                // ギリシャ中央銀行によると、トルコとの貿易額は…: of whose office it is.
                let office = || {
                    let state = state.filter(|_| toward && flows(measure))?;
                    let named = self.company.within(span.start, core.start);
                    let (actor, _) = named.iter().find(|(actor, place)| {
                        !place && self.is_source(span, actor) && actor.states.len() == 1 && !actor.is_body
                    })?;
                    (actor.states[0] != *state).then(|| sorted([actor.states[0].clone(), state.clone()]))
                };
                let in_place = || {
                    let state = state.filter(|_| measure == "aid" && !toward)?;
                    self.helped_place(part, core, state).map(|helped| sorted([state.clone(), helped]))
                };
                // 米国は1億ドルの支援を表明した, where the text tells of help to one state.
                let aided = || {
                    let state = state.filter(|_| measure == "aid" && !toward)?;
                    let aided = self.aided().filter(|aided| *aided != state)?;
                    let gives =
                        near.iter().any(|actor| self.is_subject(span, actor) || self.is_topic(span, actor));
                    gives.then(|| sorted([aided.clone(), state.clone()]))
                };
                // ミャンマーには500億円を供与する, after 88億円 to another: of whoever gave that.
                let lender = || {
                    let state = state.filter(|_| measure == "aid")?;
                    let goes = near.iter().any(|actor| {
                        let at = self.after_title(actor.span.end, span.end);
                        actor.span.end <= core.start && cues.receiver.at(self.chars, at, span.end).is_some()
                    });
                    let home = self.home(at, readings, state).filter(|_| goes)?;
                    Some(sorted([home, state.clone()]))
                };
                in_place()
                    .or_else(|| carried(state))
                    .or_else(giver)
                    .or_else(lender)
                    .or_else(again)
                    .or_else(office)
                    .or_else(|| home(true))
                    .or_else(dominant)
                    .or_else(topic_before)
                    .or_else(|| home(false))
                    .or_else(aided)
                    .unwrap_or_else(|| union.clone())
            }
            2 | 3 => union,
            _ => {
                let mut nearest: Vec<&&ActorSpan> = near.iter().collect();
                nearest.sort_by_key(|actor| {
                    if actor.span.end <= core.start {
                        core.start - actor.span.end
                    } else {
                        (actor.span.start.max(core.end) - core.end) + 10
                    }
                });
                let mut chosen = BTreeSet::new();
                for actor in nearest {
                    if chosen.len() >= 2 {
                        break;
                    }
                    chosen.extend(actor.states.iter().cloned());
                }
                chosen.into_iter().collect()
            }
        }
    }

    /// The two that were last named together: AとB.
    pub(super) fn pair_before(&self, at: usize) -> Option<Vec<String>> {
        let named = self.company.within(at.saturating_sub(COMPANY * 2), at);
        let together = |first: &ActorSpan, second: &ActorSpan| {
            let gap = self.chars.get(first.span.end..second.span.start).unwrap_or_default();
            matches!(gap, ['と' | '・' | '、'] | ['政', '府', 'と'] | [')', 'と'])
        };
        named.iter().enumerate().rev().find_map(|(index, (actor, place))| {
            // カナダとメキシコに: those to whom something is done are no pair.
            let receives = matches!(self.chars.get(actor.span.end), Some('に' | 'へ' | 'を' | 'で'));
            if *place || actor.is_body || receives {
                return None;
            }
            if actor.states.len() == 2 {
                return Some(sorted(actor.states.iter().cloned()));
            }
            let (before, _) = named.get(index.checked_sub(1)?).filter(|(before, place)| {
                !place && !before.is_body && together(before, actor) && before.states.len() == 1
            })?;
            let pair = sorted(before.states.iter().chain(&actor.states).cloned());
            (pair.len() == 2).then_some(pair)
        })
    }

    /// The two that the sentence before, of the same paragraph, names together.
    fn pair_in_sentence_before(&self, span: Span) -> Option<Vec<String>> {
        let index = self.sentences.partition_point(|sentence| sentence.span.start < span.start);
        let (here, before) = (self.sentences.get(index)?, self.sentences.get(index.checked_sub(1)?)?);
        let pair = self.pair_before(span.start).filter(|_| here.paragraph == before.paragraph)?;
        let named = self.company.within(before.span.start, before.span.end);
        let holds =
            |state: &String| named.iter().any(|(actor, place)| !place && actor.states.contains(state));
        pair.iter().all(holds).then_some(pair)
    }

    /// Whether a land is named only for the place in it where something is said or done: ラオスのビエンチャンで.
    fn is_scene(&self, actor: &ActorSpan) -> bool {
        let at = actor.span.end + 1;
        self.chars.get(actor.span.end) == Some(&'の')
            && self.company.within(at, at + 8).iter().any(|(place, is_place)| {
                *is_place
                    && place.states == actor.states
                    && place.span.start <= at + 3
                    && self.chars.get(place.span.end) == Some(&'で')
            })
    }

    /// Whether those named are one person alone who tells of what two states share.
    fn only_speaks(&self, span: Span, near: &[&ActorSpan]) -> bool {
        let tail = span.end.saturating_sub(16).max(span.start);
        let [speaker] = near else { return false };
        self.tables.cues.report.any_in(self.chars, tail, span.end)
            && self.is_topic(span, speaker)
            && self.after_title(speaker.span.end, span.end) > speaker.span.end
            && self.company.dominant.len() == 2
            && speaker.states.iter().all(|state| self.company.dominant.contains(state))
    }

    /// The actor in brackets behind whose name a figure stands: 中国(20%)、米国(18%).
    pub(super) fn bracketed(&self, number: Span) -> Option<&ActorSpan> {
        let open = number.start.checked_sub(1)?;
        let inside = self.chars.get(open) == Some(&'(') && self.chars.get(number.end) == Some(&')');
        let named = self.company.within(open.saturating_sub(20), open);
        let last = named.iter().rev().find(|(actor, _)| actor.span.end == open);
        last.filter(|(_, place)| inside && !place).map(|(actor, _)| *actor)
    }

    /// Whose a figure is that another of the same kind and partner is compared with: 日本の27億ドル.
    fn compared(&self, span: Span, readings: &[Reading], at: usize) -> Option<Vec<String>> {
        let reading = readings.get(at)?;
        let start = reading.candidate.span.start;
        let link = start.checked_sub(1).filter(|link| self.chars.get(*link) == Some(&'の'))?;
        let named = self.company.within(link.saturating_sub(12).max(span.start), link);
        let (owner, _) = named.iter().rev().find(|(actor, place)| !place && actor.span.end == link)?;
        let other = readings.get(at.checked_sub(1)?).filter(|other| {
            other.sentence == reading.sentence && other.measure == reading.measure && other.of.len() == 2
        })?;
        let earlier = self.company.within(span.start, other.candidate.span.start);
        let (partner, _) = earlier.iter().find(|(actor, place)| {
            !place
                && self.is_toward(span, actor)
                && actor.states.len() == 1
                && other.of.contains(&actor.states[0])
                && actor.states != owner.states
        })?;
        let new = owner.states.iter().all(|state| !other.of.contains(state));
        new.then(|| sorted(owner.states.iter().chain(&partner.states).cloned()))
    }

    /// The state that what is given goes to where only a place in it is named: ガザの復興に5億ドル.
    fn helped_place(&self, part: Span, core: Span, giver: &str) -> Option<String> {
        let named = self.company.within(part.start, core.start);
        let mut helped = named.iter().rev().filter(|(actor, place)| {
            let receives = matches!(self.chars.get(actor.span.end), Some('の' | 'に' | 'へ' | '向'));
            *place && receives && actor.states.iter().all(|state| state != giver)
        });
        helped.next().and_then(|(actor, _)| actor.states.first().cloned())
    }

    /// The state whose trade with others is told in turn.
    pub(super) fn home(&self, at: usize, readings: &[Reading], partner: &str) -> Option<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for other in readings
            .get(..at)?
            .iter()
            .rev()
            .filter(|it| it.keep && joint(it.measure) && it.measure != "growth")
            .take(8)
        {
            let side = |state: &&String| *state != partner && other.partner.as_ref() != Some(*state);
            for state in other.of.iter().filter(side) {
                *counts.entry(state).or_default() += 1;
            }
        }
        let most = counts.values().max().copied()?;
        // Of those told of as often the one that the whole text names most.
        let first = self.company.first.as_ref().filter(|first| counts.get(first.as_str()) == Some(&most));
        first
            .cloned()
            .or_else(|| counts.into_iter().max_by_key(|(_, count)| *count).map(|(state, _)| state.to_owned()))
    }

    /// Whom the text says most often to be helped: ウクライナへの支援, ウクライナに兵器を供与.
    pub(super) fn aided(&self) -> Option<&String> {
        let find = || {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for (actor, place) in &self.company.spans {
                let end = actor.span.end;
                let to = matches!(self.chars.get(end), Some('に' | 'へ' | '向')) && !place && !actor.is_body;
                let window = self.chars.len().min(end + CHANGE / 2);
                let helps = || {
                    let triggers = self.tables.triggers.find(self.chars, end, window);
                    triggers.iter().any(|(_, _, rows)| rows.iter().any(|row| row.measure == "aid"))
                };
                if let ([state], true) = (actor.states.as_slice(), to)
                    && helps()
                {
                    *counts.entry(state).or_default() += 1;
                }
            }
            counts.into_iter().max_by_key(|(_, count)| *count).map(|(state, _)| state.to_owned())
        };
        self.aided.get_or_init(find).as_ref()
    }

    /// The pair that the last joint figure of the text, not of its heading, is about.
    pub(super) fn carried_in_text(&self, at: usize, readings: &[Reading]) -> Option<Vec<String>> {
        let last = self.carried(at, readings, CARRY + 1, |other| {
            joint(other.measure) && other.of.len() > 1 && !self.in_heading(other)
        })?;
        // 対中輸出は…、対米は…。輸入は: after several partners, of whose trade it was.
        let other = self.carried(at, readings, CARRY + 1, |other| {
            other.partner.is_some() && other.partner != last.partner && flows(other.measure)
        });
        if let (Some(partner), Some(_), [one, two]) = (&last.partner, other, last.of.as_slice()) {
            let home = if one == partner { two } else { one };
            return Some(vec![home.clone()]);
        }
        Some(last.of.clone())
    }

    /// Where three or more are named: who does it, and to whom it goes.
    pub(super) fn sides(&self, span: Span, core: Span, near: &[&ActorSpan]) -> Option<Vec<String>> {
        let all: BTreeSet<&String> = near.iter().flat_map(|actor| &actor.states).collect();
        if all.len() < 3 {
            return None;
        }
        let cues = &self.tables.cues;
        let giver = near
            .iter()
            .rev()
            .find(|actor| actor.span.end <= core.start && self.is_subject(span, actor))
            .map(|actor| &actor.states)?;
        let taker = near.iter().min_by_key(|actor| {
            let at = self.after_title(actor.span.end, span.end);
            let receives = cues.receiver.at(self.chars, at, span.end).is_some()
                || cues.toward_before.before(self.chars, span.start, actor.span.start).is_some();
            let gap = core.start.abs_diff(actor.span.end);
            (!receives || actor.states.iter().any(|state| giver.contains(state)), gap)
        })?;
        let at = self.after_title(taker.span.end, span.end);
        let receives = cues.receiver.at(self.chars, at, span.end).is_some()
            || cues.toward_before.before(self.chars, span.start, taker.span.start).is_some();
        let other = receives && !taker.states.iter().any(|state| giver.contains(state));
        // カナダとメキシコに: those beside the one to whom it goes.
        let mut takers = taker.states.clone();
        let mut first = taker.span.start;
        for actor in near.iter().rev().filter(|actor| actor.span.end < taker.span.start) {
            let gap = self.chars.get(actor.span.end..first).unwrap_or_default();
            if !matches!(
                gap,
                ['と' | 'や' | '・' | '、'] | ['及', 'び'] | ['お' | '並', 'よ' | 'び', 'び' | 'に']
            ) {
                break;
            }
            takers.extend(actor.states.iter().cloned());
            first = actor.span.start;
        }
        other.then(|| sorted(giver.iter().chain(&takers).cloned()))
    }
}
