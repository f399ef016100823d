//! For tests: a registry in memory, fed with hand-made extractions, asked like a service asks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::lookup::{
    ContextOffice, ContextPerson, Fetched, Found, How, IndexKey, Probe, QueryContext, QueryReading, Ranking, called,
    far_probes, holders_at, index_keys, probes, unit_entity, unplaced_bodies,
};
use super::people::{NameGroup, PersonCluster};
use super::{EntitySeed, Naming, ReportContext, ResolvedReport, Setting, display_name, resolve};
use crate::model::{
    Alias, Basis, Candidate, DatedFact, Entity, EntityId, EntityKind, Extraction, NamedSpan, OfficeFact,
    OrganizationFact, PersonFact, PlaceFact, ReferenceFact, ReportId, Revision, Role, Span,
};

pub(super) static NAMING: LazyLock<Naming> = LazyLock::new(Naming::new);

/// A report in short: `"name: title @ body; nguyên title @ body"` for each person. A title may begin with "nguyên", "thôi" or "bầu".
#[derive(Debug, Clone, Default)]
pub(super) struct Tale {
    pub id: &'static str,
    pub date: &'static str,
    pub convener: &'static str,
    pub people: Vec<String>,
    pub bodies: Vec<&'static str>,
    pub places: Vec<&'static str>,
    pub documents: Vec<(&'static str, &'static str, &'static str)>,
}

fn span() -> Span {
    Span::new(0, 1)
}

pub(super) fn tale(id: &'static str, date: &'static str, convener: &'static str, people: &[&str]) -> Tale {
    Tale { id, date, convener, people: people.iter().map(|text| (*text).to_owned()).collect(), ..Tale::default() }
}

impl Tale {
    pub fn extraction(&self) -> Extraction {
        let mut extraction = Extraction::default();
        let date = self.date.parse().ok();
        extraction.meeting.date = date.map(|date| DatedFact { date, basis: Basis::Stated, span: None });
        extraction.meeting.convener =
            (!self.convener.is_empty()).then(|| NamedSpan { name: self.convener.to_owned(), span: span() });
        extraction.people = self.people.iter().map(|text| person(text)).collect();
        let body = |name: &&str| OrganizationFact { name: (*name).to_owned(), spans: vec![span()] };
        extraction.organizations = self.bodies.iter().map(body).collect();
        extraction.places =
            self.places.iter().map(|name| PlaceFact { name: (*name).to_owned(), spans: vec![span()] }).collect();
        extraction.references = self
            .documents
            .iter()
            .map(|(kind, number, issuer)| ReferenceFact {
                kind: (*kind).to_owned(),
                number: Some((*number).to_owned()),
                title: None,
                issuer: (!issuer.is_empty()).then(|| (*issuer).to_owned()),
                date: None,
                text: format!("{kind} {number}"),
                spans: vec![span()],
            })
            .collect();
        extraction
    }

    pub fn resolved(&self) -> (ReportId, ResolvedReport) {
        let report = ReportId::parse(self.id).expect("an id");
        let extraction = self.extraction();
        let setting = NAMING.setting(&extraction, &ReportContext { id: Some(&report), ..ReportContext::default() });
        (report, resolve(&extraction, setting, &NAMING))
    }
}

fn person(text: &str) -> PersonFact {
    let (name, offices) = text.split_once(':').unwrap_or((text, ""));
    let offices = offices.split(';').map(str::trim).filter(|office| !office.is_empty());
    let offices = offices.map(|office| {
        let (title, organization) = office.split_once('@').unwrap_or((office, ""));
        let title = title.trim();
        let marks = ["nguyên ", "thôi ", "bầu "];
        let bare = marks.iter().find_map(|mark| title.strip_prefix(mark)).unwrap_or(title);
        OfficeFact {
            proposed: false,
            title: bare.to_owned(),
            organization: organization.trim().to_owned(),
            text: office.to_owned(),
            former: title.starts_with(marks[0]),
            acting: false,
            begins: title.starts_with(marks[2]),
            ends: title.starts_with(marks[1]),
            span: span(),
        }
    });
    PersonFact { name: name.trim().to_owned(), role: Role::Speaker, offices: offices.collect(), spans: vec![span()] }
}

#[derive(Debug, Default)]
pub(super) struct World {
    pub groups: BTreeMap<String, NameGroup>,
    seeds: BTreeMap<EntityId, (EntitySeed, BTreeMap<String, u64>)>,
    reports: BTreeMap<String, (Setting, Vec<ContextFacet>)>,
}

#[derive(Debug)]
struct ContextFacet {
    name_key: String,
    name: String,
    offices: Vec<ContextOffice>,
}

impl World {
    pub fn of(tales: &[Tale]) -> Self {
        let mut world = Self::default();
        tales.iter().for_each(|tale| world.tell(tale));
        world
    }

    pub fn tell(&mut self, tale: &Tale) {
        let (report, resolved) = tale.resolved();
        for seed in resolved.entities {
            let entry = self.seeds.entry(seed.id.clone()).or_insert_with(|| (seed.clone(), BTreeMap::new()));
            if seed.named {
                *entry.1.entry(seed.name.clone()).or_default() += 1;
            }
        }
        let mut people = Vec::new();
        for person in resolved.people {
            let facet = person.facet;
            let offices = facet.signature.offices.iter();
            people.push(ContextFacet {
                name_key: facet.name_key.clone(),
                name: facet.name.clone(),
                offices: offices
                    .map(|one| ContextOffice {
                        title: one.title.clone(),
                        organization: one.body.as_ref().map(|body| body.id.clone()),
                        past: one.former || one.ends,
                    })
                    .collect(),
            });
            let group = self.groups.entry(facet.name_key.clone()).or_insert_with(|| NameGroup::new(&facet.name_key));
            group.upsert(&report, &facet);
        }
        self.reports.insert(tale.id.to_owned(), (resolved.setting, people));
    }

    pub fn people(&self) -> Vec<PersonCluster> {
        self.groups.values().flat_map(|group| group.clusters(&NAMING)).collect()
    }

    /// The reports of each person, for comparison.
    pub fn partition(&self) -> BTreeSet<(String, Vec<String>)> {
        let reports = |person: &PersonCluster| {
            let mut all: Vec<String> = person.reports().map(|(report, _)| report.to_string()).collect();
            all.sort();
            all
        };
        self.people().iter().map(|person| (person.person.display_name.clone(), reports(person))).collect()
    }

    fn entities(&self) -> BTreeMap<EntityId, (Entity, Vec<IndexKey>)> {
        let mut all = BTreeMap::new();
        for (id, (seed, forms)) in &self.seeds {
            let list: Vec<(&str, u64)> = forms.iter().map(|(name, count)| (name.as_str(), *count)).collect();
            let shown = display_name(seed.kind, id, &list, None, &NAMING);
            let name = if shown.is_empty() { seed.name.clone() } else { shown };
            let mut entity = entity(id, seed.kind, &name, 1);
            entity.aliases = forms.keys().map(|name| alias(name)).collect();
            entity.reference.clone_from(&seed.reference);
            entity.place.clone_from(&seed.place);
            all.insert(id.clone(), (entity, seed.keys.clone()));
        }
        for cluster in self.people() {
            let count = cluster.reports().count() as u64;
            let person = cluster.person;
            let mut entity = entity(&person.id, EntityKind::Person, &person.display_name, count);
            let body =
                |id: Option<&EntityId>| id.and_then(|id| all.get(id)).map_or("", |one| one.0.display_name.as_str());
            entity.tenures = person
                .offices
                .iter()
                .map(|office| office.tenure(body(office.known.organization_id.as_ref())))
                .collect();
            all.insert(person.id, (entity, Vec::new()));
        }
        all
    }

    pub fn ask(&self, query: &str, kind: Option<EntityKind>, as_of: &str, report: &str) -> Vec<Candidate> {
        let entities = self.entities();
        let mut index: BTreeMap<IndexKey, BTreeSet<&EntityId>> = BTreeMap::new();
        for (id, (entity, keys)) in &entities {
            for key in index_keys(entity, &NAMING).into_keys().chain(keys.iter().cloned()) {
                index.entry(key).or_default().insert(id);
            }
        }
        let context = self.context(kind, as_of, report);
        let first = NAMING.read_query(query, &context);
        let again = NAMING.read_query_again(&first, &context);
        let mut ranking = Ranking::new(&context, &NAMING);
        for reading in std::iter::once(&first).chain(&again) {
            if ranking.add(Found { reading, fetched: find(reading, &entities, &index), unread: 0 }) {
                break;
            }
        }
        ranking.candidates()
    }

    fn context(&self, kind: Option<EntityKind>, as_of: &str, report: &str) -> QueryContext {
        let mut context = QueryContext { kind, as_of: as_of.parse().ok(), ..QueryContext::default() };
        if let Some((setting, people)) = self.reports.get(report) {
            context.setting = setting.clone();
            let id = |facet: &ContextFacet| {
                let clusters = self.groups.get(&facet.name_key)?.clusters(&NAMING);
                clusters
                    .into_iter()
                    .find(|one| one.reports().any(|(own, _)| own.as_str() == report))
                    .map(|one| one.person.id)
            };
            let person = |facet: &ContextFacet| {
                Some(ContextPerson { id: id(facet)?, name: facet.name.clone(), offices: facet.offices.clone() })
            };
            context.people = people.iter().filter_map(person).collect();
        }
        context
    }
}

/// What a store would find for a reading.
fn find(
    reading: &QueryReading,
    entities: &BTreeMap<EntityId, (Entity, Vec<IndexKey>)>,
    index: &BTreeMap<IndexKey, BTreeSet<&EntityId>>,
) -> Vec<Fetched> {
    let mut found: BTreeMap<EntityId, Fetched> = BTreeMap::new();
    let under = |key: &IndexKey| index.get(key).into_iter().flatten().map(|id| (*id).clone()).collect::<Vec<_>>();
    let mut note = |ids: Vec<EntityId>, how: How| {
        for id in ids {
            let entity = entities.get(&id).map(|one| one.0.clone()).or_else(|| unit_entity(&id, &NAMING));
            if let Some(entity) = entity {
                let called = called(&entity, reading, &NAMING);
                found.entry(id).or_insert(Fetched { entity, how, homes: Vec::new(), called });
            }
        }
    };
    for (probe, how) in probes(reading).into_iter().chain(far_probes(reading, &NAMING, |_| true).flatten()) {
        match probe {
            Probe::Key(key) => note(under(&key), how),
            Probe::Entity(id) => note(vec![id], how),
        }
    }
    if reading.name.is_none() {
        for body in unplaced_bodies(reading).iter().flat_map(under) {
            holders_at(reading, &body).for_each(|key| note(under(&key), How::Office));
        }
    }
    found.into_values().collect()
}

fn alias(name: &str) -> Alias {
    Alias { name: name.to_owned(), first_seen: None, last_seen: None, count: 1 }
}

fn entity(id: &EntityId, kind: EntityKind, name: &str, mentions: u64) -> Entity {
    Entity {
        id: id.clone(),
        kind,
        display_name: name.to_owned(),
        aliases: Vec::new(),
        tenures: Vec::new(),
        parent: None,
        place: None,
        reference: None,
        mention_count: mentions,
        meeting_count: mentions,
        revision: Revision(1),
    }
}
