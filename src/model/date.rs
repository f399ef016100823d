//! Dates as reports give them, in EDTF (ISO 8601-2:2019, <https://www.loc.gov/standards/datetime/>).
//!
//! Of EDTF's forms this service writes and reads the ones that meeting reports need: a day `2021-12-16`, a month
//! `2023-12`, a year `2023`, a quarter `2024-33` to `2024-36` and a half year `2024-40`, `2024-41` (level 2 codes), a day or month
//! whose year is not known `XXXX-07-15`, `XXXX-07`, and an interval of two of these `2023-12-06/2023-12-08`, either end of which may be
//! open (`../2024-06-30`, `2024-01-01/..`).

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Span;

/// Why a text is not a date this service understands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "not an EDTF date of a supported form (2021-12-16, 2021-12, 2021, 2024-33, XXXX-07-15, 2023-12-06/2023-12-08): {0:?}"
)]
pub struct EdtfError(pub String);

/// One point of an EDTF date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Point {
    Day(Date),
    Month { year: i16, month: i8 },
    Year(i16),
    Quarter { year: i16, quarter: i8 },
    Half { year: i16, half: i8 },
    DayOfAnyYear { month: i8, day: i8 },
    MonthOfAnyYear(i8),
}

/// A date of stated precision; always a real calendar date. Stored as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edtf(Form);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Form {
    At(Point),
    Between(Option<Point>, Option<Point>),
}

/// First and last year accepted; outside lie typing errors.
const YEARS: Years = 1800..=2200;

/// What is stored may lie beyond: "tomorrow" at the very end, told from a date that was accepted.
const STORED_YEARS: Years = 0..=9999;

type Years = std::ops::RangeInclusive<i16>;

impl Point {
    fn first(self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(date),
            Self::Month { year, month } => Date::new(year, month, 1).ok(),
            Self::Year(year) => Date::new(year, 1, 1).ok(),
            Self::Quarter { year, quarter } => Date::new(year, quarter * 3 - 2, 1).ok(),
            Self::Half { year, half } => Date::new(year, half * 6 - 5, 1).ok(),
            Self::DayOfAnyYear { .. } | Self::MonthOfAnyYear(_) => None,
        }
    }

    fn last(self) -> Option<Date> {
        let first = self.first()?;
        let months = match self {
            Self::Day(_) => return Some(first),
            Self::Month { .. } => 1,
            Self::Quarter { .. } => 3,
            Self::Half { .. } => 6,
            _ => 12,
        };
        first.checked_add(months.months()).ok()?.checked_sub(1.day()).ok()
    }

    fn parse(text: &str, years: &Years) -> Option<Self> {
        if let Some(day) = Self::parse_day(text.as_bytes(), years) {
            return Some(day);
        }
        let parts: Vec<&str> = text.split('-').collect();
        // Digits only: what parses numbers takes "+2" for one.
        let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        let two = |part: &str| digits(part, 2).then(|| part.parse::<i8>().ok()).flatten();
        let year = |part: &str| {
            let year = digits(part, 4).then(|| part.parse::<i16>().ok()).flatten()?;
            years.contains(&year).then_some(year)
        };
        match parts.as_slice() {
            ["XXXX", month] => two(month).filter(|m| (1..=12).contains(m)).map(Self::MonthOfAnyYear),
            ["XXXX", month, day] => {
                // 2024 is a leap year: 29 February is a day of some year.
                let date = Date::new(2024, two(month)?, two(day)?).ok()?;
                Some(Self::DayOfAnyYear { month: date.month(), day: date.day() })
            }
            [y] => year(y).map(Self::Year),
            [y, part] => {
                let year = year(y)?;
                match two(part)? {
                    month @ 1..=12 => Some(Self::Month { year, month }),
                    code @ 33..=36 => Some(Self::Quarter { year, quarter: code - 32 }),
                    code @ 40..=41 => Some(Self::Half { year, half: code - 39 }),
                    _ => None,
                }
            }
            [y, month, day] => Date::new(year(y)?, two(month)?, two(day)?).ok().map(Self::Day),
            _ => None,
        }
    }
}

impl Point {
    /// Reads "2021-12-16", as most dates are written, without taking the text apart: records have many.
    fn parse_day(text: &[u8], years: &Years) -> Option<Self> {
        let &[a, b, c, d, b'-', e, f, b'-', g, h] = text else { return None };
        let number = |digits: &[u8]| {
            let add =
                |number: i16, digit: &u8| Some(number * 10 + i16::from(digit.checked_sub(b'0').filter(|d| *d < 10)?));
            digits.iter().try_fold(0i16, add)
        };
        let two = |digits: [u8; 2]| number(&digits).and_then(|number| i8::try_from(number).ok());
        let year = number(&[a, b, c, d]).filter(|year| years.contains(year))?;
        Date::new(year, two([e, f])?, two([g, h])?).ok().map(Self::Day)
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Quarter { year, quarter } => write!(f, "{year:04}-{}", 32 + quarter),
            Self::Half { year, half } => write!(f, "{year:04}-{}", 39 + half),
            Self::DayOfAnyYear { month, day } => write!(f, "XXXX-{month:02}-{day:02}"),
            Self::MonthOfAnyYear(month) => write!(f, "XXXX-{month:02}"),
        }
    }
}

impl Edtf {
    /// A day.
    #[must_use]
    pub fn day(date: Date) -> Self {
        Self(Form::At(Point::Day(date)))
    }

    /// The day `year-month-day`, `None` if there is no such day.
    #[must_use]
    pub fn ymd(year: i16, month: i8, day: i8) -> Option<Self> {
        Self::checked(Date::new(year, month, day).ok().map(Point::Day))
    }

    /// A month of a year.
    #[must_use]
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Self::checked((1..=12).contains(&month).then_some(Point::Month { year, month }))
    }

    /// A year.
    #[must_use]
    pub fn year(year: i16) -> Option<Self> {
        Self::checked(Some(Point::Year(year)))
    }

    /// The `quarter`th quarter, 1 to 4.
    #[must_use]
    pub fn quarter(year: i16, quarter: i8) -> Option<Self> {
        Self::checked((1..=4).contains(&quarter).then_some(Point::Quarter { year, quarter }))
    }

    /// The first or second half of a year.
    #[must_use]
    pub fn half(year: i16, half: i8) -> Option<Self> {
        Self::checked((1..=2).contains(&half).then_some(Point::Half { year, half }))
    }

    /// A day whose year is not known.
    #[must_use]
    pub fn day_of_any_year(month: i8, day: i8) -> Option<Self> {
        Date::new(2024, month, day).ok().map(|_| Self(Form::At(Point::DayOfAnyYear { month, day })))
    }

    /// A month whose year is not known.
    #[must_use]
    pub fn month_of_any_year(month: i8) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self(Form::At(Point::MonthOfAnyYear(month))))
    }

    /// From one date to another; `None` if either is an interval, the end lies before the start, or both are open.
    #[must_use]
    pub fn between(start: Option<Self>, end: Option<Self>) -> Option<Self> {
        let point = |edtf: Option<Self>| match edtf {
            None => Some(None),
            Some(Self(Form::At(point))) => Some(Some(point)),
            Some(_) => None,
        };
        let (start, end) = (point(start)?, point(end)?);
        let ordered = match (start.and_then(Point::first), end.and_then(Point::last)) {
            (Some(first), Some(last)) => first <= last,
            _ => true,
        };
        (ordered && (start.is_some() || end.is_some())).then_some(Self(Form::Between(start, end)))
    }

    /// First day that the date may mean; `None` if the year is not known or the start is open.
    #[must_use]
    pub fn earliest(self) -> Option<Date> {
        match self.0 {
            Form::At(point) => point.first(),
            Form::Between(start, _) => start.and_then(Point::first),
        }
    }

    /// Last day that the date may mean; `None` if the year is not known or the end is open.
    #[must_use]
    pub fn latest(self) -> Option<Date> {
        match self.0 {
            Form::At(point) => point.last(),
            Form::Between(_, end) => end.and_then(Point::last),
        }
    }

    /// The day, where the date is one day of a known year.
    #[must_use]
    pub fn as_day(self) -> Option<Date> {
        match self.0 {
            Form::At(Point::Day(date)) => Some(date),
            _ => None,
        }
    }

    /// True for an interval, whose ends may be open.
    #[must_use]
    pub fn is_interval(self) -> bool {
        matches!(self.0, Form::Between(..))
    }

    /// True where the date is one day, or runs from day to day, whether the year is known or not.
    #[must_use]
    pub fn tells_days(self) -> bool {
        let day = |point: Point| matches!(point, Point::Day(_) | Point::DayOfAnyYear { .. });
        match self.0 {
            Form::At(point) => day(point),
            Form::Between(start, end) => start.is_some_and(day) && end.is_some_and(day),
        }
    }

    /// True where the year is not known.
    #[must_use]
    pub fn lacks_year(self) -> bool {
        let lacks = |point: Point| matches!(point, Point::DayOfAnyYear { .. } | Point::MonthOfAnyYear(_));
        match self.0 {
            Form::At(point) => lacks(point),
            Form::Between(start, end) => start.is_some_and(lacks) || end.is_some_and(lacks),
        }
    }

    /// The same date in a known year, where the year was not known; `None` where that is no date (29 February).
    #[must_use]
    pub fn in_year(self, year: i16) -> Option<Self> {
        let set = |point: Point| match point {
            Point::DayOfAnyYear { month, day } => Date::new(year, month, day).ok().map(Point::Day),
            Point::MonthOfAnyYear(month) => Some(Point::Month { year, month }),
            known => Some(known),
        };
        match self.0 {
            Form::At(point) => Self::checked(set(point)),
            Form::Between(start, end) => {
                let at = |point: Option<Point>| match point {
                    None => Some(None),
                    Some(point) => Self::checked(set(point)).map(Some),
                };
                Self::between(at(start)?, at(end)?)
            }
        }
    }

    /// The same date in a known year; an interval over New Year, "XXXX-12-28/XXXX-01-03", from that year into the next.
    fn begun_in(self, year: i16) -> Option<Self> {
        self.in_year(year).or_else(|| {
            let Form::Between(start, end) = self.0 else { return None };
            let at = |point: Option<Point>, year| Self(Form::At(point?)).in_year(year);
            Self::between(Some(at(start, year)?), Some(at(end, year + 1)?))
        })
    }

    /// True if the two may speak of a common day. A date without a year overlaps any with a fitting month and day.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let fits = |vague: Self, exact: Self| match (exact.earliest(), exact.latest()) {
            (Some(first), Some(last)) => {
                (first.year() - 1..=last.year()).any(|y| vague.begun_in(y).is_some_and(|v| v.overlaps(exact)))
            }
            _ => true,
        };
        if self == other {
            return true;
        }
        match (self.lacks_year(), other.lacks_year()) {
            // A leap year and its neighbours, for what runs over New Year.
            (true, true) => {
                let years = 2023..=2025;
                let others: Vec<Self> = years.clone().filter_map(|year| other.begun_in(year)).collect();
                years.filter_map(|year| self.begun_in(year)).any(|own| others.iter().any(|other| own.overlaps(*other)))
            }
            (true, false) => fits(self, other),
            (false, true) => fits(other, self),
            (false, false) => {
                let before =
                    |end: Option<Date>, start: Option<Date>| matches!((end, start), (Some(e), Some(s)) if e < s);
                !before(self.latest(), other.earliest()) && !before(other.latest(), self.earliest())
            }
        }
    }

    fn parse(text: &str, years: &Years) -> Option<Self> {
        let point = |part: &str| Point::parse(part, years).map(|p| Self(Form::At(p)));
        match text.split_once('/') {
            None => point(text),
            Some((start, end)) => {
                let side = |part: &str| if part == ".." { Some(None) } else { point(part).map(Some) };
                Self::between(side(start)?, side(end)?)
            }
        }
    }

    fn checked(point: Option<Point>) -> Option<Self> {
        point
            .filter(|p| p.first().is_none_or(|date| YEARS.contains(&date.year())))
            .filter(|p| match p {
                Point::Year(y)
                | Point::Month { year: y, .. }
                | Point::Quarter { year: y, .. }
                | Point::Half { year: y, .. } => YEARS.contains(y),
                _ => true,
            })
            .map(|point| Self(Form::At(point)))
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |f: &mut fmt::Formatter<'_>, point: Option<Point>| match point {
            Some(point) => write!(f, "{point}"),
            None => f.write_str(".."),
        };
        match self.0 {
            Form::At(point) => write!(f, "{point}"),
            Form::Between(start, finish) => {
                end(f, start)?;
                f.write_str("/")?;
                end(f, finish)
            }
        }
    }
}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Self, EdtfError> {
        Self::parse(text, &YEARS).ok_or_else(|| EdtfError(text.chars().take(80).collect()))
    }
}

impl Serialize for Edtf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Reads the text where it lies.
        struct Written;

        impl Visitor<'_> for Written {
            type Value = Edtf;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an EDTF date")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Edtf, E> {
                Edtf::parse(text, &STORED_YEARS)
                    .ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_str(Written)
    }
}

/// Whether the report says a date in full, or the reader completed it, and from what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Basis {
    /// Written in full.
    Stated,
    /// Year (or day, for "sáng nay") completed from the publication date.
    InferredFromPublication,
    /// Completed from another date in the report.
    InferredFromText,
    /// Completed from the meeting's own date ("đến cuối năm", "cùng kỳ").
    InferredFromMeeting,
    /// Said by a person who knows better than the reports.
    Corrected,
}

/// A date with its basis and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DatedFact {
    /// The date.
    pub date: Edtf,
    /// Stated, or inferred from what.
    pub basis: Basis,
    /// Where the words for it stand.
    pub span: Option<Span>,
}
