//! The journal from outside: the suite every store must pass, run for SQLite, and what only a folder can suffer.

#[macro_use]
mod conformance;
mod corrections;
mod model;
mod sqlite;
