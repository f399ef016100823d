//! The statements, one function each.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::journal::decide::{FirstAnswer, StandingCorrection};
use crate::journal::stored::{Sealed, request_checksum};
use crate::model::{ReportId, Revision, Timestamp};

/// Reads a row of `SELECT revision, time, kind, report, version, payload, checksum`.
///
/// A damaged file may hold any type anywhere. What is not of the expected type reads as empty or 0: the checksum then
/// fails, which is what should happen.
pub(super) fn sealed(row: &Row<'_>) -> rusqlite::Result<Sealed> {
    Ok(Sealed {
        revision: integer(row.get_ref(0)?),
        time: integer(row.get_ref(1)?),
        kind: bytes(row.get_ref(2)?),
        report: bytes(row.get_ref(3)?),
        version: integer(row.get_ref(4)?),
        payload: bytes(row.get_ref(5)?),
        checksum: bytes(row.get_ref(6)?),
    })
}

pub(super) fn integer(value: ValueRef<'_>) -> i64 {
    value.as_i64().unwrap_or(0)
}

pub(super) fn bytes(value: ValueRef<'_>) -> Vec<u8> {
    value.as_bytes().map(<[u8]>::to_vec).unwrap_or_default()
}

/// Revision and time of the last entry; zeros when there is none.
pub(super) fn tail(connection: &Connection) -> rusqlite::Result<(Revision, Timestamp)> {
    let mut statement =
        connection.prepare_cached("SELECT revision, time FROM entries ORDER BY revision DESC LIMIT 1")?;
    let tail = statement.query_row([], |row| {
        Ok((Revision(integer(row.get_ref(0)?).unsigned_abs()), Timestamp(integer(row.get_ref(1)?))))
    });
    Ok(tail.optional()?.unwrap_or_default())
}

/// The newest entry of a report. `Some(None)` if the lookup names an entry that is not there.
pub(super) fn standing(connection: &Connection, report: &ReportId) -> rusqlite::Result<Option<Option<Sealed>>> {
    let mut statement = connection.prepare_cached(
        "SELECT e.revision, e.time, e.kind, e.report, e.version, e.payload, e.checksum
         FROM reports r LEFT JOIN entries e ON e.revision = r.revision WHERE r.id = ?1",
    )?;
    statement.query_row([report.as_str()], perhaps_sealed).optional()
}

/// The entry with the newest content of a report. `Some(None)` as above.
pub(super) fn content(connection: &Connection, report: &ReportId) -> rusqlite::Result<Option<Option<Sealed>>> {
    let mut statement = connection.prepare_cached(
        "SELECT e.revision, e.time, e.kind, e.report, e.version, e.payload, e.checksum
         FROM reports r LEFT JOIN entries e ON e.revision = r.content WHERE r.id = ?1",
    )?;
    statement.query_row([report.as_str()], perhaps_sealed).optional()
}

fn perhaps_sealed(row: &Row<'_>) -> rusqlite::Result<Option<Sealed>> {
    match row.get_ref(0)? {
        ValueRef::Null => Ok(None),
        _ => sealed(row).map(Some),
    }
}

/// Revision of the newest entry of a report; 0 for one that was never stored.
pub(super) fn newest_of_report(connection: &Connection, report: &ReportId) -> rusqlite::Result<Revision> {
    let mut statement = connection.prepare_cached("SELECT revision FROM reports WHERE id = ?1")?;
    let revision = statement.query_row([report.as_str()], |row| row.get_ref(0).map(integer)).optional()?;
    Ok(Revision(revision.unwrap_or_default().unsigned_abs()))
}

/// Revision of the newest correction or reversion; 0 where there is none.
pub(super) fn newest_correction(connection: &Connection) -> rusqlite::Result<Revision> {
    let mut statement = connection.prepare_cached(
        "SELECT max(coalesce((SELECT max(revision) FROM corrections), 0),
                    coalesce((SELECT max(reverted) FROM corrections), 0))",
    )?;
    let newest = statement.query_row([], |row| row.get_ref(0).map(integer))?;
    Ok(Revision(newest.unsigned_abs()))
}

/// How a correction stands. `Some(None)` if the lookup names an entry that is not there.
pub(super) fn correction(
    connection: &Connection,
    correction: Revision,
) -> rusqlite::Result<Option<Option<StandingCorrection>>> {
    let Ok(revision) = i64::try_from(correction.0) else { return Ok(None) };
    let mut statement = connection.prepare_cached(
        "SELECT c.reverted, e.time FROM corrections c LEFT JOIN entries e ON e.revision = c.reverted
         WHERE c.revision = ?1",
    )?;
    let row = |row: &Row<'_>| {
        Ok(match (row.get_ref(0)?, row.get_ref(1)?) {
            (ValueRef::Null, _) => Some(StandingCorrection { reverted: None }),
            (_, ValueRef::Null) => None,
            (reverted, time) => Some(StandingCorrection {
                reverted: Some((Revision(integer(reverted).unsigned_abs()), Timestamp(integer(time)))),
            }),
        })
    };
    statement.query_row([revision], row).optional()
}

/// Notes a correction.
pub(super) fn note_correction(connection: &Connection, revision: i64) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached("INSERT INTO corrections (revision, reverted) VALUES (?1, NULL)")?;
    statement.execute([revision]).map(drop)
}

/// Notes that a correction was reverted.
pub(super) fn note_reversion(connection: &Connection, correction: i64, revision: i64) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached("UPDATE corrections SET reverted = ?2 WHERE revision = ?1")?;
    statement.execute([correction, revision]).map(drop)
}

/// Id of the report that holds a url.
pub(super) fn holder(connection: &Connection, url: &str) -> rusqlite::Result<Option<Vec<u8>>> {
    let mut statement = connection.prepare_cached("SELECT id FROM reports WHERE url = ?1")?;
    statement.query_row([url], |row| row.get_ref(0).map(bytes)).optional()
}

/// How a request id was answered first; `Some(None)` if what is stored of it is damaged.
pub(super) fn first_answer(connection: &Connection, request_id: &str) -> rusqlite::Result<Option<Option<FirstAnswer>>> {
    let mut statement = connection.prepare_cached(
        "SELECT q.fingerprint, q.revision, q.checksum, e.report, e.time
         FROM requests q LEFT JOIN entries e ON e.revision = q.revision WHERE q.id = ?1",
    )?;
    let row = |row: &Row<'_>| {
        let (stored, checksum) = (bytes(row.get_ref(0)?), bytes(row.get_ref(2)?));
        let (revision, time) = (integer(row.get_ref(1)?), integer(row.get_ref(4)?));
        let report = bytes(row.get_ref(3)?);
        if request_checksum(request_id.as_bytes(), &stored, revision).as_slice() != checksum {
            return Ok(None);
        }
        // An entry about no report has none; anything else must be an id.
        let report = if report.is_empty() { Some(None) } else { report_id(&report).map(Some) };
        Ok(stored.try_into().ok().zip(report).map(|(fingerprint, report)| FirstAnswer {
            fingerprint,
            revision: Revision(revision.unsigned_abs()),
            report,
            time: Timestamp(time),
        }))
    };
    statement.query_row([request_id], row).optional()
}

/// An id as it is stored, if it is one.
pub(super) fn report_id(bytes: &[u8]) -> Option<ReportId> {
    ReportId::parse(std::str::from_utf8(bytes).ok()?).ok()
}

pub(super) fn insert_entry(connection: &Connection, entry: &Sealed) -> rusqlite::Result<()> {
    // The texts were text when they were sealed; CAST stores them as such.
    let mut statement = connection.prepare_cached(
        "INSERT INTO entries (revision, time, kind, report, version, payload, checksum)
         VALUES (?1, ?2, CAST(?3 AS TEXT), CAST(?4 AS TEXT), ?5, CAST(?6 AS TEXT), ?7)",
    )?;
    let Sealed { revision, time, kind, report, version, payload, checksum } = entry;
    statement.execute(params![revision, time, kind, report, version, payload, checksum]).map(drop)
}

/// Notes the newest content of a report and the url it holds now.
pub(super) fn note_put(
    connection: &Connection,
    id: &ReportId,
    url: Option<&str>,
    revision: i64,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO reports (id, url, revision, content) VALUES (?1, ?2, ?3, ?3)
         ON CONFLICT (id) DO UPDATE
         SET url = excluded.url, revision = excluded.revision, content = excluded.content",
    )?;
    statement.execute(params![id.as_str(), url, revision]).map(drop)
}

/// Notes the deletion of a report, or that it is back; it goes on holding its url meanwhile.
pub(super) fn note_newest(connection: &Connection, id: &ReportId, revision: i64) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached("UPDATE reports SET revision = ?2 WHERE id = ?1")?;
    statement.execute(params![id.as_str(), revision]).map(drop)
}

/// Remembers the first answer to a request id.
pub(super) fn note_request(
    connection: &Connection,
    request_id: &str,
    fingerprint: &[u8],
    revision: i64,
) -> rusqlite::Result<()> {
    let mut statement = connection
        .prepare_cached("INSERT INTO requests (id, fingerprint, revision, checksum) VALUES (?1, ?2, ?3, ?4)")?;
    let checksum = request_checksum(request_id.as_bytes(), fingerprint, revision);
    statement.execute(params![request_id, fingerprint, revision, checksum]).map(drop)
}
