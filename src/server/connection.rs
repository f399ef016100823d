//! One connection: HTTP/2 (HTTP/1 too where browsers are served), its age, and its end.
//!
//! A connection that has reached its age is told to go away (GOAWAY): calls on it finish, streams end with a point to resume from, and the
//! client's next call opens a new connection, which may lead to another pod. Ages vary by a tenth around the one set, so that
//! connections that began together do not end together.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, interval, sleep_until};
use tonic::body::Body;
use tonic::codegen::http;
use tower::{Service, ServiceExt as _};

use super::cork::{Cork, Corked};
use super::crowd::Newcomer;
use super::frames::Observed;
use super::gate::Closing;
use super::sending::Sending;
use crate::grpc::{Leaving, Peer};
use crate::telemetry::Metrics;

/// How long a new connection may take to say what it speaks, and to shake hands before that.
pub(super) const FIRST: Duration = Duration::from_secs(10);

/// How often a connection's unsent answers are looked at.
const LOOK: Duration = Duration::from_secs(1);

/// How long a connection has at the very end to hand out what its calls were told.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Bytes of one call that may wait unread. A client that streams small messages may send each in a frame of its own, and a connection is ended
/// on which too many small frames wait: 256 bytes less its own for each are counted against half of [`CONNECTION_WINDOW`]. With these
/// two no call alone can come to that, and a dozen at once not with messages of 20 bytes or more.
const CALL_WINDOW: u32 = 65_535;

/// Bytes of all calls of a connection that may wait unread.
const CONNECTION_WINDOW: u32 = 16 << 20;

/// What ends a connection before its time.
type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Bounds of a connection.
#[derive(Debug, Clone)]
pub(super) struct Bounds {
    /// Most calls on one connection at once.
    pub(super) streams: u32,
    /// Most bytes of a call's headers.
    pub(super) headers: u32,
    /// How often a silent connection is asked whether it still lives.
    pub(super) keepalive: Duration,
    /// How long it has to answer.
    pub(super) keepalive_timeout: Duration,
    /// How long a message may wait for the client to take it.
    pub(super) send: Duration,
    /// About how old a connection becomes; none: as old as it likes.
    pub(super) age: Option<Duration>,
    /// How long calls may go on once it was told to go away.
    pub(super) grace: Duration,
    /// True: HTTP/1 is spoken too.
    pub(super) http1: bool,
}

impl Bounds {
    fn builder(&self) -> Builder<TokioExecutor> {
        let mut builder = Builder::new(TokioExecutor::new());
        if !self.http1 {
            builder = builder.http2_only();
        }
        builder.http1().timer(TokioTimer::new()).max_buf_size((self.headers as usize).max(8192));
        builder
            .http2()
            .timer(TokioTimer::new())
            .max_concurrent_streams(self.streams)
            .initial_stream_window_size(CALL_WINDOW)
            .initial_connection_window_size(CONNECTION_WINDOW)
            .max_header_list_size(self.headers)
            .keep_alive_interval(self.keepalive)
            .keep_alive_timeout(self.keepalive_timeout);
        builder
    }

    /// This connection's own age.
    fn age(&self) -> Option<Instant> {
        let age = self.age?;
        let tenth = u64::try_from(age.as_millis() / 10).unwrap_or(u64::MAX).max(1);
        // Without randomness all are as old; that is no reason to fail.
        let luck = getrandom::u64().unwrap_or(0) % (2 * tenth);
        Instant::now().checked_add(age - Duration::from_millis(tenth) + Duration::from_millis(luck))
    }
}

/// What a connection is served with.
pub(super) struct House<'a> {
    /// The connection among those on which nobody has called yet.
    pub(super) newcomer: Newcomer,
    pub(super) bounds: &'a Bounds,
    pub(super) closing: &'a Closing,
    pub(super) metrics: &'a Metrics,
}

/// Serves one connection until its end.
pub(super) async fn serve<S, IO>(io: IO, peer: Peer, service: S, house: House<'_>)
where
    IO: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    S: Service<http::Request<Body>, Response = http::Response<Body>> + Clone + Send + 'static,
    S::Future: Send + 'static,
    S::Error: Into<Box<dyn std::error::Error + Send + Sync>> + Send,
{
    let House { newcomer, bounds, closing, metrics } = house;
    let out = newcomer.out.clone();
    let (peer, leaving) = (Arc::new(peer), Leaving(closing.begun.child_token()));
    let sending = Arc::new(Sending::default());
    let carried = (Arc::clone(&peer), leaving.clone(), Arc::clone(&sending));
    let called = AtomicBool::new(false);
    let called = Arc::new((called, newcomer));
    let service = service.map_request(move |request: http::Request<Incoming>| {
        if !called.0.swap(true, Ordering::Relaxed) {
            called.1.has_called();
        }
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Arc::clone(&carried.0));
        request.extensions_mut().insert(carried.1.clone());
        request.extensions_mut().insert(Arc::clone(&carried.2));
        request
    });
    let builder = bounds.builder();
    let (io, manners) = Observed::new(io);
    let (io, cork) = Corked::new(io);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(io), TowerToHyperService::new(service)));
    let (mut age, mut over, mut look) = (bounds.age(), None, interval(LOOK));
    let mut greeting = Some(Instant::now() + FIRST);
    let mut told = false;
    loop {
        tokio::select! {
            ended = poll_fn(|cx| turn(connection.as_mut(), &cork, cx)) => {
                if manners.abused() {
                    tracing::warn!(peer = %peer.address, "a client sends too much beside calls; its connection is closed");
                    metrics.connection_abused();
                } else if let Err(error) = ended {
                    tracing::debug!(peer = %peer.address, %error, "connection ended");
                }
                return;
            }
            () = until(greeting) => {
                greeting = None;
                if !manners.greeted() {
                    metrics.connection_abused();
                    return;
                }
            }
            () = out.cancelled() => {
                metrics.connection_refused();
                return;
            }
            () = until(age), if !told => {
                age = None;
                over = Instant::now().checked_add(bounds.grace);
                leaving.0.cancel();
            }
            () = leaving.0.cancelled(), if !told => {
                told = true;
                connection.as_mut().graceful_shutdown();
            }
            () = until(over) => return,
            () = closing.over.cancelled(), if over.is_none() => over = Instant::now().checked_add(LAST_WORDS),
            _ = look.tick() => {
                if sending.waits_longer_than(bounds.send) {
                    tracing::warn!(peer = %peer.address, "a client does not take its answers; its connection is closed");
                    metrics.connection_stalled();
                    return;
                }
            }
        }
    }
}

/// One turn of a connection: what it has written by then is sent.
fn turn<C, IO>(connection: Pin<&mut C>, cork: &Cork<IO>, cx: &mut Context<'_>) -> Poll<C::Output>
where
    C: Future<Output = Result<(), Fault>>,
    IO: AsyncWrite + Unpin,
{
    let ended = connection.poll(cx);
    match cork.send(cx) {
        Poll::Ready(Err(error)) if ended.is_pending() => Poll::Ready(Err(error.into())),
        // The rest goes when the socket takes it again; this task is woken then.
        _ => ended,
    }
}

/// Waits until then; for ever where there is no such time.
async fn until(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => std::future::pending().await,
    }
}
