//! One report's mentions turned into entities.
//!
//! Organizations, places and legal documents get their ids here, from the report alone. People get facets, which the projection gathers by what they
//! say ([`super::people::Saying`]).

mod people;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::keys::{Jurisdiction, Naming, Organization, Parent, PlaceKey};
use super::lookup::{IndexKey, document_keys, organization_keys, place_keys};
use super::people::PersonFacet;
use super::setting::Setting;
use super::site::Site;
use crate::model::{
    Decision, EntityId, EntityKind, EntityRef, Extraction, Outcome, PlaceFacts, ReferenceFact, ReferenceFacts,
};
use crate::text::{Typing, fold};

/// A mention with the entity it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The entity, named as the report names it.
    pub entity: EntityRef,
    /// Why it is this one.
    pub decision: Decision,
}

/// A person of the report: the facet that goes into its name's group, and the bodies of the offices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedPerson {
    /// What the report says of the person.
    pub facet: PersonFacet,
    /// For each office of the fact, in its order, its body under the name that the report means; without a name where only the title tells it.
    pub organizations: Vec<Option<EntityRef>>,
}

/// An entity that the report names, or that one it names belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntitySeed {
    /// Identity.
    pub id: EntityId,
    /// Kind.
    pub kind: EntityKind,
    /// The name the report uses; for parents that are not named, a name made from the key.
    pub name: String,
    /// False for parents that the report does not name.
    pub named: bool,
    /// The body or unit it belongs to.
    pub parent: Option<EntityId>,
    /// For units of the gazetteer.
    pub place: Option<PlaceFacts>,
    /// For legal documents.
    pub reference: Option<ReferenceFacts>,
    /// Under which keys a lookup finds it, beside those of its aliases.
    pub keys: Vec<IndexKey>,
}

/// One report with its entities. The lists run parallel to those of the extraction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedReport {
    /// Where and when the report plays.
    pub setting: Setting,
    /// Who holds the meeting.
    pub convener: Option<Resolved>,
    /// People.
    pub people: Vec<ResolvedPerson>,
    /// Organizations.
    pub organizations: Vec<Resolved>,
    /// Places.
    pub places: Vec<Resolved>,
    /// Legal documents.
    pub references: Vec<Resolved>,
    /// Every entity but people, once, in the order of ids.
    pub entities: Vec<EntitySeed>,
}

/// Entities gathered while a report is resolved.
struct Resolver<'a> {
    naming: &'a Naming,
    setting: &'a Setting,
    seeds: BTreeMap<EntityId, EntitySeed>,
    /// Bodies read, by their names: offices repeat them.
    read: FxHashMap<String, Option<Organization>>,
    /// The report names the National Assembly and no other council, so that its deputies are those of the assembly.
    in_assembly: bool,
}

/// Resolves a report whose setting is known (see [`Naming::setting`]).
#[must_use]
pub fn resolve(extraction: &Extraction, setting: Setting, naming: &Naming) -> ResolvedReport {
    let mut resolver =
        Resolver { naming, setting: &setting, seeds: BTreeMap::new(), read: FxHashMap::default(), in_assembly: false };
    resolver.in_assembly = resolver.names_assembly_alone(extraction);
    let organizations = extraction.organizations.iter().map(|fact| resolver.organization(&fact.name)).collect();
    let places = extraction.places.iter().map(|fact| resolver.place(&fact.name)).collect();
    let references = extraction.references.iter().map(|fact| resolver.reference(fact)).collect();
    let convener = extraction.meeting.convener.as_ref().map(|convener| resolver.organization(&convener.name));
    let mut people: Vec<ResolvedPerson> = extraction.people.iter().map(|fact| resolver.person(fact)).collect();
    people::unite_namesakes(&mut people);
    let entities = resolver.seeds.into_values().collect();
    ResolvedReport { convener, people, organizations, places, references, entities, setting }
}

impl Resolver<'_> {
    fn body(&mut self, name: &str) -> Option<Organization> {
        if let Some(known) = self.read.get(name) {
            return known.clone();
        }
        let body = self.naming.organization(name, Typing::Edited, self.setting);
        self.read.insert(name.to_owned(), body.clone());
        body
    }

    /// True if the National Assembly is the only council that a report names.
    fn names_assembly_alone(&mut self, extraction: &Extraction) -> bool {
        let (mut assembly, mut council) = (false, false);
        for fact in &extraction.organizations {
            let Some(body) = self.body(&fact.name) else { continue };
            let central = body.key.jurisdiction == Jurisdiction::Central && !body.abroad;
            assembly |= central && ["quoc hoi", "uy ban thuong vu quoc hoi"].contains(&body.bare_core.as_str());
            council |= body.bare_core == "hoi dong nhan dan";
        }
        assembly && !council
    }

    fn organization(&mut self, name: &str) -> Resolved {
        // "Thủ tướng" who calls a meeting is no body beside the government, and a look-up for the office must not find one.
        if let Some(body) = self.naming.body_of_office(name) {
            return self.organization(&body);
        }
        match self.body(name) {
            Some(body) => {
                // "Đảng ủy" where the party organization of a body meets: shown with the body's name.
                let bare = fold::spelling(name) == fold::spelling("đảng ủy");
                let shown = self.setting.party.as_ref().filter(|_| bare).map(|body| format!("{name} {body}"));
                let id = self.seed_organization(&body, shown.as_deref().unwrap_or(name), true);
                resolved(id, EntityKind::Organization, name, organization_decision(&body))
            }
            None => self.nameless(EntityKind::Organization, name),
        }
    }

    fn seed_organization(&mut self, body: &Organization, name: &str, named: bool) -> EntityId {
        let id = body.key.entity_id();
        if self.seeds.get(&id).is_some_and(|seed| seed.named || !named) {
            return id;
        }
        let parent = match &body.parent {
            Parent::Organization(parent, parent_name) => Some(self.seed_organization(parent, parent_name, false)),
            Parent::Place(site) => Some(self.seed_site(site, None)),
            Parent::None => None,
        };
        let seed = EntitySeed {
            id: id.clone(),
            kind: EntityKind::Organization,
            name: name.to_owned(),
            named,
            parent: parent.filter(|parent| *parent != id),
            place: None,
            reference: None,
            keys: organization_keys(body),
        };
        self.seeds.insert(id.clone(), seed);
        id
    }

    fn place(&mut self, name: &str) -> Resolved {
        let Some(place) = self.naming.place(name, Typing::Edited, self.setting) else {
            return self.nameless(EntityKind::Place, name);
        };
        let id = match &place.key {
            PlaceKey::Site(site) => self.seed_site(site, Some(name)),
            PlaceKey::Named(..) => {
                let id = place.key.entity_id(self.naming);
                let own = self.naming.only_province(&place.several);
                let province = own.or_else(|| self.setting.province.clone().filter(|_| place.by_setting));
                let parent = province.map(|site| self.seed_site(&site, None));
                let seed = EntitySeed {
                    id: id.clone(),
                    kind: EntityKind::Place,
                    name: name.to_owned(),
                    named: true,
                    parent,
                    place: None,
                    reference: None,
                    keys: place_keys(&place.key),
                };
                self.seeds.entry(id.clone()).or_insert(seed);
                id
            }
        };
        let decision = match (&place.key, place.several.len()) {
            (PlaceKey::Site(Site::Other(_)), _) => Decision {
                outcome: Outcome::Known,
                reasons: vec!["a unit that the gazetteer does not know, by its kind and name".to_owned()],
            },
            (PlaceKey::Site(Site::Unit(unit)), _) => {
                let mut reasons = vec![format!("unit {} of the gazetteer", self.naming.gazetteer.unit(*unit).code)];
                if place.by_setting {
                    reasons.push("told from others of the name by the province and date of the report".to_owned());
                }
                Decision { outcome: Outcome::Known, reasons }
            }
            (PlaceKey::Named(..), 0) => Decision {
                outcome: Outcome::New,
                reasons: vec!["known by its name; not a unit of the gazetteer".to_owned()],
            },
            (PlaceKey::Named(..), several) => Decision {
                outcome: Outcome::Ambiguous,
                reasons: vec![format!(
                    "{several} units of the gazetteer have this name and nothing tells which is meant"
                )],
            },
        };
        resolved(id, EntityKind::Place, name, decision)
    }

    /// Adds a unit and the units above it.
    fn seed_site(&mut self, site: &Site, name: Option<&str>) -> EntityId {
        let id = self.naming.site_id(site);
        if self.seeds.get(&id).is_some_and(|seed| seed.named || name.is_none()) {
            return id;
        }
        let parent = match site {
            Site::Unit(unit) => self.naming.gazetteer.unit(*unit).parent.map(Site::Unit),
            // It lies in the province that the report is about, if it says so.
            Site::Other(other) => {
                self.setting.province.clone().filter(|province| self.naming.site_token(province) == other.within)
            }
        };
        let parent = parent.map(|parent| self.seed_site(&parent, None));
        let seed = EntitySeed {
            id: id.clone(),
            kind: EntityKind::Place,
            name: name.map_or_else(|| self.naming.site_name(site), str::to_owned),
            named: name.is_some(),
            parent: parent.filter(|parent| *parent != id),
            place: site.unit().map(|unit| self.naming.gazetteer.facts(unit)),
            reference: None,
            keys: Vec::new(),
        };
        self.seeds.insert(id.clone(), seed);
        id
    }

    fn reference(&mut self, fact: &ReferenceFact) -> Resolved {
        let key = self.naming.document(fact, Typing::Edited, self.setting);
        let id = key.entity_id();
        let issuer = fact.issuer.as_deref();
        let issuer = issuer.map(|name| self.naming.body_of_office(name).unwrap_or_else(|| name.to_owned()));
        let parent = issuer.and_then(|name| {
            let body = self.body(&name)?;
            Some(self.seed_organization(&body, &name, false))
        });
        let name = document_name(fact);
        let certain = !key.issuer.is_empty() && !key.scope.starts_with('?');
        let seed = EntitySeed {
            id: id.clone(),
            kind: EntityKind::LegalDocument,
            name: name.clone(),
            named: true,
            parent,
            place: None,
            reference: Some(ReferenceFacts {
                kind: fact.kind.clone(),
                number: fact.number.clone(),
                issuer: fact.issuer.clone(),
                date: fact.date.map(|dated| dated.date),
            }),
            keys: document_keys(&key),
        };
        self.seeds.entry(id.clone()).or_insert(seed);
        let decision = if certain {
            Decision { outcome: Outcome::Known, reasons: vec!["kind, number and issuer".to_owned()] }
        } else {
            let reason =
                if fact.number.is_some() { "kind and number; the issuer is not told" } else { "has no number" };
            Decision { outcome: Outcome::New, reasons: vec![reason.to_owned()] }
        };
        resolved(id, EntityKind::LegalDocument, &name, decision)
    }

    /// A name without letters or digits: kept under the report, so that nothing is lost and nothing is merged.
    fn nameless(&mut self, kind: EntityKind, name: &str) -> Resolved {
        let report = self.setting.report.as_ref().map_or("", |report| report.as_str());
        let id = EntityId::derive(kind.prefix(), &["nameless", report, name]);
        let seed = EntitySeed {
            id: id.clone(),
            kind,
            name: name.to_owned(),
            named: true,
            parent: None,
            place: None,
            reference: None,
            keys: Vec::new(),
        };
        self.seeds.entry(id.clone()).or_insert(seed);
        let decision = Decision { outcome: Outcome::Ambiguous, reasons: vec!["the name has no words".to_owned()] };
        resolved(id, kind, name, decision)
    }
}

fn resolved(id: EntityId, kind: EntityKind, name: &str, decision: Decision) -> Resolved {
    Resolved { entity: EntityRef { id, kind, display_name: name.to_owned() }, decision }
}

fn organization_decision(body: &Organization) -> Decision {
    let (outcome, reason) = match (&body.key.jurisdiction, body.placed) {
        (Jurisdiction::Unknown(_), _) => {
            (Outcome::Ambiguous, "nothing tells whose body it is; known within this report")
        }
        (Jurisdiction::Named(_), _) => {
            (Outcome::Ambiguous, "its place is not a unit of the gazetteer, or one of several")
        }
        (_, true) => (Outcome::Known, "kind of body and place are in the name"),
        (Jurisdiction::Anywhere, _) => (Outcome::Known, "known by its name"),
        (_, false) => (Outcome::Known, "kind of body is in the name, the place is the one the report is about"),
    };
    Decision { outcome, reasons: vec![reason.to_owned()] }
}

/// "Nghị quyết 98", "Kế hoạch số 19/KH-UBND": as written, with the kind before a bare number.
fn document_name(fact: &ReferenceFact) -> String {
    match &fact.number {
        Some(number) if !fold::spelling(&fact.text).starts_with(&fold::spelling(&fact.kind)) => {
            format!("{} {number}", fact.kind)
        }
        _ => fact.text.clone(),
    }
}
