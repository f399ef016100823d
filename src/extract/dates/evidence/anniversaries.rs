//! Years that anniversaries tell: of documents, of foundings, and of all that is looked back on.

use std::ops::Range;

use super::EARLIEST;
use crate::extract::Context;
use crate::text::{Kind, Reading, WordKey};

/// Tokens before a date among which the number of years stands.
const NEAR: usize = 16;
/// Tokens from the beginning of a report in which its anniversary is told.
const OPENING: usize = 120;

/// "tổng kết 10 năm thực hiện Chỉ thị số 3, ngày …": the number of years before the document's name.
pub(super) fn anniversary(context: &Context<'_>, date: &Range<usize>) -> Option<i16> {
    let reading = context.reading;
    let document = context.reference_up_to(date.start).filter(|found| date.start <= found.tokens.end + 2)?.tokens.start;
    let year = WordKey::of("năm");
    let at = (document.saturating_sub(6)..document).rev().find(|&at| reading.tokens[at].key == year)?;
    reading.word(at.checked_sub(1)?).parse().ok().filter(|years| (1..=50).contains(years))
}

/// "lễ kỷ niệm 50 năm … (1969-2019)": the years from the first to the last are as many as are celebrated.
pub(super) fn looks_back(reading: &Reading, date: &Range<usize>, first: i16, last: i16) -> bool {
    let before = date.start.saturating_sub(NEAR)..date.start;
    let bracket = date.start > 0 && reading.tokens[date.start - 1].is('(');
    bracket && last - first >= 5 && before.clone().any(|at| years_at(reading, at) == Some(last - first))
}

/// "kỷ niệm 60 năm thành lập …", later "trường được thành lập từ năm 1957": the year in which that is celebrated.
pub(super) fn founded(context: &Context<'_>, date: &Range<usize>, year: i16) -> Option<i16> {
    const FOUNDED: usize = 4;
    let reading = context.reading;
    let founds = |at: usize| (reading.word(at), reading.word(at + 1)) == ("thành", "lập");
    if !(date.start.saturating_sub(FOUNDED)..date.start).any(founds) {
        return None;
    }
    let niem = WordKey::of("niệm");
    let kept = |at: usize| (at.saturating_sub(3)..at).any(|before| reading.tokens[before].key == niem);
    let opening = 0..reading.tokens.len().min(OPENING);
    let celebrated = opening
        .into_iter()
        .filter(|&at| kept(at) && (founds(at + 2) || founds(at + 4)))
        .find_map(|at| years_at(reading, at));
    celebrated.map(|years| year + years).filter(|year| (EARLIEST..EARLIEST + 100).contains(year))
}

/// "hội nghị tổng kết 10 năm thực hiện …", later "tăng 20% so với năm 2014": the year in which so many years are summed up.
pub(super) fn summed_up(reading: &Reading, date: &Range<usize>, year: i16) -> Option<i16> {
    const FEWEST: i16 = 3;
    let word = |back: usize| date.start.checked_sub(back).map_or("", |at| reading.word(at));
    if (word(2), word(1)) != ("so", "với") {
        return None;
    }
    let sums = |at: &usize| matches!((reading.word(*at), reading.word(at + 1)), ("tổng" | "Tổng" | "sơ" | "Sơ", "kết"));
    let mut opening = (0..reading.tokens.len().min(OPENING)).filter(sums);
    let years = opening.find_map(|at| years_at(reading, at + 2)).filter(|years| *years >= FEWEST)?;
    Some(year + years).filter(|year| (EARLIEST..EARLIEST + 100).contains(year))
}

/// The number of years at a token: "60 năm".
fn years_at(reading: &Reading, at: usize) -> Option<i16> {
    let number = reading.tokens.get(at).filter(|token| token.kind == Kind::Number)?;
    let years = reading.word(at).parse().ok().filter(|years| (1..=150).contains(years))?;
    (number.is_word() || reading.word(at + 1) == "năm").then_some(years)
}
