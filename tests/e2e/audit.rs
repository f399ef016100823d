//! The audit log of a server.

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
