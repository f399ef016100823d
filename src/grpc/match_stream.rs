//! MatchEntities: the rows of a table looked up in one snapshot, one response for each, in order.
//!
//! Rows that have arrived are taken together, a handful of such chunks are worked on at once, and their answers are yielded in order.
//! The response stream drives everything: a client that does not read its answers is not read from either, and dropping the stream ends
//! it. A row is cut to its checked form as it arrives, so that no row holds more than its bounded fields.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use futures_util::{StreamExt as _, future, stream};
use tokio::sync::OnceCell;
use tokio_stream::Stream;
use tokio_util::sync::CancellationToken;
use tonic::Status;

use super::deadline::within;
use super::generated::pb;
use super::generated::pb::match_entities_response::Result as Outcome;
use super::quote::Quotes;
use super::{convert, status};
use crate::model::Revision;
use crate::service::api::{Answer, Api, Call, Lookup, LookupEntities, Matcher, Texts};
use crate::service::{ServiceError, ViolationReason};

/// The responses of a stream.
pub(super) type MatchStream = Pin<Box<dyn Stream<Item = Result<pb::MatchEntitiesResponse, Status>> + Send>>;

/// Longest wait for a row: the snapshot of a stream cannot be let go before the stream ends.
pub(super) const IDLE: Duration = Duration::from_secs(300);
/// Most rows taken together.
const CHUNK: usize = 64;
/// Most chunks worked on at once.
const AT_ONCE: usize = 4;
/// Most bytes of a caller's key.
const MAX_CLIENT_ID: usize = 128;

/// A row: the caller's key, the revision wanted, and what to look up.
struct Row {
    client_id: String,
    wanted: Revision,
    asked: Answer<LookupEntities>,
}

/// The snapshot of a stream, opened with the first row.
#[derive(Clone)]
struct Session {
    api: Arc<dyn Api>,
    call: Call,
    matcher: Arc<OnceCell<Arc<dyn Matcher>>>,
}

/// One response for each request, in order, until the requests end, none comes for `idle`, or the process ends.
pub(super) fn answers<S>(
    api: Arc<dyn Api>,
    call: Call,
    requests: S,
    idle: Duration,
    shutdown: CancellationToken,
) -> MatchStream
where
    S: Stream<Item = Result<pb::MatchEntitiesRequest, Status>> + Send + 'static,
{
    let ended = Arc::new(AtomicBool::new(false));
    let (told, asked) = (Arc::clone(&ended), shutdown.clone());
    let counted = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&counted);
    // Notes that the client has sent everything, which is no end before the time.
    let end = stream::once(async move { told.store(true, Ordering::Relaxed) }).filter_map(|()| future::ready(None));
    let rows = tokio_stream::StreamExt::timeout(requests, idle).map(|request| match request {
        Ok(request) => request.map(Row::from).map_err(status::complete),
        Err(_) => Err(ServiceError::DeadlineExceeded.into()),
    });
    let rows = rows.chain(end).take_until(shutdown.cancelled_owned());
    let session = Session { api, call, matcher: Arc::default() };
    let mut wanted = None;
    let chunks = Box::pin(rows).ready_chunks(CHUNK).map(move |rows| {
        let first = rows.first().and_then(|row| row.as_ref().ok()).map_or(Revision(0), |row| row.wanted);
        let wanted = *wanted.get_or_insert(first);
        session.clone().chunk(wanted, rows)
    });
    let last = stream::once(future::ready(())).filter_map(move |()| {
        let early = asked.is_cancelled() && !ended.load(Ordering::Relaxed);
        let answered = counted.load(Ordering::Relaxed).to_string();
        future::ready(early.then(|| Err(status::leaving(status::ANSWERED, answered))))
    });
    let answers = chunks.buffered(AT_ONCE).flat_map(stream::iter);
    let answers = answers.inspect(move |_| _ = count.fetch_add(1, Ordering::Relaxed)).chain(last);
    // An error ends the stream, and lets go of all behind it at once.
    Box::pin(stream::unfold(Some(Box::pin(answers)), |open| async move {
        let mut answers = open?;
        let answer = answers.next().await?;
        let open = answer.is_ok().then_some(answers);
        Some((answer, open))
    }))
}

impl From<pb::MatchEntitiesRequest> for Row {
    fn from(mut request: pb::MatchEntitiesRequest) -> Self {
        let mut client_id = std::mem::take(&mut request.client_id);
        let wanted = Revision(u64::try_from(request.min_revision).unwrap_or_default());
        if client_id.len() <= MAX_CLIENT_ID {
            return Self { client_id, wanted, asked: LookupEntities::try_from(request) };
        }
        let end = (0..=MAX_CLIENT_ID).rev().find(|at| client_id.is_char_boundary(*at)).unwrap_or_default();
        client_id.truncate(end);
        client_id.shrink_to_fit();
        let rule = format!("must have at most {MAX_CLIENT_ID} bytes");
        Self { client_id, wanted, asked: Err(ServiceError::invalid("client_id", ViolationReason::InvalidField, rule)) }
    }
}

impl Session {
    /// The responses to rows that were taken together.
    async fn chunk(
        self,
        wanted: Revision,
        rows: Vec<Result<Row, Status>>,
    ) -> Vec<Result<pb::MatchEntitiesResponse, Status>> {
        if let Some(Err(end)) = rows.first() {
            return vec![Err(end.clone())];
        }
        let good = rows.iter().flatten().filter_map(|row| row.asked.as_ref().ok().cloned()).collect();
        let mut found = match within(&self.call, self.lookup(wanted, good)).await {
            Ok(found) => found.into_iter(),
            Err(error) => return vec![Err(error.into())],
        };
        let mut answer = |row: Row| {
            // One answer for each good row, in order.
            let missing = || Err(ServiceError::Internal("a row without an answer".into()));
            let result = match row.asked.and_then(|_| found.next().unwrap_or_else(missing)) {
                Ok(found) => Outcome::Matched(matched(found)),
                Err(error) => Outcome::Error(error.into()),
            };
            pb::MatchEntitiesResponse { client_id: row.client_id, result: Some(result) }
        };
        rows.into_iter().map(|row| row.map(&mut answer)).collect()
    }

    async fn lookup(&self, wanted: Revision, rows: Vec<LookupEntities>) -> Answer<Vec<Answer<Lookup>>> {
        let matcher = self.matcher.get_or_try_init(|| self.api.matcher(&self.call, wanted)).await?;
        if rows.is_empty() { Ok(Vec::new()) } else { matcher.lookup_all(rows).await }
    }
}

fn matched(found: Lookup) -> pb::EntityMatch {
    let entity = found.candidates.iter().find(|one| one.is_match).map(|one| one.entity.id.name()).unwrap_or_default();
    let texts = Texts::new();
    let quotes = Quotes::new(&texts);
    pb::EntityMatch {
        entity,
        candidates: found.candidates.into_iter().map(|one| convert::candidate(one, &quotes)).collect(),
        interpretation: Some(convert::interpretation(found.interpretation)),
        revision: convert::revision(found.revision),
    }
}

#[cfg(test)]
mod tests;
