//! Dates and intervals of ISO 8601 / EDTF level 1, as records carry them.
