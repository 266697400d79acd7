//! Where SQLite and PostgreSQL differ in what they understand.
//!
//! SQL is written once, with `?1` for the first value, and in braces what differs: `{int}`, `{real}`, `{text}` and
//! `{blob}` are types of columns (texts compare by their bytes), `{clustered}` keeps a table in the order of its key,
//! `{ints ?1}` and `{texts ?1}` stand after `IN` for
//! the items of a list.

/// The language of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl Dialect {
    /// What a word in braces stands for; `None` where it is none of ours.
    fn word(self, word: &str) -> Option<String> {
        let (name, argument) = word.split_once(' ').unwrap_or((word, ""));
        let words = match (name, self) {
            ("int", Dialect::Sqlite) => "INTEGER",
            ("int", Dialect::Postgres) => "BIGINT",
            ("real", Dialect::Sqlite) => "REAL",
            ("real", Dialect::Postgres) => "DOUBLE PRECISION",
            ("text", Dialect::Sqlite) => "TEXT",
            ("text", Dialect::Postgres) => "TEXT COLLATE \"C\"",
            ("blob", Dialect::Sqlite) => "BLOB",
            ("blob", Dialect::Postgres) => "BYTEA",
            ("clustered", Dialect::Sqlite) => "WITHOUT ROWID",
            ("clustered", Dialect::Postgres) => "",
            ("ints" | "texts", Dialect::Sqlite) => {
                return Some(format!("(SELECT value FROM json_each({argument}))"));
            }
            ("ints", Dialect::Postgres) => return Some(format!("(SELECT unnest({argument}::BIGINT[]))")),
            ("texts", Dialect::Postgres) => return Some(format!("(SELECT unnest({argument}::TEXT[]))")),
            _ => return None,
        };
        Some(words.to_owned())
    }

    /// The SQL that this database understands.
    pub(crate) fn translate(self, sql: &str) -> String {
        let mut out = String::with_capacity(sql.len() + 16);
        let mut rest = sql;
        let mut quoted = false;
        while let Some(c) = rest.chars().next() {
            let after = &rest[c.len_utf8()..];
            let word = (c == '{' && !quoted)
                .then(|| after.split_once('}'))
                .flatten()
                .and_then(|(word, tail)| Some((self.word(word)?, tail)));
            if let Some((words, tail)) = word {
                out.push_str(&self.placeholders(&words));
                rest = tail;
                continue;
            }
            quoted ^= c == '\'';
            let is_placeholder = c == '?' && !quoted && self == Dialect::Postgres;
            out.push(if is_placeholder { '$' } else { c });
            rest = after;
        }
        out
    }

    fn placeholders(self, words: &str) -> String {
        if self == Dialect::Postgres { words.replace('?', "$") } else { words.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_database_gets_its_own() {
        for (sql, sqlite, postgres) in [
            ("a = ?1 AND b = '?1'", "a = ?1 AND b = '?1'", "a = $1 AND b = '?1'"),
            ("CREATE TABLE t(a {int})", "CREATE TABLE t(a INTEGER)", "CREATE TABLE t(a BIGINT)"),
            ("a IN {texts ?2}", "a IN (SELECT value FROM json_each(?2))", "a IN (SELECT unnest($2::TEXT[]))"),
            ("'{int}' {none}", "'{int}' {none}", "'{int}' {none}"),
        ] {
            assert_eq!(Dialect::Sqlite.translate(sql), sqlite);
            assert_eq!(Dialect::Postgres.translate(sql), postgres);
        }
    }
}
