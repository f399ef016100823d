//! The journal and what is derived from it, opened in one data folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::task::JoinHandle;

use crate::config::Config;
use crate::extract::Extractor;
use crate::journal::{Journal, JournalError, SqliteJournal, SqliteOptions};
use crate::projection::{Projection, ProjectionError, ProjectionOptions};

/// A journal as the rooms above it share it.
pub type SharedJournal = Arc<dyn Journal>;

/// The task of the projection's writer.
pub type WriterTask = JoinHandle<Result<(), ProjectionError>>;

/// Everything that is stored, open, with the projection's writer at work.
pub struct Stores {
    /// The truth.
    pub journal: SharedJournal,
    /// What is derived from it.
    pub projection: Projection,
    /// The reader of reports.
    pub extractor: Arc<Extractor>,
    /// Ends after the journal is closed, or with the first error.
    pub writer: WriterTask,
}

/// Where a data folder has its journal.
#[must_use]
pub fn journal_dir(data_dir: &Path) -> PathBuf {
    data_dir.join("journal")
}

/// Where a data folder has its projection.
#[must_use]
pub fn projection_dir(data_dir: &Path) -> PathBuf {
    data_dir.join("projection")
}

/// How the projection of a data folder is kept.
pub(super) fn projection_options(config: &Config) -> ProjectionOptions {
    ProjectionOptions {
        commit_interval: config.projection.commit_interval,
        cache_bytes: config.projection.cache,
        index_heap_bytes: config.projection.index_heap,
        ..ProjectionOptions::in_dir(projection_dir(&config.server.data_dir))
    }
}

/// Opens the journal of a data folder for writing; makes folder and journal where there is none.
///
/// # Errors
/// If another process has it, or it cannot be opened.
pub async fn open_journal(data_dir: &Path, options: SqliteOptions) -> Result<SharedJournal, JournalError> {
    let dir = journal_dir(data_dir);
    let opened = tokio::task::spawn_blocking(move || SqliteJournal::open(&dir, options)).await;
    let journal = opened.map_err(|panic| JournalError::Storage(Arc::new(panic)))??;
    Ok(Arc::new(journal))
}

impl Stores {
    /// Opens the projection of a journal and sets its writer to work.
    ///
    /// # Errors
    /// If the projection cannot be opened.
    pub async fn open(journal: SharedJournal, options: ProjectionOptions) -> Result<Self, ProjectionError> {
        let extractor = Arc::new(Extractor::new());
        let (projection, writer) = Projection::open(Arc::clone(&journal), Arc::clone(&extractor), options).await?;
        Ok(Self { journal, projection, extractor, writer: tokio::spawn(writer) })
    }
}
