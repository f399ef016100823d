//! The database file: how it is opened, what tables it has, how it got them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::journal::JournalError;

const FILE_NAME: &str = "journal.sqlite";

/// "bbj1", which tells `file` and us whose database this is.
const APPLICATION_ID: i64 = 0x6262_6a31;

/// How long to wait for a foreign process that has the database locked, such as a backup or a shell.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// One step for each schema version, from nothing on. Steps are never edited once released. A new kind of entry or a new version
/// of its stored form needs a step too, if only an empty one, so that older programs refuse the journal.
///
/// Version 1: `entries` is the truth. `reports` (newest entry of each report, and the url it holds) can be computed from it.
/// `requests` remembers the first answer to each request id; an answer without an entry of its own is known from here only.
///
/// Version 2: entries that bring a report back, corrections, reversions of these. An entry about no report has an empty `report`.
/// `reports.content` is the entry with the report's newest content; `corrections` has each correction, and the entry that reverted it.
///
/// Version 3: corrections of meetings that speak of items.
///
/// Version 4: corrections of meetings that speak of figures.
const STEPS: &[&str] = &[
    "
    CREATE TABLE entries (
        revision INTEGER PRIMARY KEY,
        time     INTEGER NOT NULL,
        kind     TEXT    NOT NULL,
        report   TEXT    NOT NULL,
        version  INTEGER NOT NULL,
        payload  TEXT    NOT NULL,
        checksum BLOB    NOT NULL
    ) STRICT;
    CREATE TABLE reports (
        id       TEXT    PRIMARY KEY,
        url      TEXT    UNIQUE,
        revision INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE requests (
        id          TEXT    PRIMARY KEY,
        fingerprint BLOB    NOT NULL,
        revision    INTEGER NOT NULL,
        checksum    BLOB    NOT NULL
    ) STRICT, WITHOUT ROWID;
",
    "
    ALTER TABLE reports ADD COLUMN content INTEGER;
    UPDATE reports SET content = newest.revision
        FROM (SELECT report, max(revision) AS revision FROM entries WHERE kind = 'report_put' GROUP BY report) newest
        WHERE newest.report = reports.id;
    CREATE TABLE corrections (
        revision INTEGER PRIMARY KEY,
        reverted INTEGER UNIQUE
    ) STRICT;
",
    "",
    "",
];

/// The schema version this program writes.
const NEWEST: i64 = STEPS.len() as i64;

/// The database file of a folder.
pub(super) fn file(dir: &Path) -> PathBuf {
    dir.join(FILE_NAME)
}

/// Opens the database for the one writer, creates and migrates it as needed.
pub(super) fn open_writer(dir: &Path) -> Result<Connection, JournalError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(file(dir), flags).map_err(failure)?;
    prepare(&connection).map_err(failure)?;
    check_version(&connection)?;
    // FULL syncs the write-ahead log at each commit: what is acknowledged survives power loss. The two fullfsync settings
    // do on macOS what fsync does elsewhere. The writer checkpoints when it has answered, not within commits.
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;
             PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;",
        )
        .map_err(failure)?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// Opens the database for a reader. Sees commits of the writer, takes no lock it would wait for.
pub(super) fn open_reader(dir: &Path) -> Result<Connection, JournalError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file(dir), flags).map_err(failure)?;
    prepare(&connection).map_err(failure)?;
    match check_version(&connection)? {
        NEWEST => Ok(connection),
        older => Err(JournalError::storage(format!(
            "the journal has schema version {older} and must be opened for writing once to get version {NEWEST}"
        ))),
    }
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")
}

/// The schema version, if the database is a journal (or empty) of a version we know.
fn check_version(connection: &Connection) -> Result<i64, JournalError> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(failure);
    let (owner, found) = (pragma("application_id")?, pragma("user_version")?);
    if owner != APPLICATION_ID && (owner, found) != (0, 0) {
        return Err(JournalError::Corrupt { revision: None, what: "the file is no journal of bienban".to_owned() });
    }
    if found > NEWEST {
        return Err(JournalError::NewerSchema { found, known: NEWEST });
    }
    Ok(found)
}

/// All missing steps in one transaction: a crash leaves the old schema or the new one.
fn migrate(connection: &mut Connection) -> Result<(), JournalError> {
    let found = check_version(connection)?;
    if found == NEWEST {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failure)?;
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(step).map_err(failure)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(failure)?;
    transaction.pragma_update(None, "user_version", NEWEST).map_err(failure)?;
    transaction.commit().map_err(failure)
}

/// Tells damage from failure.
pub(super) fn failure(error: rusqlite::Error) -> JournalError {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    match error.sqlite_error_code() {
        Some(DatabaseCorrupt | NotADatabase) => JournalError::Corrupt { revision: None, what: error.to_string() },
        _ => JournalError::storage(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_twice_changes_nothing() {
        let dir = tempfile::tempdir().expect("folder");
        for _ in 0..2 {
            let connection = open_writer(dir.path()).expect("opened");
            assert_eq!(check_version(&connection).expect("ours"), NEWEST);
        }
        open_reader(dir.path()).expect("opened");
    }

    #[test]
    fn commits_are_synced() {
        let dir = tempfile::tempdir().expect("folder");
        let connection = open_writer(dir.path()).expect("opened");
        let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0));
        assert_eq!(pragma("journal_mode"), Ok("wal".to_owned().into()));
        assert_eq!(pragma("synchronous"), Ok(2.into()), "FULL");
    }

    #[test]
    fn newer_and_foreign_files_are_refused_untouched() {
        let dir = tempfile::tempdir().expect("folder");
        let newer = open_writer(dir.path()).expect("opened");
        newer.pragma_update(None, "user_version", NEWEST + 1).expect("set");
        drop(newer);
        let refusal = open_writer(dir.path()).expect_err("newer");
        assert!(
            matches!(refusal, JournalError::NewerSchema { found, known } if (found, known) == (NEWEST + 1, NEWEST))
        );

        let dir = tempfile::tempdir().expect("folder");
        let foreign = Connection::open(file(dir.path())).expect("opened");
        foreign.pragma_update(None, "user_version", 1).expect("set");
        drop(foreign);
        assert!(matches!(open_writer(dir.path()), Err(JournalError::Corrupt { .. })));
        assert!(!dir.path().join("journal.sqlite-wal").exists());

        let dir = tempfile::tempdir().expect("folder");
        std::fs::write(file(dir.path()), [b'x'; 5000]).expect("written");
        assert!(matches!(open_writer(dir.path()), Err(JournalError::Corrupt { .. })));
    }
}
