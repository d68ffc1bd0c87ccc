//! The only code that knows which database it is.

use crate::base::{Error, Result};
use crate::db::query::{Query, Row, Value};
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::postgres::{PgArguments, PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{Arguments as _, AssertSqlSafe, Connection as _, Postgres, Sqlite, Transaction};
use std::str::FromStr as _;
use std::time::Duration;

/// How long a page waits for a connection before it says that the database cannot be reached.
const WAIT_TO_READ: Duration = Duration::from_secs(3);
/// How long an act on SQLite waits for its turn: an import of 100,000 contacts may hold the one writer for many seconds.
const WAIT_TO_WRITE: Duration = Duration::from_secs(30);

/// How much of the file, in bytes, is read from the system's own cache instead of being copied out of it: a search reads
/// thousands of pages that lie here and there. As much as SQLite allows.
const MAPPED: &str = "1099511627776";

/// How much of what an act on SQLite reads and changes is held in memory until it is committed, at most, in KiB (negative, as
/// SQLite wants it): what does not fit is written to the log and read again, time after time. A step of a bulk action touches
/// some 40 MB.
pub(super) const KEPT_BY_WRITER: &str = "-65536";

/// How a transaction on PostgreSQL begins, whatever the server's default is: an act that has waited for the one before must
/// see what that one did.
const EACH_STATEMENT_SEES_WHAT_IS_COMMITTED: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

/// The database.
#[derive(Clone, Debug)]
pub enum Db {
    /// Embedded: one file, one writer, several readers.
    Sqlite {
        /// The one connection that writes.
        write: SqlitePool,
        /// Connections that can only read.
        read: SqlitePool,
    },
    /// A server that several nodes share.
    Postgres(PgPool),
}

/// Where the database is, and how it is spoken to.
#[derive(Clone, Debug)]
pub struct Place {
    /// `sqlite:FILE` or `postgres://…`.
    pub url: SecretString,
    /// The most connections at once.
    pub connections: u32,
    /// Whether a pooler that gives a connection for one transaction at a time (pgbouncer) stands between.
    pub pooler: bool,
}

impl Db {
    /// Names the database; connections are made when they are needed, so that a database that is away at start is no
    /// reason not to start.
    ///
    /// # Errors
    /// When the address is of neither kind or cannot be read.
    pub fn open(place: &Place) -> Result<Self> {
        let url = place.url.expose_secret();
        if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)
                .map_err(Error::internal)?
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .pragma("cache_size", KEPT_BY_WRITER)
                .pragma("temp_store", "memory")
                .optimize_on_close(true, Some(400));
            let write = SqlitePoolOptions::new()
                .max_connections(1)
                .idle_timeout(None)
                .max_lifetime(None)
                .acquire_timeout(WAIT_TO_WRITE)
                .after_release(|connection, _| Box::pin(has_ended(connection)))
                .connect_lazy_with(options.clone());
            let read = SqlitePoolOptions::new()
                .max_connections(place.connections)
                .acquire_timeout(WAIT_TO_READ)
                .connect_lazy_with(
                    options.pragma("query_only", "1").pragma("cache_size", "-16384").pragma("mmap_size", MAPPED),
                );
            Ok(Self::Sqlite { write, read })
        } else {
            let mut options = PgConnectOptions::from_str(url).map_err(Error::internal)?.application_name("vestibule");
            options = if place.pooler {
                options.statement_cache_capacity(0)
            } else {
                // Planning a list takes longer than reading it, and its plan is the same whatever the values are.
                options.options([("plan_cache_mode", "force_generic_plan")])
            };
            let pool = PgPoolOptions::new()
                .max_connections(place.connections)
                .acquire_timeout(WAIT_TO_READ)
                .connect_lazy_with(options);
            Ok(Self::Postgres(pool))
        }
    }

    /// A transaction that only reads: everything it reads is of one moment on SQLite, and committed on PostgreSQL.
    ///
    /// # Errors
    /// `Away` when the database cannot be reached.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { read, .. } => Tx::Sqlite(read.begin().await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin_with(EACH_STATEMENT_SEES_WHAT_IS_COMMITTED).await?),
        })
    }

    /// A transaction that writes. SQLite has one writer: the transaction waits for its turn at once, not in the middle.
    ///
    /// # Errors
    /// `Away` when the database cannot be reached.
    pub async fn write(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin_with(EACH_STATEMENT_SEES_WHAT_IS_COMMITTED).await?),
        })
    }

    /// `sqlite` or `postgres`: for messages to the operator.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }

    /// Closes every connection; SQLite folds its log into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Whether a connection can be used again. When the disk is full, SQLite itself takes a transaction back, and the driver's
/// own attempt to do so then fails: for the driver, that connection stays in a transaction for ever.
async fn has_ended(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    // Answered only after everything that was asked before, also the rollback of a transaction that was dropped.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// A transaction, on whichever engine. Dropped without [`Tx::commit`], it never happened.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// Makes everything since its beginning so.
    ///
    /// # Errors
    /// When it could not be made durable; then nothing of it happened.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// What is added to a claiming SELECT so that two workers do not wait for each other. SQLite has one writer; there it
    /// is not needed, and not known.
    #[must_use]
    pub fn skip_locked(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "",
            Self::Postgres(_) => "FOR UPDATE SKIP LOCKED",
        }
    }

    /// What is added to a SELECT whose row must not change until this transaction ends.
    #[must_use]
    pub fn for_update(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "",
            Self::Postgres(_) => "FOR UPDATE",
        }
    }

    /// The most values that one statement may bind.
    #[must_use]
    pub fn most_values(&self) -> usize {
        match self {
            Self::Sqlite(_) => 32_000,
            Self::Postgres(_) => 65_000,
        }
    }

    pub(super) async fn fetch_all<T: Row>(&mut self, query: Query) -> Result<Vec<T>> {
        let (text, values) = query.into_parts();
        Ok(match self {
            Self::Sqlite(tx) => {
                let text = if values.len() > MANY { unnumbered(text) } else { text };
                sqlx::query_as_with(AssertSqlSafe(text), sqlite(values)?).fetch_all(&mut **tx).await?
            }
            Self::Postgres(tx) => {
                sqlx::query_as_with(AssertSqlSafe(text), postgres(values)?).fetch_all(&mut **tx).await?
            }
        })
    }

    pub(super) async fn fetch_optional<T: Row>(&mut self, query: Query) -> Result<Option<T>> {
        let (text, values) = query.into_parts();
        Ok(match self {
            Self::Sqlite(tx) => {
                sqlx::query_as_with(AssertSqlSafe(text), sqlite(values)?).fetch_optional(&mut **tx).await?
            }
            Self::Postgres(tx) => {
                sqlx::query_as_with(AssertSqlSafe(text), postgres(values)?).fetch_optional(&mut **tx).await?
            }
        })
    }

    pub(super) async fn execute(&mut self, query: Query) -> Result<u64> {
        let (text, values) = query.into_parts();
        Ok(match self {
            Self::Sqlite(tx) => {
                let text = if values.len() > MANY { unnumbered(text) } else { text };
                sqlx::query_with(AssertSqlSafe(text), sqlite(values)?).execute(&mut **tx).await?.rows_affected()
            }
            Self::Postgres(tx) => {
                sqlx::query_with(AssertSqlSafe(text), postgres(values)?).execute(&mut **tx).await?.rows_affected()
            }
        })
    }
}

/// From how many values on numbers are left out of a statement where they say nothing.
const MANY: usize = 50;

/// `?` for each `$n`, where these are 1, 2, 3 and so on. SQLite takes `$n` for a name, and looks each name up in a list, so
/// that binding a thousand takes a million steps.
fn unnumbered(text: String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split('$');
    out.push_str(pieces.next().unwrap_or_default());
    for (n, piece) in pieces.enumerate() {
        let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit());
        if piece[..piece.len() - rest.len()].parse() != Ok(n + 1) {
            return text;
        }
        out.push('?');
        out.push_str(rest);
    }
    out
}

fn sqlite(values: Vec<Value>) -> Result<SqliteArguments> {
    let mut arguments = SqliteArguments::default();
    for value in values {
        match value {
            Value::Uuid(v) => arguments.add(v),
            Value::Int(v) => arguments.add(v),
            Value::Text(v) => arguments.add(v),
            Value::Bytes(v) => arguments.add(v),
        }
        .map_err(Error::Internal)?;
    }
    Ok(arguments)
}

fn postgres(values: Vec<Value>) -> Result<PgArguments> {
    let mut arguments = PgArguments::default();
    for value in values {
        match value {
            Value::Uuid(v) => arguments.add(v),
            Value::Int(v) => arguments.add(v),
            Value::Text(v) => arguments.add(v),
            Value::Bytes(v) => arguments.add(v),
        }
        .map_err(Error::Internal)?;
    }
    Ok(arguments)
}

/// What an engine's error means to a person: away, full, somebody was quicker, or a defect.
pub(super) fn meaning(error: sqlx::Error) -> Error {
    let Some(database) = error.as_database_error() else {
        return match error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Protocol(_) => Error::Away(error.into()),
            _ => Error::internal(error),
        };
    };
    let postgres = database.try_downcast_ref::<sqlx::postgres::PgDatabaseError>().is_some();
    let code = database.code().unwrap_or_default().into_owned();
    if database.is_unique_violation() {
        return Error::Conflict;
    }
    if postgres {
        // https://www.postgresql.org/docs/current/errcodes-appendix.html
        return match code.as_str() {
            "53100" => Error::Full,
            "40001" | "40P01" => Error::Crossed,
            // Longer than an operator lets a lock or a statement take (lock_timeout, statement_timeout).
            "55P03" | "57014" => Error::Busy(2),
            c if c.starts_with("08") || c.starts_with("57P") || c == "53300" || c == "3D000" => {
                Error::Away(error.into())
            }
            _ => Error::internal(error),
        };
    }
    // https://www.sqlite.org/rescode.html: the low byte is the primary code.
    let code = code.parse::<i64>();
    match code.as_ref().map(|c| c & 0xff) {
        Ok(13) => Error::Full,
        // A shared index of the log that cannot grow: SQLITE_IOERR_SHMSIZE.
        Ok(10) if code == Ok(4874) => Error::Full,
        Ok(5 | 6) => Error::Busy(2),
        // SQLite reports a disk that fills up while its log grows as an error of input and output.
        Ok(10) if database.message().contains("full") => Error::Full,
        Ok(8 | 10 | 14) => Error::Away(error.into()),
        _ => Error::internal(error),
    }
}

#[cfg(test)]
mod tests {
    use super::unnumbered;

    #[test]
    fn numbers_are_left_out_only_where_they_say_nothing() {
        assert_eq!(unnumbered("VALUES ($1, $2), ($3, $4)".into()), "VALUES (?, ?), (?, ?)");
        for kept in ["a = $1 AND b = $1", "a = $2 AND b = $1", "SELECT 'no $', $1", "SELECT 1"] {
            assert_eq!(unnumbered(kept.into()), kept);
        }
    }
}
