//! Events, statements, commitments, positions: the record of a document.
