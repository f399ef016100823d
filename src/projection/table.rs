//! The tables of the records store, and how values are written in them.
//!
//! Values are [postcard](https://docs.rs/postcard): compact and not self-describing, which is right for data that is derived anew
//! whenever [`super::SCHEMA_VERSION`] changes. Keys order the way the answers do, so that a page is one range scan.

use std::marker::PhantomData;

use redb::{ReadableTable, TableDefinition};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::ProjectionError;
use crate::model::Edtf;

/// A table from text keys to values of one type.
pub(super) struct Table<V> {
    name: &'static str,
    value: PhantomData<V>,
}

impl<V: Serialize + DeserializeOwned> Table<V> {
    pub(super) const fn new(name: &'static str) -> Self {
        Self { name, value: PhantomData }
    }

    pub(super) const fn definition(&self) -> TableDefinition<'static, &'static str, &'static [u8]> {
        TableDefinition::new(self.name)
    }

    pub(super) fn get(
        &self,
        table: &impl ReadableTable<&'static str, &'static [u8]>,
        key: &str,
    ) -> Result<Option<V>, ProjectionError> {
        table.get(key)?.map(|bytes| self.decode(bytes.value())).transpose()
    }

    pub(super) fn decode(&self, bytes: &[u8]) -> Result<V, ProjectionError> {
        decode(self.name, bytes)
    }
}

/// Reads a value.
pub(super) fn decode<'b, V: Deserialize<'b>>(table: &'static str, bytes: &'b [u8]) -> Result<V, ProjectionError> {
    postcard::from_bytes(bytes).map_err(|source| ProjectionError::Decode { table, source })
}

/// Writes a value.
pub(super) fn encode<V: Serialize>(table: &'static str, value: &V) -> Result<Vec<u8>, ProjectionError> {
    postcard::to_stdvec(value).map_err(|source| ProjectionError::Decode { table, source })
}

/// Orders latest days first and what has no day last.
pub(super) type DayOrder = i32;

/// The order of something that happened at a date: by its earliest day, latest first.
pub(super) fn day_order(date: Option<Edtf>) -> DayOrder {
    date.and_then(|date| date.earliest().or(date.latest())).map_or(DayOrder::MAX, |day| -day_number(day))
}

/// Days since 1970-01-01.
pub(super) fn day_number(day: jiff::civil::Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    // Any two dates of the calendar are fewer than 2³¹ days apart.
    epoch.until(day).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_days_come_first_and_no_day_last() {
        let order = |text: &str| day_order(text.parse().ok());
        assert!(order("2024-05-01") < order("2024-04"));
        assert!(order("2024-04") < order("2023"));
        assert!(order("1965-01-01") < order("XXXX-05-01"));
        assert_eq!(day_number(jiff::civil::date(1970, 1, 31)), 30);
    }
}
