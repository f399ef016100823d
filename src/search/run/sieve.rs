//! One walk over the hits that have all words as they were typed: it counts them and finds the best of both strict strata at once.
//!
//! Most searches have few enough hits for that, and opening their words once instead of for each stratum and the count is most of what
//! they cost. Where hits are many, the strata are run by themselves: they pass over what has no chance.

use tantivy::DocSet as _;
use tantivy::query::{EnableScoring, Query, Scorer, Weight};
use tantivy::{DocAddress, SegmentReader, TERMINATED};

use super::super::error::Result;
use super::super::query::levels::{Level, WordsAndPairs};
use super::super::request::Rank;
use super::Run;
use super::collect::{Best, Found, MATCHES_BETWEEN_LOOKS, Sorter, is_alive};

/// What the walk found.
pub(super) struct Sieved {
    /// Number of hits.
    pub(super) count: u64,
    /// The best of them with all words side by side, and the best of the others; each in order.
    pub(super) strata: [Vec<Found>; 2],
}

impl Run<'_> {
    /// Walks the hits of a level; `None` if there are as many as the bound or more.
    pub(super) fn sieve(&self, level: Level, wanted: usize, after: Option<Rank>, bound: u64) -> Result<Option<Sieved>> {
        let searcher = &self.snapshot.searcher;
        let scoring = EnableScoring::enabled_from_statistics_provider(self.statistics, searcher);
        let Some(WordsAndPairs { words, pairs }) = self.builder.words_and_pairs(level)? else {
            return Ok(Some(Sieved { count: 0, strata: [Vec::new(), Vec::new()] }));
        };
        let words = words.weight(scoring)?;
        let pairs = pairs.iter().map(|pair| pair.weight(scoring)).collect::<tantivy::Result<Vec<_>>>()?;
        let after = |stratum: u8| after.filter(|after| after.stratum >= stratum);
        let mut walk = Walk {
            run: self,
            best: [Best::new(wanted, after(0)), Best::new(wanted, after(1))],
            count: 0,
            bound,
            until_look: MATCHES_BETWEEN_LOOKS,
        };
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            self.deadline.check()?;
            walk.segment(u32::try_from(segment).unwrap_or(u32::MAX), reader, &*words, &pairs)?;
            if walk.count >= bound {
                return Ok(None);
            }
        }
        // A walk may have ended early, at the deadline.
        self.deadline.check()?;
        Ok(Some(Sieved { count: walk.count, strata: walk.best.map(Best::into_order) }))
    }
}

struct Walk<'r, 'a> {
    run: &'r Run<'a>,
    best: [Best; 2],
    count: u64,
    bound: u64,
    until_look: u32,
}

impl Walk<'_, '_> {
    fn segment(
        &mut self,
        segment_ord: u32,
        reader: &SegmentReader,
        words: &dyn Weight,
        pairs: &[Box<dyn Weight>],
    ) -> Result<()> {
        let mut words = words.scorer(reader, 1.0)?;
        if words.doc() == TERMINATED {
            return Ok(());
        }
        let mut pairs = pairs.iter().map(|pair| pair.scorer(reader, 1.0)).collect::<tantivy::Result<Vec<_>>>()?;
        while words.doc() != TERMINATED && self.count < self.bound {
            let doc_id = words.doc();
            if is_alive(reader, doc_id) {
                self.count += 1;
                let (paired, score) = with_pairs(&mut pairs, doc_id, words.score());
                let stratum = u8::from(!paired);
                let best = &mut self.best[usize::from(stratum)];
                if score > best.threshold() {
                    let address = DocAddress { segment_ord, doc_id };
                    let sorter = Sorter { snapshot: self.run.snapshot, order: self.run.order, stratum };
                    best.offer(Found { rank: sorter.rank(address, score), score, address });
                }
            }
            words.advance();
            self.run.look(&mut self.until_look)?;
        }
        Ok(())
    }
}

/// True if a document has all pairs, and there are any; and its score with those it has.
fn with_pairs(pairs: &mut [Box<dyn Scorer>], doc: u32, mut score: f32) -> (bool, f32) {
    let mut all = !pairs.is_empty();
    for pair in pairs {
        let at = if pair.doc() < doc { pair.seek(doc) } else { pair.doc() };
        if at == doc {
            score += pair.score();
        } else {
            all = false;
        }
    }
    (all, score)
}
