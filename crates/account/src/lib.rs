//! Records of many documents joined into one account.
//!
//! Pure functions: the same records give the same account, in whatever order they come.

mod account;
mod actor;
mod conflict;
mod dossier;
mod figure;
mod joined;
mod origin;
mod passage;
mod pledge;
mod position;
mod words;

pub use account::Account;
pub use actor::Actor;
pub use conflict::{Conflict, ConflictKind, Side};
pub use dossier::{
    Citation, ConflictLine, ConflictSide, DocumentLine, Dossier, Entry, FigureLine, IssueRow, KeyPoint,
    OriginGroup, PledgeLine, Remark, Request, Section, StanceCell, Step, TermLine, Voice,
};
pub use figure::{FigurePoint, FigureSeries, FigureSource, FigureValue};
pub use joined::{JoinedEvent, Report, Why};
pub use origin::Origin;
pub use passage::Passage;
pub use pledge::{Pledge, PledgeStatus};
pub use position::{Issue, Stance};
pub use words::{Lang, Names, Words};
