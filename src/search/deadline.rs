//! When a search is to give up.

use std::time::Instant;

use super::error::{Result, SearchError};

/// When to give up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline(Option<Instant>);

impl Deadline {
    /// Gives up at a time; `None` never.
    pub(super) fn new(at: Option<Instant>) -> Self {
        Self(at)
    }

    /// True if it is time. Reads the clock.
    pub(super) fn has_passed(self) -> bool {
        #[cfg(test)]
        if let Some(passed) = tests::look() {
            return passed;
        }
        self.0.is_some_and(|at| Instant::now() >= at)
    }

    /// # Errors
    /// [`SearchError::DeadlineExceeded`] if it is time.
    pub(super) fn check(self) -> Result<()> {
        if self.has_passed() { Err(SearchError::DeadlineExceeded) } else { Ok(()) }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::cell::Cell;

    thread_local! {
        /// After so many looks at the clock the deadline has passed; `None` for the real clock.
        pub(in crate::search) static LEFT: Cell<Option<u32>> = const { Cell::new(None) };
    }

    /// One look at the clock, where a test decides what it says.
    pub(super) fn look() -> Option<bool> {
        let left = LEFT.get()?;
        LEFT.set(Some(left.saturating_sub(1)));
        Some(left == 0)
    }
}
