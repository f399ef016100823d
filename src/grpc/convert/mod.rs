//! From the model's nouns to the messages of `bienban.v1`: one file per noun, nothing decided here.
//!
//! Facts carry spans without a report where the report is clear: a date, deadline, period or office stands in the
//! report of its fact's first evidence, the meeting's own date in the report that names the meeting.

mod change;
mod correction;
mod date;
mod diagnostic;
mod entity;
mod figure;
mod item;
mod meeting;
mod mention;
mod relation;
mod report;
mod search;
mod status;

pub(super) use change::{change, progress};
pub(super) use correction::{correction, item_kind, meeting_kind, part_of_day_of, role_of};
pub(super) use date::timestamp;
pub(super) use entity::{candidate, entity, interpretation, office_tenure, suggestion};
pub(super) use meeting::{full as full_meeting, record as meeting_record};
pub(super) use mention::mention;
pub(super) use relation::related;
pub(super) use report::{ingested, ingested_in_stream, report};
pub(super) use search::{
    facet, facet_field, figure_hit, item_hit, match_tier, meeting_hit, rewrite, search_fields, search_suggestion,
    search_unit, total,
};
pub(super) use status::{rebuild, status};

use crate::model::{Evidence, ReportId, Revision};

/// An offset or count as the wire has it.
pub(super) fn offset(value: u32) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

/// A large count as the wire has it.
pub(super) fn count(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A revision as the wire has it.
pub(super) fn revision(value: Revision) -> i64 {
    count(value.0)
}

/// The report that a fact's bare spans stand in.
fn home(evidence: &[Evidence]) -> Option<&ReportId> {
    evidence.first().map(|first| &first.report)
}
