//! Months, quarters, halves, years and stages.

use super::{Parser, Read, calendar_year, expression, month_of, months_of, small};
use crate::extract::dates::{DateExpression, Edge, Meaning, Word};
use crate::model::Edtf;

impl Parser<'_> {
    /// Behind "tháng": "6/2023", "5-2018", "1 năm 2019", "1 – 12/2017", "6"; then perhaps "đến tháng 9/2023".
    pub(super) fn months(&self, at: usize, meaning: Meaning) -> Read<DateExpression> {
        let (end, first) = self.month(at)?;
        let next = match self.word(end) {
            Some((next, Word::To)) => Some(next),
            _ if self.is_sign(end, "-–") => Some(end + 1),
            _ => None,
        };
        let last = next.and_then(|next| match self.word(next) {
            Some((month, Word::Month)) => self.month(month),
            _ => self.month(next).filter(|_| self.is_sign(end, "-–")),
        });
        if let Some((last_end, last)) = last {
            let year = first.1.or(last.1);
            if let Some(date) = Edtf::between(month_of(first.0, year), month_of(last.0, last.1)) {
                return Some((last_end, expression(Some(date), meaning)));
            }
        }
        Some((end, expression(month_of(first.0, first.1), meaning)))
    }

    pub(super) fn month(&self, at: usize) -> Read<(i8, Option<i16>)> {
        let text = self.number(at)?;
        if let Some((month, year)) = text.split_once('.') {
            return Some((at + 1, (small(month, 12)?, Some(calendar_year(year)?))));
        }
        let month = small(text, 12)?;
        let told = if self.is_sign(at + 1, "/-–") {
            self.year(at + 2)
        } else if let Some((next, Word::Year)) = self.word(self.skip_sign(at + 1, ",")) {
            self.year(next)
        } else {
            None
        };
        Some(told.map_or((at + 1, (month, None)), |(end, year)| (end, (month, Some(year)))))
    }

    /// Behind "năm": "2021", "2021-2022".
    pub(super) fn years(&self, at: usize, meaning: Meaning) -> Read<DateExpression> {
        self.stage(at, Meaning::Stage).or_else(|| {
            let (end, year) = self.year(at)?;
            Some((end, expression(Edtf::year(year), meaning)))
        })
    }

    /// Two years: "2020 – 2025", "(2013 – 2019)", "IV (2013 – 2019)".
    pub(super) fn stage(&self, at: usize, meaning: Meaning) -> Read<DateExpression> {
        let at = if self.is_roman(at) { at + 1 } else { at };
        let bracket = self.is_sign(at, "(");
        let (next, first) = self.year(at + usize::from(bracket))?;
        let next = match self.word(next) {
            Some((next, Word::To)) => next,
            _ if self.is_sign(next, "-–—/") => next + 1,
            _ => return None,
        };
        let (end, last) = self.year(next)?;
        let date = Edtf::between(Edtf::year(first), Edtf::year(last)).filter(|_| first < last)?;
        Some((end + usize::from(bracket && self.is_sign(end, ")")), expression(Some(date), meaning)))
    }

    /// Behind "quý": "I/2024", "4 năm 2023", "III".
    pub(super) fn quarter(&self, at: usize, meaning: Meaning) -> Read<DateExpression> {
        let quarter = match self.reading.word(at) {
            "I" | "1" => 1,
            "II" | "2" => 2,
            "III" | "3" => 3,
            "IV" | "4" => 4,
            _ => return None,
        };
        let end = at + 1;
        if let Some((next, year)) = self.year_behind(end) {
            return Some((next, expression(Edtf::quarter(year, quarter), meaning)));
        }
        Some((end, expression(None, Meaning::Months { first: quarter * 3 - 2, last: quarter * 3 })))
    }

    /// Behind "6 tháng": "đầu năm 2019", "cuối năm", "năm 2020".
    pub(super) fn part_of_year(&self, at: usize, count: i8) -> Read<DateExpression> {
        let (next, edge) = match self.word(at)? {
            (next, Word::YearEdge(edge)) => (next, edge),
            (_, Word::Year) => (at, Edge::Start),
            _ => return None,
        };
        let (first, last) = match edge {
            Edge::Start => (1, count),
            Edge::End => (13 - count, 12),
            Edge::Middle => return None,
        };
        let told = if next == at { self.year_behind(at) } else { self.year(next) };
        match told {
            Some((end, year)) => Some((end, expression(months_of(year, first, last), Meaning::Plain))),
            None if next > at => Some((next, expression(None, Meaning::Months { first, last }))),
            None => None,
        }
    }

    /// Behind "đầu năm", "cuối năm": a year, or none.
    pub(super) fn edge_of_year(&self, at: usize, edge: Edge) -> (usize, DateExpression) {
        match self.year(at) {
            Some((end, year)) => (end, expression(Edtf::year(year), Meaning::Part)),
            None => {
                let (first, last) = match edge {
                    Edge::Start => (1, 6),
                    Edge::Middle => (4, 9),
                    Edge::End => (7, 12),
                };
                (at, expression(None, Meaning::Months { first, last }))
            }
        }
    }

    /// "6/2023", but not "6/2023/NĐ-CP".
    pub(super) fn unmarked_month(&self, at: usize) -> Read<DateExpression> {
        let month = small(self.number(at)?, 12)?;
        let (end, year) = self.is_sign(at + 1, "/").then(|| self.year(at + 2))??;
        let stands = !self.is_sign(end, "/") && !self.is_sign(at.wrapping_sub(1), "/-") && !self.is_spaced(at + 2);
        // "quy hoạch 1/2000": the scale of a map.
        let scale = month == 1
            && year % 1000 == 0
            && at.checked_sub(1).is_some_and(|before| {
                matches!(self.reading.word(before), "hoạch" | "lệ" | "tiết" | "khu" | "đồ" | "án" | "xích")
            });
        (stands && !scale).then(|| (end, expression(Edtf::month(year, month), Meaning::Plain)))
    }

    /// "/2024", "năm 2024", ", năm 2024".
    pub(super) fn year_behind(&self, at: usize) -> Read<i16> {
        if self.is_sign(at, "/-–") {
            return self.year(at + 1);
        }
        match self.word(self.skip_sign(at, ",")) {
            Some((next, Word::Year)) => self.year(next),
            _ => None,
        }
    }
}
