//! What a reader would defend.

use super::*;
use crate::search::Total;

#[test]
fn titles_come_before_bodies() {
    let mut shelf = Shelf::new();
    let rest = "Các đại biểu nghe báo cáo và cho ý kiến về công tác của năm. ".repeat(5);
    shelf.put(&meeting("m-body", "Họp thường kỳ"), &format!("{rest} Có nhắc cải cách hành chính."));
    shelf.put(&meeting("m-title", "Bàn về cải cách hành chính"), &rest);
    assert_eq!(found(&shelf.commit(), "cải cách hành chính"), ["m-title", "m-body"]);
}

#[test]
fn neighbours_come_before_scattered_words() {
    let searcher = Shelf::of_texts(&[
        "số lượng đổi thay, chuyển giao công việc",
        "công tác chuyển đổi số của xã năm nay còn chậm so với kế hoạch và cần làm nhanh hơn",
    ]);
    assert_eq!(found(&searcher, "chuyển đổi số"), ["m1", "m0"]);
    assert_eq!(found(&searcher, "\"chuyển đổi số\""), ["m1"]);
    assert_eq!(found(&searcher, "\"đổi chuyển\""), Vec::<String>::new());
}

#[test]
fn beginnings_of_words_are_first_of_all_beside_the_word_before() {
    let searcher = Shelf::of_texts(&[
        "chuyển giao việc thông tin cho thôn",
        "bàn giao cho cơn gió thốc ngoài sân",
        "an toàn giao thông trên quốc lộ qua xã, tai nạn giảm so với năm trước và cần giảm nữa",
        "thông tin thông báo",
    ]);
    for query in ["giao thô*", "giao tho*"] {
        assert_eq!(found(&searcher, query)[0], "m2", "{query}");
    }
    // A rare word tells no more than what was typed.
    let texts: Vec<String> = (0..8).map(|at| format!("thông báo số {at}")).chain(["một cơn gió thốc".into()]).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    assert_eq!(found(&Shelf::of_texts(&texts), "thô*").last().map(String::as_str), Some("m8"));
}

#[test]
fn of_equal_hits_the_latest_comes_first() {
    let mut shelf = Shelf::new();
    for (id, date) in [("m-a", "2021-05-01"), ("m-b", "2023-05-01"), ("m-c", "2022")] {
        let mut meeting = meeting(id, "Họp bàn");
        meeting.date = dated(date);
        shelf.put(&meeting, "thủy lợi");
    }
    shelf.put(&meeting("m-d", "Họp bàn"), "thủy lợi");
    let searcher = shelf.commit();
    assert_eq!(found(&searcher, "thủy lợi"), ["m-b", "m-c", "m-a", "m-d"]);
    let by_date = SearchRequest { query: "thủy lợi", order_by: "date", ..Default::default() };
    assert_eq!(ids(&searcher, Unit::Meeting, &by_date), ["m-a", "m-c", "m-b", "m-d"]);
}

#[test]
fn whole_questions_find_their_text() {
    let searcher = Shelf::of_texts(&[
        "Hội nghị do bà Lê Thị Hoà chủ trì bàn về cấp nước sạch cho xã đảo.",
        "Đại hội phụ nữ bầu ban chấp hành mới gồm chín người.",
        "Xã đảo trồng rừng ngập mặn, chủ trương giao đất cho dân.",
    ]);
    assert_eq!(found(&searcher, "Ai là người chủ trì hội nghị bàn về việc cấp nước sạch cho xã đảo?")[0], "m0");
    assert_eq!(found(&searcher, "ban chap hanh moi cua dai hoi phu nu gom bao nhieu nguoi")[0], "m1");
}

#[test]
fn nothing_is_found_where_nothing_is_right() {
    let searcher = Shelf::of_texts(&["Hội nghị bàn về cấp nước sạch", "Phường họp giao ban"]);
    for query in ["\"phường không có thật\"", "tàu vũ trụ", "tàu vũ trụ họp"] {
        assert_eq!(found(&searcher, query), Vec::<String>::new(), "{query}");
    }
}

#[test]
fn words_with_other_marks_scattered_over_a_text_come_last() {
    let far = "và các đại biểu nghe báo cáo về công tác của năm nay ".repeat(4);
    let searcher = Shelf::of_texts(&[
        &format!("Có mật {far} điền vào {far} phượng vĩ {far} hô to {far} táy máy"),
        "Mất điện ở phường bên",
        "Mất điện ở phường Hồ Tây",
        "Mát diễn phương hộ tay",
    ]);
    assert_eq!(found(&searcher, "mất điện phường Hồ Tây"), ["m2", "m1", "m3", "m0"]);
    // Nothing is written so: what is but for the marks was meant.
    assert_eq!(found(&searcher, "mắt điển phương Hộ Tẩy")[0], "m3");
}

#[test]
fn operators_mean_what_they_say() {
    let searcher = Shelf::of_texts(&["cấp nước sạch", "cấp điện", "thoát nước", "điện và nước"]);
    let sorted = |query: &str| {
        let mut hits = found(&searcher, query);
        hits.sort();
        hits
    };
    assert_eq!(sorted("cấp -điện"), ["m0"]);
    assert_eq!(sorted("điện OR sạch"), ["m0", "m1", "m3"]);
    assert_eq!(sorted("(cấp OR thoát) nước"), ["m0", "m2"]);
    assert_eq!(sorted("-nước"), ["m1"]);
    assert_eq!(sorted("tho*"), ["m2"]);
    assert_eq!(sorted("thoá*"), ["m2"]);
    assert_eq!(sorted("thoà*"), ["m2"], "few are found, so that other marks are shown too");
    assert_eq!(sorted("-\"điện và\" điện"), ["m1"]);
    assert_eq!(sorted(""), ["m0", "m1", "m2", "m3"]);
}

#[test]
fn other_names_of_entities_find_the_meeting() {
    let mut shelf = Shelf::new();
    let mut meeting = meeting("m-a", "Quận họp");
    meeting.mentions = vec![mention(EntityKind::Place, "phường Đông Hải")];
    let id = meeting.mentions[0].entity.id.clone();
    shelf.put_with(&meeting, "Tại phường Đông Hải.", None, &[EntityNames { id: &id, names: &["xã Hải Đông cũ"] }]);
    let searcher = shelf.commit();
    assert_eq!(found(&searcher, "Hải Đông cũ"), ["m-a"]);
    assert_eq!(passing(&searcher, Unit::Meeting, "place = \"xã Hải Đông cũ\""), ["m-a"]);
}

#[test]
fn totals_are_exact_up_to_the_bound() {
    let texts: Vec<String> = (0..40).map(|n| format!("họp lần {n}")).collect();
    let searcher = Shelf::of_texts(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let total = |count_to| {
        let request = SearchRequest { query: "họp", count_to, page_size: 3, ..Default::default() };
        searcher.meetings(&request).expect("found").total
    };
    assert_eq!(total(100), Total::Exact(40));
    assert_eq!(total(10), Total::AtLeast(10));
}

#[test]
fn scores_never_rise_along_an_answer() {
    let searcher = Shelf::of_texts(&[
        "chuyển đổi số",
        "chuyển đổi số chuyển đổi số",
        "đổi mới, số hóa và chuyển giao",
        "chuyển đổi",
        "chuyên đôi sô",
    ]);
    let request = SearchRequest { query: "chuyển đổi số", ..Default::default() };
    let hits = searcher.meetings(&request).expect("found").hits;
    assert!(hits.len() >= 4, "{hits:?}");
    assert!(hits.windows(2).all(|pair| pair[0].score >= pair[1].score), "{hits:?}");
}

#[test]
fn near_words_are_suggested_for_unknown_ones() {
    let searcher =
        Shelf::of_texts(&["Hội nghị bàn về chuyển đổi số và thu ngân sách.", "Thu ngân sách tăng; sạch đường phố."]);
    let meant = |query: &str| {
        let request = SearchRequest { query, ..Default::default() };
        searcher.meetings(&request).expect(query).suggested_query
    };
    assert_eq!(meant("ngân sahc").as_deref(), Some("ngân sách"));
    assert_eq!(meant("hoọi nghị \"đổi số\"").as_deref(), Some("hội nghị \"đổi số\""));
    assert_eq!(meant("thu ngan sahc").as_deref(), Some("thu ngan sach"), "as the rest is typed");
    assert_eq!(meant("ngân sách"), None);
    assert_eq!(meant("xyzxyz"), None);
    // Of words as near, the one that stands beside the query's other words.
    let texts =
        ["Ông Đinh Xuân Thăng họp.", "Đường thẳng, thẳng hàng.", "Đi thẳng.", "Nguyễn Phúc, Phục hồi.", "Phục vụ."];
    let searcher = Shelf::of_texts(&texts);
    let meant = |query: &str| {
        let request = SearchRequest { query, ..Default::default() };
        searcher.meetings(&request).expect(query).suggested_query
    };
    assert_eq!(meant("Đinh Xuân Thăngg").as_deref(), Some("Đinh Xuân thăng"));
    assert_eq!(meant("nguyễn phucs").as_deref(), Some("nguyễn phúc"));
}

#[test]
fn words_of_deleted_meetings_are_not_suggested() {
    let mut shelf = Shelf::new();
    shelf.put(&meeting("m0", ""), "Đề án bí mật Hoàng Hôn.");
    shelf.put(&meeting("m1", ""), "Thu ngân sách.");
    shelf.commit();
    shelf.writer.delete_meeting(&MeetingId::parse("m0").expect("id")).expect("deleted");
    let searcher = shelf.commit();
    let request = SearchRequest { query: "hoaang", ..Default::default() };
    assert_eq!(searcher.meetings(&request).expect("searched").suggested_query, None);
}
