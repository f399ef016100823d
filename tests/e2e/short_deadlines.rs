//! A search whose caller has no more time gives its place back.

use std::time::Duration;

use bienban::grpc::generated::pb;
use tonic::{Code, Request};

use crate::common::{TestServer, samples, text};

#[tokio::test]
async fn searches_end_with_their_deadline_and_the_next_ones_go_on() {
    let server = TestServer::start().await;
    let reports =
        (0..200).map(|number| text(&format!("r{number}"), &format!("Sáng nay phường {number} họp bàn thu ngân sách.")));
    let min_revision = samples::load_all(&server, reports.collect()).await;
    let words: Vec<String> = (0..30).map(|number| number.to_string()).collect();
    let asked = |query: &str| pb::SearchMeetingsRequest {
        query: query.into(),
        min_revision,
        facets: vec![pb::FacetField::Person.into(), pb::FacetField::Place.into()],
        ..Default::default()
    };
    server.search().search_meetings(asked("họp")).await.expect("caught up");
    for micros in [1, 50, 200, 1000, 3000] {
        for query in [words.join(" OR ").as_str(), "hop phuong ngan sach", "ng* OR ph*", "\"thu ngân sách\"", ""] {
            let mut request = Request::new(asked(query));
            request.set_timeout(Duration::from_micros(micros));
            match server.search().search_meetings(request).await {
                Ok(answer) => assert!(!answer.into_inner().hits.is_empty(), "{query}"),
                // The client's own clock says CANCELLED.
                Err(status) => assert!(matches!(status.code(), Code::DeadlineExceeded | Code::Cancelled), "{status:?}"),
            }
        }
    }
    let answer = server.search().search_meetings(asked("họp")).await.expect("no place is lost").into_inner();
    assert_eq!(answer.total_size, 200);
}
