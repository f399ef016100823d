//! From the socket to the handlers: what every call passes, outermost first.
//!
//! ```text
//! connection ─▶ (CORS ─▶ gRPC-Web ─▶) calls (id, count, log) ─▶ guard (who, may they, how often) ─▶ gate (places, deadline, the end) ─▶ handlers
//! ```

use std::io;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tonic::codec::CompressionEncoding;
use tower::ServiceBuilder;
use tower::util::option_layer;

use super::calls::Calls;
use super::connection::Bounds;
use super::crowd::Crowd;
use super::gate::{Closing, Gate, Places};
use super::listen::Door;
use super::tls::{Tls, TlsFiles};
use super::web;
use crate::config::{Config, Encoding, Limits as Settings};
use crate::grpc::auth::{Gatekeeper, Guard, Rate};
use crate::grpc::{self, Health, Limits, Options};
use crate::service::Api;
use crate::telemetry::Metrics;

/// What the transport is given.
pub(super) struct Face {
    pub(super) api: Arc<dyn Api>,
    pub(super) health: Health,
    pub(super) keeper: Arc<Gatekeeper>,
    pub(super) tls: Option<Arc<Tls>>,
    pub(super) places: Places,
    pub(super) closing: Closing,
    pub(super) metrics: Metrics,
}

/// A task that serves until told to close and every connection is done.
pub(super) type Serving = JoinHandle<io::Result<()>>;

/// Serves on the socket.
///
/// # Errors
/// If the built-in descriptors cannot be read.
pub(super) fn serve(
    listener: TcpListener,
    face: Face,
    config: &Config,
) -> Result<Serving, tonic_reflection::server::Error> {
    let Face { api, health, keeper, tls, places, closing, metrics } = face;
    let routes = grpc::router(api, options(config), &health, closing.begun.clone())?;
    let guard = Guard {
        keeper,
        rate: rate(&config.limits),
        open_health: config.auth.open_health,
        open_reflection: config.auth.open_reflection,
    };
    let web = &config.web;
    let service = ServiceBuilder::new()
        .layer(option_layer((!web.origins.is_empty()).then(|| web::cors(&web.origins))))
        .layer(option_layer(web.grpc_web.then(tonic_web::GrpcWebLayer::new)))
        .layer(Calls { metrics: metrics.clone() })
        .layer(guard)
        .layer(Gate::new(places, closing.clone(), config.limits.deadline))
        .service(routes);
    let door = Door {
        listener,
        tls,
        bounds: Arc::new(bounds(config)),
        places: Arc::new(Semaphore::new(config.limits.connections)),
        crowd: Crowd::default(),
        closing,
        metrics,
    };
    Ok(tokio::spawn(door.serve(service)))
}

fn options(config: &Config) -> Options {
    let compression = config.server.compression.iter().map(|encoding| match encoding {
        Encoding::Zstd => CompressionEncoding::Zstd,
        Encoding::Gzip => CompressionEncoding::Gzip,
    });
    Options {
        limits: Limits { max_wait: config.limits.deadline, ..Limits::for_text(config.limits.text) },
        reflection: config.server.reflection,
        compression: compression.collect(),
    }
}

fn rate(limits: &Settings) -> Option<Arc<Rate>> {
    let count = |count| u32::try_from(count).ok().and_then(std::num::NonZeroU32::new);
    Some(Arc::new(Rate::new(count(limits.rate)?, count(limits.burst)?)))
}

fn bounds(config: &Config) -> Bounds {
    let limits = &config.limits;
    let small = |count| u32::try_from(count).unwrap_or(u32::MAX);
    Bounds {
        streams: small(limits.streams),
        headers: small(limits.headers),
        keepalive: limits.keepalive,
        keepalive_timeout: limits.keepalive_timeout,
        send: limits.send,
        age: Some(limits.connection_age).filter(|age| !age.is_zero()),
        grace: limits.connection_grace,
        http1: config.web.grpc_web,
    }
}

/// Where TLS is read from, if it is wanted.
pub(super) fn tls_files(config: &Config) -> Option<TlsFiles> {
    let (Some(cert), Some(key)) = (config.tls.cert_file.clone(), config.tls.key_file.clone()) else { return None };
    let (client_ca, require_client) = (config.tls.client_ca_file.clone(), config.tls.client_cert_required);
    let mut protocols = vec![b"h2".to_vec()];
    if config.web.grpc_web {
        protocols.push(b"http/1.1".to_vec());
    }
    Some(TlsFiles { cert, key, client_ca, require_client, protocols })
}
