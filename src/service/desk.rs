//! Places for work on snapshots: so many at once, and no long queue before them.
//!
//! Reading takes a core for a while. In quiet times more of it may go on at once than there are cores, so that a short question is not held up by a
//! long one, and a burst may wait a moment. Once there has been a queue for some time, waiting does not make it go away (the idea is CoDel's: what counts is
//! how long a queue stands, not how long it is). Then the desk is narrow: one piece of work for each core and next to nobody in line, so that those who are
//! let in are answered about as quickly as ever, and all others are told at once. It is wide again when nobody had to be sent away for a while.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// A queue that has stood for so long is overload, and no burst.
const STANDING: Duration = Duration::from_millis(40);
/// How long one may wait in a burst.
const BURST: Duration = Duration::from_millis(80);
/// How long one may wait in overload, at least and at most.
const OVERLOAD: (Duration, Duration) = (Duration::from_millis(2), Duration::from_millis(100));
/// For how long nobody must have been sent away before the desk is wide again.
const CALM: Duration = Duration::from_secs(1);

/// The places.
#[derive(Debug)]
pub(super) struct Desk {
    wide: Arc<Semaphore>,
    /// Those of them that there are in overload.
    narrow: Arc<Semaphore>,
    /// How many may be in line for one in overload, and are.
    line: usize,
    in_line: AtomicUsize,
    of_streams: Arc<Semaphore>,
    crowding: Mutex<Crowding>,
    /// How long a piece of work takes, in microseconds; the last ones count most.
    usual: Arc<AtomicU64>,
}

/// How crowded it is.
#[derive(Debug, Clone, Copy)]
struct Crowding {
    /// When somebody last got a place of the wide desk without waiting.
    free: Instant,
    /// When somebody was last sent away, while the desk is narrow.
    refused: Option<Instant>,
}

impl Crowding {
    /// True where the desk is to be narrow.
    fn is_overload(&mut self, now: Instant) -> bool {
        if self.refused.is_some_and(|at| now.duration_since(at) > CALM) {
            *self = Self { free: now, refused: None };
        }
        self.refused.is_some()
    }

    /// Somebody finds no place at the wide desk.
    fn full(&mut self, now: Instant) {
        if now.duration_since(self.free) > STANDING {
            self.refused.get_or_insert(now);
        }
    }
}

/// A place, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    _places: [Option<OwnedSemaphorePermit>; 2],
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

/// A place in line, given back however the wait ends.
struct InLine<'a>(&'a AtomicUsize);

impl Drop for InLine<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Desk {
    /// So many places, and so many of them in overload.
    pub(super) fn new(places: usize, in_overload: usize) -> Self {
        let semaphore = |count: usize| Arc::new(Semaphore::new(count.clamp(1, Semaphore::MAX_PERMITS)));
        let in_overload = in_overload.clamp(1, places.max(1));
        Self {
            wide: semaphore(places),
            narrow: semaphore(in_overload),
            line: in_overload.div_ceil(2),
            in_line: AtomicUsize::new(0),
            of_streams: semaphore(places / 2),
            crowding: Mutex::new(Crowding { free: Instant::now(), refused: None }),
            usual: Arc::default(),
        }
    }

    /// Places beside these for work of streams, half as many: it waits for one however long that takes, which slows its sender down and
    /// nobody else.
    pub(super) fn of_streams(&self) -> Arc<Semaphore> {
        Arc::clone(&self.of_streams)
    }

    /// A place, or none where too many wait.
    pub(super) async fn place(&self) -> Option<Place> {
        if self.crowding().is_overload(Instant::now()) {
            let place = self.narrow_place().await;
            if place.is_none() {
                self.crowding().refused = Some(Instant::now());
            }
            return place;
        }
        if let Ok(place) = Arc::clone(&self.wide).try_acquire_owned() {
            self.crowding().free = Instant::now();
            return Some(self.taken([Some(place), None]));
        }
        self.crowding().full(Instant::now());
        let place = timeout(BURST, Arc::clone(&self.wide).acquire_owned()).await.ok()?.ok()?;
        Some(self.taken([Some(place), None]))
    }

    async fn narrow_place(&self) -> Option<Place> {
        let narrow = match Arc::clone(&self.narrow).try_acquire_owned() {
            Ok(place) => place,
            Err(_) => {
                let line = self.in_line.fetch_add(1, Ordering::Relaxed);
                let _in_line = InLine(&self.in_line);
                if line >= self.line {
                    return None;
                }
                timeout(self.patience(), Arc::clone(&self.narrow).acquire_owned()).await.ok()?.ok()?
            }
        };
        // What was begun at the wide desk may still take its time.
        let wide = timeout(self.patience(), Arc::clone(&self.wide).acquire_owned()).await.ok()?.ok()?;
        Some(self.taken([Some(narrow), Some(wide)]))
    }

    fn taken(&self, places: [Option<OwnedSemaphorePermit>; 2]) -> Place {
        Place { _places: places, since: Instant::now(), usual: Arc::clone(&self.usual) }
    }

    /// How long one waits in overload: as long as a piece of work takes.
    fn patience(&self) -> Duration {
        Duration::from_micros(self.usual.load(Ordering::Relaxed)).clamp(OVERLOAD.0, OVERLOAD.1)
    }

    fn crowding(&self) -> std::sync::MutexGuard<'_, Crowding> {
        self.crowding.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_burst_waits_and_is_served() {
        let desk = Arc::new(Desk::new(1, 1));
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
        let desk = Desk::new(1, 1);
        let _first = desk.place().await.unwrap();
        assert!(desk.place().await.is_none());
    }

    #[tokio::test]
    async fn in_overload_the_desk_is_narrow_until_it_has_been_calm_for_a_while() {
        let desk = Desk::new(8, 2);
        let now = Instant::now();
        desk.crowding().refused = Some(now);
        let held = [desk.place().await.unwrap(), desk.place().await.unwrap()];
        assert!(desk.place().await.is_none(), "the third finds no place");
        drop(held);
        assert!(desk.place().await.is_some());
        let long_ago = now.checked_sub(2 * CALM).unwrap();
        desk.crowding().refused = Some(long_ago);
        let held: Vec<_> = [(); 8].map(|()| desk.wide.clone().try_acquire_owned()).into_iter().collect();
        assert!(held.iter().all(Result::is_ok));
        drop(held);
        assert!(desk.place().await.is_some() && desk.crowding().refused.is_none());
    }

    #[test]
    fn a_queue_that_stands_is_overload_and_a_burst_is_not() {
        let begun = Instant::now();
        let mut crowding = Crowding { free: begun, refused: None };
        crowding.full(begun + STANDING / 2);
        assert!(!crowding.is_overload(begun + STANDING / 2));
        crowding.full(begun + 2 * STANDING);
        assert!(crowding.is_overload(begun + 2 * STANDING));
        assert!(!crowding.is_overload(begun + 2 * STANDING + 2 * CALM));
    }

    #[test]
    fn in_overload_patience_follows_the_work() {
        let desk = Desk::new(1, 1);
        assert_eq!(desk.patience(), OVERLOAD.0);
        desk.usual.store(20_000, Ordering::Relaxed);
        assert_eq!(desk.patience(), Duration::from_millis(20));
        desk.usual.store(u64::MAX, Ordering::Relaxed);
        assert_eq!(desk.patience(), OVERLOAD.1);
    }
}
