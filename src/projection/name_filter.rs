//! Which names there may be, in memory: a slip of the hand may have been some hundred names, nearly all of them nobody's, and each would
//! be a search in the records.
//!
//! A [Bloom filter](https://doi.org/10.1145/362686.362692): it tells of a key that certainly nobody has, and takes about one in a
//! hundred of those for known. It only ever learns, so that it fits every snapshot, whatever was deleted since.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;

use redb::{ReadTransaction, ReadableTable};
use rustc_hash::FxBuildHasher;

use super::{ProjectionError, tables};

/// Keys of names begin so.
const SIGN: &str = "n:";
/// What the keys behind them begin with at least.
const BEHIND: &str = "n;";
/// Bits for each key, of which each key sets some; with 16 and 4, one in 400 unknown keys is taken for known while there is room, and one in 40
/// where twice as many keys have come.
const BITS: usize = 16;
const SET: u64 = 4;
/// Least number of keys that there is room for.
const ROOM: usize = 1 << 14;

/// The names that there may be. Shared by the writer, who adds, and by readers. As long as those that stood in the records already are not read,
/// any name may be there: look-ups take longer then, and nobody waits for them to be read.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: OnceLock<NameFilter>,
    /// What was added before.
    early: Mutex<Vec<String>>,
}

impl Names {
    /// Those of a filter.
    fn of(filter: NameFilter) -> Self {
        Self { known: OnceLock::from(filter), early: Mutex::default() }
    }

    /// The names that stand in a table.
    pub(super) fn read(transaction: &ReadTransaction) -> Result<Self, ProjectionError> {
        NameFilter::of(&transaction.open_table(tables::LOOKUP_KEYS)?, &AtomicBool::new(false)).map(Self::of)
    }

    /// True if it is time for a larger one.
    pub(super) fn is_full(&self) -> bool {
        self.known.get().is_some_and(NameFilter::is_full)
    }

    /// Learns a look-up key, if it is one of a name.
    pub(super) fn add(&self, key: &str) {
        if let Some(known) = self.known.get() {
            return known.add(key);
        }
        let mut early = self.early.lock().unwrap_or_else(PoisonError::into_inner);
        match self.known.get() {
            Some(known) => known.add(key),
            None => early.push(key.to_owned()),
        }
    }

    /// False if certainly no entity stands under the look-up key. Knows only keys of names.
    pub(super) fn may_have(&self, key: &str) -> bool {
        self.known.get().is_none_or(|known| known.may_have(key))
    }

    /// Takes over what was read.
    fn learn(&self, filter: NameFilter) {
        let mut early = self.early.lock().unwrap_or_else(PoisonError::into_inner);
        early.drain(..).for_each(|key| filter.add(&key));
        // Nobody else sets it.
        let _ = self.known.set(filter);
    }
}

/// Names that are being read, on a thread of their own; that ends when this is dropped.
#[derive(Debug)]
pub(super) struct Reading {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Reading {
    /// Begins to read the names that a transaction sees.
    pub(super) fn begin(transaction: ReadTransaction, names: &Arc<Names>) -> Self {
        let (stop, names) = (Arc::new(AtomicBool::new(false)), Arc::clone(names));
        let stopped = Arc::clone(&stop);
        let read = move || {
            let table = transaction.open_table(tables::LOOKUP_KEYS).map_err(ProjectionError::from);
            match table.and_then(|table| NameFilter::of(&table, &stopped)) {
                Ok(_) if stopped.load(Ordering::Relaxed) => (),
                Ok(filter) => names.learn(filter),
                // Look-ups read the same table, and tell whoever asks.
                Err(error) => tracing::warn!(%error, "names could not be read ahead; look-ups take longer"),
            }
        };
        let thread = std::thread::Builder::new().name("names".to_owned()).spawn(read);
        let thread = thread.inspect_err(|error| tracing::warn!(%error, "no thread to read names ahead")).ok();
        Self { stop, thread }
    }

    /// Waits until they are read.
    pub(super) fn finish(&mut self) {
        // A panic there is told by its own message, and leaves names that may all be there.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // The records stay open as long as the thread reads them.
        self.finish();
    }
}

/// Keys of names that there may be.
#[derive(Debug)]
struct NameFilter {
    words: Box<[AtomicU64]>,
    /// Keys that found a bit unset.
    keys: AtomicUsize,
}

impl NameFilter {
    /// An empty one, with room for so many keys.
    fn with_room(keys: usize) -> Self {
        let bits = (keys.max(ROOM) * BITS).next_power_of_two();
        let words = (0..bits / 64).map(|_| AtomicU64::new(0)).collect();
        Self { words, keys: AtomicUsize::new(0) }
    }

    /// One of the look-up keys that stand in a table, with room for as many more; incomplete where it is told to stop.
    fn of(
        table: &impl ReadableTable<(&'static str, u8, &'static str), ()>,
        stop: &AtomicBool,
    ) -> Result<Self, ProjectionError> {
        let rows = || table.range::<(&str, u8, &str)>((SIGN, 0, "")..(BEHIND, 0, ""));
        let goes_on = |_: &_| !stop.load(Ordering::Relaxed);
        let filter = Self::with_room(2 * rows()?.take_while(goes_on).count());
        for row in rows()?.take_while(goes_on) {
            filter.add(row?.0.value().0);
        }
        Ok(filter)
    }

    /// True if so many keys have come that too many unknown ones would be taken for known: time for a larger one.
    fn is_full(&self) -> bool {
        self.keys.load(Ordering::Relaxed) * BITS > 2 * self.words.len() * 64
    }

    /// Learns a look-up key, if it is one of a name.
    fn add(&self, key: &str) {
        if !key.starts_with(SIGN) {
            return;
        }
        let mut new = false;
        for (word, bit) in self.places(key) {
            // Whoever reads a snapshot with the key got it from the writer after this.
            new |= self.words[word].fetch_or(bit, Ordering::Relaxed) & bit == 0;
        }
        if new {
            self.keys.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// False if certainly no entity stands under the look-up key. Knows only keys of names.
    fn may_have(&self, key: &str) -> bool {
        !key.starts_with(SIGN)
            || self.places(key).all(|(word, bit)| self.words[word].load(Ordering::Relaxed) & bit != 0)
    }

    /// Word and bit of each place of a key.
    fn places(&self, key: &str) -> impl Iterator<Item = (usize, u64)> {
        use std::hash::BuildHasher as _;
        let hash = FxBuildHasher.hash_one(key);
        let (first, step) = (hash, hash.rotate_left(32) | 1);
        let mask = self.words.len() as u64 * 64 - 1;
        (0..SET).map(move |at| {
            let place = first.wrapping_add(at.wrapping_mul(step)) & mask;
            (usize::try_from(place / 64).unwrap_or(0), 1 << (place % 64))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_never_denied_and_little_else_is_known() {
        let filter = NameFilter::with_room(0);
        let key = |number: usize| format!("n:nguyenvan{number}");
        (0..ROOM).for_each(|number| filter.add(&key(number)));
        assert!((0..ROOM).all(|number| filter.may_have(&key(number))));
        let wrong = (ROOM..3 * ROOM).filter(|number| filter.may_have(&key(*number))).count();
        assert!(wrong < ROOM / 50, "{wrong}");
        assert!(!filter.is_full());
        (0..4 * ROOM).for_each(|number| filter.add(&key(number)));
        assert!(filter.is_full());
        assert!(filter.may_have("g:lan"), "other keys are not its business");
    }

    #[test]
    fn nothing_is_denied_before_all_is_read_and_what_came_meanwhile_is_kept() {
        let names = Names::default();
        names.add("n:lan");
        assert!(names.may_have("n:lan") && names.may_have("n:hue") && !names.is_full());
        let read = NameFilter::with_room(0);
        read.add("n:mai");
        names.learn(read);
        names.add("n:cuc");
        assert!(["n:lan", "n:mai", "n:cuc"].into_iter().all(|key| names.may_have(key)));
        assert!(!names.may_have("n:hue"));
    }
}
