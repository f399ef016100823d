//! People of a report: what it says of each, with the bodies of their offices.

use std::collections::BTreeMap;

use super::{ResolvedPerson, Resolver};
use crate::model::{EntityKind, EntityRef, OfficeFact, PersonFact, Span};
use crate::registry::gazetteer::Level;
use crate::registry::keys::{Family, Jurisdiction, Organization, Parent};
use crate::registry::offices::Rank;
use crate::registry::people::{Body, FacetOffice, Home, PersonFacet, Signature};
use crate::registry::setting::Setting;
use crate::registry::site::Site;
use crate::text::{Typing, fold};

/// Most characters between two offices of one chain of titles.
const BESIDE: u32 = 48;

/// A report means one person by a full name: what it says of the name in several places is said of them all.
pub(super) fn unite_namesakes(people: &mut [ResolvedPerson]) {
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
    /// What a report says of somebody, and the bodies of the offices.
    pub(super) fn person(&mut self, fact: &PersonFact) -> ResolvedPerson {
        let mut organizations = Vec::with_capacity(fact.offices.len());
        let mut offices: Vec<(FacetOffice, Span)> = Vec::with_capacity(fact.offices.len());
        let settings = self.settings_beside(&fact.offices);
        let named = self.named_beside(&fact.offices);
        let foreign = self.naming.is_foreign_name(&fact.name);
        for ((office, setting), name) in fact.offices.iter().zip(&settings).zip(named) {
            let (facet, body) = match name {
                Some(organization) => self.office(&OfficeFact { organization, ..office.clone() }, None, foreign),
                None => self.office(office, setting.as_ref(), foreign),
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
        let chains = chains(offices);
        let setting = |at: usize| {
            bodies[at].as_ref().filter(|body| !body.placed)?;
            let others = bodies.iter().zip(&chains).filter(|(_, chain)| **chain == chains[at]);
            let mut sites = others.filter_map(|(body, _)| body.as_ref().filter(|body| body.placed)?.site.as_ref());
            let site = sites.next().filter(|site| sites.all(|other| other == *site))?;
            self.naming.setting_in(self.setting, site)
        };
        (0..offices.len()).map(setting).collect()
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
        // Whom a report calls "Thủ tướng Lào" and then "Thủ tướng" is that of Lào.
        let abroad = |body: &Option<Organization>| body.as_ref().is_some_and(|body| body.abroad);
        let any_abroad = bodies.iter().any(abroad);
        let state_led = |office: &OfficeFact| {
            let title = any_abroad.then(|| self.naming.title_name(&office.title))?;
            let mut led = offices.iter().zip(&bodies).filter(|(_, body)| abroad(body)).map(|(other, _)| other);
            led.find(|other| self.naming.title_name(&other.title) == title).map(|other| other.organization.clone())
        };
        let office_of = |office: &OfficeFact, organization: &str| {
            let lead =
                ["chánh văn phòng", "phó chánh văn phòng"].map(fold::spelling).contains(&fold::spelling(&office.title));
            lead && !organization.starts_with(fold::spelling("văn phòng").as_str())
        };
        let name = |office: &OfficeFact| match fold::spelling(&office.organization) {
            organization if organization.is_empty() && self.in_assembly && is_deputy(office) => {
                Some("Quốc hội".to_owned())
            }
            organization if organization.is_empty() => {
                let state = state_led(office);
                let minister = ["bộ trưởng", "thứ trưởng"].map(fold::spelling);
                let title = fold::spelling(&office.title);
                let is_minister = minister.iter().any(|minister| title.starts_with(minister.as_str()));
                state.or_else(|| self.setting.ministry.clone().filter(|_| is_minister && !office.former))
            }
            organization if organization == fold::spelling("đảng ủy") => {
                led(office).map(|body| format!("{} {body}", office.organization))
            }
            // The "Chánh Văn phòng UBND tỉnh" leads the office, not the administration.
            organization if office_of(office, &organization) => Some(format!("Văn phòng {}", office.organization)),
            _ => None,
        };
        offices.iter().map(name).collect()
    }

    fn office(
        &mut self,
        fact: &OfficeFact,
        setting: Option<&Setting>,
        foreign: bool,
    ) -> (FacetOffice, Option<EntityRef>) {
        let in_title = self.naming.is_end_of_title(&fact.title, &fact.organization);
        let named = match setting {
            _ if in_title => None,
            None => self.body(&fact.organization),
            Some(setting) => self.naming.organization(&fact.organization, Typing::Edited, setting),
        };
        let setting = setting.unwrap_or(self.setting);
        // The "Chủ tịch nước | Việt Nam" is that of the state, as the "Chủ tịch nước" is.
        let named = named.filter(|_| !self.naming.is_own_country(&fact.organization));
        let office = self.naming.office_of(&fact.title, named, Typing::Edited, setting);
        // The "Bộ trưởng Bộ Quốc phòng James Carver" whose state is not told is of no ministry of this country.
        let abroad = foreign && office.organization.as_ref().is_some_and(is_of_state);
        let body = office.organization.as_ref().filter(|_| !abroad);
        let place = body.filter(|_| self.naming.is_place_name(&fact.organization));
        let written = match place.and_then(|body| self.naming.governing_name(body)) {
            Some(name) => name,
            None if in_title || fact.organization.is_empty() => implied_name(body),
            None => fact.organization.clone(),
        };
        let id = body.map(|body| self.seed_organization(body, &written, true));
        // There is no minister but of a country.
        let minister = body.is_none() && ["Bộ trưởng", "Thứ trưởng"].contains(&office.title.as_str());
        let leads_state = body.is_some_and(|body| is_national(body, office.rank) || leads_abroad(body, office.rank));
        let national = minister || abroad || leads_state;
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
        let display_name = if fact.organization.is_empty() { String::new() } else { written };
        (facet, id.map(|id| EntityRef { id, kind: EntityKind::Organization, display_name }))
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
}

/// True for a deputy of whose council the words do not tell.
fn is_deputy(office: &OfficeFact) -> bool {
    fold::spelling(&office.title) == fold::spelling("đại biểu")
}

/// True for offices of one chain of titles.
fn is_beside(office: &OfficeFact, other: &OfficeFact) -> bool {
    let gap = other.span.start.max(office.span.start).saturating_sub(other.span.end.min(office.span.end));
    other.former == office.former && gap <= BESIDE
}

/// The chain of titles that each office stands in: one after the other, with little between them. A long chain ends far from where it begins.
fn chains(offices: &[OfficeFact]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..offices.len()).collect();
    order.sort_by_key(|at| (offices[*at].span.start, offices[*at].span.end));
    let mut chains = vec![0; offices.len()];
    for pair in order.windows(2) {
        let (before, next) = (&offices[pair[0]], &offices[pair[1]]);
        let goes_on = before.former == next.former && next.span.start.saturating_sub(before.span.end) <= BESIDE;
        chains[pair[1]] = chains[pair[0]] + usize::from(!goes_on);
    }
    chains
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
    let inner = ["trung uong dang", "bo chinh tri", "ban bi thu"].contains(&body.bare_core.as_str());
    is_of_state(body) && (inner || rank <= Rank::Deputy)
}

/// True for those who lead another state, its government, parliament or ministries.
fn leads_abroad(body: &Organization, rank: Rank) -> bool {
    let of_state = matches!(body.parent, Parent::None)
        || matches!(
            body.family,
            Family::Government | Family::Council | Family::Ministry | Family::Army | Family::Police
        );
    body.abroad && of_state && rank <= Rank::Deputy
}

/// True for bodies of the state and of the Party that have their say in the whole country.
fn is_of_state(body: &Organization) -> bool {
    let family = matches!(
        body.family,
        Family::Committee | Family::Government | Family::Council | Family::Ministry | Family::Front | Family::Court
    );
    body.key.jurisdiction == Jurisdiction::Central && (family || body.is_ministry())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::world::tale;

    #[test]
    fn a_chain_of_titles_is_as_long_as_its_links_are_short() {
        let office = |former: bool, start: u32, end: u32| OfficeFact {
            proposed: false,
            title: "Bí thư".to_owned(),
            organization: String::new(),
            text: String::new(),
            former,
            acting: false,
            begins: false,
            ends: false,
            span: Span::new(start, end),
        };
        let offices = [office(false, 70, 90), office(false, 0, 20), office(false, 22, 60), office(true, 92, 99)];
        assert_eq!(chains(&offices), [0, 0, 0, 1]);
        assert_eq!(chains(&[office(false, 300, 310), office(false, 0, 20)]), [1, 0]);
        assert!(chains(&[]).is_empty());
    }

    /// Bodies bear the name that is meant as an alias, not what happens to stand behind the title.
    #[test]
    fn bodies_of_offices_have_the_name_that_is_meant() {
        for (office, meant) in [
            ("Phó Tổng Thanh tra @ Chính phủ", "Thanh tra Chính phủ"),
            ("Chánh Văn phòng @ UBND tỉnh Cà Mau", "Văn phòng UBND tỉnh Cà Mau"),
            ("Giám đốc @ Sở Y tế", "Sở Y tế"),
            ("Thủ tướng @ ", ""),
        ] {
            let (_, resolved) = tale("r1", "2022-03-01", "Cà Mau", &[&format!("Tạ Hữu Nghĩa: {office}")]).resolved();
            let bodies = &resolved.people[0].organizations;
            assert_eq!(bodies[0].as_ref().map(|body| body.display_name.as_str()), Some(meant), "{office}");
        }
    }
}
