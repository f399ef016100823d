//! bienban reads Vietnamese meeting reports, keeps them in a journal, and answers who met whom, what was said and
//! decided, and which figures were given, with the evidence for each fact.
//!
//! `ARCHITECTURE.md` draws the map of the rooms below.

#![forbid(unsafe_code)]

pub mod cli;
pub mod config;
pub mod extract;
pub mod grpc;
pub mod journal;
pub mod model;
pub mod projection;
pub mod registry;
pub mod search;
pub mod server;
pub mod service;
pub mod telemetry;
pub mod text;
