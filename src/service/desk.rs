//! Places for work on snapshots: so many at once, and no long queue before them.
//!
//! Reading takes a core for a while, so more of it at once only makes all of it slow. A burst may wait a moment. Once there has been a queue
//! for some time, waiting does not make it go away: then those who come are sent away almost at once, and those who have a place are
//! answered as quickly as ever. (The idea is CoDel's: what counts is how long a queue stands, not how long it is.)

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// A queue that has stood for so long is overload, and no burst.
const STANDING: Duration = Duration::from_millis(100);
/// How long one may wait in a burst, and in overload.
const PATIENCE: (Duration, Duration) = (Duration::from_millis(200), Duration::from_millis(5));

/// The places.
#[derive(Debug)]
pub(super) struct Desk {
    places: Arc<Semaphore>,
    /// When somebody last got a place without waiting.
    free: Mutex<Instant>,
}

impl Desk {
    /// So many places.
    pub(super) fn new(places: usize) -> Self {
        let places = Arc::new(Semaphore::new(places.clamp(1, Semaphore::MAX_PERMITS)));
        Self { places, free: Mutex::new(Instant::now()) }
    }

    /// A place, or none where too many wait.
    pub(super) async fn place(&self) -> Option<OwnedSemaphorePermit> {
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            *self.free.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
            return Some(place);
        }
        let stands = self.free.lock().unwrap_or_else(PoisonError::into_inner).elapsed() > STANDING;
        let patience = if stands { PATIENCE.1 } else { PATIENCE.0 };
        timeout(patience, Arc::clone(&self.places).acquire_owned()).await.ok()?.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_burst_waits_and_is_served() {
        let desk = Arc::new(Desk::new(1));
        let first = desk.place().await.unwrap();
        let second = tokio::spawn({
            let desk = Arc::clone(&desk);
            async move { desk.place().await.is_some() }
        });
        tokio::task::yield_now().await;
        drop(first);
        assert!(second.await.unwrap());
    }

    #[tokio::test]
    async fn nobody_waits_for_ever() {
        let desk = Desk::new(1);
        let _first = desk.place().await.unwrap();
        assert!(desk.place().await.is_none());
    }
}
