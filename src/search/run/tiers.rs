//! How closely the words of hits equal what was typed: each word as closely as the document has it anywhere, of those that count there.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Term};

use super::super::error::Result;
use super::super::query::levels::Level;
use super::super::request::MatchTier;
use super::Run;
use super::collect::Found;
use super::plan::{Plan, Stratum};

impl Run<'_> {
    /// The tier of each hit: that of its loosest word. Words that a hit does not have at all do not count, nor, where some words are
    /// enough and marks are respected, those that it has in wrong marks only: it is not found by them.
    pub(super) fn tiers(&self, plan: &Plan, found: &[Found]) -> Result<Vec<MatchTier>> {
        let mut tiers = vec![MatchTier::Exact; found.len()];
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_unstable_by_key(|index| found[*index].address);
        let documents: Vec<(usize, DocAddress)> = order.iter().map(|index| (*index, found[*index].address)).collect();
        for word in self.builder.meaning.words() {
            if word.joined {
                continue;
            }
            let mut exact = vec![false; found.len()];
            let term = self.builder.term(word, Level::Exact);
            self.with_term(&term, documents.iter().copied(), |index| exact[index] = true)?;
            let loose: Vec<(usize, DocAddress)> =
                documents.iter().copied().filter(|(index, _)| !exact[*index]).collect();
            if loose.is_empty() {
                continue;
            }
            let mut spelled = vec![false; found.len()];
            if word.typed.is_some() {
                let term = self.builder.term(word, Level::Spelled);
                self.with_term(&term, loose.iter().copied(), |index| spelled[index] = true)?;
            }
            let mut bare = vec![false; found.len()];
            let term = self.builder.term(word, Level::Bare);
            self.with_term(&term, loose.iter().copied(), |index| bare[index] = true)?;
            for (index, _) in loose {
                let tier = match (spelled[index], bare[index]) {
                    (true, _) => MatchTier::Spelling,
                    (false, true) if word.marked && respects_marks(plan, &found[index]) => MatchTier::Exact,
                    (false, true) => MatchTier::Unaccented,
                    (false, false) => MatchTier::Exact,
                };
                tiers[index] = tiers[index].max(tier);
            }
        }
        Ok(tiers)
    }

    /// Calls `has` for each of the documents, given in order of address, that has a term.
    fn with_term(
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

/// True if a hit is one of some words, in the marks that were typed.
fn respects_marks(plan: &Plan, found: &Found) -> bool {
    let stratum = plan.strata.get(usize::from(found.rank.stratum));
    matches!(stratum, Some(Stratum::Some(level, _)) if *level != Level::Bare)
}
