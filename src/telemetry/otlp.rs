//! The way to a collector: OTLP over gRPC or over HTTP, in plain text or TLS.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::tonic_types::transport::{Certificate, ClientTlsConfig};
use opentelemetry_otlp::{
    ExporterBuildError, Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _, WithTonicConfig as _,
};
use ureq::tls::{PemItem, RootCerts, TlsConfig};

use crate::config::{OtlpProtocol, Traces};

/// Longest time that a batch may take.
const SEND: Duration = Duration::from_secs(10);
/// Most bytes read of a collector's answer.
const ANSWER: u64 = 1 << 20;
/// Where a collector takes traces over HTTP, unless the address has a path.
const PATH: &str = "/v1/traces";

/// No way to the collector.
#[derive(Debug, thiserror::Error)]
pub enum OtlpError {
    /// The settings make no exporter.
    #[error(transparent)]
    Build(#[from] ExporterBuildError),
    /// The authority's certificate cannot be read.
    #[error("{path}: {source}")]
    Authority {
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// What sends spans to the collector that the settings name. Nothing is sent yet, so a collector that is away is no error.
pub(super) fn exporter(settings: &Traces) -> Result<SpanExporter, OtlpError> {
    let authority = settings.ca_file.as_deref().map(read).transpose()?;
    Ok(match settings.protocol {
        OtlpProtocol::Grpc => {
            let exporter = SpanExporter::builder().with_tonic().with_endpoint(settings.endpoint.as_str());
            let exporter = exporter.with_timeout(SEND);
            if settings.endpoint.starts_with("https://") {
                let tls = match authority {
                    Some(pem) => ClientTlsConfig::new().ca_certificate(Certificate::from_pem(pem)),
                    None => ClientTlsConfig::new().with_webpki_roots(),
                };
                exporter.with_tls_config(tls).build()?
            } else {
                exporter.build()?
            }
        }
        OtlpProtocol::Http => SpanExporter::builder()
            .with_http()
            .with_http_client(Client::new(authority.as_deref()))
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(with_path(&settings.endpoint))
            .with_timeout(SEND)
            .build()?,
    })
}

fn read(path: &Path) -> Result<Vec<u8>, OtlpError> {
    fs::read(path).map_err(|source| OtlpError::Authority { path: path.to_owned(), source })
}

/// The address with the path at which collectors take traces, where it has none of its own.
fn with_path(endpoint: &str) -> String {
    let host = endpoint.find("://").map_or(0, |at| at + 3);
    match endpoint[host..].trim_end_matches('/').find('/') {
        Some(_) => endpoint.to_owned(),
        None => format!("{}{PATH}", endpoint.trim_end_matches('/')),
    }
}

/// Sends over HTTP/1, in the thread that batches spans.
#[derive(Debug)]
struct Client(ureq::Agent);

impl Client {
    /// Trusts this authority, or those that browsers trust.
    fn new(authority: Option<&[u8]>) -> Self {
        let mut tls = TlsConfig::builder();
        if let Some(pem) = authority {
            let certificates = ureq::tls::parse_pem(pem).filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            });
            tls = tls.root_certs(RootCerts::from(certificates.collect::<Vec<_>>()));
        }
        let config = ureq::Agent::config_builder().timeout_global(Some(SEND)).http_status_as_error(false);
        Self(config.tls_config(tls.build()).build().into())
    }
}

#[async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (head, body) = request.into_parts();
        let answer = self.0.run(Request::from_parts(head, body.to_vec()))?;
        let (head, mut body) = answer.into_parts();
        let mut bytes = Vec::new();
        body.as_reader().take(ANSWER).read_to_end(&mut bytes)?;
        Ok(Response::from_parts(head, bytes.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_added_where_there_is_none() {
        for (given, used) in [
            ("http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/traces"),
            ("https://otel.example/", "https://otel.example/v1/traces"),
            ("https://otel.example/tenant/v1/traces", "https://otel.example/tenant/v1/traces"),
        ] {
            assert_eq!(with_path(given), used);
        }
    }
}
