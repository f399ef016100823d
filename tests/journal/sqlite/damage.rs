//! Bytes that changed on disk.

use std::fs;
use std::path::Path;

use bienban::journal::{Entry, Journal, JournalError, SqliteJournal, Verification};
use bienban::model::Revision;

use super::{Folder, close, open};
use crate::conformance::{all, at, delete, named, put, report, request};
use crate::corrections::{merge, revert};

/// A closed journal with a bit of everything.
async fn sample() -> Folder {
    let folder = Folder::new();
    let journal = open(folder.path());
    for number in 0..6 {
        let text = format!("{number} mặt trận {}", "x".repeat(number * 800));
        let write = request(&format!("request {number}"), put(at(&format!("https://bao.example/{number}"), &text)));
        journal.append(write).await.expect("appended");
    }
    journal.append(put(named("a", "phường họp"))).await.expect("appended");
    journal.append(delete("a", None)).await.expect("appended");
    journal.append(merge("x", "y", 8)).await.expect("appended");
    journal.append(merge("v", "w", 9)).await.expect("appended");
    journal.append(revert(9)).await.expect("appended");
    close(journal).await;
    folder
}

fn database(dir: &Path) -> std::path::PathBuf {
    dir.join("journal.sqlite")
}

/// What reading the damaged file comes to: all entries and the verification, or the error that stopped it.
async fn examined(dir: &Path) -> Result<(Vec<Entry>, Verification), JournalError> {
    let journal = SqliteJournal::open_read_only(dir)?;
    let verification = journal.verify().await?;
    let entries = if verification.is_sound() { all(&journal).await } else { Vec::new() };
    Ok((entries, verification))
}

#[tokio::test]
async fn a_changed_byte_in_a_text_is_found_where_it_is() {
    let folder = sample().await;
    let mut bytes = fs::read(database(folder.path())).expect("read");
    let text = "3 mặt trận".as_bytes();
    let place = bytes.windows(text.len()).position(|window| window == text).expect("stored as it is");
    bytes[place] ^= 1;
    fs::write(database(folder.path()), &bytes).expect("written");

    let journal = open(folder.path());
    let verification = journal.verify().await.expect("verified");
    let found: Vec<_> = verification.faults.iter().map(|fault| fault.revision).collect();
    assert!(found.contains(&Some(Revision(4))), "{verification:?}");
    let error = journal.read(Revision(3), 9, usize::MAX).await.expect_err("damaged");
    assert!(matches!(error, JournalError::Corrupt { revision: Some(Revision(4)), .. }), "{error:?}");
    assert_eq!(journal.read(Revision(0), 9, usize::MAX).await.expect("before it").len(), 3);
    assert_eq!(journal.read(Revision(4), 9, usize::MAX).await.expect("after it").len(), 7);
    // What does not touch the damage goes on; what does is refused, alone.
    journal.append(put(report("một"))).await.expect("appended");
    let error = journal.append(put(at("https://bao.example/3", "hai"))).await.expect_err("damaged");
    assert!(matches!(error, JournalError::Corrupt { .. }), "{error:?}");
}

#[tokio::test]
async fn no_changed_byte_goes_unnoticed_unless_it_means_nothing() {
    let folder = sample().await;
    let sound = fs::read(database(folder.path())).expect("read");
    let (entries, verification) = examined(folder.path()).await.expect("sound");
    assert!(verification.is_sound());
    let mut found = 0;
    for place in (0..sound.len()).step_by(97) {
        let mut damaged = sound.clone();
        damaged[place] ^= 0x10;
        fs::write(database(folder.path()), &damaged).expect("written");
        match examined(folder.path()).await {
            // Unused space, or bookkeeping such as the change counter.
            Ok((left, verification)) if verification.is_sound() => assert_eq!(left, entries, "byte {place}"),
            Ok(_) | Err(_) => found += 1,
        }
    }
    assert!(found > 100, "{found} found");
}

#[tokio::test]
async fn rows_that_went_missing_or_disagree_are_found() {
    let cases = [
        ("DELETE FROM entries WHERE revision = 3", "missing"),
        ("DELETE FROM entries WHERE revision = 8", "does not agree"),
        ("DELETE FROM entries WHERE revision = 9", "never made"),
        ("DELETE FROM corrections WHERE revision = 10", "correction lookup lacks"),
        ("UPDATE corrections SET reverted = NULL WHERE revision = 9", "correction lookup does not agree"),
        ("INSERT INTO corrections VALUES (3, NULL)", "correction lookup does not agree"),
        ("UPDATE reports SET content = 1 WHERE revision = 2", "does not agree"),
        ("UPDATE entries SET report = 'a' WHERE revision = 10", "checksum"),
        ("UPDATE entries SET time = time + 1 WHERE revision = 2", "checksum"),
        ("UPDATE entries SET revision = 12 WHERE revision = 11", "checksum"),
        ("UPDATE entries SET payload = CAST(x'ff00' AS TEXT) WHERE revision = 2", "checksum"),
        ("UPDATE reports SET revision = 1 WHERE revision = 2", "does not agree"),
        ("UPDATE reports SET url = 'elsewhere' WHERE revision = 2", "does not agree"),
        ("DELETE FROM reports WHERE revision = 2", "lacks"),
        ("INSERT INTO reports VALUES ('zz', NULL, 1, 1)", "without entries"),
        ("UPDATE requests SET revision = 1 WHERE revision = 2", "request id"),
        ("UPDATE requests SET id = 'other' WHERE revision = 2", "request id"),
    ];
    for (statement, expected) in cases {
        let folder = sample().await;
        let connection = rusqlite::Connection::open(database(folder.path())).expect("opened");
        assert_eq!(connection.execute(statement, []).expect(statement), 1, "{statement}");
        drop(connection);
        let (_, verification) = examined(folder.path()).await.expect("verified");
        assert!(verification.faults.iter().any(|fault| fault.what.contains(expected)), "{statement}: {verification:?}");
    }
}
