//! What reports say of people, kept by rows: one for each report and one for all that say the same, with the ways to find them.
//!
//! | where | what |
//! |---|---|
//! | [`super::by_name`] | a [`Saying`] and whom it speaks of |
//! | | the reports of a saying, by day |
//! | | the sayings of a name that stand in a bucket |
//! | | the sayings that give a name a home, by their first day: the first has the home's id |
//! | [`super::by_entity`] | the ids that lead to a person |
//! | | the sayings that speak of a person, for somebody known from one report with that |
//!
//! A mention touches a handful of rows, however many reports name the person.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Bound, ControlFlow};

use redb::ReadableTable as _;
use serde::{Deserialize, Serialize};

use super::by_entity::{self, Part};
use super::key::{Key, NOTHING, scan, scan_before};
use super::table::{day_number, decode, encode};
use super::transaction::Tables;
use super::{ProjectionError, by_name};
use crate::model::{Decision, EntityId};
use crate::registry::people::{
    Look, PersonFacet, Saying, SayingId, Sight, homes, id_of_one_report, is_enough, looks, stands,
};

type Result<T> = std::result::Result<T, ProjectionError>;

/// Whom a saying speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Speaks {
    /// Not decided yet.
    Undecided,
    /// Each of its reports may mean another.
    OfSeveral,
    /// This person.
    Of(EntityId),
}

/// A saying as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredSaying {
    pub(super) saying: Saying,
    pub(super) speaks: Speaks,
    pub(super) decision: Decision,
}

/// Where sights without a day stand: behind all that have one.
const NO_DAY: i32 = i32::MAX;

fn day(sight: &Sight) -> i32 {
    sight.day().map_or(NO_DAY, day_number)
}

fn key_of_sight(id: &SayingId, sight: &Sight) -> Key {
    by_name::sight(id, day(sight), sight.report.as_str())
}

fn key_of_person(person: &EntityId, id: &SayingId) -> Key {
    by_entity::key(person.as_str(), Part::Saying).bytes(&id.0)
}

fn in_bucket_of(name_key: &str, bucket: &str, id: &SayingId) -> Key {
    by_name::with(&by_name::bucket(name_key, bucket), None, id)
}

pub(super) fn get(tables: &Tables<'_>, id: &SayingId) -> Result<Option<StoredSaying>> {
    let row = tables.by_name.get(by_name::saying(id).as_slice())?;
    row.map(|row| decode("sayings", row.value())).transpose()
}

pub(super) fn put(tables: &mut Tables<'_>, id: &SayingId, stored: &StoredSaying) -> Result<()> {
    tables.by_name.insert(by_name::saying(id).as_slice(), encode("sayings", stored)?.as_slice())?;
    Ok(())
}

/// Counts a report in. Sayings whose people may be others by that are added to `seeds`.
pub(super) fn add(
    tables: &mut Tables<'_>,
    share: f64,
    facet: &PersonFacet,
    sight: &Sight,
    seeds: &mut BTreeSet<SayingId>,
) -> Result<()> {
    let id = SayingId::of(&facet.name_key, &facet.signature);
    let before = get(tables, &id)?;
    let first = before.as_ref().map(|stored| stored.saying.first.clone());
    let stored = match before {
        Some(mut stored) => {
            stored.saying.add(sight);
            stored
        }
        None => {
            let saying = Saying::new(&facet.name_key, &facet.signature, sight.clone());
            for bucket in stands(&saying.signature) {
                tables.by_name.insert(in_bucket_of(&saying.name_key, &bucket, &id).as_slice(), NOTHING)?;
            }
            let decision = Decision { outcome: crate::model::Outcome::New, reasons: Vec::new() };
            StoredSaying { saying, speaks: Speaks::Undecided, decision }
        }
    };
    tables.by_name.insert(key_of_sight(&id, sight).as_slice(), encode("sights", sight)?.as_slice())?;
    if stored.speaks == Speaks::OfSeveral {
        lead_alone(tables, &id, &stored.saying.name_key, sight)?;
    }
    move_homes(tables, share, &id, &stored.saying, first.as_ref(), Some(&stored.saying.first), seeds)?;
    put(tables, &id, &stored)?;
    seeds.insert(id);
    Ok(())
}

/// No longer counts a report. Gives the saying where that was its last report: it is gone.
pub(super) fn remove(
    tables: &mut Tables<'_>,
    share: f64,
    id: &SayingId,
    sight: &Sight,
    seeds: &mut BTreeSet<SayingId>,
) -> Result<Option<StoredSaying>> {
    let Some(mut stored) = get(tables, id)? else { return Ok(None) };
    if tables.by_name.remove(key_of_sight(id, sight).as_slice())?.is_none() {
        return Ok(None);
    }
    if stored.speaks == Speaks::OfSeveral {
        let alone = id_of_one_report(&stored.saying.name_key, sight.report.as_str());
        tables.by_entity.remove(key_of_person(&alone, id).as_slice())?;
    }
    let first = stored.saying.first.clone();
    if !stored.saying.discount(&sight.name) {
        if let Speaks::Of(person) = &stored.speaks {
            tables.by_entity.remove(key_of_person(person, id).as_slice())?;
        }
        for look in looks(&stored.saying.signature).into_iter().filter(|look| look.may_tie(share)) {
            seeds.extend(in_bucket(tables, &stored.saying.name_key, &look)?);
        }
        for bucket in stands(&stored.saying.signature) {
            tables.by_name.remove(in_bucket_of(&stored.saying.name_key, &bucket, id).as_slice())?;
        }
        move_homes(tables, share, id, &stored.saying, Some(&first), None, seeds)?;
        tables.by_name.remove(by_name::saying(id).as_slice())?;
        seeds.remove(id);
        return Ok(Some(stored));
    }
    if sight.report == stored.saying.first.report {
        stored.saying.first = end(tables, id, End::First)?.unwrap_or(first.clone());
    }
    if sight.report == stored.saying.last.report {
        stored.saying.last = end(tables, id, End::Last)?.unwrap_or_else(|| stored.saying.first.clone());
    }
    move_homes(tables, share, id, &stored.saying, Some(&first), Some(&stored.saying.first), seeds)?;
    put(tables, id, &stored)?;
    seeds.insert(*id);
    Ok(None)
}

/// Leads those of whom a saying speaks now to it, and those of whom it spoke `before` no longer.
pub(super) fn lead(tables: &mut Tables<'_>, id: &SayingId, before: &StoredSaying, now: &Speaks) -> Result<()> {
    if before.speaks == *now {
        return Ok(());
    }
    let name_key = &before.saying.name_key;
    match &before.speaks {
        Speaks::Of(person) => drop(tables.by_entity.remove(key_of_person(person, id).as_slice())?),
        Speaks::OfSeveral => {
            for sight in sights(tables, id)? {
                let alone = id_of_one_report(name_key, sight.report.as_str());
                tables.by_entity.remove(key_of_person(&alone, id).as_slice())?;
            }
        }
        Speaks::Undecided => {}
    }
    match now {
        Speaks::Of(person) => drop(tables.by_entity.insert(key_of_person(person, id).as_slice(), NOTHING)?),
        Speaks::OfSeveral => {
            for sight in sights(tables, id)? {
                lead_alone(tables, id, name_key, &sight)?;
            }
        }
        Speaks::Undecided => {}
    }
    Ok(())
}

fn lead_alone(tables: &mut Tables<'_>, id: &SayingId, name_key: &str, sight: &Sight) -> Result<()> {
    let alone = id_of_one_report(name_key, sight.report.as_str());
    // What stands there is the key of the sight that is theirs.
    tables.by_entity.insert(key_of_person(&alone, id).as_slice(), key_of_sight(id, sight).as_slice())?;
    Ok(())
}

/// What is said of a person: each saying, for somebody known from one report with the sight that is theirs.
pub(super) fn of_person(tables: &Tables<'_>, person: &EntityId) -> Result<Vec<(SayingId, Saying, Option<Sight>)>> {
    let mut found = Vec::new();
    by_entity::visit(&tables.by_entity, (person.as_str(), Part::Saying), Bound::Unbounded, |mut rest, sight| {
        let Some(id) = rest.bytes().map(SayingId) else { return Ok(ControlFlow::Continue(())) };
        let Some(stored) = get(tables, &id)? else { return Ok(ControlFlow::Continue(())) };
        let sight = match sight {
            NOTHING => None,
            key => tables.by_name.get(key)?.map(|row| decode("sights", row.value())).transpose()?,
        };
        found.push((id, stored.saying, sight));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

/// Writes the homes of a saying under the day of its first report. Where another becomes the first of the name at a home by that, both are
/// added to `seeds`.
fn move_homes(
    tables: &mut Tables<'_>,
    share: f64,
    id: &SayingId,
    saying: &Saying,
    before: Option<&Sight>,
    after: Option<&Sight>,
    seeds: &mut BTreeSet<SayingId>,
) -> Result<()> {
    let (before, after) = (before.map(day), after.map(day));
    if before == after || !is_enough(&saying.signature, share) {
        return Ok(());
    }
    for (_, home) in homes(&saying.signature) {
        let key = by_name::home(&saying.name_key, &home);
        let owner = first_at(tables, &key)?;
        if let Some(day) = before {
            tables.by_name.remove(by_name::with(&key, Some(day), id).as_slice())?;
        }
        if let Some(day) = after {
            tables.by_name.insert(by_name::with(&key, Some(day), id).as_slice(), NOTHING)?;
        }
        let now = first_at(tables, &key)?;
        if owner != now {
            seeds.extend(owner);
            seeds.extend(now);
        }
    }
    Ok(())
}

/// The saying that was first to give a name a home.
pub(super) fn owner(tables: &Tables<'_>, name_key: &str, home: &str) -> Result<Option<SayingId>> {
    first_at(tables, &by_name::home(name_key, home))
}

fn first_at(tables: &Tables<'_>, home: &Key) -> Result<Option<SayingId>> {
    let first = scan(&tables.by_name, home)?.next().transpose()?;
    Ok(first.and_then(|(key, _)| by_name::saying_of(key.value())))
}

#[derive(Clone, Copy)]
enum End {
    First,
    Last,
}

/// The first or last report of a saying by day; one without a day only where none has one.
fn end(tables: &Tables<'_>, id: &SayingId, which: End) -> Result<Option<Sight>> {
    let beginning = by_name::sights(id);
    let all = || scan(&tables.by_name, &beginning);
    let row = match which {
        End::First => all()?.next(),
        End::Last => match scan_before(&tables.by_name, &beginning, &beginning.clone().day(NO_DAY))?.next_back() {
            Some(row) => Some(row),
            None => all()?.next_back(),
        },
    };
    row.map(|row| decode("sights", row?.1.value())).transpose()
}

/// The sayings of a name in a bucket that is looked into.
fn in_bucket(tables: &Tables<'_>, name_key: &str, look: &Look) -> Result<Vec<SayingId>> {
    let mut found = Vec::new();
    for row in scan(&tables.by_name, &by_name::bucket(name_key, &look.key))? {
        found.extend(by_name::saying_of(row?.0.value()));
    }
    Ok(found)
}

/// Some sayings of a name that this one finds in a bucket which ties nobody: enough to tell that it stands apart from another.
pub(super) fn apart(
    tables: &Tables<'_>,
    saying: &Saying,
    share: f64,
    together: &BTreeMap<SayingId, StoredSaying>,
) -> Result<Vec<Saying>> {
    const SEEN: usize = 4;
    for look in looks(&saying.signature).into_iter().filter(|look| !look.may_tie(share)) {
        for row in scan(&tables.by_name, &by_name::bucket(&saying.name_key, &look.key))?.take(SEEN) {
            let id = by_name::saying_of(row?.0.value());
            let Some(id) = id.filter(|id| !together.contains_key(id)) else { continue };
            return Ok(get(tables, &id)?.map(|stored| stored.saying).into_iter().collect());
        }
    }
    Ok(Vec::new())
}

/// Every report of a saying.
pub(super) fn sights(tables: &Tables<'_>, id: &SayingId) -> Result<Vec<Sight>> {
    let rows = scan(&tables.by_name, &by_name::sights(id))?;
    rows.map(|row| decode("sights", row?.1.value())).collect()
}

/// All sayings that this one may be tied to, directly or through others, with itself.
pub(super) fn reach(tables: &Tables<'_>, id: &SayingId, share: f64) -> Result<BTreeMap<SayingId, StoredSaying>> {
    let mut found: BTreeMap<SayingId, StoredSaying> = BTreeMap::new();
    let mut looked: BTreeSet<String> = BTreeSet::new();
    let mut open = vec![*id];
    while let Some(next) = open.pop() {
        if found.contains_key(&next) {
            continue;
        }
        let Some(stored) = get(tables, &next)? else { continue };
        for look in looks(&stored.saying.signature).into_iter().filter(|look| look.may_tie(share)) {
            if looked.insert(look.key.clone()) {
                open.extend(in_bucket(tables, &stored.saying.name_key, &look)?);
            }
        }
        found.insert(next, stored);
    }
    Ok(found)
}
