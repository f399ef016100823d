//! One report's mentions turned into entities.
//!
//! Organizations, places and legal documents get their ids here, from the report alone. People get facets, which the projection gathers by what they
//! say ([`super::people::Saying`]).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::gazetteer::Level;
use super::keys::{Family, Jurisdiction, Naming, Organization, Parent, PlaceKey};
use super::lookup::{IndexKey, document_keys, organization_keys, place_keys};
use super::offices::Rank;
use super::people::{Body, FacetOffice, Home, PersonFacet, Signature};
use super::setting::Setting;
use super::site::Site;
use crate::model::{
    Decision, EntityId, EntityKind, EntityRef, Extraction, OfficeFact, Outcome, PersonFact, PlaceFacts, ReferenceFact,
    ReferenceFacts, Span,
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
    /// For each office of the fact, in its order, the entity of its body.
    pub organizations: Vec<Option<EntityId>>,
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

/// Most characters between two offices of one chain of titles.
const BESIDE: u32 = 48;

/// Entities gathered while a report is resolved.
struct Resolver<'a> {
    naming: &'a Naming,
    setting: &'a Setting,
    seeds: BTreeMap<EntityId, EntitySeed>,
    /// Bodies read, by their names: offices repeat them.
    read: FxHashMap<String, Option<Organization>>,
}

/// Resolves a report whose setting is known (see [`Naming::setting`]).
#[must_use]
pub fn resolve(extraction: &Extraction, setting: Setting, naming: &Naming) -> ResolvedReport {
    let mut resolver = Resolver { naming, setting: &setting, seeds: BTreeMap::new(), read: FxHashMap::default() };
    let organizations = extraction.organizations.iter().map(|fact| resolver.organization(&fact.name)).collect();
    let places = extraction.places.iter().map(|fact| resolver.place(&fact.name)).collect();
    let references = extraction.references.iter().map(|fact| resolver.reference(fact)).collect();
    let convener = extraction.meeting.convener.as_ref().map(|convener| resolver.organization(&convener.name));
    let mut people: Vec<ResolvedPerson> = extraction.people.iter().map(|fact| resolver.person(fact)).collect();
    unite_namesakes(&mut people);
    let entities = resolver.seeds.into_values().collect();
    ResolvedReport { convener, people, organizations, places, references, entities, setting }
}

/// A report means one person by a full name: what it says of the name in several places is said of them all.
fn unite_namesakes(people: &mut [ResolvedPerson]) {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, person) in people.iter().enumerate() {
        by_name.entry(person.facet.name_key.clone()).or_default().push(at);
    }
    for several in by_name.into_values().filter(|several| several.len() > 1) {
        let mut all: Vec<(FacetOffice, Span)> = Vec::new();
        for facet in several.iter().map(|at| &people[*at].facet) {
            all.extend(facet.signature.offices.iter().cloned().zip(facet.spans.iter().copied()));
        }
        all.sort();
        all.dedup_by(|a, b| a.0 == b.0);
        let mut whole = people[several[0]].facet.clone();
        if !all.is_empty() {
            whole.spans = all.iter().map(|(_, span)| *span).collect();
            whole.signature.offices = all.into_iter().map(|(office, _)| office).collect();
        }
        if whole.signature.bodies().next().is_some() && !whole.signature.is_national() {
            whole.signature.setting = None;
        }
        several.iter().for_each(|at| people[*at].facet = whole.clone());
    }
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

    fn organization(&mut self, name: &str) -> Resolved {
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
                let province = self.setting.province.clone().filter(|_| place.by_setting);
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
        let issuer = fact.issuer.as_deref().and_then(|issuer| self.body(issuer));
        let parent = issuer.map(|body| {
            let name = fact.issuer.as_deref().unwrap_or_default();
            self.seed_organization(&body, name, false)
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

    fn person(&mut self, fact: &PersonFact) -> ResolvedPerson {
        let mut organizations = Vec::with_capacity(fact.offices.len());
        let mut offices: Vec<(FacetOffice, Span)> = Vec::with_capacity(fact.offices.len());
        let settings = self.settings_beside(&fact.offices);
        let named = self.named_beside(&fact.offices);
        for ((office, setting), name) in fact.offices.iter().zip(&settings).zip(named) {
            let (facet, body) = match name {
                Some(organization) => self.office(&OfficeFact { organization, ..office.clone() }, None),
                None => self.office(office, setting.as_ref()),
            };
            organizations.push(body);
            // Who is proposed does not hold it.
            offices.extend((!office.proposed).then_some((facet, office.span)));
        }
        offices.sort();
        offices.dedup_by(|a, b| a.0 == b.0);
        let spans = if offices.is_empty() {
            fact.spans.first().copied().into_iter().collect()
        } else {
            offices.iter().map(|(_, span)| *span).collect()
        };
        let mut signature =
            Signature { offices: offices.into_iter().map(|(office, _)| office).collect(), setting: None };
        // Where a report plays says something of those without a body of their own and of leaders of the country on a visit.
        if signature.bodies().next().is_none() || signature.is_national() {
            signature.setting = self.setting.focus().map(|site| self.home(site));
        }
        let facet = PersonFacet {
            name_key: fold::spelling(&fact.name),
            name: fact.name.clone(),
            date: self.setting.as_of,
            signature,
            spans,
        };
        ResolvedPerson { facet, organizations }
    }

    /// For each office of a person the setting in which it is read, where that is not the report's: in the unit of the office beside it, where
    /// that names another. The "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Cà Mau" is of the Tỉnh ủy Cà Mau wherever the report plays.
    fn settings_beside(&mut self, offices: &[OfficeFact]) -> Vec<Option<Setting>> {
        let bodies: Vec<_> = offices.iter().map(|office| self.body(&office.organization)).collect();
        let setting = |(at, office): (usize, &OfficeFact)| {
            bodies[at].as_ref().filter(|body| !body.placed)?;
            let others = offices.iter().zip(&bodies).filter(|(other, _)| is_beside(office, other));
            let mut sites = others.filter_map(|(_, body)| body.as_ref().filter(|body| body.placed)?.site.as_ref());
            let site = sites.next().filter(|site| sites.all(|other| other == *site))?;
            self.naming.setting_in(self.setting, site)
        };
        offices.iter().enumerate().map(setting).collect()
    }

    /// For each office of a person the name of its body, where that is not told but follows: a "Thứ trưởng" is of the ministry that the report is about,
    /// and the "Đảng ủy" of the "Bí thư Đảng ủy, Giám đốc Sở Y tế" is the department's.
    fn named_beside(&mut self, offices: &[OfficeFact]) -> Vec<Option<String>> {
        let bodies: Vec<_> = offices.iter().map(|office| self.body(&office.organization)).collect();
        let led = |office: &OfficeFact| {
            let near = offices.iter().zip(&bodies).filter(|(other, _)| is_beside(office, other));
            let mut led = near.filter(|(other, _)| !other.proposed).filter_map(|(other, body)| {
                let body = body.as_ref()?;
                let of_commune = body.site.as_ref().is_some_and(|site| self.naming.site_level(site) == Level::Commune);
                let own = body.family != Family::Committee && body.family != Family::Council && !of_commune;
                (own && self.naming.leads(&other.title)).then(|| other.organization.clone())
            });
            led.next().filter(|first| led.all(|other| other == *first))
        };
        let name = |office: &OfficeFact| match fold::spelling(&office.organization) {
            organization if organization.is_empty() => {
                let minister = ["bộ trưởng", "thứ trưởng"].map(fold::spelling);
                let title = fold::spelling(&office.title);
                let is_minister = minister.iter().any(|minister| title.starts_with(minister.as_str()));
                self.setting.ministry.clone().filter(|_| is_minister && !office.former)
            }
            organization if organization == fold::spelling("đảng ủy") => {
                led(office).map(|body| format!("{} {body}", office.organization))
            }
            _ => None,
        };
        offices.iter().map(name).collect()
    }

    fn office(&mut self, fact: &OfficeFact, setting: Option<&Setting>) -> (FacetOffice, Option<EntityId>) {
        let in_title = self.naming.is_end_of_title(&fact.title, &fact.organization);
        let named = match setting {
            _ if in_title => None,
            None => self.body(&fact.organization),
            Some(setting) => self.naming.organization(&fact.organization, Typing::Edited, setting),
        };
        let setting = setting.unwrap_or(self.setting);
        let office = self.naming.office_of(&fact.title, named, Typing::Edited, setting);
        let body = office.organization.as_ref();
        let place = body.filter(|_| self.naming.is_place_name(&fact.organization));
        let written = match place.and_then(|body| self.naming.governing_name(body)) {
            Some(name) => name,
            None if in_title || fact.organization.is_empty() => implied_name(body),
            None => fact.organization.clone(),
        };
        let id = body.map(|body| self.seed_organization(body, &written, true));
        // There is no minister but of the country.
        let minister = body.is_none() && ["Bộ trưởng", "Thứ trưởng"].contains(&office.title.as_str());
        let national = minister || body.is_some_and(|body| is_national(body, office.rank));
        let facet = FacetOffice {
            title_key: office.title_key,
            title: office.title,
            rank: office.rank,
            body: body.zip(id.clone()).map(|(body, id)| Body {
                id,
                kind: body.bare_core.clone(),
                untold: matches!(body.key.jurisdiction, Jurisdiction::Unknown(_)),
                home: match (&body.key.jurisdiction, &body.site) {
                    (_, Some(site)) => self.home(site),
                    (Jurisdiction::Central, None) => Home::Central,
                    _ => Home::Body,
                },
                governs: ["cap uy", "dang uy", "uy ban nhan dan", "hoi dong nhan dan"]
                    .contains(&body.bare_core.as_str()),
            }),
            national,
            former: fact.former,
            begins: fact.begins,
            ends: fact.ends,
        };
        (facet, id)
    }

    fn home(&self, site: &Site) -> Home {
        let gazetteer = &self.naming.gazetteer;
        let province = self.naming.top_token(site);
        let today = site.unit().map(|unit| self.naming.site_token(&Site::Unit(gazetteer.province_today(unit))));
        Home::Unit {
            province_today: today.unwrap_or_else(|| province.clone()),
            province,
            unit: self.naming.site_token(site),
            level: match self.naming.site_level(site) {
                Level::Province => 0,
                Level::District => 1,
                Level::Commune => 2,
            },
        }
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

/// True for offices of one chain of titles.
fn is_beside(office: &OfficeFact, other: &OfficeFact) -> bool {
    let gap = other.span.start.max(office.span.start).saturating_sub(other.span.end.min(office.span.end));
    other.former == office.former && gap <= BESIDE
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

fn implied_name(body: Option<&Organization>) -> String {
    match body.map(|body| body.bare_core.as_str()) {
        Some("chinh phu") => "Chính phủ".to_owned(),
        Some("nha nuoc") => "Nhà nước".to_owned(),
        Some("quoc hoi") => "Quốc hội".to_owned(),
        Some("trung uong dang") => "Trung ương Đảng".to_owned(),
        Some("thanh tra chinh phu") => "Thanh tra Chính phủ".to_owned(),
        Some("kiem toan nha nuoc") => "Kiểm toán Nhà nước".to_owned(),
        Some("ngan hang nha nuoc") => "Ngân hàng Nhà nước".to_owned(),
        Some("cap uy") => "Cấp ủy".to_owned(),
        other => other.unwrap_or_default().to_owned(),
    }
}

/// True for the few hundred who lead the country.
fn is_national(body: &Organization, rank: Rank) -> bool {
    let central = body.key.jurisdiction == Jurisdiction::Central;
    let leads = rank <= Rank::Deputy;
    let inner = ["trung uong dang", "bo chinh tri", "ban bi thu"].contains(&body.bare_core.as_str());
    let family = matches!(
        body.family,
        Family::Committee | Family::Government | Family::Council | Family::Ministry | Family::Front | Family::Court
    );
    central && (inner || (leads && family))
}
