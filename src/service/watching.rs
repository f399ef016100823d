//! Staying in step: changes of meetings and entities from a revision on.
//!
//! A stream reads the table of last changes in ever newer snapshots, a handful at a time, and holds nothing in between. So a slow caller costs no
//! memory, and one that comes back after a year is told each record that changed, once.
//!
//! Revisions alone do not tell whether a caller may go on: a newer reader of reports derives other records from the same entries, and a journal that was
//! restored from a backup has other entries under the same revisions. A token therefore has the versions and the time of its entry; where they do not fit
//! any more, everything is told anew.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout_at;

use super::api::{
    Answer, Call, Change, ChangeBatch, Changed, Changes, MeetingRecord, RecordId, Texts, View, WatchChanges, WatchFrom,
    WatchProgress,
};
use super::entities::evidence_texts;
use super::error::ServiceError;
use super::live::Service;
use super::meetings::record;
use super::token::{self, Fingerprint};
use super::working::blocking;
use crate::journal::Journal;
use crate::model::{Revision, Timestamp};
use crate::projection::{Projection, RecordChange, Snapshot, Versions};

/// A sign of life comes at least so often.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// Most records read together: those in full are large.
fn at_once(view: View) -> usize {
    match view {
        View::Basic => 256,
        View::Full => 16,
    }
}

/// What a resume token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    /// Everything up to here was told.
    told: Revision,
    /// When the entry there was written, where that is known.
    time: Option<Timestamp>,
    /// What derived the records from the entries.
    versions: Versions,
}

impl Service {
    pub(super) async fn watch(&self, call: &Call, request: WatchChanges) -> Answer<Box<dyn Changes>> {
        let place = Arc::clone(&self.watches).try_acquire_owned();
        let place = place.map_err(|_| ServiceError::Overloaded { retry_after: self.limits.retry_after })?;
        // Also to be told at once where the service is not ready.
        let versions = self.snapshot(call, Revision(0)).await?.versions();
        let kinds = format!("{}{}", u8::from(request.meetings), u8::from(request.entities));
        let fingerprint = Fingerprint::of("WatchChanges", &[&kinds]);
        let (told, anew) = match &request.from {
            WatchFrom::Revision(revision) if *revision > self.journal.head() => {
                return Err(ServiceError::RevisionUnknown { wanted: *revision, head: self.journal.head() });
            }
            WatchFrom::Revision(revision) => (*revision, false),
            WatchFrom::Token(text) => match token::decode_field::<Mark>("resume_token", fingerprint, text)? {
                Some(mark)
                    if mark.versions == versions
                        && fits(&*self.journal, mark).await.map_err(|error| self.refused(error))? =>
                {
                    (mark.told, false)
                }
                Some(_) => (Revision(0), true),
                None => (Revision(0), false),
            },
        };
        Ok(Box::new(Feed {
            projection: self.projection.clone(),
            places: self.desk.of_streams(),
            _place: place,
            deadline: call.deadline,
            retry_after: self.limits.retry_after,
            request,
            fingerprint,
            told,
            at: (told, LAST.to_owned()),
            versions,
            anew,
            silent_since: None,
        }))
    }
}

/// Comes after every name.
const LAST: &str = "\u{10ffff}";

/// True if the journal is the one that a token was given for.
async fn fits(journal: &dyn Journal, mark: Mark) -> Result<bool, crate::journal::JournalError> {
    if mark.told > journal.head() {
        return Ok(false);
    }
    let Some(before) = mark.told.0.checked_sub(1) else { return Ok(true) };
    let Some(time) = mark.time else { return Ok(true) };
    let entries = journal.read(Revision(before), 1, 1).await?;
    Ok(entries.first().is_some_and(|entry| entry.time == time))
}

/// A caller's place.
struct Feed {
    projection: Projection,
    /// Where reading is done, beside everybody else.
    places: Arc<Semaphore>,
    /// One of the streams that there may be.
    _place: OwnedSemaphorePermit,
    deadline: Option<Instant>,
    retry_after: Duration,
    request: WatchChanges,
    fingerprint: Fingerprint,
    /// Everything up to here was told.
    told: Revision,
    /// The last change that was read: its revision and name.
    at: (Revision, String),
    /// What derived the records that were told.
    versions: Versions,
    /// To be said with the next batch.
    anew: bool,
    /// When the caller was told last, once it has caught up.
    silent_since: Option<Instant>,
}

/// What was read of a snapshot.
struct Read {
    batch: ChangeBatch,
    at: (Revision, String),
    told: Revision,
    time: Option<Timestamp>,
}

#[async_trait]
impl Changes for Feed {
    async fn next(&mut self) -> Answer<ChangeBatch> {
        let snapshot = self.wait().await?;
        if snapshot.versions() != self.versions {
            // What an earlier version had derived has been built anew meanwhile.
            (self.told, self.at) = (Revision(0), (Revision(0), LAST.to_owned()));
            (self.versions, self.anew) = (snapshot.versions(), true);
        }
        let place = Arc::clone(&self.places).acquire_owned().await;
        let place = place.map_err(|closed| ServiceError::Internal(Box::new(closed)))?;
        let (request, at, told) = (self.request.clone(), self.at.clone(), self.told);
        let read = blocking(move || {
            let _place = place;
            read(&snapshot, &request, at, told)
        })
        .await?;
        let Read { mut batch, at, told, time } = read;
        (self.at, self.told) = (at, told);
        batch.anew = std::mem::take(&mut self.anew);
        batch.progress.revision = told;
        batch.progress.token = token::encode(self.fingerprint, &Mark { told, time, versions: self.versions });
        self.silent_since = batch.progress.caught_up.then(Instant::now);
        Ok(batch)
    }
}

impl Feed {
    /// A snapshot to read on in: at once where there may be more, else when something has changed or it is time for a sign of life.
    async fn wait(&mut self) -> Answer<Arc<Snapshot>> {
        let Some(silent_since) = self.silent_since else { return Ok(self.projection.snapshot()) };
        let sign = silent_since + SIGN_OF_LIFE;
        let until = self.deadline.map_or(sign, |deadline| deadline.min(sign));
        let next = Revision(self.told.0 + 1);
        match timeout_at(until.into(), self.projection.at_least(next)).await {
            Ok(Some(snapshot)) => Ok(snapshot),
            Ok(None) => Err(ServiceError::ShuttingDown { retry_after: self.retry_after }),
            Err(_) if until < sign => Err(ServiceError::DeadlineExceeded),
            Err(_) => Ok(self.projection.snapshot()),
        }
    }
}

/// Reads on after a position.
fn read(snapshot: &Snapshot, request: &WatchChanges, at: (Revision, String), told: Revision) -> Answer<Read> {
    let limit = at_once(request.view);
    let rows = snapshot.changes_after(at.0, &at.1, limit)?;
    let caught_up = rows.len() < limit;
    let mut batch =
        ChangeBatch { progress: WatchProgress { caught_up, ..WatchProgress::default() }, ..ChangeBatch::default() };
    let last = rows.last().map(|row| (row.revision, row.record.name()));
    for row in rows.into_iter().filter(|row| wanted(request, &row.record)) {
        batch.changes.push(change(snapshot, request.view, row, &mut batch.texts)?);
    }
    // Of the last revision read there may be more, unless there is nothing more at all.
    let (at, told, time) = match last {
        _ if caught_up => {
            // A caller may have begun beyond what answers stand at yet.
            let told = snapshot.revision().max(told);
            ((told, LAST.to_owned()), told, snapshot.time().filter(|_| told == snapshot.revision()))
        }
        Some(at) => {
            let told = Revision(at.0.0.saturating_sub(1)).max(told);
            (at, told, None)
        }
        None => (at, told, None),
    };
    Ok(Read { batch, at, told, time })
}

fn wanted(request: &WatchChanges, record: &RecordId) -> bool {
    match record {
        RecordId::Meeting(_) => request.meetings,
        RecordId::Entity(_) => request.entities,
    }
}

/// A change with the record as it is now.
fn change(snapshot: &Snapshot, view: View, row: RecordChange, all: &mut Texts) -> Answer<Change> {
    let RecordChange { revision, record: id, corrected } = row;
    let now = match &id {
        RecordId::Meeting(meeting) => match record(snapshot, meeting, view) {
            Err(ServiceError::MeetingNotFound(_)) => Changed::Gone,
            Err(error) => return Err(error),
            Ok((found, texts)) => {
                let own = match &found.value {
                    MeetingRecord::Basic(summary) => &summary.id,
                    MeetingRecord::Full(meeting) => &meeting.id,
                };
                if own == meeting {
                    all.extend(texts);
                    Changed::Meeting(found.value)
                } else {
                    Changed::Moved(own.name())
                }
            }
        },
        RecordId::Entity(entity) => match snapshot.entity(entity)? {
            None => Changed::Gone,
            Some(found) if found.id != *entity => Changed::Moved(found.id.name()),
            Some(found) => {
                all.extend(evidence_texts(snapshot, &found, view)?);
                Changed::Entity(Box::new(found))
            }
        },
    };
    Ok(Change { record: id, revision, corrected, now })
}
