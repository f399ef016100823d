//! What goes into the journal and what comes out.

use crate::model::{CorrectionBody, Edtf, MeetingChange, ReportDraft, ReportId, Revision, Statement, Timestamp};

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
    /// Brings a deleted report back as it was.
    UndeleteReport {
        /// Which report.
        id: ReportId,
        /// The caller's name for this attempt and its retries.
        request_id: Option<String>,
        /// The revision of the deletion, as the caller believes; `None` to bring the report back whenever it was deleted.
        expected: Option<Revision>,
    },
    /// Keeps a correction.
    Correct {
        /// What it says.
        body: CorrectionBody,
        /// Who says so, and why.
        said: Statement,
        /// The caller's name for this attempt and its retries.
        request_id: Option<String>,
        /// What the caller asked, in its own words and part by part, the author and the reason among them: what two requests with one id
        /// must have in common. `body` may differ between them, since what a name means may have changed.
        asked: Vec<String>,
        /// What the correction rests on.
        guard: Guard,
    },
    /// Takes a correction back. One that was taken back already stays so, and makes no entry.
    RevertCorrection {
        /// The entry that carries the correction.
        correction: Revision,
        /// Who says so, and why.
        said: Statement,
        /// The caller's name for this attempt and its retries.
        request_id: Option<String>,
    },
}

/// What a correction was decided on. The journal does not know what is derived from it; it knows whether anything came since.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guard {
    /// The revision at which everything was looked at. No correction may have come or been reverted since.
    pub read_at: Revision,
    /// Reports that may not have changed since.
    pub reports: Vec<ReportId>,
}

impl Write {
    /// The caller's name for this attempt and its retries.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::PutReport { request_id, .. }
            | Self::DeleteReport { request_id, .. }
            | Self::UndeleteReport { request_id, .. }
            | Self::Correct { request_id, .. }
            | Self::RevertCorrection { request_id, .. } => request_id.as_deref(),
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
                Self::DeleteReport { request_id, .. } | Self::UndeleteReport { request_id, .. } => length(request_id),
                Self::Correct { body, said, request_id, asked, guard } => {
                    let mentions = match body {
                        CorrectionBody::Split { mentions, .. } => mentions.len(),
                        CorrectionBody::Meeting { changes, .. } => changes.iter().map(places).sum(),
                        CorrectionBody::Merge { .. } => 0,
                    };
                    // A report's id with a place, about; the parts asked for repeat what the body says.
                    let named = (mentions + guard.reports.len()) * 128;
                    named + asked.iter().map(String::len).sum::<usize>() * 2 + said_length(said) + length(request_id)
                }
                Self::RevertCorrection { said, request_id, .. } => said_length(said) + length(request_id),
            }
    }
}

/// How many places a change names.
fn places(change: &MeetingChange) -> usize {
    match change {
        MeetingChange::Item(spots, _) | MeetingChange::Figure(spots, _) => spots.len(),
        _ => 0,
    }
}

fn said_length(said: &Statement) -> usize {
    said.author.len() + said.reason.len()
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
    /// The report is back.
    Undeleted,
    /// The correction is kept.
    Corrected,
    /// The correction is taken back.
    Reverted,
}

/// The answer to a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// The entry that carries what was written: made now, or earlier for `Unchanged` and `Replayed`.
    pub revision: Revision,
    /// The report it is about; `None` for corrections.
    pub report: Option<ReportId>,
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
    /// A deleted report is there again from here on, with the content it had.
    ReportUndeleted {
        /// Which report.
        id: ReportId,
    },
    /// A correction holds from here on.
    Corrected {
        /// What it says.
        body: CorrectionBody,
        /// Who says so, and why.
        said: Statement,
    },
    /// A correction no longer holds.
    CorrectionReverted {
        /// The entry that carries the correction.
        correction: Revision,
        /// Who says so, and why.
        said: Statement,
    },
}

impl EntryBody {
    /// The report the entry is about; `None` for corrections.
    #[must_use]
    pub fn report(&self) -> Option<&ReportId> {
        match self {
            Self::ReportPut { draft } => Some(&draft.id),
            Self::ReportDeleted { id } | Self::ReportUndeleted { id } => Some(id),
            Self::Corrected { .. } | Self::CorrectionReverted { .. } => None,
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
    /// Number of corrections, reverted ones among them.
    pub corrections: u64,
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
