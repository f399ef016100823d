//! The gate that every call passes: so many at once and no more, and the standard services always.
//!
//! A call holds its place from its first byte to the last of its answer, so that a stream counts for as long as it
//! runs. Beyond the bound, callers are told at once to come back, and nothing waits. Health and reflection are let
//! through under any load.
//!
//! The gate also sees calls out when the process ends: streams of the standard services, which a client may keep open
//! for ever, at once; other calls when the time to finish is over.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};
use tonic::Status;
use tonic::body::Body;
use tonic::codegen::{Bytes, http};
use tower::{Layer, Service};

use super::sending::Sending;
use crate::service::ServiceError;

/// When a caller that was sent away may come back.
const COME_BACK: Duration = Duration::from_millis(200);

/// How much longer than a call's deadline its request may take to come in.
const UPLOAD: Duration = Duration::from_secs(5);

/// What the services of gRPC itself begin with: health, reflection.
const STANDARD: &str = "/grpc.";

/// Makes the gate around a service.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    places: Places,
    closing: Closing,
    /// Longest time until a call that is no stream begins to answer, its request's own time on the wire included.
    longest: Duration,
}

/// The end of the process, in four steps.
#[derive(Debug, Clone, Default)]
pub(super) struct Closing {
    /// Clients are told to go away, and streams end. Calls that crossed that word on the wire are answered as ever.
    pub(super) begun: CancellationToken,
    /// No more calls are taken.
    pub(super) shut: CancellationToken,
    /// The time that running calls were given is over.
    pub(super) over: CancellationToken,
    /// Everything else has ended; health and metrics were told until now.
    pub(super) gone: CancellationToken,
}

/// Places for calls.
#[derive(Debug, Clone)]
pub(super) struct Places {
    free: Arc<Semaphore>,
    count: u32,
}

impl Places {
    /// So many.
    pub(super) fn new(count: usize) -> Self {
        let count = u32::try_from(count.min(Semaphore::MAX_PERMITS)).unwrap_or(u32::MAX);
        Self { free: Arc::new(Semaphore::new(count as usize)), count }
    }

    /// Waits until no call runs, and lets none begin while the answer is held.
    pub(super) async fn all_free(&self) -> Option<OwnedSemaphorePermit> {
        // Only a semaphore that was closed refuses, and this one never is.
        Arc::clone(&self.free).acquire_many_owned(self.count).await.ok()
    }
}

impl Gate {
    /// A gate before these places.
    pub(super) fn new(places: Places, closing: Closing, deadline: Duration) -> Self {
        Self { places, closing, longest: deadline.saturating_add(UPLOAD) }
    }

    /// What the call holds while it runs, or why it is sent away.
    fn admit(self: &Arc<Self>, path: &str) -> Result<Hold, ServiceError> {
        let hold = |place| Hold { gate: Arc::clone(self), place, end: None };
        if path.starts_with(STANDARD) {
            return Ok(hold(None));
        }
        if self.closing.shut.is_cancelled() {
            return Err(ServiceError::ShuttingDown { retry_after: COME_BACK });
        }
        let place = Arc::clone(&self.places.free).try_acquire_owned();
        let place = place.map_err(|_| ServiceError::Overloaded { retry_after: COME_BACK })?;
        Ok(hold(Some(Arc::new(place))))
    }
}

impl<S> Layer<S> for Gate {
    type Service = Gated<S>;

    fn layer(&self, inner: S) -> Gated<S> {
        Gated { gate: Arc::new(self.clone()), inner }
    }
}

/// A service behind the gate.
#[derive(Debug, Clone)]
pub(super) struct Gated<S> {
    gate: Arc<Gate>,
    inner: S,
}

impl<S, R> Service<http::Request<R>> for Gated<S>
where
    S: Service<http::Request<R>, Response = http::Response<Body>>,
    S::Future: Send + 'static,
{
    type Response = http::Response<Body>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: http::Request<R>) -> Self::Future {
        let mut hold = match self.gate.admit(request.uri().path()) {
            Ok(hold) => hold,
            Err(refused) => return Box::pin(async move { Ok(Status::from(refused).into_http()) }),
        };
        let sending = request.extensions().get::<Arc<Sending>>().cloned();
        let longest = self.gate.longest;
        let answer = self.inner.call(request);
        Box::pin(async move {
            tokio::select! {
                biased;
                answer = answer => Ok(answer?.map(|inner| Body::new(Held { inner, hold, sending, ended: false }))),
                () = poll_fn(|cx| hold.poll_end(cx)) => Ok(ended().into_http()),
                // Streams answer with their headers at once, so this is a request that does not come in.
                () = tokio::time::sleep(longest) => Ok(Status::from(ServiceError::DeadlineExceeded).into_http()),
            }
        })
    }
}

/// What callers are told whose call the process does not finish.
fn ended() -> Status {
    ServiceError::ShuttingDown { retry_after: COME_BACK }.into()
}

/// What a running call holds.
struct Hold {
    gate: Arc<Gate>,
    /// Its place, given back when the last byte of the answer is sent; the standard services have none.
    place: Option<Arc<OwnedSemaphorePermit>>,
    /// Its wait for the moment at which it must end. Most calls never begin to wait.
    end: Option<Pin<Box<WaitForCancellationFutureOwned>>>,
}

impl Hold {
    /// Ready when the call must end.
    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Self { gate, place, end } = self;
        let wait = || {
            let word = if place.is_some() { &gate.closing.over } else { &gate.closing.begun };
            Box::pin(word.clone().cancelled_owned())
        };
        end.get_or_insert_with(wait).as_mut().poll(cx)
    }
}

/// The answer of a call that holds something.
struct Held {
    inner: Body,
    hold: Hold,
    /// Where messages are watched until they are sent.
    sending: Option<Arc<Sending>>,
    ended: bool,
}

impl Held {
    /// A message keeps the call's place until it is sent.
    fn watched(&self, frame: Frame<Bytes>) -> Frame<Bytes> {
        let Some(sending) = &self.sending else { return frame };
        frame.map_data(|bytes| if bytes.is_empty() { bytes } else { sending.watch(bytes, self.hold.place.clone()) })
    }
}

impl HttpBody for Held {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        if let Poll::Ready(frame) = Pin::new(&mut self.inner).poll_frame(cx) {
            return Poll::Ready(frame.map(|frame| frame.map(|frame| self.watched(frame))));
        }
        // Nothing more to tell for now: a watch has told the last change before it ends.
        ready!(self.hold.poll_end(cx));
        self.ended = true;
        let mut trailers = http::HeaderMap::new();
        Poll::Ready(Some(ended().add_header(&mut trailers).map(|()| Frame::trailers(trailers))))
    }

    fn is_end_stream(&self) -> bool {
        self.ended || self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use tonic::Code;
    use tower::service_fn;

    use super::*;

    const DEADLINE: Duration = Duration::from_secs(60);

    /// Answers that never end.
    struct Endless;

    impl HttpBody for Endless {
        type Data = Bytes;
        type Error = Status;

        fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
            Poll::Pending
        }
    }

    async fn call(gate: &Gate, path: &str) -> http::Response<Body> {
        let answer = |_: http::Request<()>| async { Ok::<_, Infallible>(http::Response::new(Body::new(Endless))) };
        let request = http::Request::builder().uri(path).body(()).unwrap();
        gate.layer(service_fn(answer)).call(request).await.unwrap()
    }

    fn code(response: &http::Response<Body>) -> Option<Code> {
        Status::from_header_map(response.headers()).map(|status| status.code())
    }

    #[tokio::test]
    async fn a_place_is_held_until_the_answer_is_dropped() {
        let gate = Gate::new(Places::new(1), Closing::default(), DEADLINE);
        let first = call(&gate, "/bienban.v1.IngestionService/IngestReports").await;
        assert_eq!(code(&first), None);
        let second = call(&gate, "/bienban.v1.AdminService/GetStatus").await;
        assert_eq!(code(&second), Some(Code::ResourceExhausted));
        assert_eq!(code(&call(&gate, "/grpc.health.v1.Health/Check").await), None);
        drop(first);
        assert_eq!(code(&call(&gate, "/bienban.v1.AdminService/GetStatus").await), None);
    }

    async fn end(mut stream: Body) -> Option<Code> {
        let frame = poll_fn(|cx| Pin::new(&mut stream).poll_frame(cx)).await?.ok()?;
        let status = Status::from_header_map(frame.trailers_ref()?)?;
        let after = poll_fn(|cx| Pin::new(&mut stream).poll_frame(cx)).await;
        after.is_none().then(|| status.code())
    }

    #[tokio::test]
    async fn calls_that_cross_the_word_to_go_away_are_answered() {
        let closing = Closing::default();
        let gate = Gate::new(Places::new(1), closing.clone(), DEADLINE);
        closing.begun.cancel();
        assert_eq!(code(&call(&gate, "/bienban.v1.AdminService/GetStatus").await), None);
        closing.shut.cancel();
        assert_eq!(code(&call(&gate, "/bienban.v1.AdminService/GetStatus").await), Some(Code::Unavailable));
    }

    #[tokio::test]
    async fn streams_end_with_the_process() {
        let closing = Closing::default();
        let gate = Gate::new(Places::new(1), closing.clone(), DEADLINE);
        let watch = call(&gate, "/grpc.health.v1.Health/Watch").await.into_body();
        let ingest = call(&gate, "/bienban.v1.IngestionService/IngestReports").await.into_body();
        closing.begun.cancel();
        assert_eq!(end(watch).await, Some(Code::Unavailable));
        closing.over.cancel();
        assert_eq!(end(ingest).await, Some(Code::Unavailable));
    }

    #[tokio::test]
    async fn calls_without_an_answer_end_too() {
        let closing = Closing::default();
        let never = |_: http::Request<()>| std::future::pending::<Result<http::Response<Body>, Infallible>>();
        let mut gated = Gate::new(Places::new(1), closing.clone(), DEADLINE).layer(service_fn(never));
        let waiting = gated.call(http::Request::builder().uri("/bienban.v1.X/Y").body(()).unwrap());
        closing.over.cancel();
        assert_eq!(code(&waiting.await.unwrap()), Some(Code::Unavailable));
    }
}
