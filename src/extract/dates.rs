//! Dates in running text.
//!
//! A date is read as far as the words say it; what they leave out is completed later by [`Calendar`], never invented:
//!
//! - a day: "ngày 7 tháng 12 năm 2023", "ngày 5.8", "16-12", "15/4/2021", "mùng 3-2"; with its part of the day: "Sáng 16-12", "chiều
//!   thứ hai, 25-12", "tối nay, 22-12". Two numbers alone are a day only after such a word, at the head of a sentence, or where
//!   nothing is counted behind them ("kỷ niệm 20/10"): "5/10 đồng chí" is a ratio, "6-7%" a range;
//! - several days: "ngày 6 và 7-12", "hai ngày 20 và 21/8/2019", "từ ngày 4 đến 6-7", "ngày 6-7/3", "từ ngày 6/12 đến ngày 8/12";
//! - a month: "tháng 6/2023", "tháng 5-2018", "tháng 1 năm 2019", "cuối tháng 12-2018"; months: "từ tháng 1 đến tháng 6/2019";
//! - a year: "năm 2021", "cả năm 2021", "cùng kỳ 2018"; a school year: "năm học 2016-2017";
//! - a part of a year: "quý III/2024", "quý 4 năm 2023", "6 tháng đầu năm 2019", "9 tháng năm 2020", "đầu năm 2018", "cuối năm 2024";
//! - a term or stage: "nhiệm kỳ 2020 – 2025", "giai đoạn 2021-2025";
//! - words against a known day: "sáng nay", "hôm qua", "cùng ngày", "tháng này", "năm ngoái";
//! - a deadline ([`deadline`]): "trước ngày 30-6", "trong quý III", "đến hết năm 2024", "chậm nhất ngày 15/9".

mod calendar;
mod deadline;
mod evidence;
mod parser;

#[cfg(test)]
mod tests;

use super::{Context, Found};
use crate::model::{Edtf, PartOfDay};
use crate::text::{Phrases, Reading};

pub(super) use calendar::Calendar;
pub(super) use deadline::deadline;
pub(super) use evidence::{Cues, evidence};

/// A date as it stands in the text, not yet completed from its surroundings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct DateExpression {
    /// The date as far as the words say it (the year may be missing); `None` for "cùng ngày", "sáng nay".
    pub(super) date: Option<Edtf>,
    /// Part of the day said with it.
    pub(super) part_of_day: Option<PartOfDay>,
    /// What the words mean besides.
    pub(super) meaning: Meaning,
}

/// How the words of a date are to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// As said; at most the year is missing.
    Plain,
    /// The years of a term of office.
    Term,
    /// The years of a stage of planning, or a school year.
    Stage,
    /// "đầu năm 2018", "cuối tháng 12": about a part of the date.
    Part,
    /// Months of a year that the words do not say: "6 tháng đầu năm", "quý III", "cuối năm".
    Months {
        /// First month, 1 to 12.
        first: i8,
        /// Last month.
        last: i8,
    },
    /// A day of a month that the words do not say: "ngày 25".
    DayOfMonth(i8),
    /// Against the day of publication or of the meeting.
    Relative(Relative),
}

/// A date told by its distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relative {
    /// "sáng nay", "hôm nay".
    Today,
    /// "hôm qua", "chiều qua".
    Yesterday,
    /// "ngày mai".
    Tomorrow,
    /// "cùng ngày".
    SameDay,
    /// "tháng này" (0), "tháng trước" (-1).
    Month(i8),
    /// "năm nay" (0), "năm ngoái" (-1).
    Year(i8),
}

/// A word's part in the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Part(PartOfDay),
    Day,
    Month,
    Year,
    SchoolYear,
    Quarter,
    Term,
    Stage,
    /// "đầu", "giữa", "cuối".
    Edge(Edge),
    YearEdge(Edge),
    MonthEdge,
    To,
    And,
    From,
    Relative(Relative),
    Weekday,
    /// "sáu tháng": a number of months in words.
    Months(i8),
    /// A word that a date without any marker may follow.
    Before,
    /// A verb that a bare year may stand before: "2017 là 8,25%".
    Told,
}

/// Which part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    Start,
    Middle,
    End,
}

fn word(value: &str) -> Option<Word> {
    Some(match value {
        "morning" => Word::Part(PartOfDay::Morning),
        "noon" => Word::Part(PartOfDay::Noon),
        "afternoon" => Word::Part(PartOfDay::Afternoon),
        "evening" => Word::Part(PartOfDay::Evening),
        "day" => Word::Day,
        "month" => Word::Month,
        "year" => Word::Year,
        "school-year" => Word::SchoolYear,
        "quarter" => Word::Quarter,
        "term" => Word::Term,
        "stage" => Word::Stage,
        "start" => Word::Edge(Edge::Start),
        "middle" => Word::Edge(Edge::Middle),
        "end" => Word::Edge(Edge::End),
        "year-start" => Word::YearEdge(Edge::Start),
        "year-middle" => Word::YearEdge(Edge::Middle),
        "year-end" => Word::YearEdge(Edge::End),
        "month-start" | "month-middle" | "month-end" => Word::MonthEdge,
        "to" => Word::To,
        "and" => Word::And,
        "from" => Word::From,
        "today" => Word::Relative(Relative::Today),
        "yesterday" => Word::Relative(Relative::Yesterday),
        "tomorrow" => Word::Relative(Relative::Tomorrow),
        "same-day" => Word::Relative(Relative::SameDay),
        "this-month" => Word::Relative(Relative::Month(0)),
        "last-month" => Word::Relative(Relative::Month(-1)),
        "next-month" => Word::Relative(Relative::Month(1)),
        "this-year" => Word::Relative(Relative::Year(0)),
        "last-year" => Word::Relative(Relative::Year(-1)),
        "next-year" => Word::Relative(Relative::Year(1)),
        "weekday" => Word::Weekday,
        "before" => Word::Before,
        "told" => Word::Told,
        _ => return value.strip_prefix("months ").and_then(|count| count.parse().ok()).map(Word::Months),
    })
}

/// Reads dates.
#[derive(Debug)]
pub(super) struct Recognizer {
    words: Phrases<Word>,
}

impl Recognizer {
    pub(super) fn new() -> Self {
        // A unit test reads the lexicon: no line of it is refused.
        Self { words: Phrases::parse(include_str!("lexicons/dates.txt"), word).unwrap_or_default() }
    }

    pub(super) fn read(&self, context: &Context<'_>) -> Vec<Found<DateExpression>> {
        self.dates(context.reading)
    }

    /// All dates of a text, in order and without overlap.
    fn dates(&self, reading: &Reading) -> Vec<Found<DateExpression>> {
        let parser = parser::Parser::new(reading, &self.words);
        let mut found = Vec::new();
        let mut at = 0;
        while at < reading.tokens.len() {
            match parser.date(at) {
                Some((end, value)) => {
                    found.push(Found { tokens: at..end, value });
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
        found
    }
}
