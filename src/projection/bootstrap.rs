//! What is done once, before the writer follows the journal: an index that a crash left behind the records is brought up to date.

use redb::ReadableDatabase as _;

use super::apply::{Changes, Writer};
use super::changes::{self, RecordId};
use super::{ProjectionError, corrections, tables};
use crate::model::Revision;

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
    let mut changed = Changes::default();
    let transaction = writer.store().database.begin_read()?;
    if corrections::moved_since(&transaction.open_table(tables::CORRECTIONS)?, index)? {
        // What a correction changed and another changed back has its old revision: nothing tells it from what stayed as it was.
        return writer.reindex();
    }
    for record in changes::since(&transaction.open_table(tables::RECORD_CHANGES)?, index)? {
        match record {
            RecordId::Meeting(id) => changed.meetings.insert(id),
            RecordId::Entity(id) => changed.entities.insert(id),
        };
    }
    tracing::info!(from = index.0, to = records.0, meetings = changed.meetings.len(), "index brought up to date");
    writer.update_index(changed, records)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::extract::Extractor;
    use crate::journal::{Entry, EntryBody};
    use crate::model::{ReportDraft, ReportId, Timestamp};
    use crate::projection::store::Store;
    use crate::registry::keys::Naming;
    use crate::search::{SearchRequest, Unit};

    fn entry(revision: u64, place: &str) -> Entry {
        let text = format!("Sáng 5-8-2024, Đảng ủy phường {place} tổ chức hội nghị sơ kết công tác sáu tháng đầu năm.");
        let draft = ReportDraft {
            id: ReportId::derive(None, &text),
            url: None,
            publisher: None,
            title: None,
            publish_date: None,
            text,
        };
        let time = Timestamp(i64::try_from(revision).expect("small"));
        Entry { revision: Revision(revision), time, body: EntryBody::ReportPut { draft } }
    }

    fn open(dir: &Path) -> Writer {
        let store = Store::open(dir, 1 << 20).expect("opens");
        Writer::new(store, Arc::new(Extractor::new()), Arc::new(Naming::new()), 15 << 20, 1).expect("a writer")
    }

    fn found(writer: &Writer, query: &str) -> usize {
        let snapshot = writer.snapshot().expect("a snapshot");
        let asked = SearchRequest { query, ..SearchRequest::default() };
        snapshot.searcher().search(Unit::Meeting, &asked).expect("searched").hits.len()
    }

    #[test]
    fn an_index_behind_the_records_catches_up() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut writer = open(dir.path());
        drop(writer.commit(vec![entry(1, "Bến Đò")]).expect("committed"));
        // As if the process ended between the two commits.
        assert!(writer.commit_records(vec![entry(2, "Cầu Mới")]).expect("committed").is_some());
        assert_eq!(found(&writer, "\"phường Cầu Mới\""), 0);
        drop(writer);
        let mut writer = open(dir.path());
        prepare(&mut writer).expect("prepared");
        assert_eq!(found(&writer, "\"phường Cầu Mới\""), 1);
        assert_eq!(found(&writer, "\"phường Bến Đò\""), 1);
    }

    #[test]
    fn a_lost_index_is_made_anew() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut writer = open(dir.path());
        drop(writer.commit(vec![entry(1, "Bến Đò"), entry(2, "Cầu Mới")]).expect("committed"));
        drop(writer);
        std::fs::remove_dir_all(dir.path().join("index")).expect("removed");
        let mut writer = open(dir.path());
        prepare(&mut writer).expect("prepared");
        assert_eq!(found(&writer, "phường"), 2);
    }
}
