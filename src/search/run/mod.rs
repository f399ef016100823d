//! Answers one search on one snapshot.
//!
//! Hits come in *strata*, strict ones first: all words side by side; all words; all words, those typed without marks with any
//! marks; then, only where few were found (of many words, hardly any), most of the words, and all words with other marks, those
//! side by side first of all where nothing is written as typed. Within a stratum the order is by BM25 over words and pairs of
//! neighbours. A whole question has one stratum: the hits that carry enough of its words, all of them or not. Figures that all
//! words name go before others, and stand alone where another order than relevance is asked
//! for. A stratum is only run when the page reaches it.

mod collect;
mod facets;
mod meant;
mod plan;
mod renamed;
mod sieve;
mod tiers;

use std::cell::{Cell, RefCell};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHasher;
use tantivy::{DocAddress, DocId};

use super::deadline::Deadline;
use super::error::{Result, SearchError};
use super::filter;
use super::highlight::Highlighter;
use super::order::{self, By, SortField};
use super::query::levels::{Builder, is_mixed};
use super::query::meaning::{Meaning, Reader};
use super::request::{Cursor, Hit, MatchTier, Rank, SearchRequest, SearchResults, Total};
use super::schema::Unit;
use super::searcher::Snapshot;
use super::stats::Statistics;
use super::{compile, fields};
use collect::{Found, Sorter};
use plan::{FEW, Plan, Stratum};
use tiers::Told;

/// Answers a search.
pub(super) fn search(snapshot: &Snapshot, unit: Unit, request: &SearchRequest<'_>) -> Result<SearchResults> {
    let shared = &snapshot.shared;
    let reader = Reader { unit, abbreviations: &shared.abbreviations, question_words: &snapshot.question_words };
    let mut meaning = reader.read(request.query)?;
    let filter = filter::parse(request.filter, &fields::fields(unit))?;
    let scored = !meaning.runs.is_empty() || !meaning.required.is_empty();
    let order = order::parse(request.order_by, unit, scored)?;
    let identity = identity(unit, request);
    check_cursor(request.cursor, identity, snapshot.generation, &order)?;

    let statistics = Statistics::new(snapshot, unit);
    let names = request.names.filter(|_| request.loosest_tier == MatchTier::OtherName);
    let names = names.map(|names| (names, &statistics));
    let filter = filter.map(|filter| compile::compile_filter(&filter, unit, shared, names)).transpose()?;
    let (filter, places) = filter.unzip();
    let known = renamed::of(&meaning, unit, request, shared, &statistics)?;
    renamed::bind(&mut meaning, &known);
    let mut run = Run {
        snapshot,
        unit,
        request,
        builder: Builder {
            meaning: &meaning,
            unit,
            shared,
            searcher: &snapshot.searcher,
            statistics: &statistics,
            is_mixed: is_mixed(&meaning, request.loosest_tier),
            filter,
            renamed: known.renamed,
            most_postings: request.most_postings,
            postings: Cell::default(),
            deadline: Deadline::new(request.deadline),
        },
        statistics: &statistics,
        deadline: Deadline::new(request.deadline),
        order: &order,
        counts: RefCell::default(),
        sieved: RefCell::default(),
    };
    run.deadline.check()?;
    let plan = run.plan()?;
    let mut found = run.page(&plan)?;
    let more = found.len() > request.page_size;
    found.truncate(request.page_size);
    let (total, facets) = run.totals(&plan)?;
    let hits = run.hits(&plan, &found, identity)?;
    let finds_little = matches!(total, Total::Exact(hits) if hits < FEW) && request.cursor.is_none();
    let suggested_query = if finds_little { run.meant()? } else { None };
    let renamed = std::mem::take(&mut run.builder.renamed);
    let told = renamed::rewrites(&renamed);
    let others = renamed::shown(&renamed, shared);
    let highlighter = Highlighter::new(&meaning, &others, &shared.short_forms, Arc::clone(&shared.letters));
    let highlighter = Arc::new(highlighter);
    let Meaning { warnings, mut rewrites, .. } = meaning;
    rewrites.extend(told);
    rewrites.extend(places.unwrap_or_default());
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
    counts: RefCell<Vec<(Stratum, u64)>>,
    /// The first two strata, where one walk found them.
    sieved: RefCell<Option<[Vec<Found>; 2]>>,
}

impl Run<'_> {
    /// The hits of a page and one more, if there is one.
    fn page(&self, plan: &Plan) -> Result<Vec<Found>> {
        let wanted = self.request.page_size + 1;
        let after = self.request.cursor.map(|cursor| cursor.rank);
        if plan::by_relevance(self.order) {
            return self.page_by_strata(plan, wanted, after);
        }
        self.top(&*self.whole(plan, true)?, wanted, after, self.sorter(0))
    }

    fn page_by_strata(&self, plan: &Plan, wanted: usize, after: Option<Rank>) -> Result<Vec<Found>> {
        let begin = after.map_or(0, |rank| usize::from(rank.stratum));
        let mut found = Vec::with_capacity(wanted);
        for at in begin..plan.strata.len() {
            if found.len() == wanted {
                break;
            }
            let stratum = u8::try_from(at).unwrap_or(u8::MAX);
            let after = after.filter(|rank| rank.stratum == stratum);
            if let Some(sieved) = self.sieved.borrow().as_ref().and_then(|strata| strata.get(at)) {
                found.extend(sieved.iter().take(wanted - found.len()).cloned());
                continue;
            }
            if let Some(query) = self.hits_of(plan, at)? {
                found.extend(self.top(&*query, wanted - found.len(), after, self.sorter(stratum))?);
            }
        }
        Ok(found)
    }

    fn sorter(&self, stratum: u8) -> Sorter<'_> {
        Sorter { snapshot: self.snapshot, order: self.order, stratum }
    }

    fn totals(&self, plan: &Plan) -> Result<(Total, Vec<super::request::Facet>)> {
        if !self.request.facets.is_empty() {
            return facets::count(self, &*self.whole(plan, false)?);
        }
        let (count, bound) = (self.counted_all(plan)?, self.request.count_to.max(1));
        let total = if count >= bound { Total::AtLeast(bound) } else { Total::Exact(count) };
        Ok((total, Vec::new()))
    }

    fn hits(&self, plan: &Plan, found: &[Found], identity: u64) -> Result<Vec<Hit>> {
        let told = self.told(plan, found)?;
        found.iter().zip(told).map(|(found, told)| self.hit(found, told, identity)).collect()
    }

    fn hit(&self, found: &Found, told: Told, identity: u64) -> Result<Hit> {
        let DocAddress { segment_ord, doc_id } = found.address;
        let columns = &self.snapshot.segments[segment_ord as usize];
        let cursor = Cursor { generation: self.snapshot.generation, request: identity, rank: found.rank };
        Ok(Hit {
            meeting: self.meeting_id(segment_ord, columns.meeting_of(doc_id))?,
            number: columns.number(doc_id),
            score: shown_score(found),
            tier: told.tier,
            cursor,
            explained: told.explained,
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
