//! One binary for all tests that need more than one module: they act through the public surface.

mod http;
mod layers;
mod world;

mod audit_log;
mod bulk;
mod company;
mod contacts;
mod door;
mod faults;
mod import;
mod import_pages;
mod languages;
mod lists;
mod loose_files;
mod mail;
mod matrix;
mod mismatches;
mod nodes;
mod portal;
mod people;
mod portal_users;
mod profile;
mod record_import;
mod record_mail;
mod records;
mod requests;
mod search;
mod security;
mod switcher;
mod web;
