//! What may be searched for, and what a hit tells.

use super::{Page, PageRequest};
use crate::model::{Evidence, MeetingFigure, MeetingItem, MeetingSummary, Revision, Span};
use crate::search::{Explained, FacetField, MatchTier, Rewrite, Total};

/// Asks for what fits a query.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Words as people type them; empty for everything that passes the filter.
    pub query: String,
    /// AIP-160; empty for all.
    pub filter: String,
    /// Empty for best match first.
    pub order_by: String,
    /// Which page.
    pub page: PageRequest,
    /// At least this revision.
    pub min_revision: Revision,
    /// What to count the hits by.
    pub facets: Vec<FacetField>,
    /// The loosest tier wanted; `None` for all.
    pub loosest_tier: Option<MatchTier>,
    /// No snippets wanted.
    pub omit_snippets: bool,
    /// Why each hit is one is wanted.
    pub explain: bool,
}

/// One page of hits.
#[derive(Debug, Clone)]
pub struct SearchPage<T> {
    /// The hits.
    pub page: Page<Hit<T>>,
    /// How many there are on all pages.
    pub total: Total,
    /// The counts asked for, in the order asked.
    pub facets: Vec<Facet>,
    /// What was ignored, an unbalanced quote, and ids in the filter that name nothing; in English.
    pub warnings: Vec<String>,
    /// Short forms that were spelt out, and names that were looked for under others too.
    pub rewrites: Vec<Rewrite>,
    /// The query with near words for those that nothing has; empty where there are none.
    pub suggested_query: String,
}

/// One hit.
#[derive(Debug, Clone)]
pub struct Hit<T> {
    /// What fits.
    pub value: T,
    /// How well, comparable within one answer only.
    pub score: f64,
    /// How closely its words equal the query's.
    /// `None` where the query has no words.
    pub tier: Option<MatchTier>,
    /// Why it is a hit, where asked.
    pub explained: Option<Explained>,
    /// Where it fits, with words of the text.
    pub snippet: Option<Snippet>,
}

/// Words around a match.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// The words.
    pub text: String,
    /// What to mark in them, in order, without overlap.
    pub highlights: Vec<Highlight>,
}

/// One marked range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// The range in the snippet.
    pub span: Span,
    /// The same words in a stored text, where they stand there.
    pub evidence: Option<Evidence>,
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
    /// The value as a filter takes it.
    pub value: String,
    /// What to show.
    pub display_name: String,
    /// In how many hits.
    pub count: u64,
}

/// One thing said or decided, with its meeting.
#[derive(Debug, Clone)]
pub struct ItemHit {
    /// The meeting.
    pub meeting: MeetingSummary,
    /// The item.
    pub item: MeetingItem,
}

/// One quantity, with its meeting.
#[derive(Debug, Clone)]
pub struct FigureHit {
    /// The meeting.
    pub meeting: MeetingSummary,
    /// The figure.
    pub figure: MeetingFigure,
}
