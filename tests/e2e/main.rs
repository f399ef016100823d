//! The whole service over the network: a real server in the test's process or as a program of its own, real clients, real folders.

#[path = "../common/mod.rs"]
mod common;

mod audit;
mod auth;
mod backup;
mod bad_input;
mod commands;
mod corrected_meetings;
mod crash;
mod curation;
mod evidence;
mod floods;
mod held_pages;
mod hostile_searches;
mod idempotency;
mod lifecycle;
mod load;
mod matching;
mod minimal_pairs;
mod ops;
mod rebuild;
mod relations;
mod runbook;
mod search_suggestions;
mod searching;
mod short_deadlines;
mod standard;
mod stream;
mod suggestions;
mod tenures;
mod tls;
mod tracing;
mod watching;
mod web;
mod whole_way;
