//! Entities as look-ups compare them: read where they lie, without what no comparison needs.
//!
//! A look-up reads some dozens of entities and answers with a handful. Evidence is most of a person's record, and is passed over.

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::ProjectionError;
use super::table::decode;
use crate::model::{
    Alias, DatedFact, Edtf, Entity, EntityId, EntityKind, PlaceFacts, ReferenceFacts, Revision, Span, Tenure,
};

/// A stored [`Entity`]; the fields are those of the entity, in their order.
#[derive(Deserialize)]
struct StoredEntity {
    id: EntityId,
    kind: EntityKind,
    display_name: String,
    aliases: Vec<Alias>,
    tenures: Vec<StoredTenure>,
    parent: Option<EntityId>,
    place: Option<PlaceFacts>,
    reference: Option<ReferenceFacts>,
    mention_count: u64,
    meeting_count: u64,
    revision: Revision,
}

/// A stored [`Tenure`] likewise.
#[derive(Deserialize)]
struct StoredTenure {
    title: String,
    organization: String,
    organization_id: Option<EntityId>,
    first_seen: Option<Edtf>,
    last_seen: Option<Edtf>,
    start: Option<DatedFact>,
    end: Option<DatedFact>,
    former_since: Option<Edtf>,
    #[serde(rename = "evidence")]
    _evidence: PassedOver,
}

/// Evidence that is stepped over.
struct PassedOver;

impl<'de> Deserialize<'de> for PassedOver {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Steps from one piece of evidence to the next.
        struct Steps;

        impl<'de> Visitor<'de> for Steps {
            type Value = PassedOver;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("evidence")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<PassedOver, A::Error> {
                while all.next_element::<(&str, Span)>()?.is_some() {}
                Ok(PassedOver)
            }
        }

        deserializer.deserialize_seq(Steps)
    }
}

/// Reads a stored entity without its evidence.
pub(super) fn read(bytes: &[u8]) -> Result<Entity, ProjectionError> {
    let stored: StoredEntity = decode("entities", bytes)?;
    Ok(Entity {
        id: stored.id,
        kind: stored.kind,
        display_name: stored.display_name,
        aliases: stored.aliases,
        tenures: stored.tenures.into_iter().map(tenure).collect(),
        parent: stored.parent,
        place: stored.place,
        reference: stored.reference,
        mention_count: stored.mention_count,
        meeting_count: stored.meeting_count,
        revision: stored.revision,
    })
}

fn tenure(stored: StoredTenure) -> Tenure {
    Tenure {
        title: stored.title,
        organization: stored.organization,
        organization_id: stored.organization_id,
        first_seen: stored.first_seen,
        last_seen: stored.last_seen,
        start: stored.start,
        end: stored.end,
        former_since: stored.former_since,
        evidence: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::encode;
    use super::*;
    use crate::model::{Basis, Evidence, ReportId};

    #[test]
    fn all_but_the_evidence_is_read() {
        let day = |text: &str| text.parse::<Edtf>().ok();
        let evidence = Evidence { report: ReportId::parse("r-1").expect("id"), span: Span::new(3, 9) };
        let seen = Tenure {
            title: "Giám đốc".to_owned(),
            organization: "Sở Y tế".to_owned(),
            organization_id: EntityId::parse("org-1").ok(),
            first_seen: day("2021-05-06"),
            last_seen: day("2023-01"),
            start: day("2021-05").map(|date| DatedFact { date, basis: Basis::Stated, span: Some(Span::new(1, 2)) }),
            end: None,
            former_since: day("2024"),
            evidence: vec![evidence.clone(), evidence],
        };
        let alias = Alias { name: "Kiều Thế Lân".to_owned(), first_seen: day("2021"), last_seen: None, count: 7 };
        let place = PlaceFacts { code: "D769".to_owned(), successors: Vec::new(), ..PlaceFacts::default() };
        let entity = Entity {
            id: EntityId::parse("per-1").expect("id"),
            kind: EntityKind::Person,
            display_name: "Kiều Thế Lân".to_owned(),
            aliases: vec![alias],
            tenures: vec![seen.clone(), Tenure { evidence: Vec::new(), ..seen }],
            parent: EntityId::parse("org-2").ok(),
            place: Some(place),
            reference: Some(ReferenceFacts { kind: "Nghị quyết".to_owned(), ..ReferenceFacts::default() }),
            mention_count: 12,
            meeting_count: 3,
            revision: Revision(9),
        };
        let bytes = encode("entities", &entity).expect("written");
        let mut without = entity;
        without.tenures.iter_mut().for_each(|tenure| tenure.evidence.clear());
        assert_eq!(read(&bytes).expect("read"), without);
    }
}
