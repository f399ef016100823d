//! Searching meetings, items and figures.

use std::sync::Arc;

use super::api::{
    self, Answer, Call, Entry, FacetField, FigureHit, ItemHit, MatchTier, Page, SEARCH_PAGE, Search, SearchPage, Step,
    Texts,
};
use super::entities::known;
use super::error::{ServiceError, ViolationReason};
use super::filters::{entity_ids, led};
use super::held::Held;
use super::live::{self, Service};
use super::other_names::KnownNames;
use super::token::{self, Fingerprint};
use crate::model::{EntityId, Evidence, Meeting, MeetingSummary, ReportId, Span};
use crate::projection::Snapshot;
use crate::search::{self, Cursor, Highlighter, SearchRequest, SearchResults, Unit};

/// Most words, and most hits on a page, of a search that is small.
const SMALL_WORDS: usize = 6;
const SMALL_PAGE: usize = 20;

/// Length of snippets, about, in code points.
const SNIPPET_LENGTH: u32 = 200;

impl Service {
    pub(super) async fn find_meetings(&self, call: &Call, request: Search) -> Answer<SearchPage<MeetingSummary>> {
        self.find(call, request, Unit::Meeting, |snapshot, hit| {
            let found = snapshot.summary(&hit.meeting)?;
            Ok(found.map(|summary| {
                let whole =
                    summary.reports.iter().map(|report| Passage { report: report.clone(), span: None }).collect();
                (summary, whole)
            }))
        })
        .await
    }

    pub(super) async fn find_items(&self, call: &Call, request: Search) -> Answer<SearchPage<ItemHit>> {
        self.find(call, request, Unit::Item, |snapshot, hit| {
            let Some(meeting) = snapshot.meeting(&hit.meeting)? else { return Ok(None) };
            let found = meeting.items.iter().find(|item| item.number == hit.number).cloned();
            Ok(found.map(|item| {
                let sentence = item.evidence.iter().take(1).map(Passage::of).collect();
                (ItemHit { meeting: meeting.summary(), item }, sentence)
            }))
        })
        .await
    }

    pub(super) async fn find_figures(&self, call: &Call, request: Search) -> Answer<SearchPage<FigureHit>> {
        self.find(call, request, Unit::Figure, |snapshot, hit| {
            let Some(meeting) = snapshot.meeting(&hit.meeting)? else { return Ok(None) };
            let found = meeting.figures.get(hit.number as usize).cloned();
            Ok(found.map(|figure| {
                let sentence =
                    figure.evidence.iter().take(1).map(|evidence| Passage::around(&meeting, evidence)).collect();
                (FigureHit { meeting: meeting.summary(), figure }, sentence)
            }))
        })
        .await
    }

    /// Searches, and makes a hit of each result. `load` gives the value and the passages that a snippet may be cut from.
    async fn find<T: Send + 'static>(
        &self,
        call: &Call,
        request: Search,
        unit: Unit,
        load: impl Fn(&Snapshot, &search::Hit) -> Answer<Option<(T, Vec<Passage>)>> + Send + 'static,
    ) -> Answer<SearchPage<T>> {
        let fingerprint = fingerprint(unit, &request);
        let cursor: Option<Cursor> = token::decode(fingerprint, &request.page.token)?;
        let newest = self.snapshot(call, request.min_revision).await?;
        let held = cursor.as_ref().and_then(|cursor| self.pinned.find(cursor.generation));
        let held = held.filter(|held| !Arc::ptr_eq(held, &newest));
        let ordered_by = Arc::clone(held.as_ref().unwrap_or(&newest));
        let deadline = call.deadline;
        check_facets(unit, &request.facets)?;
        let naming = self.projection.naming().clone();
        let small = is_small(&request);
        let work = move || {
            let snapshot = &*newest;
            // Pages of a held order are made with the names of their own snapshot.
            let names = KnownNames { snapshot: held.as_deref().unwrap_or(snapshot), naming: &naming };
            let filter = led(&request.filter, names.snapshot)?;
            let asked = SearchRequest {
                query: &request.query,
                filter: &filter,
                order_by: &request.order_by,
                page_size: SEARCH_PAGE.clamp(request.page.size),
                cursor: cursor.as_ref(),
                facets: &request.facets,
                loosest_tier: request.loosest_tier.unwrap_or(MatchTier::OtherName),
                deadline,
                names: Some(&names),
                explain: request.explain,
                ..SearchRequest::default()
            };
            let mut results = match &held {
                Some(held) => Held { held, newest: snapshot, unit, asked: &asked }.page()?,
                None => snapshot.searcher().search(unit, &asked)?,
            };
            results.warnings.extend(unknown_ids(&filter, &names)?);
            let has_words = !results.highlighter.is_empty();
            answer(snapshot, results, fingerprint, has_words, has_words && !request.omit_snippets, load)
        };
        let page = if small { self.small(&self.small_searches, work).await } else { self.work(work).await }?;
        if page.page.more {
            self.pinned.hold(&ordered_by);
        }
        Ok(page)
    }
}

/// Ids in a filter that nothing bears: a slip would else look like an entity of which nothing is told.
fn unknown_ids(filter: &str, names: &KnownNames<'_>) -> Answer<Vec<String>> {
    let mut warnings = Vec::new();
    for id in entity_ids(filter).map(|at| &filter[at]) {
        let is_known = match EntityId::parse(id) {
            Ok(id) => known(names.snapshot, names.naming, &id)?.is_some(),
            Err(_) => false,
        };
        if !is_known {
            warnings.push(format!("there is no entities/{id}; nothing in the filter fits it"));
        }
    }
    Ok(warnings)
}

/// True of searches that the index answers from a few short lists: some words in the usual order, and no more than a first page.
fn is_small(request: &Search) -> bool {
    let Search { query, filter, order_by, page, facets, explain, .. } = request;
    let plain = !query.contains(['*', '"', '(', ':', '|']) && !query.contains(" OR ");
    plain
        && (1..=SMALL_WORDS).contains(&query.split_whitespace().take(SMALL_WORDS + 1).count())
        && SEARCH_PAGE.clamp(page.size) <= SMALL_PAGE
        && page.token.is_empty()
        && filter.is_empty()
        && order_by.is_empty()
        && facets.is_empty()
        && !explain
}

/// Refuses counts that a search does not offer.
fn check_facets(unit: Unit, asked: &[FacetField]) -> Answer<()> {
    match asked.iter().position(|field| !FacetField::of(unit).contains(field)) {
        None => Ok(()),
        Some(at) => Err(ServiceError::invalid(
            &format!("facets[{at}]"),
            ViolationReason::InvalidField,
            "only figures have periods: offered by SearchFigures alone",
        )),
    }
}

fn fingerprint(unit: Unit, request: &Search) -> Fingerprint {
    let Search { query, filter, order_by, page: _, min_revision: _, facets, loosest_tier, omit_snippets, explain } =
        request;
    let rest = format!("{facets:?} {loosest_tier:?} {omit_snippets} {explain}");
    Fingerprint::of("Search", &[&format!("{unit:?}"), query, filter, order_by, &rest])
}

fn answer<T>(
    snapshot: &Snapshot,
    results: SearchResults,
    fingerprint: Fingerprint,
    has_words: bool,
    snippets: bool,
    load: impl Fn(&Snapshot, &search::Hit) -> Answer<Option<(T, Vec<Passage>)>>,
) -> Answer<SearchPage<T>> {
    let mut entries = Vec::with_capacity(results.hits.len());
    let mut texts = Texts::new();
    for hit in results.hits {
        let Some((value, passages)) = load(snapshot, &hit)? else { continue };
        // Items and figures come with their evidence, heads of meetings without.
        texts.extend(live::texts(
            snapshot,
            passages.iter().filter(|passage| passage.span.is_some()).map(|passage| &passage.report),
        )?);
        // What was found as typed is shown so.
        let respected = hit.tier <= MatchTier::Spelling;
        let snippet = if snippets { snippet(snapshot, &results.highlighter, passages, respected)? } else { None };
        let cursor = token::encode(fingerprint, &hit.cursor);
        let tier = has_words.then_some(hit.tier);
        let explained = hit.explained;
        entries.push(Entry { value: api::Hit { value, score: hit.score, tier, snippet, explained }, cursor });
    }
    let facets = results.facets.into_iter().map(|facet| named(snapshot, facet)).collect::<Answer<_>>()?;
    let page = Page { entries, more: results.more, revision: snapshot.revision(), texts };
    let SearchResults { total, warnings, rewrites, suggested_query, .. } = results;
    let suggested_query = suggested_query.unwrap_or_default();
    Ok(SearchPage { page, total, facets, warnings, rewrites, suggested_query })
}

/// A text, or a part of it, that a snippet may be cut from.
struct Passage {
    report: ReportId,
    /// The part; `None` for the whole text.
    span: Option<Span>,
}

impl Passage {
    fn of(evidence: &Evidence) -> Self {
        Self { report: evidence.report.clone(), span: Some(evidence.span) }
    }

    /// The sentence that the evidence stands in.
    fn around(meeting: &Meeting, evidence: &Evidence) -> Self {
        let told = meeting.reports.iter().find(|told| told.report == evidence.report);
        let sentences = told.iter().flat_map(|told| &told.account.sentences).map(|(span, _)| *span);
        let span = sentences.into_iter().find(|span| span.contains(evidence.span)).unwrap_or(evidence.span);
        Self { report: evidence.report.clone(), span: Some(span) }
    }
}

/// The passage that shows most of the query's words.
fn snippet(
    snapshot: &Snapshot,
    highlighter: &Highlighter,
    passages: Vec<Passage>,
    respected: bool,
) -> Answer<Option<api::Snippet>> {
    let mut best: Option<(u32, api::Snippet)> = None;
    for passage in passages {
        let start = passage.span.map_or(0, |span| span.start);
        let cut = |text: &str| {
            let part = passage.span.map_or(text, |span| span.quote(text));
            highlighter.snippet(part, SNIPPET_LENGTH, respected)
        };
        let Some(found) = snapshot.with_text(&passage.report, cut)? else { continue };
        if best.as_ref().is_some_and(|(matched, _)| *matched >= found.matched) {
            continue;
        }
        let highlight = |mark: &search::Mark| api::Highlight {
            span: mark.in_snippet,
            evidence: Some(Evidence {
                report: passage.report.clone(),
                span: Span::new(start + mark.in_text.start, start + mark.in_text.end),
            }),
        };
        best = Some((
            found.matched,
            api::Snippet { text: found.snippet, highlights: found.marks.iter().map(highlight).collect() },
        ));
    }
    Ok(best.map(|(_, snippet)| snippet))
}

/// A facet with the names its values are shown under.
fn named(snapshot: &Snapshot, facet: search::Facet) -> Answer<api::Facet> {
    let mut values = Vec::with_capacity(facet.values.len());
    for value in facet.values {
        let display_name = match EntityId::from_name(&value.value) {
            Ok(id) => snapshot.entity(&id)?.map_or_else(|| value.value.clone(), |entity| entity.display_name),
            Err(_) if matches!(facet.field, FacetField::Date(Step::Quarter) | FacetField::Period(Step::Quarter)) => {
                quarter(&value.value).unwrap_or_else(|| value.value.clone())
            }
            Err(_) => value.value.clone(),
        };
        values.push(api::FacetValue { value: value.value, display_name, count: value.count });
    }
    Ok(api::Facet { field: facet.field, values, exact: facet.exact })
}

/// What a quarter is called: `2023-36` is quý IV/2023.
fn quarter(edtf: &str) -> Option<String> {
    let (year, number) = edtf.split_once('-')?;
    let roman = ["I", "II", "III", "IV"].get(number.parse::<usize>().ok()?.checked_sub(33)?)?;
    Some(format!("quý {roman}/{year}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_plain_words_and_a_first_page_are_small() {
        let asked = |query: &str| Search { query: query.into(), ..Search::default() };
        assert!(is_small(&asked("thu ngân sách xã")));
        for query in
            ["", "ngân*", "\"thu ngân sách\"", "thu OR chi", "(thu)", "place:Huế", "ai báo cáo về thu ngân sách"]
        {
            assert!(!is_small(&asked(query)), "{query}");
        }
        let plain = asked("thu ngân sách");
        assert!(!is_small(&Search { filter: "date > 2024".into(), ..plain.clone() }));
        assert!(!is_small(&Search { order_by: "date".into(), ..plain.clone() }));
        assert!(!is_small(&Search { page: api::PageRequest { size: 100, ..plain.page.clone() }, ..plain }));
    }

    #[test]
    fn quarters_have_their_name() {
        assert_eq!(quarter("2023-36").as_deref(), Some("quý IV/2023"));
        assert_eq!(quarter("2024-33").as_deref(), Some("quý I/2024"));
        assert_eq!(quarter("2024-12"), None);
    }
}
