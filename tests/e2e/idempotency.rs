//! What is said twice is kept once.

use bienban::grpc::generated::pb;
use pb::IngestOutcome::{Created, Unchanged, Updated};
use tonic::Code;

use crate::common::{Refusal, TestServer, text};

const FIRST: &str = "Sáng 5-8-2023, UBND phường An Lạc tổ chức hội nghị.";
const SECOND: &str = "Chiều 6-8-2023, UBND phường An Lạc tổ chức hội nghị.";

#[tokio::test]
async fn the_same_content_is_kept_once_and_other_content_is_a_new_revision() {
    let server = TestServer::start().await;
    let first = server.ingest(text("r1", FIRST)).await.expect("kept");
    let again = server.ingest(text("r1", FIRST)).await.expect("kept");
    let changed = server.ingest(text("r1", SECOND)).await.expect("kept");
    let outcomes = [&first, &again, &changed].map(|answer| (answer.outcome(), answer.revision));
    assert_eq!(outcomes, [(Created, 1), (Unchanged, 1), (Updated, 2)]);
    let request = pb::GetMeetingRequest { name: changed.meeting, min_revision: 2, ..Default::default() };
    let meeting = server.meetings().get_meeting(request).await.expect("a meeting").into_inner();
    assert_eq!(meeting.date.map(|date| date.edtf).as_deref(), Some("2023-08-06"));
}

#[tokio::test]
async fn a_url_names_the_report() {
    let server = TestServer::start().await;
    let with_url = |id: &str, content: &str| {
        let mut request = text(id, content);
        if let Some(report) = &mut request.report {
            report.url = "https://bao.example/tin/1".into();
        }
        request
    };
    let first = server.ingest(with_url("", FIRST)).await.expect("kept");
    let second = server.ingest(with_url("", SECOND)).await.expect("kept");
    let names = [first, second].map(|answer| answer.report.map(|report| report.name).expect("a report"));
    assert_eq!(names[0], names[1]);
    let taken = server.ingest(with_url("other", FIRST)).await.expect_err("taken");
    let expected = Refusal { code: Code::AlreadyExists, reason: "URL_TAKEN".into(), fields: Vec::new() };
    assert_eq!(Refusal::of(&taken), expected);
}

#[tokio::test]
async fn a_request_id_gets_its_first_answer_again() {
    let server = TestServer::start().await;
    let with_id = |content: &str| pb::IngestReportRequest { request_id: "attempt-1".into(), ..text("r1", content) };
    let first = server.ingest(with_id(FIRST)).await.expect("kept");
    let changed = server.ingest(text("r1", SECOND)).await.expect("kept");
    let again = server.ingest(with_id(FIRST)).await.expect("answered again");
    assert_eq!((again.revision, server.revision().await), (first.revision, changed.revision));
    let other = server.ingest(with_id("Báo khác.")).await.expect_err("refused");
    let expected =
        Refusal { code: Code::InvalidArgument, reason: "REQUEST_ID_REUSED".into(), fields: vec!["request_id".into()] };
    assert_eq!(Refusal::of(&other), expected);
}

#[tokio::test]
async fn an_etag_guards_against_what_was_not_seen() {
    let server = TestServer::start().await;
    let seen = server.ingest(text("r1", FIRST)).await.expect("kept").report.expect("a report").etag;
    let guarded = |content: &str| pb::IngestReportRequest { etag: seen.clone(), ..text("r1", content) };
    server.ingest(guarded(SECOND)).await.expect("nothing came between");
    let late = server.ingest(guarded("Báo khác.")).await.expect_err("something came between");
    assert_eq!(Refusal::of(&late).reason, "ETAG_MISMATCH");
    let request = pb::DeleteReportRequest { name: "reports/r1".into(), etag: seen.clone() };
    let late = server.ingestion().delete_report(request).await.expect_err("something came between");
    assert_eq!((late.code(), Refusal::of(&late).reason.as_str()), (Code::Aborted, "ETAG_MISMATCH"));
}

#[tokio::test]
async fn deleting_twice_changes_nothing() {
    let server = TestServer::start().await;
    server.ingest(text("r1", FIRST)).await.expect("kept");
    let request = pb::DeleteReportRequest { name: "reports/r1".into(), ..Default::default() };
    let first = server.ingestion().delete_report(request.clone()).await.expect("deleted").into_inner();
    let again = server.ingestion().delete_report(request).await.expect("deleted").into_inner();
    assert_eq!((first.revision, first.delete_time), (again.revision, again.delete_time));
    assert_eq!(server.revision().await, 2);
}

#[tokio::test]
async fn a_deleted_report_comes_back_under_the_same_names() {
    let server = TestServer::start().await;
    let kept = server.ingest(text("r1", FIRST)).await.expect("kept");
    let meeting = async |min_revision| {
        let request = pb::GetMeetingRequest { name: kept.meeting.clone(), min_revision, ..Default::default() };
        server.meetings().get_meeting(request).await.map(tonic::Response::into_inner)
    };
    let before = meeting(1).await.expect("read");
    let request = pb::DeleteReportRequest { name: "reports/r1".into(), ..Default::default() };
    let deleted = server.ingestion().delete_report(request).await.expect("deleted").into_inner();
    assert_eq!(meeting(2).await.expect_err("gone").code(), Code::NotFound);

    let undelete = |etag: &str| pb::UndeleteReportRequest {
        name: "reports/r1".into(),
        etag: etag.into(),
        request_id: "back".into(),
    };
    let stale = server.ingestion().undelete_report(undelete("\"r1\"")).await.expect_err("stale");
    assert_eq!((stale.code(), Refusal::of(&stale).reason.as_str()), (Code::Aborted, "ETAG_MISMATCH"));
    let back = server.ingestion().undelete_report(undelete(&deleted.etag)).await.expect("back").into_inner();
    assert_eq!((back.revision, back.delete_time, back.create_time), (3, None, before.create_time));
    let after = meeting(0).await.expect("read again");
    let as_before = pb::Meeting { revision: before.revision, etag: before.etag.clone(), ..after.clone() };
    let mut as_before = pb::Meeting { update_time: before.update_time, ..as_before };
    assert_eq!(after.revision, 3);
    as_before.reports[0].report_revision = before.reports[0].report_revision;
    assert_eq!(as_before, before);

    // Again, in both ways: nothing happens.
    let again = server.ingestion().undelete_report(undelete(&deleted.etag)).await.expect("back").into_inner();
    assert_eq!(again, back);
    let request = pb::UndeleteReportRequest { name: "reports/r1".into(), ..Default::default() };
    assert_eq!(server.ingestion().undelete_report(request).await.expect("back").into_inner(), back);
    assert_eq!(server.revision().await, 3);
    let request = pb::UndeleteReportRequest { name: "reports/r2".into(), ..Default::default() };
    let missing = server.ingestion().undelete_report(request).await.expect_err("never stored");
    assert_eq!(Refusal::of(&missing).reason, "REPORT_NOT_FOUND");
}
