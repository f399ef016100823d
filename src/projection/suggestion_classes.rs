//! In which classes a name begins so, in memory: suggestions stand in the order of classes, and what was typed is found in a few of them.
//! Each of the others would be a search in the records.
//!
//! For each kind and each beginning of a key there is a set of classes, kept under a hash of the two; beginnings that share a place share
//! their classes. So it tells of a class in which certainly nothing begins so, and never denies one in which something does. Like
//! [`super::name_filter`] it only ever learns, so that it fits every snapshot.

use std::hash::BuildHasher as _;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use rustc_hash::FxBuildHasher;

/// Lengths in bytes of the beginnings that are known. What is typed is looked up by all of them that it has.
const LENGTHS: [usize; 5] = [2, 4, 6, 9, 13];
/// Least number of places. One holds four bytes.
const ROOM: usize = 1 << 12;
/// A class of its own for each bit; the last stands for all above.
const TOP: u8 = 31;

/// Which classes hold names that begin so.
#[derive(Debug)]
pub(super) struct SuggestionClasses {
    places: Box<[AtomicU32]>,
    rows: AtomicUsize,
}

/// A set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Classes(u32);

impl Classes {
    /// Those that there may be.
    pub(super) const ALL: Self = Self(u32::MAX);

    /// Each as the bounds of what it stands for, lowest and highest class, the highest first.
    pub fn each(self) -> impl Iterator<Item = (u8, u8)> {
        (0..=TOP).rev().filter(move |class| self.0 & (1 << class) != 0).map(bounds)
    }

    /// Those of either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True if the class with these bounds is among them.
    #[must_use]
    pub fn has(self, (lowest, _): (u8, u8)) -> bool {
        self.0 & (1 << lowest.min(TOP)) != 0
    }

    /// None.
    #[must_use]
    pub fn none() -> Self {
        Self(0)
    }
}

fn bounds(class: u8) -> (u8, u8) {
    (class, if class == TOP { u8::MAX } else { class })
}

impl SuggestionClasses {
    /// With room for so many rows, and as many more.
    pub(super) fn with_room(rows: usize) -> Self {
        let places = rows.max(ROOM).next_power_of_two();
        Self { places: (0..places).map(|_| AtomicU32::new(0)).collect(), rows: AtomicUsize::new(0) }
    }

    /// True if so many rows have come that it tells little: time for a larger one.
    pub(super) fn is_full(&self) -> bool {
        self.rows.load(Ordering::Relaxed) > 2 * self.places.len()
    }

    /// Learns that a key of a kind stands in a class.
    pub(super) fn add(&self, kind: u8, class: u8, key: &str) {
        let bit = 1 << class.min(TOP);
        for length in LENGTHS.into_iter().take_while(|length| *length <= key.len()) {
            // Whoever reads a snapshot with the key got it from the writer after this.
            let place = &self.places[self.place(kind, &key.as_bytes()[..length])];
            if place.load(Ordering::Relaxed) & bit == 0 {
                place.fetch_or(bit, Ordering::Relaxed);
            }
        }
        self.rows.fetch_add(1, Ordering::Relaxed);
    }

    /// The classes that may hold keys of a kind that begin so.
    pub(super) fn of(&self, kind: u8, prefix: &str) -> Classes {
        let known = LENGTHS.into_iter().take_while(|length| *length <= prefix.len());
        let sets =
            known.map(|length| self.places[self.place(kind, &prefix.as_bytes()[..length])].load(Ordering::Relaxed));
        Classes(sets.fold(u32::MAX, |all, set| all & set))
    }

    fn place(&self, kind: u8, beginning: &[u8]) -> usize {
        let hash = FxBuildHasher.hash_one((kind, beginning));
        // Its upper bits are the better ones.
        usize::try_from(hash >> 20).unwrap_or(0) & (self.places.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_that_hold_a_beginning_are_never_denied() {
        let classes = SuggestionClasses::with_room(0);
        classes.add(0, 14, "nguyen thanh lan ");
        classes.add(0, 40, "nguyen van hai ");
        classes.add(1, 9, "nguyen ");
        let of = |kind, prefix: &str| classes.of(kind, prefix).each().collect::<Vec<_>>();
        assert_eq!(of(0, "nguyen"), [(31, 255), (14, 14)]);
        assert_eq!(of(0, "nguyen thanh l"), [(14, 14)]);
        assert_eq!(of(1, "ngu"), [(9, 9)]);
        assert_eq!(of(0, "tran"), []);
        assert_eq!(of(2, "n").len(), 32, "of one letter nothing is known");
        assert!(classes.of(0, "nguyen").has((14, 14)) && !classes.of(0, "nguyen").has((13, 13)));
    }
}
