//! What browsers ask before they let a page call.

use std::time::Duration;

use tonic::codegen::http::{HeaderName, HeaderValue, Method};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// How long a browser may remember the answer.
const REMEMBER: Duration = Duration::from_secs(24 * 3600);
/// What pages may send.
const ASK: [&str; 7] =
    ["authorization", "content-type", "grpc-timeout", "traceparent", "x-grpc-web", "x-request-id", "x-user-agent"];
/// What pages may read.
const TELL: [&str; 4] = ["grpc-status", "grpc-message", "grpc-status-details-bin", "x-request-id"];

/// Lets pages of these origins call; `*` stands for all.
pub(super) fn cors(origins: &[String]) -> CorsLayer {
    let origin = if origins.iter().any(|origin| origin == "*") {
        AllowOrigin::any()
    } else {
        // What is no header value is no origin of any page.
        AllowOrigin::list(origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()))
    };
    CorsLayer::new()
        .allow_origin(origin)
        .allow_methods([Method::POST])
        .allow_headers(ASK.map(HeaderName::from_static))
        .expose_headers(TELL.map(HeaderName::from_static))
        .max_age(REMEMBER)
}
