//! Where a turn ends, what goes on in it, and what is no word of anybody.

use super::{HA, LAN, items, kinds, named, read, speakers};
use crate::model::ItemKind::{
    Achievement, Commitment, Decision, Directive, Proposal, Recognition, Shortcoming, Statement,
};

#[test]
fn what_the_meeting_as_a_whole_says_ends_a_turn() {
    let text = "Bà Hà cho biết hồ chỉ còn 30% nước. Tuy nhiên, hội nghị cũng nghiêm túc nhìn nhận việc nạo vét kênh còn chậm. Nhiều \
                trạm bơm đã hư hỏng.";
    assert_eq!(speakers(text), named(&[HA, "", ""]));
}

#[test]
fn papers_and_the_meeting_speak_for_themselves() {
    let text = "Ông Lân đề nghị các xã rà soát kênh mương. Báo cáo tại hội nghị nêu rõ: diện tích lúa đạt 4.500 ha. Tuy nhiên, trạm bơm \
                còn hư hỏng nhiều.";
    assert_eq!(speakers(text), named(&[LAN, "", ""]));
    let text = "Báo cáo tại hội nghị, bà Hà cho thấy diện tích lúa đạt 4.500 ha.";
    assert_eq!(speakers(text), named(&[HA]));
    let text = "Các đại biểu nghe ông Lân truyền đạt Nghị quyết số 42-NQ/TW về chính sách xã hội; bà Hà quán triệt Nghị quyết số 43-NQ/TW.";
    assert_eq!(items(text), []);
    // Who came to direct says nothing yet.
    let text = "Ông Lân đến dự và phát biểu chỉ đạo. Năm 2022, Công an huyện đã điều tra 48 vụ án, bắt 90 đối tượng.";
    assert_eq!(speakers(text), named(&[""]));
    let text = "Nhân kỷ niệm 66 năm Ngày truyền thống Bộ đội Biên phòng (3/3/1959 - 3/3/2025), ngày 28-2, ông Trần Văn Lân đến thăm, chúc \
                mừng chiến sĩ Đồn Biên phòng Ia Sung.";
    assert_eq!(items(text), []);
}

#[test]
fn an_office_of_nobody_is_not_whoever_spoke_before() {
    let text =
        "Bà Hà lo ngại hồ sắp cạn. Phát biểu tại phiên họp, Chủ tịch Quốc hội yêu cầu cơ quan soạn thảo rà soát kỹ.";
    assert_eq!(speakers(text), named(&[HA, "Quốc hội"]));
}

#[test]
fn who_argues_speaks() {
    let text = "Bà Hà cho biết hồ chỉ còn 30% nước. Chưa đồng tình, ông Lân tranh luận: “Số liệu của xã khác hẳn”.";
    assert_eq!(speakers(text), named(&[HA, LAN]));
}

#[test]
fn a_deputy_may_be_called_without_standing() {
    let text = "Phó Thủ tướng Thường trực Lò Văn Thạch chủ trì hội nghị. Bà Hà kiến nghị cấp thêm vốn. Phó Thủ tướng giao Bộ Tư pháp \
                rà soát lại quy định.";
    assert_eq!(speakers(text), named(&[HA, "Lò Văn Thạch"]));
}

#[test]
fn an_account_with_a_time_of_its_own_behind_what_was_asked_is_the_reports() {
    let text = "Ông Lân yêu cầu các xã rà soát kênh mương. Năm 2023, huyện đã nạo vét 120 km kênh. Diện tích lúa đạt 4.500 ha.";
    assert_eq!(speakers(text), named(&[LAN, "", ""]));
    // What is still to be done goes on with what was asked.
    let text = "Ông Lân yêu cầu các xã rà soát kênh mương. Trong năm 2024, các xã phải làm xong phần việc đã giao.";
    assert_eq!(speakers(text), named(&[LAN, LAN]));
}

#[test]
fn a_dash_behind_a_quotation_names_whose_it_is() {
    let text = "“Nước về đến ruộng là niềm vui của cả xã.” – Bà Lê Thị Hà chia sẻ sau buổi làm việc.";
    assert_eq!(items(text), [(Statement, Some(HA.to_owned()))]);
}

#[test]
fn what_a_question_mark_cuts_off_from_its_quotation_is_no_item() {
    let text = "\" Ai chịu trách nhiệm khi kênh cạn nước suốt hai vụ? \", bà Hà đặt câu hỏi.";
    assert_eq!(items(text), [(Statement, Some(HA.to_owned()))]);
}

#[test]
fn bodies_told_what_to_do_go_on_with_what_was_asked() {
    let text = "Ông Lân giao các phòng chuẩn bị chống hạn. Phòng Nông nghiệp chuẩn bị nội dung, báo cáo UBND huyện trước ngày 15/4. Các đơn \
                vị chức năng chủ động phương án ở nơi có nguy cơ sạt lở, ảnh hưởng sản xuất.";
    assert_eq!(items(text), vec![(Directive, Some(LAN.to_owned())); 3]);
}

#[test]
fn a_promise_goes_on_without_a_subject() {
    let text = "“Năm nay, huyện sẽ phục vụ nhà đầu tư tận nơi. Chủ động hỗ trợ doanh nghiệp làm thủ tục. Huyện cũng kiên quyết xử lý các dự án \
                chậm tiến độ, kém hiệu quả”, ông Lân nói.";
    assert_eq!(kinds(text), [Commitment, Commitment, Commitment]);
    assert_eq!(kinds("Bà Hà cho biết sau vụ này bà sẽ đích thân đi từng trạm bơm."), [Commitment]);
}

#[test]
fn what_others_are_hoped_to_do_is_asked_not_promised() {
    assert_eq!(kinds("Ông Lân mong rằng các đồng chí sẽ nỗ lực nâng cao năng lực lãnh đạo."), [Directive]);
    let text = "Ông Lân yêu cầu giữ vững cam kết với các nhà đầu tư. Không có nước thì không thể nói đến lúa.";
    assert_eq!(kinds(text), [Directive, Statement]);
}

#[test]
fn heads_of_associations_ask_upwards_where_heads_of_the_state_speak() {
    let text = "Ông Vũ Văn Tám, Chủ tịch Hiệp hội Lúa gạo Sơn Hà, đề nghị công khai giá nước cho các hộ.";
    assert_eq!(kinds(text), [Proposal]);
    assert_eq!(kinds("Ông Lân đề nghị Đảng, Nhà nước quan tâm hơn đến vùng hạn."), [Proposal]);
    let record = read(
        "Sáng 3-4-2024, Hiệp hội Lúa gạo Sơn Hà họp.\nÔng Vũ Văn Tám, Chủ tịch Hiệp hội Lúa gạo Sơn Hà, đề nghị hội viên gieo \
                       đúng lịch.",
    );
    assert_eq!(record.items.iter().map(|item| item.kind).collect::<Vec<_>>(), [Directive]);
}

#[test]
fn what_was_done_is_counted_and_what_was_found_is_a_result() {
    for (sentence, kind) in [
        ("Huyện đã giúp dân ở hai xã dựng 60 chòi canh.", Achievement),
        ("Qua thanh tra đã phát hiện sai phạm, kiến nghị thu hồi 643 triệu đồng.", Achievement),
        ("Lạm phát ở mức thấp, trong tầm kiểm soát.", Achievement),
        ("Ông Lân phấn khởi khi thấy các xã làm thủy lợi sớm nhất từ trước đến nay.", Recognition),
    ] {
        assert_eq!(kinds(sentence), [kind], "{sentence}");
    }
}

#[test]
fn what_a_discussion_came_to_is_a_decision_and_history_no_item() {
    let text = "Qua thảo luận, Huyện ủy Ân Bình thống nhất việc xây cơ chế khoán kênh mương cho các xã.";
    assert_eq!(kinds(text), [Decision]);
    assert_eq!(kinds("Trạm thủy nông Ân Bình tiền thân là đội máy kéo của huyện."), []);
    // A time that somebody was asked at does not make the sentence that body's.
    let text = "Sau khi UBND huyện Ân Bình đề xuất, tỉnh đã cấp 12 máy bơm.";
    assert!(!kinds(text).contains(&Proposal), "{:?}", kinds(text));
}

#[test]
fn what_is_asked_may_begin_behind_a_topic_or_a_condition() {
    let text = "Ông Lân yêu cầu các xã rà soát kênh mương. Về vốn, tiếp tục xin tỉnh hỗ trợ. Nơi nào để xảy ra vi phạm kéo dài thì kiên quyết \
                xử lý người đứng đầu. Khuyến khích các hộ góp công.";
    assert_eq!(kinds(text), [Directive, Directive, Directive, Directive]);
    assert_eq!(
        kinds("Bà Hà cho biết việc bơm nước mất nhiều ngày. Bởi vì dân ở xa phải bơm hai lần."),
        [Statement, Statement]
    );
}

#[test]
fn who_leads_wishes_something_of_those_led() {
    assert_eq!(kinds("“Tôi mong các đồng chí tiếp tục giữ nếp làm ăn ấy”, ông Lân nói."), [Directive]);
    assert_eq!(kinds("Tuy vậy, hai xã trong năm không tổ chức được buổi nạo vét nào."), [Shortcoming]);
    let text = "Dự kiến, tại kỳ họp tháng 9, HĐND huyện xem xét, thông qua nguồn vốn.";
    assert!(!kinds(text).contains(&Decision), "{:?}", kinds(text));
}

#[test]
fn what_points_back_or_only_tells_of_an_event_is_no_item() {
    for text in [
        "Ông Lân thẳng thắn nhìn nhận như vậy tại hội nghị tổng kết công tác thủy lợi.",
        "Hội nghị tổ chức tại xã Mỹ Lâm ngày 21-12.",
        "Vừa qua, Báo Tin Hà đã phản ánh về tình trạng xuống cấp của kênh.",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
    assert_eq!(kinds("Hoạt động bơm hút cát diễn ra vào ban đêm nên việc xử lý còn khó khăn."), [Shortcoming]);
    let text = "Báo cáo của bà Lê Thị Hà cho biết, đến nay các xã không còn tình trạng lấn kênh.";
    assert_eq!(items(text), [(Achievement, Some(HA.to_owned()))]);
}

/// Whoever presents a paper says what it says.
#[test]
fn a_paper_speaks_for_who_presents_it() {
    for lead in [
        "Báo cáo của UBND xã do bà Lê Thị Hà, Phó Chủ tịch UBND xã, trình bày nêu rõ",
        "Báo cáo của UBND xã do Phó Chủ tịch UBND xã Lê Thị Hà trình bày tại kỳ họp cho thấy",
        "Báo cáo thẩm tra của Ban Pháp chế do bà Lê Thị Hà, Trưởng ban, trình bày đánh giá",
        "Tờ trình do bà Lê Thị Hà trình bày cho biết",
        "Bà Lê Thị Hà trình bày báo cáo kết quả giám sát chỉ rõ",
    ] {
        let told = items(&format!("{lead}, thu ngân sách đạt 86 tỷ đồng, tăng 12%."));
        assert_eq!(told, [(Achievement, Some("Lê Thị Hà".to_owned()))], "{lead}");
    }
    // What the paper is about is not told.
    assert_eq!(items("Bà Lê Thị Hà trình bày báo cáo đánh giá kết quả giám sát."), []);
}

#[test]
fn what_goes_on_is_no_meeting() {
    let report = "Bà Lê Thị Hà cho biết, thu ngân sách đạt 86 tỷ đồng. Công tác giải phóng mặt bằng còn chậm; tình trạng lấn chiếm \
                  công trình thủy lợi vẫn diễn ra.";
    let ha = || Some("Lê Thị Hà".to_owned());
    assert_eq!(items(report), [(Achievement, ha()), (Shortcoming, ha())]);
    assert_eq!(items("Hội nghị diễn ra trong hai ngày."), []);
    assert_eq!(items("Ngày 16-4, Tổ đại biểu Quốc hội số 2 đã tiếp xúc với hơn 150 cử tri xã Ân Bình."), []);
}
