//! The query language for people: words, "phrases", `-not`, `OR`, `field:value`, `prefix*`, parentheses.
//!
//! [`syntax`] reads what was typed and never refuses it for its form: what cannot be meant is passed over with a warning.
//! [`meaning`] gives it sense: words with their tiers, short forms spelt out, fields checked. [`levels`] makes index queries of it.

pub(super) mod any;
pub(super) mod exclusion;
mod honorifics;
pub(super) mod levels;
mod lex;
pub(super) mod meaning;
mod measured;
mod parts;
pub(super) mod prefix;
pub(super) mod question;
pub(super) mod renamed;
pub(super) mod syntax;
pub(super) mod telling;
mod watched;

/// Most code points of a query.
pub const MAX_LENGTH: usize = 1000;
/// Most words of a query, short forms spelt out.
pub const MAX_WORDS: usize = 128;
/// Deepest nesting of parentheses.
pub const MAX_DEPTH: usize = 10;
