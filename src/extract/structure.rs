//! The text around the report: headlines, captions, bylines, boilerplate; and where quotations begin and end.

use crate::model::SkipReason;
use crate::text::Reading;

/// What each line is, and where words are quoted.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Structure {
    /// Per line of the reading: why it is not part of the report's body, if it is not.
    pub(super) lines: Vec<Option<SkipReason>>,
    /// Index of the line that is the headline, if there is one.
    pub(super) headline: Option<usize>,
}

#[derive(Debug)]
pub(super) struct Recognizer {}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self {}
    }

    pub(super) fn read(&self, reading: &Reading) -> Structure {
        Structure { lines: vec![None; reading.lines.len()], headline: None }
    }
}
