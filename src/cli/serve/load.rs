//! Hands reports over at the start, past the network.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio_stream::wrappers::ReceiverStream;

use crate::cli::feed::feed;
use crate::cli::files::{Found, FoundReport, Plan};
use crate::model::Revision;
use crate::service::ServiceError;
use crate::service::api::{Api, Call, IngestOutcome, IngestReport, ListReports, PageRequest, View};

/// Reports on their way at once.
const AT_ONCE: usize = 64;

/// Hands over everything planned and waits until it can be read. What is refused is logged; the rest goes on.
pub async fn load(api: &Arc<dyn Api>, plan: Plan) {
    let mut done = ReceiverStream::new(feed(plan)).map(|found| one(Arc::clone(api), found)).buffer_unordered(AT_ONCE);
    let (mut kept, mut unchanged, mut refused, mut last) = (0u64, 0u64, 0u64, Revision(0));
    while let Some(done) = done.next().await {
        match done {
            Some((revision, outcome)) => {
                *(if outcome == IngestOutcome::Unchanged { &mut unchanged } else { &mut kept }) += 1;
                last = last.max(revision);
            }
            None => refused += 1,
        }
    }
    tracing::info!(kept, unchanged, refused, revision = last.0, "reports loaded");
    if let Err(error) = readable(&**api, last).await {
        tracing::warn!(%error, "loaded reports cannot be read yet");
    }
}

async fn one(api: Arc<dyn Api>, found: Found) -> Option<(Revision, IngestOutcome)> {
    let FoundReport { place, report } = match found {
        Ok(found) => found,
        Err(fault) => {
            tracing::warn!(%fault, "not a report");
            return None;
        }
    };
    // There is no hurry: where the queue is full, wait for room in it.
    let call = Call { wait_for_room: true, ..Call::default() };
    match api.ingest(&call, IngestReport { report, ..IngestReport::default() }).await {
        Ok(ingested) => Some((ingested.revision, ingested.outcome)),
        Err(error) => {
            tracing::warn!(%place, %error, "report refused");
            None
        }
    }
}

/// Waits until answers stand at the revision.
async fn readable(api: &dyn Api, revision: Revision) -> Result<(), ServiceError> {
    loop {
        let page = PageRequest { size: 1, ..PageRequest::default() };
        let request = ListReports {
            page,
            filter: String::new(),
            order_by: String::new(),
            min_revision: revision,
            view: View::Basic,
            show_deleted: false,
        };
        match api.list_reports(&Call::default(), request).await {
            Err(ServiceError::NotReady { retry_after }) => tokio::time::sleep(retry_after).await,
            Err(ServiceError::RevisionNotReached { .. }) => tokio::time::sleep(Duration::from_millis(100)).await,
            done => return done.map(drop),
        }
    }
}
