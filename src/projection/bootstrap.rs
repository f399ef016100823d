//! What is done once, before the writer follows the journal: an index that a crash left behind the records is brought up to date.

use redb::ReadableDatabase as _;

use super::apply::Writer;
use super::{ProjectionError, tables};
use crate::model::{MeetingId, Revision};

/// Makes records and index agree.
pub(super) fn prepare(writer: &mut Writer) -> Result<(), ProjectionError> {
    let records = writer.store().checkpoint()?.map_or(Revision(0), |checkpoint| checkpoint.revision);
    match writer.store().index_checkpoint()? {
        Some(index) if index == records => Ok(()),
        Some(index) if index < records => catch_up(writer, index, records),
        // No index, or one that knows more than the records: not the index of these records.
        _ => writer.reindex(),
    }
}

/// Indexes what changed in the records after the index was committed last.
fn catch_up(writer: &mut Writer, index: Revision, records: Revision) -> Result<(), ProjectionError> {
    let changed = {
        let transaction = writer.store().database.begin_read()?;
        let changes = transaction.open_table(tables::MEETING_CHANGES)?;
        let mut ids = Vec::new();
        for row in changes.range::<(u64, &str)>((index.0 + 1, "")..)? {
            ids.extend(MeetingId::parse(row?.0.value().1));
        }
        ids
    };
    tracing::info!(from = index.0, to = records.0, meetings = changed.len(), "index brought up to date");
    writer.update_index(changed, records)
}
