//! Units of the gazetteer, which are suggested also where no report names them.

use super::keys::{Keyed, suffixes};
use super::pieces::plain;
use crate::model::EntityId;
use crate::registry::gazetteer::{Level, UnitId};
use crate::registry::keys::Naming;

/// Keys of the units' names, those of large units first. Made once.
#[derive(Debug)]
pub struct UnitNames {
    /// Provinces, districts, communes; each in the order of keys.
    levels: [Vec<(Box<str>, Named)>; 3],
}

/// A unit under one of its names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    unit: UnitId,
    /// The name, where it is not the one that the unit is shown under: "Đắc Lắc".
    other: Option<Box<str>>,
}

impl UnitNames {
    /// Takes some tens of milliseconds.
    #[must_use]
    pub fn new(naming: &Naming) -> Self {
        let gazetteer = &naming.gazetteer;
        let mut levels: [Vec<(Box<str>, Named)>; 3] = Default::default();
        let mut add = |name: &str, named: &Named| {
            let level = match gazetteer.unit(named.unit).level {
                Level::Province => 0,
                Level::District => 1,
                Level::Commune => 2,
            };
            levels[level].extend(suffixes(&plain(name)).map(|key| (key.into_boxed_str(), named.clone())));
        };
        for unit in gazetteer.units().filter(|unit| gazetteer.identity(*unit) == *unit) {
            add(&gazetteer.display_name(unit), &Named { unit, other: None });
        }
        for (unit, name) in gazetteer.other_names() {
            add(name, &Named { unit: gazetteer.identity(unit), other: Some(name.into()) });
        }
        levels.iter_mut().for_each(|keys| keys.sort());
        Self { levels }
    }

    /// Units with a name under a key that begins so, large ones first; at most `limit`.
    #[must_use]
    pub fn beginning(&self, prefix: &str, limit: usize, naming: &Naming) -> Vec<(EntityId, Keyed)> {
        let named = |Named { unit, other }: &Named| {
            let name = other.as_deref().map_or_else(|| naming.gazetteer.display_name(*unit), str::to_owned);
            (naming.gazetteer.entity_id(*unit), Keyed { name, spelt: false })
        };
        self.levels.iter().flat_map(|keys| beginning(keys, prefix)).take(limit).map(named).collect()
    }
}

/// The units of a level under keys that begin so.
fn beginning<'a>(keys: &'a [(Box<str>, Named)], prefix: &'a str) -> impl Iterator<Item = &'a Named> {
    let from = keys.partition_point(|(key, _)| &**key < prefix);
    keys[from..].iter().take_while(move |(key, _)| key.starts_with(prefix)).map(|(_, named)| named)
}
