//! A thin layer over the two databases: values, rows, requests, transactions.

mod dialect;
mod postgres;
mod sqlite;
mod value;

pub use dialect::Dialect;
pub use value::{FromValue, Row, Type, Value};

use crate::error::StoreError;
use std::ops::{Deref, DerefMut};
use std::time::Duration;

/// How often a write is tried again when another writer was in the way.
const ATTEMPTS: u32 = 8;

/// Longest row list that goes to a database in one request.
const ROWS_PER_REQUEST: usize = 512;

/// A table as rows are added to it: its name, its columns with their types.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Name.
    pub name: &'static str,
    /// Columns in the order of the values of a row.
    pub columns: &'static [(&'static str, Type)],
}

#[derive(Debug)]
enum Backend {
    Sqlite(sqlite::Sqlite),
    Postgres(Box<postgres::Postgres>),
}

/// A connection to a database.
#[derive(Debug)]
pub struct Connection {
    backend: Backend,
}

/// Whether an address names a PostgreSQL server.
pub fn is_server(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

impl Connection {
    /// Connects: `postgres://…` is a server, anything else the path of an SQLite file, made where it is missing.
    /// `patience` is how long a request waits for another writer.
    ///
    /// # Errors
    /// When the file cannot be opened, or the server does not answer or refuses.
    pub fn open(url: &str, patience: Duration) -> Result<Self, StoreError> {
        let backend = if is_server(url) {
            Backend::Postgres(Box::new(postgres::Postgres::open(url, patience)?))
        } else {
            Backend::Sqlite(sqlite::Sqlite::open(url, patience)?)
        };
        Ok(Self { backend })
    }

    /// Which language the database speaks.
    pub fn dialect(&self) -> Dialect {
        match &self.backend {
            Backend::Sqlite(_) => Dialect::Sqlite,
            Backend::Postgres(_) => Dialect::Postgres,
        }
    }

    /// The path, or the address without the password.
    pub fn place(&self) -> &str {
        match &self.backend {
            Backend::Sqlite(sqlite) => &sqlite.place,
            Backend::Postgres(postgres) => &postgres.place,
        }
    }

    /// Runs a request, prepared once a connection, and tells how many rows it changed.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        match &mut self.backend {
            Backend::Sqlite(sqlite) => sqlite.execute(sql, values),
            Backend::Postgres(postgres) => postgres.execute(sql, values),
        }
    }

    /// Calls `take` with each row that a request gives, one at a time.
    ///
    /// # Errors
    /// When the database refuses, or `take` fails.
    pub fn each(
        &mut self,
        sql: &str,
        values: &[Value],
        mut take: impl FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        match &mut self.backend {
            Backend::Sqlite(sqlite) => sqlite.each(sql, values, &mut take),
            Backend::Postgres(postgres) => postgres.each(sql, values, &mut take),
        }
    }

    /// All rows that a request gives.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::new();
        self.each(sql, values, |row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The first row that a request gives.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn first(&mut self, sql: &str, values: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.query(sql, values)?.into_iter().next())
    }

    /// Runs several statements parted by `;`, without values.
    ///
    /// # Errors
    /// When the database refuses one of them.
    pub fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        match &mut self.backend {
            Backend::Sqlite(sqlite) => sqlite.batch(sql),
            Backend::Postgres(postgres) => postgres.batch(sql),
        }
    }

    /// Makes ready to write much: it is left to others to take the log of what was committed into the file of the
    /// database ([`Self::checkpoint`]), unless that grows too long; nothing on a server.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn write_much(&mut self) -> Result<(), StoreError> {
        match &mut self.backend {
            Backend::Sqlite(sqlite) => sqlite.batch(sqlite::WRITE_MUCH),
            Backend::Postgres(_) => Ok(()),
        }
    }

    /// Takes what was committed into the file of the database, as far as nobody is in the way; nothing on a server.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        match &mut self.backend {
            Backend::Sqlite(sqlite) => sqlite.batch("PRAGMA wal_checkpoint(PASSIVE)"),
            Backend::Postgres(_) => Ok(()),
        }
    }

    /// Adds rows to a table, many at a time. `conflict` stands after them: empty, or `ON CONFLICT …`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn insert(&mut self, table: &Table, conflict: &str, rows: &[Vec<Value>]) -> Result<(), StoreError> {
        match &mut self.backend {
            Backend::Sqlite(sqlite) => sqlite.insert(table, conflict, rows),
            Backend::Postgres(postgres) => {
                for rows in rows.chunks(ROWS_PER_REQUEST) {
                    postgres.insert(table, conflict, rows)?;
                }
                Ok(())
            }
        }
    }

    /// Does something that writes, whole or not at all. Writers come one after the other. Where another one was in
    /// the way all the same, `work` is called again from the start.
    ///
    /// # Errors
    /// When `work` fails, or the database refuses; then nothing is written.
    pub fn write<T>(
        &mut self,
        mut work: impl FnMut(&mut Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut attempt = 1;
        loop {
            match self.within(true, &mut work) {
                Err(error) if error.is_transient() && attempt < ATTEMPTS => {
                    std::thread::sleep(Duration::from_millis(10 << attempt));
                    attempt += 1;
                }
                result => return result,
            }
        }
    }

    /// Does something that reads, while the store looks the same throughout.
    ///
    /// # Errors
    /// When `work` fails, or the database refuses.
    pub fn read<T>(
        &mut self,
        mut work: impl FnMut(&mut Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.within(false, &mut work)
    }

    fn within<T>(
        &mut self,
        writes: bool,
        work: &mut impl FnMut(&mut Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let begin = match (&self.backend, writes) {
            (Backend::Sqlite(_), true) => "BEGIN IMMEDIATE",
            (Backend::Sqlite(_), false) => "BEGIN",
            // Serial writers make what is derived from all documents independent of who wrote which of them.
            (Backend::Postgres(_), true) => {
                "BEGIN; SELECT pg_advisory_xact_lock(hashtext('entente'), hashtext(current_schema()))"
            }
            (Backend::Postgres(_), false) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        let mut transaction = Transaction { connection: self, open: true };
        transaction.batch(begin)?;
        let value = work(&mut transaction)?;
        transaction.batch("COMMIT")?;
        transaction.open = false;
        Ok(value)
    }

    /// Writes a copy of an SQLite database beside it; not for a server.
    pub(crate) fn copy_to(&mut self, path: &std::path::Path) -> Result<(), StoreError> {
        match &mut self.backend {
            Backend::Sqlite(sqlite) => sqlite.copy_to(path),
            Backend::Postgres(_) => Ok(()),
        }
    }
}

/// A connection in the midst of a transaction; what is not committed is undone.
#[derive(Debug)]
pub struct Transaction<'a> {
    connection: &'a mut Connection,
    open: bool,
}

impl Deref for Transaction<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

impl DerefMut for Transaction<'_> {
    fn deref_mut(&mut self) -> &mut Connection {
        self.connection
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.open {
            // A database that failed has often undone it by itself.
            let _ = self.connection.batch("ROLLBACK");
        }
    }
}
