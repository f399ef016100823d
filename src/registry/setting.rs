//! Where a report plays: what "tỉnh", "Thành ủy" or "Sở Y tế" mean in it.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::gazetteer::{Gazetteer, Kind, Level, Scope, UnitId};
use super::keys::{Jurisdiction, Naming, PlaceKey};
use crate::model::{Edtf, Extraction, ReportId, Span};
use crate::text::Typing;

/// The province, district and commune that a report is about, as far as it tells; and when. May be stored beside the report as long as
/// [`super::VERSION`] is the same.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Setting {
    /// The report; bodies that nothing places elsewhere are known by it.
    pub report: Option<ReportId>,
    /// The day of the meeting, or of publication.
    pub as_of: Option<Edtf>,
    /// The province.
    pub province: Option<UnitId>,
    /// The district, if the report is about one.
    pub district: Option<UnitId>,
    /// The commune, if the report is about one.
    pub commune: Option<UnitId>,
    /// Where the report is about a province or city that the gazetteer does not have: its name as a jurisdiction, and its kind.
    pub unlisted: Option<(String, Kind)>,
    /// The unit whose body holds the meeting.
    pub convener: Option<UnitId>,
    /// Of a report without any date, the time in which the units it names existed.
    pub era: Option<Edtf>,
}

/// Where a body stands when its name does not say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// One in the country.
    Central,
    /// Known by its name alone.
    Free,
    /// Nothing tells; known within the report alone.
    Report,
    /// Of the unit that the report is about, see [`Setting::focus`].
    Here,
    /// Of the province.
    Province,
    /// Of the district.
    District,
    /// Of the commune.
    Commune,
    /// Of the unit of this kind.
    Of(Kind),
}

impl Setting {
    /// The unit that the report is about: the convener's, or the smallest known.
    #[must_use]
    pub fn focus(&self) -> Option<UnitId> {
        self.convener.or(self.commune).or(self.district).or(self.province)
    }

    /// What narrows the names of places in the report.
    #[must_use]
    pub fn scope(&self) -> Scope {
        Scope { as_of: self.as_of.or(self.era), province: self.province, district: self.district }
    }

    /// The jurisdiction of a body of this home in a report about a province or city that the gazetteer does not have.
    pub(crate) fn unlisted(&self, home: Home) -> Option<Jurisdiction> {
        let (name, kind) = self.unlisted.as_ref()?;
        let fits = match home {
            Home::Here | Home::Province => true,
            Home::Of(wanted) => wanted == *kind,
            _ => false,
        };
        fits.then(|| Jurisdiction::Named(name.clone()))
    }

    /// The unit that a body of this home belongs to.
    pub(crate) fn unit(&self, home: Home, gazetteer: &Gazetteer) -> Option<UnitId> {
        match home {
            Home::Central | Home::Free | Home::Report => None,
            Home::Here => self.focus(),
            Home::Province => self.province,
            Home::District => self.district,
            Home::Commune => self.commune,
            Home::Of(kind) => {
                let units = [self.commune, self.district, self.province];
                units.into_iter().flatten().find(|id| gazetteer.unit(*id).kind == kind)
            }
        }
    }
}

/// What is known of a report beside its text.
#[derive(Debug, Clone, Default)]
pub struct ReportContext<'a> {
    /// The report.
    pub id: Option<&'a ReportId>,
    /// Name of the newspaper or portal; a local one says where.
    pub publisher: Option<&'a str>,
    /// When it was published.
    pub publish_date: Option<Edtf>,
}

/// How much each thing that names a unit says about where a report plays.
mod weight {
    pub const CONVENER: u32 = 12;
    pub const PUBLISHER: u32 = 1;
    pub const OFFICE: u32 = 1;
    /// A place or body counts once for each mention, up to this.
    pub const MENTIONS: u32 = 3;
}

/// A unit that a report names, and how much that says.
#[derive(Debug, Clone, Copy)]
struct Vote {
    unit: UnitId,
    weight: u32,
    /// Named by a body, not as a place only.
    body: bool,
}

/// Units with their votes, in order of the first vote.
#[derive(Debug, Default)]
struct Count(Vec<(UnitId, u32)>);

impl Count {
    /// The most votes that any has.
    fn most(&self) -> u32 {
        self.0.iter().map(|(_, sum)| *sum).max().unwrap_or_default()
    }

    fn add(&mut self, unit: UnitId, weight: u32) {
        match self.0.iter_mut().find(|(own, _)| *own == unit) {
            Some((_, sum)) => *sum += weight,
            None => self.0.push((unit, weight)),
        }
    }

    /// The unit with most votes; of equals the first.
    fn first(&self) -> Option<UnitId> {
        let most = self.0.iter().map(|(_, weight)| *weight).max()?;
        self.0.iter().find(|(_, weight)| *weight == most).map(|(unit, _)| *unit)
    }

    /// The unit with most votes, if no other has as many.
    fn only(&self) -> Option<UnitId> {
        let most = self.0.iter().map(|(_, weight)| *weight).max()?;
        let mut best = self.0.iter().filter(|(_, weight)| *weight == most);
        best.next().filter(|_| best.next().is_none()).map(|(unit, _)| *unit)
    }
}

impl Naming {
    /// Where and when a report plays: the province that convener, bodies and places speak of most, and the district or commune of the
    /// convener, or the only one spoken of most.
    #[must_use]
    pub fn setting(&self, extraction: &Extraction, context: &ReportContext<'_>) -> Setting {
        let as_of = extraction.meeting.date.map(|dated| dated.date).filter(|date| !date.lacks_year());
        let mut setting =
            Setting { report: context.id.cloned(), as_of: as_of.or(context.publish_date), ..Setting::default() };
        let mut votes = self.votes(extraction, context, &setting);
        if setting.as_of.is_none() {
            setting.era = self.era(&votes);
        }
        let provinces = self.count(&votes, Level::Province, None, |_| true);
        match self.unlisted(extraction, &setting) {
            // A unit that the gazetteer has may share its name with one of the city that it has not.
            Some((place, weight)) if weight > provinces.most() => setting.unlisted = Some(place),
            _ => setting.province = provinces.first(),
        }
        if setting.province.is_some() || setting.era.is_some() {
            // Names that several provinces have can be told now.
            votes = self.votes(extraction, context, &setting);
        }
        let within = setting.province;
        // A place may be where somebody was born; bodies of a district or commune say more.
        let districts = self.count(&votes, Level::District, within, |vote| vote.body);
        setting.district = if districts.0.is_empty() {
            self.count(&votes, Level::District, within, |_| true).only()
        } else {
            districts.only()
        };
        setting.commune = self.count(&votes, Level::Commune, within, |vote| vote.body).only();
        let convener = extraction.meeting.convener.as_ref().and_then(|convener| self.unit_in(&convener.name, &setting));
        setting.convener = convener.or(setting.province);
        setting
    }

    /// The province or city that bodies of the report name most and the gazetteer does not have, with its votes.
    fn unlisted(&self, extraction: &Extraction, setting: &Setting) -> Option<((String, Kind), u32)> {
        let convener = extraction.meeting.convener.iter().map(|convener| (convener.name.as_str(), weight::CONVENER));
        let mentions = |spans: &[Span]| u32::try_from(spans.len()).unwrap_or(u32::MAX).min(weight::MENTIONS);
        let bodies = extraction.organizations.iter().map(|fact| (fact.name.as_str(), mentions(&fact.spans)));
        let mut votes: Vec<((String, Kind), u32)> = Vec::new();
        let places = extraction.places.iter().map(|fact| (fact.name.as_str(), mentions(&fact.spans)));
        let bodies = convener.chain(bodies).filter_map(|(name, weight)| {
            let body = self.organization(name, Typing::Edited, setting)?;
            let Jurisdiction::Named(place) = body.key.jurisdiction else { return None };
            Some((body.unlisted?, place, weight))
        });
        let places = places.filter_map(|(name, weight)| {
            let (kind, place) = self.unlisted_place(name)?;
            Some((kind, place, weight))
        });
        let large = |kind: Kind| matches!(kind, Kind::City | Kind::Province);
        for (kind, place, weight) in bodies.chain(places).filter(|(kind, ..)| large(*kind)) {
            match votes.iter_mut().find(|((own, _), _)| *own == place) {
                Some((_, sum)) => *sum += weight,
                None => votes.push(((place, kind), weight)),
            }
        }
        let most = votes.iter().map(|(_, weight)| *weight).max()?;
        votes.into_iter().find(|(_, weight)| *weight == most)
    }

    /// The time before the first end of a unit that a report without date names.
    fn era(&self, votes: &[Vote]) -> Option<Edtf> {
        // A name that goes on in a younger unit has no end and tells nothing.
        let last = votes.iter().filter_map(|vote| self.gazetteer.unit(vote.unit).until).min()?.yesterday().ok()?;
        Edtf::between(None, Some(Edtf::day(last)))
    }

    /// Votes for the units of a level, inside the province where that is known.
    fn count(&self, votes: &[Vote], level: Level, within: Option<UnitId>, counts: impl Fn(&Vote) -> bool) -> Count {
        let mut count = Count::default();
        for vote in votes.iter().filter(|vote| counts(vote)) {
            let inside = within.is_none_or(|province| self.gazetteer.lies_in(vote.unit, province));
            let up = self.gazetteer.ancestors(vote.unit).find(|id| self.gazetteer.unit(*id).level == level);
            if let Some(up) = up.filter(|_| inside) {
                count.add(self.gazetteer.identity(up), vote.weight);
            }
        }
        count
    }

    /// Every unit that the report names, by a body's own name or as a place.
    fn votes(&self, extraction: &Extraction, context: &ReportContext<'_>, setting: &Setting) -> Vec<Vote> {
        let mentions = |spans: &[Span]| u32::try_from(spans.len()).unwrap_or(u32::MAX).min(weight::MENTIONS);
        let convener = extraction.meeting.convener.iter().map(|convener| (convener.name.as_str(), weight::CONVENER));
        let bodies = extraction.organizations.iter().map(|fact| (fact.name.as_str(), mentions(&fact.spans)));
        let offices = extraction.people.iter().flat_map(|person| &person.offices);
        let offices = offices.map(|office| (office.organization.as_str(), weight::OFFICE));
        let mut known: FxHashMap<&str, Option<UnitId>> = FxHashMap::default();
        let mut votes = Vec::new();
        for (name, weight) in convener.chain(bodies).chain(offices) {
            let unit = *known.entry(name).or_insert_with(|| self.unit_in(name, setting));
            votes.extend(unit.map(|unit| Vote { unit, weight, body: true }));
        }
        for fact in &extraction.places {
            let unit = self.unit_of_place(&fact.name, setting);
            votes.extend(unit.map(|unit| Vote { unit, weight: mentions(&fact.spans), body: false }));
        }
        let local = context.publisher.and_then(|publisher| self.unit_in(publisher, setting));
        votes.extend(local.map(|unit| Vote { unit, weight: weight::PUBLISHER, body: false }));
        votes
    }

    /// The unit that a body's own name names.
    fn unit_in(&self, name: &str, setting: &Setting) -> Option<UnitId> {
        self.organization(name, Typing::Edited, setting).filter(|body| body.placed)?.unit
    }

    fn unit_of_place(&self, name: &str, setting: &Setting) -> Option<UnitId> {
        match self.place(name, Typing::Edited, setting)?.key {
            PlaceKey::Unit(unit) => Some(unit),
            PlaceKey::Named(..) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{NamedSpan, OrganizationFact, PlaceFact};

    fn report(convener: &str, bodies: &[&str], places: &[&str]) -> Extraction {
        let spans = || vec![Span::new(0, 1)];
        let mut extraction = Extraction::default();
        extraction.meeting.convener =
            (!convener.is_empty()).then(|| NamedSpan { name: convener.into(), span: Span::default() });
        extraction.organizations =
            bodies.iter().map(|name| OrganizationFact { name: (*name).into(), spans: spans() }).collect();
        extraction.places = places.iter().map(|name| PlaceFact { name: (*name).into(), spans: spans() }).collect();
        extraction
    }

    #[test]
    fn convener_bodies_and_places_say_where() {
        let naming = Naming::new();
        let read = |convener: &str, bodies: &[&str], places: &[&str], date: &str| {
            let context = ReportContext { publish_date: date.parse().ok(), ..ReportContext::default() };
            let setting = naming.setting(&report(convener, bodies, places), &context);
            let code =
                |unit: Option<UnitId>| unit.map_or("-".to_owned(), |unit| naming.gazetteer.unit(unit).code.clone());
            format!("{} {} {}", code(setting.province), code(setting.district), code(setting.focus()))
        };
        assert_eq!(read("Thành ủy Thủ Đức", &["Thành ủy TP.HCM"], &["TP.HCM"], "2021-12"), "P79 D769 D769");
        assert_eq!(read("UBND TP.HCM", &["UBND quận 7"], &["quận 1"], "2019"), "P79 D778 P79");
        assert_eq!(read("", &["Đảng ủy phường Lái Thiêu"], &["TP.HCM", "KCN Phú Mỹ"], "2025-08-05"), "P79 - P79");
        assert_eq!(read("UBND tỉnh", &[], &["huyện Vân Đồn", "Quảng Ninh"], "2018"), "P22 D203 P22");
        assert_eq!(read("", &["Bộ Y tế"], &["Singapore"], "2018"), "- - -");
    }
}
