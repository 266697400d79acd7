//! Output formats: one file for each.
