//! What a database wants when very many rows come at once: room for them, and to know of them.

use crate::base::Result;
use crate::db::dialect::{Db, KEPT_BY_WRITER, Tx};
use sqlx::AssertSqlSafe;

impl Db {
    /// Gets ready for very many rows at once: on SQLite, the one writer keeps more of the indexes in memory.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn make_room(&self) -> Result<()> {
        if let Self::Sqlite { write, .. } = self {
            sqlx::raw_sql("PRAGMA cache_size = -600000").execute(write).await?;
        }
        Ok(())
    }

    /// Puts in order what very many rows have left behind, so that lists are quick at once: indexes are merged, and the
    /// planner gets to know what is there.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn settle(&self) -> Result<()> {
        match self {
            Self::Sqlite { write, .. } => {
                for text in [
                    "INSERT INTO portal_user_search (portal_user_search) VALUES ('optimize')",
                    "INSERT INTO contact_search (contact_search) VALUES ('optimize')",
                    "INSERT INTO client_search (client_search) VALUES ('optimize')",
                    "PRAGMA analysis_limit = 400; ANALYZE; PRAGMA wal_checkpoint (TRUNCATE)",
                ] {
                    sqlx::raw_sql(text).execute(write).await?;
                }
                let room = AssertSqlSafe(format!("PRAGMA cache_size = {KEPT_BY_WRITER}"));
                sqlx::raw_sql(room).execute(write).await?;
            }
            Self::Postgres(pool) => {
                sqlx::raw_sql("VACUUM (ANALYZE)").execute(pool).await?;
            }
        }
        Ok(())
    }
}

impl Tx {
    /// Tells the planner how many rows these tables have, with those that this transaction has written. PostgreSQL counts
    /// by itself, but only what is committed, and some time later: until then it takes a table that is being filled for an
    /// empty one, and walks all of it for each row it looks for. SQLite needs no telling: its plans do not ask how much is
    /// there where an index fits.
    ///
    /// A table that somebody else is counting at this moment is left to them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn count_anew(&mut self, tables: &'static str) -> Result<()> {
        if let Self::Postgres(tx) = self {
            let text = AssertSqlSafe(format!("ANALYZE (SKIP_LOCKED) {tables}"));
            sqlx::raw_sql(text).execute(&mut **tx).await?;
        }
        Ok(())
    }
}
