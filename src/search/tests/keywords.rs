//! Many keywords: what has all of them is what was asked for.

use super::*;
use crate::search::{Facet, FacetField, FoundBy, MatchTier, SearchResults, Total};

const ASKED: &str = "đẩy nhanh nạo vét kênh nội đồng";
const ALL: &str = "Huyện yêu cầu đẩy nhanh việc nạo vét kênh nội đồng trước mùa mưa";
const SOME: [&str; 3] = [
    "Huyện bàn việc nạo vét kênh và sửa cống",
    "Xã đẩy nhanh việc làm đường nội đồng",
    "Phường đẩy nhanh việc nạo vét kênh thoát nước",
];

/// So many texts with all words, and thirty with some of them.
fn shelf(with_all: usize) -> Searcher {
    let some = SOME.iter().cycle().take(30).copied();
    Shelf::of_texts(&std::iter::repeat_n(ALL, with_all).chain(some).collect::<Vec<_>>())
}

fn asked(searcher: &Searcher, query: &str) -> SearchResults {
    let facets = [FacetField::Kind];
    let request = SearchRequest { query, page_size: 50, explain: true, facets: &facets, ..Default::default() };
    searcher.meetings(&request).expect(query)
}

fn by_some_words(results: &SearchResults) -> usize {
    let found_by = results.hits.iter().flat_map(|hit| &hit.explained).map(|explained| explained.found_by);
    found_by.filter(|found_by| *found_by == FoundBy::SomeWords).count()
}

#[test]
fn where_texts_have_all_keywords_no_others_are_hits() {
    let searcher = shelf(4);
    for query in [ASKED, "day nhanh nao vet kenh noi dong", "nạo vét kênh nội đồng trước mùa mưa huyện"]
    {
        let results = asked(&searcher, query);
        assert_eq!((results.total, results.hits.len()), (Total::Exact(4), 4), "{query}");
        assert_eq!(by_some_words(&results), 0, "{query}");
    }
}

#[test]
fn where_hardly_any_text_has_all_keywords_some_will_do_behind_it() {
    for with_all in [0, 1, 2] {
        let results = asked(&shelf(with_all), ASKED);
        assert!(results.hits.len() > with_all, "{with_all}");
        assert_eq!(by_some_words(&results), results.hits.len() - with_all);
        let first: Vec<&str> = results.hits[..with_all].iter().map(|hit| hit.meeting.as_str()).collect();
        assert!(first.iter().all(|id| ["m0", "m1"].contains(id)), "{first:?}");
    }
}

#[test]
fn the_same_words_as_a_question_are_answered_by_what_has_enough_of_them() {
    let results = asked(&shelf(4), "Xã nào đẩy nhanh nạo vét kênh nội đồng");
    assert!(results.hits.len() > 4);
    assert!(results.hits.iter().take(4).all(|hit| ["m0", "m1", "m2", "m3"].contains(&hit.meeting.as_str())));
    assert!(by_some_words(&results) == results.hits.len());
}

/// A filter for a value that was counted finds as many, where only what is written as typed was asked for.
#[test]
fn counts_hold_under_a_filter_where_the_tier_is_capped() {
    let mut shelf = Shelf::new();
    let kinds = [MeetingKind::Conference, MeetingKind::Ceremony];
    for number in 0..40 {
        let mut meeting = meeting(&format!("m-{number:02}"), "Họp");
        meeting.kind = Some(if number % 8 == 0 { kinds[1] } else { kinds[0] });
        shelf.put(&meeting, if number < 20 { ALL } else { SOME[number % 3] });
    }
    let searcher = shelf.commit();
    for query in ["nạo vét kênh nội đồng", "huyện nạo vét", "sửa cống", "cống làm đường nội", ASKED]
    {
        for loosest_tier in [MatchTier::Exact, MatchTier::Spelling] {
            let facets = [FacetField::Kind];
            let request = SearchRequest { query, loosest_tier, facets: &facets, ..Default::default() };
            let counted = searcher.meetings(&request).expect(query);
            let [Facet { values, .. }] = counted.facets.as_slice() else { panic!("{:?}", counted.facets) };
            assert!(!values.is_empty(), "{query}");
            for value in values {
                let filter = format!("kind = {}", value.value);
                let request = SearchRequest { query, filter: &filter, loosest_tier, ..Default::default() };
                let found = searcher.meetings(&request).expect(query);
                assert_eq!(found.total, Total::Exact(value.count), "{query} {filter}");
            }
        }
    }
}
