//! Hits that have only some of the words: for whole questions, and for words that no text has together.
//!
//! The best by BM25 over words and pairs are looked at, and those kept whose words carry enough of the query's weight.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Term};

use super::super::error::Result;
use super::super::order::{By, SortField};
use super::super::query::levels::Level;
use super::super::query::meaning::Meaning;
use super::Run;
use super::collect::{Found, Sorter};

/// Most hits of this kind.
const MOST: usize = 50;

/// True if partial hits make sense: enough free words that a part of them still says something.
pub(super) fn is_possible(meaning: &Meaning) -> bool {
    telling_words(meaning) >= 3
}

/// Number of words as typed that tell something; a short form is one, however many words it stands for.
fn telling_words(meaning: &Meaning) -> usize {
    meaning.runs.iter().flat_map(|run| &run.words).filter(|word| !word.asks && !word.joined).count()
}

/// The part of the query's weight that a hit must carry. People who type a whole question expect an answer to some of it.
fn least_share(words: usize) -> f32 {
    match words {
        0..=4 => 0.6,
        5..=7 => 0.4,
        8..=10 => 0.15,
        _ => 0.0,
    }
}

impl Run<'_> {
    /// Partial hits, best first, without those known to have all words.
    pub(super) fn partial(&self, level: Level, known: &[DocAddress], stratum: u8) -> Result<Vec<Found>> {
        let query = self.builder.some(level)?;
        let by_relevance =
            [By { field: SortField::Relevance, descending: true }, By { field: SortField::Date, descending: true }];
        let sorter = Sorter { snapshot: self.snapshot, order: &by_relevance, stratum };
        let mut found = self.top(&*query, MOST + known.len(), None, sorter)?;
        found.retain(|hit| !known.contains(&hit.address));
        found.truncate(MOST);
        let mut terms = self.builder.terms(level);
        terms.sort_unstable();
        terms.dedup();
        let shares = self.shares(&found, &terms)?;
        let least = least_share(telling_words(self.builder.meaning));
        let mut shares = shares.into_iter();
        found.retain(|_| shares.next().is_some_and(|share| share >= least));
        Ok(found)
    }

    /// For each hit, which part of the weight of the terms it carries.
    fn shares(&self, found: &[Found], terms: &[Term]) -> Result<Vec<f32>> {
        let mut carried = vec![0.0; found.len()];
        let mut whole = 0.0;
        let mut by_address: Vec<usize> = (0..found.len()).collect();
        by_address.sort_unstable_by_key(|index| found[*index].address);
        for term in terms {
            let weight = self.statistics.weight(term)?;
            whole += weight;
            self.with_term(term, by_address.iter().map(|index| (*index, found[*index].address)), |index| {
                carried[index] += weight;
            })?;
        }
        Ok(carried.into_iter().map(|carried| if whole > 0.0 { carried / whole } else { 0.0 }).collect())
    }

    /// Calls `has` for each of the documents, given in order of address, that has a term.
    pub(super) fn with_term(
        &self,
        term: &Term,
        documents: impl Iterator<Item = (usize, DocAddress)>,
        mut has: impl FnMut(usize),
    ) -> Result<()> {
        let mut open: Option<(u32, Option<tantivy::postings::SegmentPostings>)> = None;
        for (index, address) in documents {
            if open.as_ref().is_none_or(|(segment, _)| *segment != address.segment_ord) {
                let reader = self.snapshot.searcher.segment_reader(address.segment_ord);
                let postings = reader.inverted_index(term.field())?.read_postings(term, IndexRecordOption::Basic)?;
                open = Some((address.segment_ord, postings));
            }
            let Some((_, Some(postings))) = &mut open else { continue };
            let at = if postings.doc() < address.doc_id { postings.seek(address.doc_id) } else { postings.doc() };
            if at == address.doc_id {
                has(index);
            }
        }
        Ok(())
    }
}
