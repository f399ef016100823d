//! The sample reports that come with the program.

use std::path::{Path, PathBuf};

use bienban::cli::files;
use bienban::grpc::generated::pb;
use pb::ingest_reports_response::Result as Outcome;

use super::TestServer;

/// Where they are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports")
}

/// All of them, as requests.
pub fn requests() -> Vec<pb::IngestReportRequest> {
    files::plan(&[folder()]).read().map(|found| request(found.expect("a report").report)).collect()
}

/// One of them.
pub fn named(id: &str) -> pb::IngestReportRequest {
    requests().into_iter().find(|request| request.report_id == id).expect("a sample")
}

fn request(report: bienban::service::draft::ReportInput) -> pb::IngestReportRequest {
    let bienban::service::draft::ReportInput { id, url, publisher, title, publish_date, text } = report;
    let report = pb::Report { url, publisher, title, publish_date, text, ..Default::default() };
    pb::IngestReportRequest { report: Some(report), report_id: id, ..Default::default() }
}

/// The same request for a stream.
pub fn in_stream(client_id: String, request: pb::IngestReportRequest) -> pb::IngestReportsRequest {
    let pb::IngestReportRequest { report, report_id, request_id, etag, .. } = request;
    pb::IngestReportsRequest { client_id, report, report_id, request_id, etag }
}

/// Hands all of them over in one stream; the last revision.
pub async fn load(server: &TestServer) -> i64 {
    load_all(server, requests()).await
}

/// A server that answers from all of them.
pub async fn served() -> TestServer {
    let server = TestServer::start().await;
    let min_revision = load(&server).await;
    let request = pb::ListEntitiesRequest { page_size: 1, min_revision, ..Default::default() };
    server.entities().list_entities(request).await.expect("answers at that revision");
    server
}

/// Hands reports over in one stream; the last revision.
pub async fn load_all(server: &TestServer, requests: Vec<pb::IngestReportRequest>) -> i64 {
    let count = requests.len();
    let stream: Vec<_> =
        requests.into_iter().enumerate().map(|(at, request)| in_stream(at.to_string(), request)).collect();
    let mut outcomes =
        server.ingestion().ingest_reports(tokio_stream::iter(stream)).await.expect("a stream").into_inner();
    let (mut last, mut answered) = (0, 0);
    while let Some(outcome) = outcomes.message().await.expect("goes on") {
        match outcome.result {
            Some(Outcome::Ingested(kept)) => last = last.max(kept.revision),
            other => panic!("{} was not kept: {other:?}", outcome.client_id),
        }
        answered += 1;
    }
    assert_eq!(answered, count, "one outcome for each report");
    last
}
