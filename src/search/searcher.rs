//! A snapshot of the index, opened for reading.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::Field;
use tantivy::{DocId, SegmentReader};

use super::block::Places;
use super::days::BEGINNING;
use super::error::Result;
use super::index::Shared;
use super::keys::unit_term;
use super::query::meaning::QuestionWords;
use super::request::{SearchRequest, SearchResults};
use super::run;
use super::schema::{Unit, columns};

/// An immutable snapshot of the index. Cheap to clone; any number of searches may run on it at once.
#[derive(Clone)]
pub struct Searcher {
    pub(super) snapshot: Arc<Snapshot>,
}

pub(super) struct Snapshot {
    pub(super) searcher: tantivy::Searcher,
    pub(super) shared: Arc<Shared>,
    pub(super) segments: Vec<Columns>,
    pub(super) question_words: QuestionWords,
    pub(super) generation: u64,
    /// Number of documents of each unit, deleted ones included, as BM25 counts them.
    documents: [u64; 3],
    /// Number of tokens of each text field.
    tokens: FxHashMap<Field, u64>,
}

impl Searcher {
    pub(super) fn new(searcher: tantivy::Searcher, shared: Arc<Shared>) -> Result<Self> {
        let segments = searcher.segment_readers().iter().map(Columns::open).collect::<Result<_>>()?;
        let mut documents = [0; 3];
        let mut tokens = FxHashMap::default();
        for unit in Unit::ALL {
            documents[unit as usize] = searcher.doc_freq(&unit_term(&shared.fields, unit))?;
            let text = shared.fields.text(unit);
            for field in [Some(text.forms), text.bare].into_iter().flatten() {
                let mut total = 0;
                for reader in searcher.segment_readers() {
                    total += reader.inverted_index(field)?.total_num_tokens();
                }
                tokens.insert(field, total);
            }
        }
        let generation = generation(&searcher);
        let question_words = QuestionWords::new();
        let snapshot = Snapshot { searcher, shared, segments, question_words, generation, documents, tokens };
        Ok(Self { snapshot: Arc::new(snapshot) })
    }

    /// Identity of the snapshot: the same content in the same files has the same one, also after a restart.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.snapshot.generation
    }

    /// Number of documents of a unit.
    #[must_use]
    pub fn count(&self, unit: Unit) -> u64 {
        self.snapshot.documents[unit as usize]
    }

    /// Searches for documents of a unit.
    ///
    /// # Errors
    /// See [`super::SearchError`]; all but `Storage`, `SchemaChanged` and `DeadlineExceeded` are faults of the request.
    pub fn search(&self, unit: Unit, request: &SearchRequest<'_>) -> Result<SearchResults> {
        run::search(&self.snapshot, unit, request)
    }

    /// Searches for meetings.
    ///
    /// # Errors
    /// See [`Searcher::search`].
    pub fn meetings(&self, request: &SearchRequest<'_>) -> Result<SearchResults> {
        self.search(Unit::Meeting, request)
    }

    /// Searches for things said and decided.
    ///
    /// # Errors
    /// See [`Searcher::search`].
    pub fn items(&self, request: &SearchRequest<'_>) -> Result<SearchResults> {
        self.search(Unit::Item, request)
    }

    /// Searches for quantities.
    ///
    /// # Errors
    /// See [`Searcher::search`].
    pub fn figures(&self, request: &SearchRequest<'_>) -> Result<SearchResults> {
        self.search(Unit::Figure, request)
    }
}

impl Snapshot {
    pub(super) fn documents(&self, unit: Unit) -> u64 {
        self.documents[unit as usize]
    }

    pub(super) fn tokens(&self, field: Field) -> Option<u64> {
        self.tokens.get(&field).copied()
    }
}

fn generation(searcher: &tantivy::Searcher) -> u64 {
    let mut hasher = FxHasher::default();
    for (segment, deletes) in searcher.generation().segments() {
        segment.uuid_string().hash(&mut hasher);
        deletes.hash(&mut hasher);
    }
    hasher.finish()
}

/// The columns of one segment.
pub(super) struct Columns {
    places: Places,
    pub(super) key: Column<u64>,
    pub(super) kind: Column<u64>,
    pub(super) date: [Column<i64>; 2],
    pub(super) updated: Column<i64>,
    pub(super) deadline: Column<i64>,
    pub(super) value: Column<f64>,
    pub(super) period: [Column<i64>; 2],
    pub(super) meeting: Option<StrColumn>,
    pub(super) convener: Option<StrColumn>,
    pub(super) place: Option<StrColumn>,
    pub(super) person: Option<StrColumn>,
    pub(super) publisher: Option<StrColumn>,
}

impl Columns {
    fn open(reader: &SegmentReader) -> Result<Self> {
        let fast = reader.fast_fields();
        Ok(Self {
            places: Places::open(reader)?,
            key: fast.u64(columns::KEY)?,
            kind: fast.u64(columns::KIND)?,
            date: [fast.i64(columns::DATE[0])?, fast.i64(columns::DATE[1])?],
            updated: fast.i64(columns::UPDATED)?,
            deadline: fast.i64(columns::DEADLINE[0])?,
            value: fast.f64(columns::VALUE[0])?,
            period: [fast.i64(columns::PERIOD[0])?, fast.i64(columns::PERIOD[1])?],
            meeting: fast.str(columns::MEETING)?,
            convener: fast.str(columns::CONVENER)?,
            place: fast.str(columns::PLACE)?,
            person: fast.str(columns::PERSON)?,
            publisher: fast.str(columns::PUBLISHER)?,
        })
    }

    /// The meeting that a document belongs to.
    pub(super) fn meeting_of(&self, doc: DocId) -> DocId {
        self.places.meeting_of(doc)
    }

    /// Number of an item, index of a figure.
    pub(super) fn number(&self, doc: DocId) -> u32 {
        self.places.number(doc)
    }

    /// What tells documents apart in the same way in every index.
    pub(super) fn key_of(&self, doc: DocId) -> u64 {
        let key = self.key.first(self.meeting_of(doc)).unwrap_or_default();
        let number = u64::from(self.number(doc));
        // An odd factor: different numbers of one meeting have different keys.
        key.wrapping_add(number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// The day a meeting is sorted by: its first, or its last where the first is open.
    pub(super) fn day(&self, meeting: DocId) -> Option<i64> {
        first_day(&self.date, meeting)
    }
}

/// The first day of a date kept in two columns, or its last where the first is open.
pub(super) fn first_day(date: &[Column<i64>; 2], doc: DocId) -> Option<i64> {
    match date[0].first(doc) {
        Some(BEGINNING) => date[1].first(doc),
        first => first,
    }
}
