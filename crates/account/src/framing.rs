//! How groups of sources speak of a relation: what each says, side by side, under the same heads.
//!
//! A head (a [`Frame`]) tells what kind of word it is, never whether it is true. Acts of speech and stances have
//! their heads in `lexicon/account/hint.tsv` (kinds `praise.as`, `concern.as` and so on); whatever else is said goes
//! by its words (kinds `praise`, `concern`, `limits`), and what has none of them is neutral. A word that is undone by
//! what follows it (kind `undone`: 懸念はない) does not count, and praise that is undone is a limit (成果とは言えない).

use crate::account::Account;
use crate::digest::Quote;
use crate::words::{Lang, Words};
use entente_base::Span;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The head under which words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frame {
    /// Approval, welcome, thanks, success.
    Praise,
    /// Criticism, warning, worry.
    Concern,
    /// What the relation cannot do or does not reach.
    Limits,
    /// None of these.
    Neutral,
}

impl Frame {
    /// All four, in the order of a table.
    pub const ALL: [Self; 4] = [Self::Praise, Self::Concern, Self::Limits, Self::Neutral];

    /// Name, as data spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Praise => "praise",
            Self::Concern => "concern",
            Self::Limits => "limits",
            Self::Neutral => "neutral",
        }
    }

    /// The frame of an act of speech or a stance, where it has one whatever the words.
    fn of_manner(manner: &str, words: &Words) -> Option<Self> {
        Self::ALL.into_iter().find(|frame| words.hint(&format!("{}.as", frame.name()), manner).is_some())
    }

    /// The frame of a text by its words, and those words in the order of the text.
    ///
    /// The heaviest frame is taken; of equals limits, then concern: what a text holds back weighs more than what it
    /// opens with.
    pub fn of_words(text: &str, words: &Words) -> (Self, Vec<String>) {
        let mut found: Vec<(Self, String, f64)> = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let Some((frame, word, weight)) = longest(rest, words) else {
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
                continue;
            };
            rest = rest.get(word.len()..).unwrap_or_default();
            if frame == Self::Neutral {
                continue;
            }
            let undone = words.hints("undone").iter().map(|(ending, _)| ending.as_str());
            match undone.filter(|ending| rest.starts_with(ending)).max_by_key(|ending| ending.len()) {
                None => found.push((frame, word.to_owned(), weight)),
                Some(ending) => {
                    rest = rest.get(ending.len()..).unwrap_or_default();
                    if frame == Self::Praise {
                        found.push((Self::Limits, format!("{word}{ending}"), weight));
                    }
                }
            }
        }
        let weight = |frame: Self| -> f64 {
            found.iter().filter(|(other, ..)| *other == frame).map(|&(.., weight)| weight).sum()
        };
        let mut best = (Self::Neutral, 0.0);
        for frame in [Self::Limits, Self::Concern, Self::Praise] {
            if weight(frame) > best.1 {
                best = (frame, weight(frame));
            }
        }
        let shown = found.into_iter().filter(|(frame, ..)| *frame == best.0).map(|(_, word, _)| word);
        (best.0, shown.collect())
    }
}

/// The longest framing word that a text begins with.
fn longest<'a>(text: &str, words: &'a Words) -> Option<(Frame, &'a str, f64)> {
    Frame::ALL
        .into_iter()
        .flat_map(|frame| {
            words.hints(frame.name()).iter().map(move |(word, weight)| (frame, word.as_str(), *weight))
        })
        .filter(|(_, word, _)| text.starts_with(word))
        .max_by_key(|(_, word, _)| word.len())
}

/// What kind of utterance it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "manner")]
pub enum Utterance {
    /// A statement, with its act: `assert`, `assess`, `praise`, …
    Statement(String),
    /// A position, with its stance: `support`, `oppose`, `understanding`, `neutral`, `concern`.
    Position(String),
    /// The article's own assessment.
    Assessment,
}

/// Something that a source says, as far as framing needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FramingItem {
    /// Name of the group that its source belongs to: a publisher, an origin.
    pub group: String,
    /// Identifier of the document.
    pub document: String,
    /// What kind of utterance it is.
    pub utterance: Utterance,
    /// Where its words stand in the document, in code points.
    pub span: Span,
    /// The words.
    pub text: String,
}

impl FramingItem {
    /// What the documents of an account say of some states, as statements, positions and in their own voice. A group
    /// is an origin, else a publisher, else the document.
    pub fn of(account: &Account, states: &[String], words: &Words, lang: Lang) -> Vec<Self> {
        let needed = states.len().clamp(1, 2);
        let concerned = |codes: &mut dyn Iterator<Item = &String>| {
            codes.filter(|code| states.contains(code)).collect::<BTreeSet<_>>().len() >= needed
        };
        let mut items = Vec::new();
        for digest in account.digests() {
            let document = &digest.document;
            let name = document.origins.iter().chain(&document.publisher).next();
            let name = name.map(|name| words.origin_name(&words.origin_key(name), name.trim(), lang));
            let group = name.unwrap_or_else(|| document.id.clone());
            let about = concerned(&mut document.about.iter());
            let mut add = |utterance, quote: &Quote, text: &str| {
                items.push(Self {
                    group: group.clone(),
                    document: document.id.clone(),
                    utterance,
                    span: quote.span,
                    text: text.to_owned(),
                });
            };
            for said in &digest.statements {
                let speakers = said.statement.speaker.ids().iter().filter_map(|id| digest.entity(id));
                let speakers: Vec<&String> = speakers.flat_map(|entity| &entity.states).collect();
                if concerned(&mut said.named.iter().chain(speakers)) {
                    add(Utterance::Statement(said.statement.act.clone()), &said.quote, &said.text);
                }
            }
            for held in &digest.positions {
                let parties = std::iter::once(&held.position.holder).chain(&held.position.toward);
                if concerned(&mut parties.into_iter()) {
                    add(Utterance::Position(held.position.stance.clone()), &held.quote, &held.quote.text);
                }
            }
            for quote in digest.assessments.iter().filter(|_| about) {
                add(Utterance::Assessment, quote, &quote.text);
            }
        }
        items
    }
}

/// An utterance under its frame.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Framed {
    /// Identifier of the document.
    pub document: String,
    /// Where the words stand in it, in code points.
    pub span: Span,
    /// The words.
    pub text: String,
    /// What kind of utterance it is.
    #[serde(flatten)]
    pub utterance: Utterance,
    /// The words that put it under its frame; none where its act or stance did so without them.
    pub because: Vec<String>,
}

/// A group, with how often it speaks in which way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FramingGroup {
    /// Its name.
    pub name: String,
    /// Number of documents with anything in them.
    pub documents: usize,
    /// Number of statements of each act.
    pub acts: BTreeMap<String, usize>,
    /// Number of positions of each stance.
    pub stances: BTreeMap<String, usize>,
    /// Number of the articles' own assessments under each frame.
    pub assessments: BTreeMap<Frame, usize>,
}

/// A frame, with what each group says under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FrameRow {
    /// The frame.
    pub frame: Frame,
    /// For each group in their order, what it says, by document and place.
    pub cells: Vec<Vec<Framed>>,
}

/// How groups of sources speak of a relation, side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Framing {
    /// The groups, by name: the columns.
    pub groups: Vec<FramingGroup>,
    /// All four frames in their order: the rows.
    pub rows: Vec<FrameRow>,
}

impl Framing {
    /// Puts utterances side by side. Their order does not matter, and one given twice counts once.
    pub fn new(items: &[FramingItem], words: &Words) -> Self {
        let mut by_group: BTreeMap<&str, BTreeSet<(Frame, Framed)>> = BTreeMap::new();
        for item in items {
            let (by_words, because) = Frame::of_words(&item.text, words);
            let manner = match &item.utterance {
                Utterance::Statement(manner) | Utterance::Position(manner) => Frame::of_manner(manner, words),
                Utterance::Assessment => None,
            };
            let frame = manner.unwrap_or(by_words);
            let framed = Framed {
                document: item.document.clone(),
                span: item.span,
                text: item.text.clone(),
                utterance: item.utterance.clone(),
                because: if frame == by_words { because } else { Vec::new() },
            };
            by_group.entry(&item.group).or_default().insert((frame, framed));
        }
        let groups = by_group.iter().map(|(name, said)| group(name, said)).collect();
        let rows = Frame::ALL
            .into_iter()
            .map(|frame| FrameRow {
                frame,
                cells: by_group
                    .values()
                    .map(|said| {
                        said.iter()
                            .filter(|(other, _)| *other == frame)
                            .map(|(_, framed)| framed.clone())
                            .collect()
                    })
                    .collect(),
            })
            .collect();
        Self { groups, rows }
    }
}

fn group(name: &str, said: &BTreeSet<(Frame, Framed)>) -> FramingGroup {
    let mut group = FramingGroup {
        name: name.to_owned(),
        documents: said.iter().map(|(_, framed)| &framed.document).collect::<BTreeSet<_>>().len(),
        acts: BTreeMap::new(),
        stances: BTreeMap::new(),
        assessments: BTreeMap::new(),
    };
    for (frame, framed) in said {
        let count = match &framed.utterance {
            Utterance::Statement(act) => group.acts.entry(act.clone()).or_default(),
            Utterance::Position(stance) => group.stances.entry(stance.clone()).or_default(),
            Utterance::Assessment => group.assessments.entry(*frame).or_default(),
        };
        *count += 1;
    }
    group
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_frame() {
        use Frame::*;
        let table: &[(&str, Frame, &[&str])] = &[
            ("両国の協力は大きな成果を上げた。", Praise, &["成果"]),
            ("関係はかつてない高さに達し、模範となっている。", Praise, &["かつてない高さ", "模範"]),
            ("地域の安定に寄与すると高く評価した。", Praise, &["寄与", "高く評価"]),
            ("軍事協力への懸念が強まっている。", Concern, &["懸念"]),
            ("周辺国は警戒を強め、反発も広がる。", Concern, &["警戒", "反発"]),
            ("緊張を高めるおそれがある。", Concern, &["緊張を高め", "おそれ"]),
            ("協力には限界がある。", Limits, &["限界"]),
            ("両国は一枚岩ではない。", Limits, &["一枚岩ではな"]),
            ("両者の思惑には温度差がある。", Limits, &["思惑", "温度差"]),
            ("先行きは不透明だ。", Limits, &["不透明"]),
            ("会談は16日に北京で開かれた。", Neutral, &[]),
            ("", Neutral, &[]),
            // Undone.
            ("この演習に懸念はない。", Neutral, &[]),
            ("首脳は相手国の懸念を払拭した。", Neutral, &[]),
            ("協力に限界はないと述べた。", Neutral, &[]),
            ("訪問は成功とは言えない。", Limits, &["成功とは言えない"]),
            ("会談で成果はなかった。", Limits, &["成果はなかった"]),
            // Words that only look alike.
            ("警戒監視を共同で行った。", Neutral, &[]),
            ("評価額は上がった。", Neutral, &[]),
            ("人工衛星の打ち上げ成功率を示した。", Neutral, &[]),
            // Two frames: the heavier; of equals what is held back.
            ("成果はあったが、限界も見えた。", Limits, &["限界"]),
            ("懸念はあるが、成果は大きく、信頼の模範となる。", Praise, &["成果", "信頼", "模範"]),
        ];
        for (text, frame, because) in table {
            let (found, words) = Frame::of_words(text, Words::built_in());
            assert_eq!(
                (found, words.iter().map(String::as_str).collect::<Vec<_>>()),
                (*frame, because.to_vec()),
                "{text}"
            );
        }
    }

    #[test]
    fn every_word_of_the_lexicon_is_read_as_its_kind() {
        for frame in Frame::ALL {
            let hints = Words::built_in().hints(frame.name());
            assert!(hints.len() >= 10, "{}", frame.name());
            for (word, _) in hints {
                assert_eq!(Frame::of_words(word, Words::built_in()).0, frame, "{word}");
            }
        }
    }

    #[test]
    fn acts_and_stances_have_their_frame_whatever_the_words() {
        let table = [
            ("praise", Some(Frame::Praise)),
            ("thank", Some(Frame::Praise)),
            ("support", Some(Frame::Praise)),
            ("criticize", Some(Frame::Concern)),
            ("warn", Some(Frame::Concern)),
            ("oppose", Some(Frame::Concern)),
            ("concern", Some(Frame::Concern)),
            ("neutral", Some(Frame::Neutral)),
            ("understanding", Some(Frame::Neutral)),
            ("assert", None),
            ("assess", None),
            ("call", None),
            ("pledge", None),
            ("deny", None),
            ("explain", None),
        ];
        for (manner, frame) in table {
            assert_eq!(Frame::of_manner(manner, Words::built_in()), frame, "{manner}");
        }
    }

    fn item(group: &str, document: &str, utterance: Utterance, start: usize, text: &str) -> FramingItem {
        let span = Span::new(start, start + text.chars().count());
        FramingItem {
            group: group.to_owned(),
            document: document.to_owned(),
            utterance,
            span,
            text: text.to_owned(),
        }
    }

    #[test]
    fn groups_stand_side_by_side() {
        let say = |act: &str| Utterance::Statement(act.to_owned());
        let mut items = vec![
            item("乙通信", "d3", say("warn"), 0, "代償を払うことになる"),
            item("甲新聞", "d1", say("praise"), 40, "友好は深まった"),
            item("甲新聞", "d1", say("assess"), 10, "協力には限界がある"),
            item("甲新聞", "d2", Utterance::Position("oppose".to_owned()), 5, "一国主義に反対した"),
            item("甲新聞", "d2", Utterance::Assessment, 50, "先行きは不透明だ。"),
            item("甲新聞", "d2", say("assert"), 90, "16日に会談した"),
        ];
        let framing = Framing::new(&items, Words::built_in());
        let names: Vec<&str> = framing.groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(names, ["乙通信", "甲新聞"]);
        let cells: Vec<(Frame, Vec<Vec<&str>>)> = framing
            .rows
            .iter()
            .map(|row| {
                let texts = row.cells.iter().map(|cell| cell.iter().map(|said| said.text.as_str()).collect());
                (row.frame, texts.collect())
            })
            .collect();
        assert_eq!(
            cells,
            [
                (Frame::Praise, vec![vec![], vec!["友好は深まった"]]),
                (Frame::Concern, vec![vec!["代償を払うことになる"], vec!["一国主義に反対した"]]),
                (Frame::Limits, vec![vec![], vec!["協力には限界がある", "先行きは不透明だ。"]]),
                (Frame::Neutral, vec![vec![], vec!["16日に会談した"]]),
            ]
        );
        let group = &framing.groups[1];
        assert_eq!(group.documents, 2);
        let acts: Vec<_> = group.acts.iter().map(|(act, count)| (act.as_str(), *count)).collect();
        assert_eq!(acts, [("assert", 1), ("assess", 1), ("praise", 1)]);
        assert_eq!(group.stances.get("oppose"), Some(&1));
        assert_eq!(group.assessments.get(&Frame::Limits), Some(&1));
        items.reverse();
        items.push(items[0].clone());
        assert_eq!(Framing::new(&items, Words::built_in()), framing, "neither order nor repetition matters");
    }
}
