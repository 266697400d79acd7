//! What a figure measures.

use super::{Between, CHANGE, COMPANY, Document, Reading, flows};
use crate::scan::Candidate;
use crate::table::{Side, Trigger};
use entente_base::Span;
use entente_base::record::Bound;

/// How far to look for a measure, before and after the number.
const REACH_BEFORE: usize = 60;
const REACH_AFTER: usize = 40;
/// How far a sum's word may be where none is near.
const FAR: usize = 90;
/// How much farther a topic reaches.
const FARTHER: i64 = 25;
/// What a comma, or another figure, between word and number adds to their distance.
const COMMA: i64 = 8;
const CROSSING: i64 = 12;

impl Document<'_> {
    /// The measure of a candidate, or nothing where it is too slight to be a figure.
    pub(super) fn reading(
        &self,
        sentence: usize,
        mut candidate: Candidate,
        triggers: &[(usize, usize, &Vec<Trigger>)],
        between: &Between,
        earlier: &[Reading],
    ) -> Option<Reading> {
        // 日量8万バレルと、前年の10万バレルから落ち込んだ: both are by the day.
        let daily = earlier.iter().rev().take(4).find(|other| {
            other.keep
                && other.sentence + 1 >= sentence
                && other.candidate.unit.strip_suffix("/d") == Some(candidate.unit.as_str())
        });
        if daily.is_some() {
            candidate.unit.push_str("/d");
        }
        let (start, end) = (candidate.span.start, candidate.core.end);
        // (1元は約20円): what a currency is worth is told for the reader, not of the actors.
        let worth = (start.saturating_sub(8).max(between.start)..start)
            .rev()
            .find(|at| self.chars.get(*at) == Some(&'('))
            .is_some_and(|open| {
                let gap = self.chars.get(open + 1..end + 1).unwrap_or_default();
                let equals = gap.iter().any(|letter| matches!(letter, 'は' | '=' | '＝'));
                gap.first() == Some(&'1') && !gap.get(1).is_some_and(char::is_ascii_digit) && equals
            });
        if worth && &*candidate.class == "money" {
            return None;
        }
        let class: &str = &candidate.class;
        let from = triggers.partition_point(|(at, _, _)| *at < start.saturating_sub(REACH_BEFORE));
        let to = triggers.partition_point(|(at, _, _)| *at < end + REACH_AFTER);
        let reach = if matches!(class, "person" | "country" | "item" | "occasion") { 36 } else { 45 };
        let mut best: Option<(i64, &'static str)> = None;
        let mut named_at = start;
        for (at, len, rows) in triggers.get(from..to.max(from)).unwrap_or_default() {
            let (side, gap_start, gap_end) = if at + len <= start {
                (Side::Before, at + len, start)
            } else if *at >= end {
                (Side::After, end, *at)
            } else {
                continue;
            };
            // 輸入は120億ドルで、黒字は…: the next clause's.
            let next = side == Side::After
                && between.commas(gap_start, gap_end) > 0
                && matches!(self.chars.get(at + len), Some('は' | 'が' | 'も'));
            if next {
                continue;
            }
            let mut distance = i64::try_from(gap_end - gap_start).unwrap_or(i64::MAX / 4);
            distance += COMMA * between.commas(gap_start, gap_end);
            distance += CROSSING * between.figures(gap_start, gap_end);
            for row in *rows {
                let fits = row.side == Side::Either || row.side == side;
                if fits && row.classes.iter().any(|known| known == class) {
                    let mut cost = distance + row.weight;
                    // 輸出額は自動車が好調で、前の年より6%多い107兆円: a topic reaches farther, after all that is nearer.
                    if (reach..reach + FARTHER).contains(&cost)
                        && side == Side::Before
                        && self.tables.cues.topic.at(self.chars, at + len, start).is_some()
                    {
                        cost = reach - 1;
                    }
                    if cost < reach && best.is_none_or(|(least, _)| cost < least) {
                        best = Some((cost, row.measure));
                        named_at = *at;
                    }
                }
            }
        }
        // 輸入した原油の4割: a share is of what is traded.
        let traded = |measure: &'static str| {
            let near =
                triggers.get(from..to.max(from)).unwrap_or_default().iter().flat_map(|(at, _, rows)| {
                    rows.iter()
                        .filter(|row| matches!(row.measure, "export" | "import"))
                        .map(|row| (at.abs_diff(start), row.measure))
                });
            near.min().map_or(measure, |(_, measure)| measure)
        };
        let of_share = |measure: &'static str| {
            if class == "percent" && measure == "energy_volume" { traded(measure) } else { measure }
        };
        best = best.map(|(cost, measure)| (cost, of_share(measure)));
        // 国別ではペルーが31%: shares of what was just told of; ガスが55%、石炭が50%: a list of them.
        let shared = || {
            if class != "percent" || best.is_some_and(|(_, measure)| measure != "other") {
                return None;
            }
            let before = earlier.last().filter(|it| it.keep && it.sentence == sentence);
            let gap = before.map_or(start, |it| it.candidate.span.end);
            let gap = self.chars.get(gap..start).unwrap_or_default();
            let added = gap.windows(2).any(|pair| matches!(pair, ['合', 'わ'] | ['加', 'え'] | ['含', 'め']));
            let list = gap.first() == Some(&'、') && gap.len() <= 12;
            let goes_on = before.filter(|it| {
                &*it.candidate.class == "percent"
                    && !matches!(it.measure, "growth" | "other")
                    && gap.len() <= CHANGE / 2
                    && (list || added)
            });
            if let Some(before) = goes_on {
                return Some((0, before.measure));
            }
            // 事業費6億ドルの7割: of the sum just told.
            let of_sum = before.filter(|it| {
                gap == ['の']
                    && &*it.candidate.class == "money"
                    && !matches!(it.measure, "growth" | "other" | "aid")
            });
            if let Some(before) = of_sum {
                return Some((0, before.measure));
            }
            let last = earlier.iter().rev().take(4).find(|other| {
                other.keep
                    && other.sentence + 1 >= sentence
                    && flows(other.measure)
                    && other.measure != "growth"
            })?;
            let by_partner = self.tables.cues.partner.any_in(self.chars, between.start, start);
            by_partner.then(|| (0, of_share(last.measure)))
        };
        let shared = shared();
        if shared.is_some() {
            best = shared;
        }
        let inherited = || {
            // Sums go on about the sum before, rates of tariff and flows of energy about their like.
            let like = |reading: &&Reading| match class {
                "money" => &*reading.candidate.class == "money",
                "percent" => {
                    &*reading.candidate.class == "percent"
                        && (reading.measure == "tariff"
                            || reading.sentence == sentence && self.bracketed(candidate.span).is_some())
                        // 輸出は940億ドルだった。国別では中国(39%)…: shares of what was told of.
                        || flows(reading.measure)
                            && reading.measure != "growth"
                            && self.bracketed(candidate.span).is_some()
                            && self.tables.cues.partner.any_in(self.chars, between.start, start)
                }
                // 死者は8796人に上り、うち3648人が子どもだ.
                "person" => {
                    &*reading.candidate.class == "person"
                        && (reading.sentence == sentence
                            || reading.sentence + 1 == sentence
                                && start <= between.start + 6
                                && self.chars.get(start.saturating_sub(2)..start) == Some(&['う', 'ち']))
                        && matches!(reading.measure, "casualties" | "troops" | "participants")
                        && self.tables.cues.carry.any_in(
                            self.chars,
                            start.saturating_sub(3).max(between.start),
                            start,
                        )
                        // 兵士8400人が駐留する。加盟国も5000人を送っている.
                        || &*reading.candidate.class == "person"
                            && reading.measure == "troops"
                            && self.tables.cues.movement.any_in(self.chars, end, end + 16)
                }
                // 戦車180両を購入する。10両が年内に届く.
                "arms" | "ship" => reading.candidate.form == candidate.form && reading.measure == "weapons",
                "volume" | "energy" | "rate" | "mass" => {
                    reading.candidate.unit == candidate.unit && reading.measure == "energy_volume"
                }
                _ => false,
            };
            let last = earlier.iter().rev().take(4).find(like)?;
            let near = last.sentence == sentence
                || (last.sentence + 1 == sentence
                    && (class != "money"
                        || self.tables.cues.carry.any_in(
                            self.chars,
                            start.saturating_sub(15).max(between.start),
                            start,
                        )
                        // 1500億ドルに増やす目標: where the trade just told of is to go.
                        || (flows(last.measure) || matches!(last.measure, "investment" | "aid"))
                            && self.tables.cues.aim.any_in(self.chars, end, end + 12)));
            (near && last.measure != "growth").then_some((0, last.measure))
        };
        // 同154億円: the same as the one before.
        let same = start.checked_sub(1).and_then(|at| self.chars.get(at)) == Some(&'同');
        let part = class == "person" && best.is_some_and(|(_, measure)| measure == "other");
        let best = if same || part { inherited().or(best) } else { best };
        // LNGの輸入量は2012年が8730万トン、2013年は8750万トン: of the energy told of.
        let flow = class == "mass" && best.is_some_and(|(_, measure)| matches!(measure, "import" | "export"));
        // 原油の対中輸出は1億トン: of the goods named right before.
        let goods = flow
            && (named_at.saturating_sub(10).max(between.start)..named_at).any(|place| {
                let row = self.tables.triggers.at(self.chars, place, named_at);
                row.is_some_and(|(len, rows)| {
                    let gap = self.chars.get(place + len..named_at).unwrap_or_default();
                    rows.iter().any(|row| row.measure == "energy_volume") && !gap.contains(&'、')
                })
            });
        let best = if goods { Some((0, "energy_volume")) } else { best };
        let energy = flow
            && earlier.iter().rev().find(|last| last.keep).is_some_and(|last| {
                last.sentence == sentence
                    && last.candidate.unit == candidate.unit
                    && last.measure == "energy_volume"
            });
        let best = if energy { Some((0, "energy_volume")) } else { best };
        // インドの黒字は300億ドル: of the trade just told of.
        let balance = class == "money"
            && best.is_some_and(|(_, measure)| measure == "other")
            && self.tables.cues.balance.any_in(
                self.chars,
                start.saturating_sub(8).max(between.start),
                end + 3,
            )
            && earlier.iter().rev().find(|last| last.keep).is_some_and(|last| {
                last.sentence + 1 >= sentence && matches!(last.measure, "trade" | "export" | "import")
            });
        let best = if balance { Some((0, "trade")) } else { best };
        // 300億ドル相当の製品に関税をかける: what is traded, not what is taken.
        let best = match best {
            Some((cost, "tariff")) if class == "money" => {
                let rest = self.chars.get(end..end + 20).unwrap_or_default();
                let goods =
                    rest.iter().position(|c| matches!(c, 'に' | 'へ' | '。')).map_or(rest, |at| &rest[..at]);
                let goods = goods.contains(&'品') || goods.contains(&'分') || goods.contains(&'車');
                Some((cost, if goods { "import" } else { "other" }))
            }
            best => best,
        };
        // What is cast for or against takes part in nothing.
        let best = if self.tables.cues.vote.before(self.chars, between.start, start).is_some() {
            Some((0, "other"))
        } else {
            best
        };
        // Soldiers held or handed over are no troops.
        let best = best.map(|(cost, measure)| {
            let captive = measure == "troops" && class == "person" && self.captive(sentence);
            (cost, if captive { "other" } else { measure })
        });
        // 台湾へ40万回分、ベトナムへ50万回分を送った: a list goes on.
        let listed = || {
            let last = earlier.iter().rev().find(|last| last.keep && last.sentence == sentence)?;
            let gap = self.chars.get(last.candidate.span.end..start)?;
            let close =
                gap.len() <= 16 && gap.contains(&'、') && !gap.iter().any(|c| matches!(c, 'は' | '。'));
            let like = last.candidate.unit == candidate.unit && last.candidate.class == candidate.class;
            let told = !matches!(last.measure, "growth" | "other") && class != "percent";
            (close && like && told && candidate.value >= candidate.min).then_some((0, last.measure))
        };
        // 2023年は30億ドルで: goes on about the level just told of.
        let in_time = || {
            let topic = start.checked_sub(1).filter(|at| self.chars.get(*at) == Some(&'は'))?;
            // 24年の実績は48億ドル.
            let level =
                self.tables.cues.level.before(self.chars, between.start, topic).map_or(0, |(len, ())| len);
            let named = topic - level;
            let linked = level > 0 && self.chars.get(named.wrapping_sub(1)) == Some(&'の');
            let named = if linked { named - 1 } else { named };
            let times = self.times_within(named.saturating_sub(16), named);
            times.iter().rev().find(|time| time.span.end == named)?;
            let last = earlier.iter().rev().take(4).find(|last| {
                last.keep && last.sentence + 1 >= sentence && last.candidate.unit == candidate.unit
            })?;
            (last.measure != "growth").then_some((0, last.measure))
        };
        // A sum named again is of the same kind.
        let again = || {
            let like = |other: &&Reading| {
                other.keep
                    && class == "money"
                    && other.measure != "growth"
                    && other.candidate.value == candidate.value
                    && other.candidate.unit == candidate.unit
            };
            earlier.iter().rev().take(8).find(like).map(|other| (0, other.measure))
        };
        // 円借款「…」は、70億円を限度とする: a sum without a word near it is of what its sentence names at all.
        let far = || {
            let first = triggers.partition_point(|(at, _, _)| *at < start.saturating_sub(FAR));
            let last = triggers.partition_point(|(at, _, _)| *at < start);
            let near = triggers.get(first..last.max(first)).unwrap_or_default();
            let topics = near.iter().rev().filter(|(at, len, _)| {
                let close = (self.chars.get(at + len) == Some(&'「')).then(|| {
                    (at + len..start).find(|at| self.chars.get(*at) == Some(&'」')).map_or(start, |at| at + 1)
                });
                let told = close.unwrap_or(at + len);
                told < start && self.tables.cues.topic.at(self.chars, told, start).is_some()
            });
            let mut rows = topics
                .flat_map(|(_, _, rows)| rows.iter())
                .filter(|row| row.side != Side::After && row.classes.iter().any(|known| known == class));
            rows.next().filter(|row| class == "money" && row.measure != "other").map(|row| (0, row.measure))
        };
        // A、B、Cの3カ国は: only sums up who is named.
        let summed_up = class == "country"
            && self.chars.get(start.wrapping_sub(1)) == Some(&'の')
            && self
                .company
                .within(start.saturating_sub(16).max(between.start), start - 1)
                .iter()
                .any(|(actor, place)| !place && actor.span.end + 1 == start);
        // 4カ国の外相は: those summed up before.
        let summed_before = class == "country"
            && candidate.bound == Bound::Exact
            && earlier.iter().rev().take(24).any(|other| {
                &*other.candidate.class == "country"
                    && other.measure == "other"
                    && other.candidate.value == candidate.value
            });
        if summed_before && best.is_none_or(|(_, measure)| measure != "participants") {
            return None;
        }
        let best = if summed_up || summed_before { Some((0, "other")) } else { best };
        // 対米は17%増の8億ドル: another partner of the trade just told of.
        let by_partner = || {
            let last = earlier.iter().rev().take(4).find(|other| {
                other.keep
                    && other.sentence + 1 >= sentence
                    && flows(other.measure)
                    && other.measure != "growth"
                    && other.candidate.unit == candidate.unit
            })?;
            let near = self.company.within(start.saturating_sub(COMPANY / 6).max(between.start), start);
            let (actor, _) = near.iter().rev().find(|(_, place)| !place)?;
            let toward = |after: &[char]| matches!(after, ['は' | 'が' | 'も', ..]);
            let end = actor.span.end;
            let rest = self.chars.get(end..start).unwrap_or_default();
            let named =
                self.tables.cues.toward_before.before(self.chars, between.start, actor.span.start).is_some()
                    && toward(rest)
                    || matches!(
                        rest,
                        ['向', 'け', 'は' | 'が' | 'も', ..] | ['か', 'ら', 'は' | 'が' | 'も', ..]
                    );
            let clear = !rest.iter().skip(3).any(|c| matches!(c, 'は' | 'が' | '。'));
            (named && clear).then_some((0, last.measure))
        };
        // Barrels a day are those of oil.
        let oil = || (candidate.unit == "bbl/d").then_some((0, "energy_volume"));
        let named = best
            .or_else(inherited)
            .or_else(in_time)
            .or_else(by_partner)
            .or_else(listed)
            .or_else(again)
            .or_else(far)
            .or(candidate.usual.map(|measure| (0, measure)))
            .or_else(oil);
        // 男性2人 counts, 2人 alone only goes on about those just named.
        let counted = class == "person"
            && (self.names_the_counted(between.start, start) || self.is_told(start, candidate.span.end));
        // Nor do a range or a part of one go on about anything.
        let counted = counted || candidate.value_to.is_some() || candidate.value.fract() != 0.0;
        let min = if counted { candidate.min.min(1.0) } else { candidate.min };
        if named.is_none() && candidate.value_to.unwrap_or(candidate.value) < min
            || candidate.weak && best.is_none_or(|(cost, measure)| cost > 12 || measure == "other")
        {
            return None;
        }
        let actor_before = || {
            self.company
                .within(start.saturating_sub(12), start)
                .iter()
                .any(|(actor, _)| actor.span.end == start)
        };
        if class == "country" && candidate.bound == Bound::Exact && actor_before() {
            return None;
        }
        // 総事業費は8億ドルと、予定の9億ドルを下回った: bounds the first of two, not the second.
        let compared = matches!(
            self.chars.get(candidate.span.end..candidate.span.end + 2),
            Some(['を', '下' | '上' | '超'])
        ) && earlier.last().is_some_and(|other| {
            let gap = self.chars.get(other.candidate.span.end..start).unwrap_or_default();
            other.sentence == sentence
                && other.candidate.unit == candidate.unit
                && matches!(gap, ['と' | 'で', '、', ..])
                && gap.len() <= CHANGE / 2
                && !gap.contains(&'は')
        });
        if compared {
            candidate.bound = Bound::Exact;
        }
        let anaphor = self.tables.cues.anaphor.at(self.chars, end, self.chars.len()).is_some();
        if class == "person"
            && candidate.value <= 3.0
            && anaphor
            && best.is_some_and(|(cost, measure)| cost > 8 && measure != "casualties")
        {
            return None;
        }
        // (約1億円), (日本円で1億円).
        let head = self
            .tables
            .cues
            .converted
            .before(self.chars, between.start, start)
            .map_or(start, |(len, ())| start - len);
        let opens = head.checked_sub(1).and_then(|at| self.chars.get(at)) == Some(&'(');
        let converts =
            (opens && class == "money").then(|| earlier.len().checked_sub(1)).flatten().filter(|at| {
                let last = &earlier[*at].candidate;
                &*last.class == "money" && last.unit != candidate.unit && last.span.end + 1 == head
            });
        // 1億ドル、日本円にして、124億円.
        let head = if self.chars.get(head.wrapping_sub(1)) == Some(&'、') { head - 1 } else { head };
        let converts = converts.or_else(|| {
            let at = earlier.len().checked_sub(1).filter(|_| head < start && class == "money")?;
            let last = &earlier[at].candidate;
            let gap = self.chars.get(last.span.end..head)?;
            let close = gap.len() <= 3 && !gap.iter().any(|c| matches!(c, 'は' | 'が' | '。'));
            (close && &*last.class == "money" && last.unit != candidate.unit).then_some(at)
        });
        Some(Reading {
            sentence,
            measure: named.map_or("other", |(_, measure)| measure),
            cost: best.map(|(cost, _)| cost),
            change_sign: None,
            converts,
            level: None,
            change: None,
            rank: None,
            of: Vec::new(),
            toward: false,
            partner: None,
            period: None,
            keep: true,
            candidate,
        })
    }

    /// Whether a noun for those who are counted stands right before a number.
    pub(super) fn names_the_counted(&self, start: usize, at: usize) -> bool {
        let before = |back: usize| {
            at.checked_sub(back).filter(|at| *at >= start).and_then(|at| self.chars.get(at)).copied()
        };
        let noun = |letter: char| ('一'..='龥').contains(&letter) || ('ァ'..='ー').contains(&letter);
        match (before(1), before(2)) {
            (Some('ら'), Some(letter)) => noun(letter),
            (Some('ち'), Some('た')) => before(3).is_some_and(noun),
            (Some('計' | '約' | '各' | '全' | '他' | '中' | '内' | '後' | '前' | '上' | '外' | '別'), _) => {
                false
            }
            (Some(letter), _) => noun(letter),
            _ => false,
        }
    }

    /// Whether a sentence, or what stands just before it, tells of people taken or given back.
    pub(super) fn captive(&self, sentence: usize) -> bool {
        self.sentences.get(sentence).is_some_and(|sentence| {
            let from = sentence.span.start.saturating_sub(REACH_BEFORE);
            self.tables.cues.captive.any_in(self.chars, from, sentence.span.end)
        })
    }

    /// Whether a number is what a sentence tells of its topic: シリア人は2人だった.
    fn is_told(&self, start: usize, end: usize) -> bool {
        let topic = start.checked_sub(1).and_then(|at| self.chars.get(at));
        let told = self.tables.cues.told.at(self.chars, end, self.chars.len());
        matches!(topic, Some('は' | 'も' | 'が')) && told.is_some()
    }

    /// A part measures what its whole does: 子ども12人を含む35人が死亡.
    pub(super) fn includes(&self, first: usize, end: usize, readings: &mut [Reading]) {
        for at in (first + 1..readings.len()).rev() {
            let (part, whole) = (&readings[at - 1], &readings[at]);
            let joined = self.tables.cues.include.at(self.chars, part.candidate.span.end, end).is_some_and(
                |(len, ())| whole.candidate.span.start.saturating_sub(part.candidate.span.end + len) <= 4,
            );
            // 兵士1300人、民間人93人が死亡した.
            let gap =
                Span::new(part.candidate.span.end, whole.candidate.span.start.max(part.candidate.span.end));
            let gap = gap.slice(self.chars);
            let side_by_side = whole.measure == "casualties"
                && matches!(part.measure, "troops" | "other")
                && &*part.candidate.class == "person"
                && matches!(gap, ['、' | 'と', ..] | ['な', 'ど', ..])
                && !gap.iter().any(|c| matches!(c, 'は' | 'が' | 'を' | 'に' | 'で' | 'し' | 'た' | '。'))
                && gap.len() <= CHANGE / 2;
            // 石炭に15%、原油に10%の追加関税を課す: the last of a list says what all are.
            let unnamed =
                part.cost.is_none() || part.measure == "other" && &*part.candidate.class != "person";
            // Aに20億円を、Bに3億円をそれぞれ供与する.
            let behind = whole.candidate.span.end;
            let each = self.tables.cues.each.any_in(self.chars, behind, (behind + 8).min(end));
            let list = unnamed
                && matches!(whole.measure, "tariff" | "aid" | "weapons" | "casualties" | "troops")
                && part.measure == "other"
                && part.candidate.class == whole.candidate.class
                && part.change_sign.is_none()
                && (gap.first() == Some(&'、')
                    && gap.len() <= CHANGE / 2
                    && !gap.iter().any(|c| matches!(c, 'は' | 'が' | 'を' | '。'))
                    || each && gap.len() <= CHANGE && !gap.contains(&'。'));
            // 中国が51%、日本が49%を出資する: told alike, side by side.
            let before = |reading: &Reading| {
                reading.candidate.span.start.checked_sub(1).and_then(|at| self.chars.get(at)).copied()
            };
            let alike = unnamed
                && matches!(
                    whole.measure,
                    "investment" | "tariff" | "aid" | "casualties" | "troops" | "weapons"
                )
                && part.measure == "other"
                && part.candidate.class == whole.candidate.class
                && part.change_sign.is_none()
                && gap.first() == Some(&'、')
                && gap.len() <= CHANGE / 3
                && matches!(before(part), Some('が' | 'は' | 'に' | 'で'))
                && before(part) == before(whole);
            // 6機のうち1機が出撃した.
            let of_whole = gap == ['の', 'う', 'ち']
                && part.candidate.form == whole.candidate.form
                && part.measure == "other"
                && whole.measure == "weapons";
            // 300億ドル相当の製品に25%の関税: what is imported.
            let levied = &*part.candidate.class == "money"
                && part.measure == "tariff"
                && whole.measure == "tariff"
                && &*whole.candidate.class == "percent"
                && gap.contains(&'に')
                && gap.len() <= CHANGE / 2
                && !gap.iter().any(|c| matches!(c, 'は' | 'が' | 'を' | '。'));
            if levied {
                readings[at - 1].measure = "import";
                continue;
            }
            let joined = joined || side_by_side || list || alike || of_whole;
            if joined && part.candidate.unit == whole.candidate.unit {
                readings[at - 1].measure = readings[at].measure;
            }
        }
    }
}
