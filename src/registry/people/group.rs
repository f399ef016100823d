//! All that reports say of the bearers of one name, in memory: for a report that stands by itself, and to test what a store keeps by rows.

use std::collections::{BTreeMap, BTreeSet};

use super::buckets::{looks, stands};
use super::cluster::Clusters;
use super::facet::{PersonFacet, Signature};
use super::identity::{Person, homes, is_enough, of_one_report, person};
use super::saying::{self, Saying, SayingId, Sight};
use crate::model::{Decision, ReportId};
use crate::registry::keys::Naming;

/// The facets of one name, one for each report, gathered by what they say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NameGroup {
    /// The full name in spelling form.
    pub name_key: String,
    signatures: BTreeMap<Signature, BTreeMap<ReportId, Sight>>,
}

/// A person with the reports that speak of them.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonCluster {
    /// Who.
    pub person: Person,
    /// What is said of them, each with its reports.
    pub members: Vec<Member>,
}

/// Reports that say the same of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The reports, in the order of their ids.
    pub reports: Vec<ReportId>,
    /// Why they are taken to speak of this person.
    pub decision: Decision,
}

impl PersonCluster {
    /// Every report that names the person, with why.
    pub fn reports(&self) -> impl Iterator<Item = (&ReportId, &Decision)> {
        self.members.iter().flat_map(|member| member.reports.iter().map(|report| (report, &member.decision)))
    }
}

impl NameGroup {
    /// A group without facets.
    #[must_use]
    pub fn new(name_key: &str) -> Self {
        Self { name_key: name_key.to_owned(), signatures: BTreeMap::new() }
    }

    /// Sets what a report says of a bearer of the name, in place of what it said before. A facet of another name is not taken.
    pub fn upsert(&mut self, report: &ReportId, facet: &PersonFacet) {
        if facet.name_key != self.name_key {
            return;
        }
        self.remove(report);
        let sight = Sight::of(report, facet);
        self.signatures.entry(facet.signature.clone()).or_default().insert(report.clone(), sight);
    }

    /// Takes out what a report says; true if it said something.
    pub fn remove(&mut self, report: &ReportId) -> bool {
        let mut removed = false;
        self.signatures.retain(|_, sights| {
            removed |= sights.remove(report).is_some();
            !sights.is_empty()
        });
        removed
    }

    /// True if no report names a bearer.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.signatures.is_empty()
    }

    /// Number of reports.
    #[must_use]
    pub fn len(&self) -> usize {
        self.signatures.values().map(BTreeMap::len).sum()
    }

    /// The people, in the order of their ids.
    #[must_use]
    pub fn clusters(&self, naming: &Naming) -> Vec<PersonCluster> {
        let share = naming.bearers(&self.name_key);
        let sayings = self.sayings();
        let owners = self.owners(&sayings, share);
        let mut people = Vec::new();
        for part in parts(&sayings, share) {
            let clusters = Clusters::new(&part, share);
            for group in clusters.groups() {
                people.extend(self.people(&part, &group, &clusters, &owners, share));
            }
        }
        people.sort_by(|a, b| a.person.id.cmp(&b.person.id));
        people
    }

    fn sayings(&self) -> Vec<Saying> {
        let saying = |(signature, sights): (&Signature, &BTreeMap<ReportId, Sight>)| {
            let mut all = sights.values();
            let mut saying = Saying::new(&self.name_key, signature, all.next()?.clone());
            all.for_each(|sight| saying.add(sight));
            debug_assert_eq!(saying::last(sights.values()), Some(&saying.last));
            Some(saying)
        };
        self.signatures.iter().filter_map(saying).collect()
    }

    /// Whoever was first seen at a home has its id.
    fn owners(&self, sayings: &[Saying], share: f64) -> BTreeMap<String, SayingId> {
        let mut owners: BTreeMap<String, (bool, Option<jiff::civil::Date>, SayingId)> = BTreeMap::new();
        for saying in sayings.iter().filter(|saying| is_enough(&saying.signature, share)) {
            let day = saying.first.day();
            for (_, home) in homes(&saying.signature) {
                let claim = (day.is_none(), day, saying.id());
                match owners.get_mut(&home) {
                    Some(owner) if *owner <= claim => {}
                    Some(owner) => *owner = claim,
                    None => drop(owners.insert(home, claim)),
                }
            }
        }
        owners.into_iter().map(|(home, (.., id))| (home, id)).collect()
    }

    fn people(
        &self,
        part: &[Saying],
        group: &[usize],
        clusters: &Clusters<'_>,
        owners: &BTreeMap<String, SayingId>,
        share: f64,
    ) -> Vec<PersonCluster> {
        let reports = |saying: &Saying| self.signatures.get(&saying.signature).into_iter().flat_map(BTreeMap::values);
        if !clusters.is_one(group) {
            let saying = &part[group[0]];
            let decision = clusters.decision(group[0], &[]);
            return reports(saying)
                .map(|sight| PersonCluster {
                    person: of_one_report(&self.name_key, &saying.signature, sight),
                    members: vec![Member { reports: vec![sight.report.clone()], decision: decision.clone() }],
                })
                .collect();
        }
        let said: Vec<&Saying> = group.iter().map(|at| &part[*at]).collect();
        let own: BTreeSet<SayingId> = said.iter().map(|saying| saying.id()).collect();
        let owns = |home: &str| owners.get(home).is_some_and(|owner| own.contains(owner));
        let member = |at: &usize| Member {
            reports: reports(&part[*at]).map(|sight| sight.report.clone()).collect(),
            decision: clusters.decision(*at, &[]),
        };
        let members = group.iter().map(member).collect();
        vec![PersonCluster { person: person(&self.name_key, &said, share, owns), members }]
    }
}

/// Sayings by what may tie them to each other, directly or through others; each part in the order of signatures.
fn parts(sayings: &[Saying], share: f64) -> Vec<Vec<Saying>> {
    let mut standing: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, saying) in sayings.iter().enumerate() {
        for key in stands(&saying.signature) {
            standing.entry(key).or_default().push(at);
        }
    }
    let mut part: Vec<usize> = (0..sayings.len()).collect();
    for (at, saying) in sayings.iter().enumerate() {
        for look in looks(&saying.signature).into_iter().filter(|look| look.may_tie(share)) {
            for other in standing.get(&look.key).into_iter().flatten() {
                let (keep, give) = (part[at].min(part[*other]), part[at].max(part[*other]));
                part.iter_mut().filter(|own| **own == give).for_each(|own| *own = keep);
            }
        }
    }
    let mut parts: BTreeMap<usize, Vec<Saying>> = BTreeMap::new();
    for (own, saying) in part.into_iter().zip(sayings) {
        parts.entry(own).or_default().push(saying.clone());
    }
    parts.into_values().collect()
}
