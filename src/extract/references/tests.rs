use crate::extract::{Extractor, Source};

type Told = (String, Option<String>, Option<String>);

fn documents(text: &str) -> Vec<Told> {
    let record = Extractor::new().extract(Source { text, ..Source::default() });
    record.references.into_iter().map(|document| (document.kind, document.number, document.issuer)).collect()
}

/// A text, and of each document it names type, number and issuer ("" for none).
type Case<'a> = (&'a str, &'a [(&'a str, &'a str, &'a str)]);

fn check(cases: &[Case<'_>]) {
    for (text, expected) in cases {
        let found = documents(text);
        let told: Vec<_> = found
            .iter()
            .map(|(kind, number, issuer)| {
                (kind.as_str(), number.as_deref().unwrap_or_default(), issuer.as_deref().unwrap_or_default())
            })
            .collect();
        assert_eq!(told, *expected, "{text}");
    }
}

#[test]
fn numbers() {
    check(&[
        ("Thực hiện Kế hoạch số 19/KH-UBND ngày 12/3/2021.", &[("Kế hoạch", "19/KH-UBND", "")]),
        ("Thành ủy ban hành quy chế 137 về quy trình giải quyết.", &[("Quy chế", "137", "Thành ủy")]),
        ("Tỉnh chưa đạt mục tiêu mà kết luận 48 đề ra.", &[("Kết luận", "48", "")]),
        ("Theo kết luận số 19 KL/TW của Ban Bí thư.", &[("Kết luận", "19 KL/TW", "Ban Bí thư")]),
        ("Theo Chỉ thị 40 - CT/TW của Ban Bí thư.", &[("Chỉ thị", "40 - CT/TW", "Ban Bí thư")]),
        ("QĐ 367/TTg năm 1996", &[("Quyết định", "367/TTg", "Thủ tướng Chính phủ")]),
        ("Lao động hợp đồng 68/2000/NĐ-CP", &[("Nghị định", "68/2000/NĐ-CP", "Chính phủ")]),
        (
            "Thực hiện nghị quyết 24, 31 và kết luận 14 của Bộ Chính trị.",
            &[
                ("Nghị quyết", "24", "Bộ Chính trị"),
                ("Nghị quyết", "31", "Bộ Chính trị"),
                ("Kết luận", "14", "Bộ Chính trị"),
            ],
        ),
        ("Học tập Nghị quyết Trung ương 4, khóa XII.", &[("Nghị quyết", "", "Ban Chấp hành Trung ương Đảng")]),
    ]);
}

#[test]
fn numbers_behind_titles_and_names_with_commas() {
    check(&[
        ("Huyện bị kiện vì Công văn 1446 ngày 2/3/2018.", &[("Công văn", "1446", "")]),
        ("Ông đã ký quyết định xử phạt vi phạm hành chính số 5585.", &[("Quyết định", "5585", "")]),
        ("Xã làm theo Kế hoạch phòng, chống dịch bệnh.", &[]),
        ("Xã làm theo Kế hoạch chống hạn số 12/KH-UBND.", &[("Kế hoạch", "12/KH-UBND", "")]),
        (
            "Góp ý Luật Phòng, chống tham nhũng và Luật Đất đai, nhiều người băn khoăn.",
            &[("Luật", "", "Quốc hội"), ("Luật", "", "Quốc hội")],
        ),
        ("Sở có kế hoạch \"đánh chặn\" từ xa.", &[]),
        (
            "Huyện xây dựng các đề án: Kinh tế đêm, Chợ nổi Ba Lạch và Nước sạch nông thôn.",
            &[("Đề án", "", ""), ("Đề án", "", ""), ("Đề án", "", "")],
        ),
        ("Huyện giao phòng lập đề án triển khai.", &[]),
    ]);
}

#[test]
fn issuers_titles_and_acts() {
    check(&[
        ("Công bố quyết định của Ban Bí thư về cán bộ.", &[("Quyết định", "", "Ban Bí thư")]),
        ("Ông đã trao quyết định bổ nhiệm ông Lê Ân.", &[("Quyết định", "", "")]),
        ("Chỉ tiêu mà Nghị quyết Huyện ủy Ân Bình đề ra", &[("Nghị quyết", "", "Huyện ủy Ân Bình")]),
        ("Thực hiện nghị quyết Đại hội XII của Đảng.", &[("Nghị quyết", "", "Đại hội XII của Đảng")]),
        ("Theo Luật Đất đai 2013, hộ dân được bồi thường.", &[("Luật", "", "Quốc hội")]),
        ("Theo Luật Nhà ở số 27/2023/QH15, hộ dân được mua.", &[("Luật", "27/2023/QH15", "Quốc hội")]),
        ("Luật Hòa giải cơ sở số 35/2013/QH13 quy định.", &[("Luật", "35/2013/QH13", "Quốc hội")]),
        ("Huyện làm đề án kinh tế đêm và đề án chợ nổi.", &[("Đề án", "", ""), ("Đề án", "", "")]),
        ("Xã thực hiện nghị quyết đại hội Đảng bộ tỉnh.", &[("Nghị quyết", "", "đại hội Đảng bộ tỉnh")]),
        ("Đề án “Làng xanh” đã xong.", &[("Đề án", "", "")]),
        ("Thông qua nghị quyết về việc đặt tên đường.", &[("Nghị quyết", "", "")]),
    ]);
}

#[test]
fn other_words_are_no_documents() {
    for text in [
        "Bộ Chính trị quyết định điều động ông Lê Ân.",
        "Thực hiện các quyết định của Thủ tướng.",
        "Theo quy định của pháp luật, Hội Luật gia họp.",
        "Kế hoạch 5 năm và nghị quyết 5 điểm.",
        "Đề án này đã chậm; đề án nêu trên chưa xong.",
        "Việc tăng đề án đột ngột khiến dân lo; một đề án ảnh hưởng lớn đến dân.",
        "Có 47 dự án được trao quyết định chủ trương đầu tư.",
        "Kết luận hội nghị, ông Ân thông báo 3 việc.",
        "Tờ trình của UBND huyện, báo cáo và quy hoạch.",
        "Chỉ thị của Đảng và Nhà nước.",
    ] {
        assert_eq!(documents(text), [], "{text}");
    }
}

#[test]
fn mentions_of_one_document_are_one() {
    let text =
        "Nghị quyết 98 có hiệu lực. Để thực hiện Nghị quyết số 98 của Quốc hội, thành phố vận dụng nghị quyết 98.";
    let record = Extractor::new().extract(Source { text, ..Source::default() });
    assert_eq!(record.references.len(), 1);
    assert_eq!((record.references[0].issuer.as_deref(), record.references[0].spans.len()), (Some("Quốc hội"), 3));
    let text = "Phụ huynh chưa đồng thuận với quyết định của UBND tỉnh. UBND tỉnh đã ban hành Quyết định số 896 ngày 8-3-2019.";
    let found = documents(text);
    assert_eq!(found, [("Quyết định".to_owned(), Some("896".to_owned()), Some("UBND tỉnh".to_owned()))]);
}

#[test]
fn dates_belong_to_their_document() {
    let text = "Theo Kế hoạch số 19/KH-UBND ngày 12/3/2021 và Chỉ thị số 08/CT-TTg.";
    let record = Extractor::new().extract(Source { text, ..Source::default() });
    let dates: Vec<_> = record.references.iter().map(|d| d.date.map(|date| date.date.to_string())).collect();
    assert_eq!(dates, [Some("2021-03-12".to_owned()), None]);
}

#[test]
fn hostile_text_is_read_in_linear_time() {
    for unit in ["nghị quyết ", "nghị quyết 1, ", "Luật ", "đề án \"", "quyết định của ", "24, ", "1/NĐ-"]
    {
        let text = unit.repeat(200_000 / unit.len());
        assert!(documents(&text).len() <= text.len());
    }
}

#[test]
fn resolutions_about_plans() {
    check(&[(
        "Kỳ họp thông qua nghị quyết về nhiệm vụ kinh tế năm 2018; nghị quyết về kế hoạch đầu tư công.",
        &[("Nghị quyết", "", ""), ("Nghị quyết", "", "")],
    )]);
    check(&[("Kỳ họp thông qua 21 tờ trình dự thảo nghị quyết của HĐND tỉnh Sơn Hà.", &[])]);
}

#[test]
fn sessions_of_the_centre_pass_different_resolutions() {
    check(&[
        (
            "Thực hiện Nghị quyết Trung ương 4 (khóa XI, XII) và nghị quyết của Hội nghị Trung ương 8 (khóa XII).",
            &[("Nghị quyết", "", "Ban Chấp hành Trung ương Đảng"), ("Nghị quyết", "", "Ban Chấp hành Trung ương Đảng")],
        ),
        (
            "Nghị quyết Trung ương 4 khóa XII được quán triệt; Nghị quyết Trung ương 4 là căn cứ.",
            &[("Nghị quyết", "", "Ban Chấp hành Trung ương Đảng")],
        ),
    ]);
}

#[test]
fn numbers_in_running_words() {
    check(&[
        ("Xã thực hiện đề án 922 từ năm ngoái.", &[("Đề án", "922", "")]),
        ("Triển khai Đề án 06 trên toàn tỉnh.", &[("Đề án", "06", "")]),
        ("Nghiệm thu một đề án 20 tỉ đồng.", &[]),
        ("Theo kế hoạch 437 của UBND tỉnh, đất được giao lại.", &[("Kế hoạch", "437", "UBND tỉnh")]),
        ("Hoàn thành kế hoạch 5 năm của tỉnh.", &[]),
        (
            "Bà Hà ký nghị quyết 231 chấm dứt hiệu lực của nghị quyết 112.",
            &[("Nghị quyết", "231", ""), ("Nghị quyết", "112", "")],
        ),
        ("Sau 5 năm thực hiện nghị quyết 33 - khóa XI về văn hóa.", &[("Nghị quyết", "33", "")]),
        ("Theo Chỉ thị số 13 CT-TW về rừng.", &[("Chỉ thị", "13 CT-TW", "")]),
        ("HĐND thông qua 24 nghị quyết về phát triển kinh tế.", &[]),
    ]);
}

#[test]
fn letters_tell_a_ministry_and_its_office() {
    check(&[(
        "Chiều 23/7 đã công bố quyết định của Bộ trưởng Bộ Công an; Quyết định số 5569 / QĐ - BCA - X 01 có hiệu lực ngay.",
        &[("Quyết định", "5569 / QĐ - BCA - X 01", "Bộ trưởng Bộ Công an")],
    )]);
}

#[test]
fn laws_in_small_letters_and_laws_that_amend() {
    check(&[
        (
            "Dân góp ý luật đất đai và luật an ninh mạng hiện hành.",
            &[("Luật", "", "Quốc hội"), ("Luật", "", "Quốc hội")],
        ),
        (
            "Kỳ họp bàn Luật sửa đổi, bổ sung một số điều của Luật Thủy lợi; Luật dược.",
            &[("Luật", "", "Quốc hội"), ("Luật", "", "Quốc hội")],
        ),
        ("Hiệp hội Luật các nước láng giềng và Công ước về Luật biển 1982.", &[]),
        ("Luật quy định rõ việc này.", &[]),
    ]);
    let text = "Ông Ân nói về Luật sửa đổi, bổ sung một số điều của Luật Thủy lợi và Luật Đê điều.";
    let record = Extractor::new().extract(Source { text, ..Source::default() });
    let told: Vec<_> = record.references.iter().map(|document| document.text.as_str()).collect();
    assert_eq!(told, ["Luật sửa đổi, bổ sung một số điều của Luật Thủy lợi", "Luật Đê điều"]);
}

#[test]
fn documents_by_what_they_are_about() {
    check(&[
        ("Bộ đang soạn nghị định về quản lý bến bãi.", &[("Nghị định", "", "")]),
        ("Huyện chờ thông tư về khảo sát rừng trồng.", &[("Thông tư", "", "")]),
        ("Sở trình chỉ thị về phòng cháy chung cư.", &[("Chỉ thị", "", "")]),
        ("Thủ tướng đã chỉ thị về việc trồng rừng ven biển.", &[]),
        ("Xã làm theo công điện của Thủ tướng.", &[("Công điện", "", "Thủ tướng")]),
        ("Điểm mới mà nghị quyết 120 đề cập là nước mặn.", &[("Nghị quyết", "120", "")]),
        ("Ông Ân nói nghị quyết 5 điểm đã rõ.", &[]),
        ("Trạm có kết luận rằng nước sạch; ra kết luận cuối cùng.", &[]),
        ("Tỉnh lập đề án đổi mới chợ quê và đề án sắp xếp lại bến thuyền.", &[("Đề án", "", ""), ("Đề án", "", "")]),
        ("Thực hiện Chương trình số 19/CTr-HĐND.", &[("Chương trình", "19/CTr-HĐND", "")]),
        ("Thực hiện Chương trình hành động số 19-CTr/TU.", &[]),
        ("Điều 3 quy định “giờ đóng cửa” của chợ.", &[]),
    ]);
}

#[test]
fn entries_between_semicolons_have_long_titles() {
    let text = "Kỳ họp bàn: Nghị quyết về mục tiêu, nhiệm vụ của huyện năm 2019; Nghị quyết dự toán thu, chi năm 2019; Nghị quyết về chợ quê.";
    let record = Extractor::new().extract(Source { text, ..Source::default() });
    let told: Vec<_> = record.references.iter().map(|document| document.text.as_str()).collect();
    let expected = [
        "Nghị quyết về mục tiêu, nhiệm vụ của huyện năm 2019",
        "Nghị quyết dự toán thu, chi năm 2019",
        "Nghị quyết về chợ quê",
    ];
    assert_eq!(told, expected);
}

#[test]
fn names_end_before_words_that_tell_more() {
    let text = "Quốc hội thông qua Luật Phòng, chống tác hại rượu bia vừa được trình. Nội dung đưa vào Luật thể hiện quyết tâm.";
    check(&[(text, &[("Luật", "", "Quốc hội")])]);
    let text = "HĐND thông qua Nghị quyết miễn nhiệm chức danh Chủ tịch UBND tỉnh đối với ông Lê Ân.";
    let record = Extractor::new().extract(Source { text, ..Source::default() });
    assert_eq!(record.references[0].text, "Nghị quyết miễn nhiệm chức danh Chủ tịch UBND tỉnh");
}

#[test]
fn who_issues_and_when_may_stand_before() {
    check(&[
        (
            "Ngày 12/7/2018, Thủ tướng Chính phủ đã ban hành Quyết định số 851 phê duyệt danh mục.",
            &[("Quyết định", "851", "Thủ tướng Chính phủ")],
        ),
        (
            "Ngày 11-4, Thủ tướng Chính phủ Lò Văn Thạch ký quyết định số 397 giao quyền Chủ tịch UBND tỉnh Sơn Hà.",
            &[("Quyết định", "397", "Thủ tướng Chính phủ")],
        ),
        ("Bộ trưởng Bộ Y tế vừa ký Chỉ thị số 05 về phòng dịch.", &[("Chỉ thị", "05", "Bộ trưởng Bộ Y tế")]),
        ("UBND tỉnh Sơn Hà vừa ban hành Kế hoạch số 112/KH-UBND.", &[("Kế hoạch", "112/KH-UBND", "UBND tỉnh Sơn Hà")]),
    ]);
    let text = "Ngày 12/7/2018, Thủ tướng Chính phủ đã ban hành Quyết định số 851 phê duyệt danh mục.";
    let record = Extractor::new().extract(Source { text, ..Source::default() });
    let date = record.references[0].date.map(|fact| fact.date.to_string());
    assert_eq!(date.as_deref(), Some("2018-07-12"));
}

#[test]
fn titles_end_before_what_is_done_with_them_and_joints() {
    let texts = |text: &str| -> Vec<String> {
        let record = Extractor::new().extract(Source { text, ..Source::default() });
        record.references.into_iter().map(|document| document.text).collect()
    };
    assert!(texts("Trong hồ sơ, đề án kiến nghị cho phép người dân mua nhà.").is_empty());
    assert_eq!(
        texts("Cần nghiên cứu, xây dựng Luật Chính phủ điện tử và các văn bản hướng dẫn."),
        ["Luật Chính phủ điện tử"]
    );
    assert_eq!(texts("Bộ trình Đề án xử lý các tồn tại, vướng mắc."), ["Đề án xử lý các tồn tại"]);
}

#[test]
fn a_number_in_brackets_is_that_of_the_name_before() {
    let text = "Từ 2006 huyện có đề án đào tạo nhân lực tại nước ngoài (Đề án 922). Đề án 922 đã xong.";
    let record = Extractor::new().extract(Source { text, ..Source::default() });
    let numbers: Vec<_> = record.references.iter().map(|document| document.number.as_deref()).collect();
    assert_eq!(numbers, [Some("922")]);
}

#[test]
fn documents_that_are_only_asked_for() {
    check(&[
        ("Tỉnh đề nghị Bộ Chính trị nghiên cứu ban hành nghị quyết, nghị định về cơ chế đặc thù cho đô thị.", &[]),
        ("Ông Ân nói tỉnh sẽ kiến nghị để có nghị quyết của Quốc hội về đất đai.", &[]),
        ("Quốc hội đã ban hành nghị quyết về cơ chế đặc thù cho tỉnh.", &[("Nghị quyết", "", "")]),
        ("Con người là điều quyết định để thực hiện các đề án chống ngập.", &[]),
    ]);
}
