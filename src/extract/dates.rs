//! Dates in running text.

use super::{Context, Found};
use crate::model::{Edtf, PartOfDay};

/// A date as it stands in the text, not yet completed from its surroundings.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DateExpression {
    /// The date as far as the words say it (the year may be missing); `None` for "cùng ngày", "sáng nay".
    pub(super) date: Option<Edtf>,
    /// Part of the day said with it.
    pub(super) part_of_day: Option<PartOfDay>,
}

#[derive(Debug)]
pub(super) struct Recognizer {}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self {}
    }

    pub(super) fn read(&self, _context: &Context<'_>) -> Vec<Found<DateExpression>> {
        Vec::new()
    }
}
