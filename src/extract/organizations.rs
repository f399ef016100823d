//! Bodies of party, state, front, unions, army and police, companies and schools.

use super::{Context, Found};

/// The bodies a report names.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Organizations {
    /// Fullest name of each body, in order of first mention.
    pub(super) names: Vec<String>,
    /// Every mention in text order, with the index of the body in `names`. Mentions may nest ("Ban Thường vụ Thành ủy X" holds
    /// "Thành ủy X"); the outer one comes first.
    pub(super) mentions: Vec<Found<usize>>,
}

#[derive(Debug)]
pub(super) struct Recognizer {}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self {}
    }

    pub(super) fn read(&self, _context: &Context<'_>) -> Organizations {
        Organizations::default()
    }
}
