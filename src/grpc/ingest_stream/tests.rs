#![allow(clippy::disallowed_types, reason = "what a test hands over is bounded by the test")]

use std::sync::Mutex;
use std::time::Duration;

use crate::service::ServiceError;

use tokio::sync::{mpsc, oneshot};
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::UnboundedReceiverStream;
use tonic::Code;

use super::*;

/// Work that waits for the test to end it: the number of bytes and what to answer.
type Open = Arc<Mutex<Vec<(String, oneshot::Sender<Outcome>)>>>;

struct Harness {
    send: mpsc::UnboundedSender<Result<pb::IngestReportsRequest, Status>>,
    open: Open,
    shutdown: CancellationToken,
    outcomes: Pin<Box<dyn Stream<Item = Result<pb::IngestReportsResponse, Status>>>>,
}

fn harness(limits: Limits) -> Harness {
    let (send, requests) = mpsc::unbounded_channel();
    let open = Open::default();
    let shutdown = CancellationToken::new();
    let works = open.clone();
    let ingest = move |request: pb::IngestReportsRequest| {
        let (end, ended) = oneshot::channel();
        works.lock().unwrap().push((request.client_id.clone(), end));
        async move { pb::IngestReportsResponse { client_id: request.client_id, result: ended.await.ok() } }
    };
    let outcomes = Outcomes::new(UnboundedReceiverStream::new(requests), ingest, limits, shutdown.clone());
    Harness { send, open, shutdown, outcomes: Box::pin(outcomes) }
}

impl Harness {
    fn hand_over(&self, client_id: &str, bytes: usize) {
        let report = Some(pb::Report { text: "x".repeat(bytes), ..Default::default() });
        let request = pb::IngestReportsRequest { client_id: client_id.into(), report, ..Default::default() };
        self.send.send(Ok(request)).unwrap();
    }

    fn on_their_way(&self) -> Vec<String> {
        self.open.lock().unwrap().iter().map(|(id, _)| id.clone()).collect()
    }

    fn end(&self, client_id: &str, outcome: Outcome) {
        let mut open = self.open.lock().unwrap();
        let at = open.iter().position(|(id, _)| id == client_id).unwrap();
        open.remove(at).1.send(outcome).unwrap();
    }

    /// Polls once: an outcome's client id, or `None` where there is nothing yet.
    async fn poll(&mut self) -> Option<Option<Result<String, Code>>> {
        std::future::poll_fn(|cx| match self.outcomes.as_mut().poll_next(cx) {
            Poll::Pending => Poll::Ready(None),
            Poll::Ready(next) => Poll::Ready(Some(next.map(|o| o.map(|o| o.client_id).map_err(|s| s.code())))),
        })
        .await
    }
}

fn good() -> Outcome {
    Outcome::Ingested(pb::IngestedReport::default())
}

fn limits(stream_reports: usize, stream_bytes: usize) -> Limits {
    Limits { stream_reports, stream_bytes, ..Limits::for_text(1000) }
}

#[tokio::test]
async fn outcomes_come_in_order_of_completion_and_the_stream_ends_well() {
    let mut stream = harness(limits(8, 1000));
    stream.hand_over("a", 1);
    stream.hand_over("b", 1);
    assert_eq!(stream.poll().await, None);
    assert_eq!(stream.on_their_way(), ["a", "b"]);
    stream.end("b", good());
    assert_eq!(stream.poll().await, Some(Some(Ok("b".into()))));
    let (closed, _) = mpsc::unbounded_channel();
    drop(std::mem::replace(&mut stream.send, closed));
    assert_eq!(stream.poll().await, None);
    stream.end("a", good());
    assert_eq!(stream.poll().await, Some(Some(Ok("a".into()))));
    assert_eq!(stream.poll().await, Some(None));
}

#[tokio::test]
async fn no_more_is_read_than_there_is_room_for() {
    let mut stream = harness(limits(2, 1000));
    for id in ["a", "b", "c"] {
        stream.hand_over(id, 1);
    }
    assert_eq!(stream.poll().await, None);
    assert_eq!(stream.on_their_way(), ["a", "b"]);
    stream.end("a", good());
    assert_eq!(stream.poll().await, Some(Some(Ok("a".into()))));
    assert_eq!(stream.poll().await, None);
    assert_eq!(stream.on_their_way(), ["b", "c"]);
}

#[tokio::test]
async fn large_texts_take_more_room() {
    let mut stream = harness(limits(8, 1000));
    stream.hand_over("a", 5000);
    stream.hand_over("b", 1);
    assert_eq!(stream.poll().await, None);
    assert_eq!(stream.on_their_way(), ["a"]);
    stream.end("a", good());
    assert_eq!(stream.poll().await, Some(Some(Ok("a".into()))));
    assert_eq!(stream.poll().await, None);
    assert_eq!(stream.on_their_way(), ["b"]);
}

#[tokio::test]
async fn shutting_down_answers_what_was_read_and_says_why() {
    let mut stream = harness(limits(8, 1000));
    stream.hand_over("a", 1);
    assert_eq!(stream.poll().await, None);
    stream.shutdown.cancel();
    stream.hand_over("b", 1);
    assert_eq!(stream.poll().await, None);
    assert_eq!(stream.on_their_way(), ["a"]);
    stream.end("a", good());
    assert_eq!(stream.poll().await, Some(Some(Ok("a".into()))));
    let Some(Err(end)) = stream.outcomes.next().await else { panic!("it ends with an error") };
    assert_eq!(end.code(), Code::Unavailable);
    let told = tonic_types::StatusExt::get_details_error_info(&end).unwrap();
    assert_eq!(told.metadata.get(status::ANSWERED).map(String::as_str), Some("1"));
    assert_eq!(stream.poll().await, Some(None));
}

#[tokio::test]
async fn a_service_that_shuts_down_ends_the_stream() {
    let mut stream = harness(limits(8, 1000));
    stream.hand_over("a", 1);
    assert_eq!(stream.poll().await, None);
    let refused = ServiceError::ShuttingDown { retry_after: status::COME_BACK };
    stream.end("a", Outcome::Error(refused.into()));
    assert_eq!(stream.poll().await, Some(Some(Ok("a".into()))));
    assert_eq!(stream.poll().await, Some(Some(Err(Code::Unavailable))));
}

#[tokio::test]
async fn a_message_that_is_none_ends_the_stream_after_the_others() {
    let mut stream = harness(limits(8, 1000));
    stream.hand_over("a", 1);
    stream.send.send(Err(Status::internal("failed to decode"))).unwrap();
    assert_eq!(stream.poll().await, None);
    stream.end("a", good());
    assert_eq!(stream.poll().await, Some(Some(Ok("a".into()))));
    assert_eq!(stream.poll().await, Some(Some(Err(Code::InvalidArgument))));
}

#[tokio::test]
async fn a_bad_report_does_not_end_the_stream() {
    let mut stream = harness(limits(8, 1000));
    stream.hand_over("a", 0);
    stream.hand_over("b", 1);
    assert_eq!(stream.poll().await, None);
    let refused = ServiceError::invalid("report.text", crate::service::ViolationReason::TextEmpty, "empty");
    stream.end("a", Outcome::Error(refused.into()));
    assert_eq!(stream.poll().await, Some(Some(Ok("a".into()))));
    stream.end("b", good());
    let next = tokio::time::timeout(Duration::from_secs(5), stream.outcomes.next()).await;
    assert_eq!(next.unwrap().unwrap().unwrap().client_id, "b");
}
