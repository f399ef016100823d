//! The order of hits: `order_by` read and checked, and documents turned into sort values.

use super::error::SearchError;
use super::schema::Unit;

/// Most fields of an order.
const MAX_FIELDS: usize = 3;

/// One part of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct By {
    pub(super) field: SortField,
    pub(super) descending: bool,
}

/// What hits can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SortField {
    /// Best first.
    Relevance,
    /// First day of the meeting.
    Date,
    /// Last change of the meeting's record.
    Updated,
    /// First day of the deadline.
    Deadline,
    /// The lower end of the value.
    Value,
    /// First day of the period.
    Period,
}

/// Names of the fields that hits of a unit can be sorted by.
pub(super) fn names(unit: Unit) -> impl Iterator<Item = &'static str> {
    known(unit).iter().map(|(name, _)| *name)
}

fn known(unit: Unit) -> &'static [(&'static str, SortField)] {
    use SortField::{Date, Deadline, Period, Relevance, Updated, Value};
    match unit {
        Unit::Meeting => &[("relevance", Relevance), ("date", Date), ("update_time", Updated)],
        Unit::Item => &[("relevance", Relevance), ("date", Date), ("deadline", Deadline), ("update_time", Updated)],
        Unit::Figure => {
            &[("relevance", Relevance), ("date", Date), ("value", Value), ("period", Period), ("update_time", Updated)]
        }
    }
}

/// Reads an order; `scored` tells if there is a query to be relevant to. The date breaks ties of relevance.
pub(super) fn parse(text: &str, unit: Unit, scored: bool) -> Result<Vec<By>, SearchError> {
    let mut order = Vec::new();
    let mut at = 0;
    for part in text.split(',') {
        let position = u32::try_from(at).unwrap_or(u32::MAX);
        at += part.chars().count() + 1;
        if text.trim().is_empty() {
            break;
        }
        let by = one(part, unit).map_err(|message| SearchError::OrderBy { position, message })?;
        if order.iter().any(|other: &By| other.field == by.field) {
            return Err(SearchError::OrderBy { position, message: "the field is named twice".into() });
        }
        if order.len() == MAX_FIELDS {
            return Err(SearchError::OrderBy { position, message: format!("more than {MAX_FIELDS} fields") });
        }
        // Relevance is the same for all where nothing is asked for.
        if scored || by.field != SortField::Relevance {
            order.push(by);
        }
    }
    if order.is_empty() && scored {
        order.push(By { field: SortField::Relevance, descending: true });
    }
    if order.len() < MAX_FIELDS && order.iter().all(|by| by.field != SortField::Date) {
        order.push(By { field: SortField::Date, descending: true });
    }
    Ok(order)
}

fn one(part: &str, unit: Unit) -> Result<By, String> {
    let mut words = part.split_whitespace();
    let name = words.next().unwrap_or_default();
    let Some((_, field)) = known(unit).iter().find(|(known, _)| *known == name) else {
        let names: Vec<_> = names(unit).collect();
        return Err(format!("unknown field {name:?}; fields are {}", names.join(", ")));
    };
    let descending = match words.next() {
        // Relevance means best first, however it is written.
        None => *field == SortField::Relevance,
        Some("desc") => true,
        Some("asc") if *field != SortField::Relevance => false,
        Some(other) => return Err(format!("{other:?} is no direction; write desc or nothing")),
    };
    match words.next() {
        None => Ok(By { field: *field, descending }),
        Some(extra) => Err(format!("{extra:?} is one word too many")),
    }
}

impl By {
    /// The sort value of a whole number; what is not set comes last either way.
    pub(super) fn whole(self, value: Option<i64>) -> u64 {
        self.turned(value.map(|value| (value as u64) ^ (1 << 63)))
    }

    /// The sort value of a number.
    pub(super) fn number(self, value: Option<f64>) -> u64 {
        self.turned(value.map(|value| {
            let bits = value.to_bits();
            if value.is_sign_negative() { !bits } else { bits ^ (1 << 63) }
        }))
    }

    /// The sort value of a score, which is never negative.
    pub(super) fn score(self, score: f32) -> u64 {
        self.turned(Some(u64::from(score.max(0.0).to_bits())))
    }

    fn turned(self, value: Option<u64>) -> u64 {
        match value {
            None => u64::MAX,
            Some(value) if self.descending => (!value).min(u64::MAX - 1),
            Some(value) => value.min(u64::MAX - 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str, scored: bool) -> Vec<(SortField, bool)> {
        parse(text, Unit::Figure, scored).expect(text).into_iter().map(|by| (by.field, by.descending)).collect()
    }

    #[test]
    fn orders_are_read() {
        use SortField::{Date, Relevance, Value};
        assert_eq!(fields("", true), [(Relevance, true), (Date, true)]);
        assert_eq!(fields(" ", false), [(Date, true)]);
        assert_eq!(fields("date, value desc", true), [(Date, false), (Value, true)]);
        assert_eq!(fields("relevance", false), [(Date, true)]);
    }

    #[test]
    fn faults_have_a_place() {
        let position = |text: &str| match parse(text, Unit::Item, true) {
            Err(SearchError::OrderBy { position, .. }) => position,
            other => panic!("{other:?}"),
        };
        assert_eq!(position("value"), 0);
        assert_eq!(position("date desc,dat"), 10);
        assert_eq!(position("date down"), 0);
        assert_eq!(position("date,date"), 5);
        assert_eq!(position("date,"), 5);
    }

    #[test]
    fn sort_values_keep_the_order() {
        let (up, down) =
            (By { field: SortField::Value, descending: false }, By { field: SortField::Value, descending: true });
        assert!(up.whole(Some(-5)) < up.whole(Some(3)) && up.whole(Some(3)) < up.whole(None));
        assert!(down.whole(Some(3)) < down.whole(Some(-5)) && down.whole(Some(-5)) < down.whole(None));
        assert!(up.number(Some(-2.5)) < up.number(Some(-1.0)) && up.number(Some(-1.0)) < up.number(Some(0.5)));
        assert!(down.score(2.0) < down.score(1.0));
    }
}
