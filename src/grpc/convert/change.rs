//! Changes of records.

use super::{entity, meeting, revision};
use crate::grpc::generated::pb;
use crate::grpc::generated::pb::record_change::Record;
use crate::grpc::quote::Quotes;
use crate::service::api::{Change, Changed, Redirected, View, WatchProgress};

/// A change with the record as it is now.
pub(in crate::grpc) fn change(change: Change, view: View, quotes: &Quotes) -> pb::RecordChange {
    let cause = if change.corrected { pb::ChangeCause::Correction } else { pb::ChangeCause::Report };
    let (kind, moved_to, record) = match change.now {
        Changed::Meeting(value) => {
            let record = Record::Meeting(meeting::record(Redirected { value, from: None }, quotes));
            (pb::ChangeKind::Updated, String::new(), Some(record))
        }
        Changed::Entity(value) => {
            (pb::ChangeKind::Updated, String::new(), Some(Record::Entity(entity::entity(*value, view, quotes))))
        }
        Changed::Moved(name) => (pb::ChangeKind::Moved, name, None),
        Changed::Gone => (pb::ChangeKind::Removed, String::new(), None),
    };
    pb::RecordChange {
        name: change.record.name(),
        kind: kind.into(),
        cause: cause.into(),
        revision: revision(change.revision),
        moved_to,
        record,
    }
}

/// How far a stream has come.
pub(in crate::grpc) fn progress(progress: WatchProgress) -> pb::WatchProgress {
    pb::WatchProgress {
        resume_token: progress.token,
        revision: revision(progress.revision),
        caught_up: progress.caught_up,
    }
}
