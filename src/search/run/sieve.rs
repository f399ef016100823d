//! One walk over the hits that have all words as they were typed: it counts them and finds the best of both strict strata at once.
//!
//! Most searches have few enough hits for that, and opening their words once instead of for each stratum and the count is most of what
//! they cost. Where hits are many, the strata are run by themselves: they pass over what has no chance.

use tantivy::query::{EnableScoring, Query, Scorer, Weight};
use tantivy::{DocAddress, DocSet as _, SeekDangerResult, SegmentReader, TERMINATED};

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
        let Some(WordsAndPairs { words, pairs, spelt }) = self.builder.words_and_pairs(level)? else {
            return Ok(Some(Sieved { count: 0, strata: [Vec::new(), Vec::new()] }));
        };
        let words = words.weight(scoring)?;
        let pairs = pairs.iter().map(|pair| pair.weight(scoring)).collect::<tantivy::Result<Vec<_>>>()?;
        let unscored = EnableScoring::disabled_from_searcher(searcher);
        let spelt = spelt.iter().map(|pair| pair.weight(unscored)).collect::<tantivy::Result<Vec<_>>>()?;
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
            walk.segment(u32::try_from(segment).unwrap_or(u32::MAX), reader, &*words, [&pairs, &spelt])?;
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
        [pairs, spelt]: [&[Box<dyn Weight>]; 2],
    ) -> Result<()> {
        let mut words = words.scorer(reader, 1.0)?;
        if words.doc() == TERMINATED {
            return Ok(());
        }
        let mut pairs = pairs.iter().map(|pair| pair.scorer(reader, 1.0)).collect::<tantivy::Result<Vec<_>>>()?;
        let mut spelt = Spelt { weights: spelt, opened: None };
        while words.doc() != TERMINATED && self.count < self.bound {
            let doc_id = words.doc();
            if is_alive(reader, doc_id) {
                self.count += 1;
                let (paired, score) = with_pairs(&mut pairs, doc_id, words.score());
                // Where the words stand is read only of hits that have a chance, and those are few.
                if paired && score > self.best[0].threshold() && spelt.stand(reader, doc_id)? {
                    self.offer(0, DocAddress { segment_ord, doc_id }, score);
                } else if score > self.best[1].threshold() {
                    self.offer(1, DocAddress { segment_ord, doc_id }, score);
                }
            }
            words.advance();
            self.run.look(&mut self.until_look)?;
        }
        Ok(())
    }

    fn offer(&mut self, stratum: u8, address: DocAddress, score: f32) {
        let sorter = Sorter { snapshot: self.run.snapshot, order: self.run.order, stratum };
        self.best[usize::from(stratum)].offer(Found { rank: sorter.rank(address, score), score, address });
    }
}

/// Pairs as they are spelt in one segment, opened when first asked about.
struct Spelt<'w> {
    weights: &'w [Box<dyn Weight>],
    /// The first document that may have each pair, and the pair.
    opened: Option<Vec<(u32, Box<dyn Scorer>)>>,
}

impl Spelt<'_> {
    /// True if a document has all pairs; asked of documents in order.
    fn stand(&mut self, reader: &SegmentReader, doc: u32) -> Result<bool> {
        if self.opened.is_none() {
            let opened = self.weights.iter().map(|weight| weight.scorer(reader, 1.0));
            let with_first = opened.map(|scorer| scorer.map(|scorer| (scorer.doc(), scorer)));
            self.opened = Some(with_first.collect::<tantivy::Result<_>>()?);
        }
        Ok(self.opened.iter_mut().flatten().all(|(next, pair)| {
            if doc < *next {
                return false;
            }
            match pair.seek_danger(doc) {
                SeekDangerResult::Found => true,
                SeekDangerResult::SeekLowerBound(bound) => {
                    *next = bound;
                    false
                }
            }
        }))
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
