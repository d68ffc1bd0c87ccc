//! The database: SQLite or PostgreSQL, one text per query. Everything above speaks [`Query`] and [`Tx`] and never knows
//! which of the two it has; what differs between them is in [`dialect`].

mod again;
mod dialect;
mod migrate;
mod query;
mod search;
mod upkeep;
mod words;

pub use again::again;
pub use dialect::{Db, Place, Tx};
pub use query::{Query, Row, Value};
pub use search::{Among, Listing, Stretch};

use crate::base::Error;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        dialect::meaning(error)
    }
}
