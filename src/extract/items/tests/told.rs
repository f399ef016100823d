//! What is told, not asked; what is asked of whom; whose words a lead and a quotation are.

use super::{HA, LAN, items, kinds, named, read, speaker, speakers};
use crate::model::ItemKind::{Achievement, Commitment, Decision, Directive, Proposal, Shortcoming, Statement};

#[test]
fn not_every_must_asks() {
    for (sentence, kind) in [
        ("Bà Hà cho biết người dân đi khám bệnh nhưng phải trả thêm tiền đò.", Statement),
        ("Bà Hà cho biết việc này cần có thời gian để đánh giá.", Statement),
        ("Theo bà Hà, nguyên nhân chậm là do chi trả và các thủ tục phải tuân thủ nhiều quy định.", Shortcoming),
        ("Ông Lân cho biết các hộ thuộc diện phải rà soát đã có danh sách ở xã.", Statement),
    ] {
        assert_eq!(kinds(sentence), [kind], "{sentence}");
    }
}

#[test]
fn the_paper_before_the_first_words_is_none_of_them() {
    for paper in ["(HT) - ", "(Baotinha.vn) – ", "TTO - ", "BHG – "] {
        let lead = "Chiều 14/10, Đoàn giám sát của Thường trực HĐND tỉnh do bà Lê Thị Hà, Ủy viên Ban Thường vụ Tỉnh ủy, Phó Chủ tịch \
                    HĐND tỉnh làm Trưởng đoàn đã có buổi làm việc với UBND tỉnh về kết quả sắp xếp, xử lý trụ sở dôi dư.";
        assert_eq!(items(&format!("{paper}{lead}")), [], "{paper}");
        let said = items(&format!("{paper}Bà Lê Thị Hà cho biết kênh đã cạn."));
        assert_eq!(said, [(Statement, Some("Lê Thị Hà".to_owned()))], "{paper}");
    }
}

#[test]
fn what_people_bear_or_cannot_do_is_not_asked() {
    for (sentence, kind) in [
        ("Bà Hà cho biết gia đình bà ngày ngày phải chứng kiến cảnh kênh cạn.", Shortcoming),
        ("Bà Hà nói người dân muốn lấy nước tưới cũng không được, đường ra đồng thì lầy lội.", Shortcoming),
        ("Bà Hà cho hay huyện còn 3 đối tượng cần chi thêm tiền bơm nước.", Statement),
        ("“Xã đã có máy bơm thì sao phải thuê thêm máy của huyện”, bà Hà nói.", Statement),
        ("Bà Hà cho rằng người dân không nhất thiết phải dùng nước ngầm.", Statement),
        // What is asked is asked still.
        ("Bà Hà nhấn mạnh việc phải nạo vét kênh trước mùa khô.", Proposal),
        ("Ông Lân nhấn mạnh người dân phải được cấp đủ nước.", Directive),
        ("Ông Lân nói làm như thế là không được.", Directive),
    ] {
        assert_eq!(kinds(sentence), [kind], "{sentence}");
    }
}

#[test]
fn words_of_command_may_be_told() {
    for sentence in [
        "Thực hiện chỉ đạo của huyện, Phòng Nông nghiệp đã khẩn trương lắp 12 máy bơm.",
        "Bà Lê Thị Hà, được UBND huyện Ân Bình giao theo dõi hồ, đã có mặt.",
    ] {
        assert!(!kinds(sentence).contains(&Directive), "{sentence} {:?}", kinds(sentence));
    }
}

#[test]
fn what_goes_beyond_the_rules_is_no_result() {
    assert_eq!(kinds("Một số công trình ở xã đã xây vượt quy định."), [Shortcoming]);
    // What is not yet agreed is not decided.
    assert_eq!(kinds("Hộ cuối cùng vẫn chưa thống nhất với mức giá đền bù."), [Shortcoming]);
}

#[test]
fn a_means_is_no_decision() {
    let text = "Thông qua hệ thống màn hình, nhân viên kịp thời biết mực nước hồ.";
    assert!(!kinds(text).contains(&Decision), "{:?}", kinds(text));
}

#[test]
fn what_is_to_be_mended_is_no_shortcoming() {
    let text =
        "Ông Lân yêu cầu các xã rà soát kênh. Các đơn vị liên quan chủ động xử lý dứt điểm các tồn tại, vướng mắc.";
    assert_eq!(kinds(text), [Directive, Directive]);
}

#[test]
fn a_body_told_to_lead_is_asked() {
    let text = "Ông Lân giao Phòng Tài chính rà soát vốn. Phòng Nông nghiệp chủ trì, phối hợp với các xã đề xuất tiêu chí, báo cáo huyện.";
    assert_eq!(items(text), [(Directive, Some(LAN.to_owned())), (Directive, Some(LAN.to_owned()))]);
}

#[test]
fn what_one_says_one_will_do_is_promised() {
    assert_eq!(kinds("Ông Lân cho biết sẽ bám sát nội dung kết luận để chi trả."), [Commitment]);
    let text = "Bà Hà hứa sẽ mở lại kênh. Đồng thời, sẽ dựng trạm bơm mới cho dân.";
    assert_eq!(kinds(text), [Commitment, Commitment]);
    assert_eq!(kinds("Bà Hà cho biết sẽ còn phát sinh thêm nhiều việc ở hai xã."), [Statement]);
}

#[test]
fn bodies_ask_upwards_too() {
    let record = read(
        "Sáng 3-4-2024, UBND huyện Ân Bình họp. Bí thư Tỉnh ủy Lò Văn Thạch dự.\nUBND huyện Ân Bình đề nghị UBND tỉnh Sơn Hà cấp vốn.",
    );
    assert_eq!(record.items.last().map(|item| item.kind), Some(Proposal));
}

#[test]
fn a_quotation_is_of_who_is_named_before_its_colon() {
    for text in [
        "Phóng viên thêm một lần đề nghị làm rõ, bà Hà nói: “Mực nước hồ vẫn được theo dõi hằng ngày”.",
        "Trước đề xuất này, bà Lê Thị Hà tán đồng: “Mực nước hồ vẫn được theo dõi hằng ngày”.",
    ] {
        assert_eq!(speakers(text), named(&[HA]), "{text}");
    }
}

#[test]
fn whom_somebody_listens_or_writes_to_does_not_speak() {
    let text = "Sau khi nghe lãnh đạo Phòng Nông nghiệp báo cáo và đi xem kênh, bà Lê Thị Hà bày tỏ vui mừng và ghi nhận nỗ lực của dân.";
    assert_eq!(speakers(text), named(&[HA]));
    let text = "Phòng Nội vụ huyện Ân Bình đã có công văn gửi Hội Chữ thập đỏ huyện Ân Bình đề nghị trả lương.";
    assert_eq!(speakers(text), named(&["Phòng Nội vụ huyện Ân Bình"]));
}

#[test]
fn a_lead_is_of_who_said_so() {
    for second in [
        "Chủ tịch UBND huyện Ân Bình Trần Văn Lân nhấn mạnh như vậy tại cuộc họp sáng 3-4.",
        "Đó là yêu cầu của Chủ tịch UBND huyện Ân Bình Trần Văn Lân tại cuộc họp sáng 3-4.",
    ] {
        let text = format!(
            "Họp bàn chống hạn\n\nCác phòng của huyện cần coi việc chống hạn là nhiệm vụ trọng tâm của năm.\n{second}"
        );
        let record = read(&text);
        let item = record.items.first().map(|item| (item.kind, speaker(&record, item.speaker)));
        assert_eq!(item, Some((Directive, Some(LAN.to_owned()))), "{second}");
    }
}

#[test]
fn results_stay_results() {
    assert_eq!(kinds("Bà Hà cho biết ngành đã hoàn thành 12 km kênh, vượt kế hoạch 5%."), [Achievement]);
}

#[test]
fn who_is_listened_to_and_spoken_to_says_nothing() {
    let text = "Sau khi nghe Phòng Nông nghiệp, Phòng Tài chính và Văn phòng UBND huyện báo cáo, ông Lân kết luận: huyện hoan nghênh các xã.";
    assert_eq!(speakers(text), named(&[LAN]));
    let text = "Báo cáo với ông Lò Văn Thạch, phó chủ tịch Quốc hội, khi ông Thạch về làm việc với huyện, UBND huyện Ân Bình cho biết kênh đã mở.";
    assert_eq!(speakers(text), named(&["UBND huyện Ân Bình"]));
}

#[test]
fn a_quotation_of_voters_asks_upwards() {
    let text = "“Đề nghị huyện sớm nạo vét kênh. Huyện cần có trạm bơm mới cho dân”, cử tri xã Mỹ Lâm kiến nghị.";
    assert_eq!(kinds(text), [Proposal, Proposal]);
}

#[test]
fn an_agenda_decides_nothing_yet() {
    let text = "Cùng ngày, kỳ họp bế mạc. Ngày làm việc thứ ba sẽ diễn ra phiên thảo luận, xem xét thông qua nghị quyết về thủy lợi.";
    assert!(!kinds(text).contains(&Decision), "{:?}", kinds(text));
}

#[test]
fn what_was_asked_may_be_granted_only() {
    let text = "Dù Phòng Tài chính huyện Ân Bình đã yêu cầu nhà thầu hoàn trả đường nhưng đến nay vẫn chưa xong.";
    assert_eq!(kinds(text), [Shortcoming]);
}

#[test]
fn a_body_asks_a_person_above_it() {
    let record = read(
        "Sáng 3-4-2024, UBND huyện Ân Bình họp. Ông Lò Văn Thạch, Phó Chủ tịch Quốc hội, dự.\nUBND tỉnh Sơn Hà đề nghị ông Lò Văn Thạch quan tâm, xem xét cấp vốn. Đồng thời đề nghị Chính phủ cho chủ trương xây đập.",
    );
    let all: Vec<_> = record.items.iter().map(|item| (item.kind, speaker(&record, item.speaker))).collect();
    let tinh = Some("UBND tỉnh Sơn Hà".to_owned());
    assert_eq!(all, [(Proposal, tinh.clone()), (Proposal, tinh)]);
}

#[test]
fn the_centre_is_asked_upwards_even_in_a_quotation() {
    assert_eq!(kinds("“Đề nghị Chính phủ chỉ đạo việc dự phòng”, ông Lân nói."), [Proposal]);
}

#[test]
fn what_is_meant_to_be_is_not_yet_attained() {
    for (sentence, kind) in [
        ("Ông Lân cho biết mục tiêu của đề án là giữ vững nguồn nước, góp phần nâng cao đời sống.", Statement),
        ("Ông Lân cho biết huyện đạt mục tiêu, hoàn thành 12 km kênh.", Achievement),
        // Who limits something does something about it.
        ("UBND huyện đã đặt ra mục tiêu hạn chế khai thác nước ngầm theo lộ trình.", Decision),
        ("Bà Hà cho biết công tác thủy lợi còn hạn chế.", Shortcoming),
    ] {
        assert_eq!(kinds(sentence), [kind], "{sentence}");
    }
}

#[test]
fn what_is_only_named_is_no_item() {
    for sentence in [
        "Bà Hà đã báo cáo những tác động của hạn hán đến vụ lúa đông xuân.",
        "Ông Lân nhấn mạnh các nguyên tắc, quan điểm trong điều tiết nước hồ.",
        "Bà Hà giải trình việc quy hoạch hồ chứa trên địa bàn.",
    ] {
        assert_eq!(kinds(sentence), [], "{sentence}");
    }
    assert_eq!(kinds("Bà Hà cho biết tình trạng thiếu nước ngày càng nghiêm trọng."), [Shortcoming]);
}

#[test]
fn history_is_told_by_the_report() {
    let text = "Bà Hà cho biết cụ Vũ Văn Tám là người đắp con đê đầu tiên của huyện.\nNăm 1946, cụ được bầu làm đại biểu Quốc hội.\nCụ \
                kiên trì vận động dân đắp đê trong những năm khó khăn.\nHiện nay, con đê đã được kiên cố hóa, đạt tiêu chuẩn chống lũ.";
    assert_eq!(kinds(text), [Statement, Achievement]);
}

#[test]
fn experts_propose() {
    let text = "Sáng 3-4-2024, Trường Đại học Ân Bình tổ chức hội thảo về nước ngầm.\nTS Vũ Văn Tám - phó hiệu trưởng Trường Đại học Ân Bình - \
                cho rằng cần có quy hoạch khai thác nước ngầm.\nBà Lê Thị Hà nói: “Các xã nên rà soát lại các giếng khoan”.";
    let kinds: Vec<_> = read(text).items.iter().map(|item| item.kind).collect();
    assert_eq!(kinds, [Proposal, Proposal]);
}

#[test]
fn who_says_i_will_promises() {
    assert_eq!(kinds("“Tôi sẽ tập trung lắng nghe ý kiến của các xã”, bà Hà nói."), [Commitment]);
    assert_eq!(kinds("“Nếu là tôi, tôi sẽ không cho khoan giếng ở đó”, bà Hà nói."), [Statement]);
    // Wishes of who leads are asked, those of others are proposed.
    assert_eq!(kinds("Ông Lân nói: “Mong các đồng chí bám sát đồng ruộng”."), [Directive]);
    assert_eq!(kinds("“Mong huyện sớm xem xét, cấp nước cho dân”, bà Hà bức xúc nói."), [Proposal]);
}

#[test]
fn what_rises_or_falls_tells_whether_that_is_good() {
    for (sentence, kind) in [
        ("Tai nạn đuối nước ở các kênh tăng 12% so với cùng kỳ.", Shortcoming),
        ("So với cùng kỳ, giảm 31 vụ, giảm 9 người chết.", Achievement),
        ("Thu ngân sách của huyện tăng 12% so với cùng kỳ.", Achievement),
        ("Lực lượng chức năng đã phát hiện 40 vụ vi phạm, tăng 12 vụ so với cùng kỳ.", Achievement),
        ("Bà Hà nói chưa rõ các hộ có vi phạm quy định về khai thác nước hay không.", Statement),
    ] {
        assert_eq!(kinds(sentence), [kind], "{sentence}");
    }
}

#[test]
fn a_decision_goes_on_point_by_point() {
    let text = "HĐND huyện đã thông qua nghị quyết về sắp xếp các xã.\nTheo đó, xã Mỹ Lâm nằm trong thị trấn Ân Bình.";
    assert_eq!(kinds(text), [Decision, Decision]);
}

#[test]
fn who_has_the_floor_plans_meetings() {
    let text = "Ông Lân cho biết hồ đã cạn.\nTới đây sẽ tổ chức hội nghị bàn việc chia nước.";
    assert_eq!(speakers(text), named(&[LAN, LAN]));
    // Conflicts that take place are no meetings.
    let text = "Ông Lân cho biết hồ đã cạn.\nCác cuộc tranh chấp nguồn nước diễn ra ở nhiều nơi.";
    assert_eq!(speakers(text), named(&[LAN, LAN]));
}

#[test]
fn sources_that_are_not_named_speak() {
    let text = "Bà Hà cho biết hồ đã cạn.\nNguồn tin của báo cho biết huyện sẽ mua thêm máy bơm.\nMột số chuyên gia cho rằng hồ cần được nạo vét.";
    assert_eq!(speakers(text), named(&[HA, "", ""]));
    // Who is told that something was concluded does not speak, who speaks behind does.
    let text = "Vì vậy, sau khi Tỉnh ủy Sơn Hà có kết luận, UBND huyện Ân Bình đề nghị các xã rà soát lại kênh mương.";
    assert_eq!(items(text), [(Directive, Some("UBND huyện Ân Bình".to_owned()))]);
}

#[test]
fn a_paper_passes_on_what_others_say() {
    let text = "Báo Tin Hà cho biết, tại cuộc họp, ông Lân yêu cầu các xã rà soát lại kênh mương.";
    assert_eq!(items(text), [(Directive, Some(LAN.to_owned()))]);
}

#[test]
fn who_asks_upwards_goes_on() {
    let text = "Ông Lân kiến nghị Chính phủ sớm cấp vốn.\nBên cạnh đó, các xã cần nạo vét kênh.";
    assert_eq!(kinds(text), [Proposal, Proposal]);
    let text = "Ông Lân yêu cầu Phòng Nông nghiệp báo cáo.\nBên cạnh đó, các xã cần nạo vét kênh.";
    assert_eq!(kinds(text), [Directive, Directive]);
}

#[test]
fn companies_propose_where_a_department_is_heard() {
    let text = "Sáng 3-4-2024, Sở Công Thương tỉnh Sơn Hà gặp gỡ doanh nghiệp.\nÔng Vũ Văn Tám - Chủ tịch Công ty Mỹ Lâm - cho rằng cần xây nhà ở cho \
                công nhân.\nBà Lê Thị Hà - Giám đốc Sở Công Thương - cho biết đã phối hợp với công an.";
    assert_eq!(read(text).items.first().map(|item| item.kind), Some(Proposal));
}

#[test]
fn a_district_asks_upwards_where_the_province_speaks() {
    let text = "Sáng 3-4-2024, Tỉnh ủy Sơn Hà họp.\nÔng Trần Văn Lân, Bí thư Huyện ủy Ân Bình, cho rằng cần nạo vét kênh trước mùa khô.\nÔng Lân đề \
                nghị các xã tiết kiệm nước.\nBà Lê Thị Hà, Bí thư Tỉnh ủy Sơn Hà, nhấn mạnh các huyện phải chủ động nguồn nước.";
    let kinds: Vec<_> = read(text).items.iter().map(|item| item.kind).collect();
    assert_eq!(kinds, [Proposal, Directive, Directive]);
}

#[test]
fn how_many_have_to_is_told() {
    assert_eq!(kinds("Ông Lân cho biết huyện có gần 1.600 căn nhà phải cải tạo."), [Statement]);
    assert_eq!(kinds("Ông Lân cho biết 1.600 căn nhà này phải được cải tạo trong năm nay."), [Directive]);
}

#[test]
fn who_has_left_office_commands_no_more_unless_presiding() {
    let told = |lead: &str| {
        let text = format!(
            "Sáng 3-4-2024, UBND huyện Ân Bình họp.\n{lead}ông Vũ Văn Tám, nguyên Chủ tịch UBND huyện Ân Bình, cho rằng các xã cần \
                            nạo vét kênh."
        );
        read(&text).items.iter().map(|item| item.kind).collect::<Vec<_>>()
    };
    assert_eq!(told("Góp lời, "), [Proposal]);
    assert_eq!(told("Kết luận hội nghị, "), [Directive]);
}
