//! Reports and their place in the journal.

use serde::{Deserialize, Serialize};

use super::{Edtf, ReportId};

/// A position in the journal, counted from 1 without gaps; 0 stands before the first entry. Also the consistency token
/// that writes return and reads may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub u64);

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// A report as a caller hands it over, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDraft {
    /// Identity of the report: the caller's own, or derived (see [`ReportId::derive`]).
    pub id: ReportId,
    /// Where the report was published; absolute http or https.
    pub url: Option<String>,
    /// Name of the newspaper or portal.
    pub publisher: Option<String>,
    /// Headline, where the caller knows it apart from the text.
    pub title: Option<String>,
    /// When it was published, as precisely as is known.
    pub publish_date: Option<Edtf>,
    /// The text as it is stored and quoted: plain text or HTML. Never empty, never with NUL.
    pub text: String,
}

/// A report as it stands at some revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What the caller handed over last.
    pub draft: ReportDraft,
    /// Revision of the entry that carries this content, or its deletion.
    pub revision: Revision,
    /// When the report first came in.
    pub create_time: Timestamp,
    /// When this content came in, or the report was deleted.
    pub update_time: Timestamp,
    /// When it was deleted, if it was.
    pub delete_time: Option<Timestamp>,
}
