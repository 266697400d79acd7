//! The language of a query, and its parser.
//!
//! A query is words parted by spaces, all of which must be found: `訪中 プーチン`. A name is found by its other forms
//! too, also one of several words (`Xi Jinping`), unless it stands in marks: `"訪中"`, 「訪中」. A hyphen before a word
//! asks that it be absent: `-訪中`. A word with the name of a field and a colon asks for what a document was coded
//! with: `state:CHN`, `date:2024-05..2024-08`.

use crate::names::Names;
use crate::unit::Phrase;
use entente_base::Edtf;
use entente_base::edtf::EdtfError;
use entente_base::record::{DOMAINS, EventType};
use jiff::civil::Date;

/// Longest query, in code points.
pub const LONGEST: usize = 500;

/// Most words of a query.
pub const MOST_WORDS: usize = 32;

/// Most words of a name.
const MOST_NAME_WORDS: usize = 6;

/// What of a document a word can ask for by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A state, by code or name, or a compound such as 中露, all of whose states are asked for.
    State,
    /// A type of event.
    Type,
    /// A domain of events.
    Domain,
    /// Who speaks.
    Speaker,
    /// Who published it.
    Publisher,
    /// The language of its text.
    Lang,
    /// When it was published.
    Date,
}

impl Field {
    /// All fields with their names, in the order in which help lists them.
    pub const ALL: [(Field, &'static str, &'static str); 7] = [
        (Field::State, "state", "国"),
        (Field::Type, "type", "種類"),
        (Field::Domain, "domain", "分野"),
        (Field::Speaker, "speaker", "発言者"),
        (Field::Publisher, "publisher", "発行元"),
        (Field::Lang, "lang", "言語"),
        (Field::Date, "date", "日付"),
    ];

    fn named(name: &str) -> Option<Self> {
        let lower = name.to_lowercase();
        Self::ALL.iter().find(|(_, en, ja)| *en == lower || *ja == name).map(|(field, ..)| *field)
    }
}

/// A query that cannot be understood; says where, and what would help.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("query, character {}: {fault}", at + 1)]
pub struct QueryError {
    /// Where in the query, in code points from 0.
    pub at: usize,
    /// What is wrong.
    pub fault: QueryFault,
}

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryFault {
    /// More than [`LONGEST`] characters.
    #[error("the query is longer than {LONGEST} characters\n  help: ask for fewer words")]
    TooLong,
    /// More than [`MOST_WORDS`] words.
    #[error("the query has more than {MOST_WORDS} words\n  help: ask for fewer words")]
    TooManyWords,
    /// A mark of quotation opens and never closes.
    #[error("`{0}` is not closed\n  help: close it, or leave it out")]
    Unclosed(char),
    /// Marks alone, or a hyphen alone.
    #[error("there is no letter or digit to search for\n  help: write a word, or leave it out")]
    NoWord,
    /// A field that no document has.
    #[error("there is no field `{0}`\n  help: the fields are {fields}; or put the word in \"…\"",
        fields = Field::ALL.map(|(_, en, _)| en).join(", "))]
    UnknownField(String),
    /// A field without a value.
    #[error("`{0}:` has no value\n  help: write it right after the colon, as in state:CHN")]
    NoValue(String),
    /// A state that the lexicon does not list.
    #[error("`{0}` is no state\n  help: write a code, a name or a compound: CHN, 中国, China, 中露")]
    UnknownState(String),
    /// A type that is none.
    #[error("`{0}` is no type of event\n  help: the types are {types}", types = EventType::NAMES.join(", "))]
    UnknownType(String),
    /// A domain that is none.
    #[error("`{0}` is no domain\n  help: the domains are {domains}", domains = DOMAINS.join(", "))]
    UnknownDomain(String),
    /// A date that is none.
    #[error(transparent)]
    Date(#[from] EdtfError),
    /// A date without a year, or a range that ends before it begins.
    #[error(
        "`{0}` is no range of days\n  help: write date:2024-05, date:2024-05..2024-08, date:2024-05.. or date:..2024"
    )]
    NoRange(String),
}

/// Days from the first to the second, both included, as `year * 10000 + month * 100 + day`; `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Days {
    pub(crate) first: Option<i64>,
    pub(crate) last: Option<i64>,
}

/// A day as a number that grows with time.
fn number(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

impl Days {
    /// The days that a date may cover; both open where its year is unknown.
    pub(crate) fn of(date: &Edtf) -> Self {
        Self { first: date.earliest().map(number), last: date.latest().map(number) }
    }

    /// The days from the first of one date to the last of another.
    pub(crate) fn between(from: Option<&Edtf>, to: Option<&Edtf>) -> Self {
        Self {
            first: from.and_then(|date| Self::of(date).first),
            last: to.and_then(|date| Self::of(date).last),
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.first.is_none() && self.last.is_none()
    }

    fn parse(value: &str) -> Result<Self, QueryFault> {
        let date = |text: &str| match text {
            "" => Ok(None),
            text => text.parse::<Edtf>().map(Some),
        };
        let days = match value.split_once("..").filter(|_| !value.contains('/')) {
            Some((from, to)) => {
                let (from, to) = (date(from)?, date(to)?);
                let days = Self::between(from.as_ref(), to.as_ref());
                if from.is_some() != days.first.is_some() || to.is_some() != days.last.is_some() {
                    return Err(QueryFault::NoRange(value.to_owned()));
                }
                days
            }
            None => Self::of(&value.parse::<Edtf>()?),
        };
        let backwards = matches!(days, Self { first: Some(first), last: Some(last) } if first > last);
        if days.is_open() || backwards {
            return Err(QueryFault::NoRange(value.to_owned()));
        }
        Ok(days)
    }
}

/// What one word of a query asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Any of the phrases; `exact` where the word stood in marks.
    Words {
        forms: Vec<Phrase>,
        exact: bool,
    },
    /// All of the states.
    States(Vec<String>),
    Type(EventType),
    Domain(String),
    /// Any of the phrases in the name of a speaker.
    Speaker(Vec<Phrase>),
    /// The phrase in the name of the publisher.
    Publisher(Phrase),
    Lang(String),
    Published(Days),
}

/// One word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    pub(crate) absent: bool,
    pub(crate) asked: Asked,
}

/// A query that was understood. One without words asks for all documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    pub(crate) clauses: Vec<Clause>,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// Where the query is too long, leaves a mark open, or asks for a field or a value that there is not.
    pub fn parse(text: &str, names: &Names) -> Result<Self, QueryError> {
        let chars: Vec<char> = text.chars().collect();
        if chars.len() > LONGEST {
            return Err(QueryError { at: LONGEST, fault: QueryFault::TooLong });
        }
        let mut parser = Parser { chars: &chars, at: 0, names };
        let mut clauses = Vec::new();
        while let Some(start) = parser.next_word() {
            if clauses.len() == MOST_WORDS {
                return Err(QueryError { at: start, fault: QueryFault::TooManyWords });
            }
            clauses.push(parser.clause()?);
        }
        Ok(Self { clauses })
    }

    /// Whether it asks for words, by which documents can be ranked.
    pub(crate) fn has_words(&self) -> bool {
        self.phrases().next().is_some()
    }

    /// The phrases that documents are to hold.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        self.clauses.iter().filter(|clause| !clause.absent).flat_map(|clause| match &clause.asked {
            Asked::Words { forms, .. } => forms.as_slice(),
            _ => &[],
        })
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '－' | '\u{2212}')
}

struct Parser<'a> {
    chars: &'a [char],
    at: usize,
    names: &'a Names,
}

/// The mark that closes what this one opens.
fn closing(c: char) -> Option<char> {
    match c {
        '"' => Some('"'),
        '＂' => Some('＂'),
        '“' => Some('”'),
        '「' => Some('」'),
        '『' => Some('』'),
        '｢' => Some('｣'),
        _ => None,
    }
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    /// Passes over spaces; where the next word begins.
    fn next_word(&mut self) -> Option<usize> {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        self.peek().map(|_| self.at)
    }

    fn clause(&mut self) -> Result<Clause, QueryError> {
        let start = self.at;
        let absent = self.peek().is_some_and(is_hyphen);
        if absent {
            self.at += 1;
        }
        let fail = |fault| QueryError { at: start, fault };
        if let Some(words) = self.quoted()? {
            let form = Phrase::new(&words).ok_or_else(|| fail(QueryFault::NoWord))?;
            return Ok(Clause { absent, asked: Asked::Words { forms: vec![form], exact: true } });
        }
        let word = self.word();
        if let Some((name, value)) = word.split_once([':', '：'])
            && !name.is_empty()
        {
            if let Some(field) = Field::named(name) {
                let value =
                    if value.is_empty() { self.quoted()?.unwrap_or_default() } else { value.to_owned() };
                if value.trim().is_empty() {
                    return Err(fail(QueryFault::NoValue(name.to_owned())));
                }
                return Ok(Clause { absent, asked: self.field(field, value.trim()).map_err(fail)? });
            }
            if name.chars().all(|c| c.is_ascii_alphabetic()) {
                return Err(fail(QueryFault::UnknownField(name.to_owned())));
            }
        }
        let name = self.name(word);
        let forms = self.names.forms(&name);
        if forms.is_empty() {
            return Err(fail(QueryFault::NoWord));
        }
        Ok(Clause { absent, asked: Asked::Words { forms, exact: false } })
    }

    /// What stands in marks here.
    fn quoted(&mut self) -> Result<Option<String>, QueryError> {
        let start = self.at;
        let Some((open, close)) = self.peek().and_then(|open| Some((open, closing(open)?))) else {
            return Ok(None);
        };
        let rest = self.chars.get(start + 1..).unwrap_or_default();
        let Some(length) = rest.iter().position(|c| *c == close) else {
            return Err(QueryError { at: start, fault: QueryFault::Unclosed(open) });
        };
        self.at = start + length + 2;
        Ok(Some(rest.iter().take(length).collect()))
    }

    /// All up to the next space or mark of quotation.
    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(c) = self.peek().filter(|c| !c.is_whitespace() && closing(*c).is_none()) {
            word.push(c);
            self.at += 1;
        }
        word
    }

    /// The longest listed name that begins with a word: `Ministry` of `Ministry of Defence`; the word, where there is
    /// none.
    fn name(&mut self, word: String) -> String {
        let mut words = word.clone();
        let mut longest = (self.at, word);
        for _ in 1..MOST_NAME_WORDS {
            let ends = self.next_word().is_none()
                || self.peek().is_some_and(|c| is_hyphen(c) || closing(c).is_some());
            let next = self.word();
            if ends || next.contains([':', '：']) {
                break;
            }
            words = format!("{words} {next}");
            if self.names.knows(&words) {
                longest = (self.at, words.clone());
            }
        }
        self.at = longest.0;
        longest.1
    }

    fn field(&self, field: Field, value: &str) -> Result<Asked, QueryFault> {
        let given = || value.to_owned();
        Ok(match field {
            Field::State => match self.names.states(value) {
                codes if codes.is_empty() => return Err(QueryFault::UnknownState(given())),
                codes => Asked::States(codes),
            },
            Field::Type => {
                let name = value.to_uppercase();
                let found = EventType::ALL.into_iter().find(|kind| kind.name() == name);
                Asked::Type(found.ok_or_else(|| QueryFault::UnknownType(given()))?)
            }
            Field::Domain => {
                let name = value.to_lowercase();
                if !DOMAINS.contains(&name.as_str()) {
                    return Err(QueryFault::UnknownDomain(given()));
                }
                Asked::Domain(name)
            }
            Field::Speaker => match self.names.forms(value) {
                forms if forms.is_empty() => return Err(QueryFault::NoWord),
                forms => Asked::Speaker(forms),
            },
            Field::Publisher => Asked::Publisher(Phrase::new(value).ok_or(QueryFault::NoWord)?),
            Field::Lang => Asked::Lang(value.to_lowercase()),
            Field::Date => Asked::Published(Days::parse(value)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_base::Lexicon;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static NAMES: LazyLock<Names> = LazyLock::new(|| Names::new(&Lexicon::built_in()).unwrap());

    fn parse(text: &str) -> Result<Query, QueryError> {
        Query::parse(text, &NAMES)
    }

    #[test]
    fn equal_queries() {
        for (one, other) in [
            ("輸出　規制", "輸出 規制"),
            ("「輸出」", "\"輸出\""),
            ("輸入\"輸出\"", "輸入 『輸出』"),
            ("state:中国", "国：CHN"),
            ("state:\"South Korea\"", "STATE:KOR"),
            ("type:consult", "type:CONSULT"),
            ("－輸出", "-輸出"),
            ("date:2024", "date:2024-01..2024-12"),
            ("date:2024-05..2024-08", "date:2024-05/2024-08"),
            ("Ministry of Defense", "ministry　of　defence"),
            ("輸出 シー ジンピン", "輸出 シー・ジンピン"),
            ("", " 　"),
        ] {
            assert_eq!(parse(one).unwrap(), parse(other).unwrap(), "{one}");
        }
    }

    #[test]
    fn errors_say_where() {
        let long = "中".repeat(LONGEST + 1);
        let many = "中 ".repeat(MOST_WORDS + 1);
        for (text, at, fault) in [
            ("中露 「訪中", 3, QueryFault::Unclosed('「')),
            ("訪中 -", 3, QueryFault::NoWord),
            ("、", 0, QueryFault::NoWord),
            ("訪中 \"\"", 3, QueryFault::NoWord),
            ("country:CHN", 0, QueryFault::UnknownField("country".to_owned())),
            ("訪中 state:", 3, QueryFault::NoValue("state".to_owned())),
            ("state:月面", 0, QueryFault::UnknownState("月面".to_owned())),
            ("-type:TALK", 0, QueryFault::UnknownType("TALK".to_owned())),
            ("domain:war", 0, QueryFault::UnknownDomain("war".to_owned())),
            ("date:May", 0, QueryFault::Date(EdtfError("May".to_owned()))),
            ("date:2024..2023", 0, QueryFault::NoRange("2024..2023".to_owned())),
            ("date:XXXX-05", 0, QueryFault::NoRange("XXXX-05".to_owned())),
            ("date:..", 0, QueryFault::NoRange("..".to_owned())),
            (long.as_str(), LONGEST, QueryFault::TooLong),
            (many.as_str(), 2 * MOST_WORDS, QueryFault::TooManyWords),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!((error.at, &error.fault), (at, &fault), "{text}");
            assert!(error.to_string().contains("help:"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn any_query_is_understood_or_told_where_not(text in any::<String>()) {
            if let Err(error) = parse(&text) {
                prop_assert!(error.at <= text.chars().count());
            }
        }

        #[test]
        fn any_syntax_is_understood_or_told_where_not(
            parts in prop::collection::vec(prop::sample::select(vec![
                "中露", "訪中", " ", "　", "\"", "「", "」", "“", "-", "state:", "date:", "2024", "..", "/", ":",
                "：", "US", "プーチン", "、", "と", "・", "speaker:", "type:", "AID", "中ロ首脳会談", "日米韓",
            ]), 0..24)
        ) {
            let text = parts.concat();
            match parse(&text) {
                Ok(query) => prop_assert!(query.clauses.len() <= MOST_WORDS),
                Err(error) => prop_assert!(error.at <= text.chars().count()),
            }
        }

        #[test]
        fn words_in_any_order_ask_for_the_same(mut words in prop::collection::vec("[ァ-ン]{2,5}", 1..6)) {
            let asked = |words: &[String]| {
                let mut clauses: Vec<String> =
                    parse(&words.join(" ")).unwrap().clauses.iter().map(|c| format!("{c:?}")).collect();
                clauses.sort();
                clauses
            };
            let forwards = asked(&words);
            words.reverse();
            prop_assert_eq!(forwards, asked(&words));
        }
    }
}
