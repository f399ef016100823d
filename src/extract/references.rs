//! Legal and policy documents.

use super::{Context, Found};
use crate::model::ReferenceFact;

/// The documents a report names.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct References {
    /// Each document, in order of first mention (spans are filled in at the end from `mentions`).
    pub(super) facts: Vec<ReferenceFact>,
    /// Every mention in text order, with the index of the document in `facts`.
    pub(super) mentions: Vec<Found<usize>>,
}

#[derive(Debug)]
pub(super) struct Recognizer {}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self {}
    }

    pub(super) fn read(&self, _context: &Context<'_>) -> References {
        References::default()
    }
}
