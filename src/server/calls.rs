//! Sees every call from its first byte to the last of its answer: counts it, logs it, gives it an id.
//!
//! A caller may send an id of its own in `x-request-id`; it comes back in the answer's headers, or one that was made here. Whatever is
//! logged while the call is worked on stands in a span with id, method and caller.

use std::hash::{BuildHasher as _, RandomState};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll};
use std::time::Instant;

use http_body::{Body as HttpBody, Frame, SizeHint};
use tonic::body::Body;
use tonic::codegen::http::HeaderValue;
use tonic::codegen::{Bytes, http};
use tonic::{Code, Status};
use tower::{Layer, Service};
use tracing::{Instrument as _, Span};

use crate::grpc::{self, Peer};
use crate::telemetry::{self, Metrics};

/// The header with a call's id.
const REQUEST_ID: &str = "x-request-id";
/// Longest id that is taken from a caller.
const LONGEST_ID: usize = 128;

/// Makes the watch around a service.
#[derive(Debug, Clone)]
pub(super) struct Calls {
    pub(super) metrics: Metrics,
}

impl<S> Layer<S> for Calls {
    type Service = Watched<S>;

    fn layer(&self, inner: S) -> Watched<S> {
        Watched { metrics: self.metrics.clone(), inner }
    }
}

/// A service whose calls are seen.
#[derive(Debug, Clone)]
pub(super) struct Watched<S> {
    metrics: Metrics,
    inner: S,
}

impl<S, R> Service<http::Request<R>> for Watched<S>
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
        let id = id_of(request.headers());
        let mut call = Running::begin(&self.metrics, &request, &id);
        let answer = {
            let _inside = call.span.clone().entered();
            self.inner.call(request)
        };
        let span = call.span.clone();
        Box::pin(
            async move {
                let mut answer = answer.await?;
                answer.headers_mut().insert(REQUEST_ID, id);
                // A call that ends at once says so in its headers.
                let status = answer.extensions().get::<Status>().cloned();
                match status.or_else(|| Status::from_header_map(answer.headers())) {
                    Some(status) => call.ended(&status),
                    None => return Ok(answer.map(|inner| Body::new(Answer { inner, call }))),
                }
                Ok(answer)
            }
            .instrument(span),
        )
    }
}

/// The caller's id if it is fit to be logged, else one made here.
fn id_of(headers: &http::HeaderMap) -> HeaderValue {
    let given = headers
        .get(REQUEST_ID)
        .filter(|id| (1..=LONGEST_ID).contains(&id.len()) && id.as_bytes().iter().all(u8::is_ascii_graphic));
    let mut id = given.cloned().unwrap_or_else(|| {
        let made = format!("{:016x}", number());
        HeaderValue::from_str(&made).unwrap_or(HeaderValue::from_static("0"))
    });
    // No other call has it: in the connection's table of headers it would only push others out.
    id.set_sensitive(true);
    id
}

/// A number that no other call is likely to have, in this process or another: the count of calls so far, hashed under a key that is drawn once.
/// Asking the kernel for random bytes at each call would be one more call of the kernel beside the three that a small answer takes.
fn number() -> u64 {
    static KEY: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    static CALLS: AtomicU64 = AtomicU64::new(0);
    KEY.hash_one(CALLS.fetch_add(1, Ordering::Relaxed))
}

/// A call that runs. Dropped before its end, it was cancelled.
struct Running {
    metrics: Metrics,
    method: &'static str,
    begun: Instant,
    span: Span,
    ended: bool,
}

impl Running {
    fn begin<R>(metrics: &Metrics, request: &http::Request<R>, id: &HeaderValue) -> Self {
        let method = grpc::method_name(request.uri().path());
        let peer = request.extensions().get::<Arc<Peer>>().map(|peer| peer.address.ip());
        let span = tracing::info_span!(
            "call",
            method,
            request_id = id.to_str().unwrap_or_default(),
            peer = peer.map(tracing::field::display),
            principal = tracing::field::Empty,
            code = tracing::field::Empty,
            otel.name = method,
            otel.kind = "server",
            otel.status_code = tracing::field::Empty,
        );
        telemetry::adopt(&span, |name| request.headers().get(name)?.to_str().ok());
        metrics.call_begins();
        Self { metrics: metrics.clone(), method, begun: Instant::now(), span, ended: false }
    }

    fn ended(&mut self, status: &Status) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        let took = self.begun.elapsed();
        let code = grpc::code_name(status.code());
        let failed = status.code() != Code::Ok;
        let reason = failed.then(|| grpc::reason::of_status(status));
        self.metrics.call_ended(self.method, code, reason, took);
        self.span.record("code", code);
        if failed {
            self.span.record("otel.status_code", "ERROR");
        }
        let _inside = self.span.enter();
        let micros = took.as_micros();
        match std::error::Error::source(status) {
            // Callers are not told what lies behind; this line is the only one that does.
            Some(cause) => tracing::error!(code, micros, cause = %chain(cause), "call failed"),
            None if status.code() == Code::Internal => tracing::error!(code, micros, "call failed"),
            None => tracing::debug!(code, reason, micros, "call"),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.ended(&Status::cancelled("the caller went away"));
    }
}

/// An answer that is being sent.
struct Answer {
    inner: Body,
    call: Running,
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let polled = {
            let _inside = self.call.span.clone().entered();
            Pin::new(&mut self.inner).poll_frame(cx)
        };
        match &polled {
            Poll::Ready(Some(Ok(frame))) => {
                if let Some(status) = frame.trailers_ref().and_then(Status::from_header_map) {
                    self.call.ended(&status);
                }
            }
            Poll::Ready(Some(Err(status))) => self.call.ended(status),
            Poll::Ready(None) => self.call.ended(&Status::ok("")),
            Poll::Pending => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// An error with everything behind it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("outer")]
    struct Outer(#[source] std::fmt::Error);

    #[test]
    fn a_chain_tells_every_cause() {
        assert_eq!(chain(&Outer(std::fmt::Error)), format!("outer: {}", std::fmt::Error));
    }

    #[test]
    fn ids_are_taken_where_they_are_fit() {
        let with = |id: &str| {
            let mut headers = http::HeaderMap::new();
            headers.insert(REQUEST_ID, HeaderValue::from_bytes(id.as_bytes()).unwrap());
            id_of(&headers)
        };
        assert_eq!(with("portal-17"), "portal-17");
        assert_eq!(with("two words").len(), 16);
        assert_eq!(with(&"x".repeat(LONGEST_ID + 1)).len(), 16);
        assert_ne!(id_of(&http::HeaderMap::new()), id_of(&http::HeaderMap::new()));
    }
}
