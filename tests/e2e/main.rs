//! The whole service over the network: a real server in the test's process or as a program of its own, real clients, real folders.

#[path = "../common/mod.rs"]
mod common;

mod audit;
mod auth;
mod bad_input;
mod commands;
mod crash;
mod curation;
mod evidence;
mod held_pages;
mod idempotency;
mod lifecycle;
mod load;
mod matching;
mod ops;
mod rebuild;
mod relations;
mod searching;
mod short_deadlines;
mod standard;
mod stream;
mod suggestions;
mod tenures;
mod tls;
mod web;
mod whole_way;
