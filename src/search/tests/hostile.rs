//! Bad input: clear errors, no panic, no long run.

use std::time::Instant;

use proptest::prelude::*;

use super::*;
use crate::search::SearchError;

fn searcher() -> Searcher {
    let mut shelf = Shelf::new();
    shelf.put(&rich(), "Sáng 6-12, Thành ủy Bạch Giang họp tại phường Đông Hải. 😀 العربية");
    shelf.commit()
}

#[test]
fn odd_queries_are_answered() {
    let searcher = searcher();
    for query in [
        "*",
        "**",
        "\"\"",
        "()",
        "-",
        "- -",
        "OR OR",
        "😀",
        "العربية",
        "a:b:c",
        ".*",
        "[a-z]+",
        "^họp$",
        "họp~2",
        "họp^5",
        "\u{202e}poh",
        "\\",
        "'",
        "kind:*",
        "%",
        "họp AND",
        "NOT",
        "((họp))",
        "họp\0họp",
        "đ̣̣̣",
        "-kind:DIRECTIVE",
        "(họp OR (phường -(đông hải)))",
        "họp họp họp họp",
        "ngh* h*p",
    ] {
        for unit in Unit::ALL {
            let request = SearchRequest { query, ..Default::default() };
            match searcher.search(unit, &request) {
                Ok(results) => results.highlighter.highlight(query, 100).spans.clear(),
                Err(SearchError::Query { .. }) => {}
                Err(other) => panic!("{query}: {other}"),
            }
        }
    }
}

#[test]
fn costly_queries_are_refused() {
    let searcher = searcher();
    let refused = |query: &str| {
        let request = SearchRequest { query, ..Default::default() };
        matches!(searcher.meetings(&request), Err(SearchError::Query { .. }))
    };
    assert!(refused(&"họp ".repeat(10_000)));
    assert!(refused(&format!("{}a{}", "(".repeat(300), ")".repeat(300))));
    assert!(refused(&"a b ".repeat(100)));
    assert!(refused("h*"));
}

/// Words that stand in too many places are refused by what they would cost, however few letters they have.
#[test]
fn queries_that_go_through_too_much_are_refused_with_a_reason() {
    let texts: Vec<String> = (0..200).map(|number| format!("họp bàn thu chi {number}")).collect();
    let searcher = Shelf::of_texts(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    for (query, cheap) in [
        ("họp OR bàn OR thu OR chi", false),
        ("th* ch* ho* ba*", false),
        ("họp bàn thu chi việc gì ở đâu vậy?", false),
        ("họp bàn", true),
        ("7 họp", true),
    ] {
        let request = SearchRequest { query, most_postings: 700, ..Default::default() };
        match searcher.meetings(&request) {
            Ok(_) => assert!(cheap, "{query}"),
            Err(SearchError::Query { message, .. }) => {
                assert!(!cheap && message.contains("costly"), "{query}: {message}")
            }
            Err(other) => panic!("{query}: {other}"),
        }
        assert!(searcher.meetings(&SearchRequest { query, ..Default::default() }).is_ok(), "{query}");
    }
}

#[test]
fn a_passed_deadline_ends_the_search() {
    let searcher = searcher();
    for query in ["họp", "", "\"thành ủy\""] {
        let request = SearchRequest { query, deadline: Some(Instant::now()), ..Default::default() };
        assert!(matches!(searcher.meetings(&request), Err(SearchError::DeadlineExceeded)), "{query}");
    }
}

#[test]
fn odd_pages_are_answered() {
    let searcher = searcher();
    let request = SearchRequest { page_size: 0, count_to: 0, ..Default::default() };
    let results = searcher.meetings(&request).expect("answered");
    assert!(results.hits.is_empty() && results.more);
}

#[test]
fn an_empty_index_answers() {
    let searcher = Shelf::new().commit();
    for query in ["họp", "", "\"thành ủy\"", "a OR b", "ngh*", "một hai ba bốn năm"] {
        assert_eq!(found(&searcher, query), Vec::<String>::new());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_query_makes_a_search_panic(query in "\\PC{0,60}", filter in "\\PC{0,30}") {
        let searcher = searcher();
        let _ = searcher.meetings(&SearchRequest { query: &query, ..Default::default() });
        let _ = searcher.items(&SearchRequest { query: "họp", filter: &filter, ..Default::default() });
    }

    #[test]
    fn highlights_stay_inside_the_text(
        query in "[a-zđáàảêôơưủỷ0-9 ]{1,20}",
        text in "([a-zđáàảêôơưủỷ]{1,4}[ .,\\n]|UBND |Q\\.1 |😀|8\\.598 |\u{301}|<b>){0,60}",
        length in 0u32..80,
    ) {
        let searcher = Shelf::new().commit();
        let results = searcher.meetings(&SearchRequest { query: &query, ..Default::default() });
        if let Ok(results) = results {
            let found = results.highlighter.highlight(&text, length);
            let all = u32::try_from(text.chars().count()).expect("short");
            let shown = u32::try_from(found.snippet.chars().count()).expect("short");
            prop_assert!(found.spans.iter().all(|span| span.end <= all && !span.is_empty()));
            prop_assert!(found.spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(found.marks.iter().all(|mark| mark.in_snippet.end <= shown));
            prop_assert!(found.marks.iter().all(|mark| found.snippet_span.contains(mark.in_text)));
        }
    }
}
