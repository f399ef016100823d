//! What is heard at workshops, briefings, supervision visits and question times.

use super::{
    Achievement, Commitment, Directive, HA, LAN, Recognition, Shortcoming, Statement, items, kinds, named, speakers,
};
use super::{read, speaker};

#[test]
fn what_is_wanting_has_many_names() {
    for sentence in [
        "Ông Lân cho rằng đây là lỗ hổng của công tác quản lý.",
        "Ông Lân nói việc kiểm tra ở các xã còn qua loa, nửa vời.",
        "“Các xã mạnh ai nấy làm”, ông Lân nói.",
        "Ông Lân nêu rõ quy hoạch của huyện đang chệch hướng.",
        "Bà Hà cho biết ba chỉ tiêu khó hoàn thành trong năm nay.",
        "Ông Lân cho rằng đáng lẽ phải nạo vét kênh từ đầu năm.",
        "Ông Lân nói ý kiến của dân không được quan tâm.",
    ] {
        assert_eq!(kinds(sentence), [Shortcoming], "{sentence}");
    }
}

#[test]
fn what_happens_and_what_rules_say_is_not_asked() {
    assert_eq!(kinds("Ông Lân cho biết có dự án phải làm lại từ đầu."), [Shortcoming]);
    assert_eq!(kinds("Ông Lân cho biết luật quy định hồ sơ phải có bản vẽ."), [Statement]);
    assert_eq!(kinds("Ông Lân nhấn mạnh cần có những cán bộ phải thật gương mẫu."), [Directive]);
}

#[test]
fn prices_that_rise_please_nobody() {
    assert_eq!(kinds("Bà Hà cho biết giá phân bón trong tháng 3 đã tăng 18%."), [Statement]);
    assert_eq!(kinds("Bà Hà cho biết giá trị sản xuất đã tăng 18%."), [Achievement]);
    assert_eq!(kinds("Bà Hà cho biết tỉ lệ trẻ suy dinh dưỡng giảm còn 9,1%."), [Achievement]);
}

#[test]
fn what_is_granted_first_does_not_count() {
    assert_eq!(
        kinds("Bên cạnh những kết quả đạt được, hoạt động của một số hội còn hành chính hóa, chưa sát hội viên."),
        [Shortcoming]
    );
    let courtesy = "Bà Hà ghi nhận các ý kiến của bà con và cho rằng mọi việc đều cần có thời gian.";
    assert_eq!(kinds(courtesy), [Statement]);
    assert_eq!(kinds("Ông Lân biểu dương xã Ân Sơn và yêu cầu các xã khác học tập."), [Recognition, Directive]);
}

#[test]
fn leaders_and_deputies_of_a_body_are_the_one_who_was_named() {
    assert_eq!(speakers("Lãnh đạo huyện Ân Bình cho biết hồ chứa còn đủ nước."), named(&[LAN]));
    assert_eq!(speakers("Đại diện Phòng Nông nghiệp cho biết lúa đang trổ bông."), named(&[HA]));
    let others = "Đại diện Công đoàn Phòng Nông nghiệp cho biết đoàn viên đang được chăm lo.";
    assert_ne!(speakers(others), named(&[HA]));
}

#[test]
fn whoever_is_reminded_does_not_speak() {
    let told =
        "Ông Lân cho biết kênh đã hỏng.\nXã vừa làm kênh nhưng lại bị Phòng Nông nghiệp nhắc nhở là làm sai quy định.";
    assert_eq!(items(told)[1], (Shortcoming, Some(LAN.to_owned())));
}

#[test]
fn own_bodies_will_also_do_something() {
    assert_eq!(
        kinds("Ông Lân nói kênh đã xuống cấp nhiều. Huyện cũng sẽ thường xuyên lấy mẫu nước."),
        [Statement, Commitment]
    );
    assert_eq!(kinds("Bà Hà bày tỏ sẽ cùng bà con giữ kênh."), [Commitment]);
}

#[test]
fn a_committee_of_the_province_asks_the_district() {
    let record = read(
        "Sáng 20/8, Đoàn giám sát của Ban Văn hóa - Xã hội HĐND tỉnh Vĩnh Lam do bà Lưu Thị Dung, Trưởng ban, làm trưởng đoàn \
         làm việc tại huyện Thạnh Lợi.\nÔng Trần Đức Quý, Phó Chủ tịch UBND huyện Thạnh Lợi, cho biết các trường đã đủ sữa.\nKết luận \
         buổi giám sát, bà Lưu Thị Dung ghi nhận nỗ lực của huyện.\nBà Dung đề nghị UBND huyện rà soát lại việc bảo quản.",
    );
    let last = record.items.last().expect("an item");
    assert_eq!((last.kind, speaker(&record, last.speaker).as_deref()), (Directive, Some("Lưu Thị Dung")));
}

#[test]
fn who_comes_to_congratulate_and_who_presides_say_nothing() {
    for sentence in [
        "Ngày 18/5, đoàn công tác của huyện do ông Lân làm trưởng đoàn đến thăm, chúc mừng Ban Trị sự Phật giáo huyện.",
        "Chiều 30/7, ông Lân, Trưởng ban Chỉ đạo, chủ trì cuộc họp đánh giá công tác thủy lợi và định hướng những tháng cuối năm.",
    ] {
        assert_eq!(kinds(sentence), [], "{sentence}");
    }
    let thanks = "Phát biểu kết luận, ông Lân biểu dương tinh thần của các đại biểu tham dự cuộc họp.";
    assert_eq!(kinds(thanks), [Recognition]);
}

#[test]
fn threats_demand_and_results_may_be_out_of_reach() {
    for sentence in [
        "Ông Lân nói địa phương nào lơ là, chủ quan thì người đứng đầu sẽ bị kỷ luật.",
        "“Trường hợp kênh bị lấn chiếm thì lực lượng của huyện xử lý ngay”, ông Lân nói.",
    ] {
        assert_eq!(kinds(sentence), [Directive], "{sentence}");
    }
    let unable = "Bà Hà cho biết nhiều việc mà riêng phòng không thể giải quyết được.";
    assert_eq!(kinds(unable), [Statement]);
    assert_eq!(kinds("Ông Lân cho biết phương án không được người dân đồng tình."), [Statement]);
}

#[test]
fn captions_careers_and_papers_made_known_give_nothing() {
    for text in [
        "Chủ tịch UBND huyện Ân Bình Trần Văn Lân.",
        "UBND tỉnh vừa có thông báo kết luận của Chủ tịch UBND tỉnh tại cuộc họp về chống hạn.",
        "Ông Vũ Văn Đạt sinh năm 1964, quê Ân Sơn. Trình độ tiến sĩ nông học. Năm 2013, ông Đạt được điều động, bổ nhiệm giữ chức vụ Giám đốc Sở Nông \
         nghiệp.",
        "Đoàn đã thăm hỏi, tặng quà các hộ dân thôn Tân Sơn.",
    ] {
        assert_eq!(items(text), [], "{text}");
    }
}

#[test]
fn verbs_stand_behind_what_somebody_is() {
    let text = "Ông Lý Trọng Tín, Giám đốc Công ty May Tín Phát, bức xúc: “Hồ sơ thuê đất đi qua 5 phòng, 14 tháng chưa có kết quả”.";
    assert_eq!(items(text), [(Shortcoming, Some("Lý Trọng Tín".to_owned()))]);
    assert_eq!(speakers("Theo lãnh đạo huyện Ân Bình, hồ chứa còn đủ nước."), named(&[LAN]));
    assert_eq!(speakers("Theo người đứng đầu huyện Ân Bình, hồ chứa còn đủ nước."), named(&[LAN]));
    assert_eq!(speakers("Người đứng đầu UBND huyện Ân Bình nói kênh còn tốt."), named(&[LAN]));
}
