use super::*;

#[test]
fn lexicons_are_well_formed() {
    assert_eq!(lexicon::refused(UNITS, Unit::parse), Vec::<&str>::new());
    assert_eq!(lexicon::refused(GAZETTEER, Known::parse), Vec::<&str>::new());
}

fn first(text: &str, at: usize) -> Option<String> {
    let reading = Reading::new(text);
    Localities::new().at(&reading, at, false).map(|found| reading.text(found.tokens()).to_owned())
}

#[test]
fn unit_words_take_names_and_stop_before_people() {
    for (text, place) in [
        ("tỉnh Lâm Đồng họp", Some("tỉnh Lâm Đồng")),
        ("TP. Cần Thơ họp", Some("TP. Cần Thơ")),
        ("TP Thủ Đức Hoàng Văn Lân", Some("TP Thủ Đức")),
        ("tỉnh Nguyễn Văn Lân", None),
        ("quận 12, TP", Some("quận 12")),
        ("phường Lái Sung Trần Thị Mơ", Some("phường Lái Sung")),
        ("quốc lộ 1A đoạn", Some("quốc lộ 1A")),
        ("quốc lộ 1 A qua", Some("quốc lộ 1 A")),
        ("phường Phan Chu Trinh họp", Some("phường Phan Chu Trinh")),
        ("sân bay Buôn Ma Thuột mở", Some("sân bay Buôn Ma Thuột")),
        ("thôn Tân Lập 2, xã", Some("thôn Tân Lập 2")),
        ("đường Nguyễn Trãi", Some("đường Nguyễn Trãi")),
        ("xã hội hóa", None),
        ("huyện Cư M'gar", Some("huyện Cư M'gar")),
        ("Vườn quốc gia Lam Sao - Núi Bà mở", Some("Vườn quốc gia Lam Sao - Núi Bà")),
        ("Q3 và", Some("Q3")),
    ] {
        assert_eq!(first(text, 0).as_deref(), place, "{text}");
    }
}

#[test]
fn bare_names_stand_alone() {
    assert_eq!(first("tại Bình Dương có", 1).as_deref(), Some("Bình Dương"));
    assert_eq!(first("ông Thái Bình nói", 1), None);
    assert_eq!(first("Trần Thái Bình nói", 1), None);
    assert_eq!(first("Bình Dương Xanh", 0), None);
    assert_eq!(first("nước Đức", 1).as_deref(), Some("Đức"));
    assert_eq!(first("ở Thái Bình Dương có", 1).as_deref(), Some("Thái Bình Dương"));
    assert_eq!(first("thép Lam - Ý đã", 3), None);
    assert_eq!(first("Việt - Ý ký", 2).as_deref(), Some("Ý"));
    assert_eq!(first("hiền Đức", 1), None);
}
