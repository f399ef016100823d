//! Offices that stand near a name and are another's.

use super::{mentions, people};

#[test]
fn who_decides_about_somebody_gives_no_office_of_his() {
    for text in [
        "Thủ tướng vừa ký quyết định kỷ luật cảnh cáo đối với ông Lò Văn Thạch do có vi phạm.",
        "Theo Tổng Bí thư, đây là bài học không chỉ đối với ông Lò Văn Thạch, mà với tất cả.",
        "Chủ tịch UBND huyện yêu cầu nhà trường kiểm điểm đối với ông Lò Văn Thạch.",
    ] {
        assert_eq!(people(text), ["Lò Văn Thạch: "], "{text}");
    }
    assert_eq!(
        people("HĐND xã Mỹ Lâm miễn nhiệm chức danh Chủ tịch UBND xã Mỹ Lâm đối với ông Lò Văn Thạch."),
        ["Lò Văn Thạch: Chủ tịch / UBND xã Mỹ Lâm"]
    );
}

#[test]
fn whom_somebody_turns_to_is_another() {
    for (text, expected) in [
        (
            "Báo cáo với Thủ tướng, ông Lò Văn Thạch - Chủ tịch UBND tỉnh Sơn Hà - cho biết lũ đã rút.",
            "Lò Văn Thạch: Chủ tịch / UBND tỉnh Sơn Hà",
        ),
        (
            "Báo cáo với Thủ tướng, Bí thư Tỉnh ủy Sơn Hà Lò Văn Thạch cho biết lũ đã rút.",
            "Lò Văn Thạch: Bí thư / Tỉnh ủy Sơn Hà",
        ),
        ("Theo quyết định của Thủ tướng Chính phủ, ông Lò Văn Thạch nghỉ hưu từ tháng 5.", "Lò Văn Thạch: "),
        // Closed by a comma, the name tells who holds it.
        (
            "Đối với Bí thư Huyện ủy Sơn Hà, ông Lò Văn Thạch, kết luận nêu rõ trách nhiệm.",
            "Lò Văn Thạch: Bí thư / Huyện ủy Sơn Hà",
        ),
        ("Đoàn hội đàm với Tổng Bí thư, Chủ tịch nước Lò Văn Thạch.", "Lò Văn Thạch: Tổng Bí thư / ; Chủ tịch nước / "),
    ] {
        assert_eq!(people(text), [expected], "{text}");
    }
}

#[test]
fn another_may_act_behind_a_source() {
    for text in [
        "Theo ông Lò Văn Thạch, Thủ tướng chưa giao thời gian cụ thể.",
        "Trả lời chất vấn đại biểu Lò Văn Thạch, Thủ tướng Chính phủ cho biết rừng đã đóng cửa.",
    ] {
        assert!(!people(text)[0].contains("Thủ tướng"), "{text}");
    }
}

#[test]
fn former_offices_of_a_list_are_not_shared() {
    assert_eq!(
        people(
            "Dự có các đồng chí: Nguyên Chủ tịch Quốc hội Lò Văn Thạch; các đồng chí Bí thư Trung ương Đảng: Hà Thị Mơ, \
             Trưởng Ban Dân vận Trung ương."
        )[0],
        "Lò Văn Thạch: Chủ tịch / Quốc hội"
    );
}

#[test]
fn a_state_before_a_name_is_none_of_it() {
    for (text, name) in [
        ("Thủ tướng Nhật Kenji Hara thăm Việt Nam.", "Kenji Hara: Thủ tướng / Nhật"),
        ("Thủ tướng Pakistan Omar Hadid phát biểu.", "Omar Hadid: Thủ tướng / Pakistan"),
        ("Thủ tướng Papua New Guinea John Tau phát biểu.", "John Tau: Thủ tướng / Papua New Guinea"),
    ] {
        assert_eq!(people(text), [name], "{text}");
    }
}

#[test]
fn who_is_answered_holds_the_office_and_children_are_nobody() {
    assert_eq!(people("Trả lời Bí thư Thành ủy, ông Trần Văn Lân giải thích việc chậm."), ["Trần Văn Lân: "]);
    for text in [
        "Ông Trần Văn Lân nói. Phải lo cho trẻ em nghèo, con em của xã, các em nhỏ, và anh chị em công nhân.",
        "Ông Trần Văn Lân nói. Việc này cụ thể là chú trọng dạy nghề, chú ý người già.",
    ] {
        assert_eq!(mentions(text), [1], "{text}");
    }
}

#[test]
fn names_that_look_like_other_words() {
    for (text, expected) in [
        ("Chủ tịch Trung Quốc Tập Hải Minh thăm Lào.", "Tập Hải Minh: Chủ tịch / Trung Quốc"),
        ("Bà Trần thị Mơ, Phó Giám đốc Sở Du lịch, nói.", "Trần thị Mơ: Phó Giám đốc / Sở Du lịch"),
        ("Ông Hồ Hương, Giám đốc Sở Y tế, nói.", "Hồ Hương: Giám đốc / Sở Y tế"),
        ("Chủ tịch huyện yêu cầu ông Lò Văn Thạch, Giám đốc Sở Y tế, trả lời.", "Lò Văn Thạch: Giám đốc / Sở Y tế"),
        ("Bộ trưởng Công an Tô Lân cho rằng khó.", "Tô Lân: Bộ trưởng / Bộ Công an"),
        ("Dưới chính quyền Tổng thống Jean Roy, thuế tăng.", "Jean Roy: Tổng thống / "),
        (
            "Ông Lò Văn Thạch (nguyên Viện trưởng nghiên cứu phát triển Gia Lai) nói.",
            "Lò Văn Thạch: Viện trưởng / Viện nghiên cứu phát triển Gia Lai",
        ),
        ("Thủ tướng Lý Văn Hải gặp doanh nghiệp Singapore.", "Lý Văn Hải: Thủ tướng / Singapore"),
    ] {
        assert_eq!(people(text), [expected], "{text}");
    }
}

#[test]
fn the_next_sentence_is_about_its_subject() {
    for (text, expected) in [
        (
            "Ông Lò Văn Thạch chê trách bà Hà Thị Mơ và ông Trần Văn Lân. Ông từng làm Giám đốc Sở Y tế.",
            vec!["Lò Văn Thạch: Giám đốc / Sở Y tế", "Hà Thị Mơ: ", "Trần Văn Lân: "],
        ),
        // Nobody knows the full name of who is spoken of.
        ("Ông Roy chỉ trích ông Trần Văn Lân. Ông từng làm Giám đốc Sở Y tế.", vec!["Trần Văn Lân: ", "Roy: "]),
        (
            "Ông Lò Văn Thạch trao quyết định cho ông Trần Văn Lân. Ông từng làm Giám đốc Sở Y tế.",
            vec!["Lò Văn Thạch: ", "Trần Văn Lân: Giám đốc / Sở Y tế"],
        ),
    ] {
        assert_eq!(people(text), expected, "{text}");
    }
}

#[test]
fn a_group_of_delegates_is_nobodys_title() {
    assert_eq!(people("Thay mặt tổ đại biểu, ông Trần Văn Lân cảm ơn cử tri."), ["Trần Văn Lân: "]);
    assert_eq!(people("Phát biểu tại tổ, đại biểu Trần Văn Lân cảm ơn."), ["Trần Văn Lân: đại biểu / "]);
}

#[test]
fn numbers_of_dates_count_no_offices() {
    assert_eq!(
        people("Sáng 5/4 Phó Chủ tịch UBND tỉnh Gia Lai Lê Văn An chủ trì."),
        ["Lê Văn An: Phó Chủ tịch / UBND tỉnh Gia Lai"]
    );
    assert_eq!(people("Lộ trình: Lê Lợi - Nguyễn Văn Lân - cầu Lam."), Vec::<String>::new());
    assert_eq!(people("Xã có 2 Phó Chủ tịch UBND."), Vec::<String>::new());
}

#[test]
fn envoys_hamlets_and_services_stand_before_names() {
    for (text, expected) in [
        ("Đại sứ Nhật Bản tại Việt Nam Ito Haru dự.", "Ito Haru: Đại sứ / Nhật Bản"),
        ("Trưởng thôn Nà Lau Hoàng Văn Ba nói.", "Hoàng Văn Ba: Trưởng thôn / Nà Lau"),
        ("Cục trưởng Hàng không Việt Nam Đinh Việt An nói.", "Đinh Việt An: Cục trưởng / Cục Hàng không Việt Nam"),
        ("Cục trưởng Cục Thuế tỉnh Hồ Mơ nói.", "Hồ Mơ: Cục trưởng / Cục Thuế tỉnh"),
        ("Luật sư Hồ Mơ nói.", "Hồ Mơ: "),
        ("Đại tá Hồ Mơ, Phó Giám đốc Công an tỉnh Gia Lai nói.", "Hồ Mơ: Phó Giám đốc / Công an tỉnh Gia Lai"),
    ] {
        assert_eq!(people(text), [expected], "{text}");
    }
}
