//! What goes into the journal and what comes out.

use crate::model::{Edtf, ReportDraft, ReportId, Revision, Timestamp};

/// A report as it comes in: like [`ReportDraft`], but perhaps without an id, which the journal then finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingReport {
    /// The caller's own id, if it has one.
    pub id: Option<ReportId>,
    /// Where the report was published.
    pub url: Option<String>,
    /// Name of the newspaper or portal.
    pub publisher: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// When it was published.
    pub publish_date: Option<Edtf>,
    /// The text, checked by whoever hands it over (see [`ReportDraft::text`]).
    pub text: String,
}

impl IncomingReport {
    /// The same report under the id that was found for it.
    #[must_use]
    pub fn into_draft(self, id: ReportId) -> ReportDraft {
        let Self { id: _, url, publisher, title, publish_date, text } = self;
        ReportDraft { id, url, publisher, title, publish_date, text }
    }
}

impl From<ReportDraft> for IncomingReport {
    fn from(draft: ReportDraft) -> Self {
        let ReportDraft { id, url, publisher, title, publish_date, text } = draft;
        Self { id: Some(id), url, publisher, title, publish_date, text }
    }
}

/// Something a caller wants written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Stores a report: new, or new content for one that is stored.
    PutReport {
        /// The report.
        report: IncomingReport,
        /// The caller's name for this attempt and its retries. One space of names for all callers.
        request_id: Option<String>,
        /// The revision the caller believes the stored report to be at; `None` to put it whatever it says now.
        expected: Option<Revision>,
    },
    /// Deletes a report. Its content stays in the journal.
    DeleteReport {
        /// Which report.
        id: ReportId,
        /// The caller's name for this attempt and its retries.
        request_id: Option<String>,
        /// The revision the caller believes the report to be at; `None` to delete it whatever it says now.
        expected: Option<Revision>,
    },
}

impl Write {
    /// The caller's name for this attempt and its retries.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::PutReport { request_id, .. } | Self::DeleteReport { request_id, .. } => request_id.as_deref(),
        }
    }

    /// About how many bytes the write holds in memory; what bounded queues count.
    #[must_use]
    pub fn weight(&self) -> usize {
        let length = |field: &Option<String>| field.as_ref().map_or(0, String::len);
        size_of::<Self>()
            + match self {
                Self::PutReport { report, request_id, expected: _ } => {
                    let IncomingReport { id: _, url, publisher, title, publish_date: _, text } = report;
                    text.len() + [url, publisher, title, request_id].into_iter().map(length).sum::<usize>()
                }
                Self::DeleteReport { request_id, .. } => length(request_id),
            }
    }
}

/// What a write came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The report was not there before, or was deleted.
    Created,
    /// The report was there with other content.
    Updated,
    /// The report already has this content; no entry was made.
    Unchanged,
    /// The request id was answered before, with this revision; no entry was made.
    Replayed,
    /// The report is deleted.
    Deleted,
}

/// The answer to a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// The entry that carries what was written: made now, or earlier for `Unchanged` and `Replayed`.
    pub revision: Revision,
    /// The report it is about.
    pub report: ReportId,
    /// Time of that entry.
    pub time: Timestamp,
    /// What the write came to.
    pub outcome: Outcome,
}

/// One entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its position.
    pub revision: Revision,
    /// When it was written; never before the entry that precedes it.
    pub time: Timestamp,
    /// What it says.
    pub body: EntryBody,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryBody {
    /// A report has this content from here on.
    ReportPut {
        /// The report, under its id.
        draft: ReportDraft,
    },
    /// A report is deleted from here on.
    ReportDeleted {
        /// Which report.
        id: ReportId,
    },
}

impl EntryBody {
    /// The report the entry is about.
    #[must_use]
    pub fn report(&self) -> &ReportId {
        match self {
            Self::ReportPut { draft } => &draft.id,
            Self::ReportDeleted { id } => id,
        }
    }
}

/// Something wrong with a stored journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The entry it was found at, where it belongs to one.
    pub revision: Option<Revision>,
    /// What is wrong, for an operator. Never any text of a report.
    pub what: String,
}

/// The result of reading a whole journal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verification {
    /// Revision of the last entry.
    pub head: Revision,
    /// Number of entries read.
    pub entries: u64,
    /// Number of reports, deleted ones among them.
    pub reports: u64,
    /// Number of request ids remembered.
    pub requests: u64,
    /// The first faults found, at most [`Verification::MAX_FAULTS`].
    pub faults: Vec<Fault>,
    /// Number of faults found beyond those.
    pub more_faults: u64,
}

impl Verification {
    /// How many faults are described one by one.
    pub const MAX_FAULTS: usize = 100;

    /// True if nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    pub(super) fn fault(&mut self, revision: Option<Revision>, what: impl Into<String>) {
        if self.faults.len() < Self::MAX_FAULTS {
            self.faults.push(Fault { revision, what: what.into() });
        } else {
            self.more_faults += 1;
        }
    }
}
