//! The entities that words may mean: looked for under their keys, told apart by what stands there, and only then read.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::ControlFlow;

use rustc_hash::FxHashMap;

use super::api::Answer;
use crate::model::{Entity, EntityId, EntityKind};
use crate::projection::{Snapshot, Wanted};
use crate::registry::keys::Naming;
use crate::registry::lookup::{
    Closeness, Fetched, Found, How, IndexKey, NameFits, Probe, QueryReading, Titles, called, far_probes, holders_at,
    probes, unit_entity, unplaced_bodies,
};

/// Most rows read under one key, those of the most mentioned entities: of a name or an office, and of what many share, such as a given name.
const PER_KEY: usize = 48;
const PER_WIDE_KEY: usize = 16;
/// Most entities found for one reading.
const MAX_FOUND: usize = 160;
/// Bearers of a name that are read, though fewer are wanted: where their offices tell which of them is meant, and where nothing does.
const TOLD_BY_OFFICE: usize = 32;
const LEAST: usize = 6;

/// A search for what words may mean.
pub(super) struct Search<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) naming: &'a Naming,
    /// Only this kind.
    pub(super) kind: Option<EntityKind>,
    /// How many candidates are asked for.
    pub(super) wanted: usize,
}

/// What is known of an entity before it is read.
struct Row {
    /// The best way it was found.
    how: How,
    /// Of what is no person those names that stand under the key of the whole query, line by line; `None` where no row says so.
    called: Option<String>,
    /// How closely the name fits that was typed; `None` where it was found otherwise.
    fit: Option<Closeness>,
    /// More than the name speaks for it.
    kept: bool,
    /// Its place among all that were found: those most mentioned come first under each key.
    order: usize,
}

type Rows = BTreeMap<EntityId, Row>;

impl Search<'_> {
    /// The entities that a reading may mean.
    pub(super) fn run<'r>(&self, reading: &'r QueryReading) -> Answer<Found<'r>> {
        let fits = NameFits::of(reading);
        let mut rows = Rows::new();
        self.gather(probes(reading), reading, fits.as_ref(), &mut rows)?;
        if !rows.values().any(|row| row.how == How::Name) {
            for step in far_probes(reading, self.naming, |key| self.snapshot.may_have_key(key)) {
                self.gather(step, reading, fits.as_ref(), &mut rows)?;
                if rows.values().any(|row| row.how == How::Slip) {
                    break;
                }
            }
        }
        if rows.is_empty() && reading.name.is_none() {
            self.gather_holders(reading, &mut rows)?;
        }
        let unread = self.leave_out(reading, &mut rows);
        Ok(Found { reading, fetched: self.fetch(reading, rows)?, unread })
    }

    /// Adds the entities that stand where the probes say, each with the best way that it was found.
    fn gather(
        &self,
        probes: Vec<(Probe, How)>,
        reading: &QueryReading,
        fits: Option<&NameFits<'_>>,
        rows: &mut Rows,
    ) -> Answer<()> {
        for (probe, how) in probes {
            match probe {
                Probe::Entity(id) => note(rows, id, Row::new(how)),
                Probe::Key(key) => self.gather_key(&key, how, reading, fits, rows)?,
            }
        }
        Ok(())
    }

    fn gather_key(
        &self,
        key: &IndexKey,
        how: How,
        reading: &QueryReading,
        fits: Option<&NameFits<'_>>,
        rows: &mut Rows,
    ) -> Answer<()> {
        let most = if how.is_wide() { PER_WIDE_KEY } else { PER_KEY };
        let is_whole = *key == reading.whole;
        // Bearers of a name mostly write it alike.
        let (mut last, mut last_fit) = (String::new(), None);
        let mut seen = 0;
        self.snapshot.visit_key(key, |id, names| {
            seen += 1;
            let more =
                if seen < most && rows.len() < MAX_FOUND { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
            let kind = EntityId::kind_of(id);
            if kind.is_some() && self.kind.is_some() && kind != self.kind {
                return more;
            }
            let is_person = kind == Some(EntityKind::Person);
            let mut row = Row { called: (is_whole && !is_person).then(|| names.to_owned()), ..Row::new(how) };
            // Rows of offices tell who holds them, so that of many those are read who bear the name.
            if let Some(fits) = fits.filter(|_| is_person && !names.is_empty()) {
                if last != names {
                    names.clone_into(&mut last);
                    last_fit = fits.best(names.lines(), self.naming);
                }
                if last_fit.is_none() {
                    return more;
                }
                (row.fit, row.kept) = (last_fit, how == How::Office);
            }
            if let Ok(id) = EntityId::parse(id) {
                note(rows, id, row);
            }
            more
        })?;
        Ok(())
    }

    /// Adds those who hold an office at bodies of a name, where the words do not tell which of them is meant.
    fn gather_holders(&self, reading: &QueryReading, rows: &mut Rows) -> Answer<()> {
        let mut bodies = Vec::new();
        for key in unplaced_bodies(reading) {
            self.snapshot.visit_key(&key, |id, _| {
                bodies.extend(EntityId::parse(id).ok());
                if bodies.len() < PER_WIDE_KEY { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
        }
        for body in &bodies {
            for key in holders_at(reading, body) {
                self.gather_key(&key, How::Office, reading, None, rows)?;
            }
        }
        Ok(())
    }

    /// Leaves out the bearers of a name beyond those that are worth reading: how many of those bear it as closely as any does.
    fn leave_out(&self, reading: &QueryReading, rows: &mut Rows) -> usize {
        let told_by_office = reading.from.is_some() || reading.offices.iter().any(|office| !office.names_one_body());
        let most = self.wanted.max(if told_by_office { TOLD_BY_OFFICE } else { LEAST });
        let bearer = |row: &Row| {
            let by_name_alone = !row.kept && matches!(row.how, How::Name | How::Slip);
            by_name_alone.then_some((row.fit?, row.order))
        };
        let mut bearers: Vec<(Closeness, usize)> = rows.values().filter_map(bearer).collect();
        bearers.sort();
        let Some(worst) = most.checked_sub(1).and_then(|at| bearers.get(at)).copied() else { return 0 };
        let best = bearers.first().map(|(fit, _)| *fit);
        rows.retain(|_, row| bearer(row).is_none_or(|own| own <= worst));
        bearers.into_iter().skip(most).filter(|(fit, _)| Some(*fit) == best).count()
    }

    fn fetch(&self, reading: &QueryReading, rows: Rows) -> Answer<Vec<Fetched>> {
        let titles = (!reading.offices.is_empty()).then(|| Titles::of(&reading.offices));
        let wanted = if titles.is_some() || reading.from.is_some() { Wanted::Tenures } else { Wanted::Names };
        let mut homes = reading.from.is_some().then(|| Homes::new(self.snapshot, self.naming));
        let mut fetched = Vec::with_capacity(rows.len());
        for (id, row) in rows {
            let stored = self.snapshot.sketch(&id, wanted)?;
            let is_stored = stored.is_some();
            let Some(mut entity) = stored.or_else(|| unit_entity(&id, self.naming)) else { continue };
            if let Some(titles) = &titles {
                self.snapshot.name_bodies(entity.tenures.iter_mut().filter(|tenure| titles.have(&tenure.title)))?;
            }
            let homes = homes.as_mut().map(|homes| homes.of(&entity)).transpose()?.unwrap_or_default();
            let called = match row.called {
                Some(names) => in_order(&entity, &names),
                // No row tells of units that no report names.
                None if !is_stored => called(&entity, reading, self.naming),
                None => Vec::new(),
            };
            fetched.push(Fetched { entity, how: row.how, homes, called });
        }
        Ok(fetched)
    }
}

impl Row {
    /// Found like this, and to be read whoever else is found.
    fn new(how: How) -> Self {
        Self { how, called: None, fit: None, kept: true, order: 0 }
    }
}

/// Some of the names of an entity: the one it is shown under first, then those used most.
fn in_order(entity: &Entity, names: &str) -> Vec<String> {
    let aliases = entity.aliases.iter().map(|alias| &alias.name).filter(|name| **name != entity.display_name);
    let all = std::iter::once(&entity.display_name).chain(aliases);
    all.filter(|name| names.lines().any(|one| one == *name)).cloned().collect()
}

/// Notes that an entity was found.
fn note(rows: &mut Rows, id: EntityId, found: Row) {
    let order = rows.len();
    match rows.entry(id) {
        Entry::Vacant(place) => drop(place.insert(Row { order, ..found })),
        Entry::Occupied(mut place) => {
            let row = place.get_mut();
            row.how = row.how.min(found.how);
            row.fit = [row.fit, found.fit].into_iter().flatten().min();
            row.kept |= found.kept;
            row.called = found.called.or(row.called.take());
        }
    }
}

/// The places that bodies lie in, as far as one query has asked.
struct Homes<'a> {
    snapshot: &'a Snapshot,
    naming: &'a Naming,
    known: FxHashMap<EntityId, Vec<EntityId>>,
}

impl<'a> Homes<'a> {
    fn new(snapshot: &'a Snapshot, naming: &'a Naming) -> Self {
        Self { snapshot, naming, known: FxHashMap::default() }
    }

    /// The places that the bodies of a person's offices lie in.
    fn of(&mut self, person: &Entity) -> Answer<Vec<EntityId>> {
        let mut homes = Vec::new();
        for body in person.tenures.iter().filter_map(|tenure| tenure.organization_id.as_ref()) {
            if !self.known.contains_key(body) {
                let places = self.above(body)?;
                self.known.insert(body.clone(), places);
            }
            homes.extend(self.known.get(body).into_iter().flatten().cloned());
        }
        Ok(homes)
    }

    /// The places above a body, nearest first.
    fn above(&self, body: &EntityId) -> Answer<Vec<EntityId>> {
        // "Phòng, Sở, UBND tỉnh, tỉnh": no body of the country stands deeper.
        const DEEPEST: usize = 8;
        let (mut places, mut next) = (Vec::new(), Some(body.clone()));
        for _ in 0..DEEPEST {
            let Some(id) = next.take() else { break };
            let Some(above) = self.snapshot.sketch(&id, Wanted::Names)?.or_else(|| unit_entity(&id, self.naming))
            else {
                break;
            };
            if above.kind == EntityKind::Place {
                places.push(above.id);
            }
            next = above.parent;
        }
        Ok(places)
    }
}
