//! All that reports say of the bearers of one name.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::cluster::{self, PersonCluster};
use super::facet::{PersonFacet, Signature};
use super::tenures::{self, ObservedOffice};
use crate::model::{Edtf, EntityId, ReportId, Span};
use crate::registry::keys::Naming;

/// The facets of one name, one for each report, gathered by what they say. Its size grows with the reports, the cost of
/// [`NameGroup::clusters`] with the number of different signatures, which stays small.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NameGroup {
    /// The full name in spelling form.
    pub name_key: String,
    pub(super) signatures: BTreeMap<Signature, BTreeMap<ReportId, Occurrence>>,
}

/// One report's facet, beside its signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Occurrence {
    pub name: String,
    pub date: Option<Edtf>,
    pub spans: Vec<Span>,
}

impl NameGroup {
    /// A group without facets.
    #[must_use]
    pub fn new(name_key: &str) -> Self {
        Self { name_key: name_key.to_owned(), signatures: BTreeMap::new() }
    }

    /// Sets what a report says of a bearer of the name, in place of what it said before. A facet of another name is not taken.
    pub fn upsert(&mut self, report: ReportId, facet: PersonFacet) {
        if facet.name_key != self.name_key {
            return;
        }
        self.remove(&report);
        let occurrence = Occurrence { name: facet.name, date: facet.date, spans: facet.spans };
        self.signatures.entry(facet.signature).or_default().insert(report, occurrence);
    }

    /// Takes out what a report says; true if it said something.
    pub fn remove(&mut self, report: &ReportId) -> bool {
        let mut removed = false;
        self.signatures.retain(|_, occurrences| {
            removed |= occurrences.remove(report).is_some();
            !occurrences.is_empty()
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
        cluster::clusters(self, naming.name_share(&self.name_key))
    }
}

/// The offices that these reports of each group show their bearers in, as those of one person; `body` says which body is meant where a report
/// places an office at one.
#[must_use]
pub fn observed_in(
    parts: &[(NameGroup, BTreeSet<ReportId>)],
    body: impl Fn(&ReportId, &EntityId, Span) -> EntityId,
) -> Vec<ObservedOffice> {
    let mut seen: BTreeMap<Signature, Vec<(&ReportId, &Occurrence)>> = BTreeMap::new();
    for (group, reports) in parts {
        for (signature, occurrences) in &group.signatures {
            for (report, occurrence) in occurrences.iter().filter(|(report, _)| reports.contains(*report)) {
                let mut meant = signature.clone();
                for (index, office) in meant.offices.iter_mut().enumerate() {
                    let span = occurrence.spans.get(index).copied().unwrap_or_default();
                    if let Some(at) = &mut office.body {
                        at.id = body(report, &at.id, span);
                    }
                }
                seen.entry(meant).or_default().push((report, occurrence));
            }
        }
    }
    tenures::observed(seen.iter().map(|(signature, occurrences)| (signature, occurrences.as_slice())))
}
