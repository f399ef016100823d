//! Where the documents of a meeting stand in a segment, and the query for items or figures of meetings that fit.
//!
//! A segment is sorted by [`columns::STANDS`]: names of entities first, then all figures, all items, all meetings. Each unit stands together, so
//! that its lists are as short as those of an index of its own, and within it the documents follow the sequence of their meetings.
//! A meeting and its items and figures bear one number of that sequence, by which each is found from the other.

use std::fmt;
use std::ops::Range;

use tantivy::columnar::Column;
use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::schema::{Unit, columns};

/// Bits of a number within a meeting.
const NUMBER_BITS: u32 = 20;
/// Bits of the sequence of meetings.
const SEQUENCE_BITS: u32 = 42;
/// Where names of entities stand.
pub(super) const NAMES: u64 = 0;

/// Where documents of a unit begin.
fn start_of(unit: Unit) -> u64 {
    let order = match unit {
        Unit::Figure => 1,
        Unit::Item => 2,
        Unit::Meeting => 3,
    };
    order << (SEQUENCE_BITS + NUMBER_BITS)
}

/// The place of a document; `number` tells apart those of one unit and meeting.
pub(super) fn place(unit: Unit, sequence: u64, number: u32) -> u64 {
    let (most, number) = ((1 << NUMBER_BITS) - 1, u64::from(number));
    start_of(unit) | sequence << NUMBER_BITS | number.min(most)
}

/// The number of a meeting in the sequence, from the place of one of its documents.
pub(super) fn sequence_of(place: u64) -> u64 {
    (place >> NUMBER_BITS) & ((1 << SEQUENCE_BITS) - 1)
}

/// The places of one segment.
pub(super) struct Places {
    column: Column<u64>,
    /// Documents of each unit, by its number.
    units: [Range<DocId>; 3],
}

impl Places {
    pub(super) fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let column = reader.fast_fields().u64(columns::STANDS)?;
        let all = 0..reader.max_doc();
        let mut places = Self { column, units: [const { 0..0 }; 3] };
        let [figures, items, meetings] =
            [Unit::Figure, Unit::Item, Unit::Meeting].map(|unit| places.find(all.clone(), start_of(unit)));
        places.units[Unit::Figure as usize] = figures..items;
        places.units[Unit::Item as usize] = items..meetings;
        places.units[Unit::Meeting as usize] = meetings..all.end;
        Ok(places)
    }

    /// The number of an item or figure in its meeting.
    pub(super) fn number(&self, doc: DocId) -> u32 {
        u32::try_from(self.at(doc) & ((1 << NUMBER_BITS) - 1)).unwrap_or(u32::MAX)
    }

    /// The meeting that a document belongs to.
    pub(super) fn meeting_of(&self, doc: DocId) -> DocId {
        let meetings = self.units[Unit::Meeting as usize].clone();
        if doc >= meetings.start {
            return doc;
        }
        self.find(meetings, place(Unit::Meeting, sequence_of(self.at(doc)), 0))
    }

    fn at(&self, doc: DocId) -> u64 {
        self.column.values.get_val(doc)
    }

    /// The first document at a place or behind it. Most sequences have few gaps: the place is guessed, and then closed in on.
    fn find(&self, within: Range<DocId>, place: u64) -> DocId {
        let Range { mut start, mut end } = within;
        let mut guesses = 0;
        while start < end {
            let middle = start + (end - start) / 2;
            let probe = if guesses < 4 {
                guesses += 1;
                self.guess(start..end, place).unwrap_or(middle)
            } else {
                middle
            };
            if self.at(probe) < place {
                start = probe + 1;
            } else {
                if probe == start || self.at(probe - 1) < place {
                    return probe;
                }
                end = probe;
            }
        }
        start
    }

    /// Where a place would stand if places rose evenly.
    fn guess(&self, within: Range<DocId>, place: u64) -> Option<DocId> {
        let (first, last) = (self.at(within.start), self.at(within.end - 1));
        if place <= first || place >= last {
            return Some(if place <= first { within.start } else { within.end - 1 });
        }
        let along = (place - first) as f64 / (last - first) as f64;
        let ahead = (along * f64::from(within.end - 1 - within.start)) as u32;
        Some(within.start.checked_add(ahead)?.min(within.end - 1))
    }

    /// All documents of a unit whose meetings are in a set.
    fn of_meetings(&self, unit: Unit, meetings: &mut dyn Scorer, max_doc: DocId) -> BitSet {
        let mut found = BitSet::with_max_value(max_doc);
        let own = self.units[unit as usize].clone();
        let mut from = own.start;
        while meetings.doc() != TERMINATED {
            let sequence = sequence_of(self.at(meetings.doc()));
            let start = self.find(from..own.end, place(unit, sequence, 0));
            from = start;
            while from < own.end && sequence_of(self.at(from)) == sequence {
                found.insert(from);
                from += 1;
            }
            meetings.advance();
        }
        found
    }
}

/// Documents of a unit whose meeting fits a query. It scores nothing.
pub(super) struct OfMeeting {
    meetings: Box<dyn Query>,
    unit: Unit,
}

impl OfMeeting {
    /// `meetings` must only find meetings; `unit` is what is wanted of them.
    pub(super) fn new(meetings: Box<dyn Query>, unit: Unit) -> Self {
        Self { meetings, unit }
    }
}

impl Clone for OfMeeting {
    fn clone(&self) -> Self {
        Self { meetings: self.meetings.box_clone(), unit: self.unit }
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
        Ok(Box::new(OfMeetingWeight { meetings: self.meetings.weight(quiet)?, unit: self.unit }))
    }
}

struct OfMeetingWeight {
    meetings: Box<dyn Weight>,
    unit: Unit,
}

impl Weight for OfMeetingWeight {
    fn scorer(&self, reader: &SegmentReader, _boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let places = Places::open(reader)?;
        let mut meetings = self.meetings.scorer(reader, 1.0)?;
        let found = places.of_meetings(self.unit, &mut *meetings, reader.max_doc());
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(found), 0.0)))
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

#[cfg(test)]
mod tests {
    use super::super::tests::{Shelf, dated, ids, item, meeting, passing};
    use super::*;
    use crate::model::ItemKind;
    use crate::search::SearchRequest;

    /// Meetings of several days with two items each; some are written again, some deleted.
    fn days(shelf: &mut Shelf, numbers: impl Iterator<Item = u32>) {
        for number in numbers {
            let mut one = meeting(&format!("m{number}"), "Họp");
            one.date = dated(&format!("2024-05-{:02}", number % 9 + 1));
            one.items = (1..=2).map(|n| item(n, ItemKind::Directive, None, &format!("Việc {number}."))).collect();
            shelf.put(&one, "Họp");
        }
    }

    #[test]
    fn items_lead_to_their_meetings_however_segments_were_merged() {
        let mut shelf = Shelf::new();
        for round in 0..12 {
            days(&mut shelf, round * 20..round * 20 + 30);
            shelf.writer.delete_meeting(&meeting(&format!("m{}", round * 7), "").id).expect("deleted");
            let searcher = shelf.commit();
            for day in 1..=9 {
                let filter = format!("date:2024-05-{day:02}");
                let with = passing(&searcher, Unit::Meeting, &filter);
                let request = SearchRequest { filter: &filter, page_size: 200, ..Default::default() };
                let mut of_items = ids(&searcher, Unit::Item, &request);
                of_items.sort();
                let mut wanted: Vec<String> =
                    with.iter().flat_map(|id| [format!("{id}/1"), format!("{id}/2")]).collect();
                wanted.sort();
                assert!(!wanted.is_empty() && of_items == wanted, "{of_items:?} {wanted:?}");
            }
        }
    }

    #[test]
    fn a_place_tells_its_parts() {
        let place = place(Unit::Item, 5, 7);
        assert_eq!((sequence_of(place), place > super::place(Unit::Figure, u64::MAX >> 30, 9)), (5, true));
        assert!(super::place(Unit::Item, 5, u32::MAX) < super::place(Unit::Item, 6, 0));
    }
}
