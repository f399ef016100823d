//! Corrections.

use prost_types::FieldMask;

use super::{date, item, meeting, mention, offset, revision, timestamp};
use crate::grpc::generated::pb;
use crate::model::{
    Basis, CorrectedField, CorrectionBody, CorrectionState, DatedFact, Edtf, EntityId, FigureChange, Finite,
    ItemChange, ItemKind, MeetingChange, MeetingField, MeetingKind, MentionSelector, PartOfDay, ReportId, Reversion,
    Revision, Role, Spot,
};
use crate::service::api::Curated;

/// A correction as it stands.
pub(in crate::grpc) fn correction(curated: Curated) -> pb::Correction {
    let Curated { correction, state } = curated;
    // One that was only checked has no name yet.
    let name = if correction.revision == Revision(0) { String::new() } else { correction.id.name() };
    pb::Correction {
        name,
        state: self::state(state).into(),
        author: correction.said.author,
        reason: correction.said.reason,
        create_time: Some(timestamp(correction.create_time)),
        revision: revision(correction.revision),
        statement: Some(statement(correction.body)),
        reversion: correction.reverted.map(reversion),
    }
}

fn state(state: CorrectionState) -> pb::CorrectionState {
    match state {
        CorrectionState::Active => pb::CorrectionState::Active,
        CorrectionState::Inapplicable => pb::CorrectionState::Inapplicable,
        CorrectionState::Reverted => pb::CorrectionState::Reverted,
    }
}

fn reversion(end: Reversion) -> pb::Reversion {
    pb::Reversion {
        author: end.said.author,
        reason: end.said.reason,
        revert_time: Some(timestamp(end.time)),
        revision: revision(end.revision),
    }
}

fn statement(body: CorrectionBody) -> pb::correction::Statement {
    use pb::correction::Statement;
    match body {
        CorrectionBody::Merge { source, target } => {
            Statement::Merge(pb::EntityMerge { source: source.name(), target: target.name() })
        }
        CorrectionBody::Split { source, entity, mentions } => Statement::Split(pb::EntitySplit {
            source: source.name(),
            entity: entity.name(),
            mentions: mentions.iter().map(choice).collect(),
        }),
        CorrectionBody::Meeting { meeting, reports, changes } => {
            let participants = changes.iter().filter_map(participant).collect();
            let items = changes.iter().filter_map(item_correction).collect();
            let figures = changes.iter().filter_map(figure_correction).collect();
            let (paths, values) = values(&changes);
            Statement::Meeting(pb::MeetingCorrection {
                meeting: meeting.name(),
                reports: reports.iter().map(ReportId::name).collect(),
                update_mask: Some(FieldMask { paths }),
                values: Some(values),
                participants,
                items,
                figures,
            })
        }
    }
}

fn choice(selector: &MentionSelector) -> pb::MentionChoice {
    let span = selector.place.as_ref().map(|place| place.span).unwrap_or_default();
    pb::MentionChoice { report: selector.report.name(), start_offset: offset(span.start), end_offset: offset(span.end) }
}

fn participant(change: &MeetingChange) -> Option<pb::ParticipantCorrection> {
    let MeetingChange::Participant(person, role) = change else { return None };
    let remove = role.is_none();
    let role = role.map_or(pb::ParticipantRole::Unspecified, mention::participant_role);
    Some(pb::ParticipantCorrection { person: person.name(), role: role.into(), remove })
}

fn item_correction(change: &MeetingChange) -> Option<pb::ItemCorrection> {
    let MeetingChange::Item(spots, right) = change else { return None };
    let mut values = pb::Item::default();
    for change in right.iter().flatten() {
        match change {
            ItemChange::Kind(kind) => values.kind = item::kind(*kind).into(),
            ItemChange::Speaker(id) => values.speaker = id.as_ref().map(named),
            ItemChange::Deadline(when) => values.deadline = when.map(corrected_date),
        }
    }
    let paths = |right: &Vec<ItemChange>| right.iter().map(|change| change.field().to_owned()).collect();
    Some(pb::ItemCorrection {
        name: String::new(),
        update_mask: right.as_ref().map(|right| FieldMask { paths: paths(right) }),
        values: right.is_some().then_some(values),
        remove: right.is_none(),
        places: spots.iter().map(place).collect(),
    })
}

fn figure_correction(change: &MeetingChange) -> Option<pb::FigureCorrection> {
    let MeetingChange::Figure(spots, right) = change else { return None };
    let mut values = pb::Figure::default();
    for change in right.iter().flatten() {
        match change {
            FigureChange::Indicator(indicator) => values.indicator.clone_from(indicator),
            FigureChange::Value(value) => values.value = value.get(),
            FigureChange::Upper(upper) => values.upper = upper.map(Finite::get),
            FigureChange::Unit(unit) => values.unit.clone_from(unit),
            FigureChange::Period(when) => values.period = when.map(corrected_date),
            FigureChange::Subject(subject) => values.subject = subject.clone().unwrap_or_default(),
        }
    }
    let paths = |right: &Vec<FigureChange>| right.iter().map(|change| change.field().to_owned()).collect();
    Some(pb::FigureCorrection {
        place: None,
        update_mask: right.as_ref().map(|right| FieldMask { paths: paths(right) }),
        values: right.is_some().then_some(values),
        remove: right.is_none(),
        places: spots.iter().map(place).collect(),
    })
}

fn place(spot: &Spot) -> pb::Evidence {
    pb::Evidence {
        report: spot.report.name(),
        start_offset: offset(spot.place.span.start),
        end_offset: offset(spot.place.span.end),
        ..Default::default()
    }
}

fn named(id: &EntityId) -> pb::EntityRef {
    pb::EntityRef { name: id.name(), ..Default::default() }
}

fn corrected_date(date: Edtf) -> pb::Date {
    date::bare(DatedFact { date, basis: Basis::Corrected, span: None })
}

/// The fields that are spoken of, and a meeting that has them.
fn values(changes: &[MeetingChange]) -> (Vec<String>, pb::Meeting) {
    let (mut paths, mut values) = (Vec::new(), pb::Meeting::default());
    for change in changes {
        match change {
            MeetingChange::Title(title) => values.title.clone_from(title),
            MeetingChange::Kind(kind) => {
                values.kind = kind.map_or(pb::MeetingKind::Unspecified, meeting::kind).into();
            }
            MeetingChange::Date(when) => values.date = when.map(corrected_date),
            MeetingChange::PartOfDay(part) => {
                values.part_of_day = part.map_or(pb::PartOfDay::Unspecified, meeting::part_of_day).into();
            }
            MeetingChange::SessionNumber(number) => values.session_number = number.map_or(0, offset),
            MeetingChange::Extended(extended) => values.extended = *extended,
            MeetingChange::Term(term) => values.term = term.map(|term| term.to_string()).unwrap_or_default(),
            MeetingChange::Convener(id) => values.convener = id.as_ref().map(named),
            MeetingChange::Venue(venue) => values.venue = venue.clone().unwrap_or_default(),
            MeetingChange::Participant(..) | MeetingChange::Item(..) | MeetingChange::Figure(..) => continue,
        }
        paths.push(change.field().name().to_owned());
    }
    (paths, values)
}

/// A field of a meeting that a correction speaks of.
pub(super) fn corrected_field(field: &CorrectedField) -> pb::CorrectedField {
    pb::CorrectedField { field: MeetingField::name(field.field).to_owned(), correction: field.correction.name() }
}

/// The kind of meeting that a caller names; `None` for none.
pub(in crate::grpc) fn meeting_kind(kind: pb::MeetingKind) -> Option<MeetingKind> {
    Some(match kind {
        pb::MeetingKind::Unspecified => return None,
        pb::MeetingKind::Conference => MeetingKind::Conference,
        pb::MeetingKind::WorkingSession => MeetingKind::WorkingSession,
        pb::MeetingKind::Plenary => MeetingKind::Plenary,
        pb::MeetingKind::Congress => MeetingKind::Congress,
        pb::MeetingKind::Ceremony => MeetingKind::Ceremony,
        pb::MeetingKind::Inspection => MeetingKind::Inspection,
        pb::MeetingKind::Dialogue => MeetingKind::Dialogue,
    })
}

/// The kind of item that a caller names; `None` for none.
pub(in crate::grpc) fn item_kind(kind: pb::ItemKind) -> Option<ItemKind> {
    Some(match kind {
        pb::ItemKind::Unspecified => return None,
        pb::ItemKind::Directive => ItemKind::Directive,
        pb::ItemKind::Proposal => ItemKind::Proposal,
        pb::ItemKind::Commitment => ItemKind::Commitment,
        pb::ItemKind::Achievement => ItemKind::Achievement,
        pb::ItemKind::Shortcoming => ItemKind::Shortcoming,
        pb::ItemKind::Recognition => ItemKind::Recognition,
        pb::ItemKind::Decision => ItemKind::Decision,
        pb::ItemKind::Statement => ItemKind::Statement,
    })
}

/// The part of the day that a caller names; `None` for none.
pub(in crate::grpc) fn part_of_day_of(part: pb::PartOfDay) -> Option<PartOfDay> {
    Some(match part {
        pb::PartOfDay::Unspecified => return None,
        pb::PartOfDay::Morning => PartOfDay::Morning,
        pb::PartOfDay::Noon => PartOfDay::Noon,
        pb::PartOfDay::Afternoon => PartOfDay::Afternoon,
        pb::PartOfDay::Evening => PartOfDay::Evening,
    })
}

/// The role that a caller names; `None` for none.
pub(in crate::grpc) fn role_of(role: pb::ParticipantRole) -> Option<Role> {
    Some(match role {
        pb::ParticipantRole::Unspecified => return None,
        pb::ParticipantRole::Speaker => Role::Speaker,
        pb::ParticipantRole::Chair => Role::Chair,
        pb::ParticipantRole::Recipient => Role::Recipient,
        pb::ParticipantRole::Attendee => Role::Attendee,
        pb::ParticipantRole::Mentioned => Role::Mentioned,
    })
}
