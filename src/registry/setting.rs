//! Where a report plays: what "tỉnh", "Thành ủy" or "Sở Y tế" mean in it.

use serde::{Deserialize, Serialize};

use super::gazetteer::{Gazetteer, Kind, Level, Scope, UnitId};
use super::keys::{Naming, PlaceKey};
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

/// Votes for units, in order of the first vote.
#[derive(Debug, Default)]
struct Votes(Vec<(UnitId, u32)>);

impl Votes {
    fn add(&mut self, unit: Option<UnitId>, weight: u32) {
        let Some(unit) = unit else { return };
        match self.0.iter_mut().find(|(own, _)| *own == unit) {
            Some((_, sum)) => *sum += weight,
            None => self.0.push((unit, weight)),
        }
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
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

/// Votes of bodies and of places.
#[derive(Debug, Default)]
struct Ballot {
    bodies: Votes,
    places: Votes,
}

impl Ballot {
    fn all(mut self) -> Votes {
        for (unit, weight) in self.places.0 {
            self.bodies.add(Some(unit), weight);
        }
        self.bodies
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
        setting.era = if setting.as_of.is_none() { self.era(extraction) } else { None };
        setting.province = self.votes(extraction, context, &setting, Level::Province).all().first();
        let convener = extraction.meeting.convener.as_ref().and_then(|convener| self.unit_in(&convener.name, &setting));
        // A place may be where somebody was born; bodies of a district or commune say more.
        let districts = self.votes(extraction, context, &setting, Level::District);
        setting.district = if districts.bodies.is_empty() { districts.places.only() } else { districts.bodies.only() };
        setting.commune = self.votes(extraction, context, &setting, Level::Commune).bodies.only();
        setting.convener = convener.or(setting.province);
        setting
    }

    /// The time before the first end of a unit that a report without date names in full.
    fn era(&self, extraction: &Extraction) -> Option<Edtf> {
        let bodies = extraction.organizations.iter().map(|fact| &fact.name);
        let places = extraction.places.iter().map(|fact| &fact.name);
        let named = bodies.chain(places).filter_map(|name| {
            let unit =
                self.unit_of_place(name, &Setting::default()).or_else(|| self.unit_in(name, &Setting::default()))?;
            // A name that goes on in a younger unit tells nothing.
            self.gazetteer.unit(unit).until
        });
        let last = named.min()?.yesterday().ok()?;
        Edtf::between(None, Some(Edtf::day(last)))
    }

    /// Votes of everything the report names for units of a level, inside the province where that is known.
    fn votes(&self, extraction: &Extraction, context: &ReportContext<'_>, setting: &Setting, level: Level) -> Ballot {
        let mut ballot = Ballot::default();
        let up = |unit: Option<UnitId>| {
            let unit =
                unit.filter(|unit| setting.province.is_none_or(|province| self.gazetteer.lies_in(*unit, province)))?;
            let up = self.gazetteer.ancestors(unit).find(|id| self.gazetteer.unit(*id).level == level)?;
            Some(self.gazetteer.identity(up))
        };
        let mentions = |spans: &[Span]| u32::try_from(spans.len()).unwrap_or(u32::MAX).min(weight::MENTIONS);
        if let Some(convener) = &extraction.meeting.convener {
            ballot.bodies.add(up(self.unit_in(&convener.name, setting)), weight::CONVENER);
        }
        for fact in &extraction.organizations {
            ballot.bodies.add(up(self.unit_in(&fact.name, setting)), mentions(&fact.spans));
        }
        for office in extraction.people.iter().flat_map(|person| &person.offices) {
            ballot.bodies.add(up(self.unit_in(&office.organization, setting)), weight::OFFICE);
        }
        for fact in &extraction.places {
            ballot.places.add(up(self.unit_of_place(&fact.name, setting)), mentions(&fact.spans));
        }
        if let Some(publisher) = context.publisher.filter(|_| level == Level::Province) {
            ballot.places.add(up(self.unit_in(publisher, setting)), weight::PUBLISHER);
        }
        ballot
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
