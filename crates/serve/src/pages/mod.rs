//! The pages: a file each.

pub(crate) mod dossier;
pub(crate) mod event;
pub(crate) mod figures;
pub(crate) mod front;
pub(crate) mod network;
pub(crate) mod relation;
pub(crate) mod timeline;
