//! Offices taken up and left at another time than that of the meeting: "tháng 4-2018, bà được điều động làm Phó Giám đốc Sở Y tế".
//!
//! A tenure begins or ends with the meeting that tells so. What a report only looks back on, or what is merely proposed, would else begin or end with it too.

use std::ops::Range;

use super::offices::Office;
use crate::extract::dates::{DateExpression, Meaning, Relative};
use crate::extract::{Context, Found};
use crate::model::Edtf;
use crate::text::Reading;

/// Words behind an office among which its day may stand: "làm Giám đốc Sở Y tế từ ngày 1-8".
const BEHIND: usize = 6;
/// Words before an office among which its time is told.
const REACH: usize = 60;
/// Words before an office among which its verb stands.
const VERB: usize = 14;

/// Takes the beginning and end off offices that changed hands at another time; an end then is past.
pub(super) fn tell_apart<'o>(context: &Context<'_>, offices: impl Iterator<Item = &'o mut Office>) {
    let first_day = first_day(context);
    for office in offices.filter(|office| office.begins || office.ends) {
        office.changed = true;
        // Whoever has left an office, or leaves it now, does not take it up.
        office.begins &= !office.former && !office.ends;
        let words = before(context.reading, office);
        if office.begins && is_only_proposed(context.reading, &words) {
            (office.begins, office.proposed) = (false, true);
        }
        office.begins &= !is_again(context.reading, &words);
        if (office.begins || office.ends) && is_elsewhen(context, first_day, &words, office.tokens.end) {
            office.former |= office.ends;
            (office.begins, office.ends) = (false, false);
        }
    }
}

/// "giới thiệu Hội đồng nhân dân bầu ông Lân giữ chức …", but not "… và được bầu làm".
fn is_only_proposed(reading: &Reading, words: &Range<usize>) -> bool {
    let proposes = words.clone().find(|&at| (reading.word(at), reading.word(at + 1)) == ("giới", "thiệu"));
    proposes.is_some_and(|proposes| {
        let mut between = proposes..words.end;
        between.all(|at| !reading.tokens[at].is(',') && !reading.tokens[at].is(';'))
            && (proposes..words.end)
                .any(|at| reading.word(at) == "bầu" && !matches!(reading.word(at - 1), "được" | "đã"))
    })
}

/// "tái đắc cử", "bổ nhiệm lại": held before as well.
fn is_again(reading: &Reading, words: &Range<usize>) -> bool {
    let mut near = words.end.saturating_sub(VERB).max(words.start)..words.end;
    near.any(|at| {
        let pair = (reading.word(at), reading.word(at + 1));
        matches!(pair, ("tái", "cử" | "đắc" | "bổ") | ("nhiệm" | "bầu", "lại"))
    })
}

/// True where the sentence of an office that ends at a token tells another time than the first day of the report.
fn is_elsewhen(context: &Context<'_>, first_day: Option<Edtf>, words: &Range<usize>, end: usize) -> bool {
    let reading = context.reading;
    let from = context.dates.partition_point(|found| found.tokens.start < words.start);
    let near = |found: &&Found<DateExpression>| found.tokens.start < end + BEHIND;
    let mut told = false;
    for found in context.dates[from..].iter().take_while(near) {
        match time_of(context, first_day, found, end) {
            Some(Time::Meeting) => return false,
            Some(Time::Other) => told = true,
            None => {}
        }
    }
    told || words.clone().any(|at| {
        let past = (reading.word(at), reading.word(at + 1));
        matches!(
            past,
            ("Trước" | "trước", "đó" | "đây")
                | ("Cách" | "cách", "đây")
                | ("Năm" | "năm", "ngoái" | "trước")
                | ("tháng" | "tuần", "trước")
        ) || past.0 == "từng" && at + VERB >= words.end
    })
}

/// What a date in the sentence of a change says of when it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Time {
    /// At the meeting.
    Meeting,
    /// Before it, or some other time.
    Other,
}

/// What a date tells near an office that ends at a token; `None` where it is of something else.
fn time_of(context: &Context<'_>, first_day: Option<Edtf>, found: &Found<DateExpression>, end: usize) -> Option<Time> {
    let reading = context.reading;
    match found.value.meaning {
        Meaning::Relative(Relative::Today | Relative::Yesterday | Relative::SameDay) => Some(Time::Meeting),
        Meaning::Relative(Relative::Month(-1) | Relative::Year(-1)) => Some(Time::Other),
        Meaning::Plain | Meaning::Part => {
            let date = found.value.date?;
            if date.tells_days() {
                // "nghỉ hưu từ ngày 1-9": decided now.
                let since = found.tokens.start > 0 && reading.word(found.tokens.start - 1) == "từ";
                if since && found.tokens.start >= end {
                    return None;
                }
                // The day of a decision is not that on which it is handed over.
                let meeting = first_day.is_none_or(|first| first.overlaps(date));
                return match (meeting, in_document(context, found.tokens.start)) {
                    (true, _) => Some(Time::Meeting),
                    (false, decided) => (!decided).then_some(Time::Other),
                };
            }
            // "hội nghị tổng kết năm 2019" says nothing of when somebody was elected.
            let before = found.tokens.start.checked_sub(1);
            let adverb = before.is_none_or(|before| {
                let opens = reading.sentence_of(found.tokens.start) != reading.sentence_of(before);
                opens
                    || !reading.tokens[before].is_word()
                    || matches!(
                        reading.word(before),
                        "vào" | "từ" | "Từ" | "hồi" | "Hồi" | "Đến" | "đến" | "Vào" | "Đầu" | "Cuối"
                    )
            });
            (adverb && !date.lacks_year()).then_some(Time::Other)
        }
        _ => None,
    }
}

/// The first day that the report tells: mostly that of the meeting.
fn first_day(context: &Context<'_>) -> Option<Edtf> {
    let day = |found: &Found<DateExpression>| {
        let date = found.value.date.filter(|_| found.value.meaning == Meaning::Plain)?;
        date.tells_days().then_some(date)
    };
    context.dates.iter().find_map(day)
}

/// True inside the name of a document, or right behind it: "Quyết định số 642-QĐ/TU | ngày 6/12/2021".
fn in_document(context: &Context<'_>, at: usize) -> bool {
    context.reference_up_to(at).is_some_and(|found| at <= found.tokens.end)
}

/// The words of an office's sentence that stand before it.
fn before(reading: &Reading, office: &Office) -> Range<usize> {
    let end = office.tokens.start;
    let start = reading.sentence_of(end).map_or(end, |at| reading.sentences[at].tokens.start);
    start.max(end.saturating_sub(REACH))..end
}

#[cfg(test)]
mod tests {
    use crate::extract::{Extractor, Source};

    /// What becomes of the last person's office, behind a meeting of 5 June.
    fn phase(sentence: &str) -> &'static str {
        let text = format!("Sáng 5-6, HĐND tỉnh Sơn Hà tổ chức kỳ họp. {sentence}");
        let read = Extractor::new().extract(Source { text: &text, ..Source::default() });
        let Some(office) = read.people.last().and_then(|person| person.offices.last()) else { return "nothing" };
        match (office.begins, office.ends, office.former, office.proposed) {
            (true, _, _, _) => "begins",
            (_, true, _, _) => "ends",
            (_, _, true, _) => "former",
            (_, _, _, true) => "proposed",
            _ => "held",
        }
    }

    #[test]
    fn what_changed_hands_at_another_time_does_not_begin_or_end_now() {
        for (sentence, expected) in [
            ("Đại biểu bầu ông Lê Văn Ba giữ chức Chủ tịch UBND tỉnh.", "begins"),
            ("Sáng 5-6, bà Mai Thị Mơ được bổ nhiệm làm Giám đốc Sở Y tế.", "begins"),
            ("Bà Mai Thị Mơ được bổ nhiệm làm Giám đốc Sở Y tế từ ngày 15-6.", "begins"),
            ("Theo Quyết định số 12/QĐ-UBND ngày 1-6, bà Mai Thị Mơ được bổ nhiệm làm Giám đốc Sở Y tế.", "begins"),
            ("Tại hội nghị tổng kết năm 2018, bà Mai Thị Mơ được bầu làm Chủ tịch Hội Nông dân tỉnh.", "begins"),
            ("Miễn nhiệm chức danh Chủ tịch UBND tỉnh đối với ông Lê Văn Ba.", "ends"),
            ("Ngày 30/9/2013, Bộ Công Thương bổ nhiệm ông Lê Văn Ba làm Phó Chánh Văn phòng Bộ.", "held"),
            ("Bà Mai Thị Mơ đã được điều động làm Phó Giám đốc Sở Y tế vào tháng 4-2018.", "held"),
            ("Trước đó, ông Lê Văn Ba được bổ nhiệm làm Giám đốc Sở Xây dựng.", "held"),
            ("Năm 2016, ông Lê Văn Ba được bầu làm Chủ tịch Hội Nông dân tỉnh.", "held"),
            ("Ông Lê Văn Ba tái đắc cử Chủ tịch Hội Nông dân tỉnh.", "held"),
            ("Tỉnh ủy giới thiệu HĐND tỉnh bầu ông Lê Văn Ba giữ chức Phó Chủ tịch UBND tỉnh.", "proposed"),
            ("Ngày 19/5/2013, Giám đốc Sở Y tế Lê Văn Ba được miễn nhiệm.", "former"),
        ] {
            assert_eq!(phase(sentence), expected, "{sentence}");
        }
    }
}
