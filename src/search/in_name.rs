//! Documents that have words side by side in a name of a role.
//!
//! Names are kept by forms alone: a word that was typed without marks is any form that it is without them, which the dictionary tells.

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::query::{EmptyQuery, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

use super::error::SearchError;
use super::forms;
use super::query::any::AnyOf;

/// A word of a name as it is asked for, behind the letter of the role.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum NameWord {
    /// In this form.
    Form(String),
    /// With any marks.
    Bare(String),
}

/// A query for documents with words side by side in one name. It scores nothing.
#[derive(Debug, Clone)]
pub(super) struct InName {
    /// Where words of names are kept.
    field: Field,
    words: Vec<NameWord>,
}

impl InName {
    /// `words` are of one role; without words nothing is found.
    pub(super) fn new(field: Field, words: Vec<NameWord>) -> Self {
        Self { field, words }
    }

    /// Under which terms each word stands.
    fn terms(&self, searcher: &tantivy::Searcher) -> tantivy::Result<Vec<AnyOf>> {
        let term = |text: &String| Term::from_field_text(self.field, text);
        let each = self.words.iter().map(|word| match word {
            NameWord::Form(form) => Ok(AnyOf::one(term(form))),
            NameWord::Bare(bare) => {
                let forms = forms::of_word(searcher, self.field, bare).map_err(storage)?;
                Ok(AnyOf::of(forms.iter().map(term).collect()))
            }
        });
        each.collect()
    }
}

fn storage(error: SearchError) -> TantivyError {
    TantivyError::InternalError(error.to_string())
}

impl Query for InName {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let Some(searcher) = scoring.searcher() else { return EmptyQuery.weight(scoring) };
        match self.terms(searcher)?.as_slice() {
            [only] => only.silent().weight(scoring),
            words if words.is_empty() || words.iter().any(|word| word.terms().is_empty()) => EmptyQuery.weight(scoring),
            words => Ok(Box::new(InNameWeight { field: self.field, words: words.to_vec() })),
        }
    }
}

struct InNameWeight {
    field: Field,
    words: Vec<AnyOf>,
}

impl InNameWeight {
    fn open(&self, reader: &SegmentReader) -> tantivy::Result<SideBySide> {
        let index = reader.inverted_index(self.field)?;
        let mut words = Vec::with_capacity(self.words.len());
        for word in &self.words {
            let mut lists = Vec::with_capacity(word.terms().len());
            for term in word.terms() {
                lists.extend(index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?);
            }
            words.push(Lists(lists));
        }
        let mut scorer = SideBySide { words, doc: 0, ends: Vec::new(), next_ends: Vec::new() };
        scorer.settle(0);
        Ok(scorer)
    }
}

impl Weight for InNameWeight {
    fn scorer(&self, reader: &SegmentReader, _boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.open(reader)?))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.open(reader)?;
        if scorer.doc() <= doc && scorer.seek(doc) == doc {
            Ok(Explanation::new("a name has the words side by side", 0.0))
        } else {
            Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
        }
    }
}

/// The documents of one word, under each of its forms.
struct Lists(Vec<SegmentPostings>);

impl Lists {
    /// The first document with the word from one on.
    fn next(&mut self, from: DocId) -> DocId {
        let seek = |list: &mut SegmentPostings| if list.doc() < from { list.seek(from) } else { list.doc() };
        self.0.iter_mut().map(seek).min().unwrap_or(TERMINATED)
    }

    /// Where the word stands in a document, each place moved on by `ahead`.
    fn places(&mut self, doc: DocId, ahead: u32, out: &mut Vec<u32>) {
        out.clear();
        for list in self.0.iter_mut().filter(|list| list.doc() == doc) {
            list.append_positions_with_offset(ahead, out);
        }
    }
}

struct SideBySide {
    words: Vec<Lists>,
    doc: DocId,
    /// Where sequences would end that have the words looked at so far, and where those would that have the next one.
    ends: Vec<u32>,
    next_ends: Vec<u32>,
}

impl SideBySide {
    /// Goes to the first document from one on.
    fn settle(&mut self, from: DocId) -> DocId {
        let mut target = from;
        while target != TERMINATED {
            let apart = self.words.iter_mut().map(|word| word.next(target)).find(|next| *next != target);
            match apart {
                Some(next) => target = next,
                None if self.stand_together(target) => break,
                None => target += 1,
            }
        }
        self.doc = target;
        target
    }

    /// True if all words stand side by side in a document that has them all.
    fn stand_together(&mut self, doc: DocId) -> bool {
        let count = self.words.len();
        for (number, word) in self.words.iter_mut().enumerate() {
            // Words that stand side by side are moved on to one place: that behind the last.
            let ahead = u32::try_from(count - number).unwrap_or_default();
            if number == 0 {
                word.places(doc, ahead, &mut self.ends);
            } else {
                word.places(doc, ahead, &mut self.next_ends);
                let next_ends = &self.next_ends;
                self.ends.retain(|end| next_ends.contains(end));
            }
            if self.ends.is_empty() {
                return false;
            }
        }
        true
    }
}

impl DocSet for SideBySide {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.settle(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc { self.doc } else { self.settle(target) }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let of_word = |Lists(lists): &Lists| lists.iter().map(DocSet::size_hint).fold(0, u32::saturating_add);
        self.words.iter().map(of_word).min().unwrap_or_default()
    }
}

impl Scorer for SideBySide {
    fn score(&mut self) -> Score {
        0.0
    }
}
