//! The port for those who run it: health over gRPC and metrics over HTTP, always in plain text, so that probes and Prometheus need no
//! certificate. It answers from the first moment to the last, also while the server ends.

use std::sync::Arc;

use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tonic::service::Routes;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;

use super::sample::Sampler;
use crate::grpc::Health;

/// What Prometheus is told that the text is.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Serves until the end.
pub(super) async fn serve(
    listener: TcpListener,
    health: Health,
    sampler: Sampler,
    end: CancellationToken,
) -> Result<(), tonic::transport::Error> {
    let sampler = Arc::new(sampler);
    let metrics = get(move || {
        let sampler = Arc::clone(&sampler);
        async move { tell(sampler).await }
    });
    let routes = Routes::new(health.server()).into_axum_router().route("/metrics", metrics);
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    Server::builder()
        .accept_http1(true)
        .add_routes(Routes::from(routes))
        .serve_with_incoming_shutdown(incoming, end.cancelled_owned())
        .await
}

async fn tell(sampler: Arc<Sampler>) -> axum::response::Response {
    match tokio::task::spawn_blocking(move || sampler.render()).await {
        Ok(Ok(text)) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
