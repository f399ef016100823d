//! Keeps entities in step with their mentions: aliases, counts, dates, look-up keys.

use std::collections::{BTreeMap, BTreeSet};

use redb::ReadableTable as _;

use super::apply::{Application, Tables};
use super::contribution::Contribution;
use super::counts::{Counts, Sign, change};
use super::table::{DayOrder, decode, encode};
use super::{ProjectionError, holders, suggestions, tables};
use crate::model::{Alias, Edtf, Entity, EntityId, EntityKind, Revision};
use crate::registry::display_name;
use crate::registry::keys::Naming;
use crate::registry::lookup::{IndexKey, index_keys, unit_entity};
use crate::registry::resolve::EntitySeed;

type Result<T> = std::result::Result<T, ProjectionError>;

/// What changed for entities while one entry was applied.
#[derive(Debug, Default)]
pub(super) struct Deltas {
    /// What the entry's report says its entities are.
    seeds: BTreeMap<EntityId, EntitySeed>,
    by_entity: BTreeMap<EntityId, Delta>,
    come: usize,
    gone: usize,
}

#[derive(Debug, Default)]
struct Delta {
    added: Vec<Contribution>,
    /// Meetings that mention it now and did not before, less those that did and no longer do.
    meetings: i64,
    /// Something was taken away: count anew from the mentions that remain.
    recount: bool,
}

impl Deltas {
    pub(super) fn new(seeds: BTreeMap<EntityId, EntitySeed>) -> Self {
        let by_entity = seeds.keys().map(|id| (id.clone(), Delta::default())).collect();
        Self { seeds, by_entity, ..Self::default() }
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
        let by_key = |list: &[Contribution]| -> BTreeMap<_, usize> {
            list.iter().enumerate().map(|(at, one)| (key_of(one), at)).collect()
        };
        let (old_keys, new_keys) = (by_key(old), by_key(new));
        for (key, &at) in &old_keys {
            if new_keys.get(key).is_some_and(|&now| new[now] == old[at]) {
                continue;
            }
            let gone = &old[at];
            tables.mentions.remove(gone.key())?;
            self.gone += 1;
            let delta = self.by_entity.entry(gone.mention.entity.clone()).or_default();
            delta.meetings -= i64::from(add_meeting(tables, gone, Sign::Minus)? == 0);
            delta.recount = true;
        }
        for (key, &at) in &new_keys {
            if old_keys.get(key).is_some_and(|&was| old[was] == new[at]) {
                continue;
            }
            let come = &new[at];
            tables.mentions.insert(come.key(), encode("mentions", come)?.as_slice())?;
            self.come += 1;
            let delta = self.by_entity.entry(come.mention.entity.clone()).or_default();
            delta.meetings += i64::from(add_meeting(tables, come, Sign::Plus)? == 1);
            delta.added.push(come.clone());
        }
        Ok(())
    }
}

fn key_of(contribution: &Contribution) -> (String, DayOrder, String, u32, u8) {
    let (entity, order, report, start, role) = contribution.key();
    (entity.to_owned(), order, report.to_owned(), start, role)
}

/// Counts a mention at its meeting: how many the meeting has now.
fn add_meeting(tables: &mut Tables<'_>, contribution: &Contribution, sign: Sign) -> Result<u64> {
    let key = (contribution.mention.entity.as_str(), contribution.mention.meeting.as_str());
    let mut count = tables.entity_meetings.get(key)?.map_or(0, |count| u64::from(count.value()));
    change(&mut count, 1, sign);
    if count == 0 {
        tables.entity_meetings.remove(key)?;
    } else {
        tables.entity_meetings.insert(key, u32::try_from(count).unwrap_or(u32::MAX))?;
    }
    Ok(count)
}

/// Brings the entities up to date with what changed.
pub(super) fn settle(entry: &mut Application<'_, '_, '_>) -> Result<()> {
    let Deltas { seeds, mut by_entity, come, gone } = std::mem::take(entry.deltas);
    change(&mut entry.counts.mentions, come, Sign::Plus);
    change(&mut entry.counts.mentions, gone, Sign::Minus);
    for id in entry.people.changed() {
        by_entity.entry(id.clone()).or_default();
    }
    let mut perhaps_gone = Vec::new();
    for (id, delta) in by_entity {
        let before = tables::ENTITIES.get(&entry.tables.entities, id.as_str())?;
        let keys = learn_keys(entry.tables, &id, seeds.get(&id))?;
        let Some(after) = updated(entry, seeds.get(&id), &id, before.clone(), delta)? else {
            continue;
        };
        if after.mention_count == 0 {
            perhaps_gone.push(id.clone());
        }
        if !before.as_ref().is_some_and(|before| names(before).eq(names(&after))) {
            entry.changes.entities.insert(id);
        }
        store(entry.naming, entry.tables, entry.counts, before.as_ref(), Some(&after), &keys)?;
    }
    let gone = remove_unheld(entry.naming, entry.tables, entry.counts, perhaps_gone)?;
    entry.changes.entities.extend(gone);
    entry.people.write_redirects(entry.tables)
}

/// Removes, and tells, entities that nothing mentions any more and that no other entity belongs to; and then those they belonged to, if the same holds for
/// them. (Units of the gazetteer are known without.)
fn remove_unheld(
    naming: &Naming,
    tables: &mut Tables<'_>,
    counts: &mut Counts,
    mut perhaps: Vec<EntityId>,
) -> Result<Vec<EntityId>> {
    let mut removed = Vec::new();
    while let Some(id) = perhaps.pop() {
        let Some(entity) = tables::ENTITIES.get(&tables.entities, id.as_str())? else { continue };
        let has_children = match tables.entity_children.range::<(&str, &str)>((id.as_str(), "")..)?.next() {
            Some(row) => row?.0.value().0 == id.as_str(),
            None => false,
        };
        if entity.mention_count == 0 && !has_children {
            let keys = learn_keys(tables, &id, None)?;
            store(naming, tables, counts, Some(&entity), None, &keys)?;
            tables.entity_keys.remove(id.as_str())?;
            perhaps.extend(entity.parent);
            removed.push(id);
        }
    }
    Ok(removed)
}

/// Every name of an entity, the one it is shown under first.
pub(super) fn names(entity: &Entity) -> impl Iterator<Item = &str> {
    let others = entity.aliases.iter().map(|alias| alias.name.as_str());
    std::iter::once(entity.display_name.as_str()).chain(others.filter(|name| *name != entity.display_name))
}

/// The keys that reports gave an entity beside its names, with those that a seed adds.
fn learn_keys(tables: &mut Tables<'_>, id: &EntityId, seed: Option<&EntitySeed>) -> Result<Vec<IndexKey>> {
    let mut keys = tables::ENTITY_KEYS.get(&tables.entity_keys, id.as_str())?.unwrap_or_default();
    let before = keys.len();
    for key in seed.iter().flat_map(|seed| &seed.keys) {
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
    if keys.len() > before {
        tables.entity_keys.insert(id.as_str(), encode("entity_keys", &keys)?.as_slice())?;
    }
    Ok(keys)
}

/// The entity as it is now; `None` for one that nobody knows.
fn updated(
    entry: &Application<'_, '_, '_>,
    seed: Option<&EntitySeed>,
    id: &EntityId,
    before: Option<Entity>,
    delta: Delta,
) -> Result<Option<Entity>> {
    let founded = || {
        seed.map(|seed| found(entry.naming, seed))
            .or_else(|| entry.people.name(id).map(|name| bare(id.clone(), EntityKind::Person, name)))
    };
    let Some(mut entity) = before.or_else(founded) else { return Ok(None) };
    if delta.recount {
        recount(entry.tables, &mut entity)?;
    } else {
        delta.added.iter().for_each(|contribution| count(&mut entity, contribution));
    }
    entity.meeting_count = entity.meeting_count.saturating_add_signed(delta.meetings);
    if let Some(seed) = seed {
        inform(entry.naming, &mut entity, seed);
    }
    if let Some(tenures) = entry.people.tenures(entry.tables, id)? {
        entity.tenures = tenures;
    }
    entity.aliases.sort_by(|a, b| {
        b.count.cmp(&a.count).then_with(|| b.name.len().cmp(&a.name.len())).then_with(|| a.name.cmp(&b.name))
    });
    // An entity that is only known as what others belong to keeps the name it was founded with.
    if !entity.aliases.is_empty() {
        let forms: Vec<(&str, u64)> = entity.aliases.iter().map(|alias| (alias.name.as_str(), alias.count)).collect();
        entity.display_name = display_name(entity.kind, &entity.id, &forms, entry.naming);
    }
    entity.revision = entry.now.revision;
    Ok(Some(entity))
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

/// An entity as the first report that names it knows it; units of the gazetteer as the gazetteer does.
fn found(naming: &Naming, seed: &EntitySeed) -> Entity {
    let unit = unit_entity(&seed.id, naming).map(|unit| Entity { aliases: Vec::new(), ..unit });
    unit.unwrap_or_else(|| bare(seed.id.clone(), seed.kind, &seed.name))
}

/// Adds what a report knows. Where reports differ, the choice does not depend on their order.
fn inform(naming: &Naming, entity: &mut Entity, seed: &EntitySeed) {
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

fn recount(tables: &Tables<'_>, entity: &mut Entity) -> Result<()> {
    entity.mention_count = 0;
    entity.aliases.clear();
    let id = entity.id.clone();
    for row in tables.mentions.range::<(&str, DayOrder, &str, u32, u8)>((id.as_str(), DayOrder::MIN, "", 0, 0)..)? {
        let (key, value) = row?;
        if key.value().0 != id.as_str() {
            break;
        }
        count(entity, &decode("mentions", value.value())?);
    }
    Ok(())
}

fn count(entity: &mut Entity, contribution: &Contribution) {
    entity.mention_count += 1;
    if contribution.alias.is_empty() {
        return;
    }
    let date = contribution.mention.date.filter(|date| !date.lacks_year());
    let seen = u64::from(contribution.counts_alias);
    match entity.aliases.iter_mut().find(|alias| alias.name == contribution.alias) {
        Some(alias) => {
            alias.count += seen;
            alias.first_seen = pick(alias.first_seen, date, |a, b| a.earliest() <= b.earliest());
            alias.last_seen = pick(alias.last_seen, date, |a, b| a.latest() >= b.latest());
        }
        None => entity.aliases.push(Alias {
            name: contribution.alias.clone(),
            first_seen: date,
            last_seen: date,
            count: seen,
        }),
    }
}

/// The date to keep of two: the first if `keeps` says so.
fn pick(a: Option<Edtf>, b: Option<Edtf>, keeps: impl Fn(Edtf, Edtf) -> bool) -> Option<Edtf> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if keeps(a, b) { a } else { b }),
        (a, b) => a.or(b),
    }
}

/// Writes an entity and everything by which it is found.
fn store(
    naming: &Naming,
    tables: &mut Tables<'_>,
    counts: &mut Counts,
    before: Option<&Entity>,
    after: Option<&Entity>,
    keys: &[IndexKey],
) -> Result<()> {
    let all_keys = |entity: Option<&Entity>| -> BTreeSet<IndexKey> {
        entity
            .map(|entity| index_keys(entity, naming).into_iter().chain(keys.iter().cloned()).collect())
            .unwrap_or_default()
    };
    let (old_keys, new_keys) = (all_keys(before), all_keys(after));
    holders::replace(tables, before, after)?;
    suggestions::replace(naming, tables, before, after)?;
    if let Some(entity) = before {
        counts.entity(entity, Sign::Minus);
        let id = entity.id.as_str();
        tables.entity_order.remove((u64::MAX - entity.mention_count, id))?;
        if let Some(parent) = &entity.parent {
            tables.entity_children.remove((parent.as_str(), id))?;
        }
        for key in old_keys.difference(&new_keys) {
            tables.lookup_keys.remove((key.0.as_str(), id))?;
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
            tables.lookup_keys.insert((key.0.as_str(), id), ())?;
        }
        tables.entities.insert(id, encode("entities", entity)?.as_slice())?;
        tables.entity_names.insert(id, entity.display_name.as_str())?;
    }
    Ok(())
}
