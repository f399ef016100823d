//! Tests a filter on records that are held elsewhere.

use crate::model::{Edtf, EntityRef};
use crate::text::{Abbreviations, Typing};

use super::check::{Comparator, Filter, Literal, Test};
use super::fields::ValueKind;
use super::names::name_key;

/// A value of a record's field.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// An entity: its id and its names.
    Name {
        /// Id without the collection.
        id: String,
        /// Every name it goes by.
        names: Vec<String>,
    },
    /// Words, a code or a word of an enumeration.
    Text(String),
    /// A number or, with two different ends, a range.
    Number(f64, f64),
    /// A date.
    Date(Edtf),
    /// A moment, in microseconds since 1970-01-01T00:00:00Z.
    Time(i64),
    /// A truth value.
    Boolean(bool),
}

impl Value {
    /// An entity with the one name it is shown under.
    #[must_use]
    pub fn entity(entity: &EntityRef) -> Self {
        Self::Name { id: entity.id.as_str().to_owned(), names: vec![entity.display_name.clone()] }
    }
}

/// A record that filters can be tested on.
pub trait Record {
    /// The values of a field of the list that the filter was checked against; none where it is not set.
    fn field(&self, name: &str) -> Vec<Value>;
}

impl Filter {
    /// True if the record passes.
    #[must_use]
    pub fn matches(&self, record: &dyn Record, abbreviations: &Abbreviations) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.matches(record, abbreviations)),
            Self::Any(parts) => parts.iter().any(|part| part.matches(record, abbreviations)),
            Self::Not(inner) => !inner.matches(record, abbreviations),
            Self::Test(test) => record.field(test.field.name).iter().any(|value| test.holds(value, abbreviations)),
        }
    }
}

impl Test {
    fn holds(&self, value: &Value, abbreviations: &Abbreviations) -> bool {
        match (&self.literal, value) {
            (Literal::Any, _) => true,
            (Literal::Word(word), Value::Text(text)) => word.eq_ignore_ascii_case(text),
            (Literal::Boolean(wanted), Value::Boolean(is)) => wanted == is,
            (Literal::Number(wanted), Value::Number(low, high)) => self.number_holds(*wanted, *low, *high),
            (Literal::Date(wanted), Value::Date(date)) => self.date_holds(*wanted, *date),
            (Literal::Time(first, last), Value::Time(at)) => self.time_holds(*first, *last, *at),
            (Literal::Text(wanted), Value::Text(text)) if self.field.kind == ValueKind::Code => {
                wanted == text || text.split_once('/').is_some_and(|(_, id)| id == wanted)
            }
            (Literal::Text(wanted), Value::Text(text)) => self.text_holds(wanted, text, abbreviations),
            (Literal::Text(wanted), Value::Name { id, names }) => match wanted.strip_prefix("entities/") {
                Some(wanted) => wanted == id,
                None => wanted == id || names.iter().any(|name| self.text_holds(wanted, name, abbreviations)),
            },
            _ => false,
        }
    }

    fn number_holds(&self, wanted: f64, low: f64, high: f64) -> bool {
        match self.comparator {
            Comparator::Equal | Comparator::Has => low <= wanted && wanted <= high,
            Comparator::Less => low < wanted,
            Comparator::LessOrEqual => low <= wanted,
            Comparator::Greater => high > wanted,
            Comparator::GreaterOrEqual => high >= wanted,
        }
    }

    fn time_holds(&self, first: i64, last: i64, at: i64) -> bool {
        match self.comparator {
            Comparator::Equal | Comparator::Has => (first..=last).contains(&at),
            Comparator::Less => at < first,
            Comparator::LessOrEqual => at <= last,
            Comparator::Greater => at > last,
            Comparator::GreaterOrEqual => at >= first,
        }
    }

    /// Holds if some day of the date fits; never for a date without a year.
    fn date_holds(&self, wanted: Edtf, date: Edtf) -> bool {
        match self.comparator {
            _ if date.lacks_year() => false,
            Comparator::Equal | Comparator::Has => date.overlaps(wanted),
            Comparator::Less => wanted.earliest().is_some_and(|w| date.earliest().is_none_or(|d| d < w)),
            Comparator::LessOrEqual => wanted.latest().is_none_or(|w| date.earliest().is_none_or(|d| d <= w)),
            Comparator::Greater => wanted.latest().is_some_and(|w| date.latest().is_none_or(|d| d > w)),
            Comparator::GreaterOrEqual => wanted.earliest().is_none_or(|w| date.latest().is_none_or(|d| d >= w)),
        }
    }

    fn text_holds(&self, wanted: &str, text: &str, abbreviations: &Abbreviations) -> bool {
        if wanted == text {
            return true;
        }
        let wanted = name_key(wanted, Typing::Hasty, abbreviations);
        let stored = name_key(text, Typing::Edited, abbreviations);
        match self.comparator {
            Comparator::Has => wanted.is_part_of(&stored),
            _ => !wanted.bare.is_empty() && wanted.equals(&stored),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FieldList, FieldSpec, parse};
    use super::*;

    const FIELDS: FieldList = FieldList::new(&[
        FieldSpec::new("date", ValueKind::Date, ""),
        FieldSpec::new("convener", ValueKind::Name, ""),
        FieldSpec::new("value", ValueKind::Number, ""),
        FieldSpec::new("url", ValueKind::Code, ""),
        FieldSpec::new("report", ValueKind::Code, ""),
    ]);

    struct Meeting;

    impl Record for Meeting {
        fn field(&self, name: &str) -> Vec<Value> {
            match name {
                "date" => vec![Value::Date("2023-12-06/2023-12-08".parse().expect("date"))],
                "convener" => {
                    vec![Value::Name { id: "org-1".into(), names: vec!["Thành ủy Bạch Giang".into()] }]
                }
                "report" => vec![Value::Text("reports/r-1".into())],
                "value" => vec![Value::Number(10.0, 12.0)],
                _ => vec![],
            }
        }
    }

    fn passes(filter: &str) -> bool {
        parse(filter, &FIELDS).expect(filter).expect("not empty").matches(&Meeting, &Abbreviations::new())
    }

    #[test]
    fn dates_are_compared_by_interval() {
        for holds in
            ["date = 2023-12-07", "date = 2023", "date >= 2023-12-08", "date < 2023-12-07", "date <= 2023-12-06"]
        {
            assert!(passes(holds), "{holds}");
        }
        for fails in ["date = 2023-12-09", "date > 2023-12-08", "date < 2023-12-06", "date != 2023", "date = 2024"] {
            assert!(!passes(fails), "{fails}");
        }
    }

    #[test]
    fn names_and_ids_alike() {
        for holds in [
            "convener = \"thành uỷ bạch giang\"",
            "convener = entities/org-1",
            "convener : \"Bạch Giang\"",
            "convener:giang",
            "convener:*",
            "NOT url:*",
        ] {
            assert!(passes(holds), "{holds}");
        }
        for fails in ["convener = \"Bạch Giang\"", "convener = entities/org-2", "convener:gian", "convener:giàng"] {
            assert!(!passes(fails), "{fails}");
        }
    }

    #[test]
    fn codes_are_compared_as_they_are() {
        assert!(passes("report = reports/r-1") && passes("report = r-1"));
        assert!(!passes("report = R-1"));
    }

    #[test]
    fn ranges_overlap() {
        assert!(passes("value > 11 AND value < 11 AND value = 11"));
        assert!(!passes("value > 12 OR value < 10"));
    }
}
