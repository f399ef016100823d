use crate::extract::{Extractor, Source};

fn date(text: &str) -> String {
    let read = Extractor::new().extract(Source { text, ..Source::default() });
    read.meeting.date.map(|fact| fact.date.to_string()).unwrap_or_default()
}

#[test]
fn years_that_a_report_leaves_out() {
    for (text, expected) in [
        // What is told with its year is over.
        ("Sáng 31-5, UBND tỉnh Sơn Hà họp báo. Ông Ân trong buổi gặp gỡ tháng 7-2018.", "2019-05-31"),
        ("Ngày 18/6, Tỉnh ủy Sơn Hà tổ chức hội nghị. Tháng 8/2014, HĐND tỉnh đã bầu bổ sung.", "2015-06-18"),
        ("Sáng 15/1, Tỉnh ủy Sơn Hà tổ chức hội nghị. Tháng 11/2017, dự án đã xong.", "2018-01-15"),
        ("Chiều 11/6, UBND huyện Ân Bình họp. Dân bao vây nhà máy từ ngày 26/9/2018.", "2019-06-11"),
        ("Ngày 15-11, Tỉnh ủy Sơn Hà họp. Ông Ân nghỉ hưu từ ngày 1-1-2018.", "2017-11-15"),
        // Parts of a year.
        ("Ngày 10/4, UBND huyện Ân Bình họp. Đảo cát nổi lên đầu năm 2019.", "2019-04-10"),
        ("Ngày 4/5, UBND huyện Ân Bình họp. Cuối năm 2018, công ty nộp hồ sơ.", "2019-05-04"),
        ("Ngày 30-10, UBND huyện Ân Bình họp về 10 tháng đầu năm 2017.", "2017-10-30"),
        ("Sáng 8/12, HĐND huyện Ân Bình họp. Dự kiến kỳ họp giữa năm 2017, huyện sẽ có tờ trình.", "2016-12-08"),
        ("Sáng 23-3, UBND tỉnh họp. Nhưng cuối năm 2020 dự án metro sẽ xong.", "2020-03-23"),
        ("Ngày 26-7, UBND tỉnh họp và đề ra nhiệm vụ những tháng cuối năm 2019.", "2019-07-26"),
        ("Ngày 19/2, UBND tỉnh họp. Ông Ân sẽ thăm Ân Bình đầu năm 2020.", "2019-02-19"),
        // Stages that are looked back on, and those far ahead; school years that begin.
        ("Sáng 21/12, Bộ Sơn Hà sơ kết thực hiện Đề án rà soát giai đoạn 2016-2018 tại hội nghị.", "2018-12-21"),
        ("Sáng 14-1, tại hội nghị tổng kết thực hiện Ngày vì rừng giai đoạn 2009-2019, ông Ân nói.", "2019-01-14"),
        (
            "Tại cuộc họp ngày 21/11, ông Ân nói. Đề án sẽ được trình Chính phủ vào tháng 12 tới và trình Quốc hội cho ý kiến vào tháng 10/2019. Giai đoạn 2030-2045 làm tiếp.",
            "2018-11-21",
        ),
        ("Ngày 14-8, UBND huyện Ân Bình họp về năm học mới 2019-2020.", "2019-08-14"),
        (
            "Sáng 19-11, UBND quận 1 tổ chức lễ trao giải. Bà Mơ (thứ hai từ phải sang) nhận giải năm 2017.",
            "2017-11-19",
        ),
        (
            "Ngày 10/5, Huyện ủy Ân Bình tổ chức hội nghị tổng kết 10 năm thực hiện Nghị quyết số 3. Số hộ tăng 2% so với năm 2014. Theo Kết luận số 7 ngày 4/6/2020 của Tỉnh ủy, còn phải làm thêm.",
            "2024-05-10",
        ),
        (
            "Ngày 26.3, Huyện đoàn Ân Bình tổ chức hội nghị nhân 88 năm Ngày thành lập Đoàn (26.3.1931 - 26.3.2019). Năm 2016, huyện có 20 dự án.",
            "2019-03-26",
        ),
        // What a verb is planned for lies ahead; what was promised, or told with what came of it, does not.
        (
            "Tối 26/7, UBND tỉnh tổ chức lễ trao giải. Cầu dự kiến hoàn thành quý IV năm 2018. Tháng 5/2018, cầu hợp long.",
            "2018-07-26",
        ),
        (
            "Ngày 30/7, UBND tỉnh họp. Tỉnh sẽ vượt mức kế hoạch đã hứa với dân tại hội nghị vào tháng 3/2018.",
            "2018-07-30",
        ),
        ("Chiều 25/8, UBND tỉnh họp. Sau khi nhận yêu cầu báo cáo, ngày 24/8/2017, Sở Y tế đã họp.", "2017-08-25"),
        (
            "Chiều 29-3, UBND tỉnh họp báo về giải \"Búa bạc\" 2018. Giải sẽ trao nhân dịp ngày thành lập tỉnh 3-2-2019.",
            "2018-03-29",
        ),
        // A day soon after one that lies ahead.
        ("Tối 24-1, UBND tỉnh làm việc với đoàn khách. Hai bên sớm họp lại trong đầu năm 2018.", "2018-01-24"),
        (
            "Ngày 29-11, UBND tỉnh tổ chức lễ khai mạc ngày hội việc làm. Hồ sơ nhận từ nay đến hết ngày 27/11/2018.",
            "2018-11-29",
        ),
        // Targets; what has its name from the year to come; plans that are told as what kind of year it will be.
        (
            "Chiều 14/4, UBND tỉnh họp về kế hoạch đón 4 triệu khách vào năm 2025. Riêng 3 tháng đầu năm 2016 đạt 90.000 khách.",
            "2016-04-14",
        ),
        ("Ngày 3-11, UBND tỉnh họp phiên tháng 10/2018, nghe báo cáo về kỳ thi tốt nghiệp năm 2019.", "2018-11-03"),
        ("Ngày 6/12, HĐND tỉnh họp, bàn giải pháp cho năm 2019. Năm 2019 là năm nước rút.", "2018-12-06"),
        ("Sáng 10/11, Bộ Sơn Hà tổ chức lễ bàn giao, quyết tâm hoàn thành nhiệm vụ sản xuất năm 2018.", "2018-11-10"),
        ("Đêm 31-12, UBND tỉnh họp bàn việc đón năm mới 2018.", "2017-12-31"),
        // A seat that is filled for what is left of a term; a term of another body.
        (
            "Sáng 8/12, Ngân hàng Lam Sao họp đại hội cổ đông, bầu bổ sung thành viên nhiệm kỳ 2014-2019. Tháng 10/2018, ông Ân thôi việc.",
            "2018-12-08",
        ),
        // What is asked for lies ahead.
        (
            "Chiều 28/11, UBND tỉnh Sơn Hà họp. Sở Y tế được giao rà soát và báo cáo Chính phủ trong quý I năm 2018.",
            "2017-11-28",
        ),
        ("Ngày 15-7, Tỉnh ủy Sơn Hà họp, đề nghị đánh giá kết quả từ đầu nhiệm kỳ đến tháng 6/2023.", "2023-07-15"),
        ("Sáng 28-3, UBND tỉnh họp. Sở Giao thông vận tải cuối tháng 2-2019 có văn bản.", "2019-03-28"),
        ("Ngày 9/11, UBND tỉnh họp và đề nghị hết quý 1 năm 2019 sẽ sơ kết.", "2018-11-09"),
        ("Chiều 28/11, HĐND tỉnh họp. Nghị quyết có hiệu lực từ 1/7/2015.", "2014-11-28"),
        // Whole years.
        ("Ngày 4-7, UBND tỉnh Sơn Hà họp. Vốn đầu tư tăng gấp ba so với cùng kỳ năm 2018.", "2019-07-04"),
        ("Sáng 10/5, Tỉnh ủy Sơn Hà họp, kiểm điểm sự lãnh đạo của Ban Thường vụ năm 2016.", "2017-05-10"),
        ("Chiều 12/6, Sở GD-ĐT Sơn Hà họp tổng kết công tác chấm thi kỳ tuyển sinh năm 2019.", "2019-06-12"),
        (
            "Ngày 31-7, tỉnh Sơn Hà có hội nghị về chương trình \"Tri thức trẻ\" năm 2019 tổ chức tại Ân Bình.",
            "2019-07-31",
        ),
        ("Sáng 6-12, HĐND tỉnh Sơn Hà họp, bàn giải pháp cho năm 2019.", "2018-12-06"),
        ("Sáng 22-10, Quốc hội họp về tình hình năm 2018 và kế hoạch năm 2019.", "2018-10-22"),
        ("Ngày 9-11, HĐND tỉnh họp báo. Đồng thời, năm 2018 sẽ lấy phiếu tín nhiệm tại kỳ họp 2018.", "2017-11-09"),
        (
            "Sáng 11-12, UBND tỉnh có hội nghị tổng kết phong trào năm 2017. Ông Ân nêu việc năm 2018, số hộ tăng.",
            "2017-12-11",
        ),
        ("Ngày 16/3, UBND tỉnh họp. Về công tác chống tham nhũng năm 2014, thanh tra đã phát hiện 4 vụ.", "2015-03-16"),
        ("Chiều 12-4, Tỉnh đoàn Sơn Hà có hội nghị tổng kết Tháng Thanh niên năm 2019.", "2019-04-12"),
        ("Ngày 21-5, UBND tỉnh họp. Giá nước năm 2019 theo quyết định cũ. Giá điện năm 2019 cũng vậy.", "2019-05-21"),
        (
            "Ngày 31-5, UBND tỉnh họp. Riêng năm 2017, tổng vốn đầu tư nước ngoài vào tỉnh Sơn Hà đạt 2 tỉ USD.",
            "2018-05-31",
        ),
        ("Ngày 20/9, UBND tỉnh có hội thảo. Luật dự kiến thông qua tại kỳ họp tháng 6/2018.", "2017-09-20"),
        (
            "Chiều 28/12, UBND tỉnh họp. Thưởng Tết Nguyên đán Bính Thân 2016 sẽ cao hơn. Thu ngân sách năm 2015 tăng.",
            "2015-12-28",
        ),
        (
            "Sáng 10-4, HĐND tỉnh họp, nghe báo cáo về việc tiết kiệm năm 2018 và dự kiến kế hoạch giám sát năm 2020.",
            "2019-04-10",
        ),
        (
            "Chiều 8/7, HĐND tỉnh Sơn Hà khóa IX, nhiệm kỳ 2016-2021 họp phiên thường kỳ. Ông Ân làm giám đốc cuối năm 2015.",
            "2016-07-08",
        ),
        ("Sáng 30-8, lễ quốc gia kỷ niệm 50 năm thành lập tỉnh (1969-2019) diễn ra tại Sơn Hà.", "2019-08-30"),
        (
            "Ngày 27/10, tại lễ kỷ niệm 60 năm thành lập Đại học Lam Sao, ông Ân phát biểu. Trường được thành lập từ năm 1957.",
            "2017-10-27",
        ),
        ("Ngày 10-7, HĐND tỉnh họp. Năm học 2019-2020, dự kiến tỉnh tăng 6.000 học sinh.", "2019-07-10"),
        ("Ngày 11/7, HĐND tỉnh họp, nghe kết quả năm học 2018-2019 và việc chuẩn bị năm học 2019-2020.", "2019-07-11"),
        ("Ngày 2/10, UBND tỉnh họp về công tác của năm học 2018-2019.", "2018-10-02"),
        ("Sáng 17/9, UBND tỉnh họp báo về Tuần lễ Âm nhạc 2018 - Hồ Trong Xanh.", "2018-09-17"),
        // Nothing tells.
        ("Ngày 5-8, HĐND tỉnh họp về việc xóa quy hoạch 1/2000 ở Sơn Hà.", "XXXX-08-05"),
        ("Ngày 13-12, UBND tỉnh họp về tác động của khủng hoảng toàn cầu 2008.", "XXXX-12-13"),
        ("Ngày 30/5, UBND tỉnh họp. Chương trình mới áp dụng từ năm học 2019-2020.", "XXXX-05-30"),
        ("Ngày 14/5, UBND tỉnh họp. Dự án được phép đầu tư năm 2009, ở cuối đường Lam Sao.", "XXXX-05-14"),
        ("Ngày 26-6, UBND tỉnh họp. Bà Mơ ký hiệp định (BTA) năm 2000. Ông Ân đã thăm bà.", "XXXX-06-26"),
        (
            "Ngày 14-6, UBND tỉnh họp. Ông Ân sai theo Bộ luật Hình sự năm 2015 (sửa đổi, bổ sung năm 2017).",
            "XXXX-06-14",
        ),
        ("Ngày 7/5, UBND tỉnh họp. Dự án có trong đồ án do tỉnh phê duyệt năm 2017.", "XXXX-05-07"),
        ("Ngày 3-8, UBND tỉnh họp về thành công của Chiến lược Sơn Hà 2018.", "XXXX-08-03"),
        ("Sáng 16/11, Quốc hội họp. Đánh giá của PAPI 2016 cho thấy dân còn phải chờ.", "XXXX-11-16"),
        (
            "Ngày 14-6, UBND tỉnh họp. Từ năm 2013-2018, ông Ân có vi phạm. Tháng 6-2014, ông làm giám đốc.",
            "XXXX-06-14",
        ),
        ("Sáng 2-3, UBND tỉnh họp. Theo lộ trình thì năm 2018 tăng 0,6 lần, sau đó tăng dần.", "XXXX-03-02"),
        ("Ngày 9-10, UBND tỉnh họp về Chương trình nghị sự 2030.", "XXXX-10-09"),
        ("Ngày 5-6, UBND tỉnh họp. Cầu Ba Lạch làm sau năm 2021.", "XXXX-06-05"),
        ("Sáng 3-10, UBND huyện Ân Bình họp. Theo bà Mơ, năm 2014, huyện cấp giấy cho 40 hộ.", "XXXX-10-03"),
        ("Ngày 25/7, UBND huyện Ân Bình họp. Năm 2008, ông Ân là Phó Chủ tịch xã.", "XXXX-07-25"),
        ("Ngày 21/5, Quốc hội họp. Thuế được miễn (không quá năm 2030), tầm nhìn 2045.", "XXXX-05-21"),
    ] {
        assert_eq!(date(text), expected, "{text}");
    }
}
