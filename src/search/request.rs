//! What a search asks and what it answers with.

use std::sync::Arc;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::model::MeetingId;

use super::highlight::Highlighter;

pub use super::query::meaning::Rewrite;

/// Default of [`SearchRequest::count_to`].
pub const COUNT_TO: u64 = 1000;

/// Asks for meetings, items or figures.
#[derive(Debug, Clone)]
pub struct SearchRequest<'a> {
    /// Words as people type them; empty for everything that passes the filter.
    pub query: &'a str,
    /// AIP-160; empty for all.
    pub filter: &'a str,
    /// Comma-separated fields, each with ` desc` for descending; empty for best match first (latest first without query).
    pub order_by: &'a str,
    /// Most hits wanted.
    pub page_size: usize,
    /// The hit after which to go on; `None` for the first page.
    pub cursor: Option<&'a Cursor>,
    /// What to count all hits by.
    pub facets: &'a [FacetField],
    /// The loosest tier wanted.
    pub loosest_tier: MatchTier,
    /// Hits are counted exactly up to this many.
    pub count_to: u64,
    /// When to give up.
    pub deadline: Option<Instant>,
}

impl Default for SearchRequest<'_> {
    fn default() -> Self {
        Self {
            query: "",
            filter: "",
            order_by: "",
            page_size: 10,
            cursor: None,
            facets: &[],
            loosest_tier: MatchTier::Unaccented,
            count_to: COUNT_TO,
            deadline: None,
        }
    }
}

/// How closely a hit's words equal the query's, closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchTier {
    /// As typed, apart from case.
    Exact,
    /// Equal but for spelling: tone placement, i/y, short forms.
    Spelling,
    /// Equal without diacritics.
    Unaccented,
}

/// What hits can be counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FacetField {
    /// Kind of meeting; of item in a search for items.
    Kind,
    /// Who holds the meeting.
    Convener,
    /// Place named.
    Place,
    /// Person named.
    Person,
    /// Year of the meeting.
    Year,
    /// Month of the meeting, `2023-12`.
    Month,
    /// Publisher of a report.
    Publisher,
    /// Quarter of the meeting, `2023-36` for the fourth.
    Quarter,
}

impl FacetField {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Kind,
        Self::Convener,
        Self::Place,
        Self::Person,
        Self::Year,
        Self::Month,
        Self::Publisher,
        Self::Quarter,
    ];
}

/// One page of hits.
#[derive(Debug, Clone)]
pub struct SearchResults {
    /// The hits, best first.
    pub hits: Vec<Hit>,
    /// True if more follow.
    pub more: bool,
    /// How many there are on all pages.
    pub total: Total,
    /// The counts asked for, in the order asked.
    pub facets: Vec<Facet>,
    /// What of the query was passed over, in English.
    pub warnings: Vec<String>,
    /// Short forms that were spelt out.
    pub rewrites: Vec<Rewrite>,
    /// The query with near words for those that no document has, where it finds little; on the first page only.
    pub suggested_query: Option<String>,
    /// Marks the query's words in texts.
    pub highlighter: Arc<Highlighter>,
}

/// One hit.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The meeting.
    pub meeting: MeetingId,
    /// Number of the item, index of the figure; 0 for a meeting.
    pub number: u32,
    /// How well it fits: never rising along the answer in order of relevance, comparable within one answer only.
    pub score: f64,
    /// How closely its words equal the query's.
    pub tier: MatchTier,
    /// Goes on after this hit.
    pub cursor: Cursor,
}

/// How many hits there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// So many.
    Exact(u64),
    /// So many or more: counting stopped at a bound.
    AtLeast(u64),
}

/// Hits counted by one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The field.
    pub field: FacetField,
    /// Most frequent first (years, quarters and months: latest first).
    pub values: Vec<FacetValue>,
    /// True if every hit was counted.
    pub exact: bool,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// The value as a filter takes it; entities as `entities/{entity}`.
    pub value: String,
    /// In how many hits.
    pub count: u64,
}

/// A place in an answer. Good for the same request, and, where the order is by relevance, for the same snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Identity of the snapshot ([`super::Searcher::generation`]).
    pub generation: u64,
    /// Hash of the request.
    pub(super) request: u64,
    /// Where in the order the hit stands.
    pub(super) rank: Rank,
}

/// Where a hit stands in an order. Smaller comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Rank {
    /// Which set of hits, strict ones first.
    pub(super) stratum: u8,
    /// Sort values, turned so that smaller comes first.
    pub(super) values: [u64; 3],
    /// Hash of what the document stands for.
    pub(super) key: u64,
}
