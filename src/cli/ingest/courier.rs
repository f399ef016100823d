//! Delivers reports over one stream after another until each has its outcome.
//!
//! A bounded number is on its way at once. What a server sends back as too much is handed over again when it says so;
//! when a stream breaks, everything without an outcome goes onto the next one, for what was kept is not kept twice. If
//! a message breaks the stream by itself, those on their way go one by one, so that only the culprit is refused.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use anyhow::anyhow;
use prost::Message as _;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Code, Status, Streaming};
use tonic_types::StatusExt as _;

use crate::cli::client::Line;
use crate::cli::failure::{Failure, tell};
use crate::cli::files::{FileFault, Found, FoundReport};
use crate::grpc::generated::pb;
use crate::service::draft::ReportInput;
use pb::ingest_reports_response::Result as Outcome;
use pb::ingestion_service_client::IngestionServiceClient;

/// Most bytes on their way at once, but for a single report that is larger.
const MAX_BYTES_IN_FLIGHT: usize = 16 << 20;
/// Streams that may break one after the other without any outcome between them.
const MAX_BROKEN_STREAMS: u32 = 10;
/// Waits after the first and after later broken streams, doubling between.
const WAITS: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));
/// Wait before a report is handed over again, where the server names none.
const RESEND: Duration = Duration::from_millis(200);

/// What became of one thing found.
#[derive(Debug)]
pub enum Settled {
    /// It is kept.
    Kept(String, pb::IngestedReport),
    /// The server does not take it.
    Refused(String, Box<pb::IngestError>),
    /// There is no report in it.
    Unread(FileFault),
}

/// A report on its way.
struct Parcel {
    place: String,
    request: pb::IngestReportsRequest,
}

/// Delivers reports.
pub struct Courier {
    client: IngestionServiceClient<Line>,
    window: usize,
    /// On their way, by `client_id`.
    underway: HashMap<String, Parcel>,
    bytes_underway: usize,
    /// To be handed over again, in order of time.
    again: VecDeque<(Instant, Parcel)>,
    count: u64,
}

/// How a stream ended.
enum End {
    /// Everything has its outcome.
    Done,
    /// It broke; what is on its way has no outcome.
    Broken(Status),
}

impl Courier {
    /// A courier with at most `window` reports on their way.
    pub fn new(channel: Line, window: usize) -> Self {
        let client = IngestionServiceClient::new(channel);
        Self { client, window, underway: HashMap::new(), bytes_underway: 0, again: VecDeque::new(), count: 0 }
    }

    /// Delivers everything that comes, and tells what became of each.
    ///
    /// # Errors
    /// If the server cannot be reached any more.
    pub async fn deliver(
        mut self,
        mut feed: mpsc::Receiver<Found>,
        mut settled: impl FnMut(Settled),
    ) -> Result<(), Failure> {
        let mut broken = 0;
        loop {
            let mut progress = false;
            let end = self.stream(&mut feed, |outcome| {
                progress = true;
                settled(outcome);
            });
            let status = match end.await {
                End::Done => return Ok(()),
                End::Broken(status) => status,
            };
            broken = if progress { 1 } else { broken + 1 };
            if broken > MAX_BROKEN_STREAMS {
                return Err(Failure::Failed(anyhow!("the server stays away: {}", tell(&status))));
            }
            self.after(status, broken, &mut settled).await?;
        }
    }

    /// What to do after a stream broke.
    async fn after(&mut self, status: Status, broken: u32, settled: &mut impl FnMut(Settled)) -> Result<(), Failure> {
        let parcels: Vec<Parcel> = self.underway.drain().map(|(_, parcel)| parcel).collect();
        self.bytes_underway = 0;
        if status.code() == Code::InvalidArgument {
            return self.one_by_one(parcels, settled).await;
        }
        let now = Instant::now();
        self.again.extend(parcels.into_iter().map(|parcel| (now, parcel)));
        sleep(wait(&status, broken)).await;
        Ok(())
    }

    /// One stream, from its beginning to its end.
    async fn stream(&mut self, feed: &mut mpsc::Receiver<Found>, mut settled: impl FnMut(Settled)) -> End {
        // There is always room: the channel never holds more than is on its way.
        let (sender, requests) = mpsc::channel(self.window + 1);
        let mut responses = match self.client.ingest_reports(ReceiverStream::new(requests)).await {
            Ok(response) => response.into_inner(),
            Err(status) => return End::Broken(status),
        };
        let mut exhausted = false;
        loop {
            if exhausted && self.underway.is_empty() && self.again.is_empty() {
                drop(sender);
                return finish(responses).await;
            }
            tokio::select! {
                next = next(feed, &mut self.again, exhausted), if self.has_room() => match next {
                    Next::Parcel(parcel) => self.send(*parcel, &sender),
                    Next::Found(Ok(found)) => {
                        let parcel = self.parcel(found);
                        self.send(parcel, &sender);
                    }
                    Next::Found(Err(fault)) => settled(Settled::Unread(fault)),
                    Next::Exhausted => exhausted = true,
                },
                response = responses.message() => match response {
                    Ok(Some(response)) => self.settle(response, &mut settled),
                    Ok(None) => return End::Broken(Status::unavailable("the server ended the stream")),
                    Err(status) => return End::Broken(status),
                },
            }
        }
    }

    fn has_room(&self) -> bool {
        self.underway.is_empty() || (self.underway.len() < self.window && self.bytes_underway < MAX_BYTES_IN_FLIGHT)
    }

    fn parcel(&mut self, found: FoundReport) -> Parcel {
        self.count += 1;
        Parcel { place: found.place, request: request(self.count.to_string(), found.report) }
    }

    fn send(&mut self, parcel: Parcel, sender: &mpsc::Sender<pb::IngestReportsRequest>) {
        self.bytes_underway += parcel.request.encoded_len();
        // A stream that is gone tells so by its responses.
        let _ = sender.try_send(parcel.request.clone());
        self.underway.insert(parcel.request.client_id.clone(), parcel);
    }

    fn settle(&mut self, response: pb::IngestReportsResponse, settled: &mut impl FnMut(Settled)) {
        let Some(parcel) = self.underway.remove(&response.client_id) else { return };
        self.bytes_underway = self.bytes_underway.saturating_sub(parcel.request.encoded_len());
        match response.result {
            Some(Outcome::Ingested(kept)) => settled(Settled::Kept(parcel.place, kept)),
            Some(Outcome::Error(error)) if passes(error.code) => {
                let delay = error.retry_delay.and_then(|delay| delay.try_into().ok()).unwrap_or(RESEND);
                self.again.push_back((Instant::now() + delay, parcel));
            }
            Some(Outcome::Error(error)) => settled(Settled::Refused(parcel.place, Box::new(error))),
            None => self.again.push_back((Instant::now() + RESEND, parcel)),
        }
    }

    /// Hands reports over in calls of their own.
    async fn one_by_one(&mut self, parcels: Vec<Parcel>, settled: &mut impl FnMut(Settled)) -> Result<(), Failure> {
        for parcel in parcels {
            let pb::IngestReportsRequest { report, report_id, .. } = parcel.request.clone();
            let request = pb::IngestReportRequest { report, report_id, ..Default::default() };
            match self.client.ingest_report(request).await {
                Ok(answer) => settled(Settled::Kept(parcel.place, kept(answer.into_inner()))),
                Err(status) if passes(status.code().into()) || status.details().is_empty() => {
                    self.again.push_back((Instant::now() + RESEND, parcel));
                }
                Err(status) => settled(Settled::Refused(parcel.place, Box::new(refusal(&status)))),
            }
        }
        Ok(())
    }
}

/// What there is to send next.
enum Next {
    /// Something that was sent before.
    Parcel(Box<Parcel>),
    /// Something new.
    Found(Found),
    /// Nothing new any more.
    Exhausted,
}

async fn next(feed: &mut mpsc::Receiver<Found>, again: &mut VecDeque<(Instant, Parcel)>, exhausted: bool) -> Next {
    let due = again.front().map(|(due, _)| *due);
    let wait = async {
        match due {
            Some(due) => sleep_until(due).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        biased;
        () = wait => match again.pop_front() {
            Some((_, parcel)) => Next::Parcel(Box::new(parcel)),
            None => Next::Exhausted,
        },
        found = feed.recv(), if !exhausted => found.map_or(Next::Exhausted, Next::Found),
        else => std::future::pending().await,
    }
}

/// Reads a stream to its end after its last outcome.
async fn finish(mut responses: Streaming<pb::IngestReportsResponse>) -> End {
    // Everything has its outcome by now, however the stream ends.
    while let Ok(Some(_)) = responses.message().await {}
    End::Done
}

/// True for errors that pass by themselves.
fn passes(code: i32) -> bool {
    matches!(Code::from(code), Code::ResourceExhausted | Code::Unavailable)
}

fn wait(status: &Status, broken: u32) -> Duration {
    let told = status.get_details_retry_info().and_then(|info| info.retry_delay);
    let (first, longest) = WAITS;
    told.unwrap_or_default().max(first * 2u32.saturating_pow(broken - 1)).min(longest)
}

fn request(client_id: String, report: ReportInput) -> pb::IngestReportsRequest {
    let ReportInput { id, url, publisher, title, publish_date, text } = report;
    let report = pb::Report { url, publisher, title, publish_date, text, ..Default::default() };
    pb::IngestReportsRequest { client_id, report: Some(report), report_id: id, ..Default::default() }
}

fn kept(answer: pb::IngestReportResponse) -> pb::IngestedReport {
    let report = answer.report.map(|report| report.name).unwrap_or_default();
    pb::IngestedReport { report, revision: answer.revision, outcome: answer.outcome, meeting: answer.meeting }
}

fn refusal(status: &Status) -> pb::IngestError {
    let reason = status.get_details_error_info().map(|info| format!("ERROR_REASON_{}", info.reason));
    let reason = reason.and_then(|name| pb::ErrorReason::from_str_name(&name)).unwrap_or_default();
    pb::IngestError {
        code: status.code().into(),
        reason: reason.into(),
        message: status.message().to_owned(),
        ..Default::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_are_bounded() {
        let gone = Status::unavailable("gone");
        assert_eq!(wait(&gone, 1), Duration::from_millis(100));
        assert_eq!(wait(&gone, 3), Duration::from_millis(400));
        assert_eq!(wait(&gone, 40), Duration::from_secs(5));
        let busy = Status::from(crate::service::ServiceError::Overloaded { retry_after: Duration::from_secs(2) });
        assert_eq!(wait(&busy, 1), Duration::from_secs(2));
    }

    #[test]
    fn a_refusal_keeps_its_reason() {
        let status = Status::from(crate::service::ServiceError::invalid(
            "report.text",
            crate::service::ViolationReason::TextEmpty,
            "must not be empty",
        ));
        assert_eq!(refusal(&status).reason(), pb::ErrorReason::ReportTextEmpty);
    }
}
