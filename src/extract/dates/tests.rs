use super::*;

fn read(text: &str) -> Vec<(String, Option<String>, Option<PartOfDay>)> {
    let reading = Reading::new(text);
    let dates = Recognizer::new().dates(&reading);
    let found = dates.into_iter().map(|found| {
        let date = found.value.date.map(|date| date.to_string());
        (reading.text(found.tokens).to_owned(), date, found.value.part_of_day)
    });
    found.collect()
}

/// Each text holds one date: its words, and what they say ("" where the words alone do not say a date).
fn check(cases: &[(&str, &str, &str)]) {
    for (text, words, date) in cases {
        let found = read(text);
        let told: Vec<_> =
            found.iter().map(|(words, date, _)| (words.as_str(), date.as_deref().unwrap_or(""))).collect();
        assert_eq!(told, [(*words, *date)], "{text}");
    }
}

#[test]
fn the_lexicon_is_read_whole() {
    assert!(Phrases::parse(include_str!("../lexicons/dates.txt"), word).is_ok());
}

#[test]
fn days() {
    check(&[
        ("Ngày 7 tháng 12 năm 2023, huyện Ân Bình họp.", "Ngày 7 tháng 12 năm 2023", "2023-12-07"),
        ("Họp ngày 5.8 tại Ân Bình.", "ngày 5.8", "XXXX-08-05"),
        ("Họp ngày 16-12 tại Ân Bình.", "ngày 16-12", "XXXX-12-16"),
        ("Họp 15/4/2021 tại Ân Bình.", "15/4/2021", "2021-04-15"),
        ("19-7, ông Lê Ân dự họp.", "19-7", "XXXX-07-19"),
        ("Sáng 16-12, huyện họp.", "Sáng 16-12", "XXXX-12-16"),
        ("Tối nay, 22-12 huyện họp.", "Tối nay, 22-12", "XXXX-12-22"),
        ("từ sáng thứ hai, 25-12 mưa", "sáng thứ hai, 25-12", "XXXX-12-25"),
        ("sáng thứ bảy (23-12) trực", "sáng thứ bảy (23-12)", "XXXX-12-23"),
        ("Hôm nay, 4/5, huyện họp.", "Hôm nay, 4/5", "XXXX-05-04"),
        ("mùng 3-2", "mùng 3-2", "XXXX-02-03"),
        ("Chiều nay huyện họp.", "Chiều nay", ""),
        ("sáng cùng ngày", "sáng cùng ngày", ""),
    ]);
}

#[test]
fn several_days() {
    check(&[
        ("Trong hai ngày 20 và 21/8/2019, hội họp.", "hai ngày 20 và 21/8/2019", "2019-08-20/2019-08-21"),
        ("diễn ra từ ngày 4 đến 6-7.", "ngày 4 đến 6-7", "XXXX-07-04/XXXX-07-06"),
        ("Trong hai ngày 6-7/3, hội họp.", "hai ngày 6-7/3", "XXXX-03-06/XXXX-03-07"),
        ("từ ngày 30/12 đến ngày 2/1/2024", "ngày 30/12 đến ngày 2/1/2024", "2023-12-30/2024-01-02"),
        ("các ngày 4, 5 và 6-7", "các ngày 4, 5 và 6-7", "XXXX-07-04/XXXX-07-06"),
        ("họp hai buổi (25 và 26-12)", "25 và 26-12", "XXXX-12-25/XXXX-12-26"),
        ("làm việc (từ 14 đến 16/10)", "từ 14 đến 16/10", "XXXX-10-14/XXXX-10-16"),
        ("ngày 6 và 7-12", "ngày 6 và 7-12", "XXXX-12-06/XXXX-12-07"),
    ]);
}

#[test]
fn months_and_years() {
    check(&[
        ("đến tháng 6/2023.", "tháng 6/2023", "2023-06"),
        ("Cuối tháng 12-2018, huyện", "Cuối tháng 12-2018", "2018-12"),
        ("từ tháng 1 – 12/2017", "tháng 1 – 12/2017", "2017-01/2017-12"),
        ("từ tháng 1 đến tháng 6/2019", "tháng 1 đến tháng 6/2019", "2019-01/2019-06"),
        ("tháng 10 tăng", "tháng 10", "XXXX-10"),
        ("năm 2021", "năm 2021", "2021"),
        ("so với cùng kỳ 2018)", "2018", "2018"),
        ("năm học 2016-2017", "năm học 2016-2017", "2016/2017"),
        ("quý III/2024", "quý III/2024", "2024-35"),
        ("quý 4 năm 2023", "quý 4 năm 2023", "2023-36"),
        ("trong quý II", "quý II", ""),
        ("6 tháng đầu năm 2019", "6 tháng đầu năm 2019", "2019-40"),
        ("Sáu tháng đầu năm, huyện", "Sáu tháng đầu năm", ""),
        ("9 tháng năm 2020", "9 tháng năm 2020", "2020-01/2020-09"),
        ("cuối năm 2024", "cuối năm 2024", "2024"),
        ("nhiệm kỳ 2020 – 2025", "nhiệm kỳ 2020 – 2025", "2020/2025"),
        ("Nhiệm kỳ IV (2013 – 2019), hội", "Nhiệm kỳ IV (2013 – 2019)", "2013/2019"),
        ("giai đoạn 2021-2025", "giai đoạn 2021-2025", "2021/2025"),
        ("trước 12/2013", "12/2013", "2013-12"),
    ]);
}

#[test]
fn other_numbers_are_no_dates() {
    for text in [
        "5/10 đồng chí",
        "tăng 6-7%",
        "25/36 chỉ tiêu",
        "8.598 tỉ",
        "Nghị định 12/2019/NĐ-CP",
        "chiều cao 3 m",
        "5 tháng",
        "năm 12 người",
        "quý đại biểu",
        "sáng kiến",
        "số 3-4 đường Ân",
        "1.500 người",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn parts_of_the_day_go_with_the_day() {
    assert_eq!(read("đầu giờ chiều 5-8")[0].2, Some(PartOfDay::Afternoon));
    assert_eq!(read("Sáng nay, họp")[0].2, Some(PartOfDay::Morning));
    assert_eq!(read("ngày 5-8")[0].2, None);
}

/// The deadline of a one-sentence report about a meeting on 2023-08-05.
fn limit(sentence: &str) -> Option<String> {
    use crate::extract::Context;
    use crate::model::{Basis, DatedFact};
    let reading = Reading::new(sentence);
    let source = crate::extract::Source { text: sentence, ..Default::default() };
    let context = Context { dates: Recognizer::new().dates(&reading), ..Context::new(&reading, source) };
    let meeting = DatedFact { date: "2023-08-05".parse().ok()?, basis: Basis::Stated, span: None };
    deadline(&context, 0..reading.tokens.len(), Some(meeting)).map(|fact| fact.date.to_string())
}

#[test]
fn deadlines() {
    for (sentence, expected) in [
        ("Phải xong trước ngày 30-9.", Some("2023-09-30")),
        ("Báo cáo trong quý IV.", Some("2023-36")),
        ("Hoàn thành đến hết năm 2024.", Some("2024")),
        ("Gửi chậm nhất ngày 15/1.", Some("2024-01-15")),
        ("Hoàn thành vào cuối năm.", Some("2023-41")),
        ("Khởi công trong tháng 10/2023.", Some("2023-10")),
        ("Từ năm 2010 đến năm 2015 xã chậm nộp.", None),
        ("Ông Lân yêu cầu làm ngay.", None),
    ] {
        assert_eq!(limit(sentence).as_deref(), expected, "{sentence}");
    }
}

#[test]
fn hostile_text_is_read_in_linear_time() {
    for unit in ["1", "1-", "1/", "1, ", "ngày ", "ngày 1, ", "từ ", "tháng 1 đến ", "sáng "] {
        let text = unit.repeat(200_000 / unit.len());
        assert!(read(&text).len() <= text.len());
    }
}
