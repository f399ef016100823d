//! Questions that take less time than the way to another thread and back.
//!
//! A look-up reads a few rows, which mostly lie in memory: some tens of microseconds. Handing it to a thread that may wait for a disk costs as much
//! again, two threads woken and put to sleep. So such work is done where the call stands, as long as it has lately been short. Where rows come
//! from the disk it is not, and goes to the other threads until it is short again.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What still counts as short: no other call notices a wait of so long.
const SHORT: Duration = Duration::from_micros(500);
/// No piece of work counts for more than so long: one alone that waited, for a disk or for a core that another program had, sends nobody away, two do.
const MOST: Duration = Duration::from_millis(3);
/// Of so many pieces of work the last counts as one.
const AMONG: u64 = 8;

/// How long a kind of work has lately taken.
#[derive(Debug, Default)]
pub(super) struct Brief {
    /// In nanoseconds; the last ones count most.
    usual: AtomicU64,
}

impl Brief {
    /// True while the work has been short.
    pub(super) fn is_short(&self) -> bool {
        self.usual.load(Ordering::Relaxed) <= nanos(SHORT)
    }

    /// Notes how long a piece of work took. Of two that end at once one may not count.
    pub(super) fn took(&self, time: Duration) {
        let usual = self.usual.load(Ordering::Relaxed);
        let now = usual - usual / AMONG + nanos(time.min(MOST)) / AMONG;
        self.usual.store(now, Ordering::Relaxed);
    }
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_goes_elsewhere_while_it_takes_long() {
        let brief = Brief::default();
        assert!(brief.is_short());
        (0..100).for_each(|_| brief.took(SHORT / 4));
        assert!(brief.is_short());
        brief.took(Duration::from_secs(3));
        assert!(brief.is_short(), "one that waited long is chance");
        brief.took(Duration::from_secs(3));
        assert!(!brief.is_short(), "two wait for the disk");
        (0..3 * AMONG).for_each(|_| brief.took(SHORT / 4));
        assert!(brief.is_short(), "the others were short");
        (0..100).for_each(|_| brief.took(2 * SHORT));
        assert!(!brief.is_short());
    }
}
