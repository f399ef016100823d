//! Reading entities and their mentions.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::api::{
    Answer, BatchGetEntities, Call, EntityBatch, Entry, Evidenced, GetEntity, LIST_PAGE, ListEntities, ListMentions,
    Page, Redirected, Texts, View,
};
use super::error::ServiceError;
use super::filters::{self, Filter, Scan};
use super::live::{Service, texts};
use super::token::{self, Fingerprint};
use crate::model::{Entity, EntityId, Mention};
use crate::projection::{MentionPosition, Snapshot};
use crate::registry::keys::Naming;
use crate::registry::lookup::unit_entity;

impl Service {
    pub(super) async fn one_entity(&self, call: &Call, request: GetEntity) -> Answer<Evidenced<Redirected<Entity>>> {
        let naming = self.projection.naming().clone();
        self.read(call, request.min_revision, move |snapshot| {
            let entity = entity(snapshot, &naming, &request.id)?;
            let texts = evidence_texts(snapshot, &entity, request.view)?;
            let from = (entity.id != request.id).then(|| request.id.name());
            Ok(Evidenced { value: Redirected { value: entity, from }, texts })
        })
        .await
    }

    pub(super) async fn several_entities(&self, call: &Call, request: BatchGetEntities) -> Answer<EntityBatch> {
        let naming = self.projection.naming().clone();
        self.read(call, request.min_revision, move |snapshot| {
            let mut batch = EntityBatch { entities: Vec::new(), revision: snapshot.revision(), texts: Texts::new() };
            for id in &request.ids {
                let value = entity(snapshot, &naming, id)?;
                batch.texts.extend(evidence_texts(snapshot, &value, request.view)?);
                let from = (value.id != *id).then(|| id.name());
                batch.entities.push(Redirected { value, from });
            }
            Ok(batch)
        })
        .await
    }

    pub(super) async fn page_of_entities(&self, call: &Call, request: ListEntities) -> Answer<Page<Entity>> {
        filters::only_order(&request.order_by, "mention_count desc")?;
        // Faults are told before anything is read, where the caller wrote them.
        Filter::parse(&request.filter, &filters::ENTITY)?;
        let fingerprint = Fingerprint::of("ListEntities", &[&request.filter]);
        let position: Option<(u64, String)> = token::decode(fingerprint, &request.page.token)?;
        let size = LIST_PAGE.clamp(request.page.size);
        let deadline = call.deadline;
        self.read(call, request.min_revision, move |snapshot| {
            let filter = Filter::parse(&filters::led(&request.filter, snapshot)?, &filters::ENTITY)?;
            let start = position.and_then(|(mentions, id)| Some((mentions, EntityId::parse(&id).ok()?)));
            let (mut entries, mut more, mut scan) = (Vec::<Entry<Entity>>::new(), false, Scan::until(deadline));
            snapshot.visit_entities(start.as_ref().map(|(mentions, id)| (*mentions, id)), |entity| {
                if !scan.go_on() {
                    return ControlFlow::Break(());
                }
                let wanted = filter.accepts(&entity);
                if wanted && entries.len() == size {
                    more = true;
                    return ControlFlow::Break(());
                }
                if wanted {
                    let cursor = token::encode(fingerprint, &(entity.mention_count, entity.id.as_str()));
                    entries.push(Entry { value: entity, cursor });
                }
                ControlFlow::Continue(())
            })?;
            scan.finish()?;
            let mut all_texts = Texts::new();
            for entry in &entries {
                all_texts.extend(evidence_texts(snapshot, &entry.value, request.view)?);
            }
            Ok(Page { entries, more, revision: snapshot.revision(), texts: all_texts })
        })
        .await
    }

    pub(super) async fn page_of_mentions(&self, call: &Call, request: ListMentions) -> Answer<Page<Mention>> {
        filters::only_order(&request.order_by, "date desc")?;
        let filter = Filter::parse(&request.filter, &filters::MENTION)?;
        let fingerprint = Fingerprint::of("ListMentions", &[request.entity.as_str(), &request.filter]);
        let position: Option<MentionPosition> = token::decode(fingerprint, &request.page.token)?;
        let size = LIST_PAGE.clamp(request.page.size);
        let deadline = call.deadline;
        let naming = self.projection.naming().clone();
        self.read(call, request.min_revision, move |snapshot| {
            let entity = entity(snapshot, &naming, &request.entity)?;
            let (mut entries, mut more, mut scan) = (Vec::<Entry<Mention>>::new(), false, Scan::until(deadline));
            snapshot.visit_mentions(&entity.id, position.as_ref(), |at, mention| {
                if !scan.go_on() {
                    return ControlFlow::Break(());
                }
                let wanted = filter.accepts(&mention);
                if wanted && entries.len() == size {
                    more = true;
                    return ControlFlow::Break(());
                }
                if wanted {
                    entries.push(Entry { value: mention, cursor: token::encode(fingerprint, &at) });
                }
                ControlFlow::Continue(())
            })?;
            scan.finish()?;
            let reports: BTreeSet<_> = entries.iter().map(|entry| &entry.value.evidence.report).collect();
            let texts = texts(snapshot, reports)?;
            Ok(Page { entries, more, revision: snapshot.revision(), texts })
        })
        .await
    }
}

/// The entity that an id leads to; units of the gazetteer also where no report names them.
pub(super) fn entity(snapshot: &Snapshot, naming: &Naming, id: &EntityId) -> Answer<Entity> {
    known(snapshot, naming, id)?.ok_or_else(|| ServiceError::EntityNotFound(id.clone()))
}

/// The same, `None` where there is none.
pub(super) fn known(snapshot: &Snapshot, naming: &Naming, id: &EntityId) -> Answer<Option<Entity>> {
    Ok(snapshot.entity(id)?.or_else(|| unit_entity(id, naming)))
}

/// Texts that the evidence of an entity's tenures points into.
pub(super) fn evidence_texts(snapshot: &Snapshot, entity: &Entity, view: View) -> Answer<Texts> {
    match view {
        View::Basic => Ok(Texts::new()),
        View::Full => {
            texts(snapshot, entity.tenures.iter().flat_map(|tenure| &tenure.evidence).map(|evidence| &evidence.report))
        }
    }
}
