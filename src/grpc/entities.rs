//! Handlers of EntityService.

use tonic::{Request, Response, Status, Streaming};

use super::check::Faults;
use super::deadline::{self, within};
use super::generated::pb::{self, entity_service_server::EntityService};
use super::match_stream::{self, IDLE, MatchStream};
use super::quote::Quotes;
use super::{Handlers, convert, page};
use crate::model::{LookupContext, ReportId};
use crate::service::api::{
    BatchGetEntities, GetEntity, ListEntities, ListMentions, ListRelated, ListTenures, LookupEntities,
    MATCH_CANDIDATES, SuggestEntities, Texts, View,
};
use crate::service::{ServiceError, ViolationReason};

/// The parent of lists over all entities (AIP-159).
const ANYBODY: &str = "entities/-";
/// Most code points of a lookup's words.
const MAX_LOOKUP_LENGTH: usize = 500;
/// Most code points of the beginning of a name.
const MAX_PREFIX_LENGTH: usize = 200;

#[tonic::async_trait]
impl EntityService for Handlers {
    async fn get_entity(&self, request: Request<pb::GetEntityRequest>) -> Result<Response<pb::Entity>, Status> {
        let (call, asked) = self.accept::<_, GetEntity>(request)?;
        let view = asked.view;
        let answer = within(&call, self.api.get_entity(&call, asked)).await?;
        let entity = convert::entity(answer.value.value, view, &Quotes::new(&answer.texts));
        let redirected_from = answer.value.from.unwrap_or_default();
        Ok(Response::new(pb::Entity { redirected_from, ..entity }))
    }

    async fn batch_get_entities(
        &self,
        request: Request<pb::BatchGetEntitiesRequest>,
    ) -> Result<Response<pb::BatchGetEntitiesResponse>, Status> {
        let (call, asked) = self.accept::<_, BatchGetEntities>(request)?;
        let view = asked.view;
        let batch = within(&call, self.api.batch_get_entities(&call, asked)).await?;
        let quotes = Quotes::new(&batch.texts);
        let entities = batch.entities.into_iter().map(|one| pb::Entity {
            redirected_from: one.from.unwrap_or_default(),
            ..convert::entity(one.value, view, &quotes)
        });
        let revision = convert::revision(batch.revision);
        Ok(Response::new(pb::BatchGetEntitiesResponse { entities: entities.collect(), revision }))
    }

    async fn list_tenures(
        &self,
        request: Request<pb::ListTenuresRequest>,
    ) -> Result<Response<pb::ListTenuresResponse>, Status> {
        let (call, asked) = self.accept::<_, ListTenures>(request)?;
        let mut listed = within(&call, self.api.list_tenures(&call, asked)).await?;
        let texts = std::mem::take(&mut listed.texts);
        let quotes = Quotes::new(&texts);
        let (tenures, next_page_token) =
            page::cut(&mut listed, self.limits.max_page_bytes, |one| convert::office_tenure(one, &quotes));
        let revision = convert::revision(listed.revision);
        Ok(Response::new(pb::ListTenuresResponse { tenures, next_page_token, revision }))
    }

    async fn list_entities(
        &self,
        request: Request<pb::ListEntitiesRequest>,
    ) -> Result<Response<pb::ListEntitiesResponse>, Status> {
        let (call, asked) = self.accept::<_, ListEntities>(request)?;
        let view = asked.view;
        let mut listed = within(&call, self.api.list_entities(&call, asked)).await?;
        let texts = std::mem::take(&mut listed.texts);
        let quotes = Quotes::new(&texts);
        let (entities, next_page_token) =
            page::cut(&mut listed, self.limits.max_page_bytes, |one| convert::entity(one, view, &quotes));
        let revision = convert::revision(listed.revision);
        Ok(Response::new(pb::ListEntitiesResponse { entities, next_page_token, revision }))
    }

    async fn lookup_entities(
        &self,
        request: Request<pb::LookupEntitiesRequest>,
    ) -> Result<Response<pb::LookupEntitiesResponse>, Status> {
        let (call, asked) = self.accept::<_, LookupEntities>(request)?;
        let lookup = within(&call, self.api.lookup_entities(&call, asked)).await?;
        // Candidates come in BASIC view, which has no evidence to quote.
        let texts = Texts::new();
        let quotes = Quotes::new(&texts);
        Ok(Response::new(pb::LookupEntitiesResponse {
            candidates: lookup.candidates.into_iter().map(|one| convert::candidate(one, &quotes)).collect(),
            interpretation: Some(convert::interpretation(lookup.interpretation)),
            revision: convert::revision(lookup.revision),
        }))
    }

    async fn list_related_entities(
        &self,
        request: Request<pb::ListRelatedEntitiesRequest>,
    ) -> Result<Response<pb::ListRelatedEntitiesResponse>, Status> {
        let (call, asked) = self.accept::<_, ListRelated>(request)?;
        let mut listed = within(&call, self.api.list_related(&call, asked)).await?;
        let (related_entities, next_page_token) =
            page::cut(&mut listed.page, self.limits.max_page_bytes, convert::related);
        let (meeting_count, revision) = (convert::count(listed.meetings), convert::revision(listed.page.revision));
        Ok(Response::new(pb::ListRelatedEntitiesResponse {
            related_entities,
            meeting_count,
            next_page_token,
            revision,
        }))
    }

    type MatchEntitiesStream = MatchStream;

    async fn match_entities(
        &self,
        request: Request<Streaming<pb::MatchEntitiesRequest>>,
    ) -> Result<Response<Self::MatchEntitiesStream>, Status> {
        let call = deadline::call(request.metadata(), None);
        let end = self.leaving(&request);
        Ok(Response::new(match_stream::answers(self.api.clone(), call, request.into_inner(), IDLE, end)))
    }

    async fn suggest_entities(
        &self,
        request: Request<pb::SuggestEntitiesRequest>,
    ) -> Result<Response<pb::SuggestEntitiesResponse>, Status> {
        let (call, asked) = self.accept::<_, SuggestEntities>(request)?;
        let found = within(&call, self.api.suggest_entities(&call, asked)).await?;
        let suggestions = found.suggestions.into_iter().map(convert::suggestion).collect();
        Ok(Response::new(pb::SuggestEntitiesResponse { suggestions, revision: convert::revision(found.revision) }))
    }

    async fn list_mentions(
        &self,
        request: Request<pb::ListMentionsRequest>,
    ) -> Result<Response<pb::ListMentionsResponse>, Status> {
        let (call, asked) = self.accept::<_, ListMentions>(request)?;
        let mut listed = within(&call, self.api.list_mentions(&call, asked)).await?;
        let texts = std::mem::take(&mut listed.texts);
        let quotes = Quotes::new(&texts);
        let (mentions, next_page_token) =
            page::cut(&mut listed, self.limits.max_page_bytes, |one| convert::mention(one, &quotes));
        let revision = convert::revision(listed.revision);
        Ok(Response::new(pb::ListMentionsResponse { mentions, next_page_token, revision }))
    }
}

impl TryFrom<pb::GetEntityRequest> for GetEntity {
    type Error = ServiceError;

    fn try_from(request: pb::GetEntityRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let id = faults.entity("name", &request.name);
        let min_revision = faults.min_revision(request.min_revision);
        let view = faults.view("view", request.view, View::Full);
        faults.finish(id.map(|id| Self { id, min_revision, view }))
    }
}

impl TryFrom<pb::BatchGetEntitiesRequest> for BatchGetEntities {
    type Error = ServiceError;

    fn try_from(request: pb::BatchGetEntitiesRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let ids = faults.batch("names", &request.names, Faults::entity);
        let min_revision = faults.min_revision(request.min_revision);
        let view = faults.view("view", request.view, View::Basic);
        faults.finish(ids.map(|ids| Self { ids, min_revision, view }))
    }
}

impl TryFrom<pb::ListTenuresRequest> for ListTenures {
    type Error = ServiceError;

    fn try_from(request: pb::ListTenuresRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let of = if request.parent == ANYBODY { None } else { faults.entity("parent", &request.parent) };
        let office = request.office.trim();
        if office.is_empty() && request.parent == ANYBODY {
            faults.note("office", ViolationReason::RequiredField, "must be set where the parent is entities/-");
        } else if !office.is_empty() {
            check_length("office", office, MAX_LOOKUP_LENGTH, &mut faults);
        }
        let office = (!office.is_empty()).then(|| office.to_owned());
        let as_of = faults.dated("as_of", &request.as_of);
        let page = faults.page(request.page_size, request.page_token);
        let min_revision = faults.min_revision(request.min_revision);
        let (filter, order_by) = (request.filter, request.order_by);
        faults.finish(Some(Self { of, office, as_of, page, filter, order_by, min_revision }))
    }
}

impl TryFrom<pb::ListEntitiesRequest> for ListEntities {
    type Error = ServiceError;

    fn try_from(request: pb::ListEntitiesRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let page = faults.page(request.page_size, request.page_token);
        let min_revision = faults.min_revision(request.min_revision);
        let view = faults.view("view", request.view, View::Basic);
        let (filter, order_by) = (request.filter, request.order_by);
        faults.finish(Some(Self { page, filter, order_by, min_revision, view }))
    }
}

impl TryFrom<pb::LookupEntitiesRequest> for LookupEntities {
    type Error = ServiceError;

    fn try_from(request: pb::LookupEntitiesRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        check_words(&request.query, &mut faults);
        let context = LookupContext {
            kind: faults.entity_kind("kind", request.kind),
            as_of: faults.date("as_of", &request.as_of),
            report: context_report(&request.report, &mut faults),
        };
        let max_candidates = faults.size("max_candidates", request.max_candidates);
        let min_revision = faults.min_revision(request.min_revision);
        faults.finish(Some(Self { query: request.query, context, max_candidates, min_revision }))
    }
}

fn check_words(query: &str, faults: &mut Faults) {
    if query.trim().is_empty() {
        faults.note("query", ViolationReason::RequiredField, "must not be empty");
    } else {
        check_length("query", query, MAX_LOOKUP_LENGTH, faults);
    }
}

fn check_length(field: &str, words: &str, longest: usize, faults: &mut Faults) {
    if words.chars().count() > longest {
        let rule = format!("must have at most {longest} characters");
        faults.note(field, ViolationReason::InvalidQuery, rule);
    }
}

fn context_report(name: &str, faults: &mut Faults) -> Option<ReportId> {
    (!name.is_empty()).then(|| faults.report("report", name)).flatten()
}

impl TryFrom<pb::MatchEntitiesRequest> for LookupEntities {
    type Error = ServiceError;

    fn try_from(request: pb::MatchEntitiesRequest) -> Result<Self, ServiceError> {
        let row = pb::LookupEntitiesRequest {
            query: request.query,
            kind: request.kind,
            as_of: request.as_of,
            report: request.report,
            max_candidates: request.max_candidates,
            min_revision: request.min_revision,
        };
        let asked = Self::try_from(row)?;
        let max_candidates = if asked.max_candidates == 0 { MATCH_CANDIDATES } else { asked.max_candidates };
        Ok(Self { max_candidates, ..asked })
    }
}

/// What is being typed: not empty, and no longer than a name may be.
pub(super) fn check_prefix(prefix: &str, faults: &mut Faults) {
    if prefix.trim().is_empty() {
        faults.note("prefix", ViolationReason::RequiredField, "must not be empty");
    } else {
        check_length("prefix", prefix, MAX_PREFIX_LENGTH, faults);
    }
}

impl TryFrom<pb::SuggestEntitiesRequest> for SuggestEntities {
    type Error = ServiceError;

    fn try_from(request: pb::SuggestEntitiesRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        check_prefix(&request.prefix, &mut faults);
        let kind = faults.entity_kind("kind", request.kind);
        let max_suggestions = faults.size("max_suggestions", request.max_suggestions);
        let min_revision = faults.min_revision(request.min_revision);
        faults.finish(Some(Self { prefix: request.prefix, kind, max_suggestions, min_revision }))
    }
}

impl TryFrom<pb::ListRelatedEntitiesRequest> for ListRelated {
    type Error = ServiceError;

    fn try_from(request: pb::ListRelatedEntitiesRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let of = faults.entity("parent", &request.parent);
        let date = faults.dated("date", &request.date);
        let page = faults.page(request.page_size, request.page_token);
        let min_revision = faults.min_revision(request.min_revision);
        let (filter, order_by) = (request.filter, request.order_by);
        faults.finish(of.map(|of| Self { of, date, page, filter, order_by, min_revision }))
    }
}

impl TryFrom<pb::ListMentionsRequest> for ListMentions {
    type Error = ServiceError;

    fn try_from(request: pb::ListMentionsRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let entity = faults.entity("parent", &request.parent);
        let page = faults.page(request.page_size, request.page_token);
        let min_revision = faults.min_revision(request.min_revision);
        let (filter, order_by) = (request.filter, request.order_by);
        faults.finish(entity.map(|entity| Self { entity, page, filter, order_by, min_revision }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_a_lookup_is_told() {
        let request = pb::LookupEntitiesRequest {
            query: " ".into(),
            kind: 17,
            as_of: "2023-13".into(),
            report: "r1".into(),
            max_candidates: -3,
            min_revision: -1,
        };
        let Err(ServiceError::Invalid(faults)) = LookupEntities::try_from(request) else { panic!("accepted") };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["query", "kind", "as_of", "report", "max_candidates", "min_revision"]);
    }

    #[test]
    fn a_lookup_needs_only_words() {
        let request = pb::LookupEntitiesRequest { query: "ông Nghị".into(), ..Default::default() };
        let asked = LookupEntities::try_from(request).unwrap();
        assert_eq!(asked.context, LookupContext::default());
    }

    #[test]
    fn a_megabyte_is_no_lookup() {
        let request = pb::LookupEntitiesRequest { query: "x".repeat(1 << 20), ..Default::default() };
        assert!(LookupEntities::try_from(request).is_err());
    }
}
