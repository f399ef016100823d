//! Logs calls: every one at debug level, those that ended by a fault of ours as errors with the cause.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use tonic::codegen::http;
use tonic::{Code, Status};
use tower::{Layer, Service};

/// Makes the log around a service.
#[derive(Debug, Clone, Copy)]
pub(super) struct CallLog;

impl<S> Layer<S> for CallLog {
    type Service = Logged<S>;

    fn layer(&self, inner: S) -> Logged<S> {
        Logged { inner }
    }
}

/// A service whose calls are logged.
#[derive(Debug, Clone)]
pub(super) struct Logged<S> {
    inner: S,
}

impl<S, R, B> Service<http::Request<R>> for Logged<S>
where
    S: Service<http::Request<R>, Response = http::Response<B>>,
    S::Future: Send + 'static,
{
    type Response = http::Response<B>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: http::Request<R>) -> Self::Future {
        let method = request.uri().path().to_owned();
        let begun = Instant::now();
        let answer = self.inner.call(request);
        Box::pin(async move {
            let answer = answer.await?;
            // Of a stream that is going on, and of an answer with a message, there is no status yet: it is well.
            log(&method, begun, answer.extensions().get::<Status>());
            Ok(answer)
        })
    }
}

fn log(method: &str, begun: Instant, status: Option<&Status>) {
    let micros = begun.elapsed().as_micros();
    let code = status.map_or(Code::Ok, Status::code);
    match status.and_then(std::error::Error::source) {
        // Callers are not told what lies behind; this line is the only one that does.
        Some(cause) => tracing::error!(method, ?code, micros, cause = %chain(cause), "call failed"),
        None if code == Code::Internal => tracing::error!(method, ?code, micros, "call failed"),
        None => tracing::debug!(method, ?code, micros, "call"),
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
}
