//! Under which other names a search finds what it names: aliases from the records, and the units before and after a unit.

use std::ops::ControlFlow;

use super::filters::ABBREVIATIONS;
use crate::model::EntityId;
use crate::projection::Snapshot;
use crate::registry::gazetteer::{Found, Level, PlaceName, Scope, UnitId};
use crate::registry::keys::Naming;
use crate::search::{Link, OtherName, OtherNames, SearchError};
use crate::text::{Typing, fold};

/// Most entities that one name may stand for.
const MOST_ALIASES: usize = 4;
/// Most units before or after one: a city that was divided into wards has some.
const MOST_UNITS: usize = 24;

/// What a snapshot and the gazetteer know of names.
pub(super) struct KnownNames<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) naming: &'a Naming,
}

impl std::fmt::Debug for KnownNames<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KnownNames").finish_non_exhaustive()
    }
}

impl OtherNames for KnownNames<'_> {
    fn of(&self, name: &str, whole: bool) -> Result<Vec<OtherName>, SearchError> {
        let mut found = self.units(name);
        if whole {
            for other in self.aliases(name).map_err(|error| SearchError::Storage(Box::new(error)))? {
                if found.iter().all(|known| known.entity != other.entity) {
                    found.push(other);
                }
            }
        }
        Ok(found)
    }
}

impl KnownNames<'_> {
    /// The unit that a name means, and those before and after it. A name of a commune is shared by many: it counts with its unit word only,
    /// and so does a name of one syllable.
    fn units(&self, name: &str) -> Vec<OtherName> {
        let gazetteer = &self.naming.gazetteer;
        let Found::One(unit) = gazetteer.find(name, Scope::default()) else { return Vec::new() };
        let has_unit_word = !PlaceName::parse(name).kinds.is_empty();
        let is_large = gazetteer.unit(unit).level < Level::Commune && fold::words(name).nth(1).is_some();
        if !has_unit_word && !is_large {
            return Vec::new();
        }
        let other = |unit: UnitId, link: Link| OtherName {
            name: gazetteer.display_name(unit),
            link,
            entity: gazetteer.entity_id(unit),
            telling: link != Link::Alias && gazetteer.unit(unit).level < Level::Commune,
        };
        let after = gazetteer.followed_by(unit).into_iter().map(|unit| other(unit, Link::Successor));
        let before = gazetteer.follows(unit).iter().map(|unit| other(*unit, Link::Predecessor));
        std::iter::once(other(unit, Link::Alias)).chain(after.take(MOST_UNITS)).chain(before.take(MOST_UNITS)).collect()
    }

    /// The entities that go by a name, typed with the marks it has or without.
    fn aliases(&self, name: &str) -> Result<Vec<OtherName>, crate::projection::ProjectionError> {
        let wanted = fold::spelling(name);
        let is_so_called = |known: &str| {
            !fold::has_marks(name) || fold::spelling(&ABBREVIATIONS.expand_typed(known, Typing::Edited)) == wanted
        };
        let mut ids: Vec<EntityId> = Vec::new();
        let mut seen = 0;
        self.snapshot.visit_key(&self.naming.whole_key(name), |id, names| {
            seen += 1;
            ids.extend(names.lines().any(is_so_called).then(|| EntityId::parse(id).ok()).flatten());
            if seen < MOST_ALIASES { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        let mut found = Vec::new();
        for id in ids {
            let Some(kind) = id.kind() else { continue };
            let entity = self.snapshot.named(&id, kind)?;
            found.push(OtherName { name: entity.display_name, link: Link::Alias, entity: id, telling: false });
        }
        Ok(found)
    }
}
