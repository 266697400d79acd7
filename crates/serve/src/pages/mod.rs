//! The pages: a file each.

pub(crate) mod actor;
pub(crate) mod conflicts;
pub(crate) mod corrections;
pub(crate) mod document;
pub(crate) mod dossier;
pub(crate) mod event;
pub(crate) mod figures;
pub(crate) mod front;
pub(crate) mod help;
pub(crate) mod network;
pub(crate) mod pledges;
pub(crate) mod positions;
pub(crate) mod relation;
pub(crate) mod search;
pub(crate) mod sources;
pub(crate) mod timeline;
