//! The audit log of a server.

use bienban::grpc::generated::pb;
use serde_json::Value;

use crate::common::program::{self, Served, complained};
use crate::common::{self, samples};

#[test]
fn writes_are_told_with_who_made_them_and_without_their_text() {
    let folder = common::folder();
    let log = folder.path().join("audit.jsonl");
    let served = Served::start(folder.path(), &["--log-audit-file", log.to_str().expect("UTF-8")]);
    let sample = samples::folder().join("bach-giang-giai-ngan-2023-08.txt");
    let sample = sample.to_str().expect("UTF-8");
    let done = program::run(&["ingest", sample, "--server", &served.address]);
    assert_eq!(done.status.code(), Some(0), "{}", complained(&done));
    served.terminate();
    let told = std::fs::read_to_string(log).expect("written");
    let lines: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 1, "{told}");
    assert_eq!((lines[0]["action"].as_str(), lines[0]["revision"].as_i64()), (Some("ingest_report"), Some(1)));
    assert_eq!(lines[0]["span"]["principal"], "127.0.0.1");
    assert!(lines[0]["span"]["request_id"].is_string());
    let text = std::fs::read_to_string(sample).expect("there");
    let sentence = text.lines().find(|line| line.chars().count() > 40).expect("a sentence");
    assert!(!told.contains(sentence));
}

#[tokio::test]
async fn corrections_and_what_is_done_with_everything_are_told() {
    let folder = common::folder();
    let log = folder.path().join("audit.jsonl");
    let served = Served::start(folder.path(), &["--log-audit-file", log.to_str().expect("UTF-8")]);
    let channel = common::connect(&served.address).await;
    let report = common::text("r1", "Sáng 5-8-2024, Đảng ủy phường Bến Đò họp.");
    let mut ingestion = common::IngestionServiceClient::new(channel.clone());
    let kept = ingestion.ingest_report(report).await.expect("kept").into_inner();
    let mut curation = common::CurationServiceClient::new(channel.clone());
    let corrected = curation
        .correct_meeting(pb::CorrectMeetingRequest {
            meeting: Some(pb::Meeting { name: kept.meeting, title: "Họp Đảng ủy".into(), ..Default::default() }),
            update_mask: Some(prost_types::FieldMask { paths: vec!["title".into()] }),
            author: "archive".into(),
            reason: "no headline".into(),
            ..Default::default()
        })
        .await
        .expect("corrected")
        .into_inner();
    let correction = corrected.correction.expect("kept").name;
    let request = pb::RevertCorrectionRequest {
        name: correction.clone(),
        author: "archive".into(),
        reason: "only a try".into(),
        ..Default::default()
    };
    curation.revert_correction(request).await.expect("taken back");
    let mut admin = common::AdminServiceClient::new(channel.clone());
    let mut copy = admin.backup_journal(pb::BackupJournalRequest {}).await.expect("a stream").into_inner();
    while copy.message().await.expect("goes on").is_some() {}
    let mut rebuild = admin.rebuild_projection(pb::RebuildProjectionRequest {}).await.expect("a stream").into_inner();
    while rebuild.message().await.expect("goes on").is_some() {}
    drop((ingestion, curation, admin, copy, rebuild, channel));
    tokio::task::spawn_blocking(move || served.terminate()).await.expect("ends");

    let told = std::fs::read_to_string(log).expect("written");
    let lines: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let of = |line: &Value| {
        let word = |field: &str| line[field].as_str().unwrap_or_default().to_owned();
        (word("action"), word("name"), word("author"), word("outcome"), line["revision"].as_i64())
    };
    let line = |action: &str, name: &str, author: &str, outcome: &str, revision: i64| {
        (action.to_owned(), name.to_owned(), author.to_owned(), outcome.to_owned(), Some(revision))
    };
    assert_eq!(
        lines.iter().map(of).collect::<Vec<_>>(),
        [
            line("ingest_report", "reports/r1", "", "Created", 1),
            line("correct_meeting", &correction, "archive", "Corrected", 2),
            line("revert_correction", &correction, "archive", "Reverted", 3),
            line("backup_journal", "", "", "", 3),
            line("rebuild_projection", "", "", "", 3),
        ]
    );
    assert!(lines.iter().all(|line| line["span"]["principal"] == "127.0.0.1"), "{told}");
    assert!(!told.contains("Họp") && !told.contains("headline"), "{told}");
}
