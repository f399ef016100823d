//! Questions that take less time than the way to another thread and back.
//!
//! A look-up reads a few rows, which mostly lie in memory: some tens of microseconds. Handing it to a thread that may wait for a disk costs as much
//! again, two threads woken and put to sleep. So such work is done where the call stands, as long as it has lately been short. Where rows come
//! from the disk it is not, and goes to the other threads until it is short again.

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

/// What still counts as short: no other call notices a wait of so long.
const SHORT: Duration = Duration::from_micros(500);
/// Of the last eight pieces of work so many may have taken longer. One or the other always does, where its core was given to another
/// program; waiting for a disk, most do.
const LONG: u32 = 4;

/// How long a kind of work has lately taken.
#[derive(Debug, Default)]
pub(super) struct Brief {
    /// A bit for each of the last eight pieces, set if it was long.
    long: AtomicU8,
}

impl Brief {
    /// True while the work has been short.
    pub(super) fn is_short(&self) -> bool {
        self.long.load(Ordering::Relaxed).count_ones() <= LONG
    }

    /// Notes how long a piece of work took. Of two that end at once one may not count.
    pub(super) fn took(&self, time: Duration) {
        let before = self.long.load(Ordering::Relaxed);
        self.long.store(before << 1 | u8::from(time > SHORT), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_goes_elsewhere_while_it_takes_long() {
        let brief = Brief::default();
        let took = |times: &[Duration]| times.iter().for_each(|time| brief.took(*time));
        assert!(brief.is_short());
        for _ in 0..100 {
            took(&[SHORT, 10 * SHORT]);
            assert!(brief.is_short(), "every second one is chance");
        }
        took(&[10 * SHORT; 2]);
        assert!(!brief.is_short(), "more than half wait for something");
        took(&[SHORT; 8]);
        assert!(brief.is_short(), "it is over");
    }
}
