//! Under which id a person is known, what to call them, and their offices.
//!
//! Ids are derived from the name and a home: the province, the country or the body where the person was seen first. Of several of the name
//! with one home, whoever was seen there first has its id; the ids of a person's other homes lead to the person's own.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::evidence::{ENOUGH, shared_pool};
use super::facet::{Home, Signature};
use super::saying::{self, Saying, Sight};
use super::tenures::{self, ObservedOffice};
use crate::model::{EntityId, EntityKind};

/// A person among those of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Derived from the name and the first home.
    pub id: EntityId,
    /// Ids that lead here: those of the other homes.
    pub aliases: Vec<EntityId>,
    /// The name as most reports write it.
    pub display_name: String,
    /// Offices in time.
    pub offices: Vec<ObservedOffice>,
}

/// True if what is said is enough to know a person by: a second bearer of the name of whom the same is said is unlikely.
#[must_use]
pub fn is_enough(signature: &Signature, share: f64) -> bool {
    shared_pool(signature, signature, (None, None)).is_some_and(|(size, _)| share * size < ENOUGH)
}

/// The homes that what is said gives a person, each once: provinces, the country and bodies, and behind them finer ones, for where another of
/// the name has the coarse ones.
#[must_use]
pub fn homes(signature: &Signature) -> Vec<(bool, String)> {
    let mut coarse: Vec<String> = Vec::new();
    let mut fine: Vec<String> = Vec::new();
    for office in &signature.offices {
        let Some(body) = &office.body else { continue };
        let (home, unit) = match &body.home {
            Home::Unit { province, unit, level, .. } => (province.clone(), (*level > 0).then(|| unit.clone())),
            Home::Central if office.national => ("vn".to_owned(), None),
            _ => (body.id.to_string(), None),
        };
        coarse.push(home);
        fine.extend(unit.into_iter().chain([body.id.to_string(), format!("{} {}", office.title_key, body.id)]));
    }
    if signature.bodies().next().is_none() {
        coarse.extend(signature.setting.as_ref().and_then(Home::province).map(str::to_owned));
    }
    coarse.sort();
    coarse.dedup();
    fine.sort();
    fine.dedup();
    fine.retain(|home| !coarse.contains(home));
    coarse.into_iter().map(|home| (false, home)).chain(fine.into_iter().map(|home| (true, home))).collect()
}

/// The person of whom all these sayings speak; `owns` tells whether one of them was the first of the name at a home.
#[must_use]
pub fn person(name_key: &str, said: &[&Saying], share: f64, owns: impl Fn(&str) -> bool) -> Person {
    let mut found: BTreeMap<String, (bool, Option<Date>)> = BTreeMap::new();
    for saying in said.iter().filter(|saying| is_enough(&saying.signature, share)) {
        let day = saying.first.day();
        for (fine, home) in homes(&saying.signature) {
            let known = found.entry(home).or_insert((fine, day));
            known.0 &= fine;
            known.1 = match (known.1, day) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
    }
    let mut anchors: Vec<(bool, bool, Option<Date>, String)> =
        found.into_iter().map(|(home, (fine, day))| (fine, day.is_none(), day, home)).collect();
    anchors.sort();
    let owned = anchors.iter().map(|(.., home)| home.as_str()).filter(|home| owns(home));
    let mut ids: Vec<EntityId> = owned.map(|home| derive(name_key, home)).collect();
    if ids.is_empty() {
        let first = said.iter().map(|saying| &saying.first).min_by(|a, b| a.order().cmp(&b.order()));
        ids.push(derive(name_key, first.map_or("", |sight| sight.report.as_str())));
    }
    let id = ids.remove(0);
    ids.retain(|alias| *alias != id);
    Person {
        id,
        aliases: ids,
        display_name: display_name(said),
        offices: tenures::observed(said.iter().flat_map(|saying| {
            let both = [(&saying.first, saying.reports()), (&saying.last, 0)];
            let both = both.into_iter().take(if saying.first == saying.last { 1 } else { 2 });
            both.map(|(sight, reports)| (&saying.signature, sight, reports))
        })),
    }
}

/// The offices in which sights show one person, those that say the same together with the number of reports that do; of each of these the first and
/// the last count.
#[must_use]
pub fn observed_in<'a>(said: impl Iterator<Item = (&'a Signature, &'a [Sight], u64)>) -> Vec<ObservedOffice> {
    tenures::observed(said.flat_map(|(signature, sights, reports)| {
        let first = sights.iter().min_by(|a, b| a.order().cmp(&b.order()));
        let last = saying::last(sights.iter()).filter(|last| first.is_some_and(|first| first != *last));
        let first = first.map(|sight| (signature, sight, reports));
        first.into_iter().chain(last.map(|sight| (signature, sight, 0)))
    }))
}

/// Somebody whom nothing ties to another report.
#[must_use]
pub fn of_one_report(name_key: &str, signature: &Signature, sight: &Sight) -> Person {
    Person {
        id: id_of_one_report(name_key, sight.report.as_str()),
        aliases: Vec::new(),
        display_name: sight.name.clone(),
        offices: tenures::observed(std::iter::once((signature, sight, 1))),
    }
}

/// The id of somebody whom nothing ties to another report.
#[must_use]
pub fn id_of_one_report(name_key: &str, report: &str) -> EntityId {
    derive(name_key, report)
}

fn derive(name_key: &str, home: &str) -> EntityId {
    EntityId::derive(EntityKind::Person.prefix(), &[name_key, home])
}

/// The name as most reports write it; of equals the first in code point order.
fn display_name(said: &[&Saying]) -> String {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (name, count) in said.iter().flat_map(|saying| &saying.names) {
        *counts.entry(name).or_default() += count;
    }
    let most = counts.values().max().copied().unwrap_or_default();
    counts.iter().find(|(_, count)| **count == most).map_or_else(String::new, |(name, _)| (*name).to_owned())
}
