//! Minimal pairs: what was typed with marks is respected, what was typed without finds everything, and spellings meet.

use super::*;
use crate::search::{FoundBy, MatchTier};

/// Syllables that differ in marks only, and are different words.
const APART: [&[&str]; 12] = [
    &["dương", "đương", "đường", "dướng"],
    &["má", "mà", "mả", "mã", "mạ", "ma"],
    &["hòa", "hoa", "hóa", "họa", "hỏa"],
    &["thủy", "thúy", "thùy", "thụy"],
    &["bàn", "bán", "bản", "bạn", "ban"],
    &["cấp", "cập", "cặp", "cáp"],
    &["lợi", "lời", "lỗi", "lội", "lối"],
    &["quận", "quân", "quấn", "quần", "quan", "quán"],
    &["tỉ", "tí", "tì"],
    &["đất", "dắt", "đạt", "đặt"],
    &["nghị", "nghi", "nghĩ", "nghỉ"],
    &["thuế", "thuê", "thuề"],
];

/// Syllables that are one word in two spellings.
const TOGETHER: [(&str, &str); 12] = [
    ("hoà", "hòa"),
    ("thuỷ", "thủy"),
    ("thuý", "thúy"),
    ("uỷ", "ủy"),
    ("khoẻ", "khỏe"),
    ("tỉ", "tỷ"),
    ("kĩ", "kỹ"),
    ("lí", "lý"),
    ("mĩ", "mỹ"),
    ("sĩ", "sỹ"),
    ("quí", "quý"),
    ("hi", "hy"),
];

/// Syllables that look alike without marks but differ in a letter.
const OTHER_LETTERS: [(&str, &str); 4] = [("tai", "tay"), ("hai", "hay"), ("mai", "may"), ("thui", "thuy")];

fn tiers(searcher: &Searcher, query: &str) -> Vec<(String, MatchTier)> {
    let request = SearchRequest { query, page_size: 50, ..Default::default() };
    let results = searcher.meetings(&request).expect(query);
    results.hits.iter().map(|hit| (hit.meeting.to_string(), hit.tier)).collect()
}

#[test]
fn marks_that_are_typed_are_respected() {
    for group in APART {
        let texts: Vec<String> = group.iter().map(|word| format!("Xã nói về {word} trong năm")).collect();
        let searcher = Shelf::of_texts(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        for (number, word) in group.iter().enumerate() {
            let hits = tiers(&searcher, word);
            let is_marked = crate::text::fold::has_marks(word);
            if is_marked {
                assert_eq!(hits[0], (format!("m{number}"), MatchTier::Exact), "{word}");
            }
            assert_eq!(hits.len(), group.len(), "{word} finds the others below: {hits:?}");
            for (id, tier) in &hits {
                let right = *id == format!("m{number}");
                assert_eq!(*tier == MatchTier::Exact, right, "{word}: {hits:?}");
            }
            let strict = SearchRequest { query: word, loosest_tier: MatchTier::Spelling, ..Default::default() };
            assert_eq!(ids(&searcher, Unit::Meeting, &strict), [format!("m{number}")], "{word}");
        }
    }
}

#[test]
fn spellings_meet_and_are_told_apart_by_tier() {
    for (one, other) in TOGETHER {
        let searcher = Shelf::of_texts(&[&format!("họp {one} xong"), &format!("họp {other} xong"), "họp xong"]);
        for (typed, own, second) in [(one, "m0", "m1"), (other, "m1", "m0")] {
            let mut hits = tiers(&searcher, typed);
            hits.sort_by_key(|hit| hit.1);
            assert_eq!(hits, [(own.into(), MatchTier::Exact), (second.into(), MatchTier::Spelling)], "{typed}");
            let exact = SearchRequest { query: typed, loosest_tier: MatchTier::Exact, ..Default::default() };
            assert_eq!(ids(&searcher, Unit::Meeting, &exact), [own], "{typed}");
        }
    }
}

#[test]
fn other_letters_are_other_words() {
    for (one, other) in OTHER_LETTERS {
        let searcher = Shelf::of_texts(&[&format!("họp {one} xong"), &format!("họp {other} xong")]);
        assert_eq!(found(&searcher, one), ["m0"], "{one}");
        assert_eq!(found(&searcher, other), ["m1"], "{other}");
    }
}

#[test]
fn mixed_queries_respect_marks_per_word() {
    let searcher =
        Shelf::of_texts(&["ông dương thanh tra", "ông đường thành trà", "ông dương thành trà", "bà đương thanh tra"]);
    // The marked word must be right; the others may have any marks, and none is nearest.
    assert_eq!(found(&searcher, "dương thanh tra")[..2], ["m0", "m2"]);
    assert_eq!(found(&searcher, "đường thanh tra")[0], "m1");
}

#[test]
fn unmarked_queries_find_everything() {
    let searcher = Shelf::of_texts(&["Thủy lợi Đông Hải", "thuỷ lợi đồng hải", "thuy loi dong hai", "khác"]);
    let mut hits = tiers(&searcher, "THUY LOI DONG HAI");
    hits.sort();
    assert_eq!(
        hits,
        [("m0".into(), MatchTier::Unaccented), ("m1".into(), MatchTier::Unaccented), ("m2".into(), MatchTier::Exact)]
    );
}

#[test]
fn look_alikes_and_decomposed_letters_are_equal() {
    use unicode_normalization::UnicodeNormalization as _;
    let decomposed: String = "Đảng bộ Bạch Giang".nfd().collect();
    let searcher = Shelf::of_texts(&[&decomposed, "Ðảng bộ Bạch Giang", "Đang bộ"]);
    let strict = SearchRequest { query: "đảng bộ", loosest_tier: MatchTier::Exact, ..Default::default() };
    let mut hits = ids(&searcher, Unit::Meeting, &strict);
    hits.sort();
    assert_eq!(hits, ["m0", "m1"]);
    let typed_decomposed: String = "đảng bộ".nfd().collect();
    assert_eq!(found(&searcher, &typed_decomposed).len(), 3);
}

#[test]
fn short_forms_meet_both_ways() {
    let searcher = Shelf::of_texts(&[
        "UBND TP.HCM ban hành kế hoạch",
        "Ủy ban nhân dân Thành phố Hồ Chí Minh ban hành kế hoạch",
        "Nghị quyết 98 và quận 1",
        "NQ 98 tại Q.1",
        "nhân dân ủy thác ban quản lý",
    ]);
    for query in ["ubnd tphcm", "UBND TP.HCM", "ủy ban nhân dân thành phố hồ chí minh", "uy ban nhan dan TP HCM"]
    {
        let mut hits = found(&searcher, query);
        hits[..2].sort();
        assert_eq!(hits[..2], ["m0", "m1"], "{query}");
    }
    assert_eq!(found(&searcher, "ubnd tphcm").len(), 2, "the words of a short form stand together");
    for query in ["nq 98", "nghị quyết 98", "q1", "quan 1", "\"NQ 98\""] {
        let mut hits = found(&searcher, query);
        hits.sort();
        assert_eq!(hits, ["m2", "m3"], "{query}");
    }
    let request = SearchRequest { query: "nq 98", ..Default::default() };
    let rewrites = searcher.meetings(&request).expect("found").rewrites;
    assert_eq!((rewrites[0].from.as_str(), rewrites[0].to.as_str()), ("nq", "Nghị quyết"));
}

/// Words that stand side by side as typed go before those whose neighbours bear other marks, however often these stand.
#[test]
fn titles_are_found_by_their_short_forms_before_a_name() {
    let searcher = Shelf::of_texts(&[
        "Tổng Bí thư Hoàng Văn Lân thăm xã Tam Phú",
        "Phó Thủ tướng Mai Thị Mơ họp với Bộ Y tế",
        "Chủ tịch nước Lê Văn Ba dự lễ khai giảng",
    ]);
    for (query, expected) in [("TBT Hoàng Văn Lân", 0), ("PTT Mai Thị Mơ", 1), ("CTN Lê Văn Ba", 2)] {
        assert_eq!(found(&searcher, query), [format!("m{expected}")], "{query}");
    }
}

#[test]
fn neighbours_are_those_with_the_marks_typed() {
    let texts = [
        "Hòa Bình họp. Hòa Bình xong. Hoa nở ở Hòa Bình; thái bình.",
        "Xã xa xôi nọ tên là Hoa Bình, từ lâu nay vẫn là một xã nghèo của huyện miền núi.",
        "Hòa Bình, Hòa Bình: bình yên, cành hoa.",
    ];
    let searcher = Shelf::of_texts(&texts);
    assert_eq!(found(&searcher, "Hoa Bình")[0], "m1");
    let many: Vec<String> = (0..40).map(|number| format!("Hòa Bình {number}: hoa của bình minh, Hòa Bình.")).collect();
    let mut texts: Vec<&str> = many.iter().map(String::as_str).collect();
    texts.push("Một đoạn dài hơn nhiều, trong đó xã Hoa Bình chỉ được nhắc một lần, rồi thôi không nhắc nữa.");
    let searcher = Shelf::of_texts(&texts);
    for page_size in [1, 10, 100] {
        for count_to in [5, 1000] {
            let request =
                SearchRequest { query: "Hoa Bình", page_size, count_to, explain: true, ..Default::default() };
            let results = searcher.meetings(&request).expect("hits");
            assert_eq!(results.hits[0].meeting.to_string(), "m40", "{page_size} {count_to}");
            let told =
                |at: usize| results.hits.get(at).and_then(|hit| hit.explained.as_ref()).map(|told| told.found_by);
            assert_eq!(told(0), Some(FoundBy::Neighbours));
            assert!(told(1).is_none_or(|by| by == FoundBy::AllWords));
        }
    }
}

#[test]
fn a_single_word_without_marks_is_first_of_all_that_word() {
    let searcher =
        Shelf::of_texts(&["Mãi mãi, mãi mãi.", "Một đoạn dài trong đó ông Mai chỉ được nhắc một lần.", "Mái, mãi."]);
    let tiers = tiers(&searcher, "mai");
    assert_eq!(tiers[0], ("m1".into(), MatchTier::Exact));
    assert_eq!(tiers.iter().filter(|(_, tier)| *tier == MatchTier::Unaccented).count(), 2);
}

/// Where a part of a query only has marks, the rest may have any: words that happen to have none are no better where they stand apart.
#[test]
fn words_without_marks_beside_others_with_some_are_meant_together() {
    let far = "và đại biểu nghe báo cáo về công tác của năm. ".repeat(3);
    let searcher = Shelf::of_texts(&[
        &format!("Hội nghị nói về tinh thần, {far} và uy tín."),
        &format!("Đây là hội nghị của Tỉnh ủy. {far}"),
        &format!("Hội nghị giao ban tuần. {far}"),
        &format!("Hội nghị bàn giao việc. {far} Giao cho ban. {far}"),
        &format!("UBND giao ban về việc ở xã Long Thành. {far}"),
        &format!("UBND nói về con đường long trọng, thanh niên. {far}"),
    ]);
    assert_eq!(found(&searcher, "hội nghị tinh uy")[0], "m1");
    assert_eq!(found(&searcher, "hội nghị giao ban")[..2], ["m2", "m3"]);
    assert_eq!(found(&searcher, "ubnd long thanh")[0], "m4");
    // Asked for as they are written, they may stand anywhere.
    let strict = SearchRequest { query: "hội nghị tinh uy", loosest_tier: MatchTier::Exact, ..Default::default() };
    assert_eq!(ids(&searcher, Unit::Meeting, &strict), ["m0"]);
}
