//! From a meeting to the other documents of its block: the query for items or figures of meetings that fit.

use std::fmt;

use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

use super::schema::columns;

/// Documents of a unit whose meeting fits a query. It scores nothing.
pub(super) struct OfMeeting {
    meetings: Box<dyn Query>,
    unit: TermQuery,
}

impl OfMeeting {
    /// `meetings` must only find meetings; `unit` is the key of the unit wanted.
    pub(super) fn new(meetings: Box<dyn Query>, unit: Term) -> Self {
        Self { meetings, unit: TermQuery::new(unit, IndexRecordOption::Basic) }
    }
}

impl Clone for OfMeeting {
    fn clone(&self) -> Self {
        Self { meetings: self.meetings.box_clone(), unit: self.unit.clone() }
    }
}

impl fmt::Debug for OfMeeting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OfMeeting").field(&self.meetings).finish()
    }
}

impl Query for OfMeeting {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let quiet = match scoring.searcher() {
            Some(searcher) => EnableScoring::disabled_from_searcher(searcher),
            None => EnableScoring::disabled_from_schema(scoring.schema()),
        };
        Ok(Box::new(OfMeetingWeight { meetings: self.meetings.weight(quiet)?, unit: self.unit.weight(quiet)? }))
    }
}

struct OfMeetingWeight {
    meetings: Box<dyn Weight>,
    unit: Box<dyn Weight>,
}

impl Weight for OfMeetingWeight {
    fn scorer(&self, reader: &SegmentReader, _boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut fit = BitSet::with_max_value(reader.max_doc());
        let mut meetings = self.meetings.scorer(reader, 1.0)?;
        while meetings.doc() != TERMINATED {
            fit.insert(meetings.doc());
            meetings.advance();
        }
        let offset = reader.fast_fields().u64(columns::OFFSET)?;
        let mut scorer = OfMeetingScorer { unit: self.unit.scorer(reader, 1.0)?, fit, offset };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() <= doc && scorer.seek(doc) == doc {
            Ok(Explanation::new("its meeting fits", 0.0))
        } else {
            Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
        }
    }
}

struct OfMeetingScorer {
    unit: Box<dyn Scorer>,
    fit: BitSet,
    offset: Column<u64>,
}

impl OfMeetingScorer {
    /// Goes forward from a document of the unit to one whose meeting fits.
    fn settle(&mut self) -> DocId {
        loop {
            let doc = self.unit.doc();
            if doc == TERMINATED || self.fit.contains(meeting_of(doc, &self.offset)) {
                return doc;
            }
            self.unit.advance();
        }
    }
}

/// The document of the meeting whose block a document belongs to.
pub(super) fn meeting_of(doc: DocId, offset: &Column<u64>) -> DocId {
    let behind = offset.first(doc).and_then(|offset| u32::try_from(offset).ok()).unwrap_or(0);
    doc.saturating_sub(behind)
}

impl DocSet for OfMeetingScorer {
    fn advance(&mut self) -> DocId {
        self.unit.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.unit.seek(target);
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.unit.doc()
    }

    fn size_hint(&self) -> u32 {
        self.unit.size_hint()
    }
}

impl Scorer for OfMeetingScorer {
    fn score(&mut self) -> Score {
        0.0
    }
}
