//! Keys of bytes: made of parts one after the other, each in a form that orders as what it stands for does, so that the rows of one thing stand side
//! by side in a table and a scan of them is one range.

use std::ops::Bound;

use redb::{Range, ReadableTable, StorageError};

use super::packed::pack;

/// A key that is being made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(Vec<u8>);

/// A table with such keys.
pub(super) type Bytes = &'static [u8];

/// The value of a row of which the key says everything.
pub(super) const NOTHING: &[u8] = &[];

impl Key {
    /// An empty key, with room for one of common length.
    fn new() -> Self {
        Self(Vec::with_capacity(64))
    }

    /// Begins with an entity. No entity's beginning is that of another.
    pub(super) fn of_entity(id: &str) -> Self {
        Self::of(pack(id).as_ref())
    }

    /// Begins with bytes of a known number.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self::new().bytes(bytes)
    }

    /// Goes on with bytes of a known number.
    pub(super) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend(bytes);
        self
    }

    /// Goes on with a byte.
    pub(super) fn byte(self, byte: u8) -> Self {
        self.bytes(&[byte])
    }

    /// Goes on with a number.
    pub(super) fn number(self, number: u32) -> Self {
        self.bytes(&number.to_be_bytes())
    }

    /// Goes on with a day or the like, negative ones first.
    pub(super) fn day(self, day: i32) -> Self {
        self.bytes(&(day.cast_unsigned() ^ SIGN).to_be_bytes())
    }

    /// Goes on with a text that has no NUL in it, as no id has.
    pub(super) fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes()).byte(0)
    }

    /// As the store takes it.
    pub(super) fn as_slice(&self) -> &[u8] {
        &self.0
    }

    /// What comes behind everything that begins so. A key that is not of the highest bytes alone has that.
    fn behind(mut self) -> Self {
        while let Some(last) = self.0.pop() {
            if let Some(next) = last.checked_add(1) {
                return self.byte(next);
            }
        }
        self
    }
}

const SIGN: u32 = 1 << 31;

/// What is left of a key that is being read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rest<'k>(pub(super) &'k [u8]);

impl<'k> Rest<'k> {
    /// What follows a beginning, which the key must have.
    pub(super) fn behind(key: &'k [u8], beginning: &Key) -> Self {
        Self(key.get(beginning.0.len()..).unwrap_or_default())
    }

    /// The bytes that come next.
    pub(super) fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*bytes)
    }

    /// The byte that comes next.
    pub(super) fn byte(&mut self) -> Option<u8> {
        self.bytes().map(|[byte]| byte)
    }

    /// The number that comes next.
    pub(super) fn number(&mut self) -> Option<u32> {
        self.bytes().map(u32::from_be_bytes)
    }

    /// The day that comes next.
    pub(super) fn day(&mut self) -> Option<i32> {
        self.number().map(|day| (day ^ SIGN).cast_signed())
    }

    /// The text that comes next.
    pub(super) fn text(&mut self) -> Option<&'k str> {
        let end = self.0.iter().position(|byte| *byte == 0)?;
        let (text, rest) = self.0.split_at(end);
        self.0 = rest.get(1..)?;
        std::str::from_utf8(text).ok()
    }
}

/// The rows of which the keys begin so.
pub(super) fn scan<'t>(
    table: &'t impl ReadableTable<Bytes, Bytes>,
    beginning: &Key,
) -> Result<Range<'t, Bytes, Bytes>, StorageError> {
    scan_from(table, beginning, Bound::Included(beginning))
}

/// The same, as far as they stand before a key.
pub(super) fn scan_before<'t>(
    table: &'t impl ReadableTable<Bytes, Bytes>,
    beginning: &Key,
    end: &Key,
) -> Result<Range<'t, Bytes, Bytes>, StorageError> {
    table.range::<&[u8]>(beginning.as_slice()..end.as_slice())
}

/// The same, from one of them on.
pub(super) fn scan_from<'t>(
    table: &'t impl ReadableTable<Bytes, Bytes>,
    beginning: &Key,
    from: Bound<&Key>,
) -> Result<Range<'t, Bytes, Bytes>, StorageError> {
    let behind = beginning.clone().behind();
    let range: (Bound<&[u8]>, Bound<&[u8]>) = (from.map(Key::as_slice), Bound::Excluded(behind.as_slice()));
    table.range::<&[u8]>(range)
}
