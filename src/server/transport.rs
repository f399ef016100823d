//! The socket and HTTP/2.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;

use super::calls::CallLog;
use super::gate::{Closing, Gate, Places};
use crate::grpc::{self, Health, Limits};
use crate::service::Api;

/// How often a silent connection is asked whether it still lives, and how long for an answer.
const KEEPALIVE: (Duration, Duration) = (Duration::from_secs(60), Duration::from_secs(20));

/// What the transport is given.
pub(super) struct Face {
    pub(super) api: Arc<dyn Api>,
    pub(super) health: Health,
    pub(super) limits: Limits,
    pub(super) places: Places,
    pub(super) closing: Closing,
}

/// A task that serves until told to close and every connection is done.
pub(super) type Serving = JoinHandle<Result<(), tonic::transport::Error>>;

/// Takes the address.
pub(super) async fn bind(address: SocketAddr) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Serves on the socket.
///
/// # Errors
/// If the built-in descriptors cannot be read.
pub(super) fn serve(listener: TcpListener, face: Face) -> Result<Serving, tonic_reflection::server::Error> {
    let Face { api, health, limits, places, closing } = face;
    let routes = grpc::router(api, limits, &health, closing.begun.clone())?;
    // Nagle's algorithm would hold small answers back for 40 ms. The server's own setting is not heard here: it must be
    // set on each socket that is accepted.
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    let router = Server::builder()
        .http2_keepalive_interval(Some(KEEPALIVE.0))
        .http2_keepalive_timeout(Some(KEEPALIVE.1))
        .layer(CallLog)
        .layer(Gate::new(places, closing.clone()))
        .add_routes(routes);
    let closed = closing.begun.cancelled_owned();
    Ok(tokio::spawn(router.serve_with_incoming_shutdown(incoming, closed)))
}
