//! The socket: takes connections, so many and no more, shakes hands over TLS, and sees every one to its end.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_util::task::TaskTracker;
use tonic::body::Body;
use tonic::codegen::http;
use tower::Service;

use super::connection::{self, Bounds};
use super::gate::Closing;
use super::tls::{self, Tls};
use crate::grpc::Peer;
use crate::telemetry::Metrics;

/// How long a new connection may take to say its first byte, and to shake hands.
const FIRST: Duration = Duration::from_secs(10);
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
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            // Closed without a word; gRPC clients take that as UNAVAILABLE and come back later.
            self.metrics.connection_refused();
            return;
        };
        let guest = Guest {
            _place: place,
            tls: self.tls.as_ref().map(|tls| TlsAcceptor::from(tls.config())),
            bounds: Arc::clone(&self.bounds),
            closing: self.closing.clone(),
            metrics: self.metrics.clone(),
        };
        guests.spawn(guest.stay(stream, address, service));
    }
}

/// One connection, from the door on.
struct Guest {
    _place: OwnedSemaphorePermit,
    tls: Option<TlsAcceptor>,
    bounds: Arc<Bounds>,
    closing: Closing,
    metrics: Metrics,
}

impl Guest {
    async fn stay<S>(self, stream: TcpStream, address: SocketAddr, service: S)
    where
        S: Service<http::Request<Body>, Response = http::Response<Body>> + Clone + Send + 'static,
        S::Future: Send + 'static,
        S::Error: Into<Box<dyn std::error::Error + Send + Sync>> + Send,
    {
        self.metrics.connection_opened();
        let _closed = Closed(&self.metrics);
        // Nagle's algorithm would hold small answers back for 40 ms.
        if stream.set_nodelay(true).is_err() || !spoke(&stream).await {
            return;
        }
        let peer = |names| Peer { address, names };
        let Some(acceptor) = &self.tls else {
            return connection::serve(stream, peer(Vec::new()), service, &self.bounds, &self.closing, &self.metrics)
                .await;
        };
        match timeout(FIRST, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => {
                let shown = stream.get_ref().1.peer_certificates().and_then(<[_]>::first);
                let peer = peer(shown.map(tls::names).unwrap_or_default());
                connection::serve(stream, peer, service, &self.bounds, &self.closing, &self.metrics).await;
            }
            failed => {
                let error = match failed {
                    Ok(Err(error)) => error.to_string(),
                    _ => "it took too long".to_owned(),
                };
                tracing::debug!(peer = %address, error, "TLS handshake failed");
                self.metrics.handshake_failed();
            }
        }
    }
}

/// Counts a connection out, however it ended.
struct Closed<'a>(&'a Metrics);

impl Drop for Closed<'_> {
    fn drop(&mut self) {
        self.0.connection_closed();
    }
}

/// Waits for the first byte: connections that never say a word do not stay.
async fn spoke(stream: &TcpStream) -> bool {
    matches!(timeout(FIRST, stream.peek(&mut [0])).await, Ok(Ok(1)))
}
