use super::*;
use crate::registry::site::Site;
use crate::text::fold;
use proptest::prelude::*;
use std::sync::LazyLock;

static NAMING: LazyLock<Naming> = LazyLock::new(Naming::new);

fn setting(province: &str, district: Option<&str>, date: &str) -> Setting {
    let unit = |code: &str| NAMING.gazetteer.by_code(code);
    Setting {
        province: unit(province).map(Site::Unit),
        district: district.and_then(unit).map(Site::Unit),
        as_of: date.parse().ok(),
        ..Setting::default()
    }
}

fn city() -> Setting {
    setting("P79", None, "2023-07-15")
}

fn read(name: &str, setting: &Setting) -> Organization {
    NAMING.organization(name, Typing::Edited, setting).expect(name)
}

fn key(name: &str, setting: &Setting) -> (String, String) {
    let body = read(name, setting);
    (body.bare_core, body.key.jurisdiction.token())
}

#[test]
fn one_body_has_one_key_however_written() {
    for names in [
        &["UBND TP.HCM", "Ủy ban nhân dân Thành phố Hồ Chí Minh", "Uỷ ban Nhân dân TPHCM", "UBND TP", "UBND thành phố"]
            [..],
        &["Thành ủy TP.HCM", "Thành uỷ TP HCM", "Thành ủy"],
        &["Quận ủy Q.1", "Quận ủy quận 1", "Quận uỷ Quận 1"],
        &["Thành ủy Thủ Đức", "Thành ủy TP Thủ Đức", "Thành uỷ thành phố Thủ Đức"],
        &["Ban Tổ chức Trung ương", "Ban Tổ chức Trung ương Đảng", "Ban Tổ chức TW", "ban Tổ chức Trung ương"],
        &["Trung ương Đảng", "Ban Chấp hành Trung ương Đảng", "TƯ Đảng", "Ban Chấp hành Trung ương Đảng khóa XII"],
        &[
            "MTTQ TP.HCM",
            "Uỷ ban MTTQ Việt Nam TP.HCM",
            "Ủy ban Mặt trận Tổ quốc Việt Nam TP.HCM",
            "MTTQ Việt Nam TP.HCM",
        ],
        &["Sở Tài nguyên - Môi trường", "Sở TN&MT TP.HCM", "Sở Tài nguyên và Môi trường Thành phố Hồ Chí Minh"],
        &["Ban Thường vụ Thành ủy", "thường vụ thành uỷ TP.HCM", "Ban Thường vụ Thành uỷ TP.HCM"],
        &["Ủy ban Thường vụ Quốc hội", "Uỷ ban Thường vụ Quốc hội (UBTVQH)", "UBTVQH", "ban Thường vụ Quốc hội"],
        &["Sở Giáo dục Cà Mau", "Sở GD-ĐT tỉnh Cà Mau", "Sở Giáo dục và Đào tạo Cà Mau"],
        &["Bộ GTVT", "Bộ Giao thông", "Bộ Giao thông - Vận tải"],
        &["UBND TP Đà Nẵng", "Đà Nẵng", "TP Đà Nẵng"],
        &["HĐND quận 7", "Hội đồng nhân dân Q.7", "Hội đồng nhân dân quận 7, TP.HCM"],
        &["Ban Dân nguyện", "Ban Dân nguyện Quốc hội", "Ban Dân nguyện của Quốc hội"],
        &["Ủy ban Quốc phòng và An ninh", "Uỷ ban Quốc phòng - An ninh của Quốc hội"],
        &["Viện KSND tối cao", "VKSND tối cao", "Viện Kiểm sát nhân dân tối cao"],
        &["Bộ KH - ĐT", "Bộ KH-ĐT", "Bộ Kế hoạch và Đầu tư"],
        &["Đức", "nước Đức"],
        &["Đảng ủy Phường Lái Thiêu", "đảng ủy phường Lái Thiêu", "Đảng uỷ P. Lái Thiêu"],
        &["Hội Luật gia Việt Nam", "Hội Luật gia VN"],
        &["Thành đoàn TP.HCM", "Đoàn TNCS Hồ Chí Minh TP.HCM"],
        &["Bộ GD-ĐT", "bộ GD & ĐT", "Bộ GD - ĐT", "Bộ Giáo dục & Đào tạo"],
        &["Sở GD & ĐT TP.HCM", "Sở Giáo dục và Đào tạo TP.HCM"],
        &["Bộ VH, TT & DL", "Bộ VH - TT & DL", "Bộ VHTT&DL", "Bộ VH-TT-DL", "Bộ Văn hóa, Thể thao và Du lịch"],
        &["Bộ NN & PTNT", "Bộ NN-PTNT", "Bộ Nông nghiệp và Phát triển nông thôn"],
        &["Bộ LĐ-TB & XH", "Bộ LĐTB&XH", "Bộ LĐ-TB-XH", "Bộ Lao động - Thương binh và Xã hội"],
        &["Trường ĐH Y Hà Nội", "trường Đại học Y Hà Nội"],
        &["ASEAN", "Asean", "Hiệp hội các quốc gia Đông Nam Á"],
        &["Bộ Quốc phòng Lào", "Bộ Quốc phòng nước Cộng hòa Dân chủ Nhân dân Lào", "Bộ Quốc phòng nước CHDCND Lào"],
        &["Mỹ", "Hoa Kỳ", "Chính phủ Hoa Kỳ", "Chính phủ Mỹ"],
        &["Bộ Ngoại giao Hoa Kỳ", "Bộ Ngoại giao Mỹ"],
        &["Tổng cục Chính trị", "Tổng cục Chính trị Quân đội nhân dân Việt Nam"],
        &["Bộ Nông nghiệp và Môi trường", "Bộ NN&MT", "Bộ NN-MT", "Bộ NNMT", "Bộ Nông nghiệp & Môi trường"],
        &["Đảng ủy Quân sự TP.HCM", "Đảng ủy Quân sự thành phố", "dang uy quan su tphcm", "dang uy quan su thanh pho"],
        &["Đảng ủy các cơ quan Đảng TP.HCM", "Đảng ủy các cơ quan Đảng thành phố", "dang uy cac co quan dang tphcm"],
        &["Liên Hợp Quốc", "Liên hiệp quốc", "LHQ"],
        &["Bộ Văn hóa", "Bộ VHTTDL", "Bộ Văn hóa, Thể thao và Du lịch"],
        &["Bộ Nông nghiệp", "Bộ NN&PTNT"],
        &["Bộ Thông tin", "Bộ TT&TT", "Bộ Thông tin - Truyền thông"],
        &["PVN", "Tập đoàn Dầu khí Việt Nam", "Tập đoàn Dầu khí VN"],
        &["EVN", "Tập đoàn Điện lực Việt Nam", "Tập đoàn Điện lực Việt Nam (EVN)"],
        &["Ngân hàng Sông Lam", "Ngân hàng TMCP Sông Lam", "Ngân hàng Thương mại cổ phần Sông Lam"],
        &["TAND cấp cao tại TP.HCM", "Tòa án nhân dân cấp cao TP.HCM"],
        &["CATP Hà Nội", "Công an TP Hà Nội", "Công an Hà Nội"],
        &["UBKTTW", "Ủy ban Kiểm tra Trung ương", "UBKTTƯ", "UBKT TW"],
        &["TTCP", "Thanh tra Chính phủ", "Thanh tra CP"],
        &["Ủy ban về các vấn đề xã hội", "Uỷ ban Các vấn đề xã hội", "Uỷ ban các vấn đề xã hội của Quốc hội"],
        &[
            "Công ty Sông Lam",
            "Công ty TNHH Sông Lam",
            "Công ty TNHH MTV Sông Lam",
            "Công ty TNHH một thành viên Sông Lam",
            "Công ty cổ phần Sông Lam",
            "Công ty CP Sông Lam",
            "CTCP Sông Lam",
        ],
        &["Ban chỉ đạo Trung ương về phòng chống tham nhũng", "Ban Chỉ đạo Trung ương phòng, chống tham nhũng"],
        &["Bộ Công an", "Bộ Công an Khưu Bỉnh Khiêm", "Bộ Công an Tô Khiêm"],
        &["Bộ Ngoại giao Nga", "Bộ Ngoại giao Nga Anastasia Orlova"],
        &["VTV", "Đài Truyền hình Việt Nam"],
        &["VCCI", "Phòng Thương mại và Công nghiệp Việt Nam", "Liên đoàn Thương mại và Công nghiệp Việt Nam"],
        &["Hội đồng Bảo an", "Hội đồng Bảo an LHQ", "Hội đồng Bảo an Liên Hợp Quốc"],
        &["Sở Quy hoạch", "Sở Quy hoạch - Kiến trúc TP.HCM"],
    ] {
        let first = read(names[0], &city()).key;
        for name in names {
            assert_eq!(read(name, &city()).key, first, "{name}");
        }
    }
}

#[test]
fn different_bodies_have_different_keys() {
    let names = [
        "Thành ủy TP.HCM",
        "Thành ủy Thủ Đức",
        "Ban Thường vụ Thành ủy TP.HCM",
        "Đảng bộ TP.HCM",
        "UBND TP.HCM",
        "HĐND TP.HCM",
        "UBND quận 1",
        "UBND quận 7",
        "Sở Y tế TP.HCM",
        "Sở Y tế tỉnh Bình Dương",
        "Công an TP.HCM",
        "Bộ Công an",
        "Bộ Y tế",
        "Chính phủ",
        "Thanh tra Chính phủ",
        "Văn phòng Chính phủ",
        "MTTQ TP.HCM",
        "Ủy ban Trung ương MTTQ Việt Nam",
        "Quốc hội Lào",
        "Bộ Nông nghiệp và Môi trường",
        "Bộ Nông nghiệp và Phát triển nông thôn",
        "Bộ Tài nguyên và Môi trường",
        "Bộ Văn hóa - Thông tin",
        "Bộ Văn hóa, Thể thao và Du lịch",
        "Công ty Hòa Bình",
        "Học viện Chính trị quốc gia Hồ Chí Minh",
        "Ban Nội chính Thành ủy TP.HCM",
        "Ban Nội chính Trung ương",
        "Trường THPT Nguyễn Trãi",
    ];
    for (at, one) in names.iter().enumerate() {
        for other in &names[at + 1..] {
            assert_ne!(read(one, &city()).key, read(other, &city()).key, "{one} {other}");
        }
    }
}

#[test]
fn the_report_places_what_the_name_does_not() {
    let province = setting("P75", Some("D731"), "2019-05-17");
    assert_eq!(key("Tỉnh uỷ", &province).1, "P75");
    assert_eq!(key("Sở Tài chính", &province).1, "P75");
    assert_eq!(key("UBND tỉnh", &province).1, "P75");
    assert_eq!(key("UBND tỉnh Lâm Đồng", &province).1, "P68");
    assert_eq!(key("Ban nội chính Thành uỷ", &city()), ("ban noi chinh cap uy".to_owned(), "P79".to_owned()));
    let district = setting("P79", Some("D769"), "2021-12-16");
    assert_eq!(key("Thành ủy", &district).1, "D769");
    assert_eq!(key("Sở Y tế", &district).1, "P79");
    assert_eq!(key("Huyện uỷ Lý Sơn", &setting("P51", None, "2019")).1, "D536");
    assert_eq!(key("UBND TP. Huế", &setting("P46", None, "2019-09-06")).1, "O130");
    // One and the same committee before and after the provinces were joined.
    assert_eq!(key("Thành ủy TP.HCM", &setting("P79", None, "2025-08-05")), key("Thành ủy TP.HCM", &city()));
    assert!(matches!(read("Sở Y tế", &Setting::default()).key.jurisdiction, Jurisdiction::Unknown(_)));
}

/// Bodies of which there is one in the country, or in the world, are the same in the reports of every province.
#[test]
fn some_bodies_are_one_wherever_the_report_plays() {
    let (south, north) = (setting("P75", None, "2019-05-17"), setting("P01", None, "2023-02-01"));
    for name in [
        "Ủy ban An toàn giao thông Quốc gia",
        "Uỷ ban ATGT quốc gia",
        "Trung tâm Dự báo khí tượng thủy văn quốc gia",
        "Ban Chỉ đạo Trung ương về phòng, chống tham nhũng",
        "Ban Chỉ đạo quốc gia phòng, chống dịch",
        "Bệnh viện Nhi Trung ương",
        "Ủy ban Quản lý vốn Nhà nước tại doanh nghiệp",
        "Cục Cảnh sát giao thông",
        "Cục Hàng không",
        "Vụ Giáo dục Tiểu học",
        "Tổng cục Hải quan",
        "Cảng vụ hàng không miền Bắc",
        "Thủ tướng",
        "Phó thủ tướng",
        "ASEAN",
        "VCCI",
        "Hội đồng Bảo an Liên Hợp Quốc",
        "Liên Hợp Quốc",
        "Bệnh viện Bạch Mai",
        "Tòa án tối cao",
        "Lotusbank",
        "Lotus Airways",
        "Việt Nam",
    ] {
        assert_eq!(key(name, &south), key(name, &north), "{name}");
        assert!(!matches!(read(name, &south).key.jurisdiction, Jurisdiction::Unknown(_)), "{name}");
    }
    assert_eq!(key("Cục Hàng không", &south), key("Cục Hàng không Việt Nam", &north));
    for name in
        ["PC45", "Ban Chỉ đạo các chương trình mục tiêu quốc gia", "Cục Thống kê", "Sở Y tế", "Bệnh viện Đa khoa"]
    {
        assert_ne!(key(name, &south), key(name, &north), "{name}");
    }
}

/// What every company or school has is told apart by whose it is, or not at all.
#[test]
fn nobody_is_known_by_what_all_have() {
    let report = |id: &str| Setting { report: crate::model::ReportId::parse(id).ok(), ..city() };
    for name in
        ["HĐQT", "Hội đồng thành viên", "công ty", "Ngân hàng", "trường", "bệnh viện", "Tập đoàn", "Ban Giám đốc"]
    {
        assert_ne!(key(name, &report("a")), key(name, &report("b")), "{name}");
        assert_eq!(key(name, &report("a")), key(name, &report("a")), "{name}");
    }
    for name in ["HĐQT Công ty Hòa Bình", "Hội đồng thành viên Sông Lam", "Ban Cán sự Đảng Bộ Công thương", "Cục Thuế"]
    {
        assert_eq!(key(name, &report("a")), key(name, &report("b")), "{name}");
    }
}

#[test]
fn parents_follow_from_the_name_or_the_unit() {
    let parent = |name: &str| match read(name, &city()).parent {
        Parent::Organization(body, _) => format!("{}@{}", body.bare_core, body.key.jurisdiction.token()),
        Parent::Place(site) => NAMING.site_token(&site),
        Parent::None => String::new(),
    };
    assert_eq!(parent("Ban Thường vụ Thành ủy TP.HCM"), "cap uy@P79");
    assert_eq!(parent("UBND phường Tân Định"), "W26734");
    assert_eq!(parent("Sở Y tế"), "uy ban nhan dan@P79");
    assert_eq!(parent("Phòng Cảnh sát môi trường Công an tỉnh Đồng Nai"), "cong an@P75");
    assert_eq!(parent("Cục Tổ chức cán bộ, Bộ Công an"), "bo cong an@vn");
    assert_eq!(parent("Bộ Y tế"), "chinh phu@vn");
    assert_eq!(parent("Bộ Quốc phòng"), "chinh phu@vn");
    assert_eq!(parent("Thanh tra Chính phủ"), "chinh phu@vn");
    assert_eq!(parent("Ủy ban Tư pháp"), "quoc hoi@vn");
    assert_eq!(parent("Quốc hội"), "");
    assert_eq!(parent("Tổng cục Đường bộ"), "chinh phu@vn");
    assert_eq!(parent("Công ty Hòa Bình"), "");
    assert_eq!(parent("Trường THCS Tô Khiêm"), "P79");
    assert!(!parent("Hiệp hội doanh nghiệp trẻ Việt Nam").contains('@'));
}

#[test]
fn names_typed_without_marks_have_the_same_bare_key() {
    for (typed, name) in [
        ("thanh uy thu duc", "Thành ủy TP Thủ Đức"),
        ("ubnd tphcm", "UBND TP.HCM"),
        ("so y te tp hcm", "Sở Y tế TP.HCM"),
        ("hdnd tinh thanh hoa", "HĐND tỉnh Thanh Hoá"),
        ("ban to chuc trung uong", "Ban Tổ chức Trung ương Đảng"),
    ] {
        let typed = NAMING.organization(typed, Typing::Hasty, &Setting::default()).expect(typed);
        let body = read(name, &city());
        assert_eq!((typed.bare_core, typed.key.jurisdiction), (body.bare_core, body.key.jurisdiction), "{name}");
    }
}

#[test]
fn places_are_units_or_names() {
    let id = |name: &str| {
        let place = NAMING.place(name, Typing::Edited, &city()).expect(name);
        match place.key {
            PlaceKey::Site(site) => NAMING.site_token(&site),
            PlaceKey::Named(name, jurisdiction) => format!("{}@{}", fold::unaccented(&name), jurisdiction.token()),
        }
    };
    assert_eq!(id("TP.HCM"), "P79");
    assert_eq!(id("Quận 1"), "D760");
    assert_eq!(id("phường Bến Nghé, quận 1"), "W26740");
    assert_eq!(id("KCN Phú Mỹ"), id("Khu công nghiệp Phú Mỹ"));
    assert!(id("KCN Phú Mỹ").ends_with("@P79"));
    assert!(id("Singapore").ends_with("@*"));
    assert!(id("sông Đồng Nai").ends_with("@*"));
    assert!(id("Nguyễn Hữu Thọ").ends_with("@*"));
    assert!(id("Việt Nam").ends_with("@*"));
    assert!(id("phố Wallander").ends_with("@*") && id("cảng Cái Mép").ends_with("@P79"));
    // Of a town and a district of one province.
    assert!(id("Cai Lậy").ends_with("@P82"), "{}", id("Cai Lậy"));
}

proptest! {
    #[test]
    fn any_name_can_be_read(name in "\\PC{0,60}") {
        let _ = NAMING.organization(&name, Typing::Hasty, &city());
        let _ = NAMING.place(&name, Typing::Hasty, &city());
    }

    #[test]
    fn words_of_bodies_in_any_order_can_be_read(
        words in prop::collection::vec(prop::sample::select(vec![
            "Ban", "Thường vụ", "Thành ủy", "UBND", "TP", "Hồ Chí Minh", "quận", "1", "Trung ương", "Đảng", "của",
            "và", "Sở", "tỉnh", "khóa", "XII", ",", "(", ")", "Việt Nam", "xã", "Bộ", "Công an",
        ]), 0..12)
    ) {
        let _ = NAMING.organization(&words.join(" "), Typing::Edited, &city());
    }
}

/// "3" of "Quân khu 3" is no district, and "Quận ủy 3" is of one.
#[test]
fn numbers_of_forces_are_no_districts() {
    for name in ["Quân khu 3", "Sư đoàn 5", "Trung đoàn 1", "Vùng 4 Hải quân", "Ban Chỉ đạo 35"] {
        assert_eq!(read(name, &Setting::default()).site, None, "{name}");
    }
    assert_eq!(key("Quận ủy 3", &city()), key("Quận ủy Quận 3", &city()));
    assert_eq!(key("UBND Q.3", &city()).1, "D770");
}

/// What is another state's is not this country's, and stands nowhere in it.
#[test]
fn bodies_of_other_states_stand_apart() {
    for (other, own) in [
        ("Bộ Quốc phòng Lào", "Bộ Quốc phòng"),
        ("Quốc hội Campuchia", "Quốc hội"),
        ("Chính phủ Nhật Bản", "Chính phủ"),
        ("Bộ Giáo dục Pháp", "Bộ Giáo dục và Đào tạo"),
    ] {
        let (body, own) = (read(other, &city()), read(own, &city()));
        assert_ne!(body.key, own.key, "{other}");
        assert_eq!(body.key.jurisdiction, Jurisdiction::Anywhere, "{other}");
        assert!(!matches!(&body.parent, Parent::Organization(parent, _) if parent.bare_core == "chinh phu"), "{other}");
    }
    for name in ["Bộ Tư pháp", "BỘ TƯ PHÁP", "Cục Thú y", "Bộ Giáo dục", "bo tu phap", "bo giao duc"] {
        let body = NAMING.organization(name, Typing::Hasty, &Setting::default()).expect(name);
        assert_eq!(body.key.jurisdiction, Jurisdiction::Central, "{name}");
    }
}

/// The "Đảng ủy" of a report is that of the body whose party organization meets.
#[test]
fn a_party_committee_is_of_the_body_that_meets() {
    let of = |party: &str| Setting { party: Some(party.to_owned()), ..setting("P96", None, "2025-08-01") };
    let meeting = of("Công an tỉnh Cà Mau");
    assert_eq!(key("Đảng ủy", &meeting), key("Đảng ủy Công an tỉnh Cà Mau", &meeting));
    assert_eq!(key("Ban Thường vụ Đảng ủy", &meeting), key("Ban Thường vụ Đảng ủy Công an tỉnh", &meeting));
    assert_ne!(key("Đảng ủy phường An Xuyên", &meeting), key("Đảng ủy", &meeting));
}
