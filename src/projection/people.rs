//! Keeps apart, and together, the people of one name.
//!
//! What reports say of people stands in rows ([`super::sayings`]). A report that comes, changes or goes touches the sayings that it may be tied to;
//! who is who among these is a pure function of them ([`Clusters`]), so that it does not depend on the order in which reports arrive.

use std::collections::{BTreeMap, BTreeSet};

use redb::ReadableTable as _;

use super::ProjectionError;
use super::by_entity::{self, Part};
use super::curation::Curation;
use super::key::Key;
use super::offices;
use super::packed::text;
use super::reading::StoredReading;
use super::sayings::{self, Speaks, StoredSaying};
use super::table::{decode, encode};
use super::transaction::Tables;
use crate::model::{Decision, EntityId, EntityKind, EntityRef, ReportId, Tenure};
use crate::registry::keys::Naming;
use crate::registry::people::{
    Clusters, ObservedOffice, Person, PersonFacet, Saying, SayingId, Sight, homes, id_of_one_report, is_enough,
    of_one_report, person,
};

type Result<T> = std::result::Result<T, ProjectionError>;

/// The people whom one entry touches, or its meetings name.
#[derive(Debug)]
pub(super) struct People<'r> {
    naming: &'r Naming,
    /// What was decided, or learnt, of sayings.
    known: BTreeMap<SayingId, (Speaks, Decision)>,
    /// People as they are now, where the entry may have changed them.
    people: BTreeMap<EntityId, Person>,
    /// Names of people who were only learnt.
    names: BTreeMap<EntityId, String>,
    /// Ids of people who came, changed or vanished.
    changed: BTreeSet<EntityId>,
    /// Ids that led to somebody before this entry and may no longer.
    led: BTreeSet<EntityId>,
}

impl<'r> People<'r> {
    fn new(naming: &'r Naming) -> Self {
        Self {
            naming,
            known: BTreeMap::new(),
            people: BTreeMap::new(),
            names: BTreeMap::new(),
            changed: BTreeSet::new(),
            led: BTreeSet::new(),
        }
    }

    /// Nobody yet.
    pub(super) fn nobody(naming: &'r Naming) -> Self {
        Self::new(naming)
    }

    /// The people of one report that stands by itself.
    pub(super) fn of_one(naming: &'r Naming, reading: &StoredReading) -> Self {
        let mut people = Self::new(naming);
        for facet in &reading.resolution.people {
            let share = naming.bearers(&facet.name_key);
            let saying = [Saying::new(&facet.name_key, &facet.signature, Sight::of(&reading.report, facet))];
            let clusters = Clusters::new(&saying, share);
            let speaks = if clusters.is_one(&[0]) {
                let one = person(&facet.name_key, &[&saying[0]], share, |_| true);
                let id = one.id.clone();
                people.people.insert(id.clone(), one);
                Speaks::Of(id)
            } else {
                Speaks::OfSeveral
            };
            people.known.insert(saying[0].id(), (speaks, clusters.decision(0, &[])));
        }
        people
    }

    /// Takes what a report said of people out and puts in what it says now. Reports whose people become others by that
    /// are added to `touched`.
    pub(super) fn regroup(
        naming: &'r Naming,
        tables: &mut Tables<'_>,
        report: &ReportId,
        old: Option<&StoredReading>,
        new: Option<&StoredReading>,
        touched: &mut BTreeSet<ReportId>,
    ) -> Result<Self> {
        let mut people = Self::new(naming);
        let (old, new) = (facets(old), facets(new));
        let mut seeds: BTreeMap<&str, BTreeSet<SayingId>> = BTreeMap::new();
        for (id, facet) in &old {
            let sight = Sight::of(report, facet);
            if new.get(id).is_some_and(|now| Sight::of(report, now) == sight) {
                continue;
            }
            people.changed.insert(id_of_one_report(&facet.name_key, report.as_str()));
            let seeds = seeds.entry(&facet.name_key).or_default();
            if let Some(gone) = sayings::remove(tables, naming.bearers(&facet.name_key), id, &sight, seeds)? {
                people.leave(tables, &gone)?;
            }
        }
        for (id, facet) in &new {
            let sight = Sight::of(report, facet);
            if old.get(id).is_some_and(|was| Sight::of(report, was) == sight) {
                continue;
            }
            let seeds = seeds.entry(&facet.name_key).or_default();
            sayings::add(tables, naming.bearers(&facet.name_key), facet, &sight, seeds)?;
        }
        for (name_key, seeds) in seeds {
            people.decide(tables, name_key, seeds, touched)?;
        }
        for (id, facet) in &new {
            people.learn_saying(tables, id)?;
            if matches!(people.known.get(id), Some((Speaks::OfSeveral, _))) {
                people.tell_apart(facet, &Sight::of(report, facet));
            }
        }
        Ok(people)
    }

    /// Decides anew whom these sayings of a name, and all that may be tied to them, speak of.
    fn decide(
        &mut self,
        tables: &mut Tables<'_>,
        name_key: &str,
        mut seeds: BTreeSet<SayingId>,
        touched: &mut BTreeSet<ReportId>,
    ) -> Result<()> {
        let share = self.naming.bearers(name_key);
        let all = seeds.clone();
        while let Some(seed) = seeds.pop_first() {
            let together = sayings::reach(tables, &seed, share)?;
            seeds.retain(|id| !together.contains_key(id));
            self.decide_among(tables, name_key, share, together, &all, touched)?;
        }
        Ok(())
    }

    fn decide_among(
        &mut self,
        tables: &mut Tables<'_>,
        name_key: &str,
        share: f64,
        together: BTreeMap<SayingId, StoredSaying>,
        seeds: &BTreeSet<SayingId>,
        touched: &mut BTreeSet<ReportId>,
    ) -> Result<()> {
        let mut rows: Vec<Row<'_>> = together.iter().collect();
        rows.sort_by(|a, b| a.1.saying.signature.cmp(&b.1.saying.signature));
        let said: Vec<Saying> = rows.iter().map(|(_, stored)| stored.saying.clone()).collect();
        let clusters = Clusters::new(&said, share);
        let of = members_of(&rows);
        let mut decided = Vec::new();
        for group in clusters.groups() {
            // Whoever was all of this before, and nothing new was said of, is who they were.
            if let Some(id) = unchanged(&group, &rows, seeds, &of) {
                decided.push((group, None, Speaks::Of(id.clone())));
                continue;
            }
            let one = match clusters.is_one(&group) {
                true => Some(self.person(tables, name_key, &group, &rows, share)?),
                false => None,
            };
            let speaks = one.as_ref().map_or(Speaks::OfSeveral, |one| Speaks::Of(one.id.clone()));
            for at in &group {
                let (id, stored) = rows[*at];
                if stored.speaks != speaks {
                    self.turn(tables, id, stored, &speaks, touched)?;
                }
            }
            decided.push((group, one, speaks));
        }
        for (group, one, speaks) in decided {
            let is_touched = |at: &usize| seeds.contains(rows[*at].0) || rows[*at].1.speaks != speaks;
            match (one, &speaks) {
                (Some(one), _) if self.led.contains(&one.id) || group.iter().any(is_touched) => {
                    self.enter(tables, one)?;
                }
                (None, Speaks::Of(id)) if self.led.contains(id) => {
                    let one = self.person(tables, name_key, &group, &rows, share)?;
                    self.enter(tables, one)?;
                }
                _ => {}
            }
            for at in group.into_iter().filter(is_touched) {
                let (id, stored) = rows[at];
                let others = sayings::apart(tables, &stored.saying, share, &together)?;
                let decision = clusters.decision(at, &others);
                self.known.insert(*id, (speaks.clone(), decision.clone()));
                let now = StoredSaying { saying: stored.saying.clone(), speaks: speaks.clone(), decision };
                sayings::lead(tables, id, stored, &now.speaks)?;
                sayings::put(tables, id, &now)?;
            }
        }
        Ok(())
    }

    fn person(
        &self,
        tables: &Tables<'_>,
        name_key: &str,
        group: &[usize],
        rows: &[Row<'_>],
        share: f64,
    ) -> Result<Person> {
        let own: BTreeSet<&SayingId> = group.iter().map(|at| rows[*at].0).collect();
        let members: Vec<&Saying> = group.iter().map(|at| &rows[*at].1.saying).collect();
        let mut owned: BTreeSet<String> = BTreeSet::new();
        for saying in members.iter().filter(|saying| is_enough(&saying.signature, share)) {
            for (_, home) in homes(&saying.signature) {
                if sayings::owner(tables, name_key, &home)?.is_some_and(|owner| own.contains(&owner)) {
                    owned.insert(home);
                }
            }
        }
        Ok(person(name_key, &members, share, |home| owned.contains(home)))
    }

    /// Takes up a person as they are now.
    fn enter(&mut self, tables: &Tables<'_>, one: Person) -> Result<()> {
        self.led.extend(aliases(tables, &one.id)?);
        self.changed.insert(one.id.clone());
        self.people.insert(one.id.clone(), one);
        Ok(())
    }

    /// A saying that is gone spoke of somebody who may be gone too.
    fn leave(&mut self, tables: &Tables<'_>, gone: &StoredSaying) -> Result<()> {
        if let Speaks::Of(id) = &gone.speaks {
            self.changed.insert(id.clone());
            self.led.insert(id.clone());
            self.led.extend(aliases(tables, id)?);
        }
        Ok(())
    }

    /// A saying speaks of another than before: its reports are to be written anew.
    fn turn(
        &mut self,
        tables: &Tables<'_>,
        id: &SayingId,
        before: &StoredSaying,
        now: &Speaks,
        touched: &mut BTreeSet<ReportId>,
    ) -> Result<()> {
        self.leave(tables, before)?;
        for sight in sayings::sights(tables, id)? {
            let alone = of_one_report(&before.saying.name_key, &before.saying.signature, &sight);
            self.changed.insert(alone.id.clone());
            if *now == Speaks::OfSeveral {
                self.people.insert(alone.id.clone(), alone);
            }
            touched.insert(sight.report);
        }
        Ok(())
    }

    /// Takes up somebody whom nothing ties to another report.
    fn tell_apart(&mut self, facet: &PersonFacet, sight: &Sight) {
        let alone = of_one_report(&facet.name_key, &facet.signature, sight);
        self.changed.insert(alone.id.clone());
        self.people.insert(alone.id.clone(), alone);
    }

    /// Makes the person of a facet known, where that is not so yet.
    pub(super) fn learn(&mut self, tables: &Tables<'_>, facet: &PersonFacet) -> Result<()> {
        self.learn_saying(tables, &SayingId::of(&facet.name_key, &facet.signature))
    }

    fn learn_saying(&mut self, tables: &Tables<'_>, id: &SayingId) -> Result<()> {
        if self.known.contains_key(id) {
            return Ok(());
        }
        let Some(stored) = sayings::get(tables, id)? else { return Ok(()) };
        if let Speaks::Of(person) = &stored.speaks
            && let Some(name) = tables.name_of(person)?
        {
            self.names.insert(person.clone(), name);
        }
        self.known.insert(*id, (stored.speaks, stored.decision));
        Ok(())
    }

    /// Whom a report means by what it says of a name, which was learnt, and why.
    pub(super) fn who(&self, facet: &PersonFacet, report: &ReportId) -> Option<(EntityRef, &Decision)> {
        let (speaks, decision) = self.known.get(&SayingId::of(&facet.name_key, &facet.signature))?;
        let id = match speaks {
            Speaks::Of(id) => id.clone(),
            Speaks::OfSeveral => id_of_one_report(&facet.name_key, report.as_str()),
            Speaks::Undecided => return None,
        };
        let known = self.people.get(&id).map(|one| &one.display_name).or_else(|| self.names.get(&id));
        let display_name = known.unwrap_or(&facet.name).clone();
        Some((EntityRef { id, kind: EntityKind::Person, display_name }, decision))
    }

    /// Ids of people whose record is to be written anew.
    pub(super) fn changed(&self) -> impl Iterator<Item = &EntityId> {
        self.changed.iter()
    }

    /// The offices of a person, where this entry may have changed them; organizations under the name they have now. With `afresh` also those
    /// of people whom the entry does not change.
    pub(super) fn tenures(
        &self,
        tables: &Tables<'_>,
        curation: &Curation,
        id: &EntityId,
        afresh: bool,
    ) -> Result<Option<Vec<Tenure>>> {
        let person = self.people.get(id);
        let bodies = |person: &Person| -> bool {
            let mut ids = person.offices.iter().filter_map(|office| office.known.organization_id.as_ref());
            ids.any(|id| curation.takes_from(id))
        };
        let offices = if afresh || curation.concerns(id) || person.is_some_and(bodies) {
            offices::corrected(tables, curation, id)?
        } else {
            let Some(person) = person else { return Ok(None) };
            person.offices.clone()
        };
        let tenure = |office: &ObservedOffice| -> Result<Tenure> {
            let name = match &office.known.organization_id {
                Some(id) => tables.name_of(id)?,
                None => None,
            };
            Ok(office.tenure(name.as_deref().unwrap_or_default()))
        };
        offices.iter().map(tenure).collect::<Result<_>>().map(Some)
    }

    /// Every id that led or leads to a person whom the entry may have changed.
    pub(super) fn ids(&self) -> impl Iterator<Item = &EntityId> {
        let now = self.people.values().flat_map(|person| person.aliases.iter().chain([&person.id]));
        self.led.iter().chain(&self.changed).chain(now)
    }

    /// The name of a person whom the entry touches, or of whom its meetings tell.
    pub(super) fn name(&self, id: &EntityId) -> Option<&str> {
        let known = self.people.get(id).map(|person| &person.display_name).or_else(|| self.names.get(id));
        known.map(String::as_str)
    }

    /// Leads the ids of every home of a person to the person's own.
    pub(super) fn write_redirects(&self, tables: &mut Tables<'_>) -> Result<()> {
        let mut gone = self.led.clone();
        for person in self.people.values() {
            gone.remove(&person.id);
            for alias in &person.aliases {
                gone.remove(alias);
            }
        }
        for id in gone {
            tables.entity_redirects.remove(text(&id))?;
            tables.by_entity.remove(place_of_aliases(&id).as_slice())?;
        }
        for person in self.people.values() {
            let known = known_aliases(tables, &person.id)?;
            if known.is_none() {
                // An id to which others lead does not lead on itself.
                tables.entity_redirects.remove(text(&person.id))?;
            }
            if known.unwrap_or_default() == person.aliases {
                continue;
            }
            for alias in &person.aliases {
                tables.entity_redirects.insert(text(alias), text(&person.id))?;
                tables.by_entity.remove(place_of_aliases(alias).as_slice())?;
            }
            let value = encode(ALIASES, &person.aliases)?;
            tables.by_entity.insert(place_of_aliases(&person.id).as_slice(), value.as_slice())?;
        }
        Ok(())
    }
}

/// A saying of a name, as it stands.
type Row<'s> = (&'s SayingId, &'s StoredSaying);

/// How many sayings speak of each person.
fn members_of<'s>(rows: &[Row<'s>]) -> BTreeMap<&'s EntityId, usize> {
    let mut of = BTreeMap::new();
    for (_, stored) in rows {
        if let Speaks::Of(id) = &stored.speaks {
            *of.entry(id).or_default() += 1;
        }
    }
    of
}

/// The person of a group that is all that spoke of the person before, with nothing new said in it: the same as then, since who is who is a pure
/// function of what is said, and whoever is no longer the first at a home counts as new.
fn unchanged<'s>(
    group: &[usize],
    rows: &[Row<'s>],
    seeds: &BTreeSet<SayingId>,
    of: &BTreeMap<&EntityId, usize>,
) -> Option<&'s EntityId> {
    let Speaks::Of(id) = &rows[*group.first()?].1.speaks else { return None };
    let same = |at: &usize| {
        let (own, stored) = rows[*at];
        matches!(&stored.speaks, Speaks::Of(own) if own == id) && !seeds.contains(own)
    };
    (of.get(id) == Some(&group.len()) && group.iter().all(same)).then_some(id)
}

/// What a report says of each name, by what it says.
fn facets(reading: Option<&StoredReading>) -> BTreeMap<SayingId, &PersonFacet> {
    let people = reading.into_iter().flat_map(|reading| &reading.resolution.people);
    people.map(|facet| (SayingId::of(&facet.name_key, &facet.signature), facet)).collect()
}

const ALIASES: &str = "person_aliases";

fn place_of_aliases(id: &EntityId) -> Key {
    by_entity::key(id.as_str(), Part::Aliases)
}

/// The ids that lead to a person, as they stand.
fn aliases(tables: &Tables<'_>, id: &EntityId) -> Result<Vec<EntityId>> {
    Ok(known_aliases(tables, id)?.unwrap_or_default())
}

/// The same; `None` for somebody who never had any.
fn known_aliases(tables: &Tables<'_>, id: &EntityId) -> Result<Option<Vec<EntityId>>> {
    let row = tables.by_entity.get(place_of_aliases(id).as_slice())?;
    row.map(|row| decode(ALIASES, row.value())).transpose()
}
