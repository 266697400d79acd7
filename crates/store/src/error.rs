//! What can go wrong with a store: where, and what would help.

/// What can go wrong with a store. `place` is its path or its address without the password.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another program held the store for longer than this one waits.
    #[error(
        "{place}: another program is writing, and does not come to an end\n  help: let it end, or stop it; then try again"
    )]
    Locked {
        /// The store.
        place: String,
    },
    /// No room for what is to be written.
    #[error(
        "{place}: no room left to write; what was committed is kept\n  help: make room, and run the command again; it goes on where it stopped"
    )]
    Full {
        /// The store.
        place: String,
    },
    /// The store may be read, but not written.
    #[error(
        "{place}: may not be written\n  help: see the permissions of the file and its folder, or of the role"
    )]
    ReadOnly {
        /// The store.
        place: String,
    },
    /// The file, or a part of it, is not what was written.
    #[error(
        "{place}: the database is damaged, or is no database: {why}\n  help: `entente db check` tells what is damaged; load a dump (`entente db load`) or a backup into a new store"
    )]
    Corrupt {
        /// The store.
        place: String,
        /// What the database says.
        why: String,
    },
    /// The file cannot be opened.
    #[error(
        "{place}: cannot be opened: {why}\n  help: name a file in a folder that is there and may be written"
    )]
    Unopened {
        /// The store.
        place: String,
        /// What the database says.
        why: String,
    },
    /// There is no store at this place yet.
    #[error("{place}: there is no store here\n  help: `entente ingest --db {place} PATH…` makes one")]
    Missing {
        /// The store.
        place: String,
    },
    /// The system failed to read or write.
    #[error("{place}: cannot be read or written: {why}\n  help: see whether the disk is sound and has room")]
    Io {
        /// The store.
        place: String,
        /// What the system says.
        why: String,
    },
    /// The address of a server has another form than it should.
    #[error("{place}: not an address of a database: {why}\n  help: write postgres://USER@HOST/DATABASE")]
    Address {
        /// The address.
        place: String,
        /// What is wrong with it.
        why: String,
    },
    /// No server answers, or it went away.
    #[error(
        "{place}: the server does not answer: {why}\n  help: see whether PostgreSQL runs there, and name its host and port"
    )]
    NoServer {
        /// The store.
        place: String,
        /// What the connection says.
        why: String,
    },
    /// The server does not let this user in.
    #[error(
        "{place}: the server refuses: {why}\n  help: see the user and the password, as postgres://USER:PASSWORD@HOST/DATABASE or in PGPASSWORD"
    )]
    Refused {
        /// The store.
        place: String,
        /// What the server says.
        why: String,
    },
    /// The server has no such database.
    #[error("{place}: {why}\n  help: make it with `createdb`, or name another")]
    NoDatabase {
        /// The store.
        place: String,
        /// What the server says.
        why: String,
    },
    /// The server is of a kind that cannot be used.
    #[error(
        "{place}: {why}\n  help: use PostgreSQL 15 or newer, a database in UTF8, and a schema that is there"
    )]
    Unfit {
        /// The store.
        place: String,
        /// What is wrong with the server.
        why: String,
    },
    /// The store was written by a newer program.
    #[error(
        "{place}: written in format {found} by a newer Entente ({program}); this one knows formats up to {known}\n  help: use Entente {program} or newer"
    )]
    Newer {
        /// The store.
        place: String,
        /// Format of the store.
        found: i64,
        /// Newest format known.
        known: i64,
        /// Version of the program that wrote it.
        program: String,
    },
    /// The database belongs to something else.
    #[error(
        "{place}: holds tables, but is no store of Entente\n  help: name another file, or a database or schema of its own"
    )]
    Foreign {
        /// The store.
        place: String,
    },
    /// A document cannot be kept as it is.
    #[error("{id}: {why}\n  help: give the document another `id`, or mend its text")]
    Document {
        /// Its identifier.
        id: String,
        /// What is wrong with it.
        why: String,
    },
    /// A row of the store is not what this program writes.
    #[error("{place}: {what} cannot be understood: {why}\n  help: `entente db check` tells what is damaged")]
    Damaged {
        /// The store.
        place: String,
        /// Which row.
        what: String,
        /// What is wrong with it.
        why: String,
    },
    /// A dump is not what `entente db dump` writes.
    #[error("line {line} of the dump: {why}\n  help: load what `entente db dump` wrote, whole")]
    Dump {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// A dump cannot be read, or not be written.
    #[error("the dump: {0}\n  help: see whether the file is there, and whether there is room")]
    DumpIo(#[from] std::io::Error),
    /// A correction cannot be made.
    #[error(transparent)]
    Correction(#[from] crate::correct::CorrectionError),
    /// What is derived from records cannot be made.
    #[error(transparent)]
    Derive(Box<dyn std::error::Error + Send + Sync>),
    /// The database refused a request of this program.
    #[error("{place}: the database refuses: {why}\n  help: please report it, with this message")]
    Sql {
        /// The store.
        place: String,
        /// What the database says.
        why: String,
        /// Whether the same may succeed when tried again.
        transient: bool,
    },
}

impl StoreError {
    /// Whether the same may succeed when tried again at once, because another writer was in the way.
    pub fn is_transient(&self) -> bool {
        matches!(self, StoreError::Sql { transient: true, .. })
    }
}
