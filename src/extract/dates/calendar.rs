//! Completing dates against a known day.

use std::ops::Range;

use jiff::civil::Date;

use super::parser::{months_of, relative_to};
use super::{DateExpression, Meaning};
use crate::model::{Basis, DatedFact, Edtf};
use crate::text::Reading;

/// What is known of the time a report speaks from.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::extract) struct Calendar {
    published: Option<Edtf>,
    meeting: Option<Edtf>,
}

impl Calendar {
    /// `published` as handed over with the report; `meeting` where it is known already.
    pub(in crate::extract) fn new(published: Option<Edtf>, meeting: Option<Edtf>) -> Self {
        Self { published, meeting: meeting.filter(|date| !date.lacks_year()) }
    }

    /// The date that an expression means, with its basis. A day of no year stays without one where nothing is known; an expression
    /// that is nothing without a known day gives `None`.
    pub(in crate::extract) fn resolve(
        self,
        reading: &Reading,
        tokens: Range<usize>,
        expression: &DateExpression,
    ) -> Option<DatedFact> {
        let fact = |date, basis| DatedFact { date, basis, span: Some(reading.span(tokens.clone())) };
        if let Some(date) = expression.date {
            if !date.lacks_year() {
                return Some(fact(date, Basis::Stated));
            }
            let completed = self.known().and_then(|(known, basis)| Some(fact(nearest_year(date, known)?, basis)));
            return Some(completed.unwrap_or(fact(date, Basis::Stated)));
        }
        let (known, basis) = match expression.meaning {
            Meaning::Relative(super::Relative::SameDay) => (self.meeting?, Basis::InferredFromMeeting),
            Meaning::Relative(_) => match self.published.filter(|date| date.as_day().is_some()) {
                Some(published) => (published, Basis::InferredFromPublication),
                None => self.known()?,
            },
            _ => self.known()?,
        };
        let date = match expression.meaning {
            Meaning::Relative(relative) => relative_to(relative, known),
            Meaning::Months { first, last } => months_of(known.earliest()?.year(), first, last),
            _ => None,
        }?;
        Some(fact(date, basis))
    }

    fn known(self) -> Option<(Edtf, Basis)> {
        let meeting = self.meeting.map(|date| (date, Basis::InferredFromMeeting));
        meeting.or(self.published.map(|date| (date, Basis::InferredFromPublication)))
    }
}

/// The date in the year that brings it nearest to a known one.
fn nearest_year(date: Edtf, known: Edtf) -> Option<Edtf> {
    let year = known.earliest().or(known.latest())?.year();
    (year - 1..=year + 1).filter_map(|year| date.in_year(year)).min_by_key(|candidate| distance(*candidate, known))
}

/// Days between two dates, 0 where they overlap.
pub(super) fn distance(one: Edtf, other: Edtf) -> i32 {
    let days = |from: Option<Date>, to: Option<Date>| match (from, to) {
        (Some(from), Some(to)) => from.until(to).map_or(i32::MAX, |span| span.get_days()),
        _ => 0,
    };
    days(one.latest(), other.earliest()).max(days(other.latest(), one.earliest())).max(0)
}
