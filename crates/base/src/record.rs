//! The record of one document, as the codebook defines it.

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// The coding of one document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What was read.
    pub document: Document,
    /// Passages that name an actor or a place, in order of the text.
    #[serde(default)]
    pub mentions: Vec<Mention>,
    /// Who and what the mentions stand for.
    #[serde(default)]
    pub entities: Vec<Entity>,
    /// Expressions of time, in order of the text.
    #[serde(default)]
    pub times: Vec<Time>,
    /// Numbers that measure something, in order of the text.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// What was done by whom to whom.
    #[serde(default)]
    pub events: Vec<Event>,
    /// Words and thoughts attributed to a speaker.
    #[serde(default)]
    pub statements: Vec<Statement>,
    /// What actors said they will do.
    #[serde(default)]
    pub commitments: Vec<Commitment>,
    /// Where actors stand on issues.
    #[serde(default)]
    pub positions: Vec<Position>,
    /// Terms that the text itself explains.
    #[serde(default)]
    pub terms: Vec<Term>,
}

/// What was read, and where it says it comes from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Identifier given by the caller, or the path it was read from.
    pub id: String,
    /// The text as read, after decoding; all offsets point into its code points.
    pub text: String,
    /// Headline, from metadata or the first heading.
    #[serde(default)]
    pub title: Option<String>,
    /// Language, an ISO 639-1 code.
    #[serde(default)]
    pub lang: String,
    /// Date of publication, ISO 8601; `None` where nobody said.
    #[serde(default)]
    pub published: Option<String>,
    /// Address.
    #[serde(default)]
    pub url: Option<String>,
    /// Publisher.
    #[serde(default)]
    pub publisher: Option<String>,
    /// Hosts or agencies that the story says it comes from.
    #[serde(default)]
    pub origins: Vec<String>,
    /// Encoding that the bytes were read in (`UTF-8`, `Shift_JIS`, `EUC-JP`, `ISO-2022-JP`).
    #[serde(default)]
    pub encoding: String,
}

/// Kind of an actor or place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A state or a named group of states.
    State,
    /// A person.
    Person,
    /// A ministry, company, armed force, international body.
    Organization,
    /// A city, region, sea, building.
    Place,
}

/// A passage that names an actor or a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub text: String,
    /// State, person, organization or place.
    pub kind: Kind,
    /// Identifier of its [`Entity`].
    pub entity: String,
    /// ISO 3166-1 alpha-3 codes of the states it belongs to, sorted.
    pub states: Vec<String>,
    /// How sure the coder is, 0 to 1.
    #[serde(default)]
    pub confidence: f32,
    /// The rule that made it.
    #[serde(default)]
    pub rule: String,
}

/// Someone or something that mentions stand for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Identifier within the record: `e1`, `e2`, …
    pub id: String,
    /// State, person, organization or place.
    pub kind: Kind,
    /// Fullest name in the language of the text.
    pub name: String,
    /// English name, where known.
    #[serde(default)]
    pub name_en: Option<String>,
    /// Code: the usual acronym of a body, the joined codes of states.
    #[serde(default)]
    pub code: Option<String>,
    /// ISO 3166-1 alpha-3 codes, sorted.
    #[serde(default)]
    pub states: Vec<String>,
    /// Role as the text gives it, else as the actor list has it for the date.
    #[serde(default)]
    pub role: Option<String>,
    /// PLOVER sector (`GOV`, `MIL`, `LEG`, `JUD`, `BUS`, `JRN`, `PTY`, `REB`, `EDU`, `IGO`, …).
    #[serde(default)]
    pub sector: Option<String>,
}

/// An expression of time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Time {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub text: String,
    /// ISO 8601 / EDTF level-1 date or interval.
    pub value: String,
    /// The rule that made it.
    #[serde(default)]
    pub rule: String,
}

/// How a figure bounds the true value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Stated as it is.
    Exact,
    /// 約, およそ, 余り, 近く.
    About,
    /// 以上, 超.
    AtLeast,
    /// 以下, まで.
    AtMost,
    /// 未満.
    LessThan,
}

/// A change that belongs to a level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Against what: `previous_year`, `previous_month`, `previous_quarter`, `same_period`, or an EDTF value; `unknown`.
    pub basis: String,
    /// Signed size of the change, in `unit`.
    pub value: f64,
    /// `%`, `pp` (percentage points), or the unit of the level.
    pub unit: String,
}

/// A number that measures something about the actors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub text: String,
    /// Value in base units (億, 万, 割 resolved).
    pub value: f64,
    /// Upper end where the text gives a range; in the same unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_to: Option<f64>,
    /// ISO 4217 for money, UCUM-style otherwise, `count` for counted things.
    pub unit: String,
    /// How it bounds the true value.
    pub bound: Bound,
    /// What is measured; `other` where no named measure fits.
    pub measure: String,
    /// ISO codes of the states it is about, sorted.
    pub of: Vec<String>,
    /// EDTF period it holds for.
    pub period: Option<String>,
    /// `record_high`, `record_low`, `first`, … or an ordinal such as `2`.
    #[serde(default)]
    pub rank: Option<String>,
    /// Change stated in the same sentence.
    #[serde(default)]
    pub change: Option<Change>,
    /// The rule that made it.
    #[serde(default)]
    pub rule: String,
}

/// PLOVER's sixteen event types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum EventType {
    Consult,
    Agree,
    Support,
    Cooperate,
    Aid,
    Concede,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

/// The domains of an event, as the codebook names them.
pub const DOMAINS: [&str; 8] = [
    "diplomatic",
    "military",
    "economic",
    "energy",
    "technology",
    "multilateral",
    "information",
    "humanitarian",
];

/// What figures measure, as the codebook names it.
pub const MEASURES: [&str; 18] = [
    "trade",
    "export",
    "import",
    "investment",
    "settlement_share",
    "energy_volume",
    "energy_capacity",
    "aid",
    "tariff",
    "growth",
    "troops",
    "weapons",
    "casualties",
    "meetings",
    "exercises",
    "documents",
    "participants",
    "other",
];

impl EventType {
    /// PLOVER's names of all types, in its order.
    pub const NAMES: [&str; 16] = {
        let mut names = [""; 16];
        let mut at = 0;
        while at < names.len() {
            names[at] = Self::ALL[at].name();
            at += 1;
        }
        names
    };

    /// All types in PLOVER's order.
    pub const ALL: [EventType; 16] = [
        EventType::Consult,
        EventType::Agree,
        EventType::Support,
        EventType::Cooperate,
        EventType::Aid,
        EventType::Concede,
        EventType::Retreat,
        EventType::Request,
        EventType::Accuse,
        EventType::Reject,
        EventType::Threaten,
        EventType::Protest,
        EventType::Sanction,
        EventType::Mobilize,
        EventType::Coerce,
        EventType::Assault,
    ];

    /// PLOVER's name of the type.
    pub const fn name(self) -> &'static str {
        match self {
            EventType::Consult => "CONSULT",
            EventType::Agree => "AGREE",
            EventType::Support => "SUPPORT",
            EventType::Cooperate => "COOPERATE",
            EventType::Aid => "AID",
            EventType::Concede => "CONCEDE",
            EventType::Retreat => "RETREAT",
            EventType::Request => "REQUEST",
            EventType::Accuse => "ACCUSE",
            EventType::Reject => "REJECT",
            EventType::Threaten => "THREATEN",
            EventType::Protest => "PROTEST",
            EventType::Sanction => "SANCTION",
            EventType::Mobilize => "MOBILIZE",
            EventType::Coerce => "COERCE",
            EventType::Assault => "ASSAULT",
        }
    }
}

/// How real an event is by the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It happened.
    Occurred,
    /// It is going on.
    Ongoing,
    /// Announced for the future.
    Scheduled,
    /// Someone calls for it.
    Proposed,
    /// Said not to be.
    Denied,
    /// Only supposed.
    Hypothetical,
}

impl Status {
    /// All, the real ones first.
    pub const ALL: [Status; 6] = [
        Status::Occurred,
        Status::Ongoing,
        Status::Scheduled,
        Status::Proposed,
        Status::Denied,
        Status::Hypothetical,
    ];

    /// Their names.
    pub const NAMES: [&str; 6] = {
        let mut names = [""; 6];
        let mut at = 0;
        while at < names.len() {
            names[at] = Self::ALL[at].name();
            at += 1;
        }
        names
    };

    /// Its name in a record.
    pub const fn name(self) -> &'static str {
        match self {
            Status::Occurred => "occurred",
            Status::Ongoing => "ongoing",
            Status::Scheduled => "scheduled",
            Status::Proposed => "proposed",
            Status::Denied => "denied",
            Status::Hypothetical => "hypothetical",
        }
    }

    /// The status of a name; `None` where it is none.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// An act by one actor toward another, or by several together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Identifier within the record: `v1`, `v2`, …
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Refinement of the type (`meeting`, `visit`, `call`, `video`, `multilateral`, `mediation`, …).
    pub mode: Option<String>,
    /// Closest CAMEO code.
    pub cameo: String,
    /// Goldstein value of that code, -10 to +10.
    pub goldstein: f64,
    /// Who did it: state codes and body acronyms, sorted.
    pub source: Vec<String>,
    /// Who received it; equal to `source` where all did it together.
    pub target: Vec<String>,
    /// Entities named as taking part.
    pub participants: Vec<String>,
    /// How real it is.
    pub status: Status,
    /// EDTF value, `None` where the text gives none.
    pub date: Option<String>,
    /// State code where known, else the words for the place.
    pub place: Option<String>,
    /// `diplomatic`, `military`, `economic`, `energy`, `technology`, `multilateral`, `information`, `humanitarian`.
    pub domains: Vec<String>,
    /// Passages that report it, in order of the text.
    pub evidence: Vec<Span>,
    /// Entity on whose word the text rests it.
    pub attributed_to: Option<String>,
    /// How sure the coder is, 0 to 1.
    #[serde(default)]
    pub confidence: f32,
    /// The rule that made it.
    #[serde(default)]
    pub rule: String,
}

/// One speaker or several who spoke jointly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Speaker {
    /// One entity.
    One(String),
    /// Several entities jointly.
    Joint(Vec<String>),
}

impl Speaker {
    /// The entities, whether one or several.
    pub fn ids(&self) -> &[String] {
        match self {
            Speaker::One(id) => std::slice::from_ref(id),
            Speaker::Joint(ids) => ids,
        }
    }
}

/// Words or thoughts attributed to a speaker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Entity or entities that said it.
    pub speaker: Speaker,
    /// First code point of the whole passage.
    pub start: usize,
    /// One past the last code point of the passage.
    pub end: usize,
    /// The words attributed, without quotation marks.
    pub content: Span,
    /// `assert`, `assess`, `praise`, `criticize`, `call`, `pledge`, `deny`, `warn`, `explain`, `thank`.
    pub act: String,
    /// Outlet or person through whom the words came.
    pub via: Option<String>,
    /// EDTF value of when it was said, where the text tells.
    #[serde(default)]
    pub date: Option<String>,
    /// How sure the coder is, 0 to 1.
    #[serde(default)]
    pub confidence: f32,
    /// The rule that made it.
    #[serde(default)]
    pub rule: String,
}

/// Whether a pledge was kept, as far as the documents at hand tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommitmentStatus {
    /// Not yet reported done.
    Open,
    /// Reported done.
    Done,
    /// Reported given up.
    Dropped,
}

/// What an actor says it will do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    /// State codes, body acronyms.
    pub by: Vec<String>,
    /// The words for what is promised.
    pub what: Span,
    /// EDTF value by when.
    pub due: Option<String>,
    /// Whether it was kept.
    pub status: CommitmentStatus,
    /// Entity that said it, where it was a person or body.
    #[serde(default)]
    pub speaker: Option<String>,
    /// The rule that made it.
    #[serde(default)]
    pub rule: String,
}

/// An actor's stance on an issue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// State code or body acronym.
    pub holder: String,
    /// Shortest name that the text gives the issue.
    pub issue: String,
    /// `support`, `oppose`, `understanding`, `neutral`, `concern`.
    pub stance: String,
    /// State code or body acronym at whom the stance is aimed.
    pub toward: Option<String>,
    /// The words.
    pub evidence: Span,
    /// The rule that made it.
    #[serde(default)]
    pub rule: String,
}

/// A term that the text itself explains.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The term.
    pub term: String,
    /// The words of the explanation.
    pub definition: Span,
    /// The whole sentence.
    pub evidence: Span,
}
