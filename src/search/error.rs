//! The closed set of ways in which a search can fail.

/// Why a search was not answered, or the index could not be used.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The filter does not parse, names an unknown field, or compares it with something impossible.
    #[error("filter, code point {position}: {message}")]
    Filter {
        /// Where the fault lies, in code points from the start of the filter.
        position: u32,
        /// What is wrong and what would be right.
        message: String,
        /// Names near the one that is not known; empty for other faults.
        near: Vec<String>,
    },
    /// The query is too long, too deeply nested or too costly.
    #[error("query, code point {position}: {message}")]
    Query {
        /// Where the fault lies, in code points from the start of the query.
        position: u32,
        /// What is wrong and what would be right.
        message: String,
    },
    /// The order names an unknown field or direction.
    #[error("order_by, code point {position}: {message}")]
    OrderBy {
        /// Where the fault lies, in code points.
        position: u32,
        /// What is wrong and what would be right.
        message: String,
    },
    /// The cursor belongs to another request.
    #[error("the cursor belongs to another request")]
    CursorMismatch,
    /// The snapshot that the cursor was given out for is gone, and the order of its request depends on the snapshot.
    #[error("the snapshot of the cursor is gone")]
    CursorExpired,
    /// The index was written by another version of this room, or with other fields: wipe the folder and index again.
    #[error("the index has another schema than this version of the program")]
    SchemaChanged,
    /// The deadline passed while the search ran.
    #[error("the deadline passed")]
    DeadlineExceeded,
    /// The index cannot be read or written.
    #[error("the search index failed")]
    Storage(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Storage(Box::new(error))
    }
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> Self {
        Self::Storage(Box::new(error))
    }
}

/// What a use of the index gives.
pub type Result<T> = std::result::Result<T, SearchError>;
