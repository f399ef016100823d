//! The grammar of dates; every rule looks at a bounded number of tokens.

mod spans;

use super::{DateExpression, Meaning, Relative, Word};
use crate::model::{Edtf, PartOfDay};
use crate::text::{Kind, Phrases, Reading};

/// Days that one list may name: "các ngày 4, 5, 6 và 7-3".
const LONGEST_LIST: usize = 8;

/// A rule's success: the index one past the last token, and what was read.
type Read<T> = Option<(usize, T)>;

#[derive(Clone, Copy)]
pub(super) struct Parser<'a> {
    reading: &'a Reading,
    words: &'a Phrases<Word>,
}

/// One day, or a range of days of one month, as far as told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Days {
    first: i8,
    last: i8,
    month: Option<i8>,
    year: Option<i16>,
}

impl Days {
    fn at(self, day: i8) -> Option<Edtf> {
        match (self.month?, self.year) {
            (month, Some(year)) => Edtf::ymd(year, month, day),
            (month, None) => Edtf::day_of_any_year(month, day),
        }
    }

    fn edtf(self) -> Option<Edtf> {
        if self.first == self.last {
            return self.at(self.first);
        }
        Edtf::between(self.at(self.first), self.at(self.last)).filter(|_| self.first < self.last)
    }
}

impl<'a> Parser<'a> {
    pub(super) fn new(reading: &'a Reading, words: &'a Phrases<Word>) -> Self {
        Self { reading, words }
    }

    /// The date that begins at a token.
    pub(super) fn date(&self, at: usize) -> Read<DateExpression> {
        match self.reading.tokens.get(at)?.kind {
            Kind::Number => self.unmarked(at),
            Kind::Word(_) => self.marked(at),
            Kind::Sign(_) | Kind::Break => None,
        }
    }

    /// A date that begins with a word.
    fn marked(&self, at: usize) -> Read<DateExpression> {
        let (next, word) = self.word(at)?;
        match word {
            Word::Part(part) => self.part_of_day(next, part),
            Word::Day => self.days(next, true),
            // "từ 14 đến 16/10": a list of days needs no other word.
            Word::From => self.days(next, true).filter(|(_, found)| found.date.is_some_and(Edtf::is_interval)),
            Word::Month => self.months(next, Meaning::Plain),
            Word::MonthEdge => self.months(next, Meaning::Part),
            Word::Months(count) => self.part_of_year(next, count),
            Word::Year => self.years(next, Meaning::Plain),
            Word::SchoolYear | Word::Stage => self.stage(next, Meaning::Stage),
            Word::Term => self.stage(next, Meaning::Term),
            Word::Quarter => self.quarter(next, Meaning::Plain),
            Word::YearEdge(edge) => Some(self.edge_of_year(next, edge)),
            Word::Edge(_) => match self.word(next)? {
                (quarter, Word::Quarter) => self.quarter(quarter, Meaning::Part),
                _ => None,
            },
            // "nay", "qua", "mai" alone are no dates.
            Word::Relative(relative) if next - at > 1 => {
                // "hôm nay, 4/5": the day is told as well.
                let told = self.day_behind(next);
                told.or(Some((next, expression(None, Meaning::Relative(relative)))))
            }
            _ => None,
        }
    }

    /// Behind "sáng", "chiều" …: "nay", "cùng ngày", "thứ hai, 25-12", "16-12", "ngày 5.8".
    fn part_of_day(&self, at: usize, part: PartOfDay) -> Read<DateExpression> {
        let with_part =
            |(end, found): (usize, DateExpression)| (end, DateExpression { part_of_day: Some(part), ..found });
        if let Some((next, Word::Relative(relative))) = self.word(at) {
            let relative = expression(None, Meaning::Relative(relative));
            return Some(with_part(self.day_behind(next).unwrap_or((next, relative))));
        }
        self.day_behind(at).map(with_part)
    }

    /// A day, perhaps behind a comma, a bracket, a weekday or "ngày".
    fn day_behind(&self, at: usize) -> Read<DateExpression> {
        let mut at = self.skip_sign(at, ",");
        if let Some((next, Word::Weekday)) = self.word(at) {
            at = self.skip_sign(next, ",");
        }
        let bracket = self.is_sign(at, "(");
        at += usize::from(bracket);
        if let Some((next, Word::Day)) = self.word(at) {
            at = next;
        }
        let (end, found) = self.days(at, true).filter(|(_, found)| found.date.is_some())?;
        Some((end + usize::from(bracket && self.is_sign(end, ")")), found))
    }

    /// Days: one, a list, or an interval. `marked`: a word before says that it is a day.
    fn days(&self, at: usize, marked: bool) -> Read<DateExpression> {
        let (mut end, first) = self.day(at)?;
        if first.month.is_some() {
            let date = first.edtf()?;
            return Some(self.until(end, first).unwrap_or((end, expression(Some(date), Meaning::Plain))));
        }
        if !marked {
            return None;
        }
        let alone = (end, expression(None, Meaning::DayOfMonth(first.first)));
        for _ in 0..LONGEST_LIST {
            let Some((next, day)) = self.joint(end).and_then(|next| self.day(next)) else { break };
            end = next;
            if day.month.is_some() {
                let all = Days { first: first.first, ..day };
                return Some(all.edtf().map_or(alone, |date| (end, expression(Some(date), Meaning::Plain))));
            }
        }
        Some(alone)
    }

    /// "đến ngày 8/12", "- 8/12" behind a day with its month.
    fn until(&self, at: usize, first: Days) -> Read<DateExpression> {
        let next = match self.word(at) {
            Some((next, Word::To)) => next,
            _ if self.is_sign(at, "-–") => at + 1,
            _ => return None,
        };
        let next = match self.word(next) {
            Some((marked, Word::Day)) => marked,
            _ => next,
        };
        let (end, last) = self.day(next).filter(|(_, last)| last.month.is_some())?;
        // The year of the end holds for the beginning, or the one before where the months run over New Year.
        let year = first.year.or(last.year.map(|year| if first.month > last.month { year - 1 } else { year }));
        let date = Edtf::between(Days { year, ..first }.at(first.first), last.at(last.last))?;
        Some((end, expression(Some(date), Meaning::Plain)))
    }

    /// One day: "7 tháng 12 năm 2023", "16-12", "5.8", "6-7/3", "15/4/2021", or a bare "6".
    fn day(&self, at: usize) -> Read<Days> {
        let text = self.number(at)?;
        if text.contains('.') {
            return Some((at + 1, dotted(text)?));
        }
        // "ngày 9,10/6": two days that look like one number.
        if let Some((first, last)) = text.split_once(',') {
            let (first, last) = (small(first, 31)?, small(last, 31)?);
            let month = self.is_sign(at + 1, "/-").then(|| self.number(at + 2)).flatten();
            let month = month.and_then(|text| small(text, 12)).filter(|_| first < last)?;
            return Some(self.with_year(at + 3, Days { first, last, month: Some(month), year: None }));
        }
        let day = small(text, 31)?;
        let days = Days { first: day, last: day, month: None, year: None };
        if let Some(found) = self.spoken_month(at + 1, days) {
            return Some(found);
        }
        if !self.is_sign(at + 1, "/-–.") {
            return Some((at + 1, days));
        }
        let Some(second) = self.number(at + 2).and_then(|text| small(text, 31)) else { return Some((at + 1, days)) };
        if self.is_sign(at + 1, "-–") && self.is_sign(at + 3, "/") {
            // "6-7/3": the sixth and the seventh of March.
            if let Some(month) = self.number(at + 4).and_then(|text| small(text, 12)) {
                let days = Days { last: second, month: Some(month), ..days };
                return Some(self.with_year(at + 5, days));
            }
        }
        if second > 12 {
            return Some((at + 1, days));
        }
        Some(self.with_year(at + 3, Days { month: Some(second), ..days }))
    }

    /// "tháng 12", "tháng 12 năm 2023", "tháng 12/2023" behind a day.
    fn spoken_month(&self, at: usize, days: Days) -> Read<Days> {
        let Some((next, Word::Month)) = self.word(self.skip_sign(at, ",")) else { return None };
        let month = small(self.number(next)?, 12)?;
        Some(self.with_year(next + 1, Days { month: Some(month), ..days }))
    }

    /// Takes a year that follows: "/2021", "-2021", ".2021", "năm 2023", ", năm 2023".
    fn with_year(&self, at: usize, days: Days) -> (usize, Days) {
        let told = if self.is_sign(at, "/-–.") && !self.is_spaced(at + 1) {
            self.year(at + 1)
        } else if let Some((next, Word::Year)) = self.word(self.skip_sign(at, ",")) {
            self.year(next)
        } else {
            None
        };
        told.map_or((at, days), |(end, year)| (end, Days { year: Some(year), ..days }))
    }

    /// A date that begins with a number.
    fn unmarked(&self, at: usize) -> Read<DateExpression> {
        let text = self.number(at)?;
        if let Some((next, Word::Month)) = self.word(at + 1)
            && let Some(count) = small(text, 12)
        {
            return self.part_of_year(next, count);
        }
        if let Some(found) = self.stage(at, Meaning::Stage) {
            return Some(found);
        }
        if let Some((end, year)) = self.year(at) {
            let told = self.follows(at, |word| matches!(word, Word::Before | Word::From | Word::To))
                || matches!(self.word(end), Some((_, Word::Told)))
                || self.is_bracketed(at);
            return told.then(|| (end, expression(Edtf::year(year), Meaning::Plain)));
        }
        if let Some(found) = self.unmarked_month(at) {
            return Some(found);
        }
        if let Some(found) = self.bracketed_days(at) {
            return Some(found);
        }
        let (end, days) = self.day(at).filter(|(_, days)| days.month.is_some())?;
        if days.year.is_none() && !self.stands_as_day(at, end) {
            return None;
        }
        self.days(at, false)
    }

    /// "(25 và 26-12)".
    fn bracketed_days(&self, at: usize) -> Read<DateExpression> {
        if at == 0 || !self.is_sign(at - 1, "(") {
            return None;
        }
        let days = |date: Edtf| date.is_interval() && date.tells_days();
        self.days(at, true).filter(|(end, found)| self.is_sign(*end, ")") && found.date.is_some_and(days))
    }

    /// True if "16-12" or "2/9" without a word for it can be a day here.
    fn stands_as_day(&self, at: usize, end: usize) -> bool {
        let counts = self.reading.tokens.get(end).is_some_and(|next| next.is_word() || next.is('%') || next.is('/'));
        let heads_sentence =
            self.reading.sentence_of(at).is_some_and(|sentence| self.reading.sentences[sentence].tokens.start == at);
        if heads_sentence {
            return self.is_sign(end, ",");
        }
        !counts && self.follows(at, |word| matches!(word, Word::Before | Word::From | Word::To | Word::And))
    }

    /// What joins the days of a list: "và", ",", "đến", "-".
    fn joint(&self, at: usize) -> Option<usize> {
        match self.word(at) {
            Some((next, Word::And | Word::To)) => Some(next),
            _ => self.is_sign(at, ",-–").then_some(at + 1),
        }
    }

    fn year(&self, at: usize) -> Read<i16> {
        Some((at + 1, calendar_year(self.number(at)?)?))
    }

    fn word(&self, at: usize) -> Read<Word> {
        self.words.longest(&self.reading.tokens, at).map(|(end, word)| (end, *word))
    }

    /// True if a word of this kind ends just before the token.
    fn follows(&self, at: usize, wanted: impl Fn(Word) -> bool) -> bool {
        (1..=2)
            .filter_map(|back| at.checked_sub(back))
            .filter_map(|start| self.words.longest(&self.reading.tokens[..at], start))
            .any(|(end, word)| end == at && wanted(*word))
    }

    fn number(&self, at: usize) -> Option<&'a str> {
        let token = self.reading.tokens.get(at)?;
        (token.kind == Kind::Number && token.end - token.start <= 10).then(|| self.reading.word(at))
    }

    fn is_sign(&self, at: usize, signs: &str) -> bool {
        matches!(self.reading.tokens.get(at), Some(token) if matches!(token.kind, Kind::Sign(sign) if signs.contains(sign)))
    }

    fn skip_sign(&self, at: usize, signs: &str) -> usize {
        at + usize::from(self.is_sign(at, signs))
    }

    fn is_spaced(&self, at: usize) -> bool {
        self.reading.tokens.get(at).is_some_and(|token| token.spaced)
    }

    fn is_bracketed(&self, at: usize) -> bool {
        at > 0 && self.is_sign(at - 1, "(") && self.is_sign(at + 1, ")")
    }

    fn is_roman(&self, at: usize) -> bool {
        let word = self.reading.word(at);
        !word.is_empty() && word.len() <= 5 && word.bytes().all(|byte| b"IVX".contains(&byte))
    }
}

fn expression(date: Option<Edtf>, meaning: Meaning) -> DateExpression {
    DateExpression { date, part_of_day: None, meaning }
}

fn month_of(month: i8, year: Option<i16>) -> Option<Edtf> {
    year.map_or_else(|| Edtf::month_of_any_year(month), |year| Edtf::month(year, month))
}

/// Months of a year in the shortest form: a year, a half, a quarter, or an interval of months.
pub(super) fn months_of(year: i16, first: i8, last: i8) -> Option<Edtf> {
    match (first, last) {
        (1, 12) => Edtf::year(year),
        (1, 6) => Edtf::half(year, 1),
        (7, 12) => Edtf::half(year, 2),
        (1 | 4 | 7 | 10, _) if last == first + 2 => Edtf::quarter(year, last / 3),
        _ if first == last => Edtf::month(year, first),
        _ => Edtf::between(Edtf::month(year, first), Edtf::month(year, last)),
    }
}

/// A number of one or two digits from 1 to `most`.
fn small(text: &str, most: i8) -> Option<i8> {
    (text.len() <= 2).then(|| text.parse().ok()).flatten().filter(|number| (1..=most).contains(number))
}

/// A year of four digits that reports may speak of.
fn calendar_year(text: &str) -> Option<i16> {
    (text.len() == 4).then(|| text.parse().ok()).flatten().filter(|year| (1900..=2100).contains(year))
}

/// "5.8", "12.5.2021".
fn dotted(text: &str) -> Option<Days> {
    let mut parts = text.split('.');
    let day = small(parts.next()?, 31)?;
    let month = small(parts.next()?, 12)?;
    let year = match parts.next() {
        Some(year) => Some(calendar_year(year)?),
        None => None,
    };
    parts.next().is_none().then_some(Days { first: day, last: day, month: Some(month), year })
}

/// The date that a relative word means, told from a known date.
pub(super) fn relative_to(relative: Relative, known: Edtf) -> Option<Edtf> {
    use jiff::ToSpan as _;
    let first = known.earliest()?;
    match relative {
        Relative::Today | Relative::SameDay => known.as_day().and(Some(known)),
        Relative::Yesterday | Relative::Tomorrow => {
            let step = if relative == Relative::Tomorrow { 1 } else { -1 };
            let day = known.as_day()?.checked_add(step.days()).ok()?;
            Some(Edtf::day(day))
        }
        Relative::Month(step) => {
            let day = first.first_of_month().checked_add(i32::from(step).months()).ok()?;
            (known.latest()?.month() == first.month()).then(|| Edtf::month(day.year(), day.month())).flatten()
        }
        Relative::Year(step) => Edtf::year(first.year() + i16::from(step)),
    }
}
