//! Keeps apart, and together, the people of one name.
//!
//! All that reports say of people of one full name stands in one [`NameGroup`]; who is who within it is a pure function of the group
//! ([`NameGroup::clusters`]), so that it does not depend on the order in which reports arrive.

use std::collections::{BTreeMap, BTreeSet};

use redb::ReadableTable as _;

use super::apply::{Tables, get_reading};
use super::curation::{Curation, Spot};
use super::meetings::words_of;
use super::reading::StoredReading;
use super::table::encode;
use super::{ProjectionError, tables};
use crate::model::{Decision, EntityId, PersonFact, ReportId, Span, Tenure};
use crate::registry::keys::Naming;
use crate::registry::people::{NameGroup, ObservedOffice, PersonCluster, PersonFacet, observed_in};
use crate::text::fold;

type Result<T> = std::result::Result<T, ProjectionError>;

/// The people of the names that one entry touches, or that its meetings name.
#[derive(Debug)]
pub(super) struct People<'r> {
    naming: &'r Naming,
    /// By spelling form of the full name.
    by_name: BTreeMap<String, Vec<PersonCluster>>,
    /// Ids of people who came, changed or vanished.
    changed: BTreeSet<EntityId>,
    /// Ids that led to somebody before this entry.
    led: BTreeSet<EntityId>,
}

impl<'r> People<'r> {
    fn new(naming: &'r Naming) -> Self {
        Self { naming, by_name: BTreeMap::new(), changed: BTreeSet::new(), led: BTreeSet::new() }
    }

    /// Nobody yet.
    pub(super) fn nobody(naming: &'r Naming) -> Self {
        Self::new(naming)
    }

    /// The people of one report that stands by itself.
    pub(super) fn of_one(naming: &'r Naming, reading: &StoredReading) -> Self {
        let mut people = Self::new(naming);
        for facet in &reading.resolution.people {
            let mut group = NameGroup::new(&facet.name_key);
            group.upsert(reading.report.clone(), facet.clone());
            people.by_name.insert(facet.name_key.clone(), group.clusters(naming));
        }
        people
    }

    /// Takes what a report said of people out of their groups and puts in what it says now. Reports whose people become others by that
    /// are added to `touched`.
    pub(super) fn regroup(
        naming: &'r Naming,
        tables: &mut Tables<'_>,
        report: &ReportId,
        old: Option<&StoredReading>,
        new: Option<&StoredReading>,
        touched: &mut BTreeSet<ReportId>,
    ) -> Result<Self> {
        let mut people = Self::new(naming);
        let mut names: BTreeMap<&str, Option<&PersonFacet>> = BTreeMap::new();
        names.extend(
            old.iter().flat_map(|reading| &reading.resolution.people).map(|facet| (facet.name_key.as_str(), None)),
        );
        names.extend(
            new.iter()
                .flat_map(|reading| &reading.resolution.people)
                .map(|facet| (facet.name_key.as_str(), Some(facet))),
        );
        for (name, facet) in names {
            let mut group = load(tables, name)?;
            let before = group.clusters(naming);
            match facet {
                Some(facet) => group.upsert(report.clone(), facet.clone()),
                None => drop(group.remove(report)),
            }
            let after = group.clusters(naming);
            store(tables, &group)?;
            people.compare(&before, &after, touched);
            people.by_name.insert(name.to_owned(), after);
        }
        Ok(people)
    }

    fn compare(&mut self, before: &[PersonCluster], after: &[PersonCluster], touched: &mut BTreeSet<ReportId>) {
        let assigned = |clusters: &[PersonCluster]| -> BTreeMap<ReportId, EntityId> {
            clusters
                .iter()
                .flat_map(|cluster| cluster.reports().map(|(report, _)| (report.clone(), cluster.id.clone())))
                .collect()
        };
        let (was, is) = (assigned(before), assigned(after));
        touched.extend(
            was.iter()
                .filter(|(report, id)| is.get(*report).is_some_and(|now| now != *id))
                .map(|(report, _)| report.clone()),
        );
        for cluster in before.iter().filter(|cluster| !after.contains(cluster)) {
            self.changed.insert(cluster.id.clone());
        }
        for cluster in after.iter().filter(|cluster| !before.contains(cluster)) {
            self.changed.insert(cluster.id.clone());
        }
        self.led.extend(before.iter().flat_map(|cluster| cluster.aliases.iter().chain([&cluster.id])).cloned());
    }

    /// Makes the people of a facet's name known, where they are not yet.
    pub(super) fn learn(&mut self, tables: &Tables<'_>, facet: &PersonFacet) -> Result<()> {
        if !self.by_name.contains_key(&facet.name_key) {
            let clusters = load(tables, &facet.name_key)?.clusters(self.naming);
            self.by_name.insert(facet.name_key.clone(), clusters);
        }
        Ok(())
    }

    /// Whom a report means by a full name that was learnt, and why.
    pub(super) fn who(&self, name_key: &str, report: &ReportId) -> Option<(&PersonCluster, &Decision)> {
        let clusters = self.by_name.get(name_key)?.iter();
        clusters
            .flat_map(|cluster| cluster.reports().map(move |(told, why)| (told, cluster, why)))
            .find(|(told, ..)| *told == report)
            .map(|(_, cluster, why)| (cluster, why))
    }

    /// Ids of people whose record is to be written anew.
    pub(super) fn changed(&self) -> impl Iterator<Item = &EntityId> {
        self.changed.iter()
    }

    /// The offices of a person, where this entry may have changed them; organizations under the name they have now. `names` are all that
    /// reports call the person. With `afresh` also those whose names were not learnt.
    pub(super) fn tenures<'n>(
        &self,
        tables: &Tables<'_>,
        curation: &Curation,
        id: &EntityId,
        names: impl Iterator<Item = &'n str>,
        afresh: bool,
    ) -> Result<Option<Vec<Tenure>>> {
        let cluster = self.by_name.values().flatten().find(|cluster| cluster.id == *id);
        let bodies = |cluster: &PersonCluster| -> bool {
            let mut ids = cluster.offices.iter().filter_map(|office| office.known.organization_id.as_ref());
            ids.any(|id| curation.takes_from(id))
        };
        let offices = if afresh || curation.concerns(id) || cluster.is_some_and(bodies) {
            self.corrected_offices(tables, curation, id, names)?
        } else {
            let Some(cluster) = cluster else { return Ok(None) };
            cluster.offices.clone()
        };
        let tenure = |office: &ObservedOffice| -> Result<Tenure> {
            let name = match &office.known.organization_id {
                Some(id) => tables.entity_names.get(id.as_str())?.map(|name| name.value().to_owned()),
                None => None,
            };
            Ok(office.tenure(name.as_deref().unwrap_or_default()))
        };
        offices.iter().map(tenure).collect::<Result<_>>().map(Some)
    }

    /// The offices of a person, of whom or of whose bodies corrections speak: out of the reports that are left to the person.
    fn corrected_offices<'n>(
        &self,
        tables: &Tables<'_>,
        curation: &Curation,
        id: &EntityId,
        names: impl Iterator<Item = &'n str>,
    ) -> Result<Vec<ObservedOffice>> {
        let mut parts = Vec::new();
        for key in names.map(fold::spelling).collect::<BTreeSet<String>>() {
            let group = load(tables, &key)?;
            let clusters = match self.by_name.get(&key) {
                Some(known) => known.clone(),
                None => group.clusters(self.naming),
            };
            let mut reports = BTreeSet::new();
            for cluster in &clusters {
                for (report, _) in cluster.reports() {
                    let words = words_of(tables, report);
                    let spans = person_spans(tables, curation, &cluster.id, &key, report)?;
                    let spot = Spot { report, spans: &spans, words: &words };
                    if curation.place(&cluster.id, &spot).0 == *id {
                        reports.insert(report.clone());
                    }
                }
            }
            parts.push((group, reports));
        }
        let body = |report: &ReportId, body: &EntityId, span: Span| {
            let words = words_of(tables, report);
            curation.place(body, &Spot { report, spans: &[span], words: &words }).0
        };
        Ok(observed_in(&parts, body))
    }

    /// Every id that led or leads to a person of the names learnt.
    pub(super) fn ids(&self) -> impl Iterator<Item = &EntityId> {
        let now = self.by_name.values().flatten();
        self.led.iter().chain(now.flat_map(|cluster| cluster.aliases.iter().chain([&cluster.id])))
    }

    /// The name of a person, among the names learnt.
    pub(super) fn name(&self, id: &EntityId) -> Option<&str> {
        self.by_name.values().flatten().find(|cluster| cluster.id == *id).map(|cluster| cluster.display_name.as_str())
    }

    /// Leads the ids of every home of a person to the person's own.
    pub(super) fn write_redirects(&self, tables: &mut Tables<'_>) -> Result<()> {
        let mut gone = self.led.clone();
        for cluster in self.by_name.values().flatten() {
            gone.remove(&cluster.id);
            tables.entity_redirects.remove(cluster.id.as_str())?;
            for alias in &cluster.aliases {
                gone.remove(alias);
                tables.entity_redirects.insert(alias.as_str(), cluster.id.as_str())?;
            }
        }
        for id in gone {
            tables.entity_redirects.remove(id.as_str())?;
        }
        Ok(())
    }
}

/// Where a report names a person; only looked up where a correction may take mentions away.
fn person_spans(
    tables: &Tables<'_>,
    curation: &Curation,
    person: &EntityId,
    name_key: &str,
    report: &ReportId,
) -> Result<Vec<Span>> {
    if !curation.splits(person, report) {
        return Ok(Vec::new());
    }
    let Some(reading) = get_reading(tables, report)? else { return Ok(Vec::new()) };
    let of_name = |fact: &&PersonFact| fold::spelling(&fact.name) == name_key;
    Ok(reading.extraction.people.iter().filter(of_name).flat_map(|fact| fact.spans.clone()).collect())
}

fn load(tables: &Tables<'_>, name: &str) -> Result<NameGroup> {
    Ok(tables::NAME_GROUPS.get(&tables.name_groups, name)?.unwrap_or_else(|| NameGroup::new(name)))
}

fn store(tables: &mut Tables<'_>, group: &NameGroup) -> Result<()> {
    if group.is_empty() {
        tables.name_groups.remove(group.name_key.as_str())?;
    } else {
        tables.name_groups.insert(group.name_key.as_str(), encode("name_groups", group)?.as_slice())?;
    }
    Ok(())
}
