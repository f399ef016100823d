//! Whom or what words mean.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::Semaphore;

use super::api::{Answer, Call, Interpretation, LOOKUP_CANDIDATES, Lookup, LookupEntities, Matcher};
use super::candidates::Search;
use super::error::{ServiceError, ViolationReason};
use super::live::Service;
use super::working::blocking;
use crate::model::{LookupContext, Revision};
use crate::projection::Snapshot;
use crate::registry::keys::Naming;
use crate::registry::lookup::{QueryContext, Ranking};

/// Longest words looked up, in bytes.
const MAX_QUERY_BYTES: usize = 1024;

impl Service {
    pub(super) async fn lookup(&self, call: &Call, request: LookupEntities) -> Answer<Lookup> {
        check(&request)?;
        let naming = self.projection.naming().clone();
        self.glance(call, request.min_revision, move |snapshot| answer(snapshot, &naming, &request)).await
    }

    pub(super) async fn snapshot_matcher(&self, call: &Call, min_revision: Revision) -> Answer<Arc<dyn Matcher>> {
        let snapshot = self.snapshot(call, min_revision).await?;
        Ok(Arc::new(SnapshotMatcher {
            snapshot,
            naming: self.projection.naming().clone(),
            places: self.desk.of_streams(),
        }))
    }
}

/// Looks up in one snapshot.
struct SnapshotMatcher {
    snapshot: Arc<Snapshot>,
    naming: Arc<Naming>,
    /// Where it works, beside everybody else.
    places: Arc<Semaphore>,
}

#[async_trait]
impl Matcher for SnapshotMatcher {
    async fn lookup_all(&self, rows: Vec<LookupEntities>) -> Answer<Vec<Answer<Lookup>>> {
        let (snapshot, naming) = (Arc::clone(&self.snapshot), Arc::clone(&self.naming));
        let place = Arc::clone(&self.places).acquire_owned().await;
        let place = place.map_err(|closed| ServiceError::Internal(Box::new(closed)))?;
        let one = move |row: &LookupEntities| check(row).and_then(|()| answer(&snapshot, &naming, row));
        blocking(move || {
            let _place = place;
            Ok(rows.iter().map(one).collect())
        })
        .await
    }
}

fn check(request: &LookupEntities) -> Answer<()> {
    if request.query.len() > MAX_QUERY_BYTES {
        let rule = format!("has {} bytes; at most {MAX_QUERY_BYTES} are read", request.query.len());
        return Err(ServiceError::invalid("query", ViolationReason::InvalidQuery, rule));
    }
    if request.query.trim().is_empty() {
        return Err(ServiceError::invalid("query", ViolationReason::RequiredField, "must not be empty"));
    }
    Ok(())
}

fn answer(snapshot: &Snapshot, naming: &Naming, request: &LookupEntities) -> Answer<Lookup> {
    let context = context(snapshot, &request.context)?;
    let reading = naming.read_query(&request.query, &context);
    let wanted = LOOKUP_CANDIDATES.clamp(request.max_candidates);
    let search = Search { snapshot, naming, kind: context.kind, wanted };
    let mut ranking = Ranking::new(&context, naming);
    let settled = ranking.add(search.run(&reading)?);
    let again = if settled { Vec::new() } else { naming.read_query_again(&reading, &context) };
    for reading in &again {
        ranking.add(search.run(reading)?);
    }
    let mut candidates = ranking.candidates();
    candidates.truncate(wanted);
    for parent in candidates.iter_mut().filter_map(|one| one.entity.parent.as_mut()) {
        *parent = snapshot.leads_to(parent)?;
    }
    let mut readings = reading.readings;
    readings.extend(again.into_iter().flat_map(|again| again.readings).map(|read| format!("or {read}")));
    let interpretation = Interpretation { normalized: reading.normalized, readings };
    Ok(Lookup { candidates, interpretation, revision: snapshot.revision() })
}

/// What is known beside the words: with a report, where and when it plays and whom it names.
fn context(snapshot: &Snapshot, asked: &LookupContext) -> Answer<QueryContext> {
    let context = QueryContext { kind: asked.kind, as_of: asked.as_of, ..QueryContext::default() };
    let Some(id) = &asked.report else { return Ok(context) };
    let Some(told) = snapshot.report_people(id)? else { return Err(ServiceError::ReportNotFound(id.clone())) };
    Ok(QueryContext { setting: told.setting, people: told.people, ..context })
}
