//! Tables that are only written while entries are applied: what is to be written waits until all of a batch is known.
//!
//! A row that several reports of a batch change is written once, one that comes and goes not at all, and what is written goes in the order of
//! the keys, so that each page of the table is read and copied once for a batch.

use std::borrow::Borrow;
use std::collections::hash_map::Entry;

use redb::{Key, Table, Value};
use rustc_hash::FxHashMap;

use super::ProjectionError;

/// A table of a write transaction with what is to be written into it.
pub(super) struct Queued<'t, K: Key + 'static, V: Value + 'static> {
    table: Table<'t, K, V>,
    waiting: FxHashMap<Vec<u8>, Waiting>,
}

/// What is to become of a row.
struct Waiting {
    /// The table has such a row.
    stands: bool,
    /// The value that it is to have; `None` for no row.
    value: Option<Vec<u8>>,
}

impl<'t, K: Key + 'static, V: Value + 'static> Queued<'t, K, V> {
    /// Nothing waits yet.
    pub(super) fn new(table: Table<'t, K, V>) -> Self {
        Self { table, waiting: FxHashMap::default() }
    }

    /// Adds a row under a key under which none stands.
    pub(super) fn add(&mut self, key: &K::SelfType<'_>, value: &V::SelfType<'_>) {
        self.set(bytes::<K>(key), bytes::<V>(value), false);
    }

    /// Gives a row another value, or adds it.
    pub(super) fn put(&mut self, key: &K::SelfType<'_>, value: &V::SelfType<'_>) {
        self.set(bytes::<K>(key), bytes::<V>(value), true);
    }

    fn set(&mut self, key: Vec<u8>, value: Vec<u8>, may_stand: bool) {
        match self.waiting.entry(key) {
            Entry::Occupied(mut known) => known.get_mut().value = Some(value),
            Entry::Vacant(place) => drop(place.insert(Waiting { stands: may_stand, value: Some(value) })),
        }
    }

    /// Takes a row out; one that is not there stays away.
    pub(super) fn remove(&mut self, key: &K::SelfType<'_>) {
        match self.waiting.entry(bytes::<K>(key)) {
            Entry::Occupied(known) if !known.get().stands => drop(known.remove()),
            Entry::Occupied(mut known) => known.get_mut().value = None,
            Entry::Vacant(place) => drop(place.insert(Waiting { stands: true, value: None })),
        }
    }

    /// Writes what waits.
    pub(super) fn write(&mut self) -> Result<(), ProjectionError> {
        let mut rows: Vec<(Vec<u8>, Waiting)> = std::mem::take(&mut self.waiting).into_iter().collect();
        rows.sort_unstable_by(|(a, _), (b, _)| K::compare(a, b));
        for (key, Waiting { value, .. }) in &rows {
            let key = K::from_bytes(key);
            match value {
                Some(value) => drop(self.table.insert(key.borrow(), V::from_bytes(value).borrow())?),
                None => drop(self.table.remove(key.borrow())?),
            }
        }
        Ok(())
    }
}

fn bytes<T: Value>(value: &T::SelfType<'_>) -> Vec<u8> {
    T::as_bytes(value).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use redb::{Database, ReadableTable as _, TableDefinition};

    use super::*;

    const TABLE: TableDefinition<'_, (u8, &str), u8> = TableDefinition::new("rows");

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn what_waited_gives_what_writing_at_once_gives(
            batches in prop::collection::vec(prop::collection::vec((0u8..3, "[ab]{0,2}", prop::option::of(0u8..3)), 0..20), 1..4)
        ) {
            let folder = tempfile::tempdir().expect("a folder");
            let database = Database::create(folder.path().join("rows")).expect("a store");
            let mut due = std::collections::BTreeMap::new();
            for batch in batches {
                let transaction = database.begin_write().expect("begun");
                {
                    let mut queued = Queued::new(transaction.open_table(TABLE).expect("opened"));
                    for (number, text, value) in batch {
                        let (key, known) = ((number, text.as_str()), (number, text.clone()));
                        let stood = match value {
                            Some(value) => due.insert(known, value).is_some(),
                            None => due.remove(&known).is_some(),
                        };
                        match value {
                            Some(value) if stood => queued.put(&key, &value),
                            Some(value) => queued.add(&key, &value),
                            None => queued.remove(&key),
                        }
                    }
                    queued.write().expect("written");
                }
                transaction.commit().expect("committed");
            }
            let mut found = std::collections::BTreeMap::new();
            let transaction = database.begin_write().expect("begun");
            for row in transaction.open_table(TABLE).expect("opened").iter().expect("read") {
                let (key, value) = row.expect("read");
                let (number, text) = key.value();
                found.insert((number, text.to_owned()), value.value());
            }
            prop_assert_eq!(found, due);
        }
    }
}
