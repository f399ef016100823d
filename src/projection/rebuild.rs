//! Deriving everything anew from the journal while answers go on.
//!
//! A second writer builds in a folder of its own, from the first entry of the journal to the last, while the one in force goes on following the
//! journal. When it has caught up, it takes the other's place, and what was in force is deleted. Whatever goes wrong on the way ends the rebuild and
//! nothing else. The process may end at any moment: what is half built is deleted at the next start.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::{JoinHandle, spawn_blocking};

use super::apply::Writer;
use super::at_work::AtWork;
use super::follow::{ProjectionOptions, crashed};
use super::store::{self, Store};
use super::{ProjectionError, generations};
use crate::extract::Extractor;
use crate::journal::{Journal, JournalError};
use crate::model::{Revision, Timestamp};
use crate::registry::keys::Naming;

/// Most entries in one commit: few, so that an ending process need not wait for long.
const BATCH: usize = 250;

/// How a rebuild stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rebuild {
    /// What became of it.
    pub state: RebuildState,
    /// When it was asked for.
    pub start_time: Timestamp,
    /// Entries up to here are in it.
    pub revision: Revision,
}

/// What became of a rebuild.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RebuildState {
    /// It is being built.
    Running,
    /// Answers are given from it.
    Done,
    /// It could not be built. Answers go on from what was there before.
    Failed,
}

impl Rebuild {
    fn is_running(&self) -> bool {
        self.state == RebuildState::Running
    }
}

/// The last rebuild, as those who ask for one and the writer share it. That one is running is the order to build it.
pub(super) type Shared = Arc<watch::Sender<Option<Rebuild>>>;

/// Asks for a rebuild, unless one is running.
pub(super) fn ask(shared: &Shared, now: Timestamp) -> watch::Receiver<Option<Rebuild>> {
    shared.send_if_modified(|last| {
        if last.is_some_and(|last| last.is_running()) {
            return false;
        }
        *last = Some(Rebuild { state: RebuildState::Running, start_time: now, revision: Revision(0) });
        true
    });
    shared.subscribe()
}

/// What it takes to build.
#[derive(Clone)]
pub(super) struct Builder {
    pub(super) journal: Arc<dyn Journal>,
    pub(super) extractor: Arc<Extractor>,
    pub(super) naming: Arc<Naming>,
    pub(super) options: ProjectionOptions,
    pub(super) shared: Shared,
}

/// A projection that was built, and where.
pub(super) struct Built {
    pub(super) writer: Writer,
    pub(super) place: PathBuf,
}

impl Builder {
    /// Builds; what it leaves where that fails is deleted.
    async fn run(self) -> Result<Built, ProjectionError> {
        let dir = self.options.dir.clone();
        match self.build().await {
            Ok(built) => Ok(built),
            Err(error) => {
                tidy(dir).await;
                Err(error)
            }
        }
    }

    async fn build(self) -> Result<Built, ProjectionError> {
        let ProjectionOptions { cache_bytes, index_heap_bytes, batch_bytes, reader_threads, .. } = self.options;
        let (extractor, naming, dir) = (self.extractor, self.naming, self.options.dir);
        // The other half of the cores is for those who ask.
        let threads = reader_threads.div_ceil(2);
        let (place, writer) = spawn_blocking(move || {
            let place = generations::next(&dir)?;
            store::remove_folder(&place)?;
            let store = Store::open(&place, cache_bytes)?;
            let writer = Writer::new(store, extractor, naming, index_heap_bytes, threads)?;
            Ok::<_, ProjectionError>((place, writer))
        })
        .await
        .map_err(crashed)??;
        let writer = AtWork::begin("rebuild", writer)?;
        let filled = fill(&writer, &*self.journal, batch_bytes, &self.shared).await;
        // Whatever came of it: its files are closed before anybody deletes them.
        let writer = writer.end().await?;
        filled?;
        Ok(Built { writer, place })
    }
}

/// Derives everything from the journal, to its end.
async fn fill(
    writer: &AtWork<Writer>,
    journal: &dyn Journal,
    batch_bytes: usize,
    shared: &Shared,
) -> Result<(), ProjectionError> {
    let mut at = Revision(0);
    while at < journal.head() {
        let entries = journal.read(at, BATCH, batch_bytes).await?;
        let Some(last) = entries.last() else { break };
        at = last.revision;
        writer.run(move |writer| writer.commit(entries).map(drop)).await?;
        shared.send_modify(|rebuild| {
            if let Some(rebuild) = rebuild {
                rebuild.revision = at;
            }
        });
    }
    writer.run(Writer::shrink).await
}

/// Deletes what is of no more use. Where that fails, the next start tries again.
pub(super) async fn tidy(dir: PathBuf) {
    let tidied = spawn_blocking(move || generations::tidy(&dir)).await.map_err(crashed).and_then(|tidied| tidied);
    if let Err(error) = tidied {
        tracing::warn!(error = &error as &dyn std::error::Error, "what is of no more use could not be deleted");
    }
}

/// The rebuild that the writer in force sees to.
pub(super) struct Rebuilding {
    builder: Builder,
    orders: watch::Receiver<Option<Rebuild>>,
    work: Option<JoinHandle<Result<Built, ProjectionError>>>,
}

impl Rebuilding {
    pub(super) fn new(builder: Builder) -> Self {
        Self { orders: builder.shared.subscribe(), builder, work: None }
    }

    /// Waits for an order and for what it leads to. May be given up and taken up again.
    pub(super) async fn built(&mut self) -> Built {
        loop {
            let Some(work) = &mut self.work else {
                let ordered = self.orders.wait_for(|last| last.is_some_and(|last| last.is_running())).await.is_ok();
                if !ordered {
                    // Nobody is left to order one; but the builder keeps a sender.
                    std::future::pending::<()>().await;
                }
                tracing::info!("projection is built anew");
                self.work = Some(tokio::spawn(self.builder.clone().run()));
                continue;
            };
            let built = work.await.map_err(crashed).and_then(|built| built);
            self.work = None;
            match built {
                Ok(built) => return built,
                Err(error) => self.ended(Err(&error)),
            }
        }
    }

    /// Tells what became of the rebuild.
    pub(super) fn ended(&self, outcome: Result<Revision, &ProjectionError>) {
        match outcome {
            Ok(revision) => tracing::info!(revision = revision.0, "projection was built anew"),
            Err(ProjectionError::Journal(JournalError::Closed)) => tracing::info!("a rebuild was given up"),
            Err(error) => {
                tracing::error!(error = error as &dyn std::error::Error, "projection could not be built anew")
            }
        }
        self.builder.shared.send_modify(|rebuild| {
            if let Some(rebuild) = rebuild {
                rebuild.state = if outcome.is_ok() { RebuildState::Done } else { RebuildState::Failed };
                rebuild.revision = outcome.unwrap_or(rebuild.revision);
            }
        });
    }

    /// Waits for work that is under way; it ends with the journal.
    pub(super) async fn end(self) {
        if let Some(work) = self.work {
            drop(work.await);
        }
    }
}
