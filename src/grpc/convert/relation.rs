//! Who meets whom.

use super::entity::reference;
use super::{count, date};
use crate::grpc::generated::pb;
use crate::service::api::{RelatedEntity, RelationKind, Sightings};

/// A related entity.
pub(in crate::grpc) fn related(one: RelatedEntity) -> pb::RelatedEntity {
    let body = |(organization, meetings)| pb::MeetingBody {
        organization: Some(reference(organization)),
        meeting_count: count(meetings),
    };
    pb::RelatedEntity {
        entity: Some(reference(one.entity)),
        meeting_count: count(one.seen.meetings),
        first_date: date::edtf(one.seen.first),
        last_date: date::edtf(one.seen.last),
        last_meeting: one.last_meeting.name(),
        relations: one.relations.into_iter().map(relation).collect(),
        bodies: one.bodies.into_iter().map(body).collect(),
    }
}

fn relation((kind, seen): (RelationKind, Sightings)) -> pb::EntityRelation {
    pb::EntityRelation {
        kind: relation_kind(kind).into(),
        meeting_count: count(seen.meetings),
        first_date: date::edtf(seen.first),
        last_date: date::edtf(seen.last),
    }
}

fn relation_kind(kind: RelationKind) -> pb::RelationKind {
    match kind {
        RelationKind::MetWith => pb::RelationKind::MetWith,
        RelationKind::HeldOfficeAt => pb::RelationKind::HeldOfficeAt,
        RelationKind::OfficeHeldBy => pb::RelationKind::OfficeHeldBy,
        RelationKind::Convened => pb::RelationKind::Convened,
        RelationKind::ConvenedBy => pb::RelationKind::ConvenedBy,
        RelationKind::Addressed => pb::RelationKind::Addressed,
        RelationKind::AddressedBy => pb::RelationKind::AddressedBy,
        RelationKind::NamedWith => pb::RelationKind::NamedWith,
    }
}
