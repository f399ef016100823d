//! Keeps entities in step with their mentions.

use std::collections::{BTreeMap, BTreeSet};

use redb::ReadableTable as _;

use super::apply::Application;
use super::by_entity;
use super::changes::{self, RecordId};
use super::contribution::Contribution;
use super::counts::{Sign, change};
use super::finding::{Keys, forget_keys, learn_keys, store};
use super::key::Key;
use super::states;
use super::table::encode;
use super::transaction::Tables;
use super::{ProjectionError, dormant, tables, tally};
use crate::model::{Alias, Entity, EntityId, EntityKind, Revision};
use crate::registry::display_name;
use crate::registry::keys::Naming;
use crate::registry::lookup::unit_entity;
use crate::registry::resolve::EntitySeed;

type Result<T> = std::result::Result<T, ProjectionError>;

/// What a report says its entities are.
pub(super) type Seeds = BTreeMap<EntityId, EntitySeed>;

/// What changed for entities while one entry was applied.
#[derive(Debug, Default)]
pub(super) struct Deltas {
    /// What the entry's report says its entities are.
    seeds: Seeds,
    by_entity: BTreeMap<EntityId, Delta>,
    /// Those of which everything is to be found out anew.
    touched: BTreeSet<EntityId>,
    come: usize,
    gone: usize,
}

#[derive(Debug, Default)]
struct Delta {
    added: Vec<Contribution>,
    /// Meetings that mention it now and did not before, less those that did and no longer do.
    meetings: i64,
    /// What was taken away.
    removed: Vec<Contribution>,
    /// Corrections moved: find everything out anew.
    afresh: bool,
}

impl Deltas {
    pub(super) fn new(seeds: Seeds) -> Self {
        let by_entity = seeds.keys().map(|id| (id.clone(), Delta::default())).collect();
        Self { seeds, by_entity, ..Self::default() }
    }

    /// Has these entities written anew, whatever else changed.
    pub(super) fn touch(&mut self, entities: &BTreeSet<EntityId>) {
        for id in entities {
            self.by_entity.entry(id.clone()).or_default();
            self.touched.insert(id.clone());
        }
    }

    /// Takes out what a report contributed.
    pub(super) fn withdraw(&mut self, tables: &mut Tables<'_>, old: &[Contribution]) -> Result<()> {
        self.exchange(tables, old, &[])
    }

    /// Replaces what a report contributed by what it contributes now. Equal contributions stay untouched.
    pub(super) fn exchange(
        &mut self,
        tables: &mut Tables<'_>,
        old: &[Contribution],
        new: &[Contribution],
    ) -> Result<()> {
        let by_key = |list: &[Contribution]| -> BTreeMap<Key, usize> {
            list.iter().enumerate().map(|(at, one)| (one.key(), at)).collect()
        };
        let (old_keys, new_keys) = (by_key(old), by_key(new));
        for (key, &at) in &old_keys {
            if new_keys.get(key).is_some_and(|&now| new[now] == old[at]) {
                continue;
            }
            let gone = &old[at];
            tables.by_entity.remove(gone.key().as_slice())?;
            self.gone += 1;
            let delta = self.by_entity.entry(gone.mention.entity.clone()).or_default();
            delta.meetings -= i64::from(add_meeting(tables, gone, Sign::Minus)? == 0);
            delta.removed.push(gone.clone());
        }
        for (key, &at) in &new_keys {
            if old_keys.get(key).is_some_and(|&was| old[was] == new[at]) {
                continue;
            }
            let come = &new[at];
            tables.by_entity.insert(come.key().as_slice(), come.row()?.as_slice())?;
            self.come += 1;
            let delta = self.by_entity.entry(come.mention.entity.clone()).or_default();
            delta.meetings += i64::from(add_meeting(tables, come, Sign::Plus)? == 1);
            delta.added.push(come.clone());
        }
        Ok(())
    }
}

/// Counts a mention at its meeting: how many the meeting has now.
fn add_meeting(tables: &mut Tables<'_>, contribution: &Contribution, sign: Sign) -> Result<u64> {
    let (mention, (order, ..)) = (&contribution.mention, contribution.place());
    let key = by_entity::meeting(mention.entity.as_str(), order, mention.meeting.as_str());
    let known = tables.by_entity.get(key.as_slice())?.and_then(|count| count.value().try_into().ok());
    let mut count = known.map_or(0, |count| u64::from(u32::from_le_bytes(count)));
    change(&mut count, 1, sign);
    if count == 0 {
        tables.by_entity.remove(key.as_slice())?;
    } else {
        let count = u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes();
        tables.by_entity.insert(key.as_slice(), count.as_slice())?;
    }
    Ok(count)
}

/// Entities that an entry wrote or took out, as they stood before it and as they stand now.
type Written = BTreeMap<EntityId, (Option<Entity>, Option<Entity>)>;

/// Brings the entities up to date with what changed.
pub(super) fn settle(entry: &mut Application<'_, '_, '_>) -> Result<()> {
    let Deltas { seeds, mut by_entity, touched, come, gone } = std::mem::take(entry.deltas);
    change(&mut entry.counts.mentions, come, Sign::Plus);
    change(&mut entry.counts.mentions, gone, Sign::Minus);
    for id in entry.people.changed() {
        by_entity.entry(id.clone()).or_default();
    }
    // What is said of the source of a merge is said of its target.
    let targets: BTreeSet<EntityId> = by_entity.keys().map(|id| entry.curation.root(id)).collect();
    for id in targets {
        by_entity.entry(id).or_default();
    }
    let mut written: Written = BTreeMap::new();
    let mut perhaps_gone = Vec::new();
    // Entities that are found under keys that they were not found under before.
    let mut learnt = BTreeSet::new();
    // Merged ones first: their targets may be founded on them.
    let (merged, shown): (Vec<_>, Vec<_>) = by_entity.into_iter().partition(|(id, _)| entry.curation.is_merged(id));
    for (id, _) in merged {
        let before = tables::ENTITIES.get(&entry.tables.entities, id.as_str())?;
        written.insert(id.clone(), (before, None));
        if dormant::keep(entry, &seeds, &id)? {
            learnt.insert(entry.curation.root(&id));
        }
        entry.changes.entities.insert(id);
    }
    for (id, delta) in shown {
        let before = tables::ENTITIES.get(&entry.tables.entities, id.as_str())?;
        if learn_keys(entry.tables, &id, seeds.get(&id))? {
            learnt.insert(id.clone());
        }
        let delta = Delta { afresh: touched.contains(&id), ..delta };
        let Some(after) = updated(entry, &seeds, &id, before.clone(), delta)? else {
            continue;
        };
        if after.mention_count == 0 {
            perhaps_gone.push(id.clone());
        }
        if !before.as_ref().is_some_and(|before| names(before).eq(names(&after))) {
            entry.changes.entities.insert(id.clone());
        }
        let keys = Keys::of(entry, &id, learnt.contains(&id));
        store(entry.naming, entry.tables, entry.counts, before.as_ref(), Some(&after), &keys)?;
        written.insert(id, (before, Some(after)));
    }
    remove_unheld(entry, perhaps_gone, &mut written)?;
    settle_states(entry, written)?;
    entry.people.write_redirects(entry.tables)
}

/// Gives records that say what they said before a correction came every byte that they had then, and notes those that changed.
fn settle_states(entry: &mut Application<'_, '_, '_>, written: Written) -> Result<()> {
    for (id, (before, now)) in written {
        let settled = states::settled(entry.tables, entry.cause, id.as_str(), before.clone(), now.clone())?;
        if settled != before {
            let was = before.as_ref().map(|before| before.revision);
            let is = settled.as_ref().map(|settled| settled.revision);
            changes::mark(entry.tables, &RecordId::Entity(id.clone()), (was, is), entry.now, entry.cause)?;
        }
        if let Some(settled) = settled.filter(|settled| now.as_ref() != Some(settled)) {
            let value = encode("entities", &settled)?;
            entry.tables.entities.insert(id.as_str(), value.as_slice())?;
        }
    }
    Ok(())
}

/// Every name of an entity, the one it is shown under first.
pub(super) fn names(entity: &Entity) -> impl Iterator<Item = &str> {
    let others = entity.aliases.iter().map(|alias| alias.name.as_str());
    std::iter::once(entity.display_name.as_str()).chain(others.filter(|name| *name != entity.display_name))
}

/// Removes entities that nothing mentions any more and that no other entity belongs to; and then those they belonged to, if the same holds for
/// them. (Units of the gazetteer are known without.)
fn remove_unheld(entry: &mut Application<'_, '_, '_>, mut perhaps: Vec<EntityId>, written: &mut Written) -> Result<()> {
    while let Some(id) = perhaps.pop() {
        let Some(entity) = tables::ENTITIES.get(&entry.tables.entities, id.as_str())? else { continue };
        let mut has_children = by_entity::has_children(&entry.tables.by_entity, &id)?;
        for source in entry.curation.merged_into(&id) {
            has_children |= by_entity::has_children(&entry.tables.by_entity, &source)?;
        }
        if entity.mention_count == 0 && !has_children {
            let keys = Keys::of(entry, &id, false);
            store(entry.naming, entry.tables, entry.counts, Some(&entity), None, &keys)?;
            if entry.curation.takes_from(&id) {
                // Corrections took all mentions away, and may give them back.
                dormant::lay(entry.tables, None, &entity)?;
            } else {
                forget_keys(entry.tables, &id)?;
                perhaps.extend(entity.parent.clone());
            }
            entry.changes.entities.insert(id.clone());
            written.entry(id).or_insert((Some(entity), None)).1 = None;
        }
    }
    Ok(())
}

/// The entity as it is now; `None` for one that nobody knows.
fn updated(
    entry: &mut Application<'_, '_, '_>,
    seeds: &Seeds,
    id: &EntityId,
    before: Option<Entity>,
    delta: Delta,
) -> Result<Option<Entity>> {
    let seed = seeds.get(id);
    let known = match before {
        Some(before) => Some(before),
        None => dormant::wake(entry.tables, id)?,
    };
    let Some(mut entity) = known.map_or_else(|| founded(entry, seeds, id), |known| Ok(Some(known)))? else {
        return Ok(None);
    };
    let forms = entity.aliases.len();
    if delta.afresh {
        tally::anew(entry.tables, &mut entity)?;
    } else {
        tally::exchange(entry.tables, &mut entity, &delta.removed, &delta.added)?;
    }
    entity.meeting_count = entity.meeting_count.saturating_add_signed(delta.meetings);
    if let Some(seed) = seed {
        inform(entry.naming, &mut entity, seed);
    }
    if entity.kind == EntityKind::Person
        && let Some(tenures) = entry.people.tenures(entry.tables, entry.curation, id, delta.afresh)?
    {
        entity.tenures = tenures;
    }
    if let Some(name) = name_now(entry.naming, &entity, &delta, forms) {
        entity.display_name = name;
    }
    entity.revision = entry.now.revision;
    Ok(Some(entity))
}

/// What to call an entity now; `None` where that has not changed. One that is only known as what others belong to keeps the name it was
/// founded with. `forms` is the number of its aliases before.
fn name_now(naming: &Naming, entity: &Entity, delta: &Delta, forms: usize) -> Option<String> {
    if entity.aliases.is_empty() {
        return None;
    }
    let all = || entity.aliases.iter().map(|alias| (alias.name.as_str(), alias.count)).collect::<Vec<_>>();
    let shown = entity.aliases.iter().find(|alias| alias.name == entity.display_name);
    let Some(shown) = shown.filter(|_| !delta.afresh && delta.removed.is_empty() && forms == entity.aliases.len())
    else {
        return Some(display_name(entity.kind, &entity.id, &all(), entity.parent.as_ref(), naming));
    };
    // No form is new and none was lost: only one that was used again and now as often can take the place of the one shown.
    let again = |alias: &&Alias| delta.added.iter().any(|come| come.alias == alias.name);
    let rivals = entity.aliases.iter().filter(|alias| alias.name != shown.name && alias.count >= shown.count);
    let rivals: Vec<(&str, u64)> = rivals.filter(again).map(|alias| (alias.name.as_str(), alias.count)).collect();
    if rivals.is_empty() {
        return None;
    }
    let forms: Vec<(&str, u64)> = rivals.into_iter().chain([(shown.name.as_str(), shown.count)]).collect();
    Some(display_name(entity.kind, &entity.id, &forms, entity.parent.as_ref(), naming))
}

fn bare(id: EntityId, kind: EntityKind, name: &str) -> Entity {
    Entity {
        id,
        kind,
        display_name: name.to_owned(),
        aliases: Vec::new(),
        tenures: Vec::new(),
        parent: None,
        place: None,
        reference: None,
        mention_count: 0,
        meeting_count: 0,
        revision: Revision(0),
    }
}

/// An entity while an entry is applied: as it stands, or as the entry brings it, whose entities are written last.
pub(super) fn known(entry: &Application<'_, '_, '_>, id: &EntityId) -> Result<Option<Entity>> {
    let stands = tables::ENTITIES.get(&entry.tables.entities, id.as_str())?;
    if stands.is_some() {
        return Ok(stands);
    }
    let comes_back = entry.former.takes_from(id) && !entry.curation.takes_from(id);
    if comes_back && let Some(kept) = tables::DORMANT_ENTITIES.get(&entry.tables.dormant_entities, id.as_str())? {
        return Ok(Some(kept));
    }
    founded(entry, &entry.deltas.seeds, id)
}

/// An entity that is new: as a report knows it, or what its mentions were taken from by corrections.
pub(super) fn founded(entry: &Application<'_, '_, '_>, seeds: &Seeds, id: &EntityId) -> Result<Option<Entity>> {
    let told = |id: &EntityId| {
        let person = || entry.people.name(id).map(|name| bare(id.clone(), EntityKind::Person, name));
        seeds.get(id).map(|seed| found(entry.naming, seed)).or_else(person)
    };
    let unit = || unit_entity(id, entry.naming).map(|unit| Entity { aliases: Vec::new(), ..unit });
    if let Some(entity) = told(id).or_else(unit) {
        return Ok(Some(entity));
    }
    for origin in entry.curation.origins(id) {
        let mut known = tables::ENTITIES.get(&entry.tables.entities, origin.as_str())?;
        if known.is_none() {
            known = tables::DORMANT_ENTITIES.get(&entry.tables.dormant_entities, origin.as_str())?;
        }
        if let Some(entity) = known.or_else(|| told(&origin)) {
            // Only the unit itself is in the gazetteer.
            return Ok(Some(Entity { id: id.clone(), place: None, ..dormant::uncounted(entity) }));
        }
    }
    Ok(None)
}

/// An entity as the first report that names it knows it; units of the gazetteer as the gazetteer does.
fn found(naming: &Naming, seed: &EntitySeed) -> Entity {
    let unit = unit_entity(&seed.id, naming).map(|unit| Entity { aliases: Vec::new(), ..unit });
    unit.unwrap_or_else(|| bare(seed.id.clone(), seed.kind, &seed.name))
}

/// Adds what a report knows. Where reports differ, the choice does not depend on their order.
pub(super) fn inform(naming: &Naming, entity: &mut Entity, seed: &EntitySeed) {
    if unit_entity(&entity.id, naming).is_some() {
        return;
    }
    entity.parent = least(entity.parent.take(), seed.parent.clone());
    match (&mut entity.reference, &seed.reference) {
        (Some(known), Some(told)) => {
            known.number = least(known.number.take(), told.number.clone());
            known.issuer = least(known.issuer.take(), told.issuer.clone());
            known.date = least(known.date, told.date);
        }
        (known @ None, Some(told)) => *known = Some(told.clone()),
        (_, None) => {}
    }
}

/// The lesser of two values, or the one that is there.
fn least<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
