//! Places for work on snapshots: so many at once, and no long queue before them.
//!
//! Reading takes a core for a while. In quiet times more of it may go on at once than there are cores, so that a short question is not held up by a
//! long one, a burst may wait a moment, and a short line as long as it takes. Where a longer line stands and everybody has had to wait for long for some time,
//! waiting does not make the queue go away (the idea is CoDel's: what counts is how long a queue stands). Then as many pieces of work go on as there are cores, next to nobody waits for them, and
//! all others are sent away, those too who waited until then; so those who are let in are answered about as quickly as ever. Where more than half are sent
//! away, that takes processors too: some of them are left to it, and nobody waits. It is the other way round as soon as what comes would fit.
//!
//! Who is sent away is told a moment later, so that those who come again at once, whatever they are told, are not a flood by that alone.

use std::pin::pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};

use super::line::{Line, Seat};

/// How long one may wait in a burst: as long as so many pieces of work take, but at least and at most so long. Where for three quarters of
/// that everybody has waited for longer than half of it, that is overload, and no burst.
const BURST: (u32, Duration, Duration) = (12, Duration::from_millis(16), Duration::from_millis(60));
/// Waiting for each core that are no overload yet, however slow the work: so many callers who each wait for their answer are never sent away. And how
/// long one may wait in so short a line.
const SHORT: (usize, Duration) = (8, Duration::from_secs(1));
/// How long one may wait in overload, at least and at most.
const OVERLOAD: (Duration, Duration) = (Duration::from_millis(2), Duration::from_millis(100));
/// How long overload is looked at before it is called a flood, and before it is called one no more.
const FLOOD: (Duration, Duration) = (Duration::from_millis(50), Duration::from_millis(250));
/// For how long next to nobody must have been sent away before the desk is wide again.
const CALM: Duration = Duration::from_secs(1);
/// Where some are sent away all the time it is tried after a while, at first and at last, whether they would wait instead of coming again.
const TRY: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(16));
/// How much later one is told in overload to come back.
const LATER: Duration = Duration::from_millis(20);
/// Next to nobody: at most this share of those who come.
const FEW: f64 = 0.05;
/// A flood is over where at least this share of those who come could be let in.
const OVER: f64 = 0.45;
/// So many must have come before a share says something.
const SOME: u32 = 16;

/// The places.
#[derive(Debug)]
pub(super) struct Desk {
    wide: Arc<Line>,
    /// Those of them that there are in overload.
    narrow: Arc<Semaphore>,
    /// Those of them that there are in a flood.
    spare: Arc<Semaphore>,
    /// As many as there are in overload.
    cores: usize,
    /// How many times as many there are in overload as in a flood.
    gain: f64,
    /// How many may be in line for one in overload, and are.
    line: usize,
    in_line: AtomicUsize,
    of_streams: Arc<Semaphore>,
    crowding: Mutex<Crowding>,
    /// Told when the desk becomes narrow.
    narrowed: Notify,
    /// How long a piece of work takes that has a core to itself, in microseconds; the last ones count most.
    usual: Arc<AtomicU64>,
}

/// How many may work at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Width {
    /// More than there are cores.
    Wide,
    /// Overload: one for each core.
    Narrow,
    /// A flood: fewer.
    Spare,
}

/// How crowded it is.
#[derive(Debug, Clone, Copy)]
struct Crowding {
    width: Width,
    /// Since when it is so wide.
    entered: Instant,
    /// After which time it is tried whether it may be wide.
    again: Duration,
    /// When somebody last got a place of the wide desk without waiting for long.
    free: Instant,
    /// How many since then waited for longer, or in vain.
    late: u32,
    /// How long one may wait for such a place, as it was when somebody last found one free.
    burst: Duration,
    /// Since when those who come are counted; at the wide desk since somebody last found a place free.
    since: Instant,
    came: u32,
    /// Those of them who were sent away, or at the wide desk still wait.
    refused: u32,
}

impl Crowding {
    fn new(now: Instant) -> Self {
        let burst = BURST.1;
        let again = TRY.0;
        Self { width: Width::Wide, entered: now, again, free: now, late: 0, burst, since: now, came: 0, refused: 0 }
    }

    fn become_of(&mut self, width: Width, now: Instant) {
        *self = Self { width, again: self.again, burst: self.burst, ..Self::new(now) };
    }

    /// Somebody finds a place of the wide desk free, where one may wait for so long.
    fn found_free(&mut self, now: Instant, burst: Duration) {
        (self.free, self.late, self.burst) = (now, 0, burst);
        self.count_anew(now);
    }

    /// Somebody who came then got a place of the wide desk after all; who overtook others says nothing of how long everybody waits.
    fn waited(&mut self, came: Instant, now: Instant, overtook: bool) {
        self.refused = self.refused.saturating_sub(1);
        if overtook {
            return;
        }
        if now.duration_since(came) <= self.burst / 2 {
            (self.free, self.late) = (now, 0);
        } else {
            self.late = self.late.saturating_add(1);
        }
    }

    /// More than half are sent away, and it would help them if fewer were let in.
    fn is_flood(&self, gain: f64) -> bool {
        self.came >= SOME && self.refusals() > 0.5 && gain > 1.0
    }

    fn count_anew(&mut self, now: Instant) {
        (self.since, self.came, self.refused) = (now, 0, 0);
    }

    /// The share of those who were sent away.
    fn refusals(&self) -> f64 {
        f64::from(self.refused) / f64::from(self.came.max(1))
    }

    /// Somebody comes: how wide the desk is to be. `gain` is how many times as many could be let in in overload as in a flood.
    fn comes(&mut self, now: Instant, gain: f64) -> Width {
        let (counted, refusals) = (now.duration_since(self.since), self.refusals());
        match self.width {
            Width::Narrow if counted > FLOOD.0 && self.is_flood(gain) => self.become_of(Width::Spare, now),
            Width::Narrow if counted > CALM => {
                if refusals <= FEW || now.duration_since(self.entered) > self.again {
                    self.become_of(Width::Wide, now);
                } else {
                    self.count_anew(now);
                }
            }
            Width::Spare if counted > FLOOD.1 => {
                if (1.0 - refusals) * gain >= OVER {
                    self.become_of(Width::Narrow, now);
                } else {
                    self.count_anew(now);
                }
            }
            Width::Wide | Width::Narrow | Width::Spare => {}
        }
        self.came = self.came.saturating_add(1);
        self.width
    }

    /// Somebody finds no place at the wide desk, and waits, behind few others or many. True where it becomes narrow by that.
    fn full(&mut self, now: Instant, gain: f64, short: bool) -> bool {
        self.refused = self.refused.saturating_add(1);
        // Not for a moment at which nothing went on at all.
        let stands = now.duration_since(self.free) > self.burst * 3 / 4 && self.late >= SOME;
        let narrows = self.width == Width::Wide && stands && !short;
        if narrows {
            let lasted = now.duration_since(self.entered) > CALM;
            self.again = if lasted { TRY.0 } else { (2 * self.again).min(TRY.1) };
            self.become_of(if self.is_flood(gain) { Width::Spare } else { Width::Narrow }, now);
        }
        narrows
    }
}

/// A place, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    /// One of the few that there are in overload.
    few: Option<OwnedSemaphorePermit>,
    _seat: Seat,
    since: Instant,
    /// How many places were taken then, with it.
    taken: usize,
    /// The share of a core that it has, about.
    share: f64,
    usual: Arc<AtomicU64>,
}

impl Place {
    /// True if nobody else had a place when it was taken.
    pub(super) fn is_only(&self) -> bool {
        self.taken == 1
    }

    /// True if it was taken in overload, when most are sent away.
    pub(super) fn is_scarce(&self) -> bool {
        self.few.is_some()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let took = self.since.elapsed().mul_f64(self.share);
        let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
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
    /// So many places, so many of them in overload, and so many in a flood.
    pub(super) fn new(places: usize, in_overload: usize, in_flood: usize) -> Self {
        let semaphore = |count: usize| Arc::new(Semaphore::new(count.clamp(1, Semaphore::MAX_PERMITS)));
        let in_overload = in_overload.clamp(1, places.max(1));
        let in_flood = in_flood.clamp(1, in_overload);
        Self {
            wide: Line::new(places, SHORT.0 * in_overload, in_overload),
            narrow: semaphore(in_overload),
            spare: semaphore(in_flood),
            cores: in_overload,
            gain: in_overload as f64 / in_flood as f64,
            line: in_overload.div_ceil(2),
            in_line: AtomicUsize::new(0),
            of_streams: semaphore(places / 2),
            crowding: Mutex::new(Crowding::new(Instant::now())),
            narrowed: Notify::new(),
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
        let width = self.crowding().comes(Instant::now(), self.gain);
        let place = match width {
            Width::Wide => self.wide_place().await,
            Width::Narrow => self.place_of(&self.narrow, self.line).await,
            Width::Spare => self.place_of(&self.spare, 0).await,
        };
        if place.is_none() {
            if width != Width::Wide {
                let mut crowding = self.crowding();
                crowding.refused = crowding.refused.saturating_add(1).min(crowding.came);
            }
            sleep(LATER).await;
        }
        place
    }

    async fn wide_place(&self) -> Option<Place> {
        let came = Instant::now();
        if let Some(seat) = self.wide.try_seat() {
            self.crowding().found_free(came, self.burst());
            return Some(self.taken(None, seat));
        }
        let mut narrowed = pin!(self.narrowed.notified());
        narrowed.as_mut().enable();
        let line = self.wide.join();
        let short = line.before < SHORT.0 * self.cores;
        let (narrows, burst) = {
            let mut crowding = self.crowding();
            (crowding.full(came, self.gain, short), crowding.burst)
        };
        let patience = if short { burst.max(SHORT.1) } else { burst };
        if narrows {
            self.narrowed.notify_waiters();
        }
        let seat = tokio::select! {
            biased;
            seat = line.seat => seat.ok()?,
            () = narrowed => return None,
            () = sleep(patience) => {
                let mut crowding = self.crowding();
                crowding.late = crowding.late.saturating_add(1);
                return None;
            }
        };
        self.crowding().waited(came, Instant::now(), seat.overtook);
        Some(self.taken(None, seat))
    }

    /// One of few places, for which so many may be in line.
    async fn place_of(&self, few: &Arc<Semaphore>, line: usize) -> Option<Place> {
        let place = match Arc::clone(few).try_acquire_owned() {
            Ok(place) => place,
            Err(_) => {
                let before = self.in_line.fetch_add(1, Ordering::Relaxed);
                let _in_line = InLine(&self.in_line);
                if before >= line {
                    return None;
                }
                timeout(self.patience(), Arc::clone(few).acquire_owned()).await.ok()?.ok()?
            }
        };
        // What was begun at the wide desk may still take its time.
        let seat = timeout(self.patience(), self.wide.join().seat).await.ok()?.ok()?;
        Some(self.taken(Some(place), seat))
    }

    fn taken(&self, few: Option<OwnedSemaphorePermit>, seat: Seat) -> Place {
        let taken = self.wide.taken().max(1);
        let share = (self.cores as f64 / taken as f64).min(1.0);
        Place { few, _seat: seat, since: Instant::now(), taken, share, usual: Arc::clone(&self.usual) }
    }

    /// How long one waits in overload: as long as a piece of work takes.
    fn patience(&self) -> Duration {
        self.usual().clamp(OVERLOAD.0, OVERLOAD.1)
    }

    /// How long one waits in a burst.
    fn burst(&self) -> Duration {
        self.usual().saturating_mul(BURST.0).clamp(BURST.1, BURST.2)
    }

    fn usual(&self) -> Duration {
        Duration::from_micros(self.usual.load(Ordering::Relaxed))
    }

    fn crowding(&self) -> std::sync::MutexGuard<'_, Crowding> {
        self.crowding.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
