//! How closely the words of hits equal what was typed: each word as closely as the document has it anywhere.

use tantivy::DocAddress;

use super::super::error::Result;
use super::super::query::levels::Level;
use super::super::request::MatchTier;
use super::Run;
use super::collect::Found;

impl Run<'_> {
    /// The tier of each hit: that of its loosest word. Words that a hit does not have at all do not count.
    pub(super) fn tiers(&self, found: &[Found]) -> Result<Vec<MatchTier>> {
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
                    (false, true) => MatchTier::Unaccented,
                    (false, false) => MatchTier::Exact,
                };
                tiers[index] = tiers[index].max(tier);
            }
        }
        Ok(tiers)
    }
}
