//! Mail: every letter that can be sent, the outbox it waits in, its form, and the ways out. Nothing mails from a handler:
//! an act puts a letter into the outbox in its own transaction, the worker delivers it.

pub mod captured;
mod letter;
pub mod outbox;
pub mod post;
pub mod render;
mod smtp;

pub use letter::{Asker, Letter};
