//! How an entity is found: look-up keys, holders of offices, suggestions, parents, the order of lists.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;
use redb::ReadableTable as _;

use super::apply::Application;
use super::by_entity::{self, Part};
use super::counts::{Counts, Sign};
use super::curation::Curation;
use super::key::{Key, NOTHING};
use super::packed::text;
use super::table::{decode, encode};
use super::transaction::Tables;
use super::{ProjectionError, holders, shown, suggestions};
use crate::model::{Entity, EntityId};
use crate::registry::keys::Naming;
use crate::registry::lookup::{IndexKey, index_keys};
use crate::registry::resolve::EntitySeed;

type Result<T> = std::result::Result<T, ProjectionError>;

/// Whose keys an entity is found under beside those of its names: as it stands, and as it stood before the entry.
pub(super) struct Keys {
    before: Vec<EntityId>,
    after: Vec<EntityId>,
    /// A key has come with the entry.
    learnt: bool,
}

impl Keys {
    /// An entity is found under the keys of those that were merged into it too. `learnt` tells whether the entry brought one of them.
    pub(super) fn of(entry: &Application<'_, '_, '_>, id: &EntityId, learnt: bool) -> Self {
        let owners = |curation: &Curation| std::iter::once(id.clone()).chain(curation.merged_into(id)).collect();
        Self { before: owners(entry.former), after: owners(entry.curation), learnt }
    }

    fn moved(&self) -> bool {
        self.learnt || self.before != self.after
    }
}

/// The keys that reports gave these entities beside their names.
fn told_keys(tables: &Tables<'_>, owners: &[EntityId]) -> Result<Vec<IndexKey>> {
    let mut keys = Vec::new();
    for id in owners {
        keys.extend(learnt_keys(tables, id)?);
    }
    Ok(keys)
}

const KEYS: &str = "entity_keys";

fn place_of_keys(id: &EntityId) -> Key {
    by_entity::key(id.as_str(), Part::Keys)
}

/// The keys that reports gave an entity beside its names.
fn learnt_keys(tables: &Tables<'_>, id: &EntityId) -> Result<Vec<IndexKey>> {
    let row = tables.by_entity.get(place_of_keys(id).as_slice())?;
    Ok(row.map(|row| decode(KEYS, row.value())).transpose()?.unwrap_or_default())
}

/// Forgets the keys that reports gave an entity.
pub(super) fn forget_keys(tables: &mut Tables<'_>, id: &EntityId) -> Result<()> {
    tables.by_entity.remove(place_of_keys(id).as_slice())?;
    Ok(())
}

/// The keys that reports gave an entity beside its names, with those that a seed adds: whether it adds any.
pub(super) fn learn_keys(tables: &mut Tables<'_>, id: &EntityId, seed: Option<&EntitySeed>) -> Result<bool> {
    let Some(seed) = seed.filter(|seed| !seed.keys.is_empty()) else { return Ok(false) };
    let mut keys = learnt_keys(tables, id)?;
    let before = keys.len();
    for key in &seed.keys {
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
    let learnt = keys.len() > before;
    if learnt {
        tables.by_entity.insert(place_of_keys(id).as_slice(), encode(KEYS, &keys)?.as_slice())?;
    }
    Ok(learnt)
}

/// Where an entity stands among those of a look-up key. Where one key leads to few, all of them are read, and none has to move as it is named
/// more often.
fn place_under(key: &IndexKey, entity: &Entity) -> u8 {
    if key.is_narrow() { 0 } else { prominence(entity) }
}

/// By how often it is named: the complement of the number of binary digits.
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

/// Writes an entity and everything by which it is found. What stays as it was is left as it lies: each row that is written is a page of a
/// large table.
pub(super) fn store(
    naming: &Naming,
    tables: &mut Tables<'_>,
    counts: &mut Counts,
    before: Option<&Entity>,
    after: Option<&Entity>,
    keys: &Keys,
) -> Result<()> {
    replace_keys(naming, tables, before, after, keys)?;
    holders::replace(tables, before, after)?;
    suggestions::replace(naming, tables, before, after)?;
    replace_places(tables, before, after)?;
    if let Some(entity) = before {
        counts.entity(entity, Sign::Minus);
        if after.is_none() {
            tables.entities.remove(entity.id.as_str())?;
            shown::remove(tables, entity.id.as_str())?;
        }
    }
    if let Some(entity) = after {
        counts.entity(entity, Sign::Plus);
        let id = entity.id.as_str();
        tables.entities.insert(id, encode("entities", entity)?.as_slice())?;
        if before.is_none_or(|before| before.display_name != entity.display_name) {
            shown::put(tables, id, &entity.display_name)?;
        }
    }
    Ok(())
}

/// Writes the look-up keys that an entity has now in place of those it had before.
fn replace_keys(
    naming: &Naming,
    tables: &mut Tables<'_>,
    before: Option<&Entity>,
    after: Option<&Entity>,
    keys: &Keys,
) -> Result<()> {
    let unmoved = before.zip(after).is_some_and(|(before, after)| {
        !keys.moved() && prominence(before) == prominence(after) && is_found_alike(before, after)
    });
    if unmoved {
        return Ok(());
    }
    let all = |tables: &Tables<'_>,
               entity: Option<&Entity>,
               owners: &[EntityId]|
     -> Result<BTreeMap<IndexKey, Vec<String>>> {
        let Some(entity) = entity else { return Ok(BTreeMap::new()) };
        let mut keys = index_keys(entity, naming);
        for key in told_keys(tables, owners)? {
            keys.entry(key).or_default();
        }
        Ok(keys)
    };
    let (old, new) = (all(tables, before, &keys.before)?, all(tables, after, &keys.after)?);
    let stays = |key: &IndexKey| {
        before.zip(after).is_some_and(|(before, after)| place_under(key, before) == place_under(key, after))
    };
    if let Some(entity) = before {
        for key in old.keys().filter(|key| !stays(key) || !new.contains_key(*key)) {
            tables.lookup_keys.remove(&(key.0.as_str(), place_under(key, entity), text(&entity.id)));
        }
    }
    // What the entry brought stands among the old keys already, and in no row.
    let is_new = |key: &IndexKey, names| keys.learnt || !stays(key) || old.get(key) != Some(names);
    if let Some(entity) = after {
        for (key, names) in new.iter().filter(|(key, names)| is_new(key, names)) {
            tables.hints.add_key(&key.0);
            let row = (key.0.as_str(), place_under(key, entity), text(&entity.id));
            if stays(key) && old.contains_key(key) {
                tables.lookup_keys.put(&row, &names.join("\n").as_str());
            } else {
                tables.lookup_keys.add(&row, &names.join("\n").as_str());
            }
        }
    }
    Ok(())
}

/// Puts an entity where it stands now among all, and among those of what it belongs to.
fn replace_places(tables: &mut Tables<'_>, before: Option<&Entity>, after: Option<&Entity>) -> Result<()> {
    let Some(id) = after.or(before).map(|entity| entity.id.as_str()) else { return Ok(()) };
    let order = |entity: &Entity| u64::MAX - entity.mention_count;
    let (was, is) = (before.map(order), after.map(order));
    if was != is {
        was.into_iter().for_each(|order| tables.entity_order.remove(&(order, CompactString::from(id))));
        is.into_iter().for_each(|order| tables.entity_order.add(&(order, CompactString::from(id)), &()));
    }
    let parent = |entity: &'_ Entity| entity.parent.clone();
    let (was, is) = (before.and_then(parent), after.and_then(parent));
    if was != is {
        was.map(|parent| tables.by_entity.remove(by_entity::child(&parent, id).as_slice())).transpose()?;
        is.map(|parent| tables.by_entity.insert(by_entity::child(&parent, id).as_slice(), NOTHING)).transpose()?;
    }
    Ok(())
}
