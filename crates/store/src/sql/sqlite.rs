//! SQLite.

use super::{Dialect, Row, Table, Value};
use crate::error::StoreError;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{ErrorCode, OpenFlags, params_from_iter};
use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

/// Statements kept prepared.
const PREPARED: usize = 256;

/// How often an open is tried again while another program sets up the same new file.
const ATTEMPTS: u32 = 200;

/// Every commit is on the disk before it counts (`FULL`): not even a loss of power loses a committed document. A
/// commit holds many documents, so that this costs little. The log is taken into the file when it has 32,768 pages: what
/// several commits wrote to one page is then written once.
const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
     PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 32768;";

/// Of who writes much while another connection checkpoints: the log is taken in by itself only at a gigabyte.
pub(super) const WRITE_MUCH: &str = "PRAGMA wal_autocheckpoint = 262144";

#[derive(Debug)]
pub(super) struct Sqlite {
    connection: rusqlite::Connection,
    pub(super) place: String,
    /// SQL as written, and as SQLite understands it.
    translated: HashMap<String, String>,
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let json = |text: serde_json::Result<String>| {
            text.map(ToSqlOutput::from).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
        };
        Ok(match self {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Int(value) => ToSqlOutput::Borrowed(ValueRef::Integer(*value)),
            Value::Real(value) => ToSqlOutput::Borrowed(ValueRef::Real(*value)),
            Value::Text(value) => ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes())),
            Value::Blob(value) => ToSqlOutput::Borrowed(ValueRef::Blob(value)),
            Value::Ints(list) => json(serde_json::to_string(list))?,
            Value::Texts(list) => json(serde_json::to_string(list))?,
        })
    }
}

fn failed(place: &str, error: &rusqlite::Error) -> StoreError {
    let place = place.to_owned();
    let why = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked { place },
        Some(ErrorCode::DiskFull) => StoreError::Full { place },
        Some(ErrorCode::ReadOnly) => StoreError::ReadOnly { place },
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Corrupt { place, why },
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => StoreError::Unopened { place, why },
        Some(ErrorCode::SystemIoFailure) => StoreError::Io { place, why },
        _ => match error {
            rusqlite::Error::Utf8Error(..) => StoreError::Corrupt { place, why },
            _ => StoreError::Sql { place, why, transient: false },
        },
    }
}

impl Sqlite {
    pub(super) fn open(path: &str, patience: Duration) -> Result<Self, StoreError> {
        let place = path.strip_prefix("sqlite:").unwrap_or(path).to_owned();
        let open = || {
            // No URI names: a path means what the shell says it does.
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
                | OpenFlags::SQLITE_OPEN_CREATE
                | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = rusqlite::Connection::open_with_flags(&place, flags)?;
            connection.busy_timeout(patience)?;
            connection.set_prepared_statement_cache_capacity(PREPARED);
            connection.execute_batch(PRAGMAS)?;
            Ok(connection)
        };
        let mut attempt = 1;
        let opened = loop {
            match open() {
                // SQLite does not wait for a change of the journal's mode.
                Err(rusqlite::Error::SqliteFailure(error, _))
                    if error.code == ErrorCode::DatabaseBusy
                        && attempt < ATTEMPTS
                        && patience > Duration::ZERO =>
                {
                    std::thread::sleep(Duration::from_millis(10));
                    attempt += 1;
                }
                result => break result,
            }
        };
        let connection = opened.map_err(|error: rusqlite::Error| failed(&place, &error))?;
        Ok(Self { connection, place, translated: HashMap::new() })
    }

    fn translated(&mut self, sql: &str) -> String {
        if !sql.contains('{') {
            return sql.to_owned();
        }
        let made = self.translated.entry(sql.to_owned());
        made.or_insert_with(|| Dialect::Sqlite.translate(sql)).clone()
    }

    pub(super) fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        let sql = self.translated(sql);
        let run = || self.connection.prepare_cached(&sql)?.execute(params_from_iter(values));
        let changed = run().map_err(|error| failed(&self.place, &error))?;
        Ok(changed as u64)
    }

    pub(super) fn each(
        &mut self,
        sql: &str,
        values: &[Value],
        take: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let sql = self.translated(sql);
        let fail = |error: rusqlite::Error| failed(&self.place, &error);
        let mut statement = self.connection.prepare_cached(&sql).map_err(fail)?;
        let width = statement.column_count();
        let mut rows = statement.query(params_from_iter(values)).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            let value = |column| -> Result<Value, StoreError> {
                Ok(match row.get_ref(column).map_err(fail)? {
                    ValueRef::Null => Value::Null,
                    ValueRef::Integer(value) => Value::Int(value),
                    ValueRef::Real(value) => Value::Real(value),
                    ValueRef::Text(bytes) => {
                        Value::Text(std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
                            StoreError::Corrupt { place: self.place.clone(), why: error.to_string() }
                        })?)
                    }
                    ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
                })
            };
            let values = (0..width).map(value).collect::<Result<_, _>>()?;
            take(Row { values })?;
        }
        Ok(())
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        let sql = self.translated(sql);
        self.connection.execute_batch(&sql).map_err(|error| failed(&self.place, &error))
    }

    pub(super) fn insert(
        &mut self,
        table: &Table,
        conflict: &str,
        rows: &[Vec<Value>],
    ) -> Result<(), StoreError> {
        let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
        let places: Vec<String> = (1..=names.len()).map(|place| format!("?{place}")).collect();
        let sql = format!(
            "INSERT INTO {}({}) VALUES ({}) {conflict}",
            table.name,
            names.join(", "),
            places.join(", ")
        );
        let run = || {
            let mut statement = self.connection.prepare_cached(&sql)?;
            for row in rows {
                statement.execute(params_from_iter(row))?;
            }
            Ok(())
        };
        run().map_err(|error| failed(&self.place, &error))
    }

    /// Writes a copy, through a connection of its own, so that it may be done while this one holds the write lock.
    pub(super) fn copy_to(&mut self, path: &Path) -> Result<(), StoreError> {
        let copy = || -> rusqlite::Result<()> {
            let source =
                rusqlite::Connection::open_with_flags(&self.place, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            source.execute("VACUUM INTO ?1", [path.to_string_lossy()])?;
            Ok(())
        };
        copy().map_err(|error| failed(&self.place, &error))?;
        std::fs::File::open(path)
            .and_then(|file| file.sync_all())
            .map_err(|error| StoreError::Io { place: path.display().to_string(), why: error.to_string() })
    }
}
