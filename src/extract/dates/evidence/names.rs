//! Years that name something: an event, a campaign, a holiday; and years that are told with what came of them.

use std::ops::Range;

use super::{CLAUSE, Cue, Cues, in_document, names_document};
use crate::extract::Context;
use crate::text::{Kind, Reading, WordKey};

/// Tokens behind a year among which its result is looked for.
const RESULT: usize = 7;
/// Tokens before a year among which the word stands that says what it names.
const HEAD: usize = 6;

/// What a year without "năm" behind a name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// The year of an event, in which it is spoken of.
    Event,
    /// A new year's feast, which is prepared for in the last months of the year before.
    Feast,
    /// What an index measured.
    Measured,
}

/// Words that go on behind the name of an event.
const BEHIND: [&str; 16] =
    ["tại", "do", "và", "với", "của", "diễn", "ở", "vừa", "cho", "tổ", "khai", "bế", "vào", "ngày", "sáng", "chiều"];

/// True for a year that stands right behind a noun: "kỳ thi tốt nghiệp | năm 2019". Behind a preposition or a comma it tells when.
pub(super) fn names(reading: &Reading, date: &Range<usize>) -> bool {
    let first = reading.sentence_of(date.start).is_some_and(|at| reading.sentences[at].tokens.start == date.start);
    let before = date.start.checked_sub(1).map(|at| &reading.tokens[at]);
    let joins = before.is_some_and(|token| token.is_word() || token.is('"') || token.is('”'));
    // "công tác năm 2014, thanh tra đã phát hiện": a year that is told of.
    let told = reading.tokens.get(date.end).is_some_and(|token| token.is(',')) && has_result(reading, date);
    !first && joins && !told && ends_name(reading, date.end)
}

/// True for a year that is told with what came of it: "năm 2018 đạt", "công tác năm 2014, thanh tra đã phát hiện".
pub(super) fn has_result(reading: &Reading, date: &Range<usize>) -> bool {
    let Some(sentence) = reading.sentence_of(date.start) else { return false };
    let tokens = &reading.sentences[sentence].tokens;
    let opens = tokens.start + 1 >= date.start;
    // "Riêng năm 2017, tổng vốn đầu tư nước ngoài vào tỉnh đạt": a year that is set off is told of as a whole.
    let alone = date.start.checked_sub(1).is_some_and(|at| reading.tokens[at].key == WordKey::of("riêng"));
    let reach = if alone { CLAUSE } else { RESULT };
    (date.end..tokens.end.min(date.end + reach)).any(|at| match reading.word(at) {
        "đạt" | "tăng" | "giảm" | "thu" => true,
        // "Năm 2014, ông đã": of a life.
        "đã" => !opens,
        _ => false,
    })
}

/// True for the year of an occasion: "kỳ thi tốt nghiệp năm 2019", "mùa lễ hội 2018"; not "cùng kỳ năm 2018".
pub(super) fn of_occasion(reading: &Reading, date: &Range<usize>) -> bool {
    (date.start.saturating_sub(8)..date.start).any(|at| match reading.word(at) {
        "kỳ" | "kì" => at > 0 && !matches!(reading.word(at - 1), "cùng" | "nhiệm" | "thời" | "định"),
        "đợt" | "mùa" | "giải" => !matches!(reading.word(at + 1), "pháp" | "quyết" | "ngân" | "phóng"),
        _ => false,
    })
}

/// True for the year of days that have a name, or of a contest: "Tháng Thanh niên năm 2019", "cuộc thi ảnh đẹp năm 2019".
pub(super) fn of_days(reading: &Reading, date: &Range<usize>) -> bool {
    let capital = |at: usize| reading.tokens.get(at).is_some_and(|token| token.is_capital());
    (date.start.saturating_sub(10)..date.start).any(|at| match reading.word(at) {
        "Tháng" | "Ngày" | "Tuần" => capital(at + 1),
        "cuộc" | "hội" | "Cuộc" | "Hội" => reading.word(at + 1) == "thi" && reading.word(at + 2) != "đua",
        _ => false,
    })
}

/// True where no verb follows: "… 2019 tại", "… 2019."
fn ends_name(reading: &Reading, at: usize) -> bool {
    reading.tokens.get(at).is_none_or(|next| match next.kind {
        Kind::Word(_) => BEHIND.contains(&reading.word(at)),
        // "Tuần lễ Âm nhạc 2018 – Hồ Trong Xanh", but "2016-2020".
        Kind::Sign('-' | '–') => reading.tokens.get(at + 1).is_some_and(|next| next.is_word() && next.is_capital()),
        Kind::Sign(sign) => matches!(sign, '.' | ',' | ')' | '"' | '”' | ';'),
        Kind::Break => true,
        _ => false,
    })
}

/// True for the year of a new year's feast: "thưởng Tết | 2018", "Tết Nguyên đán Kỷ Hợi | 2019".
pub(super) fn of_feast(reading: &Reading, year: usize) -> bool {
    const NEAR: usize = 5;
    // "đêm đón năm mới | 2018".
    let new = year > 1 && (reading.word(year - 2), reading.word(year - 1)) == ("năm", "mới");
    new || (year.saturating_sub(NEAR)..year).any(|at| matches!(reading.word(at), "Tết" | "tết"))
}

/// True for the year of a paper: "Chiến lược Phát triển rừng | 2018", "Công ước Luật biển năm 1982". It is no older than the report.
pub(super) fn of_paper(reading: &Reading, year: usize) -> bool {
    (year.saturating_sub(HEAD)..year).any(|at| {
        let pair = (reading.word(at), reading.word(at + 1));
        matches!(
            pair,
            ("Chiến" | "chiến", "lược")
                | ("Công" | "công", "ước")
                | ("Tuyên" | "tuyên", "bố")
                | ("Hiến" | "hiến", "pháp")
                | ("Hiệp" | "hiệp", "định")
                | ("Sách" | "sách", "trắng")
        )
    })
}

/// True for the year of what befell: "khủng hoảng toàn cầu | 2008". It is spoken of for long.
fn of_disaster(reading: &Reading, year: usize) -> bool {
    (year.saturating_sub(HEAD)..year).any(|at| {
        matches!((reading.word(at), reading.word(at + 1)), ("khủng", "hoảng") | ("suy", "thoái") | ("chiến", "tranh"))
    })
}

/// The years that stand without "năm" behind a name, and what they tell: "Ngày hội Báo chí 2019 | khai mạc", "hè 2019".
pub(super) fn bare_names(context: &Context<'_>, cues: &Cues) -> impl Iterator<Item = (i16, Named)> {
    const COUNTS: [&str; 12] = ["năm", "hơn", "gần", "khoảng", "số", "trên", "từ", "đến", "tới", "còn", "có", "là"];
    const INDICES: [&str; 5] = ["PAPI", "PCI", "SIPAS", "INDEX", "Index"];
    let counts = COUNTS.map(WordKey::of);
    let reading = context.reading;
    let tokens = &reading.tokens;
    let numbers = (1..tokens.len()).filter(|&at| tokens[at].kind == Kind::Number && tokens[at - 1].is_word());
    numbers.filter_map(move |at| {
        let word = reading.word(at);
        let year: i16 = word.parse().ok().filter(|_| word.len() == 4)?;
        let named = !counts.contains(&tokens[at - 1].key)
            && ends_name(reading, at + 1)
            // "tầm nhìn 2030".
            && !matches!(cues.before(reading, at), Some(Cue::Until | Cue::Bound | Cue::Since))
            && !in_document(context, &(at..at + 1))
            && !names_document(context, &(at..at + 1))
            && !of_paper(reading, at)
            && !of_disaster(reading, at);
        let meant = match reading.word(at - 1) {
            index if INDICES.contains(&index) => Named::Measured,
            _ if of_feast(reading, at) => Named::Feast,
            _ => Named::Event,
        };
        named.then_some((year, meant))
    })
}
