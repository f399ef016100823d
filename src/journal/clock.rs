//! Where the journal has its time from.

use crate::model::Timestamp;

/// Tells the time of entries. Injected, so that tests are deterministic.
pub trait Clock: Send + Sync + 'static {
    /// The time now. May jump or go backwards, as machine clocks do; the journal does not follow it backwards.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp(jiff::Timestamp::now().as_microsecond())
    }
}

impl<F: Fn() -> Timestamp + Send + Sync + 'static> Clock for F {
    fn now(&self) -> Timestamp {
        self()
    }
}
