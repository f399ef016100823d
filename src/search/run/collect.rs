//! Walks the matches of a query: the best ones in order, or how many there are, and gives up at the deadline.

use std::collections::BinaryHeap;

use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED};

use super::super::error::{Result, SearchError};
use super::super::order::{By, SortField};
use super::super::request::Rank;
use super::super::searcher::{Snapshot, first_day};
use super::Run;

/// After so many matches the clock is read.
pub(super) const MATCHES_BETWEEN_LOOKS: u32 = 512;

/// A match with its place in the order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) rank: Rank,
    pub(super) score: f32,
    pub(super) address: DocAddress,
}

/// Turns matches into ranks.
pub(super) struct Sorter<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) order: &'a [By],
    pub(super) stratum: u8,
}

impl Sorter<'_> {
    pub(super) fn rank(&self, address: DocAddress, score: f32) -> Rank {
        let columns = &self.snapshot.segments[address.segment_ord as usize];
        let doc = address.doc_id;
        let mut values = [0; 3];
        for (value, by) in values.iter_mut().zip(self.order) {
            *value = match by.field {
                SortField::Relevance => by.score(score),
                SortField::Date => by.whole(columns.day(columns.meeting_of(doc))),
                SortField::Updated => by.whole(columns.updated.first(columns.meeting_of(doc))),
                SortField::Deadline => by.whole(columns.deadline.first(doc)),
                SortField::Value => by.number(columns.value.first(doc)),
                SortField::Period => by.whole(first_day(&columns.period, doc)),
            };
        }
        Rank { stratum: self.stratum, values, key: columns.key_of(doc) }
    }

    fn by_score(&self) -> bool {
        self.order.first().is_some_and(|by| by.field == SortField::Relevance)
    }

    fn needs_score(&self) -> bool {
        self.order.iter().any(|by| by.field == SortField::Relevance)
    }
}

/// Keeps the best so many behind a rank.
pub(super) struct Best {
    wanted: usize,
    after: Option<Rank>,
    heap: BinaryHeap<Ranked>,
}

/// Orders matches by rank alone; the heap shows the last one first.
struct Ranked(Found);

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.0.rank == other.0.rank
    }
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.rank.cmp(&other.0.rank)
    }
}

impl Best {
    pub(super) fn new(wanted: usize, after: Option<Rank>) -> Self {
        Self { wanted, after, heap: BinaryHeap::with_capacity(wanted.min(1024) + 1) }
    }

    pub(super) fn into_order(self) -> Vec<Found> {
        let mut found: Vec<Found> = self.heap.into_iter().map(|ranked| ranked.0).collect();
        found.sort_unstable_by_key(|found| found.rank);
        found
    }

    pub(super) fn offer(&mut self, found: Found) {
        if self.after.is_some_and(|after| found.rank <= after) {
            return;
        }
        if self.heap.len() < self.wanted {
            self.heap.push(Ranked(found));
        } else if let Some(mut last) = self.heap.peek_mut()
            && found.rank < last.0.rank
        {
            *last = Ranked(found);
        }
    }

    /// A score that a match must exceed to have a chance. A little below the last one kept, since equal scores are told apart by
    /// date and key, and sums of bounds may be rounded.
    pub(super) fn threshold(&self) -> f32 {
        match self.heap.peek() {
            Some(last) if self.heap.len() == self.wanted => last.0.score * 0.999_999 - 1e-6,
            _ => f32::MIN,
        }
    }
}

pub(super) fn is_alive(reader: &SegmentReader, doc: DocId) -> bool {
    reader.alive_bitset().is_none_or(|alive| alive.is_alive(doc))
}

impl Run<'_> {
    /// The best `wanted` matches behind a rank, in order.
    pub(super) fn top(
        &self,
        query: &dyn Query,
        wanted: usize,
        after: Option<Rank>,
        sorter: Sorter<'_>,
    ) -> Result<Vec<Found>> {
        if wanted == 0 {
            return Ok(Vec::new());
        }
        let searcher = &self.snapshot.searcher;
        let scoring = if sorter.needs_score() {
            EnableScoring::enabled_from_statistics_provider(self.statistics, searcher)
        } else {
            EnableScoring::disabled_from_searcher(searcher)
        };
        let weight = query.weight(scoring)?;
        let mut best = Best::new(wanted, after);
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            self.deadline.check()?;
            let segment_ord = u32::try_from(segment).unwrap_or(u32::MAX);
            let mut offer = |doc_id: DocId, score: f32| {
                if is_alive(reader, doc_id) {
                    let address = DocAddress { segment_ord, doc_id };
                    best.offer(Found { rank: sorter.rank(address, score), score, address });
                }
            };
            if sorter.by_score() {
                self.prune(&*weight, reader, &mut best, &sorter, segment_ord)?;
            } else {
                let needs_score = sorter.needs_score();
                let mut scorer = weight.scorer(reader, 1.0)?;
                let mut until_look = MATCHES_BETWEEN_LOOKS;
                while scorer.doc() != TERMINATED {
                    let score = if needs_score { scorer.score() } else { 0.0 };
                    offer(scorer.doc(), score);
                    scorer.advance();
                    self.look(&mut until_look)?;
                }
            }
        }
        // A walk may have ended early, at the deadline.
        self.deadline.check()?;
        Ok(best.into_order())
    }

    /// Offers the matches of a segment whose scores have a chance.
    fn prune(
        &self,
        weight: &dyn tantivy::query::Weight,
        reader: &SegmentReader,
        best: &mut Best,
        sorter: &Sorter<'_>,
        segment_ord: u32,
    ) -> Result<()> {
        let mut until_look = MATCHES_BETWEEN_LOOKS;
        let mut passed = false;
        weight.for_each_pruning(best.threshold(), reader, &mut |doc_id, score| {
            until_look -= 1;
            if until_look == 0 {
                until_look = MATCHES_BETWEEN_LOOKS;
                passed = self.deadline.has_passed();
            }
            if passed {
                // No score exceeds it: the walk ends.
                return f32::INFINITY;
            }
            if is_alive(reader, doc_id) {
                let address = DocAddress { segment_ord, doc_id };
                best.offer(Found { rank: sorter.rank(address, score), score, address });
            }
            best.threshold()
        })?;
        if passed { Err(SearchError::DeadlineExceeded) } else { Ok(()) }
    }

    /// Number of matches, or `bound` if there are as many or more.
    pub(super) fn count(&self, query: &dyn Query, bound: u64) -> Result<u64> {
        let mut count = 0;
        self.each(query, |_| {
            count += 1;
            count < bound
        })?;
        Ok(count)
    }

    /// Calls `take` for each match until it returns false.
    pub(super) fn each(&self, query: &dyn Query, mut take: impl FnMut(DocAddress) -> bool) -> Result<()> {
        let searcher = &self.snapshot.searcher;
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut until_look = MATCHES_BETWEEN_LOOKS;
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            self.deadline.check()?;
            let segment_ord = u32::try_from(segment).unwrap_or(u32::MAX);
            let mut scorer = weight.scorer(reader, 1.0)?;
            while scorer.doc() != TERMINATED {
                let doc_id = scorer.doc();
                if is_alive(reader, doc_id) && !take(DocAddress { segment_ord, doc_id }) {
                    return Ok(());
                }
                scorer.advance();
                self.look(&mut until_look)?;
            }
        }
        // A walk may have ended early, at the deadline.
        self.deadline.check()
    }

    /// Reads the clock now and then.
    pub(super) fn look(&self, until_look: &mut u32) -> Result<()> {
        *until_look -= 1;
        if *until_look == 0 {
            *until_look = MATCHES_BETWEEN_LOOKS;
            self.deadline.check()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::deadline::tests::LEFT;
    use super::super::super::tests::{Shelf, dated, meeting};
    use super::super::super::{FacetField, MatchTier, SearchRequest, Step};
    use super::*;

    const MEETINGS: u32 = 3 * MATCHES_BETWEEN_LOOKS;

    /// Whenever the deadline passes, the search ends with the next look at the clock; and looks are frequent.
    #[test]
    fn a_search_ends_wherever_its_deadline_passes() {
        let mut shelf = Shelf::new();
        for number in 0..MEETINGS {
            let mut meeting = meeting(&format!("m{number}"), "");
            meeting.date = dated("2024-05-06");
            shelf.put(&meeting, &format!("Sáng nay phường {} họp bàn việc thu ngân sách.", number % 7));
        }
        let searcher = shelf.commit();
        let facets = [FacetField::Date(Step::Year)];
        for (query, order_by, facets) in [
            ("họp", "", &[][..]),
            ("hop phuong", "", &[]),
            ("ngân OR việc OR họp", "", &[]),
            ("\"thu ngân sách\"", "", &[]),
            ("ng*", "", &[]),
            ("họp -chiều", "date", &[]),
            ("", "update_time", &[]),
            ("ai họp bàn thu ngân sách chiều nay", "", &[]),
            ("", "", &facets),
        ] {
            let request = SearchRequest { query, order_by, facets, count_to: u64::MAX, ..Default::default() };
            let mut looks = 0;
            loop {
                LEFT.set(Some(looks));
                match searcher.meetings(&request) {
                    Err(SearchError::DeadlineExceeded) => looks += 1,
                    Ok(_) => break,
                    Err(other) => panic!("{query}: {other:?}"),
                }
            }
            LEFT.set(None);
            assert!(looks > MEETINGS / MATCHES_BETWEEN_LOOKS, "{query}: {looks} looks");
        }
    }

    /// Words that never stand together have no match to look at the clock after: it is looked at on the way.
    #[test]
    fn a_search_without_matches_ends_at_its_deadline_too() {
        let mut shelf = Shelf::new();
        for number in 0..MEETINGS {
            let word = if number % 2 == 0 { "chẵn" } else { "lẻ" };
            shelf.put(&meeting(&format!("m{number}"), ""), &format!("Phiên thứ {number} là {word}."));
        }
        let searcher = shelf.commit();
        for query in ["chẵn lẻ", "chan le", "\"chẵn lẻ\"", "chẵn (lẻ OR khác)", "chẵn le*", "chẵn -chẵn"]
        {
            let request = SearchRequest { query, loosest_tier: MatchTier::Unaccented, ..Default::default() };
            let mut looks = 0;
            loop {
                LEFT.set(Some(looks));
                match searcher.meetings(&request) {
                    Err(SearchError::DeadlineExceeded) => looks += 1,
                    Ok(found) => break assert!(found.hits.is_empty(), "{query}"),
                    Err(other) => panic!("{query}: {other:?}"),
                }
            }
            LEFT.set(None);
            assert!(looks > MEETINGS / 2 / MATCHES_BETWEEN_LOOKS, "{query}: {looks} looks");
        }
    }
}
