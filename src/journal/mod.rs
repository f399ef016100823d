//! The journal: the append-only truth of bienban. What came in, in order, each entry under a revision counted from 1
//! without gaps. Everything else can be deleted and is rebuilt from here.
//!
//! [`Journal`] is what other rooms see. [`SqliteJournal`] keeps it in a folder of one process; a store that several
//! processes share can follow behind the same trait, held to the same suite (`tests/journal/conformance.rs`). What the
//! stores have in common lies beside them: `decide` (what a write means, given what is stored, without I/O),
//! `stored` (the forms entries are kept in, with versions and checksums) and `queue` (bounded, for one writer).
//!
//! This room reads no report's text, knows no registry, no index and no wire format.

mod clock;
mod copy;
mod decide;
mod digest;
mod entry;
mod error;
mod queue;
mod sqlite;
mod stored;

use async_trait::async_trait;

use crate::model::Revision;

pub use clock::{Clock, SystemClock};
pub use copy::JournalCopy;
pub use entry::{Appended, Entry, EntryBody, Fault, Guard, IncomingReport, Outcome, Verification, Write};
pub use error::{Holder, JournalError};
pub use sqlite::{SqliteJournal, SqliteOptions, Stats};

/// An append-only log of reports, their deletions, and corrections.
///
/// **Identity.** A report that comes in is the one with the id it gives; else the one that holds its url; else the one
/// with the id derived from its url, or from its text where it has no url ([`ReportId::derive`]). A report holds the
/// url of its newest content, also while it is deleted, so that the same page put again is the same report again.
///
/// **Repeats.** A report put with the content it already has makes no entry. A request id that was answered before is
/// answered the same again, whatever happened since; the same request id with another payload is refused. Refused writes
/// leave no trace, so their request ids stay free.
///
/// **Corrections** are kept as they are handed over: whether what they speak of exists is for others to say. Those have looked at what is
/// derived from the journal up to some revision; the journal refuses the correction if anything that it names as its ground ([`Guard`])
/// changed since.
///
/// [`ReportId::derive`]: crate::model::ReportId::derive
#[async_trait]
pub trait Journal: Send + Sync + 'static {
    /// Appends one write, durably: the answer comes after the entry is synced. Writes take effect one after the other
    /// in the order they were handed over; those of many concurrent callers share a commit. A caller that goes away
    /// while waiting does not take its write back.
    ///
    /// # Errors
    /// * [`NotFound`](JournalError::NotFound): the report to delete was never stored, or is already deleted (as in
    ///   AIP-135; a retry that carries a request id gets its first answer instead); the report to bring back was never stored.
    /// * [`NoCorrection`](JournalError::NoCorrection): there is no such correction to take back.
    /// * [`Moved`](JournalError::Moved): something changed that the correction rests on.
    /// * [`UrlTaken`](JournalError::UrlTaken): the report gives an id, and its url belongs to a report with another.
    /// * [`RequestIdReused`](JournalError::RequestIdReused): the request id stands for another payload.
    /// * [`Conflict`](JournalError::Conflict): the report is not at the revision the deletion expects.
    /// * [`Overloaded`](JournalError::Overloaded): too many writes wait already; told at once, without waiting.
    /// * [`Closed`](JournalError::Closed): the journal was closed, or opened for reading only.
    /// * [`Storage`](JournalError::Storage), [`Corrupt`](JournalError::Corrupt): the store failed; the write was not
    ///   acknowledged and, unless the store lied, did not happen. The journal stays usable where the store does.
    async fn append(&self, write: Write) -> Result<Appended, JournalError>;

    /// The entries after a revision, ascending, without a gap: at most `limit` of them and about `max_bytes` bytes of
    /// payload, but at least one if there is any (and `limit` is not 0). Only synced entries are seen.
    ///
    /// # Errors
    /// [`Corrupt`](JournalError::Corrupt) if the first of them is damaged or missing (what precedes a later damage comes
    /// without it), [`Closed`](JournalError::Closed) after [`close`](Self::close),
    /// [`Storage`](JournalError::Storage) if the store fails.
    async fn read(&self, after: Revision, limit: usize, max_bytes: usize) -> Result<Vec<Entry>, JournalError>;

    /// How a correction under this request id was answered before; `None` if none was. `asked` is what is asked now.
    ///
    /// # Errors
    /// [`RequestIdReused`](JournalError::RequestIdReused) if something else was asked then,
    /// [`Corrupt`](JournalError::Corrupt), [`Closed`](JournalError::Closed), [`Storage`](JournalError::Storage).
    async fn answered(&self, request_id: &str, asked: &[String]) -> Result<Option<Appended>, JournalError>;

    /// Revision of the last synced entry; 0 when there is none. Never less than a revision [`append`](Self::append)
    /// has answered with.
    fn head(&self) -> Revision;

    /// Follows the head. Ends (`changed` fails) when the journal takes no more entries, after the last one was seen.
    fn watch(&self) -> tokio::sync::watch::Receiver<Revision>;

    /// Counts how often waiting writes were answered, also where none of them made an entry: each time there may be room for another one.
    /// Ends when the journal takes no more writes.
    fn watch_queue(&self) -> tokio::sync::watch::Receiver<u64>;

    /// Writes that wait to be appended now.
    fn queued(&self) -> usize;

    /// Reads everything as it stands now and tells what is wrong: damaged or missing entries, times that go backwards,
    /// lookup tables that do not agree with the entries, damage the store itself finds. Appends go on meanwhile.
    ///
    /// # Errors
    /// Only where the examination cannot be made: [`Closed`](JournalError::Closed), [`Storage`](JournalError::Storage).
    async fn verify(&self) -> Result<Verification, JournalError>;

    /// Copies everything as it stands now, consistently and while appends go on. Needs as much room on disk as the journal takes.
    ///
    /// # Errors
    /// [`Closed`](JournalError::Closed), [`Corrupt`](JournalError::Corrupt), [`Storage`](JournalError::Storage).
    async fn copy(&self) -> Result<JournalCopy, JournalError>;

    /// Refuses further appends, finishes what is queued, lets running reads end, checkpoints, closes and releases the
    /// lock. Closing again is harmless and waits for the same end.
    ///
    /// # Errors
    /// [`Storage`](JournalError::Storage) if the last checkpoint fails. Nothing acknowledged is lost by that.
    async fn close(&self) -> Result<(), JournalError>;
}
