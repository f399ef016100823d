//! A copy of the journal, made while the server works, and what becomes of it.

use std::process::Stdio;

use bienban::grpc::generated::pb;
use pb::backup_journal_response::Part;

use crate::common::program::{self, Served, complained, told};
use crate::common::{self, TestServer, answers, samples, text};

#[tokio::test]
async fn a_copy_made_under_writes_answers_as_the_journal_did() {
    let server = TestServer::start().await;
    let revision = samples::load(&server).await;
    let before = answers::all(&server, revision).await;
    let writes = tokio::spawn({
        let mut client = server.ingestion();
        async move {
            for n in 0..50 {
                let report = text(&format!("later-{n}"), &format!("Sáng 5-8-2023, phường {n} họp."));
                client.ingest_report(report).await.expect("kept");
            }
        }
    });
    let mut parts = server.admin().backup_journal(pb::BackupJournalRequest {}).await.expect("a copy").into_inner();
    let (mut head, mut bytes, mut end) = (None, Vec::new(), None);
    while let Some(response) = parts.message().await.expect("goes on") {
        match response.part.expect("known") {
            Part::Head(told) => head = Some(told),
            Part::Chunk(piece) => bytes.extend(piece),
            Part::End(told) => end = Some(told),
        }
    }
    writes.await.expect("no panic");
    let head = head.expect("a head");
    assert_eq!((head.size_bytes, bytes.len() % 512), (i64::try_from(bytes.len()).expect("small"), 0));
    assert!(head.revision >= revision && head.revision <= revision + 50);
    assert_eq!(end.expect("an end").sha256.len(), 64);

    let file = server.data_dir().join("copy");
    std::fs::write(&file, &bytes).expect("written");
    let restored = common::folder();
    let (copy, place) = (file.to_str().expect("UTF-8"), restored.path().to_str().expect("UTF-8"));
    let done = program::run(&["restore", copy, "--data-dir", place]);
    assert_eq!(done.status.code(), Some(0), "{}", complained(&done));
    let other = TestServer::start_in(restored).await;
    assert_eq!(other.revision().await, head.revision);
    for n in 0..head.revision - revision {
        let name = format!("reports/later-{n}");
        other.ingestion().delete_report(pb::DeleteReportRequest { name, ..Default::default() }).await.expect("there");
    }
    let after = answers::all(&other, other.revision().await).await;
    if head.revision == revision {
        assert_eq!(answers::differing(&before, &after), Vec::<String>::new());
    }
    let leftovers: Vec<_> = std::fs::read_dir(bienban::server::journal_dir(server.data_dir()))
        .expect("a folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with("copy-"))
        .collect();
    assert_eq!(leftovers, Vec::<String>::new());
}

#[test]
fn the_commands_copy_from_a_server_or_a_folder_and_overwrite_nothing() {
    let folder = common::folder();
    let samples = samples::folder();
    let served = Served::start(folder.path(), &["--load", samples.to_str().expect("UTF-8")]);
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let (of_server, of_folder) = (path("of-server.backup"), path("of-folder.backup"));
    let data = folder.path().to_str().expect("UTF-8");
    for arguments in [["backup", &of_server, "--server", &served.address], ["backup", &of_folder, "--data-dir", data]] {
        let done = program::run(&arguments);
        assert_eq!(done.status.code(), Some(0), "{}", complained(&done));
        assert!(complained(&done).contains("revision 34, SHA-256"), "{}", complained(&done));
        let again = program::run(&arguments);
        assert_eq!(again.status.code(), Some(2), "{}", complained(&again));
        assert!(complained(&again).contains("is not overwritten"), "{}", complained(&again));
    }
    let piped = program::run(&["backup", "-", "--server", &served.address]);
    assert_eq!(piped.stdout.len(), std::fs::read(&of_server).expect("there").len());
    let (code, _) = served.terminate();
    assert_eq!(code, Some(0));

    let refused = program::run(&["restore", &of_server, "--data-dir", data]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(complained(&refused).contains("nothing in it is overwritten"), "{}", complained(&refused));
    let fresh = path("fresh");
    let restored = program::run(&["restore", &of_folder, "--data-dir", &fresh]);
    assert_eq!(told(&restored).trim(), "restored: 34 entries, 34 reports, 0 corrections", "{}", complained(&restored));
    let verified = program::run(&["verify", "--data-dir", &fresh, "--journal-only"]);
    assert_eq!(verified.status.code(), Some(0), "{}", complained(&verified));
}

#[test]
fn a_damaged_copy_is_not_put_in_place() {
    let folder = common::folder();
    let samples = samples::folder();
    Served::start(folder.path(), &["--load", samples.to_str().expect("UTF-8")]).terminate();
    let path = |name: &str| folder.path().join(name);
    let (good, fresh) = (path("good"), path("fresh"));
    let data = folder.path().to_str().expect("UTF-8");
    let done = program::run(&["backup", good.to_str().expect("UTF-8"), "--data-dir", data]);
    assert_eq!(done.status.code(), Some(0), "{}", complained(&done));
    let mut bytes = std::fs::read(&good).expect("there");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(b'?');
    for damaged in [&bytes[..], &bytes[..bytes.len() / 3], b"no journal at all"] {
        let bad = path("bad");
        std::fs::write(&bad, damaged).expect("written");
        let file = std::fs::File::open(&bad).expect("there");
        let refused = program::command(&["restore", "-", "--data-dir", fresh.to_str().expect("UTF-8")])
            .stdin(Stdio::from(file))
            .output()
            .expect("runs");
        assert_eq!(refused.status.code(), Some(3), "{}", told(&refused));
        assert!(!bienban::server::journal_dir(&fresh).exists());
    }
}
