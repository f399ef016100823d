//! Many reports in one stream.

use std::collections::HashMap;

use bienban::grpc::generated::pb;
use pb::ingest_reports_response::Result as Outcome;

use crate::common::{self, TestServer, samples, text};

#[tokio::test]
async fn each_report_has_one_outcome_and_a_bad_one_stops_nothing() {
    let server = TestServer::start().await;
    let mut requests: Vec<_> = samples::requests();
    requests.insert(3, text("empty", "  "));
    requests.insert(9, text("nul", "a\0b"));
    let stream: Vec<_> =
        requests.iter().map(|request| samples::in_stream(request.report_id.clone(), request.clone())).collect();
    let count = stream.len();
    let mut outcomes =
        server.ingestion().ingest_reports(tokio_stream::iter(stream)).await.expect("a stream").into_inner();
    let mut answered = HashMap::new();
    while let Some(outcome) = outcomes.message().await.expect("goes on") {
        assert!(answered.insert(outcome.client_id.clone(), outcome.result).is_none(), "told twice");
    }
    assert_eq!(answered.len(), count);
    let reason = |id: &str| match &answered[id] {
        Some(Outcome::Error(error)) => error.reason(),
        other => panic!("{id}: {other:?}"),
    };
    assert_eq!(reason("empty"), pb::ErrorReason::ReportTextEmpty);
    assert_eq!(reason("nul"), pb::ErrorReason::ReportTextInvalid);
    let kept = answered.values().filter(|outcome| matches!(outcome, Some(Outcome::Ingested(_)))).count();
    assert_eq!(kept, count - 2);
    assert_eq!(server.revision().await, i64::try_from(kept).expect("few"), "revisions have no gap");
}

#[tokio::test]
async fn outcomes_come_while_the_stream_is_open() {
    let server = TestServer::start().await;
    let (sender, requests) = tokio::sync::mpsc::channel(1);
    let stream = tokio_stream::wrappers::ReceiverStream::new(requests);
    let mut outcomes = server.ingestion().ingest_reports(stream).await.expect("a stream").into_inner();
    for n in 0..5 {
        let request = text(&format!("r{n}"), &format!("Sáng 5-8-2023, phường {n} họp."));
        sender.send(samples::in_stream(n.to_string(), request)).await.expect("sent");
        let outcome = outcomes.message().await.expect("goes on").expect("an outcome");
        assert_eq!(outcome.client_id, n.to_string());
    }
    drop(sender);
    assert!(outcomes.message().await.expect("ends well").is_none());
}

#[tokio::test]
async fn a_stream_larger_than_every_bound_comes_through() {
    let server = TestServer::start().await;
    let lines = "Chủ tịch UBND phường yêu cầu các khu phố rà soát, báo cáo kết quả trước ngày 30-8.\n".repeat(1_000);
    let requests = (0..120).map(|n| text(&format!("r{n}"), &format!("Sáng 5-8-2023, phường {n} họp.\n{lines}")));
    let revision = samples::load_all(&server, requests.collect()).await;
    assert_eq!(revision, 120);
}

#[tokio::test]
async fn what_is_repeated_waits_for_room_like_what_is_new() {
    let server = TestServer::start_with(common::folder(), |config| config.limits.write_queue = 1).await;
    for _ in 0..2 {
        let requests = (0..60).map(|n| text(&format!("r{n}"), &format!("Sáng 5-8-2023, phường {n} họp.")));
        let stream: Vec<_> = requests.map(|request| samples::in_stream(request.report_id.clone(), request)).collect();
        let mut outcomes =
            server.ingestion().ingest_reports(tokio_stream::iter(stream)).await.expect("a stream").into_inner();
        let all = async {
            let mut kept = 0;
            while let Some(outcome) = outcomes.message().await.expect("goes on") {
                kept += usize::from(matches!(outcome.result, Some(Outcome::Ingested(_))));
            }
            kept
        };
        // Nothing new comes the second time, so nothing moves the journal on.
        let kept = tokio::time::timeout(std::time::Duration::from_secs(60), all).await;
        assert_eq!(kept, Ok(60));
    }
    assert_eq!(server.revision().await, 60);
}
