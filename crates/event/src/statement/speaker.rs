//! Who says it: named in the sentence, left out, or nobody whom the text makes known.

use super::{Heard, PAPER, Said, StatementReader, Takes, Voices, Words};
use crate::party::{Discourse, Party, Phrases};
use crate::reading::Reading;
use entente_base::record::Kind;
use entente_base::{SentenceKind, Span};
use entente_clause::{Analysis, Case, Clause, Link, Voice};
use entente_token::Tag;

impl StatementReader {
    /// Whether an outlet tells what someone said whom the text does not make known: 専門家は「…」と話した.
    pub(super) fn unheard(
        &self,
        phrases: &Phrases<'_>,
        heading: bool,
        discourse: &Discourse,
        source: &Party,
    ) -> bool {
        let analysis = phrases.analysis;
        let media = |&entity: &usize| phrases.reading.named.entities[entity].media;
        if source.entities.is_empty() || !source.entities.iter().all(media) {
            return false;
        }
        analysis.main_clause().is_some_and(|main| {
            let clause = &analysis.clauses[main];
            let words = self.content(phrases, main, clause, heading, discourse, &[]);
            words.is_some_and(|words| {
                let topics = (0..clause.chunk).any(|at| {
                    let chunk = &analysis.chunks[at];
                    chunk.quote.is_none()
                        && (chunk.topic || chunk.case == Some(Case::Ga))
                        && chunk.head == Some(clause.chunk)
                        && !phrases.is_time(at)
                        && (chunk.content.end <= words.core.start || chunk.content.start >= words.core.end)
                });
                topics
                    && matches!(words.rule, "statement/content" | "statement/quotation" | "statement/request")
            })
        })
    }

    /// Whether a clause tells what another than the topic of the sentence does: 大臣は、隣国が改善を求め、…と述べた.
    pub(super) fn others_act(&self, phrases: &Phrases<'_>, clause: &Clause) -> bool {
        if clause.link != Link::And || clause.quote.is_some() {
            return false;
        }
        let subject = clause.arguments.iter().find(|argument| {
            argument.case == Case::Ga && !argument.topic && !phrases.is_time(argument.chunk)
        });
        let Some(subject) = subject.map(|subject| subject.chunk) else { return false };
        let chunks = &phrases.analysis.chunks;
        // 習氏は、問題が「敏感だ」と指摘し: what stands right before a quotation is of its words.
        let quoted = phrases.reading.chars().get(chunks[subject].span.end) == Some(&'「');
        if quoted && self.fitness(phrases, subject) == 0 {
            return false;
        }
        let told = clause.head.is_some_and(|head| {
            let lemma = &phrases.analysis.clauses[head].predicate.lemma;
            self.act(lemma, Takes::Content).is_some()
        });
        told && (0..subject).any(|at| {
            (chunks[at].topic || chunks[at].also)
                && chunks[at].clause.is_none()
                && chunks[at].quote.is_none()
                && chunks[at].case.is_none_or(|case| matches!(case, Case::Ga | Case::Bare))
                && self.fitness(phrases, at) > 0
        })
    }

    /// Who says it: the speaker named in the sentence; else who spoke just before. With it whether an outlet may be it.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn speaker(
        &self,
        phrases: &Phrases<'_>,
        index: usize,
        clause: &Clause,
        words: &Words,
        discourse: &Discourse,
        kind: SentenceKind,
        before: &[Said],
    ) -> Heard {
        let here = |party: Party, outlets: bool| Heard { party, outlets, named: true };
        let left_out = |party: Party| Heard { party, outlets: false, named: false };
        if let Some(agent) = self.agent(phrases, clause) {
            return here(phrases.of_chunk(agent, discourse), false);
        }
        let heading = kind == SentenceKind::Heading;
        if let Some(chunk) = self.speaker_chunk(phrases, index, before) {
            let party = phrases.of_chunk(chunk, discourse);
            let own_topic = phrases.analysis.chunks[chunk].topic || phrases.analysis.chunks[chunk].also;
            let state_only = party.entities.is_empty() && own_topic;
            // そのうえでロシアは…を追求していると述べた: the words speak of Russia, the last speaker says them.
            if state_only && self.belongs_to_content(phrases, index, chunk, clause, discourse) {
                return left_out(discourse.speaker.clone());
            }
            // 声明はまた…: of whoever spoke in it just before.
            let words = phrases.analysis.chunks[chunk].content.text(phrases.reading.chars());
            let before = phrases.analysis.sentence.checked_sub(1);
            if matches!(words.as_str(), "声明" | "同声明" | "談話")
                && discourse.speaker_sentence.is_some()
                && discourse.speaker_sentence == before
            {
                return left_out(discourse.speaker.clone());
            }
            // 労働党機関紙「労働新聞」は: the paper itself.
            let media = |&entity: &usize| phrases.reading.named.entities[entity].media;
            if self.fitness(phrases, chunk) == 3
                && !party.entities.iter().any(media)
                && let Some(outlet) =
                    phrases.reading.mentions_in(phrases.analysis.chunks[chunk].content).last()
            {
                return here(Party { entities: vec![outlet.entity], ..Party::default() }, true);
            }
            if !party.is_empty() {
                return here(party, true);
            }
            if self.papers.end(&words) {
                return here(discourse.issuer.clone(), false);
            }
            return Heard::default();
        }
        if embedded(clause) {
            let party = phrases.subject(index, discourse, true);
            if !party.is_empty() {
                return here(party, false);
            }
            let noun = phrases
                .analysis
                .adnominal_of(index)
                .map(|chunk| phrases.analysis.chunks[chunk].content.text(phrases.reading.chars()));
            if noun.is_some_and(|noun| self.papers.end(&noun)) {
                return left_out(discourse.issuer.clone());
            }
            return Heard::default();
        }
        // …したことに反発し、ペルーは…: who comes after the words says them.
        let next = clause.head.and_then(|head| phrases.analysis.clauses.get(head));
        let later = next.filter(|_| clause.link == Link::And && clause.quote.is_none()).and_then(|next| {
            next.arguments
                .iter()
                .find(|it| it.case == Case::Ga && it.topic && !it.shared && it.chunk > clause.chunk)
        });
        if let Some(later) =
            later.filter(|it| words.rule == "statement/topic" && self.fitness(phrases, it.chunk) > 0)
            && clause.arguments.iter().all(|it| it.case != Case::Ga)
        {
            return here(phrases.of(later, discourse), false);
        }
        let outsider = self.outsider(phrases, clause, words, before);
        if !outsider && let Some(last) = before.iter().rev().find(|said| !told_inside(phrases.analysis, said))
        {
            return here(last.party.clone(), false);
        }
        // A numbered paragraph goes on with the speaker of its sentence before.
        let own = phrases.analysis.sentence;
        let fresh = kind == SentenceKind::Item
            && !own.checked_sub(1).is_some_and(|last| {
                let sentences = &phrases.reading.sentences;
                discourse.speaker_sentence == Some(last)
                    && sentences[last].paragraph == sentences[own].paragraph
            });
        if heading || outsider || fresh {
            let party = phrases.subject(index, discourse, true);
            let party = if kind == SentenceKind::Item && !outsider { party } else { Party::default() };
            return left_out(party);
        }
        // 〜と報じている is said of outlets alone, and 〜と伝えた mostly.
        let relayed = clause.predicate.lemma == "伝える"
            && words.rule == "statement/content"
            && clause.argument(Case::Ni).is_none();
        let before = phrases.analysis.sentence.checked_sub(1);
        if matches!(clause.predicate.lemma.as_str(), "報じる" | "報道する") || relayed {
            // The outlet that the sentence before rests on goes on.
            let outlet = discourse.outlet.filter(|(_, sentence)| Some(*sentence) == before);
            return outlet.map_or_else(Heard::default, |(outlet, _)| Heard {
                party: Party { entities: vec![outlet], ..Party::default() },
                outlets: true,
                named: false,
            });
        }
        // Whom the sentence before speaks of, if it is one who speaks; else who spoke last.
        let told = !discourse.topic.entities.is_empty()
            && Some(discourse.topic_sentence) == before
            && discourse.speaker_sentence != before
            && voices(phrases.reading, &discourse.topic, false).is_some();
        let last = if discourse.speaker.is_empty() || told { &discourse.topic } else { &discourse.speaker };
        left_out(last.clone())
    }

    /// Who does what a passive tells: 安保理から求められた, 大統領によって明らかにされた.
    pub(super) fn agent(&self, phrases: &Phrases<'_>, clause: &Clause) -> Option<usize> {
        if clause.predicate.voice != Voice::Passive {
            return None;
        }
        clause
            .arguments
            .iter()
            .find(|argument| {
                argument.case == Case::By
                    || argument.case == Case::Kara && self.fitness(phrases, argument.chunk) > 0
            })
            .map(|argument| argument.chunk)
    }

    /// Whether the sentence names someone else as the one who says it, whom the text does not make known: 専門家は,
    /// 協会が, 各紙とも; or any topic before としている.
    pub(super) fn outsider(
        &self,
        phrases: &Phrases<'_>,
        clause: &Clause,
        words: &Words,
        before: &[Said],
    ) -> bool {
        let analysis = phrases.analysis;
        let chars = phrases.reading.chars();
        let from = self.from(analysis, before);
        let quote = analysis.chunks[clause.chunk].quote;
        let core = words.core;
        let exists = clause.predicate.lemma == "ある";
        let is_quote = analysis.quotes.iter().any(|quote| quote.outer == core);
        let told = matches!(words.rule, "statement/content" | "statement/request" | "statement/reason");
        (from..clause.chunk).any(|at| {
            let chunk = &analysis.chunks[at];
            if chunk.quote != quote || chunk.clause.is_some() || phrases.is_time(at) {
                return false;
            }
            // 枠組みとは、…姿勢を示すものだ: a word is explained.
            if chunk.case == Some(Case::To) && chunk.topic {
                return true;
            }
            // 消息筋によると: someone else's word, unless it is known whose.
            if chunk.case == Some(Case::AccordingTo) {
                return true;
            }
            let topic = chunk.topic || chunk.also;
            let own = chunk.head == Some(clause.chunk);
            if chunk.case == Some(Case::Kara) && exists {
                return true;
            }
            let marked = topic || chunk.case == Some(Case::Ga);
            if !marked || chunk.case.is_some_and(|case| !matches!(case, Case::Ga | Case::Bare)) {
                return false;
            }
            // 〜と同社は語った: what stands between the words and the verb is the speaker.
            if own && chunk.content.start >= core.end {
                // 期待も伝えた: what is told, not who tells it.
                let told = chunk.also && matches!(words.rule, "statement/noun" | "statement/fact" | PAPER);
                return !exists && !told;
            }
            if chunk.content.end > core.start {
                return false;
            }
            // 団長は「…」と語った: nor can what stands before a quotation be of its words.
            let thing = matches!(words.rule, "statement/object" | "statement/topic" | PAPER);
            if own && (!topic && !told || topic && thing) {
                return true;
            }
            // これは…との考えを示したものだ: a thing shows it, nobody says it.
            let name = chunk.content.text(chars);
            let thing = matches!(name.as_str(), "これ" | "それ" | "こと");
            topic && thing && matches!(words.rule, "statement/noun" | PAPER)
                || (own || topic) && (self.is_stranger(phrases, at) || clause.predicate.lemma == "する")
                || own && topic && (is_quote || self.has_subject(analysis, core)) && is_name(phrases, at)
        })
    }

    /// Whether the words said have a subject of their own.
    pub(super) fn has_subject(&self, analysis: &Analysis, core: Span) -> bool {
        analysis.clauses.iter().any(|clause| {
            clause.link == Link::Content
                && core.contains(clause.predicate.span)
                && clause
                    .arguments
                    .iter()
                    .any(|argument| argument.case == Case::Ga && !argument.topic && !argument.shared)
        })
    }

    /// The first chunk behind the last verb of saying that is told on the same level.
    pub(super) fn from(&self, analysis: &Analysis, before: &[Said]) -> usize {
        before
            .iter()
            .filter(|said| !told_inside(analysis, said))
            .filter_map(|said| said.clause)
            .map(|at| analysis.clauses[at].chunk + 1)
            .max()
            .unwrap_or(0)
    }

    /// Whether a chunk names people or a body that could speak but are no party that the text makes known.
    pub(super) fn is_stranger(&self, phrases: &Phrases<'_>, chunk: usize) -> bool {
        let words = phrases.analysis.chunks[chunk].content.text(phrases.reading.chars());
        let named = unnamed_part(&words);
        self.strangers.end(&words)
            || named.len() < words.len() && (self.strangers.end(named) || self.speakers.end(named))
    }

    /// Whether a topic that is a state belongs to the words rather than to the verb of saying.
    pub(super) fn belongs_to_content(
        &self,
        phrases: &Phrases<'_>,
        index: usize,
        chunk: usize,
        clause: &Clause,
        discourse: &Discourse,
    ) -> bool {
        if discourse.speaker.entities.is_empty() || !self.telling.contains(&clause.predicate.lemma) {
            return false;
        }
        let own_subject = phrases.analysis.clauses.iter().take(index).any(|other| {
            other.head == Some(index)
                && other.link == Link::Content
                && other.arguments.iter().any(|argument| {
                    argument.case == Case::Ga
                        && !argument.topic
                        && !argument.shared
                        && argument.chunk != chunk
                })
        });
        let same = phrases
            .of_chunk(chunk, discourse)
            .codes
            .iter()
            .any(|code| discourse.speaker.codes.contains(code));
        !own_subject && same && self.fitness(phrases, chunk) == 1
    }

    /// How fit a chunk is to name a speaker: 3 an outlet, 2 a person or body, 1 a state or a paper, 0 nobody.
    pub(super) fn fitness(&self, phrases: &Phrases<'_>, at: usize) -> u8 {
        let analysis = phrases.analysis;
        let chars = phrases.reading.chars();
        let content = analysis.chunks[at].content;
        let mentions = phrases.reading.mentions_in(content);
        let last = mentions.iter().rev().find(|mention| mention.kind != Kind::Place);
        let words = content.text(chars);
        // 中国とロシアの両国は, 日米韓3カ国は.
        let counted = ["カ国", "か国", "ヵ国", "ヶ国", "2国", "3国", "4国", "5国", "両国"]
            .iter()
            .any(|end| words.ends_with(end));
        if counted && !phrases.of_chunk(at, &Discourse::default()).codes.is_empty() {
            return 2;
        }
        // 台湾問題は, 中国船は: the name only modifies the head.
        let heads = last.is_some_and(|mention| {
            mention.kind == Kind::Person
                || content.end <= mention.span.end
                || content.end == mention.span.end + 1 && words.ends_with(['」', ')'])
                || content.end == mention.span.end + 1
                    && words.ends_with(['側', '軍', '氏', 'ら', '勢', '紙', '相', '省', '庁', '府', '王'])
                || self.speakers.end(&words)
                || words.ends_with('氏')
        });
        if heads {
            return match last {
                Some(mention) if phrases.reading.entity(mention).media => 3,
                Some(mention) if mention.kind == Kind::State => 1,
                _ => 2,
            };
        }
        // 治安維持部隊「…」は: by what it is, not by its name.
        let of_state = || {
            mentions.is_empty()
                && self.speakers.end(unnamed_part(&words))
                && !phrases.of_chunk(at, &Discourse::default()).codes.is_empty()
        };
        // 同議会は: a body named before by its kind.
        let again = || {
            words.starts_with('同')
                && (2..=6).contains(&words.chars().count())
                && !phrases.of_chunk(at, &Discourse::default()).entities.is_empty()
        };
        if phrases.points_back(&words) || of_state() || again() {
            return 2;
        }
        u8::from(self.papers.end(&words))
    }

    /// The chunk that names who says what a clause's verb says: the first person or body marked as topic since the
    /// last verb of saying, else the subject the clause itself has, else a state marked as topic.
    pub(super) fn speaker_chunk(
        &self,
        phrases: &Phrases<'_>,
        index: usize,
        before: &[Said],
    ) -> Option<usize> {
        let analysis = phrases.analysis;
        let clause = &analysis.clauses[index];
        let quote = analysis.chunks[clause.chunk].quote;
        let from = self.from(analysis, before);
        // 国連では…としている: a body with では speaks.
        let body_at =
            |at: usize| {
                let content = analysis.chunks[at].content;
                phrases.reading.mentions_in(content).last().is_some_and(|mention| {
                    mention.kind == Kind::Organization && mention.span.end == content.end
                })
            };
        let marked = |at: &usize| {
            let chunk = &analysis.chunks[*at];
            chunk.quote == quote
                && chunk.clause.is_none()
                && (chunk.case == Some(Case::Ga)
                    || chunk.topic && chunk.case == Some(Case::De) && body_at(*at)
                    || (chunk.topic || chunk.also)
                        && chunk.case.is_none_or(|case| matches!(case, Case::Ga | Case::Bare)))
        };
        if embedded(clause) {
            return clause
                .arguments
                .iter()
                .find(|argument| {
                    argument.case == Case::Ga
                        && !argument.shared
                        && (1..=2).contains(&self.fitness(phrases, argument.chunk))
                })
                .map(|argument| argument.chunk);
        }
        let topic = |at: &usize| analysis.chunks[*at].topic || analysis.chunks[*at].also;
        let own = |at: &usize| analysis.chunks[*at].head == Some(clause.chunk);
        // 隣国が剥奪したことに反発し、ペルーは…: not whom that tells of which words are about.
        let inside = |at: &usize| {
            let content = analysis.chunks[*at].content;
            clause.arguments.iter().any(|it| {
                let thing = matches!(
                    analysis.chunks[it.chunk].content.text(phrases.reading.chars()).as_str(),
                    "こと" | "事"
                );
                thing && it.case == Case::Ni && !it.shared && it.span.contains(content) && it.chunk != *at
            })
        };
        let all: Vec<(usize, u8)> = (from..clause.chunk)
            .filter(|at| marked(at) && !inside(at))
            .map(|at| (at, self.fitness(phrases, at)))
            .collect();
        let first = |accept: &dyn Fn(&usize) -> bool, least: u8| {
            all.iter().find(|(at, fitness)| *fitness >= least && accept(at)).map(|(at, _)| *at)
        };
        // 大臣から…旨述べた: who says it may be marked by から, where nobody is by は or が.
        let out_of = || {
            (from..clause.chunk).find(|&at| {
                let chunk = &analysis.chunks[at];
                chunk.quote == quote
                    && chunk.case == Some(Case::Kara)
                    && (chunk.comma || own(&at))
                    && self.fitness(phrases, at) > 0
            })
        };
        // 中国は拿捕し、ベトナムは違反だと非難した: a topic behind another act is the one that speaks.
        let act = analysis.clauses[..index]
            .iter()
            .filter(|other| {
                other.head == Some(index)
                    && matches!(other.link, Link::And | Link::But | Link::Because)
                    && analysis.chunks[other.chunk].comma
                    && other.chunk >= from
                    && !self.leads_up(phrases, other)
            })
            .map(|other| other.chunk)
            .next();
        let chars = phrases.reading.chars();
        let behind = all.iter().rfind(|(at, fitness)| {
            // Nor can what stands right before a quotation be of its words.
            let quotes = chars.get(analysis.chunks[*at].span.end) == Some(&'「') && *fitness > 1;
            *fitness > 0 && topic(at) && own(at) && (quotes || act.is_some_and(|act| *at > act))
        });
        let behind = behind.map(|(at, _)| *at);
        // 農相が会見し、「…」と述べた; 各国が懸念を表明し、対話を訴えた: the subject of what goes before.
        let shared = || {
            all.iter()
                .find(|(at, fitness)| {
                    *fitness > 0
                        && analysis.chunks[*at].head.is_some_and(|head| {
                            analysis.chunks[head]
                                .clause
                                .map(|at| &analysis.clauses[at])
                                .is_some_and(|other| other.head == Some(index) && other.link == Link::And)
                        })
                })
                .map(|(at, _)| *at)
        };
        // 〜と大臣は述べた: what stands between the words and the verb says them.
        let own_words = clause
            .arguments
            .iter()
            .any(|it| !it.shared && analysis.chunks[it.chunk].content.text(chars) == "旨");
        if own_words
            && let Some(speaker) = self.giver_of_words(phrases, clause)
            && speaker >= from
            && all.iter().all(|(at, fitness)| *fitness == 0 || *at < speaker)
        {
            return Some(speaker);
        }
        let told = analysis.clauses[..index]
            .iter()
            .rfind(|other| other.head == Some(index) && matches!(other.link, Link::Content | Link::Request))
            .map(|other| other.chunk);
        let between = told.and_then(|told| first(&|at| *at > told && own(at), 1));
        between
            .or(behind)
            .or_else(|| first(&topic, 2))
            .or_else(|| first(&own, 2))
            .or_else(shared)
            .or_else(|| first(&topic, 1))
            .or_else(|| first(&own, 1))
            .or_else(out_of)
    }

    /// 両大臣は意見を交わし、大臣から、…旨述べた: the last person before a clause who is marked by から and set off.
    pub(super) fn giver_of_words(&self, phrases: &Phrases<'_>, clause: &Clause) -> Option<usize> {
        let analysis = phrases.analysis;
        let quote = analysis.chunks[clause.chunk].quote;
        (0..clause.chunk).rev().find(|&at| {
            let chunk = &analysis.chunks[at];
            chunk.quote == quote
                && chunk.case == Some(Case::Kara)
                && chunk.comma
                && self.fitness(phrases, at) > 1
        })
    }

    /// Whether a clause only leads up to words: 会見し, 演説を行い.
    pub(super) fn leads_up(&self, phrases: &Phrases<'_>, clause: &Clause) -> bool {
        let chars = phrases.reading.chars();
        let occasion = || {
            clause.arguments.iter().any(|argument| {
                argument.case == Case::Wo && !argument.shared && {
                    let words = phrases.analysis.chunks[argument.chunk].content.text(chars);
                    self.occasions.end(&words)
                }
            })
        };
        self.leads.contains(&clause.predicate.lemma)
            || matches!(clause.predicate.lemma.as_str(), "行う" | "出す" | "発表する" | "公表する")
                && occasion()
    }

    /// Who tells what stands before によると as a clause: 大使が語ったところによると.
    pub(super) fn teller(&self, phrases: &Phrases<'_>, chunk: usize) -> Option<usize> {
        let analysis = phrases.analysis;
        let clause = analysis.clauses.iter().find(|clause| {
            analysis.chunks[clause.chunk].head == Some(chunk) && clause.link != Link::Content
        })?;
        clause
            .arguments
            .iter()
            .find(|argument| {
                argument.case == Case::Ga && !argument.shared && self.fitness(phrases, argument.chunk) > 0
            })
            .map(|argument| argument.chunk)
    }
}

/// What somebody is, before a name in quotation marks or brackets: 治安維持部隊 of 治安維持部隊「…」.
fn unnamed_part(words: &str) -> &str {
    let cut = |close: char, open: char| {
        words.strip_suffix(close).and_then(|rest| rest.rfind(open).map(|at| &words[..at]))
    };
    cut('」', '「').or_else(|| cut(')', '(')).filter(|rest| !rest.is_empty()).unwrap_or(words)
}

/// Whether a chunk ends in a name, though in none that is known.
pub(super) fn is_name(phrases: &Phrases<'_>, chunk: usize) -> bool {
    let own = &phrases.analysis.chunks[chunk];
    phrases.analysis.tokens[own.tokens.clone()]
        .iter()
        .rfind(|token| token.span.end <= own.content.end)
        .is_some_and(|token| {
            matches!(token.tag, Tag::PersonName | Tag::OrganizationName)
                || token.span.text(phrases.reading.chars()).chars().all(|c| c.is_ascii_alphabetic())
        })
}

/// Who a party speaks as: its persons, else its bodies, else its states. Outlets speak only where the caller says so.
pub(crate) fn voices(reading: &Reading, party: &Party, outlets: bool) -> Option<Voices> {
    let entities = &reading.named.entities;
    for kind in [Kind::Person, Kind::Organization] {
        let speaks = |entity: usize| entities[entity].kind == kind && (outlets || !entities[entity].media);
        let list: Vec<usize> = party.entities.iter().copied().filter(|&entity| speaks(entity)).collect();
        if !list.is_empty() {
            return Some(Voices::Entities(list));
        }
    }
    let states: Vec<String> = party.sorted();
    (!states.is_empty()).then_some(Voices::States(states))
}

/// Whether a clause stands inside another's words or modifies a noun.
pub(super) fn embedded(clause: &Clause) -> bool {
    matches!(clause.link, Link::Adnominal | Link::Nominal | Link::Content | Link::Request)
}

/// Whether a statement's verb stands inside other words.
pub(super) fn told_inside(analysis: &Analysis, said: &Said) -> bool {
    said.clause.and_then(|clause| analysis.clauses.get(clause)).is_some_and(|clause| {
        // 「…」と説明し、…と警告した: a quotation with its verb stands by itself; so does …よう求め.
        let whole = said.quoted || said.rule == "statement/request";
        let by_itself = whole && clause.link == Link::And && clause.quote.is_none();
        !by_itself
            && (embedded(clause) || clause.quote.is_some() || {
                let mut at = clause.head;
                let mut inside = false;
                for _ in 0..8 {
                    let Some(next) = at.and_then(|at| analysis.clauses.get(at)) else { break };
                    inside |= matches!(next.link, Link::Content | Link::Request) || next.quote.is_some();
                    at = next.head;
                }
                inside
            })
    })
}

/// Whether a statement's speaker stands in its own clause.
pub(super) fn explicit(analysis: &Analysis, said: &Said) -> bool {
    said.clause
        .and_then(|clause| analysis.clauses.get(clause))
        .is_some_and(|clause| clause.arguments.iter().any(|argument| argument.case == Case::Ga))
}
