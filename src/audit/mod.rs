//! The audit log: who did what to whom, when, from where. Append-only; each entry carries the hash of the one before, so
//! that a changed, missing or inserted entry is found by [`verify`].

mod chain;
mod entry;
mod list;

pub use chain::{Head, Verified, also_about, append, begin_chain, lock_head, verify};
pub use entry::{Counts, Entry, Theme};
pub use list::{Party, Recorded, Sought, Start, Stretch, about, latest, of_client, stretch, touched_since};
