//! Deadlines: a date behind a word that sets a limit.
//!
//! "trước ngày 30-6", "trong quý III", "đến hết năm 2024", "chậm nhất ngày 15/9", "hoàn thành vào cuối năm", "trong tháng 7/2019",
//! "đến cuối năm 2025".

use std::ops::Range;

use super::{Calendar, Meaning, Relative};
use crate::extract::Context;
use crate::model::DatedFact;
use crate::text::{Reading, WordKey};

/// Words that set a limit, with the greatest number of words between them and the date.
const LIMITS: [&str; 9] = ["trước", "trong", "đến", "tới", "nhất", "vào", "hạn", "hết", "xong"];

/// The deadline that a range of tokens (a sentence) sets: the first date behind a word of limit that does not lie before the
/// meeting. Years are completed from the meeting's date, else from the publication date.
pub(in crate::extract) fn deadline(
    context: &Context<'_>,
    sentence_tokens: Range<usize>,
    meeting_date: Option<DatedFact>,
) -> Option<DatedFact> {
    let reading = context.reading;
    let calendar = Calendar::new(context.source.published, meeting_date.map(|fact| fact.date));
    let from = context.dates.partition_point(|found| found.tokens.start < sentence_tokens.start);
    let dates = context.dates[from..].iter().take_while(|found| found.tokens.start < sentence_tokens.end);
    dates
        .filter(|found| {
            !matches!(found.value.meaning, Meaning::Term | Meaning::Relative(Relative::Today | Relative::SameDay))
        })
        .filter(|found| sets_limit(reading, found.tokens.start, sentence_tokens.start))
        .filter_map(|found| calendar.resolve(reading, found.tokens.clone(), &found.value))
        .find(|fact| match (fact.date.latest(), meeting_date.and_then(|meeting| meeting.date.earliest())) {
            (Some(last), Some(meeting)) => last > meeting,
            _ => true,
        })
}

/// True if a word of limit stands at most two tokens before ("trước thời điểm 30-6").
fn sets_limit(reading: &Reading, at: usize, start: usize) -> bool {
    (start.max(at.saturating_sub(2))..at).any(|before| {
        let key = reading.tokens[before].key;
        LIMITS.iter().any(|limit| key == WordKey::of(limit))
    })
}
