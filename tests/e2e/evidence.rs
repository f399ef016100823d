//! Every quote is what stands at its offsets, in code points of the stored text.

use std::collections::HashMap;

use bienban::grpc::generated::pb;

use crate::common::{TestServer, evidence, samples};

#[tokio::test]
async fn every_quote_in_every_sample_stands_where_it_says() {
    let server = TestServer::start().await;
    let min_revision = samples::load(&server).await;
    let texts = texts(&server, min_revision).await;
    let request =
        pb::ListMeetingsRequest { page_size: 500, view: pb::View::Full.into(), min_revision, ..Default::default() };
    let (mut request, mut count) = (request, 0);
    loop {
        let page = server.meetings().list_meetings(request.clone()).await.expect("a page").into_inner();
        for meeting in &page.meetings {
            count += hold(&texts, &meeting.name, evidence::within("Meeting", meeting));
        }
        if page.next_page_token.is_empty() {
            break;
        }
        request.page_token = page.next_page_token;
    }
    assert!(count > 1_000, "only {count} pieces of evidence");
}

#[tokio::test]
async fn characters_beyond_the_basic_plane_count_once() {
    let server = TestServer::start().await;
    let sample = samples::named("bach-giang-doi-thoai-thanh-nien-2022-03");
    let text = sample.report.as_ref().map(|report| report.text.clone()).expect("a text");
    assert!(text.chars().any(|c| u32::from(c) > 0xffff), "the sample has an emoji");
    let kept = server.ingest(sample).await.expect("kept");
    let request = pb::GetMeetingRequest { name: kept.meeting, min_revision: kept.revision, ..Default::default() };
    let meeting = server.meetings().get_meeting(request).await.expect("a meeting").into_inner();
    let first = text.chars().position(|c| u32::from(c) > 0xffff).expect("an emoji") as i32;
    let all = evidence::within("Meeting", &meeting);
    assert!(all.iter().any(|evidence| evidence.start_offset > first), "some facts stand behind it");
    let name = "reports/bach-giang-doi-thoai-thanh-nien-2022-03".to_owned();
    hold(&HashMap::from([(name, text)]), &meeting.name, all);
}

#[tokio::test]
async fn mentions_and_highlights_are_quoted_too() {
    let server = TestServer::start().await;
    let min_revision = samples::load(&server).await;
    let texts = texts(&server, min_revision).await;
    let request = pb::ListEntitiesRequest { page_size: 40, min_revision, ..Default::default() };
    let entities = server.entities().list_entities(request).await.expect("a page").into_inner().entities;
    let mut count = 0;
    for entity in entities {
        let request = pb::ListMentionsRequest { parent: entity.name, page_size: 500, ..Default::default() };
        let page = server.entities().list_mentions(request).await.expect("a page").into_inner();
        count += hold(&texts, "mentions", evidence::within("ListMentionsResponse", &page));
    }
    let request = pb::SearchItemsRequest { query: "kế hoạch".into(), page_size: 100, ..Default::default() };
    let hits = server.search().search_items(request).await.expect("hits").into_inner();
    for snippet in hits.hits.iter().filter_map(|hit| hit.snippet.as_ref()) {
        for mark in &snippet.highlights {
            assert!(evidence::cut(&snippet.text, mark.start_offset, mark.end_offset).is_some(), "{snippet:?}");
        }
    }
    count += hold(&texts, "items", evidence::within("SearchItemsResponse", &hits));
    assert!(count > 100, "only {count} pieces of evidence");
}

/// Holds quotes against texts; how many there were.
fn hold(texts: &HashMap<String, String>, place: &str, all: Vec<pb::Evidence>) -> usize {
    for evidence in &all {
        let pb::Evidence { report, start_offset, end_offset, quote } = evidence;
        let stands = evidence::cut(&texts[report], *start_offset, *end_offset);
        assert_eq!(stands.as_ref(), Some(quote), "{place}: {report} {start_offset}..{end_offset}");
    }
    all.len()
}

/// Stored texts of all reports, by name.
async fn texts(server: &TestServer, min_revision: i64) -> HashMap<String, String> {
    let view = pb::View::Full.into();
    let request = pb::ListReportsRequest { page_size: 500, view, min_revision, ..Default::default() };
    let page = server.ingestion().list_reports(request).await.expect("a page").into_inner();
    page.reports.into_iter().map(|report| (report.name, report.text)).collect()
}
