//! Handlers of CurationService.

use tonic::{Request, Response, Status};

use super::check::Faults;
use super::deadline::within;
use super::generated::pb::{self, curation_service_server::CurationService};
use super::quote::Quotes;
use super::{Handlers, convert, page};
use crate::model::{ReportId, Span, Statement};
use crate::service::api::{
    CorrectMeeting, CuratedEntity, GetCorrection, ListCorrections, MergeEntities, Redirected, RevertCorrection, Said,
    SplitEntity, Texts, View,
};
use crate::service::{ServiceError, ViolationReason};

#[tonic::async_trait]
impl CurationService for Handlers {
    async fn merge_entities(
        &self,
        request: Request<pb::MergeEntitiesRequest>,
    ) -> Result<Response<pb::MergeEntitiesResponse>, Status> {
        let (call, asked) = self.accept::<_, MergeEntities>(request)?;
        let made = within(&call, self.api.merge_entities(&call, asked)).await?;
        let (correction, entity, revision) = entity_answer(made);
        Ok(Response::new(pb::MergeEntitiesResponse { correction, entity, revision }))
    }

    async fn split_entity(
        &self,
        request: Request<pb::SplitEntityRequest>,
    ) -> Result<Response<pb::SplitEntityResponse>, Status> {
        let (call, asked) = self.accept::<_, SplitEntity>(request)?;
        let made = within(&call, self.api.split_entity(&call, asked)).await?;
        let (correction, entity, revision) = entity_answer(made);
        Ok(Response::new(pb::SplitEntityResponse { correction, entity, revision }))
    }

    async fn correct_meeting(
        &self,
        request: Request<pb::CorrectMeetingRequest>,
    ) -> Result<Response<pb::CorrectMeetingResponse>, Status> {
        let (call, asked) = self.accept::<_, CorrectMeeting>(request)?;
        let made = within(&call, self.api.correct_meeting(&call, asked)).await?;
        let meeting = made.meeting.map(|meeting| {
            let quotes = Quotes::new(&meeting.texts);
            convert::meeting_record(Redirected { value: meeting.value, from: None }, &quotes)
        });
        let correction = Some(convert::correction(made.curated));
        let revision = convert::revision(made.revision);
        Ok(Response::new(pb::CorrectMeetingResponse { correction, meeting, revision }))
    }

    async fn get_correction(
        &self,
        request: Request<pb::GetCorrectionRequest>,
    ) -> Result<Response<pb::Correction>, Status> {
        let (call, asked) = self.accept::<_, GetCorrection>(request)?;
        let found = within(&call, self.api.get_correction(&call, asked)).await?;
        Ok(Response::new(convert::correction(found)))
    }

    async fn list_corrections(
        &self,
        request: Request<pb::ListCorrectionsRequest>,
    ) -> Result<Response<pb::ListCorrectionsResponse>, Status> {
        let (call, asked) = self.accept::<_, ListCorrections>(request)?;
        let mut listed = within(&call, self.api.list_corrections(&call, asked)).await?;
        let (corrections, next_page_token) = page::cut(&mut listed, self.limits.max_page_bytes, convert::correction);
        let revision = convert::revision(listed.revision);
        Ok(Response::new(pb::ListCorrectionsResponse { corrections, next_page_token, revision }))
    }

    async fn revert_correction(
        &self,
        request: Request<pb::RevertCorrectionRequest>,
    ) -> Result<Response<pb::RevertCorrectionResponse>, Status> {
        let (call, asked) = self.accept::<_, RevertCorrection>(request)?;
        let made = within(&call, self.api.revert_correction(&call, asked)).await?;
        let correction = Some(convert::correction(made.curated));
        let revision = convert::revision(made.revision);
        Ok(Response::new(pb::RevertCorrectionResponse { correction, revision }))
    }
}

fn entity_answer(made: CuratedEntity) -> (Option<pb::Correction>, Option<pb::Entity>, i64) {
    // Entities come in BASIC view, which has no evidence to quote.
    let texts = Texts::new();
    let entity = made.entity.map(|entity| convert::entity(entity, View::Basic, &Quotes::new(&texts)));
    (Some(convert::correction(made.curated)), entity, convert::revision(made.revision))
}

pub(super) fn said(author: String, reason: String, request_id: String, validate_only: bool) -> Said {
    Said { statement: Statement { author, reason }, request_id, validate_only }
}

impl TryFrom<pb::MergeEntitiesRequest> for MergeEntities {
    type Error = ServiceError;

    fn try_from(request: pb::MergeEntitiesRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let both = (faults.entity("source", &request.source), faults.entity("target", &request.target));
        let said = said(request.author, request.reason, request.request_id, request.validate_only);
        let both = both.0.zip(both.1);
        faults.finish(both.map(|(source, target)| Self { source, target, said }))
    }
}

impl TryFrom<pb::SplitEntityRequest> for SplitEntity {
    type Error = ServiceError;

    fn try_from(request: pb::SplitEntityRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let id = faults.entity("name", &request.name);
        let mentions = request.mentions.iter().enumerate().filter_map(|(at, one)| choice(at, one, &mut faults));
        let mentions = mentions.collect();
        let said = said(request.author, request.reason, request.request_id, request.validate_only);
        faults.finish(id.map(|id| Self { id, mentions, said }))
    }
}

fn choice(at: usize, choice: &pb::MentionChoice, faults: &mut Faults) -> Option<(ReportId, Option<Span>)> {
    let report = faults.report(&format!("mentions[{at}].report"), &choice.report);
    let span = match (u32::try_from(choice.start_offset), u32::try_from(choice.end_offset)) {
        (Ok(0), Ok(0)) => None,
        (Ok(start), Ok(end)) if start < end => Some(Span::new(start, end)),
        _ => {
            let rule = "must be above start_offset, which must not be negative; both 0 for all mentions in the report";
            faults.note(&format!("mentions[{at}].end_offset"), ViolationReason::InvalidField, rule);
            None
        }
    };
    report.map(|report| (report, span))
}

impl TryFrom<pb::GetCorrectionRequest> for GetCorrection {
    type Error = ServiceError;

    fn try_from(request: pb::GetCorrectionRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let id = faults.correction("name", &request.name);
        let min_revision = faults.min_revision(request.min_revision);
        faults.finish(id.map(|id| Self { id, min_revision }))
    }
}

impl TryFrom<pb::ListCorrectionsRequest> for ListCorrections {
    type Error = ServiceError;

    fn try_from(request: pb::ListCorrectionsRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let page = faults.page(request.page_size, request.page_token);
        let min_revision = faults.min_revision(request.min_revision);
        let (filter, order_by) = (request.filter, request.order_by);
        faults.finish(Some(Self { page, filter, order_by, min_revision }))
    }
}

impl TryFrom<pb::RevertCorrectionRequest> for RevertCorrection {
    type Error = ServiceError;

    fn try_from(request: pb::RevertCorrectionRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let id = faults.correction("name", &request.name);
        let said = said(request.author, request.reason, request.request_id, request.validate_only);
        faults.finish(id.map(|id| Self { id, said }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grpc::check::faulty_fields as faults;

    #[test]
    fn places_have_a_beginning_and_an_end() {
        let choice = |start_offset, end_offset| {
            let report = "reports/r".into();
            pb::MentionChoice { report, start_offset, end_offset }
        };
        let request = |mentions| pb::SplitEntityRequest { name: "entities/e".into(), mentions, ..Default::default() };
        let asked = SplitEntity::try_from(request(vec![choice(0, 0), choice(0, 4)])).unwrap();
        let spans: Vec<_> = asked.mentions.iter().map(|(_, span)| *span).collect();
        assert_eq!(spans, [None, Some(Span::new(0, 4))]);
        let wrong = request(vec![choice(4, 4), choice(-1, 3), choice(5, 0)]);
        assert_eq!(faults(SplitEntity::try_from(wrong)), [0, 1, 2].map(|at| format!("mentions[{at}].end_offset")));
    }
}
