//! What is derived depends on the journal alone.

use std::path::Path;

use bienban::grpc::generated::pb;
use tonic::Code;

use crate::common::program::{self, told};
use crate::common::{self, Refusal, TestServer, answers, samples};

#[tokio::test]
async fn a_rebuild_answers_the_same_byte_for_byte() {
    let server = TestServer::start().await;
    let revision = with_history(&server).await;
    let before = answers::all(&server, revision).await;
    assert!(before.len() > 100, "{} answers", before.len());
    let folder = server.stop().await;
    let data_dir = folder.path().to_str().expect("UTF-8");

    assert_equal_to_a_rebuild(folder.path(), revision);
    let rebuilt = program::run(&["rebuild", "--data-dir", data_dir]);
    assert_eq!(rebuilt.status.code(), Some(0), "{}", program::complained(&rebuilt));
    let server = TestServer::start_in(folder).await;
    let after = answers::all(&server, revision).await;
    assert_eq!(answers::differing(&before, &after), Vec::<String>::new());
}

fn assert_equal_to_a_rebuild(data_dir: &Path, revision: i64) {
    let verified = program::run(&["verify", "--data-dir", data_dir.to_str().expect("UTF-8")]);
    assert_eq!(verified.status.code(), Some(0), "{}", told(&verified));
    let value: serde_json::Value = serde_json::from_str(&told(&verified)).expect("JSON");
    assert_eq!(value["projection"]["equal"], true);
    assert_eq!(value["journal"]["head"], revision);
}

/// Rebuilds to the end; the revisions that were told on the way.
async fn rebuild(server: &TestServer) -> Vec<i64> {
    let request = pb::RebuildProjectionRequest {};
    let mut progress = server.admin().rebuild_projection(request).await.expect("a stream").into_inner();
    let mut revisions = Vec::new();
    let mut last = pb::RebuildState::Unspecified;
    while let Some(told) = progress.message().await.expect("goes on") {
        let rebuild = told.rebuild.expect("how it stands");
        revisions.push(rebuild.revision);
        last = rebuild.state();
    }
    assert_eq!(last, pb::RebuildState::Done);
    revisions
}

#[tokio::test]
async fn a_rebuild_beside_callers_answers_the_same_and_lasts() {
    let server = TestServer::start().await;
    with_history(&server).await;
    assert_eq!(server.admin().get_status(pb::GetStatusRequest {}).await.expect("told").into_inner().rebuild, None);
    let request = pb::WatchChangesRequest::default();
    let mut watch = server.meetings().watch_changes(request).await.expect("a stream").into_inner();

    // Reports come in and questions are answered meanwhile.
    let (revisions, kept) = tokio::join!(rebuild(&server), async {
        let mut kept = 0;
        for number in 0..10 {
            let request =
                common::text(&format!("beside-{number}"), &format!("Sáng {}-8-2024, phường họp.", number + 1));
            kept = server.ingest(request).await.expect("kept").revision;
            let request = pb::ListMeetingsRequest { min_revision: kept, ..Default::default() };
            server.meetings().list_meetings(request).await.expect("answered");
        }
        kept
    });
    assert!(revisions.is_sorted() && revisions.last().is_some_and(|last| *last > 1), "{revisions:?}");
    let status = server.admin().get_status(pb::GetStatusRequest {}).await.expect("told").into_inner();
    assert!(status.ready);
    assert_eq!(status.rebuild.expect("one").state(), pb::RebuildState::Done);

    // It goes on from what was built, and a stream of changes with it.
    let last = server.ingest(common::text("after", "Chiều 5-9-2024, phường họp.")).await.expect("kept").revision;
    assert!(last > kept);
    let before = answers::all(&server, last).await;
    loop {
        let told = watch.message().await.expect("goes on").expect("more").event.expect("something");
        match told {
            pb::watch_changes_response::Event::Reset(_) => panic!("nothing is told anew"),
            pb::watch_changes_response::Event::Progress(progress) if progress.revision == last => break,
            _ => {}
        }
    }
    drop(watch);
    assert!(rebuild(&server).await.len() > 1, "another one");
    assert_eq!(answers::differing(&before, &answers::all(&server, last).await), Vec::<String>::new());

    let folder = server.stop().await;
    let projection = bienban::server::projection_dir(folder.path());
    let mut kept: Vec<_> =
        std::fs::read_dir(&projection).expect("a folder").map(|e| e.expect("read").file_name()).collect();
    kept.sort();
    assert_eq!(kept, ["current", "rebuilt-2"], "nothing else is left");
    assert_equal_to_a_rebuild(folder.path(), last);
    let server = TestServer::start_in(folder).await;
    assert_eq!(answers::differing(&before, &answers::all(&server, last).await), Vec::<String>::new());
}

#[tokio::test]
async fn a_rebuild_that_the_process_does_not_finish_leaves_nothing() {
    let server = TestServer::start().await;
    let last = with_history(&server).await;
    let before = answers::all(&server, last).await;
    let request = pb::RebuildProjectionRequest {};
    let mut progress = server.admin().rebuild_projection(request).await.expect("a stream").into_inner();
    progress.message().await.expect("goes on").expect("begun");
    server.running.shutdown();
    let end = loop {
        match progress.message().await {
            Ok(Some(_)) => {}
            // It was quicker.
            Ok(None) => break None,
            Err(end) => break Some(end),
        }
    };
    if let Some(end) = end {
        assert_eq!((end.code(), Refusal::of(&end).reason.as_str()), (Code::Unavailable, "SHUTTING_DOWN"));
    }
    drop(progress);
    let server = TestServer::start_in(server.stop().await).await;
    assert_eq!(answers::differing(&before, &answers::all(&server, last).await), Vec::<String>::new());
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
