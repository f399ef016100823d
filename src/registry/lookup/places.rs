//! Units as entities, also where no report has named them yet.

use crate::model::{Alias, Entity, EntityId, EntityKind, Revision};
use crate::registry::keys::Naming;

/// The entity of a unit as the gazetteer knows it; `None` for ids of other places.
#[must_use]
pub fn unit_entity(id: &EntityId, naming: &Naming) -> Option<Entity> {
    let gazetteer = &naming.gazetteer;
    let unit = gazetteer.of_entity(id)?;
    let name = gazetteer.display_name(unit);
    let aliases = [name.clone(), gazetteer.unit(unit).name.clone()];
    Some(Entity {
        id: gazetteer.entity_id(unit),
        kind: EntityKind::Place,
        display_name: name,
        aliases: aliases.into_iter().map(|name| Alias { name, first_seen: None, last_seen: None, count: 0 }).collect(),
        tenures: Vec::new(),
        parent: gazetteer.unit(unit).parent.map(|parent| gazetteer.entity_id(parent)),
        place: Some(gazetteer.facts(unit)),
        reference: None,
        mention_count: 0,
        meeting_count: 0,
        revision: Revision::default(),
    })
}
