//! Bytes to a document; a document to sentences and quotations.
