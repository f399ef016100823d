//! Entities that were merged into others, or of which splits left nothing. What reports say of them goes on being gathered, so that a merge that is taken back leaves them as if
//! it had never been; meanwhile they are in no list, no look-up and no count.

use super::apply::Application;
use super::entities::{Seeds, founded, inform};
use super::finding::{Keys, learn_keys, store};
use super::key::NOTHING;
use super::table::encode;
use super::transaction::Tables;
use super::{ProjectionError, by_entity, tables};
use crate::model::{Entity, EntityId};

type Result<T> = std::result::Result<T, ProjectionError>;

/// Takes an entity out of the answers, if it is still there, and learns what the entry's report says of it: whether that is another
/// key to find it by.
pub(super) fn keep(entry: &mut Application<'_, '_, '_>, seeds: &Seeds, id: &EntityId) -> Result<bool> {
    let seed = seeds.get(id);
    let shown = tables::ENTITIES.get(&entry.tables.entities, id.as_str())?;
    let learnt = learn_keys(entry.tables, id, seed)?;
    if let Some(shown) = &shown {
        let keys = Keys::of(entry, id, learnt);
        store(entry.naming, entry.tables, entry.counts, Some(shown), None, &keys)?;
    }
    let known = tables::DORMANT_ENTITIES.get(&entry.tables.dormant_entities, id.as_str())?;
    let Some(mut entity) = known.or(shown).map_or_else(|| founded(entry, seeds, id), |known| Ok(Some(known)))? else {
        return Ok(learnt);
    };
    let held = entity.parent.clone();
    if let Some(seed) = seed {
        inform(entry.naming, &mut entity, seed);
    }
    lay(entry.tables, held.as_ref(), &entity)?;
    Ok(learnt)
}

/// Keeps an entity that is in the answers no longer; `held` is what it belonged to until now.
pub(super) fn lay(tables: &mut Tables<'_>, held: Option<&EntityId>, entity: &Entity) -> Result<()> {
    hold_parent(tables, held, entity)?;
    let value = encode("dormant_entities", entity)?;
    tables.dormant_entities.insert(entity.id.as_str(), value.as_slice())?;
    Ok(())
}

/// The entity as it was kept, if it was; it is kept no longer. What is counted begins anew.
pub(super) fn wake(tables: &mut Tables<'_>, id: &EntityId) -> Result<Option<Entity>> {
    let known = tables::DORMANT_ENTITIES.get(&tables.dormant_entities, id.as_str())?;
    if known.is_some() {
        tables.dormant_entities.remove(id.as_str())?;
    }
    Ok(known.map(uncounted))
}

/// What is known of an entity, without what is counted.
pub(super) fn uncounted(entity: Entity) -> Entity {
    Entity { aliases: Vec::new(), tenures: Vec::new(), mention_count: 0, meeting_count: 0, ..entity }
}

/// An entity goes on holding what it belongs to.
fn hold_parent(tables: &mut Tables<'_>, before: Option<&EntityId>, entity: &Entity) -> Result<()> {
    if let Some(before) = before.filter(|before| entity.parent.as_ref() != Some(*before)) {
        tables.by_entity.remove(by_entity::child(before, entity.id.as_str()).as_slice())?;
    }
    if let Some(parent) = &entity.parent {
        tables.by_entity.insert(by_entity::child(parent, entity.id.as_str()).as_slice(), NOTHING)?;
    }
    Ok(())
}
