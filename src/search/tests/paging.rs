//! Pages join without gap or overlap; cursors are bound to their request and, for relevance, to their snapshot.

use super::*;
use crate::search::{Cursor, SearchError};

fn many() -> Shelf {
    let mut shelf = Shelf::new();
    for n in 0..90 {
        let words = match n % 3 {
            0 => "chuyển đổi số".to_owned(),
            1 => format!("chuyển {} đổi lại số", "thêm ".repeat(n % 7)),
            _ => "chuyên đôi sô".to_owned(),
        };
        let mut meeting = meeting(&format!("m-{n:02}"), "Họp");
        meeting.date = dated(&format!("2023-0{}", 1 + n % 9));
        shelf.put(&meeting, &words);
        if n % 20 == 0 {
            shelf.commit();
        }
    }
    shelf
}

fn all_pages(searcher: &Searcher, query: &str, order_by: &str, page_size: usize) -> Vec<String> {
    let mut cursor: Option<Cursor> = None;
    let mut seen = Vec::new();
    loop {
        let request = SearchRequest { query, order_by, page_size, cursor: cursor.as_ref(), ..Default::default() };
        let results = searcher.meetings(&request).expect("page");
        seen.extend(results.hits.iter().map(|hit| hit.meeting.to_string()));
        assert!(seen.len() <= 200, "pages do not end");
        if !results.more {
            return seen;
        }
        cursor = results.hits.last().map(|hit| hit.cursor.clone());
    }
}

#[test]
fn pages_join_whatever_their_size() {
    let mut shelf = many();
    let searcher = shelf.commit();
    for query in ["chuyển đổi số", "chuyen doi so", "", "chuyển OR sô", "ai chuyển đổi số thêm lại"]
    {
        for order in ["", "date", "date desc, relevance"] {
            let whole = all_pages(&searcher, query, order, 200);
            let mut unique = whole.clone();
            unique.sort();
            unique.dedup();
            assert_eq!(unique.len(), whole.len(), "{query} {order}");
            for size in [1, 7, 30] {
                assert_eq!(all_pages(&searcher, query, order, size), whole, "{query} {order} {size}");
            }
        }
    }
    assert_eq!(all_pages(&searcher, "chuyen doi so", "", 11).len(), 90);
}

#[test]
fn cursors_know_their_request_and_snapshot() {
    let mut shelf = many();
    let before = shelf.commit();
    let first = SearchRequest { query: "chuyển đổi số", page_size: 5, ..Default::default() };
    let cursor = before.meetings(&first).expect("page").hits[4].cursor.clone();
    let other = SearchRequest { query: "chuyển đổi", cursor: Some(&cursor), ..first.clone() };
    assert!(matches!(before.meetings(&other), Err(SearchError::CursorMismatch)));

    let by_date = SearchRequest { order_by: "date", ..first.clone() };
    let dated_cursor = before.meetings(&by_date).expect("page").hits[4].cursor.clone();
    shelf.put(&meeting("m-new", "Họp"), "chuyển đổi số");
    let after = shelf.commit();
    let next = SearchRequest { cursor: Some(&cursor), ..first.clone() };
    assert!(matches!(after.meetings(&next), Err(SearchError::CursorExpired)));
    assert_eq!(before.meetings(&next).expect("the old snapshot still answers").hits.len(), 5);
    let next = SearchRequest { cursor: Some(&dated_cursor), ..by_date };
    assert_eq!(after.meetings(&next).expect("columns do not hang on the snapshot").hits.len(), 5);
}

#[test]
fn meetings_are_replaced_and_deleted_whole() {
    let mut shelf = Shelf::new();
    shelf.put(&rich(), "cấp nước");
    shelf.put(&rich(), "cấp điện");
    shelf.put(&meeting("m-x", "Khác"), "cấp điện");
    let searcher = shelf.commit();
    assert_eq!(found(&searcher, "cấp nước"), Vec::<String>::new());
    assert_eq!(found(&searcher, "cấp điện").len(), 2);
    assert_eq!(ids(&searcher, Unit::Item, &SearchRequest { query: "báo cáo", ..Default::default() }), ["m-rich/1"]);
    shelf.writer.delete_meeting(&rich().id).expect("deleted");
    let after = shelf.commit();
    assert_eq!(found(&after, "cấp điện"), ["m-x"]);
    assert_eq!(ids(&after, Unit::Item, &SearchRequest::default()), Vec::<String>::new());
    assert_eq!(ids(&after, Unit::Figure, &SearchRequest::default()), Vec::<String>::new());
    assert_eq!(found(&searcher, "cấp điện").len(), 2, "the snapshot stays as it was");
    shelf.writer.clear().expect("cleared");
    assert_eq!(found(&shelf.commit(), ""), Vec::<String>::new());
}

#[test]
fn an_index_on_disk_is_opened_again_with_its_checkpoint() {
    let folder = tempfile::tempdir().expect("folder");
    {
        let index = Index::open(folder.path()).expect("made");
        assert_eq!(index.checkpoint().expect("read"), None);
        let mut shelf = Shelf { writer: index.writer(15_000_000).expect("one writer"), index };
        assert!(shelf.index.writer(15_000_000).is_err(), "there is one writer");
        shelf.put(&rich(), "cấp nước");
        shelf.commit();
    }
    let index = Index::open(folder.path()).expect("opened");
    assert_eq!(index.checkpoint().expect("read").as_deref(), Some("checkpoint"));
    let searcher = index.searcher().expect("searcher");
    assert_eq!(found(&searcher, "cấp nước"), ["m-rich"]);

    let other = tempfile::tempdir().expect("folder");
    let schema = tantivy::schema::Schema::builder().build();
    tantivy::Index::create_in_dir(other.path(), schema).expect("made");
    assert!(matches!(Index::open(other.path()), Err(SearchError::SchemaChanged)));
}
