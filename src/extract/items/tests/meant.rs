//! What is planned, supposed or always so, against what is done, asked or borne.

use super::{LAN, items, kinds, named, speakers};
use crate::model::ItemKind::{Achievement, Decision, Directive, Proposal, Shortcoming, Statement};

#[test]
fn what_is_planned_is_not_attained() {
    let set = "Đại hội xác định 24 chỉ tiêu, phấn đấu thu nhập bình quân đạt 55 triệu đồng.";
    assert_eq!(kinds(set), [Decision]);
    assert_eq!(kinds("Năm nay, hợp tác xã đặt kế hoạch doanh thu 36 tỷ đồng, tăng 15%."), [Statement]);
    assert_eq!(kinds("Theo kế hoạch, trong tháng 5 huyện hoàn thành ba trạm bơm."), [Statement]);
    assert_eq!(kinds("Huyện đã đoàn kết, phấn đấu hoàn thành 12 chỉ tiêu."), [Achievement]);
}

#[test]
fn that_something_was_done_is_no_result_by_itself() {
    assert_eq!(kinds("Trước đó, chiếc xe đã dừng bên kênh ít phút trước trụ sở xã."), []);
    assert_eq!(kinds("Nguồn vốn này đã tạo điều kiện cho nhiều hộ chăn nuôi."), [Achievement]);
}

#[test]
fn what_must_be_anyway_is_told() {
    for sentence in [
        "Bà Hà cho rằng doanh nghiệp bao giờ cũng phải tính đến lợi nhuận.",
        "Bà Hà cho hay xe muốn vào chợ phải đạt chuẩn mới được cấp thẻ.",
        "“Chúng tôi phải xem từng bộ hồ sơ”, bà Hà nói.",
        "Bà Hà cho biết hiện các trạm bơm phải ghi nhật ký.",
    ] {
        assert_eq!(kinds(sentence), [Statement], "{sentence}");
    }
    assert_eq!(kinds("Nhiều hộ dân phản ánh phải thức đêm chờ nước."), [Shortcoming]);
    assert_eq!(kinds("Bà Hà nói bà con phải trả giá cho sự chậm trễ đó."), [Shortcoming]);
    assert_eq!(kinds("Bà Hà kể lãnh đạo xã nhiều lần hứa nhưng kênh vẫn cạn."), [Shortcoming]);
}

#[test]
fn a_failure_denied_mended_or_supposed_is_none() {
    for sentence in [
        "Bà Hà khẳng định việc này không ảnh hưởng đến giá nước.",
        "Bà Hà cho rằng tổ công tác không chỉ nhanh mà còn gần dân.",
        "Bà Hà cho biết nếu có hành vi cản trở, gây mất trật tự thì buổi lấy mẫu dừng lại.",
    ] {
        assert_eq!(kinds(sentence), [Statement], "{sentence}");
    }
}

#[test]
fn who_should_stands_right_before() {
    assert_eq!(kinds("Bà Hà cho rằng nên giao một đầu mối điều phối nước."), [Proposal]);
    assert_eq!(kinds("Bà Hà cho rằng các trường nên dùng nước máy."), [Proposal]);
    assert_eq!(kinds("Bà Hà cho biết kênh ở xa các xã nên nước về muộn."), [Statement]);
}

#[test]
fn bodies_named_behind_what_is_asked_are_to_act() {
    let text = "Ông Lân yêu cầu các xã nạo vét kênh. Công an huyện mở đợt cao điểm bảo vệ hồ.";
    assert_eq!(items(text), [(Directive, Some(LAN.to_owned())), (Directive, Some(LAN.to_owned()))]);
    let told = "Ông Lân yêu cầu các xã nạo vét kênh. Công an huyện đang bảo vệ hồ.";
    assert_eq!(kinds(told), [Directive, Statement]);
}

#[test]
fn receptions_and_notes_are_no_results() {
    assert_eq!(items("Chiều 8/9, ông Lân đã tiếp Đại sứ Tân Quốc nhân dịp kết thúc nhiệm kỳ công tác."), []);
    assert_eq!(kinds("Bà Hà nói máy quay ghi nhận được mực nước hồ."), [Statement]);
}

#[test]
fn compounds_hold_no_cue() {
    for sentence in [
        "Bà Hà cho biết trang thiết bị do tỉnh cấp.",
        "Bà Hà nói đây là yếu tố quyết định của vụ lúa.",
        "Bà Hà cho hay xã truyền đạt nội dung trên đến bà con.",
        "Bà Hà cho biết số nước còn lại nằm ở hồ dưới.",
        "Bà Hà cho biết trạm nằm dưới chân cầu vượt.",
    ] {
        assert_eq!(kinds(sentence), [Statement], "{sentence}");
    }
    assert_eq!(kinds("Bà Hà nói phương án này vấp phải sự phản đối của dân."), [Shortcoming]);
    assert_eq!(kinds("Ông Lân nói dù chỉ một hộ thiếu nước cũng không được."), [Directive]);
}

#[test]
fn requests_pointed_back_to_are_nouns() {
    assert_eq!(kinds("Bà Hà cho biết phòng đang xem xét yêu cầu này."), [Statement]);
}

#[test]
fn words_joined_to_those_of_a_body_are_its_own() {
    let text = "Trước đó, UBND huyện Ân Bình cho biết hồ chứa còn 30% nước. Ngoài ra, mực nước ngầm vẫn ổn.";
    assert_eq!(speakers(text), named(&["UBND huyện Ân Bình", "UBND huyện Ân Bình"]));
}

#[test]
fn falls_of_what_is_wanted_are_failures() {
    assert_eq!(kinds("Trước đó, thị phần gạo của huyện giảm do cạnh tranh."), [Shortcoming]);
    assert_eq!(kinds("“Phụ huynh cũng phải thay đổi cách nghĩ”, ông Lân nói."), [Directive]);
}

#[test]
fn associations_of_trades_hope_upwards() {
    assert_eq!(kinds("Hiệp hội Vận tải Ân Bình mong huyện sớm sửa cống."), [Proposal]);
}

#[test]
fn a_matter_is_given_to_a_body() {
    let given = "Đối với các hộ chưa có giấy: UBND huyện Ân Bình xem xét từng trường hợp để bồi thường.";
    // Bà Hà has the floor.
    assert_eq!(kinds(given), [Proposal]);
    assert_eq!(kinds("Đối với các hộ đó: UBND huyện Ân Bình đang lập danh sách."), [Statement]);
}

#[test]
fn duties_of_nobody_are_told() {
    for (sentence, kind) in [
        ("Bà Hà cho biết bà con phải đổi loại đất mới có thể dựng nhà kính.", Statement),
        ("Bà Hà nói không phải hộ nào cũng cần giấy này.", Statement),
        ("Bà Hà cho biết mười hộ không được công nhận thoát nghèo.", Shortcoming),
        ("Ông Lân nói: “Các xã không được chia nhỏ gói thầu”.", Directive),
        ("“Có phải xã thiếu người nên phải chờ hay không?”, bà Hà đặt câu hỏi.", Statement),
        ("Mỗi vụ lúa lỗ ròng hơn hai tỷ đồng.", Shortcoming),
    ] {
        assert_eq!(kinds(sentence), [kind], "{sentence}");
    }
}

#[test]
fn what_people_who_are_not_named_ask_goes_on() {
    let text = "Nhiều cử tri kiến nghị sớm mở lại chợ. Đề nghị chủ đầu tư bồi thường cho bà con.";
    assert_eq!(kinds(text), [Proposal, Proposal]);
}

#[test]
fn the_next_point_of_what_is_asked_is_asked() {
    let text = "Ông Lân yêu cầu các xã sửa cống. Thứ hai là lập danh sách hộ nghèo. Thứ ba là hộ nghèo đã giảm.";
    assert_eq!(kinds(text)[1], Directive);
    assert_eq!(kinds(text)[2], Achievement);
}

#[test]
fn what_a_sitting_will_settle_is_not_settled() {
    assert_eq!(kinds("Kỳ họp này, HĐND huyện Ân Bình sẽ xem xét, thông qua tám nghị quyết."), [Statement]);
}

#[test]
fn what_is_pointed_out_need_not_have_failed() {
    assert_eq!(kinds("Ông Lân chỉ rõ Ân Bình là huyện có nhiều di tích."), [Statement]);
    assert_eq!(kinds("Ông Lân chỉ rõ nhiều xã còn chậm sửa cống."), [Shortcoming]);
}

#[test]
fn what_came_of_something_is_told() {
    for (sentence, kind) in [
        ("Các thầy thuộc biên chế nên không được phép dự tuyển.", Shortcoming),
        ("Bà Hà cho rằng trong bối cảnh phải làm nhiều việc một lúc, cách làm ấy là hợp lý.", Statement),
        ("Bà Hà cho biết thời tiết sẽ tiếp tục diễn biến bất thường.", Statement),
        ("Bà Hà cho biết xã không quá lo lắng.", Statement),
    ] {
        assert_eq!(kinds(sentence), [kind], "{sentence}");
    }
}

#[test]
fn a_duty_set_against_praise_is_the_point() {
    let text = "Ông Lân cho biết kênh đã sửa. Tuy nhiên, việc làm nhanh còn vướng, các xã phải bảo đảm an toàn.";
    assert_eq!(kinds(text)[1], Directive);
}

#[test]
fn who_is_behind_the_comma_speaks_though_praise_opens() {
    let text = "Đánh giá cao báo cáo của huyện, Thủ tướng cho rằng các xã cần sửa cống.";
    assert_eq!(speakers(text), named(&[""]));
}
