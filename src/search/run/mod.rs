//! Answers one search on one snapshot.
//!
//! Hits come in *strata*, strict ones first: all words side by side; all words; all words, those typed without marks with any
//! marks; then, only where few were found, all words with any marks, and some of the words. Within a stratum the order is by
//! BM25 over words and pairs of neighbours. A stratum is only run when the page reaches it.

mod collect;
mod facets;
mod meant;
mod partial;
mod tiers;

use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHasher;
use tantivy::query::{BooleanQuery, Occur, Query};
use tantivy::{DocAddress, DocId};

use super::error::{Result, SearchError};
use super::filter;
use super::highlight::Highlighter;
use super::order::{self, By, SortField};
use super::query::exclusion::Excluded;
use super::query::levels::{Builder, Level, levels};
use super::query::meaning::{Meaning, Reader};
use super::request::{Cursor, Hit, MatchTier, Rank, SearchRequest, SearchResults, Total};
use super::schema::Unit;
use super::searcher::Snapshot;
use super::stats::Statistics;
use super::{compile, fields};
use collect::{Deadline, Found, Sorter};

/// Below so many hits with all words, looser strata are added.
const FEW: u64 = 10;

/// Answers a search.
pub(super) fn search(snapshot: &Snapshot, unit: Unit, request: &SearchRequest<'_>) -> Result<SearchResults> {
    let shared = &snapshot.shared;
    let reader = Reader { unit, abbreviations: &shared.abbreviations, question_words: &snapshot.question_words };
    let meaning = reader.read(request.query)?;
    let filter = filter::parse(request.filter, &fields::fields(unit))?;
    let scored = !meaning.runs.is_empty() || !meaning.required.is_empty();
    let order = order::parse(request.order_by, unit, scored)?;
    let identity = identity(unit, request);
    check_cursor(request.cursor, identity, snapshot.generation, &order)?;

    let filter = filter.map(|filter| compile::compile(&filter, unit, shared));
    let statistics = Statistics::new(snapshot, unit);
    let run = Run {
        snapshot,
        unit,
        request,
        builder: Builder {
            meaning: &meaning,
            unit,
            shared,
            searcher: &snapshot.searcher,
            statistics: &statistics,
            filter,
        },
        statistics: &statistics,
        deadline: Deadline::new(request.deadline),
        order: &order,
        counts: RefCell::default(),
    };
    run.deadline.check()?;
    let plan = run.plan()?;
    let mut found = run.page(&plan)?;
    let more = found.len() > request.page_size;
    found.truncate(request.page_size);
    let (total, facets) = run.totals(&plan)?;
    let hits = run.hits(&found, identity)?;
    let finds_little = matches!(total, Total::Exact(hits) if hits < FEW) && request.cursor.is_none();
    let suggested_query = if finds_little { run.meant()? } else { None };
    let highlighter = Arc::new(Highlighter::new(&meaning, &shared.short_forms, Arc::clone(&shared.letters)));
    let Meaning { warnings, rewrites, .. } = meaning;
    Ok(SearchResults { hits, more, total, facets, warnings, rewrites, suggested_query, highlighter })
}

/// What of a request a cursor is bound to.
fn identity(unit: Unit, request: &SearchRequest<'_>) -> u64 {
    let mut hasher = FxHasher::default();
    (unit, request.query, request.filter, request.order_by, request.loosest_tier).hash(&mut hasher);
    hasher.finish()
}

fn check_cursor(cursor: Option<&Cursor>, identity: u64, generation: u64, order: &[By]) -> Result<()> {
    let Some(cursor) = cursor else { return Ok(()) };
    if cursor.request != identity {
        return Err(SearchError::CursorMismatch);
    }
    // Scores hang on the statistics of the snapshot; columns do not.
    let by_score = order.iter().any(|by| by.field == SortField::Relevance);
    if by_score && cursor.generation != generation {
        return Err(SearchError::CursorExpired);
    }
    Ok(())
}

struct Run<'a> {
    snapshot: &'a Snapshot,
    unit: Unit,
    request: &'a SearchRequest<'a>,
    builder: Builder<'a>,
    statistics: &'a Statistics<'a>,
    deadline: Deadline,
    order: &'a [By],
    /// What [`Run::counted`] has found so far.
    counts: RefCell<Vec<(Level, u64)>>,
}

/// Which strata there are.
struct Plan {
    /// Levels with all words, in order.
    levels: Vec<Level>,
    /// Hits with some of the words, best first; empty where enough have all.
    partial: Vec<Found>,
}

impl Plan {
    /// The level whose hits include those of all others.
    fn widest(&self) -> Level {
        self.levels.last().copied().unwrap_or(Level::Bare)
    }
}

impl Run<'_> {
    /// Decides which strata there are; only words that were typed loosely or that few texts have need a look at the index.
    fn plan(&self) -> Result<Plan> {
        let meaning = self.builder.meaning;
        let (mut levels, respectful) = levels(meaning, self.request.loosest_tier);
        let may_loosen = levels.len() > respectful;
        let may_part = partial::is_possible(meaning);
        let strict = levels[respectful - 1];
        if (!may_loosen && !may_part) || self.has_many(strict)? {
            levels.truncate(respectful);
            return Ok(Plan { levels, partial: Vec::new() });
        }
        let widest = levels[levels.len() - 1];
        if !may_part || (may_loosen && self.has_many(widest)?) {
            return Ok(Plan { levels, partial: Vec::new() });
        }
        let all = self.builder.all(widest, false)?;
        let known = self.top(&*all, FEW as usize, None, self.sorter(0))?;
        let known: Vec<DocAddress> = known.iter().map(|found| found.address).collect();
        let stratum = self.first_stratum_after(levels.len());
        let partial = self.partial(strict, &known, stratum)?;
        Ok(Plan { levels, partial })
    }

    fn has_many(&self, level: Level) -> Result<bool> {
        Ok(self.counted(level)? >= FEW)
    }

    /// Number of hits with all words, counted once as far as anyone asks.
    fn counted(&self, level: Level) -> Result<u64> {
        if let Some((_, count)) = self.counts.borrow().iter().find(|(counted, _)| *counted == level) {
            return Ok(*count);
        }
        let query = self.builder.all(level, false)?;
        let bound = if self.request.facets.is_empty() { self.request.count_to.max(FEW) } else { FEW };
        let count = self.count(&*query, bound)?;
        self.counts.borrow_mut().push((level, count));
        Ok(count)
    }

    /// Each level has one stratum, the first has two.
    fn first_stratum_after(&self, levels: usize) -> u8 {
        u8::try_from(levels + 1).unwrap_or(u8::MAX)
    }

    /// The hits of a page and one more, if there is one.
    fn page(&self, plan: &Plan) -> Result<Vec<Found>> {
        let wanted = self.request.page_size + 1;
        let after = self.request.cursor.map(|cursor| cursor.rank);
        if self.order.first().is_some_and(|by| by.field == SortField::Relevance) {
            self.page_by_strata(plan, wanted, after)
        } else {
            self.page_by_columns(plan, wanted, after)
        }
    }

    fn page_by_strata(&self, plan: &Plan, wanted: usize, after: Option<Rank>) -> Result<Vec<Found>> {
        let begin = after.map_or(0, |rank| rank.stratum);
        let mut found = Vec::with_capacity(wanted);
        for stratum in begin..self.first_stratum_after(plan.levels.len()) {
            if found.len() == wanted {
                return Ok(found);
            }
            let after = after.filter(|rank| rank.stratum == stratum);
            if let Some(query) = self.stratum(plan, stratum)? {
                found.extend(self.top(&*query, wanted - found.len(), after, self.sorter(stratum))?);
            }
        }
        let rest = plan.partial.iter().filter(|hit| after.is_none_or(|after| hit.rank > after));
        found.extend(rest.take(wanted - found.len()).cloned());
        Ok(found)
    }

    /// All hits in one order that is not of relevance first; partial ones only where there are no others.
    fn page_by_columns(&self, plan: &Plan, wanted: usize, after: Option<Rank>) -> Result<Vec<Found>> {
        let query = self.builder.all(plan.widest(), true)?;
        let found = self.top(&*query, wanted, after, self.sorter(0))?;
        if !found.is_empty() || plan.partial.is_empty() || self.count(&*query, 1)? > 0 {
            return Ok(found);
        }
        let sorter = self.sorter(0);
        let mut partial: Vec<Found> = plan.partial.clone();
        for hit in &mut partial {
            hit.rank = sorter.rank(hit.address, hit.score);
        }
        partial.sort_by_key(|hit| hit.rank);
        partial.retain(|hit| after.is_none_or(|after| hit.rank > after));
        partial.truncate(wanted);
        Ok(partial)
    }

    /// The query of a stratum: what its level has and stricter strata have not.
    fn stratum(&self, plan: &Plan, stratum: u8) -> Result<Option<Box<dyn Query>>> {
        let first = plan.levels[0];
        if stratum == 0 {
            return self.builder.neighbours(first);
        }
        let index = usize::from(stratum) - 1;
        let Some(level) = plan.levels.get(index) else { return Ok(None) };
        let query = self.builder.all(*level, true)?;
        let stricter = match index {
            0 => self.builder.neighbours(first)?,
            _ => Some(self.builder.all(plan.levels[index - 1], false)?),
        };
        let Some(stricter) = stricter else { return Ok(Some(query)) };
        let stricter: Box<dyn Query> = Box::new(Excluded(stricter));
        Ok(Some(Box::new(BooleanQuery::new(vec![(Occur::Must, query), (Occur::MustNot, stricter)]))))
    }

    fn sorter(&self, stratum: u8) -> Sorter<'_> {
        Sorter { snapshot: self.snapshot, order: self.order, stratum }
    }

    fn totals(&self, plan: &Plan) -> Result<(Total, Vec<super::request::Facet>)> {
        let partial: Vec<DocAddress> = plan.partial.iter().map(|found| found.address).collect();
        if !self.request.facets.is_empty() {
            let query = self.builder.all(plan.widest(), false)?;
            return facets::count(self, &*query, &partial);
        }
        let (count, bound) = (self.counted(plan.widest())?, self.request.count_to.max(1));
        let total = if count >= bound { Total::AtLeast(bound) } else { Total::Exact(count + partial.len() as u64) };
        Ok((total, Vec::new()))
    }

    fn hits(&self, found: &[Found], identity: u64) -> Result<Vec<Hit>> {
        let tiers = self.tiers(found)?;
        found.iter().zip(tiers).map(|(found, tier)| self.hit(found, tier, identity)).collect()
    }

    fn hit(&self, found: &Found, tier: MatchTier, identity: u64) -> Result<Hit> {
        let DocAddress { segment_ord, doc_id } = found.address;
        let columns = &self.snapshot.segments[segment_ord as usize];
        let number = columns.number.first(doc_id).unwrap_or_default();
        let cursor = Cursor { generation: self.snapshot.generation, request: identity, rank: found.rank };
        Ok(Hit {
            meeting: self.meeting_id(segment_ord, columns.meeting_of(doc_id))?,
            number: u32::try_from(number).unwrap_or(u32::MAX),
            score: shown_score(found),
            tier,
            cursor,
        })
    }

    fn meeting_id(&self, segment: u32, meeting: DocId) -> Result<crate::model::MeetingId> {
        let lost = || SearchError::Storage("a document without its meeting; the index must be rebuilt".into());
        let column = self.snapshot.segments[segment as usize].meeting.as_ref().ok_or_else(lost)?;
        let ord = column.term_ords(meeting).next().ok_or_else(lost)?;
        let mut id = String::new();
        if !column.ord_to_str(ord, &mut id)? {
            return Err(lost());
        }
        crate::model::MeetingId::parse(&id).map_err(|_| lost())
    }
}

/// The score to show: between two whole numbers that tell the stratum, so that it never rises along an answer.
fn shown_score(found: &Found) -> f64 {
    let within = f64::from(found.score);
    f64::from(100_u8.saturating_sub(found.rank.stratum)) + within / (within + 50.0)
}
