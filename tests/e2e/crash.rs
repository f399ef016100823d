//! The process is killed in the middle of a stream: what it acknowledged is there afterwards.

use bienban::grpc::generated::pb;
use pb::ingest_reports_response::Result as Outcome;
use tokio_stream::StreamExt as _;

use crate::common::program::{self, Served, told};
use crate::common::{self, IngestionServiceClient, MeetingServiceClient, samples, text};

#[tokio::test]
async fn every_acknowledged_report_survives_a_kill() {
    let folder = common::folder();
    let mut acknowledged = Vec::new();
    for round in 0..3 {
        let mut served = Served::start(folder.path(), &[]);
        // Killed ever later into the stream, so that different work is under way.
        let wanted = acknowledged.len() + 5 + 40 * round;
        hand_over_until(&mut served, round, wanted, &mut acknowledged).await;
        assert!(acknowledged.len() >= wanted);
    }
    let served = Served::start(folder.path(), &[]);
    let channel = common::connect(&served.address).await;
    let min_revision = acknowledged.iter().map(|(_, revision)| *revision).max().unwrap_or_default();
    for (report, _) in &acknowledged {
        let request = pb::GetReportRequest { name: report.clone(), min_revision, ..Default::default() };
        let kept = IngestionServiceClient::new(channel.clone()).get_report(request).await;
        let name = kept.expect("acknowledged, so there").into_inner().meeting;
        let request = pb::GetMeetingRequest { name, min_revision, ..Default::default() };
        MeetingServiceClient::new(channel.clone()).get_meeting(request).await.expect("and read");
    }
    let code = served.terminate().0;
    let log = std::fs::read_to_string(folder.path().join("server.log")).expect("a log");
    assert_eq!(code, Some(0), "{log}");
    let data_dir = folder.path().to_str().expect("UTF-8");
    let verified = program::run(&["verify", "--data-dir", data_dir]);
    assert_eq!(verified.status.code(), Some(0), "{}", program::complained(&verified));
    assert!(told(&verified).contains(r#""equal":true"#), "{}", told(&verified));
}

/// Hands reports over without end, and kills the server when so many are acknowledged in all.
async fn hand_over_until(served: &mut Served, round: usize, wanted: usize, acknowledged: &mut Vec<(String, i64)>) {
    let channel = common::connect(&served.address).await;
    let samples = samples::requests();
    let endless = (0usize..).map(move |n| {
        let sample = samples[n % samples.len()].report.clone().unwrap_or_default();
        // Short, so that reading them does not take longer than the test is worth.
        let begin: String = sample.text.chars().take(600).collect();
        let request = text(&format!("k{round}-{n}"), &format!("{begin}\n({round}, {n})\n"));
        samples::in_stream(n.to_string(), request)
    });
    let stream = tokio_stream::iter(endless);
    let mut outcomes =
        IngestionServiceClient::new(channel).ingest_reports(stream).await.expect("a stream").into_inner();
    while let Some(Ok(outcome)) = outcomes.next().await {
        if let Some(Outcome::Ingested(kept)) = outcome.result {
            acknowledged.push((kept.report, kept.revision));
        }
        if acknowledged.len() == wanted {
            served.kill();
        }
    }
}
