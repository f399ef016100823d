//! The one that writes: takes what is queued, decides, commits it together, answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{oneshot, watch};

use super::lock::FolderLock;
use super::{rows, schema};
use crate::journal::decide::{self, Decision, Newest, Standing, StandingCorrection};
use crate::journal::queue::{Bounds, Queue};
use crate::journal::stored::Sealed;
use crate::journal::{Appended, Clock, Entry, EntryBody, Guard, IncomingReport, JournalError, Write};
use crate::model::{ReportId, Revision, Timestamp};

/// A write and whom to answer.
pub(super) struct Request {
    pub write: Write,
    pub reply: oneshot::Sender<Answer>,
}

/// What a caller of `append` is told.
pub(super) type Answer = Result<Appended, JournalError>;

/// Where the journal ends.
#[derive(Debug, Clone, Copy)]
struct Tail {
    head: Revision,
    time: Timestamp,
}

/// Why a write was not applied.
enum Stop {
    /// This write is refused; nothing was changed for it.
    Refused(JournalError),
    /// The store failed, so the whole batch does.
    Failed(rusqlite::Error),
}

impl From<JournalError> for Stop {
    fn from(error: JournalError) -> Self {
        Self::Refused(error)
    }
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error)
    }
}

/// Pages of 4 KiB in the write-ahead log that make a checkpoint worth it, 32 MiB. With SQLite's own 1000 a stream of
/// reports would have the same pages of indexes written out and synced again every few commits.
const CHECKPOINT_PAGES: i64 = 8192;

/// Owns the writing connection and the end of the journal.
pub(super) struct Writer {
    connection: Connection,
    clock: Arc<dyn Clock>,
    /// `None` after a failure: read again before the next batch, since a commit that failed may still have happened.
    tail: Option<Tail>,
}

impl Writer {
    pub(super) fn new(connection: Connection, clock: Arc<dyn Clock>) -> Result<Self, JournalError> {
        let mut writer = Self { connection, clock, tail: None };
        writer.tail()?;
        Ok(writer)
    }

    /// Last synced revision.
    pub(super) fn head(&mut self) -> Result<Revision, JournalError> {
        self.tail().map(|tail| tail.head)
    }

    fn tail(&mut self) -> Result<Tail, JournalError> {
        if let Some(tail) = self.tail {
            return Ok(tail);
        }
        let (head, time) = rows::tail(&self.connection).map_err(schema::failure)?;
        Ok(*self.tail.insert(Tail { head, time }))
    }

    /// Applies writes in order and commits them together; one answer each. An error means that none was applied.
    fn commit(&mut self, writes: Vec<Write>) -> Result<Vec<Answer>, JournalError> {
        let mut tail = self.tail()?;
        self.tail = None;
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(schema::failure)?;
        let mut answers = Vec::with_capacity(writes.len());
        for write in writes {
            match apply(&transaction, self.clock.as_ref(), &mut tail, write) {
                Ok(appended) => answers.push(Ok(appended)),
                Err(Stop::Refused(error)) => answers.push(Err(error)),
                Err(Stop::Failed(error)) => return Err(schema::failure(error)),
            }
        }
        transaction.commit().map_err(schema::failure)?;
        self.tail = Some(tail);
        Ok(answers)
    }

    /// Moves what has gathered in the write-ahead log into the database, if it is worth it. Readers that still use the
    /// log are not waited for; what they hold back is moved another time.
    fn checkpoint_if_due(&self) -> rusqlite::Result<()> {
        let pages = |mode: &str| {
            let sql = format!("PRAGMA wal_checkpoint({mode})");
            self.connection.query_row(&sql, [], |row| Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)))
        };
        let (gathered, moved) = pages("NOOP")?;
        if gathered - moved >= CHECKPOINT_PAGES {
            pages("PASSIVE")?;
        }
        Ok(())
    }

    /// Moves everything from the write-ahead log into the database and closes it.
    fn finish(self) -> Result<(), JournalError> {
        // Busy is no failure: a reader of another process keeps part of the log in use, and the next writer checkpoints it.
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(schema::failure)?;
        self.connection.close().map_err(|(_, error)| schema::failure(error))
    }
}

/// Applies one write within a transaction. All that can refuse it comes before the first change.
fn apply(connection: &Connection, clock: &dyn Clock, tail: &mut Tail, write: Write) -> Result<Appended, Stop> {
    let request = write.request_id().map(|id| (id.to_owned(), decide::fingerprint(&write)));
    if let Some((id, fingerprint)) = &request
        && let Some(first) = rows::first_answer(connection, id)?
    {
        let first = first.ok_or_else(|| corrupt("what is stored of a request id"))?;
        return Ok(decide::replay(id, fingerprint, first)?);
    }
    let appended = match decision(connection, write)? {
        Decision::Answer(appended) => appended,
        Decision::Append(body, outcome) => {
            let time = clock.now().max(tail.time);
            let entry = Entry { revision: Revision(tail.head.0 + 1), time, body };
            store(connection, &entry)?;
            *tail = Tail { head: entry.revision, time };
            Appended { revision: entry.revision, report: entry.body.report().cloned(), time, outcome }
        }
    };
    if let Some((id, fingerprint)) = &request {
        rows::note_request(connection, id, fingerprint, appended.revision.0.cast_signed())?;
    }
    Ok(appended)
}

fn decision(connection: &Connection, write: Write) -> Result<Decision, Stop> {
    match write {
        Write::PutReport { report, expected, .. } => {
            let holder = holder(connection, &report)?;
            let draft = decide::identify(report, holder)?;
            let standing = standing(connection, &draft.id)?;
            Ok(decide::put(draft, expected, standing)?)
        }
        Write::DeleteReport { id, expected, .. } => {
            let standing = standing(connection, &id)?;
            Ok(decide::delete(id, expected, standing)?)
        }
        Write::UndeleteReport { id, expected, .. } => {
            let standing = standing(connection, &id)?;
            Ok(decide::undelete(id, expected, standing)?)
        }
        Write::Correct { body, said, guard, .. } => {
            let newest = newest(connection, &guard)?;
            Ok(decide::correct(EntryBody::Corrected { body, said }, guard.read_at, newest)?)
        }
        Write::RevertCorrection { correction, said, .. } => {
            let standing = standing_correction(connection, correction)?;
            Ok(decide::revert(correction, said, standing)?)
        }
    }
}

fn holder(connection: &Connection, report: &IncomingReport) -> Result<Option<ReportId>, Stop> {
    let Some(url) = &report.url else { return Ok(None) };
    let Some(id) = rows::holder(connection, url)? else { return Ok(None) };
    Ok(Some(rows::report_id(&id).ok_or_else(|| corrupt("the id that holds a url"))?))
}

fn standing(connection: &Connection, id: &ReportId) -> Result<Option<Standing>, Stop> {
    let Some(sealed) = rows::standing(connection, id)? else { return Ok(None) };
    let Entry { revision, time, body } = sealed.ok_or_else(|| corrupt("the newest entry of a report"))?.open()?;
    let content = match body {
        EntryBody::ReportPut { draft } => Some(draft),
        EntryBody::ReportDeleted { .. } => None,
        EntryBody::ReportUndeleted { .. } => {
            let sealed = rows::content(connection, id)?.flatten().ok_or_else(|| corrupt("a report's content"))?;
            match sealed.open()?.body {
                EntryBody::ReportPut { draft } if draft.id == *id => Some(draft),
                _ => return Err(corrupt("a report's content").into()),
            }
        }
        EntryBody::Corrected { .. } | EntryBody::CorrectionReverted { .. } => {
            return Err(corrupt("the newest entry of a report").into());
        }
    };
    Ok(Some(Standing { revision, time, content }))
}

fn standing_correction(connection: &Connection, correction: Revision) -> Result<Option<StandingCorrection>, Stop> {
    let Some(standing) = rows::correction(connection, correction)? else { return Ok(None) };
    Ok(Some(standing.ok_or_else(|| corrupt("the reversion of a correction"))?))
}

fn newest(connection: &Connection, guard: &Guard) -> Result<Newest, Stop> {
    let mut newest = Newest { correction: rows::newest_correction(connection)?, ..Newest::default() };
    for report in &guard.reports {
        newest.report = newest.report.max(rows::newest_of_report(connection, report)?);
    }
    Ok(newest)
}

fn store(connection: &Connection, entry: &Entry) -> Result<(), Stop> {
    let sealed = Sealed::seal(entry)?;
    rows::insert_entry(connection, &sealed)?;
    match &entry.body {
        EntryBody::ReportPut { draft } => {
            rows::note_put(connection, &draft.id, draft.url.as_deref(), sealed.revision)?;
        }
        EntryBody::ReportDeleted { id } | EntryBody::ReportUndeleted { id } => {
            rows::note_newest(connection, id, sealed.revision)?;
        }
        EntryBody::Corrected { .. } => rows::note_correction(connection, sealed.revision)?,
        EntryBody::CorrectionReverted { correction, .. } => {
            rows::note_reversion(connection, correction.0.cast_signed(), sealed.revision)?;
        }
    }
    Ok(())
}

pub(super) fn corrupt(thing: &str) -> JournalError {
    JournalError::Corrupt { revision: None, what: format!("{thing} is damaged or missing") }
}

/// What the writer has done since it was opened.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub answered: AtomicU64,
    pub commits: AtomicU64,
}

/// The writer's thread: its work, its ways out.
pub(super) struct Shift {
    /// Given up last, when the connection is closed; so it stands first, also below.
    pub lock: FolderLock,
    pub writer: Writer,
    pub queue: Arc<Queue<Request>>,
    pub batch: Bounds,
    pub head: watch::Sender<Revision>,
    /// Batches that were answered.
    pub batches: watch::Sender<u64>,
    pub counters: Arc<Counters>,
}

impl Shift {
    /// Works until the queue is closed and empty.
    pub(super) fn run(self) -> Result<(), JournalError> {
        let Self { lock, mut writer, queue, batch, head, batches, counters } = self;
        // Also if something below panics, nobody shall wait for an answer that does not come.
        let _abandon = Abandon(Arc::clone(&queue));
        while let Some(requests) = queue.take(batch) {
            serve(&mut writer, requests, &head, &counters);
            batches.send_modify(|count| *count += 1);
            // If it fails, the log grows and the next one tries again; entries are safe in either place.
            let _ = writer.checkpoint_if_due();
        }
        drop((head, batches));
        let finished = writer.finish();
        drop(lock);
        finished
    }
}

/// Commits a batch, then tells: the head first, so that nobody holds an answer beyond it.
fn serve(writer: &mut Writer, requests: Vec<Request>, head: &watch::Sender<Revision>, counters: &Counters) {
    let (writes, replies): (Vec<_>, Vec<_>) = requests.into_iter().map(|r| (r.write, r.reply)).unzip();
    let answers = writer.commit(writes).unwrap_or_else(|error| vec![Err(error); replies.len()]);
    counters.commits.fetch_add(1, Ordering::Relaxed);
    counters.answered.fetch_add(replies.len() as u64, Ordering::Relaxed);
    if let Ok(now) = writer.head() {
        head.send_if_modified(|seen| std::mem::replace(seen, now) != now);
    }
    for (reply, answer) in replies.into_iter().zip(answers) {
        // A caller that has gone away needs no answer.
        let _ = reply.send(answer);
    }
}

struct Abandon(Arc<Queue<Request>>);

impl Drop for Abandon {
    fn drop(&mut self) {
        self.0.abandon();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Outcome, SystemClock};

    fn put(text: &str) -> Write {
        let report = IncomingReport {
            id: None,
            url: None,
            publisher: None,
            title: None,
            publish_date: None,
            text: text.to_owned(),
        };
        Write::PutReport { report, request_id: Some(format!("put {}", text.len())), expected: None }
    }

    fn revisions(answers: &[Answer]) -> Vec<u64> {
        answers.iter().map(|answer| answer.as_ref().expect("appended").revision.0).collect()
    }

    #[test]
    fn a_failed_commit_fails_for_all_and_leaves_nothing() {
        let dir = tempfile::tempdir().expect("folder");
        let connection = schema::open_writer(dir.path()).expect("opened");
        let mut writer = Writer::new(connection, Arc::new(SystemClock)).expect("writer");
        assert_eq!(revisions(&writer.commit(vec![put("a")]).expect("committed")), [1]);

        // As a full disk does: room for the small write, none for the large one after it.
        let pages: i64 = writer.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).expect("count");
        let limit = |writer: &Writer, pages: i64| {
            writer.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).expect("set");
        };
        limit(&writer, pages);
        let large = "x".repeat(100_000);
        let error = writer.commit(vec![put("bb"), put(&large)]).expect_err("full");
        assert!(matches!(error, JournalError::Storage(_)), "{error:?}");
        assert_eq!(writer.head().expect("head"), Revision(1));

        limit(&writer, 1_000_000);
        let answers = writer.commit(vec![put("bb"), put(&large)]).expect("committed");
        assert_eq!(revisions(&answers), [2, 3]);
        assert!(answers.iter().all(|a| a.as_ref().is_ok_and(|a| a.outcome == Outcome::Created)));
    }

    #[test]
    fn the_log_is_emptied_into_the_database_as_it_grows() {
        let dir = tempfile::tempdir().expect("folder");
        let connection = schema::open_writer(dir.path()).expect("opened");
        let mut writer = Writer::new(connection, Arc::new(SystemClock)).expect("writer");
        let size = || std::fs::metadata(schema::file(dir.path())).expect("there").len();
        let mut length = 1_000_000;
        while size() < 30_000_000 {
            writer.commit(vec![put(&"x".repeat(length))]).expect("committed");
            writer.checkpoint_if_due().expect("checkpointed");
            length += 1;
            assert!(length < 1_000_040, "still {} bytes", size());
        }
        assert!(length > 1_000_025, "too early");
        let log = std::fs::metadata(dir.path().join("journal.sqlite-wal")).expect("there").len();
        assert!(log < 40_000_000, "{log}");
    }

    #[test]
    fn a_failed_batch_is_told_to_everyone_and_the_next_one_works() {
        let dir = tempfile::tempdir().expect("folder");
        let connection = schema::open_writer(dir.path()).expect("opened");
        let mut writer = Writer::new(connection, Arc::new(SystemClock)).expect("writer");
        let (head, seen) = watch::channel(Revision(0));
        let mut batch = |broken: bool| {
            writer.connection.pragma_update(None, "query_only", broken).expect("set");
            let (replies, answers): (Vec<_>, Vec<_>) = (0..3).map(|_| oneshot::channel()).unzip();
            let texts = ["a", "bb", "ccc"];
            let requests = replies.into_iter().zip(texts).map(|(reply, text)| Request { write: put(text), reply });
            serve(&mut writer, requests.collect(), &head, &Counters::default());
            answers.into_iter().map(|mut answer| answer.try_recv().expect("answered").is_ok()).collect::<Vec<_>>()
        };
        assert_eq!(batch(true), [false; 3]);
        assert_eq!(*seen.borrow(), Revision(0));
        assert_eq!(batch(false), [true; 3]);
        assert_eq!(*seen.borrow(), Revision(3));
    }
}
