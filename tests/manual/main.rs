//! The proto is the manual: every field that a filter takes stands in it.

use bienban::search::Unit;
use bienban::search::fields;

fn request(file: &str, message: &str) -> String {
    let path = format!("{}/proto/bienban/v1/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the file");
    let from = text.find(&format!("message {message} {{")).expect("the message");
    let to = text[from..].find("\n}").expect("its end");
    text[from..from + to].to_owned()
}

#[test]
fn every_filter_field_of_a_search_is_documented() {
    for (unit, message) in [
        (Unit::Meeting, "SearchMeetingsRequest"),
        (Unit::Item, "SearchItemsRequest"),
        (Unit::Figure, "SearchFiguresRequest"),
    ] {
        let manual = request("search_service.proto", message);
        let words: Vec<&str> = manual.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
        for field in fields(unit).fields() {
            assert!(words.contains(&field.name), "{message} does not tell of `{}`", field.name);
        }
    }
}

/// The reasons of `ErrorReason`, each with the code that its comment begins with.
fn reasons() -> Vec<(String, String)> {
    let path = format!("{}/proto/bienban/v1/error_reason.proto", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the file");
    let mut found = Vec::new();
    let mut code = None;
    for line in text.lines().map(str::trim) {
        if let Some(comment) = line.strip_prefix("// ") {
            code = code.or_else(|| comment.split_once('.').map(|(code, _)| code.to_owned()));
        } else {
            let name = line.strip_prefix("ERROR_REASON_").and_then(|rest| rest.split_once(" = "));
            if let (Some((name, _)), Some(code)) = (name, code.take()) {
                found.push((name.to_owned(), code));
            }
            code = None;
        }
    }
    found.retain(|(name, _)| name != "UNSPECIFIED");
    found
}

#[test]
fn every_reason_for_an_error_stands_under_its_code() {
    let page = include_str!("../../docs/errors.md");
    let reasons = reasons();
    assert!(reasons.len() > 30);
    for (reason, code) in reasons {
        let section = page.split("\n## ").find(|section| section.starts_with(&format!("{code}\n")));
        let section = section.unwrap_or_else(|| panic!("docs/errors.md has no section {code}"));
        assert!(section.contains(&format!("| `{reason}` |")), "docs/errors.md does not tell of {reason} under {code}");
    }
}
