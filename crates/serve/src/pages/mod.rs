//! The pages: a file each.

pub(crate) mod event;
pub(crate) mod front;
pub(crate) mod timeline;
