//! Mail from the act that gives a reason for it to the mail server that takes it: on both databases, with a real mail server.

mod letters;
mod mail_server;
mod nodes;
mod office;
mod ways_out;
