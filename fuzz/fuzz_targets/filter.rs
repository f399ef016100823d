//! Any text is a filter or is refused at a place inside it; parentheses change nothing, and NOT turns the answer round.

#![no_main]

use std::sync::LazyLock;

use bienban::search::filter::{MAX_BYTES, Record, Value, parse};
use bienban::search::{SearchError, Unit, fields};
use bienban::text::Abbreviations;
use libfuzzer_sys::fuzz_target;

static ABBREVIATIONS: LazyLock<Abbreviations> = LazyLock::new(Abbreviations::new);

struct Meeting;

impl Record for Meeting {
    fn field(&self, name: &str) -> Vec<Value> {
        let name_of =
            |id: &str, name: &str| vec![Value::Name { id: id.to_owned(), names: vec![name.to_owned()] }];
        match name {
            "date" => "2023-12-06/2023-12-08".parse().map(Value::Date).into_iter().collect(),
            "convener" => name_of("org-1", "Thành ủy Bạch Giang"),
            "person" | "participant" => name_of("per-1", "Trần Văn Lân"),
            "session_number" => vec![Value::Number(5.0, 5.0)],
            "extended" => vec![Value::Boolean(true)],
            "kind" => vec![Value::Text("CONFERENCE".to_owned())],
            "title" => vec![Value::Text("Hội nghị UBND TP.HCM lần thứ 5 (mở rộng)".to_owned())],
            "report" => vec![Value::Text("reports/r-1".to_owned())],
            _ => Vec::new(),
        }
    }
}

fuzz_target!(|text: &str| {
    for unit in Unit::ALL {
        match parse(text, &fields(unit)) {
            Ok(None) => assert!(text.chars().all(char::is_whitespace)),
            Ok(Some(filter)) => {
                let passes = filter.matches(&Meeting, &ABBREVIATIONS);
                // One level deeper, or longer, may be too much; whatever is read means the same.
                if let Ok(again) = parse(&format!("({text})"), &fields(unit)) {
                    assert_eq!(again, Some(filter));
                }
                if let Ok(negated) = parse(&format!("NOT ({text})"), &fields(unit)) {
                    assert_eq!(negated.map(|filter| filter.matches(&Meeting, &ABBREVIATIONS)), Some(!passes));
                }
            }
            Err(SearchError::Filter { position, message, near }) => {
                assert!(position as usize <= text.chars().count(), "{position}: {message}");
                assert!(!message.is_empty() && message.len() <= 2 * MAX_BYTES + 2_000);
                assert!(near.len() <= 3);
            }
            Err(other) => panic!("{other}"),
        }
    }
});
