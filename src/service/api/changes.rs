//! What a caller gets who stays in step with meetings and entities.

use async_trait::async_trait;

use super::{Answer, MeetingRecord, Texts, View};
use crate::model::{Entity, Revision};

pub use crate::projection::RecordId;

/// Asks for changes.
#[derive(Debug, Clone)]
pub struct WatchChanges {
    /// From where on.
    pub from: WatchFrom,
    /// True: meetings are wanted.
    pub meetings: bool,
    /// True: entities are wanted.
    pub entities: bool,
    /// How much of each.
    pub view: View,
}

/// From where on changes are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WatchFrom {
    /// After this revision.
    Revision(Revision),
    /// Where a stream before ended, in words made by the service and opaque to everybody else.
    Token(String),
}

/// A caller's place in the sequence of changes.
#[async_trait]
pub trait Changes: Send {
    /// Waits for changes, or until it is time for a sign of life.
    ///
    /// # Errors
    /// If the store fails, the caller's deadline passes, or the service ends. The stream has ended then.
    async fn next(&mut self) -> Answer<ChangeBatch>;
}

/// Changes that are told together, in their order.
#[derive(Debug, Clone, Default)]
pub struct ChangeBatch {
    /// True: what was told before this is no ground to go on from; everything there is follows, from the beginning.
    pub anew: bool,
    /// What changed; none where there is only a sign of life.
    pub changes: Vec<Change>,
    /// Texts of the reports that evidence points into.
    pub texts: Texts,
    /// How far the caller has come.
    pub progress: WatchProgress,
}

/// The last change of one record.
#[derive(Debug, Clone)]
pub struct Change {
    /// Which record.
    pub record: RecordId,
    /// The journal entry that made it.
    pub revision: Revision,
    /// True where a correction came or was taken back, and no report.
    pub corrected: bool,
    /// What became of it.
    pub now: Changed,
}

/// What became of a record.
#[derive(Debug, Clone)]
pub enum Changed {
    /// A meeting came or says something else.
    Meeting(MeetingRecord),
    /// An entity came or says something else.
    Entity(Box<Entity>),
    /// It is part of another record, under this name.
    Moved(String),
    /// It is gone.
    Gone,
}

/// How far a caller has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WatchProgress {
    /// From where to go on later.
    pub token: String,
    /// All that changed up to here was told.
    pub revision: Revision,
    /// True: nothing more is waiting.
    pub caught_up: bool,
}
