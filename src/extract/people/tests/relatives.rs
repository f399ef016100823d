//! Relatives, and names that look like something else.

use super::people;

#[test]
fn what_is_told_behind_a_relative_is_about_the_one_before() {
    assert_eq!(
        people("Ông Lò Văn Thạch (em rể ông Hà Văn Lam) làm Giám đốc Sở Nội vụ tỉnh Sơn Hà."),
        ["Lò Văn Thạch: Giám đốc / Sở Nội vụ tỉnh Sơn Hà", "Hà Văn Lam: "]
    );
    assert_eq!(
        people("Bà Lê Thị Hoa (vợ ông Phạm Văn Tư, Bí thư Huyện ủy Mỹ Lâm), Phó Giám đốc Sở Tài chính, được mời."),
        ["Lê Thị Hoa: Phó Giám đốc / Sở Tài chính", "Phạm Văn Tư: Bí thư / Huyện ủy Mỹ Lâm"]
    );
    assert_eq!(
        people("Ông Lò Văn Thạch, con trai ông Hà Văn Lam, được bổ nhiệm làm Giám đốc Sở Nội vụ."),
        ["Lò Văn Thạch: Giám đốc / Sở Nội vụ", "Hà Văn Lam: "]
    );
}

#[test]
fn foreigners_in_a_list_have_their_own_offices() {
    assert_eq!(
        people(
            "Thủ tướng Campuchia Hun Sarin, Tổng thống Nga Vladimir Karpin và Thủ tướng Nhật Bản Kenji Morita đến dự."
        ),
        ["Hun Sarin: Thủ tướng / Campuchia", "Vladimir Karpin: Tổng thống / Nga", "Kenji Morita: Thủ tướng / Nhật Bản"]
    );
    assert_eq!(
        people("Thủ tướng Lào Thongsa Keomani, Chủ tịch Quốc hội Lào Pany Sayavong đến dự."),
        ["Thongsa Keomani: Thủ tướng / Lào", "Pany Sayavong: Chủ tịch / Quốc hội Lào"]
    );
}

#[test]
fn a_person_is_no_district() {
    assert_eq!(
        people("Giám đốc Sở Xây dựng Vũ Quang Lam cho biết sẽ rà soát. Giám đốc Sở Y tế Hà Trung Thạch báo cáo."),
        ["Vũ Quang Lam: Giám đốc / Sở Xây dựng", "Hà Trung Thạch: Giám đốc / Sở Y tế"]
    );
    assert_eq!(
        people("Chủ tịch UBND huyện Vũ Quang Lò Văn Thạch cho biết sẽ rà soát."),
        ["Lò Văn Thạch: Chủ tịch / UBND huyện Vũ Quang"]
    );
}
