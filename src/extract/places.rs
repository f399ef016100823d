//! Administrative units and named locations.

use super::{Context, Found};

/// The places a report names.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Places {
    /// Fullest name of each place, in order of first mention.
    pub(super) names: Vec<String>,
    /// Every mention in text order, with the index of the place in `names`.
    pub(super) mentions: Vec<Found<usize>>,
}

#[derive(Debug)]
pub(super) struct Recognizer {}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self {}
    }

    pub(super) fn read(&self, _context: &Context<'_>) -> Places {
        Places::default()
    }
}
