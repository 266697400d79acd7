//! What is derived from records, kept in step with them.

use crate::entry::Entry;
use crate::error::StoreError;
use crate::sql::Transaction;
use entente_base::record::Record;

/// Something derived from the records of a store and kept in the same database. It is called within the
/// transaction that writes the documents, so that both are there or neither is.
pub trait Derive {
    /// Before the documents of a transaction. When another writer was in the way, the whole transaction begins
    /// anew: whatever the last one left in memory is to be forgotten here.
    ///
    /// # Errors
    /// Ends the transaction, with nothing written.
    fn begin(&mut self, transaction: &mut Transaction<'_>) -> Result<(), StoreError> {
        let _ = transaction;
        Ok(())
    }

    /// After a document was written: its key, its record before (`None` for one that is new), and its record now,
    /// both as they hold with the corrections of the document, and with their texts.
    ///
    /// # Errors
    /// Ends the transaction, with nothing written.
    fn document(
        &mut self,
        transaction: &mut Transaction<'_>,
        doc: i64,
        old: Option<&Record>,
        new: &Record,
    ) -> Result<(), StoreError>;

    /// After a document was written that has no corrections: the same as [`Derive::document`], with whatever was made
    /// of it ahead.
    ///
    /// # Errors
    /// Ends the transaction, with nothing written.
    fn entry(
        &mut self,
        transaction: &mut Transaction<'_>,
        doc: i64,
        old: Option<&Record>,
        new: &Entry,
    ) -> Result<(), StoreError> {
        self.document(transaction, doc, old, new.record())
    }

    /// After a document was corrected: the record that held, and the one that holds. Both come from one record of the
    /// coder, so that items of the same identifier are the same.
    ///
    /// # Errors
    /// Ends the transaction, with nothing written.
    fn corrected(
        &mut self,
        transaction: &mut Transaction<'_>,
        doc: i64,
        old: &Record,
        new: &Record,
    ) -> Result<(), StoreError> {
        self.document(transaction, doc, Some(old), new)
    }

    /// After all documents of a transaction, before it is committed.
    ///
    /// # Errors
    /// Ends the transaction, with nothing written.
    fn finish(&mut self, transaction: &mut Transaction<'_>) -> Result<(), StoreError> {
        let _ = transaction;
        Ok(())
    }
}

/// Derives nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Derive for Nothing {
    fn document(
        &mut self,
        _: &mut Transaction<'_>,
        _: i64,
        _: Option<&Record>,
        _: &Record,
    ) -> Result<(), StoreError> {
        Ok(())
    }
}
