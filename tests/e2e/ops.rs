//! Health and metrics on a port of their own, and bounds of connections.

use std::time::Duration;

use bienban::config::Config;
use bienban::grpc::generated::pb;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tonic::Code;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use crate::common::{self, Refusal, TestServer, samples, text};

fn with_ops(config: &mut Config) {
    config.server.ops_listen = Some(([127, 0, 0, 1], 0).into());
}

async fn metrics(server: &TestServer) -> String {
    let address = server.running.ops_address().expect("an address");
    let mut stream = TcpStream::connect(address).await.expect("connects");
    let request = format!("GET /metrics HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("UTF-8");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    answer
}

#[tokio::test]
async fn metrics_tell_what_happened() {
    let server = TestServer::start_with(common::folder(), with_ops).await;
    let kept = server.ingest(text("r1", "Sáng 5-8-2023, phường họp.")).await.expect("kept");
    let request =
        pb::GetReportRequest { name: "reports/none".into(), min_revision: kept.revision, ..Default::default() };
    server.ingestion().get_report(request).await.expect_err("none");
    let told = metrics(&server).await;
    for line in [
        "bienban_calls_total{method=\"bienban.v1.IngestionService/IngestReport\",code=\"OK\"} 1",
        "bienban_calls_refused_total{method=\"bienban.v1.IngestionService/GetReport\",reason=\"REPORT_NOT_FOUND\"} 1",
        "bienban_call_duration_seconds_count{method=\"bienban.v1.IngestionService/IngestReport\"} 1",
        "bienban_journal_revision 1",
        "bienban_projection_revision 1",
        "bienban_projection_lag_revisions 0",
        "bienban_things{kind=\"report\"} 1",
        "bienban_calls_running 0",
        "bienban_connections 1",
        "bienban_ready 1",
        "# EOF",
    ] {
        assert!(told.lines().any(|told| told.trim_end() == line), "{line} is not in\n{told}");
    }
    assert!(told.contains("bienban_stored_bytes{store=\"journal\"}"), "{told}");
    server.stop().await;
}

#[tokio::test]
async fn health_has_a_port_of_its_own_to_the_last() {
    let server = TestServer::start_with(common::folder(), with_ops).await;
    let address = server.running.ops_address().expect("an address").to_string();
    let mut health = HealthClient::new(common::connect(&address).await);
    let ask = |service: &str| HealthCheckRequest { service: service.into() };
    let mut readiness = health.watch(ask("")).await.expect("a watch").into_inner();
    while readiness.message().await.expect("goes on").expect("a status").status() != ServingStatus::Serving {}
    let (sender, requests) = tokio::sync::mpsc::channel::<pb::IngestReportsRequest>(1);
    let stream = tokio_stream::wrappers::ReceiverStream::new(requests);
    let mut outcomes = server.ingestion().ingest_reports(stream).await.expect("a stream").into_inner();
    server.running.shutdown();
    assert_eq!(readiness.message().await.expect("goes on").expect("a status").status(), ServingStatus::NotServing);
    let alive = health.check(ask("liveness")).await.expect("a status").into_inner();
    assert_eq!(alive.status(), ServingStatus::Serving, "it ends, and lives");
    let end = outcomes.message().await.expect_err("ends");
    assert_eq!(Refusal::of(&end).reason, "SHUTTING_DOWN");
    drop(sender);
    server.running.wait().await.expect("ends well");
}

#[tokio::test]
async fn an_old_connection_is_told_to_go_and_its_stream_says_where_to_resume() {
    let server = TestServer::start_with(common::folder(), |config| {
        config.limits.connection_age = Duration::from_millis(300);
    })
    .await;
    let (sender, requests) = tokio::sync::mpsc::channel(8);
    let stream = tokio_stream::wrappers::ReceiverStream::new(requests);
    let mut outcomes = server.ingestion().ingest_reports(stream).await.expect("a stream").into_inner();
    sender.send(samples::in_stream("1".into(), text("r1", "Phường họp."))).await.expect("sent");
    assert_eq!(outcomes.message().await.expect("goes on").expect("an outcome").client_id, "1");
    let end = outcomes.message().await.expect_err("the connection is old");
    assert_eq!((end.code(), Refusal::of(&end).reason.as_str()), (Code::Unavailable, "SHUTTING_DOWN"));
    server.admin().get_status(pb::GetStatusRequest {}).await.expect("a new connection is opened");
    server.stop().await;
}

#[tokio::test]
async fn connections_beyond_the_bound_are_closed() {
    let server = TestServer::start_with(common::folder(), |config| config.limits.connections = 1).await;
    server.admin().get_status(pb::GetStatusRequest {}).await.expect("the first has called");
    let mut second = TcpStream::connect(server.running.address()).await.expect("the system takes it");
    assert!(matches!(second.read(&mut [0; 8]).await, Ok(0) | Err(_)), "closed without a word");
    server.admin().get_status(pb::GetStatusRequest {}).await.expect("the first goes on");
    server.stop().await;
}

#[tokio::test]
async fn headers_beyond_the_bound_are_refused() {
    let server = TestServer::start_with(common::folder(), |config| config.limits.headers = 1024).await;
    let mut request = tonic::Request::new(pb::GetStatusRequest {});
    request.metadata_mut().insert("x-large", "x".repeat(4096).parse().expect("ASCII"));
    server.admin().get_status(request).await.expect_err("too large");
    server.stop().await;
}

#[tokio::test]
async fn a_call_has_an_id() {
    let server = TestServer::start().await;
    let mut request = tonic::Request::new(pb::GetStatusRequest {});
    request.metadata_mut().insert("x-request-id", "portal-17".parse().expect("ASCII"));
    let answer = server.admin().get_status(request).await.expect("a status");
    assert_eq!(answer.metadata().get("x-request-id").expect("an id"), "portal-17");
    let answer = server.admin().get_status(pb::GetStatusRequest {}).await.expect("a status");
    assert_eq!(answer.metadata().get("x-request-id").expect("an id").len(), 16);
    server.stop().await;
}

/// A client that asks for far more than its windows hold, and reads none of it.
async fn slow_reader(server: &TestServer) -> tonic::Streaming<tonic_reflection::pb::v1::ServerReflectionResponse> {
    use tonic_reflection::pb::v1::ServerReflectionRequest;
    use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
    use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;

    let endpoint = tonic::transport::Endpoint::from_shared(format!("http://{}", server.running.address()));
    let endpoint = endpoint.expect("an address").initial_stream_window_size(65_535);
    let channel = endpoint.initial_connection_window_size(65_535).connect().await.expect("connects");
    let request = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::FileContainingSymbol("bienban.v1.SearchService".into())),
    };
    let requests = tokio_stream::iter(std::iter::repeat_n(request, 1000));
    let answers = ServerReflectionClient::new(channel).server_reflection_info(requests).await;
    answers.expect("a stream").into_inner()
}

#[tokio::test]
async fn a_client_that_does_not_take_its_answers_is_left() {
    let server = TestServer::start_with(common::folder(), |config| {
        with_ops(config);
        config.limits.send = Duration::from_millis(100);
    })
    .await;
    let mut answers = slow_reader(&server).await;
    while !metrics(&server).await.lines().any(|line| line.trim_end() == "bienban_connections_stalled_total 1") {}
    while let Ok(answer) = answers.message().await {
        assert!(answer.is_some(), "the stream was cut off, it did not end well");
    }
    server.admin().get_status(pb::GetStatusRequest {}).await.expect("others go on");
    server.stop().await;
}
