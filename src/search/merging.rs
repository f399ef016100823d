//! Which segments become one.
//!
//! Each search opens its words in every segment, and each commit looks in every one for what it replaces: few segments make both cheap,
//! and writing segments anew costs the writer. While changes come in, segments of one size are merged once there are some of them. When
//! none come, those that are small beside the rest together join it, and what was deleted leaves the disk.

use tantivy::SegmentMeta;
use tantivy::index::SegmentId;
use tantivy::indexer::{MergeCandidate, MergePolicy};

/// Segments of fewer documents are all of one size: what some seconds of changes bring.
const SMALLEST: u32 = 512;
/// So many segments of one size become one, and sizes lie so far apart.
const AT_ONCE: u32 = 4;
/// At rest a segment stays by itself where it has so many times the documents of all smaller ones together: then as good as every
/// document is in it.
const FAR_LARGER: u64 = 8;
/// The part of a segment that may be deleted before it is written anew.
const MOST_DELETED: f32 = 0.1;

/// How large a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Size {
    /// Documents that are not deleted.
    documents: u32,
    deleted: u32,
}

impl Size {
    fn of(segment: &SegmentMeta) -> Self {
        Self { documents: segment.num_docs(), deleted: segment.num_deleted_docs() }
    }

    fn level(self) -> u32 {
        (self.documents.max(SMALLEST) / SMALLEST).ilog(AT_ONCE)
    }

    fn has_too_many_deleted(self) -> bool {
        self.deleted as f32 > MOST_DELETED * (self.documents + self.deleted) as f32
    }
}

/// The sets of segments to merge while changes come in.
fn while_busy(sizes: &[Size]) -> Vec<Vec<usize>> {
    let highest = sizes.iter().map(|size| size.level()).max().unwrap_or_default();
    let of_level = |level: u32| (0..sizes.len()).filter(|at| sizes[*at].level() == level).collect::<Vec<_>>();
    let is_due = |level: &Vec<usize>| {
        level.len() >= AT_ONCE as usize || level.iter().any(|at| sizes[*at].has_too_many_deleted())
    };
    (0..=highest).map(of_level).filter(is_due).collect()
}

/// The segments to merge when no changes come; none if all is well.
fn at_rest(sizes: &[Size]) -> Vec<usize> {
    let mut rising: Vec<usize> = (0..sizes.len()).collect();
    rising.sort_by_key(|at| sizes[*at].documents);
    let (mut smaller, mut joined) = (0, 0);
    for (number, at) in rising.iter().enumerate() {
        let documents = u64::from(sizes[*at].documents);
        if number > 0 && documents < FAR_LARGER * smaller {
            joined = number + 1;
        }
        smaller += documents;
    }
    let stay = rising.split_off(joined);
    rising.extend(stay.into_iter().filter(|at| sizes[*at].has_too_many_deleted() || sizes[*at].documents == 0));
    rising
}

/// Merges while changes come in.
#[derive(Debug)]
pub(super) struct Levels;

impl MergePolicy for Levels {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let sizes: Vec<Size> = segments.iter().map(Size::of).collect();
        let ids = |set: Vec<usize>| MergeCandidate(set.into_iter().map(|at| segments[at].id()).collect());
        while_busy(&sizes).into_iter().map(ids).collect()
    }
}

/// The segments to merge when no changes come.
pub(super) fn loose(segments: &[SegmentMeta]) -> Vec<SegmentId> {
    let sizes: Vec<Size> = segments.iter().map(Size::of).collect();
    at_rest(&sizes).into_iter().map(|at| segments[at].id()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(documents: &[u32]) -> Vec<Size> {
        documents.iter().map(|documents| Size { documents: *documents, deleted: 0 }).collect()
    }

    #[test]
    fn segments_of_one_size_become_one() {
        assert_eq!(while_busy(&sizes(&[60, 60, 60])), Vec::<Vec<usize>>::new());
        assert_eq!(while_busy(&sizes(&[60, 9000, 500, 60, 1])), [vec![0, 2, 3, 4]]);
        assert_eq!(while_busy(&sizes(&[2100, 3000, 8000, 2500, 8191, 512])), [vec![0, 1, 2, 3, 4]]);
        assert_eq!(while_busy(&[]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn what_was_deleted_is_written_out() {
        let mut some = sizes(&[100_000, 3000]);
        some[0].deleted = 12_000;
        assert_eq!((while_busy(&some), at_rest(&some)), (vec![vec![0]], vec![0]));
        some[0].deleted = 10_000;
        assert_eq!((while_busy(&some), at_rest(&some)), (vec![], vec![]));
        some[1] = Size { documents: 0, deleted: 5 };
        assert_eq!(at_rest(&some), [1]);
    }

    #[test]
    fn at_rest_small_segments_join_those_not_far_larger() {
        assert_eq!(at_rest(&sizes(&[290_000, 60, 9000])), Vec::<usize>::new());
        assert_eq!(at_rest(&sizes(&[290_000, 60, 9000, 470])), [1, 3]);
        assert_eq!(at_rest(&sizes(&[60_000, 9000, 470])), [2, 1, 0]);
        assert_eq!(at_rest(&sizes(&[7])), Vec::<usize>::new());
        assert_eq!(at_rest(&[]), Vec::<usize>::new());
    }

    /// However many changes come one by one, each with a rest: there are few segments, and a document is not written often.
    #[test]
    fn many_rests_leave_few_segments_and_cost_little() {
        let (mut all, mut written, mut most): (Vec<Size>, u64, usize) = (Vec::new(), 0, 0);
        for _ in 0..4000 {
            all.push(Size { documents: 50, deleted: 0 });
            loop {
                let joined = at_rest(&all);
                if joined.is_empty() {
                    break;
                }
                let documents: u32 = joined.iter().map(|at| all[*at].documents).sum();
                written += u64::from(documents);
                let mut at = 0;
                all.retain(|_| {
                    at += 1;
                    !joined.contains(&(at - 1))
                });
                all.push(Size { documents, deleted: 0 });
            }
            most = most.max(all.len());
        }
        let documents: u32 = all.iter().map(|size| size.documents).sum();
        assert!(
            most <= 5 && written / u64::from(documents) < 24,
            "{most} segments, each document {written}/{documents} times"
        );
    }
}
