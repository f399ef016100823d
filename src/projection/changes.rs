//! What changed, and when: each meeting and each entity once, under the revision of its last change. So a reader who knows everything up to a
//! revision goes on from there, however long ago that was, and reads no more than what there is.

use redb::{ReadableTable, ReadableTableMetadata as _};

use super::ProjectionError;
use super::apply::Now;
use super::snapshot::Snapshot;
use super::states::Cause;
use super::transaction::Tables;
use crate::model::{EntityId, MeetingId, Revision};

type Result<T> = std::result::Result<T, ProjectionError>;

/// A record that may change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordId {
    /// A meeting.
    Meeting(MeetingId),
    /// An entity.
    Entity(EntityId),
}

impl RecordId {
    /// Its resource name.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Meeting(id) => id.name(),
            Self::Entity(id) => id.name(),
        }
    }

    fn of_name(name: &str) -> Option<Self> {
        let (collection, id) = name.split_once('/')?;
        match collection {
            "meetings" => MeetingId::parse(id).ok().map(Self::Meeting),
            "entities" => EntityId::parse(id).ok().map(Self::Entity),
            _ => None,
        }
    }
}

/// The last change of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordChange {
    /// The journal entry that made it.
    pub revision: Revision,
    /// The record; it may be gone.
    pub record: RecordId,
    /// True where a correction came or was taken back, and no report.
    pub corrected: bool,
}

/// Notes that a record came, changed or vanished; `was` and `is` are the revisions that the record had before and has now, if there was or is one. The
/// last change of a record is that of its revision, apart from records that vanished or that corrections gave back what they were: only of those
/// it has to be kept.
pub(super) fn mark(
    tables: &mut Tables<'_>,
    record: &RecordId,
    (was, is): (Option<Revision>, Option<Revision>),
    now: Now,
    cause: Cause,
) -> Result<()> {
    let name = record.name();
    let known = match tables.record_changed.is_empty()? {
        true => None,
        false => tables.record_changed.remove(name.as_str())?.map(|revision| revision.value()),
    };
    if let Some(before) = known.or(was.map(|revision| revision.0)) {
        tables.record_changes.remove(&(before, name.as_str()));
    }
    if is != Some(now.revision) {
        tables.record_changed.insert(name.as_str(), now.revision.0)?;
    }
    tables.record_changes.add(&(now.revision.0, name.as_str()), &u8::from(cause == Cause::Correction));
    Ok(())
}

/// The records that changed after a revision.
pub(super) fn since(table: &impl ReadableTable<(u64, &'static str), u8>, revision: Revision) -> Result<Vec<RecordId>> {
    let mut found = Vec::new();
    for row in table.range::<(u64, &str)>((revision.0 + 1, "")..)? {
        found.extend(RecordId::of_name(row?.0.value().1));
    }
    Ok(found)
}

impl Snapshot {
    /// Changes after a position, in their order: at most so many. A record that changes again moves behind, so whoever goes on reading in ever newer
    /// snapshots meets each record as it is at last.
    ///
    /// # Errors
    /// If the store fails.
    pub fn changes_after(&self, revision: Revision, name: &str, limit: usize) -> Result<Vec<RecordChange>> {
        let mut found = Vec::new();
        let from = std::ops::Bound::Excluded((revision.0, name));
        for row in self.record_changes().range::<(u64, &str)>((from, std::ops::Bound::Unbounded))? {
            let (key, cause) = row?;
            let (revision, name) = key.value();
            let Some(record) = RecordId::of_name(name) else { continue };
            found.push(RecordChange { revision: Revision(revision), record, corrected: cause.value() != 0 });
            if found.len() == limit {
                break;
            }
        }
        Ok(found)
    }
}
