//! What a name may become that is being typed.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::api::{Answer, Call, EntitySuggestion, LOOKUP_CANDIDATES, SuggestEntities, Suggestions};
use super::entities::known;
use super::live::Service;
use crate::model::{Entity, EntityId, EntityKind, EntityRef};
use crate::projection::Snapshot;
use crate::registry::keys::Naming;
use crate::registry::lookup::unit_entity;
use crate::registry::suggest::{Fit, Keyed, Prefix, UnitNames, weight};

const KINDS: [EntityKind; 4] =
    [EntityKind::Person, EntityKind::Organization, EntityKind::Place, EntityKind::LegalDocument];
/// Most rows read for one kind and one reading of the prefix: names with other marks than those typed are passed over.
const MAX_ROWS: usize = 400;
/// Entities compared beyond those wanted: a close fit may outweigh some mentions.
const SPARE: usize = 10;

impl Service {
    pub(super) async fn suggest(&self, call: &Call, request: SuggestEntities) -> Answer<Suggestions> {
        let naming = self.projection.naming().clone();
        let units = self.unit_names.get_or_init(|| Arc::new(UnitNames::new(&naming))).clone();
        self.read(call, request.min_revision, move |snapshot| {
            let prefix = Prefix::read(&request.prefix, &naming);
            let wanted = LOOKUP_CANDIDATES.clamp(request.max_suggestions);
            let suggestions = suggestions(snapshot, &naming, &units, &prefix, request.kind, wanted)?;
            Ok(Suggestions { suggestions, revision: snapshot.revision() })
        })
        .await
    }
}

/// The entities, of one kind or of all, with a name that goes on from what was typed, best first.
pub(super) fn suggestions(
    snapshot: &Snapshot,
    naming: &Naming,
    units: &UnitNames,
    prefix: &Prefix,
    only: Option<EntityKind>,
    wanted: usize,
) -> Answer<Vec<EntitySuggestion>> {
    let mut gathered = Gathered { naming, prefix, found: BTreeMap::new() };
    for kind in KINDS.into_iter().filter(|kind| only.is_none_or(|asked| asked == *kind)) {
        gathered.kind(snapshot, kind, wanted + SPARE)?;
        if kind == EntityKind::Place {
            gathered.units(units, wanted + SPARE);
        }
    }
    gathered.best(snapshot, wanted)
}

/// Entities with a name that fits.
struct Gathered<'a> {
    naming: &'a Naming,
    prefix: &'a Prefix,
    /// Each with its class and the name that fits best.
    found: BTreeMap<EntityId, (u8, Keyed, Fit)>,
}

impl Gathered<'_> {
    /// Adds entities of one kind, those that come soonest, until so many are there that have the marks typed.
    fn kind(&mut self, snapshot: &Snapshot, kind: EntityKind, wanted: usize) -> Answer<()> {
        for key in self.prefix.keys() {
            let (mut rows, mut fitting) = (0, 0);
            snapshot.visit_suggestions(kind, &key, |row| {
                rows += 1;
                fitting += usize::from(self.add(row.entity, row.class, row.keyed));
                if rows >= MAX_ROWS || fitting >= wanted { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
        }
        Ok(())
    }

    /// Adds units that only the gazetteer knows.
    fn units(&mut self, units: &UnitNames, wanted: usize) {
        for key in self.prefix.keys() {
            for (id, keyed) in units.beginning(&key, wanted, self.naming) {
                self.add(id, 0, keyed);
            }
        }
    }

    /// True if the entity is new here and its name has the marks typed.
    fn add(&mut self, id: EntityId, class: u8, keyed: Keyed) -> bool {
        let Some(fit) = self.prefix.fit(&keyed, self.naming) else { return false };
        match self.found.entry(id) {
            Entry::Vacant(place) => {
                let fits = fit.marks;
                place.insert((class, keyed, fit));
                fits
            }
            Entry::Occupied(mut place) => {
                let (best, _, known) = place.get();
                if (fit.marks, fit.worth()) > (known.marks, known.worth()) {
                    let class = (*best).max(class);
                    place.insert((class, keyed, fit));
                }
                false
            }
        }
    }

    /// The best, in order. Names without the marks typed come only where no name has them.
    fn best(self, snapshot: &Snapshot, wanted: usize) -> Answer<Vec<EntitySuggestion>> {
        let with_marks = self.found.values().any(|(_, _, fit)| fit.marks);
        let fits = self.found.into_iter().filter(|(_, (_, _, fit))| fit.marks || !with_marks);
        let mut first: Vec<(f64, EntityId, Keyed, Fit)> =
            fits.map(|(id, (class, keyed, fit))| (f64::from(class) + fit.worth(), id, keyed, fit)).collect();
        first.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut ranked = Vec::with_capacity(wanted + SPARE);
        for (_, id, keyed, fit) in first.into_iter().take(wanted + SPARE) {
            let Some(entity) = snapshot.sketch(&id)?.or_else(|| unit_entity(&id, self.naming)) else { continue };
            let own_name = if keyed.name == entity.display_name { 0.25 } else { 0.0 };
            ranked.push((weight(&entity) + fit.worth() + own_name, entity, keyed, fit));
        }
        ranked.sort_by(|a, b| {
            let shorter = a.2.name.chars().count().cmp(&b.2.name.chars().count());
            b.0.total_cmp(&a.0).then(shorter).then_with(|| a.1.id.cmp(&b.1.id))
        });
        // An id that leads to another record gives that record.
        let mut seen = BTreeSet::new();
        ranked.retain(|(_, entity, ..)| seen.insert(entity.id.clone()));
        ranked.truncate(wanted);
        ranked
            .into_iter()
            .map(|(_, mut entity, keyed, fit)| {
                snapshot.name_bodies(entity.tenures.first_mut())?;
                suggestion(snapshot, self.naming, entity, keyed, fit)
            })
            .collect()
    }
}

fn suggestion(
    snapshot: &Snapshot,
    naming: &Naming,
    entity: Entity,
    keyed: Keyed,
    fit: Fit,
) -> Answer<EntitySuggestion> {
    Ok(EntitySuggestion {
        detail: detail(snapshot, naming, &entity)?,
        mention_count: entity.mention_count,
        last_seen: entity.last_seen(),
        entity: EntityRef { id: entity.id, kind: entity.kind, display_name: entity.display_name },
        text: keyed.name,
        highlights: fit.spans,
    })
}

/// What tells an entity from others of its name.
fn detail(snapshot: &Snapshot, naming: &Naming, entity: &Entity) -> Answer<String> {
    Ok(match entity.kind {
        EntityKind::Person => entity.tenures.first().map(office).unwrap_or_default(),
        EntityKind::LegalDocument => {
            entity.reference.as_ref().and_then(|document| document.issuer.clone()).unwrap_or_default()
        }
        EntityKind::Organization | EntityKind::Place => match &entity.parent {
            Some(parent) => known(snapshot, naming, parent)?.map(|parent| parent.display_name).unwrap_or_default(),
            None => String::new(),
        },
    })
}

fn office(tenure: &crate::model::Tenure) -> String {
    let former = if tenure.first_seen.is_none() { "nguyên " } else { "" };
    let comma = if tenure.organization.is_empty() { "" } else { ", " };
    format!("{former}{}{comma}{}", tenure.title, tenure.organization)
}
