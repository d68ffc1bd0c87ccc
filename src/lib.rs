//! Vestibule: the self-hosted front door of a business's client portal.
//!
//! The modules stand in one order, from the ground up; each imports only those listed above it (`tests/it/layers.rs`).

pub mod language;
pub mod base;
pub mod db;
pub mod config;
pub mod access;
pub mod audit;
pub mod mail;
pub mod file;
pub mod act;
pub mod account;
pub mod business;
pub mod staff;
pub mod listing;
pub mod group;
pub mod client;
pub mod contact;
pub mod invitation;
pub mod portal_user;
pub mod link;
pub mod record;
pub mod door;
pub mod request;
pub mod import;
pub mod bulk;
pub mod worker;
pub mod web;
pub mod seed;
pub mod cli;
