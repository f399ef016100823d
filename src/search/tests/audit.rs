//! Every field of every search: by name and by id alike, dates of any precision, and all operators.

use super::*;
use crate::search::filter::ValueKind;
use crate::search::{SearchError, catalogue};

/// A meeting in which every role is taken, with one item and one figure that have them all.
fn full() -> (Searcher, Vec<(&'static str, EntityRef)>) {
    use EntityKind::{LegalDocument, Organization, Person, Place};
    let mut meeting = rich();
    let body = entity(Organization, "Sở Tài chính Bạch Giang");
    let document = entity(LegalDocument, "Nghị quyết 98/2023/QH15");
    let place = entity(Place, "phường Đông Hải");
    meeting.mentions = [&body, &document, &place]
        .map(|entity| MeetingMention { entity: entity.clone(), evidence: evidence(), decision: decision() })
        .to_vec();
    meeting.items.truncate(1);
    meeting.items[0].mentions = vec![body.clone(), document.clone(), place.clone()];
    meeting.venue = Some("Hội trường tỉnh".into());
    meeting.part_of_day = Some(crate::model::PartOfDay::Morning);
    meeting.figures[0].figure.period = dated("2023");
    let chair = entity(Person, "Lê Thị Hoà");
    let addressee = meeting.items[0].addressees[0].clone();
    let convener = meeting.convener.clone().expect("has one");
    let mut shelf = Shelf::new();
    shelf.put_with(&meeting, "Sáng 6-12, Thành ủy Bạch Giang họp.", Some("Báo Mẫu"), &[]);
    shelf.put(&super::meeting("m-none", "Khác"), "Không có gì.");
    let entities = vec![
        ("convener", convener),
        ("participant", chair.clone()),
        ("speaker", chair.clone()),
        ("person", chair),
        ("addressee", addressee),
        ("place", place),
        ("organization", body),
        ("legal_document", document),
    ];
    (shelf.commit(), entities)
}

#[test]
fn names_and_ids_do_alike_in_every_field_of_every_search() {
    let (searcher, entities) = full();
    let mut seen = 0;
    for unit in Unit::ALL {
        for field in catalogue(unit).fields {
            let name = field.spec.name;
            let Some((_, entity)) = entities.iter().find(|(of, _)| *of == name) else {
                let is_of_entities = field.spec.kind == ValueKind::Name;
                assert!(!is_of_entities, "{name} has no entity here");
                continue;
            };
            let shown = &entity.display_name;
            let bare = crate::text::fold::unaccented(shown);
            let last = shown.split(' ').next_back().unwrap_or_default();
            let whole = passing(&searcher, unit, &format!("{name} = \"{shown}\""));
            assert_eq!(whole.len(), 1, "{unit:?} {name} = {shown}");
            for filter in [
                format!("{name} = {}", entity.id.name()),
                format!("{name} = \"{}\"", entity.id),
                format!("{name} = \"{bare}\""),
                format!("{name}:\"{last}\""),
                format!("{name}:*"),
            ] {
                assert_eq!(passing(&searcher, unit, &filter), whole, "{unit:?} {filter}");
            }
            for filter in [format!("{name} = \"ai khác\""), format!("NOT {name}:*")] {
                assert!(!passing(&searcher, unit, &filter).contains(&whole[0]), "{unit:?} {filter}");
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 8 + 8 + 6);
}

#[test]
fn every_field_is_found_by_its_presence() {
    let (searcher, _) = full();
    for unit in Unit::ALL {
        for field in catalogue(unit).fields {
            let filter = format!("{}:*", field.spec.name);
            assert!(!passing(&searcher, unit, &filter).is_empty(), "{unit:?} {filter}");
        }
    }
}

/// The meeting is of 6 to 8 December 2023.
#[test]
fn dates_of_any_precision_are_compared_by_interval() {
    let (searcher, _) = full();
    let holds = |comparator: &str, date: &str| {
        passing(&searcher, Unit::Meeting, &format!("date {comparator} \"{date}\"")).contains(&"m-rich".to_owned())
    };
    for date in [
        "2023",
        "2023-12",
        "2023-12-06",
        "2023-12-08",
        "2023-12-05/2023-12-07",
        "202X",
        "2023-36",
        "../2024",
        "2023-12-08/..",
    ] {
        assert!(holds("=", date), "= {date}");
        assert!(holds("<=", date) && holds(">=", date), "{date} overlaps, so that it is neither before nor after only");
        for item_or_figure in [Unit::Item, Unit::Figure] {
            assert_eq!(passing(&searcher, item_or_figure, &format!("date = \"{date}\"")).len(), 1, "{date}");
        }
    }
    for date in ["2022", "2023-11", "2023-12-05", "201X", "2023-35", "../2023-12-05", "2020/2022"] {
        assert!(!holds("=", date) && !holds("<", date) && holds(">", date), "after {date}");
    }
    for date in ["2024", "2023-12-09", "2024-01", "203X", "2024-33", "2024-01-01/.."] {
        assert!(!holds("=", date) && !holds(">", date) && holds("<", date), "before {date}");
    }
}

#[test]
fn dates_without_a_year_are_there_but_compare_with_nothing() {
    let mut shelf = Shelf::new();
    shelf.put(&Meeting { date: dated("XXXX-03-04"), ..meeting("m-vague", "Họp giao ban") }, "Ngày 4-3, họp giao ban.");
    let searcher = shelf.commit();
    let passing = |filter: &str| !passing(&searcher, Unit::Meeting, filter).is_empty();
    assert!(passing("date:*") && !passing("NOT date:*"));
    assert!(!passing("date > 1900") && !passing("date < 2100") && !passing("date = 202X"));
}

#[test]
fn impossible_dates_and_unknown_fields_are_told_with_their_place() {
    let (searcher, _) = full();
    let fault = |filter: &str| match searcher.items(&SearchRequest { filter, ..Default::default() }) {
        Err(SearchError::Filter { position, near, .. }) => (position, near),
        other => panic!("{filter}: {:?}", other.map(|found| found.hits.len())),
    };
    for date in ["2023-13", "2023-02-30", "2023-12-32", "0", "hôm qua", "2023-12-06/2023-13", "30/2/2023"] {
        assert_eq!(fault(&format!("date = \"{date}\"")).0, 7, "{date}");
    }
    assert_eq!(fault("speeker = \"A\""), (0, vec!["speaker".to_owned()]));
    assert!(fault("kind = DIRECTIVE AND adressee:x").1.contains(&"addressee".to_owned()));
    assert_eq!(fault("kind = DIRECTIVE AND indicator:x").0, 21);
}

#[test]
fn operators_that_a_field_does_not_take_are_refused() {
    let (searcher, _) = full();
    for unit in Unit::ALL {
        for field in catalogue(unit).fields {
            let taken = field.spec.kind.operators();
            for sign in ["<", "<=", ">", ">="] {
                let value = match field.spec.kind {
                    ValueKind::Date | ValueKind::Time => "\"2023\"",
                    ValueKind::Number => "1",
                    ValueKind::Boolean => "true",
                    ValueKind::Enumeration(words) => words[0],
                    _ => "\"x\"",
                };
                let filter = format!("{} {sign} {value}", field.spec.name);
                let answer = searcher.search(unit, &SearchRequest { filter: &filter, ..Default::default() });
                assert_eq!(answer.is_ok(), taken.contains(&sign), "{unit:?} {filter}");
            }
        }
    }
}
