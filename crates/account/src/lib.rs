//! Records of many documents joined into one account.
//!
//! Pure functions: the same records give the same account, in whatever order they come.

mod account;
mod actor;
mod change_point;
mod conflict;
mod digest;
mod dossier;
mod figure;
mod framing;
mod join;
mod joined;
mod line;
mod origin;
mod passage;
mod pledge;
mod position;
mod relation;
mod traits;
mod trend;
mod words;

pub use account::{Account, EventPlace, Given, event_lines};
pub use actor::Actor;
pub use conflict::{Conflict, ConflictKind, Side};
pub use digest::{
    CommitmentDigest, Digest, EventDigest, Facts, FigureDigest, PositionDigest, Quote, StatementDigest,
    TermDigest, lasting_ids,
};
pub use dossier::{
    Citation, ConflictLine, ConflictSide, DocumentLine, Dossier, Entry, FigureLine, IssueRow, KeyPoint,
    OriginGroup, PledgeLine, Remark, Request, Section, StanceCell, Step, TermLine, Voice,
};
pub use figure::{FigurePoint, FigureSeries, FigureSource, FigureValue};
pub use framing::{Frame, FrameRow, Framed, Framing, FramingGroup, FramingItem, Utterance};
pub use join::{Cluster, Dispute, Forced, Joined, Known, Member, Pair, candidates, join};
pub use joined::{JoinedEvent, Report};
pub use line::{EventLine, Name};
pub use origin::{LONGEST_BAND, Origin, Signature, near_copies, stated_origins, unnamed_origin};
pub use passage::Passage;
pub use pledge::{Pledge, PledgeStatus};
pub use position::{Issue, Stance};
pub use relation::{
    Behind, Bucket, ByClass, ChangePoint, Direction, Grain, Period, QuadClass, Relation, RelationEvent,
    RelationRequest, RelationSeries, Tallies, Tally, Turn, level_changes,
};
pub use traits::{Likeness, Lookup, Person, Traits, Why, hash as lookup_key};
pub use trend::{Doubt, TrendCheck, TrendPoint, Verdict, check_trend};
pub use words::{Lang, Names, Words};
