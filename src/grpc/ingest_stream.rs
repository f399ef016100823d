//! IngestReports: many reports on their way at once, one outcome for each.
//!
//! The response stream drives everything: it reads a request whenever there is room, works on all that were read, and
//! yields outcomes as they come. A client that does not read its outcomes is thereby not read from either. Nothing
//! runs beside the stream, so dropping it ends it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_util::stream::FuturesUnordered;
use tokio_stream::Stream;
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};
use tonic::Status;

use super::deadline::within;
use super::generated::pb::ingest_reports_response::Result as Outcome;
use super::generated::pb::{self, ErrorReason};
use super::{Limits, convert, status};
use crate::service::api::{Answer, Api, Call, IngestReport, Ingested};

/// Keeps one report of a stream and says what became of it.
pub(super) async fn ingest_one(
    api: Arc<dyn Api>,
    call: Call,
    request: pb::IngestReportsRequest,
) -> pb::IngestReportsResponse {
    let client_id = request.client_id.clone();
    let outcome = match kept(&*api, &call, request).await {
        Ok(ingested) => Outcome::Ingested(convert::ingested_in_stream(&ingested)),
        Err(error) => Outcome::Error(error.into()),
    };
    pb::IngestReportsResponse { client_id, result: Some(outcome) }
}

async fn kept(api: &dyn Api, call: &Call, request: pb::IngestReportsRequest) -> Answer<Ingested> {
    let asked = IngestReport::try_from(request)?;
    within(call, api.ingest(call, asked)).await
}

/// Work on one report, with the bytes it holds meanwhile.
type Work = Pin<Box<dyn Future<Output = (usize, pb::IngestReportsResponse)> + Send>>;

/// The outcomes of a stream of requests.
pub(super) struct Outcomes<S, I> {
    /// What is read from, until it ends or the process does.
    requests: Option<S>,
    ingest: I,
    work: FuturesUnordered<Work>,
    /// Bytes of text that the work holds.
    bytes: usize,
    limits: Limits,
    shutdown: Pin<Box<WaitForCancellationFutureOwned>>,
    /// How many were answered. Requests are read in their order, and all that were read are answered before the end.
    answered: u64,
    /// How the stream ends once all work is answered.
    end: End,
}

/// How a stream ends.
enum End {
    /// The client has sent everything.
    Well,
    /// What came is no message.
    Broken(Status),
    /// The process or the connection ends.
    Leaving,
    /// It was told.
    Told,
}

impl<S, I, F> Outcomes<S, I>
where
    S: Stream<Item = Result<pb::IngestReportsRequest, Status>> + Unpin,
    I: Fn(pb::IngestReportsRequest) -> F,
    F: Future<Output = pb::IngestReportsResponse> + Send + 'static,
{
    pub(super) fn new(requests: S, ingest: I, limits: Limits, shutdown: CancellationToken) -> Self {
        Self {
            requests: Some(requests),
            ingest,
            work: FuturesUnordered::new(),
            bytes: 0,
            limits,
            shutdown: Box::pin(shutdown.cancelled_owned()),
            answered: 0,
            end: End::Well,
        }
    }

    /// Takes in requests while there is room for them.
    fn take_in(&mut self, cx: &mut Context<'_>) {
        if self.requests.is_some() && self.shutdown.as_mut().poll(cx).is_ready() {
            self.stop(End::Leaving);
        }
        while self.has_room() {
            let Some(requests) = &mut self.requests else { return };
            match Pin::new(requests).poll_next(cx) {
                Poll::Pending => return,
                Poll::Ready(Some(Ok(request))) => self.begin(request),
                Poll::Ready(Some(Err(broken))) => self.stop(End::Broken(status::complete(broken))),
                Poll::Ready(None) => self.stop(End::Well),
            }
        }
    }

    fn has_room(&self) -> bool {
        self.work.is_empty() || (self.work.len() < self.limits.stream_reports && self.bytes < self.limits.stream_bytes)
    }

    fn begin(&mut self, request: pb::IngestReportsRequest) {
        let bytes = request.report.as_ref().map_or(0, |report| report.text.len());
        self.bytes += bytes;
        let work = (self.ingest)(request);
        self.work.push(Box::pin(async move { (bytes, work.await) }));
    }

    /// Reads no more. The first reason for that is the one told.
    fn stop(&mut self, end: End) {
        if self.requests.take().is_some() {
            self.end = end;
        }
    }
}

impl<S, I, F> Stream for Outcomes<S, I>
where
    S: Stream<Item = Result<pb::IngestReportsRequest, Status>> + Unpin,
    I: Fn(pb::IngestReportsRequest) -> F + Unpin,
    F: Future<Output = pb::IngestReportsResponse> + Send + 'static,
{
    type Item = Result<pb::IngestReportsResponse, Status>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.take_in(cx);
        match ready!(Pin::new(&mut self.work).poll_next(cx)) {
            Some((bytes, outcome)) => {
                self.bytes -= bytes;
                self.answered += 1;
                if refused_for_good(&outcome) {
                    self.stop(End::Leaving);
                }
                Poll::Ready(Some(Ok(outcome)))
            }
            // No work, and the requests will wake us, for there was room to ask them.
            None if self.requests.is_some() => Poll::Pending,
            None => Poll::Ready(match std::mem::replace(&mut self.end, End::Told) {
                End::Well | End::Told => None,
                End::Broken(status) => Some(Err(status)),
                End::Leaving => Some(Err(status::leaving(status::ANSWERED, self.answered.to_string()))),
            }),
        }
    }
}

/// True if the service takes no more reports at all.
fn refused_for_good(outcome: &pb::IngestReportsResponse) -> bool {
    matches!(&outcome.result, Some(Outcome::Error(error)) if error.reason() == ErrorReason::ShuttingDown)
}

#[cfg(test)]
mod tests;
