//! RebuildProjection: how a rebuild goes on, until it has ended. The rebuild itself goes on whether or not somebody listens.

use std::pin::Pin;

use futures_util::stream;
use tokio_stream::Stream;
use tokio_util::sync::CancellationToken;
use tonic::Status;

use super::convert;
use super::deadline::within;
use super::generated::pb;
use super::status::COME_BACK;
use crate::service::ServiceError;
use crate::service::api::{Answer, Call, RebuildProgress, RebuildState, Rebuilding};

/// The responses of a stream.
pub(super) type RebuildStream = Pin<Box<dyn Stream<Item = Result<pb::RebuildProjectionResponse, Status>> + Send>>;

/// Its progress, to the end.
pub(super) fn progress(rebuilding: Rebuilding, call: Call, shutdown: CancellationToken) -> RebuildStream {
    Box::pin(stream::unfold((Some(rebuilding), shutdown), move |(rebuilding, shutdown)| async move {
        let mut rebuilding = rebuilding?;
        let told = tokio::select! {
            biased;
            () = shutdown.cancelled() => Err(ServiceError::ShuttingDown { retry_after: COME_BACK }),
            told = within(&call, rebuilding.next()) => told.and_then(whole),
        };
        let goes_on = matches!(&told, Ok(progress) if progress.rebuild.state == RebuildState::Running);
        let told = told.map(|progress| pb::RebuildProjectionResponse { rebuild: Some(convert::rebuild(progress)) });
        Some((told.map_err(Status::from), (goes_on.then_some(rebuilding), shutdown)))
    }))
}

/// A rebuild that failed is an error to those who wait for it. The log has the cause.
fn whole(progress: RebuildProgress) -> Answer<RebuildProgress> {
    match progress.rebuild.state {
        RebuildState::Failed => Err(ServiceError::Storage("the rebuild failed".into())),
        RebuildState::Running | RebuildState::Done => Ok(progress),
    }
}
