//! Fields of a meeting's record that people know better.
//!
//! A correction was made for the meeting that some reports told of. It holds for the meeting that the first of them tells of that is left, so
//! it stays where it belongs when other reports come to the meeting or leave it, and waits where all of them are deleted. What is corrected
//! says so ([`CorrectedField`]); the evidence, and what the reports are taken to say of people and bodies elsewhere, stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use redb::ReadableTable as _;

use super::apply::Application;
use super::packed::text;
use super::{ProjectionError, entities};
use crate::model::{
    Basis, CorrectedField, CorrectionId, DatedFact, EntityId, EntityRef, Evidence, Figure, FigureChange, Finite,
    ItemChange, Meeting, MeetingChange, MeetingItem, Place, ReportId, Revision, Role, Spot,
};

type Result<T> = std::result::Result<T, ProjectionError>;

/// Corrects a meeting's record: the corrections that have an effect on it, each with the report that it goes by. `new` is the report that the entry
/// brings, which is not written yet.
pub(super) fn correct(
    entry: &Application<'_, '_, '_>,
    group: &BTreeSet<ReportId>,
    new: Option<&ReportId>,
    meeting: &mut Meeting,
) -> Result<BTreeMap<Revision, ReportId>> {
    let mut holding: BTreeMap<Revision, (ReportId, Vec<MeetingChange>)> = BTreeMap::new();
    for report in group {
        for (revision, reports, changes) in entry.curation.of_meeting(report) {
            let mut left = None;
            for told in reports {
                if new == Some(told) || entry.tables.readings.get(told.as_str())?.is_some() {
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
    let mut effects = BTreeMap::new();
    for (revision, (report, changes)) in holding {
        let by = CorrectionId::of(revision);
        for change in &changes {
            if apply(entry, meeting, change, &mut parts)? {
                // The last one to speak of a field is the one that it says.
                marks.insert(change.field(), by.clone());
                effects.insert(revision, report.clone());
            }
        }
    }
    if !parts.is_empty() {
        meeting.participants.sort_by_key(|participant| participant.role);
    }
    meeting.corrections = marks.into_iter().map(|(field, correction)| CorrectedField { field, correction }).collect();
    Ok(effects)
}

/// Writes one field; false where there is nothing that it could be written to.
fn apply(
    entry: &Application<'_, '_, '_>,
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
            let convener = reference(entry, id)?;
            if convener.is_none() {
                return Ok(false);
            }
            meeting.convener = convener;
        }
        MeetingChange::Venue(venue) => meeting.venue.clone_from(venue),
        MeetingChange::Participant(person, role) => {
            let person = current(entry, person)?;
            return Ok(set_part(meeting, person, *role, parts));
        }
        MeetingChange::Item(spots, right) => {
            let items = meeting.items.iter().map(|item| (item.text.as_str(), item.evidence.as_slice()));
            let Some(at) = find(&items.collect::<Vec<_>>(), spots) else { return Ok(false) };
            let Some(right) = right else {
                meeting.items.remove(at);
                return Ok(true);
            };
            for change in right {
                set_item(entry, &mut meeting.items[at], change)?;
            }
        }
        MeetingChange::Figure(spots, right) => {
            let figures = meeting.figures.iter().map(|one| (one.figure.text.as_str(), one.evidence.as_slice()));
            let Some(at) = find(&figures.collect::<Vec<_>>(), spots) else { return Ok(false) };
            match right {
                None => remove_figure(meeting, at),
                Some(right) => right.iter().for_each(|change| set_figure(&mut meeting.figures[at].figure, change)),
            }
        }
    }
    Ok(true)
}

/// Which of these, each with its words and where they stand, stands at one of the places: the nearest of those with the same words.
fn find(parts: &[(&str, &[Evidence])], spots: &[Spot]) -> Option<usize> {
    let digests: Vec<String> = parts.iter().map(|(words, _)| Place::digest(words)).collect();
    spots.iter().find_map(|spot| {
        let same = parts.iter().enumerate().filter(|(at, _)| digests[*at] == spot.place.words);
        let distance = |evidence: &[Evidence]| {
            let there = evidence.iter().filter(|evidence| evidence.report == spot.report);
            there.map(|evidence| evidence.span.start.abs_diff(spot.place.span.start)).min()
        };
        same.filter_map(|(at, (_, evidence))| Some((distance(evidence)?, at))).min().map(|(_, at)| at)
    })
}

/// Leaves a figure out; items name figures by their place in the list.
fn remove_figure(meeting: &mut Meeting, at: usize) {
    meeting.figures.remove(at);
    for item in &mut meeting.items {
        item.figures.retain(|figure| *figure as usize != at);
        item.figures.iter_mut().filter(|figure| **figure as usize > at).for_each(|figure| *figure -= 1);
    }
}

fn set_figure(figure: &mut Figure, change: &FigureChange) {
    match change {
        FigureChange::Indicator(indicator) => figure.indicator.clone_from(indicator),
        FigureChange::Value(value) => figure.value = value.get(),
        FigureChange::Upper(upper) => figure.upper = upper.map(Finite::get),
        FigureChange::Unit(unit) => figure.unit.clone_from(unit),
        FigureChange::Period(date) => {
            figure.period = date.map(|date| DatedFact { date, basis: Basis::Corrected, span: None });
        }
        FigureChange::Subject(subject) => figure.subject.clone_from(subject),
    }
}

fn set_item(entry: &Application<'_, '_, '_>, item: &mut MeetingItem, change: &ItemChange) -> Result<()> {
    match change {
        ItemChange::Kind(kind) => item.kind = *kind,
        ItemChange::Speaker(None) => item.speaker = None,
        ItemChange::Speaker(Some(id)) => item.speaker = reference(entry, id)?,
        ItemChange::Deadline(date) => {
            item.deadline = date.map(|date| DatedFact { date, basis: Basis::Corrected, span: None });
        }
    }
    Ok(())
}

/// What to call an entity now; an entity that no report names any more leads nowhere.
fn reference(entry: &Application<'_, '_, '_>, id: &EntityId) -> Result<Option<EntityRef>> {
    let id = current(entry, id)?;
    Ok(entities::known(entry, &id)?.map(|entity| EntityRef {
        id,
        kind: entity.kind,
        display_name: entity.display_name,
    }))
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
fn current(entry: &Application<'_, '_, '_>, id: &EntityId) -> Result<EntityId> {
    let target = entry.tables.entity_redirects.get(text(id))?;
    let base = target.and_then(|target| EntityId::parse(&target.value()).ok()).unwrap_or_else(|| id.clone());
    Ok(entry.curation.root(&base))
}
