//! The pages: server-rendered, working without script, every route in one table ([`routes`]).

mod again;
mod answer;
mod assets;
pub mod chrome;
pub mod console;
pub mod portal;
mod client_address;
mod cookies;
mod demo;
pub mod device;
mod errors;
mod events;
mod form;
pub mod group;
pub mod kinds;
mod guard;
mod health;
mod listen;
pub mod parts;
pub mod place;
mod protection;
pub mod routes;
#[cfg(test)]
mod samples;
mod serve;
pub mod timeline;

pub use serve::{Serving, router, serve};
