//! Snapshots that callers are paging through.
//!
//! The order of relevance belongs to a snapshot. A caller who asks for the next page shall go on in the order it began with, so the
//! snapshot of a page that has a next one is held for a while. A bounded number is held; a caller whose snapshot was let go is told so.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::projection::Snapshot;

/// Most snapshots held for pagers beside the newest.
const MOST: usize = 16;
/// Longest time one is held after its last use.
const LONGEST: Duration = Duration::from_secs(300);

/// The snapshots held, latest use last.
#[derive(Debug, Default)]
pub(super) struct Pinned(Mutex<VecDeque<(Arc<Snapshot>, Instant)>>);

impl Pinned {
    /// Holds a snapshot that a page was read from.
    pub(super) fn hold(&self, snapshot: &Arc<Snapshot>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        held.retain(|(one, used)| !Arc::ptr_eq(one, snapshot) && now.duration_since(*used) < LONGEST);
        held.push_back((Arc::clone(snapshot), now));
        if held.len() > MOST {
            held.pop_front();
        }
    }

    /// The snapshot of a generation of the index, if it is held.
    pub(super) fn find(&self, generation: u64) -> Option<Arc<Snapshot>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.iter()
            .find(|(snapshot, _)| snapshot.searcher().generation() == generation)
            .map(|(snapshot, _)| Arc::clone(snapshot))
    }
}
