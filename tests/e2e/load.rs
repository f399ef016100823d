//! Overload is told at once, with the time to come back.

use std::time::{Duration, Instant};

use bienban::grpc::generated::pb;
use tonic::Code;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use tonic_types::StatusExt as _;

use crate::common::{self, Refusal, TestServer, samples, text};

#[tokio::test]
async fn beyond_the_bound_callers_are_told_to_come_back() {
    let server = TestServer::start_with(common::folder(), |config| config.limits.calls = 1).await;
    let (sender, requests) = tokio::sync::mpsc::channel(8);
    let stream = tokio_stream::wrappers::ReceiverStream::new(requests);
    let mut outcomes = server.ingestion().ingest_reports(stream).await.expect("the one call").into_inner();
    let refused = server.admin().get_status(pb::GetStatusRequest {}).await.expect_err("no place");
    assert_eq!((refused.code(), Refusal::of(&refused).reason.as_str()), (Code::ResourceExhausted, "OVERLOADED"));
    assert!(refused.get_details_retry_info().and_then(|info| info.retry_delay).is_some());
    let health = HealthClient::new(server.channel.clone()).check(HealthCheckRequest::default()).await;
    assert!(health.is_ok(), "probes are always answered: {health:?}");
    sender.send(samples::in_stream("1".into(), text("r1", "Phường họp."))).await.expect("sent");
    assert!(outcomes.message().await.expect("goes on").is_some(), "the one call goes on");
    drop(sender);
    assert!(outcomes.message().await.expect("ends well").is_none());
    drop(outcomes);
    server.stop().await;
}

#[tokio::test]
async fn a_small_queue_loses_nothing_that_it_acknowledged() {
    let server = TestServer::start_with(common::folder(), |config| config.limits.write_queue = 1).await;
    let calls: Vec<_> = (0..200)
        .map(|n| {
            let mut client = server.ingestion();
            let request = text(&format!("r{n}"), &format!("Sáng 5-8-2023, phường {n} họp."));
            tokio::spawn(async move { client.ingest_report(request).await.map(tonic::Response::into_inner) })
        })
        .collect();
    let mut kept = Vec::new();
    for call in calls {
        match call.await.expect("no panic") {
            Ok(answer) => kept.push(answer.report.expect("a report").name),
            Err(status) => assert_eq!(Refusal::of(&status).reason, "OVERLOADED"),
        }
    }
    let revision = server.revision().await;
    assert_eq!(i64::try_from(kept.len()).expect("few"), revision);
    for name in kept {
        let request = pb::GetReportRequest { name, min_revision: revision, ..Default::default() };
        server.ingestion().get_report(request).await.expect("acknowledged, so there");
    }
}

#[tokio::test]
async fn small_answers_are_not_held_back() {
    let server = TestServer::start().await;
    let mut admin = server.admin();
    admin.get_status(pb::GetStatusRequest {}).await.expect("warm");
    let begun = Instant::now();
    for _ in 0..50 {
        admin.get_status(pb::GetStatusRequest {}).await.expect("a status");
    }
    // With Nagle's algorithm on either side a call takes 40 ms.
    assert!(begun.elapsed() < Duration::from_millis(50 * 20), "{:?} for 50 calls", begun.elapsed());
}
