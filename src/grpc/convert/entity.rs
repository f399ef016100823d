//! Entities, and the answers to "who is this?".

use super::{count, date, offset, revision};
use crate::grpc::generated::pb;
use crate::grpc::quote::Quotes;
use crate::model::{
    Alias, Candidate, DatedFact, Entity, EntityId, EntityKind, EntityRef, PlaceFacts, ReferenceFacts, Span, Tenure,
};
use crate::service::api::{EntitySuggestion, Holding, Interpretation, OfficeTenure, View};

/// An entity in a view.
pub(in crate::grpc) fn entity(entity: Entity, view: View, quotes: &Quotes) -> pb::Entity {
    let full = view == View::Full;
    pb::Entity {
        name: entity.id.name(),
        kind: kind(entity.kind).into(),
        display_name: entity.display_name,
        parent: name(entity.parent.as_ref()),
        place: entity.place.map(place),
        document: entity.reference.map(document),
        mention_count: count(entity.mention_count),
        meeting_count: count(entity.meeting_count),
        aliases: entity.aliases.into_iter().filter(|_| full).map(alias).collect(),
        tenures: entity.tenures.into_iter().filter(|_| full).map(|one| tenure(one, quotes)).collect(),
        revision: revision(entity.revision),
        redirected_from: String::new(),
    }
}

/// A candidate of a lookup.
pub(in crate::grpc) fn candidate(candidate: Candidate, quotes: &Quotes) -> pb::Candidate {
    pb::Candidate {
        entity: Some(entity(candidate.entity, View::Basic, quotes)),
        score: candidate.score,
        r#match: candidate.is_match,
        matched: candidate.matched,
        reasons: candidate.reasons,
    }
}

/// How a lookup's words were read.
pub(in crate::grpc) fn interpretation(interpretation: Interpretation) -> pb::Interpretation {
    pb::Interpretation { normalized_query: interpretation.normalized, readings: interpretation.readings }
}

pub(super) fn reference(entity: EntityRef) -> pb::EntityRef {
    pb::EntityRef { name: entity.id.name(), kind: kind(entity.kind).into(), display_name: entity.display_name }
}

/// The name of an entity; empty where there is none.
pub(super) fn name(id: Option<&EntityId>) -> String {
    id.map(EntityId::name).unwrap_or_default()
}

fn kind(kind: EntityKind) -> pb::EntityKind {
    match kind {
        EntityKind::Person => pb::EntityKind::Person,
        EntityKind::Organization => pb::EntityKind::Organization,
        EntityKind::Place => pb::EntityKind::Place,
        EntityKind::LegalDocument => pb::EntityKind::LegalDocument,
    }
}

fn alias(alias: Alias) -> pb::Alias {
    pb::Alias {
        name: alias.name,
        first_seen: date::edtf(alias.first_seen),
        last_seen: date::edtf(alias.last_seen),
        count: count(alias.count),
    }
}

fn tenure(tenure: Tenure, quotes: &Quotes) -> pb::Tenure {
    // Which of several reports tells of the beginning or the end is not known: then the date goes without its words.
    let first = tenure.evidence.first().map(|evidence| &evidence.report);
    let only = first.filter(|report| tenure.evidence.iter().all(|evidence| evidence.report == **report));
    let dated = |fact: Option<DatedFact>| fact.map(|fact| date::dated(fact, only, quotes));
    pb::Tenure {
        start: dated(tenure.start),
        end: dated(tenure.end),
        title: tenure.title,
        organization: tenure.organization,
        organization_entity: name(tenure.organization_id.as_ref()),
        first_seen: date::edtf(tenure.first_seen),
        last_seen: date::edtf(tenure.last_seen),
        former_since: date::edtf(tenure.former_since),
        evidence: quotes.all(&tenure.evidence),
        report_count: count(tenure.reports),
    }
}

/// A person in an office.
pub(in crate::grpc) fn office_tenure(one: OfficeTenure, quotes: &Quotes) -> pb::OfficeTenure {
    let holding = one.holding.map_or(pb::Holding::Unspecified, |holding| match holding {
        Holding::Held => pb::Holding::Held,
        Holding::NotObserved => pb::Holding::NotObserved,
        Holding::Contradicted => pb::Holding::Contradicted,
    });
    pb::OfficeTenure {
        person: Some(reference(one.person)),
        tenure: Some(tenure(one.tenure, quotes)),
        holding: holding.into(),
    }
}

/// A suggestion.
pub(in crate::grpc) fn suggestion(one: EntitySuggestion) -> pb::EntitySuggestion {
    let range = |span: Span| pb::TextRange { start_offset: offset(span.start), end_offset: offset(span.end) };
    pb::EntitySuggestion {
        entity: Some(reference(one.entity)),
        text: one.text,
        highlights: one.highlights.into_iter().map(range).collect(),
        detail: one.detail,
        mention_count: count(one.mention_count),
        last_seen: date::edtf(one.last_seen),
    }
}

fn place(place: PlaceFacts) -> pb::PlaceFacts {
    pb::PlaceFacts {
        code: place.code,
        valid_from: date::edtf(place.valid_from),
        valid_until: date::edtf(place.valid_until),
        successors: place.successors.iter().map(EntityId::name).collect(),
    }
}

fn document(document: ReferenceFacts) -> pb::DocumentFacts {
    pb::DocumentFacts {
        r#type: document.kind,
        number: document.number.unwrap_or_default(),
        issuer: document.issuer.unwrap_or_default(),
        date: date::edtf(document.date),
    }
}
