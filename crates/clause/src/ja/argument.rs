//! Chunks with heads to clauses with arguments.

use super::chunk::{Class, Proto};
use super::lexicon::{Effect, Tables};
use super::word::Word;
use crate::types::{
    Argument, Aspect, Carried, Case, Chunk, ChunkKind, Clause, Link, Modality, Predicate, Tense, Voice,
};
use entente_base::Span;
use entente_token::Tag;

pub(super) fn build(
    chars: &[char],
    words: &[Word<'_>],
    mut protos: Vec<Proto>,
    heads: Vec<Option<usize>>,
    tables: &Tables,
) -> (Vec<Chunk>, Vec<Clause>) {
    // Projective: what depends on a chunk, directly or not, is a run that ends with it.
    let mut first: Vec<usize> = (0..protos.len()).collect();
    let mut has_dependent = vec![false; protos.len()];
    for at in 0..protos.len() {
        if let Some(head) = heads[at] {
            first[head] = first[head].min(first[at]);
            has_dependent[head] |= protos[at].kind != ChunkKind::Adverbial;
        }
    }
    for (at, proto) in protos.iter_mut().enumerate() {
        let weak = proto.pred.as_ref().is_some_and(|pred| pred.weak && pred.link == Link::Adnominal);
        if weak && !has_dependent[at] {
            proto.pred = None;
            proto.kind = ChunkKind::Adnominal;
        }
    }
    let mut clause_of = vec![None; protos.len()];
    let mut count = 0;
    for (at, proto) in protos.iter().enumerate() {
        if proto.pred.is_some() {
            clause_of[at] = Some(count);
            count += 1;
        }
    }
    // The clause that each chunk's head leads to.
    let mut governor: Vec<Option<usize>> = vec![None; protos.len()];
    for at in (0..protos.len()).rev() {
        if let Some(head) = heads[at] {
            governor[at] = clause_of[head].or(governor[head]);
        }
    }
    let chunks: Vec<Chunk> = protos
        .iter()
        .enumerate()
        .map(|(at, proto)| chunk(chars, words, proto, heads[at], clause_of[at]))
        .collect();
    let mut clauses: Vec<Clause> = Vec::with_capacity(count);
    for (at, proto) in protos.iter().enumerate() {
        let Some(pred) = &proto.pred else { continue };
        clauses.push(Clause {
            chunk: at,
            span: pred.predicate.span,
            predicate: pred.predicate.clone(),
            arguments: Vec::new(),
            head: governor[at],
            link: pred.link,
            quote: proto.quote,
            carried: None,
        });
    }
    for (at, chunk) in chunks.iter().enumerate() {
        let Some(clause) = heads[at].and_then(|head| clause_of[head]) else { continue };
        if chunk.kind != ChunkKind::Nominal {
            continue;
        }
        let span = match first[at] {
            first if first == at => chunk.content,
            first => Span::new(protos[first].start, protos[at].end),
        };
        clauses[clause].arguments.push(Argument {
            case: chunk.case.unwrap_or(if (chunk.topic || chunk.also) && protos[at].class != Class::Time {
                Case::Ga
            } else {
                Case::Bare
            }),
            topic: chunk.topic || chunk.also,
            chunk: at,
            span,
            shared: false,
        });
        clauses[clause].span = clauses[clause].span.join(span);
    }
    let builder = Builder { chars, protos: &protos, heads: &heads, tables };
    for clause in &mut clauses {
        builder.settle_topics(clause);
        builder.carry(clause);
    }
    builder.govern(&mut clauses, &clause_of);
    builder.share(&mut clauses);
    for clause in &mut clauses {
        clause.predicate.modality.sort_unstable();
        clause.predicate.modality.dedup();
        clause.arguments.sort_by_key(|argument| argument.chunk);
    }
    (chunks, clauses)
}

fn chunk(
    chars: &[char],
    words: &[Word<'_>],
    proto: &Proto,
    head: Option<usize>,
    clause: Option<usize>,
) -> Chunk {
    let own = &words[proto.words.clone()];
    let span =
        Span::new(own.first().map_or(0, |word| word.span.start), own.last().map_or(0, |word| word.span.end));
    let tokens =
        own.first().map_or(0, |word| word.tokens.start)..own.last().map_or(0, |word| word.tokens.end);
    let mut content_words = &words[proto.content.clone()];
    while let [head @ .., last] = content_words {
        if head.is_empty() || !matches!(last.tag, Tag::Space | Tag::Comma) {
            break;
        }
        content_words = head;
    }
    let mut content = Span::new(
        content_words.first().map_or(span.start, |word| word.span.start),
        content_words.last().map_or(span.start, |word| word.span.end),
    );
    // A chunk that is all quoted name: its brackets enclose, they do not belong.
    if let [only] = content_words
        && content.len() > 2
        && matches!(chars.get(only.span.start), Some('「' | '『' | '“'))
    {
        content = Span::new(content.start + 1, content.end - 1);
    }
    Chunk {
        span,
        tokens,
        content,
        kind: proto.kind,
        case: proto
            .case
            .or((proto.kind == ChunkKind::Nominal && !proto.topic && !proto.also).then_some(Case::Bare)),
        inner: proto.inner,
        topic: proto.topic,
        also: proto.also,
        comma: proto.comma,
        quote: proto.quote,
        head,
        clause,
    }
}

struct Builder<'a> {
    chars: &'a [char],
    protos: &'a [Proto],
    heads: &'a [Option<usize>],
    tables: &'a Tables,
}

fn merge(effect: &Effect, predicate: &mut Predicate) {
    predicate.modality.extend(effect.modality);
    if effect.negates {
        predicate.negated = !predicate.negated;
    }
    if let Some(aspect) = effect.aspect
        && predicate.aspect == Aspect::Simple
    {
        predicate.aspect = aspect;
    }
    if let Some(voice) = effect.voice
        && predicate.voice == Voice::Active
    {
        predicate.voice = voice;
    }
}

fn particle(case: Case, voice: Voice) -> Option<&'static str> {
    Some(match case {
        Case::Ga if voice == Voice::Passive => "を",
        Case::Ga => "が",
        Case::Wo => "を",
        Case::Ni | Case::Toward => "に",
        Case::De => "で",
        Case::To => "と",
        _ => return None,
    })
}

impl Builder<'_> {
    /// A bare topic beside が is what が leaves: the object where an actor is the subject, else the theme.
    fn settle_topics(&self, clause: &mut Clause) {
        let has =
            |case: Case, topic: bool| clause.arguments.iter().any(|it| it.case == case && it.topic == topic);
        // Of two topics, one of them an actor, the other is the object: …することは避けた.
        let acts = |it: &&mut Argument| self.protos[it.chunk].class.acts();
        let topics = clause.arguments.iter().filter(|it| it.case == Case::Ga && it.topic).count();
        let has_object = has(Case::Wo, false);
        if topics > 1 && !has(Case::Ga, false) && !has_object && self.is_verbal(clause.chunk) {
            let mut others = clause.arguments.iter_mut().filter(|it| it.case == Case::Ga && !acts(it));
            if let Some(object) = others.next_back() {
                object.case = Case::Wo;
            }
            return;
        }
        if !has(Case::Ga, false) {
            return;
        }
        let subject_acts = clause
            .arguments
            .iter()
            .any(|it| it.case == Case::Ga && !it.topic && self.protos[it.chunk].class.acts());
        let active = clause.predicate.voice != Voice::Passive && self.is_verbal(clause.chunk);
        let to_object = !has(Case::Wo, false) && active && subject_acts;
        for argument in &mut clause.arguments {
            if argument.topic && argument.case == Case::Ga && self.protos[argument.chunk].case.is_none() {
                let acts = self.protos[argument.chunk].class.acts();
                argument.case = if to_object && !acts { Case::Wo } else { Case::About };
            }
        }
    }

    fn is_verbal(&self, at: usize) -> bool {
        self.protos[at].pred.as_ref().is_some_and(|pred| pred.verbal)
    }

    /// Whether a clause stands before a predicate as its content.
    fn has_content(&self, at: usize) -> bool {
        self.protos[..at].iter().zip(self.heads).any(|(proto, head)| {
            *head == Some(at) && proto.pred.as_ref().is_some_and(|pred| pred.link == Link::Content)
        })
    }

    /// Finds the event noun that a light verb carries.
    fn carry(&self, clause: &mut Clause) {
        // 要請を各国に行った: 行った with an act as its object is of 行う.
        if clause.predicate.lemma == "行く"
            && clause.arguments.iter().any(|it| it.case == Case::Wo && self.protos[it.chunk].act)
        {
            clause.predicate.lemma = "行う".to_owned();
        }
        let lemma = &clause.predicate.lemma;
        let voice = clause.predicate.voice;
        // 発射を「非難する」とする声明: する only says what the words are.
        if lemma == "する" && self.has_content(clause.chunk) {
            return;
        }
        let has_object = clause.arguments.iter().any(|it| it.case == Case::Wo);
        let mut best: Option<(usize, Effect, Case)> = None;
        for (index, argument) in clause.arguments.iter().enumerate() {
            let proto = &self.protos[argument.chunk];
            if !proto.act {
                continue;
            }
            let lookup = |particle: &str| self.tables.light.get(&(lemma.clone(), particle.to_owned()));
            let bare_topic = argument.topic && proto.case.is_none();
            let hit = particle(argument.case, voice)
                .and_then(lookup)
                .map(|effect| (argument.case, effect))
                .or_else(|| {
                    let object = bare_topic && !has_object && argument.case == Case::Ga;
                    object.then(|| lookup("を")).flatten().map(|effect| (Case::Wo, effect))
                })
                .or_else(|| {
                    let unmarked =
                        argument.case == Case::Bare && !has_object && argument.chunk + 1 == clause.chunk;
                    unmarked
                        .then(|| lookup("を").or_else(|| lookup("が")))
                        .flatten()
                        .map(|effect| (Case::Bare, effect))
                });
            if let Some((case, effect)) = hit
                && (case == Case::Wo || best.as_ref().is_none_or(|(at, ..)| clause.arguments[*at].topic))
            {
                best = Some((index, *effect, case));
            }
        }
        let Some((index, effect, case)) = best else { return };
        clause.arguments[index].case = case;
        let chunk = clause.arguments[index].chunk;
        let content = self.noun_span(chunk, &clause.arguments[index]);
        clause.carried =
            Some(Carried { noun: content, chunk, modality: effect.modality, negates: effect.negates });
        let passive = clause.predicate.voice == Voice::Passive;
        merge(&effect, &mut clause.predicate);
        if passive && effect.voice == Some(Voice::Benefactive) {
            clause.predicate.voice = Voice::Passive;
        }
    }

    /// The compound noun alone, at the end of its argument.
    fn noun_span(&self, chunk: usize, argument: &Argument) -> Span {
        Span::new(self.protos[chunk].start.max(argument.span.start), argument.span.end)
    }

    /// What a governing noun or verb says of the clause it governs.
    fn govern(&self, clauses: &mut [Clause], clause_of: &[Option<usize>]) {
        for index in 0..clauses.len() {
            let (chunk, link) = (clauses[index].chunk, clauses[index].link);
            let Some(head) = self.heads[chunk] else { continue };
            let mut effects: Vec<Effect> = Vec::new();
            let verb = |at: usize, particle: &str| {
                let clause = clause_of[at].map(|clause| &clauses[clause])?;
                let key = (clause.predicate.lemma.clone(), particle.to_owned());
                self.tables.verb_modality.get(&key).copied()
            };
            let of_noun = self.protos[head].pred.is_none();
            match link {
                Link::Adnominal | Link::Content | Link::Nominal if of_noun => {
                    let noun = &self.protos[head];
                    if link != Link::Nominal
                        && self.is_verbal(chunk)
                        && let Some(modality) = self.noun_modality(head)
                        && !(link == Link::Content && modality == Modality::Intended)
                        && !self.is_object_of(&clauses[index])
                    {
                        effects.push(Effect { modality: Some(modality), ..Effect::default() });
                    }
                    let matrix = self.heads[head].and_then(|at| clause_of[at]);
                    if let Some(matrix) = matrix {
                        let governing = &clauses[matrix].predicate;
                        let case = noun.case.unwrap_or(Case::Ga);
                        if (link == Link::Nominal || !effects.is_empty())
                            && case == Case::Ga
                            && governing.lemma == "ない"
                        {
                            effects.push(Effect { negates: true, ..Effect::default() });
                        }
                        let with = (noun.topic || noun.also) && noun.case.is_none();
                        let given = particle(case, governing.voice)
                            .and_then(|particle| verb(clauses[matrix].chunk, particle))
                            .or_else(|| if with { verb(clauses[matrix].chunk, "を") } else { None });
                        if link == Link::Nominal {
                            effects.extend(given);
                        }
                    }
                }
                Link::Content => effects.extend(verb(head, "と")),
                Link::Nominal => {
                    let case = self.protos[chunk].case;
                    let given =
                        case.and_then(|case| particle(case, Voice::Active)).and_then(|it| verb(head, it));
                    effects.extend(given);
                }
                Link::Request => {
                    let given = verb(head, "よう");
                    effects.push(
                        given.unwrap_or(Effect { modality: Some(Modality::Requested), ..Effect::default() }),
                    );
                }
                _ => {}
            }
            let predicate = &mut clauses[index].predicate;
            for effect in effects {
                // What has happened is neither planned nor wished for.
                if predicate.tense == Tense::Past && !effect.negates {
                    continue;
                }
                merge(&effect, predicate);
            }
        }
        // What is said of the last of several coordinated clauses holds for all.
        for index in (0..clauses.len()).rev() {
            let Some(head) = clauses[index].head else { continue };
            let joined = clauses[index].link == Link::And
                && self.heads[clauses[index].chunk] == Some(clauses[head].chunk);
            if !joined
                || clauses[index].predicate.tense != Tense::None
                || self.apart(&clauses[index], &clauses[head])
            {
                continue;
            }
            let inherited: Vec<Modality> = clauses[head]
                .predicate
                .modality
                .iter()
                .copied()
                .filter(|modality| *modality != Modality::Cancelled)
                .filter(|_| clauses[head].carried.is_none())
                .collect();
            clauses[index].predicate.modality.extend(inherited);
        }
    }

    /// Whether two joined clauses tell of two things, each with its time: 工事が年末に終わり、来年には全面開通する見込みだ.
    fn apart(&self, first: &Clause, second: &Clause) -> bool {
        let timed =
            |clause: &Clause| clause.arguments.iter().any(|it| self.protos[it.chunk].class == Class::Time);
        let thing = first
            .arguments
            .iter()
            .any(|it| it.case == Case::Ga && !it.topic && !self.protos[it.chunk].class.acts());
        thing && timed(first) && timed(second)
    }

    /// Whether the noun that a clause modifies may be its object: 進める計画.
    fn is_object_of(&self, clause: &Clause) -> bool {
        let has_object = clause.arguments.iter().any(|it| it.case == Case::Wo && !it.shared);
        let key = (clause.predicate.lemma.clone(), "を".to_owned());
        !has_object && clause.predicate.noun.is_none() && self.tables.light.contains_key(&key)
    }

    fn noun_modality(&self, chunk: usize) -> Option<Modality> {
        let proto = &self.protos[chunk];
        let text = Span::new(proto.start, proto.end).text(self.chars);
        self.tables.noun_modality.get(&text).copied()
    }

    /// Shares subjects and frames between clauses.
    fn share(&self, clauses: &mut [Clause]) {
        // What is embedded first asks the clauses within: [習主席が訪れ、出席する]と発表した.
        self.share_forward(clauses, true);
        // From the right: the clause it joins has all its own by then.
        for index in (0..clauses.len()).rev() {
            let Some(head) = clauses[index].head else { continue };
            let Some((subject, frames)) = self.lent(clauses, index, head) else { continue };
            let own = has_subject(&clauses[index]);
            let clause = &mut clauses[index];
            for lent in subject.filter(|_| !own).into_iter().chain(frames) {
                if clause.arguments.iter().all(|it| it.chunk != lent.chunk) {
                    clause.arguments.push(lent);
                }
            }
        }
        self.share_forward(clauses, false);
    }

    /// From the left: a later clause without a subject takes that of the one before it.
    fn share_forward(&self, clauses: &mut [Clause], embedded: bool) {
        for index in 0..clauses.len() {
            let Some(head) = clauses[index].head.filter(|&head| !has_subject(&clauses[head])) else {
                continue;
            };
            let link = clauses[index].link;
            let is_embedded = matches!(clauses[head].link, Link::Content | Link::Nominal | Link::Adnominal);
            if embedded && !is_embedded {
                continue;
            }
            let direct = self.heads[clauses[index].chunk] == Some(clauses[head].chunk);
            if !direct || clauses[index].quote != clauses[head].quote {
                continue;
            }
            // 船が銃撃され、拿捕された: what both is done to.
            let suffers = clauses[index].predicate.voice == Voice::Passive
                && clauses[head].predicate.voice == Voice::Passive;
            // 警備艇が漁船を銃撃し、拿捕した: a bare verb behind what was done to somebody has all in common with it.
            let bare = clauses[head].arguments.is_empty()
                && clauses[index].predicate.voice == Voice::Active
                && clauses[head].predicate.voice == Voice::Active
                && clauses[index].arguments.iter().any(|it| it.case == Case::Wo && !it.shared);
            // 電力が隣国を経て流れ込んだ: what passes goes on.
            let moves = self.tables.passing.contains(&clauses[index].predicate.lemma);
            let lent = clauses[index].arguments.iter().find(|it| it.case == Case::Ga).filter(|it| {
                let acts = self.protos[it.chunk].class.acts();
                match link {
                    Link::And => it.topic || acts || suffers || bare || moves,
                    // 国防省が隣国を後押しするため派遣を公表した: whoever means to do it does it.
                    Link::Purpose => acts,
                    Link::But | Link::When | Link::Because => it.topic && acts,
                    _ => false,
                }
            });
            if clauses[head].predicate.voice == Voice::Passive
                && clauses[index].predicate.voice != Voice::Passive
            {
                continue;
            }
            if let Some(lent) = lent {
                let lent = Argument { shared: true, ..*lent };
                clauses[head].arguments.push(lent);
            }
        }
    }

    /// What the clause `head` lends to `index`: its subject, and times and sources that frame both.
    fn lent(
        &self,
        clauses: &[Clause],
        index: usize,
        head: usize,
    ) -> Option<(Option<Argument>, Vec<Argument>)> {
        let (clause, matrix) = (&clauses[index], &clauses[head]);
        let at = clause.chunk;
        let direct = self.heads[at] == Some(matrix.chunk);
        let noun = if direct { None } else { self.heads[at] };
        let first_own = clause.arguments.iter().map(|it| it.chunk).min().unwrap_or(at);
        let before = |it: &&Argument| it.chunk < first_own;
        let subject = matrix.subject().copied();
        let shared = |it: Argument| Argument { shared: true, ..it };
        match clause.link {
            Link::And | Link::But | Link::Because | Link::When | Link::If if direct => {
                let topic_only = matches!(clause.link, Link::Because | Link::If | Link::But);
                let subject = subject
                    .as_ref()
                    .filter(|it| it.chunk < at || clause.link == Link::When)
                    .filter(|it| !topic_only || it.topic)
                    .map(|it| shared(*it));
                let frames = matrix
                    .arguments
                    .iter()
                    .filter(before)
                    .filter(|it| {
                        it.case == Case::AccordingTo
                            || self.protos[it.chunk].class == Class::Time
                            || it.topic && matches!(it.case, Case::De | Case::About)
                    })
                    .filter(|_| clause.link == Link::And)
                    .map(|it| shared(*it))
                    .collect();
                Some((subject, frames))
            }
            Link::Purpose | Link::Nominal | Link::Content if direct => {
                Some((subject.map(shared), Vec::new()))
            }
            Link::Request if direct => {
                let asked = matrix
                    .arguments
                    .iter()
                    .find(|it| {
                        matches!(it.case, Case::Ni | Case::Against | Case::Wo)
                            && self.protos[it.chunk].class.acts()
                    })
                    .map(|it| Argument { case: Case::Ga, ..shared(*it) });
                Some((asked, Vec::new()))
            }
            Link::Nominal | Link::Adnominal | Link::Content => {
                let noun = noun?;
                let holds_content = self.protos[noun].content_noun || clause.link != Link::Adnominal;
                // Only where the noun is an argument of the matrix itself.
                (holds_content && self.heads[noun] == Some(matrix.chunk))
                    .then(|| (subject.filter(|it| it.chunk != noun).map(shared), Vec::new()))
            }
            _ => None,
        }
    }
}

fn has_subject(clause: &Clause) -> bool {
    clause.arguments.iter().any(|it| it.case == Case::Ga)
}
