//! What may be asked of reports.

use super::{Evidenced, MeetingRecord, PageRequest, View};
use crate::model::{MeetingId, Report, ReportId, Revision};
use crate::service::draft::ReportInput;

/// Asks to keep a report.
#[derive(Debug, Clone, Default)]
pub struct IngestReport {
    /// The report as the caller wrote it.
    pub report: ReportInput,
    /// Makes the request safe to repeat; empty for none.
    pub request_id: String,
    /// The etag that the stored report must have; empty for any.
    pub etag: String,
    /// Check everything, keep nothing.
    pub validate_only: bool,
    /// Answer with the meeting record in this view too, once it stands at the new revision.
    pub view: Option<View>,
}

/// What became of a report handed over.
#[derive(Debug, Clone)]
pub struct Ingested {
    /// The report as stored (or, when only validated, as it would be, with revision 0).
    pub report: Report,
    /// Revision of the journal entry that carries it.
    pub revision: Revision,
    /// What was done.
    pub outcome: IngestOutcome,
    /// The meeting it tells of.
    pub meeting: MeetingId,
    /// The meeting's record, where asked for and reached within the deadline.
    pub record: Option<Evidenced<MeetingRecord>>,
}

/// What an ingest did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IngestOutcome {
    /// The report is new, or came back after its deletion.
    Created,
    /// The content differs from the stored one and replaced it.
    Updated,
    /// The same content was stored already; nothing was written.
    Unchanged,
}

/// Asks what would be read out of a report.
#[derive(Debug, Clone, Default)]
pub struct ExtractMeeting {
    /// The report as the caller wrote it.
    pub report: ReportInput,
}

/// Asks for one report.
#[derive(Debug, Clone)]
pub struct GetReport {
    /// Which.
    pub id: ReportId,
    /// At least this revision.
    pub min_revision: Revision,
    /// Without the text, or with it. In `Basic` the answer's text may be left empty.
    pub view: View,
}

/// Asks for reports.
#[derive(Debug, Clone)]
pub struct ListReports {
    /// Which page.
    pub page: PageRequest,
    /// AIP-160; empty for all.
    pub filter: String,
    /// Empty for latest change first.
    pub order_by: String,
    /// At least this revision.
    pub min_revision: Revision,
    /// Without the text, or with it. In `Basic` the answers' texts may be left empty.
    pub view: View,
    /// Deleted ones too.
    pub show_deleted: bool,
}

/// Asks to delete a report.
#[derive(Debug, Clone)]
pub struct DeleteReport {
    /// Which.
    pub id: ReportId,
    /// The etag that it must have; empty for any.
    pub etag: String,
}

/// Asks to bring a deleted report back.
#[derive(Debug, Clone)]
pub struct UndeleteReport {
    /// Which.
    pub id: ReportId,
    /// The etag that the deleted report must have; empty for any.
    pub etag: String,
    /// Makes the request safe to repeat; empty for none.
    pub request_id: String,
}

/// The etag of a report at a revision of its content.
#[must_use]
pub fn report_etag(report: &Report) -> String {
    format!("\"r{}\"", report.revision.0)
}
