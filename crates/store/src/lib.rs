//! Keeps documents and their records, in an SQLite file or a PostgreSQL database. The only room that knows SQL.
//!
//! ```
//! use entente_base::record::Record;
//! use entente_store::{Entry, Nothing, Selection, State, Store};
//! use entente_text::Source;
//!
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("entente.db").display().to_string();
//! let mut store = Store::open(&path)?;
//! let source = Source { id: "a".into(), text: "日韓首脳が会談した。".into(), title: None, published: None, url: None,
//!     publisher: None, encoding: "UTF-8".into(), ..Source::default() };
//! let mut record = Record::default(); // what the coder makes of it
//! record.document.id = source.id.clone();
//! record.document.text = source.text.clone();
//! let entry = Entry::new(&source, record)?;
//! assert_eq!(store.put(&[entry.clone()], "coder 1", &mut Nothing)?, [State::New]);
//! assert_eq!(store.put(&[entry], "coder 1", &mut Nothing)?, [State::Unchanged]);
//! store.each(&Selection::default(), |stored| {
//!     assert_eq!(stored.record.document.text, "日韓首脳が会談した。");
//!     Ok(())
//! })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod align;
mod anew;
mod browse;
mod check;
mod correct;
mod corrections;
mod derive;
pub mod diff;
mod dump;
mod entry;
mod error;
mod gather;
mod joins;
mod patch;
mod query;
mod schema;
mod shelf;
pub mod sql;
mod store;

pub use browse::{Busy, DocumentHead, Measured, Pulse, Tie};
pub use check::{Checked, Fault, Problem};
pub use correct::{Action, By, Correction, CorrectionError, Quoted, Target, gold};
pub use corrections::{Change, ItemName, Listed};
pub use derive::{Derive, Nothing};
pub use dump::Loaded;
pub use entry::{Entry, acceptable, hash, stamp};
pub use error::StoreError;
pub use joins::Joiner;
pub use patch::Codes;
pub use query::{Filter, Found, Scope, Tally};
pub use schema::{MIGRATIONS, Upgrade};
pub use shelf::{Copies, EventId, Part, Publisher, Reach, Shelf, Shelved, Sources, Stated};
pub use store::{Options, Original, Recoded, Selection, State, Store, Stored};
