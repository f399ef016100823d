//! Fields of a meeting's record that people know better.
//!
//! A correction was made for the meeting that some reports told of. It holds for the meeting that the first of them tells of that is left, so
//! it stays where it belongs when other reports come to the meeting or leave it, and waits where all of them are deleted. What is corrected
//! says so ([`CorrectedField`]); the evidence, and what the reports are taken to say of people and bodies elsewhere, stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use redb::ReadableTable as _;

use super::ProjectionError;
use super::apply::Tables;
use super::curation::Curation;
use crate::model::{
    Basis, CorrectedField, CorrectionId, DatedFact, EntityId, EntityKind, EntityRef, Meeting, MeetingChange, ReportId,
    Revision, Role,
};

type Result<T> = std::result::Result<T, ProjectionError>;

/// Corrects a meeting's record: the corrections that hold for it, each with the report that it goes by.
pub(super) fn correct(
    tables: &Tables<'_>,
    curation: &Curation,
    group: &BTreeSet<ReportId>,
    meeting: &mut Meeting,
) -> Result<BTreeMap<Revision, ReportId>> {
    let mut holding: BTreeMap<Revision, (ReportId, Vec<MeetingChange>)> = BTreeMap::new();
    for report in group {
        for (revision, reports, changes) in curation.of_meeting(report) {
            let mut left = None;
            for told in reports {
                if tables.readings.get(told.as_str())?.is_some() {
                    left = Some(told);
                    break;
                }
            }
            if let Some(first) = left.filter(|first| group.contains(*first)) {
                holding.insert(revision, (first.clone(), changes.to_vec()));
            }
        }
    }
    let mut marks = BTreeMap::new();
    let mut parts = Vec::new();
    for (revision, (_, changes)) in &holding {
        let by = CorrectionId::of(*revision);
        for change in changes {
            if apply(tables, curation, meeting, change, &mut parts)? {
                // The last one to speak of a field is the one that it says.
                marks.insert(change.field(), by.clone());
            }
        }
    }
    if !parts.is_empty() {
        meeting.participants.sort_by_key(|participant| participant.role);
    }
    meeting.corrections = marks.into_iter().map(|(field, correction)| CorrectedField { field, correction }).collect();
    Ok(holding.into_iter().map(|(revision, (report, _))| (revision, report)).collect())
}

/// Writes one field; false where there is nothing that it could be written to.
fn apply(
    tables: &Tables<'_>,
    curation: &Curation,
    meeting: &mut Meeting,
    change: &MeetingChange,
    parts: &mut Vec<EntityId>,
) -> Result<bool> {
    match change {
        MeetingChange::Title(title) => meeting.title.clone_from(title),
        MeetingChange::Kind(kind) => meeting.kind = *kind,
        MeetingChange::Date(date) => {
            meeting.date = date.map(|date| DatedFact { date, basis: Basis::Corrected, span: None });
        }
        MeetingChange::PartOfDay(part) => meeting.part_of_day = *part,
        MeetingChange::SessionNumber(number) => meeting.session_number = *number,
        MeetingChange::Extended(extended) => meeting.extended = *extended,
        MeetingChange::Term(term) => meeting.term = *term,
        MeetingChange::Convener(None) => meeting.convener = None,
        MeetingChange::Convener(Some(id)) => {
            let id = current(tables, curation, id)?;
            // An entity that no report names any more leads nowhere.
            let Some(name) = tables.entity_names.get(id.as_str())?.map(|name| name.value().to_owned()) else {
                return Ok(false);
            };
            meeting.convener = Some(EntityRef { id, kind: EntityKind::Organization, display_name: name });
        }
        MeetingChange::Venue(venue) => meeting.venue.clone_from(venue),
        MeetingChange::Participant(person, role) => {
            let person = current(tables, curation, person)?;
            return Ok(set_part(meeting, person, *role, parts));
        }
    }
    Ok(true)
}

fn set_part(meeting: &mut Meeting, person: EntityId, role: Option<Role>, parts: &mut Vec<EntityId>) -> bool {
    let Some(at) = meeting.participants.iter().position(|participant| participant.person.id == person) else {
        return false;
    };
    match role {
        Some(role) => meeting.participants[at].role = role,
        None => drop(meeting.participants.remove(at)),
    }
    parts.push(person);
    true
}

/// The id that an entity has now.
fn current(tables: &Tables<'_>, curation: &Curation, id: &EntityId) -> Result<EntityId> {
    let target = tables.entity_redirects.get(id.as_str())?;
    let base = target.and_then(|target| EntityId::parse(target.value()).ok()).unwrap_or_else(|| id.clone());
    Ok(curation.root(&base))
}
