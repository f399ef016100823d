//! School years, and stages that are looked back on.

use std::ops::Range;

use super::NEAR;
use crate::text::Reading;

/// True for "năm học 2018-2019", "niên khóa 2018-2019", "năm học mới 2018-2019".
pub(super) fn is_school_year(reading: &Reading, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| reading.word(at));
    (before(2), before(1)) == ("học", "mới")
        || matches!((reading.small_word(at), reading.word(at + 1)), ("năm", "học") | ("niên", "khóa" | "khoá"))
}

/// True for a school year that is prepared: "năm học mới | 2018-2019", "chuẩn bị | năm học 2018-2019".
pub(super) fn is_new(reading: &Reading, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| reading.word(at));
    let prepared =
        |back: usize| matches!((before(back + 1), before(back)), ("chuẩn" | "Chuẩn", "bị") | ("khai", "giảng"));
    before(1) == "mới" || reading.word(at + 2) == "mới" || (1..=3).any(prepared)
}

/// True for a stage that is looked back on: "sơ kết thực hiện đề án giai đoạn 2016-2018". A round year is its end only where all is summed up.
pub(super) fn is_reviewed(reading: &Reading, date: &Range<usize>, last: i16) -> bool {
    let Some(sentence) = reading.sentence_of(date.start).filter(|_| !is_school_year(reading, date.start)) else {
        return false;
    };
    let start = reading.sentences[sentence].tokens.start.max(date.start.saturating_sub(NEAR));
    let sums = |at: usize| match (reading.word(at), reading.word(at + 1)) {
        ("tổng" | "Tổng", "kết") => Some(true),
        ("sơ" | "Sơ", "kết") => Some(last % 5 != 0),
        ("triển" | "nhiệm" | "phương" | "kế" | "mục", _) => Some(false),
        _ => None,
    };
    (start..date.start).rev().find_map(sums).unwrap_or(false)
}
