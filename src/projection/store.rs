//! The records store and the index as one thing: opened together, committed in order, at one checkpoint.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use backon::{BlockingRetryable as _, ExponentialBuilder};
use redb::{Database, ReadableDatabase as _};
use serde::{Deserialize, Serialize};

use super::counts::Counts;
use super::hints::{Hints, Learning};
use super::snapshot::Snapshot;
use super::table::{decode, encode};
use super::{ProjectionError, SCHEMA_VERSION, generations, tables};
use crate::model::{Revision, Timestamp};
use crate::search::{Index, SearchError};

const META: &str = "meta";
const CHECKPOINT: &str = "checkpoint";
const COUNTS: &str = "counts";

/// Which versions of the code made what is stored: the same entries give the same records where these are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// [`SCHEMA_VERSION`].
    pub schema: u32,
    /// [`crate::extract::VERSION`].
    pub extractor: u32,
    /// [`crate::registry::VERSION`].
    pub registry: u32,
}

impl Versions {
    /// Those of the code that runs now.
    pub const CURRENT: Self =
        Self { schema: SCHEMA_VERSION, extractor: crate::extract::VERSION, registry: crate::registry::VERSION };
}

/// How far a projection has come, and which versions made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Checkpoint {
    pub(super) revision: Revision,
    /// Time of that journal entry.
    pub(super) time: Timestamp,
    pub(super) versions: Versions,
}

/// The stores of one projection.
pub(super) struct Store {
    /// Shared with the snapshots, so that they can be read to their end when the writer has ended.
    pub(super) database: Arc<Database>,
    pub(super) index: Index,
    /// What is known of names beforehand.
    learning: Learning,
    /// Those that began to fill it; what they made is of their making until the last record is built anew.
    pub(super) versions: Versions,
}

impl Store {
    /// Opens the projection in a folder. What cannot be read, or has another schema, is deleted and begun anew: the journal has it all. What another
    /// reader or registry made can be read, and says so in its versions.
    pub(super) fn open(dir: &Path, cache_bytes: usize) -> Result<Self, ProjectionError> {
        generations::tidy(dir)?;
        match Self::open_current(&generations::stored_in(dir)?, cache_bytes) {
            Ok(Some(store)) => Ok(store),
            Ok(None) => Self::begin_anew(dir, cache_bytes, "made with another schema"),
            Err(ProjectionError::Decode { .. } | ProjectionError::Search(SearchError::SchemaChanged)) => {
                Self::begin_anew(dir, cache_bytes, "stored in another form")
            }
            Err(ProjectionError::Store(error)) if is_no_store(&error) => {
                tracing::warn!(error = &*error as &dyn std::error::Error, "the records cannot be read");
                Self::begin_anew(dir, cache_bytes, "damaged, or never finished")
            }
            Err(error) => Err(error),
        }
    }

    fn begin_anew(dir: &Path, cache_bytes: usize, why: &'static str) -> Result<Self, ProjectionError> {
        tracing::info!(why, "projection begun anew");
        remove_folder(dir)?;
        Self::open_current(dir, cache_bytes)?
            .ok_or_else(|| folder_error(dir, std::io::Error::other("the new projection is not current")))
    }

    /// `None` if it has another schema.
    fn open_current(dir: &Path, cache_bytes: usize) -> Result<Option<Self>, ProjectionError> {
        let index_dir = dir.join("index");
        fs::create_dir_all(&index_dir).map_err(|error| folder_error(&index_dir, error))?;
        let database = Database::builder().set_cache_size(cache_bytes).create(dir.join("records.redb"))?;
        // Before its tables are opened: those of another version may have keys of other types.
        let versions = checkpoint(&database)?.map_or(Versions::CURRENT, |checkpoint| checkpoint.versions);
        if versions.schema != SCHEMA_VERSION {
            return Ok(None);
        }
        create_tables(&database)?;
        let (index, learning) = (Index::open(&index_dir)?, Learning::begin(&database)?);
        Ok(Some(Self { database: Arc::new(database), index, learning, versions }))
    }

    /// How far the records have come; `None` for an empty store.
    pub(super) fn checkpoint(&self) -> Result<Option<Checkpoint>, ProjectionError> {
        checkpoint(&self.database)
    }

    /// How far the index has come; `None` where it says nothing that is understood.
    pub(super) fn index_checkpoint(&self) -> Result<Option<Revision>, ProjectionError> {
        Ok(self.index.checkpoint()?.and_then(|payload| payload.parse().ok()).map(Revision))
    }

    /// A view of both as they stand. The caller makes sure that nothing is committed meanwhile.
    pub(super) fn snapshot(&self) -> Result<Snapshot, ProjectionError> {
        let transaction = self.database.begin_read()?;
        let meta = transaction.open_table(tables::META)?;
        let checkpoint: Option<Checkpoint> =
            meta.get(CHECKPOINT)?.map(|bytes| decode(META, bytes.value())).transpose()?;
        let counts: Counts =
            meta.get(COUNTS)?.map(|bytes| decode(META, bytes.value())).transpose()?.unwrap_or_default();
        let at = checkpoint.map(|checkpoint| (checkpoint.revision, checkpoint.time));
        self.index.reload()?;
        Snapshot::new(
            at,
            counts,
            Arc::clone(&self.database),
            &transaction,
            self.index.searcher()?,
            self.hints(),
            self.versions,
        )
    }

    /// Gives the room back that was taken while it was filled and is not used. Left undone while somebody else reads.
    pub(super) fn shrink(&mut self) -> Result<(), ProjectionError> {
        self.learning.finish();
        match Arc::get_mut(&mut self.database) {
            Some(database) => shrink(database),
            None => Ok(()),
        }
    }

    /// What is known of names beforehand.
    pub(super) fn hints(&self) -> Arc<Hints> {
        Arc::clone(self.learning.hints())
    }

    /// Begins larger hints where those there are have filled up. The names are read once more for that, each time they have doubled.
    pub(super) fn make_room(&mut self) -> Result<(), ProjectionError> {
        if self.learning.hints().are_full() {
            self.learning = Learning::begin(&self.database)?;
        }
        Ok(())
    }
}

/// True where the file holds no records that could be read: damaged, of another version of redb, or left by a process that ended while it made it.
fn is_no_store(error: &redb::Error) -> bool {
    match error {
        redb::Error::Corrupted(_) | redb::Error::UpgradeRequired(_) => true,
        redb::Error::Io(error) => error.kind() == std::io::ErrorKind::InvalidData,
        _ => false,
    }
}

/// How far the records of a database have come; `None` for one without tables or records.
fn checkpoint(database: &Database) -> Result<Option<Checkpoint>, ProjectionError> {
    match database.begin_read()?.open_table(tables::META) {
        Ok(table) => table.get(CHECKPOINT)?.map(|bytes| decode(META, bytes.value())).transpose(),
        Err(redb::TableError::TableDoesNotExist(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Writes checkpoint and counts into the transaction whose changes they describe.
pub(super) fn put_meta(
    meta: &mut redb::Table<'_, &'static str, &'static [u8]>,
    checkpoint: Checkpoint,
    counts: Counts,
) -> Result<(), ProjectionError> {
    meta.insert(CHECKPOINT, encode(META, &checkpoint)?.as_slice())?;
    meta.insert(COUNTS, encode(META, &counts)?.as_slice())?;
    Ok(())
}

/// The counts as the transaction sees them.
pub(super) fn read_counts(
    meta: &impl redb::ReadableTable<&'static str, &'static [u8]>,
) -> Result<Counts, ProjectionError> {
    Ok(meta.get(COUNTS)?.map(|bytes| decode(META, bytes.value())).transpose()?.unwrap_or_default())
}

/// Opens every table once for writing, so that readers find them all. What has them all is left as it is: a commit waits for the disk.
fn create_tables(database: &Database) -> Result<(), ProjectionError> {
    let transaction = database.begin_write()?;
    let known = transaction.list_tables()?.count();
    drop(super::transaction::Tables::open(&transaction, Arc::default())?);
    if transaction.list_tables()?.count() > known {
        transaction.commit()?
    } else {
        transaction.abort()?
    }
    Ok(())
}

/// Deletes a projection's folder with all it holds; a folder that is not there is deleted already. A merge that was under way when its index
/// was closed writes on until it finds that out: the folder is deleted again until it has, for some seconds.
///
/// # Errors
/// If the folder cannot be deleted.
pub fn remove_folder(dir: &Path) -> Result<(), ProjectionError> {
    let waits = ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(10))
        .with_max_delay(Duration::from_secs(1))
        .with_max_times(16);
    let deleted = (|| fs::remove_dir_all(dir))
        .retry(waits)
        .when(|error| error.kind() == std::io::ErrorKind::DirectoryNotEmpty)
        .call();
    match deleted {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(folder_error(dir, error)),
        _ => Ok(()),
    }
}

pub(super) fn folder_error(path: &Path, source: std::io::Error) -> ProjectionError {
    ProjectionError::Folder { path: PathBuf::from(path), source }
}

/// Gives room back that the records of a projection that nobody uses have taken and do not need: a store of copied pages grows to about twice
/// of what it holds while it is filled.
///
/// # Errors
/// If the store fails.
pub fn shrink_records(dir: &Path) -> Result<(), ProjectionError> {
    shrink(&mut Database::open(generations::stored_in(dir)?.join("records.redb"))?)
}

fn shrink(database: &mut Database) -> Result<(), ProjectionError> {
    // True as long as there was something to move.
    while database.compact()? {}
    Ok(())
}

/// Compares the records of two projections, table by table and byte by byte: the name of the first table that differs, `None` if none does.
///
/// # Errors
/// If a store fails.
pub fn rebuild_differs(one: &Path, other: &Path) -> Result<Option<String>, ProjectionError> {
    Ok(differing_tables(one, other)?.into_iter().next())
}

/// The names of all tables in which the records of two projections differ.
///
/// # Errors
/// If a store fails.
pub fn differing_tables(one: &Path, other: &Path) -> Result<Vec<String>, ProjectionError> {
    let digest = |dir: &Path| -> Result<Vec<(String, blake3::Hash)>, ProjectionError> {
        let database = Database::builder().create(generations::stored_in(dir)?.join("records.redb"))?;
        super::transaction::digests(&database.begin_read()?)
    };
    let (one, other) = (digest(one)?, digest(other)?);
    Ok(one.into_iter().zip(other).filter(|(a, b)| a != b).map(|(a, _)| a.0).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_deleted_while_somebody_still_writes_into_it() {
        let dir = tempfile::tempdir().expect("folder");
        let folder = dir.path().join("index");
        fs::create_dir(&folder).expect("made");
        let late = folder.clone();
        let writer = std::thread::spawn(move || (0..1000).all(|n| fs::write(late.join(n.to_string()), "x").is_ok()));
        remove_folder(&folder).expect("deleted");
        assert!(!folder.exists());
        writer.join().expect("ended");
        remove_folder(&folder).expect("deleted already");
    }

    #[test]
    fn what_is_not_used_is_given_back() {
        let dir = tempfile::tempdir().expect("folder");
        let mut store = Store::open(dir.path(), 1 << 20).expect("opened");
        for round in 0..4_u8 {
            let transaction = store.database.begin_write().expect("write");
            {
                let mut texts = transaction.open_table(tables::REPORTS.definition()).expect("table");
                for number in 0..64 {
                    texts.insert(format!("{number}").as_str(), vec![round; 1 << 16].as_slice()).expect("written");
                }
            }
            transaction.commit().expect("committed");
        }
        let size = || fs::metadata(dir.path().join("records.redb")).expect("a file").len();
        let full = size();
        let reader = Arc::clone(&store.database);
        store.shrink().expect("left undone");
        assert_eq!(size(), full);
        drop(reader);
        store.shrink().expect("shrunk");
        assert!(size() < full * 3 / 4, "{full} {}", size());
        let read = store.database.begin_read().expect("read").open_table(tables::REPORTS.definition()).expect("table");
        assert!(read.get("63").expect("read").is_some_and(|text| text.value() == vec![3; 1 << 16]));
    }

    #[test]
    fn a_file_that_was_never_finished_is_begun_anew() {
        let dir = tempfile::tempdir().expect("folder");
        // What a process leaves that is killed while it makes the file: its length comes first, the bytes that tell what it is last.
        fs::write(dir.path().join("records.redb"), vec![0; 1 << 16]).expect("written");
        let store = Store::open(dir.path(), 1 << 20).expect("begun anew");
        assert_eq!(store.checkpoint().expect("read"), None);
    }

    #[test]
    fn records_of_another_version_are_begun_anew_whatever_keys_they_have() {
        let dir = tempfile::tempdir().expect("folder");
        {
            let database = Database::create(dir.path().join("records.redb")).expect("created");
            let transaction = database.begin_write().expect("write");
            {
                let keyed_otherwise: redb::TableDefinition<'_, u64, u64> = redb::TableDefinition::new("entity_order");
                transaction.open_table(keyed_otherwise).expect("table");
                let mut meta = transaction.open_table(tables::META).expect("table");
                let versions = Versions { schema: 0, ..Versions::CURRENT };
                let older = Checkpoint { revision: Revision(7), time: Timestamp(7), versions };
                put_meta(&mut meta, older, Counts::default()).expect("written");
            }
            transaction.commit().expect("committed");
        }
        let store = Store::open(dir.path(), 1 << 20).expect("begun anew");
        assert_eq!(store.checkpoint().expect("read"), None);
    }
}
