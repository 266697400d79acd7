//! Which chunk each chunk depends on: from right to left, never crossing, nearest plausible first.

use super::chunk::{Chunks, Class, Pred, Proto};
use super::lexicon::{Speech, Tables};
use crate::types::{Case, ChunkKind, Link, Voice};

/// How far along the chain of possible heads to look.
const REACH: usize = 64;

pub(super) struct Solver<'a> {
    pub protos: &'a mut [Proto],
    pub quote_last: &'a [Option<usize>],
    pub tables: &'a Tables,
    pub heading: bool,
    pub heads: Vec<Option<usize>>,
    /// Cases already taken at each predicate.
    filled: Vec<u32>,
    /// Cases already taken by a topic.
    topics: Vec<u32>,
    /// A speaker's topic stands before it that no predicate has closed.
    under_topic: Vec<bool>,
    /// A speaker's topic stands before it in the same sentence.
    after_topic: Vec<bool>,
    /// A が stands in its own clause, and a speaker's topic before that.
    subject_under_topic: Vec<bool>,
    /// First of its segment.
    first: Vec<bool>,
    /// Stands, itself or through what it joins, in a clause that modifies a noun.
    embedded: Vec<bool>,
}

fn bit(case: Case) -> u32 {
    1 << (case as u32)
}

/// The heads of all chunks. Decides on the way which と, 、 and ・ coordinate, and how よう and と join.
pub(super) fn solve(chunks: &mut Chunks, tables: &Tables, heading: bool) -> Vec<Option<usize>> {
    let count = chunks.protos.len();
    let mut solver = Solver {
        protos: &mut chunks.protos,
        quote_last: &chunks.quote_last,
        tables,
        heading,
        heads: vec![None; count],
        filled: vec![0; count],
        topics: vec![0; count],
        under_topic: vec![false; count],
        after_topic: vec![false; count],
        subject_under_topic: vec![false; count],
        first: vec![false; count],
        embedded: vec![false; count],
    };
    solver.look_ahead();
    let mut candidates = Vec::with_capacity(REACH);
    for at in (0..count).rev() {
        solver.chain(at, &mut candidates);
        let head = if candidates.is_empty() {
            solver.end_of_quote(at)
        } else {
            Some(solver.choose(at, &candidates))
        };
        solver.attach(at, head);
    }
    solver.heads
}

impl Solver<'_> {
    /// Notes from left to right what the choice from right to left needs to know.
    fn look_ahead(&mut self) {
        let segments = self.protos.iter().map(|proto| proto.segment + 1).max().unwrap_or(0);
        let mut speaker = vec![false; segments];
        let mut subjects = vec![0usize; segments];
        let mut topic = vec![false; segments];
        let mut seen = vec![false; segments];
        for (at, proto) in self.protos.iter().enumerate() {
            let segment = proto.segment;
            self.first[at] = !std::mem::replace(&mut seen[segment], true);
            self.under_topic[at] = speaker[segment];
            self.after_topic[at] = topic[segment];
            self.subject_under_topic[at] = topic[segment] && subjects[segment] > 0;
            if proto.case == Some(Case::Ga) {
                subjects[segment] += 1;
            }
            if proto.pred.as_ref().is_some_and(|pred| pred.adnominal) {
                subjects[segment] = subjects[segment].saturating_sub(1);
            }
            if proto.topic || proto.also {
                speaker[segment] |= proto.topic && proto.case.is_none() && proto.class.acts();
                topic[segment] |= speaker[segment];
            }
            // 国防省は、核を使えば政権は終わると警告した: a condition ends nobody's speech.
            if proto
                .pred
                .as_ref()
                .is_some_and(|pred| !pred.adnominal && !matches!(pred.link, Link::Nominal | Link::If))
            {
                speaker[segment] = false;
                subjects[segment] = 0;
            }
        }
    }

    /// The chunks that `at` can depend on without crossing, nearest first.
    fn chain(&self, at: usize, candidates: &mut Vec<usize>) {
        candidates.clear();
        let segment = self.protos[at].outer_segment;
        let mut next = Some(at + 1).filter(|&next| next < self.protos.len());
        while let Some(j) = next.filter(|_| candidates.len() < REACH) {
            if self.protos[j].segment == segment {
                candidates.push(j);
            } else if !candidates.is_empty() {
                break;
            }
            next = self.heads[j];
        }
    }

    /// The last chunk of the quotation, for the end of a sentence within it.
    fn end_of_quote(&self, at: usize) -> Option<usize> {
        let proto = &self.protos[at];
        if proto.segment != proto.outer_segment {
            return None;
        }
        self.quote_last.get(proto.quote?).copied().flatten().filter(|&last| last > at)
    }

    fn attach(&mut self, at: usize, head: Option<usize>) {
        self.heads[at] = head;
        let Some(head) = head else { return };
        let joins =
            self.is_pred(head) && !matches!(self.link(at), Some(Link::Content | Link::Final | Link::Request));
        self.embedded[at] = self.is_adnominal(at) || joins && self.is_pred(at) && self.embedded[head];
        let proto = &self.protos[at];
        if proto.kind != ChunkKind::Nominal || self.protos[head].pred.is_none() {
            return;
        }
        let marked_topic = proto.topic || proto.also;
        if marked_topic && proto.bound && proto.case.is_none() {
            let object = self.protos[head].pred.as_ref().is_some_and(|pred| {
                let key = (pred.predicate.lemma.clone(), "を".to_owned());
                let governs =
                    self.tables.verb_modality.contains_key(&key) || self.tables.light.contains_key(&key);
                governs && pred.predicate.voice != Voice::Passive
            });
            if object {
                self.protos[at].case = Some(Case::Wo);
            }
        }
        let proto = &self.protos[at];
        let bare = if marked_topic && proto.class != Class::Time { Case::Ga } else { Case::Bare };
        let case = proto.case.unwrap_or(bare);
        if marked_topic {
            self.topics[head] |= bit(case);
        }
        if !(marked_topic && proto.case.is_none()) && proto.class != Class::Time {
            self.filled[head] |= bit(case);
        }
    }

    fn is_intransitive(&self, pred: &Pred) -> bool {
        pred.predicate.voice != Voice::Causative && self.tables.intransitive.contains(&pred.predicate.lemma)
    }

    fn is_pred(&self, at: usize) -> bool {
        self.protos[at].pred.is_some()
    }

    fn is_adnominal(&self, at: usize) -> bool {
        self.protos[at].pred.as_ref().is_some_and(|pred| pred.adnominal || pred.link == Link::Nominal)
    }

    fn is_weak(&self, at: usize) -> bool {
        let proto = &self.protos[at];
        proto
            .pred
            .as_ref()
            .is_some_and(|pred| pred.weak && (pred.adnominal || pred.link == Link::And && !proto.comma))
    }

    /// Whether it is なしに, which says only without what something is done.
    fn is_without(&self, at: usize) -> bool {
        let proto = &self.protos[at];
        proto.case == Some(Case::Ni)
            && proto.pred.as_ref().is_some_and(|pred| {
                pred.link == Link::Nominal && matches!(pred.predicate.lemma.as_str(), "ない" | "無い")
            })
    }

    fn is_verbal(&self, at: usize) -> bool {
        self.protos[at].pred.as_ref().is_some_and(|pred| pred.verbal)
    }

    fn speech(&self, at: usize) -> Speech {
        self.protos[at]
            .pred
            .as_ref()
            .and_then(|pred| self.tables.speech.get(&pred.predicate.lemma))
            .copied()
            .unwrap_or_default()
    }

    fn speaks(&self, at: usize) -> bool {
        let speech = self.speech(at);
        speech.say || speech.think
    }

    fn link(&self, at: usize) -> Option<Link> {
        self.protos[at].pred.as_ref().map(|pred| pred.link)
    }

    /// Whether it modifies a noun whose content it is: する方針, すること.
    fn is_content_of_noun(&self, at: usize) -> bool {
        self.is_adnominal(at) && self.heads[at].is_some_and(|head| self.protos[head].content_noun)
    }

    fn choose(&mut self, at: usize, candidates: &[usize]) -> usize {
        let fallback = candidates[0];
        let found = match self.protos[at].kind {
            ChunkKind::Adnominal => self.noun(candidates),
            ChunkKind::Adverbial => {
                if self.protos[at].comma || self.first[at] && self.protos[at].words.len() > 1 {
                    self.main(candidates)
                } else {
                    self.nearest(candidates, |_| true)
                }
            }
            ChunkKind::Predicate => self.predicate_head(at, candidates),
            ChunkKind::Nominal => self.nominal_head(at, candidates),
        };
        found.unwrap_or(fallback)
    }

    fn nearest(&self, candidates: &[usize], accept: impl Fn(usize) -> bool) -> Option<usize> {
        candidates.iter().copied().find(|&j| self.is_pred(j) && accept(j))
    }

    fn main(&self, candidates: &[usize]) -> Option<usize> {
        candidates
            .iter()
            .rev()
            .copied()
            .find(|&j| self.is_pred(j) && !self.is_adnominal(j))
            .or_else(|| self.nearest(candidates, |_| true))
    }

    /// Whether a chunk can be modified as a noun.
    fn is_noun(&self, at: usize) -> bool {
        let proto = &self.protos[at];
        match &proto.pred {
            None => proto.kind == ChunkKind::Nominal,
            Some(pred) => {
                let named = pred.predicate.noun.is_some() || !pred.verbal && !pred.weak;
                named && !pred.adnominal
                    || pred.weak && !pred.adnominal && pred.predicate.lemma.ends_with('だ')
            }
        }
    }

    fn noun(&self, candidates: &[usize]) -> Option<usize> {
        candidates.iter().copied().find(|&j| self.is_noun(j))
    }

    fn predicate_head(&mut self, at: usize, candidates: &[usize]) -> Option<usize> {
        let (link, adnominal, you, to_condition) = {
            let pred = self.protos[at].pred.as_ref()?;
            (pred.link, pred.adnominal, pred.you, pred.to_condition)
        };
        let comma = self.protos[at].comma;
        if adnominal || link == Link::Nominal && self.protos[at].case.is_none() {
            return self.modified_noun(candidates, link);
        }
        match link {
            Link::Content => {
                // 「…」として、ロシアの求める謝罪を拒んだ: past what only modifies a noun.
                let said = self.nearest(candidates, |j| self.speaks(j) && !(comma && self.is_adnominal(j)));
                let any = self.nearest(candidates, |j| {
                    self.is_verbal(j) && !self.is_weak(j) && !(comma && self.is_adnominal(j))
                });
                let mut head = said.or(any);
                if to_condition {
                    let is_content = match (comma, said) {
                        (_, None) => false,
                        (true, Some(said)) => said == at + 1,
                        (false, Some(_)) => true,
                    };
                    if !is_content {
                        if let Some(pred) = &mut self.protos[at].pred {
                            pred.link = Link::If;
                        }
                        head = self.clause_head(at, candidates, comma);
                    }
                }
                head
            }
            Link::Purpose if you => {
                let asked = self.nearest(candidates, |j| self.speech(j).request);
                if asked.is_some()
                    && let Some(pred) = &mut self.protos[at].pred
                {
                    pred.link = Link::Request;
                }
                asked.or_else(|| self.nearest(candidates, |j| !self.is_weak(j)))
            }
            Link::Nominal => self.nearest(candidates, |j| !self.is_weak(j)),
            Link::Purpose | Link::When if !comma => self.nearest(candidates, |j| !self.is_weak(j)),
            Link::But | Link::Because | Link::Final => self.clause_head(at, candidates, true),
            _ => self.clause_head(at, candidates, comma),
        }
    }

    /// The noun that an adnominal predicate modifies: past a name with の (離れた日本の水域).
    fn modified_noun(&self, candidates: &[usize], link: Link) -> Option<usize> {
        let place = candidates.iter().position(|&j| self.is_noun(j))?;
        let first = candidates[place];
        if link == Link::Nominal {
            return Some(first);
        }
        if link == Link::Content {
            let nouns = candidates[place..].iter().copied().take_while(|&j| !self.is_pred(j));
            return nouns.into_iter().find(|&j| self.protos[j].content_noun).or(Some(first));
        }
        let proto = &self.protos[first];
        let named = proto.case == Some(Case::No)
            && proto.inner.is_none()
            && matches!(proto.class, Class::Body | Class::Place | Class::Time);
        match candidates.get(place + 1) {
            Some(&next) if named && self.is_noun(next) => Some(next),
            _ => Some(first),
        }
    }

    /// The predicate that a clause joins.
    fn clause_head(&self, at: usize, candidates: &[usize], loose: bool) -> Option<usize> {
        let contrast = matches!(self.link(at), Some(Link::But | Link::Because));
        let quoted = self.subject_under_topic[at];
        let own_words = self.protos[at].pred.as_ref().is_some_and(|pred| pred.loose);
        let loose = loose || own_words;
        let says = contrast
            || (self.protos[at].comma || own_words)
                && (self.speech(at).say || self.is_occasion(at) && !quoted);
        // 中国は招待を受け、習主席が訪れると発表した: what another does is told by the topic.
        let outside = loose && self.after_topic[at] && !quoted;
        let of_another = |&&j: &&usize| {
            outside
                && self.is_pred(j)
                && self.filled[j] & bit(Case::Ga) != 0
                && self.link(self.root(j)) == Some(Link::Content)
        };
        let inner_end = candidates.iter().find(of_another).map(|&j| self.root(j));
        let fits = |j: usize| {
            if self.is_weak(j) {
                return false;
            }
            if inner_end.is_some_and(|end| j <= end) {
                return false;
            }
            if self.is_adnominal(j) {
                return !loose || !says && self.is_content_of_noun(j);
            }
            if self.embedded[j] && loose {
                let root = self.root(j);
                return !says && self.is_content_of_noun(root);
            }
            // 非難し、行動をやめて…守るよう要求した: nor what leads up to the content.
            let end = self.root(j);
            let content_of_speech =
                self.link(end) == Some(Link::Content) || self.link(end) == Some(Link::Request);
            !(says
                && !contrast
                && !quoted
                && content_of_speech
                && self.heads[end].is_some_and(|head| self.speaks(head)))
        };
        self.nearest(candidates, fits)
            .or_else(|| self.main(candidates))
            .or_else(|| self.nearest(candidates, |_| true))
    }

    /// The predicate that a run of joined predicates ends with.
    fn root(&self, mut at: usize) -> usize {
        for _ in 0..REACH {
            let ends = matches!(self.link(at), Some(Link::Content | Link::Request)) || self.is_adnominal(at);
            match self.heads[at] {
                Some(head) if !ends && self.is_pred(head) => at = head,
                _ => break,
            }
        }
        at
    }

    /// Whether it tells an occasion: 会談し、 or 会談を行い、.
    fn is_occasion(&self, at: usize) -> bool {
        if self.speech(at).occasion {
            return true;
        }
        let object = at.checked_sub(1).map(|at| &self.protos[at]);
        object.is_some_and(|object| object.case == Some(Case::Wo) && object.occasion)
    }

    fn nominal_head(&mut self, at: usize, candidates: &[usize]) -> Option<usize> {
        let proto = &self.protos[at];
        if proto.case == Some(Case::No) {
            return self.doer_of(at, candidates).or_else(|| self.noun(candidates));
        }
        let marked_topic = proto.topic || proto.also;
        if proto.surely_and && !marked_topic {
            let target = self.like(at, candidates).or_else(|| self.noun(candidates));
            if target.is_some_and(|target| !self.is_pred(target)) {
                self.protos[at].case = Some(Case::And);
                return target;
            }
        }
        let proto = &self.protos[at];
        if proto.maybe_and && !marked_topic {
            if let Some(target) = self.coordinated(at, candidates) {
                self.protos[at].case = Some(Case::And);
                return Some(target);
            }
            // アジアと世界の平和: neither acts, so neither is a partner.
            let proto = &self.protos[at];
            if let Some(&next) = candidates.first()
                && !proto.class.acts()
                && self.protos[next].kind == ChunkKind::Nominal
                && self.protos[next].case == Some(Case::No)
                && self.protos[next].inner.is_none()
                && !proto.comma
            {
                self.protos[at].case = Some(Case::And);
                return Some(next);
            }
            return self.argument_head(at, candidates, Case::To);
        }
        if marked_topic {
            return self.topic_head(at, candidates);
        }
        match proto.case {
            Some(Case::AccordingTo) => self.main(candidates),
            Some(case) => self.argument_head(at, candidates, case),
            None => self.bare_head(at, candidates),
        }
    }

    /// 米国の台湾への武器売却: who does the act that the noun behind the recipient names.
    fn doer_of(&self, at: usize, candidates: &[usize]) -> Option<usize> {
        let own = &self.protos[at];
        let &[recipient, act, ..] = candidates else { return None };
        let toward = matches!(
            self.protos[recipient].inner,
            Some(Case::He | Case::Ni | Case::Against | Case::To | Case::By | Case::Kara | Case::About)
        );
        let fits = own.inner.is_none()
            && own.class.acts()
            && toward
            && self.protos[recipient].case == Some(Case::No)
            && self.protos[recipient].class != Class::None
            && self.heads[recipient] == Some(act)
            && self.protos[act].act;
        fits.then_some(act)
    }

    /// The next noun of like class, through の.
    fn like(&self, at: usize, candidates: &[usize]) -> Option<usize> {
        let (class, bound) = (self.protos[at].class, self.protos[at].bound);
        let comma = self.protos[at].comma;
        for &j in candidates {
            let other = &self.protos[j];
            if self.is_pred(j) {
                if self.is_weak(j) || comma && self.is_adnominal(j) {
                    continue;
                }
                return None;
            }
            if other.kind != ChunkKind::Nominal {
                continue;
            }
            // イスラエルと、レバノンを拠点とするヒズボラとの停戦: with the other partner, not with what modifies it.
            if comma && self.protos[at].class.acts() && self.protos[at].surely_and | self.protos[at].maybe_and
            {
                let modified =
                    self.heads[j].filter(|&head| self.is_adnominal(head)).and_then(|head| self.heads[head]);
                let partner = modified.filter(|&noun| {
                    let proto = &self.protos[noun];
                    proto.class.acts() && (proto.inner == Some(Case::To) || proto.case == Some(Case::To))
                });
                if partner.is_some() {
                    return partner;
                }
            }
            if other.class == class && other.bound == bound {
                return Some(j);
            }
            if other.case != Some(Case::No)
                && !(comma && self.heads[j].is_some_and(|head| self.is_adnominal(head)))
            {
                return None;
            }
        }
        None
    }

    /// The last member of the coordination that a chunk belongs to.
    fn last_member(&self, mut at: usize) -> usize {
        for _ in 0..REACH {
            match self.heads[at] {
                Some(head) if self.protos[at].case == Some(Case::And) => at = head,
                _ => break,
            }
        }
        at
    }

    /// Whether a noun with と is coordinated with one that follows, rather than a partner.
    fn coordinated(&self, at: usize, candidates: &[usize]) -> Option<usize> {
        let target = self.like(at, candidates)?;
        let last = self.last_member(target);
        let (own, other, end) = (&self.protos[at], &self.protos[target], &self.protos[last]);
        if end.case.is_none() && !(end.topic || end.also) && !self.heading {
            return None;
        }
        if own.class == Class::None
            && other.act
            && !own.act
            && (matches!(end.case, Some(Case::Wo | Case::Ga)) || end.topic)
        {
            return None;
        }
        Some(target)
    }

    /// The predicate of a topic.
    fn topic_head(&self, at: usize, candidates: &[usize]) -> Option<usize> {
        let proto = &self.protos[at];
        let slot = proto.case.unwrap_or(if proto.class == Class::Time { Case::Bare } else { Case::Ga });
        let main = self.main(candidates)?;
        // 大統領と、18日には首長と会談し、…を求める: the day is that of the other partner alone.
        let in_turn = proto.class == Class::Time
            && at.checked_sub(1).map(|before| &self.protos[before]).is_some_and(|before| {
                before.maybe_and && before.comma && before.class.acts() && before.case == Some(Case::To)
            });
        if in_turn
            && let Some(found) = self.nearest(candidates, |j| !self.is_weak(j) && !self.is_adnominal(j))
            && self.filled[found] & bit(Case::To) != 0
        {
            return Some(found);
        }
        // 南部にも弾を撃ち込んだと非難した: も behind a particle makes no topic of the sentence.
        if let Some(case) = proto.case
            && proto.also
            && !proto.topic
            && !proto.comma
            && !self.heading
            && matches!(case, Case::Ni | Case::He | Case::To | Case::Kara)
            && proto.class != Class::Time
            && let Some(found) = self.argument_head(at, candidates, case)
            && self.link(self.root(found)) == Some(Link::Content)
        {
            return Some(found);
        }
        let under = self.under_topic[at];
        let inner = |j: usize| match self.link(j) {
            Some(Link::Content) => true,
            Some(Link::Adnominal) => under && self.is_content_of_noun(j),
            _ => false,
        };
        let marked = (proto.topic || proto.also) && !self.heading;
        let frames = proto.class == Class::Time && !proto.also;
        let speaker = proto.class.acts() || frames || proto.case.is_some();
        let spoken = marked && candidates.iter().any(|&j| self.is_pred(j) && inner(j));
        if spoken
            && (under || !speaker)
            && let Some(found) = self.nearest(candidates, |j| inner(j) && !self.is_weak(j))
        {
            let governed = self.heads[found].is_some_and(|head| {
                self.speaks(head) || self.heads[head].is_some_and(|head| self.is_pred(head))
            });
            let has_subject = !speaker && self.filled[found] & bit(Case::Ga) != 0;
            if governed && !has_subject {
                if self.topics[found] & bit(slot) == 0 {
                    return Some(found);
                }
                // Another topic has the content's end: this one keeps to its own clause within it.
                let own =
                    self.nearest(candidates, |j| !self.is_adnominal(j) && self.topics[j] & bit(slot) == 0);
                if own.is_some_and(|own| own < found) {
                    return own;
                }
            }
        }
        // 方針では一致したものの、 and 15日には行わない: a contrast stays in its clause.
        if proto.case.is_some()
            && let Some(&next) = candidates.first()
            && next == at + 1
            && let Some(pred) = &self.protos[next].pred
            && (pred.link == Link::But || pred.predicate.negated)
        {
            return Some(next);
        }
        // Aは23日、…し、Bは…した: the day stays with the topic beside it.
        let with_topic = proto.class == Class::Time
            && at.checked_sub(1).map(|before| &self.protos[before]).is_some_and(|before| {
                before.segment == proto.segment && (before.topic || before.also) && before.class.acts()
            });
        let taken = bit(slot) | if with_topic { bit(Case::Ga) } else { 0 };
        let free = |j: usize| self.topics[j] & taken == 0;
        let open = |j: usize| slot != Case::Ga || self.filled[j] & bit(Case::Ga) == 0;
        let last = |accept: &dyn Fn(usize) -> bool| {
            candidates.iter().rev().copied().find(|&j| {
                self.is_pred(j) && !self.embedded[j] && !self.is_adnominal(j) && !self.is_weak(j) && accept(j)
            })
        };
        last(&|j| free(j) && open(j)).or_else(|| last(&free)).or(Some(main))
    }

    /// The predicate of a noun with a case particle.
    fn argument_head(&self, at: usize, candidates: &[usize], case: Case) -> Option<usize> {
        let proto = &self.protos[at];
        if proto.class == Class::Time && proto.comma && self.is_frame(at, candidates) {
            return self.topic_head(at, candidates);
        }
        // アブダビで大統領と、18日にはカタールで首長と会談する: one partner, and at another time another.
        let in_turn = case == Case::To
            && proto.comma
            && proto.class.acts()
            && self.protos.get(at + 1).is_some_and(|next| next.class == Class::Time);
        let single = matches!(case, Case::Ga | Case::Wo | Case::Ni | Case::To)
            && proto.class != Class::Time
            && !in_turn;
        let fits = |j: usize| {
            let Some(pred) = &self.protos[j].pred else { return false };
            if single && self.filled[j] & bit(case) != 0 {
                return false;
            }
            let adjacent = at + 1 == j;
            // 首都で予告なしに会談した: only what is lacking is of なしに.
            if self.is_without(j) && !adjacent {
                return false;
            }
            if self.is_weak(j)
                && !(adjacent
                    && (case == Case::Ga && !proto.class.acts()
                        || case == Case::Yori
                        || case == Case::Ni && pred.relation))
            {
                return false;
            }
            if proto.comma && self.is_adnominal(j) && (case == Case::Against || !self.is_content_of_noun(j)) {
                return false;
            }
            match case {
                Case::Wo if self.is_intransitive(pred) => false,
                Case::Wo => pred.verbal && (pred.predicate.voice != Voice::Passive || adjacent),
                Case::Ga if pred.adnominal && pred.link == Link::Adnominal && !adjacent => {
                    // The noun it modifies is its subject: 侵攻を続けるロシア.
                    let gap = self.heads[j].is_some_and(|head| self.protos[head].class.acts());
                    let has_object = self.filled[j] & (bit(Case::Wo) | bit(Case::Ni)) != 0;
                    !(gap && has_object && proto.class.acts())
                }
                _ => true,
            }
        };
        let found = self
            .nearest(candidates, fits)
            .or_else(|| self.nearest(candidates, |j| self.is_verbal(j)))
            .or_else(|| self.main(candidates))?;
        // 商工相が国営通信に、協定は…すると語った: before a topic of the words themselves, who says them and to whom.
        if (case == Case::Ga || case == Case::Ni && proto.comma && !self.after_topic[at])
            && proto.class.acts()
            && self.link(found) == Some(Link::Content)
            && let Some(matrix) = self.heads[found].filter(|matrix| candidates.contains(matrix))
            && self.speaks(matrix)
            && self.filled[matrix] & bit(case) == 0
            && (at + 1..found).any(|next| {
                let topic = &self.protos[next];
                topic.topic
                    && topic.case.is_none()
                    && topic.class != Class::Time
                    && self.heads[next] == Some(found)
            })
        {
            return Some(matrix);
        }
        // Whom the request goes to: ロシアに…するよう求めた.
        if matches!(case, Case::Ni | Case::Against) && proto.class.acts() {
            let asked = matches!(self.link(found), Some(Link::Request));
            if let Some(matrix) = self.heads[found].filter(|_| asked && at + 1 != found)
                && candidates.contains(&matrix)
                && self.filled[matrix] & (bit(Case::Ni) | bit(Case::Against)) == 0
            {
                return Some(matrix);
            }
            if case == Case::Against && proto.comma && self.link(found) == Some(Link::Content) {
                return self.heads[found].filter(|matrix| candidates.contains(matrix)).or(Some(found));
            }
        }
        Some(found)
    }

    /// Whether a time before a comma frames the whole sentence: it opens it, or stands beside the topic.
    fn is_frame(&self, at: usize, candidates: &[usize]) -> bool {
        let beside = |at: usize| {
            let proto = &self.protos[at];
            proto.topic || proto.also
        };
        self.first[at]
            || at > 0 && self.protos[at - 1].segment == self.protos[at].segment && beside(at - 1)
            || candidates.first().is_some_and(|&next| beside(next))
    }

    fn bare_head(&mut self, at: usize, candidates: &[usize]) -> Option<usize> {
        let proto = &self.protos[at];
        let (class, comma) = (proto.class, proto.comma);
        if comma {
            if let Some(target) = self.listed(at, candidates) {
                self.protos[at].case = Some(Case::And);
                return Some(target);
            }
            if self.heading && class != Class::Time {
                if self.first[at] || class.acts() {
                    self.protos[at].topic = true;
                }
                return self.topic_head(at, candidates);
            }
            if class.acts() && self.first[at] {
                self.protos[at].topic = true;
                return self.topic_head(at, candidates);
            }
            if self.is_frame(at, candidates) {
                return self.topic_head(at, candidates);
            }
            return self
                .matter_of_another(at, candidates)
                .or_else(|| self.nearest(candidates, |j| !self.is_adnominal(j)))
                .or_else(|| self.main(candidates));
        }
        self.nearest(candidates, |j| {
            !self.is_weak(j) && (self.is_verbal(j) && !self.is_without(j) || at + 1 == j)
        })
        .or_else(|| self.nearest(candidates, |j| !self.is_weak(j)))
    }

    /// 日本が5日、放出を始めたことに反発し、中国は…: the day stays with the subject beside it, in the matter that another
    /// one, whom the topic behind names, takes up.
    fn matter_of_another(&self, at: usize, candidates: &[usize]) -> Option<usize> {
        let subject = &self.protos[at.checked_sub(1)?];
        let beside = subject.segment == self.protos[at].segment
            && subject.case == Some(Case::Ga)
            && subject.class.acts()
            && !subject.topic
            && !subject.comma;
        if !beside || self.protos[at].class != Class::Time {
            return None;
        }
        let matter = self.nearest(candidates, |j| self.is_pred(j) && !self.is_weak(j))?;
        let noun = self.heads[matter].filter(|_| self.is_content_of_noun(matter))?;
        let taken_up = self.heads[noun].filter(|&head| self.is_pred(head))?;
        let next = self.protos.get(taken_up + 1)?;
        let another = self.protos[taken_up].comma && next.topic && next.class.acts();
        (another && self.filled[matter] & bit(Case::Ga) == 0).then_some(matter)
    }

    /// The noun that a noun before a comma is listed with.
    fn listed(&self, at: usize, candidates: &[usize]) -> Option<usize> {
        let target = self.like(at, candidates)?;
        let own = &self.protos[at];
        let end = &self.protos[self.last_member(target)];
        let has_role = end.case.is_some() || end.topic || end.also;
        if own.class == Class::Time {
            let frames = !self.is_frame(at, candidates)
                && !matches!(end.case, Some(Case::And | Case::No))
                && !end.comma;
            return (target == at + 1 && has_role && frames).then_some(target);
        }
        if self.heading && self.first[at] {
            let subject = end.case == Some(Case::Ga) || end.topic || end.also;
            let both = own.class.acts() && target == at + 1;
            return (both && subject).then_some(target);
        }
        if own.class == Class::None {
            let direct = candidates.first() == Some(&target) || self.protos[at + 1].case == Some(Case::No);
            return (direct && has_role && !self.first[at] && (own.act || !end.topic)).then_some(target);
        }
        has_role.then_some(target)
    }
}
