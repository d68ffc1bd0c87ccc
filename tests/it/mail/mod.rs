//! Mail from the act that gives a reason for it to the mail server that takes it: on both databases, with a real mail server.

mod letters;
pub mod mail_server;
mod nodes;
pub mod office;
mod pace;
mod ways_out;
