//! Use cases: hand over a report, read, look up, search. Everything a transport may ask of bienban, in the words of
//! [`crate::model`].
//!
//! [`api::Api`] is the whole of it; a transport knows that trait and [`error::ServiceError`] and nothing below. What is
//! wrong with a request's shape (a resource name, an enum number) is told by the transport; what is wrong with its
//! meaning (an empty text, a filter on an unknown field, a page token of another query) is told here.

mod answer;
pub mod api;
mod audit;
mod backup;
mod brief;
mod candidates;
mod correcting_parts;
mod curation;
mod curation_rules;
mod desk;
pub mod draft;
mod entities;
pub mod error;
mod filters;
mod held;
mod ingest;
mod line;
pub mod live;
mod lookup;
mod meetings;
mod other_names;
mod pinned;
mod rebuild;
mod related;
mod reports;
mod searching;
mod status;
mod suggest;
mod suggest_searches;
mod tenures;
mod token;
mod watching;
mod working;

pub use api::Api;
pub use error::{ServiceError, Violation, ViolationReason};
pub use live::{Limits, Service};
