//! PostgreSQL.

use super::{Dialect, Row, Table, Type as ColumnType, Value};
use crate::error::StoreError;
use postgres::fallible_iterator::FallibleIterator as _;
use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type};
use postgres::{Client, Config, NoTls, Statement};
use std::collections::HashMap;
use std::error::Error;
use std::time::Duration;

/// The oldest server that is fit, as `server_version_num` tells it.
const OLDEST: i64 = 150_000;

pub(super) struct Postgres {
    client: Client,
    pub(super) place: String,
    /// SQL as written, and its prepared statement.
    prepared: HashMap<String, Statement>,
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postgres").field("place", &self.place).finish_non_exhaustive()
    }
}

type Encoded = Result<IsNull, Box<dyn Error + Sync + Send>>;

fn mismatch(value: &Value, ty: &Type) -> Box<dyn Error + Sync + Send> {
    format!("{value:?} is no value of type {ty}").into()
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Encoded {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(value) => match *ty {
                Type::INT8 => value.to_sql(ty, out),
                Type::INT4 => i32::try_from(*value)?.to_sql(ty, out),
                Type::INT2 => i16::try_from(*value)?.to_sql(ty, out),
                Type::BOOL => (*value != 0).to_sql(ty, out),
                #[allow(clippy::cast_precision_loss)]
                Type::FLOAT8 => (*value as f64).to_sql(ty, out),
                _ => Err(mismatch(self, ty)),
            },
            Value::Real(value) => match *ty {
                Type::FLOAT8 => value.to_sql(ty, out),
                _ => Err(mismatch(self, ty)),
            },
            Value::Text(value) if <&str as ToSql>::accepts(ty) => value.as_str().to_sql(ty, out),
            Value::Blob(value) if *ty == Type::BYTEA => value.as_slice().to_sql(ty, out),
            Value::Ints(list) if *ty == Type::INT8_ARRAY => list.to_sql(ty, out),
            Value::Texts(list) if *ty == Type::TEXT_ARRAY => list.to_sql(ty, out),
            _ => Err(mismatch(self, ty)),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    postgres::types::to_sql_checked!();
}

/// One column of many rows, as an array.
#[derive(Debug)]
struct Column<'a> {
    rows: &'a [Vec<Value>],
    index: usize,
}

impl ToSql for Column<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Encoded {
        let items: Vec<&Value> = self.rows.iter().filter_map(|row| row.get(self.index)).collect();
        items.to_sql(ty, out)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    postgres::types::to_sql_checked!();
}

/// All that an error says, with what lies under it.
fn words(error: &postgres::Error) -> String {
    if let Some(error) = error.as_db_error() {
        return error.message().to_owned();
    }
    let mut words = error.to_string();
    let mut under = error.source();
    while let Some(error) = under {
        words = format!("{words}: {error}");
        under = error.source();
    }
    words
}

fn failed(place: &str, error: &postgres::Error) -> StoreError {
    let place = place.to_owned();
    let why = words(error);
    let Some(code) = error.code() else {
        return if error.is_closed() || error.source().is_some_and(|under| under.is::<std::io::Error>()) {
            StoreError::NoServer { place, why }
        } else {
            StoreError::Sql { place, why, transient: false }
        };
    };
    // Classes and codes: appendix A of the PostgreSQL manual.
    match code.code() {
        "40001" | "40P01" => StoreError::Sql { place, why, transient: true },
        "55P03" => StoreError::Locked { place },
        "53100" => StoreError::Full { place },
        "25006" | "42501" => StoreError::ReadOnly { place },
        "3D000" => StoreError::NoDatabase { place, why },
        code if code.starts_with("28") => StoreError::Refused { place, why },
        code if code.starts_with("08") || code.starts_with("57P") => StoreError::NoServer { place, why },
        code if code.starts_with("XX") => StoreError::Corrupt { place, why },
        code if code.starts_with("58") => StoreError::Io { place, why },
        _ => StoreError::Sql { place, why, transient: false },
    }
}

/// The address without the password.
fn place(url: &str, config: &Config) -> String {
    let scheme = url.split("://").next().unwrap_or("postgres");
    let user = config.get_user().map(|user| format!("{user}@")).unwrap_or_default();
    let host = config.get_hosts().first().map_or_else(
        || config.get_hostaddrs().first().map(ToString::to_string).unwrap_or_default(),
        |host| match host {
            postgres::config::Host::Tcp(name) => name.clone(),
            postgres::config::Host::Unix(path) => path.display().to_string().replace('/', "%2F"),
        },
    );
    let port = config.get_ports().first().map(|port| format!(":{port}")).unwrap_or_default();
    let name = config.get_dbname().map(|name| format!("/{name}")).unwrap_or_default();
    format!("{scheme}://{user}{host}{port}{name}")
}

impl Postgres {
    pub(super) fn open(url: &str, patience: Duration) -> Result<Self, StoreError> {
        let mut config: Config = url.parse().map_err(|error: postgres::Error| {
            // What cannot be read may hold a password.
            let shown = url.split("://").next().unwrap_or("postgres");
            StoreError::Address { place: format!("{shown}://…"), why: words(&error) }
        })?;
        config.application_name("entente");
        if config.get_password().is_none()
            && let Ok(password) = std::env::var("PGPASSWORD")
        {
            config.password(password);
        }
        let place = place(url, &config);
        let client = config.connect(NoTls).map_err(|error| match error.as_db_error() {
            Some(_) => failed(&place, &error),
            // A password that the server asks for and nobody gave.
            None if words(&error).contains("password") => {
                StoreError::Refused { place: place.clone(), why: words(&error) }
            }
            None => StoreError::NoServer { place: place.clone(), why: words(&error) },
        })?;
        let mut opened = Self { client, place, prepared: HashMap::new() };
        opened.batch(&format!(
            "SET synchronous_commit = on; SET client_min_messages = warning; SET lock_timeout = {};",
            patience.as_millis().max(1)
        ))?;
        let mut fit = (0, String::new(), None);
        opened.each(
            "SELECT CAST(current_setting('server_version_num') AS BIGINT), current_setting('server_encoding'), \
             CAST(current_schema() AS TEXT)",
            &[],
            &mut |mut row| {
                fit = (row.take(0)?, row.take(1)?, row.take::<Option<String>>(2)?);
                Ok(())
            },
        )?;
        let why = match fit {
            (version, ..) if version < OLDEST => format!("the server is PostgreSQL {}", version / 10_000),
            (_, encoding, _) if encoding != "UTF8" => format!("the database is in {encoding}"),
            // The lock of the writers goes by the schema.
            (.., None) => "no schema of the search path is there".to_owned(),
            _ => return Ok(opened),
        };
        Err(StoreError::Unfit { place: opened.place, why })
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self
            .client
            .prepare(&Dialect::Postgres.translate(sql))
            .map_err(|error| failed(&self.place, &error))?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        let statement = self.prepared(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        self.client.execute(&statement, &values).map_err(|error| failed(&self.place, &error))
    }

    pub(super) fn each(
        &mut self,
        sql: &str,
        values: &[Value],
        take: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let statement = self.prepared(sql)?;
        let fail = |error: postgres::Error| failed(&self.place, &error);
        let mut rows = self.client.query_raw(&statement, values).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            let values = (0..row.len()).map(|column| value(&row, column)).collect::<Result<_, _>>();
            take(Row { values: values.map_err(fail)? })?;
        }
        Ok(())
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        self.client
            .batch_execute(&Dialect::Postgres.translate(sql))
            .map_err(|error| failed(&self.place, &error))
    }

    pub(super) fn insert(
        &mut self,
        table: &Table,
        conflict: &str,
        rows: &[Vec<Value>],
    ) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
        let arrays: Vec<String> = table
            .columns
            .iter()
            .enumerate()
            .map(|(index, (_, column))| {
                let array = match column {
                    ColumnType::Int => "BIGINT",
                    ColumnType::Real => "DOUBLE PRECISION",
                    ColumnType::Text => "TEXT",
                    ColumnType::Blob => "BYTEA",
                };
                format!("?{}::{array}[]", index + 1)
            })
            .collect();
        let sql = format!(
            "INSERT INTO {}({}) SELECT * FROM unnest({}) {conflict}",
            table.name,
            names.join(", "),
            arrays.join(", ")
        );
        let statement = self.prepared(&sql)?;
        let columns: Vec<Column<'_>> = (0..names.len()).map(|index| Column { rows, index }).collect();
        let values: Vec<&(dyn ToSql + Sync)> = columns.iter().map(|column| column as _).collect();
        self.client.execute(&statement, &values).map(|_| ()).map_err(|error| failed(&self.place, &error))
    }
}

fn value(row: &postgres::Row, column: usize) -> Result<Value, postgres::Error> {
    let ty = row.columns().get(column).map_or(Type::TEXT, |column| column.type_().clone());
    Ok(match ty {
        Type::BOOL => row.try_get::<_, Option<bool>>(column)?.into(),
        Type::INT2 => row.try_get::<_, Option<i16>>(column)?.map(i64::from).into(),
        Type::INT4 => row.try_get::<_, Option<i32>>(column)?.into(),
        Type::INT8 => row.try_get::<_, Option<i64>>(column)?.into(),
        Type::FLOAT4 => row.try_get::<_, Option<f32>>(column)?.into(),
        Type::FLOAT8 => row.try_get::<_, Option<f64>>(column)?.into(),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(column)?.into(),
        _ => row.try_get::<_, Option<String>>(column)?.into(),
    })
}
