//! Reads a whole journal and tells what is wrong with it.

use std::collections::{BTreeMap, HashMap};

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
    content: u64,
    url: Option<Short>,
    deleted: bool,
}

/// What the entries say.
#[derive(Debug, Default)]
struct Said {
    reports: HashMap<Short, Latest>,
    /// Each correction, with the entry that reverted it.
    corrections: BTreeMap<u64, Option<u64>>,
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
    let said = entries(&snapshot, found)?;
    if found.head < synced {
        found.fault(Some(synced), format!("the last entry is {}, though later ones were synced", found.head.0));
    }
    reports(&snapshot, said.reports, found)?;
    corrections(&snapshot, said.corrections, found)?;
    requests(&snapshot, found)?;
    integrity(&snapshot, found)
}

/// Checks the entries one by one and computes what the lookup tables should say.
fn entries(connection: &Connection, found: &mut Verification) -> rusqlite::Result<Said> {
    let mut said = Said::default();
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
            Ok(entry) => said.note(&entry, found),
            Err(JournalError::Corrupt { what, .. }) => found.fault(Some(revision), what),
            Err(error) => found.fault(Some(revision), error.to_string()),
        }
    }
    Ok(said)
}

impl Said {
    fn note(&mut self, entry: &Entry, found: &mut Verification) {
        let revision = entry.revision.0;
        let wrong = match (&entry.body, entry.body.report().map(|id| short(id.as_str().as_bytes()))) {
            (EntryBody::ReportPut { draft }, Some(id)) => {
                let url = draft.url.as_deref().map(|url| short(url.as_bytes()));
                self.reports.insert(id, Latest { revision, content: revision, url, deleted: false });
                None
            }
            (EntryBody::Corrected { .. }, _) => {
                self.corrections.insert(revision, None);
                None
            }
            (EntryBody::CorrectionReverted { correction, .. }, _) => self.revert(correction.0, revision),
            (body, Some(id)) => {
                let deletes = matches!(body, EntryBody::ReportDeleted { .. });
                self.delete(&id, revision, deletes)
            }
            (_, None) => Some("an entry names no report"),
        };
        if let Some(what) = wrong {
            found.fault(Some(entry.revision), what);
        }
    }

    /// Deletes a report or brings it back.
    fn delete(&mut self, id: &Short, revision: u64, deletes: bool) -> Option<&'static str> {
        match self.reports.get_mut(id) {
            Some(report) => {
                report.revision = revision;
                let odd = !deletes && !report.deleted;
                report.deleted = deletes;
                odd.then_some("a report is brought back that was not deleted")
            }
            None if deletes => Some("a report is deleted that was never put"),
            None => Some("a report is brought back that was never put"),
        }
    }

    fn revert(&mut self, correction: u64, revision: u64) -> Option<&'static str> {
        match self.corrections.get_mut(&correction) {
            Some(reverted @ None) => {
                *reverted = Some(revision);
                None
            }
            Some(Some(_)) => Some("a correction is reverted twice"),
            None => Some("a correction is reverted that was never made"),
        }
    }
}

/// Compares the lookup table with what the entries say.
fn reports(
    connection: &Connection,
    mut latest: HashMap<Short, Latest>,
    found: &mut Verification,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT id, url, revision, content FROM reports")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        found.reports += 1;
        let url = match row.get_ref(1)? {
            rusqlite::types::ValueRef::Null => None,
            value => Some(short(&rows::bytes(value))),
        };
        let revision = rows::integer(row.get_ref(2)?).unsigned_abs();
        let content = rows::integer(row.get_ref(3)?).unsigned_abs();
        match latest.remove(&short(&rows::bytes(row.get_ref(0)?))) {
            Some(said) if (said.revision, said.content, said.url) == (revision, content, url) => {}
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

/// Compares the lookup table of corrections with what the entries say.
fn corrections(
    connection: &Connection,
    mut said: BTreeMap<u64, Option<u64>>,
    found: &mut Verification,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT revision, reverted FROM corrections")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        found.corrections += 1;
        let revision = rows::integer(row.get_ref(0)?).unsigned_abs();
        let reverted = match row.get_ref(1)? {
            rusqlite::types::ValueRef::Null => None,
            value => Some(rows::integer(value).unsigned_abs()),
        };
        if said.remove(&revision) != Some(reverted) {
            found.fault(Some(Revision(revision)), "the correction lookup does not agree with the entries");
        }
    }
    for revision in said.into_keys() {
        found.fault(Some(Revision(revision)), "the correction lookup lacks the entry's correction");
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
