//! Bad input: each kind with its code, its reason and its field. Nothing of it is stored, and nothing is an internal error.

use bienban::grpc::generated::pb;
use tonic::{Code, Response, Status};

use crate::common::{Refusal, TestServer, raw, text};

/// What is expected of a refused call.
type Expected = (Code, &'static str, &'static [&'static str]);

/// What is changed of a good request.
type Change<'a, Q> = &'a dyn Fn(&mut Q);

const INVALID: Code = Code::InvalidArgument;

#[track_caller]
fn holds<T: std::fmt::Debug>(what: &str, answer: Result<Response<T>, Status>, (code, reason, fields): Expected) {
    let status = answer.map(Response::into_inner).expect_err(what);
    let expected =
        Refusal { code, reason: reason.to_owned(), fields: fields.iter().map(|field| (*field).to_owned()).collect() };
    assert_eq!(Refusal::of(&status), expected, "{what}: {status:?}");
}

/// A good request with one thing changed.
fn changed(change: impl FnOnce(&mut pb::IngestReportRequest, &mut pb::Report)) -> pb::IngestReportRequest {
    let mut request = text("r1", "Sáng 5-8-2023, UBND phường An Lạc tổ chức hội nghị.");
    let mut report = request.report.take().unwrap_or_default();
    change(&mut request, &mut report);
    request.report = Some(report);
    request
}

#[tokio::test]
async fn reports() {
    let server = TestServer::start().await;
    let limit = 256 << 10;
    let cases: Vec<(&str, pb::IngestReportRequest, Expected)> = vec![
        ("nothing", pb::IngestReportRequest::default(), (INVALID, "REQUIRED_FIELD", &["report"])),
        ("empty", changed(|_, r| r.text.clear()), (INVALID, "REPORT_TEXT_EMPTY", &["report.text"])),
        ("blank", changed(|_, r| r.text = " \n\t".into()), (INVALID, "REPORT_TEXT_EMPTY", &["report.text"])),
        ("NUL", changed(|_, r| r.text.push('\0')), (INVALID, "REPORT_TEXT_INVALID", &["report.text"])),
        (
            "a byte too long",
            changed(|_, r| r.text = "x".repeat(limit + 1)),
            (INVALID, "REPORT_TEXT_TOO_LARGE", &["report.text"]),
        ),
        ("far too long", changed(|_, r| r.text = "x".repeat(limit * 8)), (INVALID, "REQUEST_TOO_LARGE", &[])),
        (
            "no such day",
            changed(|_, r| r.publish_date = "2023-02-30".into()),
            (INVALID, "INVALID_DATE", &["report.publish_date"]),
        ),
        (
            "no date",
            changed(|_, r| r.publish_date = "hôm qua".into()),
            (INVALID, "INVALID_DATE", &["report.publish_date"]),
        ),
        ("no url", changed(|_, r| r.url = "bao.vn/tin".into()), (INVALID, "INVALID_FIELD", &["report.url"])),
        ("title of two lines", changed(|_, r| r.title = "a\nb".into()), (INVALID, "INVALID_FIELD", &["report.title"])),
        (
            "publisher too long",
            changed(|_, r| r.publisher = "x".repeat(201)),
            (INVALID, "INVALID_FIELD", &["report.publisher"]),
        ),
        ("id with marks", changed(|q, _| q.report_id = "Báo 1".into()), (INVALID, "INVALID_FIELD", &["report_id"])),
        ("request id", changed(|q, _| q.request_id = "a b".into()), (INVALID, "INVALID_FIELD", &["request_id"])),
        ("etag", changed(|q, _| q.etag = "x".into()), (INVALID, "INVALID_FIELD", &["etag"])),
        ("view", changed(|q, _| q.meeting_view = 9), (INVALID, "INVALID_FIELD", &["meeting_view"])),
    ];
    for (what, request, expected) in cases {
        holds(what, server.ingestion().ingest_report(request).await, expected);
    }
    let several = changed(|q, r| {
        q.report_id = "Báo".into();
        r.text.clear();
        r.publish_date = "x".into();
    });
    let status = server.ingestion().ingest_report(several).await.expect_err("three faults");
    assert_eq!(Refusal::of(&status).fields, ["report.text", "report.publish_date", "report_id"]);
    assert_eq!(server.revision().await, 0, "nothing of it was stored");
}

#[tokio::test]
async fn reports_of_the_first_and_the_last_day_there_is() {
    let server = TestServer::start().await;
    let told = "Ngày mai, Chủ tịch UBND phường Nguyễn Văn An chủ trì cuộc họp. Hôm qua, phường đã rà soát hồ sơ. \
                Từ ngày 28-12 đến 3-1 và từ ngày 1-1 đến 3-1, phường nghỉ. Năm tới, phường xây một trường; năm ngoái hai.";
    for (id, day) in [("first", "1800-01-01"), ("last", "2200-12-31")] {
        let request = changed(|q, r| {
            q.report_id = id.into();
            r.text = told.into();
            r.publish_date = day.into();
        });
        server.ingest(request).await.expect("taken");
    }
    let listed = async |server: &TestServer| {
        let asked = pb::ListMeetingsRequest { min_revision: 2, ..Default::default() };
        server.meetings().list_meetings(asked).await.expect("listed").into_inner().meetings.len()
    };
    assert_eq!(listed(&server).await, 2);
    let server = TestServer::start_in(server.stop().await).await;
    assert_eq!(listed(&server).await, 2);
}

#[tokio::test]
async fn bytes_that_are_no_message() {
    let server = TestServer::start().await;
    const INGEST: &str = "/bienban.v1.IngestionService/IngestReport";
    // Field 1, a report of 4 bytes; in it field 6, a text of 2 bytes that are not UTF-8.
    let not_utf8: &[u8] = &[0x0a, 0x04, 0x32, 0x02, 0xff, 0xfe];
    let cut_off: &[u8] = &[0x0a, 0x7f, 0x32];
    for (what, bytes) in [("not UTF-8", not_utf8), ("cut off", cut_off)] {
        let answer = raw::call(server.channel.clone(), INGEST, bytes).await;
        holds(what, answer.map(Response::new), (INVALID, "MALFORMED_REQUEST", &[]));
    }
    let unknown = raw::call(server.channel.clone(), "/bienban.v1.IngestionService/NoSuchMethod", &[]).await;
    holds("unknown method", unknown.map(Response::new), (Code::Unimplemented, "NOT_SUPPORTED", &[]));
    let unknown = raw::call(server.channel.clone(), "/no.such.Service/Method", &[]).await;
    holds("unknown service", unknown.map(Response::new), (Code::Unimplemented, "NOT_SUPPORTED", &[]));
    assert_eq!(server.revision().await, 0);
}

#[tokio::test]
async fn names() {
    let server = TestServer::start().await;
    let (mut ingestion, mut meetings, mut entities) = (server.ingestion(), server.meetings(), server.entities());
    let not_found = |reason| (Code::NotFound, reason, &[] as &[&str]);
    let report = |name: &str| pb::GetReportRequest { name: name.into(), ..Default::default() };
    holds("report", ingestion.get_report(report("reports/gone")).await, not_found("REPORT_NOT_FOUND"));
    for bad in ["gone", "meetings/gone", "reports/", "reports/Báo", "reports/a/b"] {
        holds(bad, ingestion.get_report(report(bad)).await, (INVALID, "INVALID_RESOURCE_NAME", &["name"]));
    }
    holds("no name", ingestion.get_report(report("")).await, (INVALID, "REQUIRED_FIELD", &["name"]));
    let delete = pb::DeleteReportRequest { name: "reports/gone".into(), ..Default::default() };
    holds("delete", ingestion.delete_report(delete).await, not_found("REPORT_NOT_FOUND"));

    let meeting = |name: &str| pb::GetMeetingRequest { name: name.into(), ..Default::default() };
    holds("meeting", meetings.get_meeting(meeting("meetings/gone")).await, not_found("MEETING_NOT_FOUND"));
    holds(
        "meeting",
        meetings.get_meeting(meeting("reports/gone")).await,
        (INVALID, "INVALID_RESOURCE_NAME", &["name"]),
    );
    let batch = |names: Vec<String>| pb::BatchGetMeetingsRequest { names, ..Default::default() };
    holds("no names", meetings.batch_get_meetings(batch(vec![])).await, (INVALID, "REQUIRED_FIELD", &["names"]));
    let many = vec!["meetings/gone".to_owned(); 101];
    holds("many names", meetings.batch_get_meetings(batch(many)).await, (INVALID, "INVALID_FIELD", &["names"]));
    let one_bad = vec!["meetings/a".to_owned(), "x".to_owned()];
    holds(
        "one bad name",
        meetings.batch_get_meetings(batch(one_bad)).await,
        (INVALID, "INVALID_RESOURCE_NAME", &["names[1]"]),
    );

    let entity = |name: &str| pb::GetEntityRequest { name: name.into(), ..Default::default() };
    holds("entity", entities.get_entity(entity("entities/gone")).await, not_found("ENTITY_NOT_FOUND"));
    let mentions = pb::ListMentionsRequest { parent: "entities/gone".into(), ..Default::default() };
    holds("mentions", entities.list_mentions(mentions).await, not_found("ENTITY_NOT_FOUND"));
}

#[tokio::test]
async fn lists() {
    let server = TestServer::start().await;
    let min_revision = crate::common::samples::load(&server).await;
    let mut meetings = server.meetings();
    let list = |change: Change<'_, pb::ListMeetingsRequest>| {
        let mut request = pb::ListMeetingsRequest { page_size: 2, min_revision, ..Default::default() };
        change(&mut request);
        request
    };
    let first = meetings.list_meetings(list(&|_| {})).await.expect("a page").into_inner();
    let token = first.next_page_token;
    assert_ne!(token, "");
    let cases: [(&str, Change<'_, pb::ListMeetingsRequest>, Expected); 12] = [
        ("size", &|q| q.page_size = -1, (INVALID, "INVALID_FIELD", &["page_size"])),
        ("revision", &|q| q.min_revision = -1, (INVALID, "INVALID_FIELD", &["min_revision"])),
        ("future", &|q| q.min_revision = 1 << 40, (Code::FailedPrecondition, "REVISION_UNKNOWN", &[])),
        ("token", &|q| q.page_token = "x".into(), (INVALID, "INVALID_PAGE_TOKEN", &["page_token"])),
        ("token with marks", &|q| q.page_token = "trang 2".into(), (INVALID, "INVALID_PAGE_TOKEN", &["page_token"])),
        ("half a filter", &|q| q.filter = "kind =".into(), (INVALID, "INVALID_FILTER", &["filter"])),
        ("unknown field", &|q| q.filter = "knd = CONFERENCE".into(), (INVALID, "INVALID_FILTER", &["filter"])),
        ("unknown value", &|q| q.filter = "kind = PARTY".into(), (INVALID, "INVALID_FILTER", &["filter"])),
        ("no date", &|q| q.filter = "date > \"tomorrow\"".into(), (INVALID, "INVALID_FILTER", &["filter"])),
        ("no number", &|q| q.filter = "session_number = x".into(), (INVALID, "INVALID_FILTER", &["filter"])),
        ("order", &|q| q.order_by = "size".into(), (INVALID, "INVALID_ORDER_BY", &["order_by"])),
        ("view", &|q| q.view = 7, (INVALID, "INVALID_FIELD", &["view"])),
    ];
    for (what, change, expected) in cases {
        holds(what, meetings.list_meetings(list(change)).await, expected);
    }
    let other_filter = list(&|q| {
        q.page_token = token.clone();
        q.filter = "kind = CONGRESS".into();
    });
    holds(
        "token of another filter",
        meetings.list_meetings(other_filter).await,
        (INVALID, "PAGE_TOKEN_MISMATCH", &["page_token"]),
    );
    let other_list = pb::ListEntitiesRequest { page_token: token, ..Default::default() };
    holds(
        "token of another list",
        server.entities().list_entities(other_list).await,
        (INVALID, "PAGE_TOKEN_MISMATCH", &["page_token"]),
    );
}

#[tokio::test]
async fn filters_that_are_large_or_deep() {
    let server = TestServer::start().await;
    let deep = format!("{}kind = CONGRESS{}", "(".repeat(50_000), ")".repeat(50_000));
    let negated = format!("{}kind = CONGRESS", "NOT ".repeat(50_000));
    let long = vec!["kind = CONGRESS"; 50_000].join(" OR ");
    for filter in [deep, negated, long] {
        let request = pb::ListMeetingsRequest { filter, ..Default::default() };
        holds("filter", server.meetings().list_meetings(request).await, (INVALID, "INVALID_FILTER", &["filter"]));
    }
}

#[tokio::test]
async fn lookups_and_searches() {
    let server = TestServer::start().await;
    let mut entities = server.entities();
    let lookup = |change: Change<'_, pb::LookupEntitiesRequest>| {
        let mut request = pb::LookupEntitiesRequest { query: "ông Lân".into(), ..Default::default() };
        change(&mut request);
        request
    };
    let cases: [(&str, Change<'_, pb::LookupEntitiesRequest>, Expected); 6] = [
        ("no words", &|q| q.query.clear(), (INVALID, "REQUIRED_FIELD", &["query"])),
        ("many words", &|q| q.query = "x".repeat(501), (INVALID, "INVALID_QUERY", &["query"])),
        ("no date", &|q| q.as_of = "2023-13".into(), (INVALID, "INVALID_DATE", &["as_of"])),
        ("no kind", &|q| q.kind = 17, (INVALID, "INVALID_FIELD", &["kind"])),
        ("no report", &|q| q.report = "x".into(), (INVALID, "INVALID_RESOURCE_NAME", &["report"])),
        ("candidates", &|q| q.max_candidates = -1, (INVALID, "INVALID_FIELD", &["max_candidates"])),
    ];
    for (what, change, expected) in cases {
        holds(what, entities.lookup_entities(lookup(change)).await, expected);
    }
    let mut search = server.search();
    let ask = |change: Change<'_, pb::SearchItemsRequest>| {
        let mut request = pb::SearchItemsRequest { query: "ngân sách".into(), ..Default::default() };
        change(&mut request);
        request
    };
    let cases: [(&str, Change<'_, pb::SearchItemsRequest>, Expected); 6] = [
        ("long query", &|q| q.query = "x".repeat(1_001), (INVALID, "INVALID_QUERY", &["query"])),
        ("filter", &|q| q.filter = "indicator:x".into(), (INVALID, "INVALID_FILTER", &["filter"])),
        ("order", &|q| q.order_by = "date up".into(), (INVALID, "INVALID_ORDER_BY", &["order_by"])),
        ("token", &|q| q.page_token = "???".into(), (INVALID, "INVALID_PAGE_TOKEN", &["page_token"])),
        ("facet", &|q| q.facets = vec![0], (INVALID, "INVALID_FIELD", &["facets[0]"])),
        ("tier", &|q| q.loosest_tier = 9, (INVALID, "INVALID_FIELD", &["loosest_tier"])),
    ];
    for (what, change, expected) in cases {
        holds(what, search.search_items(ask(change)).await, expected);
    }
    for odd in ["\"không đóng", "(((", "-", "OR OR", "a* * *b", "field:x", "\u{0}"] {
        let answer = search.search_items(ask(&|q| q.query = odd.into())).await;
        assert!(answer.is_ok() || Refusal::of(&answer.unwrap_err()).code == INVALID, "{odd:?}");
    }
}
