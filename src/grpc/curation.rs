//! Handlers of CurationService.

use prost_types::FieldMask;
use tonic::{Request, Response, Status};

use super::check::Faults;
use super::deadline::within;
use super::generated::pb::{self, curation_service_server::CurationService};
use super::quote::Quotes;
use super::{Handlers, convert, page};
use crate::model::{MeetingChange, ReportId, Span, Statement, Term};
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

fn said(author: String, reason: String, request_id: String, validate_only: bool) -> Said {
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

impl TryFrom<pb::CorrectMeetingRequest> for CorrectMeeting {
    type Error = ServiceError;

    fn try_from(request: pb::CorrectMeetingRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let said = said(request.author, request.reason, request.request_id, request.validate_only);
        let Some(meeting) = request.meeting else {
            faults.note("meeting", ViolationReason::RequiredField, "must be set, with its name");
            return faults.finish(None);
        };
        let id = faults.meeting("meeting.name", &meeting.name);
        let mut changes = masked(&meeting, request.update_mask.as_ref(), &mut faults);
        for (at, part) in request.participants.iter().enumerate() {
            changes.extend(participant(at, part, &mut faults));
        }
        let people: Vec<&str> = request.participants.iter().map(|part| part.person.as_str()).collect();
        if (1..people.len()).any(|at| people[..at].contains(&people[at])) {
            faults.note("participants", ViolationReason::InvalidField, "must name each person once");
        }
        if request.participants.is_empty() && request.update_mask.is_none_or(|mask| mask.paths.is_empty()) {
            let rule = "must name a field to correct, unless participants are given";
            faults.note("update_mask", ViolationReason::RequiredField, rule);
        }
        faults.finish(id.map(|id| Self { id, etag: meeting.etag, changes, said }))
    }
}

/// The changes that a mask names, each with the path of its value.
fn masked(meeting: &pb::Meeting, mask: Option<&FieldMask>, faults: &mut Faults) -> Vec<(String, MeetingChange)> {
    let mut changes: Vec<(String, MeetingChange)> = Vec::new();
    for path in mask.map(|mask| mask.paths.as_slice()).unwrap_or_default() {
        let field = format!("meeting.{path}");
        if changes.iter().any(|(_, known)| known.field().name() == path) {
            continue;
        }
        let Some(change) = value(meeting, path, &field, faults) else { continue };
        let field = match change {
            MeetingChange::Convener(_) => format!("{field}.name"),
            _ => field,
        };
        changes.push((field, change));
    }
    changes
}

fn value(meeting: &pb::Meeting, path: &str, field: &str, faults: &mut Faults) -> Option<MeetingChange> {
    let words = |text: &String| (!text.is_empty()).then(|| text.clone());
    Some(match path {
        "title" => MeetingChange::Title(meeting.title.clone()),
        "kind" => MeetingChange::Kind(convert::meeting_kind(faults.number(field, meeting.kind))),
        "date" => {
            let text = meeting.date.as_ref().map_or("", |date| date.edtf.as_str());
            MeetingChange::Date(faults.date("meeting.date.edtf", text))
        }
        "part_of_day" => MeetingChange::PartOfDay(convert::part_of_day_of(faults.number(field, meeting.part_of_day))),
        "session_number" => {
            let number = faults.size(field, meeting.session_number);
            MeetingChange::SessionNumber((number > 0).then_some(number))
        }
        "extended" => MeetingChange::Extended(meeting.extended),
        "term" => MeetingChange::Term(term(&meeting.term, field, faults)),
        "convener" => {
            let name = meeting.convener.as_ref().map_or("", |convener| convener.name.as_str());
            let id = (!name.is_empty()).then(|| faults.entity("meeting.convener.name", name));
            MeetingChange::Convener(id.flatten())
        }
        "venue" => MeetingChange::Venue(words(&meeting.venue)),
        _ => {
            let rule = format!("names {path:?}, which is no field that can be corrected");
            faults.note("update_mask", ViolationReason::InvalidField, rule);
            return None;
        }
    })
}

fn term(text: &str, field: &str, faults: &mut Faults) -> Option<Term> {
    if text.is_empty() {
        return None;
    }
    let years = text.split_once('-').and_then(|(first, last)| Some((first.parse().ok()?, last.parse().ok()?)));
    let term = years.and_then(|(first, last)| Term::new(first, last));
    if term.is_none() {
        faults.note(field, ViolationReason::InvalidField, "must be two years at most ten apart, such as 2020-2025");
    }
    term
}

fn participant(at: usize, part: &pb::ParticipantCorrection, faults: &mut Faults) -> Option<(String, MeetingChange)> {
    let field = format!("participants[{at}].person");
    let person = faults.entity(&field, &part.person);
    let role_field = format!("participants[{at}].role");
    let role = convert::role_of(faults.number(&role_field, part.role));
    if part.remove == role.is_some() {
        faults.note(&role_field, ViolationReason::InvalidField, "must be set, unless remove is");
        return None;
    }
    person.map(|person| (field, MeetingChange::Participant(person, role)))
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

    fn faults<T>(refused: Result<T, ServiceError>) -> Vec<String> {
        let Err(ServiceError::Invalid(faults)) = refused else { panic!("accepted") };
        faults.into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn every_fault_of_a_correction_is_told() {
        let meeting = pb::Meeting {
            name: "meetings/m-1".into(),
            date: Some(pb::Date { edtf: "2024-02-30".into(), ..Default::default() }),
            kind: 99,
            session_number: -1,
            term: "2020".into(),
            convener: Some(pb::EntityRef { name: "meetings/m-1".into(), ..Default::default() }),
            ..Default::default()
        };
        let paths = ["kind", "date", "session_number", "term", "convener", "items"].map(str::to_owned).to_vec();
        let part = |person: &str, role, remove| pb::ParticipantCorrection { person: person.into(), role, remove };
        let request = pb::CorrectMeetingRequest {
            meeting: Some(meeting),
            update_mask: Some(FieldMask { paths }),
            participants: vec![part("entities/per-1", 0, false), part("entities/per-1", 2, true)],
            ..Default::default()
        };
        let expected = [
            "meeting.kind",
            "meeting.date.edtf",
            "meeting.session_number",
            "meeting.term",
            "meeting.convener.name",
            "update_mask",
            "participants[0].role",
            "participants[1].role",
            "participants",
        ];
        assert_eq!(faults(CorrectMeeting::try_from(request)), expected);
        assert_eq!(faults(CorrectMeeting::try_from(pb::CorrectMeetingRequest::default())), ["meeting"]);
        let nothing = pb::CorrectMeetingRequest {
            meeting: Some(pb::Meeting { name: "meetings/m-1".into(), ..Default::default() }),
            ..Default::default()
        };
        assert_eq!(faults(CorrectMeeting::try_from(nothing)), ["update_mask"]);
    }

    #[test]
    fn a_masked_field_without_value_is_cleared() {
        let request = pb::CorrectMeetingRequest {
            meeting: Some(pb::Meeting { name: "meetings/m-1".into(), etag: "e".into(), ..Default::default() }),
            update_mask: Some(FieldMask { paths: ["date", "venue", "date"].map(str::to_owned).to_vec() }),
            ..Default::default()
        };
        let asked = CorrectMeeting::try_from(request).unwrap();
        let changes: Vec<_> = asked.changes.into_iter().map(|(_, change)| change).collect();
        assert_eq!(changes, [MeetingChange::Date(None), MeetingChange::Venue(None)]);
        assert_eq!(asked.etag, "e");
    }

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
