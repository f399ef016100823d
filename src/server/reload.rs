//! Looks at files again and again, and takes up what changed.

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::telemetry::Metrics;

/// What was last looked at, so that each state of a file is judged once.
#[derive(Debug)]
pub(super) struct Seen(Mutex<blake3::Hash>);

impl Seen {
    /// This was seen.
    pub(super) fn of(digest: blake3::Hash) -> Self {
        Self(Mutex::new(digest))
    }

    /// True if this is something else than what was seen; it has been seen from now on.
    pub(super) fn is_new(&self, digest: blake3::Hash) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *seen, digest) != digest
    }
}

/// When and for how long files are looked at.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    pub(super) every: Duration,
    pub(super) end: CancellationToken,
    pub(super) metrics: Metrics,
}

impl Watch {
    /// Looks until the end. `look` says whether something new is in force; what cannot be used it leaves, and says why.
    pub(super) async fn over<E, F>(self, what: &'static str, look: F)
    where
        E: Error + Send + 'static,
        F: Fn() -> Result<bool, E> + Send + Sync + 'static,
    {
        let look = Arc::new(look);
        let mut ticks = interval(self.every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                () = self.end.cancelled() => return,
            }
            let look = Arc::clone(&look);
            // A look that panics leaves what is in force; the next one may do better.
            let Ok(looked) = tokio::task::spawn_blocking(move || look()).await else { continue };
            self.tell(what, &looked);
        }
    }

    /// Counts and logs what a look brought.
    pub(super) fn tell<E: Error + 'static>(&self, what: &'static str, looked: &Result<bool, E>) {
        match looked {
            Ok(false) => {}
            Ok(true) => {
                self.metrics.reloaded(true);
                tracing::info!(what, "changed files are in force");
            }
            Err(error) => {
                self.metrics.reloaded(false);
                tracing::error!(
                    what,
                    error = error as &dyn Error,
                    "changed files cannot be used; the old ones stay in force"
                );
            }
        }
    }
}
