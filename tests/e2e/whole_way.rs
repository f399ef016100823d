//! A report goes in and is found, then goes and is gone.

use bienban::grpc::generated::pb;
use tonic::Code;

use crate::common::{Refusal, TestServer, samples, text};

const REPORT: &str = "bach-giang-giai-ngan-2023-08";

#[tokio::test]
async fn a_report_is_read_found_listed_and_taken_back() {
    let server = TestServer::start().await;
    let kept = server.ingest(samples::named(REPORT)).await.expect("kept");
    assert_eq!(kept.outcome(), pb::IngestOutcome::Created);
    assert_eq!(kept.report.as_ref().map(|report| report.name.as_str()), Some("reports/bach-giang-giai-ngan-2023-08"));
    let meeting = meeting(&server, &kept.meeting, kept.revision).await;
    assert_eq!(meeting.kind(), pb::MeetingKind::WorkingSession);
    assert!(!meeting.participants.is_empty() && !meeting.items.is_empty() && !meeting.figures.is_empty());
    assert_eq!(found(&server, "giai ngan", kept.revision).await, std::slice::from_ref(&meeting.name));
    looked_up(&server, &meeting).await;
    deleted(&server, &meeting.name).await;
}

async fn meeting(server: &TestServer, name: &str, min_revision: i64) -> pb::Meeting {
    let request = pb::GetMeetingRequest { name: name.into(), min_revision, ..Default::default() };
    server.meetings().get_meeting(request).await.expect("a meeting").into_inner()
}

/// Names of the meetings that fit a query.
async fn found(server: &TestServer, query: &str, min_revision: i64) -> Vec<String> {
    let request = pb::SearchMeetingsRequest { query: query.into(), min_revision, ..Default::default() };
    let answer = server.search().search_meetings(request).await.expect("hits").into_inner();
    answer.hits.into_iter().filter_map(|hit| hit.meeting).map(|meeting| meeting.name).collect()
}

async fn looked_up(server: &TestServer, meeting: &pb::Meeting) {
    let person = meeting.participants[0].person.clone().expect("a person");
    let request = pb::LookupEntitiesRequest {
        query: person.display_name.to_lowercase(),
        kind: pb::EntityKind::Person.into(),
        ..Default::default()
    };
    let answer = server.entities().lookup_entities(request).await.expect("candidates").into_inner();
    let best = answer.candidates.first().and_then(|candidate| candidate.entity.clone()).expect("a candidate");
    assert_eq!((best.name.as_str(), best.display_name.as_str()), (person.name.as_str(), person.display_name.as_str()));
    let request = pb::ListMentionsRequest { parent: person.name, ..Default::default() };
    let mentions = server.entities().list_mentions(request).await.expect("mentions").into_inner().mentions;
    assert!(!mentions.is_empty() && mentions.iter().all(|mention| mention.meeting == meeting.name));
}

async fn deleted(server: &TestServer, meeting: &str) {
    let name = format!("reports/{REPORT}");
    let request = pb::DeleteReportRequest { name: name.clone(), ..Default::default() };
    let report = server.ingestion().delete_report(request).await.expect("deleted").into_inner();
    assert!(report.delete_time.is_some());
    assert_eq!(found(server, "giai ngan", report.revision).await, Vec::<String>::new());
    let gone =
        server.meetings().get_meeting(pb::GetMeetingRequest { name: meeting.into(), ..Default::default() }).await;
    assert_eq!(Refusal::of(&gone.expect_err("gone")).reason, "MEETING_NOT_FOUND");
    let request = pb::GetReportRequest { name, ..Default::default() };
    let kept = server.ingestion().get_report(request).await.expect("still kept").into_inner();
    assert!(kept.delete_time.is_some() && !kept.text.is_empty());
    let listed = server.ingestion().list_reports(pb::ListReportsRequest::default()).await.expect("a page").into_inner();
    assert!(listed.reports.is_empty());
    let back = server.ingest(samples::named(REPORT)).await.expect("kept again");
    assert_eq!(back.outcome(), pb::IngestOutcome::Created);
    assert_eq!(found(server, "giai ngan", back.revision).await, [meeting.to_owned()]);
}

#[tokio::test]
async fn pages_hold_each_meeting_once() {
    let server = TestServer::start().await;
    let revision = samples::load(&server).await;
    let whole = page(&server, 500, String::new(), revision).await;
    assert_eq!(whole.next_page_token, "");
    let (mut names, mut token) = (Vec::new(), String::new());
    loop {
        let page = page(&server, 4, token, revision).await;
        assert!(page.meetings.len() <= 4);
        names.extend(page.meetings.into_iter().map(|meeting| meeting.name));
        token = page.next_page_token;
        if token.is_empty() {
            break;
        }
    }
    let all: Vec<String> = whole.meetings.into_iter().map(|meeting| meeting.name).collect();
    assert_eq!(names, all);
    assert!(all.len() > 20 && all.len() < samples::requests().len(), "meetings told twice are one: {}", all.len());
}

async fn page(server: &TestServer, page_size: i32, page_token: String, min_revision: i64) -> pb::ListMeetingsResponse {
    let request = pb::ListMeetingsRequest { page_size, page_token, min_revision, ..Default::default() };
    server.meetings().list_meetings(request).await.expect("a page").into_inner()
}

#[tokio::test]
async fn a_meeting_told_by_two_newspapers_is_one_record() {
    let server = TestServer::start().await;
    let revision = samples::load(&server).await;
    for pair in ["bach-giang-hdnd-2021-06", "bach-giang-tong-ket-2024-12", "son-ha-bi-thu-2023-10"] {
        let reports = [format!("reports/{pair}-a"), format!("reports/{pair}-b")];
        let mut meetings = Vec::new();
        for name in &reports {
            let request = pb::GetReportRequest { name: name.clone(), min_revision: revision, ..Default::default() };
            let report = server.ingestion().get_report(request).await.expect("a report").into_inner();
            meetings.push(meeting(&server, &report.meeting, revision).await);
        }
        assert_eq!(meetings[0].name, meetings[1].name, "{pair}");
        let mut behind: Vec<_> = meetings[0].reports.iter().map(|report| report.report.clone()).collect();
        behind.sort();
        assert_eq!(behind, reports, "{pair}");
    }
    // A name that leads to another is followed and told.
    let led = meetings_led_elsewhere(&server, revision).await;
    assert!(led >= 3, "{led}");
}

async fn meetings_led_elsewhere(server: &TestServer, min_revision: i64) -> usize {
    let request = pb::ListReportsRequest { page_size: 500, min_revision, ..Default::default() };
    let reports = server.ingestion().list_reports(request).await.expect("a page").into_inner().reports;
    let mut led = 0;
    for report in reports {
        let found = meeting(server, &report.meeting, min_revision).await;
        if found.name != report.meeting {
            assert_eq!(found.redirected_from, report.meeting);
            led += 1;
        }
    }
    led
}

#[tokio::test]
async fn an_ingest_can_wait_for_the_record_and_a_preview_keeps_nothing() {
    let server = TestServer::start().await;
    let request = pb::IngestReportRequest { meeting_view: pb::View::Full.into(), ..samples::named(REPORT) };
    let kept = server.ingest(request).await.expect("kept").meeting_record.expect("the record");
    let pb::IngestReportRequest { report, report_id, .. } = samples::named(REPORT);
    let request = pb::ExtractMeetingRequest { report, report_id };
    let read =
        server.ingestion().extract_meeting(request).await.expect("read").into_inner().meeting.expect("a meeting");
    assert_eq!(read.revision, 0);
    assert_eq!((read.items.len(), read.figures.len()), (kept.items.len(), kept.figures.len()));
    assert_eq!(server.revision().await, 1);
}

#[tokio::test]
async fn nothing_is_kept_that_was_only_validated() {
    let server = TestServer::start().await;
    let request =
        pb::IngestReportRequest { validate_only: true, ..text("r1", "Sáng 5-8-2023, UBND phường họp.") };
    let answer = server.ingest(request).await.expect("valid");
    assert_eq!((answer.revision, server.revision().await), (0, 0));
    let asked = pb::GetReportRequest { name: "reports/r1".into(), ..Default::default() };
    let status = server.ingestion().get_report(asked).await.expect_err("not kept");
    assert_eq!(status.code(), Code::NotFound);
}

#[tokio::test]
async fn a_text_without_meeting_is_kept_and_says_so() {
    let server = TestServer::start().await;
    let kept = server.ingest(text("poem", "Một vạt nắng qua vườn.\nChim hót.\n")).await.expect("kept");
    let meeting = meeting(&server, &kept.meeting, kept.revision).await;
    assert_eq!(meeting.kind(), pb::MeetingKind::Unspecified);
    let reasons: Vec<_> = meeting.diagnostics.iter().map(pb::Diagnostic::reason).collect();
    assert!(reasons.contains(&pb::DiagnosticReason::NoMeeting), "{reasons:?}");
}

#[tokio::test]
async fn html_is_read_and_quoted_as_it_is() {
    let server = TestServer::start().await;
    let html = "<html><body><script>var x = 1;</script><p>Sáng 5-8-2023, UBND phường An Lạc tổ chức hội nghị.</p>\n\
                <p>Bà Tr&#7847;n Thị Mận, Ch&#7911; tịch UBND phường, yêu cầu các khu phố hoàn thành trước 30-8.</p></body></html>";
    let kept = server.ingest(text("page", html)).await.expect("kept");
    let meeting = meeting(&server, &kept.meeting, kept.revision).await;
    assert_eq!(meeting.date.as_ref().map(|date| date.edtf.as_str()), Some("2023-08-05"));
    assert!(meeting.items.iter().all(|item| !item.text.contains('<') && !item.text.contains("var x")));
    let request = pb::GetReportRequest { name: "reports/page".into(), ..Default::default() };
    let report = server.ingestion().get_report(request).await.expect("a report").into_inner();
    assert_eq!(report.text, html);
}
