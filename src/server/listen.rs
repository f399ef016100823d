//! The socket: takes connections, so many and no more, shakes hands over TLS, and sees every one to its end.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_util::task::TaskTracker;
use tonic::body::Body;
use tonic::codegen::http;
use tower::Service;

use super::connection::{self, Bounds, FIRST, House};
use super::crowd::{Crowd, Newcomer};
use super::gate::Closing;
use super::tls::{self, Tls};
use crate::grpc::Peer;
use crate::telemetry::Metrics;

/// How long a newcomer waits for the place of one that is sent out.
const GIVE_WAY: Duration = Duration::from_secs(1);
/// How long to wait after the system refused to hand out a connection (no more files, mostly).
const RECOVER: Duration = Duration::from_millis(100);

/// Takes connections and hands them to a service.
#[derive(Debug)]
pub(super) struct Door {
    pub(super) listener: TcpListener,
    pub(super) tls: Option<Arc<Tls>>,
    pub(super) bounds: Arc<Bounds>,
    /// Places for connections.
    pub(super) places: Arc<Semaphore>,
    /// Connections on which nobody has called yet.
    pub(super) crowd: Crowd,
    pub(super) closing: Closing,
    pub(super) metrics: Metrics,
}

/// Takes the address.
pub(super) async fn bind(address: SocketAddr) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

impl Door {
    /// Serves until told to close and every connection is done.
    pub(super) async fn serve<S>(self, service: S) -> io::Result<()>
    where
        S: Service<http::Request<Body>, Response = http::Response<Body>> + Clone + Send + 'static,
        S::Future: Send + 'static,
        S::Error: Into<Box<dyn std::error::Error + Send + Sync>> + Send,
    {
        let guests = TaskTracker::new();
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                () = self.closing.begun.cancelled() => break,
            };
            match accepted {
                Ok((stream, address)) => self.welcome(stream, address, service.clone(), &guests),
                Err(error) => {
                    tracing::warn!(%error, "no connection can be taken");
                    tokio::time::sleep(RECOVER).await;
                }
            }
        }
        // Nobody is let in while those inside finish: a client that came now would wait for nothing.
        drop(self.listener);
        guests.close();
        guests.wait().await;
        Ok(())
    }

    fn welcome<S>(&self, stream: TcpStream, address: SocketAddr, service: S, guests: &TaskTracker)
    where
        S: Service<http::Request<Body>, Response = http::Response<Body>> + Clone + Send + 'static,
        S::Future: Send + 'static,
        S::Error: Into<Box<dyn std::error::Error + Send + Sync>> + Send,
    {
        let place = match Arc::clone(&self.places).try_acquire_owned() {
            Ok(place) => Ok(place),
            Err(_) if self.crowd.send_one_out() => Err(Arc::clone(&self.places)),
            Err(_) => {
                // Closed without a word; gRPC clients take that as UNAVAILABLE and come back later.
                self.metrics.connection_refused();
                return;
            }
        };
        let guest = Guest {
            newcomer: self.crowd.enter(),
            tls: self.tls.as_ref().map(|tls| TlsAcceptor::from(tls.config())),
            bounds: Arc::clone(&self.bounds),
            closing: self.closing.clone(),
            metrics: self.metrics.clone(),
        };
        guests.spawn(async move {
            let place = match place {
                Ok(place) => Some(place),
                Err(places) => timeout(GIVE_WAY, places.acquire_owned()).await.ok().and_then(Result::ok),
            };
            match place {
                Some(place) => guest.stay(place, stream, address, service).await,
                None => guest.metrics.connection_refused(),
            }
        });
    }
}

/// One connection, from the door on.
struct Guest {
    newcomer: Newcomer,
    tls: Option<TlsAcceptor>,
    bounds: Arc<Bounds>,
    closing: Closing,
    metrics: Metrics,
}

impl Guest {
    async fn stay<S>(self, _place: OwnedSemaphorePermit, stream: TcpStream, address: SocketAddr, service: S)
    where
        S: Service<http::Request<Body>, Response = http::Response<Body>> + Clone + Send + 'static,
        S::Future: Send + 'static,
        S::Error: Into<Box<dyn std::error::Error + Send + Sync>> + Send,
    {
        self.metrics.connection_opened();
        let _closed = Closed(self.metrics.clone());
        let greeted = tokio::select! {
            greeted = self.greet(stream, address) => greeted,
            () = self.newcomer.out.cancelled() => {
                self.metrics.connection_refused();
                None
            }
        };
        let Self { newcomer, bounds, closing, metrics, tls: _ } = self;
        let house = House { newcomer, bounds: &bounds, closing: &closing, metrics: &metrics };
        match greeted {
            Some(Greeted::Plain(stream)) => {
                connection::serve(stream, Peer { address, names: Vec::new() }, service, house).await;
            }
            Some(Greeted::Secret(stream, names)) => {
                connection::serve(*stream, Peer { address, names }, service, house).await;
            }
            None => {}
        }
    }

    /// Waits for the first byte, and shakes hands where TLS is on.
    async fn greet(&self, stream: TcpStream, address: SocketAddr) -> Option<Greeted> {
        // Nagle's algorithm would hold small answers back for 40 ms.
        if stream.set_nodelay(true).is_err() || !spoke(&stream).await {
            return None;
        }
        let Some(acceptor) = &self.tls else { return Some(Greeted::Plain(stream)) };
        let error = match timeout(FIRST, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => {
                let shown = stream.get_ref().1.peer_certificates().and_then(<[_]>::first);
                let names = shown.map(tls::names).unwrap_or_default();
                return Some(Greeted::Secret(Box::new(stream), names));
            }
            Ok(Err(error)) => error.to_string(),
            Err(_) => "it took too long".to_owned(),
        };
        tracing::debug!(peer = %address, error, "TLS handshake failed");
        self.metrics.handshake_failed();
        None
    }
}

/// A connection that is ready to speak.
enum Greeted {
    Plain(TcpStream),
    /// With the names that the client's certificate shows.
    Secret(Box<TlsStream<TcpStream>>, Vec<String>),
}

/// Counts a connection out, however it ended.
struct Closed(Metrics);

impl Drop for Closed {
    fn drop(&mut self) {
        self.0.connection_closed();
    }
}

/// Waits for the first byte: connections that never say a word do not stay.
async fn spoke(stream: &TcpStream) -> bool {
    matches!(timeout(FIRST, stream.peek(&mut [0])).await, Ok(Ok(1)))
}
