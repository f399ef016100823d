//! Connections for reading: a few, opened when first needed, never in the writer's way.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::{rows, schema};
use crate::journal::stored::Sealed;
use crate::journal::{Entry, JournalError};
use crate::model::Revision;

/// A pool of reading connections.
#[derive(Clone)]
pub(super) struct Readers {
    dir: PathBuf,
    count: u32,
    permits: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Readers {
    pub(super) fn new(dir: PathBuf, count: u32) -> Self {
        let count = count.max(1);
        Self { dir, count, permits: Arc::new(Semaphore::new(count as usize)), idle: Arc::default() }
    }

    /// The journal's folder.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Does something with a connection on a thread that may block. Waits for its turn where all are in use.
    pub(super) async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, JournalError> + Send + 'static,
    ) -> Result<T, JournalError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| JournalError::Closed)?;
        let readers = self.clone();
        let task = tokio::task::spawn_blocking(move || {
            let idle = readers.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut connection = idle.map_or_else(|| schema::open_reader(&readers.dir), Ok)?;
            let result = work(&mut connection);
            // After a failure a fresh connection is the better guess.
            if result.is_ok() {
                readers.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            }
            drop(permit);
            result
        });
        task.await.map_err(JournalError::storage)?
    }

    /// Lets running reads end, refuses further ones, closes the connections.
    pub(super) async fn close(&self) {
        // Fails only if the pool is closed already.
        let all = self.permits.acquire_many(self.count).await;
        self.permits.close();
        drop(all);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// See [`Journal::read`](crate::journal::Journal::read).
pub(super) fn read(
    connection: &Connection,
    after: Revision,
    limit: usize,
    max_bytes: usize,
) -> Result<Vec<Entry>, JournalError> {
    let Ok(first) = i64::try_from(after.0) else { return Ok(Vec::new()) };
    let mut statement = connection
        .prepare_cached(
            "SELECT revision, time, kind, report, version, payload, checksum
             FROM entries WHERE revision > ?1 ORDER BY revision",
        )
        .map_err(schema::failure)?;
    let mut rows = statement.query([first]).map_err(schema::failure)?;
    let (mut entries, mut bytes) = (Vec::new(), 0_usize);
    while entries.len() < limit
        && let Some(row) = rows.next().map_err(schema::failure)?
    {
        let sealed = rows::sealed(row).map_err(schema::failure)?;
        bytes = bytes.saturating_add(sealed.payload.len());
        if bytes > max_bytes && !entries.is_empty() {
            break;
        }
        let due = Revision(after.0 + 1 + entries.len() as u64);
        let entry = match expect(&sealed, due) {
            Ok(entry) => entry,
            Err(error) if entries.is_empty() => return Err(error),
            // What stands before the damage is good; the next read meets the damage first.
            Err(_) => break,
        };
        entries.push(entry);
    }
    Ok(entries)
}

/// Opens the entry that must come next.
fn expect(sealed: &Sealed, due: Revision) -> Result<Entry, JournalError> {
    let entry = sealed.open()?;
    if entry.revision == due {
        Ok(entry)
    } else {
        Err(JournalError::Corrupt { revision: Some(due), what: "the entry is missing".to_owned() })
    }
}
