//! Brings the tables up to this version of the program.

use crate::base::{Error, Result};
use crate::db::Db;
use sqlx::migrate::Migrator;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

impl Db {
    /// Applies what is missing, in order, each step whole or not at all. Several nodes may do it at the same time: on
    /// PostgreSQL one does, the others wait.
    ///
    /// # Errors
    /// When the database cannot be reached, or was changed by a newer version of the program.
    pub async fn migrate(&self) -> Result<()> {
        let done = match self {
            Self::Sqlite { write, .. } => SQLITE.run(write).await,
            Self::Postgres(pool) => POSTGRES.run(pool).await,
        };
        done.map_err(|error| match error {
            sqlx::migrate::MigrateError::Execute(error) => error.into(),
            other => Error::internal(other),
        })
    }

    /// The number of the newest step that this program knows.
    #[must_use]
    pub fn newest_migration(&self) -> i64 {
        let known = match self {
            Self::Sqlite { .. } => &SQLITE,
            Self::Postgres(_) => &POSTGRES,
        };
        known.iter().map(|step| step.version).max().unwrap_or_default()
    }
}
