//! The index on disk, its one writer, and the snapshots it is read from.

use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

use tantivy::indexer::{IndexWriterOptions, UserOperation};
use tantivy::{FutureResult, IndexReader, ReloadPolicy, SegmentMeta, TantivyDocument};

use crate::model::{EntityId, MeetingId};
use crate::text::Abbreviations;

use super::block::sequence_of;
use super::document::{EntityNames, MeetingDocument, block, names};
use super::error::{Result, SearchError};
use super::highlight::{Letters, ShortForms};
use super::keys::{meeting_term, named_term};
use super::merging;
use super::schema::{Fields, columns, schema};
use super::searcher::Searcher;
use super::tokenizers;

/// The search index of all meetings. One process writes it; readers see snapshots that change only by [`Index::reload`].
#[derive(Clone)]
pub struct Index {
    index: tantivy::Index,
    reader: IndexReader,
    shared: Arc<Shared>,
}

/// What index, writer and searchers have in common.
pub(super) struct Shared {
    pub(super) fields: Fields,
    pub(super) abbreviations: Abbreviations,
    pub(super) short_forms: ShortForms,
    pub(super) letters: Arc<Letters>,
}

impl Index {
    /// Opens the index in a folder that exists; an empty folder becomes an empty index.
    ///
    /// # Errors
    /// [`SearchError::SchemaChanged`] if it was written by a version with another schema or analysis: wipe the folder and
    /// index again. [`SearchError::Storage`] if it cannot be read.
    pub fn open(folder: &Path) -> Result<Self> {
        let directory = tantivy::directory::MmapDirectory::open(folder).map_err(storage)?;
        if tantivy::Index::exists(&directory).map_err(storage)? {
            let index = tantivy::Index::open(directory)?;
            if index.schema() == schema().0 { Self::with(index) } else { Err(SearchError::SchemaChanged) }
        } else {
            Self::with(tantivy::Index::builder().schema(schema().0).settings(settings()).create_in_dir(folder)?)
        }
    }

    /// An empty index in memory.
    ///
    /// # Errors
    /// None in practice.
    pub fn in_memory() -> Result<Self> {
        Self::with(tantivy::Index::builder().schema(schema().0).settings(settings()).create_in_ram()?)
    }

    fn with(index: tantivy::Index) -> Result<Self> {
        tokenizers::register(index.tokenizers());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let abbreviations = Abbreviations::new();
        let short_forms = ShortForms::new(&abbreviations);
        let letters = Arc::new(Letters::new());
        let shared = Arc::new(Shared { fields: schema().1, abbreviations, short_forms, letters });
        Ok(Self { index, reader, shared })
    }

    /// The one writer. `heap_bytes` bounds what it keeps in memory between commits; at least 15 MB.
    ///
    /// # Errors
    /// If another writer has the folder, or the heap is too small.
    pub fn writer(&self, heap_bytes: usize) -> Result<IndexWriter> {
        let options = IndexWriterOptions::builder().num_worker_threads(1).memory_budget_per_thread(heap_bytes);
        // One merge at a time: each has memory of its own, and more would only share the same disk.
        let writer = self.index.writer_with_options(options.num_merge_threads(1).build())?;
        writer.set_merge_policy(Box::new(merging::Levels));
        Ok(IndexWriter { writer, shared: Arc::clone(&self.shared), sequence: self.last_sequence()? })
    }

    /// The last number of the sequence of meetings that some document bears.
    fn last_sequence(&self) -> Result<u64> {
        self.reader.reload()?;
        let mut last = 0;
        for reader in self.reader.searcher().segment_readers() {
            // Meetings stand behind everything else.
            last = last.max(sequence_of(reader.fast_fields().u64(columns::STANDS)?.max_value()));
        }
        Ok(last)
    }

    /// Makes the last commit what [`Index::searcher`] reads.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn reload(&self) -> Result<()> {
        Ok(self.reader.reload()?)
    }

    /// The snapshot of the last reload (or of opening). Opens columns, so keep it and share it; it never changes.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn searcher(&self) -> Result<Searcher> {
        Searcher::new(self.reader.searcher(), Arc::clone(&self.shared))
    }

    /// What the last commit was told to remember; `None` before the first.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn checkpoint(&self) -> Result<Option<String>> {
        Ok(self.index.load_metas()?.payload)
    }
}

/// Adds and removes meetings. Nothing is seen by searchers before [`IndexWriter::commit`] and [`Index::reload`].
pub struct IndexWriter {
    writer: tantivy::IndexWriter<TantivyDocument>,
    shared: Arc<Shared>,
    /// The last number of the sequence of meetings that was given.
    sequence: u64,
}

impl IndexWriter {
    /// Indexes a meeting, in place of what was indexed of it before.
    ///
    /// # Errors
    /// If the index cannot be written.
    pub fn put_meeting(&mut self, document: &MeetingDocument<'_>) -> Result<()> {
        let delete = UserOperation::Delete(meeting_term(&self.shared.fields, &document.meeting.id));
        self.sequence += 1;
        let block = block(&self.shared.fields, &self.shared.abbreviations, document, self.sequence);
        let operations: Vec<_> = std::iter::once(delete).chain(block.into_iter().map(UserOperation::Add)).collect();
        // One batch goes into one segment: a meeting is found from its items.
        self.writer.run(operations)?;
        Ok(())
    }

    /// Makes an entity known by its names, in place of those it was known by before. Filters for names find what carries its id.
    ///
    /// # Errors
    /// If the index cannot be written.
    pub fn put_entity(&mut self, entity: &EntityNames<'_>) -> Result<()> {
        let delete = UserOperation::Delete(named_term(&self.shared.fields, entity.id));
        let names = names(&self.shared.fields, &self.shared.abbreviations, entity);
        self.writer.run([delete, UserOperation::Add(names)])?;
        Ok(())
    }

    /// Forgets the names of an entity; nothing happens if they are not known.
    ///
    /// # Errors
    /// If the index cannot be written.
    pub fn delete_entity(&mut self, id: &EntityId) -> Result<()> {
        self.writer.delete_term(named_term(&self.shared.fields, id));
        Ok(())
    }

    /// Removes a meeting; nothing happens if it is not there.
    ///
    /// # Errors
    /// If the index cannot be written.
    pub fn delete_meeting(&mut self, id: &MeetingId) -> Result<()> {
        self.writer.delete_term(meeting_term(&self.shared.fields, id));
        Ok(())
    }

    /// Removes everything.
    ///
    /// # Errors
    /// If the index cannot be written.
    pub fn clear(&mut self) -> Result<()> {
        self.writer.delete_all_documents()?;
        Ok(())
    }

    /// Makes all changes durable at once, together with a payload that [`Index::checkpoint`] gives back.
    ///
    /// # Errors
    /// If the index cannot be written.
    pub fn commit(&mut self, payload: &str) -> Result<()> {
        let mut prepared = self.writer.prepare_commit()?;
        prepared.set_payload(payload);
        prepared.commit()?;
        Ok(())
    }

    /// Begins to make few segments of those that the commits left: for when no changes come. `None` if they are few already. What the
    /// index holds stays the same, and changes may go on meanwhile.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn settle(&mut self) -> Result<Option<Settling>> {
        let segments = merging::loose(&self.writer.index().searchable_segment_metas()?);
        Ok((!segments.is_empty()).then(|| Settling(self.writer.merge(&segments))))
    }
}

/// Segments that are being merged. Dropping it lets that go on.
pub struct Settling(FutureResult<Option<SegmentMeta>>);

impl Settling {
    /// Waits for the end. False if it came to nothing: another merge had begun, or the writer has ended.
    pub async fn done(&mut self) -> bool {
        Pin::new(&mut self.0).await.is_ok()
    }
}

fn settings() -> tantivy::IndexSettings {
    // Nothing is stored, so that a thread for compressing it would only idle.
    let by_place = tantivy::IndexSortByField { field: columns::STANDS.to_owned(), order: tantivy::Order::Asc };
    tantivy::IndexSettings {
        sort_by_field: Some(by_place),
        docstore_compress_dedicated_thread: false,
        ..Default::default()
    }
}

fn storage(error: impl std::error::Error + Send + Sync + 'static) -> SearchError {
    SearchError::Storage(Box::new(error))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Shelf, found, meeting};

    #[tokio::test]
    async fn at_rest_an_index_has_few_segments_and_finds_the_same() {
        let mut shelf = Shelf::new();
        for number in 0..3 {
            shelf.put(&meeting(&format!("m{number}"), "Họp"), "Sáng nay họp bàn ngân sách.");
            shelf.commit();
        }
        let before = shelf.commit();
        let mut settling = shelf.writer.settle().expect("read").expect("three segments are too many");
        assert!(settling.done().await);
        shelf.index.reload().expect("reloaded");
        let after = shelf.index.searcher().expect("opened");
        assert_eq!((before.snapshot.segments.len(), after.snapshot.segments.len()), (3, 1));
        assert_eq!(found(&before, "ngân sách"), found(&after, "ngân sách"));
        assert_eq!(shelf.index.checkpoint().expect("read").as_deref(), Some("checkpoint"));
        assert!(shelf.writer.settle().expect("read").is_none());
    }
}
