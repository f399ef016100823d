//! What a search asks and what it answers with.

use std::sync::Arc;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::model::{EntityId, MeetingId};

use super::error::Result;
use super::highlight::Highlighter;
use super::schema::Unit;

pub use super::query::meaning::Rewrite;

/// Default of [`SearchRequest::most_postings`]: some hundred milliseconds of one processor.
pub const MOST_POSTINGS: u64 = 20_000_000;

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
    /// Entries of word lists that may be gone through; a query that would need more is refused.
    pub most_postings: u64,
    /// Who knows other names of what a query names; `None` for nobody.
    pub names: Option<&'a dyn OtherNames>,
    /// Tell why each hit is one.
    pub explain: bool,
}

/// Knows under which other names something is found. The index knows names only as words.
pub trait OtherNames: std::fmt::Debug {
    /// What else words that name something stand for; empty for words that name nothing. `whole` is true if nothing else was asked.
    ///
    /// # Errors
    /// [`super::SearchError::Storage`] if it cannot be read.
    fn of(&self, name: &str, whole: bool) -> Result<Vec<OtherName>>;
}

/// Another name of what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherName {
    /// The name.
    pub name: String,
    /// How it hangs together with what was typed.
    pub link: Link,
    /// What it names.
    pub entity: EntityId,
    /// True if nothing else bears the name: texts that have it side by side are meant too, as "UBND tỉnh Sơn Hà".
    pub telling: bool,
}

/// Why a query was taken for something else too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Link {
    /// It is short for it.
    ShortForm,
    /// Both name the same.
    Alias,
    /// A unit that took over the area of the one typed.
    Successor,
    /// A unit whose area the one typed took over.
    Predecessor,
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
            loosest_tier: MatchTier::OtherName,
            count_to: COUNT_TO,
            deadline: None,
            most_postings: MOST_POSTINGS,
            names: None,
            explain: false,
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
    /// It names the same under another name, or a unit before or after.
    OtherName,
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
    /// Publisher of a report.
    Publisher,
    /// Time of the meeting.
    Date(Step),
    /// Period of the figure; of figures only.
    Period(Step),
}

/// How fine a count by time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// `2023`.
    Year,
    /// `2023-36` for the fourth quarter.
    Quarter,
    /// `2023-12`.
    Month,
    /// From Monday to Sunday, `2023-12-04/2023-12-10`.
    Week,
    /// `2023-12-06`.
    Day,
}

impl FacetField {
    /// Those of figures; those of every search come first.
    const OF_FIGURES: [Self; 13] = [
        Self::Kind,
        Self::Convener,
        Self::Place,
        Self::Person,
        Self::Publisher,
        Self::Date(Step::Year),
        Self::Date(Step::Quarter),
        Self::Date(Step::Month),
        Self::Date(Step::Week),
        Self::Date(Step::Day),
        Self::Period(Step::Year),
        Self::Period(Step::Quarter),
        Self::Period(Step::Month),
    ];
    /// How many of them every search has.
    const OF_ALL: usize = 10;

    /// Those that a search for this unit can count by.
    #[must_use]
    pub fn of(unit: Unit) -> &'static [Self] {
        if unit == Unit::Figure { &Self::OF_FIGURES } else { &Self::OF_FIGURES[..Self::OF_ALL] }
    }

    /// True if its values are times.
    #[must_use]
    pub fn is_of_time(self) -> bool {
        matches!(self, Self::Date(_) | Self::Period(_))
    }
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
    /// Why it is a hit, where asked.
    pub explained: Option<Explained>,
}

/// Why a document is a hit.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// What of the query it was asked to have.
    pub found_by: FoundBy,
    /// The words that were looked for, in the order typed.
    pub words: Vec<ExplainedWord>,
    /// Which part of the weight of all words it carries, 0 to 1.
    pub share: f32,
}

/// What of the query a hit had to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// The filter only; there are no words.
    Filter,
    /// All words, each beside its neighbour.
    Neighbours,
    /// All words.
    AllWords,
    /// All words, with another name in place of the one typed.
    OtherName,
    /// Enough of the words.
    SomeWords,
}

/// One word in a hit.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedWord {
    /// As it is written.
    pub word: String,
    /// How closely the hit has it; `None` where it does not.
    pub tier: Option<MatchTier>,
    /// How much it tells: large for rare words.
    pub weight: f32,
    /// True for a word that only asks, which no hit need have.
    pub asks: bool,
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
