//! Full-text search over coded documents.
//!
//! An [`Index`] is a folder beside the database, which can be made anew from it at any time. A [`Writer`] puts
//! [`Document`]s in; [`Index::search`] answers a [`Query`] with a [`Page`]. [`Names`] knows the other forms of a name:
//! who asks for プーチン finds Putin too.
//!
//! ```
//! use entente_base::Lexicon;
//! use entente_search::{Document, Index, Names, Query, Request};
//!
//! let dir = tempfile::tempdir()?;
//! let index = Index::create(&dir.path().join("index"), Names::new(&Lexicon::built_in())?)?;
//! let text = "プーチン大統領が訪中した。";
//! let mut writer = index.writer()?;
//! writer.put(&Document { id: "a".to_owned(), text: text.to_owned(), ..Document::default() })?;
//! writer.commit(1)?;
//!
//! let query = Query::parse("Putin 訪中", index.names())?;
//! let page = index.search(&query, &Request::default(), |_| Some(text.to_owned()))?;
//! assert_eq!((page.total, page.hits[0].id.as_str()), (1, "a"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod index;
mod names;
mod query;
mod search;
mod snippet;
mod unit;

pub use index::{Document, Entity, Index, IndexError, Writer};
pub use names::Names;
pub use query::{Field, LONGEST, MOST_WORDS, Query, QueryError, QueryFault};
pub use search::{Count, Facets, Hit, LIMIT, Page, Request, Sort};
pub use snippet::Snippet;
