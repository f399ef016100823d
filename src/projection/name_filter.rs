//! Which names there may be, in memory: a slip of the hand may have been some hundred names, nearly all of them nobody's, and each would
//! be a search in the records.
//!
//! A [Bloom filter](https://doi.org/10.1145/362686.362692): it tells of a key that certainly nobody has, and takes about one in a
//! hundred of those for known. It only ever learns, so that it fits every snapshot, whatever was deleted since.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use compact_str::CompactString;
use rustc_hash::FxBuildHasher;

use super::packed::FIRST;
use crate::registry::lookup::is_of_member;

/// Keys of names begin so.
const SIGN: &str = "n:";
/// What the keys behind them begin with at least.
const BEHIND: &str = "n;";
/// Bits for each key, of which each key sets some; with 16 and 4, one in 400 unknown keys is taken for known while there is room, and one in 40
/// where twice as many keys have come.
const BITS: usize = 16;
const SET: u64 = 4;
/// Least number of keys that there is room for.
const ROOM: usize = 1 << 14;

/// True for a key that the filter learns.
fn is_known(key: &str) -> bool {
    key.starts_with(SIGN) && !is_of_member(key)
}

/// Keys of names that there may be. Shared by the writer, who adds, and by readers.
#[derive(Debug)]
pub(super) struct NameFilter {
    words: Box<[AtomicU64]>,
    /// Keys that found a bit unset.
    keys: AtomicUsize,
}

impl NameFilter {
    /// An empty one, with room for so many keys.
    pub(super) fn with_room(keys: usize) -> Self {
        let bits = (keys.max(ROOM) * BITS).next_power_of_two();
        let words = (0..bits / 64).map(|_| AtomicU64::new(0)).collect();
        Self { words, keys: AtomicUsize::new(0) }
    }

    /// The bounds of the keys that it learns, in the table of look-up keys.
    pub(super) const KEYS: std::ops::Range<(&'static str, u8, CompactString)> = (SIGN, 0, FIRST)..(BEHIND, 0, FIRST);

    /// True if so many keys have come that too many unknown ones would be taken for known: time for a larger one.
    pub(super) fn is_full(&self) -> bool {
        self.keys.load(Ordering::Relaxed) * BITS > 2 * self.words.len() * 64
    }

    /// Learns a look-up key, if it is one of a name.
    pub(super) fn add(&self, key: &str) {
        if !is_known(key) {
            return;
        }
        let mut new = false;
        for (word, bit) in self.places(key) {
            // Whoever reads a snapshot with the key got it from the writer after this.
            new |= self.words[word].fetch_or(bit, Ordering::Relaxed) & bit == 0;
        }
        if new {
            self.keys.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// False if certainly no entity stands under the look-up key. Knows only keys of names.
    pub(super) fn may_have(&self, key: &str) -> bool {
        !is_known(key) || self.places(key).all(|(word, bit)| self.words[word].load(Ordering::Relaxed) & bit != 0)
    }

    /// Word and bit of each place of a key.
    fn places(&self, key: &str) -> impl Iterator<Item = (usize, u64)> {
        use std::hash::BuildHasher as _;
        let hash = FxBuildHasher.hash_one(key);
        let (first, step) = (hash, hash.rotate_left(32) | 1);
        let mask = self.words.len() as u64 * 64 - 1;
        (0..SET).map(move |at| {
            let place = first.wrapping_add(at.wrapping_mul(step)) & mask;
            (usize::try_from(place / 64).unwrap_or(0), 1 << (place % 64))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_never_denied_and_little_else_is_known() {
        let filter = NameFilter::with_room(0);
        let key = |number: usize| format!("n:nguyenvan{number}");
        (0..ROOM).for_each(|number| filter.add(&key(number)));
        assert!((0..ROOM).all(|number| filter.may_have(&key(number))));
        let wrong = (ROOM..3 * ROOM).filter(|number| filter.may_have(&key(*number))).count();
        assert!(wrong < ROOM / 50, "{wrong}");
        assert!(!filter.is_full());
        (0..4 * ROOM).for_each(|number| filter.add(&key(number)));
        assert!(filter.is_full());
        assert!(filter.may_have("g:lan"), "other keys are not its business");
    }
}
