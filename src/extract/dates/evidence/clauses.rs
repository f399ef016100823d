//! What the words around a date in its clause tell of it.

use std::ops::Range;

use super::{CLAUSE, NEAR};
use crate::text::{Reading, WordKey};

/// True where the clause behind a year tells what is to be done in it: "năm 2018, Bộ | sẽ", "trong năm 2019, các xã | cần".
pub(super) fn foretells(reading: &Reading, date: &Range<usize>) -> bool {
    let Some(sentence) = reading.sentence_of(date.start) else { return false };
    let end = reading.sentences[sentence].tokens.end.min(date.end + CLAUSE);
    // "cuối năm 2020 sẽ thông xe": a year may lie far ahead.
    let before = date.start.checked_sub(1).map_or("", |at| reading.word(at));
    if matches!(before, "giữa" | "cuối" | "đầu" | "đến" | "tới" | "trước" | "hết" | "vào") {
        return false;
    }
    let tells = (date.end..end).map(|at| reading.word(at)).find(|word| {
        matches!(*word, "sẽ" | "cần" | "đã" | "đạt" | "được" | "có" | "là" | "tăng" | "giảm" | "bị" | "vừa")
    });
    matches!(tells, Some("sẽ" | "cần"))
}

/// True behind a verb of what is planned for a date: "dự kiến hoàn thành | quý IV/2018".
pub(super) fn ends_deed(reading: &Reading, date: usize) -> bool {
    let pair = date.checked_sub(2).map(|at| (reading.word(at), reading.word(at + 1)));
    pair.is_some_and(|pair| {
        matches!(
            pair,
            ("hoàn", "thành" | "tất")
                | ("khởi", "công")
                | ("khánh", "thành")
                | ("khai", "thác" | "trương" | "giảng")
                | ("bàn", "giao")
                | ("vận", "hành")
                | ("thông", "xe" | "qua")
        )
    })
}

/// True for a term that has long begun: "bầu bổ sung thành viên Hội đồng quản trị | nhiệm kỳ 2013-2018".
pub(super) fn fills_seat(reading: &Reading, term: usize) -> bool {
    let mut pairs = (term.saturating_sub(CLAUSE)..term).map(|at| (reading.word(at), reading.word(at + 1)));
    pairs.any(|pair| matches!(pair, ("bổ", "sung") | ("miễn", "nhiệm")))
}

/// True for a year whose plan is being carried out: "hoàn thành nhiệm vụ sản xuất | năm 2018".
pub(super) fn is_completed(reading: &Reading, year: usize) -> bool {
    (year.saturating_sub(NEAR / 2)..year).any(|at| (reading.word(at), reading.word(at + 1)) == ("hoàn", "thành"))
}

/// True for the word of "cuối năm 2019".
pub(super) fn is_end(reading: &Reading, at: usize) -> bool {
    reading.tokens[at].key == WordKey::of("cuối")
}

/// True for the words before a verb that tell what has been: "đã | cam kết".
pub(super) fn tells_past(word: &str) -> bool {
    matches!(word, "đã" | "vừa" | "từng")
}
