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
    levels: [Vec<(Box<str>, UnitId)>; 3],
}

impl UnitNames {
    /// Takes some tens of milliseconds.
    #[must_use]
    pub fn new(naming: &Naming) -> Self {
        let mut levels: [Vec<(Box<str>, UnitId)>; 3] = Default::default();
        for unit in naming.gazetteer.units().filter(|unit| naming.gazetteer.identity(*unit) == *unit) {
            let level = match naming.gazetteer.unit(unit).level {
                Level::Province => 0,
                Level::District => 1,
                Level::Commune => 2,
            };
            for key in suffixes(&plain(&naming.gazetteer.display_name(unit))) {
                levels[level].push((key.into_boxed_str(), unit));
            }
        }
        levels.iter_mut().for_each(|keys| keys.sort());
        Self { levels }
    }

    /// Units with a name under a key that begins so, large ones first; at most `limit`.
    #[must_use]
    pub fn beginning(&self, prefix: &str, limit: usize, naming: &Naming) -> Vec<(EntityId, Keyed)> {
        let named = |unit: UnitId| {
            let name = naming.gazetteer.display_name(unit);
            (naming.gazetteer.entity_id(unit), Keyed { name, spelt: false })
        };
        self.levels.iter().flat_map(|keys| beginning(keys, prefix)).take(limit).map(named).collect()
    }
}

/// The units of a level under keys that begin so.
fn beginning<'a>(keys: &'a [(Box<str>, UnitId)], prefix: &'a str) -> impl Iterator<Item = UnitId> + 'a {
    let from = keys.partition_point(|(key, _)| &**key < prefix);
    keys[from..].iter().take_while(move |(key, _)| key.starts_with(prefix)).map(|(_, unit)| *unit)
}
