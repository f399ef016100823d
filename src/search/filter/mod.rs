//! The filter language for programs: AIP-160 (<https://google.aip.dev/160>) over a published list of fields.
//!
//! [`parse`] reads a filter and checks it against the fields a method offers; the [`Filter`] it gives is a plain value that the
//! index turns into a query, and that [`Filter::matches`] tests on records held elsewhere. Parsing, meaning and execution are apart.
//!
//! What is understood: `field op value` with `=`, `!=`, `<`, `<=`, `>`, `>=` and `:` (has), `AND`, `OR` (binds tighter), `NOT` or
//! `-`, parentheses, words side by side (as `AND`), values bare or quoted, `field:*` (is set). Dates are EDTF of any
//! precision and compared by interval: a comparison holds if it holds for some day of the stored date.

mod check;
mod evaluate;
mod fields;
mod lex;
mod names;
mod syntax;

pub use check::{Comparator, Filter, Literal, Test};
pub use evaluate::{Record, Value};
pub use fields::{FieldList, FieldSpec, ValueKind};
pub(crate) use names::{NameKey, name_key};

use super::error::SearchError;

/// Longest filter read, in bytes.
pub const MAX_BYTES: usize = 8 * 1024;
/// Most comparisons in one filter.
pub const MAX_TESTS: usize = 100;
/// Deepest nesting of parentheses and `NOT`.
pub const MAX_DEPTH: usize = 20;

/// Reads a filter over these fields; `None` for an empty one, which lets everything pass.
///
/// # Errors
/// [`SearchError::Filter`] with the position of the first fault.
pub fn parse(text: &str, fields: &FieldList) -> Result<Option<Filter>, SearchError> {
    if text.len() > MAX_BYTES {
        return Err(fault(0, format!("longer than {MAX_BYTES} bytes")));
    }
    match syntax::parse(text)? {
        Some(tree) => check::check(&tree, fields).map(Some),
        None => Ok(None),
    }
}

/// A fault without near names.
fn fault(position: u32, message: impl Into<String>) -> SearchError {
    SearchError::Filter { position, message: message.into(), near: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FIELDS: FieldList = FieldList::new(&[
        FieldSpec::new("date", ValueKind::Date, ""),
        FieldSpec::new("value", ValueKind::Number, ""),
        FieldSpec::new("convener", ValueKind::Name, ""),
    ]);

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            let _ = parse(&text, &FIELDS);
        }

        #[test]
        fn no_mixture_of_tokens_makes_it_panic(
            tokens in proptest::collection::vec(
                prop::sample::select(vec!["date", "=", "(", ")", "AND", "OR", "NOT", "-", "\"", ":", "*", "2023-01", "value", "<=", "!", "."]),
                0..40,
            ),
            spaced in any::<bool>(),
        ) {
            let _ = parse(&tokens.join(if spaced { " " } else { "" }), &FIELDS);
        }
    }

    #[test]
    fn hostile_filters_are_refused_quickly() {
        let bad = |text: String| parse(&text, &FIELDS).unwrap_err();
        bad("(".repeat(4000));
        bad("NOT ".repeat(1000) + "value=1");
        bad("x".repeat(MAX_BYTES + 1));
        bad((0..200).map(|n| format!("value={n}")).collect::<Vec<_>>().join(" OR "));
    }
}
