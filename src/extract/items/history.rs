//! What lies long back, told by the report itself at an anniversary: "Năm 1946, cụ Lân được bầu …", "Sau ngày đảo chính (9/3/1945), …". It goes on
//! until somebody speaks or another time is named.

use std::ops::Range;

use crate::extract::Context;

/// Before this year all is history, whenever the meeting was.
const MODERN: i16 = 1990;

/// Tokens before the date that begins a sentence: "Vào đầu | năm 1946", "Cuối | năm 1948".
const NEAR: usize = 2;

/// True for a sentence that begins with a date of long ago, not "Từ năm 1975 đến nay", "xây trước năm 1975".
pub(super) fn is_long_ago(context: &Context<'_>, tokens: &Range<usize>) -> bool {
    /// Tokens among which a date in brackets stands: "Sau ngày đảo chính (9/3/1945)".
    const BRACKETS: usize = 8;
    let reading = context.reading;
    let first = context.dates.partition_point(|found| found.tokens.start < tokens.start);
    let Some(found) = context.dates.get(first).filter(|found| found.tokens.start < tokens.end) else { return false };
    let start = found.tokens.start;
    let begins = start <= tokens.start + NEAR;
    let bracketed = start <= tokens.start + BRACKETS && start > tokens.start && reading.tokens[start - 1].is('(');
    let since =
        (tokens.start..=start).any(|at| matches!(reading.word(at), "từ" | "Từ" | "trước" | "Trước" | "kể" | "Kể"));
    (begins || bracketed) && !since && is_old(context, first)
}

/// True for a sentence behind such a one that names no other time.
pub(super) fn goes_on(context: &Context<'_>, tokens: &Range<usize>) -> bool {
    let first = context.dates.partition_point(|found| found.tokens.start < tokens.start);
    let dates = (first..context.dates.len()).take_while(|&at| context.dates[at].tokens.start < tokens.end);
    let now = |at: usize| matches!(context.reading.word(at), "nay" | "hiện" | "Hiện");
    dates.clone().all(|at| is_old(context, at)) && !tokens.clone().any(now)
}

fn is_old(context: &Context<'_>, at: usize) -> bool {
    let year = context.dates[at].value.date.and_then(|date| Some(date.latest()?.year()));
    year.is_some_and(|year| year < MODERN)
}
