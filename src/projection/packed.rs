//! Ids of entities in keys, in half the bytes: a table of which keys are little else has that many fewer pages to read and copy.
//!
//! A derived id is a word for its kind and 20 letters of base32, which stand for a hundred bits. Any other id stays as it is, behind its length.

use std::cmp::Ordering;

use compact_str::CompactString;
use redb::{Key, TypeName, Value};

use crate::model::{EntityId, EntityKind, MAX_ID_LENGTH};

/// Letters behind the word for the kind.
const CODE: usize = 20;
/// Bits of a letter, and of what fills the last byte.
const BITS: u32 = 5;
const FILL: u32 = 4;
/// Bytes of all letters.
const PACKED: usize = 13;
/// Longest id.
const LONGEST: usize = MAX_ID_LENGTH;

/// The sign of each kind; it is higher than any length.
const SIGNS: [(u8, EntityKind); 4] = [
    (b'd', EntityKind::LegalDocument),
    (b'l', EntityKind::Place),
    (b'o', EntityKind::Organization),
    (b'p', EntityKind::Person),
];

/// An id in bytes. None is the beginning of another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packed {
    bytes: [u8; LONGEST + 1],
    length: usize,
}

impl AsRef<[u8]> for Packed {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// Writes an id.
pub(super) fn pack(id: &str) -> Packed {
    let mut packed = Packed { bytes: [0; LONGEST + 1], length: 0 };
    let (sign, rest): (u8, &[u8]) = match derived(id) {
        Some((sign, bits)) => {
            packed.bytes[1..=PACKED].copy_from_slice(&bits);
            packed.bytes[0] = sign;
            packed.length = 1 + PACKED;
            return packed;
        }
        // Every id is as short as that; of another text so much is written.
        None => (u8::try_from(id.len().min(LONGEST)).unwrap_or_default(), &id.as_bytes()[..id.len().min(LONGEST)]),
    };
    packed.bytes[0] = sign;
    packed.bytes[1..=rest.len()].copy_from_slice(rest);
    packed.length = 1 + rest.len();
    packed
}

/// Sign and bits of a derived id.
fn derived(id: &str) -> Option<(u8, [u8; PACKED])> {
    let (word, code) = id.split_once('-')?;
    let (sign, _) = SIGNS.iter().find(|(_, kind)| kind.prefix() == word)?;
    if code.len() != CODE {
        return None;
    }
    let mut bits: u128 = 0;
    for letter in code.bytes() {
        let value = match letter {
            b'a'..=b'z' => letter - b'a',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => return None,
        };
        bits = bits << BITS | u128::from(value);
    }
    let bytes = (bits << FILL).to_be_bytes();
    bytes.last_chunk().map(|bytes| (*sign, *bytes))
}

/// Reads an id that [`pack`] wrote; of other bytes what there is of one.
fn unpack(bytes: &[u8]) -> CompactString {
    let Some((sign, rest)) = bytes.split_first() else { return CompactString::default() };
    let kind = SIGNS.iter().find(|(known, _)| known == sign);
    let Some(((_, kind), bits)) = kind.zip(<&[u8; PACKED]>::try_from(rest).ok()) else {
        return CompactString::from_utf8_lossy(rest);
    };
    let bits = bits.iter().fold(0u128, |bits, byte| bits << 8 | u128::from(*byte)) >> FILL;
    let mut id = CompactString::from(kind.prefix());
    id.push('-');
    let letter = |at: usize| -> char {
        // Five bits.
        let value = (bits >> (BITS as usize * (CODE - 1 - at)) & 31) as u8;
        char::from(if value < 26 { b'a' + value } else { b'2' + value - 26 })
    };
    id.extend((0..CODE).map(letter));
    id
}

/// What comes before every id.
pub(super) const FIRST: CompactString = CompactString::const_new("");

/// An id as [`PackedId`] takes it.
pub(super) fn text(id: &EntityId) -> CompactString {
    CompactString::from(id.as_str())
}

/// An entity's id as a part of a key, or as a value.
#[derive(Debug)]
pub(super) struct PackedId;

impl Value for PackedId {
    type SelfType<'a> = CompactString;
    type AsBytes<'a> = Packed;

    fn fixed_width() -> Option<usize> {
        None
    }

    fn from_bytes<'a>(data: &'a [u8]) -> CompactString
    where
        Self: 'a,
    {
        unpack(data)
    }

    fn as_bytes<'a, 'b: 'a>(value: &'a CompactString) -> Packed
    where
        Self: 'b,
    {
        pack(value)
    }

    fn type_name() -> TypeName {
        TypeName::new("bienban::PackedId")
    }
}

impl Key for PackedId {
    fn compare(a: &[u8], b: &[u8]) -> Ordering {
        a.cmp(b)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn derived_ids_take_fourteen_bytes() {
        for (_, kind) in SIGNS {
            let id = EntityId::derive(kind.prefix(), &["x"]);
            let packed = pack(id.as_str());
            assert_eq!(packed.as_ref().len(), 14);
            assert_eq!(unpack(packed.as_ref()), id.as_str());
        }
        assert_ne!(pack("per-aaaaaaaaaaaaaaaaaaaa").as_ref(), pack("plc-aaaaaaaaaaaaaaaaaaaa").as_ref());
    }

    proptest! {
        #[test]
        fn ids_are_read_as_they_were_written(a in "(per|plc|org|doc|x)-[a-z2-9]{19,21}|[a-z0-9][a-z0-9._-]{0,62}", b in "[a-z0-9][a-z0-9._-]{0,62}") {
            prop_assert_eq!(unpack(pack(&a).as_ref()), a.as_str());
            prop_assert_eq!(unpack(pack(&b).as_ref()), b.as_str());
            prop_assert!(a == b || !pack(&a).as_ref().starts_with(pack(&b).as_ref()), "one is the beginning of another");
        }
    }
}
