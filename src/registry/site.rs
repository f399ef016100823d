//! Units that bodies belong to: of the gazetteer, or known from reports alone.
//!
//! The gazetteer has every unit of today and most of the past. What a report names with a unit word and the gazetteer does not know
//! ("thành phố Bạch Giang") is a unit all the same, known by its kind, its name and the province it lies in.

use serde::{Deserialize, Serialize};

use super::gazetteer::{self, Kind, Level, UnitId};
use super::keys::Naming;
use super::setting::Setting;
use super::words::{self, Word};
use crate::model::{EntityId, EntityKind};
use crate::text::fold;

/// A unit that a body belongs to or a report is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Site {
    /// Of the gazetteer.
    Unit(UnitId),
    /// Known from reports alone.
    Other(OtherUnit),
}

/// A unit that the gazetteer does not know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OtherUnit {
    /// Its kind.
    pub kind: Kind,
    /// Its name as written, without unit word.
    pub name: String,
    /// Token of the province it lies in; empty for provinces and cities, and where nothing tells.
    pub within: String,
}

impl OtherUnit {
    /// Kind, name without marks, and province: what it is known by.
    #[must_use]
    pub fn token(&self) -> String {
        let within = if self.within.is_empty() { String::new() } else { format!(" in {}", self.within) };
        format!("~{} {}{within}", fold::unaccented(self.kind.word()), fold::unaccented(&self.name))
    }

    /// True if it is a province, or may be one.
    fn is_top(&self) -> bool {
        matches!(self.kind, Kind::Province | Kind::City)
    }
}

impl Site {
    /// The unit of the gazetteer.
    #[must_use]
    pub fn unit(&self) -> Option<UnitId> {
        match self {
            Self::Unit(unit) => Some(*unit),
            Self::Other(_) => None,
        }
    }
}

impl Naming {
    /// What a site is known by: equal for all rows of one unit.
    #[must_use]
    pub fn site_token(&self, site: &Site) -> String {
        match site {
            Site::Unit(unit) => self.gazetteer.unit(self.gazetteer.identity(*unit)).code.clone(),
            Site::Other(other) => other.token(),
        }
    }

    /// The id of a site's entity.
    #[must_use]
    pub fn site_id(&self, site: &Site) -> EntityId {
        match site {
            Site::Unit(unit) => self.gazetteer.entity_id(*unit),
            Site::Other(other) => EntityId::derive(EntityKind::Place.prefix(), &[&other.token()]),
        }
    }

    /// A name for the site, with its unit word.
    #[must_use]
    pub fn site_name(&self, site: &Site) -> String {
        match site {
            Site::Unit(unit) => self.gazetteer.display_name(*unit),
            Site::Other(other) => format!("{} {}", other.kind.word(), other.name),
        }
    }

    /// The word of the site's kind.
    pub(super) fn site_kind(&self, site: &Site) -> Kind {
        match site {
            Site::Unit(unit) => self.gazetteer.unit(*unit).kind,
            Site::Other(other) => other.kind,
        }
    }

    /// How large the site is; a city that only reports know counts as a province.
    #[must_use]
    pub fn site_level(&self, site: &Site) -> Level {
        match site {
            Site::Unit(unit) => self.gazetteer.unit(*unit).level,
            Site::Other(other) => match other.kind {
                Kind::Province | Kind::City => Level::Province,
                Kind::UrbanDistrict | Kind::RuralDistrict | Kind::Town => Level::District,
                Kind::Ward | Kind::Commune | Kind::Township | Kind::SpecialZone => Level::Commune,
            },
        }
    }

    /// Token of the province that a site lies in.
    pub(super) fn top_token(&self, site: &Site) -> String {
        match site {
            Site::Unit(unit) => self.site_token(&Site::Unit(self.gazetteer.province_of(*unit))),
            Site::Other(other) if other.is_top() || other.within.is_empty() => other.token(),
            Site::Other(other) => other.within.clone(),
        }
    }

    /// True if a site lies in a province.
    pub(super) fn lies_in(&self, site: &Site, province: &Site) -> bool {
        match (site, province) {
            (Site::Unit(unit), Site::Unit(province)) => self.gazetteer.lies_in(*unit, *province),
            (Site::Unit(_), Site::Other(_)) => false,
            // A city that only reports know may lie in the province that a report is about, or be one itself.
            (Site::Other(other), _) => other.is_top() || other.within == self.site_token(province),
        }
    }

    /// True if one of these places is the site, or a unit that lies in it, before or after the provinces were joined.
    pub(super) fn lies_in_any(&self, places: &[EntityId], site: &Site) -> bool {
        let wanted = self.site_id(site);
        let province = site.unit().filter(|unit| self.gazetteer.unit(*unit).level == Level::Province);
        let lies_in = |place: &EntityId| {
            self.gazetteer
                .of_entity(place)
                .zip(province)
                .is_some_and(|(unit, province)| self.gazetteer.lies_in(unit, province))
        };
        places.iter().any(|place| *place == wanted || lies_in(place))
    }

    /// The setting in the place of a site: what "tỉnh" or "Huyện ủy" mean beside it. `None` where it is that already, or nothing tells the
    /// province.
    pub(super) fn setting_in(&self, setting: &Setting, site: &Site) -> Option<Setting> {
        let province = match site {
            Site::Unit(unit) => Site::Unit(self.gazetteer.province_of(*unit)),
            Site::Other(other) if other.is_top() => site.clone(),
            Site::Other(_) => return None,
        };
        let level = self.site_level(site);
        let same = setting.province.as_ref().is_some_and(|own| self.top_token(own) == self.top_token(&province));
        let known = [&setting.province, &setting.district, &setting.commune];
        if same && (level == Level::Province || known.into_iter().flatten().any(|own| own == site)) {
            return None;
        }
        let district = setting.district.clone().filter(|_| same && level == Level::Commune);
        Some(Setting {
            province: Some(province),
            district: if level == Level::District { Some(site.clone()) } else { district },
            commune: (level == Level::Commune).then(|| site.clone()),
            convener: None,
            ..setting.clone()
        })
    }

    /// Reads words as a unit that the gazetteer does not know: a unit word and a name, and perhaps the province behind it. `cased` is true
    /// where capitals were typed, which names then have.
    pub(super) fn other_site(&self, words: &[Word], cased: bool, setting: &Setting) -> Option<Site> {
        let (size, kinds) = unit_word(words)?;
        let kind = *kinds.first()?;
        let end = end_of_unit(words, size);
        let name = words.get(size..end).filter(|name| may_name_unit(name, kind, cased))?;
        let behind = &words[end..];
        let province = if behind.is_empty() {
            setting.province.as_ref().map(|province| self.top_token(province))
        } else {
            Some(self.top_token(&self.site_of(behind, cased, setting)?))
        };
        Some(Site::Other(self.other_unit(kind, name, province)))
    }

    /// The unit of the gazetteer that stands behind a province or city that it does not know, as if that lay there: "tỉnh Chiba, Cà Mau".
    pub(super) fn behind_other_top(&self, words: &[Word], site: &Site, setting: &Setting) -> Option<String> {
        let (size, _) = unit_word(words).filter(|_| matches!(site, Site::Other(unit) if unit.is_top()))?;
        let behind = &words[end_of_unit(words, size)..];
        self.known_site(behind, setting)?.unit().map(|_| words::text(behind))
    }

    /// Reads the name of a unit of a known kind with the unit it lies in behind it: "An Lạc, TP Bạch Giang" behind "Quận ủy".
    pub(super) fn other_site_within(&self, words: &[Word], kind: Kind, cased: bool, setting: &Setting) -> Option<Site> {
        let end = (1..words.len()).find(|at| words[*at].apart || unit_word(&words[*at..]).is_some())?;
        let name = words.get(..end).filter(|name| may_name_unit(name, kind, cased))?;
        let province = self.top_token(&self.site_of(&words[end..], cased, setting)?);
        Some(Site::Other(self.other_unit(kind, name, Some(province))))
    }

    /// A unit of this kind and name, in this province unless it is one.
    pub(super) fn other_unit(&self, kind: Kind, name: &[Word], province: Option<String>) -> OtherUnit {
        let unit = OtherUnit { kind, name: words::text(name), within: String::new() };
        if unit.is_top() { unit } else { OtherUnit { within: province.unwrap_or_default(), ..unit } }
    }

    /// Reads words as a site of either sort.
    fn site_of(&self, words: &[Word], cased: bool, setting: &Setting) -> Option<Site> {
        self.known_site(words, setting).or_else(|| self.other_site(words, cased, setting))
    }
}

/// Where the name of a unit ends whose unit word has so many words: at a comma, or where the next unit begins.
fn end_of_unit(words: &[Word], size: usize) -> usize {
    let ends = |at: &usize| words[*at].apart || unit_word(&words[*at..]).is_some();
    (size + 1..words.len()).find(ends).unwrap_or(words.len())
}

/// The unit word that words begin with.
pub(super) fn unit_word(words: &[Word]) -> Option<(usize, &'static [Kind])> {
    let bare: Vec<&str> = words.iter().take(3).map(|word| word.bare.as_str()).collect();
    gazetteer::unit_word(&bare, |at| words[at].text.as_str())
}

/// True if words can be the name of a unit: up to four, with capitals where capitals were typed, or a number.
pub(super) fn may_name_unit(name: &[Word], kind: Kind, cased: bool) -> bool {
    let capital = |word: &Word| word.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let society = kind == Kind::Commune && name.first().is_some_and(|word| word.is("hội"));
    (1..=4).contains(&name.len()) && !society && (!cased || name.iter().all(capital))
}

/// True if any word was typed with capitals.
pub(super) fn is_cased(words: &[Word]) -> bool {
    words.iter().any(|word| !word.spelt_out && word.text.starts_with(char::is_uppercase))
}
