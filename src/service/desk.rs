//! Places for work on snapshots: so many at once, and no long queue before them.
//!
//! Reading takes a core for a while, so more of it at once only makes all of it slow. A burst may wait a moment. Once there has been a queue
//! for some time, waiting does not make it go away: then nobody waits for longer than two pieces of work take, and those who have a
//! place are answered about as quickly as ever. (The idea is CoDel's: what counts is how long a queue stands, not how long it is.)

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// A queue that has stood for so long is overload, and no burst.
const STANDING: Duration = Duration::from_millis(100);
/// How long one may wait in a burst.
const BURST: Duration = Duration::from_millis(200);
/// How long one may wait in overload, at least and at most.
const OVERLOAD: (Duration, Duration) = (Duration::from_millis(5), Duration::from_millis(100));

/// The places.
#[derive(Debug)]
pub(super) struct Desk {
    places: Arc<Semaphore>,
    of_streams: Arc<Semaphore>,
    /// When somebody last got a place without waiting.
    free: Mutex<Instant>,
    /// How long a piece of work takes, in microseconds; the last ones count most.
    usual: Arc<AtomicU64>,
}

/// A place, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    _place: OwnedSemaphorePermit,
    since: Instant,
    usual: Arc<AtomicU64>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let took = u64::try_from(self.since.elapsed().as_micros()).unwrap_or(u64::MAX);
        // Two that end at once may lose one of them; a mean bears that.
        let usual = self.usual.load(Ordering::Relaxed);
        self.usual.store(usual - usual / 16 + took / 16, Ordering::Relaxed);
    }
}

impl Desk {
    /// So many places.
    pub(super) fn new(places: usize) -> Self {
        let of_streams = Arc::new(Semaphore::new((places / 2).clamp(1, Semaphore::MAX_PERMITS)));
        let places = Arc::new(Semaphore::new(places.clamp(1, Semaphore::MAX_PERMITS)));
        Self { places, of_streams, free: Mutex::new(Instant::now()), usual: Arc::default() }
    }

    /// Places beside these for work of streams, half as many: it waits for one however long that takes, which slows its sender down and
    /// nobody else.
    pub(super) fn of_streams(&self) -> Arc<Semaphore> {
        Arc::clone(&self.of_streams)
    }

    /// A place, or none where too many wait.
    pub(super) async fn place(&self) -> Option<Place> {
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            *self.free.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
            return Some(self.taken(place));
        }
        let place = timeout(self.patience(), Arc::clone(&self.places).acquire_owned()).await.ok()?.ok()?;
        Some(self.taken(place))
    }

    fn taken(&self, place: OwnedSemaphorePermit) -> Place {
        Place { _place: place, since: Instant::now(), usual: Arc::clone(&self.usual) }
    }

    fn patience(&self) -> Duration {
        let stands = self.free.lock().unwrap_or_else(PoisonError::into_inner).elapsed() > STANDING;
        if !stands {
            return BURST;
        }
        let two = Duration::from_micros(self.usual.load(Ordering::Relaxed).saturating_mul(2));
        two.clamp(OVERLOAD.0, OVERLOAD.1)
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

    #[test]
    fn in_overload_patience_follows_the_work() {
        let desk = Desk::new(1);
        assert_eq!(desk.patience(), BURST);
        let before = Instant::now().checked_sub(2 * STANDING).unwrap();
        *desk.free.lock().unwrap() = before;
        assert_eq!(desk.patience(), OVERLOAD.0);
        desk.usual.store(20_000, Ordering::Relaxed);
        assert_eq!(desk.patience(), Duration::from_millis(40));
        desk.usual.store(u64::MAX, Ordering::Relaxed);
        assert_eq!(desk.patience(), OVERLOAD.1);
    }
}
