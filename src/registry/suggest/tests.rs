use super::*;
use crate::model::{Alias, Entity, EntityId, EntityKind, ReferenceFacts, Revision, Span};
use crate::registry::keys::Naming;

fn entity(kind: EntityKind, names: &[&str], mentions: u64, last_seen: &str) -> Entity {
    let alias = |name: &&str| Alias {
        name: (*name).to_owned(),
        first_seen: last_seen.parse().ok(),
        last_seen: last_seen.parse().ok(),
        count: mentions,
    };
    Entity {
        id: EntityId::derive(kind.prefix(), names),
        kind,
        display_name: names[0].to_owned(),
        aliases: names.iter().map(alias).collect(),
        tenures: Vec::new(),
        parent: None,
        place: None,
        reference: None,
        mention_count: mentions,
        meeting_count: mentions,
        revision: Revision(1),
    }
}

/// The best fit of a name as a store would find it: by its keys.
fn found(typed: &str, kind: EntityKind, name: &str, naming: &Naming) -> Option<Fit> {
    let prefix = Prefix::read(typed, naming);
    let keys = keys(&entity(kind, &[name], 1, "2024"), naming);
    let begins = |key: &str| prefix.keys().iter().any(|begin| !begin.is_empty() && key.starts_with(begin.as_str()));
    let fits = keys.iter().filter(|(key, _)| begins(key)).filter_map(|(_, keyed)| prefix.fit(keyed, naming));
    fits.max_by(|a, b| (a.marks, a.worth()).partial_cmp(&(b.marks, b.worth())).expect("numbers"))
}

#[test]
fn any_word_may_be_begun() {
    let naming = Naming::new();
    let name = "Kiều Thế Lân";
    for typed in ["k", "kieu", "Kiều T", "the l", "Lâ", "lan", "LÂN", "kieu the lan", "thế  lân"] {
        let fit = found(typed, EntityKind::Person, name, &naming);
        assert!(fit.is_some_and(|fit| fit.marks), "{typed}");
    }
    for typed in ["i", "kieu lan", "lan kieu", "kieu the lan x", "", "😀", "an", "the "] {
        let fit = found(typed, EntityKind::Person, name, &naming);
        assert_eq!(fit.is_some(), typed == "the ", "{typed}");
    }
}

#[test]
fn short_forms_and_long_ones_find_each_other() {
    let naming = Naming::new();
    for (typed, name) in [
        ("ubnd tp h", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("ubnd tp h", "UBND TP.HCM"),
        ("ubn", "UBND TP.HCM"),
        ("ubnd tp hc", "UBND TP.HCM"),
        ("ủy ban nhân dân th", "UBND TP.HCM"),
        ("uỷ ban", "Ủy ban nhân dân quận 1"),
        ("hồ chí m", "UBND TP.HCM"),
        ("so tnmt", "Sở Tài nguyên và Môi trường"),
    ] {
        assert!(found(typed, EntityKind::Organization, name, &naming).is_some_and(|fit| fit.marks), "{typed} {name}");
    }
}

#[test]
fn marks_that_were_typed_are_told_from_others() {
    let naming = Naming::new();
    let marks = |typed: &str, name: &str| found(typed, EntityKind::Person, name, &naming).map(|fit| fit.marks);
    for (typed, name, expected) in [
        ("ngh", "Nguyễn Thanh Nghị", true),
        ("nghị", "Nguyễn Thanh Nghị", true),
        ("nghĩ", "Nguyễn Thanh Nghị", false),
        ("nguyê", "Nguyễn Thanh Nghị", true),
        ("ngưyen", "Nguyễn Thanh Nghị", false),
        ("hoà", "Trần Văn Hòa", true),
        ("hò", "Trần Văn Hòa", true),
        ("đỗ", "Đỗ Văn Tám", true),
        ("đo", "Do Thị Na", false),
        ("lí", "Lý Thị Na", true),
        ("ly", "Lí Thị Na", true),
    ] {
        assert_eq!(marks(typed, name), Some(expected), "{typed} {name}");
    }
}

#[test]
fn the_typed_part_is_marked_in_code_points() {
    let naming = Naming::new();
    let spans = |typed: &str, kind, name: &str| found(typed, kind, name, &naming).map(|fit| fit.spans);
    let person = EntityKind::Person;
    assert_eq!(spans("thế l", person, "Kiều Thế Lân"), Some(vec![Span::new(5, 8), Span::new(9, 10)]));
    let body = EntityKind::Organization;
    assert_eq!(spans("ủy ban nhân dân thành", body, "UBND TP.HCM"), Some(vec![Span::new(0, 4), Span::new(5, 11)]));
    assert_eq!(spans("ubnd q", body, "UBND quận 1"), Some(vec![Span::new(0, 4), Span::new(5, 6)]));
}

#[test]
fn what_is_seen_more_and_later_comes_first() {
    let class_of = |mentions, last: &str| class(&entity(EntityKind::Person, &["Kiều Thế Lân"], mentions, last));
    assert!(class_of(100, "2024") > class_of(10, "2024"));
    assert!(class_of(10, "2024") > class_of(10, "2016"));
    assert!(class_of(10, "2024") > class_of(30, "2016"));
    assert_eq!(class_of(10, "2024-01-01"), class_of(10, "2024-01-02"));
    assert_eq!(class_of(0, "XXXX-05"), 0);
    let heavy = entity(EntityKind::Person, &["Kiều Thế Lân"], u64::MAX, "2190");
    assert!(class(&heavy) > 100 && weight(&heavy).is_finite());
}

#[test]
fn keys_are_bounded() {
    let naming = Naming::new();
    let long = "Ban ".repeat(10_000);
    let names: Vec<String> = (0..100).map(|number| format!("{long}{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let keys = keys(&entity(EntityKind::Organization, &names, 1, "2024"), &naming);
    assert!(keys.len() < 300 && keys.keys().all(|key| key.len() <= KEY_BYTES), "{}", keys.len());
    assert!(Prefix::read(&long, &naming).keys().iter().all(|key| key.len() <= KEY_BYTES));
}

#[test]
fn documents_without_a_number_are_found_by_their_beginning() {
    let naming = Naming::new();
    let begins = |name: &str, kind: &str, number: Option<&str>, typed: &str| {
        let facts = ReferenceFacts { kind: kind.into(), number: number.map(Into::into), issuer: None, date: None };
        let document = Entity { reference: Some(facts), ..entity(EntityKind::LegalDocument, &[name], 9, "2024") };
        let all = keys(&document, &naming);
        Prefix::read(typed, &naming).keys().iter().any(|prefix| all.keys().any(|key| key.starts_with(prefix.as_str())))
    };
    assert!(!begins("Quyết định của Chủ tịch UBND tỉnh", "Quyết định", None, "chủ tịch"));
    assert!(begins("Quyết định của Chủ tịch UBND tỉnh", "Quyết định", None, "quyết định của ch"));
    assert!(begins("Luật Ngân sách nhà nước", "Luật", None, "ngân sá"));
    assert!(begins("Nghị quyết 98/2023/QH15", "Nghị quyết", Some("98/2023/QH15"), "98"));
}

#[test]
fn units_are_known_without_reports() {
    let naming = Naming::new();
    let units = UnitNames::new(&naming);
    let begin = |typed: &str| {
        let prefix = Prefix::read(typed, &naming);
        let found = prefix.keys().into_iter().flat_map(|key| units.beginning(&key, 10, &naming));
        found.filter(|(_, keyed)| prefix.fit(keyed, &naming).is_some()).map(|(_, keyed)| keyed.name).collect::<Vec<_>>()
    };
    assert!(begin("ca ma").contains(&"tỉnh Cà Mau".to_owned()), "{:?}", begin("ca ma"));
    assert!(begin("tp hồ ch").contains(&"Thành phố Hồ Chí Minh".to_owned()), "{:?}", begin("tp hồ ch"));
    assert!(begin("đắc l").contains(&"Đắc Lắc".to_owned()), "{:?}", begin("đắc l"));
    assert!(begin("t").len() == 10 && begin("zzzz").is_empty());
}
