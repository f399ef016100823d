//! Handlers of IngestionService.

use std::pin::Pin;

use tokio_stream::Stream;
use tonic::{Request, Response, Status, Streaming};

use super::check::Faults;
use super::deadline::{self, within};
use super::generated::pb::{self, ingestion_service_server::IngestionService};
use super::ingest_stream::{Outcomes, ingest_one};
use super::quote::Quotes;
use super::{Handlers, convert, page};
use crate::service::api::{DeleteReport, ExtractMeeting, GetReport, IngestReport, ListReports, UndeleteReport, View};
use crate::service::draft::ReportInput;
use crate::service::{ServiceError, ViolationReason};

#[tonic::async_trait]
impl IngestionService for Handlers {
    async fn ingest_report(
        &self,
        request: Request<pb::IngestReportRequest>,
    ) -> Result<Response<pb::IngestReportResponse>, Status> {
        let (call, asked) = self.accept::<_, IngestReport>(request)?;
        let ingested = within(&call, self.api.ingest(&call, asked)).await?;
        Ok(Response::new(convert::ingested(ingested)))
    }

    type IngestReportsStream = Pin<Box<dyn Stream<Item = Result<pb::IngestReportsResponse, Status>> + Send>>;

    async fn ingest_reports(
        &self,
        request: Request<Streaming<pb::IngestReportsRequest>>,
    ) -> Result<Response<Self::IngestReportsStream>, Status> {
        let mut call = deadline::call(request.metadata(), None);
        call.wait_for_room = true;
        let api = self.api.clone();
        let ingest = move |request| ingest_one(api.clone(), call, request);
        let end = self.leaving(&request);
        let outcomes = Outcomes::new(request.into_inner(), ingest, self.limits, end);
        Ok(Response::new(Box::pin(outcomes)))
    }

    async fn extract_meeting(
        &self,
        request: Request<pb::ExtractMeetingRequest>,
    ) -> Result<Response<pb::ExtractMeetingResponse>, Status> {
        let (call, asked) = self.accept::<_, ExtractMeeting>(request)?;
        let extracted = within(&call, self.api.extract(&call, asked)).await?;
        let meeting = convert::full_meeting(extracted.value, &Quotes::new(&extracted.texts));
        Ok(Response::new(pb::ExtractMeetingResponse { meeting: Some(meeting) }))
    }

    async fn get_report(&self, request: Request<pb::GetReportRequest>) -> Result<Response<pb::Report>, Status> {
        let (call, asked) = self.accept::<_, GetReport>(request)?;
        let view = asked.view;
        let report = within(&call, self.api.get_report(&call, asked)).await?;
        Ok(Response::new(convert::report(report, view)))
    }

    async fn list_reports(
        &self,
        request: Request<pb::ListReportsRequest>,
    ) -> Result<Response<pb::ListReportsResponse>, Status> {
        let (call, asked) = self.accept::<_, ListReports>(request)?;
        let view = asked.view;
        let mut listed = within(&call, self.api.list_reports(&call, asked)).await?;
        let (reports, next_page_token) =
            page::cut(&mut listed, self.limits.max_page_bytes, |report| convert::report(report, view));
        let revision = convert::revision(listed.revision);
        Ok(Response::new(pb::ListReportsResponse { reports, next_page_token, revision }))
    }

    async fn delete_report(&self, request: Request<pb::DeleteReportRequest>) -> Result<Response<pb::Report>, Status> {
        let (call, asked) = self.accept::<_, DeleteReport>(request)?;
        let report = within(&call, self.api.delete_report(&call, asked)).await?;
        Ok(Response::new(convert::report(report, View::Basic)))
    }

    async fn undelete_report(
        &self,
        request: Request<pb::UndeleteReportRequest>,
    ) -> Result<Response<pb::Report>, Status> {
        let (call, asked) = self.accept::<_, UndeleteReport>(request)?;
        let report = within(&call, self.api.undelete_report(&call, asked)).await?;
        Ok(Response::new(convert::report(report, View::Basic)))
    }
}

/// The fields of a report that a caller writes.
fn input(report: Option<pb::Report>, id: String, faults: &mut Faults) -> Option<ReportInput> {
    let Some(report) = report else {
        faults.note("report", ViolationReason::RequiredField, "must be set");
        return None;
    };
    let pb::Report { url, publisher, title, publish_date, text, .. } = report;
    Some(ReportInput { id, url, publisher, title, publish_date, text })
}

impl TryFrom<pb::IngestReportRequest> for IngestReport {
    type Error = ServiceError;

    fn try_from(request: pb::IngestReportRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let report = input(request.report, request.report_id, &mut faults);
        let view = faults.wish_for_view("meeting_view", request.meeting_view);
        faults.finish(report.map(|report| Self {
            report,
            request_id: request.request_id,
            etag: request.etag,
            validate_only: request.validate_only,
            view,
        }))
    }
}

impl TryFrom<pb::IngestReportsRequest> for IngestReport {
    type Error = ServiceError;

    fn try_from(request: pb::IngestReportsRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        if request.client_id.len() > MAX_CLIENT_ID_BYTES {
            let rule = format!("must have at most {MAX_CLIENT_ID_BYTES} bytes");
            faults.note("client_id", ViolationReason::InvalidField, rule);
        }
        let report = input(request.report, request.report_id, &mut faults);
        faults.finish(report.map(|report| Self {
            report,
            request_id: request.request_id,
            etag: request.etag,
            validate_only: false,
            view: None,
        }))
    }
}

/// Most bytes of a caller's own key, since it is echoed.
const MAX_CLIENT_ID_BYTES: usize = 128;

impl TryFrom<pb::ExtractMeetingRequest> for ExtractMeeting {
    type Error = ServiceError;

    fn try_from(request: pb::ExtractMeetingRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let report = input(request.report, request.report_id, &mut faults);
        faults.finish(report.map(|report| Self { report }))
    }
}

impl TryFrom<pb::GetReportRequest> for GetReport {
    type Error = ServiceError;

    fn try_from(request: pb::GetReportRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let id = faults.report("name", &request.name);
        let min_revision = faults.min_revision(request.min_revision);
        let view = faults.view("view", request.view, View::Full);
        faults.finish(id.map(|id| Self { id, min_revision, view }))
    }
}

impl TryFrom<pb::ListReportsRequest> for ListReports {
    type Error = ServiceError;

    fn try_from(request: pb::ListReportsRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let page = faults.page(request.page_size, request.page_token);
        let min_revision = faults.min_revision(request.min_revision);
        let view = faults.view("view", request.view, View::Basic);
        let (filter, order_by, show_deleted) = (request.filter, request.order_by, request.show_deleted);
        faults.finish(Some(Self { page, filter, order_by, min_revision, view, show_deleted }))
    }
}

impl TryFrom<pb::DeleteReportRequest> for DeleteReport {
    type Error = ServiceError;

    fn try_from(request: pb::DeleteReportRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let id = faults.report("name", &request.name);
        faults.finish(id.map(|id| Self { id, etag: request.etag }))
    }
}

impl TryFrom<pb::UndeleteReportRequest> for UndeleteReport {
    type Error = ServiceError;

    fn try_from(request: pb::UndeleteReportRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let id = faults.report("name", &request.name);
        faults.finish(id.map(|id| Self { id, etag: request.etag, request_id: request.request_id }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_without_report_is_refused() {
        let request = pb::IngestReportRequest { meeting_view: 7, ..Default::default() };
        let Err(ServiceError::Invalid(faults)) = IngestReport::try_from(request) else { panic!("accepted") };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["report", "meeting_view"]);
    }

    #[test]
    fn output_only_fields_are_ignored() {
        let report = pb::Report {
            name: "reports/other".into(),
            etag: "x".into(),
            revision: 5,
            text: "Văn bản".into(),
            ..Default::default()
        };
        let request = pb::IngestReportRequest { report: Some(report), report_id: "r1".into(), ..Default::default() };
        let asked = IngestReport::try_from(request).unwrap();
        assert_eq!((asked.report.id.as_str(), asked.report.text.as_str()), ("r1", "Văn bản"));
        assert_eq!((asked.etag.as_str(), asked.view), ("", None));
    }
}
