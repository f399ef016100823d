//! A running server, and the task that watches over it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::RunError;
use super::gate::{Closing, Places};
use super::stores::{SharedJournal, Stores};
use super::task::Task;
use super::transport::Serving;
use crate::grpc::Health;
use crate::journal::JournalError;
use crate::projection::{ProjectionError, Status};
use crate::service::Api;

/// How long, at the very end, a task may take that has nothing left to wait for.
const LAST_STEPS: Duration = Duration::from_secs(10);
/// How long connections may take to close on which no call runs.
const CLOSE: Duration = Duration::from_secs(2);
/// How long clients have to take their calls elsewhere once they were told to; a healthy one needs a round trip.
const PARTING: Duration = Duration::from_secs(1);

/// A server that has started. Dropping it lets the server run on; only [`Self::shutdown`] or a fault ends it.
pub struct Running {
    addresses: Addresses,
    api: Arc<dyn Api>,
    status: watch::Receiver<Status>,
    stop: CancellationToken,
    life: JoinHandle<Result<(), RunError>>,
}

impl Running {
    pub(super) fn begin(addresses: Addresses, api: Arc<dyn Api>, status: watch::Receiver<Status>, life: Life) -> Self {
        let stop = CancellationToken::new();
        let life = tokio::spawn(life.live(status.clone(), stop.clone()));
        Self { addresses, api, status, stop, life }
    }

    /// The address it listens on, with the port that was taken.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.addresses.api
    }

    /// The address of health and metrics for those who run it, if there is one.
    #[must_use]
    pub fn ops_address(&self) -> Option<SocketAddr> {
        self.addresses.ops
    }

    /// The service behind the transport.
    #[must_use]
    pub fn api(&self) -> &Arc<dyn Api> {
        &self.api
    }

    /// Waits until answers have caught up with the journal; false if the server ended before.
    pub async fn ready(&self) -> bool {
        self.status.clone().wait_for(|status| status.caught_up).await.is_ok()
    }

    /// Asks the server to end. Returns at once; see [`Self::wait`].
    pub fn shutdown(&self) {
        self.stop.cancel();
    }

    /// What [`Self::shutdown`] does, to be kept elsewhere.
    pub fn stopper(&self) -> impl Fn() + Send + use<> {
        let stop = self.stop.clone();
        move || stop.cancel()
    }

    /// Waits until the server has ended.
    ///
    /// # Errors
    /// If it ended without being asked, or not well.
    pub async fn wait(self) -> Result<(), RunError> {
        Task::new("supervisor", self.life).join().await
    }
}

/// Where it listens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Addresses {
    pub(super) api: SocketAddr,
    pub(super) ops: Option<SocketAddr>,
}

/// What runs, and how it is brought to an end.
pub(super) struct Life {
    journal: SharedJournal,
    writer: Task<ProjectionError>,
    transport: Task<io::Error>,
    ending: Ending,
}

/// What brings it to an end.
pub(super) struct Ending {
    pub(super) health: Health,
    pub(super) closing: Closing,
    pub(super) places: Places,
    /// Longest time for running calls.
    pub(super) drain: Duration,
}

impl Life {
    pub(super) fn new(stores: Stores, transport: Serving, ending: Ending) -> Self {
        let writer = Task::new("projection", stores.writer);
        Self { journal: stores.journal, writer, transport: Task::new("transport", transport), ending }
    }

    async fn live(mut self, status: watch::Receiver<Status>, stop: CancellationToken) -> Result<(), RunError> {
        let fault = self.until_the_end(status, stop).await;
        if let Some(fault) = &fault {
            tracing::error!(error = fault as &dyn std::error::Error, "the server cannot go on");
        }
        let ended = self.end().await;
        fault.map_or(ended, Err)
    }

    /// Waits for the order to stop (`None`), or for a task that cannot go on. Tells health when answers have caught up.
    async fn until_the_end(
        &mut self,
        mut status: watch::Receiver<Status>,
        stop: CancellationToken,
    ) -> Option<RunError> {
        let health = self.ending.health.clone();
        let serving = async move {
            if status.wait_for(|status| status.caught_up).await.is_ok() {
                health.set_serving(true).await;
            }
            std::future::pending::<()>().await;
        };
        tokio::select! {
            () = stop.cancelled() => None,
            fault = self.writer.fault() => Some(fault),
            fault = self.transport.fault() => Some(fault),
            () = serving => None,
        }
    }

    async fn end(mut self) -> Result<(), RunError> {
        tracing::info!(drain = ?self.ending.drain, "server is ending");
        self.ending.health.set_serving(false).await;
        self.ending.closing.begun.cancel();
        let served = self.finish_calls().await;
        let closed = match timeout(LAST_STEPS, self.journal.close()).await {
            Ok(closed) => closed.map_err(RunError::from),
            Err(_) => Err(RunError::Stuck("journal")),
        };
        let written = self.writer.join_within(LAST_STEPS).await.or_else(|error| match error {
            // It was about to read on. What it has not read it reads at the next start.
            RunError::Projection(ProjectionError::Journal(JournalError::Closed)) => Ok(()),
            error => Err(error),
        });
        self.ending.closing.gone.cancel();
        tracing::info!("server ended");
        served.and(closed).and(written)
    }

    /// Lets running calls finish; at the deadline cuts off those that have not.
    async fn finish_calls(&mut self) -> Result<(), RunError> {
        let Ending { closing, places, drain, .. } = &self.ending;
        // A call that a client began before it read that it should go away is not refused: clients give up trying again where that happens to
        // too many of their calls at once. Connections close by themselves when their calls are answered.
        let parting = PARTING.min(*drain);
        if let Ok(ended) = timeout(parting, self.transport.join()).await {
            return ended;
        }
        closing.shut.cancel();
        if timeout(*drain - parting, places.all_free()).await.is_err() {
            tracing::warn!("calls are cut off");
            closing.over.cancel();
        }
        match self.transport.join_within(CLOSE).await {
            Err(RunError::Stuck(_)) => {
                // A client that is hung does not close its connection either. It ends with the process.
                tracing::warn!("connections were left open");
                Ok(())
            }
            ended => ended,
        }
    }
}
