//! Offices: who holds them, and who they tell apart.

use std::collections::BTreeSet;

use super::*;

#[test]
fn who_has_no_name_of_this_country_leads_no_ministry_of_it() {
    let world = World::of(&[
        tale(
            "f1",
            "2023-03-01",
            "",
            &["Anna Lindqvist: Bộ trưởng @ Bộ Quốc phòng", "Siu Hơ Lan: Thứ trưởng @ Bộ Y tế"],
        ),
        tale("f2", "2023-03-02", "", &["Đặng Lê Khang: Bộ trưởng @ Bộ Quốc phòng", "Anna Lindqvist: Thủ tướng"]),
    ]);
    let held = |query: &str| first(&world.ask(query, Some(EntityKind::Person), "2023-03", ""));
    assert_eq!(held("bộ trưởng bộ quốc phòng"), "Đặng Lê Khang!");
    assert_eq!(held("thủ tướng"), "-");
    // One of several deputies, for all that is known.
    assert_eq!(held("thứ trưởng bộ y tế"), "Siu Hơ Lan");
    assert_eq!(held("Anna Lindqvist"), "Anna Lindqvist!");
}

/// Nothing tells where the body is, so that nobody is meant for sure.
#[test]
fn holders_at_bodies_without_a_place_are_found() {
    let world = World::of(&[
        tale("s1", "2023-03-01", "", &["Đặng Lê Khang: Hiệu trưởng @ Trường THPT Hoa Sen"]),
        tale("s4", "2023-03-01", "", &["Siu Hơ Mai: Chủ tịch @ UBND"]),
        tale("s2", "2023-03-01", "UBND tỉnh Cà Mau", &["Vương Đình Tích: Giám đốc @ Sở Y tế"]),
        tale("s3", "2023-03-01", "UBND tỉnh An Giang", &["Siu Hơ Lan: Giám đốc @ Sở Y tế"]),
    ]);
    let held = |query: &str| {
        let answers = world.ask(query, Some(EntityKind::Person), "2023-03", "");
        let names = answers.iter().map(|one| one.entity.display_name.clone());
        assert!(answers.iter().all(|one| !one.is_match), "{query}: {answers:?}");
        names.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    assert_eq!(held("Hiệu trưởng Trường THPT Hoa Sen"), ["Đặng Lê Khang"]);
    assert!(held("Chủ tịch UBND").is_empty());
    assert_eq!(held("Giám đốc Sở Y tế"), ["Siu Hơ Lan", "Vương Đình Tích"]);
    assert!(held("Phó Giám đốc Sở Y tế").is_empty() && held("Giám đốc Sở Xây dựng").is_empty());
}

#[test]
fn an_office_is_no_body() {
    let world = World::of(&[
        Tale {
            bodies: vec!["Chủ tịch Quốc hội", "Quốc hội"],
            documents: vec![("Quyết định", "861", "Thủ tướng Chính phủ")],
            ..tale("o1", "2023-03-01", "Thủ tướng", &[])
        },
        tale("o2", "2023-04-01", "Thủ tướng Chính phủ", &[]),
    ]);
    let any = |query: &str| world.ask(query, None, "", "");
    for office in ["thủ tướng", "Thủ tướng Chính phủ", "chủ tịch quốc hội"] {
        assert!(any(office).iter().all(|one| !one.is_match), "{office}: {:?}", any(office));
    }
    assert_eq!(first(&any("Chính phủ")), "Chính phủ!");
    assert_eq!(first(&any("Quốc hội")), "Quốc hội!");
}

#[test]
fn offices_and_bodies_tell_bearers_of_a_name_apart() {
    let answers = WORLD.ask("Chủ tịch UBND tỉnh Cà Mau Nguyễn Văn Nam", Some(EntityKind::Person), "", "");
    assert!(answers[0].is_match && answers[0].entity.tenures[0].organization == "UBND tỉnh Cà Mau");
    assert_eq!(who("nguyên Bí thư Thành ủy Đặng Lê Khang", "", ""), "Đặng Lê Khang!");
    assert_eq!(who("Bộ trưởng Bộ Y tế Nguyễn Văn Nam", "", ""), "Nguyễn Văn Nam");
    assert_eq!(who("Nguyễn Văn Nam", "", "r4"), "Nguyễn Văn Nam!");
}

#[test]
fn an_office_as_of_a_date_is_its_holder_then() {
    let secretary = |as_of: &str| who("Bí thư Thành uỷ TPHCM", as_of, "");
    assert_eq!(secretary("2021-03-01"), "Đặng Lê Khang!");
    assert_eq!(secretary("2021-10"), "Đặng Lê Khang!");
    // Two months after reports last show him: likely, and nobody says so.
    assert_eq!(secretary("2022-08"), "Đặng Lê Khang");
    assert_eq!(secretary("2024-09"), "Lương Thị Bích Trâm!");
    assert!(!secretary("2023-07").ends_with('!'));
    assert!(!secretary("").ends_with('!'));
    let unknown = WORLD.ask("Bí thư Thành ủy TP.HCM", Some(EntityKind::Person), "2023-07", "");
    assert!(unknown.iter().any(|one| one.reasons[0].starts_with("NOT_OBSERVED")), "{unknown:?}");
    assert_eq!(who("Trưởng Ban Tổ chức Trung ương Đảng", "2024-09-01", ""), "Phùng Khắc Tiệp!");
    assert_eq!(who("truong ban to chuc tw", "2024-09-01", ""), "Phùng Khắc Tiệp!");
    assert_eq!(who("người đứng đầu Thành ủy TP.HCM", "", "r1"), "Đặng Lê Khang!");
    assert_eq!(who("Giám đốc Sở Y tế", "", "r1"), "Tạ Hữu Nghĩa!");
    assert!(!who("Phó Chủ tịch UBND TP.HCM", "2022-06-01", "").ends_with('!'));
}

/// Leaders of other states, whose names may be read as Vietnamese ones, lead no body of this country.
#[test]
fn leaders_of_other_states_lead_none_of_this_country() {
    let world = World::of(&[
        tale("r1", "2023-03-01", "", &["Lương Khắc Tường: Thủ tướng @ Trung Quốc; Thủ tướng"]),
        tale(
            "r2",
            "2023-03-02",
            "",
            &["Nhật Kenji Morita: Thủ tướng", "Jörg Ahlen: Thủ tướng", "Thái Somchai: Thủ tướng", "Sun Ben: Thủ tướng"],
        ),
        tale("r3", "2023-03-03", "", &["Đặng Lê Khang: Thủ tướng", "Kao Minh: Bí thư @ Huyện ủy Năm Căn"]),
    ]);
    let held = |query: &str| first(&world.ask(query, Some(EntityKind::Person), "2023-03", ""));
    assert_eq!(held("Thủ tướng"), "Đặng Lê Khang!");
    assert_eq!(held("Thủ tướng Trung Quốc"), "Lương Khắc Tường!");
}

/// One report that puts somebody else into an office does not shake what many say.
#[test]
fn a_slip_of_one_report_makes_no_second_holder() {
    const DAYS: [(&str, &str); 10] = [
        ("a", "2023-01-05"),
        ("b", "2023-02-05"),
        ("c", "2023-03-05"),
        ("d", "2023-04-05"),
        ("e", "2023-05-05"),
        ("f", "2023-06-05"),
        ("g", "2023-07-05"),
        ("h", "2023-08-05"),
        ("i", "2023-09-05"),
        ("j", "2023-10-05"),
    ];
    let holder = |(id, day)| tale(id, day, "", &["Đặng Lê Khang: Bí thư @ Thành ủy TP.HCM"]);
    let other = |id, day| tale(id, day, "", &["Phùng Khắc Tiệp: Bí thư @ Thành ủy TP.HCM"]);
    let ask = |tales: Vec<Tale>, as_of: &str| {
        first(&World::of(&tales).ask("Bí thư Thành ủy TP.HCM", Some(EntityKind::Person), as_of, ""))
    };
    let many = || DAYS.into_iter().map(holder);
    assert_eq!(ask(many().chain([other("x", "2023-06-05")]).collect(), "2023-06-05"), "Đặng Lê Khang!");
    assert_eq!(ask(many().chain([other("x", "2023-06-05")]).collect(), "2023"), "Đặng Lê Khang!");
    let few = || DAYS.into_iter().take(3).map(holder);
    assert!(!ask(few().chain([other("x", "2023-02-05")]).collect(), "2023-02-05").ends_with('!'));
}

/// Deputies of the assembly are known from sitting to sitting, and a place comes before the body that goes by its name.
#[test]
fn deputies_places_and_given_names_with_titles() {
    let sitting =
        |id, day, people: &[&str]| Tale { bodies: vec!["Quốc hội"], ..tale(id, day, "Quốc hội", people) };
    let council = |id, day, people: &[&str]| Tale {
        bodies: vec!["Quốc hội", "HĐND tỉnh Cà Mau"],
        ..tale(id, day, "HĐND tỉnh Cà Mau", people)
    };
    let world = World::of(&[
        sitting("r1", "2023-03-01", &["Khưu Bỉnh Khiêm: Đại biểu"]),
        sitting("r2", "2023-10-01", &["Khưu Bỉnh Khiêm: Đại biểu @ Quốc hội"]),
        council("r3", "2023-12-01", &["Khưu Bỉnh Khiêm: Đại biểu", "Đặng Lê Khang: Bí thư @ Tỉnh ủy Cà Mau"]),
        Tale {
            bodies: vec!["UBND quận 1"],
            places: vec!["quận 1"],
            ..tale("r4", "2023-12-01", "UBND TP.HCM", &["Lương Thị Bích: Bộ trưởng @ Bộ Y tế"])
        },
    ]);
    let people = world.partition();
    assert!(people.contains(&("Khưu Bỉnh Khiêm".to_owned(), vec!["r1".to_owned(), "r2".to_owned()])), "{people:?}");
    let ask = |query: &str, kind| first(&world.ask(query, kind, "2023-12", ""));
    assert_eq!(ask("quận 1", None), "quận 1!");
    assert_eq!(ask("quận 1", Some(EntityKind::Organization)), "UBND quận 1!");
    assert!(!ask("Bí thư Khang", Some(EntityKind::Person)).ends_with('!'));
    assert_eq!(ask("Bộ trưởng Bích", Some(EntityKind::Person)), "Lương Thị Bích!");
}
