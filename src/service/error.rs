//! The closed set of ways in which a request can fail.

use std::fmt;
use std::time::Duration;

use crate::model::{CorrectionId, EntityId, MeetingId, ReportId, Revision};

/// A cause that operators read in the log and callers never see.
pub type Cause = Box<dyn std::error::Error + Send + Sync + 'static>;

/// Why a request was not answered. A transport maps each to one status of its own.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// Something in the request is wrong and will stay wrong; every fault found, at least one.
    #[error("{}", Listed(.0))]
    Invalid(Vec<Violation>),
    /// No such report was ever handed over, or it was purged.
    #[error("no report {}", .0.name())]
    ReportNotFound(ReportId),
    /// No such meeting, or none any more.
    #[error("no meeting {}", .0.name())]
    MeetingNotFound(MeetingId),
    /// No such entity, or none any more.
    #[error("no entity {}", .0.name())]
    EntityNotFound(EntityId),
    /// No such correction was ever made.
    #[error("no correction {}", .0.name())]
    CorrectionNotFound(CorrectionId),
    /// Two entities that cannot be one.
    #[error("{} cannot be merged into {}: {why}", merged.name(), target.name())]
    CannotMerge {
        /// The one to lead elsewhere.
        merged: EntityId,
        /// The one to stay.
        target: EntityId,
        /// Why not, in English.
        why: &'static str,
    },
    /// Mentions that cannot be taken out of an entity.
    #[error("{field} cannot be taken out of {}: {why}", entity.name())]
    CannotSplit {
        /// The entity.
        entity: EntityId,
        /// The choice that is wrong.
        field: String,
        /// Why not, in English.
        why: &'static str,
    },
    /// The request id came before with another request.
    #[error("request_id {request_id:?} was used for another request")]
    RequestIdReused {
        /// The id.
        request_id: String,
    },
    /// Another report already has this url.
    #[error("the url {url} belongs to {}", report.name())]
    UrlTaken {
        /// The url, as given.
        url: String,
        /// The report that has it.
        report: ReportId,
    },
    /// The thing changed since the caller read it.
    #[error("the etag of {name} is {current} by now")]
    EtagMismatch {
        /// Resource name of the thing.
        name: String,
        /// Its etag now.
        current: String,
    },
    /// The deadline passed before the answers reached the revision asked for.
    #[error("revision {} was asked for and {} is reached", wanted.0, reached.0)]
    RevisionNotReached {
        /// Asked for with `min_revision`.
        wanted: Revision,
        /// What answers stand at.
        reached: Revision,
    },
    /// The revision asked for is beyond the journal's head: it was never given out here.
    #[error("revision {} was asked for and the journal ends at {}", wanted.0, head.0)]
    RevisionUnknown {
        /// Asked for with `min_revision`.
        wanted: Revision,
        /// The journal's last revision.
        head: Revision,
    },
    /// The deadline passed while the request was worked on. A write may or may not have been kept.
    #[error("the deadline passed before the answer was ready")]
    DeadlineExceeded,
    /// A queue is full.
    #[error("too much work is waiting")]
    Overloaded {
        /// When to try again at the earliest.
        retry_after: Duration,
    },
    /// The process is about to end and takes no more work.
    #[error("the service is shutting down")]
    ShuttingDown {
        /// When another process may be there.
        retry_after: Duration,
    },
    /// The answers are still being built from the journal.
    #[error("the service is not ready yet")]
    NotReady {
        /// When to try again at the earliest.
        retry_after: Duration,
    },
    /// A store does not answer or is full; trying again later may help.
    #[error("the store is not available")]
    Storage(#[source] Cause),
    /// A fault of bienban itself.
    #[error("an internal error")]
    Internal(#[source] Cause),
}

impl ServiceError {
    /// An error of one violation.
    #[must_use]
    pub fn invalid(field: &str, reason: ViolationReason, description: impl Into<String>) -> Self {
        Self::Invalid(vec![Violation::new(field, reason, description)])
    }
}

/// One fault of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Path of the field from the request's root, in the names of the API: `report.text`, `names[3]`, `filter`.
    pub field: String,
    /// What kind of fault.
    pub reason: ViolationReason,
    /// What is wrong and what would be right, in English; never the text of a report.
    pub description: String,
    /// Where in the field's text the fault lies, in code points, for texts that are parsed.
    pub position: Option<u32>,
}

impl Violation {
    /// A fault of a whole field.
    #[must_use]
    pub fn new(field: impl Into<String>, reason: ViolationReason, description: impl Into<String>) -> Self {
        Self { field: field.into(), reason, description: description.into(), position: None }
    }

    /// The same fault, at a place in the field's text.
    #[must_use]
    pub fn at(self, position: u32) -> Self {
        Self { position: Some(position), ..self }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.description)
    }
}

/// What kind of fault a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ViolationReason {
    /// A value outside its bounds or of the wrong form, where no other reason says it better.
    InvalidField,
    /// A required field is not set.
    RequiredField,
    /// The report's text is empty or only white space.
    TextEmpty,
    /// The report's text is longer than this service takes.
    TextTooLarge,
    /// The report's text holds NUL or is not text.
    TextInvalid,
    /// Not a date, or a date that does not exist.
    InvalidDate,
    /// Not a resource name of the collection, or its id has other characters than allowed.
    InvalidResourceName,
    /// Not a page token of this service.
    InvalidPageToken,
    /// A page token of another request.
    PageTokenMismatch,
    /// The page token's snapshot is gone; begin again without token.
    PageTokenExpired,
    /// The filter does not parse, names an unknown field, or compares it with something impossible.
    InvalidFilter,
    /// The query is too long or too costly.
    InvalidQuery,
    /// The order names an unknown field or direction.
    InvalidOrderBy,
}

/// Violations as one line.
struct Listed<'a>(&'a [Violation]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, violation) in self.0.iter().enumerate() {
            write!(f, "{}{violation}", if i == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_violations_are_told() {
        let error = ServiceError::Invalid(vec![
            Violation::new("filter", ViolationReason::InvalidFilter, "unknown field \"knd\"").at(4),
            Violation::new("page_size", ViolationReason::InvalidField, "must not be negative"),
        ]);
        assert_eq!(error.to_string(), "filter: unknown field \"knd\"; page_size: must not be negative");
    }
}
