//! Pages of lists, and values with the texts that their evidence points into.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{ReportId, Revision};

/// Which page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageRequest {
    /// Most entries wanted; 0 where the caller does not care.
    pub size: u32,
    /// Where the page before ended; empty for the first page. Made by the service and opaque to everybody else.
    pub token: String,
}

/// Bounds of page sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSizes {
    /// Where the caller names none.
    pub default: u32,
    /// Larger wishes are cut to this.
    pub max: u32,
}

/// Page sizes of lists.
pub const LIST_PAGE: PageSizes = PageSizes { default: 50, max: 500 };
/// Page sizes of searches.
pub const SEARCH_PAGE: PageSizes = PageSizes { default: 10, max: 100 };
/// Number of candidates of a lookup.
pub const LOOKUP_CANDIDATES: PageSizes = PageSizes { default: 10, max: 50 };
/// Number of candidates of a row of a table, where the caller names none.
pub const MATCH_CANDIDATES: u32 = 3;
/// Most names in one batch.
pub const BATCH_MAX: usize = 100;

impl PageSizes {
    /// The size to use for a wish.
    #[must_use]
    pub fn clamp(self, wish: u32) -> usize {
        (if wish == 0 { self.default } else { wish.min(self.max) }) as usize
    }
}

/// One page. The transport may cut it short where it would grow too large in bytes: each entry has its own cursor.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The entries.
    pub entries: Vec<Entry<T>>,
    /// True if more follow the last entry.
    pub more: bool,
    /// The snapshot that the page was read from.
    pub revision: Revision,
    /// Texts of the reports that the entries' evidence points into; left out where the view has no evidence.
    pub texts: Texts,
}

/// One entry of a page.
#[derive(Debug, Clone)]
pub struct Entry<T> {
    /// The entry.
    pub value: T,
    /// The page token that goes on after it.
    pub cursor: String,
}

/// Stored texts of reports, from which quotes are cut. Where one is missing (deleted meanwhile), quotes are empty.
pub type Texts = HashMap<ReportId, Arc<str>>;

/// A value with the texts that its evidence points into; none where the view has no evidence.
#[derive(Debug, Clone)]
pub struct Evidenced<T> {
    /// The value.
    pub value: T,
    /// The texts.
    pub texts: Texts,
}

/// A thing that may have been reached by an id that leads to it.
#[derive(Debug, Clone)]
pub struct Redirected<T> {
    /// The thing, under its own id.
    pub value: T,
    /// The id asked for, where it is another than the thing's own.
    pub from: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_sizes_are_bounded() {
        assert_eq!(LIST_PAGE.clamp(0), 50);
        assert_eq!(LIST_PAGE.clamp(7), 7);
        assert_eq!(LIST_PAGE.clamp(u32::MAX), 500);
    }
}
