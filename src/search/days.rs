//! Dates as the index keeps them: the first and the last day as day numbers.

use jiff::civil::{Date, date};

use crate::model::Edtf;

/// Stands for a start that is open.
pub(super) const BEGINNING: i64 = -1_000_000;
/// Stands for an end that is open.
pub(super) const END: i64 = 1_000_000;

/// Days since 1970-01-01.
pub(super) fn day_number(day: Date) -> i64 {
    // A difference of whole days is a multiple of 24 hours.
    day.duration_since(date(1970, 1, 1)).as_hours() / 24
}

/// The day of a number; `None` outside the calendar.
pub(super) fn day_of(number: i64) -> Option<Date> {
    let days = jiff::Span::new().try_days(number).ok()?;
    date(1970, 1, 1).checked_add(days).ok()
}

/// First and last day number of a date, open ends told by [`BEGINNING`] and [`END`]; `None` where the year is not known.
pub(super) fn day_range(date: Edtf) -> Option<(i64, i64)> {
    if date.lacks_year() {
        return None;
    }
    Some((date.earliest().map_or(BEGINNING, day_number), date.latest().map_or(END, day_number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_round_trip() {
        for day in [date(1970, 1, 1), date(1930, 2, 3), date(2024, 2, 29)] {
            assert_eq!(day_of(day_number(day)), Some(day));
        }
        assert_eq!(day_number(date(1970, 1, 2)), 1);
        assert_eq!(day_of(i64::MAX), None);
    }

    #[test]
    fn open_ends_are_far_away() {
        assert_eq!(day_range("../2024-01-01".parse().expect("date")).map(|r| r.0), Some(BEGINNING));
        assert_eq!(day_range("XXXX-07".parse().expect("date")), None);
    }
}
