//! How the journal fails.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::{ReportId, Revision};

/// Why the journal did not do what was asked. Cloneable, since a failed commit is told to everyone who shared it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum JournalError {
    /// No such report is stored, or it is deleted.
    #[error("report {report} is not stored or is deleted")]
    NotFound {
        /// The report asked for.
        report: ReportId,
    },
    /// No entry of that revision carries a correction.
    #[error("no correction stands at revision {}", correction.0)]
    NoCorrection {
        /// The revision asked for.
        correction: Revision,
    },
    /// Something that the correction was decided on changed meanwhile: to be looked at again.
    #[error("something changed at revision {} that the correction rests on", changed.0)]
    Moved {
        /// The entry that changed it.
        changed: Revision,
    },
    /// A report that gives its own id has the url of another report.
    #[error("url {url} belongs to report {report}")]
    UrlTaken {
        /// The url.
        url: String,
        /// The report that holds it.
        report: ReportId,
    },
    /// The request id was used before, with another payload.
    #[error("request id {request_id:?} was used before with another payload")]
    RequestIdReused {
        /// The request id.
        request_id: String,
    },
    /// The report is not at the revision the caller expects.
    #[error("report {report} is at revision {}, not at {}", current.0, expected.0)]
    Conflict {
        /// The report.
        report: ReportId,
        /// Where the caller believes it to be.
        expected: Revision,
        /// Where it is; 0 where it is not stored or deleted.
        current: Revision,
    },
    /// Too many writes wait already. Worth trying again shortly.
    #[error("too many writes are waiting")]
    Overloaded,
    /// The journal is closed, or was opened for reading only.
    #[error("the journal is closed, or open for reading only")]
    Closed,
    /// Another journal, here or in another process, has the folder open for writing.
    #[error("journal folder {} is in use by {}", dir.display(), holder.as_ref().map_or("another process".to_owned(), Holder::to_string))]
    Locked {
        /// The folder.
        dir: PathBuf,
        /// Who has it, if the lock file says.
        holder: Option<Holder>,
    },
    /// There is something where a journal is to be put.
    #[error("{} is there already, and nothing in it is overwritten; move it away or name another folder", dir.display())]
    Exists {
        /// The folder.
        dir: PathBuf,
    },
    /// What is stored is damaged.
    #[error("the journal is damaged{}: {what}", revision.map_or(String::new(), |r| format!(" at revision {}", r.0)))]
    Corrupt {
        /// The damaged entry, where the damage belongs to one.
        revision: Option<Revision>,
        /// What is wrong, for an operator.
        what: String,
    },
    /// A newer program has written the journal.
    #[error("the journal has schema version {found}; this program knows versions up to {known}")]
    NewerSchema {
        /// Version found.
        found: i64,
        /// Newest version this program knows.
        known: i64,
    },
    /// The store failed: disk full, no permission, input or output error.
    #[error("the journal's store failed")]
    Storage(#[source] Arc<dyn Error + Send + Sync>),
}

impl JournalError {
    pub(super) fn storage(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Storage(Arc::from(source.into()))
    }
}

impl From<std::io::Error> for JournalError {
    fn from(source: std::io::Error) -> Self {
        Self::storage(source)
    }
}

/// The process that has a journal folder open for writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Its process id.
    pub pid: u32,
    /// The machine it runs on.
    pub host: String,
    /// When it took the folder, RFC 3339.
    pub since: String,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {} on {} since {}", self.pid, self.host, self.since)
    }
}
