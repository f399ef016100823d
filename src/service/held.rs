//! Pages whose order belongs to a snapshot that is no longer the newest.
//!
//! The order is that of the snapshot, so that no hit comes twice or is passed over; what a hit says is read from the newest one. A
//! meeting that has changed since is looked at again: it is shown as it is now, if it still fits, and left out if not. So nothing of a
//! deleted report is in any page, whenever its order was made.

use super::api::Answer;
use crate::model::{Evidence, MeetingId};
use crate::projection::Snapshot;
use crate::search::{Hit, SearchRequest, SearchResults, Unit};

/// Hits looked at of one meeting that has changed.
const MOST_OF_A_MEETING: usize = 1000;

/// A held snapshot beside the newest one.
pub(super) struct Held<'a> {
    /// Where the order comes from.
    pub(super) held: &'a Snapshot,
    /// Where everything else comes from.
    pub(super) newest: &'a Snapshot,
    pub(super) unit: Unit,
    /// What was asked.
    pub(super) asked: &'a SearchRequest<'a>,
}

impl Held<'_> {
    /// The page that follows the cursor, with its hits, total and counts as they stand now. It has a hit unless none follow.
    pub(super) fn page(&self) -> Answer<SearchResults> {
        let now = self
            .newest
            .searcher()
            .search(self.unit, &SearchRequest { cursor: None, page_size: 0, ..self.asked.clone() })?;
        let mut cursor = self.asked.cursor.cloned();
        loop {
            let asked = SearchRequest { cursor: cursor.as_ref(), facets: &[], count_to: 1, ..self.asked.clone() };
            let mut found = self.held.searcher().search(self.unit, &asked)?;
            let last = found.hits.last().map(|hit| hit.cursor.clone());
            let mut hits = Vec::with_capacity(found.hits.len());
            for hit in found.hits {
                hits.extend(self.as_it_stands(hit)?);
            }
            if hits.is_empty() && found.more && last.is_some() {
                cursor = last;
                continue;
            }
            found.hits = hits;
            return Ok(SearchResults { total: now.total, facets: now.facets, ..found });
        }
    }

    /// The hit with the number and the tier that it has now; `None` if it no longer fits.
    fn as_it_stands(&self, hit: Hit) -> Answer<Option<Hit>> {
        let (then, now) = (self.held.summary(&hit.meeting)?, self.newest.summary(&hit.meeting)?);
        let (Some(then), Some(now)) = (then, now) else { return Ok(None) };
        if (&then.id, then.revision) == (&now.id, now.revision) {
            return Ok(Some(hit));
        }
        let Some(number) = self.number_now(&hit, &now.id)? else { return Ok(None) };
        let fits = self.those_that_fit(&now.id)?;
        let fit = fits.into_iter().find(|fit| fit.number == number);
        Ok(fit.map(|fit| Hit { cursor: hit.cursor, score: hit.score, ..fit }))
    }

    fn those_that_fit(&self, meeting: &MeetingId) -> Answer<Vec<Hit>> {
        let only = format!("meeting = \"{meeting}\"");
        let filter = match self.asked.filter.trim() {
            "" => only,
            filter => format!("({filter}) AND {only}"),
        };
        let page_size = MOST_OF_A_MEETING;
        let asked =
            SearchRequest { filter: &filter, cursor: None, facets: &[], count_to: 1, page_size, ..self.asked.clone() };
        Ok(self.newest.searcher().search(self.unit, &asked)?.hits)
    }

    /// The number that a hit's item or figure has in the record as it is now: it is the one that stands at the same place of a text.
    fn number_now(&self, hit: &Hit, now: &MeetingId) -> Answer<Option<u32>> {
        if self.unit == Unit::Meeting {
            return Ok(Some(hit.number));
        }
        let (then, now) = (self.held.meeting(&hit.meeting)?, self.newest.meeting(now)?);
        let (Some(then), Some(now)) = (then, now) else { return Ok(None) };
        let shared = |one: &[Evidence], other: &[Evidence]| one.iter().any(|place| other.contains(place));
        Ok(if self.unit == Unit::Item {
            let item = then.items.iter().find(|item| item.number == hit.number);
            item.and_then(|then| now.items.iter().find(|item| shared(&item.evidence, &then.evidence)))
                .map(|item| item.number)
        } else {
            let figure = then.figures.get(hit.number as usize);
            figure
                .and_then(|then| now.figures.iter().position(|figure| shared(&figure.evidence, &then.evidence)))
                .and_then(|place| u32::try_from(place).ok())
        })
    }
}
