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
