//! The one writer: follows the journal, applies its entries in batches, publishes snapshots.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep_until};

use super::apply::Writer;
use super::at_work::AtWork;
use super::rebuild::{self, Builder, Built, Rebuild, Rebuilding};
use super::rest::{Due, Tidying};
use super::snapshot::Snapshot;
use super::store::{self, Store, Versions};
use super::unsure::Unsure;
use super::{ProjectionError, bootstrap, generations};
use crate::extract::Extractor;
use crate::journal::{Clock as _, Journal, SystemClock};
use crate::model::{DiagnosticReason, Revision, Timestamp};
use crate::registry::keys::Naming;

/// How the projection is kept.
#[derive(Debug, Clone)]
pub struct ProjectionOptions {
    /// Folder of its own; may be deleted while no process uses it.
    pub dir: PathBuf,
    /// Shortest time between two commits: entries that come in meanwhile share the next one.
    pub commit_interval: Duration,
    /// Most entries in one commit.
    pub batch_entries: usize,
    /// Most bytes of report text in one commit, about.
    pub batch_bytes: usize,
    /// Memory for pages of the records store.
    pub cache_bytes: usize,
    /// Memory for documents that the index writer gathers.
    pub index_heap_bytes: usize,
    /// Threads that read reports.
    pub reader_threads: usize,
}

impl ProjectionOptions {
    /// The defaults, in a folder.
    #[must_use]
    pub fn in_dir(dir: PathBuf) -> Self {
        Self {
            dir,
            commit_interval: Duration::from_millis(100),
            batch_entries: 250,
            batch_bytes: 4 << 20,
            cache_bytes: 32 << 20,
            index_heap_bytes: 32 << 20,
            reader_threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        }
    }
}

/// How the writer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Status {
    /// The revision of the newest snapshot.
    pub revision: Revision,
    /// True once the journal's head at the start has been reached; never false again.
    pub caught_up: bool,
    /// Since when the oldest entry that the snapshot lacks has waited, as the writer last saw it; `None` where it lacks none.
    pub behind_since: Option<Timestamp>,
}

/// The derived state as readers see it. Clones share it.
#[derive(Debug, Clone)]
pub struct Projection {
    current: Arc<ArcSwap<Snapshot>>,
    naming: Arc<Naming>,
    unsure: Arc<Unsure>,
    status: watch::Receiver<Status>,
    rebuild: rebuild::Shared,
}

impl Projection {
    /// Opens the projection and starts nothing yet: the second value is the writer, to be run as one task for as long as the process takes
    /// entries. It ends when the journal's watch ends, or with the first error.
    ///
    /// What another version of the reader or the registry derived is answered from until the writer has built it anew, which it begins at once.
    ///
    /// # Errors
    /// If the folder cannot be used, or belongs to another journal.
    pub async fn open(
        journal: Arc<dyn Journal>,
        extractor: Arc<Extractor>,
        options: ProjectionOptions,
    ) -> Result<(Self, impl Future<Output = Result<(), ProjectionError>> + Send + 'static), ProjectionError> {
        let head = journal.head();
        let heap = options.index_heap_bytes;
        let (dir, cache) = (options.dir.clone(), options.cache_bytes);
        let threads = options.reader_threads;
        let naming = Arc::new(Naming::new());
        let (reader, names) = (Arc::clone(&extractor), Arc::clone(&naming));
        let (writer, snapshot) = spawn_blocking(move || {
            let store = Store::open(&dir, cache)?;
            let mut writer = Writer::new(store, reader, names, heap, threads)?;
            bootstrap::prepare(&mut writer)?;
            let snapshot = writer.snapshot()?;
            Ok::<_, ProjectionError>((writer, snapshot))
        })
        .await
        .map_err(crashed)??;
        let projected = snapshot.revision();
        if projected > head {
            return Err(ProjectionError::AheadOfJournal { projected: projected.0, head: head.0 });
        }
        if !is_of(&*journal, &snapshot).await? {
            return Err(ProjectionError::OtherJournal { revision: projected.0 });
        }
        let (status, receiver) =
            watch::channel(Status { revision: projected, caught_up: projected >= head, behind_since: None });
        let versions = snapshot.versions();
        let (current, unsure) = (Arc::new(ArcSwap::from_pointee(snapshot)), writer.unsure());
        let shared: rebuild::Shared = Arc::new(watch::Sender::new(None));
        let builder = Builder {
            journal: Arc::clone(&journal),
            extractor,
            naming: Arc::clone(&naming),
            options: options.clone(),
            shared: Arc::clone(&shared),
        };
        let projection = Self { current: Arc::clone(&current), naming, unsure, status: receiver, rebuild: shared };
        if versions != Versions::CURRENT {
            tracing::info!(?versions, now = ?Versions::CURRENT, "answers come from another version's records until they are built anew");
            drop(projection.rebuild(SystemClock.now()));
        }
        let rebuilding = Rebuilding::new(builder);
        let follows = versions.registry == Versions::CURRENT.registry;
        let writer = AtWork::begin("projection", writer)?;
        let follower = Follower { journal, writer, follows, current, status, options, head };
        Ok((projection, follower.run(rebuilding)))
    }

    /// The newest snapshot.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// How names are read: the gazetteer, the short forms and the heads of bodies.
    #[must_use]
    pub fn naming(&self) -> &Arc<Naming> {
        &self.naming
    }

    /// What readings of reports were unsure of since the projection was opened, by reason; what was never met is left out.
    #[must_use]
    pub fn unsure(&self) -> Vec<(DiagnosticReason, u64)> {
        self.unsure.told()
    }

    /// Derives everything anew from the journal while answers go on, unless that is under way; follows it. What is built then takes the place of
    /// what was there.
    #[must_use]
    pub fn rebuild(&self, now: Timestamp) -> watch::Receiver<Option<Rebuild>> {
        rebuild::ask(&self.rebuild, now)
    }

    /// The last rebuild since the projection was opened.
    #[must_use]
    pub fn last_rebuild(&self) -> Option<Rebuild> {
        *self.rebuild.borrow()
    }

    /// Follows the rebuilds.
    #[must_use]
    pub fn watch_rebuilds(&self) -> watch::Receiver<Option<Rebuild>> {
        self.rebuild.subscribe()
    }

    /// Follows the writer.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Status> {
        self.status.clone()
    }

    /// Waits for a snapshot that stands at the revision or later. `None` if the writer ended before it came that far.
    pub async fn at_least(&self, revision: Revision) -> Option<Arc<Snapshot>> {
        let mut status = self.status.clone();
        status.wait_for(|status| status.revision >= revision).await.ok()?;
        Some(self.snapshot())
    }
}

/// True if the entry that the snapshot stands at is the journal's. Another journal has one of another time.
async fn is_of(journal: &dyn Journal, snapshot: &Snapshot) -> Result<bool, ProjectionError> {
    let (Some(time), Some(before)) = (snapshot.time(), snapshot.revision().0.checked_sub(1)) else { return Ok(true) };
    let entries = journal.read(Revision(before), 1, 1).await?;
    Ok(entries.first().is_some_and(|entry| entry.time == time))
}

struct Follower {
    journal: Arc<dyn Journal>,
    writer: AtWork<Writer>,
    /// False while what is in force has another registry's keys: only that one could take out again what it put in. Then entries wait for what is
    /// being built.
    follows: bool,
    current: Arc<ArcSwap<Snapshot>>,
    status: watch::Sender<Status>,
    options: ProjectionOptions,
    /// The journal's head when the process started.
    head: Revision,
}

/// What the writer has to do next.
enum Next {
    /// Entries have come.
    Entries,
    /// What was built anew is to be put in force.
    Built(Box<Built>),
    /// The index is to be tidied, or has been.
    Tidying(Due),
}

impl Follower {
    async fn run(mut self, mut rebuilding: Rebuilding) -> Result<(), ProjectionError> {
        let ended = self.follow(&mut rebuilding).await;
        rebuilding.end().await;
        // Closing its files may wait for the disk. What it panicked of was told by what waited for that.
        if let Ok(writer) = self.writer.end().await {
            let _ = spawn_blocking(move || drop(writer)).await;
        }
        ended
    }

    async fn follow(&mut self, rebuilding: &mut Rebuilding) -> Result<(), ProjectionError> {
        let mut watch = self.journal.watch();
        let mut last_commit = None::<Instant>;
        let mut tidying = Tidying::Changed(Instant::now());
        let mut wait = false;
        loop {
            let at = self.status.borrow().revision;
            let next = tokio::select! {
                more = watch.wait_for(|head| *head > at && !wait) => match more {
                    Ok(_) => Next::Entries,
                    Err(_) => return Ok(()),
                },
                built = rebuilding.built() => Next::Built(Box::new(built)),
                due = tidying.due() => Next::Tidying(due),
            };
            match next {
                Next::Entries => {}
                Next::Built(built) => {
                    let outcome = self.take_over(*built).await;
                    rebuild::tidy(self.options.dir.clone()).await;
                    wait &= outcome.is_err();
                    rebuilding.ended(outcome.as_ref().copied());
                    tidying.changed();
                    continue;
                }
                Next::Tidying(due) => {
                    self.tidy(due, &mut tidying).await?;
                    continue;
                }
            }
            if let Some(last) = last_commit.filter(|_| at >= self.head) {
                // Once caught up, entries gather for a moment and share a commit.
                sleep_until(last + self.options.commit_interval).await;
            }
            let entries = self.journal.read(at, self.options.batch_entries, self.options.batch_bytes).await?;
            let Some(first) = entries.first() else { continue };
            let waiting = first.time;
            self.status.send_modify(|status| status.behind_since = Some(waiting));
            if !self.follows {
                wait = true;
                continue;
            }
            let snapshot = self.writer.run(move |writer| writer.commit(entries)).await?;
            last_commit = Some(Instant::now());
            tidying.changed();
            self.publish(snapshot);
        }
    }

    async fn tidy(&mut self, due: Due, tidying: &mut Tidying) -> Result<(), ProjectionError> {
        match due {
            Due::Rest => {
                let settling = self.writer.run(Writer::settle).await?;
                *tidying = settling.map_or(Tidying::Tidy, Tidying::Under);
            }
            Due::NewView => {
                let snapshot = self.writer.run(|writer| writer.snapshot()).await?;
                self.publish(snapshot);
            }
        }
        Ok(())
    }

    /// Puts what was built in place of what is in force; where that fails, what is in force stays so. Tells the revision that it stands at.
    async fn take_over(&mut self, built: Built) -> Result<Revision, ProjectionError> {
        let Built { mut writer, place } = built;
        let at = self.status.borrow().revision;
        let mut revision = writer.revision()?;
        // What came in since it was finished.
        while revision < at {
            let entries = self.journal.read(revision, self.options.batch_entries, self.options.batch_bytes).await?;
            let Some(last) = entries.last() else { break };
            revision = last.revision;
            writer = spawn_blocking(move || writer.commit(entries).map(|_| writer)).await.map_err(crashed)??;
        }
        let dir = self.options.dir.clone();
        let snapshot = self
            .writer
            .run(move |former| {
                writer.succeed(former);
                let snapshot = writer.snapshot()?;
                generations::put_in_force(&dir, &place)?;
                // The former writer ends here, before its files go. Snapshots that are still read keep them open.
                *former = writer;
                Ok(snapshot)
            })
            .await?;
        self.follows = true;
        self.publish(snapshot);
        Ok(revision)
    }

    fn publish(&self, snapshot: Snapshot) {
        let revision = snapshot.revision();
        self.current.store(Arc::new(snapshot));
        self.status.send_modify(|status| {
            status.revision = revision;
            status.behind_since = None;
            if !status.caught_up && revision >= self.head {
                status.caught_up = true;
                tracing::info!(revision = revision.0, "projection caught up");
            }
        });
    }
}

pub(super) fn crashed(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ProjectionError {
    store::folder_error(std::path::Path::new("projection writer"), std::io::Error::other(error))
}
