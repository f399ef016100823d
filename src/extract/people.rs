//! People, the offices they are given, and the short forms that mean them.

pub(super) mod names;

use super::{Context, Found};
use crate::model::{Diagnostic, PersonFact};

/// The people a report names.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct People {
    /// Each person, in order of first mention, under the fullest name; roles and offices filled in.
    pub(super) facts: Vec<PersonFact>,
    /// Every mention in text order with the index of the person in `facts`: full names, short forms ("ông Nghị", "đồng chí", "ông"), and
    /// offices used as names ("Bí thư Thành ủy nhấn mạnh"). A mention covers name and honorific or, for the last, the office.
    pub(super) mentions: Vec<Found<usize>>,
    /// Short forms that could mean several people.
    pub(super) diagnostics: Vec<Diagnostic>,
}

#[derive(Debug)]
pub(super) struct Recognizer {}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self {}
    }

    pub(super) fn read(&self, _context: &Context<'_>) -> People {
        People::default()
    }
}
