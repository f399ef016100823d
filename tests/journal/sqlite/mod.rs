//! The SQLite journal: the common suite, and its own promises.

mod crash;
mod damage;
mod fixture;
mod queueing;

use std::path::Path;
use std::sync::Arc;

use bienban::journal::{Clock, Journal, SqliteJournal, SqliteOptions};
use tempfile::TempDir;

use crate::conformance::Harness;

/// A folder of its own, gone with the harness.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("folder"))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Harness for Folder {
    type Journal = SqliteJournal;

    async fn open(&self, clock: Arc<dyn Clock>) -> SqliteJournal {
        let options = SqliteOptions { clock, ..SqliteOptions::default() };
        SqliteJournal::open(self.path(), options).expect("opened")
    }
}

conformance!(Folder::new());

/// Opens with the machine's clock.
fn open(dir: &Path) -> SqliteJournal {
    SqliteJournal::open(dir, SqliteOptions::default()).expect("opened")
}

async fn close(journal: SqliteJournal) {
    journal.close().await.expect("closed");
}
