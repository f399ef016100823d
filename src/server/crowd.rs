//! Connections on which nobody has called yet. Where there is room for no more, the one that has stood longest gives way to a newcomer: a client calls as
//! soon as it is connected, and whoever only takes places does not.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio_util::sync::CancellationToken;

/// Those who stand about.
#[derive(Debug, Clone, Default)]
pub(super) struct Crowd(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    next: AtomicU64,
    standing: Mutex<BTreeMap<u64, CancellationToken>>,
}

/// One of them, until it calls or goes.
#[derive(Debug)]
pub(super) struct Newcomer {
    crowd: Crowd,
    number: u64,
    /// Cancelled when it must go.
    pub(super) out: CancellationToken,
}

impl Crowd {
    /// Somebody came.
    pub(super) fn enter(&self) -> Newcomer {
        let (number, out) = (self.0.next.fetch_add(1, Ordering::Relaxed), CancellationToken::new());
        self.lock().insert(number, out.clone());
        Newcomer { crowd: self.clone(), number, out }
    }

    /// Sends out who has stood longest; false if nobody does.
    pub(super) fn send_one_out(&self) -> bool {
        let first = self.lock().pop_first();
        first.is_some_and(|(_, out)| {
            out.cancel();
            true
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, CancellationToken>> {
        self.0.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Newcomer {
    /// It has called, and is left alone from now on.
    pub(super) fn has_called(&self) {
        self.crowd.lock().remove(&self.number);
    }
}

impl Drop for Newcomer {
    fn drop(&mut self) {
        self.has_called();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_stood_longest_goes_first_and_callers_stay() {
        let crowd = Crowd::default();
        let (first, second, third) = (crowd.enter(), crowd.enter(), crowd.enter());
        first.has_called();
        assert!(crowd.send_one_out());
        assert!(second.out.is_cancelled() && !first.out.is_cancelled() && !third.out.is_cancelled());
        drop(third);
        assert!(!crowd.send_one_out());
    }
}
