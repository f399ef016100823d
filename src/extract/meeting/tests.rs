use crate::extract::{Extractor, Source};
use crate::model::{DiagnosticReason, Extraction, MeetingKind, PartOfDay, Term};

fn record(text: &str, published: &str) -> Extraction {
    Extractor::new().extract(Source { text, published: published.parse().ok(), ..Source::default() })
}

fn date(text: &str, published: &str) -> String {
    record(text, published).meeting.date.map(|fact| fact.date.to_string()).unwrap_or_default()
}

#[test]
fn the_lead_tells_everything() {
    let text = "Sáng 16-12, Thành ủy TP Bạch Giang (tỉnh Sơn Hà) đã tổ chức hội nghị (mở rộng) lần thứ 4 Ban Chấp hành Đảng bộ TP Bạch \
                Giang khóa I, nhiệm kỳ 2020-2025. Đến dự có Bí thư Tỉnh ủy Sơn Hà Lê Văn Ân.";
    let meeting = record(text, "2021-12").meeting;
    assert_eq!(meeting.kind, Some(MeetingKind::Conference));
    assert_eq!(meeting.date.map(|fact| fact.date.to_string()).as_deref(), Some("2021-12-16"));
    assert_eq!(meeting.part_of_day, Some(PartOfDay::Morning));
    assert_eq!((meeting.session_number, meeting.extended), (Some(4), true));
    assert_eq!(meeting.term.map(|term| term.to_string()).as_deref(), Some("2020-2025"));
    assert_eq!(meeting.convener.map(|body| body.name).as_deref(), Some("Thành ủy TP Bạch Giang"));
}

#[test]
fn kinds() {
    for (text, kind) in [
        ("Ngày 5-8, Sở Y tế tỉnh Sơn Hà tổ chức hội thảo về nước sạch.", MeetingKind::Conference),
        ("Ngày 5-8, Chủ tịch UBND tỉnh Sơn Hà chủ trì cuộc họp về thủy lợi.", MeetingKind::WorkingSession),
        ("Ngày 5-8, làm việc với UBND huyện Ân Bình, ông Lê Ân yêu cầu rà soát.", MeetingKind::WorkingSession),
        ("Sáng 5-8, HĐND tỉnh Sơn Hà khai mạc kỳ họp thứ 12.", MeetingKind::Plenary),
        ("Tại phiên họp Chính phủ thường kỳ ngày 5-8, các bộ báo cáo.", MeetingKind::Plenary),
        (
            "Sáng 5-8, đại hội Hội Luật gia tỉnh Sơn Hà diễn ra, thông báo kết quả họp hội nghị lần thứ nhất.",
            MeetingKind::Congress,
        ),
        ("Ngày 5-8, Hội Luật gia tỉnh Sơn Hà tổ chức Đại hội đại biểu lần thứ IV.", MeetingKind::Congress),
        ("Chiều 5-8, Tỉnh ủy Sơn Hà tổ chức lễ công bố quyết định về cán bộ.", MeetingKind::Ceremony),
        ("Chiều 5-8, ông Lê Ân đến kiểm tra công trường hồ Ba Lạch.", MeetingKind::Inspection),
        ("Chiều 5-8, đại biểu Quốc hội tiếp xúc cử tri huyện Ân Bình.", MeetingKind::Dialogue),
        ("Chiều 5-8, UBND tỉnh Sơn Hà tổ chức họp báo.", MeetingKind::Dialogue),
        (
            "Chiều 5-8, Đoàn ĐBQH tỉnh Sơn Hà đã tiếp xúc cử tri ngành y tế. Tại hội nghị, ông Lê Ân nói.",
            MeetingKind::Dialogue,
        ),
        ("Chiều 5-8, Chủ tịch UBND tỉnh Sơn Hà tiếp đoàn công tác của Lào.", MeetingKind::WorkingSession),
        ("Sáng 5-8, UBND tỉnh Sơn Hà gặp mặt các doanh nghiệp.", MeetingKind::Dialogue),
        ("Sáng 5-8, UBND tỉnh Sơn Hà tổ chức gặp mặt nhân 80 năm thành lập ngành.", MeetingKind::Ceremony),
        (
            "Tại phiên họp sáng 5-8 (phiên thứ hai) của Đại hội Đoàn tỉnh Sơn Hà lần thứ XI, đề án được trình bày.",
            MeetingKind::Congress,
        ),
        (
            "Ông Lê Ân nói kỳ họp tới, nếu có làm việc với Thanh tra, sẽ hỏi. Sáng 5-8, buổi tiếp xúc cử tri của tổ đại biểu số 7 với cử tri \
             huyện Ân Bình như thường lệ có nhiều ý kiến.",
            MeetingKind::Dialogue,
        ),
        ("Ngày 5-8, ông Lê Ân nhận quyết định giữ chức Giám đốc Sở Y tế tỉnh Sơn Hà.", MeetingKind::Ceremony),
        ("Ngày 5-8, Đoàn giám sát của Tỉnh ủy đã giám sát việc bầu cử tại 11 xã.", MeetingKind::Inspection),
        (
            "Sáng 5-8, Tổ công tác số 2 làm việc với Đảng ủy phường An Lạc về chuẩn bị đại hội đảng bộ phường.",
            MeetingKind::WorkingSession,
        ),
    ] {
        assert_eq!(record(text, "").meeting.kind, Some(kind), "{text}");
    }
}

#[test]
fn years_come_from_publication_or_the_report() {
    let held = "Ngày 5-8, UBND huyện Ân Bình tổ chức hội nghị";
    for (text, published, expected) in [
        (format!("{held}."), "2023-08-06", "2023-08-05"),
        (format!("{held}."), "2024-02", "2023-08-05"),
        (format!("{held}."), "", "XXXX-08-05"),
        (format!("{held} sơ kết 6 tháng đầu năm 2019."), "", "2019-08-05"),
        (format!("{held}. Từ đầu năm đến tháng 6/2023, thu ngân sách tăng."), "", "2023-08-05"),
        (format!("{held}. Trước ngày 31/3/2020, huyện phải làm xong."), "", "2019-08-05"),
        (format!("{held}. Ông Lê Ân sinh ngày 4-11-1964."), "", "XXXX-08-05"),
        (format!("{held}. Việc này theo nghị quyết 03/2018 về thu nhập."), "", "XXXX-08-05"),
        (format!("{held}. Ông Lê Ân tiếp xúc cử tri hồi tháng 8-2016."), "", "XXXX-08-05"),
        (format!("{held}. Từ năm 2005 đến tháng 8/2012, ông Ân có vi phạm."), "", "XXXX-08-05"),
        ("Sáng 12-2, UBND huyện tổ chức hội nghị tổng kết công tác năm 2017.".to_owned(), "", "2018-02-12"),
        ("Sáng 12-12, UBND huyện tổ chức hội nghị tổng kết năm 2017.".to_owned(), "", "2017-12-12"),
        (format!("{held}. Trong năm 2018, hội đặt mục tiêu lập thêm 5 chi hội."), "", "2018-08-05"),
        (format!("{held}. Ông Ân nói đến 30-10-2018, cầu Ba Lạch sẽ xong."), "", "2018-08-05"),
        (format!("{held}. Cầu sẽ thông xe vào quý I/2020."), "", "2019-08-05"),
        (format!("{held}, sẽ bàn tình hình quý I/2020."), "", "2020-08-05"),
        (format!("{held}. Tính đến cuối năm 2018, huyện còn 30 hộ nghèo."), "", "2019-08-05"),
        (format!("{held}. Trước đó, tháng 10/2016, chợ bị cháy."), "", "2017-08-05"),
        ("Ngày 8/12, HĐND huyện Ân Bình họp. Sang năm 2015, huyện lập thêm phường.".to_owned(), "", "2014-12-08"),
        ("Sáng 5-8, Đảng bộ xã An Hòa tổ chức đại hội nhiệm kỳ 2025 – 2030.".to_owned(), "", "2025-08-05"),
        (
            "Ngày 23-6, Sở Y tế tổ chức hội nghị tổng kết 10 năm thực hiện Chỉ thị số 03/CT-BYT, ngày 10-4-2009."
                .to_owned(),
            "",
            "2019-06-23",
        ),
        (format!("{held} triển khai Ngày hội Làng nghề 2019."), "", "2019-08-05"),
        (format!("{held} ra quân chiến dịch tình nguyện hè năm 2019."), "", "2019-08-05"),
        (format!("{held}. Huyện sẽ đạt chuẩn nông thôn mới vào năm 2030."), "", "XXXX-08-05"),
        (format!("{held}. Năm 2018 và năm 2019, huyện trồng rừng. Năm 2030 là mốc cuối."), "", "2020-08-05"),
        (format!("{held} mừng 50 năm ngày thành lập xã (5-8-1946)."), "", "XXXX-08-05"),
        (
            "Ngày 5-3, UBND huyện họp. Năm 2018, thu ngân sách tăng. Năm 2019, nhiều việc đang dở dang.".to_owned(),
            "",
            "2019-03-05",
        ),
        ("Sáng nay, UBND huyện Ân Bình tổ chức hội nghị.".to_owned(), "2023-08-05", "2023-08-05"),
        (
            "Trong 2 ngày 7 và 8-5, Đảng bộ xã An Hòa tiến hành đại hội. Ngày 8-5, đại hội làm việc chính thức."
                .to_owned(),
            "2020-05-08",
            "2020-05-07/2020-05-08",
        ),
        ("Hội nghị diễn ra từ ngày 4 đến 6-7 tại Ân Bình.".to_owned(), "2023-07-06", "2023-07-04/2023-07-06"),
    ] {
        assert_eq!(date(&text, published), expected, "{text} {published}");
    }
}

#[test]
fn the_day_of_the_event_among_other_days() {
    for (text, expected) in [
        (
            "Thông tư có hiệu lực vào ngày 15-7 tới. Tại cuộc họp ngày 29-6 với báo chí, ông Lê Ân trả lời.",
            "XXXX-06-29",
        ),
        (
            "Ngày 1/8, Văn phòng Tỉnh ủy Sơn Hà thông báo ý kiến. Theo đó, tại phiên họp ngày 28/7, Ban Thường vụ đã bàn.",
            "XXXX-07-28",
        ),
        (
            "(SH) Chiều 2-12, Đoàn ĐBQH và HĐND tỉnh phối hợp với Ban Tuyên giáo Tỉnh ủy tổ chức họp báo. Kỳ họp sẽ diễn ra từ ngày 8 đến 10-12.",
            "XXXX-12-02",
        ),
        ("Phiếu gửi chậm nhất vào sáng 5/6. Thảo luận tại tổ sáng 22/5, nhiều đại biểu nêu ý kiến.", "XXXX-05-22"),
    ] {
        assert_eq!(date(text, ""), expected, "{text}");
    }
}

#[test]
fn conveners() {
    for (text, convener) in [
        ("Ông Lê Ân, Ủy viên Ban Chấp hành Đảng bộ tỉnh, Giám đốc Sở Y tế, nói tại hội nghị ngày 5-8.", "Sở Y tế"),
        ("Cuộc họp diễn ra tại Bộ Y tế chiều 18/6. Theo Cục Thú y, có ba vụ.", "Bộ Y tế"),
        (
            "Nhân kỷ niệm 95 năm Ngày thành lập Đảng Cộng sản Việt Nam, sáng 3/2, Đảng ủy - HĐND - UBND xã Ân Bình tổ chức họp mặt.",
            "Đảng ủy xã Ân Bình",
        ),
        (
            "Ngày 15-5, Tổng Bí thư Lê Ân chủ trì họp Bộ Chính trị để cho ý kiến về công tác chuẩn bị cho Hội nghị Trung ương 10; Kỳ họp thứ 7 Quốc hội.",
            "Bộ Chính trị",
        ),
        (
            "UBND tỉnh Sơn Hà trình 12 dự án, để HĐND tỉnh Sơn Hà thông qua tại kỳ họp diễn ra ngày 5-8.",
            "HĐND tỉnh Sơn Hà",
        ),
        (
            "Bí thư Tỉnh ủy Lê Ân nói trong phát biểu bế mạc Đại hội Đảng bộ tỉnh Sơn Hà ngày 5-8.",
            "Đảng bộ tỉnh Sơn Hà",
        ),
        (
            "Sáng 5-8, Ban Thường vụ Tỉnh ủy Sơn Hà họp cho ý kiến vào dự thảo báo cáo. Ông Lê Ân - Bí thư Tỉnh ủy chủ trì.",
            "Ban Thường vụ Tỉnh ủy Sơn Hà",
        ),
        ("Chủ trì hội nghị về thủy lợi sáng 5-8, Thủ tướng Lê Ân yêu cầu các bộ rà soát.", "Thủ tướng"),
        (
            "Sơn Hà tổ chức lễ kỷ niệm ngày sinh cố Thủ tướng Lê Ân\n\nNhiều người đã dự lễ kỷ niệm ngày sinh cố Thủ tướng Lê Ân sáng 5-8.",
            "Sơn Hà",
        ),
        ("Ngày 5-8, hội thảo do Sở Y tế tỉnh Sơn Hà tổ chức đã bàn về nước.", "Sở Y tế tỉnh Sơn Hà"),
        ("Chiều 5-8, tại kỳ họp thứ 6 HĐND tỉnh Sơn Hà, ông Ân trả lời.", "HĐND tỉnh Sơn Hà"),
        ("Ngày 5-8, làm việc với UBND huyện Ân Bình, Bí thư Tỉnh ủy Sơn Hà Lê Ân nói rõ.", "Tỉnh ủy Sơn Hà"),
        ("Sáng 5-8, Thủ tướng Lê Ân chủ trì cuộc họp với các bộ.", "Thủ tướng"),
        ("Ngày 5-8, đoàn công tác của UBND tỉnh Sơn Hà đến kiểm tra chợ.", "UBND tỉnh Sơn Hà"),
        ("Ngày 5-8, báo Tuổi Xanh phối hợp với Tỉnh đoàn Sơn Hà tổ chức lễ trao học bổng.", "báo Tuổi Xanh"),
        (
            "Chiều 5-8, đại biểu Quốc hội Lê Ân tiếp xúc cử tri. Cùng dự có Đoàn đại biểu Quốc hội tỉnh Sơn Hà.",
            "Đoàn đại biểu Quốc hội tỉnh Sơn Hà",
        ),
        (
            "Phát biểu tại hội nghị, Thủ tướng nêu yêu cầu. Thủ tướng mừng khi thấy Cần Thơ tổ chức hội nghị này.",
            "Cần Thơ",
        ),
        (
            "Chiều 14/5, đồng chí Lê Ân - Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh có buổi làm việc với Công an tỉnh.",
            "UBND tỉnh",
        ),
        (
            "Thông tin do ông Lê Ân - Giám đốc Sở Y tế - nêu tại buổi làm việc với đoàn. Ngày 5-8, đoàn công tác của Bộ Y tế đã làm \
             việc với thành phố.",
            "Bộ Y tế",
        ),
        ("Chiều 28-9, Đại hội đại biểu Đảng bộ tỉnh Sơn Hà khóa XV đã bế mạc.", "Đảng bộ tỉnh Sơn Hà"),
        ("Hôm nay, 4/5, dưới sự chủ trì của Thủ tướng, Chính phủ họp phiên thường kỳ.", "Chính phủ"),
        ("Ngày 12-8, Đảng bộ phường Tân Lập, tỉnh Sơn Hà tổ chức đại hội.", "Đảng bộ phường Tân Lập"),
    ] {
        assert_eq!(record(text, "").meeting.convener.map(|body| body.name).as_deref(), Some(convener), "{text}");
    }
}

#[test]
fn numbers_of_sessions() {
    for (text, number) in [
        ("Sáng 5-8, Quận ủy tổ chức hội nghị lần thứ mười bốn BCH Đảng bộ quận.", Some(14)),
        ("Ngày 5-8, Ủy ban Kiểm tra Tỉnh ủy Sơn Hà đã họp kỳ thứ 20.", Some(20)),
        (
            "Sáng 5-8, Đại hội Công đoàn huyện Ân Bình khóa XI họp. Vui. Mừng. Đại hội Công đoàn huyện Ân Bình lần thứ XI nghỉ.",
            Some(11),
        ),
        ("Ngày 5-8, HĐND tỉnh Sơn Hà khóa IX khai mạc kỳ họp thứ XI.", Some(11)),
        ("Ngày 5-8, UBND tỉnh Sơn Hà khóa 9 tổ chức hội nghị về lúa.", None),
        ("Ngày 5-8, hội nghị bàn về đại hội đảng bộ lần thứ XXII.", None),
    ] {
        assert_eq!(record(text, "").meeting.session_number, number, "{text}");
    }
}

#[test]
fn doubts_are_told() {
    let reasons = |text: &str| record(text, "").diagnostics.into_iter().map(|d| d.reason).collect::<Vec<_>>();
    assert_eq!(reasons("Trời mưa to ở Ân Bình."), [DiagnosticReason::NoMeeting]);
    assert_eq!(reasons("UBND huyện Ân Bình tổ chức hội nghị."), [DiagnosticReason::NoDate]);
    assert_eq!(reasons("Ngày 5-8, UBND huyện Ân Bình tổ chức hội nghị."), [DiagnosticReason::YearUnknown]);
    let two = "Chiều 10-7, HĐND huyện Ân Bình tổ chức phiên họp. Chiều 10-8, HĐND huyện Ân Bình tổ chức phiên họp.";
    assert!(reasons(two).contains(&DiagnosticReason::ConflictingDates));
}

#[test]
fn hostile_text_is_read_in_linear_time() {
    for unit in [
        "tổ chức hội nghị ",
        "hội nghị ngày 5-8 ",
        "nhiệm kỳ 2020-2025 ",
        "họp ",
        "do ",
        "kỳ họp thứ ",
        "UBND tỉnh họp ",
    ] {
        let text = unit.repeat(100_000 / unit.len());
        assert!(record(&text, "").meeting.title.chars().count() <= 300);
    }
}

#[test]
fn guests_who_are_received_do_not_hold_the_reception() {
    let text =
        "Sáng 5-8, ông Lê Ân, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Sơn Hà có buổi tiếp xã giao Đại sứ quán Lào.";
    let meeting = record(text, "2023-08").meeting;
    assert_eq!(meeting.kind, Some(MeetingKind::WorkingSession));
    assert_eq!(meeting.convener.map(|body| body.name).as_deref(), Some("UBND tỉnh Sơn Hà"));
}

#[test]
fn days_that_plans_reviews_and_projects_stand_beside() {
    for (text, expected) in [
        (
            "Chiều 11-1, Công an tỉnh Sơn Hà tổ chức hội nghị tổng kết công tác năm 2018 và triển khai công tác năm 2019.",
            "2019-01-11",
        ),
        (
            "Ngày 26/12, Hội Luật gia tỉnh Sơn Hà tổ chức hội nghị tổng kết công tác năm 2018, triển khai công tác năm 2019.",
            "2018-12-26",
        ),
    ] {
        assert_eq!(date(text, ""), expected, "{text}");
    }
    let text = "Tại cuộc họp về đề án thành lập thị xã Ân Bình chiều 15-3, Thủ tướng Lê Ân đồng ý trình.";
    assert_eq!(date(text, "2019-03"), "2019-03-15");
    assert_eq!(
        date("Trong các ngày 9,10/6/2020, Đoàn giám sát của HĐND huyện Ân Bình kiểm tra tại các xã.", ""),
        "2020-06-09/2020-06-10"
    );
}

#[test]
fn a_short_word_means_the_event_named_in_full() {
    let text = "Chiều 8/10, Đoàn đại biểu Quốc hội tỉnh Sơn Hà tổ chức Hội nghị tiếp xúc cử tri với công nhân. Dự và chủ trì Hội nghị có bà \
                Lê Thị Mơ. Tham dự Hội nghị có hơn 200 cử tri.";
    assert_eq!(record(text, "2024-10").meeting.kind, Some(MeetingKind::Dialogue));
}

#[test]
fn a_place_holds_what_its_government_holds() {
    let text = "Ngày 3/2/2025, phường Hòa Sơn tổ chức kỷ niệm 95 năm Ngày thành lập Đảng Cộng sản Việt Nam, đồng thời tổ chức họp giao ban.";
    let convener = record(text, "2025-02").meeting.convener.map(|body| body.name);
    assert_eq!(convener.as_deref(), Some("phường Hòa Sơn"));
}

#[test]
fn the_headline_tells_of_a_congress_whose_lead_lists_guests() {
    let text = "Đại hội đại biểu Hội Nông dân tỉnh Sơn Hà lần thứ X, nhiệm kỳ 2023-2028\n\nTham dự Đại hội có ông Lê Ân, Chủ tịch Hội Nông dân tỉnh \
                Lâm Hà.";
    let meeting = record(text, "2023-07").meeting;
    assert_eq!(meeting.term.map(|term| term.to_string()).as_deref(), Some("2023-2028"));
    assert_eq!(meeting.convener.map(|body| body.name).as_deref(), Some("Hội Nông dân tỉnh Sơn Hà"));
}

#[test]
fn who_sits_under_a_chair_is_not_the_chairs_body() {
    let text = "Chiều 9/2, dưới sự chủ trì, điều hành của đồng chí Lê Ân, Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh, HĐND tỉnh đã tổ chức Kỳ họp thứ Tám.";
    assert_eq!(record(text, "2026-02").meeting.convener.map(|body| body.name).as_deref(), Some("HĐND tỉnh"));
}

#[test]
fn a_sitting_that_is_prepared_is_another() {
    let text = "Ngày 9/6, Thường trực HĐND huyện Lâm An họp thống nhất nội dung, chương trình Kỳ họp thứ tám HĐND huyện khóa XX. Bà Lê Thị Hà \
                chủ trì cuộc họp. Kỳ họp thứ tám HĐND huyện dự kiến diễn ra ngày 24/6.";
    let meeting = record(text, "2021-06").meeting;
    assert_eq!(meeting.kind, Some(MeetingKind::WorkingSession));
    assert_eq!(meeting.session_number, None);
    assert_eq!(meeting.convener.map(|body| body.name).as_deref(), Some("Thường trực HĐND huyện Lâm An"));
    let text = "Ngày 9/6, tại kỳ họp thứ 8 HĐND huyện Lâm An, ông Ân nói việc chuẩn bị kỳ họp thứ 8 rất tốt.";
    assert_eq!(record(text, "2021-06").meeting.session_number, Some(8));
    let text = "Ngày 30/9, ông Lê Ân, Phó Trưởng Đoàn ĐBQH tỉnh, và ông Vũ Bình, Chủ tịch Hội Nông dân tỉnh, có buổi tiếp xúc cử tri.";
    assert_eq!(record(text, "").meeting.convener.map(|body| body.name).as_deref(), Some("Đoàn ĐBQH tỉnh"));
}

#[test]
fn a_year_in_which_something_will_be_done_is_planned_for() {
    let text = "Sáng 22/12, tại hội nghị triển khai nhiệm vụ năm 2018, Giám đốc Sở Y tế Lê Thị Mơ dự. Bà Mơ cho biết, năm 2018, sở sẽ mở hai trạm mới.";
    assert_eq!(date(text, ""), "2017-12-22");
}

#[test]
fn what_others_are_told_to_look_into_is_no_inspection() {
    for (text, expected) in [
        ("UBND tỉnh Sơn Hà vừa có văn bản yêu cầu Sở Y tế kiểm tra, xử lý vụ việc.", None),
        ("Ông Lê Ân vừa giao Công an tỉnh và Sở Thông tin - Truyền thông kiểm tra, làm rõ.", None),
        ("Ông Lê Ân thường sang Singapore để kiểm tra sức khỏe.", None),
        (
            "Sáng 5-8, ông Lê Ân, Chủ tịch UBND tỉnh Sơn Hà, kiểm tra đê hồ Ba Lạch và yêu cầu gia cố.",
            Some(MeetingKind::Inspection),
        ),
    ] {
        assert_eq!(record(text, "").meeting.kind, expected, "{text}");
    }
}

#[test]
fn a_newspaper_that_only_reports_holds_nothing() {
    let text = "Theo báo Tin Hà, sáng 5-8-2024 đã diễn ra hội nghị về cây xanh do Sở Xây dựng tổ chức.";
    assert_eq!(record(text, "").meeting.convener.map(|body| body.name).as_deref(), Some("Sở Xây dựng"));
    let text = "Báo Tin Hà vừa đưa tin, cuộc họp sáng 5-8-2024 bàn về cảnh báo Trung Quốc.";
    assert_eq!(record(text, "").meeting.convener, None);
}

#[test]
fn what_other_sentences_tell_of_the_same_event() {
    let read = |text: &str| Extractor::new().extract(Source { text, ..Source::default() }).meeting;
    let facts = read(
        "Ngày 10/3, tại buổi làm việc giữa Bộ Nội vụ và tỉnh Sơn Hà, ông Lê Ân nói về biên chế.\nNhiều việc còn \
         chậm.\nÔng Lê Ân tại buổi làm việc sáng 10/3.",
    );
    assert_eq!(facts.part_of_day, Some(PartOfDay::Morning));
    let facts = read(
        "Sáng 14/10, Đại hội Đảng bộ tỉnh Sơn Hà lần thứ X khai mạc. Đại biểu nghe báo cáo. Ông Ân nói về lúa. \
         Bà Mơ nói về rừng. Chỉ tiêu của Đảng bộ tỉnh nhiệm kỳ 2015-2020 gồm năm nhóm.",
    );
    assert_eq!(facts.term, Term::new(2015, 2020));
    let facts = read("Tại họp báo ngày 23-5, Bộ Ngoại giao nói sẽ dự Đối thoại Sơn Hà lần thứ 18.");
    assert_eq!(facts.session_number, None);
    let facts = read(
        "Sáng 20-7, ông Ân nói tại hội nghị tổng kết 15 năm thực hiện Nghị quyết số 13, Hội nghị lần thứ 5, khóa IX.",
    );
    assert_eq!(facts.session_number, None);
    let facts = read("Tại cuộc tiếp sáng 2-4, Tổng Bí thư cảm ơn khách. Tại buổi tiếp, hai bên bàn về lúa.");
    assert_eq!(facts.kind, Some(MeetingKind::WorkingSession));
}

#[test]
fn a_sitting_still_to_come_is_not_the_meeting() {
    for (text, kind, number) in [
        (
            "Chiều 5/8, Chủ tịch nước Lê Ân tiếp đoàn đại biểu cựu chiến binh. Ông cho biết kỳ họp thứ 8 của Quốc hội sẽ bàn việc này.",
            MeetingKind::WorkingSession,
            None,
        ),
        (
            "Tại cuộc họp chiều 5/8, Thủ tướng Lê Ân yêu cầu sớm trình Quốc hội cho ý kiến tại kỳ họp thứ 3.",
            MeetingKind::WorkingSession,
            None,
        ),
        ("Kỳ họp thứ 8 HĐND tỉnh Sơn Hà dự kiến khai mạc ngày 5/8.", MeetingKind::Plenary, Some(8)),
    ] {
        let meeting = record(text, "2021-08-06").meeting;
        assert_eq!((meeting.kind, meeting.session_number), (Some(kind), number), "{text}");
    }
}
