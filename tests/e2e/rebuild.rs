//! What is derived depends on the journal alone.

use bienban::grpc::generated::pb;

use crate::common::program::{self, told};
use crate::common::{TestServer, answers, samples};

#[tokio::test]
async fn a_rebuild_answers_the_same_byte_for_byte() {
    let server = TestServer::start().await;
    let revision = with_history(&server).await;
    let before = answers::all(&server, revision).await;
    assert!(before.len() > 100, "{} answers", before.len());
    let folder = server.stop().await;
    let data_dir = folder.path().to_str().expect("UTF-8");

    let verified = program::run(&["verify", "--data-dir", data_dir]);
    assert_eq!(verified.status.code(), Some(0), "{}", told(&verified));
    let value: serde_json::Value = serde_json::from_str(&told(&verified)).expect("JSON");
    assert_eq!(value["projection"]["equal"], true);
    assert_eq!(value["journal"]["head"], revision);

    let rebuilt = program::run(&["rebuild", "--data-dir", data_dir]);
    assert_eq!(rebuilt.status.code(), Some(0), "{}", program::complained(&rebuilt));
    let server = TestServer::start_in(folder).await;
    let after = answers::all(&server, revision).await;
    assert_eq!(answers::differing(&before, &after), Vec::<String>::new());
}

/// Reports that come, change, go and come back, in small commits.
async fn with_history(server: &TestServer) -> i64 {
    let samples = samples::requests();
    for request in samples.iter().rev() {
        server.ingest(request.clone()).await.expect("kept");
    }
    for request in samples.iter().step_by(5) {
        let mut changed = request.clone();
        if let Some(report) = &mut changed.report {
            report.text.push_str("\nChủ tịch UBND tỉnh yêu cầu báo cáo trước ngày 15-12.\n");
        }
        server.ingest(changed).await.expect("kept");
    }
    for request in samples.iter().step_by(4) {
        let name = format!("reports/{}", request.report_id);
        let request = pb::DeleteReportRequest { name, ..Default::default() };
        server.ingestion().delete_report(request).await.expect("deleted");
    }
    for request in samples.iter().skip(4).step_by(16) {
        let name = format!("reports/{}", request.report_id);
        let request = pb::UndeleteReportRequest { name, ..Default::default() };
        server.ingestion().undelete_report(request).await.expect("back");
    }
    let mut revision = 0;
    for request in samples.iter().step_by(8) {
        revision = server.ingest(request.clone()).await.expect("kept").revision;
    }
    revision
}

#[tokio::test]
async fn verify_finds_a_journal_that_was_tampered_with() {
    let server = TestServer::start().await;
    samples::load(&server).await;
    let folder = server.stop().await;
    let data_dir = folder.path().to_str().expect("UTF-8");
    let journal = bienban::server::journal_dir(folder.path());
    let file = std::fs::read_dir(&journal).expect("a folder").filter_map(Result::ok).map(|entry| entry.path());
    let file = file.max_by_key(|path| path.metadata().map(|metadata| metadata.len()).unwrap_or(0)).expect("a file");
    let mut bytes = std::fs::read(&file).expect("read");
    let word = "Bạch Giang".as_bytes();
    let at = bytes.windows(word.len()).position(|window| window == word).expect("a stored text");
    bytes[at] = b'b';
    std::fs::write(&file, bytes).expect("written");
    let verified = program::run(&["verify", "--journal-only", "--data-dir", data_dir]);
    assert_eq!(verified.status.code(), Some(1), "{}", told(&verified));
}
