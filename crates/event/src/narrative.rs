//! Reads a document from sentence to sentence: keeps in mind who is spoken of and which meeting is told of, and joins
//! what tells of one event.

use crate::act::{Draft, speech};
use crate::coder::Coder;
use crate::party::{Discourse, Party, Phrases};
use crate::reading::Reading;
use crate::stance::{self, Held};
use crate::statement::{Said, Voices};
use entente_base::edtf::Edtf;
use entente_base::record::{EventType, Kind, Status};
use entente_base::{SentenceKind, Span};
use entente_clause::{Aspect, Case, Link, Tense, Voice};

/// What a document tells.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) drafts: Vec<Draft>,
    pub(crate) said: Vec<Said>,
    pub(crate) pledges: Vec<Pledge>,
    pub(crate) held: Vec<Held>,
    /// Term, definition, sentence.
    pub(crate) terms: Vec<(Span, Span, Span)>,
}

/// What somebody said they will do.
#[derive(Debug, Clone)]
pub(crate) struct Pledge {
    pub(crate) by: Vec<String>,
    pub(crate) what: Span,
    pub(crate) due: Option<String>,
    pub(crate) speaker: Option<usize>,
    /// Whether the words give up what had been promised.
    pub(crate) dropped: bool,
    pub(crate) rule: &'static str,
}

/// The meeting that the text is telling of.
#[derive(Debug, Clone)]
struct Scene {
    parties: Vec<String>,
    people: Vec<usize>,
    date: Option<String>,
    place: Option<String>,
}

/// A dated event told of, for those that follow it without a date of their own.
#[derive(Debug, Clone)]
struct Told1 {
    source: Vec<String>,
    date: Option<String>,
    sentence: usize,
    words: bool,
    embedded: bool,
    /// Whether it is told besides the story: 17日にも…した, …していた.
    aside: bool,
}

/// The day of what a text has to tell, and whose it is.
#[derive(Debug, Clone)]
struct Story {
    date: String,
    codes: Vec<String>,
    /// Whether an act told as such gives the day, not what the lead says otherwise.
    firm: bool,
}

/// Sentences that a joined event reaches over.
const MEMORY: usize = 200;
/// Sentences over which a dated event dates another.
const REACH: usize = 3;
/// Passages of an event among which one may come again.
const LATEST: usize = 64;

pub(crate) fn read(coder: &Coder, reading: &Reading) -> Told {
    let mut told = Told::default();
    let mut discourse = Discourse::new(reading, &coder.acts.anaphors);
    let mut scene: Option<Scene> = None;
    let mut recent: Vec<Told1> = Vec::new();
    let mut day: Option<(String, usize)> = None;
    let mut story: Option<Story> = None;
    // The last sentence that told of an earlier time, until the news goes on.
    let mut aside: Option<usize> = None;
    // The day of the first sentence of the story.
    let mut lead: Option<(String, usize)> = None;
    let mut body = 0;
    let leisure = coder.acts.rules.is_leisure(reading.chars());
    // In a release on one meeting, 両者 and 先方 of each paragraph are those who met, whoever was named in between.
    let release = reading.sentences.iter().any(|sentence| sentence.kind == SentenceKind::Item);
    let mut met: Option<Vec<String>> = None;
    for index in 0..reading.sentences.len() {
        let sentence = &reading.sentences[index];
        let heading = sentence.kind == SentenceKind::Heading;
        body += usize::from(!heading);
        let analysis = &reading.analyses[index];
        let phrases = Phrases { reading, analysis, anaphors: &coder.acts.anaphors };
        let opens = index == 0 || reading.sentences[index - 1].paragraph != sentence.paragraph;
        if let Some(pair) = met.as_deref().filter(|_| release && opens) {
            discourse.set_pair(pair);
        } else if opens {
            discourse.return_to_main();
        }
        note_pairs(&phrases, &mut discourse, sentence.span);
        if let Some(members) = coder.acts.rules.members_of(&sentence.span.text(reading.chars())) {
            discourse.set_pair(members);
        }
        let mut said = coder.statements.read(reading, &coder.acts.anaphors, index, &discourse);
        if aside.is_some_and(|at| reading.sentences[at].paragraph != sentence.paragraph) {
            aside = None;
        }
        let mut drafts =
            if leisure { Vec::new() } else { coder.acts.read(reading, index, &discourse, &told.drafts) };
        for draft in &mut drafts {
            place_in_scene(draft, scene.as_ref());
            if aside.is_none_or(|at| at == index) {
                date_by_context(draft, &recent, day.as_ref(), reading);
                date_by_story(draft, story.as_ref(), reading);
            }
            attribute(draft, &said);
            if said.iter().any(|one| {
                one.rule == "statement/according-to"
                    && draft.evidence.iter().any(|span| one.content.overlaps(*span))
            }) {
                draft.embedded = true;
            }
            if story.is_none() && opens_story(draft, reading) {
                let firm = !draft.embedded;
                story = draft.date.clone().map(|date| Story { date, codes: parties(draft), firm });
            }
            if draft.date.is_some() && matches!(draft.status, Status::Occurred | Status::Ongoing) {
                recent.push(Told1 {
                    source: draft.source.clone(),
                    date: draft.date.clone(),
                    sentence: index,
                    words: speech(draft.kind),
                    embedded: draft.embedded,
                    aside: is_aside(draft, reading),
                });
            }
        }
        date_guests(&mut drafts);
        if let Some(news) = day_of(&phrases, &coder.acts.rules.sayings, reading.published.as_deref()) {
            if body == 1 {
                lead = Some((news.clone(), index));
                // The lead may tell its day with what is no act between states.
                if story.is_none() {
                    let codes = phrases.codes_in(sentence.span);
                    story = Some(Story { date: news.clone(), codes, firm: false });
                }
            }
            day = Some((news, index));
            aside = None;
        } else if drafts.iter().any(|draft| is_background(draft, reading)) {
            aside = Some(index);
        }
        for one in &mut said {
            if one.date.is_none()
                && let Some(scene) = &scene
                && one.party.entities.iter().any(|entity| scene.people.contains(entity))
            {
                one.date.clone_from(&scene.date);
            }
        }
        told.held.extend(coder.stances.read(&phrases, &discourse, heading));
        pledges(coder, &mut told.pledges, &said, &drafts, reading, heading);
        if let Some((term, definition)) = stance::term(reading.chars(), sentence.span) {
            told.terms.push((term, definition, sentence.span));
        }
        for draft in drafts {
            if met.is_none() && index < 3 && is_meeting_of_two(&draft) {
                met = Some(draft.source.clone());
            }
            note_scene(&draft, reading, &mut scene, &mut discourse);
            join(&mut told.drafts, draft);
        }
        land(coder, &phrases, &mut told.drafts, index);
        note_topic(coder, &phrases, &mut discourse, index, heading, &said);
        for mention in reading.mentions_in(sentence.span) {
            if mention.kind == Kind::Person {
                discourse.saw_person(mention.entity);
            }
        }
        told.said.extend(said);
    }
    // What only the headline tells is the lead's, of whom it names.
    if let Some((date, at)) = &lead {
        let mentions = reading.mentions_in(reading.sentences[*at].span);
        let named = |code: &String| mentions.iter().any(|mention| mention.states.contains(code));
        for draft in told.drafts.iter_mut().filter(|draft| draft.heading && draft.date.is_none()) {
            if draft.status == Status::Occurred && !draft.nominal && draft.source.iter().all(named) {
                draft.date = Some(date.clone());
            }
        }
    }
    // What only the headline tells is the story's.
    if let Some(Story { date, codes, .. }) = &story {
        for draft in told.drafts.iter_mut().filter(|draft| draft.heading && draft.date.is_none()) {
            if draft.status == Status::Occurred && draft.source.iter().all(|code| codes.contains(code)) {
                draft.date = Some(date.clone());
            }
        }
    }
    // What has its day after the day of publication has not happened yet.
    let published: Option<Edtf> = reading.published.as_deref().and_then(|date| date.parse().ok());
    if let Some(last) = published.and_then(|date| date.latest()) {
        for draft in told.drafts.iter_mut().filter(|draft| draft.status == Status::Occurred) {
            let date: Option<Edtf> = draft.date.as_deref().and_then(|date| date.parse().ok());
            if date.and_then(|date| date.earliest()).is_some_and(|first| first > last) {
                draft.status = Status::Scheduled;
            }
        }
    }
    told.drafts.sort_by_key(|draft| draft.evidence.first().map_or((0, 0), |span| (span.start, span.end)));
    dedup_held(&mut told.held);
    told
}

/// Names of pairs, and actors named side by side, are what 両国 points back to.
fn note_pairs(phrases: &Phrases<'_>, discourse: &mut Discourse, sentence: Span) {
    let mentions = phrases.reading.mentions_in(sentence);
    for mention in mentions {
        if mention.kind == Kind::State && mention.states.len() >= 2 {
            discourse.set_pair(&mention.states);
        }
    }
    for chunk in 0..phrases.analysis.chunks.len() {
        if phrases.analysis.chunks[chunk].case == Some(Case::And) {
            continue;
        }
        let members = phrases.analysis.members(chunk);
        // 豪州やNZに支援を求めた: those to whom something is done are no pair.
        let own = &phrases.analysis.chunks[chunk];
        let receives = !own.topic
            && !own.also
            && matches!(
                own.case,
                Some(Case::Ni | Case::Wo | Case::He | Case::Against | Case::De | Case::Kara)
            );
        if members.len() >= 2 && !receives {
            let mut party = Party::default();
            // ウクライナや台湾問題 names issues, not parties: the last name must head its phrase.
            let last = phrases.analysis.chunks[chunk].content;
            let heads = phrases
                .reading
                .mentions_in(last)
                .last()
                .is_some_and(|mention| mention.kind != Kind::State || mention.span.end == last.end);
            for member in members {
                party.add(&phrases.named(phrases.analysis.chunks[member].content));
            }
            if heads && party.codes.len() >= 2 && party.codes.iter().all(|code| code.len() == 3) {
                // 両国は…に合意しており、両国外相は会談した: of the same sentence.
                let rest = Span::new(own.span.end.min(sentence.end), sentence.end);
                let words = rest.slice(phrases.reading.chars());
                // 両国の対話を取り持った: but whose talks these two only host.
                let again = own.topic
                    && words
                        .iter()
                        .position(|c| *c == '両')
                        .is_some_and(|at| words[at..].iter().take(6).any(|c| matches!(c, 'は' | 'が')));
                if again {
                    discourse.set_pair(&party.codes);
                } else {
                    discourse.suggest_pair(&party.codes);
                }
            }
        }
    }
}

/// Into whose waters or over whose land what was launched has come: that state is the one it met.
fn land(coder: &Coder, phrases: &Phrases<'_>, drafts: &mut [Draft], index: usize) {
    let (verbs, places) = &coder.acts.rules.landing;
    let chars = phrases.reading.chars();
    for clause in &phrases.analysis.clauses {
        if !verbs.contains(&clause.predicate.lemma) || clause.predicate.negated {
            continue;
        }
        let hit = clause.arguments.iter().find_map(|argument| {
            let words = argument.span.text(chars);
            let there = matches!(argument.case, Case::Ni | Case::Wo)
                && places.iter().any(|place| words.contains(place.as_str()));
            let of = phrases.reading.mentions_in(argument.span);
            let state = of.iter().find(|it| it.kind == Kind::State && it.states.len() == 1)?;
            there.then(|| state.states[0].clone())
        });
        let Some(state) = hit else { continue };
        let launch = drafts.iter_mut().rev().find(|draft| {
            draft.kind == EventType::Mobilize
                && coder.acts.rules.rules[draft.rule].aimed.is_some()
                && index.saturating_sub(draft.sentence) <= 2
        });
        if let Some(launch) = launch.filter(|it| it.target.is_empty() && !it.source.contains(&state)) {
            launch.target.push(state);
        }
    }
}

/// The topic of the sentence is whom the next one speaks of when it names nobody.
fn note_topic(
    coder: &Coder,
    phrases: &Phrases<'_>,
    discourse: &mut Discourse,
    index: usize,
    heading: bool,
    said: &[Said],
) {
    if heading {
        return;
    }
    let mut best: Option<Party> = None;
    for clause in &phrases.analysis.clauses {
        if matches!(clause.link, Link::Adnominal | Link::Content | Link::Nominal | Link::Request) {
            continue;
        }
        // 大臣は「…の報道は承知している」と述べた: whoever says it goes on, not what it is about.
        if clause.quote.is_some() && best.is_some() {
            continue;
        }
        for argument in &clause.arguments {
            // 中国の動きは…: a deed is nobody who goes on speaking.
            let deed = || {
                let words = phrases.analysis.chunks[argument.chunk].content.text(phrases.reading.chars());
                argument.topic && coder.acts.rules.deeds.contains(&words)
            };
            if argument.case == Case::Ga && !argument.shared && !deed() {
                let party = phrases.of(argument, discourse);
                if !party.is_empty() && (argument.topic || best.is_none()) {
                    best = Some(party);
                }
            }
            // 大臣から…を説明した.
            let from = argument.case == Case::Kara
                && !argument.shared
                && clause.subject().is_none()
                && clause.predicate.voice == Voice::Active;
            if from && best.is_none() {
                let party = phrases.of(argument, discourse);
                let persons = party
                    .entities
                    .iter()
                    .any(|&entity| phrases.reading.named.entities[entity].kind == Kind::Person);
                if persons {
                    best = Some(party);
                }
            }
        }
    }
    // 発端は大統領が送った書簡である: it is the one who sent it that goes on.
    if best.is_none()
        && let Some(main) = phrases.analysis.main_clause().map(|main| &phrases.analysis.clauses[main])
        && main.predicate.lemma.ends_with('だ')
    {
        best = phrases
            .analysis
            .clauses
            .iter()
            .rfind(|clause| {
                clause.link == Link::Adnominal
                    && phrases.analysis.chunks[clause.chunk].head == Some(main.chunk)
            })
            .and_then(|clause| {
                clause.arguments.iter().find(|argument| argument.case == Case::Ga && !argument.shared)
            })
            .map(|argument| phrases.of(argument, discourse))
            .filter(|party| !party.entities.is_empty());
    }
    let outlet = |one: &&Said| {
        let entities = &phrases.reading.named.entities;
        !one.party.entities.is_empty() && one.party.entities.iter().all(|&entity| entities[entity].media)
    };
    let entities = &phrases.reading.named.entities;
    let relays = |one: &Said| one.via.or_else(|| one.party.entities.first().copied());
    if let Some(relay) = said.iter().rev().find_map(relays).filter(|&entity| entities[entity].media) {
        discourse.outlet = Some((relay, index));
    }
    if let Some(last) = said.last().filter(|one| !outlet(one)) {
        discourse.speaker = last.party.clone();
        discourse.speaker_sentence = Some(index);
    }
    if let Some(topic) = best {
        discourse.topic = topic;
        discourse.topic_sentence = index;
    }
}

/// Whether a draft tells by itself of a meeting of two states.
fn is_meeting_of_two(draft: &Draft) -> bool {
    draft.kind == EventType::Consult
        && draft.source == draft.target
        && draft.source.len() == 2
        && !draft.embedded
        && (draft.heading || !draft.nominal)
}

fn note_scene(draft: &Draft, reading: &Reading, scene: &mut Option<Scene>, discourse: &mut Discourse) {
    if draft.source == draft.target && draft.source.len() >= 2 && !draft.counted {
        discourse.set_pair(&draft.source);
    }
    if draft.kind == EventType::Assault && matches!(draft.status, Status::Occurred | Status::Ongoing) {
        let mut foes: Vec<String> = draft.source.iter().chain(&draft.target).cloned().collect();
        foes.sort();
        foes.dedup();
        if foes.len() == 2 {
            discourse.foes = foes;
        }
    }
    // 両首脳 behind a visit are guest and host.
    if draft.mode.as_deref() == Some("visit")
        && draft.source.len() == 1
        && draft.target.len() == 1
        && matches!(draft.status, Status::Occurred | Status::Ongoing | Status::Scheduled)
        && !draft.nominal
        && !draft.embedded
    {
        discourse.suggest_pair(&[draft.source[0].clone(), draft.target[0].clone()]);
    }
    let people: Vec<usize> = draft
        .participants
        .iter()
        .copied()
        .filter(|&entity| reading.named.entities[entity].kind == Kind::Person)
        .collect();
    if draft.source == draft.target
        && draft.status == Status::Occurred
        && matches!(draft.kind, EventType::Consult | EventType::Agree)
    {
        discourse.issuer = Party { codes: draft.source.clone(), ..Party::default() };
    }
    if draft.kind == EventType::Consult && people.len() >= 2 {
        discourse.people.clone_from(&people);
    }
    if draft.kind != EventType::Consult
        || draft.status != Status::Occurred
        || draft.mode.as_deref() == Some("visit")
    {
        return;
    }
    let same = scene.as_ref().is_some_and(|scene| scene.parties == draft.source);
    if same && !draft.own_date && draft.date.is_none() {
        if let Some(scene) = scene
            && scene.people.is_empty()
        {
            scene.people = people;
        }
        return;
    }
    // A meeting told of in passing (6月の会談では…) does not take the scene from the one the text is about.
    if (draft.nominal || draft.embedded) && scene.is_some() {
        return;
    }
    *scene = Some(Scene {
        parties: draft.source.clone(),
        people,
        date: draft.date.clone(),
        place: draft.place.clone(),
    });
}

/// What is said and agreed at a meeting has its date and place.
fn place_in_scene(draft: &mut Draft, scene: Option<&Scene>) {
    let Some(scene) = scene else { return };
    if draft.own_date || draft.earlier || !(speech(draft.kind) || draft.kind == EventType::Agree) {
        return;
    }
    let inside = draft.source.iter().all(|code| scene.parties.contains(code));
    let person = draft.participants.iter().any(|entity| scene.people.contains(entity));
    let all = draft.source == scene.parties;
    if inside && (person || all) && draft.date.is_none() && draft.status == Status::Occurred {
        draft.date.clone_from(&scene.date);
        if draft.place.is_none() {
            draft.place.clone_from(&scene.place);
        }
        if all && draft.participants.is_empty() {
            draft.participants.clone_from(&scene.people);
        }
    }
}

/// Words without a date that follow the same speaker's dated words, or answer an act of that day's news.
fn date_by_context(draft: &mut Draft, recent: &[Told1], news: Option<&(String, usize)>, reading: &Reading) {
    if draft.date.is_some()
        || draft.own_date
        || draft.earlier
        || draft.status != Status::Occurred
        || draft.heading
        || draft.nominal
    {
        return;
    }
    // What is further back dates nothing.
    let recent = &recent[recent.partition_point(|told| told.sentence + REACH < draft.sentence)..];
    // The news of the day goes on: what the next sentences tell without a date happened on it too.
    let day = |told: &&Told1| {
        draft.sentence.saturating_sub(told.sentence) <= 2
            && !told.embedded
            && !told.aside
            && told.date.as_deref().is_some_and(|date| is_news(date, reading.published.as_deref()))
    };
    if !draft.embedded
        && draft.main_past
        && let Some(told) = recent.iter().rev().find(day)
    {
        draft.date.clone_from(&told.date);
        return;
    }
    // 最高裁は30日、…を命じた。外相は大使を呼び、抗議した: on the day of the sentence before.
    if let Some((date, _)) =
        news.filter(|(_, at)| !draft.embedded && draft.main_past && draft.sentence == at + 1)
    {
        draft.date = Some(date.clone());
        return;
    }
    if !speech(draft.kind) {
        return;
    }
    let near = |told: &&Told1| draft.sentence.saturating_sub(told.sentence) <= 1 && !told.embedded;
    let same = recent.iter().rev().find(|told| near(told) && told.words && told.source == draft.source);
    let answered =
        || recent.iter().rev().find(|told| told.source == draft.target && told.date == reading.published);
    if let Some(told) = same.or_else(answered) {
        draft.date.clone_from(&told.date);
    }
}

/// A guest who is told of by the visit came for the talks: モスクワを訪れた大統領と会談した.
fn date_guests(drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let guest = &drafts[at];
        let open = guest.mode.as_deref() == Some("visit")
            && guest.embedded
            && guest.date.is_none()
            && !guest.earlier
            && guest.status == Status::Occurred;
        let talks = drafts.iter().find(|draft| {
            open && draft.kind == EventType::Consult
                && draft.mode.as_deref() != Some("visit")
                && draft.status == Status::Occurred
                && draft.date.as_deref().is_some_and(|date| date.len() == 10)
                && guest.source.iter().chain(&guest.target).all(|code| draft.source.contains(code))
        });
        if let Some(date) = talks.and_then(|draft| draft.date.clone()) {
            drafts[at].date = Some(date);
        }
    }
}

/// Whether a dated act is told besides the story: 17日にも発射した, 10日に会談していた.
fn is_aside(draft: &Draft, reading: &Reading) -> bool {
    let (Some(evidence), Some(date)) = (draft.evidence.first(), draft.date.as_deref()) else { return false };
    let also = reading.times_in(*evidence).iter().any(|time| {
        let after = reading.chars().get(time.span.end..).unwrap_or_default();
        // 11日まで演習を行った: how long it lasted.
        time.value == date && (after.starts_with(&['に', 'も']) || after.starts_with(&['ま', 'で']))
    });
    let words = evidence.text(reading.chars());
    also || draft.own_date
        && ["ていた", "でいた", "ていました", "でいました"].iter().any(|end| words.ends_with(end))
}

/// Whether an act is of a time of its own before the news.
fn is_background(draft: &Draft, reading: &Reading) -> bool {
    let (Some(date), Some(published)) = (draft.date.as_deref(), reading.published.as_deref()) else {
        return false;
    };
    let day = |value: &str| value.parse::<Edtf>().ok();
    let earlier = match (day(date).and_then(|it| it.latest()), day(published).and_then(|it| it.earliest())) {
        (Some(date), Some(published)) => date < published,
        _ => false,
    };
    draft.own_date
        && !draft.heading
        && !draft.nominal
        && !draft.embedded
        && draft.status == Status::Occurred
        && earlier
        && !is_news(date, Some(published))
}

/// The day of the news that a sentence's own clauses, not what they report, give it.
fn day_of(phrases: &Phrases<'_>, sayings: &[String], published: Option<&str>) -> Option<String> {
    let analysis = phrases.analysis;
    let own = |link: Link| matches!(link, Link::Final | Link::And | Link::But | Link::Because | Link::When);
    // 10日に発動する: nor what is to come.
    let told = |clause: &&entente_clause::Clause| {
        own(clause.link)
            && !(clause.link == Link::Final
                && clause.predicate.tense == Tense::NonPast
                && clause.predicate.aspect == Aspect::Simple)
    };
    // 20日の会見で: or the day of the occasion on which it is said.
    let chars = phrases.reading.chars();
    let said_on = |it: &entente_clause::Argument| {
        let words = analysis.chunks[it.chunk].content.text(chars);
        (it.case == Case::De && sayings.iter().any(|end| words.ends_with(end.as_str())))
            .then(|| analysis.modifiers(it.chunk).into_iter().find(|&at| phrases.is_time(at)))
            .flatten()
    };
    let mut days = analysis.clauses.iter().filter(told).flat_map(|clause| {
        clause.arguments.iter().filter(|it| !it.shared).filter_map(|it| {
            let time = matches!(it.case, Case::Bare | Case::Ni | Case::De) && phrases.is_time(it.chunk);
            if time { Some(it.chunk) } else { said_on(it) }
        })
    });
    let first = days.next()?;
    let time = phrases.reading.times_in(analysis.chunks[first].content).first()?;
    is_news(&time.value, published).then(|| time.value.clone())
}

fn parties(draft: &Draft) -> Vec<String> {
    let mut codes = draft.source.clone();
    codes.extend(draft.target.iter().filter(|code| !draft.source.contains(code)).cloned());
    codes
}

/// Whether an event is the one that the text has to tell: the first that its own clauses date to the day.
fn opens_story(draft: &Draft, reading: &Reading) -> bool {
    draft.own_date
        && !draft.heading
        && (!draft.embedded
            || draft.mode.as_deref() == Some("visit")
            || matches!(draft.kind, EventType::Sanction | EventType::Aid | EventType::Concede))
        && draft.status == Status::Occurred
        && draft.date.as_deref().is_some_and(|date| match reading.published.as_deref() {
            Some(published) => is_news(date, Some(published)),
            // Without a day of publication the year may be unknown, but not the day.
            None => date.len() == 10 && !date[4..].contains('X'),
        })
}

/// Whether the sentences before an act have last told of another time than a day: 前週には…と発表。…大使を召還した.
fn moved_on(draft: &Draft, date: &str, reading: &Reading) -> bool {
    let Some(evidence) = draft.evidence.first() else { return false };
    let from = reading.sentences[draft.sentence.saturating_sub(1)].span.start;
    let last = reading.times_in(Span::new(from, evidence.start.max(from))).last();
    last.is_some_and(|time| !time.value.contains('X') && !overlap(&time.value, date))
}

/// What those of the story do without a date, they do on its day; news of the same day is of that day altogether.
fn date_by_story(draft: &mut Draft, story: Option<&Story>, reading: &Reading) {
    let Some(Story { date, codes, firm }) = story.filter(|_| !draft.earlier) else { return };
    if !firm && draft.embedded {
        return;
    }
    if moved_on(draft, date, reading) {
        return;
    }
    let published = reading.published.as_deref();
    let theirs = draft.source.iter().all(|code| codes.contains(code))
        && (draft.kind != EventType::Consult || draft.source.len() >= 2);
    // Sanctions and aid are announced, and so have happened, on the day of the news.
    if draft.date.is_none()
        && draft.status == Status::Occurred
        && matches!(draft.kind, EventType::Sanction | EventType::Aid | EventType::Concede)
        && is_news(date, published)
        && theirs
        && !draft.heading
        && !draft.nominal
    {
        draft.date = Some(date.clone());
        return;
    }
    if draft.date.is_none()
        && draft.status == Status::Occurred
        && (speech(draft.kind) || matches!(draft.kind, EventType::Agree | EventType::Consult))
        && (theirs || published == Some(date.as_str()))
        && draft.main_past
        && !draft.embedded
        && !draft.heading
        && !draft.counted
        && !draft.another
    {
        draft.date = Some(date.clone());
    }
}

/// Whether a day is that of the news: the day of publication or one of the two before it.
pub(crate) fn is_news(date: &str, published: Option<&str>) -> bool {
    let day = |value: &str| (value.len() == 10).then(|| value.parse::<Edtf>().ok()?.earliest()).flatten();
    match (day(date), published.and_then(day)) {
        (Some(date), Some(published)) => {
            date <= published
                && date.tomorrow().and_then(|next| next.tomorrow()).is_ok_and(|last| last >= published)
        }
        _ => false,
    }
}

/// On whose word the text rests an event: who says the words that tell it.
fn attribute(draft: &mut Draft, said: &[Said]) {
    let Some(evidence) = draft.evidence.first() else { return };
    let by = said.iter().find(|one| {
        // イラン国防省によると、…を発射した: the words that tell it name who says it.
        let according = one.rule == "statement/according-to"
            && one.content.overlaps(*evidence)
            && one.content.end >= evidence.end;
        according || one.content.contains(*evidence) && one.content.len() > evidence.len().saturating_sub(1)
    });
    if let Some(Voices::Entities(list)) = by.map(|one| &one.voices) {
        draft.attributed_to = list.first().copied();
    }
}

fn pledges(
    coder: &Coder,
    out: &mut Vec<Pledge>,
    said: &[Said],
    drafts: &[Draft],
    reading: &Reading,
    heading: bool,
) {
    if heading {
        return;
    }
    let due = |span: Span| reading.times_in(span).last().map(|time| time.value.clone());
    for one in said {
        // 全面的な支持を表明した pledges nothing that could be done or dropped.
        let words = one.content.text(reading.chars());
        let bare = ["支持", "連帯", "の意"].iter().any(|end| words.ends_with(end));
        // 関係を深めたいと述べた: what is only wished for is not promised.
        let wished = words.trim_end_matches(['」', '』']).ends_with("たい");
        let noun = one.rule == "statement/noun";
        // 前向きな姿勢を示した: how someone is, not what they will do.
        let bearing = words.ends_with('な');
        if one.act == "pledge" && if noun { !bare && !bearing } else { !wished } {
            let by = one.party.sorted();
            if !by.is_empty() {
                let speaker = one.party.entities.first().copied();
                out.push(Pledge {
                    by,
                    what: one.content,
                    due: due(one.content),
                    speaker,
                    dropped: coder.acts.rules.gives_up(&words),
                    rule: "commitment/said",
                });
            }
        }
    }
    for draft in drafts {
        if draft.kind == EventType::Agree && draft.status == Status::Occurred && !draft.nominal {
            let Some(&what) = draft.evidence.first() else { continue };
            // 国交を結んだ, 署名が行われた tell of no deed to come.
            let words = what.text(reading.chars());
            if !["こと", "事で", "よう", "方針", "と合意", "計画", "構想"]
                .iter()
                .any(|mark| words.contains(mark))
            {
                continue;
            }
            if !out.iter().any(|pledge| pledge.what.overlaps(what)) {
                let due = due(what).filter(|due| Some(due) != draft.date.as_ref());
                out.push(Pledge {
                    by: draft.source.clone(),
                    what,
                    due,
                    speaker: None,
                    dropped: false,
                    rule: "commitment/agreed",
                });
            }
        }
    }
}

fn dedup_held(held: &mut Vec<Held>) {
    let mut seen: Vec<(String, String, String)> = Vec::new();
    held.retain(|one| {
        let key = (one.holder.clone(), one.issue.clone(), one.stance.clone());
        let new = !seen.contains(&key);
        if new {
            seen.push(key);
        }
        new
    });
}

/// Joins a draft with the event it tells of again, or adds it.
fn join(events: &mut Vec<Draft>, draft: Draft) {
    let floor = events.len().saturating_sub(MEMORY);
    let known = (floor..events.len()).rev().find(|&at| same_event(&events[at], &draft));
    let Some(at) = known else {
        events.push(draft);
        return;
    };
    let event = &mut events[at];
    if let Some(form) = one_call(event, &draft) {
        event.mode = Some(form);
        event.rule = if draft.mode == event.mode { draft.rule } else { event.rule };
    }
    for span in draft.evidence {
        if !event.evidence.iter().rev().take(LATEST).any(|known| *known == span) {
            event.evidence.push(span);
        }
    }
    for entity in draft.participants {
        if !event.participants.contains(&entity) {
            event.participants.push(entity);
        }
    }
    for domain in draft.domains {
        if !event.domains.contains(&domain) {
            event.domains.push(domain);
        }
    }
    let better =
        event.date.is_none() || draft.own_date && !event.own_date || more_precise(&draft.date, &event.date);
    if better && draft.date.is_some() {
        event.date = draft.date;
        event.own_date |= draft.own_date;
    }
    if event.place.is_none() {
        event.place = draft.place;
    }
    for rate in draft.rates {
        if !event.rates.contains(&rate) {
            event.rates.push(rate);
        }
    }
    if (event.heading || event.nominal) && !draft.heading && !draft.nominal {
        event.status = draft.status;
        event.rule = draft.rule;
        event.attributed_to = event.attributed_to.or(draft.attributed_to);
        event.heading = false;
        event.nominal = false;
    }
    event.confidence = event.confidence.max(draft.confidence);
    event.sentence = draft.sentence;
}

fn more_precise(new: &Option<String>, old: &Option<String>) -> bool {
    let parse = |value: &Option<String>| value.as_deref().and_then(|value| value.parse::<Edtf>().ok());
    match (parse(new), parse(old)) {
        (Some(new), Some(old)) => new.overlaps(&old) && new.is_more_precise_than(&old),
        _ => false,
    }
}

/// Whether two drafts tell of one event.
fn same_event(event: &Draft, draft: &Draft) -> bool {
    // 16日に訪れ, and then 招待した: what has been is not what is asked for.
    let done = |one: &Draft| one.status == Status::Occurred && one.own_date;
    if done(event) && draft.status == Status::Proposed && event.kind == EventType::Consult && !draft.nominal {
        return false;
    }
    // A launch is told again without the waters that it came down in.
    let again = event.kind == EventType::Mobilize && draft.target.is_empty();
    if event.kind != draft.kind || event.source != draft.source || event.target != draft.target && !again {
        return false;
    }
    // 電話会談を行い、意見を交わした: one call.
    let call = draft.sentence == event.sentence && one_call(event, draft).is_some();
    // 電話会談を行った, and then 意見を交わした: the same talks.
    let same_talks = event.kind == EventType::Consult
        && draft.mode.as_deref() == Some("meeting")
        && matches!(event.mode.as_deref(), Some("call" | "video"))
        && !draft.own_date
        && !draft.heading
        && draft.participants.iter().all(|entity| event.participants.contains(entity))
        && draft.status == event.status
        && draft.sentence.saturating_sub(event.sentence) <= 12;
    if same_talks {
        return true;
    }
    if event.kind == EventType::Consult && event.mode != draft.mode && !call {
        return false;
    }
    // 鉄鋼に25%、…に50%の関税を課した: of other measure.
    let other = |one: &[String], two: &[String]| {
        !one.is_empty() && !two.is_empty() && one.iter().all(|rate| !two.contains(rate))
    };
    if event.kind == EventType::Sanction && other(&event.rates, &draft.rates) {
        return false;
    }
    // What is told as of an earlier time is not the news.
    let dated = matches!((&event.date, &draft.date), (Some(a), Some(b)) if overlap(a, b));
    if event.earlier != draft.earlier && !dated {
        return false;
    }
    let light = |one: &Draft| one.heading || one.nominal;
    let words = speech(event.kind);
    let material = !words && !matches!(event.kind, EventType::Consult | EventType::Agree);
    // A headline and the lead below it may tell one act by different words (空爆, 攻撃).
    let headline =
        material && (event.heading != draft.heading) && draft.sentence.saturating_sub(event.sentence) <= 4;
    // 空爆し、…を殺害した: one attack, told by what it was and by what it did.
    let attack = (event.kind == EventType::Assault
        || event.kind == EventType::Coerce && event.rule == draft.rule)
        && event.status == draft.status
        && event.sentence == draft.sentence
        && (event.date == draft.date || draft.date.is_none());
    // デモが続き、参加者が警官隊と衝突した: one protest.
    let protest = event.kind == EventType::Protest && event.sentence == draft.sentence;
    let attack = attack || protest;
    if (material || event.kind == EventType::Agree) && event.rule != draft.rule && !headline && !attack {
        return false;
    }
    // 国交を樹立すると決めた, 樹立した: told ahead and then as done.
    let ahead = |one: &Draft, two: &Draft| {
        one.status == Status::Scheduled
            && two.status == Status::Occurred
            && one.date.is_none()
            && one.embedded
    };
    let same_paper = event.kind == EventType::Agree
        && event.rule == draft.rule
        && (ahead(event, draft) || ahead(draft, event));
    let status = same_paper
        || event.status == draft.status
        || light(event)
        || light(draft) && draft.status == Status::Occurred;
    if !status {
        return false;
    }
    if material && event.sentence == draft.sentence && !light(draft) && !attack {
        return false;
    }
    // Different people of the same states met or spoke.
    let apart = !event.participants.is_empty()
        && !draft.participants.is_empty()
        && !event.participants.iter().any(|entity| draft.participants.contains(entity));
    if apart && (words || event.kind == EventType::Consult) {
        return false;
    }
    // A lead without a date, then the details with one: the same people met.
    let together =
        event.participants.iter().filter(|entity| draft.participants.contains(entity)).count() >= 2;
    if event.kind == EventType::Consult
        && together
        && event.date.is_none()
        && !event.counted
        && draft.sentence.saturating_sub(event.sentence) <= 6
    {
        return true;
    }
    // 両外相が会談した, and then who they are and when: one meeting.
    let close = draft.sentence.saturating_sub(event.sentence) <= 3;
    if event.kind == EventType::Consult
        && event.mode == draft.mode
        && event.date.is_none()
        && event.participants.is_empty()
        && !event.counted
        && !event.another
        && !draft.another
        && !draft.counted
        && close
        && event.status == draft.status
    {
        return true;
    }
    // 再び, 初めて: another time.
    if draft.another && !light(draft) && event.kind == EventType::Consult {
        return false;
    }
    match (&event.date, &draft.date) {
        (Some(a), Some(b)) => {
            let in_force = event.kind == EventType::Sanction && event.rule == draft.rule;
            a == b
                || overlap(a, b)
                    && (in_force || !draft.own_date || !event.own_date || light(draft) || event.heading)
        }
        // …を発射したことに対し…; 5日に発射したことを…: named twice in passing.
        (None, Some(_)) => {
            // 即時停戦に合意した, and then 両国は10日、…で合意した: the lead and its detail.
            let told_again = matches!(
                event.kind,
                EventType::Agree | EventType::Retreat | EventType::Concede | EventType::Sanction
            ) && event.rule == draft.rule
                && (!event.embedded || event.kind == EventType::Sanction)
                && !event.another
                && !event.earlier
                && draft.sentence != event.sentence
                && draft.sentence.saturating_sub(event.sentence) <= 3;
            // 断交した4カ国は…, and then 4カ国は5日に断交した: what first only says who they are.
            let known_by = event.kind == EventType::Sanction
                && event.rule == draft.rule
                && event.embedded
                && !event.another
                && !draft.another
                && draft.sentence.saturating_sub(event.sentence) <= 12;
            told_again
                || known_by
                || light(event)
                || !draft.own_date
                || words
                || event.embedded
                    && draft.embedded
                    && !event.another
                    && draft.sentence.saturating_sub(event.sentence) <= 2
        }
        // 制裁を科した, and then what is said of it within other words.
        (Some(_), None) => light(draft) || !material || draft.embedded && !draft.another,
        (None, None) => true,
    }
}

/// The form of talks of which one draft tells by a verb that any talks have, the other by what they were.
fn one_call(event: &Draft, draft: &Draft) -> Option<String> {
    let form = |one: &Draft| one.mode.clone().filter(|mode| matches!(mode.as_str(), "call" | "video"));
    let meets = |one: &Draft| one.mode.as_deref() == Some("meeting");
    match (form(event), form(draft)) {
        (Some(form), None) if meets(draft) => Some(form),
        (None, Some(form)) if meets(event) => Some(form),
        _ => None,
    }
}

fn overlap(a: &str, b: &str) -> bool {
    match (a.parse::<Edtf>(), b.parse::<Edtf>()) {
        (Ok(a), Ok(b)) => a.overlaps(&b),
        _ => false,
    }
}
