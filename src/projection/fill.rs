//! Derives records from what readers would find, without reading: for load tools, which need a registry of a size that no reader fills
//! in the time at hand.

use std::path::Path;
use std::sync::Arc;

use super::ProjectionError;
use super::apply::{Changes, Writer};
use super::reading;
use super::store::Store;
use crate::extract::Extractor;
use crate::journal::{Entry, EntryBody};
use crate::model::{Extraction, ReportDraft, Revision, Timestamp};
use crate::registry::keys::Naming;

/// Writes records of reports whose extraction is given. The index is left empty, so that only what needs none is answered.
pub struct Filler {
    writer: Writer,
    revision: Revision,
}

impl std::fmt::Debug for Filler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Filler").field("revision", &self.revision).finish_non_exhaustive()
    }
}

impl Filler {
    /// Begins in a folder of its own.
    ///
    /// # Errors
    /// If the folder cannot be used.
    pub fn open(dir: &Path, cache_bytes: usize) -> Result<Self, ProjectionError> {
        const HEAP: usize = 15 << 20;
        let store = Store::open(dir, cache_bytes)?;
        let writer = Writer::new(store, Arc::new(Extractor::new()), Arc::new(Naming::new()), HEAP, 1)?;
        Ok(Self { writer, revision: Revision(0) })
    }

    /// Applies reports in one commit, each at the revision after the last.
    ///
    /// # Errors
    /// If the store fails.
    pub fn apply(&mut self, reports: Vec<(ReportDraft, Extraction)>) -> Result<(), ProjectionError> {
        let mut reads = Vec::with_capacity(reports.len());
        for (draft, extraction) in reports {
            self.revision = Revision(self.revision.0 + 1);
            let read = reading::resolved(extraction, &self.writer.naming, &draft);
            let time = Timestamp(i64::try_from(self.revision.0).unwrap_or(i64::MAX));
            reads.push((Entry { revision: self.revision, time, body: EntryBody::ReportPut { draft } }, Some(read)));
        }
        self.writer.commit_reads(reads).map(drop)
    }

    /// Marks the empty index as up to date and ends.
    ///
    /// # Errors
    /// If the index fails.
    pub fn finish(mut self) -> Result<Revision, ProjectionError> {
        self.writer.update_index(Changes::default(), self.revision)?;
        Ok(self.revision)
    }
}
