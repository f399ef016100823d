//! Search: the index over meetings, items and figures, and the two languages in which it is asked.
//!
//! [`Index`] owns the files, [`IndexWriter`] is the one that changes them, [`Searcher`] an immutable snapshot that answers
//! [`SearchRequest`]s. [`filter`] is the filter language; it also serves lists of records that are not in the index.
//!
//! Texts are not kept in the index: a hit names its meeting and its item or figure, and [`Highlighter`] marks the words
//! of the query in texts that the caller has. This room knows no journal and no wire format.

pub(crate) mod analysis;
mod block;
mod catalogue;
mod compile;
mod days;
mod deadline;
mod document;
pub mod error;
mod fields;
pub mod filter;
mod forms;
mod highlight;
mod in_name;
mod index;
mod keys;
mod merging;
mod named;
mod order;
mod query;
mod request;
mod run;
mod schema;
mod searcher;
mod stats;
mod tokenizers;
pub mod vocabulary;

#[cfg(test)]
mod tests;

pub use catalogue::{Catalogue, CatalogueField, catalogue};
pub use document::{EntityNames, MeetingDocument, ReportText};
pub use error::SearchError;
pub use fields::fields;
pub use highlight::{Highlighter, Highlights, Mark};
pub use index::{Index, IndexWriter, Settling};
pub use request::{
    COUNT_TO, Cursor, Explained, ExplainedWord, Facet, FacetField, FacetValue, FoundBy, Hit, Link, MatchTier,
    OtherName, OtherNames, Rewrite, SearchRequest, SearchResults, Step, Total,
};
pub use schema::Unit;
pub use searcher::Searcher;
