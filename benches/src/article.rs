//! An article before it is printed, its text, and its reprints.

use crate::cast::{Publisher, Style};
use crate::random::Random;
use crate::when::wide_digit;
use jiff::civil::Date;

/// What a sentence tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it is about.
    pub about: About,
    /// Status by the sentence.
    pub status: &'static str,
    /// Date by the sentence, EDTF.
    pub date: Option<String>,
    /// Which version of the facts it follows; `None` where it takes no side.
    pub side: Option<usize>,
    /// Whether it tells an earlier event as background.
    pub background: bool,
    /// Whether its words fit another event as well.
    pub vague: bool,
}

/// What a sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// An event, by its number.
    Event(u32),
    /// A promise, by its number.
    Promise(u32),
    /// A figure of trade, by pair and year: the value as it is (0), rounded (1), wrong (2), or with a wrong change (3).
    Trade(usize, i16),
}

/// A sentence, and what it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The words.
    pub text: String,
    /// What they tell.
    pub told: Vec<Told>,
    /// Whether a paragraph begins here.
    pub opens: bool,
}

/// How an article names its agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credit {
    /// Not at all.
    None,
    /// In the dateline: 【北京共同】.
    Dateline(String),
    /// At the end of the first paragraph: 新華社が伝えた。
    Reported(String),
    /// In parentheses at the end: （共同）
    Closing(String),
}

/// An article.
#[derive(Debug, Clone)]
pub struct Article {
    /// Index of the publisher.
    pub publisher: usize,
    /// Index of the publisher who wrote it.
    pub author: usize,
    /// Manner of the author.
    pub style: Style,
    /// Day of publication.
    pub published: Date,
    /// Number of the group of its reprints.
    pub group: u32,
    /// `original`, or how it was reprinted.
    pub kind: &'static str,
    /// Where it was written; empty where it does not say.
    pub city: String,
    /// How it names its agency.
    pub credit: Credit,
    /// Headline.
    pub title: Sentence,
    /// Other headlines that would do.
    pub titles: Vec<Sentence>,
    /// The sentences of the body.
    pub body: Vec<Sentence>,
}

/// A sentence as printed: what it tells, its first code point and one past its last, whether it is the headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// What it tells.
    pub told: Told,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Whether it is the headline.
    pub headline: bool,
}

impl Article {
    /// The text, and where it tells what.
    pub fn print(&self) -> (String, Vec<Placed>) {
        let mut text = String::new();
        let mut length = 0;
        let mut placed = Vec::new();
        let mut push = |words: &str, told: &[Told], headline: bool| {
            let start = length;
            length += words.chars().count();
            text.push_str(words);
            placed.extend(told.iter().map(|told| Placed {
                told: told.clone(),
                start,
                end: length,
                headline,
            }));
        };
        push(&self.title.text, &self.title.told, true);
        let paragraphs = self.body.iter().skip(1).position(|sentence| sentence.opens).map(|at| at + 1);
        let first_end = paragraphs.unwrap_or(self.body.len());
        for (index, sentence) in self.body.iter().enumerate() {
            if index == 0 || sentence.opens {
                push("\n\n", &[], false);
            }
            if index == 0 {
                let agency = if let Credit::Dateline(agency) = &self.credit { agency.as_str() } else { "" };
                if !self.city.is_empty() {
                    push(&format!("【{}{agency}】", self.city), &[], false);
                }
            }
            push(&sentence.text, &sentence.told, false);
            if index + 1 == first_end
                && let Credit::Reported(agency) = &self.credit
            {
                let verb = if self.style.is_polite() { "伝えました" } else { "伝えた" };
                push(&format!("{agency}が{verb}。"), &[], false);
            }
        }
        if let Credit::Closing(agency) = &self.credit {
            push(&format!("（{agency}）"), &[], false);
        }
        push("\n", &[], false);
        (text, placed)
    }

    /// Whether the text names its agency.
    pub fn is_credited(&self) -> bool {
        self.credit != Credit::None
    }

    fn restyle(&mut self, change: impl Fn(char) -> char) {
        for sentence in self.body.iter_mut().chain(std::iter::once(&mut self.title)) {
            sentence.text = sentence.text.chars().map(&change).collect();
        }
    }

    /// The article as another publisher prints it. Its credit may be kept, given in another form, or left out.
    pub fn reprinted(
        &self,
        random: &mut Random,
        publisher: usize,
        day: Date,
        agency: &Publisher,
        extra: Sentence,
    ) -> Self {
        let mut copy = self.clone();
        copy.publisher = publisher;
        copy.published = day;
        let manner = random.index(100);
        copy.kind = match manner {
            0..25 => "verbatim",
            25..50 => "headline",
            50..75 => "shortened",
            75..87 => "added",
            _ => "typography",
        };
        let another = copy.kind == "headline" || (copy.kind != "verbatim" && random.chance(0.3));
        if another && let Some(title) = random.pick(&self.titles) {
            copy.title = title.clone();
        }
        match copy.kind {
            "shortened" => {
                let keep = copy.body.len().saturating_sub(1 + random.index(copy.body.len() / 2)).max(2);
                copy.body.truncate(keep);
            }
            "added" => {
                if random.chance(0.7) {
                    copy.body.push(extra);
                } else if let Some(at) = copy.body.iter().skip(1).position(|sentence| sentence.opens) {
                    copy.body.insert(at + 1, extra);
                } else {
                    copy.body.push(extra);
                }
            }
            "typography" => {
                if random.chance(0.6) {
                    copy.restyle(wide_digit);
                } else {
                    copy.restyle(|c| match c {
                        '、' => '，',
                        '「' => '｢',
                        '」' => '｣',
                        other => other,
                    });
                }
            }
            _ => {}
        }
        copy.credit = match random.index(10) {
            0..4 => self.credit.clone(),
            4 | 5 => Credit::Reported(agency.credit.clone()),
            6 => Credit::Closing(agency.sign.clone()),
            _ => Credit::None,
        };
        if random.chance(0.3) && !matches!(copy.credit, Credit::Dateline(_)) {
            copy.city.clear();
        }
        copy
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn sentence(text: &str, event: u32, opens: bool) -> Sentence {
        let told = Told {
            about: About::Event(event),
            status: "occurred",
            date: None,
            side: None,
            background: false,
            vague: false,
        };
        Sentence { text: text.to_owned(), told: vec![told], opens }
    }

    fn article() -> Article {
        Article {
            publisher: 0,
            author: 0,
            style: Style::Agency,
            published: date(2024, 5, 16),
            group: 0,
            kind: "original",
            city: "北京".to_owned(),
            credit: Credit::Dateline("共同".to_owned()),
            title: sentence("中国と日本が会談", 1, true),
            titles: vec![sentence("日中会談", 1, true)],
            body: vec![
                sentence("中国は16日、日本と会談した。", 1, true),
                sentence("両国は7日にも、会談した。", 2, false),
                sentence("中国は「よい」とした。", 3, true),
            ],
        }
    }

    #[test]
    fn places_of_sentences_are_their_words() {
        let article = article();
        for seed in 0..200 {
            let extra = sentence("別の話を加えた。", 4, true);
            let agency = Publisher {
                name: "共同通信".to_owned(),
                style: Style::Agency,
                host: "kyodo.example".to_owned(),
                credit: "共同通信".to_owned(),
                sign: "共同".to_owned(),
                state: "JPN".to_owned(),
            };
            let copy = article.reprinted(&mut Random::new(seed), 1, date(2024, 5, 17), &agency, extra);
            let (text, placed) = copy.print();
            let chars: Vec<char> = text.chars().collect();
            assert!(placed.len() >= 3);
            for place in placed {
                let words: String = chars[place.start..place.end].iter().collect();
                let all = copy.body.iter().chain(std::iter::once(&copy.title));
                let about = all.into_iter().filter(|sentence| sentence.text == words);
                assert!(about.flat_map(|sentence| &sentence.told).any(|told| *told == place.told), "{words}");
            }
        }
    }

    #[test]
    fn the_agency_stands_where_it_should() {
        let table = [
            (Credit::None, "【北京】中国は16日"),
            (Credit::Dateline("共同".to_owned()), "【北京共同】中国は16日"),
            (Credit::Reported("新華社".to_owned()), "会談した。新華社が伝えた。\n\n中国は"),
            (Credit::Closing("共同".to_owned()), "とした。（共同）\n"),
        ];
        for (credit, expected) in table {
            let (text, _) = Article { credit, ..article() }.print();
            assert!(text.contains(expected), "{text}");
        }
    }
}
