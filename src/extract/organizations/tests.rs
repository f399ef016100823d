use crate::extract::{Extractor, Source};

/// The bodies of a text, as they are told.
pub(super) fn names(text: &str) -> Vec<String> {
    let record = Extractor::new().extract(Source { text, ..Source::default() });
    record.organizations.into_iter().map(|body| body.name).collect()
}

#[test]
fn names_are_cut_in_the_right_place() {
    for (text, expected) in [
        ("Thành ủy TP Bạch Giang họp.", vec!["Thành ủy TP Bạch Giang"]),
        ("Bí thư Thành ủy TP Thủ Đức Hoàng Văn Lân nói.", vec!["Thành ủy TP Thủ Đức"]),
        ("Ban Chỉ đạo phòng chống dịch Covid-19 yêu cầu", vec!["Ban Chỉ đạo phòng chống dịch Covid-19"]),
        (
            "Sở Nông nghiệp và Phát triển nông thôn tỉnh Gia Lai báo cáo",
            vec!["Sở Nông nghiệp và Phát triển nông thôn tỉnh Gia Lai"],
        ),
        ("Giám đốc Sở Du lịch Bùi Minh Vũ nói", vec!["Sở Du lịch"]),
        ("Ủy ban nhân dân (UBND) thành phố (TP) Thủ Đức tổ chức", vec!["Ủy ban nhân dân thành phố Thủ Đức"]),
        ("Bộ Chính trị quyết định", vec!["Bộ Chính trị"]),
        ("UBND các cấp phải làm", vec![]),
        ("Chủ tịch UBND phường Lê Thị Mơ nói.", vec!["UBND phường"]),
        ("UBND phường Võ Thị Sáu họp.", vec!["UBND phường Võ Thị Sáu"]),
        ("Chủ tịch UBND tỉnh Siu Hương nói với đồng chí Siu Hương.", vec!["UBND tỉnh"]),
        ("Báo Pháp Luật TP.HCM phản ánh.", vec!["Báo Pháp Luật TP.HCM"]),
        ("Phó Chủ tịch Tổng Liên đoàn Lê Thị Mơ nói.", vec!["Tổng Liên đoàn"]),
        ("Bà Đào Ngọc Bích Vân dự. Bí thư Đảng ủy phường Đào Ngọc Bích Vân nói.", vec!["Đảng ủy phường"]),
        ("Quận ủy An Thới Từ Thị Mơ", vec!["Quận ủy An Thới"]),
        ("chủ tịch UBND tỉnh Nguyễn Văn Lân nói", vec!["UBND tỉnh"]),
        ("ban hành nghị quyết, phòng chống dịch", vec![]),
        ("Buổi tiếp xúc của tổ đại biểu Quốc hội TP. HCM", vec!["tổ đại biểu Quốc hội TP. HCM"]),
        ("Phó Trưởng ban Chỉ đạo 197 phường 4 Lê Văn Lân nói.", vec!["ban Chỉ đạo 197 phường 4"]),
        ("Thị xã là trung tâm dịch vụ tỉnh và đầu mối.", vec![]),
        ("Ủy ban Quốc gia APEC 2017 họp.", vec!["Ủy ban Quốc gia APEC 2017"]),
        ("Lãnh đạo các phòng Nội vụ quận, huyện cho biết", vec![]),
        ("Đồ án của một công ty Nhật Bản có chia khu.", vec![]),
        ("Giám đốc Sở T T&T T tỉnh Gia Lai nói.", vec!["Sở T T&T T tỉnh Gia Lai"]),
        (
            "Trường THPT Lê Lợi và Công ty cổ phần may Hòa Thắng",
            vec!["Trường THPT Lê Lợi", "Công ty cổ phần may Hòa Thắng"],
        ),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn subjects_unions_and_companies_are_read_whole() {
    for (text, expected) in [
        ("Bà Lê Thị Mơ, trưởng ban văn hoá xã hội HĐND TP, nói.", vec!["ban văn hoá xã hội HĐND TP"]),
        (
            "Ông Lê Văn Sáu, phó trưởng phòng công chức viên chức Sở Nội vụ, nói.",
            vec!["phòng công chức viên chức Sở Nội vụ"],
        ),
        ("BCH Trung ương Hội Luật gia Việt Nam họp.", vec!["BCH Trung ương Hội Luật gia Việt Nam"]),
        ("Chủ tịch Ban chấp hành Trung ương Hội khoá VI nói.", vec!["Ban chấp hành Trung ương Hội"]),
        ("Đảng uỷ cơ quan Trung ương Hội Nông dân họp.", vec!["Đảng uỷ cơ quan Trung ương Hội Nông dân"]),
        ("tổng giám đốc Công ty CP phân bón Tân Hòa dự", vec!["Công ty CP phân bón Tân Hòa"]),
        ("Công ty cổ phần đầu tư và kinh doanh Tân Hòa dự", vec!["Công ty cổ phần đầu tư và kinh doanh Tân Hòa"]),
        (
            "Cục Cảnh sát phòng chống tội phạm về môi trường báo cáo",
            vec!["Cục Cảnh sát phòng chống tội phạm về môi trường"],
        ),
        ("Công ty VN Tan nhập khẩu thuốc.", vec!["Công ty VN Tan"]),
        ("Trường THPT Lê Lợi họp. Trường Lê Lợi báo cáo.", vec!["Trường THPT Lê Lợi"]),
        ("Cán bộ Hội và cấp bộ Đoàn trong ngành Hải quan TP phải làm.", vec![]),
        ("Chương trình của báo Tia Nắng được khen.", vec!["báo Tia Nắng"]),
        ("Phường Trường Hòa có 9 khu.", vec![]),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn committees_and_companies_keep_what_belongs_to_them() {
    for (text, expected) in [
        (
            "Ban Chỉ đạo Trung ương về phòng, chống tham nhũng, lãng phí, tiêu cực họp.",
            vec!["Ban Chỉ đạo Trung ương về phòng, chống tham nhũng, lãng phí, tiêu cực"],
        ),
        ("Ban Chỉ đạo 35 Tỉnh ủy và Ban Chỉ đạo 389 tỉnh họp.", vec!["Ban Chỉ đạo 35 Tỉnh ủy", "Ban Chỉ đạo 389 tỉnh"]),
        ("Ban Chỉ đạo diễn tập tỉnh họp. Trưởng Ban Chỉ đạo nói.", vec!["Ban Chỉ đạo diễn tập tỉnh"]),
        ("Ban Chỉ đạo đã họp.", vec![]),
        ("Công ty TNHH Điện lực Sơn Tân 1 đã xong.", vec!["Công ty TNHH Điện lực Sơn Tân 1"]),
        ("Công ty cổ phần thép Mỹ Tân - Úc cho biết", vec!["Công ty cổ phần thép Mỹ Tân - Úc"]),
        ("Giám đốc Công ty Hòa Thắng - Trần Văn Lân nói.", vec!["Công ty Hòa Thắng"]),
        ("Ban Kinh tế - Ngân sách HĐND tỉnh thẩm tra.", vec!["Ban Kinh tế - Ngân sách HĐND tỉnh"]),
        ("Đảng ủy MTTQ, các đoàn thể Trung ương họp.", vec!["Đảng ủy MTTQ, các đoàn thể Trung ương"]),
        ("Tòa án nhân dân khu vực 3 và Sở Y tế", vec!["Tòa án nhân dân khu vực 3", "Sở Y tế"]),
        ("Bộ Tư lệnh Vùng 2 Hải quân tổ chức", vec!["Bộ Tư lệnh Vùng 2 Hải quân"]),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn places_behind_bodies_need_no_gazetteer() {
    for (text, expected) in [
        ("Bí thư Huyện uỷ Krôngta nói.", vec!["Huyện uỷ Krôngta"]),
        ("Chủ tịch UBND huyện Thạch Tân nói.", vec!["UBND huyện Thạch Tân"]),
        ("Chủ tịch UBND huyện Lương Tạ nói.", vec!["UBND huyện Lương Tạ"]),
        ("Chủ tịch UBND huyện Lương Tạ nói. Ông Lương Tạ đáp.", vec!["UBND huyện"]),
        ("Chủ tịch UBND huyện Thạch Tân Vũ Khắc Sáu nói.", vec!["UBND huyện Thạch Tân"]),
        ("Thành Đoàn Bạch Tân họp.", vec!["Thành Đoàn Bạch Tân"]),
        ("Bí thư Thành đoàn Ngạc Thùy Vân nói.", vec!["Thành đoàn"]),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn a_party_committee_or_a_force_alone_is_no_part_of_a_later_one() {
    for (text, expected) in [
        ("Đảng ủy họp. Phó Bí thư Đảng ủy Cục Chính trị Lê Văn Ba dự.", vec!["Đảng ủy", "Đảng ủy Cục Chính trị"]),
        ("Đảng ủy họp. Bí thư Đảng ủy xã Tân Hòa dự.", vec!["Đảng ủy xã Tân Hòa"]),
        ("Chính ủy BĐBP Lê Văn Ba. BĐBP tỉnh Gia Lai họp.", vec!["BĐBP", "BĐBP tỉnh Gia Lai"]),
        ("Lực lượng Bộ đội Biên phòng tuần tra.", vec![]),
        ("Trưởng Ban VH - XH, HĐND huyện Lê Văn Ba nói.", vec!["Ban VH - XH HĐND huyện"]),
        ("Trưởng Ban Pháp chế HĐND tỉnh Lê Văn Ba nói.", vec!["Ban Pháp chế HĐND tỉnh"]),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn heads_are_shared() {
    assert_eq!(names("các sở Y tế, Xây dựng và Tài chính"), ["sở Y tế", "sở Xây dựng", "sở Tài chính"]);
    assert_eq!(names("UBND các huyện Bù Đăng, Bù Đốp."), ["UBND huyện Bù Đăng", "UBND huyện Bù Đốp"]);
}

#[test]
fn committees_side_by_side_share_the_place_of_the_last() {
    for (text, expected) in [
        ("Đảng ủy - HĐND - UBND xã Tân Hòa họp.", vec!["Đảng ủy xã Tân Hòa", "HĐND xã Tân Hòa", "UBND xã Tân Hòa"]),
        ("Lãnh đạo HĐND, UBND tỉnh Gia Lai dự.", vec!["HĐND tỉnh Gia Lai", "UBND tỉnh Gia Lai"]),
        ("Thường trực HĐND, UBND tỉnh dự.", vec!["Thường trực HĐND tỉnh", "UBND tỉnh"]),
        ("Tỉnh ủy, UBND tỉnh Gia Lai họp.", vec!["Tỉnh ủy", "UBND tỉnh Gia Lai"]),
        (
            "Lãnh đạo các sở: Giao thông vận tải, Y tế; Công an tỉnh dự.",
            vec!["sở Giao thông vận tải", "sở Y tế", "Công an tỉnh"],
        ),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn short_forms_with_stops_signs_and_brackets() {
    for (text, expected) in [
        ("Trưởng Ban Tuyên giáo T.Ư Lê An dự.", vec!["Ban Tuyên giáo T.Ư"]),
        ("Bộ Kế hoạch và Đầu tư họp. Bộ KH - ĐT nói.", vec!["Bộ Kế hoạch và Đầu tư"]),
        ("Ban An toàn giao thông tỉnh họp. Ban ATGT tỉnh nói.", vec!["Ban An toàn giao thông tỉnh"]),
        ("Công ty TNHH VinaTan Lào họp. Công ty VinaTan nói.", vec!["Công ty TNHH VinaTan Lào"]),
        ("Các Công ty Điện lực dự họp.", vec![]),
        ("Phó Tổng giám đốc EVN SONHA dự.", vec!["EVN SONHA"]),
        (
            "Ban Chỉ đạo quốc gia về tìm kiếm, quy tập hài cốt liệt sĩ (Ban Chỉ đạo 5) họp. Ban Chỉ đạo 5 nói.",
            vec!["Ban Chỉ đạo quốc gia về tìm kiếm, quy tập hài cốt liệt sĩ"],
        ),
        ("Tổng Công ty Điện lực Sơn Hà tổ chức Hội nghị", vec!["Tổng Công ty Điện lực Sơn Hà"]),
        ("Viện Pháp y Quân đội kết luận", vec!["Viện Pháp y Quân đội"]),
        ("Khu Quản lý đường bộ IV sửa đường", vec!["Khu Quản lý đường bộ IV"]),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn short_forms_are_the_same_body() {
    assert_eq!(names("UBND tỉnh họp. UBND tỉnh Gia Lai nói. UBND tỉnh làm."), ["UBND tỉnh Gia Lai"]);
    assert_eq!(names("Công an Gia Lai. Công an tỉnh Gia Lai."), ["Công an tỉnh Gia Lai"]);
    assert_eq!(names("Ban Thường vụ Tỉnh ủy họp."), ["Ban Thường vụ Tỉnh ủy"]);
}

#[test]
fn cells_unions_and_short_forms() {
    for (text, expected) in [
        // Which cell is meant has to be said; cells are of hamlets too.
        ("Bí thư Chi bộ trực thuộc dự họp.", vec![]),
        ("Chi bộ khu phố 5 tổ chức đại hội.", vec!["Chi bộ khu phố 5"]),
        ("Đại hội đại biểu toàn quốc Hội Cựu chiến binh Việt Nam khai mạc.", vec!["Hội Cựu chiến binh Việt Nam"]),
        ("Tổng Công ty Xây lắp điện lực (VTC) báo cáo.", vec!["Tổng Công ty Xây lắp điện lực"]),
        (
            "Ban Quản lý Khu kinh tế mở Mũi Ngà và Ban Quản lý chợ Tân Thới họp.",
            vec!["Ban Quản lý Khu kinh tế mở Mũi Ngà", "Ban Quản lý chợ Tân Thới"],
        ),
        ("Thư viện Khoa học Tổng hợp mở cửa.", vec!["Thư viện Khoa học Tổng hợp"]),
        ("Các cơ quan tư pháp huyện báo cáo.", vec![]),
        ("Lực lượng công an xã được hỗ trợ.", vec![]),
        ("Ông Đoàn Lân dự giao ban báo chí Thành ủy Bạch Giang.", vec!["Thành ủy Bạch Giang"]),
        ("Công ty Cổ phần Đầu tư và Phát triển Sơn Hà xin lỗi.", vec!["Công ty Cổ phần Đầu tư và Phát triển Sơn Hà"]),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn verbs_and_small_words_are_no_part_of_a_name() {
    for (text, expected) in [
        ("Ban Chỉ đạo phòng chống thiên tai tổ chức họp khẩn.", vec!["Ban Chỉ đạo phòng chống thiên tai"]),
        ("Trung tâm Nghiên cứu và tư vấn cây trồng, nơi ông Lân là giám đốc.", vec!["Trung tâm Nghiên cứu"]),
        ("TP Hội An diễn ra lễ hội.", vec![]),
        ("Chi cục Kiểm lâm Gia Lai kiểm tra rừng.", vec!["Chi cục Kiểm lâm Gia Lai"]),
        ("Trưởng Ban kinh tế ngân sách HĐND tỉnh trình bày.", vec!["Ban kinh tế ngân sách HĐND tỉnh"]),
        (
            "Ban Chấp hành Trung ương Hội NDVN và Ban Chấp hành Trung ương Hội Nông dân Việt Nam",
            vec!["Ban Chấp hành Trung ương Hội Nông dân Việt Nam"],
        ),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn who_took_a_picture_is_no_body_of_the_report() {
    assert_eq!(names("Ông Trần Văn Lân nhận hoa chúc mừng - Ảnh: Báo Sơn Hà"), Vec::<String>::new());
}

#[test]
fn lists_behind_colons_laws_and_committees_of_groups() {
    for (text, expected) in [
        ("Dự có lãnh đạo các sở: Y tế, Xây dựng.", vec!["sở Y tế", "sở Xây dựng"]),
        ("Các Sở: Nội vụ, Tư pháp báo cáo.", vec!["Sở Nội vụ", "Sở Tư pháp"]),
        ("Ông Ân nói về Luật Kiểm toán nhà nước và Luật Tổ chức Chính phủ.", vec![]),
        ("Tỉnh kỷ luật Ban Thường vụ Huyện ủy Lâm An.", vec!["Ban Thường vụ Huyện ủy Lâm An"]),
        (
            "Ông Lê Ân, Bí thư Đảng ủy Khối Dân - Chính - Đảng TP Bạch Giang, nói.",
            vec!["Đảng ủy Khối Dân - Chính - Đảng TP Bạch Giang"],
        ),
        ("Ông Lê Ân, Chủ tịch Hội đồng Đội Trung ương, nói.", vec!["Hội đồng Đội Trung ương"]),
        ("Ông Lê Ân, Giám đốc Bưu điện tỉnh Sơn Hà, nói.", vec!["Bưu điện tỉnh Sơn Hà"]),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn bodies_of_other_states_are_their_own() {
    for (text, expected) in [
        (
            "Bộ trưởng Bộ Quốc phòng Lê Văn Ba tiếp Bộ trưởng Bộ Quốc phòng Lào. Bộ Quốc phòng cảm ơn.",
            vec!["Bộ Quốc phòng", "Bộ Quốc phòng Lào"],
        ),
        ("Quốc hội họp. Đoàn của Quốc hội Vương quốc Campuchia dự.", vec!["Quốc hội", "Quốc hội Vương quốc Campuchia"]),
        ("Bộ Ngoại giao Lào và Bộ Ngoại giao họp tại Hà Nội.", vec!["Bộ Ngoại giao Lào", "Bộ Ngoại giao"]),
        ("Bộ Ngoại giao Lào ra thông báo. Bộ Ngoại giao không nói thêm.", vec!["Bộ Ngoại giao Lào"]),
        ("Chính phủ Lào cảm ơn Chính phủ Việt Nam.", vec!["Chính phủ Lào", "Chính phủ"]),
        ("Chủ tịch Hội Hữu nghị Việt Nam - Lào tỉnh Lâm Hà nói.", vec!["Hội Hữu nghị Việt Nam - Lào tỉnh Lâm Hà"]),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn streets_towns_and_people_are_no_bodies() {
    for text in ["Phố Đội Cấn đông người.", "Ông ở Đội Cấn.", "Đoàn Lân\n\nHọp tại Đài Bắc.", "Đường Hội Vũ hẹp."]
    {
        assert_eq!(names(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(names("Đội Cảnh sát giao thông báo cáo."), ["Đội Cảnh sát giao thông"]);
    assert_eq!(names("Hội nghị công bố 4 Đảng bộ trực thuộc Trung ương."), Vec::<String>::new());
}

#[test]
fn party_organizations_of_bodies_and_courts_of_regions_are_whole() {
    for (text, expected) in [
        ("Đảng bộ Quân sự tỉnh Lâm Hà đại hội.", vec!["Đảng bộ Quân sự tỉnh Lâm Hà"]),
        ("Đảng bộ Công an tỉnh Lâm Hà đại hội.", vec!["Đảng bộ Công an tỉnh Lâm Hà"]),
        ("Tòa án nhân dân khu vực 7 - Gia Lai xét xử.", vec!["Tòa án nhân dân khu vực 7 - Gia Lai"]),
        (
            "Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số họp.",
            vec!["Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số"],
        ),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn offices_of_statistics_delegates_and_standing_committees() {
    for (text, expected) in [
        ("Theo Thống kê tỉnh Sơn Hà, giá tăng.", vec!["Thống kê tỉnh Sơn Hà"]),
        ("Qua thống kê TP có 3 chợ.", vec![]),
        ("Cảnh sát biển Vùng 3 cứu ngư dân.", vec!["Cảnh sát biển Vùng 3"]),
        ("Ông thay mặt Tổ đại biểu HĐND tỉnh báo cáo.", vec!["Tổ đại biểu HĐND tỉnh", "HĐND tỉnh"]),
        ("Các tổ đại biểu HĐND đều tán thành.", vec!["HĐND"]),
        ("Ủy ban Thường vụ Quốc hội họp. Ủy ban Thường vụ cho rằng cần sửa.", vec!["Ủy ban Thường vụ Quốc hội"]),
        ("Giám đốc Sở Kế hoạch đầu tư nói.", vec!["Sở Kế hoạch đầu tư"]),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn trades_and_purposes_belong_to_names() {
    for name in [
        "Ủy ban Quốc gia về Chính phủ điện tử",
        "Ủy ban Quốc gia ứng phó sự cố, thiên tai và tìm kiếm cứu nạn",
        "Ban Chỉ đạo thi THPT quốc gia",
        "Tập đoàn Công nghiệp - Viễn thông Quân đội",
        "Hội đồng Chức danh giáo sư Nhà nước",
        "Tổng công ty Đầu tư phát triển đường cao tốc Sơn Hà",
        "Công ty Lọc hóa dầu Sơn Hà",
        "Văn phòng Đoàn ĐBQH, HĐND và UBND tỉnh Sơn Hà",
        "Cục Cứu hộ - Cứu nạn",
        "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
        "Ban Chỉ đạo Nhà nước các công trình, dự án trọng điểm ngành giao thông vận tải",
        "Ban Quản lý dự án Mỹ Sen",
        "Phòng Thương mại và Công nghiệp VN",
        "Trường PTDTNT huyện Sơn Hà",
        "Trường THCS&THPT Sơn Hà",
        "Ban Quản lý dự án 9",
    ] {
        assert_eq!(names(&format!("Sáng 3-4, {name} đã họp."))[0], name);
    }
    assert_eq!(names("Đó là ý kiến của Bộ trưởng Bộ Công an Tô Lân sáng 4-6."), ["Bộ Công an"]);
    for (text, expected) in [
        (
            "Trung tâm Phát triển nguồn nhân lực chất lượng cao Đà Nẵng báo cáo.",
            vec!["Trung tâm Phát triển nguồn nhân lực chất lượng cao Đà Nẵng"],
        ),
        (
            "Công ty Cổ phần hóa dầu và nhiên liệu sinh học (VTB) thua lỗ.",
            vec!["Công ty Cổ phần hóa dầu và nhiên liệu sinh học"],
        ),
        (
            "Sở giao Phòng cảnh sát hình sự vào cuộc, còn Cục nghệ thuật biểu diễn yêu cầu báo cáo.",
            vec!["Phòng cảnh sát hình sự", "Cục nghệ thuật biểu diễn"],
        ),
        ("Giáo sư Lò Văn Thạch (ĐH Luật Sơn Hà) nói tại ĐH Đảng.", vec!["ĐH Luật Sơn Hà"]),
        (
            "Hội Luật gia tỉnh Sơn Hà họp. Theo HLG tỉnh Sơn Hà, UB Mặt trận Tổ quốc tỉnh đã dự.",
            vec!["Hội Luật gia tỉnh Sơn Hà", "UB Mặt trận Tổ quốc tỉnh"],
        ),
        ("Tập đoàn Điện lực Việt Nam (EVN) báo cáo, EVN hứa.", vec!["Tập đoàn Điện lực Việt Nam"]),
        ("Chi cục Quản lý thị trường kiểm tra kho hàng.", vec!["Chi cục Quản lý thị trường"]),
        (
            "Công ty TNHH Đầu tư xây dựng và thương mại Sơn Hà dự.",
            vec!["Công ty TNHH Đầu tư xây dựng và thương mại Sơn Hà"],
        ),
        ("Dịp này Trung ương Hội tổ chức đại hội thi đua.", vec![]),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
    // What a committee does.
    assert_eq!(
        names("Ban Chỉ đạo Trung ương về Phòng chống thiên tai xây dựng phương án."),
        ["Ban Chỉ đạo Trung ương về Phòng chống thiên tai"]
    );
    // What a body is, set off by dashes.
    assert_eq!(names("Bộ Y tế - cơ quan soạn thảo - cho biết hồ sơ đã xong."), ["Bộ Y tế"]);
}

#[test]
fn boards_caucuses_clergy_and_numbered_teams() {
    for (text, expected) in [
        ("vi phạm của Ban cán sự Đảng Bộ Công Thương", vec!["Ban cán sự Đảng Bộ Công Thương"]),
        ("HĐQT VinaTan và Hội đồng thành viên PVX họp.", vec!["HĐQT VinaTan", "Hội đồng thành viên PVX"]),
        ("đề nghị chính phủ Lào hỗ trợ", vec!["chính phủ Lào"]),
        ("Ban Trị sự Phật giáo tỉnh Gia Lai mời.", vec!["Ban Trị sự Phật giáo tỉnh Gia Lai"]),
        ("Ban Trị sự GHPGVN tỉnh Gia Lai mời.", vec!["Ban Trị sự GHPGVN tỉnh Gia Lai"]),
        ("Đội CSGT số 3 lập chốt.", vec!["Đội CSGT số 3"]),
        ("Vụ KHCN&MT trình.", vec!["Vụ KHCN&MT"]),
        ("theo Công văn số 4123/UBND-KT", vec![]),
        ("Hiệp hội chè, mía và lúa Việt Nam kiến nghị.", vec!["Hiệp hội chè, mía và lúa Việt Nam"]),
        (
            "Cục Quản lý xây dựng và chất lượng công trình giao thông trình.",
            vec!["Cục Quản lý xây dựng và chất lượng công trình giao thông"],
        ),
        (
            "Phòng An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao báo cáo.",
            vec!["Phòng An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao"],
        ),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn museums_friends_of_states_and_the_youth_unions_centre() {
    for (text, expected) in [
        ("Bảo tàng Hà Nội mở cửa.", vec!["Bảo tàng Hà Nội"]),
        ("Hội Hữu nghị Việt - Nhật mời.", vec!["Hội Hữu nghị Việt - Nhật"]),
        ("Hội hữu nghị Lào - Việt mời.", vec!["Hội hữu nghị Lào - Việt"]),
        ("Chánh Văn phòng Trung ương Đoàn, ông Lân", vec!["Văn phòng Trung ương Đoàn"]),
        (
            "Ban Tổ chức Trung ương gặp Ban Tổ chức Trung ương Đoàn.",
            vec!["Ban Tổ chức Trung ương", "Ban Tổ chức Trung ương Đoàn"],
        ),
        ("Giám đốc Sở Y tế Hồ Mơ và Viettel Gia Lai dự.", vec!["Sở Y tế", "Viettel Gia Lai"]),
        ("Tòa án Hiến pháp họp.", vec![]),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}
