//! Quantities with what they count.

use super::{Context, Found};
use crate::model::Figure;

#[derive(Debug)]
pub(super) struct Recognizer {}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self {}
    }

    pub(super) fn read(&self, _context: &Context<'_>) -> Vec<Found<Figure>> {
        Vec::new()
    }
}
