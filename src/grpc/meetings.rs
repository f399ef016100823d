//! Handlers of MeetingService.

use tonic::{Request, Response, Status};

use super::check::Faults;
use super::deadline::{self, within};
use super::generated::pb::{self, meeting_service_server::MeetingService};
use super::quote::Quotes;
use super::watch_stream::{self, WatchStream};
use super::{Handlers, convert, page};
use crate::service::ServiceError;
use crate::service::api::{BatchGetMeetings, GetMeeting, ListMeetings, Redirected, View, WatchChanges};

#[tonic::async_trait]
impl MeetingService for Handlers {
    async fn get_meeting(&self, request: Request<pb::GetMeetingRequest>) -> Result<Response<pb::Meeting>, Status> {
        let (call, asked) = self.accept::<_, GetMeeting>(request)?;
        let answer = within(&call, self.api.get_meeting(&call, asked)).await?;
        Ok(Response::new(convert::meeting_record(answer.value, &Quotes::new(&answer.texts))))
    }

    async fn batch_get_meetings(
        &self,
        request: Request<pb::BatchGetMeetingsRequest>,
    ) -> Result<Response<pb::BatchGetMeetingsResponse>, Status> {
        let (call, asked) = self.accept::<_, BatchGetMeetings>(request)?;
        let batch = within(&call, self.api.batch_get_meetings(&call, asked)).await?;
        let quotes = Quotes::new(&batch.texts);
        Ok(Response::new(pb::BatchGetMeetingsResponse {
            meetings: batch.meetings.into_iter().map(|one| convert::meeting_record(one, &quotes)).collect(),
            revision: convert::revision(batch.revision),
        }))
    }

    async fn list_meetings(
        &self,
        request: Request<pb::ListMeetingsRequest>,
    ) -> Result<Response<pb::ListMeetingsResponse>, Status> {
        let (call, asked) = self.accept::<_, ListMeetings>(request)?;
        let mut listed = within(&call, self.api.list_meetings(&call, asked)).await?;
        let texts = std::mem::take(&mut listed.texts);
        let quotes = Quotes::new(&texts);
        let (meetings, next_page_token) = page::cut(&mut listed, self.limits.max_page_bytes, |value| {
            convert::meeting_record(Redirected { value, from: None }, &quotes)
        });
        Ok(Response::new(pb::ListMeetingsResponse {
            meetings,
            next_page_token,
            revision: convert::revision(listed.revision),
        }))
    }

    type WatchChangesStream = WatchStream;

    async fn watch_changes(
        &self,
        request: Request<pb::WatchChangesRequest>,
    ) -> Result<Response<Self::WatchChangesStream>, Status> {
        let (call, end) = (deadline::call(request.metadata(), None), self.leaving(&request));
        let request = request.into_inner();
        let resume_token = request.resume_token.clone();
        let asked = WatchChanges::try_from(request)?;
        let view = asked.view;
        let changes = within(&call, self.api.watch_changes(&call, asked)).await?;
        Ok(Response::new(watch_stream::events(changes, view, resume_token, end)))
    }
}

impl TryFrom<pb::GetMeetingRequest> for GetMeeting {
    type Error = ServiceError;

    fn try_from(request: pb::GetMeetingRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let id = faults.meeting("name", &request.name);
        let min_revision = faults.min_revision(request.min_revision);
        let view = faults.view("view", request.view, View::Full);
        faults.finish(id.map(|id| Self { id, min_revision, view }))
    }
}

impl TryFrom<pb::BatchGetMeetingsRequest> for BatchGetMeetings {
    type Error = ServiceError;

    fn try_from(request: pb::BatchGetMeetingsRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let ids = faults.batch("names", &request.names, Faults::meeting);
        let min_revision = faults.min_revision(request.min_revision);
        let view = faults.view("view", request.view, View::Basic);
        faults.finish(ids.map(|ids| Self { ids, min_revision, view }))
    }
}

impl TryFrom<pb::ListMeetingsRequest> for ListMeetings {
    type Error = ServiceError;

    fn try_from(request: pb::ListMeetingsRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let page = faults.page(request.page_size, request.page_token);
        let min_revision = faults.min_revision(request.min_revision);
        let view = faults.view("view", request.view, View::Basic);
        let (filter, order_by) = (request.filter, request.order_by);
        faults.finish(Some(Self { page, filter, order_by, min_revision, view }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::api::BATCH_MAX;

    #[test]
    fn every_bad_name_is_told_with_its_place() {
        let names = vec!["meetings/m-1".into(), "reports/r".into(), String::new()];
        let request = pb::BatchGetMeetingsRequest { names, min_revision: -1, ..Default::default() };
        let Err(ServiceError::Invalid(faults)) = BatchGetMeetings::try_from(request) else { panic!("accepted") };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["names[1]", "names[2]", "min_revision"]);
    }

    #[test]
    fn batches_are_bounded() {
        let batch = |n: usize| {
            let names = vec!["meetings/m-1".to_owned(); n];
            BatchGetMeetings::try_from(pb::BatchGetMeetingsRequest { names, ..Default::default() })
        };
        assert!(batch(0).is_err());
        assert!(batch(BATCH_MAX).is_ok());
        assert!(batch(BATCH_MAX + 1).is_err());
    }

    #[test]
    fn one_meeting_comes_in_full_and_many_in_basic() {
        let one = pb::GetMeetingRequest { name: "meetings/m-1".into(), ..Default::default() };
        assert_eq!(GetMeeting::try_from(one).unwrap().view, View::Full);
        assert_eq!(ListMeetings::try_from(pb::ListMeetingsRequest::default()).unwrap().view, View::Basic);
    }
}
