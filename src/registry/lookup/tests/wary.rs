//! What a program must not act on, though something of the name is known.

use super::*;

fn person(world: &World, query: &str, as_of: &str) -> String {
    first(&world.ask(query, Some(EntityKind::Person), as_of, ""))
}

/// Reports call a minister by the ministry, and then by the title alone.
#[test]
fn a_title_without_a_body_is_none_of_the_body_typed() {
    let world = World::of(&[
        tale("r1", "2023-03-01", "", &["Tạ Hữu Nghĩa: Bộ trưởng @ Bộ Xây dựng; Bộ trưởng"]),
        tale("r3", "2023-05-01", "", &["Vương Đình Tích: Bộ trưởng"]),
        tale("r2", "2023-04-01", "", &["Tạ Hữu Nghĩa: Bộ trưởng", "Lâm Bích Trâm: Bí thư @ Tỉnh ủy Cà Mau; Bí thư"]),
    ]);
    let who = |query: &str| person(&world, query, "");
    for query in ["Bộ trưởng Bộ Xây dựng Tạ Hữu Nghĩa", "bo truong bo xay dung ta huu nghia", "Bộ trưởng Tạ Hữu Nghĩa"]
    {
        assert_eq!(who(query), "Tạ Hữu Nghĩa!", "{query}");
    }
    assert_eq!(who("Bộ trưởng Bộ Y tế Tạ Hữu Nghĩa"), "Tạ Hữu Nghĩa");
    assert_eq!(who("Tạ Hữu Nghĩa, Bộ trưởng Bộ Y tế"), "Tạ Hữu Nghĩa");
    assert_eq!(person(&world, "Bộ trưởng Bộ Y tế Tạ Hữu Nghĩa", "2023-03"), "Tạ Hữu Nghĩa");
    assert_eq!(who("Bộ trưởng Bộ Y tế Vương Đình Tích"), "Vương Đình Tích");
    assert_eq!(who("Bộ trưởng Vương Đình Tích"), "Vương Đình Tích!");
    assert_eq!(who("Bí thư Tỉnh ủy Cà Mau Lâm Bích Trâm"), "Lâm Bích Trâm!");
    assert_eq!(who("Bí thư Tỉnh ủy Lào Cai Lâm Bích Trâm"), "Lâm Bích Trâm");
    assert_eq!(who("Phó Bí thư Tỉnh ủy Lào Cai Lâm Bích Trâm"), "Lâm Bích Trâm");
    let told = world.ask("Bộ trưởng Bộ Y tế Vương Đình Tích", None, "", "");
    assert!(told[0].reasons.iter().any(|reason| reason.contains("of what body")), "{:?}", told[0].reasons);
}

/// A place behind a unit that does not lie in it tells that something else is meant, or nothing at all.
#[test]
fn a_place_that_contradicts_the_unit_before_it_is_told_and_leaves_no_match() {
    let world = World::of(&[Tale {
        bodies: vec!["UBND quận 1", "UBND huyện Cần Giờ", "UBND TP.HCM", "Công an TP.HCM", "Công an quận 1"],
        places: vec!["quận 1", "huyện Cần Giờ"],
        ..tale("r1", "2022-03-01", "UBND TP.HCM", &["Tạ Hữu Nghĩa: Chủ tịch @ UBND quận 1"])
    }]);
    let any = |query: &str| world.ask(query, None, "2022-03", "");
    for query in [
        "UBND quận 1 Hà Nội",
        "ubnd quan 1 ha noi",
        "Công an quận 1 Đà Nẵng",
        "UBND huyện Cần Giờ tỉnh Nghệ An",
        "quận 1 Hà Nội",
        "quận 1, tỉnh Cà Mau",
        "huyện Cần Giờ tỉnh Nghệ An",
        "Chủ tịch UBND quận 1 Hà Nội",
        "Chủ tịch UBND quận 1 Hà Nội Tạ Hữu Nghĩa",
        "Tạ Hữu Nghĩa, Chủ tịch UBND quận 1 Hà Nội",
    ] {
        let answers = any(query);
        assert!(answers.iter().all(|one| !one.is_match), "{query}: {answers:?}");
        let reading = NAMING.read_query(query, &QueryContext::default());
        assert!(reading.readings.iter().any(|read| read.contains("left out")), "{query}: {:?}", reading.readings);
    }
    for (query, found) in [
        ("UBND quận 1 TP.HCM", "UBND quận 1!"),
        ("UBND quận 1, Thành phố Hồ Chí Minh, Việt Nam", "UBND quận 1!"),
        ("UBND TP.HCM, Việt Nam", "UBND TP.HCM!"),
        ("CA TPHCM", "Công an TP.HCM!"),
        ("Ủy ban TP.HCM", "UBND TP.HCM!"),
        ("UBNDTPHCM", "UBND TP.HCM!"),
        ("huyện Cần Giờ TP.HCM", "huyện Cần Giờ!"),
        ("Chủ tịch UBND quận 1 TP.HCM", "Tạ Hữu Nghĩa!"),
    ] {
        assert_eq!(first(&any(query)), found, "{query}");
    }
    for query in ["tỉnh Chiba, Cà Mau", "thành phố Barcelona, Hà Nội", "thanh pho bach giang tinh ca mau"] {
        let reading = NAMING.read_query(query, &QueryContext::default());
        assert!(reading.left_out.is_some(), "{query}: {:?}", reading.readings);
    }
    // Something was forgotten between the words, and nobody is called so.
    for query in ["xã tỉnh Cà Mau", "phường quận 1"] {
        let reading = NAMING.read_query(query, &QueryContext::default());
        assert!(reading.organization.is_none() && reading.name.is_none(), "{query}: {:?}", reading.readings);
    }
    for query in [
        "thành phố Bạch Giang, tỉnh Sơn Hà",
        "phường Dĩ An TP.HCM",
        "TP Dĩ An tỉnh Bình Dương",
        "TP Thủ Đức TP.HCM",
        "phường Vũng Tàu, TP.HCM",
        "Hà Nội",
    ] {
        let reading = NAMING.read_query(query, &QueryContext::default());
        assert_eq!(reading.left_out, None, "{query}");
    }
}

/// Every city has a ward of the name.
#[test]
fn one_of_several_units_of_a_name_is_no_match() {
    let world = World::of(&[
        Tale { bodies: vec!["UBND phường 1"], ..tale("r1", "2022-03-01", "UBND quận 5 TP.HCM", &[]) },
        Tale { bodies: vec!["UBND phường 1"], ..tale("r2", "2022-03-01", "", &[]) },
    ]);
    let answers = world.ask("UBND phường 1", None, "", "");
    assert!(!answers.is_empty() && answers.iter().all(|one| !one.is_match), "{answers:?}");
    let placed = world.ask("UBND phường 1 quận 5", Some(EntityKind::Organization), "2022-03", "");
    assert_eq!(first(&placed), "UBND phường 1!", "{placed:?}");
    assert!(world.ask("UBND phường 1", Some(EntityKind::Organization), "", "r1")[0].is_match);
}

/// A place is meant by its name, and a body by its own before others that are also called so.
#[test]
fn bodies_that_are_also_called_so_come_after_what_is_called_so() {
    let world = World::of(&[Tale {
        bodies: vec!["Chính phủ", "Thanh tra Chính phủ"],
        places: vec!["Cà Mau"],
        ..tale("r1", "2022-03-01", "Cà Mau", &["Tạ Hữu Nghĩa: Tổng Thanh tra @ Chính phủ"])
    }]);
    assert_eq!(first(&world.ask("Chính phủ", None, "", "")), "Chính phủ!");
    assert!(first(&world.ask("Cà Mau", None, "", "")).ends_with("Cà Mau!"));
    let body = world.ask("Cà Mau", Some(EntityKind::Organization), "", "");
    assert!(body.iter().all(|one| one.entity.kind == EntityKind::Organization), "{body:?}");
}

/// "bà Nguyễn Văn Nam" is a slip of somebody, and nobody knows of whom.
#[test]
fn an_honorific_that_contradicts_the_name_leaves_no_match() {
    let people = &["Tạ Văn Nghĩa: Bí thư @ Tỉnh ủy Cà Mau", "Lương Thị Trâm", "Phùng Khắc Tiệp"];
    let world = World::of(&[tale("r1", "2022-03-01", "", people)]);
    for (query, found) in [
        ("ông Tạ Văn Nghĩa", "Tạ Văn Nghĩa!"),
        ("bà Tạ Văn Nghĩa", "Tạ Văn Nghĩa"),
        ("ba ta van nghia", "Tạ Văn Nghĩa"),
        ("Bí thư Tỉnh ủy Cà Mau, bà Tạ Văn Nghĩa", "Tạ Văn Nghĩa"),
        ("bà Lương Thị Trâm", "Lương Thị Trâm!"),
        ("ông Lương Thị Trâm", "Lương Thị Trâm"),
        ("bà Phùng Khắc Tiệp", "Phùng Khắc Tiệp!"),
        ("đồng chí Lương Thị Trâm", "Lương Thị Trâm!"),
    ] {
        assert_eq!(person(&world, query, ""), found, "{query}");
    }
}

/// A number typed with its year is that of one document.
#[test]
fn an_exact_number_is_matched_before_others_of_the_number() {
    let world = World::of(&[Tale {
        documents: vec![
            ("Nghị định", "46", "Chính phủ"),
            ("Nghị định", "46/2016/NĐ-CP", ""),
            ("Nghị định", "51/2014/NĐ-CP", ""),
            ("Bộ luật Hình sự", "", ""),
        ],
        ..tale("r1", "", "", &[])
    }]);
    let document = |query: &str| first(&world.ask(query, None, "", ""));
    assert_eq!(document("Nghị định 46/2016/NĐ-CP"), "Nghị định 46/2016/NĐ-CP!");
    assert_eq!(document("46/2016/NĐ-CP"), "Nghị định 46/2016/NĐ-CP!");
    assert_eq!(document("NĐ 46/2016/NĐ-CP"), "Nghị định 46/2016/NĐ-CP!");
    assert!(!document("Nghị định 51/2015/NĐ-CP").ends_with('!'));
    assert!(document("Nghị định 51/2014/NĐ-CP").ends_with('!'));
}

/// A title typed without marks before a name of which the first word is also that of a body.
#[test]
fn names_behind_titles_without_marks() {
    let people = &["Vũ Lê Khang: Phó Thủ tướng @ Chính phủ", "Tạ Hữu Nghĩa: Thủ tướng @ Chính phủ"];
    let world = World::of(&[tale("r1", "2022-03-01", "", people)]);
    assert_eq!(person(&world, "Pho thu tuong vu le khang", ""), "Vũ Lê Khang!");
    assert_eq!(person(&world, "Phó Thủ tướng Vũ Lê Khang", ""), "Vũ Lê Khang!");
    assert_eq!(person(&world, "TT Tạ Hữu Nghĩa", ""), "Tạ Hữu Nghĩa!");
    assert_eq!(person(&world, "TT Vũ Lê Khang", ""), "Vũ Lê Khang");
}

/// Several provinces have a place of the name, and only one of them is a district.
#[test]
fn a_body_elsewhere_is_not_that_of_the_province_typed() {
    let world = World::of(&[Tale {
        bodies: vec!["Phòng Nội vụ huyện Đồng Văn"],
        ..tale("r1", "2019-03-01", "UBND tỉnh Hà Giang", &["Tạ Hữu Nghĩa: Trưởng Phòng @ Phòng Nội vụ huyện Đồng Văn"])
    }]);
    let any = |query: &str| first(&world.ask(query, None, "2019-03", ""));
    assert_eq!(any("Phòng Nội vụ Đồng Văn"), "Phòng Nội vụ huyện Đồng Văn!");
    assert_eq!(any("Phòng Nội vụ Đồng Văn tỉnh Hà Giang"), "Phòng Nội vụ huyện Đồng Văn!");
    assert!(!any("Phòng Nội vụ Đồng Văn tỉnh Nghệ An").ends_with('!'));
    assert!(!any("Trưởng Phòng Nội vụ Đồng Văn, tỉnh Nghệ An").ends_with('!'));
    assert_eq!(any("Trưởng Phòng Nội vụ Đồng Văn, tỉnh Hà Giang"), "Tạ Hữu Nghĩa!");
}

/// Numbers begin anew each year and with each issuer.
#[test]
fn a_document_of_another_year_or_issuer_is_not_acted_on() {
    let world = World::of(&[Tale {
        documents: vec![
            ("Nghị định", "48", "Chính phủ"),
            ("Quyết định", "58/2016/QĐ-TTg", "Thủ tướng"),
            ("Quyết định", "1051 / QĐ - TTg", ""),
            ("Kế hoạch", "19/KH-UBND", "UBND tỉnh Cà Mau"),
            ("Nghị quyết", "54", "Quốc hội"),
            ("Công văn", "675/UBND", ""),
            ("Quyết định", "60/2017", ""),
            ("Quyết định", "61", ""),
        ],
        ..tale("r1", "2017-05-01", "UBND tỉnh Cà Mau", &[])
    }]);
    let document = |query: &str| first(&world.ask(query, Some(EntityKind::LegalDocument), "", ""));
    for (query, found) in [
        ("Nghị định 48", "Nghị định 48!"),
        ("Nghị định 48/2010/NĐ-CP", "Nghị định 48"),
        ("nghi dinh 48 nam 2010 cua chinh phu", "Nghị định 48"),
        ("Quyết định 58/2016/QĐ-TTg", "Quyết định 58/2016/QĐ-TTg!"),
        ("Quyết định 58/2015/QĐ-TTg", "Quyết định 58/2016/QĐ-TTg"),
        ("Quyết định 58/2016/QĐ-TTg của UBND tỉnh Lào Cai", "Quyết định 58/2016/QĐ-TTg"),
        ("Quyết định 1051/QĐ-TTg", "Quyết định 1051 / QĐ - TTg!"),
        ("Quyết định 1051 / QĐ - TTg", "Quyết định 1051 / QĐ - TTg!"),
        ("Kế hoạch 19/KH-UBND", "Kế hoạch 19/KH-UBND!"),
        ("Kế hoạch 19/KH-UBND của UBND tỉnh Cà Mau", "Kế hoạch 19/KH-UBND!"),
        ("Kế hoạch 19/KH-UBND của UBND tỉnh Lào Cai", "Kế hoạch 19/KH-UBND"),
        ("Công văn 675/UBND", "Công văn 675/UBND!"),
        ("Quyết định 60/2017", "Quyết định 60/2017!"),
        ("Quyết định 60/2018", "Quyết định 60/2017"),
        ("Quyết định 61", "Quyết định 61"),
        ("Công văn 675/UBND của UBND tỉnh Lào Cai", "Công văn 675/UBND"),
        ("Nghị quyết 54 của Quốc hội", "Nghị quyết 54!"),
        ("Nghị quyết 54 năm 2017 của Quốc hội", "Nghị quyết 54!"),
        ("Nghị quyết 54 của Chính phủ", "Nghị quyết 54"),
    ] {
        assert_eq!(document(query), found, "{query}");
    }
}

/// Whoever is known in an office here is no head of another state.
#[test]
fn an_office_of_a_state_is_not_that_of_whoever_bears_the_name() {
    let world = World::of(&[tale("r1", "2023-03-01", "", &["Tạ Hữu Nghĩa: Thủ tướng @ Chính phủ"])]);
    assert_eq!(person(&world, "Thủ tướng Tạ Hữu Nghĩa", ""), "Tạ Hữu Nghĩa!");
    assert_eq!(person(&world, "Tổng thống Tạ Hữu Nghĩa", ""), "Tạ Hữu Nghĩa");
}
