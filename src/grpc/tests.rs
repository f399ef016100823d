//! The whole face over a real connection, before a service that knows one report.

use std::collections::HashMap;

use tokio::net::TcpListener;
use tokio_stream::StreamExt as _;
use tonic::Code;
use tonic::codegen::http::uri::PathAndQuery;
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Channel, Server};
use tonic_types::StatusExt as _;

use super::pb::entity_service_client::EntityServiceClient;
use super::pb::ingest_reports_response::Result as Outcome;
use super::pb::ingestion_service_client::IngestionServiceClient;
use super::*;
use crate::model::{
    Basis, DatedFact, Decision, Entity, EntityId, EntityKind, EntityRef, Evidence, ItemKind, Meeting, MeetingId,
    MeetingItem, MeetingReport, MeetingSummary, Mention, OfficeFact, Participant, Report, ReportDraft, ReportId,
    Revision, Role, Span, Timestamp,
};
use crate::service::api::*;
use crate::service::draft;

/// Keeps nothing, but answers as if it kept what it was given. Texts of "full" meet a full queue.
pub(super) struct Fake;

const MAX_TEXT: usize = 1000;

fn stored(draft: ReportDraft) -> Report {
    let now = Timestamp(1_700_000_000_000_000);
    Report { draft, revision: Revision(1), create_time: now, update_time: now, delete_time: None }
}

fn later<T>() -> Answer<T> {
    Err(ServiceError::NotReady { retry_after: Duration::from_secs(1) })
}

/// What "Ông Trần Văn Mẫu, Chủ tịch phường, yêu cầu báo cáo trước ngày 5-8-2024." says.
fn read_out(draft: &ReportDraft) -> Meeting {
    let report = draft.id.clone();
    let id = MeetingId::of_report(&report);
    let at = |start, end| vec![Evidence { report: report.clone(), span: Span::new(start, end) }];
    let person = EntityRef {
        id: EntityId::derive("per", &["mẫu"]),
        kind: EntityKind::Person,
        display_name: "Trần Văn Mẫu".into(),
    };
    let office = OfficeFact {
        proposed: false,
        title: "Chủ tịch".into(),
        organization: "phường".into(),
        text: "Chủ tịch phường".into(),
        former: false,
        acting: false,
        begins: false,
        ends: false,
        span: Span::new(18, 33),
    };
    let deadline =
        DatedFact { date: "2024-08-05".parse().unwrap(), basis: Basis::Stated, span: Some(Span::new(62, 70)) };
    Meeting {
        id,
        title: "Họp phường".into(),
        kind: None,
        date: None,
        part_of_day: None,
        session_number: Some(4),
        extended: false,
        term: None,
        convener: None,
        venue: None,
        reports: vec![MeetingReport {
            report: report.clone(),
            revision: Revision(1),
            extractor_version: 1,
            account: Default::default(),
        }],
        participants: vec![Participant {
            person: person.clone(),
            offices: vec![(office, None)],
            role: Role::Speaker,
            evidence: at(4, 16),
            decision: Decision { outcome: crate::model::Outcome::New, reasons: vec![] },
        }],
        items: vec![MeetingItem {
            number: 1,
            kind: ItemKind::Directive,
            speaker: Some(person),
            addressees: vec![],
            text: draft.text.clone(),
            deadline: Some(deadline),
            figures: vec![],
            mentions: vec![],
            evidence: at(0, 71),
        }],
        figures: vec![],
        references: vec![],
        mentions: vec![],
        diagnostics: vec![],
        corrections: vec![],
        revision: Revision(0),
        create_time: Timestamp(0),
        update_time: Timestamp(0),
    }
}

#[tonic::async_trait]
impl Api for Fake {
    async fn ingest(&self, _: &Call, request: IngestReport) -> Answer<Ingested> {
        if request.report.text == "full" {
            return Err(ServiceError::Overloaded { retry_after: Duration::from_secs(3) });
        }
        let draft = draft::check(request.report, MAX_TEXT).map_err(ServiceError::Invalid)?;
        Ok(Ingested {
            meeting: MeetingId::of_report(&draft.id),
            report: stored(draft),
            revision: Revision(1),
            outcome: IngestOutcome::Created,
            record: None,
        })
    }

    async fn extract(&self, _: &Call, request: ExtractMeeting) -> Answer<Evidenced<Meeting>> {
        let draft = draft::check(request.report, MAX_TEXT).map_err(ServiceError::Invalid)?;
        let texts = HashMap::from([(draft.id.clone(), draft.text.as_str().into())]);
        Ok(Evidenced { value: read_out(&draft), texts })
    }

    async fn get_report(&self, _: &Call, request: GetReport) -> Answer<Report> {
        Err(ServiceError::ReportNotFound(request.id))
    }

    async fn list_reports(&self, _: &Call, _: ListReports) -> Answer<Page<Report>> {
        let entry = |i: usize| {
            let id = ReportId::derive(None, &i.to_string());
            let text = "x".repeat(2 << 20);
            let draft = ReportDraft { id, url: None, publisher: None, title: None, publish_date: None, text };
            Entry { value: stored(draft), cursor: format!("after {i}") }
        };
        let entries = (0..3).map(entry).collect();
        Ok(Page { entries, more: false, revision: Revision(1), texts: Texts::new() })
    }

    async fn delete_report(&self, _: &Call, _: DeleteReport) -> Answer<Report> {
        later()
    }

    async fn undelete_report(&self, _: &Call, _: UndeleteReport) -> Answer<Report> {
        later()
    }

    async fn get_meeting(&self, _: &Call, _: GetMeeting) -> Answer<Evidenced<Redirected<MeetingRecord>>> {
        later()
    }

    async fn batch_get_meetings(&self, _: &Call, _: BatchGetMeetings) -> Answer<MeetingBatch> {
        later()
    }

    async fn list_meetings(&self, _: &Call, _: ListMeetings) -> Answer<Page<MeetingRecord>> {
        later()
    }

    async fn get_entity(&self, _: &Call, _: GetEntity) -> Answer<Evidenced<Redirected<Entity>>> {
        std::future::pending().await
    }

    async fn list_entities(&self, _: &Call, _: ListEntities) -> Answer<Page<Entity>> {
        later()
    }

    async fn lookup_entities(&self, _: &Call, _: LookupEntities) -> Answer<Lookup> {
        later()
    }

    async fn list_related(&self, _: &Call, _: ListRelated) -> Answer<RelatedPage> {
        later()
    }

    async fn matcher(&self, _: &Call, _: Revision) -> Answer<Arc<dyn Matcher>> {
        later()
    }

    async fn suggest_entities(&self, _: &Call, _: SuggestEntities) -> Answer<Suggestions> {
        later()
    }

    async fn batch_get_entities(&self, _: &Call, _: BatchGetEntities) -> Answer<EntityBatch> {
        later()
    }

    async fn list_tenures(&self, _: &Call, _: ListTenures) -> Answer<Page<OfficeTenure>> {
        later()
    }

    async fn list_mentions(&self, _: &Call, _: ListMentions) -> Answer<Page<Mention>> {
        later()
    }

    async fn search_meetings(&self, _: &Call, _: Search) -> Answer<SearchPage<MeetingSummary>> {
        later()
    }

    async fn search_items(&self, _: &Call, _: Search) -> Answer<SearchPage<ItemHit>> {
        later()
    }

    async fn search_figures(&self, _: &Call, _: Search) -> Answer<SearchPage<FigureHit>> {
        later()
    }

    async fn suggest_searches(&self, _: &Call, _: SuggestSearches) -> Answer<SearchSuggestions> {
        later()
    }

    async fn merge_entities(&self, _: &Call, _: MergeEntities) -> Answer<CuratedEntity> {
        later()
    }

    async fn split_entity(&self, _: &Call, _: SplitEntity) -> Answer<CuratedEntity> {
        later()
    }

    async fn correct_meeting(&self, _: &Call, _: CorrectMeeting) -> Answer<CuratedMeeting> {
        later()
    }

    async fn get_correction(&self, _: &Call, _: GetCorrection) -> Answer<Curated> {
        later()
    }

    async fn list_corrections(&self, _: &Call, _: ListCorrections) -> Answer<Page<Curated>> {
        later()
    }

    async fn revert_correction(&self, _: &Call, _: RevertCorrection) -> Answer<Uncurated> {
        later()
    }

    async fn watch_changes(&self, _: &Call, _: WatchChanges) -> Answer<Box<dyn Changes>> {
        later()
    }

    async fn backup(&self, _: &Call) -> Answer<Backup> {
        later()
    }

    async fn rebuild(&self, _: &Call) -> Answer<Rebuilding> {
        later()
    }

    async fn status(&self, _: &Call) -> Answer<ServiceStatus> {
        Ok(ServiceStatus::default())
    }
}

async fn connect() -> Channel {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(Server::builder().add_routes(routes().await).serve_with_incoming(TcpIncoming::from(listener)));
    Channel::from_shared(format!("http://{address}")).unwrap().connect_lazy()
}

async fn routes() -> Routes {
    let health = Health::new().await;
    let options = Options { limits: Limits::for_text(MAX_TEXT), reflection: true, compression: Vec::new() };
    router(Arc::new(Fake), options, &health, CancellationToken::new()).unwrap()
}

fn report(text: &str) -> Option<pb::Report> {
    Some(pb::Report { text: text.into(), ..Default::default() })
}

fn reason(status: &Status) -> String {
    status.get_details_error_info().map(|info| info.reason).unwrap_or_default()
}

/// A call with a message of another make.
async fn raw<M: prost::Message + 'static>(path: &'static str, message: M) -> Status {
    let mut client = tonic::client::Grpc::new(connect().await);
    client.ready().await.unwrap();
    let codec = tonic_prost::ProstCodec::<M, pb::Report>::default();
    client.unary(Request::new(message), PathAndQuery::from_static(path), codec).await.unwrap_err()
}

/// Has bytes where GetReportRequest has a string.
#[derive(Clone, PartialEq, prost::Message)]
struct NotText {
    #[prost(bytes, tag = "1")]
    name: Vec<u8>,
}

#[tokio::test]
async fn a_text_that_is_not_utf8_is_the_callers_fault() {
    let status = raw("/bienban.v1.IngestionService/GetReport", NotText { name: vec![0xff, 0xfe] }).await;
    assert_eq!((status.code(), reason(&status).as_str()), (Code::InvalidArgument, "MALFORMED_REQUEST"));
}

#[tokio::test]
async fn an_unknown_method_says_so() {
    for path in ["/bienban.v1.IngestionService/PurgeReport", "/bienban.v2.IngestionService/GetReport"] {
        let status = raw(path, NotText::default()).await;
        assert_eq!((status.code(), reason(&status).as_str()), (Code::Unimplemented, "NOT_SUPPORTED"), "{path}");
    }
}

#[tokio::test]
async fn too_large_is_told_by_name_and_beyond_that_as_a_whole() {
    let mut client = IngestionServiceClient::new(connect().await);
    for (bytes, expected) in [(MAX_TEXT + 1, "REPORT_TEXT_TOO_LARGE"), (3 << 20, "REQUEST_TOO_LARGE")] {
        let request = pb::IngestReportRequest { report: report(&"x".repeat(bytes)), ..Default::default() };
        let status = client.ingest_report(request).await.unwrap_err();
        assert_eq!((status.code(), reason(&status).as_str()), (Code::InvalidArgument, expected));
    }
}

#[tokio::test]
async fn a_compressed_bomb_is_too_large() {
    let mut client = IngestionServiceClient::new(connect().await).send_compressed(Gzip);
    let request = pb::IngestReportRequest { report: report(&"x".repeat(20 << 20)), ..Default::default() };
    let status = client.ingest_report(request).await.unwrap_err();
    assert_eq!((status.code(), reason(&status).as_str()), (Code::InvalidArgument, "REQUEST_TOO_LARGE"));
}

#[tokio::test]
async fn every_fault_has_its_path() {
    let mut client = IngestionServiceClient::new(connect().await);
    let report = pb::Report { url: "x".into(), publish_date: "2021-02-30".into(), ..Default::default() };
    let request = pb::IngestReportRequest { report: Some(report), ..Default::default() };
    let status = client.ingest_report(request).await.unwrap_err();
    let violations = status.get_details_bad_request().unwrap().field_violations;
    let told: Vec<_> = violations.iter().map(|v| (v.field.as_str(), v.reason.as_str())).collect();
    let expected = [
        ("report.text", "REPORT_TEXT_EMPTY"),
        ("report.url", "INVALID_FIELD"),
        ("report.publish_date", "INVALID_DATE"),
    ];
    assert_eq!(told, expected);
    assert_eq!(status.get_details_localized_message().unwrap().locale, "vi");
}

#[tokio::test]
async fn a_stream_answers_each_report_and_goes_on() {
    let mut client = IngestionServiceClient::new(connect().await);
    let request = |client_id: &str, text: &str| pb::IngestReportsRequest {
        client_id: client_id.into(),
        report: report(text),
        ..Default::default()
    };
    let requests = [request("1", "Họp"), request("2", ""), request("3", "full"), request("4", "Họp nữa")];
    let outcomes = client.ingest_reports(tokio_stream::iter(requests)).await.unwrap().into_inner();
    let outcomes: Vec<_> = outcomes.map(|outcome| outcome.unwrap()).collect().await;
    let told: HashMap<_, _> = outcomes.iter().map(|o| (o.client_id.as_str(), o.result.as_ref().unwrap())).collect();
    assert_eq!(told.len(), 4);
    assert!(matches!(told["1"], Outcome::Ingested(kept) if kept.revision == 1));
    assert!(matches!(told["4"], Outcome::Ingested(_)));
    let Outcome::Error(empty) = told["2"] else { panic!("kept") };
    assert_eq!((empty.code, empty.reason()), (3, pb::ErrorReason::ReportTextEmpty));
    assert_eq!(empty.field_violations[0].field, "report.text");
    let Outcome::Error(full) = told["3"] else { panic!("kept") };
    assert_eq!((full.code, full.retry_delay.unwrap().seconds), (8, 3));
}

#[tokio::test]
async fn facts_quote_the_text() {
    let mut client = IngestionServiceClient::new(connect().await);
    let text = "Ông Trần Văn Mẫu, Chủ tịch phường, yêu cầu báo cáo trước ngày 5-8-2024.";
    let request = pb::ExtractMeetingRequest { report: report(text), ..Default::default() };
    let meeting = client.extract_meeting(request).await.unwrap().into_inner().meeting.unwrap();
    let participant = &meeting.participants[0];
    assert_eq!(participant.evidence[0].quote, "Trần Văn Mẫu");
    assert_eq!(participant.offices[0].evidence.as_ref().unwrap().quote, "Chủ tịch phường");
    let item = &meeting.items[0];
    assert_eq!(item.name, format!("{}/items/1", meeting.name));
    assert_eq!(item.deadline.as_ref().unwrap().evidence.as_ref().unwrap().quote, "5-8-2024");
    assert_eq!((meeting.participant_count, meeting.item_count, meeting.session_number), (1, 1, 4));
}

#[tokio::test]
async fn pages_stay_below_what_clients_receive() {
    let mut client = IngestionServiceClient::new(connect().await);
    let request = pb::ListReportsRequest { view: pb::View::Full.into(), ..Default::default() };
    let page = client.list_reports(request).await.unwrap().into_inner();
    assert_eq!((page.reports.len(), page.next_page_token.as_str()), (1, "after 0"));
    let page = client.list_reports(pb::ListReportsRequest::default()).await.unwrap().into_inner();
    assert_eq!((page.reports.len(), page.next_page_token.as_str()), (3, ""));
}

#[tokio::test]
async fn a_late_answer_is_a_deadline_exceeded_with_its_reason() {
    // Without a channel between: its own timer reads the same header, and would race with the server's.
    let mut client = EntityServiceClient::new(routes().await);
    let mut request = Request::new(pb::GetEntityRequest { name: "entities/per-1".into(), ..Default::default() });
    request.metadata_mut().insert("grpc-timeout", "50m".parse().unwrap());
    let status = client.get_entity(request).await.unwrap_err();
    assert_eq!((status.code(), reason(&status).as_str()), (Code::DeadlineExceeded, "DEADLINE_EXCEEDED"));
}

/// What reflection answers to one question.
async fn reflect(
    question: tonic_reflection::pb::v1::server_reflection_request::MessageRequest,
) -> tonic_reflection::pb::v1::server_reflection_response::MessageResponse {
    use tonic_reflection::pb::v1::ServerReflectionRequest;
    use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;

    let mut client = ServerReflectionClient::new(connect().await);
    let request = ServerReflectionRequest { host: String::new(), message_request: Some(question) };
    let answers = client.server_reflection_info(tokio_stream::iter([request])).await.unwrap().into_inner();
    let answers: Vec<_> = answers.collect().await;
    answers[0].as_ref().unwrap().message_response.clone().unwrap()
}

#[tokio::test]
async fn reflection_tells_every_service() {
    use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
    use tonic_reflection::pb::v1::server_reflection_response::MessageResponse;

    let MessageResponse::ListServicesResponse(list) = reflect(MessageRequest::ListServices(String::new())).await else {
        panic!("no list")
    };
    let names: Vec<_> = list.service.iter().map(|service| service.name.as_str()).collect();
    for name in health::NAMES.iter().filter(|name| !name.is_empty()).chain(&["grpc.health.v1.Health"]) {
        assert!(names.contains(name), "{name} is not among {names:?}");
    }
}

#[tokio::test]
async fn reflection_tells_what_errors_carry() {
    use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
    use tonic_reflection::pb::v1::server_reflection_response::MessageResponse;

    for detail in ["ErrorInfo", "BadRequest", "RetryInfo", "LocalizedMessage"] {
        let answer = reflect(MessageRequest::FileContainingSymbol(format!("google.rpc.{detail}"))).await;
        assert!(matches!(answer, MessageResponse::FileDescriptorResponse(_)), "{detail}: {answer:?}");
    }
}
