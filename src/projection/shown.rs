//! What to call each entity: what records need of it most often.
//!
//! Names of people stand by them, where a report that names somebody writes anyway; those of all else, which look-ups read by the dozen,
//! close together in a table of their own.

use redb::ReadableTable;

use super::ProjectionError;
use super::by_entity::{self, Part};
use super::key::{Bytes, Key};
use super::transaction::Tables;
use crate::model::{EntityId, EntityKind};

/// The place of a person's name; `None` for everything else.
fn place_by_person(id: &str) -> Option<Key> {
    (EntityId::kind_of(id) == Some(EntityKind::Person)).then(|| by_entity::key(id, Part::Name))
}

/// What to call an entity; `None` for one that no report names.
pub(super) fn name(
    names: &impl ReadableTable<&'static str, &'static str>,
    by_entity: &impl ReadableTable<Bytes, Bytes>,
    id: &str,
) -> Result<Option<String>, ProjectionError> {
    let Some(place) = place_by_person(id) else {
        return Ok(names.get(id)?.map(|name| name.value().to_owned()));
    };
    let row = by_entity.get(place.as_slice())?;
    Ok(row.map(|name| String::from_utf8_lossy(name.value()).into_owned()))
}

/// Calls an entity so.
pub(super) fn put(tables: &mut Tables<'_>, id: &str, name: &str) -> Result<(), ProjectionError> {
    match place_by_person(id) {
        Some(place) => drop(tables.by_entity.insert(place.as_slice(), name.as_bytes())?),
        None => drop(tables.entity_names.insert(id, name)?),
    }
    Ok(())
}

/// Forgets what to call an entity.
pub(super) fn remove(tables: &mut Tables<'_>, id: &str) -> Result<(), ProjectionError> {
    match place_by_person(id) {
        Some(place) => drop(tables.by_entity.remove(place.as_slice())?),
        None => drop(tables.entity_names.remove(id)?),
    }
    Ok(())
}

impl Tables<'_> {
    /// What to call an entity; `None` for one that no report names.
    pub(super) fn name_of(&self, id: &EntityId) -> Result<Option<String>, ProjectionError> {
        name(&self.entity_names, &self.by_entity, id.as_str())
    }
}
