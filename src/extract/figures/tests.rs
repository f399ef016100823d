use crate::extract::{Extractor, Source};
use crate::model::{Check, DiagnosticReason, Extraction, Figure, Qualifier};

fn record(text: &str) -> Extraction {
    Extractor::new().extract(Source { text, ..Source::default() })
}

fn figures(text: &str) -> Vec<Figure> {
    record(text).figures
}

/// A text, and of each of its figures the words, the value and the unit.
type Case<'a> = (&'a str, &'a [(&'a str, f64, &'a str)]);

fn check(cases: &[Case<'_>]) {
    for (text, expected) in cases {
        let found = figures(text);
        let told: Vec<_> = found.iter().map(|f| (f.text.as_str(), f.value, f.unit.as_str())).collect();
        assert_eq!(told, *expected, "{text}");
    }
}

#[test]
fn money_shares_and_measures() {
    check(&[
        ("Huyện Ân Bình thu hơn 8.120 tỉ đồng.", &[("8.120 tỉ đồng", 8.12e12, "VND")]),
        ("Xuất khẩu đạt 1,28 tỷ USD.", &[("1,28 tỷ USD", 1.28e9, "USD")]),
        ("Giá đất là 863.000 đồng/m2.", &[("863.000 đồng/m2", 863_000.0, "VND/m2")]),
        ("Mức hỗ trợ 231 triệu đồng/ha.", &[("231 triệu đồng/ha", 2.31e8, "VND/ha")]),
        ("Vốn còn thiếu 10 tỉ.", &[("10 tỉ", 1e10, "VND")]),
        ("Số ca là 14 triệu tỷ lệ sinh giảm.", &[]),
        ("Kinh tế tăng 8,25% mỗi năm.", &[("8,25%", 8.25, "%")]),
        ("Tỷ lệ đạt 46.45%.", &[("46.45%", 46.45, "%")]),
        ("Xã rộng 1.706,44 ha.", &[("1.706,44 ha", 1706.44, "ha")]),
        ("Rừng mất 40, 9 ha.", &[("40, 9 ha", 40.9, "ha")]),
        ("Mỗi tàu hút 100 m3/ngày.", &[("100 m3/ngày", 100.0, "m3/ngày")]),
        ("Kè dài 30m.", &[("30m", 30.0, "m")]),
    ]);
}

#[test]
fn counts() {
    check(&[
        ("Toàn quận có 34 phường.", &[("34 phường", 34.0, "phường")]),
        ("Tỉnh tiếp nhận 14 triệu hồ sơ.", &[("14 triệu hồ sơ", 14e6, "hồ sơ")]),
        ("Có 2,5 triệu lượt khách.", &[("2,5 triệu lượt khách", 2.5e6, "lượt khách")]),
        ("Đã cấp 371 thẻ hội viên.", &[("371 thẻ hội viên", 371.0, "thẻ hội viên")]),
        ("Trong số 68 hồ sơ trễ hạn", &[("68 hồ sơ", 68.0, "hồ sơ")]),
        ("Thành phố khuyết hai phó chủ tịch.", &[("hai phó chủ tịch", 2.0, "phó chủ tịch")]),
        ("Hội có 1,234 hội viên.", &[("1,234 hội viên", 1234.0, "hội viên")]),
    ]);
}

#[test]
fn ratios_and_ranges() {
    let ratio = |text: &str| figures(text)[0].ratio.map(|ratio| (ratio.numerator, ratio.denominator));
    assert_eq!(ratio("Huyện đạt 25/36 chỉ tiêu."), Some((25.0, 36.0)));
    assert_eq!(ratio("Đã thu 2,8 tỷ/5,7 tỷ đồng."), Some((2.8e9, 5.7e9)));
    assert_eq!(ratio("Đã thu 43/53,9 tỷ đồng."), Some((43e9, 53.9e9)));
    assert_eq!(ratio("Có 118/254 (46,45%) thủ tục."), Some((118.0, 254.0)));
    let range = |text: &str| (figures(text)[0].value, figures(text)[0].upper);
    assert_eq!(range("Kinh tế tăng 8-8,5%."), (8.0, Some(8.5)));
    assert_eq!(range("Tỉnh trích 15 - 20 tỷ đồng."), (15e9, Some(20e9)));
    assert_eq!(range("Giá từ 18 triệu đồng đến hơn 20 triệu đồng/m2."), (18e6, Some(20e6)));
}

#[test]
fn other_numbers_are_no_figures() {
    for text in [
        "Ngày 5-8, huyện họp lần thứ 4.",
        "Thời hạn là 5 năm, từ quận 7 đến quận 9.",
        "Điều 7, khoản 1, 2 của luật.",
        "Ông Lân 55 tuổi, ở số 12 Lê Lợi.",
        "Kế hoạch số 19/KH-UBND và nghị quyết 24, 31.",
        "Hàng nghìn người và hàng chục tỷ đồng.",
        "Ba khâu đột phá và 5 nhiệm vụ này.",
        "Gió cấp 7, sóng biển cao 3m.",
        "Lúc 6h30, dịch COVID-19 lan rộng.",
        "1. Về công tác cán bộ",
        "Trụ sở ở 196 đường Lê Lợi.",
        "Quốc lộ 1A đi qua 2 quận An Bình và Hòa Lạc.",
    ] {
        assert_eq!(figures(text), [], "{text}");
    }
}

#[test]
fn exactness_is_told() {
    for (text, qualifier) in [
        ("Thu hơn 120 tỉ đồng.", Qualifier::Over),
        ("Thu gần 120 tỉ đồng.", Qualifier::About),
        ("Thu ước đạt 120 tỉ đồng.", Qualifier::Estimated),
        ("Tỷ lệ dưới 1%.", Qualifier::Under),
        ("Thu 120 tỉ đồng.", Qualifier::Exact),
    ] {
        assert_eq!(figures(text)[0].qualifier, qualifier, "{text}");
    }
}

#[test]
fn comparisons_imply_their_basis() {
    let found =
        figures("Thu ngân sách đạt 9.000 tỉ đồng, bằng 112,5% so với dự toán năm 2021 và giảm 10% so với cùng kỳ.");
    let told: Vec<_> = found
        .iter()
        .map(|figure| figure.comparison.as_ref().map(|c| (c.basis.as_str(), c.percent, c.change)))
        .collect();
    let plan = Some(("dự toán năm 2021", 112.5, false));
    assert_eq!(told, [plan, plan, Some(("cùng kỳ", -10.0, true))]);
    let base = found[0].comparison.as_ref().and_then(|comparison| comparison.implied_base);
    assert!(base.is_some_and(|base| (base - 8e12).abs() < 1.0), "{base:?}");
    assert_eq!(found[1].indicator, "Thu ngân sách");
}

#[test]
fn percentages_are_checked_against_their_ratio() {
    for (text, expected) in [
        ("Có 118/254 đơn vị báo cáo, đạt 46,45%.", Check::Truncated),
        ("Có 118/254 đơn vị báo cáo, đạt 46,46%.", Check::Rounded),
        ("Có 5/10 đơn vị báo cáo (50%).", Check::Exact),
        ("Có 118/254 đơn vị báo cáo, đạt 64%.", Check::Inconsistent),
        ("Trong 200 hồ sơ có 50 hồ sơ (25%) trễ hạn.", Check::Exact),
        ("Kinh tế tăng 8%.", Check::NotCheckable),
    ] {
        let record = record(text);
        let share = record.figures.iter().find(|figure| figure.unit == "%").map(|figure| figure.check);
        assert_eq!(share, Some(expected), "{text}");
        let told = record.diagnostics.iter().any(|d| d.reason == DiagnosticReason::InconsistentFigure);
        assert_eq!(told, expected == Check::Inconsistent, "{text}");
    }
}

#[test]
fn a_fact_told_twice_is_one_figure() {
    let text = "Huyện Ân Bình thu 1.200 tỉ đồng\n\nHuyện Ân Bình báo cáo kết quả năm 2021.\n\nChiều 5-8, huyện họp tổng kết. Huyện thu \
                hơn 1.200 tỉ đồng.\nSố hộ nghèo giảm còn 2%.\nÔng Lân ghi nhận kết quả này.";
    let told: Vec<_> = figures(text).into_iter().map(|figure| (figure.text, figure.qualifier)).collect();
    assert_eq!(told, [("1.200 tỉ đồng".to_owned(), Qualifier::Over), ("2%".to_owned(), Qualifier::Exact)]);
}

#[test]
fn slogans_and_two_facts_of_one_sentence() {
    for (text, expected) in [
        ("Ông Lân yêu cầu thi công \"3 ca, 4 kíp\" trên 2 gói thầu.", vec!["2 gói thầu"]),
        (
            "Sơn Hà họp\n\nThành phố giảm 50% thời gian kiểm tra hồ sơ hải quan, giảm 50% thời gian kiểm tra thực tế hàng hóa.",
            vec!["50%", "50%"],
        ),
    ] {
        let told: Vec<_> = figures(text).into_iter().map(|figure| figure.text).collect();
        assert_eq!(told, expected, "{text}");
    }
}

#[test]
fn hostile_text_is_read_in_linear_time() {
    for unit in ["1", "1 ", "1/", "1-", "1,", "(1%) ", "1 tỉ ", "25/36 chỉ tiêu (1%) "] {
        let text = unit.repeat(200_000 / unit.len());
        assert!(figures(&text).len() <= text.len());
    }
}

#[test]
fn subjects_are_named_or_the_place_of_the_report() {
    for (text, subject) in [
        ("UBND huyện Ân Bình họp. Thu ngân sách đạt 120 tỉ đồng.", Some("huyện Ân Bình")),
        ("UBND huyện Ân Bình họp. Thu ngân sách của xã An Hòa đạt 12 tỉ đồng.", Some("xã An Hòa")),
        ("UBND huyện Ân Bình họp. Chiếc cầu dài 30 m.", None),
        (
            "UBND huyện Ân Bình họp. Theo Giám đốc Sở Y tế Lê Văn Khải, thu ngân sách đạt 12 tỉ đồng.",
            Some("huyện Ân Bình"),
        ),
    ] {
        assert_eq!(figures(text)[0].subject.as_deref(), subject, "{text}");
    }
}

#[test]
fn indicators_are_what_the_words_around_the_number_say() {
    for (text, indicators) in [
        ("Thu ngân sách đạt 9.000 tỉ đồng.", &["Thu ngân sách"][..]),
        ("Năm 2025 toàn tỉnh thu 9.870 tỷ đồng.", &["toàn tỉnh thu"]),
        ("GRDP phấn đấu tăng từ 10% trở lên.", &["GRDP"]),
        // What is counted goes on behind the number.
        ("Công an phát hiện 264 vụ vi phạm được xử lý.", &["vụ vi phạm được xử lý"]),
        ("Huyện có 12 xã đạt chuẩn nông thôn mới.", &["xã đạt chuẩn nông thôn mới"]),
        ("Có 118 hồ sơ (46%) chưa thực hiện đúng hạn.", &["hồ sơ chưa thực hiện đúng hạn"; 2]),
        ("Có 40 cán bộ, chiến sĩ tham gia.", &["cán bộ, chiến sĩ tham gia"]),
        ("Có 8 dự án có tổng vốn 500 tỉ đồng.", &["dự án", "tổng vốn"]),
        // It stands before a number that nothing describes.
        ("Năm qua đã xử lý hình sự 28 vụ.", &["vụ xử lý hình sự"]),
        ("Huyện Ân Bình có 34 phường.", &["phường"]),
        ("Lợi nhuận 42 tỷ đồng, chỉ hoàn thành 70% kế hoạch.", &["Lợi nhuận"; 2]),
        ("Tuy nhiên, tiến độ giải ngân còn chậm, mới đạt 31%.", &["tiến độ giải ngân còn chậm"]),
        ("Tỷ lệ hộ nghèo giảm bình quân 6,2%/năm.", &["Tỷ lệ hộ nghèo"]),
        ("Tỷ lệ hoàn thành đạt 85%.", &["Tỷ lệ hoàn thành"]),
        // For how long is no indicator.
        ("GDP quý III tăng 7,4%, tính chung 9 tháng tăng 6,82%.", &["GDP"; 2]),
        (
            "Thu ngân sách đạt 450 tỷ đồng, lũy kế 6 tháng đạt 2.100 tỷ đồng, cả năm ước đạt 4.500 tỷ đồng.",
            &["Thu ngân sách"; 3],
        ),
        ("Sản lượng tăng 5%, bình quân 3 năm tăng 7%.", &["Sản lượng"; 2]),
        ("7 tháng qua số vụ cháy giảm 10%.", &["số vụ cháy"]),
        // What it is said of ends before "với".
        ("Dự án được triển khai với tổng vốn đầu tư 500 tỷ đồng.", &["tổng vốn đầu tư"]),
        // Money goes to what stands behind it, a share is one of it.
        ("Hội đã vận động 80 tỉ đồng cho hoạt động từ thiện.", &["Hội đã vận động cho hoạt động từ thiện"]),
        ("Chi bộ có 44% cán bộ nữ.", &["cán bộ nữ"]),
        ("Thương binh 1/4 Trần Văn Lân cảm ơn.", &[]),
    ] {
        let told: Vec<_> = figures(text).into_iter().map(|figure| figure.indicator).collect();
        assert_eq!(told, indicators, "{text}");
    }
}

#[test]
fn a_unit_is_not_cut_in_the_middle_of_a_word() {
    check(&[
        ("Chủ tịch phê bình 6 xã giải ngân dưới 50% vốn.", &[("6 xã", 6.0, "xã"), ("50%", 50.0, "%")]),
        ("Hội tuyên dương 50 gương cán bộ tiêu biểu.", &[("50 gương", 50.0, "gương")]),
        ("Tỉnh mở 3 vườn ươm.", &[("3 vườn ươm", 3.0, "vườn ươm")]),
    ]);
}

#[test]
fn what_a_lead_tells_in_the_words_of_the_body_is_one_figure() {
    let text = "Thanh tra ở Ân Bình\nCơ quan chức năng phát hiện 242 đơn vị có sai phạm về đất đai và tài chính.\nSáng 3-4, đoàn làm việc \
                tại huyện. Qua đó, phát hiện 242 đơn vị có sai phạm về đất đai với số tiền lớn.";
    assert_eq!(figures(text).iter().filter(|figure| figure.value.total_cmp(&242.0).is_eq()).count(), 1);
}

#[test]
fn ranks_among_many_are_no_figures() {
    check(&[
        ("Phường đứng thứ 47/148 xã, phường của tỉnh về chỉ số phục vụ.", &[]),
        ("Sở đã cấp 3.985/4.150 giấy chứng nhận.", &[("3.985/4.150 giấy chứng nhận", 3985.0, "giấy chứng nhận")]),
    ]);
}

#[test]
fn nouns_of_two_syllables_stay_whole() {
    check(&[
        ("Đoàn có 14 thành viên từ các xã.", &[("14 thành viên", 14.0, "thành viên")]),
        ("Cả nước có 9 ngư dân bị nạn.", &[("9 ngư dân", 9.0, "ngư dân")]),
        ("Tòa xử bà và 12 đồng phạm.", &[("12 đồng phạm", 12.0, "đồng phạm")]),
        ("Tỉnh có 5 tổng công ty.", &[("5 tổng công ty", 5.0, "tổng công ty")]),
        ("Xã có 102 địa chỉ cần rà soát.", &[("102 địa chỉ", 102.0, "địa chỉ")]),
        ("Hãng có 25 phi công nước ngoài.", &[("25 phi công", 25.0, "phi công")]),
    ]);
}

#[test]
fn levels_are_no_figures() {
    check(&[
        ("Có 70% dịch vụ mức độ 3, 30% mức độ 4.", &[("70%", 70.0, "%"), ("30%", 30.0, "%")]),
        ("Bão cấp 13-16 kết hợp triều cường.", &[]),
    ]);
}

#[test]
fn lists_and_headlines_count_once() {
    check(&[
        ("Có 6 doanh nghiệp thuộc diện bàn giao, bao gồm: may Hòa Thắng, thép Sơn Hà.", &[]),
        ("Ông đưa ra 10 việc trọng tâm trong năm tới như sau: làm đường, trồng rừng.", &[]),
        (
            "Tòa đã xử hai vụ án, làm rõ ba người chết.",
            &[("hai vụ án", 2.0, "vụ án"), ("ba người chết", 3.0, "người chết")],
        ),
    ]);
    let text = "Vụ 7 người chết ở Sơn Hà\n\nSáng 3-4, huyện họp về vụ 7 người chết.\nTheo công an, sau lễ hội đã có 7 người chết.\nHuyện đã thăm hỏi.";
    let found: Vec<_> = figures(text).into_iter().map(|figure| figure.text).collect();
    assert_eq!(found, ["7 người chết"]);
}

/// The year of a figure is not the one it is compared with.
#[test]
fn periods_are_those_of_the_figure() {
    let periods = |text: &str| -> Vec<String> {
        figures(text).iter().map(|f| f.period.map_or("-".to_owned(), |period| period.date.to_string())).collect()
    };
    assert_eq!(periods("Thu đạt 8.120 tỉ đồng, tăng 8,5% so với cùng kỳ năm 2021."), ["-", "-"]);
    assert_eq!(periods("Năm 2022, thu đạt 8.120 tỉ đồng, tăng 8,5% so với năm 2021."), ["2022", "2022"]);
    assert_eq!(periods("So với năm 2020, năm 2021 thu tăng 8%."), ["2021"]);
    assert_eq!(periods("Nợ đi từ mức 22,7% năm 2006 lên mức 72% trong năm 2018."), ["2006", "2018"]);
    assert_eq!(periods("Năm 2021 thu 100 tỉ đồng, năm 2022 thu 200 tỉ đồng."), ["2021", "2022"]);
    assert_eq!(periods("Phấn đấu thu nhập đạt 150 triệu đồng đến năm 2030."), ["2030"]);
}

#[test]
fn more_than_was_planned() {
    check(&[
        ("Kiểm tra 361/338 cuộc theo kế hoạch.", &[("361/338 cuộc", 361.0, "cuộc")]),
        ("Ngày 12/8 hộ dân nhận tiền.", &[]),
        ("Ban Chỉ đạo 35 tỉnh Sơn Hà họp.", &[]),
    ]);
}
