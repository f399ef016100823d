//! What a name may become that is being typed.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::api::{Answer, Call, EntitySuggestion, LOOKUP_CANDIDATES, SuggestEntities, Suggestions};
use super::live::Service;
use crate::model::{Entity, EntityId, EntityKind, EntityRef};
use crate::projection::{Classes, Snapshot, Suggested, Wanted};
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
        let units = Arc::clone(&self.unit_names);
        self.glance(call, request.min_revision, move |snapshot| {
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
    let kinds: Vec<EntityKind> = KINDS.into_iter().filter(|kind| only.is_none_or(|asked| asked == *kind)).collect();
    let mut gathered = Gathered { naming, prefix, wanted: wanted + SPARE, found: BTreeMap::new() };
    gathered.classes(snapshot, &kinds)?;
    if kinds.contains(&EntityKind::Place) && !gathered.are_enough_above(0) {
        gathered.units(units);
    }
    gathered.best(snapshot, wanted)
}

/// Names of one kind under keys that begin so.
struct Range<'a> {
    kind: EntityKind,
    key: &'a str,
    classes: Classes,
    /// How many rows were read, and how many of them have the marks typed.
    rows: usize,
    fitting: usize,
}

/// Entities with a name that fits.
struct Gathered<'a> {
    naming: &'a Naming,
    prefix: &'a Prefix,
    /// So many are compared in the end.
    wanted: usize,
    /// Each with its class and the name that fits best.
    found: BTreeMap<EntityId, (u8, Keyed, Fit)>,
}

impl Gathered<'_> {
    /// Adds entities of these kinds, those that come soonest: of each kind and reading of the prefix until so many are there that have the marks typed,
    /// of all together until those of lower classes cannot come before them.
    fn classes(&mut self, snapshot: &Snapshot, kinds: &[EntityKind]) -> Answer<()> {
        let keys = self.prefix.keys();
        let range = |kind: EntityKind, key| Range {
            kind,
            key,
            classes: snapshot.suggestion_classes(kind, key),
            rows: 0,
            fitting: 0,
        };
        let mut ranges: Vec<Range<'_>> =
            kinds.iter().flat_map(|kind| keys.iter().map(|key| range(*kind, key.as_str()))).collect();
        let all = ranges.iter().fold(Classes::none(), |all, range| all.or(range.classes));
        for class in all.each() {
            if self.are_enough_above(class.1) {
                break;
            }
            for range in ranges.iter_mut().filter(|range| range.classes.has(class)) {
                self.class(snapshot, class, range)?;
            }
        }
        Ok(())
    }

    fn class(&mut self, snapshot: &Snapshot, class: (u8, u8), range: &mut Range<'_>) -> Answer<()> {
        let enough = |range: &Range<'_>, wanted| range.rows >= MAX_ROWS || range.fitting >= wanted;
        if enough(range, self.wanted) {
            return Ok(());
        }
        snapshot.visit_suggestions(range.kind, class, range.key, |id, class, row| {
            range.rows += 1;
            range.fitting += usize::from(self.add_row(id, class, row));
            if enough(range, self.wanted) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        Ok(())
    }

    /// True if so many with the marks typed are there that none of a class up to this one comes before them.
    fn are_enough_above(&self, class: u8) -> bool {
        let best = f64::from(class) + Fit::MOST;
        let above = |(class, _, fit): &&(u8, Keyed, Fit)| fit.marks && f64::from(*class) + fit.worth() > best;
        self.found.len() >= self.wanted && self.found.values().filter(above).count() >= self.wanted
    }

    /// Adds units that only the gazetteer knows.
    fn units(&mut self, units: &UnitNames) {
        for key in self.prefix.keys() {
            for (id, keyed) in units.beginning(&key, self.wanted, self.naming) {
                self.add(id, 0, keyed);
            }
        }
    }

    fn add_row(&mut self, id: &str, class: u8, row: Suggested<'_>) -> bool {
        let Ok(id) = EntityId::parse(id) else { return false };
        self.add(id, class, Keyed { name: row.name.to_owned(), spelt: row.spelt })
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
            let Some(entity) = snapshot.sketch(&id, Wanted::All)?.or_else(|| unit_entity(&id, self.naming)) else {
                continue;
            };
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
            Some(parent) => name_of(snapshot, naming, parent)?,
            None => String::new(),
        },
    })
}

/// What an entity is called now; units of the gazetteer also where no report names them.
fn name_of(snapshot: &Snapshot, naming: &Naming, id: &EntityId) -> Answer<String> {
    let Some(kind) = id.kind() else { return Ok(String::new()) };
    let named = snapshot.named(id, kind)?;
    if !named.display_name.is_empty() {
        return Ok(named.display_name);
    }
    Ok(unit_entity(&named.id, naming).map(|unit| unit.display_name).unwrap_or_default())
}

fn office(tenure: &crate::model::Tenure) -> String {
    let former = if tenure.first_seen.is_none() { "nguyên " } else { "" };
    let comma = if tenure.organization.is_empty() { "" } else { ", " };
    format!("{former}{}{comma}{}", tenure.title, tenure.organization)
}
