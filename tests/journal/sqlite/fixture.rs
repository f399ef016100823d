//! Journals of earlier versions, kept for ever: what they say must be read the same by every later program.

use std::fs;

use bienban::journal::{EntryBody, Journal, Outcome};
use bienban::model::{ReportDraft, ReportId, Revision, Timestamp};

use super::{Folder, close, open};
use crate::conformance::{all, assert_sound, at, id, put, request};

/// Opens a copy of a fixture, an SQL dump of the database.
fn restored(name: &str) -> Folder {
    let folder = Folder::new();
    let path = format!("{}/tests/journal/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    let dump = fs::read_to_string(path).expect("fixture");
    let connection = rusqlite::Connection::open(folder.path().join("journal.sqlite")).expect("created");
    connection.execute_batch(&dump).expect("restored");
    folder
}

#[tokio::test]
async fn version_1_is_read_for_ever() {
    let folder = restored("v1.sql");
    let journal = open(folder.path());
    assert_sound(&journal).await;

    let url = "https://bao.example/hop-giao-ban";
    let full = ReportDraft {
        id: ReportId::derive(Some(url), ""),
        url: Some(url.to_owned()),
        publisher: Some("Báo Bạch Giang".to_owned()),
        title: Some("Phường An Khê họp \"giao ban\"".to_owned()),
        publish_date: "2024-07-15".parse().ok(),
        text: "Sáng 15-7,\nUBND phường An Khê họp giao ban. 😀".to_owned(),
    };
    let bare = ReportDraft {
        id: id("a"),
        url: None,
        publisher: None,
        title: None,
        publish_date: None,
        text: "Họp.".to_owned(),
    };
    let put_again = ReportDraft { text: "Họp xong.".to_owned(), ..bare.clone() };
    let entries = all(&journal).await;
    let bodies: Vec<_> = entries.iter().map(|entry| entry.body.clone()).collect();
    assert_eq!(
        bodies,
        [
            EntryBody::ReportPut { draft: full.clone() },
            EntryBody::ReportPut { draft: bare },
            EntryBody::ReportDeleted { id: id("a") },
            EntryBody::ReportPut { draft: put_again },
        ]
    );
    let times: Vec<_> = entries.iter().map(|entry| entry.time).collect();
    assert_eq!(times, [0, 1, 2, 3].map(|second| Timestamp(1_721_000_000_000_000 + second * 1_000_000)));

    // Its request ids and urls are still known.
    let retry = request("first", put(bienban::journal::IncomingReport { id: None, ..full.clone().into() }));
    let answer = journal.append(retry).await.expect("replayed");
    assert_eq!((answer.revision, answer.outcome), (Revision(1), Outcome::Replayed));
    let changed = journal.append(put(at(url, "Sáng 15-7, họp."))).await.expect("appended");
    assert_eq!((changed.report, changed.revision, changed.outcome), (full.id, Revision(5), Outcome::Updated));
    assert_sound(&journal).await;
    close(journal).await;
}
