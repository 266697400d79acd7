//! The form of the tables, in numbered steps.

use crate::error::StoreError;
use crate::sql::{Connection, Dialect, Transaction, Value};
use std::path::{Path, PathBuf};

/// The steps, each from one format to the next. A step that was ever released stays as it is.
pub const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/1-documents.sql"),
    include_str!("../migrations/2-account.sql"),
    include_str!("../migrations/3-corrections.sql"),
    include_str!("../migrations/4-links.sql"),
    include_str!("../migrations/5-browse.sql"),
    include_str!("../migrations/6-large.sql"),
    include_str!("../migrations/7-narrow.sql"),
];

/// That an older store was brought to the format of this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upgrade {
    /// Format before.
    pub from: i64,
    /// Format now.
    pub to: i64,
    /// Where it stands as it was: a file, or `schema NAME` of the same database.
    pub backup: String,
}

/// What the tables are.
enum Found {
    /// There are none.
    Nothing,
    /// Those of a store, of a format and written by a program.
    Store(i64, String),
    /// Those of something else.
    Foreign,
}

fn look(connection: &mut Connection) -> Result<Found, StoreError> {
    let list = match connection.dialect() {
        Dialect::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        Dialect::Postgres => {
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = current_schema()"
        }
    };
    let mut names = Vec::new();
    for mut row in connection.query(list, &[])? {
        names.push(row.take::<String>(0)?);
    }
    if names.is_empty() {
        return Ok(Found::Nothing);
    }
    if !["meta", "document", "version"].iter().all(|name| names.iter().any(|known| known == name)) {
        return Ok(Found::Foreign);
    }
    let Some(format) = meta(connection, "format")?.and_then(|format| format.parse().ok()) else {
        return Ok(Found::Foreign);
    };
    Ok(Found::Store(format, meta(connection, "program")?.unwrap_or_default()))
}

fn meta(connection: &mut Connection, key: &str) -> Result<Option<String>, StoreError> {
    let row = connection.first("SELECT value FROM meta WHERE key = ?1", &[key.into()])?;
    row.map(|mut row| row.take(0)).transpose()
}

fn set_meta(connection: &mut Connection, key: &str, value: &str) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO meta(key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        &[key.into(), value.into()],
    )?;
    Ok(())
}

/// Brings the tables to the newest format, after a copy of what was there; makes them where there are none and
/// `create` allows it.
pub(crate) fn prepare(
    connection: &mut Connection,
    migrations: &[&str],
    create: bool,
) -> Result<Option<Upgrade>, StoreError> {
    let newest = migrations.len() as i64;
    if is_current(connection, newest, create)? {
        return Ok(None);
    }
    connection.write(|transaction| {
        // Another program may have done it meanwhile.
        if is_current(transaction, newest, create)? {
            return Ok(None);
        }
        let from = match look(transaction)? {
            Found::Store(format, _) => format,
            _ => 0,
        };
        let backup = if from > 0 { Some(back_up(transaction, from)?) } else { None };
        if from == 0 {
            transaction.batch("CREATE TABLE meta(key {text} PRIMARY KEY, value {text} NOT NULL)")?;
        }
        for step in migrations.iter().skip(usize::try_from(from).unwrap_or(0)) {
            transaction.batch(step)?;
        }
        set_meta(transaction, "format", &newest.to_string())?;
        set_meta(transaction, "program", env!("CARGO_PKG_VERSION"))?;
        Ok(backup.map(|backup| Upgrade { from, to: newest, backup }))
    })
}

/// Whether nothing is to be done.
fn is_current(connection: &mut Connection, newest: i64, create: bool) -> Result<bool, StoreError> {
    let place = connection.place().to_owned();
    match look(connection)? {
        Found::Nothing if create => Ok(false),
        Found::Nothing => Err(StoreError::Missing { place }),
        Found::Foreign => Err(StoreError::Foreign { place }),
        Found::Store(found, program) if found > newest => {
            Err(StoreError::Newer { place, found, known: newest, program })
        }
        Found::Store(found, _) => Ok(found == newest),
    }
}

/// Copies what is there, and tells where to.
fn back_up(transaction: &mut Transaction<'_>, format: i64) -> Result<String, StoreError> {
    match transaction.dialect() {
        Dialect::Sqlite => {
            let path = free_path(Path::new(transaction.place()), format);
            transaction.copy_to(&path)?;
            Ok(path.display().to_string())
        }
        Dialect::Postgres => back_up_schema(transaction, format),
    }
}

/// The first name that is free: `entente.db.format1.bak`, `entente.db.format1-2.bak`, …
fn free_path(path: &Path, format: i64) -> PathBuf {
    let named = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".format{format}{suffix}.bak"));
        PathBuf::from(name)
    };
    std::iter::once(String::new())
        .chain((2..).map(|count: u32| format!("-{count}")))
        .map(|suffix| named(&suffix))
        .find(|path| !path.exists())
        .unwrap_or_else(|| named(""))
}

/// Copies the tables into a new schema, in the transaction that upgrades them.
fn back_up_schema(transaction: &mut Transaction<'_>, format: i64) -> Result<String, StoreError> {
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let mut schema: String = match transaction.first("SELECT CAST(current_schema() AS TEXT)", &[])? {
        Some(mut row) => row.take(0)?,
        None => String::new(),
    };
    schema.push_str(&format!("_format{format}"));
    let mut name = schema.clone();
    let mut count = 1;
    let exists = "SELECT 1 FROM information_schema.schemata WHERE schema_name = CAST(?1 AS TEXT)";
    while transaction.first(exists, &[Value::from(&name)])?.is_some() {
        count += 1;
        name = format!("{schema}_{count}");
    }
    transaction.batch(&format!("CREATE SCHEMA {}", quoted(&name)))?;
    let tables = "SELECT CAST(table_name AS TEXT) FROM information_schema.tables \
         WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1";
    for mut row in transaction.query(tables, &[])? {
        let table = quoted(&row.take::<String>(0)?);
        let copy = format!("{}.{table}", quoted(&name));
        transaction.batch(&format!(
            "CREATE TABLE {copy}(LIKE {table} INCLUDING ALL); INSERT INTO {copy} SELECT * FROM {table}"
        ))?;
    }
    Ok(format!("schema {name}"))
}
