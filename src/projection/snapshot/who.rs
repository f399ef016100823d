//! Who and what there is, as it stood at a revision: entities, and the ways to find them.

use std::ops::{Bound, ControlFlow};

use compact_str::CompactString;
use jiff::civil::Date;

use super::{MentionPosition, Result, Snapshot};
use crate::model::{Entity, EntityId, EntityKind, EntityRef, MeetingId, Mention, Tenure};
use crate::projection::by_entity::{self, Part};
use crate::projection::cast::Cast;
use crate::projection::contribution::Contribution;
use crate::projection::holders::{self, TenurePosition};
use crate::projection::packed::{FIRST, text};
use crate::projection::shown;
use crate::projection::sketch::{self, Wanted};
use crate::projection::suggestion_classes::Classes;
use crate::projection::suggestions::{self, Suggested};
use crate::projection::table::{DayOrder, day_number};
use crate::projection::tables;
use crate::registry::lookup::IndexKey;

impl Snapshot {
    /// The entity that an id leads to: its record has its own id.
    ///
    /// # Errors
    /// If the store fails.
    pub fn entity(&self, id: &EntityId) -> Result<Option<Entity>> {
        let id = self.leads_to(id)?;
        let found = tables::ENTITIES.get(&self.records.entities, id.as_str())?;
        found.map(|entity| self.fresh(entity)).transpose()
    }

    /// The id that an entity's id leads to: where the registry found it to be another's, and where corrections merged that.
    ///
    /// # Errors
    /// If the store fails.
    pub fn leads_to(&self, id: &EntityId) -> Result<EntityId> {
        let mut id = id.clone();
        // The registry leads only people on, and corrections are few.
        let by_registry = Some(&self.records.entity_redirects).filter(|_| id.kind() == Some(EntityKind::Person));
        let by_corrections = Some(&self.records.entities_merged).filter(|_| self.has_merges);
        for redirects in [by_registry, by_corrections].into_iter().flatten() {
            let target = redirects.get(text(&id))?.and_then(|target| EntityId::parse(&target.value()).ok());
            id = target.unwrap_or(id);
        }
        Ok(id)
    }

    /// An entity as look-ups compare it: with what is wanted and without evidence, and the organizations of its tenures under the names that they
    /// had when it was written; see [`Self::name_bodies`].
    ///
    /// # Errors
    /// If the store fails.
    pub fn sketch(&self, id: &EntityId, wanted: Wanted) -> Result<Option<Entity>> {
        let find = |id: &str| -> Result<Option<Entity>> {
            self.records.entities.get(id)?.map(|row| sketch::read(row.value(), wanted)).transpose()
        };
        // What is under its own id leads nowhere.
        match find(id.as_str())? {
            Some(found) => Ok(Some(found)),
            None => {
                let led = self.leads_to(id)?;
                if led == *id { Ok(None) } else { find(led.as_str()) }
            }
        }
    }

    /// Gives the organizations of these tenures the names that they have now.
    ///
    /// # Errors
    /// If the store fails.
    pub fn name_bodies<'t>(&self, tenures: impl IntoIterator<Item = &'t mut Tenure>) -> Result<()> {
        for tenure in tenures {
            let Some(id) = &tenure.organization_id else { continue };
            if let Some(name) = self.records.entity_names.get(id.as_str())? {
                name.value().clone_into(&mut tenure.organization);
            }
        }
        Ok(())
    }

    /// An entity with the names that the organizations of its tenures have now.
    fn fresh(&self, mut entity: Entity) -> Result<Entity> {
        if let Some(parent) = &mut entity.parent {
            *parent = self.leads_to(parent)?;
        }
        self.name_bodies(&mut entity.tenures)?;
        Ok(entity)
    }

    /// Entities by number of mentions, most mentioned first, those after a position; until `visit` breaks.
    ///
    /// # Errors
    /// If the store fails.
    pub fn visit_entities(
        &self,
        after: Option<(u64, &EntityId)>,
        mut visit: impl FnMut(Entity) -> ControlFlow<()>,
    ) -> Result<()> {
        let bound = after.map_or(Bound::Unbounded, |(mentions, id)| Bound::Excluded((u64::MAX - mentions, text(id))));
        for entry in self.records.entity_order.range::<(u64, CompactString)>((bound, Bound::Unbounded))? {
            let (_, id) = entry?.0.value();
            let Some(entity) = tables::ENTITIES.get(&self.records.entities, &id)? else { continue };
            if visit(self.fresh(entity)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// An entity as other records name it: under the id that it leads to, with the name it has now. Empty name for one that no report names.
    ///
    /// # Errors
    /// If the store fails.
    pub fn named(&self, id: &EntityId, kind: EntityKind) -> Result<EntityRef> {
        let mut entity = EntityRef { id: id.clone(), kind, display_name: String::new() };
        self.refresh(&mut entity)?;
        Ok(entity)
    }

    /// Tenures at an organization (by its own id), latest seen first, those after a position; until `visit` breaks. The organization's name is
    /// left out.
    ///
    /// # Errors
    /// If the store fails.
    pub fn visit_holders(
        &self,
        organization: &EntityId,
        after: Option<&TenurePosition>,
        visit: impl FnMut(TenurePosition, Tenure) -> ControlFlow<()>,
    ) -> Result<()> {
        holders::visit(&self.records.by_entity, organization, after, visit)
    }

    /// The classes in which names of a kind may stand under keys that begin so.
    #[must_use]
    pub fn suggestion_classes(&self, kind: EntityKind, prefix: &str) -> Classes {
        self.hints.classes(suggestions::kind_number(kind), prefix)
    }

    /// Names of a kind of entity of which a key begins so, in the classes between two bounds, those of the highest first: whose, the class, and
    /// the name; until `visit` breaks.
    ///
    /// # Errors
    /// If the store fails.
    pub fn visit_suggestions(
        &self,
        kind: EntityKind,
        classes: (u8, u8),
        prefix: &str,
        visit: impl FnMut(&str, u8, Suggested<'_>) -> ControlFlow<()>,
    ) -> Result<()> {
        suggestions::visit(&self.records.suggestions, kind, classes, prefix, visit)
    }

    /// Meetings that name an entity (by its own id), each with everybody and everything that its record names, latest first, those without a day
    /// last; until `visit` breaks. Where there is an `until`, those that certainly began after it are left out.
    ///
    /// # Errors
    /// If the store fails.
    pub fn visit_casts(
        &self,
        entity: &EntityId,
        until: Option<Date>,
        mut visit: impl FnMut(MeetingId, Cast) -> ControlFlow<()>,
    ) -> Result<()> {
        let id = entity.as_str();
        let from = by_entity::meeting(id, until.map_or(DayOrder::MIN, |day| -day_number(day)), "");
        by_entity::visit(&self.records.by_entity, (id, Part::Meeting), Bound::Included(&from), |rest, _| {
            let Some((_, meeting)) = by_entity::meeting_of(rest) else { return Ok(ControlFlow::Continue(())) };
            let Some(cast) = tables::CASTS.get(&self.records.casts, meeting)? else {
                return Ok(ControlFlow::Continue(()));
            };
            Ok(MeetingId::parse(meeting).map_or(ControlFlow::Continue(()), |meeting| visit(meeting, cast)))
        })
    }

    /// Mentions of an entity (by its own id), latest meeting first, those after a position; until `visit` breaks.
    ///
    /// # Errors
    /// If the store fails.
    pub fn visit_mentions(
        &self,
        entity: &EntityId,
        after: Option<&MentionPosition>,
        mut visit: impl FnMut(MentionPosition, Mention) -> ControlFlow<()>,
    ) -> Result<()> {
        let id = entity.as_str();
        let after = after.map(|p| by_entity::mention(id, (p.0, p.1.as_str(), p.2, p.3)));
        let from = after.as_ref().map_or(Bound::Unbounded, Bound::Excluded);
        by_entity::visit(&self.records.by_entity, (id, Part::Mention), from, |rest, value| {
            let Some(place) = by_entity::mention_of(rest) else { return Ok(ControlFlow::Continue(())) };
            let (order, report, start, role) = place;
            let contribution = Contribution::of_row(entity, place, value)?;
            Ok(visit(MentionPosition(order, report.to_owned(), start, role), contribution.mention))
        })
    }

    /// The entities that a look-up key may mean, at most `limit`: those most mentioned, roughly.
    ///
    /// # Errors
    /// If the store fails.
    pub fn entities_by_key(&self, key: &IndexKey, limit: usize) -> Result<Vec<EntityId>> {
        let mut found = Vec::new();
        self.visit_key(key, |id, _| {
            found.extend(EntityId::parse(id));
            if found.len() >= limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        Ok(found)
    }

    /// The entities that a look-up key may mean, those most mentioned first, roughly, each as its id and, for a key of names, the names of it that
    /// the key is of, line by line; until `visit` breaks. Nothing of an entity itself is read.
    ///
    /// # Errors
    /// If the store fails.
    pub fn visit_key(&self, key: &IndexKey, mut visit: impl FnMut(&str, &str) -> ControlFlow<()>) -> Result<()> {
        let key = key.0.as_str();
        if !self.may_have_key(key) {
            return Ok(());
        }
        for entry in self.records.lookup_keys.range::<(&str, u8, CompactString)>((key, 0, FIRST)..)? {
            let (row, names) = entry?;
            let (at, _, id) = row.value();
            if at != key || visit(&id, names.value()).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// False if certainly no entity stands under a look-up key: told from memory.
    #[must_use]
    pub fn may_have_key(&self, key: &str) -> bool {
        self.hints.may_have(key)
    }

    /// Brings a stored reference up to date: records keep the id and name of the time they were written.
    ///
    /// # Errors
    /// If the store fails.
    pub fn refresh(&self, entity: &mut EntityRef) -> Result<()> {
        entity.id = self.leads_to(&entity.id)?;
        if let Some(name) = shown::name(&self.records.entity_names, &self.records.by_entity, entity.id.as_str())? {
            entity.display_name = name;
        }
        Ok(())
    }
}
