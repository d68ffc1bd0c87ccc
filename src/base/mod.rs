//! The ground floor: ids, text parsed once, time, secrets, errors and paging. Nothing here knows the product's rooms.

pub mod cell;
pub mod error;
pub mod hashing;
pub mod id;
pub mod page;
pub mod secret;
pub mod text;
pub mod time;

pub use error::{Error, Problems, Result};
pub use time::{Clock, Instant};
