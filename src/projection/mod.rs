//! Everything derived from the journal: meeting records, the registry of entities, the search index. One writer follows the journal and
//! publishes immutable [`Snapshot`]s; readers take the newest and never wait.
//!
//! The records stand in a store of their own ([redb](https://docs.rs/redb)), the index beside it. Both carry the checkpoint of the last
//! journal entry they hold. Records are committed first: after a crash the index lacks at most what [`tables::RECORD_CHANGES`] still names,
//! and is brought up to date from the records. The outcome depends on the sequence of entries alone, never on how they were batched,
//! so that a rebuild gives the same answers.
//!
//! This room answers no callers and knows no wire format.

mod apply;
mod at_work;
mod bootstrap;
mod by_entity;
mod by_name;
mod cast;
mod changes;
mod contribution;
mod corrected;
mod corrections;
mod counts;
mod curation;
mod dormant;
mod entities;
mod error;
mod fill;
mod finding;
mod follow;
mod generations;
mod grouping;
mod hints;
mod holders;
mod key;
mod meetings;
mod name_filter;
mod offices;
mod packed;
mod people;
#[cfg(test)]
mod people_tests;
mod queue;
mod reading;
mod rebuild;
mod refs;
mod rest;
mod sayings;
mod shown;
mod sketch;
mod snapshot;
mod states;
mod store;
mod suggestion_classes;
mod suggestions;
mod table;
mod tables;
mod tally;
mod transaction;
mod unite;
mod unsure;

pub use cast::{Cast, Member};
pub use changes::{RecordChange, RecordId};
pub use counts::Counts;
pub use error::ProjectionError;
pub use fill::Filler;
pub use follow::{Projection, ProjectionOptions, Status};
pub use generations::stored_in;
pub use holders::TenurePosition;
pub use reading::{ReportPeople, preview};
pub use rebuild::{Rebuild, RebuildState};
pub use sketch::Wanted;
pub use snapshot::{MentionPosition, Snapshot};
pub use store::{Versions, differing_tables, rebuild_differs, remove_folder, shrink_records};
pub use suggestion_classes::Classes;
pub use suggestions::Suggested;

/// Version of the stored records; raised with every change of what stands in the tables or of how it is derived, apart from the
/// reader's own ([`crate::extract::VERSION`]) and the registry's ([`crate::registry::VERSION`]). A projection of another version is built anew: of another
/// schema before anything is answered, of another reader or registry while answers go on.
pub const SCHEMA_VERSION: u32 = 16;
