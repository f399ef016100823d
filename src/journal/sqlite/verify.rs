//! Reads a whole journal and tells what is wrong with it.

use std::collections::HashMap;

use rusqlite::Connection;

use super::{rows, schema};
use crate::journal::digest::Fields;
use crate::journal::stored::request_checksum;
use crate::journal::{Entry, EntryBody, JournalError, Verification};
use crate::model::{Revision, Timestamp};

/// Half a digest: enough to tell a report or url from any other, small enough to keep one for each of millions.
type Short = [u8; 16];

/// What the entries say of one report; compared with the row of the lookup table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Latest {
    revision: u64,
    url: Option<Short>,
}

/// Examines one snapshot. `synced` is a revision that must be there; needs about 100 bytes of memory for each report.
///
/// # Errors
/// Failures of reading; damage is not one but part of the answer.
pub(super) fn verify(connection: &mut Connection, synced: Revision) -> Result<Verification, JournalError> {
    let mut verification = Verification::default();
    match examine(connection, synced, &mut verification).map_err(schema::failure) {
        Ok(()) => Ok(verification),
        Err(JournalError::Corrupt { revision, what }) => {
            // The database is so damaged that reading ended early.
            verification.fault(revision, what);
            Ok(verification)
        }
        Err(error) => Err(error),
    }
}

fn examine(connection: &mut Connection, synced: Revision, found: &mut Verification) -> rusqlite::Result<()> {
    // One transaction, so that appends meanwhile do not look like disagreement.
    let snapshot = connection.transaction()?;
    let latest = entries(&snapshot, found)?;
    if found.head < synced {
        found.fault(Some(synced), format!("the last entry is {}, though later ones were synced", found.head.0));
    }
    reports(&snapshot, latest, found)?;
    requests(&snapshot, found)?;
    integrity(&snapshot, found)
}

/// Checks the entries one by one and computes what the lookup table should say.
fn entries(connection: &Connection, found: &mut Verification) -> rusqlite::Result<HashMap<Short, Latest>> {
    let mut latest = HashMap::new();
    let mut time = Timestamp(i64::MIN);
    let mut statement = connection
        .prepare("SELECT revision, time, kind, report, version, payload, checksum FROM entries ORDER BY revision")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let sealed = rows::sealed(row)?;
        found.entries += 1;
        let Ok(revision) = u64::try_from(sealed.revision).map(Revision) else {
            found.fault(None, format!("an entry has revision {}", sealed.revision));
            continue;
        };
        let due = found.head.0 + 1;
        if revision.0 != due {
            found.fault(Some(Revision(due)), format!("entries {due} to {} are missing", revision.0.saturating_sub(1)));
        }
        found.head = revision;
        if sealed.time < time.0 {
            found.fault(Some(revision), "the entry is older than the one before it");
        }
        time = time.max(Timestamp(sealed.time));
        match sealed.open() {
            Ok(entry) => note(&mut latest, &entry, found),
            Err(JournalError::Corrupt { what, .. }) => found.fault(Some(revision), what),
            Err(error) => found.fault(Some(revision), error.to_string()),
        }
    }
    Ok(latest)
}

fn note(latest: &mut HashMap<Short, Latest>, entry: &Entry, found: &mut Verification) {
    let (id, revision) = (short(entry.body.report().as_str().as_bytes()), entry.revision.0);
    match (&entry.body, latest.get_mut(&id)) {
        (EntryBody::ReportPut { draft }, _) => {
            let url = draft.url.as_deref().map(|url| short(url.as_bytes()));
            latest.insert(id, Latest { revision, url });
        }
        (EntryBody::ReportDeleted { .. }, Some(report)) => report.revision = revision,
        (EntryBody::ReportDeleted { .. }, None) => {
            found.fault(Some(entry.revision), "a report is deleted that was never put");
        }
    }
}

/// Compares the lookup table with what the entries say.
fn reports(
    connection: &Connection,
    mut latest: HashMap<Short, Latest>,
    found: &mut Verification,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT id, url, revision FROM reports")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        found.reports += 1;
        let url = match row.get_ref(1)? {
            rusqlite::types::ValueRef::Null => None,
            value => Some(short(&rows::bytes(value))),
        };
        let revision = rows::integer(row.get_ref(2)?).unsigned_abs();
        match latest.remove(&short(&rows::bytes(row.get_ref(0)?))) {
            Some(said) if said == (Latest { revision, url }) => {}
            Some(said) => {
                found.fault(Some(Revision(said.revision)), "the report lookup does not agree with the entry");
            }
            None => found.fault(Some(Revision(revision)), "the report lookup names a report without entries"),
        }
    }
    for said in latest.into_values() {
        found.fault(Some(Revision(said.revision)), "the report lookup lacks the entry's report");
    }
    Ok(())
}

/// Checks the remembered request ids.
fn requests(connection: &Connection, found: &mut Verification) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT id, fingerprint, revision, checksum FROM requests")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        found.requests += 1;
        let (id, fingerprint) = (rows::bytes(row.get_ref(0)?), rows::bytes(row.get_ref(1)?));
        let revision = rows::integer(row.get_ref(2)?);
        let at = Some(Revision(revision.unsigned_abs()));
        if request_checksum(&id, &fingerprint, revision).as_slice() != rows::bytes(row.get_ref(3)?) {
            found.fault(at, "the checksum does not fit a remembered request id");
        } else if at > Some(found.head) {
            found.fault(at, "a remembered request id names an entry that is not there");
        }
    }
    Ok(())
}

/// What SQLite itself finds: pages, cells, indexes.
fn integrity(connection: &Connection, found: &mut Verification) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line = rows::bytes(row.get_ref(0)?);
        if line != b"ok" {
            found.fault(None, format!("SQLite: {}", String::from_utf8_lossy(&line)));
        }
    }
    Ok(())
}

fn short(bytes: &[u8]) -> Short {
    let digest = Fields::of("verify").bytes(bytes).finish();
    let mut short = Short::default();
    short.copy_from_slice(&digest[..16]);
    short
}
