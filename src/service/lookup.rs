//! Whom or what words mean.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use rustc_hash::FxHashMap;
use tokio::sync::Semaphore;

use super::api::{Answer, Call, Interpretation, LOOKUP_CANDIDATES, Lookup, LookupEntities, Matcher};
use super::error::{ServiceError, ViolationReason};
use super::live::{Service, blocking};
use crate::model::{Entity, EntityId, EntityKind, LookupContext, Revision};
use crate::projection::Snapshot;
use crate::registry::keys::Naming;
use crate::registry::lookup::{
    Fetched, How, Probe, QueryContext, QueryReading, Titles, far_probes, probes, rank_all, unit_entity,
};

/// Longest words looked up, in bytes.
const MAX_QUERY_BYTES: usize = 1024;
/// Most entities read under one key, the most mentioned ones: of a name or an office, and of what many share, such as a given name.
const PER_KEY: usize = 32;
const PER_WIDE_KEY: usize = 16;
/// Most entities compared for one query.
const MAX_COMPARED: usize = 128;

impl Service {
    pub(super) async fn lookup(&self, call: &Call, request: LookupEntities) -> Answer<Lookup> {
        check(&request)?;
        let naming = self.projection.naming().clone();
        self.read(call, request.min_revision, move |snapshot| answer(snapshot, &naming, &request)).await
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
    let again = naming.read_query_again(&reading, &context);
    let mut found = Vec::with_capacity(2);
    for reading in std::iter::once(&reading).chain(&again) {
        found.push((reading, fetch(snapshot, naming, reading)?));
    }
    let mut candidates = rank_all(found, &context, naming);
    candidates.truncate(LOOKUP_CANDIDATES.clamp(request.max_candidates));
    for parent in candidates.iter_mut().filter_map(|one| one.entity.parent.as_mut()) {
        *parent = snapshot.leads_to(parent)?;
    }
    let mut readings = reading.readings;
    readings.extend(again.into_iter().flat_map(|again| again.readings).map(|read| format!("or {read}")));
    let interpretation = Interpretation { normalized: reading.normalized, readings };
    Ok(Lookup { candidates, interpretation, revision: snapshot.revision() })
}

/// The entities that a reading may mean.
fn fetch(snapshot: &Snapshot, naming: &Naming, reading: &QueryReading) -> Answer<Vec<Fetched>> {
    let mut found: BTreeMap<EntityId, How> = BTreeMap::new();
    gather(snapshot, probes(reading), &mut found)?;
    if !found.values().any(|how| *how == How::Name) {
        for step in far_probes(reading, naming) {
            if !found.values().any(|how| *how == How::Slip) {
                gather(snapshot, step, &mut found)?;
            }
        }
    }
    let titles = (!reading.offices.is_empty()).then(|| Titles::of(&reading.offices));
    let mut homes = reading.from.is_some().then(|| Homes { snapshot, naming, known: FxHashMap::default() });
    let mut fetched = Vec::with_capacity(found.len());
    for (id, how) in found {
        let Some(mut entity) = snapshot.sketch(&id)?.or_else(|| unit_entity(&id, naming)) else { continue };
        if let Some(titles) = &titles {
            snapshot.name_bodies(entity.tenures.iter_mut().filter(|tenure| titles.have(&tenure.title)))?;
        }
        let homes = homes.as_mut().map(|homes| homes.of(&entity)).transpose()?.unwrap_or_default();
        fetched.push(Fetched { entity, how, homes });
    }
    Ok(fetched)
}

/// The places that bodies lie in, as far as one query has asked.
struct Homes<'a> {
    snapshot: &'a Snapshot,
    naming: &'a Naming,
    known: FxHashMap<EntityId, Vec<EntityId>>,
}

impl Homes<'_> {
    /// The places that the bodies of a person's offices lie in.
    fn of(&mut self, person: &Entity) -> Answer<Vec<EntityId>> {
        let mut homes = Vec::new();
        for body in person.tenures.iter().filter_map(|tenure| tenure.organization_id.as_ref()) {
            if !self.known.contains_key(body) {
                let places = self.above(body)?;
                self.known.insert(body.clone(), places);
            }
            homes.extend(self.known.get(body).into_iter().flatten().cloned());
        }
        Ok(homes)
    }

    /// The places above a body, nearest first.
    fn above(&self, body: &EntityId) -> Answer<Vec<EntityId>> {
        // "Phòng, Sở, UBND tỉnh, tỉnh": no body of the country stands deeper.
        const DEEPEST: usize = 8;
        let (mut places, mut next) = (Vec::new(), Some(body.clone()));
        for _ in 0..DEEPEST {
            let Some(id) = next.take() else { break };
            let Some(above) = self.snapshot.sketch(&id)?.or_else(|| unit_entity(&id, self.naming)) else { break };
            if above.kind == EntityKind::Place {
                places.push(above.id);
            }
            next = above.parent;
        }
        Ok(places)
    }
}

/// Adds the entities that stand where the probes say, each with the best way that it was found.
fn gather(snapshot: &Snapshot, probes: Vec<(Probe, How)>, found: &mut BTreeMap<EntityId, How>) -> Answer<()> {
    for (probe, how) in probes {
        let ids = match probe {
            Probe::Entity(id) => vec![id],
            Probe::Key(key) => snapshot.entities_by_key(&key, if how.is_wide() { PER_WIDE_KEY } else { PER_KEY })?,
        };
        for id in ids.into_iter().take(MAX_COMPARED.saturating_sub(found.len())) {
            let best = found.entry(id).or_insert(how);
            *best = (*best).min(how);
        }
    }
    Ok(())
}

/// What is known beside the words: with a report, where and when it plays and whom it names.
fn context(snapshot: &Snapshot, asked: &LookupContext) -> Answer<QueryContext> {
    let context = QueryContext { kind: asked.kind, as_of: asked.as_of, ..QueryContext::default() };
    let Some(id) = &asked.report else { return Ok(context) };
    let Some(told) = snapshot.report_people(id)? else { return Err(ServiceError::ReportNotFound(id.clone())) };
    Ok(QueryContext { setting: told.setting, people: told.people, ..context })
}
