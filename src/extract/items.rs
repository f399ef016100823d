//! What was said and decided, sentence by sentence, and by whom.

use super::meeting::MeetingReading;
use super::{Context, Found};
use crate::model::{Diagnostic, Item, SkipReason};

/// Items, and what became of the sentences without one.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ItemsReading {
    /// In text order.
    pub(super) items: Vec<Found<Item>>,
    /// Per sentence of the reading: why it gives no item, where it was passed over for a reason.
    pub(super) skipped: Vec<Option<SkipReason>>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

#[derive(Debug)]
pub(super) struct Recognizer {}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self {}
    }

    pub(super) fn read(&self, context: &Context<'_>, _meeting: &MeetingReading) -> ItemsReading {
        ItemsReading { skipped: vec![None; context.reading.sentences.len()], ..ItemsReading::default() }
    }
}
