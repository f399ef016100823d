//! Pages go on in the order they began with, and show nothing of what was deleted meanwhile.

use std::collections::BTreeSet;

use bienban::grpc::generated::pb;

use crate::common::{TestServer, text};

const REPORTS: usize = 12;

/// A report of a meeting of its own; its number stands in a word that no other has.
fn report(number: usize) -> pb::IngestReportRequest {
    let body = format!(
        "Sáng {}-8-2023, UBND phường {number} họp bàn giải ngân vốn. Đại biểu nêu việc dauvet{number}.",
        number + 1
    );
    let mut request = text(&format!("r{number}"), &body);
    request.report.as_mut().expect("a report").publisher = format!("Báo Số {number}");
    request
}

fn asked(page_token: String) -> pb::SearchMeetingsRequest {
    pb::SearchMeetingsRequest {
        query: "giải ngân vốn".into(),
        page_size: 3,
        page_token,
        facets: vec![pb::FacetField::Publisher.into()],
        ..Default::default()
    }
}

async fn page(server: &TestServer, page_token: String, min_revision: i64) -> pb::SearchMeetingsResponse {
    let asked = pb::SearchMeetingsRequest { min_revision, ..asked(page_token) };
    server.search().search_meetings(asked).await.expect("a page").into_inner()
}

fn names(page: &pb::SearchMeetingsResponse) -> Vec<String> {
    page.hits.iter().filter_map(|hit| hit.meeting.as_ref()).map(|meeting| meeting.name.clone()).collect()
}

async fn delete(server: &TestServer, number: usize) -> i64 {
    let request = pb::DeleteReportRequest { name: format!("reports/r{number}"), ..Default::default() };
    server.ingestion().delete_report(request).await.expect("deleted").into_inner().revision
}

#[tokio::test]
async fn later_pages_keep_their_order_and_forget_what_is_deleted() {
    let server = TestServer::start().await;
    let mut meetings = Vec::new();
    for number in 0..REPORTS {
        meetings.push(server.ingest(report(number)).await.expect("kept").meeting);
    }
    let first = page(&server, String::new(), server.revision().await).await;
    assert_eq!((first.total_size, first.hits.len()), (REPORTS as i64, 3));
    let seen = names(&first);
    let rest: Vec<usize> = (0..REPORTS).filter(|number| !seen.contains(&meetings[*number])).collect();
    // All that a page could hold is deleted, and of the others one is changed and one is new.
    let (deleted, changed) = (&rest[..7], rest[7]);
    for number in deleted {
        delete(&server, *number).await;
    }
    server.ingest(text(&format!("r{changed}"), "Sáng 3-9-2023, phường khai giảng.")).await.expect("kept");
    server.ingest(report(REPORTS)).await.expect("kept");
    let revision = server.revision().await;

    let mut token = first.next_page_token;
    let mut later = Vec::new();
    while !token.is_empty() {
        let page = page(&server, token, revision).await;
        assert!(!page.hits.is_empty() || page.next_page_token.is_empty(), "only the last page may be empty");
        assert!(page.revision >= revision);
        assert_eq!(page.total_size, 5, "three seen, one left, one new");
        let told = format!("{page:?}");
        for gone in deleted.iter().chain([&changed]) {
            assert!(!told.contains(&format!("dauvet{gone}.")), "{told}");
            assert!(!told.contains(&format!("\"Báo Số {gone}\"")), "{told}");
        }
        later.extend(names(&page));
        token = page.next_page_token;
    }
    let expected: BTreeSet<&String> = rest[8..].iter().map(|number| &meetings[*number]).collect();
    assert_eq!(later.iter().collect::<BTreeSet<_>>(), expected);
    assert_eq!(later.len(), expected.len(), "no hit comes twice");
}
