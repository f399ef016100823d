//! Places: units of the gazetteer by code, everything else by name.
//!
//! Streets, bridges, estates and the like are told apart by the province of the report, since every town has its own; rivers, regions
//! and countries are one.

use super::{Jurisdiction, Naming, country, place_name};
use crate::model::{EntityId, EntityKind};
use crate::registry::gazetteer::{Level, Scope, UnitId};
use crate::registry::setting::Setting;
use crate::registry::site::{Site, is_cased};
use crate::registry::words::{Word, bare, spelled, starts_with};
use crate::text::{Typing, fold};

/// What a place is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKey {
    /// A unit.
    Site(Site),
    /// Any other place: its name in spelling form, and where it lies if there are many of its kind.
    Named(String, Jurisdiction),
}

/// A place read from its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What it is known by.
    pub key: PlaceKey,
    /// Units the name could mean, where it could mean several; the key is then that of the name alone.
    pub several: Vec<UnitId>,
    /// The province the report is about helped to tell.
    pub by_setting: bool,
}

impl PlaceKey {
    /// The id of the place's entity.
    #[must_use]
    pub fn entity_id(&self, naming: &Naming) -> EntityId {
        match self {
            Self::Site(site) => naming.site_id(site),
            Self::Named(name, jurisdiction) => {
                EntityId::derive(EntityKind::Place.prefix(), &[name, &jurisdiction.token()])
            }
        }
    }
}

/// Words before names of places of which every province has its own.
const LOCAL: [&str; 30] = [
    "khu",
    "khu phố",
    "đường",
    "phố",
    "cầu",
    "chợ",
    "cảng",
    "bến",
    "kênh",
    "rạch",
    "hồ",
    "cụm",
    "ấp",
    "thôn",
    "xóm",
    "bản",
    "làng",
    "tổ",
    "công viên",
    "quảng trường",
    "tòa nhà",
    "chung cư",
    "dự án",
    "bãi",
    "số",
    "nhà",
    "hẻm",
    "ngõ",
    "buôn",
    "tổ dân phố",
];

impl Naming {
    /// Reads the name of a place; `None` for a name without words.
    #[must_use]
    pub fn place(&self, name: &str, typing: Typing, setting: &Setting) -> Option<Place> {
        let words = self.split(name, typing);
        self.place_of(&words, setting)
    }

    pub(crate) fn place_of(&self, words: &[Word], setting: &Setting) -> Option<Place> {
        if words.is_empty() {
            return None;
        }
        // No commune that is called so is meant.
        if country(words).is_some() {
            return Some(self.named(words, setting, Vec::new()));
        }
        if let Some(chain) = self.chain(words, None).filter(|chain| !self.is_elsewhere(chain, setting)) {
            match self.unit_of_chain(&chain, &[], setting) {
                Ok(unit) => return Some(self.unit_place(unit, setting, chain.len() == 1)),
                Err(_) if chain.len() == 1 => {
                    let found = self.gazetteer.candidates(&chain[0].name, setting.scope());
                    return Some(self.named(words, setting, found));
                }
                Err(_) => {}
            }
        }
        if let Some(site) = self.other_site(words, is_cased(words), setting).or_else(|| self.same_name(words, setting))
        {
            return Some(Place { key: PlaceKey::Site(site), several: Vec::new(), by_setting: false });
        }
        let found = self.bare_commune(words, setting);
        match found.as_slice() {
            [one] => Some(self.unit_place(*one, setting, true)),
            _ => Some(self.named(words, setting, found)),
        }
    }

    /// A unit that the gazetteer does not know, without unit word, where the report is about it.
    fn same_name(&self, words: &[Word], setting: &Setting) -> Option<Site> {
        let sites = [&setting.province, &setting.district, &setting.commune];
        let same = |site: &&Site| matches!(site, Site::Other(other) if fold::unaccented(&other.name) == bare(words));
        sites.into_iter().flatten().find(same).cloned()
    }

    fn unit_place(&self, unit: UnitId, setting: &Setting, alone: bool) -> Place {
        let level = self.gazetteer.unit(unit).level;
        let by_setting = alone && level > Level::Province && setting.province.is_some();
        Place { key: PlaceKey::Site(Site::Unit(unit)), several: Vec::new(), by_setting }
    }

    /// A commune without unit word, only inside the report's own province and never where the words look like a person's name.
    fn bare_commune(&self, words: &[Word], setting: &Setting) -> Vec<UnitId> {
        let province = setting.province.as_ref().and_then(Site::unit);
        let Some(province) = province.filter(|_| !self.is_family_name(&words[0])) else { return Vec::new() };
        let Some(name) = place_name(words, None, |bare| self.gazetteer.is_name(bare)) else { return Vec::new() };
        let mut found = self.gazetteer.candidates(&name, Scope { province: Some(province), ..setting.scope() });
        found.retain(|id| self.gazetteer.lies_in(*id, province));
        found
    }

    /// The province of units that all lie in one: a town and the district around it have one name, and wherever the report plays it is that of theirs.
    pub(crate) fn only_province(&self, units: &[UnitId]) -> Option<Site> {
        let mut provinces = units.iter().map(|unit| self.gazetteer.province_of(*unit));
        provinces.next().filter(|first| provinces.all(|other| other == *first)).map(Site::Unit)
    }

    fn named(&self, words: &[Word], setting: &Setting, several: Vec<UnitId>) -> Place {
        // "Phố Wall" and "cảng Tartus" are nobody's but one town's.
        let other_language = |word: &Word| {
            let named = word.text.is_ascii() && word.text.starts_with(char::is_uppercase);
            named
                && !word.spelt_out
                && word.text.len() > 3
                && word.text[1..].bytes().all(|byte| byte.is_ascii_lowercase())
                && !self.syllables.contains(&word.bare)
        };
        let of_a_kind = LOCAL.iter().any(|phrase| starts_with(words, phrase)) && !words.iter().any(other_language);
        let local = !several.is_empty() || of_a_kind;
        let only = self.only_province(&several);
        let province = only.as_ref().or(setting.province.as_ref()).filter(|_| local);
        let province = province.map(|site| self.jurisdiction(site));
        let jurisdiction = match (province, local) {
            (Some(province), _) => province,
            (None, true) => {
                Jurisdiction::Unknown(setting.report.as_ref().map_or_else(String::new, ToString::to_string))
            }
            (None, false) => Jurisdiction::Anywhere,
        };
        let by_setting = local && setting.province.is_some();
        let country = self.countries.usual(words).map(|(spelling, _)| spelling.to_owned());
        let name = country.unwrap_or_else(|| place_core(words));
        Place { key: PlaceKey::Named(name, jurisdiction), several, by_setting }
    }
}

/// The name in spelling form, without a word of its kind that is often left out.
fn place_core(words: &[Word]) -> String {
    let optional = ["tỉnh", "nước", "vùng", "khu vực"];
    let skip =
        optional.into_iter().find(|phrase| starts_with(words, phrase)).map_or(0, |phrase| fold::words(phrase).count());
    spelled(if skip < words.len() { &words[skip..] } else { words })
}
