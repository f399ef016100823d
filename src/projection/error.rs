//! What can go wrong while deriving and reading records.

use crate::journal::JournalError;
use crate::search::SearchError;

/// Why the projection cannot go on, or a read failed. None of these is a caller's fault.
#[derive(Debug, thiserror::Error)]
pub enum ProjectionError {
    /// The journal does not answer.
    #[error("the journal cannot be read")]
    Journal(#[from] JournalError),
    /// The search index does not answer.
    #[error("the search index failed")]
    Search(#[from] SearchError),
    /// The records store does not answer.
    #[error("the records store failed")]
    Store(#[source] Box<redb::Error>),
    /// A stored record cannot be decoded: the file is damaged, or was written by another version.
    #[error("a stored record of {table} cannot be decoded")]
    Decode {
        /// The table it stands in.
        table: &'static str,
        /// What the decoder said.
        #[source]
        source: postcard::Error,
    },
    /// The folder cannot be used.
    #[error("cannot use {path}")]
    Folder {
        /// Which.
        path: std::path::PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The journal is shorter than what was derived from it: the folder belongs to another journal.
    #[error("the projection stands at revision {projected}, beyond the journal's head {head}")]
    AheadOfJournal {
        /// Checkpoint of the projection.
        projected: u64,
        /// Head of the journal.
        head: u64,
    },
    /// What was derived was derived from other entries: the folder belongs to another journal.
    #[error(
        "the projection was derived from another journal: its entry {revision} is not the journal's; delete the folder, it is derived anew"
    )]
    OtherJournal {
        /// Checkpoint of the projection.
        revision: u64,
    },
}

/// Every error of redb becomes the one the callers know.
macro_rules! from_redb {
    ($($error:ident),+) => {
        $(impl From<redb::$error> for ProjectionError {
            fn from(error: redb::$error) -> Self {
                Self::Store(Box::new(error.into()))
            }
        })+
    };
}

from_redb!(DatabaseError, TransactionError, TableError, StorageError, CommitError, CompactionError, SetDurabilityError);
