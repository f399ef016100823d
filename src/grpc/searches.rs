//! Handlers of SearchService. The three searches differ only in what a hit is.

use tonic::{Request, Response, Status};

use super::check::Faults;
use super::deadline::within;
use super::entities::check_prefix;
use super::generated::pb::{self, search_service_server::SearchService};
use super::quote::Quotes;
use super::{Handlers, convert, page};
use crate::service::api::{FacetField, Hit, MatchTier, Search, SearchPage, SuggestSearches, Unit, catalogue};
use crate::service::{ServiceError, ViolationReason};

/// The three answers have the same fields under three names.
macro_rules! answer {
    ($message:ident, $found:expr) => {{
        let Found {
            hits,
            next_page_token,
            total_size,
            total_relation,
            facets,
            warnings,
            rewrites,
            suggested_query,
            revision,
        } = $found;
        Response::new(pb::$message {
            hits,
            next_page_token,
            total_size,
            total_relation,
            facets,
            warnings,
            rewrites,
            suggested_query,
            revision,
        })
    }};
}

#[tonic::async_trait]
impl SearchService for Handlers {
    async fn search_meetings(
        &self,
        request: Request<pb::SearchMeetingsRequest>,
    ) -> Result<Response<pb::SearchMeetingsResponse>, Status> {
        let (call, asked) = self.accept::<_, Search>(request)?;
        let found = within(&call, self.api.search_meetings(&call, asked)).await?;
        Ok(answer!(SearchMeetingsResponse, self.found(found, convert::meeting_hit)))
    }

    async fn search_items(
        &self,
        request: Request<pb::SearchItemsRequest>,
    ) -> Result<Response<pb::SearchItemsResponse>, Status> {
        let (call, asked) = self.accept::<_, Search>(request)?;
        let found = within(&call, self.api.search_items(&call, asked)).await?;
        Ok(answer!(SearchItemsResponse, self.found(found, convert::item_hit)))
    }

    async fn search_figures(
        &self,
        request: Request<pb::SearchFiguresRequest>,
    ) -> Result<Response<pb::SearchFiguresResponse>, Status> {
        let (call, asked) = self.accept::<_, Search>(request)?;
        let found = within(&call, self.api.search_figures(&call, asked)).await?;
        Ok(answer!(SearchFiguresResponse, self.found(found, convert::figure_hit)))
    }

    async fn suggest_searches(
        &self,
        request: Request<pb::SuggestSearchesRequest>,
    ) -> Result<Response<pb::SuggestSearchesResponse>, Status> {
        let (call, asked) = self.accept::<_, SuggestSearches>(request)?;
        let found = within(&call, self.api.suggest_searches(&call, asked)).await?;
        let suggestions = found.suggestions.into_iter().map(convert::search_suggestion).collect();
        Ok(Response::new(pb::SuggestSearchesResponse { suggestions, revision: convert::revision(found.revision) }))
    }

    async fn list_search_fields(
        &self,
        request: Request<pb::ListSearchFieldsRequest>,
    ) -> Result<Response<pb::ListSearchFieldsResponse>, Status> {
        let mut faults = Faults::default();
        let wanted = convert::search_unit(faults.number("unit", request.into_inner().unit));
        faults.finish(Some(()))?;
        let units = Unit::ALL.into_iter().filter(|unit| wanted.is_none_or(|wanted| wanted == *unit));
        let units = units.map(|unit| convert::search_fields(catalogue(unit))).collect();
        Ok(Response::new(pb::ListSearchFieldsResponse { units }))
    }
}

/// What all three answers consist of.
struct Found<M> {
    hits: Vec<M>,
    next_page_token: String,
    total_size: i64,
    total_relation: i32,
    facets: Vec<pb::Facet>,
    warnings: Vec<String>,
    rewrites: Vec<pb::QueryRewrite>,
    suggested_query: String,
    revision: i64,
}

impl Handlers {
    fn found<T, M: prost::Message>(
        &self,
        mut found: SearchPage<T>,
        convert: impl Fn(Hit<T>, &Quotes) -> M,
    ) -> Found<M> {
        let texts = std::mem::take(&mut found.page.texts);
        let quotes = Quotes::new(&texts);
        let (hits, next_page_token) =
            page::cut(&mut found.page, self.limits.max_page_bytes, |hit| convert(hit, &quotes));
        let (total_size, total_relation) = convert::total(found.total);
        Found {
            hits,
            next_page_token,
            total_size,
            total_relation,
            facets: found.facets.into_iter().map(convert::facet).collect(),
            warnings: found.warnings,
            rewrites: found.rewrites.into_iter().map(convert::rewrite).collect(),
            suggested_query: found.suggested_query,
            revision: convert::revision(found.page.revision),
        }
    }
}

macro_rules! search_request {
    ($message:ty) => {
        impl TryFrom<$message> for Search {
            type Error = ServiceError;

            fn try_from(request: $message) -> Result<Self, ServiceError> {
                let mut faults = Faults::default();
                let search = Self {
                    page: faults.page(request.page_size, request.page_token),
                    min_revision: faults.min_revision(request.min_revision),
                    facets: facets(&request.facets, &mut faults),
                    loosest_tier: tier(request.loosest_tier, &mut faults),
                    query: request.query,
                    filter: request.filter,
                    order_by: request.order_by,
                    omit_snippets: request.omit_snippets,
                    explain: request.explain,
                };
                faults.finish(Some(search))
            }
        }
    };
}

search_request!(pb::SearchMeetingsRequest);
search_request!(pb::SearchItemsRequest);
search_request!(pb::SearchFiguresRequest);

impl TryFrom<pb::SuggestSearchesRequest> for SuggestSearches {
    type Error = ServiceError;

    fn try_from(request: pb::SuggestSearchesRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        check_prefix(&request.prefix, &mut faults);
        let max_suggestions = faults.size("max_suggestions", request.max_suggestions);
        let min_revision = faults.min_revision(request.min_revision);
        faults.finish(Some(Self { prefix: request.prefix, max_suggestions, min_revision }))
    }
}

fn tier(number: i32, faults: &mut Faults) -> Option<MatchTier> {
    convert::match_tier(faults.number("loosest_tier", number))
}

fn facets(numbers: &[i32], faults: &mut Faults) -> Vec<FacetField> {
    let mut fields = Vec::new();
    for (i, &number) in numbers.iter().enumerate() {
        let known = pb::FacetField::try_from(number).ok().and_then(convert::facet_field);
        match known {
            Some(field) if !fields.contains(&field) => fields.push(field),
            _ => {
                let rule = "must be a field to count by, each at most once";
                faults.note(&format!("facets[{i}]"), ViolationReason::InvalidField, rule);
                if i >= 16 {
                    // There are fewer fields than that: whoever sends more gets no fault for each.
                    break;
                }
            }
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facets_are_known_and_named_once() {
        let request = pb::SearchItemsRequest { facets: vec![1, 5, 1, 0, 99], ..Default::default() };
        let Err(ServiceError::Invalid(faults)) = Search::try_from(request) else { panic!("accepted") };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["facets[2]", "facets[3]", "facets[4]"]);
    }

    #[test]
    fn an_empty_search_asks_for_everything() {
        let search = Search::try_from(pb::SearchMeetingsRequest::default()).unwrap();
        assert_eq!(search.loosest_tier, None);
        assert!(search.query.is_empty() && search.facets.is_empty());
    }

    #[test]
    fn tiers_are_known() {
        let request = pb::SearchFiguresRequest { loosest_tier: 2, ..Default::default() };
        assert_eq!(Search::try_from(request).unwrap().loosest_tier, Some(MatchTier::Spelling));
        let request = pb::SearchFiguresRequest { loosest_tier: 9, ..Default::default() };
        assert!(Search::try_from(request).is_err());
    }
}
