//! What readers know beforehand of the tables of names, in memory: which names there may be, and in which classes names begin so.
//!
//! It is learnt from the tables when they are opened, where they are large in a thread beside: until then everything may be there, which is
//! true and slower. The writer adds what comes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use compact_str::CompactString;
use redb::{Database, ReadTransaction, ReadableDatabase as _, ReadableTable as _, ReadableTableMetadata as _};

use super::name_filter::NameFilter;
use super::suggestion_classes::{Classes, SuggestionClasses};
use super::{ProjectionError, tables};

type Result<T> = std::result::Result<T, ProjectionError>;

/// Tables of more rows are read in a thread beside.
const AT_ONCE: u64 = 50_000;
/// After so many rows it is looked whether anybody still wants to know.
const STEP: usize = 1_024;

/// What is known beforehand. Shared by the writer, who adds, and by readers.
#[derive(Debug)]
pub(super) struct Hints {
    names: NameFilter,
    classes: SuggestionClasses,
    /// The tables have been read.
    learnt: AtomicBool,
}

impl Default for Hints {
    fn default() -> Self {
        Self::with_room(0, 0)
    }
}

impl Hints {
    fn with_room(names: usize, suggestions: usize) -> Self {
        let classes = SuggestionClasses::with_room(suggestions);
        Self { names: NameFilter::with_room(names), classes, learnt: AtomicBool::new(false) }
    }

    /// Learns a look-up key.
    pub(super) fn add_key(&self, key: &str) {
        self.names.add(key);
    }

    /// Learns a key that a name is suggested under.
    pub(super) fn add_suggestion(&self, kind: u8, class: u8, key: &str) {
        self.classes.add(kind, class, key);
    }

    /// False if certainly no entity stands under the look-up key.
    pub(super) fn may_have(&self, key: &str) -> bool {
        !self.learnt.load(Ordering::Acquire) || self.names.may_have(key)
    }

    /// The classes in which names of a kind may begin so.
    pub(super) fn classes(&self, kind: u8, prefix: &str) -> Classes {
        if self.learnt.load(Ordering::Acquire) { self.classes.of(kind, prefix) } else { Classes::ALL }
    }

    /// True if so much has come that it tells little: time for larger ones.
    pub(super) fn are_full(&self) -> bool {
        self.names.is_full() || self.classes.is_full()
    }

    /// Reads the tables; ends early where nobody wants to know any more.
    fn learn(&self, from: &ReadTransaction, stop: &AtomicBool) -> Result<()> {
        let stopped = |row: usize| row.is_multiple_of(STEP) && stop.load(Ordering::Relaxed);
        let keys = from.open_table(tables::LOOKUP_KEYS)?;
        for (at, row) in keys.range::<(&str, u8, CompactString)>(NameFilter::KEYS)?.enumerate() {
            if stopped(at) {
                return Ok(());
            }
            self.names.add(row?.0.value().0);
        }
        for (at, row) in from.open_table(tables::SUGGESTIONS)?.iter()?.enumerate() {
            if stopped(at) {
                return Ok(());
            }
            let row = row?.0;
            let (kind, complement, key, _) = row.value();
            self.classes.add(kind, !complement, key);
        }
        self.learnt.store(true, Ordering::Release);
        Ok(())
    }
}

/// Hints that are being learnt. Dropped, nothing is learnt any more, and nothing of the database is read.
#[derive(Debug)]
pub(super) struct Learning {
    hints: Arc<Hints>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Learning {
    /// Begins to learn what stands in the tables.
    pub(super) fn begin(database: &Database) -> Result<Self> {
        let transaction = database.begin_read()?;
        let keys = transaction.open_table(tables::LOOKUP_KEYS)?.len()?;
        let suggestions = transaction.open_table(tables::SUGGESTIONS)?.len()?;
        // About a third of the keys are names, and there is room for as many more.
        let room = |rows: u64| usize::try_from(rows).unwrap_or(usize::MAX);
        let hints = Arc::new(Hints::with_room(room(keys) / 3 * 2, room(suggestions)));
        let stop = Arc::new(AtomicBool::new(false));
        if keys + suggestions <= AT_ONCE {
            hints.learn(&transaction, &stop)?;
            return Ok(Self { hints, stop, thread: None });
        }
        let (learning, stopped) = (Arc::clone(&hints), Arc::clone(&stop));
        let thread = std::thread::Builder::new().name("hints".to_owned()).spawn(move || {
            if let Err(error) = learning.learn(&transaction, &stopped) {
                // Answers are the same without, and slower.
                tracing::warn!(%error, "names were not learnt");
            }
        });
        // Without a thread they stay unlearnt.
        Ok(Self { hints, stop, thread: thread.ok() })
    }

    /// Waits until everything is learnt.
    pub(super) fn finish(&mut self) {
        // It never panics; if it did, everything may be there.
        let _ = self.thread.take().map(JoinHandle::join);
    }

    /// What is known so far.
    pub(super) fn hints(&self) -> &Arc<Hints> {
        &self.hints
    }
}

impl Drop for Learning {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // The records stay open as long as the thread reads them.
        self.finish();
    }
}
