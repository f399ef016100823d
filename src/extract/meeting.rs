//! The meeting itself: kind, date, part of day, session number, term, convener, venue.

use super::Context;
use crate::model::{Diagnostic, MeetingFacts};

/// The meeting, and what was unsure about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct MeetingReading {
    pub(super) facts: MeetingFacts,
    pub(super) diagnostics: Vec<Diagnostic>,
}

#[derive(Debug)]
pub(super) struct Recognizer {}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self {}
    }

    pub(super) fn read(&self, _context: &Context<'_>) -> MeetingReading {
        MeetingReading::default()
    }
}
