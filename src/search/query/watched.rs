//! A clock inside costly searches.
//!
//! A search looks at the clock after so many matches. Words that stand in many texts, but never in the same, have no match to count: they are walked
//! together with this query, which every document fits. It says that it is the cheapest to walk, so that it is asked before each step of
//! the others.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::super::deadline::Deadline;

/// After so many steps the clock is read.
const STEPS_BETWEEN_LOOKS: u32 = 512;

/// Every document, until the deadline passes. It scores nothing. What was found so far is of no use then: the search looks at the clock
/// itself and gives up.
#[derive(Debug, Clone)]
pub(crate) struct Watched(pub(crate) Deadline);

impl Query for Watched {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Watched {
    fn scorer(&self, reader: &SegmentReader, _boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let end = reader.max_doc();
        let doc = if end == 0 { TERMINATED } else { 0 };
        Ok(Box::new(Clocked { deadline: self.0, doc, end, until_look: STEPS_BETWEEN_LOOKS }))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("every document", 0.0))
    }
}

struct Clocked {
    deadline: Deadline,
    doc: DocId,
    end: DocId,
    until_look: u32,
}

impl DocSet for Clocked {
    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        self.until_look -= 1;
        let mut passed = false;
        if self.until_look == 0 {
            self.until_look = STEPS_BETWEEN_LOOKS;
            passed = self.deadline.has_passed();
        }
        self.doc = if passed || target >= self.end { TERMINATED } else { target };
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.end
    }

    fn cost(&self) -> u64 {
        0
    }
}

impl Scorer for Clocked {
    fn score(&mut self) -> Score {
        0.0
    }
}
