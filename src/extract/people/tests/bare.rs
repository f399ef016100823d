//! Offices whose body is named elsewhere, and offices that two people take up together.

use super::people;

#[test]
fn a_bare_office_is_of_the_only_body_of_its_kind() {
    let text = "Sáng 3-4, Tổng cục Thủy lợi (Bộ Nông nghiệp và Phát triển nông thôn) họp với Bộ Chỉ huy Quân sự tỉnh Sơn Hà. Ông Lò Văn Thạch, Phó \
                tổng cục trưởng, cho biết Bộ trưởng Hà Văn Sáu đã xem hồ.";
    assert_eq!(
        people(text),
        [
            "Lò Văn Thạch: Phó tổng cục trưởng / Tổng cục Thủy lợi",
            "Hà Văn Sáu: Bộ trưởng / Bộ Nông nghiệp và Phát triển nông thôn"
        ]
    );
    // Of two ministries neither is sure; nor is what an unknown name stands behind.
    assert_eq!(people("Bộ Y tế và Bộ Tài chính họp. Bộ trưởng Hà Văn Sáu dự."), ["Hà Văn Sáu: Bộ trưởng / "]);
    assert_eq!(
        people("Công ty cổ phần may Hòa Thắng họp. Ông Hà Văn Sáu, giám đốc Vinatan nói."),
        ["Hà Văn Sáu: giám đốc / "]
    );
}

#[test]
fn two_people_may_be_elected_together() {
    let office = "Phó Chủ tịch / UBND huyện Ân Bình";
    assert_eq!(
        people("HĐND huyện Ân Bình bầu ông Lò Văn Thạch và bà Hà Thị Mơ giữ chức Phó Chủ tịch UBND huyện Ân Bình."),
        [format!("Lò Văn Thạch: {office}"), format!("Hà Thị Mơ: {office}")]
    );
}

#[test]
fn a_bare_office_is_of_the_body_that_its_title_is_told_with() {
    assert_eq!(
        people("Phó Chủ tịch Lò Văn Thạch dự. Phó Chủ tịch Quốc hội mong mọi người cố gắng."),
        ["Lò Văn Thạch: Phó Chủ tịch / Quốc hội"]
    );
    assert_eq!(
        people("Chủ tịch UBND huyện Ân Bình Hà Văn Sáu và Phó Chủ tịch Lò Thị Thạch dự. UBND tỉnh Sơn Hà họp."),
        ["Hà Văn Sáu: Chủ tịch / UBND huyện Ân Bình", "Lò Thị Thạch: Phó Chủ tịch / UBND huyện Ân Bình"]
    );
    // Deputies are many, chairs are not.
    assert_eq!(
        people("Phó Chủ tịch UBND huyện Ân Bình Hà Thị Mơ và Phó Chủ tịch Lò Văn Thạch dự."),
        ["Hà Thị Mơ: Phó Chủ tịch / UBND huyện Ân Bình", "Lò Văn Thạch: Phó Chủ tịch / UBND huyện Ân Bình"]
    );
    assert_eq!(
        people("Chủ tịch UBND huyện Ân Bình Hà Thị Mơ và Chủ tịch Lò Văn Thạch dự."),
        ["Hà Thị Mơ: Chủ tịch / UBND huyện Ân Bình", "Lò Văn Thạch: Chủ tịch / "]
    );
    // Nor is it sure where the title is told with two bodies.
    assert_eq!(
        people("Phó Chủ tịch Quốc hội, Phó Chủ tịch HĐND tỉnh Sơn Hà nói. Phó Chủ tịch Lò Văn Thạch dự.")[0],
        "Lò Văn Thạch: Phó Chủ tịch / "
    );
}

#[test]
fn steering_committees_and_companies_are_named_by_half() {
    for (text, expected) in [
        (
            "Ban Chỉ đạo phòng chống dịch Covid-19 họp. Ông Lò Văn Thạch, Trưởng ban chỉ đạo, nói.",
            "Lò Văn Thạch: Trưởng ban / Ban Chỉ đạo phòng chống dịch Covid-19",
        ),
        (
            "Phó Thủ tướng Lò Văn Thạch, Trưởng ban Chỉ đạo, nói.",
            "Lò Văn Thạch: Phó Thủ tướng / Chính phủ; Trưởng ban / ban Chỉ đạo",
        ),
        ("Ông Lò Văn Thạch, Tổng Giám đốc VTN cho biết vốn đã đủ.", "Lò Văn Thạch: Tổng Giám đốc / VTN"),
        ("Bà Hà Thị Mơ, Giám đốc Điều hành Vinatamex cho biết vốn đã đủ.", "Hà Thị Mơ: Giám đốc Điều hành / Vinatamex"),
        ("Tổng Giám đốc Thắng cho biết ông Lò Văn Thạch sẽ dự.", "Lò Văn Thạch: "),
        (
            "Về phía Tổng công ty, có ông Lò Văn Thạch, Chủ tịch HĐQT Tổng công ty; cùng 170 đại biểu.",
            "Lò Văn Thạch: Chủ tịch HĐQT / Tổng công ty",
        ),
        (
            "Bà Hà Thị Mơ, Trưởng Ban Điều hành Quỹ hỗ trợ nông dân tỉnh Sơn Hà, nói.",
            "Hà Thị Mơ: Trưởng Ban / Ban Điều hành Quỹ hỗ trợ nông dân tỉnh Sơn Hà",
        ),
    ] {
        assert_eq!(people(text)[0], expected, "{text}");
    }
}

#[test]
fn heads_of_audits_inspections_and_boards() {
    for (text, expected) in [
        ("Tổng Kiểm toán Nhà nước Lò Văn Thạch trình bày.", "Lò Văn Thạch: Tổng Kiểm toán / Kiểm toán Nhà nước"),
        ("Phó Tổng Thanh tra Chính phủ Lò Văn Thạch nói.", "Lò Văn Thạch: Phó Tổng Thanh tra / Thanh tra Chính phủ"),
        ("Bà Hà Thị Mơ - trưởng bộ môn Cây lúa, Viện Lúa Sơn Hà - nói.", "Hà Thị Mơ: trưởng bộ môn / bộ môn Cây lúa"),
        (
            "Bí thư Ban Chấp hành Trung ương Đoàn Bùi Văn Thạch trao quà.",
            "Bùi Văn Thạch: Bí thư / Ban Chấp hành Trung ương Đoàn",
        ),
        (
            "Bà Hà Thị Mơ, phó chủ tịch hội đồng quản lý, tổng giám đốc Bảo hiểm xã hội Việt Nam, nói.",
            "Hà Thị Mơ: phó chủ tịch / hội đồng quản lý; tổng giám đốc / Bảo hiểm xã hội Việt Nam",
        ),
        // Whose unit it is shares its name, the unit itself only with its own deputy.
        (
            "Ông Lò Văn Thạch, Phó Tổng Thư ký, Chánh Văn phòng Trung ương Hội, nói.",
            "Lò Văn Thạch: Phó Tổng Thư ký / ; Chánh Văn phòng / Văn phòng Trung ương Hội",
        ),
        (
            "Ông Lò Văn Thạch, nguyên Phó trưởng khoa, Trưởng khoa Tài chính, nói.",
            "Lò Văn Thạch: Phó trưởng khoa / khoa Tài chính; Trưởng khoa / khoa Tài chính",
        ),
        (
            "Đó là ông Lò Văn Thạch được Thành ủy thành phố Sơn Hà điều động, bổ nhiệm giữ chức Bí thư Quận ủy Ân Bình.",
            "Lò Văn Thạch: Bí thư / Quận ủy Ân Bình",
        ),
    ] {
        assert_eq!(people(text), [expected], "{text}");
    }
}

#[test]
fn offices_are_joined_by_dashes_and_stand_before_brackets() {
    for (text, expected) in [
        (
            "Phó Bí thư Tỉnh ủy - Chủ tịch UBND tỉnh Lò Văn Thạch chủ trì.",
            "Lò Văn Thạch: Phó Bí thư / Tỉnh ủy; Chủ tịch / UBND tỉnh",
        ),
        (
            "Trưởng phòng Dịch tễ (Cục Thú y) Lò Văn Thạch cho hay đàn lợn đã khỏe.",
            "Lò Văn Thạch: Trưởng phòng / phòng Dịch tễ",
        ),
        ("Bà Hà Thị Mơ - vụ trưởng Vụ Pháp chế - nói.", "Hà Thị Mơ: vụ trưởng / Vụ Pháp chế"),
        (
            "Ông Lò Văn Thạch, giữ chức vụ trưởng ban Tổ chức Tỉnh ủy, nói.",
            "Lò Văn Thạch: trưởng ban / ban Tổ chức Tỉnh ủy",
        ),
        ("Tổng TTCP Lò Văn Thạch nói.", "Lò Văn Thạch: Tổng TTCP / Thanh tra Chính phủ"),
    ] {
        assert_eq!(people(text), [expected], "{text}");
    }
}

#[test]
fn a_secretary_is_of_the_only_committee_and_a_minister_of_the_usual_ministry() {
    assert_eq!(
        people("Đảng ủy xã Mỹ Lâm họp. Ông Lò Văn Thạch - Phó Bí thư, Chủ tịch UBND xã, dự."),
        ["Lò Văn Thạch: Phó Bí thư / Đảng ủy xã Mỹ Lâm; Chủ tịch / UBND xã"]
    );
    let text = "Bộ Y tế họp với Bộ Tài chính. Bộ Y tế báo cáo. Bộ Y tế hứa. Thứ trưởng Hà Văn Sáu dự.";
    assert_eq!(people(text), ["Hà Văn Sáu: Thứ trưởng / Bộ Y tế"]);
    // Not of one that somebody else leads.
    let text =
        "Bộ trưởng Bộ Y tế Hà Thị Mơ họp với Bộ Tài chính. Bộ Y tế báo cáo. Bộ Y tế hứa. Bộ trưởng Hà Văn Sáu dự.";
    assert_eq!(people(text)[1], "Hà Văn Sáu: Bộ trưởng / ");
}
