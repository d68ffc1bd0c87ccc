//! One binary for all tests that need more than one module: they act through the public surface.

mod http;
mod layers;
mod world;

mod door;
mod import;
mod mail;
mod matrix;
mod nodes;
mod portal;
mod portal_users;
mod web;
