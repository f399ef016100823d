//! A word under any of several terms: its forms, where it was typed without marks. To BM25 they are one word.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::query::{Bm25Weight, EmptyQuery, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// The terms of one field that a word stands under: a document has the word if it has one of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AnyOf(Arc<[Term]>);

impl AnyOf {
    /// Of one term.
    pub(crate) fn one(term: Term) -> Self {
        Self(Arc::from([term]))
    }

    /// Of several terms, or of none.
    pub(crate) fn of(terms: Vec<Term>) -> Self {
        Self(Arc::from(terms))
    }

    /// The terms.
    pub(crate) fn terms(&self) -> &[Term] {
        &self.0
    }

    /// A query for documents that have one of the terms. `counts` tells whether the field knows how often a document has a term.
    pub(crate) fn query(&self, counts: bool) -> Box<dyn Query> {
        match &*self.0 {
            [] => Box::new(EmptyQuery),
            [term] if counts => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
            // tantivy prunes by counts also where a field has none, and loses hits: such fields are walked here.
            terms => Box::new(AnyQuery { terms: terms.to_vec(), lengths: terms.first().map(Term::field) }),
        }
    }

    /// The same for a field that does not keep how long its documents are: another field tells that, `lengths`.
    pub(crate) fn query_by_lengths_of(&self, lengths: Field) -> Box<dyn Query> {
        Box::new(AnyQuery { terms: self.0.to_vec(), lengths: Some(lengths) })
    }

    /// The same documents; none has a score.
    pub(crate) fn silent(&self) -> Box<dyn Query> {
        Box::new(AnyQuery { terms: self.0.to_vec(), lengths: None })
    }
}

#[derive(Debug, Clone)]
struct AnyQuery {
    terms: Vec<Term>,
    /// The field whose documents are as long as those of the terms; `None` where nothing is scored.
    lengths: Option<Field>,
}

impl Query for AnyQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let Some(field) = self.terms.first().map(Term::field) else { return EmptyQuery.weight(scoring) };
        let bm25 = match (scoring, self.lengths) {
            (EnableScoring::Enabled { statistics_provider: statistics, .. }, Some(lengths)) => {
                let all = statistics.total_num_docs()?;
                let mut with = 0;
                for term in &self.terms {
                    with += statistics.doc_freq(term)?;
                }
                let mean_length = statistics.total_num_tokens(lengths)? as Score / all.max(1) as Score;
                Some((Bm25Weight::for_one_term_without_explain(with.min(all), all, mean_length), lengths))
            }
            _ => None,
        };
        Ok(Box::new(AnyWeight { terms: self.terms.clone(), field, bm25 }))
    }
}

struct AnyWeight {
    terms: Vec<Term>,
    field: Field,
    /// With the field that tells lengths; `None` where nothing is scored.
    bm25: Option<(Bm25Weight, Field)>,
}

impl AnyWeight {
    fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<AnyScorer> {
        let index = reader.inverted_index(self.field)?;
        let option = if self.bm25.is_some() { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        let mut lists = Vec::with_capacity(self.terms.len());
        for term in &self.terms {
            lists.extend(index.read_postings(term, option)?);
        }
        let bm25 = match &self.bm25 {
            Some((bm25, lengths)) => Some((bm25.boost_by(boost), reader.get_fieldnorms_reader(*lengths)?)),
            None => None,
        };
        let mut scorer = AnyScorer { lists, doc: 0, bm25 };
        scorer.settle();
        Ok(scorer)
    }
}

impl Weight for AnyWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.open(reader, boost)?))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.open(reader, 1.0)?;
        if scorer.doc() <= doc && scorer.seek(doc) == doc {
            Ok(Explanation::new("one of several forms", scorer.score()))
        } else {
            Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
        }
    }
}

/// Walks several lists as one. There are few of them, so that the next document is found by looking at each.
struct AnyScorer {
    lists: Vec<SegmentPostings>,
    doc: DocId,
    bm25: Option<(Bm25Weight, FieldNormReader)>,
}

impl AnyScorer {
    fn settle(&mut self) -> DocId {
        self.doc = self.lists.iter().map(DocSet::doc).min().unwrap_or(TERMINATED);
        self.doc
    }
}

impl DocSet for AnyScorer {
    fn advance(&mut self) -> DocId {
        let mut next = TERMINATED;
        for list in &mut self.lists {
            let mut doc = list.doc();
            if doc == self.doc && doc != TERMINATED {
                doc = list.advance();
            }
            next = next.min(doc);
        }
        self.doc = next;
        next
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        let mut next = TERMINATED;
        for list in &mut self.lists {
            let mut doc = list.doc();
            if doc < target {
                doc = list.seek(target);
            }
            next = next.min(doc);
        }
        self.doc = next;
        next
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.lists.iter().fold(0, |sum, list| sum.saturating_add(list.size_hint()))
    }
}

impl Scorer for AnyScorer {
    fn score(&mut self) -> Score {
        let Some((bm25, lengths)) = &self.bm25 else { return 0.0 };
        let times = self.lists.iter().filter(|list| list.doc() == self.doc).map(|list| list.term_freq()).sum();
        bm25.score(lengths.fieldnorm_id(self.doc), times)
    }
}
