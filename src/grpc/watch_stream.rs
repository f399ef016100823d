//! WatchChanges: batches of changes as one message each, until the caller goes, the process ends or something fails.
//!
//! The response stream drives everything: nothing is read before what was read is taken.

use std::collections::VecDeque;
use std::pin::Pin;

use futures_util::stream;
use tokio_stream::Stream;
use tokio_util::sync::CancellationToken;
use tonic::Status;

use super::check::Faults;
use super::generated::pb;
use super::generated::pb::watch_changes_response::Event;
use super::quote::Quotes;
use super::{convert, status};
use crate::model::Revision;
use crate::service::api::{ChangeBatch, Changes, View, WatchChanges, WatchFrom};
use crate::service::{ServiceError, ViolationReason};

/// The responses of a stream.
pub(super) type WatchStream = Pin<Box<dyn Stream<Item = Result<pb::WatchChangesResponse, Status>> + Send>>;

/// The key of the token in the metadata of what ends the stream.
const RESUME_TOKEN: &str = "resume_token";

/// What is left to tell of a batch, and where the next comes from.
struct Telling {
    changes: Box<dyn Changes>,
    view: View,
    waiting: VecDeque<Event>,
    /// From where to go on, by the last progress that was told; empty for a stream that knows no such place yet.
    resume_token: String,
    ended: bool,
}

/// Everything that the feed tells, until the process ends.
///
/// A stream that ends before its first progress goes on from `resume_token`, where the caller came from.
pub(super) fn events(
    changes: Box<dyn Changes>,
    view: View,
    resume_token: String,
    shutdown: CancellationToken,
) -> WatchStream {
    let telling = Telling { changes, view, waiting: VecDeque::new(), resume_token, ended: false };
    Box::pin(stream::unfold((telling, shutdown), |(mut telling, shutdown)| async move {
        let told = telling.next(&shutdown).await?;
        Some((told, (telling, shutdown)))
    }))
}

impl Telling {
    async fn next(&mut self, shutdown: &CancellationToken) -> Option<Result<pb::WatchChangesResponse, Status>> {
        if self.ended {
            return None;
        }
        while self.waiting.is_empty() {
            let read = tokio::select! {
                biased;
                () = shutdown.cancelled() => Err(self.leaving()),
                read = self.changes.next() => read.map_err(|error| match error {
                    ServiceError::ShuttingDown { .. } => self.leaving(),
                    error => error.into(),
                }),
            };
            match read {
                Ok(batch) => self.waiting.extend(told(batch, self.view)),
                Err(end) => {
                    self.ended = true;
                    return Some(Err(end));
                }
            }
        }
        let event = self.waiting.pop_front()?;
        if let Event::Progress(progress) = &event {
            self.resume_token.clone_from(&progress.resume_token);
        }
        Some(Ok(pb::WatchChangesResponse { event: Some(event) }))
    }
}

impl Telling {
    fn leaving(&self) -> Status {
        match self.resume_token.as_str() {
            "" => ServiceError::ShuttingDown { retry_after: status::COME_BACK }.into(),
            token => status::leaving(RESUME_TOKEN, token),
        }
    }
}

fn told(batch: ChangeBatch, view: View) -> Vec<Event> {
    let quotes = Quotes::new(&batch.texts);
    let reset = batch.anew.then_some(Event::Reset(pb::WatchReset {}));
    let changes = batch.changes.into_iter().map(|change| Event::Change(convert::change(change, view, &quotes)));
    let progress = Event::Progress(convert::progress(batch.progress));
    reset.into_iter().chain(changes).chain([progress]).collect()
}

impl TryFrom<pb::WatchChangesRequest> for WatchChanges {
    type Error = ServiceError;

    fn try_from(request: pb::WatchChangesRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let view = faults.view("view", request.view, View::Basic);
        let (mut meetings, mut entities) = (request.record_kinds.is_empty(), request.record_kinds.is_empty());
        for (at, kind) in request.record_kinds.iter().enumerate() {
            match pb::RecordKind::try_from(*kind) {
                Ok(pb::RecordKind::Meeting) => meetings = true,
                Ok(pb::RecordKind::Entity) => entities = true,
                Ok(pb::RecordKind::Unspecified) | Err(_) => {
                    let rule = "must be RECORD_KIND_MEETING or RECORD_KIND_ENTITY";
                    faults.note(&format!("record_kinds[{at}]"), ViolationReason::InvalidField, rule);
                }
            }
        }
        let revision = u64::try_from(request.after_revision);
        if revision.is_err() {
            faults.note("after_revision", ViolationReason::InvalidField, "must not be negative");
        }
        if request.after_revision != 0 && !request.resume_token.is_empty() {
            let rule = "goes not together with resume_token, which has a revision of its own";
            faults.note("after_revision", ViolationReason::InvalidField, rule);
        }
        let from = if request.resume_token.is_empty() {
            WatchFrom::Revision(Revision(revision.unwrap_or_default()))
        } else {
            WatchFrom::Token(request.resume_token)
        };
        faults.finish(Some(Self { from, meetings, entities, view }))
    }
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;
    use tokio_stream::StreamExt as _;
    use tonic_types::StatusExt as _;

    use super::*;
    use crate::service::api::Answer;

    /// Nothing changes.
    struct Still;

    #[async_trait]
    impl Changes for Still {
        async fn next(&mut self) -> Answer<ChangeBatch> {
            std::future::pending().await
        }
    }

    #[tokio::test]
    async fn a_stream_that_ends_before_its_first_progress_goes_on_from_where_it_came_from() {
        let leaving = CancellationToken::new();
        leaving.cancel();
        for (came_from, told) in [("a-token", Some("a-token")), ("", None)] {
            let mut stream = events(Box::new(Still), View::Basic, came_from.to_owned(), leaving.clone());
            let end = stream.next().await.unwrap().unwrap_err();
            let info = end.get_details_error_info().unwrap();
            assert_eq!(info.reason, "SHUTTING_DOWN");
            assert_eq!(info.metadata.get(RESUME_TOKEN).map(String::as_str), told);
            assert!(stream.next().await.is_none());
        }
    }
}
