//! The ground floor: ids, text parsed once, time, secrets, errors and paging. Nothing here knows the product's rooms.

pub mod cell;
pub mod day;
pub mod error;
pub mod hashing;
pub mod id;
pub mod money;
pub mod page;
pub mod secret;
pub mod text;
pub mod time;

pub use day::Day;
pub use error::{Error, Problems, Result};
pub use money::Money;
pub use time::{Clock, Instant};
