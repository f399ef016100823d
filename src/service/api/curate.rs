//! What people may say that know better than the reports, and what they are told of it.

use super::{Evidenced, MeetingRecord, PageRequest};
use crate::model::{
    Correction, CorrectionId, CorrectionState, Entity, EntityId, FigureChange, ItemChange, MeetingChange, MeetingId,
    MeetingSummary, ReportId, Revision, Span, Statement,
};

/// A correction with how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curated {
    /// The correction. Where it was only validated, its revision is 0.
    pub correction: Correction,
    /// How it stands.
    pub state: CorrectionState,
}

/// What every correction comes with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who says so, and why.
    pub statement: Statement,
    /// Makes the request safe to repeat; empty for none.
    pub request_id: String,
    /// Check everything, keep nothing.
    pub validate_only: bool,
}

/// Says that two entities are one.
#[derive(Debug, Clone)]
pub struct MergeEntities {
    /// The one whose id is to lead to the other.
    pub source: EntityId,
    /// The one that stays.
    pub target: EntityId,
    /// By whom and why.
    pub said: Said,
}

/// Says that mentions are of another entity.
#[derive(Debug, Clone)]
pub struct SplitEntity {
    /// The entity they were taken for.
    pub id: EntityId,
    /// Which mentions: a report, and a place in it or all of it.
    pub mentions: Vec<(ReportId, Option<Span>)>,
    /// By whom and why.
    pub said: Said,
}

/// Says what is right in a meeting's record.
#[derive(Debug, Clone)]
pub struct CorrectMeeting {
    /// Which.
    pub id: MeetingId,
    /// The etag that the record must have; empty for any.
    pub etag: String,
    /// What is right; each with the path of its field in the request.
    pub changes: Vec<(String, MeetingChange)>,
    /// What is right of its items.
    pub items: Vec<ItemCorrection>,
    /// What is right of its figures.
    pub figures: Vec<FigureCorrection>,
    /// By whom and why.
    pub said: Said,
}

/// What is right of an item.
#[derive(Debug, Clone)]
pub struct ItemCorrection {
    /// The path of it in the request.
    pub field: String,
    /// The item's number in the record.
    pub number: u32,
    /// What is right; `None` where it is no item at all.
    pub right: Option<Vec<ItemChange>>,
}

/// What is right of a figure.
#[derive(Debug, Clone)]
pub struct FigureCorrection {
    /// The path of it in the request.
    pub field: String,
    /// The report that has it.
    pub report: ReportId,
    /// Where in the report.
    pub span: Span,
    /// What is right; `None` where it is no figure at all.
    pub right: Option<Vec<FigureChange>>,
}

/// Asks to take a correction back.
#[derive(Debug, Clone)]
pub struct RevertCorrection {
    /// Which.
    pub id: CorrectionId,
    /// By whom and why.
    pub said: Said,
}

/// Asks for one correction.
#[derive(Debug, Clone)]
pub struct GetCorrection {
    /// Which.
    pub id: CorrectionId,
    /// At least this revision.
    pub min_revision: Revision,
}

/// Asks for corrections.
#[derive(Debug, Clone)]
pub struct ListCorrections {
    /// Which page.
    pub page: PageRequest,
    /// AIP-160; empty for all.
    pub filter: String,
    /// Empty for latest first.
    pub order_by: String,
    /// At least this revision.
    pub min_revision: Revision,
}

/// What became of a correction of entities.
#[derive(Debug, Clone)]
pub struct CuratedEntity {
    /// The correction.
    pub curated: Curated,
    /// The entity it led to, as it is now.
    pub entity: Option<Entity>,
    /// The snapshot they were read from.
    pub revision: Revision,
}

/// What became of a correction of a meeting.
#[derive(Debug, Clone)]
pub struct CuratedMeeting {
    /// The correction.
    pub curated: Curated,
    /// The meeting as it is now.
    pub meeting: Option<Evidenced<MeetingRecord>>,
    /// The snapshot they were read from.
    pub revision: Revision,
}

/// What became of a correction that was to be taken back.
#[derive(Debug, Clone)]
pub struct Uncurated {
    /// The correction.
    pub curated: Curated,
    /// The snapshot it was read from.
    pub revision: Revision,
}

/// The etag of a meeting's record.
#[must_use]
pub fn meeting_etag(meeting: &MeetingSummary) -> String {
    format!("\"m{}-{}\"", meeting.revision.0, meeting.update_time.0)
}
