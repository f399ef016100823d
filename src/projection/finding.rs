//! How an entity is found: look-up keys, holders of offices, suggestions, parents, the order of lists.

use std::collections::BTreeSet;

use super::apply::{Application, Tables};
use super::counts::{Counts, Sign};
use super::curation::Curation;
use super::table::encode;
use super::{ProjectionError, holders, suggestions, tables};
use crate::model::{Entity, EntityId};
use crate::registry::keys::Naming;
use crate::registry::lookup::{IndexKey, index_keys};
use crate::registry::resolve::EntitySeed;

type Result<T> = std::result::Result<T, ProjectionError>;

/// The keys beside those of its names under which an entity is found: as it stands, and as it stood before the entry.
pub(super) struct Keys {
    before: Vec<IndexKey>,
    after: Vec<IndexKey>,
    /// Some have come with the entry.
    learnt: bool,
}

impl Keys {
    /// An entity is found under the keys of those that were merged into it too. `learnt` tells whether the entry brought one of them.
    pub(super) fn of(entry: &Application<'_, '_, '_>, id: &EntityId, learnt: bool) -> Result<Self> {
        let keys = |curation: &Curation| -> Result<Vec<IndexKey>> {
            let mut keys = Vec::new();
            for id in std::iter::once(id.clone()).chain(curation.merged_into(id)) {
                keys.extend(tables::ENTITY_KEYS.get(&entry.tables.entity_keys, id.as_str())?.unwrap_or_default());
            }
            Ok(keys)
        };
        Ok(Self { before: keys(entry.former)?, after: keys(entry.curation)?, learnt })
    }

    fn moved(&self) -> bool {
        self.learnt || self.before != self.after
    }
}

/// The keys that reports gave an entity beside its names, with those that a seed adds: whether it adds any.
pub(super) fn learn_keys(tables: &mut Tables<'_>, id: &EntityId, seed: Option<&EntitySeed>) -> Result<bool> {
    let mut keys = tables::ENTITY_KEYS.get(&tables.entity_keys, id.as_str())?.unwrap_or_default();
    let before = keys.len();
    for key in seed.iter().flat_map(|seed| &seed.keys) {
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
    let learnt = keys.len() > before;
    if learnt {
        tables.entity_keys.insert(id.as_str(), encode("entity_keys", &keys)?.as_slice())?;
    }
    Ok(learnt)
}

/// Where an entity stands among those of a look-up key.
fn prominence(entity: &Entity) -> u8 {
    u8::MAX - u8::try_from(u64::BITS - entity.mention_count.leading_zeros()).unwrap_or(u8::MAX)
}

/// True if both are found under the same keys.
fn is_found_alike(before: &Entity, after: &Entity) -> bool {
    let names = |entity: &Entity| -> BTreeSet<String> {
        let aliases = entity.aliases.iter().map(|alias| alias.name.clone());
        aliases.chain([entity.display_name.clone()]).collect()
    };
    let offices = |entity: &Entity| -> BTreeSet<(String, Option<EntityId>)> {
        entity.tenures.iter().map(|tenure| (tenure.title.clone(), tenure.organization_id.clone())).collect()
    };
    names(before) == names(after) && offices(before) == offices(after)
}

/// Writes an entity and everything by which it is found.
pub(super) fn store(
    naming: &Naming,
    tables: &mut Tables<'_>,
    counts: &mut Counts,
    before: Option<&Entity>,
    after: Option<&Entity>,
    keys: &Keys,
) -> Result<()> {
    let all_keys = |entity: Option<&Entity>, keys: &[IndexKey]| -> BTreeSet<IndexKey> {
        entity
            .map(|entity| index_keys(entity, naming).into_iter().chain(keys.iter().cloned()).collect())
            .unwrap_or_default()
    };
    let unmoved = before.zip(after).is_some_and(|(before, after)| {
        !keys.moved() && prominence(before) == prominence(after) && is_found_alike(before, after)
    });
    let (old_keys, new_keys) = match unmoved {
        true => Default::default(),
        false => (all_keys(before, &keys.before), all_keys(after, &keys.after)),
    };
    holders::replace(tables, before, after)?;
    suggestions::replace(naming, tables, before, after)?;
    if let Some(entity) = before {
        counts.entity(entity, Sign::Minus);
        let id = entity.id.as_str();
        tables.entity_order.remove((u64::MAX - entity.mention_count, id))?;
        if let Some(parent) = &entity.parent {
            tables.entity_children.remove((parent.as_str(), id))?;
        }
        for key in &old_keys {
            tables.lookup_keys.remove((key.0.as_str(), prominence(entity), id))?;
        }
        if after.is_none() {
            tables.entities.remove(id)?;
            tables.entity_names.remove(id)?;
        }
    }
    if let Some(entity) = after {
        counts.entity(entity, Sign::Plus);
        let id = entity.id.as_str();
        tables.entity_order.insert((u64::MAX - entity.mention_count, id), ())?;
        if let Some(parent) = &entity.parent {
            tables.entity_children.insert((parent.as_str(), id), ())?;
        }
        for key in &new_keys {
            tables.names.add(&key.0);
            tables.lookup_keys.insert((key.0.as_str(), prominence(entity), id), ())?;
        }
        tables.entities.insert(id, encode("entities", entity)?.as_slice())?;
        tables.entity_names.insert(id, entity.display_name.as_str())?;
    }
    Ok(())
}
