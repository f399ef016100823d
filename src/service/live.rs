//! The service itself: journal, projection and reader behind [`Api`](super::Api).

use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use tokio::time::timeout_at;

use super::api::{Answer, Call, Texts};
use super::brief::Brief;
use super::desk::Desk;
use super::error::ServiceError;
use super::pinned::Pinned;
use crate::extract::Extractor;
use crate::journal::{Clock as _, Journal, JournalError, SystemClock};
use crate::model::{CorrectionId, ReportId, Revision, Timestamp};
use crate::projection::{Projection, ProjectionError, Snapshot};
use crate::registry::keys::Naming;
use crate::registry::suggest::UnitNames;

/// Bounds of what callers may ask.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Largest report text, in bytes.
    pub max_text_bytes: usize,
    /// Longest wait for a revision by a caller without deadline.
    pub max_wait: Duration,
    /// When to try again after a refusal for load.
    pub retry_after: Duration,
    /// Most reads worked on at once.
    pub reads: usize,
    /// Most streams of changes at once.
    pub watches: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_text_bytes: 4 << 20,
            max_wait: Duration::from_secs(30),
            retry_after: Duration::from_millis(200),
            reads: reads_for_cores(),
            watches: 256,
        }
    }
}

/// Four for each core: enough to keep all busy while some wait for the disk.
#[must_use]
pub fn reads_for_cores() -> usize {
    4 * cores()
}

/// As many reads at once as leave a core out of four, and one out of two, to those who send others away.
fn reads_in_flood() -> usize {
    (cores() * 3 / 4).max(1)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Everything bienban does for its callers, on a journal and what is derived from it.
pub struct Service {
    pub(super) journal: Arc<dyn Journal>,
    pub(super) projection: Projection,
    pub(super) extractor: Arc<Extractor>,
    pub(super) limits: Limits,
    pub(super) start_time: Timestamp,
    pub(super) pinned: Pinned,
    pub(super) desk: Desk,
    /// How long look-ups and suggestions take.
    pub(super) brief: Arc<Brief>,
    /// How long small searches take.
    pub(super) small_searches: Arc<Brief>,
    /// The one place for a copy of the journal.
    pub(super) backups: Arc<Semaphore>,
    /// Places for streams of changes.
    pub(super) watches: Arc<Semaphore>,
    pub(super) unit_names: Arc<LaterUnitNames>,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl Service {
    /// Puts the service together.
    #[must_use]
    pub fn new(journal: Arc<dyn Journal>, projection: Projection, extractor: Arc<Extractor>, limits: Limits) -> Self {
        let unit_names = later_unit_names(projection.naming().clone());
        Self {
            journal,
            projection,
            extractor,
            limits,
            start_time: now(),
            pinned: Pinned::default(),
            desk: Desk::new(limits.reads, cores(), reads_in_flood()),
            brief: Arc::default(),
            small_searches: Arc::default(),
            backups: Arc::new(Semaphore::new(1)),
            watches: Arc::new(Semaphore::new(limits.watches.min(Semaphore::MAX_PERMITS))),
            unit_names,
        }
    }

    /// A snapshot that stands at the revision or later; waits for it within the call's deadline.
    pub(super) async fn snapshot(&self, call: &Call, wanted: Revision) -> Answer<Arc<Snapshot>> {
        let watch = self.projection.watch();
        let status = *watch.borrow();
        if !status.caught_up {
            let retry_after = self.limits.retry_after;
            // Where the writer has ended it never catches up.
            let ended = watch.has_changed().is_err();
            return Err(if ended {
                ServiceError::ShuttingDown { retry_after }
            } else {
                ServiceError::NotReady { retry_after }
            });
        }
        if status.revision >= wanted {
            return Ok(self.projection.snapshot());
        }
        let head = self.journal.head();
        if wanted > head {
            return Err(ServiceError::RevisionUnknown { wanted, head });
        }
        let until = call.deadline.unwrap_or_else(|| Instant::now() + self.limits.max_wait);
        match timeout_at(until.into(), self.projection.at_least(wanted)).await {
            Ok(Some(snapshot)) => Ok(snapshot),
            Ok(None) => Err(ServiceError::ShuttingDown { retry_after: self.limits.retry_after }),
            Err(_) => Err(ServiceError::RevisionNotReached { wanted, reached: self.projection.snapshot().revision() }),
        }
    }
}

/// The names of the gazetteer's units, for names that are being typed; whoever needs them before they are made waits for that.
pub(super) type LaterUnitNames = LazyLock<UnitNames, Box<dyn FnOnce() -> UnitNames + Send>>;

/// Makes them in a thread beside, which is done before most callers have found the server.
fn later_unit_names(naming: Arc<Naming>) -> Arc<LaterUnitNames> {
    let names: Arc<LaterUnitNames> = Arc::new(LazyLock::new(Box::new(move || UnitNames::new(&naming))));
    let beside = Arc::clone(&names);
    let thread = std::thread::Builder::new().name("hints".to_owned());
    // Without a thread the first who types a name makes them.
    drop(thread.spawn(move || {
        LazyLock::force(&beside);
    }));
    names
}

/// Stored texts of these reports; those that are deleted are left out.
pub(super) fn texts<'a>(snapshot: &Snapshot, reports: impl IntoIterator<Item = &'a ReportId>) -> Answer<Texts> {
    let mut texts = Texts::new();
    for id in reports {
        if texts.contains_key(id) {
            continue;
        }
        if let Some(text) = snapshot.text(id)? {
            texts.insert(id.clone(), text);
        }
    }
    Ok(texts)
}

pub(super) fn now() -> Timestamp {
    SystemClock.now()
}

impl From<ProjectionError> for ServiceError {
    fn from(error: ProjectionError) -> Self {
        Self::Storage(Box::new(error))
    }
}

impl Service {
    /// What a refusal of the journal means to a caller.
    pub(super) fn refused(&self, error: JournalError) -> ServiceError {
        let retry_after = self.limits.retry_after;
        match error {
            JournalError::NotFound { report } => ServiceError::ReportNotFound(report),
            JournalError::UrlTaken { url, report } => ServiceError::UrlTaken { url, report },
            JournalError::RequestIdReused { request_id } => ServiceError::RequestIdReused { request_id },
            JournalError::Conflict { report, current, .. } => {
                ServiceError::EtagMismatch { name: report.name(), current: super::ingest::etag(current) }
            }
            JournalError::NoCorrection { correction } => ServiceError::CorrectionNotFound(CorrectionId::of(correction)),
            JournalError::Overloaded | JournalError::Moved { .. } => ServiceError::Overloaded { retry_after },
            JournalError::Closed => ServiceError::ShuttingDown { retry_after },
            other => ServiceError::Storage(Box::new(other)),
        }
    }
}
