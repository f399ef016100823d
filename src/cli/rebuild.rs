//! `rebuild`: derives everything anew from the journal.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context as _;
use clap::Args;
use indicatif::ProgressBar;
use tokio::task::spawn_blocking;

use super::failure::{Failure, Verdict};
use super::print::Page;
use super::progress;
use crate::projection::{ProjectionOptions, Rebuild, RebuildState, remove_folder, shrink_records};
use crate::server::{self, Stores};

/// Derive everything anew from the journal, with no server running: records, entities and the search index.
///
/// The server does this by itself where a new version needs it. Until the new ones are complete, the old ones stay in place.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    data: DataDir,
}

/// Which data folder.
#[derive(Debug, Args)]
pub struct DataDir {
    /// Folder that holds the journal and everything derived from it.
    #[arg(long, env = "BIENBAN_DATA_DIR", default_value = "bienban-data", value_name = "DIR")]
    data_dir: PathBuf,
}

impl DataDir {
    /// The folder.
    ///
    /// # Errors
    /// If it has no journal; one must not come into being by a question.
    pub fn existing(&self) -> Result<&Path, Failure> {
        if server::journal_dir(&self.data_dir).is_dir() {
            return Ok(&self.data_dir);
        }
        Err(Failure::Usage(anyhow::anyhow!("{} has no journal; name the right --data-dir", self.data_dir.display())))
    }
}

/// Builds beside, then puts in place.
pub async fn run(options: &Options) -> Result<Verdict, Failure> {
    let begun = Instant::now();
    let data_dir = options.data.existing()?;
    let journal = server::open_journal(data_dir, Default::default()).await.map_err(Failure::failed)?;
    let (place, new) = (server::projection_dir(data_dir), data_dir.join("projection.new"));
    remove(&new)?;
    let stores = Stores::open(journal, ProjectionOptions::in_dir(new.clone())).await.map_err(Failure::failed)?;
    let entries = stores.journal.head().0;
    let bar = progress::bar(Some(entries), "entries");
    let built = catch_up(stores, &bar).await;
    bar.finish_and_clear();
    built?;
    let built = new.clone();
    spawn_blocking(move || shrink_records(&built)).await.map_err(Failure::failed)?.map_err(Failure::failed)?;
    remove(&place)?;
    fs::rename(&new, &place).context("cannot put the new projection in place").map_err(Failure::Failed)?;
    Page::new().line(&format!("{entries} entries read again in {:.1} s", begun.elapsed().as_secs_f64())).show()?;
    Ok(Verdict::Good)
}

/// Lets a projection come up to its journal's head, and what another version derived be built anew; then closes both.
///
/// # Errors
/// If the projection's writer fails, or the journal does not close.
pub async fn catch_up(stores: Stores, bar: &ProgressBar) -> Result<(), Failure> {
    let Stores { journal, projection, writer, .. } = stores;
    let head = journal.head();
    let mut status = projection.watch();
    // A writer that fails drops its end; its error is told when it is joined.
    while status.borrow_and_update().revision < head && status.changed().await.is_ok() {
        bar.set_position(status.borrow().revision.0);
    }
    let mut rebuilds = projection.watch_rebuilds();
    let is_running = |rebuild: Option<Rebuild>| rebuild.is_some_and(|last| last.state == RebuildState::Running);
    while is_running(*rebuilds.borrow_and_update()) {
        tokio::select! {
            _ = rebuilds.changed() => bar.set_position(rebuilds.borrow().map_or(0, |rebuild| rebuild.revision.0)),
            lives = status.changed() => if lives.is_err() { break },
        }
    }
    journal.close().await.map_err(Failure::failed)?;
    writer.await.map_err(Failure::failed)?.map_err(Failure::failed)
}

/// Removes a folder of derived data; one that is not there is removed already.
pub fn remove(dir: &Path) -> Result<(), Failure> {
    remove_folder(dir).map_err(Failure::failed)
}
