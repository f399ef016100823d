//! Journals of earlier versions, kept for ever: what they say must be read the same by every later program.

use std::fs;

use bienban::journal::{EntryBody, Journal, Outcome};
use bienban::model::{
    CorrectionBody, EntityId, MeetingChange, MeetingId, MentionSelector, Place, ReportDraft, ReportId, Revision, Span,
    Statement, Timestamp,
};

use super::{Folder, close, open};
use crate::conformance::{all, assert_sound, at, id, named, put, request};
use crate::corrections::{merge, revert};

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
    assert_eq!((changed.report, changed.revision, changed.outcome), (Some(full.id), Revision(5), Outcome::Updated));
    assert_sound(&journal).await;
    close(journal).await;
}

#[tokio::test]
async fn version_2_is_read_for_ever() {
    let folder = restored("v2.sql");
    let journal = open(folder.path());
    assert_sound(&journal).await;

    let entity = |text: &str| EntityId::parse(text).expect(text);
    let said = |reason: &str| Statement { author: "Lan".to_owned(), reason: reason.to_owned() };
    let corrected = |body| EntryBody::Corrected { body, said: said("nhầm") };
    let place = Place { span: Span::new(11, 24), words: Place::digest("phường An Khê") };
    let mentions =
        vec![MentionSelector { report: id("a"), place: Some(place) }, MentionSelector { report: id("b"), place: None }];
    let changes = vec![MeetingChange::Title("Họp \"giao ban\"".to_owned()), MeetingChange::Date(None)];
    let meeting = MeetingId::of_report(&id("a"));
    let bodies: Vec<_> = all(&journal).await.into_iter().map(|entry| entry.body).collect();
    assert_eq!(
        bodies[2..],
        [
            EntryBody::ReportUndeleted { id: id("a") },
            corrected(CorrectionBody::Merge { source: entity("org-a"), target: entity("org-b") }),
            corrected(CorrectionBody::Split { source: entity("org-b"), entity: entity("org-c"), mentions }),
            corrected(CorrectionBody::Meeting { meeting, reports: vec![id("a")], changes }),
            EntryBody::CorrectionReverted { correction: Revision(5), said: said("đúng rồi") },
        ]
    );

    // What came back is there, and request ids, corrections and their ends are still known.
    let unchanged = journal.append(put(named("a", "Sáng 15-7, phường An Khê họp."))).await.expect("kept");
    assert_eq!((unchanged.revision, unchanged.outcome), (Revision(3), Outcome::Unchanged));
    for (retry, revision) in [(request("merge", merge("org-a", "org-b", 0)), 4), (request("revert", revert(5)), 7)] {
        let answer = journal.append(retry).await.expect("replayed");
        assert_eq!((answer.revision, answer.outcome), (Revision(revision), Outcome::Replayed));
    }
    assert_eq!(journal.append(revert(5)).await.expect("reverted").outcome, Outcome::Unchanged);
    assert_eq!(journal.append(revert(4)).await.expect("reverted").revision, Revision(8));
    assert_sound(&journal).await;
    close(journal).await;
}
