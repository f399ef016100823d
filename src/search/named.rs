//! Names are kept once for each entity: a document says which words name it. A filter for a name finds those entities first, and then
//! the documents that carry one of their ids in the role asked for.

use std::fmt;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashSet;
use tantivy::postings::SegmentPostings;
use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, DocSet, InvertedIndexReader, Score, SegmentReader, TERMINATED, TantivyError, Term};

use super::keys::key_of_entity;
use super::schema::columns;

/// Up to so many ids are looked up one by one; beyond, the ids of a role are walked through.
const LOOKED_UP: usize = 256;

/// Documents that carry an entity of a role whose names fit a query. It scores nothing.
pub(super) struct OfEntities {
    /// Finds documents of entities.
    names: Box<dyn Query>,
    keys: Field,
    /// What the keys of ids begin with.
    prefix: String,
    /// Found once for all runs of one search.
    found: Arc<OnceLock<Arc<FxHashSet<u64>>>>,
}

impl OfEntities {
    /// `names` must only find documents of entities; `prefix` stands before the id in the key of a document that carries it.
    pub(super) fn new(names: Box<dyn Query>, keys: Field, prefix: String) -> Self {
        Self { names, keys, prefix, found: Arc::default() }
    }

    fn entities(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Arc<FxHashSet<u64>>> {
        if let Some(found) = self.found.get() {
            return Ok(Arc::clone(found));
        }
        let found = Arc::new(match scoring.searcher() {
            Some(searcher) => self.find(searcher)?,
            None => FxHashSet::default(),
        });
        Ok(Arc::clone(self.found.get_or_init(|| found)))
    }

    fn find(&self, searcher: &tantivy::Searcher) -> tantivy::Result<FxHashSet<u64>> {
        let weight = self.names.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut ids = FxHashSet::default();
        for reader in searcher.segment_readers() {
            let column = reader.fast_fields().u64(columns::ENTITY)?;
            let mut scorer = weight.scorer(reader, 1.0)?;
            while scorer.doc() != TERMINATED {
                let doc = scorer.doc();
                let is_alive = reader.alive_bitset().is_none_or(|alive| alive.is_alive(doc));
                ids.extend(column.first(doc).filter(|_| is_alive));
                scorer.advance();
            }
        }
        Ok(ids)
    }
}

impl Clone for OfEntities {
    fn clone(&self) -> Self {
        let Self { names, keys, prefix, found } = self;
        Self { names: names.box_clone(), keys: *keys, prefix: prefix.clone(), found: Arc::clone(found) }
    }
}

impl fmt::Debug for OfEntities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OfEntities").field(&self.prefix).field(&self.names).finish()
    }
}

impl Query for OfEntities {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let entities = self.entities(scoring)?;
        Ok(Box::new(OfEntitiesWeight { entities, keys: self.keys, prefix: self.prefix.clone() }))
    }
}

struct OfEntitiesWeight {
    entities: Arc<FxHashSet<u64>>,
    keys: Field,
    prefix: String,
}

impl OfEntitiesWeight {
    fn one_by_one(&self, index: &InvertedIndexReader, fit: &mut BitSet) -> tantivy::Result<()> {
        for entity in self.entities.iter() {
            let term = Term::from_field_text(self.keys, &key_of_entity(&self.prefix, *entity));
            if let Some(postings) = index.read_postings(&term, IndexRecordOption::Basic)? {
                take(postings, fit);
            }
        }
        Ok(())
    }

    fn walk(&self, index: &InvertedIndexReader, fit: &mut BitSet) -> tantivy::Result<()> {
        let prefix = self.prefix.as_bytes();
        let wanted: FxHashSet<String> =
            self.entities.iter().map(|entity| key_of_entity(&self.prefix, *entity)).collect();
        let mut terms = index.terms().range().ge(prefix).into_stream()?;
        while terms.advance() && terms.key().starts_with(prefix) {
            if std::str::from_utf8(terms.key()).is_ok_and(|key| wanted.contains(key)) {
                take(index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?, fit);
            }
        }
        Ok(())
    }
}

fn take(mut postings: SegmentPostings, fit: &mut BitSet) {
    while postings.doc() != TERMINATED {
        fit.insert(postings.doc());
        postings.advance();
    }
}

impl Weight for OfEntitiesWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut fit = BitSet::with_max_value(reader.max_doc());
        let index = reader.inverted_index(self.keys)?;
        if self.entities.len() <= LOOKED_UP {
            self.one_by_one(&index, &mut fit)?;
        } else {
            self.walk(&index, &mut fit)?;
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(fit), boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() <= doc && scorer.seek(doc) == doc {
            Ok(Explanation::new("it carries an entity of that name", 0.0))
        } else {
            Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
        }
    }
}
