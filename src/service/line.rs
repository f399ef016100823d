//! Seats, and a line before them: first come, first served while it is short, and the newest first where it is long.
//!
//! In a long line somebody is served too late whatever the order. Where that is the oldest, nearly all whose turn comes have waited for as long as
//! anybody may; the other way round they have hardly waited, and the oldest are sent away, as some must be ("adaptive LIFO"). And while it is long
//! fewer sit at once: those who share the processors with many are late too.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

/// Seats with the line before them.
#[derive(Debug)]
pub(super) struct Line {
    state: Mutex<State>,
    seats: usize,
    /// Up to so many waiting it is short.
    short: usize,
    /// How many of the seats are given while it is not.
    in_long: usize,
}

#[derive(Debug)]
struct State {
    taken: usize,
    /// In the order in which they came; some may have gone.
    waiting: VecDeque<oneshot::Sender<Seat>>,
}

/// A seat, until it is dropped.
#[derive(Debug)]
pub(super) struct Seat {
    /// Taken where it is handed on.
    line: Option<Arc<Line>>,
    /// True if somebody else has waited for longer.
    pub overtook: bool,
}

/// A place in line.
#[derive(Debug)]
pub(super) struct InLine {
    /// Gives the seat.
    pub seat: oneshot::Receiver<Seat>,
    /// How many stand before.
    pub before: usize,
}

impl Line {
    /// So many seats, a line that is short up to so many waiting, and the seats that are given while it is not.
    pub(super) fn new(seats: usize, short: usize, in_long: usize) -> Arc<Self> {
        let state = Mutex::new(State { taken: 0, waiting: VecDeque::new() });
        let seats = seats.max(1);
        Arc::new(Self { state, seats, short, in_long: in_long.clamp(1, seats) })
    }

    /// How many seats are taken.
    pub(super) fn taken(&self) -> usize {
        self.state().taken
    }

    /// A seat, if one is free and nobody waits for it.
    pub(super) fn try_seat(self: &Arc<Self>) -> Option<Seat> {
        let mut state = self.state();
        state.leave_out_gone();
        (state.waiting.is_empty() && state.taken < self.seats).then(|| {
            state.taken += 1;
            Seat { line: Some(Arc::clone(self)), overtook: false }
        })
    }

    /// A place in line; the seat comes at once where one is free.
    pub(super) fn join(self: &Arc<Self>) -> InLine {
        let (sender, seat) = oneshot::channel();
        let before = {
            let mut state = self.state();
            state.leave_out_gone();
            state.waiting.push_back(sender);
            state.waiting.len() - 1
        };
        self.hand_out();
        InLine { seat, before }
    }

    /// Gives seats to those whose turn it is.
    fn hand_out(self: &Arc<Self>) {
        while let Some((next, overtook)) = self.next() {
            if let Err(mut back) = next.send(Seat { line: Some(Arc::clone(self)), overtook }) {
                // Gone: the seat is free again, and does not hand out by itself.
                back.line = None;
                self.state().taken -= 1;
            }
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whose turn it is, and whether that is before others; a seat is taken by that.
    fn next(&self) -> Option<(oneshot::Sender<Seat>, bool)> {
        let mut state = self.state();
        let is_long = state.waiting.len() > self.short;
        if state.taken >= if is_long { self.in_long } else { self.seats } {
            return None;
        }
        let next = if is_long { state.waiting.pop_back() } else { state.waiting.pop_front() }?;
        state.taken += 1;
        Some((next, is_long))
    }
}

impl State {
    /// Who has gone stands mostly at the front: all wait for about as long.
    fn leave_out_gone(&mut self) {
        while self.waiting.front().is_some_and(oneshot::Sender::is_closed) {
            self.waiting.pop_front();
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        if let Some(line) = self.line.take() {
            line.state().taken -= 1;
            line.hand_out();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_short_line_is_served_in_order_and_a_long_one_from_its_end() {
        let line = Line::new(1, 2, 1);
        let seat = line.try_seat().unwrap();
        assert!(line.try_seat().is_none());
        let mut waiting: Vec<_> = (0..4).map(|_| line.join()).collect();
        assert_eq!(waiting.iter().map(|one| one.before).collect::<Vec<_>>(), [0, 1, 2, 3]);
        drop(seat);
        let newest = waiting.pop().unwrap().seat.await.unwrap();
        assert!(newest.overtook);
        drop(newest);
        let newer = waiting.pop().unwrap().seat.await.unwrap();
        drop(newer);
        for oldest in waiting {
            assert!(!oldest.seat.await.unwrap().overtook);
        }
        assert_eq!(line.taken(), 0);
    }

    #[tokio::test]
    async fn fewer_sit_while_the_line_is_long() {
        let line = Line::new(3, 1, 1);
        let mut seats: Vec<_> = (0..3).map_while(|_| line.try_seat()).collect();
        let waiting: Vec<_> = (0..4).map(|_| line.join()).collect();
        drop(seats.split_off(1));
        assert_eq!(line.taken(), 1, "four wait");
        drop(seats);
        // One after another, until no more than one waits: then all seats are given.
        for one in waiting.into_iter().rev() {
            assert!(one.seat.await.is_ok());
        }
        assert_eq!(line.taken(), 0);
    }

    #[tokio::test]
    async fn who_has_gone_is_passed_over_and_loses_no_seat() {
        let line = Line::new(1, 8, 1);
        let seat = line.try_seat().unwrap();
        let (gone, stays) = (line.join(), line.join());
        drop(gone);
        drop(seat);
        let seat = stays.seat.await.unwrap();
        let given = line.join();
        drop(seat);
        // It was handed a seat and goes without having looked.
        drop(given);
        assert_eq!(line.taken(), 0);
        assert!(line.join().seat.await.is_ok());
    }

    #[tokio::test]
    async fn every_seat_comes_back_however_many_come_and_go() {
        let line = Line::new(3, 4, 2);
        let callers = (0..200).map(|at| {
            let line = Arc::clone(&line);
            tokio::spawn(async move {
                let place = line.join();
                if at % 3 == 0 {
                    drop(place);
                } else if let Ok(seat) = place.seat.await {
                    tokio::task::yield_now().await;
                    drop(seat);
                }
            })
        });
        for caller in callers.collect::<Vec<_>>() {
            caller.await.unwrap();
        }
        assert_eq!(line.taken(), 0);
    }
}
