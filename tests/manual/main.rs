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
