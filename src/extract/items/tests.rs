//! Small cases of what was said and decided, by whom.

mod heard;
mod meant;
mod told;
mod turns;

use crate::extract::{Extractor, Source};
use crate::model::ItemKind::{
    self, Achievement, Commitment, Decision, Directive, Proposal, Recognition, Shortcoming, Statement,
};
use crate::model::{DiagnosticReason, Extraction, FactRef};

/// A chairman and a head of department who speak, so that it is known who stands above whom.
const PEOPLE: &str = "Sáng 3-4-2024, UBND huyện Ân Bình họp.\nÔng Trần Văn Lân, Chủ tịch UBND huyện Ân Bình, cho biết cuộc họp bàn việc \
                      chống hạn. Bà Lê Thị Hà, Trưởng phòng Nông nghiệp, cho biết mực nước hồ đang được theo dõi.\n";

fn read(text: &str) -> Extraction {
    Extractor::new().extract(Source { text, ..Source::default() })
}

fn speaker(record: &Extraction, fact: Option<FactRef>) -> Option<String> {
    match fact? {
        FactRef::Person(at) => Some(record.people[at as usize].name.clone()),
        FactRef::Organization(at) => Some(record.organizations[at as usize].name.clone()),
        _ => None,
    }
}

/// The items of a text behind [`PEOPLE`]: kind and speaker.
fn items(text: &str) -> Vec<(ItemKind, Option<String>)> {
    let record = read(&format!("{PEOPLE}{text}"));
    let start = PEOPLE.chars().count();
    let behind = record.items.iter().filter(|item| item.span.start as usize >= start);
    behind.map(|item| (item.kind, speaker(&record, item.speaker))).collect()
}

fn kinds(text: &str) -> Vec<ItemKind> {
    items(text).into_iter().map(|(kind, _)| kind).collect()
}

fn speakers(text: &str) -> Vec<Option<String>> {
    items(text).into_iter().map(|(_, speaker)| speaker).collect()
}

fn named(names: &[&str]) -> Vec<Option<String>> {
    names.iter().map(|name| Some((*name).to_owned()).filter(|name| !name.is_empty())).collect()
}

const LAN: &str = "Trần Văn Lân";
const HA: &str = "Lê Thị Hà";

#[test]
fn the_verb_and_the_words_tell_the_kind() {
    for (sentence, kind) in [
        ("Ông Lân yêu cầu các xã rà soát lại kênh mương.", Directive),
        ("Ông Lân nhấn mạnh các xã phải chủ động nguồn nước.", Directive),
        ("Ông Lân cho rằng cần nạo vét kênh trước mùa khô.", Directive),
        // In the turn of the head of department: she asks upwards.
        ("Các xã cần nạo vét kênh trước mùa khô.", Proposal),
        ("Bà Hà đề nghị huyện hỗ trợ 2 tỉ đồng mua máy bơm.", Proposal),
        ("Bà Hà kiến nghị tỉnh sớm cấp vốn.", Proposal),
        ("Ông Lân hứa sẽ trả lời dân trong tháng 5.", Commitment),
        ("Ông Lân cam kết hoàn thành 12 km kênh.", Commitment),
        ("Thu ngân sách của huyện đạt 120 tỷ đồng, vượt kế hoạch.", Achievement),
        ("Đời sống của người dân được nâng cao.", Achievement),
        ("Tuy nhiên, việc giải ngân còn chậm.", Shortcoming),
        ("Nhiều tuyến kênh đã xuống cấp.", Shortcoming),
        ("Ông Lân đánh giá cao kết quả mà các xã đạt được.", Recognition),
        ("Dịp này, UBND huyện tặng bằng khen cho 5 tập thể.", Recognition),
        ("Hội nghị thống nhất bổ sung 3 tỉ đồng chống hạn.", Decision),
        ("HĐND huyện đã thông qua 4 nghị quyết.", Decision),
        ("Đại hội đã bầu 25 đồng chí vào Ban Chấp hành.", Decision),
        ("Ủy ban Kiểm tra Huyện ủy kỷ luật khiển trách ông Vũ Văn Tám.", Decision),
        // Names are no cues: "đạt" tells of results.
        ("Ủy ban Kiểm tra Huyện ủy đã kỷ luật cảnh cáo ông Vũ Văn Đạt.", Decision),
        ("Các thành viên thảo luận, góp ý và cơ bản thông qua dự thảo kế hoạch.", Decision),
        ("Ông Lân tin tưởng người dân sẽ đồng thuận.", Statement),
        ("Ông Lân cho biết đoàn của tỉnh vừa về xã.", Statement),
        ("Huyện đạt chỉ tiêu về diện tích nhưng sản lượng còn thấp.", Shortcoming),
    ] {
        assert_eq!(kinds(sentence), [kind], "{sentence}");
    }
}

#[test]
fn who_asks_whom_tells_directive_from_proposal() {
    for (sentence, kind) in [
        // Upwards it is a proposal also from the chairman's mouth.
        ("Ông Lân đề nghị Chính phủ sớm cấp vốn làm hồ.", Proposal),
        ("Ông Lân đề nghị tỉnh hỗ trợ máy bơm.", Proposal),
        ("Ông Lân đề nghị các xã đăng ký diện tích.", Directive),
        ("Ông Lân đề nghị bộ phận văn phòng ghi biên bản.", Directive),
        ("Bà Hà đề nghị các xã đăng ký diện tích.", Directive),
        ("Các ý kiến, kiến nghị của cử tri được chuyển đến huyện.", Statement),
    ] {
        assert_eq!(kinds(sentence), [kind], "{sentence}");
    }
}

#[test]
fn sentences_without_an_act_give_no_item() {
    for sentence in [
        "Chiều cùng ngày, UBND huyện Ân Bình tổ chức hội nghị tổng kết.",
        "Đến dự có ông Trần Văn Lân và bà Lê Thị Hà.",
        "Ông Lân sinh năm 1970, quê quán xã Mỹ Lâm.",
        "Kết luận cuộc họp, ông Lân chỉ đạo:",
        "Đó là nội dung ông Lân nhấn mạnh tại cuộc họp.",
        "Ông Trần Văn Lân dự và chỉ đạo.",
        "Về phía xã có đồng chí Vũ Văn Tám.",
        "Thông tin này được nêu tại cuộc họp giao ban.",
    ] {
        assert_eq!(kinds(sentence), [], "{sentence}");
    }
}

#[test]
fn a_turn_is_held_until_another_takes_over() {
    let text = "Ông Lân yêu cầu các xã rà soát kênh mương. Không để dân thiếu nước. Theo bà Hà, hồ chỉ còn 30% nước. Tuy nhiên, 2 trạm bơm \
                đã hư hỏng.";
    assert_eq!(speakers(text), named(&[LAN, LAN, HA, HA]));
}

#[test]
fn headings_and_the_reports_own_words_end_a_turn() {
    let heading = "Bà Hà cho biết hồ còn 30% nước.\nThu ngân sách vượt kế hoạch\nThu ngân sách đạt 120 tỉ đồng.";
    assert_eq!(speakers(heading), named(&[HA, ""]));
    let opening = "Bà Hà cho biết hồ còn 30% nước. Tại cuộc họp, 3 tập thể được tặng bằng khen.";
    assert_eq!(speakers(opening), named(&[HA, ""]));
}

#[test]
fn quotations_belong_to_whom_is_named_before_or_behind() {
    let before = "Bà Hà nói: “Kênh đã cạn ba tháng. Dân rất bức xúc”.";
    assert_eq!(speakers(before), named(&[HA, HA]));
    let behind =
        "Bà Hà cho biết hồ còn 30% nước.\n“Không được chủ quan.\nMọi việc phải xong trong tháng 5”, ông Lân nói.";
    assert_eq!(speakers(behind), named(&[HA, LAN, LAN]));
}

#[test]
fn bodies_speak_and_do_not_hold_the_floor() {
    let text = "Theo báo cáo của UBND huyện Ân Bình, thu ngân sách đạt 120 tỉ đồng. Cống lấy nước đã hỏng.";
    assert_eq!(speakers(text), named(&["UBND huyện Ân Bình", ""]));
}

#[test]
fn decisions_that_the_report_tells_have_no_speaker() {
    assert_eq!(items("HĐND huyện đã bầu bà Hà giữ chức Phó Chủ tịch UBND huyện."), [(Decision, None)]);
}

#[test]
fn two_acts_of_different_kinds_are_two_items() {
    let text = "Ông Lân biểu dương xã Mỹ Lâm; đồng thời yêu cầu các xã khác nạo vét kênh.";
    assert_eq!(items(text), [(Recognition, Some(LAN.to_owned())), (Directive, Some(LAN.to_owned()))]);
}

#[test]
fn tasks_have_deadlines() {
    let record = read(&format!("{PEOPLE}Ông Lân yêu cầu các xã nạo vét kênh trước ngày 30-6."));
    let deadline = record.items.last().and_then(|item| item.deadline).map(|fact| fact.date.to_string());
    assert_eq!(deadline.as_deref(), Some("2024-06-30"));
}

#[test]
fn words_of_nobody_named_are_told() {
    let record = read(&format!("{PEOPLE}Nhiều cử tri cho rằng nước còn thiếu."));
    assert!(record.diagnostics.iter().any(|diagnostic| diagnostic.reason == DiagnosticReason::UnknownSpeaker));
}

#[test]
fn a_sentence_may_end_in_theo() {
    for text in
        ["Theo", "Theo\nSở Y tế Sơn Hà họp.", "Ông Lân họp. Theo.\nÔng Trần Văn Lân nói.", "Theo báo cáo của\nUBND xã."]
    {
        read(text);
    }
}

#[test]
fn the_chair_is_who_was_said_to_chair() {
    let text = "Chủ tịch HĐND huyện Ân Bình Vũ Văn Tám chủ tọa kỳ họp. Bà Hà cho biết hồ còn 30% nước. \
                Chủ tọa kỳ họp đề nghị Sở Tài chính báo cáo bổ sung.\nChủ trì hội nghị yêu cầu các xã rà soát kênh mương.";
    assert_eq!(speakers(text), named(&[HA, "Vũ Văn Tám", "Vũ Văn Tám"]));
    // Nobody is said to chair: certainly not who spoke before.
    assert_eq!(
        items("Bà Hà cho biết hồ còn 30% nước. Chủ tọa đề nghị các xã rà soát kênh mương."),
        [(Statement, Some(HA.to_owned())), (Directive, None)]
    );
}

#[test]
fn a_new_subject_ends_a_turn() {
    let leaders = "Bà Hà cho biết hồ còn 30% nước.\nLãnh đạo phường Kim Sơn đề nghị tỉnh phân cấp mạnh hơn.";
    assert_eq!(items(leaders)[1..], [(Proposal, None)]);
    let acted = "Bà Hà thống nhất thanh lý 9 xe cũ. Việc thanh lý sai quy định.";
    assert_eq!(speakers(acted), named(&[HA, ""]));
    let pointed =
        "“Xã nào cũng phải có lịch trực Tết trước ngày 5” - đó là chỉ đạo của ông Trần Văn Lân tại hội nghị sáng 3-4.";
    assert_eq!(speakers(pointed), named(&[LAN]));
    let upset = "Ông Lân cho biết hồ còn 30% nước.\nÔng Vũ Văn Tám (khu phố 1) bức xúc vì hễ mưa là hẻm ngập.";
    assert_eq!(speakers(upset), named(&[LAN, "Vũ Văn Tám"]));
    assert_eq!(
        items("Bà Lê Thị Hà bổ sung: nếu làm theo cách này thì mất 38 tháng."),
        [(Statement, Some(HA.to_owned()))]
    );
    let another = "Bà Hà cho biết hồ còn 30% nước.\nPhó Chủ tịch UBND huyện Vũ Văn Tám được phân công theo dõi hồ, đạt 58% khối lượng.";
    assert_eq!(speakers(another), named(&[HA, ""]));
}

#[test]
fn what_a_meeting_is_for_is_not_said() {
    for sentence in [
        "Chiều 5-4, ông Lân chủ trì cuộc họp đánh giá kết quả chống hạn.",
        "Hội nghị được nghe bà Hà giới thiệu hướng dẫn đánh giá, xếp loại cán bộ.",
        "Các đại biểu tập trung xem xét báo cáo của các xã.",
        "Các đại biểu góp ý dự thảo văn kiện đại hội.",
    ] {
        assert_eq!(kinds(sentence), [], "{sentence}");
    }
}

#[test]
fn lists_behind_a_lead_in_are_asked_for() {
    let text = "Ông Lân nhấn mạnh một số nhiệm vụ trọng tâm, cụ thể như sau:\n- Các xã bám vào chương trình công tác để đạt kết quả cao \
                nhất.\n- Các thôn tập trung chỉ đạo sản xuất.";
    assert_eq!(items(text), [(Directive, Some(LAN.to_owned())), (Directive, Some(LAN.to_owned()))]);
    let goes_on = "Ông Lân yêu cầu các xã rà soát kênh mương. Làm rõ những kết quả đã đạt được. Trong đó, lưu ý đánh giá những hạn chế, \
                   yếu kém trong quản lý.";
    assert_eq!(kinds(goes_on), [Directive; 3]);
}

#[test]
fn what_the_speaker_says_he_will_do_is_a_promise() {
    assert_eq!(kinds("Bà Lê Thị Hà khẳng định sẽ tiếp tục nỗ lực hoàn thành nhiệm vụ được giao."), [Commitment]);
    // A quotation mark left alone, and how a conference was broadcast, are nothing said.
    assert_eq!(kinds("Hội nghị được truyền hình trực tiếp đến 12 điểm cầu.\n\"."), []);
}

#[test]
fn what_is_only_planned_or_announced_is_no_item() {
    for text in [
        "Kỳ họp dự kiến diễn ra vào ngày 24/6 tại hội trường huyện.",
        "Ông Trần Văn Lân đã thông báo nhanh về kết quả kỳ họp.",
        "” - ông Lân nói.",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
    let text = "Ông Trần Văn Lân ghi nhận các ý kiến của cử tri và hứa sẽ trình lên tỉnh.";
    assert_eq!(kinds(text), [Recognition, Commitment]);
}

#[test]
fn what_is_named_after_a_verb_of_asking_or_sits_in_a_body_does_not_speak_for_it() {
    let text = "Theo đó, huyện sẽ có văn bản đề nghị Sở Xây dựng tỉnh Sơn Hà chỉ đạo các đơn vị sớm bàn giao mặt bằng tuyến kênh.";
    assert!(speakers(text).iter().flatten().all(|name| name != "Sở Xây dựng tỉnh Sơn Hà"), "{:?}", speakers(text));
    let text = "Nhiều đại biểu HĐND huyện Ân Bình cho rằng tiến độ nạo vét kênh quá chậm.";
    assert!(speakers(text).iter().flatten().all(|name| !name.contains("HĐND")), "{:?}", speakers(text));
    let text = "Đại diện Sở Xây dựng tỉnh Sơn Hà cho biết hồ sơ đang được thẩm định.";
    assert_eq!(speakers(text), named(&["Sở Xây dựng tỉnh Sơn Hà"]));
}

#[test]
fn words_before_who_says_them_need_no_quotation_marks() {
    assert_eq!(speakers("Đàn bò của xã đã được tiêm phòng đủ hai mũi trong tháng, bà Hà cho biết."), named(&[HA]));
    assert_eq!(items("Bà Hà phát biểu."), vec![]);
}

#[test]
fn where_it_is_said_does_not_hide_what_is_said() {
    for text in [
        "Tại cuộc họp đánh giá tình hình hạn hán, bà Hà cho biết mực nước hồ đang xuống thấp.",
        "Khi biết được thông tin trên địa bàn có sâu bệnh, bà Hà cho rằng các xã phải phun thuốc ngay.",
        "Ông Lân cho rằng chi phí lớn và đó là một trong những nguyên nhân khiến dự án kênh chậm tiến độ.",
        "Đại diện Sở Xây dựng tỉnh Sơn Hà đề nghị tổ chức hội nghị lấy ý kiến các hộ dân dọc tuyến kênh.",
    ] {
        assert_eq!(items(text).len(), 1, "{text}");
    }
    assert_eq!(kinds("Bà Hà cho biết như vậy tại cuộc họp báo do UBND huyện Ân Bình tổ chức chiều 3-4."), vec![]);
}

#[test]
fn names_of_places_hold_no_cue() {
    assert_eq!(kinds("Bà Hà cho biết tuyến kênh nối hai xã với thành phố Cần Thơ dài 12 km."), vec![Statement]);
}

#[test]
fn what_is_still_to_be_decided_is_no_decision() {
    assert_eq!(kinds("Kỳ họp sẽ xem xét, thông qua 10 tờ trình."), vec![]);
    assert_eq!(kinds("Kỳ họp đã thông qua 10 nghị quyết."), vec![Decision]);
}

#[test]
fn what_is_fought_is_no_failure_and_what_is_denied_no_word() {
    assert_eq!(kinds("Bà Hà cho biết huyện vừa thuê máy bơm chống ngập cho hai xã."), vec![Statement]);
    assert_eq!(kinds("Bà Hà cho biết hai xã còn ngập sâu, thoát nước chậm."), vec![Shortcoming]);
    assert_eq!(
        speakers("Trước việc bà Hà không nói gì suốt cuộc họp, ông Lân cho rằng các xã đã nắm rõ."),
        named(&[LAN])
    );
    let text = "Sở Xây dựng tỉnh Sơn Hà đã xử lý hồ sơ sau phản ánh của bà Hà.";
    assert!(speakers(text).iter().flatten().all(|name| name != "Sở Xây dựng tỉnh Sơn Hà"), "{:?}", speakers(text));
}

#[test]
fn who_speaks_for_a_unit_promises_what_it_will_do() {
    assert_eq!(kinds("Ông Lân cho biết huyện sẽ lập tổ công tác gỡ vướng cho từng xã."), vec![Commitment]);
    // A head of department who has asked for nothing tells the plans of the own side.
    assert_eq!(
        kinds("Bà Hà cho biết ngành tiếp tục theo dõi mực nước.\nĐồng thời thực hiện tốt công tác nạo vét kênh mương."),
        vec![Statement, Commitment]
    );
}

#[test]
fn a_body_that_spoke_last_goes_on_by_a_word_that_points_to_it() {
    let text = "UBND huyện Ân Bình kiến nghị tỉnh sớm cấp vốn. Đơn vị này cũng đề xuất tỉnh hỗ trợ máy bơm.";
    assert_eq!(speakers(text), named(&["UBND huyện Ân Bình", "UBND huyện Ân Bình"]));
}

#[test]
fn what_one_is_asked_about_is_no_word_of_saying() {
    let text = "Hỏi giám đốc Công ty Cấp nước Sơn Hà về thông tin nước đục nhiều ngày, ông Lân nói: “Phải súc rửa đường ống ngay trong tuần này”.";
    assert_eq!(speakers(text), named(&["Trần Văn Lân"]));
}

#[test]
fn nouns_of_asking_and_rules_ask_for_nothing() {
    for (sentence, kind) in [
        ("Căn cứ yêu cầu, nhiệm vụ mới, UBND huyện Ân Bình đã quyết định thành lập tổ chống hạn.", Decision),
        ("Theo nghị định về thủy lợi, hộ nghèo không được tính tiền nước.", Statement),
        ("Bà Hà cho biết việc đấu thầu diễn ra công khai và đều phải lấy ý kiến của dân.", Statement),
        ("Bà Hà đề xuất các xã phải nạo vét kênh trước khi xuống giống.", Proposal),
        ("Ông Lân bày tỏ lòng cảm ơn về sự giúp đỡ của tỉnh.", Recognition),
        ("Ông Lân hy vọng các xã phát huy thành tích đạt được, hoàn thành tốt nhiệm vụ.", Statement),
    ] {
        assert_eq!(kinds(sentence), [kind], "{sentence}");
    }
}

#[test]
fn nobody_promises_in_the_reports_own_voice() {
    assert_eq!(kinds("Cùng ngày, kỳ họp tới được bàn. UBND huyện sẽ xem xét việc xây hồ chứa."), [Statement]);
    // What is still to come is neither attained nor missed.
    assert_eq!(kinds("Bà Hà cho biết sẽ tiếp tục rà soát, xử lý các sai phạm, vi phạm ở hai xã."), [Commitment]);
}

#[test]
fn what_is_asked_and_answered_is_a_topic_and_what_two_sides_settle_a_decision() {
    assert_eq!(kinds("Đại biểu HĐND huyện cũng sẽ chất vấn về tình trạng ô nhiễm ở hai xã."), []);
    assert_eq!(
        kinds("Kênh mương đạt chuẩn. Hai bên thống nhất triển khai tốt các thỏa thuận."),
        [Achievement, Decision]
    );
    let text = "Theo báo cáo được bà Lê Thị Hà trình bày tại cuộc họp, công tác thủy lợi vẫn còn những yếu kém.";
    assert_eq!(kinds(text), [Shortcoming]);
}

#[test]
fn ministers_and_the_government_ask_the_assembly_upwards() {
    let text = "Ngày 5-4-2024, Bộ trưởng Bộ Y tế Vũ Văn Tám đã đề nghị Quốc hội cho lùi dự án luật. Phó Thủ tướng Lê Thị Mơ đề nghị Bộ Y tế \
                rà soát lại.";
    let record = read(text);
    assert_eq!(record.items.iter().map(|item| item.kind).collect::<Vec<_>>(), [Proposal, Directive]);
}

#[test]
fn a_report_taken_up_is_no_word_of_who_took_it_up() {
    let text = "Trên cơ sở đó, huyện đã có 4 văn bản gửi Sở Xây dựng tỉnh Sơn Hà cùng phối hợp giải quyết phản ánh của hai xã.";
    assert!(speakers(text).iter().flatten().all(|name| name != "Sở Xây dựng tỉnh Sơn Hà"), "{:?}", speakers(text));
}

#[test]
fn what_is_told_of_a_thing_is_not_what_the_sentence_says() {
    let text = "Liên quan đến đề án vừa được HĐND huyện Ân Bình thông qua, bà Hà khẳng định các xã đều ủng hộ.";
    assert_eq!(items(text), [(Statement, Some(HA.to_owned()))]);
    assert_eq!(items("Đề án đã được HĐND huyện Ân Bình thông qua."), [(Decision, None)]);
    let text =
        "Trong đợt bầu cử đại biểu HĐND huyện Ân Bình vừa qua, trả lời thắc mắc của dân, bà Hà cho biết hồ sơ đã đủ.";
    assert_eq!(speakers(text), named(&[HA]));
    let text = "Ngày 29-3-2024, Huyện ủy Ân Bình quyết định cảnh cáo ông Lân; đề nghị Tỉnh ủy Sơn Hà xem xét thêm.";
    assert!(speakers(text).iter().all(|name| name.as_deref() != Some(LAN)), "{:?}", speakers(text));
}

#[test]
fn what_lies_ahead_is_not_attained() {
    let text = "Bà Hà cho biết ngành vẫn theo dõi hồ. Trong nhiệm kỳ tới, ngành tập trung hỗ trợ các xã xây trạm bơm đạt chuẩn.";
    assert!(!kinds(text).contains(&Achievement), "{:?}", kinds(text));
    assert_eq!(kinds("Bà Hà cho biết người dân không được sửa chữa nhà vì kênh treo nhiều năm."), [Shortcoming]);
    assert_eq!(kinds("Bà Hà cho biết Quốc hội sẽ tiến hành phiên họp vào cuối tháng."), [Statement]);
}
