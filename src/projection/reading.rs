//! What was read out of one report, who and what it names, and what it contributes to the tables.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::contribution::Contribution;
use super::grouping::MeetingKey;
use super::people::People;
use super::unite::{Link, Links, Told, unite};
use crate::extract::{Extractor, Source};
use crate::journal::{Entry, EntryBody};
use crate::model::{
    Decision, Diagnostic, DiagnosticReason, Edtf, EntityId, EntityKind, EntityRef, Extraction, Meeting, MeetingId,
    OfficeFact, Outcome, PersonFact, Report, ReportDraft, ReportId, Revision, Timestamp,
};
use crate::registry::keys::Naming;
use crate::registry::lookup::{ContextOffice, ContextPerson};
use crate::registry::people::PersonFacet;
use crate::registry::resolve::{EntitySeed, Resolved, resolve};
use crate::registry::setting::{ReportContext, Setting};

/// What one report says and whom it means, as far as the report alone tells.
#[derive(Debug, Clone)]
pub(super) struct Read {
    pub(super) extraction: Extraction,
    pub(super) resolution: Resolution,
    /// Every entity that the report names, or that one it names belongs to.
    pub(super) seeds: BTreeMap<EntityId, EntitySeed>,
}

/// Who and what the facts are, as far as the report alone tells; the lists run parallel to those of the extraction.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Resolution {
    /// What the report says of each person; who that is, is decided among all of the name.
    pub(super) people: Vec<PersonFacet>,
    /// Per person, per office: the body, under the name that the report means.
    pub(super) offices: Vec<Vec<Option<EntityRef>>>,
    pub(super) organizations: Vec<Link>,
    pub(super) places: Vec<Link>,
    pub(super) references: Vec<Link>,
    pub(super) convener: Option<EntityRef>,
    /// Where and when the report plays.
    pub(super) setting: Setting,
}

/// The same as it is kept, with what it contributed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct StoredReading {
    pub(super) report: ReportId,
    pub(super) published: Option<Edtf>,
    pub(super) revision: Revision,
    pub(super) create_time: Timestamp,
    pub(super) extraction: Extraction,
    pub(super) resolution: Resolution,
    /// The day it is grouped by, and what decides.
    pub(super) meeting_key: Option<(i32, MeetingKey)>,
    /// The meeting it tells of, under the id the meeting has now.
    pub(super) meeting: MeetingId,
    /// Its rows in the table of mentions.
    pub(super) contributions: Vec<Contribution>,
    /// The corrections that have an effect on it.
    pub(super) applied: BTreeSet<Revision>,
}

/// Reads the reports of all entries, on several threads; the order stays.
pub(super) fn read_all(
    extractor: &Extractor,
    naming: &Naming,
    entries: Vec<Entry>,
    threads: usize,
) -> Vec<(Entry, Option<Read>)> {
    let slots: Vec<Mutex<Option<Read>>> = entries.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((entry, slot)) = entries.get(at).zip(slots.get(at)) else { return };
            if let EntryBody::ReportPut { draft } = &entry.body {
                *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(read(extractor, naming, draft));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.clamp(1, entries.len().max(1)) {
            scope.spawn(work);
        }
        work();
    });
    let reads: Vec<Option<Read>> =
        slots.into_iter().map(|slot| slot.into_inner().unwrap_or_else(PoisonError::into_inner)).collect();
    entries.into_iter().zip(reads).collect()
}

/// Reads one report. A fault of the reader costs this report its facts, never the projection its life.
pub(super) fn read(extractor: &Extractor, naming: &Naming, draft: &ReportDraft) -> Read {
    catch_unwind(AssertUnwindSafe(|| {
        let source = Source { text: &draft.text, title: draft.title.as_deref(), published: draft.publish_date };
        resolved(extractor.extract(source), naming, draft)
    }))
    .unwrap_or_else(|_| {
        tracing::error!(report = draft.id.as_str(), "the reader failed on a report");
        let message = "the reader failed on this text; nothing was read from it".to_owned();
        let failed = Diagnostic { reason: DiagnosticReason::LowCoverage, message, span: None };
        let extraction = Extraction {
            extractor_version: crate::extract::VERSION,
            diagnostics: vec![failed],
            ..Extraction::default()
        };
        Read { extraction, resolution: Resolution::default(), seeds: BTreeMap::new() }
    })
}

/// What an extraction means, as far as the report alone tells.
pub(super) fn resolved(extraction: Extraction, naming: &Naming, draft: &ReportDraft) -> Read {
    let context =
        ReportContext { id: Some(&draft.id), publisher: draft.publisher.as_deref(), publish_date: draft.publish_date };
    let found = resolve(&extraction, naming.setting(&extraction, &context), naming);
    let links = |list: Vec<Resolved>| {
        list.into_iter().map(|found| Link { entity: found.entity, decision: found.decision }).collect()
    };
    let (people, offices) = found.people.into_iter().map(|person| (person.facet, person.organizations)).unzip();
    let resolution = Resolution {
        people,
        offices,
        organizations: links(found.organizations),
        places: links(found.places),
        references: links(found.references),
        convener: found.convener.map(|convener| convener.entity),
        setting: found.setting,
    };
    let seeds = found.entities.into_iter().map(|seed| (seed.id.clone(), seed)).collect();
    Read { extraction, resolution, seeds }
}

/// The record that a report would give by itself; nothing is stored.
#[must_use]
pub fn preview(extractor: &Extractor, naming: &Naming, report: &Report) -> Option<Meeting> {
    let reading = StoredReading::new(report, read(extractor, naming, &report.draft)).0;
    let people = People::of_one(naming, &reading);
    let links = reading.links(&people);
    unite(vec![reading.told(links)], report.revision, report.update_time)
}

/// Where and when a report plays and whom it names: what words that stand in it may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportPeople {
    /// Where and when it plays.
    pub setting: Setting,
    /// The people it names, in the order of its extraction.
    pub people: Vec<ContextPerson>,
}

impl StoredReading {
    /// What is known of the report's people, once it is known who they are.
    pub(super) fn report_people(&self, links: &Links) -> ReportPeople {
        let office = |(fact, body): (&OfficeFact, &Option<EntityId>)| ContextOffice {
            title: fact.title.clone(),
            organization: body.clone(),
            past: fact.former || fact.ends,
        };
        let person = |(fact, (link, bodies)): (&PersonFact, (&Link, &Vec<Option<EntityId>>))| ContextPerson {
            id: link.entity.id.clone(),
            name: fact.name.clone(),
            offices: fact.offices.iter().zip(bodies).map(office).collect(),
        };
        let linked = links.people.iter().zip(&links.offices);
        let people = self.extraction.people.iter().zip(linked).map(person).collect();
        ReportPeople { setting: self.resolution.setting.clone(), people }
    }

    /// The reading of a report, nothing contributed yet, and the entities it names.
    pub(super) fn new(report: &Report, read: Read) -> (Self, BTreeMap<EntityId, EntitySeed>) {
        let Read { extraction, resolution, seeds } = read;
        let id = report.draft.id.clone();
        let convener = resolution.convener.as_ref().map(|convener| convener.id.clone());
        let reading = Self {
            meeting_key: MeetingKey::of(&id, &extraction, convener),
            meeting: MeetingId::of_report(&id),
            report: id,
            published: report.draft.publish_date,
            revision: report.revision,
            create_time: report.create_time,
            extraction,
            resolution,
            contributions: Vec::new(),
            applied: BTreeSet::new(),
        };
        (reading, seeds)
    }

    /// Who and what its facts are. The people of its names must have been learnt.
    pub(super) fn links(&self, people: &People<'_>) -> Links {
        let person = |facet: &PersonFacet| match people.who(facet, &self.report) {
            Some((entity, decision)) => Link { entity, decision: decision.clone() },
            None => unknown_person(facet, &self.report),
        };
        let ids = |bodies: &[Option<EntityRef>]| {
            bodies.iter().map(|body| body.as_ref().map(|body| body.id.clone())).collect::<Vec<_>>()
        };
        Links {
            people: self.resolution.people.iter().map(person).collect(),
            organizations: self.resolution.organizations.clone(),
            places: self.resolution.places.clone(),
            references: self.resolution.references.clone(),
            convener: self.resolution.convener.clone(),
            offices: self.resolution.offices.iter().map(|bodies| ids(bodies)).collect(),
        }
    }

    /// The report as one of those that tell of its meeting.
    pub(super) fn told(&self, links: Links) -> Told {
        Told {
            report: self.report.clone(),
            published: self.published,
            revision: self.revision,
            create_time: self.create_time,
            extraction: self.extraction.clone(),
            links,
        }
    }
}

/// A person of whom no saying is known. Cannot happen while sayings and readings are written together; kept apart under
/// an id of its own all the same.
fn unknown_person(facet: &PersonFacet, report: &ReportId) -> Link {
    let id = EntityId::derive(EntityKind::Person.prefix(), &[&facet.name_key, report.as_str()]);
    let entity = EntityRef { id, kind: EntityKind::Person, display_name: facet.name.clone() };
    Link { entity, decision: Decision { outcome: Outcome::Ambiguous, reasons: Vec::new() } }
}
