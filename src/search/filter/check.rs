//! From the tree of a filter to its meaning: known fields, fitting operators, typed values.

use crate::model::Edtf;

use super::fields::{FieldList, FieldSpec, ValueKind, near};
use super::syntax::{Restriction, Syntax};
use super::{SearchError, fault};

/// A filter that was read and checked.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// All hold.
    All(Vec<Filter>),
    /// At least one holds.
    Any(Vec<Filter>),
    /// It does not hold.
    Not(Box<Filter>),
    /// A comparison.
    Test(Test),
}

/// One comparison. On a field with several values it holds if it holds for any of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// The field.
    pub field: &'static FieldSpec,
    /// How it is compared. `!=` is told as [`Filter::Not`] of [`Comparator::Equal`].
    pub comparator: Comparator,
    /// With what.
    pub literal: Literal,
}

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparator {
    /// `=`.
    Equal,
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
    /// `:`.
    Has,
}

/// A value of a filter, of the field's kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `*` behind `:`: any value at all.
    Any,
    /// A word of the enumeration, as it is published.
    Word(&'static str),
    /// A name, words, an id or a code.
    Text(String),
    /// A number.
    Number(f64),
    /// A date.
    Date(Edtf),
    /// A moment, or the first and the last microsecond of a day, since 1970-01-01T00:00:00Z.
    Time(i64, i64),
    /// A truth value.
    Boolean(bool),
}

/// Gives a tree its meaning.
pub(super) fn check(tree: &Syntax, fields: &FieldList) -> Result<Filter, SearchError> {
    let all = |parts: &[Syntax]| parts.iter().map(|part| check(part, fields)).collect::<Result<Vec<_>, _>>();
    match tree {
        Syntax::All(parts) => all(parts).map(Filter::All),
        Syntax::Any(parts) => all(parts).map(Filter::Any),
        Syntax::Not(inner) => check(inner, fields).map(|inner| Filter::Not(Box::new(inner))),
        Syntax::Restriction(restriction) => test(restriction, fields),
    }
}

fn test(restriction: &Restriction, fields: &FieldList) -> Result<Filter, SearchError> {
    let Restriction { field: name, field_at, comparator, value, value_at, quoted } = restriction;
    let Some(field) = fields.get(name) else {
        let near = fields.near(name);
        let message = if comparator.is_none() && near.is_empty() {
            format!("{name:?} is no comparison; write field = value")
        } else {
            format!("unknown field {name:?}; fields are {}", known(fields))
        };
        return Err(SearchError::Filter { position: *field_at, message, near });
    };
    let Some((sign, sign_at)) = *comparator else {
        return Err(fault(*field_at, format!("field {name:?} is not compared with anything")));
    };
    let (comparator, negated) = comparator_of(sign);
    if comparator != Comparator::Equal && comparator != Comparator::Has && !field.kind.is_ordered() {
        return Err(fault(sign_at, format!("field {name:?} has no order; it takes =, != and :")));
    }
    let literal = if value == "*" && !quoted && comparator == Comparator::Has {
        Literal::Any
    } else {
        literal(field, value, *value_at)?
    };
    let test = Filter::Test(Test { field, comparator, literal });
    Ok(if negated { Filter::Not(Box::new(test)) } else { test })
}

fn known(fields: &FieldList) -> String {
    fields.fields().iter().map(|field| field.name).collect::<Vec<_>>().join(", ")
}

fn comparator_of(sign: &str) -> (Comparator, bool) {
    match sign {
        "!=" => (Comparator::Equal, true),
        "<" => (Comparator::Less, false),
        "<=" => (Comparator::LessOrEqual, false),
        ">" => (Comparator::Greater, false),
        ">=" => (Comparator::GreaterOrEqual, false),
        ":" => (Comparator::Has, false),
        _ => (Comparator::Equal, false),
    }
}

fn literal(field: &FieldSpec, value: &str, at: u32) -> Result<Literal, SearchError> {
    let name = field.name;
    match field.kind {
        ValueKind::Enumeration(words) => match words.iter().find(|word| word.eq_ignore_ascii_case(value)) {
            Some(word) => Ok(Literal::Word(word)),
            None => Err(SearchError::Filter {
                position: at,
                message: format!("{name:?} has no value {value:?}; values are {}", words.join(", ")),
                near: near(value, words.iter().copied()),
            }),
        },
        ValueKind::Number => match value.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Literal::Number(number)),
            _ => Err(fault(at, format!("{name:?} is compared with a number such as 12.5, not {value:?}"))),
        },
        ValueKind::Date => match date(value) {
            // March of any year is no interval.
            Some(date) if date.lacks_year() => Err(fault(at, format!("{value:?} must have a known year"))),
            Some(date) => Ok(Literal::Date(date)),
            None => {
                let forms = "a date such as 2023-12-06, 2023-12 or 2023";
                Err(fault(at, format!("{name:?} is compared with {forms}, not {value:?}")))
            }
        },
        ValueKind::Time => moment(value).ok_or_else(|| {
            let forms = "a time such as 2024-01-31T08:00:00Z or a day such as 2024-01-31";
            fault(at, format!("{name:?} is compared with {forms}, not {value:?}"))
        }),
        ValueKind::Boolean => match value.to_ascii_lowercase().as_str() {
            "true" => Ok(Literal::Boolean(true)),
            "false" => Ok(Literal::Boolean(false)),
            _ => Err(fault(at, format!("{name:?} is true or false, not {value:?}"))),
        },
        ValueKind::Name | ValueKind::Text | ValueKind::Code => {
            if value.trim().is_empty() {
                return Err(fault(at, format!("{name:?} is compared with an empty text; {name}:* asks if it is set")));
            }
            Ok(Literal::Text(value.to_owned()))
        }
    }
}

fn moment(value: &str) -> Option<Literal> {
    if let Ok(time) = value.parse::<jiff::Timestamp>() {
        return Some(Literal::Time(time.as_microsecond(), time.as_microsecond()));
    }
    const DAY: i64 = 24 * 60 * 60 * 1_000_000;
    let first = value.parse::<Edtf>().ok()?.as_day()?.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    let first = first.timestamp().as_microsecond();
    Some(Literal::Time(first, first + DAY - 1))
}

/// A date of any precision: `202X` is its decade, `20XX` its century, `2023-XX` its year, `2023-12-XX` its month.
fn date(value: &str) -> Option<Edtf> {
    let day = day_of(value);
    let written = match day.as_bytes() {
        [_, _, _, b'X'] if day.is_ascii() && !day.starts_with('X') => {
            let known = day.trim_end_matches('X');
            let fill = |digit: &str| format!("{known}{}", digit.repeat(4 - known.len()));
            format!("{}/{}", fill("0"), fill("9"))
        }
        _ => day.trim_end_matches("-XX").to_owned(),
    };
    written.parse().ok()
}

/// The day of an RFC 3339 time; other texts as they are.
fn day_of(value: &str) -> &str {
    match value.split_once(['T', 't']) {
        Some((day, time)) if day.len() == 10 && time.contains(':') => day,
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    const FIELDS: FieldList = FieldList::new(&[
        FieldSpec::new("date", ValueKind::Date, ""),
        FieldSpec::new("kind", ValueKind::Enumeration(&["CONFERENCE", "PLENARY"]), ""),
        FieldSpec::new("convener", ValueKind::Name, ""),
        FieldSpec::new("value", ValueKind::Number, ""),
        FieldSpec::new("extended", ValueKind::Boolean, ""),
        FieldSpec::new("update_time", ValueKind::Time, ""),
    ]);

    fn refused(text: &str) -> (u32, String, Vec<String>) {
        match parse(text, &FIELDS) {
            Err(SearchError::Filter { position, message, near }) => (position, message, near),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn values_are_typed() {
        let Ok(Some(Filter::All(parts))) =
            parse("date >= 2023-12 kind = plenary extended=TRUE value:* date<2024-01-02T03:04:05Z", &FIELDS)
        else {
            panic!("reads")
        };
        let literals: Vec<_> = parts
            .into_iter()
            .map(|part| match part {
                Filter::Test(test) => test.literal,
                other => panic!("{other:?}"),
            })
            .collect();
        let date = |text: &str| Literal::Date(text.parse().expect("date"));
        assert_eq!(
            literals,
            [date("2023-12"), Literal::Word("PLENARY"), Literal::Boolean(true), Literal::Any, date("2024-01-02")]
        );
    }

    #[test]
    fn times_are_moments_or_days() {
        let literal = |text: &str| match parse(text, &FIELDS) {
            Ok(Some(Filter::Test(test))) => test.literal,
            other => panic!("{other:?}"),
        };
        assert_eq!(literal("update_time > 1970-01-01T07:00:01+07:00"), Literal::Time(1_000_000, 1_000_000));
        assert_eq!(literal("update_time = 1970-01-02"), Literal::Time(86_400_000_000, 172_799_999_999));
        assert_eq!(refused("update_time = 1970").0, 14);
    }

    #[test]
    fn unequal_is_not_equal() {
        assert!(matches!(parse("value != 3", &FIELDS), Ok(Some(Filter::Not(_)))));
    }

    #[test]
    fn faults_say_where_and_what_would_be_right() {
        assert_eq!(refused("date >= 2023 AND conveyner = x").0, 17);
        assert_eq!(refused("conveyner = x").2, ["convener"]);
        assert_eq!(refused("kind = PLENUM").2, ["PLENARY"]);
        assert_eq!(refused("date = 2023-02-30").0, 7);
        assert!(matches!(refused("date = XXXX-03"), (7, message, _) if message.contains("known year")));
        assert_eq!(refused("value > many").0, 8);
        assert_eq!(refused("value = NaN").0, 8);
        assert_eq!(refused("convener < x").0, 9);
        assert_eq!(refused("convener = \"\"").0, 11);
        assert_eq!(refused("convener").0, 0);
        assert!(refused("hội nghị").1.contains("no comparison"));
    }
}
