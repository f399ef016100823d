//! The gRPC face: generated code, thin handlers, conversions, one status map, health, reflection.
//!
//! A handler checks a request's shape, converts it to the service's words, calls, and converts the answer back. What a
//! request means is decided in [`crate::service`]; nothing here knows a store.

mod admin;
pub mod auth;
mod backup_stream;
mod check;
mod convert;
mod correct_meeting;
mod curation;
mod deadline;
mod entities;
pub mod generated;
pub mod health;
mod ingest_stream;
mod ingestion;
mod match_stream;
mod meetings;
mod page;
mod quote;
pub mod reason;
mod rebuild_stream;
mod searches;
mod status;
mod watch_stream;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tonic::codec::CompressionEncoding::{self, Gzip, Zstd};
use tonic::codegen::http;
use tonic::service::Routes;
use tonic::{Code, Request, Status};
use tower::util::MapResponseLayer;

use crate::model::Meeting;
use crate::service::ServiceError;
use crate::service::api::{Api, Call, Evidenced};
use generated::{FILE_DESCRIPTOR_SET, pb};
use quote::Quotes;

pub use auth::Peer;
pub use health::Health;

/// The connection that a call came on is about to close: streams take no more, answer what they have, and end. The server's transport
/// puts it into each request.
#[derive(Debug, Clone)]
pub struct Leaving(pub CancellationToken);

/// What is served beside the API itself, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// Bounds of calls.
    pub limits: Limits,
    /// True: reflection is served.
    pub reflection: bool,
    /// How answers may be compressed where the caller accepts it.
    pub compression: Vec<CompressionEncoding>,
}

/// A method as logs and metrics call it: of the API or of the standard services, else "unknown", so that callers cannot make up names.
#[must_use]
pub fn method_name(path: &str) -> &'static str {
    const STANDARD: [&str; 4] = [
        "grpc.health.v1.Health/Check",
        "grpc.health.v1.Health/Watch",
        "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
    ];
    let standard = || STANDARD.into_iter().find(|name| path.strip_prefix('/') == Some(name));
    auth::method(path).map(|(name, _)| name).or_else(standard).unwrap_or("unknown")
}

/// A code as gRPC spells it.
#[must_use]
pub fn code_name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}

/// Bounds on what one call may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of a request message, uncompressed.
    pub max_request_bytes: usize,
    /// Most bytes of a page, but for a single entry that is larger. Clients receive 4 MiB unless told otherwise.
    pub max_page_bytes: usize,
    /// Longest a unary call may work, whatever its own deadline.
    pub max_wait: Duration,
    /// Most reports of one stream that are on their way to the journal.
    pub stream_reports: usize,
    /// Most bytes of text of one stream that are on their way to the journal, but for a single report that is larger.
    pub stream_bytes: usize,
}

impl Limits {
    /// The usual bounds for a service that takes texts of so many bytes. Requests may be somewhat larger than a text, so
    /// that one just too large is told so by name.
    #[must_use]
    pub fn for_text(max_text_bytes: usize) -> Self {
        const MIB: usize = 1 << 20;
        Self {
            max_request_bytes: max_text_bytes.saturating_add(MIB),
            max_page_bytes: 3 * MIB,
            max_wait: Duration::from_secs(60),
            stream_reports: 256,
            stream_bytes: 16 * MIB,
        }
    }
}

/// What the handlers of all services share.
#[derive(Clone)]
pub struct Handlers {
    api: Arc<dyn Api>,
    limits: Limits,
    shutdown: CancellationToken,
}

impl fmt::Debug for Handlers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handlers").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl Handlers {
    /// When the streams of a call end: with its connection, or with the process.
    fn leaving<M>(&self, request: &Request<M>) -> CancellationToken {
        let leaving = request.extensions().get::<Leaving>().map(|leaving| leaving.0.clone());
        leaving.unwrap_or_else(|| self.shutdown.clone())
    }

    /// A unary call in the service's words.
    fn accept<M, A>(&self, request: Request<M>) -> Result<(Call, A), ServiceError>
    where
        A: TryFrom<M, Error = ServiceError>,
    {
        let call = deadline::call(request.metadata(), Some(self.limits.max_wait));
        Ok((call, request.into_inner().try_into()?))
    }
}

/// A meeting's record as the API's message in FULL view, for commands that ask no server.
#[must_use]
pub fn meeting_message(found: Evidenced<Meeting>) -> pb::Meeting {
    convert::full_meeting(found.value, &Quotes::new(&found.texts))
}

/// Every service of `bienban.v1`, health, and reflection in v1 and v1alpha. When `shutdown` is cancelled, streams take
/// no more reports, answer those they have, and end.
///
/// # Errors
/// If the built-in descriptors cannot be read.
pub fn router(
    api: Arc<dyn Api>,
    options: Options,
    health: &Health,
    shutdown: CancellationToken,
) -> Result<Routes, tonic_reflection::server::Error> {
    let Options { limits, reflection: reflects, compression } = options;
    let handlers = Handlers { api, limits, shutdown };
    macro_rules! served {
        ($service:ty) => {{
            let service = <$service>::new(handlers.clone())
                .max_decoding_message_size(limits.max_request_bytes)
                .accept_compressed(Gzip)
                .accept_compressed(Zstd);
            compression.iter().fold(service, |service, encoding| service.send_compressed(*encoding))
        }};
    }
    let reflection = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
            // What errors carry: tools that work by reflection, as grpcurl does, then print it in words.
            .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
    };
    let mut routes = Routes::new(served!(pb::ingestion_service_server::IngestionServiceServer<Handlers>))
        .add_service(served!(pb::meeting_service_server::MeetingServiceServer<Handlers>))
        .add_service(served!(pb::entity_service_server::EntityServiceServer<Handlers>))
        .add_service(served!(pb::search_service_server::SearchServiceServer<Handlers>))
        .add_service(served!(pb::curation_service_server::CurationServiceServer<Handlers>))
        .add_service(served!(pb::admin_service_server::AdminServiceServer<Handlers>))
        .add_service(health.server());
    if reflects {
        routes = routes.add_service(reflection().build_v1()?).add_service(reflection().build_v1alpha()?);
    }
    let completed = routes.into_axum_router().layer(MapResponseLayer::new(complete));
    Ok(Routes::from(completed).prepare())
}

/// Gives a reason to statuses that tonic made without one. A status that ends a call at once lies in the response's
/// headers, and beside them in its extensions where a handler returned it; one that ends a stream passes through our
/// own hands.
fn complete<B>(mut response: http::Response<B>) -> http::Response<B> {
    let returned = response.extensions_mut().remove::<Status>();
    if let Some(status) = returned.or_else(|| Status::from_header_map(response.headers())) {
        let status = status::complete(status);
        // Only metadata that is no valid header could fail here, and ours is; the old headers would stand then.
        let _ = status.add_header(response.headers_mut());
        response.extensions_mut().insert(status);
    }
    response
}

#[cfg(test)]
mod tests;
