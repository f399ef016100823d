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
    /// True if its values are compressed.
    packed: bool,
    value: PhantomData<V>,
}

/// How hard values are compressed: they repeat ids and names so much that the fastest way is nearly as small as any.
const LEVEL: i32 = 1;

impl<V: Serialize + DeserializeOwned> Table<V> {
    pub(super) const fn new(name: &'static str) -> Self {
        Self { name, packed: false, value: PhantomData }
    }

    /// A table whose values are large and compressed.
    pub(super) const fn packed(name: &'static str) -> Self {
        Self { name, packed: true, value: PhantomData }
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
        if self.packed { decode(self.name, &self.unpack(bytes)?) } else { decode(self.name, bytes) }
    }

    /// A value as it is stored.
    pub(super) fn encode(&self, value: &V) -> Result<Vec<u8>, ProjectionError> {
        let bytes = encode(self.name, value)?;
        if self.packed { self.pack(&bytes) } else { Ok(bytes) }
    }

    /// The length, then the compressed bytes.
    fn pack(&self, bytes: &[u8]) -> Result<Vec<u8>, ProjectionError> {
        let fault = |_| self.fault(postcard::Error::SerializeBufferFull);
        let length = u32::try_from(bytes.len()).map_err(|_| self.fault(postcard::Error::SerializeBufferFull))?;
        let packed = zstd::bulk::compress(bytes, LEVEL).map_err(fault)?;
        Ok([length.to_le_bytes().as_slice(), &packed].concat())
    }

    fn unpack(&self, bytes: &[u8]) -> Result<Vec<u8>, ProjectionError> {
        let fault = || self.fault(postcard::Error::DeserializeUnexpectedEnd);
        let (length, packed) = bytes.split_first_chunk().ok_or_else(fault)?;
        zstd::bulk::decompress(packed, u32::from_le_bytes(*length) as usize).map_err(|_| fault())
    }

    fn fault(&self, source: postcard::Error) -> ProjectionError {
        ProjectionError::Decode { table: self.name, source }
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
