//! Offices of lists, guests, and of those who only stand beside them.

use super::{people, roles};
use crate::model::Role;

#[test]
fn a_list_shares_the_office_before_it() {
    let expected = ["Trần Văn Lân: Phó Chủ tịch / UBND tỉnh", "Lê Thị Mơ: Phó Chủ tịch / UBND tỉnh"];
    for text in [
        "Tham dự có các đồng chí Phó Chủ tịch UBND tỉnh: Trần Văn Lân, Lê Thị Mơ.",
        "Các Phó Chủ tịch UBND tỉnh gồm: ông Trần Văn Lân, bà Lê Thị Mơ.",
        "Các Phó Chủ tịch UBND tỉnh gồm: ông Trần Văn Lân, Lê Thị Mơ.",
    ] {
        assert_eq!(people(text), expected, "{text}");
    }
    assert_eq!(
        people(
            "Dự có các đồng chí Ủy viên Ban Thường vụ Tỉnh ủy: Trần Văn Lân, Bí thư Thành ủy; Lê Thị Mơ, Chủ tịch HĐND tỉnh."
        ),
        [
            "Trần Văn Lân: Ủy viên / Ban Thường vụ Tỉnh ủy; Bí thư / Thành ủy",
            "Lê Thị Mơ: Ủy viên / Ban Thường vụ Tỉnh ủy; Chủ tịch / HĐND tỉnh",
        ]
    );
    // Names of all peoples are names.
    for name in ["Sèn Chỉn Sủ", "Voòng A Múi", "Zơrâm Nhươl", "Thò Bá Dê"] {
        let text = format!("Tham dự có các Phó Chủ tịch UBND tỉnh: {name}, Lê Thị Mơ.");
        assert_eq!(people(&text)[0], format!("{name}: Phó Chủ tịch / UBND tỉnh"));
    }
    // Counted members are nobody's office.
    assert_eq!(people("Ban mới gồm 7 ủy viên, đồng chí Trần Văn Lân được bầu lại."), ["Trần Văn Lân: "]);
}

#[test]
fn what_guests_do_closes_their_list() {
    use Role::Attendee;
    assert_eq!(
        roles(
            "Bí thư Huyện ủy Trần Văn Lân; Trưởng Đoàn đại biểu Quốc hội tỉnh Lê Thị Mơ; các Ủy viên Ban Thường vụ, Thường trực HĐND, \
             UBND, Ủy ban MTTQ huyện và lãnh đạo các phòng, ban, ngành tham dự kỳ họp."
        )[1],
        Attendee
    );
}

#[test]
fn who_receives_a_delegation_attends() {
    use Role::Attendee;
    assert_eq!(
        roles("Đón tiếp và làm việc với đoàn có: Bí thư Tỉnh ủy Trần Văn Lân; Chủ tịch UBND tỉnh Lê Thị Mơ."),
        [Attendee, Attendee]
    );
}

#[test]
fn an_office_behind_of_is_not_that_of_who_speaks_next() {
    assert_eq!(
        people("Sau phần trả lời của Giám đốc Sở Y tế, bà Lê Thị Mơ - Chủ tịch HĐND tỉnh Sơn Hà - lưu ý hai việc."),
        ["Lê Thị Mơ: Chủ tịch / HĐND tỉnh Sơn Hà"]
    );
    assert_eq!(
        people("Theo báo cáo của Phó Giám đốc Sở Y tế, ông Trần Văn Lân, bệnh đã lui."),
        ["Trần Văn Lân: Phó Giám đốc / Sở Y tế"]
    );
}

#[test]
fn units_that_no_lexicon_knows_end_at_a_sign_or_verb() {
    for (text, expected) in [
        (
            "Ông Trần Văn Lân, Phó Viện trưởng Viện nghiên cứu đất ngập nước miền trung, phát biểu.",
            "Trần Văn Lân: Phó Viện trưởng / Viện nghiên cứu đất ngập nước miền trung",
        ),
        (
            "Bà Lê Thị Mơ, Trưởng phòng Khảo thí và quản lý văn bằng, Sở Giáo dục và Đào tạo, nói.",
            "Lê Thị Mơ: Trưởng phòng / phòng Khảo thí và quản lý văn bằng",
        ),
        (
            "Ông Trần Văn Lân - trưởng ban quản lý đền Cửa Sót - cho biết.",
            "Trần Văn Lân: trưởng ban / ban quản lý đền Cửa Sót",
        ),
        (
            "Ông Trần Văn Lân, Cục trưởng Đường thủy nội địa cho biết tàu đã về.",
            "Trần Văn Lân: Cục trưởng / Cục Đường thủy nội địa",
        ),
        (
            "Ông Trần Văn Lân có thời gian làm trưởng Phòng quản lý đê bao thuộc sở này.",
            "Trần Văn Lân: trưởng Phòng / Phòng quản lý đê bao",
        ),
        ("Bà Lê Thị Mơ, Giám đốc Ban 4, nói.", "Lê Thị Mơ: Giám đốc / Ban 4"),
        (
            "Ông Trần Văn Lân, Trưởng Tiểu ban nhân sự Đại hội XII của Đảng, nói.",
            "Trần Văn Lân: Trưởng Tiểu ban / Tiểu ban nhân sự",
        ),
        (
            "Ông Trần Văn Lân, Cục trưởng Cục Chăn nuôi đưa ra hai phương án.",
            "Trần Văn Lân: Cục trưởng / Cục Chăn nuôi",
        ),
        ("Ông Trần Văn Lân, Giám đốc Sở Y tế trao quà, động viên.", "Trần Văn Lân: Giám đốc / Sở Y tế"),
        (
            "Trưởng ban Tuyên giáo - Dân vận Trung ương Lê Thị Mơ dự.",
            "Lê Thị Mơ: Trưởng ban / ban Tuyên giáo - Dân vận Trung ương",
        ),
        (
            "Ông Trần Văn Lân, chủ nhiệm Ủy ban Pháp luật Quốc hội, nói.",
            "Trần Văn Lân: chủ nhiệm / Ủy ban Pháp luật Quốc hội",
        ),
        (
            "Ông Trần Văn Lân, phó trưởng ban Ban Nội chính Thành ủy, nói.",
            "Trần Văn Lân: phó trưởng ban / Ban Nội chính Thành ủy",
        ),
    ] {
        assert_eq!(people(text), [expected], "{text}");
    }
}

#[test]
fn a_unit_by_its_work_is_of_the_body_behind() {
    for (text, office) in [
        (
            "Ông Trần Văn Lân, phó trưởng phòng dự báo Đài Khí tượng thủy văn Sơn Hà, cho biết trời khô.",
            "Trần Văn Lân: phó trưởng phòng / phòng dự báo Đài Khí tượng thủy văn Sơn Hà",
        ),
        (
            "Ông Trần Văn Lân, Đội trưởng Kiểm tra quy tắc đô thị quận Ân Bình, nói.",
            "Trần Văn Lân: Đội trưởng / Đội Kiểm tra quy tắc đô thị quận Ân Bình",
        ),
        // Who chairs a session holds no office by it.
        (
            "Ông Trần Văn Lân, chủ tọa kỳ họp, Chủ tịch HĐND huyện Ân Bình, nói.",
            "Trần Văn Lân: Chủ tịch / HĐND huyện Ân Bình",
        ),
    ] {
        assert_eq!(people(text), [office], "{text}");
    }
}

#[test]
fn all_bullets_behind_a_lead_attend() {
    use Role::Attendee;
    let text = "Tham dự tọa đàm có:\n- Ông Trần Văn Lân - chủ tịch HĐQT Lamico\n- Bà Lê Thị Mơ - giám đốc Sở Y tế\n- Ông Phạm Văn Sáu - giám đốc Sở Xây dựng";
    assert_eq!(roles(text), [Attendee, Attendee, Attendee]);
    assert_eq!(people(text)[0], "Trần Văn Lân: chủ tịch HĐQT / Lamico");
}

#[test]
fn congresses_of_wards_and_provinces_list_their_guests() {
    for (text, expected) in [
        (
            "Ủy viên Trung ương Đảng - Bí thư Tỉnh ủy Trần Văn Lân phát biểu khai mạc.",
            vec!["Trần Văn Lân: Ủy viên / Trung ương Đảng; Bí thư / Tỉnh ủy"],
        ),
        (
            "Dự có Phó Bí thư Thường trực Thành ủy, Chủ tịch HĐND thành phố Đồng Văn Hưng; Phó Bí thư Thành ủy Lê Thị Mơ.",
            vec![
                "Đồng Văn Hưng: Phó Bí thư Thường trực / Thành ủy; Chủ tịch / HĐND thành phố",
                "Lê Thị Mơ: Phó Bí thư / Thành ủy",
            ],
        ),
        (
            "Dự có Phó Trưởng Đoàn chuyên trách phụ trách Đoàn đại biểu Quốc hội thành phố Trần Văn Lân.",
            vec!["Trần Văn Lân: Phó Trưởng Đoàn chuyên trách phụ trách / Đoàn đại biểu Quốc hội thành phố"],
        ),
        ("Phó Giám đốc phụ trách Sở Y tế Lê Thị Mơ báo cáo.", vec!["Lê Thị Mơ: Phó Giám đốc phụ trách / Sở Y tế"]),
        (
            "Cùng dự có Phó Chánh Văn phòng Thường trực Văn phòng Tỉnh ủy Lê Thị Mơ.",
            vec!["Lê Thị Mơ: Phó Chánh Văn phòng Thường trực / Văn phòng Tỉnh ủy"],
        ),
        (
            "Dự có ông Lê Văn Ba, Phó Bí thư Đảng ủy UBND tỉnh. Ông Trần Văn Lân, Bí thư Đảng ủy, Chủ tịch HĐND phường, báo cáo.",
            vec!["Lê Văn Ba: Phó Bí thư / Đảng ủy UBND tỉnh", "Trần Văn Lân: Bí thư / Đảng ủy; Chủ tịch / HĐND phường"],
        ),
        (
            "Ông Trần Văn Lân, Phó Giám đốc, Thủ trưởng Cơ quan Cảnh sát điều tra Công an tỉnh Sơn Hà, nói.",
            vec![
                "Trần Văn Lân: Phó Giám đốc / Công an tỉnh Sơn Hà; \
                 Thủ trưởng / Cơ quan Cảnh sát điều tra Công an tỉnh Sơn Hà",
            ],
        ),
    ] {
        assert_eq!(people(text), expected, "{text}");
    }
}

#[test]
fn those_who_preside_together_are_listed_by_office() {
    use Role::{Chair, Mentioned};
    assert_eq!(
        roles(
            "Đồng chí Trần Văn Lân, Chủ tịch HĐND thành phố; các đồng chí Phó Chủ tịch HĐND thành phố: Lê Văn Ba, Lê Thị Mơ đồng chủ trì kỳ họp."
        ),
        [Chair, Chair, Chair]
    );
    // Joining a committee is no attendance.
    assert_eq!(roles("Ông Trần Văn Lân tham gia Ủy viên Ban Chỉ đạo thay ông Lê Văn Ba."), [Mentioned, Mentioned]);
}

#[test]
fn who_is_elected_or_relieved_together_has_the_same_office() {
    assert_eq!(
        people(
            "HĐND TP Bạch Giang bầu bổ sung 3 Ủy viên UBND thành phố gồm các ông, bà: Trần Văn Lân, Giám đốc Sở Y tế; Lê Hòa An, \
             Giám đốc Sở Xây dựng; Lò Thị Mơ, Chánh Thanh tra thành phố."
        ),
        [
            "Trần Văn Lân: Ủy viên / UBND thành phố; Giám đốc / Sở Y tế",
            "Lê Hòa An: Ủy viên / UBND thành phố; Giám đốc / Sở Xây dựng",
            "Lò Thị Mơ: Ủy viên / UBND thành phố; Chánh Thanh tra / Thanh tra thành phố",
        ]
    );
    assert_eq!(
        people(
            "HĐND tỉnh miễn nhiệm chức danh Ủy viên UBND tỉnh đối với các ông Trần Văn Lân (nguyên Giám đốc Sở Y tế) và Lê Hòa An \
             (nguyên Giám đốc Sở Xây dựng)."
        ),
        [
            "Trần Văn Lân: Giám đốc / Sở Y tế; Ủy viên / UBND tỉnh",
            "Lê Hòa An: Giám đốc / Sở Xây dựng; Ủy viên / UBND tỉnh",
        ]
    );
}
