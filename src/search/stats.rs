//! The statistics that BM25 weighs words by: counted per unit, and looked up once per search.

use std::cell::RefCell;

use rustc_hash::FxHashMap;
use tantivy::Term;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;

use super::error::Result;
use super::forms;
use super::query::any::AnyOf;
use super::schema::Unit;
use super::searcher::Snapshot;

/// Statistics of one unit.
pub(super) struct Statistics<'a> {
    snapshot: &'a Snapshot,
    unit: Unit,
    known: RefCell<FxHashMap<Term, u64>>,
    forms: RefCell<FxHashMap<(Field, String), AnyOf>>,
}

impl<'a> Statistics<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, unit: Unit) -> Self {
        Self { snapshot, unit, known: RefCell::default(), forms: RefCell::default() }
    }

    /// How much a word tells: large for rare ones, as BM25 has it.
    pub(super) fn weight(&self, word: &AnyOf) -> tantivy::Result<f32> {
        let all = self.total_num_docs()?;
        let (all, with) = (all as f32, self.documents_with(word)?.min(all) as f32);
        Ok((1.0 + (all - with + 0.5) / (with + 0.5)).ln())
    }

    /// How much a term of another unit tells there.
    pub(super) fn weight_among(&self, unit: Unit, term: &Term) -> tantivy::Result<f32> {
        let all = self.snapshot.documents(unit);
        let (all, with) = (all as f32, self.doc_freq(term)?.min(all) as f32);
        Ok((1.0 + (all - with + 0.5) / (with + 0.5)).ln())
    }

    /// Number of documents with a word; those that have several of its forms count for each.
    pub(super) fn documents_with(&self, word: &AnyOf) -> tantivy::Result<u64> {
        word.terms().iter().try_fold(0, |sum, term| Ok(sum + self.doc_freq(term)?))
    }

    /// The terms of a field of forms that are this word without marks.
    pub(super) fn forms_of(&self, field: Field, bare: &str) -> Result<AnyOf> {
        let key = (field, bare.to_owned());
        if let Some(known) = self.forms.borrow().get(&key) {
            return Ok(known.clone());
        }
        let forms = forms::of_word(&self.snapshot.searcher, field, bare)?;
        let found = AnyOf::of(forms.iter().map(|form| Term::from_field_text(field, form)).collect());
        self.forms.borrow_mut().insert(key, found.clone());
        Ok(found)
    }

    /// Length of the unit's documents in a field on average, in words.
    pub(super) fn average_length(&self, field: Field) -> tantivy::Result<f32> {
        Ok(self.total_num_tokens(field)? as f32 / self.total_num_docs()?.max(1) as f32)
    }
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        match self.snapshot.tokens(field) {
            Some(tokens) => Ok(tokens),
            None => self.snapshot.searcher.total_num_tokens(field),
        }
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.snapshot.documents(self.unit))
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        if let Some(known) = self.known.borrow().get(term) {
            return Ok(*known);
        }
        let count = self.snapshot.searcher.doc_freq(term)?;
        self.known.borrow_mut().insert(term.clone(), count);
        Ok(count)
    }
}
