//! The journal in a folder, on SQLite: the embedded default.
//!
//! One thread writes (`writer`), over a bounded queue; what has queued up while a commit was being synced goes into the next one,
//! so that commits get larger under load without anybody waiting for company. Readers have connections of their own. The database is in
//! WAL mode with `synchronous = FULL`: readers see a commit only after it was synced.

mod backup;
mod lock;
mod readers;
mod rows;
mod schema;
mod verify;
mod writer;

use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use async_trait::async_trait;
use tokio::sync::{oneshot, watch};

use super::queue::{Bounds, Queue, Refused};
use super::{Appended, Clock, Entry, Journal, JournalCopy, JournalError, SystemClock, Verification, Write, decide};
use crate::model::Revision;
use lock::FolderLock;
use readers::Readers;
use writer::{Counters, Request, Shift, Writer};

/// How to run a [`SqliteJournal`].
#[derive(Clone)]
pub struct SqliteOptions {
    /// Where entries have their time from.
    pub clock: Arc<dyn Clock>,
    /// Writes that may wait; one more is refused as overload. At least 1.
    pub queue_writes: usize,
    /// Bytes that waiting writes may hold. A write larger than that is taken when none waits.
    pub queue_bytes: usize,
    /// Writes that share one commit, at most.
    pub batch_writes: usize,
    /// Bytes that share one commit, at most.
    pub batch_bytes: usize,
    /// Connections for reading. At least 1.
    pub readers: u32,
}

impl Default for SqliteOptions {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            queue_writes: 1024,
            queue_bytes: 64 << 20,
            batch_writes: 256,
            batch_bytes: 16 << 20,
            readers: 4,
        }
    }
}

/// What a journal has done since it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stats {
    /// Writes answered, whether appended, repeated or refused.
    pub answered: u64,
    /// Commits tried for them.
    pub commits: u64,
    /// Writes waiting now.
    pub queued: usize,
}

/// The writer's thread, until it has been joined.
type Thread = Option<JoinHandle<Result<(), JournalError>>>;

/// A journal in a folder of this process.
///
/// Dropping it without [`close`](Journal::close) also finishes what is queued, and blocks for that long.
pub struct SqliteJournal {
    queue: Arc<Queue<Request>>,
    head: watch::Receiver<Revision>,
    batches: watch::Receiver<u64>,
    readers: Readers,
    counters: Arc<Counters>,
    thread: Arc<Mutex<Thread>>,
    /// Ends the copy that is being made, if one is.
    copying: Arc<Mutex<Option<rusqlite::InterruptHandle>>>,
}

impl SqliteJournal {
    /// Opens the journal in a folder for writing; creates folder and journal where there is none, brings an older schema up to
    /// date. Blocks; reads little, so it is quick.
    ///
    /// # Errors
    /// [`JournalError::Locked`] if it is open for writing already, [`JournalError::NewerSchema`],
    /// [`JournalError::Corrupt`] if there is something else in its place, [`JournalError::Storage`].
    pub fn open(dir: &Path, options: SqliteOptions) -> Result<Self, JournalError> {
        fs::create_dir_all(dir)?;
        let lock = FolderLock::take(dir)?;
        backup::remove_copies(dir)?;
        let mut writer = Writer::new(schema::open_writer(dir)?, options.clock)?;
        sync_folder(dir)?;
        let (sender, head) = watch::channel(writer.head()?);
        let (batches, answered) = watch::channel(0);
        let bounds = (options.queue_writes, options.queue_bytes);
        let journal = Self::around(dir, (head, answered), options.readers, bounds);
        let shift = Shift {
            writer,
            queue: Arc::clone(&journal.queue),
            batch: Bounds { count: options.batch_writes, weight: options.batch_bytes },
            head: sender,
            batches,
            counters: Arc::clone(&journal.counters),
            lock,
        };
        let thread = std::thread::Builder::new().name("journal".to_owned()).spawn(move || shift.run())?;
        *journal.thread.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread);
        Ok(journal)
    }

    /// Opens the journal in a folder for reading, whether or not a process has it open for writing. Appends are refused
    /// ([`JournalError::Closed`]); the head is the one found now and does not move, though reads see later entries.
    ///
    /// # Errors
    /// [`JournalError::NewerSchema`], [`JournalError::Corrupt`], or [`JournalError::Storage`] if there is no journal or it has
    /// an older schema.
    pub fn open_read_only(dir: &Path) -> Result<Self, JournalError> {
        let connection = schema::open_reader(dir)?;
        let (head, _) = rows::tail(&connection).map_err(schema::failure)?;
        let (_, head) = watch::channel(head);
        let (_, batches) = watch::channel(0);
        let journal = Self::around(dir, (head, batches), SqliteOptions::default().readers, (0, 0));
        journal.queue.close();
        Ok(journal)
    }

    fn around(
        dir: &Path,
        (head, batches): (watch::Receiver<Revision>, watch::Receiver<u64>),
        readers: u32,
        (count, weight): (usize, usize),
    ) -> Self {
        Self {
            queue: Arc::new(Queue::new(Bounds { count, weight })),
            head,
            batches,
            readers: Readers::new(dir.to_owned(), readers),
            counters: Arc::default(),
            thread: Arc::default(),
            copying: Arc::default(),
        }
    }

    /// What it has done so far.
    #[must_use]
    pub fn stats(&self) -> Stats {
        Stats {
            answered: self.counters.answered.load(Ordering::Relaxed),
            commits: self.counters.commits.load(Ordering::Relaxed),
            queued: self.queue.len(),
        }
    }
}

#[async_trait]
impl Journal for SqliteJournal {
    async fn append(&self, write: Write) -> Result<Appended, JournalError> {
        let (reply, answer) = oneshot::channel();
        self.queue.put(write.weight(), Request { write, reply }).map_err(|refused| match refused {
            Refused::Full => JournalError::Overloaded,
            Refused::Closed => JournalError::Closed,
        })?;
        answer.await.map_err(|_| JournalError::storage("the journal's writer ended without an answer"))?
    }

    async fn read(&self, after: Revision, limit: usize, max_bytes: usize) -> Result<Vec<Entry>, JournalError> {
        self.readers.with(move |connection| readers::read(connection, after, limit, max_bytes)).await
    }

    async fn answered(&self, request_id: &str, asked: &[String]) -> Result<Option<Appended>, JournalError> {
        let (request_id, fingerprint) = (request_id.to_owned(), decide::asked_for(asked));
        self.readers
            .with(move |connection| {
                let Some(first) = rows::first_answer(connection, &request_id).map_err(schema::failure)? else {
                    return Ok(None);
                };
                let first = first.ok_or_else(|| writer::corrupt("what is stored of a request id"))?;
                decide::replay(&request_id, &fingerprint, first).map(Some)
            })
            .await
    }

    fn head(&self) -> Revision {
        *self.head.borrow()
    }

    fn watch(&self) -> watch::Receiver<Revision> {
        self.head.clone()
    }

    fn watch_queue(&self) -> watch::Receiver<u64> {
        self.batches.clone()
    }

    fn queued(&self) -> usize {
        self.queue.len()
    }

    async fn verify(&self) -> Result<Verification, JournalError> {
        let synced = self.head();
        self.readers.with(move |connection| verify::verify(connection, synced)).await
    }

    async fn copy(&self) -> Result<JournalCopy, JournalError> {
        let (dir, running) = (self.readers.dir().to_owned(), Arc::clone(&self.copying));
        let set = move |handle| *running.lock().unwrap_or_else(PoisonError::into_inner) = handle;
        self.readers
            .with(move |connection| {
                set(Some(connection.get_interrupt_handle()));
                let copy = backup::copy(connection, &dir);
                set(None);
                copy
            })
            .await
    }

    async fn close(&self) -> Result<(), JournalError> {
        self.queue.close();
        // A copy may take longer than anybody waits for the end of a process.
        if let Some(copying) = self.copying.lock().unwrap_or_else(PoisonError::into_inner).take() {
            copying.interrupt();
        }
        self.readers.close().await;
        let thread = Arc::clone(&self.thread);
        tokio::task::spawn_blocking(move || join(&thread)).await.map_err(JournalError::storage)?
    }
}

impl Drop for SqliteJournal {
    fn drop(&mut self) {
        self.queue.close();
        // Nobody is left to be told; what was acknowledged is synced.
        let _ = join(&self.thread);
    }
}

/// Waits for the writer's end. A second caller waits with the first.
fn join(thread: &Mutex<Thread>) -> Result<(), JournalError> {
    let mut thread = thread.lock().unwrap_or_else(PoisonError::into_inner);
    match thread.take().map(JoinHandle::join) {
        None => Ok(()),
        Some(Ok(result)) => result,
        Some(Err(_)) => Err(JournalError::storage("the journal's writer panicked")),
    }
}

/// Makes new files of a folder, and the folder itself, survive power loss; SQLite does so for its logs only.
fn sync_folder(dir: &Path) -> std::io::Result<()> {
    if cfg!(unix) {
        fs::File::open(dir)?.sync_all()?;
        if let Some(parent) = dir.canonicalize()?.parent() {
            fs::File::open(parent)?.sync_all()?;
        }
    }
    Ok(())
}
