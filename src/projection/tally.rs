//! What mentions say of an entity: how many they are, the names it goes by, when each was seen.

use super::ProjectionError;
use super::by_entity;
use super::contribution::Contribution;
use super::key::Bytes;
use super::table::{DayOrder, day_order};
use super::transaction::Tables;
use crate::model::{Alias, Edtf, Entity, EntityId};

type Result<T> = std::result::Result<T, ProjectionError>;

/// Counts all mentions of an entity.
pub(super) fn anew(tables: &Tables<'_>, entity: &mut Entity) -> Result<()> {
    entity.mention_count = 0;
    entity.aliases.clear();
    for row in rows(tables, entity)? {
        if let Some(mention) = of_row(&entity.id, &row?)? {
            count(entity, &mention);
        }
    }
    sort(entity);
    Ok(())
}

/// Takes mentions out of what is counted and puts others in; the table has those that stand now.
pub(super) fn exchange(
    tables: &Tables<'_>,
    entity: &mut Entity,
    removed: &[Contribution],
    added: &[Contribution],
) -> Result<()> {
    removed.iter().for_each(|gone| discount(entity, gone));
    added.iter().for_each(|come| count(entity, come));
    for gone in removed {
        see_ends_anew(tables, entity, gone)?;
    }
    entity.aliases.retain(|alias| alias.count > 0);
    sort(entity);
    Ok(())
}

fn sort(entity: &mut Entity) {
    entity.aliases.sort_by(|a, b| {
        b.count.cmp(&a.count).then_with(|| b.name.len().cmp(&a.name.len())).then_with(|| a.name.cmp(&b.name))
    });
}

/// Takes a mention out of the counts.
fn discount(entity: &mut Entity, gone: &Contribution) {
    entity.mention_count = entity.mention_count.saturating_sub(1);
    if let Some(alias) = entity.aliases.iter_mut().find(|alias| alias.name == gone.alias) {
        alias.count = alias.count.saturating_sub(u64::from(gone.counts_alias));
    }
}

/// Finds first and last date of an alias anew, where a mention that is gone may have been the only one of that date.
fn see_ends_anew(tables: &Tables<'_>, entity: &mut Entity, gone: &Contribution) -> Result<()> {
    let Some(at) = entity.aliases.iter().position(|alias| alias.name == gone.alias && alias.count > 0) else {
        return Ok(());
    };
    let (alias, date) = (&entity.aliases[at], dated(gone));
    if date.is_none() || (alias.first_seen != date && alias.last_seen != date) {
        return Ok(());
    }
    // Rows stand in the order of days, the latest first.
    let last = end_of(&entity.id, &alias.name, rows(tables, entity)?, |a, b| a.max(b))?;
    let first = end_of(&entity.id, &alias.name, rows(tables, entity)?.rev(), |a, b| a.min(b))?;
    (entity.aliases[at].first_seen, entity.aliases[at].last_seen) = (first, last);
    Ok(())
}

/// The mentions of an entity, latest first.
fn rows<'t>(tables: &'t Tables<'_>, entity: &Entity) -> Result<redb::Range<'t, Bytes, Bytes>> {
    Ok(by_entity::mentions(&tables.by_entity, entity.id.as_str())?)
}

/// What a row of an entity's mentions stands for.
fn of_row(entity: &EntityId, (key, value): &MentionRow<'_>) -> Result<Option<Contribution>> {
    let place = by_entity::place_of_mention(entity.as_str(), key.value());
    place.map(|place| Contribution::of_row(entity, place, value.value())).transpose()
}

/// The date of the first of these mentions that has the alias and a date; of several of that day the one to keep.
fn end_of<'t>(
    entity: &EntityId,
    alias: &str,
    rows: impl Iterator<Item = std::result::Result<MentionRow<'t>, redb::StorageError>>,
    keep: impl Fn(Edtf, Edtf) -> Edtf,
) -> Result<Option<Edtf>> {
    let mut found: Option<(DayOrder, Edtf)> = None;
    for row in rows {
        let Some(mention) = of_row(entity, &row?)? else { continue };
        let (order, ..) = mention.place();
        if found.is_some_and(|(day, _)| day != order) {
            break;
        }
        if let Some(date) = dated(&mention).filter(|_| mention.alias == alias) {
            found = Some((order, found.map_or(date, |(_, known)| keep(known, date))));
        }
    }
    Ok(found.map(|(_, date)| date))
}

type MentionRow<'t> = (redb::AccessGuard<'t, Bytes>, redb::AccessGuard<'t, Bytes>);

/// The date of a mention, if it has a year.
fn dated(contribution: &Contribution) -> Option<Edtf> {
    contribution.mention.date.filter(|date| !date.lacks_year())
}

fn count(entity: &mut Entity, contribution: &Contribution) {
    entity.mention_count += 1;
    if contribution.alias.is_empty() {
        return;
    }
    let date = dated(contribution);
    let seen = u64::from(contribution.counts_alias);
    match entity.aliases.iter_mut().find(|alias| alias.name == contribution.alias) {
        Some(alias) => {
            alias.count += seen;
            alias.first_seen = pick(alias.first_seen, date, |a, b| (day_order(Some(b)), a) < (day_order(Some(a)), b));
            alias.last_seen = pick(alias.last_seen, date, |a, b| (day_order(Some(b)), a) > (day_order(Some(a)), b));
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
