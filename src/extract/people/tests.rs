mod bare;
mod lists;
mod others;
mod relatives;

use crate::extract::{Extractor, Source};
use crate::model::{Extraction, Role};

fn read(text: &str) -> Extraction {
    Extractor::new().extract(Source { text, ..Source::default() })
}

/// Names and offices, in one line a person: "name: title / body; …".
fn people(text: &str) -> Vec<String> {
    let of = |office: &crate::model::OfficeFact| format!("{} / {}", office.title, office.organization);
    let record = read(text);
    record
        .people
        .iter()
        .map(|p| format!("{}: {}", p.name, p.offices.iter().map(of).collect::<Vec<_>>().join("; ")))
        .collect()
}

fn roles(text: &str) -> Vec<Role> {
    read(text).people.iter().map(|person| person.role).collect()
}

/// How often each person is meant.
fn mentions(text: &str) -> Vec<usize> {
    read(text).people.iter().map(|person| person.spans.len()).collect()
}

#[test]
fn people_are_introduced_in_many_ways() {
    for (text, expected) in [
        ("Ông Trần Văn Lân, Chủ tịch UBND TP Thủ Đức, nói.", vec!["Trần Văn Lân: Chủ tịch / UBND TP Thủ Đức"]),
        ("Bí thư Thành ủy TP HCM Lê Minh An dự.", vec!["Lê Minh An: Bí thư / Thành ủy TP HCM"]),
        (
            "Đồng chí Lê An, Ủy viên Trung ương Đảng, Phó Bí thư Thường trực Thành ủy, Chủ tịch UBND TPHCM phát biểu.",
            vec!["Lê An: Ủy viên / Trung ương Đảng; Phó Bí thư Thường trực / Thành ủy; Chủ tịch / UBND TPHCM"],
        ),
        ("Trưởng Ban Tổ chức Trung ương Lê Thị Mơ nói.", vec!["Lê Thị Mơ: Trưởng Ban / Ban Tổ chức Trung ương"]),
        ("Phó Thủ tướng Chính phủ Hà Văn Sáu dự.", vec!["Hà Văn Sáu: Phó Thủ tướng / Chính phủ"]),
        (
            "Ông Trần Văn Lân từng trải qua các công việc là Phó Giám đốc rồi Giám đốc Sở Y tế.",
            vec!["Trần Văn Lân: Phó Giám đốc / Sở Y tế; Giám đốc / Sở Y tế"],
        ),
        ("Ông Trần Văn Lân (60 tuổi), Giám đốc Sở Y tế, nói.", vec!["Trần Văn Lân: Giám đốc / Sở Y tế"]),
        (
            "Ông Trần Văn Lân (52 tuổi, quê Lâm Hà) - Chi ủy viên, Giám đốc Sở Y tế và bà Lê Thị Mơ dự.",
            vec!["Trần Văn Lân: Chi ủy viên / Chi ủy; Giám đốc / Sở Y tế", "Lê Thị Mơ: "],
        ),
        ("ông Điểu Krang - giám đốc Sở Y tế Gia Lai - cho biết", vec!["Điểu Krang: giám đốc / Sở Y tế Gia Lai"]),
        (
            "Bí thư Đảng ủy Phường Tân Lập- ông Dương Ngọc Hồ cho hay",
            vec!["Dương Ngọc Hồ: Bí thư / Đảng ủy Phường Tân Lập"],
        ),
        ("cử tri Lê Hữu Y (phường 3) hỏi", vec!["Lê Hữu Y: "]),
        (
            "Các đồng chí: Trần Văn Lân, Bí thư Huyện ủy Đông Sơn; Hoàng Minh Vân, nguyên Phó Bí thư Huyện ủy Đông Sơn",
            vec!["Trần Văn Lân: Bí thư / Huyện ủy Đông Sơn", "Hoàng Minh Vân: Phó Bí thư / Huyện ủy Đông Sơn"],
        ),
        (
            "các phó thủ tướng Trần Văn Lân, Lê Đình Sáu cùng họp",
            vec!["Trần Văn Lân: phó thủ tướng / Chính phủ", "Lê Đình Sáu: phó thủ tướng / Chính phủ"],
        ),
        (
            "GS.TS. Lê An, Phó Chủ tịch kiêm Tổng Thư ký Hội Luật gia Việt Nam",
            vec!["Lê An: Phó Chủ tịch / Hội Luật gia Việt Nam; Tổng Thư ký / Hội Luật gia Việt Nam"],
        ),
        (
            "Thiếu tướng Trần Văn Lân, Giám đốc Công an tỉnh Gia Lai dự",
            vec!["Trần Văn Lân: Giám đốc / Công an tỉnh Gia Lai"],
        ),
    ] {
        assert_eq!(people(text), expected, "{text}");
    }
}

#[test]
fn offices_are_abbreviated_and_bodies_only_pointed_at() {
    for (text, expected) in [
        (
            "Đồng chí Lê Văn An, UVBTV Tỉnh ủy, Chủ tịch UBND tỉnh dự.",
            vec!["Lê Văn An: UVBTV / Ban Thường vụ Tỉnh ủy; Chủ tịch / UBND tỉnh"],
        ),
        ("Bà Tạ Thị Hòa, TUV, Bí thư Huyện ủy dự.", vec!["Tạ Thị Hòa: TUV / Tỉnh ủy; Bí thư / Huyện ủy"]),
        ("Bộ Y tế họp. Thứ trưởng Bộ Lê Văn Ba nói.", vec!["Lê Văn Ba: Thứ trưởng / Bộ Y tế"]),
        ("Sở Y tế, Sở Xây dựng họp. Bà Lê Thị Mơ, Giám đốc Sở, nói.", vec!["Lê Thị Mơ: Giám đốc / Sở Xây dựng"]),
        ("Giám đốc Bệnh viện Đa khoa tỉnh Lê Văn Ba nói.", vec!["Lê Văn Ba: Giám đốc / Bệnh viện Đa khoa tỉnh"]),
        (
            "Đồng chí Lê Thị Mơ, UVBTVHU, Chủ nhiệm Chính trị (Quân chủng Hải quân) dự.",
            vec!["Lê Thị Mơ: UVBTVHU / Ban Thường vụ Huyện ủy; Chủ nhiệm Chính trị / Quân chủng Hải quân"],
        ),
        ("Cựu Chủ tịch VN Tan Lê Văn Ba bị phạt.", vec!["Lê Văn Ba: Chủ tịch / VN Tan"]),
        ("Ông Lê Văn Ba, Chủ tịch HĐQT VinaTan, nói.", vec!["Lê Văn Ba: Chủ tịch HĐQT / VinaTan"]),
        ("Đại sứ Lào tại Việt Nam Kham Sao nói.", vec!["Kham Sao: Đại sứ / Lào"]),
        ("Thủ tướng Việt Nam Lê Văn Ba nói.", vec!["Lê Văn Ba: Thủ tướng / Chính phủ"]),
        ("Vụ trưởng Vụ Đông Nam Á Lê Văn Ba nói.", vec!["Lê Văn Ba: Vụ trưởng / "]),
        ("Giám đốc Khối Sáng tạo nói.", vec![]),
        (
            "Chủ tịch Công đoàn Tổng Công ty Mai Thị Mơ, Phó Tổng Giám đốc Tổng Công ty Lê Văn Ba dự.",
            vec!["Mai Thị Mơ: Chủ tịch / Công đoàn Tổng Công ty", "Lê Văn Ba: Phó Tổng Giám đốc / Tổng Công ty"],
        ),
    ] {
        assert_eq!(people(text), expected, "{text}");
    }
}

#[test]
fn offices_are_shared_by_lists() {
    for (text, expected) in [
        (
            "Các đồng chí Lê An, Tạ Thị Hòa, Ưng Chí Sáu giữ chức Phó Chủ tịch UBND tỉnh.",
            vec![
                "Lê An: Phó Chủ tịch / UBND tỉnh",
                "Tạ Thị Hòa: Phó Chủ tịch / UBND tỉnh",
                "Ưng Chí Sáu: Phó Chủ tịch / UBND tỉnh",
            ],
        ),
        (
            "Các phó giám đốc gồm ông Lê Văn An và bà Tạ Thị Hòa.",
            vec!["Lê Văn An: phó giám đốc / ", "Tạ Thị Hòa: phó giám đốc / "],
        ),
        (
            "Các đồng chí Lê Văn An và Tạ Thị Hòa họp về công ty do Đinh Ngọc Tám làm Giám đốc.",
            vec!["Lê Văn An: ", "Tạ Thị Hòa: ", "Đinh Ngọc Tám: Giám đốc / "],
        ),
    ] {
        assert_eq!(people(text), expected, "{text}");
    }
}

/// Offices with what the report says of them: "title / body: begins ends proposed former".
fn changes(text: &str) -> Vec<String> {
    let told = |office: &crate::model::OfficeFact| {
        let flags = [
            (office.begins, " begins"),
            (office.ends, " ends"),
            (office.proposed, " proposed"),
            (office.former, " former"),
        ];
        let flags: String = flags.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
        format!("{} / {}:{flags}", office.title, office.organization)
    };
    read(text).people.iter().flat_map(|person| &person.offices).map(told).collect()
}

#[test]
fn offices_end_that_are_named_before() {
    assert_eq!(changes("Ông Trần Văn Lân, Bí thư Tỉnh ủy, thôi giữ chức vụ để nghỉ hưu."), ["Bí thư / Tỉnh ủy: ends"]);
    assert_eq!(changes("Ông Trần Văn Lân, Giám đốc Sở Y tế, nghỉ hưu từ tháng 5."), ["Giám đốc / Sở Y tế: ends"]);
    assert_eq!(
        changes("Ông Trần Văn Lân, Chủ tịch HĐND tỉnh, miễn nhiệm một số chức danh."),
        ["Chủ tịch / HĐND tỉnh:"]
    );
    assert_eq!(changes("Ông Trần Văn Lân nguyên Giám đốc Sở Y tế dự."), ["Giám đốc / Sở Y tế: former"]);
    for text in [
        "HĐND tỉnh miễn nhiệm chức vụ Giám đốc Sở Y tế đối với ông Trần Văn Lân.",
        "HĐND tỉnh bãi nhiệm chức danh Giám đốc Sở Y tế đối với ông Trần Văn Lân.",
        "Ông Trần Văn Lân được miễn nhiệm chức vụ Giám đốc Sở Y tế.",
        "Ông Trần Văn Lân bị cách chức Giám đốc Sở Y tế.",
        "Ông Trần Văn Lân thôi giữ chức vụ Giám đốc Sở Y tế để nghỉ hưu.",
        "UBND tỉnh cho ông Trần Văn Lân thôi giữ chức Giám đốc Sở Y tế.",
        "Ông Trần Văn Lân, Giám đốc Sở Y tế, được nghỉ hưu theo chế độ.",
        "Ông Trần Văn Lân, Giám đốc Sở Y tế, về hưu từ ngày 1/6.",
        "Ông Trần Văn Lân thôi đảm nhiệm chức vụ Giám đốc Sở Y tế.",
    ] {
        assert_eq!(changes(text), ["Giám đốc / Sở Y tế: ends"], "{text}");
    }
}

#[test]
fn who_is_proposed_does_not_hold_the_office() {
    assert_eq!(
        changes("Ông Trần Văn Lân được giới thiệu giữ chức Chủ tịch UBND tỉnh Gia Lai."),
        ["Chủ tịch / UBND tỉnh Gia Lai: proposed"]
    );
    assert_eq!(
        changes(
            "Ông Trần Văn Lân được giới thiệu làm Chủ tịch UBND tỉnh Gia Lai và được bầu làm Chủ tịch UBND tỉnh Gia Lai."
        ),
        ["Chủ tịch / UBND tỉnh Gia Lai: begins"]
    );
}

#[test]
fn an_office_beside_one_of_another_place_is_of_that_place() {
    let text = "Tỉnh ủy Gia Lai họp. Ông Trần Văn Lân, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Lâm Đồng dự. \
                Ông Lê Minh An, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Gia Lai chủ trì.";
    assert_eq!(
        people(text),
        [
            "Trần Văn Lân: Phó Bí thư / Tỉnh ủy; Chủ tịch / UBND tỉnh Lâm Đồng",
            "Lê Minh An: Phó Bí thư / Tỉnh ủy Gia Lai; Chủ tịch / UBND tỉnh Gia Lai"
        ]
    );
}

#[test]
fn a_name_with_a_mark_left_out_is_nobody_else() {
    let text = "Ông Hoàng Văn Lân nói. Ông Hoàng Văn Lân hứa.\nẢnh chụp: ông Hoàng Van Lân trả lời.";
    assert_eq!(people(text), ["Hoàng Văn Lân: "]);
    assert_eq!(people("Ông Lê Văn Lân và ông Lê Văn Lẫm nói.").len(), 2);
}

#[test]
fn offices_are_left_and_handed_over() {
    let phases = |text: &str| -> Vec<String> {
        let record = read(text);
        let offices = record.people.iter().flat_map(|person| person.offices.iter().map(move |o| (person, o)));
        let phase = |o: &crate::model::OfficeFact| match (o.begins, o.ends, o.former) {
            (true, _, _) => "begins",
            (_, true, _) => "ends",
            (_, _, true) => "former",
            _ => "held",
        };
        offices.map(|(person, office)| format!("{} {} {}", person.name, office.title, phase(office))).collect()
    };
    for (text, expected) in [
        ("Ông Lê Văn Ba thôi giữ chức Bí thư Huyện ủy.", vec!["Lê Văn Ba Bí thư ends"]),
        ("Ông Lê Văn Ba, Giám đốc Sở Y tế, nghỉ hưu từ ngày 1-5.", vec!["Lê Văn Ba Giám đốc ends"]),
        ("Ông Lê Văn Ba, nguyên Giám đốc Sở Y tế, nghỉ hưu.", vec!["Lê Văn Ba Giám đốc former"]),
        ("Miễn nhiệm chức vụ Chủ tịch UBND tỉnh đối với ông Lê Văn Ba.", vec!["Lê Văn Ba Chủ tịch ends"]),
        ("Thôi giữ chức vụ Chủ tịch UBND tỉnh đối với ông Lê Văn Ba.", vec!["Lê Văn Ba Chủ tịch ends"]),
        (
            "Ông Lê Văn Ba bàn giao chức vụ Bí thư Đảng ủy cho bà Tạ Thị Mơ.",
            vec!["Lê Văn Ba Bí thư ends", "Tạ Thị Mơ Bí thư begins"],
        ),
    ] {
        assert_eq!(phases(text), expected, "{text}");
    }
}

#[test]
fn teams_are_led_and_others_only_acted_for() {
    for (text, expected) in [
        (
            "Tổ công tác số 3 của UBND tỉnh do bà Mai Thị Mơ làm Tổ trưởng.",
            vec!["Mai Thị Mơ: Tổ trưởng / Tổ công tác số 3"],
        ),
        (
            "Đoàn khảo sát của thành phố do ông Lê Văn Ba làm Trưởng đoàn.",
            vec!["Lê Văn Ba: Trưởng đoàn / Đoàn khảo sát"],
        ),
        ("Thừa ủy quyền của Thủ tướng Chính phủ, ông Lê Văn Ba trao cờ.", vec!["Lê Văn Ba: "]),
        (
            "Thay mặt Chủ tịch nước, Phó Chủ tịch UBND tỉnh Lê Văn Ba trao cờ.",
            vec!["Lê Văn Ba: Phó Chủ tịch / UBND tỉnh"],
        ),
    ] {
        assert_eq!(people(text), expected, "{text}");
    }
}

#[test]
fn names_of_invented_places_are_nobody() {
    for text in [
        "Bí thư Thành ủy Bạch Tân nói.",
        "Chủ tịch UBND huyện Thạch Tân nói.",
        "Chủ tịch Bạch Tân đối thoại.\nThành Đoàn Bạch Tân họp.",
    ] {
        assert_eq!(people(text), Vec::<String>::new(), "{text}");
    }
    let expected = ["Kiều Thế Sáu: Bí thư / Thành ủy Bạch Tân"];
    assert_eq!(people("Bí thư Thành ủy Bạch Tân Kiều Thế Sáu nói."), expected);
}

#[test]
fn names_that_take_no_part_are_left_out() {
    for text in [
        "Kỷ niệm 131 năm ngày sinh Chủ tịch Hồ Chí Minh.",
        "Họp tại đường Nguyễn Văn Linh, cầu Trần Thị Lý.",
        "Họp tại căn nhà 105 Trần Văn Lân, ở số 7/2 Lê Thị Mơ, địa chỉ 12 Hà Văn Sáu, miếu Bà Lê Thị Mơ.",
        "Quang cảnh hội nghị. Ảnh: Trần Văn Lân",
        "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
        "Hội nghị họp hôm nay.\nTrần Văn Lân",
        "Trường THPT Nguyễn Trãi tổ chức họp.",
        "Cử tri Hà Nội hỏi.",
        "Đoàn đến thăm cán bộ, chiến sĩ Đồn Biên phòng Ia Sung.",
    ] {
        assert_eq!(people(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn short_forms_mean_people_named_before() {
    assert_eq!(mentions("Ông Trần Văn Lân nói. Ông Lân yêu cầu. Ông cũng lưu ý."), [3]);
    assert_eq!(mentions("Ông Trần Văn Lân và bà Lê Thị Mơ họp. Bà Mơ nói. Ông Lân đáp."), [2, 2]);
    assert_eq!(mentions("Bí thư Thành ủy TP Thủ Đức Lê An họp. Bí thư Thành ủy nhấn mạnh."), [2]);
    assert_eq!(mentions("Chủ tịch UBND tỉnh Gia Lai Lê An họp. Chủ tịch tỉnh yêu cầu. Một Phó Chủ tịch tỉnh dự."), [2]);
}

#[test]
fn roles_follow_the_words_beside_the_name() {
    use Role::{Attendee, Chair, Mentioned, Recipient, Speaker};
    for (text, expected) in [
        ("Ông Trần Văn Lân cho biết mưa lớn.", vec![Speaker]),
        ("Theo ông Trần Văn Lân, mưa lớn.", vec![Speaker]),
        ("Phát biểu tại hội nghị, ông Trần Văn Lân, Giám đốc Sở Y tế, mừng.", vec![Speaker]),
        ("Đến dự có ông Trần Văn Lân, bà Lê Thị Mơ.", vec![Attendee, Attendee]),
        ("Dự và chỉ đạo hội nghị có các đồng chí: Trần Văn Lân; Lê Thị Mơ.", vec![Attendee, Attendee]),
        ("Ông Trần Văn Lân cùng lãnh đạo các sở, các huyện, thị xã, thành phố trong tỉnh dự hội nghị.", vec![Attendee]),
        ("Ông Trần Văn Lân và bà Lê Thị Mơ chủ trì hội nghị.", vec![Chair, Chair]),
        ("Hội đồng bầu ông Trần Văn Lân giữ chức Chủ tịch UBND tỉnh Gia Lai.", vec![Recipient]),
        ("Sở trao bằng khen cho bà Lê Thị Mơ.", vec![Recipient]),
        ("Xã có ông Trần Văn Lân.", vec![Mentioned]),
    ] {
        assert_eq!(roles(text), expected, "{text}");
    }
}

#[test]
fn offices_begin_end_and_are_past() {
    let office = |text: &str| read(text).people[0].offices[0].clone();
    assert!(office("bầu ông Trần Văn Lân giữ chức Chủ tịch UBND tỉnh Gia Lai").begins);
    assert!(office("miễn nhiệm chức danh Chủ tịch UBND tỉnh đối với ông Trần Văn Lân").ends);
    assert!(office("nguyên Bí thư Tỉnh ủy Trần Văn Lân").former);
    assert!(office("quyền Chủ tịch UBND tỉnh Trần Văn Lân").acting);
}

#[test]
fn who_chairs_is_told_in_many_ways() {
    use Role::{Attendee, Chair, Mentioned, Recipient, Speaker};
    for (text, expected) in [
        ("Hội nghị diễn ra dưới sự chủ trì của đồng chí Trần Văn Lân.", vec![Chair]),
        (
            "Hội nghị do Thường trực Đảng ủy chủ trì, gồm các đồng chí: Trần Văn Lân, Bí thư Đảng ủy; Lê Thị Mơ, Phó Bí thư Đảng ủy.",
            vec![Chair, Chair],
        ),
        ("Đoàn giám sát do đồng chí Trần Văn Lân làm trưởng đoàn, đã công bố quyết định.", vec![Chair]),
        ("Công ty do ông Trần Văn Lân làm giám đốc đã nộp phạt.", vec![Mentioned]),
        ("Hội nghị được nghe đồng chí Trần Văn Lân giới thiệu nội dung hướng dẫn.", vec![Speaker]),
        ("Đại hội suy tôn ông Trần Văn Lân làm Chủ tịch danh dự Hội Luật gia tỉnh.", vec![Recipient]),
        ("Tham dự có ông Trần Văn Lân.", vec![Attendee]),
        ("Trước đó, ông Trần Văn Lân đã chủ trì một cuộc họp khác.", vec![Mentioned]),
        ("Tổ đại biểu Quốc hội số 1 gồm bà Lê Thị Mơ và ông Trần Văn Lân đã gặp cử tri.", vec![Attendee, Attendee]),
        ("Bà Lê Thị Mơ, Giám đốc Sở Tài chính, ước tính cần 3 tỷ đồng.", vec![Speaker]),
    ] {
        assert_eq!(roles(text), expected, "{text}");
    }
}

#[test]
fn lords_of_old_are_no_people_of_a_report() {
    for text in ["Tỉnh tổ chức lễ hội đền Đức ông Trần Văn Lân.", "Kỷ niệm ngày vua Lê Văn Sáu lên ngôi."]
    {
        assert_eq!(people(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn offices_of_those_released_and_lives_in_lists() {
    assert_eq!(
        people("HĐND miễn nhiệm chức danh phó chủ tịch UBND huyện Ân Bình với bà Lê Thị Mơ."),
        ["Lê Thị Mơ: phó chủ tịch / UBND huyện Ân Bình"]
    );
    assert_eq!(
        people("Ông Trần Văn Lân đã kinh qua các chức vụ, như Giám đốc Sở Y tế, Phó Chủ tịch UBND huyện Ân Bình."),
        ["Trần Văn Lân: Giám đốc / Sở Y tế; Phó Chủ tịch / UBND huyện Ân Bình"]
    );
}

#[test]
fn leaders_of_other_states_hold_no_office_of_this_one() {
    for (text, expected) in [
        (
            "Đại tướng Kham Outhai, Phó Thủ tướng, Bộ trưởng Bộ Quốc phòng Lào, nói.",
            vec!["Kham Outhai: Phó Thủ tướng / Lào; Bộ trưởng / Bộ Quốc phòng Lào"],
        ),
        (
            "Tổng Bí thư, Chủ tịch nước Lào Bounma Sisouk dự.",
            vec!["Bounma Sisouk: Tổng Bí thư / Lào; Chủ tịch nước / Lào"],
        ),
        ("Bộ trưởng Ngoại giao Hàn Quốc Park Eun-mi nói.", vec!["Park Eun-mi: Bộ trưởng / Bộ Ngoại giao Hàn Quốc"]),
        ("Thủ tướng Vương quốc Campuchia Sok Vanna dự.", vec!["Sok Vanna: Thủ tướng / Campuchia"]),
        (
            "Ông Lê Văn Ba, Phó Thủ tướng, Chủ tịch Hội Hữu nghị Việt Nam - Lào, nói.",
            vec!["Lê Văn Ba: Phó Thủ tướng / Chính phủ; Chủ tịch / Hội Hữu nghị Việt Nam - Lào"],
        ),
        (
            "Tổng Bí thư Ban Chấp hành Trung ương Đảng Lê Văn Ba nói.",
            vec!["Lê Văn Ba: Tổng Bí thư / Ban Chấp hành Trung ương Đảng"],
        ),
    ] {
        assert_eq!(people(text), expected, "{text}");
    }
}

#[test]
fn each_body_has_its_own_party_committee() {
    assert_eq!(
        people(
            "Bí thư Đảng ủy, Giám đốc Sở Y tế Trần Văn Lân; Bí thư Đảng ủy, Hiệu trưởng Trường Đại học Tân Hòa Lê Thị Mơ; \
             Bí thư Đảng ủy phường Tân Lập Hà Văn Sáu dự."
        ),
        [
            "Trần Văn Lân: Bí thư / Đảng ủy; Giám đốc / Sở Y tế",
            "Lê Thị Mơ: Bí thư / Đảng ủy; Hiệu trưởng / Trường Đại học Tân Hòa",
            "Hà Văn Sáu: Bí thư / Đảng ủy phường Tân Lập",
        ]
    );
    assert_eq!(
        people("Bí thư Đảng ủy, Chủ tịch HĐND phường Trần Văn Lân nói. Đảng ủy phường Tân Lập họp."),
        ["Trần Văn Lân: Bí thư / Đảng ủy phường Tân Lập; Chủ tịch / HĐND phường"]
    );
}

#[test]
fn remarks_in_brackets_stand_between_name_and_office() {
    for (text, expected) in [
        (
            "Ông Trần Văn Lân (phải) - nguyên Trưởng phòng Khảo thí Sở Y tế - dự.",
            vec!["Trần Văn Lân: Trưởng phòng / phòng Khảo thí Sở Y tế"],
        ),
        (
            "HĐND bầu ông Trần Văn Lân (53 tuổi) Bí thư Huyện ủy Đông Sơn.",
            vec!["Trần Văn Lân: Bí thư / Huyện ủy Đông Sơn"],
        ),
        (
            "Chủ tịch HĐQT Tổng công ty Đường thủy (Vinatan) Trần Văn Lân nói.",
            vec!["Trần Văn Lân: Chủ tịch HĐQT / Tổng công ty Đường thủy"],
        ),
        ("Ông Trần Văn Lân (phường 3) hỏi.", vec!["Trần Văn Lân: "]),
    ] {
        assert_eq!(people(text), expected, "{text}");
    }
}

#[test]
fn heads_of_offices_of_statistics_and_of_the_coast_guard() {
    for (text, expected) in [
        ("Đồng chí Trưởng Thống kê tỉnh Lê Văn Ba nói.", vec!["Lê Văn Ba: Trưởng Thống kê / Thống kê tỉnh"]),
        (
            "Trung tá Lê Văn Ba, Phó Tư lệnh Cảnh sát biển Vùng 3, nói.",
            vec!["Lê Văn Ba: Phó Tư lệnh / Cảnh sát biển Vùng 3"],
        ),
    ] {
        assert_eq!(people(text), expected, "{text}");
    }
}

#[test]
fn leaders_of_another_state_lead_no_body_of_this_one() {
    let text = "Chiều 5-3, Thủ tướng Lê Văn Ba tiếp Chủ tịch Quốc hội Lào Khăm Bun Xỉ. Chủ tịch Quốc hội Khăm Bun Xỉ cảm ơn. Thủ tướng \
                Thoong Xa Vông gửi lời thăm Việt Nam.";
    assert_eq!(
        people(text),
        ["Lê Văn Ba: Thủ tướng / Chính phủ", "Khăm Bun Xỉ: Chủ tịch / Quốc hội Lào", "Thoong Xa Vông: Thủ tướng / Lào"]
    );
    let text = "Thủ tướng Lào Khăm Bun Xỉ đến dự. Thủ tướng Khăm Bun Xỉ cảm ơn.";
    assert_eq!(people(text), ["Khăm Bun Xỉ: Thủ tướng / Lào"]);
}

#[test]
fn who_spoke_may_be_listed_and_who_did_not_come_did_not_attend() {
    for (text, expected) in [
        ("Phát biểu tại đại hội có đồng chí Lê Văn An, Bí thư Huyện ủy.", vec![Role::Speaker]),
        ("Hội nghị thống nhất cho đồng chí Lê Văn An thôi tham gia Ban Chấp hành.", vec![Role::Mentioned]),
        (
            "Báo cáo với ông Lê Văn An, Bí thư Huyện ủy Ân Bình Tạ Thị Hòa cho biết huyện có 3 xã.",
            vec![Role::Mentioned, Role::Speaker],
        ),
        ("Phát biểu chỉ đạo đại hội có các đồng chí Lê Văn An; Tạ Thị Hòa.", vec![Role::Speaker, Role::Speaker]),
        ("Dự và phát biểu chỉ đạo có đồng chí Lê Văn An.", vec![Role::Attendee]),
        ("Ông Lê Văn An không tham gia Ban Chấp hành khóa mới.", vec![Role::Mentioned]),
        ("Ông Lê Văn An tham dự.", vec![Role::Attendee]),
    ] {
        assert_eq!(roles(text), expected, "{text}");
    }
}
