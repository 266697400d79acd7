//! Records of many documents joined into one account.
//!
//! Pure functions: the same records give the same account, in whatever order they come.

mod account;
mod actor;
mod change_point;
mod conflict;
mod dossier;
mod figure;
mod framing;
mod joined;
mod origin;
mod passage;
mod pledge;
mod position;
mod relation;
mod trend;
mod words;

pub use account::Account;
pub use actor::Actor;
pub use conflict::{Conflict, ConflictKind, Side};
pub use dossier::{
    Citation, ConflictLine, ConflictSide, DocumentLine, Dossier, Entry, FigureLine, IssueRow, KeyPoint,
    OriginGroup, PledgeLine, Remark, Request, Section, StanceCell, Step, TermLine, Voice,
};
pub use figure::{FigurePoint, FigureSeries, FigureSource, FigureValue};
pub use framing::{Frame, FrameRow, Framed, Framing, FramingGroup, FramingItem, Utterance};
pub use joined::{JoinedEvent, Report, Why};
pub use origin::Origin;
pub use passage::Passage;
pub use pledge::{Pledge, PledgeStatus};
pub use position::{Issue, Stance};
pub use relation::{
    Behind, Bucket, ByClass, ChangePoint, Direction, Grain, Period, QuadClass, Relation, RelationEvent,
    RelationRequest, RelationSeries, Tallies, Tally, Turn,
};
pub use trend::{Doubt, TrendCheck, TrendPoint, Verdict, check_trend};
pub use words::{Lang, Names, Words};
