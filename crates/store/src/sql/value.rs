//! Values and rows as both databases have them.

use crate::error::StoreError;

/// A value that goes to a database or comes from it.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// An integer; booleans are 0 and 1.
    Int(i64),
    /// A number.
    Real(f64),
    /// A text, without NUL characters.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
    /// Integers, for `IN {ints ?1}`; only to a database.
    Ints(Vec<i64>),
    /// Texts, for `IN {texts ?1}`; only to a database.
    Texts(Vec<String>),
}

/// Type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// `{int}`.
    Int,
    /// `{real}`.
    Real,
    /// `{text}`.
    Text,
    /// `{blob}`.
    Blob,
}

macro_rules! into_value {
    ($($from:ty => $variant:ident),*) => {
        $(impl From<$from> for Value {
            fn from(value: $from) -> Self {
                Value::$variant(value.into())
            }
        })*
    };
}

into_value!(i64 => Int, i32 => Int, u32 => Int, bool => Int, f64 => Real, f32 => Real, &str => Text, String => Text,
    &String => Text, Vec<u8> => Blob, &[u8] => Blob, Vec<i64> => Ints, Vec<String> => Texts);

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

/// What a value of a row can be taken as.
pub trait FromValue: Sized {
    /// The value as this type; `None` where it is something else.
    fn from_value(value: Value) -> Option<Self>;
}

impl FromValue for i64 {
    fn from_value(value: Value) -> Option<Self> {
        if let Value::Int(value) = value { Some(value) } else { None }
    }
}

impl FromValue for bool {
    fn from_value(value: Value) -> Option<Self> {
        i64::from_value(value).map(|value| value != 0)
    }
}

impl FromValue for f64 {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Real(value) => Some(value),
            // SQLite keeps a whole number in a column of another type as an integer.
            #[allow(clippy::cast_precision_loss)]
            Value::Int(value) => Some(value as f64),
            _ => None,
        }
    }
}

impl FromValue for String {
    fn from_value(value: Value) -> Option<Self> {
        if let Value::Text(value) = value { Some(value) } else { None }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value) -> Option<Self> {
        if let Value::Blob(value) = value { Some(value) } else { None }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Option<Self> {
        if value == Value::Null { Some(None) } else { T::from_value(value).map(Some) }
    }
}

/// A row that a database gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub(super) values: Vec<Value>,
}

impl Row {
    /// Takes the value of a column, from 0, out of the row.
    ///
    /// # Errors
    /// When the column is not there, or holds something else.
    pub fn take<T: FromValue>(&mut self, column: usize) -> Result<T, StoreError> {
        let value = self.values.get_mut(column).map(std::mem::take);
        value.and_then(T::from_value).ok_or_else(|| StoreError::Damaged {
            place: "database".to_owned(),
            what: format!("column {} of a row", column + 1),
            why: "it does not hold what it should".to_owned(),
        })
    }

    /// The values from a column on.
    pub fn rest(&mut self, column: usize) -> Vec<Value> {
        self.values.split_off(column.min(self.values.len()))
    }
}
