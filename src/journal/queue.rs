//! A bounded queue in front of one writer: never waits to put, takes everything that is there at once.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Why something was not queued.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Full,
    Closed,
}

/// A number of things and a weight in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub count: usize,
    pub weight: usize,
}

impl Bounds {
    /// True if one more thing goes in. One that is too heavy by itself goes in alone.
    fn admit(self, count: usize, weight: usize, more: usize) -> bool {
        count < self.count.max(1) && (count == 0 || weight.saturating_add(more) <= self.weight)
    }
}

pub(super) struct Queue<T> {
    bounds: Bounds,
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    items: VecDeque<(usize, T)>,
    weight: usize,
    closed: bool,
}

impl<T> Queue<T> {
    pub(super) fn new(bounds: Bounds) -> Self {
        let state = State { items: VecDeque::new(), weight: 0, closed: false };
        Self { bounds, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Puts something at the end, or says at once why not.
    pub(super) fn put(&self, weight: usize, item: T) -> Result<(), Refused> {
        let mut state = self.state();
        if state.closed {
            return Err(Refused::Closed);
        }
        if !self.bounds.admit(state.items.len(), state.weight, weight) {
            return Err(Refused::Full);
        }
        state.items.push_back((weight, item));
        state.weight += weight;
        self.changed.notify_one();
        Ok(())
    }

    /// Waits until something is there and takes as much as the bounds admit, in order; `None` once the queue is closed
    /// and empty.
    pub(super) fn take(&self, bounds: Bounds) -> Option<Vec<T>> {
        let idle = |state: &mut State<T>| state.items.is_empty() && !state.closed;
        let mut state = self.changed.wait_while(self.state(), idle).unwrap_or_else(PoisonError::into_inner);
        let (mut taken, mut sum) = (Vec::new(), 0);
        while let Some((weight, _)) = state.items.front()
            && bounds.admit(taken.len(), sum, *weight)
            && let Some((weight, item)) = state.items.pop_front()
        {
            sum += weight;
            state.weight -= weight;
            taken.push(item);
        }
        (!taken.is_empty()).then_some(taken)
    }

    /// Refuses what comes from now on; what is queued can still be taken.
    pub(super) fn close(&self) {
        self.state().closed = true;
        self.changed.notify_all();
    }

    /// Closes, and drops what is queued.
    pub(super) fn abandon(&self) {
        self.close();
        // Dropped after the lock is given up: what is queued may do things when dropped.
        let items = {
            let mut state = self.state();
            state.weight = 0;
            std::mem::take(&mut state.items)
        };
        drop(items);
    }

    /// Number of things queued.
    pub(super) fn len(&self) -> usize {
        self.state().items.len()
    }

    /// The state is consistent between any two statements above, so a panic elsewhere does not spoil it.
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Bounds = Bounds { count: usize::MAX, weight: usize::MAX };

    #[test]
    fn refuses_beyond_either_bound() {
        let queue = Queue::new(Bounds { count: 3, weight: 10 });
        assert_eq!(queue.put(6, 'a'), Ok(()));
        assert_eq!(queue.put(5, 'b'), Err(Refused::Full));
        assert_eq!(queue.put(2, 'c'), Ok(()));
        assert_eq!(queue.put(2, 'd'), Ok(()));
        assert_eq!(queue.put(0, 'e'), Err(Refused::Full));
        assert_eq!(queue.take(ALL), Some(vec!['a', 'c', 'd']));
        assert_eq!(queue.put(99, 'f'), Ok(()), "too heavy, but alone");
        assert_eq!(queue.put(0, 'g'), Err(Refused::Full));
    }

    #[test]
    fn takes_in_order_within_bounds() {
        let queue = Queue::new(ALL);
        for weight in [5, 4, 3, 30, 1] {
            assert_eq!(queue.put(weight, weight), Ok(()));
        }
        let bounds = Bounds { count: 3, weight: 10 };
        assert_eq!(queue.take(bounds), Some(vec![5, 4]));
        assert_eq!(queue.take(bounds), Some(vec![3]));
        assert_eq!(queue.take(bounds), Some(vec![30]));
        assert_eq!(queue.take(bounds), Some(vec![1]));
    }

    #[test]
    fn what_is_queued_outlives_closing() {
        let queue = Queue::new(ALL);
        assert_eq!(queue.put(1, 'a'), Ok(()));
        queue.close();
        assert_eq!(queue.put(1, 'b'), Err(Refused::Closed));
        assert_eq!(queue.take(ALL), Some(vec!['a']));
        assert_eq!(queue.take(ALL), None);
    }

    #[test]
    fn a_waiting_taker_is_woken() {
        let queue = Queue::new(ALL);
        std::thread::scope(|scope| {
            let taker = scope.spawn(|| (queue.take(ALL), queue.take(ALL)));
            assert_eq!(queue.put(1, 'a'), Ok(()));
            // Let the first take end before the close, so that the second has something to wait for.
            while queue.len() > 0 {
                std::thread::yield_now();
            }
            queue.close();
            assert_eq!(taker.join().expect("taker"), (Some(vec!['a']), None));
        });
    }
}
