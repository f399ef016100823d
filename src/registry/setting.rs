//! Where a report plays: what "tỉnh", "Thành ủy" or "Sở Y tế" mean in it.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::gazetteer::{Kind, Level, Scope};
use super::keys::{Naming, PlaceKey};
use super::site::{Site, may_name_unit, unit_word};
use super::words::{self, starts_with};
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
    pub province: Option<Site>,
    /// The district, if the report is about one.
    pub district: Option<Site>,
    /// The commune, if the report is about one.
    pub commune: Option<Site>,
    /// The unit whose body holds the meeting.
    pub convener: Option<Site>,
    /// What the party organization that holds the meeting is of, where that is a body and no unit: "UBND tỉnh Lâm Hà" of the "Đảng bộ UBND tỉnh Lâm
    /// Hà". Its committee is meant by "Đảng ủy" alone.
    pub party: Option<String>,
    /// The ministry that holds the meeting, or the only one that the report names: whose a "Thứ trưởng" is.
    pub ministry: Option<String>,
    /// Of a report without any date, the last day on which all units that it names existed.
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
    pub fn focus(&self) -> Option<&Site> {
        [&self.convener, &self.commune, &self.district, &self.province].into_iter().flatten().next()
    }

    /// What narrows the names of places in the report.
    #[must_use]
    pub fn scope(&self) -> Scope {
        let unit = |site: &Option<Site>| site.as_ref().and_then(Site::unit);
        Scope { as_of: self.as_of.or(self.era), province: unit(&self.province), district: unit(&self.district) }
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
    /// A portal that calls itself that of a unit tells of that unit.
    pub const PORTAL: u32 = 4;
    pub const OFFICE: u32 = 1;
    /// A place or body counts once for each mention, up to this.
    pub const MENTIONS: u32 = 3;
}

/// A unit that a report names, and how much that says.
#[derive(Debug, Clone)]
struct Vote {
    site: Site,
    weight: u32,
    /// Named by a body, not as a place only.
    body: bool,
}

/// Units with their votes, in order of the first vote.
#[derive(Debug, Default)]
struct Count(Vec<(Site, u32)>);

impl Count {
    fn add(&mut self, site: Site, weight: u32) {
        match self.0.iter_mut().find(|(own, _)| *own == site) {
            Some((_, sum)) => *sum += weight,
            None => self.0.push((site, weight)),
        }
    }

    /// The unit with most votes; of equals the first.
    fn first(&self) -> Option<Site> {
        let most = self.0.iter().map(|(_, weight)| *weight).max()?;
        self.0.iter().find(|(_, weight)| *weight == most).map(|(site, _)| site.clone())
    }

    /// The unit with most votes, if no other has as many.
    fn only(&self) -> Option<Site> {
        let most = self.0.iter().map(|(_, weight)| *weight).max()?;
        let mut best = self.0.iter().filter(|(_, weight)| *weight == most);
        best.next().filter(|_| best.next().is_none()).map(|(site, _)| site.clone())
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
        setting.province = self.count(&votes, Level::Province, None, |_| true).first();
        if setting.province.is_some() || setting.era.is_some() {
            // Names that several provinces have can be told now.
            votes = self.votes(extraction, context, &setting);
        }
        let within = setting.province.as_ref();
        // A place may be where somebody was born; bodies of a district or commune say more.
        let districts = self.count(&votes, Level::District, within, |vote| vote.body);
        let district = if districts.0.is_empty() {
            self.count(&votes, Level::District, within, |_| true).only()
        } else {
            districts.only()
        };
        let commune = self.count(&votes, Level::Commune, within, |vote| vote.body).only();
        (setting.district, setting.commune) = (district, commune);
        let convener = extraction.meeting.convener.as_ref().and_then(|convener| self.site_in(&convener.name, &setting));
        setting.convener = convener.or_else(|| setting.province.clone());
        setting.party = extraction.meeting.convener.as_ref().and_then(|convener| self.party_of(&convener.name));
        setting.ministry = self.ministry_of(extraction, &setting);
        setting
    }

    /// The body that a party organization is of: "UBND tỉnh Lâm Hà" behind "Đảng bộ".
    fn party_of(&self, name: &str) -> Option<String> {
        const PARTY: [&str; 6] = [
            "ban chấp hành đảng bộ",
            "ban thường vụ đảng ủy",
            "ban thường vụ đảng bộ",
            "ban chấp hành đảng ủy",
            "đảng bộ",
            "đảng ủy",
        ];
        let words = self.split(name, Typing::Edited);
        let party = PARTY.into_iter().find(|party| starts_with(&words, party))?;
        let body = words.get(party.split(' ').count()..).filter(|body| !body.is_empty())?;
        (unit_word(body).is_none() && !self.names_place(body)).then(|| words::text(body))
    }

    /// The ministry that holds a meeting, or the only one of this country that its report names.
    fn ministry_of(&self, extraction: &Extraction, setting: &Setting) -> Option<String> {
        let is_ministry = |name: &&str| {
            name.starts_with("Bộ ")
                && self.organization(name, Typing::Edited, setting).is_some_and(|body| body.is_ministry())
        };
        let convener = extraction.meeting.convener.iter().map(|convener| convener.name.as_str()).find(is_ministry);
        let offices = extraction.people.iter().flat_map(|person| &person.offices).map(|office| &office.organization);
        let named = extraction.organizations.iter().map(|fact| &fact.name).chain(offices);
        let mut named = named.map(String::as_str).filter(is_ministry);
        let key = |name: &str| self.organization(name, Typing::Edited, setting).map(|body| body.key);
        let only = || {
            let first = named.next()?;
            let own = key(first);
            named.all(|other| key(other) == own).then_some(first)
        };
        convener.or_else(only).map(str::to_owned)
    }

    /// The unit that a body of this home belongs to in a report.
    pub(super) fn site_of_report(&self, home: Home, setting: &Setting) -> Option<Site> {
        match home {
            Home::Central | Home::Free | Home::Report => None,
            Home::Here => setting.focus().cloned(),
            Home::Province => setting.province.clone(),
            Home::District => setting.district.clone(),
            Home::Commune => setting.commune.clone(),
            Home::Of(kind) => {
                let sites = [&setting.convener, &setting.commune, &setting.district, &setting.province];
                sites.into_iter().flatten().find(|site| self.site_kind(site) == kind).cloned()
            }
        }
    }

    /// The day before the first end of a unit that a report without date names.
    fn era(&self, votes: &[Vote]) -> Option<Edtf> {
        // A name that goes on in a younger unit has no end and tells nothing.
        let ends = votes.iter().filter_map(|vote| self.gazetteer.unit(vote.site.unit()?).until);
        // The last day of that time, not all of it: of two units of one name the younger is meant.
        Some(Edtf::day(ends.min()?.yesterday().ok()?))
    }

    /// Votes for the units of a level, inside the province where that is known.
    fn count(&self, votes: &[Vote], level: Level, within: Option<&Site>, counts: impl Fn(&Vote) -> bool) -> Count {
        let mut count = Count::default();
        for vote in votes.iter().filter(|vote| counts(vote)) {
            if within.is_none_or(|province| self.lies_in(&vote.site, province))
                && let Some(up) = self.up_to(&vote.site, level)
            {
                count.add(up, vote.weight);
            }
        }
        count
    }

    /// The unit of a level that a site lies in.
    fn up_to(&self, site: &Site, level: Level) -> Option<Site> {
        match site {
            Site::Unit(unit) => {
                let up = self.gazetteer.ancestors(*unit).find(|id| self.gazetteer.unit(*id).level == level)?;
                Some(Site::Unit(self.gazetteer.identity(up)))
            }
            Site::Other(_) => (self.site_level(site) == level).then(|| site.clone()),
        }
    }

    /// Every unit that the report names, by a body's own name or as a place.
    fn votes(&self, extraction: &Extraction, context: &ReportContext<'_>, setting: &Setting) -> Vec<Vote> {
        let mentions = |spans: &[Span]| u32::try_from(spans.len()).unwrap_or(u32::MAX).min(weight::MENTIONS);
        let convener = extraction.meeting.convener.iter().map(|convener| (convener.name.as_str(), weight::CONVENER));
        let bodies = extraction.organizations.iter().map(|fact| (fact.name.as_str(), mentions(&fact.spans)));
        let offices = extraction.people.iter().flat_map(|person| &person.offices);
        let offices = offices.map(|office| (office.organization.as_str(), weight::OFFICE));
        let mut known: FxHashMap<&str, Option<Site>> = FxHashMap::default();
        let mut votes = Vec::new();
        for (name, weight) in convener.chain(bodies).chain(offices) {
            let site = known.entry(name).or_insert_with(|| self.site_in(name, setting));
            votes.extend(site.clone().map(|site| Vote { site, weight, body: true }));
        }
        for fact in &extraction.places {
            let site = self.site_of_place(&fact.name, setting);
            votes.extend(site.map(|site| Vote { site, weight: mentions(&fact.spans), body: false }));
        }
        let local = context.publisher.and_then(|publisher| self.site_of_publisher(publisher, extraction, setting));
        let portal = context.publisher.is_some_and(|publisher| {
            let words = self.split(publisher, Typing::Edited);
            (1..words.len()).any(|at| unit_word(&words[at..]).is_some())
        });
        let weight = if portal { weight::PORTAL } else { weight::PUBLISHER };
        votes.extend(local.map(|site| Vote { site, weight, body: false }));
        votes
    }

    /// The unit that the name of a newspaper or portal names: "Báo Bạch Giang", where the report says whether a province or a city is meant.
    fn site_of_publisher(&self, publisher: &str, extraction: &Extraction, setting: &Setting) -> Option<Site> {
        const MEDIA: [&str; 15] = [
            "báo", "đài", "cổng", "trang", "thông", "tin", "điện", "tử", "phát", "thanh", "truyền", "hình", "người",
            "online", "tạp",
        ];
        if let Some(site) = self.site_in(publisher, setting) {
            return Some(site);
        }
        let words = self.split(publisher, Typing::Edited);
        let first = words.iter().position(|word| !MEDIA.iter().any(|media| word.is(media)))?;
        let last = words.iter().rposition(|word| !MEDIA.iter().any(|media| word.is(media)))?;
        let name = words.get(first..=last).filter(|name| first > 0 && name.len() < 4)?;
        let bodies = extraction.organizations.iter().map(|fact| fact.name.as_str());
        let kind = bodies
            .chain(
                extraction.people.iter().flat_map(|person| &person.offices).map(|office| office.organization.as_str()),
            )
            .find_map(|body| self.kind_of_report(body))?;
        may_name_unit(name, kind, true).then(|| Site::Other(self.other_unit(kind, name, None)))
    }

    /// Whether a body says that its report is about a province or a city without naming it: "UBND tỉnh", "Thành ủy".
    fn kind_of_report(&self, body: &str) -> Option<Kind> {
        let last = body.to_lowercase();
        let ends = |words: &[&str]| words.iter().any(|word| last.ends_with(word));
        if ends(&["tỉnh", "tỉnh ủy", "tỉnh uỷ"]) {
            Some(Kind::Province)
        } else if ends(&["thành phố", " tp", "thành ủy", "thành uỷ"]) {
            Some(Kind::City)
        } else {
            None
        }
    }

    /// The unit that a body's own name names.
    fn site_in(&self, name: &str, setting: &Setting) -> Option<Site> {
        self.organization(name, Typing::Edited, setting).filter(|body| body.placed)?.site
    }

    fn site_of_place(&self, name: &str, setting: &Setting) -> Option<Site> {
        match self.place(name, Typing::Edited, setting)?.key {
            PlaceKey::Site(site) => Some(site),
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
            let code = |site: Option<&Site>| site.map_or("-".to_owned(), |site| naming.site_token(site));
            format!("{} {} {}", code(setting.province.as_ref()), code(setting.district.as_ref()), code(setting.focus()))
        };
        assert_eq!(read("Thành ủy Thủ Đức", &["Thành ủy TP.HCM"], &["TP.HCM"], "2021-12"), "P79 D769 D769");
        assert_eq!(read("UBND TP.HCM", &["UBND quận 7"], &["quận 1"], "2019"), "P79 D778 P79");
        assert_eq!(read("", &["Đảng ủy phường Lái Thiêu"], &["TP.HCM", "KCN Phú Mỹ"], "2025-08-05"), "P79 - P79");
        assert_eq!(read("UBND tỉnh", &[], &["huyện Vân Đồn", "Quảng Ninh"], "2018"), "P22 D203 P22");
        assert_eq!(read("", &["Bộ Y tế"], &["Singapore"], "2018"), "- - -");
        assert_eq!(
            read("UBND TP Bạch Giang", &["Quận ủy An Lạc", "Sở Y tế"], &["TP Bạch Giang"], "2023"),
            "~thanh pho bach giang ~quan an lac in ~thanh pho bach giang ~thanh pho bach giang"
        );
        // Sơn Hà is a district of Quảng Ngãi; the report says that it means a province.
        assert_eq!(read("Tỉnh ủy Sơn Hà", &["UBND tỉnh Sơn Hà"], &[], "2023"), "~tinh son ha - ~tinh son ha");
    }
    /// A district that ended tells of an undated report when it was written at the latest, and of two provinces of one name the one that stood then.
    #[test]
    fn a_report_without_a_date_means_the_units_that_stood_last() {
        let naming = Naming::new();
        let setting = naming.setting(&report("", &["UBND quận 7"], &["Cần Thơ"]), &ReportContext::default());
        let place = naming.place("Cần Thơ", Typing::Edited, &setting);
        let code = place.map(|place| place.key.entity_id(&naming).to_string());
        assert_eq!(code.as_deref(), Some("plc-p92"));
    }
}
