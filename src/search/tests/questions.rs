//! Whole questions: no text need have all of their words.

use super::*;
use crate::search::{Cursor, FacetField, MatchTier, Step, Total};

const ASKED: &str = "Vì sao đường dẫn nước về xã Thạch Bàn mùa khô vẫn chưa xong?";

fn of_topics() -> Searcher {
    let mut shelf = Shelf::new();
    let topics = ["đường dẫn nước", "chợ đêm", "trường mầm non", "cầu qua sông", "trạm y tế", "sân bóng"];
    for number in 0..120_usize {
        let topic = topics[number % topics.len()];
        let season = if number % 4 == 0 { "mùa khô" } else { "mùa mưa" };
        let mut meeting = meeting(&format!("m-{number:03}"), "Họp");
        meeting.date = dated(&format!("2023-{:02}", 1 + number % 12));
        let commune = if number % 10 == 0 { "Thạch Bàn" } else { "Sơn Hạ" };
        shelf.put(&meeting, &format!("Phiên {number}: {topic} về xã {commune} trong {season}, đã xong phần móng."));
    }
    shelf.commit()
}

fn page(searcher: &Searcher, page_size: usize, cursor: Option<&Cursor>) -> crate::search::SearchResults {
    searcher.meetings(&SearchRequest { query: ASKED, page_size, cursor, ..Default::default() }).expect("answered")
}

#[test]
fn the_text_with_most_of_the_question_comes_first() {
    let searcher = of_topics();
    let hits = page(&searcher, 5, None).hits;
    let mut first: Vec<&str> = hits[..2].iter().map(|hit| hit.meeting.as_str()).collect();
    first.sort_unstable();
    assert_eq!(first, ["m-000", "m-060"]);
    assert!(hits.iter().zip(&hits[1..]).all(|(before, after)| before.score >= after.score));
}

#[test]
fn pages_of_a_question_join_and_their_number_is_exact() {
    let searcher = of_topics();
    let whole = page(&searcher, 200, None);
    let Total::Exact(total) = whole.total else { panic!("{:?}", whole.total) };
    assert_eq!(whole.hits.len() as u64, total);
    assert!((20..120).contains(&total), "{total}");
    for size in [1, 7, 30] {
        let mut hits: Vec<String> = Vec::new();
        let mut cursor = None;
        loop {
            let next = page(&searcher, size, cursor.as_ref());
            assert_eq!(next.total, whole.total);
            hits.extend(next.hits.iter().map(|hit| hit.meeting.to_string()));
            cursor = next.hits.last().map(|hit| hit.cursor.clone());
            if !next.more {
                break;
            }
        }
        assert_eq!(hits, whole.hits.iter().map(|hit| hit.meeting.to_string()).collect::<Vec<_>>(), "{size}");
    }
}

#[test]
fn facets_count_the_hits_of_a_question() {
    let searcher = of_topics();
    let facets = [FacetField::Date(Step::Year)];
    let counted =
        searcher.meetings(&SearchRequest { query: ASKED, facets: &facets, ..Default::default() }).expect("answered");
    let sum: u64 = counted.facets[0].values.iter().map(|value| value.count).sum();
    assert_eq!(counted.total, Total::Exact(sum));
    assert_eq!(counted.total, page(&searcher, 10, None).total);
}

/// A text with the right marks stands above one that has only wrong ones, all else being equal; and wrong ones do not find it.
#[test]
fn wrong_marks_do_not_count_in_a_question() {
    let right = "Xã họp bàn việc sửa đường liên thôn và xây trạm bơm.";
    let wrong = "Xã họp bàn việc sửa đương liên thôn và xây trạm bơm.";
    let searcher = Shelf::of_texts(&[wrong, right, wrong, "Phường đón đoàn khách"]);
    let results = searcher
        .meetings(&SearchRequest {
            query: "Xã nào họp bàn việc sửa đường liên thôn?", ..Default::default()
        })
        .expect("answered");
    assert_eq!(results.hits[0].meeting.as_str(), "m1");
    assert!(results.hits.iter().all(|hit| hit.tier == MatchTier::Exact), "what counts there is as typed");
}

#[test]
fn a_question_without_marks_finds_texts_with_marks() {
    let searcher = of_topics();
    let query = "vi sao duong dan nuoc ve xa thach ban mua kho van chua xong";
    let results = searcher.meetings(&SearchRequest { query, ..Default::default() }).expect("answered");
    assert!(["m-000", "m-060"].contains(&results.hits[0].meeting.as_str()));
    assert_eq!(results.hits[0].tier, MatchTier::Unaccented);
}

/// By date, poor hits would stand anywhere: all words, or where no text has them, most of them.
#[test]
fn in_another_order_only_good_hits_are_left() {
    let searcher = of_topics();
    let by_date = SearchRequest { query: ASKED, order_by: "date", page_size: 200, ..Default::default() };
    let found = ids(&searcher, Unit::Meeting, &by_date);
    assert!(found.contains(&"m-000".to_owned()), "{found:?}");
    assert!(found.len() < page(&searcher, 200, None).hits.len() / 2, "{found:?}");
}

#[test]
fn items_and_figures_answer_questions_too() {
    let mut shelf = Shelf::new();
    shelf.put(&rich(), "");
    let searcher = shelf.commit();
    let asked = |query| SearchRequest { query, ..Default::default() };
    let items = ids(&searcher, Unit::Item, &asked("Các phường phải nộp báo cáo thu chi trước ngày nào?"));
    assert_eq!(items, ["m-rich/1"]);
    let figures = ids(&searcher, Unit::Figure, &asked("Thu ngân sách của TP Bạch Giang đạt bao nhiêu?"));
    assert_eq!(figures, ["m-rich"]);
}
