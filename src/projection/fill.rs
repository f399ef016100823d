//! Derives records from what readers would find, without reading: for load tools, which need a registry of a size that no reader fills
//! in the time at hand.

use std::path::Path;
use std::sync::Arc;

use super::ProjectionError;
use super::apply::{Changes, Writer};
use super::reading;
use super::snapshot::Snapshot;
use super::store::Store;
use crate::extract::Extractor;
use crate::journal::{Entry, EntryBody};
use crate::model::{CorrectionBody, Extraction, ReportDraft, Revision, Statement, Timestamp};
use crate::registry::keys::Naming;

/// Writes records of reports whose extraction is given. The index is left empty, so that only what needs none is answered.
pub struct Filler {
    writer: Writer,
    revision: Revision,
    commits: u64,
}

/// Of so many commits one waits for the disk: nothing else depends on what is written.
const SYNCED: u64 = 8;

impl std::fmt::Debug for Filler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Filler").field("revision", &self.revision).finish_non_exhaustive()
    }
}

impl Filler {
    /// Begins in a folder of its own, or goes on in one that another filled.
    ///
    /// # Errors
    /// If the folder cannot be used.
    pub fn open(dir: &Path, cache_bytes: usize) -> Result<Self, ProjectionError> {
        const HEAP: usize = 15 << 20;
        let store = Store::open(dir, cache_bytes)?;
        let revision = store.checkpoint()?.map_or(Revision(0), |checkpoint| checkpoint.revision);
        let writer = Writer::new(store, Arc::new(Extractor::new()), Arc::new(Naming::new()), HEAP, 1)?;
        Ok(Self { writer, revision, commits: 0 })
    }

    /// Applies reports in one commit, each at the revision after the last.
    ///
    /// # Errors
    /// If the store fails.
    pub fn apply(&mut self, reports: Vec<(ReportDraft, Extraction)>) -> Result<(), ProjectionError> {
        let mut reads = Vec::with_capacity(reports.len());
        for (draft, extraction) in reports {
            let read = reading::resolved(extraction, &self.writer.naming, &draft);
            reads.push((self.next(EntryBody::ReportPut { draft }), Some(read)));
        }
        self.commits += 1;
        self.writer.unsynced = !self.commits.is_multiple_of(SYNCED);
        let applied = self.writer.commit_reads(reads).map(drop);
        self.writer.unsynced = false;
        applied
    }

    /// Applies a correction in a commit of its own: the records as they stand then.
    ///
    /// # Errors
    /// If the store fails.
    pub fn correct(&mut self, body: CorrectionBody) -> Result<Snapshot, ProjectionError> {
        let entry = self.next(EntryBody::Corrected { body, said: said() });
        self.writer.commit_reads(vec![(entry, None)])?;
        self.writer.snapshot()
    }

    /// Takes back the correction that was applied last.
    ///
    /// # Errors
    /// If the store fails.
    pub fn revert(&mut self) -> Result<(), ProjectionError> {
        let correction = self.revision;
        let entry = self.next(EntryBody::CorrectionReverted { correction, said: said() });
        self.writer.commit_reads(vec![(entry, None)]).map(drop)
    }

    /// The records as they stand.
    ///
    /// # Errors
    /// If the store fails.
    pub fn snapshot(&self) -> Result<Snapshot, ProjectionError> {
        self.writer.snapshot()
    }

    fn next(&mut self, body: EntryBody) -> Entry {
        self.revision = Revision(self.revision.0 + 1);
        Entry { revision: self.revision, time: Timestamp(i64::try_from(self.revision.0).unwrap_or(i64::MAX)), body }
    }

    /// Marks the empty index as up to date and ends, everything on the disk.
    ///
    /// # Errors
    /// If the store or the index fails.
    pub fn finish(mut self) -> Result<Revision, ProjectionError> {
        self.writer.sync()?;
        self.writer.update_index(Changes::default(), self.revision)?;
        Ok(self.revision)
    }
}

fn said() -> Statement {
    Statement { author: "bench".to_owned(), reason: "to measure".to_owned() }
}
